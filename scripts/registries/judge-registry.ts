import { buildImage, pushImage } from '../../sandbox/image-builder.ts';
import type { RunOptions, RunResult } from '../../sandbox/runner.ts';
import type { World } from '../../sandbox/world.ts';
import type { RealRegistry } from '../real/docker-registry.ts';
import { expectThat, type Report } from '../real/report.ts';

export interface Judged {
  readonly report: Report;
  readonly world: World;
  /** Before every check's name. */
  readonly name: string;
  /** `localhost:<port>/repository`. */
  readonly repository: string;
  readonly env: NonNullable<RunOptions['env']>;
  /** True if its referrers API answers with something that is no listing: then nothing is "unsigned". */
  readonly hasBrokenListing?: boolean;
}

const shown = (run: RunResult): string => [`exit ${run.exitCode}`, ...run.log].join('\n');

/** Pushes an image to a registry that others wrote; its digest. */
export async function pushTo(registry: RealRegistry, repository: string, content: string): Promise<string> {
  const { host, login } = registry;
  const credentials = login === undefined ? {} : { credentials: login };
  return pushImage(`http://${host}`, repository, buildImage({ content }), {
    tag: content.replace(/\W/g, '-'),
    ...credentials,
  });
}

/** Signs in one format, verifies in that format alone, and has the twin refused: another workflow's name. */
export async function judgeFormat(judged: Judged, format: 'bundle' | 'legacy', digest: string): Promise<void> {
  const { report, world, name, env } = judged;
  const images = `${judged.repository}@${digest}`;
  const identity = { 'source-repository': 'octo-org/octo-repo', 'certificate-oidc-issuer': world.sigstore.issuer };
  await report.check(`${name}: signs, ${format}`, async () => {
    const run = await world.sign({ images, format }, { env });
    expectThat(run.exitCode === 0 && run.outputs['images'] === images, 'exit 0', shown(run));
  });
  await report.check(`${name}: verifies, ${format}`, async () => {
    const run = await world.verify({ images, format, ...identity }, { env });
    expectThat(run.exitCode === 0 && run.outputs['verified'] === 'true', 'verified', shown(run));
  });
  await report.check(`${name}: refuses another repository's workflow, ${format}`, async () => {
    const inputs = { images, format, ...identity, 'source-repository': 'evil/app', 'wait-for': '0s' };
    const run = await world.verify(inputs, { env });
    // What could not be listed may hold the right signature: no pass, but no verdict about the image either.
    const verdict = judged.hasBrokenListing === true ? 'error' : 'fail';
    const refused = run.exitCode === 1 && run.outputs['verified'] === 'false' && run.outputs['verdict'] === verdict;
    expectThat(refused, `a refusal (${verdict})`, shown(run));
  });
  await report.check(`${name}: signing again adds nothing, ${format}`, async () => {
    const run = await world.sign({ images, format }, { env });
    const wrote = run.outputs['results']?.includes('"written":true') ?? true;
    expectThat(run.exitCode === 0 && !wrote, 'nothing written', shown(run));
  });
}
