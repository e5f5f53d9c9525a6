import type { ImageResult, Verdict } from '../domain/results.ts';
import { countOf, type NamedTag, tagsOf } from './cells.ts';
import { identityInputs } from './paste-blocks.ts';
import { type RefusalWords, refusalWords } from './refusal-words.ts';
import type { SignedImageReport } from './sign-summary.ts';
import type { ImageDetails, ImageReport } from './verify-details.ts';

/** Lines for the log. Untrusted text is not escaped here: the log's adapter escapes every line. */

const WORDS: Readonly<Record<Verdict, string>> = {
  pass: 'PASS',
  allowed: 'ALLOWED',
  fail: 'REFUSED',
  error: 'NOT DECIDED',
};

/** One line per image: what was signed, in which formats, in which log and when. */
export function signLogLines(images: readonly SignedImageReport[]): string[] {
  return images.map(({ result: image, tags }) => {
    const name = nameOf(image, tags);
    // The annotation of the error has the rest.
    const [message = ''] = image.message.split('\n');
    if (image.verdict !== 'pass') return `NOT SIGNED ${name}: ${image.reason ?? image.verdict}: ${message}`;
    if (image.signatures.length === 0) return `done ${name}: ${message}`;
    const isNew = image.signatures.some(({ written }) => written === true);
    const each = image.signatures.map(({ format, log, signedAt, written }) =>
      [
        format,
        ...(isNew && written !== true ? ['already signed'] : []),
        ...(log === null ? [] : [`entry ${log.index} in ${log.url}`]),
        ...(signedAt === null ? [] : [signedAt]),
      ].join(', '),
    );
    return `${isNew ? 'signed' : message} ${name} (${each.join('; ')})${platformsOf(image, 'signed')}`;
  });
}

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

/** `; 2 platforms passed: linux/amd64, linux/arm64`, or nothing. */
function platformsOf({ platforms = [] }: ImageResult, done: string): string {
  const names = [...new Set(platforms.map(({ platform }) => platform))];
  const shown = names.slice(0, PLATFORMS_SHOWN).join(', ');
  const more = names.length > PLATFORMS_SHOWN ? ` and ${names.length - PLATFORMS_SHOWN} more` : '';
  return names.length === 0 ? '' : `; ${countOf(platforms.length, 'platform')} ${done}: ${shown}${more}`;
}

const PLATFORMS_SHOWN = 20;

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

/** Digest and every tag: people know the tags, but the digest is what was checked. */
function nameOf(image: ImageResult, tags: readonly NamedTag[]): string {
  const { checked, unchecked } = tagsOf(image, tags);
  if (image.resolved === null) return image.reference;
  const parts = [
    ...(checked.length === 0 ? [] : [`${checked.length === 1 ? 'tag' : 'tags'} ${checked.join(', ')}`]),
    ...(unchecked.length === 0
      ? []
      : [`${unchecked.length === 1 ? 'tag' : 'tags'} not checked: ${unchecked.join(', ')}`]),
  ];
  return parts.length === 0 ? image.resolved : `${image.resolved} (${parts.join('; ')})`;
}
