import { describe, expect, test } from 'vitest';
import { errorReply, on } from '../../../sandbox/http/faults.ts';
import type { Digest } from '../../../src/domain/image/digest.ts';
import { OCI_INDEX, OCI_MANIFEST, SIMPLE_SIGNING } from '../../../src/domain/image/media-types.ts';
import type { Repository } from '../../../src/domain/image/reference.ts';
import type { HttpClient, HttpRequest, HttpResponse } from '../../../src/http/http-client.ts';
import { createRegistry } from '../../../src/oci/registry.ts';
import { anonymousCredentials } from '../../../src/oci/transport/credential.ts';
import type { LegacyLayer, Registry } from '../../../src/usecases/ports.ts';
import { type SeenBy, testCall } from '../../calls.ts';
import { attachBundle, type Bench, bundleManifest, clock, openBench, seedImage } from './harness.ts';

/** Whether a signature could be stored, asked before it is logged. */

const tagOf = (digest: string): string => digest.replace(':', '-');
const layer: LegacyLayer = {
  payload: Buffer.from('{"critical":{}}'),
  annotations: { 'dev.cosignproject.cosign/signature': 'ours' },
};
function append(registry: SeenBy<Registry>, { repository }: Bench, subject: ReturnType<typeof seedImage>) {
  return registry.appendLegacy(
    { repository, subject: subject.digest },
    { layer, openSession: () => registry.openUpload(repository) },
  );
}

function seedSignatures({ sandbox: { store }, repository: { path } }: Bench, subject: { readonly digest: string }) {
  const config = '{"history":[],"rootfs":{"diff_ids":[]}}';
  const manifest = {
    schemaVersion: 2,
    mediaType: OCI_MANIFEST,
    config: {
      mediaType: 'application/vnd.oci.image.config.v1+json',
      size: config.length,
      digest: store.putBlob(path, config),
      annotations: { of: 'the config' },
      data: Buffer.from(config).toString('base64'),
    },
    layers: [],
    annotations: { by: 'another' },
  };
  store.setTag(path, `${tagOf(subject.digest)}.sig`, store.putManifest(path, JSON.stringify(manifest)));
}

describe('what the check of a .sig tag reads is not read again for the write', () => {
  /** Requests of a check and an append that is made this long after it; undefined = without a check. */
  async function requestsOf(isThere: boolean, laterMs?: number): Promise<readonly string[]> {
    await using bench = await openBench();
    const image = seedImage(bench);
    if (isThere) seedSignatures(bench, image);
    let nowMs = 0;
    const registry = bench.connect({ clock: { now: () => new Date(nowMs), sleep: async () => {} }, settleMs: 3000 });
    if (laterMs !== undefined)
      await registry.checkPlace({ repository: bench.repository, subject: image.digest }, 'legacy');
    nowMs += laterMs ?? 0;
    await append(registry, bench, image);
    return bench
      .requests()
      .map((line) => line.replace(/uploads\/[0-9a-f-]+/, 'uploads/…'))
      .sort();
  }

  test.each([
    ['no tag', false],
    ['a tag', true],
  ])('with %s', async (_what, isThere) => {
    expect(await requestsOf(isThere, 0)).toEqual(await requestsOf(isThere));
  });

  test('unless it has got old', async () => {
    const reads = (lines: readonly string[]): number => lines.filter((line) => line.startsWith('GET ')).length;
    expect(reads(await requestsOf(true, 3000))).toBe(reads(await requestsOf(true)) + 1);
  });

  test('or was changed by ourselves since', async () => {
    await using bench = await openBench();
    const image = seedImage(bench);
    const registry = bench.connect({ clock: { now: () => new Date(0), sleep: async () => {} } });
    await registry.checkPlace({ repository: bench.repository, subject: image.digest }, 'legacy');
    await append(registry, bench, image);
    const other = { payload: Buffer.from('{"other":{}}'), annotations: {} };
    await registry.appendLegacy(
      { repository: bench.repository, subject: image.digest },
      { layer: other, openSession: () => registry.openUpload(bench.repository) },
    );
    const tag = bench.sandbox.store.getTag('acme/app', `${tagOf(image.digest)}.sig`) ?? '';
    expect(bench.sandbox.store.getManifest('acme/app', tag)?.json['layers']).toHaveLength(2);
  });
});

