import { ValueError } from '../text/value-error.ts';
import { PATTERN_MAX_CHARS, type Pattern } from './pattern.ts';

/**
 * `*` = any run of characters but `/`, `**` = any run; everything else stands for itself. Matches whole values, in
 * time linear in pattern times value. Throws ValueError.
 */
export function parseGlob(source: string): Pattern {
  if (source.length > PATTERN_MAX_CHARS) {
    throw new ValueError(`a pattern is longer than ${PATTERN_MAX_CHARS} characters`);
  }
  const parts = source.split(/(\*+)/).filter((part) => part !== '');
  if (parts.some((part) => part.startsWith('***'))) {
    throw new ValueError(`${JSON.stringify(source)} has more than two * in a row`);
  }
  return { source, matches: (value) => matchesParts(parts, value) };
}

/** Follows every place in the value that the parts so far may end at. */
function matchesParts(parts: readonly string[], value: string): boolean {
  let ends: ReadonlySet<number> = new Set([0]);
  for (const part of parts) {
    const next = new Set<number>();
    for (const end of ends) {
      if (part === '*' || part === '**') {
        // Runs from an earlier end have reached these places already.
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
