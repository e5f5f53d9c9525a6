import type { NamedTag } from '../../report/cells.ts';
import type { RequestedImage } from '../../usecases/examining/resolve-images.ts';

/** The tags in the references to one image. Beside a digest a tag is only a label: the registry is not asked about it. */
export function namedTags(references: readonly RequestedImage[]): NamedTag[] {
  return references.flatMap(({ tag, digest }) =>
    tag === undefined ? [] : [{ name: tag, isChecked: digest === undefined }],
  );
}
