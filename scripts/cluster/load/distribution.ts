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

/** How often each reason kept a Pod out. */
export function denialsOf(sent: readonly Sent[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const why of sent.map(denialOf)) {
    if (why !== undefined) counts.set(why, (counts.get(why) ?? 0) + 1);
  }
  return counts;
}

/** Cells of a table: count, percentiles, denials. */
export function rowOf(what: string, sent: readonly Sent[], denied = denialsOf(sent)): string[] {
  const { count, p50, p90, p99, max } = distributionOf(sent);
  const total = [...denied.values()].reduce((sum, one) => sum + one, 0);
  return [what, String(count), ...[p50, p90, p99, max].map((ms) => ms.toFixed(1)), String(total)];
}
