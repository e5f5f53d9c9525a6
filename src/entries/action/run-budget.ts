import { createRetryBudget, type RetryBudget } from '../../http/retry-budget.ts';
import { quietReading, type ValueSource } from '../inputs/read-value.ts';
import { readRetryFor } from '../inputs/run-limits.ts';

/**
 * The one time budget of a run for outages of all services (contract §2.3, `retry-for`). It applies from the first
 * request on, because reading the inputs may already ask GitHub for files of a pull request's base commit.
 */
export function createRunBudget(source: ValueSource, absentMs: number): RetryBudget {
  return createRetryBudget(readRetryFor(quietReading(source), absentMs));
}
