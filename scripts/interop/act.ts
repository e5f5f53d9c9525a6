import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
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
 * Two workflows executed by nektos/act on the host: one builds, signs, verifies and deploys in four
 * jobs, in the other the gate refuses and neither the next step nor the deploy job runs.
 */
export async function runWorkflows(options: ActOptions): Promise<void> {
  const { report, stack, registry } = options;
  const repository = await prepareRepository(stack.directory);
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
}

/** A checkout as a user's would be, with our actions in it. */
async function prepareRepository(directory: string): Promise<string> {
  const repository = join(directory, 'octo-repo');
  await mkdir(join(repository, '.github'), { recursive: true });
  for (const name of ['action.yml', 'dist', 'verify', 'README.md']) {
    await cp(join(ROOT, name), join(repository, name), { recursive: true });
  }
  await cp(WORKFLOWS, join(repository, '.github', 'workflows'), {
    recursive: true,
    filter: (source) => !source.includes('stand-ins'),
  });
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

async function runAct({ stack, registry, act, repository, deployed, workflow }: WorkflowRun): Promise<Ran> {
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
      env: { HOME: home, PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? ''}` },
      timeoutMs: 300_000,
    },
  );
}
