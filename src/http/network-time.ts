/**
 * Network time. Node runs our code and reads from the network on one thread. While our code runs, responses stay
 * unread, and that time must not count against a service that has already responded. So waits for a service count only
 * the time in which the event loop was idle and ready to read (`performance.nodeTiming.idleTime` of Node).
 */

/** Turns of the event loop without new data after which nothing can be left to read; Windows needs two. */
const QUIET_TURNS = 2;
/** Maximum number of turns after a deadline, so that a response that trickles endlessly is ended too. */
const LAST_TURNS_MAX = 256;

/** A clock, in ms, that stops while this process is busy; only for measuring waits. */
export function networkTimeMs(clock: { now(): Date }): number {
  return clock.now().getTime() - (performance.now() - idleMs());
}

/** How long the event loop has waited for something to do, in ms. */
function idleMs(): number {
  return performance.nodeTiming.idleTime;
}

/** A time limit for something that arrives through the event loop. */
export interface Deadline {
  /** The time limit, in ms of idle event loop. */
  readonly ms: number;
  /** Grows with all received data: data that the system received before the deadline is still read. */
  readonly progress: () => number;
  /** Called once, unless stopped before. */
  readonly onExpired: () => void;
}

/** Starts a deadline; the returned function stops it. */
export function startDeadline({ ms, progress, onExpired }: Deadline): () => void {
  const startedMs = idleMs();
  let timer: NodeJS.Timeout | undefined;
  let turn: NodeJS.Immediate | undefined;

  const check = (): void => {
    const leftMs = ms - (idleMs() - startedMs);
    // Timers have millisecond resolution; less than one counts as zero.
    if (leftMs >= 1) timer = setTimeout(check, leftMs);
    else lastTurns(progress(), 0, 0);
  };
  const lastTurns = (seen: number, quiet: number, turns: number): void => {
    if (quiet >= QUIET_TURNS || turns >= LAST_TURNS_MAX) {
      onExpired();
      return;
    }
    turn = setImmediate(() => {
      const now = progress();
      lastTurns(now, now === seen ? quiet + 1 : 0, turns + 1);
    });
  };

  timer = setTimeout(check, ms);
  return () => {
    clearTimeout(timer);
    clearImmediate(turn);
  };
}
