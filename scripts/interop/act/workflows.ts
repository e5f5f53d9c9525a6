import { cp, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from '../../../sandbox/world.ts';
import { expectThat } from '../../common/report.ts';
import { ACT, labelOf } from '../../peers/catalogue.ts';
import { deployedBy, writePrograms } from './programs.ts';
import { type ActOptions, commitAll, runAct, textIfThere, writeStandIns } from './run-act.ts';

const WORKFLOWS = join(dirname(fileURLToPath(import.meta.url)), '..', 'workflows');

/** Actions of others in the workflows of this folder, with their versions. */
const USED: ReadonlyMap<string, string> = new Map([
  ['docker/login-action@v4', 'v4'],
  ['docker/metadata-action@v6', 'v6'],
  ['docker/build-push-action@v7', 'v7'],
]);

/**
 * Workflows that use the actions of their own checkout: one builds, signs, verifies and deploys in four jobs, in another
 * the gate refuses and neither the next step nor the deploy job runs.
 */
export async function runOwnWorkflows(options: ActOptions): Promise<void> {
  const { report, stack, registry } = options;
  const directory = join(stack.directory, 'own-workflows');
  const repository = await prepareRepository(directory);
  const store = join(directory, 'store');
  const [standIns, programs] = [
    await writeStandIns(join(directory, 'stand-ins'), USED),
    await writePrograms(join(directory, 'programs')),
  ];
  const { password } = registry.login ?? { password: 'no password' };
  const identity = stack.addJob({ eventName: 'push' });
  const run = (workflow: string) =>
    runAct({
      ...options,
      ...{ event: 'push', repository, store, programs, repositories: standIns },
      workflows: join('.github', 'workflows', workflow),
      vars: {
        REGISTRY: registry.host,
        ISSUER: stack.issuer,
        TRUSTED_ROOT: stack.trustedRoots.logs,
        SIGNING_CONFIG: stack.signingConfigs.v1,
      },
      env: identity,
    });

  await report.check(`${labelOf(ACT)}: build, sign, verify and deploy in four jobs`, async () => {
    const { code, out } = await run('release.yml');
    expectThat(code === 0, 'exit 0', out);
    const images = await textIfThere(deployedBy(store, 'release'));
    const pinned = new RegExp(`^deployment/app app=${registry.host}/octo-org/app@sha256:[0-9a-f]{64}\n$`);
    expectThat(images !== undefined && pinned.test(images), 'the pinned image deployed', `${images}\n${out}`);
    expectThat(!out.includes(password), 'the password masked', 'the log of act');
  });
  await report.check(
    `${labelOf(ACT)}: the gate refuses, and neither the next step nor the deploy job runs`,
    async () => {
      const { code, out } = await run('refused.yml');
      expectThat(code === 1 && out.includes('CLAIM_MISMATCH'), 'exit 1 and CLAIM_MISMATCH', out);
      expectThat((await textIfThere(deployedBy(store, 'refused'))) === undefined, 'nothing deployed', out);
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
  await cp(join(WORKFLOWS, 'Dockerfile'), join(repository, 'Dockerfile'));
  await cp(WORKFLOWS, join(repository, '.github', 'workflows'), { recursive: true });
  await commitAll(repository, 'octo-org/octo-repo');
  return repository;
}
