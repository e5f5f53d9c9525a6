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

/***/ 8500:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");

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
/* unused harmony export ERROR_CODES */
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

/***/ 1856:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ parseClaimLine),
/* harmony export */   V: () => (/* binding */ matchingClaimValue)
/* harmony export */ });
/* harmony import */ var _ascii_case_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(8454);
/* harmony import */ var _claims_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4489);
/* harmony import */ var _value_error_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2528);



/** GitHub compares owner and repository names without case. */
const OWNER_URIS = ['source-repository-uri', 'source-repository-owner-uri'];
/** Reads one `name=value` line; throws ValueError on an unknown name or an empty value. */
function parseClaimLine(line) {
    const at = line.indexOf('=');
    const name = line.slice(0, Math.max(at, 0)).trim();
    const value = line.slice(at + 1).trim();
    if (at < 0)
        throw new _value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueError */ .Q(`${JSON.stringify(line)} is not name=value`);
    if (!(0,_claims_js__WEBPACK_IMPORTED_MODULE_0__/* .isClaimName */ .qU)(name)) {
        throw new _value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueError */ .Q(`${JSON.stringify(name)} is not a claim; there are: ${Object.values(_claims_js__WEBPACK_IMPORTED_MODULE_0__/* .CLAIM_NAMES */ .mw).join(', ')}`);
    }
    if (value === '')
        throw new _value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueError */ .Q(`the value of ${name} is empty`);
    return { name, value };
}
/** The first value that the claim equals, or undefined. A claim the certificate lacks equals nothing (rule 6). */
function matchingClaimValue(claims, name, wanted, serverUrl) {
    const found = claims[name];
    if (found === undefined)
        return undefined;
    return wanted.find((value) => found === value || (isGithubUri(name, value, serverUrl) && (0,_ascii_case_js__WEBPACK_IMPORTED_MODULE_2__/* .equalsIgnoringCase */ .d)(found, value)));
}
function isGithubUri(name, value, serverUrl) {
    return (OWNER_URIS.includes(name) && ['https://github.com', serverUrl].some((server) => value.startsWith(`${server}/`)));
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

/***/ 1226:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ parseGlob)
/* harmony export */ });
/* harmony import */ var _pattern_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7980);
/* harmony import */ var _value_error_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2528);


/**
 * `*` = any run of characters but `/`, `**` = any run; everything else stands for itself. Matches whole values, in
 * time linear in pattern times value. Throws ValueError.
 */
function parseGlob(source) {
    if (source.length > _pattern_js__WEBPACK_IMPORTED_MODULE_0__/* .PATTERN_MAX_CHARS */ .Y) {
        throw new _value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueError */ .Q(`a pattern is longer than ${_pattern_js__WEBPACK_IMPORTED_MODULE_0__/* .PATTERN_MAX_CHARS */ .Y} characters`);
    }
    const parts = source.split(/(\*+)/).filter((part) => part !== '');
    if (parts.some((part) => part.startsWith('***'))) {
        throw new _value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueError */ .Q(`${JSON.stringify(source)} has more than two * in a row`);
    }
    return { source, matches: (value) => matchesParts(parts, value) };
}
/** Follows every place in the value that the parts so far may end at. */
function matchesParts(parts, value) {
    let ends = new Set([0]);
    for (const part of parts) {
        const next = new Set();
        for (const end of ends) {
            if (part === '*' || part === '**') {
                // Runs from an earlier end have reached these places already.
                for (let at = end; at <= value.length && !next.has(at); at += 1) {
                    next.add(at);
                    if (part === '*' && value[at] === '/')
                        break;
                }
            }
            else if (value.startsWith(part, end)) {
                next.add(end + part.length);
            }
        }
        ends = next;
    }
    return ends.has(value.length);
}


/***/ }),

/***/ 7552:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   mv: () => (/* binding */ OUTSIDER_TRIGGERS),
/* harmony export */   nD: () => (/* binding */ checkBothHalves),
/* harmony export */   y0: () => (/* binding */ checkPullRequestCode)
/* harmony export */ });
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
    if ((0,_workflow_uri_js__WEBPACK_IMPORTED_MODULE_0__/* .isWorkflowOf */ .TL)(identity.subject, source))
        return undefined;
    const found = (0,_workflow_uri_js__WEBPACK_IMPORTED_MODULE_0__/* .repositoryOfSubject */ .MV)(identity.subject) ?? identity.subject;
    return { field: 'repository of the subject', expected: source, found, ok: false };
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

/***/ 1321:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  R: () => (/* binding */ parseIdentityRequirement)
});

// EXTERNAL MODULE: ./.build/js/src/domain/value-error.js
var value_error = __nccwpck_require__(2528);
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

// EXTERNAL MODULE: ./.build/js/src/domain/claim-rules.js
var claim_rules = __nccwpck_require__(1856);
// EXTERNAL MODULE: ./.build/js/src/domain/glob.js
var glob = __nccwpck_require__(1226);
// EXTERNAL MODULE: ./.build/js/src/domain/match-all.js
var match_all = __nccwpck_require__(9669);
// EXTERNAL MODULE: ./.build/js/src/domain/signer-workflow.js
var signer_workflow = __nccwpck_require__(2574);
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

// EXTERNAL MODULE: ./.build/js/src/domain/workflow-uri.js
var workflow_uri = __nccwpck_require__(6746);
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
    const parseRegexp = (value) => {
        if (context.parseRegexp === undefined)
            throw new TypeError('a pattern is given, but nothing that reads patterns');
        return context.parseRegexp(value);
    };
    const claims = readClaims(read('claims', inputs.claims, claim_rules/* parseClaimLine */.G));
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
        signerWorkflows: read('signer-workflow', inputs.signerWorkflow, (value) => (0,signer_workflow/* parseSignerWorkflow */.p)(value, serverUrl)),
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
    // A file may be called ci@2.yml; a ref after it never looks like the end of one that GitHub runs.
    if (value.includes('@refs/') || (value.includes('@') && !/\.ya?ml$/.test(value))) {
        throw new value_error/* ValueError */.Q(`${JSON.stringify(value)} holds a ref; this input takes the path, source-ref the ref`);
    }
    if (value.startsWith('/') || value.startsWith('./') || value.startsWith('http')) {
        throw new value_error/* ValueError */.Q(`${JSON.stringify(value)} is not a path such as .github/workflows/release.yml`);
    }
    return (0,glob/* parseGlob */.q)(value);
}
function parseSourceRef(value) {
    if (!(0,workflow_uri/* isFullRef */.xA)(value) && !value.startsWith('*')) {
        const shown = JSON.stringify(value);
        throw new value_error/* ValueError */.Q(`${shown} is not a full ref: write refs/heads/${value} for a branch, refs/tags/${value} for a tag`);
    }
    return (0,glob/* parseGlob */.q)(value);
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
            .filter((pattern) => (0,match_all/* matchesAnySubject */.KU)(pattern, serverUrl, randomWord))
            .map((pattern) => problem('certificate-identity-regexp', pattern)),
        ...requirement.issuerPatterns
            .filter((pattern) => (0,match_all/* matchesAnyIssuer */.j8)(pattern, randomWord))
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
        'certificate-identity-regexp, a claim source-repository-uri, -identifier, -owner-uri or -owner-identifier');
}


/***/ }),

/***/ 9669:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   KU: () => (/* binding */ matchesAnySubject),
/* harmony export */   _2: () => (/* binding */ isMatchAllForSubject),
/* harmony export */   bO: () => (/* binding */ isMatchAllForIssuer),
/* harmony export */   j8: () => (/* binding */ matchesAnyIssuer)
/* harmony export */ });
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


/***/ }),

/***/ 4666:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ tooOld),
/* harmony export */   p: () => (/* binding */ parseMaxAge)
/* harmony export */ });
/* harmony import */ var _value_error_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2528);

const UNIT_MS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
/** A proven time may be this much ahead of the runner's clock. */
const CLOCK_SKEW_MS = 5 * 60_000;
/** `12h`, `30d`: a positive whole number and one of s, m, h, d, w, in milliseconds; throws ValueError. */
function parseMaxAge(text) {
    const [, number, unit] = /^([1-9][0-9]{0,6})([smhdw])$/.exec(text) ?? [];
    if (number === undefined || unit === undefined) {
        throw new _value_error_js__WEBPACK_IMPORTED_MODULE_0__/* .ValueError */ .Q(`${JSON.stringify(text)} is not a duration such as 12h or 30d`);
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

/***/ 5992:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ pasteableLine)
/* harmony export */ });
/** Contract §3.7: the characters that are safe wherever text is pasted. */
const SAFE = /^[A-Za-z0-9._:/@+=,-]+$/;
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

