import type { HttpClient } from '../../http/http-client.ts';
import { knownRegistry } from './known-registries.ts';

/** Connections opened ahead to the storage of one registry. */
const STORAGE_CONNECTIONS_MAX = 8;

/** Opens connections to the storage of registries that are known to redirect the reads of blobs there. */
export interface StorageAhead {
  /**
   * Does work that ends with the read of a blob, while a connection to its storage opens. Nothing is sent there until
   * the registry redirects to it, and wherever else it redirects is followed as ever.
   */
  while<Result>(registry: URL, work: () => Promise<Result>): Promise<Result>;
}

export function createStorageAhead(http: Pick<HttpClient, 'preconnect'>): StorageAhead {
  /** By storage: the reads under way, and the most that there have been at once. */
  const counts = new Map<string, { underWay: number; most: number }>();
  return {
    async while(registry, work) {
      const storage = knownRegistry(registry)?.storage;
      if (storage === undefined) return work();
      const count = counts.get(storage) ?? { underWay: 0, most: 0 };
      counts.set(storage, count);
      count.underWay += 1;
      if (count.underWay > count.most && count.most < STORAGE_CONNECTIONS_MAX) {
        count.most = count.underWay;
        http.preconnect(storage);
      }
      try {
        return await work();
      } finally {
        count.underWay -= 1;
      }
    },
  };
}
