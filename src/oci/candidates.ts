import { type Descriptor, parseLayers, parseManifestHead } from '../domain/image/descriptor.ts';
import type { Digest } from '../domain/image/digest.ts';
import {
  BUNDLE_PREFIX,
  COSIGN_SIGNATURE_ARTIFACT,
  DOCKER_MANIFEST,
  DSSE_ENVELOPE,
  OCI_MANIFEST,
  SIMPLE_SIGNING,
} from '../domain/image/media-types.ts';
import type { Repository } from '../domain/image/reference.ts';
import { DocumentLimitError, divideFlaws, flawError } from '../domain/image/registry-document.ts';
import { ValueError } from '../domain/text/value-error.ts';
import { HttpError } from '../http/http-error.ts';
import type { Candidate, CandidateSet, Place, SignatureAddress, UnreadableCandidate } from '../usecases/ports.ts';
import type { Blobs } from './blobs.ts';
import type { ManifestAnswer, Manifests } from './manifests.ts';
import {
  ATTESTATION_MAX_BYTES,
  BUNDLE_MAX_BYTES,
  LAYERS_MAX,
  PAYLOAD_MAX_BYTES,
  PAYLOADS_MAX,
  REFERRER_MAX_BYTES,
  REFERRER_MAX_MEMBERS,
} from './transport/limits.ts';
import { RegistryError } from './transport/registry-error.ts';

type Found = Pick<CandidateSet, 'candidates' | 'unreadable'>;

interface Reading {
  readonly digest: string;
  readonly place: Place['kind'];
}

const LIMITS = { maxBytes: REFERRER_MAX_BYTES, maxMembers: REFERRER_MAX_MEMBERS };

/**
 * Reads one referrer and classifies it by its manifest, never by its descriptor (old clients and registries write wrong
 * artifact types there). An unreadable referrer is a value and hides no other.
 */
export async function fetchReferrerCandidate(
  { manifests, blobs }: { readonly manifests: Manifests; readonly blobs: Blobs },
  address: SignatureAddress,
  {
    descriptor,
    place,
    wants,
  }: { readonly descriptor: Descriptor; readonly place: Place['kind']; readonly wants?: 'attestations' },
): Promise<CandidateSet> {
  const maxBytes = wants === 'attestations' ? ATTESTATION_MAX_BYTES : BUNDLE_MAX_BYTES;
  const reading = { digest: descriptor.digest, place };
  try {
    const answer = await getManifest(manifests, address.repository, descriptor.digest);
    // Listed but not served (yet, or any longer): nothing can be concluded from that.
    if (answer === undefined)
      return toSet(unreadable(reading, { outcome: 'failed', message: 'the registry lists it but does not serve it' }));
    if (answer instanceof RegistryError) {
      const why = `its manifest is larger than that of any signature (${answer.message})`;
      return toSet(unreadable(reading, { outcome: 'not-a-signature', message: why, isTooLarge: true }));
    }
    return toSet(await readReferrer(blobs, address, { answer, place, maxBytes }));
  } catch (error) {
    return toSet(unreadableBecause(reading, error));
  }
}

/** The manifest of a referrer, or the error if it exceeds the limits of its kind. */
async function getManifest(
  manifests: Manifests,
  repository: Repository,
  digest: Digest,
): Promise<ManifestAnswer | RegistryError | undefined> {
  try {
    return await manifests.get(repository, digest, { limits: LIMITS, keepFlaws: true });
  } catch (error) {
    if (exceedsLimits(error)) return error;
    throw error;
  }
}

function exceedsLimits(error: unknown): error is RegistryError {
  if (!(error instanceof RegistryError)) return false;
  const { cause } = error;
  return cause instanceof DocumentLimitError || (cause instanceof HttpError && cause.failure === 'too-large');
}

