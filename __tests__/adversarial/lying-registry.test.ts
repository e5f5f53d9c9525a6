import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { flipBit, on, slowly } from '../../sandbox/http/faults.ts';
import type { Reply } from '../../sandbox/http/serve.ts';
import { buildImage, buildIndex } from '../../sandbox/registry/image-builder.ts';
import { seedReferrer, tagReferrers } from '../../sandbox/registry/seed.ts';
import type { Digest } from '../../src/domain/image/digest.ts';
import { BUNDLE_V03, OCI_INDEX, OCI_MANIFEST } from '../../src/domain/image/media-types.ts';
import { decision, isOpen, type LabImage, openLab, RIGHT_SIGNER } from './in-process-gate.ts';
import { goodBundle, goodLayer, type Layer, putSignatureTag } from './signature-seeds.ts';

const lab = await openLab();
let counter = 0;

/** An image in a repository of its own with one good signature, which an honest registry gets a pass for. */
function signedImage(): LabImage & { readonly referrer: string } {
  const image = lab.freshImage();
  const referrer = lab.attach(image.repository, image.digest, goodBundle(lab.sigstore, image.digest));
  return { ...image, referrer };
}

const bundleOf = (repository: string, referrer: string): string => {
  const layers = lab.registry.store.getManifest(repository, referrer)?.json['layers'] as { digest: string }[];
  return layers[0]?.digest ?? '';
};

const reply = (body: string | Uint8Array, type: string): Reply => ({
  status: 200,
  headers: [['Content-Type', type]],
  body,
});

test('an honest registry gets a pass, so that each lie below is what is refused', async () => {
  expect(decision(await lab.verify({ images: signedImage().reference, ...RIGHT_SIGNER }))).toBe('pass');
});

