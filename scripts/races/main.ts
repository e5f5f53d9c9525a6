/**
 * What writers of one image do to each other on a registry without the referrers API, for real: Debian's
 * docker-registry 2.8.2, processes of the committed dist/sign. Twenty at once lose nothing; one that is killed
 * breaks nothing; one alone waits no longer than it must. `--runs=N` and `--kills=N` change how often.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aptInstall } from '../real/programs.ts';
import { createReport } from '../real/report.ts';
import { signAndKill } from './kill.ts';
import { loneSigner } from './lone-signer.ts';
import { signAtOnce } from './sign-at-once.ts';

const option = (name: string, absent: number): number => {
  const given = process.argv.find((argument) => argument.startsWith(`--${name}=`));
  return given === undefined ? absent : Number(given.slice(name.length + 3));
};

const report = createReport('races');
const missing = await aptInstall({ 'docker-registry': 'docker-registry' });
await loneSigner(report);
if (missing !== undefined) {
  report.skip('docker-registry 2.8.2: races', missing);
} else {
  const directory = await mkdtemp(join(tmpdir(), 'countersign-races-'));
  const started = performance.now();
  await signAtOnce({ report, directory, writers: 20, runs: option('runs', 5) });
  const between = performance.now();
  await signAndKill({ report, directory, kills: option('kills', 50) });
  console.log(`     at once: ${seconds(between - started)} s, killed: ${seconds(performance.now() - between)} s`);
  await rm(directory, { recursive: true, force: true });
}
process.exitCode = report.finish() ? 0 : 1;

function seconds(ms: number): number {
  return Math.round(ms / 1000);
}
