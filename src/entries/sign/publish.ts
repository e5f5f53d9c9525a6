import { join } from 'node:path';
import { CodedError } from '../../coded-error.ts';
import { SLSA_PROVENANCE_V1 } from '../../domain/attestation/predicate-types.ts';
import type { Repository } from '../../domain/image/reference.ts';
import { formatRule, isAbout, signaturesElsewhere } from '../../domain/image/signature-repositories.ts';
import { SUMMARY_MAX_BYTES } from '../../github/job-summary.ts';
import { cutMarkdown } from '../../report/cut-markdown.ts';
import { dryRunLines, dryRunSummary } from '../../report/dry-run.ts';
import type { SignatureStore } from '../../report/paste-blocks.ts';
import { identityOutput } from '../../report/results.ts';
import { signLogLines } from '../../report/sign-log-lines.ts';
import { type SignedImageReport, signSummary } from '../../report/sign-summary.ts';
import { skippedEntryLines } from '../../report/skipped-entries.ts';
import type { StoredAttestation } from '../../usecases/ports.ts';
import { type Preflight, preflightFailures, preflightResults } from '../../usecases/signing/preflight.ts';
import { failureOf, type SignOutcome } from '../../usecases/signing/sign-images.ts';
import type { SignRequest } from '../../usecases/signing/sign-request.ts';
import { signedResult, signResults } from '../../usecases/signing/sign-results.ts';
import { stepDirectory } from '../action/inputs/run-files.ts';
import { namedTags } from '../action/named-tags.ts';
import { publishNoResults, publishResults, wantsSummary } from '../action/publish-results.ts';
import { actionNames, reportFailure } from '../action/report-failure.ts';
import type { RunEnvironment } from '../action/run-environment.ts';
import { writeBundles } from './bundle-directory.ts';

/** Publishes the outcome of each image: files, outputs, log, summary. */
export async function publishSign(run: RunEnvironment, request: SignRequest, outcome: SignOutcome): Promise<void> {
  const results = signResults(outcome, request.annotations);
  const bundles = await writeBundles(run, request, outcome);
  await publishResults(run, results, [request.reportPath]);
  const done = results.images.filter((image) => image.verdict === 'pass');
  run.setOutput('images', done.map((image) => image.resolved ?? '').join('\n'));
  run.setOutput('digests', done.map((image) => image.digest ?? '').join('\n'));
  if (outcome.identity !== undefined && done.length > 0) {
    for (const name of ['issuer', 'subject'] as const) {
      const { value, notice } = identityOutput(name, outcome.identity[name]);
      run.setOutput(name, value);
      if (notice !== undefined) run.annotate({ level: 'notice', title: 'Countersign', message: notice });
    }
  }
  run.setOutput('bundle-paths', bundles.paths.join('\n'));
  const stored = storedAtGithub(outcome);
  run.setOutput('attestation-ids', stored.map(({ id }) => id).join('\n'));
  run.setOutput('attestation-urls', stored.map(({ url }) => url).join('\n'));
  for (const { url } of stored) run.log.info(`In GitHub's attestation store: ${url}`);
  const reports = imageReports(request, outcome);
  for (const line of [...signLogLines(reports), ...skippedEntryLines(results)]) run.log.info(line);
  for (const warning of warnings(outcome)) run.annotate({ level: 'warning', title: 'Countersign', message: warning });
  await writeSummary(run, request, outcome);
  if (bundles.failure !== undefined) reportFailure(run, bundles.failure);
  // One annotation per distinct failure. GitHub shows only the first ones.
  for (const error of distinctFailures(outcome)) reportFailure(run, error);
}

/** Each new entry of GitHub's store once, in the order of the images. */
function storedAtGithub({ images }: SignOutcome): readonly StoredAttestation[] {
  const stored = images.flatMap(({ outcomes }) =>
    outcomes.flatMap((one) => (one.kind === 'failed' || one.github === undefined ? [] : [one.github])),
  );
  return [...new Map(stored.map((one) => [one.id, one])).values()];
}

/** Publishes results and a summary for a run that stopped before it reached any image. Never throws. */
export async function publishStopped(run: RunEnvironment, error: CodedError): Promise<void> {
  await publishNoResults(run, [join(stepDirectory(run, 'sign'), 'results.json')]);
  if (!wantsSummary(run)) return;
  const markdown = signSummary({
    images: [],
    identity: undefined,
    serverUrl: run.context.serverUrl,
    format: 'bundle',
    upload: true,
    trust: 'public-good',
    skipped: [],
    warnings: [],
    errors: [error],
    action: actionNames(run),
  });
  await appendSummary(run, markdown);
}

