import { type Descriptor, type LayerError, parseLayers } from '../../domain/image/descriptor.ts';
import { type Digest, digestOf, hexOf } from '../../domain/image/digest.ts';
import { DSSE_ENVELOPE, SIMPLE_SIGNING } from '../../domain/image/media-types.ts';
import { formatRepository, type Repository } from '../../domain/image/reference.ts';
import { ValueError } from '../../domain/text/value-error.ts';
import type {
  AttestationTagListing,
  CandidateSet,
  LegacyLayer,
  Place,
  SignatureAddress,
  UploadSession,
} from '../../usecases/ports.ts';
import { divideAttestationLayers, fetchLegacyLayers } from '../candidates.ts';
import { manifestUrl } from '../manifests.ts';
import { lastLook } from '../tag-looks.ts';
import { LAYER_RESERVE_BYTES } from '../transport/limits.ts';
import { RegistryError } from '../transport/registry-error.ts';
import {
  encodeSignatures,
  layerKey,
  rawLayers,
  readAs,
  readSignatures,
  type SignatureState,
} from './signature-list.ts';
import { mergeIntoTag } from './tag-merge.ts';
import type { TagWriterContext } from './tag-writer-context.ts';
import { getConfig, writeSignatures } from './write-signatures.ts';

/** cosign's two tags of a digest, and the media type of their layers (cosign specs/ATTESTATION_SPEC.md). */
const TAGS = {
  signature: { suffix: 'sig', mediaType: SIMPLE_SIGNING },
  attestation: { suffix: 'att', mediaType: DSSE_ENVELOPE },
} as const;

type Held = keyof typeof TAGS;

function tagOf(subject: Digest, holds: Held): string {
  return `sha256-${hexOf(subject)}.${TAGS[holds].suffix}`;
}

/** Reads the `.sig` tag: its layers as candidates. A failed place is a value. */
export async function fetchSignatureTag(
  context: Pick<TagWriterContext, 'blobs' | 'looks' | 'seenSignatures'>,
  repository: Repository,
  subject: Digest,
): Promise<CandidateSet> {
  const { place, layers } = await readTag(context, { repository, subject }, 'signature');
  try {
    const found = await fetchLegacyLayers(context.blobs, repository, { layers, place: 'signature-tag' });
    return { ...found, places: [place] };
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    const failed = { ...place, status: error.status ?? 'error', outcome: 'failed', entries: 0, error } as const;
    return { candidates: [], unreadable: [], places: [failed] };
  }
}

/** Reads the `.att` tag without fetching its layers. A failed place is a value. */
export async function listAttestationTag(
  context: Pick<TagWriterContext, 'looks' | 'seenSignatures'>,
  repository: Repository,
  subject: Digest,
): Promise<AttestationTagListing> {
  const { place, layers } = await readTag(context, { repository, subject }, 'attestation');
  return { place, ...divideAttestationLayers(layers, place.kind) };
}

/** The layers under one of the tags. A failed place is a value. */
async function readTag(
  { looks, seenSignatures }: Pick<TagWriterContext, 'looks' | 'seenSignatures'>,
  { repository, subject }: SignatureAddress,
  holds: Held,
): Promise<{ readonly place: Place; readonly layers: readonly (Descriptor | LayerError)[] }> {
  const tag = tagOf(subject, holds);
  const kind = `${holds}-tag` as const;
  const request = `GET /v2/${repository.path}/manifests/${tag}`;
  const nothing = { kind, request, entries: 0, error: undefined };
  try {
    const answer = await looks.look(repository, tag);
    if (answer === undefined) return { place: { ...nothing, status: 404, outcome: 'absent' }, layers: [] };
    const layers = readAs(parseLayers, answer, tag);
    seenSignatures.set(`${formatRepository(repository)}:${tag}`, answer.digest);
    return { place: { ...nothing, status: 200, outcome: 'listed', entries: layers.length }, layers };
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    return { place: { ...nothing, status: error.status ?? 'error', outcome: 'failed', error }, layers: [] };
  }
}

/**
 * Checks that one more layer can be appended to the `.sig` or `.att` tag: the tag is absent, or is a list with room and
 * a readable config. Throws RegistryError.
 */
