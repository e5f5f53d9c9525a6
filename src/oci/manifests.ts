import type { Descriptor } from '../domain/descriptor.ts';
import { parseJson } from '../domain/descriptor.ts';
import { type Digest, digestOf, isDigest } from '../domain/digest.ts';
import { MANIFEST_TYPES } from '../domain/media-types.ts';
import { isIndexType } from '../domain/platform-images.ts';
import type { Repository } from '../domain/reference.ts';
import { ValueError } from '../domain/value-error.ts';
import type { HttpResponse } from '../http/http-client.ts';
import type { FetchedDocument, FetchedManifest } from '../usecases/ports.ts';
import type { AuthorizedFetch } from './authorized-fetch.ts';
import { ANSWER_MAX_BYTES, MANIFEST_MAX_BYTES } from './limits.ts';
import { answerError, quote, RegistryError } from './registry-error.ts';
import { apiUrl } from './registry-origin.ts';

/** Registries answer 404 for a manifest whose type is not asked for (distribution 2.8). */
const ACCEPT = MANIFEST_TYPES.join(', ');

export interface ManifestAnswer extends FetchedManifest {
  readonly etag: string | undefined;
  /** What the registry says the digest of these bytes is, unchecked for a tag. */
  readonly toldDigest: string | undefined;
}

/** Pulling manifests (distribution-spec v1.1.1, Pulling manifests). */
export interface Manifests {
  head(repository: Repository, reference: Digest | string): Promise<Descriptor | undefined>;
  /** `fresh` = past every cache on the way. */
  get(
    repository: Repository,
    reference: Digest | string,
    options?: { readonly fresh?: boolean },
  ): Promise<ManifestAnswer | undefined>;
  /** A document by digest, whatever its type; `mediaType` is accepted besides the four manifest types. */
  getDocument(repository: Repository, digest: Digest, mediaType: string): Promise<FetchedDocument | undefined>;
  /**
   * The manifest under a tag that is about to be written over with more entries; past every cache. Nothing asked
   * for these bytes by digest, so the registry must name their digest, or know them by it: entries damaged on the
   * way would be written back, and the true ones lost.
   */
  getToExtend(repository: Repository, tag: string): Promise<ManifestAnswer | undefined>;
}

/** Reads of a tag whose bytes the registry does not know. */
const UNKNOWN_BYTES_TRIES = 3;

export function createManifests(fetch: AuthorizedFetch): Manifests {
  const call = (method: 'GET' | 'HEAD', repository: Repository, reference: string, headers: Record<string, string>) =>
    fetch({
      repository,
      method,
      url: manifestUrl(fetch, repository, reference),
      access: 'pull',
      headers: { accept: ACCEPT, ...headers },
      maxBytes: method === 'HEAD' ? ANSWER_MAX_BYTES : MANIFEST_MAX_BYTES,
      retry: true,
      followRedirects: true,
    });

  /** The answer to a GET; undefined for 404. Throws for any other that is not 200. */
  const send = async (
    repository: Repository,
    reference: string,
    headers: Record<string, string>,
  ): Promise<HttpResponse | undefined> => {
    const response = await call('GET', repository, reference, headers);
    if (response.status === 404) return undefined;
    if (response.status === 200) return response;
    const what = `GET ${manifestUrl(fetch, repository, reference).href}`;
    throw answerError(what, response, await hintFor(fetch, repository, response));
  };

  const load = async (
    repository: Repository,
    reference: string,
    fresh: boolean,
  ): Promise<ManifestAnswer | undefined> => {
    const response = await send(repository, reference, fresh ? { 'cache-control': 'no-cache' } : {});
    if (response === undefined) return undefined;
    const what = `GET ${manifestUrl(fetch, repository, reference).href}`;
    const { etag, 'docker-content-digest': toldDigest } = response.headers;
    return { ...checkManifest(response, reference, what), etag, toldDigest };
  };

  const get: Manifests['get'] = (repository, reference, { fresh = false } = {}) => load(repository, reference, fresh);

  const head: Manifests['head'] = async (repository, reference) => {
    // A tag's digest is computed from its bytes: too many registries send a wrong Docker-Content-Digest for tags.
    if (!isDigest(reference)) return toDescriptor(await get(repository, reference));
    const response = await call('HEAD', repository, reference, {});
    if (response.status === 404) return undefined;
    const what = `HEAD ${manifestUrl(fetch, repository, reference).href}`;
    if (response.status !== 200) throw answerError(what, response, await hintFor(fetch, repository, response));
    const descriptor = readHead(response, reference, what);
    return descriptor ?? toDescriptor(await get(repository, reference));
  };

  return {
    get,
    head,
    async getDocument(repository, digest, mediaType) {
      const accept = (MANIFEST_TYPES as readonly string[]).includes(mediaType) ? ACCEPT : `${mediaType}, ${ACCEPT}`;
      const response = await send(repository, digest, { accept });
      if (response === undefined) return undefined;
      checkDigest(response, digest, `GET ${manifestUrl(fetch, repository, digest).href}`);
      return { contentType: contentType(response), bytes: response.body };
    },
    async getToExtend(repository, tag) {
      for (let tries = 1; ; tries += 1) {
        const answer = await load(repository, tag, true);
        if (answer === undefined || isVouchedFor(answer)) return answer;
        if ((await get(repository, answer.digest)) !== undefined) return answer;
        if (tries < UNKNOWN_BYTES_TRIES) continue;
        throw new RegistryError(
          'REGISTRY_INVALID',
          `GET ${manifestUrl(fetch, repository, tag).href} returned bytes that the registry does not have under their digest ${answer.digest}; the tag was left alone`,
        );
      }
    },
  };
}

