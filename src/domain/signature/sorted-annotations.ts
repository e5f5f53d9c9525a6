/**
 * Annotations in the order in which Go writes map keys: by their UTF-8 bytes (JavaScript compares
 * UTF-16 units, which differs above U+FFFF). Pairs, because an object would move keys that look like
 * integers to the front.
 */
export function sortedAnnotations(
  annotations: Readonly<Record<string, string>>,
): readonly (readonly [string, string])[] {
  return Object.entries(annotations).sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}
