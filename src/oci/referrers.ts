import { type Descriptor, parseDescriptor, parseJson } from '../domain/descriptor.ts';
import { type Digest, hexOf } from '../domain/digest.ts';
import { OCI_INDEX } from '../domain/media-types.ts';
import type { Repository } from '../domain/reference.ts';
import { ValueError } from '../domain/value-error.ts';
import type { HttpResponse } from '../http/http-client.ts';
import type { Place, ReferrersListing } from '../usecases/ports.ts';
import type { AuthorizedFetch } from './authorized-fetch.ts';
import { ANSWER_MAX_BYTES, MANIFEST_MAX_BYTES, PAGES_MAX, REFERRERS_MAX } from './limits.ts';
import { parseLinks } from './link-header.ts';
import { contentType, type ManifestAnswer } from './manifests.ts';
import { answerError, quote, RegistryError } from './registry-error.ts';
import { apiUrl, resolveTarget } from './registry-origin.ts';
import type { TagLooks } from './tag-looks.ts';

/** Listing referrers (distribution-spec v1.1.1, Listing Referrers and Referrers Tag Schema). */
export interface Referrers {
  /** The API, all pages; a failed place is a value, with what was read before the failure. */
  list(repository: Repository, subject: Digest): Promise<ReferrersListing>;
  /** The fallback tag; a failed place is a value. */
  listTag(repository: Repository, subject: Digest): Promise<ReferrersListing>;
}

/**
 * Answers of a registry without the API: no such route or method, Quay's 400, GHCR's redirect to a web page. A
 * registry that has it must not answer so (spec); 5xx, 429 and denials are failures and prove nothing.
 */
const UNSUPPORTED_STATUSES: readonly number[] = [400, 404, 405, 406, 410, 501];

/** The tag that lists the referrers of a digest where the API is missing. */
export function referrersTag(subject: Digest): string {
  return `sha256-${hexOf(subject)}`;
}

export function createReferrers(fetch: AuthorizedFetch, looks: Pick<TagLooks, 'look'>): Referrers {
  const getPage = (repository: Repository, url: URL): Promise<HttpResponse> =>
    fetch({
      repository,
      method: 'GET',
      url,
      access: 'pull',
      headers: { accept: OCI_INDEX, 'cache-control': 'no-cache' },
      maxBytes: MANIFEST_MAX_BYTES,
      retry: true,
      provesAccess: false,
    });

  /** A 404 of a missing route comes before any authorization, that of a private repository need not. */
  const getFirstPage = async (repository: Repository, url: URL): Promise<HttpResponse> => {
    const response = await getPage(repository, url);
    if (response.status !== 404 || fetch.knowsAccess(repository)) return response;
    const ping = new URL('/v2/', fetch.originOf(repository));
    await fetch({ repository, method: 'GET', url: ping, access: 'pull', maxBytes: ANSWER_MAX_BYTES, retry: true });
    return getPage(repository, url);
  };

  return {
    async list(repository, subject) {
      const first = apiUrl(fetch.originOf(repository), repository, `referrers/${subject}`);
      const request = `GET ${first.pathname}`;
      const found = new Map<Digest, Descriptor>();
      const seen = new Set<string>();
      let url = first;
      const place = (status: Place['status'], outcome: Place['outcome'], error?: unknown): ReferrersListing => ({
        place: { kind: 'referrers-api', request, status, outcome, entries: found.size, error },
        descriptors: [...found.values()],
      });
      try {
        for (;;) {
          const what = `GET ${url.origin}${url.pathname}`;
          const response = seen.size === 0 ? await getFirstPage(repository, url) : await getPage(repository, url);
          const { status } = response;
          const isUnsupported = UNSUPPORTED_STATUSES.includes(status) || (status >= 300 && status < 400);
          if (isUnsupported && seen.size === 0) return place(status, 'absent');
          seen.add(url.href);
          if (status === 404 && url.pathname !== first.pathname) {
            // JFrog's links for path-based repositories lose a part of the path; their query is right.
            const mended = new URL(first);
            mended.search = url.search;
            if (!seen.has(mended.href)) {
              url = mended;
              continue;
            }
          }
          if (status !== 200) return place(status, 'failed', pageError(what, response));
          const problem = addPage(response, found, what);
          if (problem !== undefined) return place(status, 'failed', problem);
          const next = nextPage(response, url, first, what);
          if (next === undefined) return place(status, 'listed');
          if (seen.has(next.href)) throw new RegistryError('REGISTRY_INVALID', `${what} pages in a circle`);
          if (seen.size >= PAGES_MAX)
            throw new RegistryError('REGISTRY_INVALID', `${what} has more than ${PAGES_MAX} pages`);
          url = next;
        }
      } catch (error) {
        return place(statusOf(error), 'failed', toRegistryError(error));
      }
    },

    async listTag(repository, subject) {
      const tag = referrersTag(subject);
      const request = `GET /v2/${repository.path}/manifests/${tag}`;
      const place = (
        status: Place['status'],
        outcome: Place['outcome'],
        descriptors: readonly Descriptor[] = [],
        error?: unknown,
      ): ReferrersListing => ({
        place: { kind: 'referrers-tag', request, status, outcome, entries: descriptors.length, error },
        descriptors,
      });
      try {
        const manifest = await looks.look(repository, tag);
        if (manifest === undefined) return place(404, 'absent');
        const content = readReferrersTag(manifest, subject);
        if (content.kind !== 'index') return place(200, 'absent');
        const found = new Map<Digest, Descriptor>();
        const problem = addEntries(content.entries, found, `the index of ${tag}`);
        return place(200, problem === undefined ? 'listed' : 'failed', [...found.values()], problem);
      } catch (error) {
        return place(statusOf(error), 'failed', [], toRegistryError(error));
      }
    },
  };
}

