import { CodedError, toCodedError } from '../../coded-error.ts';
import type { Descriptor } from '../../domain/image/descriptor.ts';
import type { Digest } from '../../domain/image/digest.ts';
import { kindOfType, readManifestDocument } from '../../domain/image/manifest-document.ts';
import {
  type IndexEntry,
  type PlatformImage,
  parseIndexEntries,
  type SkippedEntry,
} from '../../domain/image/platform-images.ts';
import { formatPinned, formatRepository, type Repository } from '../../domain/image/reference.ts';
import type { Source } from '../../domain/image/source.ts';
import { ValueError } from '../../domain/text/value-error.ts';
import type { CallContext } from '../call-context.ts';
import { mapLimited } from '../map-limited.ts';
import type { FetchedManifest, Registry } from '../ports.ts';
import { createSlots } from '../slots.ts';
import { explainHubName } from './hub-name.ts';
import { createTreeReader, type FoundIndex, orInvalid, type ReadTree } from './image-tree.ts';
import type { ImageUse } from './image-use.ts';

/** One image as requested. */
export interface RequestedImage {
  /** As the user wrote it. */
  readonly original: string;
  readonly repository: Repository;
  readonly tag: string | undefined;
  readonly digest: Digest | undefined;
  readonly sources: readonly Source[];
  /** The uses in deployment files. Absent: the workflow names it itself. */
  readonly uses?: readonly ImageUse[];
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
  /** Children, if requested and the image is an index; a child with two platform names appears twice. */
  readonly platforms: readonly PlatformImage[];
  /** Other entries of its index that cannot be run. */
  readonly skipped: readonly SkippedEntry[];
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
  readonly call: CallContext;
  readonly registry: Registry;
  readonly recursive: boolean;
  readonly notFoundHint: string;
}

/** An image of which only the manifest itself was read. */
export interface ResolvedRoot {
  readonly image: ResolvedImage;
  /** Set if the run is recursive and the image is an index. */
  readonly index: FoundIndex | undefined;
}

interface ResolveAllOptions extends ResolveOptions {
  readonly images: readonly RequestedImage[];
  readonly concurrency: number;
  /** Work about an image whose digest is given, done while it is resolved; one limit counts both. Never rejects. */
  readonly alongside?: (image: RequestedImage & { readonly digest: Digest }) => Promise<unknown>;
}

/**
 * Resolves every reference once, in parallel, and merges those with the same digest in the same repository, in order of
 * first mention. Each tag is requested exactly once, here; all later steps use the digest.
 */
export async function resolveImages(options: ResolveAllOptions): Promise<Resolution[]> {
  const { concurrency, alongside } = options;
  const asked = groupRequested(options.images);
  const slots = createSlots(concurrency);
  const readTree = createTreeReader({ ...options, slots });
  const prepareLater = createLookahead(options, asked);
  const resolved = await mapLimited(asked, { limit: concurrency }, async (group, at): Promise<Resolution> => {
    const first = group[0] as RequestedImage;
    const { digest } = first;
    try {
      const root = await slots(async () => {
        // The image first: the registry adapter learns the login from its answer; a referrers route may not exist.
        const resolving = resolveRoot(options, group);
        prepareLater(at);
        await Promise.allSettled([resolving, digest === undefined ? undefined : alongside?.({ ...first, digest })]);
        return resolving;
      });
      return { kind: 'resolved', image: await withPlatforms(root, readTree) };
    } catch (error) {
      return { kind: 'unresolved', image: { first, error: explainHubName(toCodedError(error), first) } };
    }
  });
  return mergeResolved<never>(resolved);
}

export interface LookaheadOptions {
  readonly call: CallContext;
  readonly registry: Registry;
  readonly concurrency: number;
  /** False for images of which nothing is asked. */
  readonly isAsked?: (group: readonly RequestedImage[]) => boolean;
}

/** Images whose tokens are asked for at a time: one token may serve them all. */
const LOOKAHEAD_STEP = 8;

/**
 * Gets the registry ready for images whose turn comes later, in the same order: with each eighth image that begins,
 * the tokens for the eight that are `concurrency` further on are asked for. Asking for all at the start would
 * only make tokens expire in a long run.
 */