/***/ 7980:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ PATTERN_MAX_CHARS)
/* harmony export */ });
/** Longest pattern, in UTF-16 units. */
const PATTERN_MAX_CHARS = 2048;


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
    // Docker takes capitals for a host, others do not; and once in lower case, as hosts are, it would name an
    // image on Docker Hub: what was checked and what is deployed must be one.
    if (registry !== 'localhost' && !/[.:]/.test(registry)) {
        return refuse(`${quote(first)} has capitals: write a namespace of Docker Hub in lower case, a host with its port`);
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

/***/ 6141:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ evaluateSigner)
/* harmony export */ });
/* harmony import */ var _ascii_case_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(8454);
/* harmony import */ var _claim_rules_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1856);
/* harmony import */ var _identity_rules_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(7552);
/* harmony import */ var _match_all_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(9669);
/* harmony import */ var _max_age_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4666);
/* harmony import */ var _pasteable_line_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(5992);
/* harmony import */ var _signer_workflow_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(2574);
/* harmony import */ var _workflow_uri_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(6746);








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
    const accepts = (pattern) => pattern.matches(issuer) && (allowAnyIdentity || !(0,_match_all_js__WEBPACK_IMPORTED_MODULE_2__/* .isMatchAllForIssuer */ .bO)(pattern, issuer, randomWord));
    return [
        ...findingFor('certificate-oidc-issuer', issuers, issuer, issuers.includes(issuer)),
        ...findingFor('certificate-oidc-issuer-regexp', sources(issuerPatterns), issuer, issuerPatterns.some(accepts)),
    ];
}
function checkSubject({ subject, subjectKind }, requirement) {
    const { subjects, subjectPatterns, signerWorkflows, allowAnyIdentity, randomWord } = requirement;
    const accepts = (pattern) => pattern.matches(subject) && (allowAnyIdentity || !(0,_match_all_js__WEBPACK_IMPORTED_MODULE_2__/* .isMatchAllForSubject */ ._2)(pattern, subject, randomWord));
    const isSigner = subjectKind === 'uri' && signerWorkflows.some((wanted) => (0,_signer_workflow_js__WEBPACK_IMPORTED_MODULE_3__/* .isSignerWorkflow */ .M)(subject, wanted));
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
    const workflow = uri === undefined || config === undefined ? undefined : (0,_workflow_uri_js__WEBPACK_IMPORTED_MODULE_4__/* .parseWorkflowUri */ .BK)(config, uri);
    const isSource = uri !== undefined && sourceRepositories.some((one) => (0,_ascii_case_js__WEBPACK_IMPORTED_MODULE_5__/* .equalsIgnoringCase */ .d)(one, uri));
    const isWorkflow = workflow !== undefined && workflows.some((pattern) => pattern.matches(workflow.path));
    const isRef = ref !== undefined && sourceRefs.some((pattern) => pattern.matches(ref));
    const bothHalves = (0,_identity_rules_js__WEBPACK_IMPORTED_MODULE_6__/* .checkBothHalves */ .nD)(identity, requirement);
    return [
        ...findingFor('source-repository', sourceRepositories, uri, isSource),
        ...findingFor('workflow', sources(workflows), workflow?.path ?? config, isWorkflow),
        ...findingFor('source-ref', sources(sourceRefs), ref, isRef),
        ...[...wanted].flatMap(([name, values]) => findingFor(`claims ${name}`, values, claims[name], (0,_claim_rules_js__WEBPACK_IMPORTED_MODULE_0__/* .matchingClaimValue */ .V)(claims, name, values, serverUrl) !== undefined)),
        ...(bothHalves === undefined ? [] : [bothHalves]),
        ...(0,_identity_rules_js__WEBPACK_IMPORTED_MODULE_6__/* .checkPullRequestCode */ .y0)(identity, requirement),
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
    const problem = (0,_max_age_js__WEBPACK_IMPORTED_MODULE_1__/* .tooOld */ .Y)(facts.provenTimes, maxAgeMs, now);
    const found = problem ?? facts.provenTimes[0]?.toISOString();
    return [{ field: 'max-age', expected: `at most ${maxAgeMs / 60_000} minutes`, found, ok: problem === undefined }];
}
function notesAbout({ claims, subject }, requirement) {
    const source = claims['source-repository-uri'];
    const claimed = claims['source-repository-ref'];
    const ref = claimed ?? claims['github-workflow-ref'] ?? (0,_workflow_uri_js__WEBPACK_IMPORTED_MODULE_4__/* .refOfSubject */ .lu)(subject);
    // The subject of a reusable workflow holds the ref of the called workflow, and says nothing about the caller's.
    const isCaller = source === undefined || (0,_workflow_uri_js__WEBPACK_IMPORTED_MODULE_4__/* .isWorkflowOf */ .TL)(subject, source);
    const bound = requirement.sourceRefs.length > 0 ||
        requirement.claims.has('source-repository-ref') ||
        (requirement.subjects.includes(subject) && isCaller && (0,_workflow_uri_js__WEBPACK_IMPORTED_MODULE_4__/* .refOfSubject */ .lu)(subject) === ref);
    if (ref === undefined || bound)
        return [];
    const line = claimed === undefined ? undefined : (0,_pasteable_line_js__WEBPACK_IMPORTED_MODULE_7__/* .pasteableLine */ .i)('source-ref', claimed);
    const cure = line === undefined ? '' : `; to accept only this one, add: ${line}`;
    return [`any branch or tag of the source repository was accepted${cure}`];
}
function hintsAbout(identity, requirement) {
    const { issuer, subject } = identity;
    return [
        ...patternHints('certificate-identity-regexp', requirement.subjectPatterns, subject, (pattern) => !requirement.allowAnyIdentity && (0,_match_all_js__WEBPACK_IMPORTED_MODULE_2__/* .isMatchAllForSubject */ ._2)(pattern, subject, requirement.randomWord)),
        ...patternHints('certificate-oidc-issuer-regexp', requirement.issuerPatterns, issuer, (pattern) => !requirement.allowAnyIdentity && (0,_match_all_js__WEBPACK_IMPORTED_MODULE_2__/* .isMatchAllForIssuer */ .bO)(pattern, issuer, requirement.randomWord)),
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
        if (wanted !== subject && (0,_ascii_case_js__WEBPACK_IMPORTED_MODULE_5__/* .lowerAscii */ .w)(wanted) === (0,_ascii_case_js__WEBPACK_IMPORTED_MODULE_5__/* .lowerAscii */ .w)(subject)) {
            hints.push('certificate-identity differs only in upper and lower case; the subject keeps the spelling of the owner');
        }
        const at = wanted.lastIndexOf('@');
        const ref = wanted.slice(at + 1);
        if (/^https?:/.test(wanted) && at > 0 && !(0,_workflow_uri_js__WEBPACK_IMPORTED_MODULE_4__/* .isFullRef */ .xA)(ref) && !wanted.includes('@refs/')) {
            const place = wanted.slice(0, at);
            hints.push(`certificates hold the full ref: write ${place}@refs/tags/${ref} or ${place}@refs/heads/${ref}`);
        }
    }
    for (const wanted of signerWorkflows) {
        const uri = (0,_workflow_uri_js__WEBPACK_IMPORTED_MODULE_4__/* .parseWorkflowUri */ .BK)(subject, wanted.repository);
        if (uri?.path === wanted.path)
            hints.push(`signer-workflow is right but for its ref: the certificate has @${uri.ref}`);
    }
    return hints;
}
function issuerHints(issuer, { issuers }) {
    return issuers.flatMap((wanted) => {
        if (issuer.startsWith(`${wanted}/`)) {
            const line = (0,_pasteable_line_js__WEBPACK_IMPORTED_MODULE_7__/* .pasteableLine */ .i)('certificate-oidc-issuer', issuer);
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
    const signer = (0,_workflow_uri_js__WEBPACK_IMPORTED_MODULE_4__/* .repositoryOfSubject */ .MV)(subject);
    const source = claims['source-repository-uri'];
    if (signer === undefined || source === undefined || (0,_ascii_case_js__WEBPACK_IMPORTED_MODULE_5__/* .equalsIgnoringCase */ .d)(signer, source))
        return [];
    return [
        `this was signed in a reusable workflow: the subject is the called workflow (of ${signer}), the claims are the caller ` +
            `(${source}); name both: signer-workflow (or certificate-identity) and source-repository`,
    ];
}


/***/ }),

/***/ 2574:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ isSignerWorkflow),
/* harmony export */   p: () => (/* binding */ parseSignerWorkflow)
/* harmony export */ });
/* harmony import */ var _glob_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1226);
/* harmony import */ var _value_error_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2528);
/* harmony import */ var _workflow_uri_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6746);



/** Reads `owner/name/path`, alone or with `@` and a full ref (globs) or 40 hex; throws ValueError. */
function parseSignerWorkflow(text, serverUrl) {
    const local = text.startsWith(`${serverUrl}/`) ? text.slice(serverUrl.length + 1) : text;
    const at = local.indexOf('@');
    const place = at < 0 ? local : local.slice(0, at);
    const [, repository, path] = /^([A-Za-z0-9][A-Za-z0-9_-]*\/[A-Za-z0-9._-]+)\/([^*]+)$/.exec(place) ?? [];
    if (repository === undefined || path === undefined) {
        throw new _value_error_js__WEBPACK_IMPORTED_MODULE_0__/* .ValueError */ .Q(`${JSON.stringify(text)} is not owner/name/path of a workflow file`);
    }
    const ref = at < 0 ? undefined : local.slice(at + 1);
    if (ref !== undefined && !(0,_workflow_uri_js__WEBPACK_IMPORTED_MODULE_1__/* .isFullRef */ .xA)(ref)) {
        throw new _value_error_js__WEBPACK_IMPORTED_MODULE_0__/* .ValueError */ .Q(`${JSON.stringify(text)} has a short ref; certificates hold the full one: ` +
            `write ${place}@refs/tags/${ref} or ${place}@refs/heads/${ref}`);
    }
    return {
        source: text,
        repository: `${serverUrl}/${repository}`,
        path,
        ref: ref === undefined ? undefined : (0,_glob_js__WEBPACK_IMPORTED_MODULE_2__/* .parseGlob */ .q)(ref),
    };
}
/** True if this subject is that workflow, compared whole (identity rule 6). */
function isSignerWorkflow(subject, wanted) {
    const uri = (0,_workflow_uri_js__WEBPACK_IMPORTED_MODULE_1__/* .parseWorkflowUri */ .BK)(subject, wanted.repository);
    return uri !== undefined && uri.path === wanted.path && (wanted.ref === undefined || wanted.ref.matches(uri.ref));
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
 * Control characters (Cc), formats such as bidirectional controls, zero-width characters and tags (Cf), line and
 * paragraph separators, lone surrogates (Cs), and whatever else Unicode says is not shown, such as variation
 * selectors (but for the one that makes a sign an emoji) and the fillers of Hangul: what a reader cannot see, but a
 * terminal, a log or a browser obeys.
 */
const UNSEEN = /(?!(?<=\p{Extended_Pictographic})\ufe0f)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
/** The text with every unseen character written as \uXXXX, for each of its UTF-16 units; one line. */
function visibleText(text) {
    return text.replace(UNSEEN, (found) => found
        .split('')
        .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
        .join(''));
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
/* harmony export */   TL: () => (/* binding */ isWorkflowOf),
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
/** True if the subject is a workflow of this repository itself, not one that it calls (ASCII case ignored). */
function isWorkflowOf(subject, repository) {
    const own = repositoryOfSubject(subject);
    return own !== undefined && repository !== undefined && (0,_ascii_case_js__WEBPACK_IMPORTED_MODULE_0__/* .equalsIgnoringCase */ .d)(own, repository);
}


/***/ }),

