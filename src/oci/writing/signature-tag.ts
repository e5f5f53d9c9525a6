import { type Descriptor, type Manifest, parseLayers, parseManifest } from '../../domain/image/descriptor.ts';
import { type Digest, digestOf, hexOf } from '../../domain/image/digest.ts';
import { DOCKER_MANIFEST, OCI_CONFIG, OCI_MANIFEST, SIMPLE_SIGNING } from '../../domain/image/media-types.ts';
import { formatRepository, type Repository } from '../../domain/image/reference.ts';
import { divideFlaws, flawError } from '../../domain/image/registry-document.ts';
import type { JsonFlaw } from '../../domain/text/strict-json.ts';
import { ValueError } from '../../domain/text/value-error.ts';
import type { CandidateSet, LegacyLayer, Place, UploadSession } from '../../usecases/ports.ts';
import { fetchLegacyLayers } from '../candidates.ts';
import { type ManifestAnswer, manifestUrl } from '../manifests.ts';
import { lastLook, readToExtend, type TagLook } from '../tag-looks.ts';
import { CONFIG_MAX_BYTES, LAYER_RESERVE_BYTES, LAYERS_MAX, MANIFEST_MAX_BYTES } from '../transport/limits.ts';
import { RegistryError } from '../transport/registry-error.ts';
import { conditionOf } from './attach.ts';
import { preconditionError, putManifest } from './put-manifest.ts';
import { appendToConfig, newConfig } from './signature-config.ts';
import { isStale, mergeIntoTag, type TagDraft, type TagState, type TagWrite } from './tag-merge.ts';
import type { TagWriterContext } from './tag-writer-context.ts';

/** cosign's tag for the signatures of a digest. */
function signatureTag(subject: Digest): string {
  return `sha256-${hexOf(subject)}.sig`;
}

/** Reads the `.sig` tag: its layers as candidates. A failed place is a value. */
export async function fetchSignatureTag(
  context: Pick<TagWriterContext, 'blobs' | 'looks' | 'seenSignatures'>,
  repository: Repository,
  subject: Digest,
): Promise<CandidateSet> {
  const tag = signatureTag(subject);
  const request = `GET /v2/${repository.path}/manifests/${tag}`;
  const place = (status: Place['status'], outcome: Place['outcome'], entries = 0, error?: unknown): Place => ({
    kind: 'signature-tag',
    request,
    status,
    outcome,
    entries,
    error,
  });
  const none = (found: Place): CandidateSet => ({ candidates: [], unreadable: [], places: [found] });
  try {
    const answer = await context.looks.look(repository, tag);
    if (answer === undefined) return none(place(404, 'absent'));
    const layers = readAs(parseLayers, answer, tag);
    context.seenSignatures.set(`${formatRepository(repository)}:${tag}`, answer.digest);
    const found = await fetchLegacyLayers(context.blobs, repository, layers, 'signature-tag');
    return { ...found, places: [place(200, 'listed', layers.length)] };
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    return none(place(error.status ?? 'error', 'failed', 0, error));
  }
}

/** A `.sig` manifest as found, with its layers as written. */
interface SignatureState extends TagState<unknown> {
  readonly base: { readonly answer: ManifestAnswer; readonly manifest: Manifest } | undefined;
}

/** What stands under the tag now, or what a look at it saw. */
async function readSignatures(
  context: TagWriterContext,
  repository: Repository,
  tag: string,
  look?: TagLook,
): Promise<SignatureState> {
  const { manifest: answer, readAtMs } = await readToExtend(context, repository, tag, look);
  if (answer === undefined) return { entries: [], digest: undefined, etag: undefined, readAtMs, base: undefined };
  // A layer that reads differently elsewhere is kept as it is, like one of another kind.
  const manifest = readAs(
    (value, _, what) => parseManifest(value, what),
    answer,
    manifestUrl(context.fetch, repository, tag).href,
  );
  return {
    entries: rawLayers(answer),
    digest: answer.digest,
    etag: answer.etag,
    readAtMs,
    base: { answer, manifest },
  };
}

/**
 * Whether one more layer could be appended to the `.sig` tag: it is a list of signatures or not there, with room,
 * and its config can be had. Throws RegistryError.
 */
export async function checkSignatureTag(
  context: TagWriterContext,
  repository: Repository,
  subject: Digest,
): Promise<void> {
  const tag = signatureTag(subject);
  const what = `PUT ${manifestUrl(context.fetch, repository, tag).href}`;
  const state = await readSignatures(context, repository, tag, await lastLook(context.looks, repository, tag));
  if (state.base === undefined) return;
  await getConfig(context, repository, state.base.manifest.config.digest);
  const { config } = state.base.manifest;
  // The layer to come is told by the room that is left for it, and by one more place in the list.
  encodeManifest({ entries: [...state.entries, null], state }, config, { what, reserve: LAYER_RESERVE_BYTES });
}

