import { type CodedError, toCodedError } from '../../coded-error.ts';
import type { Digest } from '../../domain/image/digest.ts';
import { formatRepository, type Repository } from '../../domain/image/reference.ts';
import type { CallContext } from '../call-context.ts';
import { entriesOf } from '../examining/resolve-images.ts';
import { mapLimited } from '../map-limited.ts';
import type { Registry } from '../ports.ts';

/** An index that a tag names now and did not name before. */
export interface NewIndex {
  readonly repository: Repository;
  readonly digest: Digest;
}

/** The only image of an index; undefined if it has none or several. An error: the index could not be read. */
export type OnlyImage = Digest | undefined | CodedError;

/**
 * Reads which of these indexes hold a single image, by digest. `docker buildx imagetools create` makes such an index when
 * it gives an image another tag: new digest, same image. BuildKit's attestation manifests do not count.
 */
export async function findOnlyImages(
  call: CallContext,
  indexes: readonly NewIndex[],
  { registry, concurrency }: { readonly registry: Registry; readonly concurrency: number },
): Promise<ReadonlyMap<string, OnlyImage>> {
  const distinct = new Map(indexes.map((one) => [`${formatRepository(one.repository)}@${one.digest}`, one]));
  const found = await mapLimited([...distinct], { limit: concurrency }, async ([name, { repository, digest }]) => {
    try {
      const manifest = await registry.manifest(call, repository, digest);
      const entries = manifest === undefined ? [] : (entriesOf(repository, manifest) ?? []);
      const images = new Set(entries.filter(({ isAttestation }) => !isAttestation).map((entry) => entry.digest));
      return [name, images.size === 1 ? [...images][0] : undefined] as const;
    } catch (error) {
      return [name, toCodedError(error)] as const;
    }
  });
  return new Map<string, OnlyImage>(found);
}
