import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TargetFile, Updater } from 'tuf-js';
import type { CallLimits } from '../../domain/calls/call-limits.ts';
import { trimEnd } from '../../domain/text/plain-text.ts';
import type { HttpClient } from '../../http/http-client.ts';
import type { Clock } from '../../usecases/ports.ts';
import { at, parseJson } from '../json-shape.ts';
import { SigstoreError } from '../sigstore-error.ts';
import { type CacheName, createTufCache, type ReadFile, type TufCache } from './tuf-cache.ts';
import { createTufFetcher, TUF_MAX_BYTES, type TufFetcher } from './tuf-fetcher.ts';

/** A TUF repository and its initial trusted root. */
export interface TufRepository {
  /** Base URL of the metadata; targets are below `targets/`. */
  readonly url: string;
  readonly root: Uint8Array;
  /** Known contents; used instead of a download if the listed hash matches. */
  readonly knownTargets?: readonly Uint8Array[];
}

export interface TufClientOptions {
  readonly http: HttpClient;
  readonly clock: Clock;
  /** Absolute path; created if absent. Its content is not trusted. */
  readonly cacheDirectory: string;
  /** Reads files in the cache. */
  readonly readFile: ReadFile;
  /** See Surroundings. */
  readonly atExit?: ((act: () => void) => () => void) | undefined;
}

const MAX_TARGET_BYTES = 1024 * 1024;
/** Each root version costs a request; a private repository rotates a few times per year at most. */
const MAX_ROOT_ROTATIONS = 64;
const METADATA = ['timestamp.json', 'snapshot.json', 'targets.json'] as const;

export interface FetchedTargets {
  readonly targets: readonly Uint8Array[];
  /** When the repository last answered: now, or, if the cache had to be used, when that was written. */
  readonly fetchedAt: Date;
  /** True if it did not answer now. */
  readonly isFromCache: boolean;
}

/**
 * Fetches targets of a TUF repository with the client workflow of the TUF specification (v1.0.33, section 5), from its
 * root to the bytes of each target. If the repository cannot be reached, the cache is used, provided that all its
 * metadata verifies and has not expired. Throws TRUST_ROOT_UNAVAILABLE (no response and no usable cache) or
 * TRUST_ROOT_INVALID (the response does not verify or has expired).
 */
export async function fetchTargets(
  call: CallLimits,
  { repository, names }: { readonly repository: TufRepository; readonly names: readonly string[] },
  options: TufClientOptions,
): Promise<FetchedTargets> {
  const cache = createTufCache(options.cacheDirectory, repository.url, options.readFile);
  const run = (online: boolean, useCache: boolean): Promise<Outcome> =>
    runSession({ call, repository, names, options, cache, online, useCache });

  let outcome = await run(true, true);
  // A tampered cache must not look like a tampered repository: try again without its roots and targets. Its timestamp
  // and snapshot stay: tampered ones are ignored, and valid ones prevent a rollback.
  if (outcome.kind === 'invalid') outcome = await run(true, false);
  call.signal.throwIfAborted();
  if (outcome.kind === 'unavailable') {
    const cached = await run(false, true);
    if (cached.kind === 'targets') {
      call.log.warning(
        `the TUF repository ${repository.url} cannot be reached; using its cached metadata, which is still valid`,
      );
      // A cache that does not say when it was written is as old as can be.
      const fetchedAt = (await cache.writtenAt('timestamp.json')) ?? new Date(0);
      return { targets: cached.targets, fetchedAt, isFromCache: true };
    }
    throw new SigstoreError(
      'TRUST_ROOT_UNAVAILABLE',
      `the TUF repository ${repository.url} did not return a usable response: ${messageOf(outcome.error)}`,
      {
        cause: outcome.error,
        hint: 'Check that this runner can reach it (proxy, firewall), or give trusted-root as a file.',
      },
    );
  }
  if (outcome.kind === 'targets')
    return { targets: outcome.targets, fetchedAt: options.clock.now(), isFromCache: false };
  throw new SigstoreError(
    'TRUST_ROOT_INVALID',
    `the metadata or targets of the TUF repository ${repository.url} do not verify: ${messageOf(outcome.error)}`,
    { cause: outcome.error, hint: 'If it is your own repository, check tuf-root and the expiry of its metadata.' },
  );
}

type Outcome =
  | { readonly kind: 'targets'; readonly targets: readonly Uint8Array[] }
  | { readonly kind: 'unavailable' | 'invalid'; readonly error: unknown };

interface Session {
  readonly call: CallLimits;
  readonly repository: TufRepository;
  readonly names: readonly string[];
  readonly options: TufClientOptions;
  readonly cache: TufCache;
  readonly online: boolean;
  readonly useCache: boolean;
}

