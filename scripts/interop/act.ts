import { chmod, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse as parseYaml, stringify } from 'yaml';
import { ROOT } from '../../sandbox/world.ts';
import { expectThat, type Report } from '../common/report.ts';
import { mustRun, type Ran, runProgram } from '../common/run-program.ts';
import { ACT, labelOf } from '../peers/catalogue.ts';
import type { Registry } from '../peers/registry.ts';
import type { Stack } from '../peers/stack.ts';

export interface ActOptions {
  readonly report: Report;
  readonly stack: Stack;
  /** With a login: the stand-in for docker/login-action writes it. */
  readonly registry: Registry;
  /** Path of act. */
  readonly act: string;
}

const WORKFLOWS = join(dirname(fileURLToPath(import.meta.url)), 'workflows');

/** What stands in for actions that cannot be fetched without network: same inputs and outputs. */
export const STAND_INS = {
  'docker/login-action@v3': 'login-action',
  'docker/metadata-action@v5': 'metadata-action',
  'docker/build-push-action@v6': 'build-push-action',
} as const;

/**
 * Workflows executed by nektos/act on the host: one builds, signs, verifies and deploys in four jobs, in another the gate
 * refuses and neither the next step nor the deploy job runs. Then the deploy job of examples/, before and after its init
 * container is signed.
 */
export async function runWorkflows(options: ActOptions): Promise<void> {
  const { report, stack, registry } = options;
  const repository = await prepareRepository(options);
  const deployed = join(stack.directory, 'deployed');
  const deployedImages = (): Promise<string | undefined> => readFile(deployed, 'utf8').catch(() => undefined);
  const { password } = registry.login ?? { password: 'no password' };

  await report.check(`${labelOf(ACT)}: build, sign, verify and deploy in four jobs`, async () => {
    const { code, out } = await runAct({ ...options, repository, deployed, workflow: 'release.yml' });
    expectThat(code === 0, 'exit 0', out);
    const images = await deployedImages();
    const pinned = new RegExp(`^${registry.host}/octo-org/app@sha256:[0-9a-f]{64}\n$`);
    expectThat(images !== undefined && pinned.test(images), 'the pinned image deployed', `${images}\n${out}`);
    expectThat(!out.includes(password), 'the password masked', 'the log of act');
  });
  await rm(deployed, { force: true });
  await report.check(
    `${labelOf(ACT)}: the gate refuses, and neither the next step nor the deploy job runs`,
    async () => {
      const { code, out } = await runAct({ ...options, repository, deployed, workflow: 'refused.yml' });
      expectThat(code === 1 && out.includes('CLAIM_MISMATCH'), 'exit 1 and CLAIM_MISMATCH', out);
      expectThat((await deployedImages()) === undefined, 'nothing deployed', out);
    },
  );
  await report.check(`${labelOf(ACT)}: ${EXAMPLE} applies nothing while an init container is unsigned`, async () => {
    const { code, out } = await runAct({ ...options, repository, deployed, workflow: 'unsigned-init.yml' });
    expectThat(code === 1 && out.includes('NO_SIGNATURE'), 'exit 1 and NO_SIGNATURE', out);
    expectThat((await deployedImages()) === undefined, 'nothing applied', out);
  });
  await report.check(`${labelOf(ACT)}: ${EXAMPLE} applies the pinned manifests once it is signed`, async () => {
    const { code, out } = await runAct({ ...options, repository, deployed, workflow: 'signed-init.yml' });
    expectThat(code === 0, 'exit 0', out);
    const applied = (await deployedImages()) ?? '';
    for (const name of ['web', 'init']) {
      const pinned = new RegExp(`image: ${registry.host}/octo-org/${name}:1@sha256:[0-9a-f]{64}\\n`);
      expectThat(pinned.test(applied), `the pinned image ${name} applied`, `${applied}\n${out}`);
    }
  });
}

const EXAMPLE = 'examples/verify-files-deploy.yml';

/** A value that act is given, as an expression. */
const of = (context: 'vars' | 'secrets', name: string): string => `$\{{ ${context}.${name} }}`;

interface Steps {
  readonly steps: readonly { readonly uses?: string; readonly with?: object }[];
}

/**
 * The job of the example, as this stack needs it: the action of this checkout, a login, our registry and roots. What it
 * does and in which order stays.
 */
async function exampleJob(): Promise<object> {
  const { jobs } = parseYaml(await readFile(join(ROOT, EXAMPLE), 'utf8')) as {
    readonly jobs: { readonly deploy: Steps };
  };
  const login = {
    uses: 'docker/login-action@v3',
    with: {
      registry: of('vars', 'REGISTRY'),
      username: of('secrets', 'USERNAME'),
      password: of('secrets', 'PASSWORD'),
    },
  };
  const ours = {
    'trusted-root': of('vars', 'TRUSTED_ROOT'),
    'insecure-registries': of('vars', 'REGISTRY'),
    'wait-for': '0s',
  };
  const steps = jobs.deploy.steps.flatMap((step) =>
    step.uses?.includes('/verify-files@') === true
      ? [login, { ...step, uses: './verify-files', with: { ...step.with, ...ours } }]
      : [step],
  );
  return { ...jobs.deploy, needs: 'images', steps };
}

