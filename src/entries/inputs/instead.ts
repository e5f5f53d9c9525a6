import type { Instead } from '../../domain/text/value-error.ts';

/**
 * Characters that are safe in a YAML text in double quotes and mean nothing to a shell or a workflow expression there. With
 * `*` and `\`, because patterns are among the values.
 */
const SAFE = /^[A-Za-z0-9._:/@+=,*\\ -]+$/;
const VALUE_MAX_CHARS = 300;
/** More lines than anybody compares. */
const LINES_MAX = 4;

/**
 * What to write instead of a value that cannot be right: each line is `input: value`; different inputs are written
 * together, several lines of one input are alternatives. Undefined if there is none, or one is not safe to paste.
 */
export function writeInstead(instead: readonly Instead[]): string | undefined {
  if (!isSafe(instead)) return undefined;
  const lines = instead.map(({ input, value }) => `\`${input}: ${yamlScalar(value)}\``);
  const isChoice = new Set(instead.map(({ input }) => input)).size === 1;
  return `Write ${lines.join(isChoice ? ' or ' : ' and ')}.`;
}

/** The same for the values of a list, which all stay. */
export function writeList(values: readonly Instead[]): string | undefined {
  const [first] = values;
  if (first === undefined || !isSafe(values)) return undefined;
  return `Write \`${first.input}: |\` and below it the lines ${values.map(({ value }) => `\`${value}\``).join(', ')}.`;
}

function isSafe(instead: readonly Instead[]): boolean {
  const fits = instead.length > 0 && instead.length <= LINES_MAX;
  return fits && instead.every(({ value }) => SAFE.test(value) && value.length <= VALUE_MAX_CHARS);
}

/** Plain if YAML certainly reads it as a text, otherwise in double quotes. */
function yamlScalar(value: string): string {
  const isPlain = /^[A-Za-z.][A-Za-z0-9._/@+=:-]*$/.test(value) && value.includes('/') && !value.endsWith(':');
  return isPlain ? value : JSON.stringify(value);
}
