import { isJsonObject } from '../text/json-object.ts';
import { quoted } from '../text/quoted.ts';
import { ValueError } from '../text/value-error.ts';
import { type Digest, isDigest } from './digest.ts';
import { kindOfType, type ManifestDocument, NAMES } from './manifest-document.ts';
import { BUILDKIT_ATTESTATION, BUILDKIT_REFERENCE_DIGEST, BUILDKIT_REFERENCE_TYPE } from './media-types.ts';

/** One entry of an image index as described there. Only the bytes of its target tell what it really is. */
export interface IndexEntry {
  readonly digest: Digest;
  readonly mediaType: string;
  /** `linux/arm64/v8`, or `unknown` if the index names none. */
  readonly platform: string;
  /** True if described as a BuildKit attestation manifest: by its annotation and the platform unknown/unknown. */
  readonly isAttestation: boolean;
  /** The platform image that a BuildKit attestation manifest is about, according to its annotation. */
  readonly describes?: Digest;
}

/** A child of an image index that needs a signature: the image of a platform, or a nested index. */
export interface PlatformImage {
  readonly digest: Digest;
  readonly mediaType: string;
  /** In bytes, as fetched. */
  readonly size: number;
  readonly platform: string;
}

/** An entry that is neither an image nor an index, by its descriptor and by its bytes, so that it cannot be run. */
export type SkippedEntry = Pick<IndexEntry, 'digest' | 'mediaType' | 'platform'>;

/** The maximum number of children of one index. An index with more is refused. */
const CHILDREN_MAX = 256;
/** The maximum number of characters of a platform's name, which is only shown. */
const PLATFORM_SHOWN = 100;
/** RFC 6838 §4.2. Used in an Accept header. */
const MEDIA_TYPE = /^[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}\/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}$/;

export function isIndexType(mediaType: string): boolean {
  return kindOfType(mediaType) === 'index';
}

/** Parses the entries of an index (image-spec v1.1.1, image-index.md). Throws ValueError if one is malformed. */
export function parseIndexEntries({
  manifests,
}: Pick<Extract<ManifestDocument, { kind: 'index' }>, 'manifests'>): readonly IndexEntry[] {
  if (manifests.length > CHILDREN_MAX) {
    throw new ValueError(`it lists ${manifests.length} manifests, more than ${CHILDREN_MAX}`);
  }
  return manifests.map(parseEntry);
}

/** The kind of an entry according to its bytes. */
export type EntryKind = 'index' | 'image' | 'attestation' | 'foreign';

/**
 * Compares an entry with the document that it points to, which determines the kind. Throws ValueError if they differ,
 * because some programs believe the entry and others the document, and would run different things. `contentType` is the
 * registry's Content-Type without parameters. It does not matter for a foreign document.
 *
 * An attestation manifest counts as one only if its layers are statements too. Otherwise its annotation and platform
 * could hide an image.
 */
export function kindOfEntry(entry: IndexEntry, document: ManifestDocument, contentType: string): EntryKind {
  const called = kindOfType(entry.mediaType);
  if (document.kind === 'foreign') {
    if (called === undefined) return 'foreign';
    throw new ValueError(`its index calls it ${entry.mediaType}, but it is neither an image manifest nor an index`);
  }
  if (called !== document.kind) {
    throw new ValueError(`its index calls it ${entry.mediaType}, but it is an ${NAMES[document.kind]}`);
  }
  const own = document.mediaType ?? contentType;
  if (own !== entry.mediaType) {
    throw new ValueError(`its index calls it ${entry.mediaType}, but it is ${quoted(own)}`);
  }
  if (contentType !== entry.mediaType) {
    throw new ValueError(`it is ${entry.mediaType}, but the registry calls it ${quoted(contentType)}`);
  }
  if (document.kind === 'image' && entry.isAttestation && document.holdsStatements) return 'attestation';
  return document.kind;
}

function parseEntry(entry: unknown): IndexEntry {
  if (!isJsonObject(entry) || !isDigest(entry['digest'])) throw new ValueError('an entry has no sha256 digest');
  const { digest, mediaType } = entry;
  if (typeof mediaType !== 'string' || !MEDIA_TYPE.test(mediaType)) {
    throw new ValueError(`entry ${digest} has no media type`);
  }
  const isAttestation = isBuildKitAttestation(entry);
  const annotations = isJsonObject(entry['annotations']) ? entry['annotations'] : {};
  const described = isAttestation ? annotations[BUILDKIT_REFERENCE_DIGEST] : undefined;
  const describes = isDigest(described) ? { describes: described } : {};
  return { digest, mediaType, platform: platformOf(entry['platform']), isAttestation, ...describes };
}

function platformOf(value: unknown): string {
  if (!isJsonObject(value)) return 'unknown';
  const parts = [value['os'], value['architecture'], value['variant']];
  const named = parts.filter((part): part is string => typeof part === 'string' && part !== '');
  return named.length === 0 ? 'unknown' : named.join('/').slice(0, PLATFORM_SHOWN);
}

/** Docker build documentation, "Image attestation storage". */
function isBuildKitAttestation({ annotations, platform }: Readonly<Record<string, unknown>>): boolean {
  return (
    isJsonObject(annotations) &&
    annotations[BUILDKIT_REFERENCE_TYPE] === BUILDKIT_ATTESTATION &&
    isJsonObject(platform) &&
    platform['os'] === 'unknown' &&
    platform['architecture'] === 'unknown'
  );
}
