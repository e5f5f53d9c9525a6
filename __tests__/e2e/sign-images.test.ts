import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunResult } from '../../sandbox/runner/runner.ts';
import { withoutProcesses } from '../in-process.ts';
import { errorsOf, IMPATIENT, type Json, resultsOf, type SignWorld, shown, startSignWorld } from './sign-world.ts';

let world: SignWorld;
/** The same world, whose runs are processes with the committed dist/; those of `world` happen in this process. */
let byDist: SignWorld;

beforeAll(async () => {
  byDist = await startSignWorld();
  world = withoutProcesses(byDist);
});
afterAll(async () => {
  await world.close();
});

const ok = (run: RunResult): RunResult => {
  expect(run.exitCode, shown(run)).toBe(0);
  return run;
};
const outputOf = (run: RunResult): string[] => (run.outputs['images'] ?? '').split('\n');

test('several tags with one digest in two repositories are two images, signed once and attached in each', async () => {
  const one = world.image({ content: 'twice', repository: 'acme/first', tag: '1' });
  const two = world.image({ content: 'twice', repository: 'acme/second', tag: '1' });
  expect(one.digest).toBe(two.digest);
  const before = world.sigstore.rekorV1.size();
  const tags = [`${one.name}:1`, `${one.name}:latest`, `${two.name}:1`];
  const run = ok(await byDist.sign({ images: tags.join(','), digest: one.digest }));
  expect(outputOf(run)).toEqual([one.pinned, two.pinned]);
  expect(run.outputs['digests']).toBe(`${one.digest}\n${one.digest}`);
  expect(world.sigstore.rekorV1.size()).toBe(before + 1);
  expect(world.bundles(one)).toHaveLength(1);
  expect(world.bundles(two)).toEqual(world.bundles(one));
  // A tag beside a digest is a label: 1 is not asked for, and latest need not exist.
  const asked = world.log.requests().filter(({ path }) => /manifests\/(1|latest)$/.test(path));
  expect(asked).toEqual([]);
  // Every tag is on the line of its image, and has no line of its own.
  expect(run.log.filter((line) => line.includes('not checked'))).toEqual([
    expect.stringContaining(`signed ${one.pinned} (tags not checked: 1, latest) (bundle, `),
    expect.stringContaining(`signed ${two.pinned} (tag not checked: 1) (bundle, `),
  ]);
  expect(run.outputs['bundle-paths']?.split('\n')).toHaveLength(1);
});

test('the order of the outputs is that of first mention, also with one image at a time', async () => {
  const images = [world.image(), world.image(), world.image()];
  const [first, second, third] = images;
  const list = [third, first, third, second].map((image) => image?.pinned).join('\n');
  const run = ok(await world.sign({ images: list, concurrency: '1' }));
  expect(outputOf(run)).toEqual([third?.pinned, first?.pinned, second?.pinned]);
  for (const image of images) expect(world.bundles(image)).toHaveLength(1);
});

test('metadata of build-push-action and of bake names the images; what was not pushed is skipped and listed', async () => {
  const built = world.image({ tag: '1' });
  const baked = world.image({ tag: '2' });
  const buildPush = {
    'buildx.build.ref': 'builder/node/xyz',
    'containerimage.config.digest': `sha256:${'c'.repeat(64)}`,
    'containerimage.descriptor': { mediaType: built.built.mediaType, digest: built.digest, size: 1 },
    'containerimage.digest': built.digest,
    'image.name': `${built.name}:1,${built.name}:1.0`,
  };
  const run = ok(await world.sign({ metadata: JSON.stringify(buildPush) }));
  expect(outputOf(run)).toEqual([built.pinned]);
  const bake = {
    app: { 'containerimage.digest': baked.digest, 'image.name': `${baked.name}:2` },
    test: { 'buildx.build.ref': 'builder/node/abc' },
  };
  const second = ok(await world.sign({ metadata: JSON.stringify(bake) }));
  expect(outputOf(second)).toEqual([baked.pinned]);
  expect(second.log.join('\n')).toMatch(/test: not pushed, skipped/);
  expect(second.summary).toContain('not pushed, skipped');
  const third = await world.sign({ metadata: JSON.stringify({ test: bake.test }) });
  expect(errorsOf(third).join()).toMatch(/INPUT_INVALID[\s\S]*metadata[\s\S]*not pushed, skipped/);
});

