import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Pause } from '../../usecases/rejudging/rejudge.ts';

/** Longest work without a turn of the event loop, in ms: a request needs several turns. */
const WORK_MS = 2;

/** For work that shares the process with requests. Waits for a turn of the event loop if the last one is too long ago. */
export function createPause(nowMs: () => number = () => performance.now()): Pause {
  let sinceMs = nowMs();
  return async () => {
    if (nowMs() - sinceMs < WORK_MS) return;
    await nextTurn();
    sinceMs = nowMs();
  };
}
