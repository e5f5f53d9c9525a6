import { type Descriptor, type Manifest, parseManifest } from '../../domain/image/descriptor.ts';
import { type Digest, digestOf, parseDigest } from '../../domain/image/digest.ts';
import { OCI_INDEX } from '../../domain/image/media-types.ts';
import { formatRepository, type Repository } from '../../domain/image/reference.ts';
import { readDocument } from '../../domain/image/registry-document.ts';
import { ValueError } from '../../domain/text/value-error.ts';
import type { HttpResponse } from '../../http/http-client.ts';
import type { AttachOutcome, Place, ReferrersListing } from '../../usecases/ports.ts';
import { type ManifestAnswer, manifestUrl } from '../manifests.ts';
import { type Referrers, type ReferrersTagContent, readReferrersTag, referrersTag } from '../referrers.ts';
import { lastLook, readToExtend, type TagLook } from '../tag-looks.ts';
import {
  ENTRY_RESERVE_BYTES,
  MANIFEST_MAX_BYTES,
  REFERRER_MAX_BYTES,
  REFERRER_MAX_MEMBERS,
} from '../transport/limits.ts';
import { RegistryError } from '../transport/registry-error.ts';
import { preconditionError, putManifest, UNKNOWN_CODES } from './put-manifest.ts';
import { mergeIntoTag, type TagDraft, type TagMergeOutcome, type TagState, type TagWrite } from './tag-merge.ts';
import type { TagWriterContext } from './tag-writer-context.ts';

/**
 * Attaches an artifact manifest to its subject (distribution-spec v1.1.1, Pushing Manifests with Subject): PUT by digest; done if the registry says it knows
 * subjects (OCI-Subject) and its listing has us; otherwise the fallback tag. Throws RegistryError, SIGNATURE_LOST.
 */
export async function attachManifest(
  context: TagWriterContext & { readonly referrers: Referrers },
  repository: Repository,
  subject: Digest,
  bytes: Uint8Array,
  seen: readonly Descriptor[],
): Promise<AttachOutcome> {
  const { fetch, clock, settleMs, referrers } = context;
  const digest = digestOf(bytes);
  const limits = { maxBytes: REFERRER_MAX_BYTES, maxMembers: REFERRER_MAX_MEMBERS };
  const { json } = readDocument(bytes, limits, 'the artifact manifest');
  const manifest = parseManifest(json, 'the artifact manifest');
  const mediaType = manifest.mediaType ?? '';
  const put = async (): Promise<HttpResponse> => {
    const response = await putManifest(fetch, clock, settleMs / 3, { repository, reference: digest, mediaType, bytes });
    if (response.status === 201) return response;
    throw preconditionError(`PUT ${manifestUrl(fetch, repository, digest).href}`, response);
  };
  const own = toEntry(manifest, mediaType, digest, bytes.length);
  const name = formatRepository(repository);
  /**
   * The listing, if the registry says that it knows subjects; undefined if it does not say so. The header alone
   * proves nothing (Docker Hub and ECR sent it without listing), so the listing is read back.
   */
  const listIfKnown = async (response: HttpResponse): Promise<ReferrersListing | undefined> => {
    if (response.headers['oci-subject'] !== subject) return undefined;
    const listing = await referrers.list(repository, subject);
    if (!isListed(listing, digest)) throwIfOutage(listing.place);
    return listing;
  };
  /** What was seen a moment ago; older, it would have to be read again once the manifest is there. */
  const young = () => context.looks.takeYoung(repository, referrersTag(subject), settleMs / 4);
  const byApi: AttachOutcome = { listedBy: 'referrers-api', digest, warnings: [] };
  if (context.withoutReferrersApi.has(name)) {
    return inTurn(context, repository, subject, async () => {
      // Read while the manifest is on its way; if that takes long, it is read again before the write.
      const firstRead = readTag(context, repository, subject, young());
      firstRead.catch(() => undefined);
      const listing = await listIfKnown(await put());
      if (listing !== undefined && isListed(listing, digest)) {
        // A repository that was not there yet had answered like a registry without the API.
        context.withoutReferrersApi.delete(name);
        return byApi;
      }
      const { warnings } = await mergeFallback(context, repository, subject, own, seen, firstRead);
      return { listedBy: 'referrers-tag', digest, warnings };
    });
  }

  const listing = await listIfKnown(await put());
  if (listing !== undefined) {
    if (isListed(listing, digest)) return byApi;
    const toKeep = notListed(seen, listing);
    const { warnings } = await inTurn(context, repository, subject, () =>
      mergeFallback(context, repository, subject, own, toKeep),
    );
    return { listedBy: 'referrers-tag', digest, warnings };
  }
  // Without the header the tag must be written whatever the listing says (spec); both are looked at together.
  return inTurn(context, repository, subject, async () => {
    const firstRead = readTag(context, repository, subject, young());
    firstRead.catch(() => undefined);
    const listing = await referrers.list(repository, subject);
    if (listing.place.outcome === 'absent') context.withoutReferrersApi.add(name);
    const isListedByApi = isListed(listing, digest);
    if (!isListedByApi) throwIfOutage(listing.place);
    try {
      const toKeep = notListed(seen, listing);
      const { warnings } = await mergeFallback(context, repository, subject, own, toKeep, firstRead);
      return { listedBy: isListedByApi ? 'both' : 'referrers-tag', digest, warnings };
    } catch (error) {
      if (!isListedByApi || !(error instanceof RegistryError)) throw error;
      // Every client of today finds it by the API; the tag is for those that know only the tag.
      const tag = referrersTag(subject);
      const warning = `The signature is listed by the referrers API, but not under the tag ${tag}: ${error.message}`;
      return { listedBy: 'referrers-api', digest, warnings: [warning] };
    }
  });
}

