import type { CallLimits, Log, RetryBudget } from '../domain/calls/call-limits.ts';

/**
 * The first argument to every port method: one per run of an action, or per request to a server. `signal` ends all
 * requests and waits; its reason is a CodedError TIMEOUT. The object stays the same from the beginning of a call to its
 * end, because adapters use its identity to remember what the call read from a registry before writing there.
 */
export interface CallContext extends CallLimits {
  /** The time is up: start nothing new and log nothing more. Never aborts later than `signal`. */
  readonly due: AbortSignal;
  /** From now on, work in progress may finish after the time is up. */
  finish(): void;
}

/** When a call must end. The reason of both signals is a CodedError TIMEOUT. */
export interface Deadline {
  /** The time is up: start nothing new and log nothing more. */
  readonly due: AbortSignal;
  /** Ends every request and wait: when the time is up or, after `finish`, a fixed time later. */
  readonly end: AbortSignal;
  /** From now on, work in progress may finish after the time is up. */
  finish(): void;
}

/** The context of one call with this deadline. */
export function callWithin(
  deadline: Deadline,
  { retries, log }: { readonly retries: RetryBudget; readonly log: Log },
): CallContext {
  return { signal: deadline.end, due: deadline.due, finish: () => deadline.finish(), retries, log };
}
