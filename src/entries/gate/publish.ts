import { join } from 'node:path';
import { CodedError } from '../../coded-error.ts';
import { githubIssuerOf } from '../../domain/identity/github-issuer.ts';
import type { PasteContext } from '../../domain/identity/pasteable-inputs.ts';
import { formatRepository, parseReference, type Repository } from '../../domain/image/reference.ts';
import type { ImageResult, Results, Verdict } from '../../domain/results.ts';
import { ValueError } from '../../domain/text/value-error.ts';
import { SUMMARY_MAX_BYTES } from '../../github/job-summary.ts';
import { createRetryBudget } from '../../http/retry-budget.ts';
import { cutMarkdown } from '../../report/cut-markdown.ts';
import { type LoggedImage, verifyLogLines } from '../../report/log-lines.ts';
import type { PolicyHelp } from '../../report/policy-help.ts';
import { identityOutput } from '../../report/results.ts';
import { skippedEntryLines } from '../../report/skipped-entries.ts';
import type { ImageReport } from '../../report/verify-details.ts';
import { verifySummary } from '../../report/verify-summary.ts';
import type { VerifiedImage } from '../../usecases/verifying/verify-images.ts';
import type { VerifyRequest } from '../../usecases/verifying/verify-request.ts';
import { sharedIdentity, verifyResults, worstVerdict } from '../../usecases/verifying/verify-results.ts';
import { readWritePath, stepDirectory } from '../action/inputs/run-files.ts';
import { publishNoResults, publishResults, wantsSummary } from '../action/publish-results.ts';
import { actionNames, reportFailure } from '../action/report-failure.ts';
import { REPORT_MS } from '../action/run-deadline.ts';
import type { RunEnvironment } from '../action/run-environment.ts';
import { surroundingsOf } from '../action/surroundings.ts';
import { connectHttp } from '../compose/connect.ts';
import { quietReading } from '../inputs/read-value.ts';
import { annotateImages } from './annotate-images.ts';
import type { Gate, GateRequest } from './gate.ts';
import { NAME_A_SIGNER, NO_SIGNER, noSignerText } from './identity-words.ts';
import { hasOnlyAttestations, imageReports } from './image-reports.ts';
import { type PublishedReport, publishReports, type ReportRequests } from './publish-reports.ts';
import { readReportName } from './report-name.ts';

interface Verified {
  readonly images: readonly VerifiedImage[];
  /** The run's own client. Undefined if it must not be used any more, because the time of the run is up. */
  readonly requests: ReportRequests | undefined;
  /** The folder with the statements of accepted attestations; undefined if there are none. */
  readonly statementsPath: string | undefined;
}

/** What a run has to say about its images. */
export interface Findings {
  readonly reported: readonly ImageReport[];
  readonly results: Results;
  readonly verdict: Verdict;
  /** Set if no input says who must have signed. Then no image passes. */
  readonly noIdentity: CodedError | undefined;
  /** Why there is no image, although every input is right. */
  readonly nothingToCheck: string | undefined;
}

export async function findingsOf(
  run: RunEnvironment,
  request: GateRequest,
  images: readonly VerifiedImage[],
): Promise<Findings> {
  const { serverUrl } = run.context;
  const { identity } = request;
  const paste = {
    serverUrl,
    defaultIssuer: githubIssuerOf(serverUrl),
    ...conditionsOf(identity),
    now: run.clock.now(),
  };
  const noSigner = identity.kind === 'no-identity' ? noSignerText(identity.problem) : undefined;
  const withoutIdentity = noSigner === undefined ? undefined : NO_SIGNER;
  const attestationHint =
    request.attestations === undefined && request.policies === undefined && images.some(hasOnlyAttestations)
      ? (await import('../../report/attestation-hint.ts')).attestationHint
      : undefined;
  const reported = imageReports(images, { request, withoutIdentity, paste, attestationHint });
  const noIdentity =
    noSigner === undefined
      ? undefined
      : new CodedError('INPUT_INVALID', noSigner, { hint: `${NAME_A_SIGNER} ${whatIsShown(reported)}` });
  const results = verifyResults(reported.map(({ result }) => result));
  const nothingToCheck = results.images.length === 0 && noIdentity === undefined ? request.nothingToCheck : undefined;
  const verdict = nothingToCheck === undefined ? worstVerdict(results) : 'allowed';
  return { reported, results, verdict, noIdentity, nothingToCheck };
}

