import type { CallLimits } from './call-limits.ts';
import { createTold } from './call-memory.ts';
import { createExpiringMap, type ExpiringMapOptions } from './expiring-map.ts';
import { createSharedWork } from './shared-work.ts';

/**
 * Remembers the result of a load, a value or a failure. One load serves all calls that wait for it and outlives each of
 * them (SharedWork). A call that has received a result gets the same one until it ends; the lifetimes apply to later
 * calls. A load that was abandoned, because every call that waited for it had ended, is not remembered.
 */
export interface Memo<Value> {
  get(call: CallLimits, key: string, load: (call: CallLimits) => Promise<Value>): Promise<Value>;
}

export interface MemoOptions extends ExpiringMapOptions {
  /** How long later calls get a value, in ms after it was loaded. */
  readonly lifetimeMs: number;
  /** How long later calls get a failure, in ms. */
  readonly failureMs: number;
}

export function createMemo<Value>({ lifetimeMs, failureMs, ...options }: MemoOptions): Memo<Value> {
  const known = createExpiringMap<Promise<Value>>(options);
  const told = createTold<Promise<Value>>();
  const work = createSharedWork<Value>();

  const loadAndKeep = async (
    call: CallLimits,
    key: string,
    load: (call: CallLimits) => Promise<Value>,
  ): Promise<Value> => {
    try {
      const value = await load(call);
      // What comes after all the same must not replace what was loaded in the meantime.
      if (!call.signal.aborted) known.set(key, Promise.resolve(value), lifetimeMs);
      return value;
    } catch (error) {
      if (!call.signal.aborted) {
        const failure = Promise.reject<Value>(error);
        // Every caller receives the rejection; there may be none, so it must not count as unhandled.
        failure.catch(() => undefined);
        known.set(key, failure, failureMs);
      }
      throw error;
    }
  };

  return {
    get(call, key, load) {
      const answer =
        told.get(call, key) ?? known.get(key) ?? work.join(call, key, (joint) => loadAndKeep(joint, key, load));
      told.set(call, key, answer);
      return answer;
    },
  };
}
