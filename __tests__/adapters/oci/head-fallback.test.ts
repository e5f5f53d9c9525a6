import { describe, expect, test } from 'vitest';
import { errorReply, on } from '../../../sandbox/http/faults.ts';
import { serve } from '../../../sandbox/http/serve.ts';
import type { Quirks } from '../../../sandbox/registry/quirks.ts';
import type { Descriptor } from '../../../src/domain/image/descriptor.ts';
import type { Digest } from '../../../src/domain/image/digest.ts';
import { OCI_INDEX, OCI_MANIFEST } from '../../../src/domain/image/media-types.ts';
import { attachBundle, bundleManifest, openBench, seedImage } from './harness.ts';

const ZERO = `sha256:${'0'.repeat(64)}` as Digest;
const HEADS: readonly NonNullable<Quirks['manifestHead']>[] = [400, 403, 404, 405, 501, 'bare'];

describe('HEAD of a manifest', () => {
  test.each(HEADS)('answered by %s gives way to GET', async (manifestHead) => {
    await using bench = await openBench({ auth: 'bearer', registry: { quirks: { manifestHead } } });
    const image = seedImage(bench);
    expect(await bench.connect().head(bench.repository, image.digest)).toEqual(image);
    expect(bench.requests().slice(-1)).toEqual(['GET /v2/acme/app/manifests/sha256:… 200']);
  });

  test.each(HEADS)('answered by %s does not make other bytes the image', async (manifestHead) => {
    const tamperManifest = (bytes: Uint8Array): Uint8Array => Buffer.concat([bytes, Buffer.from(' ')]);
    await using bench = await openBench({ registry: { quirks: { manifestHead, tamperManifest } } });
    const image = seedImage(bench);
    await expect(bench.connect().head(bench.repository, image.digest)).rejects.toMatchObject({
      code: 'REGISTRY_INVALID',
      message: expect.stringContaining('other bytes'),
    });
  });

  test.each<[Quirks, string]>([
    [{ contentDigest: 'missing' }, 'Docker-Content-Digest'],
    [{ headLength: 'missing' }, 'Content-Length'],
  ])('without %j gives way to GET', async (quirks, _name) => {
    await using bench = await openBench({ registry: { quirks } });
    const image = seedImage(bench);
    expect(await bench.connect().head(bench.repository, image.digest)).toEqual(image);
    expect(bench.requests().map((line) => line.split(' ')[0])).toEqual(['HEAD', 'GET']);
  });

  test('of a storage whose signed URLs are for GET only gives way to GET', async () => {
    await using bench = await openBench();
    const image = seedImage(bench);
    const bytes = bench.sandbox.store.getManifest('acme/app', image.digest)?.bytes ?? '';
    await using storage = await serve(({ method }) =>
      method === 'GET' ? { status: 200, headers: [['Content-Type', OCI_MANIFEST]], body: bytes } : { status: 403 },
    );
    await using host = await serve(() => ({ status: 307, headers: [['Location', `${storage.url}/signed`]] }));
    expect(await bench.connect().head({ registry: host.host, path: 'acme/app' }, image.digest)).toEqual(image);
  });

  test.each([
    ['a registry that answers it', {}, ['HEAD 401', 'HEAD 200']],
    ['an image that is not there', { missing: true }, ['HEAD 401', 'HEAD 404', 'GET 404']],
  ])('costs %s this: %j', async (_what, { missing = false }: { missing?: boolean }, requests) => {
    await using bench = await openBench({ auth: 'bearer' });
    const image = seedImage(bench);
    const found = await bench.connect().head(bench.repository, missing ? ZERO : image.digest);
    expect(found).toEqual(missing ? undefined : image);
    const lines = bench.requests().filter((line) => line.includes('/manifests/'));
    expect(lines.map((line) => line.replace(/ \S+ /, ' '))).toEqual(requests);
  });

  test.each([429, 502, 503])('in an outage (%d) is not asked again by GET', async (status) => {
    const faults = [
      { match: on('HEAD', /\/manifests\//), times: 'always' as const, action: { reply: errorReply(status, 'X') } },
    ];
    await using bench = await openBench({ registry: { faults }, retryFor: 0 });
    const image = seedImage(bench);
    await expect(bench.connect().head(bench.repository, image.digest)).rejects.toMatchObject({
      code: 'REGISTRY_UNAVAILABLE',
      status,
    });
    expect(bench.requests().filter((line) => line.startsWith('GET '))).toEqual([]);
  });

  test.each([403, 404, 405] as const)(
    'answered by %d: only what is really deleted leaves a listing',
    async (manifestHead) => {
      await using bench = await openBench({ registry: { quirks: { referrers: 'no-route', manifestHead } } });
      const image = seedImage(bench);
      const { store } = bench.sandbox;
      const put = (text: string): Descriptor => {
        const bytes = bundleManifest(image, text);
        return { mediaType: OCI_MANIFEST, digest: store.putManifest('acme/app', bytes) as Digest, size: bytes.length };
      };
      const [kept, deleted] = [put('"kept"'), put('"deleted"')];
      const index = JSON.stringify({ schemaVersion: 2, mediaType: OCI_INDEX, manifests: [kept, deleted] });
      const tag = image.digest.replace(':', '-');
      store.setTag('acme/app', tag, store.putManifest('acme/app', index));
      store.ensureRepository('acme/app').manifests.delete(deleted.digest);
      const { digest, warnings } = await attachBundle(bench.connect(), bench.repository, image, '"ours"');
      expect(warnings).toEqual([expect.stringContaining('no longer has')]);
      const listed = store.getManifest('acme/app', store.getTag('acme/app', tag) ?? '')?.json['manifests'];
      expect((listed as Descriptor[]).map((entry) => entry.digest)).toEqual([kept.digest, digest]);
    },
  );
});

test.each([403, 404, 405] as const)('HEAD of a blob answered by %d: the upload is made again', async (blobHead) => {
  await using bench = await openBench({ registry: { quirks: { blobHead } } });
  const registry = bench.connect();
  const session = await registry.openUpload(bench.repository);
  const bytes = Buffer.from('"x"');
  const { digest } = await registry.upload(session, bytes);
  // The session is closed now, as after an answer that was lost.
  expect(await registry.upload(session, bytes)).toMatchObject({ digest });
  expect(Buffer.from(bench.sandbox.store.getBlob('acme/app', digest) ?? '').toString()).toBe('"x"');
});
