import { gzipSync } from 'node:zlib';
import { authorizationFor, type Credentials } from './push-login.ts';
import { digestOfBytes, type Store } from './store.ts';

const OCI_INDEX = 'application/vnd.oci.image.index.v1+json';
const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const OCI_CONFIG = 'application/vnd.oci.image.config.v1+json';
const OCI_LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip';
const CREATED = '2026-01-01T00:00:00Z';

export interface Platform {
  readonly os: string;
  readonly architecture: string;
}

export interface BuiltManifest {
  readonly mediaType: string;
  readonly digest: string;
  readonly bytes: Uint8Array;
  /** Of an index's child; BuildKit attestations are unknown/unknown. */
  readonly platform?: Platform;
}

/** An image or index with everything below it, the same bytes for the same options. */
export interface BuiltImage {
  readonly digest: string;
  readonly mediaType: string;
  /** In the order in which they must be pushed: children first, this image's own last. */
  readonly manifests: readonly BuiltManifest[];
  readonly blobs: readonly Uint8Array[];
}

export interface ImageOptions {
  /** Text of the one file `/hello.txt`; another text makes another digest. Default `hello`. */
  readonly content?: string;
  /** Default linux/amd64. */
  readonly platform?: Platform;
}

export interface IndexOptions {
  readonly content?: string;
  /** Default linux/amd64 and linux/arm64. */
  readonly platforms?: readonly Platform[];
  /** Adds a BuildKit attestation manifest for each platform image, as `docker buildx build --provenance` does. */
  readonly attestations?: boolean;
}

/** Builds a real image: a config and one gzipped tar layer with one file (image-spec v1.1.1). */
export function buildImage(options: ImageOptions = {}): BuiltImage {
  const { os, architecture } = options.platform ?? { os: 'linux', architecture: 'amd64' };
  const tar = tarOf('hello.txt', Buffer.from(`${options.content ?? 'hello'}\n`));
  const layer = gzip(tar);
  const config = encode({
    created: CREATED,
    architecture,
    os,
    config: { Cmd: ['/hello.txt'] },
    rootfs: { type: 'layers', diff_ids: [digestOfBytes(tar)] },
    history: [{ created: CREATED, created_by: 'sandbox' }],
  });
  return imageOf(config, [{ mediaType: OCI_LAYER, bytes: layer }]);
}

/** Builds an index with one image for each platform. */
export function buildIndex(options: IndexOptions = {}): BuiltImage {
  const platforms = options.platforms ?? [
    { os: 'linux', architecture: 'amd64' },
    { os: 'linux', architecture: 'arm64' },
  ];
  const images = platforms.map((platform) => ({
    platform,
    annotations: undefined,
    // The text names the platform: otherwise the layers would be one blob.
    image: buildImage({ content: `${options.content ?? 'hello'} ${platform.os}/${platform.architecture}`, platform }),
  }));
  const attestations =
    options.attestations === true
      ? images.map(({ image }) => ({
          platform: { os: 'unknown', architecture: 'unknown' },
          annotations: {
            'vnd.docker.reference.digest': image.digest,
            'vnd.docker.reference.type': 'attestation-manifest',
          },
          image: buildAttestation(image.digest),
        }))
      : [];
  const children = [...images, ...attestations];
  const bytes = encode({
    schemaVersion: 2,
    mediaType: OCI_INDEX,
    manifests: children.map(({ image, platform, annotations }) => ({
      mediaType: image.mediaType,
      digest: image.digest,
      size: image.manifests.at(-1)?.bytes.length,
      ...(annotations === undefined ? {} : { annotations }),
      platform: { architecture: platform.architecture, os: platform.os },
    })),
  });
  const digest = digestOfBytes(bytes);
  return {
    digest,
    mediaType: OCI_INDEX,
    manifests: [
      ...children.flatMap(({ image, platform }) => image.manifests.map((manifest) => ({ ...manifest, platform }))),
      { mediaType: OCI_INDEX, digest, bytes },
    ],
    blobs: children.flatMap(({ image }) => image.blobs),
  };
}

/** The shape of BuildKit's attestation manifest (moby/buildkit docs/attestations/attestation-storage.md). */
function buildAttestation(imageDigest: string): BuiltImage {
  const statement = encode({
    _type: 'https://in-toto.io/Statement/v0.1',
    predicateType: 'https://slsa.dev/provenance/v0.2',
    subject: [{ name: 'sandbox', digest: { sha256: imageDigest.slice('sha256:'.length) } }],
    predicate: { buildType: 'https://mobyproject.org/buildkit@v1' },
  });
  const config = encode({
    architecture: 'unknown',
    os: 'unknown',
    config: {},
    rootfs: { type: 'layers', diff_ids: [digestOfBytes(statement)] },
  });
  const annotations = { 'in-toto.io/predicate-type': 'https://slsa.dev/provenance/v0.2' };
  return imageOf(config, [{ mediaType: 'application/vnd.in-toto+json', bytes: statement, annotations }]);
}