async function runSession(session: Session): Promise<Outcome> {
  const { options, repository, cache } = session;
  const directory = await createDirectory(options.cacheDirectory);
  const remove = { recursive: true, force: true } as const;
  const removed = options.atExit?.(() => rmSync(directory, remove));
  const url = trimEnd(repository.url, '/');
  // Targets are fetched at the same time. Their connections open while the metadata is read, which takes one of them.
  const downloads = session.names.length - (repository.knownTargets?.length ?? 0);
  if (session.online && downloads > 1) for (let count = 0; count < downloads; count += 1) options.http.preconnect(url);
  const fetcher = createTufFetcher({ ...session, http: options.http, url, directory });
  try {
    // tuf-js trusts the root in its directory: it must be ours, never one from the cache.
    await writeFile(join(directory, 'root.json'), repository.root);
    await seed(directory, cache);
    const updater = new Updater({
      metadataDir: directory,
      metadataBaseUrl: url,
      targetDir: directory,
      targetBaseUrl: `${url}/targets`,
      fetcher,
      config: { maxRootRotations: MAX_ROOT_ROTATIONS, fetchRetries: 0 },
    });
    await updater.refresh();
    await requireCurrent(directory, options.clock.now());
    const loading = session.names.map((name) => loadTarget(name, { ...session, updater, directory }));
    // The directory must stay until the last of them has ended.
    await Promise.allSettled(loading);
    const targets = await Promise.all(loading);
    if (session.online) await keep(directory, cache, fetcher);
    return { kind: 'targets', targets };
  } catch (error) {
    const failure = fetcher.failure();
    return failure === undefined ? { kind: 'invalid', error } : { kind: 'unavailable', error: failure };
  } finally {
    await rm(directory, remove).catch(() => undefined);
    removed?.();
  }
}

/** A private directory for one session; tuf-js works on files. */
async function createDirectory(cacheDirectory: string): Promise<string> {
  try {
    await mkdir(cacheDirectory, { recursive: true });
    return await mkdtemp(join(cacheDirectory, 'session-'));
  } catch (error) {
    throw new SigstoreError('TRUST_ROOT_UNAVAILABLE', `cannot write to ${cacheDirectory}: ${messageOf(error)}`, {
      cause: error,
      hint: 'TUF metadata is stored there while it is checked. Make the directory writable, or give trusted-root.',
    });
  }
}

/**
 * Provides earlier metadata: tuf-js checks it, skips downloads that it makes unnecessary, and refuses older versions.
 */
async function seed(directory: string, cache: TufCache): Promise<void> {
  for (const name of METADATA) {
    const bytes = await cache.read(name, TUF_MAX_BYTES);
    if (bytes !== undefined) await writeFile(join(directory, name), bytes);
  }
}

async function keep(directory: string, cache: TufCache, fetcher: TufFetcher): Promise<void> {
  for (const [name, bytes] of fetcher.roots()) await cache.write(name, bytes);
  for (const name of METADATA) await cache.write(name, await readFile(join(directory, name)));
}

/** tuf-js checks expiry with the system clock. This also checks it with the run's clock. */
async function requireCurrent(directory: string, now: Date): Promise<void> {
  for (const name of ['root.json', ...METADATA]) {
    const expires = at(parseJson(await readFile(join(directory, name))), 'signed', 'expires');
    if (typeof expires !== 'string' || !(new Date(expires) > now)) {
      throw new Error(`${name} expired at ${String(expires).slice(0, 40)}`);
    }
  }
}

async function loadTarget(
  name: string,
  { updater, directory, ...session }: Session & { readonly updater: Updater; readonly directory: string },
): Promise<Uint8Array> {
  const info = await updater.getTargetInfo(name);
  if (info === undefined) throw new Error(`it does not list the target ${name}`);
  const sha256 = info.hashes['sha256'];
  if (sha256 === undefined || !/^[0-9a-f]{64}$/.test(sha256)) throw new Error(`its target ${name} has no SHA-256`);
  if (info.length > MAX_TARGET_BYTES) throw new Error(`its target ${name} is larger than ${MAX_TARGET_BYTES} bytes`);
  const cacheName: CacheName = `target-${sha256}`;
  const cached = session.useCache ? await session.cache.read(cacheName, MAX_TARGET_BYTES) : undefined;
  const known = [cached, ...(session.repository.knownTargets ?? [])].find(
    (bytes) => bytes !== undefined && isTarget(bytes, info, sha256),
  );
  if (known !== undefined) return known;
  const file = join(directory, `target-${sha256}`);
  await updater.downloadTarget(info, file);
  const bytes = await readFile(file);
  if (!isTarget(bytes, info, sha256)) throw new Error(`its target ${name} does not match the listed length and hash`);
  await session.cache.write(cacheName, bytes);
  return bytes;
}

function isTarget(bytes: Uint8Array, info: TargetFile, sha256: string): boolean {
  return bytes.length === info.length && createHash('sha256').update(bytes).digest('hex') === sha256;
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 500);
}
