import type { Clock, Log } from './ports.ts';

/** Least time between two lines, and before the first: a short run needs none. In ms. */
const EVERY_MS = 1000;

/**
 * Counts what is done and says so in the log: `checked 120 of 200 images`, at most once a second and never for
 * the last one, which the result itself reports. `what` is the verb and the noun around the numbers.
 */
export function createProgress(
  { clock, log }: { readonly clock: Clock; readonly log: Log },
  what: readonly [verb: string, noun: string],
  total: number,
): () => void {
  let done = 0;
  let lastMs = clock.now().getTime();
  return () => {
    done += 1;
    const nowMs = clock.now().getTime();
    if (done >= total || nowMs - lastMs < EVERY_MS) return;
    lastMs = nowMs;
    log.info(`${what[0]} ${done} of ${total} ${what[1]}`);
  };
}
