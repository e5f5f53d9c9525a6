import { isTag, type Repository } from '../domain/image/reference.ts';
import { quoted } from '../domain/text/quoted.ts';
import { parseStrictJson } from '../domain/text/strict-json.ts';
import { turnFor } from '../http/turns.ts';
import type { AuthorizedFetch } from './transport/authorized-fetch.ts';
import type { RegistryAnswer } from './transport/choose-authorization.ts';
import { TAGS_MAX, TAGS_MAX_BYTES, TAGS_PAGE_SIZE, TAGS_PAGES_MAX } from './transport/limits.ts';
import { nextPage } from './transport/next-page.ts';
import { readHint } from './transport/read-hint.ts';
import { answerError, RegistryError } from './transport/registry-error.ts';
import { apiUrl, routeOf } from './transport/registry-origin.ts';
import { isRedirect, targetOf } from './transport/send-call.ts';

/** The answers of a registry that does not know the position after which more tags were asked for. */
const UNKNOWN_POSITION: readonly number[] = [400, 404, 405];

/**
 * Lists all tags of a repository, each once and sorted (distribution-spec v1.1.1, Listing Tags). A list that is incomplete
 * must not look like a list from which tags have disappeared: anything unexpected is an error. Some registries cut a page
 * without a Link, so the end is confirmed by asking once for what follows the last tag. Throws RegistryError.
 */
export async function listTags(fetch: AuthorizedFetch, repository: Repository): Promise<readonly string[]> {
  const first = apiUrl(fetch.originOf(repository), repository, `tags/list?n=${TAGS_PAGE_SIZE}`);
  const tags = new Set<string>();
  const seen = new Set<string>();
  let bytes = 0;
  let url = first;
  let isConfirming = false;
  for (;;) {
    const what = `GET ${url.origin}${url.pathname}`;
    const response = await fetch({
      repository,
      method: 'GET',
      url,
      access: 'pull',
      headers: { accept: 'application/json', 'cache-control': 'no-cache' },
      maxBytes: TAGS_MAX_BYTES,
      retry: true,
      followRedirects: (target) => routeOf(target)?.collection === 'tags',
    });
    seen.add(url.href);
    // The specification ends the list where no Link follows.
    if (isConfirming && UNKNOWN_POSITION.includes(response.status)) break;
    if (response.status !== 200) throw await pageError(fetch, repository, { what, response, isFirst: seen.size === 1 });
    bytes += response.body.length;
    if (bytes > TAGS_MAX_BYTES) throw tooMany(what, `${TAGS_MAX_BYTES} bytes of tags`);
    await turnFor(response.body);
    const before = tags.size;
    const page = readPage(response, what);
    for (const tag of page) tags.add(tag);
    if (tags.size > TAGS_MAX) throw tooMany(what, `${TAGS_MAX} tags`);
    const next = followingPage(fetch, response, { first, what });
    if (next === undefined && tags.size === before) break;
    if (next !== undefined && seen.has(next.href)) {
      throw new RegistryError('REGISTRY_INVALID', `${what}: the pages form a loop`);
    }
    if (seen.size >= TAGS_PAGES_MAX) throw tooMany(what, `${TAGS_PAGES_MAX} pages of tags`);
    isConfirming = next === undefined;
    url = next ?? after(first, page.at(-1) ?? '');
  }
  return [...tags].sort();
}

function after(first: URL, tag: string): URL {
  const url = new URL(first);
  url.searchParams.set('last', tag);
  return url;
}

/** A narrower pattern would not help: registries do not filter tags. */
function tooMany(what: string, limit: string): RegistryError {
  return new RegistryError('REGISTRY_INVALID', `${what} lists more than ${limit}`, {
    hint: 'Name the tags that matter one by one, without `*`, or delete the tags that nobody needs.',
  });
}

/**
 * The next page, which must be a list of tags of the same repository. JFrog's links for path-based repositories lack a
 * part of the path; their query is correct.
 */
function followingPage(
  { advise }: AuthorizedFetch,
  response: RegistryAnswer,
  { first, what }: { readonly first: URL; readonly what: string },
): URL | undefined {
  const next = nextPage(response, { first, what, advise });
  if (next === undefined) return undefined;
  const here = [first, response.url].find(({ origin }) => origin === next.origin) ?? response.url;
  const rest = next.pathname.replace(/^\/v2\//, '/');
  if (!rest.endsWith('/tags/list') || !here.pathname.endsWith(rest)) throw notTags(what, next);
  const following = new URL(here);
  following.search = next.search;
  return following;
}

function notTags(what: string, { pathname }: URL): RegistryError {
  const message = `${what} continues with ${quoted(pathname)}, which is not the list of tags of this repository`;
  return new RegistryError('REGISTRY_INVALID', message);
}

function readPage({ body, status }: RegistryAnswer, what: string): readonly string[] {
  const refuse = (why: string, cause?: unknown): RegistryError =>
    new RegistryError('REGISTRY_INVALID', `the response to ${what} ${why}`, { status, cause });
  let json: unknown;
  try {
    const limits = { maxBytes: TAGS_MAX_BYTES, maxDepth: 16, maxMembers: 500_000 };
    json = parseStrictJson(body, { ...limits, place: { name: null, tags: null } });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw refuse(`is not a list of tags: ${error.message}`, error);
  }
  const tags: unknown = typeof json === 'object' && json !== null ? Reflect.get(json, 'tags') : undefined;
  // Go's registries write an empty list as null.
  if (tags === null) return [];
  if (!Array.isArray(tags)) throw refuse('has no list of tags');
  return tags.map((tag: unknown) => {
    if (typeof tag !== 'string') throw refuse('lists a tag that is not text');
    if (!isTag(tag)) throw refuse(`lists ${quoted(tag)}, which is not a tag`);
    return tag;
  });
}

/** A missing page, or a redirect to something else, says nothing about the tags. */
async function pageError(
  fetch: AuthorizedFetch,
  repository: Repository,
  { what, response, isFirst }: { readonly what: string; readonly response: RegistryAnswer; readonly isFirst: boolean },
): Promise<RegistryError> {
  if (isRedirect(response)) {
    const { href } = targetOf(response, { registry: fetch.originOf(repository), what, advise: fetch.advise });
    const message = `${what} redirects to ${quoted(href.split('?')[0] ?? '')}, which is not a list of tags`;
    return new RegistryError('REGISTRY_INVALID', message, { status: response.status });
  }
  const error = answerError(what, response, await readHint(fetch, repository, response));
  if (error.code !== 'IMAGE_NOT_FOUND' || isFirst) return error;
  return new RegistryError('REGISTRY_INVALID', error.message, { status: 404, specCodes: error.specCodes });
}
