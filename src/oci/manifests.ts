import type { Descriptor } from '../domain/image/descriptor.ts';
import { type Digest, digestOf, isDigest } from '../domain/image/digest.ts';
import { MANIFEST_TYPES } from '../domain/image/media-types.ts';
import { isIndexType } from '../domain/image/platform-images.ts';
import type { Repository } from '../domain/image/reference.ts';
import {
  type DocumentKind,
  type DocumentLimits,
  documentKind,
  flawError,
  type RegistryDocument,
  readDocument,
  writtenMediaType,
} from '../domain/image/registry-document.ts';
import { quoted } from '../domain/text/quoted.ts';
import { ValueError } from '../domain/text/value-error.ts';
import type { HttpResponse } from '../http/http-client.ts';
import { turnFor } from '../http/turns.ts';
import type { FetchedDocument, FetchedManifest } from '../usecases/ports.ts';
import { adviseOnStatus } from './transport/advice.ts';
import type { AuthorizedFetch } from './transport/authorized-fetch.ts';
import { ANSWER_MAX_BYTES, DOCUMENT_MAX_MEMBERS, MANIFEST_MAX_BYTES } from './transport/limits.ts';
import { readHint } from './transport/read-hint.ts';
import { answerError, RegistryError } from './transport/registry-error.ts';
import { apiUrl, routeOf } from './transport/registry-origin.ts';

/** Registries answer 404 for a manifest whose type is not listed in Accept (distribution 2.8). */
const ACCEPT = MANIFEST_TYPES.join(', ');

/** A manifest as received, parsed once. */
export interface ManifestAnswer extends FetchedManifest, RegistryDocument {
  readonly etag: string | undefined;
  /** The digest of these bytes according to the registry, unchecked for a tag. */
  readonly toldDigest: string | undefined;
}

export interface ManifestReading {
  /** Bypasses every cache on the way. */
  readonly fresh?: boolean;
  /** Default: the limits of the largest index. */
  readonly limits?: DocumentLimits;
  /** Returns flaws instead of refusing the document for them, because some of its parts are judged separately. */
  readonly keepFlaws?: boolean;
}

const LIMITS: DocumentLimits = { maxBytes: MANIFEST_MAX_BYTES, maxMembers: DOCUMENT_MAX_MEMBERS };

/** Pulling manifests (distribution-spec v1.1.1, Pulling manifests). */
export interface Manifests {
  head(repository: Repository, reference: Digest | string): Promise<Descriptor | undefined>;
  /** Throws REGISTRY_INVALID for a document with flaws, unless they are kept. */
  get(
    repository: Repository,
    reference: Digest | string,
    reading?: ManifestReading,
  ): Promise<ManifestAnswer | undefined>;
  /** A document by digest, of any type; `mediaType` is accepted in addition to the four manifest types. */
  getDocument(repository: Repository, digest: Digest, mediaType: string): Promise<FetchedDocument | undefined>;
  /**
   * The manifest under a tag that will be overwritten with more entries; bypasses every cache. No digest was requested,
   * so the registry must state the digest of these bytes, or serve them by it: otherwise entries damaged in transit
   * would be written back and the real ones lost. Data that JSON.parse drops would be lost as well, so such a document
   * is REGISTRY_INVALID. Keys that other parsers read differently are kept as they are.
   */
  getToExtend(repository: Repository, tag: string): Promise<ManifestAnswer | undefined>;
}

/** Attempts to read a tag whose bytes the registry does not serve by digest. */
const UNKNOWN_BYTES_TRIES = 3;

