import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Served, serve } from '../../sandbox/http/serve.ts';
import { createRegistry as createSandboxRegistry, type RegistryService } from '../../sandbox/registry/registry.ts';
import { seedReferrer } from '../../sandbox/registry/seed.ts';
import { type SigstoreOptions, type SigstoreStack, startSigstore } from '../../sandbox/sigstore/sigstore-stack.ts';
import type { Digest } from '../../src/domain/image/digest.ts';
import { BUNDLE_V03, OCI_MANIFEST } from '../../src/domain/image/media-types.ts';
import { readRegularFile } from '../../src/entries/inputs/regular-file.ts';
import { createHttpClient } from '../../src/http/create-http-client.ts';
import { createRegistry } from '../../src/oci/registry.ts';
import { anonymousCredentials } from '../../src/oci/transport/credential.ts';
import { createTrustSource } from '../../src/sigstore/trust/trust-source.ts';
import { createSignatureVerifier } from '../../src/sigstore/verifying/verifier.ts';
import type { Evaluate } from '../../src/usecases/judging/judge-image.ts';
import { type VerifiedImage, verifyImages } from '../../src/usecases/verifying/verify-images.ts';
import { testCall } from '../calls.ts';
import { goodBundle, type Json } from './signature-seeds.ts';

/*
 * `instance: auto` with two Sigstores that are down or up: the adapters as src/entries/compose/connect.ts builds them, the
 * repositories of the instances on loopback.
 */

let publicGood: SigstoreStack;
let github: SigstoreStack;
let registry: RegistryService;
let server: Served;
let directory: string;
let down: 'none' | 'public-good' | 'github';
let asked: string[];
let counter = 0;

beforeAll(async () => {
  const wrap =
    (name: 'public-good' | 'github'): NonNullable<SigstoreOptions['wrap']> =>
    (service, handler) =>
      service !== 'tuf'
        ? handler
        : (request) => {
            asked.push(name);
            return down === name ? { status: 503 } : handler(request);
          };
  publicGood = await startSigstore({ wrap: wrap('public-good') });
  github = await startSigstore({ instance: 'github', wrap: wrap('github') });
  registry = createSandboxRegistry();
  server = await serve(registry.handle);
  directory = await mkdtemp(join(tmpdir(), 'instances-'));
});
afterAll(async () => {
  await Promise.all([publicGood.close(), github.close(), server.close()]);
  await rm(directory, { recursive: true, force: true });
});
beforeEach(() => {
  down = 'none';
  asked = [];
});

type Instance = 'auto' | 'public-good' | 'github';

async function judge(
  bundles: (digest: Digest) => readonly Json[],
  instance: Instance = 'auto',
): Promise<VerifiedImage> {
  counter += 1;
  const path = `acme/app-${counter}`;
  const digest = registry.store.putManifest(
    path,
    `{"schemaVersion":2,"layers":[],"n":${counter}}`,
    OCI_MANIFEST,
  ) as Digest;
  for (const bundle of bundles(digest)) {
    seedReferrer(registry.store, path, digest, { artifactType: BUNDLE_V03, layer: JSON.stringify(bundle) });
  }
  const clock = { now: () => new Date(), sleep: async () => void (await nextTurn()) };
  const http = createHttpClient({ clock, random: () => 0.5 });
  const trust = createTrustSource({
    origin: { kind: 'instance', instance },
    http,
    clock,
    offline: false,
    signing: false,
    cacheDirectory: join(directory, String(counter)),
    readFile: readRegularFile,
    serverUrl: 'https://github.com',
    repositories: {
      publicGood: { url: publicGood.urls.tuf, root: publicGood.tuf.initialRoot },
      github: { url: github.urls.tuf, root: github.tuf.initialRoot },
    },
  });
  const repository = { registry: new URL(server.url).host, path };
  const evaluate: Evaluate = () => ({ kind: 'accepted', notes: [] });
  try {
    const [image] = await verifyImages(
      testCall(),
      {
        images: [{ original: path, repository, tag: undefined, digest, sources: [] }],
        evaluate,
        format: 'any',
        recursive: false,
        waitForMs: 0,
        concurrency: 4,
        signatureRepositories: [],
        notFoundHint: '',
      },
      {
        registry: createRegistry({
          http,
          credentials: anonymousCredentials,
          access: 'pull',
          clock,
          random: () => 0.5,
          mask: () => undefined,
        }),
        verifier: createSignatureVerifier({ trust }),
        clock,
      },
    );
    if (image === undefined) throw new Error('no image came back');
    return image;
  } finally {
    await http.close();
  }
}

const decided = ({ judgement, error }: VerifiedImage): string =>
  error === undefined ? `${judgement?.verdict} ${judgement?.reason ?? ''}`.trim() : `error ${error.code}`;

