import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { link, lstat, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RunResult } from '../../sandbox/runner/runner.ts';
import { withoutProcesses } from '../in-process.ts';
import { errorsOf, type SignWorld, type StoredImage, shown, startSignWorld } from './sign-world.ts';

/** Links and other odd files of the checked-out code, where the actions read and write: those of the committed dist/, and in this process. */

let world: SignWorld;
/** The same world, whose runs are processes with the committed dist/; those of `world` happen in this process. */
let byDist: SignWorld;
let signed: StoredImage;
/** Of each test: the checkout, RUNNER_TEMP, and a directory that is neither. */
let root: string;
let workspace: string;
let temp: string;
let outside: string;

beforeAll(async () => {
  byDist = await startSignWorld();
  world = withoutProcesses(byDist);
  signed = world.image();
  const run = await world.sign({ images: signed.pinned });
  expect(run.exitCode, shown(run)).toBe(0);
});
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'confined-')));
  [workspace, temp, outside] = [join(root, 'checkout'), join(root, 'temp'), join(root, 'outside')];
  for (const directory of [workspace, temp, outside]) await mkdir(directory);
  return () => rm(root, { recursive: true, force: true });
});
afterAll(() => world.close());

/** A path as the beginning of a quoted one in a message. */
const opening = (path: string): string => JSON.stringify(path).slice(0, -1);

type Inputs = Readonly<Record<string, string>>;

const sign = (inputs: Inputs, by = world): Promise<RunResult> =>
  by.sign({ upload: 'false', ...inputs }, { workspace, env: { RUNNER_TEMP: temp } });
const verify = (inputs: Inputs, by = world): Promise<RunResult> =>
  by.verify(
    {
      images: signed.pinned,
      'certificate-oidc-issuer': world.sigstore.issuer,
      'source-repository': 'octo-org/octo-repo',
      ...inputs,
    },
    { workspace, env: { RUNNER_TEMP: temp } },
  );

/** The run was stopped with INPUT_INVALID in these words, without a request, and left nothing outside. */
async function expectRefused(act: () => Promise<RunResult>, words: readonly string[]): Promise<void> {
  const before = world.log.requests().length;
  const run = await act();
  expect(run.exitCode, shown(run)).toBe(1);
  const [error = ''] = errorsOf(run);
  expect(error).toContain('INPUT_INVALID');
  for (const word of words) expect(error).toContain(word);
  expect(world.log.requests().length).toBe(before);
  expect(await readdir(outside)).toEqual([]);
}

/** Makes the workspace such that a path in it leads elsewhere. */
type Trap = (to: string) => Promise<void>;

const TRAPS: readonly (readonly [what: string, path: string, trap: Trap])[] = [
  ['a link', 'out', (to) => symlink(to, join(workspace, 'out'))],
  ['a link to nothing', 'out', (to) => symlink(join(to, 'new'), join(workspace, 'out'))],
  ['a linked parent', 'a/b/out', (to) => symlink(to, join(workspace, 'a'))],
  [
    'a link to a link',
    'out',
    async (to) => {
      await symlink(to, join(workspace, 'a'));
      await symlink('a', join(workspace, 'out'));
    },
  ],
];

test.each(TRAPS)('sign refuses a bundle-directory behind %s', async (_what, path, trap) => {
  await trap(outside);
  const images = world.image().pinned;
  const act = (): Promise<RunResult> => sign({ images, 'bundle-directory': path }, byDist);
  await expectRefused(act, [
    'input bundle-directory',
    `"${path}"`,
    `resolves to ${opening(outside)}`,
    'under RUNNER_TEMP',
  ]);
});

test.each(TRAPS)(
  'twin: sign writes to a bundle-directory behind %s that leads to RUNNER_TEMP',
  async (_, path, trap) => {
    await trap(temp);
    const run = await sign({ images: world.image().pinned, 'bundle-directory': path });
    expect(run.exitCode, shown(run)).toBe(0);
    const [written = ''] = (run.outputs['bundle-paths'] ?? '').split('\n');
    expect((await realpath(written)).startsWith(temp)).toBe(true);
  },
);

