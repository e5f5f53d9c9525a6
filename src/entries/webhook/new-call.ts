import { CodedError } from '../../coded-error.ts';
import { createRetryBudget } from '../../http/retry-budget.ts';
import { callWithin } from '../../usecases/call-context.ts';
import type { Clock, Log } from '../../usecases/ports.ts';
import type { NewCall } from '../../usecases/rejudging/rejudge.ts';

/** Longest time for outages within one call, in ms: another attempt, not a wait. */
const RETRY_MS = 5_000;

/** Makes calls for work that no request waits for. */
export function createNewCall({ clock, log }: { readonly clock: Clock; readonly log: Log }): NewCall {
  return (within, limitMs) => {
    const end = new AbortController();
    const closed = new AbortController();
    const follow = (): void => end.abort(within.reason);
    if (within.aborted) follow();
    // Not AbortSignal.any: the outer signal lives as long as the process and serves many thousand calls.
    else within.addEventListener('abort', follow, { once: true });
    const timeUp = (): void => {
      if (!closed.signal.aborted) end.abort(new CodedError('TIMEOUT', `it took longer than ${limitMs / 1000} s`));
    };
    clock.sleep(limitMs, closed.signal).then(timeUp, () => undefined);
    const deadline = { due: end.signal, end: end.signal, finish: () => undefined };
    return {
      call: callWithin(deadline, { retries: createRetryBudget(Math.min(RETRY_MS, limitMs)), log }),
      close() {
        closed.abort();
        within.removeEventListener('abort', follow);
      },
    };
  };
}
