/**
 * The characters that are safe wherever text is pasted (contract §3.7). `%` and `!` occur in subjects, `#` in branches.
 * None of them has a meaning in a YAML scalar in quotes, and none starts an expression or a command.
 */
const SAFE = /^[A-Za-z0-9._:/@+=%#!-]+$/;
/** The same and blanks, for text that the user of this run wrote. */
const SAFE_OWN = /^[A-Za-z0-9._:/@+=%#!-]+(?: [A-Za-z0-9._:/@+=%#!-]+)*$/;

/**
 * One YAML line `input: value` to paste, or undefined if the value contains unsafe characters. A comma is one of them,
 * because inputs that accept lists would split the value there.
 */
export function pasteableLine(name: string, value: string): string | undefined {
  return SAFE.test(value) ? `${name}: ${toYamlScalar(value)}` : undefined;
}

/**
 * The YAML lines of one input with several values, one per line; undefined if a value contains unsafe characters. `own`:
 * the values come from the inputs of this run instead of a certificate, and may contain blanks.
 */
export function pasteableLines(
  name: string,
  values: readonly string[],
  { own = false }: { readonly own?: boolean } = {},
): readonly string[] | undefined {
  const safe = own ? SAFE_OWN : SAFE;
  const [first, second] = values;
  if (first === undefined || !values.every((value) => safe.test(value))) return undefined;
  if (second === undefined) return [`${name}: ${toYamlScalar(first)}`];
  // A line that starts with # or a blank is still text in a block scalar.
  return [`${name}: |`, ...values.map((value) => `  ${value}`)];
}

/** Plain if YAML certainly reads it as a string, otherwise in double quotes. */
function toYamlScalar(value: string): string {
  return /^[A-Za-z.][A-Za-z0-9._/@+=:-]*$/.test(value) && value.includes('/') && !value.endsWith(':')
    ? value
    : `"${value}"`;
}
