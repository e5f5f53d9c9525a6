/**
 * Holds the readers of deployment files against software that runs or builds what these files say. `--record` writes
 * what BuildKit says of the first Dockerfiles for the tests.
 */
import { createReport } from '../common/report.ts';
import { checkDockerfiles, recordDockerfiles } from './dockerfile-check.ts';
import { buildOracle } from './dockerfile-oracle.ts';

const report = createReport('workloads');
const NAME = 'workloads: images of Dockerfiles, by BuildKit';
const oracle = await buildOracle();
if ('missing' in oracle) report.skip(NAME, oracle.missing);
else if (process.argv.includes('--record')) await recordDockerfiles(oracle.path);
else await report.check(NAME, () => checkDockerfiles(oracle.path));
if (!report.finish()) process.exitCode = 1;
