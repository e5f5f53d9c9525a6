import { splitKeyValue } from '../text/key-value.ts';
import { EmptyValueError, ValueError } from '../text/value-error.ts';

/** Reads one `key=value` line of annotations that must have been signed; throws ValueError. */
export function parseAnnotationLine(line: string): { readonly key: string; readonly value: string } {
  const { key, value } = splitKeyValue(line) ?? { key: '', value: '' };
  if (key === '') throw new ValueError(`${JSON.stringify(line)} is not key=value`);
  // An expression that yielded nothing would otherwise ask for an empty annotation.
  if (value === '') throw new EmptyValueError(JSON.stringify(key));
  return { key, value };
}
