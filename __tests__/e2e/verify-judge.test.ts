import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createGithubApi, type Tree } from '../../sandbox/github/api.ts';
import { workflowClaims } from '../../sandbox/github/claims.ts';
import { type Handler, type Served, serve } from '../../sandbox/http/serve.ts';
import { buildImage, storeImage } from '../../sandbox/registry/image-builder.ts';
import { seedReferrer } from '../../sandbox/registry/seed.ts';
import { checkOut, RUN_COMMIT } from '../../sandbox/runner/checkout.ts';
import { type RunOptions, type RunResult, runProcess } from '../../sandbox/runner/runner.ts';
import { workflowPrincipal } from '../../sandbox/sigstore/fulcio-extensions.ts';
import { type SigstoreStack, startSigstore } from '../../sandbox/sigstore/sigstore-stack.ts';
import { startWorld, type World } from '../../sandbox/world.ts';
import type { Digest } from '../../src/domain/image/digest.ts';
import { BUNDLE_V03 } from '../../src/domain/image/media-types.ts';
import type { Results } from '../../src/domain/results.ts';
import { goodBundle } from '../adversarial/signature-seeds.ts';
import { inThisProcess } from '../in-process.ts';
import { shown } from './sign-world.ts';

/*
 * A pull request does not choose its judge, on no event: it plants the trusted root of a Sigstore of its own, by
 * which its image is signed. Ours is signed by the Sigstore whose root is committed.
 */

const BASE = '1'.repeat(40);
const PULL_HEAD = '2'.repeat(40);
const REPOSITORY = { full_name: 'acme/app', visibility: 'public', private: false, default_branch: 'trunk' };
const QUEUED = 'refs/heads/gh-readonly-queue/trunk/pr-7-x';

let world: World;
let stranger: SigstoreStack;
let api: Served;
let answer: Handler;
let ours: string;
let theirs: string;
let workspace: string;

beforeAll(async () => {
  [world, stranger] = await Promise.all([startWorld({ auth: 'none' }), startSigstore()]);
  api = await serve((request) => answer(request), { name: 'github', log: world.log });
  ours = signedBy(world.sigstore, 'ours');
  theirs = signedBy(stranger, 'theirs');
});
afterAll(() => Promise.all([world.close(), stranger.close(), api.close()]));
beforeEach(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'workspace-'));
  return () => rm(workspace, { recursive: true, force: true });
});

/** An image whose certificate says the same whoever issued it. */
function signedBy(sigstore: SigstoreStack, name: string): string {
  const digest = storeImage(world.registry.store, name, buildImage({ content: name }));
  const claims = { ...workflowClaims({}), iss: world.sigstore.issuer };
  const { subject, extensions } = workflowPrincipal(claims, 'https://github.com');
  const certify = { names: [subject], extensions, onlyTheseExtensions: true };
  seedReferrer(world.registry.store, name, digest, {
    artifactType: BUNDLE_V03,
    layer: JSON.stringify(goodBundle(sigstore, digest as Digest, { certify })),
  });
  return `${world.host}/${name}@${digest}`;
}

const ourRoot = (): Tree => ({ 'root.json': world.sigstore.trustedRootJson('all') });
const planted = () => ({ 'root.json': stranger.trustedRootJson('all') });

interface Verified {
  readonly run: RunResult;
  /** Verdict and reason of our image and of the pull request's. */
  readonly ours: string;
  readonly theirs: string;
  /** Requests to GitHub's API. */
  readonly asked: number;
}

async function verify(
  options: Partial<RunOptions>,
  refs: Readonly<Record<string, Tree>>,
  inputs: Readonly<Record<string, string>> = {},
): Promise<Verified> {
  answer = createGithubApi({
    tokens: { ghs_sandbox: { contents: 'read' } },
    repositories: { 'acme/app': { refs } },
  });
  const count = (): number => world.log.requests().filter(({ server }) => server === 'github').length;
  const before = count();
  const run = await world.verify(
    {
      images: `${ours}\n${theirs}`,
      'source-repository': 'octo-org/octo-repo',
      'certificate-oidc-issuer': world.sigstore.issuer,
      'wait-for': '0s',
      'trusted-root': 'root.json',
      ...inputs,
    },
    { workspace, program: inThisProcess, ...options, env: { GITHUB_API_URL: api.url, ...options.env } },
  );
  const results = JSON.parse(run.outputs['results'] || '{"images":[]}') as Results;
  const verdictOf = (reference: string): string => {
    const image = results.images.find((one) => one.reference === reference);
    return image === undefined ? 'not judged' : `${image.verdict} ${image.reason ?? ''}`.trim();
  };
  return { run, ours: verdictOf(ours), theirs: verdictOf(theirs), asked: count() - before };
}

