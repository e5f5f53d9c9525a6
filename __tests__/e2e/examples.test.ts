import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { createGithubApi } from '../../sandbox/github/api.ts';
import { serve } from '../../sandbox/http/serve.ts';
import { buildImage, pushImage } from '../../sandbox/registry/image-builder.ts';
import type { RunResult } from '../../sandbox/runner/runner.ts';
import { ROOT, startWorld, type World } from '../../sandbox/world.ts';
import { annotationsOf, commitAll, deployment, type Files, pullRequest, writeFiles } from '../adversarial/file-gate.ts';
import { createAppPusher } from './push-apps.ts';
import { shown } from './sign-world.ts';

/* The steps of examples/ as they are written there, through the built dist/: only host names and identities are ours. */

type Inputs = Readonly<Record<string, string>>;

/** The `with:` of the one step of an example that uses this action, as the runner passes it. */
async function inputsOf(example: string, action: string): Promise<Inputs> {
  const text = await readFile(join(ROOT, 'examples', example), 'utf8');
  const { jobs } = parseYaml(text) as {
    readonly jobs: Readonly<Record<string, { readonly steps: readonly { uses?: string; with?: object }[] }>>;
  };
  const steps = Object.values(jobs)
    .flatMap((job) => job.steps)
    .filter(({ uses }) => uses?.includes(`/${action}@`));
  expect(steps).toHaveLength(1);
  return Object.fromEntries(Object.entries(steps[0]?.with ?? {}).map(([name, value]) => [name, String(value)]));
}

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const push = createAppPusher(() => world);

/** Who signs in the sandbox may sign everything in its registry. */
const policyText = (): string => `apiVersion: policy.sigstore.dev/v1beta1
kind: ClusterImagePolicy
metadata:
  name: ours
spec:
  images:
    - glob: ${world.host}/acme/*
  authorities:
    - name: release
      keyless:
        identities:
          - issuer: ${world.sigstore.issuer}
            subject: https://github.com/octo-org/octo-repo/.github/workflows/release.yml@refs/heads/main
`;

async function checkoutOf(files: Files): Promise<{ readonly workspace: string; readonly sha: string }> {
  const workspace = await mkdtemp(join(world.directory, 'checkout-'));
  await writeFiles(workspace, files);
  return { workspace, sha: commitAll(workspace) };
}

test('verify-files-deploy.yml blocks an unsigned init container, then passes and pins the manifests', async () => {
  const [app, init, other] = [await push(), await push(), await push()];
  const text = deployment('app', { app: `${app.name}:1`, init: `${init.name}:1` });
  const { workspace, sha } = await checkoutOf({
    'deploy/prod/app.yaml': text,
    'deploy/examples/other.yaml': deployment('other', { app: `${other.name}:1` }),
    'policy/ours.yaml': policyText(),
  });
  await world.sign({ images: app.pinned });
  const inputs = await inputsOf('verify-files-deploy.yml', 'verify-files');
  const deploy = (): Promise<RunResult> =>
    world.verifyFiles({ ...inputs, 'wait-for': '0s' }, { workspace, env: { GITHUB_SHA: sha } });
  const blocked = await deploy();
  expect(blocked.exitCode, shown(blocked)).toBe(1);
  expect(annotationsOf(blocked)).toEqual(['error deploy/prod/app.yaml:14']);
  expect(blocked.outputs).toMatchObject({ verdict: 'fail', reason: 'NO_SIGNATURE', images: '', 'pinned-files': '' });

  await world.sign({ images: init.pinned });
  const passed = await deploy();
  expect(passed.exitCode, shown(passed)).toBe(0);
  expect(passed.outputs).toMatchObject({ verified: 'true', 'pinned-files': 'deploy/prod/app.yaml' });
  expect(await readFile(join(workspace, 'deploy/prod/app.yaml'), 'utf8')).toBe(
    text
      .replace(`${app.name}:1`, `${app.name}:1@${app.digest}`)
      .replace(`${init.name}:1`, `${init.name}:1@${init.digest}`),
  );
});

test('verify-files-pull-request.yml annotates a new base image, by the policy of base', async () => {
  const [old, signed, stranger] = [await push(), await push(), await push()];
  await world.sign({ images: signed.pinned });
  const docker = (base: string): string => `FROM ${base}:1\n`;
  const { workspace, sha: base } = await checkoutOf({
    'app/Dockerfile': docker(old.name),
    'deploy/app.yaml': deployment('app', { app: `${old.name}:1` }),
    'policy/ours.yaml': policyText(),
  });
  await using api = await serve(
    createGithubApi({
      tokens: { ghs_lab: { contents: 'read' } },
      repositories: {
        'acme/app': { token: 'ghs_lab', refs: { [base]: { 'policy/ours.yaml': policyText() } } },
      } as never,
    }),
  );
  const inputs = await inputsOf('verify-files-pull-request.yml', 'verify-files');
  const check = async (image: string, policy = policyText()): Promise<RunResult> => {
    await writeFile(join(workspace, 'app/Dockerfile'), docker(image));
    await writeFile(join(workspace, 'policy/ours.yaml'), policy);
    return world.verifyFiles(inputs, {
      workspace,
      eventName: 'pull_request',
      event: pullRequest({ base }).event,
      githubToken: 'ghs_lab',
      env: { GITHUB_API_URL: api.url, GITHUB_REPOSITORY: 'acme/app' },
    });
  };
  const refused = await check(stranger.name);
  expect(refused.exitCode, shown(refused)).toBe(1);
  expect(annotationsOf(refused)).toEqual(['error app/Dockerfile:1']);
  expect(refused.outputs).toMatchObject({ verified: 'false', reason: 'NO_SIGNATURE' });
  // Twins: a signed one passes, what base has is not new, and a policy of the pull request that lets all through counts not.
  expect((await check(signed.name)).outputs).toMatchObject({ verified: 'true' });
  expect((await check(old.name)).outputs).toMatchObject({ verdict: 'allowed', verified: 'false' });
  const open = policyText().replace(/keyless:[\s\S]*$/, 'static: {action: pass}\n');
  expect((await check(stranger.name, open)).outputs).toMatchObject({ verified: 'false', reason: 'NO_SIGNATURE' });
});

test('audit-nightly.yml finds a moved tag', async () => {
  const app = await push();
  await world.sign({ images: app.pinned });
  const inputs = await inputsOf('audit-nightly.yml', 'audit');
  expect(inputs['baseline']).toBe(`\${{ runner.temp }}/audit/baseline.json`);
  const workspace = await mkdtemp(join(world.directory, 'checkout-'));
  const audit = (): Promise<RunResult> =>
    world.audit(
      {
        ...inputs,
        images: `${app.name}:*`,
        'source-repository': 'octo-org/octo-repo',
        'certificate-oidc-issuer': world.sigstore.issuer,
        baseline: 'audit/baseline.json',
      },
      { workspace },
    );
  const first = await audit();
  expect([first.exitCode, first.outputs['changed']], shown(first)).toEqual([0, 'false']);
  const moved = buildImage({ content: 'another build' });
  const repository = app.name.slice(world.host.length + 1);
  await pushImage(world.registryUrl, repository, moved, { tag: '1', ...(await world.pushLogin(repository)) });
  const second = await audit();
  expect([second.exitCode, second.outputs['changed']], shown(second)).toEqual([0, 'true']);
  expect(await readFile(second.outputs['changes-path'] ?? '', 'utf8')).toContain(moved.digest);
});
