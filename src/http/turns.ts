import { setImmediate as nextTurn } from 'node:timers/promises';

/** Reading this much takes a millisecond or less, in bytes. */
const SMALL_BYTES = 64 * 1024;

let last: Promise<void> = Promise.resolve();

/**
 * To be awaited before a document is parsed: each large one gets a turn of the event loop of its own, in order. Large
 * ones that arrive together would else be read one after the other with nothing in between, and answers for other
 * images would wait past their deadlines.
 */
export async function turnFor(document: Uint8Array): Promise<void> {
  if (document.length <= SMALL_BYTES) return;
  last = last.then(() => nextTurn());
  await last;
}
