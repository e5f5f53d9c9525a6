import { CodedError } from '../coded-error.ts';
import type { CallLimits } from '../domain/calls/call-limits.ts';
import type { HttpClient, HttpResponse } from '../http/http-client.ts';
import { HttpError } from '../http/http-error.ts';
import type { FileVersion } from './deciding-files.ts';

interface CommittedFileOptions {
  readonly call: CallLimits;
  readonly http: HttpClient;
  /** `https://api.github.com`, or that of a GHES or ghe.com server. */
  readonly apiUrl: string;
  readonly token: string | undefined;
}

const FILE_MAX_BYTES = 4 * 1024 * 1024;

/** Reads a repository file from a commit or branch. The path is relative and separated by `/`. */
export type ReadCommittedFile = (version: FileVersion, path: string) => Promise<Uint8Array | undefined>;

/**
 * Reads committed files through the contents API (docs.github.com/rest/repos/contents; needs `contents: read`),
 * which follows symbolic links within the repository. Undefined if the API returns 404, which also happens if the
 * token lacks read permission. Throws GITHUB_API_UNAVAILABLE for an outage, and INPUT_INVALID for an error that
 * another run would meet again.
 */
export function createCommittedFileReader(options: CommittedFileOptions): ReadCommittedFile {
  return async ({ repository, ref }, path) => {
    const segments = path.split('/').map(encodeURIComponent).join('/');
    const url = `${options.apiUrl}/repos/${repository}/contents/${segments}?ref=${encodeURIComponent(ref)}`;
    const shown = `GET ${path} at ${ref} of ${repository}`;
    const response = await ask(options, url, shown);
    if (response.status === 200) {
      // For a directory, a submodule or a link out of the repository, the API returns JSON instead.
      if (/[./]raw\b/.test(response.headers['content-type'] ?? '')) return response.body;
      throw new CodedError('INPUT_INVALID', `${shown} is not a regular file`);
    }
    if (response.status === 404) return undefined;
    throw isOutage(response)
      ? new CodedError('GITHUB_API_UNAVAILABLE', `${shown} returned ${response.status}`)
      : new CodedError('INPUT_INVALID', `${shown} returned ${response.status}`);
  };
}

async function ask(options: CommittedFileOptions, url: string, shown: string): Promise<HttpResponse> {
  try {
    return await options.http.request(options.call, {
      service: 'GitHub API',
      method: 'GET',
      url,
      headers: {
        accept: 'application/vnd.github.raw+json',
        'user-agent': 'countersign',
        'x-github-api-version': '2022-11-28',
        ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
      },
      maxBytes: FILE_MAX_BYTES,
      retry: true,
    });
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    throw new CodedError('GITHUB_API_UNAVAILABLE', `${shown} failed: ${error.message}`, { cause: error });
  }
}

/** True for an error that another run may not meet. GitHub also returns 403 if the rate limit is exhausted. */
function isOutage({ status, headers }: HttpResponse): boolean {
  return (
    status === 408 || status === 429 || status >= 500 || (status === 403 && headers['x-ratelimit-remaining'] === '0')
  );
}
