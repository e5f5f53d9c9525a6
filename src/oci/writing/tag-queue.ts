/** Runs tasks with the same key one after another, and tasks with different keys in parallel. */
export interface TagQueue {
  run<Result>(key: string, task: () => Promise<Result>): Promise<Result>;
}

/** One queue for all calls, so that our own writers never race for a tag. A key is kept while it has writers. */
export function createTagQueue(): TagQueue {
  const last = new Map<string, Promise<unknown>>();
  return {
    async run(key, task) {
      const before = last.get(key) ?? Promise.resolve();
      // A failed predecessor has reported to its own caller.
      const mine = before.then(task, task);
      last.set(key, mine);
      try {
        return await mine;
      } finally {
        if (last.get(key) === mine) last.delete(key);
      }
    },
  };
}