/** True if the registry itself names the digest of the bytes that it sent. */
export function isVouchedFor({ digest, toldDigest }: ManifestAnswer): boolean {
  return toldDigest === digest;
}

/** `https://host/v2/path/manifests/reference`. */
export function manifestUrl(fetch: AuthorizedFetch, repository: Repository, reference: string): URL {
  return apiUrl(fetch.originOf(repository), repository, `manifests/${reference}`);
}

/** Media type without parameters, lower case; '' if there is none. */
export function contentType(response: HttpResponse): string {
  return (response.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

/** What a refused read should try next. */
async function hintFor(
  fetch: AuthorizedFetch,
  repository: Repository,
  response: HttpResponse,
): Promise<string | undefined> {
  if (response.status !== 403) return undefined;
  const login = await fetch.describeLogin({ repository, access: 'pull' });
  const advice =
    repository.registry === 'ghcr.io'
      ? ' A private package needs `packages: read`, and its settings must list this repository under "Manage Actions access".'
      : ' The login must have the right to pull.';
  return `${login}${advice}`;
}

function toDescriptor(manifest: FetchedManifest | undefined): Descriptor | undefined {
  if (manifest === undefined) return undefined;
  return { mediaType: manifest.mediaType, digest: manifest.digest, size: manifest.bytes.length };
}

/** The descriptor that HEAD tells; undefined if headers are missing (mandatory only in the unreleased spec). */
function readHead(response: HttpResponse, digest: Digest, what: string): Descriptor | undefined {
  const told = response.headers['docker-content-digest'];
  if (told !== undefined && told !== digest) {
    throw new RegistryError('REGISTRY_INVALID', `${what} answered for another digest: ${quote(told)}`);
  }
  const mediaType = contentType(response);
  const length = response.headers['content-length'] ?? '';
  if (!isManifestType(mediaType) || !/^[1-9][0-9]{0,9}$/.test(length)) return undefined;
  return { mediaType, digest, size: Number(length) };
}

function isManifestType(mediaType: string): boolean {
  return (MANIFEST_TYPES as readonly string[]).includes(mediaType);
}

/** The digest of the bytes; throws if it is not the one that was asked for. */
function checkDigest(response: HttpResponse, reference: string, what: string): Digest {
  const digest = digestOf(response.body);
  if (isDigest(reference) && digest !== reference) {
    throw new RegistryError('REGISTRY_INVALID', `${what} returned other bytes: their digest is ${digest}`);
  }
  return digest;
}

function checkManifest(response: HttpResponse, reference: string, what: string): FetchedManifest {
  const digest = checkDigest(response, reference, what);
  const mediaType = contentType(response);
  if (!isManifestType(mediaType)) {
    throw new RegistryError(
      'REGISTRY_INVALID',
      `${what} returned Content-Type ${quote(mediaType)}, which is no manifest`,
    );
  }
  const { written, shape } = readKind(response.body, what);
  if (written !== undefined && written !== mediaType) {
    throw new RegistryError(
      'REGISTRY_INVALID',
      `${what} returned Content-Type ${quote(mediaType)} for a manifest that says ${quote(written)}`,
    );
  }
  // A document without mediaType is what the header calls it, which a registry or whoever pushed it may choose:
  // an index called a manifest would hide its platform images (CVE-2021-41190).
  if (shape === 'both' || (shape !== undefined && (shape === 'index') !== isIndexType(mediaType))) {
    throw new RegistryError(
      'REGISTRY_INVALID',
      `${what} returned Content-Type ${quote(mediaType)} for a document with the fields of ${SHAPES[shape]}`,
    );
  }
  return { digest, mediaType, bytes: response.body };
}

type Shape = 'index' | 'manifest' | 'both';

const SHAPES: Readonly<Record<Shape, string>> = {
  index: 'an index',
  manifest: 'an image manifest',
  both: 'both an index and an image manifest',
};

/** The media type that a document says it has, and what its fields are those of. */
function readKind(bytes: Uint8Array, what: string): { written: string | undefined; shape: Shape | undefined } {
  let value: unknown;
  try {
    value = parseJson(bytes, what);
  } catch (cause) {
    if (!(cause instanceof ValueError)) throw cause;
    throw new RegistryError('REGISTRY_INVALID', `${what} returned a manifest that is no JSON`, { cause });
  }
  if (typeof value !== 'object' || value === null) return { written: undefined, shape: undefined };
  const written = 'mediaType' in value ? (value.mediaType ?? undefined) : undefined;
  if (written !== undefined && typeof written !== 'string') {
    throw new RegistryError('REGISTRY_INVALID', `${what} returned a manifest whose mediaType is no string`);
  }
  const isIndex = 'manifests' in value;
  const isManifest = 'layers' in value || 'config' in value;
  return { written, shape: isIndex && isManifest ? 'both' : isIndex ? 'index' : isManifest ? 'manifest' : undefined };
}
