import { CodedError } from '../../coded-error.ts';
import { createRetryBudget } from '../../http/retry-budget.ts';
import { callWithin } from '../../usecases/call-context.ts';
import type { Clock, Log } from '../../usecases/ports.ts';
import type { NewCall } from '../../usecases/rejudging/rejudge.ts';

interface NewCallOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** What is done, for the error at the end of its time. */
  readonly what?: string;
  /** Longest time for outages within one call, in ms. */
  readonly retryMs?: number;
}

/** Another attempt, not a wait. */
const RETRY_MS = 5_000;

/** Makes calls for work that no request waits for. */
export function createNewCall({ clock, log, what = 'it', retryMs = RETRY_MS }: NewCallOptions): NewCall {
  return (within, limitMs) => {
    const end = new AbortController();
    const closed = new AbortController();
    const follow = (): void => end.abort(within.reason);
    if (within.aborted) follow();
    // Not AbortSignal.any: the outer signal lives as long as the process and serves many thousand calls.
    else within.addEventListener('abort', follow, { once: true });
    const timeUp = (): void => {
      if (!closed.signal.aborted) end.abort(new CodedError('TIMEOUT', `${what} took longer than ${limitMs / 1000} s`));
    };
    clock.sleep(limitMs, closed.signal).then(timeUp, () => undefined);
    const deadline = { due: end.signal, end: end.signal, finish: () => undefined };
    return {
      call: callWithin(deadline, { retries: createRetryBudget(Math.min(retryMs, limitMs)), log }),
      close() {
        closed.abort();
        within.removeEventListener('abort', follow);
      },
    };
  };
}
