import type { Digest } from '../../../domain/image/digest.ts';
import { formatRepository, type ImageReference } from '../../../domain/image/reference.ts';
import type { Source } from '../../../domain/image/source.ts';
import type { RequestedImage } from '../../../usecases/examining/resolve-images.ts';
import type { Reading } from './input-source.ts';

/** A reading that also collects notices about the images for the log. */
export interface ImagesReading extends Reading {
  readonly notices: Set<string>;
}

/** Reasons why a value can arrive empty although the workflow sets it (contract §2.1). */
export const LIKELY_CAUSES =
  'If the workflow sets it, it arrived empty. Likely causes: a wrong step id; a build that did not push ' +
  '(`push: true`); a job output that is not declared under `outputs:` of its job; or a job output that GitHub dropped ' +
  'because it contained a masked value (pass the digest alone, or use the `digests` output).';

/** The line that binds an image to the digest that the build step pushed. */
export const DIGEST_LINE = `digest: \${{ steps.build.outputs.digest }}`;

/** Converts a reference for the use-cases. Adds a notice for a lower-cased name. The reports say which tags are labels. */
export function toRequested(
  reading: ImagesReading,
  reference: ImageReference,
  { digest, source }: { readonly digest: Digest | undefined; readonly source: Source },
): RequestedImage {
  if (reference.lowercased) {
    reading.notices.add(`${reference.original} was changed to lower case: ${formatRepository(reference.repository)}`);
  }
  const { original, repository, tag } = reference;
  return { original, repository, tag, digest, sources: [source] };
}
