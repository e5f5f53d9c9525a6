import { CodedError } from '../../coded-error.ts';
import type { Digest } from '../../domain/image/digest.ts';
import { type ManifestDocument, readManifestDocument } from '../../domain/image/manifest-document.ts';
import {
  type IndexEntry,
  kindOfEntry,
  type PlatformImage,
  parseIndexEntries,
  type SkippedEntry,
} from '../../domain/image/platform-images.ts';
import { formatPinned, type Repository } from '../../domain/image/reference.ts';
import { ValueError } from '../../domain/text/value-error.ts';
import type { CallContext } from '../call-context.ts';
import { mapLimited } from '../map-limited.ts';
import type { Registry } from '../ports.ts';
import type { Slots } from '../slots.ts';

/** Everything that an index lists, directly or through nested indexes. */
export interface ImageTree {
  /** Images and nested indexes, in the order of the index; one with two platform names appears twice. */
  readonly platforms: readonly PlatformImage[];
  readonly skipped: readonly SkippedEntry[];
}

/** An index without its bytes: only its entries are kept. */
export interface FoundIndex {
  readonly repository: Repository;
  readonly digest: Digest;
  readonly entries: readonly IndexEntry[];
}

/** Reads everything that an index lists, directly or through nested indexes. */
export type ReadTree = (index: FoundIndex) => Promise<ImageTree>;

export interface TreeOptions {
  readonly call: CallContext;
  readonly registry: Registry;
  /** The run's limit on requests; each document takes its own slot only, so that none waits for its own children. */
  readonly slots: Slots;
  readonly concurrency: number;
  readonly notFoundHint: string;
}

/** Levels of indexes, each listing the next: an index, its nested indexes, and two more levels. */
export const NESTING_MAX = 4;
/** Entries of all indexes of one tree. The largest known indexes list about a hundred; each entry costs a few calls. */
export const TREE_ENTRIES_MAX = 1024;
/** Bytes of all documents of one tree. The trees of the largest known indexes have less than one MiB. */
export const TREE_BYTES_MAX = 64 * 1024 * 1024;

/** A fetched document without its bytes, which would fill the memory in a run with many trees. */
interface Loaded {
  readonly document: ManifestDocument;
  readonly contentType: string;
  /** In bytes. */
  readonly size: number;
  /** Empty unless it is an index. */
  readonly entries: readonly IndexEntry[];
}

/**
 * Reads trees of indexes. Each document of a repository is read once in a run, no matter how many entries, indexes and
 * images lead to it: otherwise, a few small documents that list each other many times would cause millions of calls.
 * The bytes of a document determine its kind. Throws IMAGE_NOT_FOUND if the document of an entry is missing, and
 * REGISTRY_INVALID if it contradicts its entry, cannot be read, or exceeds the limits.
 */
export function createTreeReader(options: TreeOptions): ReadTree {
  const memo = new Map<string, Promise<Loaded>>();
  const load = (repository: Repository, entry: IndexEntry): Promise<Loaded> => {
    const name = formatPinned(repository, entry.digest);
    const known = memo.get(name);
    if (known !== undefined) return known;
    const loading = options.slots(() => fetchDocument(options, repository, entry));
    memo.set(name, loading);
    return loading;
  };

  return async ({ repository, digest, entries }) => {
    const refuse = (why: string): never => {
      throw invalid(formatPinned(repository, digest), why);
    };
    const found = new Map<Digest, Loaded>();
    let bytes = 0;
    let count = entries.length;
    let level = entries;
    for (let depth = 1; level.length > 0; depth += 1) {
      if (depth > NESTING_MAX) refuse(`it nests indexes more than ${NESTING_MAX} levels deep`);
      if (count > TREE_ENTRIES_MAX) refuse(`it leads to more than ${TREE_ENTRIES_MAX} manifests`);
      const fresh = new Map(level.filter((entry) => !found.has(entry.digest)).map((entry) => [entry.digest, entry]));
      const loaded = await mapLimited([...fresh.values()], { limit: options.concurrency }, async (entry) => {
        const one = await load(repository, entry);
        bytes += one.size;
        if (bytes > TREE_BYTES_MAX) refuse(`it leads to more than ${TREE_BYTES_MAX} bytes of manifests`);
        found.set(entry.digest, one);
        return one;
      });
      // Also checks entries whose document is already known: no two entries may describe it differently.
      for (const entry of level) kindOf(repository, entry, found);
      level = loaded.flatMap((one) => one.entries);
      count += level.length;
    }
    return listTree(repository, entries, found);
  };
}

async function fetchDocument(
  { call, registry, notFoundHint }: TreeOptions,
  repository: Repository,
  entry: IndexEntry,
): Promise<Loaded> {
  const name = formatPinned(repository, entry.digest);
  const fetched = await registry.document(call, repository, entry);
  if (fetched === undefined) {
    throw new CodedError('IMAGE_NOT_FOUND', `${name} is listed by its index but is missing`, { hint: notFoundHint });
  }
  const { bytes, contentType } = fetched;
  return orInvalid(name, () => {
    const document = readManifestDocument(bytes);
    const size = bytes.length;
    if (document.kind !== 'index') return { document, contentType, size, entries: [] };
    const entries = parseIndexEntries(document);
    return { document: { ...document, manifests: [] }, contentType, size, entries };
  });
}

/** Everything below an index, each entry before its children. The children of each index are listed once. */
function listTree(
  repository: Repository,
  entries: readonly IndexEntry[],
  found: ReadonlyMap<Digest, Loaded>,
): ImageTree {
  const platforms = new Map<string, PlatformImage>();
  const skipped = new Map<string, SkippedEntry>();
  const opened = new Set<Digest>();
  const list = (entry: IndexEntry): void => {
    const { digest, mediaType, platform } = entry;
    const { size, entries: below } = loadedOf(entry, found);
    const kind = kindOf(repository, entry, found);
    const key = `${digest} ${platform}`;
    if (kind === 'foreign') skipped.set(`${key} ${mediaType}`, { digest, mediaType, platform });
    if (kind === 'image' || kind === 'index') platforms.set(key, { digest, mediaType, size, platform });
    if (opened.has(digest)) return;
    opened.add(digest);
    for (const child of below) list(child);
  };
  for (const entry of entries) list(entry);
  return { platforms: [...platforms.values()], skipped: [...skipped.values()] };
}

function kindOf(
  repository: Repository,
  entry: IndexEntry,
  found: ReadonlyMap<Digest, Loaded>,
): ReturnType<typeof kindOfEntry> {
  const { document, contentType } = loadedOf(entry, found);
  return orInvalid(formatPinned(repository, entry.digest), () => kindOfEntry(entry, document, contentType));
}

function loadedOf(entry: IndexEntry, found: ReadonlyMap<Digest, Loaded>): Loaded {
  const one = found.get(entry.digest);
  if (one === undefined) throw new CodedError('INTERNAL_ERROR', `${entry.digest} was not fetched`);
  return one;
}

/** Reads something from the document `name`; a ValueError becomes REGISTRY_INVALID. */
export function orInvalid<Result>(name: string, read: () => Result): Result {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof ValueError) throw invalid(name, cause.message, cause);
    throw cause;
  }
}

const INVALID_HINT =
  'Push the index again with a current tool, such as `docker buildx imagetools create`. If nobody knows where it ' +
  'comes from, treat it as an attempt to hide an image.';

function invalid(name: string, why: string, cause?: unknown): CodedError {
  return new CodedError('REGISTRY_INVALID', `${name} cannot be evaluated: ${why}`, { cause, hint: INVALID_HINT });
}
