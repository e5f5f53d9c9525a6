import { expect, test } from 'vitest';
import { createPendingEntries } from '../../../src/oci/writing/pending-entries.ts';
import type { LegacyLayer } from '../../../src/usecases/ports.ts';
import { attachBundle, openBench, readBundles, seedImage } from './harness.ts';

const tagWrites = (lines: readonly string[]): number =>
  lines.filter((line) => /^PUT \/v2\/acme\/app\/manifests\/sha256-…(?:\.att)? /.test(line)).length;

test.each([true, false])(
  'what one call attaches to one image at once is listed by fewer writes than there are entries, and nothing is lost; no API known before: %s',
  async (isKnown) => {
    await using bench = await openBench({ registry: { quirks: { referrers: 'no-route' } } });
    const image = seedImage(bench);
    const registry = bench.connect();
    if (isKnown) await registry.listReferrers(bench.repository, image.digest);
    const texts = ['"one"', '"two"', '"three"', '"four"', '"five"'];
    const attached = await Promise.all(texts.map((text) => attachBundle(registry, bench.repository, image, text)));
    expect(attached.flatMap(({ warnings }) => warnings)).toEqual([]);
    expect(tagWrites(bench.requests())).toBeLessThan(texts.length);
    const listing = await bench.connect().listReferrersTag(bench.repository, image.digest);
    const found = await readBundles(bench.connect(), bench.repository, image.digest, listing);
    expect([...found].sort()).toEqual([...texts].sort());
    // Twin: one after the other, each is written for itself.
    const before = tagWrites(bench.requests());
    for (const text of ['"six"', '"seven"']) await attachBundle(registry, bench.repository, image, text);
    expect(tagWrites(bench.requests())).toBe(before + 2);
  },
);

test('layers of one tag too', async () => {
  await using bench = await openBench();
  const image = seedImage(bench);
  const registry = bench.connect();
  const texts = ['{"one":1}', '{"two":2}', '{"three":3}', '{"four":4}'];
  const append = (text: string) => {
    const layer: LegacyLayer = {
      isAttestation: true,
      payload: Buffer.from(text),
      annotations: { predicateType: text },
    };
    const openSession = () => registry.openUpload(bench.repository);
    return registry.appendLegacy({ repository: bench.repository, subject: image.digest }, { layer, openSession });
  };
  await Promise.all(texts.map(append));
  expect(tagWrites(bench.requests())).toBeLessThan(texts.length);
  const { layers } = await bench.connect().listAttestationTag(bench.repository, image.digest);
  expect(layers.map(({ annotations }) => annotations?.['predicateType']).sort()).toEqual([...texts].sort());
});

test('an attachment whose push is refused is added by no other', async () => {
  await using bench = await openBench({ registry: { quirks: { referrers: 'no-route' } } });
  const image = seedImage(bench);
  const registry = bench.connect();
  const good = attachBundle(registry, bench.repository, image, '"good"');
  const where = { repository: bench.repository, subject: image.digest };
  // Its bundle was never uploaded, so the registry refuses the manifest.
  const text = JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    artifactType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    config: { mediaType: 'application/vnd.oci.empty.v1+json', size: 2, digest: `sha256:${'1'.repeat(64)}` },
    layers: [],
    subject: { mediaType: image.mediaType, size: image.size, digest: image.digest },
  });
  const bad = registry.attach(where, { manifest: Buffer.from(text), seen: [] });
  await expect(bad).rejects.toThrow();
  await good;
  const listing = await bench.connect().listReferrersTag(bench.repository, image.digest);
  expect(listing.descriptors).toHaveLength(1);
});

test('entries are kept by tag, and an empty tag is forgotten', () => {
  const pending = createPendingEntries();
  const [one, two] = [{ n: 1 }, { n: 2 }];
  pending.add('a', one);
  pending.add('a', one);
  pending.add('a', two);
  pending.add('b', one);
  expect([pending.of('a'), pending.of('b'), pending.of('c')]).toEqual([[one, two], [one], []]);
  pending.remove('a', one);
  pending.remove('c', one);
  expect([pending.of('a'), pending.of('b')]).toEqual([[two], [one]]);
});
