import { RE2JS } from 're2js';
import { ValueError } from '../text/value-error.ts';
import { PATTERN_MAX_CHARS, type RegexpPattern } from './pattern.ts';

/**
 * Parses a regular expression in Go's RE2 syntax, like cosign's -regexp flags. Throws ValueError. This is a separate
 * file because the engine is large; only runs with such an expression load it.
 */
export function parseRegexp(source: string): RegexpPattern {
  if (source.length > PATTERN_MAX_CHARS) {
    throw new ValueError(`the pattern is longer than ${PATTERN_MAX_CHARS} characters`);
  }
  const compiled = compile(source);
  return {
    source,
    matches: (value) => compiled.matches(value),
    findsIn: (value) => compiled.matcher(value).find(),
  };
}

function compile(source: string): RE2JS {
  try {
    return RE2JS.compile(source);
  } catch (error) {
    const message = error instanceof Error ? error.message : 'unknown error';
    throw new ValueError(`${message} (RE2 syntax has no lookaround and no backreferences)`, { cause: error });
  }
}
