import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createGithubApi } from '../../sandbox/github/api.ts';
import { on } from '../../sandbox/http/faults.ts';
import type { Handler } from '../../sandbox/http/serve.ts';
import { seedReferrer } from '../../sandbox/registry/seed.ts';
import type { RunResult } from '../../sandbox/runner/runner.ts';
import { BUNDLE_V03 } from '../../src/domain/image/media-types.ts';
import { errorsOf, type Json, resultsOf, type SignWorld, shown, startSignWorld } from './sign-world.ts';

/*
 * The committed dist/ against services that never answer, or always just before anybody loses patience: `timeout`
 * ends the run. Each run is killed, and its test fails, if it is not over long after that.
 */

const KILLED = { timeoutMs: 150_000 };
/** Times of a run, in s: one that is enough on a quiet machine, and one for a machine too busy to get so far in it. */
const QUIET = 6;
const BUSY = 25;
let world: SignWorld;

beforeAll(async () => {
  const hang = { fault: 'hang-before-headers' } as const;
  world = await startSignWorld({
    registryFaults: [
      { match: on('GET', /^\/v2\/slow\/.*\/manifests\/sha256:/), times: 'always', action: hang },
      { match: on('GET', /^\/v2\/stuck\/.*\/referrers\//), times: 'always', action: hang },
    ],
  });
});
afterAll(async () => {
  await world.close();
});

const imagesOf = (run: RunResult): Json[] =>
  resultsOf(run).images.map(({ verdict, reason }: Json) => [verdict, reason]);

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const silent: Handler = () => ({ status: 0, fault: 'hang-before-headers' });

test.concurrent('a gate ends with TIMEOUT for what is not decided, the verdicts it has, and a check run that says so', async () => {
  const [good, slow] = [world.image(), world.image({ repository: 'slow/app' })];
  expect((await world.sign({ images: good.pinned })).exitCode).toBe(0);
  for (let number = 0; number < 1000; number += 1) {
    seedReferrer(world.registry.store, slow.repository, slow.digest, {
      artifactType: BUNDLE_V03,
      layer: `no signature ${number}`,
    });
  }
  const verify = async (seconds: number) => {
    const api = createGithubApi({
      tokens: { ghs_sandbox: { checks: 'write' } },
      repositories: { 'acme/app': { refs: {} } },
    });
    const run = await world.verify(
      {
        images: `${slow.pinned}\n${good.pinned}`,
        'source-repository': 'octo-org/octo-repo',
        'certificate-oidc-issuer': world.sigstore.issuer,
        'check-name': 'signed',
        timeout: `${seconds}s`,
      },
      { ...KILLED, env: { GITHUB_API_URL: world.service(api) } },
    );
    return { run, api, seconds };
  };
  const first = await verify(QUIET);
  const isFarEnough = first.run.outputs['results']?.includes('"pass"') === true;
  const { run, api, seconds } = isFarEnough ? first : await verify(BUSY);
  expect(run.exitCode, shown(run)).toBe(1);
  expect(imagesOf(run)).toEqual([
    ['error', 'TIMEOUT'],
    ['pass', null],
  ]);
  expect(run.outputs).toMatchObject({ verified: 'false', verdict: 'error', reason: 'TIMEOUT', images: '' });
  expect(run.summary).toContain('TIMEOUT');
  expect(errorsOf(run).join()).toContain(`this run did not finish within ${seconds}s`);
  expect(api.checkRuns).toMatchObject([{ name: 'signed', conclusion: 'failure' }]);
});

test.concurrent('signing logs nothing more, and attaches what is logged', async () => {
  let entries = 0;
  let seconds = QUIET;
  // The first answer comes a while after the time was up.
  const log = world.service(async (request) => {
    entries += 1;
    const answer = await fetch(`${world.sigstore.urls.rekorV1}${request.url.pathname}`, {
      method: request.method,
      headers: { 'content-type': 'application/json' },
      body: request.body,
    });
    const body = await answer.text();
    await new Promise((resolve) => setTimeout(resolve, (seconds + 1) * 1000));
    return { status: answer.status, headers: [['Content-Type', 'application/json']], body };
  });
  const images = [world.image(), world.image(), world.image()];
  const sign = (): Promise<RunResult> =>
    world.sign(
      {
        images: images.map(({ pinned }) => pinned).join('\n'),
        'signing-config': world.configWith({ logs: [{ url: log }] }),
        concurrency: '1',
        timeout: `${seconds}s`,
      },
      KILLED,
    );
  let run = await sign();
  if (entries === 0) {
    seconds = BUSY;
    run = await sign();
  }
  expect(run.exitCode, shown(run)).toBe(1);
  expect(entries).toBe(1);
  expect(imagesOf(run)).toEqual([
    ['pass', null],
    ['error', 'TIMEOUT'],
    ['error', 'TIMEOUT'],
  ]);
  expect(images.map((image) => world.bundles(image).length)).toEqual([1, 0, 0]);
  expect(run.outputs['images']).toBe(images[0]?.pinned);
  expect(errorsOf(run).join()).toContain('neither signed nor logged');
});

test.skipIf(process.platform === 'win32').concurrent.each([
  ['warn', 'allowed', 0],
  ['enforce', 'error', 1],
])(
  'with mode %s a helper that hangs ends with the run, which ends as it decided: %s',
  async (mode, verdict, exitCode) => {
    const folder = await mkdtemp(join(tmpdir(), 'timeout-'));
    try {
      const helper = join(folder, 'docker-credential-hang');
      await writeFile(helper, `#!/bin/sh\necho $$ > ${folder}/pid\nexec sleep 777\n`);
      await chmod(helper, 0o755);
      await writeFile(join(folder, 'config.json'), JSON.stringify({ credHelpers: { [world.host]: 'hang' } }));
      const verify = (timeout: string): Promise<RunResult> =>
        world.verify(
          { images: world.image().pinned, 'source-repository': 'octo-org/octo-repo', mode, timeout },
          { ...KILLED, env: { PATH: `${folder}${delimiter}${process.env['PATH']}`, DOCKER_CONFIG: folder } },
        );
      let run = await verify('3s');
      // Not even begun, on a machine that is busy.
      if (!existsSync(join(folder, 'pid'))) run = await verify('30s');
      expect(run.exitCode, shown(run)).toBe(exitCode);
      expect(imagesOf(run)).toEqual([[verdict, 'TIMEOUT']]);
      expect(run.outputs).toMatchObject({ verified: 'false', reason: 'TIMEOUT', images: '' });
      const pid = Number(await readFile(join(folder, 'pid'), 'utf8'));
      expect(pid).toBeGreaterThan(1);
      // The kernel takes its time to end a process that was killed; unless killed it would go on for 777 s.
      await vi.waitFor(() => expect(isRunning(pid)).toBe(false), { timeout: 60_000 });
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);

const SILENT: readonly (readonly [string, () => Parameters<SignWorld['sign']>])[] = [
  ['the registry', () => [{ images: world.image({ repository: `stuck/app-${Math.random()}` }).pinned }]],
  [
    'the id-token endpoint',
    () => [
      { images: world.image().pinned },
      { env: { ACTIONS_ID_TOKEN_REQUEST_URL: `${world.service(silent)}/token?v=1` } },
    ],
  ],
  [
    'the CA',
    () => [
      {
        images: world.image().pinned,
        'signing-config': world.configWith({ certificateAuthorities: [{ url: world.service(silent) }] }),
      },
    ],
  ],
  [
    'the TUF mirror',
    () => [
      {
        images: world.image().pinned,
        'trusted-root': '',
        'signing-config': '',
        'tuf-mirror': world.service(silent),
        'tuf-root': Buffer.from(world.sigstore.tuf.initialRoot).toString(),
      },
    ],
  ],
  [
    "GitHub's API for a file of the base commit",
    () => [
      { images: world.image().pinned, 'trusted-root': 'root.json', 'signing-config': 'config.json' },
      {
        env: { GITHUB_API_URL: world.service(silent) },
        eventName: 'pull_request',
        event: {
          repository: { full_name: 'acme/app', private: false, visibility: 'public' },
          pull_request: {
            base: { sha: '1'.repeat(40), repo: { full_name: 'acme/app' } },
            head: { sha: '2'.repeat(40), repo: { full_name: 'acme/app' } },
          },
        },
      },
    ],
  ],
];

test('whoever never answers does not hold the run, and nothing is logged', async () => {
  const before = world.sigstore.rekorV1.size();
  await Promise.all(
    SILENT.map(async ([who, step]) => {
      const [inputs, more] = step();
      const run = await world.sign({ ...inputs, timeout: '2s', 'retry-for': '1h' }, { ...KILLED, ...more });
      expect(run.exitCode, `${who}: ${shown(run)}`).toBe(1);
      expect(errorsOf(run).join('\n'), who).toMatch(/^Countersign: TIMEOUT/);
      expect(run.summary, who).toContain('TIMEOUT');
      expect(resultsOf(run).verified, who).toBe(false);
    }),
  );
  expect(world.sigstore.rekorV1.size()).toBe(before);
});
