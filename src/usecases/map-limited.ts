export interface MapLimitedOptions {
  /** Maximum number of calls in progress; at least 1. */
  readonly limit: number;
}

/**
 * Maps in parallel up to a limit and returns results in input order. The first rejection rejects the whole map and no
 * further call starts after it. Calls in progress are awaited, so that none outlives the map.
 */
export async function mapLimited<In, Out>(
  items: readonly In[],
  options: MapLimitedOptions,
  map: (item: In, index: number) => Promise<Out>,
): Promise<Out[]> {
  const results = new Array<Out>(items.length);
  const failures: unknown[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length && failures.length === 0) {
      const index = next++;
      try {
        results[index] = await map(items[index] as In, index);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  const workers = Array.from({ length: Math.min(Math.max(1, options.limit), items.length) }, worker);
  await Promise.all(workers);
  if (failures.length > 0) throw failures[0];
  return results;
}
