import { expect, test } from 'vitest';
import { type Digest, digestOf } from '../../../src/domain/image/digest.ts';
import type { FetchedManifest, Registry } from '../../../src/usecases/ports.ts';
import { createRelateContent } from '../../../src/usecases/rejudging/relate-content.ts';
import { createMovedClock, testCall } from '../../calls.ts';

const INDEX = 'application/vnd.oci.image.index.v1+json';
const IMAGE = 'application/vnd.oci.image.manifest.v1+json';
const repository = { registry: 'r.io', path: 'app' };

/** A registry with manifests that tests put there. */
function createRegistry() {
  const manifests = new Map<Digest, FetchedManifest>();
  const asked: Digest[] = [];
  const put = (mediaType: string, document: object): Digest => {
    const bytes = new TextEncoder().encode(JSON.stringify({ schemaVersion: 2, mediaType, ...document }));
    const digest = digestOf(bytes);
    manifests.set(digest, { digest, mediaType, bytes });
    return digest;
  };
  const image = (config: string, layers: readonly string[] = []): Digest =>
    put(IMAGE, {
      config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: digestOf(Buffer.from(config)), size: 2 },
      layers: layers.map((layer) => ({ mediaType: layer, digest: digestOf(Buffer.from(layer)), size: 2 })),
    });
  const index = (children: readonly Digest[], attestations: readonly Digest[] = []): Digest =>
    put(INDEX, {
      manifests: [
        ...children.map((digest) => ({ mediaType: IMAGE, digest, size: 2 })),
        ...attestations.map((digest) => ({
          ...{ mediaType: IMAGE, digest, size: 2, platform: { os: 'unknown', architecture: 'unknown' } },
          annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
        })),
      ],
    });
  const registry = {
    manifest: async (_call: unknown, _repository: unknown, digest: Digest) => {
      asked.push(digest);
      return manifests.get(digest);
    },
  } as unknown as Registry;
  const clock = createMovedClock();
  const ask = createRelateContent(clock);
  const relate = (pinned: Digest, reported: Digest) => ask(testCall(), { repository, pinned, reported }, registry);
  return { manifests, asked, image, index, relate, registry, clock };
}

test('a platform image of the pinned index is a part of it', async () => {
  const { image, index, relate } = createRegistry();
  const [amd, arm, stranger] = [image('amd'), image('arm'), image('stranger')];
  const pinned = index([amd, arm]);
  expect(await relate(pinned, amd)).toBe('part');
  expect(await relate(pinned, arm)).toBe('part');
  expect(await relate(pinned, stranger)).toBe('other');
});

test('an attestation in the index is not a part of it that could run', async () => {
  const { image, index, relate } = createRegistry();
  const attestation = image('attestation');
  expect(await relate(index([image('amd')], [attestation]), attestation)).toBe('other');
});

test('indexes and manifests that lead to the same image share it', async () => {
  const { image, index, relate } = createRegistry();
  const amd = image('amd');
  const pinned = index([amd, image('arm')]);
  // A wrapper of a retag, and a build that only has other attestations.
  expect(await relate(pinned, index([amd]))).toBe('shared');
  expect(await relate(amd, index([amd]))).toBe('shared');
  // Other bytes of the layers, and the same configuration, which is what runtimes know an image by.
  const recompressed = image('amd', ['zstd']);
  expect(recompressed).not.toBe(amd);
  expect(await relate(pinned, recompressed)).toBe('shared');
  expect(await relate(amd, recompressed)).toBe('shared');
  expect(await relate(pinned, index([recompressed]))).toBe('shared');
  // Twins: another configuration.
  expect(await relate(amd, image('evil', ['zstd']))).toBe('other');
  expect(await relate(pinned, index([image('evil')]))).toBe('other');
});

test('what cannot be read proves nothing, and is asked again', async () => {
  const { manifests, image, index, relate, registry } = createRegistry();
  const [amd, evil] = [image('amd'), image('evil')];
  const pinned = index([amd]);
  const stored = manifests.get(pinned) as FetchedManifest;
  for (const missing of [pinned, evil, amd]) {
    const kept = manifests.get(missing) as FetchedManifest;
    manifests.delete(missing);
    expect(await relate(pinned, evil)).toBeUndefined();
    manifests.set(missing, kept);
  }
  manifests.set(pinned, { ...stored, bytes: new TextEncoder().encode('{"schemaVersion":2,"manifests":"x"}') });
  expect(await relate(pinned, evil)).toBeUndefined();
  manifests.set(pinned, stored);
  const { manifest } = registry;
  registry.manifest = () => Promise.reject(new Error('down'));
  expect(await relate(pinned, evil)).toBeUndefined();
  registry.manifest = manifest;
  expect(await relate(pinned, evil)).toBe('other');
});

test('an answer is remembered for a day', async () => {
  const { asked, image, index, relate, clock } = createRegistry();
  const amd = image('amd');
  const pinned = index([amd]);
  await relate(pinned, amd);
  const once = asked.length;
  await relate(pinned, amd);
  expect(asked).toHaveLength(once);
  clock.move(24 * 3_600_000);
  await relate(pinned, amd);
  expect(asked.length).toBeGreaterThan(once);
});

test('of an index with very many images nothing is claimed', async () => {
  const { image, index, relate } = createRegistry();
  const many = Array.from({ length: 33 }, (_, at) => image(`config ${at}`));
  expect(await relate(index(many), image('evil'))).toBeUndefined();
  expect(await relate(index(many.slice(1)), image('evil'))).toBe('other');
});
