/** Caps on what a registry may send us; what is beyond is refused, never cut. */

/** Manifests and indexes, in bytes: the cap that registries have themselves (distribution, zot, Harbor). */
export const MANIFEST_MAX_BYTES = 4 * 1024 * 1024;
/** Sigstore bundles, in bytes; those of large attestations (SBOMs) are listed too. */
export const BUNDLE_MAX_BYTES = 16 * 1024 * 1024;
/** Simple-signing payloads, in bytes; annotations make them longer than 300. */
export const PAYLOAD_MAX_BYTES = 1024 * 1024;
/** Image configs of `.sig` tags, in bytes. */
export const CONFIG_MAX_BYTES = 4 * 1024 * 1024;
/** Bodies of answers that only say yes or no, in bytes. */
export const ANSWER_MAX_BYTES = 256 * 1024;
/** Layers of one `.sig` tag that are looked at, as cosign caps them: whoever signs nightly appends one a night. */
export const LAYERS_MAX = 1000;
/** Distinct payloads of one `.sig` tag that are fetched; layers of one image in one repository share theirs. */
export const PAYLOADS_MAX = 100;
/** Referrers of one image. */
export const REFERRERS_MAX = 1000;
/** Kept free in a fallback index for the entry to come, in bytes: a descriptor with three short annotations. */
export const ENTRY_RESERVE_BYTES = 2 * 1024;
/** Kept free in a `.sig` manifest for the layer to come, in bytes: certificates, log entry and timestamp as text. */
export const LAYER_RESERVE_BYTES = 64 * 1024;
/** Pages of one referrers listing. */
export const PAGES_MAX = 100;
