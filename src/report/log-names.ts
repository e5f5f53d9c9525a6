import type { ImageResult } from '../domain/results.ts';
import { countOf, type NamedTag, tagsOf } from './cells.ts';

/** Names in lines of the log. Untrusted text: the log's adapter escapes every line. */

/** `; 2 platforms passed: linux/amd64, linux/arm64`, or nothing. */
export function platformsOf({ platforms = [] }: ImageResult, done: string): string {
  const names = [...new Set(platforms.map(({ platform }) => platform))];
  const shown = names.slice(0, PLATFORMS_SHOWN).join(', ');
  const more = names.length > PLATFORMS_SHOWN ? ` and ${names.length - PLATFORMS_SHOWN} more` : '';
  return names.length === 0 ? '' : `; ${countOf(platforms.length, 'platform')} ${done}: ${shown}${more}`;
}

const PLATFORMS_SHOWN = 20;

/** Digest and every tag: people know the tags, but the digest is what was checked. */
export function nameOf(image: ImageResult, tags: readonly NamedTag[]): string {
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
