import type { RunEnvironment } from '../action/run-environment.ts';

/** Sets every output before anything else happens: empty, and `verified` false. */
export function clearVerifyOutputs(run: RunEnvironment): void {
  run.setOutput('verified', 'false');
  for (const name of ['verdict', 'reason', 'images', 'issuer', 'subject', 'results', 'report-path']) {
    run.setOutput(name, '');
  }
}
