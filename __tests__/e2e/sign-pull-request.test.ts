import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createGithubApi, type Tree } from '../../sandbox/github/api.ts';
import { checkOut, RUN_COMMIT } from '../../sandbox/runner/checkout.ts';
import type { RunResult } from '../../sandbox/runner/runner.ts';
import { withoutProcesses } from '../in-process.ts';
import { errorsOf, IMPATIENT, type SignWorld, type StoredImage, shown, startSignWorld } from './sign-world.ts';

/*
 * A pull request does not choose its judge: files of the workspace that decide what is trusted are read
 * as its base commit has them, through the contents API, whatever is checked out.
 */

const BASE = '1'.repeat(40);
const REPOSITORY = { full_name: 'acme/app', private: false, visibility: 'public' };
const EVENT = {
  repository: REPOSITORY,
  pull_request: { base: { sha: BASE, repo: REPOSITORY }, head: { sha: '2'.repeat(40), repo: REPOSITORY } },
};

let world: SignWorld;
/** The same world, whose runs are processes with the committed dist/; those of `world` happen in this process. */
let byDist: SignWorld;
/** What a stranger would rather be judged by. */
let evil: SignWorld;
let image: StoredImage;
/** The checked-out head of the pull request: its files name the stranger's services. */
let workspace: string;

beforeAll(async () => {
  [byDist, evil] = await Promise.all([startSignWorld(), startSignWorld()]);
  world = withoutProcesses(byDist);
  image = world.image();
  workspace = await mkdtemp(join(tmpdir(), 'head-'));
  await checkOut(workspace, {
    'root.json': evil.sigstore.trustedRootJson('all'),
    'config.json': evil.sigstore.signingConfigJson('v1'),
  });
});
afterAll(async () => {
  await Promise.all([world.close(), evil.close(), rm(workspace, { recursive: true, force: true })]);
});

const goodTree = (): Tree => ({
  'root.json': world.sigstore.trustedRootJson('all'),
  'config.json': world.sigstore.signingConfigJson('v1'),
});

async function sign(
  tree: Tree,
  inputs: Readonly<Record<string, string>> = {},
  options: Partial<{ eventName: string; event: unknown; contents: 'read' | 'none'; ref: string }> = {},
  by = world,
): Promise<{ run: RunResult; asked: number }> {
  const { eventName = 'pull_request', event = EVENT, contents = 'read', ref = BASE } = options;
  const api = world.service(
    createGithubApi({
      tokens: { ghs_sandbox: { contents } },
      repositories: { 'acme/app': { refs: { [ref]: tree } } },
    }),
  );
  const run = await by.sign(
    { images: image.pinned, 'trusted-root': 'root.json', 'signing-config': 'config.json', ...IMPATIENT, ...inputs },
    {
      eventName,
      event,
      workspace,
      env: { GITHUB_API_URL: api },
    },
  );
  const asked = world.log.requests().filter(({ path }) => path.startsWith(`${new URL(api).pathname}/`));
  return { run, asked: asked.length };
}

const evilAsked = (): number => evil.log.requests().length;

test.each(['pull_request', 'pull_request_target'])(
  'on %s the files are those of the base commit, not those checked out',
  async (eventName) => {
    const before = evilAsked();
    const { run, asked } = await sign(goodTree(), { 'if-signed': 'sign' }, { eventName }, byDist);
    expect(run.exitCode, shown(run)).toBe(0);
    expect(asked).toBe(2);
    expect(run.outputs['issuer']).toBe(world.sigstore.issuer);
    expect(evilAsked()).toBe(before);
  },
);

test('a path that leads into the workspace by a link outside is still read from the base commit', async () => {
  const outside = await mkdtemp(join(tmpdir(), 'link-'));
  await symlink(join(workspace, 'root.json'), join(outside, 'root.json'));
  const { run } = await sign(goodTree(), { 'if-signed': 'sign', 'trusted-root': join(outside, 'root.json') });
  await rm(outside, { recursive: true, force: true });
  expect(run.exitCode, shown(run)).toBe(0);
});