export function createManifests(fetch: AuthorizedFetch): Manifests {
  const call = (
    repository: Repository,
    reference: string,
    details: Pick<Parameters<AuthorizedFetch>[0], 'method' | 'headers' | 'maxBytes'>,
  ) =>
    fetch({
      repository,
      url: manifestUrl(fetch, repository, reference),
      access: 'pull',
      retry: true,
      followRedirects: 'all',
      ...details,
      headers: { accept: ACCEPT, ...details.headers },
    });

  /** The answer to a GET; undefined if the manifest does not exist. Throws for any other status than 200. */
  const send = async (
    repository: Repository,
    reference: string,
    details: Pick<Parameters<AuthorizedFetch>[0], 'headers' | 'maxBytes'>,
  ): Promise<HttpResponse | undefined> => {
    const response = await call(repository, reference, { method: 'GET', ...details });
    const url = manifestUrl(fetch, repository, reference);
    const what = `GET ${url.href}`;
    if (response.status === 404) {
      if (isAbout(response, url)) return undefined;
      throw new RegistryError('REGISTRY_INVALID', answerError(what, response, undefined).message, { status: 404 });
    }
    if (response.status !== 200) {
      throw answerError(what, response, await readHint(fetch, repository, response));
    }
    await turnFor(response.body);
    return response;
  };

  const load = async (
    repository: Repository,
    reference: string,
    { fresh = false, limits = LIMITS, keepFlaws = false }: ManifestReading,
  ): Promise<ManifestAnswer | undefined> => {
    const headers = fresh ? { 'cache-control': 'no-cache' } : {};
    const response = await send(repository, reference, { headers, maxBytes: limits.maxBytes });
    if (response === undefined) return undefined;
    const what = `GET ${manifestUrl(fetch, repository, reference).href}`;
    const { etag, 'docker-content-digest': toldDigest } = response.headers;
    const manifest = checkManifest(response, reference, { limits, what });
    const [flaw] = manifest.flaws;
    if (flaw !== undefined && !keepFlaws) {
      throw new RegistryError('REGISTRY_INVALID', flawError(flaw, `the response to ${what}`).message);
    }
    return { ...manifest, etag, toldDigest };
  };

  const get: Manifests['get'] = (repository, reference, reading = {}) => load(repository, reference, reading);

  const head: Manifests['head'] = async (repository, reference) => {
    // The digest of a tag is computed from the bytes: too many registries send a wrong Docker-Content-Digest for tags.
    if (!isDigest(reference)) return toDescriptor(await get(repository, reference));
    const response = await call(repository, reference, { method: 'HEAD', maxBytes: ANSWER_MAX_BYTES });
    const what = `HEAD ${manifestUrl(fetch, repository, reference).href}`;
    if (response.status === 429 || (response.status >= 500 && response.status !== 501)) {
      throw answerError(what, response, adviseOnStatus(fetch.advise, response.status));
    }
    const descriptor = response.status === 200 ? readHead(response, reference, what) : undefined;
    // Some registries and the storage behind them answer HEAD with 400, 403, 404, 405 or 501 where GET works.
    return descriptor ?? toDescriptor(await get(repository, reference));
  };

  return {
    get,
    head,
    async getDocument(repository, digest, mediaType) {
      const accept = (MANIFEST_TYPES as readonly string[]).includes(mediaType) ? ACCEPT : `${mediaType}, ${ACCEPT}`;
      const response = await send(repository, digest, { headers: { accept }, maxBytes: MANIFEST_MAX_BYTES });
      if (response === undefined) return undefined;
      checkDigest(response, digest, `GET ${manifestUrl(fetch, repository, digest).href}`);
      return { contentType: contentType(response), bytes: response.body };
    },
    async getToExtend(repository, tag) {
      for (let tries = 1; ; tries += 1) {
        const answer = await load(repository, tag, { fresh: true, keepFlaws: true });
        if (answer === undefined) return undefined;
        refuseLossy(answer, manifestUrl(fetch, repository, tag).href);
        if (isVouchedFor(answer)) return answer;
        if ((await get(repository, answer.digest, { keepFlaws: true })) !== undefined) return answer;
        if (tries < UNKNOWN_BYTES_TRIES) continue;
        throw new RegistryError(
          'REGISTRY_INVALID',
          `GET ${manifestUrl(fetch, repository, tag).href} returned bytes that the registry does not have under their digest ${answer.digest}; the tag was not changed`,
        );
      }
    },
  };
}

/**
 * Throws REGISTRY_INVALID for a document that cannot be rewritten without loss: of two equal keys, only one would
 * remain.
 */
export function refuseLossy({ flaws }: RegistryDocument, what: string): void {
  const lossy = flaws.find(({ kind }) => kind === 'lossy');
  if (lossy === undefined) return;
  throw new RegistryError('REGISTRY_INVALID', `${flawError(lossy, what).message}; it was not changed`);
}

/** True if the registry itself states the digest of the bytes that it sent. */
export function isVouchedFor({ digest, toldDigest }: ManifestAnswer): boolean {
  return toldDigest === digest;
}

