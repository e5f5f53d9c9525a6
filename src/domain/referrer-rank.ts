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
 * likely: listed as a bundle or as cosign's signature artifact, or with what registries and clients have listed such
 * ones as: nothing, or the media type of their config (go-containerregistry before 0.21.6, Harbor before 2.11).
 * unlikely: anything else that is not known. never: a type that no signature has ever been listed with.
 */
export type ReferrerRank = 'likely' | 'unlikely' | 'never';

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

export function rankReferrer({ artifactType, annotations }: Descriptor): ReferrerRank {
  if (artifactType === undefined || artifactType === OCI_EMPTY || artifactType === OCI_CONFIG) return 'likely';
  if (OTHER_ARTIFACTS.has(artifactType)) return 'never';
  const isBundle = artifactType.startsWith(BUNDLE_PREFIX);
  if (!isBundle && artifactType !== COSIGN_SIGNATURE_ARTIFACT) return 'unlikely';
  // Clients write the predicate type beside a bundle; nightly attestations must not crowd out a signature.
  const predicate = annotations?.[BUNDLE_PREDICATE_ANNOTATION];
  return predicate === undefined || predicate === COSIGN_SIGN_PREDICATE ? 'likely' : 'unlikely';
}