export function createLookahead(
  { call, registry, concurrency, isAsked = () => true }: LookaheadOptions,
  groups: readonly (readonly RequestedImage[])[],
): (at: number) => void {
  return (at) => {
    if (at % LOOKAHEAD_STEP !== 0) return;
    for (const later of groups.slice(at + concurrency, at + concurrency + LOOKAHEAD_STEP)) {
      const [first] = later;
      if (first !== undefined && isAsked(later)) registry.prepare(call, first.repository, 1);
    }
  };
}

/**
 * Resolves one group of groupRequested: a tag by one GET, a digest by one HEAD, or by a GET if its children are
 * requested. Throws IMAGE_NOT_FOUND if it does not exist.
 */
export async function resolveRoot(
  options: ResolveOptions,
  references: readonly RequestedImage[],
): Promise<ResolvedRoot> {
  const first = references[0] as RequestedImage;
  const { call, registry } = options;
  const { repository } = first;
  const wanted = first.digest ?? first.tag;
  if (wanted === undefined) {
    throw new CodedError('INPUT_INVALID', `"${first.original}" names neither a tag nor a digest`, {
      hint: 'Add a tag or, better, a digest: registry/repository@sha256:…',
    });
  }
  const notFound = (why: CodedError | undefined): CodedError => {
    const shown = first.digest === undefined ? first.original : formatPinned(repository, first.digest);
    const hint = [why?.hint, options.notFoundHint].filter((text) => text !== undefined).join(' ');
    return new CodedError('IMAGE_NOT_FOUND', `${shown} is not in ${repository.registry}`, { cause: why, hint });
  };
  const read = (): Promise<Descriptor | FetchedManifest | undefined> =>
    first.digest !== undefined && !options.recursive
      ? registry.head(call, repository, first.digest)
      : registry.manifest(call, repository, wanted);
  const found = await read().catch((error: unknown) => {
    throw error instanceof CodedError && error.code === 'IMAGE_NOT_FOUND' ? notFound(error) : error;
  });
  if (found === undefined) throw notFound(undefined);
  const { digest, mediaType } = found;
  const size = 'bytes' in found ? found.bytes.length : found.size;
  const image = { first, references, repository, digest, mediaType, size, platforms: [], skipped: [] };
  const entries = options.recursive && 'bytes' in found ? entriesOf(repository, found) : undefined;
  return { image, index: entries === undefined ? undefined : { repository, digest, entries } };
}

/** The entries of the manifest, if it is an index; its own bytes determine whether it is. Throws REGISTRY_INVALID. */
export function entriesOf(
  repository: Repository,
  { digest, mediaType, bytes }: FetchedManifest,
): readonly IndexEntry[] | undefined {
  return orInvalid(formatPinned(repository, digest), () => {
    const document = readManifestDocument(bytes);
    if (document.kind !== kindOfType(mediaType)) {
      throw new ValueError(`the registry declares it as ${mediaType}, but its content is not of that type`);
    }
    return document.kind === 'index' ? parseIndexEntries(document) : undefined;
  });
}

/** The image with everything below its index. */
export async function withPlatforms({ image, index }: ResolvedRoot, readTree: ReadTree): Promise<ResolvedImage> {
  return index === undefined ? image : { ...image, ...(await readTree(index)) };
}

/** Groups references that certainly name the same image: same repository and digest, or same tag. */
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

/** Merges tags that resolved to the same digest in the same repository into one image. */
export function mergeResolved<Other extends { readonly kind: 'unasked' } = never>(
  resolutions: readonly (Resolution | Other)[],
): (Resolution | Other)[] {
  const merged = new Map<string, Resolution | Other>();
  for (const one of resolutions) {
    if (one.kind !== 'resolved') {
      merged.set(`${one.kind} ${merged.size}`, one);
      continue;
    }
    const key = formatPinned(one.image.repository, one.image.digest);
    const before = merged.get(key);
    if (before?.kind !== 'resolved') {
      merged.set(key, one);
    } else {
      const references = [...before.image.references, ...one.image.references];
      merged.set(key, { kind: 'resolved', image: { ...before.image, references } });
    }
  }
  return [...merged.values()];
}
