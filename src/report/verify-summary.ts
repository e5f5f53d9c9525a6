import type { CodedError } from '../coded-error.ts';
import type { ImageResult, Verdict } from '../domain/results.ts';
import {
  codeCell,
  countOf,
  folded,
  imageCell,
  platformCells,
  shortName,
  tableOf,
  timeCell,
  VERDICT_SIGNS,
} from './cells.ts';
import { errorSection, reasonLink } from './error-text.ts';
import { markdownBlock, markdownCode, markdownProse, markdownText } from './escape.ts';
import { refusalSection } from './refusal-section.ts';
import type { ImageDetails, ImageReport } from './verify-details.ts';

export interface VerifyReport {
  /** Empty if the run stopped before it came to any. */
  readonly images: readonly ImageReport[];
  readonly verdict: Verdict;
  /** Remarks about the required identity, such as "any branch or tag was accepted". */
  readonly notes: readonly string[];
  readonly skipped: readonly string[];
  /** The error that stopped the whole run. */
  readonly error: CodedError | undefined;
  readonly troubleshootingUrl: string | undefined;
  /** Policies that would accept the signers that were found (policy-help.ts), as Markdown. */
  readonly help?: readonly string[] | undefined;
  /** The sections about attestations (attestation-sections.ts); undefined if none is required. */
  readonly attested?: typeof import('./attestation-sections.ts') | undefined;
}

/** Limits: rows shown before the rest is folded, sections of refused images (open, total), rows in total. */
const ROWS_OPEN = 25;
const SECTIONS_OPEN = 3;
const SECTIONS_MAX = 20;
const ROWS_MAX = 500;
const PLACES_MAX = 300;

const WORDS: Readonly<Record<Verdict, string>> = {
  pass: 'passed',
  allowed: 'let through',
  fail: 'refused',
  error: 'not decided',
};
/** Failures first: whatever needs attention goes to the top. */
const ORDER: readonly Verdict[] = ['fail', 'error', 'allowed', 'pass'];

