import type { CallLimits } from './call-limits.ts';
import { createTold } from './call-memory.ts';
import { createExpiringMap, type ExpiringMapOptions } from './expiring-map.ts';
import { createSharedWork } from './shared-work.ts';

/**
 * Remembers what loading gave, its value or its failure. One loading serves all calls that wait for it, and outlives
 * each of them (SharedWork). What a call was told once it is told to its end; the lifetimes are for the calls that
 * come after. A loading that was given up, because every call that waited for it had ended, is not remembered.
 */
export interface Memo<Value> {
  get(call: CallLimits, key: string, load: (call: CallLimits) => Promise<Value>): Promise<Value>;
}

export interface MemoOptions extends ExpiringMapOptions {
  /** How long a value is told to further calls, in ms from when it came. */
  readonly lifetimeMs: number;
  /** The same for a failure. */
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
        // Whoever asks is told; nobody need ask.
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
