import { nameOf, platformsOf } from './log-names.ts';
import type { SignedImageReport } from './sign-summary.ts';

/**
 * One line per image and per attestation for the log: what was signed, in which formats, in which log and when.
 * Untrusted text: the log's adapter escapes every line.
 */
export function signLogLines(images: readonly SignedImageReport[]): string[] {
  return images.flatMap((one) => [signLogLine(one), ...attestationLogLines(one)]);
}

function attestationLogLines({ result: image, tags }: SignedImageReport): string[] {
  return (image.attestations ?? []).map(({ predicateType, platform, format, log, signedAt, written }) => {
    const details = [
      format,
      ...(log === null ? [] : [`entry ${log.index} in ${log.url}`]),
      ...(signedAt === null ? [] : [signedAt]),
    ];
    const name = nameOf(image, tags);
    const of = platform === undefined ? name : `${platform} of ${name}`;
    return `${written === true ? 'attested' : 'not added'} ${predicateType} about ${of} (${details.join(', ')})`;
  });
}

function signLogLine({ result: image, tags, store }: SignedImageReport): string {
  const where = store === undefined ? '' : `, stored in ${store}`;
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
  return `${isNew ? 'signed' : message} ${name} (${each.join('; ')})${where}${platformsOf(image, 'signed')}`;
}
