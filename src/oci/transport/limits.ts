/** Caps on what a registry may send us; what is beyond is refused, never cut. */

/** Manifests and indexes, in bytes: the cap that registries have themselves (distribution, zot, Harbor). */
export const MANIFEST_MAX_BYTES = 4 * 1024 * 1024;
/**
 * Members of one (objects, lists and commas), so that it is read in a tenth of a second. 4 MiB of referrers with
 * annotations, or of `.sig` layers, have fewer than half of them.
 */
export const DOCUMENT_MAX_MEMBERS = 150_000;
/**
 * The manifest of one referrer, in bytes and members. A bundle's has 900 bytes; what cosign's oci-1-1 experiment wrote
 * has 9 kB and 15 members for each signature. Anybody who may push attaches what they like, so a larger one is not
 * read; no signature has one.
 */
export const REFERRER_MAX_BYTES = 1024 * 1024;
export const REFERRER_MAX_MEMBERS = 20_000;
/** Sigstore bundles, in bytes; those of large attestations (SBOMs) are listed too. */
export const BUNDLE_MAX_BYTES = 16 * 1024 * 1024;
/** Simple-signing payloads, in bytes: 300 and what the longest annotations take that are read, written as escapes. */
export const PAYLOAD_MAX_BYTES = 512 * 1024;
/** Image configs of `.sig` tags, in bytes. */
export const CONFIG_MAX_BYTES = 4 * 1024 * 1024;
/** Bodies of answers that only say yes or no, in bytes. */
export const ANSWER_MAX_BYTES = 256 * 1024;
/** Layers of one `.sig` tag that are looked at, as cosign caps them: whoever signs nightly appends one a night. */
export const LAYERS_MAX = 1000;
/** Distinct payloads of one `.sig` tag that are fetched; layers of one image in one repository share theirs. */
export const PAYLOADS_MAX = 100;
/** Kept free in a fallback index for the entry to come, in bytes: a descriptor with three short annotations. */
export const ENTRY_RESERVE_BYTES = 2 * 1024;
/** Kept free in a `.sig` manifest for the layer to come, in bytes: certificates, log entry and timestamp as text. */
export const LAYER_RESERVE_BYTES = 64 * 1024;
/** Pages of one referrers listing. */
export const PAGES_MAX = 100;
/** All pages of one listing, in bytes: some 20,000 referrers. */
export const LISTING_MAX_BYTES = 8 * 1024 * 1024;
/** Unreadable entries of one listing that are told one by one. */
export const UNREADABLE_MAX = 100;
