import { type Digest, hexOf } from '../domain/image/digest.ts';
import { OCI_INDEX } from '../domain/image/media-types.ts';
import type { Repository } from '../domain/image/reference.ts';
import { readDocument } from '../domain/image/registry-document.ts';
import { quoted } from '../domain/text/quoted.ts';
import { ValueError } from '../domain/text/value-error.ts';
import type { HttpResponse } from '../http/http-client.ts';
import { turnFor } from '../http/turns.ts';
import type { Place, ReferrersListing } from '../usecases/ports.ts';
import { createListedEntries, type EntryList, readEntryList } from './listed-entries.ts';
import { contentType, type ManifestAnswer } from './manifests.ts';
import type { TagLooks } from './tag-looks.ts';
import type { AuthorizedFetch } from './transport/authorized-fetch.ts';
import type { RegistryAnswer } from './transport/choose-authorization.ts';
import { DOCUMENT_MAX_MEMBERS, LISTING_MAX_BYTES, MANIFEST_MAX_BYTES, PAGES_MAX } from './transport/limits.ts';
import { nextPage } from './transport/next-page.ts';
import { readHint } from './transport/read-hint.ts';
import { answerError, RegistryError } from './transport/registry-error.ts';
import { apiUrl, routeOf } from './transport/registry-origin.ts';
import { isRedirect, targetOf } from './transport/send-call.ts';

/** Listing referrers (distribution-spec v1.1.1, Listing Referrers and Referrers Tag Schema). */
export interface Referrers {
  /** Reads all pages of the API. A failed place is a value that includes the entries read before the failure. */
  list(repository: Repository, subject: Digest): Promise<ReferrersListing>;
  /** Reads the fallback tag. A failed place is a value. */
  listTag(repository: Repository, subject: Digest): Promise<ReferrersListing>;
}

/**
 * The answers of a registry without the API: no such route or method, Quay's 400; also see isPageOfGitHub. The spec
 * forbids them for a registry with the API. 5xx, 429 and denials are failures and prove nothing.
 */
const UNSUPPORTED_STATUSES: readonly number[] = [400, 404, 405, 406, 410, 501];

/** The tag that lists the referrers of a digest where the API is missing. */
export function referrersTag(subject: Digest): string {
  return `sha256-${hexOf(subject)}`;
}

