import type { CallLimits } from '../../domain/calls/call-limits.ts';
import { publishCheckRun } from '../../github/check-run.ts';
import { CHECK_TEXT_MAX } from '../../github/check-run-calls.ts';
import { publishCommitStatus } from '../../github/commit-status.ts';
import { createOctokit } from '../../github/octokit.ts';
import type { Published, Reporting } from '../../github/report-target.ts';
import type { HttpClient } from '../../http/http-client.ts';
import { cutMarkdown } from '../../report/cut-markdown.ts';
import { checkTitle, type ShortReport, statusDescription } from '../../report/short-text.ts';
import { readGithubToken } from '../action/inputs/github-token.ts';
import type { RunEnvironment } from '../action/run-environment.ts';

/** The names under which the verdict is published, in addition to the result of the step. */
export interface ReportNames {
  readonly check: string | undefined;
  readonly status: string | undefined;
}

/** The client and the limits for requests to GitHub. */
export interface ReportRequests {
  readonly call: CallLimits;
  readonly http: HttpClient;
}

export interface PublishedReport extends ShortReport {
  /** True if the step succeeds. An undecided result is a failure, never `neutral`, because `neutral` would pass. */
  readonly opens: boolean;
  /** The job summary. */
  readonly markdown: string;
  readonly names: ReportNames;
}

/**
 * Publishes the verdict as a check run and a commit status, if their names were given. If the token may not write the
 * check run, publishes a commit status with that name instead. If nothing can be published, adds a notice. Never throws
 * and never changes the verdict, because branch protection blocks while the name is missing.
 */
export async function publishReports(
  run: RunEnvironment,
  requests: ReportRequests,
  report: PublishedReport,
): Promise<void> {
  const { names } = report;
  if (names.check === undefined && names.status === undefined) return;
  const reporting = await connect(run, requests);
  if (typeof reporting === 'string') {
    for (const name of new Set([names.check, names.status])) if (name !== undefined) notice(run, name, reporting);
    return;
  }
  let status = names.status;
  if (names.check !== undefined) {
    const name = names.check;
    const trouble = await attempt(run, { name, what: `check run ${name}` }, () =>
      publishCheckRun(reporting, {
        name,
        conclusion: report.opens ? 'success' : 'failure',
        title: checkTitle(report),
        summary: cutMarkdown(report.markdown, CHECK_TEXT_MAX, (text) => Buffer.byteLength(text)),
      }),
    );
    if (trouble !== undefined) {
      // Publishes no second status if one with another name follows: branch protection requires the check run by its name.
      const isAnother = status !== undefined && status !== name;
      const second = isAnother ? trouble : await publishStatus(run, reporting, { name, report });
      if (second !== undefined) notice(run, name, trouble);
      if (!isAnother) status = undefined;
    }
  }
  if (status !== undefined) {
    const trouble = await publishStatus(run, reporting, { name: status, report });
    if (trouble !== undefined) notice(run, status, trouble);
  }
}

async function publishStatus(
  run: RunEnvironment,
  reporting: Reporting,
  { name, report }: { readonly name: string; readonly report: PublishedReport },
): Promise<string | undefined> {
  const state = report.opens ? 'success' : 'failure';
  return attempt(run, { name, what: `commit status ${name}` }, () =>
    publishCommitStatus(reporting, { name, state, description: statusDescription(report) }),
  );
}

async function connect(run: RunEnvironment, requests: ReportRequests): Promise<Reporting | string> {
  const { repository, reportSha, attempt: id, runUrl, apiUrl } = run.context;
  const token = readGithubToken({ source: run });
  if (token === undefined) return 'the input github-token is empty';
  if (repository === undefined || reportSha === undefined) return 'the event does not name a commit';
  try {
    const octokit = await createOctokit({
      ...requests,
      token,
      apiUrl,
      debug: (line) => run.log.debug(line),
      conceal: run.conceal,
    });
    const target = { repository, sha: reportSha, attempt: id, detailsUrl: runUrl };
    return { octokit, target, clock: run.clock };
  } catch (error) {
    return wordsOf(error);
  }
}

/** Undefined if something was published, otherwise the reason why not. */
async function attempt(
  run: RunEnvironment,
  { name, what }: { readonly name: string; readonly what: string },
  publish: () => Promise<Published>,
): Promise<string | undefined> {
  try {
    const outcome = await publish();
    run.log.info(`${what}: ${outcomeWords(outcome)}`);
    if (outcome.kind === 'unproven') unconfirmed(run, name, outcome);
    return undefined;
  } catch (error) {
    const words = wordsOf(error);
    run.log.info(`${what}: not published: ${words}`);
    return words;
  }
}

function outcomeWords(outcome: Published): string {
  switch (outcome.kind) {
    case 'published':
      return 'published';
    case 'kept':
      return 'left as failure, because another step of this run published a failure; give each step its own name';
    case 'overruled':
      return 'set to failure, because another step of this run published a failure at the same time; give each step its own name';
    case 'unproven':
      return outcome.isClosed ? 'set to failure, because it could not be confirmed' : 'written, but not confirmed';
  }
}

/** Reports a success that may hide the failure of another step as an annotation, because few people read the log. */
function unconfirmed(run: RunEnvironment, name: string, outcome: Extract<Published, { kind: 'unproven' }>): void {
  const state = outcome.isClosed
    ? 'The result was set to failure'
    : 'The result could not be set to failure either, so do not rely on it';
  run.annotate({
    level: outcome.isClosed ? 'notice' : 'warning',
    title: `Countersign: ${name} could not be confirmed`,
    message: `Another step of this run may have published a failure under this name, but this could not be checked: ${wordsOf(outcome.cause)}. ${state}. The verdict of this step is unaffected. Run the job again.`,
  });
}

function wordsOf(error: unknown): string {
  const status: unknown = error instanceof Error ? Reflect.get(error, 'status') : undefined;
  const message = error instanceof Error ? error.message : String(error);
  return typeof status === 'number' ? `GitHub's API returned ${status}: ${message}` : message;
}

function notice(run: RunEnvironment, name: string, why: string): void {
  const { isForkRun, isDependabot } = run.context;
  const advice =
    isForkRun || isDependabot
      ? 'Runs of forks and Dependabot have a read-only token. Verify again in a workflow started by `workflow_run`, and publish from there.'
      : 'Grant `checks: write` for a check run, `statuses: write` for a commit status.';
  run.annotate({
    level: 'notice',
    title: `Countersign: ${name} was not published`,
    message: `${why}. The verdict of this step is unaffected. ${advice}`,
  });
}
