import { type Descriptor, type Manifest, parseManifest } from '../../domain/image/descriptor.ts';
import { type Digest, digestOf } from '../../domain/image/digest.ts';
import { formatRepository, type Repository } from '../../domain/image/reference.ts';
import { readDocument } from '../../domain/image/registry-document.ts';
import type { HttpResponse } from '../../http/http-client.ts';
import type { AttachOutcome, Place, ReferrersListing, SignatureAddress } from '../../usecases/ports.ts';
import { manifestUrl } from '../manifests.ts';
import { type Referrers, referrersTag } from '../referrers.ts';
import { lastLook } from '../tag-looks.ts';
import { knownRegistry } from '../transport/known-registries.ts';
import { ENTRY_RESERVE_BYTES, REFERRER_MAX_BYTES, REFERRER_MAX_MEMBERS } from '../transport/limits.ts';
import { RegistryError } from '../transport/registry-error.ts';
import { putManifest } from './put-manifest.ts';
import { addToIndex, encodeIndex, type IndexState, readIndex } from './referrers-index.ts';
import type { TagWriterContext } from './tag-writer-context.ts';

/** An artifact manifest that is being attached to its subject. */
interface Attachment {
  readonly context: TagWriterContext & { readonly referrers: Referrers };
  readonly address: SignatureAddress;
  readonly artifact: Artifact;
  /** Descriptors listed before, which must still be listed afterwards. */
  readonly seen: readonly Descriptor[];
}

interface Artifact {
  readonly bytes: Uint8Array;
  readonly digest: Digest;
  readonly mediaType: string;
  /** Its entry in a fallback index. */
  readonly entry: Descriptor;
}

/**
 * Attaches an artifact manifest to its subject (distribution-spec v1.1.1, Pushing Manifests with Subject): PUT by
 * digest. That is all if the registry says that it processes subjects (OCI-Subject) and its listing has our manifest;
 * otherwise the fallback tag is written. Throws RegistryError, SIGNATURE_LOST.
 */
export async function attachManifest(
  context: Attachment['context'],
  address: SignatureAddress,
  { manifest, seen }: { readonly manifest: Uint8Array; readonly seen: readonly Descriptor[] },
): Promise<AttachOutcome> {
  const attachment: Attachment = { context, address, artifact: readArtifact(manifest), seen };
  const { digest } = attachment.artifact;
  try {
    if (context.withoutReferrersApi.has(formatRepository(address.repository))) {
      const pushing = push(attachment);
      // The turn awaits it; this prevents an "unhandled rejection" until then.
      pushing.then((response) => isUnlisted(response, address) && announce(attachment)).catch(() => undefined);
      return await inTurn(context, address, () => attachWithoutApi(attachment, pushing));
    }
    const listing = await listIfKnown(attachment, await push(attachment));
    if (listing !== undefined && isListed(listing, digest)) return { listedBy: 'referrers-api', digest, warnings: [] };
    announce(attachment);
    if (listing === undefined) return await inTurn(context, address, () => listByTag(attachment));
    const toKeep = notListed(seen, listing);
    const { warnings } = await inTurn(context, address, () => addEntry(attachment, toKeep));
    return { listedBy: 'referrers-tag', digest, warnings };
  } finally {
    context.pending.remove(tagKey(address), attachment.artifact.entry);
  }
}

/** Lets other writers of this call add the entry to the tag, if their turn comes first. */
function announce({ context, address, artifact }: Attachment): void {
  context.pending.add(tagKey(address), artifact.entry);
}

function tagKey({ repository, subject }: SignatureAddress): string {
  return `${formatRepository(repository)}:${referrersTag(subject)}`;
}

/** For a registry that answered without the API: reads the tag while the manifest is on its way. */
async function attachWithoutApi(attachment: Attachment, pushing: Promise<HttpResponse>): Promise<AttachOutcome> {
  const { context, address, artifact, seen } = attachment;
  const { digest } = artifact;
  // If the push takes long, the tag is read again before the write.
  const firstRead = readEarly(attachment);
  const listing = await listIfKnown(attachment, await pushing);
  if (listing !== undefined && isListed(listing, digest)) {
    // A repository that did not exist yet had answered like a registry without the API.
    context.withoutReferrersApi.delete(formatRepository(address.repository));
    return { listedBy: 'referrers-api', digest, warnings: [] };
  }
  const { warnings } = await addEntry(attachment, seen, firstRead);
  return { listedBy: 'referrers-tag', digest, warnings };
}

/**
 * After a push whose answer lacks OCI-Subject: the tag must be written even if the API lists our manifest (spec), so
 * both are read at the same time.
 */
async function listByTag(attachment: Attachment): Promise<AttachOutcome> {
  const { context, address, artifact, seen } = attachment;
  const { repository, subject } = address;
  const { digest } = artifact;
  const firstRead = readEarly(attachment);
  const listing = await context.referrers.list(repository, subject);
  if (listing.place.outcome === 'absent') context.withoutReferrersApi.add(formatRepository(repository));
  const isListedByApi = isListed(listing, digest);
  if (!isListedByApi) throwIfOutage(listing.place);
  try {
    const { warnings } = await addEntry(attachment, notListed(seen, listing), firstRead);
    return { listedBy: isListedByApi ? 'both' : 'referrers-tag', digest, warnings };
  } catch (error) {
    if (!isListedByApi || !(error instanceof RegistryError)) throw error;
    // All current clients find it by the API; the tag serves those that know only the tag.
    const tag = referrersTag(subject);
    const warning = `The signature is listed by the referrers API, but not under the tag ${tag}: ${error.message}`;
    return { listedBy: 'referrers-api', digest, warnings: [warning] };
  }
}

