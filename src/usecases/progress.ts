import type { Clock, Log } from './ports.ts';

/** Minimum time between two lines and before the first one, in ms. A short run needs no lines. */
const EVERY_MS = 1000;

/**
 * Counts finished items and logs the progress: `checked 120 of 200 images`, at most once per second. A run that was long
 * enough for such a line also gets one for the last item, so that the log never ends with a part. `what` is the verb and
 * the noun around the numbers.
 */
export function createProgress(
  { clock, log }: { readonly clock: Clock; readonly log: Log },
  what: readonly [verb: string, noun: string],
  total: number,
): () => void {
  let done = 0;
  let lastMs = clock.now().getTime();
  let isShown = false;
  return () => {
    done += 1;
    const nowMs = clock.now().getTime();
    if (done >= total ? !isShown : nowMs - lastMs < EVERY_MS) return;
    lastMs = nowMs;
    isShown = true;
    log.info(`${what[0]} ${done} of ${total} ${what[1]}`);
  };
}
