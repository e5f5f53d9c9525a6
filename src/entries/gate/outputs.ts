import type { RunEnvironment } from '../action/run-environment.ts';

/** Resets every output before anything else happens: `verified` to `false`, all others to empty. */
export function clearGateOutputs(run: RunEnvironment): void {
  run.setOutput('verified', 'false');
  for (const name of [
    'verdict',
    'reason',
    'images',
    'issuer',
    'subject',
    'results',
    'report-path',
    'attestations-path',
  ]) {
    run.setOutput(name, '');
  }
}
