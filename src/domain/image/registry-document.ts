import { describeFlaw, type JsonFlaw, JsonLimitError, readStrictJson } from '../text/strict-json.ts';
import { ValueError } from '../text/value-error.ts';
import { MANIFEST_PLACE } from './oci-places.ts';

/** A manifest, an index or a list of referrers, parsed once. */
export interface RegistryDocument {
  readonly json: Readonly<Record<string, unknown>>;
  /** Parts that other readers may interpret differently. Whoever uses a part of the document checks its flaws. */
  readonly flaws: readonly JsonFlaw[];
}

export interface DocumentLimits {
  readonly maxBytes: number;
  /** As in JsonLimits. */
  readonly maxMembers: number;
}

/** Descriptors are at depth three. Annotations and unknown fields may be a little deeper. */
const MAX_DEPTH = 32;

/** The document exceeds a limit for its kind. The message names the limit. */
export class DocumentLimitError extends ValueError {}

/** Parses a document of a registry strictly. Throws ValueError with `what` in its message; DocumentLimitError for limits. */
export function readDocument(bytes: Uint8Array, limits: DocumentLimits, what: string): RegistryDocument {
  let value: unknown;
  let flaws: readonly JsonFlaw[];
  try {
    ({ value, flaws } = readStrictJson(bytes, { ...limits, maxDepth: MAX_DEPTH, place: MANIFEST_PLACE }));
  } catch (cause) {
    if (cause instanceof JsonLimitError) throw new DocumentLimitError(`${what}: ${cause.message}`, { cause });
    throw new ValueError(`${what} is not valid JSON`, { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ValueError(`${what} is not a JSON object`);
  }
  return { json: value as Readonly<Record<string, unknown>>, flaws };
}

/** The error for a flaw of `what`. */
export function flawError(flaw: JsonFlaw, what: string): ValueError {
  return new ValueError(`${what} does not read the same everywhere: ${describeFlaw(flaw)}`);
}

/** Flaws of a document with a list of independent entries. */
interface DividedFlaws {
  /** Those outside the entries. With any of them, the list cannot be trusted. */
  readonly outside: readonly JsonFlaw[];
  /** The first flaw of each flawed entry, by index. */
  readonly ofEntry: ReadonlyMap<number, JsonFlaw>;
}

/** Separates the flaws within the entries of `json[list]` from all others. */
export function divideFlaws(flaws: readonly JsonFlaw[], list: string): DividedFlaws {
  const outside: JsonFlaw[] = [];
  const ofEntry = new Map<number, JsonFlaw>();
  for (const flaw of flaws) {
    const [key, index] = flaw.path;
    if (key !== list || typeof index !== 'number') outside.push(flaw);
    else if (!ofEntry.has(index)) ofEntry.set(index, flaw);
  }
  return { outside, ofEntry };
}

/**
 * The kind of a document according to its own fields (image-spec v1.1.1, manifest.md and image-index.md; Docker has the
 * same fields). A field counts even if it is null, because some readers check whether it exists and others whether it
 * is empty. Clients interpret `both` and `neither` differently (GHSA-mc8v-mgrf-8f4m).
 */
export type DocumentKind = 'index' | 'manifest' | 'both' | 'neither';

export function documentKind(json: Readonly<Record<string, unknown>>): DocumentKind {
  const isIndex = Object.hasOwn(json, 'manifests');
  // fsLayers is Docker's schema 1: an image, but in an unsupported format.
  const isManifest = ['config', 'layers', 'fsLayers'].some((field) => Object.hasOwn(json, field));
  if (isIndex && isManifest) return 'both';
  if (isIndex) return 'index';
  return isManifest ? 'manifest' : 'neither';
}

/**
 * The media type in a document, which may be empty; undefined if it has none. Throws ValueError with `what` in its
 * message.
 */
export function writtenMediaType(json: Readonly<Record<string, unknown>>, what: string): string | undefined {
  const written = json['mediaType'] ?? undefined;
  if (written !== undefined && typeof written !== 'string') throw new ValueError(`${what}: mediaType is not text`);
  return written;
}
