import { describe, expect, test } from 'vitest';
import { on, tooManyRequests } from '../../sandbox/faults.ts';
import { buildImage, buildIndex, pushImage, storeImage } from '../../sandbox/image-builder.ts';
import { digestOfBytes } from '../../sandbox/registry/store.ts';
import { createRegistry, type RegistryOptions, type RegistryService } from '../../sandbox/registry.ts';
import { seedReferrer, seedReferrers, tagReferrers } from '../../sandbox/seed.ts';
import { type Served, serve } from '../../sandbox/serve.ts';

const INDEX = 'application/vnd.oci.image.index.v1+json';
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const EMPTY = 'application/vnd.oci.empty.v1+json';
const REPOSITORY = 'acme/app';

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** First error code of a JSON error body. */
  readonly code: string | undefined;
}

interface Open extends AsyncDisposable {
  readonly registry: RegistryService;
  readonly served: Served;
  ask(
    method: string,
    path: string,
    options?: { readonly headers?: Record<string, string>; readonly body?: string | Uint8Array },
  ): Promise<Answer>;
}

async function open(options: RegistryOptions = {}): Promise<Open> {
  const registry = createRegistry(options);
  const served = await serve(registry.handle, { name: 'registry' });
  return {
    registry,
    served,
    async ask(method, path, { headers = {}, body } = {}) {
      const response = await fetch(new URL(path, served.url), {
        method,
        headers: { accept: `${INDEX}, ${MANIFEST}`, ...headers },
        redirect: 'manual',
        ...(body === undefined ? {} : { body: new Uint8Array(Buffer.from(body)) }),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, text, code: /"code":"(\w+)"/.exec(text)?.[1] };
    },
    async [Symbol.asyncDispose]() {
      await served.close();
      expect(served.failures).toEqual([]);
    },
  };
}

const image = buildImage();
const subject = image.digest;
const subjectSize = image.manifests[0]?.bytes.length ?? 0;

function descriptor(bytes: Uint8Array | string, mediaType = 'application/octet-stream') {
  const content = Buffer.from(bytes);
  return { mediaType, digest: digestOfBytes(content), size: content.length };
}

function artifact(changes: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: MANIFEST,
    artifactType: 'application/vnd.example.note',
    config: descriptor('{}', EMPTY),
    layers: [descriptor('{}', 'application/vnd.example.note')],
    subject: { mediaType: MANIFEST, digest: subject, size: subjectSize },
    annotations: { note: 'ä' },
    ...changes,
  });
}

async function openWithImage(options: RegistryOptions = {}): Promise<Open> {
  const opened = await open(options);
  storeImage(opened.registry.store, REPOSITORY, image, 'v1');
  opened.registry.store.putBlob(REPOSITORY, '{}');
  return opened;
}

const put = (body: string, type = MANIFEST) => ({ body, headers: { 'content-type': type } });
const path = (rest: string): string => `/v2/${REPOSITORY}/${rest}`;

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
    ['with two digests', (location) => `${location}&digest=${subject}&digest=${subject}`, {}, 400, 'DIGEST_INVALID'],
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
    ['a missing child', index({ ...child, digest: `sha256:${'1'.repeat(64)}` }), INDEX, 'MANIFEST_BLOB_UNKNOWN'],
    ['a child of another size', index({ ...child, size: 1 }), INDEX, 'MANIFEST_INVALID'],
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
    ['an unknown repository', 'GET', '/v2/acme/none/manifests/v1', 404],
    ['an unknown route', 'GET', '/v2/acme/app/nothing', 404],
    ['deleting', 'DELETE', '/v2/acme/app/manifests/v1', 405],
  ])('refuses %s', async (_, method, target, status) => {
    await using it = await openWithImage();
    expect((await it.ask(method, target)).status).toBe(status);
  });
});

