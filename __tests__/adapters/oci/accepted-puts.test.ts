import { describe, expect, test } from 'vitest';
import { errorReply, on } from '../../../sandbox/http/faults.ts';
import type { Quirks } from '../../../sandbox/registry/quirks.ts';
import { attachBundle, type Bench, openBench, readBundles, seedImage } from './harness.ts';

/* Registries that accept what is pushed by another status than 201 (containers/image#381, pulp_container#2199). */

type Stored = 'bundle' | 'bundle by tag' | 'legacy';

async function write(bench: Bench, image: ReturnType<typeof seedImage>, what: Stored): Promise<unknown> {
  const registry = bench.connect();
  if (what !== 'legacy') return attachBundle(registry, bench.repository, image, '"signed"');
  const layer = { payload: Buffer.from('{"a":1}'), annotations: { x: 'y' } };
  const openSession = () => registry.openUpload(bench.repository);
  return registry.appendLegacy({ repository: bench.repository, subject: image.digest }, { layer, openSession });
}

const quirksOf = (what: Stored, quirks: Quirks): Quirks =>
  what === 'bundle by tag' ? { referrers: 'no-route', ...quirks } : quirks;

const KINDS: readonly Stored[] = ['bundle', 'bundle by tag', 'legacy'];

describe.each(KINDS)('a signature (%s)', (what) => {
  test.each<Quirks>([
    { manifestPut: 200 },
    { manifestPut: 202 },
    { manifestPut: 204 },
    { manifestPut: 200, putHeaders: 'missing' },
    { manifestPut: 202, putHeaders: 'missing', freshManifestMisses: 2 },
    { blobPut: 200 },
    { blobPut: 202, putHeaders: 'missing' },
    { blobPut: 204 },
    { uploadOpened: 200 },
    { uploadOpened: 201 },
    { uploadOpened: 204 },
  ])('is stored with %j', async (quirks) => {
    await using bench = await openBench({ auth: 'bearer', registry: { quirks: quirksOf(what, quirks) } });
    const image = seedImage(bench);
    expect(await write(bench, image, what)).toMatchObject({ warnings: [] });
    const registry = bench.connect();
    if (what === 'legacy') {
      const { candidates } = await registry.fetchLegacy(bench.repository, image.digest);
      expect(candidates).toMatchObject([{ format: 'legacy' }]);
      return;
    }
    const listing =
      what === 'bundle'
        ? await registry.listReferrers(bench.repository, image.digest)
        : await registry.listReferrersTag(bench.repository, image.digest);
    expect(await readBundles(registry, bench.repository, image.digest, listing)).toEqual(['"signed"']);
  });

  test.each<Quirks>([
    { manifestPut: 200, manifestPutStores: 'nothing' },
    { manifestPut: 202, manifestPutStores: 'nothing' },
    { manifestPut: 204, manifestPutStores: 'nothing', putHeaders: 'missing' },
    { manifestPut: 200, manifestPutStores: 'other-bytes' },
    { manifestPut: 200, tamperManifest: (bytes) => Buffer.concat([bytes, Buffer.from(' ')]) },
    { blobPut: 200, blobPutStores: 'nothing' },
    { blobPut: 202, blobPutStores: 'nothing', putHeaders: 'missing' },
    { blobPut: 204, blobPutStores: 'other-bytes' },
  ])('is never reported as stored with %j', async (quirks) => {
    await using bench = await openBench({ registry: { quirks: quirksOf(what, quirks) } });
    const image = seedImage(bench);
    await expect(write(bench, image, what)).rejects.toMatchObject({ code: 'REGISTRY_INVALID' });
  });
});

test.each(['bundle by tag', 'legacy'] as const)(
  'a tag (%s) that does not move although its PUT was accepted by 200 is an error; after 201 it may lag behind',
  async (what) => {
    const quirks = quirksOf(what, { manifestPutStores: 'no-tag' });
    await using bench = await openBench({ registry: { quirks: { ...quirks, manifestPut: 200 } } });
    const image = seedImage(bench);
    await expect(write(bench, image, what)).rejects.toMatchObject({
      code: 'REGISTRY_INVALID',
      message: expect.stringContaining('returned 200, but the registry does not serve what was sent'),
    });
    await using lagging = await openBench({ registry: { quirks } });
    const outcome = await write(lagging, seedImage(lagging), what);
    expect(outcome).toMatchObject({ warnings: [expect.stringContaining('still returns its old content')] });
  },
);

test('a manifest accepted by 200 that may not be read back is denied, not stored', async () => {
  const faults = [
    {
      match: on('GET', /\/manifests\/sha256:/),
      times: 'always' as const,
      action: { reply: errorReply(403, 'DENIED') },
    },
  ];
  await using bench = await openBench({ registry: { faults, quirks: { manifestPut: 200 } } });
  const image = seedImage(bench);
  await expect(write(bench, image, 'bundle')).rejects.toMatchObject({ code: 'REGISTRY_DENIED' });
});

test('201 is believed without reading back, unless it names another digest', async () => {
  await using bench = await openBench();
  const image = seedImage(bench);
  await write(bench, image, 'bundle');
  expect(bench.requests().filter((line) => /^GET .*\/(manifests|blobs)\//.test(line))).toEqual([]);
  const change = (reply: { status: number; headers?: unknown }) => ({
    ...reply,
    headers: [['Docker-Content-Digest', `sha256:${'0'.repeat(64)}`]] as const,
  });
  const faults = [{ match: on('PUT', /\/manifests\//), times: 'always' as const, action: { change } }];
  await using other = await openBench({ registry: { faults, quirks: { manifestPutStores: 'nothing' } } });
  await expect(write(other, seedImage(other), 'bundle')).rejects.toMatchObject({ code: 'REGISTRY_INVALID' });
});

test('an upload that is opened without a Location is invalid, whatever its status', async () => {
  for (const status of [200, 201, 202, 204]) {
    const faults = [{ match: on('POST', /uploads/), times: 'always' as const, action: { reply: { status } } }];
    await using bench = await openBench({ registry: { faults } });
    await expect(bench.connect().openUpload(bench.repository)).rejects.toMatchObject({ code: 'REGISTRY_INVALID' });
  }
});
