import { parseDuration } from '../../domain/text/duration.ts';
import { createRetryBudget, type RetryBudget } from '../../http/retry-budget.ts';
import type { RunEnvironment } from './run-environment.ts';

/**
 * The one time budget of a run for outages of every service (contract §2.3, `retry-for`), from its first request
 * on: reading the inputs may already ask GitHub for files of a pull request's base commit. A value that cannot be
 * read ends the run when all inputs are judged; until then the default holds.
 */
export function createRunBudget(run: RunEnvironment, absentMs: number): RetryBudget {
  const value = run.input('retry-for')?.trim() ?? '';
  try {
    return createRetryBudget(value === '' ? absentMs : parseDuration(value));
  } catch {
    return createRetryBudget(absentMs);
  }
}