describe('reading', () => {
  test('finds a manifest only if Accept names its type, as distribution 2.8', async () => {
    await using it = await openWithImage();
    const byType = async (accept: string): Promise<number> =>
      (await it.ask('GET', path('manifests/v1'), { headers: { accept } })).status;
    expect([await byType(INDEX), await byType('*/*'), await byType(`${INDEX}, ${MANIFEST};q=0.9`)]).toEqual([
      404, 404, 200,
    ]);
    it.registry.quirks.ignoresAccept = true;
    expect(await byType('*/*')).toBe(200);
  });

  test('answers 304 to the ETag it gave', async () => {
    await using it = await openWithImage();
    const etag = (await it.ask('GET', path('manifests/v1'))).headers.get('etag') ?? '';
    expect((await it.ask('GET', path('manifests/v1'), { headers: { 'if-none-match': etag } })).status).toBe(304);
  });

  test('lists tags by pages', async () => {
    await using it = await openWithImage();
    for (const tag of ['a', 'b', 'c']) it.registry.store.setTag(REPOSITORY, tag, subject);
    const first = await it.ask('GET', path('tags/list?n=3'));
    expect(JSON.parse(first.text).tags).toEqual(['a', 'b', 'c']);
    const next = /^<(.+)>; rel="next"$/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    const second = await it.ask('GET', next);
    expect([JSON.parse(second.text).tags, second.headers.get('link')]).toEqual([['v1'], null]);
  });

  test.each<readonly [string, NonNullable<RegistryOptions['quirks']>, string, (answer: Answer) => unknown, unknown]>([
    [
      'no Docker-Content-Digest',
      { contentDigest: 'missing' },
      'HEAD',
      (a) => a.headers.has('docker-content-digest'),
      false,
    ],
    [
      'a wrong Docker-Content-Digest',
      { contentDigest: 'wrong' },
      'GET',
      (a) => a.headers.get('docker-content-digest'),
      `sha256:${'0'.repeat(64)}`,
    ],
    ['no Content-Length for HEAD', { headLength: 'missing' }, 'HEAD', (a) => a.headers.has('content-length'), false],
    [
      'a wrong Content-Length for HEAD',
      { headLength: 'wrong' },
      'HEAD',
      (a) => a.headers.get('content-length'),
      String(subjectSize + 7),
    ],
    [
      'another media type',
      { manifestContentType: 'text/html' },
      'GET',
      (a) => a.headers.get('content-type'),
      'text/html',
    ],
    ['altered bytes', { tamperManifest: () => Buffer.from('{}') }, 'GET', (a) => a.text, '{}'],
    ['401 for ever', { denyPull: 401 }, 'GET', (a) => a.status, 401],
    ['403', { denyPull: 403 }, 'GET', (a) => [a.status, a.code], [403, 'DENIED']],
    ['404', { denyPull: 404 }, 'GET', (a) => [a.status, a.code], [404, 'NAME_UNKNOWN']],
    ['no ETag', { etag: 'none' }, 'GET', (a) => a.headers.has('etag'), false],
  ])('gives %s when told to', async (_, quirks, method, look, expected) => {
    await using it = await openWithImage();
    expect(look(await it.ask(method, path(`manifests/${subject}`)))).not.toEqual(expected);
    Object.assign(it.registry.quirks, quirks);
    expect(look(await it.ask(method, path(`manifests/${subject}`)))).toEqual(expected);
  });

  test('claims a Content-Length that breaks the transfer', async () => {
    await using it = await openWithImage({ quirks: { contentLengthOff: 5 } });
    await expect(it.ask('GET', path('manifests/v1'))).rejects.toThrow();
  });

  test.each([
    ['json', '"code":"MANIFEST_UNKNOWN"'],
    ['text', '404 page not found'],
    ['html', '<!doctype html>'],
  ] as const)('says 404 in %s', async (notFoundBody, text) => {
    await using it = await openWithImage({ quirks: { notFoundBody } });
    const answer = await it.ask('GET', path('manifests/none'));
    expect(answer.status).toBe(404);
    expect(answer.text).toContain(text);
  });

  test('alters blobs', async () => {
    await using it = await openWithImage({ quirks: { tamperBlob: (bytes) => bytes.slice(1) } });
    const answer = await it.ask('GET', path(`blobs/${digestOfBytes(Buffer.from('{}'))}`));
    expect(answer.text).toBe('}');
  });

  test('misses a new manifest for some reads', async () => {
    await using it = await openWithImage({ quirks: { freshManifestMisses: 2 } });
    const body = artifact();
    const target = path(`manifests/${digestOfBytes(Buffer.from(body))}`);
    await it.ask('PUT', target, put(body));
    const statuses = [];
    for (let read = 0; read < 3; read += 1) statuses.push((await it.ask('GET', target)).status);
    expect(statuses).toEqual([404, 404, 200]);
  });

  test('sends blobs from a storage host that takes no Authorization', async () => {
    await using it = await openWithImage();
    await using storage = await serve(it.registry.storage, { name: 'storage' });
    it.registry.quirks.blobRedirect = { origin: storage.url };
    const digest = digestOfBytes(Buffer.from('{}'));
    const answer = await it.ask('GET', path(`blobs/${digest}`));
    expect(answer.status).toBe(307);
    const location = answer.headers.get('location') ?? '';
    expect(new URL(location).origin).toBe(storage.url);
    expect(await (await fetch(location)).text()).toBe('{}');
    expect((await fetch(location.replace('signature=', 'signature=0'))).status).toBe(403);
    expect(it.registry.misplaced).toEqual([]);
    expect((await fetch(location, { headers: { authorization: 'Bearer secret' } })).status).toBe(400);
    expect(it.registry.misplaced).toEqual([
      { where: 'storage', scheme: 'Bearer', request: `GET /blob/${REPOSITORY}/${digest}` },
    ]);
  });

  test.each([
    ['loop', path(`blobs/${digestOfBytes(Buffer.from('{}'))}`)],
    ['private-address', `http://169.254.169.254/blob/${REPOSITORY}/${digestOfBytes(Buffer.from('{}'))}`],
  ] as const)('redirects a blob by %s', async (blobRedirect, location) => {
    await using it = await openWithImage({ quirks: { blobRedirect } });
    const answer = await it.ask('GET', path(`blobs/${digestOfBytes(Buffer.from('{}'))}`));
    expect([answer.status, answer.headers.get('location')]).toEqual([307, location]);
  });
});