export async function checkSignatureTag(
  context: TagWriterContext,
  { repository, subject }: SignatureAddress,
  holds: Held,
): Promise<void> {
  const tag = tagOf(subject, holds);
  const what = `PUT ${manifestUrl(context.fetch, repository, tag).href}`;
  const state = await readSignatures(context, { repository, tag }, await lastLook(context.looks, repository, tag));
  if (state.base === undefined) return;
  const { config } = state.base.manifest;
  await getConfig(context, repository, config.digest);
  // The reserve and one more place in the list stand for the layer to come.
  encodeSignatures({ entries: [...state.entries, null], state }, config, { what, reserve: LAYER_RESERVE_BYTES });
}

/**
 * Appends one layer to the `.sig` or `.att` tag as cosign v2 does (sigstore/cosign specs/SIGNATURE_SPEC.md): layer,
 * history and diff_id go to the end, and everything else is kept. Then reads the tag again and restores what is missing.
 * Throws RegistryError, SIGNATURE_LOST.
 */
export async function appendSignatureLayer(
  context: TagWriterContext,
  { repository, subject }: SignatureAddress,
  { layer, openSession }: { readonly layer: LegacyLayer; readonly openSession: () => Promise<UploadSession> },
): Promise<{ readonly digest: Digest; readonly layerDigest: Digest; readonly warnings: readonly string[] }> {
  const { blobs, fetch, queue } = context;
  const holds: Held = layer.isAttestation === true ? 'attestation' : 'signature';
  const tag = tagOf(subject, holds);
  const layerDigest = digestOf(layer.payload);
  // Key order as cosign writes it.
  const own = {
    mediaType: TAGS[holds].mediaType,
    size: layer.payload.length,
    digest: layerDigest,
    annotations: layer.annotations,
  };
  const key = `${formatRepository(repository)}:${tag}`;
  const uploading = openSession().then((session) => blobs.upload(session, layer.payload));
  // The turn awaits it; this prevents an "unhandled rejection" until then.
  let isOver = false;
  uploading.then(() => isOver || context.pending.add(key, own)).catch(() => undefined);
  let written: Digest | undefined;
  const merging = queue.run(key, async () => {
    let first: SignatureState | undefined;
    const recent = context.looks.takeYoung(repository, tag, context.settleMs / 4);
    [first] = await Promise.all([readSignatures(context, { repository, tag }, recent), uploading]);
    return mergeIntoTag<unknown, SignatureState>({
      ...context,
      tag: manifestUrl(fetch, repository, tag).href,
      own,
      seen: [...(await layersSeen(context, { repository, tag }, first.digest)), ...context.pending.of(key)],
      keyOf: layerKey,
      read: async () => {
        const state = first ?? (await readSignatures(context, { repository, tag }));
        first = undefined;
        return state;
      },
      write: async (draft, renew) => {
        const { outcome, digest } = await writeSignatures(context, { repository, tag, draft, renew, openSession });
        if (outcome.kind === 'written') written = digest;
        return outcome;
      },
    });
  });
  const merged = await merging.finally(() => {
    isOver = true;
    context.pending.remove(key, own);
  });
  return { digest: merged.digest ?? written ?? layerDigest, layerDigest, warnings: merged.warnings };
}

/** The layers that were under the tag when this call first looked; none if the tag still shows that state. */
async function layersSeen(
  { fetch, manifests, seenSignatures }: TagWriterContext,
  { repository, tag }: { readonly repository: Repository; readonly tag: string },
  now: Digest | undefined,
): Promise<readonly unknown[]> {
  const seen = seenSignatures.get(`${formatRepository(repository)}:${tag}`);
  if (seen === undefined || seen === now) return [];
  // By digest, which proves the bytes; the look at the tag did not.
  const answer = await manifests.get(repository, seen, { keepFlaws: true });
  if (answer === undefined) return [];
  const layers = readAs(parseLayers, answer, manifestUrl(fetch, repository, seen).href);
  return rawLayers(answer).filter((_, index) => !(layers[index] instanceof ValueError));
}
