import type { BegunRun } from '../action/begin-run.ts';
import { reportFailure, reportStop } from '../action/report-failure.ts';
import { startDeadline } from '../action/run-deadline.ts';
import { readRunEnvironment } from '../action/run-environment.ts';
import type { Gate } from './gate.ts';
import { TIMEOUT_MS } from './inputs.ts';
import { clearGateOutputs } from './outputs.ts';
import { runGate } from './run-gate.ts';

/** The process of a gate: closed outputs first, then the run, and a report however it ends. */
export async function startGate(gate: Gate, { guard, early }: BegunRun): Promise<void> {
  const run = await readRunEnvironment(early);
  const clearOutputs = gate.reports?.clearOutputs ?? (() => clearGateOutputs(run, gate.outputs));
  guard.reportTo(
    (error) => void reportFailure(run, error),
    () => clearOutputs(run),
  );
  const deadline = startDeadline(run, TIMEOUT_MS);
  try {
    clearOutputs(run);
    await runGate(run, deadline, gate);
  } catch (error) {
    const failure = await reportStop(run, error);
    if (gate.reports !== undefined) return await gate.reports.publishStopped(run, failure);
    const { publishStopped } = await import('./publish.ts');
    await publishStopped(run, failure, gate);
  } finally {
    deadline.close();
    early.close();
  }
}
