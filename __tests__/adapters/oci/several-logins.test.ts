import { describe, expect, test } from 'vitest';
import type { Repository } from '../../../src/domain/image/reference.ts';
import { createCredentials } from '../../../src/oci/credentials/credentials.ts';
import { readPullSecrets } from '../../../src/oci/credentials/pull-secrets.ts';
import { anonymousCredentials, type CredentialStore } from '../../../src/oci/transport/credential.ts';
import { type Bench, clock, openBench, seedImage } from './harness.ts';

/** Pull secrets with one entry each, `user:password`, for a key. */
function pulling(
  logins: readonly (readonly [key: string, login: string])[],
  stored: Readonly<Record<string, string>> = {},
): CredentialStore {
  const auth = (login: string) => ({ auth: Buffer.from(login).toString('base64') });
  const config = { auths: Object.fromEntries(Object.entries(stored).map(([key, login]) => [key, auth(login)])) };
  return createCredentials({
    pullSecrets: readPullSecrets(
      logins.map(([key, login], index) => ({
        ...{ namespace: 'team', name: `s${index}`, type: 'kubernetes.io/dockerconfigjson' },
        data: {
          '.dockerconfigjson': Buffer.from(JSON.stringify({ auths: { [key]: auth(login) } })).toString('base64'),
        },
      })),
    ),
    env: { HOME: '/home/u' },
    readFile: async (path) =>
      path === '/home/u/.docker/config.json' ? Buffer.from(JSON.stringify(config)) : undefined,
    runHelper: () => Promise.reject(new Error('no helper')),
    clock,
    mask: () => undefined,
  });
}

const refusal = async (work: Promise<unknown>): Promise<{ readonly code: string; readonly hint: string }> =>
  work.then(
    () => ({ code: 'read', hint: '' }),
    (error: unknown) => error as { readonly code: string; readonly hint: string },
  );

const WAYS = ['basic', 'bearer'] as const;

describe.each(WAYS)('several logins for one registry (%s)', (auth) => {
  const open = (): Promise<Bench> => openBench({ auth, login: anonymousCredentials });
  const registryWith = (bench: Bench, credentials: CredentialStore) => bench.connect({ credentials, access: 'pull' });

  test('are tried in order, until one is accepted, which is used from then on', async () => {
    await using bench = await open();
    const image = seedImage(bench);
    const { repository, served } = bench;
    const credentials = pulling([
      [served.host, 'mallory:wrong'],
      [served.host, 'eve:wrong'],
      [served.host, 'alice:s3cret'],
    ]);
    const registry = registryWith(bench, credentials);
    expect(await registry.head(repository, image.digest)).toEqual(image);
    const before = bench.traces.length;
    expect((await registry.manifest(repository, image.digest))?.digest).toBe(image.digest);
    expect((await registry.listReferrers(repository, image.digest)).place.outcome).not.toBe('failed');
    expect(bench.traces.slice(before).filter(({ status }) => status === 401)).toEqual([]);
  });

  test('are refused when none of them is accepted, by the last one', async () => {
    await using bench = await open();
    const image = seedImage(bench);
    const { repository, served } = bench;
    const credentials = pulling([
      [served.host, 'mallory:wrong'],
      [served.host, 'eve:wrong'],
    ]);
    const registry = registryWith(bench, credentials);
    const { code, hint } = await refusal(registry.head(repository, image.digest));
    expect(code).toBe('REGISTRY_DENIED');
    expect(hint).toContain('team/s1');
    expect(`${code} ${hint}`).not.toContain('wrong');
    // Requests at the same time end, too.
    const all = await Promise.all([1, 2, 3].map(() => refusal(registry.head(repository, image.digest))));
    expect(all.map((one) => one.code)).toEqual(['REGISTRY_DENIED', 'REGISTRY_DENIED', 'REGISTRY_DENIED']);
  });

  test('may be wrong for parallel requests, which all end with the right one', async () => {
    await using bench = await open();
    const image = seedImage(bench);
    const { repository, served } = bench;
    const registry = registryWith(
      bench,
      pulling([
        [served.host, 'mallory:wrong'],
        [served.host, 'alice:s3cret'],
      ]),
    );
    const found = await Promise.all([1, 2, 3, 4].map(() => registry.head(repository, image.digest)));
    expect(found).toEqual([image, image, image, image]);
  });

  test('end with the stored login of the program', async () => {
    await using bench = await open();
    const image = seedImage(bench);
    const { repository, served } = bench;
    const wrong = pulling([[served.host, 'mallory:wrong']], { [served.host]: 'alice:s3cret' });
    expect(await registryWith(bench, wrong).head(repository, image.digest)).toEqual(image);
  });

  test('of other registries and paths are never sent', async () => {
    await using bench = await open();
    const image = seedImage(bench);
    const { repository, served } = bench;
    const credentials = pulling([
      ['other.example', 'alice:s3cret'],
      [`${served.host}/other`, 'alice:s3cret'],
    ]);
    expect(await refusal(registryWith(bench, credentials).head(repository, image.digest))).toMatchObject({
      code: 'REGISTRY_DENIED',
    });
    // Twin.
    const right = pulling([[`${served.host}/acme`, 'alice:s3cret']]);
    expect(await registryWith(bench, right).head(repository, image.digest)).toEqual(image);
  });

  test('are chosen for each repository by itself', async () => {
    await using bench = await open();
    const image = seedImage(bench);
    const { repository, served } = bench;
    const other: Repository = { registry: served.host, path: 'other/app' };
    const elsewhere = seedImage({ sandbox: bench.sandbox, repository: other }, 'other');
    const registry = registryWith(
      bench,
      pulling([
        [`${served.host}/other`, 'alice:s3cret'],
        [`${served.host}/acme`, 'mallory:wrong'],
        [served.host, 'alice:s3cret'],
      ]),
    );
    expect(await registry.head(repository, image.digest)).toEqual(image);
    expect(await registry.head(other, elsewhere.digest)).toEqual(elsewhere);
  });
});