/***/ 9197:
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
;// CONCATENATED MODULE: ./.build/js/src/http/proxy-settings.js

/** Code of the error for a variable that names no usable proxy. */
const UNUSABLE_PROXY = 'ERR_UNUSABLE_PROXY';
/**
 * The proxy for this URL, or undefined for a direct connection. Rules of the runner's own client
 * (@actions/http-client): the lower-case variable first; https never falls back to http_proxy; `no_proxy`
 * holds hosts, host:port, parent domains (with or without a leading dot) and `*`; loopback is never
 * proxied. Throws TypeError with the code UNUSABLE_PROXY if the variable
 * names no http or https proxy.
 */
function proxyFor(url, variables) {
    if ((0,network_host/* isLoopbackHost */.cW)(url.hostname) || isExcluded(url, read(variables, 'no_proxy')))
        return undefined;
    const name = url.protocol === 'https:' ? 'https_proxy' : 'http_proxy';
    const value = read(variables, name);
    if (value === undefined)
        return undefined;
    const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`;
    // Never quoted: it may hold a password.
    if (!URL.canParse(text))
        throw unusable(name, 'which is no URL');
    const proxy = new URL(text);
    if (proxy.protocol !== 'http:' && proxy.protocol !== 'https:')
        throw unusable(name, 'which is no http or https proxy');
    if (!isDecodable(proxy.username) || !isDecodable(proxy.password)) {
        throw unusable(name, 'whose user name or password is not percent-encoded');
    }
    return proxy;
}
function unusable(name, why) {
    const error = new TypeError(`${name} or ${name.toUpperCase()} names a proxy ${why}`);
    return Object.assign(error, { code: UNUSABLE_PROXY });
}
function isDecodable(text) {
    try {
        decodeURIComponent(text);
        return true;
    }
    catch {
        return false;
    }
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
        case 'proxy':
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
    const [code] = codes;
    const said = error instanceof Error ? error.message : String(error);
    const detail = code === undefined || SAYING_CODES.includes(code) ? said : code;
    return new http_error/* HttpError */.j(failure, `${what}: ${DESCRIPTIONS[failure]} (${detail})`, { cause: error });
}
/** Codes of a proxy's failures, whose errors say more: which variable, or what the proxy answered. */
const SAYING_CODES = [UNUSABLE_PROXY, 'UND_ERR_ABORTED'];
const DESCRIPTIONS = {
    connect: 'cannot connect',
    dns: 'the host name does not resolve',
    proxy: 'the proxy cannot be used',
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
        if (code === UNUSABLE_PROXY)
            return 'proxy';
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
function withoutEcho(body, authorization, bodySecrets = []) {
    const secrets = formsOf([...secretsOf(authorization), ...bodySecrets]);
    if (secrets.length === 0 || body.length === 0)
        return body;
    // One character a byte, so that whatever is not replaced stays as it is.
    const text = Buffer.from(body).toString('latin1');
    const cleaned = secrets.reduce((rest, secret) => rest.replaceAll(secret, HIDDEN), text);
    return cleaned === text ? body : Buffer.from(cleaned, 'latin1');
}
/** The value behind the scheme and, of Basic (RFC 7617), the password. */
function secretsOf(authorization) {
    const [, scheme = '', value = ''] = /^(\S+) +(\S.*)$/.exec(authorization ?? '') ?? [];
    const password = /^basic$/i.test(scheme)
        ? Buffer.from(value, 'base64').toString('utf8').split(':').slice(1).join(':')
        : '';
    return [value, password];
}
/** Each secret as it is, and as JSON, a URL and a form would hold it; longest first. */
function formsOf(secrets) {
    return secrets
        .flatMap((secret) => [
        secret,
        JSON.stringify(secret).slice(1, -1),
        encodeURIComponent(secret),
        new URLSearchParams({ '': secret }).toString().slice(1),
    ])
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
    const { request } = attempt;
    const body = isSuccess ? decoded : withoutEcho(decoded, authorizationOf(request), request.bodySecrets);
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

// EXTERNAL MODULE: ./.build/js/src/http/retry-budget.js
var retry_budget = __nccwpck_require__(4256);
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
    const budget = typeof options.retryFor === 'number' ? (0,retry_budget/* createRetryBudget */.C)(options.retryFor) : options.retryFor;
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
    const jitterMs = (0,retry_budget/* backoffMs */.j)(attempt, random);
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
    proxy: 'Write it as http://host:port, with special characters of a password percent-encoded, or unset it.',
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
    if (!isAllowed) {
        const hint = 'If that is the storage of this registry, let the registry name it by a host name, over https.';
        throw refuse(what, location, 'leads to a private address', hint);
    }
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
function refuse(what, location, why, hint) {
    const shown = location.split('?')[0] ?? '';
    const message = `${what} answered with a Location or Link that ${why}: ${quote(shown)}`;
    return new RegistryError('REGISTRY_INVALID', message, { hint });
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
    const places = listPlaces(options, home);
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
            repository.registry !== 'ghcr.io' ||
            registryOrigin(repository.registry, options.insecureRegistries ?? []).protocol !== 'https:') {
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
function listPlaces({ env, uid }, home) {
    const join = (...parts) => parts.join('/');
    const atHome = (...parts) => (home === undefined ? [] : [join(home, ...parts)]);
    const { DOCKER_CONFIG, REGISTRY_AUTH_FILE, XDG_RUNTIME_DIR, XDG_CONFIG_HOME } = env;
    const docker = DOCKER_CONFIG ? [join(DOCKER_CONFIG, 'config.json')] : atHome('.docker', 'config.json');
    const perUser = uid === undefined ? [] : [`/run/containers/${uid}`];
    const runtime = XDG_RUNTIME_DIR ? [join(XDG_RUNTIME_DIR, 'containers')] : perUser;
    const podman = REGISTRY_AUTH_FILE
        ? [REGISTRY_AUTH_FILE]
        : [
            ...runtime.map((directory) => join(directory, 'auth.json')),
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
    return {
        mediaType,
        digest,
        size,
        ...(artifactType === undefined ? {} : { artifactType }),
        ...(annotations === undefined ? {} : { annotations }),
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
/** Layers of one `.sig` tag that are looked at, as cosign caps them: whoever signs nightly appends one a night. */
const LAYERS_MAX = 1000;
/** Distinct payloads of one `.sig` tag that are fetched; layers of one image in one repository share theirs. */
const PAYLOADS_MAX = 100;
/** Referrers of one image. */
const REFERRERS_MAX = 1000;
/** Pages of one referrers listing. */
const PAGES_MAX = 100;

// EXTERNAL MODULE: ./.build/js/src/domain/platform-images.js
var platform_images = __nccwpck_require__(5814);
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
    const login = await fetch.describeLogin({ repository, access: 'pull' });
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
    const login = await fetch.describeLogin({ repository, access: 'push' });
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
/** Readings before one write, where each takes long itself. */
const READINGS_MAX = 3;
/**
 * True if a state was read too long ago to be written over: who wrote since looks only for the settling time
 * whether its entry is still there.
 */
function isStale({ readAtMs }, { clock, settleMs }) {
    return clock.now().getTime() - readAtMs > settleMs / 2;
}
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
        }
        // The first state may have waited for what goes before the tag (an upload, an outage).
        for (let readings = 1; readings < READINGS_MAX && isStale(state, options); readings += 1)
            state = await read();
        if (isComplete(state))
            break;
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
    /**
     * The listing, if the registry says that it knows subjects; undefined if it does not say so. The header alone
     * proves nothing (Docker Hub and ECR sent it without listing), so the listing is read back.
     */
    const listIfKnown = async (response) => {
        if (response.headers['oci-subject'] !== subject)
            return undefined;
        const listing = await referrers.list(repository, subject);
        if (!isListed(listing, digest))
            throwIfOutage(listing);
        return listing;
    };
    const byApi = { listedBy: 'referrers-api', digest, warnings: [] };
    if (context.withoutReferrersApi.has(name)) {
        return inTurn(context, repository, subject, async () => {
            // Read while the manifest is on its way; if that takes long, it is read again before the write.
            const firstRead = readTag(context, repository, subject);
            firstRead.catch(() => undefined);
            const listing = await listIfKnown(await put());
            if (listing !== undefined && isListed(listing, digest)) {
                // A repository that was not there yet had answered like a registry without the API.
                context.withoutReferrersApi.delete(name);
                return byApi;
            }
            const { warnings } = await mergeFallback(context, repository, subject, own, seen, firstRead);
            return { listedBy: 'referrers-tag', digest, warnings };
        });
    }
    const listing = await listIfKnown(await put());
    if (listing !== undefined) {
        if (isListed(listing, digest))
            return byApi;
        const toKeep = notListed(seen, listing);
        const { warnings } = await inTurn(context, repository, subject, () => mergeFallback(context, repository, subject, own, toKeep));
        return { listedBy: 'referrers-tag', digest, warnings };
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
            const toKeep = notListed(seen, listing);
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
/**
 * What was seen and is found by no other way than the tag: all, unless the API lists it. An API may answer with an
 * empty list whatever there is (claimed of GHCR).
 */
function notListed(seen, listing) {
    return listing.place.outcome === 'listed' ? seen.filter(({ digest }) => !isListed(listing, digest)) : seen;
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
    const readAtMs = context.clock.now().getTime();
    const manifest = await context.manifests.getToExtend(repository, tag);
    if (manifest === undefined)
        return { entries: [], digest: undefined, etag: undefined, readAtMs };
    const content = readReferrersTag(manifest, subject);
    switch (content.kind) {
        case 'index':
            return { entries: content.entries, digest: manifest.digest, etag: manifest.etag, readAtMs };
        case 'alias':
            // As good as absent, and no condition: the ETag is the subject's.
            return { entries: [], digest: undefined, etag: undefined, readAtMs };
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
            // Looking for them took time, in which others may have written.
            draft: without(await write.renew()),
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
    /** Repositories where the job's own token was refused for reading: read anonymously from then on. */
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
    /** Nobody may push without a login, so a push is tried with the one there is: its denial says what is wrong. */
    const isAnonymous = ({ repository, access }) => access === 'pull' && anonymous.has((0,reference/* formatRepository */.Sh)(repository));
    const findCredential = async (call) => {
        const credential = await credentials.find(call.repository);
        return credential?.isFallback === true && isAnonymous(call) ? undefined : credential;
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
        const credential = await findCredential(call);
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
    const describeLogin = async (call) => {
        const { repository } = call;
        const credential = await credentials.find(repository);
        if (credential === undefined) {
            return `No login for ${repository.registry} was found (looked in ${credentials.describePlaces()}).`;
        }
        if (credential.isFallback && isAnonymous(call)) {
            return `The login from ${credential.source} was refused, so it was asked anonymously.`;
        }
        return `The login came from ${credential.source}.`;
    };
    const denied = async (call, response, used) => {
        const scope = used.token === undefined ? '' : ` The scope needed is ${used.token.request.scopes.join(' ')}.`;
        const hint = `${await describeLogin(call)} ${neededRight(call.repository, call.access)}${scope}`;
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
 * so a candidate is named by its position. Past LAYERS_MAX or PAYLOADS_MAX they are reported as not looked at.
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
        if (!payloads.has(layer.digest) && payloads.size >= PAYLOADS_MAX)
            return unreadable(reading, 'failed', `only ${PAYLOADS_MAX} different payloads are fetched`);
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
        context.seenSignatures.set(`${(0,reference/* formatRepository */.Sh)(repository)}:${tag}`, answer.digest);
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
        const readAtMs = context.clock.now().getTime();
        const answer = await context.manifests.getToExtend(repository, tag);
        if (answer === undefined)
            return { entries: [], digest: undefined, etag: undefined, readAtMs, base: undefined };
        const manifest = readAs(parseManifest, answer, manifestUrl(fetch, repository, tag).href);
        return {
            entries: rawLayers(answer),
            digest: answer.digest,
            etag: answer.etag,
            readAtMs,
            base: { answer, manifest },
        };
    };
    /** Layers under the tag when this run first looked, unless the tag still shows that state. */
    const readSeen = async (now) => {
        const seen = context.seenSignatures.get(`${(0,reference/* formatRepository */.Sh)(repository)}:${tag}`);
        if (seen === undefined || seen === now)
            return [];
        // By its digest: these bytes are what they were, which the look at the tag alone did not prove.
        const answer = await context.manifests.get(repository, seen);
        if (answer === undefined)
            return [];
        const layers = readAs(parseLayers, answer, manifestUrl(fetch, repository, seen).href);
        return rawLayers(answer).filter((_, index) => !(layers[index] instanceof value_error/* ValueError */.Q));
    };
    let written;
    const merged = await queue.run(`${(0,reference/* formatRepository */.Sh)(repository)}:${tag}`, async () => {
        let first;
        [first] = await Promise.all([read(), uploadPayload()]);
        return mergeIntoTag({
            ...context,
            tag: manifestUrl(fetch, repository, tag).href,
            own,
            seen: await readSeen(first.digest),
            keyOf: layerKey,
            read: async () => {
                const state = first ?? (await read());
                first = undefined;
                return state;
            },
            write: async (draft, renew) => {
                const result = await writeSignatures(context, { repository, tag, draft, renew, openSession });
                if (result.kind === 'written')
                    written = result.digest;
                return result;
            },
        });
    });
    return { digest: merged.digest ?? written ?? layerDigest, layerDigest, warnings: merged.warnings };
}
/** Times a draft is looked at again because its config took long to upload. */
const RENEWALS_MAX = 3;
async function writeSignatures(context, write) {
    const { fetch, clock, settleMs } = context;
    const { repository, tag } = write;
    const what = `PUT ${manifestUrl(fetch, repository, tag).href}`;
    const build = async (first) => {
        let draft = first;
        let bytes = await encodeSignatures(context, write, draft, what);
        // The config goes before the manifest. If that took long, others may have written meanwhile.
        for (let renewals = 0; renewals < RENEWALS_MAX && isStale(draft.state, context); renewals += 1) {
            const { digest } = draft.state;
            draft = await write.renew();
            if (draft.state.digest === digest)
                break;
            bytes = await encodeSignatures(context, write, draft, what);
        }
        return { bytes, headers: conditionOf(draft.state) };
    };
    let built = await build(write.draft);
    const mediaType = mediaTypeOf(write.draft);
    const renew = async () => {
        built = await build(await write.renew());
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
/** The layers as written, of a manifest that was read before. */
function rawLayers({ bytes }) {
    return JSON.parse(Buffer.from(bytes).toString('utf8')).layers;
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
        const refreshToken = refreshTokens.get(credential.source) ?? credential.token;
        const body = new URLSearchParams({
            grant_type: 'refresh_token',
            service,
            client_id: CLIENT_ID,
            scope: request.scopes.join(' '),
            refresh_token: refreshToken,
        });
        const headers = { 'content-type': 'application/x-www-form-urlencoded' };
        const response = await send({
            method: 'POST',
            url: realm,
            headers,
            body: body.toString(),
            bodySecrets: [refreshToken],
        });
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
        seenSignatures: new Map(),
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
// EXTERNAL MODULE: ./.build/js/src/sigstore/parse-time.js
var parse_time = __nccwpck_require__(685);
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
        start: (0,parse_time/* parseTime */.p)(validFor['start'], `${where}.validFor.start`),
        end: (0,parse_time/* parseTime */.p)(validFor['end'], `${where}.validFor.end`),
    };
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
        const hint = code === 'INPUT_INVALID'
            ? 'Give it unchanged as this Sigstore publishes it: a path to the file, or its JSON.'
            : 'The repository publishes something that this version cannot read; ask whoever runs it, or update Countersign.';
        throw new sigstore_error/* SigstoreError */.F(code, `${what} cannot be used: ${error.message}`, { cause: error, hint });
    }
}

;// CONCATENATED MODULE: ./.build/js/src/entries/connect.js






/** A part of its own of the bundle; loading it again costs nothing. */
const loadVerifier = () => Promise.all(/* import() */[__nccwpck_require__.e(654), __nccwpck_require__.e(187), __nccwpck_require__.e(280)]).then(__nccwpck_require__.bind(__nccwpck_require__, 2280));
/** An HTTP client of a run: its proxies, roots, retry budget and debug log. `onAsked` hears the host of each request. */
function connectHttp(run, budget, network, onAsked) {
    return createHttpClient({
        clock: run.clock,
        random: run.random,
        retryFor: budget,
        proxy: run.env,
        caPems: network.caCertificates,
        insecureHosts: network.insecureRegistries,
        trace: ({ service, method, url, status, ms, attempt }) => {
            onAsked?.(new URL(url).host);
            run.log.debug(`${service}: ${method} ${url} → ${status} in ${Math.round(ms)} ms${attempt > 1 ? `, attempt ${attempt}` : ''}`);
        },
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
        uid: run.linuxUid,
        readFile: (path) => run.files.read(path),
        runHelper: createHelperRunner(),
        explicit: network.registryLogin,
        github: githubLogin === undefined ? undefined : { ...githubLogin, serverUrl: run.context.serverUrl },
        insecureRegistries: network.insecureRegistries,
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

/***/ 852:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ parseDuration)
/* harmony export */ });
/* harmony import */ var _domain_value_error_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2528);

const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
/**
 * Parses `30s`, `5m`, `12h`, `30d` (a whole number and one unit) into milliseconds. Throws ValueError for
 * anything else and for more than ten years.
 */
function parseDuration(text) {
    const match = /^(\d{1,9})([smhd])$/.exec(text);
    const unitMs = UNIT_MS[match?.[2] ?? ''];
    if (match === null || unitMs === undefined)
        throw new _domain_value_error_js__WEBPACK_IMPORTED_MODULE_0__/* .ValueError */ .Q('is no duration such as 30s, 5m, 12h or 30d');
    const ms = Number(match[1]) * unitMs;
    if (ms > 3650 * 86_400_000)
        throw new _domain_value_error_js__WEBPACK_IMPORTED_MODULE_0__/* .ValueError */ .Q('is longer than ten years');
    return ms;
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

/***/ 8556:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $7: () => (/* binding */ readDuration),
/* harmony export */   JI: () => (/* binding */ readInteger),
/* harmony export */   Kf: () => (/* binding */ readChoice),
/* harmony export */   Vf: () => (/* binding */ readBoolean),
/* harmony export */   Wu: () => (/* binding */ isFalse),
/* harmony export */   yR: () => (/* binding */ readText)
/* harmony export */ });
/* unused harmony export readAnnotations */
/* harmony import */ var _domain_value_error_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(2528);
/* harmony import */ var _duration_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(852);
/* harmony import */ var _input_problems_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(3847);





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
    if (isFalse(value))
        return false;
    reading.problems.add(name, `${(0,_input_problems_js__WEBPACK_IMPORTED_MODULE_1__/* .quoted */ .k)(value)} is neither true nor false.`, 'Write `true` or `false`.');
    return absent;
}
/** True for the spellings of `false`. */
function isFalse(value) {
    return ['false', 'False', 'FALSE'].includes(value);
}
/** One of the words, exactly. */
function readChoice(reading, name, choices, absent) {
    const value = readText(reading, name);
    if (value === undefined)
        return absent;
    const choice = choices.find((one) => one === value);
    if (choice !== undefined)
        return choice;
    reading.problems.add(name, `${(0,_input_problems_js__WEBPACK_IMPORTED_MODULE_1__/* .quoted */ .k)(value)} is not known.`, `Write one of ${choices.join(', ')}.`);
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
    reading.problems.add(name, `${(0,_input_problems_js__WEBPACK_IMPORTED_MODULE_1__/* .quoted */ .k)(value)} is no whole number from ${range.min} to ${range.max}.`, `Write a number from ${range.min} to ${range.max}.`);
    return range.absent;
}
/** A duration such as `5m` in milliseconds, or `absent`. */
function readDuration(reading, name, absent) {
    const value = readText(reading, name);
    if (value === undefined)
        return absent;
    try {
        return (0,_duration_js__WEBPACK_IMPORTED_MODULE_0__/* .parseDuration */ .E)(value);
    }
    catch (error) {
        if (!(error instanceof _domain_value_error_js__WEBPACK_IMPORTED_MODULE_2__/* .ValueError */ .Q))
            throw error;
        reading.problems.add(name, `${(0,_input_problems_js__WEBPACK_IMPORTED_MODULE_1__/* .quoted */ .k)(value)} ${error.message}.`, 'Write a number and a unit, such as `5m`.');
        return absent;
    }
}
/** Lines `key=value`, split at the first `=` as the gate splits them, blanks around it dropped; a repeated key is a problem. */
function readAnnotations(reading) {
    const pairs = new Map();
    for (const line of splitLines(reading.source.input('annotations') ?? '')) {
        if (line === '')
            continue;
        const equals = line.indexOf('=');
        const key = line.slice(0, Math.max(equals, 0)).trim();
        if (key === '') {
            reading.problems.add('annotations', `${quoted(line)} is not of the form key=value.`, 'Write one `key=value` a line.');
            continue;
        }
        if (pairs.has(key)) {
            reading.problems.add('annotations', `the key ${quoted(key)} is given twice.`, 'Keep one line for each key.');
        }
        pairs.set(key, line.slice(equals + 1).trim());
    }
    const annotations = Object.fromEntries(pairs);
    if (annotationsLength(annotations) > ANNOTATIONS_MAX_LENGTH) {
        reading.problems.add('annotations', `they have more than ${ANNOTATIONS_MAX_LENGTH} characters, and this gate takes no more.`, 'Annotate with the digest of a long text instead.');
    }
    return annotations;
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
    const { title, lines, isCut } = (0,_report_error_text_js__WEBPACK_IMPORTED_MODULE_1__/* .errorText */ .kc)(error, actionNames(run).troubleshootingUrl);
    if (isCut)
        for (const line of [...error.message.split('\n'), ...(error.hint?.split('\n') ?? [])])
            run.log.info(line);
    run.annotate({ level: 'error', title: `Countersign: ${title}`, message: lines.join('\n') });
    run.setExitCode(1);
    if (error.code === 'INTERNAL_ERROR' && error.cause instanceof Error)
        run.log.debug(error.cause.stack ?? '');
    return error;
}


/***/ }),

/***/ 6893:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  P: () => (/* binding */ readRunEnvironment)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __nccwpck_require__(1455);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __nccwpck_require__(8500);
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
        isForkRun: isForeign(event, repository) && eventName !== 'pull_request_target' && eventName !== 'workflow_run',
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
        linuxUid: process.platform === 'linux' ? process.getuid?.() : undefined,
        clock: {
            now: () => new Date(),
            sleep: async (ms, signal) => void (await (0,external_node_timers_promises_.setTimeout)(ms, undefined, signal === undefined ? {} : { signal })),
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
                for await (const path of (0,promises_.glob)(pattern)) {
                    // `**` names directories too, and nobody means them. A dangling link is told by whoever reads it.
                    const found = await (0,promises_.stat)(path).catch(() => undefined);
                    if (found?.isDirectory() !== true)
                        paths.push(path);
                }
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
/* harmony import */ var _run_environment_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(6893);
/* harmony import */ var _publish_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(1694);
/* harmony import */ var _run_verify_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(1055);





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

/***/ 1694:
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
// EXTERNAL MODULE: ./.build/js/src/domain/reference.js
var reference = __nccwpck_require__(547);
// EXTERNAL MODULE: ./.build/js/src/domain/value-error.js
var value_error = __nccwpck_require__(2528);
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

// EXTERNAL MODULE: ./.build/js/src/http/retry-budget.js
var retry_budget = __nccwpck_require__(4256);
;// CONCATENATED MODULE: ./.build/js/src/report/cut-markdown.js
/**
 * Markdown cut at the end of a line, with what is open closed and a note at the end; unchanged if it fits.
 * `sizeOf` measures in the unit of `max`.
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
// EXTERNAL MODULE: ./.build/js/src/domain/github-issuer.js
var github_issuer = __nccwpck_require__(8103);
// EXTERNAL MODULE: ./.build/js/src/domain/identity.js + 2 modules
var domain_identity = __nccwpck_require__(1321);
// EXTERNAL MODULE: ./.build/js/src/domain/identity-rules.js
var identity_rules = __nccwpck_require__(7552);
// EXTERNAL MODULE: ./.build/js/src/domain/pasteable-line.js
var pasteable_line = __nccwpck_require__(5992);
// EXTERNAL MODULE: ./.build/js/src/domain/signer-evaluation.js
var signer_evaluation = __nccwpck_require__(6141);
// EXTERNAL MODULE: ./.build/js/src/domain/workflow-uri.js
var workflow_uri = __nccwpck_require__(6746);
;// CONCATENATED MODULE: ./.build/js/src/domain/pasteable-inputs.js





/**
 * The inputs that accept this signature and, as far as its certificate says, nothing wider: repository,
 * workflow, ref, and the signer if it is another one. Only for verified facts: pasting is trusting.
 */
function pasteableInputs({ identity }, context) {
    const { claims, issuer, subject } = identity;
    const uri = claims['source-repository-uri'];
    const workflow = uri === undefined ? undefined : (0,workflow_uri/* parseWorkflowUri */.BK)(claims['build-config-uri'] ?? '', uri)?.path;
    // A GitLab path stands after `//`, so it starts with a slash, which the input does not take.
    const path = workflow?.startsWith('/') ? undefined : workflow;
    const isNamedByClaims = identity.subjectKind === 'uri' && path !== undefined && (0,workflow_uri/* isWorkflowOf */.TL)(subject, uri);
    const trigger = claims['build-trigger'] ?? claims['github-workflow-trigger'];
    const triggerClaim = claims['build-trigger'] === undefined ? 'github-workflow-trigger' : 'build-trigger';
    const wanted = [
        ['source-repository', uri === undefined ? undefined : shortest(uri, context.serverUrl)],
        ['workflow', path],
        ['source-ref', claims['source-repository-ref']],
        ['certificate-identity', isNamedByClaims ? undefined : subject],
        ['certificate-oidc-issuer', issuer === context.defaultIssuer ? undefined : issuer],
        ['claims', trigger !== undefined && identity_rules/* OUTSIDER_TRIGGERS */.mv.includes(trigger) ? `${triggerClaim}=${trigger}` : undefined],
    ];
    const given = wanted.filter((pair) => pair[1] !== undefined);
    const withheld = given
        .filter(([name, value]) => (0,pasteable_line/* pasteableLine */.i)(name, value) === undefined)
        .map(([name]) => `${name}: the certificate's value holds characters that are not safe to paste`);
    if (withheld.length === 0 && !accept(given, identity, context)) {
        withheld.push('no inputs accept exactly what this certificate says');
    }
    return { lines: given.flatMap(([name, value]) => (0,pasteable_line/* pasteableLine */.i)(name, value) ?? []), withheld };
}
/** The inputs that are offered, by their names in the parsed request. */
const FIELDS = {
    'source-repository': 'sourceRepository',
    workflow: 'workflow',
    'source-ref': 'sourceRef',
    'certificate-identity': 'certificateIdentity',
    'certificate-oidc-issuer': 'certificateOidcIssuer',
    claims: 'claims',
};
/** `owner/name` on this server, else the URL. */
function shortest(uri, serverUrl) {
    const name = uri.startsWith(`${serverUrl}/`) ? uri.slice(serverUrl.length + 1) : uri;
    return name.split('/').length === 2 ? name : uri;
}
/** Whether the gate would take the inputs and accept the signature: certificates can say what no input can. */
function accept(given, identity, context) {
    const none = {
        certificateIdentity: [],
        certificateIdentityRegexp: [],
        certificateOidcIssuer: [],
        certificateOidcIssuerRegexp: [],
        sourceRepository: [],
        workflow: [],
        sourceRef: [],
        signerWorkflow: [],
        claims: [],
        annotations: [],
        maxAgeMs: undefined,
        allowAnyIdentity: false,
    };
    const inputs = { ...none, ...Object.fromEntries(given.map(([name, value]) => [FIELDS[name], [value]])) };
    // No pattern and no age is among them, so neither the word nor the time is used.
    const parsed = (0,domain_identity/* parseIdentityRequirement */.R)(inputs, { ...context, randomWord: 'unused', parseRegexp: undefined });
    if (parsed.kind !== 'requirement')
        return false;
    return ((0,signer_evaluation/* evaluateSigner */.U)({ identity, annotations: {}, provenTimes: [] }, parsed.requirement, new Date(0)).kind === 'accepted');
}