/** The verdicts that only our root gives. */
const JUDGED_BY_OURS = { ours: 'pass', theirs: 'fail CERTIFICATE_UNTRUSTED', asked: 1 };

/** By the committed dist/, not in this process. */
const BY_DIST = { program: runProcess, timeoutMs: 150_000 };

interface Event {
  readonly what: string;
  readonly options: Partial<RunOptions>;
  /** HEAD of what is checked out, with what the pull request planted. */
  readonly head: string;
  /** What decides instead. */
  readonly ref: string;
}

const EVENTS: readonly Event[] = [
  {
    what: 'merge_group, with the merged head checked out',
    options: {
      ...BY_DIST,
      eventName: 'merge_group',
      event: { repository: REPOSITORY, merge_group: { base_sha: BASE, head_sha: RUN_COMMIT, head_ref: QUEUED } },
      env: { GITHUB_REF: QUEUED },
    },
    head: RUN_COMMIT,
    ref: BASE,
  },
  {
    what: 'a push by the merge queue',
    options: { event: { repository: REPOSITORY, ref: QUEUED }, env: { GITHUB_REF: QUEUED } },
    head: RUN_COMMIT,
    ref: 'refs/heads/trunk',
  },
  {
    what: 'workflow_run, with the head of the pull request checked out',
    options: {
      eventName: 'workflow_run',
      event: {
        repository: REPOSITORY,
        workflow_run: { head_sha: PULL_HEAD, head_repository: { full_name: 'stranger/app' }, pull_requests: [] },
      },
    },
    head: PULL_HEAD,
    ref: 'refs/heads/trunk',
  },
  {
    what: 'workflow_run, with an artifact of the pull request over the default branch',
    options: { eventName: 'workflow_run', event: { repository: REPOSITORY, workflow_run: { head_sha: PULL_HEAD } } },
    head: RUN_COMMIT,
    ref: 'refs/heads/trunk',
  },
  {
    what: 'issue_comment, with the head of the pull request checked out',
    options: {
      eventName: 'issue_comment',
      event: { repository: REPOSITORY, issue: { number: 7, pull_request: {} }, comment: { body: '/verify' } },
    },
    head: PULL_HEAD,
    ref: 'refs/heads/trunk',
  },
  {
    what: 'a dispatch that checks out the head of a pull request',
    options: {
      eventName: 'workflow_dispatch',
      event: { repository: REPOSITORY, ref: 'refs/heads/trunk', inputs: { number: '7' } },
    },
    head: PULL_HEAD,
    ref: RUN_COMMIT,
  },
];

describe.each(EVENTS)('on $what', ({ options, head, ref }) => {
  test('the committed trusted root judges, not the planted one', async () => {
    await checkOut(workspace, planted(), { commit: head, isDetached: true });
    const { run, ...verdicts } = await verify(options, { [ref]: ourRoot() });
    expect(verdicts, shown(run)).toEqual(JUDGED_BY_OURS);
    expect(run.exitCode).toBe(1);
  });

  test('if no trusted root is committed, or the wrong one, the gate does not open', async () => {
    await checkOut(workspace, ourRoot() as Record<string, string>, { commit: head, isDetached: true });
    const missing = await verify(options, { [ref]: {} }, { images: ours });
    expect(missing).toMatchObject({ ours: 'not judged', asked: 1 });
    expect(missing.run.outputs).toMatchObject({ verified: 'false', reason: 'INPUT_INVALID' });
    expect(missing.run.log.join('\n')).toContain(`${ref} of acme/app) has no file "root.json"`);
    const wrong = await verify(options, { [ref]: planted() }, { images: ours });
    expect(wrong).toMatchObject({ ours: 'fail CERTIFICATE_UNTRUSTED', asked: 1 });
  });
});

