import { splitKeyValue } from '../text/key-value.ts';
import { CorrectedValueError, EmptyValueError, ValueError } from '../text/value-error.ts';

/**
 * The maximum number of characters of all annotations of one signature, keys and values. Anyone may attach a thousand
 * signatures, and a report contains the annotations of each.
 */
export const ANNOTATIONS_MAX_LENGTH = 64 * 1024;

/** The number of characters in all keys and values. */
export function annotationsLength(annotations: Readonly<Record<string, string>>): number {
  return Object.entries(annotations).reduce((sum, [key, value]) => sum + key.length + value.length, 0);
}

/**
 * Annotations in the order in which Go writes map keys: by their UTF-8 bytes. JavaScript compares UTF-16 units, which
 * differs above U+FFFF. Returns pairs, because an object would move keys that look like integers to the front.
 */
export function sortedAnnotations(
  annotations: Readonly<Record<string, string>>,
): readonly (readonly [string, string])[] {
  return Object.entries(annotations).sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

/** The line that was meant by `key: value`, as in YAML; undefined for any other. A key may hold a colon, but not at its end. */
export function rightAnnotation(line: string): string | undefined {
  const [, key, value] =
    /^([^\s:=]+)\s*:(?:\s+(.+)|(?=[^=]*$)(.+))$/.exec(line)?.filter((one) => one !== undefined) ?? [];
  return key === undefined || value === undefined ? undefined : `${key}=${value}`;
}

/** Parses one `key=value` line of the required annotations. Throws ValueError. */
export function parseAnnotationLine(line: string): { readonly key: string; readonly value: string } {
  const right = rightAnnotation(line);
  if (right !== undefined) {
    throw new CorrectedValueError(`${JSON.stringify(line)} is not key=value`, [{ input: 'annotations', value: right }]);
  }
  const { key, value } = splitKeyValue(line) ?? { key: '', value: '' };
  if (key === '') throw new ValueError(`${JSON.stringify(line)} is not key=value`);
  // An expression with an empty result would otherwise require an empty annotation.
  if (value === '') throw new EmptyValueError(JSON.stringify(key));
  return { key, value };
}
