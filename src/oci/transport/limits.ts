/** Limits on what a registry may send us. Anything larger is refused, never truncated. */

/** Manifests and indexes, in bytes: the limit that registries enforce themselves (distribution, zot, Harbor). */
export const MANIFEST_MAX_BYTES = 4 * 1024 * 1024;
/**
 * Members of one document (objects, lists and commas), so that reading it takes a tenth of a second at most. 4 MiB of
 * referrers with annotations, or of `.sig` layers, have fewer than half as many.
 */
export const DOCUMENT_MAX_MEMBERS = 150_000;
/**
 * The manifest of one referrer, in bytes and members. That of a bundle has 900 bytes; those of cosign's oci-1-1
 * experiment have 9 kB and 15 members per signature. Anyone who may push can attach anything, so a larger manifest is
 * not read; no signature has one.
 */
export const REFERRER_MAX_BYTES = 1024 * 1024;
export const REFERRER_MAX_MEMBERS = 20_000;
/** Sigstore bundles, in bytes; large attestations (SBOMs) are listed as well. */
export const BUNDLE_MAX_BYTES = 16 * 1024 * 1024;
/** Bundles and `.att` layers where attestations are wanted, in bytes: an SBOM of 16 MiB in base64 has more. */
export const ATTESTATION_MAX_BYTES = 24 * 1024 * 1024;
/** Simple-signing payloads, in bytes: 300, plus the longest annotations that are read, written as escapes. */
export const PAYLOAD_MAX_BYTES = 512 * 1024;
/** Image configs of `.sig` tags, in bytes. */
export const CONFIG_MAX_BYTES = 4 * 1024 * 1024;
/** Bodies of answers of which only the status and the headers matter, in bytes. */
export const ANSWER_MAX_BYTES = 256 * 1024;
/** Layers of one `.sig` tag that are read, the same limit as cosign's: a nightly signer appends one per night. */
export const LAYERS_MAX = 1000;
/** Distinct payloads of one `.sig` tag that are fetched; the layers of one image in one repository share a payload. */
export const PAYLOADS_MAX = 100;
/** Space reserved in a fallback index for the next entry, in bytes: a descriptor with three short annotations. */
export const ENTRY_RESERVE_BYTES = 2 * 1024;
/** Space reserved in a `.sig` manifest for the next layer, in bytes: certificates, log entry and timestamp as text. */
export const LAYER_RESERVE_BYTES = 64 * 1024;
/** Pages of one referrers listing. */
export const PAGES_MAX = 100;
/** All pages of one listing, in bytes: about 20,000 referrers. */
export const LISTING_MAX_BYTES = 8 * 1024 * 1024;
/** Unreadable entries of one listing that are reported individually. */
export const UNREADABLE_MAX = 100;
/** Tags per page that are asked for. distribution and Amazon ECR refuse more. */
export const TAGS_PAGE_SIZE = 1000;
/** Tags of one repository, over all pages. Nobody can name more of them by a pattern (contract §2.5.2). */
export const TAGS_MAX = 50_000;
/** Pages of one list of tags: registries with short pages show 100 tags on one. */
export const TAGS_PAGES_MAX = 500;
/** All pages of one list of tags, in bytes: Google's registries add 300 bytes about each image. */
export const TAGS_MAX_BYTES = 16 * 1024 * 1024;
