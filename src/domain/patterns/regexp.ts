import { RE2JS } from 're2js';
import { ValueError } from '../text/value-error.ts';
import { PATTERN_MAX_CHARS, type RegexpPattern } from './pattern.ts';

/**
 * A regular expression in Go's RE2 syntax, as cosign's -regexp flags take it; throws ValueError. In a file of its
 * own because the engine is large, and loaded only by runs that are given such an expression.
 */
export function parseRegexp(source: string): RegexpPattern {
  if (source.length > PATTERN_MAX_CHARS) {
    throw new ValueError(`a pattern is longer than ${PATTERN_MAX_CHARS} characters`);
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
    throw new ValueError(`${message} (RE2 syntax: no look-around, no back-references)`, { cause: error });
  }
}
