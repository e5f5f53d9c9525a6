import { denialOf, type Sent } from './open-loop.ts';

/** How long requests took, in ms. */
export interface Distribution {
  readonly count: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
  /** By so much 99 of 100 requests were sent late at most. */
  readonly late: number;
}

/** Nearest-rank percentiles; NaN without requests. */
export function distributionOf(sent: readonly Sent[]): Distribution {
  const at = nearestRank(sent.map(({ ms }) => ms));
  const late = nearestRank(sent.map(({ lateMs }) => lateMs))(0.99);
  return { count: sent.length, p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1), late };
}

function nearestRank(values: readonly number[]): (share: number) => number {
  const sorted = [...values].sort((a, b) => a - b);
  return (share) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** Why Pods were kept out, each reason with how often. */
export function denialsOf(sent: readonly Sent[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const why of sent.map(denialOf)) {
    if (why !== undefined) counts.set(why, (counts.get(why) ?? 0) + 1);
  }
  return [...counts].map(([why, count]) => `${count} × ${why}`);
}
