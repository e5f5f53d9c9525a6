/** Runs work when a slot is free. The work may leave its slot early, before a phase that only waits. */
export type Slots = <Result>(work: (leave: () => void) => Promise<Result>) => Promise<Result>;

/**
 * Limits the work in progress, first come, first served. Unlike mapLimited, it lets work that only waits (for a
 * registry to settle) give its slot to the next. Work does not take a left slot back: only a read follows, and taking
 * the slot back could wait for work that waits for this one.
 */
export function createSlots(limit: number): Slots {
  let free = Math.max(1, limit);
  const queue: (() => void)[] = [];
  /** Undefined: the slot was free. Such work starts synchronously, before any work that is started after it. */
  const acquire = (): Promise<void> | undefined => {
    if (free === 0) return new Promise<void>((resolve) => queue.push(resolve));
    free -= 1;
    return undefined;
  };
  const release = (): void => {
    const next = queue.shift();
    if (next === undefined) free += 1;
    else next();
  };
  return async (work) => {
    const turn = acquire();
    if (turn !== undefined) await turn;
    let left = false;
    const leave = (): void => {
      if (left) return;
      left = true;
      release();
    };
    try {
      return await work(leave);
    } finally {
      leave();
    }
  };
}