/** Writes the results file and the log. Returns the Markdown of the summary, which is not written yet. */
export async function showFindings(
  run: RunEnvironment,
  request: GateRequest,
  { images, findings }: { readonly images: readonly VerifiedImage[]; readonly findings: Findings },
): Promise<string> {
  const { reported, results, verdict, noIdentity, nothingToCheck } = findings;
  await publishResults(run, results, [request.reportPath]).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new CodedError('INPUT_INVALID', `input report: ${request.reportPath} cannot be written: ${why}`, {
      cause,
      hint: 'Set `report` to a file that this job can write, or remove the input.',
    });
  });
  logImages(run, verifyLogLines(reported));
  const help = await helpOf(run, request, { images, reported });
  logFold(
    run,
    'A ClusterImagePolicy (input policy) that would accept the signers. Pasting it means trusting them.',
    help?.lines ?? [],
  );
  const notes = [...(nothingToCheck === undefined ? [] : [`Nothing to check: ${nothingToCheck}.`]), ...notesOf(images)];
  const besides = skippedEntryLines(results);
  for (const note of [...notes, ...besides]) run.log.info(note);
  return verifySummary({
    images: reported,
    verdict,
    // The log already contains the notices.
    notes: [...request.warnings, ...request.notices, ...notes],
    skipped: [...request.skipped, ...besides],
    error: noIdentity,
    help: help?.markdown,
    troubleshootingUrl: actionNames(run).troubleshootingUrl,
    attested: images.some(({ judgement }) => judgement?.attested !== undefined)
      ? await import('../../report/attestation-sections.ts')
      : undefined,
  });
}

/** Publishes the decision: file, outputs, log, annotations and summary. Fails the step unless every image may pass. */
export async function publishVerify(
  run: RunEnvironment,
  request: GateRequest,
  { images, requests, statementsPath }: Verified,
): Promise<void> {
  const findings = await findingsOf(run, request, images);
  const { reported, results, verdict, noIdentity, nothingToCheck } = findings;
  const opens = (image: ImageResult): boolean => image.verdict === 'pass' || image.verdict === 'allowed';
  const isOpen = nothingToCheck !== undefined || (results.images.length > 0 && results.images.every(opens));
  const pinned = isOpen ? pinnedImages(results) : undefined;
  // Its failure keeps the gate closed, so it comes before anything is published.
  const further = pinned === undefined ? {} : ((await request.onOpen?.(images)) ?? {});
  const markdown = await showFindings(run, request, { images, findings });
  if (request.summary) await writeSummary(run, markdown);
  run.setOutput('attestations-path', statementsPath ?? '');
  run.setOutput('verdict', verdict);
  run.setOutput('reason', results.images.find((image) => image.verdict === verdict)?.reason ?? '');
  if (noIdentity !== undefined) reportFailure(run, noIdentity);
  if (noIdentity === undefined) annotateImages(run, reported);

  if (!isOpen) run.setExitCode(1);
  if (pinned !== undefined) run.setOutput('images', pinned.join('\n'));
  for (const [name, value] of Object.entries(further)) run.setOutput(name, value);
  if (results.verified) setVerified(run, images);
  const names = { check: request.checkName, status: request.statusName };
  const report = { names, images: reported, verdict, error: noIdentity, opens: isOpen, markdown };
  if (requests === undefined) await reportApart(run, request.network, report);
  else await publishReports(run, requests, report);
}

/** The output `images`: undefined, so that it stays empty, if an image could not be resolved or there is none. */
function pinnedImages({ images }: Results): readonly string[] | undefined {
  const pinned = images.flatMap(({ resolved }) => resolved ?? []);
  return pinned.length === images.length && pinned.length > 0 ? pinned : undefined;
}

