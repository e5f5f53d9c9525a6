import type { NamedImage } from './named-image.ts';

/** An image of one file of a repository. */
export interface FileImage {
  /** The path from the root of the repository, with `/`. */
  readonly file: string;
  readonly image: NamedImage;
}

/**
 * What head names and base does not (contract §2.5.2), in the order of head: compared by file, object, field and image
 * as resolved, so that a default, an anchor or a rendered tag that changes is news, and so is an image that moves to
 * another file, object or field. Of several equal ones as many are news as head has more; those are the last ones.
 */
export function findNewImages<Named extends FileImage>(head: readonly Named[], base: readonly FileImage[]): Named[] {
  const left = new Map<string, number>();
  for (const one of base) {
    const key = keyOf(one);
    left.set(key, (left.get(key) ?? 0) + 1);
  }
  return head.filter((one) => {
    const key = keyOf(one);
    const count = left.get(key) ?? 0;
    if (count === 0) return true;
    left.set(key, count - 1);
    return false;
  });
}

/** Nothing in it can be mistaken for something else: `undefined` is null, and an empty text is not. */
function keyOf({ file, image: { image, object, field, owner } }: FileImage): string {
  return JSON.stringify([
    file,
    // Services, targets and stages are not Kubernetes objects; those have their identity.
    owner === undefined
      ? (object ?? null)
      : [owner.apiVersion, owner.kind, owner.namespace ?? null, owner.name ?? null],
    field,
    image,
  ]);
}
