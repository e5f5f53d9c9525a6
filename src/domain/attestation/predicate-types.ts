import { COSIGN_SIGN_PREDICATE } from '../image/media-types.ts';

/** What the predicate types of in-toto statements are called, and which of them mean the same kind of document. */

// SLSA (slsa.dev/spec), as actions/attest and cosign write it
export const SLSA_PROVENANCE_V1 = 'https://slsa.dev/provenance/v1';
const SLSA_PROVENANCE_V02 = 'https://slsa.dev/provenance/v0.2';
// SBOMs: the types without version, as cosign and BuildKit write them (in-toto/attestation, spec/predicates)
const SPDX_DOCUMENT = 'https://spdx.dev/Document';
export const CYCLONEDX_BOM = 'https://cyclonedx.org/bom';
// cosign's own types and those of other documents that it has an alias for (cosign pkg/cosign/attestation)
export const COSIGN_CUSTOM = 'https://cosign.sigstore.dev/attestation/v1';
const COSIGN_VULNERABILITIES = 'https://cosign.sigstore.dev/attestation/vuln/v1';
const OPENVEX = 'https://openvex.dev/ns';
const INTOTO_LINK = 'https://in-toto.io/Link/v1';

/** The build type of actions/attest since mid-2024. */
export const ACTIONS_BUILD_TYPE = 'https://actions.github.io/buildtypes/workflow/v1';
/** The build type of actions/attest before. */
export const OLD_ACTIONS_BUILD_TYPE = 'https://slsa-framework.github.io/github-actions-buildtypes/workflow/v1';

/** The names for `--type` of cosign attest and verify-attestation (cosign v3 cmd/cosign/cli/options/predicate.go). */
const COSIGN_ALIASES = {
  custom: COSIGN_CUSTOM,
  slsaprovenance: SLSA_PROVENANCE_V02,
  slsaprovenance02: SLSA_PROVENANCE_V02,
  slsaprovenance1: SLSA_PROVENANCE_V1,
  spdx: SPDX_DOCUMENT,
  spdxjson: SPDX_DOCUMENT,
  cyclonedx: CYCLONEDX_BOM,
  link: INTOTO_LINK,
  vuln: COSIGN_VULNERABILITIES,
  openvex: OPENVEX,
} as const;

export type CosignAlias = keyof typeof COSIGN_ALIASES;

/** In the order in which cosign's help lists them. */
export const COSIGN_ALIAS_NAMES = Object.keys(COSIGN_ALIASES) as readonly CosignAlias[];

export function isCosignAlias(name: string): name is CosignAlias {
  return Object.hasOwn(COSIGN_ALIASES, name);
}

/** The predicate type that cosign writes and requires for this alias. */
export function typeOfAlias(alias: CosignAlias): string {
  return COSIGN_ALIASES[alias];
}

/**
 * The predicate type that a text means: that of one of cosign's aliases, or the text itself if it is an absolute URI
 * without spaces or control characters. Undefined for everything else.
 */
export function parsePredicateType(text: string): string | undefined {
  if (isCosignAlias(text)) return typeOfAlias(text);
  return /^[A-Za-z][A-Za-z0-9+.-]*:[\u0021-\u007e]+$/.test(text) && URL.canParse(text) ? text : undefined;
}

/** True if statements of this type are image signatures, which are never attestations (contract §2.6). */
export function isImageSignatureType(predicateType: string): boolean {
  return predicateType === COSIGN_SIGN_PREDICATE;
}

/**
 * True for every type that someone could mean or take for SLSA provenance: any version, and any spelling of scheme and
 * host that other software may treat as equal.
 */
export function isSlsaProvenance(predicateType: string): boolean {
  return /^https?:\/\/slsa\.dev\/+provenance(?:$|[/?#@])/i.test(predicateType);
}

/** True for `https://spdx.dev/Document`, with or without a version such as `/v2.3`. */
export function isSpdx(predicateType: string): boolean {
  return hasOptionalVersion(predicateType, SPDX_DOCUMENT);
}

/** True for `https://cyclonedx.org/bom`, with or without a version such as `/v1.5`. */
export function isCycloneDx(predicateType: string): boolean {
  return hasOptionalVersion(predicateType, CYCLONEDX_BOM);
}

function hasOptionalVersion(predicateType: string, base: string): boolean {
  return predicateType.startsWith(base) && /^(?:\/v\d+(?:\.\d+)*)?$/.test(predicateType.slice(base.length));
}

/** The type of an SPDX 2.x document as actions/attest writes it: `spdxVersion` `SPDX-2.3` gives `…/Document/v2.3`. */
export function spdxTypeOf(spdxVersion: string): string | undefined {
  const version = /^SPDX-(2\.\d+)$/.exec(spdxVersion)?.[1];
  return version === undefined ? undefined : `${SPDX_DOCUMENT}/v${version}`;
}
