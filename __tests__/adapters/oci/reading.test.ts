import { describe, expect, test } from 'vitest';
import { errorReply, htmlPage, on } from '../../../sandbox/http/faults.ts';
import { type Handler, jsonReply, serve } from '../../../sandbox/http/serve.ts';
import type { Quirks } from '../../../sandbox/registry/quirks.ts';
import type { Descriptor } from '../../../src/domain/image/descriptor.ts';
import { type Digest, digestOf } from '../../../src/domain/image/digest.ts';
import {
  BUNDLE_V03,
  COSIGN_SIGNATURE_ARTIFACT,
  OCI_EMPTY,
  OCI_INDEX,
  OCI_MANIFEST,
  SIMPLE_SIGNING,
} from '../../../src/domain/image/media-types.ts';
import { completeAdvice } from '../../../src/oci/transport/advice.ts';
import { resolveTarget } from '../../../src/oci/transport/registry-origin.ts';
import { alice, attachBundle, type Bench, bundleManifest, openBench, readBundles, seedImage } from './harness.ts';

const ZERO = `sha256:${'0'.repeat(64)}` as Digest;

const advise = completeAdvice(undefined);

describe('resolving', () => {
  test('a tag takes one request and the digest of its bytes, whatever the header says', async () => {
    await using bench = await openBench({ registry: { quirks: { contentDigest: 'wrong' } } });
    const image = seedImage(bench);
    bench.sandbox.store.setTag('acme/app', 'v1', image.digest);
    expect(await bench.connect().head(bench.repository, 'v1')).toEqual(image);
    expect(bench.requests()).toEqual(['GET /v2/acme/app/manifests/v1 200']);
  });

  test.each<[Quirks, string]>([
    [{}, 'all headers'],
    [{ headLength: 'missing' }, 'no length'],
    [{ contentDigest: 'missing' }, 'no digest'],
  ])('a digest works with %j: %s', async (quirks, _reason) => {
    await using bench = await openBench({ registry: { quirks } });
    const image = seedImage(bench);
    expect(await bench.connect().head(bench.repository, image.digest)).toEqual(image);
  });

  test.each(['json', 'text', 'html'] as const)(
    'what is not there is undefined, with a %s body',
    async (notFoundBody) => {
      await using bench = await openBench({ registry: { quirks: { notFoundBody } } });
      expect(await bench.connect().head(bench.repository, ZERO)).toBeUndefined();
      expect(await bench.connect().head(bench.repository, 'nope')).toBeUndefined();
      expect(await bench.connect().manifest(bench.repository, ZERO)).toBeUndefined();
    },
  );

  test('is refused when HEAD answers for another digest', async () => {
    await using bench = await openBench({ registry: { quirks: { contentDigest: 'wrong' } } });
    const image = seedImage(bench);
    await expect(bench.connect().head(bench.repository, image.digest)).rejects.toMatchObject({
      code: 'REGISTRY_INVALID',
    });
  });
});