test('all that another wrote into a .sig manifest is kept, but the copy of the old config', async () => {
  await using bench = await openBench();
  const image = seedImage(bench);
  seedSignatures(bench, image);
  await append(bench.connect(), bench, image);
  const tag = bench.sandbox.store.getTag('acme/app', `${tagOf(image.digest)}.sig`) ?? '';
  const manifest = bench.sandbox.store.getManifest('acme/app', tag)?.json;
  expect(manifest).toMatchObject({ annotations: { by: 'another' }, config: { annotations: { of: 'the config' } } });
  expect(manifest?.['config']).not.toHaveProperty('data');
  expect(manifest?.['layers']).toEqual([expect.objectContaining({ mediaType: SIMPLE_SIGNING })]);
});

test('a bundle needs no request of its own: what was listed before says enough', async () => {
  await using bench = await openBench({ registry: { quirks: { referrers: 'no-route' } } });
  const image = seedImage(bench);
  const registry = bench.connect();
  await registry.listReferrers(bench.repository, image.digest);
  await registry.listReferrersTag(bench.repository, image.digest);
  const before = bench.requests().length;
  await registry.checkPlace({ repository: bench.repository, subject: image.digest }, 'bundle');
  expect(bench.requests()).toHaveLength(before);
});

test('an unusable tag is no matter where the API lists', async () => {
  await using bench = await openBench();
  const image = seedImage(bench);
  const { store } = bench.sandbox;
  store.setTag('acme/app', tagOf(image.digest), store.putManifest('acme/app', bundleManifest(image, '"other"')));
  const registry = bench.connect();
  await registry.listReferrers(bench.repository, image.digest);
  await registry.checkPlace({ repository: bench.repository, subject: image.digest }, 'bundle');
  expect(await attachBundle(registry, bench.repository, image, '"one"')).toMatchObject({ listedBy: 'referrers-api' });
});

test('what could not be read is asked once more, and is no error if it is there then', async () => {
  const fault = { match: on('GET', /sha256-/), times: 1, action: { reply: errorReply(403, 'DENIED') } };
  await using bench = await openBench({ registry: { quirks: { referrers: 'no-route' }, faults: [fault] } });
  const image = seedImage(bench);
  const registry = bench.connect();
  await registry.listReferrers(bench.repository, image.digest);
  expect((await registry.listReferrersTag(bench.repository, image.digest)).place.outcome).toBe('failed');
  await registry.checkPlace({ repository: bench.repository, subject: image.digest }, 'bundle');
});

describe('a registry known to have no referrers API', () => {
  const subject = `sha256:${'a'.repeat(64)}` as Digest;
  const asked = (reply: (request: HttpRequest) => Partial<HttpResponse>) => {
    const urls: string[] = [];
    const http: HttpClient = {
      async request(_, request) {
        urls.push(String(request.url));
        const headers = {};
        return {
          status: 404,
          headers,
          headersDistinct: {},
          body: new Uint8Array(),
          url: new URL(request.url),
          ...reply(request),
        };
      },
      preconnect: () => undefined,
      close: async () => undefined,
    };
    const registry = createRegistry({
      http,
      credentials: anonymousCredentials,
      access: 'push',
      clock,
      random: () => 0.5,
      mask: () => undefined,
    });
    const check = (host: string): Promise<void> => {
      const repository: Repository = { registry: host, path: 'acme/app' };
      return registry.checkPlace(testCall(), { repository, subject }, 'bundle');
    };
    return { check, urls };
  };

  test('is asked for the fallback tag although nothing was listed before; others are not', async () => {
    const { check, urls } = asked(() => ({}));
    await check('registry.example');
    expect(urls).toEqual([]);
    await check('ghcr.io');
    expect(urls).toEqual([
      // Its token server is known as well. It has no token to give here.
      'https://ghcr.io/token?service=ghcr.io&scope=repository%3Aacme%2Fapp%3Apull',
      // The 404 came without a login, so the base of the API is asked for one.
      ...[`https://ghcr.io/v2/acme/app/manifests/${tagOf(subject)}`, 'https://ghcr.io/v2/'],
    ]);
  });

  test('and what stands there in the way is an error', async () => {
    const body = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: OCI_MANIFEST, config: {}, layers: [] }));
    const headers = { 'content-type': OCI_MANIFEST };
    const { check } = asked(() => ({ status: 200, headers, body }));
    await expect(check('ghcr.io')).rejects.toMatchObject({ code: 'REGISTRY_INVALID' });
    const index = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: OCI_INDEX, manifests: [] }));
    await asked(() => ({ status: 200, headers: { 'content-type': OCI_INDEX }, body: index })).check('ghcr.io');
  });
});
