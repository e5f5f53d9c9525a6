import { join } from 'node:path';
import { buildImage } from '../../sandbox/registry/image-builder.ts';
import type { RunResult } from '../../sandbox/runner/runner.ts';
import { startWorld } from '../../sandbox/world.ts';
import { mapLimited } from '../../src/usecases/map-limited.ts';
import { createRandom } from '../common/random.ts';
import { expectThat, type Report } from '../common/report.ts';
import type { Startable } from '../peers/registry.ts';
import { listedSignatures } from './listed-signatures.ts';

export interface KillOptions {
  readonly report: Report;
  /** Without the referrers API. */
  readonly registry: Startable;
  readonly directory: string;
  readonly kills: number;
}

interface Signing {
  readonly images: string;
  readonly format: string;
  /** An annotation that tells signatures apart. */
  readonly who: string;
  /** When it is killed. */
  readonly timeoutMs?: number;
}

const REPOSITORY = 'team/app';
const FORMATS = ['bundle', 'legacy', 'both'] as const;
/** Images worked on side by side. */
const LIMIT = 3;

/**
 * SIGKILL at random moments of a signing that adds to what is there: afterwards all of it is still there and
 * whole, and the same step run again completes. Half of the moments are drawn over the whole run, half over the
 * part in which it writes.
 */
export async function signAndKill({ report, registry: kind, directory, kills }: KillOptions): Promise<void> {
  await using world = await startWorld({ auth: 'none' });
  await using registry = await kind.start({ directory: join(directory, 'killed'), auth: 'none' });
  const { env } = registry;
  const seed = Math.floor(Math.random() * 2 ** 32);
  const random = createRandom(seed);
  const sign = ({ images, format, who, timeoutMs = 120_000 }: Signing): Promise<RunResult> =>
    world.sign({ images, format, annotations: `who=${who}`, summary: 'false' }, { env, timeoutMs });
  const push = async (name: string): Promise<{ digest: string; images: string }> => {
    const image = buildImage({ content: name });
    return { digest: image.digest, images: await registry.push(REPOSITORY, image, name) };
  };
  // How long a run takes beside two others on this machine.
  const timed = await mapLimited([0, 1, 2], { limit: LIMIT }, async (index) => {
    const { images } = await push(`timing-${index}`);
    return (await sign({ images, format: 'both', who: 'nobody' })).durationMs;
  });
  const durationMs = Math.max(...timed);
  /** Most of a run is its settling, which comes after the writing. */
  const settlingMs = 3000;
  const plans = Array.from({ length: kills }, (_, index) => {
    const span = index % 2 === 0 ? durationMs : Math.max(300, durationMs - settlingMs);
    return { index, format: FORMATS[index % FORMATS.length] ?? 'both', afterMs: random.next() * span };
  });
  let killed = 0;
  let completed = 0;
  await report.check(
    `SIGKILL at ${kills} random moments: what was signed stays, and the step run again completes`,
    async () => {
      await mapLimited(plans, { limit: LIMIT }, async ({ index, format, afterMs }) => {
        const { digest, images } = await push(`kill-${index}`);
        const first = await sign({ images, format: 'both', who: 'first' });
        expectThat(first.exitCode === 0, 'the first signature', first.log.join('\n'));
        const before = await listedSignatures(registry.host, REPOSITORY, digest);
        const isThere = before.bundles.length > 0 && before.legacy.length > 0;
        expectThat(isThere, 'the first signature in both formats', JSON.stringify(before));
        const run = await sign({ images, format, who: 'second', timeoutMs: Math.max(1, Math.round(afterMs)) });
        if (run.timedOut) killed += 1;
        const after = await listedSignatures(registry.host, REPOSITORY, digest);
        const lost = [...before.bundles, ...before.legacy].filter(
          (one) => ![...after.bundles, ...after.legacy].includes(one),
        );
        const what = `${format}, killed after ${Math.round(afterMs)} ms`;
        expectThat(
          lost.length === 0 && after.missing.length === 0,
          `${what}: everything there and whole`,
          [...lost, ...after.missing].join('\n'),
        );
        const again = await sign({ images, format, who: 'second' });
        expectThat(again.exitCode === 0, `${what}: the step run again to complete`, again.log.join('\n'));
        const end = await listedSignatures(registry.host, REPOSITORY, digest);
        const has = (found: readonly string[], known: readonly string[]): boolean =>
          found.length > known.length && known.every((one) => found.includes(one));
        const isDone =
          (format === 'legacy' || has(end.bundles, before.bundles)) &&
          (format === 'bundle' || has(end.legacy, before.legacy));
        expectThat(isDone && end.missing.length === 0, `${what}: both signatures`, JSON.stringify(end));
        completed += 1;
        await Promise.all([first, run, again].map((result) => result.remove()));
      });
      expectThat(killed > 0, 'a run that was killed before it ended', `${kills} runs, none killed`);
    },
  );
  console.log(
    `     of ${kills} runs ${killed} were killed (the others had ended before), ${completed} completed when run again; a run takes ${Math.round(durationMs)} ms; seed ${seed}`,
  );
}
