import type { ImageResult, Results, Verdict } from '../domain/results.ts';
import { NEXT_STEPS } from './next-steps.ts';
import type { ImageDetails } from './verify-details.ts';

/** Lines for the log. Untrusted text stays as it is: the log's adapter escapes every line. */

const WORDS: Readonly<Record<Verdict, string>> = {
  pass: 'PASS',
  allowed: 'ALLOWED',
  fail: 'REFUSED',
  error: 'NOT DECIDED',
};

/** One line an image: what was signed, in which format, and where it is logged. */
export function signLogLines(results: Results): string[] {
  return results.images.flatMap((image) => {
    const name = nameOf(image);
    if (image.verdict !== 'pass') return [`NOT SIGNED ${name}: ${image.reason ?? image.verdict}: ${image.message}`];
    if (image.signatures.length === 0) return [`done ${name}: ${image.message}`];
    return image.signatures.map((signature) => {
      const log = signature.log === null ? '' : `, entry ${signature.log.index} in ${signature.log.url}`;
      const made = signature.written === true ? 'signed' : image.message;
      return `${made} ${name} (${signature.format}${log})`;
    });
  });
}

/** One line an image with its verdict; for what did not pass also expected and found, field by field. */
export function verifyLogLines(results: Results, details: readonly ImageDetails[]): string[] {
  return results.images.flatMap((image, index) => [
    `${WORDS[image.verdict]} ${nameOf(image)}: ${image.reason === null ? '' : `${image.reason}: `}${image.message}`,
    ...(image.verdict === 'pass' ? [] : refusalLines(image, details[index])),
  ]);
}

function refusalLines(image: ImageResult, details: ImageDetails | undefined): string[] {
  const nearest = details?.signatures[0];
  const findings = (nearest?.findings ?? []).map(
    ({ field, expected, found, ok }) =>
      `  ${ok ? 'ok      ' : 'MISMATCH'} ${field}: expected ${JSON.stringify(expected)}, found ${found === undefined ? 'nothing' : JSON.stringify(found)}`,
  );
  const signers = (details?.signatures ?? []).flatMap(({ verified }) =>
    verified === undefined ? [] : [`  signed by ${verified.subject}, issuer ${verified.issuer}`],
  );
  const hints = (nearest?.hints ?? []).map((hint) => `  ${hint}`);
  const places = (details?.places ?? []).map(
    ({ request, status, entries }) => `  looked at ${request}: ${status}, ${entries} listed`,
  );
  const advice = details?.hint ?? (image.reason === null ? undefined : NEXT_STEPS[image.reason].doThis);
  return [
    ...findings,
    ...new Set(signers),
    ...hints,
    ...places,
    ...(advice === undefined ? [] : [`  What to do: ${advice}`]),
  ];
}

/** Tag and digest: the tag is what people know, the digest is what was looked at. */
function nameOf(image: ImageResult): string {
  if (image.resolved === null) return image.reference;
  return image.tag === null ? image.resolved : `${image.resolved} (tag ${image.tag})`;
}
