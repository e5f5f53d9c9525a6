import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedFolder, seedReferrer, tagReferrers } from '../../sandbox/registry/seed.ts';
import type { RunResult } from '../../sandbox/runner/runner.ts';
import { BUNDLE_V03 } from '../../src/domain/image/media-types.ts';
import { withoutProcesses } from '../in-process.ts';
import { GOLDEN, type Json, resultsOf, type SignWorld, type StoredImage, shown, startSignWorld } from './sign-world.ts';

let world: SignWorld;
/** The same world, whose runs are processes with the committed dist/; those of `world` happen in this process. */
let byDist: SignWorld;
/** Its registry has no referrers API. */
let old: SignWorld;

beforeAll(async () => {
  const worlds = await Promise.all([startSignWorld(), startSignWorld({ quirks: { referrers: 'no-route' } })]);
  [byDist] = worlds;
  [world, old] = [withoutProcesses(worlds[0]), withoutProcesses(worlds[1])];
});
afterAll(async () => {
  await Promise.all([world.close(), old.close()]);
});

async function sign(
  image: Pick<StoredImage, 'pinned'>,
  inputs: Readonly<Record<string, string>> = {},
  into: SignWorld = world,
  env: Readonly<Record<string, string>> = {},
): Promise<RunResult> {
  const run = await into.sign({ images: image.pinned, ...inputs }, { env });
  expect(run.exitCode, shown(run)).toBe(0);
  return run;
}

const written = (run: RunResult): boolean[] =>
  resultsOf(run).images[0].signatures.map((signature: Json) => signature.written);

test('an image signed already is left alone: no certificate, no entry, no upload, and the same outputs', async () => {
  const image = world.image();
  const first = await sign(image, {}, byDist);
  const before = { entries: world.sigstore.rekorV1.size(), ca: world.asked('ca'), writes: writes() };
  const second = await sign(image, {}, byDist);
  expect({ entries: world.sigstore.rekorV1.size(), ca: world.asked('ca'), writes: writes() }).toEqual(before);
  expect(second.outputs['images']).toBe(first.outputs['images']);
  expect(second.outputs['subject']).toBe(first.outputs['subject']);
  expect(written(first)).toEqual([true]);
  expect(written(second)).toEqual([false]);
  expect(second.outputs['bundle-paths']).toBe('');
  expect(second.summary).toContain('already signed');
});

function writes(): number {
  return world.log.requests().filter(({ server, method }) => server === 'registry' && !/GET|HEAD/.test(method)).length;
}

test.concurrent('if-signed: sign adds another and keeps the first', async () => {
  const image = world.image();
  await sign(image);
  const [first] = world.bundles(image);
  expect(written(await sign(image, { 'if-signed': 'sign' }))).toEqual([true]);
  expect(world.bundles(image)).toHaveLength(2);
  expect(world.bundles(image)).toContainEqual(first);
});

test.concurrent.each([
  ['another attempt of the run', { runAttempt: '2' }, false],
  ['another run of the same commit', { runId: '17000000002' }, false],
  ['another actor', { actor: 'hubot' }, false],
  ['another commit', { sha: 'f'.repeat(40) }, true],
  ['another trigger', { eventName: 'workflow_dispatch' }, true],
  ['another branch', { ref: 'refs/heads/next' }, true],
  ['another environment', { environment: 'production' }, true],
  ['a runner of another kind', { runnerEnvironment: 'self-hosted' as const }, true],
])('by %s (%j) the image is signed anew: %s', async (_what, run, anew) => {
  const image = world.image();
  await sign(image);
  expect(written(await sign(image, {}, world, world.jobOf(run)))).toEqual([anew]);
  expect(world.bundles(image)).toHaveLength(anew ? 2 : 1);
});

test.concurrent('with other annotations the image is signed anew, with the same in another order it is not', async () => {
  const image = world.image();
  await sign(image, { annotations: 'a=1\nb=2' });
  expect(written(await sign(image, { annotations: 'b=2\na=1' }))).toEqual([false]);
  expect(written(await sign(image, { annotations: 'a=1' }))).toEqual([true]);
  expect(world.bundles(image)).toHaveLength(2);
});

test.concurrent.each([
  ['whose bytes are not those of its digest', (bytes: Buffer) => bytes.fill(0x20, 10, 20)],
  ['that is gone', () => undefined],
])('a signature %s counts as absent', async (_what, damage) => {
  const image = world.image();
  await sign(image);
  const { blobs } = world.registry.store.ensureRepository(image.repository);
  const [{ layers }] = world.referrers(image);
  const damaged = damage(Buffer.from(blobs.get(layers[0].digest) ?? ''));
  if (damaged === undefined) blobs.delete(layers[0].digest);
  else blobs.set(layers[0].digest, damaged);
  expect(written(await sign(image))).toEqual([true]);
  expect(world.referrers(image)).toHaveLength(2);
});

