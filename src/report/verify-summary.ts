import type { CodedError } from '../coded-error.ts';
import type { ImageResult, Results, Verdict } from '../domain/results.ts';
import { shortName, timeCell } from './cells.ts';
import { errorSection, reasonLink } from './error-text.ts';
import { markdownCode, markdownProse, markdownText } from './escape.ts';
import { NEXT_STEPS } from './next-steps.ts';
import { identityInputsBlock } from './paste-blocks.ts';
import type { ImageDetails, SignatureDetails } from './verify-details.ts';

export interface VerifyReport {
  readonly results: Results;
  readonly verdict: Verdict;
  /** One for each image of the results, in the same order; empty if the run stopped before. */
  readonly details: readonly ImageDetails[];
  /** Things to say about the identity asked for, such as "any branch or tag was accepted". */
  readonly notes: readonly string[];
  readonly skipped: readonly string[];
  /** What stopped the run as a whole. */
  readonly error: CodedError | undefined;
  readonly serverUrl: string;
  readonly troubleshootingUrl: string | undefined;
}

/** Rows shown before the rest is folded; sections of refused images; rows in all. */
const ROWS_OPEN = 25;
const SECTIONS_MAX = 20;
const ROWS_MAX = 500;
const LISTED_MAX = 10;

const SIGNS: Readonly<Record<Verdict, string>> = { pass: '✅', allowed: '⚠️', fail: '❌', error: '❗' };
const WORDS: Readonly<Record<Verdict, string>> = {
  pass: 'passed',
  allowed: 'let through',
  fail: 'refused',
  error: 'not decided',
};
/** Failures first: what needs a person stands on top. */
const ORDER: readonly Verdict[] = ['fail', 'error', 'allowed', 'pass'];

interface Row {
  readonly image: ImageResult;
  readonly details: ImageDetails | undefined;
}

/** The job summary of a verify run, GitHub-flavoured Markdown, verdict first. */
export function verifySummary(report: VerifyReport): string {
  const rows = report.results.images
    .map((image, index): Row => ({ image, details: report.details[index] }))
    .sort((a, b) => ORDER.indexOf(a.image.verdict) - ORDER.indexOf(b.image.verdict));
  const refused = rows.filter(({ image }) => image.verdict !== 'pass');
  const parts = [
    heading(report),
    ...(report.error === undefined ? [] : [errorSection(report.error, report.troubleshootingUrl)]),
    ...table(rows, report.troubleshootingUrl),
    ...notes(report),
    ...refused.slice(0, SECTIONS_MAX).map((row) => refusalSection(row, report)),
    ...(refused.length > SECTIONS_MAX
      ? [`…and ${refused.length - SECTIONS_MAX} more; the results file has every detail.`]
      : []),
    ...placesLooked(rows),
  ];
  return `${parts.join('\n\n')}\n`;
}

function heading({ results, verdict, error }: VerifyReport): string {
  const total = results.images.length;
  const bad = results.images.filter((image) => image.verdict === verdict).length;
  const images = total === 1 ? '1 image' : `${total} images`;
  const some = total === 1 ? '1 image' : `${bad} of ${total} images`;
  if (error !== undefined || total === 0) return '## ❗ Not decided: nothing was verified';
  switch (verdict) {
    case 'pass':
      return `## ✅ Verified: ${images} signed by whom ${total === 1 ? 'it' : 'they'} should be`;
    case 'allowed':
      return `## ⚠️ Let through without passing: ${some}`;
    case 'fail':
      return `## ❌ Refused: ${some}`;
    case 'error':
      return `## ❗ Not decided: ${some}`;
  }
}

function table(rows: readonly Row[], troubleshootingUrl: string | undefined): string[] {
  if (rows.length === 0) return [];
  const lines = rows.slice(0, ROWS_MAX).map(({ image }) => tableRow(image, troubleshootingUrl));
  const head = ['| Image | Verdict | Signed by | Issuer | Signed | Reason |', '| --- | --- | --- | --- | --- | --- |'];
  const open = [...head, ...lines.slice(0, ROWS_OPEN)].join('\n');
  if (lines.length <= ROWS_OPEN) return [open];
  const left = rows.length > ROWS_MAX ? [`…and ${rows.length - ROWS_MAX} more images in the results file.`] : [];
  return [
    open,
    [
      `<details><summary>${rows.length - ROWS_OPEN} more images</summary>`,
      [...head, ...lines.slice(ROWS_OPEN)].join('\n'),
      ...left,
      '</details>',
    ].join('\n\n'),
  ];
}