describe('tags', () => {
  const body = artifact();
  const digest = digestOfBytes(Buffer.from(body));
  const read = async (it: Open, tag: string): Promise<string | null> =>
    (await it.ask('HEAD', path(`manifests/${tag}`))).headers.get('docker-content-digest');

  test('shows the value before the last write for some reads', async () => {
    await using it = await openWithImage({ quirks: { staleTagReads: 2 } });
    it.registry.store.setTag(REPOSITORY, 'v2', subject);
    for (let count = 0; count < 2; count += 1) expect(await read(it, 'v2')).toBeNull();
    expect(await read(it, 'v2')).toBe(subject);
    await it.ask('PUT', path('manifests/v2'), put(body));
    expect([await read(it, 'v2'), await read(it, 'v2'), await read(it, 'v2')]).toEqual([subject, subject, digest]);
  });

  test('shows a write only after its delay', async () => {
    await using it = await openWithImage({ quirks: { tagVisibleAfterMs: 60_000 } });
    await it.ask('PUT', path('manifests/v1'), put(body));
    expect(await read(it, 'v1')).not.toBe(digest);
    delete it.registry.quirks.tagVisibleAfterMs;
    expect(await read(it, 'v1')).toBe(digest);
  });

  test('lets two read-modify-writes lose one update', async () => {
    await using it = await openWithImage({ quirks: { tagWriteDelayMs: 30 } });
    const list = async (entry: string): Promise<void> => {
      const old = await it.ask('GET', path('manifests/list'));
      const manifests: unknown[] = old.status === 200 ? JSON.parse(old.text).manifests : [];
      const stored = it.registry.store.getManifest(REPOSITORY, entry);
      manifests.push({ mediaType: MANIFEST, digest: entry, size: stored?.bytes.length });
      const index = JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests });
      expect((await it.ask('PUT', path('manifests/list'), put(index, INDEX))).status).toBe(201);
    };
    const other = it.registry.store.putManifest(REPOSITORY, body);
    await Promise.all([list(subject), list(other)]);
    expect(JSON.parse((await it.ask('GET', path('manifests/list'))).text).manifests).toHaveLength(1);
  });

  test('ignores conditions as all known registries do, unless it enforces them', async () => {
    await using it = await openWithImage();
    const write = async (headers: Record<string, string>): Promise<number> =>
      (await it.ask('PUT', path('manifests/v1'), { body, headers: { 'content-type': MANIFEST, ...headers } })).status;
    expect(await write({ 'if-match': '"other"' })).toBe(201);
    it.registry.quirks.etag = 'enforced';
    expect(await write({ 'if-match': '"other"' })).toBe(412);
    expect(await write({ 'if-none-match': '*' })).toBe(412);
    expect(await write({ 'if-match': `"${digest}"` })).toBe(201);
  });

  test.each([
    ['harbor', 412, 'PRECONDITION', 201],
    ['quay', 409, 'TAG_IMMUTABLE', 201],
    ['ecr', 400, 'TAG_INVALID', 400],
  ] as const)('refuses to move an immutable tag as %s does', async (immutableAnswer, status, code, same) => {
    await using it = await openWithImage({ quirks: { immutableTags: /^v/, immutableAnswer } });
    const moved = await it.ask('PUT', path('manifests/v1'), put(body));
    expect([moved.status, moved.code]).toEqual([status, code]);
    expect(it.registry.store.getTag(REPOSITORY, 'v1')).toBe(subject);
    const own = Buffer.from(image.manifests[0]?.bytes ?? '').toString();
    expect((await it.ask('PUT', path('manifests/v1'), put(own))).status).toBe(same);
    expect((await it.ask('PUT', path('manifests/new'), put(body))).status).toBe(201);
    expect((await it.ask('PUT', path('manifests/v9'), put(body))).status).toBe(201);
  });

  test('resolves the tag sha256-<hex> to the manifest itself as GitLab does', async () => {
    await using it = await openWithImage();
    const tag = subject.replace(':', '-');
    expect(await read(it, tag)).toBeNull();
    it.registry.quirks.gitlabTagAlias = true;
    expect(await read(it, tag)).toBe(subject);
    const index = tagReferrers(it.registry.store, REPOSITORY, subject);
    expect(await read(it, tag)).toBe(index);
  });

  test('tells a hook of each write, where another writer may take it back', async () => {
    await using it = await openWithImage({
      onTagWritten: (repository, tag, store) => {
        if (tag === 'list') store.setTag(repository, tag, subject);
      },
    });
    await it.ask('PUT', path('manifests/list'), put(body));
    expect(await read(it, 'list')).toBe(subject);
  });

  test('hides a missing tag as JFrog may', async () => {
    await using it = await openWithImage({ quirks: { missingTagStatus: 403 } });
    expect((await it.ask('GET', path('manifests/none'))).status).toBe(403);
  });
});

