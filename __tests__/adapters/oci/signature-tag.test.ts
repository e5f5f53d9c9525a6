import { readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { errorReply, on } from '../../../sandbox/http/faults.ts';
import { type Digest, digestOf } from '../../../src/domain/image/digest.ts';
import { OCI_INDEX, SIMPLE_SIGNING } from '../../../src/domain/image/media-types.ts';
import { appendToConfig, newConfig } from '../../../src/oci/writing/signature-config.ts';
import type { LegacyLayer } from '../../../src/usecases/ports.ts';
import { type Bench, openBench, seedImage } from './harness.ts';

const isTagRead = (line: string): boolean => /^GET \/v2\/acme\/app\/manifests\/sha256-…\.sig (?:200|404)$/.test(line);

const golden = (name: string, file: string): Buffer =>
  readFileSync(new URL(`../../fixtures/golden/${name}/${file}`, import.meta.url));
const tagOf = (digest: string): string => `${digest.replace(':', '-')}.sig`;
const layerOf = (signature: string): LegacyLayer => ({
  payload: Buffer.from('{"critical":{}}'),
  annotations: { 'dev.cosignproject.cosign/signature': signature },
});

interface SignatureManifest {
  readonly mediaType: string;
  readonly config: { readonly mediaType: string; readonly digest: string };
  readonly layers: readonly { readonly digest: string; readonly annotations: Readonly<Record<string, string>> }[];
}

function stored({ sandbox: { store } }: Bench, subject: Digest) {
  const manifest = store.getManifest('acme/app', store.getTag('acme/app', tagOf(subject)) ?? '');
  const json = manifest?.json as unknown as SignatureManifest | undefined;
  const config = Buffer.from(store.getBlob('acme/app', json?.config.digest ?? '') ?? []).toString();
  return { bytes: Buffer.from(manifest?.bytes ?? []).toString(), json, config };
}

const signaturesIn = (bench: Bench, subject: Digest): readonly (string | undefined)[] =>
  stored(bench, subject).json?.layers.map(({ annotations }) => annotations['dev.cosignproject.cosign/signature']) ?? [];

function seedGolden({ sandbox: { store } }: Bench, name: string, subject: Digest): void {
  for (const file of ['config.json', 'layer0']) store.putBlob('acme/app', golden(name, file));
  store.setTag('acme/app', tagOf(subject), store.putManifest('acme/app', golden(name, 'manifest.json')));
}

describe('appending a signature', () => {
  test('writes manifest and config byte for byte as cosign does', async () => {
    await using bench = await openBench();
    const image = seedImage(bench);
    const registry = bench.connect();
    const name = 'cosign2-legacy-two-signers-tsa';
    const expected = JSON.parse(golden(name, 'manifest.json').toString()) as SignatureManifest;
    for (const [index, { annotations }] of expected.layers.entries()) {
      const layer = { payload: golden(name, `layer${index}`), annotations };
      await registry.appendLegacy(
        { repository: bench.repository, subject: image.digest },
        { layer, openSession: () => registry.openUpload(bench.repository) },
      );
    }
    expect(stored(bench, image.digest).bytes).toBe(golden(name, 'manifest.json').toString());
    expect(stored(bench, image.digest).config).toBe(golden(name, 'config.json').toString());
  });

  test('to what cosign wrote keeps it as it is', async () => {
    await using bench = await openBench();
    const image = seedImage(bench);
    seedGolden(bench, 'cosign2-legacy', image.digest);
    const before = stored(bench, image.digest).json;
    const registry = bench.connect();
    const written = await registry.appendLegacy(
      { repository: bench.repository, subject: image.digest },
      { layer: layerOf('new'), openSession: () => registry.openUpload(bench.repository) },
    );
    const { json, config } = stored(bench, image.digest);
    expect(json?.layers).toEqual([...(before?.layers ?? []), expect.objectContaining({ digest: written.layerDigest })]);
    expect(JSON.parse(config)).toMatchObject({
      history: [{}, {}],
      rootfs: { diff_ids: [before?.layers[0]?.digest, written.layerDigest] },
    });
    expect(written.digest).toBe(bench.sandbox.store.getTag('acme/app', tagOf(image.digest)));
  });

  test('keeps Docker media types', async () => {
    await using bench = await openBench();
    const image = seedImage(bench);
    const { store } = bench.sandbox;
    const config = JSON.stringify({ architecture: '', rootfs: { type: 'layers', diff_ids: [] }, history: [] });
    const manifest = {
      schemaVersion: 2,
      mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
      config: {
        mediaType: 'application/vnd.docker.container.image.v1+json',
        size: config.length,
        digest: store.putBlob('acme/app', config),
      },
      layers: [],
    };
    store.setTag('acme/app', tagOf(image.digest), store.putManifest('acme/app', JSON.stringify(manifest)));
    const registry = bench.connect();
    await registry.appendLegacy(
      { repository: bench.repository, subject: image.digest },
      { layer: layerOf('a'), openSession: () => registry.openUpload(bench.repository) },
    );
    expect(stored(bench, image.digest).json).toMatchObject({
      mediaType: manifest.mediaType,
      config: { mediaType: manifest.config.mediaType },
    });
  });

  test('after an outage keeps what another writer added meanwhile', async () => {
    let foreign: (() => void) | undefined;
    await using bench = await openBench({
      registry: {
        faults: [
          {
            match: on('PUT', /\/manifests\/sha256-.*\.sig$/),
            times: 1,
            action: {
              reply: () => {
                foreign?.();
                return errorReply(503, 'UNAVAILABLE');
              },
            },
          },
        ],
      },
    });
    const image = seedImage(bench);
    foreign = () => seedGolden(bench, 'cosign2-legacy', image.digest);
    const registry = bench.connect();
    const written = await registry.appendLegacy(
      { repository: bench.repository, subject: image.digest },
      { layer: layerOf('ours'), openSession: () => registry.openUpload(bench.repository) },
    );
    expect(stored(bench, image.digest).json?.layers).toHaveLength(2);
    expect(signaturesIn(bench, image.digest).at(-1)).toBe('ours');
    expect(written.warnings).toEqual([]);
  });

  test('keeps what another writer adds while the payload waits for an outage to end', async () => {
    let foreign: (() => void) | undefined;
    await using bench = await openBench({
      registry: {
        faults: [
          {
            match: on('PUT', /\/blobs\/uploads\//),
            times: 1,
            action: {
              reply: async () => {
                // Once the tag, read at the same time, is answered; what it showed is then old by the time of our write.
                await vi.waitFor(() => expect(bench.requests().some(isTagRead)).toBe(true), { timeout: 60_000 });
                foreign?.();
                await new Promise((resolve) => setTimeout(resolve, 200));
                return errorReply(503, 'UNAVAILABLE', 'busy', [['Retry-After', '0']]);
              },
            },
          },
        ],
      },
    });
    const image = seedImage(bench);
    foreign = () => seedGolden(bench, 'cosign2-legacy', image.digest);
    const registry = bench.connect({ settleMs: 300 });
    await registry.appendLegacy(
      { repository: bench.repository, subject: image.digest },
      { layer: layerOf('ours'), openSession: () => registry.openUpload(bench.repository) },
    );
    expect(signaturesIn(bench, image.digest)).toEqual([expect.any(String), 'ours']);
  });

  test.each([
    ['is gone', false],
    ['shows an older state', true],
  ])('keeps what was seen at the start, even if the tag %s before the write', async (_, wasOlder) => {
    await using bench = await openBench();
    const image = seedImage(bench);
    const registry = bench.connect();
    const append = (text: string) =>
      registry.appendLegacy(
        { repository: bench.repository, subject: image.digest },
        { layer: layerOf(text), openSession: () => registry.openUpload(bench.repository) },
      );
    const { store } = bench.sandbox;
    await append('older');
    const older = store.getTag('acme/app', tagOf(image.digest));
    await append('newer');
    await registry.fetchLegacy(bench.repository, image.digest);
    if (wasOlder && older !== undefined) store.setTag('acme/app', tagOf(image.digest), older);
    else store.ensureRepository('acme/app').tags.delete(tagOf(image.digest));
    await append('ours');
    expect(signaturesIn(bench, image.digest)).toEqual(['older', 'newer', 'ours']);
  });

  test('goes on if what was seen at the start was deleted meanwhile', async () => {
    await using bench = await openBench();
    const image = seedImage(bench);
    seedGolden(bench, 'cosign2-legacy', image.digest);
    const registry = bench.connect();
    await registry.fetchLegacy(bench.repository, image.digest);
    bench.sandbox.store.deleteManifest('acme/app', bench.sandbox.store.getTag('acme/app', tagOf(image.digest)) ?? '');
    await registry.appendLegacy(
      { repository: bench.repository, subject: image.digest },
      { layer: layerOf('ours'), openSession: () => registry.openUpload(bench.repository) },
    );
    expect(signaturesIn(bench, image.digest)).toEqual(['ours']);
  });

  test('by many writers at once loses none', async () => {
    await using bench = await openBench({ registry: { quirks: { tagWriteDelayMs: 5 } } });
    const image = seedImage(bench);
    const names = Array.from({ length: 8 }, (_, index) => `signer-${index}`);
    await Promise.all(
      names.map((name) => {
        const registry = bench.connect({ settleMs: 200, random: Math.random });
        return registry.appendLegacy(
          { repository: bench.repository, subject: image.digest },
          { layer: layerOf(name), openSession: () => registry.openUpload(bench.repository) },
        );
      }),
    );
    expect([...signaturesIn(bench, image.digest)].sort()).toEqual(names);
  });

  test.each(['harbor', 'quay', 'ecr'] as const)(
    'to an immutable tag is a denial, and the tag stays (%s)',
    async (immutableAnswer) => {
      await using bench = await openBench({ registry: { quirks: { immutableTags: /\.sig$/, immutableAnswer } } });
      const image = seedImage(bench);
      const registry = bench.connect();
      const open = () => registry.openUpload(bench.repository);
      await registry.appendLegacy(
        { repository: bench.repository, subject: image.digest },
        { layer: layerOf('first'), openSession: open },
      );
      await expect(
        registry.appendLegacy(
          { repository: bench.repository, subject: image.digest },
          { layer: layerOf('second'), openSession: open },
        ),
      ).rejects.toMatchObject({
        code: 'REGISTRY_DENIED',
        hint: expect.stringContaining('immutability'),
      });
      expect(signaturesIn(bench, image.digest)).toEqual(['first']);
    },
  );

  test.each([
    [JSON.stringify({ schemaVersion: 2, mediaType: OCI_INDEX, manifests: [] }), 'an index'],
    [
      JSON.stringify({ schemaVersion: 2, mediaType: 'application/vnd.oci.image.manifest.v1+json', layers: 'x' }),
      'a broken manifest',
    ],
  ])('to %# is refused and leaves it alone: %s', async (content, _reason) => {
    await using bench = await openBench();
    const image = seedImage(bench);
    const { store } = bench.sandbox;
    const digest = store.putManifest('acme/app', content);
    store.setTag('acme/app', tagOf(image.digest), digest);
    const registry = bench.connect();
    const open = () => registry.openUpload(bench.repository);
    await expect(
      registry.appendLegacy(
        { repository: bench.repository, subject: image.digest },
        { layer: layerOf('x'), openSession: open },
      ),
    ).rejects.toMatchObject({
      code: 'REGISTRY_INVALID',
    });
    expect(store.getTag('acme/app', tagOf(image.digest))).toBe(digest);
  });

  test.each([403, 500])('is refused if the tag cannot be read (%i): what is there is not known', async (status) => {
    await using bench = await openBench({
      registry: {
        faults: [{ match: on('GET', /\.sig$/), times: 'always', action: { reply: errorReply(status, 'X') } }],
      },
      retryFor: 200,
    });
    const image = seedImage(bench);
    const registry = bench.connect();
    const open = () => registry.openUpload(bench.repository);
    await expect(
      registry.appendLegacy(
        { repository: bench.repository, subject: image.digest },
        { layer: layerOf('x'), openSession: open },
      ),
    ).rejects.toMatchObject({
      code: status === 403 ? 'REGISTRY_DENIED' : 'REGISTRY_UNAVAILABLE',
    });
    expect(bench.requests().filter((line) => line.startsWith('PUT /v2/acme/app/manifests/'))).toEqual([]);
  });
});

describe('the config of a signature tag', () => {
  const [one, two] = ['a', 'b'].map((text) => digestOf(Buffer.from(text))) as [Digest, Digest];

  test('keeps unknown fields when it grows', () => {
    const old = Buffer.from(
      JSON.stringify({
        created: 'then',
        history: [{ x: 1 }],
        rootfs: { type: 'layers', diff_ids: [one] },
        extra: true,
      }),
    );
    expect(JSON.parse(Buffer.from(appendToConfig(old, [one, two])).toString())).toEqual({
      created: 'then',
      history: [{ x: 1 }, { created: '0001-01-01T00:00:00Z' }],
      rootfs: { type: 'layers', diff_ids: [one, two] },
      extra: true,
    });
  });

  test.each([
    ['not json', 'no JSON'],
    ['[]', 'a list'],
    ['{}', 'nothing in it'],
    [JSON.stringify({ history: [], rootfs: { diff_ids: [one] } }), 'history and layers that disagree'],
    [JSON.stringify({ history: [{}], rootfs: { diff_ids: [two] } }), 'other layers'],
  ])('is made anew from %j: %s', (old, _reason) => {
    expect(appendToConfig(Buffer.from(old), [one, two])).toEqual(newConfig([one, two]));
  });
});

describe('reading the signature tag', () => {
  test('gives each layer in its order with its annotations, equal payloads fetched once', async () => {
    await using bench = await openBench();
    const image = seedImage(bench);
    const name = 'cosign2-legacy-two-signers-tsa';
    seedGolden(bench, name, image.digest);
    const found = await bench.connect().fetchLegacy(bench.repository, image.digest);
    expect(found.places).toMatchObject([{ outcome: 'listed', status: 200, entries: 2 }]);
    const { layers }: SignatureManifest = JSON.parse(golden(name, 'manifest.json').toString('utf8'));
    expect(layers).toHaveLength(2);
    expect(found.candidates.map((one) => one.format === 'legacy' && one.annotations)).toEqual(
      layers.map(({ annotations }) => annotations),
    );
    expect(bench.requests().filter((line) => line.includes('/blobs/'))).toHaveLength(1);
  });

  test.each([
    [404, 'MANIFEST_UNKNOWN', 'absent'],
    [403, 'DENIED', 'failed'],
    [500, 'UNKNOWN', 'failed'],
  ])('answered %i %s is %s', async (status, code, outcome) => {
    await using bench = await openBench({
      registry: {
        faults: [{ match: on('GET', /\.sig$/), times: 'always', action: { reply: errorReply(status, code) } }],
      },
      retryFor: 100,
    });
    const image = seedImage(bench);
    const { places } = await bench.connect().fetchLegacy(bench.repository, image.digest);
    expect(places).toMatchObject([{ outcome, status }]);
  });

  test('lists what is no signature, what is not served and what was changed, and hides nothing behind it', async () => {
    let tampered = '';
    await using bench = await openBench({
      registry: { quirks: { tamperBlob: (bytes, digest) => (digest === tampered ? Buffer.from('other') : bytes) } },
    });
    const image = seedImage(bench);
    const { store } = bench.sandbox;
    const layer = (text: string, mediaType = SIMPLE_SIGNING) => ({
      mediaType,
      size: text.length,
      digest: store.putBlob('acme/app', text),
    });
    tampered = layer('tampered').digest;
    const missing = { mediaType: SIMPLE_SIGNING, size: 1, digest: digestOf(Buffer.from('missing')) };
    const manifest = {
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config: layer('{}', 'application/vnd.oci.image.config.v1+json'),
      layers: [layer('other', 'text/plain'), layer('tampered'), missing, layer('good')],
    };
    store.setTag('acme/app', tagOf(image.digest), store.putManifest('acme/app', JSON.stringify(manifest)));
    const found = await bench.connect().fetchLegacy(bench.repository, image.digest);
    expect(found.candidates).toMatchObject([{ payload: Buffer.from('good') }]);
    expect(found.unreadable.map(({ outcome }) => outcome)).toEqual(['not-a-signature', 'malformed', 'failed']);
  });

  test('looks at 1,000 layers and says that it did not look at more', async () => {
    await using bench = await openBench();
    const image = seedImage(bench);
    const { store } = bench.sandbox;
    const digest = store.putBlob('acme/app', 'payload');
    const layers = Array.from({ length: 1003 }, () => ({ mediaType: SIMPLE_SIGNING, size: 7, digest }));
    const config = {
      mediaType: 'application/vnd.oci.image.config.v1+json',
      size: 2,
      digest: store.putBlob('acme/app', '{}'),
    };
    const manifest = { schemaVersion: 2, mediaType: 'application/vnd.oci.image.manifest.v1+json', config, layers };
    store.setTag('acme/app', tagOf(image.digest), store.putManifest('acme/app', JSON.stringify(manifest)));
    const found = await bench.connect().fetchLegacy(bench.repository, image.digest);
    expect(found.candidates).toHaveLength(1000);
    expect(found.unreadable.map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'failed']);
  });
});
