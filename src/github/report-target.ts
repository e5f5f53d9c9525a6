import type { Clock } from '../usecases/ports.ts';
import type { Octokit } from './octokit.ts';

/** Where a report goes: one commit of one repository. */
export interface ReportTarget {
  /** `owner/name`. */
  readonly repository: string;
  readonly sha: string;
  /** Run and attempt, `9001/1`: steps of one attempt do not overrule one another's failure, a re-run does. */
  readonly attempt: string;
  readonly detailsUrl: string | undefined;
}

/** What publishing a report needs. */
export interface Reporting {
  readonly octokit: Octokit;
  readonly target: ReportTarget;
  readonly clock: Pick<Clock, 'sleep'>;
}

/**
 * What became of a report. `kept`: another step of this attempt published a failure under the name, so a success was
 * not written. `overruled`: such a failure came while the success was written, which is a failure now. `unproven`: a
 * success was written, but whether it hides such a failure could not be read; it was set to failure, or, if not
 * `isClosed`, perhaps not even that.
 */
export type Published =
  | { readonly kind: 'published' | 'kept' | 'overruled' }
  | { readonly kind: 'unproven'; readonly isClosed: boolean; readonly cause: unknown };

/** Owner and name of `owner/name`. */
export function splitRepository(repository: string): { readonly owner: string; readonly repo: string } {
  const [owner = '', repo = ''] = repository.split('/');
  return { owner, repo };
}
