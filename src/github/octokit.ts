import type { Octokit } from '@octokit/core';
import type { CallLimits } from '../domain/calls/call-limits.ts';
import type { HttpClient, HttpRequest } from '../http/http-client.ts';

export type { Octokit } from '@octokit/core';

interface OctokitOptions {
  /** Whose requests they are: a client is made for one call. */
  readonly call: CallLimits;
  readonly http: HttpClient;
  readonly token: string;
  /** `https://api.github.com`, or that of a GHES or ghe.com server. */
  readonly apiUrl: string;
  readonly debug: (line: string) => void;
  /** Removes secrets from a text. */
  readonly conceal: (text: string) => string;
}

const ANSWER_MAX_BYTES = 4 * 1024 * 1024;

/**
 * GitHub's REST client on top of the run's own HTTP client, so that its proxy, root certificates, deadlines and retry
 * budget apply here too. Loaded on demand: a gate that publishes nothing does not pay for it.
 */
export async function createOctokit({ call, http, token, apiUrl, debug, conceal }: OctokitOptions): Promise<Octokit> {
  const { Octokit } = await import('@octokit/core');
  return new Octokit({
    auth: token,
    baseUrl: apiUrl,
    userAgent: 'countersign',
    request: { fetch: fetchOver(call, http, conceal) },
    // Octokit logs to the console by default, where a response header could start a workflow command.
    log: { debug, info: debug, warn: debug, error: debug },
  });
}

/** The part of `fetch` that Octokit uses. */
type OctokitFetch = (
  url: string,
  init?: { readonly method?: string; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown },
) => Promise<Response>;

/** `fetch` for Octokit. Conceals secrets in bodies. Retries reads and updates, but not creations. */
export function fetchOver(call: CallLimits, http: HttpClient, conceal: (text: string) => string): OctokitFetch {
  return async (url, init = {}) => {
    const method = methodOf(init.method);
    const response = await http.request(call, {
      service: 'GitHub API',
      method,
      url,
      headers: { ...init.headers },
      ...(typeof init.body === 'string' ? { body: concealedBody(init.body, conceal) } : {}),
      maxBytes: ANSWER_MAX_BYTES,
      retry: method === 'GET' || method === 'PATCH',
    });
    const bodiless = response.status === 204 || response.status === 205 || response.status === 304;
    return new Response(bodiless ? null : new Uint8Array(response.body), {
      status: response.status,
      headers: response.headers,
    });
  };
}

/** Fields that GitHub or branch protection reads, derived from inputs and the run's context. Others are for people. */
const EXACT_FIELDS: ReadonlySet<string> = new Set([
  'name',
  'head_sha',
  'external_id',
  'details_url',
  'status',
  'conclusion',
  'state',
  'context',
  'target_url',
  'path',
  'annotation_level',
]);

function concealedBody(body: string, conceal: (text: string) => string): string {
  return JSON.stringify(JSON.parse(body), (key, value: unknown) => {
    if (typeof value !== 'string' || EXACT_FIELDS.has(key)) return value;
    // Each text was already cut to GitHub's limit.
    return conceal(value).slice(0, value.length);
  });
}

function methodOf(method: string | undefined): HttpRequest['method'] {
  switch (method) {
    case 'POST':
    case 'PATCH':
      return method;
    case undefined:
    case 'GET':
      return 'GET';
    default:
      throw new Error(`${method} is not used with GitHub's API`);
  }
}
