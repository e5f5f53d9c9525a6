import { formatSource } from '../domain/image/source.ts';
import type { ImageResult } from '../domain/results.ts';
import { codeCell, countOf, folded, shortName, tableOf, VERDICT_SIGNS } from './cells.ts';
import { hintMarkdown, reasonLink } from './error-text.ts';
import { markdownCode, markdownProse } from './escape.ts';
import { findingsTable } from './findings-table.ts';
import { offerBlock } from './paste-blocks.ts';
import { isCut, OTHERS_SHOWN, refusalWords } from './refusal-words.ts';
import type { ImageDetails, ImageReport, SignatureDetails } from './verify-details.ts';

/** The number of signatures, artifacts and signers listed per image. */
const LISTED_MAX = 10;
const PLATFORMS_MAX = 50;

/** The section of an image that did not pass: why, what to do next, expected and found side by side, and who signed. */
export function refusalSection(
  { result: image, details }: ImageReport,
  {
    troubleshootingUrl,
    unmetLines,
  }: {
    readonly troubleshootingUrl: string | undefined;
    /** The section about attestations; undefined if none is required. */
    readonly unmetLines?: ((details: ImageDetails) => readonly string[]) | undefined;
  },
): string {
  const heading = `### ${VERDICT_SIGNS[image.verdict]} ${markdownCode(shortName(image, details.tags))}`;
  const [nearest, ...others] = groupAlike(details.signatures).slice(0, LISTED_MAX);
  // The summary explains bad inputs once, above. For the image it only remains to say who signed it.
  if (image.reason === 'INPUT_INVALID') {
    const signers = nearest === undefined ? [] : [nearest, ...others].flatMap((group) => signatureParts(group, ''));
    return [heading, ...signers, ...acceptingInputs(details, 'open')].join('\n\n');
  }
  const { cause, cure, detail } = refusalWords(image, details);
  const code = image.reason === null ? [] : [reasonLink(image.reason, troubleshootingUrl)];
  const parts = [heading, [...code, markdownProse(cause)].join(' '), `**What to do:** ${hintMarkdown(cure)}`];
  // The detail of a mismatch only repeats the table below.
  const hasTable = nearest !== undefined && nearest.signature.findings.length > 0;
  if (detail !== undefined && !hasTable) parts.push(`> ${markdownProse(detail)}`);
  if (nearest !== undefined) parts.push(...signatureParts(nearest, image.message));
  parts.push(...(unmetLines?.(details) ?? []));
  parts.push(...platformTable(image, troubleshootingUrl));
  if (others.length > 0) {
    const title = others.length === 1 ? 'Another signature' : `${others.length} other signatures`;
    parts.push(folded(title, ...others.flatMap((group) => signatureParts(group, ''))));
  }
  const kinds = new Set(details.others);
  // The cause of NO_SIGNATURE already names a few, if they are short.
  const areNamed = image.reason === 'NO_SIGNATURE' && kinds.size <= OTHERS_SHOWN && ![...kinds].some(isCut);
  if (kinds.size > 0 && !areNamed) {
    const listed = [...kinds].slice(0, LISTED_MAX).map(markdownCode).join(', ');
    parts.push(`Also attached, but not an image signature: ${listed}`);
  }
  if (image.sources.length > 1) {
    parts.push(
      folded(
        'Where this image is named',
        image.sources
          .slice(0, 50)
          .map((one) => `- ${markdownCode(formatSource(one))}`)
          .join('\n'),
      ),
    );
  }
  parts.push(...acceptingInputs(details, 'folded'));
  return parts.join('\n\n');
}

/** The verdict of each platform image, failures first. Empty if none was checked. */
function platformTable({ platforms = [] }: ImageResult, troubleshootingUrl: string | undefined): string[] {
  if (platforms.length === 0) return [];
  const rows = platforms
    .toSorted((a, b) => Number(a.verdict === 'pass') - Number(b.verdict === 'pass'))
    .slice(0, PLATFORMS_MAX)
    .map(({ platform, digest, verdict, reason }) => [
      codeCell(platform),
      codeCell(digest),
      `${VERDICT_SIGNS[verdict]} ${reason === null ? 'passed' : reasonLink(reason, troubleshootingUrl)}`,
    ]);
  const passed = platforms.filter(({ verdict }) => verdict === 'pass').length;
  const title = `${countOf(platforms.length, 'platform image')} checked, ${passed} passed`;
  return [folded(title, tableOf(['Platform', 'Digest', 'Verdict'], rows))];
}

interface SignatureGroup {
  readonly signature: SignatureDetails;
  /** `Bundle`, or `Bundle and legacy signature` if both have the same content. */
  readonly label: string;
}

/** Groups signatures with the same content, such as the bundle and the `.sig` tag of one run. */
function groupAlike(signatures: readonly SignatureDetails[]): SignatureGroup[] {
  const groups = new Map<string, SignatureDetails[]>();
  for (const one of signatures) {
    const key = JSON.stringify({ ...one, format: undefined });
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap((group) => {
    const [signature] = group;
    if (signature === undefined) return [];
    const formats = new Set(group.map(({ format }) => (format === 'bundle' ? 'bundle' : 'legacy signature')));
    const label = [...formats].join(' and ');
    return [{ signature, label: label.charAt(0).toUpperCase() + label.slice(1) }];
  });
}

/** The Markdown for a signature, without text that `said` already contains. */
function signatureParts({ signature, label }: SignatureGroup, said: string): string[] {
  const parts: string[] = [];
  if (signature.message !== undefined && !said.includes(signature.message))
    parts.push(`${label}: ${markdownProse(signature.message)}`);
  if (signature.unverified !== undefined) {
    const { subject, issuer } = signature.unverified;
    parts.push(`**Unverified** claim: signed by ${markdownCode(subject)}, issuer ${markdownCode(issuer)}.`);
  }
  if (signature.verified !== undefined && signature.findings.length === 0) {
    const { subject, issuer } = signature.verified;
    parts.push(`${label}: signed by ${markdownCode(subject)}, issuer ${markdownCode(issuer)}.`);
  }
  if (signature.findings.length > 0) parts.push(findingsTable(label, signature.findings));
  if (signature.hints.length > 0) parts.push(signature.hints.map((hint) => `- ${markdownProse(hint)}`).join('\n'));
  return parts;
}

/** Inputs that would accept the verified signers, each signer once, or why none are offered. */
function acceptingInputs(details: ImageDetails, as: 'open' | 'folded'): string[] {
  const offers = details.signatures.flatMap(({ offer }) => offer ?? []);
  const blocks = [...new Set(offers.map(offerBlock))].slice(0, LISTED_MAX);
  if (blocks.length === 0) return [];
  const isOffered = offers.some(({ withheld }) => withheld.length === 0);
  const title = isOffered
    ? 'Inputs that would accept the signers of this image'
    : 'Why no inputs are offered for the signers of this image';
  const warning = isOffered ? ['Pasting them means trusting the signer. Do so only if you know it.'] : [];
  return as === 'open' ? [`${title}:`, ...warning, ...blocks] : [folded(title, ...warning, ...blocks)];
}