/**
 * Appends one layer to the `.sig` tag as cosign v2 does (sigstore/cosign specs/SIGNATURE_SPEC.md): layer, history and diff_id at the
 * end, everything else kept; then reads again and puts back. Throws RegistryError, SIGNATURE_LOST.
 */
export async function appendSignatureLayer(
  context: TagWriterContext,
  repository: Repository,
  subject: Digest,
  layer: LegacyLayer,
  openSession: () => Promise<UploadSession>,
): Promise<{ readonly digest: Digest; readonly layerDigest: Digest; readonly warnings: readonly string[] }> {
  const { blobs, fetch, queue } = context;
  const tag = signatureTag(subject);
  const layerDigest = digestOf(layer.payload);
  // Key order as cosign writes it.
  const own = {
    mediaType: SIMPLE_SIGNING,
    size: layer.payload.length,
    digest: layerDigest,
    annotations: layer.annotations,
  };
  let uploaded: Promise<unknown> | undefined;
  const uploadPayload = (): Promise<unknown> => {
    uploaded ??= openSession().then((session) => blobs.upload(session, layer.payload));
    return uploaded;
  };
  const read = (look?: TagLook): Promise<SignatureState> => readSignatures(context, repository, tag, look);
  /** Layers under the tag when this run first looked, unless the tag still shows that state. */
  const readSeen = async (now: Digest | undefined): Promise<readonly unknown[]> => {
    const seen = context.seenSignatures.get(`${formatRepository(repository)}:${tag}`);
    if (seen === undefined || seen === now) return [];
    // By its digest: these bytes are what they were, which the look at the tag alone did not prove.
    const answer = await context.manifests.get(repository, seen, { keepFlaws: true });
    if (answer === undefined) return [];
    const layers = readAs(parseLayers, answer, manifestUrl(fetch, repository, seen).href);
    return rawLayers(answer).filter((_, index) => !(layers[index] instanceof ValueError));
  };
  let written: Digest | undefined;
  const merged = await queue.run(`${formatRepository(repository)}:${tag}`, async () => {
    let first: SignatureState | undefined;
    const young = context.looks.takeYoung(repository, tag, context.settleMs / 4);
    [first] = await Promise.all([read(young), uploadPayload()]);
    return mergeIntoTag<unknown, SignatureState>({
      ...context,
      tag: manifestUrl(fetch, repository, tag).href,
      own,
      seen: await readSeen(first.digest),
      keyOf: layerKey,
      read: async () => {
        const state = first ?? (await read());
        first = undefined;
        return state;
      },
      write: async (draft, renew) => {
        const result = await writeSignatures(context, { repository, tag, draft, renew, openSession });
        if (result.kind === 'written') written = result.digest;
        return result;
      },
    });
  });
  return { digest: merged.digest ?? written ?? layerDigest, layerDigest, warnings: merged.warnings };
}

type SignatureDraft = TagDraft<unknown, SignatureState>;

interface SignatureWrite {
  readonly repository: Repository;
  readonly tag: string;
  readonly draft: SignatureDraft;
  readonly renew: () => Promise<SignatureDraft>;
  readonly openSession: () => Promise<UploadSession>;
}

/** Times a draft is looked at again because its config took long to upload. */
const RENEWALS_MAX = 3;

async function writeSignatures(
  context: TagWriterContext,
  write: SignatureWrite,
): Promise<(TagWrite<unknown> & { kind: 'precondition-failed' }) | { kind: 'written'; digest: Digest }> {
  const { fetch, clock, settleMs } = context;
  const { repository, tag } = write;
  const what = `PUT ${manifestUrl(fetch, repository, tag).href}`;
  const build = async (first: SignatureDraft) => {
    let draft = first;
    let bytes = await encodeSignatures(context, write, draft, what);
    // The config goes before the manifest. If that took long, others may have written meanwhile.
    for (let renewals = 0; renewals < RENEWALS_MAX && isStale(draft.state, context); renewals += 1) {
      const { digest } = draft.state;
      draft = await write.renew();
      if (draft.state.digest === digest) break;
      bytes = await encodeSignatures(context, write, draft, what);
    }
    return { bytes, headers: conditionOf(draft.state) };
  };
  let built = await build(write.draft);
  const mediaType = mediaTypeOf(write.draft);
  const renew = async () => {
    built = await build(await write.renew());
    return built;
  };
  const response = await putManifest(fetch, clock, settleMs / 3, {
    repository,
    reference: tag,
    mediaType,
    ...built,
    renew,
  });
  if (response.status === 201) return { kind: 'written', digest: digestOf(built.bytes) };
  return { kind: 'precondition-failed', error: preconditionError(what, response) };
}