test.each([
  ['an absolute path', () => join(outside, 'x')],
  ['a path upwards', () => '../outside/x'],
  ['the root', () => '/'],
])('sign and verify refuse %s elsewhere', async (_what, path) => {
  const images = world.image().pinned;
  await expectRefused(() => sign({ images, 'bundle-directory': path() }), ['input bundle-directory', 'is outside']);
  await expectRefused(
    () => verify({ report: path() }),
    ['input report', 'is outside', opening(workspace), opening(temp)],
  );
});

test('twin: absolute paths in the workspace and in RUNNER_TEMP, and names that only begin with dots, are taken', async () => {
  for (const report of [join(workspace, 'x', 'r.json'), join(temp, 'r.json'), '..x/r.json', 'a/../r.json']) {
    const run = await verify({ report });
    expect(run.exitCode, shown(run)).toBe(0);
    expect(JSON.parse(await readFile(run.outputs['report-path'] ?? '', 'utf8'))).toMatchObject({ verified: true });
  }
});

test('`..` counts by name, so it does not lead out through a link', async () => {
  await symlink(join(outside, 'deep'), join(workspace, 'a'));
  await mkdir(join(outside, 'deep'));
  const run = await verify({ report: 'a/../r.json' });
  expect(run.exitCode, shown(run)).toBe(0);
  expect(existsSync(join(workspace, 'r.json'))).toBe(true);
  expect(await readdir(outside)).toEqual(['deep']);
});

test.each(TRAPS)('verify refuses a report behind %s', async (_what, path, trap) => {
  await trap(outside);
  await expectRefused(
    () => verify({ report: path }, byDist),
    ['input report', `"${path}"`, `resolves to ${opening(outside)}`],
  );
});

test('verify refuses a report that is a link to a file elsewhere, and leaves that file alone', async () => {
  await writeFile(join(root, 'theirs'), 'theirs');
  await symlink(join(root, 'theirs'), join(workspace, 'report.json'));
  await expectRefused(
    () => verify({ report: 'report.json' }),
    ['input report', `resolves to ${JSON.stringify(join(root, 'theirs'))}`],
  );
  // A run that stops for another reason does not write there either.
  const stopped = await verify({ report: 'report.json', mode: 'nope' });
  expect(stopped.outputs['report-path']).toContain(join(temp, 'countersign'));
  expect(await readFile(join(root, 'theirs'), 'utf8')).toBe('theirs');
});

test.each(['sign', 'verify'] as const)(
  'a directory of the %s step that an earlier step made a link out is refused',
  async (action) => {
    await symlink(outside, join(temp, 'countersign'));
    const images = world.image().pinned;
    const act = (): Promise<RunResult> => (action === 'sign' ? sign({ images }) : verify({}));
    await expectRefused(act, ['the directory of this step', `resolves to ${opening(outside)}`]);
  },
);

test('twin: the same that leads to another place in RUNNER_TEMP is used', async () => {
  await mkdir(join(temp, 'elsewhere'));
  await symlink('elsewhere', join(temp, 'countersign'));
  for (const run of [await sign({ images: world.image().pinned }), await verify({})]) {
    expect(run.exitCode, shown(run)).toBe(0);
  }
  expect(await readdir(join(temp, 'elsewhere'))).toHaveLength(2);
});

const metadataOf = (image: StoredImage): string =>
  JSON.stringify({ 'containerimage.digest': image.digest, 'image.name': `${image.name}:1` });

