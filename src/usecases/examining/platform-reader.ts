import { CodedError } from '../../coded-error.ts';
import type { Digest } from '../../domain/image/digest.ts';
import { type IndexEntry, isIndexType, type PlatformImage } from '../../domain/image/platform-images.ts';
import { formatPinned, type Repository } from '../../domain/image/reference.ts';
import { createSlots } from '../slots.ts';
import { createTreeReader, type TreeOptions } from './image-tree.ts';
import { entriesOf } from './resolve-images.ts';

/** What an index contains. */
export interface Platforms {
  /** Its platform images, those of nested indexes included, each digest once. */
  readonly images: readonly PlatformImage[];
  /** Its own entries, as listed. */
  readonly entries: readonly IndexEntry[];
}

/** Undefined for a digest that is not an index. */
export type ReadPlatforms = (repository: Repository, digest: Digest) => Promise<Platforms | undefined>;

/**
 * Reads indexes to find their platform images, each index once in a run. It has its own limit on requests, because judges
 * that hold a slot of the run wait for it. Throws IMAGE_NOT_FOUND, REGISTRY_INVALID.
 */
export function createPlatformReader(options: Omit<TreeOptions, 'slots'>): ReadPlatforms {
  const { call, registry, notFoundHint } = options;
  const slots = createSlots(options.concurrency);
  const readTree = createTreeReader({ ...options, slots });
  const known = new Map<string, ReturnType<ReadPlatforms>>();
  const read: ReadPlatforms = async (repository, digest) => {
    const manifest = await slots(() => registry.manifest(call, repository, digest));
    if (manifest === undefined) {
      const name = formatPinned(repository, digest);
      throw new CodedError('IMAGE_NOT_FOUND', `${name} is not in ${repository.registry}`, { hint: notFoundHint });
    }
    const entries = entriesOf(repository, manifest);
    if (entries === undefined) return undefined;
    const { platforms } = await readTree({ repository, digest, entries });
    const images = platforms.filter(({ mediaType }) => !isIndexType(mediaType));
    return { images: [...new Map(images.map((image) => [image.digest, image])).values()], entries };
  };
  return (repository, digest) => {
    const name = formatPinned(repository, digest);
    const reading = known.get(name) ?? read(repository, digest);
    known.set(name, reading);
    return reading;
  };
}
