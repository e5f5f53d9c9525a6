/** Longest time one attempt may take, in ms. */
const ATTEMPT_MAX_MS = 30_000;
/** An attempt gets this much even when the budget is used up, in ms: a later outage must not fail healthy requests. */
const ATTEMPT_MIN_MS = 5_000;

/**
 * The one time budget of a run for outages: the union of the wall-clock intervals in which some request
 * was failing or waiting to try again. A healthy run, however long, uses up nothing; requests that fail
 * at the same time use it up once.
 */
export interface RetryBudget {
  /** Counts an interval in which a request failed or waited; times in ms since the epoch. */
  spend(fromMs: number, toMs: number): void;
  /** What is left, in ms, never negative. */
  remainingMs(): number;
  /** Time-out of the next attempt: min(30 s, a third of what is left), so that one hang leaves time to recover. */
  attemptMs(): number;
}

export function createRetryBudget(totalMs: number): RetryBudget {
  /** Disjoint, ascending. */
  let spent: readonly (readonly [number, number])[] = [];
  const remainingMs = () => Math.max(0, totalMs - spent.reduce((sum, [from, to]) => sum + to - from, 0));
  return {
    spend(fromMs, toMs) {
      if (!(toMs > fromMs)) return;
      let [from, to] = [fromMs, toMs];
      const apart: (readonly [number, number])[] = [];
      for (const interval of spent) {
        if (interval[1] < from || interval[0] > to) apart.push(interval);
        else [from, to] = [Math.min(from, interval[0]), Math.max(to, interval[1])];
      }
      spent = [...apart, [from, to] as const].sort((a, b) => a[0] - b[0]);
    },
    remainingMs,
    attemptMs() {
      // Without a budget there is no second attempt to leave time for.
      if (totalMs <= 0) return ATTEMPT_MAX_MS;
      const least = Math.min(ATTEMPT_MIN_MS, Math.max(500, totalMs / 10));
      return Math.min(ATTEMPT_MAX_MS, Math.max(least, remainingMs() / 3));
    },
  };
}

/** Waits between attempts, in ms: full jitter over a cap that doubles from 250 ms to 10 s. */
export function backoffMs(attempt: number, random: () => number): number {
  return random() * Math.min(10_000, 250 * 2 ** (attempt - 1));
}
