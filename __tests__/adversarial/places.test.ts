import { describe, expect, test } from 'vitest';
import { errorReply, on } from '../../sandbox/http/faults.ts';
import type { Quirks } from '../../sandbox/registry/quirks.ts';
import { seedReferrer, tagReferrers } from '../../sandbox/registry/seed.ts';
import { signLayerByHand, signMessageByHand } from '../../sandbox/sigstore/hand-signer.ts';
import type { Digest } from '../../src/domain/image/digest.ts';
import { BUNDLE_V03, OCI_INDEX } from '../../src/domain/image/media-types.ts';
import { simpleSigningPayload } from '../../src/domain/signature/simple-signing.ts';
import { decision, isOpen, type LabImage, openLab, RIGHT_SIGNER } from './in-process-gate.ts';
import { goodBundle, goodLayer, putLayers, putSignatureTag, tamperedBundle, tamperedLayer } from './signature-seeds.ts';

const lab = await openLab();

const referrersTagOf = (digest: string): string => digest.replace(':', '-');

type Kind = 'good' | 'tampered';

const bundleOf = (kind: Kind, digest: Digest) => (kind === 'good' ? goodBundle : tamperedBundle)(lab.sigstore, digest);
const layerOf = (kind: Kind, digest: Digest) => (kind === 'good' ? goodLayer : tamperedLayer)(lab.sigstore, digest);

interface PlaceRow {
  readonly place: string;
  readonly put: (image: LabImage, kind: Kind) => void;
  readonly quirks?: Quirks;
}

