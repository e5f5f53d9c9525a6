import { setFlagsFromString } from 'node:v8';
import { guardCrash } from '../guard-crash.ts';
import { reportFailure } from '../report-failure.ts';
import { readRunEnvironment } from '../run-environment.ts';
import { clearVerifyOutputs, publishStopped } from './publish.ts';
import { runVerify } from './run-verify.ts';

// Nearly all that verifying allocates is garbage at once. V8 would let the space for it grow to 48 MB and more
// before it looks; kept at its first size, 100 images need about 60 MB less at their peak, and no more time.
setFlagsFromString('--semi-space-growth-factor=1');

const run = readRunEnvironment();
guardCrash(run, () => clearVerifyOutputs(run));
try {
  clearVerifyOutputs(run);
  await runVerify(run);
} catch (error) {
  await publishStopped(run, reportFailure(run, error));
}
