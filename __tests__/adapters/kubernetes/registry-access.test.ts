import { expect, test } from 'vitest';
import type { Surroundings } from '../../../src/entries/compose/surroundings.ts';
import { createRegistryAccesses } from '../../../src/entries/webhook/registry-access.ts';
import { createHttpClient } from '../../../src/http/create-http-client.ts';
import { testCall } from '../../calls.ts';
import { PLAIN_NETWORK } from '../../network-values.ts';
import { clock, openBench, seedImage } from '../oci/harness.ts';
import { type Answer, openFakeKube, status } from './fake-kube.ts';

async function world(auth: 'basic' | 'bearer') {
  const bench = await openBench({ auth });
  const image = seedImage(bench);
  const login = (user: string, password: string): Answer => ({
    status: 200,
    body: {
      type: 'kubernetes.io/dockerconfigjson',
      data: {
        '.dockerconfigjson': Buffer.from(
          JSON.stringify({ auths: { [bench.served.host]: { username: user, password } } }),
        ).toString('base64'),
      },
    },
  });
  const answers: Record<string, Answer> = {
    '/api/v1/namespaces/good/secrets/cred': login('alice', 's3cret'),
    '/api/v1/namespaces/twin/secrets/cred': login('alice', 's3cret'),
    '/api/v1/namespaces/evil/secrets/cred': login('mallory', 'wrong'),
    '/api/v1/namespaces/broken/secrets/cred': {
      status: 200,
      body: { type: 'kubernetes.io/dockerconfigjson', data: {} },
    },
  };
  const kube = await openFakeKube(({ path }) => answers[path] ?? status(404, 'not found'));
  const http = createHttpClient({ clock, random: () => 0 });
  const masked: string[] = [];
  const nowhere = (): void => undefined;
  const surroundings: Surroundings = {
    ...{ clock, random: () => 0, userAgent: 'test', env: {}, linuxUid: undefined, cacheDirectory: '/nowhere' },
    log: { info: nowhere, debug: nowhere, warning: nowhere },
    readFile: async () => undefined,
    mask: (secret) => masked.push(secret),
  };
  const accessesWith = (pullSecrets: boolean) =>
    createRegistryAccesses({
      surroundings,
      network: PLAIN_NETWORK,
      http,
      pullSecrets: pullSecrets ? kube.client() : undefined,
    });
  const accesses = accessesWith(true);
  const pod = { imagePullSecrets: [{ name: 'cred' }] };
  const access = (namespace: string) => accesses.accessFor(testCall(), namespace, pod);
  return {
    ...{ access, accessesWith, masked, kube, pod, answers, login },
    read: async (namespace: string): Promise<unknown> => {
      const { registry } = await access(namespace);
      return registry.head(testCall(), bench.repository, image.digest).then(
        () => 'read',
        (error: unknown) => (error as { readonly code: string }).code,
      );
    },
    async [Symbol.asyncDispose]() {
      await http.close();
      await kube[Symbol.asyncDispose]();
      await bench[Symbol.asyncDispose]();
    },
  };
}

test.each(['basic', 'bearer'] as const)('no login or token of one namespace serves another (%s)', async (auth) => {
  await using one = await world(auth);
  expect(await one.read('good')).toBe('read');
  // Without a secret, and with a wrong one, after the right one has just been used on the same connections.
  expect(await one.read('none')).toBe('REGISTRY_DENIED');
  expect(await one.read('evil')).toBe('REGISTRY_DENIED');
  expect(await one.read('good')).toBe('read');
  expect(one.masked).toContain('s3cret');
});

test('the id of logins is theirs alone, and the same for as long as they are', async () => {
  await using one = await world('basic');
  const id = async (namespace: string) => (await one.access(namespace)).loginId;
  const good = await id('good');
  expect(await id('good')).toBe(good);
  expect((await one.access('good')).registry).toBe((await one.access('good')).registry);
  const ids = await Promise.all(['good', 'twin', 'evil', 'none'].map(id));
  expect(new Set(ids).size).toBe(4);
  expect(ids.join()).not.toMatch(/s3cret|alice/);
  // Another process: nobody can compute the id of a guessed password.
  expect((await one.accessesWith(true).accessFor(testCall(), 'good', one.pod)).loginId).not.toBe(good);
  expect((await one.access('none')).registry).toBe((await one.access('other')).registry);
});

test('without pull secrets nothing is asked of the API server', async () => {
  await using one = await world('basic');
  const { loginId } = await one.accessesWith(false).accessFor(testCall(), 'good', one.pod);
  expect(loginId).toBe((await one.access('none')).loginId);
  const before = one.kube.asked.length;
  await one.accessesWith(false).accessFor(testCall(), 'good', one.pod);
  expect(one.kube.asked).toHaveLength(before);
});

test('a malformed secret is an error of its own requests only', async () => {
  await using one = await world('basic');
  await expect(one.access('broken')).rejects.toMatchObject({
    code: 'REGISTRY_DENIED',
    message: expect.stringContaining('broken/cred'),
  });
  expect(await one.read('good')).toBe('read');
});
