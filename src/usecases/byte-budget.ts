/** Runs work that holds many bytes in memory when there is room for it. */
export type ByteBudget = <Result>(bytes: number, work: () => Promise<Result>) => Promise<Result>;

/**
 * Limits the bytes that work in progress holds, first come, first served. Work that needs more than the whole budget
 * runs alone.
 */
export function createByteBudget(maxBytes: number): ByteBudget {
  let used = 0;
  const queue: { readonly bytes: number; readonly start: () => void }[] = [];
  const fits = (bytes: number): boolean => used === 0 || used + bytes <= maxBytes;
  const admit = (): void => {
    for (let next = queue[0]; next !== undefined && fits(next.bytes); next = queue[0]) {
      queue.shift();
      used += next.bytes;
      next.start();
    }
  };
  return async (bytes, work) => {
    await new Promise<void>((start) => {
      queue.push({ bytes, start });
      admit();
    });
    try {
      return await work();
    } finally {
      used -= bytes;
      admit();
    }
  };
}
