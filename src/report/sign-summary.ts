import type { CodedError } from '../coded-error.ts';
import type { ImageResult, SignatureResult } from '../domain/results.ts';
import type { CertificateIdentity } from '../domain/signature/facts.ts';
import { admissionPolicyBlocks } from './admission-policies.ts';
import {
  codeCell,
  countOf,
  folded,
  imageCell,
  logCell,
  logName,
  type NamedTag,
  PUBLIC_LOG,
  platformCells,
  shortName,
  tableOf,
  timeCell,
} from './cells.ts';
import { errorSection, type HelpPages, reasonLink } from './error-text.ts';
import { markdownBlock, markdownCode, markdownProse, markdownText } from './escape.ts';
import { cosignCommandBlock, type SignatureStore, type TrustUsed, verifyStepBlock } from './paste-blocks.ts';
import { attestationCommands, attestedTable, gateLines } from './sign-attestations.ts';
import { signerRows } from './signer-rows.ts';

/** One image in a sign report. */
export interface SignedImageReport extends SignatureStore {
  readonly result: ImageResult;
  /** Every tag given for it. */
  readonly tags: readonly NamedTag[];
}

export interface SignReport {
  readonly images: readonly SignedImageReport[];
  /** The signer according to this run's certificate; undefined if the run got no certificate. */
  readonly identity: Pick<CertificateIdentity, 'issuer' | 'subject' | 'claims'> | undefined;
  readonly serverUrl: string;
  readonly format: 'bundle' | 'legacy' | 'both';
  readonly upload: boolean;
  readonly trust: TrustUsed;
  /** Entries of `metadata` that name no pushed image, and entries of an index that are not images. */
  readonly skipped: readonly string[];
  /** Warnings for people, such as variables that look like inputs. */
  readonly warnings: readonly string[];
  /** Errors of the whole run or of single images, each once, in order of occurrence. */
  readonly errors: readonly CodedError[];
  readonly action: ActionNames;
}

/** The name under which the workflow uses this action. */
export interface ActionNames extends HelpPages {
  /** `acme/countersign`. */
  readonly repository: string;
  readonly ref: string;
}

/** Limits: rows shown before the rest is folded, rows in total, errors explained, log entries per image. */
const ROWS_OPEN = 25;
const ROWS_MAX = 300;
const ERRORS_MAX = 5;
const ENTRIES_SHOWN = 3;

/** The job summary of a sign run as GitHub-flavoured Markdown. */
export function signSummary(report: SignReport): string {
  const { errors, identity, action } = report;
  const results = report.images.map(({ result }) => result);
  const isDone = results.length > 0 && results.every(({ verdict }) => verdict === 'pass');
  const parts = [heading(report), ...warningList(report.warnings)];
  if (identity !== undefined && isDone) parts.push(byline(identity, results));
  parts.push(...errors.slice(0, ERRORS_MAX).map((error) => errorSection(error, action.troubleshootingUrl)));
  if (errors.length > ERRORS_MAX) parts.push(`…and ${errors.length - ERRORS_MAX} more errors in the log.`);
  parts.push(...imageTables(report), ...attestedTable(report), ...skippedList(report.skipped));
  if (identity !== undefined && errors.length === 0) {
    parts.push(...pinnedReferences(results), ...signedBy(report, identity), ...checkSection(report, identity));
  } else if (identity !== undefined && results.some(({ verdict }) => verdict === 'pass')) {
    // Some images were signed before the failure. Those signatures are permanent, so the summary names the signer.
    parts.push(byline(identity, results), ...signedBy(report, identity));
  }
  return `${parts.join('\n\n')}\n`;
}

function heading({ images, errors, upload }: SignReport): string {
  const done = images.map(({ result }) => result).filter((image) => image.verdict === 'pass');
  const failed = images.length - done.length;
  if (images.length === 0) return '## ❌ Nothing was signed';
  if (done.length === 0) return `## ❌ Not signed: ${named(images)}`;
  if (failed > 0) return `## ❌ Not signed: ${failed} of ${countOf(images.length, 'image')}`;
  if (errors.length > 0) return '## ❌ Nothing was signed';
  const fresh = done.filter(({ signatures, attestations = [] }) => [...signatures, ...attestations].some(isNew)).length;
  const [verb, participle] = isAttestedOnly(done) ? ['Attested', 'attested'] : ['Signed', 'signed'];
  if (!upload) return `## ✅ ${verb} ${named(images)}, not uploaded`;
  if (fresh === 0) return `## ✅ ${named(images)} ${images.length === 1 ? 'was' : 'were'} already ${participle}`;
  if (fresh === images.length) return `## ✅ ${verb} ${named(images)}`;
  return `## ✅ ${verb} ${countOf(fresh, 'image')}; ${images.length - fresh} already ${participle}`;
}

