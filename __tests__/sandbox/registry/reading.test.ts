import { describe, expect, test } from 'vitest';
import { serve } from '../../../sandbox/http/serve.ts';
import type { RegistryOptions } from '../../../sandbox/registry/registry.ts';
import { digestOfBytes } from '../../../sandbox/registry/store.ts';
import {
  type Answer,
  artifact,
  INDEX,
  MANIFEST,
  openWithImage,
  path,
  put,
  REPOSITORY,
  subject,
  subjectSize,
} from './open-registry.ts';

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
