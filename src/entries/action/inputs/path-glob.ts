import { parseGlob } from '../../../domain/patterns/glob.ts';
import { ValueError } from '../../../domain/text/value-error.ts';

/** A pattern for paths separated by `/`: `*` is any text within a segment, a segment `**` any number of segments. */
export interface PathGlob {
  /** The segments before the first with a `*`. */
  readonly base: string;
  /** Whether it matches a path. */
  readonly matches: (path: string) => boolean;
  /** Whether a folder may hold paths that it matches. */
  readonly mayHold: (folder: string) => boolean;
}

/** Parses a pattern. Throws ValueError for what tools read in different ways. */
export function parsePathGlob(source: string): PathGlob {
  if (/[?[\]{}!]/.test(source)) {
    throw new ValueError('contains one of ? [ ] { } !, which have no meaning here; patterns consist of `*` and `**`');
  }
  const segments = source.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (segments.some((segment) => segment === '..')) throw new ValueError('contains `..` beside a `*`');
  if (segments.some((segment) => segment.includes('**') && segment !== '**')) {
    throw new ValueError(
      'has `**` beside other text; `**` stands for whole segments of a path, such as in `policies/**/*.yaml`',
    );
  }
  const first = segments.findIndex((segment) => segment.includes('*'));
  const parts = segments.map((segment) => (segment === '**' ? ('any' as const) : parseGlob(segment)));
  const walk = (path: readonly string[], isPrefix: boolean): boolean => {
    // The places in the pattern that the segments so far may lead to.
    let places = new Set(behind(parts, 0));
    for (const segment of path) {
      const next = new Set<number>();
      for (const at of places) {
        const part = parts[at];
        const isHidden = segment.startsWith('.');
        // As in the working tree, where Node expands patterns, `*` and `**` match nothing hidden.
        if (part === 'any' && !isHidden) for (const one of behind(parts, at)) next.add(one);
        if (part === 'any' || part === undefined) continue;
        if (part.matches(segment) && (!isHidden || part.source.startsWith('.'))) {
          for (const one of behind(parts, at + 1)) next.add(one);
        }
      }
      places = next;
    }
    return isPrefix ? [...places].some((at) => at < parts.length) : places.has(parts.length);
  };
  const split = (path: string): string[] => path.split('/').filter((segment) => segment !== '');
  return {
    base: segments.slice(0, first < 0 ? segments.length : first).join('/'),
    matches: (path) => walk(split(path), false),
    mayHold: (folder) => walk(split(folder), true),
  };
}

/** The place itself and, if `**` stands there, those behind it, because `**` may stand for nothing. */
function behind(parts: readonly unknown[], at: number): number[] {
  return parts[at] === 'any' ? [at, ...behind(parts, at + 1)] : [at];
}
