import type { ImageResult } from '../domain/results.ts';
import { folded, shortName, VERDICT_SIGNS } from './cells.ts';
import { hintMarkdown, reasonLink } from './error-text.ts';
import { markdownCode, markdownProse } from './escape.ts';
import { findingsTable } from './findings-table.ts';
import { NEXT_STEPS } from './next-steps.ts';
import { identityInputsBlock } from './paste-blocks.ts';
import type { ImageDetails, ImageReport, SignatureDetails } from './verify-details.ts';

/** The number of signatures, artifacts and signers listed per image. */
const LISTED_MAX = 10;

/** The section of an image that did not pass: expected and found side by side, what to do next, and who signed. */
export function refusalSection(
  { result: image, details }: ImageReport,
  {
    troubleshootingUrl,
    serverUrl,
    unmetLines,
  }: {
    readonly troubleshootingUrl: string | undefined;
    readonly serverUrl: string;
    /** The section about attestations; undefined if none is required. */
    readonly unmetLines?: ((details: ImageDetails) => readonly string[]) | undefined;
  },
): string {
  const heading = `### ${VERDICT_SIGNS[image.verdict]} ${markdownCode(shortName(image))}`;
  const [nearest, ...others] = groupAlike(details.signatures).slice(0, LISTED_MAX);
  // The summary explains bad inputs once, above. For the image it only remains to say who signed it.
  if (image.reason === 'INPUT_INVALID') {
    const signers = nearest === undefined ? [] : [nearest, ...others].flatMap((group) => signatureParts(group, ''));
    return [heading, ...signers, ...acceptingInputs(details, serverUrl, 'open')].join('\n\n');
  }
  const parts = [heading];
  if (image.reason !== null) {
    parts.push(`${reasonLink(image.reason, troubleshootingUrl)} ${NEXT_STEPS[image.reason].meaning}`);
  }
  // The message of a mismatch only repeats the table below it.
  if (nearest === undefined || nearest.signature.findings.length === 0) parts.push(`> ${markdownProse(image.message)}`);
  if (nearest !== undefined) parts.push(...signatureParts(nearest, image.message));
  parts.push(...(unmetLines?.(details) ?? []));
  const advice = details.hint === undefined ? adviceFor(image) : hintMarkdown(details.hint);
  parts.push(`**What to do:** ${advice}`);
  if (others.length > 0) {
    const title = others.length === 1 ? 'Another signature' : `${others.length} other signatures`;
    parts.push(folded(title, ...others.flatMap((group) => signatureParts(group, ''))));
  }
  if (details.others.length > 0) {
    const listed = [...new Set(details.others)].slice(0, LISTED_MAX).map(markdownCode).join(', ');
    parts.push(`Also attached, but not an image signature: ${listed}`);
  }
  if (image.sources.length > 1) {
    parts.push(
      folded(
        'Where this image is named',
        image.sources
          .slice(0, 50)
          .map((one) => `- ${markdownCode(one)}`)
          .join('\n'),
      ),
    );
  }
  parts.push(...acceptingInputs(details, serverUrl, 'folded'));
  return parts.join('\n\n');
}

function adviceFor(image: ImageResult): string {
  return image.reason === null ? 'Check the platforms of the image.' : NEXT_STEPS[image.reason].doThis;
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

/** Inputs that would accept the verified signers, each signer once. An unverified signer is never offered. */
function acceptingInputs(details: ImageDetails, serverUrl: string, as: 'open' | 'folded'): string[] {
  const verified = details.signatures.flatMap((signature) => signature.verified ?? []);
  const blocks = [...new Set(verified.map((identity) => identityInputsBlock(identity, serverUrl)))];
  if (blocks.length === 0) return [];
  const title = 'Inputs that would accept the signers of this image';
  const warning = 'Pasting them means trusting the signer. Do so only if you know it.';
  const shown = [warning, ...blocks.slice(0, LISTED_MAX)];
  return as === 'open' ? [`${title}:`, ...shown] : [folded(title, ...shown)];
}
