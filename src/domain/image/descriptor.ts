import { isJsonObject, type JsonObject } from '../text/json-object.ts';
import type { JsonFlaw } from '../text/strict-json.ts';
import { ValueError } from '../text/value-error.ts';
import { type Digest, isDigest } from './digest.ts';
import { documentKind, flawError } from './registry-document.ts';

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
  /** Absent in some OCI manifests. Then the Content-Type has it. */
  readonly mediaType: string | undefined;
  readonly artifactType: string | undefined;
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
  readonly subject: Descriptor | undefined;
  readonly annotations: Readonly<Record<string, string>>;
}

/** The maximum number of layers or entries in one document. A longer list is refused, never cut. */
export const DESCRIPTORS_MAX = 10_000;
/** The maximum length of a media type or artifact type in characters (RFC 6838 allows 127 + `/` + 127). */
const MEDIA_TYPE_MAX = 255;

/** Parses one descriptor. Throws ValueError with `what` in its message. */
export function parseDescriptor(value: unknown, what: string): Descriptor {
  const fields = parseObject(value, what);
  const { digest, size } = fields;
  if (!isDigest(digest)) throw new ValueError(`${what}: digest is not a sha256 digest`);
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) {
    throw new ValueError(`${what}: size is not a number of bytes`);
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

/** A layer that cannot be used. */
export class LayerError extends ValueError {
  /** As written; undefined if there is none, or if other parsers could read another one. */
  readonly mediaType: string | undefined;

  constructor(message: string, mediaType: string | undefined) {
    super(message);
    this.mediaType = mediaType;
  }
}

/**
 * The types in an entry of a listing, or in a manifest, whose other fields may be malformed. The artifact type of a
 * manifest is its own, or the media type of its config (image-spec v1.1.1, manifest.md).
 */
export function readTypes(value: unknown): Partial<Pick<Descriptor, 'mediaType' | 'artifactType' | 'annotations'>> {
  if (!isJsonObject(value)) return {};
  const { config, annotations: written } = value;
  const typeOf = (type: unknown): string | undefined => orUndefined(() => parseMediaType(type, ''));
  const mediaType = typeOf(value['mediaType']);
  const artifactType =
    typeOf(value['artifactType']) ?? (isJsonObject(config) ? typeOf(config['mediaType']) : undefined);
  const annotations = Object.entries(isJsonObject(written) ? written : {}).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string',
  );
  return {
    ...(mediaType === undefined ? {} : { mediaType }),
    ...(artifactType === undefined ? {} : { artifactType }),
    ...(annotations.length === 0 ? {} : { annotations: Object.fromEntries(annotations) }),
  };
}

function orUndefined<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof ValueError) return undefined;
    throw error;
  }
}

/** Parses an image or artifact manifest. Throws ValueError with `what` in its message. */
export function parseManifest(value: unknown, what: string): Manifest {
  const { layers } = parseImageManifest(value, what);
  return { ...parseManifestHead(value, what), layers: parseDescriptors(layers, `${what}: layers`) };
}

/** The same without the layers, which parseLayers parses one by one. */
export function parseManifestHead(value: unknown, what: string): Omit<Manifest, 'layers'> {
  const fields = parseImageManifest(value, what);
  return {
    mediaType: parseMediaType(fields['mediaType'], `${what}: mediaType`),
    artifactType: parseMediaType(fields['artifactType'], `${what}: artifactType`),
    config: parseDescriptor(fields['config'], `${what}: config`),
    subject: fields['subject'] == null ? undefined : parseDescriptor(fields['subject'], `${what}: subject`),
    annotations: fields['annotations'] == null ? {} : parseAnnotations(fields['annotations'], what),
  };
}

/**
 * Parses the layers of an image manifest one by one. A malformed layer, or one with a flaw, becomes a LayerError and does
 * not hide the others. Throws ValueError for anything that is not an image manifest.
 */
export function parseLayers(
  value: unknown,
  flaws: ReadonlyMap<number, JsonFlaw>,
  what: string,
): readonly (Descriptor | LayerError)[] {
  const { layers } = parseImageManifest(value, what);
  return checkDescriptorList(layers, `${what}: layers`).map((entry, index) => {
    const flaw = flaws.get(index);
    if (flaw !== undefined) return new LayerError(flawError(flaw, what).message, undefined);
    try {
      return parseDescriptor(entry, `${what}: layers[${index}]`);
    } catch (error) {
      if (error instanceof ValueError) return new LayerError(error.message, readTypes(entry).mediaType);
      throw error;
    }
  });
}

function parseImageManifest(value: unknown, what: string): Readonly<Record<string, unknown>> {
  const fields = parseObject(value, what);
  if (fields['schemaVersion'] !== 2) throw new ValueError(`${what}: schemaVersion is not 2`);
  if (documentKind(fields) !== 'manifest') throw new ValueError(`${what} is not an image manifest by its fields`);
  return fields;
}

function parseDescriptors(value: unknown, what: string): readonly Descriptor[] {
  return checkDescriptorList(value, what).map((entry, index) => parseDescriptor(entry, `${what}[${index}]`));
}

function checkDescriptorList(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new ValueError(`${what} is not a list`);
  if (value.length > DESCRIPTORS_MAX) throw new ValueError(`${what} has more than ${DESCRIPTORS_MAX} entries`);
  return value;
}

function parseAnnotations(value: unknown, what: string): Readonly<Record<string, string>> {
  const annotations: [string, string][] = [];
  for (const [key, text] of Object.entries(parseObject(value, `${what}: annotations`))) {
    if (typeof text !== 'string') throw new ValueError(`${what}: an annotation is not a string`);
    annotations.push([key, text]);
  }
  return Object.fromEntries(annotations);
}

/** Empty counts as absent: programs in Go write empty fields, and cannot tell the two apart. */
function parseMediaType(value: unknown, what: string): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string' || value.length > MEDIA_TYPE_MAX || !/^[\x21-\x7e]+$/.test(value)) {
    throw new ValueError(`${what} is not a media type`);
  }
  return value;
}

function parseObject(value: unknown, what: string): JsonObject {
  if (!isJsonObject(value)) throw new ValueError(`${what} is not an object`);
  return value;
}
