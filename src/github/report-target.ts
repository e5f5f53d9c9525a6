import type { Clock } from '../usecases/ports.ts';
import type { Octokit } from './octokit.ts';

/** The target of a report: one commit of one repository. */
export interface ReportTarget {
  /** `owner/name`. */
  readonly repository: string;
  readonly sha: string;
  /** Run and attempt, `9001/1`. Steps of one attempt do not overrule each other's failures, but a re-run does. */
  readonly attempt: string;
  readonly detailsUrl: string | undefined;
}

/** The context for publishing a report. */
export interface Reporting {
  readonly octokit: Octokit;
  readonly target: ReportTarget;
  readonly clock: Pick<Clock, 'sleep'>;
}

/**
 * The outcome of publishing a report. `kept`: another step of this attempt published a failure under the name, so the
 * success was not written. `overruled`: such a failure appeared while the success was written, and the success was
 * set to failure. `unproven`: a success was written, but could not be checked against such a failure. If `isClosed`,
 * it was set to failure; otherwise even that may have failed.
 */
export type Published =
  | { readonly kind: 'published' | 'kept' | 'overruled' }
  | { readonly kind: 'unproven'; readonly isClosed: boolean; readonly cause: unknown };

/** Owner and name of `owner/name`. */
export function splitRepository(repository: string): { readonly owner: string; readonly repo: string } {
  const [owner = '', repo = ''] = repository.split('/');
  return { owner, repo };
}
