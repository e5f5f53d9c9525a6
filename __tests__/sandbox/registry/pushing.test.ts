import { describe, expect, test } from 'vitest';
import { buildIndex, pushImage } from '../../../sandbox/registry/image-builder.ts';
import { digestOfBytes } from '../../../sandbox/registry/store.ts';
import {
  artifact,
  descriptor,
  EMPTY,
  INDEX,
  MANIFEST,
  open,
  openWithImage,
  path,
  put,
  REPOSITORY,
  subject,
  subjectSize,
} from './open-registry.ts';

const X_DIGEST = digestOfBytes(Buffer.from('x'));

describe('pushing', () => {
  test('takes an image and gives back the same bytes by tag and digest', async () => {
    await using it = await open();
    const index = buildIndex({ attestations: true });
    expect(await pushImage(it.served.url, REPOSITORY, index, { tag: 'v1' })).toBe(index.digest);
    const byTag = await it.ask('GET', path('manifests/v1'));
    expect(digestOfBytes(Buffer.from(byTag.text))).toBe(index.digest);
    expect(byTag.headers.get('docker-content-digest')).toBe(index.digest);
    expect(byTag.headers.get('content-type')).toBe(INDEX);
    const head = await it.ask('HEAD', path(`manifests/${index.digest}`));
    expect([head.status, head.text]).toEqual([200, '']);
    expect(head.headers.get('content-length')).toBe(String(byTag.text.length));
    for (const blob of index.blobs)
      expect((await it.ask('HEAD', path(`blobs/${digestOfBytes(blob)}`))).status).toBe(200);
    expect((await it.ask('GET', path('tags/list'))).text).toBe(JSON.stringify({ name: REPOSITORY, tags: ['v1'] }));
    expect(it.registry.openUploads()).toBe(0);
  });

  test('takes a blob in chunks, each at the latest Location', async () => {
    await using it = await open();
    const octets = { 'content-type': 'application/octet-stream' };
    const session = await it.ask('POST', path('blobs/uploads/'));
    expect([session.status, session.headers.get('range')]).toEqual([202, '0-0']);
    const first = session.headers.get('location') ?? '';
    const patched = await it.ask('PATCH', first, { headers: { ...octets, 'content-range': '0-4' }, body: 'hello' });
    expect([patched.status, patched.headers.get('range')]).toEqual([202, '0-4']);
    const stale = await it.ask('PATCH', first, { headers: octets, body: 'again' });
    expect([stale.status, stale.code]).toEqual([404, 'BLOB_UPLOAD_INVALID']);
    const latest = patched.headers.get('location') ?? '';
    const gap = await it.ask('PATCH', latest, { headers: { ...octets, 'content-range': '6-10' }, body: 'world' });
    expect(gap.status).toBe(416);
    const short = await it.ask('PATCH', latest, { headers: { ...octets, 'content-range': '5-9' }, body: 'four' });
    expect(short.status).toBe(416);
    const digest = digestOfBytes(Buffer.from('hello, world'));
    const done = await it.ask('PUT', `${latest}&digest=${digest}`, {
      headers: { ...octets, 'content-range': '5-11' },
      body: ', world',
    });
    expect([done.status, done.headers.get('docker-content-digest')]).toEqual([201, digest]);
    expect((await it.ask('PUT', `${latest}&digest=${digest}`)).code).toBe('BLOB_UPLOAD_UNKNOWN');
  });

  test.each<readonly [string, (location: string) => string, Record<string, string>, number, string]>([
    ['without digest', (location) => location, {}, 400, 'DIGEST_INVALID'],
    ['with the digest of other bytes', (location) => `${location}&digest=${subject}`, {}, 400, 'DIGEST_INVALID'],
    ['with two digests', (location) => `${location}&digest=${X_DIGEST}&digest=${X_DIGEST}`, {}, 400, 'DIGEST_INVALID'],
    ['with two states', (location) => `${location}&_state=x&digest=${X_DIGEST}`, {}, 404, 'BLOB_UPLOAD_INVALID'],
    [
      'under the name of another repository',
      (location) => `${location.replace('/app/', '/other/')}&digest=${X_DIGEST}`,
      {},
      404,
      'BLOB_UPLOAD_UNKNOWN',
    ],
    [
      'with the query of the Location lost',
      (location) => `${location.split('?')[0]}?digest=${subject}`,
      {},
      404,
      'BLOB_UPLOAD_INVALID',
    ],
    [
      'with another Content-Type',
      (location) => `${location}&digest=${digestOfBytes(Buffer.from('x'))}`,
      { 'content-type': 'text/plain' },
      400,
      'UNSUPPORTED',
    ],
  ])('refuses the end of an upload %s', async (_, target, headers, status, code) => {
    await using it = await open();
    const session = await it.ask('POST', path('blobs/uploads/'));
    const answer = await it.ask('PUT', target(session.headers.get('location') ?? ''), {
      headers: { 'content-type': 'application/octet-stream', ...headers },
      body: 'x',
    });
    expect([answer.status, answer.code]).toEqual([status, code]);
    expect(it.registry.store.repositories()).toEqual([]);
  });

  test('cancels an upload, once', async () => {
    await using it = await open();
    const location = (await it.ask('POST', path('blobs/uploads/'))).headers.get('location') ?? '';
    expect(it.registry.openUploads()).toBe(1);
    expect((await it.ask('DELETE', location)).status).toBe(204);
    expect(it.registry.openUploads()).toBe(0);
    expect((await it.ask('DELETE', location)).status).toBe(404);
  });

  test('mounts what the other repository has and opens a session for what it lacks', async () => {
    await using it = await openWithImage();
    const digest = digestOfBytes(Buffer.from('{}'));
    const mounted = await it.ask('POST', `/v2/acme/other/blobs/uploads/?mount=${digest}&from=${REPOSITORY}`);
    expect(mounted.status).toBe(201);
    expect((await it.ask('HEAD', `/v2/acme/other/blobs/${digest}`)).status).toBe(200);
    expect((await it.ask('POST', `/v2/acme/other/blobs/uploads/?mount=${subject}&from=${REPOSITORY}`)).status).toBe(
      202,
    );
  });

  test('stores nothing from a single POST, as distribution, unless told to', async () => {
    await using it = await open();
    const digest = digestOfBytes(Buffer.from('x'));
    const post = { headers: { 'content-type': 'application/octet-stream' }, body: 'x' };
    expect((await it.ask('POST', path(`blobs/uploads/?digest=${digest}`), post)).status).toBe(202);
    expect(it.registry.store.getBlob(REPOSITORY, digest)).toBeUndefined();
    it.registry.quirks.singlePost = 'stored';
    expect((await it.ask('POST', path(`blobs/uploads/?digest=${digest}`), post)).status).toBe(201);
    expect(it.registry.store.getBlob(REPOSITORY, digest)).toBeDefined();
  });

  test('takes an artifact, says which subject it knows, and lists it', async () => {
    await using it = await openWithImage();
    const body = artifact();
    const digest = digestOfBytes(Buffer.from(body));
    const pushed = await it.ask('PUT', path(`manifests/${digest}`), put(body));
    expect([pushed.status, pushed.headers.get('oci-subject')]).toEqual([201, subject]);
    const listing = await it.ask('GET', path(`referrers/${subject}`));
    expect(listing.headers.get('content-type')).toBe(INDEX);
    expect(JSON.parse(listing.text)).toEqual({
      schemaVersion: 2,
      mediaType: INDEX,
      manifests: [
        {
          mediaType: MANIFEST,
          digest,
          size: Buffer.byteLength(body),
          artifactType: 'application/vnd.example.note',
          annotations: { note: 'ä' },
        },
      ],
    });
  });

  test('takes a subject that is not there', async () => {
    await using it = await openWithImage();
    const absent = { mediaType: MANIFEST, digest: `sha256:${'1'.repeat(64)}`, size: 3 };
    expect((await it.ask('PUT', path('manifests/x'), put(artifact({ subject: absent })))).status).toBe(201);
  });

  const child = { mediaType: MANIFEST, digest: subject, size: subjectSize };
  const index = (entry: Readonly<Record<string, unknown>>): string =>
    JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests: [entry] });

  test('takes an index of what is there', async () => {
    await using it = await openWithImage();
    expect((await it.ask('PUT', path('manifests/sha256-tag'), put(index(child), INDEX))).status).toBe(201);
  });

  test.each<readonly [string, string, string, string]>([
    ['JSON that is none', '{', MANIFEST, 'MANIFEST_INVALID'],
    ['another schemaVersion', artifact({ schemaVersion: 1 }), MANIFEST, 'MANIFEST_INVALID'],
    ['a Content-Type that is not the mediaType', artifact(), INDEX, 'MANIFEST_INVALID'],
    ['parameters in the Content-Type', artifact(), `${MANIFEST}; charset=utf-8`, 'MANIFEST_INVALID'],
    ['an unknown media type', artifact({ mediaType: 'text/x' }), 'text/x', 'MANIFEST_INVALID'],
    ['a missing layer', artifact({ layers: [descriptor('nowhere')] }), MANIFEST, 'MANIFEST_BLOB_UNKNOWN'],
    ['a missing config', artifact({ config: descriptor('nowhere', EMPTY) }), MANIFEST, 'MANIFEST_BLOB_UNKNOWN'],
    ['a layer of another size', artifact({ layers: [{ ...descriptor('{}'), size: 3 }] }), MANIFEST, 'MANIFEST_INVALID'],
    [
      'a size that is no number',
      artifact({ layers: [{ ...descriptor('{}'), size: '2' }] }),
      MANIFEST,
      'MANIFEST_INVALID',
    ],
    [
      'a layer without media type',
      artifact({ layers: [{ ...descriptor('{}'), mediaType: '' }] }),
      MANIFEST,
      'MANIFEST_INVALID',
    ],
    ['an empty config without artifactType', artifact({ artifactType: undefined }), MANIFEST, 'MANIFEST_INVALID'],
    ['annotations that are no strings', artifact({ annotations: { n: 1 } }), MANIFEST, 'MANIFEST_INVALID'],
    ['a subject of another size', artifact({ subject: { ...child, size: 1 } }), MANIFEST, 'MANIFEST_INVALID'],
    ['a subject of another type', artifact({ subject: { ...child, mediaType: INDEX } }), MANIFEST, 'MANIFEST_INVALID'],
    ['the list of an index beside its layers', artifact({ manifests: [] }), MANIFEST, 'MANIFEST_INVALID'],
    [
      'the layers of an image beside its list',
      JSON.stringify({ ...JSON.parse(index(child)), layers: [] }),
      INDEX,
      'MANIFEST_INVALID',
    ],
    [
      'the config of an image beside its list',
      JSON.stringify({ ...JSON.parse(index(child)), config: descriptor('{}') }),
      INDEX,
      'MANIFEST_INVALID',
    ],
    ['a missing child', index({ ...child, digest: `sha256:${'1'.repeat(64)}` }), INDEX, 'MANIFEST_BLOB_UNKNOWN'],
    ['a child of another size', index({ ...child, size: 1 }), INDEX, 'MANIFEST_INVALID'],
    ['a child of another type', index({ ...child, mediaType: INDEX }), INDEX, 'MANIFEST_INVALID'],
  ])('refuses a manifest with %s', async (_, body, type, code) => {
    await using it = await openWithImage();
    const before = it.registry.store.manifests(REPOSITORY).length;
    const answer = await it.ask('PUT', path('manifests/new'), put(body, type));
    expect([answer.status, answer.code]).toEqual([400, code]);
    expect(it.registry.store.manifests(REPOSITORY)).toHaveLength(before);
    expect(it.registry.store.getTag(REPOSITORY, 'new')).toBeUndefined();
  });

  test('refuses a manifest under another digest than its own', async () => {
    await using it = await openWithImage();
    const answer = await it.ask('PUT', path(`manifests/sha256:${'2'.repeat(64)}`), put(artifact()));
    expect([answer.status, answer.code]).toEqual([400, 'DIGEST_INVALID']);
  });

  test('refuses a manifest over the cap', async () => {
    await using it = await openWithImage({ manifestMaxBytes: 100 });
    expect((await it.ask('PUT', path('manifests/x'), put(artifact()))).status).toBe(413);
    it.registry.quirks.manifestTooLarge = 400;
    expect((await it.ask('PUT', path('manifests/x'), put(artifact()))).code).toBe('MANIFEST_INVALID');
  });

  test.each([
    ['capitals in a name', 'GET', '/v2/Acme/app/manifests/v1', 400],
    ['a name that ends in a separator', 'GET', '/v2/acme-/manifests/v1', 400],
    ['a bad tag', 'GET', '/v2/acme/app/manifests/-v1', 400],
    ['a short digest', 'GET', '/v2/acme/app/manifests/sha256:abc', 400],
    ['a bad digest of a blob', 'GET', '/v2/acme/app/blobs/sha256:abc', 400],
    ['a bad digest of a subject', 'GET', '/v2/acme/app/referrers/latest', 400],
    ['a name over 255 characters', 'GET', `/v2/${'a'.repeat(256)}/manifests/v1`, 400],
    ['an unknown repository', 'GET', '/v2/acme/none/manifests/v1', 404],
    ['an unknown route', 'GET', '/v2/acme/app/nothing', 404],
    ['deleting', 'DELETE', '/v2/acme/app/manifests/v1', 405],
  ])('refuses %s', async (_, method, target, status) => {
    await using it = await openWithImage();
    expect((await it.ask(method, target)).status).toBe(status);
  });
});
