import { afterAll, beforeAll, expect, test } from 'vitest';
import { errorReply, on } from '../../sandbox/http/faults.ts';
import { textReply } from '../../sandbox/http/serve.ts';
import { seedReferrer } from '../../sandbox/registry/seed.ts';
import { OCI_INDEX, SIMPLE_SIGNING } from '../../src/domain/image/media-types.ts';
import { LAYERS_MAX, MANIFEST_MAX_BYTES } from '../../src/oci/transport/limits.ts';
import { withoutProcesses } from '../in-process.ts';
import {
  errorsOf,
  type Json,
  OCI_MANIFEST,
  type SignWorld,
  type StoredImage,
  shown,
  startSignWorld,
} from './sign-world.ts';

/*
 * A registry in which a signature could be made and logged, but not stored. Whatever can be known of that by
 * reading stops the run before the log: a second, third and tenth try must not leave more public entries.
 */

/** An outage is none that passes here. */
const ONCE = { 'retry-for': '0s' };
/** Its registry has no referrers API. */
let world: SignWorld;
/** The same world, whose runs are processes with the committed dist/; those of the others happen in this process. */
let byDist: SignWorld;
/** Its registry has one. */
let withApi: SignWorld;

beforeAll(async () => {
  const faults = [
    { match: on('GET', /^\/v2\/away\/.*sha256-/), times: 'always', action: { reply: textReply(503, 'maintenance') } },
    { match: on('GET', /^\/v2\/denied\/.*sha256-/), times: 'always', action: { reply: errorReply(403, 'DENIED') } },
    { match: on('GET', /^\/v2\/unlisted\/.*referrers/), times: 'always', action: { reply: textReply(503, 'later') } },
  ] as const;
  const worlds = await Promise.all([
    startSignWorld({ quirks: { referrers: 'not-found' }, registryFaults: faults }),
    startSignWorld({ registryFaults: faults }),
  ]);
  [byDist] = worlds;
  [world, withApi] = [withoutProcesses(worlds[0]), withoutProcesses(worlds[1])];
});
afterAll(async () => {
  await Promise.all([world.close(), withApi.close()]);
});

const referrersTag = ({ digest }: Pick<StoredImage, 'digest'>): string => digest.replace(':', '-');
const signatureTag = (image: Pick<StoredImage, 'digest'>): string => `${referrersTag(image)}.sig`;

function setTag({ registry: { store } }: SignWorld, image: StoredImage, tag: string, content: unknown): void {
  store.setTag(image.repository, tag, store.putManifest(image.repository, JSON.stringify(content)));
}

const anImage = (more: object = {}) => ({
  schemaVersion: 2,
  mediaType: OCI_MANIFEST,
  config: { mediaType: 'application/vnd.oci.empty.v1+json', digest: `sha256:${'0'.repeat(64)}`, size: 2 },
  layers: [],
  ...more,
});
const anIndex = (more: object = {}) => ({ schemaVersion: 2, mediaType: OCI_INDEX, manifests: [], ...more });
/** So long that a descriptor more makes it too long. */
const filledUp = (build: (more: object) => object, left: number): object => {
  const empty = JSON.stringify(build({ annotations: { filler: '' } })).length;
  return build({ annotations: { filler: 'x'.repeat(MANIFEST_MAX_BYTES - empty - left) } });
};
const layer = (index: number) => ({
  mediaType: SIMPLE_SIGNING,
  digest: `sha256:${'1'.repeat(64)}`,
  size: 3,
  annotations: { 'dev.cosignproject.cosign/signature': `signature ${index}` },
});

/** Signs three times, whatever the others come to, and says how each ended; nothing may be left behind by any of them. */
async function tryThrice(
  at: SignWorld,
  images: readonly StoredImage[],
  inputs: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { store } = at.registry;
  const state = () => ({
    entries: at.sigstore.rekorV1.size(),
    stored: images.map(({ repository }) => ({
      manifests: store.manifests(repository).map(({ digest }) => digest),
      blobs: [...(store.repository(repository)?.blobs.keys() ?? [])],
      tags: store.tags(repository),
    })),
  });
  const before = state();
  const errors = new Set<string>();
  const all = { images: images.map(({ pinned }) => pinned).join('\n'), ...ONCE, ...inputs };
  for (const run of await Promise.all([1, 2, 3].map(() => at.sign(all)))) {
    expect(run.exitCode, shown(run)).toBe(1);
    expect(run.outputs['images']).toBe('');
    const [error = '', ...more] = errorsOf(run);
    expect(more).toEqual([]);
    errors.add(error);
  }
  expect(state()).toEqual(before);
  expect(errors.size).toBe(1);
  return [...errors].join();
}

test.each<[string, (image: StoredImage) => unknown, RegExp]>([
  [
    'is an image',
    () => anImage(),
    /sha256-[0-9a-f]{64} has the media type application\/vnd\.oci\.image\.manifest.*was not changed/,
  ],
  ['holds no list', () => anIndex({ manifests: { no: 'list' } }), /not an image index/],
  ['is full', () => filledUp(anIndex, 300), /would exceed 4194304 bytes/],
])('a referrers tag that %s stops the run before the log, every time', async (_what, content, words) => {
  const image = world.image();
  setTag(world, image, referrersTag(image), content(image));
  const error = await tryThrice(world, [image]);
  expect(error).toContain('REGISTRY_INVALID');
  expect(error).toMatch(words);
});

