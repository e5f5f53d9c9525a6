import { reportFailure } from '../report-failure.ts';
import { readRunEnvironment } from '../run-environment.ts';
import { clearVerifyOutputs, publishStopped } from './publish.ts';
import { runVerify } from './run-verify.ts';

const run = readRunEnvironment();
try {
  clearVerifyOutputs(run);
  await runVerify(run);
} catch (error) {
  await publishStopped(run, reportFailure(run, error));
}
