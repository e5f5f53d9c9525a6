import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RunResult } from '../../sandbox/runner/runner.ts';
import { withoutProcesses } from '../in-process.ts';
import { errorsOf, type SignWorld, type StoredImage, shown, startSignWorld } from './sign-world.ts';

/*
 * A matrix of builds by other tools is signed and verified from the files that they leave, one of them through dist/. With one digest
 * changed, the same files are refused.
 */

let world: SignWorld;
/** The same world, whose runs are processes with the committed dist/; those of `world` happen in this process. */
let byDist: SignWorld;
let workspace: string;

beforeAll(async () => {
  byDist = await startSignWorld();
  world = withoutProcesses(byDist);
});
beforeEach(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'kinds-'));
  return () => rm(workspace, { recursive: true, force: true });
});
afterAll(() => world.close());

type Inputs = Readonly<Record<string, string>>;

/** One kind of file: what a tool leaves of these images (of one repository), and the inputs that name it. */
interface Kind {
  readonly files: (images: readonly StoredImage[]) => Readonly<Record<string, string>>;
  readonly inputs: (images: readonly StoredImage[]) => Inputs;
}

const hex = ({ digest }: StoredImage): string => digest.slice('sha256:'.length);
const repositoryOf = ([first]: readonly StoredImage[]): Inputs => ({ images: first?.name ?? '' });

const KINDS: Readonly<Record<string, Kind>> = {
  'empty files named by digests, as in Docker’s recipe for several runners': {
    files: (images) => Object.fromEntries(images.map((image) => [`digests/${hex(image)}`, ''])),
    inputs: (images) => ({ ...repositoryOf(images), metadata: 'digests/*' }),
  },
  'digest files of podman': {
    files: (images) => Object.fromEntries(images.map((image, index) => [`out/${index}.digest`, image.digest])),
    inputs: (images) => ({ ...repositoryOf(images), metadata: 'out/*.digest' }),
  },
  'artifacts.json of GoReleaser': {
    files: (images) => ({
      'dist/artifacts.json': JSON.stringify([
        { name: 'app', path: 'dist/app', type: 'Binary', extra: { ID: 'app' } },
        ...images.map(({ name, digest }, index) => ({
          name: `${name}:1-${index}`,
          path: `${name}:1-${index}`,
          type: index === 0 ? 'Docker Image' : 'Docker Manifest',
          extra: { Digest: digest },
        })),
      ]),
    }),
    inputs: () => ({ metadata: 'dist/artifacts.json' }),
  },
  'digests.txt of GoReleaser': {
    files: (images) => ({
      'dist/digests.txt': images.map((image, index) => `${hex(image)} ${image.name}:${index}\n`).join(''),
    }),
    inputs: () => ({ metadata: 'dist/digests.txt' }),
  },
  'jib-image.json': {
    files: (images) =>
      Object.fromEntries(
        images.map(({ name, digest }, index) => [
          `${index}/jib-image.json`,
          JSON.stringify({
            image: `${name}:${index}`,
            imageId: `sha256:${'0'.repeat(64)}`,
            imageDigest: digest,
            tags: [`${index}`],
          }),
        ]),
      ),
    inputs: () => ({ metadata: '*/jib-image.json' }),
  },
};

const gate = (inputs: Inputs, by = world): Promise<RunResult> =>
  by.verify(
    {
      'source-repository': 'octo-org/octo-repo',
      'certificate-oidc-issuer': world.sigstore.issuer,
      'wait-for': '0s',
      ...inputs,
    },
    { workspace },
  );

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(join(workspace, path, '..'), { recursive: true });
    await writeFile(join(workspace, path), content);
  }
}

