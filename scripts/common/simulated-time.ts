import type { Handler } from '../../sandbox/http/serve.ts';
import type { Clock } from '../../src/usecases/ports.ts';

/** Turns of the event loop without a request after which everybody is taken to wait, 5 ms apart. */
const QUIET_TURNS = 6;
const TURN_MS = 5;

/** A clock that jumps ahead while everybody who shares it sleeps: minutes of waiting take milliseconds. */
export interface SimulatedTime extends Disposable {
  now(): Date;
  /** For a run. */
  readonly clock: Clock;
  /** Begins to notice the requests to a service in this process: as long as one is under way, nobody waits. */
  watch(handler: Handler): Handler;
}

/**
 * The time of this process plus all jumps, or `frozen` the jumps alone, for what a slow machine would take too long to
 * meet; budgets then count the waits less the time in which this process was busy. It jumps to the earliest end of a
 * sleep when no service was asked anything for a while. A jump that comes too early is only time that passes: nothing
 * may depend on how much does.
 */
export function startSimulatedTime({ frozen = false }: { readonly frozen?: boolean } = {}): SimulatedTime {
  const startMs = Date.now();
  const sleeps = new Set<{ readonly dueMs: number; readonly wake: () => void }>();
  let aheadMs = 0;
  let underWay = 0;
  let quiet = 0;
  const nowMs = (): number => (frozen ? startMs : Date.now()) + aheadMs;
  const wakeDue = (): void => {
    for (const sleep of [...sleeps]) if (sleep.dueMs <= nowMs()) sleep.wake();
  };
  const timer = setInterval(() => {
    quiet = underWay === 0 && sleeps.size > 0 ? quiet + 1 : 0;
    if (quiet >= QUIET_TURNS) {
      aheadMs += Math.max(0, Math.min(...[...sleeps].map(({ dueMs }) => dueMs)) - nowMs());
      quiet = 0;
    }
    wakeDue();
  }, TURN_MS);
  const now = (): Date => new Date(nowMs());
  return {
    now,
    clock: {
      now,
      sleep: (ms, signal) =>
        new Promise((resolve, reject) => {
          if (signal?.aborted === true) return reject(signal.reason as Error);
          const onAbort = (): void => {
            sleeps.delete(sleep);
            reject(signal?.reason as Error);
          };
          const sleep = {
            dueMs: nowMs() + ms,
            wake: () => {
              sleeps.delete(sleep);
              signal?.removeEventListener('abort', onAbort);
              resolve();
            },
          };
          signal?.addEventListener('abort', onAbort, { once: true });
          sleeps.add(sleep);
        }),
    },
    watch: (handler) => async (request) => {
      underWay += 1;
      quiet = 0;
      try {
        return await handler(request);
      } finally {
        underWay -= 1;
        quiet = 0;
      }
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
