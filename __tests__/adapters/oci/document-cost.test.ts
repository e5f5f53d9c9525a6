import { afterEach, expect, test, vi } from 'vitest';
import type { Descriptor } from '../../../src/domain/image/descriptor.ts';
import type { Digest } from '../../../src/domain/image/digest.ts';
import { BUNDLE_V03, OCI_INDEX, OCI_MANIFEST } from '../../../src/domain/image/media-types.ts';
import { turnFor } from '../../../src/http/turns.ts';
import { type Bench, bundleManifest, openBench, seedImage } from './harness.ts';

/* What reading costs is counted, not timed. */

afterEach(() => {
  vi.restoreAllMocks();
});

/** Characters of each text given to JSON.parse from now on. */
function countParsing(): readonly number[] {
  const lengths: number[] = [];
  const parse = JSON.parse;
  vi.spyOn(JSON, 'parse').mockImplementation((text: string, reviver) => {
    if (text.length > 200) lengths.push(text.length);
    return parse(text, reviver) as unknown;
  });
  return lengths;
}

async function putReferrer(
  bench: Bench,
  image: Descriptor,
  more: Readonly<Record<string, unknown>>,
): Promise<Descriptor> {
  const { store } = bench.sandbox;
  store.putBlob('acme/app', 'bundle');
  const manifest = JSON.parse(Buffer.from(bundleManifest(image, 'bundle')).toString('utf8')) as object;
  const bytes = Buffer.from(JSON.stringify({ ...manifest, ...more }));
  const digest = store.putManifest('acme/app', bytes) as Digest;
  return { mediaType: OCI_MANIFEST, digest, size: bytes.length, artifactType: BUNDLE_V03 };
}

test('a referrer is parsed once, however long its texts are', async () => {
  await using bench = await openBench();
  const image = seedImage(bench);
  const referrer = await putReferrer(bench, image, { annotations: { filler: 'x'.repeat(500_000) } });
  const registry = bench.connect();
  const parsed = countParsing();
  const found = await registry.fetchReferrer(
    { repository: bench.repository, subject: image.digest },
    { descriptor: referrer, place: 'referrers-api' },
  );
  expect(found.candidates).toHaveLength(1);
  expect(parsed.filter((length) => length > 500_000)).toHaveLength(1);
});

test.each([
  ['lists', () => []],
  ['objects', () => ({})],
  ['numbers', () => 0],
  ['texts', () => ''],
  ['keys', (index: number) => ({ [`k${index}`]: 0 })],
])('a referrer of 900 kB of small %s is not parsed at all, and is no signature', async (_what, unit) => {
  await using bench = await openBench();
  const image = seedImage(bench);
  const perUnit = JSON.stringify(unit(99_999)).length + 1;
  const x = Array.from({ length: 900_000 / perUnit }, (_, index) => unit(index));
  const referrer = await putReferrer(bench, image, { x });
  const registry = bench.connect();
  const parsed = countParsing();
  const found = await registry.fetchReferrer(
    { repository: bench.repository, subject: image.digest },
    { descriptor: referrer, place: 'referrers-api' },
  );
  expect(found).toMatchObject({ candidates: [], unreadable: [{ outcome: 'not-a-signature' }] });
  expect(found.unreadable[0]?.message).toContain('more than 20000 members');
  expect(parsed.filter((length) => length > 10_000)).toEqual([]);
});

test('a referrer past the bytes of any signature is not read to its end, and is no signature', async () => {
  await using bench = await openBench();
  const image = seedImage(bench);
  const referrer = await putReferrer(bench, image, { annotations: { filler: 'x'.repeat(3 * 1024 * 1024) } });
  const registry = bench.connect();
  const parsed = countParsing();
  const found = await registry.fetchReferrer(
    { repository: bench.repository, subject: image.digest },
    { descriptor: referrer, place: 'referrers-api' },
  );
  expect(found).toMatchObject({ candidates: [], unreadable: [{ outcome: 'not-a-signature' }] });
  expect(found.unreadable[0]?.message).toContain('larger than that of any signature');
  expect(parsed.filter((length) => length > 10_000)).toEqual([]);
});

test('what real clients write stays far below: 100 signatures in one referrer of cosign’s oci-1-1 experiment', async () => {
  await using bench = await openBench();
  const image = seedImage(bench);
  const layer = (index: number) => ({
    mediaType: 'application/vnd.dev.cosign.simplesigning.v1+json',
    digest: bench.sandbox.store.putBlob('acme/app', 'payload'),
    size: 7,
    // As in the golden files: signature, certificate, chain, log entry and timestamp.
    annotations: Object.fromEntries(
      ['signature', 'certificate', 'chain', 'bundle', 'rfc3161timestamp'].map((name) => [
        `dev.sigstore.cosign/${name}`,
        `${index}${'x'.repeat(1700)}`,
      ]),
    ),
  });
  const artifactType = 'application/vnd.dev.cosign.artifact.sig.v1+json';
  const layers = Array.from({ length: 100 }, (_, index) => layer(index));
  const referrer = await putReferrer(bench, image, { artifactType, layers });
  const found = await bench
    .connect()
    .fetchReferrer(
      { repository: bench.repository, subject: image.digest },
      { descriptor: referrer, place: 'referrers-api' },
    );
  expect(found.unreadable).toEqual([]);
  expect(found.candidates).toHaveLength(100);
});

test('an index of 4 MiB of small values is refused without being parsed', async () => {
  await using bench = await openBench();
  const text = `{"schemaVersion":2,"mediaType":"${OCI_INDEX}","manifests":[${'{},'.repeat(1_000_000)}{}]}`;
  const digest = bench.sandbox.store.putManifest('acme/app', text, OCI_INDEX) as Digest;
  const registry = bench.connect();
  const parsed = countParsing();
  await expect(registry.manifest(bench.repository, digest)).rejects.toMatchObject({
    code: 'REGISTRY_INVALID',
    message: expect.stringContaining('more than 150000 members'),
  });
  expect(parsed).toEqual([]);
});

test('large documents get a turn of the event loop each, small ones none', async () => {
  let turns = 0;
  let isDone = false;
  const count = (): void => {
    turns += 1;
    if (!isDone) setImmediate(count);
  };
  setImmediate(count);
  const large = new Uint8Array(100_000);
  const at = await Promise.all(Array.from({ length: 10 }, () => turnFor(large).then(() => turns)));
  isDone = true;
  expect(new Set(at).size).toBe(10);
  const before = turns;
  await turnFor(new Uint8Array(10));
  expect(turns).toBe(before);
});