/** Docker-typed signatures (COSIGN_DOCKER_MEDIA_TYPES) stay so. */
function mediaTypeOf({ state }: SignatureDraft): string {
  return state.base?.answer.mediaType ?? OCI_MANIFEST;
}

/** Largest config that is kept between the check and the write; that of a thousand signatures. */
const KEPT_CONFIG_MAX_BYTES = 256 * 1024;

/** The config of a list that was found, fetched once: its bytes are what its digest says. */
async function getConfig(
  { blobs, signatureConfigs }: TagWriterContext,
  repository: Repository,
  digest: Digest,
): Promise<Uint8Array | undefined> {
  const key = `${formatRepository(repository)}@${digest}`;
  const config = signatureConfigs.get(key) ?? (await blobs.get(repository, digest, CONFIG_MAX_BYTES));
  if (config !== undefined && config.length <= KEPT_CONFIG_MAX_BYTES) signatureConfigs.set(key, config);
  return config;
}

/** Uploads the config for these layers; the manifest's bytes. */
async function encodeSignatures(
  context: TagWriterContext,
  { repository, openSession }: SignatureWrite,
  draft: SignatureDraft,
  what: string,
): Promise<Uint8Array> {
  const layers = draft.entries;
  const digests = layers.map((entry) => String((entry as { digest?: unknown }).digest));
  const { base } = draft.state;
  const oldConfig = base === undefined ? undefined : await getConfig(context, repository, base.manifest.config.digest);
  const newBytes = oldConfig === undefined ? newConfig(digests) : appendToConfig(oldConfig, digests);
  const { digest, size } = await context.blobs.upload(await openSession(), newBytes);
  return encodeManifest(draft, { digest, size }, { what });
}

/**
 * The manifest with these layers and this config, and every other field that it had; `reserve` = bytes that must stay
 * free. Throws REGISTRY_INVALID for what a registry or a verifier would not take: cosign refuses every signature of a
 * list that is too long (pkg/oci/remote/signatures.go).
 */
function encodeManifest(
  draft: SignatureDraft,
  { digest, size }: Pick<Descriptor, 'digest' | 'size'>,
  { what, reserve = 0 }: { readonly what: string; readonly reserve?: number },
): Uint8Array {
  const { base } = draft.state;
  const layers = draft.entries;
  const found = base?.answer.json ?? {};
  // `data` would repeat the bytes of the old config (image-spec v1.1.1, descriptor.md).
  const { data: _, ...oldConfig } = { ...(found['config'] as { readonly data?: unknown } | undefined) };
  const config = { mediaType: OCI_CONFIG, ...oldConfig, size, digest };
  const manifest = { schemaVersion: 2, mediaType: mediaTypeOf(draft), ...found, config, layers };
  const bytes = Buffer.from(JSON.stringify(manifest));
  const hint = 'Remove signatures that nothing needs from that tag, or sign with `format: bundle`.';
  if (layers.length > LAYERS_MAX) {
    throw new RegistryError('REGISTRY_INVALID', `${what}: there would be more than ${LAYERS_MAX} signatures`, { hint });
  }
  if (bytes.length + reserve <= MANIFEST_MAX_BYTES) return bytes;
  const message = `${what}: the signatures would exceed ${MANIFEST_MAX_BYTES} bytes`;
  throw new RegistryError('REGISTRY_INVALID', message, { hint });
}

type Parse<Parsed> = (value: unknown, layerFlaws: ReadonlyMap<number, JsonFlaw>, what: string) => Parsed;

/** An image manifest, as far as `parse` reads it; anything else under the tag is reported and left alone. */
function readAs<Parsed>(parse: Parse<Parsed>, answer: ManifestAnswer, tag: string): Parsed {
  if (answer.mediaType !== OCI_MANIFEST && answer.mediaType !== DOCKER_MANIFEST) {
    throw new RegistryError('REGISTRY_INVALID', `${tag} is a ${answer.mediaType} and no list of signatures`, {
      hint: 'Remove that tag if nothing needs it.',
    });
  }
  try {
    const { outside, ofEntry } = divideFlaws(answer.flaws, 'layers');
    const [flaw] = outside;
    if (flaw !== undefined) throw flawError(flaw, tag);
    return parse(answer.json, ofEntry, tag);
  } catch (cause) {
    if (!(cause instanceof ValueError)) throw cause;
    throw new RegistryError('REGISTRY_INVALID', `${tag} is no list of signatures: ${cause.message}`, { cause });
  }
}

/** The layers as written, of a manifest that was read before. */
function rawLayers({ json }: ManifestAnswer): readonly unknown[] {
  return json['layers'] as unknown[];
}

/** Equal payloads have equal digests, so the annotations (the signature) belong to the key. */
function layerKey(layer: unknown): string {
  const { digest, mediaType, annotations } = layer as Partial<Descriptor>;
  const sorted = Object.entries(annotations ?? {}).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return JSON.stringify([digest, mediaType, sorted]);
}
