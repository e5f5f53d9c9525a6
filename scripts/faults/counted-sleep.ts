import type { InProcessOptions } from '../common/run-in-process.ts';

/** A clock that notes how long a run waits of its own will. */
export interface CountedSleep {
  readonly clock: NonNullable<InProcessOptions['clock']>;
  /** In ms as the run asked for; waits side by side count once. */
  sleptMs(): number;
}

export function countSleep(): CountedSleep {
  const sleeps: [from: number, to: number][] = [];
  return {
    clock: (real) => ({
      now: real.now,
      sleep(ms, signal) {
        const from = performance.now();
        sleeps.push([from, from + ms]);
        return real.sleep(ms, signal);
      },
    }),
    sleptMs: () => unionOf(sleeps),
  };
}

/** Total length of what the intervals cover: where they overlap, it counts once. */
function unionOf(intervals: readonly (readonly [from: number, to: number])[]): number {
  let total = 0;
  let [start, end] = [0, 0];
  for (const [from, to] of [...intervals].sort((one, other) => one[0] - other[0])) {
    if (from >= end) {
      total += end - start;
      [start, end] = [from, to];
    } else end = Math.max(end, to);
  }
  return total + end - start;
}
