import { RE2JS } from 're2js';
import { ValueError } from './value-error.ts';

/** A compiled pattern; matching takes time linear in the value, whatever the pattern. */
export interface Pattern {
  /** As the user wrote it. */
  readonly source: string;
  /** True if the pattern matches the whole value. */
  readonly matches: (value: string) => boolean;
  /** True if it matches anywhere in the value, as cosign reads its patterns. */
  readonly findsIn: (value: string) => boolean;
}

const MAX_PATTERN_LENGTH = 2048;

/** A regular expression in Go's RE2 syntax, as cosign's -regexp flags take it; throws ValueError. */
export function parseRegexp(source: string): Pattern {
  return compile(source, source);
}

/** `*` = any run of characters but `/`, `**` = any run; everything else stands for itself. Throws ValueError. */
export function parseGlob(source: string): Pattern {
  const expression = source
    .split(/(\*+)/)
    .map((part) => {
      if (!part.startsWith('*')) return RE2JS.quote(part);
      if (part.length > 2) throw new ValueError(`${JSON.stringify(source)} has more than two * in a row`);
      return part === '*' ? '[^/]*' : '(?s:.*)';
    })
    .join('');
  return compile(source, expression);
}

function compile(source: string, expression: string): Pattern {
  if (source.length > MAX_PATTERN_LENGTH)
    throw new ValueError(`a pattern is longer than ${MAX_PATTERN_LENGTH} characters`);
  const compiled = compileRe2(expression);
  return {
    source,
    matches: (value) => compiled.matches(value),
    findsIn: (value) => compiled.matcher(value).find(),
  };
}

function compileRe2(expression: string): RE2JS {
  try {
    return RE2JS.compile(expression);
  } catch (error) {
    const message = error instanceof Error ? error.message : 'unknown error';
    throw new ValueError(`${message} (RE2 syntax: no look-around, no back-references)`, { cause: error });
  }
}
