/** The items in turns: the first of each group, then the second of each, …; so no group delays the others. */
export function interleave<Item>(items: readonly Item[], groupOf: (item: Item) => string): Item[] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(groupOf(item));
    if (group === undefined) groups.set(groupOf(item), [item]);
    else group.push(item);
  }
  const turns: Item[] = [];
  let left = [...groups.values()];
  for (let turn = 0; left.length > 0; turn += 1) {
    for (const group of left) turns.push(group[turn] as Item);
    left = left.filter((group) => group.length > turn + 1);
  }
  return turns;
}
