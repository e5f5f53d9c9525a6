/**
 * The limits of one call from outside (a run of an action, one request to a server), passed to everything below it:
 * when to stop, how long to retry, and where to report progress. Adapters do not store them, because they serve many
 * calls.
 */
export interface CallLimits {
  /** Ends every request and every wait of the call. If its reason is a CodedError, that error is thrown. */
  readonly signal: AbortSignal;
  readonly retries: RetryBudget;
  readonly log: Log;
}

/**
 * The time that one call may spend on outages: the union of the intervals in which a request was failing or waiting for
 * a retry. A healthy call uses up nothing, no matter how long it takes; requests that fail at the same time are counted
 * once.
 */
export interface RetryBudget {
  /** Counts an interval in which a request to `origin` failed or waited; in ms of network time. */
  spend(fromMs: number, toMs: number, origin: string): void;
  /** The remaining time, in ms, never negative. */
  remainingMs(): number;
  /**
   * Timeout of the next attempt at an origin, in ms. One hanging attempt leaves time for another. The outages of other
   * origins do not shorten it.
   */
  attemptMs(origin: string): number;
}

/** Receives progress messages. The adapter escapes them, because they are untrusted text. */
export interface Log {
  info(line: string): void;
  debug(line: string): void;
  warning(line: string): void;
}
