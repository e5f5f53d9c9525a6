import type { RunEnvironment } from '../action/run-environment.ts';

/** Resets every output before anything else happens: `changed` to `false`, all others to empty. */
export function clearAuditOutputs(run: RunEnvironment): void {
  run.setOutput('changed', 'false');
  for (const name of ['changes-title', 'changes-path', 'verdict', 'reason', 'results', 'report-path']) {
    run.setOutput(name, '');
  }
}
