export const id = 520;
export const ids = [520];
export const modules = {

/***/ 3905:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ namedServices),
/* harmony export */   d: () => (/* binding */ missingServices)
/* harmony export */ });
const PUBLIC_CA = 'https://fulcio.sigstore.dev';
const PUBLIC_LOG = 'https://rekor.sigstore.dev';
function namedServices(urls) {
    const other = (url, common) => {
        const plain = url === undefined ? undefined : withoutSlash(url);
        return plain === common ? undefined : plain;
    };
    return { certificateAuthority: other(urls.certificateAuthority, PUBLIC_CA), log: other(urls.log, PUBLIC_LOG) };
}
function missingServices(services, root) {
    const { certificateAuthority: authority, log } = services;
    const authorities = root.certificateAuthorities.map(({ uri }) => withoutSlash(uri));
    const logs = root.tlogs.map(({ baseUrl }) => withoutSlash(baseUrl));
    return [
        ...(authority === undefined || authorities.includes(authority) ? [] : [authority]),
        ...(log === undefined || logs.includes(log) ? [] : [log]),
    ];
}
function withoutSlash(url) {
    const text = URL.canParse(url) ? new URL(url).href : url;
    return text.replace(/\/+$/, '');
}


/***/ }),

/***/ 4520:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   connectPolicyTrust: () => (/* binding */ connectPolicyTrust)
/* harmony export */ });
/* harmony import */ var _coded_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6329);
/* harmony import */ var _domain_policy_services_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3905);
/* harmony import */ var _domain_text_quoted_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9082);
/* harmony import */ var _connect_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3085);




async function connectPolicyTrust(call, { policies }, { surroundings, http, trust }) {
    const keyless = policies.flatMap((policy) => policy.authorities.flatMap((authority) => (authority.kind === 'keyless' ? [{ policy, authority }] : [])));
    const roots = new Set(keyless.flatMap(({ authority }) => authority.trustedRoot ?? []));
    const otherRoots = new Map();
    for (const trustedRoot of roots) {
        const origin = { kind: 'files', trustedRoot, signingConfig: undefined };
        const rules = { http, offline: true, signing: false, plainHttpHosts: [], githubServerUrl: 'https://github.com' };
        const { source, verifier } = (0,_connect_js__WEBPACK_IMPORTED_MODULE_1__/* .connectTrust */ .x_)(surroundings, origin, rules);
        await source.rootFor(call, NO_HINT);
        otherRoots.set(trustedRoot, verifier);
    }
    await checkServices(call, keyless, trust);
    return { otherRoots, requiresAttestations: keyless.some(({ authority }) => authority.attestations.length > 0) };
}
const NO_HINT = { issuerOrganization: undefined, visibility: undefined };
async function checkServices(call, keyless, { source }) {
    const named = keyless.filter(({ authority: { trustedRoot, services } }) => trustedRoot === undefined && (services.certificateAuthority ?? services.log) !== undefined);
    if (named.length === 0)
        return;
    const { root, label } = await source.rootFor(call, NO_HINT);
    const lines = named.flatMap(({ policy, authority }) => {
        const missing = (0,_domain_policy_services_js__WEBPACK_IMPORTED_MODULE_2__/* .missingServices */ .d)(authority.services, root);
        const { file, line } = policy.place;
        const where = `${(0,_domain_text_quoted_js__WEBPACK_IMPORTED_MODULE_3__/* .quoted */ .T)(`${file}:${line}`)} policy ${(0,_domain_text_quoted_js__WEBPACK_IMPORTED_MODULE_3__/* .quoted */ .T)(policy.name)}, authority ${(0,_domain_text_quoted_js__WEBPACK_IMPORTED_MODULE_3__/* .quoted */ .T)(authority.name)}`;
        return missing.length === 0
            ? []
            : [`${where} names ${missing.join(' and ')}, which the trusted root ${label} does not list`];
    });
    if (lines.length === 0)
        return;
    throw new _coded_error_js__WEBPACK_IMPORTED_MODULE_0__/* .CodedError */ .AK('INPUT_INVALID', `input policy: ${lines.join('; ')}`, {
        hint: 'Give the trusted root of that Sigstore in `trusted-root`, or as a TrustRoot with `trustRootRef` in the policy files.',
    });
}


/***/ })

};
