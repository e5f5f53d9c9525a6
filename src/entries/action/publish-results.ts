import type { Results } from '../../domain/results.ts';
import { concealedResults } from '../../report/concealed-results.ts';
import { resultsFile, resultsOutput } from '../../report/results.ts';
import { quietReading, readBoolean } from '../inputs/read-value.ts';
import { writeConfined } from './confined-files.ts';
import type { RunEnvironment } from './run-environment.ts';

/**
 * Writes the results to the output `results`, and completely to the first writable path, which becomes `report-path`.
 * Throws if no path is writable.
 */
export async function publishResults(run: RunEnvironment, results: Results, paths: readonly string[]): Promise<void> {
  const shown = concealedResults(results, run.conceal);
  run.setOutput('results', resultsOutput(shown));
  let failure: unknown;
  for (const path of paths) {
    try {
      await writeConfined(run, path, resultsFile(shown));
      run.setOutput('report-path', path);
      return;
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

/** Publishes the results of a run that stopped before it reached any image. Never throws. */
export async function publishNoResults(run: RunEnvironment, paths: readonly string[]): Promise<void> {
  const results: Results = { schemaVersion: 2, verified: false, images: [] };
  try {
    await publishResults(run, results, paths);
  } catch (error) {
    // The step has already failed for another reason.
    run.log.warning(`the results file could not be written: ${String(error)}`);
  }
}

/** True if a stopped run, even one with bad inputs, writes a job summary: unless `summary` is false. */
export function wantsSummary(run: RunEnvironment): boolean {
  return readBoolean(quietReading(run), 'summary', true);
}