test('a referrers tag that holds much, but has room, is extended', async () => {
  const image = world.image();
  setTag(world, image, referrersTag(image), filledUp(anIndex, 8 * 1024));
  const run = await world.sign({ images: image.pinned });
  expect(run.exitCode, shown(run)).toBe(0);
  expect(world.referrers(image)).toHaveLength(1);
});

test.each([
  ['away', 'REGISTRY_UNAVAILABLE'],
  ['denied', 'REGISTRY_DENIED'],
])('a referrers tag that cannot be read (%s) stops the run before the log, every time', async (path, code) => {
  const image = world.image({ repository: `${path}/app` });
  expect(await tryThrice(world, [image])).toContain(code);
});

test('a listing that fails stops the run before the log, every time', async () => {
  const image = withApi.image({ repository: 'unlisted/app' });
  expect(await tryThrice(withApi, [image])).toMatch(/REGISTRY_UNAVAILABLE[\s\S]*referrers\/.* returned 503/);
});

test.each<[string, SignWorld['image'] extends (...args: never) => infer Image ? (image: Image) => unknown : never]>([
  ['is an index', () => anIndex()],
  ['has a layer without a digest', () => anImage({ layers: [{ mediaType: SIMPLE_SIGNING, size: 1 }] })],
  ['is full', () => filledUp(anImage, 1000)],
  [
    'holds as many signatures as readers look at',
    () => anImage({ layers: Array.from({ length: LAYERS_MAX }, (_, i) => layer(i)) }),
  ],
])(
  'a .sig tag that %s stops the run before the log, every time, with if-signed: skip and sign',
  async (_what, content) => {
    for (const ifSigned of ['skip', 'sign']) {
      const image = withApi.image();
      setTag(withApi, image, signatureTag(image), content(image));
      const error = await tryThrice(withApi, [image], { format: 'legacy', 'if-signed': ifSigned });
      expect(error).toContain('REGISTRY_INVALID');
      expect(error).toContain(signatureTag(image));
    }
  },
);

test('a .sig tag whose config is other bytes than its digest says stops the run before the log, every time', async () => {
  const image = withApi.image();
  const { store } = withApi.registry;
  const digest = store.putBlob(image.repository, '{"a":1}');
  store.ensureRepository(image.repository).blobs.set(digest, Buffer.from('{"a":2}'));
  const config = { mediaType: 'application/vnd.oci.image.config.v1+json', digest, size: 7 };
  setTag(withApi, image, signatureTag(image), anImage({ config, layers: [layer(0)] }));
  for (const ifSigned of ['skip', 'sign']) {
    const error = await tryThrice(withApi, [image], { format: 'legacy', 'if-signed': ifSigned });
    expect(error).toMatch(/blobs\/sha256:.* returned other bytes/);
  }
});

test('with format: both, what stops one format stops both', async () => {
  const image = withApi.image();
  setTag(withApi, image, signatureTag(image), anIndex());
  await tryThrice(withApi, [image], { format: 'both' });
});

test('one tag of several images stops them all', async () => {
  const [good, bad] = [world.image(), world.image()];
  setTag(world, bad, referrersTag(bad), anImage());
  expect(await tryThrice(byDist, [good, bad])).toContain(referrersTag(bad));
});

test('a dry run says so too, and upload: false needs no tag', async () => {
  const image = world.image();
  setTag(world, image, referrersTag(image), anImage());
  const dry = await world.sign({ images: image.pinned, 'dry-run': 'true' });
  expect(dry.exitCode, shown(dry)).toBe(1);
  expect(errorsOf(dry).join()).toContain(referrersTag(image));
  const local = await world.sign({ images: image.pinned, upload: 'false' });
  expect(local.exitCode, shown(local)).toBe(0);
});

test('what others wrote beside the entries of a referrers tag is kept, and so are their fields', async () => {
  const image = world.image();
  const { store } = world.registry;
  const digest = seedReferrer(store, image.repository, image.digest, { layer: 'a note' });
  const entry = { mediaType: OCI_MANIFEST, digest, size: store.getManifest(image.repository, digest)?.bytes.length };
  const theirs = {
    manifests: [{ ...entry, 'x-entry': [1, { deep: null }] }],
    annotations: { by: 'another' },
    artifactType: 'application/vnd.example',
    subject: {
      mediaType: OCI_MANIFEST,
      digest: image.digest,
      size: store.getManifest(image.repository, image.digest)?.bytes.length,
    },
    'x-unknown': { kept: true },
    schemaVersion: 2,
    mediaType: OCI_INDEX,
  };
  setTag(world, image, referrersTag(image), theirs);
  const run = await world.sign({ images: image.pinned });
  expect(run.exitCode, shown(run)).toBe(0);
  const tag = store.getTag(image.repository, referrersTag(image)) ?? '';
  const { manifests, ...rest }: Json = JSON.parse(
    Buffer.from(store.getManifest(image.repository, tag)?.bytes ?? '').toString(),
  );
  const { manifests: before, ...others } = theirs;
  expect(rest).toEqual(others);
  expect(manifests).toEqual([before[0], expect.objectContaining({ mediaType: OCI_MANIFEST })]);
});
