/**
 * Most characters of all annotations of one signature, keys and values. Anybody may sign and attach a thousand
 * signatures, and a report holds the annotations of each.
 */
export const ANNOTATIONS_MAX_LENGTH = 64 * 1024;

/** Characters of keys and values. */
export function annotationsLength(annotations: Readonly<Record<string, string>>): number {
  return Object.entries(annotations).reduce((sum, [key, value]) => sum + key.length + value.length, 0);
}