// EXTERNAL MODULE: ./.build/js/src/report/escape.js
var report_escape = __nccwpck_require__(4501);
;// CONCATENATED MODULE: ./.build/js/src/report/paste-blocks.js



/** Images named in one block; whoever pastes has the list of all in the output. */
const IMAGES_SHOWN = 5;
/** Said where a value cannot be pasted safely. */
const NOT_PASTABLE = 'The identity holds characters that cannot be seen, so no command is offered for pasting. The results file has it in full.';
/** Markdown: the verify step that accepts exactly this signer, ready for a workflow file. */
function verifyStepBlock(options) {
    const inputs = identityInputs(options.identity, options.serverUrl);
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
    const inputs = identityInputs(identity, serverUrl);
    return inputs.withheld.length > 0 ? withheld(inputs.withheld) : (0,report_escape/* markdownBlock */.dI)('yaml', inputs.lines.join('\n'));
}
/** The inputs for a verified identity, as lines for a workflow file of this server. */
function identityInputs(identity, serverUrl) {
    return pasteableInputs({ identity }, { serverUrl, defaultIssuer: (0,github_issuer/* githubIssuerOf */.Y)(serverUrl) });
}
/** Incomplete inputs would accept more than this signer, so none are offered. */
function withheld(reasons) {
    return ['Nothing is offered for pasting:', '', ...reasons.map((reason) => `- ${(0,report_escape/* markdownText */.p7)(reason)}`)].join('\n');
}
/** Markdown: the `cosign verify` command, which takes several images. */
function cosignCommandBlock(options) {
    const images = options.images.slice(0, IMAGES_SHOWN).map(shellWord);
    const subject = shellWord(options.identity.subject);
    const issuer = shellWord(options.identity.issuer);
    if (images.includes(undefined) || subject === undefined || issuer === undefined)
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
    lines.push(...images.map((image) => `  ${image}`));
    return markdownBlock('sh', lines.join(' \\\n'));
}

