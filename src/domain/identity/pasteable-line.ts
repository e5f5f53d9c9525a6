/** The characters that are safe wherever text is pasted (contract §3.7). */
const SAFE = /^[A-Za-z0-9._:/@+=,-]+$/;

/** One YAML line `input: value` to paste, or undefined if the value contains unsafe characters. */
export function pasteableLine(name: string, value: string): string | undefined {
  return isSafe(value) ? `${name}: ${toYamlScalar(value)}` : undefined;
}

/** Inputs that accept lists would split the value at a comma and read `*` as a glob. */
function isSafe(value: string): boolean {
  return SAFE.test(value) && !value.includes(',');
}

/** Plain if YAML certainly reads it as a string, otherwise in double quotes. */
function toYamlScalar(value: string): string {
  return /^[A-Za-z.][A-Za-z0-9._/@+=:-]*$/.test(value) && value.includes('/') && !value.endsWith(':')
    ? value
    : `"${value}"`;
}
