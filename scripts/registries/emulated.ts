import { buildImage, pushImage } from '../../sandbox/registry/image-builder.ts';
import { PROFILES } from '../../sandbox/registry/profiles.ts';
import type { Quirks } from '../../sandbox/registry/quirks.ts';
import { startWorld } from '../../sandbox/world.ts';
import { expectThat, type Report } from '../common/report.ts';
import { identityInputs } from '../common/sandbox-identity.ts';
import { judgeFormat } from './judge-registry.ts';

export type ProfileName = keyof typeof PROFILES;
export const PROFILE_NAMES = Object.keys(PROFILES) as readonly ProfileName[];
/** Profiles whose registry can forbid writing a tag again, with its own words for it. */
export const IMMUTABLE: readonly ProfileName[] = ['quay', 'ecr', 'harbor'];

const REPOSITORY = 'team/app';

async function push(world: Awaited<ReturnType<typeof startWorld>>, content: string): Promise<string> {
  return pushImage(world.registryUrl, REPOSITORY, buildImage({ content }), {
    tag: content,
    ...(await world.pushLogin(REPOSITORY)),
  });
}

/** The committed dist against one emulated registry, in both formats. */
export async function judgeProfile(report: Report, profile: ProfileName): Promise<void> {
  await using world = await startWorld({ quirks: PROFILES[profile] });
  const judged = {
    report,
    world,
    name: `profile ${profile}`,
    repository: `${world.host}/${REPOSITORY}`,
    env: {},
    hasBrokenListing: profile === 'artifact-registry',
  };
  for (const format of ['bundle', 'legacy'] as const) await judgeFormat(judged, format, await push(world, format));
}

/** Immutable tags: the second signature is refused in the right words, and the first one stays. */
export async function judgeImmutable(report: Report, profile: ProfileName): Promise<void> {
  const quirks: Quirks = { ...PROFILES[profile], immutableTags: /^sha256-/ };
  await using world = await startWorld({ quirks });
  const digest = await push(world, 'immutable');
  const images = `${world.host}/${REPOSITORY}@${digest}`;
  const identity = identityInputs(world);
  await report.check(
    `profile ${profile} with immutable tags: a second .sig signature is REGISTRY_DENIED, the first stays`,
    async () => {
      const first = await world.sign({ images, format: 'legacy' });
      expectThat(first.exitCode === 0, 'the first to be written', first.log.join('\n'));
      const second = await world.sign({ images, format: 'legacy', 'if-signed': 'sign', 'retry-for': '5s' });
      const reason = second.outputs['results']?.includes('REGISTRY_DENIED') ?? false;
      const hasHint = second.log.some((line) => line.includes('exempt tags that start with'));
      expectThat(second.exitCode === 1 && reason && hasHint, 'REGISTRY_DENIED with its cure', second.log.join('\n'));
      const gate = await world.verify({ images, format: 'legacy', ...identity });
      expectThat(gate.outputs['verified'] === 'true', 'the first to verify', gate.log.join('\n'));
    },
  );
}