async function readReferrer(
  blobs: Blobs,
  { repository, subject }: SignatureAddress,
  {
    answer,
    place,
    maxBytes,
  }: { readonly answer: ManifestAnswer; readonly place: Place['kind']; readonly maxBytes: number },
): Promise<Found> {
  const reading = { digest: answer.digest, place };
  if (answer.mediaType !== OCI_MANIFEST && answer.mediaType !== DOCKER_MANIFEST) {
    return unreadable(reading, {
      outcome: 'not-a-signature',
      message: `its media type is ${answer.mediaType}`,
      artifactType: answer.mediaType,
    });
  }
  const { outside, ofEntry } = divideFlaws(answer.flaws, 'layers');
  const [flaw] = outside;
  if (flaw !== undefined) throw flawError(flaw, 'the manifest');
  const manifest = parseManifestHead(answer.json, 'the manifest');
  const layers = parseLayers(answer.json, ofEntry, 'the manifest');
  const artifactType = manifest.artifactType ?? manifest.config.mediaType;
  if (manifest.subject !== undefined && manifest.subject.digest !== subject) {
    return unreadable(reading, {
      outcome: 'malformed',
      message: `its subject is ${manifest.subject.digest}`,
      artifactType,
    });
  }
  // A fallback tag may list anything; only its own subject makes a manifest a referrer.
  if (manifest.subject === undefined && place === 'referrers-tag') {
    return unreadable(reading, { outcome: 'malformed', message: 'it has no subject', artifactType });
  }
  if (artifactType === COSIGN_SIGNATURE_ARTIFACT) {
    return fetchLegacyLayers(blobs, repository, { layers, place });
  }
  const [layer, ...others] = layers;
  if (layer instanceof ValueError) throw layer;
  if (layer === undefined || others.length > 0) {
    return unreadable(reading, { outcome: 'not-a-signature', message: `it has ${layers.length} layers`, artifactType });
  }
  if (!layer.mediaType.startsWith(BUNDLE_PREFIX)) {
    return unreadable(reading, {
      outcome: 'not-a-signature',
      message: `the media type of its layer is ${layer.mediaType}`,
      artifactType,
    });
  }
  const bundle = await blobs.get(repository, layer.digest, maxBytes);
  if (bundle === undefined)
    return unreadable(reading, { outcome: 'failed', message: `its bundle ${layer.digest} is missing`, artifactType });
  return { candidates: [{ format: 'bundle', digest: reading.digest, bundle }], unreadable: [] };
}

/**
 * Reads simple-signing layers, each distinct payload once. Layers with equal payloads differ in their annotations.
 * Layers beyond LAYERS_MAX or PAYLOADS_MAX are reported as unread.
 */
export async function fetchLegacyLayers(
  blobs: Blobs,
  repository: Repository,
  { layers, place }: { readonly layers: readonly (Descriptor | ValueError)[]; readonly place: Place['kind'] },
): Promise<Found> {
  const payloads = new Map<Digest, Promise<Uint8Array | undefined>>();
  const getPayload = (digest: Digest): Promise<Uint8Array | undefined> => {
    const pending = payloads.get(digest) ?? blobs.get(repository, digest, PAYLOAD_MAX_BYTES);
    payloads.set(digest, pending);
    return pending;
  };
  const found = await Promise.all(
    layers.map(async (layer, layerIndex): Promise<Found> => {
      if (layer instanceof ValueError) {
        return unreadable({ digest: `layer ${layerIndex}`, place }, { outcome: 'malformed', message: layer.message });
      }
      const reading: Reading = { digest: layer.digest, place };
      if (layerIndex >= LAYERS_MAX) {
        const error = new RegistryError('REGISTRY_INVALID', `only ${LAYERS_MAX} layers are read`);
        return unreadable(reading, { outcome: 'failed', message: error.message, artifactType: layer.mediaType, error });
      }
      if (layer.mediaType !== SIMPLE_SIGNING) {
        return unreadable(reading, {
          outcome: 'not-a-signature',
          message: `the media type of layer ${layerIndex} is ${layer.mediaType}`,
          artifactType: layer.mediaType,
        });
      }
      if (!payloads.has(layer.digest) && payloads.size >= PAYLOADS_MAX) {
        const error = new RegistryError('REGISTRY_INVALID', `only ${PAYLOADS_MAX} different payloads are fetched`);
        return unreadable(reading, { outcome: 'failed', message: error.message, artifactType: layer.mediaType, error });
      }
      try {
        const payload = await getPayload(layer.digest);
        if (payload === undefined)
          return unreadable(reading, { outcome: 'failed', message: 'the registry does not serve it' });
        const annotations = layer.annotations ?? {};
        const candidate: Candidate = {
          format: 'legacy',
          digest: layer.digest,
          payload,
          annotations,
        };
        return { candidates: [candidate], unreadable: [] };
      } catch (error) {
        return unreadableBecause(reading, error);
      }
    }),
  );
  return {
    candidates: found.flatMap(({ candidates }) => candidates),
    unreadable: found.flatMap((part) => part.unreadable),
  };
}

