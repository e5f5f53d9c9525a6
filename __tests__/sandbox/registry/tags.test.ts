import { describe, expect, test } from 'vitest';
import { tagReferrers } from '../../../sandbox/registry/seed.ts';
import { digestOfBytes } from '../../../sandbox/registry/store.ts';
import {
  artifact,
  INDEX,
  image,
  MANIFEST,
  type Open,
  openWithImage,
  path,
  put,
  REPOSITORY,
  subject,
} from './open-registry.ts';

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