describe('a manifest', () => {
  const flip = (bytes: Uint8Array): Uint8Array => Buffer.concat([bytes, Buffer.from(' ')]);

  test.each<[Quirks, string]>([
    [{ tamperManifest: flip }, 'other bytes'],
    [{ manifestContentType: 'text/html' }, 'a page'],
    [{ manifestContentType: OCI_INDEX }, 'a Content-Type that is not its mediaType'],
    [{ tamperManifest: () => Buffer.from('<html>') }, 'no JSON'],
    [{ tamperManifest: () => Buffer.alloc(4 * 1024 * 1024 + 1, ' ') }, 'more than 4 MiB'],
  ])('is refused with %j: %s', async (quirks, _reason) => {
    await using bench = await openBench({ registry: { quirks } });
    const image = seedImage(bench);
    bench.sandbox.store.setTag('acme/app', 'v1', image.digest);
    await expect(bench.connect().manifest(bench.repository, image.digest)).rejects.toMatchObject({
      code: 'REGISTRY_INVALID',
    });
  });

  test('may have parameters in its Content-Type', async () => {
    await using bench = await openBench({
      registry: { quirks: { manifestContentType: `${OCI_MANIFEST}; charset=utf-8` } },
    });
    const image = seedImage(bench);
    expect(await bench.connect().manifest(bench.repository, image.digest)).toMatchObject({ mediaType: OCI_MANIFEST });
  });

  test.each([
    [errorReply(403, 'DENIED', 'no'), 'REGISTRY_DENIED', '403 DENIED: "no"'],
    [errorReply(500, 'UNKNOWN'), 'REGISTRY_UNAVAILABLE', '500 UNKNOWN'],
    [{ status: 418, body: 'a\n::error::forged' }, 'REGISTRY_INVALID', '"a\\n::error::forged"'],
    [htmlPage(403), 'REGISTRY_DENIED', 'a web page'],
    [
      { status: 400, body: JSON.stringify({ errors: [{ code: 'X\n::', message: 'y'.repeat(9999) }] }) },
      'REGISTRY_INVALID',
      '400: "yyyy',
    ],
  ])('%# refused by an answer names request, status and words, quoted and cut', async (reply, code, words) => {
    await using bench = await openBench({
      registry: { faults: [{ match: () => true, times: 'always', action: { reply } }] },
      retryFor: 100,
    });
    const error: unknown = await bench
      .connect()
      .manifest(bench.repository, 'v1')
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code, message: expect.stringContaining(words) });
    expect(String(error)).toContain(`GET ${bench.served.url}/v2/acme/app/manifests/v1 returned`);
    expect(String(error)).not.toContain('\n');
    expect(String(error).length).toBeLessThan(700);
  });

  test('from nowhere is an outage', async () => {
    await using bench = await openBench({ retryFor: 100 });
    const nowhere = { registry: '127.0.0.1:1', path: 'a' };
    await expect(bench.connect().manifest(nowhere, 'v1')).rejects.toMatchObject({
      code: 'REGISTRY_UNAVAILABLE',
      status: 'connect',
    });
  });
});