test('metadata files and globs are read, of imagetools too, whose digest stands only in its descriptor', async () => {
  const matrix = [world.image(), world.image()];
  const made = world.index();
  const pinned = world.image();
  const workspace = join((await world.sign({ images: '' })).runnerTemp, 'workspace');
  await mkdir(join(workspace, 'digests'), { recursive: true });
  for (const [index, image] of matrix.entries()) {
    const metadata = { 'containerimage.digest': image.digest, 'image.name': `${image.name}:1` };
    await writeFile(join(workspace, 'digests', `${index}.json`), JSON.stringify(metadata));
  }
  const imagetools = {
    'containerimage.descriptor': { mediaType: made.built.mediaType, digest: made.digest, size: 1 },
    'image.name': made.name,
  };
  await writeFile(join(workspace, 'index.json'), JSON.stringify(imagetools));
  await writeFile(join(workspace, 'pinned.txt'), `${pinned.pinned}\n`);
  const run = ok(await byDist.sign({ metadata: 'digests/*.json\nindex.json\npinned.txt' }, { workspace }));
  expect(outputOf(run)).toEqual([...matrix, made, pinned].map((image) => image.pinned));
  // A directory that a pattern names besides is nothing to read.
  await mkdir(join(workspace, 'digests', 'linux-arm64'));
  await writeFile(join(workspace, 'digests', 'linux-arm64', 'pinned.txt'), `${pinned.pinned}\n`);
  const all = ok(await world.sign({ metadata: 'digests/**' }, { workspace }));
  expect(outputOf(all)).toEqual([...matrix, pinned].map((image) => image.pinned));
  const nothing = await world.sign({ metadata: 'digest/*.json' }, { workspace });
  expect(errorsOf(nothing).join()).toMatch(/INPUT_INVALID[\s\S]*metadata[\s\S]*matches no file/);
});

test('images names the repository of metadata without image.name', async () => {
  const image = world.image();
  const metadata = JSON.stringify({ 'containerimage.digest': image.digest });
  expect(outputOf(ok(await world.sign({ images: image.name, metadata })))).toEqual([image.pinned]);
});

test('the runner’s list is taken only if from-runner is written', async () => {
  const image = world.image();
  const subjects = [
    { name: 'app.tgz', digest: `sha256:${'0'.repeat(64)}`, kind: 'file' },
    { name: image.name, digest: image.digest, kind: 'oci' },
  ];
  const artifactsList = JSON.stringify({ version: 1, subjects });
  const [without, taken, empty] = await Promise.all([
    byDist.sign({}, { artifactsList }),
    world.sign({ images: 'from-runner' }, { artifactsList }),
    world.sign({ images: 'from-runner' }),
  ]);
  expect(errorsOf(without).join()).toContain('INPUT_INVALID');
  expect(outputOf(ok(taken))).toEqual([image.pinned]);
  expect(errorsOf(empty).join()).toMatch(/INPUT_INVALID[\s\S]*from-runner/);
});

test('an upper-case name is lower-cased for ghcr.io, and said so; elsewhere it is an error', async () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  const proxy = { https_proxy: 'http://127.0.0.1:9', no_proxy: 'localhost,127.0.0.1' };
  const [ghcr, other] = await Promise.all([
    world.sign({ images: 'ghcr.io/Acme/App', digest, 'retry-for': '1s' }, { env: proxy }),
    world.sign({ images: `${world.host}/Acme/App`, digest }),
  ]);
  expect(ghcr.log.join('\n')).toContain('ghcr.io/Acme/App was changed to lower case: ghcr.io/acme/app');
  expect(resultsOf(ghcr).images[0]).toMatchObject({ repository: 'ghcr.io/acme/app', reason: 'REGISTRY_UNAVAILABLE' });
  expect(errorsOf(other).join()).toMatch(/INPUT_INVALID[\s\S]*images/);
});

test('a tag alone is signed only with allow-tags, by the digest it names then', async () => {
  const image = world.image({ tag: 'edge' });
  const reference = `${image.name}:edge`;
  const refused = await world.sign({ images: reference });
  expect(errorsOf(refused).join()).toMatch(/INPUT_INVALID[\s\S]*digest: \$\{\{ steps\.build\.outputs\.digest \}\}/);
  const run = ok(await world.sign({ images: reference, 'allow-tags': 'true' }));
  expect(outputOf(run)).toEqual([image.pinned]);
  expect(run.log.join('\n')).toContain(`${image.pinned} (tag edge) (`);
  expect(run.log.join('\n')).not.toContain('not checked');
  expect(world.bundles(image)).toHaveLength(1);
});