const PLACES: readonly PlaceRow[] = [
  {
    place: 'the referrers API',
    put: ({ repository, digest }, kind) => lab.attach(repository, digest, bundleOf(kind, digest)),
  },
  {
    place: 'the last of three pages of the referrers API (relative links)',
    quirks: { referrersPageSize: 2 },
    put: ({ repository, digest }, kind) => {
      for (const note of ['a', 'b', 'c', 'd']) seedReferrer(lab.registry.store, repository, digest, { layer: note });
      lab.attach(repository, digest, bundleOf(kind, digest));
    },
  },
  {
    place: 'the last page of the referrers API (absolute links)',
    quirks: { referrersPageSize: 1, referrersLink: 'absolute' },
    put: ({ repository, digest }, kind) => {
      seedReferrer(lab.registry.store, repository, digest, { layer: 'note' });
      lab.attach(repository, digest, bundleOf(kind, digest));
    },
  },
  {
    place: 'a .sig tag beside a referrers API',
    put: ({ repository, digest }, kind) =>
      putSignatureTag(lab.registry.store, repository, digest, [layerOf(kind, digest)]),
  },
  ...(['not-found', 'no-route', 'redirect', 'empty', 'name-unknown', 'unknown-subject-400'] as const).map(
    (referrers): PlaceRow => ({
      place: `the referrers tag of a registry whose API answers "${referrers}"`,
      quirks: { referrers },
      put: ({ repository, digest }, kind) => {
        lab.attach(repository, digest, bundleOf(kind, digest));
        tagReferrers(lab.registry.store, repository, digest);
      },
    }),
  ),
  {
    place: 'the referrers tag of a registry whose API lists something else',
    put: ({ repository, digest }, kind) => {
      const bundle = lab.attach(repository, digest, bundleOf(kind, digest));
      tagReferrers(lab.registry.store, repository, digest);
      lab.setFaults([
        {
          match: on('GET', /\/referrers\//),
          times: 'always',
          action: {
            change: (reply) => {
              const list = JSON.parse(Buffer.from(reply.body ?? '').toString('utf8')) as {
                manifests: { digest: string }[];
              };
              const manifests = list.manifests.filter((one) => one.digest !== bundle);
              return { ...reply, body: JSON.stringify({ ...list, manifests }) };
            },
          },
        },
      ]);
      seedReferrer(lab.registry.store, repository, digest, { layer: 'note' });
    },
  },
  {
    place: 'a referrer as cosign’s oci-1-1 experiment writes it',
    put: ({ repository, digest }, kind) => putLayers(lab.registry.store, repository, [layerOf(kind, digest)], digest),
  },
  ...(['old-ggcr', 'wrong-size', 'wrong-artifact-type', 'no-annotations'] as const).map(
    (referrersDescriptors): PlaceRow => ({
      place: `a listing with ${referrersDescriptors} descriptors`,
      quirks: { referrersDescriptors },
      put: ({ repository, digest }, kind) => lab.attach(repository, digest, bundleOf(kind, digest)),
    }),
  ),
];

describe('a signature counts wherever it lies, and its tampered twin nowhere', () => {
  test.each(PLACES)('$place', async ({ put, quirks }) => {
    for (const kind of ['good', 'tampered'] as const) {
      const image = lab.freshImage();
      Object.assign(lab.registry.quirks, quirks);
      put(image, kind);
      const run = await lab.verify({ images: image.reference, ...RIGHT_SIGNER });
      expect(decision(run), kind).toBe(kind === 'good' ? 'pass' : 'fail SIGNATURE_INVALID');
      expect(isOpen(run)).toBe(kind === 'good');
      lab.setFaults([]);
    }
  });

  test('bundle and .sig layer of one image are both reported, each once although two places list the bundle', async () => {
    const { repository, digest, reference } = lab.freshImage();
    Object.assign(lab.registry.quirks, { mergesReferrersTag: true });
    lab.attach(repository, digest, goodBundle(lab.sigstore, digest));
    tagReferrers(lab.registry.store, repository, digest);
    putSignatureTag(lab.registry.store, repository, digest, [goodLayer(lab.sigstore, digest)]);
    const run = await lab.verify({ images: reference, ...RIGHT_SIGNER });
    expect(run.results.images[0]?.signatures.map(({ format, verdict }) => `${format} ${verdict}`).sort()).toEqual([
      'bundle accepted',
      'legacy accepted',
    ]);
  });
});

test('what is refused is reported once although both listings name it, a bundle as well as cosign’s oci-1-1 layers', async () => {
  const { repository, digest, reference } = lab.freshImage();
  lab.attach(repository, digest, tamperedBundle(lab.sigstore, digest));
  putLayers(lab.registry.store, repository, [tamperedLayer(lab.sigstore, digest)], digest);
  tagReferrers(lab.registry.store, repository, digest);
  const run = await lab.verify({ images: reference, ...RIGHT_SIGNER });
  expect(run.results.images[0]?.signatures.map(({ format, verdict }) => `${format} ${verdict}`).sort()).toEqual([
    'bundle rejected',
    'legacy rejected',
  ]);
});

describe('the name a .sig layer was made under', () => {
  const namedAs = async (name: (own: string) => string, inputs: Readonly<Record<string, string>>) => {
    const { repository, digest, reference } = lab.freshImage();
    const own = { registry: lab.host, path: repository };
    const payload = Buffer.from(
      Buffer.from(simpleSigningPayload(own, digest, {}))
        .toString('utf8')
        .replace(`${lab.host}/${repository}`, name(`${lab.host}/${repository}`)),
    );
    const layer = { payload, annotations: signLayerByHand(lab.sigstore, { payload }) };
    putSignatureTag(lab.registry.store, repository, digest, [layer]);
    const run = await lab.verify({ images: reference, ...inputs });
    return { decision: decision(run), isNoted: run.log.some((line) => line.includes('made under the name')) };
  };

  test.each([
    { what: 'of this repository', name: (own: string) => own, isNoted: false },
    { what: 'of this repository with a tag, as podman writes it', name: (own: string) => `${own}:1.2`, isNoted: false },
    { what: 'of another repository of this registry', name: (own: string) => `${own}-2`, isNoted: true },
    { what: 'of another registry', name: () => 'ghcr.io/acme/app', isNoted: true },
    { what: 'of Docker Hub', name: () => 'index.docker.io/library/app', isNoted: true },
  ])('$what: noted $isNoted, accepted all the same', async ({ name, isNoted }) => {
    expect(await namedAs(name, RIGHT_SIGNER)).toEqual({ decision: 'pass', isNoted });
  });

  test('is not noted of a signature that is not accepted: a stranger chose it', async () => {
    const stranger = { 'source-repository': 'acme/elsewhere' };
    expect(await namedAs(() => 'ghcr.io/acme/app', stranger)).toEqual({
      decision: 'fail CLAIM_MISMATCH',
      isNoted: false,
    });
  });
});

test.each(['good', 'tampered'] as const)(
  'a .sig layer with a malformed descriptor neither hides nor helps a %s layer beside it',
  async (kind) => {
    const { repository, digest, reference } = lab.freshImage();
    const { store } = lab.registry;
    const manifestDigest = putSignatureTag(store, repository, digest, [layerOf(kind, digest)]);
    const stored = store.getManifest(repository, manifestDigest);
    const manifest = JSON.parse(Buffer.from(stored?.bytes ?? '').toString('utf8')) as { layers: unknown[] };
    manifest.layers.unshift({
      mediaType: 'application/vnd.dev.cosign.simplesigning.v1+json',
      size: 1,
      digest: 'sha512:x',
    });
    store.setTag(repository, `${referrersTagOf(digest)}.sig`, store.putManifest(repository, JSON.stringify(manifest)));
    const run = await lab.verify({ images: reference, ...RIGHT_SIGNER });
    expect(isOpen(run)).toBe(kind === 'good');
  },
);

/** Things that may lie beside a signature and must neither hide it nor count. */
const NEIGHBOURS: readonly {
  readonly what: string;
  readonly alone: string;
  readonly put: (image: LabImage) => void;
}[] = [
  {
    what: 'a note that is no signature',
    alone: 'fail NO_SIGNATURE',
    put: ({ repository, digest }) => seedReferrer(lab.registry.store, repository, digest, { layer: 'note' }),
  },
  {
    what: 'a bundle that is no JSON',
    alone: 'fail SIGNATURE_INVALID',
    put: ({ repository, digest }) => lab.attach(repository, digest, '{"mediaType":'),
  },
  {
    what: 'an empty bundle',
    alone: 'fail SIGNATURE_INVALID',
    put: ({ repository, digest }) => lab.attach(repository, digest, '{}'),
  },
  {
    what: 'a bundle nested ten thousand levels deep',
    alone: 'fail SIGNATURE_INVALID',
    put: ({ repository, digest }) => lab.attach(repository, digest, '['.repeat(10_000) + ']'.repeat(10_000)),
  },
  {
    what: 'a tampered signature',
    alone: 'fail SIGNATURE_INVALID',
    put: ({ repository, digest }) => lab.attach(repository, digest, tamperedBundle(lab.sigstore, digest)),
  },
  {
    what: 'a good signature of another image',
    alone: 'fail SUBJECT_DIGEST_MISMATCH',
    put: ({ repository, digest }) =>
      lab.attach(repository, digest, goodBundle(lab.sigstore, lab.putImage('acme/another'))),
  },
  {
    what: 'a bundle with a message signature over the image’s own manifest',
    alone: 'fail NO_SIGNATURE',
    put: ({ repository, digest }) => {
      const data = lab.registry.store.getManifest(repository, digest)?.bytes ?? '';
      lab.attach(repository, digest, signMessageByHand(lab.sigstore, { data, entries: ['hashedrekord'] }));
    },
  },
  {
    what: 'an artifact manifest with two layers',
    alone: 'fail NO_SIGNATURE',
    put: ({ repository, digest }) => {
      const { store } = lab.registry;
      const blob = (text: string) => ({
        mediaType: BUNDLE_V03,
        digest: store.putBlob(repository, text),
        size: text.length,
      });
      store.putManifest(
        repository,
        JSON.stringify({
          schemaVersion: 2,
          mediaType: 'application/vnd.oci.image.manifest.v1+json',
          artifactType: BUNDLE_V03,
          config: { ...blob('{}'), mediaType: 'application/vnd.oci.empty.v1+json' },
          layers: [blob('{"a":1}'), blob('{"b":1}')],
          subject: { mediaType: OCI_INDEX, digest, size: 1 },
        }),
      );
    },
  },
  {
    what: 'a referrer whose bundle blob is gone',
    alone: 'error REGISTRY_UNAVAILABLE',
    put: ({ repository, digest }) => {
      const lost = lab.attach(repository, digest, `{"lost":"${repository}"}`);
      const layers = lab.registry.store.getManifest(repository, lost)?.json['layers'] as { digest: string }[];
      lab.setFaults([
        {
          match: on('GET', new RegExp(`/blobs/${layers[0]?.digest}`)),
          times: 'always',
          action: { reply: errorReply(404, 'BLOB_UNKNOWN') },
        },
      ]);
    },
  },
  {
    what: 'a referrer that is listed but not served',
    alone: 'error REGISTRY_UNAVAILABLE',
    put: ({ repository, digest }) => {
      const lost = lab.attach(repository, digest, `{"unserved":"${repository}"}`);
      lab.setFaults([
        {
          match: on('GET', new RegExp(`/manifests/${lost}`)),
          times: 'always',
          action: { reply: errorReply(503, 'UNAVAILABLE') },
        },
      ]);
    },
  },
];

describe('one unrelated or broken referrer hides nothing and opens nothing', () => {
  test.each(NEIGHBOURS)('$what', async ({ put, alone }) => {
    const single = lab.freshImage();
    put(single);
    const only = await lab.verify({ images: single.reference, ...RIGHT_SIGNER });
    expect(decision(only), 'alone').toBe(alone);
    expect(isOpen(only)).toBe(false);
    lab.setFaults([]);
    for (const order of ['before', 'after']) {
      const image = lab.freshImage();
      if (order === 'before') put(image);
      lab.attach(image.repository, image.digest, goodBundle(lab.sigstore, image.digest));
      if (order === 'after') put(image);
      const run = await lab.verify({ images: image.reference, ...RIGHT_SIGNER });
      expect(decision(run), `${order} a good one`).toBe('pass');
      lab.setFaults([]);
    }
  });

  test.each([0, 1, 2])('a broken layer at position %i of a .sig tag hides none of the others', async (position) => {
    const { repository, digest, reference } = lab.freshImage();
    const layers = [goodLayer(lab.sigstore, digest), goodLayer(lab.sigstore, digest)];
    layers.splice(position, 0, tamperedLayer(lab.sigstore, digest));
    putSignatureTag(lab.registry.store, repository, digest, layers);
    const run = await lab.verify({ images: reference, ...RIGHT_SIGNER });
    expect(decision(run)).toBe('pass');
    expect(run.results.images[0]?.signatures.map((one) => one.verdict)).toEqual(['accepted', 'accepted', 'rejected']);
  });

  test('layers of other media types are listed, never counted', async () => {
    const { repository, digest, reference } = lab.freshImage();
    putSignatureTag(lab.registry.store, repository, digest, [
      { ...goodLayer(lab.sigstore, digest), mediaType: 'application/vnd.dsse.envelope.v1+json' },
    ]);
    const run = await lab.verify({ images: reference, ...RIGHT_SIGNER });
    expect(decision(run)).toBe('fail NO_SIGNATURE');
  });
});

const FAILURES = [
  { what: '500', reply: errorReply(500, 'UNKNOWN'), decided: 'error REGISTRY_UNAVAILABLE' },
  { what: '503', reply: errorReply(503, 'UNAVAILABLE'), decided: 'error REGISTRY_UNAVAILABLE' },
  { what: '429', reply: errorReply(429, 'TOOMANYREQUESTS'), decided: 'error REGISTRY_UNAVAILABLE' },
  { what: '401', reply: errorReply(401, 'UNAUTHORIZED'), decided: 'error REGISTRY_DENIED' },
  { what: '403', reply: errorReply(403, 'DENIED'), decided: 'error REGISTRY_DENIED' },
  {
    what: '200 that is a web page',
    reply: { status: 200, headers: [['Content-Type', 'text/html']], body: '<h1>Sign in</h1>' },
    decided: 'error REGISTRY_INVALID',
  },
  {
    what: '200 that is no JSON',
    reply: { status: 200, headers: [['Content-Type', OCI_INDEX]], body: '{' },
    decided: 'error REGISTRY_INVALID',
  },
  {
    what: '200 without a list',
    reply: { status: 200, headers: [['Content-Type', OCI_INDEX]], body: '{"schemaVersion":2}' },
    decided: 'error REGISTRY_INVALID',
  },
  {
    what: '200 whose list two readers read differently',
    reply: {
      status: 200,
      headers: [['Content-Type', OCI_INDEX]],
      body: '{"schemaVersion":2,"manifests":[],"Manifests":[]}',
    },
    decided: 'error REGISTRY_INVALID',
  },
  {
    what: '200 with two lists',
    reply: {
      status: 200,
      headers: [['Content-Type', OCI_INDEX]],
      body: '{"schemaVersion":2,"manifests":[],"manifests":[]}',
    },
    decided: 'error REGISTRY_INVALID',
  },
] as const;

describe('a place that could not be read is an error and never "unsigned"; an accepted signature decides all the same', () => {
  const places = [
    { place: 'the referrers API', path: /\/referrers\// },
    { place: 'the .sig tag', path: /\.sig$/ },
    { place: 'the referrers tag', path: /\/manifests\/sha256-[0-9a-f]{64}$/ },
  ];
  const isListing = (path: RegExp): boolean => path.source.includes('referrers');

  test.each(places.flatMap((place) => FAILURES.map((failure) => ({ ...place, ...failure }))))(
    '$place answers $what',
    async ({ path, reply, decided }) => {
      lab.setFaults([{ match: on('GET', path), times: 'always', action: { reply } }]);
      const unsigned = lab.freshImage();
      const refused = await lab.verify({ images: unsigned.reference, ...RIGHT_SIGNER });
      expect(decision(refused)).toBe(decided);
      expect(isOpen(refused)).toBe(false);

      const signed = lab.freshImage();
      if (isListing(path)) {
        putSignatureTag(lab.registry.store, signed.repository, signed.digest, [goodLayer(lab.sigstore, signed.digest)]);
      } else {
        lab.attach(signed.repository, signed.digest, goodBundle(lab.sigstore, signed.digest));
      }
      expect(decision(await lab.verify({ images: signed.reference, ...RIGHT_SIGNER }))).toBe('pass');
    },
  );

  test('a page after the first that fails is an error, and what the first page listed still counts', async () => {
    lab.setFaults([
      { match: on('GET', /\/referrers\/.*after=/), times: 'always', action: { reply: errorReply(404, 'NOT_FOUND') } },
      {
        match: on('GET', /\/referrers\//),
        times: 'always',
        action: {
          change: (reply, request) => ({
            ...reply,
            headers: [...(reply.headers ?? []), ['Link', `<${request.url.pathname}?after=1>; rel="next"`]],
          }),
        },
      },
    ]);
    const unsigned = lab.freshImage();
    seedReferrer(lab.registry.store, unsigned.repository, unsigned.digest, { layer: 'note' });
    const half = await lab.verify({ images: unsigned.reference, ...RIGHT_SIGNER });
    expect(decision(half)).toBe('error REGISTRY_INVALID');
    const signed = lab.freshImage();
    lab.attach(signed.repository, signed.digest, goodBundle(lab.sigstore, signed.digest));
    expect(decision(await lab.verify({ images: signed.reference, ...RIGHT_SIGNER }))).toBe('pass');
  });
});

test('NO_SIGNATURE names each place looked at with its HTTP answer, and what lies beside the image', async () => {
  const { repository, digest, reference } = lab.freshImage();
  seedReferrer(lab.registry.store, repository, digest, { artifactType: 'application/spdx+json', layer: '{}' });
  const run = await lab.verify({ images: reference, ...RIGHT_SIGNER });
  const [image] = run.results.images;
  expect(image?.reason).toBe('NO_SIGNATURE');
  const tag = referrersTagOf(digest);
  for (const text of [
    `GET /v2/${repository}/referrers/${digest} → 200, 1 listed`,
    `GET /v2/${repository}/manifests/${tag}.sig → 404, 0 listed`,
    `GET /v2/${repository}/manifests/${tag} → 404, 0 listed`,
    'application/spdx+json',
  ]) {
    expect(image?.message).toContain(text);
  }
});

test('format: bundle does not ask for the .sig tag, format: legacy accepts no bundle', async () => {
  const { repository, digest, reference } = lab.freshImage();
  lab.attach(repository, digest, goodBundle(lab.sigstore, digest));
  putSignatureTag(lab.registry.store, repository, digest, [goodLayer(lab.sigstore, digest)]);
  const bundle = await lab.verify({ images: reference, ...RIGHT_SIGNER, format: 'bundle' });
  expect(bundle.results.images[0]?.signatures.map((one) => one.format)).toEqual(['bundle']);
  expect(bundle.requests.some(({ path }) => path.endsWith('.sig'))).toBe(false);
  const legacy = await lab.verify({ images: reference, ...RIGHT_SIGNER, format: 'legacy' });
  expect(legacy.results.images[0]?.signatures.map((one) => one.format)).toEqual(['legacy']);

  const only = lab.freshImage();
  lab.attach(only.repository, only.digest, goodBundle(lab.sigstore, only.digest));
  expect(decision(await lab.verify({ images: only.reference, ...RIGHT_SIGNER, format: 'legacy' }))).toBe(
    'fail NO_SIGNATURE',
  );
  const old = lab.freshImage();
  putSignatureTag(lab.registry.store, old.repository, old.digest, [goodLayer(lab.sigstore, old.digest)]);
  expect(decision(await lab.verify({ images: old.reference, ...RIGHT_SIGNER, format: 'bundle' }))).toBe(
    'fail NO_SIGNATURE',
  );
});
