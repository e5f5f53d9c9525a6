import type { ImageResult } from '../../domain/results.ts';
import type { ResolvedImage } from './resolve-images.ts';

/** `skipped` of an image's results: absent, as `platforms`, if there is nothing. */
export function skippedResults(image: ResolvedImage | undefined): Pick<ImageResult, 'skipped'> {
  if (image === undefined || image.skipped.length === 0) return {};
  return { skipped: image.skipped.map(({ platform, digest, mediaType }) => ({ platform, digest, mediaType })) };
}
