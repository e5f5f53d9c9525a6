import type { ImageResult, SignatureResult } from '../domain/results.ts';
import { markdownCode, markdownLink, markdownText } from './escape.ts';

/** Repository with its tag, as people call the image; untrusted. */
export function shortName(image: Pick<ImageResult, 'repository' | 'tag' | 'reference'>): string {
  if (image.repository === null) return image.reference;
  return image.tag === null ? image.repository : `${image.repository}:${image.tag}`;
}

/** Link to the entry where it can be looked at, else log and index. */
export function logCell(log: SignatureResult['log']): string {
  if (log === null) return '–';
  const label = markdownText(String(log.index));
  // The only log with a public search page; others have an API or nothing to look at.
  if (log.url === 'https://rekor.sigstore.dev') {
    return markdownLink(label, `https://search.sigstore.dev/?logIndex=${log.index}`);
  }
  return `${label} in ${markdownCode(log.url.replace(/^https:\/\//, ''))}`;
}

/** `2026-11-22 10:00:00 UTC` of an RFC 3339 time. */
export function timeCell(time: string | null): string {
  if (time === null) return '–';
  return markdownText(time.replace('T', ' ').replace(/(?:\.\d+)?Z$/, ' UTC'));
}
