import { EmptyValueError, ValueError } from '../text/value-error.ts';

/** Reads one `key=value` line of annotations that must have been signed; throws ValueError. */
export function parseAnnotationLine(line: string): { readonly key: string; readonly value: string } {
  const at = line.indexOf('=');
  const key = line.slice(0, Math.max(at, 0)).trim();
  const value = line.slice(at + 1).trim();
  if (at < 0 || key === '') throw new ValueError(`${JSON.stringify(line)} is not key=value`);
  // An expression that yielded nothing would otherwise ask for an empty annotation.
  if (value === '') throw new EmptyValueError(JSON.stringify(key));
  return { key, value };
}