export function createReferrers(fetch: AuthorizedFetch, looks: Pick<TagLooks, 'look'>): Referrers {
  /** Redirects are followed to the referrers of the same digest only: another document would not be its listing. */
  const getPage = (repository: Repository, subject: Digest, url: URL): Promise<RegistryAnswer> =>
    fetch({
      repository,
      method: 'GET',
      url,
      access: 'pull',
      headers: { accept: OCI_INDEX, 'cache-control': 'no-cache' },
      maxBytes: MANIFEST_MAX_BYTES,
      retry: true,
      followRedirects: (target) => isListingOf(target, subject),
    });

  return {
    async list(repository, subject) {
      const first = apiUrl(fetch.originOf(repository), repository, `referrers/${subject}`);
      const request = `GET ${first.pathname}`;
      const found = createListedEntries('referrers-api');
      const seen = new Set<string>();
      let url = first;
      /** The first page, where it really is. */
      let base = first;
      let bytes = 0;
      const place = (status: Place['status'], outcome: Place['outcome'], error?: unknown): ReferrersListing => ({
        ...found.listing(),
        place: { kind: 'referrers-api', request, status, outcome, entries: found.count(), error },
      });
      try {
        for (;;) {
          const what = `GET ${url.origin}${url.pathname}`;
          const response = await getPage(repository, subject, url);
          const { status } = response;
          if (seen.size === 0) {
            base = response.url;
            if (UNSUPPORTED_STATUSES.includes(status) || isPageOfGitHub(response)) return place(status, 'absent');
          }
          seen.add(url.href);
          if (status === 404 && url.pathname !== base.pathname) {
            // JFrog's links for path-based repositories lack a part of the path; their query is correct.
            const corrected = new URL(base);
            corrected.search = url.search;
            if (!seen.has(corrected.href)) {
              url = corrected;
              continue;
            }
          }
          if (status !== 200) return place(status, 'failed', await pageError(fetch, repository, { what, response }));
          bytes += response.body.length;
          if (bytes > LISTING_MAX_BYTES) {
            throw new RegistryError(
              'REGISTRY_INVALID',
              `${what} lists more than ${LISTING_MAX_BYTES} bytes of referrers`,
            );
          }
          await turnFor(response.body);
          found.add(readPage(response, what));
          const next = nextPage(response, { first, what, advise: fetch.advise });
          if (next === undefined) return place(status, 'listed');
          if (seen.has(next.href)) throw new RegistryError('REGISTRY_INVALID', `${what}: the pages form a loop`);
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
      const found = createListedEntries('referrers-tag');
      const place = (status: Place['status'], outcome: Place['outcome'], error?: unknown): ReferrersListing => ({
        ...found.listing(),
        place: { kind: 'referrers-tag', request, status, outcome, entries: found.count(), error },
      });
      try {
        const manifest = await looks.look(repository, tag);
        if (manifest === undefined) return place(404, 'absent');
        const content = readReferrersTag(manifest, subject);
        if (content.kind !== 'index') return place(200, 'absent');
        found.add(content);
        return place(200, 'listed');
      } catch (error) {
        return place(statusOf(error), 'failed', toRegistryError(error));
      }
    },
  };
}

export type ReferrersTagContent =
  /** The entries as written, including unknown fields. */
  | ({ readonly kind: 'index' } & EntryList)
  /**
   * GitLab resolves the tag `sha256-<hex>` to the subject `sha256:<hex>` itself; its content is not a list of
   * referrers.
   */
  | { readonly kind: 'alias' }
  | { readonly kind: 'other' };

/** The content of a referrers tag. Throws ValueError for a malformed index, or one whose list cannot be trusted. */
export function readReferrersTag(manifest: ManifestAnswer, subject: Digest): ReferrersTagContent {
  if (manifest.digest === subject) return { kind: 'alias' };
  if (manifest.mediaType !== OCI_INDEX) return { kind: 'other' };
  return { kind: 'index', ...readEntryList(manifest, `the index under ${referrersTag(subject)}`) };
}

function readPage(response: HttpResponse, what: string): EntryList {
  const type = contentType(response);
  if (type !== OCI_INDEX) {
    throw new RegistryError(
      'REGISTRY_INVALID',
      `${what} returned Content-Type ${quoted(type)}, which is not that of a list of referrers`,
      { status: response.status },
    );
  }
  const name = `the response to ${what}`;
  const limits = { maxBytes: MANIFEST_MAX_BYTES, maxMembers: DOCUMENT_MAX_MEMBERS };
  return readEntryList(readDocument(response.body, limits, name), name);
}

/** True for the route of the referrers of this digest, in any repository: vanity names differ. */
function isListingOf(target: URL, subject: Digest): boolean {
  const route = routeOf(target);
  return route?.collection === 'referrers' && route.reference === subject;
}

/**
 * True for GHCR's answer for a route that it lacks: 303 to a page below https://github.com/-/ (April 2026). Recognized
 * by its target, because GHCR may stand behind another name. Every other redirect proves nothing.
 */
function isPageOfGitHub({ status, headers }: HttpResponse): boolean {
  const { location } = headers;
  if (status !== 303 || location === undefined || !URL.canParse(location)) return false;
  const { origin, pathname } = new URL(location);
  return origin === 'https://github.com' && pathname.startsWith('/-/');
}

/** A missing page, or a redirect to something else, says nothing about the image. */
async function pageError(
  fetch: AuthorizedFetch,
  repository: Repository,
  { what, response }: { readonly what: string; readonly response: RegistryAnswer },
): Promise<RegistryError> {
  if (isRedirect(response)) {
    const { href } = targetOf(response, { registry: fetch.originOf(repository), what, advise: fetch.advise });
    const shown = quoted(href.split('?')[0] ?? '');
    const message = `${what} redirects to ${shown}, which is not the list of referrers of this digest`;
    return new RegistryError('REGISTRY_INVALID', message, { status: response.status });
  }
  const error = answerError(what, response, await readHint(fetch, repository, response));
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