interface Layer {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  readonly annotations?: Readonly<Record<string, string>>;
}

function imageOf(config: Uint8Array, layers: readonly Layer[]): BuiltImage {
  const bytes = encode({
    schemaVersion: 2,
    mediaType: OCI_MANIFEST,
    config: { mediaType: OCI_CONFIG, digest: digestOfBytes(config), size: config.length },
    layers: layers.map((layer) => ({
      mediaType: layer.mediaType,
      digest: digestOfBytes(layer.bytes),
      size: layer.bytes.length,
      ...(layer.annotations === undefined ? {} : { annotations: layer.annotations }),
    })),
  });
  const digest = digestOfBytes(bytes);
  return {
    digest,
    mediaType: OCI_MANIFEST,
    manifests: [{ mediaType: OCI_MANIFEST, digest, bytes }],
    blobs: [config, ...layers.map((layer) => layer.bytes)],
  };
}

function encode(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

/** Stored, not compressed, and without the system's number: the same bytes on every machine. */
function gzip(bytes: Uint8Array): Uint8Array {
  const zipped = new Uint8Array(gzipSync(bytes, { level: 0 }));
  zipped[9] = 255;
  return zipped;
}

/** A tar archive with one file (POSIX.1-1988 ustar). */
function tarOf(name: string, content: Uint8Array): Uint8Array {
  const header = Buffer.alloc(512);
  const octal = (value: number, width: number): string => `${value.toString(8).padStart(width - 1, '0')}\0`;
  header.write(name, 0);
  header.write(octal(0o755, 8), 100);
  header.write(octal(0, 8), 108);
  header.write(octal(0, 8), 116);
  header.write(octal(content.length, 12), 124);
  header.write(octal(0, 12), 136);
  // The checksum counts its own field as blanks.
  header.write('        ', 148);
  header.write('0', 156);
  header.write('ustar\u000000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  const padding = Buffer.alloc((512 - (content.length % 512)) % 512);
  return new Uint8Array(Buffer.concat([header, content, padding, Buffer.alloc(1024)]));
}

/** Puts an image into a store past HTTP; returns its digest. */
export function storeImage(store: Store, repository: string, image: BuiltImage, tag?: string): string {
  for (const blob of image.blobs) store.putBlob(repository, blob);
  for (const { bytes, mediaType } of image.manifests) store.putManifest(repository, bytes, mediaType);
  if (tag !== undefined) store.setTag(repository, tag, image.digest);
  return image.digest;
}

export interface PushOptions {
  readonly tag?: string;
  /** Authorization header for every request to the registry: `Basic …` or `Bearer …`. */
  readonly authorization?: string;
  /** For a registry that asks for a Bearer token: fetched once, with Basic. */
  readonly credentials?: Credentials;
}

/**
 * Pushes an image by HTTP to the registry at `url` (`http://127.0.0.1:1234`), as docker does: blobs, then
 * manifests by digest, then the tag. Returns the digest. Throws with the registry's answer if it refuses.
 */
export async function pushImage(
  url: string,
  repository: string,
  image: BuiltImage,
  options: PushOptions = {},
): Promise<string> {
  const authorization = options.authorization ?? (await authorizationFor(url, repository, options.credentials));
  const send = async (
    method: string,
    target: string | URL,
    contentType?: string,
    body?: Uint8Array,
  ): Promise<Response> => {
    const to = new URL(target, url);
    const headers = new Headers();
    if (authorization !== undefined && to.origin === url) headers.set('authorization', authorization);
    if (contentType !== undefined) headers.set('content-type', contentType);
    const response = await fetch(to, {
      method,
      headers,
      redirect: 'manual',
      ...(body === undefined ? {} : { body: new Uint8Array(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${to.pathname}: ${response.status} ${await response.text()}`);
    await response.arrayBuffer();
    return response;
  };
  for (const blob of image.blobs) {
    const session = await send('POST', `/v2/${repository}/blobs/uploads/`);
    const location = new URL(session.headers.get('location') ?? '', session.url);
    location.searchParams.set('digest', digestOfBytes(blob));
    await send('PUT', location, 'application/octet-stream', blob);
  }
  for (const { digest, bytes, mediaType } of image.manifests)
    await send('PUT', `/v2/${repository}/manifests/${digest}`, mediaType, bytes);
  const root = image.manifests.at(-1);
  if (options.tag !== undefined && root !== undefined)
    await send('PUT', `/v2/${repository}/manifests/${options.tag}`, root.mediaType, root.bytes);
  return image.digest;
}
