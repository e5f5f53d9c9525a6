import { type Descriptor, LayerError, parseLayers, parseManifestHead, readTypes } from '../domain/image/descriptor.ts';
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
import { claimOf, type ReferrerClaim, SIGNATURE_BUNDLE_MAX_BYTES } from '../domain/image/referrer-rank.ts';
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
  /** What it claims to be, as far as it was read. Decides what it means that it cannot be read further. */
  readonly claim: ReferrerClaim;
  readonly artifactType: string | undefined;
}

const LIMITS = { maxBytes: REFERRER_MAX_BYTES, maxMembers: REFERRER_MAX_MEMBERS };
const SIGNATURE: ReferrerClaim = { kind: 'signature' };

/**
 * Reads one referrer and classifies it by its manifest, never by its descriptor (old clients and registries write wrong
 * artifact types there). An unreadable referrer is a value and hides no other. Its descriptor, or its manifest if that
 * could be read, then says whether it was a signature that is damaged or missing, or something that is only listed.
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
  const { digest, artifactType, size } = descriptor;
  const claim = claimUpTo(REFERRER_MAX_BYTES, claimOf(descriptor), { size, what: 'its manifest' });
  const reading: Reading = { digest, place, claim, artifactType };
  const maxBytes = wants === 'attestations' ? ATTESTATION_MAX_BYTES : BUNDLE_MAX_BYTES;
  try {
    const answer = await getManifest(manifests, address.repository, digest);
    // Listed but not served (yet, or any longer): nothing can be concluded from that.
    if (answer === undefined)
      return toSet(unreadable(reading, { outcome: 'failed', message: 'the registry lists it but does not serve it' }));
    if (answer instanceof RegistryError) {
      const message = `its manifest is larger than that of any signature (${answer.message})`;
      const outcome = claim.kind === 'open' ? 'not-a-signature' : 'malformed';
      return toSet(unreadable(reading, { outcome, message, isTooLarge: true }));
    }
    return toSet(await readReferrer(blobs, address, { answer, listed: reading, maxBytes }));
  } catch (error) {
    return toSet(unreadableBecause(reading, error));
  }
}

/** Something too large to be a signature is not one, unless it says so itself: then it is damaged. */
function claimUpTo(
  maxBytes: number,
  claim: ReferrerClaim,
  { size, what }: { readonly size: number; readonly what: string },
): ReferrerClaim {
  if (claim.kind !== 'open' || size <= maxBytes) return claim;
  const why = `${what} has ${size} bytes, more than that of any image signature (${maxBytes})`;
  return { kind: 'other', why, predicateType: undefined };
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
  address: SignatureAddress,
  {
    answer,
    listed,
    maxBytes,
  }: { readonly answer: ManifestAnswer; readonly listed: Reading; readonly maxBytes: number },
): Promise<Found> {
  const { mediaType } = answer;
  if (mediaType !== OCI_MANIFEST && mediaType !== DOCKER_MANIFEST) {
    return unreadable(listed, {
      outcome: 'not-a-signature',
      message: `its media type is ${mediaType}`,
      artifactType: mediaType,
    });
  }
  const { outside, ofEntry } = divideFlaws(answer.flaws, 'layers');
  const [flaw] = outside;
  if (flaw !== undefined) throw flawError(flaw, 'the manifest');
  // Every parser reads the same types here, so from now on they count and the descriptor does not.
  const types = { ...readTypes(answer.json), mediaType };
  const reading: Reading = { ...listed, claim: claimOf(types), artifactType: types.artifactType };
  try {
    const manifest = parseManifestHead(answer.json, 'the manifest');
    const layers = parseLayers(answer.json, ofEntry, 'the manifest');
    return await readArtifact(blobs, address, { manifest, layers, reading, maxBytes });
  } catch (error) {
    return unreadableBecause(reading, error);
  }
}