/** True if the run made attestations and no image signature. */
function isAttestedOnly(images: readonly ImageResult[]): boolean {
  return images.length > 0 && images.every((one) => one.signatures.length === 0 && one.attestations !== undefined);
}

/** The name of a single image, so that people can tell the summaries of several steps apart; else a count. */
function named(images: readonly SignedImageReport[]): string {
  const [first] = images;
  return images.length === 1 && first !== undefined
    ? markdownCode(shortName(first.result, first.tags))
    : countOf(images.length, 'image');
}

/** `written` is false for a signature that was found. Without an upload it may be absent, and none was found. */
function isNew(signature: Pick<SignatureResult, 'written'>): boolean {
  return signature.written === true;
}

/** One line that says who signed and where that is logged. */
function byline(identity: NonNullable<SignReport['identity']>, results: readonly ImageResult[]): string {
  const logs = new Set(
    results.flatMap(({ signatures, attestations = [] }) =>
      [...signatures, ...attestations].flatMap(({ log }) => (log === null ? [] : [log.url])),
    ),
  );
  const shown = [...logs].slice(0, ENTRIES_SHOWN).map((url) => markdownCode(logName(url)));
  const recorded =
    shown.length === 0
      ? 'Not recorded in a transparency log.'
      : `Recorded in the ${logs.has(PUBLIC_LOG) ? 'public ' : ''}log ${shown.join(', ')}.`;
  return `By ${markdownCode(identity.subject)} (issuer ${markdownCode(identity.issuer)}). ${recorded}`;
}

const COLUMNS = ['Image', 'Signature', 'Log entry', 'Signed at'];

function imageTables(report: SignReport): string[] {
  const { images } = report;
  if (images.length === 0) return [];
  // Failures need attention and go to the top. The rest stays in order of first mention.
  const rows = images
    .toSorted((a, b) => Number(a.result.verdict === 'pass') - Number(b.result.verdict === 'pass'))
    .slice(0, ROWS_MAX)
    .map((image) => imageRow(image, report.action.troubleshootingUrl));
  const left = images.length > ROWS_MAX ? [`…and ${images.length - ROWS_MAX} more images in the results file.`] : [];
  if (rows.length <= ROWS_OPEN) return [tableOf(COLUMNS, rows)];
  return [
    tableOf(COLUMNS, rows.slice(0, ROWS_OPEN)),
    folded(`${images.length - ROWS_OPEN} more images`, tableOf(COLUMNS, rows.slice(ROWS_OPEN)), ...left),
  ];
}

function imageRow({ result: image, tags, store }: SignedImageReport, troubleshootingUrl: string | undefined): string[] {
  const name = imageCell(image, tags);
  const elsewhere = store === undefined ? '' : `<br><sub>stored in ${codeCell(store)}</sub>`;
  if (image.verdict !== 'pass') {
    const why = image.reason === null ? image.verdict : reasonLink(image.reason, troubleshootingUrl);
    return [name, `❌ ${why}`, '–', '–'];
  }
  const { signatures } = image;
  const entries = signatures.slice(0, ENTRIES_SHOWN).map(({ log }) => logCell(log));
  if (signatures.length > ENTRIES_SHOWN) entries.push(`+${signatures.length - ENTRIES_SHOWN}`);
  return [
    name,
    `${signatureCell(image)}${elsewhere}`,
    entries.join('<br>') || '–',
    timeCell(signatures[0]?.signedAt ?? null),
  ];
}

/** `✅ new: bundle, legacy`, and the platforms, because each has its own signatures. */
function signatureCell(image: ImageResult): string {
  const formats = (wanted: boolean): string[] => [
    ...new Set(image.signatures.filter((one) => isNew(one) === wanted).map((one) => one.format)),
  ];
  const made = formats(true);
  const found = formats(false);
  const lines = [
    ...(made.length > 0 ? [`✅ new: ${made.join(', ')}`] : []),
    ...(found.length > 0 ? [`☑️ already signed: ${found.join(', ')}`] : []),
    ...(image.platforms === undefined
      ? []
      : [`<sub>and ${countOf(image.platforms.length, 'platform')}: ${platformCells(image.platforms)}</sub>`]),
  ];
  return lines.join('<br>') || (isAttestedOnly([image]) ? 'none' : '✅ done');
}

/** Markdown with one line per warning. Empty without warnings. */
export function warningList(warnings: readonly string[]): string[] {
  return warnings.length === 0 ? [] : [warnings.map((warning) => `- ⚠️ ${markdownProse(warning)}`).join('\n')];
}

