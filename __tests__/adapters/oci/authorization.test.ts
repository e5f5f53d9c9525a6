import { describe, expect, test } from 'vitest';
import { errorReply, on } from '../../../sandbox/http/faults.ts';
import type { ChallengeForm } from '../../../sandbox/registry/authorization.ts';
import { grantPublicPull } from '../../../sandbox/registry/token-server.ts';
import { createCredentials } from '../../../src/oci/credentials/credentials.ts';
import type { Credential, CredentialStore } from '../../../src/oci/transport/credential.ts';
import { attachBundle, openBench, seedImage } from './harness.ts';

const encode = (login: string): string => Buffer.from(login).toString('base64');

describe('the first call to a registry', () => {
  test.each<ChallengeForm>(['distribution', 'gitea', 'zot', 'joined', 'ghcr', 'harbor'])(
    'learns the way from a challenge as %s writes it',
    async (challenge) => {
      await using bench = await openBench({ auth: 'bearer', challenge });
      const image = seedImage(bench);
      const outcome = await attachBundle(bench.connect(), bench.repository, image, '{}!');
      expect(outcome.listedBy).toBe('referrers-api');
      expect(bench.sandbox.misplaced).toEqual([]);
      expect(bench.tokens?.issued).toHaveLength(1);
    },
  );

  test('goes alone; those that wait for its challenge find connections opened meanwhile', async () => {
    await using bench = await openBench({ auth: 'bearer' });
    const image = seedImage(bench);
    const registry = bench.connect();
    await Promise.all([
      registry.head(bench.repository, image.digest),
      registry.listReferrers(bench.repository, image.digest),
      registry.fetchLegacy(bench.repository, image.digest),
    ]);
    expect(bench.requests().filter((line) => line.endsWith(' 401'))).toHaveLength(1);
    expect(bench.tokens?.issued).toHaveLength(1);
  });

  test('to a referrers route that does not exist proves nothing about the login', async () => {
    await using bench = await openBench({ auth: 'bearer', registry: { quirks: { referrers: 'no-route' } } });
    const image = seedImage(bench);
    const listing = await bench.connect().listReferrers(bench.repository, image.digest);
    expect(listing.place.outcome).toBe('absent');
    expect(bench.requests()).toContain('GET /v2/ 401');
  });
});

describe('a token', () => {
  test('is pull only when verifying, and pull,push from the start when signing', async () => {
    await using bench = await openBench({ auth: 'bearer' });
    const image = seedImage(bench);
    await bench.connect({ access: 'pull' }).head(bench.repository, image.digest);
    await bench.connect({ access: 'push' }).head(bench.repository, image.digest);
    expect(bench.tokens?.issued.map(({ asked }) => asked)).toEqual([
      ['repository:acme/app:pull'],
      ['repository:acme/app:pull,push'],
    ]);
  });

  test('revoked meanwhile is replaced once, within the same request', async () => {
    await using bench = await openBench({ auth: 'bearer' });
    const image = seedImage(bench);
    const registry = bench.connect();
    await registry.head(bench.repository, image.digest);
    bench.tokens?.revokeAll();
    expect(await registry.head(bench.repository, image.digest)).toEqual(image);
    expect(bench.tokens?.issued).toHaveLength(2);
  });

  test('that grants less than asked ends in a denial that names the scope, not in a loop', async () => {
    await using bench = await openBench({
      auth: 'bearer',
      tokenServer: { grant: ({ actions }) => actions.filter((one) => one === 'pull') },
    });
    const image = seedImage(bench);
    const registry = bench.connect();
    expect(await registry.head(bench.repository, image.digest)).toEqual(image);
    await expect(registry.openUpload(bench.repository)).rejects.toMatchObject({
      code: 'REGISTRY_DENIED',
      hint: expect.stringContaining('repository:acme/app:pull,push'),
    });
    expect(bench.requests().filter((line) => line.startsWith('POST '))).toHaveLength(2);
  });

  test('with a wrong password is a denial that names where the login came from', async () => {
    await using bench = await openBench({ auth: 'bearer', tokenServer: { users: { alice: 'changed' } } });
    const error: unknown = await bench
      .connect()
      .head(bench.repository, `sha256:${'0'.repeat(64)}`)
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      code: 'REGISTRY_DENIED',
      hint: expect.stringContaining('/home/runner/.docker/config.json'),
    });
    expect(JSON.stringify(error) + String(error)).not.toContain('s3cret');
  });

  test('is masked, as are the forms of the password', async () => {
    await using bench = await openBench({ auth: 'bearer' });
    const image = seedImage(bench);
    await bench.connect().head(bench.repository, image.digest);
    expect(bench.masked).toEqual(expect.arrayContaining(['s3cret', Buffer.from('alice:s3cret').toString('base64')]));
    expect(bench.masked.some((text) => text.startsWith('eyJ'))).toBe(true);
  });
});

