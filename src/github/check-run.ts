import type { Octokit } from './octokit.ts';

/** Where a report goes: one commit of one repository. */
export interface ReportTarget {
  /** `owner/name`. */
  readonly repository: string;
  readonly sha: string;
  /** Run and attempt: steps of one attempt do not overrule one another's failure, a re-run does. */
  readonly attempt: string;
  readonly detailsUrl: string | undefined;
}

export interface CheckReport {
  /** Stable: branch protection requires a check by its name. */
  readonly name: string;
  readonly conclusion: 'success' | 'failure';
  /** Plain text. */
  readonly title: string;
  /** Markdown, at most CHECK_TEXT_MAX bytes. */
  readonly summary: string;
  readonly annotations: readonly CheckAnnotation[];
}

export interface CheckAnnotation {
  readonly path: string;
  readonly line: number;
  readonly level: 'failure' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
}

/** Of a check run's title, summary and text: GitHub says characters; kept in bytes, which holds either way. */
export const CHECK_TEXT_MAX = 65_535;
/** Annotations that one request takes; more go by further updates. */
const ANNOTATIONS_A_REQUEST = 50;

/** `kept`: another step of this attempt published a failure under this name, which a success does not replace. */
export type Published = 'published' | 'kept';

/**
 * Publishes a completed check run; one of this name that we made for the commit before is updated, so that
 * re-runs do not pile up. Needs `checks: write`. Throws what the API answers otherwise.
 */
export async function publishCheckRun(octokit: Octokit, target: ReportTarget, report: CheckReport): Promise<Published> {
  const { owner, repo } = splitRepository(target.repository);
  const externalId = `countersign:${target.attempt}`;
  const found = await octokit.rest.checks.listForRef({
    owner,
    repo,
    ref: target.sha,
    check_name: report.name,
    // The latest of a name may be a job that is called the same, behind which ours would be hidden.
    filter: 'all',
    per_page: 100,
  });
  // Jobs are check runs of the same app: one is ours only by what we wrote into it.
  const ours = found.data.check_runs.filter((run) => run.external_id?.startsWith('countersign:') === true);
  // An update adds annotations to those that are there, so a run that has some is left as it was.
  const before = ours.find((run) => !run.output.annotations_count);
  const sameAttempt = ours.find((run) => run.external_id === externalId);
  if (sameAttempt?.conclusion === 'failure' && report.conclusion === 'success') return 'kept';

  const [first = [], ...more] = batches(report.annotations);
  const common = {
    owner,
    repo,
    external_id: externalId,
    status: 'completed' as const,
    conclusion: report.conclusion,
    ...(target.detailsUrl === undefined ? {} : { details_url: target.detailsUrl }),
  };
  const output = { title: report.title, summary: report.summary };
  const made =
    before === undefined
      ? await octokit.rest.checks.create({
          ...common,
          name: report.name,
          head_sha: target.sha,
          output: { ...output, annotations: first },
        })
      : await octokit.rest.checks.update({
          ...common,
          check_run_id: before.id,
          output: { ...output, annotations: first },
        });
  for (const annotations of more) {
    await octokit.rest.checks.update({
      owner,
      repo,
      check_run_id: made.data.id,
      output: { ...output, annotations },
    });
  }
  return 'published';
}

interface ApiAnnotation {
  path: string;
  start_line: number;
  end_line: number;
  annotation_level: 'failure' | 'warning' | 'notice';
  title: string;
  message: string;
}

function batches(annotations: readonly CheckAnnotation[]): ApiAnnotation[][] {
  const all = annotations.map(
    ({ path, line, level, title, message }): ApiAnnotation => ({
      path,
      start_line: line,
      end_line: line,
      annotation_level: level,
      title,
      message,
    }),
  );
  const parts: ApiAnnotation[][] = [];
  for (let at = 0; at < all.length; at += ANNOTATIONS_A_REQUEST) parts.push(all.slice(at, at + ANNOTATIONS_A_REQUEST));
  return parts;
}

/** Owner and name of `owner/name`. */
export function splitRepository(repository: string): { readonly owner: string; readonly repo: string } {
  const [owner = '', repo = ''] = repository.split('/');
  return { owner, repo };
}
