import { ValueError } from '../text/value-error.ts';
import { PATTERN_MAX_CHARS, type Pattern } from './pattern.ts';

/**
 * Parses a glob. `*` matches any characters except `/`, `**` matches any characters, and everything else matches itself.
 * Matches whole values, in time proportional to the product of both lengths. Throws ValueError.
 */
export function parseGlob(source: string): Pattern {
  if (source.length > PATTERN_MAX_CHARS) {
    throw new ValueError(`the pattern is longer than ${PATTERN_MAX_CHARS} characters`);
  }
  const parts = source.split(/(\*+)/).filter((part) => part !== '');
  if (parts.some((part) => part.startsWith('***'))) {
    throw new ValueError(`${JSON.stringify(source)} has more than two consecutive *`);
  }
  return { source, matches: (value) => matchesParts(parts, value) };
}

/** Tracks every position in the value at which the parts so far may end. */
function matchesParts(parts: readonly string[], value: string): boolean {
  let ends: ReadonlySet<number> = new Set([0]);
  for (const part of parts) {
    const next = new Set<number>();
    for (const end of ends) {
      if (part === '*' || part === '**') {
        // An earlier end has already reached these positions.
        for (let at = end; at <= value.length && !next.has(at); at += 1) {
          next.add(at);
          if (part === '*' && value[at] === '/') break;
        }
      } else if (value.startsWith(part, end)) {
        next.add(end + part.length);
      }
    }
    ends = next;
  }
  return ends.has(value.length);
}
