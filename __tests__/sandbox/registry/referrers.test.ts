import { describe, expect, test } from 'vitest';
import { seedReferrer, seedReferrers } from '../../../sandbox/registry/seed.ts';
import {
  type Answer,
  artifact,
  EMPTY,
  INDEX,
  MANIFEST,
  type Open,
  open,
  openWithImage,
  path,
  put,
  REPOSITORY,
  subject,
} from './open-registry.ts';

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
    await using it = await openWithImage({ quirks: { referrersPageSize: 500 } });
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
    expect([pages, seen.size]).toEqual([2, 1_000]);
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
    const known = store.putManifest(REPOSITORY, artifact());
    const index = JSON.stringify({
      schemaVersion: 2,
      mediaType: INDEX,
      manifests: [known, `sha256:${'3'.repeat(64)}`].map((digest) => ({ mediaType: MANIFEST, digest, size: 1 })),
    });
    store.setTag(REPOSITORY, subject.replace(':', '-'), store.putManifest(REPOSITORY, index));
    expect((await listing(it)).entries).toHaveLength(1);
    quirks.mergesReferrersTag = true;
    expect((await listing(it)).entries).toHaveLength(2);
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