describe('a login that is a token', () => {
  /** The login as `docker login` or Podman would have stored it, and every Authorization the registry was sent. */
  async function readWith(entry: Readonly<Record<string, string>>) {
    await using bench = await openBench({ auth: 'basic' });
    const image = seedImage(bench);
    const config = Buffer.from(JSON.stringify({ auths: { [bench.served.host]: entry } }));
    const credentials = createCredentials({
      env: { HOME: '/home/runner' },
      readFile: (path) => Promise.resolve(path === '/home/runner/.docker/config.json' ? config : undefined),
      runHelper: () => Promise.reject(new Error('no helper here')),
      clock: { now: () => new Date() },
      mask: () => undefined,
    });
    const registry = bench.connect({ credentials });
    // Twice: the second call knows the challenge already.
    const answers = [1, 2].map(() => registry.head(bench.repository, image.digest));
    const settled = await Promise.allSettled(answers);
    const sent = bench.served.log.requests().map(({ headers }) => headers['authorization']);
    return { settled, sent: sent.filter((header) => header !== undefined) };
  }

  test.each([
    ['a refresh token', { auth: encode('alice:'), identitytoken: 'refresh-me' }],
    ['a Bearer token', { registrytoken: 'refresh-me' }],
  ])('is never sent to a registry that asks for a password: %s', async (kind, entry) => {
    const { settled, sent } = await readWith(entry);
    expect(sent).toEqual([]);
    for (const one of settled) {
      expect(one).toMatchObject({
        status: 'rejected',
        reason: { code: 'REGISTRY_DENIED', hint: expect.stringContaining(`It is ${kind}`) },
      });
    }
  });

  test('gives way to the password of the same entry', async () => {
    const { settled, sent } = await readWith({ auth: encode('alice:s3cret'), identitytoken: 'refresh-me' });
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    expect(new Set(sent)).toEqual(new Set([`Basic ${encode('alice:s3cret')}`]));
  });
});

describe('without a login', () => {
  test('a public image is read with an anonymous token', async () => {
    await using bench = await openBench({ auth: 'bearer', login: 'none', tokenServer: { grant: grantPublicPull } });
    const image = seedImage(bench);
    expect(await bench.connect({ access: 'pull' }).head(bench.repository, image.digest)).toEqual(image);
    expect(bench.tokens?.issued).toMatchObject([{ user: undefined }]);
  });

  test('even a signing run asks for pull only where it reads', async () => {
    await using bench = await openBench({ auth: 'bearer', login: 'none', tokenServer: { grant: grantPublicPull } });
    const image = seedImage(bench);
    expect(await bench.connect({ access: 'push' }).head(bench.repository, image.digest)).toEqual(image);
    expect(bench.tokens?.issued).toMatchObject([{ asked: ['repository:acme/app:pull'] }]);
  });

  test.each(['basic', 'bearer'] as const)(
    'a private image is a denial that says where was looked (%s)',
    async (auth) => {
      await using bench = await openBench({ auth, login: 'none' });
      const image = seedImage(bench);
      await expect(bench.connect().head(bench.repository, image.digest)).rejects.toMatchObject({
        code: 'REGISTRY_DENIED',
        hint: expect.stringContaining('No login for'),
      });
    },
  );

  test('an open registry never sees an Authorization although there is a login', async () => {
    await using bench = await openBench({ auth: 'none' });
    const image = seedImage(bench);
    await attachBundle(bench.connect(), bench.repository, image, '{}');
    expect(bench.sandbox.misplaced).toEqual([]);
  });

  test('a login is learned about when the first write needs it', async () => {
    await using bench = await openBench({
      auth: { kind: 'basic', users: { alice: 's3cret' }, anonymousPull: true },
    });
    const image = seedImage(bench);
    const registry = bench.connect();
    await registry.head(bench.repository, image.digest);
    expect((await attachBundle(registry, bench.repository, image, '{}')).listedBy).toBe('referrers-api');
  });
});

