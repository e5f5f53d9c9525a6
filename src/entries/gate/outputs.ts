import type { RunEnvironment } from '../action/run-environment.ts';

/**
 * Resets every output before anything else happens: `verified` to `false`, all others to empty. `further` are those of
 * this gate alone.
 */
export function clearGateOutputs(run: Pick<RunEnvironment, 'setOutput'>, further: readonly string[] = []): void {
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
    ...further,
  ]) {
    run.setOutput(name, '');
  }
}
