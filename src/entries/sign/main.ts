import { guardCrash } from '../guard-crash.ts';
import { reportFailure } from '../report-failure.ts';
import { startDeadline } from '../run-deadline.ts';
import { readRunEnvironment } from '../run-environment.ts';
import { TIMEOUT_MS } from './inputs.ts';
import { clearSignOutputs, publishStopped } from './publish.ts';
import { runSign } from './run-sign.ts';

const run = await readRunEnvironment();
guardCrash(run);
const deadline = startDeadline(run, TIMEOUT_MS);
try {
  clearSignOutputs(run);
  await runSign(run, deadline);
} catch (error) {
  await publishStopped(run, reportFailure(run, error));
} finally {
  deadline.close();
}
