import { expect, test } from 'vitest';
import { artifact, descriptor, openWithImage, path, put, REPOSITORY, subject } from './open-registry.ts';

/* Switches for answers that the specification does not know. */

test.each([301, 302, 303, 307, 308] as const)('a front redirects all but its base by %d', async (status) => {
  await using it = await openWithImage({ quirks: { front: { origin: 'https://behind.example', status } } });
  const found = await it.ask('GET', path('manifests/v1?a=b'));
  expect([found.status, found.headers.get('location')]).toEqual([
    status,
    `https://behind.example/v2/${REPOSITORY}/manifests/v1?a=b`,
  ]);
  expect((await it.ask('GET', '/v2/')).status).toBe(200);
  it.registry.quirks.front = { origin: 'https://behind.example', only: /referrers/, path: () => '/x' };
  expect((await it.ask('GET', path('manifests/v1'))).status).toBe(200);
  const listing = await it.ask('GET', path(`referrers/${subject}`));
  expect([listing.status, listing.headers.get('location')]).toEqual([307, 'https://behind.example/x']);
});

test.each([400, 403, 404, 405, 501] as const)('HEAD of a manifest is %d, GET works', async (manifestHead) => {
  await using it = await openWithImage({ quirks: { manifestHead } });
  expect((await it.ask('HEAD', path('manifests/v1'))).status).toBe(manifestHead);
  expect((await it.ask('GET', path('manifests/v1'))).status).toBe(200);
});

test('HEAD of a manifest is bare, HEAD of a blob refused', async () => {
  await using it = await openWithImage({ quirks: { manifestHead: 'bare', blobHead: 403 } });
  const { status, headers } = await it.ask('HEAD', path('manifests/v1'));
  expect([status, headers.get('content-type'), headers.get('docker-content-digest')]).toEqual([200, null, null]);
  const blob = path(`blobs/${descriptor('{}').digest}`);
  expect([(await it.ask('HEAD', blob)).status, (await it.ask('GET', blob)).status]).toEqual([403, 200]);
});

test.each([401, 403, 404] as const)(
  'strangers see %d without a challenge, and the challenge at the base',
  async (strangers) => {
    const users = { alice: 'pw' };
    await using it = await openWithImage({ auth: { kind: 'basic', users }, quirks: { strangers } });
    const authorization = `Basic ${Buffer.from('alice:pw').toString('base64')}`;
    const stranger = await it.ask('GET', path('manifests/v1'));
    expect([stranger.status, stranger.headers.get('www-authenticate')]).toEqual([strangers, null]);
    const known = await it.ask('GET', path('manifests/v1'), { headers: { authorization } });
    expect(known.status).toBe(200);
    const base = await it.ask('GET', '/v2/');
    expect([base.status, base.headers.get('www-authenticate')]).toEqual([401, 'Basic realm="sandbox"']);
    it.registry.quirks.baseChallenge = 'missing';
    const silent = await it.ask('GET', '/v2/');
    expect([silent.status, silent.headers.get('www-authenticate')]).toEqual([401, null]);
  },
);

test.each([200, 202, 204] as const)(
  'a PUT of a manifest is accepted by %d, and stores what it is told to',
  async (manifestPut) => {
    await using it = await openWithImage({ quirks: { manifestPut, putHeaders: 'missing' } });
    const body = artifact();
    const { digest } = descriptor(body);
    const { store, quirks } = it.registry;
    for (const [stores, tagged, stored] of [
      ['nothing', undefined, false],
      ['other-bytes', descriptor(`${body} `).digest, false],
      ['no-tag', descriptor(`${body} `).digest, true],
      [undefined, digest, true],
    ] as const) {
      if (stores === undefined) delete quirks.manifestPutStores;
      else quirks.manifestPutStores = stores;
      const answer = await it.ask('PUT', path('manifests/x'), put(body));
      expect([answer.status, answer.headers.get('docker-content-digest')]).toEqual([manifestPut, null]);
      expect(store.getTag(REPOSITORY, 'x')).toBe(tagged);
      expect(store.getManifest(REPOSITORY, digest) !== undefined).toBe(stored);
    }
  },
);

test('an upload is opened by 200 and ended by 202, storing nothing or other bytes', async () => {
  await using it = await openWithImage({ quirks: { uploadOpened: 200, blobPut: 202 } });
  const upload = async (text: string) => {
    const opened = await it.ask('POST', path('blobs/uploads/'));
    expect(opened.status).toBe(200);
    const url = `${opened.headers.get('location')}&digest=${descriptor(text).digest}`;
    return it.ask('PUT', url, { body: text, headers: { 'content-type': 'application/octet-stream' } });
  };
  const stored = (text: string) => it.registry.store.getBlob(REPOSITORY, descriptor(text).digest);
  expect((await upload('a')).status).toBe(202);
  expect(Buffer.from(stored('a') ?? '').toString()).toBe('a');
  it.registry.quirks.blobPutStores = 'nothing';
  expect((await upload('b')).status).toBe(202);
  expect(stored('b')).toBeUndefined();
  it.registry.quirks.blobPutStores = 'other-bytes';
  await upload('c');
  expect(Buffer.from(stored('c') ?? '').toString()).toBe('c ');
});
