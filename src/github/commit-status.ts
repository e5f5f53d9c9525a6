import { type Published, type ReportTarget, splitRepository } from './check-run.ts';
import type { Octokit } from './octokit.ts';

export interface StatusReport {
  /** The context: stable, branch protection requires a status by it. */
  readonly name: string;
  readonly state: 'success' | 'failure';
  /** At most 140 characters; GitHub refuses more. */
  readonly description: string;
}

/**
 * Sets a commit status; a later one of the same context takes the place of an earlier one. Needs
 * `statuses: write`. Throws what the API answers otherwise.
 */
export async function publishCommitStatus(
  octokit: Octokit,
  target: ReportTarget,
  report: StatusReport,
): Promise<Published> {
  const { owner, repo } = splitRepository(target.repository);
  if (report.state === 'success' && target.detailsUrl !== undefined) {
    const { data } = await octokit.rest.repos.getCombinedStatusForRef({ owner, repo, ref: target.sha, per_page: 100 });
    const before = data.statuses.find((status) => status.context === report.name);
    // The page of a run names its attempt: then this is another step's failure.
    if (before?.state === 'failure' && before.target_url === target.detailsUrl) return 'kept';
  }
  await octokit.rest.repos.createCommitStatus({
    owner,
    repo,
    sha: target.sha,
    context: report.name,
    state: report.state,
    description: report.description,
    ...(target.detailsUrl === undefined ? {} : { target_url: target.detailsUrl }),
  });
  return 'published';
}
