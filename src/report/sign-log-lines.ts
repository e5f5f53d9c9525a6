import { nameOf, platformsOf } from './log-names.ts';
import type { SignedImageReport } from './sign-summary.ts';

/**
 * One line per image for the log: what was signed, in which formats, in which log and when. Untrusted text: the log's
 * adapter escapes every line.
 */
export function signLogLines(images: readonly SignedImageReport[]): string[] {
  return images.map(({ result: image, tags, store }) => {
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
  });
}