/** Registries that are known to have no referrers API, so that their fallback tag is read before anything is logged. */
const WITHOUT_API: readonly string[] = ['ghcr.io'];

/**
 * Whether the fallback tag could be extended, where it would be. An API that lists needs no tag, and one that was not
 * asked (`if-signed: sign`) may be there: both are known only when the manifest is. Throws RegistryError.
 */
export async function checkFallbackTag(
  context: TagWriterContext,
  repository: Repository,
  subject: Digest,
): Promise<void> {
  const listing = context.looks.listing(repository, subject);
  if (listing === undefined ? !WITHOUT_API.includes(repository.registry) : listing.outcome === 'listed') return;
  if (listing !== undefined) throwIfOutage(listing);
  const tag = referrersTag(subject);
  const state = await readTag(context, repository, subject, await lastLook(context.looks, repository, tag));
  encodeIndex(state.entries, state, {
    what: `PUT ${manifestUrl(context.fetch, repository, tag).href}`,
    reserve: ENTRY_RESERVE_BYTES,
  });
}

/** One writer of a fallback tag at a time: what it has read is still so when it writes, as far as this run goes. */
function inTurn<Result>(
  { queue }: TagWriterContext,
  repository: Repository,
  subject: Digest,
  task: () => Promise<Result>,
): Promise<Result> {
  return queue.run(`${formatRepository(repository)}:${referrersTag(subject)}`, task);
}

function isListed({ descriptors }: ReferrersListing, digest: Digest): boolean {
  return descriptors.some((descriptor) => descriptor.digest === digest);
}

/**
 * What was seen and is found by no other way than the tag: all, unless the API lists it. An API may answer with an
 * empty list whatever there is (claimed of GHCR).
 */
function notListed(seen: readonly Descriptor[], listing: ReferrersListing): readonly Descriptor[] {
  return listing.place.outcome === 'listed' ? seen.filter(({ digest }) => !isListed(listing, digest)) : seen;
}

/** An outage or a denial is no proof that the API is missing; a web page or another shape is. */
function throwIfOutage({ outcome, error }: Place): void {
  if (outcome !== 'failed') return;
  if (error instanceof RegistryError && error.code === 'REGISTRY_INVALID') return;
  throw error;
}

/** The descriptor of a fallback index: artifactType from the manifest, else its config; all annotations (spec v1.1.1). */
function toEntry(manifest: Manifest, mediaType: string, digest: Digest, size: number): Descriptor {
  const { annotations } = manifest;
  return {
    mediaType,
    digest,
    size,
    artifactType: manifest.artifactType ?? manifest.config.mediaType,
    ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
  };
}

