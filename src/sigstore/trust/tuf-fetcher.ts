import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Fetcher } from 'tuf-js';
import { DownloadHTTPError, DownloadLengthMismatchError } from 'tuf-js/dist/error.js';
import type { CallLimits } from '../../domain/calls/call-limits.ts';
import type { HttpClient } from '../../http/http-client.ts';
import type { CacheName, TufCache } from './tuf-cache.ts';

export interface TufFetcherOptions {
  readonly http: HttpClient;
  /** The call that the requests belong to. */
  readonly call: CallLimits;
  /** Base URL of the repository, without a final slash. */
  readonly url: string;
  readonly cache: TufCache;
  /** True: earlier roots come from the cache. Their signatures are checked like those of downloaded roots. */
  readonly useCache: boolean;
  /** False: no network requests; the cache acts as the repository. */
  readonly online: boolean;
  /** A private directory for this session. */
  readonly directory: string;
}

/** A fetcher for tuf-js on top of our HTTP layer: with size limits, without credentials or redirects. */
export interface TufFetcher extends Fetcher {
  /** The error that prevented a response, if there was one; tuf-js keeps only its text. */
  failure(): unknown;
  /** The downloaded roots, to be cached once they are verified. */
  roots(): ReadonlyMap<CacheName, Uint8Array>;
}

/** Maximum bytes of any file of a repository. */
export const TUF_MAX_BYTES = 2 * 1024 * 1024;

export function createTufFetcher(options: TufFetcherOptions): TufFetcher {
  const roots = new Map<CacheName, Uint8Array>();
  let failure: unknown;

  const download = async (url: string, maxBytes: number): Promise<Uint8Array> => {
    const name = cacheNameOf(url, options.url);
    const isRoot = name !== undefined && name !== 'timestamp.json';
    if (name !== undefined && (!options.online || (isRoot && options.useCache))) {
      const cached = await options.cache.read(name, maxBytes);
      if (cached !== undefined) return cached;
    }
    if (!options.online) throw new DownloadHTTPError(`${url} is not cached`, 404);
    const response = await options.http
      .request(options.call, { service: 'TUF', method: 'GET', url, maxBytes, retry: true })
      .catch((error: unknown) => {
        failure = error;
        throw error;
      });
    if (response.status === 200) {
      if (isRoot) roots.set(name, response.body);
      return response.body;
    }
    const error = new DownloadHTTPError(`GET ${url} returned ${response.status}`, response.status);
    // For the next root, "not found" is the normal end of the walk (TUF specification 5.3.3).
    if (!isRoot || ![403, 404].includes(response.status)) failure = error;
    throw error;
  };

  const capped = async (url: string, maxLength: number): Promise<Uint8Array> => {
    const bytes = await download(url, Math.min(maxLength, TUF_MAX_BYTES));
    if (bytes.length > maxLength) throw new DownloadLengthMismatchError(`${url} is longer than ${maxLength} bytes`);
    return bytes;
  };

  return {
    async downloadBytes(url, maxLength) {
      return Buffer.from(await capped(url, maxLength));
    },
    async downloadFile(url, maxLength, handler) {
      const file = join(options.directory, `${randomBytes(8).toString('hex')}.download`);
      try {
        await writeFile(file, await capped(url, maxLength));
        return await handler(file);
      } finally {
        await rm(file, { force: true });
      }
    },
    failure: () => failure,
    roots: () => roots,
  };
}

/** The cache name of a file: roots by version, and the timestamp. All others are seeded or found by hash. */
function cacheNameOf(url: string, base: string): CacheName | undefined {
  const name = url.startsWith(`${base}/`) ? url.slice(base.length + 1) : '';
  const version = /^([1-9]\d{0,6})\.root\.json$/.exec(name)?.[1];
  if (version !== undefined) return `${Number(version)}.root.json`;
  return name === 'timestamp.json' ? name : undefined;
}
