import { guardCrash } from '../action/guard-crash.ts';
import { reportStop } from '../action/report-failure.ts';
import { startDeadline } from '../action/run-deadline.ts';
import { readRunEnvironment } from '../action/run-environment.ts';
import { TIMEOUT_MS } from './inputs.ts';
import { clearSignOutputs } from './outputs.ts';
import { runSign } from './run-sign.ts';

const guard = guardCrash();
const run = await readRunEnvironment();
guard.reportTo(run);
const deadline = startDeadline(run, TIMEOUT_MS);
try {
  clearSignOutputs(run);
  await runSign(run, deadline);
} catch (error) {
  const failure = await reportStop(run, error);
  const { publishStopped } = await import('./publish.ts');
  await publishStopped(run, failure);
} finally {
  deadline.close();
}
