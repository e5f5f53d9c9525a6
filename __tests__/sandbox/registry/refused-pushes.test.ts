import { describe, expect, test } from 'vitest';
import { on, tooManyRequests } from '../../../sandbox/http/faults.ts';
import { serve } from '../../../sandbox/http/serve.ts';
import { digestOfBytes } from '../../../sandbox/registry/store.ts';
import { artifact, descriptor, open, openWithImage, path, put, REPOSITORY, subject } from './open-registry.ts';

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
