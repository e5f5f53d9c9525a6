import { join } from 'node:path';
import { startWorld } from '../../sandbox/world.ts';
import { expectThat, type Report } from '../common/report.ts';
import { runProgram } from '../common/run-program.ts';
import { identityInputs, shownRun } from '../common/sandbox-identity.ts';
import { buildAndPush } from '../peers/build-image.ts';
import type { Cosign } from '../peers/cosign.ts';
import type { Auth } from '../peers/login.ts';
import type { Startable } from '../peers/registry.ts';
import { cosignJudges } from './cosign-judges.ts';

export interface JudgeOnRegistryOptions {
  readonly report: Report;
  /** Scratch directory. */
  readonly directory: string;
  /** Without the referrers API. */
  readonly registry: Startable;
  readonly auth: Auth;
  /** If it can be had here. */
  readonly cosign: Cosign | undefined;
}

/** An image that others built and pushed is signed and verified; skopeo and cosign read what was written. */
export async function judgeOnRegistry(options: JudgeOnRegistryOptions): Promise<void> {
  const { report, directory, auth, cosign } = options;
  await using world = await startWorld();
  await using registry = await options.registry.start({ directory: join(directory, `registry-${auth}`), auth });
  const { authFile, env } = registry;
  const name = `${registry.name} (${auth})`;
  const image = `${registry.host}/team/app`;
  const digest = await buildAndPush({
    ...{ directory: join(directory, `build-${auth}`), destination: `${image}:1`, authFile },
    content: `for ${auth}\n`,
  });
  const pinned = `${image}@${digest}`;
  const tag = digest.replace(':', '-');

  await report.check(`${name}: an image of umoci and skopeo is signed in both formats, recursively`, async () => {
    const run = await world.sign({ images: `${image}:1`, digest, format: 'both', recursive: 'true' }, { env });
    expectThat(run.exitCode === 0 && run.outputs['images'] === pinned, `exit 0 and ${pinned}`, shownRun(run));
  });
  await report.check(`${name}: skopeo reads the referrers tag and the .sig tag`, async () => {
    const inspect = async (reference: string): Promise<Record<string, unknown>> => {
      const args = ['inspect', '--raw', '--tls-verify=false', '--authfile', authFile, `docker://${reference}`];
      const { code, out } = await runProgram('skopeo', args);
      expectThat(code === 0, `${reference} to be readable`, out);
      return JSON.parse(out) as Record<string, unknown>;
    };
    const referrers = await inspect(`${image}:${tag}`);
    expectThat((referrers['manifests'] as unknown[]).length === 1, 'one referrer', JSON.stringify(referrers));
    const legacy = await inspect(`${image}:${tag}.sig`);
    expectThat((legacy['layers'] as unknown[]).length === 1, 'one layer', JSON.stringify(legacy));
  });
  await report.check(`${name}: signing again adds nothing`, async () => {
    const run = await world.sign({ images: pinned, format: 'both' }, { env });
    const written = run.outputs['results']?.includes('"written":true') ?? true;
    expectThat(run.exitCode === 0 && !written, 'exit 0 and nothing written', shownRun(run));
  });
  await report.check(`${name}: the gate accepts it, recursively`, async () => {
    const run = await world.verify({ images: pinned, recursive: 'true', ...identityInputs(world) }, { env });
    expectThat(run.exitCode === 0 && run.outputs['verified'] === 'true', 'verified', shownRun(run));
  });
  await report.check(`${name}: the gate refuses another repository's workflow`, async () => {
    const inputs = { ...identityInputs(world), 'source-repository': 'evil/app' };
    const run = await world.verify({ images: pinned, ...inputs }, { env });
    const refused = run.exitCode === 1 && run.outputs['verified'] === 'false' && run.outputs['verdict'] === 'fail';
    expectThat(refused, 'a refusal', shownRun(run));
  });
  if (cosign === undefined) return;
  await cosignJudges({ report, world, name, dockerConfig: registry.dockerConfig, pinned, cosign });
}