/**
 * Divides the layers of an `.att` tag into attestations, which are fetched one by one, and others. Layers beyond
 * LAYERS_MAX are reported as unread.
 */
export function divideAttestationLayers(
  layers: readonly (Descriptor | ValueError)[],
  place: Place['kind'],
): { readonly layers: readonly Descriptor[]; readonly unreadable: readonly UnreadableCandidate[] } {
  const attestations: Descriptor[] = [];
  const others: UnreadableCandidate[] = [];
  for (const [index, layer] of layers.entries()) {
    if (layer instanceof ValueError) {
      const reading = { digest: `layer ${index}`, place };
      others.push(...unreadable(reading, { outcome: 'malformed', message: layer.message }).unreadable);
    } else if (index >= LAYERS_MAX) {
      const error = new RegistryError('REGISTRY_INVALID', `only ${LAYERS_MAX} layers are read`);
      const why = { outcome: 'failed', message: error.message, artifactType: layer.mediaType, error } as const;
      others.push(...unreadable({ digest: layer.digest, place }, why).unreadable);
    } else if (layer.mediaType !== DSSE_ENVELOPE) {
      const message = `the media type of layer ${index} is ${layer.mediaType}`;
      const why = { outcome: 'not-a-signature', message, artifactType: layer.mediaType } as const;
      others.push(...unreadable({ digest: layer.digest, place }, why).unreadable);
    } else {
      attestations.push(layer);
    }
  }
  return { layers: attestations, unreadable: others };
}

/** Fetches one layer of an `.att` tag, a DSSE envelope. An unreadable one is a value. */
export async function fetchAttestationLayer(
  blobs: Blobs,
  repository: Repository,
  layer: Descriptor,
): Promise<CandidateSet> {
  const { digest, annotations = {} } = layer;
  const reading: Reading = { digest, place: 'attestation-tag' };
  try {
    const payload = await blobs.get(repository, digest, ATTESTATION_MAX_BYTES);
    if (payload === undefined) {
      return toSet(unreadable(reading, { outcome: 'failed', message: 'the registry does not serve it' }));
    }
    return toSet({ candidates: [{ format: 'legacy', digest, payload, annotations }], unreadable: [] });
  } catch (error) {
    return toSet(unreadableBecause(reading, error));
  }
}

function toSet(found: Found): CandidateSet {
  return { ...found, places: [] };
}

function unreadable(
  { digest, place }: Reading,
  why: Pick<UnreadableCandidate, 'outcome' | 'message'> &
    Partial<Pick<UnreadableCandidate, 'artifactType' | 'error' | 'isTooLarge'>>,
): Found {
  const { outcome, message, artifactType, error, isTooLarge } = why;
  const size = isTooLarge === true ? { isTooLarge } : {};
  return { candidates: [], unreadable: [{ digest, place, outcome, artifactType, message, error, ...size }] };
}

/** Unexpected bytes or structure mean malformed; an outage or a denial proves nothing about the content. */
function unreadableBecause(reading: Reading, error: unknown): Found {
  if (error instanceof ValueError) return unreadable(reading, { outcome: 'malformed', message: error.message });
  if (!(error instanceof RegistryError)) throw error;
  const outcome = error.code === 'REGISTRY_INVALID' ? 'malformed' : 'failed';
  return unreadable(reading, { outcome, message: error.message, error, isTooLarge: exceedsLimits(error) });
}
