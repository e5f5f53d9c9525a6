/** A value of JSON as text, with the keys of every object in the order of their code units: equal values, equal texts. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** The values in an order that does not depend on how they were written: that of their canonical texts. */
export function canonicalOrder<Value>(values: readonly Value[]): Value[] {
  const texts = new Map(values.map((value) => [value, canonicalJson(value)]));
  const textOf = (value: Value): string => texts.get(value) ?? '';
  return values.toSorted((a, b) => (textOf(a) === textOf(b) ? 0 : textOf(a) < textOf(b) ? -1 : 1));
}
