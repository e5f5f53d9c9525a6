import { describeFlaw, type JsonFlaw, JsonLimitError, readStrictJson } from '../text/strict-json.ts';
import { ValueError } from '../text/value-error.ts';
import { MANIFEST_PLACE } from './oci-places.ts';

/** A manifest, an index or a list of referrers, parsed once. */
export interface RegistryDocument {
  readonly json: Readonly<Record<string, unknown>>;
  /** What other readers may read differently; whoever takes a part of the document checks those of that part. */
  readonly flaws: readonly JsonFlaw[];
}

export interface DocumentLimits {
  readonly maxBytes: number;
  /** As JsonLimits has them. */
  readonly maxMembers: number;
}

/** Descriptors are three objects deep; annotations and unknown fields may be a little deeper. */
const MAX_DEPTH = 32;

/** The document is larger than any of its kind is; its message says by what. */
export class DocumentLimitError extends ValueError {}

/** Reads a document of a registry strictly. Throws ValueError naming `what`; DocumentLimitError past the limits. */
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

/** Flaws of a document with a list whose entries stand for themselves. */
interface DividedFlaws {
  /** Outside the entries: the list cannot be trusted. */
  readonly outside: readonly JsonFlaw[];
  /** The first of each flawed entry, by its index. */
  readonly ofEntry: ReadonlyMap<number, JsonFlaw>;
}

/** Tells the flaws below the entries of `json[list]` from all others. */
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
 * What a document is by its own fields (image-spec v1.1.1, manifest.md and image-index.md; Docker's have the same).
 * A field counts even if it is null: some readers ask whether it is there, others whether it is empty. `both` and
 * `neither` are read differently by different clients (GHSA-mc8v-mgrf-8f4m).
 */
export type DocumentKind = 'index' | 'manifest' | 'both' | 'neither';

export function documentKind(json: Readonly<Record<string, unknown>>): DocumentKind {
  const isIndex = Object.hasOwn(json, 'manifests');
  // fsLayers is Docker's schema 1: an image, though none that is read here.
  const isManifest = ['config', 'layers', 'fsLayers'].some((field) => Object.hasOwn(json, field));
  if (isIndex && isManifest) return 'both';
  if (isIndex) return 'index';
  return isManifest ? 'manifest' : 'neither';
}

/**
 * The media type that a document says it has, which may be empty; undefined if it says none. Throws ValueError naming
 * `what`.
 */
export function writtenMediaType(json: Readonly<Record<string, unknown>>, what: string): string | undefined {
  const written = json['mediaType'] ?? undefined;
  if (written !== undefined && typeof written !== 'string') throw new ValueError(`${what}: mediaType is not text`);
  return written;
}
