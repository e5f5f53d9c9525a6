import type { ImageResult } from '../../domain/results.ts';
import type { ResolvedImage } from './resolve-images.ts';

/** `skipped` in the results of an image: absent if empty, like `platforms`. */
export function skippedResults(image: ResolvedImage | undefined): Pick<ImageResult, 'skipped'> {
  if (image === undefined || image.skipped.length === 0) return {};
  return { skipped: image.skipped.map(({ platform, digest, mediaType }) => ({ platform, digest, mediaType })) };
}