;// CONCATENATED MODULE: ./.build/js/src/report/log-lines.js


/** Lines for the log. Untrusted text stays as it is: the log's adapter escapes every line. */
const WORDS = {
    pass: 'PASS',
    allowed: 'ALLOWED',
    fail: 'REFUSED',
    error: 'NOT DECIDED',
};
/** One line an image: what was signed, in which formats, where it is logged and when. */
function signLogLines(results) {
    return results.images.map((image) => {
        const name = nameOf(image);
        if (image.verdict !== 'pass')
            return `NOT SIGNED ${name}: ${image.reason ?? image.verdict}: ${image.message}`;
        if (image.signatures.length === 0)
            return `done ${name}: ${image.message}`;
        const isNew = image.signatures.some(({ written }) => written === true);
        const each = image.signatures.map(({ format, log, signedAt, written }) => [
            format,
            ...(isNew && written !== true ? ['signed already'] : []),
            ...(log === null ? [] : [`entry ${log.index} in ${log.url}`]),
            ...(signedAt === null ? [] : [signedAt]),
        ].join(', '));
        return `${isNew ? 'signed' : image.message} ${name} (${each.join('; ')})`;
    });
}
/** Signers whose inputs are offered for one image. */
const OFFERED_MAX = 3;
/** What the log says about each image, in the order of the results; `serverUrl` has no final slash. */
function verifyLogLines(results, details, serverUrl) {
    return results.images.map((image, index) => ({
        line: `${WORDS[image.verdict]} ${nameOf(image)}: ${image.reason === null ? '' : `${image.reason}: `}${image.message}`,
        details: image.verdict === 'pass' ? [] : refusalLines(image, details[index], serverUrl),
        title: `${WORDS[image.verdict]} ${nameOf(image)}: what was looked at`,
    }));
}
function refusalLines(image, details, serverUrl) {
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
        ...offeredLines(details, serverUrl),
    ];
}
/** Inputs ready to paste, for who has no summary to look at; made of harmless characters only. */
function offeredLines(details, serverUrl) {
    const blocks = (details?.signatures ?? []).flatMap(({ verified }) => {
        if (verified === undefined)
            return [];
        const { lines, withheld } = identityInputs(verified, serverUrl);
        return withheld.length > 0 ? [] : [lines.map((line) => `    ${line}`).join('\n')];
    });
    return [...new Set(blocks)]
        .slice(0, OFFERED_MAX)
        .flatMap((block) => [
        '  Inputs that would accept this signer; pasting them means trusting it:',
        ...block.split('\n'),
    ]);
}
/** Tag and digest: the tag is what people know, the digest is what was looked at. */
function nameOf(image) {
    if (image.resolved === null)
        return image.reference;
    return image.tag === null ? image.resolved : `${image.resolved} (tag ${image.tag})`;
}