test.concurrent('a signature that does not verify counts as absent, and stays', async () => {
  const image = world.image();
  const other = world.image();
  await sign(other);
  const [copied] = world.bundles(other);
  const twin = structuredClone(copied);
  const payload = Buffer.from(copied.dsseEnvelope.payload, 'base64').toString();
  twin.dsseEnvelope.payload = Buffer.from(payload.replaceAll(other.digest.slice(7), image.digest.slice(7))).toString(
    'base64',
  );
  const { store } = world.registry;
  for (const bundle of [copied, twin]) {
    seedReferrer(store, image.repository, image.digest, { artifactType: BUNDLE_V03, layer: JSON.stringify(bundle) });
  }
  expect(written(await sign(image))).toEqual([true]);
  expect(world.bundles(image)).toHaveLength(3);
  // The one just made is found among them.
  expect(written(await sign(image))).toEqual([false]);
});

test.concurrent('a signature by another trusted root does not count', async () => {
  const image = world.image();
  const { store } = world.registry;
  const { subject } = seedFolder(store, image.repository, join(GOLDEN, 'cosign3-bundle-v1'));
  expect(written(await sign({ pinned: `${image.name}@${subject}` }))).toEqual([true]);
  expect(world.bundles({ ...image, digest: subject })).toHaveLength(2);
});

test.concurrent('a layer that another client wrote under the .sig tag is kept byte for byte', async () => {
  const image = world.image();
  const { subject } = seedFolder(world.registry.store, image.repository, join(GOLDEN, 'cosign2-legacy'));
  const signed = { ...image, digest: subject };
  const [foreign] = world.signatureTag(signed).layers;
  await sign({ pinned: `${image.name}@${subject}` }, { format: 'legacy' });
  const { layers, config } = world.signatureTag(signed);
  expect(layers).toHaveLength(2);
  expect(layers[0]).toEqual(foreign);
  const history = JSON.parse(
    Buffer.from(world.registry.store.getBlob(image.repository, config.digest) ?? '').toString(),
  );
  expect(history.rootfs.diff_ids).toEqual(layers.map(({ digest }: Json) => digest));
});

test.concurrent('without the referrers API, the entries of others in the referrers tag are kept', async () => {
  const image = old.image();
  const { store } = old.registry;
  const note = seedReferrer(store, image.repository, image.digest, { layer: 'a note', annotations: { by: 'another' } });
  tagReferrers(store, image.repository, image.digest);
  const listed = (): Json[] => {
    const tag = store.getTag(image.repository, image.digest.replace(':', '-')) ?? '';
    return JSON.parse(Buffer.from(store.getManifest(image.repository, tag)?.bytes ?? '').toString()).manifests;
  };
  const [before] = listed();
  expect(written(await sign(image, {}, old))).toEqual([true]);
  expect(listed()).toHaveLength(2);
  expect(listed()).toContainEqual(before);
  expect(before.digest).toBe(note);
  expect(listed().find(({ digest }) => digest !== note)).toMatchObject({ artifactType: BUNDLE_V03 });
  // Found again by the tag.
  expect(written(await sign(image, {}, old))).toEqual([false]);
  expect(listed()).toHaveLength(2);
});

test.concurrent('each format is looked for where it would be written', async () => {
  const image = world.image();
  await sign(image);
  const both = await sign(image, { format: 'both' });
  const formats = resultsOf(both).images[0].signatures.map(({ format, written }: Json) => [format, written]);
  expect(formats).toEqual([
    ['bundle', false],
    ['legacy', true],
  ]);
  expect(world.bundles(image)).toHaveLength(1);
  expect(world.signatureTag(image).layers).toHaveLength(1);
  expect(written(await sign(image, { format: 'legacy' }))).toEqual([false]);
});

test.concurrent('a legacy signature that names another repository, kept in the same place, is not the one to leave alone', async () => {
  const content = { content: 'one image in two repositories' };
  const [first, copy] = [
    world.image({ ...content, repository: 'one/app' }),
    world.image({ ...content, repository: 'two/app' }),
  ];
  expect(copy.digest).toBe(first.digest);
  const place = world.image();
  const inputs = { format: 'both', 'signature-repository': place.name };
  expect(written(await sign(first, inputs))).toEqual([true, true]);
  // The bundle names no repository: one is enough in one place.
  expect(written(await sign(copy, inputs))).toEqual([false, true]);
  expect(written(await sign(copy, inputs))).toEqual([false, false]);
  const at = { repository: place.repository, digest: first.digest };
  expect(world.bundles(at)).toHaveLength(1);
  const payloads = world
    .signatureTag(at)
    .layers.map(({ digest }: Json) =>
      JSON.parse(Buffer.from(world.registry.store.getBlob(place.repository, digest) ?? '').toString()),
    );
  expect(payloads.map((payload: Json) => payload.critical.identity['docker-reference'])).toEqual([
    first.name,
    copy.name,
  ]);
});

test.concurrent('two repositories and one place for signatures: one bundle and one layer for each name', async () => {
  const content = { content: 'another image in two repositories' };
  const [first, copy] = [
    world.image({ ...content, repository: 'three/app' }),
    world.image({ ...content, repository: 'four/app' }),
  ];
  const place = world.image();
  const both = { pinned: `${first.pinned}\n${copy.pinned}` };
  const run = await sign(both, { format: 'both', 'signature-repository': place.name });
  expect(run.outputs['images']).toBe(both.pinned);
  const at = { repository: place.repository, digest: first.digest };
  expect(world.bundles(at)).toHaveLength(1);
  expect(world.signatureTag(at).layers).toHaveLength(2);
});
