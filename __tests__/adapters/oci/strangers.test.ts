import { describe, expect, test } from 'vitest';
import { errorReply, on } from '../../../sandbox/http/faults.ts';
import { serve } from '../../../sandbox/http/serve.ts';
import type { Quirks } from '../../../sandbox/registry/quirks.ts';
import { grantPublicPull } from '../../../sandbox/registry/token-server.ts';
import type { Digest } from '../../../src/domain/image/digest.ts';
import { createCredentials } from '../../../src/oci/credentials/credentials.ts';
import { resolveImages } from '../../../src/usecases/examining/resolve-images.ts';
import { attachBundle, type BenchOptions, openBench, readBundles, seedImage } from './harness.ts';

/* Registries that do not ask strangers for a login: Artifactory with hidden resources, proxies before Nexus and Harbor. */

const ZERO = `sha256:${'0'.repeat(64)}` as Digest;

const WAYS: readonly [string, BenchOptions][] = (['basic', 'bearer'] as const).flatMap((auth) =>
  ([404, 403, 401] as const).map((strangers): [string, BenchOptions] => [
    `${auth}, strangers see ${strangers}`,
    { auth, registry: { quirks: { strangers } } },
  ]),
);

describe('a registry that asks for a login only at the base of its API', () => {
  test.each<[string, BenchOptions]>([
    ...WAYS,
    [
      'basic, and the base has no challenge',
      { auth: 'basic', registry: { quirks: { strangers: 401, baseChallenge: 'missing' } } },
    ],
    [
      'basic, 404, and the base has no challenge',
      { auth: 'basic', registry: { quirks: { strangers: 404, baseChallenge: 'missing' } } },
    ],
    ['no referrers API', { auth: 'bearer', registry: { quirks: { strangers: 404, referrers: 'no-route' } } }],
  ])('gets the login that exists, for each first use (%s)', async (_what, options) => {
    await using bench = await openBench(options);
    const image = seedImage(bench);
    const { repository } = bench;
    bench.sandbox.store.setTag('acme/app', 'v1', image.digest);
    // Each by its own adapter, which knows nothing of the registry yet.
    expect(await bench.connect().head(repository, image.digest)).toEqual(image);
    expect((await bench.connect().manifest(repository, 'v1'))?.digest).toBe(image.digest);
    const outcome = await attachBundle(bench.connect(), repository, image, '"signed"');
    const byTag = outcome.listedBy === 'referrers-tag';
    const registry = bench.connect();
    const listing = byTag
      ? await registry.listReferrersTag(repository, image.digest)
      : await registry.listReferrers(repository, image.digest);
    expect(await readBundles(bench.connect(), repository, image.digest, listing)).toEqual(['"signed"']);
    expect((await bench.connect().fetchLegacy(repository, image.digest)).places).toMatchObject([{ outcome: 'absent' }]);
    const open = () => bench.connect().openUpload(repository);
    const layer = { payload: Buffer.from('{}'), annotations: {} };
    await bench.connect().appendLegacy({ repository, subject: image.digest }, { layer, openSession: open });
    expect(bench.sandbox.misplaced).toEqual([]);
  });

  test('is asked at its base once, however many calls begin together', async () => {
    await using bench = await openBench({ auth: 'bearer', registry: { quirks: { strangers: 404 } } });
    const image = seedImage(bench);
    const registry = bench.connect();
    await Promise.all([
      registry.head(bench.repository, image.digest),
      registry.listReferrers(bench.repository, image.digest),
      registry.fetchLegacy(bench.repository, image.digest),
      registry.openUpload(bench.repository),
    ]);
    expect(bench.requests().filter((line) => line.startsWith('GET /v2/ '))).toEqual(['GET /v2/ 401']);
    expect(bench.tokens?.issued).toHaveLength(1);
  });

  test('gets an anonymous token where there is no login', async () => {
    await using bench = await openBench({
      auth: 'bearer',
      login: 'none',
      tokenServer: { grant: grantPublicPull },
      registry: { quirks: { strangers: 404 } },
    });
    const image = seedImage(bench);
    expect(await bench.connect({ access: 'pull' }).head(bench.repository, image.digest)).toEqual(image);
  });

  test('that cannot be asked leaves an outage, not "not found"', async () => {
    const faults = [
      { match: on('GET', /^\/v2\/$/), times: 'always' as const, action: { reply: errorReply(503, 'UNAVAILABLE') } },
    ];
    await using bench = await openBench({
      auth: 'basic',
      retryFor: 0,
      registry: { faults, quirks: { strangers: 404 } },
    });
    const image = seedImage(bench);
    await expect(bench.connect().head(bench.repository, image.digest)).rejects.toMatchObject({
      code: 'REGISTRY_UNAVAILABLE',
      status: 503,
    });
  });
});

