import type { ImageResult, Results, Verdict } from '../domain/results.ts';
import { NEXT_STEPS } from './next-steps.ts';
import { identityInputs } from './paste-blocks.ts';
import type { ImageDetails, ImageReport } from './verify-details.ts';

/** Lines for the log. Untrusted text is not escaped here: the log's adapter escapes every line. */

const WORDS: Readonly<Record<Verdict, string>> = {
  pass: 'PASS',
  allowed: 'ALLOWED',
  fail: 'REFUSED',
  error: 'NOT DECIDED',
};

/** One line per image and per attestation: what was signed, in which formats, in which log and when. */
export function signLogLines(results: Results): string[] {
  return results.images.flatMap((image) => [signLogLine(image), ...attestationLogLines(image)]);
}

function attestationLogLines(image: ImageResult): string[] {
  return (image.attestations ?? []).map(({ predicateType, platform, format, log, signedAt, written }) => {
    const details = [
      format,
      ...(log === null ? [] : [`entry ${log.index} in ${log.url}`]),
      ...(signedAt === null ? [] : [signedAt]),
    ];
    const of = platform === undefined ? nameOf(image) : `${platform} of ${nameOf(image)}`;
    return `${written === true ? 'attested' : 'not added'} ${predicateType} about ${of} (${details.join(', ')})`;
  });
}

function signLogLine(image: ImageResult): string {
  const name = nameOf(image);
  if (image.verdict !== 'pass') return `NOT SIGNED ${name}: ${image.reason ?? image.verdict}: ${image.message}`;
  if (image.signatures.length === 0) return `done ${name}: ${image.message}`;
  const isNew = image.signatures.some(({ written }) => written === true);
  const each = image.signatures.map(({ format, log, signedAt, written }) =>
    [
      format,
      ...(isNew && written !== true ? ['already signed'] : []),
      ...(log === null ? [] : [`entry ${log.index} in ${log.url}`]),
      ...(signedAt === null ? [] : [signedAt]),
    ].join(', '),
  );
  return `${isNew ? 'signed' : image.message} ${name} (${each.join('; ')})`;
}

/** One image in the log: its verdict and, unless it passed, expected and found, field by field. */
export interface LoggedImage {
  readonly line: string;
  /** Empty if the image passed. */
  readonly details: readonly string[];
  /** The title of a fold around the details. */
  readonly title: string;
}

/** The number of signers per image whose inputs are offered. */
const OFFERED_MAX = 3;

/** The log lines of each image, in their order. `serverUrl` has no final slash. */
export function verifyLogLines(images: readonly ImageReport[], serverUrl: string): LoggedImage[] {
  return images.map(({ result: image, details }) => ({
    line: `${WORDS[image.verdict]} ${nameOf(image)}: ${image.reason === null ? '' : `${image.reason}: `}${image.message}`,
    details: image.verdict === 'pass' ? [] : refusalLines(image, details, serverUrl),
    title: `${WORDS[image.verdict]} ${nameOf(image)}: details`,
  }));
}

function refusalLines(image: ImageResult, details: ImageDetails, serverUrl: string): string[] {
  const nearest = details.signatures[0];
  const findings = (nearest?.findings ?? []).map(
    ({ field, expected, found, ok }) =>
      `  ${ok ? 'ok      ' : 'MISMATCH'} ${field}: expected ${JSON.stringify(expected)}, found ${found === undefined ? 'nothing' : JSON.stringify(found)}`,
  );
  const signers = details.signatures.flatMap(({ verified }) =>
    verified === undefined ? [] : [`  signed by ${verified.subject}, issuer ${verified.issuer}`],
  );
  const hints = (nearest?.hints ?? []).map((hint) => `  ${hint}`);
  const places = details.places.map(
    ({ request, status, entries }) => `  checked ${request}: ${status}, ${entries} listed`,
  );
  const advice = details.hint ?? (image.reason === null ? undefined : NEXT_STEPS[image.reason].doThis);
  return [
    ...findings,
    ...new Set(signers),
    ...hints,
    ...lineLines(details),
    ...places,
    ...(advice === undefined ? [] : `What to do: ${advice}`.split('\n').map((line) => `  ${line}`)),
    ...offeredLines(details, serverUrl),
  ];
}

/** Each line of the input `attestations`, and why it is not met. */
function lineLines({ lines = [] }: ImageDetails): string[] {
  return lines.map(({ line, reason, message }) =>
    reason === null
      ? `  ok       attestations ${JSON.stringify(line)}`
      : `  MISMATCH attestations ${JSON.stringify(line)}: ${reason}: ${message}`,
  );
}

/** Inputs ready to paste, for readers who have no summary. They contain only harmless characters. */
function offeredLines(details: ImageDetails, serverUrl: string): string[] {
  const blocks = details.signatures.flatMap(({ verified }) => {
    if (verified === undefined) return [];
    const { lines, withheld } = identityInputs(verified, serverUrl);
    return withheld.length > 0 ? [] : [lines.map((line) => `    ${line}`).join('\n')];
  });
  return [...new Set(blocks)]
    .slice(0, OFFERED_MAX)
    .flatMap((block) => [
      '  Inputs that would accept this signer; pasting them means trusting it:',
      ...block.split('\n'),
    ]);
}

/** Digest and tag: people know the tag, but the digest is what was checked. */
function nameOf(image: ImageResult): string {
  if (image.resolved === null) return image.reference;
  return image.tag === null ? image.resolved : `${image.resolved} (tag ${image.tag})`;
}