test.each(Object.entries(KINDS))('a matrix is signed and verified from %s', async (what, { files, inputs }) => {
  const by = what === 'artifacts.json of GoReleaser' ? byDist : world;
  const [first, second] = [world.image({ repository: 'acme/matrix' }), world.image({ repository: 'acme/matrix' })];
  const images = [first, second];
  await write(files(images));
  const signed = await by.sign(inputs(images), { workspace });
  expect(signed.exitCode, shown(signed)).toBe(0);
  expect(signed.outputs['images']?.split('\n').sort()).toEqual([first.pinned, second.pinned].sort());
  for (const image of images) expect(world.bundles(image)).toHaveLength(1);
  const verified = await gate(inputs(images), by);
  expect(verified.exitCode, shown(verified)).toBe(0);
  expect(verified.outputs['images']?.split('\n').sort()).toEqual([first.pinned, second.pinned].sort());

  // The same files with the digest of an image that nobody signed.
  const unsigned = world.image({ repository: 'acme/matrix' });
  await rm(workspace, { recursive: true });
  await mkdir(workspace);
  await write(files([first, unsigned]));
  const refused = await gate(inputs([first, unsigned]), by);
  expect(refused.exitCode, shown(refused)).toBe(1);
  expect(refused.outputs['reason']).toBe('NO_SIGNATURE');
  expect(refused.outputs['verified']).toBe('false');
  expect(refused.outputs['images']).toBe('');
});

test.each<[string, Readonly<Record<string, string>>, (image: StoredImage) => Inputs, RegExp]>([
  [
    'digests without a repository',
    { [`d/${'a'.repeat(64)}`]: '' },
    () => ({ metadata: 'd/*' }),
    /contains only the digest/,
  ],
  [
    'a digest that contradicts the name of its file',
    { [`d/${'a'.repeat(64)}`]: `sha256:${'b'.repeat(64)}` },
    (image) => ({ metadata: 'd/*', images: image.name }),
    /its name is another digest/,
  ],
  [
    'JSON of another tool',
    { 'x.json': '{"spdxVersion":"SPDX-2.3"}' },
    () => ({ metadata: 'x.json' }),
    /unknown shape.*GoReleaser.*jib-image/s,
  ],
  ['a folder', { 'd/x': '' }, () => ({ metadata: 'd' }), /is a directory.*`d\/\*`/s],
])('%s are refused before any request', async (_what, files, inputs, text) => {
  const image = world.image();
  await write(files);
  const before = world.log.requests().length;
  for (const run of [await world.sign(inputs(image), { workspace }), await gate(inputs(image))]) {
    expect(run.exitCode, shown(run)).toBe(1);
    expect(errorsOf(run).join()).toMatch(/INPUT_INVALID/);
    expect(errorsOf(run).join()).toMatch(text);
  }
  expect(world.log.requests().length).toBe(before);
});

test.each<[string, Inputs, RegExp]>([
  [
    'a workflow without its folder',
    { workflow: 'release.yml' },
    /input workflow: "release\.yml".*`workflow: \.github\/workflows\/release\.yml`/s,
  ],
  [
    'a ref under refs/head',
    { 'source-ref': 'refs/head/main' },
    /input source-ref: "refs\/head\/main".*`source-ref: refs\/heads\/main`/s,
  ],
  [
    'an issuer without a scheme',
    { 'certificate-oidc-issuer': 'token.actions.githubusercontent.com' },
    /`certificate-oidc-issuer: https:\/\/token\.actions\.githubusercontent\.com`/,
  ],
  ['a list of repositories', { 'source-repository': 'acme/a,acme/b' }, /write one value per line/],
  [
    'a claim in snake case',
    { claims: 'source_repository_uri=https://github.com/octo-org/octo-repo' },
    /did you mean source-repository-uri\?/,
  ],
])('the gate refuses %s before any request', async (_what, inputs, text) => {
  const image = world.image();
  const before = world.log.requests().length;
  const run = await gate({ images: image.pinned, ...inputs });
  expect(run.exitCode, shown(run)).toBe(1);
  expect(run.outputs['reason']).toBe('INPUT_INVALID');
  expect(errorsOf(run).join()).toMatch(text);
  expect(world.log.requests().length).toBe(before);
});

test('the gate reads a repository that is written as git writes it', async () => {
  const image = world.image();
  const signed = await world.sign({ images: image.pinned });
  expect(signed.exitCode, shown(signed)).toBe(0);
  for (const written of [
    'github.com/octo-org/octo-repo',
    'git@github.com:octo-org/octo-repo.git',
    'https://github.com/octo-org/octo-repo.git',
  ]) {
    const run = await gate({ images: image.pinned, 'source-repository': written });
    expect(run.outputs['verified'], shown(run)).toBe('true');
    const other = await gate({ images: image.pinned, 'source-repository': written.replace('octo-repo', 'octo-rep') });
    expect(other.outputs['reason'], shown(other)).toBe('CLAIM_MISMATCH');
  }
});
