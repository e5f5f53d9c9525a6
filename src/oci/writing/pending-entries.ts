/**
 * Entries that this call will add to a shared tag, by tag. Their content is pushed already, and they wait for their
 * turn: whoever writes the tag first adds them too, so that the settling time after a write is waited for once and not
 * for each of them.
 */
export interface PendingEntries {
  /** The entries of the tag, in the order in which they were added. */
  of(tag: string): readonly unknown[];
  add(tag: string, entry: unknown): void;
  remove(tag: string, entry: unknown): void;
}

export function createPendingEntries(): PendingEntries {
  const tags = new Map<string, Set<unknown>>();
  return {
    of: (tag) => [...(tags.get(tag) ?? [])],
    add(tag, entry) {
      const entries = tags.get(tag) ?? new Set();
      entries.add(entry);
      tags.set(tag, entries);
    },
    remove(tag, entry) {
      const entries = tags.get(tag);
      entries?.delete(entry);
      if (entries?.size === 0) tags.delete(tag);
    },
  };
}
