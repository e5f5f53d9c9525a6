import type { Digest } from '../../../domain/image/digest.ts';
import { formatRepository, type ImageReference } from '../../../domain/image/reference.ts';
import type { Source } from '../../../domain/image/source.ts';
import type { RequestedImage } from '../../../usecases/examining/resolve-images.ts';
import type { Reading } from './read-value.ts';

/** A reading that also gathers what the log should say about the images. */
export interface ImagesReading extends Reading {
  readonly notices: Set<string>;
}

/** Why a value that is written in the workflow can arrive empty (contract §2.1). */
export const LIKELY_CAUSES =
  'If it is written in the workflow, it arrived empty; likely causes: a wrong step id; the build did not push ' +
  '(`push: true`); a job output that is not declared under `outputs:` of its job; or a job output that GitHub dropped ' +
  'because it held a masked value (pass the digest alone, or use the `digests` output).';

/** The line that binds an image to what the build step pushed. */
export const DIGEST_LINE = `digest: \${{ steps.build.outputs.digest }}`;

/** An image reference as the use-cases take it; a lower-cased name and a tag that is only a label become notices. */
export function toRequested(
  reading: ImagesReading,
  reference: ImageReference,
  digest: Digest | undefined,
  source: Source,
): RequestedImage {
  if (reference.lowercased) {
    reading.notices.add(`${reference.original} is used in lower case: ${formatRepository(reference.repository)}`);
  }
  const { original, repository, tag } = reference;
  if (tag !== undefined && digest !== undefined) {
    reading.notices.add(`${original}: tag not checked, the digest beside it decides`);
  }
  return { original, repository, tag, digest, sources: [source] };
}
