import type { RunEnvironment } from '../action/run-environment.ts';

const OUTPUTS = [
  'images',
  'digests',
  'issuer',
  'subject',
  'bundle-paths',
  'attestation-ids',
  'attestation-urls',
  'results',
  'report-path',
] as const;

/** Empties every output before anything else happens, so that no later step reads a stale one. */
export function clearSignOutputs(run: RunEnvironment): void {
  for (const name of OUTPUTS) run.setOutput(name, '');
}
