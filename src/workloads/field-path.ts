import { visibleText } from '../domain/text/visible-text.ts';

/** Keys and list indexes, starting at the top of an object. */
export type FieldPath = readonly (string | number)[];

/** `spec.containers[0].image`; keys with other characters in brackets: `metadata.annotations["a/b"]`. On one line. */
export function formatField(path: FieldPath): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (!/^[A-Za-z0-9_-]+$/.test(step)) text += `[${visibleText(JSON.stringify(step))}]`;
    else text += text === '' ? step : `.${step}`;
  }
  return text;
}

/** `/spec/containers/0/image` (RFC 6901 §3). */
export function jsonPointer(path: FieldPath): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