async function mergeFallback(
  context: TagWriterContext,
  repository: Repository,
  subject: Digest,
  own: Descriptor,
  seen: readonly Descriptor[],
  firstRead?: Promise<IndexState>,
): Promise<TagMergeOutcome> {
  const tag = referrersTag(subject);
  let early = firstRead;
  return mergeIntoTag<unknown, IndexState>({
    ...context,
    tag: manifestUrl(context.fetch, repository, tag).href,
    own,
    // Size 0: an entry so broken that only its digest could be read; it cannot be written again.
    seen: seen.filter(({ digest, size }) => digest !== own.digest && digest !== subject && size > 0),
    keyOf: entryKey,
    read: () => {
      const read = early ?? readTag(context, repository, subject);
      early = undefined;
      return read;
    },
    write: (draft, renew) => writeIndex(context, { repository, tag, own: own.digest, draft, renew }),
  });
}

/** By digest; an entry without one is kept as it is. */
function entryKey(entry: unknown): string {
  const digest = typeof entry === 'object' && entry !== null && 'digest' in entry ? entry.digest : undefined;
  return typeof digest === 'string' ? digest : JSON.stringify(entry);
}

/** A fallback index as found. */
interface IndexState extends TagState<unknown> {
  /** Undefined if there is none. */
  readonly base: ManifestAnswer | undefined;
}

/** What stands under the tag now, or what a look at it saw. */
async function readTag(
  context: TagWriterContext,
  repository: Repository,
  subject: Digest,
  look?: TagLook,
): Promise<IndexState> {
  const tag = referrersTag(subject);
  const { manifest, readAtMs } = await readToExtend(context, repository, tag, look);
  const nothing = { entries: [], digest: undefined, etag: undefined, readAtMs, base: undefined };
  if (manifest === undefined) return nothing;
  const content = readOwnTag(manifest, subject, manifestUrl(context.fetch, repository, tag).href);
  switch (content.kind) {
    case 'index':
      return { entries: content.entries, digest: manifest.digest, etag: manifest.etag, readAtMs, base: manifest };
    case 'alias':
      // As good as absent, and no condition: the ETag is the subject's.
      return nothing;
    case 'other':
      throw new RegistryError(
        'REGISTRY_INVALID',
        `${manifestUrl(context.fetch, repository, tag).href} is a ${manifest.mediaType} and no index of referrers; it was left alone`,
        { hint: 'Remove that tag if nothing needs it, or sign with `format: legacy`.' },
      );
  }
}

/** An index whose list cannot be trusted cannot be written again either. */
function readOwnTag(manifest: ManifestAnswer, subject: Digest, tag: string): ReferrersTagContent {
  try {
    return readReferrersTag(manifest, subject);
  } catch (cause) {
    if (!(cause instanceof ValueError)) throw cause;
    throw new RegistryError('REGISTRY_INVALID', `${tag} was left alone: ${cause.message}`, { cause });
  }
}

interface IndexWrite {
  readonly repository: Repository;
  readonly tag: string;
  readonly own: Digest;
  readonly draft: TagDraft<unknown, IndexState>;
  readonly renew: () => Promise<TagDraft<unknown, IndexState>>;
}

async function writeIndex(context: TagWriterContext, write: IndexWrite): Promise<TagWrite<unknown>> {
  const { fetch, clock, settleMs } = context;
  const { repository, tag, own } = write;
  const what = `PUT ${manifestUrl(fetch, repository, tag).href}`;
  let { draft } = write;
  const build = () => ({ bytes: encodeIndex(draft.entries, draft.state, { what }), headers: conditionOf(draft.state) });
  const renew = async () => {
    draft = await write.renew();
    return build();
  };
  const put = { repository, reference: tag, mediaType: OCI_INDEX, ...build(), renew };
  try {
    const response = await putManifest(fetch, clock, settleMs / 3, put);
    if (response.status === 201) return { kind: 'written' };
    return { kind: 'precondition-failed', error: preconditionError(what, response) };
  } catch (error) {
    // Registries refuse an index that lists what they no longer have: a deleted signature would block all others.
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
      // Looking for them took time, in which others may have written.
      draft: without(await write.renew()),
      renew: async () => without(await write.renew()),
    });
    if (written.kind !== 'written') return written;
    return { kind: 'written', unwritable: [...dangling, ...(written.unwritable ?? [])] };
  }
}

/** The index with these entries and every other field that it had; `reserve` = bytes that must stay free. */
function encodeIndex(
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

/** Entries whose manifest the registry answers 404 for. */
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

/** No hosted registry is known to look at conditions on PUT; where one does, they close the race. */
export function conditionOf(state: TagState<unknown>): Readonly<Record<string, string>> {
  if (state.digest === undefined) return { 'if-none-match': '*' };
  return state.etag === undefined ? {} : { 'if-match': state.etag };
}