function isKnownToLackApi({ fetch }: TagWriterContext, repository: Repository): boolean {
  return knownRegistry(fetch.originOf(repository))?.lacksReferrersApi === true;
}

/**
 * Checks that the fallback tag can be extended, if it will be written. An API that lists needs no tag, and one that
 * was not asked (`if-signed: sign`) may exist, unless the registry is known to lack it: both are known only after the
 * push of the manifest. Throws RegistryError.
 */
export async function checkFallbackTag(context: TagWriterContext, address: SignatureAddress): Promise<void> {
  const { repository, subject } = address;
  const listing = context.looks.listing(repository, subject);
  if (listing === undefined ? !isKnownToLackApi(context, repository) : listing.outcome === 'listed') return;
  if (listing !== undefined) throwIfOutage(listing);
  const tag = referrersTag(subject);
  const state = await readIndex(context, address, await lastLook(context.looks, repository, tag));
  encodeIndex(state.entries, state, {
    what: `PUT ${manifestUrl(context.fetch, repository, tag).href}`,
    reserve: ENTRY_RESERVE_BYTES,
  });
}

function readArtifact(bytes: Uint8Array): Artifact {
  const digest = digestOf(bytes);
  const limits = { maxBytes: REFERRER_MAX_BYTES, maxMembers: REFERRER_MAX_MEMBERS };
  const { json } = readDocument(bytes, limits, 'the artifact manifest');
  const manifest = parseManifest(json, 'the artifact manifest');
  const mediaType = manifest.mediaType ?? '';
  return { bytes, digest, mediaType, entry: toEntry(manifest, { mediaType, digest, size: bytes.length }) };
}

/**
 * The entry of a fallback index: artifactType from the manifest, else from its config; all annotations (spec v1.1.1).
 */
function toEntry(manifest: Manifest, address: Pick<Descriptor, 'mediaType' | 'digest' | 'size'>): Descriptor {
  const { annotations } = manifest;
  return {
    ...address,
    artifactType: manifest.artifactType ?? manifest.config.mediaType,
    ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
  };
}

async function push({ context, address, artifact }: Attachment): Promise<HttpResponse> {
  const { digest, mediaType, bytes } = artifact;
  const result = await putManifest(context, { repository: address.repository, reference: digest, mediaType, bytes });
  if (result.kind === 'written') return result.response;
  throw result.error;
}

/**
 * The listing, if the registry says that it processes subjects; undefined otherwise. The header alone proves nothing
 * (Docker Hub and ECR sent it without listing), so the listing is read back.
 */
async function listIfKnown(
  { context, address, artifact }: Attachment,
  { headers }: HttpResponse,
): Promise<ReferrersListing | undefined> {
  const { repository, subject } = address;
  if (isUnlisted({ headers }, address)) return undefined;
  const listing = await context.referrers.list(repository, subject);
  if (!isListed(listing, artifact.digest)) throwIfOutage(listing.place);
  return listing;
}

/** True if the registry does not say that it processes subjects. */
function isUnlisted({ headers }: Pick<HttpResponse, 'headers'>, { subject }: SignatureAddress): boolean {
  return headers['oci-subject'] !== subject;
}

/** Begins to read the index; takes a recent look, because an older one would have to be read again after the push. */
function readEarly({ context, address }: Attachment): Promise<IndexState> {
  const { repository, subject } = address;
  const recent = context.looks.takeYoung(repository, referrersTag(subject), context.settleMs / 4);
  const firstRead = readIndex(context, address, recent);
  firstRead.catch(() => undefined);
  return firstRead;
}

function addEntry(
  { context, address, artifact }: Attachment,
  seen: readonly Descriptor[],
  firstRead?: Promise<IndexState>,
): ReturnType<typeof addToIndex> {
  const others = context.pending.of(tagKey(address)) as readonly Descriptor[];
  return addToIndex(context, address, { own: artifact.entry, seen: [...seen, ...others], firstRead });
}

/** Admits one writer of a fallback tag at a time: within this process, nobody writes between its read and its write. */
function inTurn<Result>(
  { queue }: TagWriterContext,
  address: SignatureAddress,
  task: () => Promise<Result>,
): Promise<Result> {
  return queue.run(tagKey(address), task);
}

function isListed({ descriptors }: ReferrersListing, digest: Digest): boolean {
  return descriptors.some((descriptor) => descriptor.digest === digest);
}

/**
 * The seen descriptors that only the tag lists: all, except those that the API lists. An API may always answer with
 * an empty list (reported of GHCR).
 */
function notListed(seen: readonly Descriptor[], listing: ReferrersListing): readonly Descriptor[] {
  return listing.place.outcome === 'listed' ? seen.filter(({ digest }) => !isListed(listing, digest)) : seen;
}

/** An outage or a denial does not prove that the API is missing; a web page or another document does. */
function throwIfOutage({ outcome, error }: Place): void {
  if (outcome !== 'failed') return;
  if (error instanceof RegistryError && error.code === 'REGISTRY_INVALID') return;
  throw error;
}
