import { describe, expect, test } from 'vitest';
import { type Handler, type Served, serve } from '../../../sandbox/http/serve.ts';
import type { Quirks } from '../../../sandbox/registry/quirks.ts';
import { createRegistry as createSandboxRegistry } from '../../../sandbox/registry/registry.ts';
import { grantPublicPull } from '../../../sandbox/registry/token-server.ts';
import type { Digest } from '../../../src/domain/image/digest.ts';
import { OCI_INDEX } from '../../../src/domain/image/media-types.ts';
import type { Repository } from '../../../src/domain/image/reference.ts';
import { routeOf } from '../../../src/oci/transport/registry-origin.ts';
import { alice, type Bench, type BenchOptions, bundleManifest, openBench, readBundles, seedImage } from './harness.ts';

/* Registries that redirect to another one: registry.k8s.io, vanity hosts. */

type Front = NonNullable<Quirks['front']>;

interface FrontBench extends AsyncDisposable {
  /** The registry behind the front. */
  readonly bench: Bench;
  readonly front: Served;
  /** The image's repository, as named at the front. */
  readonly repository: Repository;
  readonly image: ReturnType<typeof seedImage>;
  /** Every Authorization that a request carried, by host. */
  sent(served: Served): readonly string[];
}

/** A front before a sandbox registry that wants an anonymous token. The login is the front's. */
async function openFront(front: Partial<Front> = {}, options: BenchOptions = {}): Promise<FrontBench> {
  let frontHost = '';
  const bench = await openBench({
    auth: 'bearer',
    tokenServer: { grant: grantPublicPull },
    login: { find: (call, repository) => alice(frontHost).find(call, repository), describePlaces: () => 'a test' },
    ...options,
  });
  const handler = createSandboxRegistry({ quirks: { front: { origin: bench.served.url, ...front } } });
  const served = await serve(handler.handle, { name: 'front' });
  frontHost = served.host;
  return {
    bench,
    front: served,
    repository: { registry: served.host, path: bench.repository.path },
    image: seedImage(bench),
    sent: ({ log }) => log.requests().flatMap(({ headers }) => headers['authorization'] ?? []),
    async [Symbol.asyncDispose]() {
      await served.close();
      await bench[Symbol.asyncDispose]();
    },
  };
}

