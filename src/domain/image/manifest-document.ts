import { isJsonObject } from '../text/json-object.ts';
import { quoted } from '../text/quoted.ts';
import { describeFlaw, foldKey, type JsonFlaw, readStrictJson } from '../text/strict-json.ts';
import { ValueError } from '../text/value-error.ts';
import { DOCKER_LIST, DOCKER_MANIFEST, OCI_INDEX, OCI_MANIFEST } from './media-types.ts';
import { MANIFEST_PLACE } from './oci-places.ts';
import { documentKind } from './registry-document.ts';

/** The kind of a document according to its own bytes, regardless of descriptors and headers. */
export type ManifestDocument =
  | {
      readonly kind: 'index';
      /** The media type in the document; undefined if it has none. */
      readonly mediaType: string | undefined;
      /** The items of `manifests`, not parsed yet. */
      readonly manifests: readonly unknown[];
    }
  | {
      readonly kind: 'image';
      readonly mediaType: string | undefined;
      /** True if every layer has the media type of an in-toto statement, so that there is nothing to run. */
      readonly holdsStatements: boolean;
    }
  | { readonly kind: 'foreign' };

/** The limit of registries (distribution, zot, Harbor), in bytes. */
const MAX_BYTES = 4 * 1024 * 1024;
/** An index or image manifest has six levels; foreign documents may have more. */
const MAX_DEPTH = 100;
const MAX_MEMBERS = 150_000;
/** BuildKit's `application/vnd.in-toto+json`, and signed types such as `application/vnd.in-toto.spdx+dsse`. */
const STATEMENT_PREFIX = 'application/vnd.in-toto';

/** The kind that a media type stands for: an index or an image manifest (OCI or Docker); undefined for any other. */
export function kindOfType(mediaType: string): 'index' | 'image' | undefined {
  if (mediaType === OCI_INDEX || mediaType === DOCKER_LIST) return 'index';
  return mediaType === OCI_MANIFEST || mediaType === DOCKER_MANIFEST ? 'image' : undefined;
}

/**
 * Determines the kind of a document. An index lists `manifests`, an image manifest has `config` and `layers` (image-spec
 * v1.1.1, image-index.md and manifest.md), and anything else is foreign. Throws ValueError if another reader could treat
 * it as another kind: for flawed JSON, fields of both kinds, a mediaType that contradicts the fields, Docker's schema 1.
 */
export function readManifestDocument(bytes: Uint8Array): ManifestDocument {
  // Some readers use the first JSON value and ignore the rest, so only bytes that cannot start an object are foreign.
  if (!mayBeObject(bytes)) return { kind: 'foreign' };
  const { value, flaws } = parse(bytes);
  if (!isJsonObject(value)) throw new ValueError('it starts like a JSON object, but is not one');
  const mediaType = ownType(value);
  if ('fsLayers' in value) throw new ValueError('it is a Docker image of schema 1, which is not supported');
  const shape = documentKind(value);
  if (shape === 'both') throw new ValueError('it has the fields of both an index and an image manifest');
  const kind = shape === 'index' ? 'index' : shape === 'manifest' ? 'image' : undefined;
  const said = mediaType === undefined ? undefined : kindOfType(mediaType);
  if (kind === undefined) {
    // Only the top level of a foreign document is checked: nothing below it makes it an index or an image.
    refuse(flaws.find(({ path }) => path.length === 0));
    refuseLookalikes(value);
    if (said !== undefined) throw new ValueError(`it calls itself ${mediaType}, but lacks the fields of one`);
    return { kind: 'foreign' };
  }
  refuse(flaws[0]);
  if (mediaType !== undefined && said !== kind) {
    throw new ValueError(`it calls itself ${quoted(mediaType)}, but has the fields of an ${NAMES[kind]}`);
  }
  if (kind === 'image') return { kind, mediaType, holdsStatements: holdsStatements(value['layers']) };
  const { manifests } = value;
  if (!Array.isArray(manifests)) throw new ValueError('its "manifests" is not a list');
  return { kind, mediaType, manifests };
}

/** Names for messages; "an" precedes them. */
export const NAMES = { index: 'index', image: 'image manifest' } as const;

function parse(bytes: Uint8Array): ReturnType<typeof readStrictJson> {
  try {
    return readStrictJson(bytes, {
      maxBytes: MAX_BYTES,
      maxDepth: MAX_DEPTH,
      maxMembers: MAX_MEMBERS,
      place: MANIFEST_PLACE,
    });
  } catch (cause) {
    if (cause instanceof SyntaxError) throw new ValueError(`its JSON cannot be read: ${cause.message}`, { cause });
    throw cause;
  }
}

function refuse(flaw: JsonFlaw | undefined): void {
  if (flaw !== undefined) throw new ValueError(`its JSON can be read in two ways: ${describeFlaw(flaw)}`);
}

/** A second check in addition to the flaws: refuses keys at the top that some readers treat as keys of an index or image. */
function refuseLookalikes(value: Readonly<Record<string, unknown>>): void {
  const known = new Set(Object.keys(MANIFEST_PLACE));
  const lookalike = Object.keys(value).find((key) => !known.has(key) && known.has(unfolded(key)));
  if (lookalike !== undefined)
    throw new ValueError(`it has a key that other readers treat as "${unfolded(lookalike)}"`);
}

/** The known key with the same folded spelling. */
function unfolded(key: string): string {
  const folded = foldKey(key);
  return Object.keys(MANIFEST_PLACE).find((one) => foldKey(one) === folded) ?? folded;
}

/** Empty counts as absent, because programs in Go cannot tell the two apart. */
function ownType(value: Readonly<Record<string, unknown>>): string | undefined {
  const said = value['mediaType'] ?? undefined;
  if (said === undefined || said === '') return undefined;
  if (typeof said !== 'string') throw new ValueError('its mediaType is not text');
  return said;
}

function holdsStatements(layers: unknown): boolean {
  const isStatement = (layer: unknown): boolean =>
    isJsonObject(layer) && typeof layer['mediaType'] === 'string' && layer['mediaType'].startsWith(STATEMENT_PREFIX);
  return Array.isArray(layers) && layers.every(isStatement);
}

/** Bytes at the start that some readers skip: white space, byte order marks, zeros of UTF-16 and UTF-32. */
const SKIPPED: ReadonlySet<number | undefined> = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf, 0xfe, 0xff, 0x00]);

function mayBeObject(bytes: Uint8Array): boolean {
  let at = 0;
  while (at < bytes.length && SKIPPED.has(bytes[at])) at += 1;
  return bytes[at] === 0x7b;
}
