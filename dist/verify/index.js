import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 2613:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");

/***/ }),

/***/ 5317:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("child_process");

/***/ }),

/***/ 6982:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");

/***/ }),

/***/ 4434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 9896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 1943:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs/promises");

/***/ }),

/***/ 8611:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http");

/***/ }),

/***/ 5692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");

/***/ }),

/***/ 9278:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");

/***/ }),

/***/ 4589:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:assert");

/***/ }),

/***/ 6698:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:async_hooks");

/***/ }),

/***/ 4573:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");

/***/ }),

/***/ 7540:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:console");

/***/ }),

/***/ 7598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 3053:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:diagnostics_channel");

/***/ }),

/***/ 610:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dns");

/***/ }),

/***/ 8474:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");

/***/ }),

/***/ 3024:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 1455:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");

/***/ }),

/***/ 7067:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");

/***/ }),

/***/ 2467:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http2");

/***/ }),

/***/ 4649:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");

/***/ }),

/***/ 6760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 643:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:perf_hooks");

/***/ }),

/***/ 1792:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:querystring");

/***/ }),

/***/ 7075:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");

/***/ }),

/***/ 1692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");

/***/ }),

/***/ 3136:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:url");

/***/ }),

/***/ 7975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 3429:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util/types");

/***/ }),

/***/ 8877:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:v8");

/***/ }),

/***/ 5919:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:worker_threads");

/***/ }),

/***/ 8522:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");

/***/ }),

/***/ 857:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");

/***/ }),

/***/ 6928:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");

/***/ }),

/***/ 3193:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("string_decoder");

/***/ }),

/***/ 3557:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("timers");

/***/ }),

/***/ 4756:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");

/***/ }),

/***/ 2018:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tty");

/***/ }),

/***/ 7016:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("url");

/***/ }),

/***/ 9023:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 6329:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   AK: () => (/* binding */ CodedError),
/* harmony export */   Bt: () => (/* binding */ toCodedError)
/* harmony export */ });
/* unused harmony exports ERROR_CODES, redact */
/**
 * Codes of outcomes in which nothing could be decided or done (contract §4). Refusals, which are
 * decisions, have their own list in domain/refusal.ts. Each code has a heading in docs/troubleshooting.md.
 */
const ERROR_CODES = (/* unused pure expression or super */ null && ([
    'INPUT_INVALID',
    'IMAGE_NOT_FOUND',
    'REGISTRY_DENIED',
    'REGISTRY_UNAVAILABLE',
    'REGISTRY_INVALID',
    'TRUST_ROOT_UNAVAILABLE',
    'TRUST_ROOT_INVALID',
    'LOG_UNAVAILABLE',
    'LOG_INVALID',
    'CA_UNAVAILABLE',
    'CA_REFUSED',
    'CA_INVALID',
    'TSA_UNAVAILABLE',
    'TSA_INVALID',
    'IDENTITY_TOKEN_UNAVAILABLE',
    'PUBLIC_LOG_REFUSED',
    'SELF_VERIFICATION_FAILED',
    'SIGNATURE_LOST',
    'GITHUB_API_UNAVAILABLE',
    'INTERNAL_ERROR',
]));
/**
 * Removes what must never reach a log: JSON Web Tokens, Authorization values, user info and query
 * strings of URLs (signed storage URLs carry credentials there).
 */
function redact(text) {
    return text
        .replace(/\beyJ[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]*)?/g, '[redacted token]')
        .replace(/\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi, '$1 [redacted]')
        .replace(/\b(https?:\/\/)[^/\s@"'<>]*@/gi, '$1[redacted]@')
        .replace(/\b(https?:\/\/[^\s?"'<>]*)\?[^\s"'<>]*/gi, '$1?[redacted]');
}
/** An error with a stable code; message and hint are redacted when it is made, the cause is kept. */
class CodedError extends Error {
    name = 'CodedError';
    code;
    hint;
    constructor(code, message, options = {}) {
        super(redact(message), options.cause === undefined ? undefined : { cause: options.cause });
        this.code = code;
        this.hint = options.hint === undefined ? undefined : redact(options.hint);
    }
}
/** The error as a coded one: itself, or INTERNAL_ERROR around anything unexpected. */
function toCodedError(error) {
    if (error instanceof CodedError)
        return error;
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return new CodedError('INTERNAL_ERROR', `unexpected failure: ${text}`, {
        cause: error,
        hint: 'This is a bug in Countersign; please report it with the debug log.',
    });
}


/***/ }),

/***/ 8454:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ equalsIgnoringCase),
/* harmony export */   w: () => (/* binding */ lowerAscii)
/* harmony export */ });
/** Lower-cases A–Z only: Unicode folding would make other names equal (K, the Kelvin sign, folds to k). */
function lowerAscii(text) {
    return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
/** Equality of owner and repository names, which GitHub compares without case. */
function equalsIgnoringCase(a, b) {
    return lowerAscii(a) === lowerAscii(b);
}


/***/ }),

/***/ 4489:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   II: () => (/* binding */ FULCIO_ARC),
/* harmony export */   mw: () => (/* binding */ CLAIM_NAMES),
/* harmony export */   oX: () => (/* binding */ GITHUB_ISSUER),
/* harmony export */   qU: () => (/* binding */ isClaimName)
/* harmony export */ });
/**
 * Claims: the extensions of a Fulcio certificate, named as in the Fulcio specification (docs/oid-info.md)
 * in kebab case. 1.3.6.1.4.1.57264.1.N; .1–.6 hold raw bytes, .8–.24 a DER UTF8String.
 */
const FULCIO_ARC = '1.3.6.1.4.1.57264.1';
const CLAIM_NAMES = {
    1: 'issuer-deprecated',
    2: 'github-workflow-trigger',
    3: 'github-workflow-sha',
    4: 'github-workflow-name',
    5: 'github-workflow-repository',
    6: 'github-workflow-ref',
    8: 'issuer',
    9: 'build-signer-uri',
    10: 'build-signer-digest',
    11: 'runner-environment',
    12: 'source-repository-uri',
    13: 'source-repository-digest',
    14: 'source-repository-ref',
    15: 'source-repository-identifier',
    16: 'source-repository-owner-uri',
    17: 'source-repository-owner-identifier',
    18: 'build-config-uri',
    19: 'build-config-digest',
    20: 'build-trigger',
    21: 'run-invocation-uri',
    22: 'source-repository-visibility-at-signing',
    23: 'deployment-environment',
    24: 'token-subject',
};
function isClaimName(name) {
    return Object.values(CLAIM_NAMES).includes(name);
}
/** The issuer GitHub's own runners' tokens come from (enterprises may add `/<slug>`). */
const GITHUB_ISSUER = 'https://token.actions.githubusercontent.com';


/***/ }),

/***/ 7028:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Bc: () => (/* binding */ isDigest),
/* harmony export */   ZD: () => (/* binding */ hexOf),
/* harmony export */   m: () => (/* binding */ parseDigest),
/* harmony export */   ol: () => (/* binding */ digestOf)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7598);

const DIGEST = /^sha256:[0-9a-f]{64}$/;
function isDigest(value) {
    return typeof value === 'string' && DIGEST.test(value);
}
/** The digest, or undefined if the text is anything but a complete sha256 digest. */
function parseDigest(value) {
    return isDigest(value) ? value : undefined;
}
function digestOf(bytes) {
    return `sha256:${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(bytes).digest('hex')}`;
}
/** The 64 hex digits without the algorithm. */
function hexOf(digest) {
    return digest.slice('sha256:'.length);
}


/***/ }),

/***/ 8103:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ githubIssuerOf)
/* harmony export */ });
/* harmony import */ var _claims_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4489);

/**
 * The issuer of the id-tokens that runners of this server get (`GITHUB_SERVER_URL`): github.com's, a ghe.com
 * tenant's, or that of a GitHub Enterprise Server.
 */
function githubIssuerOf(serverUrl) {
    const { protocol, host } = new URL(serverUrl);
    if (host === 'github.com')
        return _claims_js__WEBPACK_IMPORTED_MODULE_0__/* .GITHUB_ISSUER */ .oX;
    const tenant = /^([a-z0-9-]+)\.ghe\.com$/.exec(host)?.[1];
    return tenant === undefined ? `${protocol}//${host}/_services/token` : `https://token.actions.${tenant}.ghe.com`;
}


/***/ }),

/***/ 7552:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   mv: () => (/* binding */ OUTSIDER_TRIGGERS),
/* harmony export */   nD: () => (/* binding */ checkBothHalves),
/* harmony export */   y0: () => (/* binding */ checkPullRequestCode)
/* harmony export */ });
/* harmony import */ var _ascii_case_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8454);
/* harmony import */ var _workflow_uri_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6746);


/** Events that an account without any right in the repository can fire (identity rule 4). */
const OUTSIDER_TRIGGERS = [
    'pull_request_target',
    'pull_request_review',
    'pull_request_review_comment',
    'issue_comment',
    'issues',
    'discussion',
    'discussion_comment',
    'fork',
    'watch',
];
const PULL = 'refs/pull/';
/**
 * Identity rule 3, both halves: the repository in the subject must be the certificate's source repository,
 * unless signer and source were both named. The finding that fails, or undefined. Holds in every form of
 * identity, policies included.
 */
function checkBothHalves(identity, halves) {
    const source = identity.claims['source-repository-uri'];
    if (source === undefined || (halves.namesSigner && halves.namesSource))
        return undefined;
    const signer = (0,_workflow_uri_js__WEBPACK_IMPORTED_MODULE_0__/* .repositoryOfSubject */ .MV)(identity.subject);
    if (signer !== undefined && (0,_ascii_case_js__WEBPACK_IMPORTED_MODULE_1__/* .equalsIgnoringCase */ .d)(signer, source))
        return undefined;
    return { field: 'repository of the subject', expected: source, found: signer ?? identity.subject, ok: false };
}
/**
 * Identity rule 4, pull-request code: a ref under refs/pull/ (of the source, the old ref claim, or the
 * subject) and a trigger that any account can fire, unless spelled out. The findings that fail.
 */
function checkPullRequestCode(identity, requirement) {
    return [checkPullRef(identity, requirement), checkTrigger(identity, requirement)].filter((finding) => finding !== undefined);
}
function checkPullRef({ claims, subject }, requirement) {
    const refs = [claims['source-repository-ref'], claims['github-workflow-ref'], (0,_workflow_uri_js__WEBPACK_IMPORTED_MODULE_0__/* .refOfSubject */ .lu)(subject)];
    const ref = refs.find((one) => one?.startsWith(PULL) === true);
    if (ref === undefined)
        return undefined;
    // The value that matched must be the one that spells it out: refs/** beside it was not meant for pull requests.
    const byRef = requirement.sourceRefs.some(({ source, matches }) => source.startsWith(PULL) && matches(ref));
    const bySubject = requirement.subjects.some((wanted) => wanted === subject && wanted.includes(`@${PULL}`));
    if (byRef || bySubject)
        return undefined;
    return {
        field: 'source-ref',
        expected: `no ${PULL} (code of a pull request) unless spelled out`,
        found: ref,
        ok: false,
    };
}
function checkTrigger({ claims }, requirement) {
    const trigger = claims['build-trigger'] ?? claims['github-workflow-trigger'];
    if (trigger === undefined || !OUTSIDER_TRIGGERS.includes(trigger))
        return undefined;
    const named = [
        ...(requirement.claims.get('build-trigger') ?? []),
        ...(requirement.claims.get('github-workflow-trigger') ?? []),
    ];
    if (named.includes(trigger))
        return undefined;
    const expected = 'no trigger that any account can fire, unless a claims line names it';
    return { field: 'claims build-trigger', expected, found: trigger, ok: false };
}


/***/ }),

/***/ 6478:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $n: () => (/* binding */ TIMESTAMP_ANNOTATION),
/* harmony export */   $p: () => (/* binding */ OCI_INDEX),
/* harmony export */   BJ: () => (/* binding */ REKOR_BUNDLE_ANNOTATION),
/* harmony export */   EG: () => (/* binding */ OCI_MANIFEST),
/* harmony export */   FF: () => (/* binding */ DOCKER_LIST),
/* harmony export */   IG: () => (/* binding */ COSIGN_SIGNATURE_ARTIFACT),
/* harmony export */   Nj: () => (/* binding */ SIMPLE_SIGNING),
/* harmony export */   SW: () => (/* binding */ BUILDKIT_REFERENCE_TYPE),
/* harmony export */   TF: () => (/* binding */ OCI_CONFIG),
/* harmony export */   V$: () => (/* binding */ INTOTO_PAYLOAD),
/* harmony export */   Vv: () => (/* binding */ DOCKER_MANIFEST),
/* harmony export */   Y2: () => (/* binding */ BUNDLE_PREFIX),
/* harmony export */   ZB: () => (/* binding */ SIGNATURE_ANNOTATION),
/* harmony export */   _P: () => (/* binding */ MANIFEST_TYPES),
/* harmony export */   _e: () => (/* binding */ BUILDKIT_ATTESTATION),
/* harmony export */   g7: () => (/* binding */ SIMPLE_SIGNING_TYPE),
/* harmony export */   oZ: () => (/* binding */ CERTIFICATE_ANNOTATION),
/* harmony export */   om: () => (/* binding */ STATEMENT_V1),
/* harmony export */   u: () => (/* binding */ COSIGN_SIGN_PREDICATE)
/* harmony export */ });
/* unused harmony exports OCI_EMPTY, BUNDLE_V03, BUNDLE_CONTENT_ANNOTATION, BUNDLE_PREDICATE_ANNOTATION, CREATED_ANNOTATION, CHAIN_ANNOTATION */
/** Media types and other fixed names on the wire, each from its specification. */
// OCI image-spec v1.1.1, media-types.md
const OCI_INDEX = 'application/vnd.oci.image.index.v1+json';
const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const OCI_CONFIG = 'application/vnd.oci.image.config.v1+json';
const OCI_EMPTY = 'application/vnd.oci.empty.v1+json';
// Docker Image Manifest Version 2, Schema 2
const DOCKER_LIST = 'application/vnd.docker.distribution.manifest.list.v2+json';
const DOCKER_MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';
/** Every manifest type we ask for; registries answer 404 to less (registries §5). */
const MANIFEST_TYPES = [OCI_INDEX, OCI_MANIFEST, DOCKER_LIST, DOCKER_MANIFEST];
// Sigstore bundle, protobuf-specs sigstore_bundle.proto
const BUNDLE_V03 = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const BUNDLE_PREFIX = 'application/vnd.dev.sigstore.bundle';
const BUNDLE_CONTENT_ANNOTATION = 'dev.sigstore.bundle.content';
const BUNDLE_PREDICATE_ANNOTATION = 'dev.sigstore.bundle.predicateType';
const CREATED_ANNOTATION = 'org.opencontainers.image.created';
// in-toto attestation framework v1, DSSE v1
const INTOTO_PAYLOAD = 'application/vnd.in-toto+json';
const STATEMENT_V1 = 'https://in-toto.io/Statement/v1';
/** Predicate type of an image signature (cosign v3, pkg/types). */
const COSIGN_SIGN_PREDICATE = 'https://sigstore.dev/cosign/sign/v1';
// cosign simple signing (cosign specs/SIGNATURE_SPEC.md; the keys as the code writes them)
const SIMPLE_SIGNING = 'application/vnd.dev.cosign.simplesigning.v1+json';
const SIMPLE_SIGNING_TYPE = 'cosign container image signature';
const COSIGN_SIGNATURE_ARTIFACT = 'application/vnd.dev.cosign.artifact.sig.v1+json';
const SIGNATURE_ANNOTATION = 'dev.cosignproject.cosign/signature';
const CERTIFICATE_ANNOTATION = 'dev.sigstore.cosign/certificate';
const CHAIN_ANNOTATION = 'dev.sigstore.cosign/chain';
const REKOR_BUNDLE_ANNOTATION = 'dev.sigstore.cosign/bundle';
const TIMESTAMP_ANNOTATION = 'dev.sigstore.cosign/rfc3161timestamp';
// BuildKit attestation manifests inside an index (moby/buildkit docs/attestations)
const BUILDKIT_REFERENCE_TYPE = 'vnd.docker.reference.type';
const BUILDKIT_ATTESTATION = 'attestation-manifest';


/***/ }),

/***/ 8159:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Sf: () => (/* binding */ isPrivateHost),
/* harmony export */   cQ: () => (/* binding */ isListedHost),
/* harmony export */   cW: () => (/* binding */ isLoopbackHost),
/* harmony export */   n0: () => (/* binding */ bareHost),
/* harmony export */   oe: () => (/* binding */ isAddressLiteral)
/* harmony export */ });
/** What a host name or address literal says about where it leads, without asking DNS. */
/** Host without brackets, port, or the final dot of a fully qualified name; lower case. */
function bareHost(host) {
    const inBrackets = /^\[([^\]]*)\](?::[0-9]*)?$/.exec(host);
    const bare = inBrackets?.[1] ?? (host.split(':').length === 2 ? host.slice(0, host.indexOf(':')) : host);
    return bare.toLowerCase().replace(/\.$/, '');
}
/** True for `localhost`, its sub-domains (RFC 6761), 127.0.0.0/8 and ::1; with or without brackets and port. */
function isLoopbackHost(host) {
    const bare = bareHost(host);
    if (bare === 'localhost' || bare.endsWith('.localhost'))
        return true;
    const octets = toIpv4(bare);
    if (octets !== undefined)
        return octets[0] === 127;
    const groups = toIpv6(bare);
    if (groups === undefined)
        return false;
    return groups.slice(0, 7).every((group) => group === 0) && groups[7] === 1;
}
/**
 * True if a URL's host stands in a list of `host` (any port) and `host:port` entries; compared whole, without case.
 */
function isListedHost(url, list) {
    const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
    return list.some((text) => {
        const entry = text.trim().toLowerCase();
        return entry === url.hostname || entry === `${url.hostname}:${port}`;
    });
}
/** True for an IPv4 or IPv6 address literal. */
function isAddressLiteral(host) {
    const bare = bareHost(host);
    return toIpv4(bare) !== undefined || toIpv6(bare) !== undefined;
}
/**
 * True for names and literals no public service has: loopback, private (RFC 1918, RFC 4193), shared
 * (RFC 6598), link-local (cloud metadata services live there), unspecified, multicast and reserved.
 */
function isPrivateHost(host) {
    if (isLoopbackHost(host))
        return true;
    const bare = bareHost(host);
    const octets = toIpv4(bare);
    if (octets !== undefined)
        return isPrivateIpv4(octets);
    const groups = toIpv6(bare);
    if (groups === undefined)
        return false;
    const [first = 0] = groups;
    // fc00::/7, fe80::/10 with the deprecated fec0::/10, ff00::/8
    if ((first & 0xfe00) === 0xfc00 || (first & 0xff80) === 0xfe80 || (first & 0xff00) === 0xff00)
        return true;
    // ::, IPv4-mapped, IPv4-compatible, NAT64 (64:ff9b::/96): judge the IPv4 address inside.
    const embeds = groups.slice(0, 5).every((group) => group === 0) ||
        (first === 0x64 && groups[1] === 0xff9b && groups.slice(2, 6).every((group) => group === 0));
    if (!embeds)
        return false;
    const [high = 0, low = 0] = groups.slice(6);
    return isPrivateIpv4([high >> 8, high & 255, low >> 8, low & 255]);
}
function isPrivateIpv4([a = 0, b = 0]) {
    return (a === 0 ||
        a === 10 ||
        a === 127 ||
        (a === 100 && b >= 64 && b < 128) ||
        (a === 169 && b === 254) ||
        (a === 172 && b >= 16 && b < 32) ||
        (a === 192 && b === 168) ||
        (a === 198 && (b === 18 || b === 19)) ||
        a >= 224);
}
function toIpv4(bare) {
    if (!/^[0-9]{1,3}(\.[0-9]{1,3}){3}$/.test(bare))
        return undefined;
    const octets = bare.split('.').map(Number);
    return octets.every((octet) => octet <= 255) ? octets : undefined;
}
/** Eight 16-bit groups, or undefined for anything that is no IPv6 literal (zone ids are refused). */
function toIpv6(bare) {
    if (!bare.includes(':'))
        return undefined;
    const halves = bare.split('::');
    if (halves.length > 2)
        return undefined;
    const [head, tail] = [toGroups(halves[0] ?? ''), toGroups(halves[1] ?? '')];
    if (head === undefined || tail === undefined)
        return undefined;
    const missing = 8 - head.length - tail.length;
    if (halves.length === 1)
        return missing === 0 ? head : undefined;
    return missing >= 1 ? [...head, ...new Array(missing).fill(0), ...tail] : undefined;
}
function toGroups(text) {
    if (text === '')
        return [];
    const groups = [];
    const parts = text.split(':');
    for (const [index, part] of parts.entries()) {
        const octets = index === parts.length - 1 ? toIpv4(part) : undefined;
        if (octets !== undefined) {
            const [a = 0, b = 0, c = 0, d = 0] = octets;
            groups.push(a * 256 + b, c * 256 + d);
        }
        else if (/^[0-9a-f]{1,4}$/.test(part)) {
            groups.push(Number.parseInt(part, 16));
        }
        else {
            return undefined;
        }
    }
    return groups.length <= 8 ? groups : undefined;
}


/***/ }),

/***/ 7451:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ pasteableInputs),
/* harmony export */   i: () => (/* binding */ pasteableLine)
/* harmony export */ });
/* harmony import */ var _ascii_case_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8454);
/* harmony import */ var _identity_rules_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(7552);
/* harmony import */ var _workflow_uri_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6746);



/** Contract §3.7: the characters that are safe wherever text is pasted. */
const SAFE = /^[A-Za-z0-9._:/@+=,-]+$/;
/**
 * The inputs that accept this signature and, as far as its certificate says, nothing wider: repository,
 * workflow, ref, and the signer if it is another one. Only for verified facts: pasting is trusting.
 */
function pasteableInputs({ identity }, context) {
    const { claims, issuer, subject } = identity;
    const uri = claims['source-repository-uri'];
    const repository = uri?.startsWith(`${context.serverUrl}/`) ? uri.slice(context.serverUrl.length + 1) : undefined;
    const workflow = uri === undefined ? undefined : (0,_workflow_uri_js__WEBPACK_IMPORTED_MODULE_0__/* .parseWorkflowUri */ .BK)(claims['build-config-uri'] ?? '', uri);
    const isWorkflow = identity.subjectKind === 'uri' && repository?.split('/').length === 2 && workflow !== undefined;
    const signer = (0,_workflow_uri_js__WEBPACK_IMPORTED_MODULE_0__/* .repositoryOfSubject */ .MV)(subject);
    const isOwnWorkflow = signer !== undefined && uri !== undefined && (0,_ascii_case_js__WEBPACK_IMPORTED_MODULE_1__/* .equalsIgnoringCase */ .d)(signer, uri);
    const trigger = claims['build-trigger'] ?? claims['github-workflow-trigger'];
    const triggerClaim = claims['build-trigger'] === undefined ? 'github-workflow-trigger' : 'build-trigger';
    const wanted = isWorkflow
        ? [
            ['source-repository', repository],
            ['workflow', workflow.path],
            ['source-ref', claims['source-repository-ref']],
            ['certificate-identity', isOwnWorkflow ? undefined : subject],
        ]
        : [
            ['certificate-identity', subject],
            ['source-repository', uri],
        ];
    wanted.push(['certificate-oidc-issuer', issuer === context.defaultIssuer ? undefined : issuer], ['claims', trigger !== undefined && _identity_rules_js__WEBPACK_IMPORTED_MODULE_2__/* .OUTSIDER_TRIGGERS */ .mv.includes(trigger) ? `${triggerClaim}=${trigger}` : undefined]);
    const given = wanted.filter((pair) => pair[1] !== undefined);
    return {
        lines: given.flatMap(([name, value]) => pasteableLine(name, value) ?? []),
        withheld: given
            .filter(([name, value]) => pasteableLine(name, value) === undefined)
            .map(([name]) => `${name}: the certificate's value holds characters that are not safe to paste`),
    };
}
/** One YAML line `input: value` to paste, or undefined if the value holds anything but safe characters. */
function pasteableLine(name, value) {
    return isSafe(value) ? `${name}: ${toYamlScalar(value)}` : undefined;
}
/** A glob or comma would be read as more than itself by an input that takes lists. */
function isSafe(value) {
    return SAFE.test(value) && !value.includes(',');
}
/** Plain where YAML reads it as a string for certain, else in double quotes. */
function toYamlScalar(value) {
    return /^[A-Za-z.][A-Za-z0-9._/@+=:-]*$/.test(value) && value.includes('/') && !value.endsWith(':')
        ? value
        : `"${value}"`;
}


/***/ }),

/***/ 5814:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ isIndexType),
/* harmony export */   s: () => (/* binding */ parsePlatformImages)
/* harmony export */ });
/* harmony import */ var _digest_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7028);
/* harmony import */ var _media_types_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6478);
/* harmony import */ var _value_error_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(2528);



/** Children of one index that are looked at; an index of more is refused. */
const CHILDREN_MAX = 256;
function isIndexType(mediaType) {
    return mediaType === _media_types_js__WEBPACK_IMPORTED_MODULE_1__/* .OCI_INDEX */ .$p || mediaType === _media_types_js__WEBPACK_IMPORTED_MODULE_1__/* .DOCKER_LIST */ .FF;
}
/**
 * The platform images of an index (image-spec v1.1.1, image-index.md), BuildKit attestation manifests
 * left out. Only an entry that is both annotated as one and for the platform unknown/unknown is left
 * out: the annotation alone could hide an image that a runtime would pull. Throws ValueError for
 * anything that is no index, and for an entry that is neither image nor index.
 */
function parsePlatformImages(bytes) {
    const value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    const manifests = isRecord(value) ? value['manifests'] : undefined;
    if (!Array.isArray(manifests))
        throw new _value_error_js__WEBPACK_IMPORTED_MODULE_2__/* .ValueError */ .Q('the index has no "manifests" list');
    if (manifests.length > CHILDREN_MAX) {
        throw new _value_error_js__WEBPACK_IMPORTED_MODULE_2__/* .ValueError */ .Q(`the index lists ${manifests.length} manifests, more than ${CHILDREN_MAX}`);
    }
    return manifests.filter((entry) => !isBuildKitAttestation(entry)).map(parseChild);
}
function parseChild(entry) {
    if (!isRecord(entry) || !(0,_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .isDigest */ .Bc)(entry['digest']))
        throw new _value_error_js__WEBPACK_IMPORTED_MODULE_2__/* .ValueError */ .Q('an entry of the index has no sha256 digest');
    const mediaType = entry['mediaType'];
    if (typeof mediaType !== 'string')
        throw new _value_error_js__WEBPACK_IMPORTED_MODULE_2__/* .ValueError */ .Q(`entry ${entry['digest']} of the index has no mediaType`);
    const isIndex = isIndexType(mediaType);
    if (!isIndex && mediaType !== _media_types_js__WEBPACK_IMPORTED_MODULE_1__/* .OCI_MANIFEST */ .EG && mediaType !== _media_types_js__WEBPACK_IMPORTED_MODULE_1__/* .DOCKER_MANIFEST */ .Vv) {
        throw new _value_error_js__WEBPACK_IMPORTED_MODULE_2__/* .ValueError */ .Q(`entry ${entry['digest']} of the index is neither an image nor an index`);
    }
    return { digest: entry['digest'], mediaType, platform: platformOf(entry['platform']), isIndex };
}
function platformOf(value) {
    if (!isRecord(value))
        return 'unknown';
    const parts = [value['os'], value['architecture'], value['variant']];
    const named = parts.filter((part) => typeof part === 'string' && part !== '');
    return named.length === 0 ? 'unknown' : named.join('/');
}
function isBuildKitAttestation(entry) {
    if (!isRecord(entry) || !isRecord(entry['annotations']))
        return false;
    return (entry['annotations'][_media_types_js__WEBPACK_IMPORTED_MODULE_1__/* .BUILDKIT_REFERENCE_TYPE */ .SW] === _media_types_js__WEBPACK_IMPORTED_MODULE_1__/* .BUILDKIT_ATTESTATION */ ._e &&
        platformOf(entry['platform']) === 'unknown/unknown');
}
function isRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}


/***/ }),

/***/ 547:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   F2: () => (/* binding */ parseReference),
/* harmony export */   SU: () => (/* binding */ parseRepository),
/* harmony export */   Sh: () => (/* binding */ formatRepository),
/* harmony export */   TZ: () => (/* binding */ parseRegistryHost),
/* harmony export */   y6: () => (/* binding */ formatPinned)
/* harmony export */ });
/* harmony import */ var _digest_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7028);
/* harmony import */ var _value_error_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2528);


// distribution/reference (v0.6) regexp.go, ASCII only.
const COMPONENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const PATH = new RegExp(`^${COMPONENT}(?:/${COMPONENT})*$`);
const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?';
const HOST = new RegExp(`^(?:${LABEL}(?:\\.${LABEL})*|\\[[0-9A-Fa-f:]+\\])(?::([0-9]+))?$`);
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const HUB_ALIASES = ['docker.io', 'index.docker.io', 'registry-1.docker.io'];
/** Longest path; with host and `/` many clients allow 255 in all, hence both (distribution-spec v1.1.1). */
const PATH_MAX = 255;
/** Longest text looked at, in UTF-16 units: host 255, path 255, tag 128, digest 71, separators. */
const REFERENCE_MAX = 1024;
/** `registry/path`. */
function formatRepository(repository) {
    return `${repository.registry}/${repository.path}`;
}
/** `registry/path@sha256:…`. */
function formatPinned(repository, digest) {
    return `${formatRepository(repository)}@${digest}`;
}
/**
 * Parses one reference by the grammar and normalisation of distribution/reference (v0.6); `latest` is
 * never implied unless asked for. Throws ValueError naming the text and the rule it breaks.
 */
function parseReference(text, options = {}) {
    const original = text.trim();
    const refuse = (rule) => {
        throw new _value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueError */ .Q(`${quote(original)} is no image reference: ${rule}`);
    };
    if (original === '')
        return refuse('it is empty');
    if (original.length > REFERENCE_MAX)
        return refuse(`it is longer than ${REFERENCE_MAX} characters`);
    if (/^[0-9a-f]{64}$/.test(original))
        return refuse('64 hex digits are an image ID; write name@sha256:…');
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(original))
        return refuse('write it without a scheme such as https://');
    const at = original.indexOf('@');
    const beforeDigest = at < 0 ? original : original.slice(0, at);
    const digest = at < 0 ? undefined : (0,_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .parseDigest */ .m)(original.slice(at + 1));
    if (at >= 0 && digest === undefined)
        return refuse('after @ comes sha256: and 64 lower-case hex digits');
    const { registry, rest } = splitRegistry(beforeDigest, refuse);
    const colon = rest.indexOf(':');
    const name = colon < 0 ? rest : rest.slice(0, colon);
    const tag = colon < 0 ? undefined : rest.slice(colon + 1);
    if (tag !== undefined && !TAG.test(tag)) {
        return refuse('a tag is 1 to 128 of A-Z a-z 0-9 _ . - and does not start with . or -');
    }
    const { path, lowercased } = normalisePath(registry, name, refuse);
    const implied = tag === undefined && digest === undefined && options.impliedLatest === true ? 'latest' : tag;
    return { repository: { registry, path }, tag: implied, digest, original, lowercased };
}
/** Parses a repository: a reference with neither tag nor digest. Throws ValueError. */
function parseRepository(text) {
    const reference = parseReference(text);
    if (reference.tag !== undefined || reference.digest !== undefined) {
        throw new _value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueError */ .Q(`${quote(reference.original)} is no repository: leave out the tag and the digest`);
    }
    return reference.repository;
}
/**
 * Parses a registry host with optional port; the aliases of Docker Hub become `docker.io`. Throws
 * ValueError.
 */
function parseRegistryHost(text) {
    const host = text.trim();
    const registry = toRegistry(host);
    if (registry === undefined) {
        throw new _value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueError */ .Q(`${quote(host)} is no registry: write host or host:port, without scheme and path`);
    }
    return registry;
}
/** Step 2 and 3 of Docker's normalisation: what stands before the first slash is a host only if it looks like one. */
function splitRegistry(name, refuse) {
    const slash = name.indexOf('/');
    const first = slash < 0 ? '' : name.slice(0, slash);
    const isHost = first === 'localhost' || /[.:A-Z[\]]/.test(first);
    if (!isHost)
        return { registry: 'docker.io', rest: name };
    const registry = toRegistry(first);
    if (registry === undefined) {
        return refuse(`${quote(first)} is no registry host (a repository path has no capitals, dots or colons there)`);
    }
    return { registry, rest: name.slice(slash + 1) };
}
/** Lower case: hosts have no case, and one registry must not have two logins, tokens or caches. */
function toRegistry(host) {
    if (host.length > 255)
        return undefined;
    const match = HOST.exec(host);
    if (match === null || Number(match[1] ?? 1) > 65_535 || Number(match[1] ?? 1) < 1)
        return undefined;
    if (host.startsWith('[') && !isIpv6(host.slice(1, host.indexOf(']'))))
        return undefined;
    const lower = host.toLowerCase();
    return HUB_ALIASES.includes(lower) ? 'docker.io' : lower;
}
function isIpv6(text) {
    return URL.canParse(`http://[${text}]/`);
}
function normalisePath(registry, name, refuse) {
    // github.repository keeps capitals, ghcr.io refuses them (registries: the one place where we may know).
    const lowercased = registry === 'ghcr.io' && /[A-Z]/.test(name);
    const lower = lowercased ? name.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : name;
    const path = registry === 'docker.io' && !lower.includes('/') ? `library/${lower}` : lower;
    if (lower === '')
        return refuse('the repository is missing');
    if (/[A-Z]/.test(path))
        return refuse('the repository must be lower case');
    if (!PATH.test(path)) {
        return refuse('repository segments are a-z 0-9, joined inside by one . or _, two _, or dashes');
    }
    if (path.length > PATH_MAX)
        return refuse(`the repository is longer than ${PATH_MAX} characters`);
    return { path, lowercased };
}
/** Quoted as JSON and cut, so that hostile text cannot forge lines. */
function quote(text) {
    return JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text);
}


/***/ }),

/***/ 2528:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ ValueError)
/* harmony export */ });
/** A value that breaks its grammar. The entry that read it turns it into INPUT_INVALID naming the input. */
class ValueError extends Error {
    name = 'ValueError';
}


/***/ }),

/***/ 3578:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ hasUnseen),
/* harmony export */   Q: () => (/* binding */ visibleText)
/* harmony export */ });
/**
 * C0 and C1 control characters, DEL, line and paragraph separators, bidirectional controls, zero-width
 * characters, the byte order mark and lone surrogates: what a reader cannot see, but a terminal, a log or
 * a browser obeys.
 */
const UNSEEN = 
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to be made visible
/[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
/** The text with every unseen character written as \uXXXX; one line. */
function visibleText(text) {
    return text.replace(UNSEEN, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
/** True if the text holds a character that a reader cannot see. */
function hasUnseen(text) {
    return visibleText(text) !== text;
}


/***/ }),

/***/ 6746:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   BK: () => (/* binding */ parseWorkflowUri),
/* harmony export */   MV: () => (/* binding */ repositoryOfSubject),
/* harmony export */   lu: () => (/* binding */ refOfSubject),
/* harmony export */   xA: () => (/* binding */ isFullRef)
/* harmony export */ });
/* harmony import */ var _ascii_case_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8454);

const REF = /^(?:refs\/.+|[0-9a-f]{40})$/s;
/** True for a complete ref: `refs/…` or a commit of 40 hex digits, never a short name. */
function isFullRef(text) {
    return REF.test(text);
}
/**
 * Reads `<repository>/<path>@<ref>` if it is a workflow of this repository (owner and name: ASCII case
 * ignored), else undefined. The ref starts at the first `@` that leaves a full ref: a branch name may hold
 * `@`, a workflow file name may too, but not one followed by `refs/`.
 */
function parseWorkflowUri(uri, repository) {
    const prefix = uri.slice(0, repository.length);
    if (!(0,_ascii_case_js__WEBPACK_IMPORTED_MODULE_0__/* .equalsIgnoringCase */ .d)(prefix, repository) || uri[repository.length] !== '/')
        return undefined;
    const rest = uri.slice(repository.length + 1);
    for (let at = rest.indexOf('@'); at > 0; at = rest.indexOf('@', at + 1)) {
        const ref = rest.slice(at + 1);
        if (isFullRef(ref))
            return { path: rest.slice(0, at), ref };
    }
    return undefined;
}
/** The ref in a workflow subject of any repository, or undefined. */
function refOfSubject(subject) {
    const repository = repositoryOfSubject(subject);
    return repository === undefined ? undefined : parseWorkflowUri(subject, repository)?.ref;
}
/**
 * The repository in a subject: scheme, host, owner and name (GitHub), or everything before `//` (GitLab,
 * whose groups nest). Undefined for a subject that names none.
 */
function repositoryOfSubject(subject) {
    const path = subject.split('@')[0] ?? '';
    return (/^(https?:\/\/[^/]+\/(?:[^/]+\/)*[^/]+)\/\//.exec(path)?.[1] ??
        /^(https?:\/\/[^/]+\/[^/]+\/[^/]+)\/./.exec(path)?.[1]);
}


/***/ }),

/***/ 3308:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  RW: () => (/* binding */ connectHttp),
  gm: () => (/* binding */ connectRegistry),
  x_: () => (/* binding */ connectTrust)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
// EXTERNAL MODULE: ./.build/js/src/domain/network-host.js
var network_host = __nccwpck_require__(8159);
// EXTERNAL MODULE: ./.build/js/src/http/http-error.js
var http_error = __nccwpck_require__(2947);
;// CONCATENATED MODULE: ./.build/js/src/http/http-failure.js

/** True if the same request may well be answered a moment later; a wrong certificate or an oversized body stays. */
function isTransient(error) {
    switch (error.failure) {
        case 'connect':
        case 'dns':
        case 'reset':
        case 'timeout':
        case 'truncated':
            return true;
        case 'tls':
            // A handshake cut off by a restarting server, not a certificate that does not verify.
            return codesOf(error.cause).some((code) => code === 'ECONNRESET' || code === 'EPROTO');
        case 'too-large':
        case 'aborted':
        case 'protocol':
            return false;
    }
}
/** True if DNS said that the name does not exist (as opposed to not answering). */
function isUnknownHost(error) {
    return error.failure === 'dns' && codesOf(error.cause).includes('ENOTFOUND');
}
/**
 * Names the failure of an attempt from the codes of Node and undici. `answering` = the head of a response had
 * arrived, so a lost connection means a cut-off body.
 */
function toHttpError(error, what, answering) {
    if (error instanceof http_error/* HttpError */.j)
        return error;
    const codes = codesOf(error);
    const failure = failureOf(codes, answering);
    const detail = codes[0] ?? (error instanceof Error ? error.message : String(error));
    return new http_error/* HttpError */.j(failure, `${what}: ${DESCRIPTIONS[failure]} (${detail})`, { cause: error });
}
const DESCRIPTIONS = {
    connect: 'cannot connect',
    dns: 'the host name does not resolve',
    tls: 'no trusted TLS connection',
    reset: 'the connection was lost before an answer',
    timeout: 'no answer in time',
    truncated: 'the answer was cut off',
    'too-large': 'the answer is too large',
    aborted: 'given up',
    protocol: 'the answer is no valid HTTP',
};
function failureOf(codes, answering) {
    for (const code of codes) {
        if (/^(ENOTFOUND|EAI_|ENODATA|ESERVFAIL)/.test(code))
            return 'dns';
        if (/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT)$/.test(code)) {
            return 'connect';
        }
        if (code === 'ETIMEDOUT')
            return answering ? 'truncated' : 'connect';
        if (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH')
            return 'truncated';
        if (code === 'UND_ERR_HEADERS_OVERFLOW' || code === 'HPE_HEADER_OVERFLOW')
            return 'too-large';
        if (/^(UND_ERR_SOCKET|ECONNRESET|EPIPE|ECONNABORTED|UND_ERR_CLOSED|UND_ERR_DESTROYED)$/.test(code)) {
            return answering ? 'truncated' : 'reset';
        }
        if (/^(ERR_TLS_|ERR_SSL_|ERR_OSSL|CERT_|CRL_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_|INVALID_CA|EPROTO)/.test(code)) {
            return 'tls';
        }
        if (code === 'UND_ERR_PRX_TLS')
            return 'tls';
        // A proxy that refuses to open the tunnel.
        if (code === 'UND_ERR_ABORTED')
            return 'connect';
    }
    return 'protocol';
}
/** Codes of the error, its causes and the parts of an AggregateError (happy eyeballs), outermost first. */
function codesOf(error) {
    const codes = [];
    const visit = (value, depth) => {
        if (!(value instanceof Error) || depth > 4)
            return;
        const code = 'code' in value ? value.code : undefined;
        if (typeof code === 'string')
            codes.push(code);
        if (value instanceof AggregateError)
            for (const part of value.errors)
                visit(part, depth + 1);
        visit(value.cause, depth + 1);
    };
    visit(error, 0);
    return codes;
}

;// CONCATENATED MODULE: ./.build/js/src/http/without-echo.js
const HIDDEN = '[redacted]';
/** Shorter values would match by chance. */
const SECRET_MIN_CHARS = 6;
/**
 * The body of an answer that is no success, without the credentials of its own request: such bodies are
 * quoted in errors, and some services repeat there what they refused. Returns the same bytes if it holds none.
 */
function withoutEcho(body, authorization) {
    const secrets = secretsOf(authorization);
    if (secrets.length === 0 || body.length === 0)
        return body;
    // One character a byte, so that whatever is not replaced stays as it is.
    const text = Buffer.from(body).toString('latin1');
    const cleaned = secrets.reduce((rest, secret) => rest.replaceAll(secret, HIDDEN), text);
    return cleaned === text ? body : Buffer.from(cleaned, 'latin1');
}
/** The value behind the scheme and, of Basic (RFC 7617), the password, each also as JSON would hold it; longest first. */
function secretsOf(authorization) {
    const [, scheme = '', value = ''] = /^(\S+) +(\S.*)$/.exec(authorization ?? '') ?? [];
    const password = /^basic$/i.test(scheme)
        ? Buffer.from(value, 'base64').toString('utf8').split(':').slice(1).join(':')
        : '';
    return [value, password]
        .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)])
        .map((secret) => Buffer.from(secret, 'utf8').toString('latin1'))
        .filter((secret) => secret.length >= SECRET_MIN_CHARS)
        .sort((one, other) => other.length - one.length);
}

;// CONCATENATED MODULE: ./.build/js/src/http/attempt.js



/** Sends one request once and reads the whole answer, within the time-out. Throws HttpError. */
async function attemptRequest(dispatcher, attempt) {
    const raw = await new Promise((resolve, reject) => {
        const { request, url, what, timeoutMs, signal } = attempt;
        const chunks = [];
        let head;
        let received = 0;
        let abort;
        let failure;
        const finish = () => {
            clearTimeout(timer);
            signal?.removeEventListener('abort', onAbort);
        };
        /** Fails at once, whether or not the request has reached a connection yet. */
        const fail = (error) => {
            failure ??= error;
            finish();
            reject(failure);
            abort?.(failure);
        };
        const onAbort = () => fail(new http_error/* HttpError */.j('aborted', `${what}: given up`, { cause: signal?.reason }));
        const timer = setTimeout(() => {
            const where = head === undefined ? 'no answer' : 'no complete answer';
            fail(new http_error/* HttpError */.j('timeout', `${what}: ${where} within ${Math.round(timeoutMs)} ms`));
        }, timeoutMs);
        if (signal?.aborted === true) {
            onAbort();
            return;
        }
        signal?.addEventListener('abort', onAbort, { once: true });
        const handlers = {
            onConnect(abortRequest) {
                if (failure === undefined)
                    abort = abortRequest;
                else
                    abortRequest(failure);
                // undici calls before it writes; a turn later the bytes are with the system.
                if (attempt.onSent !== undefined)
                    setImmediate(attempt.onSent);
            },
            onHeaders(status, headers) {
                if (status >= 200)
                    head = { status, headers: [...headers] };
                return true;
            },
            onData(chunk) {
                received += chunk.length;
                if (received > request.maxBytes) {
                    fail(new http_error/* HttpError */.j('too-large', `${what}: the answer has more than ${request.maxBytes} bytes`));
                    return false;
                }
                chunks.push(chunk);
                return true;
            },
            onComplete() {
                finish();
                const response = head;
                if (response === undefined) {
                    reject(new http_error/* HttpError */.j('protocol', `${what}: an answer without a head`));
                    return;
                }
                // undici gives the connection back to its pool one turn of the event loop later. Answering earlier
                // would make the caller's next request open another connection, which costs a round trip.
                queueMicrotask(() => setImmediate(() => resolve({ ...response, body: Buffer.concat(chunks) })));
            },
            onUpgrade() {
                fail(new http_error/* HttpError */.j('protocol', `${what}: an upgrade nobody asked for`));
            },
            onError(error) {
                finish();
                reject(failure ?? toHttpError(error, what, head !== undefined));
            },
        };
        try {
            dispatcher.dispatch({
                origin: url.origin,
                path: `${url.pathname}${url.search}`,
                method: request.method,
                headers: { 'accept-encoding': 'identity', ...request.headers },
                body: request.body ?? null,
                // undici closes after HEAD by default, for servers that send a body all the same; a connection
                // costs a round trip, and such a server only harms itself.
                reset: false,
            }, handlers);
        }
        catch (error) {
            finish();
            reject(toHttpError(error, what, false));
        }
    });
    const headersDistinct = parseHeaders(raw.headers);
    const headers = Object.fromEntries(Object.entries(headersDistinct).map(([name, values]) => [name, values.join(', ')]));
    const decoded = await decode(raw.body, headers['content-encoding'], attempt);
    const isSuccess = raw.status >= 200 && raw.status < 300;
    const body = isSuccess ? decoded : withoutEcho(decoded, authorizationOf(attempt.request));
    return { status: raw.status, headers, headersDistinct, body, url: attempt.url };
}
function authorizationOf({ headers = {} }) {
    return Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization')?.[1];
}
function parseHeaders(raw) {
    const fields = new Map();
    for (let index = 0; index + 1 < raw.length; index += 2) {
        const name = raw[index]?.toString('latin1').toLowerCase() ?? '';
        const values = fields.get(name) ?? [];
        values.push(raw[index + 1]?.toString('latin1') ?? '');
        fields.set(name, values);
    }
    return Object.fromEntries(fields);
}
/** We ask for identity; a server that compresses all the same is understood, within the same cap. */
async function decode(body, encoding, { request, what }) {
    const coding = encoding?.trim().toLowerCase() ?? '';
    if (coding === '' || coding === 'identity' || body.length === 0)
        return body;
    if (coding !== 'gzip' && coding !== 'x-gzip') {
        throw new http_error/* HttpError */.j('protocol', `${what}: Content-Encoding is neither identity nor gzip`);
    }
    const { gunzipSync } = await Promise.resolve(/* import() */).then(__nccwpck_require__.t.bind(__nccwpck_require__, 8522, 19));
    try {
        return gunzipSync(body, { maxOutputLength: request.maxBytes });
    }
    catch (cause) {
        const tooLarge = cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE';
        throw tooLarge
            ? new http_error/* HttpError */.j('too-large', `${what}: the answer has more than ${request.maxBytes} bytes`, { cause })
            : new http_error/* HttpError */.j('protocol', `${what}: the answer is no gzip although it says so`, { cause });
    }
}

;// CONCATENATED MODULE: ./.build/js/src/http/proxy-settings.js

/**
 * The proxy for this URL, or undefined for a direct connection. Rules of the runner's own client
 * (@actions/http-client): the lower-case variable first; https never falls back to http_proxy; `no_proxy`
 * holds hosts, host:port, parent domains (with or without a leading dot) and `*`; loopback is never
 * proxied. Throws TypeError if the variable is no URL.
 */
function proxyFor(url, variables) {
    if ((0,network_host/* isLoopbackHost */.cW)(url.hostname) || isExcluded(url, read(variables, 'no_proxy')))
        return undefined;
    const value = read(variables, url.protocol === 'https:' ? 'https_proxy' : 'http_proxy');
    if (value === undefined)
        return undefined;
    return new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`);
}
/** `Proxy-Authorization` from the user info of a proxy URL, percent-decoded; undefined without user info. */
function proxyAuthorization(proxy) {
    if (proxy.username === '' && proxy.password === '')
        return undefined;
    const userInfo = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
    return `Basic ${Buffer.from(userInfo).toString('base64')}`;
}
function read(variables, name) {
    const value = (variables[name] || variables[name.toUpperCase()])?.trim();
    return value === '' ? undefined : value;
}
function isExcluded(url, noProxy) {
    if (noProxy === undefined)
        return false;
    const host = (0,network_host/* bareHost */.n0)(url.hostname);
    const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
    return noProxy.split(',').some((entry) => {
        const rule = entry.trim().toLowerCase();
        if (rule === '')
            return false;
        if (rule === '*')
            return true;
        const withPort = /^(\[[^\]]*\]|[^:]*):([0-9]+)$/.exec(rule);
        if (withPort !== null && withPort[2] !== port)
            return false;
        const name = (0,network_host/* bareHost */.n0)(withPort?.[1] ?? rule).replace(/^\*?\.+/, '');
        return name !== '' && (host === name || host.endsWith(`.${name}`));
    });
}

;// CONCATENATED MODULE: ./.build/js/src/http/connections.js

/** Longest time to open a connection, in ms. */
const CONNECT_TIMEOUT_MS = 10_000;
/** Largest head of a response, in bytes: signed storage URLs in Location are long. */
const HEADERS_MAX_BYTES = 32 * 1024;
/** Preconnected sockets kept for one origin. */
const SPARE_MAX = 16;
function createConnections(options) {
    const pools = new Map();
    /** Connections under way or open, not yet handed to a pool. */
    const spare = new Map();
    const spareSockets = new Set();
    let loading;
    let closed = false;
    const poolOptions = {
        connections: options.maxConnectionsPerOrigin,
        pipelining: 1,
        maxHeaderSize: HEADERS_MAX_BYTES,
        // Attempts have their own time-out, which covers connecting, head and body alike.
        headersTimeout: 0,
        bodyTimeout: 0,
    };
    const load = () => {
        loading ??= (async () => {
            const [pool, connect, tls] = await Promise.all([
                Promise.all(/* import() */[__nccwpck_require__.e(440), __nccwpck_require__.e(628)]).then(__nccwpck_require__.t.bind(__nccwpck_require__, 628, 19)),
                Promise.all(/* import() */[__nccwpck_require__.e(440), __nccwpck_require__.e(136)]).then(__nccwpck_require__.t.bind(__nccwpck_require__, 9136, 19)),
                trustOf(options.caPems),
            ]);
            const open = connect.default({ timeout: CONNECT_TIMEOUT_MS, ...tls });
            return { Pool: pool.default, connector: open };
        })();
        return loading;
    };
    const takeSpare = (origin) => spare.get(origin)?.shift();
    const dropSpare = (origin, promise) => {
        const list = spare.get(origin);
        const index = list?.indexOf(promise) ?? -1;
        if (index >= 0)
            list?.splice(index, 1);
    };
    /** Opens connections as undici does, but takes a preconnected one first. */
    const connectorFor = (origin, open) => (target, done) => {
        const waiting = takeSpare(origin);
        if (waiting === undefined) {
            open(target, done);
            return;
        }
        waiting.then((socket) => {
            spareSockets.delete(socket);
            // Closed by the server between its opening and now: open another.
            if (socket.destroyed || socket.readyState !== 'open')
                open(target, done);
            else
                done(null, socket);
        }, () => open(target, done));
    };
    const createPool = ({ Pool: PoolClass, connector }, origin) => new PoolClass(origin, {
        ...poolOptions,
        connect: connectorFor(origin, connector),
    });
    const createProxyAgent = async ({ Pool: PoolClass }, url, proxy) => {
        const [agent, api, tls] = await Promise.all([
            Promise.all(/* import() */[__nccwpck_require__.e(440), __nccwpck_require__.e(628), __nccwpck_require__.e(672)]).then(__nccwpck_require__.t.bind(__nccwpck_require__, 6672, 19)),
            Promise.all(/* import() */[__nccwpck_require__.e(440), __nccwpck_require__.e(660)]).then(__nccwpck_require__.t.bind(__nccwpck_require__, 2279, 19)),
            trustOf(options.caPems),
        ]);
        const token = proxyAuthorization(proxy);
        return new agent.default({
            ...poolOptions,
            uri: proxy.origin,
            ...(token === undefined ? {} : { token }),
            requestTls: { ...tls, timeout: CONNECT_TIMEOUT_MS },
            proxyTls: { ...tls, timeout: CONNECT_TIMEOUT_MS },
            // Plain http goes through the proxy as any client sends it; only https needs a tunnel.
            proxyTunnel: url.protocol === 'https:',
            // The API methods are attached by undici's own entry, which we do not load.
            clientFactory: (origin, poolOptionsOfAgent) => Object.assign(new PoolClass(origin, poolOptionsOfAgent), { connect: api.default }),
        });
    };
    const dispatcherFor = async (url) => {
        const loaded = await load();
        const proxy = proxyFor(url, options.proxy);
        const key = proxy === undefined ? url.origin : `${url.origin} by ${proxy.origin}`;
        const known = pools.get(key);
        if (known !== undefined)
            return known;
        const made = proxy === undefined ? createPool(loaded, url.origin) : await createProxyAgent(loaded, url, proxy);
        // Another request may have made it while the proxy agent was loading.
        const dispatcher = pools.get(key) ?? made;
        pools.set(key, dispatcher);
        if (dispatcher !== made)
            void made.destroy();
        return dispatcher;
    };
    const preconnect = (url) => {
        if (closed || proxyFor(url, options.proxy) !== undefined)
            return;
        const list = spare.get(url.origin) ?? [];
        if (list.length >= SPARE_MAX)
            return;
        spare.set(url.origin, list);
        const opening = load().then(({ connector }) => new Promise((resolve, reject) => {
            connector(targetOf(url), (error, socket) => {
                if (error !== null || socket === null)
                    reject(error ?? new Error('no socket'));
                else
                    resolve(socket);
            });
        }));
        list.push(opening);
        opening.then((socket) => {
            if (closed)
                socket.destroy();
            spareSockets.add(socket);
            socket.once('close', () => {
                spareSockets.delete(socket);
                dropSpare(url.origin, opening);
            });
        }, 
        // The request that comes will meet the same failure and report it.
        () => dropSpare(url.origin, opening));
    };
    return {
        dispatcherFor,
        preconnect,
        async close() {
            closed = true;
            for (const socket of spareSockets)
                socket.destroy();
            spare.clear();
            await Promise.all([...pools.values()].map((dispatcher) => dispatcher.destroy()));
            pools.clear();
        },
    };
}
function targetOf(url) {
    const hostname = url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname;
    return { hostname, host: url.host, protocol: url.protocol, port: url.port };
}
/** One TLS context for all connections, made only if there are roots to add: parsing a hundred of them is slow. */
async function trustOf(caPems) {
    if (caPems.length === 0)
        return {};
    const tls = await Promise.resolve(/* import() */).then(__nccwpck_require__.t.bind(__nccwpck_require__, 1692, 19));
    // 'default' holds NODE_EXTRA_CA_CERTS too (Node 24).
    return { secureContext: tls.createSecureContext({ ca: [...tls.getCACertificates('default'), ...caPems] }) };
}

;// CONCATENATED MODULE: ./.build/js/src/http/retry-after.js
const UNIT_MS = {
    ns: 1e-6,
    us: 1e-3,
    µs: 1e-3,
    μs: 1e-3,
    ms: 1,
    s: 1e3,
    m: 6e4,
    h: 36e5,
};
/** Longest part of a body searched for a wait, in bytes. */
const MESSAGE_MAX = 4096;
/**
 * How long the service asks us to wait, in ms: `Retry-After` in seconds or as an HTTP date (RFC 9110
 * §10.2.3), else a Go duration in the message as GHCR writes it (`retry-after: 10.3ms`). Undefined if it
 * does not say.
 */
function retryAfterMs(header, body, now) {
    const value = header?.trim() ?? '';
    if (/^[0-9]+(\.[0-9]+)?$/.test(value))
        return Number(value) * 1000;
    if (/^[A-Za-z]{3}/.test(value)) {
        const at = Date.parse(value);
        if (!Number.isNaN(at))
            return Math.max(0, at - now.getTime());
    }
    const text = Buffer.from(body.subarray(0, MESSAGE_MAX)).toString('utf8');
    const inMessage = /retry-after:\s*((?:[0-9]+(?:\.[0-9]+)?(?:ns|us|µs|μs|ms|s|m|h))+)/i.exec(text);
    return inMessage?.[1] === undefined ? undefined : goDurationMs(inMessage[1]);
}
function goDurationMs(text) {
    let ms = 0;
    for (const [, number = '0', unit = ''] of text
        .toLowerCase()
        .matchAll(/([0-9]+(?:\.[0-9]+)?)(ns|us|µs|μs|ms|s|m|h)/g)) {
        ms += Number(number) * (UNIT_MS[unit] ?? 0);
    }
    return ms;
}

;// CONCATENATED MODULE: ./.build/js/src/http/retry-budget.js
/** Longest time one attempt may take, in ms. */
const ATTEMPT_MAX_MS = 30_000;
/** An attempt gets this much even when the budget is used up, in ms: a later outage must not fail healthy requests. */
const ATTEMPT_MIN_MS = 5_000;
function createRetryBudget(totalMs) {
    /** Disjoint, ascending. */
    let spent = [];
    const remainingMs = () => Math.max(0, totalMs - spent.reduce((sum, [from, to]) => sum + to - from, 0));
    return {
        spend(fromMs, toMs) {
            if (!(toMs > fromMs))
                return;
            let [from, to] = [fromMs, toMs];
            const apart = [];
            for (const interval of spent) {
                if (interval[1] < from || interval[0] > to)
                    apart.push(interval);
                else
                    [from, to] = [Math.min(from, interval[0]), Math.max(to, interval[1])];
            }
            spent = [...apart, [from, to]].sort((a, b) => a[0] - b[0]);
        },
        remainingMs,
        attemptMs() {
            // Without a budget there is no second attempt to leave time for.
            if (totalMs <= 0)
                return ATTEMPT_MAX_MS;
            const least = Math.min(ATTEMPT_MIN_MS, Math.max(500, totalMs / 10));
            return Math.min(ATTEMPT_MAX_MS, Math.max(least, remainingMs() / 3));
        },
    };
}
/** Waits between attempts, in ms: full jitter over a cap that doubles from 250 ms to 10 s. */
function backoffMs(attempt, random) {
    return random() * Math.min(10_000, 250 * 2 ** (attempt - 1));
}

;// CONCATENATED MODULE: ./.build/js/src/http/create-http-client.js







/** Statuses that may be gone a moment later (registries §5); 499 and 522 are a proxy's. */
const RETRYABLE_STATUSES = [408, 429, 499, 500, 502, 503, 504, 522];
/** Attempts for a host name that does not exist: a typo must not take the whole budget. */
const UNKNOWN_HOST_ATTEMPTS = 4;
/** Least wait after a Retry-After, in ms: GHCR names fractions of a millisecond. */
const RETRY_AFTER_MIN_MS = 500;
/** Builds the HttpClient of a run: undici pools, proxies, extra roots, one retry budget. */
function createHttpClient(options) {
    const connections = createConnections({
        proxy: options.proxy ?? {},
        caPems: options.caPems ?? [],
        maxConnectionsPerOrigin: options.maxConnectionsPerOrigin ?? 64,
    });
    const budget = createRetryBudget(options.retryForMs);
    const insecureHosts = options.insecureHosts ?? [];
    let onFirstSent = options.onFirstSent;
    const takeOnFirstSent = () => {
        const taken = onFirstSent;
        onFirstSent = undefined;
        return taken;
    };
    const context = { options, connections, budget, insecureHosts, takeOnFirstSent };
    return {
        request: (request) => send(request, context),
        preconnect(url) {
            try {
                connections.preconnect(checkUrl(url, insecureHosts));
            }
            catch {
                // The request that follows fails by the same rule, with its own message.
            }
        },
        close: () => connections.close(),
    };
}
async function send(first, context) {
    const { options, budget } = context;
    const url = checkUrl(first.url, context.insecureHosts);
    let request = first;
    const signal = joinSignals(first.signal, options.signal);
    for (let attempt = 1;; attempt += 1) {
        const startedMs = options.clock.now().getTime();
        const outcome = await tryOnce(request, url, signal, attempt, context);
        if (!request.retry || !isWorthRetrying(outcome, request, attempt))
            return settle(outcome);
        const endedMs = options.clock.now().getTime();
        budget.spend(startedMs, endedMs);
        const waitMs = waitFor(outcome, attempt, options);
        if (waitMs > budget.remainingMs() || budget.remainingMs() <= 0)
            return settle(outcome);
        await sleep(waitMs, signal, request, url, options);
        budget.spend(endedMs, options.clock.now().getTime());
        if (request.renew !== undefined)
            request = { ...request, ...(await request.renew()) };
    }
}
async function tryOnce(request, url, signal, attempt, { options, connections, budget, takeOnFirstSent }) {
    const what = describe(request, url);
    const startedMs = options.clock.now().getTime();
    const withAgent = { 'user-agent': options.userAgent ?? 'countersign', ...request.headers };
    const once = {
        request: { ...request, headers: withAgent },
        url,
        what,
        timeoutMs: Math.max(budget.attemptMs(), request.leastTimeoutMs ?? 0),
        signal,
        onSent: takeOnFirstSent(),
    };
    let outcome;
    try {
        outcome = { response: await attemptRequest(await connections.dispatcherFor(url), once) };
    }
    catch (error) {
        outcome = { error: toHttpError(error, what, false) };
    }
    options.trace?.({
        service: request.service,
        method: request.method,
        url: `${url.origin}${url.pathname}`,
        status: 'response' in outcome ? outcome.response.status : outcome.error.failure,
        ms: options.clock.now().getTime() - startedMs,
        attempt,
    });
    return outcome;
}
function isWorthRetrying(outcome, request, attempt) {
    if ('error' in outcome) {
        if (isUnknownHost(outcome.error))
            return attempt < UNKNOWN_HOST_ATTEMPTS;
        return isTransient(outcome.error);
    }
    const { status } = outcome.response;
    return RETRYABLE_STATUSES.includes(status) && request.finalStatuses?.includes(status) !== true;
}
/** The service's own wait if it names one, floored, plus our jitter so that parallel requests spread out. */
function waitFor(outcome, attempt, { clock, random }) {
    const jitterMs = backoffMs(attempt, random);
    if ('error' in outcome)
        return jitterMs;
    const { headers, body } = outcome.response;
    const asked = retryAfterMs(headers['retry-after'], body, clock.now());
    return asked === undefined ? jitterMs : Math.max(asked, RETRY_AFTER_MIN_MS) + jitterMs;
}
async function sleep(ms, signal, request, url, { clock }) {
    try {
        await clock.sleep(ms, signal);
        signal?.throwIfAborted();
    }
    catch (cause) {
        throw new http_error/* HttpError */.j('aborted', `${describe(request, url)}: given up`, { cause });
    }
}
function settle(outcome) {
    if ('error' in outcome)
        throw outcome.error;
    return outcome.response;
}
/** The one place that decides what may be called: https anywhere, http on loopback and on listed hosts. */
function checkUrl(value, insecureHosts) {
    if (!URL.canParse(String(value)))
        throw new http_error/* HttpError */.j('protocol', 'not a URL');
    const url = new URL(value);
    url.hash = '';
    if (url.username !== '' || url.password !== '') {
        throw new http_error/* HttpError */.j('protocol', `${url.origin}: a URL must not hold a user name or password`);
    }
    const allowed = url.protocol === 'https:' ||
        (url.protocol === 'http:' && ((0,network_host/* isLoopbackHost */.cW)(url.hostname) || (0,network_host/* isListedHost */.cQ)(url, insecureHosts)));
    if (!allowed) {
        throw new http_error/* HttpError */.j('protocol', `${url.origin}: only https is allowed (plain http: loopback, or hosts listed as insecure)`);
    }
    return url;
}
function describe(request, url) {
    return `${request.method} ${url.origin}${url.pathname}`;
}
function joinSignals(one, other) {
    if (one === undefined || other === undefined)
        return one ?? other;
    return AbortSignal.any([one, other]);
}

// EXTERNAL MODULE: ./.build/js/src/coded-error.js
var coded_error = __nccwpck_require__(6329);
;// CONCATENATED MODULE: ./.build/js/src/oci/registry-error.js


/** A registry or its token server did not do what was asked. */
class RegistryError extends coded_error/* CodedError */.AK {
    name = 'RegistryError';
    code;
    status;
    specCodes;
    constructor(code, message, options = {}) {
        super(code, message, options);
        this.code = code;
        this.status = options.status;
        this.specCodes = options.specCodes ?? [];
    }
}
/** Longest part of an answer's own words in a message, in characters. */
const QUOTE_MAX = 300;
/** Statuses after which the same call may work later. */
const UNAVAILABLE_STATUSES = [408, 429, 499];
/** What an answer says about itself: `errors[].code` and the messages, quoted and cut. */
function readErrorBody(response) {
    const text = Buffer.from(response.body.subarray(0, 16_384)).toString('utf8');
    const errors = parseErrors(text);
    if (errors.length > 0) {
        return {
            codes: errors.map(({ code }) => code).filter((code) => code !== ''),
            message: errors
                .map(({ message }) => message)
                .filter((message) => message !== '')
                .join('; '),
        };
    }
    const isPage = /^\s*</.test(text);
    return { codes: [], message: isPage ? 'a web page' : text.trim() };
}
/** Text of an answer as data in a message: JSON-quoted and cut, so that it cannot forge lines or commands. */
function quote(text) {
    return JSON.stringify(text.length > QUOTE_MAX ? `${text.slice(0, QUOTE_MAX)}…` : text);
}
/** The error for an answer that is not the one asked for. `what` = `PUT https://host/path`. */
function answerError(what, response, hint) {
    const { codes, message } = readErrorBody(response);
    const safeCodes = codes.map((code) => code.replace(/[^A-Za-z0-9_ -]/g, '?').slice(0, 60));
    const words = [String(response.status), ...safeCodes.slice(0, 3)].join(' ');
    return new RegistryError(codeOf(response.status), `${what} returned ${words}${message === '' ? '' : `: ${quote(message)}`}`, {
        status: response.status,
        specCodes: codes,
        hint: hint ?? hintOf(response.status),
    });
}
/** The error for a call without an answer. */
function callError(error) {
    if (error instanceof RegistryError)
        return error;
    if (!(error instanceof http_error/* HttpError */.j))
        throw error;
    const invalid = error.failure === 'too-large' || error.failure === 'protocol';
    return new RegistryError(invalid ? 'REGISTRY_INVALID' : 'REGISTRY_UNAVAILABLE', error.message, {
        cause: error,
        status: error.failure,
        hint: HINTS[error.failure],
    });
}
const HINTS = {
    dns: 'Check the registry name in the image reference.',
    tls: 'If the registry has a private certificate authority, name it in `ca-certificates`.',
    connect: 'Check that the registry can be reached from this runner (proxy, firewall).',
    protocol: 'Plain http is for loopback and for hosts in `insecure-registries` only.',
};
function hintOf(status) {
    if (status === 429)
        return 'The registry limits requests; try later, or with a lower `concurrency`.';
    if (status >= 500)
        return 'The registry has an outage; try again, or give it longer with `retry-for`.';
    return undefined;
}
function codeOf(status) {
    if (status === 401 || status === 403)
        return 'REGISTRY_DENIED';
    if (status === 404)
        return 'IMAGE_NOT_FOUND';
    if (status >= 500 || UNAVAILABLE_STATUSES.includes(status))
        return 'REGISTRY_UNAVAILABLE';
    return 'REGISTRY_INVALID';
}
function parseErrors(text) {
    let value;
    try {
        value = JSON.parse(text);
    }
    catch {
        // Not JSON: plain text, a page, or nothing; shown as it is.
        return [];
    }
    const list = isObject(value) && Array.isArray(value['errors']) ? value['errors'] : [];
    return list.filter(isObject).map((entry) => ({ code: toText(entry['code']), message: toText(entry['message']) }));
}
function toText(value) {
    return typeof value === 'string' ? value : '';
}
function isObject(value) {
    return typeof value === 'object' && value !== null;
}

;// CONCATENATED MODULE: ./.build/js/src/oci/credential-helper.js

/** What helpers print when they hold nothing for a server (docker/docker-credential-helpers v0.9). */
const NOT_FOUND = 'credentials not found in native keychain';
/** Longest answer of a helper, in characters. */
const ANSWER_MAX = 1024 * 1024;
/** Longest run of a helper, in ms; some ask a cloud service. */
const HELPER_TIMEOUT_MS = 30_000;
/**
 * Asks `docker-credential-…` for the login of a server, by its protocol: `get`, the server on stdin, JSON or an
 * error on stdout. Undefined = it holds none. Throws REGISTRY_DENIED.
 */
async function askHelper(run, program, server) {
    const fail = (why, cause) => new RegistryError('REGISTRY_DENIED', `the credential helper ${program} gave no login for ${server}: ${why}`, {
        cause,
        hint: 'Log in again, or give `registry-username` and `registry-password`.',
    });
    let answer;
    try {
        answer = await run(program, ['get'], server);
    }
    catch (cause) {
        throw fail(cause instanceof Error ? cause.message : String(cause), cause);
    }
    const { exitCode, stdout } = answer;
    if (stdout.length > ANSWER_MAX)
        throw fail('its answer is too long');
    if (exitCode !== 0) {
        if (stdout.trim() === NOT_FOUND)
            return undefined;
        throw fail(`exit status ${exitCode}${stdout.trim() === '' ? '' : `, ${quote(stdout.trim())}`}`);
    }
    let value;
    try {
        value = JSON.parse(stdout);
    }
    catch {
        // Without the cause: a JSON error quotes the text, which may be a password.
        throw fail('its answer is no JSON');
    }
    if (typeof value !== 'object' || value === null)
        throw fail('its answer is no object');
    const { Username, Secret } = value;
    if (typeof Username !== 'string' || typeof Secret !== 'string')
        throw fail('its answer lacks Username or Secret');
    if (Secret === '')
        return undefined;
    return Username === '<token>'
        ? { username: Username, identityToken: Secret }
        : { username: Username, password: Secret };
}
/** The RunHelper of real runs: from PATH, by @actions/exec, nothing echoed, killed after `timeoutMs`. */
function createHelperRunner(timeoutMs = HELPER_TIMEOUT_MS) {
    return async (program, args, stdin) => {
        const [{ getExecOutput }, { subscribe, unsubscribe }] = await Promise.all([
            __nccwpck_require__.e(/* import() */ 260).then(__nccwpck_require__.bind(__nccwpck_require__, 1260)),
            Promise.resolve(/* import() */).then(__nccwpck_require__.t.bind(__nccwpck_require__, 3053, 19)),
        ]);
        // @actions/exec neither kills nor hands out its child; a helper that waits for a locked keychain would
        // otherwise outlive the run. Node announces each child it starts.
        const children = [];
        const onChild = (message) => {
            const child = message.process;
            if (child === undefined)
                return;
            children.push(child);
            // A helper may answer without reading what it is asked. Its closed stdin is an error event, which
            // @actions/exec does not listen for and which would end this process. The streams come after the announcement.
            queueMicrotask(() => {
                if (child.spawnfile?.includes(program) === true)
                    child.stdin?.on('error', () => undefined);
            });
        };
        subscribe('child_process', onChild);
        let timer;
        const expired = new Promise((_, reject) => {
            timer = setTimeout(() => {
                // The name is set after the announcement, and others may start children meanwhile.
                for (const child of children)
                    if (child.spawnfile?.includes(program) === true)
                        child.kill('SIGKILL');
                reject(new Error(`no answer within ${timeoutMs / 1000} s`));
            }, timeoutMs);
        });
        try {
            const input = Buffer.from(stdin);
            const running = getExecOutput(program, [...args], { input, silent: true, ignoreReturnCode: true });
            const { exitCode, stdout } = await Promise.race([running, expired]);
            return { exitCode, stdout };
        }
        finally {
            clearTimeout(timer);
            unsubscribe('child_process', onChild);
        }
    };
}

// EXTERNAL MODULE: ./.build/js/src/domain/reference.js
var reference = __nccwpck_require__(547);
;// CONCATENATED MODULE: ./.build/js/src/oci/auth-file.js

/** Every name Docker Hub has as a key. */
const hubKeys = [
    'https://index.docker.io/v1/',
    'docker.io',
    'index.docker.io',
    'registry-1.docker.io',
];
/** Parses the text of a Docker or Podman file; `isFlat` = ~/.dockercfg. Throws REGISTRY_DENIED naming the file. */
function parseAuthFile(text, name, isFlat = false) {
    const fields = parseObject(text, name);
    const auths = isFlat ? fields : toObject(fields['auths'] ?? {}, name, 'auths');
    const credHelpers = [];
    for (const [key, suffix] of Object.entries(toObject(fields['credHelpers'] ?? {}, name, 'credHelpers'))) {
        if (typeof suffix !== 'string')
            throw malformed(name, 'credHelpers must map registries to names of helpers');
        if (suffix !== '')
            credHelpers.push([key, toProgram(suffix, name)]);
    }
    const { credsStore } = fields;
    if (credsStore !== undefined && typeof credsStore !== 'string')
        throw malformed(name, 'credsStore must be the name of a helper');
    return {
        name,
        auths: parseAuths(auths, name),
        credHelpers: isFlat ? {} : Object.fromEntries(credHelpers),
        credsStore: isFlat || !credsStore ? undefined : toProgram(credsStore, name),
    };
}
/** Parses DOCKER_AUTH_CONFIG: only `auths`, and there only `auth` (docker/cli 28.3). Throws REGISTRY_DENIED. */
function parseInlineAuths(text, name) {
    const fields = parseObject(text, name);
    const strange = Object.keys(fields).find((key) => key !== 'auths');
    if (strange !== undefined)
        throw malformed(name, `only "auths" may stand in it, not ${JSON.stringify(strange.slice(0, 60))}`);
    const auths = toObject(fields['auths'] ?? {}, name, 'auths');
    for (const entry of Object.values(auths)) {
        const odd = Object.keys(toObject(entry, name, 'auths')).find((key) => key !== 'auth');
        if (odd !== undefined)
            throw malformed(name, `an entry may hold only "auth", not ${JSON.stringify(odd.slice(0, 60))}`);
    }
    return { name, auths: parseAuths(auths, name), credHelpers: {}, credsStore: undefined };
}
/**
 * The entry for `host/path`: keys may be paths (Podman), the longest that holds the repository wins; of equal
 * ones that written as the bare host, else the first. Hosts are compared whole, with their port.
 */
function findAuthEntry(file, repository) {
    for (let scope = repository; scope !== ''; scope = scope.slice(0, Math.max(0, scope.lastIndexOf('/')))) {
        const entries = file.auths.filter((entry) => entry.scope === scope);
        const exact = entries.find((entry) => entry.key === scope) ?? entries[0];
        if (exact !== undefined)
            return exact;
    }
    return undefined;
}
/** `https://host/v1/` → `host`, `host/ns` stays; the aliases of Docker Hub become `docker.io`. */
function scopeOfKey(key) {
    const hadScheme = /^https?:\/\//i.test(key);
    const rest = key.replace(/^https?:\/\//i, '').replace(/\/+$/, '');
    const slash = rest.indexOf('/');
    const host = (slash < 0 ? rest : rest.slice(0, slash)).toLowerCase();
    const path = slash < 0 ? '' : rest.slice(slash + 1);
    // Docker writes URLs; only Podman's bare keys mean a namespace.
    const isNamespace = path !== '' && !hadScheme && path !== 'v1' && path !== 'v2';
    const registry = ['index.docker.io', 'registry-1.docker.io'].includes(host) ? 'docker.io' : host;
    return isNamespace ? `${registry}/${path}` : registry;
}
function parseAuths(auths, name) {
    const entries = [];
    for (const [key, value] of Object.entries(auths)) {
        const login = parseEntry(toObject(value, name, 'auths'), key, name);
        if (login !== undefined)
            entries.push({ key, scope: scopeOfKey(key), login });
    }
    return entries;
}
function parseEntry(fields, key, name) {
    const read = (field) => {
        const value = fields[field] ?? '';
        if (typeof value !== 'string')
            throw malformed(name, `${field} of ${JSON.stringify(key.slice(0, 100))} is no string`);
        return value;
    };
    const decoded = decodeAuth(read('auth'), key, name);
    const login = {
        username: decoded?.username ?? read('username'),
        password: decoded?.password ?? read('password'),
        identityToken: read('identitytoken'),
        registryToken: read('registrytoken'),
    };
    return Object.values(login).some((value) => value !== '') ? login : undefined;
}
/** base64 of `user:password`, padded or not, split at the first colon; Docker strips trailing NULs. */
function decodeAuth(auth, key, name) {
    if (auth === '')
        return undefined;
    const text = /^[A-Za-z0-9+/_-]+={0,2}$/.test(auth) ? Buffer.from(auth, 'base64').toString('utf8') : '';
    const colon = text.indexOf(':');
    if (colon < 0)
        throw malformed(name, `auth of ${JSON.stringify(key.slice(0, 100))} is no base64 of user:password`);
    return { username: text.slice(0, colon), password: text.slice(colon + 1).replace(/\0+$/, '') };
}
/** Program of a helper. The name is part of a command: nothing but letters, digits, dots, dashes and underscores. */
function toProgram(suffix, name) {
    if (!/^[A-Za-z0-9._-]+$/.test(suffix)) {
        throw malformed(name, `${JSON.stringify(suffix.slice(0, 60))} is no name of a credential helper`);
    }
    return `docker-credential-${suffix}`;
}
function parseObject(text, name) {
    let value;
    try {
        value = JSON.parse(text);
    }
    catch {
        // Without the cause: a JSON error quotes the text, which holds passwords.
        throw malformed(name, 'it is no JSON');
    }
    return toObject(value, name, 'it');
}
function toObject(value, name, what) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
        throw malformed(name, `${what} is no object`);
    return value;
}
function malformed(name, why) {
    return new RegistryError('REGISTRY_DENIED', `the registry logins in ${name} are malformed: ${why}`, {
        hint: 'Repair it, or log in again with docker/login-action.',
    });
}

;// CONCATENATED MODULE: ./.build/js/src/oci/credentials.js




/** Largest file read, in bytes. */
const FILE_MAX_BYTES = 1024 * 1024;
/** A store without any login: everything is asked anonymously. */
const anonymousCredentials = {
    find: () => Promise.resolve(undefined),
    describePlaces: () => 'nowhere, as this is asked anonymously',
};
/**
 * Logins as Docker and Podman find them (registries §3), in this order: the explicit one; DOCKER_AUTH_CONFIG;
 * Docker's config.json; Podman's REGISTRY_AUTH_FILE, or its runtime and config auth.json; ~/.dockercfg;
 * for ghcr.io the job's token. The first place that knows the registry decides.
 */
function createCredentials(options) {
    const { env } = options;
    const home = env['HOME'] || env['USERPROFILE'] || undefined;
    const files = new Map();
    const helpers = new Map();
    const places = listPlaces(env, home);
    const load = (path, isFlat) => {
        const pending = files.get(path) ?? readAuthFile(options, path, isFlat);
        files.set(path, pending);
        return pending;
    };
    const fromHelper = (program, server, origin) => {
        const key = `${program} ${server}`;
        const asked = helpers.get(key) ??
            askHelper(options.runHelper, program, server).then((login) => {
                if (login === undefined)
                    return undefined;
                const source = `the credential helper ${program} (${origin}) for ${server}`;
                return toCredential(login, source, options.mask);
            });
        helpers.set(key, asked);
        return asked;
    };
    const fromFile = async (file, repository) => {
        const { registry } = repository;
        const aliases = registry === 'docker.io' ? hubKeys : [registry];
        const named = aliases.map((alias) => file.credHelpers[alias]).find((suffix) => suffix !== undefined);
        const helper = named ?? file.credsStore;
        if (helper !== undefined) {
            const server = registry === 'docker.io' ? 'https://index.docker.io/v1/' : registry;
            const key = named === undefined ? 'credsStore' : 'credHelpers';
            // Where a helper applies, user and password in `auths` are ignored, even if it knows nothing (docker/cli).
            return fromHelper(helper, server, `${key} of ${file.name}`);
        }
        const entry = findAuthEntry(file, (0,reference/* formatRepository */.Sh)(repository));
        if (entry === undefined)
            return undefined;
        return toCredential(entry.login, `the entry "${entry.key}" of ${file.name}`, options.mask);
    };
    const search = async (repository) => {
        const { explicit, github } = options;
        if (explicit !== undefined && explicit.registry === repository.registry) {
            const login = { username: explicit.username, password: explicit.password };
            return toCredential(login, 'the inputs `registry-username` and `registry-password`', options.mask);
        }
        const inline = env['DOCKER_AUTH_CONFIG'];
        if (inline !== undefined && inline.trim() !== '') {
            const found = await fromFile(parseInlineAuths(inline, 'DOCKER_AUTH_CONFIG'), repository);
            if (found !== undefined)
                return found;
        }
        for (const place of places) {
            const file = await load(place.path, place.isFlat);
            const found = file === undefined ? undefined : await fromFile(file, repository);
            if (found !== undefined)
                return found;
        }
        if (github === undefined ||
            github.token === '' ||
            !isGitHub(github.serverUrl) ||
            repository.registry !== 'ghcr.io') {
            return undefined;
        }
        options.mask(github.token);
        const basic = encodeBasic(github.actor, github.token, options.mask);
        return { kind: 'basic', basic, source: '`github-token` (no login for ghcr.io was found)', isFallback: true };
    };
    const found = new Map();
    return {
        find(repository) {
            const key = (0,reference/* formatRepository */.Sh)(repository);
            const pending = found.get(key) ?? search(repository);
            found.set(key, pending);
            return pending;
        },
        describePlaces: () => ['DOCKER_AUTH_CONFIG', ...places.map(({ path }) => path)].join(', '),
    };
}
function listPlaces(env, home) {
    const join = (...parts) => parts.join('/');
    const atHome = (...parts) => (home === undefined ? [] : [join(home, ...parts)]);
    const { DOCKER_CONFIG, REGISTRY_AUTH_FILE, XDG_RUNTIME_DIR, XDG_CONFIG_HOME } = env;
    const docker = DOCKER_CONFIG ? [join(DOCKER_CONFIG, 'config.json')] : atHome('.docker', 'config.json');
    const podman = REGISTRY_AUTH_FILE
        ? [REGISTRY_AUTH_FILE]
        : [
            ...(XDG_RUNTIME_DIR ? [join(XDG_RUNTIME_DIR, 'containers', 'auth.json')] : []),
            ...(XDG_CONFIG_HOME
                ? [join(XDG_CONFIG_HOME, 'containers', 'auth.json')]
                : atHome('.config', 'containers', 'auth.json')),
        ];
    return [
        ...[...docker, ...podman].map((path) => ({ path, isFlat: false })),
        ...atHome('.dockercfg').map((path) => ({ path, isFlat: true })),
    ];
}
async function readAuthFile({ readFile }, path, isFlat) {
    let bytes;
    try {
        bytes = await readFile(path);
    }
    catch (cause) {
        throw new RegistryError('REGISTRY_DENIED', `the registry logins in ${path} cannot be read`, {
            cause,
            hint: 'Make the file readable, or name another by DOCKER_CONFIG or REGISTRY_AUTH_FILE.',
        });
    }
    if (bytes === undefined || bytes.length === 0)
        return undefined;
    if (bytes.length > FILE_MAX_BYTES) {
        throw new RegistryError('REGISTRY_DENIED', `the registry logins in ${path} are larger than ${FILE_MAX_BYTES} bytes`);
    }
    return parseAuthFile(Buffer.from(bytes).toString('utf8'), path, isFlat);
}
/** Order: registrytoken, identitytoken, user and password; an empty entry is only a marker. */
function toCredential(login, source, mask) {
    const { username = '', password = '', identityToken = '', registryToken = '' } = login;
    for (const secret of [registryToken, identityToken, password])
        if (secret !== '')
            mask(secret);
    if (registryToken !== '') {
        if (!/^[\x21-\x7e]+$/.test(registryToken))
            throw new RegistryError('REGISTRY_DENIED', `${source} holds a token that cannot be sent`);
        return { kind: 'registry-token', token: registryToken, source, isFallback: false };
    }
    if (identityToken !== '') {
        const basic = encodeBasic(username, identityToken, mask);
        return { kind: 'identity-token', token: identityToken, basic, source, isFallback: false };
    }
    if (username === '' && password === '')
        return undefined;
    return { kind: 'basic', basic: encodeBasic(username, password, mask), source, isFallback: false };
}
function encodeBasic(username, password, mask) {
    const basic = Buffer.from(`${username}:${password}`).toString('base64');
    mask(basic);
    return basic;
}
/** The fallback token is github.com's; another server's token is a stranger at ghcr.io. */
function isGitHub(serverUrl) {
    return URL.canParse(serverUrl) && new URL(serverUrl).origin === 'https://github.com';
}

// EXTERNAL MODULE: ./.build/js/src/domain/digest.js
var domain_digest = __nccwpck_require__(7028);
// EXTERNAL MODULE: ./.build/js/src/domain/value-error.js
var value_error = __nccwpck_require__(2528);
;// CONCATENATED MODULE: ./.build/js/src/domain/descriptor.js


/** Most layers or entries parsed in one document; a longer list is refused, never cut. */
const DESCRIPTORS_MAX = 10_000;
/** Longest media type or artifact type, in characters (RFC 6838 allows 127 + `/` + 127, parameters aside). */
const MEDIA_TYPE_MAX = 255;
/** Parses bytes as JSON in UTF-8. Throws ValueError naming `what`. */
function parseJson(bytes, what) {
    try {
        return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    }
    catch (error) {
        throw new value_error/* ValueError */.Q(`${what} is no JSON`, { cause: error });
    }
}
/** Parses one descriptor. Throws ValueError naming `what`. */
function parseDescriptor(value, what) {
    const fields = descriptor_parseObject(value, what);
    const { digest, size } = fields;
    if (!(0,domain_digest/* isDigest */.Bc)(digest))
        throw new value_error/* ValueError */.Q(`${what}: digest is no sha256 digest`);
    if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) {
        throw new value_error/* ValueError */.Q(`${what}: size is no number of bytes`);
    }
    const mediaType = parseMediaType(fields['mediaType'], `${what}: mediaType`);
    if (mediaType === undefined)
        throw new value_error/* ValueError */.Q(`${what}: mediaType is missing`);
    const artifactType = parseMediaType(fields['artifactType'], `${what}: artifactType`);
    const annotations = fields['annotations'] == null ? undefined : parseAnnotations(fields['annotations'], what);
    const platform = fields['platform'] == null ? undefined : parsePlatform(fields['platform'], what);
    return {
        mediaType,
        digest,
        size,
        ...(artifactType === undefined ? {} : { artifactType }),
        ...(annotations === undefined ? {} : { annotations }),
        ...(platform === undefined ? {} : { platform }),
    };
}
/** Parses an image or artifact manifest. Throws ValueError naming `what`. */
function parseManifest(value, what) {
    const fields = parseDocument(value, what);
    // A document that is both would be read differently by different clients (GHSA-mc8v-mgrf-8f4m).
    if (fields['manifests'] !== undefined)
        throw new value_error/* ValueError */.Q(`${what} has both layers and manifests`);
    return {
        ...parseDocumentHead(fields, what),
        config: parseDescriptor(fields['config'], `${what}: config`),
        layers: parseDescriptors(fields['layers'], `${what}: layers`),
    };
}
/**
 * The layers of an image manifest one by one: a malformed one is its ValueError and hides none of the others.
 * Throws ValueError for what is no image manifest at all.
 */
function parseLayers(value, what) {
    const { layers, manifests } = parseDocument(value, what);
    if (manifests !== undefined)
        throw new value_error/* ValueError */.Q(`${what} has both layers and manifests`);
    return checkDescriptorList(layers, `${what}: layers`).map((entry, index) => {
        try {
            return parseDescriptor(entry, `${what}: layers[${index}]`);
        }
        catch (error) {
            if (error instanceof value_error/* ValueError */.Q)
                return error;
            throw error;
        }
    });
}
/** Parses an image index or manifest list. Throws ValueError naming `what`. */
function parseIndex(value, what) {
    const fields = parseDocument(value, what);
    if (fields['layers'] !== undefined || fields['config'] !== undefined) {
        throw new ValueError(`${what} has both manifests and layers or config`);
    }
    return {
        ...parseDocumentHead(fields, what),
        manifests: parseDescriptors(fields['manifests'], `${what}: manifests`),
    };
}
function parseDocument(value, what) {
    const fields = descriptor_parseObject(value, what);
    if (fields['schemaVersion'] !== 2)
        throw new value_error/* ValueError */.Q(`${what}: schemaVersion is not 2`);
    return fields;
}
function parseDocumentHead(fields, what) {
    return {
        mediaType: parseMediaType(fields['mediaType'], `${what}: mediaType`),
        artifactType: parseMediaType(fields['artifactType'], `${what}: artifactType`),
        subject: fields['subject'] == null ? undefined : parseDescriptor(fields['subject'], `${what}: subject`),
        annotations: fields['annotations'] == null ? {} : parseAnnotations(fields['annotations'], what),
    };
}
function parseDescriptors(value, what) {
    return checkDescriptorList(value, what).map((entry, index) => parseDescriptor(entry, `${what}[${index}]`));
}
function checkDescriptorList(value, what) {
    if (!Array.isArray(value))
        throw new value_error/* ValueError */.Q(`${what} is no list`);
    if (value.length > DESCRIPTORS_MAX)
        throw new value_error/* ValueError */.Q(`${what} has more than ${DESCRIPTORS_MAX} entries`);
    return value;
}
function parseAnnotations(value, what) {
    const annotations = [];
    for (const [key, text] of Object.entries(descriptor_parseObject(value, `${what}: annotations`))) {
        if (typeof text !== 'string')
            throw new value_error/* ValueError */.Q(`${what}: an annotation is no string`);
        annotations.push([key, text]);
    }
    return Object.fromEntries(annotations);
}
function parsePlatform(value, what) {
    const { os, architecture, variant } = descriptor_parseObject(value, `${what}: platform`);
    if (typeof os !== 'string' || typeof architecture !== 'string') {
        throw new value_error/* ValueError */.Q(`${what}: platform lacks os or architecture`);
    }
    return { os, architecture, ...(typeof variant === 'string' ? { variant } : {}) };
}
/** Empty counts as absent: Go writers print empty fields, and readers there cannot tell. */
function parseMediaType(value, what) {
    if (value === undefined || value === null || value === '')
        return undefined;
    if (typeof value !== 'string' || value.length > MEDIA_TYPE_MAX || !/^[\x21-\x7e]+$/.test(value)) {
        throw new value_error/* ValueError */.Q(`${what} is no media type`);
    }
    return value;
}
function descriptor_parseObject(value, what) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
        throw new value_error/* ValueError */.Q(`${what} is no object`);
    return value;
}

// EXTERNAL MODULE: ./.build/js/src/domain/media-types.js
var media_types = __nccwpck_require__(6478);
;// CONCATENATED MODULE: ./.build/js/src/oci/limits.js
/** Caps on what a registry may send us; what is beyond is refused, never cut. */
/** Manifests and indexes, in bytes: the cap that registries have themselves (distribution, zot, Harbor). */
const MANIFEST_MAX_BYTES = 4 * 1024 * 1024;
/** Sigstore bundles, in bytes; those of large attestations (SBOMs) are listed too. */
const BUNDLE_MAX_BYTES = 16 * 1024 * 1024;
/** Simple-signing payloads, in bytes; annotations make them longer than 300. */
const PAYLOAD_MAX_BYTES = 1024 * 1024;
/** Image configs of `.sig` tags, in bytes. */
const CONFIG_MAX_BYTES = 4 * 1024 * 1024;
/** Bodies of answers that only say yes or no, in bytes. */
const ANSWER_MAX_BYTES = 256 * 1024;
/** Layers of one `.sig` tag that are fetched. */
const LAYERS_MAX = 100;
/** Referrers of one image. */
const REFERRERS_MAX = 1000;
/** Pages of one referrers listing. */
const PAGES_MAX = 100;

// EXTERNAL MODULE: ./.build/js/src/domain/platform-images.js
var platform_images = __nccwpck_require__(5814);
;// CONCATENATED MODULE: ./.build/js/src/oci/registry-origin.js


/** The API origin of a registry as references name it: Docker Hub's differs; http for loopback and hosts listed as insecure. */
function registryOrigin(registry, insecureRegistries) {
    if (registry === 'docker.io')
        return new URL('https://registry-1.docker.io');
    const plain = new URL(`http://${registry}`);
    const isPlain = (0,network_host/* isLoopbackHost */.cW)(registry) || (0,network_host/* isListedHost */.cQ)(plain, insecureRegistries);
    return isPlain ? plain : new URL(`https://${registry}`);
}
/** `https://host/v2/path/rest`. */
function apiUrl(origin, repository, rest) {
    return new URL(`/v2/${repository.path}/${rest}`, origin);
}
/**
 * Where a registry's Location or Link leads, if it may: http(s), never from https to http, no user info,
 * and no private or loopback address unless it is the registry's own host or the registry is loopback
 * itself. Throws REGISTRY_INVALID.
 */
function resolveTarget(location, from, registry, what) {
    if (!URL.canParse(location, from.href))
        throw refuse(what, location, 'is no URL');
    const target = new URL(location, from);
    target.hash = '';
    if (target.username !== '' || target.password !== '')
        throw refuse(what, location, 'holds a user name');
    if (target.protocol !== 'https:' && target.protocol !== 'http:')
        throw refuse(what, location, 'is neither https nor http');
    if (target.protocol === 'http:' && (from.protocol === 'https:' || registry.protocol === 'https:')) {
        throw refuse(what, location, 'leads from https to http');
    }
    const isAllowed = !(0,network_host/* isPrivateHost */.Sf)(target.hostname) || target.hostname === registry.hostname || (0,network_host/* isLoopbackHost */.cW)(registry.hostname);
    if (!isAllowed)
        throw refuse(what, location, 'leads to a private address');
    return target;
}
/** True if two hosts are both loopback names, or the same name; ports do not count. */
function isSameHost(one, other) {
    return one.hostname === other.hostname || ((0,network_host/* isLoopbackHost */.cW)(one.hostname) && (0,network_host/* isLoopbackHost */.cW)(other.hostname));
}
/** True for an address literal that is not the registry's own. */
function isForeignLiteral(target, registry) {
    return (0,network_host/* isAddressLiteral */.oe)(target.hostname) && !isSameHost(target, registry);
}
function refuse(what, location, why) {
    const shown = location.split('?')[0] ?? '';
    return new RegistryError('REGISTRY_INVALID', `${what} answered with a Location or Link that ${why}: ${quote(shown)}`);
}

;// CONCATENATED MODULE: ./.build/js/src/oci/manifests.js








/** Registries answer 404 for a manifest whose type is not asked for (distribution 2.8). */
const ACCEPT = media_types/* MANIFEST_TYPES */._P.join(', ');
/** Reads of a tag whose bytes the registry does not know. */
const UNKNOWN_BYTES_TRIES = 3;
function createManifests(fetch) {
    const call = (method, repository, reference, headers) => fetch({
        repository,
        method,
        url: manifestUrl(fetch, repository, reference),
        access: 'pull',
        headers: { accept: ACCEPT, ...headers },
        maxBytes: method === 'HEAD' ? ANSWER_MAX_BYTES : MANIFEST_MAX_BYTES,
        retry: true,
        followRedirects: true,
    });
    const load = async (repository, reference, fresh) => {
        const response = await call('GET', repository, reference, fresh ? { 'cache-control': 'no-cache' } : {});
        if (response.status === 404)
            return undefined;
        const what = `GET ${manifestUrl(fetch, repository, reference).href}`;
        if (response.status !== 200)
            throw answerError(what, response, await hintFor(fetch, repository, response));
        const { etag, 'docker-content-digest': toldDigest } = response.headers;
        return { ...checkManifest(response, reference, what), etag, toldDigest };
    };
    const get = (repository, reference, { fresh = false } = {}) => load(repository, reference, fresh);
    const head = async (repository, reference) => {
        // A tag's digest is computed from its bytes: too many registries send a wrong Docker-Content-Digest for tags.
        if (!(0,domain_digest/* isDigest */.Bc)(reference))
            return toDescriptor(await get(repository, reference));
        const response = await call('HEAD', repository, reference, {});
        if (response.status === 404)
            return undefined;
        const what = `HEAD ${manifestUrl(fetch, repository, reference).href}`;
        if (response.status !== 200)
            throw answerError(what, response, await hintFor(fetch, repository, response));
        const descriptor = readHead(response, reference, what);
        return descriptor ?? toDescriptor(await get(repository, reference));
    };
    return {
        get,
        head,
        async getToExtend(repository, tag) {
            for (let tries = 1;; tries += 1) {
                const answer = await load(repository, tag, true);
                if (answer === undefined || answer.toldDigest === answer.digest)
                    return answer;
                if ((await get(repository, answer.digest)) !== undefined)
                    return answer;
                if (tries < UNKNOWN_BYTES_TRIES)
                    continue;
                throw new RegistryError('REGISTRY_INVALID', `GET ${manifestUrl(fetch, repository, tag).href} returned bytes that the registry does not have under their digest ${answer.digest}; the tag was left alone`);
            }
        },
    };
}
/** `https://host/v2/path/manifests/reference`. */
function manifestUrl(fetch, repository, reference) {
    return apiUrl(fetch.originOf(repository), repository, `manifests/${reference}`);
}
/** Media type without parameters, lower case; '' if there is none. */
function contentType(response) {
    return (response.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}
/** What a refused read should try next. */
async function hintFor(fetch, repository, response) {
    if (response.status !== 403)
        return undefined;
    const login = await fetch.describeLogin(repository);
    const advice = repository.registry === 'ghcr.io'
        ? ' A private package needs `packages: read`, and its settings must list this repository under "Manage Actions access".'
        : ' The login must have the right to pull.';
    return `${login}${advice}`;
}
function toDescriptor(manifest) {
    if (manifest === undefined)
        return undefined;
    return { mediaType: manifest.mediaType, digest: manifest.digest, size: manifest.bytes.length };
}
/** The descriptor that HEAD tells; undefined if headers are missing (mandatory only in the unreleased spec). */
function readHead(response, digest, what) {
    const told = response.headers['docker-content-digest'];
    if (told !== undefined && told !== digest) {
        throw new RegistryError('REGISTRY_INVALID', `${what} answered for another digest: ${quote(told)}`);
    }
    const mediaType = contentType(response);
    const length = response.headers['content-length'] ?? '';
    if (!isManifestType(mediaType) || !/^[1-9][0-9]{0,9}$/.test(length))
        return undefined;
    return { mediaType, digest, size: Number(length) };
}
function isManifestType(mediaType) {
    return media_types/* MANIFEST_TYPES */._P.includes(mediaType);
}
function checkManifest(response, reference, what) {
    const digest = (0,domain_digest/* digestOf */.ol)(response.body);
    if ((0,domain_digest/* isDigest */.Bc)(reference) && digest !== reference) {
        throw new RegistryError('REGISTRY_INVALID', `${what} returned other bytes: their digest is ${digest}`);
    }
    const mediaType = contentType(response);
    if (!isManifestType(mediaType)) {
        throw new RegistryError('REGISTRY_INVALID', `${what} returned Content-Type ${quote(mediaType)}, which is no manifest`);
    }
    const { written, shape } = readKind(response.body, what);
    if (written !== undefined && written !== mediaType) {
        throw new RegistryError('REGISTRY_INVALID', `${what} returned Content-Type ${quote(mediaType)} for a manifest that says ${quote(written)}`);
    }
    // A document without mediaType is what the header calls it, which a registry or whoever pushed it may choose:
    // an index called a manifest would hide its platform images (CVE-2021-41190).
    if (shape === 'both' || (shape !== undefined && (shape === 'index') !== (0,platform_images/* isIndexType */.$)(mediaType))) {
        throw new RegistryError('REGISTRY_INVALID', `${what} returned Content-Type ${quote(mediaType)} for a document with the fields of ${SHAPES[shape]}`);
    }
    return { digest, mediaType, bytes: response.body };
}
const SHAPES = {
    index: 'an index',
    manifest: 'an image manifest',
    both: 'both an index and an image manifest',
};
/** The media type that a document says it has, and what its fields are those of. */
function readKind(bytes, what) {
    let value;
    try {
        value = parseJson(bytes, what);
    }
    catch (cause) {
        if (!(cause instanceof value_error/* ValueError */.Q))
            throw cause;
        throw new RegistryError('REGISTRY_INVALID', `${what} returned a manifest that is no JSON`, { cause });
    }
    if (typeof value !== 'object' || value === null)
        return { written: undefined, shape: undefined };
    const written = 'mediaType' in value ? (value.mediaType ?? undefined) : undefined;
    if (written !== undefined && typeof written !== 'string') {
        throw new RegistryError('REGISTRY_INVALID', `${what} returned a manifest whose mediaType is no string`);
    }
    const isIndex = 'manifests' in value;
    const isManifest = 'layers' in value || 'config' in value;
    return { written, shape: isIndex && isManifest ? 'both' : isIndex ? 'index' : isManifest ? 'manifest' : undefined };
}

;// CONCATENATED MODULE: ./.build/js/src/oci/push-hint.js

/** The error for a refused push. A 404 there is about the repository, never about the image. */
async function pushError(fetch, repository, what, response) {
    const error = answerError(what, response, await pushHint(fetch, repository, response));
    if (error.code !== 'IMAGE_NOT_FOUND')
        return error;
    const { status, specCodes } = error;
    return new RegistryError('REGISTRY_INVALID', error.message, {
        status,
        specCodes,
        hint: `Does ${repository.path} exist? Some registries (ECR) do not create a repository by a push.`,
    });
}
/** What a refused push should try next; names the permission (registries §6 for GHCR). Undefined if it was no refusal. */
async function pushHint(fetch, repository, response) {
    if (isImmutable(response))
        return immutableHint;
    if (response.status === 404)
        return 'The repository may have to be created in the registry first (Amazon ECR does not do it on push).';
    if (response.status !== 401 && response.status !== 403)
        return undefined;
    const login = await fetch.describeLogin(repository);
    if (repository.registry !== 'ghcr.io')
        return `${login} It must have the right to push to ${repository.path}.`;
    const { message } = readErrorBody(response);
    if (/write_package|permission_denied/i.test(message)) {
        return (`${login} The package exists, but this repository may not write it: open the package's settings, ` +
            '"Manage Actions access", add this repository with role Write. The job needs `packages: write`.');
    }
    return (`${login} Add \`packages: write\` to the job's permissions. If it is there: the organization may forbid ` +
        'creating packages, or the package is not linked to this repository ("Manage Actions access" in its settings).');
}
/** Next step when a tag may not be written again. */
const immutableHint = 'The registry forbids writing this tag again: exempt tags that start with `sha256-` from tag immutability.';
/** True for the answers that mean an immutable tag: Quay's 409, ECR's 400, others by their own words. Harbor's 412 is told by its caller. */
function isImmutable(response) {
    if (response.status !== 400 && response.status !== 409 && response.status !== 403)
        return false;
    const { codes, message } = readErrorBody(response);
    if (response.status === 409)
        return true;
    return (codes.some((code) => /^TAG_(IMMUTABLE|INVALID)$|ImageTagAlreadyExists/.test(code)) ||
        /immutable|ImageTagAlreadyExists/i.test(message));
}

;// CONCATENATED MODULE: ./.build/js/src/oci/put-manifest.js




/** Tries while the registry does not yet see what was pushed a moment before (GHCR). */
const UNKNOWN_TRIES = 4;
/** Codes for a manifest that names what the registry does not have. */
const UNKNOWN_CODES = ['BLOB_UNKNOWN', 'MANIFEST_BLOB_UNKNOWN', 'MANIFEST_UNKNOWN'];
/**
 * PUT of a manifest (distribution-spec v1.1.1, Pushing Manifests): 201, or 412 for the caller to judge.
 * Everything else is a RegistryError; `lagMs` = wait before a blob just pushed is looked for again.
 */
async function putManifest(fetch, clock, lagMs, { repository, reference, mediaType, renew, ...first }) {
    const url = manifestUrl(fetch, repository, reference);
    const what = `PUT ${url.href}`;
    let { bytes, headers } = first;
    const again = async () => {
        if (renew !== undefined)
            ({ bytes, headers } = { headers: {}, ...(await renew()) });
        return { bytes, ...(headers === undefined ? {} : { headers }) };
    };
    // Exactly the manifest's own type, without parameters (zot).
    const withType = (conditions) => ({ 'content-type': mediaType, ...conditions });
    for (let tries = 1;; tries += 1) {
        const response = await fetch({
            repository,
            method: 'PUT',
            url,
            access: 'push',
            headers: withType(headers),
            body: bytes,
            ...(renew === undefined
                ? {}
                : {
                    renew: async () => {
                        const renewed = await again();
                        return { headers: withType(renewed.headers), body: renewed.bytes };
                    },
                }),
            maxBytes: ANSWER_MAX_BYTES,
            retry: true,
        });
        if (response.status === 201 || response.status === 412)
            return response;
        const { codes } = readErrorBody(response);
        const isUnknown = (response.status === 400 || response.status === 404) && codes.some((code) => UNKNOWN_CODES.includes(code));
        if (isUnknown && tries < UNKNOWN_TRIES) {
            await clock.sleep(lagMs * tries);
            await again();
            continue;
        }
        const error = await pushError(fetch, repository, what, response);
        if (!isImmutable(response))
            throw error;
        const { status, specCodes } = error;
        throw new RegistryError('REGISTRY_DENIED', error.message, { status, specCodes, hint: immutableHint });
    }
}
/** The error for a 412 that the caller does not expect. */
function preconditionError(what, response) {
    return answerError(what, response);
}

;// CONCATENATED MODULE: ./.build/js/src/oci/referrers.js








/**
 * Answers of a registry without the API: no such route or method, Quay's 400, GHCR's redirect to a web page. A
 * registry that has it must not answer so (spec); 5xx, 429 and denials are failures and prove nothing.
 */
const UNSUPPORTED_STATUSES = [400, 404, 405, 406, 410, 501];
/** The tag that lists the referrers of a digest where the API is missing. */
function referrersTag(subject) {
    return `sha256-${(0,domain_digest/* hexOf */.ZD)(subject)}`;
}
function createReferrers(fetch, manifests) {
    const getPage = (repository, url) => fetch({
        repository,
        method: 'GET',
        url,
        access: 'pull',
        headers: { accept: media_types/* OCI_INDEX */.$p, 'cache-control': 'no-cache' },
        maxBytes: MANIFEST_MAX_BYTES,
        retry: true,
        provesAccess: false,
    });
    /** A 404 of a missing route comes before any authorization, that of a private repository need not. */
    const getFirstPage = async (repository, url) => {
        const response = await getPage(repository, url);
        if (response.status !== 404 || fetch.knowsAccess(repository))
            return response;
        const ping = new URL('/v2/', fetch.originOf(repository));
        await fetch({ repository, method: 'GET', url: ping, access: 'pull', maxBytes: ANSWER_MAX_BYTES, retry: true });
        return getPage(repository, url);
    };
    return {
        async list(repository, subject) {
            const first = apiUrl(fetch.originOf(repository), repository, `referrers/${subject}`);
            const request = `GET ${first.pathname}`;
            const found = new Map();
            const seen = new Set();
            let url = first;
            const place = (status, outcome, error) => ({
                place: { kind: 'referrers-api', request, status, outcome, entries: found.size, error },
                descriptors: [...found.values()],
            });
            try {
                for (;;) {
                    const what = `GET ${url.origin}${url.pathname}`;
                    const response = seen.size === 0 ? await getFirstPage(repository, url) : await getPage(repository, url);
                    const { status } = response;
                    const isUnsupported = UNSUPPORTED_STATUSES.includes(status) || (status >= 300 && status < 400);
                    if (isUnsupported && seen.size === 0)
                        return place(status, 'absent');
                    seen.add(url.href);
                    if (status === 404 && url.pathname !== first.pathname) {
                        // JFrog's links for path-based repositories lose a part of the path; their query is right.
                        const mended = new URL(first);
                        mended.search = url.search;
                        if (!seen.has(mended.href)) {
                            url = mended;
                            continue;
                        }
                    }
                    if (status !== 200)
                        return place(status, 'failed', pageError(what, response));
                    const problem = addPage(response, found, what);
                    if (problem !== undefined)
                        return place(status, 'failed', problem);
                    const next = nextPage(response, url, first, what);
                    if (next === undefined)
                        return place(status, 'listed');
                    if (seen.has(next.href))
                        throw new RegistryError('REGISTRY_INVALID', `${what} pages in a circle`);
                    if (seen.size >= PAGES_MAX)
                        throw new RegistryError('REGISTRY_INVALID', `${what} has more than ${PAGES_MAX} pages`);
                    url = next;
                }
            }
            catch (error) {
                return place(statusOf(error), 'failed', toRegistryError(error));
            }
        },
        async listTag(repository, subject) {
            const tag = referrersTag(subject);
            const request = `GET /v2/${repository.path}/manifests/${tag}`;
            const place = (status, outcome, descriptors = [], error) => ({
                place: { kind: 'referrers-tag', request, status, outcome, entries: descriptors.length, error },
                descriptors,
            });
            try {
                const manifest = await manifests.get(repository, tag, { fresh: true });
                if (manifest === undefined)
                    return place(404, 'absent');
                const content = readReferrersTag(manifest, subject);
                if (content.kind !== 'index')
                    return place(200, 'absent');
                const found = new Map();
                const problem = addEntries(content.entries, found, `the index of ${tag}`);
                return place(200, problem === undefined ? 'listed' : 'failed', [...found.values()], problem);
            }
            catch (error) {
                return place(statusOf(error), 'failed', [], toRegistryError(error));
            }
        },
    };
}
/** What stands under a referrers tag. Throws REGISTRY_INVALID for an index that is none. */
function readReferrersTag(manifest, subject) {
    if (manifest.digest === subject)
        return { kind: 'alias' };
    if (manifest.mediaType !== media_types/* OCI_INDEX */.$p)
        return { kind: 'other' };
    return { kind: 'index', entries: readEntries(manifest.bytes, `the index under ${referrersTag(subject)}`) };
}
function readEntries(bytes, what) {
    const value = parseJson(bytes, what);
    const isIndex = typeof value === 'object' && value !== null && 'schemaVersion' in value && value.schemaVersion === 2;
    // Go writes an empty list as null when nothing was ever put in.
    const entries = isIndex && 'manifests' in value ? (value.manifests ?? []) : undefined;
    if (!Array.isArray(entries))
        throw new RegistryError('REGISTRY_INVALID', `${what} is no image index`);
    return entries;
}
function addPage(response, found, what) {
    const type = contentType(response);
    if (type !== media_types/* OCI_INDEX */.$p) {
        return new RegistryError('REGISTRY_INVALID', `${what} returned Content-Type ${quote(type)}, which is no list of referrers`);
    }
    return addEntries(readEntries(response.body, `the answer of ${what}`), found, what);
}
/**
 * Adds entries, merged by digest. What an entry says besides its digest is not trusted (old clients and
 * registries write wrong types and sizes), so a broken one of those fields is left out; an entry without a
 * usable digest cannot be looked at, which is reported after the others are added.
 */
function addEntries(entries, found, what) {
    let problem;
    for (const entry of entries) {
        const descriptor = referrers_toDescriptor(entry, what);
        if (descriptor === undefined) {
            problem ??= new RegistryError('REGISTRY_INVALID', `${what} lists an entry without a sha256 digest`);
            continue;
        }
        if (!found.has(descriptor.digest) && found.size >= REFERRERS_MAX) {
            return new RegistryError('REGISTRY_INVALID', `${what} lists more than ${REFERRERS_MAX} referrers`);
        }
        if (!found.has(descriptor.digest))
            found.set(descriptor.digest, descriptor);
    }
    return problem;
}
function referrers_toDescriptor(entry, what) {
    try {
        return parseDescriptor(entry, what);
    }
    catch (error) {
        if (!(error instanceof value_error/* ValueError */.Q))
            throw error;
    }
    const digest = typeof entry === 'object' && entry !== null && 'digest' in entry ? entry.digest : undefined;
    try {
        return parseDescriptor({ mediaType: 'application/octet-stream', size: 0, digest }, what);
    }
    catch (error) {
        if (error instanceof value_error/* ValueError */.Q)
            return undefined;
        throw error;
    }
}
/** `Link: <…>; rel="next"` (RFC 8288), relative or absolute, on the same origin only. */
function nextPage(response, url, first, what) {
    for (const field of response.headersDistinct['link'] ?? []) {
        for (const [, target = '', parameters = ''] of field.matchAll(/<([^>]*)>((?:\s*;\s*[^\s;,=]+\s*=\s*(?:"[^"]*"|[^\s;,"]+))*)/g)) {
            if (!/;\s*rel\s*=\s*(?:"[^"]*\bnext\b[^"]*"|next(?:[\s;]|$))/i.test(parameters))
                continue;
            const next = resolveTarget(target, url, first, what);
            if (next.origin !== first.origin) {
                throw new RegistryError('REGISTRY_INVALID', `${what} continues on another host: ${quote(next.host)}`);
            }
            return next;
        }
    }
    return undefined;
}
/** A page that is not there says nothing about the image. */
function pageError(what, response) {
    const error = answerError(what, response);
    if (error.code !== 'IMAGE_NOT_FOUND')
        return error;
    return new RegistryError('REGISTRY_INVALID', error.message, { status: 404, specCodes: error.specCodes });
}
function statusOf(error) {
    return error instanceof RegistryError && error.status !== undefined ? error.status : 'error';
}
function toRegistryError(error) {
    if (error instanceof RegistryError)
        return error;
    if (error instanceof value_error/* ValueError */.Q)
        return new RegistryError('REGISTRY_INVALID', error.message, { cause: error });
    throw error;
}

;// CONCATENATED MODULE: ./.build/js/src/oci/tag-merge.js



/** Writes before giving up; with a settling time of 3 s they take over 30 s. */
const WRITES_MAX = 6;
/**
 * Adds one entry to a tag whose writes are read-modify-write (registries §5, lost update): writes the union of
 * what is there and what was seen, reads again after the settling time, and puts back what was dropped, until
 * nothing is missing. Never writes fewer entries than were seen. Throws SIGNATURE_LOST if our entry was
 * overwritten to the end, REGISTRY_DENIED if the tag is immutable.
 */
async function mergeIntoTag(options) {
    const { keyOf, clock, settleMs, random } = options;
    const ownKey = keyOf(options.own);
    const known = new Map(options.seen.map((entry) => [keyOf(entry), entry]));
    const unwritable = new Set();
    const warnings = [];
    let wasOverwritten = false;
    const read = async () => {
        const state = await options.read();
        for (const entry of state.entries)
            known.set(keyOf(entry), entry);
        for (const key of unwritable)
            known.delete(key);
        return state;
    };
    /** Ours last: entries keep the order in which they came. */
    const missingFrom = (state) => {
        const there = new Set(state.entries.map(keyOf));
        const dropped = [...known].filter(([key]) => key !== ownKey && !there.has(key)).map(([, entry]) => entry);
        return there.has(ownKey) ? dropped : [...dropped, options.own];
    };
    const draftOver = (state) => {
        const present = state.entries.filter((entry) => !unwritable.has(keyOf(entry)));
        return { entries: [...present, ...missingFrom(state)], state };
    };
    const isComplete = (state) => missingFrom(state).length === 0;
    const hasOwn = (state) => state.entries.some((entry) => keyOf(entry) === ownKey);
    let state = await read();
    for (let writes = 1; !isComplete(state) && writes <= WRITES_MAX; writes += 1) {
        // Writers that collided must not meet again: a random wait before each further write, then a fresh look.
        if (writes > 1) {
            await clock.sleep((settleMs / 3) * (1 + 2 * random() * Math.min(writes - 1, 3)), options.signal);
            state = await read();
            if (isComplete(state))
                break;
        }
        let before = state;
        const renew = async () => {
            before = await read();
            return draftOver(before);
        };
        const result = await options.write(draftOver(before), renew);
        if (result.kind === 'written') {
            for (const entry of result.unwritable ?? [])
                unwritable.add(keyOf(entry));
            if (result.unwritable !== undefined)
                warnings.push(dangling(options.tag, result.unwritable.length));
            options.onSettling?.();
            await clock.sleep(settleMs, options.signal);
        }
        state = await read();
        if (result.kind === 'precondition-failed' && state.digest === before.digest) {
            throw immutable(options.tag, result.error);
        }
        // Unchanged since before our write: an old state served late, not another writer.
        if (!isComplete(state) && state.digest !== before.digest)
            wasOverwritten = true;
    }
    if (!hasOwn(state) && wasOverwritten)
        throw lost(options.tag);
    if (!isComplete(state))
        warnings.push(hasOwn(state) ? stillMissing(options.tag) : stillStale(options.tag));
    else if (wasOverwritten)
        warnings.push(raced(options.tag));
    return { digest: state.digest, warnings };
}
function immutable(tag, cause) {
    return new RegistryError('REGISTRY_DENIED', `the registry refuses to write ${tag} again: ${cause.message}`, {
        cause,
        status: cause.status,
        specCodes: cause.specCodes,
        hint: immutableHint,
    });
}
function lost(tag) {
    return new coded_error/* CodedError */.AK('SIGNATURE_LOST', `other writers overwrote our entry under ${tag} ${WRITES_MAX} times`, {
        hint: 'Sign an image from one job at a time, then run this step again.',
    });
}
function raced(tag) {
    return (`Another writer changed ${tag} at the same time; every entry seen is there again. ` +
        'Sign an image from one job at a time.');
}
function dangling(tag, count) {
    return `${tag} listed ${count} manifest(s) that the registry no longer has; they were left out.`;
}
function stillMissing(tag) {
    return `${tag} holds our entry, but entries seen before keep being dropped by another writer.`;
}
function stillStale(tag) {
    return `${tag} was written, but the registry still answers with its old state; verifiers may not see the signature yet.`;
}

;// CONCATENATED MODULE: ./.build/js/src/oci/attach.js










/**
 * Attaches an artifact manifest to its subject (registries §5): PUT by digest; done if the registry says it knows
 * subjects (OCI-Subject) and its listing has us; otherwise the fallback tag. Throws RegistryError, SIGNATURE_LOST.
 */
async function attachManifest(context, repository, subject, bytes, seen) {
    const { fetch, clock, settleMs, referrers } = context;
    const digest = (0,domain_digest/* digestOf */.ol)(bytes);
    const manifest = parseManifest(parseJson(bytes, 'the artifact manifest'), 'the artifact manifest');
    const mediaType = manifest.mediaType ?? '';
    const put = async () => {
        const response = await putManifest(fetch, clock, settleMs / 3, { repository, reference: digest, mediaType, bytes });
        if (response.status === 201)
            return response;
        throw preconditionError(`PUT ${manifestUrl(fetch, repository, digest).href}`, response);
    };
    const own = toEntry(manifest, mediaType, digest, bytes.length);
    const name = (0,reference/* formatRepository */.Sh)(repository);
    if (context.withoutReferrersApi.has(name)) {
        return inTurn(context, repository, subject, async () => {
            // Read while the manifest is on its way: what changes in between shows in the second look after the write.
            const firstRead = readTag(context, repository, subject);
            firstRead.catch(() => undefined);
            await put();
            const { warnings } = await mergeFallback(context, repository, subject, own, seen, firstRead);
            return { listedBy: 'referrers-tag', digest, warnings };
        });
    }
    const response = await put();
    // The header alone proves nothing (Docker Hub and ECR sent it without listing), so the listing is read back.
    const knowsSubjects = response.headers['oci-subject'] === subject;
    if (knowsSubjects) {
        const listing = await referrers.list(repository, subject);
        if (isListed(listing, digest))
            return { listedBy: 'referrers-api', digest, warnings: [] };
        throwIfOutage(listing);
        const merged = await mergeFallback(context, repository, subject, own, listing.place.outcome === 'listed' ? [] : seen);
        return { listedBy: 'referrers-tag', digest, warnings: merged.warnings };
    }
    // Without the header the tag must be written whatever the listing says (spec); both are looked at together.
    return inTurn(context, repository, subject, async () => {
        const firstRead = readTag(context, repository, subject);
        firstRead.catch(() => undefined);
        const listing = await referrers.list(repository, subject);
        if (listing.place.outcome === 'absent')
            context.withoutReferrersApi.add(name);
        const isListedByApi = isListed(listing, digest);
        if (!isListedByApi)
            throwIfOutage(listing);
        try {
            const toKeep = listing.place.outcome === 'listed' ? [] : seen;
            const { warnings } = await mergeFallback(context, repository, subject, own, toKeep, firstRead);
            return { listedBy: isListedByApi ? 'both' : 'referrers-tag', digest, warnings };
        }
        catch (error) {
            if (!isListedByApi || !(error instanceof RegistryError))
                throw error;
            // Every client of today finds it by the API; the tag is for those that know only the tag.
            const tag = referrersTag(subject);
            const warning = `The signature is listed by the referrers API, but not under the tag ${tag}: ${error.message}`;
            return { listedBy: 'referrers-api', digest, warnings: [warning] };
        }
    });
}
/** One writer of a fallback tag at a time: what it has read is still so when it writes, as far as this run goes. */
function inTurn({ queue }, repository, subject, task) {
    return queue.run(`${(0,reference/* formatRepository */.Sh)(repository)}:${referrersTag(subject)}`, task);
}
function isListed({ descriptors }, digest) {
    return descriptors.some((descriptor) => descriptor.digest === digest);
}
/** An outage or a denial is no proof that the API is missing; a web page or another shape is. */
function throwIfOutage({ place }) {
    const { error } = place;
    if (place.outcome !== 'failed')
        return;
    if (error instanceof RegistryError && error.code === 'REGISTRY_INVALID')
        return;
    throw error;
}
/** The descriptor of a fallback index: artifactType from the manifest, else its config; all annotations (spec v1.1.1). */
function toEntry(manifest, mediaType, digest, size) {
    const { annotations } = manifest;
    return {
        mediaType,
        digest,
        size,
        artifactType: manifest.artifactType ?? manifest.config.mediaType,
        ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    };
}
async function mergeFallback(context, repository, subject, own, seen, firstRead) {
    const tag = referrersTag(subject);
    let early = firstRead;
    return mergeIntoTag({
        ...context,
        tag: manifestUrl(context.fetch, repository, tag).href,
        own,
        // Size 0: an entry so broken that only its digest could be read; it cannot be written again.
        seen: seen.filter(({ digest, size }) => digest !== own.digest && digest !== subject && size > 0),
        keyOf: entryKey,
        read: () => {
            const read = early ?? readTag(context, repository, subject);
            early = undefined;
            return read;
        },
        write: (draft, renew) => writeIndex(context, { repository, tag, own: own.digest, draft, renew }),
    });
}
/** By digest; an entry without one is kept as it is. */
function entryKey(entry) {
    const digest = typeof entry === 'object' && entry !== null && 'digest' in entry ? entry.digest : undefined;
    return typeof digest === 'string' ? digest : JSON.stringify(entry);
}
async function readTag(context, repository, subject) {
    const tag = referrersTag(subject);
    const manifest = await context.manifests.getToExtend(repository, tag);
    if (manifest === undefined)
        return { entries: [], digest: undefined, etag: undefined };
    const content = readReferrersTag(manifest, subject);
    switch (content.kind) {
        case 'index':
            return { entries: content.entries, digest: manifest.digest, etag: manifest.etag };
        case 'alias':
            // As good as absent, and no condition: the ETag is the subject's.
            return { entries: [], digest: undefined, etag: undefined };
        case 'other':
            throw new RegistryError('REGISTRY_INVALID', `${manifestUrl(context.fetch, repository, tag).href} is a ${manifest.mediaType} and no index of referrers; it was left alone`, { hint: 'Remove that tag if nothing needs it, or sign with `format: legacy`.' });
    }
}
async function writeIndex(context, write) {
    const { fetch, clock, settleMs } = context;
    const { repository, tag, own } = write;
    const what = `PUT ${manifestUrl(fetch, repository, tag).href}`;
    let { draft } = write;
    const build = () => ({ bytes: encodeIndex(draft.entries, what), headers: conditionOf(draft.state) });
    const renew = async () => {
        draft = await write.renew();
        return build();
    };
    const put = { repository, reference: tag, mediaType: media_types/* OCI_INDEX */.$p, ...build(), renew };
    try {
        const response = await putManifest(fetch, clock, settleMs / 3, put);
        if (response.status === 201)
            return { kind: 'written' };
        return { kind: 'precondition-failed', error: preconditionError(what, response) };
    }
    catch (error) {
        // Registries refuse an index that lists what they no longer have: a deleted signature would block all others.
        if (!(error instanceof RegistryError) || !error.specCodes.some((code) => UNKNOWN_CODES.includes(code)))
            throw error;
        const dangling = await findDangling(context, repository, draft.entries);
        if (dangling.length === 0 || dangling.some((entry) => entryKey(entry) === own))
            throw error;
        const keys = new Set(dangling.map(entryKey));
        const without = (full) => ({
            ...full,
            entries: full.entries.filter((entry) => !keys.has(entryKey(entry))),
        });
        const written = await writeIndex(context, {
            ...write,
            draft: without(draft),
            renew: async () => without(await write.renew()),
        });
        if (written.kind !== 'written')
            return written;
        return { kind: 'written', unwritable: [...dangling, ...(written.unwritable ?? [])] };
    }
}
function encodeIndex(entries, what) {
    const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: media_types/* OCI_INDEX */.$p, manifests: entries }));
    if (bytes.length <= MANIFEST_MAX_BYTES)
        return bytes;
    throw new RegistryError('REGISTRY_INVALID', `${what}: the index of referrers would exceed ${MANIFEST_MAX_BYTES} bytes`);
}
/** Entries whose manifest the registry answers 404 for. */
async function findDangling({ manifests }, repository, entries) {
    const dangling = [];
    for (const entry of entries) {
        const digest = (0,domain_digest/* parseDigest */.m)(entryKey(entry));
        if (digest !== undefined && (await manifests.head(repository, digest)) === undefined)
            dangling.push(entry);
    }
    return dangling;
}
/** No hosted registry is known to look at conditions on PUT; where one does, they close the race. */
function conditionOf(state) {
    if (state.digest === undefined)
        return { 'if-none-match': '*' };
    return state.etag === undefined ? {} : { 'if-match': state.etag };
}

;// CONCATENATED MODULE: ./.build/js/src/oci/challenge.js
const TOKEN = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y;
/** Registries send unquoted URLs (zot), which the grammar does not allow. */
const BARE_VALUE = /[^\s,"]*/y;
const TOKEN68 = /[A-Za-z0-9._~+/-]+=*(?=\s*(?:,|$))/y;
/** Longest field looked at, in characters. */
const FIELD_MAX = 16_384;
/**
 * Parses the values of WWW-Authenticate, each possibly holding several challenges joined by commas. What
 * breaks the grammar ends its challenge; never throws.
 */
function parseChallenges(fields) {
    return fields.flatMap((field) => parseField(field.slice(0, FIELD_MAX)));
}
function parseField(text) {
    const challenges = [];
    let at = 0;
    const take = (pattern) => {
        pattern.lastIndex = at;
        const found = pattern.exec(text)?.[0];
        if (found !== undefined)
            at += found.length;
        return found;
    };
    const skip = (characters) => {
        while (at < text.length && characters.includes(text.charAt(at)))
            at += 1;
    };
    const startsParameter = () => {
        const rest = text.slice(at);
        return /^[ \t]*=(?!=)/.test(rest);
    };
    while (at < text.length) {
        skip(' \t,');
        const word = take(TOKEN);
        if (word === undefined) {
            // Garbage between commas: go on behind the next comma.
            const comma = text.indexOf(',', at + 1);
            at = comma < 0 ? text.length : comma;
            continue;
        }
        const current = challenges.at(-1);
        if (current === undefined || !startsParameter()) {
            challenges.push({ scheme: word.toLowerCase(), parameters: Object.create(null) });
            skip(' \t');
            skipToken68();
            continue;
        }
        skip(' \t');
        at += 1;
        skip(' \t');
        const value = text.charAt(at) === '"' ? takeQuoted() : (take(BARE_VALUE) ?? '');
        const name = word.toLowerCase();
        if (!(name in current.parameters))
            current.parameters[name] = value;
    }
    return challenges.map(({ scheme, parameters }) => ({ scheme, parameters: { ...parameters } }));
    /** `Negotiate abc==`: a value without a name belongs to the scheme and is of no use here. */
    function skipToken68() {
        const before = at;
        const found = take(TOKEN68);
        if (found === undefined)
            return;
        // A lone word may be the next scheme (`Basic, Bearer …`); only `=` padding proves a token68.
        if (!found.endsWith('='))
            at = before;
    }
    function takeQuoted() {
        let value = '';
        at += 1;
        while (at < text.length) {
            const character = text.charAt(at);
            at += 1;
            if (character === '"')
                return value;
            if (character === '\\' && at < text.length) {
                value += text.charAt(at);
                at += 1;
            }
            else {
                value += character;
            }
        }
        return value;
    }
}

;// CONCATENATED MODULE: ./.build/js/src/oci/needed-right.js
/** What a login lacks that was refused; for GHCR in the words of a workflow's permissions. One sentence. */
function neededRight(repository, access) {
    if (repository.registry !== 'ghcr.io')
        return `It must have the right to ${access} ${preposition(access)} ${repository.path}.`;
    const permission = access === 'push' ? 'packages: write' : 'packages: read';
    return `Add \`${permission}\` to the job's permissions, and see that the package lets this repository in ("Manage Actions access" in its settings).`;
}
function preposition(access) {
    return access === 'push' ? 'to' : 'from';
}

;// CONCATENATED MODULE: ./.build/js/src/oci/send-call.js


const REDIRECT_STATUSES = [301, 302, 303, 307, 308];
/** Most redirects followed for one call. */
const REDIRECTS_MAX = 5;
/**
 * Sends one call with this Authorization, which goes to the registry's exact origin only, and follows the redirects
 * of reads. Throws RegistryError for no answer, and for a redirect that leads where it must not.
 */
async function sendCall(sending) {
    const { http, signal, call, origin } = sending;
    const { renew } = call;
    let { url } = call;
    let authorization = url.origin === origin.origin ? sending.authorization : undefined;
    const withLogin = (headers) => authorization === undefined ? { ...headers } : { ...headers, authorization };
    const renewWithLogin = async () => {
        const renewed = await renew?.();
        return { ...renewed, headers: withLogin(renewed?.headers) };
    };
    for (let hop = 0;; hop += 1) {
        const response = await sendHttp(http, {
            service: url.origin === origin.origin ? 'registry' : 'storage',
            method: call.method,
            url,
            headers: withLogin(call.headers),
            ...(renew === undefined ? {} : { renew: renewWithLogin }),
            ...(call.body === undefined ? {} : { body: call.body }),
            maxBytes: call.maxBytes,
            retry: call.retry,
            signal,
        });
        if (call.followRedirects !== true || !REDIRECT_STATUSES.includes(response.status))
            return response;
        const what = `${call.method} ${url.origin}${url.pathname}`;
        const { location } = response.headers;
        if (location === undefined)
            throw new RegistryError('REGISTRY_INVALID', `${what} redirects without a Location`);
        if (hop >= REDIRECTS_MAX) {
            throw new RegistryError('REGISTRY_INVALID', `${what}: more than ${REDIRECTS_MAX} redirects`);
        }
        const next = resolveTarget(location, url, origin, what);
        // Once away, never again: a way back would be chosen by the stranger in between.
        if (next.origin !== origin.origin)
            authorization = undefined;
        url = next;
    }
}
async function sendHttp(http, request) {
    try {
        return await http.request(request);
    }
    catch (error) {
        throw callError(error);
    }
}

;// CONCATENATED MODULE: ./.build/js/src/oci/authorized-fetch.js






/** Connections opened ahead for calls that wait for the first one's challenge. */
const PRECONNECT_MAX = 8;
/**
 * Authorization by origin on top of the HTTP layer: the real request first, the login on its 401, at most one
 * new login a request; credentials go to the registry's exact origin and are dropped on every redirect away.
 */
function createAuthorizedFetch(options) {
    const { http, credentials, tokens } = options;
    const states = new Map();
    /** Repositories where the job's own token was refused: asked anonymously from then on. */
    const anonymous = new Set();
    /** Repositories whose login may only pull. */
    const pullOnly = new Set();
    let waiting = 0;
    const originOf = (repository) => registryOrigin(repository.registry, options.insecureRegistries);
    const stateOf = (origin) => {
        const known = states.get(origin.origin);
        if (known !== undefined)
            return known;
        const state = { challenge: undefined, open: new Set(), probe: undefined };
        states.set(origin.origin, state);
        return state;
    };
    const findCredential = async (repository) => {
        const credential = await credentials.find(repository);
        return credential?.isFallback === true && anonymous.has((0,reference/* formatRepository */.Sh)(repository)) ? undefined : credential;
    };
    const tokenRequest = (call, origin, challenge, credential) => {
        const name = (0,reference/* formatRepository */.Sh)(call.repository);
        // One token for all calls of the run; without a login only what this call needs, as strangers may not push.
        const pushes = call.access === 'push' || (options.access === 'push' && credential !== undefined && !pullOnly.has(name));
        const scope = `repository:${call.repository.path}:${pushes ? 'pull,push' : 'pull'}`;
        return { registry: origin, challenge, scopes: [scope], credential };
    };
    const authorize = async (call, origin, state) => {
        const { challenge } = state;
        if (challenge === undefined)
            return { header: undefined, token: undefined, credential: undefined };
        const credential = await findCredential(call.repository);
        if (challenge.scheme === 'basic') {
            const header = credential === undefined || credential.kind === 'registry-token' ? undefined : `Basic ${credential.basic}`;
            return { header, token: undefined, credential };
        }
        if (credential?.kind === 'registry-token') {
            return { header: `Bearer ${credential.token}`, token: undefined, credential };
        }
        const request = tokenRequest(call, origin, challenge, credential);
        try {
            const value = await tokens.token(request);
            return { header: `Bearer ${value}`, token: { request, value }, credential };
        }
        catch (error) {
            if (!(error instanceof RegistryError) || error.code !== 'REGISTRY_DENIED' || call.access === 'push')
                throw error;
            // The login may lack the push scope we ask for at once; the job's own token may be a stranger there.
            const name = (0,reference/* formatRepository */.Sh)(call.repository);
            if (credential !== undefined && options.access === 'push' && !pullOnly.has(name)) {
                pullOnly.add(name);
                return authorize(call, origin, state);
            }
            if (credential?.isFallback !== true || anonymous.has(name))
                throw error;
            anonymous.add(name);
            return authorize(call, origin, state);
        }
    };
    const sendOnce = (call, origin, authorization) => sendCall({ http, signal: options.signal, call, origin, authorization });
    const fetchAuthorized = async (call) => {
        const origin = originOf(call.repository);
        const state = stateOf(origin);
        const release = await enter(call, state, origin);
        let authorization;
        let response;
        try {
            authorization = await authorize(call, origin, state);
            response = await sendOnce(call, origin, authorization.header);
            note(call, state, response, origin, authorization);
        }
        finally {
            release();
        }
        if (response.status !== 401 || !isFrom(response, origin)) {
            return refusedFallback(call, origin, state, authorization, response);
        }
        // One new login: after the first challenge, or instead of a token that has run out since.
        if (authorization.header === undefined) {
            if (state.challenge === undefined)
                throw await denied(call, response, authorization);
        }
        else if (authorization.token !== undefined) {
            tokens.forget(authorization.token.request, authorization.token.value);
        }
        else {
            return refusedFallback(call, origin, state, authorization, response);
        }
        const second = await authorize(call, origin, state);
        if (second.header === undefined)
            throw await denied(call, response, second);
        const again = call.renew === undefined ? call : { ...call, ...(await call.renew()) };
        const answer = await sendOnce(again, origin, second.header);
        return refusedFallback(call, origin, state, second, answer);
    };
    /** The job's own token was refused for reading: once more as anybody may (a public image of another owner). */
    const refusedFallback = async (call, origin, state, used, response) => {
        const isRefused = (response.status === 401 || response.status === 403) && isFrom(response, origin);
        const name = (0,reference/* formatRepository */.Sh)(call.repository);
        if (isRefused && used.credential?.isFallback === true && call.access === 'pull') {
            anonymous.add(name);
            const again = await authorize(call, origin, state);
            const answer = await sendOnce(call, origin, again.header);
            if (answer.status !== 401)
                return answer;
        }
        if (response.status === 401 && isFrom(response, origin))
            throw await denied(call, response, used);
        return response;
    };
    /** Lets the first call to a registry go alone, so that one 401 teaches all others the way. */
    const enter = async (call, state, origin) => {
        const isKnown = () => state.challenge !== undefined || state.open.has(call.access);
        while (!isKnown() && state.probe !== undefined) {
            waiting += 1;
            if (waiting <= PRECONNECT_MAX)
                http.preconnect(origin);
            try {
                await state.probe;
            }
            finally {
                waiting -= 1;
            }
        }
        if (isKnown())
            return () => undefined;
        // Its own connection too: otherwise it would take the first of those opened for the calls that wait.
        http.preconnect(origin);
        let done = () => undefined;
        state.probe = new Promise((resolve) => {
            done = resolve;
        });
        return () => {
            state.probe = undefined;
            done();
        };
    };
    const note = (call, state, response, origin, { header }) => {
        if (response.status === 401 && isFrom(response, origin)) {
            state.challenge ??= chooseChallenge(response);
            return;
        }
        const isAnswer = response.status < 400 || response.status === 404;
        if (header !== undefined || !isAnswer || call.provesAccess === false)
            return;
        state.open.add(call.access);
        if (call.access === 'push')
            state.open.add('pull');
    };
    const describeLogin = async (repository) => {
        const credential = await credentials.find(repository);
        if (credential === undefined) {
            return `No login for ${repository.registry} was found (looked in ${credentials.describePlaces()}).`;
        }
        if (credential.isFallback && anonymous.has((0,reference/* formatRepository */.Sh)(repository))) {
            return `The login from ${credential.source} was refused, so it was asked anonymously.`;
        }
        return `The login came from ${credential.source}.`;
    };
    const denied = async (call, response, used) => {
        const scope = used.token === undefined ? '' : ` The scope needed is ${used.token.request.scopes.join(' ')}.`;
        const hint = `${await describeLogin(call.repository)} ${neededRight(call.repository, call.access)}${scope}`;
        return answerError(`${call.method} ${call.url.origin}${call.url.pathname}`, response, hint);
    };
    const knowsAccess = (repository) => {
        const state = stateOf(originOf(repository));
        return state.challenge !== undefined || state.open.has('pull');
    };
    return Object.assign(fetchAuthorized, { originOf, knowsAccess, describeLogin });
}
/** Answers of storage hosts are no business of the registry's login. */
function isFrom(response, origin) {
    return response.url.origin === origin.origin;
}
/** Bearer before Basic; anything else we cannot speak. */
function chooseChallenge(response) {
    const challenges = parseChallenges(response.headersDistinct['www-authenticate'] ?? []);
    return (challenges.find(({ scheme, parameters }) => scheme === 'bearer' && parameters['realm'] !== undefined) ??
        challenges.find(({ scheme }) => scheme === 'basic'));
}

;// CONCATENATED MODULE: ./.build/js/src/oci/blobs.js





const OCTETS = 'application/octet-stream';
function createBlobs(fetch) {
    const exists = async (repository, digest) => {
        const response = await fetch({
            repository,
            method: 'HEAD',
            url: apiUrl(fetch.originOf(repository), repository, `blobs/${digest}`),
            access: 'pull',
            maxBytes: ANSWER_MAX_BYTES,
            retry: true,
            followRedirects: true,
        });
        return response.status === 200;
    };
    const open = async (repository) => {
        const url = apiUrl(fetch.originOf(repository), repository, 'blobs/uploads/');
        const response = await fetch({
            repository,
            method: 'POST',
            url,
            access: 'push',
            maxBytes: ANSWER_MAX_BYTES,
            // A session too many is forgotten by the registry.
            retry: true,
        });
        const what = `POST ${url.href}`;
        if (response.status !== 202)
            throw await pushError(fetch, repository, what, response);
        return { repository, location: readLocation(fetch, repository, response, what) };
    };
    const put = (session, digest, bytes) => {
        const url = new URL(session.location);
        // Appended, not set: the query of the Location is the session's state.
        url.searchParams.append('digest', digest);
        return fetch({
            repository: session.repository,
            method: 'PUT',
            url,
            access: 'push',
            headers: { 'content-type': OCTETS },
            body: bytes,
            maxBytes: ANSWER_MAX_BYTES,
            retry: true,
        });
    };
    const upload = async (session, bytes) => {
        const { repository } = session;
        const digest = (0,domain_digest/* digestOf */.ol)(bytes);
        let response = await put(session, digest, bytes);
        // A PUT whose answer was lost and that was sent again finds its session closed; so does a stale Location.
        if (response.status === 404 || response.status === 400 || response.status === 416) {
            if (await exists(repository, digest))
                return { mediaType: OCTETS, digest, size: bytes.length };
            response = await put(await open(repository), digest, bytes);
        }
        const what = `PUT of blob ${digest} to ${session.location.origin}${session.location.pathname}`;
        if (response.status !== 201)
            throw await pushError(fetch, repository, what, response);
        const told = response.headers['docker-content-digest'];
        if (told !== undefined && told !== digest) {
            throw new RegistryError('REGISTRY_INVALID', `${what} was stored as ${quote(told)}`);
        }
        return { mediaType: OCTETS, digest, size: bytes.length };
    };
    return {
        open,
        upload,
        async get(repository, digest, maxBytes) {
            const url = apiUrl(fetch.originOf(repository), repository, `blobs/${digest}`);
            const response = await fetch({
                repository,
                method: 'GET',
                url,
                access: 'pull',
                maxBytes,
                retry: true,
                followRedirects: true,
            });
            if (response.status === 404)
                return undefined;
            const what = `GET ${url.href}`;
            if (response.status !== 200)
                throw answerError(what, response);
            const found = (0,domain_digest/* digestOf */.ol)(response.body);
            if (found !== digest) {
                throw new RegistryError('REGISTRY_INVALID', `${what} returned other bytes: their digest is ${found}`);
            }
            return response.body;
        },
        async cancel({ repository, location }) {
            try {
                const call = { repository, method: 'DELETE', url: location, access: 'push' };
                await fetch({ ...call, maxBytes: ANSWER_MAX_BYTES, retry: false });
            }
            catch {
                // Best effort by contract: the registry forgets the session by itself.
            }
        },
    };
}
/** The Location of an upload session: relative, absolute, or on another host, under the rules of redirects. */
function readLocation(fetch, repository, response, what) {
    const { location } = response.headers;
    if (location === undefined || location === '') {
        throw new RegistryError('REGISTRY_INVALID', `${what} opened an upload without a Location`);
    }
    return resolveTarget(location, response.url, fetch.originOf(repository), what);
}

;// CONCATENATED MODULE: ./.build/js/src/oci/candidates.js





/**
 * Reads one referrer and says what it is by its manifest, never by its descriptor (old clients and registries write
 * wrong artifact types there). What cannot be read is a value and hides nothing.
 */
async function fetchReferrerCandidate({ manifests, blobs }, repository, subject, descriptor, place) {
    const reading = { digest: descriptor.digest, place };
    try {
        const answer = await manifests.get(repository, descriptor.digest);
        // Listed but not (yet, or no longer) served: nothing may be concluded.
        if (answer === undefined)
            return toSet(unreadable(reading, 'failed', 'the registry lists it but does not serve it'));
        return toSet(await readReferrer(blobs, repository, subject, answer, place));
    }
    catch (error) {
        return toSet(unreadableBecause(reading, error));
    }
}
async function readReferrer(blobs, repository, subject, answer, place) {
    const reading = { digest: answer.digest, place };
    if (answer.mediaType !== media_types/* OCI_MANIFEST */.EG && answer.mediaType !== media_types/* DOCKER_MANIFEST */.Vv) {
        return unreadable(reading, 'not-a-signature', `it is a ${answer.mediaType}`, answer.mediaType);
    }
    const manifest = parseManifest(parseJson(answer.bytes, 'the manifest'), 'the manifest');
    const artifactType = manifest.artifactType ?? manifest.config.mediaType;
    if (manifest.subject !== undefined && manifest.subject.digest !== subject) {
        return unreadable(reading, 'malformed', `its subject is ${manifest.subject.digest}`, artifactType);
    }
    // In a fallback tag anybody's index may list anything; only the manifest's own subject makes it a referrer.
    if (manifest.subject === undefined && place === 'referrers-tag') {
        return unreadable(reading, 'malformed', 'it has no subject', artifactType);
    }
    if (artifactType === media_types/* COSIGN_SIGNATURE_ARTIFACT */.IG) {
        return fetchLegacyLayers(blobs, repository, manifest.layers, place);
    }
    const [layer] = manifest.layers;
    if (layer === undefined || manifest.layers.length !== 1 || !layer.mediaType.startsWith(media_types/* BUNDLE_PREFIX */.Y2)) {
        return unreadable(reading, 'not-a-signature', notABundle(manifest), artifactType);
    }
    const bundle = await blobs.get(repository, layer.digest, BUNDLE_MAX_BYTES);
    if (bundle === undefined)
        return unreadable(reading, 'failed', `its bundle ${layer.digest} is not there`, artifactType);
    return { candidates: [{ format: 'bundle', digest: reading.digest, bundle, place }], unreadable: [] };
}
function notABundle({ layers }) {
    return layers.length === 1 ? `its layer is a ${layers[0]?.mediaType}` : `it has ${layers.length} layers`;
}
/**
 * Reads simple-signing layers, each distinct payload once. Layers with equal payloads differ by their annotations,
 * so a candidate is named by its position. Past LAYERS_MAX they are reported as not looked at.
 */
async function fetchLegacyLayers(blobs, repository, layers, place) {
    const payloads = new Map();
    const getPayload = (digest) => {
        const pending = payloads.get(digest) ?? blobs.get(repository, digest, PAYLOAD_MAX_BYTES);
        payloads.set(digest, pending);
        return pending;
    };
    const found = await Promise.all(layers.map(async (layer, layerIndex) => {
        if (layer instanceof value_error/* ValueError */.Q) {
            return unreadable({ digest: `layer ${layerIndex}`, place }, 'malformed', layer.message);
        }
        const reading = { digest: layer.digest, place };
        if (layerIndex >= LAYERS_MAX)
            return unreadable(reading, 'failed', `only ${LAYERS_MAX} layers are looked at`);
        if (layer.mediaType !== media_types/* SIMPLE_SIGNING */.Nj) {
            return unreadable(reading, 'not-a-signature', `layer ${layerIndex} is a ${layer.mediaType}`, layer.mediaType);
        }
        try {
            const payload = await getPayload(layer.digest);
            if (payload === undefined)
                return unreadable(reading, 'failed', 'the registry does not serve it');
            const annotations = layer.annotations ?? {};
            const candidate = {
                format: 'legacy',
                digest: layer.digest,
                layerIndex,
                payload,
                annotations,
                place,
            };
            return { candidates: [candidate], unreadable: [] };
        }
        catch (error) {
            return unreadableBecause(reading, error);
        }
    }));
    return {
        candidates: found.flatMap(({ candidates }) => candidates),
        unreadable: found.flatMap((part) => part.unreadable),
    };
}
function toSet(found) {
    return { ...found, places: [] };
}
function unreadable({ digest, place }, outcome, message, artifactType, error) {
    return { candidates: [], unreadable: [{ digest, place, outcome, artifactType, message, error }] };
}
/** Other bytes or another shape than promised is malformed; an outage or a denial is not known. */
function unreadableBecause(reading, error) {
    if (error instanceof value_error/* ValueError */.Q)
        return unreadable(reading, 'malformed', error.message);
    if (!(error instanceof RegistryError))
        throw error;
    const outcome = error.code === 'REGISTRY_INVALID' ? 'malformed' : 'failed';
    return unreadable(reading, outcome, error.message, undefined, error);
}

;// CONCATENATED MODULE: ./.build/js/src/oci/signature-config.js
/** What cosign writes for a time that is not recorded: Go's zero time. */
const ZERO_TIME = '0001-01-01T00:00:00Z';
/** The image config of a `.sig` tag with these layers, byte for byte as cosign writes it (cosign-formats §1.2). */
function newConfig(layerDigests) {
    return encode({
        architecture: '',
        created: ZERO_TIME,
        history: layerDigests.map(() => ({ created: ZERO_TIME })),
        os: '',
        rootfs: { type: 'layers', diff_ids: layerDigests },
        config: {},
    });
}
/**
 * The config after layers were appended: one history entry and one diff_id for each new one, the rest as it was.
 * A config that does not describe its layers one by one is made anew.
 */
function appendToConfig(config, layerDigests) {
    const fields = parse(config);
    const rootfs = toRecord(fields?.['rootfs']);
    const diffIds = rootfs?.['diff_ids'];
    const history = fields?.['history'];
    const isUsable = fields !== undefined &&
        Array.isArray(diffIds) &&
        Array.isArray(history) &&
        history.length === diffIds.length &&
        diffIds.length <= layerDigests.length &&
        diffIds.every((id, index) => id === layerDigests[index]);
    if (!isUsable)
        return newConfig(layerDigests);
    const added = layerDigests.slice(diffIds.length);
    return encode({
        ...fields,
        history: [...history, ...added.map(() => ({ created: ZERO_TIME }))],
        rootfs: { ...rootfs, diff_ids: [...diffIds, ...added] },
    });
}
function encode(value) {
    return Buffer.from(JSON.stringify(value));
}
function parse(bytes) {
    try {
        return toRecord(JSON.parse(Buffer.from(bytes).toString('utf8')));
    }
    catch {
        // No JSON: made anew by the caller; verifiers never read it.
        return undefined;
    }
}
function toRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? value
        : undefined;
}

;// CONCATENATED MODULE: ./.build/js/src/oci/signature-tag.js













/** cosign's tag for the signatures of a digest. */
function signatureTag(subject) {
    return `sha256-${(0,domain_digest/* hexOf */.ZD)(subject)}.sig`;
}
/** Reads the `.sig` tag: its layers as candidates. A failed place is a value. */
async function fetchSignatureTag(context, repository, subject) {
    const tag = signatureTag(subject);
    const request = `GET /v2/${repository.path}/manifests/${tag}`;
    const place = (status, outcome, entries = 0, error) => ({
        kind: 'signature-tag',
        request,
        status,
        outcome,
        entries,
        error,
    });
    const none = (found) => ({ candidates: [], unreadable: [], places: [found] });
    try {
        const answer = await context.manifests.get(repository, tag, { fresh: true });
        if (answer === undefined)
            return none(place(404, 'absent'));
        const layers = readAs(parseLayers, answer, tag);
        const found = await fetchLegacyLayers(context.blobs, repository, layers, 'signature-tag');
        return { ...found, places: [place(200, 'listed', layers.length)] };
    }
    catch (error) {
        if (!(error instanceof RegistryError))
            throw error;
        return none(place(error.status ?? 'error', 'failed', 0, error));
    }
}
/**
 * Appends one layer to the `.sig` tag as cosign v2 does (cosign-formats §1.2): layer, history and diff_id at the
 * end, everything else kept; then reads again and puts back. Throws RegistryError, SIGNATURE_LOST.
 */
async function appendSignatureLayer(context, repository, subject, layer, openSession) {
    const { blobs, fetch, queue } = context;
    const tag = signatureTag(subject);
    const layerDigest = (0,domain_digest/* digestOf */.ol)(layer.payload);
    // Key order as cosign writes it.
    const own = {
        mediaType: media_types/* SIMPLE_SIGNING */.Nj,
        size: layer.payload.length,
        digest: layerDigest,
        annotations: layer.annotations,
    };
    let uploaded;
    const uploadPayload = () => {
        uploaded ??= openSession().then((session) => blobs.upload(session, layer.payload));
        return uploaded;
    };
    const read = async () => {
        const answer = await context.manifests.getToExtend(repository, tag);
        if (answer === undefined)
            return { entries: [], digest: undefined, etag: undefined, base: undefined };
        const manifest = readAs(parseManifest, answer, manifestUrl(fetch, repository, tag).href);
        const entries = JSON.parse(Buffer.from(answer.bytes).toString('utf8')).layers;
        return { entries, digest: answer.digest, etag: answer.etag, base: { answer, manifest } };
    };
    let written;
    const merged = await queue.run(`${(0,reference/* formatRepository */.Sh)(repository)}:${tag}`, () => mergeIntoTag({
        ...context,
        tag: manifestUrl(fetch, repository, tag).href,
        own,
        seen: [],
        keyOf: layerKey,
        read: async () => {
            const [state] = await Promise.all([read(), uploadPayload()]);
            return state;
        },
        write: async (draft, renew) => {
            const result = await writeSignatures(context, { repository, tag, draft, renew, openSession });
            if (result.kind === 'written')
                written = result.digest;
            return result;
        },
    }));
    return { digest: merged.digest ?? written ?? layerDigest, layerDigest, warnings: merged.warnings };
}
/** Times a draft is looked at again because its config took long to upload. */
const RENEWALS_MAX = 3;
async function writeSignatures(context, write) {
    const { fetch, clock, settleMs } = context;
    const { repository, tag } = write;
    const what = `PUT ${manifestUrl(fetch, repository, tag).href}`;
    let readMs = clock.now().getTime();
    const renewDraft = async () => {
        const renewed = await write.renew();
        readMs = clock.now().getTime();
        return renewed;
    };
    const build = async (first) => {
        let draft = first;
        let bytes = await encodeSignatures(context, write, draft, what);
        // The config goes before the manifest. If that took long, others may have written meanwhile, and they look
        // only for the settling time whether they are still there.
        for (let renewals = 0; renewals < RENEWALS_MAX && clock.now().getTime() - readMs > settleMs / 2; renewals += 1) {
            const { digest } = draft.state;
            draft = await renewDraft();
            if (draft.state.digest === digest)
                break;
            bytes = await encodeSignatures(context, write, draft, what);
        }
        return { bytes, headers: conditionOf(draft.state) };
    };
    let built = await build(write.draft);
    const mediaType = mediaTypeOf(write.draft);
    const renew = async () => {
        built = await build(await renewDraft());
        return built;
    };
    const response = await putManifest(fetch, clock, settleMs / 3, {
        repository,
        reference: tag,
        mediaType,
        ...built,
        renew,
    });
    if (response.status === 201)
        return { kind: 'written', digest: (0,domain_digest/* digestOf */.ol)(built.bytes) };
    return { kind: 'precondition-failed', error: preconditionError(what, response) };
}
/** Docker-typed signatures (COSIGN_DOCKER_MEDIA_TYPES) stay so. */
function mediaTypeOf({ state }) {
    return state.base?.answer.mediaType ?? media_types/* OCI_MANIFEST */.EG;
}
/** Uploads the config for these layers; the manifest's bytes. */
async function encodeSignatures({ blobs }, { repository, openSession }, draft, what) {
    const layers = draft.entries;
    const digests = layers.map((entry) => String(entry.digest));
    const { base } = draft.state;
    const oldConfig = base === undefined ? undefined : await blobs.get(repository, base.manifest.config.digest, CONFIG_MAX_BYTES);
    const newBytes = oldConfig === undefined ? newConfig(digests) : appendToConfig(oldConfig, digests);
    const { digest, size } = await blobs.upload(await openSession(), newBytes);
    const config = { mediaType: base?.manifest.config.mediaType ?? media_types/* OCI_CONFIG */.TF, size, digest };
    const written = base === undefined ? {} : JSON.parse(Buffer.from(base.answer.bytes).toString('utf8'));
    const manifest = { schemaVersion: 2, mediaType: mediaTypeOf(draft), ...written, config, layers };
    const bytes = Buffer.from(JSON.stringify(manifest));
    if (bytes.length <= MANIFEST_MAX_BYTES)
        return bytes;
    throw new RegistryError('REGISTRY_INVALID', `${what}: the signatures would exceed ${MANIFEST_MAX_BYTES} bytes`);
}
/** An image manifest, as far as `parse` reads it; anything else under the tag is reported and left alone. */
function readAs(parse, answer, tag) {
    if (answer.mediaType !== media_types/* OCI_MANIFEST */.EG && answer.mediaType !== media_types/* DOCKER_MANIFEST */.Vv) {
        throw new RegistryError('REGISTRY_INVALID', `${tag} is a ${answer.mediaType} and no list of signatures`, {
            hint: 'Remove that tag if nothing needs it.',
        });
    }
    try {
        return parse(parseJson(answer.bytes, tag), tag);
    }
    catch (cause) {
        if (!(cause instanceof value_error/* ValueError */.Q))
            throw cause;
        throw new RegistryError('REGISTRY_INVALID', `${tag} is no list of signatures: ${cause.message}`, { cause });
    }
}
/** Equal payloads have equal digests, so the annotations (the signature) belong to the key. */
function layerKey(layer) {
    const { digest, mediaType, annotations } = layer;
    const sorted = Object.entries(annotations ?? {}).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return JSON.stringify([digest, mediaType, sorted]);
}

;// CONCATENATED MODULE: ./.build/js/src/oci/tag-queue.js
/** The queue of one run: its own writers never race each other for a tag. */
function createTagQueue() {
    const last = new Map();
    return {
        async run(key, task) {
            const before = last.get(key) ?? Promise.resolve();
            // A failed predecessor has told its own caller.
            const mine = before.then(task, task);
            last.set(key, mine);
            try {
                return await mine;
            }
            finally {
                if (last.get(key) === mine)
                    last.delete(key);
            }
        },
    };
}

;// CONCATENATED MODULE: ./.build/js/src/oci/token.js



const CLIENT_ID = 'countersign';
/** oras-go's cap, in bytes. */
const token_ANSWER_MAX_BYTES = 128 * 1024;
/** Lifetime of a token that does not name one, in s (distribution docs, token.md). */
const DEFAULT_LIFETIME_S = 60;
/** Shorter lifetimes are taken for this, in s: the registry's 401 tells better than a loop of token requests. */
const MIN_LIFETIME_S = 10;
/** POST is not served: distribution's own server, Gitea, proxies. */
const NO_POST_STATUSES = [404, 405, 501];
/** Token exchange by GET and POST (distribution docs/content/spec/auth/{token,oauth}.md) with a cache for one run. */
function createTokenSource(options) {
    const cache = new Map();
    /** Refresh tokens may be replaced by their use. By the credential's source. */
    const refreshTokens = new Map();
    const keyOf = ({ registry, challenge, scopes, credential }) => JSON.stringify([
        registry.origin,
        challenge.parameters['realm'],
        challenge.parameters['service'] ?? '',
        scopes,
        credential?.source ?? '',
    ]);
    const issue = async (request) => {
        const realm = await checkRealm(request, options.tokenHosts);
        const { credential } = request;
        const response = credential?.kind === 'identity-token'
            ? await post(realm, request, credential)
            : await get(realm, request, credential?.kind === 'basic' ? credential.basic : undefined);
        const issued = parseAnswer(response, realm, options.now());
        options.mask(issued.token);
        if (issued.refreshToken !== undefined && credential?.kind === 'identity-token') {
            options.mask(issued.refreshToken);
            refreshTokens.set(credential.source, issued.refreshToken);
        }
        return issued;
    };
    const get = async (realm, { challenge, scopes, credential }, basic) => {
        const url = new URL(realm);
        const service = challenge.parameters['service'];
        if (service !== undefined && service !== '')
            url.searchParams.set('service', service);
        for (const scope of scopes)
            url.searchParams.append('scope', scope);
        const headers = basic === undefined ? {} : { authorization: `Basic ${basic}` };
        const response = await send({ method: 'GET', url, headers });
        if (response.status !== 200)
            throw refusal(`GET ${realm.origin}${realm.pathname}`, response, credential);
        return response;
    };
    const post = async (realm, request, credential) => {
        const service = request.challenge.parameters['service'] ?? '';
        const body = new URLSearchParams({
            grant_type: 'refresh_token',
            service,
            client_id: CLIENT_ID,
            scope: request.scopes.join(' '),
            refresh_token: refreshTokens.get(credential.source) ?? credential.token,
        });
        const headers = { 'content-type': 'application/x-www-form-urlencoded' };
        const response = await send({ method: 'POST', url: realm, headers, body: body.toString() });
        if (NO_POST_STATUSES.includes(response.status))
            return get(realm, request, credential.basic);
        if (response.status !== 200)
            throw refusal(`POST ${realm.origin}${realm.pathname}`, response, credential);
        return response;
    };
    const send = async (request) => {
        try {
            return await options.http.request({
                service: 'token server',
                ...request,
                headers: { accept: 'application/json', ...request.headers },
                maxBytes: token_ANSWER_MAX_BYTES,
                retry: true,
                signal: options.signal,
            });
        }
        catch (error) {
            throw callError(error);
        }
    };
    return {
        async token(request) {
            const key = keyOf(request);
            for (;;) {
                const pending = cache.get(key) ?? issue(request);
                cache.set(key, pending);
                try {
                    const issued = await pending;
                    if (options.now().getTime() < issued.expiresAtMs)
                        return issued.token;
                }
                catch (error) {
                    if (cache.get(key) === pending)
                        cache.delete(key);
                    throw error;
                }
                // Run out: whoever sees it first asks for the next one.
                if (cache.get(key) === pending)
                    cache.delete(key);
            }
        },
        forget(request, token) {
            const key = keyOf(request);
            const pending = cache.get(key);
            pending?.then((issued) => {
                if (issued.token === token && cache.get(key) === pending)
                    cache.delete(key);
            }, () => undefined);
        },
    };
}
/**
 * Whether this realm may be asked, and with what: https (http only beside a registry on http loopback, or on
 * the registry's own origin), no address literal but the registry's own, and with credentials only within the
 * registry's host or registrable domain or on a listed host.
 */
async function checkRealm({ registry, challenge, credential }, tokenHosts) {
    const text = challenge.parameters['realm'] ?? '';
    const refuse = (why, hint) => new RegistryError('REGISTRY_DENIED', `${registry.host} names the token server ${quote(text.split('?')[0] ?? '')}, ${why}`, {
        hint,
    });
    if (!URL.canParse(text))
        throw refuse('which is no URL');
    const realm = new URL(text);
    realm.hash = '';
    if (realm.username !== '' || realm.password !== '')
        throw refuse('which holds a user name');
    const isHttpsOrLocal = realm.protocol === 'https:' ||
        (realm.protocol === 'http:' &&
            registry.protocol === 'http:' &&
            (realm.origin === registry.origin || ((0,network_host/* isLoopbackHost */.cW)(registry.hostname) && (0,network_host/* isLoopbackHost */.cW)(realm.hostname))));
    if (!isHttpsOrLocal)
        throw refuse('which is not https');
    if (isForeignLiteral(realm, registry))
        throw refuse('which is an address of another host');
    if ((0,network_host/* isLoopbackHost */.cW)(realm.hostname) && !(0,network_host/* isLoopbackHost */.cW)(registry.hostname))
        throw refuse('which is this machine');
    if (credential === undefined || isSameHost(realm, registry))
        return realm;
    if ((0,network_host/* isListedHost */.cQ)(realm, tokenHosts) || (await hasSameDomain(realm.hostname, registry.hostname)))
        return realm;
    throw refuse('on another domain; the login was not sent there', `If this token server belongs to the registry, add \`token-hosts: ${realm.host}\`.`);
}
/** Registrable domains by the public suffix list; private suffixes (github.io, …) count, their users are strangers. */
async function hasSameDomain(one, other) {
    const { getDomain } = await __nccwpck_require__.e(/* import() */ 935).then(__nccwpck_require__.t.bind(__nccwpck_require__, 935, 19));
    const [a, b] = [one, other].map((host) => getDomain(host, { allowPrivateDomains: true }));
    return typeof a === 'string' && a === b;
}
function parseAnswer(response, realm, now) {
    const invalid = (why) => new RegistryError('REGISTRY_INVALID', `the token server ${realm.origin}${realm.pathname} answered ${why}`);
    let value;
    try {
        value = JSON.parse(Buffer.from(response.body).toString('utf8'));
    }
    catch {
        // Without the cause: a JSON error quotes the text, which may be a token.
        throw invalid('200 with something else than JSON');
    }
    if (typeof value !== 'object' || value === null)
        throw invalid('200 with something else than an object');
    const fields = value;
    const token = [fields['token'], fields['access_token']].find((field) => typeof field === 'string' && field !== '');
    if (typeof token !== 'string')
        throw invalid('200 without a token');
    if (!/^[\x21-\x7e]+$/.test(token))
        throw invalid('200 with a token that cannot be sent');
    const lifetime = fields['expires_in'];
    const seconds = typeof lifetime === 'number' && lifetime > 0 ? Math.max(lifetime, MIN_LIFETIME_S) : DEFAULT_LIFETIME_S;
    const refreshToken = fields['refresh_token'];
    return {
        token,
        // By our own clock from now on (issued_at is the server's), and a little early.
        expiresAtMs: now.getTime() + seconds * 1000 - Math.min(5_000, seconds * 200),
        refreshToken: typeof refreshToken === 'string' && refreshToken !== '' ? refreshToken : undefined,
    };
}
function refusal(what, response, credential) {
    const login = credential === undefined
        ? 'No login was found for this registry; add docker/login-action, or `registry-username` and `registry-password`.'
        : `The login came from ${credential.source}; check that it is current and has the rights.`;
    // OAuth servers refuse a refresh token by 400 invalid_grant.
    if (response.status === 400 && credential !== undefined) {
        const error = answerError(what, response, login);
        return new RegistryError('REGISTRY_DENIED', error.message, {
            status: 400,
            specCodes: error.specCodes,
            hint: login,
        });
    }
    const isDenied = response.status === 401 || response.status === 403;
    const error = answerError(what, response, isDenied ? login : undefined);
    // 404 of a token server says nothing about the image.
    if (error.code !== 'IMAGE_NOT_FOUND')
        return error;
    return new RegistryError('REGISTRY_INVALID', error.message, { status: error.status, specCodes: error.specCodes });
}

;// CONCATENATED MODULE: ./.build/js/src/oci/registry.js











/** Default settling time, in ms. */
const SETTLE_MS = 3000;
/** Builds the Registry port over HTTP: one login state, one token cache and one queue of tag writers for the run. */
function createRegistry(options) {
    const { http, clock, random, signal } = options;
    const tokens = createTokenSource({
        http,
        now: () => clock.now(),
        tokenHosts: options.tokenHosts ?? [],
        mask: options.mask,
        signal,
    });
    const fetch = createAuthorizedFetch({
        http,
        credentials: options.credentials,
        tokens,
        access: options.access,
        insecureRegistries: options.insecureRegistries ?? [],
        signal,
    });
    const manifests = createManifests(fetch);
    const blobs = createBlobs(fetch);
    const referrers = createReferrers(fetch, manifests);
    const context = {
        fetch,
        manifests,
        blobs,
        queue: createTagQueue(),
        withoutReferrersApi: new Set(),
        clock,
        random,
        settleMs: options.settleMs ?? SETTLE_MS,
        signal,
    };
    return {
        head: manifests.head,
        async manifest(repository, reference) {
            // Whoever resolves a tag asks two places about its digest next, side by side.
            if (!(0,domain_digest/* isDigest */.Bc)(reference))
                http.preconnect(fetch.originOf(repository));
            const answer = await manifests.get(repository, reference);
            return answer === undefined
                ? undefined
                : { digest: answer.digest, mediaType: answer.mediaType, bytes: answer.bytes };
        },
        openUpload: blobs.open,
        cancelUpload: blobs.cancel,
        upload: blobs.upload,
        attach: (repository, subject, manifest, seen, onSettling) => attachManifest({ ...context, referrers, onSettling }, repository, subject, manifest, seen),
        appendLegacy: (repository, subject, layer, openSession, onSettling) => appendSignatureLayer({ ...context, onSettling }, repository, subject, layer, openSession),
        async listReferrers(repository, subject) {
            const listing = await referrers.list(repository, subject);
            // Spares the writer a question whose answer is known.
            if (listing.place.outcome === 'absent')
                context.withoutReferrersApi.add((0,reference/* formatRepository */.Sh)(repository));
            return listing;
        },
        listReferrersTag: referrers.listTag,
        fetchReferrer: (repository, subject, descriptor, place) => fetchReferrerCandidate({ manifests, blobs }, repository, subject, descriptor, place),
        fetchLegacy: (repository, subject) => fetchSignatureTag(context, repository, subject),
    };
}

// EXTERNAL MODULE: ./.build/js/src/sigstore/json-shape.js
var json_shape = __nccwpck_require__(7228);
;// CONCATENATED MODULE: ./.build/js/src/sigstore/service-url.js

/**
 * True if credentials and requests may go to this URL: https, or plain http to a loopback host or one of
 * `plainHttpHosts` (input `insecure-registries`), and no user info in it.
 */
function isSafeServiceUrl(text, plainHttpHosts = []) {
    if (!URL.canParse(text))
        return false;
    const url = new URL(text);
    if (url.username !== '' || url.password !== '' || url.hash !== '')
        return false;
    if (url.protocol === 'https:')
        return true;
    return url.protocol === 'http:' && ((0,network_host/* isLoopbackHost */.cW)(url.hostname) || plainHttpHosts.includes(url.host));
}
/** `base` + `path` without a doubled slash; `base` may have a path of its own. */
function joinUrl(base, path) {
    return `${base.replace(/\/+$/, '')}${path}`;
}

;// CONCATENATED MODULE: ./.build/js/src/sigstore/signing-config.js



const SIGNING_CONFIG_V02 = 'application/vnd.dev.sigstore.signingconfig.v0.2+json';
const MAX_CHARACTERS = 1024 * 1024;
const MAX_SERVICES = 32;
const CONFIG_KEYS = ['mediaType', 'caUrls', 'oidcUrls', 'rekorTlogUrls', 'rekorTlogConfig', 'tsaUrls', 'tsaConfig'];
const SERVICE_KEYS = ['url', 'majorApiVersion', 'validFor', 'operator'];
/**
 * Parses a signing config v0.2. Strict: an unknown field, type or media type throws ValueError, and so
 * does a URL over plain http that is neither loopback nor listed in `plainHttpHosts`.
 */
function parseSigningConfig(text, plainHttpHosts = []) {
    if (text.length > MAX_CHARACTERS)
        throw new value_error/* ValueError */.Q('the signing config is longer than 1 MiB');
    const root = (0,json_shape/* parseJson */.qF)(text);
    if (!(0,json_shape/* isObject */.Gv)(root))
        throw new value_error/* ValueError */.Q('the signing config is not a JSON object');
    refuseUnknown(root, CONFIG_KEYS, 'the signing config');
    if (root['mediaType'] !== SIGNING_CONFIG_V02) {
        throw new value_error/* ValueError */.Q(`the signing config has mediaType ${signing_config_quote(root['mediaType'])}, not ${SIGNING_CONFIG_V02}`);
    }
    const services = (key) => parseServices(root[key], key, plainHttpHosts);
    services('oidcUrls');
    return {
        cas: services('caUrls'),
        logs: services('rekorTlogUrls'),
        logSelector: parseSelector(root['rekorTlogConfig'], 'rekorTlogConfig'),
        tsas: services('tsaUrls'),
        tsaSelector: parseSelector(root['tsaConfig'], 'tsaConfig'),
    };
}
function parseServices(value, key, plainHttpHosts) {
    if (value === undefined || value === null)
        return [];
    if (!Array.isArray(value) || value.length > MAX_SERVICES) {
        throw new value_error/* ValueError */.Q(`${key} of the signing config is not a list of at most ${MAX_SERVICES} services`);
    }
    return value.map((item, index) => parseService(item, `${key}[${index}]`, plainHttpHosts));
}
function parseService(value, where, plainHttpHosts) {
    if (!(0,json_shape/* isObject */.Gv)(value))
        throw new value_error/* ValueError */.Q(`${where} of the signing config is not an object`);
    refuseUnknown(value, SERVICE_KEYS, where);
    const { url, majorApiVersion, operator } = value;
    if (typeof url !== 'string' || !isSafeServiceUrl(url, plainHttpHosts) || new URL(url).search !== '') {
        throw new value_error/* ValueError */.Q(`${where}.url ${signing_config_quote(url)} is not an https URL (http: loopback or insecure-registries only)`);
    }
    if (typeof majorApiVersion !== 'number' || !Number.isInteger(majorApiVersion) || majorApiVersion < 0) {
        throw new value_error/* ValueError */.Q(`${where}.majorApiVersion ${signing_config_quote(majorApiVersion)} is not a version number`);
    }
    if (operator !== undefined && typeof operator !== 'string')
        throw new value_error/* ValueError */.Q(`${where}.operator is not text`);
    const validFor = value['validFor'] ?? {};
    if (!(0,json_shape/* isObject */.Gv)(validFor))
        throw new value_error/* ValueError */.Q(`${where}.validFor is not an object`);
    refuseUnknown(validFor, ['start', 'end'], `${where}.validFor`);
    return {
        url,
        majorApiVersion,
        operator: operator ?? '',
        start: parseTime(validFor['start'], `${where}.validFor.start`),
        end: parseTime(validFor['end'], `${where}.validFor.end`),
    };
}
const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;
function parseTime(value, where) {
    if (value === undefined || value === null)
        return undefined;
    const time = typeof value === 'string' && RFC3339.test(value) ? new Date(value) : undefined;
    if (time === undefined || Number.isNaN(time.getTime())) {
        throw new value_error/* ValueError */.Q(`${where} ${signing_config_quote(value)} is not an RFC 3339 time`);
    }
    return time;
}
function parseSelector(value, where) {
    if (value === undefined || value === null)
        return { selector: undefined, count: 0 };
    if (!(0,json_shape/* isObject */.Gv)(value))
        throw new value_error/* ValueError */.Q(`${where} of the signing config is not an object`);
    refuseUnknown(value, ['selector', 'count'], where);
    const count = value['count'] ?? 0;
    if (typeof count !== 'number' || !Number.isInteger(count) || count < 0) {
        throw new value_error/* ValueError */.Q(`${where}.count ${signing_config_quote(count)} is not a number of services`);
    }
    switch (value['selector']) {
        case 'ANY':
        case 'ALL':
        case 'EXACT':
            return { selector: value['selector'], count };
        case undefined:
        case 'SERVICE_SELECTOR_UNDEFINED':
            return { selector: undefined, count };
        default:
            throw new value_error/* ValueError */.Q(`${where}.selector ${signing_config_quote(value['selector'])} is none of ANY, ALL, EXACT`);
    }
}
function refuseUnknown(value, known, where) {
    const unknown = Object.keys(value).find((key) => !known.includes(key));
    if (unknown !== undefined)
        throw new value_error/* ValueError */.Q(`${where} has an unknown field ${signing_config_quote(unknown)}`);
}
function signing_config_quote(value) {
    return (JSON.stringify(value) ?? 'nothing').slice(0, 200);
}

// EXTERNAL MODULE: ./.build/js/src/sigstore/sigstore-error.js
var sigstore_error = __nccwpck_require__(1731);
;// CONCATENATED MODULE: ./.build/js/src/sigstore/trust-source.js



const GITHUB_ORGANIZATION = 'GitHub, Inc.';
const TRUSTED_ROOT_TARGET = 'trusted_root.json';
const SIGNING_CONFIG_TARGET = 'signing_config.v0.2.json';
/** The trusted roots of one run. Nothing is loaded before it is asked for. */
function createTrustSource(options) {
    const { origin } = options;
    const publicGood = once(() => loadPublicGood(options));
    const github = once(() => loadGithub(options));
    const files = once(async () => loadFiles(origin, options.plainHttpHosts));
    const mirror = once(() => loadMirror(origin, options));
    const ordinary = () => {
        switch (origin.kind) {
            case 'files':
                return files();
            case 'tuf':
                return mirror();
            case 'instance':
                return origin.instance === 'github' ? github() : publicGood();
        }
    };
    return {
        rootFor(leaf) {
            // Under auto GitHub's root counts only for what its own instance signs: private and internal repositories.
            const isPrivate = leaf.visibility === 'private' || leaf.visibility === 'internal';
            const isAuto = origin.kind === 'instance' && origin.instance === 'auto';
            return isAuto && isPrivate && leaf.issuerOrganization === GITHUB_ORGANIZATION ? github() : ordinary();
        },
        async signingMaterial() {
            const { label, root, signingConfig } = await ordinary();
            if (signingConfig !== undefined)
                return { label, root, signingConfig };
            throw new sigstore_error/* SigstoreError */.F('INPUT_INVALID', 'there is a trusted root but no signing config to sign by', {
                hint: 'Give signing-config beside trusted-root.',
            });
        },
        prefetch() {
            ordinary().catch(() => undefined);
        },
    };
}
/** Runs once, for all who ask; a failure is theirs too. */
function once(load) {
    let loading;
    return () => {
        loading ??= load();
        return loading;
    };
}
async function loadFiles(origin, plainHttpHosts) {
    if (origin.kind !== 'files')
        throw new TypeError('no files were given');
    const { parseTrustedRoot } = await Promise.all(/* import() */[__nccwpck_require__.e(654), __nccwpck_require__.e(548)]).then(__nccwpck_require__.bind(__nccwpck_require__, 3548));
    const { trustedRoot, signingConfig } = origin;
    return {
        label: 'trusted-root',
        root: coded('INPUT_INVALID', 'the input trusted-root', () => parseTrustedRoot(trustedRoot)),
        signingConfig: signingConfig === undefined
            ? undefined
            : coded('INPUT_INVALID', 'the input signing-config', () => parseSigningConfig(signingConfig, plainHttpHosts)),
    };
}
async function loadMirror(origin, options) {
    if (origin.kind !== 'tuf')
        throw new TypeError('no mirror was given');
    const root = origin.root === undefined ? await publicGoodRoot() : Buffer.from(origin.root);
    return loadRepository(origin.mirror.href, { url: origin.mirror.href, root }, options);
}
async function publicGoodRoot() {
    const { PUBLIC_GOOD_TUF_ROOT } = await __nccwpck_require__.e(/* import() */ 631).then(__nccwpck_require__.bind(__nccwpck_require__, 8631));
    return Buffer.from(PUBLIC_GOOD_TUF_ROOT, 'base64');
}
async function loadPublicGood(options) {
    return loadRepository('public-good', options.repositories?.publicGood ?? (await builtInPublicGood()), options);
}
async function builtInPublicGood() {
    const { PUBLIC_GOOD_TRUSTED_ROOT } = await __nccwpck_require__.e(/* import() */ 631).then(__nccwpck_require__.bind(__nccwpck_require__, 8631));
    return {
        url: 'https://tuf-repo-cdn.sigstore.dev',
        root: await publicGoodRoot(),
        knownTargets: [Buffer.from(PUBLIC_GOOD_TRUSTED_ROOT, 'base64')],
    };
}
/** GitHub publishes no signing config: its services have fixed names, a timestamp and no log. */
async function loadGithub(options) {
    const tenant = tenantOf(options.serverUrl);
    const target = tenant === undefined ? TRUSTED_ROOT_TARGET : tenantTarget(tenant, options.tenantTrustDomain);
    const repository = options.repositories?.github ?? (await builtInGithub());
    const [bytes] = await fetchFrom(repository, [target], options);
    return { label: 'github', root: await parseRoot(bytes, repository), signingConfig: githubSigningConfig(tenant) };
}
async function builtInGithub() {
    const { GITHUB_TUF_ROOT } = await __nccwpck_require__.e(/* import() */ 291).then(__nccwpck_require__.bind(__nccwpck_require__, 1291));
    return { url: 'https://tuf-repo.github.com', root: Buffer.from(GITHUB_TUF_ROOT, 'base64') };
}
/** `acme.ghe.com` for a server of Enterprise Cloud with data residency. */
function tenantOf(serverUrl) {
    const host = URL.canParse(serverUrl) ? new URL(serverUrl).host : '';
    return /^[a-z0-9-]+\.ghe\.com$/.test(host) ? host : undefined;
}
function tenantTarget(tenant, trustDomain) {
    if (trustDomain !== undefined && /^[A-Za-z0-9][A-Za-z0-9.-]{0,200}$/.test(trustDomain)) {
        return `${trustDomain}.${TRUSTED_ROOT_TARGET}`;
    }
    throw new sigstore_error/* SigstoreError */.F('TRUST_ROOT_UNAVAILABLE', `the trust domain of ${tenant} is not known`, {
        hint: 'Give trusted-root (`gh attestation trusted-root`), and signing-config to sign.',
    });
}
/** The services of GitHub's own instance (actions/toolkit packages/attest, endpoints.ts). */
function githubSigningConfig(tenant) {
    const service = (url) => ({
        url,
        majorApiVersion: 1,
        start: undefined,
        end: undefined,
        operator: 'github.com',
    });
    return {
        cas: [service(tenant === undefined ? 'https://fulcio.githubapp.com' : `https://fulcio.${tenant}`)],
        logs: [],
        logSelector: { selector: undefined, count: 0 },
        tsas: [service(`https://timestamp.${tenant ?? 'githubapp.com'}/api/v1/timestamp`)],
        tsaSelector: { selector: 'ANY', count: 0 },
    };
}
async function loadRepository(label, repository, options) {
    const names = options.signing ? [TRUSTED_ROOT_TARGET, SIGNING_CONFIG_TARGET] : [TRUSTED_ROOT_TARGET];
    const [rootBytes, configBytes] = await fetchFrom(repository, names, options);
    const config = configBytes === undefined ? undefined : new TextDecoder().decode(configBytes);
    return {
        label,
        root: await parseRoot(rootBytes, repository),
        signingConfig: config === undefined
            ? undefined
            : coded('TRUST_ROOT_INVALID', `the signing config of ${repository.url}`, () => parseSigningConfig(config, options.plainHttpHosts)),
    };
}
async function fetchFrom(repository, names, options) {
    if (options.offline) {
        throw new sigstore_error/* SigstoreError */.F('INPUT_INVALID', `offline forbids asking the TUF repository ${repository.url}`, {
            hint: 'With offline, give trusted-root.',
        });
    }
    // tuf-js is needed by no run with files, so it is not loaded by them.
    const { fetchTargets } = await Promise.all(/* import() */[__nccwpck_require__.e(706), __nccwpck_require__.e(966)]).then(__nccwpck_require__.bind(__nccwpck_require__, 4966));
    return fetchTargets(repository, names, options);
}
async function parseRoot(bytes, repository) {
    const { parseTrustedRoot } = await Promise.all(/* import() */[__nccwpck_require__.e(654), __nccwpck_require__.e(548)]).then(__nccwpck_require__.bind(__nccwpck_require__, 3548));
    return coded('TRUST_ROOT_INVALID', `the trusted root of ${repository.url}`, () => parseTrustedRoot(new TextDecoder().decode(bytes)));
}
function coded(code, what, parse) {
    try {
        return parse();
    }
    catch (error) {
        if (!(error instanceof value_error/* ValueError */.Q))
            throw error;
        throw new sigstore_error/* SigstoreError */.F(code, `${what} cannot be used: ${error.message}`, { cause: error });
    }
}

;// CONCATENATED MODULE: ./.build/js/src/entries/connect.js






/** A part of its own of the bundle; loading it again costs nothing. */
const loadVerifier = () => Promise.all(/* import() */[__nccwpck_require__.e(654), __nccwpck_require__.e(187), __nccwpck_require__.e(736)]).then(__nccwpck_require__.bind(__nccwpck_require__, 2736));
/** The HTTP client of a run: its proxies, roots, retry budget and debug log. */
function connectHttp(run, network) {
    return createHttpClient({
        clock: run.clock,
        random: run.random,
        retryForMs: network.retryForMs,
        proxy: run.env,
        caPems: network.caCertificates,
        insecureHosts: network.insecureRegistries,
        trace: ({ service, method, url, status, ms, attempt }) => run.log.debug(`${service}: ${method} ${url} → ${status} in ${Math.round(ms)} ms${attempt > 1 ? `, attempt ${attempt}` : ''}`),
        userAgent: 'countersign',
        // Certificates and proofs need the largest part of the bundle: loaded while the network answers.
        onFirstSent: () => void loadVerifier().catch(() => undefined),
    });
}
/** The registries of a run, with the logins that Docker and Podman would find. */
function connectRegistry(run, network, http, access) {
    const { githubLogin } = network;
    const credentials = createCredentials({
        env: run.env,
        readFile: (path) => run.files.read(path),
        runHelper: createHelperRunner(),
        explicit: network.registryLogin,
        github: githubLogin === undefined ? undefined : { ...githubLogin, serverUrl: run.context.serverUrl },
        mask: run.mask,
    });
    return createRegistry({
        http,
        credentials,
        access,
        clock: run.clock,
        random: run.random,
        mask: run.mask,
        insecureRegistries: network.insecureRegistries,
        tokenHosts: network.tokenHosts,
    });
}
/** Where a run's trust comes from. */
function connectTrust(run, trust, http, rules) {
    const base = run.env['RUNNER_TOOL_CACHE'] || run.env['RUNNER_TEMP'] || '.';
    const source = createTrustSource({
        origin: trust,
        http,
        clock: run.clock,
        log: run.log,
        offline: rules.offline,
        signing: rules.signing,
        cacheDirectory: (0,external_node_path_.join)(base, 'countersign', 'tuf'),
        serverUrl: run.context.serverUrl,
        plainHttpHosts: rules.plainHttpHosts,
    });
    let loading;
    return {
        source,
        verifier: {
            async verify(candidate, subject) {
                loading ??= loadVerifier().then(({ createSignatureVerifier }) => createSignatureVerifier({ trust: source }));
                return (await loading).verify(candidate, subject);
            },
        },
    };
}


/***/ }),

/***/ 3847:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ createInputProblems),
/* harmony export */   k: () => (/* binding */ quoted)
/* harmony export */ });
/* harmony import */ var _coded_error_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6329);

function createInputProblems() {
    const list = [];
    return {
        list,
        add: (input, what, cure) => {
            list.push({ input, what, cure });
        },
        throwIfAny: () => {
            const [first] = list;
            if (first === undefined)
                return;
            if (list.length === 1) {
                throw new _coded_error_js__WEBPACK_IMPORTED_MODULE_0__/* .CodedError */ .AK('INPUT_INVALID', `input ${first.input}: ${first.what}`, { hint: first.cure });
            }
            const lines = list.map((problem) => `- input ${problem.input}: ${problem.what} ${problem.cure}`);
            throw new _coded_error_js__WEBPACK_IMPORTED_MODULE_0__/* .CodedError */ .AK('INPUT_INVALID', `${list.length} inputs cannot be used:\n${lines.join('\n')}`, {
                hint: 'Change the inputs named above; all of them are listed.',
            });
        },
    };
}
/** A value of an input as shown in a message: JSON-quoted and at most 120 characters of it. */
function quoted(value) {
    return JSON.stringify(value.length > 120 ? `${value.slice(0, 120)}…` : value);
}


/***/ }),

/***/ 4876:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Vf: () => (/* binding */ readBoolean),
  Kf: () => (/* binding */ readChoice),
  $7: () => (/* binding */ readDuration),
  JI: () => (/* binding */ readInteger),
  yR: () => (/* binding */ readText)
});

// UNUSED EXPORTS: readAnnotations

// EXTERNAL MODULE: ./.build/js/src/domain/value-error.js
var value_error = __nccwpck_require__(2528);
;// CONCATENATED MODULE: ./.build/js/src/entries/inputs/duration.js

const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
/**
 * Parses `30s`, `5m`, `12h`, `30d` (a whole number and one unit) into milliseconds. Throws ValueError for
 * anything else and for more than ten years.
 */
function parseDuration(text) {
    const match = /^(\d{1,9})([smhd])$/.exec(text);
    const unitMs = UNIT_MS[match?.[2] ?? ''];
    if (match === null || unitMs === undefined)
        throw new value_error/* ValueError */.Q('is no duration such as 30s, 5m, 12h or 30d');
    const ms = Number(match[1]) * unitMs;
    if (ms > 3650 * 86_400_000)
        throw new value_error/* ValueError */.Q('is longer than ten years');
    return ms;
}

// EXTERNAL MODULE: ./.build/js/src/entries/inputs/input-problems.js
var input_problems = __nccwpck_require__(3847);
;// CONCATENATED MODULE: ./.build/js/src/entries/inputs/read-value.js




/** The trimmed text of an input, or undefined if nothing was given. */
function readText({ source }, name) {
    const value = source.input(name)?.trim();
    return value === undefined || value === '' ? undefined : value;
}
/** Exactly the spellings of YAML 1.2 core; anything else, also a typo, is a problem. */
function readBoolean(reading, name, absent) {
    const value = readText(reading, name);
    if (value === undefined)
        return absent;
    if (['true', 'True', 'TRUE'].includes(value))
        return true;
    if (['false', 'False', 'FALSE'].includes(value))
        return false;
    reading.problems.add(name, `${(0,input_problems/* quoted */.k)(value)} is neither true nor false.`, 'Write `true` or `false`.');
    return absent;
}
/** One of the words, exactly. */
function readChoice(reading, name, choices, absent) {
    const value = readText(reading, name);
    if (value === undefined)
        return absent;
    const choice = choices.find((one) => one === value);
    if (choice !== undefined)
        return choice;
    reading.problems.add(name, `${(0,input_problems/* quoted */.k)(value)} is not known.`, `Write one of ${choices.join(', ')}.`);
    return absent;
}
/** A whole number in decimal digits within the range, both ends included. */
function readInteger(reading, name, range) {
    const value = readText(reading, name);
    if (value === undefined)
        return range.absent;
    const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
    if (number >= range.min && number <= range.max)
        return number;
    reading.problems.add(name, `${(0,input_problems/* quoted */.k)(value)} is no whole number from ${range.min} to ${range.max}.`, `Write a number from ${range.min} to ${range.max}.`);
    return range.absent;
}
/** A duration such as `5m` in milliseconds, or `absent`. */
function readDuration(reading, name, absent) {
    const value = readText(reading, name);
    if (value === undefined)
        return absent;
    try {
        return parseDuration(value);
    }
    catch (error) {
        if (!(error instanceof value_error/* ValueError */.Q))
            throw error;
        reading.problems.add(name, `${(0,input_problems/* quoted */.k)(value)} ${error.message}.`, 'Write a number and a unit, such as `5m`.');
        return absent;
    }
}
/** Lines `key=value`, split at the first `=`; a repeated key is a problem. */
function readAnnotations(reading) {
    const pairs = new Map();
    for (const line of splitLines(reading.source.input('annotations') ?? '')) {
        if (line === '')
            continue;
        const equals = line.indexOf('=');
        if (equals <= 0) {
            reading.problems.add('annotations', `${quoted(line)} is not of the form key=value.`, 'Write one `key=value` a line.');
            continue;
        }
        const key = line.slice(0, equals);
        if (pairs.has(key)) {
            reading.problems.add('annotations', `the key ${quoted(key)} is given twice.`, 'Keep one line for each key.');
        }
        pairs.set(key, line.slice(equals + 1));
    }
    return Object.fromEntries(pairs);
}


/***/ }),

/***/ 2757:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ workspacePath),
/* harmony export */   i: () => (/* binding */ stepDirectory)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6760);

/** Directory for what this step writes: under RUNNER_TEMP, of its own for each step of a job. */
function stepDirectory(source, action) {
    const temp = source.env['RUNNER_TEMP'] || '.';
    const step = (source.env['GITHUB_ACTION'] || 'step').replace(/[^A-Za-z0-9_-]/g, '_');
    return (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(temp, (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)('countersign', `${action}-${step}`));
}
/** A path written in the workflow, relative to the workspace. */
function workspacePath(source, value) {
    return (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(source.env['GITHUB_WORKSPACE'] || '.', value);
}


/***/ }),

/***/ 9901:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ actionNames),
/* harmony export */   x: () => (/* binding */ reportFailure)
/* harmony export */ });
/* harmony import */ var _coded_error_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6329);
/* harmony import */ var _report_error_text_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4620);


/** Name and version of this action as the workflow wrote it; `./` has neither. */
function actionNames(run) {
    const repository = run.env['GITHUB_ACTION_REPOSITORY'] ?? '';
    const ref = run.env['GITHUB_ACTION_REF'] ?? '';
    if (!/^[\w.-]+\/[\w.-]+$/.test(repository) || ref === '') {
        return { repository: 'OWNER/countersign', ref: 'v1', troubleshootingUrl: undefined };
    }
    const page = `${run.context.serverUrl}/${repository}/blob/${encodeURI(ref)}/docs/troubleshooting.md`;
    return { repository, ref, troubleshootingUrl: page };
}
/** Reports what stopped the step, and fails it; returns it as a coded error. */
function reportFailure(run, thrown) {
    const error = (0,_coded_error_js__WEBPACK_IMPORTED_MODULE_0__/* .toCodedError */ .Bt)(thrown);
    const { title, lines } = (0,_report_error_text_js__WEBPACK_IMPORTED_MODULE_1__/* .errorText */ .kc)(error, actionNames(run).troubleshootingUrl);
    run.annotate({ level: 'error', title: `Countersign: ${title}`, message: lines.join('\n') });
    run.setExitCode(1);
    if (error.code === 'INTERNAL_ERROR' && error.cause instanceof Error)
        run.log.debug(error.cause.stack ?? '');
    return error;
}


/***/ }),

/***/ 5639:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  P: () => (/* binding */ readRunEnvironment)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __nccwpck_require__(1455);
;// CONCATENATED MODULE: external "node:timers/promises"
const external_node_timers_promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
// EXTERNAL MODULE: ./.build/js/src/domain/visible-text.js
var visible_text = __nccwpck_require__(3578);
;// CONCATENATED MODULE: ./.build/js/src/github/log-escape.js

/**
 * Text for the runner's log (actions-platform: every line of stdout is a possible workflow command).
 * What a registry, certificate or manifest says is data: it must neither start a command, nor a line, nor
 * change the direction of the text around it.
 */
/** Longest line written, in UTF-16 units; the runner cuts annotations at 4096. */
const LINE_MAX = 4_000;
/** One line of plain log text: control characters shown as \uXXXX, no command can start in it. */
function escapeLogLine(text) {
    const cut = text.length > LINE_MAX ? `${text.slice(0, LINE_MAX)}…` : text;
    return (0,visible_text/* visibleText */.Q)(cut)
        .replaceAll('##[', '# #[')
        .replace(/^(\s*)::/, '$1: :');
}
/** The data of a `::command::`, whose line breaks stay; every line of it is made harmless first. */
function escapeCommandData(text) {
    return text
        .split('\n')
        .map(escapeLogLine)
        .join('\n')
        .replaceAll('%', '%25')
        .replaceAll('\r', '%0D')
        .replaceAll('\n', '%0A');
}
/** A property of a `::command::`, such as a title. */
function escapeCommandProperty(text) {
    return escapeCommandData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

;// CONCATENATED MODULE: ./.build/js/src/github/annotations.js

/** GitHub shows ten of each level a step and drops the rest silently. */
const LEVEL_MAX = 10;
/**
 * Writes annotations, the most important first as given; from the eleventh of a level on they become
 * plain log lines, so that nothing is lost.
 */
function createAnnotations(write) {
    const written = { error: 0, warning: 0, notice: 0 };
    return (annotation) => {
        const { level, title, message, file, line } = annotation;
        written[level] += 1;
        if (written[level] > LEVEL_MAX) {
            for (const text of `${title}: ${message}`.split('\n'))
                write(`${level}: ${escapeLogLine(text)}\n`);
            return;
        }
        const properties = [`title=${escapeCommandProperty(title)}`];
        if (file !== undefined)
            properties.push(`file=${escapeCommandProperty(file)}`);
        if (line !== undefined)
            properties.push(`line=${line}`);
        write(`::${level} ${properties.join(',')}::${escapeCommandData(message)}\n`);
    };
}

;// CONCATENATED MODULE: ./.build/js/src/github/context.js
/** Reads the context; never throws, what is missing is undefined, false or `unknown`. */
function readContext(env, event) {
    const eventName = env['GITHUB_EVENT_NAME'] ?? '';
    const serverUrl = (env['GITHUB_SERVER_URL'] || 'https://github.com').replace(/\/+$/, '');
    const repository = env['GITHUB_REPOSITORY'] || context_text(field(event, 'repository', 'full_name'));
    const pull = field(event, 'pull_request');
    const runId = env['GITHUB_RUN_ID'];
    const runUrl = repository && runId
        ? `${serverUrl}/${repository}/actions/runs/${runId}/attempts/${env['GITHUB_RUN_ATTEMPT'] || '1'}`
        : undefined;
    return {
        eventName,
        serverUrl,
        apiUrl: (env['GITHUB_API_URL'] || 'https://api.github.com').replace(/\/+$/, ''),
        repository,
        actor: env['GITHUB_ACTOR'] ?? '',
        sha: env['GITHUB_SHA'] || undefined,
        reportSha: readReportSha(env, event),
        attempt: runId ? `${runId}/${env['GITHUB_RUN_ATTEMPT'] || '1'}` : '',
        runUrl,
        isPullRequest: eventName.startsWith('pull_request') || isObject(pull),
        base: readBase(pull),
        isFork: isForeign(event, repository),
        isDependabot: env['GITHUB_ACTOR'] === 'dependabot[bot]' || field(event, 'pull_request', 'user', 'login') === 'dependabot[bot]',
        visibility: readVisibility(event),
    };
}
/** Where the payload says which commit the event is about; else the commit the run was started for. */
function readReportSha(env, event) {
    const named = [
        field(event, 'pull_request', 'head', 'sha'),
        field(event, 'merge_group', 'head_sha'),
        field(event, 'workflow_run', 'head_sha'),
        field(event, 'check_run', 'head_sha'),
        field(event, 'check_suite', 'head_sha'),
        field(event, 'deployment', 'sha'),
        env['GITHUB_SHA'],
    ].find((sha) => typeof sha === 'string' && sha !== '');
    return typeof named === 'string' && SHA.test(named) ? named : undefined;
}
const SHA = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;
function readBase(pull) {
    const repository = context_text(field(pull, 'base', 'repo', 'full_name'));
    const sha = context_text(field(pull, 'base', 'sha'));
    if (repository === undefined || sha === undefined || !SHA.test(sha))
        return undefined;
    return { repository, sha };
}
function isForeign(event, repository) {
    const heads = [];
    if (isObject(field(event, 'pull_request')))
        heads.push(field(event, 'pull_request', 'head', 'repo', 'full_name'));
    if (isObject(field(event, 'workflow_run')))
        heads.push(field(event, 'workflow_run', 'head_repository', 'full_name'));
    return heads.some((head) => typeof head !== 'string' || head.toLowerCase() !== repository?.toLowerCase());
}
/** The most private of what the payload says. */
function readVisibility(event) {
    const visibility = field(event, 'repository', 'visibility');
    const isPrivate = field(event, 'repository', 'private');
    if (visibility === 'private' || visibility === 'internal')
        return visibility;
    if (isPrivate === true)
        return 'private';
    return visibility === 'public' || isPrivate === false ? 'public' : 'unknown';
}
function field(value, ...path) {
    let current = value;
    for (const name of path) {
        if (!isObject(current))
            return undefined;
        current = current[name];
    }
    return current;
}
function context_text(value) {
    return typeof value === 'string' && value !== '' ? value : undefined;
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

;// CONCATENATED MODULE: ./.build/js/src/github/log.js

function createLog(write) {
    return {
        info: (line) => write(`${escapeLogLine(line)}\n`),
        debug: (line) => write(`::debug::${escapeCommandData(line)}\n`),
        // A plain line: annotations have their own channel with its limit of ten.
        warning: (line) => write(`Warning: ${escapeLogLine(line)}\n`),
        group: (name) => write(`::group::${escapeCommandData(name.replaceAll('\n', ' '))}\n`),
        endGroup: () => write('::endgroup::\n'),
    };
}

;// CONCATENATED MODULE: ./.build/js/src/github/mask.js
/**
 * Tells the runner to hide a secret from now on. A mask covers a value, not a part of it: every line of a
 * multi-line secret gets its own. Empty values are left out; the runner would warn about them.
 */
function createMask(write) {
    return (secret) => {
        const parts = secret.includes('\n') ? [secret, ...secret.split(/\r?\n/)] : [secret];
        for (const part of parts) {
            if (part.trim() === '')
                continue;
            // Not escapeCommandData: the mask must be the very bytes of the secret.
            const data = part.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
            write(`::add-mask::${data}\n`);
        }
    };
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
;// CONCATENATED MODULE: ./.build/js/src/github/outputs.js


/**
 * Step outputs through the file behind `GITHUB_OUTPUT` (docs.github.com, "Setting an output parameter"):
 * a block with a random delimiter, so that no value can end it. Written here and not by @actions/core,
 * because that loads an HTTP stack before the first request of ours can leave. Without the file (an old or
 * foreign runner) nothing is written.
 */
function createSetOutput(path) {
    return (name, value) => {
        if (path === undefined || path === '')
            return;
        const delimiter = `ghadelimiter_${(0,external_node_crypto_.randomUUID)()}`;
        if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(name))
            throw new Error(`'${name}' is no output name`);
        if (value.includes(delimiter))
            throw new Error('an output holds its own random delimiter');
        (0,external_node_fs_.appendFileSync)(path, `${name}<<${delimiter}\n${value}\n${delimiter}\n`, 'utf8');
    };
}

;// CONCATENATED MODULE: ./.build/js/src/entries/run-environment.js








/** Reads the real process once. */
function readRunEnvironment() {
    const env = process.env;
    const write = (text) => void process.stdout.write(text);
    const event = readEvent(env['GITHUB_EVENT_PATH']);
    return {
        env,
        clock: {
            now: () => new Date(),
            sleep: async (ms, signal) => void (await (0,external_node_timers_promises_namespaceObject.setTimeout)(ms, undefined, signal === undefined ? {} : { signal })),
        },
        random: Math.random,
        context: readContext(env, event),
        event,
        log: createLog(write),
        annotate: createAnnotations(write),
        mask: createMask(write),
        setOutput: createSetOutput(env['GITHUB_OUTPUT']),
        files: {
            read: readIfThere,
            glob: async (pattern) => {
                const paths = [];
                for await (const path of (0,promises_.glob)(pattern))
                    paths.push(path);
                return paths;
            },
            realPath: async (path) => {
                try {
                    return await (0,promises_.realpath)(path);
                }
                catch (error) {
                    if (isMissing(error))
                        return undefined;
                    throw error;
                }
            },
        },
        // actions/runner: upper case, blanks to underscores, dashes stay.
        input: (name) => env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`],
        setExitCode: (code) => {
            process.exitCode = code;
        },
    };
}
/** Bytes of a file; undefined if it does not exist. */
async function readIfThere(path) {
    try {
        return await (0,promises_.readFile)(path);
    }
    catch (error) {
        if (isMissing(error))
            return undefined;
        throw error;
    }
}
function isMissing(error) {
    const code = error instanceof Error ? Reflect.get(error, 'code') : undefined;
    return code === 'ENOENT' || code === 'ENOTDIR';
}
/** The event payload; a runner without one, or a broken one, leaves everything about the event unknown. */
function readEvent(path) {
    if (path === undefined || path === '')
        return undefined;
    try {
        return JSON.parse((0,external_node_fs_.readFileSync)(path, 'utf8'));
    }
    catch {
        return undefined;
    }
}


/***/ }),

/***/ 6085:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var node_v8__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8877);
/* harmony import */ var _report_failure_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9901);
/* harmony import */ var _run_environment_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(5639);
/* harmony import */ var _publish_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(7843);
/* harmony import */ var _run_verify_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(7160);





// Nearly all that verifying allocates is garbage at once. V8 would let the space for it grow to 48 MB and more
// before it looks; kept at its first size, 100 images need about 60 MB less at their peak, and no more time.
(0,node_v8__WEBPACK_IMPORTED_MODULE_0__.setFlagsFromString)('--semi-space-growth-factor=1');
const run = (0,_run_environment_js__WEBPACK_IMPORTED_MODULE_2__/* .readRunEnvironment */ .P)();
try {
    (0,_publish_js__WEBPACK_IMPORTED_MODULE_3__/* .clearVerifyOutputs */ .$e)(run);
    await (0,_run_verify_js__WEBPACK_IMPORTED_MODULE_4__/* .runVerify */ .R)(run);
}
catch (error) {
    await (0,_publish_js__WEBPACK_IMPORTED_MODULE_3__/* .publishStopped */ .tO)(run, (0,_report_failure_js__WEBPACK_IMPORTED_MODULE_1__/* .reportFailure */ .x)(run, error));
}

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 7843:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  $e: () => (/* binding */ clearVerifyOutputs),
  tO: () => (/* binding */ publishStopped),
  pG: () => (/* binding */ publishVerify)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
// EXTERNAL MODULE: ./.build/js/src/coded-error.js
var coded_error = __nccwpck_require__(6329);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
;// CONCATENATED MODULE: ./.build/js/src/github/job-summary.js

/** Over 1 MiB GitHub shows nothing at all and annotates the step with an error. */
const SUMMARY_MAX_BYTES = 1_048_576;
const CUT_NOTE = '\n\n> The rest was cut: a job summary holds at most 1 MiB. The results file has everything.\n';
/**
 * Appends Markdown to the job summary of this step. A text over the limit is cut at a line and says so;
 * a runner without summaries (no path) or an unwritable file is not an error, since the verdict must not
 * depend on it.
 */
function appendJobSummary(path, markdown) {
    if (path === undefined || path === '')
        return 'unavailable';
    const text = cutToBytes(markdown, SUMMARY_MAX_BYTES);
    try {
        (0,external_node_fs_.appendFileSync)(path, text, 'utf8');
    }
    catch {
        return 'unavailable';
    }
    return text === markdown ? 'written' : 'cut';
}
function cutToBytes(text, maxBytes) {
    const bytes = Buffer.from(text, 'utf8');
    if (bytes.length <= maxBytes)
        return text;
    const room = maxBytes - Buffer.byteLength(CUT_NOTE);
    // A cut through a character leaves its replacement behind, in the line that is dropped anyway.
    const kept = bytes.subarray(0, room).toString('utf8');
    return `${kept.slice(0, Math.max(0, kept.lastIndexOf('\n')))}${CUT_NOTE}`;
}

;// CONCATENATED MODULE: ./.build/js/src/report/cut-markdown.js
/**
 * Markdown cut at the end of a line, with what is open closed and a note at the end; unchanged if it fits.
 * `sizeOf` measures in the unit of `max`: bytes for a job summary, UTF-16 units for a check run.
 */
function cutMarkdown(markdown, max, sizeOf) {
    if (sizeOf(markdown) <= max)
        return markdown;
    const note = `> The rest was cut: there is no room for more here. The results file has everything.\n`;
    const lines = markdown.split('\n');
    let room = max - sizeOf(note) - ROOM_TO_CLOSE;
    let count = 0;
    for (; count < lines.length; count += 1) {
        room -= sizeOf(`${lines[count]}\n`);
        if (room < 0)
            break;
    }
    const kept = lines.slice(0, count);
    return [...kept, ...closersOf(kept), '', note].join('\n');
}
/** Room for everything that may be open: a fence and a few folded sections. */
const ROOM_TO_CLOSE = 200;
function closersOf(lines) {
    let fence;
    let open = 0;
    for (const line of lines) {
        const mark = /^`{3,}/.exec(line)?.[0];
        if (fence !== undefined) {
            if (line === fence)
                fence = undefined;
        }
        else if (mark !== undefined) {
            fence = mark;
        }
        else if (line.startsWith('<details>')) {
            open += 1;
        }
        else if (line === '</details>') {
            open -= 1;
        }
    }
    return [...(fence === undefined ? [] : [fence]), '', ...Array.from({ length: open }, () => '</details>')];
}

// EXTERNAL MODULE: ./.build/js/src/report/error-text.js
var error_text = __nccwpck_require__(4620);
// EXTERNAL MODULE: ./.build/js/src/report/next-steps.js
var next_steps = __nccwpck_require__(8465);
;// CONCATENATED MODULE: ./.build/js/src/report/log-lines.js

/** Lines for the log. Untrusted text stays as it is: the log's adapter escapes every line. */
const WORDS = {
    pass: 'PASS',
    allowed: 'ALLOWED',
    fail: 'REFUSED',
    error: 'NOT DECIDED',
};
/** One line an image: what was signed, in which format, and where it is logged. */
function signLogLines(results) {
    return results.images.flatMap((image) => {
        const name = nameOf(image);
        if (image.verdict !== 'pass')
            return [`NOT SIGNED ${name}: ${image.reason ?? image.verdict}: ${image.message}`];
        if (image.signatures.length === 0)
            return [`done ${name}: ${image.message}`];
        return image.signatures.map((signature) => {
            const log = signature.log === null ? '' : `, entry ${signature.log.index} in ${signature.log.url}`;
            const made = signature.written === true ? 'signed' : image.message;
            return `${made} ${name} (${signature.format}${log})`;
        });
    });
}
/** What the log says about each image, in the order of the results. */
function verifyLogLines(results, details) {
    return results.images.map((image, index) => ({
        line: `${WORDS[image.verdict]} ${nameOf(image)}: ${image.reason === null ? '' : `${image.reason}: `}${image.message}`,
        details: image.verdict === 'pass' ? [] : refusalLines(image, details[index]),
        title: `${WORDS[image.verdict]} ${nameOf(image)}: what was looked at`,
    }));
}
function refusalLines(image, details) {
    const nearest = details?.signatures[0];
    const findings = (nearest?.findings ?? []).map(({ field, expected, found, ok }) => `  ${ok ? 'ok      ' : 'MISMATCH'} ${field}: expected ${JSON.stringify(expected)}, found ${found === undefined ? 'nothing' : JSON.stringify(found)}`);
    const signers = (details?.signatures ?? []).flatMap(({ verified }) => verified === undefined ? [] : [`  signed by ${verified.subject}, issuer ${verified.issuer}`]);
    const hints = (nearest?.hints ?? []).map((hint) => `  ${hint}`);
    const places = (details?.places ?? []).map(({ request, status, entries }) => `  looked at ${request}: ${status}, ${entries} listed`);
    const advice = details?.hint ?? (image.reason === null ? undefined : next_steps/* NEXT_STEPS */.G[image.reason].doThis);
    return [
        ...findings,
        ...new Set(signers),
        ...hints,
        ...places,
        ...(advice === undefined ? [] : [`  What to do: ${advice}`]),
    ];
}
/** Tag and digest: the tag is what people know, the digest is what was looked at. */
function nameOf(image) {
    if (image.resolved === null)
        return image.reference;
    return image.tag === null ? image.resolved : `${image.resolved} (tag ${image.tag})`;
}

// EXTERNAL MODULE: ./.build/js/src/report/escape.js
var report_escape = __nccwpck_require__(4501);
;// CONCATENATED MODULE: ./.build/js/src/report/results.js

/** One environment string of a Linux process holds 128 KiB; a script takes the output as one. */
const OUTPUT_MAX_BYTES = 100_000;
/**
 * The `results` output: the whole, or above 100,000 bytes only reference, resolved, verdict and reason of
 * each image and `"truncated":true` (contract §4). If even that is too long, images are left out, those
 * that passed first; the file at `report-path` is always whole.
 */
function resultsOutput(results) {
    const whole = (0,report_escape/* jsonOutput */.W3)(results);
    if (fits(whole))
        return whole;
    const images = results.images.map(({ reference, resolved, verdict, reason }) => ({
        reference,
        resolved,
        verdict,
        reason,
    }));
    const write = (kept) => (0,report_escape/* jsonOutput */.W3)({ schemaVersion: results.schemaVersion, verified: results.verified, truncated: true, images: kept });
    const short = write(images);
    if (fits(short))
        return short;
    const byNeed = [...images.keys()].sort((a, b) => needOf(images[a]?.verdict) - needOf(images[b]?.verdict) || a - b);
    let room = OUTPUT_MAX_BYTES - write([]).length;
    const kept = new Set();
    for (const index of byNeed) {
        room -= (0,report_escape/* jsonOutput */.W3)(images[index]).length + 1;
        if (room < 0)
            break;
        kept.add(index);
    }
    return write(images.filter((_, index) => kept.has(index)));
}
function needOf(verdict) {
    return verdict === 'pass' ? 1 : 0;
}
/** Escaped JSON is ASCII: one byte a character. */
function fits(json) {
    return json.length <= OUTPUT_MAX_BYTES;
}
/** The file at `report-path`: plain JSON, always whole. */
function resultsFile(results) {
    return `${JSON.stringify(results, null, 2)}\n`;
}
/** The outputs `issuer` and `subject`: empty, with a notice, if a shell or YAML could misread them. */
function identityOutput(name, value) {
    if ((0,report_escape/* isPlainOutput */.OH)(value))
        return { value, notice: undefined };
    const notice = `The output ${name} stays empty, because the value holds characters that a shell or YAML could misread; ` +
        'the results output has it with those characters written \\uXXXX.';
    return { value: '', notice };
}

;// CONCATENATED MODULE: ./.build/js/src/report/cells.js

/** A sign for each verdict, for who reads no words. */
const VERDICT_SIGNS = { pass: '✅', allowed: '⚠️', fail: '❌', error: '❗' };
/** The one public log with a search page; others have an API, or nothing to look at. */
const PUBLIC_LOG = 'https://rekor.sigstore.dev';
/** Repository with its tag, as people call the image; untrusted. */
function shortName(image) {
    if (image.repository === null)
        return image.reference;
    return image.tag === null ? image.repository : `${image.repository}:${image.tag}`;
}
/** Tags listed beside an image. */
const TAGS_SHOWN = 5;
/**
 * Name, further tags, and the start of the digest: enough to recognise the image; the whole digest stands in
 * a block that can be copied. A tag that was written beside a digest is a label nobody asked the registry about.
 */
function imageCell(image, tags = []) {
    const others = [...new Set(tags)].filter((tag) => tag !== image.tag);
    const shown = others.slice(0, TAGS_SHOWN).map((tag) => (0,report_escape/* markdownCode */.D9)(`:${tag}`));
    const left = others.length > TAGS_SHOWN ? [`+${others.length - TAGS_SHOWN}`] : [];
    const name = [(0,report_escape/* markdownCode */.D9)(shortName(image)), ...shown, ...left].join(' ');
    return `${name}<br><sub>${digestStart(image.digest)}</sub>`;
}
function digestStart(digest) {
    if (digest === null)
        return 'not resolved';
    const start = /^sha256:[0-9a-f]{12}/.exec(digest)?.[0];
    return start === undefined ? (0,report_escape/* markdownCode */.D9)(digest) : `<code>${start}</code>…`;
}
/** Link to the entry where it can be looked at, else log and index. */
function logCell(log) {
    if (log === null)
        return '–';
    if (log.url === PUBLIC_LOG) {
        return markdownLink(String(log.index), `https://search.sigstore.dev/?logIndex=${log.index}`);
    }
    return `${log.index} in ${markdownCode(logName(log.url))}`;
}
/** A log's address without its scheme. */
function logName(url) {
    return url.replace(/^https:\/\//, '');
}
/** `2026-11-22 10:00:00 UTC` of an RFC 3339 time. */
function timeCell(time) {
    if (time === null)
        return '–';
    const [, date, clock] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/.exec(time) ?? [];
    // Only digits and separators: as it stands, so that it can be copied and searched for.
    return date === undefined ? (0,report_escape/* markdownText */.p7)(time) : `${date} ${clock} UTC`;
}
/** `1 image`, `3 images`. */
function countOf(count, noun) {
    return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
/** A folded section; `title` is trusted Markdown or escaped text. */
function folded(title, ...parts) {
    return [`<details><summary>${title}</summary>`, ...parts, '</details>'].join('\n\n');
}
/** A Markdown table; every cell is escaped by whoever made it. */
function tableOf(head, rows) {
    const line = (cells) => `| ${cells.join(' | ')} |`;
    return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

// EXTERNAL MODULE: ./.build/js/src/domain/github-issuer.js
var github_issuer = __nccwpck_require__(8103);
// EXTERNAL MODULE: ./.build/js/src/domain/pasteable-inputs.js
var pasteable_inputs = __nccwpck_require__(7451);
;// CONCATENATED MODULE: ./.build/js/src/report/paste-blocks.js



/** Images named in one block; whoever pastes has the list of all in the output. */
const IMAGES_SHOWN = 5;
/** Said where a value cannot be pasted safely. */
const NOT_PASTABLE = 'The identity holds characters that cannot be seen, so no command is offered for pasting. The results file has it in full.';
/** Markdown: the verify step that accepts exactly this signer, ready for a workflow file. */
function verifyStepBlock(options) {
    const inputs = inputsFor(options.identity, options.serverUrl);
    const uses = yamlScalar(`${options.actionRepository}/verify@${options.actionRef}`);
    const images = options.images.slice(0, IMAGES_SHOWN).map(yamlScalar);
    if (inputs.withheld.length > 0)
        return withheld(inputs.withheld);
    if (uses === undefined || images.includes(undefined))
        return NOT_PASTABLE;
    const lines = [`- uses: ${uses}`, '  with:'];
    if (images.length === 1)
        lines.push(`    images: ${images[0]}`);
    // Pinned references are made of harmless characters only, so the block scalar takes them as they are.
    else
        lines.push('    images: |', ...options.images.slice(0, IMAGES_SHOWN).map((image) => `      ${image}`));
    lines.push(...inputs.lines.map((line) => `    ${line}`));
    if (options.trust === 'custom')
        lines.push('    trusted-root: trusted_root.json # the one used for signing');
    if (options.signatureRepository !== undefined) {
        lines.push(`    signature-repository: ${yamlScalar(options.signatureRepository)}`);
    }
    return markdownBlock('yaml', lines.join('\n'));
}
/** Markdown: the inputs alone, for a refusal; only of an identity that verified. */
function identityInputsBlock(identity, serverUrl) {
    const inputs = inputsFor(identity, serverUrl);
    return inputs.withheld.length > 0 ? withheld(inputs.withheld) : (0,report_escape/* markdownBlock */.dI)('yaml', inputs.lines.join('\n'));
}
function inputsFor(identity, serverUrl) {
    return (0,pasteable_inputs/* pasteableInputs */.f)({ identity }, { serverUrl, defaultIssuer: (0,github_issuer/* githubIssuerOf */.Y)(serverUrl) });
}
/** Incomplete inputs would accept more than this signer, so none are offered. */
function withheld(reasons) {
    return ['Nothing is offered for pasting:', '', ...reasons.map((reason) => `- ${(0,report_escape/* markdownText */.p7)(reason)}`)].join('\n');
}
/** Markdown: the `cosign verify` command for the first of the images. */
function cosignCommandBlock(options) {
    const image = shellWord(options.images[0] ?? '');
    const subject = shellWord(options.identity.subject);
    const issuer = shellWord(options.identity.issuer);
    if (image === undefined || subject === undefined || issuer === undefined)
        return NOT_PASTABLE;
    const repository = options.signatureRepository === undefined ? undefined : shellWord(options.signatureRepository);
    const lines = [
        `${repository === undefined ? '' : `COSIGN_REPOSITORY=${repository} `}cosign verify`,
        `  --certificate-identity ${subject}`,
        `  --certificate-oidc-issuer ${issuer}`,
    ];
    if (options.trust !== 'public-good')
        lines.push('  --trusted-root trusted_root.json');
    // GitHub's Sigstore has timestamps instead of a log, and no CT log (cosign-formats §2).
    if (options.trust === 'github')
        lines.push('  --insecure-ignore-tlog --insecure-ignore-sct --use-signed-timestamps');
    lines.push(`  ${image}`);
    return markdownBlock('sh', lines.join(' \\\n'));
}

;// CONCATENATED MODULE: ./.build/js/src/report/refusal-section.js





/** Signatures, artifacts and signers listed for one image. */
const LISTED_MAX = 10;
/** What is wrong with one image: expected and found side by side, what to do next, and who did sign. */
function refusalSection(image, details, { troubleshootingUrl, serverUrl }) {
    const heading = `### ${VERDICT_SIGNS[image.verdict]} ${(0,report_escape/* markdownCode */.D9)(shortName(image))}`;
    const [nearest, ...others] = groupAlike(details?.signatures ?? []).slice(0, LISTED_MAX);
    // Bad inputs are explained above, once; what is left to say about the image is who signed it.
    if (image.reason === 'INPUT_INVALID') {
        const signers = nearest === undefined ? [] : [nearest, ...others].flatMap((group) => signatureParts(group, ''));
        return [heading, ...signers, ...acceptingInputs(details, serverUrl, 'open')].join('\n\n');
    }
    const parts = [heading];
    if (image.reason !== null) {
        parts.push(`${(0,error_text/* reasonLink */.NW)(image.reason, troubleshootingUrl)} ${next_steps/* NEXT_STEPS */.G[image.reason].meaning}`);
    }
    // The message of a mismatch is the table below it in one line.
    if (nearest === undefined || nearest.signature.findings.length === 0)
        parts.push(`> ${(0,report_escape/* markdownProse */.h$)(image.message)}`);
    if (nearest !== undefined)
        parts.push(...signatureParts(nearest, image.message));
    const advice = details?.hint === undefined ? adviceFor(image) : (0,error_text/* hintMarkdown */.XV)(details.hint);
    parts.push(`**What to do:** ${advice}`);
    if (others.length > 0) {
        const title = others.length === 1 ? 'Another signature' : `${others.length} other signatures`;
        parts.push(folded(title, ...others.flatMap((group) => signatureParts(group, ''))));
    }
    if (details !== undefined && details.others.length > 0) {
        const listed = [...new Set(details.others)].slice(0, LISTED_MAX).map(report_escape/* markdownCode */.D9).join(', ');
        parts.push(`Found beside the image, but no image signature: ${listed}`);
    }
    if (image.sources.length > 1) {
        parts.push(folded('Where this image is named', image.sources
            .slice(0, 50)
            .map((one) => `- ${(0,report_escape/* markdownCode */.D9)(one)}`)
            .join('\n')));
    }
    parts.push(...acceptingInputs(details, serverUrl, 'folded'));
    return parts.join('\n\n');
}
function adviceFor(image) {
    return image.reason === null ? 'Look at the platforms of the image.' : next_steps/* NEXT_STEPS */.G[image.reason].doThis;
}
/** Signatures that say the same, such as a bundle and a `.sig` tag of one run, as one. */
function groupAlike(signatures) {
    const groups = new Map();
    for (const one of signatures) {
        const key = JSON.stringify({ ...one, format: undefined });
        groups.set(key, [...(groups.get(key) ?? []), one]);
    }
    return [...groups.values()].flatMap((group) => {
        const [signature] = group;
        if (signature === undefined)
            return [];
        const formats = new Set(group.map(({ format }) => (format === 'bundle' ? 'bundle' : 'legacy signature')));
        const label = [...formats].join(' and ');
        return [{ signature, label: label.charAt(0).toUpperCase() + label.slice(1) }];
    });
}
/** What there is to say about a signature, except what was said already. */
function signatureParts({ signature, label }, said) {
    const parts = [];
    if (signature.message !== undefined && !said.includes(signature.message))
        parts.push(`${label}: ${(0,report_escape/* markdownProse */.h$)(signature.message)}`);
    if (signature.unverified !== undefined) {
        const { subject, issuer } = signature.unverified;
        parts.push(`Claims **without proof** to be from ${(0,report_escape/* markdownCode */.D9)(subject)}, issuer ${(0,report_escape/* markdownCode */.D9)(issuer)}.`);
    }
    if (signature.verified !== undefined && signature.findings.length === 0) {
        const { subject, issuer } = signature.verified;
        parts.push(`${label}: signed by ${(0,report_escape/* markdownCode */.D9)(subject)}, issuer ${(0,report_escape/* markdownCode */.D9)(issuer)}.`);
    }
    if (signature.findings.length > 0) {
        // What does not match stands on top.
        const rows = [...signature.findings]
            .sort((a, b) => Number(a.ok) - Number(b.ok))
            .map(({ field, expected, found, ok }) => [
            `${ok ? '✅' : '❌'} ${(0,report_escape/* markdownText */.p7)(field)}`,
            (0,report_escape/* markdownCode */.D9)(expected),
            found === undefined ? '*nothing*' : (0,report_escape/* markdownCode */.D9)(found),
        ]);
        parts.push(tableOf([label, 'Expected', 'Found'], rows));
    }
    if (signature.hints.length > 0)
        parts.push(signature.hints.map((hint) => `- ${(0,report_escape/* markdownProse */.h$)(hint)}`).join('\n'));
    return parts;
}
/** Inputs that would accept who verifiably signed, each signer once; an unverified one is never offered. */
function acceptingInputs(details, serverUrl, as) {
    const verified = (details?.signatures ?? []).flatMap((signature) => signature.verified ?? []);
    const blocks = [...new Set(verified.map((identity) => identityInputsBlock(identity, serverUrl)))];
    if (blocks.length === 0)
        return [];
    const title = 'Inputs that would accept who signed this image';
    const warning = 'Pasting them means trusting this signer. Do so only if you know it.';
    const shown = [warning, ...blocks.slice(0, LISTED_MAX)];
    return as === 'open' ? [`${title}:`, ...shown] : [folded(title, ...shown)];
}

;// CONCATENATED MODULE: ./.build/js/src/report/verify-summary.js




/** Rows shown before the rest is folded; sections of refused images, open and folded; rows in all. */
const ROWS_OPEN = 25;
const SECTIONS_OPEN = 3;
const SECTIONS_MAX = 20;
const ROWS_MAX = 500;
const PLACES_MAX = 300;
const verify_summary_WORDS = {
    pass: 'passed',
    allowed: 'let through',
    fail: 'refused',
    error: 'not decided',
};
/** Failures first: what needs a person stands on top. */
const ORDER = ['fail', 'error', 'allowed', 'pass'];
/** The job summary of a verify run, GitHub-flavoured Markdown, verdict first. */
function verifySummary(report) {
    const rows = report.results.images
        .map((image, index) => ({ image, details: report.details[index] }))
        .sort((a, b) => ORDER.indexOf(a.image.verdict) - ORDER.indexOf(b.image.verdict));
    const parts = [
        `## ${verifyHeadline(report)}`,
        ...(report.error === undefined ? [] : [(0,error_text/* errorSection */.K6)(report.error, report.troubleshootingUrl)]),
        ...tables(rows, report.troubleshootingUrl),
        ...notes(report),
        ...pinnedReferences(report),
        ...sections(rows, report),
        ...besides(rows),
        ...placesLooked(rows),
    ];
    return `${parts.join('\n\n')}\n`;
}
/** The verdict in one line of Markdown: also what a check run is called. */
function verifyHeadline({ results, verdict, error, }) {
    const [first] = results.images;
    const total = results.images.length;
    if (error !== undefined || first === undefined)
        return '❗ Not decided: nothing was verified';
    // A single image by its name, so that the summaries of several steps can be told apart.
    if (total === 1) {
        const name = (0,report_escape/* markdownCode */.D9)(shortName(first));
        switch (verdict) {
            case 'pass':
                return `✅ Verified: ${name} is signed by whom it should be`;
            case 'allowed':
                return `⚠️ Let through without passing: ${name}`;
            case 'fail':
                return `❌ Refused: ${name}`;
            case 'error':
                return `❗ Not decided: ${name}`;
        }
    }
    if (verdict === 'pass')
        return `✅ Verified: ${total} images are signed by whom they should be`;
    const counts = ORDER.flatMap((one) => {
        const count = results.images.filter((image) => image.verdict === one).length;
        return count === 0 ? [] : [`${VERDICT_SIGNS[one]} ${count} ${verify_summary_WORDS[one]}`];
    });
    return `${counts.join(', ')}`;
}
const COLUMNS = ['Image', 'Verdict', 'Signed by', 'Signed at'];
function tables(rows, troubleshootingUrl) {
    if (rows.length === 0)
        return [];
    const lines = rows.slice(0, ROWS_MAX).map((row) => imageRow(row, troubleshootingUrl));
    const bad = rows.filter(({ image }) => image.verdict !== 'pass').length;
    // A long list shows what needs a person, and folds what passed.
    const shown = lines.length <= ROWS_OPEN ? lines.length : bad === 0 ? ROWS_OPEN : Math.min(bad, ROWS_OPEN);
    const open = tableOf(COLUMNS, lines.slice(0, shown));
    if (shown === lines.length)
        return [open];
    const left = rows.length > ROWS_MAX ? [`…and ${rows.length - ROWS_MAX} more images in the results file.`] : [];
    const rest = rows.slice(shown);
    const passed = rest.filter(({ image }) => image.verdict === 'pass').length;
    const which = passed === rest.length ? 'all passed' : `${passed} of them passed`;
    return [open, folded(`${rest.length} more images, ${which}`, tableOf(COLUMNS, lines.slice(shown)), ...left)];
}
function imageRow({ image, details }, troubleshootingUrl) {
    const reason = image.reason === null ? [] : [(0,error_text/* reasonLink */.NW)(image.reason, troubleshootingUrl)];
    const verdict = [`${VERDICT_SIGNS[image.verdict]} ${verify_summary_WORDS[image.verdict]}`, ...reason].join('<br>');
    const accepted = image.signatures.find((signature) => signature.verdict === 'accepted');
    const signer = accepted ?? image.signatures[0];
    return [
        imageCell(image, details?.tags),
        verdict,
        signer === undefined ? '–' : signerCell(signer),
        timeCell(accepted?.signedAt ?? null),
    ];
}
/** Subject and issuer; marked where the signature did not verify, because then anybody may have written them. */
function signerCell({ subject, issuer, unverified }) {
    if (subject === null || issuer === null)
        return '–';
    const name = `${(0,report_escape/* markdownCode */.D9)(subject)}<br><sub>${(0,report_escape/* markdownCode */.D9)(issuer)}</sub>`;
    return unverified === true ? `not proven: ${name}` : name;
}
function notes({ notes: said, skipped }) {
    const lines = [...said, ...skipped].slice(0, ROWS_MAX).map((line) => `> ${(0,report_escape/* markdownProse */.h$)(line)}`);
    if (lines.length === 0)
        return [];
    const text = lines.join('  \n');
    return [lines.length <= ROWS_OPEN ? text : folded(`${lines.length} notes`, text)];
}
/** What to deploy instead of the tags, once everything passed; GitHub puts a copy button on a code block. */
function pinnedReferences({ results, verdict }) {
    const pinned = results.images.flatMap(({ resolved }) => (resolved === null ? [] : [resolved]));
    if (verdict !== 'pass' || pinned.length === 0)
        return [];
    const block = (0,report_escape/* markdownBlock */.dI)('text', pinned.slice(0, ROWS_MAX).join('\n'));
    return pinned.length <= 3 ? ['Deploy what was checked:', block] : [folded('Deploy what was checked', block)];
}
/** What is wrong with each image that did not pass: the first ones open, the rest folded. */
function sections(rows, report) {
    const bad = rows.filter(({ image }) => image.verdict !== 'pass');
    const shown = bad.slice(0, SECTIONS_MAX).map(({ image, details }) => refusalSection(image, details, report));
    const left = bad.length > SECTIONS_MAX ? [`…and ${bad.length - SECTIONS_MAX} more; the results file has every detail.`] : [];
    const rest = shown.slice(SECTIONS_OPEN);
    return [
        ...shown.slice(0, SECTIONS_OPEN),
        ...(rest.length === 0
            ? left
            : [folded(`What is wrong with ${countOf(bad.length - SECTIONS_OPEN, 'more image')}`, ...rest, ...left)]),
    ];
}
/** Attestations and other artifacts of images that passed; the section of a refused image names its own. */
function besides(rows) {
    const lines = rows
        .filter(({ image, details }) => image.verdict === 'pass' && details !== undefined && details.others.length > 0)
        .slice(0, PLACES_MAX)
        .map(({ image, details }) => [
        (0,report_escape/* markdownCode */.D9)(shortName(image)),
        [...new Set(details?.others)].slice(0, 10).map(report_escape/* markdownCode */.D9).join('<br>'),
    ]);
    if (lines.length === 0)
        return [];
    return [
        folded('Attestations and other artifacts beside the images (not counted)', tableOf(['Image', 'Found'], lines)),
    ];
}
function placesLooked(rows) {
    const lines = rows
        .flatMap(({ image, details }) => (details?.places ?? []).map(({ request, status, entries }) => {
        const answer = `${(0,report_escape/* markdownText */.p7)(String(status))}, ${entries} listed`;
        return [(0,report_escape/* markdownCode */.D9)(shortName(image)), (0,report_escape/* markdownCode */.D9)(request), answer];
    }))
        .slice(0, PLACES_MAX);
    if (lines.length === 0)
        return [];
    return [folded('Where signatures were looked for', tableOf(['Image', 'Request', 'Answer'], lines))];
}

// EXTERNAL MODULE: ./.build/js/src/usecases/judge-image.js + 1 modules
var judge_image = __nccwpck_require__(9215);
// EXTERNAL MODULE: ./.build/js/src/domain/reference.js
var reference = __nccwpck_require__(547);
;// CONCATENATED MODULE: ./.build/js/src/usecases/verify-results.js


/** Verdicts from the best to the worst; an image is as good as the worst of its platforms. */
const WORSE = ['pass', 'allowed', 'fail', 'error'];
/** The results JSON of a verify run (contract §4). `verified` only if there are images and each passed. */
function verifyResults(options) {
    const images = options.images.map((one) => imageResult(one, options.mode));
    return { schemaVersion: 1, verified: images.length > 0 && images.every((one) => one.verdict === 'pass'), images };
}
/** The worst verdict of a run; a run without images is an error. */
function worstVerdict(results) {
    return results.images.reduce((worst, { verdict }) => (WORSE.indexOf(verdict) > WORSE.indexOf(worst) ? verdict : worst), results.images.length === 0 ? 'error' : 'pass');
}
function imageResult(one, mode) {
    const own = decide(one);
    const platforms = one.platforms.map((platform) => {
        const { verdict, reason, message } = decide(platform);
        return { platform: platform.platform, digest: platform.digest, verdict, reason, message };
    });
    const worst = platforms.reduce((before, platform) => WORSE.indexOf(platform.verdict) > WORSE.indexOf(before?.verdict ?? own.verdict) ? platform : before, undefined);
    const decided = worst === undefined
        ? own
        : { verdict: worst.verdict, reason: worst.reason, message: `platform ${worst.platform}: ${worst.message}` };
    const let_ = mode === 'warn' ? allow : (kept) => kept;
    const { repository, tag } = one.first;
    return {
        reference: one.first.original,
        resolved: one.image === undefined ? null : (0,reference/* formatPinned */.y6)(one.image.repository, one.image.digest),
        repository: (0,reference/* formatRepository */.Sh)(repository),
        tag: tag ?? null,
        digest: one.image?.digest ?? one.first.digest ?? null,
        ...let_(decided),
        sources: [...new Set(one.references.flatMap((reference) => reference.sources))],
        signatures: one.judgement?.signatures.map(signatureResult) ?? [],
        ...(platforms.length === 0 ? {} : { platforms: platforms.map(({ message: _, ...platform }) => let_(platform)) }),
    };
}
function decide(one) {
    if (one.error !== undefined)
        return { verdict: 'error', reason: one.error.code, message: one.error.message };
    if (one.judgement === undefined) {
        return { verdict: 'error', reason: 'INTERNAL_ERROR', message: 'the image was not judged' };
    }
    const { verdict, reason, message } = one.judgement;
    return { verdict, reason, message };
}
/** What `mode: warn` makes of a verdict. */
function allow(kept) {
    const lets = (kept.verdict === 'fail' || kept.verdict === 'error') && kept.reason !== 'INPUT_INVALID';
    return lets ? { ...kept, verdict: 'allowed' } : kept;
}
function signatureResult(one) {
    const { candidate, verification } = one;
    const verified = verification.kind === 'verified' ? verification.facts : undefined;
    const identity = verified?.identity ?? (verification.kind === 'refused' ? verification.unverified : undefined);
    const accepted = (0,judge_image/* isAccepted */.oB)(one);
    return {
        format: candidate.format,
        digest: candidate.digest,
        verdict: accepted ? 'accepted' : 'rejected',
        reason: accepted ? null : (0,judge_image/* reasonOf */.A3)(one),
        issuer: identity?.issuer ?? null,
        subject: identity?.subject ?? null,
        claims: { ...identity?.claims },
        annotations: { ...verified?.annotations },
        signedAt: verified?.provenTimes[0]?.toISOString() ?? null,
        log: verified?.log === undefined ? null : { url: verified.log.url, index: verified.log.index },
        ...(verified === undefined && identity !== undefined ? { unverified: true } : {}),
        ...(verification.kind === 'refused' ? { message: verification.message } : {}),
    };
}
/** Issuer and subject of the newest accepted signature, if all images share one accepted identity. */
function sharedIdentity(images) {
    const judgements = images.map((one) => one.judgement);
    const first = judgements[0]?.accepted?.identity;
    if (first === undefined)
        return undefined;
    const same = judgements.every((one) => one?.accepted?.identity.issuer === first.issuer && one.accepted.identity.subject === first.subject);
    return same ? { issuer: first.issuer, subject: first.subject } : undefined;
}

// EXTERNAL MODULE: ./.build/js/src/entries/connect.js + 35 modules
var connect = __nccwpck_require__(3308);
// EXTERNAL MODULE: ./.build/js/src/entries/inputs/run-files.js
var run_files = __nccwpck_require__(2757);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __nccwpck_require__(1455);
;// CONCATENATED MODULE: ./.build/js/src/entries/publish-results.js



/**
 * Writes the results: always as the output `results`, and whole to the first of the paths that takes a file,
 * whose path becomes `report-path`. Throws if none does.
 */
async function publishResults(run, results, paths) {
    run.setOutput('results', resultsOutput(results));
    let failure;
    for (const path of paths) {
        try {
            await (0,promises_.mkdir)((0,external_node_path_.dirname)(path), { recursive: true });
            await (0,promises_.writeFile)(path, resultsFile(results));
            run.setOutput('report-path', path);
            return;
        }
        catch (error) {
            failure = error;
        }
    }
    throw failure;
}
/** The results of a run that stopped before it could say anything about an image. Never throws. */
async function publishNoResults(run, paths) {
    const results = { schemaVersion: 1, verified: false, images: [] };
    try {
        await publishResults(run, results, paths);
    }
    catch (error) {
        // The step has failed already, for the reason that stopped it.
        run.log.warning(`the results file could not be written: ${String(error)}`);
    }
    return results;
}

// EXTERNAL MODULE: ./.build/js/src/entries/report-failure.js
var report_failure = __nccwpck_require__(9901);
;// CONCATENATED MODULE: ./.build/js/src/github/check-run.js
/** Characters of a check run's title, summary and text. */
const CHECK_TEXT_MAX = 65_535;
/** Annotations that one request takes; more go by further updates. */
const ANNOTATIONS_A_REQUEST = 50;
/**
 * Publishes a completed check run; one of this name that we made for the commit before is updated, so that
 * re-runs do not pile up. Needs `checks: write`. Throws what the API answers otherwise.
 */
async function publishCheckRun(octokit, target, report) {
    const { owner, repo } = splitRepository(target.repository);
    const externalId = `countersign:${target.attempt}`;
    const found = await octokit.rest.checks.listForRef({
        owner,
        repo,
        ref: target.sha,
        check_name: report.name,
        per_page: 100,
    });
    // Jobs are check runs of the same app: one is ours only by what we wrote into it.
    const ours = found.data.check_runs.filter((run) => run.external_id?.startsWith('countersign:') === true);
    // An update adds annotations to those that are there, so a run that has some is left as it was.
    const before = ours.find((run) => !run.output.annotations_count);
    const sameAttempt = ours.find((run) => run.external_id === externalId);
    if (sameAttempt?.conclusion === 'failure' && report.conclusion === 'success')
        return 'kept';
    const [first = [], ...more] = batches(report.annotations);
    const common = {
        owner,
        repo,
        external_id: externalId,
        status: 'completed',
        conclusion: report.conclusion,
        ...(target.detailsUrl === undefined ? {} : { details_url: target.detailsUrl }),
    };
    const output = { title: report.title, summary: report.summary };
    const made = before === undefined
        ? await octokit.rest.checks.create({
            ...common,
            name: report.name,
            head_sha: target.sha,
            output: { ...output, annotations: first },
        })
        : await octokit.rest.checks.update({
            ...common,
            check_run_id: before.id,
            output: { ...output, annotations: first },
        });
    for (const annotations of more) {
        await octokit.rest.checks.update({
            owner,
            repo,
            check_run_id: made.data.id,
            output: { ...output, annotations },
        });
    }
    return 'published';
}
function batches(annotations) {
    const all = annotations.map(({ path, line, level, title, message }) => ({
        path,
        start_line: line,
        end_line: line,
        annotation_level: level,
        title,
        message,
    }));
    const parts = [];
    for (let at = 0; at < all.length; at += ANNOTATIONS_A_REQUEST)
        parts.push(all.slice(at, at + ANNOTATIONS_A_REQUEST));
    return parts;
}
/** Owner and name of `owner/name`. */
function splitRepository(repository) {
    const [owner = '', repo = ''] = repository.split('/');
    return { owner, repo };
}

;// CONCATENATED MODULE: ./.build/js/src/github/commit-status.js

/**
 * Sets a commit status; a later one of the same context takes the place of an earlier one. Needs
 * `statuses: write`. Throws what the API answers otherwise.
 */
async function publishCommitStatus(octokit, target, report) {
    const { owner, repo } = splitRepository(target.repository);
    if (report.state === 'success' && target.detailsUrl !== undefined) {
        const { data } = await octokit.rest.repos.getCombinedStatusForRef({ owner, repo, ref: target.sha, per_page: 100 });
        const before = data.statuses.find((status) => status.context === report.name);
        // The page of a run names its attempt: then this is another step's failure.
        if (before?.state === 'failure' && before.target_url === target.detailsUrl)
            return 'kept';
    }
    await octokit.rest.repos.createCommitStatus({
        owner,
        repo,
        sha: target.sha,
        context: report.name,
        state: report.state,
        description: report.description,
        ...(target.detailsUrl === undefined ? {} : { target_url: target.detailsUrl }),
    });
    return 'published';
}

;// CONCATENATED MODULE: ./.build/js/src/github/octokit.js
const ANSWER_MAX_BYTES = 4 * 1024 * 1024;
/**
 * GitHub's REST client over the run's own HTTP client, so that its proxy, roots, deadlines and retry budget hold
 * here too. Loaded on use: a gate that publishes nothing never pays for it.
 */
async function createOctokit({ http, token, apiUrl, debug }) {
    const github = await Promise.all(/* import() */[__nccwpck_require__.e(440), __nccwpck_require__.e(628), __nccwpck_require__.e(785)]).then(__nccwpck_require__.bind(__nccwpck_require__, 2785));
    return github.getOctokit(token, {
        baseUrl: apiUrl,
        userAgent: 'countersign',
        request: { fetch: fetchOver(http) },
        // Its own log is the console, where a header of the answer could start a workflow command.
        log: { debug, info: debug, warn: debug, error: debug },
    });
}
/** `fetch` for Octokit. Reading and replacing may be sent again, creating may not. */
function fetchOver(http) {
    return async (url, init = {}) => {
        const method = methodOf(init.method);
        const response = await http.request({
            service: 'GitHub API',
            method,
            url,
            headers: { ...init.headers },
            ...(typeof init.body === 'string' ? { body: init.body } : {}),
            maxBytes: ANSWER_MAX_BYTES,
            retry: method === 'GET' || method === 'PATCH',
        });
        const bodiless = response.status === 204 || response.status === 205 || response.status === 304;
        return new Response(bodiless ? null : new Uint8Array(response.body), {
            status: response.status,
            headers: response.headers,
        });
    };
}
function methodOf(method) {
    switch (method) {
        case 'POST':
        case 'PATCH':
            return method;
        case undefined:
        case 'GET':
            return 'GET';
        default:
            throw new Error(`${method} is not used with GitHub's API`);
    }
}

// EXTERNAL MODULE: ./.build/js/src/domain/visible-text.js
var visible_text = __nccwpck_require__(3578);
;// CONCATENATED MODULE: ./.build/js/src/report/short-text.js


/** Where a verdict is one line of plain text: the title of a check run, the description of a commit status. */
/** GitHub refuses a longer description of a commit status. */
const STATUS_DESCRIPTION_MAX = 140;
/** A title that is still read. */
const TITLE_MAX = 200;
const short_text_WORDS = {
    pass: 'Verified',
    allowed: 'Let through',
    fail: 'Refused',
    error: 'Not decided',
};
/** Title of a check run. */
function checkTitle(report) {
    return cut(line(report), TITLE_MAX);
}
/** Description of a commit status: names the first image that did not pass, and how many more there are. */
function statusDescription(report) {
    return cut(line(report), STATUS_DESCRIPTION_MAX);
}
function line({ results, verdict, error }) {
    if (error !== undefined)
        return `Not decided: ${error.code}: ${error.message.split('\n')[0]}`;
    const { images } = results;
    if (images.length === 0)
        return 'Not decided: nothing was verified';
    if (verdict === 'pass')
        return `Verified: ${images.length === 1 ? short_text_nameOf(images) : countOf(images.length, 'image')}`;
    const bad = images.filter((image) => image.verdict !== 'pass');
    const first = bad.filter((image) => image.verdict === verdict);
    const more = bad.length > 1 ? `, and ${countOf(bad.length - 1, 'more image')}` : '';
    const reason = first[0]?.reason ?? verdict;
    // The name comes last but one, so that a long one costs neither the verdict nor the reason.
    return `${short_text_WORDS[verdict]} (${reason}${more}): ${short_text_nameOf(first)}`;
}
function short_text_nameOf(images) {
    const [first] = images;
    return first === undefined ? '' : shortName(first);
}
/** At most `max` code points, every unseen character shown. */
function cut(text, max) {
    const points = [...(0,visible_text/* visibleText */.Q)(text)];
    return points.length <= max ? points.join('') : `${points.slice(0, max - 1).join('')}…`;
}

;// CONCATENATED MODULE: ./.build/js/src/entries/verify/publish-reports.js





/**
 * Publishes the verdict as a check run and a commit status, if their names were given. A check run that the
 * token may not write becomes a commit status of that name; what cannot be published at all becomes a notice.
 * Never throws and never changes the verdict: branch protection waits for a name that never came.
 */
async function publishReports(run, http, names, report) {
    if (names.check === undefined && names.status === undefined)
        return;
    const connection = await publish_reports_connect(run, http);
    if (typeof connection === 'string') {
        for (const name of new Set([names.check, names.status]))
            if (name !== undefined)
                notice(run, name, connection);
        return;
    }
    const { octokit, target } = connection;
    let status = names.status;
    if (names.check !== undefined) {
        const name = names.check;
        const trouble = await attempt(run, `check run ${name}`, () => publishCheckRun(octokit, target, {
            name,
            conclusion: report.opens ? 'success' : 'failure',
            title: checkTitle(report),
            summary: cutMarkdown(report.markdown, CHECK_TEXT_MAX, (text) => text.length),
            annotations: report.annotations,
        }));
        if (trouble !== undefined) {
            // Not both under one name: branch protection would wait for the check run as well.
            const isAnother = status !== undefined && status !== name;
            const second = isAnother ? trouble : await publishStatus(run, octokit, target, name, report);
            if (second !== undefined)
                notice(run, name, trouble);
            if (!isAnother)
                status = undefined;
        }
    }
    if (status !== undefined) {
        const trouble = await publishStatus(run, octokit, target, status, report);
        if (trouble !== undefined)
            notice(run, status, trouble);
    }
}
async function publishStatus(run, octokit, target, name, report) {
    const state = report.opens ? 'success' : 'failure';
    return attempt(run, `commit status ${name}`, () => publishCommitStatus(octokit, target, { name, state, description: statusDescription(report) }));
}
async function publish_reports_connect(run, http) {
    const { repository, reportSha, attempt: id, runUrl, apiUrl } = run.context;
    const token = run.input('github-token')?.trim() ?? '';
    if (token === '')
        return 'the input github-token is empty';
    if (repository === undefined || reportSha === undefined)
        return 'the event does not say which commit it is about';
    try {
        const octokit = await createOctokit({ http, token, apiUrl, debug: (line) => run.log.debug(line) });
        return { octokit, target: { repository, sha: reportSha, attempt: id, detailsUrl: runUrl } };
    }
    catch (error) {
        return wordsOf(error);
    }
}
/** Undefined if it was published, else what kept it from that. */
async function attempt(run, what, publish) {
    try {
        const outcome = await publish();
        run.log.info(outcome === 'published'
            ? `${what}: published`
            : `${what}: left as failure, which another step of this run published; give each step a name of its own`);
        return undefined;
    }
    catch (error) {
        const words = wordsOf(error);
        run.log.info(`${what}: not published: ${words}`);
        return words;
    }
}
function wordsOf(error) {
    const status = error instanceof Error ? Reflect.get(error, 'status') : undefined;
    const message = error instanceof Error ? error.message : String(error);
    return typeof status === 'number' ? `GitHub's API answered ${status}: ${message}` : message;
}
function notice(run, name, why) {
    const { isFork, isDependabot } = run.context;
    const advice = isFork || isDependabot
        ? 'Runs of forks and Dependabot have a read-only token: verify again in a workflow started by `workflow_run`, and publish from there.'
        : 'Grant `checks: write` for a check run, `statuses: write` for a commit status.';
    run.annotate({
        level: 'notice',
        title: `Countersign: ${name} was not published`,
        message: `${why}. The verdict of this step is unaffected. ${advice}`,
    });
}

// EXTERNAL MODULE: ./.build/js/src/entries/verify/report-name.js
var report_name = __nccwpck_require__(7288);
;// CONCATENATED MODULE: ./.build/js/src/entries/verify/publish.js
















/** Sets every output before anything else happens: empty, and `verified` false. */
function clearVerifyOutputs(run) {
    run.setOutput('verified', 'false');
    for (const name of ['verdict', 'reason', 'images', 'issuer', 'subject', 'results', 'report-path']) {
        run.setOutput(name, '');
    }
}
/** Publishes the decision: file, outputs, log, annotations, summary; fails the step unless every image may pass. */
async function publishVerify(run, request, images, http) {
    const noIdentity = request.identity.kind === 'no-identity'
        ? new coded_error/* CodedError */.AK('INPUT_INVALID', request.identity.problem, { hint: NO_IDENTITY_HINT })
        : undefined;
    const decided = verifyResults({ images, mode: request.mode });
    const results = noIdentity === undefined ? decided : withoutIdentity(decided, noIdentity);
    const verdict = worstVerdict(results);
    const details = images.map(detailsOf);
    await publishResults(run, results, [request.reportPath]);
    logImages(run, verifyLogLines(results, details));
    const notes = notesOf(images);
    for (const note of notes)
        run.log.info(note);
    const markdown = verifySummary({
        results,
        verdict,
        details,
        notes,
        skipped: request.skipped,
        error: noIdentity,
        serverUrl: run.context.serverUrl,
        troubleshootingUrl: (0,report_failure/* actionNames */.B)(run).troubleshootingUrl,
    });
    if (request.summary)
        writeSummary(run, markdown);
    run.setOutput('verdict', verdict);
    run.setOutput('reason', results.images.find((image) => image.verdict === verdict)?.reason ?? '');
    if (noIdentity !== undefined)
        (0,report_failure/* reportFailure */.x)(run, noIdentity);
    annotateImages(run, results, details, noIdentity !== undefined);
    const opens = (image) => image.verdict === 'pass' || image.verdict === 'allowed';
    const isOpen = results.images.length > 0 && results.images.every(opens);
    if (!isOpen)
        run.setExitCode(1);
    if (isOpen && results.images.every((image) => image.resolved !== null)) {
        run.setOutput('images', results.images.map((image) => image.resolved ?? '').join('\n'));
    }
    if (results.verified)
        setVerified(run, images);
    const names = { check: request.checkName, status: request.statusName };
    const error = noIdentity;
    await publishReports(run, http, names, { results, verdict, error, opens: isOpen, markdown, annotations: [] });
}
const NO_IDENTITY_HINT = 'Say who must have signed. The job summary shows the verified signers of each image, as inputs ready to paste.';
/** The outputs of a run in which every image passed. */
function setVerified(run, images) {
    const shared = sharedIdentity(images);
    if (shared !== undefined) {
        for (const name of ['issuer', 'subject']) {
            const { value, notice } = identityOutput(name, shared[name]);
            run.setOutput(name, value);
            if (notice !== undefined)
                run.annotate({ level: 'notice', title: 'Countersign', message: notice });
        }
    }
    run.setOutput('verified', 'true');
}
/** A run that stopped before it could decide about images: outputs and a summary that say so. Never throws. */
async function publishStopped(run, error) {
    run.setOutput('verified', 'false');
    // The decision may have been published already when something broke.
    for (const name of ['images', 'issuer', 'subject'])
        run.setOutput(name, '');
    run.setOutput('verdict', 'error');
    run.setOutput('reason', error.code);
    const asked = run.input('report')?.trim();
    const own = (0,external_node_path_.join)((0,run_files/* stepDirectory */.i)(run, 'verify'), 'results.json');
    const results = await publishNoResults(run, asked ? [(0,run_files/* workspacePath */.X)(run, asked), own] : [own]);
    const { troubleshootingUrl } = (0,report_failure/* actionNames */.B)(run);
    const { serverUrl } = run.context;
    const report = { results, verdict: 'error', details: [], notes: [], skipped: [], error, serverUrl };
    const markdown = verifySummary({ ...report, troubleshootingUrl });
    if (run.input('summary') !== 'false')
        writeSummary(run, markdown);
    const names = { check: reportName(run, 'check-name'), status: reportName(run, 'status-name') };
    if (names.check === undefined && names.status === undefined)
        return;
    // The run's own client may be closed or never made: the inputs that configure it may be what is wrong.
    const http = (0,connect/* connectHttp */.RW)(run, { retryForMs: STOPPED_RETRY_MS, caCertificates: [], insecureRegistries: [] });
    try {
        await publishReports(run, http, names, {
            results,
            verdict: 'error',
            error,
            opens: false,
            markdown,
            annotations: [],
        });
    }
    finally {
        await http.close();
    }
}
/** Outages of GitHub's API while a stopped run reports. */
const STOPPED_RETRY_MS = 10_000;
function writeSummary(run, markdown) {
    const text = cutMarkdown(markdown, SUMMARY_MAX_BYTES, (part) => Buffer.byteLength(part));
    appendJobSummary(run.env['GITHUB_STEP_SUMMARY'], text);
}
/** A name as the inputs take it; undefined for none, or one that they refuse. */
function reportName(run, input) {
    const name = run.input(input)?.trim();
    return name !== undefined && (0,report_name/* isReportName */.W)(name) ? name : undefined;
}
/** Without an identity nothing passes and nothing is let through, in either mode; who signed is shown. */
function withoutIdentity(results, error) {
    const images = results.images.map((image) => ({ ...image, verdict: 'error', reason: 'INPUT_INVALID', message: error.message }));
    return { ...results, verified: false, images };
}
/** Refused images whose details stay open in the log. */
const OPEN_MAX = 3;
/** One line an image; the details of a few refusals beneath them, of many in folds. */
function logImages(run, images) {
    const isFolded = images.filter(({ details }) => details.length > 0).length > OPEN_MAX;
    for (const { line, details } of images) {
        run.log.info(line);
        if (!isFolded)
            for (const detail of details)
                run.log.info(detail);
    }
    if (!isFolded)
        return;
    for (const { title, details } of images) {
        if (details.length === 0)
            continue;
        run.log.group(title);
        for (const detail of details)
            run.log.info(detail);
        run.log.endGroup();
    }
}
/** GitHub shows ten annotations of a step: refusals come before outages, and those before what was let through. */
const ANNOTATED = ['fail', 'error', 'allowed'];
function annotateImages(run, results, details, isReported) {
    if (isReported)
        return;
    const { troubleshootingUrl } = (0,report_failure/* actionNames */.B)(run);
    for (const verdict of ANNOTATED) {
        results.images.forEach((image, index) => {
            if (image.verdict !== verdict)
                return;
            const { reference, reason, message } = image;
            const text = reason === null
                ? { title: verdict, lines: [message] }
                : (0,error_text/* errorText */.kc)({ code: reason, message, hint: details[index]?.hint }, troubleshootingUrl);
            run.annotate({
                level: verdict === 'allowed' ? 'warning' : 'error',
                title: `Countersign: ${reference}: ${reason ?? verdict}`,
                message: text.lines.join('\n'),
            });
        });
    }
}
/** What accepted signatures leave to say, once each: an open ref, a mirror's name. */
function notesOf(images) {
    const notes = images.flatMap((image) => (image.judgement?.signatures ?? []).flatMap(({ evaluation, verification }) => {
        const said = evaluation?.kind === 'accepted' ? evaluation.notes : [];
        const named = verification.kind === 'verified' ? verification.facts.dockerReference : undefined;
        const own = image.image === undefined ? undefined : `${image.image.repository.registry}/${image.image.repository.path}`;
        const isMirror = named !== undefined && own !== undefined && named.replace(/^index\.docker\.io\//, 'docker.io/') !== own;
        return isMirror ? [...said, `The signature of ${image.first.original} was made under the name ${named}.`] : said;
    }));
    return [...new Set(notes)];
}
function detailsOf(image) {
    const { judgement } = image;
    return {
        tags: image.references.flatMap(({ tag }) => (tag === undefined ? [] : [tag])),
        signatures: judgement?.signatures.map(signatureDetails) ?? [],
        others: [
            ...(judgement?.others ?? []).flatMap(({ verification }) => verification.kind === 'not-a-signature' ? [verification.predicateType ?? verification.what] : []),
            ...(judgement?.unreadable ?? []).map((one) => `${one.artifactType ?? one.digest}: ${one.message}`),
        ],
        places: judgement?.places.map(({ request, status, entries }) => ({ request, status, entries })) ?? [],
        hint: judgement?.hint ?? image.error?.hint,
    };
}
function signatureDetails(one) {
    const { verification, evaluation } = one;
    const accepted = (0,judge_image/* isAccepted */.oB)(one);
    return {
        format: one.candidate.format,
        accepted,
        reason: accepted ? null : (0,judge_image/* reasonOf */.A3)(one),
        verified: verification.kind === 'verified' ? verification.facts.identity : undefined,
        unverified: verification.kind === 'refused' ? verification.unverified : undefined,
        findings: evaluation?.kind === 'mismatch' ? evaluation.findings : [],
        hints: evaluation?.kind === 'mismatch' ? evaluation.hints : [],
        message: verification.kind === 'refused' ? verification.message : undefined,
    };
}


/***/ }),

/***/ 7288:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ readReportName),
/* harmony export */   W: () => (/* binding */ isReportName)
/* harmony export */ });
/* harmony import */ var _domain_visible_text_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3578);
/* harmony import */ var _inputs_read_value_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4876);


/** Longest name of a check run or context of a commit status. */
const NAME_MAX = 100;
/** True for a name that branch protection can require: one line, every character seen. */
function isReportName(name) {
    return name !== '' && name.length <= NAME_MAX && !(0,_domain_visible_text_js__WEBPACK_IMPORTED_MODULE_1__/* .hasUnseen */ .F)(name);
}
/** The input `check-name` or `status-name`. */
function readReportName(reading, input) {
    const name = (0,_inputs_read_value_js__WEBPACK_IMPORTED_MODULE_0__/* .readText */ .yR)(reading, input);
    if (name === undefined || isReportName(name))
        return name;
    reading.problems.add(input, `the name is longer than ${NAME_MAX} characters, or holds a line break or another character that cannot be seen.`, 'Write a short, stable name: branch protection requires a check by its name.');
    return undefined;
}


/***/ }),

/***/ 7160:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  R: () => (/* binding */ runVerify)
});

// EXTERNAL MODULE: ./.build/js/src/domain/ascii-case.js
var ascii_case = __nccwpck_require__(8454);
// EXTERNAL MODULE: ./.build/js/src/domain/claims.js
var claims = __nccwpck_require__(4489);
// EXTERNAL MODULE: ./.build/js/src/domain/value-error.js
var value_error = __nccwpck_require__(2528);
;// CONCATENATED MODULE: ./.build/js/src/domain/claim-rules.js



/** GitHub compares owner and repository names without case. */
const OWNER_URIS = ['source-repository-uri', 'source-repository-owner-uri'];
/** Reads one `name=value` line; throws ValueError on an unknown name or an empty value. */
function parseClaimLine(line) {
    const at = line.indexOf('=');
    const name = line.slice(0, Math.max(at, 0)).trim();
    const value = line.slice(at + 1).trim();
    if (at < 0)
        throw new value_error/* ValueError */.Q(`${JSON.stringify(line)} is not name=value`);
    if (!(0,claims/* isClaimName */.qU)(name)) {
        throw new value_error/* ValueError */.Q(`${JSON.stringify(name)} is not a claim; there are: ${Object.values(claims/* CLAIM_NAMES */.mw).join(', ')}`);
    }
    if (value === '')
        throw new value_error/* ValueError */.Q(`the value of ${name} is empty`);
    return { name, value };
}
/** The first value that the claim equals, or undefined. A claim the certificate lacks equals nothing (rule 6). */
function matchingClaimValue(claims, name, wanted, serverUrl) {
    const found = claims[name];
    if (found === undefined)
        return undefined;
    return wanted.find((value) => found === value || (isGithubUri(name, value, serverUrl) && (0,ascii_case/* equalsIgnoringCase */.d)(found, value)));
}
function isGithubUri(name, value, serverUrl) {
    return (OWNER_URIS.includes(name) && ['https://github.com', serverUrl].some((server) => value.startsWith(`${server}/`)));
}

// EXTERNAL MODULE: ./.build/js/src/domain/identity-rules.js
var identity_rules = __nccwpck_require__(7552);
;// CONCATENATED MODULE: ./.build/js/src/domain/match-all.js
/**
 * Identity rule 7: does the pattern accept strangers too? True if it still matches the subject it accepted
 * after the owner in it (first path segment of an https subject, domain of any other) was replaced by,
 * prefixed with or followed by a random word. `word` is random lower-case letters, made per run: nobody can
 * write a pattern around it.
 */
function isMatchAllForSubject(pattern, subject, word) {
    return variantsOf(subject, locateOwner(subject), word).some((variant) => pattern.matches(variant));
}
/** The same for an issuer, whose host takes the owner's place. */
function isMatchAllForIssuer(pattern, issuer, word) {
    return variantsOf(issuer, locateHost(issuer), word).some((variant) => pattern.matches(variant));
}
/** True for patterns such as `.*` that match subjects made of random words; found before any call. */
function matchesAnySubject(pattern, serverUrl, word) {
    const probes = ['https://github.com', serverUrl].flatMap((server) => [
        `${server}/${word}/${word}/.github/workflows/${word}.yml@refs/heads/${word}`,
        `${server}/${word}/${word}/.github/workflows/${word}.yaml@refs/tags/${word}`,
    ]);
    return [...probes, `https://${word}.com/${word}`, `${word}@${word}.com`, word].some((probe) => pattern.matches(probe));
}
/** True for patterns that match an issuer made of random words. */
function matchesAnyIssuer(pattern, word) {
    return [`https://${word}.com`, `https://${word}.com/${word}`, word].some((probe) => pattern.matches(probe));
}
function variantsOf(text, { start, end }, word) {
    const owner = text.slice(start, end);
    // A word of the owner's own length too, so that a pattern cannot hide behind a count such as {8}.
    const fitted = word.repeat(Math.ceil(owner.length / word.length)).slice(0, owner.length);
    return [word, fitted, `${word}${owner}`, `${owner}${word}`]
        .filter((variant) => variant !== owner)
        .map((variant) => text.slice(0, start) + variant + text.slice(end));
}
function locateOwner(subject) {
    const web = /^https?:\/\/[^/]*\/([^/]+)/.exec(subject);
    if (web?.[1] !== undefined)
        return { start: web[0].length - web[1].length, end: web[0].length };
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(subject))
        return locateHost(subject);
    // An e-mail address, or Fulcio's `user!domain`.
    const at = Math.max(subject.lastIndexOf('@'), subject.lastIndexOf('!'));
    return { start: at + 1, end: subject.length };
}
function locateHost(uri) {
    const match = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(uri);
    return match?.[1] === undefined
        ? { start: 0, end: uri.length }
        : { start: match[0].length - match[1].length, end: match[0].length };
}

;// CONCATENATED MODULE: ./.build/js/src/domain/max-age.js

const UNIT_MS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
/** A proven time may be this much ahead of the runner's clock. */
const CLOCK_SKEW_MS = 5 * 60_000;
/** `12h`, `30d`: a positive whole number and one of s, m, h, d, w, in milliseconds; throws ValueError. */
function parseMaxAge(text) {
    const [, number, unit] = /^([1-9][0-9]{0,6})([smhdw])$/.exec(text) ?? [];
    if (number === undefined || unit === undefined) {
        throw new value_error/* ValueError */.Q(`${JSON.stringify(text)} is not a duration such as 12h or 30d`);
    }
    return Number(number) * UNIT_MS[unit];
}
/** Why the signature is too old or from the future, or undefined. The oldest proven time counts. */
function tooOld(provenTimes, maxAgeMs, now) {
    const times = provenTimes.map((time) => time.getTime());
    const ageMs = now.getTime() - Math.min(...times);
    if (times.length === 0)
        return 'signed at no proven time';
    // Written so that a broken time (NaN) is within no age.
    if (!(ageMs <= maxAgeMs))
        return `signed ${Math.round(ageMs / 60_000)} minutes ago`;
    if (Math.max(...times) > now.getTime() + CLOCK_SKEW_MS)
        return 'signed in the future, by the clock of this runner';
    return undefined;
}

// EXTERNAL MODULE: ./.build/js/src/domain/pasteable-inputs.js
var pasteable_inputs = __nccwpck_require__(7451);
;// CONCATENATED MODULE: ./node_modules/re2js/build/index.js
/*!
* re2js
* RE2JS is the JavaScript port of RE2, a regular expression engine that provides linear time matching
*
* @version v2.10.0
* @author Oleksii Vasyliev
* @homepage https://github.com/le0pard/re2js#readme
* @repository [object Object]
* @license MIT
*/
// src/RE2Flags.js
var RE2Flags = class RE2Flags {
	static FOLD_CASE = 1;
	static LITERAL = 2;
	static CLASS_NL = 4;
	static DOT_NL = 8;
	static ONE_LINE = 16;
	static NON_GREEDY = 32;
	static PERL_X = 64;
	static UNICODE_GROUPS = 128;
	static WAS_DOLLAR = 256;
	static LOOKBEHIND = 512;
	static MATCH_NL = RE2Flags.CLASS_NL | RE2Flags.DOT_NL;
	static PERL = RE2Flags.CLASS_NL | RE2Flags.ONE_LINE | RE2Flags.PERL_X | RE2Flags.UNICODE_GROUPS;
	static POSIX = 0;
	static UNANCHORED = 0;
	static ANCHOR_START = 1;
	static ANCHOR_BOTH = 2;
};
// src/PublicFlags.js
/**
* Public flags for RE2JS and RE2Set compilation.
*/
const PublicFlags = {
	CASE_INSENSITIVE: 1,
	DOTALL: 2,
	MULTILINE: 4,
	DISABLE_UNICODE_GROUPS: 8,
	LONGEST_MATCH: 16,
	LOOKBEHINDS: 512
};
// src/Codepoint.js
/**
* Various constants and helper for unicode codepoints.
*/
const ASCII_SIZE = 128;
const ASCII_TO_UPPER = new Int32Array(ASCII_SIZE);
const ASCII_TO_LOWER = new Int32Array(ASCII_SIZE);
const MAX_BMP = 65535;
for (let i = 0; i < ASCII_SIZE; i++) {
	if (i >= 97 && i <= 122) ASCII_TO_UPPER[i] = i - 32;
	else ASCII_TO_UPPER[i] = i;
	if (i >= 65 && i <= 90) ASCII_TO_LOWER[i] = i + 32;
	else ASCII_TO_LOWER[i] = i;
}
var Codepoint = class {
	static CODES = Object.freeze({
		"\x07": 7,
		"\b": 8,
		"	": 9,
		"\n": 10,
		"\v": 11,
		"\f": 12,
		"\r": 13,
		" ": 32,
		"\"": 34,
		$: 36,
		"&": 38,
		"'": 39,
		"(": 40,
		")": 41,
		"*": 42,
		"+": 43,
		"-": 45,
		".": 46,
		0: 48,
		1: 49,
		2: 50,
		3: 51,
		4: 52,
		5: 53,
		6: 54,
		7: 55,
		8: 56,
		9: 57,
		":": 58,
		"<": 60,
		">": 62,
		"?": 63,
		A: 65,
		B: 66,
		C: 67,
		F: 70,
		P: 80,
		Q: 81,
		U: 85,
		Z: 90,
		"[": 91,
		"\\": 92,
		"]": 93,
		"^": 94,
		_: 95,
		"`": 96,
		a: 97,
		b: 98,
		f: 102,
		i: 105,
		m: 109,
		n: 110,
		r: 114,
		s: 115,
		t: 116,
		v: 118,
		x: 120,
		z: 122,
		"{": 123,
		"|": 124,
		"}": 125
	});
	static toUpperCase(codepoint) {
		if (codepoint < ASCII_SIZE) return ASCII_TO_UPPER[codepoint];
		const s = String.fromCodePoint(codepoint).toUpperCase();
		const expectedLen = s.codePointAt(0) > MAX_BMP ? 2 : 1;
		if (s.length > expectedLen) return codepoint;
		const sOrigin = String.fromCodePoint(s.codePointAt(0)).toLowerCase();
		const originExpectedLen = sOrigin.codePointAt(0) > MAX_BMP ? 2 : 1;
		if (sOrigin.length > originExpectedLen || sOrigin.codePointAt(0) !== codepoint) return codepoint;
		return s.codePointAt(0);
	}
	static toLowerCase(codepoint) {
		if (codepoint < ASCII_SIZE) return ASCII_TO_LOWER[codepoint];
		const s = String.fromCodePoint(codepoint).toLowerCase();
		const expectedLen = s.codePointAt(0) > MAX_BMP ? 2 : 1;
		if (s.length > expectedLen) return codepoint;
		const sOrigin = String.fromCodePoint(s.codePointAt(0)).toUpperCase();
		const originExpectedLen = sOrigin.codePointAt(0) > MAX_BMP ? 2 : 1;
		if (sOrigin.length > originExpectedLen || sOrigin.codePointAt(0) !== codepoint) return codepoint;
		return s.codePointAt(0);
	}
};
// src/UnicodeRangeTable.js
var UnicodeRangeTable = class {
	/**
	* @param {Uint32Array | number[]} data
	* @param {boolean} isStride1
	*/
	constructor(data, isStride1 = false) {
		this.data = data;
		this.isStride1 = isStride1;
		this.SIZE = isStride1 ? 2 : 3;
	}
	getLo(index) {
		return this.data[index * this.SIZE];
	}
	getHi(index) {
		return this.data[index * this.SIZE + 1];
	}
	getStride(index) {
		return this.isStride1 ? 1 : this.data[index * this.SIZE + 2];
	}
	get length() {
		return this.data.length / this.SIZE;
	}
};
// src/UnicodeTables.js
const B64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-";
const B64_MAP = /* @__PURE__ */ new Uint8Array(256);
for (let i = 0; i < 64; i++) B64_MAP[B64.charCodeAt(i)] = i;
const decodeVLQ = (str) => {
	const res = [];
	let value = 0;
	let shift = 0;
	for (let i = 0; i < str.length; i++) {
		const digit = B64_MAP[str.charCodeAt(i)];
		value |= (digit & 31) << shift;
		if ((digit & 32) === 0) {
			res.push(value);
			value = 0;
			shift = 0;
		} else shift += 5;
	}
	return res;
};
const decodeRanges = (str, isStride1) => {
	const res = decodeVLQ(str);
	const numRanges = isStride1 ? res.length / 2 : res.length / 3;
	const out = new Uint32Array(numRanges * 3);
	let current = 0;
	let resIdx = 0;
	for (let i = 0; i < numRanges; i++) {
		current += res[resIdx++];
		out[i * 3] = current;
		current += res[resIdx++];
		out[i * 3 + 1] = current;
		out[i * 3 + 2] = isStride1 ? 1 : res[resIdx++];
	}
	return out;
};
const decodeOrbit = (str) => {
	const res = decodeVLQ(str);
	const map = /* @__PURE__ */ new Map();
	let currentKey = 0;
	for (let i = 0; i < res.length; i += 2) {
		currentKey += res[i];
		const zz = res[i + 1];
		const delta = zz >>> 1 ^ -(zz & 1);
		map.set(currentKey, currentKey + delta);
	}
	return map;
};
var LazyMap = class {
	constructor(initializer) {
		this.initializer = initializer;
		this.cache = /* @__PURE__ */ new Map();
	}
	has(key) {
		return Object.hasOwn(this.initializer, key);
	}
	get(key) {
		if (this.cache.has(key)) return this.cache.get(key);
		const val = this.has(key) ? this.initializer[key]() : null;
		this.cache.set(key, val);
		return val;
	}
};
var UnicodeTables = class {
	static _CASE_ORBIT = null;
	static get CASE_ORBIT() {
		if (!this._CASE_ORBIT) this._CASE_ORBIT = decodeOrbit("rCgCIgCY+rQI4QiCuuBLgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCCgCBgCBgCBgCBgCBgCBgCB+7OB-BB-BB-BB-BB-BBskQB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BC-BB-BB-BB-BB-BB-BB-BByHBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBDCBBBCBBBCBBCCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBCCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBxHBCBBBCBBBCBBB3SBmMBkNBCBBBCBBB8MBCBBB6MB6MBCBBC+EB0MB2MBCBBB6MB+MBiGBmNBiNBCBBBmKBikzCBmNBqNBkIBsNBCBBBCBBBCBBB0NBCBBB0NDCBBB0NBCBBByNByNBCBBBCBBB2NBCBBDCBBCwDFCBCBDBCBCBDBCBCBDBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBB9EBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBCCBCBDBCBBBhGBvDBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBjICCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBH2iVBCBBBlKBwiVB+jVB+jVBCBBBlMBqEBuEBCBBBCBBBCBBBCBBBCBBB+hVB4hVB8hVBjNB7MC5MB5MCzMC1MB+0yCE5MB20yCC9MBu2yCBwyyCBo0yCChNBlNBo0yCBu-UBi0yCDlNC6-UBpNDrNIu+UDzNCm0yCBzNE0yyCBzNBpEBxNBxNBtEG1NLqxyCBkxyCnFoFrBCBBBCBBDCBBEkIBkIBkICoHHsCCqCBqCBqCCgEC+DB+DBmkOBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCC+BBgCBgCBgCBgCBgCBgCBgCBgCBrCBpCBpCBpCBmjOB-BB8BB-BB-BBgEB-BB-BByBBqgOBsDB-BBtwBB-BB-BB-BBsBBgDBCB-BB-BB-BBeB-BB-BB61OB-BB-BB-DB9DB9DBQB7DBmCE9CBrDBPBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBrFB-EBOBnHB3FB-FCCBBBNBCBBCjIBjIBjIBgFBgFBgFBgFBgFBgFBgFBgFBgFBgFBgFBgFBgFBgFBgFBgFBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCB-BB-BB8kMB-BB6kMB-BB-BB-BB-BB-BB-BB-BB-BB-BBokMB-BB-BBkkMBkkMB-BB-BB-BB-BB-BB-BB-BB4jMB-BB-BB-BB-BB-BB-EB-EB-EB-EB-EB-EB-EB-EB-EB-EB-EB-EB-EB-EB-EB-EBCBBBCBoiMBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBJCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBeBCBBBCBBBCBBBCBBBCBBBCBBBCBBBdBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBCgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDL-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-C64CgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOCgmOGgmODg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FDg8FBg8FBg8FhVg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBQBQBQBQBQBQDPBPBPBPBPBPjkC7mMB5mMBnmMBjmMBCBlmMB3lMBpiMBk8kCBCBBG-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FD-7FB-7FB-7F6FoglCEsuHRwjlCyDCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCB0DBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBG1DD97OCCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBQBQBQBQBQBQBQBQBPBPBPBPBPBPBPBPBQBQBQBQBQBQDPBPBPBPBPBPDQBQBQBQBQBQBQBQBPBPBPBPBPBPBPBPBQBQBQBQBQBQBQBQBPBPBPBPBPBPBPBPBQBQBQBQBQBQDPBPBPBPBPBPEQCQCQCQCPCPCPCPBQBQBQBQBQBQBQBQBPBPBPBPBPBPBPBPB0EB0EBsFBsFBsFBsFBoGBoGBgIBgIBgHBgHB8HB8HDQBQBQBQBQBQBQBQBPBPBPBPBPBPBPBPBQBQBQBQBQBQBQBQBPBPBPBPBPBPBPBPBQBQBQBQBQBQBQBQBPBPBPBPBPBPBPBPBQBQCSFPBPBzEBzEBRCxnOFSFrFBrFBrFBrFBREQBQClkOFPBPBnGBnGFQBQCljOCODPBPB-GB-GBNHSF-HB-HB7HB7HBRqJ53OE9tQBrmQH4Bc3BSgBBgBBgBBgBBgBBgBBgBBgBBgBBgBBgBBgBBgBBgBBgBBgBBfBfBfBfBfBfBfBfBfBfBfBfBfBfBfBfECBByZ0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzB34BgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CBCBBBt-UBruHBt+UB1iVBviVBCBBBCBBBCBBB3hVB5-UB9hVB7hVCCBBCCBBI9jVB9jVBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBICBBBCBBECBBN-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOC-lOG-lOzoeCBBBCBBBCBBBCBBBCBBBCBl8kCBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBTCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBnECBBBCBBBCBBBCBBBCBBBCBBBCBBDCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBKCBBBCBBBnglCBCBBBCBBBCBBBCBBBCBBECBBBvyyCDCBBBCBBBgDCCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBn0yCB90yCB10yCBh0yCBn0yCCjxyCBzyyCBpxyCBg6BBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBB-CBl0yCBvjlCBCBBBCBBBt2yCBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBhkzCZCBB9a-5Bd-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCm6TCBB7gBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCH-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BmlBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvChDwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCFvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvC1DuCBuCBuCBuCBuCBuCBuCBuCBuCBuCBuCCuCBuCBuCBuCBuCBuCBuCBuCBuCBuCBuCBuCBuCBuCBuCCuCBuCBuCBuCBuCBuCBuCCuCBuCCtCBtCBtCBtCBtCBtCBtCBtCBtCBtCBtCCtCBtCBtCBtCBtCBtCBtCBtCBtCBtCBtCBtCBtCBtCBtCCtCBtCBtCBtCBtCBtCBtCCtCBtCk2BgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEO-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-D+CgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCL-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-B74CgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BhrVgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BhB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BD1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BtxekCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjC");
		return this._CASE_ORBIT;
	}
	static _Print = null;
	static get Print() {
		if (!this._Print) this._Print = new UnicodeRangeTable(decodeRanges("hB9CBjBLBCpWBDFBFGBCCCBSBCsMBClBBDxBBDCBC2BBJaBFFBSVBC-FBCvBBD6BBDkDBP6BBDwBBDOBCbBDCCBJBGfBIqCBCgFBCHBDBBDVBCGBCEEBCBDIBDBBDDBJFFBCCBDBDYBDCBCFBFBBDVBCGBCBBCBBCBBDCCBDBFBBDCBEIIBCBCIIBPBLCBCIBCCBCVBCGBCBBCEBDJBCCBCCBDQQBCBDLBIGBCCBCHBDBBDVBCGBCBBCEBDIBDBBDCBICBFBBCEBDRBLBBCFBECBCDBEBBCCCBEEBEEBBBELBFEBECBCDBDHHPUBGMBCCBCWBCPBDIBCCBCDBIBBCCBCBBDDBDJBIVBCCBCWBCJBCEBDIBCCBCDBIBBGCBCDBDJBCCBNMBCCBCyBBCCBCFBFPBDZBCCBCRBEXBCIBCDDBFBEFFBEBCCCBGBHJBDCBN5BBFcBmBBBCCCBDBCXBCCCBVBDEBCCCBFBCJBDDBhBnCBCjBBFmBBCjBBCOBCMBmBlGBCGGD4LBCDBDGBCCCBCBDoBBCDBDgBBCDBDGBCCCBCBDOBC4BBCDBDiCBDfBEZBH1CBDFBD-TBCbBE4CBIVBKXBKTBNMBCCBCBBN9CBDJBHJBHNBCKBH4CBIqBBGlCBLeBCLBFLBFEEBoBBDEBMrBBFZBHKBE9BBDgCBCcBDKBHJBHNBDtBBDLBVsCBClFBJ7BBEOBE9BBGqBBDKBJqBBG1QBDFBDlBBDFBDHBCGCBdBD0BBCOBCNBDFBCSBDCBCIBSXBJuBBSBBDaBCMBEhBBPgBBQrEBF5UBXKBWz4BBD9LBGsBBCGGD3BBIBBPXBKGBCGBCGBCGBCGBCGBCGBCGBC9DBjBZBC4CBN1GBbPBC+BBC1CBDmDBGqBBC9CBC1CBKvBBCszcBE2BBK7KBV3FBJ8GBV7BBEJBH3BBJlCBJLBHzDBMdBEtCBCKBFgBBC2BBKNBDJBDmDBZbBLFBDFBDFBKGBCGBC7BBF9DBDJBHj9KBNWBFwBBloItLBDpDBnBGBNEBGZBCEBCCCBCCBCCBoUBhBpBBHyBBCSBCDBFEBCmEBF9FBEFBDFBDFBDCBEGBCGBOBBDLBCZBCSBCBBCOBDNBjB6DBGCBFsBBE3CBCMBEwBwBBsBBjEcBEwBBQbBFjBBKdBGqBBGdBCkBBFNBrB9EBDJBHjBBFjBBFnBBJzBBMLBCOBCGBCBBCKBCOBCGBCBBEzBBN2JBKVBLHBZFBCpBBCIBmCFBDCCBqBBCBBEDDBVBCnCBJIBxBSBCBBGgBBEaBGaBnB3BBFTBDxBBCBBGHBCCBCcBDCBFJBIIBI-BBhBmBBFLBK1BBEcBDaBGZBIDBNGBxCoCB4ByBBOyBBItBBJJBHlBBEcBJBBxGeBCpBBCCBDBBRFBJIBiBtBBJpBBXZBnBbBVWBKtCBFjBBK9BBCEBOYBIJBH0BBCRBJmBBK-CBCTBMRBCuBB-BGBCCCBCBCOBCKBH6BBGJBHDBCHBDBBDVBCGBCBBCEBCJBDBBDCBDHHGGBDGBEEBMJBCDDClBBCJBCDDCDBCJBCBBJBBe7CBCEBfnCBJJBnF1BBDlBBjBkCBMJBHMBU5BBHJBHTBdaBDOBFWB6F7BBlDyCBNHBDDDBGBCBBCdBCBBDLBKJBnCHBDtBBDKBcnCBJyCBOoCBIJB3CHB5ChBBPJBHIBCsBBCNBLcBEfBDVBCNBqCGBCBBCrBBECCBCCBHBJJBHFBCBBCkBBCBBCFBIJBHrBBFJB3HYBIQBCoBBEcB2CQQBwBBO6cBnDuDBCEBMjGBtyCiDBOvhBBRVBL68DBGmSB61G5BBn2B4RBIeBCJBFwCBCJBHdBDFBLlCBLJBCGBCUBGSBxN5BBnG6CBGYBDYBtBqCBF4BBIQBhCEBMGBK1mHBqBfBiDyDB+vIDBCGBCBBCiJBQeeBBBDPPBCBJrMBloCqDBGMBEIBIJBDDBh7D8HBEzNBHWBQQBQtBBDWBKzDB9B1HBLmBBDpCBJvDBWlCB7DTBNTBN2CBKYBoE0CBCmCBCBBDDDBDDBCBCLBCCCBFBCgCBCDBDHBCGBCbBCDBCEBCEEBFBCzKBDjJBD9VBQEBCOBxiBeBHFB2GGBCQBDGBCBBCEBG9BBiBxDxDBrBBENBDJBFBBhKeBS5BBGxOxOBoBB3GqBBFhGhGBdBCVBJBBhHGBCDBCBBCOBCkGBDPBqBrCBFJBFBByYjCBtC8BBjGDBCaBCBBCDDCJBCDBCCCHFFCECBBBCBBCDDCICBCCDDBCGBCDBCDBCCCBIBCQBGCBCEBCQB1BBBvIrBBFjDBNOBDOBCOBCkBBLtFB5BcBOrBBFIBIBBPFB7E4eBEQBEMBE5GBHLBFQQBKBF3BBJJBHnBBJdBDLBFBBPIBoB3KBJNBDMBEKBE4BBCFFBOBDLBFJBIyEBCmDBmgB-2pBBhB9oEBDt0FBDwpHBQtTBjtC9QBjvBq6EBGppIBnkzVvHB", false));
		return this._Print;
	}
	static CATEGORIES = new LazyMap({
		C: () => new UnicodeRangeTable(decodeRanges("AfBgDgBBOrWrWBHHBCBICCVuMuMnBBBzBBBE4B4BBGBcDBHQBXhGhGxBBB8BBBmDNB8BBByBBBQddBCCMEBhBGBsCiFiFJBBDBBXIICCBFBBKBBDBBFHBCDBDGGBaaBEEHDBDBBXIIDGDBCCGDBDBBECBCGBFCCBFBSJBEKKEXXIDDGBBLIEBCCBNBFBBNGBIEEJBBDBBXIIDGGBKKBDDBEEBFBEDBDGGBTTBIBDHHBBBEFFBBBDCCDCBDCBECBNDBGCBEFFBCCBEBCNBWEBOEEYRRBKKEFFBFBDEEDBBFBBLGBXEEYLLGBBKEEFGBDEBEFFBLLELBOEE0BEEHDBRBBbEETCBZKKCBBICBCDBHCCJFBLBBELB7BDBekBBDCCGZZCYYBGGCIILBBFfBpClBlBBCBoBlBlBQOOBjBBnGCCBDBCBB6LFFBIICFFBqBqBFBBiBFFBIICFFBQQ6BFFBkCkCBhBhBBBBbFB3CBBHBB+UCB6CGBXIBZIBVLBOEEDLB-CBBLFBLFBPMMBEB6CGBsBEBnCJBgBNNBCBNDBCCBrBBBGKBtBDBbFBMCB-BBBiCeeBMMBEBLFBPBBvBBBNTBuCnFnFBGB9BCBQCB-BEBsBBBMHBsBEB3QBBHBBnBBBHBBJGCgBBB2BQQPBBHUUBEEKMMBDBbEByBPBDBBcOOBBBjBNBiBOBtEDB7UVBMUB14BBB-LEBuBCCBDBCBB5BGBDNBZIBI4BI-DhBBb6C6CBKB3GZBxC3C3CBoDoDBDBsB-C-C3CIBxBuzcuzcBBB4BIB9KTB5FHB+GTB9BCBLFB5BHBnCHBNFB1DKBfCBvCMMBCBiB4B4BBHBPBBLBBoDXBdJBHBBHBBHIBIII9BDB-DBBLFBl9KLBYDByBjoIBvLBBrDlBBILBGEBbGGCGDrUfBrBFB0BUUFDBGoEoEBCB-FCBHBBHBBHBBECBIIIBLBDBBNbbUDDQBBPhBB8DEBEDBuBCB5COOBBBCuBBvBhEBeCByBOBdDBlBIBfEBsBEBfmBmBBCBPpBB-EBBLFBlBDBlBDBpBHB1BKBNQQIDDMQQIDDBBB1BLB4JIBXJBJXBHrBrBKkCBHBBCtBtBDCBCBBYpCpCBGBKvBBUDDBDBiBCBcEBclBB5BDBVBBzBDDBDBJEEeBBEDBLGBKGBhCfBoBDBNIB3BCBeBBcEBbGBFLBIvCBqC2BB0BMB0BGBvBHBLFBnBCBeHBDvGBgBrBrBEBBDPBHHBKgBBvBHBrBVBblBBdTBYIBvCDBlBIB-BGGBLBaGBLFB2BTTBGBoBIBhDVVBJBTwBwBB8BBICCFQQMFB8BEBLFBFJJBDDBXXIDDGLLBDDBEEBCCBEBCEBIBBICBGKBLCCBCCnBLLCBBCFFLDDBGBDcB9CGGBcBpCHBLlFB3BBBnBhBBmCKBLFBOSB7BFBLFBVbBcBBQDBY4FB9BjDB0CLBJBBCBBJDDfDDBNNBHBLlCBJBBvBBBMaBpCHB0CMBqCGBL1CBJ3CBjBNBLFBKuBuBPJBeCBhBBBXPPBnCBIDDtBCBCDDKHBLFBHDDmBDDHGBLFBtBDBL1HBaGBSqBqBBBBe0CBCOBzBMB8clDBwDGGBJBlGryCBkDMBxhBPBXJB88DEBoS41GB7Bl2BB6RGBgBLLBCByCLLBEBfBBHJBnCJBLIIWEBUvNB7BlGB8CEBaBBarBBsCDB6BGBS-BBGKBIIB3mHoBBhBgDB0D8vIBFIIDkJkJBNBCcBEBBCNBFHBtMjoCBsDEBOCBKGBLBBF-6DB+HCB1NFBYOBSOBvBBBYIB1D7BB3HJBoBBBrCHBxDUBnC5DBVLBVLB4CIBamEB2CoCoCDBBCBBDBBFNNCIIiCFFBJJIddFGGCCBI1K1KBlJlJB-V-VBNBGQQBuiBBgBFBH0GBISSBIIDGGBDB-BgBBCvDBuBCBPBBLDBD-JBgBQB7BEBCvOBrB1GBsBDBC-FBgBXXBGBD-GBIFFDQQmGBBRoBBtCDBLDBDwYBlCrCB+BhGBFccDCCBCCLFFCCCBEBCDBCECEDDCBBCICDCCBFFIKFCLLSEBEGGSzBBDtIBtBDBlDLBQBBQQQmBJBvF3BBeMBtBDBKGBDNBH5EB6eCBSCBOCB7GFBNDBCOBNDB5BHBLFBpBHBfBBNDBDNBKmBB5KHBPBBOCBMCB6BCCBCBRBBNDBLGB0EoDoDBjgBBh3pBfB-oEBBv0FBBypHOBvThtCB-QhvBBs6EEBrpIlkzVBxHvw-FB", false)),
		Cc: () => new UnicodeRangeTable(decodeRanges("AfgDgB", true)),
		Cf: () => new UnicodeRangeTable(decodeRanges("tFzqBzqBBEBXhGhGyBhMhMBxCxCs5D9-B9-BBDBbEByBEBCJBw03B6H6HBBBimEQQj7IPBhjiBDBwmFHBn0rYffB+CB", false)),
		Cn: () => new UnicodeRangeTable(decodeRanges("4bBBHDBICCVuMuMnBBBzBBBE4B4BBGBcDBHKBvI9B9BBmDmDBMB8BBByBBBQddBCCMEBjBEBuHJJBDDBXXICCBBBFBBKBBDBBFHBCDBDGGBaaBEEHDBDBBXIIDGDBCCGDBDBBECBCGBFCCBFBSJBEKKEXXIDDGBBLIEBCCBNBFBBNGBIEEJBBDBBXIIDGGBKKBDDBEEBFBEDBDGGBTTBIBDHHBBBEFFBBBDCCDCBDCBECBNDBGCBEFFBCCBEBCNBWEBOEEYRRBKKEFFBFBDEEDBBFBBLGBXEEYLLGBBKEEFGBDEBEFFBLLELBOEE0BEEHDBRBBbEETCBZKKCBBICBCDBHCCJFBLBBELB7BDBekBBDCCGZZCYYBGGCIILBBFfBpClBlBBCBoBlBlBQOOBjBBnGCCBDBCBB6LFFBIICFFBqBqBFBBiBFFBIICFFBQQ6BFFBkCkCBhBhBBBBbFB3CBBHBB+UCB6CGBXIBZIBVLBOEEDLB-CBBLFBLFBbFB6CGBsBEBnCJBgBNNBCBNDBCCBrBBBGKBtBDBbFBMCB-BBBiCeeBMMBEBLFBPBBvBBBNTBuCnFnFBGB9BCBQCB-BEBsBBBMHBsBEB3QBBHBBnBBBHBBJGCgBBB2BQQPBBHUUBEEKmDmDNBBcOOBBBjBNBiBOBtEDB7UVBMUB14BBB-LEBuBCCBDBCBB5BGBDNBZIBI4BI-DhBBb6C6CBKB3GZBxC3C3CBoDoDBDBsB-C-C3CIBxBuzcuzcBBB4BIB9KTB5FHB+GTB9BCBLFB5BHBnCHBNFB1DKBfCBvCMMBCBiB4B4BBHBPBBLBBoDXBdJBHBBHBBHIBIII9BDB-DBBLFBl9KLBYDByBDBvzIBBrDlBBILBGEBbGGCGDrUfBrBFB0BUUFDBGoEoEBCC-FCBHBBHBBHBBECBIIIBIBGBBNbbUDDQBBPhBB8DEBEDBuBCB5COOBBBCuBBvBhEBeCByBOBdDBlBIBfEBsBEBfmBmBBCBPpBB-EBBLFBlBDBlBDBpBHB1BKBNQQIDDMQQIDDBBB1BLB4JIBXJBJXBHrBrBKkCBHBBCtBtBDCBCBBYpCpCBGBKvBBUDDBDBiBCBcEBclBB5BDBVBBzBDDBDBJEEeBBEDBLGBKGBhCfBoBDBNIB3BCBeBBcEBbGBFLBIvCBqC2BB0BMB0BGBvBHBLFBnBCBeHBDvGBgBrBrBEBBDPBHHBKgBBvBHBrBVBblBBdTBYIBvCDBlBIBlCJBCBBaGBLFB2BTTBGBoBIBhDVVBJBTwBwBB8BBICCFQQMFB8BEBLFBFJJBDDBXXIDDGLLBDDBEEBCCBEBCEBIBBICBGKBLCCBCCnBLLCBBCFFLDDBGBDcB9CGGBcBpCHBLlFB3BBBnBhBBmCKBLFBOSB7BFBLFBVbBcBBQDBY4FB9BjDB0CLBJBBCBBJDDfDDBNNBHBLlCBJBBvBBBMaBpCHB0CMBqCGBL1CBJ3CBjBNBLFBKuBuBPJBeCBhBBBXPPBnCBIDDtBCBCDDKHBLFBHDDmBDDHGBLFBtBDBL1HBaGBSqBqBBBBe0CBCOBzBMB8clDBwDGGBJBlGryCBkDMB3iBJB88DEBoS41GB7Bl2BB6RGBgBLLBCByCLLBEBfBBHJBnCJBLIIWEBUvNB7BlGB8CEBaBBarBBsCDB6BGBS-BBGKBIIB3mHoBBhBgDB0D8vIBFIIDkJkJBNBCcBEBBCNBFHBtMjoCBsDEBOCBKGBLBBJ76DB+HCB1NFBYOBSOBvBBBYIB1D7BB3HJBoBBBjGUBnC5DBVLBVLB4CIBamEB2CoCoCDBBCBBDBBFNNCIIiCFFBJJIddFGGCCBI1K1KBlJlJB-V-VBNBGQQBuiBBgBFBH0GBISSBIIDGGBDB-BgBBCvDBuBCBPBBLDBD-JBgBQB7BEBCvOBrB1GBsBDBC-FBgBXXBGBD-GBIFFDQQmGBBRoBBtCDBLDBDwYBlCrCB+BhGBFccDCCBCCLFFCCCBEBCDBCECEDDCBBCICDCCBFFIKFCLLSEBEGGSzBBDtIBtBDBlDLBQBBQQQmBJBvF3BBeMBtBDBKGBDNBH5EB6eCBSCBOCB7GFBNDBCOBNDB5BHBLFBpBHBfBBNDBDNBKmBB5KHBPBBOCBMCB6BCCBCBRBBNDBLGB0EoDoDBjgBBh3pBfB-oEBBv0FBBypHOBvThtCB-QhvBBs6EEBrpIm8yVBCdBhD-DBxHvw-BB---BBB---BBB", false)),
		Co: () => new UnicodeRangeTable(decodeRanges("gg4B-nGh4hc9--BD9--B", true)),
		Cs: () => new UnicodeRangeTable(decodeRanges("gg2B--B", true)),
		L: () => new UnicodeRangeTable(decodeRanges("hCZBHZBwBLLFGGBVBCeBCpOBFLBPEBICCiEEBCBBDDBCHHCCBCCCBSBCyCBCqEBJlFBClBBDHHBnBBoCaBFDBuBqBBkBBBCiDBCQQBIIBLLBBBDRRCdBe4CBMZZBfBKBBFGGBUBFKKEYYBXBIKBGXBCGBRpBB7B1BBETTIJBQPBFHBDBBDVBCGBCEEBCBERROBBCCBPBBLJJBEBFBBDVBCGBCBBCBBCBBgBDBCUUBBBRIBCCBCVBCGBCBBCEBETTQBBYMMBGBDBBDVBCGBCBBCEBEffBCCBBBQSSCFBECBCDBEBBCCCBEEBEEBBBELBX1B1BBGBCCBCWBCPBEbbBBBCBBDBBfFFBGBCCBCWBCJBCEBEffBBBCBBQBBSIBCCBCoBBDRRGCBJCBZFBGRBEXBCIBCDDBFB7BvBBCBBNGB7BBBCCCBDBCXBCCCBIBCBBKDDBDBCWWBCBhBgCgCBGBCjBBcEB0DqBBVRRBEBFDBEEEBIIBBBFMBNSSBkBBCGGDqBBCsKBCDBDGBCCCBCBDoBBCDBDgBBCDBDGBCCCBCBDOBC4BBCDBDiCBmBPBR1CBDFBErTBDQBCZBGqCBHHBIRBOSBPRBPMBCCBQzBBkBFFkC4CBIEBDhBBCGGBkCBLeByBdBDEBMrBBFZB3BWBK0BBzC+C+CBtBBSHB3BdBOBBLrBBbjBBqBCBLjBBDKBGqBBDCBqBDBCFBCBBEGGB+FBhC1IBDFBDlBBDFBDHBCGCBdBD0BBCGBCEEBBBCGBEDBDFBFMBGCBCGB1DOORMBmDFFDJBCEEBDBHGCBCBCKBDDBGEBF1B1BB8zC8zCBjHBHDBEBBNlBBCGGD3BBIRRBVBKGBCGBCGBCGBCGBCGBCGBCGBxC2O2OBrBrBBDBGBBF1CBHCBC5CBCDBGqBBC9CBSfBxBPBhQ-tGBhCs0VBkCtBBDsIBEPBLBBVuBBReBDlCByBIBDmDBDxCBVQBCCBCDBCWBezBBPxBB-BFBECCBMMBaBLWBacBIuBBdRRBDBCJBLEBCoBBYCBCHBVWBEEEBwBBCEEBDDBDBDCCZCBDKBICBNFBDFBDFBKGBCGBCqBBCNBHyDBej9KBNWBFwBBloItLBDpDBnBGBNEBGCCBIBCMBCEBCCCBCCBCCBqDBiBqLBT-BBD1BBpBLB1DEBCmEBlBZBHZBM4CBEFBDFBDFBDCBkBLBCZBCSBCBBCOBDNBjB6DBmMcBEwBBwBfBOTBCHBHlBBLdBDjBBFHBxB9EBTjBBFjBBFnBBJzBBNKBCOBCGBCBBCKBCOBCGBCBBEzBBN2JBKVBLHBZFBCpBBCIBmCFBDCCBqBBCBBEDDBVBLWBKeBiCSBCBBLVBLZBHZBnB3BBHBBhCQQBCBCCBCcBrBcBEcBkBHBCbBc1BBLVBLSBORBvDoCB4ByBBOyBBOjBBnBbBKWB7HpBBHBBRFB5BcBLJJBUBrBRBvBUBcWBN0BB6BBBDOOBrBBhBYBbjBBeDDJiBBENNBuBBPDBWCCkBRBCYBUBBgCGBCCCBCBCOBCJBIuBBnBHBDBBDVBCGBCBBCEBETTNEBfJBCDDClBBCaaCtBtBBzBBTDBVCBfvBBVBBC5F5FBtBBqBDBlBvBBV8B8BBpBBOoCoCBZBmBGB6FrBB1D-BBgBHBDDDBGBCBBCXBQCC-CHBDmBBRCCdLLBmBBIWWMtBBUTTBnCBoGgBBgBIBCkBBSyByBBcBxDGBCBBClBBWaaBEBCBBCfBPYYBqBBlISBQCCBLBChBB9DwCwCB4cBnHjGBtyCgDBQvhBBSFBa68DBGmSB61GdBj3B4RBIeBSuCBSdBTvBBRDBgBUBGSBxNsBB0G-BBhBYBDYBtBqCBGjCjCBLBhCBBCPPBNNB0mHBqBfBiDyDB+vIDBCGBCBBCiJBQeeBBBDPPBCBJrMBloCqDBGMBEIBIJBn7F0CBCmCBCBBDDDBDDBCBCLBCCCBFBCgCBCDBDHBCGBCbBCDBCEBCEEBFBCzKBDYBCYBCeBCYBCeBCYBCeBCYBCeBCYBCHB15BeBHFBmI9BBzEsBBLGBRiKiKBcBTrBBlPbBlHdBDwGwGBdBCCBCBBCGBDEBKBBhHGBCDBCBBCOBCkGB8BjCBI1lB1lBBCBCaBCBBCDDCJBCDBCCCHFFCECBBBCBBCDDCICBCCDDBCGBCDBCDBCCCBIBCQBGCBCEBCQBlqE-2pBBhB9oEBDt0FBDwpHBQtTBjtC9QBjvBq6EBGppIB", false)),
		LC: () => new UnicodeRangeTable(decodeRanges("hCZBHZB7BLLBVBCeBCiGBCDBFvGBDZBhGDBDBBECBCHHCCBCCCBSBCyCBCqEBJlFBClBBKoBB44ClBBCGGDqBBDCBhV1CBDFBjkCKBGqBBDCBhCrBBgCMBChBBmD1IBDFBDlBBDFBDHBCGCBdBD0BBCGBCEEBBBCGBEDBDFBFMBGCBCGBmIFFDJBCEEBDBHGCBCBCFBFDDBCBGEBF1B1BB8zC8zCB6DBDmDBHDBEBBNlBBCGGzoetBBTbBnEtCBCWBEDBCsCBZBBE2Z2ZBpBBGIBIvCBh6TGBNEBqgBZBHZBmlBvCBhDjBBFjBB1DKBCOBCGBCBBCKBCOBCGBCBBk2ByBBOyBB+CVBLVB74C-BBhrV-BBhBYBDYBtpZ0CBCmCBCBBDDDBDDBCBCLBCCCBFBCgCBCDBDHBCGBCbBCDBCEBCEEBFBCzKBDYBCYBCeBCYBCeBCYBCeBCYBCeBCYBCHB15BJBCTBHFB2uCjCB", false)),
		Ll: () => new UnicodeRangeTable(decodeRanges("hDZB7BqBqBBWBCHBC2BCBQCBuBCDECBBBDCCDEEBFFDEEBBBDDDCCCDCCBCCDEECDDBDDBBBHGDCOCBSCBDDCEEC4BCBFBDDDBCCFICBjCBDZBiGCCEEEBBBTccBhBBCBBECBCWCBDBCGDB0B0BBuBBCgBCK0BCDMCBgDCxBoBBo6CqBBDCB5XFBjkCIBC2D2DBqBBgCMBChBBnD0ECBHBCgDCBHBJFBLHBJHBJFBLHBJHBJNBDHBJHBJHBJEBCBBHEEBBBCBBJDBDBBJHBLCBCBBzIEEBEEcKFDBBJDBF2B2Bs1CvBBCEEBGCFCCBCCBEBGiDCBIICFFNlBBCGG0oesBCUaCoEMCBBBC+BCBGBCCCDICFCCDCCBBBCSCGGGCMCFCCDOCbEE2ZqBBGIBIvCBh6TGBNEBqhBZBumBnBBpEjBB8EKBCOBCGBCBBk4ByBB+DVB75CfBhsVfB8BYBnqZZBbGBCRBbZBbDBCCCBFBCKBbZBbZBbZBbZBbZBbZBbZBbZBbbBdYBCFBbYBCFBbYBCFBbYBCFBbYBCFBC15B15BBIBCTBHFB4vChBB", false)),
		Lm: () => new UnicodeRangeTable(decodeRanges("wVRBFLBPEBICCmEGG-OnHnHlFBBuIBBFgBgBKEEhFoFoF1mBgEgE2R72B72BsDkTkTxOFBvF+BBOjBjBBjBByVOORMBg-CBByHgGgG2OsBsBBDBGiDiDB+C+CBBB34bjnBjnBBEBvIzDzDdBB6DIBxCYYpDDBEBB2OXXqEtDtDWBBoDDBKngVngVuBBBh-BFBCpBBCIB0sBhBhB2K04D04DnrTDB9PCBpBBBnRMBhCBBCPPB9-P9-PBCBCGBCBByhM9BBqGGBud0Q0QsSAB", false)),
		Lo: () => new UnicodeRangeTable(decodeRanges("qFQQhIFFBCBxGBB7ZaBFDBuBfBCJBkBBBCiDBCZZBLLBBBDRRCdBe4CBMZZBfBWVBrBYBIKBGXBCGBRoBB8B1BBETTIJBROBFHBDBBDVBCGBCEEBCBERROBBCCBPBBLJJBEBFBBDVBCGBCBBCBBCBBgBDBCUUBBBRIBCCBCVBCGBCBBCEBETTQBBYMMBGBDBBDVBCGBCBBCEBEffBCCBBBQSSCFBECBCDBEBBCCCBEEBEEBBBELBX1B1BBGBCCBCWBCPBEbbBBBCBBDBBfFFBGBCCBCWBCJBCEBEffBBBCBBQBBSIBCCBCoBBDRRGCBJCBZFBGRBEXBCIBCDDBFB7BvBBCBBNFB8BBBCCCBDBCXBCCCBIBCBBKDDBDBYDBhBgCgCBGBCjBBcEB0DqBBVRRBEBFDBEEEBIIBBBFMBNyDyDBnKBCDBDGBCCCBCBDoBBCDBDgBBCDBDGBCCCBCBDOBC4BBCDBDiCBmBPByDrTBDQBCZBGqCBHHBIRBOSBPRBPMBCCBQzBBpBkCkCBhBBC0BBIEBDhBBCGGBkCBLeByBdBDEBMrBBFZB3BWBK0BBxFuBBSHB3BdBOBBLrBBbjBBqBCBLdByDDBCFBCBBE7hB7hBBCB4-C3BBZWBKGBCGBCGBCGBCGBCGBCGBCGBoR2B2BF1CBJCCB4CBFGGBpBBC9CBSfBxBPBhQ-tGBhC0wUBC2jBBkCnBBJrIBFPBLBBjCyByBBkCBqFoDoDEGBCCBCDBCWBezBBPxBB-BFBECCBMMBaBLWBacBIuBBuBEBDIBLEBCoBBYCBCHBVPBCFBEEEBwBBCEEBDDBDBDCCZBBEKBIPPBEBDFBDFBKGBCGByEiBBej9KBNWBFwBBloItLBDpDBkCCCBIBCMBCEBCCCBCCBCCBqDBiBqLBT-BBD1BBpBLB1DEBCmEBqDJBCsBBDeBEFBDFBDFBDCBkBLBCZBCSBCBBCOBDNBjB6DBmMcBEwBBwBfBOTBCHBHlBBLdBDjBBFHBhEtCBjDnBBJzBB9CzBBN2JBKVBLHB5EFBDCCBqBBCBBEDDBVBLWBKeBiCSBCBBLVBLZBHZBnB3BBHBBhCQQBCBCCBCcBrBcBEcBkBHBCbBc1BBLVBLSBORBvDoCB4FjBBnBDBCxJxJBoBBHBBRCBCBB5BcBLJJBUBrBRBvBUBcWBN0BB6BBBDOOBrBBhBYBbjBBeDDJiBBENNBuBBPDBWCCkBRBCYBUBBgCGBCCCBCBCOBCJBIuBBnBHBDBBDVBCGBCBBCEBETTNEBfJBCDDClBBCaaCtBtBBzBBTDBVCBfvBBVBBC5F5FBtBBqBDBlBvBBV8B8BBpBBOoCoCBZBmBGB6FrBB0GHBDDDBGBCBBCXBQCC-CHBDmBBRCCdLLBmBBIWWMtBBUTTBnCBoGgBBgBIBCkBBSyByBBcBxDGBCBBClBBWaaBEBCBBCfBPYYBnBBCBBlISBQCCBLBChBB9DwCwCB4cBnHjGBtyCgDBQvhBBSFBa68DBGmSB61GdBj3B4RBIeBSuCBSdBTvBB0BUBGSB0NnBB2MqCBGwFwFB0mHBqBfBiDyDBuwIiJBQeeBBBDPPBCBJrMBloCqDBGMBEIBIJBxzI2P2PBrBBiBiKiKBcBTrBBlPaBmHdBDwGwGBdBCCBCBBCGBDEBKiHiHBFBCDBCBBCOBCkGB8pBDBCaBCBBCDDCJBCDBCCCHFFCECBBBCBBCDDCICBCCDDBCGBCDBCDBCCCBIBCQBGCBCEBCQBlqE-2pBBhB9oEBDt0FBDwpHBQtTBjtC9QBjvBq6EBGppIB", false)),
		Lt: () => new UnicodeRangeTable(decodeRanges("lOGDnB2sH2sHBGBJHBJHBNQQwBAB", false)),
		Lu: () => new UnicodeRangeTable(decodeRanges("hCZBmDWBCGBiB2BCDOCDuBCBECEBBCCCBCCBBBDDBCBBCCBEBBCBBCECBCCDCCBCCBBBCCCBEEIJDCMCDQCDDDCCBC4BCIBBCBBDCCBCBCGCiJCCEJJHCCBBBCCCBCCBPBCIBkBDDBBBEWCGDDCBBDyBBxBgBCK2BCBMCD+CCDlBBq6ClBBCGGzW1CB0kCHHBpBBDCBhK0ECKgDCKHBJFBLHBJHBJFBMGCJHBpCDBNDBNDBNEBMDBnIFFECBDCBDEEBDBHGCBCBDDBLBBG+B+B9zCvBBxBCCBBBDGCBCBCDDJCBCgDCJCCFuqeuqeCqBCUaCoEMCE8BCLECBICFCCDCCEUCBDBCEBCOCBCBCCCBQCZs5Vs5VBYBmmBnBBpEjBB9EKBCOBCGBCBBr3ByBB+EVB75CfBhsVfBhCYBoqZZBbZBbZBbCCBGDBDDBCBCHBbZBbBBCDBDHBCGBcBBCDBCEBCEEBFBcZBbZBbZBbZBbZBbZBfYBiBYBiBYBiBYBiBYBiB2pE2pEBgBB", false)),
		M: () => new UnicodeRangeTable(decodeRanges("gYvDB0IGBoIsBBCCCBCCBCCpCKBxBUBRmDmDBFBDFBDBBCDBkBffBZB8CKB7BIBKZZBCBCIBCCBCEBsBCB8BIBrBXBCgBB3BCBCRBCGBLBBeCB5BCCBFBDBBDCBKLLBbbDCB5BCCBDBFBBDCBEffBEEMCB5BCCBGBCCBCCBVBBXFBCCB5BCCBFBDBBDCBICBLBBf8B8BBDBECBCDBKpBpBBDB4BCCBFBCCBCDBIBBMBBeCB5BCCBFBCCBCDBIBBMBBQNNBCB4BBBCGBCCBCDBKLLBeeBBBnCFFBEBCCCBGBTBB+BDDBFBNHBjDDDBHBMGBqCBBcECFBByBTBCBBGKBCjBBKlDlDBSBYDBFCBCCBDGBEDBOLBCLLBCBgWCBzdDBdCBeBBfBBhCfBKuBuBBBBC2D2DBjBjB3DLBFLB8GEB6BJBCcBDxBxBBsBBDLBVEBwBQBnBIBNCBfMB5BNBxBTB5ECBCUBFHHDCBnG-BBxWgBB--CCBuEhDhDBeBrRFBqDBB1udDBCJBhBBBxCBBxIEEFYYBDBF0C0CBzBzBBQBbRBOnBnBBGBaMBtBDBwBNBlBkCkCBMBNJJBuBuBBBBzBCCBBBDBBGBBCqBqBBDBGBBtHHBCBBx5TiXiXBOBRPBuejHjH2EEBn0BCBCBBGDBpBCBFmFmFB+R+RBCBiCEB+JBBuCFBnCKByBDB7DCB2BOBqBDDBLLBCBuBKBI+B+BBBBlBNBRBBtBNNBBBxBNBJDBCBB9CLBHDD+ELBWDB4BBBCGBDBBDCBKLLBDDBFBEEBkCIBCDDCDBCEBCPPBzCzCBQBYyCyCBSBsHGBDIBcBBzCQBrDMBmDOBhIOB2HFBCBBDDBCCCBuEuEBFBDGBEddBIBpBGBCDBJKKBJBvBPBnGHBoGHBCHBzCVBCNB7DFBECCBCCBFBCjCjCBDBCBBCEB8KDBKBBCxBxBBFBEEBYmnFmnFHOBpmLRBhuCEB8BGB5gBCCB1BBIDByCMMBslTslTBizEizEBsBBDWB-QEBEFBJHBDGBfDB1ECB89B2BBFxBBJPPXEBCOBxqBGBCQBDGBCBBCEBlDhFhFBFB4L+B+BBCB9PDB-HBB0HDDIBBG7O7OBFBuDGB29lYvHB", false)),
		Mc: () => new UnicodeRangeTable(decodeRanges("joC4B4BDCBJDBCBBzBBB7BCBHBBDBBLsBsB7BCBjC7B7BBBBJCCB2B2BB7B7BCHHBDDBLLnDBBCBBECBCCBLqBqBBBB+BDB+BBB7BCCBDBDBBCBBKBBdPPB7B7BBBBGCBCCBLrBrBBsCsCBBBHHBTBBrKBBgCsFsFBFFHDDBaaBLLBBBDGBWBBDFBDLLBBB5zBffiEIIBGBCBB7KDBDCBFBBCFBhHBB7BCCKCCBJJBEByExBxBGCCBDBCBB+BffFBBD9B9BDCBCEEBxBxBBGBJBBsFWW35EBB0-dBBD5C5CBzBzBBOBvEBBwBxBxBBFFBDDBBBvDBBDBBZuBuBCuDuDDBBGuHuHBCCBCCBCC0gZCCgEuBuBBBBFBB0DZZB8B8BxBCBKBBO+C+CBBBEBBCrFrFBBBgBBB7BBBCDBDBBDCBKLLB1C1CBBBIDDCDBCBBCmDmDBBBJBBErDrDBBBHCCBCBDuHuHBBBHDBDyDyDBBBJBBCuDuDCBBHoDoDCBBFmImIBBBK4H4HBEBCBBFDDCvEvEBBBJDBF1C1CeBB-BqGqGECCoGPPrDIID2G2GBDBFBBC-K-KBNNxBBBJBBCpvQpvQBBBlxD2BBpDBB0rYBBHFB", false)),
		Me: () => new UnicodeRangeTable(decodeRanges("okBBB1xF-wB-wBBCBCCBsshBCB", false)),
		Mn: () => new UnicodeRangeTable(decodeRanges("gYvDB0IEBqIsBBCCCBCCBCCpCKBxBUBRmDmDBFBDFBDBBCDBkBffBZB8CKB7BIBKZZBCBCIBCCBCEBsBCB8BIBrBXBCfB4BCCFHBFEEBFBLBBe7B7BFDBJVVBbbDBB6BFFBFFBDDBBBEffBEEMBB6BFFBDBCBBFVVBXXBEBC7B7BDCCBCBJIIBMMBff+BNNzBEE4BCCBBBGCBCDBIBBMBBe7B7BDHHGBBVBBdBB6BBBFDBJVVBeepCIIBBBC7C7CDGBNHBjDDDBHBMGBqCBBcEC4BNBCEBCBBGKBCjBBKnDnDBCBCFBCBBDBBaBBFCBRDBODDBHHQgWgWBBBzdCBeBBfBBfBBhCBBCGBJDDBJBKuBuBBBBC2D2DBjBjB3DCBFBBKHHBBB8GBBD7B7BCGBCCCDHBHJBDxBxBBMBCeBDLBVDBxBCCBDBCGGpBIBNBBhBDBDBBCCB5BCCBEECCB7BHBDBB5ECBCMBCGBFHHEBBnG-BBxWMBFEEBKB--CCBuEhDhDBeBrRDBsDBB1udFFBIBhBBBxCBBxIEEFaaBGG4EBBbRBOnBnBBGBaKBvBCBxBDDBCBDBBoBkCkCBEBDBBDBBNJJwB0B0BCCBDBBGBBCrBrBBJJvHDDFx5Tx5TiXPBRPBuejHjH2EEBn0BCBCBBGDBpBCBFmFmFB+R+RBCBiCEB+JBBuCFBnCKByBDB8D3B3BBNBqBDDBLLBBByBDBDBBI+B+BBBBlBEBCHB-BNNB1B1BBHBLDBDgDgDBBBDCCBHHD+E+EEHBWBB6BBBEmBmBBFBEEBnCFBOECPBB2CHBDCBCYY1CFBCFFBCCBvHvHBCBHBBCBBcBB2CHBDCCBrDrDCDDBEBCmDmDCDDBCBCEBkIIBCBBhIBBCFFxEDBDBBFhBhBBIBpBFBDDBJKKBEBDCBvBMBCBBnGCCBBBCqGqGBFBCFBCzCzCBUBDGBCBBCBB7DFBECCBCCBFBCpCpCBEEC8K8KBMMB1B1BBDBGCCYmnFmnFHOBpmLLBECBhuCEB8BGB5gBgCgCBCByC5lT5lTBizEizEBsBBDWBhRCBSHBDGBfDB1ECB89B2BBFxBBJPPXEBCOBxqBGBCQBDGBCBBCEBlDhFhFBFB4L+B+BBCB9PDB-HBB0HDDIBBG7O7OBFBuDGB29lYvHB", false)),
		N: () => new UnicodeRangeTable(decodeRanges("wBJB5DBBGDDBBBitBJBnEJBnGJB9MJB3DJBFFBtDJB3DJB3DJBDFBvDMB0DJBJGBoDJBpDGBISBuDJBhDJB3DJBnCTBtIJBnCJBwWTBybCBwHJBHJBXJBtJJBhEKBmFJBHJB3FJB3CJBnEJBHJB3gBEEBEBHJBnGyBBDEB3W7BBvCVB3TdBqrBqYqYaIBPCB4KDBrEJBfHBCOBhBJBoBOBh7cJB9FJBhKFB7EJBnBJBnGJBXJB3CJB3MJB34UJBuPsBBN4BBSBB2KaBlBDBeJJnEEBrGJBvdHBaGBoBIBsCEBXFBhFBBDPBDtBBhCIB1BBBfCBsCEBpDHBZHBqBGBrKFBxBJBHJB3IeB-EJBrBDBxDGBnEdBhEJB9BJBxEJBITB8HJB3KJB3DJB3LJBnDJBHTBtCLBlNSB+CJB3UJB3CcBkHJBnCJB3BJBnLJBnDUBshBuDBimPJBnpCJB3CJBnEJBCGBvQJBnIWB+KCB6nXJBnuBTBNTBtDYB2iBxBBhqCJBnNJB3PJB4HJBtWIBhEJB4Y6BBCCBCDBtCsBBCOBjeMBk3CJB", false)),
		Nd: () => new UnicodeRangeTable(decodeRanges("wBJnxBJnEJnGJ9MJ3DJ3DJ3DJ3DJ3DJ3DJ3DJ3DJ3DJhDJ3DJnCJ3IJnCJn6BJnBJtJJhEJnFJHJ3FJ3CJnEJHJnuiBJnVJnBJnGJXJ3CJ3MJ34UJnsBJnkCJHJ9YJhEJ9BJxEJ3IJ3KJ3DJ3LJnDJHTtCJnNJnDJ3UJ3CJ3HJnCJ3BJnLJ3uQJnpCJ3CJnEJ3QJ37XJ12CxBhqCJnNJ3PJ4HJ2aJ30EJ", true)),
		Nl: () => new UnicodeRangeTable(decodeRanges("u3FCBwzCiBBDDB-zDaaBHBPCBs1dJBxyW0BBtOJJnEEBrhIuDBm8SCB", false)),
		No: () => new UnicodeRangeTable(decodeRanges("yFBBGDDBBB2pCFB5LFB5DCBmEGB6GGBSIByNJB2hBTB0jBJBhP20B20BEFBHJBnGPBqB3W3WB6BBvCVB3TdBqrB1kB1kBBCBrEJBfHBCOBhBJBoBOBxrdFBymWsBBiCDBSBB2KaBlBDB1pBHBaGBoBIBsCEBXFBhFBBDPBDtBBhCIB1BBBfCBsCEBpDHBZHBqBGBrKFBhLeB-EJBrBDBxDGBnETB8LTBmqBBBvNIBobSB0aUBn8SGB-YWBqhZTBNTBtDYBvqFIBid6BBCCBCDBtCsBBCOBjeMB", false)),
		P: () => new UnicodeRangeTable(decodeRanges("hBCBCFBCDBLBBEBBbCBCccCkBkBGEELBBEEE-VJJzOFBqBBB0BCCDDDtBBBVBBCBBOCCBBBrCDBnDsBsBBMBqHCB3BOBgBmImIBLLtE5D5D6DnMnMNwLwL7CLLBpFpFBNBCmBmBBCBoCrCrCBDBFBBwDFBsFlTlTBHB4EuTuTtBBBvCCBoCBB+ECBCCBmBKB6JBB5GBBhEGBCFBhFBBLGBdCB9DDB8BEB-BBBhCHBM9Z9ZBWBJTBCMBCLBfBBPBB6TDBeBB+hBNBwCBBgBJB0MVBgCDBhBBB8XDBCBBxDwEwEBtBBCfBDLBkNCBFJBDLBRNNjD7C7CjgdBBuICBkDLL0DFB9LDB3CBBpBCBCyByBBwBwBiDMBRBB9DDB-DBBRBB6HzqUzqUBxGxGBIBXiBBCNBCFFCBB2ECBCFBCDBLBBEBBbCBCccCCCBFB7MCB9UxBxB-MoXoXoGgBgBxIIBnBxDxDBFBjCGB6CDByO-J-JjBlElEBDBtBDB+FGBuDBBCDB-DDBxBBBwCDBFOOCCB5CFBsDrJrJBCCBzDzDBDBLBBCpDpD7HWBqDCBdMBtCjEjEBBB9HpIpIBBB8E9C9CBGB0CCBCEB+CJB4GgDgDBDBrBBBmUBBrCMBwFxjBxjBBDB97CBB8zOBBmEiCiCBDBJpRpRBBBoJDBoK9lT9lTovHEB07C-a-aBAB", false)),
		Pc: () => new UnicodeRangeTable(decodeRanges("-Cg-Hg-HBUU-u3BBBZCBwHAB", false)),
		Pd: () => new UnicodeRangeTable(decodeRanges("tB9qB9qB0BiyDiyDmgBqgCqgCBEBiwDDDgBBBFdd-NUUwDxszBxszBBmBmBLqFqFhzD-J-J", false)),
		Pe: () => new UnicodeRangeTable(decodeRanges("pB0B0BgB+1D+1DC-6B-6BqtC4B4BQ7T7TCff-hBMCxChBhBCGC1MUChCCCiBmhBmhBCECtBGCtNICEGCDBB-ozB6G6GeOCESSCCCrF0B0BgBGD", false)),
		Pf: () => new UnicodeRangeTable(decodeRanges("7F+6H+6HEddpuDCCFDDQEE", false)),
		Pi: () => new UnicodeRangeTable(decodeRanges("rFt7Ht7HDBBDaapuDCCFDDQEE", false)),
		Po: () => new UnicodeRangeTable(decodeRanges("hBCBCCBDECBLLBEEBcclCGGPBBI-V-VJzOzOBEBqB3B3BDDDtBBBVBBCBBOCCBBBrCDBnDsBsBBMBqHCB3BOBgBmImIBLLtE5D5D6DnMnMNwLwL7CLLBpFpFBNBCxDxDrCEBFBBwDFBsFlTlTBHBmY9D9DBBBoCBB+ECBCCBmBFBCDB6JBB5GBBhEGBCFBhFBBLGBdCB9DDB8BEB-BBBhCHBMjajaBJJBGBJIBDDBDCBEKBCCCBIB7kDDBCBBxDwEwEBFFBBBDDDBHBCBBCDDBLLBDBCJBDDBCCCBLBDCBtNCB6B+F+FjgdBBuICBkDLL0DFB9LDB3CBBpBCBCyByBBwBwBiDMBRBB9DDB-DBBRBB6HlxUlxUBFBDXXVBBDDBECBCDBICBHCCB2E2EBBBCCBDECBLLBEEBcclBDDB7M7MBBB9UxBxB-MoXoXoGgBgBxIIBnBxDxDBFBjCGB6CDB0ZlElEBDBtBDB+FGBuDBBCDB-DDBxBBBwCDBFOOCCB5CFBsDrJrJBCCBzDzDBDBLBBCpDpD7HWBqDCBdMBtCjEjEBBB9HpIpIBBB8E9C9CBGB0CCBCEB+CJB4GgDgDBDBrBBBmUBBrCMBwFxjBxjBBDB97CBB8zOBBmEiCiCBDBJpRpRBBBoJDBoK9lT9lTovHEB07C-a-aBAB", false)),
		Ps: () => new UnicodeRangeTable(decodeRanges("oBzBzBgB-1D-1DC-6B-6B-rCEEnB4B4BQ7T7TCff-hBMCxChBhBCGC1MUChCCCiBmhBmhBCECaTTCECtNICEGCDipzBipzB4GeeCMCESSCCCrFzBzBgBEEDAB", false)),
		S: () => new UnicodeRangeTable(decodeRanges("kBHHRCBgBCCcCCkBEBCBBDCCBCBDEEfgBgBrODBNNBGGBCCCBPB2DPPBxDxDsErIrIBBB3DCBDDDBvGvGLUUB4H4HIBBpEqLqLBHHB2H2H-DjEjEBGBlEwGwGqBmGmGiGCBQCCBBBDFBVECmEHBCFBCBBGDBmGBBxXJB0WuLuLlL+E+EBgBBiLJBKIBhiBCCBBBMCBOCBOCBOBBmCOOoBCBOCBUhBB-BBBCDBCBBLCCBBBGFBCECFMMBFFBDBGDBC7B7BBFFB2LBFcBD+HBXKByCtCBXnTBtBwBBDeBLyMBX+BBFfBD1LBDpEBmHFBmLBBvBZBC4CBN1GBbPBFOOBNNWBBHBB8CBB0HBBFJBhBlBBKRRBdBMdBJQQBeBLmBBQ-JBhuG-BBx0V2BB6RWBKBBoDBB+EDBLDB+RCBiHPPB+9T+9TpEgBBuLPBhCBB3BHBtBDBjDCCBBBD7E7EHRRBBBgBCCcCCiEGBCGBOBB6JIB6BQBDCBCMBEwBwBBrBB7zBBBwSmWmWBiKiKBGBnjC2kC2kCBbBr6SDBG3qU3qUk7DvHBLCBEzNBHWBQQBgDzDB9B1HBLmBBD7BBGCBXBBIdBF8BBWhCBE7F7FB1CBrbaagBaagBaagBaagBaa9B-PB4BDBzBHBCNBCBBp2BwNwNttCEE+DiOiOBvIvIBqBBFjDBNOBDOBCOBCkBBYgFB5BcBOrBBFIBIBBPFB7E4eBEQBEMBE5GBHLBFQQBKBF3BBJJBHnBBJdBDLBFBBPIBoB3KBJNBDMBEKBE4BBCFFBOBDLBFJBIyEBC7CBLAB", false)),
		Sc: () => new UnicodeRangeTable(decodeRanges("kB+D+DBCBqnB8D8DzPBBzPBBI2H2HoImSmS8sClmClmCBgBB37hBkuVkuVtD7E7E8GBBEBB3-HDB-4wBxtCxtC", false)),
		Sk: () => new UnicodeRangeTable(decodeRanges("+CCCoCHHFEEqQDBNNBGGBCCCBPB2DPPBjoBjoB15FCCBBBMCBOCBOCBOBB9kEBBkzdWBKBBoDBBxePPBniUniUBPB8bCCjF4g9B4g9BBDB", false)),
		Sm: () => new UnicodeRangeTable(decodeRanges("rBRRBBB+BCCuBFFmBgBgB-XwQwQBBB8xGOOoBCBOCBsEoBoBBDBHlClCBDBGBBFGDIgBgBBDDCgBgBBqIBhBBB7CffBXBpBFB2OKK3BHBwDxKxKBDBDeBLPBhIiEBX+BBFfBDhIBxBUBDFB9+zB5Z5ZCCBlFRRBBB+BCCkEHHBCBitDBBhrwBx+Bx+BagBgBagBgBagBgBagBgBat5Ft5FB-uC-uCBHB", false)),
		So: () => new UnicodeRangeTable(decodeRanges("mFDDFCCyerIrIBgEgEBvGvGLUUB4H4HkQ2L2LjEFBClElEwGqBqBoMCBQCCBBBDFBVECmEHBCFBCBBGDBmGBBxXJB0WzWzW+EhBBiLJBKIBksBBBCDBCBBLCCBHHBEBCECFMMBPPCBBC7B7BBKKBDBDDBCBBCBBCGBCeBDBBCCCBdBtIHBFTBDGBDwCBCdBanBBHnCBXKByCtCBX2FBCIBC1BBJuDBC3HBtBrBBhC-HBhQvBBWBBHmBBDpEBmHFBmLBBvBZBC4CBN1GBbPBFOOBNNWBBHBBxKBBFJBhBlBBKRRBdBMdBJQQBeBLmBBQ-JBhuG-BBx0V2BBibDBLBBC+R+RBBBqqUPBuLPBhCBB3BHBuBCBlPEEFBBOBB6JIB6BQBDCBCMBEwBwBBrBB7zBBBwSpgBpgBBGBnjC2kC2kCBGBFQBr6SDBG3qU3qUk7DvHBLCBEzNBHWBQPBhDzDB9B1HBLmBBD7BBGCBXBBIdBF8BBWhCBE7F7FB1CBqlB-PB4BDBzBHBCNBCBBp2B96C96CiEyWyWBqBBFjDBNOBDOBCOBCkBBYgFB5BcBOrBBFIBIBBPFB7E6HBG4WBEQBEMBE5GBHLBFQQBKBF3BBJJBHnBBJdBDLBFBB-B3KBJNBDMBEKBE4BBCFFBOBDLBFJBIyEBC7CBLAB", false)),
		Z: () => new UnicodeRangeTable(decodeRanges("gBgEgEgvFgsCgsCBJBeBBGwBwBh9DAB", false)),
		Zl: () => new UnicodeRangeTable(decodeRanges("ohIA", true)),
		Zp: () => new UnicodeRangeTable(decodeRanges("phIA", true)),
		Zs: () => new UnicodeRangeTable(decodeRanges("gBgEgEgvFgsCgsCBJBlBwBwBh9DAB", false)),
		ASCII_Hex_Digit: () => new UnicodeRangeTable(decodeRanges("wBJIFbF", true)),
		Alphabetic: () => new UnicodeRangeTable(decodeRanges("hCZBHZBwBLLFGGBVBCeBCpOBFLBPEBICC3CeeBQBCBBDDBCHHCCBCCCBSBCyCBCqEBJlFBClBBDHHBnBBoBNBCCCBCCBCCJaBFDBeKBG3BBCGBPlDBCHBFHBFCBLCBDRRBuBBOkDBZgBBKBBFGGBWBDSBUYBIKBGXBCGBIJJBoBBLLBEGBHrCBCPBCCBFOBOSBCHBDBBDVBCGBCEEBCBEHBDBBDBBCJJFBBCEBNBBLFFBBBCFBFBBDVBCGBCBBCBBCBBFEBFBBDBBFIIBCBCSSBEBMCBCIBCCBCVBCGBCBBCEBEIBCCBCBBEQQBCBWDBFCBCHBDBBDVBCGBCBBCEBEHBDBBDBBKBBFBBCEBORRBCCBEBECBCDBEBBCCCBEEBEEBBBELBFEBECBCCBEHHpBMBCCBCWBCPBEHBCCBCCBJBBCCBCBBDDBdDBCHBCCBCWBCJBCEBEHBCCBCCBJBBGCBCDBOCBNMBCCBCoBBDHBCCBCCBCGGBCBIEBXFBCCBCRBEXBCIBCDDBFBJFBCCCBGBTBBO5BBGGBH0B0BBECBDBCXBCCCBRBCCBDEBCHHPDBhBgCgCBGBCjBBFSBFPBCjBBkC2BBCDDBDBR-BBLDBDlBBCGGDqBBCsKBCDBDGBCCCBCBDoBBCDBDgBBCDBDGBCCCBCBDOBC4BBCDBDiCBmBPBR1CBDFBErTBDQBCZBGqCBEKBITBMUBNTBNMBCCBCBBNzBBDSBPFFkC4CBIqBBGlCBLeBCLBFIBYdBDEBMrBBFZB3BbBF+BBDTBzBYYBMMBBByBzBBCOBCHB0BpBBDDBLrBBCKBP2BBXCBLjBBDKBGqBBDCBqBDBCFBCBBEGGB+FBUhBBM1IBDFBDlBBDFBDHBCGCBdBD0BBCGBCEEBBBCGBEDBDFBFMBGCBCGB1DOORMBmDFFDJBCEEBDBHGCBCBCKBDDBGEBFSSBnBBuZzBB34BkHBHDBEBBNlBBCGGD3BBIRRBVBKGBCGBCGBCGBCGBCGBCGBCGBCfBwB2O2OBBBaIBIEBDEBF1CBHCBC5CBCDBGqBBC9CBSfBxBPBhQ-tGBhCs0VBkCtBBDsIBEPBLBBVuBBGHBEwDBoBIBDmDBDxCBVUBCgBBZzBBNjCBCtBtBBEBECCBBBLgBBGiBBOcBEyBBCLBQRRBOBLEBC2BBKNBTWBEkCBCCCZCBDPBDDBMFBDFBDFBKGBCGBCqBBCNBH6DBWj9KBNWBFwBBloItLBDpDBnBGBNEBGLBCMBCEBCCCBCCBCCBqDBiBqLBT-BBD1BBpBLB1DEBCmEBlBZBHZBM4CBEFBDFBDFBDCBkBLBCZBCSBCBBCOBDNBjB6DBmC0BBsIcBEwBBwBfBOdBGqBBGdBDjBBFHBCEBrB9EBTjBBFjBBFnBBJzBBNKBCOBCGBCBBCKBCOBCGBCBBEzBBN2JBKVBLHBZFBCpBBCIBmCFBDCCBqBBCBBEDDBVBLWBKeBiCSBCBBLVBLZBHZBnB3BBHBBhCDBCBBGHBCCBCcBrBcBEcBkBHBCbBc1BBLVBLSBORBvDoCB4ByBBOyBBOnBBjBbBEGGBVB7HpBBCBBEBBRFBzBCBEcBLJJBUBrBRBvBUBcWBKlCBsBEBL4BBKOOBXBYyBBSDBJiBBEKKB+BBCDBKBBLCCkBRBChBBDHHBCB-BGBCCCBCBCOBCJBI4BBYDBCHBDBBDVBCGBCBBCEBEHBDBBDBBEHHGGBdJBCDDClBBCJBCDDCDBCBBECCtBhCBCCBCDBVCBfhCBDBBC5F5FB0BBDGBaFBjB+BBCEE8B1BBDoCoCBZBDNBWGB6F4BBoD-BBgBHBDDDBGBCBBCdBCBBDBBDDB+CHBDtBBDFBCCCBccBxBBDJBSnCBGTTBnCBoDHB5CgBBgBIBCsBBCGBCyByBBcBDVBCNBqCGBCBBCrBBECCBCCBBBCDDBZZBEBCBBCkBBCBBCDBCYYBqBBlIWBKQBCoBBECBwDwCwCB4cBnDuDBSjGBtyCgDBQvhBBSFBa68DBGmSB61GuBBy2B4RBIeBSuCBSdBTvBBRDBgBUBGSBxNsBB0G-BBhBYBDYBtBqCBF4BBIQBhCBBCNNBFBK1mHBqBfBiDyDB+vIDBCGBCBBCiJBQeeBBBDPPBCBJrMBloCqDBGMBEIBIJBFi7Fi7FBzCBCmCBCBBDDDBDDBCBCLBCCCBFBCgCBCDBDHBCGBCbBCDBCEBCEEBFBCzKBDYBCYBCeBCYBCeBCYBCeBCYBCeBCYBCHB15BeBHFB2GGBCQBDGBCBBCEBG9BBiBxDxDBrBBLGBRiKiKBcBTrBBlPbBlHdBDwGwGBdBCVBJBBhHGBCDBCBBCOBCkGB8BjCBEEE1lBDBCaBCBBCDDCJBCDBCCCHFFCECBBBCBBCDDCICBCCDDBCGBCDBCDBCCCBIBCQBGCBCEBCQB1TZBHZBHZB3zD-2pBBhB9oEBDt0FBDwpHBQtTBjtC9QBjvBq6EBGppIB", false)),
		Dash: () => new UnicodeRangeTable(decodeRanges("tB9qB9qB0BiyDiyDmgBqgCqgCBEB+BoBoBQnMnMlgDDDgBBBFdd-NUUwDxszBxszBBmBmBLqFqFhzD-J-J", false)),
		Emoji: () => new UnicodeRangeTable(decodeRanges("jBHHGJBwDFFu8HNN5GXX7CFBQBBwLBBNnFnFaKBFCBoGoHoHBLLK7B7BBCBCEBKGDBDDFDDCBBDIEBJJBBBGCCGLBMBBDCCBCCTDDBTTBEBCCCBEEBGGDBBFBBMBBGBBDGGBECBVVBGGBEBCDBDFFDDDBEBCDDCCCHEEHLLBQQDFFCFFBBBCMMBxBxBBBBKeP1LBBwOCBUBB0BFF7mBNN6SCCrrvDrGrGhFBBNBBPDDBIBsCZBCBBYVVDIBWBBvFhBBDvDBDBBCCBDyCBDCBCmIBC+BBMFBCXBIBBDHBNDDBCBDFFBOOBDDJBBKGGBBBNCBJCBDCCFHHEHHB0CBxBlCBGHBDDBEJBECCBEEDJBkHLBF8I8IBtBBCJBC4FBxDMBEKBE4BBCFFBOBDLBFJB", false)),
		Emoji_Component: () => new UnicodeRangeTable(decodeRanges("jBHHGJB0+H2G2Gsp3B3+8B3+8BBYB8PEBxtBDBtzhY-CB", false)),
		Emoji_Modifier: () => new UnicodeRangeTable(decodeRanges("7-8DE", true)),
		Emoji_Modifier_Base: () => new UnicodeRangeTable(decodeRanges("9wJ8G8GRDB4jzD9B9BBBBDDDBBB2DBBDKBWSBEFFBBBCCBICCZqGqGBFFWFFBvFvFBBBEEB0CRRBBBKMMgSDDJHBHKKBIBDCB5B+B+BBCCBCCSCBCMBmHCBrBIB", false)),
		Emoji_Presentation: () => new UnicodeRangeTable(decodeRanges("64IBBuGDBEDDqQBBWBBzBLBsBUUOJJBSSBGGBJJGWWIBBCFFDIIFBBdkBkBCFFBBBC+B+BBBBZPP8aBB0BFFvlxDrGrG-FDDBIBsCZBCZZVDDBDBCCBWBBvFgBBNIBClCBCVBNqBBFEBNQBEEEBlCBCCCB5FBD+BBODBCXBTbbBOO3C0CBxBlCBHEEBBBDDBEDBMBBIIBkHLBF8I8IBtBBCJBC4FBxDMBEKBE4BBCFFBOBDLBFJB", false)),
		Extended_Pictographic: () => new UnicodeRangeTable(decodeRanges("pFFFu8HNN5GXX7CFBQBBwLBBNnFnFaKBFCBoGoHoHBLLK7B7BBCBCEBKGDBDDFDDCBBDIEBJJBBBGCCGLBMBBDCCBCCTDDBTTBEBCCCBEEBGGDBBFBBMBBGBBDGGBECBVVBGGBEBCDBDFFDDDBEBCDDCCCHEEHLLBQQDFFCFFBBBCMMBxBxBBBBKeP1LBBwOCBUBB0BFF7mBNN6SCCrrvDoBoBBCBlDLBQBBQPPBmBmBBIBxDBBNBBPDDBIBU3BBcOBLVVDIBCDBKWBH7FBDvDBDBBCCBDyCBDCBCDBG9HBC+BBMFBCXBIBBDHBNDDBCBDFFBOOBDDJBBKGGBBBNCBJCBDCCFHHEHHB0CBxBlCBGHBDQBECCBEBDMB7GlBBNDB5BHBLFBpBHBfBBNDBDNBKmBBNuBBCJBC4FB5CHBPxEBhI9fB", false)),
		Hex_Digit: () => new UnicodeRangeTable(decodeRanges("wBJIFbFq1-BJIFbF", true)),
		Lowercase: () => new UnicodeRangeTable(decodeRanges("hDZBwBLLFlBlBBWBCHBC2BCBQCBuBCDECBBBDCCDEEBFFDEEBBBDDDCCCDCCBCCDEECDDBDDBBBHGDCOCBSCBDDCEEC4BCBFBDDDBCCFICBjCBDiBBIBBfEBhDsBsBCEEDDBTccBhBBCBBECBCWCBDBCGDB0B0BBuBBCgBCK0BCDMCBgDCxBoBBo6CqBBCDB5XFBjkCIBC2D2DB+FBiC0ECBHBCgDCBHBJFBLHBJHBJFBLHBJHBJNBDHBJHBJHBJEBCBBHEEBBBCBBJDBDBBJHBLCBCBB6DOORMBuDEEBEEcKFDBBJDBFiBiBBOBFsasaBYBn6BvBBCEEBGCFCCBCCBGBEiDCBIICFFNlBBCGG0oesBCUaCBBBmEMCBBBC8BCBIBCCCDICFCCDCCBBBCSCGGGCMCFCCDOCWDBCCCBBB2ZqBBCNBHvCBh6TGBNEBqhBZBumBnBBpEjBB8EKBCOBCGBCBBkODDBBBCpBBCIBmoByBB+DVB75CfBhsVfB8BYBnqZZBbGBCRBbZBbDBCCCBFBCKBbZBbZBbZBbZBbZBbZBbZBbZBbbBdYBCFBbYBCFBbYBCFBbYBCFBbYBCFBC15B15BBIBCTBHFBmI9BB1lChBB", false)),
		Math: () => new UnicodeRangeTable(decodeRanges("rBRRBBBgBeeCuBuBFmBmBgB5W5WBBBDbbBDDBBBwQCBuwGccBBBMEEOPPBCBWEBMEBiCMBFEEBFFBDBTFFDJBCDDBEBHEEBDDBCCBBBCFBENBClClCBWBCFBCBBFBBFfBCHHBPPBqIBJDBVBB7CffBZBCZZMGB+NBBNJBFFBFBBDBBEEBPCCDFBMHBGBB6BCCeDBKCBxK-BBhI-PBxBUBDFB9+zB4Z4ZBEBCjFjFRCBeCCeCCkEHHBCBitDBBhrwBwoBwoBBzCBCmCBCBBDDDBDDBCBCLBCCCBFBCgCBCDBDHBCGBCbBCDBCEBCEEBFBCzKBDjJBDxBBhwFDBCaBCBBCDDCJBCDBCCCHFFCECBBBCBBCDDCICBCCDDBCGBCDBCDBCCCBIBCQBGCBCEBCQB1BBB-uCIB", false)),
		Quotation_Mark: () => new UnicodeRangeTable(decodeRanges("iBFFkEQQ96HHBaBBowDqOqOBCBOCBixzBDB+FFF7CBB", false)),
		Terminal_Punctuation: () => new UnicodeRangeTable(decodeRanges("hBLLCMMBEE-ZJJiQ6B6BpCPPCCB1FsBsBBJBCsHsHB3B3BBEBCHBgBmImIB1nB1nBBtFtFFFB4JBB2YHBmY9D9DBBBoCBB+ECBEoBoBBCBDBB7JBBjLDBjFBBLBBCCBeCB8FEB-BBBldYYBKKBBBwlDCBzJOOFLLCBBEBBtNBB8ndBBuICBkHEB-LBB3CBBgD4E4EBBB0ECBgERRB6H6HnxUDDB6B6BBBBCDBqFLLCMMBEEiCDD7hBxBxBnkBoGoG3JBB5EFBlCFB6CDB5dEBtBDB+FGBxDDBgECBiEBBHRRB5C5CBDBtDrJrJB2D2DBBBNBBnLDBEOBqDBB6HCBmQCC8HBB4CBBFBB-MCBuBmUmUBrCrCBspBspBBDB6vRBBmEiCiCBBBLqRqRBoJoJBnwTnwTovHDB", false)),
		Uppercase: () => new UnicodeRangeTable(decodeRanges("hCZBmDWBCGBiB2BCDOCDuBCBECEBBCCCBCCBBBDDBCBBCCBEBBCBBCECBCCDCCBCCBBBCCCBEEIJDCMCDQCDDDCCBC4BCIBBCBBDCCBCBCGCiJCCEJJHCCBBBCCCBCCBPBCIBkBDDBBBEWCGDDCBBDyBBxBgBCK2BCBMCD+CCDlBBq6ClBBCGGzW1CB0kCHHBpBBDCBhK0ECKgDCKHBJFBLHBJHBJFBMGCJHBpCDBNDBNDBNEBMDBnIFFECBDCBDEEBDBHGCBCBDDBLBBGbbBOBUzZzZBYBx5BvBBxBCCBBBDGCBCBCDDJCBCgDCJCCFuqeuqeCqBCUaCoEMCE8BCLECBICFCCDCCEUCBDBCEBCOCBCBCCCBQCZs5Vs5VBYBmmBnBBpEjBB9EKBCOBCGBCBBr3ByBB+EVB75CfBhsVfBhCYBoqZZBbZBbZBbCCBGDBDDBCBCHBbZBbBBCDBDHBCGBcBBCDBCEBCEEBFBcZBbZBbZBbZBbZBbZBfYBiBYBiBYBiBYBiBYBiB2pE2pEBgBBvgCZBHZBHZB", false)),
		White_Space: () => new UnicodeRangeTable(decodeRanges("JEBTlDlDbgvFgvFgsCKBeBBGwBwBh9DAB", false))
	});
	static SCRIPTS = new LazyMap({
		Adlam: () => new UnicodeRangeTable(decodeRanges("go6DrCFJFB", true)),
		Ahom: () => new UnicodeRangeTable(decodeRanges("g4lCaDOFW", true)),
		Anatolian_Hieroglyphs: () => new UnicodeRangeTable(decodeRanges("ggxCmS", true)),
		Arabic: () => new UnicodeRangeTable(decodeRanges("gwBEBCFBCNBCCBCfBCJBMZBCrDBChBBxCvBBxHhBBGqCBCcBxy8BtPBDvEBhBPBxDEBCmEBk7DeBkCFBJIBiBFBh43BDBCaBCBBCDDCJBCDBCCCHFFCECBBBCBBCDDCICBCCDDBCGBCDBCDBCCCBIBCQBGCBCEBCQB1BBB", false)),
		Armenian: () => new UnicodeRangeTable(decodeRanges("xpBlBDxBDCks9BE", true)),
		Avestan: () => new UnicodeRangeTable(decodeRanges("g4iC1BEG", true)),
		Balinese: () => new UnicodeRangeTable(decodeRanges("g4GsCCxB", true)),
		Bamum: () => new UnicodeRangeTable(decodeRanges("g1pB3CpowB4R", true)),
		Bassa_Vah: () => new UnicodeRangeTable(decodeRanges("w26CdDF", true)),
		Batak: () => new UnicodeRangeTable(decodeRanges("g+GzBJD", true)),
		Bengali: () => new UnicodeRangeTable(decodeRanges("gsCDBCHBDBBDVBCGBCEEBCBDIBDBBDDBJFFBCCBDBDYB", false)),
		Beria_Erfe: () => new UnicodeRangeTable(decodeRanges("g17CYDY", true)),
		Bhaiksuki: () => new UnicodeRangeTable(decodeRanges("ggnCICsBCNLc", true)),
		Bopomofo: () => new UnicodeRangeTable(decodeRanges("qXB6wLqBxDf", true)),
		Brahmi: () => new UnicodeRangeTable(decodeRanges("ggkCtCFjBKA", true)),
		Braille: () => new UnicodeRangeTable(decodeRanges("ggK-H", true)),
		Buginese: () => new UnicodeRangeTable(decodeRanges("gwGbDB", true)),
		Buhid: () => new UnicodeRangeTable(decodeRanges("g6FT", true)),
		Canadian_Aboriginal: () => new UnicodeRangeTable(decodeRanges("ggF-TxRlC7tgCP", true)),
		Carian: () => new UnicodeRangeTable(decodeRanges("g1gCwB", true)),
		Caucasian_Albanian: () => new UnicodeRangeTable(decodeRanges("wphCzBMA", true)),
		Chakma: () => new UnicodeRangeTable(decodeRanges("gokC0BCR", true)),
		Cham: () => new UnicodeRangeTable(decodeRanges("gwqB2BKNDJDD", true)),
		Cherokee: () => new UnicodeRangeTable(decodeRanges("g9E1CDFz7lBvC", true)),
		Chorasmian: () => new UnicodeRangeTable(decodeRanges("w9jCb", true)),
		Common: () => new UnicodeRangeTable(decodeRanges("AgCBbFBbuBBCOBCEBYgBgBiOmBBGEBDTB1DKKHCC+THHPEEhB9E9ElQiEiEB6mB6mB2MDBjJwvBwvBBBBoCBBsGBBCumBumBOIIBCBCFBCCBDmYmYBKBD2CBCKBEKBCOBShBB-BlBBCCBDFBCaBCQBqBCBF5UBXKBW-cBhIzTBDpEBhQ9CBzMUBCCCBXBQHBFDB8CBBE7C7CB0E0EBOBhBlBBKxBxBB+BBgBwCBwB5C5CBmFBhuG-BBhoWhBBnDCBmFJB1HhFhFsMPPBzuUzuUBxGxGBIBXiBBCSBCDB0ECCBeBbFBbKBLuBuBBhChCBFBCGBLEBjICBFsBBEIBxCMB0BsBBlHaBltuBDB96D8HBEzNBHWBQQBgDzDB9B1HBLmBBD9BBEQBJBBIdBF8BB2GTBNTBN2CBKYBoE0CBCmCBCBBDDDBDDBCBCLBCCCBFBCgCBCDBDHBCGBCbBCDBCEBCEEBFBCzKBDjJBDxBByjFjCBtC8BBjWrBBFjDBNOBDOBCOBCkBBLtFB5BZBCBBOrBBFIBIBBPFB7E4eBEQBEMBE5GBHLBFQQBKBF3BBJJBHnBBJdBDLBFBBPIBoB3KBJNBDMBEKBE4BBCFFBOBDLBFJBIyEBCmDBnghYffB+CB", false)),
		Coptic: () => new UnicodeRangeTable(decodeRanges("ifNxkKzDGG", true)),
		Cuneiform: () => new UnicodeRangeTable(decodeRanges("ggoC5cnDuDCEMjG", true)),
		Cypriot: () => new UnicodeRangeTable(decodeRanges("ggiCFBDCCBqBBCBBEDD", false)),
		Cypro_Minoan: () => new UnicodeRangeTable(decodeRanges("w8rCiD", true)),
		Cyrillic: () => new UnicodeRangeTable(decodeRanges("ggBkEBDoFBx6FKBhFtCtCojEfBhie-CBv8VBBhw4B9BBiBAB", false)),
		Deseret: () => new UnicodeRangeTable(decodeRanges("gghCvC", true)),
		Devanagari: () => new UnicodeRangeTable(decodeRanges("goCwCFODZh7nBfhwcJ", true)),
		Dives_Akuru: () => new UnicodeRangeTable(decodeRanges("gomCGBDDDBGBCBBCdBCBBDLBKJB", false)),
		Dogra: () => new UnicodeRangeTable(decodeRanges("ggmC7B", true)),
		Duployan: () => new UnicodeRangeTable(decodeRanges("ggvDqDGMEIIJDD", true)),
		Egyptian_Hieroglyphs: () => new UnicodeRangeTable(decodeRanges("ggsC1iBL68D", true)),
		Elbasan: () => new UnicodeRangeTable(decodeRanges("gohCnB", true)),
		Elymaic: () => new UnicodeRangeTable(decodeRanges("g-jCW", true)),
		Ethiopic: () => new UnicodeRangeTable(decodeRanges("gwEoCBCDBDGBCCCBCBDoBBCDBDgBBCDBDGBCCCBCBDOBC4BBCDBDiCBDfBEZBnvGWBKGBCGBCGBCGBCGBCGBCGBCGBjpfFBDFBDFBKGBCGBylvCGBCDBCBBCOB", false)),
		Garay: () => new UnicodeRangeTable(decodeRanges("gqjClBEcJB", true)),
		Georgian: () => new UnicodeRangeTable(decodeRanges("glElBBCGGDqBBCDBx8CqBBDCBhiElBBCGG", false)),
		Glagolitic: () => new UnicodeRangeTable(decodeRanges("ggL-Ch9sDGCQDGCBCE", true)),
		Gothic: () => new UnicodeRangeTable(decodeRanges("w5gCa", true)),
		Grantha: () => new UnicodeRangeTable(decodeRanges("g4kCDBCHBDBBDVBCGBCBBCEBDIBDBBDCBDHHGGBDGBEEB", false)),
		Greek: () => new UnicodeRangeTable(decodeRanges("wbDBCCBDDBCFFCCCBBBCCCBSBC+BBPPBnpGEBzBEBFEB1ChKhKBUBDFBDlBBDFBDHBCGCBdBD0BBCOBCNBDFBCSBDCBCIBoJ-xiB-xiB7uVuCBSgj0Bgj0BBkCB", false)),
		Gujarati: () => new UnicodeRangeTable(decodeRanges("h0CCBCIBCCBCVBCGBCBBCEBDJBCCBCCBDQQBCBDLBIGB", false)),
		Gunjala_Gondi: () => new UnicodeRangeTable(decodeRanges("grnCFCBCkBCBCFIJ", true)),
		Gurmukhi: () => new UnicodeRangeTable(decodeRanges("hwCCBCFBFBBDVBCGBCBBCBBCBBDCCBDBFBBDCBEIIBCBCIIBPB", false)),
		Gurung_Khema: () => new UnicodeRangeTable(decodeRanges("go4C5B", true)),
		Han: () => new UnicodeRangeTable(decodeRanges("g0LZBC4CBN1GBwBCCaIBPDBle-tGBhC-vUBhoWtLBDpDBpodBBNGBqgkB-2pBBhB9oEBDt0FBDwpHBQtTBjtC9QBjvBq6EBGppIB", false)),
		Hangul: () => new UnicodeRangeTable(decodeRanges("goE-HvxHBiI9CyDeiCei3dckUj9KNWFwBl9JeEFDFDFDC", true)),
		Hanifi_Rohingya: () => new UnicodeRangeTable(decodeRanges("gojCnBJJ", true)),
		Hanunoo: () => new UnicodeRangeTable(decodeRanges("g5FU", true)),
		Hatran: () => new UnicodeRangeTable(decodeRanges("gniCSCBGE", true)),
		Hebrew: () => new UnicodeRangeTable(decodeRanges("xsB2BBJaBFFBpp9BZBCEBCCCBCCBCCBIB", false)),
		Hiragana: () => new UnicodeRangeTable(decodeRanges("hiM1CBHCBi7-C+IBTeeBBBulQAB", false)),
		Imperial_Aramaic: () => new UnicodeRangeTable(decodeRanges("giiCVCI", true)),
		Inherited: () => new UnicodeRangeTable(decodeRanges("gYvDB2IBBlOKBbhXhXBCB8qEtBBDLBlPCBCMBCGBFHHEBBnG-BBtQBBjGgBB65DDBsDBBmrzBPBRNBwejHjH7iEl+uBl+uBBsBBDWBhRCBSHBDGBfDBz6rYvHB", false)),
		Inscriptional_Pahlavi: () => new UnicodeRangeTable(decodeRanges("g7iCSGH", true)),
		Inscriptional_Parthian: () => new UnicodeRangeTable(decodeRanges("g6iCVDH", true)),
		Javanese: () => new UnicodeRangeTable(decodeRanges("gsqBtCDJFB", true)),
		Kaithi: () => new UnicodeRangeTable(decodeRanges("gkkCiCLA", true)),
		Kannada: () => new UnicodeRangeTable(decodeRanges("gkDMCCCWCJCEDICCCDIBGCCDDJCC", true)),
		Katakana: () => new UnicodeRangeTable(decodeRanges("hlM5CBDCBxHPBxGuBBC3CBvgzBJBCsBBzisBDBCGBCBBCgJgJBBBzBPPBCB", false)),
		Kawi: () => new UnicodeRangeTable(decodeRanges("g4nCQCoBEc", true)),
		Kayah_Li: () => new UnicodeRangeTable(decodeRanges("goqBtBCA", true)),
		Kharoshthi: () => new UnicodeRangeTable(decodeRanges("gwiCDCBGHCCCcDCFJII", true)),
		Khitan_Small_Script: () => new UnicodeRangeTable(decodeRanges("k-7C84G84GB0OBqBAB", false)),
		Khmer: () => new UnicodeRangeTable(decodeRanges("g8F9CDJHJnPf", true)),
		Khojki: () => new UnicodeRangeTable(decodeRanges("gwkCRCuB", true)),
		Khudawadi: () => new UnicodeRangeTable(decodeRanges("w1kC6BGJ", true)),
		Kirat_Rai: () => new UnicodeRangeTable(decodeRanges("gq7C5B", true)),
		Lao: () => new UnicodeRangeTable(decodeRanges("h0DBBCCCBDBCXBCCCBVBDEBCCCBFBCJBDDB", false)),
		Latin: () => new UnicodeRangeTable(decodeRanges("hCZBHZBwBQQGWBCeBCgOBoBEB8wGlBBHwBBGDBGMBClCBiC-HByLOORMBuEBBHccSoBB42CfBj1elDBExCBVOBxZqBBCIBCDB38TGB7gBZBHZBmhCFBCpBBCIBm61BeBHFB", false)),
		Lepcha: () => new UnicodeRangeTable(decodeRanges("ggH3BEOEC", true)),
		Limbu: () => new UnicodeRangeTable(decodeRanges("goGeBCLBFLBFEEBKB", false)),
		Linear_A: () => new UnicodeRangeTable(decodeRanges("gwhC2JKVLH", true)),
		Linear_B: () => new UnicodeRangeTable(decodeRanges("gggCLCZCSCBCODNjB6D", true)),
		Lisu: () => new UnicodeRangeTable(decodeRanges("wmpBvBx1eA", true)),
		Lycian: () => new UnicodeRangeTable(decodeRanges("g0gCc", true)),
		Lydian: () => new UnicodeRangeTable(decodeRanges("gpiCZGA", true)),
		Mahajani: () => new UnicodeRangeTable(decodeRanges("wqkCmB", true)),
		Makasar: () => new UnicodeRangeTable(decodeRanges("g3nCY", true)),
		Malayalam: () => new UnicodeRangeTable(decodeRanges("goDMCCCyBCCCFFPDZ", true)),
		Mandaic: () => new UnicodeRangeTable(decodeRanges("giCbDA", true)),
		Manichaean: () => new UnicodeRangeTable(decodeRanges("g2iCmBFL", true)),
		Marchen: () => new UnicodeRangeTable(decodeRanges("wjnCfDVCN", true)),
		Masaram_Gondi: () => new UnicodeRangeTable(decodeRanges("gonCGBCBBCrBBECCBCCBHBJJB", false)),
		Medefaidrin: () => new UnicodeRangeTable(decodeRanges("gy7C6C", true)),
		Meetei_Mayek: () => new UnicodeRangeTable(decodeRanges("g3qBWqGtBDJ", true)),
		Mende_Kikakui: () => new UnicodeRangeTable(decodeRanges("gg6DkGDP", true)),
		Meroitic_Cursive: () => new UnicodeRangeTable(decodeRanges("gtiCXFTDtB", true)),
		Meroitic_Hieroglyphs: () => new UnicodeRangeTable(decodeRanges("gsiCf", true)),
		Miao: () => new UnicodeRangeTable(decodeRanges("g47CqCF4BIQ", true)),
		Modi: () => new UnicodeRangeTable(decodeRanges("gwlCkCMJ", true)),
		Mongolian: () => new UnicodeRangeTable(decodeRanges("ggGBBDCCBSBH4CBIqBB2t-BMB", false)),
		Mro: () => new UnicodeRangeTable(decodeRanges("gy6CeCJFB", true)),
		Multani: () => new UnicodeRangeTable(decodeRanges("g0kCGBCCCBCBCOBCKB", false)),
		Myanmar: () => new UnicodeRangeTable(decodeRanges("ggE-EhqmBeiDfxibT", true)),
		Nabataean: () => new UnicodeRangeTable(decodeRanges("gkiCeJI", true)),
		Nag_Mundari: () => new UnicodeRangeTable(decodeRanges("wm5DpB", true)),
		Nandinagari: () => new UnicodeRangeTable(decodeRanges("gtmCHDtBDK", true)),
		New_Tai_Lue: () => new UnicodeRangeTable(decodeRanges("gsGrBFZHKEB", true)),
		Newa: () => new UnicodeRangeTable(decodeRanges("gglC7CCE", true)),
		Nko: () => new UnicodeRangeTable(decodeRanges("g+B6BDC", true)),
		Nushu: () => new UnicodeRangeTable(decodeRanges("h-7CvsQvsQBqMB", false)),
		Nyiakeng_Puachue_Hmong: () => new UnicodeRangeTable(decodeRanges("go4DsBENDJFB", true)),
		Ogham: () => new UnicodeRangeTable(decodeRanges("g0Fc", true)),
		Ol_Chiki: () => new UnicodeRangeTable(decodeRanges("wiHvB", true)),
		Ol_Onal: () => new UnicodeRangeTable(decodeRanges("wu5DqBFA", true)),
		Old_Hungarian: () => new UnicodeRangeTable(decodeRanges("gkjCyBOyBIF", true)),
		Old_Italic: () => new UnicodeRangeTable(decodeRanges("g4gCjBKC", true)),
		Old_North_Arabian: () => new UnicodeRangeTable(decodeRanges("g0iCf", true)),
		Old_Permic: () => new UnicodeRangeTable(decodeRanges("w6gCqB", true)),
		Old_Persian: () => new UnicodeRangeTable(decodeRanges("g9gCjBFN", true)),
		Old_Sogdian: () => new UnicodeRangeTable(decodeRanges("g4jCnB", true)),
		Old_South_Arabian: () => new UnicodeRangeTable(decodeRanges("gziCf", true)),
		Old_Turkic: () => new UnicodeRangeTable(decodeRanges("ggjCoC", true)),
		Old_Uyghur: () => new UnicodeRangeTable(decodeRanges("w7jCZ", true)),
		Oriya: () => new UnicodeRangeTable(decodeRanges("h4CCCHDBDVCGCBCEDIDBDCICFBCEDR", true)),
		Osage: () => new UnicodeRangeTable(decodeRanges("wlhCjBFjB", true)),
		Osmanya: () => new UnicodeRangeTable(decodeRanges("gkhCdDJ", true)),
		Pahawh_Hmong: () => new UnicodeRangeTable(decodeRanges("g46ClCLJCGCUGS", true)),
		Palmyrene: () => new UnicodeRangeTable(decodeRanges("gjiCf", true)),
		Pau_Cin_Hau: () => new UnicodeRangeTable(decodeRanges("g2mC4B", true)),
		Phags_Pa: () => new UnicodeRangeTable(decodeRanges("giqB3B", true)),
		Phoenician: () => new UnicodeRangeTable(decodeRanges("goiCbEA", true)),
		Psalter_Pahlavi: () => new UnicodeRangeTable(decodeRanges("g8iCRIDNG", true)),
		Rejang: () => new UnicodeRangeTable(decodeRanges("wpqBjBMA", true)),
		Runic: () => new UnicodeRangeTable(decodeRanges("g1FqCEK", true)),
		Samaritan: () => new UnicodeRangeTable(decodeRanges("ggCtBDO", true)),
		Saurashtra: () => new UnicodeRangeTable(decodeRanges("gkqBlCJL", true)),
		Sharada: () => new UnicodeRangeTable(decodeRanges("gskC-ChsCH", true)),
		Shavian: () => new UnicodeRangeTable(decodeRanges("wihCvB", true)),
		Siddham: () => new UnicodeRangeTable(decodeRanges("gslC1BDlB", true)),
		Sidetic: () => new UnicodeRangeTable(decodeRanges("gqiCZ", true)),
		SignWriting: () => new UnicodeRangeTable(decodeRanges("gg2DrUQECO", true)),
		Sinhala: () => new UnicodeRangeTable(decodeRanges("hsDCBCRBEXBCIBCDDBFBEFFBEBCCCBGBHJBDCBt-gCTB", false)),
		Sogdian: () => new UnicodeRangeTable(decodeRanges("w5jCpB", true)),
		Sora_Sompeng: () => new UnicodeRangeTable(decodeRanges("wmkCYIJ", true)),
		Soyombo: () => new UnicodeRangeTable(decodeRanges("wymCyC", true)),
		Sundanese: () => new UnicodeRangeTable(decodeRanges("g8G-BhIH", true)),
		Sunuwar: () => new UnicodeRangeTable(decodeRanges("g+mChBPJ", true)),
		Syloti_Nagri: () => new UnicodeRangeTable(decodeRanges("ggqBsB", true)),
		Syriac: () => new UnicodeRangeTable(decodeRanges("g4BNC7BDCxIK", true)),
		Tagalog: () => new UnicodeRangeTable(decodeRanges("g4FVKA", true)),
		Tagbanwa: () => new UnicodeRangeTable(decodeRanges("g7FMCCCB", true)),
		Tai_Le: () => new UnicodeRangeTable(decodeRanges("wqGdDE", true)),
		Tai_Tham: () => new UnicodeRangeTable(decodeRanges("gxG+BCcDKHJHN", true)),
		Tai_Viet: () => new UnicodeRangeTable(decodeRanges("g0qBiCZE", true)),
		Tai_Yo: () => new UnicodeRangeTable(decodeRanges("g25DeCVJB", true)),
		Takri: () => new UnicodeRangeTable(decodeRanges("g0lC5BHJ", true)),
		Tamil: () => new UnicodeRangeTable(decodeRanges("i8CBBCFBECBCDBEBBCCCBEEBEEBBBELBFEBECBCDBDHHPUBm+kCxBBOAB", false)),
		Tangsa: () => new UnicodeRangeTable(decodeRanges("wz6CuCCJ", true)),
		Tangut: () => new UnicodeRangeTable(decodeRanges("g-7CgBgBB+3GBhQeBiDyDB", false)),
		Telugu: () => new UnicodeRangeTable(decodeRanges("ggDMCCCWCPDICCCDIBCCCBDDDJII", true)),
		Thaana: () => new UnicodeRangeTable(decodeRanges("g8BxB", true)),
		Thai: () => new UnicodeRangeTable(decodeRanges("hwD5BGb", true)),
		Tibetan: () => new UnicodeRangeTable(decodeRanges("g4DnCCjBFmBCjBCOCGFB", true)),
		Tifinagh: () => new UnicodeRangeTable(decodeRanges("wpL3BIBPA", true)),
		Tirhuta: () => new UnicodeRangeTable(decodeRanges("gklCnCJJ", true)),
		Todhri: () => new UnicodeRangeTable(decodeRanges("guhCzB", true)),
		Tolong_Siki: () => new UnicodeRangeTable(decodeRanges("wtnCrBFJ", true)),
		Toto: () => new UnicodeRangeTable(decodeRanges("w04De", true)),
		Tulu_Tigalari: () => new UnicodeRangeTable(decodeRanges("g8kCJBCDDClBBCJBCDDCDBCJBCBBJBB", false)),
		Ugaritic: () => new UnicodeRangeTable(decodeRanges("g8gCdCA", true)),
		Unknown: () => new UnicodeRangeTable(decodeRanges("4bBBHDBICCVuMuMnBBBzBBBE4B4BBGBcDBHKBvI9B9BBmDmDBMB8BBByBBBQddBCCMEBjBEBuHJJBDDBXXICCBBBFBBKBBDBBFHBCDBDGGBaaBEEHDBDBBXIIDGDBCCGDBDBBECBCGBFCCBFBSJBEKKEXXIDDGBBLIEBCCBNBFBBNGBIEEJBBDBBXIIDGGBKKBDDBEEBFBEDBDGGBTTBIBDHHBBBEFFBBBDCCDCBDCBECBNDBGCBEFFBCCBEBCNBWEBOEEYRRBKKEFFBFBDEEDBBFBBLGBXEEYLLGBBKEEFGBDEBEFFBLLELBOEE0BEEHDBRBBbEETCBZKKCBBICBCDBHCCJFBLBBELB7BDBekBBDCCGZZCYYBGGCIILBBFfBpClBlBBCBoBlBlBQOOBjBBnGCCBDBCBB6LFFBIICFFBqBqBFBBiBFFBIICFFBQQ6BFFBkCkCBhBhBBBBbFB3CBBHBB+UCB6CGBXIBZIBVLBOEEDLB-CBBLFBLFBbFB6CGBsBEBnCJBgBNNBCBNDBCCBrBBBGKBtBDBbFBMCB-BBBiCeeBMMBEBLFBPBBvBBBNTBuCnFnFBGB9BCBQCB-BEBsBBBMHBsBEB3QBBHBBnBBBHBBJGCgBBB2BQQPBBHUUBEEKmDmDNBBcOOBBBjBNBiBOBtEDB7UVBMUB14BBB-LEBuBCCBDBCBB5BGBDNBZIBI4BI-DhBBb6C6CBKB3GZBxC3C3CBoDoDBDBsB-C-C3CIBxBuzcuzcBBB4BIB9KTB5FHB+GTB9BCBLFB5BHBnCHBNFB1DKBfCBvCMMBCBiB4B4BBHBPBBLBBoDXBdJBHBBHBBHIBIII9BDB-DBBLFBl9KLBYDByBjoIBvLBBrDlBBILBGEBbGGCGDrUfBrBFB0BUUFDBGoEoEBCC-FCBHBBHBBHBBECBIIIBIBGBBNbbUDDQBBPhBB8DEBEDBuBCB5COOBBBCuBBvBhEBeCByBOBdDBlBIBfEBsBEBfmBmBBCBPpBB-EBBLFBlBDBlBDBpBHB1BKBNQQIDDMQQIDDBBB1BLB4JIBXJBJXBHrBrBKkCBHBBCtBtBDCBCBBYpCpCBGBKvBBUDDBDBiBCBcEBclBB5BDBVBBzBDDBDBJEEeBBEDBLGBKGBhCfBoBDBNIB3BCBeBBcEBbGBFLBIvCBqC2BB0BMB0BGBvBHBLFBnBCBeHBDvGBgBrBrBEBBDPBHHBKgBBvBHBrBVBblBBdTBYIBvCDBlBIBlCJBCBBaGBLFB2BTTBGBoBIBhDVVBJBTwBwBB8BBICCFQQMFB8BEBLFBFJJBDDBXXIDDGLLBDDBEEBCCBEBCEBIBBICBGKBLCCBCCnBLLCBBCFFLDDBGBDcB9CGGBcBpCHBLlFB3BBBnBhBBmCKBLFBOSB7BFBLFBVbBcBBQDBY4FB9BjDB0CLBJBBCBBJDDfDDBNNBHBLlCBJBBvBBBMaBpCHB0CMBqCGBL1CBJ3CBjBNBLFBKuBuBPJBeCBhBBBXPPBnCBIDDtBCBCDDKHBLFBHDDmBDDHGBLFBtBDBL1HBaGBSqBqBBBBe0CBCOBzBMB8clDBwDGGBJBlGryCBkDMB3iBJB88DEBoS41GB7Bl2BB6RGBgBLLBCByCLLBEBfBBHJBnCJBLIIWEBUvNB7BlGB8CEBaBBarBBsCDB6BGBS-BBGKBIIB3mHoBBhBgDB0D8vIBFIIDkJkJBNBCcBEBBCNBFHBtMjoCBsDEBOCBKGBLBBJ76DB+HCB1NFBYOBSOBvBBBYIB1D7BB3HJBoBBBjGUBnC5DBVLBVLB4CIBamEB2CoCoCDBBCBBDBBFNNCIIiCFFBJJIddFGGCCBI1K1KBlJlJB-V-VBNBGQQBuiBBgBFBH0GBISSBIIDGGBDB-BgBBCvDBuBCBPBBLDBD-JBgBQB7BEBCvOBrB1GBsBDBC-FBgBXXBGBD-GBIFFDQQmGBBRoBBtCDBLDBDwYBlCrCB+BhGBFccDCCBCCLFFCCCBEBCDBCECEDDCBBCICDCCBFFIKFCLLSEBEGGSzBBDtIBtBDBlDLBQBBQQQmBJBvF3BBeMBtBDBKGBDNBH5EB6eCBSCBOCB7GFBNDBCOBNDB5BHBLFBpBHBfBBNDBDNBKmBB5KHBPBBOCBMCB6BCCBCBRBBNDBLGB0EoDoDBjgBBh3pBfB-oEBBv0FBBypHOBvThtCB-QhvBBs6EEBrpIm8yVBCdBhD-DBxHvw-FB", false)),
		Vai: () => new UnicodeRangeTable(decodeRanges("gopBrJ", true)),
		Vithkuqi: () => new UnicodeRangeTable(decodeRanges("wrhCKCOCGCBCKCOCGCB", true)),
		Wancho: () => new UnicodeRangeTable(decodeRanges("g24D5BGA", true)),
		Warang_Citi: () => new UnicodeRangeTable(decodeRanges("glmCyCNA", true)),
		Yezidi: () => new UnicodeRangeTable(decodeRanges("g0jCpBCCDB", true)),
		Yi: () => new UnicodeRangeTable(decodeRanges("ggoBskBE2B", true)),
		Zanabazar_Square: () => new UnicodeRangeTable(decodeRanges("gwmCnC", true))
	});
	static FOLD_CATEGORIES = new LazyMap({
		L: () => new UnicodeRangeTable(decodeRanges("laA", true)),
		LC: () => new UnicodeRangeTable(decodeRanges("laA", true)),
		Ll: () => new UnicodeRangeTable(decodeRanges("hCZBmDWBCGBiBuBCEECDOCDuBCBECEBBCCCBCCBBBDDBCBBCCBEBBCBBCECBCCDCCBCCBBBCCCBEEIBBCBBCBBCOCDQCDBBCCCBBBC4BCIBBCBBDCCBCBCGC3HrBrBCEEJHHCCBCCCBCCBPBCIBkBJJCUCGDDCBBDyBBxBgBCK2BCBMCD+CCDlBBq6ClBBCGGzW1CB0kCHHBpBBDCBhK0ECKgDCKHBJFBLHBJHBJFBMGCJHBZHBJHBJHBJEBMEBMDBNEBMEBqJEEBHHxC9zC9zCBuBBxBCCBBBDGCBCBCDDJCBCgDCJCCFuqeuqeCqBCUaCoEMCE8BCLECBICFCCDCCEUCBDBCEBCOCBCBCCCBQCZs5Vs5VBYBmmBnBBpEjBB9EKBCOBCGBCBBr3ByBB+EVB75CfBhsVfBhCYBoyehBB", false)),
		Lt: () => new UnicodeRangeTable(decodeRanges("kOCCBCCBCClBCCtsHHBJHBJHBMQQwBAB", false)),
		Lu: () => new UnicodeRangeTable(decodeRanges("hDZB7BqBqBBWBCHBCuBCEECDOCDsBCDECBBBDCCDEEGDDECBDDDCCCDFFDEECDDECCGBBCBBCBBCOCBSCDBBCEECkBCEQCJDDBCCFICBEBCBBCCCBEEBCCBCBCEBDCCBDDIDDCBBEFBGLLBnFnFsBCCEEEBBBvBDBCdBCBBECBCWCBDBCGD1BvBBCgBCK0BCDMCBgDCyBlBBq6CqBBDCB5XFBjkCIBCvHvHERRzD0ECGGGC8CCBHBJFBLHBJHBJFBMGCJHBJNBzBBBNSSBPPBEEpL2B2Bs1CvBBCEEBGCHDDLiDCJCCFNNBkBBCGG0oesBCUaCoEMCE8BCLCCDICFFFCBBDSCMOCFCCDOCb9a9advCBi8UZBumBnBBpEjBB8EKBCOBCGBCBBk4ByBB+DVB75CfBhsVfB8BYBvyehBB", false)),
		M: () => new UnicodeRangeTable(decodeRanges("5cgBgBlgHAB", false)),
		Mn: () => new UnicodeRangeTable(decodeRanges("5cgBgBlgHAB", false)),
		Emoji: () => new UnicodeRangeTable(decodeRanges("8mJA", true)),
		Extended_Pictographic: () => new UnicodeRangeTable(decodeRanges("8mJA", true)),
		Lowercase: () => new UnicodeRangeTable(decodeRanges("hCZBmDWBCGBiBuBCEECDOCDuBCBECEBBCCCBCCBBBDDBCBBCCBEBBCBBCECBCCDCCBCCBBBCCCBEEIBBCBBCBBCOCDQCDBBCCCBBBC4BCIBBCBBDCCBCBCGCiJCCEJJHCCBBBCCCBCCBPBCIBkBJJCUCGDDCBBDyBBxBgBCK2BCBMCD+CCDlBBq6ClBBCGGzW1CB0kCHHBpBBDCBhK0ECKgDCKHBJFBLHBJHBJFBMGCJHBZHBJHBJHBJEBMEBMDBNEBMEBqJEEBHHuBPBUzZzZBYBx5BvBBxBCCBBBDGCBCBCDDJCBCgDCJCCFuqeuqeCqBCUaCoEMCE8BCLECBICFCCDCCEUCBDBCEBCOCBCBCCCBQCZs5Vs5VBYBmmBnBBpEjBB9EKBCOBCGBCBBr3ByBB+EVB75CfBhsVfBhCYBoyehBB", false)),
		Math: () => new UnicodeRangeTable(decodeRanges("ycGDCHHFMMDDDCHHFAB", false)),
		Uppercase: () => new UnicodeRangeTable(decodeRanges("hDZB7BqBqBBWBCHBCuBCEECDOCDsBCDECBBBDCCDEEGDDECBDDDCCCDFFDEECDDECCGBBCBBCBBCOCBSCDBBCEECkBCEQCJDDBCCFICBEBCBBCCCBEEBCCBCBCEBDCCBDDIDDCBBEFBGLLBnFnFsBCCEEEBBBvBDBCdBCBBECBCWCBDBCGD1BvBBCgBCK0BCDMCBgDCyBlBBq6CqBBDCB5XFBjkCIBCvHvHERRzD0ECGGGC8CCBHBJFBLHBJHBJFBMGCJHBJNBzBBBNSSBPPBEEpLiBiBBOBFsasaBYBn6BvBBCEEBGCHDDLiDCJCCFNNBkBBCGG0oesBCUaCoEMCE8BCLCCDICFFFCBBDSCMOCFCCDOCb9a9advCBi8UZBumBnBBpEjBB8EKBCOBCGBCBBk4ByBB+DVB75CfBhsVfB8BYBvyehBB", false))
	});
	static FOLD_SCRIPT = new LazyMap({
		Common: () => new UnicodeRangeTable(decodeRanges("8cgBgB", false)),
		Greek: () => new UnicodeRangeTable(decodeRanges("1FwUwU", false)),
		Inherited: () => new UnicodeRangeTable(decodeRanges("5cgBgBlgHAB", false))
	});
};
// src/Unicode.js
/**
* Utilities for dealing with Unicode better than JS does.
*/
var Unicode = class Unicode {
	static MAX_RUNE = 1114111;
	static RUNE_ERROR = 65533;
	static isUnsearchable(r) {
		return r === Unicode.RUNE_ERROR || r >= Unicode.MIN_HIGH_SURROGATE && r <= Unicode.MAX_LOW_SURROGATE;
	}
	static MAX_ASCII = 127;
	static MAX_LATIN1 = 255;
	static MAX_BMP = 65535;
	static MIN_FOLD = 65;
	static MAX_FOLD = 125251;
	static MIN_HIGH_SURROGATE = 55296;
	static MAX_HIGH_SURROGATE = 56319;
	static MIN_LOW_SURROGATE = 56320;
	static MAX_LOW_SURROGATE = 57343;
	static MIN_SUPPLEMENTARY_CODE_POINT = 65536;
	static is32(ranges, r) {
		let lo = 0;
		let hi = ranges.length;
		while (lo < hi) {
			const m = lo + Math.floor((hi - lo) / 2);
			const rlo = ranges.getLo(m);
			const rhi = ranges.getHi(m);
			if (rlo <= r && r <= rhi) {
				const stride = ranges.getStride(m);
				return (r - rlo) % stride === 0;
			}
			if (r < rlo) hi = m;
			else lo = m + 1;
		}
		return false;
	}
	static is(ranges, r) {
		if (r <= Unicode.MAX_LATIN1) {
			for (let i = 0; i < ranges.length; i++) {
				if (r > ranges.getHi(i)) continue;
				const rlo = ranges.getLo(i);
				if (r < rlo) return false;
				const stride = ranges.getStride(i);
				return (r - rlo) % stride === 0;
			}
			return false;
		}
		return ranges.length > 0 && r >= ranges.getLo(0) && Unicode.is32(ranges, r);
	}
	static isPrint(r) {
		if (r <= Unicode.MAX_LATIN1) return r >= 32 && r < Unicode.MAX_ASCII || r >= 161 && r !== 173;
		return Unicode.is(UnicodeTables.Print, r);
	}
	static simpleFold(r) {
		if (UnicodeTables.CASE_ORBIT.has(r)) return UnicodeTables.CASE_ORBIT.get(r);
		if (r <= Unicode.MAX_ASCII) {
			const l = Codepoint.toLowerCase(r);
			return l !== r ? l : Codepoint.toUpperCase(r);
		}
		return r;
	}
	static equalsIgnoreCase(r1, r2) {
		if (r1 === r2) return true;
		if (r1 < 0 || r2 < 0) return false;
		if (r1 <= Unicode.MAX_ASCII && r2 <= Unicode.MAX_ASCII) {
			if (65 <= r1 && r1 <= 90) r1 |= 32;
			if (65 <= r2 && r2 <= 90) r2 |= 32;
			return r1 === r2;
		}
		for (let r = Unicode.simpleFold(r1); r !== r1; r = Unicode.simpleFold(r)) if (r === r2) return true;
		return false;
	}
};
// src/exceptions.js
var RE2JSException = class extends Error {
	/** @param {string} message */
	constructor(message) {
		super(message);
		this.name = "RE2JSException";
	}
};
/**
* An exception thrown by the parser if the pattern was invalid.
*/
var RE2JSSyntaxException = class extends RE2JSException {
	/**
	* @param {string} error
	* @param {string|null} [input=null]
	*/
	constructor(error, input = null) {
		let message = `error parsing regexp: ${error}`;
		if (input) message += `: \`${input}\``;
		super(message);
		this.name = "RE2JSSyntaxException";
		this.message = message;
		/** @type {string} */
		this.error = error;
		/** @type {string|null} */
		this.input = input;
	}
	/**
	* Retrieves the description of the error.
	* @returns {string}
	*/
	getDescription() {
		return this.error;
	}
	/**
	* Retrieves the erroneous regular-expression pattern.
	* @returns {string|null}
	*/
	getPattern() {
		return this.input;
	}
};
/**
* An exception thrown by the compiler
*/
var RE2JSCompileException = class extends RE2JSException {
	/** @param {string} message */
	constructor(message) {
		super(message);
		this.name = "RE2JSCompileException";
	}
};
/**
* An exception thrown by using groups
*/
var RE2JSGroupException = class extends RE2JSException {
	/** @param {string} message */
	constructor(message) {
		super(message);
		this.name = "RE2JSGroupException";
	}
};
/**
* An exception thrown by flags
*/
var RE2JSFlagsException = class extends RE2JSException {
	/** @param {string} message */
	constructor(message) {
		super(message);
		this.name = "RE2JSFlagsException";
	}
};
/**
* An exception thrown for internal engine errors, such as corrupted bytecodes.
*/
var RE2JSInternalException = class extends RE2JSException {
	/** @param {string} message */
	constructor(message) {
		super(message);
		this.name = "RE2JSInternalException";
	}
};
// src/Utils.js
/**
* Size of the precomputed single-byte lookup table.
* Covers standard ASCII and Latin-1 characters for fast-path execution.
*/
const FAST_PATH_TABLE_SIZE = 256;
/**
* Precomputed lookup table for Word Boundary (\b, \B) assertions.
* * By precomputing the boolean results for standard ASCII word ranges
* ('a'-'z', 'A'-'Z', '0'-'9', '_'), we completely eliminate 4 logical
* branches from the NFA's hot execution loop. This prevents costly
* CPU branch mispredictions when scanning large strings.
*/
const WORD_RUNE_TABLE = new Uint8Array(FAST_PATH_TABLE_SIZE);
for (let i = 0; i < FAST_PATH_TABLE_SIZE; i++) WORD_RUNE_TABLE[i] = 97 <= i && i <= 122 || 65 <= i && i <= 90 || 48 <= i && i <= 57 || i === 95 ? 1 : 0;
let cachedNativeEncoder = null;
let cachedNativeDecoder = null;
/**
* Various constants and helper utilities.
*/
var Utils = class Utils {
	static METACHARACTERS = "\\.+*?()|[]{}^$";
	static EMPTY_BEGIN_LINE = 1;
	static EMPTY_END_LINE = 2;
	static EMPTY_BEGIN_TEXT = 4;
	static EMPTY_END_TEXT = 8;
	static EMPTY_WORD_BOUNDARY = 16;
	static EMPTY_NO_WORD_BOUNDARY = 32;
	static EMPTY_ALL = -1;
	static emptyInts() {
		return [];
	}
	static isString(value) {
		return typeof value === "string" || Object.prototype.toString.call(value) === "[object String]";
	}
	static typeName(value) {
		if (value === null || typeof value !== "object" && typeof value !== "function") return value === null ? "null" : typeof value;
		return Object.prototype.toString.call(value).slice(8, -1);
	}
	static checkPattern(pattern) {
		if (!Utils.isString(pattern)) throw new TypeError(`The pattern must be a string, not ${Utils.typeName(pattern)} (RE2JS.translateRegExp() converts a RegExp)`);
	}
	static checkInput(input) {
		if (!Utils.isString(input) && !Utils.isByteArray(input)) throw new TypeError(`The input must be a string or a byte array (Uint8Array or number[]), not ${Utils.typeName(input)}`);
	}
	static checkFlags(flags) {
		const known = PublicFlags.MULTILINE | PublicFlags.DOTALL | PublicFlags.CASE_INSENSITIVE | PublicFlags.DISABLE_UNICODE_GROUPS | PublicFlags.LONGEST_MATCH | PublicFlags.LOOKBEHINDS;
		if (!Number.isInteger(flags) || (flags & ~known) !== 0) throw new RE2JSFlagsException("Flags should only be a combination of MULTILINE, DOTALL, CASE_INSENSITIVE, DISABLE_UNICODE_GROUPS, LONGEST_MATCH, LOOKBEHINDS");
	}
	static isByteArray(input) {
		return Array.isArray(input) || Object.prototype.toString.call(input) === "[object Uint8Array]";
	}
	static isalnum(c) {
		return Codepoint.CODES["0"] <= c && c <= Codepoint.CODES["9"] || Codepoint.CODES["a"] <= c && c <= Codepoint.CODES["z"] || Codepoint.CODES["A"] <= c && c <= Codepoint.CODES["Z"];
	}
	static unhex(c) {
		if (Codepoint.CODES["0"] <= c && c <= Codepoint.CODES["9"]) return c - Codepoint.CODES["0"];
		if (Codepoint.CODES["a"] <= c && c <= Codepoint.CODES["f"]) return c - Codepoint.CODES["a"] + 10;
		if (Codepoint.CODES["A"] <= c && c <= Codepoint.CODES["F"]) return c - Codepoint.CODES["A"] + 10;
		return -1;
	}
	static escapeRune(rune) {
		let out = "";
		if (Unicode.isPrint(rune)) {
			if (Utils.METACHARACTERS.indexOf(String.fromCodePoint(rune)) >= 0) out += "\\";
			out += String.fromCodePoint(rune);
		} else switch (rune) {
			case Codepoint.CODES["\""]:
				out += "\\\"";
				break;
			case Codepoint.CODES["\\"]:
				out += "\\\\";
				break;
			case Codepoint.CODES["	"]:
				out += "\\t";
				break;
			case Codepoint.CODES["\n"]:
				out += "\\n";
				break;
			case Codepoint.CODES["\r"]:
				out += "\\r";
				break;
			case Codepoint.CODES["\b"]:
				out += "\\b";
				break;
			case Codepoint.CODES["\f"]:
				out += "\\f";
				break;
			default: {
				let s = rune.toString(16);
				if (rune < 256) {
					out += "\\x";
					if (s.length === 1) out += "0";
					out += s;
				} else out += `\\x{${s}}`;
				break;
			}
		}
		return out;
	}
	static stringToRunes(str) {
		const string = String(str);
		const runes = [];
		let i = 0;
		while (i < string.length) {
			const cp = string.codePointAt(i);
			runes.push(cp);
			i += cp > Unicode.MAX_BMP ? 2 : 1;
		}
		return new Int32Array(runes);
	}
	static runeToString(r) {
		return String.fromCodePoint(r);
	}
	static isWordRune(r) {
		return r < FAST_PATH_TABLE_SIZE ? WORD_RUNE_TABLE[r] === 1 : false;
	}
	static emptyOpContext(r1, r2) {
		let op = 0;
		if (r1 < 0) op |= Utils.EMPTY_BEGIN_TEXT | Utils.EMPTY_BEGIN_LINE;
		if (r1 === 10) op |= Utils.EMPTY_BEGIN_LINE;
		if (r2 < 0) op |= Utils.EMPTY_END_TEXT | Utils.EMPTY_END_LINE;
		if (r2 === 10) op |= Utils.EMPTY_END_LINE;
		if (Utils.isWordRune(r1) !== Utils.isWordRune(r2)) op |= Utils.EMPTY_WORD_BOUNDARY;
		else op |= Utils.EMPTY_NO_WORD_BOUNDARY;
		return op;
	}
	/**
	* Returns a string that quotes all regular expression metacharacters inside the argument text;
	* the returned string is a regular expression matching the literal text. For example,
	* {@code quoteMeta("[foo]").equals("\\[foo\\]")}.
	* @param {string} str
	* @returns {string}
	*/
	static quoteMeta(str) {
		return str.split("").map((s) => {
			if (Utils.METACHARACTERS.indexOf(s) >= 0) return `\\${s}`;
			return s;
		}).join("");
	}
	static charCount(codePoint) {
		return codePoint > Unicode.MAX_BMP ? 2 : 1;
	}
	/**
	* High-speed conversion from TypedArrays to standard JS Arrays.
	* Bypasses the expensive Symbol.iterator overhead of Array.from()
	*/
	static toArray(typedArray) {
		const len = typedArray.length;
		const res = new Array(len);
		for (let i = 0; i < len; i++) res[i] = typedArray[i];
		return res;
	}
	static stringToUtf8ByteArray(str) {
		if (globalThis.TextEncoder) {
			if (!cachedNativeEncoder) cachedNativeEncoder = new TextEncoder();
			return cachedNativeEncoder.encode(str);
		} else {
			let out = [], p = 0;
			for (let i = 0; i < str.length; i++) {
				let c = str.charCodeAt(i);
				if (c < 128) out[p++] = c;
				else if (c < 2048) {
					out[p++] = c >> 6 | 192;
					out[p++] = c & 63 | 128;
				} else if ((c & 64512) === Unicode.MIN_HIGH_SURROGATE && i + 1 < str.length && (str.charCodeAt(i + 1) & 64512) === Unicode.MIN_LOW_SURROGATE) {
					c = Unicode.MIN_SUPPLEMENTARY_CODE_POINT + ((c & 1023) << 10) + (str.charCodeAt(++i) & 1023);
					out[p++] = c >> 18 | 240;
					out[p++] = c >> 12 & 63 | 128;
					out[p++] = c >> 6 & 63 | 128;
					out[p++] = c & 63 | 128;
				} else {
					out[p++] = c >> 12 | 224;
					out[p++] = c >> 6 & 63 | 128;
					out[p++] = c & 63 | 128;
				}
			}
			return out;
		}
	}
	static utf8ByteArrayToString(bytes) {
		if (globalThis.TextDecoder) {
			if (!cachedNativeDecoder) cachedNativeDecoder = new TextDecoder("utf-8");
			const view = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
			return cachedNativeDecoder.decode(view);
		} else {
			let out = [], pos = 0, c = 0;
			while (pos < bytes.length) {
				let c1 = bytes[pos++];
				if (c1 < 128) out[c++] = String.fromCharCode(c1);
				else if (c1 > 191 && c1 < 224) {
					let c2 = bytes[pos++];
					out[c++] = String.fromCharCode((c1 & 31) << 6 | c2 & 63);
				} else if (c1 > 239 && c1 < 365) {
					let c2 = bytes[pos++];
					let c3 = bytes[pos++];
					let c4 = bytes[pos++];
					let u = ((c1 & 7) << 18 | (c2 & 63) << 12 | (c3 & 63) << 6 | c4 & 63) - Unicode.MIN_SUPPLEMENTARY_CODE_POINT;
					out[c++] = String.fromCharCode(Unicode.MIN_HIGH_SURROGATE + (u >> 10));
					out[c++] = String.fromCharCode(Unicode.MIN_LOW_SURROGATE + (u & 1023));
				} else {
					let c2 = bytes[pos++];
					let c3 = bytes[pos++];
					out[c++] = String.fromCharCode((c1 & 15) << 12 | (c2 & 63) << 6 | c3 & 63);
				}
			}
			return out.join("");
		}
	}
};
// src/helpers.js
const createEnum = (values = [], initNum = 0) => {
	const enumObject = Object.create(null);
	for (let i = 0; i < values.length; i++) {
		const val = values[i];
		const keyVal = initNum + i;
		enumObject[val] = keyVal;
		enumObject[keyVal] = val;
	}
	return Object.freeze(enumObject);
};
// src/MatcherInput.js
/**
* Abstract the representations of input text supplied to Matcher.
*/
var MatcherInputBase = class MatcherInputBase {
	static Encoding = createEnum(["UTF_16", "UTF_8"]);
	getEncoding() {
		throw Error("not implemented");
	}
	/** @returns {string} */
	asCharSequence() {
		throw Error("not implemented");
	}
	/** @returns {Uint8Array|number[]|null} */
	asBytes() {
		throw Error("not implemented");
	}
	/** @returns {number} */
	length() {
		throw Error("not implemented");
	}
	/**
	*
	* @returns {boolean}
	*/
	isUTF8Encoding() {
		return this.getEncoding() === MatcherInputBase.Encoding.UTF_8;
	}
	/**
	*
	* @returns {boolean}
	*/
	isUTF16Encoding() {
		return this.getEncoding() === MatcherInputBase.Encoding.UTF_16;
	}
};
var Utf8MatcherInput = class extends MatcherInputBase {
	/** @param {Uint8Array|number[]|null} bytes */
	constructor(bytes = null) {
		super();
		this.bytes = bytes;
	}
	getEncoding() {
		return MatcherInputBase.Encoding.UTF_8;
	}
	/**
	*
	* @returns {string}
	*/
	asCharSequence() {
		return Utils.utf8ByteArrayToString(this.bytes);
	}
	/**
	*
	* @returns {Uint8Array|number[]|null}
	*/
	asBytes() {
		return this.bytes;
	}
	/**
	*
	* @returns {number}
	*/
	length() {
		return this.bytes.length;
	}
};
var Utf16MatcherInput = class extends MatcherInputBase {
	/** @param {string|null} charSequence */
	constructor(charSequence = null) {
		super();
		this.charSequence = charSequence;
	}
	getEncoding() {
		return MatcherInputBase.Encoding.UTF_16;
	}
	/**
	*
	* @returns {string}
	*/
	asCharSequence() {
		return this.charSequence;
	}
	/**
	*
	* @returns {number[]}
	*/
	asBytes() {
		return Utils.stringToUtf8ByteArray(this.charSequence.toString());
	}
	/**
	*
	* @returns {number}
	*/
	length() {
		return this.charSequence.length;
	}
};
var MatcherInput = class {
	/**
	* Return the MatcherInput for UTF_16 encoding.
	* @returns {Utf16MatcherInput}
	*/
	static utf16(charSequence) {
		Utils.checkInput(charSequence);
		return new Utf16MatcherInput(charSequence);
	}
	/**
	* Return the MatcherInput for UTF_8 encoding.
	* @returns {Utf8MatcherInput}
	*/
	static utf8(input) {
		if (Utils.isByteArray(input)) return new Utf8MatcherInput(input);
		return new Utf8MatcherInput(Utils.stringToUtf8ByteArray(input));
	}
};
// src/MachineInput.js
/**
* MachineInput abstracts different representations of the input text supplied to the Machine. It
* provides one-character lookahead.
*/
var MachineInputBase = class {
	static EOF() {
		return -8;
	}
	constructor() {
		this.start = 0;
		this.end = 0;
	}
	canCheckPrefix() {
		return true;
	}
	endPos() {
		return this.end - this.start;
	}
	hasString() {
		return false;
	}
	hasAnyString() {
		return false;
	}
	prefixLength() {
		return 0;
	}
};
var MachineUTF8Input = class MachineUTF8Input extends MachineInputBase {
	static RUNE_ERROR_STEP = Unicode.RUNE_ERROR << 3 | 1;
	constructor(bytes, start = 0, end = bytes.length) {
		super();
		this.bytes = bytes;
		this.start = start;
		this.end = end;
	}
	hasString(prefilter, pos) {
		const target = prefilter.bytes;
		if (target.length === 0) return true;
		const idx = this.indexOf(this.bytes, target, this.start + pos);
		return idx !== -1 && idx <= this.end - target.length;
	}
	hasAnyString(prefilter, pos) {
		return prefilter.automaton8().searchUTF8(this.bytes, this.start + pos, this.end);
	}
	step(pos) {
		pos += this.start;
		if (pos >= this.end) return MachineInputBase.EOF();
		const c = this.bytes[pos] & 255;
		if (c < 128) return c << 3 | 1;
		let size;
		let rune;
		let lo = 128;
		let hi = 191;
		if (c >= 194 && c <= 223) {
			size = 2;
			rune = c & 31;
		} else if (c >= 224 && c <= 239) {
			size = 3;
			rune = c & 15;
			if (c === 224) lo = 160;
			else if (c === 237) hi = 159;
		} else if (c >= 240 && c <= 244) {
			size = 4;
			rune = c & 7;
			if (c === 240) lo = 144;
			else if (c === 244) hi = 143;
		} else return MachineUTF8Input.RUNE_ERROR_STEP;
		if (pos + size > this.end) return MachineUTF8Input.RUNE_ERROR_STEP;
		const c1 = this.bytes[pos + 1] & 255;
		if (c1 < lo || c1 > hi) return MachineUTF8Input.RUNE_ERROR_STEP;
		rune = rune << 6 | c1 & 63;
		if (size > 2) {
			const c2 = this.bytes[pos + 2] & 255;
			if ((c2 & 192) !== 128) return MachineUTF8Input.RUNE_ERROR_STEP;
			rune = rune << 6 | c2 & 63;
			if (size > 3) {
				const c3 = this.bytes[pos + 3] & 255;
				if ((c3 & 192) !== 128) return MachineUTF8Input.RUNE_ERROR_STEP;
				rune = rune << 6 | c3 & 63;
			}
		}
		return rune << 3 | size;
	}
	index(re2, pos) {
		pos += this.start;
		const i = this.indexOf(this.bytes, re2.prefixUTF8, pos);
		return i < 0 ? i : i - pos;
	}
	context(pos) {
		pos += this.start;
		let r1 = -1;
		if (pos > this.start && pos <= this.end) {
			let start = pos - 1;
			r1 = this.bytes[start--];
			if (r1 >= 128) {
				let lim = pos - 4;
				if (lim < this.start) lim = this.start;
				while (start >= lim && (this.bytes[start] & 192) === 128) start--;
				if (start < this.start) start = this.start;
				const r = this.step(start - this.start);
				r1 = start + (r & 7) === pos ? r >> 3 : Unicode.RUNE_ERROR;
			}
		}
		const r2 = pos < this.end ? this.step(pos - this.start) >> 3 : -1;
		return Utils.emptyOpContext(r1, r2);
	}
	indexOf(source, target, fromIndex = 0) {
		let targetLength = target.length;
		if (targetLength === 0) return fromIndex <= this.end ? fromIndex : -1;
		const firstByte = target[0];
		let limit = this.end - targetLength;
		const hasNativeIndexOf = typeof source.indexOf === "function";
		let i = fromIndex;
		while (i <= limit) {
			if (hasNativeIndexOf) {
				i = source.indexOf(firstByte, i);
				if (i === -1 || i > limit) return -1;
			} else {
				while (i <= limit && source[i] !== firstByte) i++;
				if (i > limit) return -1;
			}
			let match = true;
			for (let j = 1; j < targetLength; j++) if (source[i + j] !== target[j]) {
				match = false;
				break;
			}
			if (match) return i;
			i++;
		}
		return -1;
	}
	prefixLength(re2) {
		return re2.prefixUTF8.length;
	}
};
var MachineUTF16Input = class extends MachineInputBase {
	constructor(charSequence, start = 0, end = charSequence.length) {
		super();
		this.charSequence = charSequence;
		this.start = start;
		this.end = end;
	}
	hasString(prefilter, pos) {
		const idx = this.charSequence.indexOf(prefilter.str, this.start + pos);
		return idx !== -1 && idx <= this.end - prefilter.str.length;
	}
	hasAnyString(prefilter, pos) {
		return prefilter.automaton16().searchUTF16(this.charSequence, this.start + pos, this.end);
	}
	step(pos) {
		pos += this.start;
		if (pos >= this.end) return MachineInputBase.EOF();
		const c1 = this.charSequence.charCodeAt(pos);
		if (c1 < Unicode.MIN_HIGH_SURROGATE || c1 > Unicode.MAX_HIGH_SURROGATE || pos + 1 >= this.end) return c1 << 3 | 1;
		const c2 = this.charSequence.charCodeAt(pos + 1);
		if (c2 >= Unicode.MIN_LOW_SURROGATE && c2 <= Unicode.MAX_LOW_SURROGATE) return (c1 - Unicode.MIN_HIGH_SURROGATE) * 1024 + (c2 - Unicode.MIN_LOW_SURROGATE) + Unicode.MIN_SUPPLEMENTARY_CODE_POINT << 3 | 2;
		return c1 << 3 | 1;
	}
	index(re2, pos) {
		pos += this.start;
		const i = this.charSequence.indexOf(re2.prefix, pos);
		if (i < 0 || i > this.end - re2.prefix.length) return -1;
		return i - pos;
	}
	context(pos) {
		pos += this.start;
		const r1 = pos > this.start && pos <= this.end ? this.charSequence.charCodeAt(pos - 1) : -1;
		const r2 = pos < this.end ? this.charSequence.charCodeAt(pos) : -1;
		return Utils.emptyOpContext(r1, r2);
	}
	prefixLength(re2) {
		return re2.prefix.length;
	}
};
var MachineInput = class {
	static fromUTF8(bytes, start = 0, end = bytes.length) {
		return new MachineUTF8Input(bytes, start, end);
	}
	static fromUTF16(charSequence, start = 0, end = void 0) {
		Utils.checkInput(charSequence);
		return new MachineUTF16Input(charSequence, start, end ?? charSequence.length);
	}
};
// src/Matcher.js
/**
* A stateful iterator that interprets a regex {@code RE2JS} on a specific input.
*
* Conceptually, a Matcher consists of four parts:
* <ol>
* <li>A compiled regular expression {@code RE2JS}, set at construction and fixed for the lifetime
* of the matcher.</li>
*
* <li>The remainder of the input string, set at construction or {@link #reset()} and advanced by
* each match operation such as {@link #find}, {@link #matches} or {@link #lookingAt}.</li>
*
* <li>The current match information, accessible via {@link #start}, {@link #end}, and
* {@link #group}, and updated by each match operation.</li>
*
* <li>The append position, used and advanced by {@link #appendReplacement} and {@link #appendTail}
* if performing a search and replace from the input to an external {@code StringBuffer}.
*
* </ol>
*
*
* @author rsc@google.com (Russ Cox)
*/
var Matcher = class Matcher {
	/**
	* V8 and WebKit have historical hard limits on the number of arguments
	* that can be passed to a function. We cap replacer arguments to prevent
	* Call Stack Overflow (DoS) vulnerabilities on massive ASTs.
	*/
	static MAX_REPLACER_ARGS = 65535;
	/**
	* Quotes '\' and '$' in {@code s}, so that the returned string could be used in
	* {@link #appendReplacement} as a literal replacement of {@code s}.
	*
	* @param {string} str the string to be quoted
	* @param {boolean} [javaMode=false] whether the replacement will be used in javaMode
	* @returns {string} the quoted string
	*/
	static quoteReplacement(str, javaMode = false) {
		if (javaMode) {
			if (str.indexOf("\\") < 0 && str.indexOf("$") < 0) return str;
			return str.split("").map((s) => {
				const c = s.codePointAt(0);
				if (c === Codepoint.CODES["\\"] || c === Codepoint.CODES["$"]) return `\\${s}`;
				return s;
			}).join("");
		}
		if (str.indexOf("$") < 0) return str;
		return str.split("").map((s) => {
			if (s.codePointAt(0) === Codepoint.CODES["$"]) return "$$";
			return s;
		}).join("");
	}
	/**
	*
	* @param {import('./index.js').RE2JS} pattern
	* @param {string|number[]|Uint8Array|MatcherInputBase} input
	*/
	constructor(pattern, input) {
		if (pattern === null) throw new Error("pattern is null");
		/**
		* The pattern being matched.
		* @type {import('./index.js').RE2JS}
		*/
		this.patternInput = pattern;
		const re2 = this.patternInput.re2();
		/** @type {number} */
		this.patternGroupCount = re2.numberOfCapturingGroups();
		/** @type {number[]} */
		this.groups = [];
		/** @type {Record<string, number>} */
		this.namedGroups = re2.namedGroups;
		/** @type {boolean} */
		this.hasNamedGroups = Object.keys(this.namedGroups).length > 0;
		/** @type {number} */
		this.numberOfInstructions = re2.numberOfInstructions();
		/** @type {import('./Machine.js').LookbehindState|null} */
		this.lookbehindState = null;
		if (input instanceof MatcherInputBase) this.resetMatcherInput(input);
		else if (Utils.isByteArray(input)) this.resetMatcherInput(MatcherInput.utf8(input));
		else this.resetMatcherInput(MatcherInput.utf16(input));
	}
	/**
	* Returns the {@code RE2JS} associated with this {@code Matcher}.
	* @returns {import('./index.js').RE2JS}
	*/
	pattern() {
		return this.patternInput;
	}
	/**
	* Resets the {@code Matcher}, rewinding input and discarding any match information.
	*
	* @returns {Matcher} the {@code Matcher} itself, for chained method calls
	*/
	reset() {
		/** @type {number} */
		this.matcherInputLength = this.matcherInput.length();
		/** @type {number} */
		this.appendPos = 0;
		this.hasMatch = false;
		this.hasGroups = false;
		this.anchorFlag = 0;
		return this;
	}
	/**
	* Resets the {@code Matcher} and changes the input.
	* @param {string|number[]|Uint8Array|MatcherInputBase} input
	* @returns {Matcher} the {@code Matcher} itself, for chained method calls
	*/
	resetMatcherInput(input) {
		if (input === null) throw new Error("input is null");
		if (!(input instanceof MatcherInputBase)) {
			if (Utils.isByteArray(input)) input = MatcherInput.utf8(input);
			else input = MatcherInput.utf16(input);
		}
		this.matcherInput = input;
		if (this.lookbehindState !== null) this.lookbehindState.reset();
		else this.lookbehindState = this.patternInput.re2().createLookbehindState();
		this.reset();
		return this;
	}
	/**
	* Returns the start of the named group of the most recent match, or -1 if the group was not
	* matched.
	* @param {string|number} [group=0]
	* @returns {number}
	*/
	start(group = 0) {
		if (typeof group === "string") {
			const groupInt = this.namedGroups[group];
			if (!Number.isFinite(groupInt)) throw new RE2JSGroupException(`group '${group}' not found`);
			group = groupInt;
		}
		this.loadGroup(group);
		return this.groups[2 * group];
	}
	/**
	* Returns the end of the named group of the most recent match, or -1 if the group was not
	* matched.
	* @param {string|number} [group=0]
	* @returns {number}
	*/
	end(group = 0) {
		if (typeof group === "string") {
			const groupInt = this.namedGroups[group];
			if (!Number.isFinite(groupInt)) throw new RE2JSGroupException(`group '${group}' not found`);
			group = groupInt;
		}
		this.loadGroup(group);
		return this.groups[2 * group + 1];
	}
	/**
	* Returns the program size of this pattern.
	*
	* <p>
	* Similar to the C++ implementation, the program size is a very approximate measure of a regexp's
	* "cost". Larger numbers are more expensive than smaller numbers.
	* </p>
	*
	* @returns {number} the program size of this pattern
	*/
	programSize() {
		return this.numberOfInstructions;
	}
	/**
	* Returns the named group of the most recent match, or {@code null} if the group was not matched.
	* @param {string|number} [group=0]
	* @returns {string|null}
	*/
	group(group = 0) {
		if (typeof group === "string") {
			const groupInt = this.namedGroups[group];
			if (!Number.isFinite(groupInt)) throw new RE2JSGroupException(`group '${group}' not found`);
			group = groupInt;
		}
		const start = this.start(group);
		const end = this.end(group);
		if (start < 0 && end < 0) return null;
		return this.substring(start, end);
	}
	/**
	* Returns a dictionary map of all named capturing groups and their matched values.
	* If a group was not matched, its value will be `null`.
	* @returns {Record<string, string|null>}
	*/
	getNamedGroups() {
		if (!this.hasMatch) throw new RE2JSGroupException("perhaps no match attempted");
		const result = Object.create(null);
		for (const name of Object.keys(this.namedGroups)) result[name] = this.group(name);
		return result;
	}
	/**
	* Returns the number of subgroups in this pattern.
	*
	* @returns {number} the number of subgroups; the overall match (group 0) does not count
	*/
	groupCount() {
		return this.patternGroupCount;
	}
	/**
	* Helper: finds subgroup information if needed for group.
	* @param {number} group
	* @private
	*/
	loadGroup(group) {
		if (!Number.isInteger(group) || group < 0 || group > this.patternGroupCount) throw new RE2JSGroupException(`Group index out of bounds: ${group}`);
		if (!this.hasMatch) throw new RE2JSGroupException("perhaps no match attempted");
		if (group === 0 || this.hasGroups) return;
		const end = this.matcherInputLength;
		const res = this.patternInput.re2().matchMachineInput(this.matcherInput, this.groups[0], end, this.anchorFlag, 1 + this.patternGroupCount, this.lookbehindState);
		if (!res[0]) throw new RE2JSGroupException("inconsistency in matching group data");
		this.groups = res[1];
		this.hasGroups = true;
	}
	/**
	* Matches the entire input against the pattern (anchored start and end). If there is a match,
	* {@code matches} sets the match state to describe it.
	*
	* @returns {boolean} true if the entire input matches the pattern
	*/
	matches() {
		return this.genMatch(0, RE2Flags.ANCHOR_BOTH);
	}
	/**
	* Matches the beginning of input against the pattern (anchored start). If there is a match,
	* {@code lookingAt} sets the match state to describe it.
	*
	* @returns {boolean} true if the beginning of the input matches the pattern
	*/
	lookingAt() {
		return this.genMatch(0, RE2Flags.ANCHOR_START);
	}
	/**
	* Matches the input against the pattern (unanchored), starting at a specified position. If there
	* is a match, {@code find} sets the match state to describe it.
	*
	* @param {number|null} [start=null] the input position where the search begins
	* @returns {boolean} if it finds a match
	* @throws IndexOutOfBoundsException if start is not a valid input position
	*/
	find(start = null) {
		if (start !== null) {
			if (!Number.isInteger(start) || start < 0 || start > this.matcherInputLength) throw new RE2JSGroupException(`start index out of bounds: ${start}`);
			this.reset();
			return this.genMatch(start, 0);
		}
		start = 0;
		if (this.hasMatch) {
			start = this.groups[1];
			if (this.groups[0] === this.groups[1]) {
				const r = (this.matcherInput.isUTF16Encoding() ? MachineInput.fromUTF16(this.matcherInput.asCharSequence(), 0, this.matcherInputLength) : MachineInput.fromUTF8(this.matcherInput.asBytes(), 0, this.matcherInputLength)).step(start);
				if (r < 0) start++;
				else start += r & 7;
			}
		}
		return this.genMatch(start, RE2Flags.UNANCHORED);
	}
	/**
	* Helper: does match starting at start, with RE2 anchor flag.
	* @param {number} startByte
	* @param {number} anchor
	* @returns {boolean}
	* @private
	*/
	genMatch(startByte, anchor) {
		const res = this.patternInput.re2().matchMachineInput(this.matcherInput, startByte, this.matcherInputLength, anchor, 1, this.lookbehindState);
		if (!res[0]) {
			this.hasMatch = false;
			return false;
		}
		this.groups = res[1];
		this.hasMatch = true;
		this.hasGroups = this.patternGroupCount === 0;
		this.anchorFlag = anchor;
		return true;
	}
	/**
	* Helper: return substring for [start, end).
	* @param {number} start
	* @param {number} end
	* @returns {string}
	*/
	substring(start, end) {
		if (this.matcherInput.isUTF8Encoding()) return Utils.utf8ByteArrayToString(this.matcherInput.asBytes().slice(start, end));
		return this.matcherInput.asCharSequence().substring(start, end).toString();
	}
	/**
	* Helper for Pattern: return input length.
	* @returns {number}
	*/
	inputLength() {
		return this.matcherInputLength;
	}
	/**
	* Appends to result two strings: the text from the append position up to the beginning of the
	* most recent match, and then the replacement with submatch groups substituted for references to
	* them. It advances the append position to where the most recent match ended.
	*
	* By default the replacement is expanded as by String.prototype.replace (see
	* appendReplacementInternalJs). In Java mode it follows re2j / java.util.regex: $n takes as
	* many digits as still form a valid group number, ${name} is a named group, and a backslash
	* escapes the next character (so "\\$" in a JS string literal inserts a literal $).
	*
	* @param {string} replacement the replacement string
	* @param {boolean} [javaMode=false] activate java mode (different behaviour for capture groups and special characters)
	* @returns {string}
	* @throws IllegalStateException if there was no most recent match
	* @throws IndexOutOfBoundsException in Java mode, if replacement refers to an invalid group
	* @private
	*/
	appendReplacement(replacement, javaMode = false) {
		let res = "";
		const s = this.start();
		const e = this.end();
		if (this.appendPos < s) res += this.substring(this.appendPos, s);
		this.appendPos = e;
		res += javaMode ? this.appendReplacementInternalJava(replacement) : this.appendReplacementInternalJs(replacement);
		return res;
	}
	/**
	* @param {string} replacement - the replacement string
	* @returns {string}
	* @private
	*/
	appendReplacementInternalJava(replacement) {
		let res = "";
		let last = 0;
		const m = replacement.length;
		let i = 0;
		while (i < m) {
			const cCode = replacement.codePointAt(i);
			if (cCode === Codepoint.CODES["\\"]) {
				if (last < i) res += replacement.substring(last, i);
				i++;
				if (i >= m) throw new RE2JSGroupException("character to be escaped is missing");
				last = i;
				i++;
				continue;
			}
			if (cCode === Codepoint.CODES["$"]) {
				if (last < i) res += replacement.substring(last, i);
				if (i + 1 >= m) throw new RE2JSGroupException("Illegal group reference: group index is missing");
				const nextCode = replacement.codePointAt(i + 1);
				if (Codepoint.CODES["0"] <= nextCode && nextCode <= Codepoint.CODES["9"]) {
					let n = nextCode - Codepoint.CODES["0"];
					let j = i + 2;
					for (; j < m; j++) {
						const digit = replacement.codePointAt(j);
						if (digit < Codepoint.CODES["0"] || digit > Codepoint.CODES["9"] || n * 10 + digit - Codepoint.CODES["0"] > this.patternGroupCount) break;
						n = n * 10 + digit - Codepoint.CODES["0"];
					}
					if (n > this.patternGroupCount) throw new RE2JSGroupException(`n > number of groups: ${n}`);
					const group = this.group(n);
					if (group !== null) res += group;
					i = j;
					last = i;
				} else if (nextCode === Codepoint.CODES["{"]) {
					let j = i + 2;
					while (j < m && replacement.codePointAt(j) !== Codepoint.CODES["}"]) j++;
					if (j >= m) throw new RE2JSGroupException("named capture group is missing trailing '}'");
					const groupName = replacement.substring(i + 2, j);
					const groupVal = this.group(groupName);
					if (groupVal !== null) res += groupVal;
					i = j + 1;
					last = i;
				} else throw new RE2JSGroupException("Illegal group reference");
				continue;
			}
			i++;
		}
		if (last < m) res += replacement.substring(last, m);
		return res;
	}
	/**
	* Expands |replacement| for the current match by the rules of String.prototype.replace
	* (ECMAScript GetSubstitution): $$ is "$", $& the match, $` the text before it, $' the text
	* after it, $n and $nn a group (two digits only when they form a valid group number, so with
	* one group "$10" is group 1 then "0"; an unmatched group is empty), and $<name> a named group
	* (empty when no such group), only when the pattern has named groups. Anything else, such as
	* "$0" or "$<" without a closing ">", is kept as is.
	* @param {string} replacement - the replacement string
	* @returns {string}
	* @private
	*/
	appendReplacementInternalJs(replacement) {
		const isDigit = (c) => c >= 48 && c <= 57;
		const groupCount = this.patternGroupCount;
		let res = "";
		let i = 0;
		while (i < replacement.length) {
			const dollar = replacement.indexOf("$", i);
			if (dollar < 0) break;
			res += replacement.substring(i, dollar);
			i = dollar;
			const c = replacement.charCodeAt(i + 1);
			if (c === Codepoint.CODES["$"]) {
				res += "$";
				i += 2;
			} else if (c === Codepoint.CODES["&"]) {
				res += this.group(0);
				i += 2;
			} else if (c === Codepoint.CODES["`"]) {
				res += this.substring(0, this.start(0));
				i += 2;
			} else if (c === Codepoint.CODES["'"]) {
				res += this.substring(this.end(0), this.matcherInputLength);
				i += 2;
			} else if (isDigit(c)) {
				let digits = 1;
				let index = c - 48;
				const c2 = replacement.charCodeAt(i + 2);
				if (isDigit(c2) && index * 10 + c2 - 48 <= groupCount) {
					digits = 2;
					index = index * 10 + c2 - 48;
				}
				if (index >= 1 && index <= groupCount) {
					const group = this.group(index);
					if (group !== null) res += group;
				} else res += replacement.substring(i, i + 1 + digits);
				i += 1 + digits;
			} else if (c === Codepoint.CODES["<"] && this.hasNamedGroups) {
				const gt = replacement.indexOf(">", i + 2);
				if (gt < 0) {
					res += "$<";
					i += 2;
				} else {
					const name = replacement.substring(i + 2, gt);
					if (Object.hasOwn(this.namedGroups, name)) {
						const group = this.group(name);
						if (group !== null) res += group;
					}
					i = gt + 1;
				}
			} else {
				res += "$";
				i += 1;
			}
		}
		return res + replacement.substring(i);
	}
	/**
	* Return the substring of the input from the append position to the end of the
	* input.
	* @returns {string}
	*/
	appendTail() {
		return this.substring(this.appendPos, this.matcherInputLength);
	}
	/**
	* Returns the input with all matches replaced by {@code replacement}, interpreted as for
	* {@code appendReplacement}.
	*
	* @param {string|((...args: any[]) => string)} replacement - the replacement string or a replacer function
	* @param {boolean} [javaMode=false] - activate java mode (different behaviour for capture groups and special characters)
	* @returns {string} the input string with the matches replaced
	* @throws IndexOutOfBoundsException if replacement refers to an invalid group and javaMode is true
	*/
	replaceAll(replacement, javaMode = false) {
		return this.replace(replacement, true, javaMode);
	}
	/**
	* Returns the input with the first match replaced by {@code replacement}, interpreted as for
	* {@code appendReplacement}.
	*
	* @param {string|((...args: any[]) => string)} replacement - the replacement string or a replacer function
	* @param {boolean} [javaMode=false] - activate java mode (different behaviour for capture groups and special characters)
	* @returns {string} the input string with the first match replaced
	* @throws IndexOutOfBoundsException if replacement refers to an invalid group and javaMode is true
	*/
	replaceFirst(replacement, javaMode = false) {
		return this.replace(replacement, false, javaMode);
	}
	/**
	* Helper: replaceAll/replaceFirst hybrid.
	* @param {string|((...args: any[]) => string)} replacement - the replacement string or a replacer function
	* @param {boolean} [all=true] - replace all matches
	* @param {boolean} [javaMode=false] - activate java mode (different behaviour for capture groups and special characters)
	* @returns {string}
	* @private
	*/
	replace(replacement, all = true, javaMode = false) {
		let res = "";
		this.reset();
		const isFunc = typeof replacement === "function";
		let originalInput = null;
		if (isFunc) {
			if (this.groupCount() >= Matcher.MAX_REPLACER_ARGS) throw new RE2JSGroupException("Too many capture groups to safely invoke replacer function");
			originalInput = this.matcherInput.isUTF8Encoding() ? this.matcherInput.asBytes() : this.matcherInput.asCharSequence();
		}
		while (this.find()) {
			res += isFunc ? this.appendReplacementFunc(replacement, originalInput) : this.appendReplacement(replacement, javaMode);
			if (!all) break;
		}
		res += this.appendTail();
		return res;
	}
	/**
	* Evaluates a replacer function for the current match and appends the result,
	* along with any un-matched preceding text, advancing the append position.
	* @param {Function} replacer - the replacer function
	* @param {string|Uint8Array|number[]} originalInput - the cached original input reference
	* @returns {string} the evaluated string to append
	* @private
	*/
	appendReplacementFunc(replacer, originalInput) {
		let res = "";
		const s = this.start();
		const e = this.end();
		if (this.appendPos < s) res += this.substring(this.appendPos, s);
		this.appendPos = e;
		/** @type {unknown[]} */
		const args = this.matchArray();
		args.push(s, originalInput);
		if (this.hasNamedGroups) args.push(this.namedGroupsObject());
		res += String(replacer(...args));
		return res;
	}
	/**
	* The match and its groups, as the elements of a JS RegExpExecArray: undefined for a group that
	* did not take part in the match. Used by exec(), matchAll() and replacer functions.
	* @returns {Array<string|undefined>}
	* @private
	*/
	matchArray() {
		const result = [this.group(0)];
		for (let i = 1; i <= this.patternGroupCount; i++) {
			const group = this.group(i);
			result.push(group === null ? void 0 : group);
		}
		return result;
	}
	/**
	* The named groups, as the groups property of a JS RegExpExecArray: an object without a
	* prototype mapping each name to its group (undefined when it did not take part in the match),
	* or undefined when the pattern has no named groups.
	* @returns {Record<string, string|undefined>|undefined}
	* @private
	*/
	namedGroupsObject() {
		if (!this.hasNamedGroups) return;
		const result = this.getNamedGroups();
		for (const name in result) if (result[name] === null) result[name] = void 0;
		return result;
	}
};
// src/Inst.js
/**
* A single instruction in the regular expression virtual machine.
*
* @see http://swtch.com/~rsc/regexp/regexp2.html
*/
var Inst = class Inst {
	static ALT = 1;
	static ALT_MATCH = 2;
	static CAPTURE = 3;
	static EMPTY_WIDTH = 4;
	static FAIL = 5;
	static MATCH = 6;
	static NOP = 7;
	static RUNE = 8;
	static RUNE1 = 9;
	static RUNE_ANY = 10;
	static RUNE_ANY_NOT_NL = 11;
	static LB_WRITE = 12;
	static LB_CHECK = 13;
	static isRuneOp(op) {
		return Inst.RUNE <= op && op <= Inst.RUNE_ANY_NOT_NL;
	}
	static escapeRunes(runes) {
		let out = "\"";
		for (let rune of runes) out += Utils.escapeRune(rune);
		out += "\"";
		return out;
	}
	constructor(op) {
		this.op = op;
		this.out = 0;
		this.arg = 0;
		/** @type {Int32Array} */
		this.runes = /* @__PURE__ */ new Int32Array(0);
		/** @type {Uint32Array | number[] | null} */
		this.next = null;
	}
	matchRune(r) {
		if (this.runes.length === 1) {
			const r0 = this.runes[0];
			if ((this.arg & RE2Flags.FOLD_CASE) !== 0) return Unicode.equalsIgnoreCase(r0, r);
			return r === r0;
		}
		const len = this.runes.length;
		if (len === 0) return false;
		if (len === 2 || len === 4 || len === 6 || len === 8) {
			for (let j = 0; j < len; j += 2) {
				if (r < this.runes[j]) return false;
				if (r <= this.runes[j + 1]) return true;
			}
			return false;
		}
		let base = 0;
		let n = len >> 1;
		while (n > 1) {
			const half = n >> 1;
			base += this.runes[base + half << 1] <= r ? half : 0;
			n -= half;
		}
		base += this.runes[base << 1] <= r ? 1 : 0;
		const m = base - 1;
		return m >= 0 && r <= this.runes[m << 1 | 1];
	}
	matchRunePos(r) {
		if (this.runes.length === 1) {
			const r0 = this.runes[0];
			if ((this.arg & RE2Flags.FOLD_CASE) !== 0) return Unicode.equalsIgnoreCase(r0, r) ? 0 : -1;
			return r === r0 ? 0 : -1;
		}
		const len = this.runes.length;
		if (len === 0) return -1;
		if (len === 2 || len === 4 || len === 6 || len === 8) {
			for (let j = 0; j < len; j += 2) {
				if (r < this.runes[j]) return -1;
				if (r <= this.runes[j + 1]) return Math.floor(j / 2);
			}
			return -1;
		}
		let base = 0;
		let n = len >> 1;
		while (n > 1) {
			const half = n >> 1;
			base += this.runes[base + half << 1] <= r ? half : 0;
			n -= half;
		}
		base += this.runes[base << 1] <= r ? 1 : 0;
		const m = base - 1;
		return m >= 0 && r <= this.runes[m << 1 | 1] ? m : -1;
	}
	/**
	*
	* @returns {string}
	*/
	toString() {
		switch (this.op) {
			case Inst.ALT: return `alt -> ${this.out}, ${this.arg}`;
			case Inst.ALT_MATCH: return `altmatch -> ${this.out}, ${this.arg}`;
			case Inst.CAPTURE: return `cap ${this.arg} -> ${this.out}`;
			case Inst.EMPTY_WIDTH: return `empty ${this.arg} -> ${this.out}`;
			case Inst.MATCH: return `match${this.arg !== 0 ? ` ${this.arg}` : ""}`;
			case Inst.FAIL: return "fail";
			case Inst.NOP: return `nop -> ${this.out}`;
			case Inst.LB_WRITE: return `lbwrite ${this.arg} -> ${this.out}`;
			case Inst.LB_CHECK: return `lbcheck ${this.arg} -> ${this.out}`;
			case Inst.RUNE:
				if (this.runes === null) return "rune <null>";
				return [
					"rune ",
					Inst.escapeRunes(this.runes),
					(this.arg & RE2Flags.FOLD_CASE) !== 0 ? "/i" : "",
					" -> ",
					this.out
				].join("");
			case Inst.RUNE1: return `rune1 ${Inst.escapeRunes(this.runes)} -> ${this.out}`;
			case Inst.RUNE_ANY: return `any -> ${this.out}`;
			case Inst.RUNE_ANY_NOT_NL: return `anynotnl -> ${this.out}`;
			default: throw new Error("unhandled case in Inst.toString");
		}
	}
};
// src/Machine.js
var Queue = class Queue {
	constructor(numInst) {
		this.sparse = new Int32Array(numInst);
		this.densePcs = new Int32Array(numInst);
		this.denseCaps = null;
		this.size = 0;
		this.ncap = 0;
		this.mainThreads = 0;
	}
	static INITIAL_THREADS = 32;
	init(ncap) {
		this.ncap = ncap;
		const needed = Math.min(this.densePcs.length, Queue.INITIAL_THREADS) * ncap;
		if (!this.denseCaps || this.denseCaps.length < needed) this.denseCaps = new Int32Array(needed);
	}
	growCaps(needed) {
		const limit = this.densePcs.length * this.ncap;
		const grown = new Int32Array(Math.min(limit, Math.max(needed, 2 * this.denseCaps.length)));
		grown.set(this.denseCaps);
		this.denseCaps = grown;
	}
	contains(pc) {
		const j = this.sparse[pc];
		return j < this.size && this.densePcs[j] === pc;
	}
	isEmpty() {
		return this.size === 0;
	}
	add(pc) {
		const j = this.size++;
		this.sparse[pc] = j;
		this.densePcs[j] = pc;
		return j;
	}
	clear() {
		this.size = 0;
		this.mainThreads = 0;
	}
	toString() {
		let out = "{";
		for (let i = 0; i < this.size; i++) {
			if (i !== 0) out += ", ";
			out += this.densePcs[i];
		}
		out += "}";
		return out;
	}
};
var LookbehindState = class {
	constructor(prog) {
		this.pos = -1;
		this.pcs = new Int32Array(prog.numInst());
		this.size = 0;
		this.lbTable = new Int32Array(prog.numLb + 1);
	}
	reset() {
		this.pos = -1;
		this.size = 0;
	}
};
var Machine = class Machine {
	static fromRE2(re2) {
		const m = new Machine();
		m.prog = re2.prog;
		m.re2 = re2;
		m.q0 = new Queue(m.prog.numInst());
		m.q1 = new Queue(m.prog.numInst());
		m.addStack = new Int32Array(2 * (m.prog.numInst() + 1));
		m.matched = false;
		m.matchcap = new Int32Array(m.prog.numCap < 2 ? 2 : m.prog.numCap);
		m.ncap = 0;
		return m;
	}
	constructor() {
		this.prog = null;
		this.re2 = null;
		this.q0 = null;
		this.q1 = null;
		this.addStack = null;
		this.matched = false;
		this.matchcap = null;
		this.ncap = 0;
		this.lbTable = null;
	}
	init(ncap) {
		this.ncap = ncap;
		if (ncap > this.matchcap.length) this.matchcap = new Int32Array(ncap).fill(-1);
		else this.matchcap.fill(-1);
		this.q0.init(ncap);
		this.q1.init(ncap);
		if (this.prog.numLb > 0) {
			if (!this.lbTable || this.lbTable.length < this.prog.numLb + 1) this.lbTable = new Int32Array(this.prog.numLb + 1);
			this.lbTable.fill(-1);
		}
	}
	submatches() {
		if (this.ncap === 0) return Utils.emptyInts();
		return Utils.toArray(this.matchcap.subarray(0, this.ncap));
	}
	match(input, pos, anchor, lbState = null) {
		const startCond = this.re2.cond;
		if (startCond === Utils.EMPTY_ALL) return false;
		if ((anchor === RE2Flags.ANCHOR_START || anchor === RE2Flags.ANCHOR_BOTH) && pos !== 0) return false;
		this.matched = false;
		this.matchcap.fill(-1);
		const hasLookbehinds = this.prog.numLb > 0;
		const matchStartPos = pos;
		let currentPos = pos;
		let resumeLookbehinds = false;
		if (hasLookbehinds) {
			if (lbState !== null && lbState.pos >= 0 && lbState.pos <= pos) {
				currentPos = lbState.pos;
				resumeLookbehinds = true;
			} else currentPos = 0;
		}
		let saveLookbehinds = hasLookbehinds && lbState !== null;
		let runq = this.q0;
		let nextq = this.q1;
		let r = input.step(currentPos);
		let rune = r >> 3;
		let width = r & 7;
		let rune1 = -1;
		let width1 = 0;
		if (r !== MachineInputBase.EOF()) {
			r = input.step(currentPos + width);
			rune1 = r >> 3;
			width1 = r & 7;
		}
		let flag;
		if (currentPos === 0) flag = Utils.emptyOpContext(-1, rune);
		else flag = input.context(currentPos);
		if (hasLookbehinds) {
			if (resumeLookbehinds) this.restoreLookbehinds(lbState, runq, flag);
			else this.spawnLookbehinds(runq, currentPos, flag);
		}
		while (true) {
			if (runq.mainThreads === 0) {
				if ((startCond & Utils.EMPTY_BEGIN_TEXT) !== 0 && currentPos !== 0) break;
				if ((anchor === RE2Flags.ANCHOR_START || anchor === RE2Flags.ANCHOR_BOTH) && currentPos !== 0) break;
				if (this.matched) break;
				if (this.prog.numLb === 0 && runq.isEmpty() && !(this.re2.prefix.length === 0) && rune1 !== this.re2.prefixRune && input.canCheckPrefix()) {
					const advance = input.index(this.re2, currentPos);
					if (advance < 0) break;
					currentPos += advance;
					r = input.step(currentPos);
					rune = r >> 3;
					width = r & 7;
					r = input.step(currentPos + width);
					rune1 = r >> 3;
					width1 = r & 7;
					flag = input.context(currentPos);
				}
			}
			if (currentPos >= matchStartPos) {
				if (saveLookbehinds) {
					this.saveLookbehinds(lbState, runq, currentPos);
					saveLookbehinds = false;
				}
				if (!this.matched && (currentPos === 0 || anchor === RE2Flags.UNANCHORED)) {
					if (this.ncap > 0) this.matchcap[0] = currentPos;
					this.add(runq, this.prog.start, currentPos, this.matchcap, 0, flag);
				}
			}
			const nextPos = currentPos + width;
			flag = input.context(nextPos);
			this.step(runq, nextq, currentPos, nextPos, rune, flag, anchor, currentPos === input.endPos());
			if (width === 0) break;
			if (this.ncap === 0 && this.matched) break;
			currentPos += width;
			rune = rune1;
			width = width1;
			if (rune !== -1) {
				r = input.step(currentPos + width);
				rune1 = r >> 3;
				width1 = r & 7;
			}
			const tmpq = runq;
			runq = nextq;
			nextq = tmpq;
		}
		runq.clear();
		nextq.clear();
		return this.matched;
	}
	matchSet(input, pos, anchor) {
		const startCond = this.re2.cond;
		if (startCond === Utils.EMPTY_ALL) return [];
		if ((anchor === RE2Flags.ANCHOR_START || anchor === RE2Flags.ANCHOR_BOTH) && pos !== 0) return [];
		let currentPos = this.prog.numLb > 0 ? 0 : pos;
		let matchStartPos = pos;
		let runq = this.q0;
		let nextq = this.q1;
		let r = input.step(currentPos);
		let rune = r >> 3;
		let width = r & 7;
		let rune1 = -1;
		let width1 = 0;
		if (r !== MachineInputBase.EOF()) {
			r = input.step(currentPos + width);
			rune1 = r >> 3;
			width1 = r & 7;
		}
		let flag = currentPos === 0 ? Utils.emptyOpContext(-1, rune) : input.context(currentPos);
		const matches = /* @__PURE__ */ new Set();
		if (this.prog.numLb > 0) this.spawnLookbehinds(runq, currentPos, flag);
		while (true) {
			if (runq.mainThreads === 0) {
				if ((startCond & Utils.EMPTY_BEGIN_TEXT) !== 0 && currentPos !== 0) break;
				if ((anchor === RE2Flags.ANCHOR_START || anchor === RE2Flags.ANCHOR_BOTH) && currentPos !== 0) break;
			}
			if (currentPos === 0 || anchor === RE2Flags.UNANCHORED) {
				if (currentPos >= matchStartPos) this.add(runq, this.prog.start, currentPos, this.matchcap, 0, flag);
			}
			const nextPos = currentPos + width;
			flag = input.context(nextPos);
			for (let j = 0; j < runq.size; j++) {
				const pc = runq.densePcs[j];
				const i = this.prog.inst[pc];
				const capOffset = j * this.ncap;
				let add = false;
				switch (i.op) {
					case Inst.MATCH:
						if (anchor === RE2Flags.ANCHOR_BOTH && currentPos !== input.endPos()) break;
						matches.add(i.arg);
						break;
					case Inst.RUNE:
						add = i.matchRune(rune);
						break;
					case Inst.RUNE1:
						add = rune === i.runes[0];
						break;
					case Inst.RUNE_ANY:
						add = true;
						break;
					case Inst.RUNE_ANY_NOT_NL:
						add = rune !== 10;
						break;
					default: continue;
				}
				if (add) this.add(nextq, i.out, nextPos, runq.denseCaps, capOffset, flag);
			}
			runq.clear();
			if (width === 0) break;
			currentPos += width;
			rune = rune1;
			width = width1;
			if (rune !== -1) {
				r = input.step(currentPos + width);
				rune1 = r >> 3;
				width1 = r & 7;
			}
			const tmpq = runq;
			runq = nextq;
			nextq = tmpq;
		}
		nextq.clear();
		return Array.from(matches).sort((a, b) => a - b);
	}
	step(runq, nextq, pos, nextPos, c, nextCond, anchor, atEnd) {
		const longest = this.re2.longest;
		for (let j = 0; j < runq.size; j++) {
			const pc = runq.densePcs[j];
			const capOffset = j * this.ncap;
			if (longest && this.matched && this.ncap > 0 && this.matchcap[0] < runq.denseCaps[capOffset]) continue;
			const i = this.prog.inst[pc];
			let add = false;
			switch (i.op) {
				case Inst.MATCH:
					if (anchor === RE2Flags.ANCHOR_BOTH && !atEnd) break;
					if (this.ncap > 0 && (!longest || !this.matched || this.matchcap[1] < pos)) {
						runq.denseCaps[capOffset + 1] = pos;
						for (let k = 0; k < this.ncap; k++) this.matchcap[k] = runq.denseCaps[capOffset + k];
					}
					if (!longest) runq.size = 0;
					this.matched = true;
					break;
				case Inst.RUNE:
					add = i.matchRune(c);
					break;
				case Inst.RUNE1:
					add = c === i.runes[0];
					break;
				case Inst.RUNE_ANY:
					add = true;
					break;
				case Inst.RUNE_ANY_NOT_NL:
					add = c !== 10;
					break;
				default: continue;
			}
			if (add) this.add(nextq, i.out, nextPos, runq.denseCaps, capOffset, nextCond);
		}
		runq.clear();
	}
	spawnLookbehinds(q, pos, flag) {
		for (let i = 0; i < this.prog.lbStarts.length; i++) this.add(q, this.prog.lbStarts[i], pos, this.matchcap, 0, flag);
	}
	restoreLookbehinds(lbState, q, flag) {
		this.lbTable.set(lbState.lbTable);
		for (let j = 0; j < lbState.size; j++) this.add(q, lbState.pcs[j], lbState.pos, this.matchcap, 0, flag);
	}
	saveLookbehinds(lbState, q, pos) {
		let size = 0;
		for (let j = 0; j < q.size; j++) {
			const pc = q.densePcs[j];
			if (this.prog.lbInst[pc] === 1 && Inst.isRuneOp(this.prog.inst[pc].op)) lbState.pcs[size++] = pc;
		}
		lbState.size = size;
		lbState.pos = pos;
		lbState.lbTable.set(this.lbTable);
	}
	add(q, pc, pos, capArray, capOffset, cond) {
		const stk = this.addStack;
		let nstk = 0;
		for (;;) {
			while (pc !== 0 && !q.contains(pc)) {
				const d = q.add(pc);
				const inst = this.prog.inst[pc];
				switch (inst.op) {
					case Inst.FAIL:
						pc = 0;
						break;
					case Inst.ALT:
					case Inst.ALT_MATCH:
						stk[nstk++] = inst.arg;
						stk[nstk++] = 0;
						pc = inst.out;
						break;
					case Inst.EMPTY_WIDTH:
						pc = (inst.arg & ~cond) === 0 ? inst.out : 0;
						break;
					case Inst.NOP:
						pc = inst.out;
						break;
					case Inst.CAPTURE:
						if (inst.arg < this.ncap) {
							stk[nstk++] = -inst.arg - 1;
							stk[nstk++] = capArray[capOffset + inst.arg];
							capArray[capOffset + inst.arg] = pos;
						}
						pc = inst.out;
						break;
					case Inst.LB_WRITE:
						this.lbTable[Math.abs(inst.arg)] = pos;
						pc = inst.out;
						break;
					case Inst.LB_CHECK:
						if (inst.arg > 0) pc = this.lbTable[inst.arg] === pos ? inst.out : 0;
						else pc = this.lbTable[-inst.arg] !== pos ? inst.out : 0;
						break;
					case Inst.MATCH:
					case Inst.RUNE:
					case Inst.RUNE1:
					case Inst.RUNE_ANY:
					case Inst.RUNE_ANY_NOT_NL:
						if (this.prog.lbInst[pc] === 0) q.mainThreads++;
						if (this.ncap > 0) {
							const destOffset = d * this.ncap;
							if (destOffset + this.ncap > q.denseCaps.length) q.growCaps(destOffset + this.ncap);
							for (let c = 0; c < this.ncap; c++) q.denseCaps[destOffset + c] = capArray[capOffset + c];
						}
						pc = 0;
						break;
					default: throw new RE2JSInternalException("unhandled");
				}
			}
			if (nstk === 0) return;
			nstk -= 2;
			const entry = stk[nstk];
			if (entry < 0) {
				capArray[capOffset - entry - 1] = stk[nstk + 1];
				pc = 0;
			} else pc = entry;
		}
	}
};
// src/DFA.js
const hashState = (pcs, flag, ids) => {
	let h = -2128831035;
	for (let i = 0; i < pcs.length; i++) {
		h ^= pcs[i];
		h = Math.imul(h, 16777619);
	}
	h ^= flag;
	h = Math.imul(h, 16777619);
	for (let i = 0; i < ids.length; i++) {
		h ^= ids[i];
		h = Math.imul(h, 16777619);
	}
	return h;
};
const arraysEqual = (a, b) => {
	if (a.length !== b.length) return false;
	for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
	return true;
};
const isState = (state, pcs, flag, ids) => state.flag === flag && arraysEqual(state.nfaStates, pcs) && arraysEqual(state.matchIDs, ids);
const NO_IDS = [];
const END_TEXT = -1;
var DFAState = class {
	constructor(nfaStates, flag, matchIDs) {
		this.nfaStates = nfaStates;
		this.flag = flag;
		this.isMatch = (flag & DFA.FLAG_MATCH) !== 0;
		this.matchIDs = matchIDs;
		this.next = null;
		this.nextAnchored = null;
	}
};
var DFA = class DFA {
	static FLAG_EMPTY_MASK = 255;
	static FLAG_MATCH = 256;
	static FLAG_LAST_WORD = 512;
	static FLAG_NEED_SHIFT = 16;
	static STATE_OVERHEAD = 150;
	static ARRAY_OVERHEAD = 40;
	static ELEMENT_SIZE = 8;
	static TABLE_OVERHEAD = 48;
	static PROGRESS_PER_STATE = 10;
	constructor(prog, maxMem = 8388608) {
		this.prog = prog;
		this.maxMem = maxMem;
		this.stateCache = /* @__PURE__ */ new Map();
		this.stateCount = 0;
		this.startStates = /* @__PURE__ */ new Map();
		this.failed = false;
		for (let pc = 0; pc < prog.numInst(); pc++) {
			const op = prog.getInst(pc).op;
			if (op === Inst.LB_WRITE || op === Inst.LB_CHECK) {
				this.failed = true;
				break;
			}
		}
		this.computeRuneClasses();
		this.stateBudget = maxMem;
		this.memBudget = maxMem;
	}
	computeRuneClasses() {
		const bounds = /* @__PURE__ */ new Set();
		const addRange = (lo, hi) => {
			bounds.add(lo);
			bounds.add(hi + 1);
		};
		for (let pc = 0; pc < this.prog.numInst(); pc++) {
			const inst = this.prog.getInst(pc);
			switch (inst.op) {
				case Inst.RUNE:
				case Inst.RUNE1:
					if (inst.runes.length === 1) {
						addRange(inst.runes[0], inst.runes[0]);
						if ((inst.arg & RE2Flags.FOLD_CASE) !== 0) for (let f = Unicode.simpleFold(inst.runes[0]); f !== inst.runes[0]; f = Unicode.simpleFold(f)) addRange(f, f);
					} else for (let j = 0; j < inst.runes.length; j += 2) addRange(inst.runes[j], inst.runes[j + 1]);
					break;
				case Inst.RUNE_ANY_NOT_NL:
					addRange(10, 10);
					break;
				case Inst.EMPTY_WIDTH:
					if ((inst.arg & (Utils.EMPTY_BEGIN_LINE | Utils.EMPTY_END_LINE)) !== 0) addRange(10, 10);
					if ((inst.arg & (Utils.EMPTY_WORD_BOUNDARY | Utils.EMPTY_NO_WORD_BOUNDARY)) !== 0) {
						addRange(48, 57);
						addRange(65, 90);
						addRange(95, 95);
						addRange(97, 122);
					}
			}
		}
		bounds.delete(0);
		this.classBounds = Int32Array.from(bounds).sort();
		this.numClasses = this.classBounds.length + 1;
		const latin1Class = new Int32Array(Unicode.MAX_LATIN1 + 1);
		for (let r = 0; r <= Unicode.MAX_LATIN1; r++) latin1Class[r] = this.searchClass(r);
		this.latin1Class = latin1Class;
	}
	runeClass(r) {
		if (r <= Unicode.MAX_LATIN1) return this.latin1Class[r];
		return this.searchClass(r);
	}
	searchClass(r) {
		const bounds = this.classBounds;
		let lo = 0;
		let hi = bounds.length;
		while (lo < hi) {
			const mid = lo + hi >> 1;
			if (bounds[mid] <= r) lo = mid + 1;
			else hi = mid;
		}
		return lo;
	}
	closure(pcs, flag) {
		const closure = /* @__PURE__ */ new Set();
		const stack = Array.from(pcs);
		let needflags = 0;
		while (stack.length > 0) {
			const pc = stack.pop();
			if (pc === 0 || closure.has(pc)) continue;
			closure.add(pc);
			const inst = this.prog.getInst(pc);
			switch (inst.op) {
				case Inst.ALT:
				case Inst.ALT_MATCH:
					stack.push(inst.out);
					stack.push(inst.arg);
					break;
				case Inst.NOP:
				case Inst.CAPTURE:
					stack.push(inst.out);
					break;
				case Inst.EMPTY_WIDTH:
					needflags |= inst.arg;
					if ((inst.arg & ~flag) === 0) stack.push(inst.out);
			}
		}
		return {
			pcs: Array.from(closure).sort((a, b) => a - b),
			needflags
		};
	}
	getState(pcs, flag, ids) {
		const hash = hashState(pcs, flag, ids);
		const cached = this.stateCache.get(hash);
		if (cached instanceof DFAState) {
			if (isState(cached, pcs, flag, ids)) return cached;
		} else if (cached !== void 0) {
			for (let i = 0; i < cached.length; i++) if (isState(cached[i], pcs, flag, ids)) return cached[i];
		}
		const cost = DFA.stateCost(pcs, ids);
		if (this.memBudget < cost) return null;
		this.memBudget -= cost;
		const state = new DFAState(pcs, flag, ids);
		if (cached === void 0) this.stateCache.set(hash, state);
		else if (cached instanceof DFAState) this.stateCache.set(hash, [cached, state]);
		else cached.push(state);
		this.stateCount++;
		return state;
	}
	static stateCost(pcs, ids) {
		const idsCost = ids.length === 0 ? 0 : DFA.ARRAY_OVERHEAD + DFA.ELEMENT_SIZE * ids.length;
		return DFA.STATE_OVERHEAD + DFA.ELEMENT_SIZE * pcs.length + idsCost;
	}
	*cachedStates() {
		for (const cached of this.stateCache.values()) if (cached instanceof DFAState) yield cached;
		else yield* cached;
	}
	makeState(pcs, flag, ids) {
		const closure = this.closure(pcs, flag & DFA.FLAG_EMPTY_MASK);
		let stateFlag = flag;
		if (closure.needflags === 0) stateFlag &= DFA.FLAG_MATCH;
		stateFlag |= closure.needflags << DFA.FLAG_NEED_SHIFT;
		return this.getState(closure.pcs, stateFlag, ids);
	}
	allocTable(state, anchor) {
		const size = this.numClasses + 1;
		const cost = DFA.TABLE_OVERHEAD + DFA.ELEMENT_SIZE * size;
		if (this.memBudget < cost) return null;
		this.memBudget -= cost;
		const table = new Array(size).fill(null);
		if (anchor === RE2Flags.UNANCHORED) state.next = table;
		else state.nextAnchored = table;
		return table;
	}
	clearCache() {
		this.stateCache.clear();
		this.stateCount = 0;
		this.startStates.clear();
		this.memBudget = this.stateBudget;
	}
	resetCache(current) {
		this.clearCache();
		return this.getState(current.nfaStates, current.flag, current.matchIDs);
	}
	step(state, cls, rune, anchor) {
		let table = anchor === RE2Flags.UNANCHORED ? state.next : state.nextAnchored;
		if (table !== null) {
			const cached = table[cls];
			if (cached !== null) return cached;
		} else {
			table = this.allocTable(state, anchor);
			if (table === null) return null;
		}
		const needflag = state.flag >>> DFA.FLAG_NEED_SHIFT;
		const oldbeforeflag = state.flag & DFA.FLAG_EMPTY_MASK;
		let beforeflag = oldbeforeflag;
		let afterflag = 0;
		if (rune === 10) {
			beforeflag |= Utils.EMPTY_END_LINE;
			afterflag |= Utils.EMPTY_BEGIN_LINE;
		}
		if (rune === END_TEXT) beforeflag |= Utils.EMPTY_END_LINE | Utils.EMPTY_END_TEXT;
		const islastword = (state.flag & DFA.FLAG_LAST_WORD) !== 0;
		const isword = rune !== END_TEXT && Utils.isWordRune(rune);
		beforeflag |= isword === islastword ? Utils.EMPTY_NO_WORD_BOUNDARY : Utils.EMPTY_WORD_BOUNDARY;
		let pcs = state.nfaStates;
		if ((beforeflag & ~oldbeforeflag & needflag) !== 0) pcs = this.closure(pcs, beforeflag).pcs;
		const nextPCs = [];
		let ismatch = false;
		let ids = NO_IDS;
		for (let i = 0; i < pcs.length; i++) {
			const inst = this.prog.getInst(pcs[i]);
			if (inst.op === Inst.MATCH) {
				if (!ismatch) {
					ismatch = true;
					ids = [];
				}
				ids.push(inst.arg);
			} else if (rune !== END_TEXT && Inst.isRuneOp(inst.op) && inst.matchRune(rune)) nextPCs.push(inst.out);
		}
		if (ids.length > 1) ids.sort((a, b) => a - b);
		if (anchor === RE2Flags.UNANCHORED && rune !== END_TEXT) nextPCs.push(this.prog.start);
		let flag = afterflag;
		if (ismatch) flag |= DFA.FLAG_MATCH;
		if (isword) flag |= DFA.FLAG_LAST_WORD;
		const nextState = this.makeState(nextPCs, flag, ids);
		if (nextState === null) return null;
		table[cls] = nextState;
		return nextState;
	}
	start(input, pos) {
		const context = input.context(pos);
		let flags;
		if ((context & Utils.EMPTY_BEGIN_TEXT) !== 0) flags = Utils.EMPTY_BEGIN_TEXT | Utils.EMPTY_BEGIN_LINE;
		else if ((context & Utils.EMPTY_BEGIN_LINE) !== 0) flags = Utils.EMPTY_BEGIN_LINE;
		else {
			const r = input.step(pos);
			const nextIsWord = r >= 0 && Utils.isWordRune(r >> 3);
			flags = (context & Utils.EMPTY_WORD_BOUNDARY) !== 0 !== nextIsWord ? DFA.FLAG_LAST_WORD : 0;
		}
		let state = this.startStates.get(flags);
		if (state === void 0) {
			state = this.makeState([this.prog.start], flags, NO_IDS);
			if (state === null) {
				this.clearCache();
				state = this.makeState([this.prog.start], flags, NO_IDS);
				if (state === null) return null;
			}
			this.startStates.set(flags, state);
		}
		return state;
	}
	stepOrReset(state, cls, rune, anchor, pos, search) {
		let next = this.step(state, cls, rune, anchor);
		if (next !== null) return next;
		if (search.resetPos >= 0 && pos - search.resetPos < DFA.PROGRESS_PER_STATE * this.stateCount) return null;
		search.resetPos = pos;
		const restored = this.resetCache(state);
		if (restored === null) return null;
		next = this.step(restored, cls, rune, anchor);
		return next;
	}
	run(input, pos, anchor, state, onMatch) {
		const endPos = input.endPos();
		const latin1Class = this.latin1Class;
		const unanchored = anchor === RE2Flags.UNANCHORED;
		const search = { resetPos: -1 };
		let i = pos;
		while (i < endPos) {
			const r = input.step(i);
			const rune = r >> 3;
			const width = r & 7;
			if (width === 0) break;
			const cls = rune <= Unicode.MAX_LATIN1 ? latin1Class[rune] : this.runeClass(rune);
			let next = unanchored && state.next !== null ? state.next[cls] : null;
			if (next === null) {
				next = this.stepOrReset(state, cls, rune, anchor, i, search);
				if (next === null) return null;
			}
			state = next;
			if (state.isMatch && onMatch(state, false)) return true;
			if (!unanchored && state.nfaStates.length === 0) return false;
			i += width;
		}
		state = this.stepOrReset(state, this.numClasses, END_TEXT, anchor, i, search);
		if (state === null) return null;
		return state.isMatch && onMatch(state, true);
	}
	match(input, pos, anchor) {
		if (this.failed) return null;
		if ((anchor === RE2Flags.ANCHOR_START || anchor === RE2Flags.ANCHOR_BOTH) && pos !== 0) return false;
		const startState = this.start(input, pos);
		if (startState === null) return null;
		return this.run(input, pos, anchor, startState, (state, atEnd) => anchor !== RE2Flags.ANCHOR_BOTH || atEnd);
	}
	matchSet(input, pos, anchor) {
		if (this.failed) return null;
		if ((anchor === RE2Flags.ANCHOR_START || anchor === RE2Flags.ANCHOR_BOTH) && pos !== 0) return [];
		const startState = this.start(input, pos);
		if (startState === null) return null;
		const matches = /* @__PURE__ */ new Set();
		const collect = (state, atEnd) => {
			if (anchor !== RE2Flags.ANCHOR_BOTH || atEnd) for (let k = 0; k < state.matchIDs.length; k++) matches.add(state.matchIDs[k]);
			return false;
		};
		if (this.run(input, pos, anchor, startState, collect) === null) return null;
		return Array.from(matches).sort((a, b) => a - b);
	}
};
// src/Backtracker.js
const VISITED_BITS = 32;
const MAX_BACKTRACK_PROG = 500;
const INITIAL_JOB_CAPACITY = 256;
const MAX_BACKTRACK_VECTOR = 262144;
var BitState = class {
	constructor() {
		this.end = 0;
		this.cap = /* @__PURE__ */ new Int32Array(0);
		this.matchcap = /* @__PURE__ */ new Int32Array(0);
		this.ncap = 0;
		this.jobPc = new Int32Array(INITIAL_JOB_CAPACITY);
		this.jobArg = new Uint8Array(INITIAL_JOB_CAPACITY);
		this.jobPos = new Int32Array(INITIAL_JOB_CAPACITY);
		this.jobLen = 0;
		this.visited = /* @__PURE__ */ new Uint32Array(0);
	}
	reset(prog, end, ncap) {
		this.end = end;
		this.jobLen = 0;
		this.ncap = ncap;
		const visitedSize = prog.numInst() * (end + 1) + VISITED_BITS - 1 >>> 5;
		if (this.visited.length < visitedSize) this.visited = new Uint32Array(visitedSize);
		else this.visited.fill(0, 0, visitedSize);
		if (this.cap.length < ncap) this.cap = new Int32Array(ncap).fill(-1);
		else this.cap.fill(-1, 0, ncap);
		if (this.matchcap.length < ncap) this.matchcap = new Int32Array(ncap).fill(-1);
		else this.matchcap.fill(-1, 0, ncap);
	}
	shouldVisit(pc, pos) {
		const n = pc * (this.end + 1) + pos;
		const idx = n >>> 5;
		const mask = 1 << (n & 31);
		if ((this.visited[idx] & mask) !== 0) return false;
		this.visited[idx] |= mask;
		return true;
	}
	push(re2, pc, pos, arg) {
		if (re2.prog.getInst(pc).op !== Inst.FAIL && (arg || this.shouldVisit(pc, pos))) {
			if (this.jobLen >= this.jobPc.length) {
				const newSize = this.jobPc.length * 2;
				const newPc = new Int32Array(newSize);
				newPc.set(this.jobPc);
				this.jobPc = newPc;
				const newArg = new Uint8Array(newSize);
				newArg.set(this.jobArg);
				this.jobArg = newArg;
				const newPos = new Int32Array(newSize);
				newPos.set(this.jobPos);
				this.jobPos = newPos;
			}
			this.jobPc[this.jobLen] = pc;
			this.jobArg[this.jobLen] = arg ? 1 : 0;
			this.jobPos[this.jobLen] = pos;
			this.jobLen++;
		}
	}
	tryBacktrack(re2, input, pc, pos, anchor) {
		const longest = re2.longest;
		this.push(re2, pc, pos, false);
		while (this.jobLen > 0) {
			this.jobLen--;
			let currentPc = this.jobPc[this.jobLen];
			let arg = this.jobArg[this.jobLen] === 1;
			let currentPos = this.jobPos[this.jobLen];
			let skipShouldVisit = true;
			while (true) {
				if (!skipShouldVisit) {
					if (!this.shouldVisit(currentPc, currentPos)) break;
				}
				skipShouldVisit = false;
				const inst = re2.prog.getInst(currentPc);
				switch (inst.op) {
					case Inst.FAIL: break;
					case Inst.ALT: if (arg) {
						arg = false;
						currentPc = inst.arg;
						continue;
					} else {
						this.push(re2, currentPc, currentPos, true);
						currentPc = inst.out;
						continue;
					}
					case Inst.ALT_MATCH: {
						const outInst = re2.prog.getInst(inst.out);
						if (Inst.isRuneOp(outInst.op)) {
							this.push(re2, inst.arg, currentPos, false);
							currentPc = inst.arg;
							currentPos = this.end;
							continue;
						}
						this.push(re2, inst.out, this.end, false);
						currentPc = inst.out;
						continue;
					}
					case Inst.RUNE: {
						const r = input.step(currentPos);
						if (r === MachineInputBase.EOF()) break;
						if (!inst.matchRune(r >> 3)) break;
						currentPos += r & 7;
						currentPc = inst.out;
						continue;
					}
					case Inst.RUNE1: {
						const r = input.step(currentPos);
						if (r === MachineInputBase.EOF()) break;
						if (r >> 3 !== inst.runes[0]) break;
						currentPos += r & 7;
						currentPc = inst.out;
						continue;
					}
					case Inst.RUNE_ANY_NOT_NL: {
						const r = input.step(currentPos);
						if (r === MachineInputBase.EOF()) break;
						if (r >> 3 === 10) break;
						currentPos += r & 7;
						currentPc = inst.out;
						continue;
					}
					case Inst.RUNE_ANY: {
						const r = input.step(currentPos);
						if (r === MachineInputBase.EOF()) break;
						currentPos += r & 7;
						currentPc = inst.out;
						continue;
					}
					case Inst.CAPTURE: if (arg) {
						this.cap[inst.arg] = currentPos;
						break;
					} else {
						if (inst.arg < this.ncap) {
							this.push(re2, currentPc, this.cap[inst.arg], true);
							this.cap[inst.arg] = currentPos;
						}
						currentPc = inst.out;
						continue;
					}
					case Inst.EMPTY_WIDTH: {
						const flag = input.context(currentPos);
						if ((inst.arg & ~flag) !== 0) break;
						currentPc = inst.out;
						continue;
					}
					case Inst.NOP:
						currentPc = inst.out;
						continue;
					case Inst.MATCH: {
						if (anchor === RE2Flags.ANCHOR_BOTH && currentPos !== this.end) break;
						if (this.ncap === 0) return true;
						if (this.ncap > 1) this.cap[1] = currentPos;
						const old = this.matchcap[1];
						if (old === -1 || longest && currentPos > 0 && currentPos > old) this.matchcap.set(this.cap);
						if (!longest) return true;
						if (currentPos === this.end) return true;
						break;
					}
					case Inst.LB_WRITE:
					case Inst.LB_CHECK: throw new RE2JSInternalException("Backtracker cannot evaluate Lookbehind instructions");
					default: throw new RE2JSInternalException("bad inst");
				}
				break;
			}
		}
		return longest && this.matchcap.length > 1 && this.matchcap[1] >= 0;
	}
};
const bitStatePool = [];
var Backtracker = class Backtracker {
	static shouldBacktrack(prog) {
		return prog.numInst() <= MAX_BACKTRACK_PROG;
	}
	static maxBitStateLen(prog) {
		if (!Backtracker.shouldBacktrack(prog)) return 0;
		return Math.floor(MAX_BACKTRACK_VECTOR / prog.numInst());
	}
	static execute(re2, input, pos, anchor, ncap) {
		const startCond = re2.cond;
		if (startCond === Utils.EMPTY_ALL) return null;
		if ((anchor === RE2Flags.ANCHOR_START || anchor === RE2Flags.ANCHOR_BOTH) && pos !== 0) return null;
		if ((startCond & Utils.EMPTY_BEGIN_TEXT) !== 0 && pos !== 0) return null;
		const b = bitStatePool.length > 0 ? bitStatePool.pop() : new BitState();
		const end = input.endPos();
		b.reset(re2.prog, end, ncap);
		let matched = false;
		if ((startCond & Utils.EMPTY_BEGIN_TEXT) !== 0 || anchor === RE2Flags.ANCHOR_START || anchor === RE2Flags.ANCHOR_BOTH) {
			if (b.ncap > 0) b.cap[0] = pos;
			if (b.tryBacktrack(re2, input, re2.prog.start, pos, anchor)) matched = true;
		} else {
			let width = -1;
			for (; pos <= end && width !== 0; pos += width) {
				if (re2.prefix.length > 0) {
					const advance = input.index(re2, pos);
					if (advance < 0) break;
					pos += advance;
				}
				if (b.ncap > 0) b.cap[0] = pos;
				if (b.tryBacktrack(re2, input, re2.prog.start, pos, anchor)) {
					matched = true;
					break;
				}
				const r = input.step(pos);
				width = r === MachineInputBase.EOF() ? 0 : r & 7;
			}
		}
		if (!matched) {
			bitStatePool.push(b);
			return null;
		}
		const result = ncap === 0 ? [] : Utils.toArray(b.matchcap.subarray(0, ncap));
		bitStatePool.push(b);
		return result;
	}
};
// src/OnePass.js
var QueueOnePass = class {
	constructor(size) {
		this.sparse = new Uint32Array(size);
		this.dense = new Uint32Array(size);
		this.size = 0;
		this.nextIndex = 0;
	}
	empty() {
		return this.nextIndex >= this.size;
	}
	next() {
		return this.dense[this.nextIndex++];
	}
	clear() {
		this.size = 0;
		this.nextIndex = 0;
	}
	contains(u) {
		return u < this.sparse.length && this.sparse[u] < this.size && this.dense[this.sparse[u]] === u;
	}
	insert(u) {
		if (!this.contains(u)) this.insertNew(u);
	}
	insertNew(u) {
		if (u >= this.sparse.length) return;
		this.sparse[u] = this.size;
		this.dense[this.size] = u;
		this.size++;
	}
};
const mergeRuneSets = (leftRunes, rightRunes, leftPC, rightPC) => {
	const leftLen = leftRunes.length;
	const rightLen = rightRunes.length;
	let lx = 0, rx = 0;
	const merged = [];
	const next = [];
	let ok = true;
	let ix = -1;
	const extend = (isLeft) => {
		const newArray = isLeft ? leftRunes : rightRunes;
		const low = isLeft ? lx : rx;
		const pc = isLeft ? leftPC : rightPC;
		if (ix > 0 && newArray[low] <= merged[ix]) return false;
		merged.push(newArray[low], newArray[low + 1]);
		if (isLeft) lx += 2;
		else rx += 2;
		ix += 2;
		next.push(pc);
		return true;
	};
	while (lx < leftLen || rx < rightLen) {
		if (rx >= rightLen) ok = extend(true);
		else if (lx >= leftLen) ok = extend(false);
		else if (rightRunes[rx] < leftRunes[lx]) ok = extend(false);
		else ok = extend(true);
		if (!ok) return null;
	}
	return {
		merged,
		next
	};
};
var OnePassProg = class {
	constructor(prog) {
		this.start = prog.start;
		this.numCap = prog.numCap;
		this.inst = new Array(prog.inst.length);
		for (let i = 0; i < prog.inst.length; i++) {
			const orig = prog.inst[i];
			const inst = new Inst(orig.op);
			inst.out = orig.out;
			inst.arg = orig.arg;
			inst.runes = orig.runes ? new Int32Array(orig.runes) : /* @__PURE__ */ new Int32Array(0);
			inst.next = null;
			this.inst[i] = inst;
		}
	}
};
const onePassCopy = (prog) => {
	const p = new OnePassProg(prog);
	for (let pc = 0; pc < p.inst.length; pc++) {
		const inst = p.inst[pc];
		if (inst.op !== Inst.ALT && inst.op !== Inst.ALT_MATCH) continue;
		let pAOther = "out";
		let pAAlt = "arg";
		let instAlt = p.inst[inst[pAAlt]];
		if (instAlt.op !== Inst.ALT && instAlt.op !== Inst.ALT_MATCH) {
			pAOther = "arg";
			pAAlt = "out";
			instAlt = p.inst[inst[pAAlt]];
			if (instAlt.op !== Inst.ALT && instAlt.op !== Inst.ALT_MATCH) continue;
		}
		const instOther = p.inst[inst[pAOther]];
		if (instOther.op === Inst.ALT || instOther.op === Inst.ALT_MATCH) continue;
		let pBAlt = "out";
		let pBOther = "arg";
		let patch = false;
		if (instAlt.out === pc) patch = true;
		else if (instAlt.arg === pc) {
			patch = true;
			pBAlt = "arg";
			pBOther = "out";
		}
		if (patch) instAlt[pBAlt] = inst[pAOther];
		if (inst[pAOther] === instAlt[pBAlt]) inst[pAAlt] = instAlt[pBOther];
	}
	return p;
};
const makeOnePass = (p) => {
	if (p.inst.length >= 1e3) return null;
	const instQueue = new QueueOnePass(p.inst.length);
	const visitQueue = new QueueOnePass(p.inst.length);
	const onePassRunes = new Array(p.inst.length);
	const m = new Array(p.inst.length).fill(false);
	const check = (pc) => {
		let ok = true;
		const inst = p.inst[pc];
		if (visitQueue.contains(pc)) return true;
		visitQueue.insert(pc);
		switch (inst.op) {
			case Inst.ALT:
			case Inst.ALT_MATCH: {
				ok = check(inst.out) && check(inst.arg);
				let matchOut = m[inst.out];
				let matchArg = m[inst.arg];
				if (matchOut && matchArg) return false;
				if (matchArg) {
					const tempOut = inst.out;
					inst.out = inst.arg;
					inst.arg = tempOut;
					const tempMatch = matchOut;
					matchOut = matchArg;
					matchArg = tempMatch;
				}
				if (matchOut) {
					m[pc] = true;
					inst.op = Inst.ALT_MATCH;
				}
				const leftRunes = onePassRunes[inst.out] || [];
				const rightRunes = onePassRunes[inst.arg] || [];
				const mergeRes = mergeRuneSets(leftRunes, rightRunes, inst.out, inst.arg);
				if (!mergeRes) return false;
				onePassRunes[pc] = new Int32Array(mergeRes.merged);
				inst.next = new Uint32Array(mergeRes.next);
				break;
			}
			case Inst.CAPTURE:
			case Inst.EMPTY_WIDTH:
			case Inst.NOP:
				ok = check(inst.out);
				m[pc] = m[inst.out];
				onePassRunes[pc] = onePassRunes[inst.out] ? new Int32Array(onePassRunes[inst.out]) : /* @__PURE__ */ new Int32Array(0);
				inst.next = new Uint32Array(Math.floor(onePassRunes[pc].length / 2) + 1).fill(inst.out);
				break;
			case Inst.MATCH:
			case Inst.FAIL:
				m[pc] = inst.op === Inst.MATCH;
				break;
			case Inst.RUNE: {
				m[pc] = false;
				if (inst.next && inst.next.length > 0) break;
				instQueue.insert(inst.out);
				if (!inst.runes || inst.runes.length === 0) {
					onePassRunes[pc] = /* @__PURE__ */ new Int32Array(0);
					inst.next = new Uint32Array([inst.out]);
					break;
				}
				let runes = [];
				if (inst.runes.length === 1 && (inst.arg & RE2Flags.FOLD_CASE) !== 0) {
					const r0 = inst.runes[0];
					runes.push(r0, r0);
					for (let r1 = Unicode.simpleFold(r0); r1 !== r0; r1 = Unicode.simpleFold(r1)) runes.push(r1, r1);
					runes.sort((a, b) => a - b);
				} else for (let j = 0; j < inst.runes.length; j++) runes.push(inst.runes[j]);
				onePassRunes[pc] = new Int32Array(runes);
				inst.next = new Uint32Array(Math.floor(runes.length / 2) + 1).fill(inst.out);
				inst.op = Inst.RUNE;
				break;
			}
			case Inst.RUNE1: {
				m[pc] = false;
				if (inst.next && inst.next.length > 0) break;
				instQueue.insert(inst.out);
				let runes = [];
				if ((inst.arg & RE2Flags.FOLD_CASE) !== 0) {
					const r0 = inst.runes[0];
					runes.push(r0, r0);
					for (let r1 = Unicode.simpleFold(r0); r1 !== r0; r1 = Unicode.simpleFold(r1)) runes.push(r1, r1);
					runes.sort((a, b) => a - b);
				} else runes.push(inst.runes[0], inst.runes[0]);
				onePassRunes[pc] = new Int32Array(runes);
				inst.next = new Uint32Array(Math.floor(runes.length / 2) + 1).fill(inst.out);
				inst.op = Inst.RUNE;
				break;
			}
			case Inst.RUNE_ANY:
				m[pc] = false;
				if (inst.next && inst.next.length > 0) break;
				instQueue.insert(inst.out);
				onePassRunes[pc] = new Int32Array([0, Unicode.MAX_RUNE]);
				inst.next = new Uint32Array([inst.out]);
				break;
			case Inst.RUNE_ANY_NOT_NL:
				m[pc] = false;
				if (inst.next && inst.next.length > 0) break;
				instQueue.insert(inst.out);
				onePassRunes[pc] = new Int32Array([
					0,
					9,
					11,
					Unicode.MAX_RUNE
				]);
				inst.next = new Uint32Array(Math.floor(onePassRunes[pc].length / 2) + 1).fill(inst.out);
		}
		return ok;
	};
	instQueue.clear();
	instQueue.insert(p.start);
	while (!instQueue.empty()) {
		visitQueue.clear();
		if (!check(instQueue.next())) return null;
	}
	for (let i = 0; i < p.inst.length; i++) if (onePassRunes[i]) p.inst[i].runes = onePassRunes[i];
	return p;
};
const cleanupOnePass = (p, original) => {
	for (let ix = 0; ix < original.inst.length; ix++) {
		const instOriginal = original.inst[ix];
		switch (instOriginal.op) {
			case Inst.ALT:
			case Inst.ALT_MATCH:
			case Inst.RUNE: break;
			case Inst.CAPTURE:
			case Inst.EMPTY_WIDTH:
			case Inst.NOP:
			case Inst.MATCH:
			case Inst.FAIL:
				p.inst[ix].next = null;
				break;
			case Inst.RUNE1:
			case Inst.RUNE_ANY:
			case Inst.RUNE_ANY_NOT_NL:
				p.inst[ix].next = null;
				p.inst[ix].op = instOriginal.op;
				p.inst[ix].runes = instOriginal.runes ? new Int32Array(instOriginal.runes) : /* @__PURE__ */ new Int32Array(0);
		}
	}
};
var OnePass = class OnePass {
	static compile(prog) {
		if (prog.start === 0) return null;
		if (prog.numLb > 0) return null;
		const startInst = prog.inst[prog.start];
		if (startInst.op !== Inst.EMPTY_WIDTH || (startInst.arg & Utils.EMPTY_BEGIN_TEXT) === 0) return null;
		let hasAlt = false;
		for (let i = 0; i < prog.inst.length; i++) if (prog.inst[i].op === Inst.ALT || prog.inst[i].op === Inst.ALT_MATCH) {
			hasAlt = true;
			break;
		}
		for (let i = 0; i < prog.inst.length; i++) {
			const inst = prog.inst[i];
			const opOut = prog.inst[inst.out].op;
			switch (inst.op) {
				case Inst.ALT:
				case Inst.ALT_MATCH:
					if (opOut === Inst.MATCH || prog.inst[inst.arg].op === Inst.MATCH) return null;
					break;
				case Inst.EMPTY_WIDTH:
					if (opOut === Inst.MATCH) {
						if ((inst.arg & Utils.EMPTY_END_TEXT) === Utils.EMPTY_END_TEXT) continue;
						return null;
					}
					break;
				default: if (opOut === Inst.MATCH && hasAlt) return null;
			}
		}
		let p = onePassCopy(prog);
		p = makeOnePass(p);
		if (p !== null) cleanupOnePass(p, prog);
		return p;
	}
	static next(inst, r) {
		const nextIdx = inst.matchRunePos(r);
		if (nextIdx >= 0) return inst.next[nextIdx];
		if (inst.op === Inst.ALT_MATCH) return inst.out;
		return 0;
	}
	static execute(re2, input, pos, anchor, ncap) {
		const onepass = re2.onepass;
		if (!onepass) return null;
		const matchcap = new Int32Array(ncap).fill(-1);
		let matched = false;
		let r = input.step(pos);
		let rune = r >> 3;
		let width = r & 7;
		let r1 = MachineInputBase.EOF();
		let rune1 = -1;
		let width1 = 0;
		if (r !== MachineInputBase.EOF()) {
			r1 = input.step(pos + width);
			if (r1 !== MachineInputBase.EOF()) {
				rune1 = r1 >> 3;
				width1 = r1 & 7;
			}
		}
		let flag = pos === 0 ? Utils.emptyOpContext(-1, rune) : input.context(pos);
		let pc = onepass.start;
		let inst;
		while (true) {
			inst = onepass.inst[pc];
			pc = inst.out;
			switch (inst.op) {
				case Inst.MATCH:
					if (anchor === RE2Flags.ANCHOR_BOTH && pos !== input.endPos()) return null;
					matched = true;
					if (matchcap.length > 0) {
						matchcap[0] = 0;
						matchcap[1] = pos;
					}
					return ncap === 0 ? [] : Utils.toArray(matchcap);
				case Inst.RUNE:
					if (!inst.matchRune(rune)) return null;
					break;
				case Inst.RUNE1:
					if (rune !== inst.runes[0]) return null;
					break;
				case Inst.RUNE_ANY: break;
				case Inst.RUNE_ANY_NOT_NL:
					if (rune === 10) return null;
					break;
				case Inst.ALT:
				case Inst.ALT_MATCH:
					pc = OnePass.next(inst, rune);
					continue;
				case Inst.FAIL: return null;
				case Inst.NOP: continue;
				case Inst.EMPTY_WIDTH:
					if ((inst.arg & ~flag) !== 0) return null;
					continue;
				case Inst.CAPTURE:
					if (inst.arg < matchcap.length) matchcap[inst.arg] = pos;
					continue;
				default: throw new RE2JSInternalException("bad inst");
			}
			if (width === 0) break;
			flag = Utils.emptyOpContext(rune, rune1);
			pos += width;
			rune = rune1;
			width = width1;
			if (rune !== -1) {
				r1 = input.step(pos + width);
				if (r1 !== MachineInputBase.EOF()) {
					rune1 = r1 >> 3;
					width1 = r1 & 7;
				} else {
					rune1 = -1;
					width1 = 0;
				}
			}
		}
		if (!matched) return null;
		return ncap === 0 ? [] : Utils.toArray(matchcap);
	}
};
// src/Regexp.js
/**
* Regular expression abstract syntax tree. Produced by parser, used by compiler. NB, this
* corresponds to {@code syntax.regexp} in the Go implementation; Go's {@code regexp} is called
* {@code RE2} in Java.
*/
var Regexp = class Regexp {
	static Op = createEnum([
		"NO_MATCH",
		"EMPTY_MATCH",
		"LITERAL",
		"CHAR_CLASS",
		"ANY_CHAR_NOT_NL",
		"ANY_CHAR",
		"BEGIN_LINE",
		"END_LINE",
		"BEGIN_TEXT",
		"END_TEXT",
		"WORD_BOUNDARY",
		"NO_WORD_BOUNDARY",
		"CAPTURE",
		"STAR",
		"PLUS",
		"QUEST",
		"REPEAT",
		"CONCAT",
		"ALTERNATE",
		"PLB",
		"NLB",
		"LEFT_PAREN",
		"VERTICAL_BAR"
	]);
	static isPseudoOp(op) {
		return op >= Regexp.Op.LEFT_PAREN;
	}
	static emptySubs() {
		return [];
	}
	static quoteIfHyphen(rune) {
		if (rune === Codepoint.CODES["-"]) return "\\";
		return "";
	}
	static fromRegexp(re) {
		const regex = new Regexp(re.op);
		regex.flags = re.flags;
		regex.subs = re.subs;
		regex.runes = re.runes;
		regex.cap = re.cap;
		regex.min = re.min;
		regex.max = re.max;
		regex.name = re.name;
		regex.namedGroups = re.namedGroups;
		regex.lb = re.lb;
		return regex;
	}
	constructor(op) {
		this.op = op;
		this.flags = 0;
		this.subs = Regexp.emptySubs();
		this.runes = /* @__PURE__ */ new Int32Array(0);
		this.min = 0;
		this.max = 0;
		this.cap = 0;
		this.name = null;
		this.namedGroups = Object.create(null);
		this.lb = 0;
	}
	reinit() {
		this.flags = 0;
		this.subs = Regexp.emptySubs();
		this.runes = /* @__PURE__ */ new Int32Array(0);
		this.cap = 0;
		this.min = 0;
		this.max = 0;
		this.name = null;
		this.namedGroups = Object.create(null);
		this.lb = 0;
	}
	toString() {
		return this.appendTo();
	}
	appendTo() {
		let out = "";
		switch (this.op) {
			case Regexp.Op.NO_MATCH:
				out += "[^\\x00-\\x{10FFFF}]";
				break;
			case Regexp.Op.EMPTY_MATCH:
				out += "(?:)";
				break;
			case Regexp.Op.STAR:
			case Regexp.Op.PLUS:
			case Regexp.Op.QUEST:
			case Regexp.Op.REPEAT: {
				const sub = this.subs[0];
				if (sub.op > Regexp.Op.CAPTURE || sub.op === Regexp.Op.LITERAL && sub.runes.length > 1) out += `(?:${sub.appendTo()})`;
				else out += sub.appendTo();
				switch (this.op) {
					case Regexp.Op.STAR:
						out += "*";
						break;
					case Regexp.Op.PLUS:
						out += "+";
						break;
					case Regexp.Op.QUEST:
						out += "?";
						break;
					case Regexp.Op.REPEAT:
						out += `{${this.min}`;
						if (this.min !== this.max) {
							out += ",";
							if (this.max >= 0) out += this.max;
						}
						out += "}";
				}
				if ((this.flags & RE2Flags.NON_GREEDY) !== 0) out += "?";
				break;
			}
			case Regexp.Op.CONCAT:
				for (let sub of this.subs) if (sub.op === Regexp.Op.ALTERNATE) out += `(?:${sub.appendTo()})`;
				else out += sub.appendTo();
				break;
			case Regexp.Op.ALTERNATE: {
				let sep = "";
				for (let sub of this.subs) {
					out += sep;
					sep = "|";
					out += sub.appendTo();
				}
				break;
			}
			case Regexp.Op.LITERAL:
				if ((this.flags & RE2Flags.FOLD_CASE) !== 0) out += "(?i:";
				for (let rune of this.runes) out += Utils.escapeRune(rune);
				if ((this.flags & RE2Flags.FOLD_CASE) !== 0) out += ")";
				break;
			case Regexp.Op.ANY_CHAR_NOT_NL:
				out += "(?-s:.)";
				break;
			case Regexp.Op.ANY_CHAR:
				out += "(?s:.)";
				break;
			case Regexp.Op.PLB:
				out += `(?<=${this.subs[0].appendTo()})`;
				break;
			case Regexp.Op.NLB:
				out += `(?<!${this.subs[0].appendTo()})`;
				break;
			case Regexp.Op.CAPTURE:
				if (this.name === null || this.name.length === 0) out += "(";
				else out += `(?P<${this.name}>`;
				if (this.subs[0].op !== Regexp.Op.EMPTY_MATCH) out += this.subs[0].appendTo();
				out += ")";
				break;
			case Regexp.Op.BEGIN_TEXT:
				out += "\\A";
				break;
			case Regexp.Op.END_TEXT:
				if ((this.flags & RE2Flags.WAS_DOLLAR) !== 0) out += "(?-m:$)";
				else out += "\\z";
				break;
			case Regexp.Op.BEGIN_LINE:
				out += "^";
				break;
			case Regexp.Op.END_LINE:
				out += "$";
				break;
			case Regexp.Op.WORD_BOUNDARY:
				out += "\\b";
				break;
			case Regexp.Op.NO_WORD_BOUNDARY:
				out += "\\B";
				break;
			case Regexp.Op.CHAR_CLASS:
				if (this.runes.length % 2 !== 0) {
					out += "[invalid char class]";
					break;
				}
				out += "[";
				if (this.runes.length === 0) out += "^\\x00-\\x{10FFFF}";
				else if (this.runes[0] === 0 && this.runes[this.runes.length - 1] === Unicode.MAX_RUNE) {
					out += "^";
					for (let i = 1; i < this.runes.length - 1; i += 2) {
						const lo = this.runes[i] + 1;
						const hi = this.runes[i + 1] - 1;
						out += Regexp.quoteIfHyphen(lo);
						out += Utils.escapeRune(lo);
						if (lo !== hi) {
							out += "-";
							out += Regexp.quoteIfHyphen(hi);
							out += Utils.escapeRune(hi);
						}
					}
				} else for (let i = 0; i < this.runes.length; i += 2) {
					const lo = this.runes[i];
					const hi = this.runes[i + 1];
					out += Regexp.quoteIfHyphen(lo);
					out += Utils.escapeRune(lo);
					if (lo !== hi) {
						out += "-";
						out += Regexp.quoteIfHyphen(hi);
						out += Utils.escapeRune(hi);
					}
				}
				out += "]";
				break;
			default: out += this.op;
		}
		return out;
	}
	maxCap() {
		let m = 0;
		if (this.op === Regexp.Op.CAPTURE) m = this.cap;
		if (this.subs !== null) for (let sub of this.subs) {
			const n = sub.maxCap();
			if (m < n) m = n;
		}
		return m;
	}
	equals(that) {
		if (!(that !== null && that instanceof Regexp)) return false;
		if (this.op !== that.op) return false;
		switch (this.op) {
			case Regexp.Op.END_TEXT:
				if ((this.flags & RE2Flags.WAS_DOLLAR) !== (that.flags & RE2Flags.WAS_DOLLAR)) return false;
				break;
			case Regexp.Op.LITERAL:
			case Regexp.Op.CHAR_CLASS:
				if ((this.flags & RE2Flags.FOLD_CASE) !== (that.flags & RE2Flags.FOLD_CASE)) return false;
				if (this.runes === null && that.runes === null) break;
				if (this.runes === null || that.runes === null) return false;
				if (this.runes.length !== that.runes.length) return false;
				for (let i = 0; i < this.runes.length; i++) if (this.runes[i] !== that.runes[i]) return false;
				break;
			case Regexp.Op.ALTERNATE:
			case Regexp.Op.CONCAT:
				if (this.subs.length !== that.subs.length) return false;
				for (let i = 0; i < this.subs.length; ++i) if (!this.subs[i].equals(that.subs[i])) return false;
				break;
			case Regexp.Op.STAR:
			case Regexp.Op.PLUS:
			case Regexp.Op.QUEST:
				if ((this.flags & RE2Flags.NON_GREEDY) !== (that.flags & RE2Flags.NON_GREEDY) || !this.subs[0].equals(that.subs[0])) return false;
				break;
			case Regexp.Op.REPEAT:
				if ((this.flags & RE2Flags.NON_GREEDY) !== (that.flags & RE2Flags.NON_GREEDY) || this.min !== that.min || this.max !== that.max || !this.subs[0].equals(that.subs[0])) return false;
				break;
			case Regexp.Op.CAPTURE:
				if (this.cap !== that.cap || (this.name === null ? that.name !== null : this.name !== that.name) || !this.subs[0].equals(that.subs[0])) return false;
				break;
			case Regexp.Op.PLB:
			case Regexp.Op.NLB: if (this.lb !== that.lb || !this.subs[0].equals(that.subs[0])) return false;
		}
		return true;
	}
};
// src/RegexpWalker.js
/**
* Walks a Regexp tree without recursion, visiting nodes in the same order a recursive walk
* would (RE2: re2/walker-inl.h, "Helper class for traversing Regexps without recursion").
*
* The handler sees a node without subexpressions once, through `leaf(re)`, which returns its
* result. Any other node is seen up to three times:
* - `enter(re)` before its children. It returns the state kept for `re` while its children are
*   visited; a state whose `result` is already set skips the children.
* - `child(re, state, result, i)` after child `i` produced `result`. Setting `state.result`
*   stops visiting the remaining children.
* - `leave(re, state)` after the last child; it returns the result for `re`.
*
* Counted repetitions expand into one nesting level per copy, so the simplified tree can be
* thousands of levels deep; recursion over it would overflow the JS stack, which has no fixed
* relation to the parser's nesting limit. This walk keeps its frames on the heap instead.
*/
var RegexpWalker = class {
	static walk(root, handler) {
		const stack = [];
		let re = root;
		let result;
		for (;;) {
			if (re.subs.length === 0) result = handler.leaf(re);
			else {
				const state = handler.enter(re);
				if (state.result === void 0) {
					stack.push({
						re,
						state,
						i: 0
					});
					re = re.subs[0];
					continue;
				}
				result = state.result;
			}
			for (;;) {
				if (stack.length === 0) return result;
				const frame = stack[stack.length - 1];
				handler.child(frame.re, frame.state, result, frame.i);
				frame.i++;
				if (frame.state.result === void 0 && frame.i < frame.re.subs.length) {
					re = frame.re.subs[frame.i];
					break;
				}
				stack.pop();
				result = frame.state.result !== void 0 ? frame.state.result : handler.leave(frame.re, frame.state);
			}
		}
	}
};
// src/Prefilter.js
var AhoCorasick = class {
	constructor(words, alphabetSize) {
		const edges = /* @__PURE__ */ new Map();
		const parent = [0];
		const unit = [0];
		const depth = [0];
		const terminal = [0];
		for (const word of words) {
			let node = 0;
			for (let i = 0; i < word.length; i++) {
				const key = node * alphabetSize + word[i];
				let child = edges.get(key);
				if (child === void 0) {
					child = parent.length;
					edges.set(key, child);
					parent.push(node);
					unit.push(word[i]);
					depth.push(depth[node] + 1);
					terminal.push(0);
				}
				node = child;
			}
			terminal[node] = 1;
		}
		const numNodes = parent.length;
		const children = new Int32Array(numNodes - 1);
		for (let c = 1; c < numNodes; c++) children[c - 1] = c;
		children.sort((a, b) => parent[a] - parent[b] || unit[a] - unit[b]);
		const childStart = new Int32Array(numNodes + 1);
		for (let c = 1; c < numNodes; c++) childStart[parent[c] + 1]++;
		for (let n = 0; n < numNodes; n++) childStart[n + 1] += childStart[n];
		const childUnit = new Int32Array(numNodes - 1);
		for (let k = 0; k < children.length; k++) childUnit[k] = unit[children[k]];
		this.childStart = childStart;
		this.childUnit = childUnit;
		this.childNode = children;
		const byDepth = new Int32Array(numNodes);
		for (let n = 0; n < numNodes; n++) byDepth[n] = n;
		byDepth.sort((a, b) => depth[a] - depth[b]);
		const fail = new Int32Array(numNodes);
		const match = Uint8Array.from(terminal);
		for (let k = 1; k < numNodes; k++) {
			const c = byDepth[k];
			const p = parent[c];
			if (p !== 0) {
				let f = fail[p];
				let next = this.next(f, unit[c]);
				while (next < 0 && f !== 0) {
					f = fail[f];
					next = this.next(f, unit[c]);
				}
				fail[c] = next >= 0 ? next : 0;
			}
			match[c] |= match[fail[c]];
		}
		this.fail = fail;
		this.match = match;
	}
	next(node, u) {
		let lo = this.childStart[node];
		let hi = this.childStart[node + 1];
		const units = this.childUnit;
		while (lo < hi) {
			const mid = lo + hi >> 1;
			const m = units[mid];
			if (m === u) return this.childNode[mid];
			if (m < u) lo = mid + 1;
			else hi = mid;
		}
		return -1;
	}
	advance(node, u) {
		for (;;) {
			const next = this.next(node, u);
			if (next >= 0) return next;
			if (node === 0) return 0;
			node = this.fail[node];
		}
	}
	searchUTF16(charSeq, start, end) {
		let node = 0;
		for (let i = start; i < end; i++) {
			node = this.advance(node, charSeq.charCodeAt(i));
			if (this.match[node] === 1) return true;
		}
		return false;
	}
	searchUTF8(bytes, start, end) {
		let node = 0;
		for (let i = start; i < end; i++) {
			node = this.advance(node, bytes[i]);
			if (this.match[node] === 1) return true;
		}
		return false;
	}
};
var Prefilter = class Prefilter {
	static Type = {
		NONE: 0,
		EXACT: 1,
		AND: 2,
		OR: 3
	};
	static MAX_SCANS = 32;
	static MAX_AC_UNITS = 1 << 18;
	constructor(type) {
		this.type = type;
		this.subs = [];
		this.str = "";
		this.bytes = null;
		this.cost = type === Prefilter.Type.EXACT ? 1 : 0;
		this.allExact = false;
		this.ac16 = null;
		this.ac8 = null;
	}
	automaton16() {
		if (this.ac16 === null) {
			const words = this.subs.map((s) => {
				const arr = new Array(s.str.length);
				for (let i = 0; i < s.str.length; i++) arr[i] = s.str.charCodeAt(i);
				return arr;
			});
			this.ac16 = new AhoCorasick(words, 65536);
		}
		return this.ac16;
	}
	automaton8() {
		if (this.ac8 === null) this.ac8 = new AhoCorasick(this.subs.map((s) => s.bytes), 256);
		return this.ac8;
	}
	eval(input, pos) {
		switch (this.type) {
			case Prefilter.Type.NONE: return true;
			case Prefilter.Type.EXACT: return input.hasString(this, pos);
			case Prefilter.Type.AND:
				for (let i = 0; i < this.subs.length; i++) if (!this.subs[i].eval(input, pos)) return false;
				return true;
			case Prefilter.Type.OR:
				if (this.allExact) return input.hasAnyString(this, pos);
				for (let i = 0; i < this.subs.length; i++) if (this.subs[i].eval(input, pos)) return true;
				return false;
			default: return true;
		}
	}
};
var PrefilterTree = class PrefilterTree {
	static build(re) {
		if (!re) return new Prefilter(Prefilter.Type.NONE);
		return RegexpWalker.walk(re, PrefilterTree.WALKER);
	}
	static WALKER = {
		leaf: (re) => PrefilterTree.leaf(re),
		enter: (re) => PrefilterTree.enter(re),
		child: (re, state, result) => PrefilterTree.child(re, state, result),
		leave: (re, state) => PrefilterTree.leave(re, state)
	};
	static leaf(re) {
		if (re.op !== Regexp.Op.LITERAL) return new Prefilter(Prefilter.Type.NONE);
		if (re.runes.length === 0 || (re.flags & RE2Flags.FOLD_CASE) !== 0) return new Prefilter(Prefilter.Type.NONE);
		let str = "";
		for (let i = 0; i < re.runes.length; i++) {
			if (Unicode.isUnsearchable(re.runes[i])) return new Prefilter(Prefilter.Type.NONE);
			str += String.fromCodePoint(re.runes[i]);
		}
		const pf = new Prefilter(Prefilter.Type.EXACT);
		pf.str = str;
		pf.bytes = Utils.stringToUtf8ByteArray(pf.str);
		return pf;
	}
	static enter(re) {
		switch (re.op) {
			case Regexp.Op.CAPTURE:
			case Regexp.Op.PLUS: return { sub: null };
			case Regexp.Op.REPEAT:
				if (re.min >= 1) return { sub: null };
				return { result: new Prefilter(Prefilter.Type.NONE) };
			case Regexp.Op.CONCAT: return {
				pf: new Prefilter(Prefilter.Type.AND),
				subs: []
			};
			case Regexp.Op.ALTERNATE: return {
				pf: new Prefilter(Prefilter.Type.OR),
				subs: []
			};
			default: return { result: new Prefilter(Prefilter.Type.NONE) };
		}
	}
	static child(re, state, s) {
		if (state.subs === void 0) {
			state.sub = s;
			return;
		}
		if (state.pf.type === Prefilter.Type.AND) {
			if (s.type === Prefilter.Type.NONE) return;
			if (s.type === Prefilter.Type.AND) {
				for (let j = 0; j < s.subs.length; j++) state.subs.push(s.subs[j]);
				return;
			}
			state.subs.push(s);
			return;
		}
		if (s.type === Prefilter.Type.NONE) {
			state.result = new Prefilter(Prefilter.Type.NONE);
			return;
		}
		if (s.type === Prefilter.Type.OR) {
			for (let j = 0; j < s.subs.length; j++) state.subs.push(s.subs[j]);
			return;
		}
		state.subs.push(s);
	}
	static leave(re, state) {
		if (state.subs === void 0) return state.sub;
		const pf = state.pf;
		const seen = /* @__PURE__ */ new Set();
		const subs = [];
		for (const sub of state.subs) {
			if (sub.type === Prefilter.Type.EXACT) {
				if (seen.has(sub.str)) continue;
				seen.add(sub.str);
			}
			subs.push(sub);
		}
		if (pf.type === Prefilter.Type.AND) {
			const kept = [];
			let cost = 0;
			for (const sub of subs) {
				if (cost + sub.cost > Prefilter.MAX_SCANS) continue;
				kept.push(sub);
				cost += sub.cost;
			}
			if (kept.length === 0) return new Prefilter(Prefilter.Type.NONE);
			if (kept.length === 1) return kept[0];
			pf.subs = kept;
			pf.cost = cost;
			return pf;
		}
		if (subs.length === 0) return new Prefilter(Prefilter.Type.NONE);
		if (subs.length === 1) return subs[0];
		pf.subs = subs;
		let allExact = true;
		let cost = 0;
		let units = 0;
		for (const sub of subs) {
			if (sub.type !== Prefilter.Type.EXACT) allExact = false;
			else units += sub.bytes.length;
			cost += sub.cost;
		}
		if (allExact) {
			if (units > Prefilter.MAX_AC_UNITS) return new Prefilter(Prefilter.Type.NONE);
			pf.allExact = true;
			pf.cost = 1;
			return pf;
		}
		if (cost > Prefilter.MAX_SCANS) return new Prefilter(Prefilter.Type.NONE);
		pf.cost = cost;
		return pf;
	}
};
// src/Prog.js
/**
* A list of instruction pointers waiting to be patched.
* Tracks both `head` and `tail` to allow O(1) appending during compilation.
* * Values are encoded integers, not standard memory pointers:
* - Program instruction index: `l >> 1`
* - Patch `.out` field if: `(l & 1) === 0`
* - Patch `.arg` field if: `(l & 1) === 1`
* - `0` denotes an empty list.
* * @see https://swtch.com/~rsc/regexp/regexp1.html
*/
var PatchList = class {
	/**
	* @param {number} head - Encoded pointer to the start of the patch list.
	* @param {number} tail - Encoded pointer to the end of the patch list.
	*/
	constructor(head = 0, tail = 0) {
		this.head = head;
		this.tail = tail;
	}
};
/**
* A Prog is a compiled regular expression program.
*/
var Prog = class {
	constructor() {
		this.inst = [];
		this.start = 0;
		this.numCap = 2;
		this.lbStarts = [];
		this.numLb = 0;
		this.lbInst = null;
	}
	getInst(pc) {
		return this.inst[pc];
	}
	numInst() {
		return this.inst.length;
	}
	addInst(op) {
		this.inst.push(new Inst(op));
	}
	markLookbehindInsts() {
		const lbInst = new Uint8Array(this.inst.length);
		const pending = this.lbStarts.slice();
		while (pending.length > 0) {
			const pc = pending.pop();
			if (pc === 0 || lbInst[pc] === 1) continue;
			lbInst[pc] = 1;
			const i = this.inst[pc];
			switch (i.op) {
				case Inst.ALT:
				case Inst.ALT_MATCH:
					pending.push(i.out, i.arg);
					break;
				case Inst.MATCH:
				case Inst.FAIL: break;
				default: pending.push(i.out);
			}
		}
		this.lbInst = lbInst;
	}
	skipNop(pc) {
		let i = this.inst[pc];
		while (i.op === Inst.NOP || i.op === Inst.CAPTURE) {
			i = this.inst[pc];
			pc = i.out;
		}
		return i;
	}
	/** @returns {[boolean, string]} */
	prefix() {
		let prefix = "";
		let i = this.skipNop(this.start);
		if (!Inst.isRuneOp(i.op) || i.runes.length !== 1) return [i.op === Inst.MATCH, prefix];
		while (Inst.isRuneOp(i.op) && i.runes.length === 1 && (i.arg & RE2Flags.FOLD_CASE) === 0 && !Unicode.isUnsearchable(i.runes[0])) {
			prefix += String.fromCodePoint(i.runes[0]);
			i = this.skipNop(i.out);
		}
		return [i.op === Inst.MATCH, prefix];
	}
	startCond() {
		let flag = 0;
		let pc = this.start;
		loop: for (;;) {
			const i = this.inst[pc];
			switch (i.op) {
				case Inst.EMPTY_WIDTH:
					flag |= i.arg;
					break;
				case Inst.FAIL: return -1;
				case Inst.CAPTURE:
				case Inst.NOP: break;
				default: break loop;
			}
			pc = i.out;
		}
		return flag;
	}
	patch(l, val) {
		let head = l.head;
		while (head !== 0) {
			const i = this.inst[head >> 1];
			if ((head & 1) === 0) {
				head = i.out;
				i.out = val;
			} else {
				head = i.arg;
				i.arg = val;
			}
		}
	}
	append(l1, l2) {
		if (l1.head === 0) return l2;
		if (l2.head === 0) return l1;
		const i = this.inst[l1.tail >> 1];
		if ((l1.tail & 1) === 0) i.out = l2.head;
		else i.arg = l2.head;
		return new PatchList(l1.head, l2.tail);
	}
	/**
	*
	* @returns {string}
	*/
	toString() {
		let out = "";
		for (let pc = 0; pc < this.inst.length; pc++) {
			const len = out.length;
			out += pc;
			if (pc === this.start) out += "*";
			out += "        ".substring(out.length - len);
			out += this.inst[pc];
			out += "\n";
		}
		return out;
	}
};
// src/Compiler.js
const ANY_RUNE_NOT_NL = new Int32Array([
	0,
	Codepoint.CODES["\n"] - 1,
	Codepoint.CODES["\n"] + 1,
	Unicode.MAX_RUNE
]);
const ANY_RUNE = new Int32Array([0, Unicode.MAX_RUNE]);
/**
* A fragment of a compiled regular expression program.
*
* @see http://swtch.com/~rsc/regexp/regexp1.html
* @class
*/
var Frag = class {
	constructor(i = 0, out = new PatchList(), nullable = false) {
		this.i = i;
		this.out = out;
		this.nullable = nullable;
	}
};
/**
* Compiler from {@code Regexp} (RE2 abstract syntax) to {@code RE2} (compiled regular expression).
*
* The only entry point is {@link #compileRegexp}.
*/
var Compiler = class Compiler {
	static compileRegexp(re) {
		const c = new Compiler();
		const f = c.compile(re);
		c.prog.patch(f.out, c.newInst(Inst.MATCH).i);
		c.prog.start = f.i;
		c.prog.markLookbehindInsts();
		return c.prog;
	}
	static compileSet(regexps) {
		const c = new Compiler();
		if (regexps.length === 0) {
			c.prog.start = c.newInst(Inst.FAIL).i;
			c.prog.markLookbehindInsts();
			return c.prog;
		}
		let starts = [];
		for (let i = 0; i < regexps.length; i++) {
			c.lbOffset = c.prog.numLb;
			const f = c.compile(regexps[i]);
			const m = c.newInst(Inst.MATCH);
			c.prog.getInst(m.i).arg = i;
			c.prog.patch(f.out, m.i);
			starts.push(f.i);
		}
		let start = starts[0];
		for (let i = 1; i < starts.length; i++) {
			const f = c.newInst(Inst.ALT);
			const inst = c.prog.getInst(f.i);
			inst.out = start;
			inst.arg = starts[i];
			start = f.i;
		}
		c.prog.start = start;
		c.prog.markLookbehindInsts();
		return c.prog;
	}
	constructor() {
		this.prog = new Prog();
		this.newInst(Inst.FAIL);
		this.lbOffset = 0;
		this.runeCache = /* @__PURE__ */ new Map();
		this.walker = {
			leaf: (re) => this.leaf(re),
			enter: (re) => this.enter(re),
			child: (re, state, result) => this.child(re, state, result),
			leave: (re, state) => this.leave(re, state)
		};
	}
	newInst(op) {
		this.prog.addInst(op);
		return new Frag(this.prog.numInst() - 1, new PatchList(), true);
	}
	nop() {
		const f = this.newInst(Inst.NOP);
		f.out = new PatchList(f.i << 1, f.i << 1);
		return f;
	}
	fail() {
		return new Frag();
	}
	cap(arg) {
		const f = this.newInst(Inst.CAPTURE);
		f.out = new PatchList(f.i << 1, f.i << 1);
		this.prog.getInst(f.i).arg = arg;
		if (this.prog.numCap < arg + 1) this.prog.numCap = arg + 1;
		return f;
	}
	cat(f1, f2) {
		if (f1.i === 0 || f2.i === 0) {
			this.prog.patch(f1.out, 0);
			this.prog.patch(f2.out, 0);
			return this.fail();
		}
		this.prog.patch(f1.out, f2.i);
		return new Frag(f1.i, f2.out, f1.nullable && f2.nullable);
	}
	alt(f1, f2) {
		if (f1.i === 0) return f2;
		if (f2.i === 0) return f1;
		const f = this.newInst(Inst.ALT);
		const i = this.prog.getInst(f.i);
		i.out = f1.i;
		i.arg = f2.i;
		f.out = this.prog.append(f1.out, f2.out);
		f.nullable = f1.nullable || f2.nullable;
		return f;
	}
	loop(f1, nongreedy) {
		const f = this.newInst(Inst.ALT);
		const i = this.prog.getInst(f.i);
		if (nongreedy) {
			i.arg = f1.i;
			f.out = new PatchList(f.i << 1, f.i << 1);
		} else {
			i.out = f1.i;
			f.out = new PatchList(f.i << 1 | 1, f.i << 1 | 1);
		}
		this.prog.patch(f1.out, f.i);
		return f;
	}
	quest(f1, nongreedy) {
		if (f1.i === 0) return this.nop();
		const f = this.newInst(Inst.ALT);
		const i = this.prog.getInst(f.i);
		if (nongreedy) {
			i.arg = f1.i;
			f.out = new PatchList(f.i << 1, f.i << 1);
		} else {
			i.out = f1.i;
			f.out = new PatchList(f.i << 1 | 1, f.i << 1 | 1);
		}
		f.out = this.prog.append(f.out, f1.out);
		return f;
	}
	star(f1, nongreedy) {
		if (f1.i === 0) return this.nop();
		if (f1.nullable) return this.quest(this.plus(f1, nongreedy), nongreedy);
		return this.loop(f1, nongreedy);
	}
	plus(f1, nongreedy) {
		if (f1.i === 0) return this.fail();
		return new Frag(f1.i, this.loop(f1, nongreedy).out, f1.nullable);
	}
	empty(op) {
		const f = this.newInst(Inst.EMPTY_WIDTH);
		this.prog.getInst(f.i).arg = op;
		f.out = new PatchList(f.i << 1, f.i << 1);
		return f;
	}
	rune(runes, flags) {
		const f = this.newInst(Inst.RUNE);
		f.nullable = false;
		const i = this.prog.getInst(f.i);
		i.runes = runes;
		flags &= RE2Flags.FOLD_CASE;
		if (runes.length !== 1 || Unicode.simpleFold(runes[0]) === runes[0]) flags &= ~RE2Flags.FOLD_CASE;
		i.arg = flags;
		f.out = new PatchList(f.i << 1, f.i << 1);
		if ((flags & RE2Flags.FOLD_CASE) === 0 && runes.length === 1 || runes.length === 2 && runes[0] === runes[1]) i.op = Inst.RUNE1;
		else if (runes.length === 2 && runes[0] === 0 && runes[1] === Unicode.MAX_RUNE) i.op = Inst.RUNE_ANY;
		else if (runes.length === 4 && runes[0] === 0 && runes[1] === Codepoint.CODES["\n"] - 1 && runes[2] === Codepoint.CODES["\n"] + 1 && runes[3] === Unicode.MAX_RUNE) i.op = Inst.RUNE_ANY_NOT_NL;
		return f;
	}
	lookBehind(a, parsedLb) {
		const lb = Math.sign(parsedLb) * (Math.abs(parsedLb) + this.lbOffset);
		const id = this.newInst(Inst.LB_WRITE);
		this.prog.getInst(id.i).arg = lb;
		const any = this.rune(ANY_RUNE, 0);
		const dotStar = this.star(any, true);
		const lbAutomaton = this.cat(dotStar, a);
		this.prog.patch(lbAutomaton.out, id.i);
		const checkId = this.newInst(Inst.LB_CHECK);
		this.prog.getInst(checkId.i).arg = lb;
		this.prog.lbStarts.push(lbAutomaton.i);
		if (Math.abs(lb) > this.prog.numLb) this.prog.numLb = Math.abs(lb);
		checkId.out = new PatchList(checkId.i << 1, checkId.i << 1);
		return checkId;
	}
	compile(re) {
		return RegexpWalker.walk(re, this.walker);
	}
	leaf(re) {
		switch (re.op) {
			case Regexp.Op.NO_MATCH: return this.fail();
			case Regexp.Op.EMPTY_MATCH: return this.nop();
			case Regexp.Op.LITERAL: {
				if (re.runes.length === 0) return this.nop();
				let f = null;
				for (let r of re.runes) {
					let singleRune = this.runeCache.get(r);
					if (singleRune === void 0) {
						singleRune = new Int32Array([r]);
						this.runeCache.set(r, singleRune);
					}
					const f1 = this.rune(singleRune, re.flags);
					f = f === null ? f1 : this.cat(f, f1);
				}
				return f;
			}
			case Regexp.Op.CHAR_CLASS: return this.rune(re.runes, re.flags);
			case Regexp.Op.ANY_CHAR_NOT_NL: return this.rune(ANY_RUNE_NOT_NL, 0);
			case Regexp.Op.ANY_CHAR: return this.rune(ANY_RUNE, 0);
			case Regexp.Op.BEGIN_LINE: return this.empty(Utils.EMPTY_BEGIN_LINE);
			case Regexp.Op.END_LINE: return this.empty(Utils.EMPTY_END_LINE);
			case Regexp.Op.BEGIN_TEXT: return this.empty(Utils.EMPTY_BEGIN_TEXT);
			case Regexp.Op.END_TEXT: return this.empty(Utils.EMPTY_END_TEXT);
			case Regexp.Op.WORD_BOUNDARY: return this.empty(Utils.EMPTY_WORD_BOUNDARY);
			case Regexp.Op.NO_WORD_BOUNDARY: return this.empty(Utils.EMPTY_NO_WORD_BOUNDARY);
			case Regexp.Op.CONCAT:
			case Regexp.Op.ALTERNATE: return this.nop();
			default: throw new RE2JSCompileException("regexp: unhandled case in compile");
		}
	}
	enter(re) {
		switch (re.op) {
			case Regexp.Op.PLB:
			case Regexp.Op.NLB:
			case Regexp.Op.STAR:
			case Regexp.Op.PLUS:
			case Regexp.Op.QUEST: return { sub: null };
			case Regexp.Op.CAPTURE: return {
				bra: this.cap(re.cap << 1),
				sub: null
			};
			case Regexp.Op.CONCAT:
			case Regexp.Op.ALTERNATE: return { f: null };
			default: throw new RE2JSCompileException("regexp: unhandled case in compile");
		}
	}
	child(re, state, f1) {
		if (re.op === Regexp.Op.CONCAT) state.f = state.f === null ? f1 : this.cat(state.f, f1);
		else if (re.op === Regexp.Op.ALTERNATE) state.f = state.f === null ? f1 : this.alt(state.f, f1);
		else state.sub = f1;
	}
	leave(re, state) {
		switch (re.op) {
			case Regexp.Op.PLB:
			case Regexp.Op.NLB: return this.lookBehind(state.sub, re.lb);
			case Regexp.Op.CAPTURE: {
				const ket = this.cap(re.cap << 1 | 1);
				return this.cat(this.cat(state.bra, state.sub), ket);
			}
			case Regexp.Op.STAR: return this.star(state.sub, (re.flags & RE2Flags.NON_GREEDY) !== 0);
			case Regexp.Op.PLUS: return this.plus(state.sub, (re.flags & RE2Flags.NON_GREEDY) !== 0);
			case Regexp.Op.QUEST: return this.quest(state.sub, (re.flags & RE2Flags.NON_GREEDY) !== 0);
			case Regexp.Op.CONCAT:
			case Regexp.Op.ALTERNATE: return state.f;
			default: throw new RE2JSCompileException("regexp: unhandled case in compile");
		}
	}
};
// src/Simplify.js
var Simplify = class Simplify {
	static simplify(re) {
		if (re === null) return null;
		return RegexpWalker.walk(re, Simplify.WALKER);
	}
	static WALKER = {
		leaf: (re) => Simplify.leaf(re),
		enter: (re) => Simplify.enter(re),
		child: (re, state, result, i) => Simplify.child(re, state, result, i),
		leave: (re, state) => Simplify.leave(re, state)
	};
	static leaf(re) {
		if (re.op === Regexp.Op.CHAR_CLASS) {
			if (re.runes === null) return re;
			if (re.runes.length === 0) return new Regexp(Regexp.Op.NO_MATCH);
			if (re.runes.length === 2 && re.runes[0] === 0 && re.runes[1] === Unicode.MAX_RUNE) return new Regexp(Regexp.Op.ANY_CHAR);
			if (re.runes.length === 4 && re.runes[0] === 0 && re.runes[1] === Codepoint.CODES["\n"] - 1 && re.runes[2] === Codepoint.CODES["\n"] + 1 && re.runes[3] === Unicode.MAX_RUNE) return new Regexp(Regexp.Op.ANY_CHAR_NOT_NL);
		}
		return re;
	}
	static enter(re) {
		switch (re.op) {
			case Regexp.Op.PLB:
			case Regexp.Op.NLB:
			case Regexp.Op.CAPTURE:
			case Regexp.Op.STAR:
			case Regexp.Op.PLUS:
			case Regexp.Op.QUEST: return { sub: null };
			case Regexp.Op.CONCAT:
			case Regexp.Op.ALTERNATE: return {
				subs: [],
				changed: false
			};
			case Regexp.Op.REPEAT:
				if (re.min === 0 && re.max === 0) return { result: new Regexp(Regexp.Op.EMPTY_MATCH) };
				return { sub: null };
			default: return { result: re };
		}
	}
	static child(re, state, nsub, i) {
		if (state.subs === void 0) {
			state.sub = nsub;
			return;
		}
		if (nsub !== re.subs[i]) state.changed = true;
		if (re.op === Regexp.Op.CONCAT) {
			if (nsub.op === Regexp.Op.NO_MATCH) {
				state.result = new Regexp(Regexp.Op.NO_MATCH);
				return;
			}
			if (nsub.op === Regexp.Op.EMPTY_MATCH) {
				state.changed = true;
				return;
			}
			if (nsub.op === Regexp.Op.CONCAT) {
				state.changed = true;
				for (let j = 0; j < nsub.subs.length; j++) state.subs.push(nsub.subs[j]);
				return;
			}
		} else {
			if (nsub.op === Regexp.Op.NO_MATCH) {
				state.changed = true;
				return;
			}
			if (nsub.op === Regexp.Op.ALTERNATE) {
				state.changed = true;
				for (let j = 0; j < nsub.subs.length; j++) state.subs.push(nsub.subs[j]);
				return;
			}
		}
		state.subs.push(nsub);
	}
	static leave(re, state) {
		switch (re.op) {
			case Regexp.Op.PLB:
			case Regexp.Op.NLB:
			case Regexp.Op.CAPTURE: {
				const sub = state.sub;
				if (sub !== re.subs[0]) {
					const nre = Regexp.fromRegexp(re);
					nre.runes = /* @__PURE__ */ new Int32Array(0);
					nre.subs = [sub];
					return nre;
				}
				return re;
			}
			case Regexp.Op.CONCAT:
			case Regexp.Op.ALTERNATE:
				if (state.changed) {
					const newSubs = state.subs;
					if (newSubs.length === 0) return new Regexp(re.op === Regexp.Op.CONCAT ? Regexp.Op.EMPTY_MATCH : Regexp.Op.NO_MATCH);
					if (newSubs.length === 1) return newSubs[0];
					const nre = Regexp.fromRegexp(re);
					nre.runes = /* @__PURE__ */ new Int32Array(0);
					nre.subs = newSubs;
					return nre;
				}
				return re;
			case Regexp.Op.STAR:
			case Regexp.Op.PLUS:
			case Regexp.Op.QUEST: return Simplify.simplify1(re.op, re.flags, state.sub, re);
			case Regexp.Op.REPEAT: return Simplify.simplifyRepeat(re, state.sub);
			default: return re;
		}
	}
	static simplifyRepeat(re, sub) {
		if (re.max === -1) {
			if (re.min === 0) return Simplify.simplify1(Regexp.Op.STAR, re.flags, sub, null);
			if (re.min === 1) return Simplify.simplify1(Regexp.Op.PLUS, re.flags, sub, null);
			const subs = [];
			for (let i = 0; i < re.min - 1; i++) subs.push(sub);
			subs.push(Simplify.simplify1(Regexp.Op.PLUS, re.flags, sub, null));
			return Simplify.concat(subs);
		}
		if (re.min === 1 && re.max === 1) return sub;
		let prefixSubs = null;
		if (re.min > 0) {
			prefixSubs = [];
			for (let i = 0; i < re.min; i++) prefixSubs.push(sub);
		}
		if (re.max > re.min) {
			let suffix = Simplify.simplify1(Regexp.Op.QUEST, re.flags, sub, null);
			for (let i = re.min + 1; i < re.max; i++) suffix = Simplify.simplify1(Regexp.Op.QUEST, re.flags, Simplify.concat([sub, suffix]), null);
			if (prefixSubs === null) return suffix;
			prefixSubs.push(suffix);
		}
		if (prefixSubs !== null) return Simplify.concat(prefixSubs);
		return new Regexp(Regexp.Op.NO_MATCH);
	}
	static concat(subs) {
		const newSubs = [];
		for (let i = 0; i < subs.length; i++) {
			const sub = subs[i];
			if (sub.op === Regexp.Op.NO_MATCH) return new Regexp(Regexp.Op.NO_MATCH);
			if (sub.op === Regexp.Op.EMPTY_MATCH) continue;
			if (sub.op === Regexp.Op.CONCAT) {
				for (let j = 0; j < sub.subs.length; j++) newSubs.push(sub.subs[j]);
				continue;
			}
			newSubs.push(sub);
		}
		if (newSubs.length === 0) return new Regexp(Regexp.Op.EMPTY_MATCH);
		if (newSubs.length === 1) return newSubs[0];
		const nre = new Regexp(Regexp.Op.CONCAT);
		nre.subs = newSubs;
		return nre;
	}
	static simplify1(op, flags, sub, re) {
		if (sub.op === Regexp.Op.EMPTY_MATCH) return sub;
		if (sub.op === Regexp.Op.NO_MATCH) {
			if (op === Regexp.Op.PLUS) return sub;
			return new Regexp(Regexp.Op.EMPTY_MATCH);
		}
		if (op === sub.op && (flags & RE2Flags.NON_GREEDY) === (sub.flags & RE2Flags.NON_GREEDY)) return sub;
		if (re !== null && re.op === op && (re.flags & RE2Flags.NON_GREEDY) === (flags & RE2Flags.NON_GREEDY) && sub === re.subs[0]) return re;
		const nre = new Regexp(op);
		nre.flags = flags;
		nre.subs = [sub];
		return nre;
	}
};
// src/CharGroup.js
var CharGroup = class {
	constructor(sign, cls) {
		this.sign = sign;
		this.cls = cls;
	}
};
const code1 = [48, 57];
const code2 = [
	9,
	10,
	12,
	13,
	32,
	32
];
const code3 = [
	48,
	57,
	65,
	90,
	95,
	95,
	97,
	122
];
const PERL_GROUPS = /* @__PURE__ */ new Map([
	["\\d", new CharGroup(1, code1)],
	["\\D", new CharGroup(-1, code1)],
	["\\s", new CharGroup(1, code2)],
	["\\S", new CharGroup(-1, code2)],
	["\\w", new CharGroup(1, code3)],
	["\\W", new CharGroup(-1, code3)]
]);
const code4 = [
	48,
	57,
	65,
	90,
	97,
	122
];
const code5 = [
	65,
	90,
	97,
	122
];
const code6 = [0, 127];
const code7 = [
	9,
	9,
	32,
	32
];
const code8 = [
	0,
	31,
	127,
	127
];
const code9 = [48, 57];
const code10 = [33, 126];
const code11 = [97, 122];
const code12 = [32, 126];
const code13 = [
	33,
	47,
	58,
	64,
	91,
	96,
	123,
	126
];
const code14 = [
	9,
	13,
	32,
	32
];
const code15 = [65, 90];
const code16 = [
	48,
	57,
	65,
	90,
	95,
	95,
	97,
	122
];
const code17 = [
	48,
	57,
	65,
	70,
	97,
	102
];
const POSIX_GROUPS = /* @__PURE__ */ new Map([
	["[:alnum:]", new CharGroup(1, code4)],
	["[:^alnum:]", new CharGroup(-1, code4)],
	["[:alpha:]", new CharGroup(1, code5)],
	["[:^alpha:]", new CharGroup(-1, code5)],
	["[:ascii:]", new CharGroup(1, code6)],
	["[:^ascii:]", new CharGroup(-1, code6)],
	["[:blank:]", new CharGroup(1, code7)],
	["[:^blank:]", new CharGroup(-1, code7)],
	["[:cntrl:]", new CharGroup(1, code8)],
	["[:^cntrl:]", new CharGroup(-1, code8)],
	["[:digit:]", new CharGroup(1, code9)],
	["[:^digit:]", new CharGroup(-1, code9)],
	["[:graph:]", new CharGroup(1, code10)],
	["[:^graph:]", new CharGroup(-1, code10)],
	["[:lower:]", new CharGroup(1, code11)],
	["[:^lower:]", new CharGroup(-1, code11)],
	["[:print:]", new CharGroup(1, code12)],
	["[:^print:]", new CharGroup(-1, code12)],
	["[:punct:]", new CharGroup(1, code13)],
	["[:^punct:]", new CharGroup(-1, code13)],
	["[:space:]", new CharGroup(1, code14)],
	["[:^space:]", new CharGroup(-1, code14)],
	["[:upper:]", new CharGroup(1, code15)],
	["[:^upper:]", new CharGroup(-1, code15)],
	["[:word:]", new CharGroup(1, code16)],
	["[:^word:]", new CharGroup(-1, code16)],
	["[:xdigit:]", new CharGroup(1, code17)],
	["[:^xdigit:]", new CharGroup(-1, code17)]
]);
// src/CharClass.js
/**
* A "builder"-style helper class for manipulating character classes represented as an array of
* pairs of runes [lo, hi], each denoting an inclusive interval.
*
* All methods mutate the internal state and return {@code this}, allowing operations to be chained.
*/
var CharClass = class CharClass {
	static charClassToString(r, len) {
		let result = "[";
		for (let i = 0; i < len; i += 2) {
			if (i > 0) result += " ";
			const lo = r[i];
			const hi = r[i + 1];
			if (lo === hi) result += `0x${lo.toString(16)}`;
			else result += `0x${lo.toString(16)}-0x${hi.toString(16)}`;
		}
		result += "]";
		return result;
	}
	static sortRanges(array, len) {
		const n = len >> 1;
		const order = new Array(n);
		for (let i = 0; i < n; i++) order[i] = i;
		order.sort((a, b) => array[2 * a] - array[2 * b] || array[2 * b + 1] - array[2 * a + 1]);
		const sorted = array.slice(0, len);
		for (let i = 0; i < n; i++) {
			array[2 * i] = sorted[2 * order[i]];
			array[2 * i + 1] = sorted[2 * order[i] + 1];
		}
	}
	/**
	* @param {number[]|Int32Array} [r]
	*/
	constructor(r = Utils.emptyInts()) {
		/** @type {number[]|Int32Array} */
		this.r = r;
		this.len = r.length;
	}
	toArray() {
		if (this.r instanceof Int32Array) return this.len === this.r.length ? this.r : this.r.subarray(0, this.len);
		return new Int32Array(this.len === this.r.length ? this.r : this.r.slice(0, this.len));
	}
	toGrowableArray() {
		if (Array.isArray(this.r)) {
			this.r.length = this.len;
			return this.r;
		}
		return Array.from(this.r.subarray(0, this.len));
	}
	cleanClass() {
		if (this.len < 4) return this;
		CharClass.sortRanges(this.r, this.len);
		let w = 2;
		for (let i = 2; i < this.len; i += 2) {
			const lo = this.r[i];
			const hi = this.r[i + 1];
			if (lo <= this.r[w - 1] + 1) {
				if (hi > this.r[w - 1]) this.r[w - 1] = hi;
				continue;
			}
			this.r[w] = lo;
			this.r[w + 1] = hi;
			w += 2;
		}
		this.len = w;
		return this;
	}
	appendLiteral(x, flags) {
		return (flags & RE2Flags.FOLD_CASE) !== 0 ? this.appendFoldedRange(x, x) : this.appendRange(x, x);
	}
	appendRange(lo, hi) {
		if (this.len > 0) {
			for (let i = 2; i <= 4; i += 2) if (this.len >= i) {
				const rlo = this.r[this.len - i];
				const rhi = this.r[this.len - i + 1];
				if (lo <= rhi + 1 && rlo <= hi + 1) {
					if (lo < rlo) this.r[this.len - i] = lo;
					if (hi > rhi) this.r[this.len - i + 1] = hi;
					return this;
				}
			}
		}
		this.r[this.len++] = lo;
		this.r[this.len++] = hi;
		return this;
	}
	appendFoldedRange(lo, hi) {
		if (lo <= Unicode.MIN_FOLD && hi >= Unicode.MAX_FOLD) return this.appendRange(lo, hi);
		if (hi < Unicode.MIN_FOLD || lo > Unicode.MAX_FOLD) return this.appendRange(lo, hi);
		if (lo < Unicode.MIN_FOLD) {
			this.appendRange(lo, Unicode.MIN_FOLD - 1);
			lo = Unicode.MIN_FOLD;
		}
		if (hi > Unicode.MAX_FOLD) {
			this.appendRange(Unicode.MAX_FOLD + 1, hi);
			hi = Unicode.MAX_FOLD;
		}
		for (let c = lo; c <= hi; c++) {
			this.appendRange(c, c);
			for (let f = Unicode.simpleFold(c); f !== c; f = Unicode.simpleFold(f)) this.appendRange(f, f);
		}
		return this;
	}
	appendClass(x) {
		for (let i = 0; i < x.length; i += 2) this.appendRange(x[i], x[i + 1]);
		return this;
	}
	appendFoldedClass(x) {
		for (let i = 0; i < x.length; i += 2) this.appendFoldedRange(x[i], x[i + 1]);
		return this;
	}
	appendNegatedClass(x) {
		let nextLo = 0;
		for (let i = 0; i < x.length; i += 2) {
			const lo = x[i];
			const hi = x[i + 1];
			if (nextLo <= lo - 1) this.appendRange(nextLo, lo - 1);
			nextLo = hi + 1;
		}
		if (nextLo <= Unicode.MAX_RUNE) this.appendRange(nextLo, Unicode.MAX_RUNE);
		return this;
	}
	appendTable(table) {
		for (let i = 0; i < table.length; ++i) {
			const lo = table.getLo(i);
			const hi = table.getHi(i);
			const stride = table.getStride(i);
			if (stride === 1) {
				this.appendRange(lo, hi);
				continue;
			}
			for (let c = lo; c <= hi; c += stride) this.appendRange(c, c);
		}
		return this;
	}
	appendNegatedTable(table) {
		let nextLo = 0;
		for (let i = 0; i < table.length; ++i) {
			const lo = table.getLo(i);
			const hi = table.getHi(i);
			const stride = table.getStride(i);
			if (stride === 1) {
				if (nextLo <= lo - 1) this.appendRange(nextLo, lo - 1);
				nextLo = hi + 1;
				continue;
			}
			for (let c = lo; c <= hi; c += stride) {
				if (nextLo <= c - 1) this.appendRange(nextLo, c - 1);
				nextLo = c + 1;
			}
		}
		if (nextLo <= Unicode.MAX_RUNE) this.appendRange(nextLo, Unicode.MAX_RUNE);
		return this;
	}
	appendTableWithSign(table, sign) {
		return sign < 0 ? this.appendNegatedTable(table) : this.appendTable(table);
	}
	negateClass() {
		let nextLo = 0;
		let w = 0;
		for (let i = 0; i < this.len; i += 2) {
			const lo = this.r[i];
			const hi = this.r[i + 1];
			if (nextLo <= lo - 1) {
				this.r[w] = nextLo;
				this.r[w + 1] = lo - 1;
				w += 2;
			}
			nextLo = hi + 1;
		}
		this.len = w;
		if (nextLo <= Unicode.MAX_RUNE) {
			this.r[this.len++] = nextLo;
			this.r[this.len++] = Unicode.MAX_RUNE;
		}
		return this;
	}
	appendClassWithSign(x, sign) {
		return sign < 0 ? this.appendNegatedClass(x) : this.appendClass(x);
	}
	appendGroup(g, foldCase) {
		let cls = g.cls;
		if (foldCase) cls = new CharClass().appendFoldedClass(cls).cleanClass().toArray();
		return this.appendClassWithSign(cls, g.sign);
	}
	toString() {
		return CharClass.charClassToString(this.r, this.len);
	}
};
// src/Parser.js
var StringIterator = class {
	constructor(str) {
		this.str = str;
		this.position = 0;
	}
	pos() {
		return this.position;
	}
	rewindTo(pos) {
		this.position = pos;
	}
	more() {
		return this.position < this.str.length;
	}
	peek() {
		return this.str.codePointAt(this.position);
	}
	skip(n) {
		this.position += n;
	}
	skipString(s) {
		this.position += s.length;
	}
	pop() {
		const r = this.str.codePointAt(this.position);
		this.position += Utils.charCount(r);
		return r;
	}
	lookingAt(s) {
		return this.str.startsWith(s, this.position);
	}
	rest() {
		return this.str.substring(this.position);
	}
	from(beforePos) {
		return this.str.substring(beforePos, this.position);
	}
	toString() {
		return this.rest();
	}
};
/**
* A parser of regular expression patterns.
*
* The only public entry point is {@link #parse(String pattern, int flags)}.
*/
var Parser = class Parser {
	static ERR_INTERNAL_ERROR = "regexp/syntax: internal error";
	static ERR_INVALID_CHAR_RANGE = "invalid character class range";
	static ERR_INVALID_ESCAPE = "invalid escape sequence";
	static ERR_INVALID_NAMED_CAPTURE = "invalid named capture";
	static ERR_INVALID_PERL_OP = "invalid or unsupported Perl syntax";
	static ERR_INVALID_REPEAT_OP = "invalid nested repetition operator";
	static ERR_INVALID_REPEAT_SIZE = "invalid repeat count";
	static ERR_MISSING_BRACKET = "missing closing ]";
	static ERR_MISSING_PAREN = "missing closing )";
	static ERR_MISSING_REPEAT_ARGUMENT = "missing argument to repetition operator";
	static ERR_TRAILING_BACKSLASH = "trailing backslash at end of expression";
	static ERR_DUPLICATE_NAMED_CAPTURE = "duplicate capture group name";
	static ERR_UNEXPECTED_PAREN = "unexpected )";
	static ERR_NESTING_DEPTH = "expression nests too deeply";
	static ERR_LARGE = "expression too large";
	static ERR_INVALID_CAPTURE_IN_LOOKBEHIND = "invalid capture in lookbehind";
	static MAX_HEIGHT = 1e3;
	static MAX_SIZE = 1398101;
	static MAX_RUNES = 33554432;
	static ANY_TABLE = new UnicodeRangeTable(new Uint32Array([
		0,
		Unicode.MAX_RUNE,
		1
	]));
	static ASCII_TABLE = new UnicodeRangeTable(new Uint32Array([
		0,
		127,
		1
	]));
	static ASCII_FOLD_TABLE = new UnicodeRangeTable(new Uint32Array([
		0,
		127,
		1,
		383,
		383,
		1,
		8490,
		8490,
		1
	]));
	static unicodeTable(name) {
		if (name === "Any") return {
			tab: Parser.ANY_TABLE,
			fold: Parser.ANY_TABLE,
			sign: 1
		};
		if (name === "Ascii") return {
			tab: Parser.ASCII_TABLE,
			fold: Parser.ASCII_FOLD_TABLE,
			sign: 1
		};
		if (name === "Assigned") return {
			tab: UnicodeTables.CATEGORIES.get("Cn"),
			fold: UnicodeTables.CATEGORIES.get("Cn"),
			sign: -1
		};
		if (name === "Lc") return {
			tab: UnicodeTables.CATEGORIES.get("LC"),
			fold: UnicodeTables.FOLD_CATEGORIES.get("LC"),
			sign: 1
		};
		if (UnicodeTables.CATEGORIES.has(name)) return {
			tab: UnicodeTables.CATEGORIES.get(name),
			fold: UnicodeTables.FOLD_CATEGORIES.get(name),
			sign: 1
		};
		if (UnicodeTables.SCRIPTS.has(name)) return {
			tab: UnicodeTables.SCRIPTS.get(name),
			fold: UnicodeTables.FOLD_SCRIPT.get(name),
			sign: 1
		};
		return null;
	}
	static minFoldRune(r) {
		if (r < Unicode.MIN_FOLD || r > Unicode.MAX_FOLD) return r;
		let min = r;
		const r0 = r;
		for (r = Unicode.simpleFold(r); r !== r0; r = Unicode.simpleFold(r)) if (min > r) min = r;
		return min;
	}
	static leadingRegexp(re) {
		if (re.op === Regexp.Op.EMPTY_MATCH) return null;
		if (re.op === Regexp.Op.CONCAT && re.subs.length > 0) {
			const sub = re.subs[0];
			if (sub.op === Regexp.Op.EMPTY_MATCH) return null;
			return sub;
		}
		return re;
	}
	static literalRegexp(s, flags) {
		const re = new Regexp(Regexp.Op.LITERAL);
		re.flags = flags;
		re.runes = Utils.stringToRunes(s);
		return re;
	}
	/**
	* Parse regular expression pattern {@code pattern} with mode flags {@code flags}.
	* @param {string} pattern
	* @param {number} flags
	*/
	static parse(pattern, flags) {
		return new Parser(pattern, flags).parseInternal();
	}
	static parseRepeat(t) {
		const start = t.pos();
		if (!t.more() || !t.lookingAt("{")) return -1;
		t.skip(1);
		const min = Parser.parseInt(t);
		if (min === -1) return -1;
		if (!t.more()) return -1;
		let max;
		if (!t.lookingAt(",")) max = min;
		else {
			t.skip(1);
			if (!t.more()) return -1;
			if (t.lookingAt("}")) max = -1;
			else if ((max = Parser.parseInt(t)) === -1) return -1;
		}
		if (!t.more() || !t.lookingAt("}")) return -1;
		t.skip(1);
		if (min < 0 || min > 1e3 || max === -2 || max > 1e3 || max >= 0 && min > max) throw new RE2JSSyntaxException(Parser.ERR_INVALID_REPEAT_SIZE, t.from(start));
		return min << 16 | max & Unicode.MAX_BMP;
	}
	static isValidCaptureName(name) {
		if (name.length === 0) return false;
		for (let i = 0; i < name.length; i++) {
			const c = name.codePointAt(i);
			if (c !== Codepoint.CODES["_"] && !Utils.isalnum(c)) return false;
		}
		return true;
	}
	static parseInt(t) {
		const start = t.pos();
		while (t.more() && t.peek() >= Codepoint.CODES["0"] && t.peek() <= Codepoint.CODES["9"]) t.skip(1);
		const n = t.from(start);
		if (n.length === 0 || n.length > 1 && n.codePointAt(0) === Codepoint.CODES["0"]) return -1;
		if (n.length > 8) return -2;
		return parseInt(n, 10);
	}
	static isCharClass(re) {
		return re.op === Regexp.Op.LITERAL && re.runes.length === 1 || re.op === Regexp.Op.CHAR_CLASS || re.op === Regexp.Op.ANY_CHAR_NOT_NL || re.op === Regexp.Op.ANY_CHAR;
	}
	static matchRune(re, r) {
		switch (re.op) {
			case Regexp.Op.LITERAL: return re.runes.length === 1 && re.runes[0] === r;
			case Regexp.Op.CHAR_CLASS:
				for (let i = 0; i < re.runes.length; i += 2) if (re.runes[i] <= r && r <= re.runes[i + 1]) return true;
				return false;
			case Regexp.Op.ANY_CHAR_NOT_NL: return r !== Codepoint.CODES["\n"];
			case Regexp.Op.ANY_CHAR: return true;
		}
		return false;
	}
	static mergeCharClass(dst, src) {
		switch (dst.op) {
			case Regexp.Op.ANY_CHAR: break;
			case Regexp.Op.ANY_CHAR_NOT_NL:
				if (Parser.matchRune(src, Codepoint.CODES["\n"])) dst.op = Regexp.Op.ANY_CHAR;
				break;
			case Regexp.Op.CHAR_CLASS: {
				const cc = new CharClass(Array.isArray(dst.runes) ? dst.runes : Array.from(dst.runes));
				if (src.op === Regexp.Op.LITERAL) cc.appendLiteral(src.runes[0], src.flags);
				else cc.appendClass(src.runes);
				dst.runes = cc.toGrowableArray();
				break;
			}
			case Regexp.Op.LITERAL:
				if (src.runes[0] === dst.runes[0] && src.flags === dst.flags) break;
				dst.op = Regexp.Op.CHAR_CLASS;
				dst.runes = new CharClass().appendLiteral(dst.runes[0], dst.flags).appendLiteral(src.runes[0], src.flags).toGrowableArray();
		}
	}
	static parseEscape(t) {
		const startPos = t.pos();
		t.skip(1);
		if (!t.more()) throw new RE2JSSyntaxException(Parser.ERR_TRAILING_BACKSLASH);
		let c = t.pop();
		bigswitch: switch (c) {
			case Codepoint.CODES["1"]:
			case Codepoint.CODES["2"]:
			case Codepoint.CODES["3"]:
			case Codepoint.CODES["4"]:
			case Codepoint.CODES["5"]:
			case Codepoint.CODES["6"]:
			case Codepoint.CODES["7"]: if (!t.more() || t.peek() < Codepoint.CODES["0"] || t.peek() > Codepoint.CODES["7"]) break;
			case Codepoint.CODES["0"]: {
				let r = c - Codepoint.CODES["0"];
				for (let i = 1; i < 3; i++) {
					if (!t.more() || t.peek() < Codepoint.CODES["0"] || t.peek() > Codepoint.CODES["7"]) break;
					r = r * 8 + t.peek() - Codepoint.CODES["0"];
					t.skip(1);
				}
				return r;
			}
			case Codepoint.CODES["x"]: {
				if (!t.more()) break;
				c = t.pop();
				if (c === Codepoint.CODES["{"]) {
					let nhex = 0;
					let r = 0;
					while (true) {
						if (!t.more()) break bigswitch;
						c = t.pop();
						if (c === Codepoint.CODES["}"]) break;
						const v = Utils.unhex(c);
						if (v < 0) break bigswitch;
						r = r * 16 + v;
						if (r > Unicode.MAX_RUNE) break bigswitch;
						nhex++;
					}
					if (nhex === 0) break bigswitch;
					return r;
				}
				const x = Utils.unhex(c);
				if (!t.more()) break;
				c = t.pop();
				const y = Utils.unhex(c);
				if (x < 0 || y < 0) break;
				return x * 16 + y;
			}
			case Codepoint.CODES["a"]: return Codepoint.CODES["\x07"];
			case Codepoint.CODES["f"]: return Codepoint.CODES["\f"];
			case Codepoint.CODES["n"]: return Codepoint.CODES["\n"];
			case Codepoint.CODES["r"]: return Codepoint.CODES["\r"];
			case Codepoint.CODES["t"]: return Codepoint.CODES["	"];
			case Codepoint.CODES["v"]: return Codepoint.CODES["\v"];
			default: if (c <= Unicode.MAX_ASCII && !Utils.isalnum(c)) return c;
		}
		throw new RE2JSSyntaxException(Parser.ERR_INVALID_ESCAPE, t.from(startPos));
	}
	static parseClassChar(t, wholeClassPos) {
		if (!t.more()) throw new RE2JSSyntaxException(Parser.ERR_MISSING_BRACKET, t.from(wholeClassPos));
		if (t.lookingAt("\\")) return Parser.parseEscape(t);
		return t.pop();
	}
	static hasCapture(re) {
		if (re === null) return false;
		if (re.op === Regexp.Op.CAPTURE) return true;
		if (re.subs) {
			for (let sub of re.subs) if (Parser.hasCapture(sub)) return true;
		}
		return false;
	}
	constructor(wholeRegexp, flags = 0) {
		this.wholeRegexp = wholeRegexp;
		this.flags = flags;
		this.numCap = 0;
		this.namedGroups = Object.create(null);
		this.stack = [];
		this.free = null;
		this.numRegexp = 0;
		this.numRunes = 0;
		this.repeats = 0;
		this.height = null;
		this.size = null;
		this.nlb = 0;
	}
	newRegexp(op) {
		let re = this.free;
		if (re !== null && re.subs !== null && re.subs.length > 0) {
			this.free = re.subs[0];
			re.reinit();
			re.op = op;
		} else {
			re = new Regexp(op);
			this.numRegexp += 1;
		}
		return re;
	}
	reuse(re) {
		if (this.height !== null && this.height.has(re)) this.height.delete(re);
		if (re.subs !== null && re.subs.length > 0) re.subs[0] = this.free;
		this.free = re;
	}
	checkLimits(re) {
		if (this.numRunes > Parser.MAX_RUNES) throw new RE2JSSyntaxException(Parser.ERR_LARGE);
		this.checkSize(re);
		this.checkHeight(re);
	}
	checkSize(re) {
		if (this.size === null) {
			if (this.repeats === 0) this.repeats = 1;
			if (re.op === Regexp.Op.REPEAT) {
				let n = re.max;
				if (n === -1) n = re.min;
				if (n <= 0) n = 1;
				if (n > Math.floor(Parser.MAX_SIZE / this.repeats)) this.repeats = Parser.MAX_SIZE;
				else this.repeats *= n;
			}
			if (this.numRegexp < Math.floor(Parser.MAX_SIZE / this.repeats)) return;
			this.size = /* @__PURE__ */ new Map();
			for (let reEx of this.stack) this.checkSize(reEx);
		}
		if (this.calcSize(re, true) > Parser.MAX_SIZE) throw new RE2JSSyntaxException(Parser.ERR_LARGE);
	}
	calcSize(re, force = false) {
		if (!force && this.size !== null) {
			if (this.size.has(re)) return this.size.get(re);
		}
		let size = 0;
		switch (re.op) {
			case Regexp.Op.LITERAL:
				size = re.runes.length;
				break;
			case Regexp.Op.PLB:
			case Regexp.Op.NLB:
			case Regexp.Op.CAPTURE:
			case Regexp.Op.STAR:
				size = 2 + this.calcSize(re.subs[0]);
				break;
			case Regexp.Op.PLUS:
			case Regexp.Op.QUEST:
				size = 1 + this.calcSize(re.subs[0]);
				break;
			case Regexp.Op.CONCAT:
				for (let sub of re.subs) size = size + this.calcSize(sub);
				break;
			case Regexp.Op.ALTERNATE:
				for (let sub of re.subs) size = size + this.calcSize(sub);
				if (re.subs.length > 1) size = size + re.subs.length - 1;
				break;
			case Regexp.Op.REPEAT: {
				let sub = this.calcSize(re.subs[0]);
				if (re.max === -1) {
					if (re.min === 0) size = 2 + sub;
					else size = 1 + re.min * sub;
					break;
				}
				size = re.max * sub + (re.max - re.min);
				break;
			}
		}
		size = Math.max(1, size);
		if (this.size === null) this.size = /* @__PURE__ */ new Map();
		this.size.set(re, size);
		return size;
	}
	checkHeight(re) {
		if (this.numRegexp < Parser.MAX_HEIGHT) return;
		if (this.height === null) {
			this.height = /* @__PURE__ */ new Map();
			for (let reEx of this.stack) this.checkHeight(reEx);
		}
		if (this.calcHeight(re, true) > Parser.MAX_HEIGHT) throw new RE2JSSyntaxException(Parser.ERR_NESTING_DEPTH);
	}
	calcHeight(re, force = false) {
		if (!force && this.height !== null) {
			if (this.height.has(re)) return this.height.get(re);
		}
		let h = 1;
		for (let sub of re.subs) {
			const hsub = this.calcHeight(sub);
			if (h < 1 + hsub) h = 1 + hsub;
		}
		if (this.height === null) this.height = /* @__PURE__ */ new Map();
		this.height.set(re, h);
		return h;
	}
	pop() {
		return this.stack.pop();
	}
	popToPseudo() {
		const n = this.stack.length;
		let i = n;
		while (i > 0 && !Regexp.isPseudoOp(this.stack[i - 1].op)) i--;
		return this.stack.splice(i, n - i);
	}
	push(re) {
		this.numRunes += re.runes.length;
		if (re.op === Regexp.Op.CHAR_CLASS && re.runes.length === 2 && re.runes[0] === re.runes[1]) {
			if (this.maybeConcat(re.runes[0], this.flags & ~RE2Flags.FOLD_CASE)) return null;
			re.op = Regexp.Op.LITERAL;
			re.runes = [re.runes[0]];
			re.flags = this.flags & ~RE2Flags.FOLD_CASE;
		} else if (re.op === Regexp.Op.CHAR_CLASS && re.runes.length === 4 && re.runes[0] === re.runes[1] && re.runes[2] === re.runes[3] && Unicode.simpleFold(re.runes[0]) === re.runes[2] && Unicode.simpleFold(re.runes[2]) === re.runes[0] || re.op === Regexp.Op.CHAR_CLASS && re.runes.length === 2 && re.runes[0] + 1 === re.runes[1] && Unicode.simpleFold(re.runes[0]) === re.runes[1] && Unicode.simpleFold(re.runes[1]) === re.runes[0]) {
			if (this.maybeConcat(re.runes[0], this.flags | RE2Flags.FOLD_CASE)) return null;
			re.op = Regexp.Op.LITERAL;
			re.runes = [re.runes[0]];
			re.flags = this.flags | RE2Flags.FOLD_CASE;
		} else this.maybeConcat(-1, 0);
		this.stack.push(re);
		this.checkLimits(re);
		return re;
	}
	maybeConcat(r, flags) {
		const n = this.stack.length;
		if (n < 2) return false;
		const re1 = this.stack[n - 1];
		const re2 = this.stack[n - 2];
		if (re1.op !== Regexp.Op.LITERAL || re2.op !== Regexp.Op.LITERAL || (re1.flags & RE2Flags.FOLD_CASE) !== (re2.flags & RE2Flags.FOLD_CASE)) return false;
		if (!Array.isArray(re2.runes)) re2.runes = Array.from(re2.runes);
		for (let i = 0; i < re1.runes.length; i++) re2.runes.push(re1.runes[i]);
		if (r >= 0) {
			re1.runes = [r];
			re1.flags = flags;
			return true;
		}
		this.pop();
		this.reuse(re1);
		return false;
	}
	newLiteral(r, flags) {
		const re = this.newRegexp(Regexp.Op.LITERAL);
		re.flags = flags;
		if ((flags & RE2Flags.FOLD_CASE) !== 0) r = Parser.minFoldRune(r);
		re.runes = [r];
		return re;
	}
	literal(r) {
		this.push(this.newLiteral(r, this.flags));
	}
	op(op) {
		const re = this.newRegexp(op);
		re.flags = this.flags;
		return this.push(re);
	}
	repeat(op, min, max, beforePos, t, lastRepeatPos) {
		let flags = this.flags;
		if ((flags & RE2Flags.PERL_X) !== 0) {
			if (t.more() && t.lookingAt("?")) {
				t.skip(1);
				flags ^= RE2Flags.NON_GREEDY;
			}
			if (lastRepeatPos !== -1) throw new RE2JSSyntaxException(Parser.ERR_INVALID_REPEAT_OP, t.from(lastRepeatPos));
		}
		const n = this.stack.length;
		if (n === 0) throw new RE2JSSyntaxException(Parser.ERR_MISSING_REPEAT_ARGUMENT, t.from(beforePos));
		const sub = this.stack[n - 1];
		if (Regexp.isPseudoOp(sub.op)) throw new RE2JSSyntaxException(Parser.ERR_MISSING_REPEAT_ARGUMENT, t.from(beforePos));
		const re = this.newRegexp(op);
		re.min = min;
		re.max = max;
		re.flags = flags;
		re.subs = [sub];
		this.stack[n - 1] = re;
		this.checkLimits(re);
		if (op === Regexp.Op.REPEAT && (min >= 2 || max >= 2) && !this.repeatIsValid(re, 1e3)) throw new RE2JSSyntaxException(Parser.ERR_INVALID_REPEAT_SIZE, t.from(beforePos));
	}
	repeatIsValid(re, n) {
		if (re.op === Regexp.Op.REPEAT) {
			let m = re.max;
			if (m === 0) return true;
			if (m < 0) m = re.min;
			if (m > n) return false;
			if (m > 0) n = Math.trunc(n / m);
		}
		for (let sub of re.subs) if (!this.repeatIsValid(sub, n)) return false;
		return true;
	}
	concat() {
		this.maybeConcat(-1, 0);
		const subs = this.popToPseudo();
		if (subs.length === 0) return this.push(this.newRegexp(Regexp.Op.EMPTY_MATCH));
		return this.push(this.collapse(subs, Regexp.Op.CONCAT));
	}
	alternate() {
		const subs = this.popToPseudo();
		if (subs.length > 0) this.cleanAlt(subs[subs.length - 1]);
		if (subs.length === 0) return this.push(this.newRegexp(Regexp.Op.NO_MATCH));
		return this.push(this.collapse(subs, Regexp.Op.ALTERNATE));
	}
	cleanAlt(re) {
		if (re.op === Regexp.Op.CHAR_CLASS) {
			re.runes = new CharClass(Array.from(re.runes)).cleanClass().toArray();
			if (re.runes.length === 2 && re.runes[0] === 0 && re.runes[1] === Unicode.MAX_RUNE) {
				re.runes = /* @__PURE__ */ new Int32Array(0);
				re.op = Regexp.Op.ANY_CHAR;
			} else if (re.runes.length === 4 && re.runes[0] === 0 && re.runes[1] === Codepoint.CODES["\n"] - 1 && re.runes[2] === Codepoint.CODES["\n"] + 1 && re.runes[3] === Unicode.MAX_RUNE) {
				re.runes = /* @__PURE__ */ new Int32Array(0);
				re.op = Regexp.Op.ANY_CHAR_NOT_NL;
			}
		}
	}
	collapse(subs, op) {
		if (subs.length === 1) return subs[0];
		let len = 0;
		for (let sub of subs) len += sub.op === op ? sub.subs.length : 1;
		let newsubs = new Array(len).fill(null);
		let i = 0;
		for (let sub of subs) if (sub.op === op) {
			for (let j = 0; j < sub.subs.length; j++) newsubs[i++] = sub.subs[j];
			this.reuse(sub);
		} else newsubs[i++] = sub;
		let re = this.newRegexp(op);
		re.subs = newsubs;
		if (op === Regexp.Op.ALTERNATE) {
			re.subs = this.factor(re.subs);
			if (re.subs.length === 1) {
				const old = re;
				re = re.subs[0];
				this.reuse(old);
			}
		}
		return re;
	}
	factor(array) {
		if (array.length < 2) return array;
		let s = 0;
		let lensub = array.length;
		let lenout = 0;
		let str = null;
		let strlen = 0;
		let strflags = 0;
		let start = 0;
		for (let i = 0; i <= lensub; i++) {
			let istr = null;
			let istrlen = 0;
			let iflags = 0;
			if (i < lensub) {
				let re = array[s + i];
				if (re.op === Regexp.Op.CONCAT && re.subs.length > 0) re = re.subs[0];
				if (re.op === Regexp.Op.LITERAL) {
					istr = re.runes;
					istrlen = re.runes.length;
					iflags = re.flags & RE2Flags.FOLD_CASE;
				}
				if (iflags === strflags) {
					let same = 0;
					while (same < strlen && same < istrlen && str[same] === istr[same]) same++;
					if (same > 0) {
						strlen = same;
						continue;
					}
				}
			}
			if (i === start) {} else if (i === start + 1) array[lenout++] = array[s + start];
			else {
				const prefix = this.newRegexp(Regexp.Op.LITERAL);
				prefix.flags = strflags;
				prefix.runes = str.slice(0, strlen);
				for (let j = start; j < i; j++) {
					array[s + j] = this.removeLeadingString(array[s + j], strlen);
					this.checkLimits(array[s + j]);
				}
				const suffix = this.collapse(array.slice(s + start, s + i), Regexp.Op.ALTERNATE);
				const re = this.newRegexp(Regexp.Op.CONCAT);
				re.subs = [prefix, suffix];
				array[lenout++] = re;
			}
			start = i;
			str = istr;
			strlen = istrlen;
			strflags = iflags;
		}
		lensub = lenout;
		s = 0;
		start = 0;
		lenout = 0;
		let first = null;
		for (let i = 0; i <= lensub; i++) {
			let ifirst = null;
			if (i < lensub) {
				ifirst = Parser.leadingRegexp(array[s + i]);
				if (first !== null && first.equals(ifirst) && (Parser.isCharClass(first) || first.op === Regexp.Op.REPEAT && first.min === first.max && Parser.isCharClass(first.subs[0]))) continue;
			}
			if (i === start) {} else if (i === start + 1) array[lenout++] = array[s + start];
			else {
				const prefix = first;
				for (let j = start; j < i; j++) {
					const reuse = j !== start;
					array[s + j] = this.removeLeadingRegexp(array[s + j], reuse);
					this.checkLimits(array[s + j]);
				}
				const suffix = this.collapse(array.slice(s + start, s + i), Regexp.Op.ALTERNATE);
				const re = this.newRegexp(Regexp.Op.CONCAT);
				re.subs = [prefix, suffix];
				array[lenout++] = re;
			}
			start = i;
			first = ifirst;
		}
		lensub = lenout;
		s = 0;
		start = 0;
		lenout = 0;
		for (let i = 0; i <= lensub; i++) {
			if (i < lensub && Parser.isCharClass(array[s + i])) continue;
			if (i === start) {} else if (i === start + 1) array[lenout++] = array[s + start];
			else {
				let max = start;
				for (let j = start + 1; j < i; j++) {
					const subMax = array[s + max];
					const subJ = array[s + j];
					if (subMax.op < subJ.op || subMax.op === subJ.op && (subMax.runes !== null ? subMax.runes.length : 0) < (subJ.runes !== null ? subJ.runes.length : 0)) max = j;
				}
				const tmp = array[s + start];
				array[s + start] = array[s + max];
				array[s + max] = tmp;
				for (let j = start + 1; j < i; j++) {
					Parser.mergeCharClass(array[s + start], array[s + j]);
					this.reuse(array[s + j]);
				}
				this.cleanAlt(array[s + start]);
				array[lenout++] = array[s + start];
			}
			if (i < lensub) array[lenout++] = array[s + i];
			start = i + 1;
		}
		lensub = lenout;
		s = 0;
		start = 0;
		lenout = 0;
		for (let i = 0; i < lensub; ++i) {
			if (i + 1 < lensub && array[s + i].op === Regexp.Op.EMPTY_MATCH && array[s + i + 1].op === Regexp.Op.EMPTY_MATCH) continue;
			array[lenout++] = array[s + i];
		}
		lensub = lenout;
		s = 0;
		return array.slice(s, lensub);
	}
	removeLeadingString(re, n) {
		if (re.op === Regexp.Op.CONCAT && re.subs.length > 0) {
			const sub = this.removeLeadingString(re.subs[0], n);
			re.subs[0] = sub;
			if (sub.op === Regexp.Op.EMPTY_MATCH) {
				this.reuse(sub);
				switch (re.subs.length) {
					case 0:
					case 1:
						re.op = Regexp.Op.EMPTY_MATCH;
						re.subs = Regexp.emptySubs();
						break;
					case 2: {
						const old = re;
						re = re.subs[1];
						this.reuse(old);
						break;
					}
					default: re.subs = re.subs.slice(1, re.subs.length);
				}
			}
			return re;
		}
		if (re.op === Regexp.Op.LITERAL) {
			re.runes = re.runes.slice(n, re.runes.length);
			if (re.runes.length === 0) re.op = Regexp.Op.EMPTY_MATCH;
		}
		return re;
	}
	removeLeadingRegexp(re, reuse) {
		if (re.op === Regexp.Op.CONCAT && re.subs.length > 0) {
			if (reuse) this.reuse(re.subs[0]);
			re.subs = re.subs.slice(1, re.subs.length);
			switch (re.subs.length) {
				case 0:
					re.op = Regexp.Op.EMPTY_MATCH;
					re.subs = Regexp.emptySubs();
					break;
				case 1: {
					const old = re;
					re = re.subs[0];
					this.reuse(old);
					break;
				}
			}
			return re;
		}
		if (reuse) this.reuse(re);
		return this.newRegexp(Regexp.Op.EMPTY_MATCH);
	}
	parseInternal() {
		if ((this.flags & RE2Flags.LITERAL) !== 0) return Parser.literalRegexp(this.wholeRegexp, this.flags);
		let lastRepeatPos = -1;
		let min = -1;
		let max = -1;
		const t = new StringIterator(this.wholeRegexp);
		while (t.more()) {
			let repeatPos = -1;
			bigswitch: switch (t.peek()) {
				case Codepoint.CODES["("]:
					if ((this.flags & RE2Flags.LOOKBEHIND) !== 0) {
						if (t.lookingAt("(?<=")) {
							this.parsePosLookBehind();
							t.skip(4);
							break;
						}
						if (t.lookingAt("(?<!")) {
							this.parseNegLookBehind();
							t.skip(4);
							break;
						}
					}
					if ((this.flags & RE2Flags.PERL_X) !== 0 && t.lookingAt("(?")) {
						this.parsePerlFlags(t);
						break;
					}
					this.op(Regexp.Op.LEFT_PAREN).cap = ++this.numCap;
					t.skip(1);
					break;
				case Codepoint.CODES["|"]:
					this.parseVerticalBar();
					t.skip(1);
					break;
				case Codepoint.CODES[")"]:
					this.parseRightParen();
					t.skip(1);
					break;
				case Codepoint.CODES["^"]:
					if ((this.flags & RE2Flags.ONE_LINE) !== 0) this.op(Regexp.Op.BEGIN_TEXT);
					else this.op(Regexp.Op.BEGIN_LINE);
					t.skip(1);
					break;
				case Codepoint.CODES["$"]:
					if ((this.flags & RE2Flags.ONE_LINE) !== 0) this.op(Regexp.Op.END_TEXT).flags |= RE2Flags.WAS_DOLLAR;
					else this.op(Regexp.Op.END_LINE);
					t.skip(1);
					break;
				case Codepoint.CODES["."]:
					if ((this.flags & RE2Flags.DOT_NL) !== 0) this.op(Regexp.Op.ANY_CHAR);
					else this.op(Regexp.Op.ANY_CHAR_NOT_NL);
					t.skip(1);
					break;
				case Codepoint.CODES["["]:
					this.parseClass(t);
					break;
				case Codepoint.CODES["*"]:
				case Codepoint.CODES["+"]:
				case Codepoint.CODES["?"]: {
					repeatPos = t.pos();
					let op = null;
					switch (t.pop()) {
						case Codepoint.CODES["*"]:
							op = Regexp.Op.STAR;
							break;
						case Codepoint.CODES["+"]:
							op = Regexp.Op.PLUS;
							break;
						case Codepoint.CODES["?"]: op = Regexp.Op.QUEST;
					}
					this.repeat(op, min, max, repeatPos, t, lastRepeatPos);
					break;
				}
				case Codepoint.CODES["{"]: {
					const before = t.pos();
					const minMax = Parser.parseRepeat(t);
					if (minMax < 0) {
						t.rewindTo(before);
						this.literal(t.pop());
						break;
					}
					repeatPos = before;
					min = minMax >> 16;
					max = (minMax & Unicode.MAX_BMP) << 16 >> 16;
					this.repeat(Regexp.Op.REPEAT, min, max, repeatPos, t, lastRepeatPos);
					break;
				}
				case Codepoint.CODES["\\"]: {
					const savedPos = t.pos();
					t.skip(1);
					if ((this.flags & RE2Flags.PERL_X) !== 0 && t.more()) switch (t.pop()) {
						case Codepoint.CODES["A"]:
							this.op(Regexp.Op.BEGIN_TEXT);
							break bigswitch;
						case Codepoint.CODES["b"]:
							this.op(Regexp.Op.WORD_BOUNDARY);
							break bigswitch;
						case Codepoint.CODES["B"]:
							this.op(Regexp.Op.NO_WORD_BOUNDARY);
							break bigswitch;
						case Codepoint.CODES["C"]: throw new RE2JSSyntaxException(Parser.ERR_INVALID_ESCAPE, "\\C");
						case Codepoint.CODES["Q"]: {
							let lit = t.rest();
							const i = lit.indexOf("\\E");
							if (i >= 0) {
								lit = lit.substring(0, i);
								t.skipString(lit);
								t.skipString("\\E");
							} else t.skipString(lit);
							let j = 0;
							while (j < lit.length) {
								const codepoint = lit.codePointAt(j);
								this.literal(codepoint);
								j += Utils.charCount(codepoint);
							}
							break bigswitch;
						}
						case Codepoint.CODES["z"]:
							this.op(Regexp.Op.END_TEXT);
							break bigswitch;
						default: t.rewindTo(savedPos);
					}
					else t.rewindTo(savedPos);
					const re = this.newRegexp(Regexp.Op.CHAR_CLASS);
					re.flags = this.flags;
					if (t.lookingAt("\\p") || t.lookingAt("\\P")) {
						const cc = new CharClass();
						if (this.parseUnicodeClass(t, cc)) {
							re.runes = cc.toArray();
							this.push(re);
							break bigswitch;
						}
					}
					const cc = new CharClass();
					if (this.parsePerlClassEscape(t, cc)) {
						re.runes = cc.toArray();
						this.push(re);
						break bigswitch;
					}
					t.rewindTo(savedPos);
					this.reuse(re);
					this.literal(Parser.parseEscape(t));
					break;
				}
				default: this.literal(t.pop());
			}
			lastRepeatPos = repeatPos;
		}
		this.concat();
		if (this.swapVerticalBar()) this.pop();
		this.alternate();
		if (this.stack.length !== 1) throw new RE2JSSyntaxException(Parser.ERR_MISSING_PAREN, this.wholeRegexp);
		this.stack[0].namedGroups = this.namedGroups;
		return this.stack[0];
	}
	parsePerlFlags(t) {
		const startPos = t.pos();
		const s = t.rest();
		if (s.startsWith("(?P<") || s.startsWith("(?<")) {
			const begin = s.charAt(2) === "P" ? 4 : 3;
			const end = s.indexOf(">");
			if (end < 0) throw new RE2JSSyntaxException(Parser.ERR_INVALID_NAMED_CAPTURE, s);
			const name = s.substring(begin, end);
			t.skipString(name);
			t.skip(begin + 1);
			if (!Parser.isValidCaptureName(name)) throw new RE2JSSyntaxException(Parser.ERR_INVALID_NAMED_CAPTURE, s.substring(0, end + 1));
			const re = this.op(Regexp.Op.LEFT_PAREN);
			re.cap = ++this.numCap;
			if (this.namedGroups[name]) throw new RE2JSSyntaxException(Parser.ERR_DUPLICATE_NAMED_CAPTURE, name);
			this.namedGroups[name] = this.numCap;
			re.name = name;
			return;
		}
		t.skip(2);
		let flags = this.flags;
		let sign = 1;
		let sawFlag = false;
		loop: while (t.more()) {
			const c = t.pop();
			switch (c) {
				case Codepoint.CODES["i"]:
					flags |= RE2Flags.FOLD_CASE;
					sawFlag = true;
					break;
				case Codepoint.CODES["m"]:
					flags &= ~RE2Flags.ONE_LINE;
					sawFlag = true;
					break;
				case Codepoint.CODES["s"]:
					flags |= RE2Flags.DOT_NL;
					sawFlag = true;
					break;
				case Codepoint.CODES["U"]:
					flags |= RE2Flags.NON_GREEDY;
					sawFlag = true;
					break;
				case Codepoint.CODES["-"]:
					if (sign < 0) break loop;
					sign = -1;
					flags = ~flags;
					sawFlag = false;
					break;
				case Codepoint.CODES[":"]:
				case Codepoint.CODES[")"]:
					if (sign < 0) {
						if (!sawFlag) break loop;
						flags = ~flags;
					}
					if (c === Codepoint.CODES[":"]) this.op(Regexp.Op.LEFT_PAREN);
					this.flags = flags;
					return;
				default: break loop;
			}
		}
		throw new RE2JSSyntaxException(Parser.ERR_INVALID_PERL_OP, t.from(startPos));
	}
	parsePosLookBehind() {
		const re = this.newRegexp(Regexp.Op.LEFT_PAREN);
		re.flags = this.flags;
		re.lb = ++this.nlb;
		return this.push(re);
	}
	parseNegLookBehind() {
		const re = this.newRegexp(Regexp.Op.LEFT_PAREN);
		re.flags = this.flags;
		re.lb = -++this.nlb;
		return this.push(re);
	}
	parseVerticalBar() {
		this.concat();
		if (!this.swapVerticalBar()) this.op(Regexp.Op.VERTICAL_BAR);
	}
	swapVerticalBar() {
		const n = this.stack.length;
		if (n >= 3 && this.stack[n - 2].op === Regexp.Op.VERTICAL_BAR && Parser.isCharClass(this.stack[n - 1]) && Parser.isCharClass(this.stack[n - 3])) {
			let re1 = this.stack[n - 1];
			let re3 = this.stack[n - 3];
			if (re1.op > re3.op) {
				const tmp = re3;
				re3 = re1;
				re1 = tmp;
				this.stack[n - 3] = re3;
			}
			Parser.mergeCharClass(re3, re1);
			this.reuse(re1);
			this.pop();
			return true;
		}
		if (n >= 2) {
			const re1 = this.stack[n - 1];
			const re2 = this.stack[n - 2];
			if (re2.op === Regexp.Op.VERTICAL_BAR) {
				if (n >= 3) this.cleanAlt(this.stack[n - 3]);
				this.stack[n - 2] = re1;
				this.stack[n - 1] = re2;
				return true;
			}
		}
		return false;
	}
	parseRightParen() {
		this.concat();
		if (this.swapVerticalBar()) this.pop();
		this.alternate();
		if (this.stack.length < 2) throw new RE2JSSyntaxException(Parser.ERR_UNEXPECTED_PAREN, this.wholeRegexp);
		const re1 = this.pop();
		const re2 = this.pop();
		if (re2.op !== Regexp.Op.LEFT_PAREN) throw new RE2JSSyntaxException(Parser.ERR_UNEXPECTED_PAREN, this.wholeRegexp);
		this.flags = re2.flags;
		if (re2.lb !== 0) {
			if (Parser.hasCapture(re1)) throw new RE2JSSyntaxException(Parser.ERR_INVALID_CAPTURE_IN_LOOKBEHIND, this.wholeRegexp);
			if (re2.lb > 0) re2.op = Regexp.Op.PLB;
			else re2.op = Regexp.Op.NLB;
			re2.subs = [re1];
			this.push(re2);
			return;
		}
		if (re2.cap === 0) this.push(re1);
		else {
			re2.op = Regexp.Op.CAPTURE;
			re2.subs = [re1];
			this.push(re2);
		}
	}
	parsePerlClassEscape(t, cc) {
		const beforePos = t.pos();
		if ((this.flags & RE2Flags.PERL_X) === 0 || !t.more() || t.pop() !== Codepoint.CODES["\\"] || !t.more()) return false;
		t.pop();
		const p = t.from(beforePos);
		const g = PERL_GROUPS.has(p) ? PERL_GROUPS.get(p) : null;
		if (g === null) return false;
		cc.appendGroup(g, (this.flags & RE2Flags.FOLD_CASE) !== 0);
		return true;
	}
	parseNamedClass(t, cc) {
		const cls = t.rest();
		const i = cls.indexOf(":]");
		if (i < 0) return false;
		const name = cls.substring(0, i + 2);
		t.skipString(name);
		const g = POSIX_GROUPS.has(name) ? POSIX_GROUPS.get(name) : null;
		if (g === null) throw new RE2JSSyntaxException(Parser.ERR_INVALID_CHAR_RANGE, name);
		cc.appendGroup(g, (this.flags & RE2Flags.FOLD_CASE) !== 0);
		return true;
	}
	parseUnicodeClass(t, cc) {
		const startPos = t.pos();
		if ((this.flags & RE2Flags.UNICODE_GROUPS) === 0 || !t.lookingAt("\\p") && !t.lookingAt("\\P")) return false;
		t.skip(1);
		let sign = 1;
		let c = t.pop();
		if (c === Codepoint.CODES["P"]) sign = -1;
		if (!t.more()) {
			t.rewindTo(startPos);
			throw new RE2JSSyntaxException(Parser.ERR_INVALID_CHAR_RANGE, t.rest());
		}
		c = t.pop();
		let name;
		if (c !== Codepoint.CODES["{"]) name = Utils.runeToString(c);
		else {
			const rest = t.rest();
			const end = rest.indexOf("}");
			if (end < 0) {
				t.rewindTo(startPos);
				throw new RE2JSSyntaxException(Parser.ERR_INVALID_CHAR_RANGE, t.rest());
			}
			name = rest.substring(0, end);
			t.skipString(name);
			t.skip(1);
		}
		if (!(name.length === 0) && name.codePointAt(0) === Codepoint.CODES["^"]) {
			sign = 0 - sign;
			name = name.substring(1);
		}
		const pair = Parser.unicodeTable(name);
		if (pair === null) throw new RE2JSSyntaxException(Parser.ERR_INVALID_CHAR_RANGE, t.from(startPos));
		if (pair.sign < 0) sign = 0 - sign;
		const tab = pair.tab;
		const fold = pair.fold;
		if ((this.flags & RE2Flags.FOLD_CASE) === 0 || fold === null) cc.appendTableWithSign(tab, sign);
		else {
			const tmp = new CharClass().appendTable(tab).appendTable(fold).cleanClass().toArray();
			cc.appendClassWithSign(Array.from(tmp), sign);
		}
		return true;
	}
	parseClass(t) {
		const startPos = t.pos();
		t.skip(1);
		const re = this.newRegexp(Regexp.Op.CHAR_CLASS);
		re.flags = this.flags;
		const cc = new CharClass();
		let sign = 1;
		if (t.more() && t.lookingAt("^")) {
			sign = -1;
			t.skip(1);
			if ((this.flags & RE2Flags.CLASS_NL) === 0) cc.appendRange(Codepoint.CODES["\n"], Codepoint.CODES["\n"]);
		}
		let first = true;
		while (!t.more() || t.peek() !== Codepoint.CODES["]"] || first) {
			if (t.more() && t.lookingAt("-") && (this.flags & RE2Flags.PERL_X) === 0 && !first) {
				const s = t.rest();
				if (s === "-" || !s.startsWith("-]")) {
					t.rewindTo(startPos);
					throw new RE2JSSyntaxException(Parser.ERR_INVALID_CHAR_RANGE, t.rest());
				}
			}
			first = false;
			const beforePos = t.pos();
			if (t.lookingAt("[:")) {
				if (this.parseNamedClass(t, cc)) continue;
				t.rewindTo(beforePos);
			}
			if (this.parseUnicodeClass(t, cc)) continue;
			if (this.parsePerlClassEscape(t, cc)) continue;
			t.rewindTo(beforePos);
			const lo = Parser.parseClassChar(t, startPos);
			let hi = lo;
			if (t.more() && t.lookingAt("-")) {
				t.skip(1);
				if (t.more() && t.lookingAt("]")) t.skip(-1);
				else {
					hi = Parser.parseClassChar(t, startPos);
					if (hi < lo) throw new RE2JSSyntaxException(Parser.ERR_INVALID_CHAR_RANGE, t.from(beforePos));
				}
			}
			if ((this.flags & RE2Flags.FOLD_CASE) === 0) cc.appendRange(lo, hi);
			else cc.appendFoldedRange(lo, hi);
		}
		t.skip(1);
		cc.cleanClass();
		if (sign < 0) cc.negateClass();
		re.runes = cc.toArray();
		this.push(re);
	}
};
// src/RE2.js
/**
* An RE2 class instance is a compiled representation of an RE2 regular expression, independent of
* the public Java-like Pattern/Matcher API.
*
* This class also contains various implementation helpers for RE2 regular expressions.
*
* Use the {@link #quoteMeta(String)} utility function to quote all regular expression
* metacharacters in an arbitrary string.
*
*/
var RE2 = class RE2 {
	static initTest(expr) {
		const re2 = RE2.compile(expr);
		const res = new RE2(re2.expr, re2.prog, re2.numSubexp, re2.longest);
		res.cond = re2.cond;
		res.prefix = re2.prefix;
		res.prefixUTF8 = re2.prefixUTF8;
		res.prefixComplete = re2.prefixComplete;
		res.prefixRune = re2.prefixRune;
		res.prefilter = re2.prefilter;
		res.namedGroups = re2.namedGroups;
		return res;
	}
	/**
	* Parses a regular expression and returns, if successful, an {@code RE2} instance that can be
	* used to match against text.
	*
	* When matching against text, the regexp returns a match that begins as early as possible in the
	* input (leftmost), and among those it chooses the one that a backtracking search would have
	* found first. This so-called leftmost-first matching is the same semantics that Perl, Python,
	* and other implementations use, although this package implements it without the expense of
	* backtracking. For POSIX leftmost-longest matching, see {@link #compilePOSIX}.
	*/
	static compile(expr) {
		return RE2.compileImpl(expr, RE2Flags.PERL, false);
	}
	/**
	* {@code compilePOSIX} is like {@link #compile} but restricts the regular expression to POSIX ERE
	* (egrep) syntax and changes the match semantics to leftmost-longest.
	*
	* That is, when matching against text, the regexp returns a match that begins as early as
	* possible in the input (leftmost), and among those it chooses a match that is as long as
	* possible. This so-called leftmost-longest matching is the same semantics that early regular
	* expression implementations used and that POSIX specifies.
	*
	* However, there can be multiple leftmost-longest matches, with different submatch choices, and
	* here this package diverges from POSIX. Among the possible leftmost-longest matches, this
	* package chooses the one that a backtracking search would have found first, while POSIX
	* specifies that the match be chosen to maximize the length of the first subexpression, then the
	* second, and so on from left to right. The POSIX rule is computationally prohibitive and not
	* even well-defined. See http://swtch.com/~rsc/regexp/regexp2.html#posix
	*/
	static compilePOSIX(expr) {
		return RE2.compileImpl(expr, RE2Flags.POSIX, true);
	}
	static compileImpl(expr, mode, longest) {
		let re = Parser.parse(expr, mode);
		const maxCap = re.maxCap();
		const namedGroups = re.namedGroups;
		re = Simplify.simplify(re);
		const prefilter = PrefilterTree.build(re);
		const prog = Compiler.compileRegexp(re);
		const re2 = new RE2(expr, prog, maxCap, longest);
		re2.prefilter = prefilter.type === Prefilter.Type.NONE ? null : prefilter;
		const [prefixCompl, prefixStr] = prog.prefix();
		re2.prefixComplete = prefixCompl;
		re2.prefix = prefixStr;
		re2.prefixUTF8 = Utils.stringToUtf8ByteArray(re2.prefix);
		if (re2.prefix.length > 0) re2.prefixRune = re2.prefix.codePointAt(0);
		re2.namedGroups = namedGroups;
		return re2;
	}
	/**
	* Returns true iff textual regular expression {@code pattern} matches string {@code s}.
	*
	* More complicated queries need to use {@link #compile} and the full {@code RE2} interface.
	*/
	static match(pattern, s) {
		return RE2.compile(pattern).match(s);
	}
	constructor(expr, prog, numSubexp = 0, longest = 0) {
		this.expr = expr;
		this.prog = prog;
		this.numSubexp = numSubexp;
		this.longest = longest;
		this.cond = prog.startCond();
		this.prefix = null;
		this.prefixUTF8 = null;
		this.prefixComplete = false;
		this.prefixRune = 0;
		/** @type {Record<string, number>} */
		this.namedGroups = Object.create(null);
		this.machinePool = [];
		this.lazyDFA = null;
		this.onepass = OnePass.compile(this.prog);
		this.prefilter = null;
	}
	get dfa() {
		if (this.lazyDFA === null) this.lazyDFA = new DFA(this.prog);
		return this.lazyDFA;
	}
	matchPrefixComplete(input, pos, anchor, ncap) {
		if ((anchor === RE2Flags.ANCHOR_START || anchor === RE2Flags.ANCHOR_BOTH) && pos !== 0) return null;
		let matchStart = -1;
		let matchEnd = -1;
		const pLen = input.prefixLength(this);
		if (anchor === RE2Flags.UNANCHORED) {
			const idx = input.index(this, pos);
			if (idx < 0) return null;
			matchStart = pos + idx;
			matchEnd = matchStart + pLen;
		} else if (anchor === RE2Flags.ANCHOR_BOTH) {
			if (input.endPos() !== pLen) return null;
			if (input.index(this, 0) !== 0) return null;
			matchStart = 0;
			matchEnd = pLen;
		} else if (anchor === RE2Flags.ANCHOR_START) {
			if (input.index(this, 0) !== 0) return null;
			matchStart = 0;
			matchEnd = pLen;
		}
		if (matchStart < 0) return null;
		if (ncap > 0) {
			const matchcap = new Int32Array(ncap).fill(-1);
			matchcap[0] = matchStart;
			matchcap[1] = matchEnd;
			return Array.from(matchcap);
		}
		return [];
	}
	createLookbehindState() {
		return this.prog.numLb > 0 ? new LookbehindState(this.prog) : null;
	}
	executeEngine(input, pos, anchor, ncap, lbState = null) {
		if (this.prefixComplete && (ncap === 0 || this.numSubexp === 0)) return this.matchPrefixComplete(input, pos, anchor, ncap);
		if (this.prefilter !== null && anchor === RE2Flags.UNANCHORED) {
			if (!this.prefilter.eval(input, pos)) return null;
		}
		if (this.onepass !== null) return OnePass.execute(this, input, pos, anchor, ncap);
		if (ncap > 0) {
			if (this.prog.numLb === 0 && input.endPos() <= Backtracker.maxBitStateLen(this.prog)) return Backtracker.execute(this, input, pos, anchor, ncap);
			return this.doExecuteNFA(input, pos, anchor, ncap, lbState);
		}
		if (this.prog.numLb === 0) {
			const dfaResult = this.dfa.match(input, pos, anchor);
			if (dfaResult !== null) return dfaResult ? [] : null;
			if (input.endPos() <= Backtracker.maxBitStateLen(this.prog)) return Backtracker.execute(this, input, pos, anchor, ncap);
		}
		return this.doExecuteNFA(input, pos, anchor, ncap, lbState);
	}
	/**
	* Returns the number of parenthesized subexpressions in this regular expression.
	*/
	numberOfCapturingGroups() {
		return this.numSubexp;
	}
	/**
	* Returns the number of instructions in this compiled regular expression program.
	*/
	numberOfInstructions() {
		return this.prog.numInst();
	}
	get() {
		return this.machinePool.length > 0 ? this.machinePool.pop() : null;
	}
	reset() {
		this.machinePool.length = 0;
	}
	put(m) {
		this.machinePool.push(m);
	}
	toString() {
		return this.expr;
	}
	doExecuteNFA(input, pos, anchor, ncap, lbState = null) {
		let m = this.get();
		if (!m) m = Machine.fromRE2(this);
		m.init(ncap);
		const cap = m.match(input, pos, anchor, lbState) ? m.submatches() : null;
		this.put(m);
		return cap;
	}
	match(s) {
		return this.executeEngine(MachineInput.fromUTF16(s), 0, RE2Flags.UNANCHORED, 0) !== null;
	}
	/**
	* Matches the regular expression against input starting at position start and ending at position
	* end, with the given anchoring. Records the submatch boundaries in group, which is [start, end)
	* pairs of byte offsets. The number of boundaries needed is inferred from the size of the group
	* array. It is most efficient not to ask for submatch boundaries.
	*
	* @param input the input byte array
	* @param start the beginning position in the input
	* @param end the end position in the input
	* @param anchor the anchoring flag (UNANCHORED, ANCHOR_START, ANCHOR_BOTH)
	* @param group the array to fill with submatch positions
	* @param ngroup the number of array pairs to fill in
	* @param lbState optional state carried between successive matches over the same input (see
	*   createLookbehindState); omit it to evaluate lookbehinds from the beginning of the input
	* @returns true if a match was found
	*/
	matchWithGroup(input, start, end, anchor, ngroup, lbState = null) {
		if (!(input instanceof MatcherInputBase)) {
			if (Utils.isByteArray(input)) input = MatcherInput.utf8(input);
			else input = MatcherInput.utf16(input);
		}
		return this.matchMachineInput(input, start, end, anchor, ngroup, lbState);
	}
	matchMachineInput(input, start, end, anchor, ngroup, lbState = null) {
		if (start > end) return [false, null];
		const machineInput = input.isUTF16Encoding() ? MachineInput.fromUTF16(input.asCharSequence(), 0, end) : MachineInput.fromUTF8(input.asBytes(), 0, end);
		const groupMatch = this.executeEngine(machineInput, start, anchor, 2 * ngroup, lbState);
		if (groupMatch === null) return [false, null];
		return [true, groupMatch];
	}
	/**
	* Returns true iff this regexp matches the UTF-8 byte array {@code b}.
	*/
	matchUTF8(b) {
		return this.executeEngine(MachineInput.fromUTF8(b), 0, RE2Flags.UNANCHORED, 0) !== null;
	}
	/**
	* Returns a copy of {@code src} in which all matches for this regexp have been replaced by
	* {@code repl}. No support is provided for expressions (e.g. {@code \1} or {@code $1}) in the
	* replacement string.
	*/
	replaceAll(src, repl) {
		return this.replaceAllFunc(src, () => repl, 2 * src.length + 1);
	}
	/**
	* Returns a copy of {@code src} in which only the first match for this regexp has been replaced
	* by {@code repl}. No support is provided for expressions (e.g. {@code \1} or {@code $1}) in the
	* replacement string.
	*/
	replaceFirst(src, repl) {
		return this.replaceAllFunc(src, () => repl, 1);
	}
	/**
	* Returns a copy of {@code src} in which at most {@code maxReplaces} matches for this regexp have
	* been replaced by the return value of of function {@code repl} (whose first argument is the
	* matched string). No support is provided for expressions (e.g. {@code \1} or {@code $1}) in the
	* replacement string.
	*/
	replaceAllFunc(src, replFunc, maxReplaces) {
		let lastMatchEnd = 0;
		let searchPos = 0;
		let out = "";
		const input = MachineInput.fromUTF16(src);
		const lbState = this.createLookbehindState();
		let numReplaces = 0;
		while (searchPos <= src.length) {
			const a = this.executeEngine(input, searchPos, RE2Flags.UNANCHORED, 2, lbState);
			if (a === null || a.length === 0) break;
			out += src.substring(lastMatchEnd, a[0]);
			if (a[1] > lastMatchEnd || a[0] === 0) {
				out += replFunc(src.substring(a[0], a[1]));
				numReplaces++;
			}
			lastMatchEnd = a[1];
			const width = input.step(searchPos) & 7;
			if (searchPos + width > a[1]) searchPos += width;
			else if (searchPos + 1 > a[1]) searchPos++;
			else searchPos = a[1];
			if (numReplaces >= maxReplaces) break;
		}
		out += src.substring(lastMatchEnd);
		return out;
	}
	pad(a) {
		if (a === null) return null;
		let n = (1 + this.numSubexp) * 2;
		if (a.length < n) {
			let a2 = new Array(n).fill(-1);
			for (let i = 0; i < a.length; i++) a2[i] = a[i];
			a = a2;
		}
		return a;
	}
	allMatches(input, n, deliverFun = (v) => v) {
		let result = [];
		const end = input.endPos();
		if (n < 0) n = end + 1;
		let pos = 0;
		let i = 0;
		let prevMatchEnd = -1;
		const lbState = this.createLookbehindState();
		while (i < n && pos <= end) {
			const matches = this.executeEngine(input, pos, RE2Flags.UNANCHORED, this.prog.numCap, lbState);
			if (matches === null || matches.length === 0) break;
			let accept = true;
			if (matches[1] === pos) {
				if (matches[0] === prevMatchEnd) accept = false;
				const r = input.step(pos);
				if (r < 0) pos = end + 1;
				else pos += r & 7;
			} else pos = matches[1];
			prevMatchEnd = matches[1];
			if (accept) {
				result.push(deliverFun(this.pad(matches)));
				i++;
			}
		}
		return result;
	}
	/**
	* Returns an array holding the text of the leftmost match in {@code b} of this regular
	* expression.
	*
	* A return value of null indicates no match.
	*/
	findUTF8(b) {
		const a = this.executeEngine(MachineInput.fromUTF8(b), 0, RE2Flags.UNANCHORED, 2);
		if (a === null) return null;
		return b.slice(a[0], a[1]);
	}
	/**
	* Returns a two-element array of integers defining the location of the leftmost match in
	* {@code b} of this regular expression. The match itself is at {@code b[loc[0]...loc[1]]}.
	*
	* A return value of null indicates no match.
	*/
	findUTF8Index(b) {
		const a = this.executeEngine(MachineInput.fromUTF8(b), 0, RE2Flags.UNANCHORED, 2);
		if (a === null) return null;
		return a.slice(0, 2);
	}
	/**
	* Returns a string holding the text of the leftmost match in {@code s} of this regular
	* expression.
	*
	* If there is no match, the return value is an empty string, but it will also be empty if the
	* regular expression successfully matches an empty string. Use {@link #findIndex} or
	* {@link #findSubmatch} if it is necessary to distinguish these cases.
	*/
	find(s) {
		const a = this.executeEngine(MachineInput.fromUTF16(s), 0, RE2Flags.UNANCHORED, 2);
		if (a === null) return "";
		return s.substring(a[0], a[1]);
	}
	/**
	* Returns a two-element array of integers defining the location of the leftmost match in
	* {@code s} of this regular expression. The match itself is at
	* {@code s.substring(loc[0], loc[1])}.
	*
	* A return value of null indicates no match.
	*/
	findIndex(s) {
		return this.executeEngine(MachineInput.fromUTF16(s), 0, RE2Flags.UNANCHORED, 2);
	}
	/**
	* Returns an array of arrays the text of the leftmost match of the regular expression in
	* {@code b} and the matches, if any, of its subexpressions, as defined by the <a
	* href='#submatch'>Submatch</a> description above.
	*
	* A return value of null indicates no match.
	*/
	findUTF8Submatch(b) {
		const a = this.executeEngine(MachineInput.fromUTF8(b), 0, RE2Flags.UNANCHORED, this.prog.numCap);
		if (a === null) return null;
		const ret = new Array(1 + this.numSubexp).fill(null);
		for (let i = 0; i < ret.length; i++) if (2 * i < a.length && a[2 * i] >= 0) ret[i] = b.slice(a[2 * i], a[2 * i + 1]);
		return ret;
	}
	/**
	* Returns an array holding the index pairs identifying the leftmost match of this regular
	* expression in {@code b} and the matches, if any, of its subexpressions, as defined by the the
	* <a href='#submatch'>Submatch</a> and <a href='#index'>Index</a> descriptions above.
	*
	* A return value of null indicates no match.
	*/
	findUTF8SubmatchIndex(b) {
		return this.pad(this.executeEngine(MachineInput.fromUTF8(b), 0, RE2Flags.UNANCHORED, this.prog.numCap));
	}
	/**
	* Returns an array of strings holding the text of the leftmost match of the regular expression in
	* {@code s} and the matches, if any, of its subexpressions, as defined by the <a
	* href='#submatch'>Submatch</a> description above.
	*
	* A return value of null indicates no match.
	*/
	findSubmatch(s) {
		const a = this.executeEngine(MachineInput.fromUTF16(s), 0, RE2Flags.UNANCHORED, this.prog.numCap);
		if (a === null) return null;
		const ret = new Array(1 + this.numSubexp).fill(null);
		for (let i = 0; i < ret.length; i++) if (2 * i < a.length && a[2 * i] >= 0) ret[i] = s.substring(a[2 * i], a[2 * i + 1]);
		return ret;
	}
	/**
	* Returns an array holding the index pairs identifying the leftmost match of this regular
	* expression in {@code s} and the matches, if any, of its subexpressions, as defined by the <a
	* href='#submatch'>Submatch</a> description above.
	*
	* A return value of null indicates no match.
	*/
	findSubmatchIndex(s) {
		return this.pad(this.executeEngine(MachineInput.fromUTF16(s), 0, RE2Flags.UNANCHORED, this.prog.numCap));
	}
	/**
	* {@code findAllUTF8()} is the <a href='#all'>All</a> version of {@link #findUTF8}; it returns a
	* list of up to {@code n} successive matches of the expression, as defined by the <a
	* href='#all'>All</a> description above.
	*
	* A return value of null indicates no match.
	*
	* TODO(adonovan): think about defining a byte slice view class, like a read-only Go slice backed
	* by |b|.
	*/
	findAllUTF8(b, n) {
		const result = this.allMatches(MachineInput.fromUTF8(b), n, (match) => b.slice(match[0], match[1]));
		if (result.length === 0) return null;
		return result;
	}
	/**
	* {@code findAllUTF8Index} is the <a href='#all'>All</a> version of {@link #findUTF8Index}; it
	* returns a list of up to {@code n} successive matches of the expression, as defined by the <a
	* href='#all'>All</a> description above.
	*
	* A return value of null indicates no match.
	*/
	findAllUTF8Index(b, n) {
		const result = this.allMatches(MachineInput.fromUTF8(b), n, (match) => match.slice(0, 2));
		if (result.length === 0) return null;
		return result;
	}
	/**
	* {@code findAll} is the <a href='#all'>All</a> version of {@link #find}; it returns a list of up
	* to {@code n} successive matches of the expression, as defined by the <a href='#all'>All</a>
	* description above.
	*
	* A return value of null indicates no match.
	*/
	findAll(s, n) {
		const result = this.allMatches(MachineInput.fromUTF16(s), n, (match) => s.substring(match[0], match[1]));
		if (result.length === 0) return null;
		return result;
	}
	/**
	* {@code findAllIndex} is the <a href='#all'>All</a> version of {@link #findIndex}; it returns a
	* list of up to {@code n} successive matches of the expression, as defined by the <a
	* href='#all'>All</a> description above.
	*
	* A return value of null indicates no match.
	*/
	findAllIndex(s, n) {
		const result = this.allMatches(MachineInput.fromUTF16(s), n, (match) => match.slice(0, 2));
		if (result.length === 0) return null;
		return result;
	}
	/**
	* {@code findAllUTF8Submatch} is the <a href='#all'>All</a> version of {@link #findUTF8Submatch};
	* it returns a list of up to {@code n} successive matches of the expression, as defined by the <a
	* href='#all'>All</a> description above.
	*
	* A return value of null indicates no match.
	*/
	findAllUTF8Submatch(b, n) {
		const result = this.allMatches(MachineInput.fromUTF8(b), n, (match) => {
			let slice = new Array(match.length / 2 | 0).fill(null);
			for (let j = 0; j < slice.length; j++) if (match[2 * j] >= 0) slice[j] = b.slice(match[2 * j], match[2 * j + 1]);
			return slice;
		});
		if (result.length === 0) return null;
		return result;
	}
	/**
	* {@code findAllUTF8SubmatchIndex} is the <a href='#all'>All</a> version of
	* {@link #findUTF8SubmatchIndex}; it returns a list of up to {@code n} successive matches of the
	* expression, as defined by the <a href='#all'>All</a> description above.
	*
	* A return value of null indicates no match.
	*/
	findAllUTF8SubmatchIndex(b, n) {
		const result = this.allMatches(MachineInput.fromUTF8(b), n);
		if (result.length === 0) return null;
		return result;
	}
	/**
	* {@code findAllSubmatch} is the <a href='#all'>All</a> version of {@link #findSubmatch}; it
	* returns a list of up to {@code n} successive matches of the expression, as defined by the <a
	* href='#all'>All</a> description above.
	*
	* A return value of null indicates no match.
	*/
	findAllSubmatch(s, n) {
		const result = this.allMatches(MachineInput.fromUTF16(s), n, (match) => {
			let slice = new Array(match.length / 2 | 0).fill(null);
			for (let j = 0; j < slice.length; j++) if (match[2 * j] >= 0) slice[j] = s.substring(match[2 * j], match[2 * j + 1]);
			return slice;
		});
		if (result.length === 0) return null;
		return result;
	}
	/**
	* {@code findAllSubmatchIndex} is the <a href='#all'>All</a> version of
	* {@link #findSubmatchIndex}; it returns a list of up to {@code n} successive matches of the
	* expression, as defined by the <a href='#all'>All</a> description above.
	*
	* A return value of null indicates no match.
	*/
	findAllSubmatchIndex(s, n) {
		const result = this.allMatches(MachineInput.fromUTF16(s), n);
		if (result.length === 0) return null;
		return result;
	}
};
// src/Set.js
var RE2Set = class RE2Set {
	/** @type {number} */
	static UNANCHORED = RE2Flags.UNANCHORED;
	/** @type {number} */
	static ANCHOR_START = RE2Flags.ANCHOR_START;
	/** @type {number} */
	static ANCHOR_BOTH = RE2Flags.ANCHOR_BOTH;
	/**
	* Constructs a new RE2Set with the specified anchor mode and flags.
	* @param {number} [anchor=RE2Set.UNANCHORED] - The anchoring mode (e.g., RE2Set.UNANCHORED).
	* @param {number} [flags=0] - The public flags to apply to all patterns in the set.
	* @param {number} [maxMem=8388608] - The maximum memory in bytes to use for the DFA (default 8MB).
	*/
	constructor(anchor = RE2Set.UNANCHORED, flags = 0, maxMem = 8388608) {
		if (![
			RE2Set.UNANCHORED,
			RE2Set.ANCHOR_START,
			RE2Set.ANCHOR_BOTH
		].includes(anchor)) throw new RE2JSFlagsException("The anchor should be RE2Set.UNANCHORED, RE2Set.ANCHOR_START or RE2Set.ANCHOR_BOTH");
		Utils.checkFlags(flags);
		this.anchor = anchor;
		this.jsFlags = flags;
		this.maxMem = maxMem;
		let re2Flags = RE2Flags.PERL;
		if ((flags & PublicFlags.DISABLE_UNICODE_GROUPS) !== 0) re2Flags &= ~RE2Flags.UNICODE_GROUPS;
		if ((flags & PublicFlags.LOOKBEHINDS) !== 0) re2Flags |= RE2Flags.LOOKBEHIND;
		this.re2Flags = re2Flags;
		this.regexps = [];
		this.prog = null;
		this.dfa = null;
		this.dummyRe2 = null;
	}
	/**
	* Adds a new regular expression pattern to the set.
	* Patterns cannot be added after the set has been compiled.
	* @param {string} pattern - The regular expression pattern to add.
	* @returns {number} The integer index assigned to the added pattern.
	* @throws {RE2JSCompileException} If patterns are added after compilation.
	*/
	add(pattern) {
		if (this.prog) throw new RE2JSCompileException("Cannot add patterns after compile");
		Utils.checkPattern(pattern);
		let fregex = pattern;
		if ((this.jsFlags & PublicFlags.CASE_INSENSITIVE) !== 0) fregex = `(?i)${fregex}`;
		if ((this.jsFlags & PublicFlags.DOTALL) !== 0) fregex = `(?s)${fregex}`;
		if ((this.jsFlags & PublicFlags.MULTILINE) !== 0) fregex = `(?m)${fregex}`;
		const re = Parser.parse(fregex, this.re2Flags);
		this.regexps.push(Simplify.simplify(re));
		return this.regexps.length - 1;
	}
	/**
	* Compiles the added patterns into a single state machine.
	* This is automatically called on the first match if not called explicitly.
	* @returns {void}
	*/
	compile() {
		if (this.prog) return;
		const prog = Compiler.compileSet(this.regexps);
		if (prog.numInst() > Parser.MAX_SIZE) throw new RE2JSCompileException(`${Parser.ERR_LARGE}: the set compiles to ${prog.numInst()} instructions, more than ${Parser.MAX_SIZE}`);
		this.prog = prog;
		this.dfa = new DFA(this.prog, this.maxMem);
		this.dummyRe2 = {
			prog: this.prog,
			cond: this.prog.startCond(),
			prefix: "",
			prefixRune: 0,
			longest: false
		};
	}
	/**
	* Matches the input against the compiled set of regular expressions.
	* @param {string|number[]|Uint8Array} input - The input string or UTF-8 byte array to match against.
	* @returns {number[]} An array of indices representing the patterns that successfully matched the input.
	*/
	match(input) {
		if (!this.prog) this.compile();
		const machineInput = Utils.isByteArray(input) ? MachineInput.fromUTF8(input) : MachineInput.fromUTF16(input);
		let internalAnchor = RE2Flags.UNANCHORED;
		if (this.anchor === RE2Set.ANCHOR_START) internalAnchor = RE2Flags.ANCHOR_START;
		else if (this.anchor === RE2Set.ANCHOR_BOTH) internalAnchor = RE2Flags.ANCHOR_BOTH;
		const dfaResult = this.dfa.matchSet(machineInput, 0, internalAnchor);
		if (dfaResult !== null) return dfaResult;
		const machine = Machine.fromRE2(this.dummyRe2);
		machine.init(0);
		return machine.matchSet(machineInput, 0, internalAnchor);
	}
};
// src/TranslateRegExpString.js
/**
* Transform JS regex string to RE2 regex string
*/
var TranslateRegExpString = class TranslateRegExpString {
	static isHexadecimal(ch) {
		return "0" <= ch && ch <= "9" || "A" <= ch && ch <= "F" || "a" <= ch && ch <= "f";
	}
	static translate(data) {
		let prefixFlags = "";
		if (Object.prototype.toString.call(data) === "[object RegExp]") {
			if (data.ignoreCase) prefixFlags += "i";
			if (data.multiline) prefixFlags += "m";
			if (data.dotAll) prefixFlags += "s";
			data = data.source;
		}
		if (typeof data !== "string") return data;
		let result = "";
		let changed = false;
		let size = data.length;
		if (size === 0) {
			result = "(?:)";
			changed = true;
		}
		let inCharClass = false;
		let i = 0;
		while (i < size) {
			let ch = data[i];
			if (ch === "\\") {
				if (i + 1 < size) {
					ch = data[i + 1];
					switch (ch) {
						case "\\":
							result += "\\\\";
							i += 2;
							continue;
						case "c":
							if (i + 2 < size) {
								let code = data[i + 2].charCodeAt(0);
								if (code >= 65 && code <= 90 || code >= 97 && code <= 122) {
									let val = code % 32;
									result += "\\x";
									result += (val >> 4).toString(16).toUpperCase();
									result += (val & 15).toString(16).toUpperCase();
									i += 3;
									changed = true;
									continue;
								}
							}
							result += "c";
							i += 2;
							changed = true;
							continue;
						case "u":
							if (i + 2 < size) {
								if (data[i + 2] === "{") {
									let j = i + 3;
									let hasHex = false;
									let closed = false;
									while (j < size) {
										const hexChar = data[j];
										if (hexChar === "}") {
											closed = true;
											break;
										}
										if (!TranslateRegExpString.isHexadecimal(hexChar)) break;
										hasHex = true;
										j++;
									}
									if (closed && hasHex) {
										result += "\\x";
										i += 2;
										changed = true;
										continue;
									}
								} else if (i + 5 < size) {
									let isHex4 = true;
									for (let j = 0; j < 4; j++) if (!TranslateRegExpString.isHexadecimal(data[i + 2 + j])) {
										isHex4 = false;
										break;
									}
									if (isHex4) {
										result += "\\x{" + data.substring(i + 2, i + 6) + "}";
										i += 6;
										changed = true;
										continue;
									}
								}
							}
							result += "u";
							i += 2;
							changed = true;
							continue;
						case "x": {
							let isValidHex = false;
							if (i + 2 < size && data[i + 2] === "{") {
								let j = i + 3;
								let hasHex = false;
								let closed = false;
								while (j < size) {
									const hexChar = data[j];
									if (hexChar === "}") {
										closed = true;
										break;
									}
									if (!TranslateRegExpString.isHexadecimal(hexChar)) break;
									hasHex = true;
									j++;
								}
								if (closed && hasHex) isValidHex = true;
							} else if (i + 3 < size && TranslateRegExpString.isHexadecimal(data[i + 2]) && TranslateRegExpString.isHexadecimal(data[i + 3])) isValidHex = true;
							if (isValidHex) {
								result += "\\x";
								i += 2;
							} else {
								result += "x";
								i += 2;
								changed = true;
							}
							continue;
						}
						case "n":
						case "r":
						case "t":
						case "a":
						case "f":
						case "v":
						case "d":
						case "D":
						case "s":
						case "S":
						case "w":
						case "W":
						case "b":
						case "B":
						case "p":
						case "P":
						case "A":
						case "z":
						case "Q":
						case "E":
						case "0":
						case "1":
						case "2":
						case "3":
						case "4":
						case "5":
						case "6":
						case "7":
							result += "\\" + ch;
							i += 2;
							continue;
						default: {
							let cp = data.codePointAt(i + 1);
							if (cp >= 48 && cp <= 57 || cp >= 65 && cp <= 90 || cp >= 97 && cp <= 122) {
								let symSize = Utils.charCount(cp);
								result += data.substring(i + 1, i + 1 + symSize);
								i += symSize + 1;
								changed = true;
							} else {
								result += "\\";
								let symSize = Utils.charCount(cp);
								result += data.substring(i + 1, i + 1 + symSize);
								i += symSize + 1;
							}
							continue;
						}
					}
				}
			} else if (ch === "/") {
				result += "\\/";
				i += 1;
				changed = true;
				continue;
			} else if (ch === "[") {
				if (!inCharClass && data[i + 1] === "]") {
					result += "[^\\x00-\\x{10FFFF}]";
					i += 2;
					changed = true;
					continue;
				}
				if (!inCharClass && data[i + 1] === "^" && data[i + 2] === "]") {
					result += "[\\x00-\\x{10FFFF}]";
					i += 3;
					changed = true;
					continue;
				}
				inCharClass = true;
			} else if (ch === "]") inCharClass = false;
			else if (!inCharClass && ch === "(" && i + 2 < size && data[i + 1] === "?" && data[i + 2] === "<") {
				if (i + 3 < size && !"=!>)".includes(data[i + 3])) {
					result += "(?P<";
					i += 3;
					changed = true;
					continue;
				}
			}
			let cp = data.codePointAt(i);
			let symSize = Utils.charCount(cp);
			result += data.substring(i, i + symSize);
			i += symSize;
		}
		const finalResult = changed ? result : data;
		if (prefixFlags.length > 0) return `(?${prefixFlags})${finalResult}`;
		return finalResult;
	}
};
// src/index.js
const execResult = (m, input) => {
	const result = m.matchArray();
	result.index = m.start(0);
	result.input = input;
	result.groups = m.namedGroupsObject();
	return result;
};
/**
* A compiled representation of an RE2 regular expression
*
* The matching functions take {@code String} arguments instead of the more general Java
* {@code CharSequence} since the latter doesn't provide UTF-16 decoding.
*
*
* @author rsc@google.com (Russ Cox)
* @class
*/
var RE2JS = class RE2JS {
	/**
	* Flag: case insensitive matching.
	*/
	static CASE_INSENSITIVE = PublicFlags.CASE_INSENSITIVE;
	/**
	* Flag: dot ({@code .}) matches all characters, including newline.
	*/
	static DOTALL = PublicFlags.DOTALL;
	/**
	* Flag: multiline matching: {@code ^} and {@code $} match at beginning and end of line, not just
	* beginning and end of input.
	*/
	static MULTILINE = PublicFlags.MULTILINE;
	/**
	* Flag: Unicode groups (e.g. {@code \p\ Greek\} ) will be syntax errors.
	*/
	static DISABLE_UNICODE_GROUPS = PublicFlags.DISABLE_UNICODE_GROUPS;
	/**
	* Flag: matches longest possible string.
	*/
	static LONGEST_MATCH = PublicFlags.LONGEST_MATCH;
	/**
	* Flag: enable linear-time captureless lookbehinds.
	*/
	static LOOKBEHINDS = PublicFlags.LOOKBEHINDS;
	/**
	* Returns a literal pattern string for the specified string.
	*
	* This method produces a string that can be used to create a <code>RE2JS</code> that would
	* match the string <code>s</code> as if it were a literal pattern.
	*
	* Metacharacters or escape sequences in the input sequence will be given no special meaning.
	*
	* @param {string} str The string to be literalized
	* @returns {string} A literal string replacement
	*/
	static quote(str) {
		return Utils.quoteMeta(str);
	}
	/**
	* Quotes '\' and '$' in {@code str}, so that the returned string could be used in
	* replacement methods as a literal replacement of {@code str}.
	*
	* This is a convenience delegation to {@link Matcher.quoteReplacement}.
	*
	* @param {string} str the string to be quoted
	* @param {boolean} [javaMode=false] whether the replacement will be used in javaMode
	* @returns {string} the quoted string
	*/
	static quoteReplacement(str, javaMode = false) {
		return Matcher.quoteReplacement(str, javaMode);
	}
	/**
	* Translates a given regular expression string to ensure compatibility with RE2JS.
	*
	* This function preprocesses the input regex string by applying necessary transformations,
	* such as escaping special characters (e.g., `/`), converting named capture groups to
	* RE2JS-compatible syntax, and handling Unicode sequences properly. It ensures that the
	* resulting regex is safe and properly formatted before compilation.
	*
	* @param {string|RegExp} expr - The regular expression string to be translated.
	* @returns {string} - The transformed regular expression string, ready for compilation.
	*/
	static translateRegExp(expr) {
		return TranslateRegExpString.translate(expr);
	}
	/**
	* Helper: create new RE2JS with given regex and flags. Flregex is the regex with flags applied.
	* @param {string} regex
	* @param {number} [flags=0]
	* @returns {RE2JS}
	*/
	static compile(regex, flags = 0) {
		Utils.checkPattern(regex);
		Utils.checkFlags(flags);
		let fregex = regex;
		if ((flags & RE2JS.CASE_INSENSITIVE) !== 0) fregex = `(?i)${fregex}`;
		if ((flags & RE2JS.DOTALL) !== 0) fregex = `(?s)${fregex}`;
		if ((flags & RE2JS.MULTILINE) !== 0) fregex = `(?m)${fregex}`;
		let re2Flags = RE2Flags.PERL;
		if ((flags & RE2JS.DISABLE_UNICODE_GROUPS) !== 0) re2Flags &= ~RE2Flags.UNICODE_GROUPS;
		if ((flags & RE2JS.LOOKBEHINDS) !== 0) re2Flags |= RE2Flags.LOOKBEHIND;
		const p = new RE2JS(regex, flags);
		p.re2Input = RE2.compileImpl(fregex, re2Flags, (flags & RE2JS.LONGEST_MATCH) !== 0);
		return p;
	}
	/**
	* Matches a string against a regular expression.
	*
	* @param {string} regex the regular expression
	* @param {string|number[]|Uint8Array} input the input
	* @returns {boolean} true if the regular expression matches the entire input
	* @throws RE2JSSyntaxException if the regular expression is malformed
	*/
	static matches(regex, input) {
		return RE2JS.compile(regex).testExact(input);
	}
	/**
	* This is visible for testing.
	* @private
	*/
	static initTest(pattern, flags, re2) {
		if (pattern == null) throw new Error("pattern is null");
		if (re2 == null) throw new Error("re2 is null");
		const p = new RE2JS(pattern, flags);
		p.re2Input = re2;
		return p;
	}
	/**
	*
	* @param {string} pattern
	* @param {number} flags
	*/
	constructor(pattern, flags) {
		this.patternInput = pattern;
		this.flagsInput = flags;
		/** @type {import('./RE2.js').RE2} */
		this.re2Input = null;
	}
	/**
	* Releases memory used by internal caches associated with this pattern. Does not change the
	* observable behaviour. Useful for tests that detect memory leaks via allocation tracking.
	*/
	reset() {
		this.re2Input.reset();
	}
	/**
	* Returns the flags used in the constructor.
	* @returns {number}
	*/
	flags() {
		return this.flagsInput;
	}
	/**
	* Returns the pattern used in the constructor.
	* @returns {string}
	*/
	pattern() {
		return this.patternInput;
	}
	re2() {
		return this.re2Input;
	}
	/**
	* Matches a string against a regular expression.
	*
	* @param {string|number[]|Uint8Array} input the input
	* @returns {boolean} true if the regular expression matches the entire input
	*/
	matches(input) {
		return this.testExact(input);
	}
	/**
	* Creates a new {@code Matcher} matching the pattern against the input.
	*
	* @param {string|number[]|Uint8Array|MatcherInputBase} input the input string
	* @returns {Matcher}
	*/
	matcher(input) {
		if (Utils.isByteArray(input)) input = MatcherInput.utf8(input);
		return new Matcher(this, input);
	}
	/**
	* Tests whether the regular expression matches any part of the input string.
	* Performance Note: This method is highly optimized. Because it only returns
	* a boolean and does not extract capture groups, it bypasses the `Matcher` overhead
	* and guarantees execution on the high-speed DFA engine whenever possible.
	*
	* @param {string|number[]|Uint8Array} input - The input string or UTF-8 byte array to test against.
	* @returns {boolean} `true` if the pattern is found anywhere in the input, `false` otherwise.
	*/
	test(input) {
		if (Utils.isByteArray(input)) return this.re2Input.matchUTF8(input);
		return this.re2Input.match(input);
	}
	/**
	* Tests whether the regular expression matches the ENTIRE input string.
	* * **Performance Note:** This operates identically to `.matches()`, but is significantly
	* faster because it does not request capture group data. By requesting 0 capture groups,
	* it securely routes execution through the DFA fast-path.
	*
	* @param {string|number[]|Uint8Array} input - The input string or UTF-8 byte array to test against.
	* @returns {boolean} `true` if the exact input string fully matches the pattern, `false` otherwise.
	*/
	testExact(input) {
		const machineInput = Utils.isByteArray(input) ? MachineInput.fromUTF8(input) : MachineInput.fromUTF16(input);
		return this.re2Input.executeEngine(machineInput, 0, RE2Flags.ANCHOR_BOTH, 0) !== null;
	}
	/**
	* Executes a search for a match in a specified string.
	* Returns a result array, or null if no match is found.
	* The returned array perfectly mirrors standard JavaScript `RegExpExecArray`,
	* including `.index`, `.input`, and `.groups` properties.
	*
	* @param {string|number[]|Uint8Array} input the input string or byte array
	* @returns {Array|null} the match array with index, input, and groups properties, or null
	*/
	exec(input) {
		const m = this.matcher(input);
		return m.find() ? execResult(m, input) : null;
	}
	/**
	* Splits input around instances of the regular expression. It returns an array giving the strings
	* that occur before, between, and after instances of the regular expression.
	*
	* If {@code limit <= 0}, there is no limit on the size of the returned array. If
	* {@code limit == 0}, empty strings that would occur at the end of the array are omitted. If
	* {@code limit > 0}, at most limit strings are returned. The final string contains the remainder
	* of the input, possibly including additional matches of the pattern.
	*
	* @param {string} input the input string to be split
	* @param {number} [limit=0] the limit
	* @returns {string[]} the split strings
	*/
	split(input, limit = 0) {
		const m = this.matcher(input);
		const result = [];
		let emptiesSkipped = 0;
		let last = 0;
		while (m.find()) {
			if (last === 0 && m.end() === 0) {
				last = m.end();
				continue;
			}
			if (limit > 0 && result.length === limit - 1) break;
			if (last === m.start()) {
				if (limit === 0) {
					emptiesSkipped += 1;
					last = m.end();
					continue;
				}
			} else while (emptiesSkipped > 0) {
				result.push("");
				emptiesSkipped -= 1;
			}
			result.push(m.substring(last, m.start()));
			last = m.end();
		}
		if (limit === 0 && last !== m.inputLength()) {
			while (emptiesSkipped > 0) {
				result.push("");
				emptiesSkipped -= 1;
			}
			result.push(m.substring(last, m.inputLength()));
		}
		if (limit !== 0 || result.length === 0 && !(last === m.inputLength() && last > 0)) result.push(m.substring(last, m.inputLength()));
		return result;
	}
	/**
	* Returns an iterator of all results matching a string against the regular expression,
	* including capturing groups.
	*
	* @param {string|number[]|Uint8Array} input the input string or byte array
	* @returns {IterableIterator<RegExpMatchArray>}
	*/
	*matchAll(input) {
		const m = this.matcher(input);
		while (m.find()) yield execResult(m, input);
	}
	/**
	*
	* @returns {string}
	*/
	toString() {
		return this.patternInput;
	}
	/**
	* Returns the program size of this pattern.
	*
	* <p>
	* Similar to the C++ implementation, the program size is a very approximate measure of a regexp's
	* "cost". Larger numbers are more expensive than smaller numbers.
	* </p>
	*
	* @returns {number} the program size of this pattern
	*/
	programSize() {
		return this.re2Input.numberOfInstructions();
	}
	/**
	* Returns the number of capturing groups in this matcher's pattern. Group zero denotes the entire
	* pattern and is excluded from this count.
	*
	* @returns {number} the number of capturing groups in this pattern
	*/
	groupCount() {
		return this.re2Input.numberOfCapturingGroups();
	}
	/**
	* Return a map of the capturing groups in this matcher's pattern, where key is the name and value
	* is the index of the group in the pattern.
	* @returns {Record<string, number>}
	*/
	namedGroups() {
		return this.re2Input.namedGroups;
	}
	/**
	*
	* @param {*} other
	* @returns {boolean}
	*/
	equals(other) {
		if (this === other) return true;
		if (other === null || this.constructor !== other.constructor) return false;
		return this.flagsInput === other.flagsInput && this.patternInput === other.patternInput;
	}
};
/**
* Creates an RE2JS regex directly from a template literal.
* @overload
* @param {TemplateStringsArray} stringsOrFlags - The raw string segments of the template literal.
* @param {...any} values - The interpolated values.
* @returns {RE2JS}
*/
/**
* Creates a template literal tag function with specific RE2JS flags.
* @overload
* @param {number} stringsOrFlags - The RE2JS flags to apply (e.g., RE2JS.CASE_INSENSITIVE).
* @returns {(strings: TemplateStringsArray, ...tagValues: any[]) => RE2JS}
*/
/**
* Implementation signature
* @param {TemplateStringsArray | number} stringsOrFlags
* @param {...any} values
* @returns {RE2JS | ((strings: TemplateStringsArray, ...tagValues: any[]) => RE2JS)}
*/
function re(stringsOrFlags, ...values) {
	if (Array.isArray(stringsOrFlags) && "raw" in stringsOrFlags) {
		const pattern = String.raw(stringsOrFlags, ...values);
		return RE2JS.compile(pattern);
	}
	const flags = typeof stringsOrFlags === "number" ? stringsOrFlags : 0;
	return (strings, ...tagValues) => {
		const pattern = String.raw(strings, ...tagValues);
		return RE2JS.compile(pattern, flags);
	};
}


;// CONCATENATED MODULE: ./.build/js/src/domain/pattern.js


const MAX_PATTERN_LENGTH = 2048;
/** A regular expression in Go's RE2 syntax, as cosign's -regexp flags take it; throws ValueError. */
function parseRegexp(source) {
    return compile(source, source);
}
/** `*` = any run of characters but `/`, `**` = any run; everything else stands for itself. Throws ValueError. */
function parseGlob(source) {
    const expression = source
        .split(/(\*+)/)
        .map((part) => {
        if (!part.startsWith('*'))
            return RE2JS.quote(part);
        if (part.length > 2)
            throw new value_error/* ValueError */.Q(`${JSON.stringify(source)} has more than two * in a row`);
        return part === '*' ? '[^/]*' : '(?s:.*)';
    })
        .join('');
    return compile(source, expression);
}
function compile(source, expression) {
    if (source.length > MAX_PATTERN_LENGTH)
        throw new value_error/* ValueError */.Q(`a pattern is longer than ${MAX_PATTERN_LENGTH} characters`);
    const compiled = compileRe2(expression);
    return {
        source,
        matches: (value) => compiled.matches(value),
        findsIn: (value) => compiled.matcher(value).find(),
    };
}
function compileRe2(expression) {
    try {
        return RE2JS.compile(expression);
    }
    catch (error) {
        const message = error instanceof Error ? error.message : 'unknown error';
        throw new value_error/* ValueError */.Q(`${message} (RE2 syntax: no look-around, no back-references)`, { cause: error });
    }
}

// EXTERNAL MODULE: ./.build/js/src/domain/workflow-uri.js
var workflow_uri = __nccwpck_require__(6746);
;// CONCATENATED MODULE: ./.build/js/src/domain/signer-workflow.js



/** Reads `owner/name/path`, alone or with `@` and a full ref (globs) or 40 hex; throws ValueError. */
function parseSignerWorkflow(text, serverUrl) {
    const local = text.startsWith(`${serverUrl}/`) ? text.slice(serverUrl.length + 1) : text;
    const at = local.indexOf('@');
    const place = at < 0 ? local : local.slice(0, at);
    const [, repository, path] = /^([A-Za-z0-9][A-Za-z0-9_-]*\/[A-Za-z0-9._-]+)\/([^*]+)$/.exec(place) ?? [];
    if (repository === undefined || path === undefined) {
        throw new value_error/* ValueError */.Q(`${JSON.stringify(text)} is not owner/name/path of a workflow file`);
    }
    const ref = at < 0 ? undefined : local.slice(at + 1);
    if (ref !== undefined && !(0,workflow_uri/* isFullRef */.xA)(ref)) {
        throw new value_error/* ValueError */.Q(`${JSON.stringify(text)} has a short ref; certificates hold the full one: ` +
            `write ${place}@refs/tags/${ref} or ${place}@refs/heads/${ref}`);
    }
    return {
        source: text,
        repository: `${serverUrl}/${repository}`,
        path,
        ref: ref === undefined ? undefined : parseGlob(ref),
    };
}
/** True if this subject is that workflow, compared whole (identity rule 6). */
function isSignerWorkflow(subject, wanted) {
    const uri = (0,workflow_uri/* parseWorkflowUri */.BK)(subject, wanted.repository);
    return uri !== undefined && uri.path === wanted.path && (wanted.ref === undefined || wanted.ref.matches(uri.ref));
}

;// CONCATENATED MODULE: ./.build/js/src/domain/signer-evaluation.js








/**
 * Whether a verified signature is by whom it should be: every rule of contract §2.5, judged on this one
 * signature. The first group with an unmet rule names the reason (contract §4): issuer, identity, claim,
 * annotation, age. Pure: `now` is the runner's clock.
 */
function evaluateSigner(facts, requirement, now) {
    const groups = [
        { reason: 'ISSUER_MISMATCH', findings: checkIssuer(facts.identity, requirement) },
        { reason: 'IDENTITY_MISMATCH', findings: checkSubject(facts.identity, requirement) },
        { reason: 'CLAIM_MISMATCH', findings: checkClaims(facts.identity, requirement) },
        { reason: 'ANNOTATION_MISMATCH', findings: checkAnnotations(facts, requirement) },
        { reason: 'TOO_OLD', findings: checkAge(facts, requirement, now) },
    ];
    const failed = groups.find(({ findings }) => findings.some(({ ok }) => !ok));
    if (failed === undefined)
        return { kind: 'accepted', notes: notesAbout(facts.identity, requirement) };
    return {
        kind: 'mismatch',
        reason: failed.reason,
        findings: groups.flatMap(({ findings }) => findings),
        hints: hintsAbout(facts.identity, requirement),
    };
}
/** One finding for one input: its values are alternatives; an input without values asks nothing. */
function findingFor(field, wanted, found, ok) {
    return wanted.length === 0 ? [] : [{ field, expected: wanted.join(' or '), found, ok }];
}
const sources = (patterns) => patterns.map(({ source }) => source);
function checkIssuer({ issuer }, requirement) {
    const { issuers, issuerPatterns, allowAnyIdentity, randomWord } = requirement;
    const accepts = (pattern) => pattern.matches(issuer) && (allowAnyIdentity || !isMatchAllForIssuer(pattern, issuer, randomWord));
    return [
        ...findingFor('certificate-oidc-issuer', issuers, issuer, issuers.includes(issuer)),
        ...findingFor('certificate-oidc-issuer-regexp', sources(issuerPatterns), issuer, issuerPatterns.some(accepts)),
    ];
}
function checkSubject({ subject, subjectKind }, requirement) {
    const { subjects, subjectPatterns, signerWorkflows, allowAnyIdentity, randomWord } = requirement;
    const accepts = (pattern) => pattern.matches(subject) && (allowAnyIdentity || !isMatchAllForSubject(pattern, subject, randomWord));
    const isSigner = subjectKind === 'uri' && signerWorkflows.some((wanted) => isSignerWorkflow(subject, wanted));
    return [
        ...findingFor('certificate-identity', subjects, subject, subjects.includes(subject)),
        ...findingFor('certificate-identity-regexp', sources(subjectPatterns), subject, subjectPatterns.some(accepts)),
        ...findingFor('signer-workflow', sources(signerWorkflows), subject, isSigner),
    ];
}
function checkClaims(identity, requirement) {
    const { sourceRepositories, workflows, sourceRefs, claims: wanted, serverUrl } = requirement;
    const { claims } = identity;
    const uri = claims['source-repository-uri'];
    const ref = claims['source-repository-ref'];
    const config = claims['build-config-uri'];
    // The top-level workflow lies in the source repository: its URI is compared whole (rule 6).
    const workflow = uri === undefined || config === undefined ? undefined : (0,workflow_uri/* parseWorkflowUri */.BK)(config, uri);
    const isSource = uri !== undefined && sourceRepositories.some((one) => (0,ascii_case/* equalsIgnoringCase */.d)(one, uri));
    const isWorkflow = workflow !== undefined && workflows.some((pattern) => pattern.matches(workflow.path));
    const isRef = ref !== undefined && sourceRefs.some((pattern) => pattern.matches(ref));
    const bothHalves = (0,identity_rules/* checkBothHalves */.nD)(identity, requirement);
    return [
        ...findingFor('source-repository', sourceRepositories, uri, isSource),
        ...findingFor('workflow', sources(workflows), workflow?.path ?? config, isWorkflow),
        ...findingFor('source-ref', sources(sourceRefs), ref, isRef),
        ...[...wanted].flatMap(([name, values]) => findingFor(`claims ${name}`, values, claims[name], matchingClaimValue(claims, name, values, serverUrl) !== undefined)),
        ...(bothHalves === undefined ? [] : [bothHalves]),
        ...(0,identity_rules/* checkPullRequestCode */.y0)(identity, requirement),
    ];
}
function checkAnnotations({ annotations }, requirement) {
    return [...requirement.annotations].map(([key, expected]) => {
        const found = Object.hasOwn(annotations, key) ? annotations[key] : undefined;
        return { field: `annotations ${key}`, expected, found, ok: found === expected };
    });
}
function checkAge(facts, { maxAgeMs }, now) {
    if (maxAgeMs === undefined)
        return [];
    const problem = tooOld(facts.provenTimes, maxAgeMs, now);
    const found = problem ?? facts.provenTimes[0]?.toISOString();
    return [{ field: 'max-age', expected: `at most ${maxAgeMs / 60_000} minutes`, found, ok: problem === undefined }];
}
function notesAbout({ claims, subject }, requirement) {
    const ref = claims['source-repository-ref'];
    const bound = requirement.sourceRefs.length > 0 ||
        requirement.subjects.includes(subject) ||
        requirement.claims.has('source-repository-ref');
    if (ref === undefined || bound)
        return [];
    const line = (0,pasteable_inputs/* pasteableLine */.i)('source-ref', ref);
    const cure = line === undefined ? '' : `; to accept only this one, add: ${line}`;
    return [`any branch or tag of the source repository was accepted${cure}`];
}
function hintsAbout(identity, requirement) {
    const { issuer, subject } = identity;
    return [
        ...patternHints('certificate-identity-regexp', requirement.subjectPatterns, subject, (pattern) => !requirement.allowAnyIdentity && isMatchAllForSubject(pattern, subject, requirement.randomWord)),
        ...patternHints('certificate-oidc-issuer-regexp', requirement.issuerPatterns, issuer, (pattern) => !requirement.allowAnyIdentity && isMatchAllForIssuer(pattern, issuer, requirement.randomWord)),
        ...subjectHints(subject, requirement),
        ...issuerHints(issuer, requirement),
        ...reusableWorkflowHints(identity),
    ];
}
function patternHints(input, patterns, value, isMatchAll) {
    return patterns.flatMap((pattern) => {
        const shown = JSON.stringify(pattern.source);
        if (pattern.matches(value)) {
            return isMatchAll(pattern)
                ? [`${input} ${shown} would accept any owner as well; name the owner in it, or set allow-any-identity: true`]
                : [];
        }
        return pattern.findsIn(value)
            ? [
                `cosign would accept this: it looks for ${input} ${shown} anywhere in the value; here it must match the whole value`,
            ]
            : [];
    });
}
function subjectHints(subject, { subjects, signerWorkflows }) {
    const hints = [];
    for (const wanted of subjects) {
        if (wanted !== subject && (0,ascii_case/* lowerAscii */.w)(wanted) === (0,ascii_case/* lowerAscii */.w)(subject)) {
            hints.push('certificate-identity differs only in upper and lower case; the subject keeps the spelling of the owner');
        }
        const at = wanted.lastIndexOf('@');
        const ref = wanted.slice(at + 1);
        if (/^https?:/.test(wanted) && at > 0 && !(0,workflow_uri/* isFullRef */.xA)(ref) && !wanted.includes('@refs/')) {
            const place = wanted.slice(0, at);
            hints.push(`certificates hold the full ref: write ${place}@refs/tags/${ref} or ${place}@refs/heads/${ref}`);
        }
    }
    for (const wanted of signerWorkflows) {
        const uri = (0,workflow_uri/* parseWorkflowUri */.BK)(subject, wanted.repository);
        if (uri?.path === wanted.path)
            hints.push(`signer-workflow is right but for its ref: the certificate has @${uri.ref}`);
    }
    return hints;
}
function issuerHints(issuer, { issuers }) {
    return issuers.flatMap((wanted) => {
        if (issuer.startsWith(`${wanted}/`)) {
            const line = (0,pasteable_inputs/* pasteableLine */.i)('certificate-oidc-issuer', issuer);
            return [
                `the certificate has the issuer of one enterprise${line === undefined ? '' : `; give it whole: ${line}`}`,
            ];
        }
        if (wanted === 'https://oauth2.sigstore.dev/auth') {
            return ['certificates of persons name the login behind Sigstore, such as https://github.com/login/oauth'];
        }
        return [];
    });
}
function reusableWorkflowHints({ subject, claims }) {
    const signer = (0,workflow_uri/* repositoryOfSubject */.MV)(subject);
    const source = claims['source-repository-uri'];
    if (signer === undefined || source === undefined || (0,ascii_case/* equalsIgnoringCase */.d)(signer, source))
        return [];
    return [
        `this was signed in a reusable workflow: the subject is the called workflow (of ${signer}), the claims are the caller ` +
            `(${source}); name both: signer-workflow (or certificate-identity) and source-repository`,
    ];
}

// EXTERNAL MODULE: ./.build/js/src/coded-error.js
var coded_error = __nccwpck_require__(6329);
// EXTERNAL MODULE: ./.build/js/src/domain/reference.js
var domain_reference = __nccwpck_require__(547);
;// CONCATENATED MODULE: ./.build/js/src/usecases/map-limited.js
/**
 * Maps in parallel with a bound, results in input order. The first rejection rejects the whole, and
 * no further call is started after it; calls under way are awaited so that none outlives the map.
 */
async function map_limited_mapLimited(items, options, map) {
    const results = new Array(items.length);
    const failures = [];
    let next = 0;
    const worker = async () => {
        while (next < items.length && failures.length === 0) {
            options.signal?.throwIfAborted();
            const index = next++;
            try {
                results[index] = await map(items[index], index);
            }
            catch (error) {
                failures.push(error);
            }
        }
    };
    const workers = Array.from({ length: Math.min(Math.max(1, options.limit), items.length) }, worker);
    await Promise.all(workers);
    if (failures.length > 0)
        throw failures[0];
    return results;
}

;// CONCATENATED MODULE: ./.build/js/src/usecases/examine-image.js

/** Referrers of one image fetched at once; each is two requests in sequence. */
const FETCH_LIMIT = 8;
/**
 * Looks in every place where a signature of this digest may lie and verifies each candidate: the
 * referrers API and the `.sig` tag at once, then the referrers tag unless something was accepted. What
 * one place answers never keeps another from being read, and what one candidate is never hides the next.
 */
async function examineImage(options) {
    const { registry, repository, digest, format } = options;
    const legacy = format === 'bundle' ? undefined : examineSet(options, registry.fetchLegacy(repository, digest));
    // Awaited below; a rejection in the meantime is not "unhandled".
    legacy?.catch(() => { });
    const referrers = await examineListing(options, registry.listReferrers(repository, digest), new Set());
    const parts = legacy === undefined ? [referrers] : [referrers, await legacy];
    const accepted = parts.some((part) => part.examined.some((one) => isAccepted(one.verification, options.accepts)));
    if (!accepted) {
        const seen = new Set([
            ...referrers.examined.map((one) => one.candidate.digest),
            ...referrers.undecided.map((one) => one.candidate.digest),
            ...referrers.unreadable.map((one) => one.digest),
        ]);
        parts.push(await examineListing(options, registry.listReferrersTag(repository, digest), seen));
    }
    return {
        examined: parts.flatMap((part) => part.examined),
        undecided: parts.flatMap((part) => part.undecided),
        unreadable: parts.flatMap((part) => part.unreadable),
        places: parts.flatMap((part) => part.places),
        listed: parts.flatMap((part) => part.listed),
    };
}
/** Verifies one already fetched set of candidates. */
async function examineSet(options, fetching) {
    const set = await fetching;
    const wanted = set.candidates.filter((one) => options.format === 'any' || one.format === options.format);
    const examined = [];
    const undecided = [];
    // A trusted root that is missing for one signature must not hide another one, judged by another root.
    const verified = await Promise.allSettled(wanted.map((candidate) => options.verifier.verify(candidate, options.digest)));
    for (const [index, candidate] of wanted.entries()) {
        const outcome = verified[index];
        if (outcome?.status !== 'fulfilled')
            undecided.push({ candidate, error: outcome?.reason });
        else
            examined.push({ candidate: forgetBytes(candidate, outcome.value), verification: outcome.value });
    }
    return { examined, undecided, unreadable: set.unreadable, places: set.places, listed: [] };
}
/** Anybody may attach attestations of many megabytes: what does not count is not kept until the end of the run. */
function forgetBytes(candidate, verification) {
    const isKept = verification.kind === 'verified' || candidate.format === 'legacy';
    return isKept ? candidate : { ...candidate, bundle: new Uint8Array() };
}
/** Fetches and verifies what one listing names, leaving out digests that were seen in another place. */
async function examineListing(options, listing, seen) {
    const { place, descriptors } = await listing;
    const fresh = descriptors.filter((descriptor) => !seen.has(descriptor.digest));
    const parts = await map_limited_mapLimited(fresh, { limit: FETCH_LIMIT }, (descriptor) => examineSet(options, options.registry.fetchReferrer(options.repository, options.digest, descriptor, place.kind)));
    return {
        examined: parts.flatMap((part) => part.examined),
        undecided: parts.flatMap((part) => part.undecided),
        unreadable: parts.flatMap((part) => part.unreadable),
        places: [place, ...parts.flatMap((part) => part.places)],
        listed: descriptors,
    };
}
function isAccepted(verification, accepts) {
    return verification.kind === 'verified' && accepts(verification.facts);
}

// EXTERNAL MODULE: ./.build/js/src/usecases/judge-image.js + 1 modules
var judge_image = __nccwpck_require__(9215);
;// CONCATENATED MODULE: ./.build/js/src/usecases/progress.js
/** Least time between two lines, and before the first: a short run needs none. In ms. */
const EVERY_MS = 1000;
/**
 * Counts what is done and says so in the log: `checked 120 of 200 images`, at most once a second and never for
 * the last one, which the result itself reports. `what` is the verb and the noun around the numbers.
 */
function createProgress({ clock, log }, what, total) {
    let done = 0;
    let lastMs = clock.now().getTime();
    return () => {
        done += 1;
        const nowMs = clock.now().getTime();
        if (done >= total || nowMs - lastMs < EVERY_MS)
            return;
        lastMs = nowMs;
        log.info(`${what[0]} ${done} of ${total} ${what[1]}`);
    };
}

// EXTERNAL MODULE: ./.build/js/src/domain/platform-images.js
var platform_images = __nccwpck_require__(5814);
;// CONCATENATED MODULE: ./.build/js/src/usecases/resolve-images.js





/** Depth of nested indexes that `recursive` follows. */
const NESTING_MAX = 4;
/**
 * Resolves every reference once, in parallel, and merges those that name one digest in one repository;
 * order of first mention. A tag is asked for exactly once here: everything later works on the digest.
 */
async function resolveImages(options) {
    const asked = groupRequested(options.images);
    const resolved = await mapLimited(asked, { limit: options.concurrency }, async (group) => {
        const first = group[0];
        try {
            return { kind: 'resolved', image: await resolveImage(options, group) };
        }
        catch (error) {
            return { kind: 'unresolved', image: { first, error: toCodedError(error) } };
        }
    });
    return mergeResolved(resolved);
}
/**
 * Resolves one group of groupRequested: a tag by one GET, a digest by one HEAD. Throws IMAGE_NOT_FOUND
 * for what is not there.
 */
async function resolveImage(options, references) {
    const first = references[0];
    const { registry } = options;
    const { repository } = first;
    const wanted = first.digest ?? first.tag;
    if (wanted === undefined) {
        throw new coded_error/* CodedError */.AK('INPUT_INVALID', `"${first.original}" names neither a tag nor a digest`, {
            hint: 'Add a tag or, better, a digest: registry/repository@sha256:…',
        });
    }
    const found = first.digest !== undefined && !options.recursive
        ? await registry.head(repository, first.digest)
        : await registry.manifest(repository, wanted);
    if (found === undefined) {
        const shown = first.digest === undefined ? first.original : (0,domain_reference/* formatPinned */.y6)(repository, first.digest);
        throw new coded_error/* CodedError */.AK('IMAGE_NOT_FOUND', `${shown} is not in ${repository.registry}`, {
            hint: options.notFoundHint,
        });
    }
    const platforms = options.recursive && 'bytes' in found && (0,platform_images/* isIndexType */.$)(found.mediaType)
        ? await platformsOf(options, repository, found.bytes, 1)
        : [];
    const size = 'bytes' in found ? found.bytes.length : found.size;
    return { first, references, repository, digest: found.digest, mediaType: found.mediaType, size, platforms };
}
/** Children of an index and of the indexes in it, each digest once, in the order of the index. */
async function platformsOf(options, repository, index, depth) {
    if (depth > NESTING_MAX) {
        throw new coded_error/* CodedError */.AK('REGISTRY_INVALID', `an index in ${(0,domain_reference/* formatRepository */.Sh)(repository)} nests too deeply`);
    }
    const children = parseIndex(repository, index);
    const nested = await map_limited_mapLimited(children, { limit: options.concurrency }, async (child) => {
        if (!child.isIndex)
            return [];
        const manifest = await options.registry.manifest(repository, child.digest);
        if (manifest === undefined) {
            throw new coded_error/* CodedError */.AK('IMAGE_NOT_FOUND', `${(0,domain_reference/* formatPinned */.y6)(repository, child.digest)}, listed by its index, is missing`);
        }
        return platformsOf(options, repository, manifest.bytes, depth + 1);
    });
    const all = children.flatMap((child, i) => [child, ...(nested[i] ?? [])]);
    return [...new Map(all.map((child) => [child.digest, child])).values()];
}
function parseIndex(repository, bytes) {
    try {
        return (0,platform_images/* parsePlatformImages */.s)(bytes);
    }
    catch (cause) {
        const why = cause instanceof value_error/* ValueError */.Q || cause instanceof SyntaxError ? cause.message : String(cause);
        throw new coded_error/* CodedError */.AK('REGISTRY_INVALID', `an image index in ${(0,domain_reference/* formatRepository */.Sh)(repository)} cannot be read: ${why}`, {
            cause,
        });
    }
}
/** Groups references that surely name the same image: same repository and digest, or same tag. */
function groupRequested(images) {
    const groups = new Map();
    for (const image of images) {
        const name = (0,domain_reference/* formatRepository */.Sh)(image.repository);
        const key = image.digest === undefined ? `${name}:${image.tag ?? ''}` : `${name}@${image.digest}`;
        const group = groups.get(key);
        if (group === undefined)
            groups.set(key, [image]);
        else
            group.push(image);
    }
    return [...groups.values()];
}
/** Tags that turned out to be one digest in one repository are one image. */
function mergeResolved(resolutions) {
    const merged = new Map();
    for (const one of resolutions) {
        if (one.kind === 'unresolved') {
            merged.set(`unresolved ${merged.size}`, one);
            continue;
        }
        const key = (0,domain_reference/* formatPinned */.y6)(one.image.repository, one.image.digest);
        const before = merged.get(key);
        if (before === undefined || before.kind === 'unresolved') {
            merged.set(key, one);
        }
        else {
            const references = [...before.image.references, ...one.image.references];
            merged.set(key, { kind: 'resolved', image: { ...before.image, references } });
        }
    }
    return [...merged.values()];
}

;// CONCATENATED MODULE: ./.build/js/src/usecases/verify-images.js







/** First pause of `wait-for`; doubles up to WAIT_MAX_MS. */
const WAIT_FIRST_MS = 1000;
const WAIT_MAX_MS = 8000;
/**
 * Decides about every image: resolved once, signatures looked for in every place, each verified and
 * held against the identity. Never rejects for what befell an image: that is a value, and not a pass.
 */
async function verifyImages(options, ports) {
    const limit = { limit: options.concurrency };
    const judge = createJudge(options, ports);
    const groups = groupRequested(options.images);
    const oneDone = createProgress(ports, ['checked', 'images'], groups.length);
    const resolved = await map_limited_mapLimited(groups, limit, async (group) => {
        const first = group[0];
        try {
            const resolving = resolveImage({ ...options, registry: ports.registry }, group);
            // A digest needs no answer before its signatures can be looked for, only before they are waited for.
            if (first.digest !== undefined) {
                const isThere = resolving.then(() => true, () => false);
                void judge(first.repository, first.digest, isThere);
            }
            const image = await resolving;
            await judge(image.repository, image.digest);
            return { kind: 'resolved', image };
        }
        catch (error) {
            return { kind: 'unresolved', image: { first, error: (0,coded_error/* toCodedError */.Bt)(error) } };
        }
        finally {
            oneDone();
        }
    });
    return map_limited_mapLimited(mergeResolved(resolved), limit, async (one) => {
        if (one.kind === 'unresolved') {
            const { first, error } = one.image;
            return { first, references: [first], image: undefined, judgement: undefined, error, platforms: [] };
        }
        const { image } = one;
        const outcome = await judge(image.repository, image.digest);
        const platforms = await map_limited_mapLimited(image.platforms, limit, async ({ platform, digest }) => ({
            platform,
            digest,
            ...(await judge(image.repository, digest)),
        }));
        return { first: image.first, references: image.references, image, ...outcome, platforms };
    });
}
/** A judge that looks at each digest of a repository once, however many names lead to it; never rejects. */
function createJudge(options, ports) {
    const outcomes = new Map();
    return (repository, digest, isThere = Promise.resolve(true)) => {
        const store = options.signatureRepository ?? repository;
        const key = (0,domain_reference/* formatPinned */.y6)(store, digest);
        const known = outcomes.get(key);
        if (known !== undefined)
            return known;
        const outcome = judgeDigest(options, ports, store, digest, isThere).then((judgement) => ({ judgement, error: undefined }), (error) => ({ judgement: undefined, error: (0,coded_error/* toCodedError */.Bt)(error) }));
        outcomes.set(key, outcome);
        return outcome;
    };
}
async function judgeDigest(options, ports, repository, digest, isThere) {
    const { evaluate, format } = options;
    const accepts = (facts) => evaluate?.(facts).kind === 'accepted';
    const look = () => examineImage({ ...ports, repository, digest, format, accepts });
    const end = ports.clock.now().getTime() + options.waitForMs;
    let pauseMs = WAIT_FIRST_MS;
    for (;;) {
        const judgement = (0,judge_image/* judgeImage */.xQ)(await look(), evaluate);
        // Registries lag behind their writes, so only "nothing there" may change by waiting.
        const leftMs = end - ports.clock.now().getTime();
        if (judgement.reason !== 'NO_SIGNATURE' || leftMs <= 0)
            return judgement;
        if (!(await isThere))
            return judgement;
        const waitMs = Math.min(pauseMs, leftMs);
        ports.log.info(`waiting ${Math.ceil(waitMs / 1000)} s for a signature of ${(0,domain_reference/* formatPinned */.y6)(repository, digest)} to show (wait-for)`);
        await ports.clock.sleep(waitMs);
        pauseMs = Math.min(pauseMs * 2, WAIT_MAX_MS);
    }
}

// EXTERNAL MODULE: ./.build/js/src/entries/connect.js + 35 modules
var connect = __nccwpck_require__(3308);
// EXTERNAL MODULE: ./.build/js/src/http/http-error.js
var http_error = __nccwpck_require__(2947);
;// CONCATENATED MODULE: ./.build/js/src/github/base-file.js


const FILE_MAX_BYTES = 4 * 1024 * 1024;
/**
 * Reads files of the repository as the base commit of a pull request has them, through the contents API
 * (docs.github.com/rest/repos/contents; needs `contents: read`). Undefined if the API says 404, which it
 * also says to a token that may not read. Throws GITHUB_API_UNAVAILABLE for everything else.
 */
function createBaseFileReader(options) {
    return async (path) => {
        const { base } = options;
        if (base === undefined) {
            throw new coded_error/* CodedError */.AK('GITHUB_API_UNAVAILABLE', 'the event payload does not name the base commit of the pull request');
        }
        const segments = path.split('/').map(encodeURIComponent).join('/');
        const url = `${options.apiUrl}/repos/${base.repository}/contents/${segments}?ref=${base.sha}`;
        const shown = `GET ${path} at ${base.sha} of ${base.repository}`;
        const response = await ask(options, url, shown);
        if (response.status === 200) {
            // A directory, a submodule or a link that leads out of the repository is described in JSON instead.
            if (/[./]raw\b/.test(response.headers['content-type'] ?? ''))
                return response.body;
            throw new coded_error/* CodedError */.AK('GITHUB_API_UNAVAILABLE', `${shown} is no plain file`);
        }
        if (response.status === 404)
            return undefined;
        throw new coded_error/* CodedError */.AK('GITHUB_API_UNAVAILABLE', `${shown} returned ${response.status}`, {
            hint: 'Grant `contents: read` to the job.',
        });
    };
}
async function ask(options, url, shown) {
    try {
        return await options.http.request({
            service: 'GitHub API',
            method: 'GET',
            url,
            headers: {
                accept: 'application/vnd.github.raw+json',
                'user-agent': 'countersign',
                'x-github-api-version': '2022-11-28',
                ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
            },
            maxBytes: FILE_MAX_BYTES,
            retry: true,
        });
    }
    catch (error) {
        if (!(error instanceof http_error/* HttpError */.j))
            throw error;
        throw new coded_error/* CodedError */.AK('GITHUB_API_UNAVAILABLE', `${shown} failed: ${error.message}`, { cause: error });
    }
}

;// CONCATENATED MODULE: ./.build/js/src/entries/input-source.js


/** Outages of the contents API while inputs are read; the run's own budget is one of those inputs. */
const BASE_FILE_RETRY_MS = 60_000;
/** The inputs of this process. */
function createInputSource(run) {
    return {
        input: run.input,
        env: run.env,
        context: run.context,
        files: run.files,
        mask: run.mask,
        async readBaseFile(path) {
            const network = { retryForMs: BASE_FILE_RETRY_MS, caCertificates: [], insecureRegistries: [] };
            const http = (0,connect/* connectHttp */.RW)(run, network);
            try {
                const { apiUrl, base } = run.context;
                const token = run.input('github-token') || undefined;
                return await createBaseFileReader({ http, apiUrl, token, base })(path);
            }
            finally {
                await http.close();
            }
        },
    };
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
// EXTERNAL MODULE: ./.build/js/src/domain/digest.js
var domain_digest = __nccwpck_require__(7028);
;// CONCATENATED MODULE: ./.build/js/src/entries/inputs/artifacts-list.js


/**
 * Parses the file behind `$GITHUB_ARTIFACTS_LIST` (actions/runner#4527): the subjects of kind `oci`. An
 * empty file is what a runner without the feature gives: no subjects. Throws ValueError for another
 * version or shape, and for an image that has no sha256 digest.
 */
function parseArtifactsList(text) {
    const body = text.replace(/^\uFEFF/, '').trim();
    if (body === '')
        return [];
    let document;
    try {
        document = JSON.parse(body);
    }
    catch {
        throw new value_error/* ValueError */.Q('is no JSON');
    }
    if (!isObject(document) || document['version'] !== 1 || !Array.isArray(document['subjects'])) {
        throw new value_error/* ValueError */.Q('is not version 1 of that list');
    }
    const subjects = document['subjects'];
    return subjects.filter((subject) => isObject(subject) && subject['kind'] === 'oci').map(parseSubject);
}
function parseSubject(subject) {
    const name = isObject(subject) ? subject['name'] : undefined;
    const digest = isObject(subject) ? subject['digest'] : undefined;
    if (typeof name !== 'string' || name === '')
        throw new value_error/* ValueError */.Q('holds an image without a name');
    const parsed = typeof digest === 'string' ? (0,domain_digest/* parseDigest */.m)(digest) : undefined;
    if (parsed === undefined)
        throw new value_error/* ValueError */.Q(`holds ${JSON.stringify(name)} without a sha256 digest`);
    return { name, digest: parsed };
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// EXTERNAL MODULE: ./.build/js/src/entries/inputs/input-problems.js
var input_problems = __nccwpck_require__(3847);
;// CONCATENATED MODULE: ./.build/js/src/entries/inputs/list-rule.js

/**
 * Splits a list input by the rule of the docker actions (docker/actions-toolkit, Util.getInputList): CSV
 * over the whole text with relaxed quotes; line breaks and commas separate; a line of one field is split at
 * commas again, even if it was quoted. Items are trimmed and, other than there, empty ones are kept, so
 * that the caller decides; one final line break makes no item. Throws ValueError for a quote never closed.
 */
function splitList(text) {
    const body = text.replace(/\r?\n$/, '');
    if (body === '')
        return [];
    const items = [];
    for (const record of parseRecords(body)) {
        const [only] = record;
        items.push(...(record.length === 1 && only !== undefined ? only.split(',') : record));
    }
    return items.map((item) => item.trim());
}
/** One value a line, for values in which a comma may be part of the text; trimmed, empty ones kept. */
function splitLines(text) {
    const body = text.replace(/\r?\n$/, '');
    return body === '' ? [] : body.split(/\r?\n/).map((line) => line.trim());
}
function parseRecords(text) {
    const records = [];
    let record = [];
    let field = '';
    let quotedSince;
    for (let at = 0; at < text.length; at++) {
        const char = text[at] ?? '';
        if (quotedSince !== undefined) {
            const next = text[at + 1];
            if (char !== '"')
                field += char;
            else if (next === '"') {
                field += '"';
                at++;
            }
            else if (next === undefined || next === ',' || next === '\n' || next === '\r')
                quotedSince = undefined;
            else
                field += '"';
        }
        else if (char === '"' && field === '') {
            quotedSince = at;
        }
        else if (char === ',') {
            record.push(field);
            field = '';
        }
        else if (char === '\n') {
            records.push([...record, field.replace(/\r$/, '')]);
            record = [];
            field = '';
        }
        else {
            field += char;
        }
    }
    if (quotedSince !== undefined)
        throw new value_error/* ValueError */.Q('a quotation mark is never closed');
    records.push([...record, field.replace(/\r$/, '')]);
    return records;
}

;// CONCATENATED MODULE: ./.build/js/src/entries/inputs/build-metadata.js


/** More targets than any bake file has; a bound on hostile files. */
const ENTRIES_MAX = 1_000;
/**
 * Parses what docker/build-push-action and docker/bake-action put out as `metadata`, or what `buildx build`,
 * `bake` and `imagetools create` write with `--metadata-file`. Values that describe no image (bake's
 * `buildx.build.warnings`) are left out. Throws ValueError for anything but such a JSON object.
 */
function parseBuildMetadata(text) {
    let document;
    try {
        document = JSON.parse(text);
    }
    catch {
        throw new value_error/* ValueError */.Q('it is no JSON');
    }
    if (!build_metadata_isObject(document))
        throw new value_error/* ValueError */.Q('it is no JSON object');
    if (describesImage(document))
        return [parseEntry(document, undefined)];
    const targets = Object.entries(document).filter(([name, value]) => build_metadata_isObject(value) && !name.includes('buildx.build.'));
    if (targets.length > ENTRIES_MAX)
        throw new value_error/* ValueError */.Q(`it has more than ${ENTRIES_MAX} targets`);
    return targets.map(([target, value]) => parseEntry(build_metadata_isObject(value) ? value : {}, target));
}
function describesImage(value) {
    return Object.keys(value).some((key) => key === 'image.name' || key.startsWith('containerimage.'));
}
function parseEntry(value, target) {
    const where = target === undefined ? '' : `target ${JSON.stringify(target)}: `;
    const name = value['image.name'];
    if (name !== undefined && typeof name !== 'string')
        throw new value_error/* ValueError */.Q(`${where}image.name is no text`);
    const direct = readDigest(value['containerimage.digest'], `${where}containerimage.digest`);
    const descriptor = value['containerimage.descriptor'];
    const described = build_metadata_isObject(descriptor)
        ? readDigest(descriptor['digest'], `${where}containerimage.descriptor.digest`)
        : undefined;
    if (direct !== undefined && described !== undefined && direct !== described) {
        throw new value_error/* ValueError */.Q(`${where}containerimage.digest and containerimage.descriptor name different digests`);
    }
    const names = (name ?? '').split(',').map((one) => one.trim());
    return { target, names: names.filter((one) => one !== ''), digest: direct ?? described };
}
function readDigest(value, where) {
    if (value === undefined || value === '')
        return undefined;
    const digest = typeof value === 'string' ? (0,domain_digest/* parseDigest */.m)(value) : undefined;
    if (digest === undefined)
        throw new value_error/* ValueError */.Q(`${where} is no sha256 digest`);
    return digest;
}
function build_metadata_isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

;// CONCATENATED MODULE: ./.build/js/src/entries/inputs/read-file.js


/**
 * Reads a file that an input names. Undefined with a problem if it is not there, is a directory, or may not
 * be read; `cure` is for the first.
 */
async function readNamedFile({ source, problems }, name, path, cure) {
    let bytes;
    try {
        bytes = await source.files.read(path);
    }
    catch (error) {
        if (error instanceof coded_error/* CodedError */.AK)
            throw error;
        const code = error instanceof Error ? Reflect.get(error, 'code') : undefined;
        const why = code === 'EISDIR' ? 'is a directory' : `cannot be read (${String(code ?? error)})`;
        problems.add(name, `${(0,input_problems/* quoted */.k)(path)} ${why}.`, 'Name a file that this step may read.');
        return undefined;
    }
    if (bytes === undefined)
        problems.add(name, `there is no file ${(0,input_problems/* quoted */.k)(path)}.`, cure);
    return bytes;
}

;// CONCATENATED MODULE: ./.build/js/src/entries/inputs/requested-image.js

/** Why a value that is written in the workflow can arrive empty (contract §2.1). */
const LIKELY_CAUSES = 'If it is written in the workflow, it arrived empty; likely causes: a wrong step id; the build did not push ' +
    '(`push: true`); a job output that is not declared under `outputs:` of its job; or a job output that GitHub dropped ' +
    'because it held a masked value (pass the digest alone, or use the `digests` output).';
/** The line that binds an image to what the build step pushed. */
const DIGEST_LINE = `digest: \${{ steps.build.outputs.digest }}`;
/** An image reference as the use-cases take it; a lower-cased name and a tag that is only a label become notices. */
function toRequested(reading, reference, digest, source) {
    if (reference.lowercased) {
        reading.notices.add(`${reference.original} is used in lower case: ${(0,domain_reference/* formatRepository */.Sh)(reference.repository)}`);
    }
    const { original, repository, tag } = reference;
    if (tag !== undefined && digest !== undefined) {
        reading.notices.add(`${original}: tag not checked, the digest beside it decides`);
    }
    return { original, repository, tag, digest, sources: [source] };
}

;// CONCATENATED MODULE: ./.build/js/src/entries/inputs/metadata-images.js







const metadata_images_FILE_MAX_BYTES = 4 * 1024 * 1024;
const FILES_MAX = 1_000;
const PUSH_CURE = 'Metadata names an image only if the build pushed it: set `push: true`, or give its repository in `images`.';
/**
 * Reads the images of `metadata`: literal JSON, or files (paths and globs, one a line) with such JSON or
 * with pinned references. `names` are the references of `images`, which name what has no `image.name`.
 */
async function readMetadata(reading, value, names) {
    const { problems } = reading;
    const before = problems.list.length;
    for (const name of names) {
        if (name.digest === undefined)
            continue;
        const what = `${(0,input_problems/* quoted */.k)(name.original)} has a digest although metadata is given.`;
        problems.add('images', what, 'Give either metadata or pinned images.');
    }
    const found = /^[[{]/.test(value) ? readDocument(reading, value, 'metadata') : await readFiles(reading, value);
    const skipped = [];
    const images = [];
    const nameless = [];
    for (const one of found) {
        if ('pinned' in one) {
            images.push(one.pinned);
            continue;
        }
        const { build } = one;
        if (build.digest !== undefined && build.names.length > 0) {
            images.push(...namedImages(reading, build));
        }
        else if (build.digest !== undefined && names.length > 0) {
            nameless.push(build);
            images.push(...names.map((name) => toRequested(reading, name, build.digest, build.source)));
        }
        else {
            const missing = build.digest === undefined ? 'digest' : 'image.name';
            skipped.push(`${build.source}: not pushed, skipped (no ${missing})`);
        }
    }
    refuseAmbiguousNames(reading, nameless, names);
    if (images.length === 0 && problems.list.length === before) {
        const seen = skipped.length === 0 ? '' : ` (${skipped.join('; ')})`;
        problems.add('metadata', `it names no pushed image${seen}.`, `${PUSH_CURE} ${LIKELY_CAUSES}`);
    }
    return { images, skipped };
}
function namedImages(reading, entry) {
    return entry.names.flatMap((name) => {
        try {
            const reference = (0,domain_reference/* parseReference */.F2)(name);
            if (reference.digest !== undefined && reference.digest !== entry.digest) {
                throw new value_error/* ValueError */.Q(`${(0,input_problems/* quoted */.k)(name)} has another digest than its metadata`);
            }
            return [toRequested(reading, reference, entry.digest, entry.source)];
        }
        catch (error) {
            if (!(error instanceof value_error/* ValueError */.Q))
                throw error;
            reading.problems.add('metadata', `${entry.source}: image.name: ${error.message}.`, PUSH_CURE);
            return [];
        }
    });
}
/** `images` beside metadata must be needed, and must say clearly which name belongs to which digest. */
function refuseAmbiguousNames(reading, nameless, names) {
    if (names.length === 0)
        return;
    if (nameless.length === 0) {
        const what = 'they stand beside metadata that names its images itself.';
        reading.problems.add('images', what, 'Give either images or metadata.');
        return;
    }
    const digests = new Set(nameless.map((entry) => entry.digest));
    if (digests.size > 1 && (names.length > 1 || names.some((name) => name.tag !== undefined))) {
        const what = `metadata holds ${digests.size} digests without image.name, so a tag or a second name fits none of them.`;
        reading.problems.add('images', what, 'Give exactly one repository without a tag.');
    }
}
async function readFiles(reading, value) {
    const { source, problems } = reading;
    const paths = new Set();
    for (const line of splitLines(value)) {
        if (line === '')
            continue;
        const found = /[*?[{]/.test(line) ? [...(await source.files.glob(line))].sort() : [line];
        if (found.length === 0) {
            const cure = 'Check the pattern, and that the artifacts were downloaded before this step.';
            problems.add('metadata', `the pattern ${(0,input_problems/* quoted */.k)(line)} matches no file.`, cure);
        }
        for (const path of found)
            paths.add(path);
    }
    if (paths.size > FILES_MAX) {
        problems.add('metadata', `${paths.size} files are more than ${FILES_MAX}.`, 'Narrow the patterns.');
        return [];
    }
    const found = [];
    for (const path of paths) {
        const bytes = await readNamedFile(reading, 'metadata', path, `Check the path. ${LIKELY_CAUSES}`);
        if (bytes === undefined)
            continue;
        if (bytes.length > metadata_images_FILE_MAX_BYTES) {
            problems.add('metadata', `${(0,input_problems/* quoted */.k)(path)} has ${bytes.length} bytes.`, 'Name metadata files only.');
        }
        else {
            found.push(...readDocument(reading, new TextDecoder().decode(bytes).trim(), path));
        }
    }
    return found;
}
/** JSON of a build, or pinned references one a line. */
function readDocument(reading, text, source) {
    try {
        if (/^[[{]/.test(text)) {
            return parseBuildMetadata(text).map((entry) => {
                const where = entry.target === undefined ? source : `${source} target ${entry.target}`;
                return { build: { ...entry, source: where } };
            });
        }
        const lines = splitLines(text).filter((line) => line !== '');
        if (lines.length === 0)
            throw new value_error/* ValueError */.Q('it is empty');
        return lines.map((line) => {
            const reference = (0,domain_reference/* parseReference */.F2)(line);
            if (reference.digest === undefined)
                throw new value_error/* ValueError */.Q(`it holds ${(0,input_problems/* quoted */.k)(line)}, which has no digest`);
            return { pinned: toRequested(reading, reference, reference.digest, source) };
        });
    }
    catch (error) {
        if (!(error instanceof value_error/* ValueError */.Q))
            throw error;
        reading.problems.add('metadata', `${source === 'metadata' ? 'the text' : (0,input_problems/* quoted */.k)(source)}: ${error.message}.`, 'Give the `metadata` output of docker/build-push-action or docker/bake-action, or files with it or with pinned references.');
        return [];
    }
}

// EXTERNAL MODULE: ./.build/js/src/entries/inputs/read-value.js + 1 modules
var read_value = __nccwpck_require__(4876);
;// CONCATENATED MODULE: ./.build/js/src/entries/inputs/images.js









/** The word in `images` that stands for $GITHUB_ARTIFACTS_LIST. */
const FROM_RUNNER = 'from-runner';
const IMAGES_MAX = 10_000;
const LIST_MAX_BYTES = 4 * 1024 * 1024;
/** Reads `images`, `digest` and `metadata` (contract §2.1); every problem is collected, none is thrown. */
async function readImages(common, rules) {
    const { problems } = common;
    const reading = { ...common, notices: new Set() };
    const items = readItems(reading, rules);
    const metadata = (0,read_value/* readText */.yR)(reading, 'metadata');
    const digest = images_readDigest(reading);
    const nothing = { images: [], skipped: [], notices: [], writtenAsReferences: false };
    let found;
    if (items.includes(FROM_RUNNER)) {
        if (items.length > 1 || metadata !== undefined || (0,read_value/* readText */.yR)(reading, 'digest') !== undefined) {
            problems.add('images', `${FROM_RUNNER} stands beside other images.`, `Give either ${FROM_RUNNER} or the images.`);
            return nothing;
        }
        found = { ...nothing, images: await readRunnerList(reading) };
    }
    else if (metadata !== undefined) {
        if ((0,read_value/* readText */.yR)(reading, 'digest') !== undefined) {
            problems.add('digest', 'it stands beside metadata, which has digests of its own.', 'Give one of the two.');
        }
        const names = parseItems(reading, items);
        found = { ...nothing, ...(await readMetadata(reading, metadata, names)) };
    }
    else if (items.length === 0) {
        if (problems.list.some((problem) => problem.input === 'images'))
            return nothing;
        problems.add('images', 'no image is given, neither in `images` nor in `metadata`.', LIKELY_CAUSES);
        return nothing;
    }
    else {
        const references = parseItems(reading, items);
        found = {
            ...nothing,
            images: references.map((one) => toRequested(reading, one, one.digest ?? digest, 'images')),
            writtenAsReferences: true,
        };
        refuseUnusedDigest(reading, references, digest);
    }
    if (found.images.length > IMAGES_MAX) {
        problems.add('images', `${found.images.length} images are more than ${IMAGES_MAX}.`, 'Split them over several steps.');
    }
    refuseBareNames(reading, found.images);
    return { ...found, notices: [...reading.notices] };
}
function readItems(reading, rules) {
    let items;
    try {
        items = splitList(reading.source.input('images') ?? '');
    }
    catch (error) {
        if (!(error instanceof value_error/* ValueError */.Q))
            throw error;
        reading.problems.add('images', `${error.message}.`, 'Write one image a line, without quotation marks.');
        return [];
    }
    const present = items.filter((item) => item !== '');
    if (rules.refuseEmptyItems && present.length < items.length && items.length > 0) {
        const where = items.indexOf('') + 1;
        reading.problems.add('images', `item ${where} of ${items.length} is empty.`, LIKELY_CAUSES);
    }
    return present;
}
function images_readDigest(reading) {
    const text = (0,read_value/* readText */.yR)(reading, 'digest');
    if (text === undefined)
        return undefined;
    const digest = (0,domain_digest/* parseDigest */.m)(text);
    if (digest === undefined) {
        reading.problems.add('digest', `${(0,input_problems/* quoted */.k)(text)} is no digest of the form sha256: and 64 lower-case hex digits.`, `Write \`${DIGEST_LINE}\`; the \`imageid\` output is not a digest of the registry.`);
    }
    return digest;
}
/** Parses references; each bad one is a problem and left out. */
function parseItems(reading, items) {
    return items.flatMap((item) => {
        try {
            return [(0,domain_reference/* parseReference */.F2)(item)];
        }
        catch (error) {
            if (!(error instanceof value_error/* ValueError */.Q))
                throw error;
            const cure = /[@:]$/.test(item)
                ? LIKELY_CAUSES
                : 'Write registry/repository:tag or registry/repository@sha256:….';
            reading.problems.add('images', `${error.message}.`, cure);
            return [];
        }
    });
}
/** A digest that no reference takes is a mistake, unless it only repeats what they say. */
function refuseUnusedDigest(reading, references, digest) {
    if (digest === undefined || references.length === 0)
        return;
    if (references.some((reference) => reference.digest === undefined || reference.digest === digest))
        return;
    reading.problems.add('digest', 'every image in `images` has another digest of its own.', 'Remove `digest`, or the digests in `images`.');
}
function refuseBareNames(reading, images) {
    for (const image of images) {
        if (image.tag !== undefined || image.digest !== undefined)
            continue;
        reading.problems.add('images', `${(0,input_problems/* quoted */.k)(image.original)} names neither a tag nor a digest, and \`latest\` is not assumed.`, `Add \`${DIGEST_LINE}\`. ${LIKELY_CAUSES}`);
    }
}
async function readRunnerList(reading) {
    const { source, problems } = reading;
    const path = source.env['GITHUB_ARTIFACTS_LIST'];
    const none = 'An earlier step of this job must append `name@sha256:…` to the file in $GITHUB_ARTIFACTS.';
    const bytes = path ? await source.files.read(path) : undefined;
    try {
        if (bytes !== undefined && bytes.length > LIST_MAX_BYTES)
            throw new value_error/* ValueError */.Q('is too large');
        const declared = parseArtifactsList(bytes === undefined ? '' : new TextDecoder().decode(bytes));
        if (declared.length === 0)
            problems.add('images', 'the runner lists no image for from-runner.', none);
        return declared.map(({ name, digest }) => {
            const reference = (0,domain_reference/* parseReference */.F2)(name);
            if (reference.digest !== undefined && reference.digest !== digest) {
                throw new value_error/* ValueError */.Q(`names ${(0,input_problems/* quoted */.k)(name)} with two different digests`);
            }
            return toRequested(reading, { ...reference, original: `${name}@${digest}` }, digest, '$GITHUB_ARTIFACTS_LIST');
        });
    }
    catch (error) {
        if (!(error instanceof value_error/* ValueError */.Q))
            throw error;
        problems.add('images', `the runner's list behind $GITHUB_ARTIFACTS_LIST ${error.message}.`, none);
        return [];
    }
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
;// CONCATENATED MODULE: ./.build/js/src/entries/inputs/judged-file.js





const judged_file_FILE_MAX_BYTES = 4 * 1024 * 1024;
/**
 * Reads an input that is a path or the content itself. On a pull request a file of the workspace is read
 * as the base commit has it, whatever is checked out: a pull request does not choose its judge (contract
 * §2.2). Undefined if not given or if there is a problem, which is then collected.
 */
async function readJudgedFile(reading, name, rules) {
    const { source, problems } = reading;
    const value = (0,read_value/* readText */.yR)(reading, name);
    if (value === undefined || rules.isLiteral(value))
        return value;
    const path = source.context.isPullRequest ? await pathInWorkspace(source, value) : undefined;
    if (path === undefined) {
        const cure = 'Write a path relative to the workspace (has the repository been checked out?) or the content itself.';
        const found = await readNamedFile(reading, name, (0,external_node_path_.resolve)(workspaceOf(source), value), cure);
        return found === undefined ? undefined : decode(reading, name, found);
    }
    const literalCure = 'Give the content itself instead of a path, or put the file outside the workspace in an earlier step.';
    if (rules.offline) {
        const what = `on a pull request ${(0,input_problems/* quoted */.k)(value)} would have to be read from the base commit, which \`offline\` forbids.`;
        problems.add(name, what, literalCure);
        return undefined;
    }
    let bytes;
    try {
        bytes = await source.readBaseFile(path);
    }
    catch (error) {
        if (!(error instanceof coded_error/* CodedError */.AK))
            throw error;
        const what = `on a pull request ${(0,input_problems/* quoted */.k)(value)} is read from the base commit, and that failed: ${error.message}.`;
        problems.add(name, what, `Grant \`contents: read\` to the job. ${literalCure}`);
        return undefined;
    }
    if (bytes === undefined) {
        const what = `the base commit of this pull request has no file ${(0,input_problems/* quoted */.k)(path)}; the checked-out one is not used, since a pull request must not choose its judge.`;
        const cure = `Commit the file to the base branch first; if it is there, grant \`contents: read\` to the job. ${literalCure}`;
        problems.add(name, what, cure);
        return undefined;
    }
    return decode(reading, name, bytes);
}
function decode({ problems }, name, bytes) {
    if (bytes.length > judged_file_FILE_MAX_BYTES) {
        problems.add(name, `the file has ${bytes.length} bytes, more than ${judged_file_FILE_MAX_BYTES}.`, 'Name the right file.');
        return undefined;
    }
    try {
        return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    }
    catch {
        problems.add(name, 'the file is not UTF-8 text.', 'Name the right file.');
        return undefined;
    }
}
function workspaceOf(source) {
    return source.env['GITHUB_WORKSPACE'] || '.';
}
/**
 * The path within the workspace, with `/`; undefined for a file elsewhere. A file counts as one of the
 * workspace if it lies there by its name or after symbolic links; without GITHUB_WORKSPACE every relative
 * path does.
 */
async function pathInWorkspace(source, value) {
    const workspace = (0,external_node_path_.resolve)(workspaceOf(source));
    const byName = within(workspace, (0,external_node_path_.resolve)(workspace, value));
    if (byName !== undefined)
        return byName;
    const realWorkspace = (await source.files.realPath(workspace)) ?? workspace;
    const real = await source.files.realPath((0,external_node_path_.resolve)(workspace, value));
    return real === undefined ? within(realWorkspace, (0,external_node_path_.resolve)(workspace, value)) : within(realWorkspace, real);
}
function within(directory, path) {
    const rest = (0,external_node_path_.relative)(directory, path);
    if (rest === '' || rest === '..' || rest.startsWith(`..${external_node_path_.sep}`) || (0,external_node_path_.isAbsolute)(rest))
        return undefined;
    return rest.split(external_node_path_.sep).join('/');
}

;// CONCATENATED MODULE: ./.build/js/src/entries/inputs/network.js







const HOST = /^(?:\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::[0-9]{1,5})?$/;
const RETRY_MAX_MS = 3_600_000;
/** Reads the inputs of contract §2.3; problems are collected. */
async function readNetwork(reading, images, rules) {
    const caCertificates = await readCertificates(reading, rules);
    const retryForMs = (0,read_value/* readDuration */.$7)(reading, 'retry-for', rules.retryForMs);
    if (retryForMs > RETRY_MAX_MS) {
        reading.problems.add('retry-for', 'it is longer than 1h.', 'Write at most `1h`.');
    }
    return {
        registryLogin: readRegistryLogin(reading, images),
        githubLogin: readGithubLogin(reading),
        tokenHosts: readHosts(reading, 'token-hosts'),
        insecureRegistries: readHosts(reading, 'insecure-registries'),
        caCertificates,
        retryForMs,
        concurrency: (0,read_value/* readInteger */.JI)(reading, 'concurrency', { min: 1, max: 100, absent: 16 }),
        signatureRepository: readRepository(reading, 'signature-repository'),
    };
}
function readRegistryLogin(reading, images) {
    const { source, problems } = reading;
    const username = (0,read_value/* readText */.yR)(reading, 'registry-username');
    // A password is taken as it is, spaces included; only a final line break cannot belong to it.
    const password = source.input('registry-password')?.replace(/\r?\n$/, '') || undefined;
    if (password !== undefined)
        source.mask(password);
    const named = (0,read_value/* readText */.yR)(reading, 'registry');
    if (username === undefined && password === undefined) {
        if (named !== undefined) {
            const cure = 'Give `registry-username` and `registry-password` too, or remove `registry`.';
            problems.add('registry', 'it is given without a login.', cure);
        }
        return undefined;
    }
    if (username === undefined || password === undefined) {
        const [missing, given] = username === undefined ? ['registry-username', 'registry-password'] : ['registry-password', 'registry-username'];
        const cure = 'Give both. If it comes from a secret: forks and Dependabot runs get no secrets.';
        problems.add(missing, `it is missing although ${given} is given.`, cure);
        return undefined;
    }
    const registry = named === undefined ? registryOfImages(reading, images) : parseRegistry(reading, named);
    return registry === undefined ? undefined : { registry, username, password };
}
/** The one registry that all images name, if they were written as references. */
function registryOfImages(reading, images) {
    const registries = [...new Set(images.images.map((image) => image.repository.registry))];
    const [only] = registries;
    if (images.writtenAsReferences && registries.length === 1 && only !== undefined)
        return only;
    // No images at all is a problem of its own.
    if (images.images.length === 0)
        return undefined;
    const why = images.writtenAsReferences
        ? `the images name ${registries.length} registries (${registries.map(input_problems/* quoted */.k).join(', ')})`
        : 'the images are not written as references in `images`';
    const cure = 'Write the host that the login belongs to, such as `registry: ghcr.io`.';
    reading.problems.add('registry', `it is needed beside registry-username: ${why}.`, cure);
    return undefined;
}
function parseRegistry(reading, value) {
    try {
        if (!/[.:]/.test(value) && value.toLowerCase() !== 'localhost') {
            throw new value_error/* ValueError */.Q(`${(0,input_problems/* quoted */.k)(value)} is no registry: it has neither a dot nor a port`);
        }
        return (0,domain_reference/* parseRegistryHost */.TZ)(value);
    }
    catch (error) {
        if (!(error instanceof value_error/* ValueError */.Q))
            throw error;
        const cure = 'Write a host with an optional port, such as `ghcr.io` or `registry.example:5000`.';
        reading.problems.add('registry', `${error.message}.`, cure);
        return undefined;
    }
}
/** Only github.com's token says anything to ghcr.io (contract §2.3). */
function readGithubLogin(reading) {
    const token = (0,read_value/* readText */.yR)(reading, 'github-token');
    if (token === undefined)
        return undefined;
    reading.source.mask(token);
    const { serverUrl, actor } = reading.source.context;
    return serverUrl === 'https://github.com' && actor !== '' ? { token, actor } : undefined;
}
function readHosts(reading, name) {
    let items;
    try {
        items = splitList(reading.source.input(name) ?? '').filter((item) => item !== '');
    }
    catch (error) {
        if (!(error instanceof value_error/* ValueError */.Q))
            throw error;
        reading.problems.add(name, `${error.message}.`, 'Write one host a line.');
        return [];
    }
    const hosts = items.map((item) => item.toLowerCase());
    for (const host of hosts.filter((one) => !HOST.test(one))) {
        const cure = 'Write hosts with an optional port, without scheme or path, such as `registry.example:5000`.';
        reading.problems.add(name, `${(0,input_problems/* quoted */.k)(host)} is no host name.`, cure);
    }
    return [...new Set(hosts)];
}
async function readCertificates(reading, rules) {
    const isLiteral = (value) => value.includes('-----BEGIN CERTIFICATE-----');
    const text = await readJudgedFile(reading, 'ca-certificates', { isLiteral, offline: rules.offline });
    if (text === undefined)
        return [];
    const blocks = text.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
    try {
        if (blocks.length === 0)
            throw new value_error/* ValueError */.Q('it holds no PEM certificate.');
        for (const block of blocks)
            new external_node_crypto_.X509Certificate(block);
        return blocks;
    }
    catch (error) {
        const what = error instanceof value_error/* ValueError */.Q ? error.message : 'it holds a certificate that cannot be read.';
        reading.problems.add('ca-certificates', what, 'Give PEM text (`-----BEGIN CERTIFICATE-----`) or a path to such a file.');
        return [];
    }
}
function readRepository(reading, name) {
    const value = (0,read_value/* readText */.yR)(reading, name);
    if (value === undefined)
        return undefined;
    try {
        return (0,domain_reference/* parseRepository */.SU)(value);
    }
    catch (error) {
        if (!(error instanceof value_error/* ValueError */.Q))
            throw error;
        reading.problems.add(name, `${error.message}.`, 'Write registry/repository without tag and digest.');
        return undefined;
    }
}

// EXTERNAL MODULE: ./.build/js/src/entries/inputs/run-files.js
var run_files = __nccwpck_require__(2757);
// EXTERNAL MODULE: ./.build/js/src/domain/network-host.js
var network_host = __nccwpck_require__(8159);
;// CONCATENATED MODULE: ./.build/js/src/entries/inputs/trust.js




/** Reads the inputs of contract §2.2, which exclude each other; problems are collected. */
async function readTrust(reading, rules) {
    const instance = (0,read_value/* readChoice */.Kf)(reading, 'instance', ['auto', 'public-good', 'github'], 'auto');
    const names = rules.withSigningConfig ? ['trusted-root', 'signing-config'] : ['trusted-root'];
    const files = names.filter((name) => (0,read_value/* readText */.yR)(reading, name) !== undefined);
    const tuf = ['tuf-mirror', 'tuf-root'].filter((name) => (0,read_value/* readText */.yR)(reading, name) !== undefined);
    refuseConflicts(reading, instance, files, tuf);
    const [trustedRoot, signingConfig, root] = await Promise.all([
        readJson(reading, 'trusted-root', 'application/vnd.dev.sigstore.trustedroot', rules),
        rules.withSigningConfig
            ? readJson(reading, 'signing-config', 'application/vnd.dev.sigstore.signingconfig.v0.2+json', rules)
            : undefined,
        readJson(reading, 'tuf-root', undefined, rules),
    ]);
    refuseHalves(reading, rules, files, tuf);
    const mirror = readMirror(reading);
    if (trustedRoot !== undefined)
        return { kind: 'files', trustedRoot, signingConfig };
    if (mirror !== undefined)
        return { kind: 'tuf', mirror, root };
    return { kind: 'instance', instance };
}
function refuseConflicts(reading, instance, files, tuf) {
    const groups = [instance === 'auto' ? [] : ['instance'], files, tuf].filter((group) => group.length > 0);
    if (groups.length < 2)
        return;
    const [first, ...others] = groups.flat();
    const what = `it excludes ${others.join(' and ')}: each of them says alone where trust comes from.`;
    reading.problems.add(first ?? 'instance', what, 'Keep one of them.');
}
function refuseHalves(reading, rules, files, tuf) {
    const { problems } = reading;
    if (rules.withSigningConfig && files.length === 1) {
        const [given = ''] = files;
        const other = given === 'trusted-root' ? 'signing-config' : 'trusted-root';
        problems.add(given, `it is given without ${other}.`, `Give \`${other}\` too: one says where to sign, the other what to trust.`);
    }
    if (tuf.length === 1 && tuf[0] === 'tuf-root') {
        problems.add('tuf-root', 'it is given without tuf-mirror.', 'Give the URL of its repository in `tuf-mirror`.');
    }
    if (rules.offline && files.length === 0) {
        problems.add('offline', 'it needs trusted-root: nothing may be fetched.', 'Give the trusted root as a path or as JSON.');
    }
}
/** JSON of an object, with the media type (or its prefix) if one is asked for; deeper checks follow where it is used. */
async function readJson(reading, name, mediaType, rules) {
    const isLiteral = (value) => value.startsWith('{');
    const text = await readJudgedFile(reading, name, { isLiteral, offline: rules.offline });
    if (text === undefined)
        return undefined;
    const problem = describeJsonProblem(text, mediaType);
    if (problem === undefined)
        return text;
    reading.problems.add(name, problem, 'Give a path to the file, or its JSON.');
    return undefined;
}
function describeJsonProblem(text, mediaType) {
    let document;
    try {
        document = JSON.parse(text);
    }
    catch {
        return 'it is no JSON.';
    }
    if (typeof document !== 'object' || document === null || Array.isArray(document))
        return 'it is no JSON object.';
    if (mediaType === undefined)
        return undefined;
    const found = Reflect.get(document, 'mediaType');
    if (typeof found === 'string' && found.startsWith(mediaType))
        return undefined;
    const shown = typeof found === 'string' ? `mediaType ${(0,input_problems/* quoted */.k)(found)}` : 'no mediaType';
    return `it has ${shown}, but should have ${mediaType}.`;
}
function readMirror(reading) {
    const value = (0,read_value/* readText */.yR)(reading, 'tuf-mirror');
    if (value === undefined)
        return undefined;
    const url = URL.canParse(value) ? new URL(value) : undefined;
    if (url === undefined || !(url.protocol === 'https:' || (url.protocol === 'http:' && (0,network_host/* isLoopbackHost */.cW)(url.hostname)))) {
        reading.problems.add('tuf-mirror', `${(0,input_problems/* quoted */.k)(value)} is no https URL.`, 'Write a URL such as https://tuf.example.com.');
        return undefined;
    }
    if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
        const what = 'it holds credentials, a query or a fragment; no credential is sent to a TUF host.';
        reading.problems.add('tuf-mirror', what, 'Write only scheme, host and path.');
        return undefined;
    }
    return url;
}

// EXTERNAL MODULE: ./.build/js/src/domain/github-issuer.js
var github_issuer = __nccwpck_require__(8103);
;// CONCATENATED MODULE: ./.build/js/src/domain/annotation-rules.js

/** Reads one `key=value` line of annotations that must have been signed; throws ValueError. */
function parseAnnotationLine(line) {
    const at = line.indexOf('=');
    const key = line.slice(0, Math.max(at, 0)).trim();
    const value = line.slice(at + 1).trim();
    if (at < 0 || key === '')
        throw new value_error/* ValueError */.Q(`${JSON.stringify(line)} is not key=value`);
    // An expression that yielded nothing would otherwise ask for an empty annotation.
    if (value === '')
        throw new value_error/* ValueError */.Q(`the value of ${JSON.stringify(key)} is empty`);
    return { key, value };
}

;// CONCATENATED MODULE: ./.build/js/src/domain/source-repository.js

const OWNER_AND_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]*\/[A-Za-z0-9._-]+$/;
const REPOSITORY_URL = /^https?:\/\/[A-Za-z0-9.:[\]-]+(?:\/[A-Za-z0-9._-]+){2,}$/;
/**
 * The URI of a source repository given as `owner/name` (on this server) or URL, as the claim
 * `source-repository-uri` spells it. Throws ValueError; a registry reference is named as one.
 */
function parseSourceRepository(text, serverUrl) {
    const name = text.replace(/\/$/, '').replace(/\.git$/, '');
    if (OWNER_AND_NAME.test(name))
        return `${serverUrl}/${name}`;
    if (REPOSITORY_URL.test(name))
        return name;
    const shown = JSON.stringify(text);
    if (!/^https?:/.test(text) && (/[:@]/.test(text) || /^[^/]*\.[^/]*\//.test(text) || text.split('/').length > 2)) {
        throw new value_error/* ValueError */.Q(`${shown} is a registry reference; this input takes the repository with the source code and workflow: owner/name`);
    }
    throw new value_error/* ValueError */.Q(`${shown} is not owner/name or the URL of a repository`);
}

;// CONCATENATED MODULE: ./.build/js/src/domain/identity.js








const SOURCE_CLAIMS = [
    'source-repository-uri',
    'source-repository-identifier',
    'source-repository-owner-uri',
    'source-repository-owner-identifier',
];
/** Parses the identity inputs by identity rules 1, 2, 5 and 7 (contract §2.5). Pure: reads no clock and no environment. */
function parseIdentityRequirement(inputs, context) {
    const problems = [];
    const { serverUrl } = context;
    const read = (name, values, parse) => values.flatMap((value) => attempt(name, value, parse, problems));
    const itself = (value) => value;
    const claims = readClaims(read('claims', inputs.claims, parseClaimLine));
    const oneIssuer = inputs.certificateOidcIssuerRegexp.length === 0 || inputs.certificateOidcIssuer.length > 0;
    const hasOneIssuer = oneIssuer && inputs.certificateOidcIssuer.length <= 1;
    const namesSource = inputs.sourceRepository.length > 0 || (hasOneIssuer && SOURCE_CLAIMS.some((name) => claims.has(name)));
    const subjectGiven = inputs.certificateIdentity.length + inputs.certificateIdentityRegexp.length > 0;
    const hasPolicy = context.hasPolicy === true;
    const requirement = {
        issuers: withDefaultIssuer(inputs, context, read('certificate-oidc-issuer', inputs.certificateOidcIssuer, itself)),
        issuerPatterns: read('certificate-oidc-issuer-regexp', inputs.certificateOidcIssuerRegexp, parseRegexp),
        subjects: read('certificate-identity', inputs.certificateIdentity, itself),
        subjectPatterns: read('certificate-identity-regexp', inputs.certificateIdentityRegexp, parseRegexp),
        signerWorkflows: read('signer-workflow', inputs.signerWorkflow, (value) => parseSignerWorkflow(value, serverUrl)),
        sourceRepositories: read('source-repository', inputs.sourceRepository, (value) => parseSourceRepository(value, serverUrl)),
        workflows: read('workflow', inputs.workflow, parseWorkflowPath),
        sourceRefs: read('source-ref', inputs.sourceRef, parseSourceRef),
        claims,
        annotations: readAnnotations(read('annotations', inputs.annotations, parseAnnotationLine), problems),
        maxAgeMs: inputs.maxAgeMs,
        allowAnyIdentity: inputs.allowAnyIdentity,
        namesSigner: inputs.signerWorkflow.length > 0 || subjectGiven || hasPolicy,
        namesSource,
        serverUrl,
        randomWord: context.randomWord,
    };
    if (!hasOneIssuer)
        problems.push(...rule2Problems(inputs));
    if (!inputs.allowAnyIdentity)
        problems.push(...matchAllProblems(requirement, context));
    const namesNobody = !subjectGiven && !namesSource && !hasPolicy;
    if (problems.length > 0)
        return { kind: 'invalid', problems: namesNobody ? [...problems, noIdentity(inputs)] : problems };
    return namesNobody ? { kind: 'no-identity', problem: noIdentity(inputs) } : { kind: 'requirement', requirement };
}
function attempt(name, value, parse, problems) {
    // A dropped job output arrives empty: it must not become "anything".
    if (value.trim() === '') {
        problems.push(`${name}: a value is empty`);
        return [];
    }
    try {
        return [parse(value)];
    }
    catch (error) {
        if (!(error instanceof value_error/* ValueError */.Q))
            throw error;
        problems.push(`${name}: ${error.message}`);
        return [];
    }
}
function readClaims(lines) {
    const rules = new Map();
    for (const { name, value } of lines)
        rules.set(name, [...(rules.get(name) ?? []), value]);
    return rules;
}
function readAnnotations(lines, problems) {
    const rules = new Map();
    for (const { key, value } of lines) {
        if (rules.has(key))
            problems.push(`annotations: ${JSON.stringify(key)} is given twice`);
        rules.set(key, value);
    }
    return rules;
}
/** Without an issuer of its own, a requirement means GitHub's; a policy brings its own. */
function withDefaultIssuer(inputs, context, given) {
    if (inputs.certificateOidcIssuer.length > 0 || inputs.certificateOidcIssuerRegexp.length > 0)
        return given;
    if (context.hasPolicy === true && inputsThatNeedOneIssuer(inputs).length === 0)
        return [];
    return [context.defaultIssuer];
}
function parseWorkflowPath(value) {
    if (value.includes('@')) {
        throw new value_error/* ValueError */.Q(`${JSON.stringify(value)} holds a ref; this input takes the path, source-ref the ref`);
    }
    if (value.startsWith('/') || value.startsWith('./') || value.startsWith('http')) {
        throw new value_error/* ValueError */.Q(`${JSON.stringify(value)} is not a path such as .github/workflows/release.yml`);
    }
    return parseGlob(value);
}
function parseSourceRef(value) {
    if (!(0,workflow_uri/* isFullRef */.xA)(value) && !value.startsWith('*')) {
        const shown = JSON.stringify(value);
        throw new value_error/* ValueError */.Q(`${shown} is not a full ref: write refs/heads/${value} for a branch, refs/tags/${value} for a tag`);
    }
    return parseGlob(value);
}
function inputsThatNeedOneIssuer(inputs) {
    const needing = {
        'source-repository': inputs.sourceRepository,
        workflow: inputs.workflow,
        'source-ref': inputs.sourceRef,
        'signer-workflow': inputs.signerWorkflow,
    };
    return Object.keys(needing).filter((name) => (needing[name] ?? []).length > 0);
}
/** Rule 2: another issuer may write anything into these claims. */
function rule2Problems(inputs) {
    return inputsThatNeedOneIssuer(inputs).map((name) => `${name}: needs exactly one issuer, compared exactly: leave certificate-oidc-issuer out for GitHub's, or give one ` +
        'value (certificate-oidc-issuer-regexp alone is not enough)');
}
/** Rule 7, before any call: a pattern that matches random words names nobody. */
function matchAllProblems(requirement, { serverUrl, randomWord }) {
    const problem = (name, { source }) => `${name}: ${JSON.stringify(source)} matches anybody; name an owner in it, or set allow-any-identity: true`;
    return [
        ...requirement.subjectPatterns
            .filter((pattern) => matchesAnySubject(pattern, serverUrl, randomWord))
            .map((pattern) => problem('certificate-identity-regexp', pattern)),
        ...requirement.issuerPatterns
            .filter((pattern) => matchesAnyIssuer(pattern, randomWord))
            .map((pattern) => problem('certificate-oidc-issuer-regexp', pattern)),
    ];
}
/** Rule 1. */
function noIdentity(inputs) {
    const narrowing = Object.entries({
        workflow: inputs.workflow,
        'source-ref': inputs.sourceRef,
        'signer-workflow': inputs.signerWorkflow,
        'certificate-oidc-issuer': inputs.certificateOidcIssuer,
        'certificate-oidc-issuer-regexp': inputs.certificateOidcIssuerRegexp,
        claims: inputs.claims,
        annotations: inputs.annotations,
    }).filter(([, values]) => values.length > 0);
    const only = narrowing.length === 0 ? '' : ` (${narrowing.map(([name]) => name).join(', ')} only narrow it)`;
    return (`nothing says who must have signed${only}: give source-repository, certificate-identity, ` +
        'certificate-identity-regexp, a claim source-repository-uri, -identifier, -owner-uri or -owner-identifier, or a policy');
}

;// CONCATENATED MODULE: ./.build/js/src/entries/verify/identity-inputs.js








/**
 * Reads the identity inputs, one value a line, and parses them by the identity rules (contract §2.5). An
 * empty value is a problem: a dropped job output must not make the gate ask for less.
 */
function readIdentity(reading) {
    const before = reading.problems.list.length;
    const { serverUrl } = reading.source.context;
    const parsed = parseIdentityRequirement({
        certificateIdentity: readValues(reading, 'certificate-identity'),
        certificateIdentityRegexp: readValues(reading, 'certificate-identity-regexp'),
        certificateOidcIssuer: readValues(reading, 'certificate-oidc-issuer'),
        certificateOidcIssuerRegexp: readValues(reading, 'certificate-oidc-issuer-regexp'),
        sourceRepository: readValues(reading, 'source-repository'),
        workflow: readValues(reading, 'workflow'),
        sourceRef: readValues(reading, 'source-ref'),
        signerWorkflow: readValues(reading, 'signer-workflow'),
        claims: readValues(reading, 'claims'),
        annotations: readValues(reading, 'annotations'),
        maxAgeMs: readMaxAge(reading),
        allowAnyIdentity: (0,read_value/* readBoolean */.Vf)(reading, 'allow-any-identity', false),
    }, { defaultIssuer: (0,github_issuer/* githubIssuerOf */.Y)(serverUrl), serverUrl, randomWord: randomWord() });
    if (parsed.kind !== 'invalid')
        return parsed;
    addProblems(reading, parsed, before);
    // Never used: the problems end the run.
    return { kind: 'no-identity', problem: 'the identity inputs cannot be used' };
}
/** The parser's problems read `input: what`; a problem of no single input belongs to the one that names a signer. */
function addProblems(reading, parsed, before) {
    for (const problem of parsed.problems) {
        const [, input = 'source-repository', what = problem] = /^([a-z-]+): (.*)$/s.exec(problem) ?? [];
        const cure = what.endsWith(' is empty') ? LIKELY_CAUSES : 'See the identity inputs in verify/README.md.';
        reading.problems.add(input, `${what}.`, cure);
    }
    if (reading.problems.list.length === before) {
        reading.problems.add('source-repository', 'the identity inputs cannot be used.', 'See verify/README.md.');
    }
}
/** One value a line: patterns, refs and subjects may hold commas. */
function readValues(reading, name) {
    const raw = reading.source.input(name) ?? '';
    if (raw === '')
        return [];
    const lines = splitLines(raw);
    const values = lines.filter((line) => line !== '');
    if (values.length < Math.max(lines.length, 1)) {
        const which = lines.length > 1 ? `line ${lines.indexOf('') + 1} of ${lines.length} is empty` : 'the value is empty';
        reading.problems.add(name, `${which}.`, LIKELY_CAUSES);
    }
    return values;
}
function readMaxAge(reading) {
    const value = (0,read_value/* readText */.yR)(reading, 'max-age');
    if (value === undefined)
        return undefined;
    try {
        return parseMaxAge(value);
    }
    catch (error) {
        if (!(error instanceof value_error/* ValueError */.Q))
            throw error;
        reading.problems.add('max-age', `${error.message}.`, 'Write a number and a unit, such as `12h` or `30d`.');
        return undefined;
    }
}
/** Sixteen letters nobody can foresee, against which patterns are tried (identity rule 7). */
function randomWord() {
    return Array.from({ length: 16 }, () => String.fromCharCode(97 + (0,external_node_crypto_.randomInt)(26))).join('');
}

// EXTERNAL MODULE: ./.build/js/src/entries/verify/report-name.js
var report_name = __nccwpck_require__(7288);
;// CONCATENATED MODULE: ./.build/js/src/entries/verify/inputs.js









/** Inputs of verify/action.yml that this folder reads; a test compares the two. */
const VERIFY_INPUTS = (/* unused pure expression or super */ null && ([
    'images',
    'digest',
    'metadata',
    'certificate-identity',
    'certificate-identity-regexp',
    'certificate-oidc-issuer',
    'certificate-oidc-issuer-regexp',
    'source-repository',
    'workflow',
    'source-ref',
    'signer-workflow',
    'claims',
    'annotations',
    'max-age',
    'allow-any-identity',
    'format',
    'mode',
    'recursive',
    'wait-for',
    'offline',
    'check-name',
    'status-name',
    'report',
    'summary',
    'instance',
    'trusted-root',
    'tuf-mirror',
    'tuf-root',
    'registry',
    'registry-username',
    'registry-password',
    'github-token',
    'token-hosts',
    'insecure-registries',
    'ca-certificates',
    'retry-for',
    'concurrency',
    'signature-repository',
]));
/**
 * Reads every input of the verify action once. Throws one CodedError INPUT_INVALID that names every bad
 * input with its cure.
 */
async function readVerifyInputs(source) {
    const problems = (0,input_problems/* createInputProblems */.T)();
    const reading = { source, problems };
    const images = await readImages(reading, { refuseEmptyItems: true });
    const offline = (0,read_value/* readBoolean */.Vf)(reading, 'offline', false);
    const report = (0,read_value/* readText */.yR)(reading, 'report');
    const request = {
        images: images.images,
        skipped: images.skipped,
        notices: images.notices,
        identity: readIdentity(reading),
        format: (0,read_value/* readChoice */.Kf)(reading, 'format', ['any', 'bundle', 'legacy'], 'any'),
        mode: (0,read_value/* readChoice */.Kf)(reading, 'mode', ['enforce', 'warn'], 'enforce'),
        recursive: (0,read_value/* readBoolean */.Vf)(reading, 'recursive', false),
        waitForMs: (0,read_value/* readDuration */.$7)(reading, 'wait-for', source.context.isPullRequest ? 0 : 30_000),
        offline,
        checkName: (0,report_name/* readReportName */.D)(reading, 'check-name'),
        statusName: (0,report_name/* readReportName */.D)(reading, 'status-name'),
        reportPath: report === undefined ? (0,external_node_path_.join)((0,run_files/* stepDirectory */.i)(source, 'verify'), 'results.json') : (0,run_files/* workspacePath */.X)(source, report),
        summary: (0,read_value/* readBoolean */.Vf)(reading, 'summary', true),
        trust: await readTrust(reading, { withSigningConfig: false, offline }),
        network: await readNetwork(reading, images, { retryForMs: 60_000, offline }),
    };
    problems.throwIfAny();
    return request;
}

// EXTERNAL MODULE: ./.build/js/src/entries/verify/publish.js + 15 modules
var publish = __nccwpck_require__(7843);
;// CONCATENATED MODULE: ./.build/js/src/entries/verify/run-verify.js






/** The verify action: inputs → adapters → use-case → what people and scripts see. */
async function runVerify(run) {
    const request = await readVerifyInputs(createInputSource(run));
    for (const notice of [...request.notices, ...request.skipped])
        run.log.info(notice);
    const http = (0,connect/* connectHttp */.RW)(run, request.network);
    try {
        const registry = (0,connect/* connectRegistry */.gm)(run, request.network, http, 'pull');
        const trust = (0,connect/* connectTrust */.x_)(run, request.trust, http, {
            offline: request.offline,
            signing: false,
            plainHttpHosts: request.network.insecureRegistries,
        });
        trust.source.prefetch();
        const { concurrency, signatureRepository } = request.network;
        // One clock reading for the run: every signature is as old as every other judge of this run says.
        const now = run.clock.now();
        const { identity } = request;
        const evaluate = identity.kind === 'requirement' ? (facts) => evaluateSigner(facts, identity.requirement, now) : undefined;
        const images = await verifyImages({
            images: request.images,
            evaluate,
            format: request.format,
            recursive: request.recursive,
            // Without an identity nothing can pass, so there is nothing to wait for.
            waitForMs: evaluate === undefined ? 0 : request.waitForMs,
            concurrency,
            signatureRepository,
            notFoundHint: 'Did the build push it, and to this registry? May this job read the package (`packages: read`)?',
        }, { registry, verifier: trust.verifier, clock: run.clock, log: run.log });
        await (0,publish/* publishVerify */.pG)(run, request, images, http);
    }
    finally {
        await http.close();
    }
}


/***/ }),

/***/ 2947:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ HttpError)
/* harmony export */ });
/** No answer, or none that may be used. Adapters turn it into their coded error and keep it as cause. */
class HttpError extends Error {
    name = 'HttpError';
    failure;
    constructor(failure, message, options = {}) {
        super(message, options);
        this.failure = failure;
    }
}


/***/ }),

/***/ 4620:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   K6: () => (/* binding */ errorSection),
/* harmony export */   NW: () => (/* binding */ reasonLink),
/* harmony export */   XV: () => (/* binding */ hintMarkdown),
/* harmony export */   kc: () => (/* binding */ errorText)
/* harmony export */ });
/* unused harmony export anchorOf */
/* harmony import */ var _escape_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4501);
/* harmony import */ var _next_steps_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8465);


/** Describes a problem: its own message and hint, else the general advice for its code. */
function errorText(problem, troubleshootingUrl) {
    const { code, message, hint } = problem;
    return {
        title: `${code}: ${_next_steps_js__WEBPACK_IMPORTED_MODULE_1__/* .NEXT_STEPS */ .G[code].meaning}`,
        lines: [
            // The log shows the message of an annotation only, not its title: the code belongs into both.
            ...`${code}: ${message}`.split('\n'),
            ...(hint ?? _next_steps_js__WEBPACK_IMPORTED_MODULE_1__/* .NEXT_STEPS */ .G[code].doThis).split('\n'),
            ...(troubleshootingUrl === undefined ? [] : [`See ${troubleshootingUrl}#${anchorOf(code)}`]),
        ],
    };
}
/** The error as a section of a summary. */
function errorSection(error, troubleshootingUrl) {
    const message = error.message.split('\n').map((line) => `> ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .markdownProse */ .h$)(line)}`);
    const advice = error.hint === undefined ? _next_steps_js__WEBPACK_IMPORTED_MODULE_1__/* .NEXT_STEPS */ .G[error.code].doThis : hintMarkdown(error.hint);
    return [
        `**${reasonLink(error.code, troubleshootingUrl)}** ${_next_steps_js__WEBPACK_IMPORTED_MODULE_1__/* .NEXT_STEPS */ .G[error.code].meaning}`,
        message.join('  \n'),
        `**What to do:** ${advice}`,
    ].join('\n\n');
}
/** A line of a workflow file, as our hints print them: `permissions:`, `  id-token: write`, `if: …`. */
const WORKFLOW_LINE = /^ *[a-z][a-z-]*:(?: .*)?$/;
/** A hint whose lines for a workflow file become a block that can be copied. Untrusted text. */
function hintMarkdown(hint) {
    const parts = [];
    let block = [];
    const endBlock = () => {
        if (block.length > 0)
            parts.push((0,_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .markdownBlock */ .dI)('yaml', block.join('\n')));
        block = [];
    };
    hint.split('\n').forEach((line, index) => {
        if (index > 0 && WORKFLOW_LINE.test(line)) {
            block.push(line);
            return;
        }
        endBlock();
        parts.push((0,_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .markdownProse */ .h$)(line));
    });
    endBlock();
    return parts.join('\n\n');
}
/** A reason code, linked to its heading in docs/troubleshooting.md where that is known. */
function reasonLink(reason, troubleshootingUrl) {
    // One of our own words: nothing to escape.
    const label = `\`${reason}\``;
    return troubleshootingUrl === undefined ? label : (0,_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .markdownLink */ .iQ)(label, `${troubleshootingUrl}#${anchorOf(reason)}`);
}
/** GitHub's anchor of the heading that is the code. */
function anchorOf(reason) {
    return reason.toLowerCase();
}


/***/ }),

/***/ 4501:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   D9: () => (/* binding */ markdownCode),
/* harmony export */   OH: () => (/* binding */ isPlainOutput),
/* harmony export */   W3: () => (/* binding */ jsonOutput),
/* harmony export */   dI: () => (/* binding */ markdownBlock),
/* harmony export */   h$: () => (/* binding */ markdownProse),
/* harmony export */   iQ: () => (/* binding */ markdownLink),
/* harmony export */   p7: () => (/* binding */ markdownText)
/* harmony export */ });
/* unused harmony exports SHOWN_MAX, shellWord, yamlScalar */
/* harmony import */ var _domain_visible_text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3578);

/**
 * Quoting for each language a report is written in (contract §3.7). Everything a registry, certificate,
 * manifest or branch name says goes through one of these.
 */
/** Longest untrusted value shown, in UTF-16 units. */
const SHOWN_MAX = 500;
/**
 * Untrusted text inside Markdown, anywhere inline, at the start of a line or in a table cell: it shows what
 * it says and does nothing. ASCII punctuation with a meaning becomes a character reference, which Markdown
 * never takes for structure; `<wbr>` splits what renderers would turn into a link, mention, issue or emoji
 * afterwards; everything outside ASCII but three signs of ours is written \uXXXX, since letters of other scripts
 * can pass for Latin ones or turn the text around.
 */
function markdownText(text) {
    return atLineStart(inert(cut(text, SHOWN_MAX)));
}
function inert(text) {
    return asciiOnly(text).replace(ACTIVE, (found) => SPLIT[found.toLowerCase()] ?? `&#${found.charCodeAt(0)};`);
}
/** Neither a list, a rule, an underline, an indented block nor, where it is printed, a command starts with it. */
function atLineStart(markdown) {
    return markdown.replace(/^[ :-]/, (start) => `&#${start.charCodeAt(0)};`).replace(/^([0-9]+)\./, '$1&#46;');
}
/** What means something to Markdown, HTML or GitHub's filters; an underscore only at the edge of a word. */
const ACTIVE = /\bgh-(?=\d)|:\/\/|:(?=[\w+-]{1,50}:)|www\.|[^A-Za-z0-9 /,.:_…→’-]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/gi;
const SPLIT = {
    '://': ':<wbr>//',
    ':': ':<wbr>',
    'www.': 'www<wbr>.',
    'gh-': 'GH<wbr>-',
    '@': '&#64;<wbr>',
    '#': '&#35;<wbr>',
};
/** The same in a fixed-width font, in which neither mentions nor issue numbers become links. */
function markdownCode(text) {
    return `<code>${markdownText(text)}</code>`;
}
/** Longest message shown, in UTF-16 units. */
const PROSE_MAX = 3_000;
/**
 * An untrusted message in which our own texts mark values with backticks: those become fixed-width, and
 * every part of it is as inert as with markdownText.
 */
function markdownProse(text) {
    const parts = cut(text, PROSE_MAX).split('`');
    // An even number of parts has an unpaired backtick: then none of them means anything.
    if (parts.length % 2 === 0)
        return atLineStart(inert(parts.join('`')));
    return atLineStart(parts.map((part, index) => (index % 2 === 1 ? markdownCode(part) : inert(part))).join(''));
}
function cut(text, max) {
    return text.length > max ? `${text.slice(0, max)}…` : text;
}
/** Outside ASCII only what our own messages use, and what passes for nothing else. */
function asciiOnly(text) {
    return text.replace(/[^\x20-\x7e…→’]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
/**
 * A link if the URL is https, without credentials and made of harmless characters; else only the text.
 * `label` is trusted Markdown.
 */
function markdownLink(label, url) {
    const harmless = /^https:\/\/[a-z0-9.-]+(?::[0-9]{1,5})?\/[A-Za-z0-9._~/%?=&#+-]*$/.test(url);
    return harmless ? `[${label}](${url})` : label;
}
/** A code block whose fence no line of the text can close; unseen characters shown. */
function markdownBlock(language, text) {
    const lines = text.split('\n').map(_domain_visible_text_js__WEBPACK_IMPORTED_MODULE_0__/* .visibleText */ .Q);
    const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
    const fence = '`'.repeat(longest + 1);
    return `${fence}${language}\n${lines.join('\n')}\n${fence}`;
}
/**
 * One word for a POSIX shell, always in single quotes unless harmless; undefined if it holds a character
 * that cannot be seen, which nobody should paste.
 */
function shellWord(text) {
    if (hasUnseen(text))
        return undefined;
    if (/^[A-Za-z0-9._:/@+=,-]+$/.test(text))
        return text;
    return `'${text.replaceAll("'", "'\\''")}'`;
}
/**
 * One scalar for a workflow file: plain if harmless, else double-quoted (YAML 1.2 §7.3.1), and without
 * any expression, since GitHub evaluates `${{ }}` in every string. Undefined as for shellWord.
 */
function yamlScalar(text) {
    if (hasUnseen(text))
        return undefined;
    // Plain: not empty, no indicator in front, nothing a YAML parser takes for another type or a comment.
    if (/^[A-Za-z./][A-Za-z0-9._/@+=-]*(?::[A-Za-z0-9._/@+=-]+)*$/.test(text) && !isOtherType(text))
        return text;
    return JSON.stringify(text.replaceAll(`\${{`, EXPRESSION_OPENER));
}
/** An expression whose value is the two characters that open one. */
const EXPRESSION_OPENER = (/* unused pure expression or super */ null && (`\${{ '\${{' }}`));
function isOtherType(text) {
    return /^(?:true|false|yes|no|on|off|y|n|null|\.inf|\.nan)$/i.test(text) || /^\.?[0-9]/.test(text);
}
/**
 * JSON in which every character inside a string other than `A-Za-z0-9._:/@+=,-` and space is written
 * \uXXXX (contract §3.7), so that neither a shell nor YAML can misread it; keys included.
 */
function jsonOutput(value) {
    return JSON.stringify(value).replace(/"(?:[^"\\]|\\.)*"/g, (literal) => {
        const text = JSON.parse(literal);
        return `"${String(text).replace(/[^A-Za-z0-9._:/@+=, -]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`;
    });
}
/** True if a value may be an output of its own: only characters no shell or YAML misreads. */
function isPlainOutput(text) {
    return /^[A-Za-z0-9._:/@+=, -]*$/.test(text);
}


/***/ }),

/***/ 8465:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ NEXT_STEPS)
/* harmony export */ });
const NEXT_STEPS = {
    NO_SIGNATURE: {
        meaning: 'No image signature was found for this digest in any place it could be.',
        doThis: 'Check that the workflow that built this image also signed it, and that it signed this digest: a tag may have moved since. Attestations do not count as signatures.',
    },
    SIGNATURE_INVALID: {
        meaning: 'What is attached as a signature is malformed, or its bytes do not verify.',
        doThis: 'Treat the image as untrusted. If you control its build, sign it again; a damaged signature is not repaired.',
    },
    SUBJECT_DIGEST_MISMATCH: {
        meaning: 'The signature is genuine but was made for another image.',
        doThis: 'Treat the image as untrusted: a signature was copied here from elsewhere. Sign the image you mean.',
    },
    CERTIFICATE_UNTRUSTED: {
        meaning: 'The signing certificate does not lead to a certificate authority of the trusted root.',
        doThis: 'If the image is signed with a private Sigstore or with GitHub’s, name it with `trusted-root`, `tuf-mirror` or `instance`.',
    },
    NOT_LOGGED: {
        meaning: 'The signature has no valid entry in a transparency log of the trusted root.',
        doThis: 'Sign again with a log, or name the Sigstore instance that was used with `instance` or `trusted-root`.',
    },
    TIMESTAMP_INVALID: {
        meaning: 'No time of signing could be proven.',
        doThis: 'Sign again with a log or timestamp authority that the trusted root lists.',
    },
    CERTIFICATE_EXPIRED: {
        meaning: 'The signature was made at a time when its certificate was not valid.',
        doThis: 'Sign again. Certificates live for ten minutes; a signature made later with the same key does not count.',
    },
    ISSUER_MISMATCH: {
        meaning: 'The signer’s identity was vouched for by another OIDC issuer than the expected one.',
        doThis: 'Check who should have signed. For another issuer than GitHub write `certificate-oidc-issuer`.',
    },
    IDENTITY_MISMATCH: {
        meaning: 'The image is signed, but by somebody else than asked for.',
        doThis: 'Compare expected and found. If the found signer is the right one, change the identity inputs; with reusable workflows the subject is the called workflow.',
    },
    CLAIM_MISMATCH: {
        meaning: 'The signer’s certificate does not say what was asked for.',
        doThis: 'Compare expected and found, claim by claim.',
    },
    ANNOTATION_MISMATCH: {
        meaning: 'The signed annotations are not the ones asked for.',
        doThis: 'Compare expected and found; annotations are set when signing.',
    },
    TOO_OLD: {
        meaning: 'The signature is older than `max-age` allows, or lies in the future.',
        doThis: 'Build and sign the image again, or allow a longer `max-age`.',
    },
    POLICY_NO_MATCH: {
        meaning: 'No policy covers this image.',
        doThis: 'Add the image to a policy, or decide with `no-match-policy` what happens to images without one.',
    },
    POLICY_DENIED: {
        meaning: 'A policy that covers this image refuses it.',
        doThis: 'Read the policy’s rule in the details, and who signed the image.',
    },
    INPUT_INVALID: {
        meaning: 'The step’s inputs cannot be used.',
        doThis: 'Change the inputs named in the message; all of them are listed.',
    },
    IMAGE_NOT_FOUND: {
        meaning: 'The registry has no such image.',
        doThis: 'Check that the build pushed it (`push: true`), and the name and digest. Some registries hide what you may not read.',
    },
    REGISTRY_DENIED: {
        meaning: 'The registry refused the login or the right to do this.',
        doThis: 'Log in before this step; on ghcr.io grant `packages: read`, and `packages: write` for signing.',
    },
    REGISTRY_UNAVAILABLE: {
        meaning: 'The registry could not be reached, or kept failing.',
        doThis: 'Run the job again; for longer outages raise `retry-for`.',
    },
    REGISTRY_INVALID: {
        meaning: 'The registry answered with something that breaks its protocol, such as other bytes than asked for.',
        doThis: 'Check for a proxy or mirror in between. Nothing may be concluded from such an answer.',
    },
    TRUST_ROOT_UNAVAILABLE: {
        meaning: 'The keys to check signatures with could not be fetched.',
        doThis: 'Run the job again, or give them with `trusted-root`.',
    },
    TRUST_ROOT_INVALID: {
        meaning: 'The trusted root or signing config is malformed, expired or not properly signed.',
        doThis: 'Check the file or mirror named in the message.',
    },
    LOG_UNAVAILABLE: {
        meaning: 'The transparency log could not be reached, or kept failing.',
        doThis: 'Run the job again; for longer outages raise `retry-for`.',
    },
    LOG_INVALID: {
        meaning: 'The transparency log answered with an entry that does not verify.',
        doThis: 'Check that signing config and trusted root belong together.',
    },
    CA_UNAVAILABLE: {
        meaning: 'The certificate authority could not be reached, or kept failing.',
        doThis: 'Run the job again; for longer outages raise `retry-for`.',
    },
    CA_REFUSED: {
        meaning: 'The certificate authority does not accept this job’s identity token.',
        doThis: 'Use a certificate authority that knows the token’s issuer (`instance`, or `signing-config` with `trusted-root`).',
    },
    CA_INVALID: {
        meaning: 'The certificate authority answered with a certificate that does not fit the request.',
        doThis: 'Check that signing config and trusted root belong together.',
    },
    TSA_UNAVAILABLE: {
        meaning: 'The timestamp authority could not be reached, or kept failing.',
        doThis: 'Run the job again; for longer outages raise `retry-for`.',
    },
    TSA_INVALID: {
        meaning: 'The timestamp authority answered with a timestamp that does not verify.',
        doThis: 'Check that signing config and trusted root belong together.',
    },
    IDENTITY_TOKEN_UNAVAILABLE: {
        meaning: 'The job has no identity token, which signing needs.',
        doThis: 'Add `id-token: write` to the permissions of the job, and of the job that calls it. Pull requests from forks never get one.',
    },
    PUBLIC_LOG_REFUSED: {
        meaning: 'The repository is not public, and signing would write its names to a public log.',
        doThis: 'Choose `instance: public-good` or `instance: github`.',
    },
    SELF_VERIFICATION_FAILED: {
        meaning: 'The signature just made does not verify, so it was not published.',
        doThis: 'Check that signing config and trusted root belong together.',
    },
    SIGNATURE_LOST: {
        meaning: 'The signature was written, but the registry no longer lists it.',
        doThis: 'Run the job again; another writer may have replaced the list at the same moment.',
    },
    GITHUB_API_UNAVAILABLE: {
        meaning: 'GitHub’s API could not be reached or refused the request.',
        doThis: 'Run the job again, and check that the job has `contents: read`.',
    },
    INTERNAL_ERROR: {
        meaning: 'Something went wrong inside Countersign.',
        doThis: 'Please report it with the debug log of the step.',
    },
};


/***/ }),

/***/ 7228:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Gv: () => (/* binding */ isObject),
/* harmony export */   qF: () => (/* binding */ parseJson)
/* harmony export */ });
/* unused harmony exports fromBase64, toBase64, fromHex, toDecimal, sameBytes */
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
/** The text parsed as JSON, or undefined if it is none (or not UTF-8). */
function parseJson(bytes) {
    try {
        return JSON.parse(typeof bytes === 'string' ? bytes : new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    }
    catch {
        return undefined;
    }
}
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
/** Decodes standard padded base64; undefined for anything else, also for the empty string. */
function fromBase64(value) {
    if (typeof value !== 'string' || value === '' || !BASE64.test(value))
        return undefined;
    return Buffer.from(value, 'base64');
}
function toBase64(bytes) {
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
/** Decodes an even number of hex digits; undefined for anything else. */
function fromHex(value) {
    if (typeof value !== 'string' || !/^(?:[0-9a-fA-F]{2})+$/.test(value))
        return undefined;
    return Buffer.from(value, 'hex');
}
/** A non-negative integer given as JSON number or decimal string (protobuf int64), as decimal string. */
function toDecimal(value) {
    if (typeof value === 'number')
        return Number.isSafeInteger(value) && value >= 0 ? String(value) : undefined;
    return typeof value === 'string' && /^(?:0|[1-9]\d{0,17})$/.test(value) ? value : undefined;
}
function sameBytes(a, b) {
    return Buffer.compare(a, b) === 0;
}


/***/ }),

/***/ 1731:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ SigstoreError)
/* harmony export */ });
/* harmony import */ var _coded_error_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6329);

/** What kept a Sigstore service, trusted root or signing config from being used. */
class SigstoreError extends _coded_error_js__WEBPACK_IMPORTED_MODULE_0__/* .CodedError */ .AK {
    name = 'SigstoreError';
}


/***/ }),

/***/ 9215:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  oB: () => (/* binding */ isAccepted),
  xQ: () => (/* binding */ judgeImage),
  A3: () => (/* binding */ reasonOf)
});

// EXTERNAL MODULE: ./.build/js/src/coded-error.js
var coded_error = __nccwpck_require__(6329);
;// CONCATENATED MODULE: ./.build/js/src/domain/refusal.js
/**
 * Why a signature, and so an image, was refused (contract §4), in the order in which the checks run:
 * the first failing check names the reason, and the signature that got furthest names the image's.
 * Each has a heading in docs/troubleshooting.md.
 */
const REFUSAL_REASONS = [
    'NO_SIGNATURE',
    'SIGNATURE_INVALID',
    'SUBJECT_DIGEST_MISMATCH',
    'CERTIFICATE_UNTRUSTED',
    'NOT_LOGGED',
    'TIMESTAMP_INVALID',
    'CERTIFICATE_EXPIRED',
    'ISSUER_MISMATCH',
    'IDENTITY_MISMATCH',
    'CLAIM_MISMATCH',
    'ANNOTATION_MISMATCH',
    'TOO_OLD',
    'POLICY_NO_MATCH',
    'POLICY_DENIED',
];
/** How far a signature got before it was refused; larger is nearer to acceptance. */
function refusalRank(reason) {
    return REFUSAL_REASONS.indexOf(reason);
}

;// CONCATENATED MODULE: ./.build/js/src/usecases/judge-image.js


/**
 * Decides about one digest (contract §3): an accepted signature decides even if another place failed;
 * without one, a place that could not be read, or a signature that could not be judged, is an error and
 * never "unsigned"; then the signature that got furthest names the reason.
 */
function judgeImage(examination, evaluate) {
    const judged = examination.examined.map((one) => {
        const { verification } = one;
        const evaluation = verification.kind === 'verified' && evaluate !== undefined ? evaluate(verification.facts) : undefined;
        return { ...one, evaluation };
    });
    const signatures = judged.filter((one) => one.verification.kind !== 'not-a-signature');
    const others = judged.filter((one) => one.verification.kind === 'not-a-signature');
    const accepted = signatures.filter(isAccepted).sort((a, b) => newest(b) - newest(a));
    const refused = signatures.filter((one) => !isAccepted(one)).sort((a, b) => rankOf(b) - rankOf(a));
    const base = {
        signatures: [...accepted, ...refused],
        others,
        unreadable: examination.unreadable,
        places: examination.places,
        accepted: factsOf(accepted[0]),
    };
    if (base.accepted !== undefined) {
        return { ...base, verdict: 'pass', reason: null, message: acceptedMessage(base.accepted), hint: undefined };
    }
    const failure = failedPlace(examination);
    if (failure !== undefined) {
        return { ...base, verdict: 'error', reason: failure.code, message: failure.message, hint: failure.hint };
    }
    const nearest = refused[0];
    if (nearest !== undefined) {
        const reason = reasonOf(nearest);
        return { ...base, verdict: 'fail', reason, message: refusalMessage(nearest, refused.length), hint: undefined };
    }
    const malformed = examination.unreadable.find((one) => one.outcome === 'malformed');
    if (malformed !== undefined) {
        const message = `what is attached as a signature cannot be read: ${malformed.message}`;
        return { ...base, verdict: 'fail', reason: 'SIGNATURE_INVALID', message, hint: undefined };
    }
    return { ...base, verdict: 'fail', reason: 'NO_SIGNATURE', message: nothingFound(base), hint: undefined };
}
function isAccepted(one) {
    return one.verification.kind === 'verified' && one.evaluation?.kind === 'accepted';
}
/** Why one signature does not count; IDENTITY_MISMATCH stands for "no identity was asked for". */
function reasonOf(one) {
    if (one.verification.kind === 'refused')
        return one.verification.reason;
    return one.evaluation?.kind === 'mismatch' ? one.evaluation.reason : 'IDENTITY_MISMATCH';
}
function factsOf(one) {
    return one?.verification.kind === 'verified' ? one.verification.facts : undefined;
}
function newest(one) {
    return Math.max(...(factsOf(one)?.provenTimes.map((time) => time.getTime()) ?? [0]));
}
/** Verified signatures before others; among those, the one with the fewest rules left unmet. */
function rankOf(one) {
    const unmet = one.evaluation?.kind === 'mismatch' ? one.evaluation.findings.filter((finding) => !finding.ok).length : 0;
    return refusalRank(reasonOf(one)) - Math.min(unmet, 99) / 100;
}
function failedPlace(examination) {
    const place = examination.places.find((one) => one.outcome === 'failed');
    if (place !== undefined) {
        const cause = (0,coded_error/* toCodedError */.Bt)(place.error);
        const code = cause.code === 'INTERNAL_ERROR' ? 'REGISTRY_UNAVAILABLE' : cause.code;
        return new coded_error/* CodedError */.AK(code, `could not look for signatures: ${place.request} → ${place.status}: ${cause.message}`, {
            cause,
            hint: cause.hint,
        });
    }
    const [undecided] = examination.undecided;
    if (undecided !== undefined)
        return (0,coded_error/* toCodedError */.Bt)(undecided.error);
    const unreadable = examination.unreadable.find((one) => one.outcome === 'failed');
    if (unreadable === undefined)
        return undefined;
    const { digest, message, error: cause } = unreadable;
    return new coded_error/* CodedError */.AK(cause instanceof coded_error/* CodedError */.AK ? cause.code : 'REGISTRY_UNAVAILABLE', `a signature that is listed could not be fetched: ${digest}: ${message}`, { cause, hint: cause instanceof coded_error/* CodedError */.AK ? cause.hint : undefined });
}
function acceptedMessage(facts) {
    const oldest = facts.provenTimes[0]?.toISOString() ?? 'an unknown time';
    return `signed by ${facts.identity.subject} (issuer ${facts.identity.issuer}) at ${oldest}`;
}
function refusalMessage(nearest, refused) {
    const others = refused > 1 ? ` (nearest of ${refused} signatures)` : '';
    if (nearest.verification.kind === 'refused')
        return `${nearest.verification.message}${others}`;
    if (nearest.evaluation?.kind !== 'mismatch')
        return `no identity was asked for${others}`;
    const unmet = nearest.evaluation.findings.filter((finding) => !finding.ok);
    const shown = unmet.map(({ field, expected, found }) => `${field}: expected ${expected}, found ${found ?? 'nothing'}`);
    return `${shown.join('; ')}${others}`;
}
function nothingFound(found) {
    const places = found.places.map(({ request, status, entries }) => `${request} → ${status}, ${entries} listed`);
    const attestations = found.others.flatMap(({ verification }) => verification.kind === 'not-a-signature' ? [verification.predicateType ?? verification.what] : []);
    const artifacts = found.unreadable.map((one) => one.artifactType ?? 'an artifact without a type');
    const beside = [...new Set([...attestations, ...artifacts])];
    const seen = beside.length === 0 ? '' : `; found beside it, but no image signature: ${beside.slice(0, 10).join(', ')}`;
    return `no signature was found: ${places.join('; ')}${seen}`;
}


/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId].call(module.exports, module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(6085);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