test('recursive signs each platform image, and leaves BuildKit’s attestations out', async () => {
  const index = world.index({ attestations: true });
  const run = ok(await byDist.sign({ images: index.pinned, recursive: 'true' }));
  const { manifests } = JSON.parse(Buffer.from(index.built.manifests.at(-1)?.bytes ?? '').toString()) as Json;
  const signed = manifests.map(({ digest }: Json) => world.bundles({ ...index, digest }).length);
  expect(signed).toEqual([1, 1, 0, 0]);
  expect(world.bundles(index)).toHaveLength(1);
  expect(outputOf(run)).toEqual([index.pinned]);
  const [image] = resultsOf(run).images;
  expect(image.platforms.map(({ platform, verdict }: Json) => [platform, verdict])).toEqual([
    ['linux/amd64', 'pass'],
    ['linux/arm64', 'pass'],
  ]);
  // Each child's manifest names its own subject, by media type and size as the registry has it.
  for (const { digest, mediaType, size } of manifests.slice(0, 2)) {
    const [{ subject }] = world.referrers({ ...index, digest });
    expect(subject).toEqual({ mediaType, size, digest });
  }
});

test('without recursive only the index itself is signed', async () => {
  const index = world.index();
  const run = ok(await world.sign({ images: index.pinned }));
  const { manifests } = JSON.parse(Buffer.from(index.built.manifests.at(-1)?.bytes ?? '').toString()) as Json;
  expect(manifests.map(({ digest }: Json) => world.bundles({ ...index, digest }).length)).toEqual([0, 0]);
  expect(resultsOf(run).images[0].platforms).toBeUndefined();
});

// Beside each other: a .sig tag is read again after a settling time.

test.concurrent('in legacy format one digest in two repositories is signed once in each, since the payload names it', async () => {
  const one = world.image({ content: 'legacy twice', repository: 'acme/legacy_first' });
  const two = world.image({ content: 'legacy twice', repository: 'acme/legacy/first' });
  const run = ok(await world.sign({ images: `${one.pinned}\n${two.pinned}`, format: 'legacy' }));
  const entries = resultsOf(run).images.map(({ signatures }: Json) => signatures[0].log.index);
  expect(new Set(entries).size).toBe(2);
  for (const image of [one, two]) {
    const [layer] = world.signatureTag(image).layers;
    const payload = Buffer.from(world.registry.store.getBlob(image.repository, layer.digest) ?? '').toString();
    expect(JSON.parse(payload).critical.identity['docker-reference']).toBe(image.name);
  }
  // Two files, although the two names look alike in a file name.
  expect(new Set(run.outputs['bundle-paths']?.split('\n')).size).toBe(2);
});

test.concurrent('annotations become part of what is signed, in both formats', async () => {
  const image = world.image();
  const run = ok(await world.sign({ images: image.pinned, format: 'both', annotations: 'b=2\na=x=y' }));
  const [bundle] = world.bundles(image);
  const statement = JSON.parse(Buffer.from(bundle.dsseEnvelope.payload, 'base64').toString());
  const [layer] = world.signatureTag(image).layers;
  const payload = JSON.parse(
    Buffer.from(world.registry.store.getBlob(image.repository, layer.digest) ?? '').toString(),
  );
  expect(payload.optional).toEqual({ a: 'x=y', b: '2' });
  expect(statement.subject[0].annotations).toEqual(payload.optional);
  for (const signature of resultsOf(run).images[0].signatures) expect(signature.annotations).toEqual(payload.optional);
  const twice = await world.sign({ images: image.pinned, annotations: 'a=1\na=2' });
  expect(errorsOf(twice).join()).toMatch(/INPUT_INVALID[\s\S]*annotations[\s\S]*twice/);
});

test.concurrent('signature-repository holds the signatures; the image’s own repository stays untouched', async () => {
  const image = world.image();
  const before = world.registry.store.manifests(image.repository).length;
  const run = ok(
    await world.sign({
      images: image.pinned,
      format: 'both',
      'signature-repository': `${world.host}/acme/signatures`,
    }),
  );
  expect(world.registry.store.manifests(image.repository)).toHaveLength(before);
  expect(world.registry.store.tags(image.repository)).toEqual([]);
  const store = { repository: 'acme/signatures', digest: image.digest };
  expect(world.bundles(store)).toHaveLength(1);
  const [layer] = world.signatureTag(store).layers;
  const payload = Buffer.from(world.registry.store.getBlob(store.repository, layer.digest) ?? '').toString();
  expect(JSON.parse(payload).critical.identity['docker-reference']).toBe(image.name);
  expect(outputOf(run)).toEqual([image.pinned]);
  // Found there again.
  const again = ok(await world.sign({ images: image.pinned, 'signature-repository': `${world.host}/acme/signatures` }));
  expect(resultsOf(again).images[0].signatures).toMatchObject([{ format: 'bundle', written: false }]);
  const bad = await world.sign({ images: image.pinned, 'signature-repository': 'acme/x:tag', ...IMPATIENT });
  expect(errorsOf(bad).join()).toMatch(/INPUT_INVALID[\s\S]*signature-repository/);
});