describe('the token of the job, used for want of a login', () => {
  const fallback: Credential = {
    kind: 'basic',
    basic: Buffer.from('octocat:ghs').toString('base64'),
    source: '`github-token`',
    isFallback: true,
  };
  const login: CredentialStore = { find: () => Promise.resolve(fallback), describePlaces: () => 'nowhere' };

  test('if refused by the token server is followed by one anonymous try', async () => {
    await using bench = await openBench({ auth: 'bearer', login, tokenServer: { grant: grantPublicPull } });
    const image = seedImage(bench);
    const registry = bench.connect({ access: 'pull' });
    expect(await registry.head(bench.repository, image.digest)).toEqual(image);
    expect(await registry.head(bench.repository, image.digest)).toEqual(image);
    expect(bench.tokens?.issued).toMatchObject([{ user: undefined }]);
  });

  test('if refused by the registry is followed by one anonymous try', async () => {
    await using bench = await openBench({
      auth: 'bearer',
      login,
      tokenServer: {
        users: { octocat: 'ghs' },
        grant: ({ actions }, user) => (user === undefined ? actions : []),
      },
    });
    const image = seedImage(bench);
    expect(await bench.connect({ access: 'pull' }).head(bench.repository, image.digest)).toEqual(image);
    expect(bench.tokens?.issued.map(({ user }) => user)).toEqual(['octocat', undefined]);
  });

  test('refused for one reading is still what a push is tried with', async () => {
    await using bench = await openBench({
      auth: 'bearer',
      login,
      tokenServer: {
        users: { octocat: 'ghs' },
        grant: ({ actions }, user) => (user === undefined ? actions.filter((action) => action === 'pull') : actions),
      },
      registry: {
        // GHCR's denial for a moment, of the request that carries the token.
        faults: [
          { match: on('HEAD', /\/manifests\//), skip: 1, times: 1, action: { reply: errorReply(403, 'DENIED') } },
        ],
      },
    });
    const image = seedImage(bench);
    const registry = bench.connect();
    expect(await registry.head(bench.repository, image.digest)).toEqual(image);
    await expect(registry.openUpload(bench.repository)).resolves.toMatchObject({ repository: bench.repository });
    expect(bench.tokens?.issued.map(({ user }) => user)).toEqual(['octocat', undefined]);
  });

  test('that was refused is named in the denial of what it was tried for', async () => {
    await using bench = await openBench({
      auth: 'bearer',
      login,
      tokenServer: { users: { octocat: 'ghs' } },
      registry: { quirks: { denyPull: 403, denyPush: true } },
    });
    const image = seedImage(bench);
    const registry = bench.connect();
    await expect(registry.head(bench.repository, image.digest)).rejects.toMatchObject({
      code: 'REGISTRY_DENIED',
      hint: expect.stringContaining('`github-token` was refused, so access was anonymous'),
    });
    await expect(registry.openUpload(bench.repository)).rejects.toMatchObject({
      code: 'REGISTRY_DENIED',
      hint: expect.stringContaining('The login came from `github-token`.'),
    });
  });

  test('is not dropped for a push', async () => {
    await using bench = await openBench({ auth: 'bearer', login, tokenServer: { grant: grantPublicPull } });
    await expect(bench.connect().openUpload(bench.repository)).rejects.toMatchObject({ code: 'REGISTRY_DENIED' });
    expect(bench.tokens?.issued).toEqual([]);
  });
});

test('a 401 that never ends is asked twice and denied', async () => {
  await using bench = await openBench({ auth: 'bearer', registry: { quirks: { denyPull: 401 } } });
  const image = seedImage(bench);
  await expect(bench.connect().head(bench.repository, image.digest)).rejects.toMatchObject({ code: 'REGISTRY_DENIED' });
  expect(bench.requests().filter((line) => line.startsWith('HEAD '))).toHaveLength(2);
});

test('a 401 without a challenge we can answer is a denial', async () => {
  await using bench = await openBench({
    registry: { faults: [{ match: () => true, times: 'always', action: { reply: errorReply(401, 'UNAUTHORIZED') } }] },
  });
  const image = seedImage(bench);
  await expect(bench.connect().head(bench.repository, image.digest)).rejects.toMatchObject({
    code: 'REGISTRY_DENIED',
    status: 401,
  });
});