async function writeSummary(run: RunEnvironment, request: SignRequest, outcome: SignOutcome): Promise<void> {
  if (!request.summary) return;
  const { trust, format, upload, skipped } = request;
  const results = signResults(outcome, request.annotations);
  const markdown = signSummary({
    images: imageReports(request, outcome),
    identity: outcome.identity,
    format,
    upload,
    serverUrl: run.context.serverUrl,
    trust: trust.kind !== 'instance' ? 'custom' : trust.instance === 'github' ? 'github' : 'public-good',
    skipped: [...skipped, ...skippedEntryLines(results)],
    warnings: request.warnings,
    errors: distinctFailures(outcome),
    action: actionNames(run),
  });
  await appendSummary(run, markdown);
}

/** Where the signatures of an image are stored, for its report. */
function storeOf({ network, upload }: SignRequest, image: Repository): SignatureStore {
  const rules = upload ? network.signatureRepositories : [];
  return {
    store: signaturesElsewhere(rules, image),
    storeRules: rules.filter((rule) => isAbout(rule, image)).map(formatRule),
  };
}

async function appendSummary(run: RunEnvironment, markdown: string): Promise<void> {
  await run.appendSummary(cutMarkdown(markdown, SUMMARY_MAX_BYTES, (part) => Buffer.byteLength(part)));
}

function imageReports(request: SignRequest, outcome: SignOutcome): SignedImageReport[] {
  return outcome.images.map((one) => ({
    result: signedResult(one, request.annotations),
    tags: namedTags(one.image?.references ?? [one.first]),
    ...storeOf(request, one.first.repository),
  }));
}

/** The failures of images, each message once, with the first image that has it. All channels show the same text. */
function distinctFailures(outcome: SignOutcome): CodedError[] {
  const seen = new Map<string, CodedError>();
  for (const image of outcome.images) {
    const error = failureOf(image)?.error;
    if (error === undefined || seen.has(error.message)) continue;
    const { code, message, hint, cause } = error;
    const reference = image.first.original;
    const named = message.includes(reference) ? message : `${reference}: ${message}`;
    seen.set(message, new CodedError(code, named, { hint, cause }));
  }
  return [...seen.values()];
}

/** Warnings about the registry (concurrent writers, entries that had to be restored) and about attestations. */
function warnings(outcome: SignOutcome): readonly string[] {
  const ofRegistry = outcome.images.flatMap((image) =>
    image.outcomes.flatMap((one) => (one.kind === 'signed' ? one.warnings : [])),
  );
  return [...outcome.warnings, ...readByLog(outcome), ...ofRegistry];
}

/** Provenance says nothing that the certificate in the log does not say too. */
function readByLog({ made }: SignOutcome): readonly string[] {
  const logs = new Set(
    made.flatMap(({ task: { attestation }, made: { isReadByLog, log } }) =>
      attestation !== undefined && attestation.predicateType !== SLSA_PROVENANCE_V1 && isReadByLog && log !== undefined
        ? [log.url]
        : [],
    ),
  );
  return [...logs].map(
    (url) =>
      `The log ${url} (Rekor v1) received the attestations as a whole. Its operator can read them, SBOMs included; the log itself publishes only their hashes.`,
  );
}

/** Publishes what a dry run found. A problem that would stop a real run fails the step; a missing image does not. */
export async function publishDryRun(
  run: RunEnvironment,
  request: SignRequest,
  { found, hosts }: { readonly found: Preflight; readonly hosts: readonly string[] },
): Promise<void> {
  const results = preflightResults(found);
  await publishResults(run, results, [request.reportPath]);
  const report = {
    results,
    stores: found.images.map(({ resolution }) => storeOf(request, resolution.image.first.repository).store),
    identity: found.identity,
    hosts,
    signs: found.signs,
    storesAtGithub: request.attestations?.github === true,
    attestations: found.images.flatMap(({ attestations }) =>
      attestations.map(({ image, platform, attestation: { predicateType, size } }) => {
        const reference = image.first.original;
        return { reference, platform, predicateType, size };
      }),
    ),
    isPublic: request.trust.kind !== 'instance' || request.trust.instance !== 'github',
    warnings: request.warnings,
    troubleshootingUrl: actionNames(run).troubleshootingUrl,
  };
  for (const line of [...dryRunLines(report), ...skippedEntryLines(results)]) run.log.info(line);
  if (request.summary) await appendSummary(run, dryRunSummary(report));
  for (const warning of found.warnings) run.annotate({ level: 'warning', title: 'Countersign', message: warning });
  for (const error of preflightFailures(found)) reportFailure(run, error);
}
