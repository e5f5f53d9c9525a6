/** A map that drops each entry when it expires, and the least recently used one when there are too many. */
export interface ExpiringMap<Value> {
  get(key: string): Value | undefined;
  /** Keeps a value for `lifetimeMs` from now on. */
  set(key: string, value: Value, lifetimeMs: number): void;
  delete(key: string): void;
  /** Entries that are kept, including some that have expired and were not asked for since. */
  size(): number;
}

export interface ExpiringMapOptions {
  readonly clock: { now(): Date };
  /** Maximum number of entries; at least 1. */
  readonly entriesMax: number;
}

export function createExpiringMap<Value>({ clock, entriesMax }: ExpiringMapOptions): ExpiringMap<Value> {
  /** The least recently used entry first. */
  const entries = new Map<string, { readonly value: Value; readonly untilMs: number }>();
  return {
    get(key) {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      entries.delete(key);
      if (clock.now().getTime() >= entry.untilMs) return undefined;
      entries.set(key, entry);
      return entry.value;
    },
    set(key, value, lifetimeMs) {
      const nowMs = clock.now().getTime();
      entries.delete(key);
      for (const [other, { untilMs }] of entries) if (nowMs >= untilMs) entries.delete(other);
      for (const [oldest] of entries) {
        if (entries.size < entriesMax) break;
        entries.delete(oldest);
      }
      entries.set(key, { value, untilMs: nowMs + lifetimeMs });
    },
    delete: (key) => void entries.delete(key),
    size: () => entries.size,
  };
}
