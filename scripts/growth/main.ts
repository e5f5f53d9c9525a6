/**
 * How the cost of a step grows with its images: signs and verifies 1, 10, 100 and 1,000 of them with the committed
 * dist/, at 10 ms each way, and signs 1,000 against services that limit their callers, in simulated time. Prints two
 * tables; `--most=N` ends the rows at N images. Fails if an image is left unsigned or a run needs more than its memory.
 */
import { buildImage, storeImage } from '../../sandbox/registry/image-builder.ts';
import { startWorld } from '../../sandbox/world.ts';
import { countOf } from '../common/arguments.ts';
import { markdownTable } from '../common/markdown-table.ts';
import { identityInputs, shownRun } from '../common/sandbox-identity.ts';
import { type Limit, signLimited } from './limited-services.ts';

const LATENCY_MS = 10;
const MEMORY_MAX_MB = 250;
const most = countOf('most', 1000);
let isFailed = false;

const rows: string[][] = [];
for (const amount of [1, 10, 100, 1000].filter((one) => one <= most)) {
  await using world = await startWorld({ latencyMs: LATENCY_MS, debugLogging: false });
  const references = Array.from({ length: amount }, (_, index) => {
    const repository = `growth/app${index}`;
    // The empty config is there after the first signature of a repository: the common case.
    world.registry.store.putBlob(repository, '{}');
    return `${world.host}/${repository}@${storeImage(world.registry.store, repository, buildImage({ content: repository }), '1')}`;
  });
  const images = references.join('\n');
  for (const verb of ['sign', 'verify'] as const) {
    world.log.clear();
    const run =
      verb === 'sign'
        ? await world.sign({ images }, { measureMemory: true, timeoutMs: 900_000 })
        : await world.verify({ images, ...identityInputs(world) }, { measureMemory: true, timeoutMs: 900_000 });
    if (run.exitCode !== 0) throw new Error(shownRun(run));
    const peakMb = (run.peakRssBytes ?? Number.NaN) / 1e6;
    if (peakMb > MEMORY_MAX_MB) isFailed = true;
    rows.push([
      verb,
      String(amount),
      (run.durationMs / 1000).toFixed(2),
      (run.durationMs / amount).toFixed(0),
      (world.log.requests().length / amount).toFixed(1),
      peakMb.toFixed(0),
    ]);
    console.log(rows.at(-1)?.join('  '));
  }
}
console.log('');
console.log(
  markdownTable(['', 'images', 'wall (s)', 'wall per image (ms)', 'requests per image', 'peak memory (MB)'], rows, {
    rightAligned: [1, 2, 3, 4, 5],
  }).join('\n'),
);

const LOG: Limit = { perMinute: 500, refusal: 'seconds', others: 400 };
const CASES: readonly (readonly [string, Parameters<typeof signLimited>[0]])[] = [
  ['log: 500 entries a minute, Retry-After', { images: most, log: LOG }],
  ['the same without Retry-After', { images: most, log: { ...LOG, refusal: 'page' } }],
  [
    'log 500, CA busy for a minute, registry 1,000 uploads a minute',
    {
      ...{ images: most, log: LOG, ca: { perMinute: 100, refusal: 'seconds', others: 100 } },
      registry: { perMinute: 1000, refusal: 'go-duration' },
    },
  ],
];
const limited: string[][] = [];
for (const [what, options] of CASES) {
  const { run, signed, logEntries, refusals, simulatedMs } = await signLimited({ ...options, isTimeFrozen: true });
  if (run.exitCode !== 0 || signed !== options.images || logEntries !== options.images) isFailed = true;
  const refused = [refusals.log, refusals.ca, refusals.registry].join(' / ');
  limited.push([what, String(options.images), String(signed), refused, (simulatedMs / 1000).toFixed(0)]);
  console.log(limited.at(-1)?.join('  '), run.failure?.message ?? '');
}
console.log('');
console.log(
  markdownTable(['', 'images', 'signed', 'refused (log / CA / registry)', 'simulated time (s)'], limited, {
    rightAligned: [1, 2, 4],
  }).join('\n'),
);
if (isFailed) process.exitCode = 1;
