import type { ImageResult, Verdict } from '../domain/results.ts';
import { nameOf, platformsOf } from './log-names.ts';
import { type RefusalWords, refusalWords } from './refusal-words.ts';
import type { ImageDetails, ImageReport } from './verify-details.ts';

/** Lines for the log. Untrusted text is not escaped here: the log's adapter escapes every line. */

const WORDS: Readonly<Record<Verdict, string>> = {
  pass: 'PASS',
  allowed: 'ALLOWED',
  fail: 'REFUSED',
  error: 'NOT DECIDED',
};

/** One image in the log: its verdict and, unless it passed, expected and found, field by field. */
export interface LoggedImage {
  readonly line: string;
  /** Empty if the image passed. */
  readonly details: readonly string[];
  /** The title of a fold around the details. */
  readonly title: string;
  /** The requests for signatures and their responses, for a fold. Empty if the image passed. */
  readonly places: readonly string[];
}

/** The number of signers per image whose inputs are offered. */
const OFFERED_MAX = 3;

/** The number of other artifacts per image that are named. */
const OTHERS_MAX = 10;

/** The log lines of each image, in their order. */
export function verifyLogLines(images: readonly ImageReport[]): LoggedImage[] {
  return images.map(({ result: image, details }) => {
    const name = `${WORDS[image.verdict]} ${nameOf(image, details.tags)}`;
    const title = `${name}: details`;
    if (image.verdict === 'pass') {
      const line = `${name}: ${image.message}${platformsOf(image, 'passed')}`;
      return { line, details: [], title, places: [] };
    }
    const code = image.reason === null ? '' : `${image.reason}: `;
    // Why nothing was decided about inputs is said once, for the whole run.
    const words = image.reason === 'INPUT_INVALID' ? undefined : refusalWords(image, details);
    return {
      line: `${name}: ${code}${words?.cause ?? image.message}`,
      details: refusalLines(image, { details, words }),
      title,
      places: placeLines(details),
    };
  });
}

function placeLines({ places, search }: ImageDetails): string[] {
  const where = search.isRedirected ? ` in ${search.repository}` : '';
  return places.map(({ request, status, entries }) => `  ${request}${where}: ${status}, ${entries} listed`);
}

interface RefusalContext {
  readonly details: ImageDetails;
  readonly words: RefusalWords | undefined;
}

function refusalLines(image: ImageResult, { details, words }: RefusalContext): string[] {
  const nearest = details.signatures[0];
  const findings = (nearest?.findings ?? []).map(
    ({ field, expected, found, ok }) =>
      `  ${ok ? 'ok      ' : 'MISMATCH'} ${field}: expected ${JSON.stringify(expected)}, found ${found === undefined ? 'nothing' : JSON.stringify(found)}`,
  );
  const signers = details.signatures.flatMap(({ verified }) =>
    verified === undefined ? [] : [`  signed by ${verified.subject}, issuer ${verified.issuer}`],
  );
  const hints = (nearest?.hints ?? []).map((hint) => `  ${hint}`);
  const others = [...new Set(details.others)]
    .slice(0, OTHERS_MAX)
    .map((one) => `  also attached, but not an image signature: ${one}`);
  const platforms = (image.platforms ?? []).map(
    ({ platform, verdict, reason }) =>
      `  platform ${platform}: ${WORDS[verdict]}${reason === null ? '' : ` ${reason}`}`,
  );
  const cure = words?.cure.split('\n').map((line, index) => (index === 0 ? `  What to do: ${line}` : `    ${line}`));
  return [
    ...(cure ?? []),
    // The detail of a mismatch is the list of its fields.
    ...(words?.detail === undefined || findings.length > 0 ? [] : [`  ${words.detail}`]),
    ...findings,
    ...new Set(signers),
    ...hints,
    ...platforms,
    ...others,
    ...lineLines(details),
    ...offeredLines(details),
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
