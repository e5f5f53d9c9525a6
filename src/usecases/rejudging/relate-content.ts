import { createExpiringMap } from '../../domain/calls/expiring-map.ts';
import { type Digest, isDigest } from '../../domain/image/digest.ts';
import { readManifestDocument } from '../../domain/image/manifest-document.ts';
import { isIndexType } from '../../domain/image/platform-images.ts';
import { formatPinned, type Repository } from '../../domain/image/reference.ts';
import { isJsonObject } from '../../domain/text/json-object.ts';
import type { CallContext } from '../call-context.ts';
import { entriesOf } from '../examining/resolve-images.ts';
import type { FetchedManifest, Registry } from '../ports.ts';

/** Two digests of one repository. */
export interface DigestPair {
  readonly repository: Repository;
  readonly pinned: Digest;
  /** What the runtime names. */
  readonly reported: Digest;
}

/**
 * How the image that a runtime names relates to the pinned one. Runtimes do not all name what was pulled: some name the
 * platform's manifest instead of the index (`part`), and all know an image by its configuration, so that they may name
 * another manifest or index that leads to the same one (`shared`). `other`: they have no image in common.
 */
export type Relation = 'part' | 'shared' | 'other';

/** Undefined if it cannot be told. Never rejects. */
export type RelateContent = (call: CallContext, pair: DigestPair, registry: Registry) => Promise<Relation | undefined>;

/** Platform images of one index that are looked into. Larger indexes than that are rare; then nothing is claimed. */
const CHILDREN_MAX = 32;
/** Both are fixed by the digests, so an answer stays right. The lifetime only bounds what nobody asks for any more. */
const REMEMBERED_MS = 24 * 3_600_000;
const REMEMBERED_MAX = 5_000;

export function createRelateContent(clock: { now(): Date }): RelateContent {
  const known = createExpiringMap<Relation>({ clock, entriesMax: REMEMBERED_MAX });
  return async (call, pair, registry) => {
    const key = `${formatPinned(pair.repository, pair.pinned)} ${pair.reported}`;
    const answer = known.get(key);
    if (answer !== undefined) return answer;
    try {
      const relation = await relate(call, pair, registry);
      if (relation !== undefined) known.set(key, relation, REMEMBERED_MS);
      return relation;
    } catch {
      // An outage, or a document that cannot be read: it proves nothing about what runs.
      return undefined;
    }
  };
}

async function relate(
  call: CallContext,
  { repository, pinned, reported }: DigestPair,
  registry: Registry,
): Promise<Relation | undefined> {
  const read = (digest: Digest): Promise<FetchedManifest | undefined> => registry.manifest(call, repository, digest);
  const first = await read(pinned);
  if (first === undefined) return undefined;
  const pinnedImages = imagesOf(repository, first);
  if (pinnedImages.includes(reported)) return 'part';
  const second = await read(reported);
  if (second === undefined) return undefined;
  const reportedImages = imagesOf(repository, second);
  if (reportedImages.some((one) => one === pinned || pinnedImages.includes(one))) return 'shared';
  if (pinnedImages.length > CHILDREN_MAX || reportedImages.length > CHILDREN_MAX) return undefined;

  const configs = new Set<string>();
  for (const digest of pinnedImages) {
    const config = configOf(digest === pinned ? first : await read(digest));
    if (config === undefined) return undefined;
    configs.add(config);
  }
  for (const digest of reportedImages) {
    const config = configOf(digest === reported ? second : await read(digest));
    if (config === undefined) return undefined;
    if (configs.has(config)) return 'shared';
  }
  return 'other';
}

/** The platform images of an index, or the image itself. */
function imagesOf(repository: Repository, manifest: FetchedManifest): readonly Digest[] {
  const entries = entriesOf(repository, manifest);
  if (entries === undefined) return [manifest.digest];
  return entries.filter(({ isAttestation }) => !isAttestation).map(({ digest }) => digest);
}

/** The digest of the configuration; undefined for a document that has none, such as a nested index. */
function configOf(manifest: FetchedManifest | undefined): Digest | undefined {
  if (manifest === undefined || isIndexType(manifest.mediaType)) return undefined;
  if (readManifestDocument(manifest.bytes).kind !== 'image') return undefined;
  const value: unknown = JSON.parse(new TextDecoder().decode(manifest.bytes));
  const config = isJsonObject(value) ? value['config'] : undefined;
  const digest = isJsonObject(config) ? config['digest'] : undefined;
  return isDigest(digest) ? digest : undefined;
}
