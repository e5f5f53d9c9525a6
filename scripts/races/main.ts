/**
 * What writers of one image do to each other on a registry without the referrers API, for real: Debian's
 * docker-registry 2.8.2, processes of the committed dist/sign. Twenty at once lose nothing; one that is killed
 * breaks nothing. `--runs=N` and `--kills=N` change how often. Before that, in this process and against the
 * sandbox: one alone waits no longer than it must.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countOf } from '../common/arguments.ts';
import { createReport } from '../common/report.ts';
import { dockerRegistry } from '../peers/distribution.ts';
import { registryOrSkip } from '../peers/registry.ts';
import { signAndKill } from './kill.ts';
import { loneSigner } from './lone-signer.ts';
import { signAtOnce } from './sign-at-once.ts';

const [runs, kills] = [countOf('runs', 5), countOf('kills', 50)];
const report = createReport('races');
await loneSigner(report);
const registry = await registryOrSkip(report, dockerRegistry);
if (registry !== undefined) {
  const directory = await mkdtemp(join(tmpdir(), 'countersign-races-'));
  const started = performance.now();
  await signAtOnce({ report, registry, directory, writers: 20, runs });
  const between = performance.now();
  await signAndKill({ report, registry, directory, kills });
  console.log(`     at once: ${seconds(between - started)} s, killed: ${seconds(performance.now() - between)} s`);
  await rm(directory, { recursive: true, force: true });
}
process.exitCode = report.finish() ? 0 : 1;

function seconds(ms: number): number {
  return Math.round(ms / 1000);
}
