import type { LocatedEntry, LocatedValue } from '../domain/yaml/located.ts';
import type { ImagePath } from './image-paths.ts';
import { budgetFor, readObject, type Source } from './kubernetes.ts';
import type { FileImages, FileProblem, NamedImage } from './named-image.ts';

/** A value without a text has this place. */
const NOWHERE = { line: 1, start: 0, end: 0 } as const;
const PLACE = { line: 1, document: undefined, object: undefined, field: undefined } as const;
/** The deepest nesting, as in files. */
const DEPTH_MAX = 200;

/**
 * The images of one Kubernetes object, or list of objects, that was parsed from JSON, such as that of an admission review.
 * Images and problems have no document and no text, and the line 1; images have a JSON Pointer. Whatever is not an object is
 * a problem.
 */
export function imagesOfObject(
  object: unknown,
  { imagePaths = [] }: { readonly imagePaths?: readonly ImagePath[] } = {},
): FileImages {
  const found: { readonly images: NamedImage[]; readonly problems: FileProblem[] } = { images: [], problems: [] };
  const locate = (): { line: number; text: undefined } => ({ line: NOWHERE.line, text: undefined });
  const source: Source = {
    ...{ document: undefined, locate, imagePaths, budget: budgetFor('request') },
    ...{ from: 'request', hasPointers: true },
  };
  const root = located(object, 0);
  if (root === undefined) {
    const what = `values are nested deeper than ${DEPTH_MAX}`;
    found.problems.push({ ...PLACE, what, cure: 'no object of Kubernetes needs that' });
  } else readObject(root, { source, found });
  return found;
}

/** Undefined if it is nested too deeply. Anything but JSON (`undefined`, a function) becomes null. */
function located(value: unknown, depth: number): LocatedValue | undefined {
  if (depth > DEPTH_MAX) return undefined;
  if (Array.isArray(value)) {
    const items: LocatedValue[] = [];
    for (const one of value) {
      const item = located(one, depth + 1);
      if (item === undefined) return undefined;
      items.push(item);
    }
    return { kind: 'list', items, ...NOWHERE };
  }
  if (typeof value === 'object' && value !== null) {
    const entries = new Map<string, LocatedEntry>();
    for (const [key, one] of Object.entries(value)) {
      const inner = located(one, depth + 1);
      if (inner === undefined) return undefined;
      entries.set(key, { key: NOWHERE, value: inner });
    }
    return { kind: 'map', entries, ...NOWHERE };
  }
  const isScalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return { kind: 'scalar', value: isScalar ? value : null, style: 'plain', ...NOWHERE };
}
