/**
 * Races the committed dist/ against cosign 3 on the same real services, behind proxies of 0, 10 and
 * 25 ms each way. Prints the table; with --write also docs/benchmarks.md and its chart. `--pairs N`
 * sets the number of paired runs (7).
 */
import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { cpus, loadavg, release, type as systemType, totalmem } from 'node:os';
import { join } from 'node:path';
import { runAction } from '../../sandbox/runner.ts';
import { ROOT } from '../../sandbox/world.ts';
import { installCore } from '../interop/peers.ts';
import { startStack } from '../interop/stack.ts';
import { aptInstall } from '../real/programs.ts';
import { layCourse } from './course.ts';
import { barChart, benchDocument, ratios, type Weights } from './document.ts';
import { measuredRun } from './measured-run.ts';
import { DISCIPLINES, median, type RaceResult, race } from './races.ts';

const LATENCIES = [25, 0, 10];
const pairsFlag = process.argv.indexOf('--pairs');
const pairs = pairsFlag === -1 ? 7 : Number(process.argv[pairsFlag + 1]);

async function run(): Promise<void> {
  const missing = await aptInstall({
    mariadbd: 'mariadb-server-core',
    mariadb: 'mariadb-client-core',
    openssl: 'openssl',
  });
  const core = missing === undefined ? await installCore() : { missing };
  if ('missing' in core) {
    console.log(`skip bench: ${core.missing}`);
    return;
  }
  const { cosign3 } = core.paths;
  await using stack = await startStack(core.paths);
  const results: RaceResult[] = [];
  for (const latencyMs of LATENCIES) {
    await using course = await layCourse(stack, cosign3, latencyMs);
    for (const discipline of DISCIPLINES) {
      // The middle only supports the slope; of the long disciplines three pairs are enough for that.
      const enough = latencyMs === 10 && discipline.images > 1 ? Math.min(pairs, 3) : pairs;
      const result = await race(course, discipline, latencyMs, enough);
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
  if (process.argv.includes('--write')) {
    const machine = `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB, ${systemType()} ${release()}, load average of the last quarter of an hour ${loadavg()[2]?.toFixed(1)}`;
    const versions = `cosign 3.1.2, Fulcio 1.8.8, Rekor 1.5.4, timestamp-authority 2.1.3, Node ${process.versions.node}; ${pairs} pairs`;
    const document = benchDocument({
      ...{ results, weights, machine, versions },
      date: new Date(),
      busy: (loadavg()[2] ?? 0) > cpus().length,
    });
    await writeFile(join(ROOT, 'docs', 'benchmarks.md'), document);
    await writeFile(join(ROOT, 'docs', 'benchmarks.svg'), barChart(results));
  }
}

async function weigh(cosign: string): Promise<Weights> {
  const oursStarts: number[] = [];
  const cosignStarts: number[] = [];
  for (let i = 0; i < pairs; i++) {
    const start = await runAction({ actionDir: ROOT });
    await start.remove();
    oursStarts.push(start.durationMs);
    cosignStarts.push((await measuredRun(cosign, ['version'], { HOME: '/nonexistent' })).wallMs);
  }
  return {
    oursBytes: await archiveBytes(),
    cosignBytes: statSync(cosign).size,
    oursStartMs: median(oursStarts),
    cosignStartMs: median(cosignStarts),
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
