import type { Slots } from '../slots.ts';

export interface FairSlotsOptions {
  /** Work in progress at most; at least 1. */
  readonly total: number;
  /** Work in progress for one key at most; at least 1. */
  readonly each: number;
}

/** Slots for the work of one key. */
export type FairSlots = (key: string) => Slots;

interface Waiting {
  readonly key: string;
  readonly start: () => void;
}

/**
 * Limits the work in progress, in all and for each key, first come, first served among the keys that are below their limit:
 * a registry that answers slowly does not hold the slots of the others.
 */
export function createFairSlots({ total, each }: FairSlotsOptions): FairSlots {
  let free = Math.max(1, total);
  const used = new Map<string, number>();
  const queue: Waiting[] = [];
  const may = (key: string): boolean => free > 0 && (used.get(key) ?? 0) < Math.max(1, each);
  const take = (key: string): void => {
    free -= 1;
    used.set(key, (used.get(key) ?? 0) + 1);
  };
  const release = (key: string): void => {
    free += 1;
    const left = (used.get(key) ?? 1) - 1;
    if (left === 0) used.delete(key);
    else used.set(key, left);
    const index = queue.findIndex((one) => may(one.key));
    const [next] = index < 0 ? [] : queue.splice(index, 1);
    if (next === undefined) return;
    take(next.key);
    next.start();
  };
  return (key) => async (work) => {
    if (may(key)) take(key);
    else await new Promise<void>((start) => queue.push({ key, start }));
    let left = false;
    const leave = (): void => {
      if (left) return;
      left = true;
      release(key);
    };
    try {
      return await work(leave);
    } finally {
      leave();
    }
  };
}