;// CONCATENATED MODULE: ./.build/js/src/report/results.js

/** One environment string of a Linux process holds 128 KiB; a script takes the output as one. */
const OUTPUT_MAX_BYTES = 100_000;
/**
 * The `results` output: the whole, or above 100,000 bytes only reference, resolved, verdict and reason of
 * each image and `"truncated":true` (contract §4). If even that is too long, images are left out, those
 * that passed first; the file at `report-path` is always whole.
 */
function resultsOutput(results) {
    // Escaping only makes it longer, and takes its time where strangers signed much.
    const whole = fits(JSON.stringify(results)) ? (0,report_escape/* jsonOutput */.W3)(results) : undefined;
    if (whole !== undefined && fits(whole))
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
/** Escaped JSON is ASCII: one byte a character; of other JSON this is the least it may take. */
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
/** True for a tag that was written beside a digest: a label that nobody asked the registry about. */
function isTagUnchecked({ tag, reference }) {
    return tag !== null && reference.includes('@');
}
/** Repository with its tag, as people call the image; without a tag that was not checked. Untrusted. */
function shortName(image) {
    if (image.repository === null)
        return image.reference;
    return image.tag === null || isTagUnchecked(image) ? image.repository : `${image.repository}:${image.tag}`;
}
/** A character as markdownText writes it, but for blanks. */
const SIGN = String.raw `(?:[\w.:,/…→’-]|&#\d+;)`;
/** After a slash, or a dot before a long word, but not too soon; where there is neither for long, anywhere. */
const BREAKABLE = new RegExp(String.raw `${SIGN}{12,31}?(?:/(?=[\w.])|\.(?=\w{5}))|${SIGN}{32}(?=${SIGN})`, 'g');
/**
 * A value in fixed width that may be broken over lines: else a long one pushes the columns beside it out of sight
 * on a narrow page. Only inside `<code>`, since elsewhere a break could make a mention out of what follows.
 */
function codeCell(text) {
    return `<code>${(0,report_escape/* markdownText */.p7)(text).replace(BREAKABLE, '$&<wbr>')}</code>`;
}
/** Tags listed beside an image. */
const TAGS_SHOWN = 5;
/**
 * Name, further tags, and the start of the digest: enough to recognise the image; the whole digest stands in
 * a block that can be copied.
 */
function imageCell(image, tags = []) {
    const others = [...new Set(tags)].filter((tag) => tag !== image.tag);
    const shown = others.slice(0, TAGS_SHOWN).map((tag) => codeCell(`:${tag}`));
    const left = others.length > TAGS_SHOWN ? [`+${others.length - TAGS_SHOWN}`] : [];
    const name = [codeCell(shortName(image)), ...shown, ...left].join(' ');
    const label = isTagUnchecked(image) ? `, tag ${codeCell(`:${image.tag}`)} not checked` : '';
    return `${name}<br><sub>${digestStart(image.digest)}${label}</sub>`;
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
    return `${log.index} in ${codeCell(logName(log.url))}`;
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
            codeCell(expected),
            found === undefined ? '*nothing*' : codeCell(found),
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
    const [open, rest] = tables(rows, report.troubleshootingUrl);
    // In the order of need: a check run holds a sixteenth of a job summary, and is cut at its end.
    const parts = [
        `## ${verifyHeadline(report)}`,
        ...(report.error === undefined ? [] : [(0,error_text/* errorSection */.K6)(report.error, report.troubleshootingUrl)]),
        ...open,
        ...notes(report),
        ...sections(rows, report),
        ...rest,
        ...pinnedReferences(report),
        ...besides(rows),
        ...placesLooked(rows),
    ];
    return `${parts.join('\n\n')}\n`;
}
/** The verdict in one line of Markdown: also what a check run is called. */
function verifyHeadline({ results, verdict, error }) {
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
/** The table that stands open, and the fold with the rest of it. */
function tables(rows, troubleshootingUrl) {
    if (rows.length === 0)
        return [[], []];
    const lines = rows.slice(0, ROWS_MAX).map((row) => imageRow(row, troubleshootingUrl));
    const bad = rows.filter(({ image }) => image.verdict !== 'pass').length;
    // A long list shows what needs a person, and folds what passed.
    const shown = lines.length <= ROWS_OPEN ? lines.length : bad === 0 ? ROWS_OPEN : Math.min(bad, ROWS_OPEN);
    const open = tableOf(COLUMNS, lines.slice(0, shown));
    if (shown === lines.length)
        return [[open], []];
    const left = rows.length > ROWS_MAX ? [`…and ${rows.length - ROWS_MAX} more images in the results file.`] : [];
    const rest = rows.slice(shown);
    const passed = rest.filter(({ image }) => image.verdict === 'pass').length;
    const which = passed === rest.length ? 'all passed' : `${passed} of them passed`;
    return [[open], [folded(`${rest.length} more images, ${which}`, tableOf(COLUMNS, lines.slice(shown)), ...left)]];
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
    const name = `${codeCell(subject)}<br><sub>${codeCell(issuer)}</sub>`;
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
        codeCell(shortName(image)),
        [...new Set(details?.others)].slice(0, 10).map(codeCell).join('<br>'),
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
        return [codeCell(shortName(image)), codeCell(request), answer];
    }))
        .slice(0, PLACES_MAX);
    if (lines.length === 0)
        return [];
    return [folded('Where signatures were looked for', tableOf(['Image', 'Request', 'Answer'], lines))];
}

// EXTERNAL MODULE: ./.build/js/src/usecases/judge-image.js + 1 modules
var judge_image = __nccwpck_require__(9215);
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
        ...(accepted ? {} : { message: (0,judge_image/* messageOf */.bD)(one) }),
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