test.each([
  ['a link', 'build.json', 'build.json'],
  ['a link that a pattern matches', '*.json', 'build.json'],
  ['a linked directory', 'builds/theirs.json', 'builds'],
  ['a linked directory that a pattern goes through', 'builds/*.json', 'builds'],
])('sign and verify refuse metadata behind %s', async (_what, metadata, name) => {
  await mkdir(join(root, 'other'));
  await writeFile(join(root, 'other', 'theirs.json'), metadataOf(signed));
  await symlink(join(root, 'other', name === 'builds' ? '' : 'theirs.json'), join(workspace, name));
  const words = ['input metadata', `resolves to ${JSON.stringify(join(root, 'other', 'theirs.json'))}`];
  await expectRefused(() => sign({ metadata }), words);
  await expectRefused(() => verify({ metadata, images: '' }), words);
});

test.each([
  ['a link', 'build.json', 'build.json'],
  ['a link that a pattern matches', '*.json', 'build.json'],
  ['a linked directory', 'builds/theirs.json', 'builds'],
  ['a linked directory that a pattern goes through', 'builds/*.json', 'builds'],
])('twin: metadata behind %s that stays in the workspace is read', async (_what, metadata, name) => {
  await mkdir(join(workspace, 'other'));
  await writeFile(join(workspace, 'other', 'theirs.json'), metadataOf(signed));
  await symlink(join('other', name === 'builds' ? '' : 'theirs.json'), join(workspace, name));
  for (const run of [await sign({ metadata }), await verify({ metadata, images: '' })]) {
    expect(run.exitCode, shown(run)).toBe(0);
    expect(run.outputs['images']).toBe(signed.pinned);
  }
});

test('metadata elsewhere is refused by its name', async () => {
  await writeFile(join(root, 'theirs.json'), metadataOf(signed));
  await expectRefused(() => sign({ metadata: join(root, '*.json') }), ['input metadata', 'is outside']);
});

test.skipIf(process.platform === 'win32')('a pipe is no metadata, and is not waited for', async () => {
  execFileSync('mkfifo', [join(workspace, 'build.json')]);
  await expectRefused(() => sign({ metadata: '*.json' }, byDist), ['input metadata', 'is a pipe']);
});

/** What may lie where a file is to be written, made at a path; the last resort of a run that would hang is its time-out. */
const OBSTACLES: readonly (readonly [what: string, make: (path: string) => Promise<void>])[] = [
  ['another name of a file', (path) => link(join(root, 'theirs'), path)],
  ['a link to a file elsewhere', (path) => symlink(join(root, 'theirs'), path)],
  ['a link to nothing', (path) => symlink(join(outside, 'new'), path)],
  ['a pipe', async (path) => void execFileSync('mkfifo', [path])],
];

test.skipIf(process.platform === 'win32').each(OBSTACLES)(
  '%s where a file is to be written is replaced',
  async (what, make) => {
    // Whoever opens a pipe may never go on, which only a process survives.
    const by = what === 'a pipe' ? byDist : world;
    await writeFile(join(root, 'theirs'), 'theirs');
    // The names of the results and of a bundle's file are known beforehand.
    const results = (await verify({})).outputs['report-path'] ?? '';
    await rm(results);
    await make(results);
    const run = await verify({}, by);
    expect(run.exitCode, shown(run)).toBe(0);
    expect((await lstat(results)).isFile()).toBe(true);

    const images = world.image().pinned;
    const [bundle = ''] = ((await sign({ images, 'bundle-directory': 'out' })).outputs['bundle-paths'] ?? '').split(
      '\n',
    );
    await rm(bundle);
    await make(bundle);
    const again = await sign({ images, 'if-signed': 'sign', 'bundle-directory': 'out' }, by);
    expect(again.exitCode, shown(again)).toBe(0);
    expect((await lstat(bundle)).isFile()).toBe(true);
    expect(await readdir(dirname(bundle))).toHaveLength(1);
    expect(await readFile(join(root, 'theirs'), 'utf8')).toBe('theirs');
    expect(await readdir(outside)).toEqual([]);
  },
);
