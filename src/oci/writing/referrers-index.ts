import type { Descriptor } from '../../domain/image/descriptor.ts';
import { type Digest, parseDigest } from '../../domain/image/digest.ts';
import { OCI_INDEX } from '../../domain/image/media-types.ts';
import type { Repository } from '../../domain/image/reference.ts';
import { ValueError } from '../../domain/text/value-error.ts';
import type { SignatureAddress } from '../../usecases/ports.ts';
import { type ManifestAnswer, manifestUrl } from '../manifests.ts';
import { type ReferrersTagContent, readReferrersTag, referrersTag } from '../referrers.ts';
import { readToExtend, type TagLook } from '../tag-looks.ts';
import { MANIFEST_MAX_BYTES } from '../transport/limits.ts';
import { RegistryError } from '../transport/registry-error.ts';
import { conditionOf, putManifest, toTagWrite, UNKNOWN_CODES } from './put-manifest.ts';
import { mergeIntoTag, type TagDraft, type TagMergeOutcome, type TagState, type TagWrite } from './tag-merge.ts';
import type { TagWriterContext } from './tag-writer-context.ts';

/** The index under a fallback tag, as found (distribution-spec v1.1.1, Referrers Tag Schema). */
export interface IndexState extends TagState<unknown> {
  /** Undefined if there is none. */
  readonly base: ManifestAnswer | undefined;
}

/** Reads the index that is under the tag now, or takes the one that an earlier look saw. Throws RegistryError. */
export async function readIndex(
  context: TagWriterContext,
  { repository, subject }: SignatureAddress,
  look?: TagLook,
): Promise<IndexState> {
  const tag = referrersTag(subject);
  const { manifest, readAtMs } = await readToExtend(context, { repository, tag, look });
  const nothing = { entries: [], digest: undefined, etag: undefined, readAtMs, base: undefined };
  if (manifest === undefined) return nothing;
  const content = readOwnTag(manifest, subject, manifestUrl(context.fetch, repository, tag).href);
  switch (content.kind) {
    case 'index':
      return { entries: content.entries, digest: manifest.digest, etag: manifest.etag, readAtMs, base: manifest };
    case 'alias':
      // Treated as absent, and without a condition: the ETag is the subject's.
      return nothing;
    case 'other':
      throw new RegistryError(
        'REGISTRY_INVALID',
        `${manifestUrl(context.fetch, repository, tag).href} has the media type ${manifest.mediaType}, not that of an index of referrers; it was not changed`,
        { hint: 'Remove that tag if nothing needs it, or sign with `format: legacy`.' },
      );
  }
}

/** An index whose list cannot be trusted cannot be rewritten either. */
function readOwnTag(manifest: ManifestAnswer, subject: Digest, tag: string): ReferrersTagContent {
  try {
    return readReferrersTag(manifest, subject);
  } catch (cause) {
    if (!(cause instanceof ValueError)) throw cause;
    throw new RegistryError('REGISTRY_INVALID', `${tag} was not changed: ${cause.message}`, { cause });
  }
}

export interface IndexAddition {
  readonly own: Descriptor;
  /** Entries listed before, which must still be listed afterwards. */
  readonly seen: readonly Descriptor[];
  /** A read that has begun already and replaces the first one. */
  readonly firstRead?: Promise<IndexState> | undefined;
}

/** Adds one entry to the index of a subject, see mergeIntoTag. Throws RegistryError, SIGNATURE_LOST. */
export async function addToIndex(
  context: TagWriterContext,
  address: SignatureAddress,
  { own, seen, firstRead }: IndexAddition,
): Promise<TagMergeOutcome> {
  const { repository, subject } = address;
  const tag = referrersTag(subject);
  let early = firstRead;
  return mergeIntoTag<unknown, IndexState>({
    ...context,
    tag: manifestUrl(context.fetch, repository, tag).href,
    own,
    // Size 0 marks an entry so broken that only its digest could be read; it cannot be written again.
    seen: seen.filter(({ digest, size }) => digest !== own.digest && digest !== subject && size > 0),
    keyOf: entryKey,
    read: () => {
      const read = early ?? readIndex(context, address);
      early = undefined;
      return read;
    },
    write: (draft, renew) => writeIndex(context, { repository, tag, own: own.digest, draft, renew }),
  });
}

/** The digest; an entry without one is kept as it is. */
function entryKey(entry: unknown): string {
  const digest = typeof entry === 'object' && entry !== null && 'digest' in entry ? entry.digest : undefined;
  return typeof digest === 'string' ? digest : JSON.stringify(entry);
}

interface IndexWrite {
  readonly repository: Repository;
  readonly tag: string;
  readonly own: Digest;
  readonly draft: TagDraft<unknown, IndexState>;
  readonly renew: () => Promise<TagDraft<unknown, IndexState>>;
}

async function writeIndex(context: TagWriterContext, write: IndexWrite): Promise<TagWrite<unknown>> {
  const { repository, tag, own } = write;
  const what = `PUT ${manifestUrl(context.fetch, repository, tag).href}`;
  let { draft } = write;
  const build = () => ({ bytes: encodeIndex(draft.entries, draft.state, { what }), headers: conditionOf(draft.state) });
  const renew = async () => {
    draft = await write.renew();
    return build();
  };
  const put = { repository, reference: tag, mediaType: OCI_INDEX, ...build(), renew };
  try {
    return toTagWrite(what, await putManifest(context, put));
  } catch (error) {
    // Registries refuse an index that lists missing manifests: one deleted signature would block all others.
    if (!(error instanceof RegistryError) || !error.specCodes.some((code) => UNKNOWN_CODES.includes(code))) throw error;
    const dangling = await findDangling(context, repository, draft.entries);
    if (dangling.length === 0 || dangling.some((entry) => entryKey(entry) === own)) throw error;
    const keys = new Set(dangling.map(entryKey));
    const without = (full: typeof draft) => ({
      ...full,
      entries: full.entries.filter((entry) => !keys.has(entryKey(entry))),
    });
    const written = await writeIndex(context, {
      ...write,
      // The search took time, in which others may have written.
      draft: without(await write.renew()),
      renew: async () => without(await write.renew()),
    });
    if (written.kind !== 'written') return written;
    return { ...written, unwritable: [...dangling, ...(written.unwritable ?? [])] };
  }
}

/**
 * The index with these entries and every other field that it had. `reserve`: bytes that must stay free. Throws
 * REGISTRY_INVALID if it is too large.
 */
export function encodeIndex(
  entries: readonly unknown[],
  { base }: Pick<IndexState, 'base'>,
  { what, reserve = 0 }: { readonly what: string; readonly reserve?: number },
): Uint8Array {
  const index = { schemaVersion: 2, mediaType: OCI_INDEX, ...base?.json, manifests: entries };
  const bytes = Buffer.from(JSON.stringify(index));
  if (bytes.length + reserve <= MANIFEST_MAX_BYTES) return bytes;
  throw new RegistryError(
    'REGISTRY_INVALID',
    `${what}: the index of referrers would exceed ${MANIFEST_MAX_BYTES} bytes`,
    { hint: 'Remove entries that nothing needs from that tag, or sign with `format: legacy`.' },
  );
}

/** The entries whose manifest the registry answers with 404. */
async function findDangling(
  { manifests }: TagWriterContext,
  repository: Repository,
  entries: readonly unknown[],
): Promise<readonly unknown[]> {
  const dangling: unknown[] = [];
  for (const entry of entries) {
    const digest = parseDigest(entryKey(entry));
    if (digest !== undefined && (await manifests.head(repository, digest)) === undefined) dangling.push(entry);
  }
  return dangling;
}