/** What the example checks and is checked by, and a `kubectl` that keeps what it is given. */
async function addDeployment(repository: string, { stack, registry }: ActOptions): Promise<void> {
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(repository, path)), { recursive: true });
    await writeFile(join(repository, path), text);
  };
  await write(
    'deploy/web.yaml',
    stringify({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web' },
      spec: {
        initContainers: [{ name: 'init', image: `${registry.host}/octo-org/init:1` }],
        containers: [{ name: 'web', image: `${registry.host}/octo-org/web:1` }],
      },
    }),
  );
  const identity = {
    issuer: stack.issuer,
    subjectRegExp: '^https://github\\.com/octo-org/octo-repo/\\.github/workflows/[a-z-]+\\.yml@refs/heads/main$',
  };
  await write(
    'policy/ours.yaml',
    stringify({
      apiVersion: 'policy.sigstore.dev/v1beta1',
      kind: 'ClusterImagePolicy',
      metadata: { name: 'ours' },
      spec: {
        images: [{ glob: `${registry.host}/octo-org/*` }],
        authorities: [{ name: 'release', keyless: { identities: [identity] } }],
      },
    }),
  );
  for (const name of ['unsigned-init.yml', 'signed-init.yml']) {
    const workflow = parseYaml(await readFile(join(WORKFLOWS, name), 'utf8')) as { readonly jobs: object };
    const jobs = { ...workflow.jobs, deploy: await exampleJob() };
    await write(join('.github', 'workflows', name), stringify({ ...workflow, jobs }));
  }
}

/** A folder with a `kubectl` that copies the files that it should apply to the file of the deployment. */
async function standInKubectl({ stack }: ActOptions, deployed: string): Promise<string> {
  const folder = join(stack.directory, 'bin');
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'kubectl');
  const script = `#!/bin/sh\n[ "$1" = apply ] || exit 1\nshift\nfor one; do cat "\${one#--filename=}"; done >> '${deployed}'\n`;
  await writeFile(path, script);
  await chmod(path, 0o755);
  return folder;
}

/** A checkout as a user's would be, with our actions in it. */
async function prepareRepository(options: ActOptions): Promise<string> {
  const { directory } = options.stack;
  const repository = join(directory, 'octo-repo');
  await mkdir(join(repository, '.github'), { recursive: true });
  for (const name of ['action.yml', 'dist', 'verify', 'verify-files', 'README.md']) {
    await cp(join(ROOT, name), join(repository, name), { recursive: true });
  }
  await cp(WORKFLOWS, join(repository, '.github', 'workflows'), {
    recursive: true,
    filter: (source) => !source.includes('stand-ins'),
  });
  await addDeployment(repository, options);
  const git = (...args: string[]): Promise<string> => mustRun('git', args, { cwd: repository });
  await git('init', '--quiet', '--initial-branch=main');
  await git('remote', 'add', 'origin', 'https://github.com/octo-org/octo-repo');
  await git('add', '--all');
  await git('-c', 'user.name=octocat', '-c', 'user.email=octocat@example.com', 'commit', '--quiet', '-m', 'Start');
  return repository;
}

interface WorkflowRun extends ActOptions {
  /** Path of the checkout. */
  readonly repository: string;
  /** Path of the file that deploying writes. */
  readonly deployed: string;
  /** Name of its file. */
  readonly workflow: string;
}

async function runAct(run: WorkflowRun): Promise<Ran> {
  const { stack, registry, act, repository, deployed, workflow } = run;
  const kubectl = await standInKubectl(run, deployed);
  const home = join(stack.directory, 'act-home');
  await mkdir(join(home, '.config', 'act'), { recursive: true });
  await writeFile(join(home, '.config', 'act', 'actrc'), '');
  const flags = (flag: string, values: Readonly<Record<string, string>>): string[] =>
    Object.entries(values).flatMap(([name, value]) => [flag, `${name}=${value}`]);
  const standIns = Object.fromEntries(
    Object.entries(STAND_INS).map(([name, folder]) => [name, join(WORKFLOWS, 'stand-ins', folder)]),
  );
  return runProgram(
    act,
    [
      ...['push', '--workflows', join('.github', 'workflows', workflow), '--platform', 'ubuntu-latest=-self-hosted'],
      ...['--actor', 'octocat', '--no-cache-server', '--defaultbranch', 'main'],
      ...flags('--local-repository', standIns),
      ...flags('--var', {
        REGISTRY: registry.host,
        ISSUER: stack.issuer,
        TRUSTED_ROOT: stack.trustedRoots.logs,
        SIGNING_CONFIG: stack.signingConfigs.v1,
        DEPLOYED: deployed,
      }),
      ...flags('--secret', {
        USERNAME: registry.login?.username ?? '',
        PASSWORD: registry.login?.password ?? '',
        GITHUB_TOKEN: 'ghs_of_this_job',
      }),
      ...flags('--env', { ...stack.idTokenEnvironment, DOCKER_CONFIG: join(home, '.docker') }),
    ],
    {
      cwd: repository,
      // act runs the node it finds first.
      env: { HOME: home, PATH: `${dirname(process.execPath)}:${kubectl}:${process.env['PATH'] ?? ''}` },
      timeoutMs: 300_000,
    },
  );
}
