import type { BegunRun } from '../action/begin-run.ts';
import { reportFailure, reportStop } from '../action/report-failure.ts';
import { startDeadline } from '../action/run-deadline.ts';
import { readRunEnvironment } from '../action/run-environment.ts';
import { TIMEOUT_MS } from './inputs.ts';
import { clearSignOutputs } from './outputs.ts';
import { runSign } from './run-sign.ts';

/** Everything of the action but its first lines (main.ts): the run, and a report however it ends. */
export async function startSign({ guard, early }: BegunRun): Promise<void> {
  const run = await readRunEnvironment(early);
  guard.reportTo((error) => void reportFailure(run, error));
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
    early.close();
  }
}
