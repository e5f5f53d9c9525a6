/**
 * Time as the network sees it. Node runs our code and reads from the network on one thread: while the first goes on,
 * answers lie unread, and a service that has answered must not pay for that. So what waits for a service counts only
 * the time in which the event loop was idle, that is ready to read (Node's performance.eventLoopUtilization).
 */

/** Turns of the event loop without anything new after which nothing more can be waiting to be read; Windows needs two. */
const QUIET_TURNS = 2;
/** Most turns after the end of a deadline, so that an answer that trickles for ever ends all the same. */
const LAST_TURNS_MAX = 256;

/** A clock, in ms, that stands still while this process is busy; for the lengths of waits only. */
export function networkTimeMs(clock: { now(): Date }): number {
  return clock.now().getTime() - performance.eventLoopUtilization().active;
}

/** A time limit for something that arrives through the event loop. */
export interface Deadline {
  /** After the wait, in ms of idle event loop. */
  readonly ms: number;
  /** Grows with everything that arrives: what the system had received before the end is still read. */
  readonly progress: () => number;
  /** Called once, unless stopped before. */
  readonly onExpired: () => void;
}

/** Starts a deadline; the result stops it. */
export function startDeadline({ ms, progress, onExpired }: Deadline): () => void {
  const idleMs = (): number => performance.eventLoopUtilization().idle;
  const startedMs = idleMs();
  let timer: NodeJS.Timeout | undefined;
  let turn: NodeJS.Immediate | undefined;

  const check = (): void => {
    const leftMs = ms - (idleMs() - startedMs);
    // Timers know milliseconds; less than one is none.
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
