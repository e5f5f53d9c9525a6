import type { Descriptor } from './descriptor.ts';
import {
  BUNDLE_PREDICATE_ANNOTATION,
  BUNDLE_PREFIX,
  COSIGN_SIGN_PREDICATE,
  COSIGN_SIGNATURE_ARTIFACT,
  OCI_CONFIG,
  OCI_EMPTY,
} from './media-types.ts';

/**
 * How likely a listed referrer is an image signature, by its descriptor. That is never believed: it only says what is
 * read first, and what need not be read at all.
 *
 * certain: listed as a bundle with cosign's predicate type, or as cosign's signature artifact.
 * likely: listed as a bundle without a predicate type, or with what registries and clients have listed such
 * ones as: nothing, or the media type of their config (go-containerregistry before 0.21.6, Harbor before 2.11).
 * unlikely: anything else that is not known. never: a type that no signature has ever been listed with.
 */
export type ReferrerRank = 'certain' | 'likely' | 'unlikely' | 'never';

/** From the likeliest on. */
const RANKS: readonly ReferrerRank[] = ['certain', 'likely', 'unlikely', 'never'];

/** artifactTypes, or config media types, of other artifacts: they are in their own tools' documentation. */
const OTHER_ARTIFACTS: ReadonlySet<string> = new Set([
  // SBOMs: SPDX, CycloneDX and Syft by IANA and by the tools; Harbor's own
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

/** An artifact manifest of the draft that OCI dropped in 2022, before any signature was a referrer; registries list it. */
const ARTIFACT_MANIFEST = 'application/vnd.oci.artifact.manifest.v1+json';

export function rankReferrer({ mediaType, artifactType, annotations }: Descriptor): ReferrerRank {
  if (mediaType === ARTIFACT_MANIFEST) return 'never';
  if (artifactType === undefined || artifactType === OCI_EMPTY || artifactType === OCI_CONFIG) return 'likely';
  if (OTHER_ARTIFACTS.has(artifactType)) return 'never';
  if (artifactType === COSIGN_SIGNATURE_ARTIFACT) return 'certain';
  if (!artifactType.startsWith(BUNDLE_PREFIX)) return 'unlikely';
  // Clients write the predicate type beside a bundle; nightly attestations must not crowd out a signature.
  const predicate = annotations?.[BUNDLE_PREDICATE_ANNOTATION];
  if (predicate === undefined) return 'likely';
  return predicate === COSIGN_SIGN_PREDICATE ? 'certain' : 'unlikely';
}

/** True if the first of two descriptors of one digest is more likely that of a signature. */
export function isLikelier(one: Descriptor, other: Descriptor): boolean {
  return RANKS.indexOf(rankReferrer(one)) < RANKS.indexOf(rankReferrer(other));
}