/** `https://host/v2/path/manifests/reference`. */
export function manifestUrl(fetch: AuthorizedFetch, repository: Repository, reference: string): URL {
  return apiUrl(fetch.originOf(repository), repository, `manifests/${reference}`);
}

/** The media type without parameters, in lower case; '' if there is none. */
export function contentType(response: HttpResponse): string {
  return (response.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

/**
 * False for an answer to a redirected request that came from elsewhere than the route of the same manifest: the 404 of
 * a web page or of a storage host does not say that the registry has no such manifest.
 */
function isAbout({ url }: HttpResponse, asked: URL): boolean {
  if (url.href === asked.href) return true;
  const [there, here] = [routeOf(url), routeOf(asked)];
  return there !== undefined && there.collection === here?.collection && there.reference === here.reference;
}

function toDescriptor(manifest: FetchedManifest | undefined): Descriptor | undefined {
  if (manifest === undefined) return undefined;
  return { mediaType: manifest.mediaType, digest: manifest.digest, size: manifest.bytes.length };
}

/** The descriptor from the answer to HEAD; undefined if headers are missing (mandatory only in the unreleased spec). */
function readHead(response: HttpResponse, digest: Digest, what: string): Descriptor | undefined {
  const told = response.headers['docker-content-digest'];
  if (told === undefined) return undefined;
  if (told !== digest) {
    throw new RegistryError('REGISTRY_INVALID', `${what} answered for a different digest: ${quoted(told)}`);
  }
  const mediaType = contentType(response);
  const length = response.headers['content-length'] ?? '';
  if (!isManifestType(mediaType) || !/^[1-9][0-9]{0,9}$/.test(length)) return undefined;
  return { mediaType, digest, size: Number(length) };
}

function isManifestType(mediaType: string): boolean {
  return (MANIFEST_TYPES as readonly string[]).includes(mediaType);
}

/** The digest of the bytes; throws if a different one was requested. */
function checkDigest(response: HttpResponse, reference: string, what: string): Digest {
  const digest = digestOf(response.body);
  if (isDigest(reference) && digest !== reference) {
    throw new RegistryError('REGISTRY_INVALID', `${what} returned other bytes: their digest is ${digest}`);
  }
  return digest;
}

/**
 * The manifest, if its digest is the requested one and its fields agree with the Content-Type. The fields determine
 * what a document is. The header may have been chosen by whoever pushed it, and must not contradict them.
 */
function checkManifest(
  response: HttpResponse,
  reference: string,
  { limits, what }: { readonly limits: DocumentLimits; readonly what: string },
): FetchedManifest & RegistryDocument {
  const digest = checkDigest(response, reference, what);
  const mediaType = contentType(response);
  if (!isManifestType(mediaType)) {
    throw new RegistryError(
      'REGISTRY_INVALID',
      `${what} returned Content-Type ${quoted(mediaType)}, which is not a manifest type`,
    );
  }
  const { document, written, kind } = readKind(response.body, limits, what);
  if (written !== undefined && written !== mediaType) {
    throw new RegistryError(
      'REGISTRY_INVALID',
      `${what} returned Content-Type ${quoted(mediaType)} for a manifest with mediaType ${quoted(written)}`,
    );
  }
  // An index declared as a manifest would hide its platform images (CVE-2021-41190).
  if (kind !== (isIndexType(mediaType) ? 'index' : 'manifest')) {
    throw new RegistryError(
      'REGISTRY_INVALID',
      `${what} returned Content-Type ${quoted(mediaType)} for a document with the fields of ${KINDS[kind]}`,
    );
  }
  return { digest, mediaType, bytes: response.body, ...document };
}

const KINDS: Readonly<Record<DocumentKind, string>> = {
  index: 'an index',
  manifest: 'an image manifest',
  both: 'both an index and an image manifest',
  neither: 'neither an index nor an image manifest',
};

interface ReadKind {
  readonly document: RegistryDocument;
  readonly written: string | undefined;
  readonly kind: DocumentKind;
}

function readKind(bytes: Uint8Array, limits: DocumentLimits, what: string): ReadKind {
  const name = `the response to ${what}`;
  try {
    const document = readDocument(bytes, limits, name);
    return { document, written: writtenMediaType(document.json, name), kind: documentKind(document.json) };
  } catch (cause) {
    if (!(cause instanceof ValueError)) throw cause;
    throw new RegistryError('REGISTRY_INVALID', cause.message, { cause });
  }
}