async function readArtifact(
  blobs: Blobs,
  { repository, subject }: SignatureAddress,
  {
    manifest,
    layers,
    reading,
    maxBytes,
  }: {
    readonly manifest: ReturnType<typeof parseManifestHead>;
    readonly maxBytes: number;
    readonly layers: ReturnType<typeof parseLayers>;
    readonly reading: Reading;
  },
): Promise<Found> {
  const { place, artifactType } = reading;
  if (manifest.subject !== undefined && manifest.subject.digest !== subject) {
    return unreadable(reading, { outcome: 'malformed', message: `its subject is ${manifest.subject.digest}` });
  }
  // A fallback tag may list anything; only its own subject makes a manifest a referrer.
  if (manifest.subject === undefined && place === 'referrers-tag') {
    return unreadable(reading, { outcome: 'malformed', message: 'it has no subject' });
  }
  if (artifactType === COSIGN_SIGNATURE_ARTIFACT) {
    return fetchLegacyLayers(blobs, repository, { layers, place });
  }
  const [layer, ...others] = layers;
  if (layer === undefined || others.length > 0) {
    return unreadable(reading, { outcome: 'not-a-signature', message: `it has ${layers.length} layers` });
  }
  if (layer.mediaType?.startsWith(BUNDLE_PREFIX) === false) {
    return unreadable(reading, {
      outcome: 'not-a-signature',
      message: `the media type of its layer is ${layer.mediaType}`,
    });
  }
  if (layer instanceof LayerError) throw layer;
  return fetchBundle(blobs, repository, { layer, reading, maxBytes });
}

async function fetchBundle(
  blobs: Blobs,
  repository: Repository,
  { layer, reading, maxBytes }: { readonly layer: Descriptor; readonly reading: Reading; readonly maxBytes: number },
): Promise<Found> {
  const { size } = layer;
  // The manifest was hashed, so this size is that of the bundle, or the bundle is not what the manifest is about.
  if (size > maxBytes) {
    const outcome = reading.claim.kind === 'open' ? 'not-a-signature' : 'malformed';
    const message = `its bundle has ${size} bytes, and only ${maxBytes} are read`;
    return unreadable(reading, { outcome, message, isTooLarge: true });
  }
  const claim = claimUpTo(SIGNATURE_BUNDLE_MAX_BYTES, reading.claim, { size, what: 'its bundle' });
  const sized: Reading = { ...reading, claim };
  try {
    const bundle = await blobs.get(repository, layer.digest, maxBytes);
    if (bundle === undefined)
      return unreadable(sized, { outcome: 'failed', message: `its bundle ${layer.digest} is missing` });
    const digest = reading.digest as Digest;
    const candidate: Candidate =
      claim.kind === 'other'
        ? { format: 'bundle', digest, bundle, ruledOut: { why: claim.why, predicateType: claim.predicateType } }
        : { format: 'bundle', digest, bundle };
    return { candidates: [candidate], unreadable: [] };
  } catch (error) {
    return unreadableBecause(sized, error);
  }
}

/**
 * Reads simple-signing layers, each distinct payload once. Layers with equal payloads differ in their annotations.
 * Signatures beyond LAYERS_MAX or PAYLOADS_MAX are reported as unread. Layers of other types are only listed, and do not
 * count towards the limits.
 */
