import { quoted } from '../text/quoted.ts';
import type { Descriptor } from './descriptor.ts';
import {
  BUNDLE_PREDICATE_ANNOTATION,
  BUNDLE_PREFIX,
  COSIGN_SIGN_PREDICATE,
  COSIGN_SIGNATURE_ARTIFACT,
  OCI_CONFIG,
  OCI_EMPTY,
} from './media-types.ts';
import { isIndexType } from './platform-images.ts';

/**
 * How likely a listed referrer is an image signature according to its descriptor. The descriptor is not trusted. It only
 * determines which referrers are read first, and which are not read at all.
 *
 * certain: listed as a bundle with cosign's predicate type, or as cosign's signature artifact.
 * likely: listed as a bundle without a predicate type, without a type, or with the media type of its config, because
 * registries and clients have listed bundles like this (go-containerregistry before 0.21.6, Harbor before 2.11).
 * unlikely: any other unknown type. never: a type that no signature has ever been listed with.
 */
export type ReferrerRank = 'certain' | 'likely' | 'unlikely' | 'never';

/** The most likely one first. */
const RANKS: readonly ReferrerRank[] = ['certain', 'likely', 'unlikely', 'never'];

/** artifactTypes or config media types of other artifacts, from the documentation of their tools. */
const OTHER_ARTIFACTS: ReadonlySet<string> = new Set([
  // SBOMs: SPDX, CycloneDX and Syft as registered with IANA and as written by the tools; Harbor's own type
  'application/spdx+json',
  'text/spdx',
  'text/spdx+json',
  'text/spdx+xml',
  'application/vnd.cyclonedx',
  'application/vnd.cyclonedx+json',
  'application/vnd.cyclonedx+xml',
  'application/vnd.syft+json',
  'application/vnd.goharbor.harbor.sbom.v1',
  'application/vnd.dev.cosign.artifact.sbom.v1+json',
  // Reports of scanners
  'application/sarif+json',
  // Signatures of another kind: Notary Project
  'application/vnd.cncf.notary.signature',
  // Unsigned statements of BuildKit, lazy-pulling indexes of SOCI
  'application/vnd.docker.attestation.manifest.v1+json',
  'application/vnd.amazon.soci.index.v1+json',
  'application/vnd.amazon.soci.index.v2+json',
  // Helm
  'application/vnd.cncf.helm.config.v1+json',
]);

/** The artifact manifest, which OCI dropped in 2022, before any signature was a referrer. Registries still list it. */
const ARTIFACT_MANIFEST = 'application/vnd.oci.artifact.manifest.v1+json';

export function rankReferrer({
  mediaType,
  artifactType,
  annotations,
}: Omit<Descriptor, 'digest' | 'size'>): ReferrerRank {
  if (mediaType === ARTIFACT_MANIFEST) return 'never';
  if (artifactType === undefined || artifactType === OCI_EMPTY || artifactType === OCI_CONFIG) return 'likely';
  if (OTHER_ARTIFACTS.has(artifactType)) return 'never';
  if (artifactType === COSIGN_SIGNATURE_ARTIFACT) return 'certain';
  if (!artifactType.startsWith(BUNDLE_PREFIX)) return 'unlikely';
  // Clients annotate a bundle with its predicate type. Nightly attestations must not displace a signature.
  const predicate = annotations?.[BUNDLE_PREDICATE_ANNOTATION];
  if (predicate === undefined) return 'likely';
  return predicate === COSIGN_SIGN_PREDICATE ? 'certain' : 'unlikely';
}

/** True if the first of two descriptors with the same digest more likely describes a signature. */
export function isLikelier(one: Descriptor, other: Descriptor): boolean {
  return RANKS.indexOf(rankReferrer(one)) < RANKS.indexOf(rankReferrer(other));
}

/** Bundles of image signatures in bytes. One has about 10 kB; anything larger is not one. */
export const SIGNATURE_BUNDLE_MAX_BYTES = 1024 * 1024;

/**
 * What a referrer claims to be, according to its entry in a listing or its own manifest. Nothing is accepted for what it
 * claims: if it can be read, its bytes decide. If it cannot, only what claims to be a signature, or may be one, is
 * damaged or missing; anything else is only listed.
 *
 * signature: it says that it is an image signature. open: it may be one. other: it says that it is something else, in
 * the words of `why`.
 */
export type ReferrerClaim =
  | { readonly kind: 'signature' | 'open' }
  | { readonly kind: 'other'; readonly why: string; readonly predicateType: string | undefined };

/**
 * `size` does not count: registries list wrong ones. The annotation of a bundle counts under every artifact type, since
 * only bundles have it, and the type is often that of the config; an empty one says nothing.
 */
export function claimOf(descriptor: Omit<Descriptor, 'digest' | 'size'>): ReferrerClaim {
  const { mediaType, artifactType, annotations } = descriptor;
  const other = (why: string, predicateType?: string): ReferrerClaim => ({ kind: 'other', why, predicateType });
  if (isIndexType(mediaType)) return other(`its media type is ${mediaType}`);
  const rank = rankReferrer(descriptor);
  if (rank === 'certain') return { kind: 'signature' };
  const predicateType = annotations?.[BUNDLE_PREDICATE_ANNOTATION]?.slice(0, PREDICATE_TYPE_SHOWN);
  if (rank !== 'never' && predicateType !== undefined && predicateType !== '') {
    return predicateType === COSIGN_SIGN_PREDICATE
      ? { kind: 'signature' }
      : other(`it is annotated as an attestation of type ${quoted(predicateType)}`, predicateType);
  }
  const isOpen = rank === 'likely' || artifactType?.startsWith(BUNDLE_PREFIX) === true;
  return isOpen && rank !== 'never' ? { kind: 'open' } : other(`its artifact type is ${artifactType}`);
}

/** Characters of an annotation with a predicate type that are kept. */
const PREDICATE_TYPE_SHOWN = 512;