const byPublicGood = (digest: Digest): Json => goodBundle(publicGood, digest);
/** As GitHub's own instance signs: for this visibility, with a timestamp and no log. */
const byGithub =
  (visibility: string) =>
  (digest: Digest): Json =>
    goodBundle(github, digest, { entries: [], timestamps: [{}], certify: { extensions: { 22: visibility } } });

describe('instance: auto', () => {
  test('judges each signature by the one root its certificate names; GitHub’s is asked only for such a one', async () => {
    expect(decided(await judge((digest) => [byPublicGood(digest)]))).toBe('pass');
    expect(new Set(asked)).toEqual(new Set(['public-good']));
    expect(decided(await judge((digest) => [byGithub('private')(digest)]))).toBe('pass');
    expect(decided(await judge((digest) => [byGithub('internal')(digest)]))).toBe('pass');
    expect(asked).toContain('github');
  });

  test.each(['public', 'Private', 'unknown', ''])(
    'does not take GitHub’s root for a certificate of visibility %j: there a log is required',
    async (visibility) => {
      const image = await judge((digest) => [byGithub(visibility)(digest)]);
      expect(decided(image)).toBe('fail CERTIFICATE_UNTRUSTED');
      expect(image.judgement?.message).toContain('the trusted root in use (public-good)');
      expect(asked).not.toContain('github');
    },
  );

  test('a certificate of another authority that calls itself GitHub’s is judged by GitHub’s root, and fails there', async () => {
    const impostor = await startSigstore({ instance: 'github' });
    try {
      const bundle = (digest: Digest): Json =>
        goodBundle(impostor, digest, { entries: [], timestamps: [{}], certify: { extensions: { 22: 'private' } } });
      const image = await judge((digest) => [bundle(digest)]);
      expect(decided(image)).toBe('fail CERTIFICATE_UNTRUSTED');
      expect(image.judgement?.message).toContain('the trusted root in use (github)');
    } finally {
      await impostor.close();
    }
  });
});

describe('a named instance is the only one', () => {
  test('what lacks a log entry is told which root wants one', async () => {
    const image = await judge((digest) => [goodBundle(publicGood, digest, { entries: [] })]);
    expect(decided(image)).toBe('fail NOT_LOGGED');
    expect(image.judgement?.message).toContain('the trusted root in use (public-good)');
  });

  test('public-good refuses what GitHub’s signed, and the other way round', async () => {
    expect(decided(await judge((digest) => [byGithub('private')(digest)], 'public-good'))).toBe(
      'fail CERTIFICATE_UNTRUSTED',
    );
    expect(decided(await judge((digest) => [byPublicGood(digest)], 'github'))).toBe('fail CERTIFICATE_UNTRUSTED');
    expect(decided(await judge((digest) => [byGithub('public')(digest)], 'github'))).toBe('pass');
  });
});

describe('a trusted root that is not to be had', () => {
  test('is an error for a signature that needs it', async () => {
    down = 'github';
    expect(decided(await judge((digest) => [byGithub('private')(digest)]))).toBe('error TRUST_ROOT_UNAVAILABLE');
    down = 'public-good';
    expect(decided(await judge((digest) => [byPublicGood(digest)]))).toBe('error TRUST_ROOT_UNAVAILABLE');
  });

  test('does not hide a good signature beside it that another root accepts', async () => {
    down = 'github';
    const both = (digest: Digest): Json[] => [byGithub('private')(digest), byPublicGood(digest)];
    expect(decided(await judge(both))).toBe('pass');
    expect(decided(await judge((digest) => both(digest).reverse()))).toBe('pass');
    down = 'public-good';
    expect(decided(await judge(both))).toBe('pass');
  });

  test('beside a refused one is an error and never that refusal: it might have been accepted', async () => {
    down = 'github';
    const refused = (digest: Digest): Json => goodBundle(publicGood, digest, { entries: [] });
    expect(decided(await judge((digest) => [refused(digest), byGithub('private')(digest)]))).toBe(
      'error TRUST_ROOT_UNAVAILABLE',
    );
  });
});

test('the bytes of what was judged are not kept: anybody may attach many megabytes (notation CVE-2023-25656)', async () => {
  const tampered = (digest: Digest): Json => ({ ...byPublicGood(digest), verificationMaterial: {} });
  const { judgement } = await judge((digest) => [byPublicGood(digest), tampered(digest)]);
  const kept = judgement?.signatures.map(({ candidate, verification }) => [
    verification.kind,
    candidate.format === 'bundle' && candidate.bundle.length > 0,
  ]);
  expect(kept).toEqual([
    ['verified', false],
    ['refused', false],
  ]);
});
