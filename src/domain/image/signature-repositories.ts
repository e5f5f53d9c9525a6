import { formatRepository, type Repository } from './reference.ts';

/** The images of a registry, of a folder of its repositories, or of one repository and those below it. */
export interface ImagePrefix {
  /** As in Repository. */
  readonly registry: string;
  /** Whole segments of a repository's path; '' covers the whole registry. */
  readonly path: string;
}

/** Where the signatures of some images are stored (contract §2.3, `signature-repository`). */
export interface SignatureRepositoryRule {
  /** Undefined: every image. */
  readonly images: ImagePrefix | undefined;
  readonly repository: Repository;
}

/** The rules of a run, in any order. The most specific one wins; none: every image keeps its own repository. */
export type SignatureRepositories = readonly SignatureRepositoryRule[];

/** The repository with the signatures of images in this repository. */
export function signatureRepositoryOf(rules: SignatureRepositories, image: Repository): Repository {
  let best: { readonly length: number; readonly repository: Repository } | undefined;
  for (const { images, repository } of rules) {
    const length = images === undefined ? -1 : matchLength(images, image);
    if (length !== undefined && (best === undefined || length > best.length)) best = { length, repository };
  }
  return best?.repository ?? image;
}

/** The same as text; undefined if the signatures are in the image's own repository. */
export function signaturesElsewhere(rules: SignatureRepositories, image: Repository): string | undefined {
  const store = formatRepository(signatureRepositoryOf(rules, image));
  return store === formatRepository(image) ? undefined : store;
}

/** True if a rule is about images in this repository, even if a more specific rule wins. */
export function isAbout({ images }: SignatureRepositoryRule, image: Repository): boolean {
  return images === undefined || matchLength(images, image) !== undefined;
}

/** True if two prefixes name the same images, such as `nginx` and `docker.io/library/nginx`. */
export function isSamePrefix(one: ImagePrefix, other: ImagePrefix): boolean {
  return one.registry === other.registry && paths(one).some((path) => paths(other).includes(path));
}

/** `registry/path`, or the registry alone. */
export function formatImagePrefix({ registry, path }: ImagePrefix): string {
  return path === '' ? registry : `${registry}/${path}`;
}

/** The rule as a line of the input. */
export function formatRule({ images, repository }: SignatureRepositoryRule): string {
  const store = formatRepository(repository);
  return images === undefined ? store : `${formatImagePrefix(images)}=${store}`;
}

export const HUB = 'docker.io';

/** The paths that a prefix stands for: on Docker Hub `nginx` is an official image, and the namespace `nginx`. */
function paths({ registry, path }: ImagePrefix): readonly string[] {
  return registry === HUB && path !== '' && !path.includes('/') ? [path, `library/${path}`] : [path];
}

/** The number of characters of the path that the prefix covers; undefined if it does not cover this repository. */
function matchLength(prefix: ImagePrefix, { registry, path }: Repository): number | undefined {
  if (prefix.registry !== registry) return undefined;
  const covering = paths(prefix).filter((one) => one === '' || path === one || path.startsWith(`${one}/`));
  return covering.length === 0 ? undefined : Math.max(...covering.map((one) => one.length));
}
