import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Digest, digestOf } from '../../../src/domain/image/digest.ts';
import type { LegacyLayer } from '../../../src/usecases/ports.ts';
import { type Bench, openBench, seedImage } from './harness.ts';

const SAMPLE = new URL('../../fixtures/attestation-samples/slsa-generator-att/', import.meta.url);
const sample = (file: string): Buffer => readFileSync(new URL(file, SAMPLE));
const tagOf = (digest: string, suffix = 'att'): string => `${digest.replace(':', '-')}.${suffix}`;
const layerOf = (text: string): LegacyLayer => ({
  isAttestation: true,
  payload: Buffer.from(text),
  annotations: { 'dev.cosignproject.cosign/signature': '', predicateType: 'https://example.com/v1' },
});

function stored({ sandbox: { store } }: Bench, subject: Digest, suffix = 'att') {
  const manifest = store.getManifest('acme/app', store.getTag('acme/app', tagOf(subject, suffix)) ?? '');
  // biome-ignore lint/suspicious/noExplicitAny: JSON that others wrote is taken apart by hand
  return { bytes: Buffer.from(manifest?.bytes ?? []).toString(), json: manifest?.json as any };
}

function seedSample({ sandbox: { store } }: Bench, subject: Digest): void {
  for (const file of ['config.json', 'layer0']) store.putBlob('acme/app', sample(file));
  store.setTag('acme/app', tagOf(subject), store.putManifest('acme/app', sample('manifest.json')));
}

function appendTo(bench: Bench, subject: Digest) {
  const registry = bench.connect();
  return (layer: LegacyLayer) =>
    registry.appendLegacy(
      { repository: bench.repository, subject },
      { layer, openSession: () => registry.openUpload(bench.repository) },
    );
}

