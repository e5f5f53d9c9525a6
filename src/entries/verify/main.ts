import { setFlagsFromString } from 'node:v8';
import { guardCrash } from '../action/guard-crash.ts';
import { reportStop } from '../action/report-failure.ts';
import { startDeadline } from '../action/run-deadline.ts';
import { readRunEnvironment } from '../action/run-environment.ts';
import { TIMEOUT_MS } from './inputs.ts';
import { clearVerifyOutputs } from './outputs.ts';
import { runVerify } from './run-verify.ts';

// Nearly everything that verifying allocates becomes garbage at once. By default V8 lets the young generation grow to
// 48 MB and more before it collects. At its initial size, 100 images need about 60 MB less at their peak, and no more
// time.
setFlagsFromString('--semi-space-growth-factor=1');

const guard = guardCrash();
const run = await readRunEnvironment();
guard.reportTo(run, () => clearVerifyOutputs(run));
const deadline = startDeadline(run, TIMEOUT_MS);
try {
  clearVerifyOutputs(run);
  await runVerify(run, deadline);
} catch (error) {
  const failure = await reportStop(run, error);
  const { publishStopped } = await import('./publish.ts');
  await publishStopped(run, failure);
} finally {
  deadline.close();
}
