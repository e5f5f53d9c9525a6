import { denialOf, type Sent } from './open-loop.ts';

/** How long requests took, in ms. */
export interface Distribution {
  readonly count: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}

/** Nearest-rank percentiles; NaN without requests. */
export function distributionOf(sent: readonly Sent[]): Distribution {
  const sorted = sent.map(({ ms }) => ms).sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
  return { count: sorted.length, p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) };
}

/** Why Pods were kept out, each reason with how often. */
export function denialsOf(sent: readonly Sent[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const why of sent.map(denialOf)) {
    if (why !== undefined) counts.set(why, (counts.get(why) ?? 0) + 1);
  }
  return [...counts].map(([why, count]) => `${count} × ${why}`);
}
