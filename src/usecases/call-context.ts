import type { CallLimits, Log, RetryBudget } from '../domain/calls/call-limits.ts';

/**
 * What a run of an action, or one request to a server, hands to every port as its first argument. `signal` ends its
 * requests and waits; its reason is a CodedError TIMEOUT. One object from the beginning of a call to its end: what a
 * call saw in a registry before it wrote there is remembered by this object.
 */
export interface CallContext extends CallLimits {
  /** The time is up: nothing new is begun, nothing more is logged. Not later than `signal`. */
  readonly due: AbortSignal;
  /** From now on what is under way may be finished after the time is up. */
  finish(): void;
}

/** When a call has to end. The reason of both signals is a CodedError TIMEOUT. */
export interface Deadline {
  /** The time is up: nothing new is begun, nothing more is logged. */
  readonly due: AbortSignal;
  /** Every request and every wait ends: when the time is up or, after `finish`, a fixed time later. */
  readonly end: AbortSignal;
  /** From now on what is under way may be finished after the time is up. */
  finish(): void;
}

/** The context of one call with this deadline. */
export function callWithin(
  deadline: Deadline,
  { retries, log }: { readonly retries: RetryBudget; readonly log: Log },
): CallContext {
  return { signal: deadline.end, due: deadline.due, finish: () => deadline.finish(), retries, log };
}