const DISPATCH = { eventName: 'workflow_dispatch', event: { repository: REPOSITORY } };

describe('on an event whose commit decides', () => {
  test.each(['push', 'schedule', 'workflow_dispatch', 'repository_dispatch', 'release'])(
    'a checkout of that commit is read where it lies, without a request (%s)',
    async (eventName) => {
      await checkOut(workspace, ourRoot() as Record<string, string>, { isDetached: eventName === 'release' });
      const options = { ...(eventName === 'push' ? BY_DIST : {}), eventName, event: { repository: REPOSITORY } };
      const { run, ...verdicts } = await verify(options, {});
      expect(verdicts, shown(run)).toEqual({ ...JUDGED_BY_OURS, asked: 0 });
    },
  );

  test('a checkout below the workspace counts from its own top', async () => {
    await checkOut(join(workspace, 'src'), planted(), { commit: PULL_HEAD });
    const pull = { pull_request: { base: { sha: BASE, repo: REPOSITORY }, head: { repo: REPOSITORY } } };
    const options = { eventName: 'pull_request', event: { repository: REPOSITORY, ...pull } };
    const tree = { 'src/root.json': world.sigstore.trustedRootJson('all') };
    const inputs = { 'trusted-root': 'src/root.json' };
    const elsewhere = await verify(options, { [BASE]: tree }, inputs);
    expect(elsewhere).toMatchObject(JUDGED_BY_OURS);
    await checkOut(join(workspace, 'src'), planted(), { commit: RUN_COMMIT });
    const merged = await verify(options, { [BASE]: ourRoot() }, inputs);
    expect(merged).toMatchObject(JUDGED_BY_OURS);
  });

  test('a checkout of a pull request beside it does not count, by name or by a link', async () => {
    await checkOut(workspace, {});
    await checkOut(join(workspace, 'pr'), planted(), { commit: PULL_HEAD });
    await symlink(join(workspace, 'pr', 'root.json'), join(workspace, 'root.json'));
    for (const path of ['pr/root.json', 'root.json']) {
      const { run, ...verdicts } = await verify(DISPATCH, { [RUN_COMMIT]: ourRoot() }, { 'trusted-root': path });
      const refused = { ours: 'not judged', theirs: 'not judged', asked: 1 };
      expect(verdicts, shown(run)).toEqual(path === 'root.json' ? JUDGED_BY_OURS : refused);
      expect(run.exitCode).toBe(1);
    }
  });

  test('`offline` asks nobody: it names the literal and RUNNER_TEMP, which work', async () => {
    await checkOut(workspace, planted(), { commit: PULL_HEAD });
    const refused = await verify(DISPATCH, { [RUN_COMMIT]: ourRoot() }, { offline: 'true' });
    expect(refused).toMatchObject({ ours: 'not judged', theirs: 'not judged', asked: 0 });
    expect(refused.run.outputs['reason']).toBe('INPUT_INVALID');
    const log = refused.run.log.join('\n');
    expect(log).toContain('Give the content itself');
    expect(log).toContain('RUNNER_TEMP');
    const { trustedRoot } = world.files;
    for (const root of [trustedRoot, world.sigstore.trustedRootJson('all')]) {
      const { run, ...verdicts } = await verify(DISPATCH, {}, { offline: 'true', 'trusted-root': root });
      expect(verdicts, shown(run)).toEqual({ ...JUDGED_BY_OURS, asked: 0 });
    }
  });

  test.skipIf(process.platform === 'win32')('a HEAD that never ends does not hold the gate up', async () => {
    await checkOut(workspace, planted(), { isDetached: true });
    await rm(join(workspace, '.git/HEAD'));
    execFileSync('mkfifo', [join(workspace, '.git/HEAD')]);
    const { run, ...verdicts } = await verify({ ...DISPATCH, ...BY_DIST }, { [RUN_COMMIT]: ourRoot() });
    expect(run.timedOut).toBe(false);
    expect(verdicts, shown(run)).toEqual(JUDGED_BY_OURS);
  });
});
