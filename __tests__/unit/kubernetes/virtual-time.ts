import type { Clock } from '../../../src/usecases/ports.ts';

/** A time that moves only when it is told to, and wakes sleepers in order. */
export interface VirtualTime {
  readonly clock: Clock;
  readonly monotonicMs: () => number;
  /** Of another machine: its clock is wrong by so much. */
  skewed(ms: number): Clock;
  /** Lets so many ms pass. */
  pass(ms: number): Promise<void>;
  /** The same while this process stands still: nobody wakes. */
  standStill(ms: number): void;
}

export function createVirtualTime(): VirtualTime {
  const startMs = Date.UTC(2026, 10, 27, 10);
  let passedMs = 0;
  const sleepers = new Set<{ readonly dueMs: number; readonly wake: () => void }>();
  const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(signal.reason);
      const sleeper = { dueMs: passedMs + Math.max(0, ms), wake: resolve };
      sleepers.add(sleeper);
      signal?.addEventListener('abort', () => {
        sleepers.delete(sleeper);
        reject(signal.reason);
      });
    });
  const skewed = (ms: number): Clock => ({ now: () => new Date(startMs + ms + passedMs), sleep });
  return {
    ...{ clock: skewed(0), skewed, monotonicMs: () => passedMs },
    async pass(ms) {
      const untilMs = passedMs + ms;
      await settle();
      for (;;) {
        const [next] = [...sleepers].sort((one, other) => one.dueMs - other.dueMs);
        if (next === undefined || next.dueMs > untilMs) break;
        passedMs = Math.max(passedMs, next.dueMs);
        sleepers.delete(next);
        next.wake();
        await settle();
      }
      passedMs = untilMs;
    },
    standStill(ms) {
      passedMs += ms;
    },
  };
}

/** Lets everything go on that does not wait for time. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