// EXTERNAL MODULE: ./.build/js/src/entries/connect.js + 34 modules
var connect = __nccwpck_require__(9197);
// EXTERNAL MODULE: ./.build/js/src/entries/inputs/run-files.js
var run_files = __nccwpck_require__(2757);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __nccwpck_require__(1455);
// EXTERNAL MODULE: ./.build/js/src/entries/inputs/read-value.js
var read_value = __nccwpck_require__(8556);
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
/** Whether a run that stopped, perhaps on its inputs, writes a job summary: unless `summary` says no. */
function wantsSummary(run) {
    return !(0,read_value/* isFalse */.Wu)(run.input('summary')?.trim() ?? '');
}

// EXTERNAL MODULE: ./.build/js/src/entries/report-failure.js
var report_failure = __nccwpck_require__(9901);
;// CONCATENATED MODULE: ./.build/js/src/github/check-run.js
/** Of a check run's title, summary and text: GitHub says characters; kept in bytes, which holds either way. */
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
        // The latest of a name may be a job that is called the same, behind which ours would be hidden.
        filter: 'all',
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
    // All lines: the first of several bad inputs only says how many there are.
    if (error !== undefined)
        return `Not decided: ${error.code}: ${error.message.split('\n').join(' ')}`;
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
            summary: cutMarkdown(report.markdown, CHECK_TEXT_MAX, (text) => Buffer.byteLength(text)),
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
    const { isForkRun, isDependabot } = run.context;
    const advice = isForkRun || isDependabot
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
    await publishResults(run, results, [request.reportPath]).catch((cause) => {
        const why = cause instanceof Error ? cause.message : String(cause);
        throw new coded_error/* CodedError */.AK('INPUT_INVALID', `input report: ${request.reportPath} cannot be written: ${why}`, {
            cause,
            hint: 'Name a file in `report` that this job may write, or leave the input out.',
        });
    });
    logImages(run, verifyLogLines(results, details, run.context.serverUrl));
    const notes = notesOf(images);
    for (const note of notes)
        run.log.info(note);
    const markdown = verifySummary({
        results,
        verdict,
        details,
        // A notice such as "tag not checked" is in the log since the start of the run.
        notes: [...request.notices, ...notes],
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
const NO_IDENTITY_HINT = 'Say who must have signed. Log and job summary show the verified signers of each image, as inputs ready to paste.';
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
    if (wantsSummary(run))
        writeSummary(run, markdown);
    const names = { check: reportName(run, 'check-name'), status: reportName(run, 'status-name') };
    if (names.check === undefined && names.status === undefined)
        return;
    // The run's own client may be closed or never made: the inputs that configure it may be what is wrong.
    const http = (0,connect/* connectHttp */.RW)(run, (0,retry_budget/* createRetryBudget */.C)(STOPPED_RETRY_MS), { caCertificates: [], insecureRegistries: [] });
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
        if (verification.kind !== 'verified' || evaluation?.kind !== 'accepted')
            return [];
        const named = verification.facts.dockerReference;
        if (named === undefined || image.image === undefined || isNameOf(named, image.image.repository)) {
            return evaluation.notes;
        }
        return [...evaluation.notes, `The signature of ${image.first.original} was made under the name ${named}.`];
    }));
    return [...new Set(notes)];
}
/** True if a signed docker-reference, which may have a tag (podman writes one), names this repository. */
function isNameOf(named, repository) {
    try {
        return (0,reference/* formatRepository */.Sh)((0,reference/* parseReference */.F2)(named).repository) === (0,reference/* formatRepository */.Sh)(repository);
    }
    catch (error) {
        // Well formed by its own grammar, but none of ours: the name of something else.
        if (error instanceof value_error/* ValueError */.Q)
            return false;
        throw error;
    }
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
/* harmony import */ var _inputs_read_value_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8556);


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

/***/ 1055:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  R: () => (/* binding */ runVerify)
});

// EXTERNAL MODULE: ./.build/js/src/domain/signer-evaluation.js
var signer_evaluation = __nccwpck_require__(6141);
;// CONCATENATED MODULE: ./.build/js/src/usecases/evaluate-once.js
/**
 * Evaluates each signature at the time it is first looked at, and keeps that answer: whoever asks later in the run
 * gets the same one, and a signature made while the run waited for it is not one from the future.
 */
