import { join } from 'node:path';
import { buildImage } from '../../sandbox/registry/image-builder.ts';
import { startWorld } from '../../sandbox/world.ts';
import { expectThat, type Report } from '../common/report.ts';
import type { Startable } from '../peers/registry.ts';
import { listedSignatures } from './listed-signatures.ts';
import { createMeeting, startMeetingProxy } from './meeting-proxy.ts';

export interface SignAtOnceOptions {
  readonly report: Report;
  /** Without the referrers API. */
  readonly registry: Startable;
  readonly directory: string;
  /** Processes that sign one image. */
  readonly writers: number;
  /** How often, for each format. */
  readonly runs: number;
}

const REPOSITORY = 'team/app';
/** How long those that have come wait for the next one; a slow machine starts twenty processes in many seconds. */
const PATIENCE_MS = 15_000;

/**
 * Processes that sign one image at once. The first reading of each tag is held until every process has asked
 * for it: all of them then know the same entries, and write over each other.
 */
export async function signAtOnce(options: SignAtOnceOptions): Promise<void> {
  const { report, directory, writers, runs } = options;
  await using world = await startWorld({ auth: 'none' });
  await using registry = await options.registry.start({ directory: join(directory, 'at-once'), auth: 'none' });
  let meetings = new Map<string, () => Promise<void>>();
  await using proxy = await startMeetingProxy({
    upstream: registry.host,
    before(method, path) {
      if (method !== 'GET' || !/\/manifests\/sha256-[0-9a-f]{64}(\.sig)?$/.test(path)) return;
      const meeting = meetings.get(path) ?? createMeeting(writers, PATIENCE_MS);
      meetings.set(path, meeting);
      return meeting();
    },
  });
  for (const format of ['bundle', 'legacy', 'both'] as const) {
    const missing: number[] = [];
    let told = 0;
    await report.check(
      `${writers} processes sign one image at once, ${format}: nothing is missing, ${runs} times of ${runs}`,
      async () => {
        for (let run = 0; run < runs; run += 1) {
          meetings = new Map();
          const image = buildImage({ content: `${format} ${run}` });
          await registry.push(REPOSITORY, image, `${format}-${run}`);
          const images = `${proxy.host}/${REPOSITORY}@${image.digest}`;
          const inputs = { images, format, 'if-signed': 'sign', summary: 'false' };
          const results = await Promise.all(
            Array.from({ length: writers }, () => world.sign(inputs, { env: registry.env, timeoutMs: 300_000 })),
          );
          const tags = format === 'both' ? 2 : 1;
          expectThat(
            meetings.size === tags,
            `${tags} tags that all read at one moment`,
            [...meetings.keys()].join('\n'),
          );
          const failed = results.filter(({ exitCode }) => exitCode !== 0);
          expectThat(failed.length === 0, 'every process to end well', failed[0]?.log.join('\n') ?? '');
          told += results.filter(({ stdout }) => stdout.includes('same time')).length;
          const listed = await listedSignatures(registry.host, REPOSITORY, image.digest);
          const counts = [
            ...(format === 'legacy' ? [] : [listed.bundles]),
            ...(format === 'bundle' ? [] : [listed.legacy]),
          ];
          missing.push(...counts.map((found) => writers - new Set(found).size));
          expectThat(listed.missing.length === 0, 'nothing half-written', listed.missing.join('\n'));
          await Promise.all(results.map((result) => result.remove()));
        }
        expectThat(
          missing.every((count) => count === 0),
          'nothing missing',
          missing.join(', '),
        );
      },
    );
    console.log(
      `     missing of ${writers}, run by run: ${missing.join(', ')}; writers that met another and put back what it had dropped: ${told}`,
    );
  }
}
