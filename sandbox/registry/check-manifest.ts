import { asObject, parseObject, type StoredRepository } from './store.ts';

const OCI_INDEX = 'application/vnd.oci.image.index.v1+json';
const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const DOCKER_LIST = 'application/vnd.docker.distribution.manifest.list.v2+json';
const DOCKER_MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';
const OCI_EMPTY = 'application/vnd.oci.empty.v1+json';

const DIGEST = /^sha256:[0-9a-f]{64}$/;
// RFC 6838 §4.2
const MEDIA_TYPE = /^[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}\/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}$/;

/** Why a manifest is not taken. */
export interface ManifestProblem {
  readonly code: 'MANIFEST_INVALID' | 'MANIFEST_BLOB_UNKNOWN';
  readonly message: string;
}

/**
 * Checks a pushed manifest as strictly as the strictest registry known (image-spec v1.1.1; zot's schema
 * check; distribution's existence check): the Content-Type is the JSON's mediaType without parameters,
 * every descriptor is well formed, blobs and child manifests are stored with the sizes that are claimed.
 * An absent subject is taken (distribution-spec v1.1.1, Pushing Manifests with Subject).
 */
export function checkManifest(
  bytes: Uint8Array,
  contentType: string | undefined,
  repository: StoredRepository | undefined,
): ManifestProblem | undefined {
  const json = parseObject(bytes);
  if (json === undefined) return invalid('the body is not a JSON object');
  if (json['schemaVersion'] !== 2) return invalid('schemaVersion is not 2');
  const type = json['mediaType'] ?? contentType;
  if (contentType === undefined) return invalid('no Content-Type');
  if (type !== contentType) return invalid(`Content-Type ${contentType} is not the mediaType ${String(type)}`);
  switch (type) {
    case OCI_INDEX:
    case DOCKER_LIST:
      return checkIndex(json, repository) ?? checkCommon(json, repository);
    case OCI_MANIFEST:
    case DOCKER_MANIFEST:
      return checkImage(json, repository) ?? checkCommon(json, repository);
    default:
      return invalid(`unknown media type ${String(type)}`);
  }
}

function invalid(message: string): ManifestProblem {
  return { code: 'MANIFEST_INVALID', message };
}

function missing(message: string): ManifestProblem {
  return { code: 'MANIFEST_BLOB_UNKNOWN', message };
}

function checkIndex(
  json: Readonly<Record<string, unknown>>,
  repository: StoredRepository | undefined,
): ManifestProblem | undefined {
  // A document that is both reads as either (CVE-2021-41190); distribution refuses it.
  if (json['layers'] !== undefined || json['config'] !== undefined) return invalid('an index with layers or config');
  const manifests = json['manifests'];
  if (!Array.isArray(manifests)) return invalid('manifests is not an array');
  for (const [index, value] of manifests.entries()) {
    const where = `manifests[${index}]`;
    const descriptor = checkDescriptor(value, where);
    if ('code' in descriptor) return descriptor;
    const stored = repository?.manifests.get(descriptor.digest);
    if (stored === undefined) return missing(`${where} ${descriptor.digest} is not stored here`);
    if (stored.bytes.length !== descriptor.size) return invalid(`${where}: the size is ${stored.bytes.length}`);
    if (stored.mediaType !== descriptor.mediaType) return invalid(`${where}: the type is ${stored.mediaType}`);
  }
  return undefined;
}

function checkImage(
  json: Readonly<Record<string, unknown>>,
  repository: StoredRepository | undefined,
): ManifestProblem | undefined {
  if (json['manifests'] !== undefined) return invalid('an image with manifests');
  const layers = json['layers'];
  if (!Array.isArray(layers)) return invalid('layers is not an array');
  const parts: readonly (readonly [string, unknown])[] = [
    ['config', json['config']],
    ...layers.map((layer, index): readonly [string, unknown] => [`layers[${index}]`, layer]),
  ];
  for (const [where, value] of parts) {
    const descriptor = checkDescriptor(value, where);
    if ('code' in descriptor) return descriptor;
    const stored = repository?.blobs.get(descriptor.digest);
    if (stored === undefined) return missing(`${where} ${descriptor.digest} is not stored here`);
    if (stored.length !== descriptor.size) return invalid(`${where}: the size is ${stored.length}`);
  }
  const artifactType = json['artifactType'];
  if (artifactType !== undefined && (typeof artifactType !== 'string' || !MEDIA_TYPE.test(artifactType)))
    return invalid('artifactType is not a media type');
  // image-spec v1.1.1, manifest.md, artifactType
  if (artifactType === undefined && asObject(json['config'])?.['mediaType'] === OCI_EMPTY)
    return invalid('artifactType must be set when the config is the empty descriptor');
  return undefined;
}

function checkCommon(
  json: Readonly<Record<string, unknown>>,
  repository: StoredRepository | undefined,
): ManifestProblem | undefined {
  if (!areAnnotations(json['annotations'])) return invalid('annotations are not a map of strings');
  if (json['subject'] === undefined) return undefined;
  const subject = checkDescriptor(json['subject'], 'subject');
  if ('code' in subject) return subject;
  const stored = repository?.manifests.get(subject.digest);
  if (stored === undefined) return undefined;
  if (stored.bytes.length !== subject.size) return invalid(`subject: the size is ${stored.bytes.length}`);
  if (stored.mediaType !== subject.mediaType) return invalid(`subject: the type is ${stored.mediaType}`);
  return undefined;
}

function areAnnotations(value: unknown): boolean {
  if (value === undefined) return true;
  const map = asObject(value);
  return map !== undefined && Object.values(map).every((text) => typeof text === 'string');
}

function checkDescriptor(
  value: unknown,
  where: string,
): ManifestProblem | { readonly mediaType: string; readonly digest: string; readonly size: number } {
  const descriptor = asObject(value);
  if (descriptor === undefined) return invalid(`${where} is not a descriptor`);
  const { mediaType, digest, size } = descriptor;
  if (typeof mediaType !== 'string' || !MEDIA_TYPE.test(mediaType)) return invalid(`${where}: bad mediaType`);
  if (typeof digest !== 'string' || !DIGEST.test(digest)) return invalid(`${where}: bad digest`);
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) return invalid(`${where}: bad size`);
  if (!areAnnotations(descriptor['annotations'])) return invalid(`${where}: bad annotations`);
  return { mediaType, digest, size };
}
