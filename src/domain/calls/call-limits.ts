/**
 * What one call from outside (a run of an action, one request to a server) hands to everything below it: when to
 * stop, how long to try again, and where to say what happens. Adapters keep none of it: they serve many calls.
 */
export interface CallLimits {
  /** Ends every request and every wait of the call. If its reason is a CodedError, that is what is thrown. */
  readonly signal: AbortSignal;
  readonly retries: RetryBudget;
  readonly log: Log;
}

/**
 * The time that one call may spend on outages: the union of the intervals in which some request was failing or
 * waiting to try again. A healthy call, however long, uses up nothing; requests that fail at the same time use it up
 * once.
 */
export interface RetryBudget {
  /** Counts an interval in which a request to `origin` failed or waited; in ms of the network's time. */
  spend(fromMs: number, toMs: number, origin: string): void;
  /** What is left, in ms, never negative. */
  remainingMs(): number;
  /**
   * Time-out of the next attempt at an origin, in ms, so that one hang leaves time to recover. The outages of other
   * origins do not shorten it.
   */
  attemptMs(origin: string): number;
}

/** Where progress goes. Text is data: the adapter escapes it. */
export interface Log {
  info(line: string): void;
  debug(line: string): void;
  warning(line: string): void;
}
