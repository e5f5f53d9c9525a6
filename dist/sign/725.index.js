export const id = 725;
export const ids = [725];
export const modules = {

/***/ 6329:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AK: () => (/* binding */ CodedError),
/* harmony export */   Bt: () => (/* binding */ toCodedError)
/* harmony export */ });
/* unused harmony export ERROR_CODES */
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
    'ATTESTATION_STORE_REFUSED',
    'ATTESTATION_STORE_UNAVAILABLE',
    'KUBERNETES_REFUSED',
    'KUBERNETES_UNAVAILABLE',
    'TIMEOUT',
    'INTERNAL_ERROR',
]));
function redact(text) {
    return text
        .replace(/[A-Za-z0-9_.-]+/g, withoutToken)
        .replace(/\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi, '$1 [redacted]')
        .replace(/\b(https?:\/\/)[^/\s@"'<>]*@/gi, '$1[redacted]@')
        .replace(/\bhttps?:\/\/[^\s"'<>]*/gi, withoutQuery);
}
function withoutToken(word) {
    const start = word.search(/\beyJ/);
    return start < 0 || word.indexOf('.', start) < 0 ? word : `${word.slice(0, start)}[redacted token]`;
}
function withoutQuery(url) {
    const query = url.indexOf('?');
    return query < 0 ? url : `${url.slice(0, query)}?[redacted]`;
}
class CodedError extends Error {
    name = 'CodedError';
    code;
    hint;
    places;
    constructor(code, message, options = {}) {
        super(redact(message), options.cause === undefined ? undefined : { cause: options.cause });
        this.code = code;
        this.hint = options.hint === undefined ? undefined : redact(options.hint);
        this.places = (options.places ?? []).map((place) => ({ ...place, message: redact(place.message) }));
    }
}
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

/***/ 3261:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ createExpiringMap)
/* harmony export */ });
function createExpiringMap({ clock, entriesMax }) {
    const entries = new Map();
    return {
        get(key) {
            const entry = entries.get(key);
            if (entry === undefined)
                return undefined;
            entries.delete(key);
            if (clock.now().getTime() >= entry.untilMs)
                return undefined;
            entries.set(key, entry);
            return entry.value;
        },
        set(key, value, lifetimeMs) {
            const nowMs = clock.now().getTime();
            entries.delete(key);
            for (const [other, { untilMs }] of entries)
                if (nowMs >= untilMs)
                    entries.delete(other);
            for (const [oldest] of entries) {
                if (entries.size < entriesMax)
                    break;
                entries.delete(oldest);
            }
            entries.set(key, { value, untilMs: nowMs + lifetimeMs });
        },
        delete: (key) => void entries.delete(key),
        size: () => entries.size,
    };
}


/***/ }),

/***/ 8900:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   u: () => (/* binding */ onAbort)
/* harmony export */ });
const waiting = new WeakMap();
function onAbort(signal, action) {
    if (signal.aborted) {
        action();
        return () => undefined;
    }
    const known = waiting.get(signal) ?? listenTo(signal);
    const own = () => action();
    known.actions.add(own);
    return () => {
        if (!known.actions.delete(own) || known.actions.size > 0)
            return;
        waiting.delete(signal);
        signal.removeEventListener('abort', known.run);
    };
}
function listenTo(signal) {
    const actions = new Set();
    const run = () => {
        waiting.delete(signal);
        for (const one of actions) {
            actions.delete(one);
            one();
        }
    };
    const made = { actions, run };
    waiting.set(signal, made);
    signal.addEventListener('abort', run, { once: true });
    return made;
}


/***/ }),

/***/ 5410:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ ownTurn)
/* harmony export */ });
let last = Promise.resolve();
async function ownTurn() {
    last = last.then(() => new Promise((resolve) => setImmediate(resolve)));
    await last;
}


/***/ }),

/***/ 1169:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   u: () => (/* binding */ within)
/* harmony export */ });
/* harmony import */ var _on_abort_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8900);

async function within(signal, work) {
    signal.throwIfAborted();
    let forget = () => undefined;
    const timeUp = new Promise((_, reject) => {
        forget = (0,_on_abort_js__WEBPACK_IMPORTED_MODULE_0__/* .onAbort */ .u)(signal, () => reject(signal.reason));
    });
    try {
        return await Promise.race([work(), timeUp]);
    }
    finally {
        forget();
    }
}


/***/ }),

/***/ 7188:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y7: () => (/* binding */ githubIssuerOf),
/* harmony export */   ng: () => (/* binding */ isGithubCom),
/* harmony export */   oX: () => (/* binding */ GITHUB_ISSUER)
/* harmony export */ });
const GITHUB_ISSUER = 'https://token.actions.githubusercontent.com';
function githubIssuerOf(serverUrl) {
    const { protocol, host } = new URL(serverUrl);
    if (host === 'github.com')
        return GITHUB_ISSUER;
    const tenant = /^([a-z0-9-]+)\.ghe\.com$/.exec(host)?.[1];
    return tenant === undefined ? `${protocol}//${host}/_services/token` : `https://token.actions.${tenant}.ghe.com`;
}
function isGithubCom(serverUrl) {
    return URL.canParse(serverUrl) && new URL(serverUrl).origin === 'https://github.com';
}


/***/ }),

/***/ 4605:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ pasteableLine),
/* harmony export */   n: () => (/* binding */ pasteableLines)
/* harmony export */ });
const SAFE = /^[A-Za-z0-9._:/@+=%#!-]+$/;
const SAFE_OWN = /^[A-Za-z0-9._:/@+=%#!-]+(?: [A-Za-z0-9._:/@+=%#!-]+)*$/;
function pasteableLine(name, value) {
    return SAFE.test(value) ? `${name}: ${toYamlScalar(value)}` : undefined;
}
function pasteableLines(name, values, { own = false } = {}) {
    const safe = own ? SAFE_OWN : SAFE;
    const [first, second] = values;
    if (first === undefined || !values.every((value) => safe.test(value)))
        return undefined;
    if (second === undefined)
        return [`${name}: ${toYamlScalar(first)}`];
    return [`${name}: |`, ...values.map((value) => `  ${value}`)];
}
function toYamlScalar(value) {
    return /^[A-Za-z.][A-Za-z0-9._/@+=:-]*$/.test(value) && value.includes('/') && !value.endsWith(':')
        ? value
        : `"${value}"`;
}


/***/ }),

/***/ 252:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ EMPTY_CONFIG),
/* harmony export */   Q: () => (/* binding */ bundleManifest)
/* harmony export */ });
/* harmony import */ var _digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3258);
/* harmony import */ var _media_types_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4988);


const EMPTY_CONFIG = new TextEncoder().encode('{}');
function bundleManifest(options) {
    const { bundle, subject } = options;
    return new TextEncoder().encode(JSON.stringify({
        schemaVersion: 2,
        mediaType: _media_types_js__WEBPACK_IMPORTED_MODULE_1__/* .OCI_MANIFEST */ .EG,
        config: {
            mediaType: _media_types_js__WEBPACK_IMPORTED_MODULE_1__/* .OCI_EMPTY */ .g1,
            size: EMPTY_CONFIG.length,
            digest: (0,_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .digestOf */ .ol)(EMPTY_CONFIG),
            artifactType: _media_types_js__WEBPACK_IMPORTED_MODULE_1__/* .BUNDLE_V03 */ .Hd,
        },
        layers: [{ mediaType: _media_types_js__WEBPACK_IMPORTED_MODULE_1__/* .BUNDLE_V03 */ .Hd, size: bundle.size, digest: bundle.digest }],
        annotations: {
            [_media_types_js__WEBPACK_IMPORTED_MODULE_1__/* .BUNDLE_CONTENT_ANNOTATION */ .b1]: 'dsse-envelope',
            [_media_types_js__WEBPACK_IMPORTED_MODULE_1__/* .BUNDLE_PREDICATE_ANNOTATION */ .vf]: options.predicateType,
            [_media_types_js__WEBPACK_IMPORTED_MODULE_1__/* .CREATED_ANNOTATION */ .h_]: options.createdAt.toISOString().replace(/\.\d{3}Z$/, 'Z'),
        },
        subject: { mediaType: subject.mediaType, size: subject.size, digest: subject.digest },
        artifactType: _media_types_js__WEBPACK_IMPORTED_MODULE_1__/* .BUNDLE_V03 */ .Hd,
    }));
}


/***/ }),

/***/ 3258:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bc: () => (/* binding */ isDigest),
/* harmony export */   ZD: () => (/* binding */ hexOf),
/* harmony export */   m: () => (/* binding */ parseDigest),
/* harmony export */   ol: () => (/* binding */ digestOf)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);

const DIGEST = /^sha256:[0-9a-f]{64}$/;
function isDigest(value) {
    return typeof value === 'string' && DIGEST.test(value);
}
function parseDigest(value) {
    return isDigest(value) ? value : undefined;
}
function digestOf(bytes) {
    return `sha256:${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(bytes).digest('hex')}`;
}
function hexOf(digest) {
    return digest.slice('sha256:'.length);
}


/***/ }),

/***/ 7317:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   OF: () => (/* binding */ kindOfType),
/* harmony export */   Xk: () => (/* binding */ NAMES),
/* harmony export */   f$: () => (/* binding */ readManifestDocument)
/* harmony export */ });
/* harmony import */ var _text_json_object_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1682);
/* harmony import */ var _text_quoted_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(9082);
/* harmony import */ var _text_strict_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7442);
/* harmony import */ var _text_value_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9354);
/* harmony import */ var _media_types_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4988);
/* harmony import */ var _oci_places_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8682);
/* harmony import */ var _registry_document_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7771);







const MAX_BYTES = 4 * 1024 * 1024;
const MAX_DEPTH = 100;
const MAX_MEMBERS = 150_000;
const STATEMENT_PREFIX = 'application/vnd.in-toto';
function kindOfType(mediaType) {
    if (mediaType === _media_types_js__WEBPACK_IMPORTED_MODULE_2__/* .OCI_INDEX */ .$p || mediaType === _media_types_js__WEBPACK_IMPORTED_MODULE_2__/* .DOCKER_LIST */ .FF)
        return 'index';
    return mediaType === _media_types_js__WEBPACK_IMPORTED_MODULE_2__/* .OCI_MANIFEST */ .EG || mediaType === _media_types_js__WEBPACK_IMPORTED_MODULE_2__/* .DOCKER_MANIFEST */ .Vv ? 'image' : undefined;
}
function readManifestDocument(bytes) {
    if (!mayBeObject(bytes))
        return { kind: 'foreign' };
    const { value, flaws } = parse(bytes);
    if (!(0,_text_json_object_js__WEBPACK_IMPORTED_MODULE_5__/* .isJsonObject */ .O)(value))
        throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueError */ .Qp('it starts like a JSON object, but is not one');
    const mediaType = ownType(value);
    if ('fsLayers' in value)
        throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueError */ .Qp('it is a Docker image of schema 1, which is not supported');
    const shape = (0,_registry_document_js__WEBPACK_IMPORTED_MODULE_4__/* .documentKind */ .eD)(value);
    if (shape === 'both')
        throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueError */ .Qp('it has the fields of both an index and an image manifest');
    const kind = shape === 'index' ? 'index' : shape === 'manifest' ? 'image' : undefined;
    const said = mediaType === undefined ? undefined : kindOfType(mediaType);
    if (kind === undefined) {
        refuse(flaws.find(({ path }) => path.length === 0));
        refuseLookalikes(value);
        if (said !== undefined)
            throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueError */ .Qp(`it calls itself ${mediaType}, but lacks the fields of one`);
        return { kind: 'foreign' };
    }
    refuse(flaws[0]);
    if (mediaType !== undefined && said !== kind) {
        throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueError */ .Qp(`it calls itself ${(0,_text_quoted_js__WEBPACK_IMPORTED_MODULE_6__/* .quoted */ .T)(mediaType)}, but has the fields of an ${NAMES[kind]}`);
    }
    if (kind === 'image')
        return { kind, mediaType, holdsStatements: holdsStatements(value['layers']) };
    const { manifests } = value;
    if (!Array.isArray(manifests))
        throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueError */ .Qp('its "manifests" is not a list');
    return { kind, mediaType, manifests };
}
const NAMES = { index: 'index', image: 'image manifest' };
function parse(bytes) {
    try {
        return (0,_text_strict_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readStrictJson */ .Sr)(bytes, {
            maxBytes: MAX_BYTES,
            maxDepth: MAX_DEPTH,
            maxMembers: MAX_MEMBERS,
            place: _oci_places_js__WEBPACK_IMPORTED_MODULE_3__/* .MANIFEST_PLACE */ .m,
        });
    }
    catch (cause) {
        if (cause instanceof SyntaxError)
            throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueError */ .Qp(`its JSON cannot be read: ${cause.message}`, { cause });
        throw cause;
    }
}
function refuse(flaw) {
    if (flaw !== undefined)
        throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueError */ .Qp(`its JSON can be read in two ways: ${(0,_text_strict_json_js__WEBPACK_IMPORTED_MODULE_0__/* .describeFlaw */ .w8)(flaw)}`);
}
function refuseLookalikes(value) {
    const known = new Set(Object.keys(_oci_places_js__WEBPACK_IMPORTED_MODULE_3__/* .MANIFEST_PLACE */ .m));
    const lookalike = Object.keys(value).find((key) => !known.has(key) && known.has(unfolded(key)));
    if (lookalike !== undefined)
        throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueError */ .Qp(`it has a key that other readers treat as "${unfolded(lookalike)}"`);
}
function unfolded(key) {
    const folded = (0,_text_strict_json_js__WEBPACK_IMPORTED_MODULE_0__/* .foldKey */ .pU)(key);
    return Object.keys(_oci_places_js__WEBPACK_IMPORTED_MODULE_3__/* .MANIFEST_PLACE */ .m).find((one) => (0,_text_strict_json_js__WEBPACK_IMPORTED_MODULE_0__/* .foldKey */ .pU)(one) === folded) ?? folded;
}
function ownType(value) {
    const said = value['mediaType'] ?? undefined;
    if (said === undefined || said === '')
        return undefined;
    if (typeof said !== 'string')
        throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueError */ .Qp('its mediaType is not text');
    return said;
}
function holdsStatements(layers) {
    const isStatement = (layer) => (0,_text_json_object_js__WEBPACK_IMPORTED_MODULE_5__/* .isJsonObject */ .O)(layer) && typeof layer['mediaType'] === 'string' && layer['mediaType'].startsWith(STATEMENT_PREFIX);
    return Array.isArray(layers) && layers.every(isStatement);
}
const SKIPPED = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf, 0xfe, 0xff, 0x00]);
function mayBeObject(bytes) {
    let at = 0;
    while (at < bytes.length && SKIPPED.has(bytes[at]))
        at += 1;
    return bytes[at] === 0x7b;
}


/***/ }),

/***/ 4988:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $n: () => (/* binding */ TIMESTAMP_ANNOTATION),
/* harmony export */   $p: () => (/* binding */ OCI_INDEX),
/* harmony export */   BJ: () => (/* binding */ REKOR_BUNDLE_ANNOTATION),
/* harmony export */   CB: () => (/* binding */ CHAIN_ANNOTATION),
/* harmony export */   EG: () => (/* binding */ OCI_MANIFEST),
/* harmony export */   ET: () => (/* binding */ BUILDKIT_REFERENCE_DIGEST),
/* harmony export */   FF: () => (/* binding */ DOCKER_LIST),
/* harmony export */   Hd: () => (/* binding */ BUNDLE_V03),
/* harmony export */   IG: () => (/* binding */ COSIGN_SIGNATURE_ARTIFACT),
/* harmony export */   K4: () => (/* binding */ STATEMENT_V01),
/* harmony export */   Nj: () => (/* binding */ SIMPLE_SIGNING),
/* harmony export */   P7: () => (/* binding */ DSSE_ENVELOPE),
/* harmony export */   SW: () => (/* binding */ BUILDKIT_REFERENCE_TYPE),
/* harmony export */   TF: () => (/* binding */ OCI_CONFIG),
/* harmony export */   V$: () => (/* binding */ INTOTO_PAYLOAD),
/* harmony export */   Vv: () => (/* binding */ DOCKER_MANIFEST),
/* harmony export */   Y2: () => (/* binding */ BUNDLE_PREFIX),
/* harmony export */   ZB: () => (/* binding */ SIGNATURE_ANNOTATION),
/* harmony export */   _P: () => (/* binding */ MANIFEST_TYPES),
/* harmony export */   _e: () => (/* binding */ BUILDKIT_ATTESTATION),
/* harmony export */   a0: () => (/* binding */ LAYER_PREDICATE_ANNOTATION),
/* harmony export */   b1: () => (/* binding */ BUNDLE_CONTENT_ANNOTATION),
/* harmony export */   g1: () => (/* binding */ OCI_EMPTY),
/* harmony export */   g7: () => (/* binding */ SIMPLE_SIGNING_TYPE),
/* harmony export */   h_: () => (/* binding */ CREATED_ANNOTATION),
/* harmony export */   oZ: () => (/* binding */ CERTIFICATE_ANNOTATION),
/* harmony export */   om: () => (/* binding */ STATEMENT_V1),
/* harmony export */   u: () => (/* binding */ COSIGN_SIGN_PREDICATE),
/* harmony export */   vf: () => (/* binding */ BUNDLE_PREDICATE_ANNOTATION)
/* harmony export */ });
const OCI_INDEX = 'application/vnd.oci.image.index.v1+json';
const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const OCI_CONFIG = 'application/vnd.oci.image.config.v1+json';
const OCI_EMPTY = 'application/vnd.oci.empty.v1+json';
const DOCKER_LIST = 'application/vnd.docker.distribution.manifest.list.v2+json';
const DOCKER_MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';
const MANIFEST_TYPES = [OCI_INDEX, OCI_MANIFEST, DOCKER_LIST, DOCKER_MANIFEST];
const BUNDLE_V03 = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const BUNDLE_PREFIX = 'application/vnd.dev.sigstore.bundle';
const BUNDLE_CONTENT_ANNOTATION = 'dev.sigstore.bundle.content';
const BUNDLE_PREDICATE_ANNOTATION = 'dev.sigstore.bundle.predicateType';
const CREATED_ANNOTATION = 'org.opencontainers.image.created';
const INTOTO_PAYLOAD = 'application/vnd.in-toto+json';
const STATEMENT_V1 = 'https://in-toto.io/Statement/v1';
const STATEMENT_V01 = 'https://in-toto.io/Statement/v0.1';
const COSIGN_SIGN_PREDICATE = 'https://sigstore.dev/cosign/sign/v1';
const SIMPLE_SIGNING = 'application/vnd.dev.cosign.simplesigning.v1+json';
const SIMPLE_SIGNING_TYPE = 'cosign container image signature';
const COSIGN_SIGNATURE_ARTIFACT = 'application/vnd.dev.cosign.artifact.sig.v1+json';
const SIGNATURE_ANNOTATION = 'dev.cosignproject.cosign/signature';
const CERTIFICATE_ANNOTATION = 'dev.sigstore.cosign/certificate';
const CHAIN_ANNOTATION = 'dev.sigstore.cosign/chain';
const REKOR_BUNDLE_ANNOTATION = 'dev.sigstore.cosign/bundle';
const TIMESTAMP_ANNOTATION = 'dev.sigstore.cosign/rfc3161timestamp';
const DSSE_ENVELOPE = 'application/vnd.dsse.envelope.v1+json';
const LAYER_PREDICATE_ANNOTATION = 'predicateType';
const BUILDKIT_REFERENCE_TYPE = 'vnd.docker.reference.type';
const BUILDKIT_ATTESTATION = 'attestation-manifest';
const BUILDKIT_REFERENCE_DIGEST = 'vnd.docker.reference.digest';


/***/ }),

/***/ 5833:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Sf: () => (/* binding */ isPrivateHost),
/* harmony export */   cQ: () => (/* binding */ isListedHost),
/* harmony export */   cW: () => (/* binding */ isLoopbackHost),
/* harmony export */   n0: () => (/* binding */ bareHost),
/* harmony export */   oe: () => (/* binding */ isAddressLiteral),
/* harmony export */   y2: () => (/* binding */ isAllowedUrl)
/* harmony export */ });
function bareHost(host) {
    const inBrackets = /^\[([^\]]*)\](?::[0-9]*)?$/.exec(host);
    const bare = inBrackets?.[1] ?? (host.split(':').length === 2 ? host.slice(0, host.indexOf(':')) : host);
    return bare.toLowerCase().replace(/\.$/, '');
}
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
function isListedHost(url, list) {
    const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
    return list.some((text) => {
        const entry = text.trim().toLowerCase();
        return entry === url.hostname || entry === `${url.hostname}:${port}`;
    });
}
function isAllowedUrl(url, insecureHosts) {
    if (url.protocol === 'https:')
        return true;
    return url.protocol === 'http:' && (isLoopbackHost(url.hostname) || isListedHost(url, insecureHosts));
}
function isAddressLiteral(host) {
    const bare = bareHost(host);
    return toIpv4(bare) !== undefined || toIpv6(bare) !== undefined;
}
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
    const inside = ipv4Inside(groups);
    if (inside !== undefined)
        return isPrivateIpv4(inside);
    const [first = 0, second = 0] = groups;
    const isTeredo = first === 0x2001 && second === 0;
    return (first & 0xe000) !== 0x2000 || isTeredo;
}
function ipv4Inside(groups) {
    const [first = 0, second = 0, third = 0] = groups;
    const isLast = groups.slice(0, 5).every((group) => group === 0) ||
        (first === 0x64 && second === 0xff9b && groups.slice(2, 6).every((group) => group === 0));
    if (!isLast && first !== 0x2002)
        return undefined;
    const [high = 0, low = 0] = isLast ? groups.slice(6) : [second, third];
    return [high >> 8, high & 255, low >> 8, low & 255];
}
function isPrivateIpv4([a = 0, b = 0, c = 0, d = 0]) {
    return (a === 0 ||
        a === 10 ||
        a === 127 ||
        (a === 100 && b >= 64 && b < 128) ||
        (a === 169 && b === 254) ||
        (a === 172 && b >= 16 && b < 32) ||
        (a === 192 && b === 168) ||
        (a === 192 && b === 0 && c === 0) ||
        (a === 198 && (b === 18 || b === 19)) ||
        (a === 168 && b === 63 && c === 129 && d === 16) ||
        a >= 224);
}
function toIpv4(bare) {
    if (!/^[0-9]{1,3}(\.[0-9]{1,3}){3}$/.test(bare))
        return undefined;
    const octets = bare.split('.').map(Number);
    return octets.every((octet) => octet <= 255) ? octets : undefined;
}
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

/***/ 8682:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ MANIFEST_PLACE)
/* harmony export */ });
const PLATFORM = {
    architecture: null,
    os: null,
    'os.version': null,
    'os.features': null,
    variant: null,
    features: null,
};
const DESCRIPTOR_PLACE = {
    mediaType: null,
    digest: null,
    size: null,
    urls: null,
    annotations: null,
    data: null,
    platform: PLATFORM,
    artifactType: null,
};
const MANIFEST_PLACE = {
    schemaVersion: null,
    mediaType: null,
    artifactType: null,
    config: DESCRIPTOR_PLACE,
    layers: DESCRIPTOR_PLACE,
    manifests: DESCRIPTOR_PLACE,
    subject: DESCRIPTOR_PLACE,
    annotations: null,
    fsLayers: null,
};


/***/ }),

/***/ 8132:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $U: () => (/* binding */ isIndexType),
/* harmony export */   IH: () => (/* binding */ parseIndexEntries),
/* harmony export */   U6: () => (/* binding */ kindOfEntry)
/* harmony export */ });
/* harmony import */ var _text_json_object_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1682);
/* harmony import */ var _text_quoted_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9082);
/* harmony import */ var _text_value_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9354);
/* harmony import */ var _digest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3258);
/* harmony import */ var _manifest_document_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7317);
/* harmony import */ var _media_types_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4988);






const CHILDREN_MAX = 256;
const PLATFORM_SHOWN = 100;
const MEDIA_TYPE = /^[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}\/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}$/;
function isIndexType(mediaType) {
    return (0,_manifest_document_js__WEBPACK_IMPORTED_MODULE_2__/* .kindOfType */ .OF)(mediaType) === 'index';
}
function parseIndexEntries({ manifests, }) {
    if (manifests.length > CHILDREN_MAX) {
        throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_0__/* .ValueError */ .Qp(`it lists ${manifests.length} manifests, more than ${CHILDREN_MAX}`);
    }
    return manifests.map(parseEntry);
}
function kindOfEntry(entry, document, contentType) {
    const called = (0,_manifest_document_js__WEBPACK_IMPORTED_MODULE_2__/* .kindOfType */ .OF)(entry.mediaType);
    if (document.kind === 'foreign') {
        if (called === undefined)
            return 'foreign';
        throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_0__/* .ValueError */ .Qp(`its index calls it ${entry.mediaType}, but it is neither an image manifest nor an index`);
    }
    if (called !== document.kind) {
        throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_0__/* .ValueError */ .Qp(`its index calls it ${entry.mediaType}, but it is an ${_manifest_document_js__WEBPACK_IMPORTED_MODULE_2__/* .NAMES */ .Xk[document.kind]}`);
    }
    const own = document.mediaType ?? contentType;
    if (own !== entry.mediaType) {
        throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_0__/* .ValueError */ .Qp(`its index calls it ${entry.mediaType}, but it is ${(0,_text_quoted_js__WEBPACK_IMPORTED_MODULE_4__/* .quoted */ .T)(own)}`);
    }
    if (contentType !== entry.mediaType) {
        throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_0__/* .ValueError */ .Qp(`it is ${entry.mediaType}, but the registry calls it ${(0,_text_quoted_js__WEBPACK_IMPORTED_MODULE_4__/* .quoted */ .T)(contentType)}`);
    }
    if (document.kind === 'image' && entry.isAttestation && document.holdsStatements)
        return 'attestation';
    return document.kind;
}
function parseEntry(entry) {
    if (!(0,_text_json_object_js__WEBPACK_IMPORTED_MODULE_5__/* .isJsonObject */ .O)(entry) || !(0,_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .isDigest */ .Bc)(entry['digest']))
        throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_0__/* .ValueError */ .Qp('an entry has no sha256 digest');
    const { digest, mediaType } = entry;
    if (typeof mediaType !== 'string' || !MEDIA_TYPE.test(mediaType)) {
        throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_0__/* .ValueError */ .Qp(`entry ${digest} has no media type`);
    }
    const isAttestation = isBuildKitAttestation(entry);
    const annotations = (0,_text_json_object_js__WEBPACK_IMPORTED_MODULE_5__/* .isJsonObject */ .O)(entry['annotations']) ? entry['annotations'] : {};
    const described = isAttestation ? annotations[_media_types_js__WEBPACK_IMPORTED_MODULE_3__/* .BUILDKIT_REFERENCE_DIGEST */ .ET] : undefined;
    const describes = (0,_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .isDigest */ .Bc)(described) ? { describes: described } : {};
    return { digest, mediaType, platform: platformOf(entry['platform']), isAttestation, ...describes };
}
function platformOf(value) {
    if (!(0,_text_json_object_js__WEBPACK_IMPORTED_MODULE_5__/* .isJsonObject */ .O)(value))
        return 'unknown';
    const parts = [value['os'], value['architecture'], value['variant']];
    const named = parts.filter((part) => typeof part === 'string' && part !== '');
    return named.length === 0 ? 'unknown' : named.join('/').slice(0, PLATFORM_SHOWN);
}
function isBuildKitAttestation({ annotations, platform }) {
    return ((0,_text_json_object_js__WEBPACK_IMPORTED_MODULE_5__/* .isJsonObject */ .O)(annotations) &&
        annotations[_media_types_js__WEBPACK_IMPORTED_MODULE_3__/* .BUILDKIT_REFERENCE_TYPE */ .SW] === _media_types_js__WEBPACK_IMPORTED_MODULE_3__/* .BUILDKIT_ATTESTATION */ ._e &&
        (0,_text_json_object_js__WEBPACK_IMPORTED_MODULE_5__/* .isJsonObject */ .O)(platform) &&
        platform['os'] === 'unknown' &&
        platform['architecture'] === 'unknown');
}


/***/ }),

/***/ 5273:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F2: () => (/* binding */ parseReference),
/* harmony export */   SU: () => (/* binding */ parseRepository),
/* harmony export */   Sh: () => (/* binding */ formatRepository),
/* harmony export */   TZ: () => (/* binding */ parseRegistryHost),
/* harmony export */   dz: () => (/* binding */ isTag),
/* harmony export */   y6: () => (/* binding */ formatPinned),
/* harmony export */   zS: () => (/* binding */ HUB_ALIASES)
/* harmony export */ });
/* harmony import */ var _text_quoted_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9082);
/* harmony import */ var _text_text_fault_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2608);
/* harmony import */ var _text_value_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9354);
/* harmony import */ var _digest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3258);




const COMPONENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const PATH = new RegExp(`^${COMPONENT}(?:/${COMPONENT})*$`);
const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?';
const HOST = new RegExp(`^(?:${LABEL}(?:\\.${LABEL})*|\\[[0-9A-Fa-f:]+\\])(?::([0-9]+))?$`);
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const HUB_ALIASES = ['docker.io', 'index.docker.io', 'registry-1.docker.io'];
const PATH_MAX = 255;
const REFERENCE_MAX = 1024;
function isTag(text) {
    return TAG.test(text);
}
function formatRepository(repository) {
    return `${repository.registry}/${repository.path}`;
}
function formatPinned(repository, digest) {
    return `${formatRepository(repository)}@${digest}`;
}
function parseReference(text, options = {}) {
    const original = text.trim();
    const refuse = (rule) => {
        throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_0__/* .ValueError */ .Qp(`${(0,_text_quoted_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .T)(original)} is not an image reference: ${rule}`);
    };
    if (original === '')
        return refuse('it is empty');
    if (original.length > REFERENCE_MAX)
        return refuse(`it is longer than ${REFERENCE_MAX} characters`);
    const fault = (0,_text_text_fault_js__WEBPACK_IMPORTED_MODULE_3__/* .findTextFault */ .X)(original);
    if (fault !== undefined)
        return refuse(`it ${fault.what}`);
    if (/^[0-9a-f]{64}$/.test(original))
        return refuse('64 hex digits are an image ID; write name@sha256:…');
    if (/^@?sha(?:1|256|384|512):[0-9a-fA-F]*$/.test(original)) {
        return refuse('it is a digest without the name of its image; write registry/repository@sha256:…');
    }
    if (/\s/.test(original))
        return refuse('it contains a space; write one image per line, or separate them by commas');
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(original))
        return refuse('write it without a scheme such as https://');
    const at = original.indexOf('@');
    const beforeDigest = at < 0 ? original : original.slice(0, at);
    const digest = at < 0 ? undefined : (0,_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .parseDigest */ .m)(original.slice(at + 1));
    if (at >= 0 && digest === undefined)
        return refuse('write sha256: and 64 lower-case hex digits after @');
    const { registry, rest } = splitRegistry(beforeDigest, refuse);
    const colon = rest.indexOf(':');
    const name = colon < 0 ? rest : rest.slice(0, colon);
    const tag = colon < 0 ? undefined : rest.slice(colon + 1);
    if (tag !== undefined && !TAG.test(tag)) {
        return refuse('a tag has 1 to 128 characters (A-Z a-z 0-9 _ . -) and does not start with . or -');
    }
    const { path, lowercased } = normalisePath(registry, name, refuse);
    const implied = tag === undefined && digest === undefined && options.impliedLatest === true ? 'latest' : tag;
    return { repository: { registry, path }, tag: implied, digest, original, lowercased };
}
function parseRepository(text) {
    const reference = parseReference(text);
    if (reference.tag !== undefined || reference.digest !== undefined) {
        throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_0__/* .ValueError */ .Qp(`${(0,_text_quoted_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .T)(reference.original)} is not a repository: remove the tag and the digest`);
    }
    return reference.repository;
}
function parseRegistryHost(text) {
    const host = text.trim();
    const registry = toRegistry(host);
    if (registry === undefined) {
        throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_0__/* .ValueError */ .Qp(`${(0,_text_quoted_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .T)(host)} is not a registry: write host or host:port, without scheme and path`);
    }
    return registry;
}
function splitRegistry(name, refuse) {
    const slash = name.indexOf('/');
    const first = slash < 0 ? '' : name.slice(0, slash);
    const isHost = first === 'localhost' || /[.:A-Z[\]]/.test(first);
    if (!isHost)
        return { registry: 'docker.io', rest: name };
    const registry = toRegistry(first);
    if (registry === undefined) {
        return refuse(`${(0,_text_quoted_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .T)(first)} is not a registry host (the first part of a repository path has no capitals, dots or colons)`);
    }
    if (registry !== 'localhost' && !/[.:]/.test(registry)) {
        return refuse(`${(0,_text_quoted_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .T)(first)} has capitals: write a Docker Hub namespace in lower case, or a host with its port`);
    }
    return { registry, rest: name.slice(slash + 1) };
}
function toRegistry(host) {
    if (host.length > 255)
        return undefined;
    const match = HOST.exec(host);
    if (match === null || Number(match[1] ?? 1) > 65_535 || Number(match[1] ?? 1) < 1)
        return undefined;
    if (!URL.canParse(`https://${host}/`))
        return undefined;
    const lower = host.toLowerCase();
    return HUB_ALIASES.includes(lower) ? 'docker.io' : lower;
}
function normalisePath(registry, name, refuse) {
    const lowercased = registry === 'ghcr.io' && /[A-Z]/.test(name);
    const lower = lowercased ? name.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : name;
    const path = registry === 'docker.io' && !lower.includes('/') ? `library/${lower}` : lower;
    if (lower === '')
        return refuse('the repository is missing');
    if (/[A-Z]/.test(path))
        return refuse('the repository must be lower case');
    if (!PATH.test(path)) {
        return refuse('repository segments consist of a-z 0-9, with single . or _, double _, or dashes between them');
    }
    if (path.length > PATH_MAX)
        return refuse(`the repository is longer than ${PATH_MAX} characters`);
    return { path, lowercased };
}


/***/ }),

/***/ 1004:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Jd: () => (/* binding */ SIGNATURE_BUNDLE_MAX_BYTES),
/* harmony export */   OI: () => (/* binding */ rankReferrer),
/* harmony export */   _B: () => (/* binding */ claimOf),
/* harmony export */   ql: () => (/* binding */ isLikelier)
/* harmony export */ });
/* harmony import */ var _text_quoted_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9082);
/* harmony import */ var _media_types_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4988);
/* harmony import */ var _platform_images_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8132);



const RANKS = ['certain', 'likely', 'unlikely', 'never'];
const OTHER_ARTIFACTS = new Set([
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
    'application/sarif+json',
    'application/vnd.cncf.notary.signature',
    'application/vnd.docker.attestation.manifest.v1+json',
    'application/vnd.amazon.soci.index.v1+json',
    'application/vnd.amazon.soci.index.v2+json',
    'application/vnd.cncf.helm.config.v1+json',
]);
const ARTIFACT_MANIFEST = 'application/vnd.oci.artifact.manifest.v1+json';
function rankReferrer({ mediaType, artifactType, annotations, }) {
    if (mediaType === ARTIFACT_MANIFEST)
        return 'never';
    if (artifactType === undefined || artifactType === _media_types_js__WEBPACK_IMPORTED_MODULE_0__/* .OCI_EMPTY */ .g1 || artifactType === _media_types_js__WEBPACK_IMPORTED_MODULE_0__/* .OCI_CONFIG */ .TF)
        return 'likely';
    if (OTHER_ARTIFACTS.has(artifactType))
        return 'never';
    if (artifactType === _media_types_js__WEBPACK_IMPORTED_MODULE_0__/* .COSIGN_SIGNATURE_ARTIFACT */ .IG)
        return 'certain';
    if (!artifactType.startsWith(_media_types_js__WEBPACK_IMPORTED_MODULE_0__/* .BUNDLE_PREFIX */ .Y2))
        return 'unlikely';
    const predicate = annotations?.[_media_types_js__WEBPACK_IMPORTED_MODULE_0__/* .BUNDLE_PREDICATE_ANNOTATION */ .vf];
    if (predicate === undefined)
        return 'likely';
    return predicate === _media_types_js__WEBPACK_IMPORTED_MODULE_0__/* .COSIGN_SIGN_PREDICATE */ .u ? 'certain' : 'unlikely';
}
function isLikelier(one, other) {
    return RANKS.indexOf(rankReferrer(one)) < RANKS.indexOf(rankReferrer(other));
}
const SIGNATURE_BUNDLE_MAX_BYTES = 1024 * 1024;
function claimOf(descriptor) {
    const { mediaType, artifactType, annotations } = descriptor;
    const other = (why, predicateType) => ({ kind: 'other', why, predicateType });
    if ((0,_platform_images_js__WEBPACK_IMPORTED_MODULE_1__/* .isIndexType */ .$U)(mediaType))
        return other(`its media type is ${mediaType}`);
    const rank = rankReferrer(descriptor);
    if (rank === 'certain')
        return { kind: 'signature' };
    const predicateType = annotations?.[_media_types_js__WEBPACK_IMPORTED_MODULE_0__/* .BUNDLE_PREDICATE_ANNOTATION */ .vf]?.slice(0, PREDICATE_TYPE_SHOWN);
    if (rank !== 'never' && predicateType !== undefined && predicateType !== '') {
        return predicateType === _media_types_js__WEBPACK_IMPORTED_MODULE_0__/* .COSIGN_SIGN_PREDICATE */ .u
            ? { kind: 'signature' }
            : other(`it is annotated as an attestation of type ${(0,_text_quoted_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .T)(predicateType)}`, predicateType);
    }
    const isOpen = rank === 'likely' || artifactType?.startsWith(_media_types_js__WEBPACK_IMPORTED_MODULE_0__/* .BUNDLE_PREFIX */ .Y2) === true;
    return isOpen && rank !== 'never' ? { kind: 'open' } : other(`its artifact type is ${artifactType}`);
}
const PREDICATE_TYPE_SHOWN = 512;


/***/ }),

/***/ 7771:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KO: () => (/* binding */ writtenMediaType),
/* harmony export */   VX: () => (/* binding */ DocumentLimitError),
/* harmony export */   eD: () => (/* binding */ documentKind),
/* harmony export */   fG: () => (/* binding */ flawError),
/* harmony export */   pp: () => (/* binding */ divideFlaws),
/* harmony export */   u0: () => (/* binding */ readDocument)
/* harmony export */ });
/* harmony import */ var _text_strict_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7442);
/* harmony import */ var _text_value_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9354);
/* harmony import */ var _oci_places_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8682);



const MAX_DEPTH = 32;
class DocumentLimitError extends _text_value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueError */ .Qp {
}
function readDocument(bytes, limits, what) {
    let value;
    let flaws;
    try {
        ({ value, flaws } = (0,_text_strict_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readStrictJson */ .Sr)(bytes, { ...limits, maxDepth: MAX_DEPTH, place: _oci_places_js__WEBPACK_IMPORTED_MODULE_2__/* .MANIFEST_PLACE */ .m }));
    }
    catch (cause) {
        if (cause instanceof _text_strict_json_js__WEBPACK_IMPORTED_MODULE_0__/* .JsonLimitError */ .CI)
            throw new DocumentLimitError(`${what}: ${cause.message}`, { cause });
        throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueError */ .Qp(`${what} is not valid JSON`, { cause });
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueError */ .Qp(`${what} is not a JSON object`);
    }
    return { json: value, flaws };
}
function flawError(flaw, what) {
    return new _text_value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueError */ .Qp(`${what} does not read the same everywhere: ${(0,_text_strict_json_js__WEBPACK_IMPORTED_MODULE_0__/* .describeFlaw */ .w8)(flaw)}`);
}
function divideFlaws(flaws, list) {
    const outside = [];
    const ofEntry = new Map();
    for (const flaw of flaws) {
        const [key, index] = flaw.path;
        if (key !== list || typeof index !== 'number')
            outside.push(flaw);
        else if (!ofEntry.has(index))
            ofEntry.set(index, flaw);
    }
    return { outside, ofEntry };
}
function documentKind(json) {
    const isIndex = Object.hasOwn(json, 'manifests');
    const isManifest = ['config', 'layers', 'fsLayers'].some((field) => Object.hasOwn(json, field));
    if (isIndex && isManifest)
        return 'both';
    if (isIndex)
        return 'index';
    return isManifest ? 'manifest' : 'neither';
}
function writtenMediaType(json, what) {
    const written = json['mediaType'] ?? undefined;
    if (written !== undefined && typeof written !== 'string')
        throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueError */ .Qp(`${what}: mediaType is not text`);
    return written;
}


/***/ }),

/***/ 8747:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KH: () => (/* binding */ isAbout),
/* harmony export */   N3: () => (/* binding */ formatImagePrefix),
/* harmony export */   O0: () => (/* binding */ signatureRepositoryOf),
/* harmony export */   Q$: () => (/* binding */ HUB),
/* harmony export */   UT: () => (/* binding */ formatRule),
/* harmony export */   Wl: () => (/* binding */ signaturesElsewhere),
/* harmony export */   ZF: () => (/* binding */ isSamePrefix)
/* harmony export */ });
/* harmony import */ var _reference_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5273);

function signatureRepositoryOf(rules, image) {
    let best;
    for (const { images, repository } of rules) {
        const length = images === undefined ? -1 : matchLength(images, image);
        if (length !== undefined && (best === undefined || length > best.length))
            best = { length, repository };
    }
    return best?.repository ?? image;
}
function signaturesElsewhere(rules, image) {
    const store = (0,_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .formatRepository */ .Sh)(signatureRepositoryOf(rules, image));
    return store === (0,_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .formatRepository */ .Sh)(image) ? undefined : store;
}
function isAbout({ images }, image) {
    return images === undefined || matchLength(images, image) !== undefined;
}
function isSamePrefix(one, other) {
    return one.registry === other.registry && paths(one).some((path) => paths(other).includes(path));
}
function formatImagePrefix({ registry, path }) {
    return path === '' ? registry : `${registry}/${path}`;
}
function formatRule({ images, repository }) {
    const store = (0,_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .formatRepository */ .Sh)(repository);
    return images === undefined ? store : `${formatImagePrefix(images)}=${store}`;
}
const HUB = 'docker.io';
function paths({ registry, path }) {
    return registry === HUB && path !== '' && !path.includes('/') ? [path, `library/${path}`] : [path];
}
function matchLength(prefix, { registry, path }) {
    if (prefix.registry !== registry)
        return undefined;
    const covering = paths(prefix).filter((one) => one === '' || path === one || path.startsWith(`${one}/`));
    return covering.length === 0 ? undefined : Math.max(...covering.map((one) => one.length));
}


/***/ }),

/***/ 4691:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ formatSource),
/* harmony export */   x: () => (/* binding */ distinctSources)
/* harmony export */ });
function formatSource({ file, line, document, object, field }) {
    return [
        line === undefined ? file : `${file}:${line}`,
        ...(document === undefined ? [] : [`document ${document}`]),
        ...(object === undefined ? [] : [object]),
        ...(field === undefined ? [] : [field]),
    ].join(' ');
}
function distinctSources(sources) {
    return [...new Map(sources.map((source) => [formatSource(source), source])).values()];
}


/***/ }),

/***/ 4249:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   RS: () => (/* binding */ ANNOTATIONS_MAX_LENGTH),
/* harmony export */   bF: () => (/* binding */ annotationsLength),
/* harmony export */   hR: () => (/* binding */ parseAnnotationLine),
/* harmony export */   q0: () => (/* binding */ rightAnnotation),
/* harmony export */   sk: () => (/* binding */ sortedAnnotations)
/* harmony export */ });
/* harmony import */ var _text_key_value_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(791);
/* harmony import */ var _text_value_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9354);


const ANNOTATIONS_MAX_LENGTH = 64 * 1024;
function annotationsLength(annotations) {
    return Object.entries(annotations).reduce((sum, [key, value]) => sum + key.length + value.length, 0);
}
function sortedAnnotations(annotations) {
    return Object.entries(annotations).sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}
function rightAnnotation(line) {
    const [, key, value] = /^([^\s:=]+)\s*:(?:\s+(.+)|(?=[^=]*$)(.+))$/.exec(line)?.filter((one) => one !== undefined) ?? [];
    return key === undefined || value === undefined ? undefined : `${key}=${value}`;
}
function parseAnnotationLine(line) {
    const right = rightAnnotation(line);
    if (right !== undefined) {
        throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_0__/* .CorrectedValueError */ .LB(`${JSON.stringify(line)} is not key=value`, [{ input: 'annotations', value: right }]);
    }
    const { key, value } = (0,_text_key_value_js__WEBPACK_IMPORTED_MODULE_1__/* .splitKeyValue */ .p)(line) ?? { key: '', value: '' };
    if (key === '')
        throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_0__/* .ValueError */ .Qp(`${JSON.stringify(line)} is not key=value`);
    if (value === '')
        throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_0__/* .EmptyValueError */ .Bd(JSON.stringify(key));
    return { key, value };
}


/***/ }),

/***/ 2063:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ simpleSigningPayload),
/* harmony export */   S: () => (/* binding */ dockerReference)
/* harmony export */ });
/* harmony import */ var _image_media_types_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4988);
/* harmony import */ var _annotations_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4249);


function simpleSigningPayload(repository, digest, annotations) {
    const pairs = (0,_annotations_js__WEBPACK_IMPORTED_MODULE_1__/* .sortedAnnotations */ .sk)(annotations).map(([key, value]) => `${goJson(key)}:${goJson(value)}`);
    const text = `{"critical":{"identity":{"docker-reference":${goJson(dockerReference(repository))}},` +
        `"image":{"docker-manifest-digest":"${digest}"},"type":"${_image_media_types_js__WEBPACK_IMPORTED_MODULE_0__/* .SIMPLE_SIGNING_TYPE */ .g7}"},` +
        `"optional":${pairs.length === 0 ? 'null' : `{${pairs.join(',')}}`}}`;
    return new TextEncoder().encode(text);
}
function dockerReference(repository) {
    const host = repository.registry === 'docker.io' ? 'index.docker.io' : repository.registry;
    return `${host}/${repository.path}`;
}
function goJson(text) {
    return JSON.stringify(text).replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}


/***/ }),

/***/ 9030:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ parseDuration),
/* harmony export */   a: () => (/* binding */ formatDuration)
/* harmony export */ });
/* harmony import */ var _value_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9354);

const DAY_MS = 86_400_000;
const UNIT_MS = { s: 1000, m: 60_000, h: 3_600_000, d: DAY_MS, w: 7 * DAY_MS };
const MAX_MS = 3650 * DAY_MS;
function parseDuration(text) {
    const [, number, unit = ''] = /^(\d{1,9})([smhdw])$/.exec(text) ?? [];
    const unitMs = UNIT_MS[unit];
    if (number === undefined || unitMs === undefined) {
        throw new _value_error_js__WEBPACK_IMPORTED_MODULE_0__/* .ValueError */ .Qp('is not a duration such as 30s, 5m, 12h or 30d');
    }
    const ms = Number(number) * unitMs;
    if (ms > MAX_MS)
        throw new _value_error_js__WEBPACK_IMPORTED_MODULE_0__/* .ValueError */ .Qp('is longer than ten years');
    return ms;
}
function formatDuration(ms) {
    const units = Object.entries(UNIT_MS).toReversed();
    const [unit, unitMs] = units.find(([, one]) => ms % one === 0) ?? ['s', 1000];
    return `${Math.round(ms / unitMs)}${unit}`;
}


/***/ }),

/***/ 1682:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O: () => (/* binding */ isJsonObject)
/* harmony export */ });
function isJsonObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}


/***/ }),

/***/ 791:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ splitKeyValue)
/* harmony export */ });
function splitKeyValue(line) {
    const at = line.indexOf('=');
    return at < 0 ? undefined : { key: line.slice(0, at).trim(), value: line.slice(at + 1).trim() };
}


/***/ }),

/***/ 4638:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ editDistance),
/* harmony export */   c: () => (/* binding */ nearName)
/* harmony export */ });
const NAME_MAX = 80;
function nearName(written, known) {
    if (written.length > NAME_MAX)
        return undefined;
    const folded = fold(written);
    const equal = known.find((name) => fold(name) === folded);
    if (equal !== undefined || folded === '')
        return equal;
    const near = known
        .map((name) => ({ name, edits: editDistance(folded, fold(name)) }))
        .filter(({ name, edits }) => edits <= Math.floor(fold(name).length / 3))
        .sort((a, b) => a.edits - b.edits);
    const [first, second] = near;
    return first !== undefined && first.edits !== second?.edits ? first.name : undefined;
}
function fold(text) {
    return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}
function editDistance(a, b) {
    let before = Array.from({ length: b.length + 1 }, (_, index) => index);
    for (const [row, character] of [...a].entries()) {
        const now = [row + 1];
        for (let column = 0; column < b.length; column += 1) {
            const replaced = (before[column] ?? 0) + (b[column] === character ? 0 : 1);
            now.push(Math.min(replaced, (before[column + 1] ?? 0) + 1, (now[column] ?? 0) + 1));
        }
        before = now;
    }
    return before.at(-1) ?? 0;
}


/***/ }),

/***/ 2606:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   dc: () => (/* binding */ equalsIgnoringCase),
/* harmony export */   dq: () => (/* binding */ lowerAscii),
/* harmony export */   s8: () => (/* binding */ trimEnd)
/* harmony export */ });
function lowerAscii(text) {
    return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
function equalsIgnoringCase(a, b) {
    return lowerAscii(a) === lowerAscii(b);
}
function trimEnd(text, character) {
    let end = text.length;
    while (end > 0 && text[end - 1] === character)
        end -= 1;
    return text.slice(0, end);
}


/***/ }),

/***/ 3064:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ privateKeyLines),
/* harmony export */   j: () => (/* binding */ isBareKeyText)
/* harmony export */ });
const LINE_MIN_CHARS = 8;
const KEY_MIN_CHARS = 60;
function privateKeyLines(text) {
    const lines = [];
    for (const part of text.split('-----BEGIN ').slice(1)) {
        const [, body] = /^[A-Z0-9 ]{0,40}PRIVATE KEY-----((?:(?!-----)[\s\S])*)/.exec(part) ?? [];
        lines.push(...(body ?? '').split(/\s+|\\[nr]/));
    }
    return lines.filter((line) => line.length >= LINE_MIN_CHARS);
}
function isBareKeyText(text) {
    const close = text.replace(/\s+/g, '');
    return close.length >= KEY_MIN_CHARS && /^(?:LS0tLS|M[C-I])[A-Za-z0-9+/=_-]*$/.test(close);
}


/***/ }),

/***/ 9082:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ quoted)
/* harmony export */ });
const SHOWN_MAX = 300;
function quoted(text, maxLength = SHOWN_MAX) {
    return JSON.stringify(text.length > maxLength ? `${text.slice(0, maxLength)}…` : text);
}


/***/ }),

/***/ 7442:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CI: () => (/* binding */ JsonLimitError),
/* harmony export */   RJ: () => (/* binding */ parseStrictJson),
/* harmony export */   Sr: () => (/* binding */ readStrictJson),
/* harmony export */   _6: () => (/* binding */ decodeUtf8),
/* harmony export */   ap: () => (/* binding */ endOfString),
/* harmony export */   m0: () => (/* binding */ isKey),
/* harmony export */   pU: () => (/* binding */ foldKey),
/* harmony export */   uc: () => (/* binding */ toSnakeCase),
/* harmony export */   w8: () => (/* binding */ describeFlaw),
/* harmony export */   y3: () => (/* binding */ decodeKey)
/* harmony export */ });
const DEFAULT_MAX_MEMBERS = 100_000;
class JsonLimitError extends SyntaxError {
    name = 'JsonLimitError';
}
function parseStrictJson(input, reading) {
    const { value, flaws } = readStrictJson(input, reading);
    const [flaw] = flaws;
    if (flaw !== undefined)
        throw new SyntaxError(describeFlaw(flaw));
    return value;
}
function readStrictJson(input, reading) {
    const size = typeof input === 'string' ? Buffer.byteLength(input) : input.byteLength;
    if (size > reading.maxBytes)
        throw new JsonLimitError(`JSON of ${size} bytes is larger than ${reading.maxBytes}`);
    const text = typeof input === 'string' ? input : decodeUtf8(input);
    if (typeof input === 'string' && !input.isWellFormed())
        throw new SyntaxError('JSON is not valid Unicode');
    const flaws = createFlaws();
    scanStructure(text, reading, flaws);
    const value = JSON.parse(text);
    if (reading.place !== undefined) {
        findTwins({ value, place: reading.place }, { path: [], snakeCase: reading.snakeCase === true, flaws });
    }
    return { value, flaws: flaws.list };
}
function describeFlaw({ path, problem }) {
    const where = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
    return where === '' ? problem : `${problem} at ${shorten(where.replace(/^\./, ''))}`;
}
function foldKey(key) {
    return key
        .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
        .replaceAll('\u017f', 's')
        .replaceAll('\u212a', 'k');
}
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
function decodeUtf8(bytes) {
    try {
        return UTF8.decode(bytes);
    }
    catch {
        throw new SyntaxError('JSON is not valid UTF-8');
    }
}
function createFlaws() {
    const list = [];
    const known = { lossy: new Map(), twin: new Map() };
    return {
        list,
        add(kind, [field, item], describe) {
            const items = known[kind].get(field) ?? new Set();
            known[kind].set(field, items);
            if (items.has(item))
                return;
            items.add(item);
            list.push({ kind, ...describe() });
        },
    };
}
function scanStructure(text, { maxDepth, maxMembers = DEFAULT_MAX_MEMBERS }, flaws) {
    const open = [];
    let members = 0;
    const count = () => {
        members += 1;
        if (members > maxMembers)
            throw new JsonLimitError(`JSON has more than ${maxMembers} members`);
    };
    const lossy = (problem) => {
        const outer = open.length - 1;
        const [field, item] = [outer > 0 ? open[0]?.at : undefined, outer > 1 ? open[1]?.at : undefined];
        flaws.add('lossy', [field, item], () => ({
            path: open.slice(0, -1).map((frame) => frame.at),
            problem: problem(),
        }));
    };
    for (let at = 0; at < text.length; at += 1) {
        const char = text[at];
        if (char === '{' || char === '[') {
            count();
            open.push({ keys: char === '{' ? new Set() : undefined, at: char === '{' ? '' : 0 });
            if (open.length > maxDepth)
                throw new JsonLimitError(`JSON is nested deeper than ${maxDepth}`);
        }
        else if (char === '}' || char === ']') {
            open.pop();
        }
        else if (char === ',') {
            count();
            const frame = open.at(-1);
            if (typeof frame?.at === 'number')
                frame.at += 1;
        }
        else if (char === '"') {
            const end = endOfString(text, at);
            const quoted = text.slice(at, end + 1);
            const frame = open.at(-1);
            if (hasLoneSurrogate(quoted))
                lossy(() => 'text with half of a surrogate pair');
            if (frame?.keys !== undefined && isKey(text, end + 1)) {
                const key = decodeKey(quoted);
                if (frame.keys.has(key))
                    lossy(() => `duplicate key ${JSON.stringify(shorten(key))}`);
                frame.keys.add(key);
                frame.at = key;
            }
            at = end;
        }
    }
}
function hasLoneSurrogate(quoted) {
    if (!quoted.includes('\\u') || !/\\u[dD][89a-fA-F]/.test(quoted))
        return false;
    const value = JSON.parse(quoted);
    return typeof value === 'string' && !value.isWellFormed();
}
function decodeKey(quoted) {
    if (!quoted.includes('\\'))
        return quoted.slice(1, -1);
    const key = JSON.parse(quoted);
    if (typeof key !== 'string')
        throw new SyntaxError('JSON object has a key that is not a string');
    return key.toWellFormed();
}
function endOfString(text, start) {
    for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
        let backslashes = 0;
        while (text[at - 1 - backslashes] === '\\')
            backslashes += 1;
        if (backslashes % 2 === 0)
            return at;
    }
    throw new SyntaxError('JSON has an unterminated string');
}
function isKey(text, after) {
    let at = after;
    while (text[at] === ' ' || text[at] === '\t' || text[at] === '\n' || text[at] === '\r')
        at += 1;
    return text[at] === ':';
}
function findTwins({ value, place }, search) {
    if (typeof value !== 'object' || value === null)
        return;
    const { path, snakeCase, flaws } = search;
    const visit = (step, inner, below) => {
        path.push(step);
        findTwins({ value: inner, place: below }, search);
        path.pop();
    };
    if (Array.isArray(value)) {
        value.forEach((item, index) => {
            visit(index, item, place);
        });
        return;
    }
    for (const [key, inner] of Object.entries(value)) {
        const below = Object.hasOwn(place, key) ? place[key] : undefined;
        if (below !== undefined) {
            if (below !== null)
                visit(key, inner, below);
            continue;
        }
        const known = spellingsOf(place, snakeCase).get(foldKey(key));
        if (known === undefined)
            continue;
        const [field, item] = path;
        flaws.add('twin', [field, item], () => ({
            path: [...path],
            problem: `key ${JSON.stringify(shorten(key))}, which other readers treat as "${known}"`,
        }));
    }
}
const spellings = new WeakMap();
const snakeSpellings = new WeakMap();
function spellingsOf(place, snakeCase) {
    const cache = snakeCase ? snakeSpellings : spellings;
    const cached = cache.get(place);
    if (cached !== undefined)
        return cached;
    const made = new Map();
    for (const key of Object.keys(place)) {
        made.set(foldKey(key), key);
        if (snakeCase)
            made.set(foldKey(toSnakeCase(key)), key);
    }
    cache.set(place, made);
    return made;
}
function toSnakeCase(key) {
    return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
function shorten(text) {
    return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}


/***/ }),

/***/ 2608:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ findTextFault),
/* harmony export */   t: () => (/* binding */ JUDGED_MAX_CHARS)
/* harmony export */ });
const UNSEEN = /(?![ \n])[\p{Cc}\p{Zs}\p{Zl}\p{Zp}\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]|(?<=[\x20-\x7e]|^)[\u200c\u200d]/gu;
const QUOTES = '"\'`\u2018\u2019\u201c\u201d\u00ab\u00bb';
const JUDGED_MAX_CHARS = 2048;
function findTextFault(value) {
    const unseen = value.match(UNSEEN)?.[0];
    if (unseen !== undefined) {
        const point = unseen.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
        const right = value.replace(UNSEEN, (found) => (/\s/.test(found) && found !== '\ufeff' ? ' ' : '')).trim();
        return { what: `contains the invisible character U+${point}`, right };
    }
    const inner = value.slice(isQuote(value[0]) ? 1 : 0, isQuote(value.at(-1)) ? -1 : undefined).trim();
    if (inner !== value)
        return { what: 'has quotation marks around it', right: inner };
    if (value.startsWith('- '))
        return { what: 'starts with a dash, as in a list of YAML', right: value.slice(2).trim() };
    return undefined;
}
function isQuote(character) {
    return character !== undefined && QUOTES.includes(character);
}


/***/ }),

/***/ 9354:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bd: () => (/* binding */ EmptyValueError),
/* harmony export */   LB: () => (/* binding */ CorrectedValueError),
/* harmony export */   Qp: () => (/* binding */ ValueError),
/* harmony export */   i4: () => (/* binding */ ListedValuesError)
/* harmony export */ });
/* harmony import */ var _quoted_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9082);

class ValueError extends Error {
    name = 'ValueError';
}
class EmptyValueError extends ValueError {
    name = 'EmptyValueError';
    of;
    constructor(of) {
        super(`the value of ${of} is empty`);
        this.of = of;
    }
}
class CorrectedValueError extends ValueError {
    name = 'CorrectedValueError';
    instead;
    constructor(message, instead) {
        super(message);
        this.instead = instead;
    }
}
class ListedValuesError extends CorrectedValueError {
    name = 'ListedValuesError';
    constructor(text, input, values) {
        const given = values.map((value) => value.trim()).filter((value) => value !== '');
        super(`${(0,_quoted_js__WEBPACK_IMPORTED_MODULE_0__/* .quoted */ .T)(text)} is a list; write one value per line`, given.map((value) => ({ input, value })));
    }
}


/***/ }),

/***/ 2528:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ hasUnseen),
/* harmony export */   Q: () => (/* binding */ visibleText)
/* harmony export */ });
const UNSEEN = /(?!(?<=\p{Extended_Pictographic})\ufe0f)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
function visibleText(text) {
    return text.replace(UNSEEN, (found) => found
        .split('')
        .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
        .join(''));
}
function hasUnseen(text) {
    return visibleText(text) !== text;
}


/***/ }),

/***/ 3147:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B3: () => (/* binding */ workspaceOf),
/* harmony export */   Do: () => (/* binding */ confine),
/* harmony export */   RY: () => (/* binding */ pathWithin),
/* harmony export */   T6: () => (/* binding */ CONFINED_CURE),
/* harmony export */   ic: () => (/* binding */ writeConfined),
/* harmony export */   wG: () => (/* binding */ makeConfinedDirectory)
/* harmony export */ });
/* unused harmony export prepareReplacement */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var _coded_error_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6329);
/* harmony import */ var _domain_text_quoted_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9082);





const CONFINED_CURE = 'Name a location in the workspace or under RUNNER_TEMP, and make sure that no symbolic link leads out of them.';
async function confine({ env, files }, path) {
    try {
        const [real, workspace, temp] = await Promise.all([
            files.leadsTo(path),
            files.leadsTo(workspaceOf(env)),
            files.leadsTo(env['RUNNER_TEMP'] || '.'),
        ]);
        if ([workspace, temp].some((directory) => pathWithin(directory, real) !== undefined))
            return { kind: 'inside', path: real };
        const where = real === (0,node_path__WEBPACK_IMPORTED_MODULE_2__.resolve)(path) ? 'is' : `resolves to ${(0,_domain_text_quoted_js__WEBPACK_IMPORTED_MODULE_4__/* .quoted */ .T)(real)},`;
        const problem = `${where} outside the workspace (${(0,_domain_text_quoted_js__WEBPACK_IMPORTED_MODULE_4__/* .quoted */ .T)(workspace)}) and RUNNER_TEMP (${(0,_domain_text_quoted_js__WEBPACK_IMPORTED_MODULE_4__/* .quoted */ .T)(temp)})`;
        return { kind: 'outside', problem };
    }
    catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        return { kind: 'outside', problem: `cannot be resolved: ${why}` };
    }
}
function workspaceOf(env) {
    return env['GITHUB_WORKSPACE'] || '.';
}
function pathWithin(directory, path, paths = node_path__WEBPACK_IMPORTED_MODULE_2__) {
    const rest = paths.relative(directory, path);
    return rest === '..' || rest.startsWith(`..${paths.sep}`) || paths.isAbsolute(rest) ? undefined : rest;
}
async function makeConfinedDirectory(ground, path) {
    const real = await requireInside(ground, path);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)(real, { recursive: true });
    return requireInside(ground, real);
}
async function writeConfined(ground, path, content) {
    const directory = await makeConfinedDirectory(ground, (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(path));
    const temporary = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(directory, `.countersign-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(8).toString('hex')}`);
    const file = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(temporary, 'wx');
    try {
        await file.writeFile(content).finally(() => file.close());
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(temporary, (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(directory, (0,node_path__WEBPACK_IMPORTED_MODULE_2__.basename)(path)));
    }
    catch (error) {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(temporary, { force: true }).catch(() => undefined);
        throw error;
    }
}
async function prepareReplacement(ground, { path, before, content }) {
    const { mode } = await requireUnchanged(ground, path, before);
    const temporary = join(dirname(path), `.countersign-${randomBytes(8).toString('hex')}`);
    const discard = () => rm(temporary, { force: true }).catch(() => undefined);
    const file = await open(temporary, 'wx', mode);
    try {
        await file.chmod(mode);
        await file.writeFile(content).finally(() => file.close());
    }
    catch (error) {
        await discard();
        throw error;
    }
    return {
        discard,
        async commit() {
            await requireUnchanged(ground, path, before);
            await rename(temporary, path);
        },
    };
}
async function requireUnchanged(ground, path, before) {
    const refuse = (what, hint) => {
        throw new CodedError('INPUT_INVALID', `${quoted(path)} ${what}`, { hint });
    };
    if ((await requireInside(ground, path)) !== path)
        refuse('is reached through a symbolic link', CONFINED_CURE);
    const found = await lstat(path);
    if (!found.isFile())
        refuse('is not a regular file', 'Name the file itself.');
    const now = found.size === before.length ? await ground.files.read(path) : undefined;
    if (now === undefined || Buffer.compare(now, before) !== 0) {
        refuse('changed while this step checked it', 'Find out which process of the job writes it. Nothing was pinned.');
    }
    return { mode: found.mode & 0o7777 };
}
async function requireInside(ground, path) {
    const confined = await confine(ground, path);
    if (confined.kind === 'inside')
        return confined.path;
    throw new _coded_error_js__WEBPACK_IMPORTED_MODULE_3__/* .CodedError */ .AK('INPUT_INVALID', `${(0,_domain_text_quoted_js__WEBPACK_IMPORTED_MODULE_4__/* .quoted */ .T)(path)} ${confined.problem}`, { hint: CONFINED_CURE });
}


/***/ }),

/***/ 7224:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ readGithubToken)
/* harmony export */ });
/* harmony import */ var _inputs_read_value_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5338);

function readGithubToken(reading) {
    return (0,_inputs_read_value_js__WEBPACK_IMPORTED_MODULE_0__/* .readText */ .yR)(reading, 'github-token');
}


/***/ }),

/***/ 8119:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ readConfinedFile)
/* harmony export */ });
/* harmony import */ var _domain_text_quoted_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9082);
/* harmony import */ var _inputs_named_file_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(318);
/* harmony import */ var _confined_files_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3147);
/* harmony import */ var _run_files_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5468);




async function readConfinedFile(reading, file) {
    const confined = await (0,_confined_files_js__WEBPACK_IMPORTED_MODULE_1__/* .confine */ .Do)(reading.source, (0,_run_files_js__WEBPACK_IMPORTED_MODULE_2__/* .workspacePath */ .X5)(reading.source, file.path));
    if (confined.kind === 'inside')
        return (0,_inputs_named_file_js__WEBPACK_IMPORTED_MODULE_0__/* .readFileAt */ ._T)(reading, file, confined.path);
    reading.problems.add(file.name, `${(0,_domain_text_quoted_js__WEBPACK_IMPORTED_MODULE_3__/* .quoted */ .T)(file.path)} ${confined.problem}.`, _confined_files_js__WEBPACK_IMPORTED_MODULE_1__/* .CONFINED_CURE */ .T6);
    return undefined;
}


/***/ }),

/***/ 5468:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X5: () => (/* binding */ workspacePath),
/* harmony export */   iN: () => (/* binding */ stepDirectory),
/* harmony export */   vA: () => (/* binding */ readWritePath),
/* harmony export */   yF: () => (/* binding */ readStepDirectory)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _coded_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6329);
/* harmony import */ var _domain_text_quoted_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9082);
/* harmony import */ var _inputs_read_value_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5338);
/* harmony import */ var _confined_files_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3147);





function stepDirectory(source, action) {
    const temp = source.env['RUNNER_TEMP'] || '.';
    const step = (source.env['GITHUB_ACTION'] || 'step').replace(/[^A-Za-z0-9_-]/g, '_');
    return (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(temp, (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)('countersign', `${action}-${step}`));
}
async function readStepDirectory(source, action) {
    const directory = stepDirectory(source, action);
    const confined = await (0,_confined_files_js__WEBPACK_IMPORTED_MODULE_3__/* .confine */ .Do)(source, directory);
    if (confined.kind === 'inside')
        return directory;
    throw new _coded_error_js__WEBPACK_IMPORTED_MODULE_1__/* .CodedError */ .AK('INPUT_INVALID', `the directory of this step ${(0,_domain_text_quoted_js__WEBPACK_IMPORTED_MODULE_4__/* .quoted */ .T)(directory)} ${confined.problem}`, {
        hint: 'An earlier step of this job put a symbolic link there. Remove it, and find out which code created it.',
    });
}
function workspacePath(source, value) {
    return (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)((0,_confined_files_js__WEBPACK_IMPORTED_MODULE_3__/* .workspaceOf */ .B3)(source.env), value);
}
async function readWritePath(reading, name) {
    const { source, problems } = reading;
    const value = (0,_inputs_read_value_js__WEBPACK_IMPORTED_MODULE_2__/* .readText */ .yR)(reading, name);
    if (value === undefined)
        return undefined;
    const path = workspacePath(source, value);
    const confined = await (0,_confined_files_js__WEBPACK_IMPORTED_MODULE_3__/* .confine */ .Do)(source, path);
    if (confined.kind === 'outside')
        problems.add(name, `${(0,_domain_text_quoted_js__WEBPACK_IMPORTED_MODULE_4__/* .quoted */ .T)(value)} ${confined.problem}.`, _confined_files_js__WEBPACK_IMPORTED_MODULE_3__/* .CONFINED_CURE */ .T6);
    return path;
}


/***/ }),

/***/ 6716:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bk: () => (/* binding */ actionNames),
/* harmony export */   Dc: () => (/* binding */ reportStop),
/* harmony export */   xV: () => (/* binding */ reportFailure)
/* harmony export */ });
/* harmony import */ var _coded_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6329);
/* harmony import */ var _domain_identity_github_issuer_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7188);
/* harmony import */ var _report_error_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2282);
/* harmony import */ var _compose_product_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4461);




function actionNames(run) {
    const repository = run.env['GITHUB_ACTION_REPOSITORY'] ?? '';
    const ref = run.env['GITHUB_ACTION_REF'] ?? '';
    if (!/^[\w.-]+\/[\w.-]+$/.test(repository) || ref === '') {
        return { repository: _compose_product_js__WEBPACK_IMPORTED_MODULE_2__/* .REPOSITORY */ .Bw, ref: _compose_product_js__WEBPACK_IMPORTED_MODULE_2__/* .MAJOR_TAG */ .Xr, troubleshootingUrl: undefined, copy: undefined };
    }
    const path = ref.split('/').map(encodeURIComponent).join('/');
    return {
        repository,
        ref,
        troubleshootingUrl: `https://github.com/${repository}/blob/${path}/docs/troubleshooting.md`,
        copy: (0,_domain_identity_github_issuer_js__WEBPACK_IMPORTED_MODULE_3__/* .isGithubCom */ .ng)(run.context.serverUrl) ? undefined : `${repository} on ${run.context.serverUrl}`,
    };
}
function reportFailure(run, thrown) {
    const error = (0,_coded_error_js__WEBPACK_IMPORTED_MODULE_0__/* .toCodedError */ .Bt)(thrown);
    const { title, lines, isCut } = (0,_report_error_text_js__WEBPACK_IMPORTED_MODULE_1__/* .errorText */ .kc)(error, actionNames(run));
    if (isCut)
        for (const line of [...error.message.split('\n'), ...(error.hint?.split('\n') ?? [])])
            run.log.info(line);
    run.annotate({ level: 'error', title: `Countersign: ${title}`, message: lines.join('\n') });
    for (const { file, line, message } of error.places) {
        run.annotate({ level: 'error', title: `Countersign: ${error.code}`, message, file, line });
    }
    run.setExitCode(1);
    if (error.code === 'INTERNAL_ERROR' && error.cause instanceof Error)
        run.log.debug(error.cause.stack ?? '');
    return error;
}
async function reportStop(run, thrown) {
    run.setExitCode(1);
    await run.useToolkit().catch(() => undefined);
    try {
        return reportFailure(run, thrown);
    }
    catch {
        return reportFailure(run, thrown);
    }
}


/***/ }),

/***/ 4461:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Xr: () => (/* binding */ MAJOR_TAG),
  Bw: () => (/* binding */ REPOSITORY),
  xv: () => (/* binding */ VERSION)
});

;// CONCATENATED MODULE: ./.build/js/package.json
const package_namespaceObject = /*#__PURE__*/JSON.parse('{"rE":"1.0.0-rc.1","Jk":"github:countersign-action/countersign"}');
;// CONCATENATED MODULE: ./.build/js/src/entries/compose/product.js

const REPOSITORY = package_namespaceObject.Jk.replace(/^github:/, '');
const VERSION = package_namespaceObject.rE;
const MAJOR_TAG = `v${VERSION.split('.')[0]}`;


/***/ }),

/***/ 3847:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ createInputProblems)
/* harmony export */ });
/* unused harmony export addProblem */
/* harmony import */ var _coded_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6329);

function createInputProblems() {
    const list = [];
    return {
        list,
        add: (input, what, cure, place) => {
            list.push({ input, what, cure, ...(place === undefined ? {} : { place }) });
        },
        throwIfAny: () => {
            const [first] = list;
            if (first === undefined)
                return;
            const places = list.flatMap(({ place, what, cure }) => place === undefined ? [] : { ...place, message: `${what} ${cure}` });
            if (list.length === 1) {
                throw new _coded_error_js__WEBPACK_IMPORTED_MODULE_0__/* .CodedError */ .AK('INPUT_INVALID', `input ${first.input}: ${first.what}`, { hint: first.cure, places });
            }
            const lines = list.map((problem) => `- input ${problem.input}: ${problem.what} ${problem.cure}`);
            throw new _coded_error_js__WEBPACK_IMPORTED_MODULE_0__/* .CodedError */ .AK('INPUT_INVALID', `${list.length} inputs cannot be used:\n${lines.join('\n')}`, {
                hint: 'Fix the inputs named above. The list is complete.',
                places,
            });
        },
    };
}
function addProblem(problems, { input, what, cure, place }) {
    problems.add(input, what, cure, place);
}


/***/ }),

/***/ 4072:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ writeInstead)
/* harmony export */ });
/* unused harmony export writeList */
const SAFE = /^[A-Za-z0-9._:/@+=,*\\ -]+$/;
const VALUE_MAX_CHARS = 300;
const LINES_MAX = 4;
function writeInstead(instead) {
    if (!isSafe(instead))
        return undefined;
    const lines = instead.map(({ input, value }) => `\`${input}: ${yamlScalar(value)}\``);
    const isChoice = new Set(instead.map(({ input }) => input)).size === 1;
    return `Write ${lines.join(isChoice ? ' or ' : ' and ')}.`;
}
function writeList(values) {
    const [first] = values;
    if (first === undefined || !isSafe(values))
        return undefined;
    return `Write \`${first.input}: |\` and below it the lines ${values.map(({ value }) => `\`${value}\``).join(', ')}.`;
}
function isSafe(instead) {
    const fits = instead.length > 0 && instead.length <= LINES_MAX;
    return fits && instead.every(({ value }) => SAFE.test(value) && value.length <= VALUE_MAX_CHARS);
}
function yamlScalar(value) {
    const isPlain = /^[A-Za-z.][A-Za-z0-9._/@+=:-]*$/.test(value) && value.includes('/') && !value.endsWith(':');
    return isPlain ? value : JSON.stringify(value);
}


/***/ }),

/***/ 843:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   r: () => (/* binding */ splitList),
/* harmony export */   u: () => (/* binding */ splitLines)
/* harmony export */ });
/* harmony import */ var _domain_text_value_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9354);

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
        throw new _domain_text_value_error_js__WEBPACK_IMPORTED_MODULE_0__/* .ValueError */ .Qp('a quotation mark is not closed');
    records.push([...record, field.replace(/\r$/, '')]);
    return records;
}


/***/ }),

/***/ 318:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _T: () => (/* binding */ readFileAt),
/* harmony export */   g7: () => (/* binding */ decodeText),
/* harmony export */   wh: () => (/* binding */ readNamedFile)
/* harmony export */ });
/* harmony import */ var _coded_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6329);
/* harmony import */ var _domain_text_quoted_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9082);
/* harmony import */ var _regular_file_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1681);



const TEXT_MAX_BYTES = 4 * 1024 * 1024;
async function readNamedFile(reading, file) {
    return readFileAt(reading, file, file.path);
}
async function readFileAt({ source, problems }, { name, path, cure, folderCure }, at) {
    let bytes;
    try {
        bytes = await source.files.read(at);
    }
    catch (error) {
        if (error instanceof _coded_error_js__WEBPACK_IMPORTED_MODULE_0__/* .CodedError */ .AK)
            throw error;
        const isFolder = error instanceof _regular_file_js__WEBPACK_IMPORTED_MODULE_1__/* .UnfitFileError */ .bk && error.code === 'EISDIR';
        const readable = 'Name a file that this step can read.';
        problems.add(name, `${(0,_domain_text_quoted_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .T)(path)} ${(0,_regular_file_js__WEBPACK_IMPORTED_MODULE_1__/* .whyUnreadable */ ._p)(error)}.`, isFolder ? (folderCure ?? readable) : readable);
        return undefined;
    }
    if (bytes === undefined)
        problems.add(name, `there is no file ${(0,_domain_text_quoted_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .T)(path)}.`, cure);
    return bytes;
}
function decodeText({ problems }, name, bytes) {
    if (bytes.length > TEXT_MAX_BYTES) {
        problems.add(name, `the file has ${bytes.length} bytes, more than ${TEXT_MAX_BYTES}.`, 'Name the right file.');
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


/***/ }),

/***/ 5338:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  rP: () => (/* binding */ quietReading),
  ti: () => (/* binding */ readAnnotations),
  Vf: () => (/* binding */ readBoolean),
  Kf: () => (/* binding */ readChoice),
  $7: () => (/* binding */ readDuration),
  JI: () => (/* binding */ readInteger),
  yR: () => (/* binding */ readText),
  MP: () => (/* binding */ writeDuration)
});

// EXTERNAL MODULE: ./.build/js/src/domain/signature/annotations.js
var signature_annotations = __webpack_require__(4249);
// EXTERNAL MODULE: ./.build/js/src/domain/text/duration.js
var duration = __webpack_require__(9030);
// EXTERNAL MODULE: ./.build/js/src/domain/text/key-value.js
var key_value = __webpack_require__(791);
// EXTERNAL MODULE: ./.build/js/src/domain/text/near-name.js
var near_name = __webpack_require__(4638);
// EXTERNAL MODULE: ./.build/js/src/domain/text/quoted.js
var quoted = __webpack_require__(9082);
;// CONCATENATED MODULE: ./.build/js/src/domain/text/right-duration.js
const UNITS = {
    s: 1,
    sec: 1,
    secs: 1,
    second: 1,
    seconds: 1,
    m: 60,
    min: 60,
    mins: 60,
    minute: 60,
    minutes: 60,
    h: 3_600,
    hr: 3_600,
    hrs: 3_600,
    hour: 3_600,
    hours: 3_600,
    d: 86_400,
    day: 86_400,
    days: 86_400,
    w: 604_800,
    week: 604_800,
    weeks: 604_800,
};
const SHORT = ['w', 'd', 'h', 'm', 's'];
const LENGTH_MAX = 60;
function rightDurations(text) {
    const value = text.trim();
    if (value.length > LENGTH_MAX)
        return [];
    if (/^\d{1,9}$/.test(value))
        return ['s', 'm', 'h', 'd'].map((unit) => `${value}${unit}`);
    const parts = value.match(/\d+(?:\.\d+)?\s*[A-Za-z]+/g) ?? [];
    if (parts.length === 0 || value.replace(/[\s,]|and/g, '') !== parts.join('').replace(/\s/g, ''))
        return [];
    let seconds = 0;
    for (const part of parts) {
        const [, number = '', unit = ''] = /^([\d.]+)\s*([A-Za-z]+)$/.exec(part) ?? [];
        const size = unit === 'M' ? undefined : UNITS[unit.toLowerCase()];
        if (size === undefined)
            return [];
        seconds += Number(number) * size;
    }
    const unit = SHORT.find((one) => Number.isInteger(seconds / (UNITS[one] ?? 1)));
    return unit === undefined || seconds > 1e9 ? [] : [`${seconds / (UNITS[unit] ?? 1)}${unit}`];
}

// EXTERNAL MODULE: ./.build/js/src/domain/text/value-error.js
var value_error = __webpack_require__(9354);
// EXTERNAL MODULE: ./.build/js/src/entries/inputs/input-problems.js
var input_problems = __webpack_require__(3847);
// EXTERNAL MODULE: ./.build/js/src/entries/inputs/instead.js
var instead = __webpack_require__(4072);
// EXTERNAL MODULE: ./.build/js/src/entries/inputs/list-rule.js
var list_rule = __webpack_require__(843);
;// CONCATENATED MODULE: ./.build/js/src/entries/inputs/read-value.js










function quietReading(source) {
    return { source, problems: (0,input_problems/* createInputProblems */.T)() };
}
function readText({ source }, name) {
    const value = source.input(name)?.trim();
    return value === undefined || value === '' ? undefined : value;
}
const BOOLEANS = new Map([
    ...['yes', 'y', 'on', '1'].map((word) => [word, 'true']),
    ...['no', 'n', 'off', '0'].map((word) => [word, 'false']),
]);
function readBoolean(reading, name, absent) {
    const value = readText(reading, name);
    if (value === undefined)
        return absent;
    if (['true', 'True', 'TRUE'].includes(value))
        return true;
    if (['false', 'False', 'FALSE'].includes(value))
        return false;
    const meant = BOOLEANS.get(value.toLowerCase());
    const cure = meant === undefined ? undefined : (0,instead/* writeInstead */.g)([{ input: name, value: meant }]);
    reading.problems.add(name, `${(0,quoted/* quoted */.T)(value)} is neither true nor false.`, cure ?? 'Write `true` or `false`.');
    return absent;
}
function readChoice(reading, name, { choices, absent }) {
    const value = readText(reading, name);
    if (value === undefined)
        return absent;
    const choice = choices.find((one) => one === value);
    if (choice !== undefined)
        return choice;
    const meant = (0,near_name/* nearName */.c)(value, choices);
    const guess = meant === undefined ? undefined : (0,instead/* writeInstead */.g)([{ input: name, value: meant }]);
    const cure = `Write one of ${choices.join(', ')}.`;
    reading.problems.add(name, `${(0,quoted/* quoted */.T)(value)} is not a valid value.`, guess === undefined ? cure : `${cure} ${guess}`);
    return absent;
}
function readInteger(reading, name, range) {
    const value = readText(reading, name);
    if (value === undefined)
        return range.absent;
    const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
    if (number >= range.min && number <= range.max)
        return number;
    reading.problems.add(name, `${(0,quoted/* quoted */.T)(value)} is not a whole number from ${range.min} to ${range.max}.`, `Write a number from ${range.min} to ${range.max}.`);
    return range.absent;
}
function readDuration(reading, name, absent) {
    const value = readText(reading, name);
    if (value === undefined)
        return absent;
    try {
        return (0,duration/* parseDuration */.E)(value);
    }
    catch (error) {
        if (!(error instanceof value_error/* ValueError */.Qp))
            throw error;
        reading.problems.add(name, `${(0,quoted/* quoted */.T)(value)} ${error.message}.`, writeDuration(name, value, '5m'));
        return absent;
    }
}
function writeDuration(name, value, example) {
    const right = rightDurations(value).map((one) => ({ input: name, value: one }));
    const general = `Write a number and a unit, such as \`${example}\`.`;
    return [(0,instead/* writeInstead */.g)(right), general].filter((one) => one !== undefined).join(' ');
}
function readAnnotations(reading) {
    const pairs = new Map();
    for (const line of (0,list_rule/* splitLines */.u)(reading.source.input('annotations') ?? '')) {
        if (line === '')
            continue;
        const { key, value } = (0,key_value/* splitKeyValue */.p)(line) ?? { key: '', value: '' };
        const right = (0,signature_annotations/* rightAnnotation */.q0)(line);
        if (key === '' || right !== undefined) {
            const guess = right === undefined ? undefined : (0,instead/* writeInstead */.g)([{ input: 'annotations', value: right }]);
            reading.problems.add('annotations', `${(0,quoted/* quoted */.T)(line)} does not have the form key=value.`, guess ?? 'Write one `key=value` per line.');
            continue;
        }
        if (pairs.has(key)) {
            reading.problems.add('annotations', `the key ${(0,quoted/* quoted */.T)(key)} is given twice.`, 'Keep one line per key.');
        }
        pairs.set(key, value);
    }
    const annotations = Object.fromEntries(pairs);
    if ((0,signature_annotations/* annotationsLength */.bF)(annotations) > signature_annotations/* ANNOTATIONS_MAX_LENGTH */.RS) {
        reading.problems.add('annotations', `they have more than ${signature_annotations/* ANNOTATIONS_MAX_LENGTH */.RS} characters, which is the limit of the gate.`, 'Annotate with the digest of a long text instead.');
    }
    return annotations;
}


/***/ }),

/***/ 1681:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   XF: () => (/* binding */ readRegularFile),
/* harmony export */   _p: () => (/* binding */ whyUnreadable),
/* harmony export */   b2: () => (/* binding */ isMissing),
/* harmony export */   bk: () => (/* binding */ UnfitFileError)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);


const FILE_MAX_BYTES = 16 * 1024 * 1024;
const READ_AT_ONCE = node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_RDONLY | (node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_NONBLOCK ?? 0);
const CHUNK_BYTES = 64 * 1024;
class UnfitFileError extends Error {
    name = 'UnfitFileError';
    code;
    constructor(code, message) {
        super(message);
        this.code = code;
    }
}
async function readRegularFile(path, maxBytes = FILE_MAX_BYTES) {
    const file = await openIfThere(path);
    if (file === undefined)
        return undefined;
    try {
        const found = await file.stat();
        if (found.isDirectory())
            throw new UnfitFileError('EISDIR', 'is a directory');
        if (!found.isFile())
            throw new UnfitFileError('ENOTREGULAR', 'is a pipe, a socket or a device, not a file');
        if (found.size > maxBytes)
            throw tooLarge(maxBytes);
        const chunks = [];
        let length = 0;
        for (let room = found.size + 1; length <= maxBytes; room = CHUNK_BYTES) {
            const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(room), 0, room);
            if (bytesRead === 0)
                break;
            chunks.push(buffer.subarray(0, bytesRead));
            length += bytesRead;
        }
        if (length > maxBytes)
            throw tooLarge(maxBytes);
        return Buffer.concat(chunks, length);
    }
    finally {
        await file.close();
    }
}
function whyUnreadable(error) {
    if (error instanceof UnfitFileError)
        return error.message;
    const code = error instanceof Error ? Reflect.get(error, 'code') : undefined;
    return `cannot be read (${String(code ?? error)})`;
}
function isMissing(error) {
    const code = error instanceof Error ? Reflect.get(error, 'code') : undefined;
    return code === 'ENOENT' || code === 'ENOTDIR';
}
async function openIfThere(path) {
    try {
        return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(path, READ_AT_ONCE);
    }
    catch (error) {
        if (isMissing(error))
            return undefined;
        throw error;
    }
}
function tooLarge(maxBytes) {
    return new UnfitFileError('EFBIG', `has more than ${maxBytes} bytes`);
}


/***/ }),

/***/ 5034:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ writeBundles),
/* harmony export */   s: () => (/* binding */ makeBundleDirectory)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _coded_error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6329);
/* harmony import */ var _domain_image_digest_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3258);
/* harmony import */ var _domain_image_reference_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5273);
/* harmony import */ var _action_confined_files_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3147);






async function makeBundleDirectory(run, { bundleDirectory }) {
    try {
        const directory = await (0,_action_confined_files_js__WEBPACK_IMPORTED_MODULE_5__/* .makeConfinedDirectory */ .wG)(run, bundleDirectory);
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rmdir)(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdtemp)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(directory, '.countersign-')));
    }
    catch (cause) {
        throw notWritable('the directory is not writable', cause);
    }
}
function notWritable(what, cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return new _coded_error_js__WEBPACK_IMPORTED_MODULE_2__/* .CodedError */ .AK('INPUT_INVALID', `input bundle-directory: ${what}: ${why}`, {
        cause,
        hint: 'Set `bundle-directory` to a directory that this job can write to, or remove the input.',
    });
}
const READABLE_MAX = 120;
async function writeBundles(run, request, outcome) {
    const names = new Set();
    const written = await Promise.allSettled(outcome.made.map(async ({ task, made }) => {
        const readable = (0,_domain_image_reference_js__WEBPACK_IMPORTED_MODULE_4__/* .formatRepository */ .Sh)(task.image.repository)
            .replace(/[^A-Za-z0-9._-]/g, '_')
            .slice(-READABLE_MAX);
        const kind = task.attestation === undefined ? task.format : `attestation-${shortType(task.attestation.predicateType)}`;
        const name = `${readable}-${(0,_domain_image_digest_js__WEBPACK_IMPORTED_MODULE_3__/* .hexOf */ .ZD)(task.digest).slice(0, 16)}.${kind}`;
        let distinct = name;
        for (let count = 2; names.has(distinct); count += 1)
            distinct = `${name}-${count}`;
        names.add(distinct);
        const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(request.bundleDirectory, `${distinct}.sigstore.json`);
        await (0,_action_confined_files_js__WEBPACK_IMPORTED_MODULE_5__/* .writeConfined */ .ic)(run, path, made.bundle);
        return path;
    }));
    const failed = written.find((one) => one.status === 'rejected');
    return {
        paths: written.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])),
        failure: failed && notWritable('a bundle could not be written', failed.reason),
    };
}
function shortType(predicateType) {
    const words = predicateType.split(/[^A-Za-z0-9.]+/).filter((word) => word !== '');
    const isVersioned = /^v[0-9.]+$/.test(words.at(-1) ?? '');
    return words
        .slice(isVersioned ? -2 : -1)
        .join('_')
        .slice(0, 40);
}


/***/ }),

/***/ 1725:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  startSign: () => (/* binding */ startSign)
});

// EXTERNAL MODULE: ./.build/js/src/entries/action/report-failure.js
var report_failure = __webpack_require__(6716);
// EXTERNAL MODULE: ./.build/js/src/coded-error.js
var coded_error = __webpack_require__(6329);
// EXTERNAL MODULE: ./.build/js/src/entries/inputs/read-value.js + 1 modules
var read_value = __webpack_require__(5338);
// EXTERNAL MODULE: ./.build/js/src/domain/text/duration.js
var duration = __webpack_require__(9030);
// EXTERNAL MODULE: ./.build/js/src/domain/text/quoted.js
var quoted = __webpack_require__(9082);
// EXTERNAL MODULE: ./.build/js/src/domain/text/value-error.js
var value_error = __webpack_require__(9354);
;// CONCATENATED MODULE: ./.build/js/src/entries/inputs/run-limits.js




const TIMEOUT_MIN_MS = 1_000;
const TIMEOUT_MAX_MS = 24 * 3_600_000;
const RETRY_MAX_MS = 3_600_000;
function readTimeout(reading, absentMs) {
    const value = (0,read_value/* readText */.yR)(reading, 'timeout');
    if (value === undefined)
        return absentMs;
    const ms = readTimeoutValue(value);
    if (ms !== undefined)
        return ms;
    reading.problems.add('timeout', `${(0,quoted/* quoted */.T)(value)} is not a duration between 1s and 24h.`, (0,read_value/* writeDuration */.MP)('timeout', value, '15m'));
    return absentMs;
}
function readRetryFor(reading, absentMs) {
    const ms = (0,read_value/* readDuration */.$7)(reading, 'retry-for', absentMs);
    if (ms <= RETRY_MAX_MS)
        return ms;
    reading.problems.add('retry-for', 'it is longer than 1h.', 'Write at most `1h`.');
    return absentMs;
}
function readTimeoutValue(text) {
    try {
        const ms = (0,duration/* parseDuration */.E)(text);
        return ms >= TIMEOUT_MIN_MS && ms <= TIMEOUT_MAX_MS ? ms : undefined;
    }
    catch (error) {
        if (error instanceof value_error/* ValueError */.Qp)
            return undefined;
        throw error;
    }
}

;// CONCATENATED MODULE: ./.build/js/src/entries/action/run-deadline.js



const GRACE_MS = 120_000;
const REPORT_MS = 30_000;
const LINGER_MS = 5_000;
function startDeadline(run, absentMs) {
    const timeoutMs = readTimeout((0,read_value/* quietReading */.rP)(run), absentMs);
    const due = new AbortController();
    const end = new AbortController();
    const reason = new coded_error/* CodedError */.AK('TIMEOUT', `this run did not finish within ${inWords(timeoutMs)}`, {
        hint: 'Increase `timeout`, or check the debug log of the job for the cause of the delay.',
    });
    let isFinishing = false;
    const stopTimer = run.after(timeoutMs, () => {
        due.abort(reason);
        if (isFinishing)
            run.after(GRACE_MS, () => end.abort(reason));
        else
            end.abort(reason);
        run.after(GRACE_MS + 2 * REPORT_MS, run.kill);
    });
    return {
        due: due.signal,
        end: end.signal,
        finish() {
            isFinishing = true;
        },
        close() {
            stopTimer();
            if (due.signal.aborted)
                run.after(LINGER_MS, run.kill);
        },
    };
}
function inWords(ms) {
    if (ms % 3_600_000 === 0)
        return `${ms / 3_600_000}h`;
    return ms % 60_000 === 0 ? `${ms / 60_000}m` : `${ms / 1000}s`;
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./.build/js/src/domain/text/json-object.js
var json_object = __webpack_require__(1682);
// EXTERNAL MODULE: ./.build/js/src/domain/text/plain-text.js
var plain_text = __webpack_require__(2606);
;// CONCATENATED MODULE: ./.build/js/src/github/event-payload.js

function field(value, ...path) {
    let current = value;
    for (const name of path) {
        if (!(0,json_object/* isJsonObject */.O)(current))
            return undefined;
        current = current[name];
    }
    return current;
}
function event_payload_text(value) {
    return typeof value === 'string' && value !== '' ? value : undefined;
}
function isCommitHash(value) {
    return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(value);
}

;// CONCATENATED MODULE: ./.build/js/src/github/deciding-files.js


const TRUSTED_EVENTS = ['push', 'schedule', 'workflow_dispatch', 'repository_dispatch', 'release'];
const MERGE_QUEUE = 'refs/heads/gh-readonly-queue/';
function readDecidingFiles(env, event, repository) {
    if (isTrustedEvent(env, event)) {
        const version = versionOf(repository, hash(env['GITHUB_SHA']), 'the commit of this run');
        return { isTrustedEvent: true, version };
    }
    const base = field(event, 'pull_request', 'base');
    const version = versionOf(event_payload_text(field(base, 'repo', 'full_name')), hash(field(base, 'sha')), 'the base commit of this pull request') ??
        versionOf(repository, hash(field(event, 'merge_group', 'base_sha')), 'the base commit of this merge group') ??
        versionOf(repository, branch(field(event, 'repository', 'default_branch')), 'the default branch');
    return { isTrustedEvent: false, version };
}
function isTrustedEvent(env, event) {
    if (!TRUSTED_EVENTS.includes(env['GITHUB_EVENT_NAME'] ?? ''))
        return false;
    if ((0,json_object/* isJsonObject */.O)(field(event, 'pull_request')) || (0,json_object/* isJsonObject */.O)(field(event, 'merge_group')))
        return false;
    if (env['GITHUB_EVENT_NAME'] !== 'push')
        return true;
    return ![env['GITHUB_REF'], field(event, 'ref')].some((ref) => event_payload_text(ref)?.startsWith(MERGE_QUEUE));
}
function versionOf(repository, ref, name) {
    if (repository === undefined || ref === undefined || !isRepositoryName(repository))
        return undefined;
    return { repository, ref, name };
}
function isRepositoryName(value) {
    return /^[\w.-]+\/[\w.-]+$/.test(value) && !value.split('/').some((part) => part === '.' || part === '..');
}
function hash(value) {
    const found = event_payload_text(value);
    return found !== undefined && isCommitHash(found) ? found : undefined;
}
function branch(value) {
    const name = event_payload_text(value);
    if (name === undefined || name.length > 255 || /\p{Cc}|\p{Cs}|[ ~^:?*[\\]|\.\.|@\{|\/\/|^[-/]|[/.]$/u.test(name))
        return undefined;
    return `refs/heads/${name}`;
}

;// CONCATENATED MODULE: ./.build/js/src/github/context.js




function readContext(env, event) {
    const eventName = env['GITHUB_EVENT_NAME'] ?? '';
    const serverUrl = (0,plain_text/* trimEnd */.s8)(env['GITHUB_SERVER_URL'] || 'https://github.com', '/');
    const repository = env['GITHUB_REPOSITORY'] || event_payload_text(field(event, 'repository', 'full_name'));
    const pull = field(event, 'pull_request');
    const runId = env['GITHUB_RUN_ID'];
    const runUrl = repository && runId
        ? `${serverUrl}/${repository}/actions/runs/${runId}/attempts/${env['GITHUB_RUN_ATTEMPT'] || '1'}`
        : undefined;
    const deciding = readDecidingFiles(env, event, repository);
    return {
        eventName,
        serverUrl,
        apiUrl: (0,plain_text/* trimEnd */.s8)(env['GITHUB_API_URL'] || 'https://api.github.com', '/'),
        repository,
        actor: env['GITHUB_ACTOR'] ?? '',
        sha: env['GITHUB_SHA'] || undefined,
        reportSha: readReportSha(env, event),
        attempt: runId ? `${runId}/${env['GITHUB_RUN_ATTEMPT'] || '1'}` : '',
        runUrl,
        isPullRequest: eventName.startsWith('pull_request') || (0,json_object/* isJsonObject */.O)(pull),
        deciding,
        mayHoldForeignFiles: !deciding.isTrustedEvent && eventName !== 'merge_group' && !isOwnHead(event, repository),
        isForkRun: isForeign(event, repository) && eventName !== 'pull_request_target' && eventName !== 'workflow_run',
        isDependabot: env['GITHUB_ACTOR'] === 'dependabot[bot]' || field(event, 'pull_request', 'user', 'login') === 'dependabot[bot]',
        visibility: readVisibility(event),
    };
}
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
    return typeof named === 'string' && isCommitHash(named) ? named : undefined;
}
function isForeign(event, repository) {
    return headsOf(event).some((head) => !isSameName(head, repository));
}
function isOwnHead(event, repository) {
    const heads = headsOf(event);
    return heads.length > 0 && heads.every((head) => isSameName(head, repository));
}
function isSameName(head, repository) {
    return typeof head === 'string' && head.toLowerCase() === repository?.toLowerCase();
}
function headsOf(event) {
    const heads = [];
    if ((0,json_object/* isJsonObject */.O)(field(event, 'pull_request')))
        heads.push(field(event, 'pull_request', 'head', 'repo', 'full_name'));
    if ((0,json_object/* isJsonObject */.O)(field(event, 'workflow_run')))
        heads.push(field(event, 'workflow_run', 'head_repository', 'full_name'));
    return heads;
}
function readVisibility(event) {
    const visibility = field(event, 'repository', 'visibility');
    const isPrivate = field(event, 'repository', 'private');
    if (visibility === 'private' || visibility === 'internal')
        return visibility;
    if (isPrivate === true)
        return 'private';
    return visibility === 'public' || isPrivate === false ? 'public' : 'unknown';
}

// EXTERNAL MODULE: ./.build/js/src/github/job-summary.js
var job_summary = __webpack_require__(6067);
;// CONCATENATED MODULE: ./.build/js/src/domain/text/unescaped.js
const PERCENT = 0x25;
const AMPERSAND = 0x26;
const LESS_THAN = 0x3c;
const GREATER_THAN = 0x3e;
const WBR_LENGTH = '<wbr>'.length;
const CUT_MARK = Buffer.from('…');
const CUT_MARK_LATIN1 = CUT_MARK.toString('latin1');
const CONTROLS = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 };
const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const LAYERS_MAX = 8;
const ESCAPE_MAX = 14;
const STARTS = { html: /&|<wbr>/g, backslash: /\\/g, percent: /%/g, all: /[&\\%]|<wbr>/g };
function lowerBytes(text) {
    const isAscii = Buffer.byteLength(text) === text.length;
    return isAscii ? Buffer.from(text.toLowerCase(), 'latin1') : foldCase(Buffer.from(text, 'utf8'));
}
function firstLayer(text) {
    const bytes = lowerBytes(text);
    const origins = new Uint32Array(bytes.length + 1);
    for (let at = 0; at < origins.length; at += 1)
        origins[at] = at;
    return { bytes, origins };
}
function foldCase(bytes) {
    for (let at = 0; at < bytes.length; at += 1) {
        const byte = bytes[at] ?? 0;
        if (byte >= 0x41 && byte <= 0x5a)
            bytes[at] = byte + 0x20;
    }
    return bytes;
}
function eachEscape(text, start, take) {
    let isFound = false;
    start.lastIndex = 0;
    while (start.test(text)) {
        const at = text.charCodeAt(start.lastIndex - 1) === GREATER_THAN ? start.lastIndex - WBR_LENGTH : start.lastIndex - 1;
        const found = readEscape(text, at);
        if (found === undefined)
            continue;
        take(at, found);
        isFound = true;
        start.lastIndex = at + found.length;
    }
    return isFound;
}
function latin1(bytes) {
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
function unescaped({ bytes, origins }, start) {
    let made;
    let length = 0;
    let done = 0;
    eachEscape(latin1(bytes), start, (at, found) => {
        made ??= { bytes: new Uint8Array(bytes.length), origins: new Uint32Array(origins.length) };
        made.bytes.set(bytes.subarray(done, at), length);
        made.origins.set(origins.subarray(done, at), length);
        length += at - done;
        for (const byte of found.bytes) {
            made.bytes[length] = byte;
            made.origins[length] = origins[at] ?? 0;
            length += 1;
        }
        done = at + found.length;
    });
    if (made === undefined)
        return undefined;
    made.bytes.set(bytes.subarray(done), length);
    made.origins.set(origins.subarray(done), length);
    length += bytes.length - done;
    return { bytes: foldCase(made.bytes.subarray(0, length)), origins: made.origins.subarray(0, length + 1) };
}
function unescapedBytes(bytes, start) {
    const text = latin1(bytes);
    let made = '';
    let done = 0;
    const isFound = eachEscape(text, start, (at, found) => {
        made += text.slice(done, at);
        if (found.bytes.length > 0)
            made += String.fromCharCode(...foldCase(Uint8Array.from(found.bytes)));
        done = at + found.length;
    });
    return isFound ? Buffer.from(made + text.slice(done), 'latin1') : undefined;
}
function layersOf(text, apart) {
    return descendAll(firstLayer(text), apart, unescaped);
}
function layerBytesOf(text, apart) {
    return descendAll(lowerBytes(text), apart, unescapedBytes);
}
function* descendAll(first, apart, undo) {
    yield first;
    if (apart) {
        let last = first;
        for (const start of [STARTS.html, STARTS.backslash, STARTS.percent])
            last = yield* descend(last, start, undo);
    }
    yield* descend(first, STARTS.all, undo);
}
function* descend(from, start, undo) {
    let last = from;
    for (let depth = 0; depth < LAYERS_MAX; depth += 1) {
        const below = undo(last, start);
        if (below === undefined)
            break;
        yield below;
        last = below;
    }
    return last;
}
function squeezed({ bytes, origins }) {
    const result = new Uint8Array(bytes.length);
    const from = new Uint32Array(bytes.length + 1);
    const ends = new Uint32Array(bytes.length);
    let length = 0;
    for (let at = 0; at < bytes.length; at += 1) {
        const byte = bytes[at] ?? 0;
        if (isParting(byte))
            continue;
        result[length] = byte;
        from[length] = origins[at] ?? 0;
        ends[length] = origins[at + 1] ?? 0;
        length += 1;
    }
    if (length === bytes.length)
        return undefined;
    from[length] = origins[bytes.length] ?? 0;
    return { bytes: result.subarray(0, length), origins: from.subarray(0, length + 1), ends };
}
function withoutParting(bytes) {
    const result = new Uint8Array(bytes.length);
    let length = 0;
    for (let at = 0; at < bytes.length; at += 1) {
        const byte = bytes[at] ?? 0;
        if (isParting(byte))
            continue;
        result[length] = byte;
        length += 1;
    }
    return length === bytes.length ? bytes : result.subarray(0, length);
}
function isParting(byte) {
    return byte <= 0x20 || byte === 0x3a || byte === 0x2c;
}
function isCutAt(bytes, at) {
    return holds(bytes, at, CUT_MARK);
}
function holds(bytes, at, mark) {
    for (let index = 0; index < mark.length; index += 1)
        if (bytes[at + index] !== mark[index])
            return false;
    return true;
}
function readEscape(whole, at) {
    if (whole.charCodeAt(at) === LESS_THAN)
        return { bytes: [], length: WBR_LENGTH };
    const text = whole.slice(at, at + ESCAPE_MAX);
    const broken = BROKEN.exec(text)?.[0].length;
    if (broken !== undefined && whole.startsWith(CUT_MARK_LATIN1, at + broken))
        return { bytes: [], length: broken };
    switch (text.charCodeAt(0)) {
        case PERCENT:
            return readByte(/^%([0-9a-f]{2})/.exec(text));
        case AMPERSAND:
            return readEntity(text);
        default:
            return readBackslash(text);
    }
}
const BROKEN = /^(?:\\(?:x[0-9a-f]?|u\{?[0-9a-f]{0,6})?|%[0-9a-f]?|&[a-z]{0,4}|&#x?[0-9a-f]{0,8})/;
function readByte(found) {
    if (found === null)
        return undefined;
    return { bytes: [Number.parseInt(found[1] ?? '', 16)], length: found[0].length };
}
function readEntity(text) {
    const named = /^&(amp|lt|gt|quot|apos);/.exec(text);
    if (named !== null)
        return { bytes: Buffer.from(ENTITIES[named[1] ?? ''] ?? ''), length: named[0].length };
    const numbered = /^&#(?:x0{0,4}([0-9a-f]{1,6})|0{0,4}([0-9]{1,7}));?/.exec(text);
    if (numbered === null)
        return undefined;
    const [whole, hex, decimal] = numbered;
    return codePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16), whole.length);
}
function readBackslash(text) {
    const pair = /^\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})/.exec(text);
    if (pair !== null) {
        const [whole, high = '', low = ''] = pair;
        const character = String.fromCharCode(Number.parseInt(high, 16), Number.parseInt(low, 16));
        return { bytes: Buffer.from(character), length: whole.length };
    }
    const unit = /^\\u(?:([0-9a-f]{4})|\{([0-9a-f]{1,6})\})/.exec(text);
    if (unit !== null)
        return codePoint(Number.parseInt(unit[1] ?? unit[2] ?? '', 16), unit[0].length);
    const byte = /^\\x([0-9a-f]{2})/.exec(text);
    if (byte !== null)
        return readByte(byte);
    const next = text.charAt(1);
    const control = CONTROLS[next];
    if (control !== undefined)
        return { bytes: [control], length: 2 };
    return /^[!-/:-@[-`{-~]$/.test(next) ? { bytes: [next.charCodeAt(0)], length: 2 } : undefined;
}
function codePoint(value, length) {
    if (value < 0x80)
        return { bytes: [value], length };
    return value > 0x10ffff ? undefined : { bytes: Buffer.from(String.fromCodePoint(value)), length };
}

;// CONCATENATED MODULE: ./.build/js/src/domain/text/secret-forms.js

const SECRET_MIN_BYTES = 6;
const PARTED_MIN_BYTES = 16;
const PLUS = 0x2b;
const SLASH = 0x2f;
const PLAIN = /^[A-Za-z0-9._-]+$/;
function formsOf(secret) {
    if (Buffer.byteLength(secret.trim()) < SECRET_MIN_BYTES)
        return [];
    const forms = new Map();
    const add = (form) => {
        const key = `${form.mayBeParted} ${Buffer.from(form.bytes).toString('latin1')}`;
        if (form.bytes.length >= SECRET_MIN_BYTES && !forms.has(key))
            forms.set(key, form);
    };
    for (const bytes of plainForms(secret)) {
        add({ bytes, mayBeParted: false, sharesBefore: false, sharesAfter: false });
        const close = withoutParting(bytes);
        if (close.length >= PARTED_MIN_BYTES) {
            add({ bytes: close, mayBeParted: true, sharesBefore: false, sharesAfter: false });
        }
    }
    for (const bytes of innerForms(secret)) {
        add({ bytes: Buffer.from(bytes.toString('hex')), mayBeParted: true, sharesBefore: false, sharesAfter: false });
        for (const alignment of [0, 1, 2]) {
            const core = base64Core(bytes, alignment, 'base64');
            add(core);
            if (core.bytes.includes(PLUS) || core.bytes.includes(SLASH))
                add(base64Core(bytes, alignment, 'base64url'));
        }
    }
    return [...forms.values()];
}
function plainForms(secret) {
    if (PLAIN.test(secret))
        return [lowerBytes(secret)];
    const utf8 = Buffer.from(secret);
    const texts = new Set([
        secret,
        secret.trim(),
        secret.replace(/\s+/g, ' '),
        secret.replaceAll(' ', '+'),
        utf8.toString('latin1'),
    ]);
    const layers = [...texts].flatMap((text) => [...layersOf(text, true)].map(({ bytes }) => bytes));
    return isLatin1(secret) ? [...layers, foldCase(Buffer.from(secret, 'latin1'))] : layers;
}
function innerForms(secret) {
    if (PLAIN.test(secret))
        return [Buffer.from(secret)];
    const json = JSON.stringify(secret).slice(1, -1);
    const escapeUnit = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
    const texts = new Set([
        secret,
        json,
        json.replace(/[<>&]/g, escapeUnit),
        json.replaceAll('/', '\\/'),
        json.replace(/[^\x20-\x7e]/g, escapeUnit),
        encodeURIComponent(Buffer.from(secret).toString()),
        new URLSearchParams({ '': secret }).toString().slice(1),
    ]);
    const bytes = [...texts].map((text) => Buffer.from(text));
    return isLatin1(secret) ? [...bytes, Buffer.from(secret, 'latin1')] : bytes;
}
function isLatin1(text) {
    const bytes = Buffer.from(text, 'latin1');
    return bytes.toString('latin1') === text && bytes.some((byte) => byte >= 0x80);
}
function base64Core(bytes, alignment, alphabet) {
    const text = Buffer.concat([Buffer.alloc(alignment), bytes]).toString(alphabet);
    const start = Math.ceil((alignment * 8) / 6);
    const end = Math.floor(((alignment + bytes.length) * 8) / 6);
    return {
        bytes: foldCase(Buffer.from(text.slice(start, end))),
        mayBeParted: true,
        sharesBefore: alignment > 0,
        sharesAfter: (alignment + bytes.length) % 3 !== 0,
    };
}

;// CONCATENATED MODULE: ./.build/js/src/domain/text/secrets.js


const CONCEALED = '(redacted)';
const HEAD_MAX = 32;
const CUT_MIN = 4;
const PADDING = 0x3d;
function createSecrets() {
    const known = new Set();
    let added = [];
    let holdsEscapes = false;
    const tree = createTree();
    return {
        add(secret) {
            for (const part of [secret, ...secret.split(/\r\n?|\n/)]) {
                if (known.has(part))
                    continue;
                known.add(part);
                added.push(part);
            }
        },
        conceal(text) {
            if (text === '')
                return text;
            for (const secret of added) {
                addForms(secret, tree);
                holdsEscapes ||= /[\\%&<]/.test(secret);
            }
            added = [];
            if (tree.isEmpty())
                return text;
            if (!mayHold(text, tree, holdsEscapes))
                return text;
            const ranges = findAll(text, tree, holdsEscapes);
            return ranges.length === 0 ? text : without(text, ranges);
        },
    };
}
function addForms(secret, tree) {
    const bytesOf = bytesOnUse(secret);
    formsOf(secret).forEach(({ bytes, mayBeParted, sharesBefore, sharesAfter }, index) => {
        tree.add(bytes.subarray(0, HEAD_MAX), { mayBeParted, sharesBefore, sharesAfter, bytes: bytesOf(index) });
    });
}
function bytesOnUse(secret) {
    let forms;
    return (index) => () => {
        forms ??= formsOf(secret);
        return forms[index].bytes;
    };
}
function mayHold(text, tree, apart) {
    let deepest;
    for (const bytes of layerBytesOf(text, apart)) {
        if (tree.holdsHead(bytes))
            return true;
        deepest = bytes;
    }
    return deepest !== undefined && tree.holdsHead(withoutParting(deepest));
}
function findAll(text, tree, apart) {
    const ranges = [];
    let deepest;
    for (const layer of layersOf(text, apart)) {
        search(layer, tree, { partedOnly: false, ranges });
        deepest = layer;
    }
    const close = deepest && squeezed(deepest);
    if (close !== undefined)
        search(close, tree, { partedOnly: true, ranges });
    return ranges.sort((one, other) => one[0] - other[0]);
}
function without(text, ranges) {
    const bytes = Buffer.from(text, 'utf8');
    const parts = [];
    let shown = 0;
    ranges.forEach(([start, end], index) => {
        if (index === 0 || start > shown)
            parts.push(bytes.toString('utf8', shown, start), CONCEALED);
        shown = Math.max(shown, end);
    });
    return [...parts, bytes.toString('utf8', shown)].join('');
}
function search({ bytes, origins, ends }, tree, { partedOnly, ranges }) {
    for (let at = tree.nextStart(bytes, 0); at < bytes.length; at = tree.nextStart(bytes, at + 1)) {
        let start = at;
        let end = at;
        let node = 0;
        for (let place = at; node !== undefined; place += 1) {
            for (const form of tree.formsAt(node)) {
                if (partedOnly && !form.mayBeParted)
                    continue;
                const whole = form.bytes();
                const stop = at + commonLength(whole, bytes, at);
                const isWhole = stop - at === whole.length;
                if (form.sharesBefore && isBase64(bytes[at - 1]))
                    start = at - 1;
                end = Math.max(end, isWhole && form.sharesAfter ? endOfBase64(bytes, stop) : stop);
            }
            if (place - at >= CUT_MIN && isCutAt(bytes, place))
                end = Math.max(end, place);
            node = place < bytes.length ? tree.next(node, bytes[place] ?? 0) : undefined;
        }
        if (end === at)
            continue;
        ranges.push([origins[start] ?? 0, ends?.[end - 1] ?? origins[end] ?? 0]);
        at = Math.max(at, end - HEAD_MAX);
    }
}
function commonLength(form, text, at) {
    let length = 0;
    while (length < form.length && form[length] === text[at + length])
        length += 1;
    return length;
}
function endOfBase64(bytes, from) {
    let end = isBase64(bytes[from]) ? from + 1 : from;
    while (bytes[end] === PADDING && end < from + 3)
        end += 1;
    return end;
}
function isBase64(byte) {
    return byte !== undefined && /[a-z0-9+/_-]/.test(String.fromCharCode(byte));
}
function createTree() {
    const edges = new Map();
    const forms = new Map();
    const starts = new Uint8Array(65_536);
    let nodes = 1;
    const nextStart = (bytes, from) => {
        let pair = bytes[from] ?? 0;
        for (let at = from; at < bytes.length; at += 1) {
            pair = ((pair & 0xff) << 8) | (bytes[at + 1] ?? 0);
            if (starts[pair] === 1)
                return at;
        }
        return bytes.length;
    };
    const next = (node, byte) => edges.get(node * 256 + byte);
    return {
        add(head, form) {
            let node = 0;
            for (const byte of head) {
                const key = node * 256 + byte;
                const next = edges.get(key) ?? nodes;
                if (next === nodes) {
                    edges.set(key, next);
                    nodes += 1;
                }
                node = next;
            }
            const here = forms.get(node);
            if (here === undefined)
                forms.set(node, [form]);
            else
                here.push(form);
            starts[((head[0] ?? 0) << 8) | (head[1] ?? 0)] = 1;
        },
        isEmpty: () => nodes === 1,
        nextStart,
        holdsHead(bytes) {
            for (let at = nextStart(bytes, 0); at < bytes.length; at = nextStart(bytes, at + 1)) {
                let node = 0;
                for (let place = at; node !== undefined; place += 1) {
                    if (forms.has(node) || (place - at >= CUT_MIN && isCutAt(bytes, place)))
                        return true;
                    node = place < bytes.length ? next(node, bytes[place] ?? 0) : undefined;
                }
            }
            return false;
        },
        next,
        formsAt: (node) => forms.get(node) ?? NONE,
    };
}
const NONE = [];

// EXTERNAL MODULE: ./.build/js/src/domain/text/visible-text.js
var visible_text = __webpack_require__(2528);
;// CONCATENATED MODULE: ./.build/js/src/github/log-escape.js

const LINE_MAX = 4_000;
function escapeLogLine(text) {
    const cut = text.length > LINE_MAX ? `${text.slice(0, LINE_MAX)}…` : text;
    return (0,visible_text/* visibleText */.Q)(cut)
        .replaceAll('##[', '# #[')
        .replace(/^(\s*)::/, '$1: :');
}
function escapeCommandText(text) {
    return text.split('\n').map(escapeLogLine).join('\n');
}
function encodeCommandData(text) {
    return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
function encodeCommandProperty(text) {
    return encodeCommandData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

;// CONCATENATED MODULE: ./.build/js/src/github/annotations.js

const LEVEL_MAX = 10;
function createAnnotations(writer) {
    const written = { error: 0, warning: 0, notice: 0 };
    return (annotation) => {
        const { level, title, message, file, line } = annotation;
        written[level] += 1;
        if (written[level] > LEVEL_MAX) {
            for (const text of `${title}: ${message}`.split('\n'))
                writer.line(`${level}: ${escapeLogLine(text)}`);
            return;
        }
        writer.annotation(level, escapeCommandText(message), {
            title: escapeCommandText(title),
            file: file === undefined ? undefined : escapeCommandText(file),
            line,
        });
    };
}

;// CONCATENATED MODULE: ./.build/js/src/github/command-writer.js

function createCommandWriter(write) {
    return {
        line: (text) => write(`${text}\n`),
        debug: (message) => write(`::debug::${encodeCommandData(message)}\n`),
        annotation(level, message, { title, file, line }) {
            const properties = [`title=${encodeCommandProperty(title)}`];
            if (file !== undefined)
                properties.push(`file=${encodeCommandProperty(file)}`);
            if (line !== undefined)
                properties.push(`line=${line}`);
            write(`::${level} ${properties.join(',')}::${encodeCommandData(message)}\n`);
        },
        startGroup: (name) => write(`::group::${encodeCommandData(name)}\n`),
        endGroup: () => write('::endgroup::\n'),
    };
}

;// CONCATENATED MODULE: ./.build/js/src/github/log.js

function createLog(writer) {
    return {
        info: (line) => writer.line(escapeLogLine(line)),
        debug: (line) => writer.debug(escapeCommandText(line)),
        warning: (line) => writer.line(`Warning: ${escapeLogLine(line)}`),
        group: (name) => writer.startGroup(escapeLogLine(name.replaceAll('\n', ' '))),
        endGroup: () => writer.endGroup(),
    };
}

;// CONCATENATED MODULE: ./.build/js/src/github/mask.js

function createMask(write) {
    const told = new Set();
    return (secret) => {
        const parts = secret.includes('\n') ? [secret, ...secret.split(/\r?\n/)] : [secret];
        for (const part of parts) {
            if (part.trim() === '' || told.has(part))
                continue;
            told.add(part);
            write(`::add-mask::${encodeCommandData(part)}\n`);
        }
    };
}

;// CONCATENATED MODULE: ./.build/js/src/github/runner-writer.js
function createRelayWriter(first) {
    let current = first;
    let hasFailed = false;
    const fail = (error) => {
        current = first;
        hasFailed = true;
        throw error;
    };
    const write = (act) => {
        try {
            return act(current);
        }
        catch (error) {
            return fail(error);
        }
    };
    return {
        line: (text) => write((writer) => writer.line(text)),
        debug: (message) => write((writer) => writer.debug(message)),
        annotation: (level, message, properties) => write((writer) => writer.annotation(level, message, properties)),
        startGroup: (name) => write((writer) => writer.startGroup(name)),
        endGroup: () => write((writer) => writer.endGroup()),
        setOutput: (name, value) => write((writer) => writer.setOutput(name, value)),
        async appendSummary(markdown) {
            try {
                await current.appendSummary(markdown);
            }
            catch (error) {
                fail(error);
            }
        },
        handOver(next) {
            if (!hasFailed)
                current = next;
        },
    };
}

;// CONCATENATED MODULE: ./.build/js/src/github/outlet.js






const EXACT_OUTPUTS = new Set([
    'images',
    'digests',
    'verified',
    'verdict',
    'reason',
    'report-path',
    'pinned-files',
    'bundle-paths',
    'results',
]);
function createOutlet({ write, setOutput, appendSummary, loadToolkit, showsDebug = true, }) {
    const { add, conceal } = createSecrets();
    const writer = createRelayWriter({ ...createCommandWriter(write), setOutput, appendSummary });
    const log = createLog(writer);
    const annotate = createAnnotations(writer);
    const tellRunner = createMask(write);
    return {
        conceal,
        log: {
            info: (line) => log.info(conceal(line)),
            debug: (line) => {
                if (showsDebug)
                    log.debug(conceal(line));
            },
            warning: (line) => log.warning(conceal(line)),
            group: (name) => log.group(conceal(name)),
            endGroup: log.endGroup,
        },
        annotate: (annotation) => annotate({
            ...annotation,
            title: conceal(annotation.title),
            message: conceal(annotation.message),
            file: annotation.file === undefined ? undefined : conceal(annotation.file),
        }),
        setOutput: (name, value) => {
            const isShown = EXACT_OUTPUTS.has(name) || conceal(value) === value;
            writer.setOutput(name, isShown ? value : '');
            if (isShown)
                return;
            const message = `The output ${name} stays empty because the value contains a secret of this run.`;
            annotate({ level: 'notice', title: 'Countersign', message });
        },
        appendSummary: async (markdown) => writer.appendSummary(conceal(markdown)),
        mask: (secret) => {
            add(secret);
            tellRunner(secret);
        },
        async loadToolkit() {
            await loadToolkit?.();
        },
        async useToolkit() {
            const toolkit = await loadToolkit?.();
            if (toolkit !== undefined)
                writer.handOver(toolkit);
        },
    };
}

// EXTERNAL MODULE: ./.build/js/src/github/outputs.js
var outputs = __webpack_require__(4067);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./.build/js/src/entries/compose/process-clock.js

const PROCESS_CLOCK = {
    now: () => new Date(),
    async sleep(ms, signal) {
        try {
            await (0,external_node_timers_promises_.setTimeout)(ms, undefined, signal === undefined ? {} : { signal });
        }
        catch (error) {
            signal?.throwIfAborted();
            throw error;
        }
    },
};

// EXTERNAL MODULE: ./.build/js/src/entries/inputs/regular-file.js
var regular_file = __webpack_require__(1681);
// EXTERNAL MODULE: ./.build/js/src/entries/action/confined-files.js
var confined_files = __webpack_require__(3147);
// EXTERNAL MODULE: ./.build/js/src/domain/text/private-keys.js
var private_keys = __webpack_require__(3064);
// EXTERNAL MODULE: ./.build/js/src/http/proxy-settings.js
var proxy_settings = __webpack_require__(6094);
;// CONCATENATED MODULE: ./.build/js/src/entries/action/environment-secrets.js


const SECRET_VARIABLES = [
    'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
    'ACTIONS_RUNTIME_TOKEN',
    'INPUT_GITHUB-TOKEN',
    'INPUT_REGISTRY-PASSWORD',
];
const KEY_VARIABLES = ['INPUT_CLIENT-CERTIFICATE', 'INPUT_CLIENT-KEY'];
function environmentSecrets(env) {
    const whole = SECRET_VARIABLES.map((name) => (env[name] ?? '').replace(/\r?\n$/, ''));
    const keys = KEY_VARIABLES.map((name) => env[name] ?? '').flatMap((value) => [
        ...(0,private_keys/* privateKeyLines */.Y)(value),
        ...((0,private_keys/* isBareKeyText */.j)(value) ? [value.trim()] : []),
    ]);
    return [...whole, ...keys, ...(0,proxy_settings/* proxySecrets */.Wm)(env)].filter((secret) => secret !== '');
}

;// CONCATENATED MODULE: ./.build/js/src/entries/action/real-path.js



const LINKS_MAX = 40;
async function realPath(path) {
    try {
        return await (0,promises_.realpath)(path);
    }
    catch (error) {
        if ((0,regular_file/* isMissing */.b2)(error))
            return undefined;
        throw error;
    }
}
async function leadsTo(path) {
    let links = 0;
    const follow = async (absolute) => {
        const real = await realPath(absolute);
        const parent = (0,external_node_path_.dirname)(absolute);
        if (real !== undefined || parent === absolute)
            return real ?? absolute;
        const target = await (0,promises_.readlink)(absolute).catch(() => undefined);
        if (target === undefined)
            return (0,external_node_path_.join)(await follow(parent), (0,external_node_path_.basename)(absolute));
        links += 1;
        if (links > LINKS_MAX)
            throw new Error(`too many symbolic links in ${path}`);
        return follow((0,external_node_path_.resolve)(await follow(parent), target));
    };
    return follow((0,external_node_path_.resolve)(path));
}

;// CONCATENATED MODULE: ./.build/js/src/entries/action/run-environment.js











const EVENT_MAX_BYTES = 25 * 1024 * 1024;
async function readRunEnvironment(early) {
    const env = process.env;
    const outlet = createOutlet({
        write: (text) => void process.stdout.write(text),
        setOutput: (0,outputs/* createSetOutput */.e)(env['GITHUB_OUTPUT']),
        appendSummary: (markdown) => void (0,job_summary/* appendJobSummary */.I1)(env['GITHUB_STEP_SUMMARY'], markdown),
        loadToolkit: async () => (await __webpack_require__.e(/* import() */ 482).then(__webpack_require__.bind(__webpack_require__, 1482))).createToolkitWriter(env),
        showsDebug: env['RUNNER_DEBUG'] === '1',
    });
    for (const secret of environmentSecrets(env))
        outlet.mask(secret);
    return {
        env,
        linuxUid: process.platform === 'linux' ? process.getuid?.() : undefined,
        clock: PROCESS_CLOCK,
        random: Math.random,
        context: readContext(env, await readEvent(env['GITHUB_EVENT_PATH'])),
        ...outlet,
        early,
        files: {
            read: regular_file/* readRegularFile */.XF,
            glob: (pattern) => globFiles(pattern, (0,confined_files/* workspaceOf */.B3)(env)),
            realPath: realPath,
            leadsTo: leadsTo,
        },
        input: (name) => env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`],
        setExitCode: (code) => {
            process.exitCode = code;
        },
        after(ms, act) {
            const timer = setTimeout(act, ms).unref();
            return () => clearTimeout(timer);
        },
        atExit,
        kill() {
            endActs();
            process.kill(process.pid, 'SIGKILL');
        },
    };
}
async function globFiles(pattern, cwd) {
    const paths = [];
    for await (const path of (0,promises_.glob)(pattern, { cwd })) {
        const found = await (0,promises_.stat)((0,external_node_path_.resolve)(cwd, path)).catch(() => undefined);
        if (found?.isDirectory() !== true)
            paths.push(path);
    }
    return paths;
}
const acts = new Set();
let isListening = false;
function atExit(act) {
    if (!isListening) {
        process.once('exit', endActs);
        for (const [signal, code] of ENDING_SIGNALS)
            process.once(signal, () => process.exit(128 + code));
    }
    isListening = true;
    acts.add(act);
    return () => void acts.delete(act);
}
const ENDING_SIGNALS = [
    ['SIGINT', 2],
    ['SIGTERM', 15],
];
function endActs() {
    for (const act of acts) {
        acts.delete(act);
        try {
            act();
        }
        catch {
        }
    }
}
async function readEvent(path) {
    if (path === undefined || path === '')
        return undefined;
    try {
        const bytes = await (0,regular_file/* readRegularFile */.XF)(path, EVENT_MAX_BYTES);
        return bytes === undefined ? undefined : JSON.parse(new TextDecoder().decode(bytes));
    }
    catch {
        return undefined;
    }
}

// EXTERNAL MODULE: ./.build/js/src/domain/image/digest.js
var image_digest = __webpack_require__(3258);
// EXTERNAL MODULE: ./.build/js/src/domain/image/reference.js
var image_reference = __webpack_require__(5273);
// EXTERNAL MODULE: ./.build/js/src/domain/text/near-name.js
var near_name = __webpack_require__(4638);
// EXTERNAL MODULE: ./.build/js/src/entries/inputs/instead.js
var inputs_instead = __webpack_require__(4072);
// EXTERNAL MODULE: ./.build/js/src/entries/inputs/list-rule.js
var list_rule = __webpack_require__(843);
// EXTERNAL MODULE: ./.build/js/src/entries/inputs/named-file.js
var named_file = __webpack_require__(318);
;// CONCATENATED MODULE: ./.build/js/src/entries/action/inputs/artifacts-list.js




function parseArtifactsList(text) {
    const body = text.replace(/^\uFEFF/, '').trim();
    if (body === '')
        return [];
    let document;
    try {
        document = JSON.parse(body);
    }
    catch {
        throw new value_error/* ValueError */.Qp('is not valid JSON');
    }
    if (!(0,json_object/* isJsonObject */.O)(document) || document['version'] !== 1 || !Array.isArray(document['subjects'])) {
        throw new value_error/* ValueError */.Qp('is not in version 1 of the list format');
    }
    const subjects = document['subjects'];
    return subjects.filter((subject) => (0,json_object/* isJsonObject */.O)(subject) && subject['kind'] === 'oci').map(parseSubject);
}
function parseSubject(subject) {
    const name = (0,json_object/* isJsonObject */.O)(subject) ? subject['name'] : undefined;
    const digest = (0,json_object/* isJsonObject */.O)(subject) ? subject['digest'] : undefined;
    if (typeof name !== 'string' || name === '')
        throw new value_error/* ValueError */.Qp('contains an image without a name');
    const parsed = typeof digest === 'string' ? (0,image_digest/* parseDigest */.m)(digest) : undefined;
    if (parsed === undefined)
        throw new value_error/* ValueError */.Qp(`contains ${(0,quoted/* quoted */.T)(name)} without a sha256 digest`);
    return { name, digest: parsed };
}

// EXTERNAL MODULE: ./.build/js/src/domain/image/source.js
var source = __webpack_require__(4691);
;// CONCATENATED MODULE: ./.build/js/src/entries/action/inputs/build-entry.js


const ENTRIES_MAX = 1_000;
function refuseTooMany(kind, count) {
    if (count > ENTRIES_MAX)
        throw new value_error/* ValueError */.Qp(`it has more than ${ENTRIES_MAX} ${kind}`);
}
function readDigestField(value, where) {
    if (value === undefined || value === '')
        return undefined;
    const digest = typeof value === 'string' ? (0,image_digest/* parseDigest */.m)(value) : undefined;
    if (digest === undefined)
        throw new value_error/* ValueError */.Qp(`${where} is not a sha256 digest`);
    return digest;
}

;// CONCATENATED MODULE: ./.build/js/src/entries/action/inputs/build-metadata.js




function parseBuildMetadata(document) {
    if (describesImage(document))
        return [parseEntry(document, undefined)];
    const targets = Object.entries(document).filter((entry) => (0,json_object/* isJsonObject */.O)(entry[1]) && !isAboutBuild(entry[0]));
    refuseTooMany('targets', targets.length);
    const known = Object.keys(document).every(isAboutBuild) || targets.some(([, value]) => describesBuild(value));
    return known ? targets.map(([target, value]) => parseEntry(value, target)) : undefined;
}
function describesImage(value) {
    return Object.keys(value).some((key) => key === 'image.name' || key.startsWith('containerimage.'));
}
function describesBuild(value) {
    return describesImage(value) || Object.keys(value).some(isAboutBuild);
}
function isAboutBuild(key) {
    return key.includes('buildx.build.');
}
function parseEntry(value, target) {
    const where = target === undefined ? '' : `target ${(0,quoted/* quoted */.T)(target)}: `;
    const name = value['image.name'];
    if (name !== undefined && typeof name !== 'string')
        throw new value_error/* ValueError */.Qp(`${where}image.name is not a string`);
    const direct = readDigestField(value['containerimage.digest'], `${where}containerimage.digest`);
    const descriptor = value['containerimage.descriptor'];
    const described = (0,json_object/* isJsonObject */.O)(descriptor)
        ? readDigestField(descriptor['digest'], `${where}containerimage.descriptor.digest`)
        : undefined;
    if (direct !== undefined && described !== undefined && direct !== described) {
        throw new value_error/* ValueError */.Qp(`${where}containerimage.digest and containerimage.descriptor name different digests`);
    }
    const names = (name ?? '').split(',').map((one) => one.trim());
    return {
        object: target === undefined ? undefined : `target ${target}`,
        names: names.filter((one) => one !== ''),
        digest: direct ?? described,
    };
}

;// CONCATENATED MODULE: ./.build/js/src/entries/action/inputs/goreleaser-artifacts.js




const IMAGE_TYPE = /^(?:(?:Published|Publishable) )?Docker (?:Image|Manifest)(?: V2)?$/;
function parseGoreleaserArtifacts(list) {
    if (!list.every(isArtifact))
        return undefined;
    const images = list.filter(({ type }) => IMAGE_TYPE.test(type));
    refuseTooMany('images', images.length);
    const pushed = new Map();
    const entries = images.map((image) => {
        const name = image.name.trim();
        const shown = `artifact ${(0,quoted/* quoted */.T)(name)}`;
        const extra = (0,json_object/* isJsonObject */.O)(image.extra) ? image.extra['Digest'] : undefined;
        const digest = readDigestField(typeof extra === 'string' ? extra.trim() : extra, `${shown}: extra.Digest`);
        const before = pushed.get(name);
        if (before !== undefined && digest !== undefined && before !== digest) {
            throw new value_error/* ValueError */.Qp(`${shown} has two different digests`);
        }
        if (digest !== undefined)
            pushed.set(name, digest);
        return { object: `artifact ${name}`, name, names: name === '' ? [] : [name], digest };
    });
    const seen = new Set();
    return entries.filter(({ name, digest }) => {
        const isRepeated = digest === undefined ? pushed.has(name) : seen.has(name);
        if (digest !== undefined)
            seen.add(name);
        return !isRepeated;
    });
}
function isArtifact(value) {
    return (0,json_object/* isJsonObject */.O)(value) && typeof value['name'] === 'string' && typeof value['type'] === 'string';
}

;// CONCATENATED MODULE: ./.build/js/src/entries/action/inputs/jib-image.js




function parseJibImage(document) {
    const { image, imageDigest, imagePushed, tags } = document;
    if (typeof image !== 'string' || imageDigest === undefined)
        return undefined;
    const written = readDigestField(imageDigest, 'imageDigest');
    const digest = imagePushed === false ? undefined : written;
    const reference = (0,image_reference/* parseReference */.F2)(image);
    if (reference.digest !== undefined && reference.digest !== written) {
        throw new value_error/* ValueError */.Qp('image and imageDigest name different digests');
    }
    const others = (Array.isArray(tags) ? tags : []).map((tag) => {
        if (typeof tag !== 'string')
            throw new value_error/* ValueError */.Qp(`tags contains ${(0,quoted/* quoted */.T)(JSON.stringify(tag))}, which is not a tag`);
        return tag;
    });
    const names = others
        .filter((tag) => tag !== reference.tag)
        .map((tag) => `${(0,image_reference/* formatRepository */.Sh)(reference.repository)}:${tag}`);
    return [{ object: undefined, names: [image, ...names], digest }];
}

;// CONCATENATED MODULE: ./.build/js/src/entries/action/inputs/build-documents.js






function parseBuildDocument(text) {
    let document;
    try {
        document = JSON.parse(text);
    }
    catch {
        throw new value_error/* ValueError */.Qp('it is not valid JSON');
    }
    const builds = Array.isArray(document)
        ? parseGoreleaserArtifacts(document)
        : (0,json_object/* isJsonObject */.O)(document)
            ? (parseJibImage(document) ?? parseBuildMetadata(document))
            : undefined;
    if (builds === undefined)
        throw new value_error/* ValueError */.Qp(unknownShape(document));
    return builds;
}
const KNOWN_SHAPES = "known are the metadata of docker buildx (build, bake, imagetools create), GoReleaser's artifacts.json and Jib's jib-image.json";
const KEYS_SHOWN = 5;
function unknownShape(document) {
    if ((0,json_object/* isJsonObject */.O)(document) && 'project_name' in document) {
        return "it is GoReleaser's metadata.json, which has no digests; give its artifacts.json, or the `artifacts` output of its action";
    }
    const keys = Object.keys((0,json_object/* isJsonObject */.O)(document) ? document : {});
    const shown = keys.slice(0, KEYS_SHOWN).map((key) => (0,quoted/* quoted */.T)(key, 40));
    const which = keys.length === 0 ? '' : ` (its keys are ${shown.join(', ')}${keys.length > KEYS_SHOWN ? ', …' : ''})`;
    return `its JSON has an unknown shape${which}; ${KNOWN_SHAPES}`;
}

;// CONCATENATED MODULE: ./.build/js/src/entries/action/inputs/image-lines.js





function parseImageLines(text, path) {
    const file = path.split(/[/\\]/).at(-1) ?? '';
    const named = (0,image_digest/* parseDigest */.m)(`sha256:${file}`);
    const lines = (0,list_rule/* splitLines */.u)(text).filter((line) => line !== '');
    if (lines.length === 0) {
        if (named !== undefined)
            return [{ kind: 'digest', digest: named }];
        throw new value_error/* ValueError */.Qp('it is empty, and its name is not the 64 hex digits of a digest');
    }
    const images = lines.map(parseLine);
    for (const image of images) {
        if (image.kind !== 'digest')
            continue;
        if (file === 'jib-image.id')
            throw new value_error/* ValueError */.Qp('it contains an image ID; give jib-image.digest or jib-image.json');
        if (named !== undefined && image.digest !== named) {
            throw new value_error/* ValueError */.Qp(`it contains ${image.digest}, but its name is another digest`);
        }
    }
    return images;
}
function parseLine(line) {
    const alone = (0,image_digest/* parseDigest */.m)(line);
    if (alone !== undefined)
        return { kind: 'digest', digest: alone };
    const [, first = '', name] = /^(\S+)\s+(\S+)$/.exec(line) ?? [];
    const leading = (0,image_digest/* parseDigest */.m)(first.startsWith('sha256:') ? first : `sha256:${first}`);
    const reference = (0,image_reference/* parseReference */.F2)(leading === undefined ? line : (name ?? ''));
    const digest = leading ?? reference.digest;
    if (digest === undefined)
        throw new value_error/* ValueError */.Qp(`it contains ${(0,quoted/* quoted */.T)(line)}, which has no digest`);
    if (reference.digest !== undefined && reference.digest !== digest) {
        throw new value_error/* ValueError */.Qp(`it contains ${(0,quoted/* quoted */.T)(line)}, which has two different digests`);
    }
    return { kind: 'pinned', reference, digest };
}

// EXTERNAL MODULE: ./.build/js/src/entries/action/inputs/read-confined-file.js
var read_confined_file = __webpack_require__(8119);
;// CONCATENATED MODULE: ./.build/js/src/entries/action/inputs/requested-image.js

const LIKELY_CAUSES = 'If the workflow sets it, it arrived empty. Likely causes: a wrong step id; a build that did not push ' +
    '(`push: true`); a job output that is not declared under `outputs:` of its job; or a job output that GitHub dropped ' +
    'because it contained a masked value (pass the digest alone, or use the `digests` output).';
const DIGEST_LINE = `digest: \${{ steps.build.outputs.digest }}`;
function toRequested(reading, reference, { digest, source }) {
    if (reference.lowercased) {
        reading.notices.add(`${reference.original} was changed to lower case: ${(0,image_reference/* formatRepository */.Sh)(reference.repository)}`);
    }
    const { original, repository, tag } = reference;
    return { original, repository, tag, digest, sources: [source] };
}

;// CONCATENATED MODULE: ./.build/js/src/entries/action/inputs/metadata-images.js









const FILE_MAX_BYTES = 4 * 1024 * 1024;
const FILES_MAX = 1_000;
const PUSH_CURE = 'Metadata names an image only if the build pushed it: set `push: true`, or give its repository in `images`.';
const KINDS_CURE = 'Give the `metadata` output of docker/build-push-action or docker/bake-action, or files that contain it, ' +
    "GoReleaser's artifacts.json, Jib's jib-image.json, digests, or pinned references.";
async function readMetadata(reading, value, names) {
    const { problems } = reading;
    const before = problems.list.length;
    for (const name of names) {
        if (name.digest === undefined)
            continue;
        const what = `${(0,quoted/* quoted */.T)(name.original)} has a digest although metadata is given.`;
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
        const build = 'bare' in one ? one.bare : one.build;
        if (build.digest !== undefined && build.names.length > 0) {
            images.push(...namedImages(reading, build));
        }
        else if (build.digest !== undefined && names.length > 0) {
            nameless.push(build);
            images.push(...names.map((name) => toRequested(reading, name, build)));
        }
        else if ('bare' in one) {
            const what = `${(0,source/* formatSource */.j)(build.source)} contains only the digest ${build.digest}, without the name of its repository.`;
            problems.add('metadata', what, 'Give the repository in `images`, such as `images: ghcr.io/acme/app`.');
        }
        else {
            const missing = build.digest === undefined ? 'digest' : 'image.name';
            skipped.push(`${(0,source/* formatSource */.j)(build.source)}: not pushed, skipped (no ${missing})`);
        }
    }
    if (problems.list.length === before)
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
            const reference = (0,image_reference/* parseReference */.F2)(name);
            if (reference.digest !== undefined && reference.digest !== entry.digest) {
                throw new value_error/* ValueError */.Qp(`${(0,quoted/* quoted */.T)(name)} and its metadata have different digests`);
            }
            return [toRequested(reading, reference, entry)];
        }
        catch (error) {
            if (!(error instanceof value_error/* ValueError */.Qp))
                throw error;
            reading.problems.add('metadata', `${(0,source/* formatSource */.j)(entry.source)}: its name ${error.message}.`, PUSH_CURE);
            return [];
        }
    });
}
function refuseAmbiguousNames(reading, nameless, names) {
    if (names.length === 0)
        return;
    if (nameless.length === 0) {
        const what = 'they are given together with metadata that already names its images.';
        reading.problems.add('images', what, 'Give either images or metadata.');
        return;
    }
    const digests = new Set(nameless.map((entry) => entry.digest));
    if (digests.size > 1 && (names.length > 1 || names.some((name) => name.tag !== undefined))) {
        const what = `metadata contains ${digests.size} digests without a name, so a tag or a second name would be ambiguous.`;
        reading.problems.add('images', what, 'Give exactly one repository without a tag.');
    }
}
async function readFiles(reading, value) {
    const { source, problems } = reading;
    const paths = new Set();
    for (const line of (0,list_rule/* splitLines */.u)(value)) {
        if (line === '')
            continue;
        const found = /[*?[{]/.test(line) ? [...(await source.files.glob(line))].sort() : [line];
        if (found.length === 0) {
            const cure = 'Check the pattern, and that the artifacts were downloaded before this step.';
            problems.add('metadata', `the pattern ${(0,quoted/* quoted */.T)(line)} matches no file.`, cure);
        }
        for (const path of found)
            paths.add(path);
    }
    if (paths.size > FILES_MAX) {
        problems.add('metadata', `${paths.size} files are more than the limit of ${FILES_MAX}.`, 'Narrow the patterns.');
        return [];
    }
    const found = [];
    for (const path of paths) {
        const bytes = await (0,read_confined_file/* readConfinedFile */.p)(reading, {
            name: 'metadata',
            path,
            cure: isImage(path)
                ? 'An image belongs into `images`, and a digest into `digest`.'
                : `Check the path. ${LIKELY_CAUSES}`,
            folderCure: `Name the files in it: \`${path.replace(/[/\\]+$/, '')}/*\`.`,
        });
        if (bytes === undefined)
            continue;
        if (bytes.length > FILE_MAX_BYTES) {
            problems.add('metadata', `${(0,quoted/* quoted */.T)(path)} is too large (${bytes.length} bytes).`, 'Name only metadata files.');
        }
        else {
            const text = decode(bytes);
            if (text !== undefined)
                found.push(...readDocument(reading, text.trim(), path));
            else
                problems.add('metadata', `${(0,quoted/* quoted */.T)(path)} is not text in UTF-8.`, 'Name only metadata files.');
        }
    }
    return found;
}
function isImage(line) {
    return /(?:^|@)sha(?:256|512):/.test(line) || /^[0-9a-f]{64}$/i.test(line);
}
function decode(bytes) {
    try {
        const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
        return text.includes('\0') ? undefined : text;
    }
    catch {
        return undefined;
    }
}
function readDocument(reading, text, file) {
    try {
        if (/^[[{]/.test(text)) {
            return parseBuildDocument(text).map((entry) => {
                const source = entry.object === undefined ? { file } : { file, object: entry.object };
                return { build: { ...entry, source } };
            });
        }
        return parseImageLines(text, file).map((image) => {
            const source = { file };
            return image.kind === 'digest'
                ? { bare: { object: undefined, names: [], digest: image.digest, source } }
                : { pinned: toRequested(reading, image.reference, { digest: image.digest, source }) };
        });
    }
    catch (error) {
        if (!(error instanceof value_error/* ValueError */.Qp))
            throw error;
        reading.problems.add('metadata', `${file === 'metadata' ? 'the text' : (0,quoted/* quoted */.T)(file)}: ${error.message}.`, KINDS_CURE);
        return [];
    }
}

// EXTERNAL MODULE: ./.build/js/src/domain/text/text-fault.js
var text_fault = __webpack_require__(2608);
;// CONCATENATED MODULE: ./.build/js/src/entries/action/inputs/right-reference.js



const FORGES = /^(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)\//;
const LENGTH_MAX = 1024;
function rightReference(text) {
    if (text.length > LENGTH_MAX)
        return undefined;
    const bare = ((0,text_fault/* findTextFault */.X)(text)?.right ?? text)
        .replace(/^(?:docker|oci|https?):\/\/(?![^/]*@)/i, '')
        .replaceAll('\\', '/')
        .replace(/\/+$/, '')
        .replace(/^hub\.docker\.com\/(?:r\/|_\/)/, 'docker.io/');
    if (FORGES.test(bare))
        return undefined;
    const [, name = bare, digest] = /^([^@]+?)[@:](?:sha256[:-])?([0-9a-fA-F]{64})$/.exec(bare) ?? [];
    const [, , tag] = /^([^@]+)@([A-Za-z0-9_][A-Za-z0-9_.-]{0,127})$/.exec(bare) ?? [];
    const right = digest !== undefined
        ? `${lowerName(name)}@sha256:${digest.toLowerCase()}`
        : lowerName(tag === undefined ? bare : bare.replace('@', ':'));
    return right !== text && isReference(right) ? right : undefined;
}
function lowerName(text) {
    const colon = text.indexOf(':', text.lastIndexOf('/') + 1);
    return colon < 0 ? text.toLowerCase() : `${text.slice(0, colon).toLowerCase()}${text.slice(colon)}`;
}
function isReference(text) {
    try {
        (0,image_reference/* parseReference */.F2)(text);
        return true;
    }
    catch (error) {
        if (error instanceof value_error/* ValueError */.Qp)
            return false;
        throw error;
    }
}

;// CONCATENATED MODULE: ./.build/js/src/entries/action/inputs/images.js













const FROM_RUNNER = 'from-runner';
const IMAGES_MAX = 10_000;
const LIST_MAX_BYTES = 4 * 1024 * 1024;
async function readImages(common, rules) {
    const { problems } = common;
    const reading = { ...common, notices: new Set() };
    const items = readItems(reading, rules);
    const metadata = (0,read_value/* readText */.yR)(reading, 'metadata');
    const digest = readDigest(reading);
    const nothing = { images: [], skipped: [], notices: [], writtenAsReferences: false };
    let found;
    if (items.includes(FROM_RUNNER)) {
        if (items.length > 1 || metadata !== undefined || (0,read_value/* readText */.yR)(reading, 'digest') !== undefined) {
            problems.add('images', `${FROM_RUNNER} is given together with other images.`, `Give either ${FROM_RUNNER} or the images.`);
            return nothing;
        }
        found = { ...nothing, images: await readRunnerList(reading) };
    }
    else if (metadata !== undefined) {
        if ((0,read_value/* readText */.yR)(reading, 'digest') !== undefined) {
            problems.add('digest', 'it is given together with metadata, which has its own digests.', 'Give only one of them.');
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
            images: references.map((one) => toRequested(reading, one, { digest: one.digest ?? digest, source: { file: 'images' } })),
            writtenAsReferences: true,
        };
        refuseUnusedDigest(reading, references, digest);
    }
    if (found.images.length > IMAGES_MAX) {
        problems.add('images', `${found.images.length} images are more than the limit of ${IMAGES_MAX}.`, 'Split them across several steps.');
    }
    refuseBareNames(reading, found.images);
    return { ...found, notices: [...reading.notices] };
}
function readItems(reading, rules) {
    let items;
    try {
        items = (0,list_rule/* splitList */.r)(reading.source.input('images') ?? '');
    }
    catch (error) {
        if (!(error instanceof value_error/* ValueError */.Qp))
            throw error;
        reading.problems.add('images', `${error.message}.`, 'Write one image per line, without quotation marks.');
        return [];
    }
    const present = items.filter((item) => item !== '');
    if (rules.refuseEmptyItems && present.length < items.length && items.length > 0) {
        const where = items.indexOf('') + 1;
        reading.problems.add('images', `item ${where} of ${items.length} is empty.`, LIKELY_CAUSES);
    }
    return present;
}
function readDigest(reading) {
    const text = (0,read_value/* readText */.yR)(reading, 'digest');
    if (text === undefined)
        return undefined;
    const digest = (0,image_digest/* parseDigest */.m)(text);
    if (digest === undefined) {
        const right = /^(?:[^@]*@)?["'`]?(?:sha256[:-])?([0-9a-f]{64})["'`]?$/i.exec(text)?.[1];
        const instead = right === undefined ? [] : [{ input: 'digest', value: `sha256:${right.toLowerCase()}` }];
        const general = `Write \`${DIGEST_LINE}\`. The \`imageid\` output is not a registry digest.`;
        reading.problems.add('digest', `${(0,quoted/* quoted */.T)(text)} is not a digest: sha256: followed by 64 lower-case hex digits.`, [(0,inputs_instead/* writeInstead */.g)(instead), general].filter((one) => one !== undefined).join(' '));
    }
    return digest;
}
function parseItems(reading, items) {
    return items.flatMap((item) => {
        try {
            return [(0,image_reference/* parseReference */.F2)(item)];
        }
        catch (error) {
            if (!(error instanceof value_error/* ValueError */.Qp))
                throw error;
            const right = rightReference(item);
            const cure = right === undefined ? undefined : (0,inputs_instead/* writeInstead */.g)([{ input: 'images', value: right }]);
            const general = 'Write registry/repository:tag or registry/repository@sha256:….';
            reading.problems.add('images', `${error.message}.`, /[@:]$/.test(item) ? LIKELY_CAUSES : [cure, general].filter((one) => one !== undefined).join(' '));
            return [];
        }
    });
}
function refuseUnusedDigest(reading, references, digest) {
    if (digest === undefined || references.length === 0)
        return;
    if (references.some((reference) => reference.digest === undefined || reference.digest === digest))
        return;
    reading.problems.add('digest', 'every image in `images` already has a different digest.', 'Remove `digest`, or the digests in `images`.');
}
function refuseBareNames(reading, images) {
    for (const image of images) {
        if (image.tag !== undefined || image.digest !== undefined)
            continue;
        reading.problems.add('images', `${(0,quoted/* quoted */.T)(image.original)} names neither a tag nor a digest, and \`latest\` is not assumed.`, (0,near_name/* nearName */.c)(image.original, [FROM_RUNNER]) === undefined
            ? `Add \`${DIGEST_LINE}\`. ${LIKELY_CAUSES}`
            : `For the images that earlier steps declared, write \`images: ${FROM_RUNNER}\`.`);
    }
}
async function readRunnerList(reading) {
    const { source, problems } = reading;
    const path = source.env['GITHUB_ARTIFACTS_LIST'];
    const none = 'An earlier step of this job must append `name@sha256:…` to the file in $GITHUB_ARTIFACTS.';
    const bytes = path ? await (0,named_file/* readNamedFile */.wh)(reading, { name: 'images', path, cure: none }) : undefined;
    if (path && bytes === undefined)
        return [];
    try {
        if (bytes !== undefined && bytes.length > LIST_MAX_BYTES)
            throw new value_error/* ValueError */.Qp('is too large');
        const declared = parseArtifactsList(bytes === undefined ? '' : new TextDecoder().decode(bytes));
        if (declared.length === 0)
            problems.add('images', 'the runner lists no images for from-runner.', none);
        return declared.map(({ name, digest }) => {
            const reference = (0,image_reference/* parseReference */.F2)(name);
            if (reference.digest !== undefined && reference.digest !== digest) {
                throw new value_error/* ValueError */.Qp(`names ${(0,quoted/* quoted */.T)(name)} with two different digests`);
            }
            const source = { file: '$GITHUB_ARTIFACTS_LIST' };
            return toRequested(reading, { ...reference, original: `${name}@${digest}` }, { digest, source });
        });
    }
    catch (error) {
        if (!(error instanceof value_error/* ValueError */.Qp))
            throw error;
        problems.add('images', `the runner's list at $GITHUB_ARTIFACTS_LIST ${error.message}.`, none);
        return [];
    }
}

// EXTERNAL MODULE: ./.build/js/src/entries/action/inputs/run-files.js
var run_files = __webpack_require__(5468);
;// CONCATENATED MODULE: ./.build/js/src/entries/action/inputs/checkout.js


async function findCheckout(files, path, workspace) {
    let top = (0,external_node_path_.dirname)(path);
    for (;;) {
        const head = await readHead(files, top).catch(() => ({ commit: undefined }));
        if (head !== undefined)
            return { top, head: head.commit };
        if (top === workspace || top === (0,external_node_path_.dirname)(top))
            return undefined;
        top = (0,external_node_path_.dirname)(top);
    }
}
async function readHead(files, top) {
    const [realTop, real] = [await files.realPath(top), await files.realPath((0,external_node_path_.join)(top, '.git'))];
    if (real === undefined)
        return undefined;
    if (realTop === undefined || real !== (0,external_node_path_.join)(realTop, '.git'))
        return { commit: undefined };
    const read = async (name) => {
        const bytes = await files.read((0,external_node_path_.join)(real, name));
        return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
    };
    const head = (await read('HEAD'))?.trimEnd() ?? '';
    if (isCommitHash(head))
        return { commit: head };
    const [, ref] = /^ref: (refs\/[^\s:\\]+)$/.exec(head) ?? [];
    if (ref === undefined || ref.split('/').some((part) => part === '' || part.startsWith('.'))) {
        return { commit: undefined };
    }
    const loose = await read(ref);
    const commit = loose === undefined ? packedCommit((await read('packed-refs')) ?? '', ref) : loose.trimEnd();
    return { commit: commit !== undefined && isCommitHash(commit) ? commit : undefined };
}
function packedCommit(packed, ref) {
    const line = packed.split('\n').find((one) => one.trimEnd().endsWith(` ${ref}`));
    const [commit, named] = line?.trimEnd().split(' ') ?? [];
    return named === ref ? commit : undefined;
}

;// CONCATENATED MODULE: ./.build/js/src/entries/action/inputs/workspace-file.js



async function findInWorkspace({ env, files, context }, value) {
    const workspace = (0,external_node_path_.resolve)((0,confined_files/* workspaceOf */.B3)(env));
    const path = (0,external_node_path_.resolve)(workspace, value);
    const realWorkspace = (await files.realPath(workspace)) ?? workspace;
    const real = (await files.realPath(path)) ?? path;
    const inWorkspace = [(0,confined_files/* pathWithin */.RY)(workspace, path), (0,confined_files/* pathWithin */.RY)(realWorkspace, real)]
        .filter((one) => one !== undefined)
        .filter((one) => one !== '');
    const [first] = inWorkspace;
    if (first === undefined)
        return undefined;
    let committedPath;
    let isOfRunCommit = true;
    for (const one of new Set(inWorkspace)) {
        const absolute = (0,external_node_path_.join)(realWorkspace, one);
        const checkout = await findCheckout(files, absolute, realWorkspace);
        const isRunCommit = checkout?.head !== undefined && checkout.head === context.sha;
        isOfRunCommit &&= isRunCommit;
        committedPath ??= isRunCommit ? (0,confined_files/* pathWithin */.RY)(checkout.top, absolute) : one;
    }
    return { isOfRunCommit, committedPath: (committedPath ?? first).split(external_node_path_.sep).join('/') };
}

;// CONCATENATED MODULE: ./.build/js/src/entries/action/inputs/judged-file.js







const OTHER_CURES = 'Give the content itself instead of a path, or let an earlier step write the file under RUNNER_TEMP, from a source that no pull request can change.';
async function readJudgedFile(reading, name, rules) {
    const value = (0,read_value/* readText */.yR)(reading, name);
    if (value === undefined || rules.isLiteral(value))
        return value;
    return readJudgedPath(reading, name, { value, offline: rules.offline });
}
function judgedReader(reading, { offline }) {
    return (name, { isLiteral }) => readJudgedFile(reading, name, { isLiteral, offline });
}
async function readJudgedPath(reading, name, { value, offline }) {
    const { source, problems } = reading;
    let file;
    try {
        file = await findInWorkspace(source, value);
    }
    catch (error) {
        problems.add(name, `${(0,quoted/* quoted */.T)(value)} ${(0,regular_file/* whyUnreadable */._p)(error)}.`, 'Name a file that this step can read.');
        return undefined;
    }
    const { isTrustedEvent } = source.context.deciding;
    const bytes = file === undefined || (isTrustedEvent && file.isOfRunCommit)
        ? await readAsItIs(reading, name, value)
        : await readDecidingVersion(reading, name, { value, path: file.committedPath, offline });
    return bytes === undefined ? undefined : (0,named_file/* decodeText */.g7)(reading, name, bytes);
}
function readAsItIs(reading, name, value) {
    const cure = 'Give the path of a checked-out file, relative to the workspace, or the content itself.';
    return (0,named_file/* readNamedFile */.wh)(reading, { name, path: (0,run_files/* workspacePath */.X5)(reading.source, value), cure });
}
async function readDecidingVersion(reading, name, file) {
    const decided = decideVersion(reading, name, file);
    if (decided === undefined)
        return undefined;
    const { source, problems } = reading;
    const { version, where, why } = decided;
    const bytes = await orProblem(reading, name, {
        what: `${why}; reading ${(0,quoted/* quoted */.T)(file.path)} from ${where}`,
        read: () => source.readCommittedFile(version, file.path),
    });
    if (bytes === 'failed')
        return undefined;
    if (bytes === undefined) {
        const what = `${why}, and ${where} has no file ${(0,quoted/* quoted */.T)(file.path)}, or the job is not allowed to read it.`;
        const cure = source.context.deciding.isTrustedEvent
            ? 'Check out the commit of this run'
            : `Merge the ${name} first`;
        problems.add(name, what, `${cure}, and grant \`contents: read\` to the job. ${OTHER_CURES}`);
    }
    return bytes;
}
function decideVersion({ source, problems }, name, file) {
    const { deciding, eventName } = source.context;
    const { version } = deciding;
    const why = deciding.isTrustedEvent
        ? `${(0,quoted/* quoted */.T)(file.value)} is not in a checkout of this run's commit (GITHUB_SHA)`
        : `the working tree is not trusted on ${eventName === '' ? 'an unknown event' : eventName}`;
    if (version === undefined) {
        const missing = deciding.isTrustedEvent
            ? 'GITHUB_SHA and GITHUB_REPOSITORY do not name that commit'
            : 'the event payload names neither a base commit nor a default branch to read instead';
        problems.add(name, `${why}, and ${missing}.`, OTHER_CURES);
        return undefined;
    }
    const where = `${version.name} (${version.ref} of ${version.repository})`;
    if (file.offline) {
        const asked = `${(0,quoted/* quoted */.T)(file.path)} from ${where}`;
        problems.add(name, `${why}, and \`offline\` forbids reading ${asked}.`, OTHER_CURES);
        return undefined;
    }
    return { version, where, why };
}
async function orProblem({ problems }, name, { what, read }) {
    try {
        return await read();
    }
    catch (error) {
        if (!(error instanceof coded_error/* CodedError */.AK) || error.code !== 'INPUT_INVALID')
            throw error;
        problems.add(name, `${what} failed: ${error.message}.`, `Grant \`contents: read\` to the job. ${OTHER_CURES}`);
        return 'failed';
    }
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./.build/js/src/entries/inputs/hosts-and-roots.js





const HOST = /^(?:\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::[0-9]{1,5})?$/;
function readHosts(reading, name) {
    let items;
    try {
        items = (0,list_rule/* splitList */.r)(reading.source.input(name) ?? '').filter((item) => item !== '');
    }
    catch (error) {
        if (!(error instanceof value_error/* ValueError */.Qp))
            throw error;
        reading.problems.add(name, `${error.message}.`, 'Write one host per line.');
        return [];
    }
    const hosts = items.map((item) => item.toLowerCase());
    for (const host of hosts.filter((one) => !HOST.test(one))) {
        const cure = 'Write hosts with an optional port, without scheme or path, such as `registry.example:5000`.';
        reading.problems.add(name, `${(0,quoted/* quoted */.T)(host)} is not a host name.`, writeHost(name, host) ?? cure);
    }
    return [...new Set(hosts)];
}
function writeHost(name, value) {
    const host = /^(?:[a-z][a-z0-9+.-]*:\/\/)?([^/@\s]+)(?:\/\S*)?$/i.exec(value)?.[1]?.toLowerCase();
    return host === undefined || host === value || !HOST.test(host) || !/[.:]/.test(host)
        ? undefined
        : (0,inputs_instead/* writeInstead */.g)([{ input: name, value: host }]);
}
async function readCaCertificates(reading, readDeciding) {
    const isLiteral = (value) => value.includes('-----BEGIN CERTIFICATE-----');
    const text = await readDeciding('ca-certificates', { isLiteral });
    if (text === undefined)
        return [];
    const blocks = text.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
    try {
        if (blocks.length === 0)
            throw new value_error/* ValueError */.Qp('it contains no PEM certificate.');
        for (const block of blocks)
            new external_node_crypto_.X509Certificate(block);
        return blocks;
    }
    catch (error) {
        const what = error instanceof value_error/* ValueError */.Qp ? error.message : 'it contains a certificate that cannot be parsed.';
        reading.problems.add('ca-certificates', what, 'Give PEM text (`-----BEGIN CERTIFICATE-----`) or a path to such a file.');
        return [];
    }
}

// EXTERNAL MODULE: ./.build/js/src/entries/action/inputs/github-token.js
var github_token = __webpack_require__(7224);
;// CONCATENATED MODULE: ./.build/js/src/entries/action/inputs/network.js








const LOGIN_INPUTS = 'the inputs `registry-username` and `registry-password`';
async function readNetwork(reading, images, rules) {
    const caCertificates = await readCaCertificates(reading, judgedReader(reading, rules));
    readTimeout(reading, rules.timeoutMs);
    const retryForMs = readRetryFor(reading, rules.retryForMs);
    const insecureRegistries = readHosts(reading, 'insecure-registries');
    const client = await readClient(reading, images, insecureRegistries);
    return {
        registryLogin: readRegistryLogin(reading, images, client.needsRegistry),
        fallbackLogin: readGithubLogin(reading),
        tokenHosts: readHosts(reading, 'token-hosts'),
        insecureRegistries,
        caCertificates,
        clientCertificates: client.certificates,
        retryForMs,
        concurrency: (0,read_value/* readInteger */.JI)(reading, 'concurrency', { min: 1, max: 100, absent: 16 }),
        signatureRepositories: await readSignatureRepositories(reading, images),
    };
}
async function readClient(reading, images, insecureRegistries) {
    const isGiven = ['client-certificate', 'client-key'].some((name) => (0,read_value/* readText */.yR)(reading, name) !== undefined);
    if (!isGiven)
        return { certificates: [], needsRegistry: false };
    const { readClientCertificates } = await __webpack_require__.e(/* import() */ 376).then(__webpack_require__.bind(__webpack_require__, 3376));
    const named = (0,read_value/* readText */.yR)(reading, 'registry');
    let owned;
    const owner = (input) => {
        owned ??= {
            registry: named === undefined ? registryOfImages(reading, images, input) : parseRegistry(reading, named),
        };
        return owned.registry;
    };
    const certificates = await readClientCertificates(reading, { owner, insecureRegistries });
    return { certificates, needsRegistry: owned !== undefined };
}
function readRegistryLogin(reading, images, isRegistryNeeded) {
    const { source, problems } = reading;
    const username = (0,read_value/* readText */.yR)(reading, 'registry-username');
    const password = source.input('registry-password')?.replace(/\r?\n$/, '') || undefined;
    if (password !== undefined)
        source.mask(password);
    const named = (0,read_value/* readText */.yR)(reading, 'registry');
    if (username === undefined && password === undefined) {
        if (named !== undefined && !isRegistryNeeded) {
            const cure = 'Give `registry-username` and `registry-password` too, or remove `registry`.';
            problems.add('registry', 'it is given without a login.', cure);
        }
        return undefined;
    }
    if (username === undefined || password === undefined) {
        const [missing, given] = username === undefined ? ['registry-username', 'registry-password'] : ['registry-password', 'registry-username'];
        const cure = 'Give both. If it comes from a secret, note that runs of forks and Dependabot get no secrets.';
        problems.add(missing, `it is missing although ${given} is given.`, cure);
        return undefined;
    }
    const registry = named === undefined ? registryOfImages(reading, images, 'registry-username') : parseRegistry(reading, named);
    return registry === undefined ? undefined : { registry, username, password, source: LOGIN_INPUTS };
}
function registryOfImages(reading, images, needing) {
    const registries = [...new Set(images.images.map((image) => image.repository.registry))];
    const [only] = registries;
    if (images.writtenAsReferences && registries.length === 1 && only !== undefined)
        return only;
    if (images.images.length === 0)
        return undefined;
    const why = images.writtenAsReferences
        ? `the images name ${registries.length} registries (${registries.map((name) => (0,quoted/* quoted */.T)(name)).join(', ')})`
        : 'the images are not written as references in `images`';
    const cure = `Write the host that ${needing} belongs to, such as \`registry: ghcr.io\`.`;
    reading.problems.add('registry', `it is required with ${needing}: ${why}.`, cure);
    return undefined;
}
function parseRegistry(reading, value) {
    try {
        if (!/[.:]/.test(value) && value.toLowerCase() !== 'localhost') {
            throw new value_error/* ValueError */.Qp(`${(0,quoted/* quoted */.T)(value)} is not a registry: it has neither a dot nor a port`);
        }
        return (0,image_reference/* parseRegistryHost */.TZ)(value);
    }
    catch (error) {
        if (!(error instanceof value_error/* ValueError */.Qp))
            throw error;
        const cure = 'Write a host with an optional port, such as `ghcr.io` or `registry.example:5000`.';
        reading.problems.add('registry', `${error.message}.`, writeHost('registry', value) ?? cure);
        return undefined;
    }
}
function readGithubLogin(reading) {
    const token = (0,github_token/* readGithubToken */.l)(reading);
    if (token === undefined)
        return undefined;
    reading.source.mask(token);
    const { serverUrl, actor } = reading.source.context;
    if (serverUrl !== 'https://github.com' || actor === '')
        return undefined;
    const source = '`github-token` (no login for ghcr.io was found)';
    return { registry: 'ghcr.io', username: actor, password: token, source };
}
async function readSignatureRepositories(reading, { images }) {
    if ((0,read_value/* readText */.yR)(reading, 'signature-repository') === undefined)
        return [];
    const isKnown = images.length > 0 && !reading.problems.list.some(({ input }) => IMAGE_INPUTS.includes(input));
    return (await __webpack_require__.e(/* import() */ 868).then(__webpack_require__.bind(__webpack_require__, 868))).readSignatureRepositories(reading, isKnown ? images.map(({ repository }) => repository) : undefined);
}
const IMAGE_INPUTS = ['images', 'digest', 'metadata'];

;// CONCATENATED MODULE: ./.build/js/src/entries/action/inputs/shared-inputs.js
const SHARED_INPUTS = [
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
    'client-certificate',
    'client-key',
    'retry-for',
    'timeout',
    'concurrency',
    'signature-repository',
];

// EXTERNAL MODULE: ./.build/js/src/domain/identity/pasteable-line.js
var pasteable_line = __webpack_require__(4605);
;// CONCATENATED MODULE: ./.build/js/src/entries/action/inputs/known-inputs.js

const SIGN = ['sign'];
const GATES = ['verify', 'verify-files', 'audit'];
const VERDICTS = ['verify', 'verify-files'];
const IMAGES = ['sign', 'verify', 'audit'];
const ALL = ['sign', 'verify', 'verify-files', 'audit'];
const FILES = ['verify-files'];
const same = (input, example) => ({ input, example, takeOver: (written) => written });
const fixed = (input, example) => ({ input, example });
const fullRef = (written) => (written.startsWith('refs/') ? written : `refs/heads/${written}`);
const ownerAndName = (written) => /^(?:https:\/\/[^/]+\/)?[A-Za-z0-9_-]+\/[A-Za-z0-9._-]+$/.test(written) ? written : undefined;
const SOURCE_REF = { input: 'source-ref', example: 'refs/heads/main', takeOver: fullRef };
const SOURCE_REPOSITORY = { input: 'source-repository', example: 'acme/app', takeOver: ownerAndName };
const SUBJECT = same('certificate-identity', 'https://github.com/acme/app/.github/workflows/release.yml@refs/heads/main');
const ISSUER = same('certificate-oidc-issuer', 'https://token.actions.githubusercontent.com');
const IMAGE = same('images', 'ghcr.io/acme/app');
const output = (step, name) => `$\{{ steps.${step}.outputs.${name} }}`;
const TAGS = fixed('images', output('meta', 'tags'));
const DIGEST = same('digest', output('build', 'digest'));
const UPLOAD = {
    input: 'upload',
    example: 'true',
    takeOver: (written) => (/^(?:true|false)$/i.test(written) ? written.toLowerCase() : undefined),
};
const OWNER = {
    input: 'claims',
    example: 'source-repository-owner-uri=https://github.com/acme',
    takeOver: (written) => /^[A-Za-z0-9-]+$/.test(written) ? `source-repository-owner-uri=https://github.com/${written}` : undefined,
};
const forBoth = (expression) => ({ sign: expression, verify: expression });
const KNOWN_NAMES = {
    images: { actions: IMAGES },
    digest: { actions: ['sign', 'verify'] },
    metadata: { actions: ['sign', 'verify'] },
    instance: { actions: ALL },
    'signing-config': { actions: SIGN, instead: { verify: fixed('trusted-root', 'trusted_root.json') } },
    'trusted-root': { actions: ALL },
    'tuf-mirror': { actions: ALL },
    'tuf-root': { actions: ALL },
    registry: { actions: ALL },
    'registry-username': { actions: ALL },
    'registry-password': { actions: ALL },
    'github-token': { actions: ALL },
    'token-hosts': { actions: ALL },
    'insecure-registries': { actions: ALL },
    'ca-certificates': { actions: ALL },
    'client-certificate': { actions: ALL },
    'client-key': { actions: ALL },
    'retry-for': { actions: ALL },
    timeout: { actions: ALL },
    concurrency: { actions: ALL },
    'signature-repository': { actions: ALL },
    format: { actions: ALL },
    recursive: { actions: ALL },
    annotations: { actions: ALL },
    'if-signed': { actions: SIGN },
    upload: { actions: SIGN },
    'dry-run': { actions: SIGN },
    'allow-tags': { actions: SIGN },
    'bundle-directory': { actions: SIGN },
    summary: { actions: ALL },
    'certificate-identity': { actions: GATES },
    'certificate-identity-regexp': { actions: GATES },
    'certificate-oidc-issuer': { actions: GATES },
    'certificate-oidc-issuer-regexp': { actions: GATES },
    'source-repository': { actions: GATES },
    workflow: { actions: GATES },
    'source-ref': { actions: GATES },
    'signer-workflow': { actions: GATES },
    claims: { actions: GATES },
    'max-age': { actions: GATES },
    'allow-any-identity': { actions: GATES },
    policy: { actions: GATES },
    'no-match-policy': { actions: GATES },
    mode: { actions: VERDICTS },
    'wait-for': { actions: GATES },
    offline: { actions: GATES },
    'check-name': { actions: VERDICTS },
    'status-name': { actions: VERDICTS },
    report: { actions: GATES },
    provenance: { actions: SIGN, instead: { verify: fixed('attestations', 'provenance') } },
    'sbom-path': { actions: SIGN, instead: { verify: fixed('attestations', 'sbom') } },
    'predicate-type': { actions: SIGN, instead: { verify: same('attestations', 'https://example.com/predicate/v1') } },
    predicate: { actions: SIGN, instead: { verify: fixed('attestations', 'https://example.com/predicate/v1') } },
    'predicate-path': { actions: SIGN, instead: { verify: fixed('attestations', 'https://example.com/predicate/v1') } },
    'attest-only': { actions: SIGN, instead: { verify: fixed('require-signature', 'false') } },
    'github-attestations': { actions: ALL },
    attestations: { actions: GATES, instead: { sign: fixed('provenance', 'true') } },
    'require-signature': { actions: GATES, instead: { sign: fixed('attest-only', 'true') } },
    files: { actions: FILES },
    'changed-only': { actions: FILES },
    'base-files': { actions: FILES },
    'image-paths': { actions: FILES },
    'build-args': { actions: FILES },
    'allow-empty': { actions: FILES },
    pin: { actions: FILES },
    baseline: { actions: ['audit'] },
    ref: { actions: [], instead: { verify: SOURCE_REF } },
    branch: { actions: [], instead: { verify: SOURCE_REF } },
    issuer: { actions: [], instead: { verify: ISSUER } },
    identity: { actions: [], instead: { verify: SUBJECT } },
    'cert-identity': { actions: [], instead: { verify: SUBJECT } },
    subject: { actions: [], instead: { sign: IMAGE, verify: SUBJECT } },
    'subject-name': { actions: [], instead: forBoth(IMAGE) },
    'subject-digest': { actions: [], instead: forBoth(DIGEST) },
    repository: { actions: [], instead: { sign: IMAGE, verify: SOURCE_REPOSITORY } },
    repo: { actions: [], instead: { sign: IMAGE, verify: SOURCE_REPOSITORY } },
    owner: { actions: [], instead: { verify: OWNER } },
    'signer-repo': {
        actions: [],
        instead: { verify: fixed('signer-workflow', 'acme/flows/.github/workflows/sign.yml') },
    },
    image: { actions: [], instead: forBoth(IMAGE) },
    tags: { actions: [], instead: forBoth(TAGS) },
    push: { actions: [], instead: { sign: UPLOAD } },
    'push-to-registry': { actions: [], instead: { sign: UPLOAD } },
    sbom: { actions: [], instead: { sign: same('sbom-path', 'sbom.spdx.json'), verify: fixed('attestations', 'sbom') } },
    'builder-id': { actions: [], instead: { verify: fixed('attestations', 'provenance builder-id=…') } },
    'build-type': { actions: [], instead: { verify: fixed('attestations', 'provenance build-type=…') } },
    'per-platform': { actions: [], instead: { verify: fixed('attestations', 'provenance per-platform') } },
    buildkit: { actions: [], instead: { verify: fixed('attestations', 'provenance buildkit') } },
};
const IN_PLACE = {
    'verify-files': { images: fixed('files', 'deploy/**/*.yaml'), metadata: same('files', 'metadata.json') },
    audit: { metadata: IMAGE },
};
function insteadIn(action, name) {
    const { actions = [], instead } = KNOWN_NAMES[name] ?? {};
    if (action === 'sign')
        return instead?.sign;
    const line = instead?.verify;
    if (line === undefined)
        return actions.includes(action) ? undefined : IN_PLACE[action]?.[name];
    return KNOWN_NAMES[line.input]?.actions.includes(action) === true ? line : IN_PLACE[action]?.[line.input];
}
const SECRETS = [
    'registry-username',
    'registry-password',
    'github-token',
    'client-certificate',
    'client-key',
];
const VALUE_MAX_CHARS = 200;
function lineFor({ input, example, takeOver }, written) {
    const value = written.trim() === '' || SECRETS.includes(input) ? undefined : takeOver?.(written.trim());
    const line = value === undefined || value.length > VALUE_MAX_CHARS ? undefined : (0,pasteable_line/* pasteableLine */.i)(input, value);
    return line ?? `${input}: ${example}`;
}
function respelt(input) {
    const forms = [SOURCE_REF, SOURCE_REPOSITORY, SUBJECT, ISSUER, IMAGE, DIGEST];
    return forms.find((form) => form.input === input) ?? same(input, '…');
}
function bareName(name) {
    return name
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]/gu, '');
}
function foldName(name) {
    return bareName(name).replace(/ies$/, 'y').replace(/s$/, '');
}

;// CONCATENATED MODULE: ./.build/js/src/entries/action/inputs/unknown-inputs.js

const NAMES_SHOWN = 20;
const NAME_MAX_CHARS = 100;
function refuseUnknownInputs({ source, problems }, read) {
    const others = [];
    for (const [variable, value] of Object.entries(source.env)) {
        const name = /^INPUT_(.+)$/is.exec(variable)?.[1]?.toLowerCase();
        if (name === undefined || value === undefined || read.own.includes(name))
            continue;
        const problem = problemWith({ variable, name, value }, read);
        if (problem === undefined)
            others.push(cut(variable));
        else {
            const empty = value.trim() === '' ? ' It arrived empty.' : '';
            const cure = `${problem.cure} If the job sets ${cut(variable)} in its \`env:\`, rename that variable, because a step cannot tell it from an input.`;
            problems.add(cut(name), problem.what + empty, cure);
        }
    }
    if (others.length === 0)
        return [];
    const shown = others.slice(0, NAMES_SHOWN).join(', ');
    const more = others.length > NAMES_SHOWN ? ` and ${others.length - NAMES_SHOWN} more` : '';
    return [
        `Ignored ${shown}${more}: this action has no such input. Remove it from the \`with:\` of the step. A variable that the job sets in its \`env:\` can stay.`,
    ];
}
function cut(text) {
    return text.length > NAME_MAX_CHARS ? `${text.slice(0, NAME_MAX_CHARS)}…` : text;
}
function problemWith(unread, read) {
    const { name } = unread;
    if (Object.hasOwn(KNOWN_NAMES, name))
        return known(name, unread, read);
    const misspelt = read.own.find((one) => foldName(one) === foldName(name));
    if (misspelt !== undefined) {
        return {
            what: `the action has no input with this name; it looks like \`${misspelt}\`.`,
            cure: `Write \`${lineFor(respelt(misspelt), unread.value)}\`.`,
        };
    }
    const meant = Object.keys(KNOWN_NAMES).find((one) => isMeant(one, name));
    if (meant !== undefined) {
        const { what, cure } = known(meant, unread, read);
        return { what: `it looks like \`${meant}\`: ${what}`, cure };
    }
    if (!/\p{Dash_Punctuation}/u.test(name))
        return undefined;
    return {
        what: 'the action has no such input.',
        cure: 'Correct its name (the README lists all inputs), or remove it.',
    };
}
function isMeant(known, name) {
    const isInput = (KNOWN_NAMES[known]?.actions.length ?? 0) > 0;
    return bareName(known) === bareName(name) || (isInput ? foldName(known) : bareName(known)) === foldName(name);
}
function known(name, { value }, read) {
    const { actions } = KNOWN_NAMES[name] ?? { actions: [] };
    if (actions.includes(read.action)) {
        return {
            what: 'this version of the action does not support it and would ignore it.',
            cure: 'Remove it, or use a version whose README lists it.',
        };
    }
    const here = insteadIn(read.action, name);
    const home = actions.find((one) => read.action !== 'sign' && one === 'verify') ?? actions[0];
    if (home === undefined) {
        const what = 'the action has no such input.';
        if (here !== undefined)
            return { what, cure: write(here, value, read) };
        const other = read.action === 'sign' ? 'verify' : 'sign';
        const elsewhere = insteadIn(other, name);
        const line = elsewhere === undefined ? '' : ` In a step with ${NAMES[other]}, write \`${lineFor(elsewhere, value)}\`.`;
        return { what, cure: `Remove it here.${line}` };
    }
    const what = `it is an input of ${NAMES[home]} and has no effect here.`;
    return { what, cure: here === undefined ? `Move it to a step with ${NAMES[home]}.` : write(here, value, read) };
}
function write(line, value, { own }) {
    const text = `Here, write \`${lineFor(line, value)}\``;
    return own.includes(line.input)
        ? `${text}.`
        : `${text}, which this version of the action does not support yet. Remove the input, or use a version whose README lists it.`;
}
const NAMES = {
    sign: 'the sign action',
    verify: 'the gate (`…/verify`)',
    'verify-files': 'the gate for files (`…/verify-files`)',
    audit: 'the audit (`…/audit`)',
};

// EXTERNAL MODULE: ./.build/js/src/entries/inputs/input-problems.js
var input_problems = __webpack_require__(3847);
// EXTERNAL MODULE: ./.build/js/src/domain/image/network-host.js
var network_host = __webpack_require__(5833);
;// CONCATENATED MODULE: ./.build/js/src/entries/inputs/trust.js




async function readTrust(reading, rules) {
    const instance = (0,read_value/* readChoice */.Kf)(reading, 'instance', {
        choices: ['auto', 'public-good', 'github'],
        absent: 'auto',
    });
    const names = rules.withSigningConfig ? ['trusted-root', 'signing-config'] : ['trusted-root'];
    const files = names.filter((name) => (0,read_value/* readText */.yR)(reading, name) !== undefined);
    const tuf = ['tuf-mirror', 'tuf-root'].filter((name) => (0,read_value/* readText */.yR)(reading, name) !== undefined);
    const given = { instance, files, tuf };
    refuseConflicts(reading, given);
    const { readDeciding } = rules;
    const [trustedRoot, signingConfig, root] = await Promise.all([
        readJson(reading, 'trusted-root', { mediaType: TRUSTED_ROOT, readDeciding }),
        rules.withSigningConfig
            ? readJson(reading, 'signing-config', { mediaType: SIGNING_CONFIG, readDeciding })
            : undefined,
        readJson(reading, 'tuf-root', { mediaType: undefined, readDeciding }),
    ]);
    refuseHalves(reading, rules, given);
    const mirror = readMirror(reading);
    if (trustedRoot !== undefined)
        return { kind: 'files', trustedRoot, signingConfig };
    if (mirror !== undefined)
        return { kind: 'tuf', mirror, root };
    return { kind: 'instance', instance };
}
const TRUSTED_ROOT = 'application/vnd.dev.sigstore.trustedroot';
const SIGNING_CONFIG = 'application/vnd.dev.sigstore.signingconfig.v0.2+json';
function refuseConflicts(reading, { instance, files, tuf }) {
    const groups = [instance === 'auto' ? [] : ['instance'], files, tuf].filter((group) => group.length > 0);
    if (groups.length < 2)
        return;
    const [first, ...others] = groups.flat();
    const what = `it cannot be combined with ${others.join(' and ')}: only one of them can define what to trust.`;
    reading.problems.add(first ?? 'instance', what, 'Keep one of them.');
}
function refuseHalves(reading, rules, { files, tuf }) {
    const { problems } = reading;
    if (rules.withSigningConfig && files.length === 1) {
        const [given = ''] = files;
        const other = given === 'trusted-root' ? 'signing-config' : 'trusted-root';
        problems.add(given, `it is given without ${other}.`, `Give \`${other}\` too. One defines where to sign, the other what to trust.`);
    }
    if (tuf.length === 1 && tuf[0] === 'tuf-root') {
        problems.add('tuf-root', 'it is given without tuf-mirror.', 'Give the URL of its repository in `tuf-mirror`.');
    }
    if (rules.offline && files.length === 0) {
        problems.add('offline', 'it requires trusted-root, because nothing may be fetched.', 'Give the trusted root as a path or as JSON.');
    }
}
async function readJson(reading, name, { mediaType, readDeciding }) {
    const isLiteral = (value) => value.startsWith('{');
    const text = await readDeciding(name, { isLiteral });
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
        return 'it is not valid JSON.';
    }
    if (typeof document !== 'object' || document === null || Array.isArray(document))
        return 'it is not a JSON object.';
    if (mediaType === undefined)
        return undefined;
    const found = Reflect.get(document, 'mediaType');
    if (typeof found === 'string' && found.startsWith(mediaType))
        return undefined;
    const shown = typeof found === 'string' ? `mediaType ${(0,quoted/* quoted */.T)(found)}` : 'no mediaType';
    return `it has ${shown}, but should have ${mediaType}.`;
}
function readMirror(reading) {
    const value = (0,read_value/* readText */.yR)(reading, 'tuf-mirror');
    if (value === undefined)
        return undefined;
    const url = URL.canParse(value) ? new URL(value) : undefined;
    if (url === undefined || !(url.protocol === 'https:' || (url.protocol === 'http:' && (0,network_host/* isLoopbackHost */.cW)(url.hostname)))) {
        reading.problems.add('tuf-mirror', `${(0,quoted/* quoted */.T)(value)} is not an https URL.`, (/^[a-z0-9.-]+\.[a-z]{2,}(?:[:/]\S*)?$/i.test(value)
            ? (0,inputs_instead/* writeInstead */.g)([{ input: 'tuf-mirror', value: `https://${value}` }])
            : undefined) ?? 'Write a URL such as https://tuf.example.com.');
        return undefined;
    }
    if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
        const what = 'it contains credentials, a query or a fragment, and no credentials are sent to a TUF host.';
        reading.problems.add('tuf-mirror', what, 'Write only scheme, host and path.');
        return undefined;
    }
    return url;
}

// EXTERNAL MODULE: ./.build/js/src/domain/identity/github-issuer.js
var github_issuer = __webpack_require__(7188);
;// CONCATENATED MODULE: ./.build/js/src/entries/sign/public-log-guard.js


function refusePublicLog(trust, visibility) {
    if (!isAuto(trust) || visibility === 'public')
        return;
    const what = visibility === 'unknown'
        ? 'the id-token does not say whether this repository is public'
        : `this repository is ${visibility}`;
    throw new coded_error/* CodedError */.AK('PUBLIC_LOG_REFUSED', `${what}. ${WOULD_PUBLISH}`, {
        hint: ['Choose one:', PUBLIC_GOOD, GITHUB, OWN].join('\n'),
    });
}
function refuseForeignServer(trust, serverUrl) {
    if (!isAuto(trust) || (0,github_issuer/* isGithubCom */.ng)(serverUrl))
        return;
    const tenant = /^https:\/\/([a-z0-9-]+\.ghe\.com)$/.exec(serverUrl)?.[1];
    throw new coded_error/* CodedError */.AK('PUBLIC_LOG_REFUSED', `this job runs on ${serverUrl}, not on github.com, and the public-good Sigstore accepts no id-token from there. ${WOULD_PUBLISH}`, { hint: ['Choose one:', ...(tenant === undefined ? [] : [tenantChoice(tenant)]), OWN, MIRROR].join('\n') });
}
function isAuto(trust) {
    return trust.kind === 'instance' && trust.instance === 'auto';
}
const WOULD_PUBLISH = [
    'Signing with the public-good Sigstore publishes in a log that is public and never deleted:',
    '- the names of the owner and the repository',
    '- the workflow file, the branch or tag, and the deployment environment',
    '- the commit and the run',
    '- a hash, by which anyone who knows the digest of the image finds the entry',
].join('\n');
const PUBLIC_GOOD = '- `instance: public-good` publishes all of this. Any cosign can then verify the signature.';
const GITHUB = '- `instance: github` publishes nothing. It needs GitHub Enterprise Cloud. This action can verify the signature; ' +
    "cosign and cluster verifiers need GitHub's trusted root and must not require a log entry.";
const OWN = '- `signing-config` and `trusted-root` name a private Sigstore. Every verifier then needs the same trusted root.';
const MIRROR = '- `tuf-mirror` and `tuf-root` name the TUF repository of a private Sigstore.';
function tenantChoice(host) {
    return (`- \`signing-config\` and \`trusted-root\` name the Sigstore of ${host}. \`gh attestation trusted-root\` prints the ` +
        `trusted root. The services for the signing config are fulcio.${host} and timestamp.${host}.`);
}

;// CONCATENATED MODULE: ./.build/js/src/entries/sign/inputs.js













const RETRY_FOR_MS = 300_000;
const TIMEOUT_MS = 1_800_000;
const SIGN_INPUTS = [
    'images',
    'digest',
    'metadata',
    ...SHARED_INPUTS,
    'annotations',
    'format',
    'recursive',
    'summary',
    'if-signed',
    'upload',
    'dry-run',
    'allow-tags',
    'bundle-directory',
    'signing-config',
    'provenance',
    'sbom-path',
    'predicate-type',
    'predicate',
    'predicate-path',
    'attest-only',
    'github-attestations',
];
const ATTESTATION_INPUTS = [
    'provenance',
    'sbom-path',
    'predicate-type',
    'predicate',
    'predicate-path',
    'attest-only',
    'github-attestations',
];
async function readSignInputs(source) {
    const problems = (0,input_problems/* createInputProblems */.T)();
    const reading = { source, problems };
    const warnings = refuseUnknownInputs(reading, { action: 'sign', own: SIGN_INPUTS });
    const images = await readImages(reading, { refuseEmptyItems: false });
    const allowTags = (0,read_value/* readBoolean */.Vf)(reading, 'allow-tags', false);
    if (!allowTags)
        refuseTags(reading, images.images);
    const directory = await (0,run_files/* readStepDirectory */.yF)(source, 'sign');
    const upload = (0,read_value/* readBoolean */.Vf)(reading, 'upload', true);
    const request = {
        images: images.images,
        skipped: images.skipped,
        notices: images.notices,
        warnings,
        format: (0,read_value/* readChoice */.Kf)(reading, 'format', { choices: ['bundle', 'legacy', 'both'], absent: 'bundle' }),
        recursive: (0,read_value/* readBoolean */.Vf)(reading, 'recursive', false),
        annotations: (0,read_value/* readAnnotations */.ti)(reading),
        ifSigned: (0,read_value/* readChoice */.Kf)(reading, 'if-signed', { choices: ['skip', 'sign'], absent: 'skip' }),
        upload,
        dryRun: (0,read_value/* readBoolean */.Vf)(reading, 'dry-run', false),
        bundleDirectory: (await (0,run_files/* readWritePath */.vA)(reading, 'bundle-directory')) ?? (0,external_node_path_.join)(directory, 'bundles'),
        reportPath: (0,external_node_path_.join)(directory, 'results.json'),
        summary: (0,read_value/* readBoolean */.Vf)(reading, 'summary', true),
        attestations: await readAttestations(reading, { images: images.images, upload }),
        trust: await readTrust(reading, {
            withSigningConfig: true,
            offline: false,
            readDeciding: judgedReader(reading, { offline: false }),
        }),
        network: await readNetwork(reading, images, { timeoutMs: TIMEOUT_MS, retryForMs: RETRY_FOR_MS, offline: false }),
    };
    problems.throwIfAny();
    refuseForeignServer(request.trust, source.context.serverUrl);
    if (source.context.visibility !== 'unknown')
        refusePublicLog(request.trust, source.context.visibility);
    return request;
}
async function readAttestations(reading, beside) {
    const isAsked = ATTESTATION_INPUTS.some((name) => !['', 'false'].includes(reading.source.input(name)?.trim() ?? ''));
    if (!isAsked)
        return undefined;
    const attestations = await __webpack_require__.e(/* import() */ 586).then(__webpack_require__.bind(__webpack_require__, 586));
    return attestations.readAttestations(reading, { ...beside, now: new Date() });
}
function refuseTags(reading, images) {
    for (const image of images) {
        if (image.digest !== undefined || image.tag === undefined)
            continue;
        reading.problems.add('digest', `${(0,quoted/* quoted */.T)(image.original)} has a tag but no digest: whoever can push to the registry would choose what gets signed.`, `Add \`${DIGEST_LINE}\` (with \`id: build\` on the step that pushes), or write ` +
            `\`allow-tags: true\` to let the registry choose. ${LIKELY_CAUSES}`);
    }
}

;// CONCATENATED MODULE: ./.build/js/src/entries/sign/outputs.js
const OUTPUTS = [
    'images',
    'digests',
    'issuer',
    'subject',
    'bundle-paths',
    'attestation-ids',
    'attestation-urls',
    'results',
    'report-path',
];
function clearSignOutputs(run) {
    for (const name of OUTPUTS)
        run.setOutput(name, '');
}

// EXTERNAL MODULE: ./.build/js/src/domain/calls/within.js
var within = __webpack_require__(1169);
;// CONCATENATED MODULE: ./.build/js/src/domain/identity/expected-identity.js


function expectedIdentity(tokenClaims, options) {
    const text = (name) => {
        const value = tokenClaims[name];
        return typeof value === 'string' && value !== '' ? value : undefined;
    };
    const issuer = text('iss') ?? '';
    const host = uriHost(issuer, options.serverUrl);
    const uri = (...names) => {
        const parts = names.map(text);
        return parts.includes(undefined) ? undefined : [host, ...parts].join('/');
    };
    const repository = text('repository');
    const run = text('run_id');
    const attempt = text('run_attempt');
    const values = {
        'issuer-deprecated': text('iss'),
        'github-workflow-trigger': text('event_name'),
        'github-workflow-sha': text('sha'),
        'github-workflow-name': text('workflow'),
        'github-workflow-repository': repository,
        'github-workflow-ref': text('ref'),
        issuer: text('iss'),
        'build-signer-uri': uri('job_workflow_ref'),
        'build-signer-digest': text('job_workflow_sha'),
        'runner-environment': text('runner_environment'),
        'source-repository-uri': uri('repository'),
        'source-repository-digest': text('sha'),
        'source-repository-ref': text('ref'),
        'source-repository-identifier': text('repository_id'),
        'source-repository-owner-uri': uri('repository_owner'),
        'source-repository-owner-identifier': text('repository_owner_id'),
        'build-config-uri': uri('workflow_ref'),
        'build-config-digest': text('workflow_sha'),
        'build-trigger': text('event_name'),
        'run-invocation-uri': repository && run && attempt ? `${host}/${repository}/actions/runs/${run}/attempts/${attempt}` : undefined,
        'source-repository-visibility-at-signing': text('repository_visibility'),
        'deployment-environment': text('environment'),
        'token-subject': text('sub'),
    };
    const claims = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
    return { issuer, subject: uri('job_workflow_ref') ?? text('email') ?? text('sub') ?? '', claims };
}
function uriHost(issuer, serverUrl) {
    if (issuer === github_issuer/* GITHUB_ISSUER */.oX || issuer.startsWith(`${github_issuer/* GITHUB_ISSUER */.oX}/`))
        return 'https://github.com';
    return (0,plain_text/* trimEnd */.s8)(serverUrl, '/');
}

// EXTERNAL MODULE: ./.build/js/src/sigstore/sigstore-error.js
var sigstore_error = __webpack_require__(1731);
;// CONCATENATED MODULE: ./.build/js/src/sigstore/trust/service-selection.js

const SUPPORTED = { ca: [1], log: [1, 2], tsa: [1] };
function selectServices(config, options) {
    const ca = newestOf(config.cas, SUPPORTED.ca, options.at)[0];
    if (ca === undefined)
        throw unusable('it has no certificate authority (caUrls, API version 1) that is valid now');
    const logs = options.bundle
        ? pick({ name: 'rekorTlogUrls', services: config.logs, selector: config.logSelector, versions: SUPPORTED.log }, options)
        : [];
    const tsas = pick({ name: 'tsaUrls', services: config.tsas, selector: config.tsaSelector, versions: SUPPORTED.tsa }, options);
    if (options.bundle && tsas.length === 0 && logs.every((log) => log.majorApiVersion === 2)) {
        throw unusable(logs.length === 0
            ? 'it has neither a transparency log nor a timestamp authority, so nothing would prove the signing time'
            : 'its transparency log (Rekor v2) records no time, so it needs a timestamp authority (tsaUrls)');
    }
    return {
        ca: ca.url,
        logs: logs.map(toLog),
        legacyLogs: options.legacy ? legacyLogs(config, options).map(toLog) : [],
        tsas: tsas.map((service) => service.url),
    };
}
function legacyLogs(config, options) {
    if (newestOf(config.logs, [1], options.at).length === 0) {
        throw unusable('format: legacy and format: both need a Rekor v1 log (rekorTlogUrls, API version 1), and it lists none', 'Use format: bundle, or a signing config with a Rekor v1 log.');
    }
    return pick({ name: 'rekorTlogUrls', services: config.logs, selector: { selector: 'ANY', count: 0 }, versions: [1] }, options);
}
function newestOf(services, supported, at) {
    const valid = services.filter((service) => supported.includes(service.majorApiVersion) &&
        (service.start === undefined || service.start <= at) &&
        (service.end === undefined || at <= service.end));
    const version = Math.max(...valid.map((service) => service.majorApiVersion));
    const operators = new Set();
    return valid
        .filter((service) => service.majorApiVersion === version)
        .sort((a, b) => (b.start?.getTime() ?? 0) - (a.start?.getTime() ?? 0))
        .filter((service) => !operators.has(service.operator) && operators.add(service.operator));
}
function pick({ name, services, selector: config, versions }, options) {
    if (services.length === 0)
        return [];
    const candidates = newestOf(services, versions, options.at);
    if (candidates.length === 0) {
        throw unusable(`none of its ${name} is valid now with an API version of ${versions.join(' or ')}`);
    }
    switch (config.selector) {
        case 'ALL':
            return candidates;
        case 'ANY':
            return shuffled(candidates, options.random).slice(0, 1);
        case 'EXACT':
            if (config.count === 0 || config.count > candidates.length) {
                throw unusable(`it requires exactly ${config.count} of its ${name}, but ${candidates.length} can be used`);
            }
            return shuffled(candidates, options.random).slice(0, config.count);
        case undefined:
            throw unusable(`it lists ${name} without a selector (ANY, ALL, EXACT)`);
    }
}
function shuffled(items, random) {
    return items
        .map((item) => ({ item, order: random() }))
        .sort((a, b) => a.order - b.order)
        .map(({ item }) => item);
}
function toLog(service) {
    return { url: service.url, version: service.majorApiVersion === 2 ? 2 : 1 };
}
function unusable(why, hint = 'Check the input signing-config, or the signing config that the TUF repository of this run publishes.') {
    return new sigstore_error/* SigstoreError */.F('INPUT_INVALID', `the signing config cannot be used: ${why}`, { hint });
}

// EXTERNAL MODULE: ./.build/js/src/domain/image/media-types.js
var media_types = __webpack_require__(4988);
// EXTERNAL MODULE: ./.build/js/src/sigstore/json-shape.js
var json_shape = __webpack_require__(7228);
;// CONCATENATED MODULE: ./.build/js/src/sigstore/signing/bundle-writer.js


function dsseEnvelope(payload, signature) {
    return { payload: (0,json_shape/* toBase64 */.nk)(payload), payloadType: media_types/* INTOTO_PAYLOAD */.V$, signatures: [{ sig: (0,json_shape/* toBase64 */.nk)(signature) }] };
}
function preAuthEncoding(payload) {
    const head = `DSSEv1 ${Buffer.byteLength(media_types/* INTOTO_PAYLOAD */.V$)} ${media_types/* INTOTO_PAYLOAD */.V$} ${payload.length} `;
    return Buffer.concat([Buffer.from(head), payload]);
}
function dsseBundle(material, envelope) {
    return bundle(material, { dsseEnvelope: envelope }, toProto);
}
function attestationBundle(material, envelope) {
    return bundle(material, { dsseEnvelope: envelope }, (entry) => {
        const { logIndex: _, inclusionProof, ...proto } = toProto(entry);
        const { logIndex } = entry.proof;
        return { logIndex: entry.logIndex, ...proto, inclusionProof: { ...inclusionProof, logIndex } };
    });
}
function messageBundle(material, digest, signature) {
    const messageDigest = { algorithm: 'SHA2_256', digest: (0,json_shape/* toBase64 */.nk)(digest) };
    return bundle(material, { messageSignature: { messageDigest, signature: (0,json_shape/* toBase64 */.nk)(signature) } }, toProto);
}
function bundle(material, content, toEntry) {
    const verificationMaterial = {
        certificate: { rawBytes: (0,json_shape/* toBase64 */.nk)(material.certificate) },
        tlogEntries: orNothing(material.entries.map(toEntry)),
        timestampVerificationData: material.timestamps.length === 0
            ? undefined
            : { rfc3161Timestamps: material.timestamps.map((token) => ({ signedTimestamp: (0,json_shape/* toBase64 */.nk)(token) })) },
    };
    return new TextEncoder().encode(JSON.stringify({ mediaType: media_types/* BUNDLE_V03 */.Hd, verificationMaterial, ...content }));
}
function toProto(entry) {
    const { proof, signedEntryTimestamp } = entry;
    return {
        logIndex: unlessZero(entry.logIndex),
        logId: { keyId: (0,json_shape/* toBase64 */.nk)(entry.keyId) },
        kindVersion: { kind: entry.kind, version: entry.version },
        integratedTime: unlessZero(entry.integratedTime),
        inclusionPromise: signedEntryTimestamp && { signedEntryTimestamp: (0,json_shape/* toBase64 */.nk)(signedEntryTimestamp) },
        inclusionProof: {
            logIndex: unlessZero(proof.logIndex),
            rootHash: (0,json_shape/* toBase64 */.nk)(proof.rootHash),
            treeSize: proof.treeSize,
            hashes: orNothing(proof.hashes.map(json_shape/* toBase64 */.nk)),
            checkpoint: { envelope: proof.checkpoint },
        },
        canonicalizedBody: (0,json_shape/* toBase64 */.nk)(entry.body),
    };
}
function unlessZero(decimal) {
    return decimal === '0' ? undefined : decimal;
}
function orNothing(list) {
    return list.length === 0 ? undefined : list;
}

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(7975);
;// CONCATENATED MODULE: ./.build/js/src/sigstore/service-url.js


function isSafeServiceUrl(text, plainHttpHosts = []) {
    if (!URL.canParse(text))
        return false;
    const url = new URL(text);
    if (url.username !== '' || url.password !== '' || url.hash !== '')
        return false;
    return (0,network_host/* isAllowedUrl */.y2)(url, plainHttpHosts);
}
function joinUrl(base, path) {
    return `${(0,plain_text/* trimEnd */.s8)(base, '/')}${path}`;
}

// EXTERNAL MODULE: ./.build/js/src/http/http-error.js
var http_error = __webpack_require__(2947);
;// CONCATENATED MODULE: ./.build/js/src/sigstore/signing/service-call.js





async function callService(call, { http, codes }, request) {
    try {
        return await http.request(call, request);
    }
    catch (error) {
        if (!(error instanceof http_error/* HttpError */.j))
            throw error;
        const code = error.failure === 'too-large' ? codes.invalid : codes.unavailable;
        throw new sigstore_error/* SigstoreError */.F(code, `${describe(request)} got no usable response: ${error.message}`, {
            cause: error,
            hint: `Check that this runner can reach ${new URL(request.url).host} (proxy, firewall, service status).`,
        });
    }
}
function describe(request) {
    const url = new URL(request.url);
    return `the ${request.service}: ${request.method} ${url.origin}${url.pathname}`;
}
function answered(call, response) {
    return `${describe(call)} returned ${response.status} ${excerpt(response.body)}`;
}
function refusedBy(call, response, codes) {
    return new sigstore_error/* SigstoreError */.F(isOutage(response.status) ? codes.unavailable : codes.invalid, answered(call, response), {
        hint: `If this persists, check the status of the ${codes.name} and its URL in the signing config.`,
    });
}
function isOutage(status) {
    return status === 408 || status === 429 || status >= 500;
}
function excerpt(body) {
    const parsed = (0,json_shape/* parseJson */.qF)(body.subarray(0, 16_384));
    const message = (0,json_object/* isJsonObject */.O)(parsed) ? (parsed['message'] ?? parsed['error']) : undefined;
    const text = typeof message === 'string' ? message : new TextDecoder().decode(body.subarray(0, 2_000));
    const printable = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim();
    if (printable === '')
        return '(empty body)';
    return (0,quoted/* quoted */.T)(printable);
}

;// CONCATENATED MODULE: ./.build/js/src/sigstore/signing/issued-certificate.js






const MAX_CA_ANSWER_BYTES = 256 * 1024;
const MAX_CHAIN = 10;
const CLOCK_SKEW_MS = 5 * 60_000;
const CODES = {
    unavailable: 'CA_UNAVAILABLE',
    invalid: 'CA_INVALID',
    name: 'certificate authority',
};
async function requestCertificate(call, http, request) {
    const proof = (0,external_node_crypto_.sign)('sha256', Buffer.from(request.token.challenge), request.privateKey);
    const post = {
        service: 'CA',
        method: 'POST',
        url: joinUrl(request.url, '/api/v2/signingCert'),
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({
            credentials: { oidcIdentityToken: request.token.raw },
            publicKeyRequest: {
                publicKey: { algorithm: 'ECDSA', content: request.publicKey.export({ type: 'spki', format: 'pem' }) },
                proofOfPossession: (0,json_shape/* toBase64 */.nk)(proof),
            },
        }),
        maxBytes: MAX_CA_ANSWER_BYTES,
        retry: true,
    };
    const response = await callService(call, { http, codes: CODES }, post);
    if (response.status !== 200 && response.status !== 201)
        throw refused(post, response, request.token);
    return checkCertificate(post, chainOf(response), request);
}
function chainOf(response) {
    const answer = (0,json_shape/* parseJson */.qF)(response.body);
    const listed = (0,json_shape.at)(answer, 'signedCertificateEmbeddedSct', 'chain', 'certificates') ??
        (0,json_shape.at)(answer, 'signedCertificateDetachedSct', 'chain', 'certificates');
    if (!Array.isArray(listed) || listed.length === 0 || listed.length > MAX_CHAIN)
        return undefined;
    try {
        return listed.map((pem) => new external_node_crypto_.X509Certificate(String(pem)));
    }
    catch {
        return undefined;
    }
}
function checkCertificate(call, chain, request) {
    const [leaf, ...issuers] = chain ?? [];
    if (leaf === undefined)
        throw invalid(call, 'no certificate chain');
    if (!leaf.publicKey.equals(request.publicKey))
        throw invalid(call, 'a certificate for another key');
    if (!leaf.subjectAltName)
        throw invalid(call, 'a certificate without a subject alternative name');
    const notBefore = leaf.validFromDate;
    const notAfter = leaf.validToDate;
    const now = request.now().getTime();
    if (!(notBefore.getTime() <= now + CLOCK_SKEW_MS && now < notAfter.getTime())) {
        const window = `${notBefore.toISOString()} to ${notAfter.toISOString()}`;
        throw invalid(call, `a certificate valid from ${window}, but the runner's clock says ${new Date(now).toISOString()}`);
    }
    return {
        der: leaf.raw,
        pem: toPem(leaf.raw),
        chainPem: issuers
            .map((issuer) => toPem(issuer.raw))
            .join('')
            .trimEnd(),
        notBefore,
        notAfter,
    };
}
function toPem(der) {
    const lines = (0,json_shape/* toBase64 */.nk)(der).match(/.{1,64}/g) ?? [];
    return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
function invalid(call, what) {
    return new sigstore_error/* SigstoreError */.F('CA_INVALID', `${describe(call)} returned ${what}`, {
        hint: "Nothing was signed. Check this runner's clock and the CA in the signing config.",
    });
}
function refused(call, response, token) {
    if (isOutage(response.status) || (response.status >= 300 && response.status < 400)) {
        return refusedBy(call, response, { ...CODES, invalid: CODES.unavailable });
    }
    return new sigstore_error/* SigstoreError */.F('CA_REFUSED', `${answered(call, response)}; the id-token is from issuer ` +
        `${token.issuer} for audience ${token.audience.join(', ')} and expires at ${token.expires.toISOString()}`, { hint: whoTakes(token.issuer) });
}
function whoTakes(issuer) {
    if (issuer === github_issuer/* GITHUB_ISSUER */.oX || issuer.startsWith(`${github_issuer/* GITHUB_ISSUER */.oX}/`)) {
        return ('The public-good CA (https://fulcio.sigstore.dev, instance: public-good) accepts tokens from this issuer, and so ' +
            "does GitHub's CA (https://fulcio.githubapp.com, instance: github; Enterprise Cloud for private repositories).");
    }
    const tenant = /^https:\/\/token\.actions\.([a-z0-9-]+\.ghe\.com)(?:\/|$)/.exec(issuer)?.[1];
    if (tenant !== undefined) {
        return `https://fulcio.${tenant} (instance: github) accepts tokens from this issuer, the public-good CA does not.`;
    }
    return ('No public CA accepts tokens from this issuer. Give the signing-config and trusted-root of a private Fulcio ' +
        `that lists the issuer ${issuer} with the client id sigstore.`);
}

;// CONCATENATED MODULE: ./.build/js/src/sigstore/signing/credential.js



const MARGIN_MS = 60_000;
const createKeyPair = (0,external_node_util_.promisify)(external_node_crypto_.generateKeyPair);
function createCredentialSource(options) {
    const { http, clock } = options;
    let token;
    let current;
    let made = 0;
    const currentToken = (call) => {
        token ??= options.identityToken(call);
        return token;
    };
    const freshToken = async (call) => {
        if (made === 0) {
            const first = await currentToken(call);
            if (first.expires.getTime() - clock.now().getTime() > MARGIN_MS / 2)
                return first;
        }
        token = options.identityToken(call);
        return token;
    };
    const make = async (call) => {
        const [{ privateKey, publicKey }, identity, url] = await Promise.all([
            createKeyPair('ec', { namedCurve: 'prime256v1' }),
            freshToken(call),
            options.caUrl(call),
        ]);
        made += 1;
        const asked = clock.now().getTime();
        const certificate = await requestCertificate(call, http, {
            url,
            token: identity,
            privateKey,
            publicKey,
            now: () => clock.now(),
        });
        const life = certificate.notAfter.getTime() - certificate.notBefore.getTime();
        const ends = Math.min(certificate.notAfter.getTime(), asked + life);
        const margin = Math.min(MARGIN_MS, (ends - asked) / 2);
        return { privateKey, certificate, usableUntil: new Date(ends - margin) };
    };
    return {
        token: currentToken,
        async credential(call) {
            current ??= make(call);
            const seen = current;
            const credential = await seen;
            if (clock.now().getTime() < credential.usableUntil.getTime())
                return credential;
            if (current === seen)
                current = make(call);
            return current;
        },
    };
}

// EXTERNAL MODULE: ./.build/js/src/sigstore/signing/legacy-signature.js
var legacy_signature = __webpack_require__(9614);
// EXTERNAL MODULE: ./.build/js/src/sigstore/signing/self-verification.js
var self_verification = __webpack_require__(6510);
;// CONCATENATED MODULE: ./.build/js/src/sigstore/signing/timestamp.js




const MAX_TIMESTAMP_BYTES = 64 * 1024;
const timestamp_CODES = {
    unavailable: 'TSA_UNAVAILABLE',
    invalid: 'TSA_INVALID',
    name: 'timestamp authority',
};
async function requestTimestamp(call, http, options) {
    const imprint = (0,external_node_crypto_.createHash)('sha256').update(options.signature).digest();
    const request = {
        service: 'TSA',
        method: 'POST',
        url: options.url,
        headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
        body: timestampQuery(imprint, options.withCertificate),
        maxBytes: MAX_TIMESTAMP_BYTES,
        retry: true,
    };
    const [response, library] = await Promise.all([
        callService(call, { http, codes: timestamp_CODES }, request),
        __webpack_require__.e(/* import() */ 917).then(__webpack_require__.t.bind(__webpack_require__, 3917, 19)),
    ]);
    if (response.status !== 200 && response.status !== 201) {
        throw refusedBy(request, response, timestamp_CODES);
    }
    const problem = findProblem(response.body, imprint, library.RFC3161Timestamp);
    if (problem !== undefined) {
        throw new sigstore_error/* SigstoreError */.F('TSA_INVALID', `${describe(request)} returned ${problem}`, {
            hint: 'Nothing was uploaded. If it is your own authority, check its URL in the signing config.',
        });
    }
    return response.body;
}
function findProblem(reply, imprint, timestamps) {
    try {
        const parsed = timestamps.parse(Buffer.from(reply));
        if (parsed.status !== 0n && parsed.status !== 1n)
            return `status ${parsed.status}, which does not grant a timestamp`;
        if (parsed.tstInfo.messageImprintHashAlgorithm !== 'sha256')
            return 'a timestamp with a hash other than SHA-256';
        if (!(0,json_shape/* sameBytes */.er)(parsed.tstInfo.messageImprintHashedMessage, imprint))
            return 'a timestamp for different bytes';
        return undefined;
    }
    catch {
        return 'bytes that are not an RFC 3161 timestamp response';
    }
}
function timestampQuery(imprint, certReq) {
    const sha256 = Buffer.from('300d06096086480165030402010500', 'hex');
    const messageImprint = der(0x30, Buffer.concat([sha256, der(0x04, imprint)]));
    const rest = certReq ? Buffer.from('0101ff', 'hex') : Buffer.alloc(0);
    return der(0x30, Buffer.concat([Buffer.from('020101', 'hex'), messageImprint, rest]));
}
function der(tag, content) {
    return Buffer.concat([Buffer.from([tag, content.length]), content]);
}

// EXTERNAL MODULE: ./.build/js/src/sigstore/signing/log-entry.js
var log_entry = __webpack_require__(8011);
;// CONCATENATED MODULE: ./.build/js/src/sigstore/signing/transparency-log-v1.js





const ENTRY_PATH = '/api/v1/log/entries';
const UUID = /^(?:[0-9a-f]{16})?[0-9a-f]{64}$/;
async function enterIntoLogV1(call, { http, url: baseUrl }, proposed) {
    const post = {
        service: 'log',
        method: 'POST',
        url: joinUrl(baseUrl, ENTRY_PATH),
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify(proposal(proposed)),
        maxBytes: log_entry/* MAX_LOG_ANSWER_BYTES */.jK,
        retry: true,
        notAfter: call.due,
    };
    const response = await callService(call, { http, codes: log_entry/* LOG_CODES */.G2 }, post);
    if (response.status === 201 || response.status === 200)
        return transparency_log_v1_parseEntry(baseUrl, response.body, proposed);
    if (response.status !== 409)
        throw refusedBy(post, response, log_entry/* LOG_CODES */.G2);
    const get = {
        service: 'log',
        method: 'GET',
        url: existingEntryUrl(baseUrl, response),
        headers: { accept: 'application/json' },
        maxBytes: log_entry/* MAX_LOG_ANSWER_BYTES */.jK,
        retry: true,
    };
    const existing = await callService(call, { http, codes: log_entry/* LOG_CODES */.G2 }, get);
    if (existing.status !== 200)
        throw refusedBy(get, existing, log_entry/* LOG_CODES */.G2);
    return transparency_log_v1_parseEntry(baseUrl, existing.body, proposed);
}
function proposal(entry) {
    const verifier = (0,json_shape/* toBase64 */.nk)(Buffer.from(entry.certificatePem));
    if (entry.kind === 'dsse') {
        const proposedContent = { envelope: entry.envelope, verifiers: [verifier] };
        return { apiVersion: '0.0.1', kind: 'dsse', spec: { proposedContent } };
    }
    return {
        apiVersion: '0.0.1',
        kind: 'hashedrekord',
        spec: {
            data: { hash: { algorithm: 'sha256', value: Buffer.from(entry.digest).toString('hex') } },
            signature: { content: (0,json_shape/* toBase64 */.nk)(entry.signature), publicKey: { content: verifier } },
        },
    };
}
function existingEntryUrl(baseUrl, response) {
    const location = response.headers['location'] ?? '';
    const base = new URL(baseUrl);
    const url = URL.canParse(location, baseUrl) ? new URL(location, baseUrl) : undefined;
    const uuid = url?.pathname.slice(url.pathname.lastIndexOf('/') + 1) ?? '';
    const paths = [`${ENTRY_PATH}/${uuid}`, new URL(joinUrl(baseUrl, `${ENTRY_PATH}/${uuid}`)).pathname];
    if (url === undefined || url.origin !== base.origin || !UUID.test(uuid) || !paths.includes(url.pathname)) {
        const shown = location.length > 200 ? `${location.slice(0, 200)}…` : location;
        throw (0,log_entry/* invalidEntry */.gH)(baseUrl, `409 with Location ${JSON.stringify(shown)}, which is not an entry of this log`);
    }
    return new URL(joinUrl(baseUrl, `${ENTRY_PATH}/${uuid}`)).href;
}
function transparency_log_v1_parseEntry(url, answer, wanted) {
    const answered = (0,json_shape/* parseJson */.qF)(answer);
    const entries = (0,json_object/* isJsonObject */.O)(answered) ? Object.entries(answered) : [];
    const [uuid, entry] = entries[0] ?? [];
    if (entries.length !== 1 || uuid === undefined || !UUID.test(uuid))
        throw (0,log_entry/* invalidEntry */.gH)(url, 'the response does not contain exactly one entry');
    const body = (0,json_shape/* fromBase64 */.Ey)((0,json_shape.at)(entry, 'body'));
    const keyId = (0,json_shape/* fromHex */.aD)((0,json_shape.at)(entry, 'logID'));
    const logIndex = (0,json_shape/* toDecimal */.nI)((0,json_shape.at)(entry, 'logIndex'));
    const integratedTime = (0,json_shape/* toDecimal */.nI)((0,json_shape.at)(entry, 'integratedTime'));
    const set = (0,json_shape/* fromBase64 */.Ey)((0,json_shape.at)(entry, 'verification', 'signedEntryTimestamp'));
    if (!body || keyId?.length !== 32 || !logIndex || !integratedTime || integratedTime === '0' || !set) {
        throw (0,log_entry/* invalidEntry */.gH)(url, 'body, logID, logIndex, integratedTime or signedEntryTimestamp is missing or malformed');
    }
    const proof = parseProof(url, (0,json_shape.at)(entry, 'verification', 'inclusionProof'));
    requireOurs(url, body, wanted);
    return {
        url,
        logIndex,
        keyId,
        kind: wanted.kind,
        version: '0.0.1',
        integratedTime,
        signedEntryTimestamp: set,
        proof,
        body,
    };
}
function parseProof(url, proof) {
    const logIndex = (0,json_shape/* toDecimal */.nI)((0,json_shape.at)(proof, 'logIndex'));
    const treeSize = (0,json_shape/* toDecimal */.nI)((0,json_shape.at)(proof, 'treeSize'));
    const rootHash = (0,json_shape/* fromHex */.aD)((0,json_shape.at)(proof, 'rootHash'));
    const checkpoint = (0,json_shape.at)(proof, 'checkpoint');
    const listed = (0,json_shape.at)(proof, 'hashes');
    const hashes = Array.isArray(listed) && listed.length <= log_entry/* MAX_PROOF_HASHES */.XF ? listed.map(json_shape/* fromHex */.aD) : [undefined];
    const complete = hashes.filter((hash) => hash?.length === 32);
    if (!logIndex || !treeSize || rootHash?.length !== 32 || typeof checkpoint !== 'string' || checkpoint === '') {
        throw (0,log_entry/* invalidEntry */.gH)(url, 'its inclusion proof is missing or malformed');
    }
    if (complete.length !== hashes.length)
        throw (0,log_entry/* invalidEntry */.gH)(url, 'the hashes of its inclusion proof are malformed');
    return { logIndex, treeSize, rootHash, hashes: complete, checkpoint };
}
function requireOurs(url, bytes, wanted) {
    const body = (0,json_shape/* parseJson */.qF)(bytes);
    const digest = Buffer.from(wanted.digest).toString('hex');
    const ours = (0,json_object/* isJsonObject */.O)(body) &&
        (0,log_entry/* isKind */.VF)(body, wanted.kind, '0.0.1') &&
        (wanted.kind === 'dsse'
            ? isOurDsse(body['spec'], wanted, digest)
            : isOurHashedRekord(body['spec'], wanted, digest));
    if (!ours)
        throw (0,log_entry/* invalidEntry */.gH)(url, 'it is about another signature, key or digest');
}
function isOurDsse(spec, wanted, digest) {
    const signatures = (0,json_shape.at)(spec, 'signatures');
    const only = Array.isArray(signatures) && signatures.length === 1 ? signatures[0] : undefined;
    return ((0,json_shape.at)(spec, 'payloadHash', 'algorithm') === 'sha256' &&
        (0,json_shape.at)(spec, 'payloadHash', 'value') === digest &&
        (0,log_entry/* isBase64Of */.dL)((0,json_shape.at)(only, 'signature'), wanted.signature) &&
        (0,log_entry/* isPemOf */.YZ)((0,json_shape.at)(only, 'verifier'), wanted.certificate));
}
function isOurHashedRekord(spec, wanted, digest) {
    return ((0,json_shape.at)(spec, 'data', 'hash', 'algorithm') === 'sha256' &&
        (0,json_shape.at)(spec, 'data', 'hash', 'value') === digest &&
        (0,log_entry/* isBase64Of */.dL)((0,json_shape.at)(spec, 'signature', 'content'), wanted.signature) &&
        (0,log_entry/* isPemOf */.YZ)((0,json_shape.at)(spec, 'signature', 'publicKey', 'content'), wanted.certificate));
}

;// CONCATENATED MODULE: ./.build/js/src/sigstore/signing/transparency-log-v2.js





const CHECKPOINT_WAIT_MS = 20_000;
const KEY_DETAILS = 'PKIX_ECDSA_P256_SHA_256';
async function enterIntoLogV2(call, { http, url: baseUrl }, entry) {
    const verifier = { x509Certificate: { rawBytes: (0,json_shape/* toBase64 */.nk)(entry.certificate) }, keyDetails: KEY_DETAILS };
    const post = {
        service: 'log',
        method: 'POST',
        url: joinUrl(baseUrl, '/api/v2/log/entries'),
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({
            hashedRekordRequestV002: {
                digest: (0,json_shape/* toBase64 */.nk)(entry.digest),
                signature: { content: (0,json_shape/* toBase64 */.nk)(entry.signature), verifier },
            },
        }),
        maxBytes: log_entry/* MAX_LOG_ANSWER_BYTES */.jK,
        retry: true,
        leastTimeoutMs: CHECKPOINT_WAIT_MS,
        notAfter: call.due,
    };
    const response = await callService(call, { http, codes: log_entry/* LOG_CODES */.G2 }, post);
    if (response.status === 409)
        return undefined;
    if (response.status !== 201 && response.status !== 200) {
        throw refusedBy(post, response, log_entry/* LOG_CODES */.G2);
    }
    return transparency_log_v2_parseEntry(baseUrl, response.body, entry);
}
function transparency_log_v2_parseEntry(url, answer, wanted) {
    const entry = (0,json_shape/* parseJson */.qF)(answer);
    const body = (0,json_shape/* fromBase64 */.Ey)((0,json_shape.at)(entry, 'canonicalizedBody'));
    const keyId = (0,json_shape/* fromBase64 */.Ey)((0,json_shape.at)(entry, 'logId', 'keyId'));
    const logIndex = (0,json_shape/* toDecimal */.nI)((0,json_shape.at)(entry, 'logIndex') ?? '0');
    const proofIndex = (0,json_shape/* toDecimal */.nI)((0,json_shape.at)(entry, 'inclusionProof', 'logIndex') ?? '0');
    const treeSize = (0,json_shape/* toDecimal */.nI)((0,json_shape.at)(entry, 'inclusionProof', 'treeSize'));
    const rootHash = (0,json_shape/* fromBase64 */.Ey)((0,json_shape.at)(entry, 'inclusionProof', 'rootHash'));
    const checkpoint = (0,json_shape.at)(entry, 'inclusionProof', 'checkpoint', 'envelope');
    const listed = (0,json_shape.at)(entry, 'inclusionProof', 'hashes') ?? [];
    const hashes = Array.isArray(listed) && listed.length <= log_entry/* MAX_PROOF_HASHES */.XF ? listed.map(json_shape/* fromBase64 */.Ey) : [undefined];
    const complete = hashes.filter((hash) => hash?.length === 32);
    if (!body || !keyId || !logIndex || typeof checkpoint !== 'string' || checkpoint === '') {
        throw (0,log_entry/* invalidEntry */.gH)(url, 'canonicalizedBody, logId, logIndex or checkpoint is missing or malformed');
    }
    if (!proofIndex || !treeSize || rootHash?.length !== 32 || complete.length !== hashes.length) {
        throw (0,log_entry/* invalidEntry */.gH)(url, 'its inclusion proof is missing or malformed');
    }
    if (!isOurs(entry, body, wanted)) {
        throw (0,log_entry/* invalidEntry */.gH)(url, 'it is about another signature, key or digest');
    }
    return {
        url,
        logIndex,
        keyId,
        kind: 'hashedrekord',
        version: '0.0.2',
        integratedTime: '0',
        signedEntryTimestamp: undefined,
        proof: { logIndex: proofIndex, treeSize, rootHash, hashes: complete, checkpoint },
        body,
    };
}
function isOurs(entry, bytes, wanted) {
    const body = (0,json_shape/* parseJson */.qF)(bytes);
    const spec = (0,json_shape.at)(body, 'spec', 'hashedRekordV002');
    return ((0,json_shape.at)(entry, 'kindVersion', 'kind') === 'hashedrekord' &&
        (0,json_shape.at)(entry, 'kindVersion', 'version') === '0.0.2' &&
        (0,json_object/* isJsonObject */.O)(body) &&
        (0,log_entry/* isKind */.VF)(body, 'hashedrekord', '0.0.2') &&
        (0,json_shape.at)(spec, 'data', 'algorithm') === 'SHA2_256' &&
        (0,log_entry/* isBase64Of */.dL)((0,json_shape.at)(spec, 'data', 'digest'), wanted.digest) &&
        (0,log_entry/* isBase64Of */.dL)((0,json_shape.at)(spec, 'signature', 'content'), wanted.signature) &&
        (0,json_shape.at)(spec, 'signature', 'verifier', 'keyDetails') === KEY_DETAILS &&
        (0,log_entry/* isBase64Of */.dL)((0,json_shape.at)(spec, 'signature', 'verifier', 'x509Certificate', 'rawBytes'), wanted.certificate));
}

;// CONCATENATED MODULE: ./.build/js/src/sigstore/signing/signer.js












const MAX_ATTEMPTS = 3;
function createSigner(options) {
    const { http, clock } = options;
    const logged = [];
    let selected;
    const services = (call) => {
        selected ??= options
            .signingConfig(call)
            .then((config) => selectServices(config, { at: clock.now(), random: options.random, ...options.formats }));
        return selected;
    };
    let warm = false;
    const warmUp = (call) => {
        if (warm)
            return;
        warm = true;
        const { expectedServices = [] } = options;
        for (const origin of expectedServices)
            http.preconnect(origin);
        services(call).then((chosen) => {
            const others = urlsOf(chosen).filter((url) => !expectedServices.includes(new URL(url).origin));
            for (const url of others)
                http.preconnect(url);
        }, () => undefined);
    };
    const openWitnesses = ({ logs, legacyLogs, tsas }, signatures) => {
        const counts = new Map();
        for (const url of new Set([...[...logs, ...legacyLogs].map((log) => log.url), ...tsas])) {
            const { origin } = new URL(url);
            counts.set(origin, (counts.get(origin) ?? 0) + signatures);
        }
        for (const [origin, atLeast] of counts)
            http.preconnect(origin, { atLeast });
    };
    const credentials = createCredentialSource({
        http,
        clock,
        identityToken: options.identityToken,
        caUrl: async (call) => (await services(call)).ca,
    });
    const remember = (entry) => {
        logged.push({ url: entry.url, index: Number(entry.logIndex) });
        return entry;
    };
    async function witness(call, { enter, tsas, ...stamp }) {
        const [entries, timestamps] = await Promise.all([
            Promise.allSettled(enter.map(async (ask) => ask().then((entry) => entry && remember(entry)))),
            Promise.allSettled(tsas.map((url) => requestTimestamp(call, http, { url, ...stamp }))),
        ]);
        const made = unwrap(entries);
        const complete = made.filter((entry) => entry !== undefined);
        const stamps = unwrap(timestamps);
        return complete.length === made.length ? { entries: complete, timestamps: stamps } : undefined;
    }
    async function signed(call, attempt) {
        for (let tries = 0; tries < MAX_ATTEMPTS; tries += 1) {
            const credential = await credentials.credential(call);
            call.due.throwIfAborted();
            const made = await attempt(credential);
            const inTime = clock.now().getTime() < credential.certificate.notAfter.getTime();
            if (made !== undefined && inTime)
                return made;
        }
        throw new sigstore_error/* SigstoreError */.F('LOG_INVALID', `could not log a fresh signature in ${MAX_ATTEMPTS} attempts`, {
            hint: 'The log keeps reporting that the entry already exists, or takes longer than certificates are valid. ' +
                'Try again later.',
        });
    }
    async function signEnvelope(call, payload, logs) {
        const { tsas } = await services(call);
        const tbs = preAuthEncoding(payload);
        return signed(call, async ({ privateKey, certificate }) => {
            const signature = (0,external_node_crypto_.sign)('sha256', tbs, privateKey);
            const envelope = dsseEnvelope(payload, signature);
            const about = { signature, certificate: certificate.der };
            const enter = logs.map(({ url, version }) => () => {
                const log = { http, url };
                if (version === 2)
                    return enterIntoLogV2(call, log, { ...about, digest: sha256(tbs) });
                const dsse = { kind: 'dsse', envelope: JSON.stringify(envelope), certificatePem: certificate.pem };
                return enterIntoLogV1(call, log, { ...about, ...dsse, digest: sha256(payload) });
            });
            const proofs = await witness(call, { enter, tsas, signature, withCertificate: false });
            if (proofs === undefined)
                return undefined;
            return { envelope, material: { certificate: certificate.der, ...proofs }, certificate };
        });
    }
    return {
        async identity(call) {
            warmUp(call);
            const token = await credentials.token(call);
            return expectedIdentity(token.claims, { serverUrl: options.serverUrl });
        },
        async prepare(call, signatures) {
            warmUp(call);
            services(call).then((chosen) => openWitnesses(chosen, signatures), () => undefined);
            await credentials.credential(call);
        },
        async signStatement(call, payload, subject) {
            const { logs } = await services(call);
            const { envelope, material } = await signEnvelope(call, payload, logs);
            const bundle = dsseBundle(material, envelope);
            const candidate = { format: 'bundle', digest: (0,image_digest/* digestOf */.ol)(bundle), bundle };
            const facts = await (0,self_verification/* verifyOwn */.e)(call, options.verify, { candidate, subject });
            return made({ format: 'bundle', bundle, layer: undefined, facts, entry: material.entries[0] });
        },
        async signAttestation(call, payload, what) {
            const { attestationLayer, verifyOwnAttestation } = await __webpack_require__.e(/* import() */ 326).then(__webpack_require__.bind(__webpack_require__, 4326));
            const chosen = await services(call);
            const isLegacy = what.forms.includes('legacy');
            const logs = isLegacy ? [requireLegacyLog(chosen.legacyLogs)] : chosen.logs;
            const { envelope, material, certificate } = await signEnvelope(call, payload, logs);
            const entry = material.entries[0];
            const bundle = attestationBundle(material, envelope);
            const layer = isLegacy && entry !== undefined
                ? attestationLayer(JSON.stringify(envelope), what.predicateType, { certificate, entry })
                : undefined;
            const facts = await verifyOwnAttestation(call, options.verify, { what, payload, bundle, layer });
            return made({ format: 'bundle', bundle, layer, facts, entry });
        },
        async signLegacyPayload(call, payload, subject) {
            const chosen = await services(call);
            const log = requireLegacyLog(chosen.legacyLogs);
            const { layer, bundle, entry } = await signed(call, async ({ privateKey, certificate }) => {
                const signature = (0,external_node_crypto_.sign)('sha256', payload, privateKey);
                const digest = sha256(payload);
                const entryOf = { kind: 'hashedrekord', signature, certificate: certificate.der, digest };
                const enter = () => enterIntoLogV1(call, { http, url: log.url }, { ...entryOf, certificatePem: certificate.pem });
                const proofs = await witness(call, {
                    enter: [enter],
                    tsas: chosen.tsas.slice(0, 1),
                    signature,
                    withCertificate: true,
                });
                const entry = proofs?.entries[0];
                if (proofs === undefined || entry === undefined)
                    return undefined;
                const { pem: certificatePem, chainPem } = certificate;
                const timestamp = proofs.timestamps[0];
                return {
                    layer: (0,legacy_signature/* legacyLayer */.F)({ payload, signature, certificatePem, chainPem, entry, timestamp }),
                    bundle: messageBundle({ certificate: certificate.der, ...proofs }, digest, signature),
                    entry,
                };
            });
            const candidate = {
                format: 'legacy',
                digest: (0,image_digest/* digestOf */.ol)(payload),
                payload,
                annotations: layer.annotations,
            };
            const facts = await (0,self_verification/* verifyOwn */.e)(call, options.verify, { candidate, subject });
            return made({ format: 'legacy', bundle, layer, facts, entry });
        },
        loggedEntries: () => [...logged],
        async hosts(call) {
            return [...new Set(urlsOf(await services(call)).map((url) => new URL(url).host))];
        },
    };
}
function made({ facts, entry, ...written }) {
    return {
        ...written,
        identity: { issuer: facts.identity.issuer, subject: facts.identity.subject, claims: facts.identity.claims },
        log: entry && { url: entry.url, index: Number(entry.logIndex) },
        isReadByLog: entry?.kind === 'dsse',
        signedAt: facts.provenTimes[0] ?? new Date(Number.NaN),
    };
}
function urlsOf(services) {
    const logs = [...services.logs, ...services.legacyLogs].map((log) => log.url);
    return [...new Set([services.ca, ...logs, ...services.tsas])];
}
function requireLegacyLog(logs) {
    const log = logs[0];
    if (log !== undefined)
        return log;
    throw new sigstore_error/* SigstoreError */.F('INPUT_INVALID', 'a legacy signature was requested, but no Rekor v1 log is selected for this run');
}
function unwrap(results) {
    return results.map((result) => {
        if (result.status === 'rejected')
            throw result.reason;
        return result.value;
    });
}
function sha256(bytes) {
    return (0,external_node_crypto_.createHash)('sha256').update(bytes).digest();
}

;// CONCATENATED MODULE: ./.build/js/src/usecases/call-context.js
function callWithin(deadline, { retries, log }) {
    return { signal: deadline.end, due: deadline.due, finish: () => deadline.finish(), retries, log };
}

// EXTERNAL MODULE: ./.build/js/src/usecases/signing/preflight.js
var preflight = __webpack_require__(1757);
// EXTERNAL MODULE: ./.build/js/src/usecases/signing/sign-images.js + 1 modules
var sign_images = __webpack_require__(6898);
;// CONCATENATED MODULE: ./.build/js/src/entries/action/late-optimizing.js
async function optimizeLater() {
    const { setFlagsFromString } = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 8877, 19));
    setFlagsFromString('--invocation-count-for-maglev=8000');
    setFlagsFromString('--invocation-count-for-maglev-osr=1000');
    setFlagsFromString('--invocation-count-for-turbofan=60000');
    setFlagsFromString('--invocation-count-for-osr=5000');
}

;// CONCATENATED MODULE: ./.build/js/src/http/retry-budget.js
const ATTEMPT_MAX_MS = 30_000;
const ATTEMPT_MIN_MS = 5_000;
function createRetryBudget(totalMs) {
    let all = [];
    const byOrigin = new Map();
    return {
        spend(fromMs, toMs, origin) {
            if (!(toMs > fromMs))
                return;
            all = unite(all, [fromMs, toMs]);
            byOrigin.set(origin, unite(byOrigin.get(origin) ?? [], [fromMs, toMs]));
        },
        remainingMs: () => Math.max(0, totalMs - lengthOf(all)),
        attemptMs(origin) {
            if (totalMs <= 0)
                return ATTEMPT_MAX_MS;
            const least = Math.min(ATTEMPT_MIN_MS, Math.max(500, totalMs / 10));
            const leftMs = totalMs - lengthOf(byOrigin.get(origin) ?? []);
            return Math.min(ATTEMPT_MAX_MS, Math.max(least, leftMs / 3));
        },
    };
}
function unite(intervals, [fromMs, toMs]) {
    let [from, to] = [fromMs, toMs];
    const apart = [];
    for (const interval of intervals) {
        if (interval[1] < from || interval[0] > to)
            apart.push(interval);
        else
            [from, to] = [Math.min(from, interval[0]), Math.max(to, interval[1])];
    }
    return [...apart, [from, to]].sort((a, b) => a[0] - b[0]);
}
function lengthOf(intervals) {
    return intervals.reduce((sum, [from, to]) => sum + to - from, 0);
}
function backoffMs(attempt, random) {
    return random() * Math.min(10_000, 250 * 2 ** (attempt - 1));
}

;// CONCATENATED MODULE: ./.build/js/src/entries/action/run-budget.js



function createRunBudget(source, absentMs) {
    return createRetryBudget(readRetryFor((0,read_value/* quietReading */.rP)(source), absentMs));
}

// EXTERNAL MODULE: ./.build/js/src/github/committed-file.js
var committed_file = __webpack_require__(1438);
;// CONCATENATED MODULE: ./.build/js/src/http/admit-public.js

function admitPublic(privateHosts) {
    return ({ hostname, protocol, port }, address) => {
        if ((0,network_host/* isAddressLiteral */.oe)(address) && !(0,network_host/* isPrivateHost */.Sf)(address))
            return true;
        const host = hostname.includes(':') && !hostname.startsWith('[') ? `[${hostname}]` : hostname;
        const url = `${protocol}//${host}${port === '' ? '' : `:${port}`}`;
        return URL.canParse(url) && (0,network_host/* isListedHost */.cQ)(new URL(url), privateHosts);
    };
}

// EXTERNAL MODULE: ./.build/js/src/domain/calls/on-abort.js
var on_abort = __webpack_require__(8900);
// EXTERNAL MODULE: ./.build/js/src/http/certificate-request.js
var certificate_request = __webpack_require__(9549);
// EXTERNAL MODULE: ./.build/js/src/http/race-addresses.js + 1 modules
var race_addresses = __webpack_require__(8150);
;// CONCATENATED MODULE: ./.build/js/src/http/http-failure.js




function isTransient(error) {
    switch (error.failure) {
        case 'connect':
        case 'dns':
        case 'reset':
        case 'timeout':
        case 'truncated':
            return true;
        case 'tls':
            return codesOf(error.cause).some((code) => code === 'ECONNRESET' || code === 'EPROTO');
        case 'proxy':
        case 'private-address':
        case 'client-certificate':
        case 'too-large':
        case 'aborted':
        case 'protocol':
            return false;
    }
}
function isUnknownHost(error) {
    return error.failure === 'dns' && codesOf(error.cause).includes('ENOTFOUND');
}
function isSilentRefusal(error) {
    return error.failure === 'client-certificate' && !isRefusedByAlert(error.cause);
}
function withCertificate(error, { isPresented, hasAnswered }) {
    if (!(error instanceof http_error/* HttpError */.j))
        return error;
    const { failure, message, cause } = error;
    if (failure === 'reset' && !hasAnswered && codesOf(cause).includes(certificate_request/* CERTIFICATE_ASKED */.fc)) {
        const text = `${message}, after the server had asked for a client certificate`;
        return new http_error/* HttpError */.j('client-certificate', text, { cause, presentedCertificate: isPresented });
    }
    if (failure !== 'client-certificate')
        return error;
    return new http_error/* HttpError */.j(failure, message, { cause, presentedCertificate: isPresented });
}
function toHttpError(error, what, answering) {
    if (error instanceof http_error/* HttpError */.j)
        return error;
    const codes = codesOf(error);
    const failure = isRefusedByAlert(error) ? 'client-certificate' : failureOf(codes, answering);
    const [code] = codes;
    const said = error instanceof Error ? error.message : String(error);
    const detail = code === undefined || SAYING_CODES.includes(code) ? said : code;
    return new http_error/* HttpError */.j(failure, `${what}: ${DESCRIPTIONS[failure]} (${detail})`, { cause: error });
}
const SAYING_CODES = [proxy_settings/* UNUSABLE_PROXY */.fB, 'UND_ERR_ABORTED'];
const DESCRIPTIONS = {
    connect: 'cannot connect',
    dns: 'the host name does not resolve',
    'private-address': 'the host is on a private network, and is not listed as one that may be asked',
    proxy: 'the proxy cannot be used',
    tls: 'cannot establish a trusted TLS connection',
    'client-certificate': 'the server asks for a client certificate that it accepts',
    reset: 'the connection was lost before a response',
    timeout: 'no response in time',
    truncated: 'the response was cut off',
    'too-large': 'the response is too large',
    aborted: 'canceled',
    protocol: 'the response is not valid HTTP',
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
        if (code === race_addresses/* PRIVATE_ADDRESS */.j)
            return 'private-address';
        if (code === proxy_settings/* UNUSABLE_PROXY */.fB)
            return 'proxy';
        if (code === 'UND_ERR_ABORTED')
            return 'connect';
    }
    return 'protocol';
}
function isRefusedByAlert(error) {
    return errorsIn(error).some(certificate_request/* isCertificateAlert */.cS);
}
function codesOf(error) {
    return errorsIn(error)
        .map((one) => Reflect.get(one, 'code'))
        .filter((code) => typeof code === 'string');
}
function errorsIn(error) {
    const errors = [];
    const visit = (value, depth) => {
        if (!(value instanceof Error) || depth > 4)
            return;
        errors.push(value);
        if (value instanceof AggregateError)
            for (const part of value.errors)
                visit(part, depth + 1);
        visit(value.cause, depth + 1);
    };
    visit(error, 0);
    return errors;
}

;// CONCATENATED MODULE: ./.build/js/src/http/network-time.js
const QUIET_TURNS = 2;
const LAST_TURNS_MAX = 256;
function networkTimeMs(clock) {
    return clock.now().getTime() - (performance.now() - idleMs());
}
function idleMs() {
    return performance.nodeTiming.idleTime;
}
function network_time_startDeadline({ ms, progress, onExpired }) {
    const startedMs = idleMs();
    let timer;
    let turn;
    const check = () => {
        const leftMs = ms - (idleMs() - startedMs);
        if (leftMs >= 1)
            timer = setTimeout(check, leftMs);
        else
            lastTurns(progress(), 0, 0);
    };
    const lastTurns = (seen, quiet, turns) => {
        if (quiet >= QUIET_TURNS || turns >= LAST_TURNS_MAX) {
            onExpired();
            return;
        }
        turn = setImmediate(() => {
            const now = progress();
            lastTurns(now, now === seen ? quiet + 1 : 0, turns + 1);
        });
    };
    timer = setTimeout(check, ms);
    return () => {
        clearTimeout(timer);
        clearImmediate(turn);
    };
}

;// CONCATENATED MODULE: ./.build/js/src/http/received-body.js
const APART_MAX = 1024;
function createReceivedBody() {
    const joined = [];
    let apart = [];
    return {
        add(piece) {
            apart.push(piece);
            if (apart.length < APART_MAX)
                return;
            joined.push(Buffer.concat(apart));
            apart = [];
        },
        bytes: () => Buffer.concat([...joined, ...apart]),
    };
}

;// CONCATENATED MODULE: ./.build/js/src/http/attempt.js





async function attemptRequest(dispatcher, attempt) {
    const raw = await new Promise((resolve, reject) => {
        const { request, url, what, timeoutMs, signal } = attempt;
        const body = createReceivedBody();
        let head;
        let received = 0;
        let abort;
        let failure;
        const finish = () => {
            stopDeadline();
            forgetAbort();
        };
        const fail = (error) => {
            failure ??= error;
            finish();
            reject(failure);
            abort?.(failure);
        };
        const cancel = () => fail(new http_error/* HttpError */.j('aborted', `${what}: canceled`, { cause: signal.reason }));
        let forgetAbort = () => undefined;
        const stopDeadline = network_time_startDeadline({
            ms: timeoutMs,
            progress: () => received + (head === undefined ? 0 : 1),
            onExpired: () => {
                const where = head === undefined ? 'no response' : 'no complete response';
                fail(new http_error/* HttpError */.j('timeout', `${what}: ${where} within ${Math.round(timeoutMs)} ms`));
            },
        });
        forgetAbort = (0,on_abort/* onAbort */.u)(signal, cancel);
        if (signal.aborted)
            return;
        const handlers = {
            onConnect(abortRequest) {
                if (failure === undefined)
                    abort = abortRequest;
                else
                    abortRequest(failure);
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
                    fail(new http_error/* HttpError */.j('too-large', `${what}: the response has more than ${request.maxBytes} bytes`));
                    return false;
                }
                body.add(chunk);
                return true;
            },
            onComplete() {
                finish();
                const response = head;
                if (response === undefined) {
                    reject(new http_error/* HttpError */.j('protocol', `${what}: a response without a status and headers`));
                    return;
                }
                queueMicrotask(() => setImmediate(() => resolve({ ...response, body: body.bytes() })));
            },
            onUpgrade() {
                fail(new http_error/* HttpError */.j('protocol', `${what}: an unrequested upgrade`));
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
    const body = await attempt_decode(raw.body, headers['content-encoding'], attempt);
    return { status: raw.status, headers, headersDistinct, body, url: attempt.url };
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
async function attempt_decode(body, encoding, { request, what }) {
    const coding = encoding?.trim().toLowerCase() ?? '';
    if (coding === '' || coding === 'identity' || body.length === 0)
        return body;
    if (coding !== 'gzip' && coding !== 'x-gzip') {
        throw new http_error/* HttpError */.j('protocol', `${what}: Content-Encoding is neither identity nor gzip`);
    }
    const { gunzipSync } = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 8522, 19));
    try {
        return gunzipSync(body, { maxOutputLength: request.maxBytes });
    }
    catch (cause) {
        const tooLarge = cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE';
        throw tooLarge
            ? new http_error/* HttpError */.j('too-large', `${what}: the response has more than ${request.maxBytes} bytes`, { cause })
            : new http_error/* HttpError */.j('protocol', `${what}: the response is not valid gzip, contrary to its Content-Encoding`, {
                cause,
            });
    }
}

// EXTERNAL MODULE: ./.build/js/src/http/connectors.js
var connectors = __webpack_require__(8540);
;// CONCATENATED MODULE: ./.build/js/src/http/connections.js




const HEADERS_MAX_BYTES = 32 * 1024;
const ALL_SPARE_MAX = 128;
const SPARE_MS = 60_000;
const POOLS_MAX = 128;
function createConnections(options) {
    const pools = new Map();
    const beingMade = new Map();
    const { spareMs = SPARE_MS, poolsMax = POOLS_MAX } = options;
    const spare = new Map();
    const spareSockets = new Set();
    let loading;
    let closed = false;
    const poolOptions = {
        connections: options.maxConnectionsPerOrigin,
        pipelining: 1,
        maxHeaderSize: HEADERS_MAX_BYTES,
        headersTimeout: 0,
        bodyTimeout: 0,
    };
    const load = () => {
        loading ??= (0,connectors/* loadConnectors */.d)(options);
        loading.catch(() => {
            loading = undefined;
        });
        return loading;
    };
    const routeOf = ({ url, withClientCertificate }) => {
        const certificate = withClientCertificate
            ? options.clientCertificates?.find(({ origin }) => origin === url.origin)
            : undefined;
        const proxy = (0,proxy_settings/* proxyFor */.iJ)(url, options.proxy);
        const how = [certificate && 'with a client certificate', proxy && `by ${proxy.origin}`];
        return { key: [url.origin, ...how.filter((one) => one !== undefined)].join(' '), url, proxy, certificate };
    };
    const takeSpare = (key) => {
        const list = spare.get(key);
        const taken = list?.shift();
        if (list?.length === 0)
            spare.delete(key);
        return taken;
    };
    const dropSpare = (key, promise) => {
        const list = spare.get(key);
        const index = list?.indexOf(promise) ?? -1;
        if (index >= 0)
            list?.splice(index, 1);
        if (list?.length === 0)
            spare.delete(key);
    };
    const withSpares = (key, open) => (target, done) => {
        const waiting = takeSpare(key);
        if (waiting === undefined) {
            open(target, done);
            return;
        }
        waiting.then((socket) => {
            spareSockets.delete(socket);
            socket.setTimeout(0).removeAllListeners('timeout');
            if (socket.destroyed || socket.readyState !== 'open')
                open(target, done);
            else
                done(null, socket);
        }, () => open(target, done));
    };
    const connectorsOf = (connectors, { certificate }) => certificate === undefined ? connectors.plain : connectors.presenting(certificate);
    const createPool = async (connectors, route) => {
        const peer = { asksForCertificate: false, hasAnswered: false, isPresented: route.certificate !== undefined };
        let count = 0;
        const connections = () => count;
        const observe = (open) => (target, done) => {
            count += 1;
            open(target, (error, socket) => {
                if (error !== null || socket === null)
                    count -= 1;
                else
                    socket.once('close', () => (count -= 1));
                peer.asksForCertificate ||= error === null && socket !== null && (0,certificate_request/* asksForCertificate */.$1)(socket);
                done(error, socket);
            });
        };
        const { key, url, proxy } = route;
        const target = await connectorsOf(connectors, route);
        const poolWith = (open) => {
            const connect = observe(withSpares(key, open));
            return new connectors.Pool(url.origin, { ...poolOptions, connect });
        };
        if (proxy === undefined)
            return keep(poolWith(target.race), { peer, connections });
        const { createProxyPool, createTunnels } = await __webpack_require__.e(/* import() */ 721).then(__webpack_require__.bind(__webpack_require__, 7721));
        const through = { proxy, connectors };
        if (url.protocol !== 'https:')
            return keep(await createProxyPool(through, poolOptions), { peer, connections });
        const tunnels = await createTunnels(through, target.open);
        return keep(poolWith(tunnels.open), { peer, connections }, tunnels);
    };
    const poolFor = async (to) => {
        const connectors = await load();
        const route = routeOf(to);
        const known = pools.get(route.key);
        if (known !== undefined)
            return touched(route.key, known);
        const making = beingMade.get(route.key) ?? { uses: 0, pool: createPool(connectors, route) };
        making.uses += 1;
        if (making.uses > 1)
            return making.pool;
        beingMade.set(route.key, making);
        try {
            const made = await making.pool;
            return touched(route.key, made, making.uses);
        }
        finally {
            beingMade.delete(route.key);
        }
    };
    const touched = (key, pool, uses = 1) => {
        pool.uses += uses;
        pools.delete(key);
        pools.set(key, pool);
        for (const [other, old] of pools) {
            if (pools.size <= poolsMax)
                break;
            if (old.uses > 0)
                continue;
            pools.delete(other);
            void old.destroy();
        }
        return pool;
    };
    const openerOf = async (to, route) => {
        if (route.proxy === undefined)
            return (await connectorsOf(await load(), route)).race;
        const pool = await poolFor(to);
        pool.uses -= 1;
        if (pool.tunnel === undefined)
            throw new Error('no tunnel');
        return pool.tunnel;
    };
    const preconnect = (to, { atLeast, idle } = {}) => {
        if (closed)
            return;
        const route = routeOf(to);
        const { key, url, proxy } = route;
        if (proxy !== undefined && url.protocol !== 'https:')
            return;
        const pool = pools.get(key);
        const all = (pool?.connections() ?? 0) + (spare.get(key)?.length ?? 0);
        const waiting = (pool?.idle() ?? 0) + (spare.get(key)?.length ?? 0);
        let missing = 1;
        if (atLeast !== undefined)
            missing = atLeast - all;
        else if (idle !== undefined)
            missing = idle - waiting;
        missing = Math.min(missing, options.maxConnectionsPerOrigin - all);
        for (let made = 0; made < missing; made += 1)
            openSpare(to, route);
    };
    const openSpare = (to, route) => {
        const { key, url } = route;
        const list = spare.get(key) ?? [];
        if (list.length >= options.maxConnectionsPerOrigin || spareSockets.size >= ALL_SPARE_MAX)
            return;
        spare.set(key, list);
        const opening = openerOf(to, route).then((open) => new Promise((resolve, reject) => {
            open(targetOf(url), (error, socket) => {
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
            socket.setTimeout(spareMs, () => socket.destroy());
            socket.once('close', () => {
                spareSockets.delete(socket);
                dropSpare(key, opening);
            });
        }, () => dropSpare(key, opening));
    };
    return {
        async use(to, send) {
            const pool = await poolFor(to);
            try {
                const result = await send(pool.dispatcher, pool.peer);
                pool.peer.hasAnswered = true;
                return result;
            }
            catch (error) {
                throw withCertificate(error, pool.peer);
            }
            finally {
                pool.uses -= 1;
            }
        },
        preconnect,
        async close() {
            closed = true;
            for (const socket of spareSockets)
                socket.destroy();
            spare.clear();
            await Promise.all([...pools.values()].map((pool) => pool.destroy()));
            pools.clear();
        },
    };
}
function keep(dispatcher, seen, tunnels) {
    const destroy = async () => {
        await Promise.all([dispatcher.destroy(), tunnels?.destroy()]);
    };
    const idle = () => ('stats' in dispatcher ? dispatcher.stats.free : 0);
    return { dispatcher, ...seen, idle, tunnel: tunnels?.open, destroy, uses: 0 };
}
function targetOf(url) {
    const hostname = url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname;
    return { hostname, host: url.host, protocol: url.protocol, port: url.port };
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
const MESSAGE_MAX = 4096;
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

;// CONCATENATED MODULE: ./.build/js/src/http/create-http-client.js










const RETRYABLE_STATUSES = [408, 429, 499, 500, 502, 503, 504, 522];
const MISTAKE_ATTEMPTS = 4;
const RETRY_AFTER_MIN_MS = 500;
function createHttpClient(options) {
    const connections = createConnections({
        proxy: options.proxy ?? {},
        caPems: options.caPems ?? [],
        clientCertificates: options.clientCertificates ?? [],
        admits: options.privateHosts === undefined ? undefined : admitPublic(options.privateHosts),
        early: options.privateHosts === undefined ? options.early : undefined,
        maxConnectionsPerOrigin: options.maxConnectionsPerOrigin ?? 64,
    });
    const insecureHosts = options.insecureHosts ?? [];
    let { onFirstSent, onNextSent } = options;
    let hasAnswer = false;
    const takeOnSent = () => {
        const taken = hasAnswer ? onNextSent : onFirstSent;
        if (hasAnswer)
            onNextSent = undefined;
        else
            onFirstSent = undefined;
        return taken;
    };
    const onEnd = () => {
        hasAnswer = true;
    };
    const context = { options, connections, insecureHosts, takeOnSent, onEnd };
    return {
        request: (call, request) => send(call, request, context),
        preconnect(url, { withClientCertificate = false, ...wanted } = {}) {
            try {
                connections.preconnect({ url: checkUrl(url, insecureHosts), withClientCertificate }, wanted);
            }
            catch {
            }
        },
        close: () => connections.close(),
    };
}
async function send(call, first, context) {
    const { options } = context;
    const { signal, retries: budget } = call;
    const url = checkUrl(first.url, context.insecureHosts);
    let request = first;
    const beginning = joinSignals(signal, first.notAfter);
    for (let attempt = 1;; attempt += 1) {
        if (beginning.aborted)
            throw givenUp(request, url, beginning.reason);
        const startedMs = networkTimeMs(options.clock);
        const outcome = await tryOnce(call, { request, url, attempt }, context);
        if ('error' in outcome && signal.aborted)
            throw givenUp(request, url, signal.reason);
        if (!request.retry || !isWorthRetrying(outcome, request, attempt))
            return settle(outcome);
        const endedMs = networkTimeMs(options.clock);
        budget.spend(startedMs, endedMs, url.origin);
        const waitMs = waitFor(outcome, attempt, options);
        if (waitMs > budget.remainingMs() || budget.remainingMs() <= 0)
            return settle(outcome);
        await sleepUntil(beginning, () => options.clock.sleep(waitMs, beginning), { request, url });
        budget.spend(endedMs, networkTimeMs(options.clock), url.origin);
        if (request.renew !== undefined)
            request = { ...request, ...(await request.renew()) };
    }
}
async function tryOnce(call, { request, url, attempt }, { options, connections, takeOnSent, onEnd }) {
    const what = create_http_client_describe(request, url);
    const startedMs = options.clock.now().getTime();
    const withAgent = { 'user-agent': options.userAgent ?? 'countersign', ...request.headers };
    const once = {
        request: { ...request, headers: withAgent },
        url,
        what,
        timeoutMs: Math.max(call.retries.attemptMs(url.origin), request.leastTimeoutMs ?? 0),
        signal: call.signal,
        onSent: takeOnSent(),
    };
    let outcome;
    try {
        const to = { url, withClientCertificate: request.withClientCertificate ?? false };
        outcome = {
            response: await connections.use(to, async (dispatcher, peer) => {
                const response = await attemptRequest(dispatcher, once);
                if (!peer.asksForCertificate)
                    return response;
                return { ...response, certificate: peer.isPresented ? 'presented' : 'missing' };
            }),
        };
    }
    catch (error) {
        outcome = { error: toHttpError(error, what, false) };
    }
    onEnd();
    const line = {
        service: request.service,
        method: request.method,
        url: `${url.origin}${url.pathname}`,
        status: 'response' in outcome ? outcome.response.status : outcome.error.failure,
        ms: options.clock.now().getTime() - startedMs,
        attempt,
    };
    options.trace?.(line, call);
    return outcome;
}
function isWorthRetrying(outcome, request, attempt) {
    if ('error' in outcome) {
        if (isUnknownHost(outcome.error) || isSilentRefusal(outcome.error))
            return attempt < MISTAKE_ATTEMPTS;
        return isTransient(outcome.error);
    }
    const { status } = outcome.response;
    return RETRYABLE_STATUSES.includes(status) && request.finalStatuses?.includes(status) !== true;
}
function waitFor(outcome, attempt, { clock, random }) {
    const jitterMs = backoffMs(attempt, random);
    if ('error' in outcome)
        return jitterMs;
    const { headers, body } = outcome.response;
    const asked = retryAfterMs(headers['retry-after'], body, clock.now());
    return asked === undefined ? jitterMs : Math.max(asked, RETRY_AFTER_MIN_MS) + jitterMs;
}
async function sleepUntil(signal, sleep, { request, url }) {
    try {
        await sleep();
        signal.throwIfAborted();
    }
    catch (error) {
        throw givenUp(request, url, signal.aborted ? signal.reason : error);
    }
}
function givenUp(request, url, reason) {
    if (reason instanceof coded_error/* CodedError */.AK)
        return reason;
    return new http_error/* HttpError */.j('aborted', `${create_http_client_describe(request, url)}: canceled`, { cause: reason });
}
function settle(outcome) {
    if ('error' in outcome)
        throw outcome.error;
    return outcome.response;
}
function checkUrl(value, insecureHosts) {
    const isReady = typeof value !== 'string' && !value.href.includes('#');
    const url = isReady ? value : URL.parse(String(value));
    if (url === null)
        throw new http_error/* HttpError */.j('protocol', 'not a URL');
    if (!isReady)
        url.hash = '';
    if (url.username !== '' || url.password !== '') {
        throw new http_error/* HttpError */.j('protocol', `${url.origin}: a URL must not contain a user name or password`);
    }
    if (!(0,network_host/* isAllowedUrl */.y2)(url, insecureHosts)) {
        throw new http_error/* HttpError */.j('protocol', `${url.origin}: only https is allowed (plain http: loopback, or hosts listed as insecure)`);
    }
    return url;
}
function create_http_client_describe(request, url) {
    return `${request.method} ${url.origin}${url.pathname}`;
}
function joinSignals(one, other) {
    if (other === undefined || one === other)
        return one;
    return AbortSignal.any([one, other]);
}

// EXTERNAL MODULE: ./.build/js/src/domain/calls/expiring-map.js
var expiring_map = __webpack_require__(3261);
;// CONCATENATED MODULE: ./.build/js/src/domain/calls/shared-work.js

const waiting = new WeakMap();
function soleCaller(call) {
    const seats = waiting.get(call);
    if (seats === undefined)
        return call;
    const calls = new Set([...seats].map((seat) => seat.call));
    const [only] = calls;
    return only === undefined || calls.size > 1 ? undefined : soleCaller(only);
}
function createSharedWork() {
    const running = new Map();
    const end = (key, one) => {
        if (running.get(key) === one)
            running.delete(key);
    };
    const begin = (key, first, work) => {
        const seats = new Set([first]);
        const controller = new AbortController();
        const { signal } = first.call;
        if (signal.aborted)
            controller.abort(signal.reason);
        const one = { seats, controller, answer: work(callFor(seats, controller.signal)) };
        running.set(key, one);
        const done = () => end(key, one);
        one.answer.then(done, done);
        return one;
    };
    const wait = (key, one, seat) => new Promise((resolve, reject) => {
        const { signal } = seat.call;
        const leave = () => {
            one.seats.delete(seat);
            if (one.seats.size > 0) {
                reject(signal.reason);
                return;
            }
            end(key, one);
            one.controller.abort(signal.reason);
        };
        one.seats.add(seat);
        one.answer.then(resolve, reject).finally((0,on_abort/* onAbort */.u)(signal, leave));
    });
    return {
        join(call, key, work) {
            const seat = { call, isLate: running.has(key) };
            return wait(key, running.get(key) ?? begin(key, seat, work), seat);
        },
    };
}
function callFor(seats, signal) {
    const all = (read) => [...seats].map((seat) => read(seat.call));
    const call = {
        signal,
        retries: {
            spend(fromMs, toMs, origin) {
                for (const seat of seats) {
                    if (!seat.isLate)
                        seat.call.retries.spend(fromMs, toMs, origin);
                    seat.isLate = false;
                }
            },
            remainingMs: () => Math.max(0, ...all(({ retries }) => retries.remainingMs())),
            attemptMs: (origin) => Math.max(0, ...all(({ retries }) => retries.attemptMs(origin))),
        },
        log: {
            info: (line) => void all(({ log }) => log.info(line)),
            debug: (line) => void all(({ log }) => log.debug(line)),
            warning: (line) => void all(({ log }) => log.warning(line)),
        },
    };
    waiting.set(call, seats);
    return call;
}

;// CONCATENATED MODULE: ./.build/js/src/domain/calls/call-memory.js


function createCallMemory(options) {
    const shared = (0,expiring_map/* createExpiringMap */.j)(options);
    const told = createTold();
    return {
        get(call, key) {
            const value = told.get(call, key) ?? shared.get(key);
            if (value !== undefined)
                told.set(call, key, value);
            return value;
        },
        set(call, key, value) {
            shared.set(key, value, options.lifetimeMs);
            told.set(call, key, value);
        },
    };
}
function createTold() {
    const byCall = new WeakMap();
    return {
        get(call, key) {
            const caller = soleCaller(call);
            return caller === undefined ? undefined : byCall.get(caller)?.get(key);
        },
        set(call, key, value) {
            const caller = soleCaller(call);
            if (caller === undefined)
                return;
            const values = byCall.get(caller) ?? new Map();
            byCall.set(caller, values.set(key, value));
        },
    };
}

;// CONCATENATED MODULE: ./.build/js/src/domain/calls/memo.js



function createMemo({ lifetimeMs, failureMs, ...options }) {
    const known = (0,expiring_map/* createExpiringMap */.j)(options);
    const told = createTold();
    const work = createSharedWork();
    const loadAndKeep = async (call, key, load) => {
        try {
            const value = await load(call);
            if (!call.signal.aborted)
                known.set(key, Promise.resolve(value), lifetimeMs);
            return value;
        }
        catch (error) {
            if (!call.signal.aborted) {
                const failure = Promise.reject(error);
                failure.catch(() => undefined);
                known.set(key, failure, failureMs);
            }
            throw error;
        }
    };
    return {
        get(call, key, load) {
            const answer = told.get(call, key) ?? known.get(key) ?? work.join(call, key, (joint) => loadAndKeep(joint, key, load));
            told.set(call, key, answer);
            return answer;
        },
    };
}

;// CONCATENATED MODULE: ./.build/js/src/oci/transport/advice.js
function completeAdvice(own) {
    return (problem) => own?.(problem) ?? neutralAdvice(problem);
}
function neutralAdvice(problem) {
    switch (problem.kind) {
        case 'right-missing':
            return problem.access === 'push' ? mayPush(problem.repository) : mayPull(problem.repository);
        case 'pull-forbidden':
            return 'The login must have the right to pull.';
        case 'push-forbidden':
            return mayPush(problem.repository);
        case 'login-missing':
            return 'No login was found for this registry.';
        case 'login-malformed':
            return 'Repair it, or log in again.';
        case 'login-helper-failed':
            return 'Log in again.';
        case 'token-host-unlisted':
            return `If this token server belongs to the registry, list ${problem.host} as one of its token hosts.`;
        case 'announces-http':
            return problem.isOwnHost ? announcesHttp(problem.registry) : foreignHttp(problem.host);
        case 'announces-port':
            return `The registry at ${problem.registry} calls itself ${problem.host}. ${EXTERNAL_URL} with the port.`;
        case 'certificate-missing':
            return `If ${problem.host} lets in only clients that have a certificate, give one for it, with its key.`;
        case 'certificate-refused':
            return `The host ${problem.host} did not accept the client certificate. Check that it is valid today, complete with its chain, and issued by an authority that ${problem.host} trusts.`;
        case 'certificate-elsewhere':
            return `The host ${problem.host} lets in only clients that have a certificate, and certificates are presented only to registries and their own token servers.`;
        case 'no-answer':
            return NO_ANSWER[problem.failure];
        case 'rate-limited':
            return 'The registry limits requests; try again later, or send fewer at a time.';
        case 'outage':
            return 'The registry has an outage; try again, or allow more time for retries.';
    }
}
const EXTERNAL_URL = 'Its proxy must pass on the Host and X-Forwarded-Proto headers, or its external URL must be set (distribution: REGISTRY_HTTP_HOST; Harbor, GitLab: external_url)';
function announcesHttp(registry) {
    return `A proxy ends TLS before ${registry}, which therefore announces http. ${EXTERNAL_URL}. A login does not help.`;
}
function foreignHttp(host) {
    return `A registry on https may lead only to https. Configure the registry to announce ${host} with https, or to serve the content itself.`;
}
function mayPush({ path }) {
    return `It must have the right to push to ${path}.`;
}
function mayPull({ path }) {
    return `It must have the right to pull from ${path}.`;
}
const NO_ANSWER = {
    dns: 'Check the registry name in the image reference.',
    tls: 'If the registry uses a private certificate authority, add the certificate of that authority to the trusted ones.',
    proxy: 'Write it as http://host:port, percent-encode special characters in the password, or unset it.',
    connect: 'Check that the registry can be reached from here (proxy, firewall).',
    protocol: 'Plain http is allowed only for loopback and for registries that are listed as insecure.',
};
function adviseOnFailure(advise, failure) {
    return isFixable(failure) ? advise({ kind: 'no-answer', failure }) : undefined;
}
function isFixable(failure) {
    return Object.hasOwn(NO_ANSWER, failure);
}
function adviseOnStatus(advise, status) {
    if (status === 429)
        return advise({ kind: 'rate-limited' });
    return status >= 500 ? advise({ kind: 'outage' }) : undefined;
}

;// CONCATENATED MODULE: ./.build/js/src/oci/transport/credential.js
const anonymousCredentials = {
    find: () => Promise.resolve(undefined),
    describePlaces: () => 'nowhere, because access is anonymous',
};
function basicOf(credential) {
    return credential === undefined || credential.kind === 'registry-token' ? undefined : credential.basic;
}

;// CONCATENATED MODULE: ./.build/js/src/oci/transport/registry-error.js





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
const UNAVAILABLE_STATUSES = [408, 429, 499];
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
function answerError(what, response, hint) {
    const { codes, message } = readErrorBody(response);
    const safeCodes = codes.filter((code) => /^[A-Za-z0-9_ -]{1,60}$/.test(code));
    const words = [String(response.status), ...safeCodes.slice(0, 3)].join(' ');
    const place = `${response.url.origin}${response.url.pathname}`;
    const redirected = what.includes(place) ? '' : ` (redirected to ${(0,quoted/* quoted */.T)(place)})`;
    return new RegistryError(codeOf(response.status), `${what} returned ${words}${redirected}${message === '' ? '' : `: ${(0,quoted/* quoted */.T)(message)}`}`, {
        status: response.status,
        specCodes: codes,
        hint,
    });
}
function callError(error, callee, advise) {
    if (error instanceof RegistryError)
        return error;
    if (!(error instanceof http_error/* HttpError */.j))
        throw error;
    if (error.failure === 'client-certificate') {
        return new RegistryError('REGISTRY_DENIED', error.message, {
            cause: error,
            status: error.failure,
            hint: adviseOnCertificate(callee, error.presentedCertificate, advise),
        });
    }
    if (error.failure === 'private-address') {
        return new RegistryError('REGISTRY_DENIED', error.message, { cause: error, status: error.failure });
    }
    const invalid = error.failure === 'too-large' || error.failure === 'protocol';
    return new RegistryError(invalid ? 'REGISTRY_INVALID' : 'REGISTRY_UNAVAILABLE', error.message, {
        cause: error,
        status: error.failure,
        hint: adviseOnFailure(advise, error.failure),
    });
}
function refuseUncertified(response, what, callee, advise) {
    const problem = certificateProblem(response);
    if (problem === undefined)
        return;
    const why = problem === 'missing' ? 'asks for a client certificate' : 'refuses the client certificate';
    throw new RegistryError('REGISTRY_DENIED', `${what} returned ${response.status}: the server ${why}`, {
        status: response.status,
        hint: adviseOnCertificate(callee, problem === 'presented', advise),
    });
}
function certificateProblem({ status, body, headers, certificate }) {
    if (status === 495)
        return 'presented';
    if (status === 496)
        return 'missing';
    if (status !== 400)
        return undefined;
    const page = Buffer.from(body.subarray(0, PAGE_MAX)).toString('latin1');
    if (/No required SSL certificate was sent/i.test(page))
        return 'missing';
    if (/The SSL certificate error/i.test(page))
        return 'presented';
    return body.length === 0 && /^text\/html\b/i.test(headers['content-type'] ?? '') ? certificate : undefined;
}
const PAGE_MAX = 4096;
function adviseOnCertificate({ url, withClientCertificate }, isPresented, advise) {
    const { host } = url;
    if (isPresented)
        return advise({ kind: 'certificate-refused', host });
    return advise({ kind: withClientCertificate ? 'certificate-missing' : 'certificate-elsewhere', host });
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
        return [];
    }
    const list = (0,json_object/* isJsonObject */.O)(value) && Array.isArray(value['errors']) ? value['errors'] : [];
    return list.filter(json_object/* isJsonObject */.O).map((entry) => ({ code: toText(entry['code']), message: toText(entry['message']) }));
}
function toText(value) {
    return typeof value === 'string' ? value : '';
}

;// CONCATENATED MODULE: ./.build/js/src/oci/transport/registry-origin.js



function registryOrigin(registry, insecureRegistries) {
    if (registry === 'docker.io')
        return new URL('https://registry-1.docker.io');
    const plain = new URL(`http://${registry}`);
    return (0,network_host/* isAllowedUrl */.y2)(plain, insecureRegistries) ? plain : new URL(`https://${registry}`);
}
function apiUrl(origin, repository, rest) {
    return new URL(`/v2/${repository.path}/${rest}`, origin);
}
function resolveTarget(location, { from, registry, what, advise, }) {
    const refuse = (why, hint) => {
        const shown = location.split('?')[0] ?? '';
        const message = `${what} answered with a Location or Link that ${why}: ${(0,quoted/* quoted */.T)(shown)}`;
        return new RegistryError('REGISTRY_INVALID', message, { hint });
    };
    if (!URL.canParse(location, from.href))
        throw refuse('is not a URL');
    const target = new URL(location, from);
    target.hash = '';
    if (target.username !== '' || target.password !== '')
        throw refuse('contains a user name');
    if (target.protocol !== 'https:' && target.protocol !== 'http:')
        throw refuse('is neither https nor http');
    if (target.protocol === 'http:' && (from.protocol === 'https:' || registry.protocol === 'https:')) {
        throw refuse('leads from https to http', adviseOnHttp(target, registry, advise));
    }
    const isAllowed = !(0,network_host/* isPrivateHost */.Sf)(target.hostname) || target.hostname === registry.hostname || (0,network_host/* isLoopbackHost */.cW)(registry.hostname);
    if (!isAllowed) {
        const hint = 'If that is the storage of this registry, configure the registry to redirect to a host name, over https.';
        throw refuse('leads to a private address', hint);
    }
    return target;
}
function adviseOnHttp(target, registry, advise) {
    const isOwnHost = target.hostname === registry.hostname;
    return advise({ kind: 'announces-http', registry: registry.host, host: target.host, isOwnHost });
}
function isOtherPort(target, registry) {
    const areHttps = target.protocol === 'https:' && registry.protocol === 'https:';
    return areHttps && target.hostname === registry.hostname && target.port !== registry.port;
}
function routeOf({ pathname }) {
    const parts = decodePath(pathname).split('/');
    const [collection, reference = ''] = parts.slice(-2);
    const name = parts.slice(parts.indexOf('v2') + 1, -2).join('/');
    const isTags = collection === 'tags' && reference === 'list';
    const isRoute = collection === 'manifests' || collection === 'blobs' || collection === 'referrers' || isTags;
    if (!isRoute || !parts.slice(0, -3).includes('v2') || !/^[A-Za-z0-9._/-]+$/.test(name))
        return undefined;
    return { name, collection, reference };
}
function decodePath(path) {
    try {
        return decodeURIComponent(path);
    }
    catch {
        return path;
    }
}
function isSameHost(one, other) {
    return one.hostname === other.hostname || ((0,network_host/* isLoopbackHost */.cW)(one.hostname) && (0,network_host/* isLoopbackHost */.cW)(other.hostname));
}
function isForeignLiteral(target, registry) {
    return (0,network_host/* isAddressLiteral */.oe)(target.hostname) && !isSameHost(target, registry);
}

;// CONCATENATED MODULE: ./.build/js/src/oci/credentials/auth-file.js



const HUB_KEY = 'https://index.docker.io/v1/';
function parseAuthFile(text, name, format = 'docker') {
    const fields = parseObject(text, name);
    const isFlat = format === 'flat';
    const auths = isFlat ? fields : toObject(fields['auths'], name, 'auths');
    return {
        name,
        format,
        entries: Object.entries(auths).map(([key, value]) => ({ key, scope: scopeOfKey(key), fields: value })),
        credHelpers: isFlat ? {} : toObject(fields['credHelpers'], name, 'credHelpers'),
        credsStore: isFlat ? undefined : fields['credsStore'],
    };
}
function parseInlineAuths(text, name) {
    refuseOthers(parseObject(text, name), 'auths', name);
    const file = parseAuthFile(text, name);
    for (const entry of file.entries) {
        if (auth_file_parseEntry(entry, name) === undefined)
            throw malformed(name, `${inQuotes(entry.key)} has no "auth"`);
        refuseOthers(toObject(entry.fields, name, ''), 'auth', name);
    }
    return file;
}
function refuseOthers(fields, allowed, name) {
    const other = Object.keys(fields).find((key) => key !== allowed);
    if (other !== undefined)
        throw malformed(name, `it has the field ${inQuotes(other)} where only "${allowed}" is allowed`);
}
function findLogin(file, repository) {
    const rank = ({ key, scope }) => {
        if (file.format !== 'podman' && scope === 'docker.io') {
            if (key === HUB_KEY)
                return 0;
            if (key.includes('index.docker.io'))
                return 1;
        }
        return key === scope ? 2 : 3;
    };
    for (let scope = repository; scope !== ''; scope = scope.slice(0, Math.max(0, scope.lastIndexOf('/')))) {
        const entries = file.entries.filter((entry) => entry.scope === scope).sort((a, b) => rank(a) - rank(b));
        for (const entry of entries) {
            const login = auth_file_parseEntry(entry, file.name);
            if (login !== undefined)
                return { key: entry.key, login };
        }
    }
    return undefined;
}
function helperOf({ credHelpers, credsStore, name }, registry) {
    const aliases = registry === 'docker.io' ? [HUB_KEY, ...image_reference/* HUB_ALIASES */.zS] : [registry];
    const alias = aliases.find((one) => Object.hasOwn(credHelpers, one));
    const field = alias === undefined ? 'credsStore' : 'credHelpers';
    const suffix = (alias === undefined ? credsStore : credHelpers[alias]) ?? '';
    if (typeof suffix !== 'string')
        throw malformed(name, `${field} does not name a credential helper`);
    if (suffix === '')
        return undefined;
    if (!/^[A-Za-z0-9._-]+$/.test(suffix)) {
        throw malformed(name, `${inQuotes(suffix)} in ${field} is not the name of a credential helper`);
    }
    return { program: `docker-credential-${suffix}`, field };
}
function scopeOfKey(key) {
    const hadScheme = /^https?:\/\//i.test(key);
    const rest = (0,plain_text/* trimEnd */.s8)(key.replace(/^https?:\/\//i, ''), '/');
    const slash = rest.indexOf('/');
    const host = (slash < 0 ? rest : rest.slice(0, slash)).toLowerCase();
    const path = slash < 0 ? '' : rest.slice(slash + 1);
    const isNamespace = path !== '' && !hadScheme && path !== 'v1' && path !== 'v2';
    const registry = image_reference/* HUB_ALIASES */.zS.includes(host) ? 'docker.io' : host;
    return isNamespace ? `${registry}/${path}` : registry;
}
function auth_file_parseEntry({ key, fields }, name) {
    const entry = toObject(fields, name, inQuotes(key));
    const read = (field) => {
        const value = entry[field] ?? '';
        if (typeof value !== 'string')
            throw malformed(name, `${field} of ${inQuotes(key)} is not a string`);
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
function decodeAuth(auth, key, name) {
    const base64 = auth.replace(/[\r\n]/g, '');
    if (base64 === '')
        return undefined;
    const text = /^[A-Za-z0-9+/_-]+={0,2}$/.test(base64) ? Buffer.from(base64, 'base64').toString('utf8') : '';
    const colon = text.indexOf(':');
    if (colon < 0)
        throw malformed(name, `auth of ${inQuotes(key)} is not base64 of user:password`);
    return { username: text.slice(0, colon), password: (0,plain_text/* trimEnd */.s8)(text.slice(colon + 1), '\0') };
}
function parseObject(text, name) {
    let value;
    try {
        value = text.trim() === '' ? undefined : JSON.parse(text);
    }
    catch {
        throw malformed(name, 'it is not valid JSON');
    }
    return toObject(value, name, 'it');
}
function toObject(value, name, what) {
    const object = value ?? {};
    if (typeof object !== 'object' || Array.isArray(object))
        throw malformed(name, `${what} is not an object`);
    return object;
}
function inQuotes(text) {
    return JSON.stringify(text.slice(0, 100));
}
function malformed(name, why) {
    return new value_error/* ValueError */.Qp(`the registry logins in ${name} are malformed: ${why}`);
}

;// CONCATENATED MODULE: ./.build/js/src/oci/credentials/credential-helper.js


const NOT_FOUND = 'credentials not found in native keychain';
async function askHelper(call, asked) {
    const { run, program, server, advise } = asked;
    const fail = (why, cause, first = '') => new RegistryError('REGISTRY_DENIED', `the credential helper ${program} returned no login for ${server}: ${why}`, {
        cause,
        hint: `${first}${advise({ kind: 'login-helper-failed' })}`,
    });
    let answer;
    try {
        answer = await run(call, { program, args: ['get'], stdin: server });
    }
    catch (cause) {
        if (cause instanceof coded_error/* CodedError */.AK)
            throw cause;
        throw fail(cause instanceof Error ? cause.message : String(cause), cause);
    }
    const { exitCode, stdout } = answer;
    if (exitCode !== 0) {
        if (stdout.trim() === NOT_FOUND)
            return undefined;
        const said = stdout.trim() === '' ? 'no output' : 'output that is not shown because it may contain a login';
        const toRead = `To read it, run \`${program} get\` on the runner and write ${server} to its standard input. `;
        throw fail(`exit status ${exitCode} and ${said}`, undefined, stdout.trim() === '' ? '' : toRead);
    }
    let value;
    try {
        value = JSON.parse(stdout);
    }
    catch {
        throw fail('its output is not valid JSON');
    }
    if (typeof value !== 'object' || value === null)
        throw fail('its output is not an object');
    const { Username, Secret } = value;
    if (typeof Username !== 'string' || typeof Secret !== 'string')
        throw fail('its output has no Username or Secret');
    if (Secret === '')
        return undefined;
    return Username === '<token>'
        ? { username: Username, identityToken: Secret }
        : { username: Username, password: Secret };
}

;// CONCATENATED MODULE: ./.build/js/src/oci/credentials/pull-secrets.js





const TYPES = [
    { type: 'kubernetes.io/dockerconfigjson', key: '.dockerconfigjson', format: 'docker' },
    { type: 'kubernetes.io/dockercfg', key: '.dockercfg', format: 'flat' },
];
const FILE_MAX_CHARS = 256 * 1024;
const pull_secrets_ENTRIES_MAX = 1000;
const LOGINS_MAX = 10;
function parsePullSecret({ namespace, name, type, data }) {
    const kind = TYPES.find((one) => one.type === type);
    if (kind === undefined)
        return undefined;
    const shown = `pull secret ${namespace}/${name}`;
    const values = typeof data === 'object' && data !== null ? { ...data } : {};
    const encoded = values[kind.key];
    if (typeof encoded !== 'string')
        throw new value_error/* ValueError */.Qp(`${shown} has no ${kind.key}`);
    if (encoded.length > FILE_MAX_CHARS)
        throw new value_error/* ValueError */.Qp(`${shown} is larger than ${FILE_MAX_CHARS} characters`);
    const { entries } = parseAuthFile(Buffer.from(encoded, 'base64').toString('utf8'), shown, kind.format);
    if (entries.length > pull_secrets_ENTRIES_MAX)
        throw new value_error/* ValueError */.Qp(`${shown} has more than ${pull_secrets_ENTRIES_MAX} entries`);
    return { name: shown, entries };
}
function readPullSecrets(secrets) {
    try {
        return secrets.flatMap((secret) => parsePullSecret(secret) ?? []);
    }
    catch (error) {
        if (!(error instanceof value_error/* ValueError */.Qp))
            throw error;
        throw new RegistryError('REGISTRY_DENIED', error.message, {
            hint: 'Create the secret again with `kubectl create secret docker-registry`.',
        });
    }
}
function pullLoginsFor(secrets, repository) {
    const found = secrets.flatMap(({ name, entries }) => entries.flatMap((entry) => {
        const key = parseKey(entry.key);
        return key !== undefined && isMatch(key, repository) ? [{ name, entry, order: key.host + key.path }] : [];
    }));
    const ordered = found.toSorted((one, other) => (one.order === other.order ? 0 : one.order < other.order ? 1 : -1));
    return ordered.slice(0, LOGINS_MAX).flatMap(({ name, entry }) => {
        const login = auth_file_parseEntry(entry, name);
        return login === undefined ? [] : [{ source: `the entry ${(0,quoted/* quoted */.T)(entry.key, 100)} of ${name}`, login }];
    });
}
function parseKey(written) {
    const rest = written.replace(/^https?:\/\//i, '');
    const slash = rest.indexOf('/');
    const host = (slash < 0 ? rest : rest.slice(0, slash)).toLowerCase().replace(/:443$/, '');
    const path = slash < 0 ? '' : rest.slice(slash).replace(/^\/v[12](?=\/)/, '');
    return /^[a-z0-9._*?-]+(?::[0-9]+)?$/.test(host) ? { host, path: path === '/' ? '' : path } : undefined;
}
function isMatch(key, { registry, path }) {
    if (!`/${path}`.startsWith(key.path))
        return false;
    const hosts = image_reference/* HUB_ALIASES */.zS.includes(registry) ? image_reference/* HUB_ALIASES */.zS : [registry];
    return hosts.some((host) => isHostMatch(key.host, host));
}
function isHostMatch(pattern, host) {
    const [name = '', port = ''] = host.split(':');
    const [glob = '', globPort = ''] = pattern.split(':');
    const parts = name.split('.');
    const globs = glob.split('.');
    return port === globPort && globs.length === parts.length && globs.every((one, at) => isPart(one, parts[at] ?? ''));
}
function isPart(glob, text) {
    let [at, from, star, mark] = [0, 0, -1, 0];
    while (from < text.length) {
        if (glob[at] === '*') {
            star = at;
            at += 1;
            mark = from;
        }
        else if (glob[at] === '?' || (at < glob.length && glob[at] === text[from])) {
            at += 1;
            from += 1;
        }
        else if (star >= 0) {
            at = star + 1;
            mark += 1;
            from = mark;
        }
        else
            return false;
    }
    while (glob[at] === '*')
        at += 1;
    return at === glob.length;
}

;// CONCATENATED MODULE: ./.build/js/src/oci/credentials/credentials.js










const INLINE = 'DOCKER_AUTH_CONFIG';
const NOT_READ = 'logins of docker/login-action with a scope, of Buildx and of Helm are not read';
const credentials_FILE_MAX_BYTES = 1024 * 1024;
const LIFETIMES = { lifetimeMs: 5 * 60_000, failureMs: 10_000 };
function createCredentials(options) {
    if (options.isAnonymous === true)
        return anonymousCredentials;
    const { env } = options;
    const advise = completeAdvice(options.advice);
    const home = env['HOME'] || env['USERPROFILE'] || undefined;
    const { clock } = options;
    const files = createMemo({ clock, entriesMax: 64, ...LIFETIMES });
    const helpers = createMemo({ clock, entriesMax: 1024, ...LIFETIMES });
    const found = createMemo({ clock, entriesMax: 4096, ...LIFETIMES });
    const places = listPlaces(options, home);
    let isInlineIgnored = false;
    const refusing = (parse) => {
        try {
            return parse();
        }
        catch (error) {
            if (!(error instanceof value_error/* ValueError */.Qp))
                throw error;
            throw new RegistryError('REGISTRY_DENIED', error.message, { hint: advise({ kind: 'login-malformed' }) });
        }
    };
    const load = (call, { path, format }) => files.get(call, path, async () => {
        const text = await readAuthFile(options, path);
        return text === undefined ? undefined : refusing(() => parseAuthFile(text, path, format));
    });
    const loadInline = (call) => files.get(call, INLINE, async ({ log }) => {
        const text = env[INLINE] ?? '';
        try {
            return parseInlineAuths(text, INLINE);
        }
        catch (error) {
            if (!(error instanceof value_error/* ValueError */.Qp))
                throw error;
            isInlineIgnored = true;
            log.info(`${error.message}; ${INLINE} is ignored, as in Docker`);
            return undefined;
        }
    });
    const fromHelper = (call, { program, server, origin }) => helpers.get(call, `${program} ${server}`, async (joint) => {
        const login = await askHelper(joint, { run: options.runHelper, program, server, advise });
        if (login === undefined)
            return undefined;
        const source = `the credential helper ${program} (${origin}) for ${server}`;
        return toCredential(login, source, options.mask);
    });
    const fromFile = async (call, file, repository) => {
        const { registry } = repository;
        const helper = refusing(() => helperOf(file, registry));
        if (helper !== undefined) {
            const server = registry === 'docker.io' ? HUB_KEY : registry;
            return fromHelper(call, { program: helper.program, server, origin: `${helper.field} of ${file.name}` });
        }
        const found = refusing(() => findLogin(file, (0,image_reference/* formatRepository */.Sh)(repository)));
        if (found === undefined)
            return undefined;
        return toCredential(found.login, `the entry "${found.key}" of ${file.name}`, options.mask);
    };
    const search = async (call, repository) => {
        const { explicit } = options;
        if (explicit !== undefined && explicit.registry === repository.registry) {
            const login = { username: explicit.username, password: explicit.password };
            return toCredential(login, explicit.source, options.mask);
        }
        const pulling = refusing(() => pullLoginsFor(options.pullSecrets ?? [], repository)).flatMap(({ login, source }) => toCredential(login, source, options.mask) ?? []);
        const stored = await searchStored(call, repository);
        const [first, ...others] = [...pulling, ...(stored === undefined ? [] : [stored])];
        return first === undefined || others.length === 0 ? first : { ...first, others };
    };
    const searchStored = async (call, repository) => {
        const { fallback } = options;
        const inline = await loadInline(call);
        const first = inline === undefined ? undefined : await fromFile(call, inline, repository);
        if (first !== undefined)
            return first;
        for (const place of places) {
            const file = await load(call, place);
            const found = file === undefined ? undefined : await fromFile(call, file, repository);
            if (found !== undefined)
                return found;
        }
        if (fallback === undefined ||
            fallback.password === '' ||
            repository.registry !== fallback.registry ||
            registryOrigin(repository.registry, options.insecureRegistries ?? []).protocol !== 'https:') {
            return undefined;
        }
        options.mask(fallback.password);
        const basic = encodeBasic(fallback.username, fallback.password, options.mask);
        return { kind: 'basic', basic, source: fallback.source, isFallback: true };
    };
    return {
        find: (call, repository) => found.get(call, (0,image_reference/* formatRepository */.Sh)(repository), (joint) => search(joint, repository)),
        describePlaces: () => {
            const inline = isInlineIgnored ? `${INLINE} (ignored, see the log)` : INLINE;
            return `${[...(options.pullSecrets ?? []).map(({ name }) => name), inline, ...places.map(({ path }) => path)].join(', ')}; ${NOT_READ}`;
        },
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
        ...docker.map((path) => ({ path, format: 'docker' })),
        ...podman.map((path) => ({ path, format: 'podman' })),
        ...atHome('.dockercfg').map((path) => ({ path, format: 'flat' })),
    ];
}
async function readAuthFile({ readFile }, path) {
    let bytes;
    try {
        bytes = await readFile(path);
    }
    catch (cause) {
        throw new RegistryError('REGISTRY_DENIED', `the registry logins in ${path} cannot be read`, {
            cause,
            hint: 'Make the file readable, or set DOCKER_CONFIG or REGISTRY_AUTH_FILE to use another.',
        });
    }
    if (bytes === undefined)
        return undefined;
    if (bytes.length > credentials_FILE_MAX_BYTES) {
        throw new RegistryError('REGISTRY_DENIED', `the registry logins in ${path} are larger than ${credentials_FILE_MAX_BYTES} bytes`);
    }
    return Buffer.from(bytes).toString('utf8');
}
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
        const basic = username === '' || password === '' ? undefined : encodeBasic(username, password, mask);
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

;// CONCATENATED MODULE: ./.build/js/src/programs/run-program.js



const DRAIN_MS = 250;
const IS_WINDOWS = process.platform === 'win32';
function createProgramRunner(options) {
    const { env } = options;
    return async (signal, { program, args, stdin }) => {
        const file = await findProgram(program, env);
        if (file === undefined)
            throw new Error('the program is not in PATH');
        const child = await start(file, args, env);
        try {
            return await answerOf(child, stdin, { ...options, signal });
        }
        finally {
            child.stdin?.destroy();
            child.stdout?.destroy();
            child.unref();
        }
    };
}
async function findProgram(program, env) {
    if (!/^[A-Za-z0-9._-]+$/.test(program))
        return undefined;
    const suffixes = IS_WINDOWS ? (env['PATHEXT'] || '.COM;.EXE;.BAT;.CMD').split(';') : [''];
    for (const folder of (env['PATH'] ?? '').split(external_node_path_.delimiter)) {
        if (!(0,external_node_path_.isAbsolute)(folder))
            continue;
        for (const suffix of suffixes) {
            const path = (0,external_node_path_.join)(folder, `${program}${suffix}`);
            if (await isProgram(path))
                return path;
        }
    }
    return undefined;
}
async function isProgram(path) {
    try {
        await (0,promises_.access)(path, promises_.constants.X_OK);
        return (await (0,promises_.stat)(path)).isFile();
    }
    catch {
        return false;
    }
}
async function start(file, args, env) {
    const { spawn } = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 1421, 19));
    const options = { env, stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true };
    if (IS_WINDOWS && /\.(?:bat|cmd)$/i.test(file)) {
        return spawn([`"${file}"`, ...args].join(' '), { ...options, shell: true });
    }
    return spawn(file, args, { ...options, detached: !IS_WINDOWS });
}
function answerOf(child, stdin, { timeoutMs, outputMaxBytes, signal }) {
    return new Promise((resolve, reject) => {
        const chunks = [];
        let received = 0;
        const end = () => {
            stopDeadline();
            signal.removeEventListener('abort', onAbort);
        };
        const giveUp = (why) => {
            kill(child);
            end();
            reject(why);
        };
        const onAbort = () => giveUp(signal.reason);
        let stopDeadline = network_time_startDeadline({
            ms: timeoutMs,
            progress: () => received,
            onExpired: () => giveUp(new Error(`no output within ${timeoutMs / 1000} s`)),
        });
        const settle = (exitCode) => {
            end();
            resolve({ exitCode, stdout: Buffer.concat(chunks) });
        };
        if (signal.aborted)
            onAbort();
        else
            signal.addEventListener('abort', onAbort, { once: true });
        child.stdout?.on('data', (chunk) => {
            received += chunk.length;
            if (received > outputMaxBytes)
                giveUp(new Error('its output is too long'));
            else
                chunks.push(chunk);
        });
        child.once('error', (error) => giveUp(error));
        child.once('exit', (exitCode, killedBy) => {
            stopDeadline();
            if (exitCode === null) {
                giveUp(new Error(`it was ended by ${killedBy ?? 'a signal'}`));
                return;
            }
            child.once('close', () => settle(exitCode));
            stopDeadline = network_time_startDeadline({ ms: DRAIN_MS, progress: () => received, onExpired: () => settle(exitCode) });
        });
        child.stdin?.on('error', () => undefined);
        child.stdin?.end(stdin);
    });
}
function kill(child) {
    try {
        if (IS_WINDOWS || child.pid === undefined)
            child.kill('SIGKILL');
        else
            process.kill(-child.pid, 'SIGKILL');
    }
    catch {
    }
}

;// CONCATENATED MODULE: ./.build/js/src/oci/credentials/run-helper.js

const run_helper_TIMEOUT_MS = 30_000;
const ANSWER_MAX_BYTES = 1024 * 1024;
function createHelperRunner({ env, timeoutMs = run_helper_TIMEOUT_MS }) {
    const run = createProgramRunner({ env, timeoutMs, outputMaxBytes: ANSWER_MAX_BYTES });
    return async ({ signal }, call) => {
        const { exitCode, stdout } = await run(signal, call);
        return { exitCode, stdout: new TextDecoder().decode(stdout) };
    };
}

;// CONCATENATED MODULE: ./.build/js/src/oci/read-back.js
const WRITTEN_STATUSES = [200, 201, 202, 204];
const READINGS = 6;
function isWritten({ status }) {
    return WRITTEN_STATUSES.includes(status);
}
function isConfirmed({ status, headers }, digest) {
    return status === 201 && (headers['docker-content-digest'] ?? digest) === digest;
}
async function isReadBack(read, { clock, lagMs }) {
    for (let readings = 1;; readings += 1) {
        if ((await read()) !== undefined)
            return true;
        if (readings >= READINGS)
            return false;
        await clock.sleep(lagMs * readings);
    }
}

;// CONCATENATED MODULE: ./.build/js/src/oci/transport/limits.js
const MANIFEST_MAX_BYTES = 4 * 1024 * 1024;
const DOCUMENT_MAX_MEMBERS = 150_000;
const REFERRER_MAX_BYTES = 1024 * 1024;
const REFERRER_MAX_MEMBERS = 20_000;
const BUNDLE_MAX_BYTES = 16 * 1024 * 1024;
const ATTESTATION_MAX_BYTES = 24 * 1024 * 1024;
const PAYLOAD_MAX_BYTES = 512 * 1024;
const CONFIG_MAX_BYTES = 4 * 1024 * 1024;
const limits_ANSWER_MAX_BYTES = 256 * 1024;
const limits_LAYERS_MAX = 1000;
const PAYLOADS_MAX = 100;
const ENTRY_RESERVE_BYTES = 2 * 1024;
const LAYER_RESERVE_BYTES = 64 * 1024;
const PAGES_MAX = 100;
const LISTING_MAX_BYTES = 8 * 1024 * 1024;
const UNREADABLE_MAX = 100;
const TAGS_PAGE_SIZE = 1000;
const TAGS_MAX = 50_000;
const TAGS_PAGES_MAX = 500;
const TAGS_MAX_BYTES = 16 * 1024 * 1024;

;// CONCATENATED MODULE: ./.build/js/src/oci/transport/send-call.js


const REDIRECT_STATUSES = [301, 302, 303, 307, 308];
const REDIRECTS_MAX = 5;
function isRedirect(response) {
    return REDIRECT_STATUSES.includes(response.status);
}
async function sendCall(context, sending) {
    const { http, call, origin, readElsewhere, advise } = sending;
    const { renew, followRedirects } = call;
    let { url } = call;
    let withClientCertificate = url.origin === origin.origin;
    let authorization = withClientCertificate ? sending.authorization : undefined;
    const send = (header) => {
        const withLogin = (headers) => header === undefined ? { ...headers } : { ...headers, authorization: header };
        const renewWithLogin = async () => {
            const renewed = await renew?.();
            return { ...renewed, headers: withLogin(renewed?.headers) };
        };
        const request = {
            service: url.origin === origin.origin ? 'registry' : 'storage',
            method: call.method,
            url,
            headers: withLogin(call.headers),
            ...(renew === undefined ? {} : { renew: renewWithLogin }),
            ...(call.body === undefined ? {} : { body: call.body }),
            maxBytes: call.maxBytes,
            retry: call.retry,
            withClientCertificate,
        };
        return sendHttp(context, { http, advise, origin }, request);
    };
    for (let hop = 0;; hop += 1) {
        const isAway = url.origin !== origin.origin && followRedirects !== undefined;
        const response = isAway ? await readElsewhere(url, send) : await send(authorization);
        const what = `${call.method} ${url.origin}${url.pathname}`;
        if (!isRedirect(response))
            return checkPlace(response, { origin, what, advise });
        if (followRedirects === undefined) {
            const { location } = response.headers;
            if (leadsToHttp(location, url))
                resolveTarget(location, { from: url, registry: origin, what, advise });
            return response;
        }
        const next = send_call_targetOf(response, { registry: origin, what, advise });
        if (followRedirects !== 'all' && !followRedirects(next))
            return response;
        if (hop >= REDIRECTS_MAX) {
            throw new RegistryError('REGISTRY_INVALID', `${what}: more than ${REDIRECTS_MAX} redirects`);
        }
        if (next.origin !== origin.origin) {
            authorization = undefined;
            withClientCertificate = false;
        }
        url = next;
    }
}
function send_call_targetOf(response, { registry, what, advise }) {
    const { location } = response.headers;
    if (location === undefined)
        throw new RegistryError('REGISTRY_INVALID', `${what} redirects without a Location`);
    return resolveTarget(location, { from: response.url, registry, what, advise });
}
async function sendHttp(context, { http, advise, origin }, request) {
    try {
        const response = await http.request(context, request);
        refuseUncertified(response, `${request.method} ${request.url.origin}${request.url.pathname}`, request, advise);
        return response;
    }
    catch (error) {
        const failed = callError(error, request, advise);
        if (!isOtherPort(request.url, origin) || failed.code === 'REGISTRY_DENIED')
            throw failed;
        throw new RegistryError(failed.code, failed.message, {
            cause: failed.cause,
            status: failed.status,
            hint: adviseOnPort(request.url, origin, advise),
        });
    }
}
function leadsToHttp(location, from) {
    if (location === undefined || from.protocol !== 'https:' || !URL.canParse(location, from.href))
        return false;
    return new URL(location, from).protocol === 'http:';
}
function checkPlace(response, { origin, what, advise }) {
    if (!isOtherPort(response.url, origin) || response.status < 400 || response.status >= 500)
        return response;
    const { message, status, specCodes } = answerError(what, response, undefined);
    const hint = adviseOnPort(response.url, origin, advise);
    throw new RegistryError('REGISTRY_INVALID', message, { status, specCodes, hint });
}
function adviseOnPort(announced, origin, advise) {
    return advise({ kind: 'announces-port', registry: origin.host, host: announced.host });
}

;// CONCATENATED MODULE: ./.build/js/src/oci/transport/push-error.js




async function pushError(fetch, { repository, what, response }) {
    const error = answerError(what, response, await pushHint(fetch, repository, response));
    if (error.code !== 'IMAGE_NOT_FOUND')
        return error;
    const { status, specCodes } = error;
    return new RegistryError('REGISTRY_INVALID', error.message, {
        status,
        specCodes,
        hint: `Check that ${repository.path} exists: some registries (ECR) do not create a repository on push.`,
    });
}
async function pushHint(fetch, repository, response) {
    if (isImmutable(response))
        return immutableHint;
    if (isRedirect(response)) {
        const target = response.headers['location']?.split('?')[0] ?? 'nowhere';
        return `The registry redirects writes to ${(0,quoted/* quoted */.T)(target)}, and no login is sent there. Name the image as its build pushed it.`;
    }
    if (response.status === 404)
        return 'Create the repository in the registry first if it does not exist (Amazon ECR does not create it on push).';
    if (response.status !== 401 && response.status !== 403)
        return adviseOnStatus(fetch.advise, response.status);
    const { message: answer } = readErrorBody(response);
    const right = fetch.advise({ kind: 'push-forbidden', repository, answer });
    return fetch.explainRefusal({ repository, access: 'push' }, response, right);
}
const immutableHint = 'The registry does not allow overwriting this tag: exempt tags that start with `sha256-` from tag immutability.';
function isImmutable(response) {
    if (response.status !== 400 && response.status !== 409 && response.status !== 403)
        return false;
    const { codes, message } = readErrorBody(response);
    if (response.status === 409)
        return true;
    return (codes.some((code) => /^TAG_(IMMUTABLE|INVALID)$|ImageTagAlreadyExists/.test(code)) ||
        /immutable|ImageTagAlreadyExists/i.test(message));
}

;// CONCATENATED MODULE: ./.build/js/src/oci/transport/read-hint.js

async function readHint(fetch, repository, answer) {
    if (answer.status !== 401 && answer.status !== 403)
        return adviseOnStatus(fetch.advise, answer.status);
    const right = fetch.advise({ kind: 'pull-forbidden', repository });
    return fetch.explainRefusal({ repository, access: 'pull' }, answer, right);
}

;// CONCATENATED MODULE: ./.build/js/src/oci/blobs.js








const OCTETS = 'application/octet-stream';
function createBlobs(fetch, lag) {
    const exists = async (repository, digest) => {
        const response = await fetch({
            repository,
            method: 'HEAD',
            url: apiUrl(fetch.originOf(repository), repository, `blobs/${digest}`),
            access: 'pull',
            maxBytes: limits_ANSWER_MAX_BYTES,
            retry: true,
            followRedirects: 'all',
        });
        return response.status === 200;
    };
    const get = async (repository, digest, maxBytes) => {
        const url = apiUrl(fetch.originOf(repository), repository, `blobs/${digest}`);
        const response = await fetch({
            repository,
            method: 'GET',
            url,
            access: 'pull',
            maxBytes,
            retry: true,
            followRedirects: 'all',
        });
        if (response.status === 404)
            return undefined;
        const what = `GET ${url.href}`;
        if (response.status !== 200)
            throw answerError(what, response, await readHint(fetch, repository, response));
        const found = (0,image_digest/* digestOf */.ol)(response.body);
        if (found !== digest) {
            throw new RegistryError('REGISTRY_INVALID', `${what} returned other bytes: their digest is ${found}`);
        }
        return response.body;
    };
    const open = async (repository) => {
        const url = apiUrl(fetch.originOf(repository), repository, 'blobs/uploads/');
        const response = await fetch({
            repository,
            method: 'POST',
            url,
            access: 'push',
            maxBytes: limits_ANSWER_MAX_BYTES,
            retry: true,
        });
        const what = `POST ${url.href}`;
        if (!isWritten(response))
            throw await pushError(fetch, { repository, what, response });
        return { repository, location: readLocation(response, fetch, { repository, what }) };
    };
    const put = (session, digest, bytes) => {
        const url = new URL(session.location);
        url.searchParams.append('digest', digest);
        return fetch({
            repository: session.repository,
            method: 'PUT',
            url,
            access: 'push',
            headers: { 'content-type': OCTETS },
            body: bytes,
            maxBytes: limits_ANSWER_MAX_BYTES,
            retry: true,
        });
    };
    const upload = async (session, bytes) => {
        const { repository } = session;
        const digest = (0,image_digest/* digestOf */.ol)(bytes);
        let response = await put(session, digest, bytes);
        if (response.status === 404 || response.status === 400 || response.status === 416) {
            if (await exists(repository, digest))
                return { mediaType: OCTETS, digest, size: bytes.length };
            response = await put(await open(repository), digest, bytes);
        }
        const what = `PUT of blob ${digest} to ${response.url.origin}${response.url.pathname}`;
        if (!isWritten(response))
            throw await pushError(fetch, { repository, what, response });
        const told = response.headers['docker-content-digest'];
        if (told !== undefined && told !== digest) {
            throw new RegistryError('REGISTRY_INVALID', `${what} was stored as ${(0,quoted/* quoted */.T)(told)}`);
        }
        if (!isConfirmed(response, digest) && !(await isReadBack(() => get(repository, digest, bytes.length), lag))) {
            throw new RegistryError('REGISTRY_INVALID', `${what} returned ${response.status}, but the blob is not there`);
        }
        return { mediaType: OCTETS, digest, size: bytes.length };
    };
    return {
        get,
        open,
        upload,
        async cancel({ repository, location }) {
            try {
                const call = { repository, method: 'DELETE', url: location, access: 'push' };
                await fetch({ ...call, maxBytes: limits_ANSWER_MAX_BYTES, retry: false });
            }
            catch {
            }
        },
    };
}
function readLocation(response, { originOf, advise }, { repository, what }) {
    const { location } = response.headers;
    if (location === undefined || location === '') {
        throw new RegistryError('REGISTRY_INVALID', `${what} opened an upload without a Location`);
    }
    return resolveTarget(location, { from: response.url, registry: originOf(repository), what, advise });
}

// EXTERNAL MODULE: ./.build/js/src/domain/image/registry-document.js
var registry_document = __webpack_require__(7771);
;// CONCATENATED MODULE: ./.build/js/src/domain/image/descriptor.js




const DESCRIPTORS_MAX = 10_000;
const MEDIA_TYPE_MAX = 255;
function parseDescriptor(value, what) {
    const fields = descriptor_parseObject(value, what);
    const { digest, size } = fields;
    if (!(0,image_digest/* isDigest */.Bc)(digest))
        throw new value_error/* ValueError */.Qp(`${what}: digest is not a sha256 digest`);
    if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) {
        throw new value_error/* ValueError */.Qp(`${what}: size is not a number of bytes`);
    }
    const mediaType = parseMediaType(fields['mediaType'], `${what}: mediaType`);
    if (mediaType === undefined)
        throw new value_error/* ValueError */.Qp(`${what}: mediaType is missing`);
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
class LayerError extends value_error/* ValueError */.Qp {
    mediaType;
    constructor(message, mediaType) {
        super(message);
        this.mediaType = mediaType;
    }
}
function readTypes(value) {
    if (!(0,json_object/* isJsonObject */.O)(value))
        return {};
    const { config, annotations: written } = value;
    const typeOf = (type) => orUndefined(() => parseMediaType(type, ''));
    const mediaType = typeOf(value['mediaType']);
    const artifactType = typeOf(value['artifactType']) ?? ((0,json_object/* isJsonObject */.O)(config) ? typeOf(config['mediaType']) : undefined);
    const annotations = Object.entries((0,json_object/* isJsonObject */.O)(written) ? written : {}).filter((pair) => typeof pair[1] === 'string');
    return {
        ...(mediaType === undefined ? {} : { mediaType }),
        ...(artifactType === undefined ? {} : { artifactType }),
        ...(annotations.length === 0 ? {} : { annotations: Object.fromEntries(annotations) }),
    };
}
function orUndefined(read) {
    try {
        return read();
    }
    catch (error) {
        if (error instanceof value_error/* ValueError */.Qp)
            return undefined;
        throw error;
    }
}
function parseManifest(value, what) {
    const { layers } = parseImageManifest(value, what);
    return { ...parseManifestHead(value, what), layers: parseDescriptors(layers, `${what}: layers`) };
}
function parseManifestHead(value, what) {
    const fields = parseImageManifest(value, what);
    return {
        mediaType: parseMediaType(fields['mediaType'], `${what}: mediaType`),
        artifactType: parseMediaType(fields['artifactType'], `${what}: artifactType`),
        config: parseDescriptor(fields['config'], `${what}: config`),
        subject: fields['subject'] == null ? undefined : parseDescriptor(fields['subject'], `${what}: subject`),
        annotations: fields['annotations'] == null ? {} : parseAnnotations(fields['annotations'], what),
    };
}
function parseLayers(value, flaws, what) {
    const { layers } = parseImageManifest(value, what);
    return checkDescriptorList(layers, `${what}: layers`).map((entry, index) => {
        const flaw = flaws.get(index);
        if (flaw !== undefined)
            return new LayerError((0,registry_document/* flawError */.fG)(flaw, what).message, undefined);
        try {
            return parseDescriptor(entry, `${what}: layers[${index}]`);
        }
        catch (error) {
            if (error instanceof value_error/* ValueError */.Qp)
                return new LayerError(error.message, readTypes(entry).mediaType);
            throw error;
        }
    });
}
function parseImageManifest(value, what) {
    const fields = descriptor_parseObject(value, what);
    if (fields['schemaVersion'] !== 2)
        throw new value_error/* ValueError */.Qp(`${what}: schemaVersion is not 2`);
    if ((0,registry_document/* documentKind */.eD)(fields) !== 'manifest')
        throw new value_error/* ValueError */.Qp(`${what} is not an image manifest by its fields`);
    return fields;
}
function parseDescriptors(value, what) {
    return checkDescriptorList(value, what).map((entry, index) => parseDescriptor(entry, `${what}[${index}]`));
}
function checkDescriptorList(value, what) {
    if (!Array.isArray(value))
        throw new value_error/* ValueError */.Qp(`${what} is not a list`);
    if (value.length > DESCRIPTORS_MAX)
        throw new value_error/* ValueError */.Qp(`${what} has more than ${DESCRIPTORS_MAX} entries`);
    return value;
}
function parseAnnotations(value, what) {
    const annotations = [];
    for (const [key, text] of Object.entries(descriptor_parseObject(value, `${what}: annotations`))) {
        if (typeof text !== 'string')
            throw new value_error/* ValueError */.Qp(`${what}: an annotation is not a string`);
        annotations.push([key, text]);
    }
    return Object.fromEntries(annotations);
}
function parseMediaType(value, what) {
    if (value === undefined || value === null || value === '')
        return undefined;
    if (typeof value !== 'string' || value.length > MEDIA_TYPE_MAX || !/^[\x21-\x7e]+$/.test(value)) {
        throw new value_error/* ValueError */.Qp(`${what} is not a media type`);
    }
    return value;
}
function descriptor_parseObject(value, what) {
    if (!(0,json_object/* isJsonObject */.O)(value))
        throw new value_error/* ValueError */.Qp(`${what} is not an object`);
    return value;
}

// EXTERNAL MODULE: ./.build/js/src/domain/image/referrer-rank.js
var referrer_rank = __webpack_require__(1004);
;// CONCATENATED MODULE: ./.build/js/src/oci/candidates.js








const LIMITS = { maxBytes: REFERRER_MAX_BYTES, maxMembers: REFERRER_MAX_MEMBERS };
const SIGNATURE = { kind: 'signature' };
async function fetchReferrerCandidate({ manifests, blobs }, address, { descriptor, place, wants, }) {
    const { digest, artifactType, size } = descriptor;
    const claim = claimUpTo(REFERRER_MAX_BYTES, (0,referrer_rank/* claimOf */._B)(descriptor), { size, what: 'its manifest' });
    const reading = { digest, place, claim, artifactType };
    const maxBytes = wants === 'attestations' ? ATTESTATION_MAX_BYTES : BUNDLE_MAX_BYTES;
    try {
        const answer = await getManifest(manifests, address.repository, digest);
        if (answer === undefined)
            return toSet(unreadable(reading, { outcome: 'failed', message: 'the registry lists it but does not serve it' }));
        if (answer instanceof RegistryError) {
            const message = `its manifest is larger than that of any signature (${answer.message})`;
            const outcome = claim.kind === 'open' ? 'not-a-signature' : 'malformed';
            return toSet(unreadable(reading, { outcome, message, isTooLarge: true }));
        }
        return toSet(await readReferrer(blobs, address, { answer, listed: reading, maxBytes }));
    }
    catch (error) {
        return toSet(unreadableBecause(reading, error));
    }
}
function claimUpTo(maxBytes, claim, { size, what }) {
    if (claim.kind !== 'open' || size <= maxBytes)
        return claim;
    const why = `${what} has ${size} bytes, more than that of any image signature (${maxBytes})`;
    return { kind: 'other', why, predicateType: undefined };
}
async function getManifest(manifests, repository, digest) {
    try {
        return await manifests.get(repository, digest, { limits: LIMITS, keepFlaws: true });
    }
    catch (error) {
        if (exceedsLimits(error))
            return error;
        throw error;
    }
}
function exceedsLimits(error) {
    if (!(error instanceof RegistryError))
        return false;
    const { cause } = error;
    return cause instanceof registry_document/* DocumentLimitError */.VX || (cause instanceof http_error/* HttpError */.j && cause.failure === 'too-large');
}
async function readReferrer(blobs, address, { answer, listed, maxBytes, }) {
    const { mediaType } = answer;
    if (mediaType !== media_types/* OCI_MANIFEST */.EG && mediaType !== media_types/* DOCKER_MANIFEST */.Vv) {
        return unreadable(listed, {
            outcome: 'not-a-signature',
            message: `its media type is ${mediaType}`,
            artifactType: mediaType,
        });
    }
    const { outside, ofEntry } = (0,registry_document/* divideFlaws */.pp)(answer.flaws, 'layers');
    const [flaw] = outside;
    if (flaw !== undefined)
        throw (0,registry_document/* flawError */.fG)(flaw, 'the manifest');
    const types = { ...readTypes(answer.json), mediaType };
    const reading = { ...listed, claim: (0,referrer_rank/* claimOf */._B)(types), artifactType: types.artifactType };
    try {
        const manifest = parseManifestHead(answer.json, 'the manifest');
        const layers = parseLayers(answer.json, ofEntry, 'the manifest');
        return await readArtifact(blobs, address, { manifest, layers, reading, maxBytes });
    }
    catch (error) {
        return unreadableBecause(reading, error);
    }
}
async function readArtifact(blobs, { repository, subject }, { manifest, layers, reading, maxBytes, }) {
    const { place, artifactType } = reading;
    if (manifest.subject !== undefined && manifest.subject.digest !== subject) {
        return unreadable(reading, { outcome: 'malformed', message: `its subject is ${manifest.subject.digest}` });
    }
    if (manifest.subject === undefined && place === 'referrers-tag') {
        return unreadable(reading, { outcome: 'malformed', message: 'it has no subject' });
    }
    if (artifactType === media_types/* COSIGN_SIGNATURE_ARTIFACT */.IG) {
        return fetchLegacyLayers(blobs, repository, { layers, place });
    }
    const [layer, ...others] = layers;
    if (layer === undefined || others.length > 0) {
        return unreadable(reading, { outcome: 'not-a-signature', message: `it has ${layers.length} layers` });
    }
    if (layer.mediaType?.startsWith(media_types/* BUNDLE_PREFIX */.Y2) === false) {
        return unreadable(reading, {
            outcome: 'not-a-signature',
            message: `the media type of its layer is ${layer.mediaType}`,
        });
    }
    if (layer instanceof LayerError)
        throw layer;
    return fetchBundle(blobs, repository, { layer, reading, maxBytes });
}
async function fetchBundle(blobs, repository, { layer, reading, maxBytes }) {
    const { size } = layer;
    if (size > maxBytes) {
        const outcome = reading.claim.kind === 'open' ? 'not-a-signature' : 'malformed';
        const message = `its bundle has ${size} bytes, and only ${maxBytes} are read`;
        return unreadable(reading, { outcome, message, isTooLarge: true });
    }
    const claim = claimUpTo(referrer_rank/* SIGNATURE_BUNDLE_MAX_BYTES */.Jd, reading.claim, { size, what: 'its bundle' });
    const sized = { ...reading, claim };
    try {
        const bundle = await blobs.get(repository, layer.digest, maxBytes);
        if (bundle === undefined)
            return unreadable(sized, { outcome: 'failed', message: `its bundle ${layer.digest} is missing` });
        const digest = reading.digest;
        const candidate = claim.kind === 'other'
            ? { format: 'bundle', digest, bundle, ruledOut: { why: claim.why, predicateType: claim.predicateType } }
            : { format: 'bundle', digest, bundle };
        return { candidates: [candidate], unreadable: [] };
    }
    catch (error) {
        return unreadableBecause(sized, error);
    }
}
async function fetchLegacyLayers(blobs, repository, { layers, place }) {
    const payloads = new Map();
    const getPayload = (digest) => {
        const pending = payloads.get(digest) ?? blobs.get(repository, digest, PAYLOAD_MAX_BYTES);
        payloads.set(digest, pending);
        return pending;
    };
    let signatures = 0;
    const found = await Promise.all(layers.map(async (layer, layerIndex) => {
        const artifactType = layer.mediaType;
        const digest = layer instanceof LayerError ? `layer ${layerIndex}` : layer.digest;
        const reading = { digest, place, claim: SIGNATURE, artifactType };
        if (artifactType !== undefined && artifactType !== media_types/* SIMPLE_SIGNING */.Nj) {
            const message = `the media type of layer ${layerIndex} is ${artifactType}`;
            return unreadable(reading, { outcome: 'not-a-signature', message });
        }
        signatures += 1;
        if (signatures > limits_LAYERS_MAX) {
            const error = new RegistryError('REGISTRY_INVALID', `only ${limits_LAYERS_MAX} layers are read`);
            return unreadable(reading, { outcome: 'failed', message: error.message, error });
        }
        if (layer instanceof LayerError)
            return unreadable(reading, { outcome: 'malformed', message: layer.message });
        if (!payloads.has(layer.digest) && payloads.size >= PAYLOADS_MAX) {
            const error = new RegistryError('REGISTRY_INVALID', `only ${PAYLOADS_MAX} different payloads are fetched`);
            return unreadable(reading, { outcome: 'failed', message: error.message, error });
        }
        try {
            const payload = await getPayload(layer.digest);
            if (payload === undefined)
                return unreadable(reading, { outcome: 'failed', message: 'the registry does not serve it' });
            const annotations = layer.annotations ?? {};
            const candidate = {
                format: 'legacy',
                digest: layer.digest,
                payload,
                annotations,
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
function divideAttestationLayers(layers, place) {
    const attestations = [];
    const others = [];
    for (const [index, layer] of layers.entries()) {
        if (layer instanceof value_error/* ValueError */.Qp) {
            const reading = openReading(`layer ${index}`, place);
            others.push(...unreadable(reading, { outcome: 'malformed', message: layer.message }).unreadable);
        }
        else if (index >= limits_LAYERS_MAX) {
            const error = new RegistryError('REGISTRY_INVALID', `only ${limits_LAYERS_MAX} layers are read`);
            const why = { outcome: 'failed', message: error.message, artifactType: layer.mediaType, error };
            others.push(...unreadable(openReading(layer.digest, place), why).unreadable);
        }
        else if (layer.mediaType !== media_types/* DSSE_ENVELOPE */.P7) {
            const message = `the media type of layer ${index} is ${layer.mediaType}`;
            const why = { outcome: 'not-a-signature', message, artifactType: layer.mediaType };
            others.push(...unreadable(openReading(layer.digest, place), why).unreadable);
        }
        else {
            attestations.push(layer);
        }
    }
    return { layers: attestations, unreadable: others };
}
function openReading(digest, place) {
    return { digest, place, claim: { kind: 'open' }, artifactType: undefined };
}
async function fetchAttestationLayer(blobs, repository, layer) {
    const { digest, annotations = {} } = layer;
    const reading = openReading(digest, 'attestation-tag');
    try {
        const payload = await blobs.get(repository, digest, ATTESTATION_MAX_BYTES);
        if (payload === undefined) {
            return toSet(unreadable(reading, { outcome: 'failed', message: 'the registry does not serve it' }));
        }
        return toSet({ candidates: [{ format: 'legacy', digest, payload, annotations }], unreadable: [] });
    }
    catch (error) {
        return toSet(unreadableBecause(reading, error));
    }
}
function toSet(found) {
    return { ...found, places: [] };
}
function unreadable(reading, why) {
    const { digest, place, claim } = reading;
    const { artifactType = reading.artifactType } = why;
    const { outcome, message, error, isTooLarge } = why;
    const size = isTooLarge === true ? { isTooLarge } : {};
    if (claim.kind !== 'other') {
        return { candidates: [], unreadable: [{ digest, place, artifactType, outcome, message, error, ...size }] };
    }
    const listed = {
        digest,
        place,
        artifactType,
        ...(claim.predicateType === undefined ? {} : { predicateType: claim.predicateType }),
        outcome: 'not-a-signature',
        message: outcome === 'not-a-signature' ? message : `${message}; ${claim.why}`,
        ...size,
        ...(outcome === 'failed' ? { error, isUnread: true } : {}),
    };
    return { candidates: [], unreadable: [listed] };
}
function unreadableBecause(reading, error) {
    if (error instanceof value_error/* ValueError */.Qp)
        return unreadable(reading, { outcome: 'malformed', message: error.message });
    if (!(error instanceof RegistryError))
        throw error;
    const outcome = error.code === 'REGISTRY_INVALID' ? 'malformed' : 'failed';
    return unreadable(reading, { outcome, message: error.message, error, isTooLarge: exceedsLimits(error) });
}

// EXTERNAL MODULE: ./.build/js/src/domain/image/platform-images.js
var platform_images = __webpack_require__(8132);
// EXTERNAL MODULE: ./.build/js/src/domain/calls/own-turn.js
var own_turn = __webpack_require__(5410);
;// CONCATENATED MODULE: ./.build/js/src/http/turns.js

const SMALL_BYTES = 64 * 1024;
async function turnFor(document) {
    if (document.length > SMALL_BYTES)
        await (0,own_turn/* ownTurn */.A)();
}

;// CONCATENATED MODULE: ./.build/js/src/oci/manifests.js












const ACCEPT = media_types/* MANIFEST_TYPES */._P.join(', ');
const manifests_LIMITS = { maxBytes: MANIFEST_MAX_BYTES, maxMembers: DOCUMENT_MAX_MEMBERS };
const UNKNOWN_BYTES_TRIES = 3;
function createManifests(fetch) {
    const call = (repository, reference, details) => fetch({
        repository,
        url: manifestUrl(fetch, repository, reference),
        access: 'pull',
        retry: true,
        followRedirects: 'all',
        ...details,
        headers: { accept: ACCEPT, ...details.headers },
    });
    const send = async (repository, reference, details) => {
        const response = await call(repository, reference, { method: 'GET', ...details });
        const url = manifestUrl(fetch, repository, reference);
        const what = `GET ${url.href}`;
        if (response.status === 404) {
            if (isAbout(response, url))
                return undefined;
            throw new RegistryError('REGISTRY_INVALID', answerError(what, response, undefined).message, { status: 404 });
        }
        if (response.status !== 200) {
            throw answerError(what, response, await readHint(fetch, repository, response));
        }
        await turnFor(response.body);
        return response;
    };
    const load = async (repository, reference, { fresh = false, limits = manifests_LIMITS, keepFlaws = false }) => {
        const headers = fresh ? { 'cache-control': 'no-cache' } : {};
        const response = await send(repository, reference, { headers, maxBytes: limits.maxBytes });
        if (response === undefined)
            return undefined;
        const what = `GET ${manifestUrl(fetch, repository, reference).href}`;
        const { etag, 'docker-content-digest': toldDigest } = response.headers;
        const manifest = checkManifest(response, reference, { limits, what });
        const [flaw] = manifest.flaws;
        if (flaw !== undefined && !keepFlaws) {
            throw new RegistryError('REGISTRY_INVALID', (0,registry_document/* flawError */.fG)(flaw, `the response to ${what}`).message);
        }
        return { ...manifest, etag, toldDigest };
    };
    const get = (repository, reference, reading = {}) => load(repository, reference, reading);
    const head = async (repository, reference) => {
        if (!(0,image_digest/* isDigest */.Bc)(reference))
            return toDescriptor(await get(repository, reference));
        const response = await call(repository, reference, { method: 'HEAD', maxBytes: limits_ANSWER_MAX_BYTES });
        const what = `HEAD ${manifestUrl(fetch, repository, reference).href}`;
        if (response.status === 429 || (response.status >= 500 && response.status !== 501)) {
            throw answerError(what, response, adviseOnStatus(fetch.advise, response.status));
        }
        const descriptor = response.status === 200 ? manifests_readHead(response, reference, what) : undefined;
        return descriptor ?? toDescriptor(await get(repository, reference));
    };
    return {
        get,
        head,
        async getDocument(repository, digest, mediaType) {
            const accept = media_types/* MANIFEST_TYPES */._P.includes(mediaType) ? ACCEPT : `${mediaType}, ${ACCEPT}`;
            const response = await send(repository, digest, { headers: { accept }, maxBytes: MANIFEST_MAX_BYTES });
            if (response === undefined)
                return undefined;
            checkDigest(response, digest, `GET ${manifestUrl(fetch, repository, digest).href}`);
            return { contentType: contentType(response), bytes: response.body };
        },
        async getToExtend(repository, tag) {
            for (let tries = 1;; tries += 1) {
                const answer = await load(repository, tag, { fresh: true, keepFlaws: true });
                if (answer === undefined)
                    return undefined;
                refuseLossy(answer, manifestUrl(fetch, repository, tag).href);
                if (isVouchedFor(answer))
                    return answer;
                if ((await get(repository, answer.digest, { keepFlaws: true })) !== undefined)
                    return answer;
                if (tries < UNKNOWN_BYTES_TRIES)
                    continue;
                throw new RegistryError('REGISTRY_INVALID', `GET ${manifestUrl(fetch, repository, tag).href} returned bytes that the registry does not have under their digest ${answer.digest}; the tag was not changed`);
            }
        },
    };
}
function refuseLossy({ flaws }, what) {
    const lossy = flaws.find(({ kind }) => kind === 'lossy');
    if (lossy === undefined)
        return;
    throw new RegistryError('REGISTRY_INVALID', `${(0,registry_document/* flawError */.fG)(lossy, what).message}; it was not changed`);
}
function isVouchedFor({ digest, toldDigest }) {
    return toldDigest === digest;
}
function manifestUrl(fetch, repository, reference) {
    return apiUrl(fetch.originOf(repository), repository, `manifests/${reference}`);
}
function contentType(response) {
    return (response.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}
function isAbout({ url }, asked) {
    if (url.href === asked.href)
        return true;
    const [there, here] = [routeOf(url), routeOf(asked)];
    return there !== undefined && there.collection === here?.collection && there.reference === here.reference;
}
function toDescriptor(manifest) {
    if (manifest === undefined)
        return undefined;
    return { mediaType: manifest.mediaType, digest: manifest.digest, size: manifest.bytes.length };
}
function manifests_readHead(response, digest, what) {
    const told = response.headers['docker-content-digest'];
    if (told === undefined)
        return undefined;
    if (told !== digest) {
        throw new RegistryError('REGISTRY_INVALID', `${what} answered for a different digest: ${(0,quoted/* quoted */.T)(told)}`);
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
function checkDigest(response, reference, what) {
    const digest = (0,image_digest/* digestOf */.ol)(response.body);
    if ((0,image_digest/* isDigest */.Bc)(reference) && digest !== reference) {
        throw new RegistryError('REGISTRY_INVALID', `${what} returned other bytes: their digest is ${digest}`);
    }
    return digest;
}
function checkManifest(response, reference, { limits, what }) {
    const digest = checkDigest(response, reference, what);
    const mediaType = contentType(response);
    if (!isManifestType(mediaType)) {
        throw new RegistryError('REGISTRY_INVALID', `${what} returned Content-Type ${(0,quoted/* quoted */.T)(mediaType)}, which is not a manifest type`);
    }
    const { document, written, kind } = readKind(response.body, limits, what);
    if (written !== undefined && written !== mediaType) {
        throw new RegistryError('REGISTRY_INVALID', `${what} returned Content-Type ${(0,quoted/* quoted */.T)(mediaType)} for a manifest with mediaType ${(0,quoted/* quoted */.T)(written)}`);
    }
    if (kind !== ((0,platform_images/* isIndexType */.$U)(mediaType) ? 'index' : 'manifest')) {
        throw new RegistryError('REGISTRY_INVALID', `${what} returned Content-Type ${(0,quoted/* quoted */.T)(mediaType)} for a document with the fields of ${KINDS[kind]}`);
    }
    return { digest, mediaType, bytes: response.body, ...document };
}
const KINDS = {
    index: 'an index',
    manifest: 'an image manifest',
    both: 'both an index and an image manifest',
    neither: 'neither an index nor an image manifest',
};
function readKind(bytes, limits, what) {
    const name = `the response to ${what}`;
    try {
        const document = (0,registry_document/* readDocument */.u0)(bytes, limits, name);
        return { document, written: (0,registry_document/* writtenMediaType */.KO)(document.json, name), kind: (0,registry_document/* documentKind */.eD)(document.json) };
    }
    catch (cause) {
        if (!(cause instanceof value_error/* ValueError */.Qp))
            throw cause;
        throw new RegistryError('REGISTRY_INVALID', cause.message, { cause });
    }
}

;// CONCATENATED MODULE: ./.build/js/src/oci/listed-entries.js








function readEntryList({ json, flaws }, what) {
    const { outside, ofEntry } = (0,registry_document/* divideFlaws */.pp)(flaws, 'manifests');
    const [flaw] = outside;
    if (flaw !== undefined)
        throw (0,registry_document/* flawError */.fG)(flaw, what);
    const entries = json['manifests'] ?? [];
    if (json['schemaVersion'] !== 2 || (0,registry_document/* documentKind */.eD)(json) !== 'index' || !Array.isArray(entries)) {
        throw new value_error/* ValueError */.Qp(`${what} is not an image index`);
    }
    return { entries, flaws: ofEntry };
}
function createListedEntries(place) {
    const found = new Map();
    const unreadable = [];
    let seen = 0;
    const more = { malformed: 0, 'not-a-signature': 0 };
    return {
        add({ entries, flaws }) {
            for (const [index, entry] of entries.entries()) {
                seen += 1;
                const flaw = flaws.get(index);
                const what = `entry ${seen}`;
                const descriptor = flaw === undefined ? listed_entries_toDescriptor(entry, what) : (0,registry_document/* flawError */.fG)(flaw, what);
                if (descriptor instanceof value_error/* ValueError */.Qp) {
                    const one = toUnreadable(entry, { what, place, flaw, message: descriptor.message });
                    if (unreadable.length < UNREADABLE_MAX)
                        unreadable.push(one);
                    else
                        more[one.outcome] += 1;
                }
                else {
                    const known = found.get(descriptor.digest);
                    if (known === undefined || (0,referrer_rank/* isLikelier */.ql)(descriptor, known))
                        found.set(descriptor.digest, descriptor);
                }
            }
        },
        listing() {
            const rest = ['malformed', 'not-a-signature']
                .filter((outcome) => more[outcome] > 0)
                .map((outcome) => {
                const digest = `${more[outcome]} more entries`;
                return { digest, place, outcome, artifactType: undefined, message: 'they cannot be read either' };
            });
            return { descriptors: [...found.values()], unreadable: [...unreadable, ...rest] };
        },
        count: () => found.size + unreadable.length + more.malformed + more['not-a-signature'],
    };
}
function toUnreadable(entry, { what, place, flaw, message, }) {
    const types = flaw === undefined ? readTypes(entry) : {};
    const claim = (0,referrer_rank/* claimOf */._B)({ mediaType: media_types/* OCI_MANIFEST */.EG, ...types });
    const listed = { digest: what, place, artifactType: types.artifactType };
    return claim.kind === 'other'
        ? { ...listed, outcome: 'not-a-signature', message: `${message}; ${claim.why}` }
        : { ...listed, outcome: 'malformed', message };
}
function listed_entries_toDescriptor(entry, what) {
    const digest = (0,json_object/* isJsonObject */.O)(entry) ? entry['digest'] : undefined;
    if (!(0,image_digest/* isDigest */.Bc)(digest))
        return new value_error/* ValueError */.Qp(`${what}: digest is not a sha256 digest`);
    try {
        return parseDescriptor(entry, what);
    }
    catch (error) {
        if (!(error instanceof value_error/* ValueError */.Qp))
            throw error;
        return { mediaType: media_types/* OCI_MANIFEST */.EG, digest, size: 0 };
    }
}

;// CONCATENATED MODULE: ./.build/js/src/oci/transport/header-scanner.js
const TOKEN = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y;
function createHeaderScanner(text) {
    let at = 0;
    return {
        isAtEnd: () => at >= text.length,
        peek: () => text.charAt(at),
        skip(characters) {
            while (at < text.length && characters.includes(text.charAt(at)))
                at += 1;
        },
        take(pattern) {
            pattern.lastIndex = at;
            const found = pattern.exec(text)?.[0];
            if (found !== undefined)
                at += found.length;
            return found;
        },
        takeUntil(character) {
            const end = text.indexOf(character, at);
            if (end < 0)
                return undefined;
            const found = text.slice(at, end);
            at = end + 1;
            return found;
        },
        takeQuoted() {
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
        },
    };
}

;// CONCATENATED MODULE: ./.build/js/src/oci/transport/link-header.js

const NAME = /[^\s;,="<>]+/y;
const BARE_VALUE = /[^\s;,"]+/y;
const BLANKS = ' \t';
function parseLinks(fields) {
    return fields.flatMap(parseField);
}
function parseField(text) {
    const links = [];
    const scanner = createHeaderScanner(text);
    while (!scanner.isAtEnd()) {
        scanner.skip(`${BLANKS},`);
        if (scanner.peek() !== '<') {
            if (scanner.takeUntil(',') === undefined)
                break;
            continue;
        }
        scanner.skip('<');
        const target = scanner.takeUntil('>');
        if (target === undefined)
            break;
        links.push({ target, relations: readRelations(scanner) });
    }
    return links;
}
function readRelations(scanner) {
    let relations;
    for (;;) {
        scanner.skip(BLANKS);
        if (scanner.peek() !== ';')
            break;
        scanner.skip(`${BLANKS};`);
        const name = scanner.take(NAME);
        scanner.skip(BLANKS);
        const value = scanner.peek() === '=' ? readValue(scanner) : '';
        if (name?.toLowerCase() === 'rel')
            relations ??= value;
    }
    return (relations ?? '')
        .toLowerCase()
        .split(/\s+/)
        .filter((relation) => relation !== '');
}
function readValue(scanner) {
    scanner.skip('=');
    scanner.skip(BLANKS);
    return scanner.peek() === '"' ? scanner.takeQuoted() : (scanner.take(BARE_VALUE) ?? '');
}

;// CONCATENATED MODULE: ./.build/js/src/oci/transport/next-page.js




function nextPage(response, { first, what, advise }) {
    const link = parseLinks(response.headersDistinct['link'] ?? []).find(({ relations }) => relations.includes('next'));
    if (link === undefined)
        return undefined;
    const next = resolveTarget(link.target, { from: response.url, registry: first, what, advise });
    if (next.origin === first.origin || next.origin === response.url.origin)
        return next;
    throw new RegistryError('REGISTRY_INVALID', `${what} continues on another host: ${(0,quoted/* quoted */.T)(next.host)}`, {
        hint: isOtherPort(next, first)
            ? advise({ kind: 'announces-port', registry: first.host, host: next.host })
            : undefined,
    });
}

;// CONCATENATED MODULE: ./.build/js/src/oci/referrers.js














const UNSUPPORTED_STATUSES = [400, 404, 405, 406, 410, 501];
function referrersTag(subject) {
    return `sha256-${(0,image_digest/* hexOf */.ZD)(subject)}`;
}
function createReferrers(fetch, looks) {
    const getPage = (repository, subject, url) => fetch({
        repository,
        method: 'GET',
        url,
        access: 'pull',
        headers: { accept: media_types/* OCI_INDEX */.$p, 'cache-control': 'no-cache' },
        maxBytes: MANIFEST_MAX_BYTES,
        retry: true,
        followRedirects: (target) => isListingOf(target, subject),
    });
    return {
        async list(repository, subject) {
            const first = apiUrl(fetch.originOf(repository), repository, `referrers/${subject}`);
            const request = `GET ${first.pathname}`;
            const found = createListedEntries('referrers-api');
            const seen = new Set();
            let url = first;
            let base = first;
            let bytes = 0;
            const place = (status, outcome, error) => ({
                ...found.listing(),
                place: { kind: 'referrers-api', request, status, outcome, entries: found.count(), error },
            });
            try {
                for (;;) {
                    const what = `GET ${url.origin}${url.pathname}`;
                    const response = await getPage(repository, subject, url);
                    const { status } = response;
                    if (seen.size === 0) {
                        base = response.url;
                        if (UNSUPPORTED_STATUSES.includes(status) || isPageOfGitHub(response))
                            return place(status, 'absent');
                    }
                    seen.add(url.href);
                    if (status === 404 && url.pathname !== base.pathname) {
                        const corrected = new URL(base);
                        corrected.search = url.search;
                        if (!seen.has(corrected.href)) {
                            url = corrected;
                            continue;
                        }
                    }
                    if (status !== 200)
                        return place(status, 'failed', await pageError(fetch, repository, { what, response }));
                    bytes += response.body.length;
                    if (bytes > LISTING_MAX_BYTES) {
                        throw new RegistryError('REGISTRY_INVALID', `${what} lists more than ${LISTING_MAX_BYTES} bytes of referrers`);
                    }
                    await turnFor(response.body);
                    found.add(readPage(response, what));
                    const next = nextPage(response, { first, what, advise: fetch.advise });
                    if (next === undefined)
                        return place(status, 'listed');
                    if (seen.has(next.href))
                        throw new RegistryError('REGISTRY_INVALID', `${what}: the pages form a loop`);
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
            const found = createListedEntries('referrers-tag');
            const place = (status, outcome, error) => ({
                ...found.listing(),
                place: { kind: 'referrers-tag', request, status, outcome, entries: found.count(), error },
            });
            try {
                const manifest = await looks.look(repository, tag);
                if (manifest === undefined)
                    return place(404, 'absent');
                const content = readReferrersTag(manifest, subject);
                if (content.kind !== 'index')
                    return place(200, 'absent');
                found.add(content);
                return place(200, 'listed');
            }
            catch (error) {
                return place(statusOf(error), 'failed', toRegistryError(error));
            }
        },
    };
}
function readReferrersTag(manifest, subject) {
    if (manifest.digest === subject)
        return { kind: 'alias' };
    if (manifest.mediaType !== media_types/* OCI_INDEX */.$p)
        return { kind: 'other' };
    return { kind: 'index', ...readEntryList(manifest, `the index under ${referrersTag(subject)}`) };
}
function readPage(response, what) {
    const type = contentType(response);
    if (type !== media_types/* OCI_INDEX */.$p) {
        throw new RegistryError('REGISTRY_INVALID', `${what} returned Content-Type ${(0,quoted/* quoted */.T)(type)}, which is not that of a list of referrers`, { status: response.status });
    }
    const name = `the response to ${what}`;
    const limits = { maxBytes: MANIFEST_MAX_BYTES, maxMembers: DOCUMENT_MAX_MEMBERS };
    return readEntryList((0,registry_document/* readDocument */.u0)(response.body, limits, name), name);
}
function isListingOf(target, subject) {
    const route = routeOf(target);
    return route?.collection === 'referrers' && route.reference === subject;
}
function isPageOfGitHub({ status, headers }) {
    const { location } = headers;
    if (status !== 303 || location === undefined || !URL.canParse(location))
        return false;
    const { origin, pathname } = new URL(location);
    return origin === 'https://github.com' && pathname.startsWith('/-/');
}
async function pageError(fetch, repository, { what, response }) {
    if (isRedirect(response)) {
        const { href } = send_call_targetOf(response, { registry: fetch.originOf(repository), what, advise: fetch.advise });
        const shown = (0,quoted/* quoted */.T)(href.split('?')[0] ?? '');
        const message = `${what} redirects to ${shown}, which is not the list of referrers of this digest`;
        return new RegistryError('REGISTRY_INVALID', message, { status: response.status });
    }
    const error = answerError(what, response, await readHint(fetch, repository, response));
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
    if (error instanceof value_error/* ValueError */.Qp)
        return new RegistryError('REGISTRY_INVALID', error.message, { cause: error });
    throw error;
}

;// CONCATENATED MODULE: ./.build/js/src/oci/tag-looks.js


function createTagLooks(options) {
    const { manifests, clock, keep } = options;
    const looks = new Map();
    const listings = new Map();
    const keyOf = (repository, name) => `${(0,image_reference/* formatRepository */.Sh)(repository)} ${name}`;
    return {
        look(repository, tag, { isForWrite } = { isForWrite: false }) {
            const readAtMs = clock.now().getTime();
            const answer = manifests.get(repository, tag, { fresh: true, keepFlaws: true });
            if (keep)
                looks.set(keyOf(repository, tag), { readAtMs, isForWrite, answer });
            return answer;
        },
        last: (repository, tag) => looks.get(keyOf(repository, tag)),
        takeYoung(repository, tag, maxAgeMs) {
            const key = keyOf(repository, tag);
            const look = looks.get(key);
            looks.delete(key);
            if (look === undefined || !look.isForWrite)
                return undefined;
            return clock.now().getTime() - look.readAtMs <= maxAgeMs ? look : undefined;
        },
        noteListing(repository, subject, place) {
            if (keep)
                listings.set(keyOf(repository, subject), place);
        },
        listing: (repository, subject) => listings.get(keyOf(repository, subject)),
    };
}
async function lastLook(looks, repository, tag) {
    if (looks.last(repository, tag) === undefined)
        await looks.look(repository, tag, { isForWrite: true });
    return looks.last(repository, tag);
}
async function readToExtend({ manifests, clock }, { repository, tag, look, }) {
    const seen = await look?.answer.then((manifest) => manifest === undefined || isVouchedFor(manifest) ? { manifest, readAtMs: look.readAtMs } : undefined, () => undefined);
    if (seen?.manifest !== undefined)
        refuseLossy(seen.manifest, `${(0,image_reference/* formatRepository */.Sh)(repository)}:${tag}`);
    if (seen !== undefined)
        return seen;
    const readAtMs = clock.now().getTime();
    return { manifest: await manifests.getToExtend(repository, tag), readAtMs };
}

// EXTERNAL MODULE: ./.build/js/src/domain/text/strict-json.js
var strict_json = __webpack_require__(7442);
;// CONCATENATED MODULE: ./.build/js/src/oci/tags.js










const UNKNOWN_POSITION = [400, 404, 405];
async function listTags(fetch, repository) {
    const first = apiUrl(fetch.originOf(repository), repository, `tags/list?n=${TAGS_PAGE_SIZE}`);
    const tags = new Set();
    const seen = new Set();
    let bytes = 0;
    let url = first;
    let isConfirming = false;
    for (;;) {
        const what = `GET ${url.origin}${url.pathname}`;
        const response = await fetch({
            repository,
            method: 'GET',
            url,
            access: 'pull',
            headers: { accept: 'application/json', 'cache-control': 'no-cache' },
            maxBytes: TAGS_MAX_BYTES,
            retry: true,
            followRedirects: (target) => routeOf(target)?.collection === 'tags',
        });
        seen.add(url.href);
        if (isConfirming && UNKNOWN_POSITION.includes(response.status))
            break;
        if (response.status !== 200)
            throw await tags_pageError(fetch, repository, { what, response, isFirst: seen.size === 1 });
        bytes += response.body.length;
        if (bytes > TAGS_MAX_BYTES)
            throw tooMany(what, `${TAGS_MAX_BYTES} bytes of tags`);
        await turnFor(response.body);
        const before = tags.size;
        const page = tags_readPage(response, what);
        for (const tag of page)
            tags.add(tag);
        if (tags.size > TAGS_MAX)
            throw tooMany(what, `${TAGS_MAX} tags`);
        const next = followingPage(fetch, response, { first, what });
        if (next === undefined && tags.size === before)
            break;
        if (next !== undefined && seen.has(next.href)) {
            throw new RegistryError('REGISTRY_INVALID', `${what}: the pages form a loop`);
        }
        if (seen.size >= TAGS_PAGES_MAX)
            throw tooMany(what, `${TAGS_PAGES_MAX} pages of tags`);
        isConfirming = next === undefined;
        url = next ?? after(first, page.at(-1) ?? '');
    }
    return [...tags].sort();
}
function after(first, tag) {
    const url = new URL(first);
    url.searchParams.set('last', tag);
    return url;
}
function tooMany(what, limit) {
    return new RegistryError('REGISTRY_INVALID', `${what} lists more than ${limit}`, {
        hint: 'Name the tags that matter one by one, without `*`, or delete the tags that nobody needs.',
    });
}
function followingPage({ advise }, response, { first, what }) {
    const next = nextPage(response, { first, what, advise });
    if (next === undefined)
        return undefined;
    const here = [first, response.url].find(({ origin }) => origin === next.origin) ?? response.url;
    const rest = next.pathname.replace(/^\/v2\//, '/');
    if (!rest.endsWith('/tags/list') || !here.pathname.endsWith(rest))
        throw notTags(what, next);
    const following = new URL(here);
    following.search = next.search;
    return following;
}
function notTags(what, { pathname }) {
    const message = `${what} continues with ${(0,quoted/* quoted */.T)(pathname)}, which is not the list of tags of this repository`;
    return new RegistryError('REGISTRY_INVALID', message);
}
function tags_readPage({ body, status }, what) {
    const refuse = (why, cause) => new RegistryError('REGISTRY_INVALID', `the response to ${what} ${why}`, { status, cause });
    let json;
    try {
        const limits = { maxBytes: TAGS_MAX_BYTES, maxDepth: 16, maxMembers: 500_000 };
        json = (0,strict_json/* parseStrictJson */.RJ)(body, { ...limits, place: { name: null, tags: null } });
    }
    catch (error) {
        if (!(error instanceof SyntaxError))
            throw error;
        throw refuse(`is not a list of tags: ${error.message}`, error);
    }
    const tags = typeof json === 'object' && json !== null ? Reflect.get(json, 'tags') : undefined;
    if (tags === null)
        return [];
    if (!Array.isArray(tags))
        throw refuse('has no list of tags');
    return tags.map((tag) => {
        if (typeof tag !== 'string')
            throw refuse('lists a tag that is not text');
        if (!(0,image_reference/* isTag */.dz)(tag))
            throw refuse(`lists ${(0,quoted/* quoted */.T)(tag)}, which is not a tag`);
        return tag;
    });
}
async function tags_pageError(fetch, repository, { what, response, isFirst }) {
    if (isRedirect(response)) {
        const { href } = send_call_targetOf(response, { registry: fetch.originOf(repository), what, advise: fetch.advise });
        const message = `${what} redirects to ${(0,quoted/* quoted */.T)(href.split('?')[0] ?? '')}, which is not a list of tags`;
        return new RegistryError('REGISTRY_INVALID', message, { status: response.status });
    }
    const error = answerError(what, response, await readHint(fetch, repository, response));
    if (error.code !== 'IMAGE_NOT_FOUND' || isFirst)
        return error;
    return new RegistryError('REGISTRY_INVALID', error.message, { status: 404, specCodes: error.specCodes });
}

;// CONCATENATED MODULE: ./.build/js/src/oci/transport/challenge.js

const challenge_BARE_VALUE = /[^\s,"]*/y;
const PARAMETER_MARK = /[ \t]*=(?!=)[ \t]*/y;
const TOKEN68 = /[A-Za-z0-9._~+/-]+=+(?=\s*(?:,|$))/y;
const FIELD_MAX = 16_384;
function parseChallenges(fields) {
    return fields.flatMap((field) => challenge_parseField(field.slice(0, FIELD_MAX)));
}
function challenge_parseField(text) {
    const challenges = [];
    const scanner = createHeaderScanner(text);
    while (!scanner.isAtEnd()) {
        scanner.skip(' \t,');
        const word = scanner.take(TOKEN);
        if (word === undefined) {
            if (scanner.takeUntil(',') === undefined)
                break;
            continue;
        }
        const current = challenges.at(-1);
        if (current === undefined || scanner.take(PARAMETER_MARK) === undefined) {
            challenges.push({ scheme: word.toLowerCase(), parameters: Object.create(null) });
            scanner.skip(' \t');
            scanner.take(TOKEN68);
            continue;
        }
        const value = scanner.peek() === '"' ? scanner.takeQuoted() : (scanner.take(challenge_BARE_VALUE) ?? '');
        const name = word.toLowerCase();
        if (!(name in current.parameters))
            current.parameters[name] = value;
    }
    return challenges.map(({ scheme, parameters }) => ({ scheme, parameters: { ...parameters } }));
}

;// CONCATENATED MODULE: ./.build/js/src/oci/transport/origin-state.js

function isAccessKnown({ challenge, open }, access) {
    return challenge !== undefined || open.has(access);
}
function noteAnswer({ call, origin, state }, response, header) {
    if (response.certificate === 'missing' && isFrom(response, origin))
        state.lacksCertificate = true;
    if (response.status === 401 && isFrom(response, origin))
        state.challenge ??= chooseChallenge(response);
    if (header === undefined && response.status < 400)
        noteOpen(state, call.access);
}
function noteBase({ call, state }, refusal, base) {
    state.isBaseAsked = true;
    const asking = [refusal, base].filter(({ status }) => status === 401);
    const isUnnamed = asking.length > 0 && asking.every(({ headers }) => headers['www-authenticate'] === undefined);
    const told = base.status === 401 ? chooseChallenge(base) : undefined;
    state.challenge ??= told ?? (isUnnamed ? UNNAMED_CHALLENGE : undefined);
    if (state.challenge === undefined)
        noteOpen(state, call.access);
}
const UNNAMED_CHALLENGE = { scheme: 'basic', parameters: {} };
function notePresumed({ origin, state }, presumed, response) {
    if (response.certificate === 'missing' && isFrom(response, origin))
        state.lacksCertificate = true;
    const isRefused = isFrom(response, origin) && (response.status === 401 || response.status === 403);
    const told = isRefused && response.status === 401 ? chooseChallenge(response) : undefined;
    if (!isRefused || isSameChallenge(told, presumed)) {
        if (isRefused || response.status < 400)
            state.challenge ??= presumed;
        return true;
    }
    state.presumed = undefined;
    if (told?.scheme === 'bearer')
        state.challenge ??= told;
    return false;
}
function isSameChallenge(one, other) {
    if (one === undefined || one.scheme !== other.scheme)
        return false;
    return ['realm', 'service'].every((name) => one.parameters[name] === other.parameters[name]);
}
function noteOpen({ open }, access) {
    open.add(access);
    open.add('pull');
}
function isFrom(response, origin) {
    return response.url.origin === origin.origin;
}
function chooseChallenge(response) {
    const challenges = parseChallenges(response.headersDistinct['www-authenticate'] ?? []);
    return (challenges.find(({ scheme, parameters }) => scheme === 'bearer' && parameters['realm'] !== undefined) ??
        challenges.find(({ scheme }) => scheme === 'basic'));
}

;// CONCATENATED MODULE: ./.build/js/src/oci/transport/choose-authorization.js



function createChooser(options) {
    const { credentials, tokens, memory, firstCalls, context } = options;
    let denials = [];
    const loginsLeft = async ({ repository }) => {
        const first = await credentials.find(context, repository);
        const all = first === undefined ? [] : [first, ...(first.others ?? [])];
        return all.slice(Math.min(memory.refusedLogins(context, repository), Math.max(0, all.length - 1)));
    };
    const chooseNext = async (call, refused) => {
        if (refused === undefined || call.access !== 'pull')
            return false;
        const left = await loginsLeft(call);
        const at = left.findIndex(({ source }) => source === refused.source);
        if (at < 0)
            return left.length > 0;
        if (at + 1 >= left.length)
            return false;
        const before = memory.refusedLogins(context, call.repository);
        memory.markRefused(context, call.repository, before + at + 1);
        return true;
    };
    const findCredential = async (call) => {
        const [credential] = await loginsLeft(call);
        if (credential?.isFallback !== true || !memory.isAnonymous(context, call))
            return { credential };
        return { credential: undefined, refused: credential.source };
    };
    const isPushTried = ({ repository }, credential) => options.access === 'push' && credential !== undefined && !memory.isPullOnly(context, repository);
    const scopeOf = (call, credential) => {
        const pushes = call.access === 'push' || isPushTried(call, credential);
        return `repository:${call.repository.path}:${pushes ? 'pull,push' : 'pull'}`;
    };
    const withToken = async (request) => {
        const denial = denials.find((one) => isSameRequest(one.request, request));
        if (denial !== undefined) {
            denials = denials.filter((one) => one !== denial);
            throw denial.error;
        }
        const value = await tokens.token(context, request);
        return { header: `Bearer ${value}`, token: { request, value }, credential: request.credential };
    };
    const withDenialKept = async (request) => {
        try {
            return await withToken(request);
        }
        catch (error) {
            if (error instanceof RegistryError && error.code === 'REGISTRY_DENIED')
                denials = [...denials, { request, error }];
            throw error;
        }
    };
    const reduceRights = (call, credential) => {
        if (call.access === 'push')
            return false;
        if (isPushTried(call, credential)) {
            memory.markPullOnly(context, call.repository);
            return true;
        }
        if (credential?.isFallback !== true || memory.isAnonymous(context, call))
            return false;
        memory.markAnonymous(context, call.repository);
        return true;
    };
    const choose = async (call, origin, state) => {
        const { challenge } = state;
        if (challenge === undefined)
            return { header: undefined, token: undefined, credential: undefined };
        const { credential, refused } = await findCredential(call);
        const ready = readyHeader(challenge, credential);
        if (ready !== undefined)
            return { header: ready.header, token: undefined, credential };
        try {
            return await withToken({ registry: origin, challenge, scopes: [scopeOf(call, credential)], credential });
        }
        catch (error) {
            const isDenied = error instanceof RegistryError && error.code === 'REGISTRY_DENIED';
            if (isDenied && (await chooseNext(call, credential)))
                return choose(call, origin, state);
            if (isDenied && reduceRights(call, credential))
                return choose(call, origin, state);
            if (!isDenied || refused === undefined)
                throw error;
            const { status, specCodes } = error;
            const hint = `The login from ${refused} was refused, and so was anonymous access.`;
            throw new RegistryError(error.code, error.message, { cause: error, status, specCodes, hint });
        }
    };
    const presume = async (call, origin, state) => {
        const { presumed } = state;
        if (presumed === undefined || isAccessKnown(state, call.access))
            return undefined;
        const { challenge } = presumed;
        try {
            const { credential } = await findCredential(call);
            if (credential === undefined && call.access === 'pull' && presumed.isReadOpenly)
                return undefined;
            const ready = readyHeader(challenge, credential);
            if (ready !== undefined)
                return { header: ready.header, token: undefined, credential };
            const asked = { registry: origin, challenge, scopes: [scopeOf(call, credential)], credential };
            return await firstCalls.await(origin, () => withDenialKept({ ...asked, isTrial: true }));
        }
        catch (error) {
            if (!(error instanceof RegistryError))
                throw error;
            state.presumed = undefined;
            return undefined;
        }
    };
    const prepare = async (repository, origin, { challenge }) => {
        if (challenge === undefined)
            return;
        try {
            const call = { repository, access: 'pull' };
            const { credential } = await findCredential(call);
            if (readyHeader(challenge, credential) !== undefined)
                return;
            await withDenialKept({ registry: origin, challenge, scopes: [scopeOf(call, credential)], credential });
        }
        catch {
        }
    };
    return { choose, presume, prepare, chooseNext };
}
function isSameRequest(one, other) {
    const textOf = ({ challenge: { parameters }, scopes }) => JSON.stringify([parameters['realm'], parameters['service'], scopes]);
    return (one.registry.origin === other.registry.origin &&
        one.credential === other.credential &&
        textOf(one) === textOf(other));
}
function readyHeader({ scheme }, credential) {
    if (scheme === 'basic') {
        const basic = basicOf(credential);
        return { header: basic === undefined ? undefined : `Basic ${basic}` };
    }
    return credential?.kind === 'registry-token' ? { header: `Bearer ${credential.token}` } : undefined;
}

;// CONCATENATED MODULE: ./.build/js/src/oci/transport/first-calls.js



function createFirstCalls(http) {
    const openAhead = (origin) => http.preconnect(origin, { withClientCertificate: true });
    const waiting = new Map();
    return {
        async enter(context, { call, origin, state }) {
            while (!isAccessKnown(state, call.access) && state.probe !== undefined) {
                const { probe } = state;
                void (0,own_turn/* ownTurn */.A)().then(() => {
                    if (state.probe === probe)
                        openAhead(origin);
                });
                await (0,within/* within */.u)(context.signal, () => probe);
            }
            if (isAccessKnown(state, call.access))
                return () => undefined;
            openAhead(origin);
            let done = () => undefined;
            state.probe = new Promise((resolve) => {
                done = resolve;
            });
            return () => {
                state.probe = undefined;
                done();
            };
        },
        async await({ origin }, token) {
            const count = (waiting.get(origin) ?? 0) + 1;
            waiting.set(origin, count);
            http.preconnect(origin, { withClientCertificate: true, idle: count });
            try {
                return await token();
            }
            finally {
                const left = (waiting.get(origin) ?? 1) - 1;
                if (left > 0)
                    waiting.set(origin, left);
                else
                    waiting.delete(origin);
            }
        },
    };
}

;// CONCATENATED MODULE: ./.build/js/src/oci/transport/redirected-reads.js



function createElsewhere(options) {
    const { tokens, memory, context } = options;
    return async (url, send) => {
        const route = routeOf(url);
        if (route === undefined)
            return send(undefined);
        const target = memory.targetOf(context, url);
        const getToken = async () => {
            const { challenge } = target;
            if (challenge?.scheme !== 'bearer')
                return undefined;
            const scopes = [`repository:${route.name}:pull`];
            const request = { registry: new URL(url.origin), challenge, scopes, credential: undefined };
            return { request, value: await anonymousToken(url, () => tokens.token(context, request)) };
        };
        const bearer = (token) => token === undefined ? undefined : `Bearer ${token.value}`;
        const first = await getToken();
        const response = await send(bearer(first));
        if (response.status !== 401)
            return response;
        target.challenge ??= chooseChallenge(response);
        if (first !== undefined)
            tokens.forget(first.request, first.value);
        const second = await getToken();
        return second === undefined ? response : send(bearer(second));
    };
}
async function anonymousToken(url, ask) {
    try {
        return await ask();
    }
    catch (error) {
        if (!(error instanceof RegistryError) || error.code !== 'REGISTRY_DENIED')
            throw error;
        const { status, specCodes } = error;
        const options = { cause: error, status, specCodes, hint: awayHint(url) };
        throw new RegistryError('REGISTRY_DENIED', error.message, options);
    }
}
function awayHint(url) {
    const why = `The registry redirects to ${url.host}, and its login is not sent there.`;
    if (routeOf(url) === undefined)
        return why;
    return `${why} If a login is needed, name the image by its address on ${url.host}, and log in there.`;
}

;// CONCATENATED MODULE: ./.build/js/src/oci/transport/login-denied.js



function createDenials(options) {
    const { credentials, advise, memory, context, originOf } = options;
    const explainRefusal = async (call, answer, right) => {
        const origin = originOf(call.repository);
        if (!isFrom(answer, origin))
            return awayHint(answer.url);
        const login = await explainLogin(call, answer, right);
        if (!memory.stateOf(context, origin).lacksCertificate)
            return login;
        return `${login} The registry also asked for a client certificate. ${advise({ kind: 'certificate-missing', host: origin.host })}`;
    };
    const explainLogin = async (call, { used }, right) => {
        const { repository } = call;
        const credential = used.credential ?? (await credentials.find(context, repository));
        if (credential === undefined) {
            return `No login for ${repository.registry} was found (looked in ${credentials.describePlaces()}). ${right}`;
        }
        if (credential.isFallback && memory.isAnonymous(context, call)) {
            return `The login from ${credential.source} was refused, so access was anonymous. ${right}`;
        }
        if (used.header !== undefined)
            return `The login came from ${credential.source}. ${right}`;
        const isAsked = used.credential !== undefined;
        const why = isAsked ? '. ' : ', because the registry did not ask for one.';
        return `The login from ${credential.source} was not sent${why}${isAsked ? whyNotBasic(credential) : ''}`;
    };
    return {
        explainRefusal,
        async denied(call, answer) {
            const { token } = answer.used;
            const scope = token === undefined ? '' : ` The scope needed is ${token.request.scopes.join(' ')}.`;
            const right = advise({ kind: 'right-missing', repository: call.repository, access: call.access });
            const hint = `${await explainRefusal(call, answer, right)}${scope}`;
            return answerError(`${call.method} ${call.url.origin}${call.url.pathname}`, answer, hint);
        },
    };
}
function whyNotBasic(credential) {
    const kind = credential.kind === 'identity-token'
        ? 'a refresh token (identitytoken), which only a token server may see'
        : 'a Bearer token (registrytoken)';
    return `It is ${kind}, and the registry asks for a user name and a password (Basic): log in with those.`;
}

;// CONCATENATED MODULE: ./.build/js/src/oci/transport/known-registries.js
const bearer = (realm, service) => ({ scheme: 'bearer', parameters: { realm, service } });
const KNOWN = [
    {
        host: /^ghcr\.io$/,
        about: () => ({
            challenge: bearer('https://ghcr.io/token', 'ghcr.io'),
            isReadOpenly: false,
            storage: 'https://pkg-containers.githubusercontent.com',
            lacksReferrersApi: true,
            grantsOneOnly: true,
        }),
    },
    {
        host: /^registry-1\.docker\.io$/,
        about: () => ({ challenge: bearer('https://auth.docker.io/token', 'registry.docker.io'), isReadOpenly: false }),
    },
    {
        host: /^quay\.io$/,
        about: () => ({ challenge: bearer('https://quay.io/v2/auth', 'quay.io'), isReadOpenly: true }),
    },
    {
        host: /^registry\.gitlab\.com$/,
        about: () => ({ challenge: bearer('https://gitlab.com/jwt/auth', 'container_registry'), isReadOpenly: false }),
    },
    {
        host: /^public\.ecr\.aws$/,
        about: () => ({
            challenge: bearer('https://public.ecr.aws/token/', 'public.ecr.aws'),
            isReadOpenly: false,
            grantsOneOnly: true,
        }),
    },
    {
        host: /^(?:gcr\.io|[a-z0-9-]+-docker\.pkg\.dev)$/,
        about: (host) => ({
            challenge: bearer(`https://${host}/v2/token`, host),
            isReadOpenly: true,
            grantsOneOnly: true,
        }),
    },
    {
        host: /^[a-z0-9-]+\.azurecr\.io$/,
        about: (host) => ({ challenge: bearer(`https://${host}/oauth2/token`, host), isReadOpenly: false }),
    },
];
function knownRegistry(origin) {
    if (origin.protocol !== 'https:' || origin.port !== '')
        return undefined;
    const { hostname } = origin;
    return KNOWN.find(({ host }) => host.test(hostname))?.about(hostname);
}

;// CONCATENATED MODULE: ./.build/js/src/oci/transport/login-memory.js



const CHALLENGES = { lifetimeMs: 10 * 60_000, entriesMax: 256 };
const REFUSALS = { lifetimeMs: 5 * 60_000, entriesMax: 4096 };
function createLoginMemory(clock) {
    const states = createCallMemory({ clock, ...CHALLENGES });
    const targets = createCallMemory({ clock, ...CHALLENGES });
    const open = createCallMemory({ clock, ...REFUSALS });
    const anonymous = createCallMemory({ clock, ...REFUSALS });
    const pullOnly = createCallMemory({ clock, ...REFUSALS });
    const refused = createCallMemory({ clock, ...REFUSALS });
    return {
        stateOf(context, url) {
            const { origin } = url;
            const known = states.get(context, origin);
            if (known !== undefined)
                return known;
            const state = {
                challenge: undefined,
                presumed: knownRegistry(url),
                open: new Set(),
                lacksCertificate: false,
                probe: undefined,
                isBaseAsked: false,
            };
            states.set(context, origin, state);
            return state;
        },
        targetOf(context, { origin }) {
            const target = targets.get(context, origin) ?? { challenge: undefined };
            targets.set(context, origin, target);
            return target;
        },
        isOpen: (context, repository) => open.get(context, (0,image_reference/* formatRepository */.Sh)(repository)) === true,
        markOpen: (context, repository) => open.set(context, (0,image_reference/* formatRepository */.Sh)(repository), true),
        isAnonymous: (context, { repository, access }) => access === 'pull' && anonymous.get(context, (0,image_reference/* formatRepository */.Sh)(repository)) === true,
        markAnonymous: (context, repository) => anonymous.set(context, (0,image_reference/* formatRepository */.Sh)(repository), true),
        isPullOnly: (context, repository) => pullOnly.get(context, (0,image_reference/* formatRepository */.Sh)(repository)) === true,
        markPullOnly: (context, repository) => pullOnly.set(context, (0,image_reference/* formatRepository */.Sh)(repository), true),
        refusedLogins: (context, repository) => refused.get(context, (0,image_reference/* formatRepository */.Sh)(repository)) ?? 0,
        markRefused: (context, repository, logins) => refused.set(context, (0,image_reference/* formatRepository */.Sh)(repository), logins),
    };
}

;// CONCATENATED MODULE: ./.build/js/src/oci/transport/tokens-ahead.js

const ASKED_AT_ONCE = 8;
function createTokensAhead({ originOf, isLoginKnown, ask }) {
    const queues = new Map();
    const flush = (origin) => {
        const queue = queues.get(origin.origin);
        if (queue === undefined)
            return;
        for (const [name, repository] of queue.awaited) {
            if (queue.underWay >= ASKED_AT_ONCE)
                return;
            queue.awaited.delete(name);
            void askNow(queue, repository, origin);
        }
    };
    const askNow = async (queue, repository, origin) => {
        queue.underWay += 1;
        await ask(repository, origin);
        queue.underWay -= 1;
        flush(origin);
    };
    return {
        expect(repository) {
            const origin = originOf(repository);
            const queue = queues.get(origin.origin) ?? { awaited: new Map(), underWay: 0 };
            queues.set(origin.origin, queue);
            queue.awaited.set((0,image_reference/* formatRepository */.Sh)(repository), repository);
            if (isLoginKnown(origin))
                flush(origin);
        },
        begun(repository) {
            if (queues.size > 0)
                queues.get(originOf(repository).origin)?.awaited.delete((0,image_reference/* formatRepository */.Sh)(repository));
        },
        flush,
    };
}

;// CONCATENATED MODULE: ./.build/js/src/oci/transport/authorized-fetch.js












function createAuthorizer(options) {
    const memory = createLoginMemory(options.clock);
    const firstCalls = createFirstCalls(options.http);
    return { fetchFor: (context) => createAuthorizedFetch({ ...options, memory, firstCalls, context }) };
}
const STRANGER_STATUSES = [401, 403, 404];
const ANONYMOUS = { header: undefined, token: undefined, credential: undefined };
function createAuthorizedFetch(options) {
    const { http, tokens, advise, memory, firstCalls, context } = options;
    const { choose, presume, prepare, chooseNext } = createChooser(options);
    const readElsewhere = createElsewhere(options);
    const origins = new Map();
    const originOf = ({ registry }) => {
        const origin = origins.get(registry) ?? registryOrigin(registry, options.insecureRegistries);
        origins.set(registry, origin);
        return origin;
    };
    const { explainRefusal, denied } = createDenials({ ...options, originOf });
    const ahead = createTokensAhead({
        originOf,
        isLoginKnown: (origin) => memory.stateOf(context, origin).challenge !== undefined,
        ask: (repository, origin) => prepare(repository, origin, memory.stateOf(context, origin)),
    });
    const fetchAuthorized = async (call) => {
        ahead.begun(call.repository);
        const origin = originOf(call.repository);
        const visit = { call, origin, state: memory.stateOf(context, origin) };
        const first = (await sendPresuming(visit)) ?? (await sendInTurn(visit));
        const last = canLogInAgain(visit, first) ? await sendWithNewLogin(visit, first) : first;
        return settleRefusal(visit, last);
    };
    const sendPresuming = async (visit) => {
        const { call, origin, state } = visit;
        const { presumed } = state;
        if (presumed === undefined || state.challenge !== undefined)
            return undefined;
        const used = await presume(call, origin, state);
        if (used === undefined)
            return undefined;
        const answer = await sendOnce(call, origin, used);
        if (notePresumed({ origin, state }, presumed.challenge, answer)) {
            if (state.challenge !== undefined)
                ahead.flush(origin);
            return answer;
        }
        if (used.token !== undefined)
            tokens.forget(used.token.request, used.token.value);
        return sendInTurn({ call: await renewed(call), origin, state });
    };
    const send = async ({ call, origin, state }) => sendOnce(call, origin, await choose(call, origin, state));
    const sendOnce = async (call, origin, used) => {
        const authorization = used.header;
        return { ...(await sendCall(context, { http, call, origin, authorization, readElsewhere, advise })), used };
    };
    const sendInTurn = async (visit) => {
        const release = await firstCalls.enter(context, visit);
        try {
            const answer = await send(visit);
            noteAnswer(visit, answer, answer.used.header);
            if (visit.state.challenge !== undefined)
                ahead.flush(visit.origin);
            if (isOpenRead(visit, answer))
                memory.markOpen(context, visit.call.repository);
            if (isUnasked(visit, answer))
                await askBase(visit, answer);
            return answer;
        }
        finally {
            release();
        }
    };
    const isUnasked = ({ call, origin, state }, answer) => {
        if (!isFrom(answer, origin) || answer.used.header !== undefined)
            return false;
        if (state.challenge !== undefined || state.isBaseAsked || !STRANGER_STATUSES.includes(answer.status))
            return false;
        return answer.status !== 404 || call.access === 'push' || !memory.isOpen(context, call.repository);
    };
    const askBase = async ({ call, origin, state }, refusal) => {
        const url = new URL('/v2/', origin);
        const asking = { method: 'GET', url, access: 'pull', maxBytes: limits_ANSWER_MAX_BYTES, retry: true };
        const base = await sendOnce({ ...asking, repository: call.repository }, origin, ANONYMOUS);
        if (base.status === 429 || (base.status >= 500 && base.status !== 501)) {
            throw answerError(`GET ${url.href}`, base, adviseOnStatus(advise, base.status));
        }
        noteBase({ call, origin, state }, refusal, base);
    };
    const sendWithNewLogin = async ({ call, origin, state }, first) => {
        const { token } = first.used;
        if (token !== undefined)
            tokens.forget(token.request, token.value);
        const used = await choose(call, origin, state);
        if (used.header === undefined)
            return { ...first, used };
        return sendOnce(await renewed(call), origin, used);
    };
    const settleRefusal = async (visit, answer) => {
        const { call, origin } = visit;
        if (!isFrom(answer, origin))
            return answer;
        const isRefused = answer.status === 401 || answer.status === 403;
        if (isRefused && (await chooseNext(call, answer.used.credential)))
            return settleRefusal(visit, await send(visit));
        if (isRefused && answer.used.credential?.isFallback === true && call.access === 'pull') {
            memory.markAnonymous(context, call.repository);
            const anonymous = await send(visit);
            if (anonymous.status !== 401)
                return anonymous;
        }
        if (answer.status === 401)
            throw await denied(call, answer);
        return answer;
    };
    const explainAbsence = async (repository) => {
        const origin = originOf(repository);
        const state = memory.stateOf(context, origin);
        if (!state.isBaseAsked || state.challenge === undefined)
            return undefined;
        const call = { repository, method: 'GET', url: origin, access: 'pull', maxBytes: 0, retry: false };
        const used = await choose(call, origin, state);
        if (used.header !== undefined && used.credential !== undefined)
            return undefined;
        const login = await explainRefusal(call, { url: origin, used }, '');
        return `${repository.registry} may hide images from callers without a login. ${login}`.trimEnd();
    };
    return Object.assign(fetchAuthorized, { prepare: ahead.expect, originOf, advise, explainRefusal, explainAbsence });
}
async function renewed(call) {
    return call.renew === undefined ? call : { ...call, ...(await call.renew()) };
}
function isOpenRead({ call, origin }, answer) {
    return call.access === 'pull' && answer.used.header === undefined && answer.status < 300 && isFrom(answer, origin);
}
function canLogInAgain({ origin, state }, answer) {
    if (!isFrom(answer, origin))
        return false;
    if (answer.used.header === undefined)
        return STRANGER_STATUSES.includes(answer.status) && state.challenge !== undefined;
    return answer.status === 401 && answer.used.token !== undefined;
}

;// CONCATENATED MODULE: ./.build/js/src/oci/transport/storage-ahead.js

const STORAGE_CONNECTIONS_MAX = 8;
function createStorageAhead(http) {
    const counts = new Map();
    return {
        async while(registry, work) {
            const storage = knownRegistry(registry)?.storage;
            if (storage === undefined)
                return work();
            const count = counts.get(storage) ?? { underWay: 0, most: 0 };
            counts.set(storage, count);
            count.underWay += 1;
            if (count.underWay > count.most && count.most < STORAGE_CONNECTIONS_MAX) {
                count.most = count.underWay;
                http.preconnect(storage);
            }
            try {
                return await work();
            }
            finally {
                count.underWay -= 1;
            }
        },
    };
}

;// CONCATENATED MODULE: ./.build/js/src/oci/transport/token-grants.js
function readGrants(token) {
    const access = readAccess(token);
    return (scope) => {
        const [, type, name, actions = ''] = /^([^:]+):(.+):([^:]+)$/.exec(scope) ?? [];
        const wanted = actions.split(',');
        return access.some((one) => one.type === type && one.name === name && wanted.every((action) => one.actions.includes(action)));
    };
}
function readAccess(token) {
    const [, payload, signature] = token.split('.');
    if (payload === undefined || signature === undefined)
        return [];
    try {
        const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
        const { access } = Object(claims);
        return Array.isArray(access) ? access.map(Object).filter(({ actions }) => Array.isArray(actions)) : [];
    }
    catch {
        return [];
    }
}

;// CONCATENATED MODULE: ./.build/js/src/oci/transport/token-groups.js


const GROUP_MAX = 8;
const token_groups_REFUSALS = { lifetimeMs: 10 * 60_000, entriesMax: 256 };
function createTokenGroups({ clock, ask }) {
    const refused = (0,expiring_map/* createExpiringMap */.j)({ clock, entriesMax: token_groups_REFUSALS.entriesMax });
    const work = createSharedWork();
    const gathering = new Map();
    const asking = new Map();
    let groups = 0;
    const refuse = (server) => refused.set(server, true, token_groups_REFUSALS.lifetimeMs);
    const begin = (server) => {
        const group = { id: String(groups++), requests: new Map(), isOpen: true };
        gathering.set(server, group);
        return group;
    };
    const enter = ({ key, server, request }) => {
        const own = asking.get(key);
        if (own !== undefined)
            return own;
        const last = gathering.get(server);
        const group = last?.isOpen === true ? last : begin(server);
        group.requests.set(key, request);
        group.isOpen = group.requests.size < GROUP_MAX;
        asking.set(key, group);
        return group;
    };
    const askFor = async (call, group, server) => {
        try {
            await new Promise((resolve) => setImmediate(resolve));
            group.isOpen = false;
            const [first, ...others] = group.requests.values();
            if (first === undefined || others.length === 0)
                return;
            if ((await ask(call, [first, ...others])) < 2)
                refuse(server);
        }
        catch {
            if (!call.signal.aborted)
                refuse(server);
        }
        finally {
            if (gathering.get(server) === group)
                gathering.delete(server);
            for (const key of group.requests.keys())
                asking.delete(key);
        }
    };
    return {
        async join(call, member) {
            if (refused.get(member.server) === true)
                return;
            const group = enter(member);
            await work.join(call, group.id, (joint) => askFor(joint, group, member.server));
        },
        refuse,
    };
}

;// CONCATENATED MODULE: ./.build/js/src/oci/transport/token-realm.js




async function checkRealm({ registry, challenge, credential }, { tokenHosts, advise }) {
    const text = challenge.parameters['realm'] ?? '';
    const refuse = (why, hint) => {
        const message = `${registry.host} names the token server ${(0,quoted/* quoted */.T)(text.split('?')[0] ?? '')}, ${why}`;
        return new RegistryError('REGISTRY_DENIED', message, { hint });
    };
    if (!URL.canParse(text))
        throw refuse('which is not a URL');
    const realm = new URL(text);
    realm.hash = '';
    if (realm.username !== '' || realm.password !== '')
        throw refuse('which contains a user name');
    const isHttpsOrLocal = realm.protocol === 'https:' ||
        (realm.protocol === 'http:' &&
            registry.protocol === 'http:' &&
            (realm.origin === registry.origin || ((0,network_host/* isLoopbackHost */.cW)(registry.hostname) && (0,network_host/* isLoopbackHost */.cW)(realm.hostname))));
    if (!isHttpsOrLocal) {
        const isDowngrade = realm.protocol === 'http:' && registry.protocol === 'https:';
        throw refuse('which is not https', isDowngrade ? adviseOnHttp(realm, registry, advise) : undefined);
    }
    if (isForeignLiteral(realm, registry))
        throw refuse('which is an address of another host');
    if ((0,network_host/* isLoopbackHost */.cW)(realm.hostname) && !(0,network_host/* isLoopbackHost */.cW)(registry.hostname))
        throw refuse('which is this machine');
    if (credential === undefined || (await isTokenHost(realm, registry, tokenHosts)))
        return realm;
    throw refuse('on another domain; the login was not sent there', advise({ kind: 'token-host-unlisted', host: realm.host }));
}
async function isTokenHost(realm, registry, tokenHosts) {
    if (isSameHost(realm, registry) || (0,network_host/* isListedHost */.cQ)(realm, tokenHosts))
        return true;
    return await hasSameDomain(realm.hostname, registry.hostname);
}
async function hasSameDomain(one, other) {
    const { getDomain } = await __webpack_require__.e(/* import() */ 935).then(__webpack_require__.t.bind(__webpack_require__, 935, 19));
    const [a, b] = [one, other].map((host) => getDomain(host, { allowPrivateDomains: true }));
    return typeof a === 'string' && a === b;
}

;// CONCATENATED MODULE: ./.build/js/src/oci/transport/token.js









const CLIENT_ID = 'countersign';
const token_ANSWER_MAX_BYTES = 128 * 1024;
const DEFAULT_LIFETIME_S = 60;
const MIN_LIFETIME_S = 10;
const NO_POST_STATUSES = [404, 405, 501];
const TOKENS = { lifetimeMaxMs: 24 * 3_600_000, entriesMax: 4096 };
const REFRESH_TOKENS = { lifetimeMs: 24 * 3_600_000, entriesMax: 1024 };
function createTokenSource(options) {
    const { clock } = options;
    const cache = (0,expiring_map/* createExpiringMap */.j)({ clock, entriesMax: TOKENS.entriesMax });
    const issuing = createSharedWork();
    const refreshTokens = (0,expiring_map/* createExpiringMap */.j)({ clock, entriesMax: REFRESH_TOKENS.entriesMax });
    const serverOf = ({ registry, challenge, credential }) => JSON.stringify([
        registry.origin,
        challenge.parameters['realm'],
        challenge.parameters['service'] ?? '',
        ...(credential === undefined ? [] : [credentialKey(credential)]),
    ]);
    const keyOf = (request) => JSON.stringify([serverOf(request), request.scopes]);
    const issue = async (call, request) => {
        const realm = await checkRealm(request, options);
        const { credential } = request;
        const response = credential?.kind === 'identity-token'
            ? await post(call, { realm, request, credential })
            : await get(call, { realm, request, basic: credential?.kind === 'basic' ? credential.basic : undefined });
        const issued = parseAnswer(response, realm, clock.now());
        options.mask(issued.token);
        if (issued.refreshToken !== undefined && credential?.kind === 'identity-token') {
            options.mask(issued.refreshToken);
            refreshTokens.set(credentialKey(credential), issued.refreshToken, REFRESH_TOKENS.lifetimeMs);
        }
        return issued;
    };
    const refused = (what, response, credential) => refusal({ what, response, credential, advise: options.advise });
    const get = async (call, { realm, request, basic, }) => {
        const { challenge, scopes, credential } = request;
        const url = new URL(realm);
        const service = challenge.parameters['service'];
        if (service !== undefined && service !== '')
            url.searchParams.set('service', service);
        for (const scope of scopes)
            url.searchParams.append('scope', scope);
        const headers = basic === undefined ? {} : { authorization: `Basic ${basic}` };
        const response = await send(call, request, { method: 'GET', url, headers });
        if (response.status !== 200)
            throw refused(`GET ${realm.origin}${realm.pathname}`, response, credential);
        return response;
    };
    const post = async (call, { realm, request, credential, }) => {
        const service = request.challenge.parameters['service'] ?? '';
        const refreshToken = refreshTokens.get(credentialKey(credential)) ?? credential.token;
        const body = new URLSearchParams({
            grant_type: 'refresh_token',
            service,
            client_id: CLIENT_ID,
            scope: request.scopes.join(' '),
            refresh_token: refreshToken,
        });
        const headers = { 'content-type': 'application/x-www-form-urlencoded' };
        const response = await send(call, request, {
            method: 'POST',
            url: realm,
            headers,
            body: body.toString(),
        });
        if (NO_POST_STATUSES.includes(response.status)) {
            if (credential.basic === undefined)
                throw noRefreshTokens(realm, response, credential);
            return get(call, { realm, request, basic: credential.basic });
        }
        if (response.status !== 200)
            throw refused(`POST ${realm.origin}${realm.pathname}`, response, credential);
        return response;
    };
    const send = async (call, { registry, isTrial = false }, request) => {
        const { url, method } = request;
        const mayPresent = () => isTokenHost(url, registry, options.tokenHosts);
        const withClientCertificate = options.certificateOrigins?.includes(url.origin) === true && (await mayPresent());
        const { advise } = options;
        try {
            const response = await options.http.request(call, {
                service: 'token server',
                ...request,
                headers: { accept: 'application/json', ...request.headers },
                maxBytes: token_ANSWER_MAX_BYTES,
                retry: !isTrial,
                withClientCertificate,
            });
            if (response.status === 200)
                return response;
            const callee = { url, withClientCertificate: await mayPresent() };
            const what = `${method} ${url.origin}${url.pathname}`;
            refuseUncertified(response, what, callee, advise);
            const hint = adviseOnPlace(response, registry, advise);
            if (hint === undefined)
                return response;
            const { message, status, specCodes } = answerError(what, response, undefined);
            throw new RegistryError('REGISTRY_INVALID', message, { status, specCodes, hint });
        }
        catch (error) {
            const failed = callError(error, { url, withClientCertificate: await mayPresent() }, advise);
            if (failed === error || failed.code === 'REGISTRY_DENIED' || !isOtherPort(url, registry))
                throw failed;
            const { code, message, cause, status } = failed;
            const hint = advise({ kind: 'announces-port', registry: registry.host, host: url.host });
            throw new RegistryError(code, message, { cause, status, hint });
        }
    };
    const keep = (request, issued) => {
        const leftMs = issued.expiresAtMs - clock.now().getTime();
        cache.set(keyOf(request), issued, Math.min(leftMs, TOKENS.lifetimeMaxMs));
    };
    const groups = createTokenGroups({
        clock,
        async ask(call, requests) {
            const scopes = requests.flatMap((request) => request.scopes);
            const issued = { ...(await issue(call, { ...requests[0], scopes, isTrial: true })), isShared: true };
            const isGranted = readGrants(issued.token);
            const granted = requests.filter((request) => request.scopes.every(isGranted));
            for (const request of granted)
                keep(request, issued);
            return granted.length;
        },
    });
    const askedAlone = new Set();
    const issueAlone = async (call, key, request) => {
        askedAlone.add(key);
        try {
            const issued = await issue(call, request);
            keep(request, issued);
            return issued;
        }
        finally {
            askedAlone.delete(key);
        }
    };
    return {
        async token(call, request) {
            const key = keyOf(request);
            const server = serverOf(request);
            for (;;) {
                const known = cache.get(key);
                if (known !== undefined)
                    return known.token;
                if (!askedAlone.has(key) && knownRegistry(request.registry)?.grantsOneOnly !== true) {
                    await groups.join(call, { key, server, request });
                    const shared = cache.get(key);
                    if (shared !== undefined)
                        return shared.token;
                }
                const work = request.isTrial === true ? `trial ${key}` : key;
                const issued = await issuing.join(call, work, (joint) => issueAlone(joint, key, request));
                if (clock.now().getTime() < issued.expiresAtMs)
                    return issued.token;
            }
        },
        forget(request, token) {
            const key = keyOf(request);
            const known = cache.get(key);
            if (known?.token !== token)
                return;
            cache.delete(key);
            if (known.isShared === true)
                groups.refuse(serverOf(request));
        },
    };
}
function adviseOnPlace({ status, headers, url }, registry, advise) {
    const { location = '' } = headers;
    const target = status >= 300 && status < 400 && URL.canParse(location, url.href) ? new URL(location, url) : undefined;
    if (target?.protocol === 'http:' && url.protocol === 'https:')
        return adviseOnHttp(target, registry, advise);
    const isNoTokenServer = status === 404 || status === 405 || (status >= 300 && status < 400);
    if (!isNoTokenServer || !isOtherPort(url, registry))
        return undefined;
    return advise({ kind: 'announces-port', registry: registry.host, host: url.host });
}
function credentialKey(credential) {
    const secret = credential.kind === 'basic' ? credential.basic : credential.token;
    return JSON.stringify([credential.source, credential.kind, secret]);
}
function parseAnswer(response, realm, now) {
    const invalid = (why) => new RegistryError('REGISTRY_INVALID', `the token server ${realm.origin}${realm.pathname} answered ${why}`);
    let value;
    try {
        value = JSON.parse(Buffer.from(response.body).toString('utf8'));
    }
    catch {
        throw invalid('200 with a body that is not JSON');
    }
    if (typeof value !== 'object' || value === null)
        throw invalid('200 with JSON that is not an object');
    const fields = value;
    const token = [fields['token'], fields['access_token']].find((field) => typeof field === 'string' && field !== '');
    if (typeof token !== 'string')
        throw invalid('200 without a token');
    if (!/^[\x21-\x7e]+$/.test(token))
        throw invalid('200 with a token that contains invalid characters');
    const lifetime = fields['expires_in'];
    const seconds = typeof lifetime === 'number' && lifetime > 0 ? Math.max(lifetime, MIN_LIFETIME_S) : DEFAULT_LIFETIME_S;
    const refreshToken = fields['refresh_token'];
    return {
        token,
        expiresAtMs: now.getTime() + seconds * 1000 - Math.min(5_000, seconds * 200),
        refreshToken: typeof refreshToken === 'string' && refreshToken !== '' ? refreshToken : undefined,
    };
}
function noRefreshTokens(realm, { status }, credential) {
    return new RegistryError('REGISTRY_DENIED', `POST ${realm.origin}${realm.pathname} returned ${status}: this token server does not accept refresh tokens`, {
        status,
        hint: `The login came from ${credential.source} and is a refresh token (identitytoken). Log in with a user name and a password or access token instead.`,
    });
}
function refusal(refused) {
    const { what, response, credential, advise } = refused;
    const login = credential === undefined
        ? advise({ kind: 'login-missing' })
        : `The login came from ${credential.source}; check that it is still valid and has the necessary rights.`;
    if (response.status === 400 && credential !== undefined) {
        const error = answerError(what, response, login);
        return new RegistryError('REGISTRY_DENIED', error.message, {
            status: 400,
            specCodes: error.specCodes,
            hint: login,
        });
    }
    const isDenied = response.status === 401 || response.status === 403;
    const error = answerError(what, response, isDenied ? login : adviseOnStatus(advise, response.status));
    if (error.code !== 'IMAGE_NOT_FOUND')
        return error;
    return new RegistryError('REGISTRY_INVALID', error.message, { status: error.status, specCodes: error.specCodes });
}

;// CONCATENATED MODULE: ./.build/js/src/oci/writing/put-manifest.js






const UNKNOWN_TRIES = 4;
const UNKNOWN_CODES = ['BLOB_UNKNOWN', 'MANIFEST_BLOB_UNKNOWN', 'MANIFEST_UNKNOWN'];
async function putManifest({ fetch, manifests, clock, settleMs }, { repository, reference, mediaType, renew, ...first }) {
    const lagMs = settleMs / 3;
    const url = manifestUrl(fetch, repository, reference);
    const what = `PUT ${url.href}`;
    let { bytes, headers } = first;
    const again = async () => {
        if (renew !== undefined)
            ({ bytes, headers } = { headers: {}, ...(await renew()) });
        return { bytes, ...(headers === undefined ? {} : { headers }) };
    };
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
            maxBytes: limits_ANSWER_MAX_BYTES,
            retry: true,
        });
        if (response.status === 412) {
            return { kind: 'precondition-failed', error: answerError(what, response, undefined) };
        }
        if (isWritten(response)) {
            const digest = (0,image_digest/* digestOf */.ol)(bytes);
            if (isConfirmed(response, digest))
                return { kind: 'written', response, isConfirmed: true };
            const read = () => manifests.get(repository, digest, { fresh: true, keepFlaws: true });
            if (await isReadBack(read, { clock, lagMs }))
                return { kind: 'written', response, isConfirmed: false };
            throw notThere(what, response);
        }
        const { codes } = readErrorBody(response);
        const isUnknown = (response.status === 400 || response.status === 404) && codes.some((code) => UNKNOWN_CODES.includes(code));
        if (isUnknown && tries < UNKNOWN_TRIES) {
            await clock.sleep(lagMs * tries);
            await again();
            continue;
        }
        const error = await pushError(fetch, { repository, what, response });
        if (!isImmutable(response))
            throw error;
        const { status, specCodes } = error;
        throw new RegistryError('REGISTRY_DENIED', error.message, { status, specCodes, hint: immutableHint });
    }
}
function conditionOf(state) {
    if (state.digest === undefined)
        return { 'if-none-match': '*' };
    return state.etag === undefined ? {} : { 'if-match': state.etag };
}
function toTagWrite(what, result) {
    if (result.kind === 'precondition-failed')
        return result;
    return { kind: 'written', unconfirmed: result.isConfirmed ? undefined : notThere(what, result.response) };
}
function notThere(what, { status }) {
    const message = `${what} returned ${status}, but the registry does not serve what was sent`;
    return new RegistryError('REGISTRY_INVALID', message, {
        status,
        hint: 'The signature is not in the registry. A registry answers 201 to a manifest that it has stored.',
    });
}

;// CONCATENATED MODULE: ./.build/js/src/oci/writing/tag-merge.js



const WRITES_MAX = 6;
const READINGS_MAX = 3;
function isStale({ readAtMs }, { clock, settleMs }) {
    return clock.now().getTime() - readAtMs > settleMs / 2;
}
async function mergeIntoTag(options) {
    const { keyOf, clock, settleMs, random } = options;
    const ownKey = keyOf(options.own);
    const known = new Map(options.seen.map((entry) => [keyOf(entry), entry]));
    const unwritable = new Set();
    const warnings = [];
    let wasOverwritten = false;
    let unconfirmed;
    const read = async () => {
        const state = await options.read();
        for (const entry of state.entries)
            known.set(keyOf(entry), entry);
        for (const key of unwritable)
            known.delete(key);
        return state;
    };
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
        if (writes > 1) {
            await clock.sleep((settleMs / 3) * (1 + 2 * random() * Math.min(writes - 1, 3)), options.signal);
            state = await read();
        }
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
            unconfirmed = result.unconfirmed;
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
        if (!isComplete(state) && state.digest !== before.digest)
            wasOverwritten = true;
    }
    if (!hasOwn(state) && wasOverwritten)
        throw lost(options.tag);
    if (!hasOwn(state) && unconfirmed !== undefined)
        throw unconfirmed;
    if (!isComplete(state))
        warnings.push(hasOwn(state) ? stillMissing(options.tag) : stillStale(options.tag));
    else if (wasOverwritten)
        warnings.push(raced(options.tag));
    return { digest: state.digest, warnings };
}
function immutable(tag, cause) {
    return new RegistryError('REGISTRY_DENIED', `the registry refuses to overwrite ${tag}: ${cause.message}`, {
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
    return (`Another writer changed ${tag} at the same time; all entries have been restored. ` +
        'Sign an image from one job at a time.');
}
function dangling(tag, count) {
    return `${tag} listed ${count} manifest(s) that the registry no longer has; they were left out.`;
}
function stillMissing(tag) {
    return `${tag} contains our entry, but another writer keeps dropping earlier entries.`;
}
function stillStale(tag) {
    return `${tag} was written, but the registry still returns its old content; verifiers may not see the signature yet.`;
}

;// CONCATENATED MODULE: ./.build/js/src/oci/writing/referrers-index.js










async function readIndex(context, { repository, subject }, look) {
    const tag = referrersTag(subject);
    const { manifest, readAtMs } = await readToExtend(context, { repository, tag, look });
    const nothing = { entries: [], digest: undefined, etag: undefined, readAtMs, base: undefined };
    if (manifest === undefined)
        return nothing;
    const content = readOwnTag(manifest, subject, manifestUrl(context.fetch, repository, tag).href);
    switch (content.kind) {
        case 'index':
            return { entries: content.entries, digest: manifest.digest, etag: manifest.etag, readAtMs, base: manifest };
        case 'alias':
            return nothing;
        case 'other':
            throw new RegistryError('REGISTRY_INVALID', `${manifestUrl(context.fetch, repository, tag).href} has the media type ${manifest.mediaType}, not that of an index of referrers; it was not changed`, { hint: 'Remove that tag if nothing needs it, or sign with `format: legacy`.' });
    }
}
function readOwnTag(manifest, subject, tag) {
    try {
        return readReferrersTag(manifest, subject);
    }
    catch (cause) {
        if (!(cause instanceof value_error/* ValueError */.Qp))
            throw cause;
        throw new RegistryError('REGISTRY_INVALID', `${tag} was not changed: ${cause.message}`, { cause });
    }
}
async function addToIndex(context, address, { own, seen, firstRead }) {
    const { repository, subject } = address;
    const tag = referrersTag(subject);
    let early = firstRead;
    return mergeIntoTag({
        ...context,
        tag: manifestUrl(context.fetch, repository, tag).href,
        own,
        seen: seen.filter(({ digest, size }) => digest !== own.digest && digest !== subject && size > 0),
        keyOf: entryKey,
        read: () => {
            const read = early ?? readIndex(context, address);
            early = undefined;
            return read;
        },
        write: (draft, renew) => writeIndex(context, { repository, tag, own: own.digest, draft, renew }),
    });
}
function entryKey(entry) {
    const digest = typeof entry === 'object' && entry !== null && 'digest' in entry ? entry.digest : undefined;
    return typeof digest === 'string' ? digest : JSON.stringify(entry);
}
async function writeIndex(context, write) {
    const { repository, tag, own } = write;
    const what = `PUT ${manifestUrl(context.fetch, repository, tag).href}`;
    let { draft } = write;
    const build = () => ({ bytes: encodeIndex(draft.entries, draft.state, { what }), headers: conditionOf(draft.state) });
    const renew = async () => {
        draft = await write.renew();
        return build();
    };
    const put = { repository, reference: tag, mediaType: media_types/* OCI_INDEX */.$p, ...build(), renew };
    try {
        return toTagWrite(what, await putManifest(context, put));
    }
    catch (error) {
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
            draft: without(await write.renew()),
            renew: async () => without(await write.renew()),
        });
        if (written.kind !== 'written')
            return written;
        return { ...written, unwritable: [...dangling, ...(written.unwritable ?? [])] };
    }
}
function encodeIndex(entries, { base }, { what, reserve = 0 }) {
    const index = { schemaVersion: 2, mediaType: media_types/* OCI_INDEX */.$p, ...base?.json, manifests: entries };
    const bytes = Buffer.from(JSON.stringify(index));
    if (bytes.length + reserve <= MANIFEST_MAX_BYTES)
        return bytes;
    throw new RegistryError('REGISTRY_INVALID', `${what}: the index of referrers would exceed ${MANIFEST_MAX_BYTES} bytes`, { hint: 'Remove entries that nothing needs from that tag, or sign with `format: legacy`.' });
}
async function findDangling({ manifests }, repository, entries) {
    const dangling = [];
    for (const entry of entries) {
        const digest = (0,image_digest/* parseDigest */.m)(entryKey(entry));
        if (digest !== undefined && (await manifests.head(repository, digest)) === undefined)
            dangling.push(entry);
    }
    return dangling;
}

;// CONCATENATED MODULE: ./.build/js/src/oci/writing/attach.js












async function attachManifest(context, address, { manifest, seen }) {
    const attachment = { context, address, artifact: attach_readArtifact(manifest), seen };
    const { digest } = attachment.artifact;
    try {
        if (context.withoutReferrersApi.has((0,image_reference/* formatRepository */.Sh)(address.repository))) {
            const pushing = push(attachment);
            pushing.then((response) => isUnlisted(response, address) && announce(attachment)).catch(() => undefined);
            return await inTurn(context, address, () => attachWithoutApi(attachment, pushing));
        }
        const listing = await listIfKnown(attachment, await push(attachment));
        if (listing !== undefined && isListed(listing, digest))
            return { listedBy: 'referrers-api', digest, warnings: [] };
        announce(attachment);
        if (listing === undefined)
            return await inTurn(context, address, () => listByTag(attachment));
        const toKeep = notListed(seen, listing);
        const { warnings } = await inTurn(context, address, () => addEntry(attachment, toKeep));
        return { listedBy: 'referrers-tag', digest, warnings };
    }
    finally {
        context.pending.remove(tagKey(address), attachment.artifact.entry);
    }
}
function announce({ context, address, artifact }) {
    context.pending.add(tagKey(address), artifact.entry);
}
function tagKey({ repository, subject }) {
    return `${(0,image_reference/* formatRepository */.Sh)(repository)}:${referrersTag(subject)}`;
}
async function attachWithoutApi(attachment, pushing) {
    const { context, address, artifact, seen } = attachment;
    const { digest } = artifact;
    const firstRead = readEarly(attachment);
    const listing = await listIfKnown(attachment, await pushing);
    if (listing !== undefined && isListed(listing, digest)) {
        context.withoutReferrersApi.delete((0,image_reference/* formatRepository */.Sh)(address.repository));
        return { listedBy: 'referrers-api', digest, warnings: [] };
    }
    const { warnings } = await addEntry(attachment, seen, firstRead);
    return { listedBy: 'referrers-tag', digest, warnings };
}
async function listByTag(attachment) {
    const { context, address, artifact, seen } = attachment;
    const { repository, subject } = address;
    const { digest } = artifact;
    const firstRead = readEarly(attachment);
    const listing = await context.referrers.list(repository, subject);
    if (listing.place.outcome === 'absent')
        context.withoutReferrersApi.add((0,image_reference/* formatRepository */.Sh)(repository));
    const isListedByApi = isListed(listing, digest);
    if (!isListedByApi)
        throwIfOutage(listing.place);
    try {
        const { warnings } = await addEntry(attachment, notListed(seen, listing), firstRead);
        return { listedBy: isListedByApi ? 'both' : 'referrers-tag', digest, warnings };
    }
    catch (error) {
        if (!isListedByApi || !(error instanceof RegistryError))
            throw error;
        const tag = referrersTag(subject);
        const warning = `The signature is listed by the referrers API, but not under the tag ${tag}: ${error.message}`;
        return { listedBy: 'referrers-api', digest, warnings: [warning] };
    }
}
function isKnownToLackApi({ fetch }, repository) {
    return knownRegistry(fetch.originOf(repository))?.lacksReferrersApi === true;
}
async function checkFallbackTag(context, address) {
    const { repository, subject } = address;
    const listing = context.looks.listing(repository, subject);
    if (listing === undefined ? !isKnownToLackApi(context, repository) : listing.outcome === 'listed')
        return;
    if (listing !== undefined)
        throwIfOutage(listing);
    const tag = referrersTag(subject);
    const state = await readIndex(context, address, await lastLook(context.looks, repository, tag));
    encodeIndex(state.entries, state, {
        what: `PUT ${manifestUrl(context.fetch, repository, tag).href}`,
        reserve: ENTRY_RESERVE_BYTES,
    });
}
function attach_readArtifact(bytes) {
    const digest = (0,image_digest/* digestOf */.ol)(bytes);
    const limits = { maxBytes: REFERRER_MAX_BYTES, maxMembers: REFERRER_MAX_MEMBERS };
    const { json } = (0,registry_document/* readDocument */.u0)(bytes, limits, 'the artifact manifest');
    const manifest = parseManifest(json, 'the artifact manifest');
    const mediaType = manifest.mediaType ?? '';
    return { bytes, digest, mediaType, entry: toEntry(manifest, { mediaType, digest, size: bytes.length }) };
}
function toEntry(manifest, address) {
    const { annotations } = manifest;
    return {
        ...address,
        artifactType: manifest.artifactType ?? manifest.config.mediaType,
        ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    };
}
async function push({ context, address, artifact }) {
    const { digest, mediaType, bytes } = artifact;
    const result = await putManifest(context, { repository: address.repository, reference: digest, mediaType, bytes });
    if (result.kind === 'written')
        return result.response;
    throw result.error;
}
async function listIfKnown({ context, address, artifact }, { headers }) {
    const { repository, subject } = address;
    if (isUnlisted({ headers }, address))
        return undefined;
    const listing = await context.referrers.list(repository, subject);
    if (!isListed(listing, artifact.digest))
        throwIfOutage(listing.place);
    return listing;
}
function isUnlisted({ headers }, { subject }) {
    return headers['oci-subject'] !== subject;
}
function readEarly({ context, address }) {
    const { repository, subject } = address;
    const recent = context.looks.takeYoung(repository, referrersTag(subject), context.settleMs / 4);
    const firstRead = readIndex(context, address, recent);
    firstRead.catch(() => undefined);
    return firstRead;
}
function addEntry({ context, address, artifact }, seen, firstRead) {
    const others = context.pending.of(tagKey(address));
    return addToIndex(context, address, { own: artifact.entry, seen: [...seen, ...others], firstRead });
}
function inTurn({ queue }, address, task) {
    return queue.run(tagKey(address), task);
}
function isListed({ descriptors }, digest) {
    return descriptors.some((descriptor) => descriptor.digest === digest);
}
function notListed(seen, listing) {
    return listing.place.outcome === 'listed' ? seen.filter(({ digest }) => !isListed(listing, digest)) : seen;
}
function throwIfOutage({ outcome, error }) {
    if (outcome !== 'failed')
        return;
    if (error instanceof RegistryError && error.code === 'REGISTRY_INVALID')
        return;
    throw error;
}

;// CONCATENATED MODULE: ./.build/js/src/oci/writing/pending-entries.js
function createPendingEntries() {
    const tags = new Map();
    return {
        of: (tag) => [...(tags.get(tag) ?? [])],
        add(tag, entry) {
            const entries = tags.get(tag) ?? new Set();
            entries.add(entry);
            tags.set(tag, entries);
        },
        remove(tag, entry) {
            const entries = tags.get(tag);
            entries?.delete(entry);
            if (entries?.size === 0)
                tags.delete(tag);
        },
    };
}

;// CONCATENATED MODULE: ./.build/js/src/oci/writing/signature-list.js








async function readSignatures(context, tagged, look) {
    const { manifest: answer, readAtMs } = await readToExtend(context, { ...tagged, look });
    if (answer === undefined)
        return { entries: [], digest: undefined, etag: undefined, readAtMs, base: undefined };
    const manifest = readAs((value, _, what) => parseManifest(value, what), answer, manifestUrl(context.fetch, tagged.repository, tagged.tag).href);
    return {
        entries: rawLayers(answer),
        digest: answer.digest,
        etag: answer.etag,
        readAtMs,
        base: { answer, manifest },
    };
}
function readAs(parse, answer, tag) {
    if (answer.mediaType !== media_types/* OCI_MANIFEST */.EG && answer.mediaType !== media_types/* DOCKER_MANIFEST */.Vv) {
        throw new RegistryError('REGISTRY_INVALID', `${tag} has the media type ${answer.mediaType}, not that of a list of signatures`, {
            hint: 'Remove that tag if nothing needs it.',
        });
    }
    try {
        const { outside, ofEntry } = (0,registry_document/* divideFlaws */.pp)(answer.flaws, 'layers');
        const [flaw] = outside;
        if (flaw !== undefined)
            throw (0,registry_document/* flawError */.fG)(flaw, tag);
        return parse(answer.json, ofEntry, tag);
    }
    catch (cause) {
        if (!(cause instanceof value_error/* ValueError */.Qp))
            throw cause;
        throw new RegistryError('REGISTRY_INVALID', `${tag} is not a list of signatures: ${cause.message}`, { cause });
    }
}
function rawLayers({ json }) {
    return json['layers'];
}
function layerKey(layer) {
    const { digest, mediaType, annotations } = layer;
    const sorted = Object.entries(annotations ?? {}).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return JSON.stringify([digest, mediaType, sorted]);
}
function mediaTypeOf({ state }) {
    return state.base?.answer.mediaType ?? media_types/* OCI_MANIFEST */.EG;
}
function encodeSignatures(draft, { digest, size }, { what, reserve = 0 }) {
    const { base } = draft.state;
    const layers = draft.entries;
    const found = base?.answer.json ?? {};
    const { data: _, ...oldConfig } = { ...found['config'] };
    const config = { mediaType: media_types/* OCI_CONFIG */.TF, ...oldConfig, size, digest };
    const manifest = { schemaVersion: 2, mediaType: mediaTypeOf(draft), ...found, config, layers };
    const bytes = Buffer.from(JSON.stringify(manifest));
    const hint = 'Remove signatures that nothing needs from that tag, or sign with `format: bundle`.';
    if (layers.length > limits_LAYERS_MAX) {
        throw new RegistryError('REGISTRY_INVALID', `${what}: there would be more than ${limits_LAYERS_MAX} signatures`, { hint });
    }
    if (bytes.length + reserve <= MANIFEST_MAX_BYTES)
        return bytes;
    const message = `${what}: the signatures would exceed ${MANIFEST_MAX_BYTES} bytes`;
    throw new RegistryError('REGISTRY_INVALID', message, { hint });
}

;// CONCATENATED MODULE: ./.build/js/src/oci/writing/signature-config.js


const ZERO_TIME = '0001-01-01T00:00:00Z';
const signature_config_LIMITS = { maxBytes: CONFIG_MAX_BYTES, maxDepth: 32 };
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
        return toRecord((0,strict_json/* parseStrictJson */.RJ)(bytes, signature_config_LIMITS));
    }
    catch (error) {
        if (!(error instanceof SyntaxError))
            throw error;
        return undefined;
    }
}
function toRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? value
        : undefined;
}

;// CONCATENATED MODULE: ./.build/js/src/oci/writing/write-signatures.js








const RENEWALS_MAX = 3;
const KEPT_CONFIG_MAX_BYTES = 256 * 1024;
async function writeSignatures(context, write) {
    const { repository, tag } = write;
    const what = `PUT ${manifestUrl(context.fetch, repository, tag).href}`;
    const build = async (first) => {
        let draft = first;
        let bytes = await buildManifest(context, write, { draft, what });
        for (let renewals = 0; renewals < RENEWALS_MAX && isStale(draft.state, context); renewals += 1) {
            const { digest } = draft.state;
            draft = await write.renew();
            if (draft.state.digest === digest)
                break;
            bytes = await buildManifest(context, write, { draft, what });
        }
        return { bytes, headers: conditionOf(draft.state) };
    };
    let built = await build(write.draft);
    const mediaType = mediaTypeOf(write.draft);
    const renew = async () => {
        built = await build(await write.renew());
        return built;
    };
    const put = { repository, reference: tag, mediaType, ...built, renew };
    const outcome = toTagWrite(what, await putManifest(context, put));
    return { outcome, digest: (0,image_digest/* digestOf */.ol)(built.bytes) };
}
async function buildManifest(context, { repository, openSession }, { draft, what }) {
    const digests = draft.entries.map((entry) => String(entry.digest));
    const { base } = draft.state;
    const oldConfig = base === undefined ? undefined : await getConfig(context, repository, base.manifest.config.digest);
    const newBytes = oldConfig === undefined ? newConfig(digests) : appendToConfig(oldConfig, digests);
    const config = await context.blobs.upload(await openSession(), newBytes);
    return encodeSignatures(draft, config, { what });
}
async function getConfig({ blobs, signatureConfigs }, repository, digest) {
    const key = `${(0,image_reference/* formatRepository */.Sh)(repository)}@${digest}`;
    const config = signatureConfigs.get(key) ?? (await blobs.get(repository, digest, CONFIG_MAX_BYTES));
    if (config !== undefined && config.length <= KEPT_CONFIG_MAX_BYTES)
        signatureConfigs.set(key, config);
    return config;
}

;// CONCATENATED MODULE: ./.build/js/src/oci/writing/signature-tag.js













const signature_tag_TAGS = {
    signature: { suffix: 'sig', mediaType: media_types/* SIMPLE_SIGNING */.Nj },
    attestation: { suffix: 'att', mediaType: media_types/* DSSE_ENVELOPE */.P7 },
};
function tagOf(subject, holds) {
    return `sha256-${(0,image_digest/* hexOf */.ZD)(subject)}.${signature_tag_TAGS[holds].suffix}`;
}
async function fetchSignatureTag(context, repository, subject) {
    const { place, layers } = await readTag(context, { repository, subject }, 'signature');
    try {
        const found = await fetchLegacyLayers(context.blobs, repository, { layers, place: 'signature-tag' });
        return { ...found, places: [place] };
    }
    catch (error) {
        if (!(error instanceof RegistryError))
            throw error;
        const failed = { ...place, status: error.status ?? 'error', outcome: 'failed', entries: 0, error };
        return { candidates: [], unreadable: [], places: [failed] };
    }
}
async function listAttestationTag(context, repository, subject) {
    const { place, layers } = await readTag(context, { repository, subject }, 'attestation');
    return { place, ...divideAttestationLayers(layers, place.kind) };
}
async function readTag({ looks, seenSignatures }, { repository, subject }, holds) {
    const tag = tagOf(subject, holds);
    const kind = `${holds}-tag`;
    const request = `GET /v2/${repository.path}/manifests/${tag}`;
    const nothing = { kind, request, entries: 0, error: undefined };
    try {
        const answer = await looks.look(repository, tag);
        if (answer === undefined)
            return { place: { ...nothing, status: 404, outcome: 'absent' }, layers: [] };
        const layers = readAs(parseLayers, answer, tag);
        seenSignatures.set(`${(0,image_reference/* formatRepository */.Sh)(repository)}:${tag}`, answer.digest);
        return { place: { ...nothing, status: 200, outcome: 'listed', entries: layers.length }, layers };
    }
    catch (error) {
        if (!(error instanceof RegistryError))
            throw error;
        return { place: { ...nothing, status: error.status ?? 'error', outcome: 'failed', error }, layers: [] };
    }
}
async function checkSignatureTag(context, { repository, subject }, holds) {
    const tag = tagOf(subject, holds);
    const what = `PUT ${manifestUrl(context.fetch, repository, tag).href}`;
    const state = await readSignatures(context, { repository, tag }, await lastLook(context.looks, repository, tag));
    if (state.base === undefined)
        return;
    const { config } = state.base.manifest;
    await getConfig(context, repository, config.digest);
    encodeSignatures({ entries: [...state.entries, null], state }, config, { what, reserve: LAYER_RESERVE_BYTES });
}
async function appendSignatureLayer(context, { repository, subject }, { layer, openSession }) {
    const { blobs, fetch, queue } = context;
    const holds = layer.isAttestation === true ? 'attestation' : 'signature';
    const tag = tagOf(subject, holds);
    const layerDigest = (0,image_digest/* digestOf */.ol)(layer.payload);
    const own = {
        mediaType: signature_tag_TAGS[holds].mediaType,
        size: layer.payload.length,
        digest: layerDigest,
        annotations: layer.annotations,
    };
    const key = `${(0,image_reference/* formatRepository */.Sh)(repository)}:${tag}`;
    const uploading = openSession().then((session) => blobs.upload(session, layer.payload));
    let isOver = false;
    uploading.then(() => isOver || context.pending.add(key, own)).catch(() => undefined);
    let written;
    const merging = queue.run(key, async () => {
        let first;
        const recent = context.looks.takeYoung(repository, tag, context.settleMs / 4);
        [first] = await Promise.all([readSignatures(context, { repository, tag }, recent), uploading]);
        return mergeIntoTag({
            ...context,
            tag: manifestUrl(fetch, repository, tag).href,
            own,
            seen: [...(await layersSeen(context, { repository, tag }, first.digest)), ...context.pending.of(key)],
            keyOf: layerKey,
            read: async () => {
                const state = first ?? (await readSignatures(context, { repository, tag }));
                first = undefined;
                return state;
            },
            write: async (draft, renew) => {
                const { outcome, digest } = await writeSignatures(context, { repository, tag, draft, renew, openSession });
                if (outcome.kind === 'written')
                    written = digest;
                return outcome;
            },
        });
    });
    const merged = await merging.finally(() => {
        isOver = true;
        context.pending.remove(key, own);
    });
    return { digest: merged.digest ?? written ?? layerDigest, layerDigest, warnings: merged.warnings };
}
async function layersSeen({ fetch, manifests, seenSignatures }, { repository, tag }, now) {
    const seen = seenSignatures.get(`${(0,image_reference/* formatRepository */.Sh)(repository)}:${tag}`);
    if (seen === undefined || seen === now)
        return [];
    const answer = await manifests.get(repository, seen, { keepFlaws: true });
    if (answer === undefined)
        return [];
    const layers = readAs(parseLayers, answer, manifestUrl(fetch, repository, seen).href);
    return rawLayers(answer).filter((_, index) => !(layers[index] instanceof value_error/* ValueError */.Qp));
}

;// CONCATENATED MODULE: ./.build/js/src/oci/writing/tag-queue.js
function createTagQueue() {
    const last = new Map();
    return {
        async run(key, task) {
            const before = last.get(key) ?? Promise.resolve();
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

;// CONCATENATED MODULE: ./.build/js/src/oci/registry.js



















const SETTLE_MS = 3000;
function createRegistry(options) {
    const { http, clock, random, access } = options;
    const advise = completeAdvice(options.advice);
    const tokens = createTokenSource({
        http,
        clock,
        tokenHosts: options.tokenHosts ?? [],
        certificateOrigins: options.certificateOrigins ?? [],
        mask: options.mask,
        advise,
    });
    const authorizer = createAuthorizer({
        http,
        credentials: options.credentials,
        tokens,
        access,
        insecureRegistries: options.insecureRegistries ?? [],
        advise,
        clock,
    });
    const queue = createTagQueue();
    const storage = createStorageAhead(http);
    const createView = (call) => {
        const fetch = authorizer.fetchFor(call);
        const manifests = createManifests(fetch);
        const waits = { now: () => clock.now(), sleep: (ms) => clock.sleep(ms, call.signal) };
        const settleMs = options.settleMs ?? SETTLE_MS;
        const looks = createTagLooks({ manifests, clock: waits, keep: access === 'push' });
        return {
            fetch,
            manifests,
            blobs: createBlobs(fetch, { clock: waits, lagMs: settleMs / 3 }),
            referrers: createReferrers(fetch, looks),
            queue,
            pending: createPendingEntries(),
            looks,
            withoutReferrersApi: new Set(),
            tagsAhead: new Map(),
            seenSignatures: new Map(),
            signatureConfigs: new Map(),
            clock: waits,
            random,
            settleMs,
            signal: call.signal,
        };
    };
    const views = new WeakMap();
    const viewOf = (call) => {
        const view = views.get(call) ?? createView(call);
        views.set(call, view);
        return view;
    };
    return {
        prepare(call, repository, requests) {
            const { fetch } = viewOf(call);
            http.preconnect(fetch.originOf(repository), { withClientCertificate: true, atLeast: requests });
            fetch.prepare(repository);
        },
        async head(call, repository, reference) {
            const { fetch, manifests } = viewOf(call);
            const found = await manifests.head(repository, reference);
            if (found === undefined)
                await throwIfHidden(fetch, repository, reference);
            return found;
        },
        async manifest(call, repository, reference) {
            const { fetch, manifests } = viewOf(call);
            if (!(0,image_digest/* isDigest */.Bc)(reference))
                http.preconnect(fetch.originOf(repository), { withClientCertificate: true });
            const answer = await manifests.get(repository, reference);
            if (answer === undefined)
                await throwIfHidden(fetch, repository, reference);
            return answer === undefined
                ? undefined
                : { digest: answer.digest, mediaType: answer.mediaType, bytes: answer.bytes };
        },
        async listTags(call, repository) {
            const { fetch } = viewOf(call);
            try {
                return await listTags(fetch, repository);
            }
            catch (error) {
                if (!(error instanceof RegistryError) || error.code !== 'IMAGE_NOT_FOUND')
                    throw error;
                const hint = (await fetch.explainAbsence(repository)) ?? error.hint;
                throw new RegistryError('IMAGE_NOT_FOUND', error.message, { cause: error, status: error.status, hint });
            }
        },
        document: (call, repository, { digest, mediaType }) => viewOf(call).manifests.getDocument(repository, digest, mediaType),
        blob: (call, repository, { digest, maxBytes }) => viewOf(call).blobs.get(repository, digest, maxBytes),
        checkPlace: (call, address, place) => place === 'bundle'
            ? checkFallbackTag(viewOf(call), address)
            : checkSignatureTag(viewOf(call), address, place === 'legacy' ? 'signature' : 'attestation'),
        openUpload: (call, repository) => viewOf(call).blobs.open(repository),
        cancelUpload: (call, session) => viewOf(call).blobs.cancel(session),
        upload: (call, session, bytes) => viewOf(call).blobs.upload(session, bytes),
        attach: (call, address, { onSettling, ...what }) => attachManifest({ ...viewOf(call), onSettling }, address, what),
        appendLegacy: (call, address, { onSettling, ...what }) => appendSignatureLayer({ ...viewOf(call), onSettling }, address, what),
        async listReferrers(call, repository, subject) {
            const { fetch, referrers, looks, withoutReferrersApi, tagsAhead } = viewOf(call);
            if (knownRegistry(fetch.originOf(repository))?.lacksReferrersApi === true) {
                const ahead = referrers.listTag(repository, subject);
                ahead.catch(() => undefined);
                tagsAhead.set(`${(0,image_reference/* formatRepository */.Sh)(repository)} ${subject}`, ahead);
            }
            const listing = await referrers.list(repository, subject);
            looks.noteListing(repository, subject, listing.place);
            if (listing.place.outcome === 'absent')
                withoutReferrersApi.add((0,image_reference/* formatRepository */.Sh)(repository));
            return listing;
        },
        listReferrersTag(call, repository, subject) {
            const { referrers, tagsAhead } = viewOf(call);
            const key = `${(0,image_reference/* formatRepository */.Sh)(repository)} ${subject}`;
            const ahead = tagsAhead.get(key);
            tagsAhead.delete(key);
            return ahead ?? referrers.listTag(repository, subject);
        },
        fetchReferrer(call, address, listed) {
            const view = viewOf(call);
            const from = view.fetch.originOf(address.repository);
            return storage.while(from, () => fetchReferrerCandidate(view, address, listed));
        },
        fetchLegacy: (call, repository, subject) => fetchSignatureTag(viewOf(call), repository, subject),
        listAttestationTag: (call, repository, subject) => listAttestationTag(viewOf(call), repository, subject),
        fetchAttestationLayer: (call, repository, layer) => fetchAttestationLayer(viewOf(call).blobs, repository, layer),
    };
}
async function throwIfHidden(fetch, repository, reference) {
    const hint = await fetch.explainAbsence(repository);
    if (hint === undefined)
        return;
    const what = `GET ${manifestUrl(fetch, repository, reference).href}`;
    throw new RegistryError('IMAGE_NOT_FOUND', `${what} returned 404 to a call without a login`, { status: 404, hint });
}

// EXTERNAL MODULE: ./.build/js/src/sigstore/trust/parse-time.js
var parse_time = __webpack_require__(4262);
;// CONCATENATED MODULE: ./.build/js/src/sigstore/trust/signing-config.js





const SIGNING_CONFIG_V02 = 'application/vnd.dev.sigstore.signingconfig.v0.2+json';
const signing_config_LIMITS = { maxBytes: 1024 * 1024, maxDepth: 32 };
const MAX_SERVICES = 32;
const CONFIG_KEYS = ['mediaType', 'caUrls', 'oidcUrls', 'rekorTlogUrls', 'rekorTlogConfig', 'tsaUrls', 'tsaConfig'];
const SERVICE_KEYS = ['url', 'majorApiVersion', 'validFor', 'operator'];
function parseSigningConfig(text, plainHttpHosts = []) {
    const root = signing_config_readJson(text);
    if (!(0,json_object/* isJsonObject */.O)(root))
        throw new value_error/* ValueError */.Qp('the signing config is not a JSON object');
    refuseUnknown(root, CONFIG_KEYS, 'the signing config');
    if (root['mediaType'] !== SIGNING_CONFIG_V02) {
        throw new value_error/* ValueError */.Qp(`the signing config has mediaType ${quote(root['mediaType'])}, not ${SIGNING_CONFIG_V02}`);
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
function signing_config_readJson(text) {
    try {
        return (0,strict_json/* parseStrictJson */.RJ)(text, signing_config_LIMITS);
    }
    catch (error) {
        if (!(error instanceof SyntaxError))
            throw error;
        throw new value_error/* ValueError */.Qp(`the signing config cannot be read: ${error.message}`, { cause: error });
    }
}
function parseServices(value, key, plainHttpHosts) {
    if (value === undefined || value === null)
        return [];
    if (!Array.isArray(value) || value.length > MAX_SERVICES) {
        throw new value_error/* ValueError */.Qp(`${key} of the signing config is not a list of at most ${MAX_SERVICES} services`);
    }
    return value.map((item, index) => parseService(item, `${key}[${index}]`, plainHttpHosts));
}
function parseService(value, where, plainHttpHosts) {
    if (!(0,json_object/* isJsonObject */.O)(value))
        throw new value_error/* ValueError */.Qp(`${where} of the signing config is not an object`);
    refuseUnknown(value, SERVICE_KEYS, where);
    const { url, majorApiVersion, operator } = value;
    if (typeof url !== 'string' || !isSafeServiceUrl(url, plainHttpHosts) || new URL(url).search !== '') {
        throw new value_error/* ValueError */.Qp(`${where}.url ${quote(url)} is not an https URL (http is allowed only for loopback and insecure-registries)`);
    }
    if (typeof majorApiVersion !== 'number' || !Number.isInteger(majorApiVersion) || majorApiVersion < 0) {
        throw new value_error/* ValueError */.Qp(`${where}.majorApiVersion ${quote(majorApiVersion)} is not a version number`);
    }
    if (operator !== undefined && typeof operator !== 'string')
        throw new value_error/* ValueError */.Qp(`${where}.operator is not a string`);
    const validFor = value['validFor'] ?? {};
    if (!(0,json_object/* isJsonObject */.O)(validFor))
        throw new value_error/* ValueError */.Qp(`${where}.validFor is not an object`);
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
    if (!(0,json_object/* isJsonObject */.O)(value))
        throw new value_error/* ValueError */.Qp(`${where} of the signing config is not an object`);
    refuseUnknown(value, ['selector', 'count'], where);
    const count = value['count'] ?? 0;
    if (typeof count !== 'number' || !Number.isInteger(count) || count < 0) {
        throw new value_error/* ValueError */.Qp(`${where}.count ${quote(count)} is not a number of services`);
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
            throw new value_error/* ValueError */.Qp(`${where}.selector ${quote(value['selector'])} is not ANY, ALL or EXACT`);
    }
}
function refuseUnknown(value, known, where) {
    const unknown = Object.keys(value).find((key) => !known.includes(key));
    if (unknown !== undefined)
        throw new value_error/* ValueError */.Qp(`${where} has an unknown field ${quote(unknown)}`);
}
function quote(value) {
    return (JSON.stringify(value) ?? 'nothing').slice(0, 200);
}

;// CONCATENATED MODULE: ./.build/js/src/sigstore/trust/trust-source.js




const PUBLIC_GOOD_SERVICES = [
    'https://fulcio.sigstore.dev',
    'https://rekor.sigstore.dev',
    'https://timestamp.sigstore.dev',
];
const PUBLIC_GOOD_REPOSITORY = 'https://tuf-repo-cdn.sigstore.dev';
const GITHUB_ORGANIZATION = 'GitHub, Inc.';
const TRUSTED_ROOT_TARGET = 'trusted_root.json';
const SIGNING_CONFIG_TARGET = 'signing_config.v0.2.json';
const trust_source_LIFETIMES = { lifetimeMs: 3_600_000, failureMs: 10_000 };
const FIRST_SENT_MAX_MS = 50;
function createTrustSource(options) {
    const { origin } = options;
    const roots = options.roots ?? createMemo({ clock: options.clock, entriesMax: 4, ...trust_source_LIFETIMES });
    const github = (call) => roots.get(call, 'github', (joint) => loadGithub(joint, options));
    const ordinary = (call) => {
        switch (origin.kind) {
            case 'files':
                return roots.get(call, 'files', () => loadFiles(origin, options));
            case 'tuf':
                return roots.get(call, 'mirror', (joint) => loadMirror(joint, origin, options));
            case 'instance':
                return origin.instance === 'github'
                    ? github(call)
                    : roots.get(call, 'public-good', (joint) => loadPublicGood(joint, options));
        }
    };
    return {
        rootFor(call, leaf) {
            const isPrivate = leaf.visibility === 'private' || leaf.visibility === 'internal';
            const isAuto = origin.kind === 'instance' && origin.instance === 'auto';
            return isAuto && isPrivate && leaf.issuerOrganization === GITHUB_ORGANIZATION ? github(call) : ordinary(call);
        },
        async signingMaterial(call) {
            const { label, root, signingConfig } = await ordinary(call);
            if (signingConfig !== undefined)
                return { label, root, signingConfig };
            throw new sigstore_error/* SigstoreError */.F('INPUT_INVALID', 'a trusted root is given without a signing config, which signing needs', {
                hint: 'Give signing-config together with trusted-root.',
            });
        },
        prefetch(call) {
            ordinary(call).catch(() => undefined);
        },
        expectedServices: options.signing && options.repositories === undefined && leadsToPublicGood(origin) ? PUBLIC_GOOD_SERVICES : [],
    };
}
function leadsToPublicGood(origin) {
    if (origin.kind === 'tuf')
        return origin.mirror.origin === PUBLIC_GOOD_REPOSITORY;
    return origin.kind === 'instance' && origin.instance !== 'github';
}
async function loadFiles(origin, { firstSent, plainHttpHosts, readTrustedRoot }) {
    if (origin.kind !== 'files')
        throw new TypeError('no files were given');
    if (firstSent !== undefined)
        await settledSoon(firstSent);
    const { parseTrustedRoot } = await Promise.all(/* import() */[__webpack_require__.e(654), __webpack_require__.e(823)]).then(__webpack_require__.bind(__webpack_require__, 4823));
    const { signingConfig } = origin;
    const trustedRoot = (await readTrustedRoot?.()) ?? origin.trustedRoot;
    return {
        label: 'trusted-root',
        fetchedAt: undefined,
        isFromCache: false,
        root: coded('INPUT_INVALID', 'the input trusted-root', () => parseTrustedRoot(trustedRoot)),
        signingConfig: signingConfig === undefined
            ? undefined
            : coded('INPUT_INVALID', 'the input signing-config', () => parseSigningConfig(signingConfig, plainHttpHosts)),
    };
}
function settledSoon(event) {
    return new Promise((resolve) => {
        const timer = setTimeout(resolve, FIRST_SENT_MAX_MS);
        void event.then(() => {
            clearTimeout(timer);
            resolve();
        });
    });
}
async function loadMirror(call, origin, options) {
    if (origin.kind !== 'tuf')
        throw new TypeError('no mirror was given');
    const root = origin.root === undefined ? await publicGoodRoot() : Buffer.from(origin.root);
    return loadRepository(call, { label: origin.mirror.href, repository: { url: origin.mirror.href, root } }, options);
}
async function publicGoodRoot() {
    const { PUBLIC_GOOD_TUF_ROOT } = await __webpack_require__.e(/* import() */ 614).then(__webpack_require__.bind(__webpack_require__, 5614));
    return Buffer.from(PUBLIC_GOOD_TUF_ROOT);
}
async function loadPublicGood(call, options) {
    const repository = options.repositories?.publicGood ?? (await builtInPublicGood());
    return loadRepository(call, { label: 'public-good', repository }, options);
}
async function builtInPublicGood() {
    const { PUBLIC_GOOD_TRUSTED_ROOT } = await __webpack_require__.e(/* import() */ 614).then(__webpack_require__.bind(__webpack_require__, 5614));
    return {
        url: PUBLIC_GOOD_REPOSITORY,
        root: await publicGoodRoot(),
        knownTargets: [Buffer.from(PUBLIC_GOOD_TRUSTED_ROOT)],
    };
}
async function loadGithub(call, options) {
    refuseTenant(options);
    const repository = options.repositories?.github ?? (await builtInGithub());
    const { targets, fetchedAt, isFromCache } = await fetchFrom(call, { repository, names: [TRUSTED_ROOT_TARGET] }, options);
    const root = await parseRoot(targets[0], repository);
    return { label: 'github', root, signingConfig: SIGNING_CONFIG_OF_GITHUB, fetchedAt, isFromCache };
}
async function builtInGithub() {
    const { GITHUB_TUF_ROOT } = await __webpack_require__.e(/* import() */ 840).then(__webpack_require__.bind(__webpack_require__, 6840));
    return { url: 'https://tuf-repo.github.com', root: Buffer.from(GITHUB_TUF_ROOT) };
}
function refuseTenant({ serverUrl, signing }) {
    const host = URL.canParse(serverUrl) ? new URL(serverUrl).host : '';
    if (!/^[a-z0-9-]+\.ghe\.com$/.test(host))
        return;
    throw new sigstore_error/* SigstoreError */.F('TRUST_ROOT_UNAVAILABLE', `the trust domain of ${host} is not known`, {
        hint: signing
            ? 'Give `signing-config` and `trusted-root`. `gh attestation trusted-root` prints the latter.'
            : 'Give `trusted-root`. `gh attestation trusted-root` prints it.',
    });
}
const githubService = (url) => ({
    url,
    majorApiVersion: 1,
    start: undefined,
    end: undefined,
    operator: 'github.com',
});
const SIGNING_CONFIG_OF_GITHUB = {
    cas: [githubService('https://fulcio.githubapp.com')],
    logs: [],
    logSelector: { selector: undefined, count: 0 },
    tsas: [githubService('https://timestamp.githubapp.com/api/v1/timestamp')],
    tsaSelector: { selector: 'ANY', count: 0 },
};
async function loadRepository(call, { label, repository }, options) {
    const names = options.signing ? [TRUSTED_ROOT_TARGET, SIGNING_CONFIG_TARGET] : [TRUSTED_ROOT_TARGET];
    const { targets, fetchedAt, isFromCache } = await fetchFrom(call, { repository, names }, options);
    const [rootBytes, configBytes] = targets;
    const config = configBytes === undefined ? undefined : new TextDecoder().decode(configBytes);
    return {
        label,
        fetchedAt,
        isFromCache,
        root: await parseRoot(rootBytes, repository),
        signingConfig: config === undefined
            ? undefined
            : coded('TRUST_ROOT_INVALID', `the signing config of ${repository.url}`, () => parseSigningConfig(config, options.plainHttpHosts)),
    };
}
async function fetchFrom(call, wanted, options) {
    if (options.offline) {
        throw new sigstore_error/* SigstoreError */.F('INPUT_INVALID', `the TUF repository ${wanted.repository.url} cannot be used with offline`, {
            hint: 'With offline, give trusted-root.',
        });
    }
    const { fetchTargets } = await Promise.all(/* import() */[__webpack_require__.e(706), __webpack_require__.e(760)]).then(__webpack_require__.bind(__webpack_require__, 3760));
    return fetchTargets(call, wanted, options);
}
async function parseRoot(bytes, repository) {
    const { parseTrustedRoot } = await Promise.all(/* import() */[__webpack_require__.e(654), __webpack_require__.e(823)]).then(__webpack_require__.bind(__webpack_require__, 4823));
    return coded('TRUST_ROOT_INVALID', `the trusted root of ${repository.url}`, () => parseTrustedRoot(new TextDecoder().decode(bytes)));
}
function coded(code, what, parse) {
    try {
        return parse();
    }
    catch (error) {
        if (!(error instanceof value_error/* ValueError */.Qp))
            throw error;
        const hint = code === 'INPUT_INVALID'
            ? 'Give it unchanged, as this Sigstore instance publishes it: a path to the file, or its JSON.'
            : 'This version cannot read what the repository publishes. Ask its operator, or update Countersign.';
        throw new sigstore_error/* SigstoreError */.F(code, `${what} cannot be used: ${error.message}`, { cause: error, hint });
    }
}

;// CONCATENATED MODULE: ./.build/js/src/entries/compose/connect.js






const loadVerifier = () => Promise.all(/* import() */[__webpack_require__.e(917), __webpack_require__.e(654), __webpack_require__.e(187), __webpack_require__.e(301)]).then(__webpack_require__.bind(__webpack_require__, 301));
function connectHttp(surroundings, network, { onAsked, onFirstSent, load, loadLast, privateHosts } = {}) {
    return createHttpClient({
        clock: surroundings.clock,
        random: surroundings.random,
        proxy: surroundings.env,
        caPems: network.caCertificates,
        clientCertificates: certificatesByOrigin(network),
        insecureHosts: network.insecureRegistries,
        privateHosts: privateHosts === undefined ? undefined : [...privateHosts, ...network.insecureRegistries],
        trace: ({ service, method, url, status, ms, attempt }, { log }) => {
            onAsked?.(new URL(url).host);
            log.debug(`${service}: ${method} ${url} → ${status} in ${Math.round(ms)} ms${attempt > 1 ? `, attempt ${attempt}` : ''}`);
        },
        userAgent: surroundings.userAgent,
        early: surroundings.early,
        onFirstSent: () => {
            onFirstSent?.();
            void Promise.all([loadVerifier(), load?.()]).catch(() => undefined);
        },
        onNextSent: () => void loadLast?.().catch(() => undefined),
    });
}
function certificatesByOrigin(network) {
    if (network.isAnonymous === true)
        return [];
    return (network.clientCertificates ?? []).map(({ registry, certificate, key }) => {
        return { origin: registryOrigin(registry, []).origin, certificate, key };
    });
}
function connectRegistry(surroundings, network, { http, access, pullSecrets = [], }) {
    const { env, clock, random, mask, registryAdvice: advice } = surroundings;
    const credentials = createCredentials({
        isAnonymous: network.isAnonymous,
        env,
        uid: surroundings.linuxUid,
        readFile: (path) => surroundings.readFile(path),
        runHelper: createHelperRunner({ env }),
        clock: surroundings.clock,
        explicit: network.registryLogin,
        pullSecrets: readPullSecrets(pullSecrets),
        fallback: network.fallbackLogin,
        insecureRegistries: network.insecureRegistries,
        advice,
        mask,
    });
    return createRegistry({
        http,
        credentials,
        access,
        clock,
        random,
        mask,
        advice,
        insecureRegistries: network.insecureRegistries,
        tokenHosts: network.tokenHosts,
        certificateOrigins: certificatesByOrigin(network).map(({ origin }) => origin),
    });
}
function connectTrust(surroundings, origin, rules) {
    const source = createTrustSource({
        origin,
        http: rules.http,
        clock: surroundings.clock,
        offline: rules.offline,
        signing: rules.signing,
        cacheDirectory: surroundings.cacheDirectory,
        readFile: surroundings.readFile,
        atExit: surroundings.atExit,
        serverUrl: rules.githubServerUrl,
        plainHttpHosts: rules.plainHttpHosts,
        firstSent: rules.firstSent,
        roots: rules.roots,
        readTrustedRoot: rules.readTrustedRoot,
    });
    let loading;
    const load = () => {
        loading ??= loadVerifier().then(({ createSignatureVerifier }) => createSignatureVerifier({ trust: source }));
        return loading;
    };
    return {
        source,
        verifier: {
            verify: async (call, candidate, subject) => (await load()).verify(call, candidate, subject),
            verifyAttestation: async (call, candidate, subject) => (await load()).verifyAttestation(call, candidate, subject),
        },
        prepare: (call) => void load()
            .then((verifier) => verifier.prepare(call))
            .catch(() => undefined),
        readStatement: async (statement) => (await loadVerifier()).readUnsignedStatement(statement),
    };
}

// EXTERNAL MODULE: ./.build/js/src/entries/compose/product.js + 1 modules
var product = __webpack_require__(4461);
;// CONCATENATED MODULE: ./.build/js/src/entries/action/registry-advice.js
const workflowAdvice = (problem) => {
    switch (problem.kind) {
        case 'right-missing': {
            if (problem.repository.registry !== GHCR)
                return undefined;
            const permission = problem.access === 'push' ? 'packages: write' : 'packages: read';
            return `Add \`${permission}\` to the job's permissions, and check that the package grants access to this repository ("Manage Actions access" in its settings).`;
        }
        case 'pull-forbidden':
            if (problem.repository.registry !== GHCR)
                return undefined;
            return 'A private package needs `packages: read`, and its settings must list this repository under "Manage Actions access".';
        case 'push-forbidden':
            return problem.repository.registry === GHCR ? pushAdvice(problem.answer) : undefined;
        case 'login-missing':
            return 'No login was found for this registry. Add docker/login-action, or `registry-username` and `registry-password`.';
        case 'login-malformed':
            return 'Repair it, or log in again with docker/login-action.';
        case 'login-helper-failed':
            return 'Log in again, or give `registry-username` and `registry-password`.';
        case 'token-host-unlisted':
            return `If this token server belongs to the registry, add \`token-hosts: ${problem.host}\`.`;
        case 'announces-http':
        case 'announces-port':
            return undefined;
        case 'certificate-missing':
            return `If ${problem.host} lets in only clients that have a certificate, give one: the line \`${problem.host}=PATH\` in \`client-certificate\`, and one for its key in \`client-key\`.`;
        case 'certificate-refused':
            return `${problem.host} did not accept the certificate in \`client-certificate\`. Check that it is valid today, complete with its chain, and issued by an authority that ${problem.host} trusts.`;
        case 'certificate-elsewhere':
            return `${problem.host} lets in only clients that have a certificate. \`client-certificate\` is presented only to registries and their own token servers (\`token-hosts\`), never after a redirect.`;
        case 'no-answer':
            return registry_advice_NO_ANSWER[problem.failure];
        case 'rate-limited':
            return 'The registry limits requests. Try again later, or with a lower `concurrency`.';
        case 'outage':
            return 'The registry has an outage. Try again, or allow more time with `retry-for`.';
    }
};
const GHCR = 'ghcr.io';
function pushAdvice(answer) {
    if (/write_package|permission_denied/i.test(answer)) {
        return ("The package exists, but this repository may not write to it. In the package's settings, under " +
            '"Manage Actions access", add this repository with the role Write. The job needs `packages: write`.');
    }
    return ("Add `packages: write` to the job's permissions. If it is already there, the organization may forbid " +
        'creating packages, or the package is not linked to this repository ("Manage Actions access" in its settings).');
}
const registry_advice_NO_ANSWER = {
    tls: 'If the registry has a private certificate authority, name it in `ca-certificates`.',
    connect: 'Check that the registry can be reached from this runner (proxy, firewall).',
    protocol: 'Plain http is only for loopback and for hosts in `insecure-registries`.',
};

;// CONCATENATED MODULE: ./.build/js/src/entries/action/surroundings.js



function surroundingsOf(run) {
    const base = run.env['RUNNER_TOOL_CACHE'] || run.env['RUNNER_TEMP'] || '.';
    return {
        clock: run.clock,
        random: run.random,
        log: run.log,
        userAgent: `countersign/${product/* VERSION */.xv}`,
        env: run.env,
        linuxUid: run.linuxUid,
        readFile: (path, maxBytes) => run.files.read(path, maxBytes),
        mask: run.mask,
        cacheDirectory: (0,external_node_path_.join)(base, 'countersign', 'tuf'),
        atExit: run.atExit,
        early: run.early,
        registryAdvice: workflowAdvice,
    };
}

;// CONCATENATED MODULE: ./.build/js/src/entries/action/runner-input-source.js




function createInputSource(run, call, hooks = {}) {
    const ask = async (work) => {
        const http = connectHttp(surroundingsOf(run), { caCertificates: [], insecureRegistries: [] }, hooks);
        try {
            return await work({ call, http, apiUrl: run.context.apiUrl, token: (0,github_token/* readGithubToken */.l)({ source: run }) });
        }
        finally {
            await http.close();
        }
    };
    return {
        input: run.input,
        env: run.env,
        context: run.context,
        files: run.files,
        mask: run.mask,
        signal: call.signal,
        readCommittedFile: (version, path) => ask((options) => (0,committed_file/* createCommittedFileReader */.CY)(options)(version, path)),
        listCommittedFolder: (version, path) => ask(async (options) => {
            const { createCommittedFolderLister } = await __webpack_require__.e(/* import() */ 988).then(__webpack_require__.bind(__webpack_require__, 9988));
            return createCommittedFolderLister(options)(version, path);
        }),
    };
}

;// CONCATENATED MODULE: ./.build/js/src/entries/action/small-heap.js
async function keepHeapSmall() {
    const { setFlagsFromString } = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 8877, 19));
    setFlagsFromString('--semi-space-growth-factor=1');
    setFlagsFromString('--heap-growing-percent=50');
}

// EXTERNAL MODULE: ./.build/js/src/entries/sign/bundle-directory.js
var bundle_directory = __webpack_require__(5034);
;// CONCATENATED MODULE: ./.build/js/src/sigstore/signing/identity-token.js






const SIGSTORE_AUDIENCE = 'sigstore';
const identity_token_CODES = { unavailable: 'IDENTITY_TOKEN_UNAVAILABLE', invalid: 'IDENTITY_TOKEN_UNAVAILABLE' };
const MAX_ANSWER_BYTES = 64 * 1024;
const MAX_TOKEN_CHARACTERS = 32 * 1024;
const PAUSES_MS = [500, 1_000, 2_000, 4_000, 8_000];
const NOT_YET = /Can't issue ID_TOKEN for job in '(?:Pending|Delayed)' state/;
async function requestIdentityToken(call, http, request) {
    if (!isSafeServiceUrl(request.requestUrl, request.plainHttpHosts)) {
        throw unavailable('the id-token endpoint is not an https URL');
    }
    const get = {
        service: 'id-token',
        method: 'GET',
        url: `${request.requestUrl}${request.requestUrl.includes('?') ? '&' : '?'}audience=${encodeURIComponent(request.audience)}`,
        headers: { authorization: `Bearer ${request.requestToken}`, accept: 'application/json' },
        maxBytes: MAX_ANSWER_BYTES,
        retry: true,
    };
    for (let attempt = 0;; attempt += 1) {
        const response = await callService(call, { http, codes: identity_token_CODES }, get);
        const raw = tokenOf(response);
        if (raw !== undefined) {
            request.mask(raw);
            return parseIdentityToken(raw, { audience: request.audience, now: request.clock.now() });
        }
        const pause = PAUSES_MS[attempt];
        if (pause === undefined || pause > call.retries.remainingMs() || !identity_token_isTransient(response)) {
            throw identity_token_refused(get, response);
        }
        const startedMs = networkTimeMs(request.clock);
        await request.clock.sleep(pause, call.signal);
        call.retries.spend(startedMs, networkTimeMs(request.clock), new URL(get.url).origin);
    }
}
function tokenOf(response) {
    if (response.status !== 200)
        return undefined;
    const answer = (0,json_shape/* parseJson */.qF)(response.body);
    const value = (0,json_object/* isJsonObject */.O)(answer) ? answer['value'] : undefined;
    return typeof value === 'string' && value !== '' ? value : undefined;
}
function identity_token_isTransient(response) {
    if (response.status === 403)
        return NOT_YET.test(new TextDecoder().decode(response.body));
    return response.status === 200 && !(0,json_object/* isJsonObject */.O)((0,json_shape/* parseJson */.qF)(response.body));
}
function identity_token_refused(call, response) {
    if (response.status === 200) {
        const what = (0,json_object/* isJsonObject */.O)((0,json_shape/* parseJson */.qF)(response.body)) ? 'JSON without a "value"' : 'a body that is not JSON';
        return unavailable(`${describe(call)} returned 200 with ${what}`, { hint: RETRY_HINT });
    }
    return unavailable(answered(call, response), {
        hint: RETRY_HINT,
    });
}
const RETRY_HINT = 'The token service has an outage, or this runner may not use it. Run the job again.';
function unavailable(message, options = {}) {
    return new sigstore_error/* SigstoreError */.F('IDENTITY_TOKEN_UNAVAILABLE', message, options);
}
function parseIdentityToken(raw, expected) {
    const parts = raw.split('.');
    const claims = parts.length === 3 && raw.length <= MAX_TOKEN_CHARACTERS ? decodePart(parts[1]) : undefined;
    if (claims === undefined)
        throw unavailable('the issued id-token is not a JSON Web Token');
    const { iss, sub, aud, exp } = claims;
    const audience = typeof aud === 'string' ? [aud] : Array.isArray(aud) ? aud.filter((a) => typeof a === 'string') : [];
    if (typeof iss !== 'string' || iss === '' || typeof sub !== 'string' || sub === '' || typeof exp !== 'number') {
        throw unavailable('the issued id-token lacks iss, sub or exp');
    }
    const expires = new Date(exp * 1_000);
    if (!(expires.getTime() > expected.now.getTime())) {
        const when = Number.isNaN(expires.getTime()) ? 'an out-of-range time' : expires.toISOString();
        throw unavailable(`the id-token of ${iss} expired at ${when}; the runner's clock says ${expected.now.toISOString()}`, {
            hint: "Check this runner's clock. Every run requests a new token.",
        });
    }
    if (!audience.includes(expected.audience)) {
        throw unavailable(`the id-token of ${iss} is for audience ${JSON.stringify(audience)}, not ${expected.audience}`);
    }
    const email = claims['email'];
    const challenge = typeof email === 'string' && email !== '' && claims['email_verified'] === true ? email : sub;
    return { raw, issuer: iss, audience, expires, claims, challenge };
}
function decodePart(part) {
    if (part === undefined || !/^[A-Za-z0-9_-]+$/.test(part))
        return undefined;
    const value = (0,json_shape/* parseJson */.qF)(Buffer.from(part, 'base64url'));
    return (0,json_object/* isJsonObject */.O)(value) ? value : undefined;
}

;// CONCATENATED MODULE: ./.build/js/src/entries/sign/identity-token.js




async function askIdentityToken(call, run, { request, http }) {
    const requestUrl = run.env['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? '';
    const requestToken = run.env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'] ?? '';
    const { isForkRun, isDependabot } = run.context;
    if (requestUrl === '' || requestToken === '') {
        throw missingIdentityToken({ isFork: isForkRun, isDependabot });
    }
    run.mask(requestToken);
    const plainHttpHosts = request.network.insecureRegistries;
    if (!isSafeServiceUrl(requestUrl, plainHttpHosts)) {
        throw new coded_error/* CodedError */.AK('IDENTITY_TOKEN_UNAVAILABLE', 'ACTIONS_ID_TOKEN_REQUEST_URL is not an https URL', {
            hint: 'The runner sets this variable; do not override it in the workflow.',
        });
    }
    const token = await requestIdentityToken(call, http, {
        requestUrl,
        requestToken,
        audience: SIGSTORE_AUDIENCE,
        clock: run.clock,
        mask: run.mask,
        plainHttpHosts,
    });
    refusePublicLog(request.trust, visibilityOf(token.claims['repository_visibility']));
    return token;
}
function visibilityOf(claim) {
    return claim === 'public' || claim === 'private' || claim === 'internal' ? claim : 'unknown';
}
const CAN_SIGN_IF = "if: github.actor != 'dependabot[bot]' && (github.event_name != 'pull_request' || " +
    'github.event.pull_request.head.repo.full_name == github.repository)';
function missingIdentityToken(context) {
    if (context.isFork || context.isDependabot) {
        const who = context.isFork ? 'a pull request from a fork' : 'a Dependabot run';
        return new coded_error/* CodedError */.AK('IDENTITY_TOKEN_UNAVAILABLE', `runs of forks and Dependabot get no id-token, and this is ${who}, so it cannot sign`, {
            hint: `Skip signing in such runs. Add this line to the step or job:\n${CAN_SIGN_IF}`,
        });
    }
    return new coded_error/* CodedError */.AK('IDENTITY_TOKEN_UNAVAILABLE', 'this job may not request an id-token: the permission id-token: write is missing', {
        hint: 'Give the job these permissions:\npermissions:\n  contents: read\n  id-token: write\n  packages: write\n' +
            'In a called workflow, the caller must grant them too: add the same lines to the job that calls it with `uses:`.',
    });
}

;// CONCATENATED MODULE: ./.build/js/src/entries/sign/run-sign.js














const loadPublishing = () => __webpack_require__.e(/* import() */ 956).then(__webpack_require__.bind(__webpack_require__, 7956));
async function runSign(run, deadline) {
    const asked = new Set();
    const onAsked = (host) => void asked.add(host);
    const call = callWithin(deadline, { retries: createRunBudget(run, RETRY_FOR_MS), log: run.log });
    const { signal } = call;
    const request = await (0,within/* within */.u)(signal, () => readSignInputs(createInputSource(run, call, { onAsked })));
    for (const message of request.warnings)
        run.annotate({ level: 'warning', title: 'Countersign', message });
    for (const notice of [...request.notices, ...request.skipped])
        run.log.info(notice);
    if (!request.dryRun)
        await (0,bundle_directory/* makeBundleDirectory */.s)(run, request);
    const surroundings = surroundingsOf(run);
    const { promise: firstSent, resolve: onFirstSent } = Promise.withResolvers();
    const http = connectHttp(surroundings, request.network, {
        onAsked,
        onFirstSent,
        load: () => Promise.all([optimizeLater(), loadPublishing()]),
        loadLast: () => Promise.all([keepHeapSmall(), run.loadToolkit()]),
    });
    try {
        const registry = connectRegistry(surroundings, request.network, { http, access: 'push' });
        const trust = connectTrust(surroundings, request.trust, {
            http,
            offline: false,
            signing: true,
            plainHttpHosts: request.network.insecureRegistries,
            githubServerUrl: run.context.serverUrl,
            firstSent,
        });
        trust.source.prefetch(call);
        void firstSent.then(() => trust.prepare(call));
        const signer = createSigner({
            http,
            clock: run.clock,
            random: run.random,
            identityToken: (asking) => askIdentityToken(asking, run, { request, http }),
            signingConfig: async (asking) => (await trust.source.signingMaterial(asking)).signingConfig,
            expectedServices: trust.source.expectedServices,
            formats: { bundle: request.format !== 'legacy', legacy: request.format !== 'bundle' },
            verify: trust.verifier,
            serverUrl: run.context.serverUrl,
        });
        const { concurrency, signatureRepositories } = request.network;
        const options = { ...request, concurrency, signatureRepositories, notFoundHint: notFoundHint(run) };
        if (request.dryRun) {
            const found = await (0,within/* within */.u)(signal, () => (0,preflight/* preflight */.Mz)(call, options, { registry, signer }));
            const services = await (0,within/* within */.u)(signal, () => signer.hosts(call));
            const { publishDryRun } = await loadPublishing();
            await run.useToolkit();
            const store = request.attestations?.github === true ? [new URL(run.context.apiUrl).host] : [];
            const hosts = [...new Set([...asked, ...services, ...store])].sort();
            await publishDryRun(run, request, { found, hosts });
            return;
        }
        const { clock } = run;
        const signed = await (0,sign_images/* signImages */.U_)(call, options, { registry, signer, verifier: trust.verifier, clock });
        const outcome = request.attestations?.github === true ? await storeLast(call, run, { http, signed, concurrency }) : signed;
        const { publishSign } = await loadPublishing();
        await run.useToolkit();
        await publishSign(run, request, outcome);
    }
    finally {
        await http.close();
    }
}
const storeLast = async (...given) => {
    const { storeAtGithub } = await __webpack_require__.e(/* import() */ 501).then(__webpack_require__.bind(__webpack_require__, 2501));
    return storeAtGithub(...given);
};
function notFoundHint(run) {
    const pushed = 'Did the build push it (`push: true`), and to this registry? Does `digest` come from the step that pushed?';
    if (!run.context.isPullRequest)
        return pushed;
    const condition = "if: github.event_name != 'pull_request'";
    return `${pushed} Pull request builds often do not push. In that case, add to this step:\n${condition}`;
}

;// CONCATENATED MODULE: ./.build/js/src/entries/sign/start-sign.js






async function startSign({ guard, early }) {
    const run = await readRunEnvironment(early);
    guard.reportTo((error) => void (0,report_failure/* reportFailure */.xV)(run, error));
    const deadline = startDeadline(run, TIMEOUT_MS);
    try {
        clearSignOutputs(run);
        await runSign(run, deadline);
    }
    catch (error) {
        const failure = await (0,report_failure/* reportStop */.Dc)(run, error);
        const { publishStopped } = await __webpack_require__.e(/* import() */ 956).then(__webpack_require__.bind(__webpack_require__, 7956));
        await publishStopped(run, failure);
    }
    finally {
        deadline.close();
        early.close();
    }
}


/***/ }),

/***/ 1438:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CY: () => (/* binding */ createCommittedFileReader),
/* harmony export */   Ge: () => (/* binding */ absent),
/* harmony export */   SQ: () => (/* binding */ askContents)
/* harmony export */ });
/* harmony import */ var _coded_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6329);
/* harmony import */ var _http_http_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2947);


const FILE_MAX_BYTES = 4 * 1024 * 1024;
function createCommittedFileReader(options) {
    return async ({ repository, ref }, path) => {
        const shown = `GET ${path} at ${ref} of ${repository}`;
        const response = await askContents(options, { repository, ref }, { path, shown, accept: RAW });
        if (response.status === 200) {
            if (/[./]raw\b/.test(response.headers['content-type'] ?? ''))
                return response.body;
            throw new _coded_error_js__WEBPACK_IMPORTED_MODULE_0__/* .CodedError */ .AK('INPUT_INVALID', `${shown} is not a regular file`);
        }
        return absent(response, shown);
    };
}
const RAW = 'application/vnd.github.raw+json';
function absent(response, shown) {
    if (response.status === 404)
        return undefined;
    throw isOutage(response)
        ? new _coded_error_js__WEBPACK_IMPORTED_MODULE_0__/* .CodedError */ .AK('GITHUB_API_UNAVAILABLE', `${shown} returned ${response.status}`)
        : new _coded_error_js__WEBPACK_IMPORTED_MODULE_0__/* .CodedError */ .AK('INPUT_INVALID', `${shown} returned ${response.status}`);
}
async function askContents(options, { repository, ref }, { path, shown, accept }) {
    const segments = path === '' ? '' : `/${path.split('/').map(encodeURIComponent).join('/')}`;
    const url = `${options.apiUrl}/repos/${repository}/contents${segments}?ref=${encodeURIComponent(ref)}`;
    try {
        return await options.http.request(options.call, {
            service: 'GitHub API',
            method: 'GET',
            url,
            headers: {
                accept,
                'user-agent': 'countersign',
                'x-github-api-version': '2022-11-28',
                ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
            },
            maxBytes: FILE_MAX_BYTES,
            retry: true,
        });
    }
    catch (error) {
        if (!(error instanceof _http_http_error_js__WEBPACK_IMPORTED_MODULE_1__/* .HttpError */ .j))
            throw error;
        throw new _coded_error_js__WEBPACK_IMPORTED_MODULE_0__/* .CodedError */ .AK('GITHUB_API_UNAVAILABLE', `${shown} failed: ${error.message}`, { cause: error });
    }
}
function isOutage({ status, headers }) {
    return (status === 408 || status === 429 || status >= 500 || (status === 403 && headers['x-ratelimit-remaining'] === '0'));
}


/***/ }),

/***/ 6067:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HX: () => (/* binding */ cutSummary),
/* harmony export */   I1: () => (/* binding */ appendJobSummary),
/* harmony export */   eR: () => (/* binding */ SUMMARY_MAX_BYTES)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);

const SUMMARY_MAX_BYTES = 1_048_576;
const CUT_NOTE = '\n\n> The rest was cut: GitHub limits a job summary to 1 MiB. See the results file for everything.\n';
function appendJobSummary(path, markdown) {
    if (path === undefined || path === '')
        return 'unavailable';
    const text = cutSummary(markdown);
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.appendFileSync)(path, text, 'utf8');
    }
    catch {
        return 'unavailable';
    }
    return text === markdown ? 'written' : 'cut';
}
function cutSummary(markdown) {
    const bytes = Buffer.from(markdown, 'utf8');
    if (bytes.length <= SUMMARY_MAX_BYTES)
        return markdown;
    const room = SUMMARY_MAX_BYTES - Buffer.byteLength(CUT_NOTE);
    const kept = bytes.subarray(0, room).toString('utf8');
    return `${kept.slice(0, Math.max(0, kept.lastIndexOf('\n')))}${CUT_NOTE}`;
}


/***/ }),

/***/ 4067:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ createSetOutput),
/* harmony export */   w: () => (/* binding */ requireOutputName)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);


function createSetOutput(path) {
    return (name, value) => {
        if (path === undefined || path === '')
            return;
        const delimiter = `ghadelimiter_${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)()}`;
        requireOutputName(name);
        if (value.includes(delimiter))
            throw new Error('an output contains its own random delimiter');
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.appendFileSync)(path, `${name}<<${delimiter}\n${value}\n${delimiter}\n`, 'utf8');
    };
}
function requireOutputName(name) {
    if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(name))
        throw new Error(`'${name}' is not a valid output name`);
}


/***/ }),

/***/ 9549:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $1: () => (/* binding */ asksForCertificate),
/* harmony export */   cS: () => (/* binding */ isCertificateAlert),
/* harmony export */   eH: () => (/* binding */ noteCertificateRequests),
/* harmony export */   fc: () => (/* binding */ CERTIFICATE_ASKED)
/* harmony export */ });
const CERTIFICATE_ASKED = 'ERR_CLIENT_CERTIFICATE_ASKED';
const CERTIFICATE_ALERTS = [42, 43, 44, 45, 46, 48, 49, 116];
const HANDSHAKE_FAILURE = 40;
function alertOf(error) {
    const code = error instanceof Error ? Reflect.get(error, 'code') : undefined;
    if (!(error instanceof Error) || !/^(ERR_SSL_|EPROTO$)/.test(String(code)))
        return undefined;
    const found = /\bSSL alert number ([0-9]{1,3})\b/.exec(error.message)?.[1];
    return found === undefined ? undefined : Number(found);
}
function isCertificateAlert(error) {
    const alert = alertOf(error);
    if (alert === undefined)
        return false;
    return CERTIFICATE_ALERTS.includes(alert) || (alert === HANDSHAKE_FAILURE && isAskedFor(error));
}
function isAskedFor(error) {
    const cause = error instanceof Error ? error.cause : undefined;
    return cause instanceof Error && Reflect.get(cause, 'code') === CERTIFICATE_ASKED;
}
function asksForCertificate(socket) {
    const shared = socket.getSharedSigalgs?.();
    return (shared?.length ?? 0) > 0;
}
function noteCertificateRequests(open) {
    return (target, done) => {
        const opening = open(target, (error, socket) => {
            if (error !== null)
                noteOn(error, opening);
            else if (socket !== null && target.protocol === 'https:')
                watch(socket);
            done(error, socket);
        });
        return opening;
    };
}
function watch(socket) {
    const asked = asksForCertificate(socket);
    socket.on('error', (error) => {
        if (asked && socket.bytesRead === 0)
            addCause(error);
        if (alertOf(error) !== undefined)
            socket.destroy(error);
    });
}
function noteOn(error, socket) {
    if (asksForCertificate(socket))
        addCause(error);
}
function addCause(error) {
    error.cause ??= Object.assign(new Error('the server asked for a client certificate'), { code: CERTIFICATE_ASKED });
}


/***/ }),

/***/ 8540:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ CONNECT_TIMEOUT_MS),
/* harmony export */   d: () => (/* binding */ loadConnectors)
/* harmony export */ });
/* harmony import */ var _early_connections_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6601);

const CONNECT_TIMEOUT_MS = 10_000;
async function loadConnectors({ caPems, lookup, admits, early }) {
    const { buildConnector, noteCertificateRequests, Pool, raceAddresses } = await Promise.all(/* import() */[__webpack_require__.e(503), __webpack_require__.e(151), __webpack_require__.e(143)]).then(__webpack_require__.bind(__webpack_require__, 6143));
    const pairWith = (tls) => {
        const open = noteCertificateRequests(buildConnector({ timeout: CONNECT_TIMEOUT_MS, ...tls }));
        return { open, race: (0,_early_connections_js__WEBPACK_IMPORTED_MODULE_0__/* .preferEarly */ .k)(early, { open, race: raceAddresses(open, lookup, admits) }) };
    };
    const made = new Map();
    const tls = await tlsWith(caPems);
    return {
        Pool,
        tls,
        race: (open) => raceAddresses(open, lookup),
        plain: pairWith(tls),
        presenting(certificate) {
            const pair = made.get(certificate) ?? tlsWith(caPems, certificate).then(pairWith);
            made.set(certificate, pair);
            return pair;
        },
    };
}
async function tlsWith(caPems, certificate) {
    if (caPems.length === 0 && certificate === undefined)
        return {};
    const tls = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 1692, 19));
    return {
        secureContext: tls.createSecureContext({
            ca: [...tls.getCACertificates('default'), ...caPems],
            ...(certificate === undefined ? {} : { cert: certificate.certificate, key: certificate.key }),
        }),
    };
}


/***/ }),

/***/ 2947:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ HttpError)
/* harmony export */ });
class HttpError extends Error {
    name = 'HttpError';
    failure;
    presentedCertificate;
    constructor(failure, message, options = {}) {
        super(message, options);
        this.failure = failure;
        this.presentedCertificate = options.presentedCertificate ?? false;
    }
}


/***/ }),

/***/ 6094:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Wm: () => (/* binding */ proxySecrets),
/* harmony export */   YB: () => (/* binding */ proxyAuthorization),
/* harmony export */   fB: () => (/* binding */ UNUSABLE_PROXY),
/* harmony export */   iJ: () => (/* binding */ proxyFor)
/* harmony export */ });
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7030);
/* harmony import */ var _domain_image_network_host_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5833);


const UNUSABLE_PROXY = 'ERR_UNUSABLE_PROXY';
function proxyFor(url, variables) {
    if ((0,_domain_image_network_host_js__WEBPACK_IMPORTED_MODULE_1__/* .isLoopbackHost */ .cW)(url.hostname) || isExcluded(url, read(variables, 'no_proxy')))
        return undefined;
    const name = url.protocol === 'https:' ? 'https_proxy' : 'http_proxy';
    const value = read(variables, name);
    if (value === undefined)
        return undefined;
    const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`;
    if (!URL.canParse(text))
        throw unusable(name, 'that is not a valid URL');
    const proxy = new URL(text);
    if (proxy.protocol !== 'http:' && proxy.protocol !== 'https:')
        throw unusable(name, 'that is neither http nor https');
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
function proxyAuthorization(proxy) {
    if (proxy.username === '' && proxy.password === '')
        return undefined;
    const userInfo = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
    return `Basic ${Buffer.from(userInfo).toString('base64')}`;
}
function proxySecrets(variables) {
    return ['http://host.invalid', 'https://host.invalid'].flatMap((url) => {
        try {
            const proxy = proxyFor(new URL(url), { ...variables, no_proxy: '', NO_PROXY: '' });
            const authorization = proxy && proxyAuthorization(proxy);
            if (proxy === undefined || authorization === undefined)
                return [];
            return [decodeURIComponent(proxy.password || proxy.username), authorization.replace(/^Basic /, '')];
        }
        catch {
            return [];
        }
    });
}
function read(variables, name) {
    const value = (variables[name] || variables[name.toUpperCase()])?.trim();
    return value === '' ? undefined : value;
}
function isExcluded(url, noProxy) {
    if (noProxy === undefined)
        return false;
    const host = (0,_domain_image_network_host_js__WEBPACK_IMPORTED_MODULE_1__/* .bareHost */ .n0)(url.hostname);
    const port = url.port || (url.protocol === 'https:' ? '443' : '80');
    return noProxy.split(',').some((text) => {
        const entry = text.trim().toLowerCase();
        if (entry === '*')
            return true;
        const [, name = entry, entryPort = ''] = /^(\[[^\]]*\]|[^:]*):([^:]*)$/.exec(entry) ?? [];
        if (entryPort !== '' && entryPort !== port)
            return false;
        const rule = (0,_domain_image_network_host_js__WEBPACK_IMPORTED_MODULE_1__/* .bareHost */ .n0)(name);
        if ((0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(host) !== 0)
            return (name === entry || !rule.includes('/')) && isInNetwork(host, rule);
        const domain = rule.replace(/^\*\./, '.');
        return domain.startsWith('.') ? host.endsWith(domain) : `.${host}`.endsWith(`.${domain}`);
    });
}
function isInNetwork(host, network) {
    const [, address = '', prefix] = /^([^/%]*)(?:\/([0-9]{1,3}))?$/.exec(network) ?? [];
    const family = familyOf(address);
    const list = new node_net__WEBPACK_IMPORTED_MODULE_0__.BlockList();
    try {
        if (prefix === undefined)
            list.addAddress(address, family);
        else
            list.addSubnet(address, Number(prefix), family);
    }
    catch {
        return false;
    }
    return list.check(host, familyOf(host));
}
function familyOf(address) {
    return (0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(address) === 4 ? 'ipv4' : 'ipv6';
}


/***/ }),

/***/ 2282:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  K6: () => (/* binding */ errorSection),
  kc: () => (/* binding */ errorText),
  NW: () => (/* binding */ reasonLink)
});

// UNUSED EXPORTS: hintMarkdown

// EXTERNAL MODULE: ./.build/js/src/domain/text/visible-text.js
var visible_text = __webpack_require__(2528);
// EXTERNAL MODULE: ./.build/js/src/report/escape.js
var report_escape = __webpack_require__(4501);
;// CONCATENATED MODULE: ./.build/js/src/report/next-steps.js
const NEXT_STEPS = {
    NO_SIGNATURE: {
        meaning: 'No image signature was found for this digest.',
        doThis: 'Check that the workflow that built this image also signed it, and that it signed this digest: the tag may have moved since. Attestations do not count as signatures.',
    },
    NO_ATTESTATION: {
        meaning: 'No attestation of a required type was found for this digest.',
        doThis: 'Check that the workflow that built this image also attested it, with this type and for this digest. An attestation of one platform does not count for the whole index.',
    },
    SIGNATURE_INVALID: {
        meaning: 'An attached signature is damaged: it cannot be read, or it was not made over this content.',
        doThis: 'Treat the image as untrusted. If you control its build, sign it again; a damaged signature cannot be repaired.',
    },
    SUBJECT_DIGEST_MISMATCH: {
        meaning: 'The attached signature belongs to another image.',
        doThis: 'Do not deploy the image: its signature was copied from another one. Sign the image that you want to deploy.',
    },
    CERTIFICATE_UNTRUSTED: {
        meaning: 'The signer’s certificate was not issued by a certificate authority that this step trusts.',
        doThis: 'If a private Sigstore or GitHub’s own signed the image, name it with `trusted-root`, `tuf-mirror` or `instance`. Otherwise treat the image as unsigned.',
    },
    NOT_LOGGED: {
        meaning: 'The signature is not recorded in a transparency log that this step trusts.',
        doThis: 'If the image was signed with another Sigstore, name it with `instance` or `trusted-root`. Otherwise sign it again with a log.',
    },
    TIMESTAMP_INVALID: {
        meaning: 'Nothing proves when the signature was made.',
        doThis: 'Sign the image again with a log or timestamp authority that the trusted root lists.',
    },
    CERTIFICATE_EXPIRED: {
        meaning: 'The signature was made outside the ten minutes for which its certificate was valid.',
        doThis: 'Sign the image again. If it happens again, check the clock of the runner that signs.',
    },
    ISSUER_MISMATCH: {
        meaning: 'The OIDC issuer in the signer’s certificate is not the expected one.',
        doThis: 'If the issuer that was found is right, name it in `certificate-oidc-issuer`. Otherwise find out who signed the image.',
    },
    IDENTITY_MISMATCH: {
        meaning: 'The image is signed, but by another signer than this step allows.',
        doThis: 'If that signer is right, name it in the identity inputs. Otherwise do not deploy the image, and find out who signed it.',
    },
    CLAIM_MISMATCH: {
        meaning: 'The image is signed, but the certificate names another source, run or claim than this step allows.',
        doThis: 'If what was found is right, change the input that the table names. Otherwise sign the image in the run that you expect.',
    },
    ANNOTATION_MISMATCH: {
        meaning: 'The signed annotations are not the ones that this step requires.',
        doThis: 'Annotations are fixed when signing. Sign the image again with the expected `annotations`, or change `annotations` in this step.',
    },
    TOO_OLD: {
        meaning: 'The signature is older than `max-age` allows, or its time is in the future.',
        doThis: 'Build and sign the image again, or allow a longer `max-age`.',
    },
    ATTESTATION_MISMATCH: {
        meaning: 'The attestation is genuine and by the expected signer, but it does not say what is required.',
        doThis: 'Compare wanted and found, field by field. Provenance of another build type needs `build-type=…` in its line of `attestations`.',
    },
    POLICY_NO_MATCH: {
        meaning: 'No policy covers this image.',
        doThis: 'Add a glob for the image to `spec.images` of a policy. Globs are compared with `registry/repository@sha256:…`, and Docker Hub is called `index.docker.io`. On pull requests, the policies of the base commit count: merge the policy first.',
    },
    POLICY_DENIED: {
        meaning: 'A policy that covers this image refuses it.',
        doThis: 'The message says which policy, and why. Use another image, or change the policy.',
    },
    TIMEOUT: {
        meaning: 'The time limit of the run (`timeout`) was reached before this finished.',
        doThis: 'Increase `timeout`, name fewer images per step, or check the debug log for what took so long.',
    },
    INPUT_INVALID: {
        meaning: 'The step’s inputs cannot be used.',
        doThis: 'Fix the inputs named in the message. It lists all of them.',
    },
    IMAGE_NOT_FOUND: {
        meaning: 'The registry has no such image.',
        doThis: 'Check that the build pushed it (`push: true`), and check the name and digest. Some registries hide images that you are not allowed to read.',
    },
    REGISTRY_DENIED: {
        meaning: 'The registry refused the login, or the login lacks the required permission.',
        doThis: 'Log in before this step. On ghcr.io, grant `packages: read`, and `packages: write` for signing.',
    },
    REGISTRY_UNAVAILABLE: {
        meaning: 'The registry could not be reached, or kept failing.',
        doThis: 'Run the job again. For longer outages, increase `retry-for`.',
    },
    REGISTRY_INVALID: {
        meaning: 'The registry’s response violates the registry protocol, such as content that does not match its digest.',
        doThis: 'Check for a proxy or mirror in between. No conclusion can be drawn from such a response.',
    },
    TRUST_ROOT_UNAVAILABLE: {
        meaning: 'The keys to verify signatures with could not be fetched.',
        doThis: 'Run the job again, or provide them with `trusted-root`.',
    },
    TRUST_ROOT_INVALID: {
        meaning: 'The trusted root or signing config is malformed, expired or not properly signed.',
        doThis: 'Check the file or mirror named in the message.',
    },
    LOG_UNAVAILABLE: {
        meaning: 'The transparency log could not be reached, or kept failing.',
        doThis: 'Run the job again. For longer outages, increase `retry-for`.',
    },
    LOG_INVALID: {
        meaning: 'The transparency log returned an entry that does not verify.',
        doThis: 'Check that the signing config and the trusted root belong together.',
    },
    CA_UNAVAILABLE: {
        meaning: 'The certificate authority could not be reached, or kept failing.',
        doThis: 'Run the job again. For longer outages, increase `retry-for`.',
    },
    CA_REFUSED: {
        meaning: 'The certificate authority does not accept this job’s identity token.',
        doThis: 'Use a certificate authority that accepts the token’s issuer (`instance`, or `signing-config` with `trusted-root`).',
    },
    CA_INVALID: {
        meaning: 'The certificate authority returned a certificate that does not match the request.',
        doThis: 'Check that the signing config and the trusted root belong together.',
    },
    TSA_UNAVAILABLE: {
        meaning: 'The timestamp authority could not be reached, or kept failing.',
        doThis: 'Run the job again. For longer outages, increase `retry-for`.',
    },
    TSA_INVALID: {
        meaning: 'The timestamp authority returned a timestamp that does not verify.',
        doThis: 'Check that the signing config and the trusted root belong together.',
    },
    IDENTITY_TOKEN_UNAVAILABLE: {
        meaning: 'The job has no identity token, which signing needs.',
        doThis: 'Add `id-token: write` to the permissions of the job, and of the job that calls it. Pull requests from forks never get a token.',
    },
    PUBLIC_LOG_REFUSED: {
        meaning: 'Signing would publish the names of this repository in a public log.',
        doThis: 'Choose where to sign with `instance`, or with `signing-config` and `trusted-root`.',
    },
    SELF_VERIFICATION_FAILED: {
        meaning: 'The new signature does not verify, so it was not published.',
        doThis: 'Check that the signing config and the trusted root belong together.',
    },
    SIGNATURE_LOST: {
        meaning: 'The signature was written, but the registry no longer lists it.',
        doThis: 'Run the job again. Another writer may have replaced the list at the same moment.',
    },
    GITHUB_API_UNAVAILABLE: {
        meaning: 'GitHub’s API did not return a file that must be read from a commit.',
        doThis: 'Run the job again, or give the content itself instead of a path.',
    },
    ATTESTATION_STORE_REFUSED: {
        meaning: 'GitHub’s attestation store refused the request.',
        doThis: 'Grant `attestations: read` to the job that verifies, or `attestations: write` to the one that signs. GitHub hides repositories that the token may not read.',
    },
    ATTESTATION_STORE_UNAVAILABLE: {
        meaning: 'GitHub’s attestation store could not be reached, kept failing, or returned something else.',
        doThis: 'Run the job again. For longer outages, increase `retry-for`.',
    },
    KUBERNETES_REFUSED: {
        meaning: 'The API server of Kubernetes refused a request, or answered something else.',
        doThis: 'Give the service account the right that the message names.',
    },
    KUBERNETES_UNAVAILABLE: {
        meaning: 'The API server of Kubernetes could not be reached, or kept failing.',
        doThis: 'Check that the API server runs, and that network policies let this Pod reach it.',
    },
    INTERNAL_ERROR: {
        meaning: 'Countersign hit an unexpected failure.',
        doThis: 'Please report it, and attach the debug log of the step.',
    },
};

;// CONCATENATED MODULE: ./.build/js/src/report/error-text.js



const MESSAGE_MAX = 2_200;
const ADVICE_MAX = 800;
function errorText(problem, { troubleshootingUrl, copy }) {
    const { code, hint } = problem;
    const message = shown(`${code}: ${problem.message}`, MESSAGE_MAX);
    const advice = shown(hint ?? NEXT_STEPS[code].doThis, ADVICE_MAX);
    return {
        title: `${code}: ${NEXT_STEPS[code].meaning}`,
        lines: [
            ...message.lines,
            ...advice.lines,
            ...(troubleshootingUrl === undefined ? [] : [`See ${troubleshootingUrl}#${anchorOf(code)}`]),
            ...(troubleshootingUrl === undefined || copy === undefined
                ? []
                : [`(If this server has its own copy of the action: docs/troubleshooting.md of ${copy})`]),
        ],
        isCut: message.isCut || advice.isCut,
    };
}
function shown(text, max) {
    const visible = text.split('\n').map(visible_text/* visibleText */.Q).join('\n');
    const isCut = visible.length > max;
    return { lines: (isCut ? `${visible.slice(0, max)}…` : visible).split('\n'), isCut };
}
function errorSection(error, troubleshootingUrl) {
    const message = error.message
        .split('\n')
        .map((line, index, all) => `> ${lineMarkdown(line)}${all[index + 1]?.startsWith(ITEM) === false ? '  ' : ''}`);
    const advice = error.hint === undefined ? NEXT_STEPS[error.code].doThis : hintMarkdown(error.hint);
    return [
        `**${reasonLink(error.code, troubleshootingUrl)}** ${NEXT_STEPS[error.code].meaning}`,
        message.join('\n'),
        `**What to do:** ${advice}`,
    ].join('\n\n');
}
const WORKFLOW_LINE = /^ *[a-z][a-z-]*:(?: .*)?$/;
function hintMarkdown(hint) {
    const parts = [];
    hint.split('\n').forEach((line, index) => {
        const kind = index > 0 && WORKFLOW_LINE.test(line) ? 'code' : line.startsWith(ITEM) ? 'list' : 'text';
        const last = parts.at(-1);
        if (last?.kind === kind && kind !== 'text')
            last.lines.push(line);
        else
            parts.push({ kind, lines: [line] });
    });
    return parts
        .map(({ kind, lines }) => kind === 'code' ? (0,report_escape/* markdownBlock */.dI)('yaml', lines.join('\n')) : lines.map(lineMarkdown).join('\n'))
        .join('\n\n');
}
const ITEM = '- ';
function lineMarkdown(line) {
    return line.startsWith(ITEM) ? `${ITEM}${(0,report_escape/* markdownProse */.h$)(line.slice(ITEM.length))}` : (0,report_escape/* markdownProse */.h$)(line);
}
function reasonLink(reason, troubleshootingUrl) {
    const label = `\`${reason}\``;
    return troubleshootingUrl === undefined ? label : (0,report_escape/* markdownLink */.iQ)(label, `${troubleshootingUrl}#${anchorOf(reason)}`);
}
function anchorOf(reason) {
    return reason.toLowerCase();
}


/***/ }),

/***/ 4501:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D9: () => (/* binding */ markdownCode),
/* harmony export */   Ew: () => (/* binding */ yamlScalar),
/* harmony export */   OH: () => (/* binding */ isPlainOutput),
/* harmony export */   W3: () => (/* binding */ jsonOutput),
/* harmony export */   dI: () => (/* binding */ markdownBlock),
/* harmony export */   h$: () => (/* binding */ markdownProse),
/* harmony export */   iQ: () => (/* binding */ markdownLink),
/* harmony export */   p7: () => (/* binding */ markdownText),
/* harmony export */   r7: () => (/* binding */ shellWord)
/* harmony export */ });
/* unused harmony export SHOWN_MAX */
/* harmony import */ var _domain_text_visible_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2528);

const SHOWN_MAX = 500;
function markdownText(text) {
    return atLineStart(inert(cut(text, SHOWN_MAX)));
}
function inert(text) {
    return asciiOnly(text).replace(ACTIVE, (found) => SPLIT[found.toLowerCase()] ?? `&#${found.charCodeAt(0)};`);
}
function atLineStart(markdown) {
    return markdown.replace(/^[ :-]/, (start) => `&#${start.charCodeAt(0)};`).replace(/^([0-9]+)\./, '$1&#46;');
}
const ACTIVE = /\bgh-(?=\d)|:\/\/|:(?=[\w+-]{1,50}:)|www\.|[^A-Za-z0-9 /,.:_…→’-]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/gi;
const SPLIT = {
    '://': ':<wbr>//',
    ':': ':<wbr>',
    'www.': 'www<wbr>.',
    'gh-': 'GH<wbr>-',
    '@': '&#64;<wbr>',
    '#': '&#35;<wbr>',
    '[': '&#91;<wbr>',
    $: '&#36;<wbr>',
};
function markdownCode(text) {
    return `<code>${markdownText(text)}</code>`;
}
const PROSE_MAX = 3_000;
function markdownProse(text) {
    const parts = cut(text, PROSE_MAX).split('`');
    if (parts.length % 2 === 0)
        return atLineStart(inert(parts.join('`')));
    return atLineStart(parts.map((part, index) => (index % 2 === 1 ? markdownCode(part) : inert(part))).join(''));
}
function cut(text, max) {
    return text.length > max ? `${text.slice(0, max)}…` : text;
}
function asciiOnly(text) {
    return text.replace(/[^\x20-\x7e…→’]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
function markdownLink(label, url) {
    const harmless = /^https:\/\/[a-z0-9.-]+(?::[0-9]{1,5})?\/[A-Za-z0-9._~/%?=&#+-]*$/.test(url);
    return harmless ? `[${label}](${url})` : label;
}
function markdownBlock(language, text) {
    const lines = text.split('\n').map(_domain_text_visible_text_js__WEBPACK_IMPORTED_MODULE_0__/* .visibleText */ .Q);
    const longest = (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
    const fence = '`'.repeat(longest + 1);
    return `${fence}${language}\n${lines.join('\n')}\n${fence}`;
}
function shellWord(text) {
    if ((0,_domain_text_visible_text_js__WEBPACK_IMPORTED_MODULE_0__/* .hasUnseen */ .F)(text))
        return undefined;
    if (/^[A-Za-z0-9._:/@+=,-]+$/.test(text))
        return text;
    return `'${text.replaceAll("'", "'\\''")}'`;
}
function yamlScalar(text) {
    if ((0,_domain_text_visible_text_js__WEBPACK_IMPORTED_MODULE_0__/* .hasUnseen */ .F)(text))
        return undefined;
    if (/^[A-Za-z./][A-Za-z0-9._/@+=-]*(?::[A-Za-z0-9._/@+=-]+)*$/.test(text) && !isOtherType(text))
        return text;
    return JSON.stringify(text.replaceAll(`\${{`, EXPRESSION_OPENER));
}
const EXPRESSION_OPENER = `\${{ '\${{' }}`;
function isOtherType(text) {
    return /^(?:true|false|yes|no|on|off|y|n|null|\.inf|\.nan)$/i.test(text) || /^\.?[0-9]/.test(text);
}
function jsonOutput(value) {
    return JSON.stringify(value).replace(/"(?:[^"\\]|\\.)*"/g, (literal) => {
        const text = JSON.parse(literal);
        return `"${String(text).replace(/[^A-Za-z0-9._:/@+=, -]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`;
    });
}
function isPlainOutput(text) {
    return /^[A-Za-z0-9._:/@+=, -]*$/.test(text);
}


/***/ }),

/***/ 7228:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ey: () => (/* binding */ fromBase64),
/* harmony export */   aD: () => (/* binding */ fromHex),
/* harmony export */   at: () => (/* binding */ at),
/* harmony export */   er: () => (/* binding */ sameBytes),
/* harmony export */   nI: () => (/* binding */ toDecimal),
/* harmony export */   nk: () => (/* binding */ toBase64),
/* harmony export */   qF: () => (/* binding */ parseJson)
/* harmony export */ });
/* harmony import */ var _domain_text_json_object_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1682);

function parseJson(bytes) {
    try {
        return JSON.parse(typeof bytes === 'string' ? bytes : new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    }
    catch {
        return undefined;
    }
}
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
function fromBase64(value) {
    if (typeof value !== 'string' || value === '' || !BASE64.test(value))
        return undefined;
    return Buffer.from(value, 'base64');
}
function toBase64(bytes) {
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
function fromHex(value) {
    if (typeof value !== 'string' || !/^(?:[0-9a-fA-F]{2})+$/.test(value))
        return undefined;
    return Buffer.from(value, 'hex');
}
function toDecimal(value) {
    if (typeof value === 'number')
        return Number.isSafeInteger(value) && value >= 0 ? String(value) : undefined;
    return typeof value === 'string' && /^(?:0|[1-9]\d{0,17})$/.test(value) ? value : undefined;
}
function sameBytes(a, b) {
    return Buffer.compare(a, b) === 0;
}
function at(value, ...path) {
    return path.reduce((inner, key) => ((0,_domain_text_json_object_js__WEBPACK_IMPORTED_MODULE_0__/* .isJsonObject */ .O)(inner) ? inner[key] : undefined), value);
}


/***/ }),

/***/ 9614:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ legacyLayer),
/* harmony export */   P: () => (/* binding */ proofAnnotations)
/* harmony export */ });
/* harmony import */ var _domain_image_media_types_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4988);
/* harmony import */ var _json_shape_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7228);


function legacyLayer(signature) {
    const { timestamp } = signature;
    return {
        payload: signature.payload,
        annotations: {
            ...proofAnnotations((0,_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .toBase64 */ .nk)(signature.signature), signature),
            ...(timestamp && {
                [_domain_image_media_types_js__WEBPACK_IMPORTED_MODULE_0__/* .TIMESTAMP_ANNOTATION */ .$n]: JSON.stringify({ SignedRFC3161Timestamp: (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .toBase64 */ .nk)(timestamp) }),
            }),
        },
    };
}
function proofAnnotations(signature, { entry, certificatePem, chainPem }) {
    const rekorBundle = {
        SignedEntryTimestamp: entry.signedEntryTimestamp ? (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .toBase64 */ .nk)(entry.signedEntryTimestamp) : '',
        Payload: {
            body: (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_1__/* .toBase64 */ .nk)(entry.body),
            integratedTime: Number(entry.integratedTime),
            logIndex: Number(entry.logIndex),
            logID: Buffer.from(entry.keyId).toString('hex'),
        },
    };
    return {
        [_domain_image_media_types_js__WEBPACK_IMPORTED_MODULE_0__/* .SIGNATURE_ANNOTATION */ .ZB]: signature,
        [_domain_image_media_types_js__WEBPACK_IMPORTED_MODULE_0__/* .REKOR_BUNDLE_ANNOTATION */ .BJ]: JSON.stringify(rekorBundle),
        [_domain_image_media_types_js__WEBPACK_IMPORTED_MODULE_0__/* .CERTIFICATE_ANNOTATION */ .oZ]: certificatePem,
        [_domain_image_media_types_js__WEBPACK_IMPORTED_MODULE_0__/* .CHAIN_ANNOTATION */ .CB]: chainPem,
    };
}


/***/ }),

/***/ 8011:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G2: () => (/* binding */ LOG_CODES),
/* harmony export */   VF: () => (/* binding */ isKind),
/* harmony export */   XF: () => (/* binding */ MAX_PROOF_HASHES),
/* harmony export */   YZ: () => (/* binding */ isPemOf),
/* harmony export */   dL: () => (/* binding */ isBase64Of),
/* harmony export */   gH: () => (/* binding */ invalidEntry),
/* harmony export */   jK: () => (/* binding */ MAX_LOG_ANSWER_BYTES)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _json_shape_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7228);
/* harmony import */ var _sigstore_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1731);



const LOG_CODES = {
    unavailable: 'LOG_UNAVAILABLE',
    invalid: 'LOG_INVALID',
    name: 'transparency log',
};
const MAX_LOG_ANSWER_BYTES = 1024 * 1024;
const MAX_PROOF_HASHES = 64;
function invalidEntry(url, why) {
    return new _sigstore_error_js__WEBPACK_IMPORTED_MODULE_1__/* .SigstoreError */ .F('LOG_INVALID', `the log ${url} returned an unusable entry: ${why}`, {
        hint: 'Nothing was uploaded. If it is your own log, check its version and its URL in the signing config.',
    });
}
function isBase64Of(value, bytes) {
    const decoded = (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_2__/* .fromBase64 */ .Ey)(value);
    return decoded !== undefined && (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_2__/* .sameBytes */ .er)(decoded, bytes);
}
function isPemOf(value, certificate) {
    const pem = (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_2__/* .fromBase64 */ .Ey)(value);
    if (pem === undefined)
        return false;
    try {
        return (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_2__/* .sameBytes */ .er)(new node_crypto__WEBPACK_IMPORTED_MODULE_0__.X509Certificate(pem).raw, certificate);
    }
    catch {
        return false;
    }
}
function isKind(body, kind, apiVersion) {
    return body['kind'] === kind && body['apiVersion'] === apiVersion;
}


/***/ }),

/***/ 6510:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ ownRefusal),
/* harmony export */   e: () => (/* binding */ verifyOwn)
/* harmony export */ });
/* harmony import */ var _sigstore_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1731);

const BLAME = {
    CERTIFICATE_UNTRUSTED: 'CA_INVALID',
    CERTIFICATE_EXPIRED: 'CA_INVALID',
    NOT_LOGGED: 'LOG_INVALID',
    TIMESTAMP_INVALID: 'TSA_INVALID',
};
async function verifyOwn(call, verifier, { candidate, subject }) {
    const verification = await verifier.verify(call, candidate, subject);
    switch (verification.kind) {
        case 'verified':
            return verification.facts;
        case 'refused':
            throw ownRefusal(verification, subject);
        case 'not-a-signature':
            throw refusal('SELF_VERIFICATION_FAILED', subject, { reason: verification.what, message: verification.message });
    }
}
function ownRefusal(why, subject) {
    return refusal(BLAME[why.reason] ?? 'SELF_VERIFICATION_FAILED', subject, why);
}
function refusal(code, subject, why) {
    return new _sigstore_error_js__WEBPACK_IMPORTED_MODULE_0__/* .SigstoreError */ .F(code, `the new signature for ${subject} does not verify against this run's trusted root: ${why.reason}: ${why.message}`, {
        hint: 'Nothing was uploaded. Signing config and trusted root must belong to the same Sigstore instance. ' +
            'If they do, the named service returned a wrong response.',
    });
}


/***/ }),

/***/ 1731:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ SigstoreError)
/* harmony export */ });
/* harmony import */ var _coded_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6329);

class SigstoreError extends _coded_error_js__WEBPACK_IMPORTED_MODULE_0__/* .CodedError */ .AK {
    name = 'SigstoreError';
}


/***/ }),

/***/ 4262:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ parseTime)
/* harmony export */ });
/* harmony import */ var _domain_text_value_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9354);

const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;
function parseTime(value, where) {
    if (value === undefined || value === null)
        return undefined;
    const time = typeof value === 'string' && RFC3339.test(value) ? new Date(value) : undefined;
    if (time === undefined || Number.isNaN(time.getTime())) {
        throw new _domain_text_value_error_js__WEBPACK_IMPORTED_MODULE_0__/* .ValueError */ .Qp(`${where} ${JSON.stringify(value).slice(0, 200)} is not an RFC 3339 time`);
    }
    return time;
}


/***/ }),

/***/ 30:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   EV: () => (/* binding */ examineSet),
/* harmony export */   lm: () => (/* binding */ REFERRERS_IN_HAND),
/* harmony export */   s5: () => (/* binding */ examineListing)
/* harmony export */ });
/* unused harmony exports ATTESTATIONS_IN_HAND, createExamination */
/* harmony import */ var _coded_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6329);
/* harmony import */ var _domain_image_media_types_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4988);
/* harmony import */ var _domain_image_referrer_rank_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1004);
/* harmony import */ var _map_limited_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7579);




const FETCH_LIMIT = 8;
const REFERRERS_IN_HAND = 32;
const ATTESTATIONS_IN_HAND = 12;
const REFERRERS_MAX = 1000;
const ALWAYS_READ = 16;
const VERIFY_LIMIT = 8;
function createExamination(options) {
    const { call, registry, repository, digest } = options;
    const { signal } = call;
    const open = once(async () => {
        const legacy = options.format === 'bundle' ? undefined : examineSet(options, registry.fetchLegacy(call, repository, digest));
        legacy?.catch(() => { });
        const attached = options.format === 'bundle' ? undefined : examineAttestationTag(options);
        attached?.catch(() => { });
        const stored = options.format === 'legacy' ? undefined : examineStore(options);
        stored?.catch(() => { });
        return {
            legacy,
            attached,
            stored,
            api: await openListing(options, registry.listReferrers(call, repository, digest), new Set()),
        };
    });
    const openTag = once(async () => {
        const { api } = await open();
        const seen = new Set(api.found().read.map((descriptor) => descriptor.digest));
        return openListing(options, registry.listReferrersTag(call, repository, digest), seen);
    });
    let opening;
    let tag;
    const found = () => join([...(opening ?? []), ...(tag === undefined ? [] : [tag.found])].map((part) => part()));
    const goOn = async (isEnough) => {
        signal.throwIfAborted();
        const { api, legacy, attached, stored } = await open();
        if (opening === undefined) {
            if (!isEnough(api.found()))
                await api.readCrowd();
            const sets = [await legacy, await attached, await stored].filter((set) => set !== undefined);
            opening = [api.found, ...sets.map((set) => () => set)];
        }
        const steps = [
            api.readCrowd,
            async () => {
                tag = await openTag();
            },
            async () => tag?.readCrowd(),
        ];
        for (const step of steps) {
            if (isEnough(found()))
                break;
            signal.throwIfAborted();
            await step();
        }
        return found();
    };
    let turn = Promise.resolve();
    return {
        until: (isEnough) => {
            const going = turn.then(() => goOn(isEnough));
            turn = going.catch(() => { });
            return going;
        },
    };
}
function once(work) {
    let outcome;
    return () => {
        outcome ??= work();
        return outcome;
    };
}
function join(known) {
    return {
        examined: known.flatMap((part) => part.examined),
        attestations: known.flatMap((part) => part.attestations),
        undecided: known.flatMap((part) => part.undecided),
        unreadable: known.flatMap((part) => part.unreadable),
        places: known.flatMap((part) => part.places),
        listed: known.flatMap((part) => part.listed),
    };
}
async function examineSet(options, fetching) {
    const set = await fetching;
    const wanted = set.candidates.filter((one) => options.format === 'any' || one.format === options.format);
    const judged = await (0,_map_limited_js__WEBPACK_IMPORTED_MODULE_3__/* .mapLimited */ .b)(wanted, { limit: VERIFY_LIMIT }, (candidate) => examineCandidate(options, candidate));
    return {
        examined: judged.flatMap(({ examined }) => examined),
        attestations: judged.flatMap(({ attestations }) => attestations),
        undecided: judged.flatMap(({ undecided }) => undecided),
        unreadable: set.unreadable,
        places: set.places,
        listed: [],
    };
}
async function examineCandidate({ call, verifier, otherRoots, digest, attestations: reader }, candidate) {
    const examined = [];
    const undecided = [];
    const roots = [
        [undefined, verifier],
        ...(otherRoots ?? []),
    ];
    const kept = forgetBytes(candidate);
    for (const [name, one] of roots) {
        const root = name === undefined ? {} : { root: name };
        try {
            examined.push({ candidate: kept, verification: await one.verify(call, candidate, digest), ...root });
        }
        catch (error) {
            undecided.push({ error, ...root });
        }
    }
    const [first] = examined;
    if (reader === undefined || first === undefined)
        return { examined, undecided, attestations: [] };
    const { verification } = first;
    if (verification.kind !== 'not-a-signature' || verification.what !== 'attestation') {
        return { examined, undecided, attestations: [] };
    }
    const named = { subject: digest, predicateType: verification.predicateType };
    const read = await reader.read(candidate, named);
    return { examined, undecided: [...undecided, ...read.undecided], attestations: read.attestations };
}
async function examineAttestationTag(options) {
    const { attestations: reader, call, registry, repository, digest } = options;
    if (reader === undefined)
        return undefined;
    const listing = await registry.listAttestationTag(call, repository, digest);
    const parts = await mapLimited(listing.layers, { limit: FETCH_LIMIT }, (layer) => options.slots(async () => {
        const { candidates, unreadable } = reader.admits()
            ? await registry.fetchAttestationLayer(call, repository, layer)
            : refuseMore(layer, listing.place);
        const [candidate] = candidates;
        const found = { ...NOTHING, unreadable };
        if (candidate === undefined)
            return found;
        const predicateType = layer.annotations?.[LAYER_PREDICATE_ANNOTATION];
        return { ...found, ...(await reader.read(candidate, { subject: digest, predicateType })) };
    }));
    return join([{ ...NOTHING, unreadable: listing.unreadable, places: [listing.place] }, ...parts]);
}
async function examineStore(options) {
    const { attestations: reader, call, digest } = options;
    if (reader?.stored === undefined)
        return undefined;
    const { store, sources } = reader.stored;
    const each = await mapLimited(sources, { limit: FETCH_LIMIT }, async (source) => {
        const { place, bundles } = await store.list(call, source, digest);
        const parts = await mapLimited(bundles, { limit: FETCH_LIMIT }, (bundle) => options.slots(() => {
            const refused = () => refuseMore({ digest: bundle.name, artifactType: undefined }, place);
            return examineSet(options, reader.admits() ? store.read(call, bundle) : Promise.resolve(refused()));
        }));
        return { ...join([{ ...NOTHING, places: [place] }, ...parts]), examined: [] };
    });
    return join(each);
}
const NOTHING = {
    examined: [],
    attestations: [],
    undecided: [],
    unreadable: [],
    places: [],
    listed: [],
};
function refuseMore({ digest, artifactType }, place) {
    const error = new _coded_error_js__WEBPACK_IMPORTED_MODULE_0__/* .CodedError */ .AK('REGISTRY_INVALID', 'the attestations of this run have too many bytes to read them all', {
        hint: 'Name fewer images per step, or delete attestations that are no longer needed.',
    });
    const { message } = error;
    const unread = { digest, place: place.kind, outcome: 'failed', artifactType, message, error };
    return { candidates: [], unreadable: [unread], places: [] };
}
function forgetBytes(candidate) {
    const none = new Uint8Array();
    return candidate.format === 'bundle'
        ? { ...candidate, bundle: none }
        : { ...candidate, payload: none, annotations: {} };
}
async function examineListing(options, asking, seen) {
    return (await openListing(options, asking, seen)).found();
}
async function openListing(options, asking, seen) {
    const listing = await asking;
    const { place, descriptors } = listing;
    const fresh = descriptors.filter((descriptor) => !seen.has(descriptor.digest));
    const { attestations: reader } = options;
    const isLikely = ({ annotations }) => {
        const predicateType = annotations?.[_domain_image_media_types_js__WEBPACK_IMPORTED_MODULE_1__/* .BUNDLE_PREDICATE_ANNOTATION */ .vf];
        return predicateType !== undefined && reader?.wants(predicateType) === true;
    };
    const { first, crowd, beyond, never } = divide(fresh, isLikely);
    const counts = (one) => reader !== undefined || !isAttestation(one);
    const where = { repository: options.repository, subject: options.digest };
    const read = (group) => (0,_map_limited_js__WEBPACK_IMPORTED_MODULE_3__/* .mapLimited */ .b)(group, { limit: FETCH_LIMIT }, (descriptor) => options.slots(() => {
        const wants = reader === undefined ? {} : { wants: 'attestations' };
        const listed = { descriptor, place: place.kind, ...wants };
        const fetching = reader?.admits() === false
            ? Promise.resolve(refuseMore(descriptor, place))
            : options.registry.fetchReferrer(options.call, where, listed);
        return examineSet(options, fetching);
    }));
    const parts = await read(first);
    let isCrowdRead = false;
    return {
        readCrowd: once(async () => {
            parts.push(...(await read(crowd)));
            isCrowdRead = true;
        }),
        found: () => {
            const skipped = isCrowdRead ? [] : [...crowd, ...beyond];
            const unreadable = [
                ...listing.unreadable,
                ...parts.flatMap((part) => part.unreadable),
                ...never.map((one) => notRead(one, place, 'listed as another kind of artifact')),
                ...(isCrowdRead ? beyond : []).filter((one) => !counts(one)).map((one) => notRead(one, place, TOO_MANY)),
                ...skipped.map((one) => notRead(one, place, 'not examined')),
            ];
            const isCut = isCrowdRead && place.outcome !== 'failed' && beyond.some(counts);
            return {
                examined: parts.flatMap((part) => part.examined),
                attestations: parts.flatMap((part) => part.attestations),
                undecided: parts.flatMap((part) => part.undecided),
                unreadable,
                places: [
                    isCut ? cutShort(place, [...first, ...crowd, ...beyond].filter(counts).length) : place,
                    ...parts.flatMap((part) => part.places),
                ],
                listed: descriptors,
                read: isCrowdRead ? [...first, ...crowd] : first,
            };
        },
    };
}
function divide(descriptors, isLikelyAttestation) {
    const ranked = (rank) => descriptors.filter((descriptor) => (0,_domain_image_referrer_rank_js__WEBPACK_IMPORTED_MODULE_2__/* .rankReferrer */ .OI)(descriptor) === rank);
    const unlikely = ranked('unlikely');
    const likely = [...ranked('certain'), ...ranked('likely'), ...unlikely.filter(isLikelyAttestation)];
    const toRead = [...likely, ...unlikely.filter((descriptor) => !isLikelyAttestation(descriptor))];
    const firstEnd = Math.min(Math.max(likely.length, ALWAYS_READ), REFERRERS_MAX);
    return {
        first: toRead.slice(0, firstEnd),
        crowd: toRead.slice(firstEnd, REFERRERS_MAX),
        beyond: toRead.slice(REFERRERS_MAX),
        never: ranked('never'),
    };
}
const TOO_MANY = `not examined, because only ${REFERRERS_MAX} are`;
function isAttestation(descriptor) {
    const claim = (0,_domain_image_referrer_rank_js__WEBPACK_IMPORTED_MODULE_2__/* .claimOf */ ._B)(descriptor);
    return claim.kind === 'other' && claim.predicateType !== undefined;
}
function notRead({ digest, artifactType }, place, message) {
    return { digest, place: place.kind, outcome: 'not-a-signature', artifactType, message };
}
function cutShort(place, count) {
    const error = new _coded_error_js__WEBPACK_IMPORTED_MODULE_0__/* .CodedError */ .AK('REGISTRY_INVALID', `it lists ${count} referrers that may be signatures; only ${REFERRERS_MAX} are read`, { hint: 'Delete attached artifacts that are no longer needed.' });
    return { ...place, outcome: 'failed', error };
}


/***/ }),

/***/ 7487:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  qE: () => (/* binding */ groupRequested),
  Be: () => (/* binding */ resolveImages)
});

// UNUSED EXPORTS: createLookahead, entriesOf, mergeResolved, resolveRoot, withPlatforms

// EXTERNAL MODULE: ./.build/js/src/coded-error.js
var coded_error = __webpack_require__(6329);
// EXTERNAL MODULE: ./.build/js/src/domain/image/manifest-document.js
var manifest_document = __webpack_require__(7317);
// EXTERNAL MODULE: ./.build/js/src/domain/image/platform-images.js
var platform_images = __webpack_require__(8132);
// EXTERNAL MODULE: ./.build/js/src/domain/image/reference.js
var reference = __webpack_require__(5273);
// EXTERNAL MODULE: ./.build/js/src/domain/text/value-error.js
var value_error = __webpack_require__(9354);
// EXTERNAL MODULE: ./.build/js/src/usecases/map-limited.js
var map_limited = __webpack_require__(7579);
// EXTERNAL MODULE: ./.build/js/src/usecases/slots.js
var usecases_slots = __webpack_require__(8551);
;// CONCATENATED MODULE: ./.build/js/src/usecases/examining/hub-name.js


const OF_REGISTRY = [
    'IMAGE_NOT_FOUND',
    'REGISTRY_DENIED',
    'REGISTRY_UNAVAILABLE',
    'REGISTRY_INVALID',
];
function explainHubName(error, { original, repository }) {
    const isImplied = repository.registry === 'docker.io' && !/^[^/]*docker\.io\//i.test(original);
    if (!isImplied || !OF_REGISTRY.includes(error.code))
        return error;
    const meant = `"${original}" names no registry, so it means Docker Hub (${(0,reference/* formatRepository */.Sh)(repository)})`;
    const hint = 'If the image is in another registry, write its host too, such as ghcr.io/acme/app.';
    return new coded_error/* CodedError */.AK(error.code, `${error.message}; ${meant}`, {
        hint: [hint, error.hint].filter((one) => one !== undefined).join(' '),
        cause: error.cause ?? error,
    });
}

;// CONCATENATED MODULE: ./.build/js/src/usecases/examining/image-tree.js






const NESTING_MAX = 4;
const TREE_ENTRIES_MAX = 1024;
const TREE_BYTES_MAX = 64 * 1024 * 1024;
function createTreeReader(options) {
    const memo = new Map();
    const load = (repository, entry) => {
        const name = (0,reference/* formatPinned */.y6)(repository, entry.digest);
        const known = memo.get(name);
        if (known !== undefined)
            return known;
        const loading = options.slots(() => fetchDocument(options, repository, entry));
        memo.set(name, loading);
        return loading;
    };
    return async ({ repository, digest, entries }) => {
        const refuse = (why) => {
            throw invalid((0,reference/* formatPinned */.y6)(repository, digest), why);
        };
        const found = new Map();
        let bytes = 0;
        let count = entries.length;
        let level = entries;
        for (let depth = 1; level.length > 0; depth += 1) {
            if (depth > NESTING_MAX)
                refuse(`it nests indexes more than ${NESTING_MAX} levels deep`);
            if (count > TREE_ENTRIES_MAX)
                refuse(`it leads to more than ${TREE_ENTRIES_MAX} manifests`);
            const fresh = new Map(level.filter((entry) => !found.has(entry.digest)).map((entry) => [entry.digest, entry]));
            const loaded = await (0,map_limited/* mapLimited */.b)([...fresh.values()], { limit: options.concurrency }, async (entry) => {
                const one = await load(repository, entry);
                bytes += one.size;
                if (bytes > TREE_BYTES_MAX)
                    refuse(`it leads to more than ${TREE_BYTES_MAX} bytes of manifests`);
                found.set(entry.digest, one);
                return one;
            });
            for (const entry of level)
                kindOf(repository, entry, found);
            level = loaded.flatMap((one) => one.entries);
            count += level.length;
        }
        return listTree(repository, entries, found);
    };
}
async function fetchDocument({ call, registry, notFoundHint }, repository, entry) {
    const name = (0,reference/* formatPinned */.y6)(repository, entry.digest);
    const fetched = await registry.document(call, repository, entry);
    if (fetched === undefined) {
        throw new coded_error/* CodedError */.AK('IMAGE_NOT_FOUND', `${name} is listed by its index but is missing`, { hint: notFoundHint });
    }
    const { bytes, contentType } = fetched;
    return orInvalid(name, () => {
        const document = (0,manifest_document/* readManifestDocument */.f$)(bytes);
        const size = bytes.length;
        if (document.kind !== 'index')
            return { document, contentType, size, entries: [] };
        const entries = (0,platform_images/* parseIndexEntries */.IH)(document);
        return { document: { ...document, manifests: [] }, contentType, size, entries };
    });
}
function listTree(repository, entries, found) {
    const platforms = new Map();
    const skipped = new Map();
    const opened = new Set();
    const list = (entry) => {
        const { digest, mediaType, platform } = entry;
        const { size, entries: below } = loadedOf(entry, found);
        const kind = kindOf(repository, entry, found);
        const key = `${digest} ${platform}`;
        if (kind === 'foreign')
            skipped.set(`${key} ${mediaType}`, { digest, mediaType, platform });
        if (kind === 'image' || kind === 'index')
            platforms.set(key, { digest, mediaType, size, platform });
        if (opened.has(digest))
            return;
        opened.add(digest);
        for (const child of below)
            list(child);
    };
    for (const entry of entries)
        list(entry);
    return { platforms: [...platforms.values()], skipped: [...skipped.values()] };
}
function kindOf(repository, entry, found) {
    const { document, contentType } = loadedOf(entry, found);
    return orInvalid((0,reference/* formatPinned */.y6)(repository, entry.digest), () => (0,platform_images/* kindOfEntry */.U6)(entry, document, contentType));
}
function loadedOf(entry, found) {
    const one = found.get(entry.digest);
    if (one === undefined)
        throw new coded_error/* CodedError */.AK('INTERNAL_ERROR', `${entry.digest} was not fetched`);
    return one;
}
function orInvalid(name, read) {
    try {
        return read();
    }
    catch (cause) {
        if (cause instanceof value_error/* ValueError */.Qp)
            throw invalid(name, cause.message, cause);
        throw cause;
    }
}
const INVALID_HINT = 'Push the index again with a current tool, such as `docker buildx imagetools create`. If nobody knows where it ' +
    'comes from, treat it as an attempt to hide an image.';
function invalid(name, why, cause) {
    return new coded_error/* CodedError */.AK('REGISTRY_INVALID', `${name} cannot be evaluated: ${why}`, { cause, hint: INVALID_HINT });
}

;// CONCATENATED MODULE: ./.build/js/src/usecases/examining/resolve-images.js









async function resolveImages(options) {
    const { concurrency, alongside } = options;
    const asked = groupRequested(options.images);
    const slots = (0,usecases_slots/* createSlots */.e)(concurrency);
    const readTree = createTreeReader({ ...options, slots });
    const prepareLater = createLookahead(options, asked);
    const resolved = await (0,map_limited/* mapLimited */.b)(asked, { limit: concurrency }, async (group, at) => {
        const first = group[0];
        const { digest } = first;
        try {
            const root = await slots(async () => {
                const resolving = resolveRoot(options, group);
                prepareLater(at);
                await Promise.allSettled([resolving, digest === undefined ? undefined : alongside?.({ ...first, digest })]);
                return resolving;
            });
            return { kind: 'resolved', image: await withPlatforms(root, readTree) };
        }
        catch (error) {
            return { kind: 'unresolved', image: { first, error: explainHubName((0,coded_error/* toCodedError */.Bt)(error), first) } };
        }
    });
    return mergeResolved(resolved);
}
const LOOKAHEAD_STEP = 8;
function createLookahead({ call, registry, concurrency, isAsked = () => true }, groups) {
    return (at) => {
        if (at % LOOKAHEAD_STEP !== 0)
            return;
        for (const later of groups.slice(at + concurrency, at + concurrency + LOOKAHEAD_STEP)) {
            const [first] = later;
            if (first !== undefined && isAsked(later))
                registry.prepare(call, first.repository, 1);
        }
    };
}
async function resolveRoot(options, references) {
    const first = references[0];
    const { call, registry } = options;
    const { repository } = first;
    const wanted = first.digest ?? first.tag;
    if (wanted === undefined) {
        throw new coded_error/* CodedError */.AK('INPUT_INVALID', `"${first.original}" names neither a tag nor a digest`, {
            hint: 'Add a tag or, better, a digest: registry/repository@sha256:…',
        });
    }
    const notFound = (why) => {
        const shown = first.digest === undefined ? first.original : (0,reference/* formatPinned */.y6)(repository, first.digest);
        const hint = [why?.hint, options.notFoundHint].filter((text) => text !== undefined).join(' ');
        return new coded_error/* CodedError */.AK('IMAGE_NOT_FOUND', `${shown} is not in ${repository.registry}`, { cause: why, hint });
    };
    const read = () => first.digest !== undefined && !options.recursive
        ? registry.head(call, repository, first.digest)
        : registry.manifest(call, repository, wanted);
    const found = await read().catch((error) => {
        throw error instanceof coded_error/* CodedError */.AK && error.code === 'IMAGE_NOT_FOUND' ? notFound(error) : error;
    });
    if (found === undefined)
        throw notFound(undefined);
    const { digest, mediaType } = found;
    const size = 'bytes' in found ? found.bytes.length : found.size;
    const image = { first, references, repository, digest, mediaType, size, platforms: [], skipped: [] };
    const entries = options.recursive && 'bytes' in found ? entriesOf(repository, found) : undefined;
    return { image, index: entries === undefined ? undefined : { repository, digest, entries } };
}
function entriesOf(repository, { digest, mediaType, bytes }) {
    return orInvalid((0,reference/* formatPinned */.y6)(repository, digest), () => {
        const document = (0,manifest_document/* readManifestDocument */.f$)(bytes);
        if (document.kind !== (0,manifest_document/* kindOfType */.OF)(mediaType)) {
            throw new value_error/* ValueError */.Qp(`the registry declares it as ${mediaType}, but its content is not of that type`);
        }
        return document.kind === 'index' ? (0,platform_images/* parseIndexEntries */.IH)(document) : undefined;
    });
}
async function withPlatforms({ image, index }, readTree) {
    return index === undefined ? image : { ...image, ...(await readTree(index)) };
}
function groupRequested(images) {
    const groups = new Map();
    for (const image of images) {
        const name = (0,reference/* formatRepository */.Sh)(image.repository);
        const key = image.digest === undefined ? `${name}:${image.tag ?? ''}` : `${name}@${image.digest}`;
        const group = groups.get(key);
        if (group === undefined)
            groups.set(key, [image]);
        else
            group.push(image);
    }
    return [...groups.values()];
}
function mergeResolved(resolutions) {
    const merged = new Map();
    for (const one of resolutions) {
        if (one.kind !== 'resolved') {
            merged.set(`${one.kind} ${merged.size}`, one);
            continue;
        }
        const key = (0,reference/* formatPinned */.y6)(one.image.repository, one.image.digest);
        const before = merged.get(key);
        if (before?.kind !== 'resolved') {
            merged.set(key, one);
        }
        else {
            const references = [...before.image.references, ...one.image.references];
            merged.set(key, { kind: 'resolved', image: { ...before.image, references } });
        }
    }
    return [...merged.values()];
}


/***/ }),

/***/ 5314:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ skippedResults)
/* harmony export */ });
function skippedResults(image) {
    if (image === undefined || image.skipped.length === 0)
        return {};
    return { skipped: image.skipped.map(({ platform, digest, mediaType }) => ({ platform, digest, mediaType })) };
}


/***/ }),

/***/ 7579:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ mapLimited)
/* harmony export */ });
async function mapLimited(items, options, map) {
    const results = new Array(items.length);
    const failures = [];
    let next = 0;
    const worker = async () => {
        while (next < items.length && failures.length === 0) {
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


/***/ }),

/***/ 7937:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ findOwnSignature),
/* harmony export */   H: () => (/* binding */ isOwnSigner)
/* harmony export */ });
/* harmony import */ var _domain_signature_simple_signing_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2063);
/* harmony import */ var _examining_examine_image_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(30);


const EQUAL_CLAIMS = [
    'build-signer-uri',
    'build-signer-digest',
    'runner-environment',
    'source-repository-uri',
    'source-repository-digest',
    'source-repository-ref',
    'source-repository-identifier',
    'source-repository-owner-uri',
    'source-repository-owner-identifier',
    'build-config-uri',
    'build-config-digest',
    'build-trigger',
    'source-repository-visibility-at-signing',
    'deployment-environment',
];
async function findOwnSignature(options) {
    let examination;
    try {
        examination = await readOwnPlace(options);
    }
    catch {
        return { found: undefined, examination: undefined };
    }
    for (const examined of examination.examined) {
        if (examined.verification.kind !== 'verified' || examined.candidate.format !== options.format)
            continue;
        const { facts } = examined.verification;
        if (!namesImage(facts, options.imageRepository))
            continue;
        if (isOwn(facts, await options.identity(), options.annotations))
            return { found: { ...examined, facts }, examination };
    }
    return { found: undefined, examination };
}
async function readOwnPlace(options) {
    const { call, registry, repository, digest } = options;
    if (options.format === 'legacy')
        return (0,_examining_examine_image_js__WEBPACK_IMPORTED_MODULE_1__/* .examineSet */ .EV)(options, registry.fetchLegacy(call, repository, digest));
    const api = await (0,_examining_examine_image_js__WEBPACK_IMPORTED_MODULE_1__/* .examineListing */ .s5)(options, registry.listReferrers(call, repository, digest), new Set());
    if (api.examined.length > 0 || api.places.some((place) => place.outcome === 'listed' && place.entries > 0))
        return api;
    if (api.places.every((place) => place.outcome === 'listed'))
        return api;
    const tag = await (0,_examining_examine_image_js__WEBPACK_IMPORTED_MODULE_1__/* .examineListing */ .s5)(options, registry.listReferrersTag(call, repository, digest), new Set());
    return { ...tag, places: [...api.places, ...tag.places] };
}
function namesImage(facts, repository) {
    return facts.format !== 'legacy' || facts.dockerReference === (0,_domain_signature_simple_signing_js__WEBPACK_IMPORTED_MODULE_0__/* .dockerReference */ .S)(repository);
}
function isOwnSigner(identity, expected) {
    return (identity.issuer === expected.issuer &&
        identity.subject === expected.subject &&
        EQUAL_CLAIMS.every((name) => identity.claims[name] === expected.claims[name]));
}
function isOwn(facts, expected, annotations) {
    return isOwnSigner(facts.identity, expected) && sameEntries(facts.annotations, annotations);
}
function sameEntries(one, other) {
    const keys = Object.keys(one);
    return (keys.length === Object.keys(other).length &&
        keys.every((key) => Object.hasOwn(other, key) && one[key] === other[key]));
}


/***/ }),

/***/ 1757:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Mz: () => (/* binding */ preflight),
/* harmony export */   Wf: () => (/* binding */ preflightResults),
/* harmony export */   Zl: () => (/* binding */ preflightFailures)
/* harmony export */ });
/* harmony import */ var _coded_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6329);
/* harmony import */ var _domain_image_reference_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5273);
/* harmony import */ var _domain_image_signature_repositories_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8747);
/* harmony import */ var _domain_image_source_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(4691);
/* harmony import */ var _examining_resolve_images_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7487);
/* harmony import */ var _examining_skipped_results_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(5314);
/* harmony import */ var _map_limited_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(7579);
/* harmony import */ var _sign_and_upload_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7058);
/* harmony import */ var _sign_images_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6898);
/* harmony import */ var _sign_task_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(5959);










async function preflight(call, options, ports) {
    const { registry } = ports;
    const storeOf = (image) => (0,_domain_image_signature_repositories_js__WEBPACK_IMPORTED_MODULE_2__/* .signatureRepositoryOf */ .O0)(options.signatureRepositories, image.repository);
    const stores = new Map(options.images.map((image) => storeOf(image)).map((store) => [(0,_domain_image_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .formatRepository */ .Sh)(store), store]));
    const identity = ports.signer.identity(call);
    identity.catch(() => { });
    const [found, pushes] = await Promise.all([
        (0,_examining_resolve_images_js__WEBPACK_IMPORTED_MODULE_3__/* .resolveImages */ .Be)({ ...options, recursive: (0,_sign_images_js__WEBPACK_IMPORTED_MODULE_5__/* .readsPlatforms */ .ur)(options), call, registry }),
        (0,_map_limited_js__WEBPACK_IMPORTED_MODULE_6__/* .mapLimited */ .b)(options.upload ? [...stores] : [], { limit: options.concurrency }, async ([name, store]) => {
            try {
                await registry.cancelUpload(call, await registry.openUpload(call, store));
                return [name, undefined];
            }
            catch (error) {
                return [name, (0,_coded_error_js__WEBPACK_IMPORTED_MODULE_0__/* .toCodedError */ .Bt)(error)];
            }
        }),
    ]);
    const attested = [];
    const resolutions = found.map((one) => {
        if (one.kind === 'unresolved')
            return one;
        const image = options.recursive ? one.image : { ...one.image, platforms: [], skipped: [] };
        attested.push({ image, platforms: one.image.platforms });
        return { ...one, image };
    });
    const plan = await planOf(options, { identity, attested, resolutions });
    const pushErrors = new Map(pushes);
    const limit = { limit: options.concurrency };
    const images = await (0,_map_limited_js__WEBPACK_IMPORTED_MODULE_6__/* .mapLimited */ .b)(resolutions, limit, async (resolution) => {
        const store = storeOf(resolution.image.first);
        const denied = pushErrors.get((0,_domain_image_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .formatRepository */ .Sh)(store));
        const attestations = plan.targets.filter(({ image }) => image === resolution.image);
        const isChecked = options.upload && denied === undefined && resolution.kind === 'resolved';
        const pushError = isChecked
            ? await placesError(call, registry, { ...options, store, image: resolution.image, attested: attestations })
            : denied;
        return { resolution, store, pushError, attestations };
    });
    const signs = options.attestations?.only !== true;
    return { identity: await identity, images, signs, warnings: plan.warnings };
}
async function planOf({ attestations }, known) {
    if (attestations === undefined)
        return { targets: [], warnings: [] };
    const { planAttestations } = await __webpack_require__.e(/* import() */ 404).then(__webpack_require__.bind(__webpack_require__, 3404));
    const missing = new Set(known.resolutions.flatMap((one) => one.kind === 'unresolved' ? [(0,_domain_image_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .formatRepository */ .Sh)(one.image.first.repository)] : []));
    const sbomLines = attestations.sbomLines.filter(({ repository }) => repository === undefined || !missing.has((0,_domain_image_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .formatRepository */ .Sh)(repository)));
    return planAttestations({ ...attestations, sbomLines }, known.attested, await known.identity);
}
async function placesError(call, registry, { format: wanted, store, image, attested, attestations, }) {
    const signed = attestations?.only === true ? [] : [image, ...image.platforms];
    const wanting = [
        ...signed.map(({ digest }) => ({ digest, attestation: undefined })),
        ...attested.map(({ subject: { digest }, attestation }) => ({ digest, attestation })),
    ];
    const places = new Map(wanting.flatMap((one) => (0,_sign_task_js__WEBPACK_IMPORTED_MODULE_7__/* .formatsOf */ .I)(wanted).map((format) => [`${one.digest} ${(0,_sign_task_js__WEBPACK_IMPORTED_MODULE_7__/* .placeOf */ .$)({ ...one, format })}`, { ...one, format }])));
    for (const { digest, attestation, format } of places.values()) {
        if (format === 'bundle') {
            const { place } = await registry.listReferrers(call, store, digest);
            if (place.outcome !== 'listed')
                await registry.listReferrersTag(call, store, digest);
        }
        const error = await (0,_sign_and_upload_js__WEBPACK_IMPORTED_MODULE_4__/* .placeError */ .oW)(call, registry, { store, digest, format, image, attestation });
        if (error !== undefined)
            return error;
    }
    return undefined;
}
function preflightFailures(found) {
    const failures = found.images.flatMap((image) => {
        const { resolution, store, pushError } = image;
        const unresolved = stops(resolution) ? [resolution.image.error] : [];
        if (pushError === undefined)
            return unresolved;
        return [
            ...unresolved,
            new _coded_error_js__WEBPACK_IMPORTED_MODULE_0__/* .CodedError */ .AK(pushError.code, `${(0,_domain_image_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .formatRepository */ .Sh)(store)}: ${pushError.message}`, pushError),
        ];
    });
    return [...new Map(failures.map((error) => [error.message, error])).values()];
}
function stops(resolution) {
    return resolution.kind === 'unresolved' && resolution.image.error.code !== 'IMAGE_NOT_FOUND';
}
function preflightResults(found) {
    const images = found.images.map(({ resolution, pushError }) => {
        const { first } = resolution.image;
        const resolved = resolution.kind === 'resolved' ? resolution.image : undefined;
        const failure = stops(resolution) ? resolution.image.error : pushError;
        const error = failure ?? (resolution.kind === 'unresolved' ? resolution.image.error : undefined);
        return {
            reference: first.original,
            resolved: resolved === undefined ? null : `${(0,_domain_image_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .formatRepository */ .Sh)(first.repository)}@${resolved.digest}`,
            repository: (0,_domain_image_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .formatRepository */ .Sh)(first.repository),
            tag: first.tag ?? null,
            digest: resolved?.digest ?? first.digest ?? null,
            verdict: failure !== undefined ? 'error' : error === undefined ? 'pass' : 'allowed',
            reason: error?.code ?? null,
            message: error?.message ?? (found.signs ? 'dry run: would be signed' : 'dry run: would be attested'),
            sources: (0,_domain_image_source_js__WEBPACK_IMPORTED_MODULE_8__/* .distinctSources */ .x)(first.sources),
            signatures: [],
            ...(0,_examining_skipped_results_js__WEBPACK_IMPORTED_MODULE_9__/* .skippedResults */ .N)(resolved),
        };
    });
    return { schemaVersion: 2, verified: false, images };
}


/***/ }),

/***/ 7058:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  zd: () => (/* binding */ atOnce),
  oW: () => (/* binding */ placeError),
  m0: () => (/* binding */ signAndUpload),
  Vb: () => (/* binding */ withLogged)
});

// EXTERNAL MODULE: ./.build/js/src/coded-error.js
var coded_error = __webpack_require__(6329);
// EXTERNAL MODULE: ./.build/js/src/domain/calls/within.js
var within = __webpack_require__(1169);
// EXTERNAL MODULE: ./.build/js/src/domain/image/artifact-manifest.js
var artifact_manifest = __webpack_require__(252);
// EXTERNAL MODULE: ./.build/js/src/domain/image/media-types.js
var media_types = __webpack_require__(4988);
// EXTERNAL MODULE: ./.build/js/src/domain/image/reference.js
var reference = __webpack_require__(5273);
// EXTERNAL MODULE: ./.build/js/src/domain/signature/simple-signing.js
var simple_signing = __webpack_require__(2063);
// EXTERNAL MODULE: ./.build/js/src/domain/image/digest.js
var image_digest = __webpack_require__(3258);
// EXTERNAL MODULE: ./.build/js/src/domain/signature/annotations.js
var signature_annotations = __webpack_require__(4249);
;// CONCATENATED MODULE: ./.build/js/src/domain/signature/statement.js



function imageStatement(digest, annotations) {
    const pairs = (0,signature_annotations/* sortedAnnotations */.sk)(annotations).map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
    const text = `{"_type":"${media_types/* STATEMENT_V1 */.om}","subject":[{"digest":{"sha256":"${(0,image_digest/* hexOf */.ZD)(digest)}"},"annotations":{${pairs.join(',')}}}],` +
        `"predicateType":"${media_types/* COSIGN_SIGN_PREDICATE */.u}","predicate":{}}`;
    return new TextEncoder().encode(text);
}

;// CONCATENATED MODULE: ./.build/js/src/usecases/byte-budget.js
function createByteBudget(maxBytes) {
    let used = 0;
    const queue = [];
    const fits = (bytes) => used === 0 || used + bytes <= maxBytes;
    const admit = () => {
        for (let next = queue[0]; next !== undefined && fits(next.bytes); next = queue[0]) {
            queue.shift();
            used += next.bytes;
            next.start();
        }
    };
    return async (bytes, work) => {
        await new Promise((start) => {
            queue.push({ bytes, start });
            admit();
        });
        try {
            return await work();
        }
        finally {
            used -= bytes;
            admit();
        }
    };
}

// EXTERNAL MODULE: ./.build/js/src/usecases/map-limited.js
var map_limited = __webpack_require__(7579);
;// CONCATENATED MODULE: ./.build/js/src/usecases/progress.js
const EVERY_MS = 1000;
function createProgress({ clock, log }, what, total) {
    let done = 0;
    let lastMs = clock.now().getTime();
    let isShown = false;
    return () => {
        done += 1;
        const nowMs = clock.now().getTime();
        if (done >= total ? !isShown : nowMs - lastMs < EVERY_MS)
            return;
        lastMs = nowMs;
        isShown = true;
        log.info(`${what[0]} ${done} of ${total} ${what[1]}`);
    };
}

// EXTERNAL MODULE: ./.build/js/src/usecases/slots.js
var usecases_slots = __webpack_require__(8551);
// EXTERNAL MODULE: ./.build/js/src/usecases/signing/sign-task.js
var sign_task = __webpack_require__(5959);
;// CONCATENATED MODULE: ./.build/js/src/usecases/signing/sign-and-upload.js












const SIGNED_AT_ONCE_BYTES = 48 * 1024 * 1024;
async function signAndUpload(options, ports, { uploads, open }) {
    const limit = { limit: options.concurrency };
    const { call } = ports;
    const { due, signal: end } = call;
    const groups = groupBy(open, ({ task }) => signedOnce(task));
    await (0,within/* within */.u)(end, () => Promise.all([
        checkPlaces(options, ports, open).then(() => ports.signer.prepare(call, atOnce(options, groups))),
        ...byPlace(open).map(([{ task }]) => uploads.preflight(task.store)),
    ]));
    call.finish();
    due.throwIfAborted();
    const budget = createByteBudget(SIGNED_AT_ONCE_BYTES);
    const oneSigned = createProgress({ clock: ports.clock, log: call.log }, ['made', 'signatures'], groups.length);
    let failure;
    const signed = await (0,map_limited/* mapLimited */.b)(groups, limit, async (group) => {
        if (failure !== undefined)
            return { group, made: undefined, error: failure };
        if (due.aborted)
            return { group, made: undefined, error: notLogged(due.reason) };
        const tasks = group.map(({ task }) => task);
        for (const [{ task: first }] of byPlace(group))
            uploads.openAhead(first.store);
        try {
            const size = group[0].task.attestation?.size ?? 0;
            const sign = () => {
                if (failure !== undefined)
                    throw failure;
                return (0,within/* within */.u)(end, () => signOne(options, ports, tasks));
            };
            const made = await budget(size, async () => sign());
            oneSigned();
            return { group, made, error: undefined };
        }
        catch (thrown) {
            const error = withLogged((0,coded_error/* toCodedError */.Bt)(thrown), ports.signer);
            if (!due.aborted)
                failure ??= (0,coded_error/* toCodedError */.Bt)(thrown);
            return { group, made: undefined, error };
        }
    });
    if (failure !== undefined) {
        const error = withLogged(failure, ports.signer);
        return signed.flatMap(({ group, made, error: own }) => group.map(({ task }) => ({
            kind: 'failed',
            task,
            made,
            error: own === undefined ? notUploaded(error) : error,
        })));
    }
    const unsigned = signed.flatMap(({ group, error }) => error === undefined ? [] : group.map(({ task }) => ({ kind: 'failed', task, made: undefined, error })));
    const stored = signed.flatMap(({ group, made }) => made === undefined ? [] : byPlace(group).map((same) => ({ same, made })));
    const slots = (0,usecases_slots/* createSlots */.e)(options.concurrency);
    const oneStored = createProgress({ clock: ports.clock, log: call.log }, ['stored', 'signatures'], stored.length);
    const storeOne = async ({ same, made }) => {
        const tasks = same.map(({ task }) => task);
        if (!options.upload)
            return tasks.map((task) => ({ kind: 'signed', task, made, storedAs: undefined, warnings: [] }));
        try {
            const { storedAs, warnings } = await slots((leave) => (0,within/* within */.u)(end, () => store(ports, uploads, { open: same[0], made, onSettling: leave })));
            oneStored();
            return tasks.map((task, at) => ({ kind: 'signed', task, made, storedAs, warnings: at === 0 ? warnings : [] }));
        }
        catch (thrown) {
            const error = withLogged((0,coded_error/* toCodedError */.Bt)(thrown), ports.signer);
            return tasks.map((task) => ({ kind: 'failed', task, made, error }));
        }
    };
    return [...unsigned, ...(await Promise.all(stored.map(storeOne))).flat()];
}
async function checkPlaces(options, ports, open) {
    if (!options.upload)
        return;
    const places = groupBy(open, ({ task }) => `${(0,sign_task/* placeOf */.$)(task)} ${(0,reference/* formatPinned */.y6)(task.store, task.digest)}`);
    await (0,map_limited/* mapLimited */.b)(places, { limit: options.concurrency }, async ([{ task }]) => {
        const error = await placeError(ports.call, ports.registry, task);
        if (error !== undefined)
            throw error;
    });
}
async function placeError(call, registry, task) {
    const { store, digest, image, attestation } = task;
    try {
        await registry.checkPlace(call, { repository: store, subject: digest }, (0,sign_task/* placeOf */.$)(task));
        return undefined;
    }
    catch (thrown) {
        const error = (0,coded_error/* toCodedError */.Bt)(thrown);
        if (error.code === 'REGISTRY_DENIED' && (0,reference/* formatRepository */.Sh)(store) !== (0,reference/* formatRepository */.Sh)(image.repository)) {
            return undefined;
        }
        const { code, message, hint } = error;
        const what = attestation === undefined ? 'signature' : 'attestation';
        return new coded_error/* CodedError */.AK(code, `not signed, because the ${what} could not be stored: ${message}`, {
            cause: error,
            hint,
        });
    }
}
function atOnce({ concurrency }, { length }) {
    return Math.min(concurrency, length);
}
function signedOnce({ format, image, digest, attestation }) {
    const named = (0,reference/* formatPinned */.y6)(image.repository, digest);
    if (attestation !== undefined)
        return `attestation ${named} ${attestation.key}`;
    return format === 'bundle' ? `bundle ${digest}` : `legacy ${named}`;
}
function signOne(options, ports, tasks) {
    const [task] = tasks;
    if (task === undefined)
        throw new coded_error/* CodedError */.AK('INTERNAL_ERROR', 'there is nothing to sign');
    const { attestation, digest } = task;
    if (attestation !== undefined) {
        const statement = attestation.statement({ repository: task.image.repository, digest });
        const forms = [...new Set(tasks.map(({ format }) => format))];
        const { predicateType } = attestation;
        return ports.signer.signAttestation(ports.call, statement, { subject: digest, predicateType, forms });
    }
    return task.format === 'bundle'
        ? ports.signer.signStatement(ports.call, imageStatement(task.digest, options.annotations), task.digest)
        : ports.signer.signLegacyPayload(ports.call, (0,simple_signing/* simpleSigningPayload */.K)(task.image.repository, task.digest, options.annotations), task.digest);
}
async function store(ports, uploads, { open, made, onSettling, }) {
    const { task } = open;
    const { call } = ports;
    const where = { repository: task.store, subject: task.digest };
    if (task.format === 'legacy') {
        if (made.layer === undefined)
            throw new coded_error/* CodedError */.AK('INTERNAL_ERROR', 'what a tag should store has no layer');
        const { layerDigest, warnings } = await ports.registry.appendLegacy(call, where, {
            layer: made.layer,
            openSession: () => uploads.session(task.store),
            onSettling,
        });
        return { storedAs: layerDigest, warnings };
    }
    const [bundle] = await Promise.all([
        uploads.session(task.store).then((session) => ports.registry.upload(call, session, made.bundle)),
        uploads.emptyConfig(task.store),
    ]);
    const manifest = (0,artifact_manifest/* bundleManifest */.Q)({
        bundle,
        subject: task.subject,
        predicateType: task.attestation?.predicateType ?? media_types/* COSIGN_SIGN_PREDICATE */.u,
        createdAt: ports.clock.now(),
    });
    const { digest, warnings } = await ports.registry.attach(call, where, { manifest, seen: open.before, onSettling });
    return { storedAs: digest, warnings };
}
function notLogged(reason) {
    const { code, message, hint } = (0,coded_error/* toCodedError */.Bt)(reason);
    return new coded_error/* CodedError */.AK(code, `neither signed nor logged: ${message}`, { cause: reason, hint });
}
function notUploaded(failure) {
    return new coded_error/* CodedError */.AK(failure.code, `signed, but not uploaded, because another image failed: ${failure.message}`, {
        cause: failure,
        hint: failure.hint,
    });
}
function withLogged(error, signer) {
    const entries = signer.loggedEntries();
    if (entries.length === 0)
        return error;
    const named = entries.slice(0, 20).map(({ url, index }) => `${index} (${url})`);
    const more = entries.length > named.length ? ` and ${entries.length - named.length} more` : '';
    return new coded_error/* CodedError */.AK(error.code, `${error.message}; log entries already created: ${named.join(', ')}${more}`, {
        cause: error,
        hint: error.hint,
    });
}
function byPlace(group) {
    return groupBy(group, ({ task }) => `${(0,sign_task/* placeOf */.$)(task)} ${(0,reference/* formatRepository */.Sh)(task.store)}`);
}
function groupBy(items, keyOf) {
    const groups = new Map();
    for (const item of items) {
        const group = groups.get(keyOf(item));
        if (group === undefined)
            groups.set(keyOf(item), [item]);
        else
            group.push(item);
    }
    return [...groups.values()];
}


/***/ }),

/***/ 6898:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  g5: () => (/* binding */ failureOf),
  ur: () => (/* binding */ readsPlatforms),
  U_: () => (/* binding */ signImages)
});

// EXTERNAL MODULE: ./.build/js/src/coded-error.js
var coded_error = __webpack_require__(6329);
// EXTERNAL MODULE: ./.build/js/src/domain/calls/within.js
var within = __webpack_require__(1169);
// EXTERNAL MODULE: ./.build/js/src/domain/image/reference.js
var reference = __webpack_require__(5273);
// EXTERNAL MODULE: ./.build/js/src/domain/image/signature-repositories.js
var signature_repositories = __webpack_require__(8747);
// EXTERNAL MODULE: ./.build/js/src/usecases/examining/examine-image.js
var examine_image = __webpack_require__(30);
// EXTERNAL MODULE: ./.build/js/src/usecases/examining/resolve-images.js + 2 modules
var resolve_images = __webpack_require__(7487);
// EXTERNAL MODULE: ./.build/js/src/usecases/map-limited.js
var map_limited = __webpack_require__(7579);
// EXTERNAL MODULE: ./.build/js/src/usecases/slots.js
var slots = __webpack_require__(8551);
// EXTERNAL MODULE: ./.build/js/src/usecases/signing/find-own-signature.js
var find_own_signature = __webpack_require__(7937);
// EXTERNAL MODULE: ./.build/js/src/usecases/signing/sign-and-upload.js + 3 modules
var sign_and_upload = __webpack_require__(7058);
// EXTERNAL MODULE: ./.build/js/src/usecases/signing/sign-task.js
var sign_task = __webpack_require__(5959);
// EXTERNAL MODULE: ./.build/js/src/domain/image/artifact-manifest.js
var artifact_manifest = __webpack_require__(252);
// EXTERNAL MODULE: ./.build/js/src/domain/image/digest.js
var image_digest = __webpack_require__(3258);
;// CONCATENATED MODULE: ./.build/js/src/usecases/signing/uploads.js




function createUploads({ call, registry, upload, wantsConfig }) {
    const stores = new Map();
    const unused = new Set();
    const open = (store) => {
        const session = registry.openUpload(call, store);
        session.catch(() => unused.delete(session));
        unused.add(session);
        return session;
    };
    const take = (session) => {
        unused.delete(session);
        return session;
    };
    const uploadsOf = (store) => {
        const name = (0,reference/* formatRepository */.Sh)(store);
        const known = stores.get(name);
        if (known !== undefined)
            return known;
        const made = {
            first: open(store),
            spareFirst: true,
            config: wantsConfig ? open(store) : undefined,
            configDone: undefined,
            ahead: [],
        };
        stores.set(name, made);
        return made;
    };
    return {
        expect(store, count) {
            if (upload)
                registry.prepare(call, store, count * (wantsConfig ? 2 : 1));
        },
        openEarly(store) {
            if (upload)
                uploadsOf(store);
        },
        async preflight(store) {
            if (!upload)
                return;
            const { first, config } = uploadsOf(store);
            await Promise.all([first, config]);
        },
        openAhead(store) {
            if (!upload)
                return;
            const uploads = uploadsOf(store);
            if (uploads.spareFirst) {
                uploads.spareFirst = false;
                uploads.ahead.push(uploads.first);
            }
            else {
                uploads.ahead.push(open(store));
            }
        },
        session(store) {
            const ready = uploadsOf(store).ahead.shift();
            return take(ready ?? open(store));
        },
        emptyConfig(store) {
            const uploads = uploadsOf(store);
            uploads.configDone ??= (async () => {
                const session = await take(uploads.config ?? open(store));
                const { digest } = await registry.upload(call, session, artifact_manifest/* EMPTY_CONFIG */.$);
                if (digest !== (0,image_digest/* digestOf */.ol)(artifact_manifest/* EMPTY_CONFIG */.$))
                    throw new coded_error/* CodedError */.AK('REGISTRY_INVALID', 'the registry stored the empty config with different content');
            })();
            return uploads.configDone;
        },
        async cancelAll() {
            await Promise.all([...unused].map((session) => session.then((one) => registry.cancelUpload(call, one)).catch(() => { })));
        },
    };
}

;// CONCATENATED MODULE: ./.build/js/src/usecases/signing/sign-images.js












async function signImages(call, options, shared) {
    const ports = { ...shared, call };
    const identity = ports.signer.identity(call);
    identity.catch(() => { });
    const checkPorts = { ...ports, slots: (0,slots/* createSlots */.e)(examine_image/* REFERRERS_IN_HAND */.lm), identity };
    const uploads = createUploads({
        call,
        registry: ports.registry,
        upload: options.upload,
        wantsConfig: options.format !== 'legacy',
    });
    const early = new Map();
    const isChecked = options.ifSigned === 'skip' && options.attestations?.only !== true;
    const resolving = (0,resolve_images/* resolveImages */.Be)({
        ...options,
        recursive: readsPlatforms(options),
        call,
        registry: ports.registry,
        ...(isChecked ? { alongside: createEarlyChecks(options, checkPorts, { uploads, early }) } : {}),
    });
    if (options.ifSigned === 'sign') {
        for (const image of options.images)
            uploads.openEarly((0,signature_repositories/* signatureRepositoryOf */.O0)(options.signatureRepositories, image.repository));
        identity.then(() => ports.signer.prepare(call, (0,sign_and_upload/* atOnce */.zd)(options, options.images))).catch(() => { });
    }
    const { signal: end } = call;
    const resolved = await (0,within/* within */.u)(end, () => resolving).catch((error) => allUnresolved(options, error));
    const attested = [];
    const images = resolved.map((one) => {
        const { first } = one.image;
        if (one.kind === 'unresolved')
            return { first, image: undefined, outcomes: [], error: one.image.error };
        const image = options.recursive ? one.image : { ...one.image, platforms: [], skipped: [] };
        attested.push({ image, platforms: one.image.platforms });
        return { first, image, outcomes: [], error: undefined };
    });
    try {
        const expected = await (0,within/* within */.u)(end, () => identity);
        const failed = images.find((one) => one.error !== undefined);
        if (failed !== undefined) {
            return { images: stopAll(images, stoppedBecause(failed)), identity: expected, made: [], warnings: [] };
        }
        const signing = options.attestations?.only === true ? [] : images;
        const tasks = signing.flatMap((one) => (one.image === undefined ? [] : tasksOf(options, one.image)));
        const checkedSignatures = await (0,within/* within */.u)(end, () => checkTasks(options, checkPorts, { tasks, early }));
        const attesting = await (0,within/* within */.u)(end, () => checkAttestations(options, checkPorts, { attested, early }));
        const checked = [...checkedSignatures, ...attesting.checked];
        const open = checked.filter((one) => one.kind === 'open');
        const outcomes = open.length === 0 ? [] : await (0,sign_and_upload/* signAndUpload */.m0)(options, ports, { uploads, open });
        const byTask = new Map(outcomes.map((one) => [one.task, one]));
        const all = checked.map((one) => (one.kind === 'present' ? one : byTask.get(one.task)));
        return {
            images: images.map((one) => ({ ...one, outcomes: all.filter((outcome) => outcome.task.image === one.image) })),
            identity: all.map(identityOf).find((one) => one !== undefined) ?? expected,
            made: uniqueMade(all),
            warnings: attesting.warnings,
        };
    }
    catch (error) {
        const stopped = stopAll(images, (0,sign_and_upload/* withLogged */.Vb)((0,coded_error/* toCodedError */.Bt)(error), ports.signer));
        return { images: stopped, identity: undefined, made: [], warnings: [] };
    }
    finally {
        await (0,within/* within */.u)(end, () => uploads.cancelAll()).catch(() => { });
    }
}
const lookKey = ({ imageRepository, store, digest, format }) => `${format} ${(0,reference/* formatPinned */.y6)(store, digest)} ${format === 'legacy' ? (0,reference/* formatRepository */.Sh)(imageRepository) : ''}`;
function createEarlyChecks(options, ports, { uploads, early }) {
    const storeOf = ({ repository }) => (0,signature_repositories/* signatureRepositoryOf */.O0)(options.signatureRepositories, repository);
    const stores = new Set(options.images.map((image) => (0,reference/* formatRepository */.Sh)(storeOf(image))));
    return (image) => {
        const { repository: imageRepository, digest } = image;
        const store = storeOf(image);
        const looks = (0,sign_task/* formatsOf */.I)(options.format).map((format) => ({ imageRepository, store, digest, format }));
        return Promise.allSettled(looks.map(async (look) => {
            const own = early.get(lookKey(look)) ?? check(options, ports, look);
            early.set(lookKey(look), own);
            if ((await own).found === undefined)
                uploads.expect(store, stores.size);
        }));
    };
}
function check(options, ports, { store, ...look }) {
    const { call, registry, verifier, slots, identity } = ports;
    const { annotations } = options;
    const places = { call, registry, verifier, slots, repository: store };
    return (0,find_own_signature/* findOwnSignature */.E)({ ...look, ...places, annotations, identity: () => identity });
}
function tasksOf(options, image) {
    const store = (0,signature_repositories/* signatureRepositoryOf */.O0)(options.signatureRepositories, image.repository);
    const { digest, mediaType, size } = image;
    const subjects = [
        { subject: { digest, mediaType, size }, platform: undefined },
        ...new Map(image.platforms.map(({ platform, ...subject }) => [subject.digest, { subject, platform }])).values(),
    ];
    return subjects.flatMap(({ subject, platform }) => (0,sign_task/* formatsOf */.I)(options.format).map((format) => ({
        image,
        digest: subject.digest,
        subject,
        platform,
        format,
        store,
        attestation: undefined,
    })));
}
function readsPlatforms({ recursive, attestations }) {
    return recursive || (attestations !== undefined && attestations.sbomLines.length > 0);
}
async function checkAttestations(options, ports, found) {
    const { attestations } = options;
    if (attestations === undefined)
        return { checked: [], warnings: [] };
    const { checkPlanned } = await __webpack_require__.e(/* import() */ 949).then(__webpack_require__.bind(__webpack_require__, 949));
    return checkPlanned({ ...options, attestations }, ports, {
        attested: found.attested,
        listed: async (store, digest) => {
            const own = found.early.get(lookKey({ imageRepository: store, store, digest, format: 'bundle' }));
            return own === undefined ? undefined : ((await own).examination?.listed ?? []);
        },
    });
}
async function checkTasks(options, ports, { tasks, early: checks }) {
    return (0,map_limited/* mapLimited */.b)(tasks, { limit: options.concurrency }, async (task) => {
        if (options.ifSigned === 'sign')
            return { kind: 'open', task, before: [] };
        const { store, digest, format } = task;
        const look = { imageRepository: task.image.repository, store, digest, format };
        const asked = checks.get(lookKey(look)) ?? check(options, ports, look);
        checks.set(lookKey(look), asked);
        const own = await asked;
        if (own.found !== undefined)
            return { kind: 'present', task, own: own.found };
        return { kind: 'open', task, before: own.examination?.listed ?? [] };
    });
}
function allUnresolved(options, error) {
    return (0,resolve_images/* groupRequested */.qE)(options.images).flatMap((group) => group.slice(0, 1).map((first) => ({ kind: 'unresolved', image: { first, error: (0,coded_error/* toCodedError */.Bt)(error) } })));
}
function stopAll(images, error) {
    return images.map((one) => (one.error === undefined ? { ...one, outcomes: [], error } : one));
}
function stoppedBecause(failed) {
    const code = failed.error.code;
    return new coded_error/* CodedError */.AK(code, `nothing was signed, because ${failed.first.original} failed: ${code}`, {
        hint: 'All images of a step are checked before the first one is signed, so that no release is partially signed.',
    });
}
function identityOf(outcome) {
    return outcome.kind === 'present' ? outcome.own.facts.identity : outcome.made?.identity;
}
function uniqueMade(outcomes) {
    const seen = new Map();
    for (const one of outcomes) {
        if (one.kind !== 'present' && one.made !== undefined && !seen.has(one.made))
            seen.set(one.made, one.task);
    }
    return [...seen].map(([made, task]) => ({ task, made }));
}
function failureOf(image) {
    if (image.error !== undefined)
        return { reason: image.error.code, error: image.error };
    for (const outcome of image.outcomes) {
        if (outcome.kind === 'failed')
            return { reason: outcome.error.code, error: outcome.error };
    }
    if (image.storeError !== undefined)
        return { reason: image.storeError.code, error: image.storeError };
    return undefined;
}


/***/ }),

/***/ 5959:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ placeOf),
/* harmony export */   I: () => (/* binding */ formatsOf)
/* harmony export */ });
function placeOf({ format, attestation }) {
    return format === 'legacy' && attestation !== undefined ? 'attestation-tag' : format;
}
function formatsOf(format) {
    return format === 'both' ? ['bundle', 'legacy'] : [format];
}


/***/ }),

/***/ 8551:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ createSlots)
/* harmony export */ });
function createSlots(limit) {
    let free = Math.max(1, limit);
    const queue = [];
    const acquire = () => {
        if (free === 0)
            return new Promise((resolve) => queue.push(resolve));
        free -= 1;
        return undefined;
    };
    const release = () => {
        const next = queue.shift();
        if (next === undefined)
            free += 1;
        else
            next();
    };
    return async (work) => {
        const turn = acquire();
        if (turn !== undefined)
            await turn;
        let left = false;
        const leave = () => {
            if (left)
                return;
            left = true;
            release();
        };
        try {
            return await work(leave);
        }
        finally {
            leave();
        }
    };
}


/***/ })

};
