import type { CallLimits } from './call-limits.ts';
import { createExpiringMap, type ExpiringMapOptions } from './expiring-map.ts';
import { soleCaller } from './shared-work.ts';

/**
 * Values that all calls share for a limited time. A call that has read a value gets the same one until it ends, so that
 * nothing changes during the call; the lifetime applies to later calls.
 */
export interface CallMemory<Value> {
  get(call: CallLimits, key: string): Value | undefined;
  set(call: CallLimits, key: string, value: Value): void;
}

export interface CallMemoryOptions extends ExpiringMapOptions {
  /** How long later calls get a value, in ms. */
  readonly lifetimeMs: number;
}

export function createCallMemory<Value extends NonNullable<unknown>>(options: CallMemoryOptions): CallMemory<Value> {
  const shared = createExpiringMap<Value>(options);
  const told = createTold<Value>();
  return {
    get(call, key) {
      const value = told.get(call, key) ?? shared.get(key);
      if (value !== undefined) told.set(call, key, value);
      return value;
    },
    set(call, key, value) {
      shared.set(key, value, options.lifetimeMs);
      told.set(call, key, value);
    },
  };
}

/** The values that each call has read; they end with the call. */
export function createTold<Value>(): CallMemory<Value> {
  const byCall = new WeakMap<CallLimits, Map<string, Value>>();
  return {
    get(call, key) {
      const caller = soleCaller(call);
      return caller === undefined ? undefined : byCall.get(caller)?.get(key);
    },
    set(call, key, value) {
      const caller = soleCaller(call);
      if (caller === undefined) return;
      const values = byCall.get(caller) ?? new Map<string, Value>();
      byCall.set(caller, values.set(key, value));
    },
  };
}
