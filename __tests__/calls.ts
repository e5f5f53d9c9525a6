import { createRetryBudget } from '../src/http/retry-budget.ts';
import type { CallContext, Deadline } from '../src/usecases/call-context.ts';
import type { Clock, Log } from '../src/usecases/ports.ts';

export interface TestCallOptions {
  /** Budget for outages, in ms; default 0, every request once. */
  readonly retryFor?: number;
  readonly retries?: CallContext['retries'];
  readonly signal?: AbortSignal;
  /** Default: as `signal`. */
  readonly due?: AbortSignal;
  readonly finish?: () => void;
  readonly log?: Partial<Log>;
}

/** A call that ends only by the signal given, and whose log goes nowhere. */
export function testCall(options: TestCallOptions = {}): CallContext {
  const signal = options.signal ?? new AbortController().signal;
  const nowhere = (): void => undefined;
  return {
    signal,
    due: options.due ?? signal,
    finish: options.finish ?? nowhere,
    retries: options.retries ?? createRetryBudget(options.retryFor ?? 0),
    log: { info: nowhere, debug: nowhere, warning: nowhere, ...options.log },
  };
}

/** The call of a run with this deadline. */
export function callUntil({ due, end, finish }: Deadline, options: TestCallOptions = {}): CallContext {
  return testCall({ ...options, due, signal: end, finish });
}

/** A port whose methods get their call by themselves. */
export type SeenBy<Port> = {
  [Name in keyof Port]: Port[Name] extends (call: CallContext, ...rest: infer Rest) => infer Result
    ? (...rest: Rest) => Result
    : Port[Name];
};

/** A port as one call sees it, for tests in which there is one call only. Methods that take no call are given by name. */
export function seenBy<Port extends object>(
  call: CallContext,
  port: Port,
  callless: readonly (keyof Port)[] = [],
): SeenBy<Port> {
  return new Proxy(port, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function' || callless.includes(name as keyof Port)) return value;
      return (...rest: readonly unknown[]): unknown => Reflect.apply(value, target, [call, ...rest]);
    },
  }) as SeenBy<Port>;
}

/** A clock that stands until it is moved; its sleeps take no time. */
export interface MovedClock extends Clock {
  move(ms: number): void;
}

export function createMovedClock(start = new Date('2026-11-27T10:00:00Z')): MovedClock {
  let nowMs = start.getTime();
  return {
    now: () => new Date(nowMs),
    sleep: () => Promise.resolve(),
    move(ms) {
      nowMs += ms;
    },
  };
}