export type ReferrersTagContent =
  /** Entries as written, unknown fields and all. */
  | { readonly kind: 'index'; readonly entries: readonly unknown[] }
  /** GitLab resolves the tag `sha256-<hex>` to the subject `sha256:<hex>` itself; nothing in it is a referrer. */
  | { readonly kind: 'alias' }
  | { readonly kind: 'other' };

/** What stands under a referrers tag. Throws REGISTRY_INVALID for an index that is none. */
export function readReferrersTag(manifest: ManifestAnswer, subject: Digest): ReferrersTagContent {
  if (manifest.digest === subject) return { kind: 'alias' };
  if (manifest.mediaType !== OCI_INDEX) return { kind: 'other' };
  return { kind: 'index', entries: readEntries(manifest.bytes, `the index under ${referrersTag(subject)}`) };
}

function readEntries(bytes: Uint8Array, what: string): readonly unknown[] {
  const value = parseJson(bytes, what);
  const isIndex = typeof value === 'object' && value !== null && 'schemaVersion' in value && value.schemaVersion === 2;
  // Go writes an empty list as null when nothing was ever put in.
  const entries = isIndex && 'manifests' in value ? (value.manifests ?? []) : undefined;
  if (!Array.isArray(entries)) throw new RegistryError('REGISTRY_INVALID', `${what} is no image index`);
  return entries as unknown[];
}

function addPage(response: HttpResponse, found: Map<Digest, Descriptor>, what: string): RegistryError | undefined {
  const type = contentType(response);
  if (type !== OCI_INDEX) {
    return new RegistryError(
      'REGISTRY_INVALID',
      `${what} returned Content-Type ${quote(type)}, which is no list of referrers`,
    );
  }
  return addEntries(readEntries(response.body, `the answer of ${what}`), found, what);
}

/**
 * Adds entries, merged by digest. What an entry says besides its digest is not trusted (old clients and
 * registries write wrong types and sizes), so a broken one of those fields is left out; an entry without a
 * usable digest cannot be looked at, which is reported after the others are added.
 */
function addEntries(
  entries: readonly unknown[],
  found: Map<Digest, Descriptor>,
  what: string,
): RegistryError | undefined {
  let problem: RegistryError | undefined;
  for (const entry of entries) {
    const descriptor = toDescriptor(entry, what);
    if (descriptor === undefined) {
      problem ??= new RegistryError('REGISTRY_INVALID', `${what} lists an entry without a sha256 digest`);
      continue;
    }
    if (!found.has(descriptor.digest) && found.size >= REFERRERS_MAX) {
      return new RegistryError('REGISTRY_INVALID', `${what} lists more than ${REFERRERS_MAX} referrers`);
    }
    if (!found.has(descriptor.digest)) found.set(descriptor.digest, descriptor);
  }
  return problem;
}

function toDescriptor(entry: unknown, what: string): Descriptor | undefined {
  try {
    return parseDescriptor(entry, what);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
  }
  const digest = typeof entry === 'object' && entry !== null && 'digest' in entry ? entry.digest : undefined;
  try {
    return parseDescriptor({ mediaType: 'application/octet-stream', size: 0, digest }, what);
  } catch (error) {
    if (error instanceof ValueError) return undefined;
    throw error;
  }
}

/** The page that a Link field calls `next` (RFC 8288), relative or absolute, on the same origin only. */
function nextPage(response: HttpResponse, url: URL, first: URL, what: string): URL | undefined {
  const link = parseLinks(response.headersDistinct['link'] ?? []).find(({ relations }) => relations.includes('next'));
  if (link === undefined) return undefined;
  const next = resolveTarget(link.target, url, first, what);
  if (next.origin === first.origin) return next;
  throw new RegistryError('REGISTRY_INVALID', `${what} continues on another host: ${quote(next.host)}`);
}

/** A page that is not there says nothing about the image. */
function pageError(what: string, response: HttpResponse): RegistryError {
  const error = answerError(what, response);
  if (error.code !== 'IMAGE_NOT_FOUND') return error;
  return new RegistryError('REGISTRY_INVALID', error.message, { status: 404, specCodes: error.specCodes });
}

function statusOf(error: unknown): number | string {
  return error instanceof RegistryError && error.status !== undefined ? error.status : 'error';
}

function toRegistryError(error: unknown): RegistryError {
  if (error instanceof RegistryError) return error;
  if (error instanceof ValueError) return new RegistryError('REGISTRY_INVALID', error.message, { cause: error });
  throw error;
}
