import type { getOctokit } from '@actions/github';
import type { HttpClient, HttpRequest } from '../http/http-client.ts';

export type Octokit = ReturnType<typeof getOctokit>;

export interface OctokitOptions {
  readonly http: HttpClient;
  readonly token: string;
  /** `https://api.github.com`, or that of a GHES or ghe.com server. */
  readonly apiUrl: string;
  readonly debug: (line: string) => void;
}

const ANSWER_MAX_BYTES = 4 * 1024 * 1024;

/**
 * GitHub's REST client over the run's own HTTP client, so that its proxy, roots, deadlines and retry budget hold
 * here too. Loaded on use: a gate that publishes nothing never pays for it.
 */
export async function createOctokit({ http, token, apiUrl, debug }: OctokitOptions): Promise<Octokit> {
  const github = await import('@actions/github');
  return github.getOctokit(token, {
    baseUrl: apiUrl,
    userAgent: 'countersign',
    request: { fetch: fetchOver(http) },
    // Its own log is the console, where a header of the answer could start a workflow command.
    log: { debug, info: debug, warn: debug, error: debug },
  });
}

/** What Octokit uses of `fetch`. */
type OctokitFetch = (
  url: string,
  init?: { readonly method?: string; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown },
) => Promise<Response>;

/** `fetch` for Octokit. Reading and replacing may be sent again, creating may not. */
export function fetchOver(http: HttpClient): OctokitFetch {
  return async (url, init = {}) => {
    const method = methodOf(init.method);
    const response = await http.request({
      service: 'GitHub API',
      method,
      url,
      headers: { ...init.headers },
      ...(typeof init.body === 'string' ? { body: init.body } : {}),
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
