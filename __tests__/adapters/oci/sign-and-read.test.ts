import { describe, expect, test } from 'vitest';
import { digestOf } from '../../../src/domain/image/digest.ts';
import { attachBundle, openBench, readBundles, seedImage } from './harness.ts';

describe('a signature', () => {
  test.each([
    ['no login', 'none', 0],
    ['Basic', 'basic', 1],
    ['Bearer tokens', 'bearer', 1],
  ] as const)('is attached, listed and read back with %s', async (_, auth, refusals) => {
    await using bench = await openBench({ auth });
    const image = seedImage(bench);
    const registry = bench.connect();
    expect(await registry.head(bench.repository, image.digest)).toEqual(image);
    const outcome = await attachBundle(registry, bench.repository, image, '{"bundle":1}');
    expect(outcome).toMatchObject({ listedBy: 'referrers-api', warnings: [] });

    const reader = bench.connect({ access: 'pull' });
    const listing = await reader.listReferrers(bench.repository, image.digest);
    expect(listing.place).toMatchObject({ outcome: 'listed', status: 200, entries: 1 });
    expect(await readBundles(reader, bench.repository, image.digest, listing)).toEqual(['{"bundle":1}']);
    expect(bench.requests().filter((line) => line.endsWith(' 401'))).toHaveLength(2 * refusals);
    expect(bench.sandbox.misplaced).toEqual([]);
    expect(bench.served.failures).toEqual([]);
  });

  test('costs one 401 and one token for the whole run, and a lone signer 10 requests in all', async () => {
    await using bench = await openBench({ auth: 'bearer' });
    const image = seedImage(bench);
    const registry = bench.connect();
    await Promise.all([
      registry.head(bench.repository, image.digest),
      registry.listReferrers(bench.repository, image.digest),
    ]);
    await attachBundle(registry, bench.repository, image, '{}x');
    expect(bench.requests()).toHaveLength(10);
    expect(bench.tokens?.issued).toMatchObject([{ user: 'alice', asked: ['repository:acme/app:pull,push'] }]);
  });

  test('is written to the tag where the API is missing, and the API is not asked again', async () => {
    await using bench = await openBench({ auth: 'bearer', registry: { quirks: { referrers: 'no-route' } } });
    const image = seedImage(bench);
    // Long enough that no reading grows old between two requests: each is made once.
    const registry = bench.connect({ settleMs: 1500 });
    await registry.head(bench.repository, image.digest);
    const [api, tag] = await Promise.all([
      registry.listReferrers(bench.repository, image.digest),
      registry.listReferrersTag(bench.repository, image.digest),
    ]);
    expect([api.place.outcome, tag.place.outcome]).toEqual(['absent', 'absent']);
    const outcome = await attachBundle(registry, bench.repository, image, '{"bundle":2}');
    expect(outcome).toMatchObject({ listedBy: 'referrers-tag', warnings: [] });
    // Besides these: id-token, certificate, log and timestamp make 17.
    expect(bench.requests()).toHaveLength(13);
    const listing = await registry.listReferrersTag(bench.repository, image.digest);
    expect(await readBundles(registry, bench.repository, image.digest, listing)).toEqual(['{"bundle":2}']);
    expect(listing.descriptors[0]?.annotations).toEqual({ 'dev.sigstore.bundle.content': 'dsse-envelope' });
  });

  test('is appended to the .sig tag with everything kept', async () => {
    await using bench = await openBench({ auth: 'bearer' });
    const image = seedImage(bench);
    const registry = bench.connect();
    const payload = Buffer.from('{"critical":{}}');
    const open = () => registry.openUpload(bench.repository);
    for (const signature of ['one', 'two']) {
      const annotations = { 'dev.cosignproject.cosign/signature': signature };
      const written = await registry.appendLegacy(
        { repository: bench.repository, subject: image.digest },
        { layer: { payload, annotations }, openSession: open },
      );
      expect(written).toMatchObject({ layerDigest: digestOf(payload), warnings: [] });
    }
    const found = await registry.fetchLegacy(bench.repository, image.digest);
    expect(found.places).toMatchObject([{ kind: 'signature-tag', outcome: 'listed', entries: 2 }]);
    expect(found.candidates.map((one) => (one.format === 'legacy' ? one.annotations : {}))).toEqual([
      { 'dev.cosignproject.cosign/signature': 'one' },
      { 'dev.cosignproject.cosign/signature': 'two' },
    ]);
  });
});
