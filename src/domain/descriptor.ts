import { type Digest, isDigest } from './digest.ts';
import { ValueError } from './value-error.ts';

/** OCI content descriptor (image-spec v1.1.1, descriptor.md), the fields we use. `size` is in bytes. */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  readonly size: number;
  readonly artifactType?: string | undefined;
  readonly annotations?: Readonly<Record<string, string>> | undefined;
}

/** An image or artifact manifest (image-spec v1.1.1, manifest.md; Docker schema 2), the fields we use. */
export interface Manifest {
  /** Absent in some OCI manifests; then the Content-Type says it. */
  readonly mediaType: string | undefined;
  readonly artifactType: string | undefined;
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
  readonly subject: Descriptor | undefined;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Most layers or entries parsed in one document; a longer list is refused, never cut. */
export const DESCRIPTORS_MAX = 10_000;
/** Longest media type or artifact type, in characters (RFC 6838 allows 127 + `/` + 127, parameters aside). */
const MEDIA_TYPE_MAX = 255;

/** Parses bytes as JSON in UTF-8. Throws ValueError naming `what`. */
export function parseJson(bytes: Uint8Array, what: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch (error) {
    throw new ValueError(`${what} is no JSON`, { cause: error });
  }
}

/** Parses one descriptor. Throws ValueError naming `what`. */
export function parseDescriptor(value: unknown, what: string): Descriptor {
  const fields = parseObject(value, what);
  const { digest, size } = fields;
  if (!isDigest(digest)) throw new ValueError(`${what}: digest is no sha256 digest`);
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) {
    throw new ValueError(`${what}: size is no number of bytes`);
  }
  const mediaType = parseMediaType(fields['mediaType'], `${what}: mediaType`);
  if (mediaType === undefined) throw new ValueError(`${what}: mediaType is missing`);
  const artifactType = parseMediaType(fields['artifactType'], `${what}: artifactType`);
  const annotations = fields['annotations'] == null ? undefined : parseAnnotations(fields['annotations'], what);
  return {
    mediaType,
    digest,
    size,
    ...(artifactType === undefined ? {} : { artifactType }),
    ...(annotations === undefined ? {} : { annotations }),
  };
}

/** Parses an image or artifact manifest. Throws ValueError naming `what`. */
export function parseManifest(value: unknown, what: string): Manifest {
  const fields = parseDocument(value, what);
  // A document that is both would be read differently by different clients (GHSA-mc8v-mgrf-8f4m).
  if (fields['manifests'] !== undefined) throw new ValueError(`${what} has both layers and manifests`);
  return {
    ...parseDocumentHead(fields, what),
    config: parseDescriptor(fields['config'], `${what}: config`),
    layers: parseDescriptors(fields['layers'], `${what}: layers`),
  };
}

/**
 * The layers of an image manifest one by one: a malformed one is its ValueError and hides none of the others.
 * Throws ValueError for what is no image manifest at all.
 */
export function parseLayers(value: unknown, what: string): readonly (Descriptor | ValueError)[] {
  const { layers, manifests } = parseDocument(value, what);
  if (manifests !== undefined) throw new ValueError(`${what} has both layers and manifests`);
  return checkDescriptorList(layers, `${what}: layers`).map((entry, index) => {
    try {
      return parseDescriptor(entry, `${what}: layers[${index}]`);
    } catch (error) {
      if (error instanceof ValueError) return error;
      throw error;
    }
  });
}

function parseDocument(value: unknown, what: string): Readonly<Record<string, unknown>> {
  const fields = parseObject(value, what);
  if (fields['schemaVersion'] !== 2) throw new ValueError(`${what}: schemaVersion is not 2`);
  return fields;
}

function parseDocumentHead(fields: Readonly<Record<string, unknown>>, what: string) {
  return {
    mediaType: parseMediaType(fields['mediaType'], `${what}: mediaType`),
    artifactType: parseMediaType(fields['artifactType'], `${what}: artifactType`),
    subject: fields['subject'] == null ? undefined : parseDescriptor(fields['subject'], `${what}: subject`),
    annotations: fields['annotations'] == null ? {} : parseAnnotations(fields['annotations'], what),
  };
}

function parseDescriptors(value: unknown, what: string): readonly Descriptor[] {
  return checkDescriptorList(value, what).map((entry, index) => parseDescriptor(entry, `${what}[${index}]`));
}

function checkDescriptorList(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new ValueError(`${what} is no list`);
  if (value.length > DESCRIPTORS_MAX) throw new ValueError(`${what} has more than ${DESCRIPTORS_MAX} entries`);
  return value;
}

function parseAnnotations(value: unknown, what: string): Readonly<Record<string, string>> {
  const annotations: [string, string][] = [];
  for (const [key, text] of Object.entries(parseObject(value, `${what}: annotations`))) {
    if (typeof text !== 'string') throw new ValueError(`${what}: an annotation is no string`);
    annotations.push([key, text]);
  }
  return Object.fromEntries(annotations);
}

/** Empty counts as absent: Go writers print empty fields, and readers there cannot tell. */
function parseMediaType(value: unknown, what: string): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string' || value.length > MEDIA_TYPE_MAX || !/^[\x21-\x7e]+$/.test(value)) {
    throw new ValueError(`${what} is no media type`);
  }
  return value;
}

function parseObject(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ValueError(`${what} is no object`);
  return value as Readonly<Record<string, unknown>>;
}