test.each<[string, () => Tree, 'read' | 'none', RegExp]>([
  [
    'that the base commit lacks',
    () => ({ 'config.json': world.sigstore.signingConfigJson('v1') }),
    'read',
    /base commit .* has no file "root\.json"/,
  ],
  ['that may not be read', goodTree, 'none', /reading "root\.json" from the base commit.*returned 403/],
  [
    'that is a link out of the repository',
    () => ({ ...goodTree(), 'root.json': { symlink: '/etc/root.json' } }),
    'read',
    /is not a regular file/,
  ],
])('a file %s is an error that names contents: read, and nothing is signed', async (_what, tree, contents, told) => {
  const before = { entries: world.sigstore.rekorV1.size(), evil: evilAsked() };
  const { run } = await sign(tree(), { 'if-signed': 'sign' }, { contents });
  expect(run.exitCode, shown(run)).toBe(1);
  const [error = ''] = errorsOf(run);
  expect(error).toContain('INPUT_INVALID');
  expect(error).toContain('input trusted-root');
  expect(error).toMatch(told);
  expect(error).toContain('contents: read');
  expect({ entries: world.sigstore.rekorV1.size(), evil: evilAsked() }).toEqual(before);
});

test.each([
  // Two files, each asked for once.
  ['0s', (asked: number): void => expect(asked).toBe(2)],
  ['1s', (asked: number): void => expect(asked).toBeGreaterThan(2)],
])('an outage of the API is no bad input; it may last as long as retry-for: %s', async (retryFor, check) => {
  const api = world.service(() => ({ status: 503, headers: [], body: 'busy' }));
  const before = world.asked('misbehaving');
  const run = await world.sign(
    {
      images: image.pinned,
      'trusted-root': 'root.json',
      'signing-config': 'config.json',
      'retry-for': retryFor,
    },
    { eventName: 'pull_request', event: EVENT, workspace, env: { GITHUB_API_URL: api } },
  );
  expect(run.exitCode).toBe(1);
  expect(errorsOf(run)).toEqual([expect.stringContaining('GITHUB_API_UNAVAILABLE')]);
  check(world.asked('misbehaving') - before);
});

test('literals need no API', async () => {
  const { run, asked } = await sign(
    {},
    {
      'if-signed': 'sign',
      'trusted-root': world.sigstore.trustedRootJson('all'),
      'signing-config': world.sigstore.signingConfigJson('v1'),
    },
    { contents: 'none' },
  );
  expect(run.exitCode, shown(run)).toBe(0);
  expect(asked).toBe(0);
});

test('files outside the workspace are read as they are: an earlier step of the job put them there', async () => {
  const { trustedRoot, signingConfig } = world.files;
  const { run, asked } = await sign({}, { 'trusted-root': trustedRoot, 'signing-config': signingConfig });
  expect(run.exitCode, shown(run)).toBe(0);
  expect(asked).toBe(0);
});

test('an event that carries a pull request counts as one, whatever its name', async () => {
  const before = evilAsked();
  const { run, asked } = await sign({}, {}, { eventName: 'issue_comment' });
  expect(run.exitCode).toBe(1);
  expect(asked).toBeGreaterThan(0);
  expect(evilAsked()).toBe(before);
});

test.each([
  ['merge_group', { merge_group: { base_sha: BASE, head_sha: RUN_COMMIT } }, BASE],
  ['workflow_run', { workflow_run: { head_sha: RUN_COMMIT } }, 'refs/heads/trunk'],
  ['issue_comment', { issue: { pull_request: {} } }, 'refs/heads/trunk'],
])('on %s what is checked out does not decide either', async (eventName, payload, ref) => {
  const { run, asked } = await sign(
    goodTree(),
    { 'if-signed': 'sign' },
    {
      eventName,
      event: { repository: { ...REPOSITORY, default_branch: 'trunk' }, ...payload },
      ref,
    },
  );
  expect(run.exitCode, shown(run)).toBe(0);
  expect(asked).toBe(2);
  expect(run.outputs['issuer']).toBe(world.sigstore.issuer);
});

test('on a push the checked-out files count', async () => {
  const inputs = { images: evil.image().pinned, 'trusted-root': 'root.json', 'signing-config': 'config.json' };
  const run = await evil.sign(inputs, { workspace });
  expect(run.exitCode, shown(run)).toBe(0);
});
