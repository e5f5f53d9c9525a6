import { join } from 'node:path';
import { CodedError } from '../../coded-error.ts';
import { coversImage } from '../../domain/audit/audited-line.ts';
import { formatBaseline, missingImage } from '../../domain/audit/baseline.ts';
import { formatRepository } from '../../domain/image/reference.ts';
import type { ImageResult, Reason, Verdict } from '../../domain/results.ts';
import { quoted } from '../../domain/text/quoted.ts';
import { ValueError } from '../../domain/text/value-error.ts';
import { changesLines, changesMarkdown, changesTitle, changeText } from '../../report/audit-changes.ts';
import { cutMarkdown } from '../../report/cut-markdown.ts';
import { verifySummary } from '../../report/verify-summary.ts';
import type { VerifiedImage } from '../../usecases/verifying/verify-images.ts';
import type { VerifyRequest } from '../../usecases/verifying/verify-request.ts';
import { worstVerdict } from '../../usecases/verifying/verify-results.ts';
import { writeConfined } from '../action/confined-files.ts';
import { stepDirectory } from '../action/inputs/run-files.ts';
import { publishNoResults, wantsSummary } from '../action/publish-results.ts';
import { actionNames, reportFailure } from '../action/report-failure.ts';
import type { RunEnvironment } from '../action/run-environment.ts';
import { annotateImages } from '../gate/annotate-images.ts';
import { type Findings, reportPaths, showFindings, writeSummary } from '../gate/publish.ts';
import type { BaselineFile, Comparison } from './audited.ts';
import { clearAuditOutputs } from './outputs.ts';

interface Audited {
  /** One for each reference, and one for each line without tags. */
  readonly images: readonly VerifiedImage[];
  readonly findings: Findings;
  readonly file: BaselineFile;
  /** Undefined if nobody says who must have signed: then nothing was decided. */
  readonly comparison: Comparison | undefined;
}

/** The longest body of an issue, in characters (GitHub's limit is 65,536). */
const ISSUE_MAX = 60_000;
/** GitHub shows ten annotations of a step and level. */
const ANNOTATED_MAX = 10;

/**
 * Publishes what is news: results, log, annotations, summary, the outputs, and last the baseline of the next run. Refusals
 * do not fail the step; what could not be decided does.
 */
export async function publishAudit(
  run: RunEnvironment,
  request: VerifyRequest,
  { images, findings, file, comparison }: Audited,
): Promise<void> {
  const markdown = await showFindings(run, request, { images, findings });
  if (comparison === undefined) {
    if (request.summary) await writeSummary(run, markdown);
    setDecision(run, 'error', 'INPUT_INVALID');
    if (findings.noIdentity !== undefined) reportFailure(run, findings.noIdentity);
    run.setExitCode(1);
    return;
  }
  const { reported, now, unread } = comparison;
  // An image that disappeared was decided: the registry says that it is not there.
  const decidable = findings.results.images.filter((_, index) => !isMissing(images[index], comparison));
  const undecided = decidable.filter(({ verdict }) => verdict === 'error');
  const news = changesMarkdown({
    reported,
    isFirst: file.baseline === undefined,
    total: now.size,
    undecided: [
      ...undecided.map(({ reference, message }) => ({ reference, message })),
      ...unread.map(({ key, error }) => ({ reference: key, message: error.message })),
    ],
  });
  for (const line of changesLines(reported)) run.log.info(`NEWS ${line}`);
  if (request.summary) await writeSummary(run, `${news}\n${markdown}`);
  const changed = reported.length > 0;
  if (changed) {
    const path = join(stepDirectory(run, 'audit'), 'changes.md');
    await writeConfined(run, path, run.conceal(cutMarkdown(news, ISSUE_MAX, (text) => text.length)));
    run.setOutput('changes-path', path);
    run.setOutput('changes-title', changesTitle(reported.map((one) => one.news)));
    run.setOutput('changed', 'true');
  }
  for (const one of reported.slice(0, ANNOTATED_MAX)) {
    run.annotate({ level: 'warning', title: `Countersign audit: ${one.news.kind}`, message: changeText(one) });
  }
  const verdict = decidable.length === 0 ? 'fail' : worstVerdict({ ...findings.results, images: decidable });
  const [first] = unread;
  const worst = decidable.length === 0 ? findings.results.images[0] : decidable.find((one) => one.verdict === verdict);
  if (first !== undefined && verdict !== 'error') setDecision(run, 'error', first.error.code);
  else setDecision(run, verdict, worst?.reason ?? null);
  annotateImages(
    run,
    findings.reported.filter(({ result }) => undecided.includes(result)),
  );
  for (const { error } of unread) reportFailure(run, error);
  if (undecided.length > 0 || verdict === 'error' || findings.results.images.length === 0) run.setExitCode(1);
  await keepBaseline(run, file, comparison);
}

