import type { RetryBudget } from '../domain/calls/call-limits.ts';

export type { RetryBudget };

/** Longest time one attempt may take, in ms. */
const ATTEMPT_MAX_MS = 30_000;
/**
 * Minimum time for one attempt, in ms, even if the budget is used up: an earlier outage must not fail healthy requests.
 */
const ATTEMPT_MIN_MS = 5_000;

/** From and to, in ms. */
type Interval = readonly [number, number];

/** The budget of one call, in ms (0 = no retries). All times are network time (networkTimeMs). */
export function createRetryBudget(totalMs: number): RetryBudget {
  let all: readonly Interval[] = [];
  const byOrigin = new Map<string, readonly Interval[]>();
  return {
    spend(fromMs, toMs, origin) {
      if (!(toMs > fromMs)) return;
      all = unite(all, [fromMs, toMs]);
      byOrigin.set(origin, unite(byOrigin.get(origin) ?? [], [fromMs, toMs]));
    },
    remainingMs: () => Math.max(0, totalMs - lengthOf(all)),
    /** min(30 s, a third of the budget that the outages of this origin have left). */
    attemptMs(origin) {
      // Without a budget there is no second attempt that needs time.
      if (totalMs <= 0) return ATTEMPT_MAX_MS;
      const least = Math.min(ATTEMPT_MIN_MS, Math.max(500, totalMs / 10));
      const leftMs = totalMs - lengthOf(byOrigin.get(origin) ?? []);
      return Math.min(ATTEMPT_MAX_MS, Math.max(least, leftMs / 3));
    },
  };
}

/** Adds an interval to disjoint ones; the result is disjoint and ascending. */
function unite(intervals: readonly Interval[], [fromMs, toMs]: Interval): readonly Interval[] {
  let [from, to] = [fromMs, toMs];
  const apart: Interval[] = [];
  for (const interval of intervals) {
    if (interval[1] < from || interval[0] > to) apart.push(interval);
    else [from, to] = [Math.min(from, interval[0]), Math.max(to, interval[1])];
  }
  return [...apart, [from, to] as const].sort((a, b) => a[0] - b[0]);
}

function lengthOf(intervals: readonly Interval[]): number {
  return intervals.reduce((sum, [from, to]) => sum + to - from, 0);
}

/** Waits between attempts, in ms: full jitter over a cap that doubles from 250 ms to 10 s. */
export function backoffMs(attempt: number, random: () => number): number {
  return random() * Math.min(10_000, 250 * 2 ** (attempt - 1));
}