describe('appending an attestation', () => {
  test('writes manifest and config byte for byte as cosign 2 does', async () => {
    await using bench = await openBench();
    const image = seedImage(bench);
    const { annotations } = JSON.parse(sample('manifest.json').toString()).layers[0];
    await appendTo(bench, image.digest)({ isAttestation: true, payload: sample('layer0'), annotations });
    expect(stored(bench, image.digest).bytes).toBe(sample('manifest.json').toString());
    const { digest } = stored(bench, image.digest).json.config;
    const config = bench.sandbox.store.getBlob('acme/app', digest);
    expect(Buffer.from(config ?? []).toString()).toBe(sample('config.json').toString());
  });

  test('keeps what others wrote, and touches no signature', async () => {
    await using bench = await openBench();
    const image = seedImage(bench);
    seedSample(bench, image.digest);
    const before = stored(bench, image.digest).json.layers;
    await appendTo(bench, image.digest)(layerOf('{"one":1}'));
    await appendTo(bench, image.digest)(layerOf('{"two":2}'));
    const { layers } = stored(bench, image.digest).json;
    expect(layers.slice(0, 1)).toEqual(before);
    expect(layers.slice(1).map(({ digest }: { digest: string }) => digest)).toEqual([
      digestOf(Buffer.from('{"one":1}')),
      digestOf(Buffer.from('{"two":2}')),
    ]);
    expect(layers[1].mediaType).toBe('application/vnd.dsse.envelope.v1+json');
    expect(bench.sandbox.store.getTag('acme/app', tagOf(image.digest, 'sig'))).toBeUndefined();
  });

  test('a layer that another writer dropped after it was seen is put back', async () => {
    await using bench = await openBench();
    const image = seedImage(bench);
    seedSample(bench, image.digest);
    const registry = bench.connect();
    await registry.listAttestationTag(bench.repository, image.digest);
    const { store } = bench.sandbox;
    const other = { ...stored(bench, image.digest).json, layers: [] };
    store.setTag('acme/app', tagOf(image.digest), store.putManifest('acme/app', Buffer.from(JSON.stringify(other))));
    await registry.appendLegacy(
      { repository: bench.repository, subject: image.digest },
      { layer: layerOf('{}'), openSession: () => registry.openUpload(bench.repository) },
    );
    const digests = stored(bench, image.digest).json.layers.map(({ digest }: { digest: string }) => digest);
    expect(digests).toEqual([digestOf(sample('layer0')), digestOf(Buffer.from('{}'))]);
  });

  test('a tag that holds something else is refused before anything is written', async () => {
    await using bench = await openBench();
    const image = seedImage(bench);
    const { store } = bench.sandbox;
    const index = { schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json', manifests: [] };
    store.setTag('acme/app', tagOf(image.digest), store.putManifest('acme/app', Buffer.from(JSON.stringify(index))));
    const place = { repository: bench.repository, subject: image.digest };
    await expect(bench.connect().checkPlace(place, 'attestation-tag')).rejects.toMatchObject({
      code: 'REGISTRY_INVALID',
    });
    // Twins: the other places are not touched by it.
    await bench.connect().checkPlace(place, 'legacy');
    await bench.connect().checkPlace(place, 'bundle');
  });
});

describe('reading the attestation tag', () => {
  test('lists its layers, and fetches one by its digest', async () => {
    await using bench = await openBench();
    const image = seedImage(bench);
    seedSample(bench, image.digest);
    const registry = bench.connect();
    const { place, layers, unreadable } = await registry.listAttestationTag(bench.repository, image.digest);
    expect(place).toMatchObject({ kind: 'attestation-tag', outcome: 'listed', entries: 1 });
    expect(unreadable).toEqual([]);
    const [layer] = layers;
    if (layer === undefined) throw new TypeError('no layer');
    const { candidates } = await registry.fetchAttestationLayer(bench.repository, layer);
    expect(candidates).toMatchObject([{ format: 'legacy', digest: digestOf(sample('layer0')) }]);
    expect(candidates[0]?.format === 'legacy' && Buffer.from(candidates[0].payload).equals(sample('layer0'))).toBe(
      true,
    );
    // Twin: a layer whose blob is missing is a value, not an attestation.
    const missing = { ...layer, digest: digestOf(Buffer.from('elsewhere')) };
    const none = await registry.fetchAttestationLayer(bench.repository, missing);
    expect(none).toMatchObject({ candidates: [], unreadable: [{ outcome: 'failed', place: 'attestation-tag' }] });
  });

  test('an absent tag is absent, and a layer of another kind is only named', async () => {
    await using bench = await openBench();
    const image = seedImage(bench);
    const absent = await bench.connect().listAttestationTag(bench.repository, image.digest);
    expect(absent).toMatchObject({ place: { outcome: 'absent', status: 404 }, layers: [] });
    const manifest = JSON.parse(sample('manifest.json').toString());
    manifest.layers[0].mediaType = 'text/plain';
    const { store } = bench.sandbox;
    for (const file of ['config.json', 'layer0']) store.putBlob('acme/app', sample(file));
    store.setTag('acme/app', tagOf(image.digest), store.putManifest('acme/app', Buffer.from(JSON.stringify(manifest))));
    const other = await bench.connect().listAttestationTag(bench.repository, image.digest);
    expect(other).toMatchObject({
      layers: [],
      unreadable: [{ outcome: 'not-a-signature', artifactType: 'text/plain' }],
    });
  });

  test('a bundle between 16 and 24 MiB is read only where attestations are wanted', async () => {
    await using bench = await openBench();
    const image = seedImage(bench);
    const { store } = bench.sandbox;
    const seed = (bytes: number) => {
      const bundle = Buffer.alloc(bytes, 'x');
      const type = 'application/vnd.dev.sigstore.bundle.v0.3+json';
      const manifest = {
        schemaVersion: 2,
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        artifactType: type,
        config: { mediaType: 'application/vnd.oci.empty.v1+json', size: 2, digest: digestOf(Buffer.from('{}')) },
        layers: [{ mediaType: type, size: bytes, digest: store.putBlob('acme/app', bundle) }],
        subject: { mediaType: 'application/vnd.oci.image.manifest.v1+json', size: 1, digest: image.digest },
      };
      const raw = Buffer.from(JSON.stringify(manifest));
      return { mediaType: manifest.mediaType, digest: store.putManifest('acme/app', raw) as Digest, size: raw.length };
    };
    const where = { repository: bench.repository, subject: image.digest };
    const fetch = (descriptor: ReturnType<typeof seed>, wants?: 'attestations') =>
      bench.connect().fetchReferrer(where, {
        descriptor,
        place: 'referrers-api',
        ...(wants === undefined ? {} : { wants }),
      });
    const large = seed(24 * 1024 * 1024);
    expect(await fetch(large)).toMatchObject({ candidates: [], unreadable: [{ outcome: 'not-a-signature' }] });
    expect((await fetch(large, 'attestations')).candidates[0]).toMatchObject({
      format: 'bundle',
      digest: large.digest,
    });
    const larger = seed(24 * 1024 * 1024 + 1);
    expect(await fetch(larger, 'attestations')).toMatchObject({
      candidates: [],
      unreadable: [{ outcome: 'not-a-signature' }],
    });
  });
});