describe('a document of any type', () => {
  const FOREIGN = 'application/vnd.acme.notes+json';

  test('is fetched as its index calls it, hashed, and returned with what the registry calls it', async () => {
    await using bench = await openBench();
    const bytes = Buffer.from('{"text":"notes"}');
    const digest = bench.sandbox.store.putManifest('acme/app', bytes, FOREIGN) as Digest;
    const registry = bench.connect();
    expect(await registry.document(bench.repository, { digest, mediaType: FOREIGN })).toMatchObject({
      contentType: FOREIGN,
    });
    // Called a manifest, it is not found: that a manifest is something else shows only where it is served.
    expect(await registry.document(bench.repository, { digest, mediaType: OCI_MANIFEST })).toBeUndefined();
    expect(await registry.document(bench.repository, { digest: ZERO, mediaType: FOREIGN })).toBeUndefined();
  });

  test('may be any of the four manifest types, whatever its index calls it', async () => {
    await using bench = await openBench();
    const image = seedImage(bench);
    for (const called of [OCI_MANIFEST, OCI_INDEX, FOREIGN]) {
      const found = await bench.connect().document(bench.repository, { digest: image.digest, mediaType: called });
      expect(found?.contentType).toBe(OCI_MANIFEST);
      expect(digestOf(found?.bytes ?? new Uint8Array())).toBe(image.digest);
    }
  });

  test('of other bytes is refused', async () => {
    await using bench = await openBench({
      registry: { quirks: { tamperManifest: (bytes) => Buffer.concat([bytes, bytes]) } },
    });
    const image = seedImage(bench);
    await expect(
      bench.connect().document(bench.repository, { digest: image.digest, mediaType: OCI_MANIFEST }),
    ).rejects.toMatchObject({
      code: 'REGISTRY_INVALID',
    });
  });

  test('that is denied is REGISTRY_DENIED, not missing', async () => {
    await using bench = await openBench({
      registry: {
        faults: [{ match: on('GET', /\/manifests\//), times: 'always', action: { reply: errorReply(403, 'DENIED') } }],
      },
    });
    const image = seedImage(bench);
    await expect(
      bench.connect().document(bench.repository, { digest: image.digest, mediaType: OCI_MANIFEST }),
    ).rejects.toMatchObject({
      code: 'REGISTRY_DENIED',
    });
  });
});

describe('redirects of blobs', () => {
  test('are followed to storage without the login', async () => {
    let storageHandler: Handler = () => jsonReply(500, {});
    await using storage = await serve((request) => storageHandler(request), { name: 'storage' });
    await using bench = await openBench({
      auth: 'bearer',
      registry: { quirks: { blobRedirect: { origin: storage.url } } },
    });
    storageHandler = bench.sandbox.storage;
    const image = seedImage(bench);
    const registry = bench.connect();
    await attachBundle(registry, bench.repository, image, '"stored elsewhere"');
    const listing = await registry.listReferrers(bench.repository, image.digest);
    expect(await readBundles(registry, bench.repository, image.digest, listing)).toEqual(['"stored elsewhere"']);
    expect(bench.sandbox.misplaced).toEqual([]);
    expect(bench.traces.some(({ service }) => service === 'storage')).toBe(true);
  });

  test('that never end are given up', async () => {
    await using bench = await openBench();
    const image = seedImage(bench);
    const registry = bench.connect();
    await attachBundle(registry, bench.repository, image, '"x"');
    bench.sandbox.quirks.blobRedirect = 'loop';
    const [referrer] = (await registry.listReferrers(bench.repository, image.digest)).descriptors;
    const found = await registry.fetchReferrer(
      { repository: bench.repository, subject: image.digest },
      { descriptor: referrer as Descriptor, place: 'referrers-api' },
    );
    expect(found).toMatchObject({ candidates: [], unreadable: [{ outcome: 'malformed' }] });
    expect(bench.requests().filter((line) => line.endsWith(' 307')).length).toBeLessThanOrEqual(6);
  });

  test('do not bring the login back when they return to the registry', async () => {
    const authorizations: (string | undefined)[] = [];
    let registryUrl = '';
    await using stranger = await serve(() => ({
      status: 302,
      headers: [['Location', `${registryUrl}/v2/a/manifests/v1?back`]],
    }));
    await using registryHost = await serve((request) => {
      if (request.url.searchParams.has('back')) {
        authorizations.push(request.headers['authorization']);
        return { status: 404 };
      }
      if (request.headers['authorization'] === undefined)
        return { status: 401, headers: [['WWW-Authenticate', 'Basic realm="x"']] };
      return { status: 302, headers: [['Location', `${stranger.url}/away`]] };
    });
    registryUrl = registryHost.url;
    await using bench = await openBench({ login: alice(registryHost.host) });
    expect(await bench.connect().manifest({ registry: registryHost.host, path: 'a' }, 'v1')).toBeUndefined();
    expect(authorizations).toEqual([undefined]);
  });

  const registry = new URL('https://ghcr.io');
  test.each([
    ['https://storage.example/x?sig=1', 'https://storage.example/x?sig=1', 'another host'],
    ['/v2/a/blobs/uploads/1?state=2', 'https://ghcr.io/v2/a/blobs/uploads/1?state=2', 'a path'],
    ['https://ghcr.io:444/x', 'https://ghcr.io:444/x', 'another port'],
    ['https://x.example/a#fragment', 'https://x.example/a', 'a fragment is dropped'],
  ])('to %s lead to %s: %s', (location, target, _reason) => {
    expect(resolveTarget(location, { from: new URL('https://ghcr.io/v2/a'), registry, what: 'x', advise }).href).toBe(
      target,
    );
  });

  test.each([
    ['http://storage.example/x', 'https to http'],
    ['http://ghcr.io/x', 'https to http on the same host'],
    ['https://127.0.0.1/x', 'loopback'],
    ['https://localhost/x', 'loopback by name'],
    ['https://169.254.169.254/latest', 'cloud metadata'],
    ['https://10.0.0.1/x', 'a private address'],
    ['https://[::ffff:10.0.0.1]/x', 'a private address in IPv6'],
    ['https://2130706433/x', 'loopback as a number'],
    ['ftp://storage.example/x', 'another scheme'],
    ['javascript:alert(1)', 'another scheme'],
    ['https://user:pw@storage.example/x', 'user info'],
    ['https://', 'no URL'],
  ])('to %s are refused: %s', (location, _reason) => {
    expect(() =>
      resolveTarget(location, { from: new URL('https://ghcr.io/v2/a'), registry, what: 'x', advise }),
    ).toThrow(/x answered with/);
  });

  test('to private addresses are the registry’s own only', () => {
    const own = new URL('https://10.0.0.5:5000');
    expect(resolveTarget('/x', { from: own, registry: own, what: 'x', advise }).hostname).toBe('10.0.0.5');
    expect(() => resolveTarget('https://10.0.0.6/x', { from: own, registry: own, what: 'x', advise })).toThrow(
      expect.objectContaining({ code: 'REGISTRY_INVALID', hint: expect.stringContaining('to a host name') }),
    );
    const local = new URL('http://127.0.0.1:5000');
    expect(resolveTarget('http://127.0.0.1:9000/x', { from: local, registry: local, what: 'x', advise }).port).toBe(
      '9000',
    );
  });
});

describe('listing referrers', () => {
  test.each<[Quirks, string, string]>([
    [{}, 'listed', 'the API'],
    [{ referrersPageSize: 2 }, 'listed', 'pages'],
    [{ referrersPageSize: 2, referrersLink: 'absolute' }, 'listed', 'absolute links'],
    [{ referrersPageSize: 2, referrersLink: 'cross-origin' }, 'failed', 'a link to another host'],
    [
      { referrersPageSize: 2, referrersLink: 'lost-path' },
      'listed',
      'links that lost a path part, as JFrog writes them',
    ],
    [{ referrersPaging: 'loop' }, 'failed', 'pages in a circle'],
    [{ referrersPaging: 'endless' }, 'failed', 'pages without end'],
    [{ referrersContentType: 'application/json' }, 'failed', 'another Content-Type'],
    [{ referrers: 'html' }, 'failed', 'a web page'],
    [{ referrers: 'redirect' }, 'absent', 'a redirect'],
    [{ referrers: 'no-route' }, 'absent', 'no route'],
    [{ referrers: 'not-found' }, 'absent', 'not found'],
    [{ referrers: 'empty' }, 'listed', 'an empty list'],
  ])('with %j is %s, with what was read until then: %s', async (quirks, outcome, _reason) => {
    await using bench = await openBench({ registry: { quirks } });
    const image = seedImage(bench);
    for (const name of ['a', 'b', 'c']) bench.sandbox.store.putManifest('acme/app', bundleManifest(image, name));
    const listing = await bench.connect().listReferrers(bench.repository, image.digest);
    expect(listing.place).toMatchObject({ kind: 'referrers-api', outcome, entries: listing.descriptors.length });
    if (outcome === 'listed') expect(listing.descriptors).toHaveLength(quirks.referrers === 'empty' ? 0 : 3);
    if (outcome === 'failed') expect(listing.place.error).toMatchObject({ code: expect.stringMatching(/^REGISTRY_/) });
    if (quirks.referrersPageSize === 2 && outcome === 'failed') expect(listing.descriptors).toHaveLength(2);
  });

  test('without end ends at 8 MiB, with what was read until then', async () => {
    await using bench = await openBench();
    const image = seedImage(bench);
    const entriesOf = (page: number) =>
      Array.from({ length: 1000 }, (_, index) => ({
        mediaType: OCI_MANIFEST,
        digest: digestOf(Buffer.from(`${page} ${index}`)),
        size: 1,
        annotations: { filler: 'x'.repeat(2000) },
      }));
    let pages = 0;
    await using host = await serve(({ url }) => {
      pages += 1;
      return {
        status: 200,
        headers: [
          ['Content-Type', OCI_INDEX],
          ['Link', `<${url.pathname}?page=${pages}>; rel="next"`],
        ],
        body: JSON.stringify({ schemaVersion: 2, manifests: entriesOf(pages) }),
      };
    });
    const listing = await bench.connect().listReferrers({ registry: host.host, path: 'a' }, image.digest);
    expect(listing.place).toMatchObject({ outcome: 'failed', entries: 3000, error: { code: 'REGISTRY_INVALID' } });
    expect(pages).toBe(4);
  });

  test('keeps good entries beside broken ones', async () => {
    await using bench = await openBench();
    const image = seedImage(bench);
    const good = { mediaType: OCI_MANIFEST, digest: digestOf(Buffer.from('good')), size: 1 };
    const odd = { digest: digestOf(Buffer.from('odd')), size: 'x', annotations: 7 };
    const reply = (manifests: unknown) => ({
      status: 200,
      headers: [['Content-Type', OCI_INDEX]] as const,
      body: JSON.stringify({ schemaVersion: 2, manifests }),
    });
    let entries: unknown = [good, odd];
    await using host = await serve(() => reply(entries));
    const repository = { registry: host.host, path: 'a' };
    const list = () => bench.connect().listReferrers(repository, image.digest);
    expect((await list()).descriptors.map(({ digest }) => digest)).toEqual([good.digest, odd.digest]);
    expect((await list()).place.outcome).toBe('listed');
    entries = [null, good, { digest: 'sha512:x' }, good];
    expect(await list()).toMatchObject({
      place: { outcome: 'listed', entries: 3 },
      descriptors: [good],
      unreadable: [
        { digest: 'entry 1', outcome: 'malformed', message: 'entry 1: digest is not a sha256 digest' },
        { digest: 'entry 3', outcome: 'malformed', message: 'entry 3: digest is not a sha256 digest' },
      ],
    });
    entries = [...Array.from({ length: 150 }, () => 7), good];
    expect(await list()).toMatchObject({ place: { entries: 151 }, descriptors: [good] });
    expect((await list()).unreadable.map(({ digest }) => digest).slice(99)).toEqual(['entry 100', '50 more entries']);
    entries = null;
    expect((await list()).place).toMatchObject({ outcome: 'listed', entries: 0 });
    entries = {};
    expect((await list()).place.outcome).toBe('failed');
  });

  test.each([
    [errorReply(403, 'DENIED'), 403],
    [errorReply(429, 'TOOMANYREQUESTS'), 429],
    [errorReply(502, 'UNKNOWN'), 502],
    [{ status: 200, fault: 'truncate', body: 'x'.repeat(1000) }, 'truncated'],
    [{ status: 200, fault: 'endless' }, 'too-large'],
  ] as const)('that is no answer is failed, never empty (%#)', async (reply, status) => {
    await using bench = await openBench({
      registry: { faults: [{ match: on('GET', /\/referrers\//), times: 'always', action: { reply } }] },
      retryFor: 200,
    });
    const image = seedImage(bench);
    const listing = await bench.connect().listReferrers(bench.repository, image.digest);
    expect(listing.place).toMatchObject({ outcome: 'failed', status });
  });

  test('with a denied login is failed', async () => {
    await using bench = await openBench({ auth: 'bearer', tokenServer: { users: {} } });
    const image = seedImage(bench);
    const listing = await bench.connect().listReferrers(bench.repository, image.digest);
    expect(listing.place).toMatchObject({ outcome: 'failed', error: { code: 'REGISTRY_DENIED' } });
  });

  test('by the tag takes an alias of the image, or another type, for absent', async () => {
    await using bench = await openBench({ registry: { quirks: { gitlabTagAlias: true } } });
    const image = seedImage(bench);
    const registry = bench.connect();
    expect((await registry.listReferrersTag(bench.repository, image.digest)).place.outcome).toBe('absent');
    const other = seedImage(bench, 'other');
    bench.sandbox.store.setTag('acme/app', image.digest.replace(':', '-'), other.digest);
    expect((await registry.listReferrersTag(bench.repository, image.digest)).place.outcome).toBe('absent');
  });

  test('by the tag of an aliased index does not take its platforms for referrers', async () => {
    await using bench = await openBench({ registry: { quirks: { gitlabTagAlias: true } } });
    const image = seedImage(bench);
    const index = JSON.stringify({ schemaVersion: 2, mediaType: OCI_INDEX, manifests: [image] });
    const digest = bench.sandbox.store.putManifest('acme/app', index) as Digest;
    expect(await bench.connect().listReferrersTag(bench.repository, digest)).toMatchObject({
      place: { outcome: 'absent' },
      descriptors: [],
    });
  });
});

describe('a referrer', () => {
  interface Shape {
    readonly layers?: readonly { readonly mediaType: string; readonly text: string }[];
    readonly subject?: string | null;
    readonly artifactType?: string;
    readonly config?: string;
  }

  async function read(
    bench: Bench,
    shape: Shape,
    place: 'referrers-api' | 'referrers-tag' = 'referrers-api',
    claimed: Partial<Descriptor> = {},
  ) {
    const { store } = bench.sandbox;
    const image = seedImage(bench);
    const layers = (shape.layers ?? [{ mediaType: BUNDLE_V03, text: 'bundle' }]).map(({ mediaType, text }) => ({
      mediaType,
      size: text.length,
      digest: store.putBlob('acme/app', text),
      annotations: { 'dev.cosignproject.cosign/signature': 'sig' },
    }));
    const manifest = {
      schemaVersion: 2,
      mediaType: OCI_MANIFEST,
      config: { mediaType: shape.config ?? OCI_EMPTY, size: 2, digest: store.putBlob('acme/app', '{}') },
      layers,
      ...(shape.subject === null ? {} : { subject: { ...image, digest: shape.subject ?? image.digest } }),
      ...(shape.artifactType === undefined ? {} : { artifactType: shape.artifactType }),
    };
    const digest = store.putManifest('acme/app', JSON.stringify(manifest)) as Digest;
    // What the descriptor claims must not matter for what can be read.
    const descriptor: Descriptor = {
      mediaType: OCI_INDEX,
      digest,
      size: 99_999,
      artifactType: 'wrong/type',
      ...claimed,
    };
    return bench
      .connect()
      .fetchReferrer({ repository: bench.repository, subject: image.digest }, { descriptor, place });
  }

  test.each<[Shape, string, string]>([
    [{}, 'bundle', 'a bundle'],
    [
      { layers: [{ mediaType: 'application/vnd.dev.sigstore.bundle+json;version=0.2', text: 'b' }] },
      'bundle',
      'an old bundle type',
    ],
    [{ artifactType: 'text/whatever' }, 'bundle', 'a bundle under another artifact type'],
    [
      { artifactType: COSIGN_SIGNATURE_ARTIFACT, layers: [{ mediaType: SIMPLE_SIGNING, text: 'p' }] },
      'legacy',
      "cosign's experimental referrers",
    ],
    [
      { config: COSIGN_SIGNATURE_ARTIFACT, layers: [{ mediaType: SIMPLE_SIGNING, text: 'p' }] },
      'legacy',
      'the same by config type',
    ],
    [{ layers: [] }, 'not-a-signature', 'no layer'],
    [
      {
        layers: [
          { mediaType: BUNDLE_V03, text: 'a' },
          { mediaType: BUNDLE_V03, text: 'b' },
        ],
      },
      'not-a-signature',
      'two layers',
    ],
    [
      { layers: [{ mediaType: 'application/spdx+json', text: 'sbom' }], artifactType: 'application/spdx+json' },
      'not-a-signature',
      'an SBOM',
    ],
    [{ subject: ZERO }, 'malformed', 'the subject of another image'],
    [{ subject: 'x' }, 'malformed', 'no digest as subject'],
    [
      { layers: [{ mediaType: BUNDLE_V03, text: 'x'.repeat(16 * 1024 * 1024 + 1) }] },
      'not-a-signature',
      'a bundle over 16 MiB',
    ],
  ])('%# is %s: %s', async (shape, expected, _reason) => {
    await using bench = await openBench();
    const { candidates, unreadable } = await read(bench, shape);
    expect([...candidates.map(({ format }) => format), ...unreadable.map(({ outcome }) => outcome)]).toEqual([
      expected,
    ]);
    if (shape.artifactType === 'application/spdx+json')
      expect(unreadable[0]?.artifactType).toBe('application/spdx+json');
  });

  test('without a subject counts from the API, not from a tag that anybody may have written', async () => {
    await using bench = await openBench();
    expect((await read(bench, { subject: null })).candidates).toHaveLength(1);
    expect(await read(bench, { subject: null }, 'referrers-tag')).toMatchObject({
      candidates: [],
      unreadable: [{ outcome: 'malformed' }],
    });
  });

  test('that is listed but not served is failed, not absent', async () => {
    await using bench = await openBench();
    const image = seedImage(bench);
    const descriptor: Descriptor = { mediaType: OCI_MANIFEST, digest: ZERO, size: 1 };
    const found = await bench
      .connect()
      .fetchReferrer({ repository: bench.repository, subject: image.digest }, { descriptor, place: 'referrers-api' });
    expect(found).toMatchObject({ candidates: [], unreadable: [{ digest: ZERO, outcome: 'failed' }] });
  });

  test.each<[Quirks, string]>([
    [{ tamperManifest: () => Buffer.from('{}') }, 'malformed'],
    [{ tamperBlob: () => Buffer.from('other') }, 'malformed'],
    [{ denyPull: 403 }, 'failed'],
  ])('%# tampered with or denied is a value: %s', async (quirks, outcome) => {
    await using bench = await openBench({ registry: { quirks } });
    const listed = { mediaType: OCI_MANIFEST, artifactType: BUNDLE_V03 };
    const found = await read(bench, {}, 'referrers-api', listed);
    expect(found).toMatchObject({ candidates: [], unreadable: [{ outcome }] });
  });
});
