import { onAbort } from './on-abort.ts';

/**
 * Starts the work, unless the signal is aborted, and waits for it. When the signal aborts, rejects with its reason at
 * once, even if the work is still waiting. The work itself has to end by the same signal.
 */
export async function within<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
  signal.throwIfAborted();
  let forget = (): void => undefined;
  const timeUp = new Promise<never>((_, reject) => {
    forget = onAbort(signal, () => reject(signal.reason));
  });
  try {
    return await Promise.race([work(), timeUp]);
  } finally {
    forget();
  }
}
