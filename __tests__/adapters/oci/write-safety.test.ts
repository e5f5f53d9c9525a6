import { expect, test } from 'vitest';
import { errorReply, type FaultAction, on } from '../../../sandbox/http/faults.ts';
import type { LegacyLayer } from '../../../src/usecases/ports.ts';
import { attachBundle, openBench, seedImage } from './harness.ts';

/* What is written back under a shared tag must be what was there: damage on the way of a read is not. */

const READS = {
  'the referrers tag': on('GET', /manifests\/sha256-[0-9a-f]{64}$/),
  'the .sig tag': on('GET', /manifests\/sha256-[0-9a-f]{64}\.sig$/),
};
const layerOf = (signature: string): LegacyLayer => ({
  payload: Buffer.from('{"critical":{}}'),
  annotations: { 'dev.cosignproject.cosign/signature': signature },
});

/** One letter inside a string, so that the JSON stays good. */
const damage: FaultAction = {
  change: (reply) => ({
    ...reply,
    body: Buffer.from(reply.body ?? '')
      .toString()
      .replace(/"(dev\.[a-z]+)/, '"$1X'),
  }),
};

/** Writes once undisturbed, then once more with the reads of the tag damaged; the entries under it before and after. */
async function writeTwice(tag: keyof typeof READS, times: number | 'always') {
  const damaged = READS[tag];
  let isArmed = false;
  await using bench = await openBench({
    registry: {
      quirks: { referrers: 'not-found' },
      faults: [{ match: (request) => isArmed && damaged(request), times, action: damage }],
    },
  });
  const subject = seedImage(bench);
  const registry = bench.connect();
  const suffix = tag === 'the .sig tag' ? '.sig' : '';
  const entries = (): readonly string[] => {
    const { store } = bench.sandbox;
    const path = bench.repository.path;
    const digest = store.getTag(path, `${subject.digest.replace(':', '-')}${suffix}`) ?? '';
    const json = store.getManifest(path, digest)?.json;
    return ((json?.['manifests'] ?? json?.['layers'] ?? []) as object[]).map((entry) => JSON.stringify(entry));
  };
  const write = (text: string): Promise<unknown> =>
    suffix === ''
      ? attachBundle(registry, bench.repository, subject, text)
      : registry.appendLegacy(
          { repository: bench.repository, subject: subject.digest },
          { layer: layerOf(text), openSession: () => registry.openUpload(bench.repository) },
        );
  await write('"first"');
  const before = entries();
  isArmed = true;
  const outcome = await write('"second"').then(
    () => 'written',
    (error: { code?: string }) => error.code,
  );
  return { before, after: entries(), outcome };
}

test.each(Object.keys(READS) as (keyof typeof READS)[])('reads %s again if its bytes were damaged', async (tag) => {
  const { before, after, outcome } = await writeTwice(tag, 1);
  expect(outcome).toBe('written');
  expect(after).toHaveLength(2);
  expect(after[0]).toBe(before[0]);
});

test.each(Object.keys(READS) as (keyof typeof READS)[])('leaves %s alone if its bytes stay damaged', async (tag) => {
  const { before, after, outcome } = await writeTwice(tag, 'always');
  expect(outcome).toBe('REGISTRY_INVALID');
  expect(after).toEqual(before);
});

test.each(['missing', 'wrong'] as const)(
  'writes over a tag whose Docker-Content-Digest is %s',
  async (contentDigest) => {
    await using bench = await openBench({ registry: { quirks: { referrers: 'not-found', contentDigest } } });
    const subject = seedImage(bench);
    const registry = bench.connect();
    await attachBundle(registry, bench.repository, subject, '"first"');
    const { warnings } = await attachBundle(registry, bench.repository, subject, '"second"');
    expect(warnings).toEqual([]);
    const listing = await registry.listReferrersTag(bench.repository, subject.digest);
    expect(listing.descriptors).toHaveLength(2);
  },
);

test.each([
  ['opening an upload', 'POST', /\/blobs\/uploads\//],
  ['a blob', 'PUT', /\/blobs\/uploads\//],
  ['a manifest', 'PUT', /\/manifests\//],
] as const)('a 404 to %s is about the repository, not the image', async (_what, method, path) => {
  const faults = [
    { match: on(method, path), times: 'always' as const, action: { reply: errorReply(404, 'NAME_UNKNOWN') } },
  ];
  await using bench = await openBench({ registry: { faults } });
  const subject = seedImage(bench);
  await expect(attachBundle(bench.connect(), bench.repository, subject, '"x"')).rejects.toMatchObject({
    code: 'REGISTRY_INVALID',
    hint: expect.stringContaining('acme/app'),
  });
});

test('a signature that may not be fetched is denied, not unavailable', async () => {
  await using bench = await openBench();
  const subject = seedImage(bench);
  const registry = bench.connect();
  await attachBundle(registry, bench.repository, subject, '"x"');
  const { place, descriptors } = await registry.listReferrers(bench.repository, subject.digest);
  bench.sandbox.quirks.denyPull = 403;
  const [descriptor] = descriptors;
  if (descriptor === undefined) throw new Error('nothing is listed');
  const set = await registry.fetchReferrer(
    { repository: bench.repository, subject: subject.digest },
    { descriptor, place: place.kind },
  );
  expect(set.unreadable).toMatchObject([{ outcome: 'failed', error: { code: 'REGISTRY_DENIED' } }]);
});
