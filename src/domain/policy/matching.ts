/**
 * A largest one-to-one matching: for each item of the list, the one of its choices that it gets, or undefined. No two get
 * the same. Augmenting paths (Kuhn), so the time is the product of the items and all choices.
 */
export function largestMatching(choices: readonly (readonly string[])[]): readonly (string | undefined)[] {
  const holder = new Map<string, number>();
  const seat = (item: number, seen: Set<string>): boolean => {
    for (const choice of choices[item] ?? []) {
      if (seen.has(choice)) continue;
      seen.add(choice);
      const rival = holder.get(choice);
      if (rival !== undefined && !seat(rival, seen)) continue;
      holder.set(choice, item);
      return true;
    }
    return false;
  };
  for (const item of choices.keys()) seat(item, new Set());
  const got: (string | undefined)[] = choices.map(() => undefined);
  for (const [choice, item] of holder) got[item] = choice;
  return got;
}