describe('what is said of the login', () => {
  const hintOf = async (options: BenchOptions, use: 'read' | 'write'): Promise<unknown> => {
    await using bench = await openBench(options);
    const image = seedImage(bench);
    const registry = bench.connect();
    const failing =
      use === 'read' ? registry.head(bench.repository, image.digest) : registry.openUpload(bench.repository);
    const error: unknown = await failing.catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: expect.stringMatching(/^(REGISTRY_DENIED|IMAGE_NOT_FOUND)$/) });
    const wasSent = bench.served.log.requests().some(({ headers }) => headers['authorization'] !== undefined);
    const hint = (error as { hint?: unknown }).hint;
    return { hint, wasSent };
  };
  const deny: Quirks = { denyPull: 403, denyPush: true };

  test.each(['read', 'write'] as const)('it was not sent, to a registry that never asked (%s)', async (use) => {
    expect(await hintOf({ auth: 'none', registry: { quirks: deny } }, use)).toEqual({
      hint: expect.stringMatching(
        /^The login from the entry .* was not sent, because the registry did not ask for one\.$/,
      ),
      wasSent: false,
    });
  });

  test.each(['read', 'write'] as const)('it came from there, after it was sent (%s)', async (use) => {
    for (const [, options] of WAYS) {
      const quirks = { ...options.registry?.quirks, ...deny };
      expect(await hintOf({ ...options, registry: { quirks } }, use)).toEqual({
        hint: expect.stringMatching(/^The login came from the entry /),
        wasSent: true,
      });
    }
  });

  test.each(['read', 'write'] as const)('there is none (%s)', async (use) => {
    for (const strangers of [401, 403, 404] as const) {
      const options: BenchOptions = { auth: 'basic', login: 'none', registry: { quirks: { strangers } } };
      if (strangers === 404 && use === 'write') continue;
      expect(await hintOf(options, use)).toEqual({
        hint: expect.stringMatching(/No login for 127\.0\.0\.1:\d+ was found \(looked in/),
        wasSent: false,
      });
    }
  });

  test.each([401, 403, 404] as const)(
    'it cannot be sent: a refresh token, to strangers who see %d',
    async (strangers) => {
      await using bench = await openBench({ auth: 'basic', registry: { quirks: { strangers } } });
      const image = seedImage(bench);
      const auth = { auth: Buffer.from('alice:').toString('base64'), identitytoken: 'refresh-me' };
      const config = Buffer.from(JSON.stringify({ auths: { [bench.served.host]: auth } }));
      const credentials = createCredentials({
        env: { HOME: '/h' },
        readFile: (path) => Promise.resolve(path === '/h/.docker/config.json' ? config : undefined),
        runHelper: () => Promise.reject(new Error('no helper here')),
        clock: { now: () => new Date() },
        mask: () => undefined,
      });
      await expect(bench.connect({ credentials }).head(bench.repository, image.digest)).rejects.toMatchObject({
        hint: expect.stringMatching(/The login from .* was not sent\. It is a refresh token/),
      });
      expect(bench.served.log.requests().filter(({ headers }) => headers['authorization'] !== undefined)).toEqual([]);
    },
  );

  test('the job’s token was refused, and so was anonymous access: no login is said to be missing', async () => {
    const basic = Buffer.from('octocat:ghs').toString('base64');
    const fallback = { kind: 'basic', basic, source: '`github-token`', isFallback: true } as const;
    const login = { find: () => Promise.resolve(fallback), describePlaces: () => 'nowhere' };
    await using tokens = await serve(() => errorReply(403, 'DENIED'));
    const realm = `${tokens.url}/token`;
    await using bench = await openBench({
      auth: { kind: 'bearer', realm, service: 'x', verify: () => undefined },
      login,
    });
    const image = seedImage(bench);
    const registry = bench.connect({ access: 'pull' });
    for (let asked = 1; asked <= 2; asked += 1) {
      await expect(registry.head(bench.repository, image.digest)).rejects.toMatchObject({
        code: 'REGISTRY_DENIED',
        hint: 'The login from `github-token` was refused, and so was anonymous access.',
      });
    }
    expect(tokens.log.requests().filter(({ headers }) => headers['authorization'] !== undefined)).toHaveLength(1);
  });

  test('"not found" names the login that is missing, beside what else to try', async () => {
    await using bench = await openBench({ auth: 'basic', login: 'none', registry: { quirks: { strangers: 404 } } });
    const image = seedImage(bench);
    const requested = {
      original: 'app',
      repository: bench.repository,
      tag: undefined,
      digest: image.digest,
      sources: [],
    };
    for (const recursive of [true, false]) {
      const [resolution] = await resolveImages({
        call: bench.call,
        registry: bench.connectAll(),
        recursive,
        notFoundHint: 'Did the build push?',
        images: [requested],
        concurrency: 1,
      });
      expect(resolution?.image).toMatchObject({
        error: {
          code: 'IMAGE_NOT_FOUND',
          hint: expect.stringMatching(
            /may hide images from callers without a login\. No login for .* Did the build push\?$/,
          ),
        },
      });
    }
  });
});

describe('a registry that anyone may read', () => {
  test('is not asked at its base for what is missing in a repository that was read', async () => {
    await using bench = await openBench({ auth: 'none' });
    const image = seedImage(bench);
    const registry = bench.connect();
    await registry.head(bench.repository, image.digest);
    expect((await registry.fetchLegacy(bench.repository, image.digest)).places).toMatchObject([{ outcome: 'absent' }]);
    expect((await registry.listReferrersTag(bench.repository, image.digest)).place.outcome).toBe('absent');
    expect(bench.requests().filter((line) => line.startsWith('GET /v2/ '))).toEqual([]);
  });

  test('is asked once where nothing was read yet, and "not found" then says nothing of logins', async () => {
    await using bench = await openBench({ auth: 'none' });
    const registry = bench.connect();
    expect(await registry.head(bench.repository, ZERO)).toBeUndefined();
    expect(await registry.manifest(bench.repository, 'nope')).toBeUndefined();
    expect(bench.requests().filter((line) => line.startsWith('GET /v2/ '))).toEqual(['GET /v2/ 200']);
    expect(bench.sandbox.misplaced).toEqual([]);
  });
});
