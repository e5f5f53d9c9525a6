import type { Digest } from './digest.ts';
import { isDigest } from './digest.ts';
import {
  BUILDKIT_ATTESTATION,
  BUILDKIT_REFERENCE_TYPE,
  DOCKER_LIST,
  DOCKER_MANIFEST,
  OCI_INDEX,
  OCI_MANIFEST,
} from './media-types.ts';
import { ValueError } from './value-error.ts';

/** One child of an image index. */
export interface PlatformImage {
  readonly digest: Digest;
  readonly mediaType: string;
  /** `linux/arm64/v8`, or `unknown` where the index names none. */
  readonly platform: string;
  /** True for a nested index, whose own children count too. */
  readonly isIndex: boolean;
}

/** Children of one index that are looked at; an index of more is refused. */
const CHILDREN_MAX = 256;

export function isIndexType(mediaType: string): boolean {
  return mediaType === OCI_INDEX || mediaType === DOCKER_LIST;
}

/**
 * The platform images of an index (image-spec v1.1.1, image-index.md), BuildKit attestation manifests
 * left out. Only an entry that is both annotated as one and for the platform unknown/unknown is left
 * out: the annotation alone could hide an image that a runtime would pull. Throws ValueError for
 * anything that is no index, and for an entry that is neither image nor index.
 */
export function parsePlatformImages(bytes: Uint8Array): readonly PlatformImage[] {
  const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  const manifests = isRecord(value) ? value['manifests'] : undefined;
  if (!Array.isArray(manifests)) throw new ValueError('the index has no "manifests" list');
  if (manifests.length > CHILDREN_MAX) {
    throw new ValueError(`the index lists ${manifests.length} manifests, more than ${CHILDREN_MAX}`);
  }
  return manifests.filter((entry) => !isBuildKitAttestation(entry)).map(parseChild);
}

function parseChild(entry: unknown): PlatformImage {
  if (!isRecord(entry) || !isDigest(entry['digest']))
    throw new ValueError('an entry of the index has no sha256 digest');
  const mediaType = entry['mediaType'];
  if (typeof mediaType !== 'string') throw new ValueError(`entry ${entry['digest']} of the index has no mediaType`);
  const isIndex = isIndexType(mediaType);
  if (!isIndex && mediaType !== OCI_MANIFEST && mediaType !== DOCKER_MANIFEST) {
    throw new ValueError(`entry ${entry['digest']} of the index is neither an image nor an index`);
  }
  return { digest: entry['digest'], mediaType, platform: platformOf(entry['platform']), isIndex };
}

function platformOf(value: unknown): string {
  if (!isRecord(value)) return 'unknown';
  const parts = [value['os'], value['architecture'], value['variant']];
  const named = parts.filter((part): part is string => typeof part === 'string' && part !== '');
  return named.length === 0 ? 'unknown' : named.join('/');
}

function isBuildKitAttestation(entry: unknown): boolean {
  if (!isRecord(entry) || !isRecord(entry['annotations'])) return false;
  return (
    entry['annotations'][BUILDKIT_REFERENCE_TYPE] === BUILDKIT_ATTESTATION &&
    platformOf(entry['platform']) === 'unknown/unknown'
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
