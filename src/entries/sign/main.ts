import { guardCrash } from '../guard-crash.ts';
import { reportFailure } from '../report-failure.ts';
import { readRunEnvironment } from '../run-environment.ts';
import { clearSignOutputs, publishStopped } from './publish.ts';
import { runSign } from './run-sign.ts';

const run = readRunEnvironment();
guardCrash(run);
try {
  clearSignOutputs(run);
  await runSign(run);
} catch (error) {
  await publishStopped(run, reportFailure(run, error));
}
