/** Contract §3.7: the characters that are safe wherever text is pasted. */
const SAFE = /^[A-Za-z0-9._:/@+=,-]+$/;

/** One YAML line `input: value` to paste, or undefined if the value holds anything but safe characters. */
export function pasteableLine(name: string, value: string): string | undefined {
  return isSafe(value) ? `${name}: ${toYamlScalar(value)}` : undefined;
}

/** A glob or comma would be read as more than itself by an input that takes lists. */
function isSafe(value: string): boolean {
  return SAFE.test(value) && !value.includes(',');
}

/** Plain where YAML reads it as a string for certain, else in double quotes. */
function toYamlScalar(value: string): string {
  return /^[A-Za-z.][A-Za-z0-9._/@+=:-]*$/.test(value) && value.includes('/') && !value.endsWith(':')
    ? value
    : `"${value}"`;
}
