import { CodedError, type ErrorCode } from '../coded-error.ts';
import { digestOf } from '../domain/image/digest.ts';
import { isLoopbackHost, isPrivateHost } from '../domain/image/network-host.ts';
import { isJsonObject } from '../domain/text/json-object.ts';
import { quoted } from '../domain/text/quoted.ts';
import { parseStrictJson } from '../domain/text/strict-json.ts';
import type { HttpClient, HttpResponse } from '../http/http-client.ts';
import { HttpError } from '../http/http-error.ts';
import type { CallContext } from '../usecases/call-context.ts';
import type { AttestationStore, CandidateSet, Place, StoredBundle, UnreadableCandidate } from '../usecases/ports.ts';
import { decodeSnappy } from './snappy.ts';

interface StoreOptions {
  readonly http: HttpClient;
  /** `https://api.github.com`, or that of a ghe.com tenant. */
  readonly apiUrl: string;
  readonly token: string | undefined;
}

/** Limits: bytes of one page and of one bundle, pages of one list, and attestations of one page. */
const PAGE_MAX_BYTES = 64 * 1024 * 1024;
const BUNDLE_MAX_BYTES = 24 * 1024 * 1024;
const PAGES_MAX = 10;
const PER_PAGE = 30;
const PAGE_READING = { maxBytes: PAGE_MAX_BYTES, maxDepth: 128, maxMembers: 1_500_000 };

const HINT =
  'Grant `attestations: read` to this job, and check that `source-repository` names a repository that `github-token` may read.';

/**
 * GitHub's attestation store (docs.github.com/rest/repos/attestations, "List attestations"). The token goes to the API
 * only: bundles may be on another host (`bundle_url`), compressed with snappy.
 */
export function createAttestationStore({ http, apiUrl, token }: StoreOptions): AttestationStore {
  const ask = (call: CallContext, url: URL, headers: Readonly<Record<string, string>>, maxBytes: number) =>
    http.request(call, {
      service: 'GitHub API',
      method: 'GET',
      url,
      headers: { 'user-agent': 'countersign', ...headers },
      maxBytes,
      retry: true,
    });

  return {
    async list(call, source, subject) {
      const api = new URL(apiUrl);
      const path = `/repos/${source}/attestations/${subject}`;
      const first = new URL(`${apiUrl.replace(/\/$/, '')}${path}?per_page=${PER_PAGE}`);
      const bundles: StoredBundle[] = [];
      const place = (status: Place['status'], outcome: Place['outcome'], error?: unknown) => ({
        place: {
          kind: 'github-store',
          request: `GET ${path}`,
          status,
          outcome,
          entries: bundles.length,
          error,
        } as const,
        bundles,
      });
      let url: URL | undefined = first;
      let status = 0;
      try {
        for (let page = 1; url !== undefined; page += 1) {
          if (page > PAGES_MAX) throw invalid(`GET ${path} has more than ${PAGES_MAX} pages`);
          const response: HttpResponse = await ask(call, url, apiHeaders(token), PAGE_MAX_BYTES);
          status = response.status;
          if (status === 404 && page === 1 && (await isVisible(call, source))) return place(200, 'listed');
          if (status !== 200) throw statusError(`GET ${path}`, response);
          bundles.push(...readPage(response.body, path));
          url = nextPage(response, api);
        }
        return place(status, 'listed');
      } catch (error) {
        return place(status === 0 ? 'error' : status, 'failed', toStoreError(error, `GET ${path}`));
      }
    },

    async read(call, stored) {
      try {
        return found(stored.inline ?? (await download(call, stored)));
      } catch (error) {
        return unreadable(stored, toStoreError(error, 'a stored bundle'));
      }
    },
  };

  /**
   * GitHub answers 404 both for a digest without attestations and for a repository that the token may not see (cli/cli
   * reports it as "HTTP 404: Not Found"). Only a repository that it shows makes the first an empty list.
   */
  async function isVisible(call: CallContext, source: string): Promise<boolean> {
    const url = new URL(`${apiUrl.replace(/\/$/, '')}/repos/${source}`);
    return (await ask(call, url, apiHeaders(token), PAGE_MAX_BYTES)).status === 200;
  }

  async function download(call: CallContext, { url: text }: StoredBundle): Promise<Uint8Array> {
    const url = new URL(text ?? '');
    const shown = `GET ${url.origin}${url.pathname}`;
    // Only tests have an API on loopback, with storage beside it.
    const isBeside = isLoopbackHost(url.hostname) && isLoopbackHost(new URL(apiUrl).hostname);
    if (!isBeside && (url.protocol !== 'https:' || isPrivateHost(url.hostname))) {
      throw invalid(`a stored bundle is on ${quoted(url.origin)}, which is not a public https host`);
    }
    // Without the token: the host belongs to somebody else, and the URL contains what it needs.
    const response = await ask(call, url, {}, BUNDLE_MAX_BYTES);
    if (response.status !== 200) throw statusError(shown, response);
    try {
      return decodeSnappy(response.body, BUNDLE_MAX_BYTES);
    } catch (cause) {
      if (!(cause instanceof TypeError)) throw cause;
      throw invalid(`${shown} is not a bundle compressed with snappy: ${cause.message}`, cause);
    }
  }
}