/** Policies for the signers of images about which nothing says who may sign them. Their code is loaded on use. */
async function helpOf(
  run: RunEnvironment,
  { trust }: VerifyRequest,
  { images, reported }: { readonly images: readonly VerifiedImage[]; readonly reported: readonly ImageReport[] },
): Promise<PolicyHelp | undefined> {
  const asks = reported.some(({ result }) => result.reason === 'INPUT_INVALID' || result.reason === 'POLICY_NO_MATCH');
  if (!asks) return undefined;
  const { policyHelp } = await import('../../report/policy-help.ts');
  const annotated = new Map(
    reported.map(({ result }, index) => [
      result,
      (images[index]?.references ?? []).flatMap(({ uses = [] }) => uses.flatMap((use) => use.annotated ?? [])),
    ]),
  );
  return policyHelp(reported, {
    serverUrl: run.context.serverUrl,
    trustOf: ({ claims }) => {
      if (trust.kind !== 'instance') return 'custom';
      const visibility = claims['source-repository-visibility-at-signing'] ?? '';
      const isPrivate = ['private', 'internal'].includes(visibility);
      return trust.instance === 'github' || (trust.instance === 'auto' && isPrivate) ? 'github' : 'public-good';
    },
    annotatedOf: (result) => annotated.get(result) ?? [],
  });
}

/** Where the verified signers are, in a run without an identity. */
function whatIsShown(images: readonly ImageReport[]): string {
  const offers = images.flatMap(({ details }) => details.signatures.flatMap(({ offer }) => offer ?? []));
  if (offers.length === 0) return 'No signature was found that verifies, so there is no signer to show.';
  const shown = 'The log and the job summary show the verified signers of each image';
  return offers.some(({ withheld }) => withheld.length === 0)
    ? `${shown}, as inputs ready to paste.`
    : `${shown}, and why no inputs are offered for them.`;
}

/** What the step asks for besides the signer. */
function conditionsOf(identity: VerifyRequest['identity']): Pick<PasteContext, 'conditions'> {
  if (identity.kind === 'of-each-line' || identity.kind === 'of-policies') return {};
  return { conditions: identity.kind === 'requirement' ? identity.requirement : identity.conditions };
}

/** The outputs of a run in which every image passed. */
function setVerified(run: RunEnvironment, images: readonly VerifiedImage[]): void {
  const shared = sharedIdentity(images);
  if (shared !== undefined) {
    for (const name of ['issuer', 'subject'] as const) {
      const { value, notice } = identityOutput(name, shared[name]);
      run.setOutput(name, value);
      if (notice !== undefined) run.annotate({ level: 'notice', title: 'Countersign', message: notice });
    }
  }
  run.setOutput('verified', 'true');
}

/** Publishes outputs and a summary for a run that stopped before it decided about images. Never throws. */
export async function publishStopped(
  run: RunEnvironment,
  error: CodedError,
  { action, outputs = [] }: Pick<Gate, 'action' | 'outputs'>,
): Promise<void> {
  run.setOutput('verified', 'false');
  // The decision may have been published before the error.
  for (const name of ['images', 'issuer', 'subject', 'attestations-path', ...outputs]) run.setOutput(name, '');
  run.setOutput('verdict', 'error');
  run.setOutput('reason', error.code);
  const reading = quietReading(run);
  await publishNoResults(run, await reportPaths(run, action));
  const { troubleshootingUrl } = actionNames(run);
  const report = { images: [], verdict: 'error', notes: [], skipped: [], error } as const;
  const markdown = verifySummary({ ...report, troubleshootingUrl });
  if (wantsSummary(run)) await writeSummary(run, markdown);
  const names = { check: readReportName(reading, 'check-name'), status: readReportName(reading, 'status-name') };
  // The inputs that configure the run's own client may be invalid.
  const network = { caCertificates: [], insecureRegistries: [] };
  await reportApart(run, network, { names, images: [], verdict: 'error', error, opens: false, markdown });
}

