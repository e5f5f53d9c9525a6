let last: Promise<void> = Promise.resolve();

/**
 * Await this before work that takes a millisecond or more: each caller gets its own turn of the event loop, in order.
 * Otherwise, all that is ready at once would be done without a break: responses for other images would miss their
 * deadlines, and the requests that follow would leave after the last of it.
 */
export async function ownTurn(): Promise<void> {
  last = last.then(() => new Promise((resolve) => setImmediate(resolve)));
  await last;
}
