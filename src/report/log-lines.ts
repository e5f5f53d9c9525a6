import type { ImageResult, Results, Verdict } from '../domain/results.ts';
import { NEXT_STEPS } from './next-steps.ts';
import type { ImageDetails, ImageReport } from './verify-details.ts';

/** Lines for the log. Untrusted text is not escaped here: the log's adapter escapes every line. */

const WORDS: Readonly<Record<Verdict, string>> = {
  pass: 'PASS',
  allowed: 'ALLOWED',
  fail: 'REFUSED',
  error: 'NOT DECIDED',
};

/**
 * One line per image: what was signed, in which formats, in which log and when. `stores`: the repository with the
 * signatures of each image, unless it is the image's own.
 */
export function signLogLines(results: Results, stores: readonly (string | undefined)[] = []): string[] {
  return results.images.map((image, index) => {
    const where = stores[index] === undefined ? '' : `, stored in ${stores[index]}`;
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
    return `${isNew ? 'signed' : image.message} ${name} (${each.join('; ')})${where}`;
  });
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

/** The number of other artifacts per image that are named. */
const OTHERS_MAX = 10;

/** The log lines of each image, in their order. */
export function verifyLogLines(images: readonly ImageReport[]): LoggedImage[] {
  return images.map(({ result: image, details }) => ({
    line: `${WORDS[image.verdict]} ${nameOf(image)}: ${image.reason === null ? '' : `${image.reason}: `}${image.message}`,
    details: image.verdict === 'pass' ? [] : refusalLines(image, details),
    title: `${WORDS[image.verdict]} ${nameOf(image)}: details`,
  }));
}

function refusalLines(image: ImageResult, details: ImageDetails): string[] {
  const nearest = details.signatures[0];
  const findings = (nearest?.findings ?? []).map(
    ({ field, expected, found, ok }) =>
      `  ${ok ? 'ok      ' : 'MISMATCH'} ${field}: expected ${JSON.stringify(expected)}, found ${found === undefined ? 'nothing' : JSON.stringify(found)}`,
  );
  const signers = details.signatures.flatMap(({ verified }) =>
    verified === undefined ? [] : [`  signed by ${verified.subject}, issuer ${verified.issuer}`],
  );
  const hints = (nearest?.hints ?? []).map((hint) => `  ${hint}`);
  const where = details.store === undefined ? '' : ` in ${details.store}`;
  const places = details.places.map(
    ({ request, status, entries }) => `  checked ${request}${where}: ${status}, ${entries} listed`,
  );
  const others = [...new Set(details.others)]
    .slice(0, OTHERS_MAX)
    .map((one) => `  also attached, but not an image signature: ${one}`);
  const advice = details.hint ?? (image.reason === null ? undefined : NEXT_STEPS[image.reason].doThis);
  return [
    ...findings,
    ...new Set(signers),
    ...hints,
    ...places,
    ...others,
    ...(advice === undefined ? [] : [`  What to do: ${advice}`]),
    ...offeredLines(details),
  ];
}

/** Inputs ready to paste, for readers who have no summary, or why none are offered. */
function offeredLines(details: ImageDetails): string[] {
  const blocks = details.signatures.flatMap(({ offer }) => {
    if (offer === undefined) return [];
    const { lines, withheld } = offer;
    return withheld.length > 0
      ? [['  Nothing is offered for pasting:', ...withheld.map((reason) => `    - ${reason}`)]]
      : [
          [
            '  Inputs that would accept this signer; pasting them means trusting it:',
            ...lines.map((line) => `    ${line}`),
          ],
        ];
  });
  const distinct = new Map(blocks.map((block) => [block.join('\n'), block]));
  return [...distinct.values()].slice(0, OFFERED_MAX).flat();
}

/** Digest and tag: people know the tag, but the digest is what was checked. */
function nameOf(image: ImageResult): string {
  if (image.resolved === null) return image.reference;
  return image.tag === null ? image.resolved : `${image.resolved} (tag ${image.tag})`;
}
