import type { Results } from '../../domain/results.ts';
import { concealedResults } from '../../report/concealed-results.ts';
import { resultsFile, resultsOutput } from '../../report/results.ts';
import { writeConfined } from './confined-files.ts';
import { isFalse } from './inputs/read-value.ts';
import type { RunEnvironment } from './run-environment.ts';

/**
 * Writes the results: always as the output `results`, and whole to the first of the paths that takes a file,
 * whose path becomes `report-path`. Throws if none does.
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

/** The results of a run that stopped before it could say anything about an image. Never throws. */
export async function publishNoResults(run: RunEnvironment, paths: readonly string[]): Promise<Results> {
  const results: Results = { schemaVersion: 1, verified: false, images: [] };
  try {
    await publishResults(run, results, paths);
  } catch (error) {
    // The step has failed already, for the reason that stopped it.
    run.log.warning(`the results file could not be written: ${String(error)}`);
  }
  return results;
}

/** Whether a run that stopped, perhaps on its inputs, writes a job summary: unless `summary` says no. */
export function wantsSummary(run: RunEnvironment): boolean {
  return !isFalse(run.input('summary')?.trim() ?? '');
}
