import { formatRepository, type Repository } from '../domain/image/reference.ts';
import type { Clock, Place } from '../usecases/ports.ts';
import { isVouchedFor, type ManifestAnswer, type Manifests, refuseLossy } from './manifests.ts';

/** The content of a tag at the time of a request. */
export interface TagLook {
  /** In ms since the epoch. */
  readonly readAtMs: number;
  /** True if it was read only in order to be overwritten. */
  readonly isForWrite: boolean;
  /** Undefined if there is no such tag. Rejects if it could not be read. */
  readonly answer: Promise<ManifestAnswer | undefined>;
}

/**
 * The tags that one call read before it signed anything, to check that a signature can be stored. Only a call that
 * writes keeps them: a gate reads many images and writes none.
 */
export interface TagLooks {
  /** Reads a tag and bypasses every cache. Throws RegistryError. */
  look(
    repository: Repository,
    tag: string,
    options?: { readonly isForWrite: boolean },
  ): Promise<ManifestAnswer | undefined>;
  /** The last look of this call at a tag, if there was one. */
  last(repository: Repository, tag: string): TagLook | undefined;
  /**
   * The last look for the writer of the tag, if it was made for a write and is recent enough not to be stale at the
   * write. Returned only once: after our own write, the tag has to be read again.
   */
  takeYoung(repository: Repository, tag: string, maxAgeMs: number): TagLook | undefined;
  /** Keeps the answer of the referrers API about a digest. */
  noteListing(repository: Repository, subject: string, place: Place): void;
  listing(repository: Repository, subject: string): Place | undefined;
}

export function createTagLooks(options: {
  readonly manifests: Manifests;
  readonly clock: Clock;
  readonly keep: boolean;
}): TagLooks {
  const { manifests, clock, keep } = options;
  const looks = new Map<string, TagLook>();
  const listings = new Map<string, Place>();
  const keyOf = (repository: Repository, name: string): string => `${formatRepository(repository)} ${name}`;
  return {
    look(repository, tag, { isForWrite } = { isForWrite: false }) {
      const readAtMs = clock.now().getTime();
      const answer = manifests.get(repository, tag, { fresh: true, keepFlaws: true });
      if (keep) looks.set(keyOf(repository, tag), { readAtMs, isForWrite, answer });
      return answer;
    },
    last: (repository, tag) => looks.get(keyOf(repository, tag)),
    takeYoung(repository, tag, maxAgeMs) {
      const key = keyOf(repository, tag);
      const look = looks.get(key);
      looks.delete(key);
      if (look === undefined || !look.isForWrite) return undefined;
      return clock.now().getTime() - look.readAtMs <= maxAgeMs ? look : undefined;
    },
    noteListing(repository, subject, place) {
      if (keep) listings.set(keyOf(repository, subject), place);
    },
    listing: (repository, subject) => listings.get(keyOf(repository, subject)),
  };
}

/** The last look of this call at a tag; if there was none, looks now, and the write may use that. */
export async function lastLook(looks: TagLooks, repository: Repository, tag: string): Promise<TagLook | undefined> {
  if (looks.last(repository, tag) === undefined) await looks.look(repository, tag, { isForWrite: true });
  return looks.last(repository, tag);
}

/**
 * The manifest from a look, if it can be extended; otherwise the one that is under the tag now. Throws RegistryError.
 */
export async function readToExtend(
  { manifests, clock }: { readonly manifests: Manifests; readonly clock: Clock },
  {
    repository,
    tag,
    look,
  }: { readonly repository: Repository; readonly tag: string; readonly look: TagLook | undefined },
): Promise<{ readonly manifest: ManifestAnswer | undefined; readonly readAtMs: number }> {
  const seen = await look?.answer.then(
    (manifest) =>
      manifest === undefined || isVouchedFor(manifest) ? { manifest, readAtMs: look.readAtMs } : undefined,
    // Read again: the tag may be readable now, and if not, the error is current.
    () => undefined,
  );
  if (seen?.manifest !== undefined) refuseLossy(seen.manifest, `${formatRepository(repository)}:${tag}`);
  if (seen !== undefined) return seen;
  const readAtMs = clock.now().getTime();
  return { manifest: await manifests.getToExtend(repository, tag), readAtMs };
}
