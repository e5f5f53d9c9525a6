/**
 * Begins the work unless the time is up, and waits for it until the time is up: then it rejects with the signal's
 * reason, whatever the work is waiting for. The work itself has to end by the same signal.
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