describe('a front that redirects everything', () => {
  test.each([301, 302, 303, 307, 308] as const)('by %d is read like the registry behind it', async (status) => {
    await using it = await openFront({ status });
    const { bench, repository, image } = it;
    const { store } = bench.sandbox;
    store.putManifest('acme/app', bundleManifest(image, '"signed"'));
    store.putBlob('acme/app', '"signed"');
    store.setTag('acme/app', 'v1', image.digest);
    const registry = bench.connect({ access: 'pull' });
    expect(await registry.head(repository, 'v1')).toEqual(image);
    expect(await registry.head(repository, image.digest)).toEqual(image);
    expect((await registry.manifest(repository, image.digest))?.digest).toBe(image.digest);
    const listing = await registry.listReferrers(repository, image.digest);
    expect(listing.place).toMatchObject({ outcome: 'listed', status: 200 });
    expect(await readBundles(registry, repository, image.digest, listing)).toEqual(['"signed"']);
    // Neither tag is there, and the registry behind the front is the one that says so.
    expect((await registry.listReferrersTag(repository, image.digest)).place).toMatchObject({ outcome: 'absent' });
    expect((await registry.fetchLegacy(repository, image.digest)).places).toMatchObject([{ outcome: 'absent' }]);
    // One anonymous token serves all, and no login crosses.
    expect(bench.tokens?.issued).toMatchObject([{ user: undefined, asked: ['repository:acme/app:pull'] }]);
    expect(it.sent(it.front)).toEqual([]);
    expect(new Set(it.sent(bench.served).map((header) => header.split(' ')[0]))).toEqual(new Set(['Bearer']));
    expect(bench.sandbox.misplaced).toEqual([]);
  });

  test('lists signatures under the fallback tag, where the registry behind it has no referrers API', async () => {
    await using it = await openFront({}, { registry: { quirks: { referrers: 'no-route' } } });
    const { store } = it.bench.sandbox;
    const manifest = bundleManifest(it.image, '"signed"');
    const entry = {
      mediaType: it.image.mediaType,
      digest: store.putManifest('acme/app', manifest),
      size: manifest.length,
    };
    store.putBlob('acme/app', '"signed"');
    const index = store.putManifest(
      'acme/app',
      JSON.stringify({ schemaVersion: 2, mediaType: OCI_INDEX, manifests: [entry] }),
    );
    store.setTag('acme/app', it.image.digest.replace(':', '-'), index);
    const registry = it.bench.connect({ access: 'pull' });
    expect((await registry.listReferrers(it.repository, it.image.digest)).place.outcome).toBe('absent');
    const listing = await registry.listReferrersTag(it.repository, it.image.digest);
    expect(await readBundles(registry, it.repository, it.image.digest, listing)).toEqual(['"signed"']);
  });

  test('under another name, below a path: the anonymous token is for the name at the target', async () => {
    await using it = await openFront({ path: (path) => path.replace('/v2/mirror/', '/v2/acme/') });
    const repository = { ...it.repository, path: 'mirror/app' };
    const registry = it.bench.connect({ access: 'pull' });
    expect(await registry.head(repository, it.image.digest)).toEqual(it.image);
    expect((await registry.listReferrers(repository, it.image.digest)).place.outcome).toBe('listed');
    expect(it.bench.tokens?.issued).toMatchObject([{ asked: ['repository:acme/app:pull'] }]);
  });

  test.each<[Quirks['referrersLink'], string]>([
    ['relative', 'listed'],
    ['absolute', 'listed'],
    ['lost-path', 'listed'],
    ['cross-origin', 'failed'],
  ])('continues a listing on the pages of its target (%s links): %s', async (referrersLink = 'relative', outcome) => {
    await using it = await openFront({}, { registry: { quirks: { referrersPageSize: 1, referrersLink } } });
    for (const name of ['a', 'b', 'c']) it.bench.sandbox.store.putManifest('acme/app', bundleManifest(it.image, name));
    const listing = await it.bench.connect({ access: 'pull' }).listReferrers(it.repository, it.image.digest);
    expect(listing.place.outcome).toBe(outcome);
    expect(listing.descriptors).toHaveLength(outcome === 'listed' ? 3 : 1);
  });

  test('replaces an anonymous token that was revoked', async () => {
    await using it = await openFront();
    const registry = it.bench.connect({ access: 'pull' });
    await registry.head(it.repository, it.image.digest);
    it.bench.tokens?.revokeAll();
    expect(await registry.head(it.repository, it.image.digest)).toEqual(it.image);
    expect(it.bench.tokens?.issued).toHaveLength(2);
  });

  test.each<[string, BenchOptions]>([
    ['whose token server wants a login', { tokenServer: { grant: () => [] } }],
    ['that asks for a password', { auth: 'basic' }],
    ['that forbids', { auth: 'none', registry: { quirks: { denyPull: 403 } } }],
  ])('before a registry %s is denied without the login, and says so', async (_what, options) => {
    await using it = await openFront({}, options);
    const registry = it.bench.connect({ access: 'pull' });
    const denied = {
      code: 'REGISTRY_DENIED',
      hint: expect.stringMatching(
        /redirects to 127\.0\.0\.1:\d+, and its login is not sent there\. If a login is needed/,
      ),
    };
    await expect(registry.head(it.repository, it.image.digest)).rejects.toMatchObject(denied);
    expect((await registry.listReferrers(it.repository, it.image.digest)).place).toMatchObject({
      outcome: 'failed',
      error: denied,
    });
    expect((await registry.fetchLegacy(it.repository, it.image.digest)).places).toMatchObject([{ outcome: 'failed' }]);
    expect((await registry.listReferrersTag(it.repository, it.image.digest)).place.outcome).toBe('failed');
    expect(it.sent(it.bench.served).filter((header) => header.startsWith('Basic'))).toEqual([]);
  });

  test('sends the login of the front to the front only', async () => {
    let target = '';
    const basic = `Basic ${Buffer.from('alice:s3cret').toString('base64')}`;
    await using guarded = await serve(({ headers, url }) =>
      headers['authorization'] === basic
        ? { status: 307, headers: [['Location', `${target}${url.pathname}`]] }
        : { status: 401, headers: [['WWW-Authenticate', 'Basic realm="front"']] },
    );
    await using it = await openFront({}, { login: alice(guarded.host) });
    target = it.bench.served.url;
    const registry = it.bench.connect({ access: 'pull' });
    const repository = { registry: guarded.host, path: 'acme/app' };
    expect(await registry.head(repository, it.image.digest)).toEqual(it.image);
    expect(it.sent(guarded)).toEqual([basic]);
    expect(it.sent(it.bench.served)).toEqual([expect.stringMatching(/^Bearer /)]);
    expect(it.bench.tokens?.issued).toMatchObject([{ user: undefined }]);
  });

  test('refuses writes with the reason, and sends nothing to the target', async () => {
    await using it = await openFront();
    await expect(it.bench.connect().openUpload(it.repository)).rejects.toMatchObject({
      code: 'REGISTRY_INVALID',
      status: 307,
      hint: expect.stringMatching(/redirects writes to "http:.*Name the image as its build pushed it/),
    });
    expect(it.bench.served.log.requests()).toEqual([]);
  });
});

describe('a redirected listing that is not followed', () => {
  /** The place that a front with this answer leaves; `LISTING` stands for the path of the listing. */
  async function placeOf(status: number, location: string | undefined) {
    await using bench = await openBench();
    const image = seedImage(bench);
    const handler: Handler = ({ url }) => ({
      status,
      headers: location === undefined ? [] : [['Location', location.replace('LISTING', url.pathname)]],
    });
    await using front = await serve(handler);
    const listing = await bench.connect().listReferrers({ registry: front.host, path: 'acme/app' }, image.digest);
    return listing.place;
  }

  test('is absent for the page of GitHub to which GHCR redirects', async () => {
    const page = 'https://github.com/-/v2/packages/container/sha256:0123456789';
    expect(await placeOf(303, page)).toMatchObject({ outcome: 'absent', status: 303, error: undefined });
  });

  test.each<[number, string | undefined, string]>([
    [307, 'https://github.com/-/v2/packages/container/sha256:0123456789', 'another status than GHCR'],
    [302, 'https://github.com/-/v2/packages/container/sha256:0123456789', 'another status than GHCR'],
    [303, 'https://github.com.example/-/v2/packages', 'a host that only begins like GitHub'],
    [303, 'https://github.com:444/-/v2/packages', 'another port'],
    [303, 'https://github.com/login', 'another page of GitHub'],
    [303, 'https://www.example.com/-/v2/packages', 'a page of another host'],
    [307, 'https://www.example.com/', 'a web page'],
    [302, '/login?next=LISTING', 'a login page'],
    [307, `/v2/acme/app/referrers/sha256:${'0'.repeat(64)}`, 'the listing of another digest'],
    [307, '/v2/acme/app/manifests/latest', 'a manifest'],
    [307, 'http://169.254.169.254LISTING', 'no address that may be asked: from loopback, still no answer'],
    [307, 'ftp://registry.exampleLISTING', 'another scheme'],
    [307, 'https://user:pw@registry.exampleLISTING', 'a user name'],
    [307, 'LISTING', 'itself, again and again'],
    [307, undefined, 'nowhere'],
    [300, 'LISTING', 'a choice'],
    [304, undefined, 'not modified'],
  ])('is failed for %d to %s: %s', async (status, location, _reason) => {
    const place = await placeOf(status, location);
    expect(place).toMatchObject({ outcome: 'failed', error: { code: expect.stringMatching(/^REGISTRY_/) } });
    expect(String(place.error)).not.toContain('pw');
  });
});

describe('a redirected manifest', () => {
  /** A front that leads every manifest to a page with this status. */
  async function readFrom(status: number) {
    await using bench = await openBench();
    const image = seedImage(bench);
    await using page = await serve(() => ({ status, headers: [['Content-Type', 'text/html']], body: '<html>' }));
    await using front = await serve(() => ({ status: 302, headers: [['Location', `${page.url}/not-found`]] }));
    const repository = { registry: front.host, path: 'acme/app' };
    const registry = bench.connect({ access: 'pull' });
    return await Promise.allSettled([
      registry.head(repository, image.digest),
      registry.manifest(repository, 'v1'),
      registry.listReferrersTag(repository, image.digest).then(({ place }) => place.outcome),
      registry.fetchLegacy(repository, image.digest).then(({ places }) => places[0]?.outcome),
    ]);
  }

  test.each([404, 200, 410])('that a web page answers by %d is invalid, never missing', async (status) => {
    expect(await readFrom(status)).toMatchObject([
      { status: 'rejected', reason: { code: 'REGISTRY_INVALID' } },
      { status: 'rejected', reason: { code: 'REGISTRY_INVALID' } },
      { status: 'fulfilled', value: 'failed' },
      { status: 'fulfilled', value: 'failed' },
    ]);
  });

  test('that is missing where the redirect leads is missing', async () => {
    await using it = await openFront();
    const registry = it.bench.connect({ access: 'pull' });
    expect(await registry.head(it.repository, `sha256:${'0'.repeat(64)}` as Digest)).toBeUndefined();
    expect(await registry.manifest(it.repository, 'nope')).toBeUndefined();
  });
});

test('a token is asked for at no host that the target of a redirect may not name', async () => {
  await using it = await openFront();
  const asked: string[] = [];
  for (const realm of [
    'http://169.254.169.254/token',
    'ftp://x.example/token',
    'http://registry.example/token',
    '/token',
  ]) {
    await using target = await serve(() => ({
      status: 401,
      headers: [['WWW-Authenticate', `Bearer realm="${realm}",service="x"`]],
    }));
    await using front = await serve(({ url }) => ({
      status: 307,
      headers: [['Location', `${target.url}${url.pathname}`]],
    }));
    const repository = { registry: front.host, path: 'acme/app' };
    await expect(it.bench.connect({ access: 'pull' }).head(repository, it.image.digest)).rejects.toMatchObject({
      code: 'REGISTRY_DENIED',
      message: expect.stringContaining('names the token server'),
    });
    asked.push(...it.bench.traces.filter(({ service }) => service === 'token server').map(({ url }) => url));
  }
  expect(asked).toEqual([]);
});

test.each([
  ['https://r.example/v2/a/b/manifests/v1', { name: 'a/b', collection: 'manifests', reference: 'v1' }],
  ['https://r.example/v2/a/referrers/sha256:0', { name: 'a', collection: 'referrers', reference: 'sha256:0' }],
  ['https://r.example/v2/a/referrers/sha256%3A0', { name: 'a', collection: 'referrers', reference: 'sha256:0' }],
  [
    'https://r.example/artifactory/api/docker/x/v2/a/blobs/sha256:0',
    { name: 'a', collection: 'blobs', reference: 'sha256:0' },
  ],
  ['https://r.example/v2/manifests/v1', undefined],
  ['https://r.example/a/manifests/v1', undefined],
  ['https://r.example/v2/a%20repository:b:push/manifests/v1', undefined],
  ['https://r.example/v2/a/tags/list', { name: 'a', collection: 'tags', reference: 'list' }],
  ['https://r.example/v2/a/tagged/list', undefined],
  ['https://r.example/-/v2/packages/container/sha256:0', undefined],
  ['https://r.example/v2/%E0%A4%A/manifests/v1', undefined],
])('%s names %j', (url, route) => {
  expect(routeOf(new URL(url))).toEqual(route);
});
