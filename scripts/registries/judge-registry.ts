import { buildImage } from '../../sandbox/registry/image-builder.ts';
import type { RunOptions } from '../../sandbox/runner/runner.ts';
import type { World } from '../../sandbox/world.ts';
import { expectThat, type Report } from '../common/report.ts';
import { identityInputs, shownRun } from '../common/sandbox-identity.ts';
import type { Registry } from '../peers/registry.ts';

export interface Judged {
  readonly report: Report;
  readonly world: World;
  /** Before every check's name. */
  readonly name: string;
  /** `localhost:<port>/repository`. */
  readonly repository: string;
  readonly env: NonNullable<RunOptions['env']>;
  /** True if its referrers API answers with something that is not a listing: then nothing is "unsigned". */
  readonly hasBrokenListing?: boolean;
}

/** Pushes an image to a registry that others wrote; its digest. */
export async function pushTo(registry: Registry, repository: string, content: string): Promise<string> {
  const image = buildImage({ content });
  await registry.push(repository, image, content.replace(/\W/g, '-'));
  return image.digest;
}

/** Signs in one format, verifies in that format alone, and has the twin refused: another workflow's name. */
export async function judgeFormat(judged: Judged, format: 'bundle' | 'legacy', digest: string): Promise<void> {
  const { report, world, name, env } = judged;
  const images = `${judged.repository}@${digest}`;
  const identity = identityInputs(world);
  await report.check(`${name}: signs, ${format}`, async () => {
    const run = await world.sign({ images, format }, { env });
    expectThat(run.exitCode === 0 && run.outputs['images'] === images, 'exit 0', shownRun(run));
  });
  await report.check(`${name}: verifies, ${format}`, async () => {
    const run = await world.verify({ images, format, ...identity }, { env });
    expectThat(run.exitCode === 0 && run.outputs['verified'] === 'true', 'verified', shownRun(run));
  });
  await report.check(`${name}: refuses another repository's workflow, ${format}`, async () => {
    const inputs = { images, format, ...identity, 'source-repository': 'evil/app', 'wait-for': '0s' };
    const run = await world.verify(inputs, { env });
    // What could not be listed may hold the right signature: no pass, but no verdict about the image either.
    const verdict = judged.hasBrokenListing === true ? 'error' : 'fail';
    const refused = run.exitCode === 1 && run.outputs['verified'] === 'false' && run.outputs['verdict'] === verdict;
    expectThat(refused, `a refusal (${verdict})`, shownRun(run));
  });
  await report.check(`${name}: signing again adds nothing, ${format}`, async () => {
    const run = await world.sign({ images, format }, { env });
    const wrote = run.outputs['results']?.includes('"written":true') ?? true;
    expectThat(run.exitCode === 0 && !wrote, 'nothing written', shownRun(run));
  });
}