function apiHeaders(token: string | undefined): Readonly<Record<string, string>> {
  return {
    accept: 'application/vnd.github+json',
    'x-github-api-version': '2022-11-28',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
}

function readPage(body: Uint8Array, path: string): StoredBundle[] {
  let page: unknown;
  try {
    page = parseStrictJson(body, PAGE_READING);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw invalid(`the response to GET ${path} cannot be read: ${cause.message}`, cause);
  }
  const list = isJsonObject(page) ? page['attestations'] : undefined;
  if (!Array.isArray(list)) throw invalid(`the response to GET ${path} has no list of attestations`);
  return list.map((item: unknown, index): StoredBundle => {
    const { bundle, bundle_url: url } = isJsonObject(item) ? item : { bundle: undefined, bundle_url: undefined };
    const name = `attestation ${index + 1} of ${path}`;
    if (isJsonObject(bundle)) return { name, inline: new TextEncoder().encode(JSON.stringify(bundle)), url: undefined };
    if (typeof url === 'string' && URL.canParse(url)) return { name, inline: undefined, url };
    throw invalid(`${name} has neither a bundle nor its URL`);
  });
}

/** The next page, on the API's own origin only, because the token goes there. */
function nextPage({ headers }: HttpResponse, api: URL): URL | undefined {
  const link = (headers['link'] ?? '').split(',').find((one) => /;\s*rel="?next"?/.test(one));
  const target = link === undefined ? undefined : /<([^<>]*)>/.exec(link)?.[1];
  if (target === undefined) return undefined;
  if (!URL.canParse(target)) throw invalid('the link to the next page cannot be read');
  const url = new URL(target);
  if (url.origin !== api.origin) throw invalid(`the next page is on another host: ${quoted(url.host)}`);
  return url;
}

function statusError(what: string, { status, headers }: HttpResponse): CodedError {
  const isLimited = status === 403 && headers['x-ratelimit-remaining'] === '0';
  const isRefused = [401, 403, 404].includes(status) && !isLimited;
  return storeError(
    isRefused ? 'ATTESTATION_STORE_REFUSED' : 'ATTESTATION_STORE_UNAVAILABLE',
    `${what} returned ${status}`,
  );
}

function storeError(code: ErrorCode, message: string, cause?: unknown): CodedError {
  return new CodedError(code, message, { cause, hint: code === 'ATTESTATION_STORE_REFUSED' ? HINT : undefined });
}

function invalid(message: string, cause?: unknown): CodedError {
  return storeError('ATTESTATION_STORE_UNAVAILABLE', message, cause);
}

function toStoreError(error: unknown, what: string): CodedError {
  if (error instanceof CodedError) return error;
  if (error instanceof HttpError) return invalid(`${what} failed: ${error.message}`, error);
  throw error;
}

function found(bundle: Uint8Array): CandidateSet {
  return { candidates: [{ format: 'bundle', digest: digestOf(bundle), bundle }], unreadable: [], places: [] };
}

function unreadable({ name }: StoredBundle, error: CodedError): CandidateSet {
  const { message } = error;
  const one: UnreadableCandidate = {
    digest: name,
    place: 'github-store',
    outcome: 'failed',
    artifactType: undefined,
    message,
    error,
  };
  return { candidates: [], unreadable: [one], places: [] };
}
