import type { RunResult } from './runner.ts';

/** A run of an action as whoever finds it wrong wants to see it: its exit code, and its log. */
export function shownRun(run: Pick<RunResult, 'exitCode' | 'log'>): string {
  return [`exit ${run.exitCode}`, ...run.log].join('\n');
}
