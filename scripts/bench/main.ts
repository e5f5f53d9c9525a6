/**
 * Races the committed dist/ against cosign 3 on the same real services, behind proxies of 0, 10 and
 * 25 ms each way. Prints the table; with --write also docs/benchmarks.md and its chart. `--pairs=N`
 * sets the number of paired runs (7).
 */
import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { cpus, loadavg, release, type as systemType, totalmem } from 'node:os';
import { join } from 'node:path';
import { runAction } from '../../sandbox/runner/runner.ts';
import { ROOT } from '../../sandbox/world.ts';
import { countOf, hasFlag } from '../common/arguments.ts';
import { median } from '../common/median.ts';
import { COSIGN_3, labelOf, SERVICES } from '../peers/catalogue.ts';
import { findPeer } from '../peers/install.ts';
import { findStack } from '../peers/stack.ts';
import { type Course, type CourseOptions, layGhcrCourse, layPlainCourse } from './course.ts';
import { barChart, benchDocument, ratios, type Weights } from './document.ts';
import { measuredRun } from './measured-run.ts';
import { type CourseName, DISCIPLINES, type RaceResult, race } from './races.ts';

const LATENCIES = [25, 0, 10];
const pairs = countOf('pairs', 7);
const LAY: Readonly<Record<CourseName, (options: CourseOptions) => Promise<Course>>> = {
  plain: layPlainCourse,
  ghcr: layGhcrCourse,
};

async function run(): Promise<void> {
  const found = await findStack();
  if ('missing' in found) return console.log(`skip bench: ${found.missing}`);
  const cosign = await findPeer(COSIGN_3);
  if ('missing' in cosign) return console.log(`skip bench: ${cosign.missing}`);
  const cosign3 = cosign.path;
  // Before the race, which keeps the machine busy itself.
  const load = loadavg()[1] ?? 0;
  await using stack = await found.start();
  const results: RaceResult[] = [];
  const laps = (['plain', 'ghcr'] as const).flatMap((name) => LATENCIES.map((latencyMs) => ({ name, latencyMs })));
  for (const { name, latencyMs } of laps) {
    await using course = await LAY[name]({ stack, cosign: cosign3, latencyMs });
    for (const discipline of DISCIPLINES.filter((one) => one.course === name)) {
      // The middle only supports the slope; of the long disciplines three pairs are enough for that.
      const enough = latencyMs === 10 && discipline.images > 1 ? Math.min(pairs, 3) : pairs;
      const result = await race({ course, discipline, latencyMs, runs: enough });
      results.push(result);
      const { ours, cosign } = result;
      console.log(
        `${discipline.name}, ${latencyMs} ms: ${Math.round(ours.wallMs)} ms, ${ours.requests} requests; cosign ${Math.round(cosign.wallMs)} ms, ${cosign.requests} requests`,
      );
    }
  }
  const weights = await weigh(cosign3);
  for (const { what, wanted, measured } of ratios({ results, weights })) {
    console.log(`${measured <= wanted ? 'reached' : 'missed '}  ${what}: ${measured.toFixed(3)} (wanted ≤ ${wanted})`);
  }
  if (hasFlag('write')) {
    const machine = `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB, ${systemType()} ${release()}, load average of the five minutes before ${load.toFixed(1)}`;
    const versions = `${labelOf(COSIGN_3)}, Fulcio ${SERVICES.fulcio.version}, Rekor ${SERVICES.rekor1.version}, ${labelOf(SERVICES.timestampServer)}, Node ${process.versions.node}; ${pairs} pairs`;
    const document = benchDocument({
      ...{ results, weights, machine, versions },
      date: new Date(),
      busy: load > cpus().length / 2,
    });
    await writeFile(join(ROOT, 'docs', 'benchmarks.md'), document);
    await writeFile(join(ROOT, 'docs', 'benchmarks.svg'), barChart(results));
  }
}

async function weigh(cosign: string): Promise<Weights> {
  const oursStarts: number[] = [];
  const cosignStarts: number[] = [];
  const nodeStarts: number[] = [];
  const toolkitStarts: number[] = [];
  const evaluate = async (code: string): Promise<number> =>
    (await measuredRun(process.execPath, ['--input-type=module', '-e', code], { HOME: '/nonexistent' })).wallMs;
  for (let i = 0; i < pairs; i++) {
    const start = await runAction({ actionDir: ROOT });
    await start.remove();
    oursStarts.push(start.durationMs);
    nodeStarts.push(await evaluate('0'));
    toolkitStarts.push(await evaluate(`await import(${JSON.stringify(import.meta.resolve('@actions/core'))})`));
    cosignStarts.push((await measuredRun(cosign, ['version'], { HOME: '/nonexistent' })).wallMs);
  }
  return {
    oursBytes: await archiveBytes(),
    cosignBytes: statSync(cosign).size,
    oursStartMs: median(oursStarts),
    cosignStartMs: median(cosignStarts),
    nodeStartMs: median(nodeStarts),
    toolkitMs: median(toolkitStarts) - median(nodeStarts),
  };
}

/** What GitHub's runner downloads for `uses:`: the compressed archive of the commit. */
function archiveBytes(): Promise<number> {
  return new Promise((resolve, reject) => {
    execFile(
      'git',
      ['archive', '--format=tar.gz', 'HEAD'],
      { cwd: ROOT, encoding: 'buffer', maxBuffer: 2 ** 30 },
      (error, stdout) => (error === null ? resolve(stdout.length) : reject(error)),
    );
  });
}

await run();
