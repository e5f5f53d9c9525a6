import { expect, test } from 'vitest';
import type { Quirks } from '../../../sandbox/registry/quirks.ts';
import { attachBundle, openBench, readBundles, seedImage } from './harness.ts';

/* What single registries do that the others do not; docs/registries.md names this file. */

test.each<[Quirks, string]>([
  [{ referrersDescriptors: 'old-ggcr' }, 'indexes of ggcr before 0.21.6'],
  [{ referrersDescriptors: 'wrong-size' }, 'Harbor 2.8–2.10, Google AR 2025'],
  [{ referrersDescriptors: 'wrong-artifact-type' }, 'Harbor 2.8–2.10'],
  [{ referrersDescriptors: 'no-annotations' }, 'ggcr’s fallback index'],
  [{ referrersFilter: 'ignored' }, 'a registry that does not filter'],
])('finds a bundle whatever its descriptor says: %o (%s)', async (quirks) => {
  await using bench = await openBench({ registry: { quirks } });
  const subject = seedImage(bench);
  const registry = bench.connect();
  await attachBundle(registry, bench.repository, subject, '"signed"');
  const listing = await registry.listReferrers(bench.repository, subject.digest);
  expect(await readBundles(registry, bench.repository, subject.digest, listing)).toEqual(['"signed"']);
});

test('a listing that lags behind (Google AR, ACR) does not lose the signature: the tag lists it too', async () => {
  await using bench = await openBench({ registry: { quirks: { referrersLag: 2 } } });
  const subject = seedImage(bench);
  const registry = bench.connect();
  expect(await attachBundle(registry, bench.repository, subject, '"signed"')).toMatchObject({
    listedBy: 'referrers-tag',
  });
  const listing = await registry.listReferrersTag(bench.repository, subject.digest);
  expect(await readBundles(registry, bench.repository, subject.digest, listing)).toEqual(['"signed"']);
});

test('403 for a missing tag (JFrog) is a denial, never "there is none": nothing is written over it', async () => {
  await using bench = await openBench({ registry: { quirks: { missingTagStatus: 403 } } });
  const subject = seedImage(bench);
  const registry = bench.connect();
  const { places } = await registry.fetchLegacy(bench.repository, subject.digest);
  expect(places).toMatchObject([{ outcome: 'failed', status: 403, error: { code: 'REGISTRY_DENIED' } }]);
  const layer = { payload: Buffer.from('{}'), annotations: {} };
  const open = () => registry.openUpload(bench.repository);
  await expect(
    registry.appendLegacy({ repository: bench.repository, subject: subject.digest }, { layer, openSession: open }),
  ).rejects.toMatchObject({
    code: 'REGISTRY_DENIED',
  });
  expect(bench.sandbox.store.tags(bench.repository.path)).toEqual([]);
});

test('a manifest not yet served by digest (GHCR after a push) is a signature that could not be fetched, not none', async () => {
  await using bench = await openBench({ registry: { quirks: { freshManifestMisses: 50 } } });
  const subject = seedImage(bench);
  const registry = bench.connect();
  await attachBundle(registry, bench.repository, subject, '"signed"');
  const { place, descriptors } = await registry.listReferrers(bench.repository, subject.digest);
  const [descriptor] = descriptors;
  if (descriptor === undefined) throw new Error('nothing is listed');
  const set = await registry.fetchReferrer(
    { repository: bench.repository, subject: subject.digest },
    { descriptor, place: place.kind },
  );
  expect(set).toMatchObject({ candidates: [], unreadable: [{ outcome: 'failed' }] });
});