function skippedList(skipped: readonly string[]): string[] {
  if (skipped.length === 0) return [];
  const lines = skipped.slice(0, ROWS_MAX).map((line) => `- ${markdownText(line)}`);
  return lines.length <= ROWS_OPEN
    ? [lines.join('\n')]
    : [folded(`${lines.length} entries were skipped`, lines.join('\n'))];
}

/** The references to deploy. GitHub adds a copy button to a code block. */
function pinnedReferences(results: readonly ImageResult[]): string[] {
  const pinned = results.flatMap((image) => (image.resolved === null ? [] : [image.resolved]));
  if (pinned.length === 0) return [];
  const block = markdownBlock('text', pinned.slice(0, ROWS_MAX).join('\n'));
  return pinned.length <= 3 ? ['Deploy by digest:', block] : [folded('Deploy by digest', block)];
}

function signedBy({ serverUrl }: SignReport, { claims }: NonNullable<SignReport['identity']>): string[] {
  const rows = signerRows(claims, serverUrl);
  return rows.length === 0 ? [] : [tableOf(['Who signed', ''], rows)];
}

/** Verifiers that are known to read a format, and those known not to. Unknown ones are left out. */
const READERS = {
  bundle: {
    by: 'cosign 3 (2.6 with `--new-bundle-format`), Flux 2.8, Kyverno 1.17 (ImageValidatingPolicy), Countersign',
    notBy: 'policy-controller, podman, Harbor, gh',
  },
  legacy: { by: 'cosign 2 and 3, Flux, Kyverno, policy-controller, podman, Harbor, Countersign', notBy: 'gh' },
} as const;

/** The same for attestations (cosign verify-attestation, gh attestation verify). */
const ATTESTATION_READERS = {
  bundle: {
    by: 'cosign 3 and 2.6, gh (`--bundle-from-oci`), policy-controller (`signatureFormat: bundle`), Kyverno, Countersign',
    notBy: 'cosign before 2.6, slsa-verifier',
  },
  legacy: {
    by: 'cosign before 2.6 (later only where the image has no bundle), policy-controller, Kyverno, Countersign',
    notBy: 'gh, slsa-verifier',
  },
} as const;

function readableBy({ images, format, trust }: SignReport): string {
  const formats = format === 'both' ? (['bundle', 'legacy'] as const) : [format];
  const rows = formats.map((one) => {
    const { by, notBy } = READERS[one];
    return [one === 'bundle' ? 'Sigstore bundle' : 'legacy `.sig` tag', by, notBy];
  });
  if (images.some(({ result }) => result.attestations !== undefined)) {
    rows.push(
      ...formats.map((one) => {
        const { by, notBy } = ATTESTATION_READERS[one];
        return [one === 'bundle' ? 'attestation as bundle' : 'attestation under the `.att` tag', by, notBy];
      }),
    );
  }
  const limits = {
    'public-good': [],
    github: ["Verifiers other than Countersign need GitHub's trusted root and must not require a log entry."],
    custom: ['Every verifier needs the trusted root that was used for signing.'],
  }[trust];
  return [tableOf(['Format', 'Readable by', 'Not readable by'], rows), ...limits].join('\n\n');
}

function checkSection(report: SignReport, identity: NonNullable<SignReport['identity']>): string[] {
  const images = report.images.flatMap(({ result: { resolved }, store, storeRules }) =>
    resolved === null ? [] : [{ pinned: resolved, store, storeRules }],
  );
  const readers = folded('Who can read these signatures', readableBy(report));
  if (images.length === 0 || !report.upload) return [readers];
  const subjectKind = /^[a-z][a-z0-9+.-]*:\/\//i.test(identity.subject)
    ? 'uri'
    : identity.subject.includes('@')
      ? 'email'
      : 'other';
  const options = {
    identity: { ...identity, subjectKind } as const,
    serverUrl: report.serverUrl,
    images,
    actionRepository: report.action.repository,
    actionRef: report.action.ref,
    trust: report.trust,
  };
  const results = report.images.map(({ result }) => result);
  const isSigned = !isAttestedOnly(results);
  const attestations = gateLines(results);
  const step = folded('Verify in a workflow', verifyStepBlock({ ...options, isSigned, attestations }));
  const commands = attestationCommands(options, results);
  if (!isSigned) return [step, ...commands, readers];
  const policies = admissionPolicyBlocks({ ...options, format: report.format });
  return [
    step,
    folded('Verify on the command line', cosignCommandBlock(options)),
    ...commands,
    ...(policies.length === 0 ? [] : [folded('Verify in a cluster', ...policies)]),
    readers,
  ];
}
