import { CodedError } from '../coded-error.ts';
import type { CallLimits } from '../domain/calls/call-limits.ts';
import type { HttpClient, HttpResponse } from '../http/http-client.ts';
import { HttpError } from '../http/http-error.ts';
import type { FileVersion } from './deciding-files.ts';

export interface CommittedFileOptions {
  readonly call: CallLimits;
  readonly http: HttpClient;
  /** `https://api.github.com`, or that of a GHES or ghe.com server. */
  readonly apiUrl: string;
  readonly token: string | undefined;
}

const FILE_MAX_BYTES = 4 * 1024 * 1024;

/** The files and folders of a repository folder, without what is in its folders. */
export interface CommittedFolder {
  /** Names without the path of the folder. Links and submodules are listed as files; reading one says what it is. */
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/** Lists a repository folder in a commit or branch. The path is relative, separated by `/`, and '' for the top. */
export type ListCommittedFolder = (version: FileVersion, path: string) => Promise<CommittedFolder | undefined>;

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
    const shown = `GET ${path} at ${ref} of ${repository}`;
    const response = await askContents(options, { repository, ref }, { path, shown, accept: RAW });
    if (response.status === 200) {
      // For a directory, a submodule or a link out of the repository, the API returns JSON instead.
      if (/[./]raw\b/.test(response.headers['content-type'] ?? '')) return response.body;
      throw new CodedError('INPUT_INVALID', `${shown} is not a regular file`);
    }
    return absent(response, shown);
  };
}

const RAW = 'application/vnd.github.raw+json';

/** Undefined for a 404. Throws for every other error. */
export function absent(response: HttpResponse, shown: string): undefined {
  if (response.status === 404) return undefined;
  throw isOutage(response)
    ? new CodedError('GITHUB_API_UNAVAILABLE', `${shown} returned ${response.status}`)
    : new CodedError('INPUT_INVALID', `${shown} returned ${response.status}`);
}

/** Asks the contents API about a path; '' is the top folder. Throws GITHUB_API_UNAVAILABLE for an outage. */
export async function askContents(
  options: CommittedFileOptions,
  { repository, ref }: Pick<FileVersion, 'repository' | 'ref'>,
  { path, shown, accept }: { readonly path: string; readonly shown: string; readonly accept: string },
): Promise<HttpResponse> {
  const segments = path === '' ? '' : `/${path.split('/').map(encodeURIComponent).join('/')}`;
  const url = `${options.apiUrl}/repos/${repository}/contents${segments}?ref=${encodeURIComponent(ref)}`;
  try {
    return await options.http.request(options.call, {
      service: 'GitHub API',
      method: 'GET',
      url,
      headers: {
        accept,
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
