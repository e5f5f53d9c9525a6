export const id = 458;
export const ids = [458];
export const modules = {

/***/ 1450:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $d: () => (/* binding */ parsePredicateType),
/* harmony export */   Af: () => (/* binding */ ACTIONS_BUILD_TYPE),
/* harmony export */   Am: () => (/* binding */ COSIGN_ALIAS_NAMES),
/* harmony export */   C0: () => (/* binding */ typeOfAlias),
/* harmony export */   GS: () => (/* binding */ isImageSignatureType),
/* harmony export */   KF: () => (/* binding */ isCycloneDx),
/* harmony export */   QA: () => (/* binding */ OLD_ACTIONS_BUILD_TYPE),
/* harmony export */   QE: () => (/* binding */ isSpdx),
/* harmony export */   bR: () => (/* binding */ isSlsaProvenance),
/* harmony export */   us: () => (/* binding */ SLSA_PROVENANCE_V1)
/* harmony export */ });
/* unused harmony exports CYCLONEDX_BOM, COSIGN_CUSTOM, isCosignAlias, spdxTypeOf */
/* harmony import */ var _image_media_types_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4988);

const SLSA_PROVENANCE_V1 = 'https://slsa.dev/provenance/v1';
const SLSA_PROVENANCE_V02 = 'https://slsa.dev/provenance/v0.2';
const SPDX_DOCUMENT = 'https://spdx.dev/Document';
const CYCLONEDX_BOM = 'https://cyclonedx.org/bom';
const COSIGN_CUSTOM = 'https://cosign.sigstore.dev/attestation/v1';
const COSIGN_VULNERABILITIES = 'https://cosign.sigstore.dev/attestation/vuln/v1';
const OPENVEX = 'https://openvex.dev/ns';
const INTOTO_LINK = 'https://in-toto.io/Link/v1';
const ACTIONS_BUILD_TYPE = 'https://actions.github.io/buildtypes/workflow/v1';
const OLD_ACTIONS_BUILD_TYPE = 'https://slsa-framework.github.io/github-actions-buildtypes/workflow/v1';
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
};
const COSIGN_ALIAS_NAMES = Object.keys(COSIGN_ALIASES);
function isCosignAlias(name) {
    return Object.hasOwn(COSIGN_ALIASES, name);
}
function typeOfAlias(alias) {
    return COSIGN_ALIASES[alias];
}
function parsePredicateType(text) {
    if (isCosignAlias(text))
        return typeOfAlias(text);
    return /^[A-Za-z][A-Za-z0-9+.-]*:[\u0021-\u007e]+$/.test(text) && URL.canParse(text) ? text : undefined;
}
function isImageSignatureType(predicateType) {
    return predicateType === _image_media_types_js__WEBPACK_IMPORTED_MODULE_0__/* .COSIGN_SIGN_PREDICATE */ .u;
}
function isSlsaProvenance(predicateType) {
    return /^https?:\/\/slsa\.dev\/+provenance(?:$|[/?#@])/i.test(predicateType);
}
function isSpdx(predicateType) {
    return hasOptionalVersion(predicateType, SPDX_DOCUMENT);
}
function isCycloneDx(predicateType) {
    return hasOptionalVersion(predicateType, CYCLONEDX_BOM);
}
function hasOptionalVersion(predicateType, base) {
    return predicateType.startsWith(base) && /^(?:\/v\d+(?:\.\d+)*)?$/.test(predicateType.slice(base.length));
}
function spdxTypeOf(spdxVersion) {
    const version = /^SPDX-(2\.\d+)$/.exec(spdxVersion)?.[1];
    return version === undefined ? undefined : `${SPDX_DOCUMENT}/v${version}`;
}


/***/ }),

/***/ 458:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   attestationHint: () => (/* binding */ attestationHint)
/* harmony export */ });
/* harmony import */ var _domain_attestation_predicate_types_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1450);
/* harmony import */ var _domain_identity_pasteable_line_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4605);


function attestationHint(predicateTypes) {
    const lines = predicateTypes.flatMap((type) => lineFor(type) ?? []).sort((a, b) => a.rank - b.rank);
    const [best] = lines;
    if (best === undefined)
        return undefined;
    return ('The image has no signature, but attestations (not verified here). To accept an attestation of the expected signer ' +
        `instead of an image signature, add:\nrequire-signature: false\n${best.line}`);
}
function lineFor(type) {
    const [name, rank] = nameOf(type);
    const line = name === undefined ? undefined : (0,_domain_identity_pasteable_line_js__WEBPACK_IMPORTED_MODULE_1__/* .pasteableLine */ .i)('attestations', name);
    return line === undefined ? undefined : { line, rank };
}
function nameOf(type) {
    if (type === _domain_attestation_predicate_types_js__WEBPACK_IMPORTED_MODULE_0__/* .SLSA_PROVENANCE_V1 */ .us)
        return ['provenance', 0];
    if ((0,_domain_attestation_predicate_types_js__WEBPACK_IMPORTED_MODULE_0__/* .isSlsaProvenance */ .bR)(type))
        return [undefined, 4];
    if ((0,_domain_attestation_predicate_types_js__WEBPACK_IMPORTED_MODULE_0__/* .isSpdx */ .QE)(type))
        return ['spdx', 1];
    if ((0,_domain_attestation_predicate_types_js__WEBPACK_IMPORTED_MODULE_0__/* .isCycloneDx */ .KF)(type))
        return ['cyclonedx', 1];
    const alias = _domain_attestation_predicate_types_js__WEBPACK_IMPORTED_MODULE_0__/* .COSIGN_ALIAS_NAMES */ .Am.find((one) => (0,_domain_attestation_predicate_types_js__WEBPACK_IMPORTED_MODULE_0__/* .typeOfAlias */ .C0)(one) === type);
    return alias === undefined ? [type, 3] : [alias, 2];
}


/***/ })

};
