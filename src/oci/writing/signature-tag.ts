import { parseLayers } from '../../domain/image/descriptor.ts';
import { type Digest, digestOf, hexOf } from '../../domain/image/digest.ts';
import { SIMPLE_SIGNING } from '../../domain/image/media-types.ts';
import { formatRepository, type Repository } from '../../domain/image/reference.ts';
import { ValueError } from '../../domain/text/value-error.ts';
import type { CandidateSet, LegacyLayer, Place, SignatureAddress, UploadSession } from '../../usecases/ports.ts';
import { fetchLegacyLayers } from '../candidates.ts';
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
  const place = ({
    status,
    outcome,
    entries = 0,
    error,
  }: Pick<Place, 'status' | 'outcome'> & Partial<Place>): Place => ({
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
    if (answer === undefined) return none(place({ status: 404, outcome: 'absent' }));
    const layers = readAs(parseLayers, answer, tag);
    context.seenSignatures.set(`${formatRepository(repository)}:${tag}`, answer.digest);
    const found = await fetchLegacyLayers(context.blobs, repository, { layers, place: 'signature-tag' });
    return { ...found, places: [place({ status: 200, outcome: 'listed', entries: layers.length })] };
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    return none(place({ status: error.status ?? 'error', outcome: 'failed', error }));
  }
}

/**
 * Checks that one more layer can be appended to the `.sig` tag: the tag is absent, or is a list of signatures with room
 * and a readable config. Throws RegistryError.
 */
export async function checkSignatureTag(
  context: TagWriterContext,
  { repository, subject }: SignatureAddress,
): Promise<void> {
  const tag = signatureTag(subject);
  const what = `PUT ${manifestUrl(context.fetch, repository, tag).href}`;
  const state = await readSignatures(context, { repository, tag }, await lastLook(context.looks, repository, tag));
  if (state.base === undefined) return;
  const { config } = state.base.manifest;
  await getConfig(context, repository, config.digest);
  // The reserve and one more place in the list stand for the layer to come.
  encodeSignatures({ entries: [...state.entries, null], state }, config, { what, reserve: LAYER_RESERVE_BYTES });
}

/**
 * Appends one layer to the `.sig` tag as cosign v2 does (sigstore/cosign specs/SIGNATURE_SPEC.md): layer, history and
 * diff_id go to the end, and everything else is kept. Then reads the tag again and restores what is missing. Throws
 * RegistryError, SIGNATURE_LOST.
 */
export async function appendSignatureLayer(
  context: TagWriterContext,
  { repository, subject }: SignatureAddress,
  { layer, openSession }: { readonly layer: LegacyLayer; readonly openSession: () => Promise<UploadSession> },
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
  const uploadPayload = async (): Promise<unknown> => blobs.upload(await openSession(), layer.payload);
  let written: Digest | undefined;
  const merged = await queue.run(`${formatRepository(repository)}:${tag}`, async () => {
    let first: SignatureState | undefined;
    const recent = context.looks.takeYoung(repository, tag, context.settleMs / 4);
    [first] = await Promise.all([readSignatures(context, { repository, tag }, recent), uploadPayload()]);
    return mergeIntoTag<unknown, SignatureState>({
      ...context,
      tag: manifestUrl(fetch, repository, tag).href,
      own,
      seen: await layersSeen(context, { repository, tag }, first.digest),
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
