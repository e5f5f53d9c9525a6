import { CodedError, toCodedError } from '../coded-error.ts';
import type { Digest } from '../domain/digest.ts';
import { isIndexType, type PlatformImage, parsePlatformImages } from '../domain/platform-images.ts';
import { formatPinned, formatRepository, type Repository } from '../domain/reference.ts';
import { ValueError } from '../domain/value-error.ts';
import { mapLimited } from './map-limited.ts';
import type { Registry } from './ports.ts';

/** One image as asked for. */
export interface RequestedImage {
  /** As the user wrote it. */
  readonly original: string;
  readonly repository: Repository;
  readonly tag: string | undefined;
  readonly digest: Digest | undefined;
  readonly sources: readonly string[];
}

/** One distinct image: a digest in a repository, with every reference that named it. */
export interface ResolvedImage {
  readonly first: RequestedImage;
  readonly references: readonly RequestedImage[];
  readonly repository: Repository;
  readonly digest: Digest;
  readonly mediaType: string;
  /** Size of the manifest in bytes. */
  readonly size: number;
  /** Children, if asked for and the image is an index. */
  readonly platforms: readonly PlatformImage[];
}

/** An image that could not be resolved; the error says why. */
export interface UnresolvedImage {
  readonly first: RequestedImage;
  readonly error: CodedError;
}

export type Resolution =
  | { readonly kind: 'resolved'; readonly image: ResolvedImage }
  | { readonly kind: 'unresolved'; readonly image: UnresolvedImage };

export interface ResolveOptions {
  readonly registry: Registry;
  readonly recursive: boolean;
  readonly concurrency: number;
  /** What a missing image hints at, in the words of the action that asks. */
  readonly notFoundHint: string;
}

/** Depth of nested indexes that `recursive` follows. */
const NESTING_MAX = 4;

/**
 * Resolves every reference once, in parallel, and merges those that name one digest in one repository;
 * order of first mention. A tag is asked for exactly once here: everything later works on the digest.
 */
export async function resolveImages(
  options: ResolveOptions & { readonly images: readonly RequestedImage[] },
): Promise<Resolution[]> {
  const asked = groupRequested(options.images);
  const resolved = await mapLimited(asked, { limit: options.concurrency }, async (group): Promise<Resolution> => {
    const first = group[0] as RequestedImage;
    try {
      return { kind: 'resolved', image: await resolveImage(options, group) };
    } catch (error) {
      return { kind: 'unresolved', image: { first, error: toCodedError(error) } };
    }
  });
  return mergeResolved(resolved);
}

/**
 * Resolves one group of groupRequested: a tag by one GET, a digest by one HEAD. Throws IMAGE_NOT_FOUND
 * for what is not there.
 */
export async function resolveImage(
  options: ResolveOptions,
  references: readonly RequestedImage[],
): Promise<ResolvedImage> {
  const first = references[0] as RequestedImage;
  const { registry } = options;
  const { repository } = first;
  const wanted = first.digest ?? first.tag;
  if (wanted === undefined) {
    throw new CodedError('INPUT_INVALID', `"${first.original}" names neither a tag nor a digest`, {
      hint: 'Add a tag or, better, a digest: registry/repository@sha256:…',
    });
  }
  const found =
    first.digest !== undefined && !options.recursive
      ? await registry.head(repository, first.digest)
      : await registry.manifest(repository, wanted);
  if (found === undefined) {
    const shown = first.digest === undefined ? first.original : formatPinned(repository, first.digest);
    throw new CodedError('IMAGE_NOT_FOUND', `${shown} is not in ${repository.registry}`, {
      hint: options.notFoundHint,
    });
  }
  const platforms =
    options.recursive && 'bytes' in found && isIndexType(found.mediaType)
      ? await platformsOf(options, repository, found.bytes, 1)
      : [];
  const size = 'bytes' in found ? found.bytes.length : found.size;
  return { first, references, repository, digest: found.digest, mediaType: found.mediaType, size, platforms };
}

/** Children of an index and of the indexes in it, each digest once, in the order of the index. */
async function platformsOf(
  options: ResolveOptions,
  repository: Repository,
  index: Uint8Array,
  depth: number,
): Promise<PlatformImage[]> {
  if (depth > NESTING_MAX) {
    throw new CodedError('REGISTRY_INVALID', `an index in ${formatRepository(repository)} nests too deeply`);
  }
  const children = parseIndex(repository, index);
  const nested = await mapLimited(children, { limit: options.concurrency }, async (child) => {
    if (!child.isIndex) return [];
    const manifest = await options.registry.manifest(repository, child.digest);
    if (manifest === undefined) {
      throw new CodedError(
        'IMAGE_NOT_FOUND',
        `${formatPinned(repository, child.digest)}, listed by its index, is missing`,
        { hint: options.notFoundHint },
      );
    }
    return platformsOf(options, repository, manifest.bytes, depth + 1);
  });
  const all = children.flatMap((child, i) => [child, ...(nested[i] ?? [])]);
  return [...new Map(all.map((child) => [child.digest, child])).values()];
}

function parseIndex(repository: Repository, bytes: Uint8Array): readonly PlatformImage[] {
  try {
    return parsePlatformImages(bytes);
  } catch (cause) {
    const why = cause instanceof ValueError || cause instanceof SyntaxError ? cause.message : String(cause);
    throw new CodedError(
      'REGISTRY_INVALID',
      `an image index in ${formatRepository(repository)} cannot be read: ${why}`,
      {
        cause,
      },
    );
  }
}

/** Groups references that surely name the same image: same repository and digest, or same tag. */
export function groupRequested(images: readonly RequestedImage[]): RequestedImage[][] {
  const groups = new Map<string, RequestedImage[]>();
  for (const image of images) {
    const name = formatRepository(image.repository);
    const key = image.digest === undefined ? `${name}:${image.tag ?? ''}` : `${name}@${image.digest}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [image]);
    else group.push(image);
  }
  return [...groups.values()];
}

/** Tags that turned out to be one digest in one repository are one image. */
export function mergeResolved(resolutions: readonly Resolution[]): Resolution[] {
  const merged = new Map<string, Resolution>();
  for (const one of resolutions) {
    if (one.kind === 'unresolved') {
      merged.set(`unresolved ${merged.size}`, one);
      continue;
    }
    const key = formatPinned(one.image.repository, one.image.digest);
    const before = merged.get(key);
    if (before === undefined || before.kind === 'unresolved') {
      merged.set(key, one);
    } else {
      const references = [...before.image.references, ...one.image.references];
      merged.set(key, { kind: 'resolved', image: { ...before.image, references } });
    }
  }
  return [...merged.values()];
}
