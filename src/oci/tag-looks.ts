import { formatRepository, type Repository } from '../domain/image/reference.ts';
import type { Clock, Place } from '../usecases/ports.ts';
import { isVouchedFor, type ManifestAnswer, type Manifests, refuseLossy } from './manifests.ts';

/** What stood under a tag when it was asked for. */
export interface TagLook {
  /** In ms since the epoch. */
  readonly readAtMs: number;
  /** True if it was read only to be written over. */
  readonly isForWrite: boolean;
  /** Undefined: there is no such tag. Rejects if it could not be read. */
  readonly answer: Promise<ManifestAnswer | undefined>;
}

/**
 * What one call saw before it signed anything, for the check whether a signature can be stored. Only one that
 * writes keeps it: a gate looks at many images and writes none.
 */
export interface TagLooks {
  /** Reads a tag past every cache. Throws RegistryError. */
  look(
    repository: Repository,
    tag: string,
    options?: { readonly isForWrite: boolean },
  ): Promise<ManifestAnswer | undefined>;
  /** What the last look at a tag saw, if this call has looked. */
  last(repository: Repository, tag: string): TagLook | undefined;
  /**
   * The same, for the one who writes the tag, if it was read for that and is young enough that the write still finds
   * it fresh. Given out once: what our own write changes has to be read again.
   */
  takeYoung(repository: Repository, tag: string, maxAgeMs: number): TagLook | undefined;
  /** Keeps what the referrers API answered about a digest. */
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

/** What a tag held when this call looked; a look now, which the write may use, if it has not looked. */
export async function lastLook(looks: TagLooks, repository: Repository, tag: string): Promise<TagLook | undefined> {
  if (looks.last(repository, tag) === undefined) await looks.look(repository, tag, { isForWrite: true });
  return looks.last(repository, tag);
}

/** The manifest that a look saw, if more can be added to it; else what stands under the tag now. Throws RegistryError. */
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
    // Asked again: what failed then may be there now, and the error is today's.
    () => undefined,
  );
  if (seen?.manifest !== undefined) refuseLossy(seen.manifest, `${formatRepository(repository)}:${tag}`);
  if (seen !== undefined) return seen;
  const readAtMs = clock.now().getTime();
  return { manifest: await manifests.getToExtend(repository, tag), readAtMs };
}
