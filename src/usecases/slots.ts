/** Runs work when a slot is free; the work may leave its slot early, for what only waits. */
export type Slots = <Result>(work: (leave: () => void) => Promise<Result>) => Promise<Result>;

/**
 * A bound on work under way, first come first served. Unlike mapLimited it lets work that is only
 * waiting (for a registry to settle) give its place to the next. A left slot is not taken back: what
 * follows is a look, and taking it back could wait for work that waits for this one.
 */
export function createSlots(limit: number): Slots {
  let free = Math.max(1, limit);
  const queue: (() => void)[] = [];
  /** Undefined: taken at once. Work that need not wait starts in its turn, before what is begun after it. */
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
