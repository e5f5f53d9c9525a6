import { expect, test } from 'vitest';
import { CodedError } from '../../../src/coded-error.ts';
import type { Digest } from '../../../src/domain/image/digest.ts';
import type { RequestedImage } from '../../../src/usecases/examining/resolve-images.ts';
import type { Place, ReferrersListing, Registry, Signer } from '../../../src/usecases/ports.ts';
import { preflight, preflightFailures, preflightResults } from '../../../src/usecases/signing/preflight.ts';
import { testCall } from '../../calls.ts';

const DIGEST = `sha256:${'a'.repeat(64)}` as Digest;
const image = (path: string): RequestedImage => ({
  original: `registry.example/${path}`,
  repository: { registry: 'registry.example', path },
  tag: undefined,
  digest: DIGEST,
  sources: [],
});

const nothingListed = (kind: Place['kind']): ReferrersListing => ({
  place: { kind, request: 'GET', status: 404, outcome: 'absent', entries: 0, error: undefined },
  descriptors: [],
  unreadable: [],
});

/** A registry that holds everything but `missing/…` and takes a push to everything but `denied/…`. */
const registry = {
  prepare: () => undefined,
  head: async (_call, { path }) =>
    path.startsWith('missing/') || path === 'denied/missing' ? undefined : { mediaType: 'm', digest: DIGEST, size: 1 },
  openUpload: async (_call, repository) => {
    if (repository.path.startsWith('denied/')) throw new CodedError('REGISTRY_DENIED', 'no push', { hint: 'cure' });
    return { repository, location: new URL('https://registry.example/upload') };
  },
  cancelUpload: async () => {},
  listReferrers: async () => nothingListed('referrers-api'),
  listReferrersTag: async () => nothingListed('referrers-tag'),
  checkPlace: async (_call, { repository: { path } }, format) => {
    if (path === `taken/${format}`) throw new CodedError('REGISTRY_INVALID', 'no index', { hint: 'remove it' });
  },
} as Partial<Registry> as Registry;
const signer = { identity: async () => ({ issuer: 'i', subject: 's', claims: {} }) } as Partial<Signer> as Signer;

const look = (paths: readonly string[], upload = true) =>
  preflight(
    testCall(),
    {
      images: paths.map(image),
      format: 'bundle',
      recursive: false,
      upload,
      concurrency: 2,
      signatureRepositories: [],
      notFoundHint: '',
    },
    { registry, signer },
  );

test('a repository that takes no push concerns its own images only, and outweighs one that is not there yet', async () => {
  const found = await look(['app', 'denied/app', 'denied/missing', 'missing/app']);
  expect(preflightResults(found).images.map(({ verdict, reason }) => [verdict, reason])).toEqual([
    ['pass', null],
    ['error', 'REGISTRY_DENIED'],
    ['error', 'REGISTRY_DENIED'],
    ['allowed', 'IMAGE_NOT_FOUND'],
  ]);
  expect(preflightResults(found).images.map(({ message }) => message)).toEqual([
    'dry run: would be signed',
    'no push',
    'no push',
    expect.stringContaining('is not in registry.example'),
  ]);
  const failures = preflightFailures(found);
  expect(failures.map(({ message, hint }) => [message, hint])).toEqual([
    ['registry.example/denied/app: no push', 'cure'],
    ['registry.example/denied/missing: no push', 'cure'],
  ]);
});

test('a tag that cannot be extended stops a real run, so it fails the dry run', async () => {
  const found = await look(['app', 'taken/bundle', 'taken/legacy']);
  expect(preflightResults(found).images.map(({ reason }) => reason)).toEqual([null, 'REGISTRY_INVALID', null]);
  expect(preflightFailures(found)).toMatchObject([
    { message: expect.stringMatching(/taken\/bundle: .*no index/), hint: 'remove it' },
  ]);
  expect(preflightFailures(await look(['taken/bundle'], false))).toEqual([]);
});

test('without an upload nobody is asked for the right to push', async () => {
  const found = await look(['denied/app'], false);
  expect(preflightFailures(found)).toEqual([]);
  expect(preflightResults(found).images.map(({ verdict }) => verdict)).toEqual(['pass']);
});

test('gives every upload back before it ends for want of an id-token', async () => {
  const open = new Set<string>();
  const slow: Registry = {
    ...registry,
    openUpload: async (_call, repository) => {
      await new Promise((resolve) => setImmediate(resolve));
      open.add(repository.path);
      return { repository, location: new URL('https://registry.example/upload') };
    },
    cancelUpload: async (_call, { repository }) => void open.delete(repository.path),
  };
  const refused = new CodedError('IDENTITY_TOKEN_UNAVAILABLE', 'no id-token');
  const without: Signer = { ...signer, identity: () => Promise.reject(refused) };
  const options = {
    format: 'bundle' as const,
    recursive: false,
    upload: true,
    concurrency: 1,
    signatureRepositories: [],
    notFoundHint: '',
  };
  const images = ['one', 'two'].map(image);
  let opened = 0;
  const counting: Registry = {
    ...slow,
    openUpload: (call, repository) => {
      opened += 1;
      return slow.openUpload(call, repository);
    },
  };
  const ports = { registry: counting, signer: without };
  await expect(preflight(testCall(), { ...options, images }, ports)).rejects.toBe(refused);
  expect(opened).toBe(2);
  expect(open.size).toBe(0);
});