/** The paths at which a stopped run tries to write its results: the input `report` if it is allowed, then its own path. */
export async function reportPaths(run: RunEnvironment, action: Gate['action']): Promise<string[]> {
  const own = join(stepDirectory(run, action), 'results.json');
  const reading = quietReading(run);
  const path = await readWritePath(reading, 'report');
  return path === undefined || reading.problems.list.length > 0 ? [own] : [path, own];
}

/** The retry budget for outages of GitHub's API while a stopped run reports, in ms. */
const STOPPED_RETRY_MS = 10_000;

/** Reports with a separate client and time limit, because the run's client may be closed or missing, and its time up. */
async function reportApart(
  run: RunEnvironment,
  network: Parameters<typeof connectHttp>[1],
  report: PublishedReport,
): Promise<void> {
  const { names } = report;
  if (names.check === undefined && names.status === undefined) return;
  const time = new AbortController();
  const timeUp = new CodedError('TIMEOUT', `reporting stopped after ${REPORT_MS / 1000} s`);
  const stopTimer = run.after(REPORT_MS, () => time.abort(timeUp));
  const call = { signal: time.signal, retries: createRetryBudget(STOPPED_RETRY_MS), log: run.log };
  const http = connectHttp(surroundingsOf(run), network);
  try {
    await publishReports(run, { call, http }, report);
  } finally {
    stopTimer();
    await http.close();
  }
}

/** Appends to the job summary as much of the Markdown as fits. */
export async function writeSummary(run: RunEnvironment, markdown: string): Promise<void> {
  await run.appendSummary(cutMarkdown(markdown, SUMMARY_MAX_BYTES, (part) => Buffer.byteLength(part)));
}

/** The maximum number of refused images whose details are not folded in the log. */
const OPEN_MAX = 3;

/**
 * Logs one line per image. The details of a few refusals follow their lines; those of many are folded below. Where the
 * action looked is always folded, below the rest.
 */
function logImages(run: RunEnvironment, images: readonly LoggedImage[]): void {
  const isFolded = images.filter(({ details }) => details.length > 0).length > OPEN_MAX;
  for (const { line, details } of images) {
    run.log.info(line);
    if (!isFolded) for (const detail of details) run.log.info(detail);
  }
  if (isFolded) for (const { title, details } of images) logFold(run, title, details);
  const places = images.flatMap(({ line, places: looked }) => (looked.length === 0 ? [] : [line, ...looked]));
  logFold(run, 'Where the action looked for signatures of images that did not pass', places);
}

function logFold(run: RunEnvironment, title: string, lines: readonly string[]): void {
  if (lines.length === 0) return;
  run.log.group(title);
  for (const line of lines) run.log.info(line);
  run.log.endGroup();
}

/** Notes about accepted signatures, without duplicates, such as an open ref or the name of a mirror. */
function notesOf(images: readonly VerifiedImage[]): string[] {
  const notes = images.flatMap((image) =>
    (image.judgement?.signatures ?? []).flatMap(({ evaluation, verification }) => {
      if (verification.kind !== 'verified' || evaluation?.kind !== 'accepted') return [];
      const named = verification.facts.dockerReference;
      if (named === undefined || image.image === undefined || isNameOf(named, image.image.repository)) {
        return evaluation.notes;
      }
      return [...evaluation.notes, `The signature of ${image.first.original} was made under the name ${named}.`];
    }),
  );
  const aboutAttestations = images.flatMap(({ judgement }) =>
    (judgement?.attested?.attestations ?? []).flatMap(({ requirement, verification }) => {
      if (requirement === undefined || verification.kind !== 'verified') return [];
      const accepted = verification.evaluations.flatMap((one) => (one?.kind === 'accepted' ? one.notes : []));
      return accepted.map((note) => `attestations line \`${requirement}\`: ${note}`);
    }),
  );
  return [...new Set([...notes, ...aboutAttestations])];
}

/** True if a signed docker-reference names this repository. It may have a tag, as written by podman. */
function isNameOf(named: string, repository: Repository): boolean {
  try {
    return formatRepository(parseReference(named).repository) === formatRepository(repository);
  } catch (error) {
    // It matches its own grammar, but is not an image reference here, so it names something else.
    if (error instanceof ValueError) return false;
    throw error;
  }
}
