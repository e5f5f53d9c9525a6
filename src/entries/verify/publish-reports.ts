import { CHECK_TEXT_MAX, type CheckAnnotation, publishCheckRun, type ReportTarget } from '../../github/check-run.ts';
import { publishCommitStatus } from '../../github/commit-status.ts';
import { createOctokit, type Octokit } from '../../github/octokit.ts';
import type { HttpClient } from '../../http/http-client.ts';
import { cutMarkdown } from '../../report/cut-markdown.ts';
import { checkTitle, type ShortReport, statusDescription } from '../../report/short-text.ts';
import type { RunEnvironment } from '../run-environment.ts';

/** Names under which the verdict is published beside the step's own result. */
export interface ReportNames {
  readonly check: string | undefined;
  readonly status: string | undefined;
}

export interface PublishedReport extends ShortReport {
  /** Whether the step succeeds. What could not be decided is a failure here, never `neutral`: that would pass. */
  readonly opens: boolean;
  /** The job summary. */
  readonly markdown: string;
  readonly annotations: readonly CheckAnnotation[];
}

/**
 * Publishes the verdict as a check run and a commit status, if their names were given. A check run that the
 * token may not write becomes a commit status of that name; what cannot be published at all becomes a notice.
 * Never throws and never changes the verdict: branch protection waits for a name that never came.
 */
export async function publishReports(
  run: RunEnvironment,
  http: HttpClient,
  names: ReportNames,
  report: PublishedReport,
): Promise<void> {
  if (names.check === undefined && names.status === undefined) return;
  const connection = await connect(run, http);
  if (typeof connection === 'string') {
    for (const name of new Set([names.check, names.status])) if (name !== undefined) notice(run, name, connection);
    return;
  }
  const { octokit, target } = connection;
  let status = names.status;
  if (names.check !== undefined) {
    const name = names.check;
    const trouble = await attempt(run, `check run ${name}`, () =>
      publishCheckRun(octokit, target, {
        name,
        conclusion: report.opens ? 'success' : 'failure',
        title: checkTitle(report),
        summary: cutMarkdown(report.markdown, CHECK_TEXT_MAX, (text) => Buffer.byteLength(text)),
        annotations: report.annotations,
      }),
    );
    if (trouble !== undefined) {
      // Not both under one name: branch protection would wait for the check run as well.
      const isAnother = status !== undefined && status !== name;
      const second = isAnother ? trouble : await publishStatus(run, octokit, target, name, report);
      if (second !== undefined) notice(run, name, trouble);
      if (!isAnother) status = undefined;
    }
  }
  if (status !== undefined) {
    const trouble = await publishStatus(run, octokit, target, status, report);
    if (trouble !== undefined) notice(run, status, trouble);
  }
}

async function publishStatus(
  run: RunEnvironment,
  octokit: Octokit,
  target: ReportTarget,
  name: string,
  report: PublishedReport,
): Promise<string | undefined> {
  const state = report.opens ? 'success' : 'failure';
  return attempt(run, `commit status ${name}`, () =>
    publishCommitStatus(octokit, target, { name, state, description: statusDescription(report) }),
  );
}

async function connect(
  run: RunEnvironment,
  http: HttpClient,
): Promise<{ readonly octokit: Octokit; readonly target: ReportTarget } | string> {
  const { repository, reportSha, attempt: id, runUrl, apiUrl } = run.context;
  const token = run.input('github-token')?.trim() ?? '';
  if (token === '') return 'the input github-token is empty';
  if (repository === undefined || reportSha === undefined) return 'the event does not say which commit it is about';
  try {
    const octokit = await createOctokit({
      http,
      token,
      apiUrl,
      debug: (line) => run.log.debug(line),
      conceal: run.conceal,
    });
    return { octokit, target: { repository, sha: reportSha, attempt: id, detailsUrl: runUrl } };
  } catch (error) {
    return wordsOf(error);
  }
}

/** Undefined if it was published, else what kept it from that. */
async function attempt(
  run: RunEnvironment,
  what: string,
  publish: () => Promise<'published' | 'kept'>,
): Promise<string | undefined> {
  try {
    const outcome = await publish();
    run.log.info(
      outcome === 'published'
        ? `${what}: published`
        : `${what}: left as failure, which another step of this run published; give each step a name of its own`,
    );
    return undefined;
  } catch (error) {
    const words = wordsOf(error);
    run.log.info(`${what}: not published: ${words}`);
    return words;
  }
}

function wordsOf(error: unknown): string {
  const status: unknown = error instanceof Error ? Reflect.get(error, 'status') : undefined;
  const message = error instanceof Error ? error.message : String(error);
  return typeof status === 'number' ? `GitHub's API answered ${status}: ${message}` : message;
}

function notice(run: RunEnvironment, name: string, why: string): void {
  const { isForkRun, isDependabot } = run.context;
  const advice =
    isForkRun || isDependabot
      ? 'Runs of forks and Dependabot have a read-only token: verify again in a workflow started by `workflow_run`, and publish from there.'
      : 'Grant `checks: write` for a check run, `statuses: write` for a commit status.';
  run.annotate({
    level: 'notice',
    title: `Countersign: ${name} was not published`,
    message: `${why}. The verdict of this step is unaffected. ${advice}`,
  });
}