describe('referrers', () => {
  const listing = async (
    it: Open,
    query = '',
  ): Promise<Answer & { readonly entries: readonly Record<string, unknown>[] }> => {
    const answer = await it.ask('GET', path(`referrers/${subject}${query}`));
    return {
      ...answer,
      entries: answer.status === 200 && answer.text.startsWith('{') ? JSON.parse(answer.text).manifests : [],
    };
  };

  test('answers an empty list for a subject and for a repository it does not know', async () => {
    await using it = await open();
    const answer = await listing(it);
    expect([answer.status, answer.entries]).toEqual([200, []]);
  });

  test('filters by artifactType and says so', async () => {
    await using it = await openWithImage();
    const { store } = it.registry;
    const wanted = seedReferrer(store, REPOSITORY, subject, { artifactType: 'application/vnd.wanted', layer: 'a' });
    seedReferrer(store, REPOSITORY, subject, { layer: 'b' });
    const filtered = await listing(it, '?artifactType=application/vnd.wanted');
    expect(filtered.entries.map((entry) => entry['digest'])).toEqual([wanted]);
    expect(filtered.headers.get('oci-filters-applied')).toBe('artifactType');
    it.registry.quirks.referrersFilter = 'ignored';
    const whole = await listing(it, '?artifactType=application/vnd.wanted');
    expect([whole.entries.length, whole.headers.has('oci-filters-applied')]).toEqual([2, false]);
  });

  test.each([
    ['relative', /^<\/v2\/acme\/app\/referrers\/sha256:\w+\?after=2>; rel="next"$/],
    ['absolute', /^<http:\/\/127\.0\.0\.1:\d+\/v2\//],
    ['cross-origin', /^<https:\/\/registry\.elsewhere\.example\/v2\//],
    ['lost-path', /^<\/acme\/app\/referrers/],
  ] as const)('links to the next page by a %s Link', async (referrersLink, link) => {
    await using it = await openWithImage({ quirks: { referrersPageSize: 2, referrersLink } });
    seedReferrers(it.registry.store, REPOSITORY, subject, 5);
    const page = await listing(it);
    expect(page.entries).toHaveLength(2);
    expect(page.headers.get('link')).toMatch(link);
  });

  test('shows every entry once over its pages', async () => {
    await using it = await openWithImage({ quirks: { referrersPageSize: 400 } });
    seedReferrers(it.registry.store, REPOSITORY, subject, 1_000);
    const seen = new Set<unknown>();
    let next: string | undefined = path(`referrers/${subject}`);
    let pages = 0;
    while (next !== undefined) {
      const page = await it.ask('GET', next);
      pages += 1;
      for (const entry of JSON.parse(page.text).manifests) seen.add(entry.digest);
      next = /^<(.+)>; rel="next"$/.exec(page.headers.get('link') ?? '')?.[1];
    }
    expect([pages, seen.size]).toEqual([3, 1_000]);
  });

  test.each(['loop', 'endless'] as const)('pages without end by %s', async (referrersPaging) => {
    await using it = await openWithImage({ quirks: { referrersPaging } });
    const links = new Set<string>();
    let next = path(`referrers/${subject}`);
    for (let page = 0; page < 5; page += 1) {
      next = /^<(.+)>/.exec((await it.ask('GET', next)).headers.get('link') ?? '')?.[1] ?? '';
      links.add(next);
    }
    expect(links.size).toBe(referrersPaging === 'loop' ? 1 : 5);
  });

  test('misses a new referrer for some listings', async () => {
    await using it = await openWithImage({ quirks: { referrersLag: 2 } });
    await it.ask('PUT', path('manifests/x'), put(artifact()));
    const counts = [];
    for (let count = 0; count < 3; count += 1) counts.push((await listing(it)).entries.length);
    expect(counts).toEqual([0, 0, 1]);
  });

  test.each([
    ['not-found', 404, /MANIFEST_UNKNOWN/],
    ['no-route', 404, /^404 page not found/],
    ['redirect', 303, /^$/],
    ['html', 200, /^<!doctype html>/],
    ['empty', 200, /"manifests":\[\]/],
  ] as const)('hides the API by %s, without OCI-Subject and for all that is there', async (referrers, status, text) => {
    await using it = await openWithImage({ quirks: { referrers } });
    const pushed = await it.ask('PUT', path('manifests/x'), put(artifact()));
    expect([pushed.status, pushed.headers.has('oci-subject')]).toEqual([201, false]);
    const answer = await listing(it);
    expect(answer.status).toBe(status);
    expect(answer.text).toMatch(text);
    it.registry.quirks.ociSubject = 'lying';
    expect((await it.ask('PUT', path('manifests/x'), put(artifact()))).headers.get('oci-subject')).toBe(subject);
    it.registry.quirks.referrers = 'api';
    expect((await listing(it)).entries).toHaveLength(1);
    it.registry.quirks.ociSubject = 'never';
    expect((await it.ask('PUT', path('manifests/x'), put(artifact()))).headers.has('oci-subject')).toBe(false);
  });

  test('knows the repository, or the subject, as Quay wants', async () => {
    await using it = await openWithImage({ quirks: { referrers: 'unknown-subject-400' } });
    expect((await listing(it)).status).toBe(200);
    expect((await it.ask('GET', path(`referrers/sha256:${'0'.repeat(64)}`))).code).toBe('MANIFEST_INVALID');
    it.registry.quirks.referrers = 'name-unknown';
    expect((await listing(it)).status).toBe(200);
    expect((await it.ask('GET', `/v2/acme/none/referrers/${subject}`)).code).toBe('NAME_UNKNOWN');
  });

  test.each([
    ['old-ggcr', { artifactType: EMPTY }],
    ['no-annotations', { artifactType: 'application/vnd.example.note' }],
    ['wrong-artifact-type', { artifactType: EMPTY, annotations: { note: 'ä' } }],
  ] as const)('describes referrers wrongly by %s', async (referrersDescriptors, expected) => {
    await using it = await openWithImage({ quirks: { referrersDescriptors } });
    const digest = it.registry.store.putManifest(REPOSITORY, artifact());
    expect((await listing(it)).entries).toEqual([
      { mediaType: MANIFEST, digest, size: Buffer.byteLength(artifact()), ...expected },
    ]);
  });

  test('describes a size that is not so', async () => {
    await using it = await openWithImage({ quirks: { referrersDescriptors: 'wrong-size' } });
    it.registry.store.putManifest(REPOSITORY, artifact());
    expect((await listing(it)).entries[0]?.['size']).toBe(Buffer.byteLength(artifact()) + 100);
  });

  test('has what the referrers tag lists, as Quay, only when told to', async () => {
    await using it = await openWithImage();
    const { store, quirks } = it.registry;
    const index = JSON.stringify({
      schemaVersion: 2,
      mediaType: INDEX,
      manifests: [{ mediaType: MANIFEST, digest: `sha256:${'3'.repeat(64)}`, size: 1 }],
    });
    store.setTag(REPOSITORY, subject.replace(':', '-'), store.putManifest(REPOSITORY, index));
    expect((await listing(it)).entries).toHaveLength(0);
    quirks.mergesReferrersTag = true;
    expect((await listing(it)).entries).toHaveLength(1);
  });

  test('labels the listing as something else', async () => {
    await using it = await openWithImage({ quirks: { referrersContentType: 'application/json' } });
    expect((await listing(it)).headers.get('content-type')).toBe('application/json');
  });

  test('refuses an absent subject as Docker Hub once did', async () => {
    await using it = await openWithImage({ quirks: { refusesAbsentSubject: true } });
    const absent = { mediaType: MANIFEST, digest: `sha256:${'1'.repeat(64)}`, size: 3 };
    expect((await it.ask('PUT', path('manifests/x'), put(artifact({ subject: absent })))).status).toBe(400);
    expect((await it.ask('PUT', path('manifests/x'), put(artifact()))).status).toBe(201);
  });
});

describe('pushing where it is refused or strange', () => {
  test('denies a push when the upload opens, and says what it was told to say', async () => {
    await using it = await openWithImage({
      quirks: { denyPush: true, denyPushMessage: 'permission_denied: write_package' },
    });
    const answer = await it.ask('POST', path('blobs/uploads/'));
    expect([answer.status, answer.code]).toEqual([403, 'DENIED']);
    expect(answer.text).toContain('permission_denied: write_package');
    expect((await it.ask('PUT', path('manifests/x'), put(artifact()))).status).toBe(403);
    expect((await it.ask('GET', path('manifests/v1'))).status).toBe(200);
  });

  test.each([
    ['relative', /^\/v2\/acme\/app\/blobs\/uploads\/[\w-]+\?_state=/],
    ['absolute', /^http:\/\/127\.0\.0\.1:\d+\/v2\/acme\/app\/blobs\/uploads\//],
    ['private-address', /^http:\/\/10\.255\.255\.1\/v2\//],
  ] as const)('names an upload by a %s Location', async (uploadLocation, location) => {
    await using it = await open({ quirks: { uploadLocation } });
    expect((await it.ask('POST', path('blobs/uploads/'))).headers.get('location')).toMatch(location);
  });

  test('finishes an upload on another host, which takes no Authorization', async () => {
    await using it = await open();
    await using storage = await serve(it.registry.storage, { name: 'storage' });
    it.registry.quirks.uploadLocation = { origin: storage.url };
    const location = (await it.ask('POST', path('blobs/uploads/'))).headers.get('location') ?? '';
    const target = `${location}&digest=${digestOfBytes(Buffer.from('x'))}`;
    const headers = { 'content-type': 'application/octet-stream' };
    const refused = await fetch(target, {
      method: 'PUT',
      body: 'x',
      headers: { ...headers, authorization: 'Basic eDp5' },
    });
    expect(refused.status).toBe(400);
    expect(it.registry.misplaced).toMatchObject([{ where: 'storage', scheme: 'Basic' }]);
    expect((await fetch(target, { method: 'PUT', body: 'x', headers })).status).toBe(201);
    expect(it.registry.store.getBlob(REPOSITORY, digestOfBytes(Buffer.from('x')))).toBeDefined();
  });

  test('does not mount when told so, or denies it', async () => {
    await using it = await openWithImage({ quirks: { mount: 'session' } });
    const digest = digestOfBytes(Buffer.from('{}'));
    const mount = `/v2/acme/other/blobs/uploads/?mount=${digest}&from=${REPOSITORY}`;
    expect((await it.ask('POST', mount)).status).toBe(202);
    it.registry.quirks.mount = 'denied';
    expect((await it.ask('POST', mount)).status).toBe(401);
    expect((await it.ask('POST', '/v2/acme/other/blobs/uploads/')).status).toBe(202);
  });

  test('calls a missing blob what zot calls it', async () => {
    await using it = await openWithImage({ quirks: { missingBlobCode: 'MANIFEST_INVALID' } });
    const answer = await it.ask('PUT', path('manifests/x'), put(artifact({ layers: [descriptor('nowhere')] })));
    expect([answer.status, answer.code]).toEqual([400, 'MANIFEST_INVALID']);
  });

  test('does not cancel uploads when told so', async () => {
    await using it = await open({ quirks: { cancelUpload: 'unsupported' } });
    const location = (await it.ask('POST', path('blobs/uploads/'))).headers.get('location') ?? '';
    expect((await it.ask('DELETE', location)).status).toBe(405);
  });

  test('deletes only when allowed', async () => {
    await using it = await openWithImage({ allowsDelete: true });
    expect((await it.ask('DELETE', path(`manifests/${subject}`))).status).toBe(202);
    expect((await it.ask('GET', path('manifests/v1'))).status).toBe(404);
  });

  test('answers 429 so many times', async () => {
    await using it = await openWithImage({
      faults: [{ match: on('POST', /uploads/), times: 2, action: { reply: tooManyRequests({ seconds: 1 }) } }],
    });
    const statuses = [];
    for (let count = 0; count < 3; count += 1) statuses.push((await it.ask('POST', path('blobs/uploads/'))).status);
    expect(statuses).toEqual([429, 429, 202]);
  });

  test('notes an Authorization that nobody asked for', async () => {
    await using it = await openWithImage();
    expect((await it.ask('GET', path('manifests/v1'), { headers: { authorization: 'Basic eDp5' } })).status).toBe(400);
    expect(it.registry.misplaced).toEqual([
      { where: 'registry', scheme: 'Basic', request: `GET ${path('manifests/v1')}` },
    ]);
  });
});
