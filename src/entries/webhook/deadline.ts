import { CodedError } from '../../coded-error.ts';
import { createRetryBudget } from '../../http/retry-budget.ts';
import { type CallContext, callWithin } from '../../usecases/call-context.ts';
import type { Log } from '../../usecases/ports.ts';
import { parseGoDuration } from './go-duration.ts';

/** The longest time that Kubernetes gives a webhook (admissionregistration/v1, timeoutSeconds), in ms. */
export const TIMEOUT_MAX_MS = 30_000;
/** What the answer needs to be on its way before the caller stops waiting, in ms. */
const RESERVE_MS = 1_000;

/** The share of a request's time for waiting out outages: then the answer names what is down, not that the time is up. */
const OUTAGES_SHARE = 0.8;

/** The time of a request by its parameter `timeout`, in ms: the longest one without it; undefined if it cannot be read. */
export function timeoutOf(query: URLSearchParams): number | undefined {
  const [text, ...others] = query.getAll('timeout');
  if (text === undefined) return TIMEOUT_MAX_MS;
  if (others.length > 0) return undefined;
  const ms = parseGoDuration(text);
  return ms === undefined ? undefined : Math.min(ms, TIMEOUT_MAX_MS);
}

/** When to have answered: a second before the caller stops waiting, but at least after half of the time. In ms. */
export function deadlineWithin(timeoutMs: number): number {
  return Math.max(timeoutMs - RESERVE_MS, timeoutMs / 2);
}

export interface RequestCall {
  readonly context: CallContext;
  /** The caller has gone: every request below ends. */
  abandon(): void;
  /** The request is answered; frees the timer. */
  end(): void;
}

/** The call of one request. What is below it ends by its signal when the time is up. */
export function startCall(
  deadlineMs: number,
  { retryForMs, log }: { readonly retryForMs: number; readonly log: Log },
): RequestCall {
  const controller = new AbortController();
  const { signal } = controller;
  const seconds = Math.round(deadlineMs / 100) / 10;
  const timer = setTimeout(() => {
    const hint = 'Try again. What was found so far is remembered, so that the next try needs less time.';
    controller.abort(new CodedError('TIMEOUT', `the images could not be judged within ${seconds} s`, { hint }));
  }, deadlineMs);
  const deadline = { due: signal, end: signal, finish: () => undefined };
  return {
    context: callWithin(deadline, {
      retries: createRetryBudget(Math.min(retryForMs, deadlineMs * OUTAGES_SHARE)),
      log,
    }),
    abandon: () => controller.abort(new CodedError('TIMEOUT', 'the API server did not wait for the answer')),
    end: () => clearTimeout(timer),
  };
}