function isMissing(image: VerifiedImage | undefined, { now }: Comparison): boolean {
  const { repository, tag, digest } = image?.first ?? {};
  if (repository === undefined) return false;
  const name = formatRepository(repository);
  return now.get(digest === undefined ? `${name}:${tag ?? ''}` : `${name}@${digest}`)?.isMissing === true;
}

function setDecision(run: RunEnvironment, verdict: Verdict, reason: Reason | null): void {
  run.setOutput('verdict', verdict);
  run.setOutput('reason', reason ?? '');
}

/**
 * Writes what the next run compares with. An image about which nothing was decided keeps its old entry, so that no change
 * is lost. If nothing was decided in a first run, the next one is a first run again.
 */
async function keepBaseline(run: RunEnvironment, file: BaselineFile, comparison: Comparison): Promise<void> {
  const images = nextImages(file, comparison);
  if (file.baseline === undefined && images.length === 0) {
    run.log.info(`Nothing was decided, so ${file.name} is not written. The next run is a first run again.`);
    return;
  }
  try {
    await writeConfined(run, file.path, formatBaseline(images));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const cure =
      error instanceof ValueError
        ? 'Write narrower patterns, or split the lines across several steps, each with its own `baseline`.'
        : 'Set `baseline` to a file that this job can write.';
    const hint = `${cure} The next run compares with the old baseline, and reports the same news.`;
    setDecision(run, 'error', 'INPUT_INVALID');
    const what = `input baseline: ${quoted(file.name)} cannot be written: ${why}`;
    reportFailure(run, new CodedError('INPUT_INVALID', what, { cause: error, hint }));
  }
}

function nextImages(file: BaselineFile, { now, results, undecided, failed }: Comparison): readonly unknown[] {
  const old = file.baseline?.images ?? new Map();
  const images: (ImageResult | Readonly<Record<string, unknown>>)[] = [];
  for (const [key, facts] of now) {
    const before = old.get(key);
    const result = results.get(key);
    if (undecided.has(key)) {
      if (before !== undefined) images.push(before.written);
    } else if (facts.isMissing) {
      if (before !== undefined) images.push(missingImage(before));
    } else if (result !== undefined) images.push(result);
  }
  for (const [key, { facts, written }] of old) {
    if (now.has(key)) continue;
    if (undecided.has(key) || failed.some(({ line }) => coversImage(line, facts))) images.push(written);
  }
  return images;
}

/** Publishes outputs and a summary for a run that stopped before it compared anything. Never throws. */
export async function publishStoppedAudit(run: RunEnvironment, error: CodedError): Promise<void> {
  clearAuditOutputs(run);
  setDecision(run, 'error', error.code);
  await publishNoResults(run, await reportPaths(run, 'audit'));
  if (!wantsSummary(run)) return;
  const { troubleshootingUrl } = actionNames(run);
  const report = { images: [], verdict: 'error', notes: [], skipped: [], error } as const;
  await writeSummary(run, verifySummary({ ...report, troubleshootingUrl }));
}
