import type { CallLimits } from './call-limits.ts';
import { onAbort } from './on-abort.ts';

/** Work that several calls need at the same time, done once for all of them. */
export interface SharedWork<Result> {
  /**
   * Waits for the work of this key, and starts it if it is not running. The work gets a call of its own, which
   * represents all waiting calls: it ends when the last of them has ended, may retry while one of them may, charges the
   * time of outages to each, and logs to each. If a call ends while others wait, it is rejected with the reason of its
   * signal and the work continues. The last call to end also ends the work; a later call starts it again.
   */
  join(call: CallLimits, key: string, work: (call: CallLimits) => Promise<Result>): Promise<Result>;
}

interface Seat {
  readonly call: CallLimits;
  /** True until the first outage that begins after this call joined: earlier ones are not charged to it. */
  isLate: boolean;
}

interface Running<Result> {
  readonly seats: Set<Seat>;
  readonly controller: AbortController;
  readonly answer: Promise<Result>;
}

/** The calls that wait behind a call that represents them. */
const waiting = new WeakMap<CallLimits, ReadonlySet<Seat>>();

/** The call from outside for which this one is made; undefined if there are several, or none is left. */
export function soleCaller(call: CallLimits): CallLimits | undefined {
  const seats = waiting.get(call);
  if (seats === undefined) return call;
  const calls = new Set([...seats].map((seat) => seat.call));
  const [only] = calls;
  return only === undefined || calls.size > 1 ? undefined : soleCaller(only);
}

export function createSharedWork<Result>(): SharedWork<Result> {
  const running = new Map<string, Running<Result>>();

  const end = (key: string, one: Running<Result>): void => {
    if (running.get(key) === one) running.delete(key);
  };

  const begin = (key: string, first: Seat, work: (call: CallLimits) => Promise<Result>): Running<Result> => {
    const seats = new Set([first]);
    const controller = new AbortController();
    const { signal } = first.call;
    if (signal.aborted) controller.abort(signal.reason);
    const one = { seats, controller, answer: work(callFor(seats, controller.signal)) };
    running.set(key, one);
    const done = (): void => end(key, one);
    one.answer.then(done, done);
    return one;
  };

  const wait = (key: string, one: Running<Result>, seat: Seat): Promise<Result> =>
    new Promise((resolve, reject) => {
      const { signal } = seat.call;
      const leave = (): void => {
        one.seats.delete(seat);
        if (one.seats.size > 0) {
          reject(signal.reason);
          return;
        }
        end(key, one);
        // The last call gets its error from the work itself.
        one.controller.abort(signal.reason);
      };
      one.seats.add(seat);
      one.answer.then(resolve, reject).finally(onAbort(signal, leave));
    });

  return {
    join(call, key, work) {
      const seat: Seat = { call, isLate: running.has(key) };
      return wait(key, running.get(key) ?? begin(key, seat, work), seat);
    },
  };
}

/** The one call that represents all waiting calls. */
function callFor(seats: ReadonlySet<Seat>, signal: AbortSignal): CallLimits {
  const all = <Value>(read: (call: CallLimits) => Value): Value[] => [...seats].map((seat) => read(seat.call));
  const call: CallLimits = {
    signal,
    retries: {
      spend(fromMs, toMs, origin) {
        for (const seat of seats) {
          if (!seat.isLate) seat.call.retries.spend(fromMs, toMs, origin);
          seat.isLate = false;
        }
      },
      remainingMs: () => Math.max(0, ...all(({ retries }) => retries.remainingMs())),
      attemptMs: (origin) => Math.max(0, ...all(({ retries }) => retries.attemptMs(origin))),
    },
    log: {
      info: (line) => void all(({ log }) => log.info(line)),
      debug: (line) => void all(({ log }) => log.debug(line)),
      warning: (line) => void all(({ log }) => log.warning(line)),
    },
  };
  waiting.set(call, seats);
  return call;
}