function tableRow(image: ImageResult, troubleshootingUrl: string | undefined): string {
  const accepted = image.signatures.find((signature) => signature.verdict === 'accepted');
  const name = `${markdownCode(shortName(image))}<br>${markdownCode(image.digest ?? 'not resolved')}`;
  // Read "pinned, tag not checked": the digest was given, so the tag beside it is only a label.
  const subject = accepted?.subject == null ? '–' : markdownCode(accepted.subject);
  const issuer = accepted?.issuer == null ? '–' : markdownCode(accepted.issuer);
  const reason = image.reason === null ? '' : reasonLink(image.reason, troubleshootingUrl);
  const verdict = `${SIGNS[image.verdict]} ${WORDS[image.verdict]}`;
  return `| ${name} | ${verdict} | ${subject} | ${issuer} | ${timeCell(accepted?.signedAt ?? null)} | ${reason} |`;
}

function notes({ notes: said, skipped }: VerifyReport): string[] {
  const lines = [...said, ...skipped];
  if (lines.length === 0) return [];
  return [
    lines
      .slice(0, ROWS_MAX)
      .map((line) => `> ${markdownProse(line)}`)
      .join('  \n'),
  ];
}

/** Expected and found side by side, what to do next, and who did sign. */
function refusalSection({ image, details }: Row, { troubleshootingUrl, serverUrl }: VerifyReport): string {
  const parts = [`### ${SIGNS[image.verdict]} ${markdownCode(shortName(image))}`];
  if (image.reason !== null) {
    parts.push(`${reasonLink(image.reason, troubleshootingUrl)} ${NEXT_STEPS[image.reason].meaning}`);
  }
  parts.push(`> ${markdownProse(image.message)}`);
  for (const signature of details?.signatures.slice(0, LISTED_MAX) ?? []) parts.push(...signatureSection(signature));
  if (details !== undefined && details.others.length > 0) {
    const listed = details.others.slice(0, LISTED_MAX).map(markdownCode).join(', ');
    parts.push(`Found beside the image, but no image signature: ${listed}`);
  }
  const advice = details?.hint === undefined ? adviceFor(image) : markdownProse(details.hint);
  parts.push(`**What to do:** ${advice}`);
  parts.push(...acceptingInputs(details, serverUrl));
  return parts.join('\n\n');
}

function adviceFor(image: ImageResult): string {
  return image.reason === null ? 'Look at the platforms of the image.' : NEXT_STEPS[image.reason].doThis;
}

function signatureSection(signature: SignatureDetails): string[] {
  const parts: string[] = [];
  const format = signature.format === 'bundle' ? 'Bundle' : 'Legacy signature';
  if (signature.message !== undefined) parts.push(`${format}: ${markdownProse(signature.message)}`);
  if (signature.unverified !== undefined) {
    const { subject, issuer } = signature.unverified;
    parts.push(`Claims **without proof** to be from ${markdownCode(subject)}, issuer ${markdownCode(issuer)}.`);
  }
  if (signature.verified !== undefined && signature.findings.length === 0) {
    const { subject, issuer } = signature.verified;
    parts.push(`${format}: signed by ${markdownCode(subject)}, issuer ${markdownCode(issuer)}.`);
  }
  if (signature.findings.length > 0) {
    const rows = signature.findings.map(({ field, expected, found, ok }) => {
      const shown = found === undefined ? '*nothing*' : markdownCode(found);
      return `| ${ok ? '✅' : '❌'} ${markdownText(field)} | ${markdownCode(expected)} | ${shown} |`;
    });
    parts.push([`| ${format} | Expected | Found |`, '| --- | --- | --- |', ...rows].join('\n'));
  }
  if (signature.hints.length > 0) parts.push(signature.hints.map((hint) => `- ${markdownProse(hint)}`).join('\n'));
  return parts;
}

/** Inputs that would accept who verifiably signed, each signer once; an unverified one is never offered. */
function acceptingInputs(details: ImageDetails | undefined, serverUrl: string): string[] {
  const verified = (details?.signatures ?? []).flatMap((signature) => signature.verified ?? []);
  const blocks = [...new Set(verified.map((identity) => identityInputsBlock(identity, serverUrl)))];
  if (blocks.length === 0) return [];
  return [
    [
      '<details><summary>Inputs that would accept who signed this image</summary>',
      'Pasting them means trusting this signer. Do so only if you know it.',
      ...blocks.slice(0, LISTED_MAX),
      '</details>',
    ].join('\n\n'),
  ];
}

function placesLooked(rows: readonly Row[]): string[] {
  const lines = rows.slice(0, ROWS_MAX).flatMap(({ image, details }) =>
    (details?.places ?? []).map(({ request, status, entries }) => {
      const answer = `${markdownText(String(status))}, ${entries} listed`;
      return `| ${markdownCode(shortName(image))} | ${markdownCode(request)} | ${answer} |`;
    }),
  );
  if (lines.length === 0) return [];
  return [
    [
      '<details><summary>Where signatures were looked for</summary>',
      ['| Image | Request | Answer |', '| --- | --- | --- |', ...lines.slice(0, ROWS_MAX)].join('\n'),
      '</details>',
    ].join('\n\n'),
  ];
}