function evaluateOnce(evaluate, clock) {
    const known = new WeakMap();
    return (facts) => {
        const evaluation = known.get(facts) ?? evaluate(facts, clock.now());
        known.set(facts, evaluation);
        return evaluation;
    };
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
/** Signatures of one set verified between two turns of the event loop; each takes milliseconds of the processor. */
const VERIFY_LIMIT = 8;
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
        // By the digests as listed: what a referrer holds may bear another, as the layers of cosign's oci-1-1 do.
        const seen = new Set(referrers.listed.map((descriptor) => descriptor.digest));
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
    const outcomes = await map_limited_mapLimited(wanted, { limit: VERIFY_LIMIT }, async (candidate) => {
        try {
            const verification = await options.verifier.verify(candidate, options.digest);
            return { candidate: forgetBytes(candidate, verification), verification };
        }
        catch (error) {
            // A trusted root that is missing for one signature must not hide another one, judged by another root.
            return { candidate, error };
        }
    });
    return {
        examined: outcomes.flatMap((one) => ('verification' in one ? [one] : [])),
        undecided: outcomes.flatMap((one) => ('verification' in one ? [] : [one])),
        unreadable: set.unreadable,
        places: set.places,
        listed: [],
    };
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
// EXTERNAL MODULE: ./.build/js/src/domain/value-error.js
var value_error = __nccwpck_require__(2528);
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
            throw new coded_error/* CodedError */.AK('IMAGE_NOT_FOUND', `${(0,domain_reference/* formatPinned */.y6)(repository, child.digest)}, listed by its index, is missing`, { hint: options.notFoundHint });
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

// EXTERNAL MODULE: ./.build/js/src/entries/connect.js + 34 modules
var connect = __nccwpck_require__(9197);
// EXTERNAL MODULE: ./.build/js/src/http/http-error.js
var http_error = __nccwpck_require__(2947);
;// CONCATENATED MODULE: ./.build/js/src/github/base-file.js


const FILE_MAX_BYTES = 4 * 1024 * 1024;
/**
 * Reads files of the repository as the base commit of a pull request has them, through the contents API
 * (docs.github.com/rest/repos/contents; needs `contents: read`). Undefined if the API says 404, which it
 * also says to a token that may not read. Throws GITHUB_API_UNAVAILABLE for an outage, INPUT_INVALID for what
 * will be the same the next time.
 */
function createBaseFileReader(options) {
    return async (path) => {
        const { base } = options;
        if (base === undefined) {
            throw new coded_error/* CodedError */.AK('INPUT_INVALID', 'the event payload does not name the base commit of the pull request');
        }
        const segments = path.split('/').map(encodeURIComponent).join('/');
        const url = `${options.apiUrl}/repos/${base.repository}/contents/${segments}?ref=${base.sha}`;
        const shown = `GET ${path} at ${base.sha} of ${base.repository}`;
        const response = await ask(options, url, shown);
        if (response.status === 200) {
            // A directory, a submodule or a link that leads out of the repository is described in JSON instead.
            if (/[./]raw\b/.test(response.headers['content-type'] ?? ''))
                return response.body;
            throw new coded_error/* CodedError */.AK('INPUT_INVALID', `${shown} is no plain file`);
        }
        if (response.status === 404)
            return undefined;
        throw isOutage(response)
            ? new coded_error/* CodedError */.AK('GITHUB_API_UNAVAILABLE', `${shown} returned ${response.status}`)
            : new coded_error/* CodedError */.AK('INPUT_INVALID', `${shown} returned ${response.status}`);
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
/** What another run may find gone; GitHub says 403 also where its rate limit is used up. */
function isOutage({ status, headers }) {
    return (status === 408 || status === 429 || status >= 500 || (status === 403 && headers['x-ratelimit-remaining'] === '0'));
}

;// CONCATENATED MODULE: ./.build/js/src/entries/input-source.js


/** The inputs of this process. `onAsked` hears the host of each request that reading them takes. */
function createInputSource(run, budget, onAsked) {
    return {
        input: run.input,
        env: run.env,
        context: run.context,
        files: run.files,
        mask: run.mask,
        async readBaseFile(path) {
            // The inputs that would say more about the network are being read.
            const http = (0,connect/* connectHttp */.RW)(run, budget, { caCertificates: [], insecureRegistries: [] }, onAsked);
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

// EXTERNAL MODULE: ./.build/js/src/http/retry-budget.js
var retry_budget = __nccwpck_require__(4256);
// EXTERNAL MODULE: ./.build/js/src/entries/inputs/duration.js
var duration = __nccwpck_require__(852);
;// CONCATENATED MODULE: ./.build/js/src/entries/run-budget.js


/**
 * The one time budget of a run for outages of every service (contract §2.3, `retry-for`), from its first request
 * on: reading the inputs may already ask GitHub for files of a pull request's base commit. A value that cannot be
 * read ends the run when all inputs are judged; until then the default holds.
 */
function createRunBudget(run, absentMs) {
    const value = run.input('retry-for')?.trim() ?? '';
    try {
        return (0,retry_budget/* createRetryBudget */.C)(value === '' ? absentMs : (0,duration/* parseDuration */.E)(value));
    }
    catch {
        return (0,retry_budget/* createRetryBudget */.C)(absentMs);
    }
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

// EXTERNAL MODULE: ./.build/js/src/entries/inputs/read-value.js
var read_value = __nccwpck_require__(8556);
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
        // An outage is no bad input, and ends the run with its own code.
        if (!(error instanceof coded_error/* CodedError */.AK) || error.code !== 'INPUT_INVALID')
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

;// CONCATENATED MODULE: ./.build/js/src/entries/inputs/unknown-inputs.js
/**
 * Refuses inputs that nobody reads: the runner passes them on with a warning, and the gate would then check less
 * than was asked for (`policy` of a later version, a misspelt `source-reff`). Only names of other versions and names
 * with a dash count: other variables `INPUT_…` may come from the `env:` of a job, where a dash is out of use.
 */
function refuseUnknownInputs({ source, problems }, { known, others }) {
    for (const [variable, value] of Object.entries(source.env)) {
        const name = /^INPUT_(.+)$/i.exec(variable)?.[1]?.toLowerCase();
        if (name === undefined || !value || known.includes(name))
            continue;
        if (others.includes(name)) {
            const what = 'this version of the action does not know it, and would not check what it asks for.';
            problems.add(name, what, 'Remove it, or use a version whose README lists it.');
        }
        else if (name.includes('-')) {
            problems.add(name, 'the action has no such input.', 'Correct its name (the README lists all inputs), or unset the variable if it comes from elsewhere.');
        }
    }
}

// EXTERNAL MODULE: ./.build/js/src/domain/github-issuer.js
var github_issuer = __nccwpck_require__(8103);
// EXTERNAL MODULE: ./.build/js/src/domain/identity.js + 2 modules
var identity = __nccwpck_require__(1321);
// EXTERNAL MODULE: ./.build/js/src/domain/max-age.js
var max_age = __nccwpck_require__(4666);
;// CONCATENATED MODULE: ./.build/js/src/entries/verify/identity-inputs.js








/**
 * Reads the identity inputs, one value a line, and parses them by the identity rules (contract §2.5). An
 * empty value is a problem: a dropped job output must not make the gate ask for less.
 */
async function readIdentity(reading) {
    const before = reading.problems.list.length;
    const { serverUrl } = reading.source.context;
    const certificateIdentityRegexp = readValues(reading, 'certificate-identity-regexp');
    const certificateOidcIssuerRegexp = readValues(reading, 'certificate-oidc-issuer-regexp');
    const hasRegexp = certificateIdentityRegexp.length + certificateOidcIssuerRegexp.length > 0;
    const parseRegexp = hasRegexp ? (await Promise.all(/* import() */[__nccwpck_require__.e(856), __nccwpck_require__.e(629)]).then(__nccwpck_require__.bind(__nccwpck_require__, 3629))).parseRegexp : undefined;
    const parsed = (0,identity/* parseIdentityRequirement */.R)({
        certificateIdentity: readValues(reading, 'certificate-identity'),
        certificateIdentityRegexp,
        certificateOidcIssuer: readValues(reading, 'certificate-oidc-issuer'),
        certificateOidcIssuerRegexp,
        sourceRepository: readValues(reading, 'source-repository'),
        workflow: readValues(reading, 'workflow'),
        sourceRef: readValues(reading, 'source-ref'),
        signerWorkflow: readValues(reading, 'signer-workflow'),
        claims: readValues(reading, 'claims'),
        annotations: readValues(reading, 'annotations'),
        maxAgeMs: readMaxAge(reading),
        allowAnyIdentity: (0,read_value/* readBoolean */.Vf)(reading, 'allow-any-identity', false),
    }, { defaultIssuer: (0,github_issuer/* githubIssuerOf */.Y)(serverUrl), serverUrl, randomWord: randomWord(), parseRegexp });
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
    const [value, second] = readValues(reading, 'max-age');
    if (value === undefined)
        return undefined;
    if (second !== undefined) {
        reading.problems.add('max-age', 'it holds more than one duration.', 'Write one, such as `12h` or `30d`.');
        return undefined;
    }
    try {
        return (0,max_age/* parseMaxAge */.p)(value);
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










/** `retry-for` if it is not given, in ms. */
const RETRY_FOR_MS = 60_000;
/** Inputs of verify/action.yml that this folder reads; a test compares the two. */
const VERIFY_INPUTS = [
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
];
/** Inputs that other versions of this action know, and without which it would check less than was asked for. */
const INPUTS_OF_OTHER_VERSIONS = [
    'policy',
    'policy-from',
    'no-match-policy',
    'files',
    'image-paths',
    'pin',
    'changed-only',
    'audit-tags',
    'allow-empty',
];
/**
 * Reads every input of the verify action once. Throws one CodedError INPUT_INVALID that names every bad
 * input with its cure.
 */
async function readVerifyInputs(source) {
    const problems = (0,input_problems/* createInputProblems */.T)();
    const reading = { source, problems };
    refuseUnknownInputs(reading, { known: VERIFY_INPUTS, others: INPUTS_OF_OTHER_VERSIONS });
    const images = await readImages(reading, { refuseEmptyItems: true });
    const offline = (0,read_value/* readBoolean */.Vf)(reading, 'offline', false);
    const report = (0,read_value/* readText */.yR)(reading, 'report');
    const request = {
        images: images.images,
        skipped: images.skipped,
        notices: images.notices,
        identity: await readIdentity(reading),
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
        network: await readNetwork(reading, images, { retryForMs: RETRY_FOR_MS, offline }),
    };
    problems.throwIfAny();
    return request;
}

// EXTERNAL MODULE: ./.build/js/src/entries/verify/publish.js + 16 modules
var publish = __nccwpck_require__(1694);
;// CONCATENATED MODULE: ./.build/js/src/entries/verify/run-verify.js








/** The verify action: inputs → adapters → use-case → what people and scripts see. */
async function runVerify(run) {
    const budget = createRunBudget(run, RETRY_FOR_MS);
    const request = await readVerifyInputs(createInputSource(run, budget));
    for (const notice of [...request.notices, ...request.skipped])
        run.log.info(notice);
    const http = (0,connect/* connectHttp */.RW)(run, budget, request.network);
    try {
        const registry = (0,connect/* connectRegistry */.gm)(run, request.network, http, 'pull');
        const trust = (0,connect/* connectTrust */.x_)(run, request.trust, http, {
            offline: request.offline,
            signing: false,
            plainHttpHosts: request.network.insecureRegistries,
        });
        trust.source.prefetch();
        const { concurrency, signatureRepository } = request.network;
        const { identity } = request;
        const evaluate = identity.kind === 'requirement'
            ? evaluateOnce((facts, now) => (0,signer_evaluation/* evaluateSigner */.U)(facts, identity.requirement, now), run.clock)
            : undefined;
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

/***/ 4256:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ createRetryBudget),
/* harmony export */   j: () => (/* binding */ backoffMs)
/* harmony export */ });
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


/***/ }),

/***/ 4620:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   K6: () => (/* binding */ errorSection),
/* harmony export */   NW: () => (/* binding */ reasonLink),
/* harmony export */   XV: () => (/* binding */ hintMarkdown),
/* harmony export */   kc: () => (/* binding */ errorText)
/* harmony export */ });
/* harmony import */ var _domain_visible_text_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(3578);
/* harmony import */ var _escape_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4501);
/* harmony import */ var _next_steps_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8465);



/**
 * The runner cuts an annotation at 4096 characters. The message gives way, so that what to do and where to read on
 * always remain: at most this many characters, as they are shown.
 */
const MESSAGE_MAX = 2_200;
const ADVICE_MAX = 800;
/** Describes a problem: its own message and hint, else the general advice for its code. */
function errorText(problem, troubleshootingUrl) {
    const { code, hint } = problem;
    // The log shows the message of an annotation only, not its title: the code belongs into both.
    const message = shown(`${code}: ${problem.message}`, MESSAGE_MAX);
    const advice = shown(hint ?? _next_steps_js__WEBPACK_IMPORTED_MODULE_1__/* .NEXT_STEPS */ .G[code].doThis, ADVICE_MAX);
    return {
        title: `${code}: ${_next_steps_js__WEBPACK_IMPORTED_MODULE_1__/* .NEXT_STEPS */ .G[code].meaning}`,
        lines: [
            ...message.lines,
            ...advice.lines,
            ...(troubleshootingUrl === undefined ? [] : [`See ${troubleshootingUrl}#${anchorOf(code)}`]),
        ],
        isCut: message.isCut || advice.isCut,
    };
}
/** The lines of a text with every unseen character shown, `max` characters in all. */
function shown(text, max) {
    const visible = text.split('\n').map(_domain_visible_text_js__WEBPACK_IMPORTED_MODULE_2__/* .visibleText */ .Q).join('\n');
    const isCut = visible.length > max;
    return { lines: (isCut ? `${visible.slice(0, max)}…` : visible).split('\n'), isCut };
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
    // An alert (`[!NOTE]`) and a formula may be looked for after character references are read.
    '[': '&#91;<wbr>',
    $: '&#36;<wbr>',
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
        meaning: 'GitHub’s API could not be asked for a file of the base commit.',
        doThis: 'Run the job again, or give the content itself instead of a path.',
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

/***/ 685:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ parseTime)
/* harmony export */ });
/* harmony import */ var _domain_value_error_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2528);

const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;
/**
 * A protobuf Timestamp in JSON, undefined if it is absent. Throws ValueError for anything but RFC 3339: Date would
 * take a time without zone for the runner's own, and generated parsers take an object for 1970.
 */
function parseTime(value, where) {
    if (value === undefined || value === null)
        return undefined;
    const time = typeof value === 'string' && RFC3339.test(value) ? new Date(value) : undefined;
    if (time === undefined || Number.isNaN(time.getTime())) {
        throw new _domain_value_error_js__WEBPACK_IMPORTED_MODULE_0__/* .ValueError */ .Q(`${where} ${JSON.stringify(value).slice(0, 200)} is not an RFC 3339 time`);
    }
    return time;
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
  bD: () => (/* binding */ messageOf),
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
    return `${messageOf(nearest)}${refused > 1 ? ` (nearest of ${refused} signatures)` : ''}`;
}
/** Why one signature does not count, in words: of a mismatch every unmet rule, expected and found. */
function messageOf({ verification, evaluation }) {
    if (verification.kind === 'refused')
        return verification.message;
    if (evaluation?.kind !== 'mismatch')
        return 'no identity was asked for';
    const unmet = evaluation.findings.filter((finding) => !finding.ok);
    return unmet
        .map(({ field, expected, found }) => `${field}: expected ${expected}, found ${found ?? 'nothing'}`)
        .join('; ');
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
