/**
 * Starts the work, unless the signal is aborted, and waits for it. When the signal aborts, rejects with its reason at
 * once, even if the work is still waiting. The work itself has to end by the same signal.
 */
export async function within<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
  signal.throwIfAborted();
  let onAbort: () => void = () => undefined;
  const timeUp = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work(), timeUp]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