/** The job summary of a verify run as GitHub-flavoured Markdown, verdict first. */
export function verifySummary(report: VerifyReport): string {
  const rows = report.images.toSorted((a, b) => ORDER.indexOf(a.result.verdict) - ORDER.indexOf(b.result.verdict));
  const [open, rest] = tables(rows, report.troubleshootingUrl);
  // Most important first: a check run has a sixteenth of the room of a job summary, and its end is cut off.
  const parts = [
    `## ${verifyHeadline(report)}`,
    ...(report.error === undefined ? [] : [errorSection(report.error, report.troubleshootingUrl)]),
    ...open,
    ...(report.attested?.attestationTables(rows, report.troubleshootingUrl) ?? []),
    ...notes(report),
    ...sections(rows, report),
    ...(report.help ?? []),
    ...rest,
    ...pinnedReferences(report),
    ...besides(rows),
    ...placesLooked(rows),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** The verdict in one line of Markdown. */
function verifyHeadline({
  images,
  verdict,
  error,
  attested,
}: Pick<VerifyReport, 'images' | 'verdict' | 'error' | 'attested'>): string {
  const byPolicies = images.some(({ result }) => result.policies !== undefined);
  const isMet = byPolicies
    ? 'what the policies require'
    : attested === undefined
      ? 'signed by the expected identity'
      : 'what the step requires';
  const first = images[0];
  const total = images.length;
  if (error !== undefined || first === undefined) return '❗ Not decided: nothing was verified';
  // A single image is named, so that people can tell the summaries of several steps apart.
  if (total === 1) {
    const name = markdownCode(shortName(first.result, first.details.tags));
    switch (verdict) {
      case 'pass':
        return `✅ Verified: ${name} is ${isMet}`;
      case 'allowed':
        return `⚠️ Let through, although it did not pass: ${name}`;
      case 'fail':
        return `❌ Refused: ${name}`;
      case 'error':
        return `❗ Not decided: ${name}`;
    }
  }
  if (verdict === 'pass') return `✅ Verified: ${total} images are ${isMet}`;
  const counts = ORDER.flatMap((one) => {
    const count = images.filter(({ result }) => result.verdict === one).length;
    return count === 0 ? [] : [`${VERDICT_SIGNS[one]} ${count} ${WORDS[one]}`];
  });
  return `${counts.join(', ')}`;
}

const COLUMNS = ['Image', 'Verdict', 'Signed by', 'Signed at'];

/** The visible table, and a fold with the remaining rows. */
function tables(rows: readonly ImageReport[], troubleshootingUrl: string | undefined): readonly [string[], string[]] {
  if (rows.length === 0) return [[], []];
  const lines = rows.slice(0, ROWS_MAX).map((row) => imageRow(row, troubleshootingUrl));
  const bad = rows.filter(({ result }) => result.verdict !== 'pass').length;
  // A long list shows what needs a person, and folds what passed.
  const shown = lines.length <= ROWS_OPEN ? lines.length : bad === 0 ? ROWS_OPEN : Math.min(bad, ROWS_OPEN);
  const open = tableOf(COLUMNS, lines.slice(0, shown));
  if (shown === lines.length) return [[open], []];
  const left = rows.length > ROWS_MAX ? [`…and ${rows.length - ROWS_MAX} more images in the results file.`] : [];
  const rest = rows.slice(shown);
  const passed = rest.filter(({ result }) => result.verdict === 'pass').length;
  const which = passed === rest.length ? 'all passed' : `${passed} of them passed`;
  return [[open], [folded(`${rest.length} more images, ${which}`, tableOf(COLUMNS, lines.slice(shown)), ...left)]];
}

function imageRow({ result: image, details }: ImageReport, troubleshootingUrl: string | undefined): string[] {
  const reason = image.reason === null ? [] : [reasonLink(image.reason, troubleshootingUrl)];
  const { platforms = [] } = image;
  const alsoPassed =
    image.verdict === 'pass' && platforms.length > 0
      ? [`<sub>and ${countOf(platforms.length, 'platform')}: ${platformCells(platforms)}</sub>`]
      : [];
  const verdict = [
    `${VERDICT_SIGNS[image.verdict]} ${WORDS[image.verdict]}`,
    ...reason,
    ...policyCells(image),
    ...alsoPassed,
  ].join('<br>');
  const accepted = image.signatures.find((signature) => signature.verdict === 'accepted');
  // An image may pass by its attestations alone. Then no signature beside them counts.
  const signer = accepted ?? (image.verdict === 'pass' ? undefined : image.signatures[0]);
  return [
    imageCell(image, details.tags),
    verdict,
    signer === undefined ? '–' : signerCell(signer),
    timeCell(accepted?.signedAt ?? null),
  ];
}

/** The policies that decided, with the authority that each verdict rests on. */
function policyCells({ policies = [], verdict }: ImageResult): string[] {
  const deciding = verdict === 'pass' ? policies : policies.filter((policy) => policy.verdict !== 'pass');
  const shown = deciding.slice(0, POLICIES_SHOWN).map(({ name, authority }) => {
    return `<sub>policy ${codeCell(name)}, authority ${codeCell(authority)}</sub>`;
  });
  return deciding.length > POLICIES_SHOWN ? [...shown, `<sub>+${deciding.length - POLICIES_SHOWN}</sub>`] : shown;
}

/** The number of policies named in the row of an image. */
const POLICIES_SHOWN = 3;

/** Subject and issuer. Marked if the signature did not verify, because then anyone could have written them. */
function signerCell({ subject, issuer, unverified }: ImageResult['signatures'][number]): string {
  if (subject === null || issuer === null) return '–';
  const name = `${codeCell(subject)}<br><sub>${codeCell(issuer)}</sub>`;
  return unverified === true ? `not proven: ${name}` : name;
}

function notes({ notes: said, skipped }: VerifyReport): string[] {
  const lines = [...said, ...skipped].slice(0, ROWS_MAX).map((line) => `> ${markdownProse(line)}`);
  if (lines.length === 0) return [];
  const text = lines.join('  \n');
  return [lines.length <= ROWS_OPEN ? text : folded(`${lines.length} notes`, text)];
}

/** What to deploy instead of the tags, once everything passed; GitHub puts a copy button on a code block. */
function pinnedReferences({ images, verdict }: VerifyReport): string[] {
  const pinned = images.flatMap(({ result: { resolved } }) => (resolved === null ? [] : [resolved]));
  if (verdict !== 'pass' || pinned.length === 0) return [];
  const block = markdownBlock('text', pinned.slice(0, ROWS_MAX).join('\n'));
  return pinned.length <= 3 ? ['Deploy the verified digests:', block] : [folded('Deploy the verified digests', block)];
}

/** What is wrong with each image that did not pass: the first ones open, the rest folded. */
function sections(rows: readonly ImageReport[], report: VerifyReport): string[] {
  const bad = rows.filter(({ result }) => result.verdict !== 'pass');
  const { attested, troubleshootingUrl } = report;
  const unmetLines =
    attested === undefined ? undefined : (details: ImageDetails) => attested.unmetLines(details, troubleshootingUrl);
  const shown = bad.slice(0, SECTIONS_MAX).map((row) => refusalSection(row, { ...report, unmetLines }));
  const left =
    bad.length > SECTIONS_MAX ? [`…and ${bad.length - SECTIONS_MAX} more; see the results file for details.`] : [];
  const rest = shown.slice(SECTIONS_OPEN);
  return [
    ...shown.slice(0, SECTIONS_OPEN),
    ...(rest.length === 0
      ? left
      : [folded(`${countOf(bad.length - SECTIONS_OPEN, 'more image')} with problems`, ...rest, ...left)]),
  ];
}

/** Attestations and other artifacts of images that passed; the section of a refused image names its own. */
function besides(rows: readonly ImageReport[]): string[] {
  const lines = rows
    .filter(({ result, details }) => result.verdict === 'pass' && details.others.length > 0)
    .slice(0, PLACES_MAX)
    .map(({ result, details }) => [
      codeCell(shortName(result, details.tags)),
      [...new Set(details.others)].slice(0, 10).map(codeCell).join('<br>'),
    ]);
  if (lines.length === 0) return [];
  return [folded('Attestations and other attached artifacts (not counted)', tableOf(['Image', 'Found'], lines))];
}

function placesLooked(rows: readonly ImageReport[]): string[] {
  const lines = rows
    .flatMap(({ result, details }) =>
      details.places.map(({ request, status, entries }) => {
        const answer = `${markdownText(String(status))}, ${entries} listed`;
        const store = details.search.isRedirected ? `<br><sub>in ${codeCell(details.search.repository)}</sub>` : '';
        return [`${codeCell(shortName(result, details.tags))}${store}`, codeCell(request), answer];
      }),
    )
    .slice(0, PLACES_MAX);
  if (lines.length === 0) return [];
  return [folded('Where the action looked for signatures', tableOf(['Image', 'Request', 'Response'], lines))];
}
