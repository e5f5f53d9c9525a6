import type { ImageResult, Verdict } from '../domain/results.ts';
import { nameOf, platformsOf } from './log-names.ts';
import { identityInputs } from './paste-blocks.ts';
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

/** The log lines of each image, in their order. `serverUrl` has no final slash. */
export function verifyLogLines(images: readonly ImageReport[], serverUrl: string): LoggedImage[] {
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
      details: refusalLines(image, { details, words, serverUrl }),
      title,
      places: details.places.map(({ request, status, entries }) => `  ${request}: ${status}, ${entries} listed`),
    };
  });
}

interface RefusalContext {
  readonly details: ImageDetails;
  readonly words: RefusalWords | undefined;
  readonly serverUrl: string;
}

function refusalLines(image: ImageResult, { details, words, serverUrl }: RefusalContext): string[] {
  const nearest = details.signatures[0];
  const findings = (nearest?.findings ?? []).map(
    ({ field, expected, found, ok }) =>
      `  ${ok ? 'ok      ' : 'MISMATCH'} ${field}: expected ${JSON.stringify(expected)}, found ${found === undefined ? 'nothing' : JSON.stringify(found)}`,
  );
  const signers = details.signatures.flatMap(({ verified }) =>
    verified === undefined ? [] : [`  signed by ${verified.subject}, issuer ${verified.issuer}`],
  );
  const hints = (nearest?.hints ?? []).map((hint) => `  ${hint}`);
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
    ...offeredLines(details, serverUrl),
  ];
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