export async function fetchLegacyLayers(
  blobs: Blobs,
  repository: Repository,
  { layers, place }: { readonly layers: readonly (Descriptor | LayerError)[]; readonly place: Place['kind'] },
): Promise<Found> {
  const payloads = new Map<Digest, Promise<Uint8Array | undefined>>();
  const getPayload = (digest: Digest): Promise<Uint8Array | undefined> => {
    const pending = payloads.get(digest) ?? blobs.get(repository, digest, PAYLOAD_MAX_BYTES);
    payloads.set(digest, pending);
    return pending;
  };
  let signatures = 0;
  const found = await Promise.all(
    layers.map(async (layer, layerIndex): Promise<Found> => {
      const artifactType = layer.mediaType;
      const digest = layer instanceof LayerError ? `layer ${layerIndex}` : layer.digest;
      const reading: Reading = { digest, place, claim: SIGNATURE, artifactType };
      if (artifactType !== undefined && artifactType !== SIMPLE_SIGNING) {
        const message = `the media type of layer ${layerIndex} is ${artifactType}`;
        return unreadable(reading, { outcome: 'not-a-signature', message });
      }
      signatures += 1;
      if (signatures > LAYERS_MAX) {
        const error = new RegistryError('REGISTRY_INVALID', `only ${LAYERS_MAX} layers are read`);
        return unreadable(reading, { outcome: 'failed', message: error.message, error });
      }
      if (layer instanceof LayerError) return unreadable(reading, { outcome: 'malformed', message: layer.message });
      if (!payloads.has(layer.digest) && payloads.size >= PAYLOADS_MAX) {
        const error = new RegistryError('REGISTRY_INVALID', `only ${PAYLOADS_MAX} different payloads are fetched`);
        return unreadable(reading, { outcome: 'failed', message: error.message, error });
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
      const reading = openReading(`layer ${index}`, place);
      others.push(...unreadable(reading, { outcome: 'malformed', message: layer.message }).unreadable);
    } else if (index >= LAYERS_MAX) {
      const error = new RegistryError('REGISTRY_INVALID', `only ${LAYERS_MAX} layers are read`);
      const why = { outcome: 'failed', message: error.message, artifactType: layer.mediaType, error } as const;
      others.push(...unreadable(openReading(layer.digest, place), why).unreadable);
    } else if (layer.mediaType !== DSSE_ENVELOPE) {
      const message = `the media type of layer ${index} is ${layer.mediaType}`;
      const why = { outcome: 'not-a-signature', message, artifactType: layer.mediaType } as const;
      others.push(...unreadable(openReading(layer.digest, place), why).unreadable);
    } else {
      attestations.push(layer);
    }
  }
  return { layers: attestations, unreadable: others };
}

/** A layer that may be an attestation of any type: nothing rules it out. */
function openReading(digest: string, place: Place['kind']): Reading {
  return { digest, place, claim: { kind: 'open' }, artifactType: undefined };
}

/** Fetches one layer of an `.att` tag, a DSSE envelope. An unreadable one is a value. */
export async function fetchAttestationLayer(
  blobs: Blobs,
  repository: Repository,
  layer: Descriptor,
): Promise<CandidateSet> {
  const { digest, annotations = {} } = layer;
  const reading = openReading(digest, 'attestation-tag');
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

/** What says that it is not a signature cannot be a damaged or missing one. */
function unreadable(
  reading: Reading,
  why: Pick<UnreadableCandidate, 'outcome' | 'message'> &
    Partial<Pick<UnreadableCandidate, 'artifactType' | 'error' | 'isTooLarge'>>,
): Found {
  const { digest, place, claim } = reading;
  const { artifactType = reading.artifactType } = why;
  const { outcome, message, error, isTooLarge } = why;
  const size = isTooLarge === true ? { isTooLarge } : {};
  if (claim.kind !== 'other') {
    return { candidates: [], unreadable: [{ digest, place, artifactType, outcome, message, error, ...size }] };
  }
  const listed: UnreadableCandidate = {
    digest,
    place,
    artifactType,
    ...(claim.predicateType === undefined ? {} : { predicateType: claim.predicateType }),
    outcome: 'not-a-signature',
    message: outcome === 'not-a-signature' ? message : `${message}; ${claim.why}`,
    ...size,
    ...(outcome === 'failed' ? { error, isUnread: true } : {}),
  };
  return { candidates: [], unreadable: [listed] };
}

/** Unexpected bytes or structure mean malformed; an outage or a denial proves nothing about the content. */
function unreadableBecause(reading: Reading, error: unknown): Found {
  if (error instanceof ValueError) return unreadable(reading, { outcome: 'malformed', message: error.message });
  if (!(error instanceof RegistryError)) throw error;
  const outcome = error.code === 'REGISTRY_INVALID' ? 'malformed' : 'failed';
  return unreadable(reading, { outcome, message: error.message, error, isTooLarge: exceedsLimits(error) });
}