describe('bytes, sizes and types that are not what was asked for', () => {
  test.each([
    { lie: 'other bytes for the bundle', match: /\/blobs\//, decided: 'fail SIGNATURE_INVALID' },
    { lie: 'other bytes for the referrer', match: /\/manifests\/sha256:/, decided: 'fail SIGNATURE_INVALID' },
  ])('$lie: $decided', async ({ match, decided }) => {
    const { reference, digest } = signedImage();
    const isSubject = on(undefined, new RegExp(`/manifests/${digest}`));
    lab.setFaults([
      { match: (request) => on('GET', match)(request) && !isSubject(request), times: 'always', action: flipBit() },
    ]);
    const run = await lab.verify({ images: reference, ...RIGHT_SIGNER });
    expect(decision(run)).toBe(decided);
    expect(run.results.images[0]?.message).toContain('other bytes');
    expect(isOpen(run)).toBe(false);
  });

  test('other bytes for the image itself, read because of recursive: error REGISTRY_INVALID', async () => {
    const { reference, digest } = signedImage();
    lab.setFaults([{ match: on('GET', new RegExp(`/manifests/${digest}`)), times: 'always', action: flipBit() }]);
    const run = await lab.verify({ images: reference, ...RIGHT_SIGNER, recursive: 'true' });
    expect(decision(run)).toBe('error REGISTRY_INVALID');
  });

  test('HEAD of a digest that answers for another one: error REGISTRY_INVALID', async () => {
    const { reference } = signedImage();
    Object.assign(lab.registry.quirks, { contentDigest: 'wrong' });
    const run = await lab.verify({ images: reference, ...RIGHT_SIGNER });
    expect(isOpen(run)).toBe(false);
    expect(decision(run)).toBe('error REGISTRY_INVALID');
  });

  test.each([
    { lie: 'one byte more than there is', off: 1 },
    { lie: 'one byte less than there is', off: -1 },
  ])('a Content-Length of $lie: an error, never a pass', async ({ off }) => {
    const { reference } = signedImage();
    Object.assign(lab.registry.quirks, { contentLengthOff: off });
    const run = await lab.verify({ images: reference, ...RIGHT_SIGNER, 'retry-for': '0s' });
    expect(isOpen(run)).toBe(false);
    expect(decision(run)).toMatch(/^(error REGISTRY_|fail SIGNATURE_INVALID)/);
  });

  test.each(['text/html', 'application/json', OCI_INDEX, 'application/vnd.docker.distribution.manifest.v1+json', ''])(
    'manifests served as %j: an error or a refusal, never a pass',
    async (type) => {
      const { reference } = signedImage();
      Object.assign(lab.registry.quirks, { manifestContentType: type });
      const run = await lab.verify({ images: reference, ...RIGHT_SIGNER });
      expect(isOpen(run)).toBe(false);
    },
  );

  test('a referrer that says it is about another image does not count, though its bundle is about this one', async () => {
    counter += 1;
    const repository = `acme/lies-${counter}`;
    const digest = lab.putImage(repository);
    const other = lab.putImage(repository, buildImage({ content: 'other' }));
    const referrer = lab.attach(repository, other, goodBundle(lab.sigstore, digest));
    lab.setFaults([
      {
        match: on('GET', /\/referrers\//),
        times: 'always',
        action: {
          reply: reply(
            JSON.stringify({
              schemaVersion: 2,
              mediaType: OCI_INDEX,
              manifests: [{ mediaType: OCI_MANIFEST, digest: referrer, size: 1 }],
            }),
            OCI_INDEX,
          ),
        },
      },
    ]);
    const run = await lab.verify({ images: `${lab.host}/${repository}@${digest}`, ...RIGHT_SIGNER });
    expect(decision(run)).toBe('fail SIGNATURE_INVALID');
    expect(run.results.images[0]?.message).toContain(other);
  });

  test('a referrers tag that lists a manifest without subject does not make it a referrer', async () => {
    counter += 1;
    const repository = `acme/lies-${counter}`;
    const digest = lab.putImage(repository);
    const { store } = lab.registry;
    const bundle = JSON.stringify(goodBundle(lab.sigstore, digest));
    const blob = (bytes: string) => ({ digest: store.putBlob(repository, bytes), size: Buffer.from(bytes).length });
    const manifest = store.putManifest(
      repository,
      JSON.stringify({
        schemaVersion: 2,
        mediaType: OCI_MANIFEST,
        artifactType: BUNDLE_V03,
        config: { mediaType: 'application/vnd.oci.empty.v1+json', ...blob('{}') },
        layers: [{ mediaType: BUNDLE_V03, ...blob(bundle) }],
      }),
      OCI_MANIFEST,
    );
    const index = {
      schemaVersion: 2,
      mediaType: OCI_INDEX,
      manifests: [{ mediaType: OCI_MANIFEST, digest: manifest, size: 1 }],
    };
    store.setTag(repository, digest.replace(':', '-'), store.putManifest(repository, JSON.stringify(index), OCI_INDEX));
    Object.assign(lab.registry.quirks, { referrers: 'not-found' });
    const run = await lab.verify({ images: `${lab.host}/${repository}@${digest}`, ...RIGHT_SIGNER });
    expect(decision(run)).toBe('fail SIGNATURE_INVALID');
    expect(isOpen(run)).toBe(false);
  });

  test('GitLab’s alias of the referrers tag to the image is no list of referrers', async () => {
    counter += 1;
    const repository = `acme/lies-${counter}`;
    const digest = lab.putImage(repository);
    Object.assign(lab.registry.quirks, { referrers: 'not-found', gitlabTagAlias: true });
    const run = await lab.verify({ images: `${lab.host}/${repository}@${digest}`, ...RIGHT_SIGNER });
    expect(decision(run)).toBe('fail NO_SIGNATURE');
    expect(run.results.images[0]?.message).toContain('200, 0 listed');
  });
});

describe('lists, bodies and times without end stay within bounds', () => {
  const bounded = { referrerPages: 100 };

  test.each(['loop', 'endless'] as const)(
    'paging that is %s: error REGISTRY_INVALID within 100 pages',
    async (kind) => {
      counter += 1;
      const repository = `acme/lies-${counter}`;
      const digest = lab.putImage(repository);
      Object.assign(lab.registry.quirks, { referrersPaging: kind });
      const run = await lab.verify({ images: `${lab.host}/${repository}@${digest}`, ...RIGHT_SIGNER });
      expect(decision(run)).toBe('error REGISTRY_INVALID');
      const pages = run.requests.filter(({ path }) => path.includes('/referrers/')).length;
      expect(pages).toBeLessThanOrEqual(bounded.referrerPages);
    },
  );

  test.each([
    { what: 'the listing', match: on('GET', /\/referrers\//), decided: 'error REGISTRY_INVALID' },
    { what: 'the bundle', match: on('GET', /\/blobs\//), decided: 'fail SIGNATURE_INVALID' },
    { what: 'the .sig manifest', match: on('GET', /\.sig$/), decided: 'error REGISTRY_INVALID' },
  ])('an endless body of $what: $decided', async ({ what, match, decided }) => {
    const { repository, digest, reference, referrer } = signedImage();
    if (what === 'the .sig manifest') {
      lab.registry.store.deleteManifest(repository, referrer);
      putSignatureTag(lab.registry.store, repository, digest, [goodLayer(lab.sigstore, digest)]);
    }
    lab.setFaults([
      {
        match,
        times: 'always',
        action: { change: (sent) => ({ ...sent, body: Buffer.alloc(65_536, 32), fault: 'endless' }) },
      },
    ]);
    const run = await lab.verify({ images: reference, ...RIGHT_SIGNER });
    expect(decision(run)).toBe(decided);
    expect(isOpen(run)).toBe(false);
  });

  test('a compressed body that unpacks past the cap is refused', async () => {
    const { gzipSync } = await import('node:zlib');
    const { reference } = signedImage();
    const bomb = gzipSync(Buffer.alloc(32 * 1024 * 1024, 32));
    lab.setFaults([
      {
        match: on('GET', /\/referrers\//),
        times: 'always',
        action: {
          reply: {
            status: 200,
            headers: [
              ['Content-Type', OCI_INDEX],
              ['Content-Encoding', 'gzip'],
            ],
            body: bomb,
          },
        },
      },
    ]);
    expect(decision(await lab.verify({ images: reference, ...RIGHT_SIGNER }))).toBe('error REGISTRY_INVALID');
  });

  const listing = (count: number): Reply =>
    reply(
      JSON.stringify({
        schemaVersion: 2,
        mediaType: OCI_INDEX,
        manifests: Array.from({ length: count }, (_, index) => ({
          mediaType: OCI_MANIFEST,
          digest: `sha256:${createHash('sha256').update(String(index)).digest('hex')}`,
          size: 1,
        })),
      }),
      OCI_INDEX,
    );

  test('10,000 referrers: an error within 1,000 fetches; the .sig tag beside them still decides', async () => {
    counter += 1;
    const repository = `acme/lies-${counter}`;
    const digest = lab.putImage(repository);
    const reference = `${lab.host}/${repository}@${digest}`;
    lab.setFaults([{ match: on('GET', /\/referrers\//), times: 'always', action: { reply: listing(10_000) } }]);
    const unsigned = await lab.verify({ images: reference, ...RIGHT_SIGNER });
    expect(decision(unsigned)).toBe('error REGISTRY_INVALID');
    expect(unsigned.requests.length).toBeLessThan(1_100);
    putSignatureTag(lab.registry.store, repository, digest, [goodLayer(lab.sigstore, digest)]);
    expect(decision(await lab.verify({ images: reference, ...RIGHT_SIGNER }))).toBe('pass');
  });

  test('more layers under a .sig tag than are looked at: an error, never a pass', async () => {
    counter += 1;
    const repository = `acme/lies-${counter}`;
    const digest = lab.putImage(repository);
    const good = goodLayer(lab.sigstore, digest);
    const empty = { payload: good.payload, annotations: {} };
    const look = async (layers: readonly Layer[]) => {
      putSignatureTag(lab.registry.store, repository, digest, layers);
      return lab.verify({ images: `${lab.host}/${repository}@${digest}`, ...RIGHT_SIGNER });
    };
    const run = await look([...Array.from({ length: 1000 }, () => empty), good]);
    expect(decision(run)).toBe('error REGISTRY_INVALID');
    expect(run.results.images[0]?.message).toContain('only 1000 layers');
    // The last one that is looked at, as after three years of signing every night.
    expect(decision(await look([...Array.from({ length: 999 }, () => empty), good]))).toBe('pass');

    const unlike = (index: number): Layer => ({ payload: Buffer.from(`payload ${index}`), annotations: {} });
    const many = await look([...Array.from({ length: 100 }, (_, index) => unlike(index)), good]);
    expect(decision(many)).toBe('error REGISTRY_INVALID');
    expect(many.results.images[0]?.message).toContain('only 100 different payloads');
    expect(many.requests.length).toBeLessThan(120);
    expect(decision(await look([...Array.from({ length: 99 }, (_, index) => unlike(index)), good]))).toBe('pass');
  });

  test('a body that never ends in time: error REGISTRY_UNAVAILABLE', async () => {
    const { reference } = signedImage();
    lab.setFaults([{ match: on('GET', /\/referrers\//), times: 'always', action: slowly(1, 60_000) }]);
    // A third of it is what one attempt gets.
    const run = await lab.verify({ images: reference, ...RIGHT_SIGNER, 'retry-for': '3s' });
    expect(decision(run)).toBe('error REGISTRY_UNAVAILABLE');
    expect(run.results.images[0]?.message).toMatch(/no (?:complete )?response within/);
    expect(isOpen(run)).toBe(false);
  });
});

describe('redirects', () => {
  test.each([
    { to: 'itself for ever', quirks: { blobRedirect: 'loop' } },
    { to: 'a private address over http', quirks: { blobRedirect: 'private-address' } },
  ] as const)('of a blob to $to: refused, never a pass', async ({ quirks }) => {
    const { reference } = signedImage();
    Object.assign(lab.registry.quirks, quirks);
    const run = await lab.verify({ images: reference, ...RIGHT_SIGNER });
    expect(decision(run)).toBe('fail SIGNATURE_INVALID');
    expect(run.requests.length).toBeLessThan(30);
  });

  test('of a blob to another origin is followed without credentials, and the bytes are hashed there too', async () => {
    const { reference } = signedImage();
    Object.assign(lab.registry.quirks, { blobRedirect: { origin: lab.storageUrl } });
    const run = await lab.verify({
      images: reference,
      ...RIGHT_SIGNER,
      'registry-username': 'alice',
      'registry-password': 'a-secret',
    });
    expect(decision(run)).toBe('pass');
    const stored = run.requests.filter(({ server }) => server === 'storage');
    expect(stored.length).toBeGreaterThan(0);
    for (const { headers } of stored) expect(headers['authorization']).toBeUndefined();
    expect(run.stdout.replace('::add-mask::a-secret', '')).not.toContain('a-secret');
  });

  test.each([
    'http://10.0.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'file:///etc/passwd',
    'gopher://x/',
    '//',
  ])('of a manifest to %s is not followed', async (location) => {
    const { reference, referrer } = signedImage();
    lab.setFaults([
      {
        match: on('GET', new RegExp(`/manifests/${referrer}`)),
        times: 'always',
        action: { reply: { status: 307, headers: [['Location', location]] } },
      },
    ]);
    const run = await lab.verify({ images: reference, ...RIGHT_SIGNER });
    expect(decision(run)).toBe('fail SIGNATURE_INVALID');
    expect(isOpen(run)).toBe(false);
  });

  test('a page of the listing on another host is not asked for', async () => {
    const { repository, digest, reference } = signedImage();
    seedReferrer(lab.registry.store, repository, digest, { layer: 'note' });
    lab.setFaults([
      {
        match: on('GET', /\/referrers\//),
        times: 'always',
        action: {
          reply: {
            status: 200,
            headers: [
              ['Content-Type', OCI_INDEX],
              ['Link', `<${lab.storageUrl}/v2/evil/referrers/${digest}>; rel="next"`],
            ],
            body: JSON.stringify({ schemaVersion: 2, manifests: [] }),
          },
        },
      },
    ]);
    const run = await lab.verify({ images: reference, ...RIGHT_SIGNER });
    expect(decision(run)).toBe('error REGISTRY_INVALID');
    expect(run.requests.some(({ server }) => server === 'storage')).toBe(false);
  });
});

describe('a tag is resolved once (Kyverno CVE-2022-47633)', () => {
  test('a tag that answers differently the second time is never asked a second time', async () => {
    counter += 1;
    const repository = `acme/lies-${counter}`;
    const signed = lab.putImage(repository, buildImage({ content: 'signed' }), '1.0');
    const evil = lab.putImage(repository, buildImage({ content: 'evil' }));
    lab.attach(repository, signed, goodBundle(lab.sigstore, signed));
    const stored = lab.registry.store.getManifest(repository, evil);
    lab.setFaults([
      {
        match: on(undefined, /\/manifests\/1\.0/),
        times: 'always',
        skip: 1,
        action: { reply: reply(stored?.bytes ?? '', OCI_MANIFEST) },
      },
    ]);
    const run = await lab.verify({ images: `${lab.host}/${repository}:1.0`, ...RIGHT_SIGNER, recursive: 'true' });
    expect(decision(run)).toBe('pass');
    expect(run.outputs['images']).toBe(`${lab.host}/${repository}@${signed}`);
    expect(run.requests.filter(({ path }) => path.endsWith('/manifests/1.0'))).toHaveLength(1);
  });

  test('the digest of a tag is computed from its bytes, whatever the header says', async () => {
    counter += 1;
    const repository = `acme/lies-${counter}`;
    const signed = lab.putImage(repository, buildImage({ content: 'signed' }));
    const evil = lab.putImage(repository, buildImage({ content: 'evil' }), '1.0');
    lab.attach(repository, signed, goodBundle(lab.sigstore, signed));
    lab.setFaults([
      {
        match: on(undefined, /\/manifests\/1\.0/),
        times: 'always',
        action: {
          change: (sent) => ({
            ...sent,
            headers: [
              ...(sent.headers ?? []).filter(([name]) => name.toLowerCase() !== 'docker-content-digest'),
              ['Docker-Content-Digest', signed],
            ],
          }),
        },
      },
    ]);
    const run = await lab.verify({ images: `${lab.host}/${repository}:1.0`, ...RIGHT_SIGNER });
    expect(isOpen(run)).toBe(false);
    expect(run.results.images[0]?.resolved).not.toContain(signed);
    expect(run.results.images[0]?.resolved ?? evil).toContain(evil);
  });
});

describe('recursive looks at every platform, whatever the registry calls the index', () => {
  /** A signed index whose platform images are not signed. */
  function signedIndex(withMediaType: boolean): { repository: string; digest: Digest; children: string[] } {
    counter += 1;
    const repository = `acme/lies-${counter}`;
    const built = buildIndex({ content: repository });
    lab.putImage(repository, built);
    const { store } = lab.registry;
    const json = { ...store.getManifest(repository, built.digest)?.json };
    if (!withMediaType) delete json['mediaType'];
    const digest = store.putManifest(repository, JSON.stringify(json), OCI_INDEX) as Digest;
    lab.attach(repository, digest, goodBundle(lab.sigstore, digest));
    const children = (json['manifests'] as { digest: string }[]).map((child) => child.digest);
    return { repository, digest, children };
  }

  test.each([
    { what: 'with its mediaType', withMediaType: true, type: OCI_INDEX, decided: 'fail NO_SIGNATURE' },
    { what: 'without mediaType', withMediaType: false, type: OCI_INDEX, decided: 'fail NO_SIGNATURE' },
    {
      what: 'without mediaType, served as an image manifest (CVE-2021-41190)',
      withMediaType: false,
      type: OCI_MANIFEST,
      decided: 'error REGISTRY_INVALID',
    },
    {
      what: 'with its mediaType, served as an image manifest',
      withMediaType: true,
      type: OCI_MANIFEST,
      decided: 'error REGISTRY_INVALID',
    },
  ])('an index $what: $decided', async ({ withMediaType, type, decided }) => {
    const { repository, digest } = signedIndex(withMediaType);
    lab.setFaults([
      {
        match: on('GET', new RegExp(`/manifests/${digest}`)),
        times: 'always',
        action: {
          change: (sent) => ({
            ...sent,
            headers: [
              ...(sent.headers ?? []).filter(([name]) => name.toLowerCase() !== 'content-type'),
              ['Content-Type', type],
            ],
          }),
        },
      },
    ]);
    const run = await lab.verify({ images: `${lab.host}/${repository}@${digest}`, ...RIGHT_SIGNER, recursive: 'true' });
    expect(decision(run)).toBe(decided);
    expect(isOpen(run)).toBe(false);
  });

  test('every platform signed: pass; one tampered: its own reason', async () => {
    const { repository, digest, children } = signedIndex(true);
    for (const child of children) lab.attach(repository, child, goodBundle(lab.sigstore, child as Digest));
    const inputs = { images: `${lab.host}/${repository}@${digest}`, ...RIGHT_SIGNER, recursive: 'true' };
    const run = await lab.verify(inputs);
    expect(decision(run)).toBe('pass');
    expect(run.results.images[0]?.platforms).toHaveLength(2);
    expect(run.outputs['images']).toBe(`${lab.host}/${repository}@${digest}`);
    const last = bundleOf(repository, lab.registry.store.referrers(repository, children[1] ?? '')[0]?.digest ?? '');
    lab.setFaults([{ match: on('GET', new RegExp(`/blobs/${last}`)), times: 'always', action: flipBit() }]);
    const broken = await lab.verify(inputs);
    expect(decision(broken)).toBe('fail SIGNATURE_INVALID');
    expect(broken.results.images[0]?.platforms?.map((platform) => platform.verdict)).toEqual(['pass', 'fail']);
  });

  test('an image that only calls itself a BuildKit attestation is judged all the same', async () => {
    counter += 1;
    const repository = `acme/lies-${counter}`;
    const { store } = lab.registry;
    const hidden = lab.putImage(repository, buildImage({ content: 'hidden' }));
    const entry = {
      mediaType: OCI_MANIFEST,
      digest: hidden,
      size: store.getManifest(repository, hidden)?.bytes.length,
      platform: { os: 'linux', architecture: 'amd64' },
      annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
    };
    const index = JSON.stringify({ schemaVersion: 2, mediaType: OCI_INDEX, manifests: [entry] });
    const digest = store.putManifest(repository, index, OCI_INDEX) as Digest;
    lab.attach(repository, digest, goodBundle(lab.sigstore, digest));
    const run = await lab.verify({ images: `${lab.host}/${repository}@${digest}`, ...RIGHT_SIGNER, recursive: 'true' });
    expect(decision(run)).toBe('fail NO_SIGNATURE');
  });
});

test('what a referrers tag lists may be written by anybody, so only what it leads to decides', async () => {
  const { repository, digest, reference } = signedImage();
  tagReferrers(lab.registry.store, repository, digest);
  Object.assign(lab.registry.quirks, { referrers: 'not-found' });
  expect(decision(await lab.verify({ images: reference, ...RIGHT_SIGNER }))).toBe('pass');
  const huge = JSON.stringify({
    schemaVersion: 2,
    mediaType: OCI_INDEX,
    manifests: [],
    annotations: { filler: 'x'.repeat(5 * 1024 * 1024) },
  });
  const { store } = lab.registry;
  store.setTag(repository, digest.replace(':', '-'), store.putManifest(repository, huge, OCI_INDEX));
  expect(decision(await lab.verify({ images: reference, ...RIGHT_SIGNER }))).toBe('error REGISTRY_INVALID');
});
