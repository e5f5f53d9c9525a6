import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../usecases/ports.ts';

/** The clock of this process. */
export const PROCESS_CLOCK: Clock = {
  now: () => new Date(),
  async sleep(ms, signal) {
    try {
      await sleep(ms, undefined, signal === undefined ? {} : { signal });
    } catch (error) {
      // The reason says more than Node's own AbortError.
      signal?.throwIfAborted();
      throw error;
    }
  },
};
