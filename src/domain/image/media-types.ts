/** Media types and other fixed names in the protocols, grouped by specification. */

// OCI image-spec v1.1.1, media-types.md
export const OCI_INDEX = 'application/vnd.oci.image.index.v1+json';
export const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
export const OCI_CONFIG = 'application/vnd.oci.image.config.v1+json';
export const OCI_EMPTY = 'application/vnd.oci.empty.v1+json';
// Docker Image Manifest Version 2, Schema 2
export const DOCKER_LIST = 'application/vnd.docker.distribution.manifest.list.v2+json';
export const DOCKER_MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';
/** All manifest types for the Accept header. Some registries return 404 if a type is missing (distribution 2.8). */
export const MANIFEST_TYPES = [OCI_INDEX, OCI_MANIFEST, DOCKER_LIST, DOCKER_MANIFEST] as const;

// Sigstore bundle, protobuf-specs sigstore_bundle.proto
export const BUNDLE_V03 = 'application/vnd.dev.sigstore.bundle.v0.3+json';
export const BUNDLE_PREFIX = 'application/vnd.dev.sigstore.bundle';
export const BUNDLE_CONTENT_ANNOTATION = 'dev.sigstore.bundle.content';
export const BUNDLE_PREDICATE_ANNOTATION = 'dev.sigstore.bundle.predicateType';
export const CREATED_ANNOTATION = 'org.opencontainers.image.created';

// in-toto attestation framework v1, DSSE v1
export const INTOTO_PAYLOAD = 'application/vnd.in-toto+json';
export const STATEMENT_V1 = 'https://in-toto.io/Statement/v1';
/** Written until 2023, and still by cosign attest. The fields are the same. */
export const STATEMENT_V01 = 'https://in-toto.io/Statement/v0.1';
/** The predicate type of an image signature (cosign v3, pkg/types). */
export const COSIGN_SIGN_PREDICATE = 'https://sigstore.dev/cosign/sign/v1';

// cosign simple signing (cosign specs/SIGNATURE_SPEC.md; the keys as the code writes them)
export const SIMPLE_SIGNING = 'application/vnd.dev.cosign.simplesigning.v1+json';
export const SIMPLE_SIGNING_TYPE = 'cosign container image signature';
export const COSIGN_SIGNATURE_ARTIFACT = 'application/vnd.dev.cosign.artifact.sig.v1+json';
export const SIGNATURE_ANNOTATION = 'dev.cosignproject.cosign/signature';
export const CERTIFICATE_ANNOTATION = 'dev.sigstore.cosign/certificate';
export const CHAIN_ANNOTATION = 'dev.sigstore.cosign/chain';
export const REKOR_BUNDLE_ANNOTATION = 'dev.sigstore.cosign/bundle';
export const TIMESTAMP_ANNOTATION = 'dev.sigstore.cosign/rfc3161timestamp';

// cosign attestations under a tag (cosign specs/ATTESTATION_SPEC.md)
export const DSSE_ENVELOPE = 'application/vnd.dsse.envelope.v1+json';
export const LAYER_PREDICATE_ANNOTATION = 'predicateType';

// BuildKit attestation manifests inside an index (moby/buildkit docs/attestations)
export const BUILDKIT_REFERENCE_TYPE = 'vnd.docker.reference.type';
export const BUILDKIT_ATTESTATION = 'attestation-manifest';
export const BUILDKIT_REFERENCE_DIGEST = 'vnd.docker.reference.digest';
