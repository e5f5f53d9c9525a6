import { everyEntry, PAGE_ENTRIES } from './listing.ts';
import { type Reporting, splitRepository } from './report-target.ts';

export interface CheckText {
  /** Plain text. */
  readonly title: string;
  /** Markdown of at most CHECK_TEXT_MAX bytes. */
  readonly summary: string;
}

interface CheckResult extends CheckText {
  readonly conclusion: 'success' | 'failure';
  /** Absent: none. */
  readonly annotations?: readonly CheckAnnotation[] | undefined;
}

export interface CheckReport extends CheckResult {
  /** Must be stable, because branch protection refers to checks by name. */
  readonly name: string;
}

export interface CheckAnnotation {
  readonly path: string;
  readonly line: number;
  readonly level: 'failure' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
}

/** The limit for title, summary and text of a check run. GitHub counts characters; counting bytes is always safe. */
export const CHECK_TEXT_MAX = 65_535;
/** The number of annotations that one request may have. Further ones need further updates. */
const ANNOTATIONS_A_REQUEST = 50;
const UPDATE = 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}';
/** Jobs are check runs of the same app. Only the `external_id` that we wrote identifies one as ours. */
const OURS = 'countersign:';

/** A check run that a step of this run published. */
export interface OurCheckRun {
  readonly id: number;
  readonly conclusion: string | null;
  /** False if it is from an earlier attempt. */
  readonly isOfAttempt: boolean;
  readonly hasAnnotations: boolean;
}

/** The check runs that this run published under a name, in all of its attempts. */
export async function listCheckRuns({ octokit, target }: Reporting, name: string): Promise<readonly OurCheckRun[]> {
  const all = await everyEntry(async (page) => {
    const { data, headers } = await octokit.request('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', {
      ...splitRepository(target.repository),
      ref: target.sha,
      check_name: name,
      // The latest check run of a name may be a job with the same name, which would hide ours.
      filter: 'all',
      per_page: PAGE_ENTRIES,
      page,
    });
    return { entries: data.check_runs, link: headers.link };
  });
  const run = target.attempt.slice(0, target.attempt.lastIndexOf('/') + 1);
  return all.flatMap(({ id, conclusion, external_id: externalId, output }) => {
    const isOfAttempt = externalId === OURS + target.attempt;
    const isOfRun = isOfAttempt || (run !== '' && externalId?.startsWith(OURS + run) === true);
    return isOfRun ? [{ id: Number(id), conclusion, isOfAttempt, hasAnnotations: output.annotations_count > 0 }] : [];
  });
}

/** Creates a completed check run on the commit, with its first annotations, and returns its id. */
export async function createCheckRun(reporting: Reporting, report: CheckReport): Promise<number> {
  const { octokit, target } = reporting;
  const body = { ...bodyOf(reporting, report), name: report.name, head_sha: target.sha };
  return Number((await octokit.request('POST /repos/{owner}/{repo}/check-runs', body)).data.id);
}

/** Sets the result of a check run, with its first annotations, and assigns it to this attempt. */
export async function updateCheckRun(reporting: Reporting, id: number, result: CheckResult): Promise<void> {
  await reporting.octokit.request(UPDATE, { ...bodyOf(reporting, result), check_run_id: id });
}

/** Adds the annotations that did not fit into the first request. */
export async function addMoreAnnotations(
  { octokit, target }: Reporting,
  id: number,
  result: CheckResult,
): Promise<void> {
  const { title, summary, annotations: all } = result;
  for (const annotations of batches(all).slice(1)) {
    const output = { title, summary, annotations };
    await octokit.request(UPDATE, { ...splitRepository(target.repository), check_run_id: id, output });
  }
}

function bodyOf({ target }: Reporting, { title, summary, conclusion, annotations }: CheckResult) {
  return {
    ...splitRepository(target.repository),
    external_id: OURS + target.attempt,
    status: 'completed' as const,
    conclusion,
    output: { title, summary, annotations: batches(annotations)[0] ?? [] },
    ...(target.detailsUrl === undefined ? {} : { details_url: target.detailsUrl }),
  };
}

interface ApiAnnotation {
  path: string;
  start_line: number;
  end_line: number;
  annotation_level: 'failure' | 'warning' | 'notice';
  title: string;
  message: string;
}

function batches(annotations: readonly CheckAnnotation[] = []): ApiAnnotation[][] {
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
