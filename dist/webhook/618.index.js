export const id = 618;
export const ids = [618];
export const modules = {

/***/ 3549:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   RM: () => (/* binding */ TRUSTED_ROOT_PLACE),
/* harmony export */   U8: () => (/* binding */ STATEMENT_PLACE),
/* harmony export */   wP: () => (/* binding */ ENTRY_BODY_PLACE),
/* harmony export */   x6: () => (/* binding */ BUNDLE_PLACE)
/* harmony export */ });
const LOG_ID = { keyId: null };
const TIME_RANGE = { start: null, end: null };
const CERTIFICATE = { rawBytes: null };
const CERTIFICATE_CHAIN = { certificates: CERTIFICATE };
const PUBLIC_KEY = { rawBytes: null, keyDetails: null, validFor: TIME_RANGE };
const LOG_ENTRY = {
    logIndex: null,
    logId: LOG_ID,
    kindVersion: { kind: null, version: null },
    integratedTime: null,
    inclusionPromise: { signedEntryTimestamp: null },
    inclusionProof: {
        logIndex: null,
        rootHash: null,
        treeSize: null,
        hashes: null,
        checkpoint: { envelope: null },
    },
    canonicalizedBody: null,
};
const BUNDLE_PLACE = {
    mediaType: null,
    verificationMaterial: {
        publicKey: { hint: null },
        x509CertificateChain: CERTIFICATE_CHAIN,
        certificate: CERTIFICATE,
        tlogEntries: LOG_ENTRY,
        timestampVerificationData: { rfc3161Timestamps: { signedTimestamp: null } },
    },
    messageSignature: { messageDigest: { algorithm: null, digest: null }, signature: null },
    dsseEnvelope: { payload: null, payloadType: null, signatures: { sig: null, keyid: null } },
};
const STATEMENT_PLACE = {
    _type: null,
    subject: {
        name: null,
        uri: null,
        digest: null,
        content: null,
        downloadLocation: null,
        mediaType: null,
        annotations: null,
    },
    predicateType: null,
    predicate: null,
};
const LOG = {
    baseUrl: null,
    hashAlgorithm: null,
    publicKey: PUBLIC_KEY,
    logId: LOG_ID,
    checkpointKeyId: LOG_ID,
    operator: null,
};
const AUTHORITY = {
    subject: { organization: null, commonName: null },
    uri: null,
    certChain: CERTIFICATE_CHAIN,
    validFor: TIME_RANGE,
    operator: null,
};
const TRUSTED_ROOT_PLACE = {
    mediaType: null,
    tlogs: LOG,
    certificateAuthorities: AUTHORITY,
    ctlogs: LOG,
    timestampAuthorities: AUTHORITY,
};
const HASH = { algorithm: null, value: null };
const V1_SIGNATURE = {
    content: null,
    publicKey: { content: null },
    verifier: { x509Certificate: CERTIFICATE, keyDetails: null },
};
const ENTRY_BODY_PLACE = {
    kind: null,
    apiVersion: null,
    spec: {
        data: { hash: HASH },
        signature: V1_SIGNATURE,
        hashedRekordV002: { data: { algorithm: null, digest: null }, signature: V1_SIGNATURE },
        payloadHash: HASH,
        envelopeHash: HASH,
        signatures: { signature: null, verifier: null },
        content: {
            payloadHash: HASH,
            hash: HASH,
            envelope: { payloadType: null, payload: null, signatures: { sig: null, keyid: null, publicKey: null } },
        },
    },
};


/***/ }),

/***/ 618:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createSignatureVerifier: () => (/* binding */ createSignatureVerifier),
  readUnsignedStatement: () => (/* binding */ readUnsignedStatement)
});

// EXTERNAL MODULE: ./.build/js/src/domain/calls/own-turn.js
var own_turn = __webpack_require__(5410);
// EXTERNAL MODULE: ./.build/js/src/domain/image/media-types.js
var media_types = __webpack_require__(4988);
// EXTERNAL MODULE: ./.build/js/src/domain/signature/image-signature.js
var image_signature = __webpack_require__(753);
// EXTERNAL MODULE: ./.build/js/src/domain/signature/signed-content.js
var signed_content = __webpack_require__(2059);
;// CONCATENATED MODULE: ./.build/js/src/domain/signature/attestation.js



function attestation(content, digest) {
    if (content.kind !== 'statement')
        return (0,signed_content/* refuseContent */.y)('SIGNATURE_INVALID', 'not an attestation: it is not an in-toto statement');
    if (content.predicateType === media_types/* COSIGN_SIGN_PREDICATE */.u) {
        return (0,signed_content/* refuseContent */.y)('SIGNATURE_INVALID', 'an image signature, not an attestation');
    }
    if ((0,image_signature/* subjectsOf */.Z6)(content, digest).length === 0)
        return (0,image_signature/* anotherSubject */.Ap)(content, digest, 'the attestation');
    return { kind: 'attestation', statement: content };
}

// EXTERNAL MODULE: ./.build/js/src/domain/image/referrer-rank.js
var referrer_rank = __webpack_require__(1004);
// EXTERNAL MODULE: ./.build/js/src/domain/text/json-object.js
var json_object = __webpack_require__(1682);
// EXTERNAL MODULE: ./.build/js/src/domain/text/strict-json.js
var strict_json = __webpack_require__(7442);
;// CONCATENATED MODULE: ./.build/js/src/domain/text/top-level-text.js

function readTopLevelText(bytes, key, { maxBytes }) {
    if (bytes.byteLength > maxBytes)
        throw new SyntaxError(`JSON of ${bytes.byteLength} bytes is larger than ${maxBytes}`);
    const text = (0,strict_json/* decodeUtf8 */._6)(bytes);
    const spellings = [(0,strict_json/* foldKey */.pU)(key), (0,strict_json/* foldKey */.pU)((0,strict_json/* toSnakeCase */.uc)(key))];
    let found;
    let depth = 0;
    for (let at = 0; at < text.length; at += 1) {
        const char = text[at];
        if (char === '{' || char === '[')
            depth += 1;
        else if (char === '}' || char === ']')
            depth -= 1;
        if (char !== '"')
            continue;
        const end = (0,strict_json/* endOfString */.ap)(text, at);
        if (depth === 1 && (0,strict_json/* isKey */.m0)(text, end + 1)) {
            const name = (0,strict_json/* decodeKey */.y3)(text.slice(at, end + 1));
            if (spellings.includes((0,strict_json/* foldKey */.pU)(name))) {
                if (name !== key || found !== undefined)
                    throw new SyntaxError(`the key "${key}" is ambiguous`);
                found = readTextAfter(text, end + 1, key);
            }
        }
        at = end;
    }
    return found;
}
function readTextAfter(text, colonFrom, key) {
    const start = text.indexOf(':', colonFrom) + 1;
    const quote = start + text.slice(start, start + 100).search(/[^ \t\r\n]/);
    const value = text[quote] === '"' ? JSON.parse(text.slice(quote, (0,strict_json/* endOfString */.ap)(text, quote) + 1)) : undefined;
    if (typeof value !== 'string')
        throw new SyntaxError(`"${key}" is not text`);
    return value;
}

// EXTERNAL MODULE: ./.build/js/src/sigstore/json-places.js
var json_places = __webpack_require__(3549);
;// CONCATENATED MODULE: ./.build/js/src/sigstore/verifying/json-fields.js
function readObject(value, name, fields) {
    const object = readOpenObject(value, name);
    for (const key of Object.keys(object)) {
        if (!fields.includes(key))
            throw new TypeError(`${name} has an unknown field ${JSON.stringify(key.slice(0, 80))}`);
    }
    return object;
}
function readOpenObject(value, name) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
        throw new TypeError(`${name} is not an object`);
    return value;
}
function field(object, name) {
    return Object.hasOwn(object, name) ? (object[name] ?? undefined) : undefined;
}
function readString(value, name) {
    if (typeof value !== 'string' || value === '')
        throw new TypeError(`${name} is not a non-empty string`);
    return value;
}
function readList(value, name, max) {
    if (value === undefined)
        return [];
    if (!Array.isArray(value))
        throw new TypeError(`${name} is not a list`);
    if (value.length > max)
        throw new TypeError(`${name} has ${value.length} items, more than ${max}`);
    return value;
}
function readBase64(value, name) {
    const text = readString(value, name);
    const bytes = Buffer.from(text, 'base64');
    if (bytes.toString('base64') !== text)
        throw new TypeError(`${name} is not canonical base64`);
    return bytes;
}
const HEX_256 = /^[0-9a-f]{64}$/;
function readSha256Hex(value, name) {
    const text = readString(value, name);
    if (!HEX_256.test(text))
        throw new TypeError(`${name} is not 64 lower-case hex digits`);
    return Buffer.from(text, 'hex');
}
function readInteger(value, name) {
    if (value === undefined)
        return 0;
    const number = typeof value === 'string' && /^(?:0|[1-9][0-9]{0,15})$/.test(value) ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 0) {
        throw new TypeError(`${name} is not a non-negative integer`);
    }
    return number;
}

;// CONCATENATED MODULE: ./.build/js/src/sigstore/verifying/refused.js
class Refused extends Error {
    name = 'Refused';
    reason;
    constructor(reason, message, cause) {
        super(message, cause === undefined ? undefined : { cause });
        this.reason = reason;
    }
}
function refusing(reason, what, check) {
    try {
        return check();
    }
    catch (error) {
        if (error instanceof Refused)
            throw error;
        throw new Refused(reason, `${what}: ${error instanceof Error ? error.message : 'unknown failure'}`, error);
    }
}

;// CONCATENATED MODULE: ./.build/js/src/sigstore/verifying/bundle-material.js


const MAX_ENTRIES = 32;
const MAX_TIMESTAMPS = 32;
const MAX_PROOF_HASHES = 64;
const VERSIONS = {
    'application/vnd.dev.sigstore.bundle+json;version=0.1': '0.1',
    'application/vnd.dev.sigstore.bundle+json;version=0.2': '0.2',
    'application/vnd.dev.sigstore.bundle+json;version=0.3': '0.3',
    'application/vnd.dev.sigstore.bundle.v0.3+json': '0.3',
};
function openBundle(value) {
    const bundle = readObject(value, 'bundle', ['mediaType', 'verificationMaterial', 'dsseEnvelope', 'messageSignature']);
    const version = readVersion(bundle);
    const material = readObject(field(bundle, 'verificationMaterial'), 'verificationMaterial', [
        'certificate',
        'x509CertificateChain',
        'publicKey',
        'tlogEntries',
        'timestampVerificationData',
    ]);
    return {
        bundle,
        readCertificate: () => readCertificateBytes(material, version),
        readProofs: () => ({
            mayLackInclusionProof: version === '0.1',
            entries: readList(field(material, 'tlogEntries'), 'tlogEntries', MAX_ENTRIES).map(readEntry),
            timestamps: readTimestamps(field(material, 'timestampVerificationData')),
        }),
    };
}
function readVersion(bundle) {
    const mediaType = readString(field(bundle, 'mediaType'), 'mediaType');
    const version = Object.hasOwn(VERSIONS, mediaType) ? VERSIONS[mediaType] : undefined;
    if (version === undefined)
        throw new TypeError('mediaType is not that of a bundle v0.1, v0.2 or v0.3');
    return version;
}
function readCertificateBytes(material, version) {
    const single = field(material, 'certificate');
    const chain = field(material, 'x509CertificateChain');
    if (field(material, 'publicKey') !== undefined) {
        if (single !== undefined || chain !== undefined)
            throw new TypeError('bundle has both a public key and a certificate');
        throw new Refused('CERTIFICATE_UNTRUSTED', 'signed with a plain public key, not with an identity certificate');
    }
    if (single !== undefined && chain !== undefined)
        throw new TypeError('bundle has both certificate and chain');
    if (chain === undefined)
        return readRawBytes(single, 'certificate');
    if (version === '0.3')
        throw new TypeError('bundle v0.3 has x509CertificateChain instead of certificate');
    const certificates = field(readObject(chain, 'x509CertificateChain', ['certificates']), 'certificates');
    const [leaf, ...others] = readList(certificates, 'certificates', 16);
    if (others.length > 0)
        throw new TypeError('x509CertificateChain does not contain exactly one certificate');
    return readRawBytes(leaf, 'certificate');
}
function readRawBytes(value, name) {
    return readBase64(field(readObject(value, name, ['rawBytes']), 'rawBytes'), `${name}.rawBytes`);
}
function readTimestamps(value) {
    if (value === undefined)
        return [];
    const data = readObject(value, 'timestampVerificationData', ['rfc3161Timestamps']);
    return readList(field(data, 'rfc3161Timestamps'), 'rfc3161Timestamps', MAX_TIMESTAMPS).map((item) => readBase64(field(readObject(item, 'timestamp', ['signedTimestamp']), 'signedTimestamp'), 'signedTimestamp'));
}
function readEntry(value) {
    const json = readObject(value, 'log entry', [
        'logIndex',
        'logId',
        'kindVersion',
        'integratedTime',
        'inclusionPromise',
        'inclusionProof',
        'canonicalizedBody',
    ]);
    const kindVersion = readObject(field(json, 'kindVersion'), 'kindVersion', ['kind', 'version']);
    const promise = field(json, 'inclusionPromise');
    const proof = field(json, 'inclusionProof');
    const body = field(json, 'canonicalizedBody');
    const logIndex = readInteger(field(json, 'logIndex'), 'logIndex');
    const integratedTime = readInteger(field(json, 'integratedTime'), 'integratedTime');
    const entry = {
        logIndex: String(logIndex),
        logId: { keyId: readBase64(field(readObject(field(json, 'logId'), 'logId', ['keyId']), 'keyId'), 'logId.keyId') },
        kindVersion: {
            kind: readString(field(kindVersion, 'kind'), 'kind'),
            version: readString(field(kindVersion, 'version'), 'version'),
        },
        integratedTime: String(integratedTime),
        inclusionPromise: promise === undefined ? undefined : readPromise(promise),
        inclusionProof: proof === undefined ? undefined : readProof(proof),
        canonicalizedBody: body === undefined ? Buffer.alloc(0) : readBase64(body, 'canonicalizedBody'),
    };
    return { entry, logIndex, integratedTime };
}
function readPromise(value) {
    const promise = readObject(value, 'inclusionPromise', ['signedEntryTimestamp']);
    return { signedEntryTimestamp: readBase64(field(promise, 'signedEntryTimestamp'), 'signedEntryTimestamp') };
}
function readProof(value) {
    const proof = readObject(value, 'inclusionProof', ['logIndex', 'rootHash', 'treeSize', 'hashes', 'checkpoint']);
    const checkpoint = field(proof, 'checkpoint');
    return {
        logIndex: String(readInteger(field(proof, 'logIndex'), 'inclusionProof.logIndex')),
        rootHash: readBase64(field(proof, 'rootHash'), 'rootHash'),
        treeSize: String(readInteger(field(proof, 'treeSize'), 'treeSize')),
        hashes: readList(field(proof, 'hashes'), 'hashes', MAX_PROOF_HASHES).map((hash) => readBase64(hash, 'proof hash')),
        checkpoint: checkpoint === undefined
            ? undefined
            : { envelope: readString(field(readObject(checkpoint, 'checkpoint', ['envelope']), 'envelope'), 'checkpoint') },
    };
}

// EXTERNAL MODULE: ./node_modules/@sigstore/core/dist/index.js
var dist = __webpack_require__(3917);
;// CONCATENATED MODULE: ./.build/js/src/sigstore/verifying/envelope.js


function openEnvelope(value) {
    const envelope = readObject(value, 'dsseEnvelope', ['payload', 'payloadType', 'signatures']);
    const payloadType = readString(field(envelope, 'payloadType'), 'payloadType');
    const payload = readBase64(field(envelope, 'payload'), 'payload');
    return {
        signed: { signedBytes: dist.dsse.preAuthEncoding(payloadType, payload), payload, payloadType },
        readSignature: () => readEnvelopeSignature(envelope),
    };
}
function readEnvelopeSignature(envelope) {
    const signatures = readList(field(envelope, 'signatures'), 'signatures', 16);
    if (signatures.length !== 1)
        throw new TypeError(`envelope has ${signatures.length} signatures instead of one`);
    const signature = readObject(signatures[0], 'signature', ['sig', 'keyid']);
    const keyid = field(signature, 'keyid');
    if (keyid !== undefined && keyid !== '')
        throw new TypeError('signature has a keyid');
    return readBase64(field(signature, 'sig'), 'sig');
}

;// CONCATENATED MODULE: ./.build/js/src/sigstore/verifying/bundle-json.js










const MAX_BUNDLE_BYTES = 24 * 1024 * 1024;
const BUNDLE_READING = {
    maxBytes: MAX_BUNDLE_BYTES,
    maxDepth: 32,
    maxMembers: 10_000,
    place: json_places/* BUNDLE_PLACE */.x6,
    snakeCase: true,
};
const STATEMENT_READING = {
    maxBytes: MAX_BUNDLE_BYTES,
    maxDepth: 100,
    maxMembers: 20_000,
    place: json_places/* STATEMENT_PLACE */.U8,
    snakeCase: true,
};
const MAX_PREDICATE_TYPE_LENGTH = 512;
class UnknownBundle extends Refused {
    name = 'UnknownBundle';
}
function parseBundle(bytes) {
    const { bundle, other } = classifyBundle(bytes);
    if (other !== undefined)
        return other;
    return refusing('SIGNATURE_INVALID', MALFORMED, () => {
        if (bytes.byteLength > referrer_rank/* SIGNATURE_BUNDLE_MAX_BYTES */.Jd)
            throw new TypeError('bundle is too large for an image signature');
        return { kind: 'signature', material: readStatementBundle(bundle) };
    });
}
const MALFORMED = 'malformed bundle';
function classifyBundle(bytes) {
    try {
        return refusing('SIGNATURE_INVALID', MALFORMED, () => {
            const bundle = readOpenObject((0,strict_json/* parseStrictJson */.RJ)(bytes, BUNDLE_READING), 'bundle');
            const envelope = field(bundle, 'dsseEnvelope');
            if (field(bundle, 'messageSignature') !== undefined) {
                if (envelope !== undefined)
                    throw new TypeError('bundle has both dsseEnvelope and messageSignature');
                return { bundle, other: { kind: 'message-signature' } };
            }
            if (envelope === undefined)
                throw new TypeError('bundle has no content');
            return { bundle, other: classifyEnvelope(readOpenObject(envelope, 'dsseEnvelope')) };
        });
    }
    catch (error) {
        if (!(error instanceof Refused))
            throw error;
        throw new UnknownBundle(error.reason, error.message, error.cause);
    }
}
function parseStatementBundle(bytes) {
    return refusing('SIGNATURE_INVALID', MALFORMED, () => {
        const bundle = readOpenObject((0,strict_json/* parseStrictJson */.RJ)(bytes, BUNDLE_READING), 'bundle');
        if (field(bundle, 'messageSignature') !== undefined)
            throw new TypeError('bundle has a messageSignature');
        return readStatementBundle(bundle);
    });
}
function classifyEnvelope(envelope) {
    const payloadType = readString(field(envelope, 'payloadType'), 'payloadType').slice(0, MAX_PREDICATE_TYPE_LENGTH);
    if (payloadType !== media_types/* INTOTO_PAYLOAD */.V$)
        return { kind: 'other-artifact', payloadType };
    const payload = readBase64(field(envelope, 'payload'), 'payload');
    const predicateType = readPredicateType(payload);
    if (typeof predicateType !== 'string' || predicateType === '')
        throw new TypeError('statement has no predicateType');
    if (predicateType === media_types/* COSIGN_SIGN_PREDICATE */.u)
        return undefined;
    return { kind: 'attestation', predicateType: predicateType.slice(0, MAX_PREDICATE_TYPE_LENGTH) };
}
function readPredicateType(payload) {
    try {
        const statement = (0,strict_json/* parseStrictJson */.RJ)(payload, STATEMENT_READING);
        return (0,json_object/* isJsonObject */.O)(statement) ? field(statement, 'predicateType') : undefined;
    }
    catch (error) {
        if (!(error instanceof strict_json/* JsonLimitError */.CI))
            throw error;
        return readTopLevelText(payload, 'predicateType', STATEMENT_READING);
    }
}
function readStatementBundle(value) {
    const { bundle, readCertificate, readProofs } = openBundle(value);
    const { signed, readSignature } = openEnvelope(field(bundle, 'dsseEnvelope'));
    const certificate = readCertificate();
    return { content: 'statement', certificate, signature: readSignature(), ...signed, ...readProofs() };
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./.build/js/src/sigstore/verifying/pem.js

const ONE_CERTIFICATE = /^-----BEGIN CERTIFICATE-----\r?\n([A-Za-z0-9+/=\r\n]+)-----END CERTIFICATE-----\s*$/;
function readOneCertificatePem(pem, name) {
    const body = ONE_CERTIFICATE.exec(pem)?.[1];
    if (body === undefined)
        throw new TypeError(`${name} is not exactly one PEM certificate`);
    return readBase64(body.replace(/[\r\n]/g, ''), name);
}

;// CONCATENATED MODULE: ./.build/js/src/sigstore/verifying/entry-body.js





const READING = { maxBytes: 256 * 1024, maxDepth: 32, maxMembers: 1000, place: json_places/* ENTRY_BODY_PLACE */.wP };
function readEntryBody(body) {
    return readOpenObject((0,strict_json/* parseStrictJson */.RJ)(body, READING), 'entry body');
}
function checkEntryBody(body, announced, material) {
    const entry = readEntryBody(body);
    const kind = readString(field(entry, 'kind'), 'kind');
    const version = readString(field(entry, 'apiVersion'), 'apiVersion');
    if (kind !== announced.kind || version !== announced.version)
        throw new TypeError('kindVersion differs from the entry');
    const logged = readLoggedSignature(`${kind} ${version}`, readOpenObject(field(entry, 'spec'), 'spec'), material);
    const expected = sha256(logged.digestOf === 'payload' ? material.payload : material.signedBytes);
    if (!logged.signature.equals(material.signature))
        throw new TypeError('the entry records another signature');
    if (!logged.certificate.equals(material.certificate))
        throw new TypeError('the entry records another certificate');
    if (!logged.digest.equals(expected))
        throw new TypeError('the entry records another digest');
}
function readLoggedSignature(kindVersion, spec, material) {
    switch (kindVersion) {
        case 'hashedrekord 0.0.1':
            return readHashedRekordV1(spec);
        case 'hashedrekord 0.0.2':
            return readHashedRekordV2(spec);
        case 'dsse 0.0.1':
            if (material.payloadType !== undefined)
                return readDsse(spec);
            break;
        case 'intoto 0.0.2':
            if (material.payloadType !== undefined)
                return readIntoto(spec, material);
            break;
        default:
            break;
    }
    const shown = JSON.stringify(kindVersion.slice(0, 40));
    throw new TypeError(`the entry has a kind that cannot prove this signature: ${shown}`);
}
function readHashedRekordV1(spec) {
    const signature = readOpenObject(field(spec, 'signature'), 'signature');
    const publicKey = readOpenObject(field(signature, 'publicKey'), 'publicKey');
    return {
        signature: readBase64(field(signature, 'content'), 'signature.content'),
        certificate: readPem(field(publicKey, 'content')),
        digest: readHash(field(readOpenObject(field(spec, 'data'), 'data'), 'hash')),
        digestOf: 'signed bytes',
    };
}
function readHashedRekordV2(spec) {
    const record = readOpenObject(field(spec, 'hashedRekordV002'), 'hashedRekordV002');
    const data = readOpenObject(field(record, 'data'), 'data');
    const signature = readOpenObject(field(record, 'signature'), 'signature');
    const verifier = readOpenObject(field(signature, 'verifier'), 'verifier');
    if (field(data, 'algorithm') !== 'SHA2_256')
        throw new TypeError('the digest is not SHA-256');
    if (field(verifier, 'keyDetails') !== 'PKIX_ECDSA_P256_SHA_256')
        throw new TypeError('keyDetails is not P-256');
    const certificate = readOpenObject(field(verifier, 'x509Certificate'), 'x509Certificate');
    return {
        signature: readBase64(field(signature, 'content'), 'signature.content'),
        certificate: readBase64(field(certificate, 'rawBytes'), 'rawBytes'),
        digest: readBase64(field(data, 'digest'), 'digest'),
        digestOf: 'signed bytes',
    };
}
function readDsse(spec) {
    const signature = readOnlySignature(field(spec, 'signatures'));
    return {
        signature: readBase64(field(signature, 'signature'), 'signature'),
        certificate: readPem(field(signature, 'verifier')),
        digest: readHash(field(spec, 'payloadHash')),
        digestOf: 'payload',
    };
}
function readIntoto(spec, material) {
    const content = readOpenObject(field(spec, 'content'), 'content');
    const envelope = readOpenObject(field(content, 'envelope'), 'envelope');
    if (field(envelope, 'payloadType') !== material.payloadType)
        throw new TypeError('the entry has another payloadType');
    const signature = readOnlySignature(field(envelope, 'signatures'));
    return {
        signature: readBase64(readBase64(field(signature, 'sig'), 'sig').toString('latin1'), 'sig'),
        certificate: readPem(field(signature, 'publicKey')),
        digest: readHash(field(content, 'payloadHash')),
        digestOf: 'payload',
    };
}
function readOnlySignature(value) {
    const [signature, ...others] = readList(value, 'signatures', 16);
    if (others.length > 0)
        throw new TypeError('the entry has more than one signature');
    return readOpenObject(signature, 'signature');
}
function readHash(value) {
    const hash = readOpenObject(value, 'hash');
    if (field(hash, 'algorithm') !== 'sha256')
        throw new TypeError('the digest is not SHA-256');
    return readSha256Hex(field(hash, 'value'), 'hash value');
}
function readPem(value) {
    return readOneCertificatePem(readBase64(value, 'public key').toString('utf8'), 'public key');
}
function sha256(bytes) {
    return (0,external_node_crypto_.createHash)('sha256').update(bytes).digest();
}

;// CONCATENATED MODULE: ./.build/js/src/sigstore/verifying/legacy-layer.js








const LIMITS = { maxBytes: 256 * 1024, maxDepth: 32, maxMembers: 1000 };
const MAX_PAYLOAD_BYTES = 1024 * 1024;
const ENVELOPE_LIMITS = { maxBytes: MAX_BUNDLE_BYTES, maxDepth: 8, maxMembers: 100 };
function readLegacyLayer(payload, annotations) {
    return refusing('SIGNATURE_INVALID', 'malformed signature layer', () => {
        if (payload.byteLength > MAX_PAYLOAD_BYTES)
            throw new TypeError('payload is too large for an image signature');
        const certificate = annotation(annotations, media_types/* CERTIFICATE_ANNOTATION */.oZ);
        const signature = readBase64(annotation(annotations, media_types/* SIGNATURE_ANNOTATION */.ZB), media_types/* SIGNATURE_ANNOTATION */.ZB);
        const bytes = Buffer.from(payload);
        return {
            content: 'simple-signing',
            signature,
            signedBytes: bytes,
            payload: bytes,
            payloadType: undefined,
            ...readProofs(certificate, annotations),
        };
    });
}
function readAttestationLayer(payload, annotations) {
    return refusing('SIGNATURE_INVALID', 'malformed attestation layer', () => {
        const { signed, readSignature } = openEnvelope((0,strict_json/* parseStrictJson */.RJ)(payload, ENVELOPE_LIMITS));
        const proofs = readProofs(annotation(annotations, media_types/* CERTIFICATE_ANNOTATION */.oZ), annotations);
        return { content: 'statement', signature: readSignature(), ...signed, ...proofs };
    });
}
function readProofs(certificate, annotations) {
    if (certificate === undefined) {
        throw new Refused('CERTIFICATE_UNTRUSTED', 'the layer has no certificate: it was signed with a plain key');
    }
    const rekorBundle = annotation(annotations, media_types/* REKOR_BUNDLE_ANNOTATION */.BJ);
    const timestamp = annotation(annotations, media_types/* TIMESTAMP_ANNOTATION */.$n);
    return {
        certificate: readOneCertificatePem(certificate, media_types/* CERTIFICATE_ANNOTATION */.oZ),
        mayLackInclusionProof: true,
        entries: rekorBundle === undefined ? [] : [readRekorBundle(rekorBundle)],
        timestamps: timestamp === undefined ? [] : [readTimestamp(timestamp)],
    };
}
function annotation(annotations, name) {
    return Object.hasOwn(annotations, name) ? annotations[name] : undefined;
}
function readRekorBundle(text) {
    const name = 'Rekor bundle annotation';
    const bundle = readObject((0,strict_json/* parseStrictJson */.RJ)(text, LIMITS), name, ['SignedEntryTimestamp', 'Payload']);
    const payload = readObject(field(bundle, 'Payload'), 'Payload', ['body', 'integratedTime', 'logIndex', 'logID']);
    const body = readBase64(field(payload, 'body'), 'body');
    const logIndex = readNumber(field(payload, 'logIndex'), 'logIndex');
    const integratedTime = readNumber(field(payload, 'integratedTime'), 'integratedTime');
    const entry = {
        logIndex: String(logIndex),
        logId: { keyId: readHex(field(payload, 'logID'), 'logID') },
        kindVersion: readKindVersion(body),
        integratedTime: String(integratedTime),
        inclusionPromise: {
            signedEntryTimestamp: readBase64(field(bundle, 'SignedEntryTimestamp'), 'SignedEntryTimestamp'),
        },
        inclusionProof: undefined,
        canonicalizedBody: body,
    };
    return { entry, logIndex, integratedTime };
}
function readKindVersion(body) {
    const entry = readEntryBody(body);
    return {
        kind: readString(field(entry, 'kind'), 'kind'),
        version: readString(field(entry, 'apiVersion'), 'apiVersion'),
    };
}
function readNumber(value, name) {
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
        throw new TypeError(`${name} is not a non-negative integer`);
    }
    return value;
}
function readHex(value, name) {
    const text = readString(value, name);
    if (!/^(?:[0-9a-f]{2}){1,64}$/.test(text))
        throw new TypeError(`${name} is not lower-case hex`);
    return Buffer.from(text, 'hex');
}
function readTimestamp(text) {
    const value = readObject((0,strict_json/* parseStrictJson */.RJ)(text, LIMITS), 'timestamp annotation', ['SignedRFC3161Timestamp']);
    return readBase64(field(value, 'SignedRFC3161Timestamp'), 'SignedRFC3161Timestamp');
}

// EXTERNAL MODULE: ./.build/js/src/domain/signature/claims.js
var signature_claims = __webpack_require__(9282);
;// CONCATENATED MODULE: ./.build/js/src/sigstore/verifying/der.js

const MAX_DEPTH = 100;
const MAX_LENGTH_BYTES = 6;
const MAX_NUMBER_BYTES = 128;
function readDer(bytes) {
    const reader = new DerReader(Buffer.from(bytes));
    const element = reader.element(bytes.byteLength, 0);
    if (element === undefined)
        throw new TypeError(reader.problem);
    if (reader.at !== bytes.byteLength)
        throw new TypeError('invalid trailing data');
    return element;
}
class DerElement extends dist.ASN1Obj {
    #source;
    #start;
    #end;
    #oid;
    constructor([tag, value, subs], encoding) {
        super(tag, value, subs);
        this.#source = encoding.source;
        this.#start = encoding.start;
        this.#end = encoding.end;
    }
    toDER() {
        return Buffer.from(this.#source.subarray(this.#start, this.#end));
    }
    toInteger() {
        this.#refuseLongNumber();
        return super.toInteger();
    }
    toOID() {
        this.#refuseLongNumber();
        this.#oid ??= super.toOID();
        return this.#oid;
    }
    #refuseLongNumber() {
        if (this.value.byteLength > MAX_NUMBER_BYTES)
            throw new TypeError(`a number has more than ${MAX_NUMBER_BYTES} bytes`);
    }
}
class DerReader {
    #source;
    at = 0;
    problem = '';
    constructor(source) {
        this.#source = source;
    }
    element(limit, depth) {
        if (depth > MAX_DEPTH)
            return this.#fail('maximum nesting depth exceeded');
        const start = this.at;
        if (start >= limit)
            return this.#fail('request past end of buffer');
        const tag = tagOf(this.#source[start] ?? 0);
        if (typeof tag === 'string')
            return this.#fail(tag);
        this.at = start + 1;
        const length = this.#length(limit);
        if (length === undefined)
            return undefined;
        const inner = this.at;
        const end = inner + length;
        if (end > limit)
            return this.#fail('request past end of buffer');
        const isOctetString = !tag.constructed && tag.isOctetString();
        const members = tag.constructed || isOctetString ? this.#members(end, depth + 1) : [];
        if (members === undefined && !isOctetString)
            return undefined;
        this.at = end;
        return new DerElement([tag, this.#source.subarray(inner, end), members ?? []], {
            source: this.#source,
            start,
            end,
        });
    }
    #members(end, depth) {
        const members = [];
        while (this.at < end) {
            const member = this.element(end, depth);
            if (member === undefined)
                return undefined;
            members.push(member);
        }
        return members;
    }
    #length(limit) {
        if (this.at >= limit)
            return this.#fail('request past end of buffer');
        const first = this.#source[this.at] ?? 0;
        this.at += 1;
        if (first < 0x80)
            return first;
        const count = first & 0x7f;
        if (count === 0)
            return this.#fail('indefinite length encoding not supported');
        if (count > MAX_LENGTH_BYTES)
            return this.#fail(`length exceeds ${MAX_LENGTH_BYTES} byte limit`);
        if (this.at + count > limit)
            return this.#fail('request past end of buffer');
        const length = this.#source.readUIntBE(this.at, count);
        if (this.#source[this.at] === 0 || length < 0x80)
            return this.#fail('non-minimal length encoding');
        this.at += count;
        return length;
    }
    #fail(problem) {
        this.problem = problem;
        return undefined;
    }
}
const tags = new Map();
function tagOf(byte) {
    const known = tags.get(byte);
    if (known !== undefined)
        return known;
    const made = makeTag(byte);
    tags.set(byte, made);
    return made;
}
function makeTag(byte) {
    try {
        return dist.ASN1Obj.parseBuffer(Buffer.from([byte, 0])).tag;
    }
    catch (error) {
        return error instanceof Error ? error.message : 'unsupported tag';
    }
}

;// CONCATENATED MODULE: ./.build/js/src/sigstore/verifying/kept-certificate.js


class KeptCertificate extends dist.X509Certificate {
    #issuers = new WeakMap();
    #key;
    static read(der) {
        return new KeptCertificate(readDer(der));
    }
    get key() {
        this.#key ??= dist.crypto.createPublicKey(this.publicKey);
        return this.#key;
    }
    verify(issuer) {
        const by = issuer ?? this;
        const known = this.#issuers.get(by);
        if (known !== undefined)
            return known;
        const verified = super.verify(issuer);
        this.#issuers.set(by, verified);
        return verified;
    }
    clone() {
        const copy = (object, subs) => new dist.ASN1Obj(object.tag, object.value, [...subs]);
        const { tbsCertificate, root } = this;
        const tbs = copy(tbsCertificate, tbsCertificate.subs.map((member) => {
            if (!member.tag.isContextSpecific(3))
                return member;
            return copy(member, member.subs.map((list) => copy(list, list.subs)));
        }));
        return new dist.X509Certificate(copy(root, [tbs, ...root.subs.slice(1)]));
    }
}

;// CONCATENATED MODULE: ./.build/js/src/sigstore/verifying/certificate.js




const MAX_CERTIFICATE_BYTES = 64 * 1024;
const OID = {
    organization: '2.5.4.10',
    keyUsage: '2.5.29.15',
    subjectAltName: '2.5.29.17',
    basicConstraints: '2.5.29.19',
    extKeyUsage: '2.5.29.37',
    codeSigning: '1.3.6.1.5.5.7.3.3',
    fulcioOtherName: `${signature_claims/* FULCIO_ARC */.II}.7`,
};
const UNDERSTOOD_CRITICAL = [
    OID.keyUsage,
    OID.subjectAltName,
    OID.basicConstraints,
    OID.extKeyUsage,
];
function parseCertificate(der) {
    return refusing('SIGNATURE_INVALID', 'malformed certificate', () => {
        if (der.byteLength > MAX_CERTIFICATE_BYTES)
            throw new TypeError(`larger than ${MAX_CERTIFICATE_BYTES} bytes`);
        const bytes = Buffer.from(der);
        const x509 = KeptCertificate.read(bytes);
        const { key } = x509;
        if (key.asymmetricKeyType !== 'ec' || key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
            throw new TypeError('the key is not ECDSA P-256');
        }
        return { der: bytes, x509, key };
    });
}
function readCertificate(certificate) {
    return refusing('CERTIFICATE_UNTRUSTED', 'unusable signing certificate', () => {
        const { x509 } = certificate;
        const extensions = readExtensions(x509);
        checkUsage(x509, extensions);
        const claims = readClaims(extensions);
        const issuer = claims.issuer ?? claims['issuer-deprecated'];
        if (issuer === undefined)
            throw new TypeError('it names no issuer');
        if ((claims['issuer-deprecated'] ?? issuer) !== issuer)
            throw new TypeError('its two issuer extensions differ');
        const subject = readSubject(extensions.get(OID.subjectAltName));
        checkValidity(x509);
        return {
            identity: { issuer, claims, ...subject },
            issuerOrganization: readOrganization(x509.issuer),
        };
    });
}
function readUnverifiedIdentity(certificate) {
    try {
        return readCertificate(certificate).identity;
    }
    catch (error) {
        if (error instanceof Refused)
            return undefined;
        throw error;
    }
}
function readExtensions(x509) {
    const extensions = new Map();
    for (const extension of x509.extensions) {
        const [first, ...rest] = extension.subs;
        const value = rest.at(-1);
        const critical = rest.length === 2 ? rest[0]?.toBoolean() : false;
        if (!first || !value?.tag.isOctetString() || rest.length > 2)
            throw new TypeError('an extension is malformed');
        const oid = first.toOID();
        if (extensions.has(oid))
            throw new TypeError(`extension ${oid} appears twice`);
        if (critical === true && !UNDERSTOOD_CRITICAL.includes(oid))
            throw new TypeError(`unknown critical extension ${oid}`);
        extensions.set(oid, value.value);
    }
    return extensions;
}
function checkUsage(x509, extensions) {
    if (x509.extBasicConstraints?.isCA === true)
        throw new TypeError('it is a certificate authority');
    if (x509.extKeyUsage?.digitalSignature !== true)
        throw new TypeError('its key usage is not digital signature');
    const usages = parse(extensions.get(OID.extKeyUsage), 'extended key usage').subs.map((usage) => usage.toOID());
    if (!usages.includes(OID.codeSigning))
        throw new TypeError('its extended key usage is not code signing');
}
function parse(value, name) {
    if (value === undefined)
        throw new TypeError(`it has no ${name}`);
    return readDer(value);
}
function readSubject(value) {
    const names = parse(value, 'subject alternative name').subs;
    const [name] = names;
    if (name === undefined || names.length !== 1)
        throw new TypeError(`it has ${names.length} subjects instead of one`);
    const subject = readGeneralName(name);
    if (subject.subject === '')
        throw new TypeError('its subject is empty');
    return subject;
}
function readGeneralName(name) {
    if (name.tag.isContextSpecific(6) && !name.tag.constructed)
        return { subjectKind: 'uri', subject: readIa5(name.value) };
    if (name.tag.isContextSpecific(1) && !name.tag.constructed) {
        return { subjectKind: 'email', subject: readIa5(name.value) };
    }
    const [type, explicit] = name.subs;
    if (name.tag.isContextSpecific(0) && type?.toOID() === OID.fulcioOtherName && name.subs.length === 2) {
        const [text] = explicit?.subs ?? [];
        if (explicit?.tag.isContextSpecific(0) && explicit.subs.length === 1 && text) {
            return { subjectKind: 'other', subject: readUtf8String(text.toDER()) };
        }
    }
    throw new TypeError('its subject is neither URI, e-mail address nor Fulcio name');
}
function readIa5(bytes) {
    if (bytes.some((byte) => byte > 0x7f))
        throw new TypeError('its subject is not ASCII');
    return bytes.toString('latin1');
}
function readClaims(extensions) {
    const claims = {};
    for (const [oid, value] of extensions) {
        const number = oid.startsWith(`${signature_claims/* FULCIO_ARC */.II}.`) ? oid.slice(signature_claims/* FULCIO_ARC */.II.length + 1) : '';
        if (!isClaimNumber(number))
            continue;
        const text = Number(number) <= 6 ? decodeUtf8(value) : readUtf8String(value);
        if (text !== '')
            claims[signature_claims/* CLAIM_NAMES */.mw[number]] = text;
    }
    return claims;
}
function isClaimNumber(text) {
    return Object.hasOwn(signature_claims/* CLAIM_NAMES */.mw, text);
}
const UTF8_STRING = 0x0c;
function readUtf8String(der) {
    const object = readDer(der);
    if (der[0] !== UTF8_STRING)
        throw new TypeError('a claim is not a UTF8String');
    return decodeUtf8(object.value);
}
function decodeUtf8(bytes) {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}
function checkValidity({ notBefore, notAfter }) {
    if (Number.isNaN(notBefore.getTime()) || Number.isNaN(notAfter.getTime())) {
        throw new TypeError('its validity is not a time');
    }
}
function readOrganization(issuer) {
    for (let rest = issuer; rest.length > 0;) {
        const [relative, after] = firstObject(rest);
        for (const attribute of relative.subs) {
            const [type, value] = attribute.subs;
            if (type?.toOID() === OID.organization && value)
                return value.value.toString('utf8');
        }
        rest = after;
    }
    return undefined;
}
function firstObject(bytes) {
    const lengthByte = bytes[1] ?? 0;
    const header = lengthByte < 0x80 ? 2 : 2 + (lengthByte & 0x7f);
    const length = lengthByte < 0x80 ? lengthByte : bytes.readUIntBE(2, header - 2);
    const end = header + length;
    return [readDer(bytes.subarray(0, end)), bytes.subarray(end)];
}

// EXTERNAL MODULE: ./.build/js/src/domain/calls/expiring-map.js
var expiring_map = __webpack_require__(3261);
;// CONCATENATED MODULE: ./.build/js/src/sigstore/verifying/certificate-memory.js


const CERTIFICATES_MAX = 64;
const KEPT_MAX_BYTES = 8 * 1024;
function createCertificateMemory() {
    const known = (0,expiring_map/* createExpiringMap */.j)({
        clock: { now: () => new Date(0) },
        entriesMax: CERTIFICATES_MAX,
    });
    const facts = new WeakMap();
    const keyOf = (der) => der.toString('latin1');
    return {
        parse: (der) => known.get(keyOf(der)) ?? parseCertificate(der),
        read(certificate) {
            const read = facts.get(certificate) ?? readCertificate(certificate);
            facts.set(certificate, read);
            return read;
        },
        keep(certificate) {
            if (certificate.der.byteLength <= KEPT_MAX_BYTES)
                known.set(keyOf(certificate.der), certificate, 1);
        },
    };
}

// EXTERNAL MODULE: ./node_modules/@sigstore/verify/dist/index.js
var verify_dist = __webpack_require__(4187);
// EXTERNAL MODULE: ./.build/js/src/coded-error.js
var coded_error = __webpack_require__(6329);
;// CONCATENATED MODULE: ./.build/js/src/sigstore/verifying/chain-link.js

class Link {
    x509;
    #der;
    #issuers = new WeakMap();
    #node;
    constructor(x509, der) {
        this.x509 = x509;
        this.#der = der;
    }
    isIssuedBy(issuer) {
        const known = this.#issuers.get(issuer);
        if (known !== undefined)
            return known;
        const by = issuer.#read();
        const isIssued = by.ca && this.#read().checkIssued(by) && this.#read().verify(by.publicKey);
        this.#issuers.set(issuer, isIssued);
        return isIssued;
    }
    #read() {
        this.#node ??= new external_node_crypto_.X509Certificate(this.#der);
        return this.#node;
    }
}

;// CONCATENATED MODULE: ./.build/js/src/sigstore/verifying/trust.js




function prepareTrust(label, root) {
    try {
        const material = (0,verify_dist/* toTrustMaterial */.jO)(root);
        const authorities = root.certificateAuthorities.map((authority) => {
            const certificates = (authority.certChain?.certificates ?? []).map(({ rawBytes }) => rawBytes);
            return { authority, links: certificates.map((der) => new Link(KeptCertificate.read(der), der)) };
        });
        const certificateAuthorities = withKeptCertificates(material.certificateAuthorities, root.certificateAuthorities);
        const timestampAuthorities = withKeptCertificates(material.timestampAuthorities, root.timestampAuthorities);
        const logs = root.tlogs.map((log, index) => knownLog(log, material.tlogs[index]));
        const ctLogs = root.ctlogs.map((log, index) => knownLog(log, material.ctlogs[index]));
        return {
            label,
            root,
            logs,
            ctLogs,
            authorities,
            accepted: new WeakMap(),
            acceptedAt: new WeakMap(),
            timestampSigners: timestampAuthorities.flatMap(({ certChain }) => certChain.slice(0, 1)),
            material: {
                ...material,
                certificateAuthorities,
                timestampAuthorities,
            },
        };
    }
    catch (cause) {
        throw new coded_error/* CodedError */.AK('TRUST_ROOT_INVALID', `the trusted root "${label}" contains an invalid key or certificate`, {
            cause,
        });
    }
}
function withKeptCertificates(made, authorities) {
    return made.map((authority, index) => {
        const certificates = authorities[index]?.certChain?.certificates ?? [];
        return { ...authority, certChain: certificates.map(({ rawBytes }) => KeptCertificate.read(rawBytes)) };
    });
}
function knownLog(log, authority) {
    if (authority === undefined)
        throw new TypeError('log without key');
    const { start, end } = log.publicKey?.validFor ?? {};
    return { baseUrl: log.baseUrl, logId: authority.logID, key: authority.publicKey, start, end };
}
function isKnownAt(log, time) {
    return log.start !== undefined && isWithin(log, time);
}
function isWithin(range, time) {
    const { start, end } = range ?? {};
    return (start === undefined || start <= time) && (end === undefined || time <= end);
}

;// CONCATENATED MODULE: ./.build/js/src/sigstore/verifying/certificate-transparency.js




const MAX_SCTS = 16;
function checkScts(chains, ctlogs) {
    if (ctlogs.length === 0)
        return;
    refusing('CERTIFICATE_UNTRUSTED', 'the certificate transparency proof could not be read', () => {
        const [leaf, issuer] = chains[0]?.certificates ?? [];
        if (!leaf || !issuer)
            throw new TypeError('no chain');
        const { timestamps, signedPart } = splitScts(leaf);
        if (timestamps.length === 0)
            untrusted('the certificate has no certificate transparency timestamp');
        if (timestamps.length > MAX_SCTS)
            untrusted(`the certificate has more than ${MAX_SCTS} transparency timestamps`);
        const preCertificate = new dist.ByteStream();
        preCertificate.appendView(dist.crypto.digest('sha256', issuer.publicKey));
        preCertificate.appendUint24(signedPart.length);
        preCertificate.appendView(signedPart);
        for (const sct of timestamps) {
            const verified = ctlogs.some((log) => isKnownAt(log, sct.datetime) && log.logId.equals(sct.logID) && sct.verify(preCertificate.buffer, log.key));
            if (!verified)
                untrusted('a certificate transparency timestamp was not made by a CT log of the trusted root');
        }
    });
}
function splitScts(leaf) {
    const copy = leaf.clone();
    const extension = removeSctExtension(copy);
    return {
        timestamps: extension === undefined ? [] : new dist.X509SCTExtension(extension).signedCertificateTimestamps,
        signedPart: copy.tbsCertificate.toDER(),
    };
}
function removeSctExtension(certificate) {
    const index = certificate.extensions.findIndex((extension) => extension.subs[0]?.toOID() === dist.EXTENSION_OID_SCT);
    return index < 0 ? undefined : certificate.extensions.splice(index, 1)[0];
}
function withoutScts(certificate) {
    const copy = new KeptCertificate(certificate.root);
    return Object.defineProperty(copy, 'clone', {
        value: () => {
            const clone = certificate.clone();
            removeSctExtension(clone);
            return clone;
        },
    });
}
function untrusted(message) {
    throw new Refused('CERTIFICATE_UNTRUSTED', message);
}

;// CONCATENATED MODULE: ./.build/js/src/sigstore/verifying/chain.js



const MAX_CHAIN_LENGTH = 8;
function findChains(leaf, { label, authorities }) {
    return refusing('CERTIFICATE_UNTRUSTED', 'the certificate chain could not be built', () => {
        const link = new Link(leaf.x509, leaf.der);
        const chains = authorities.flatMap(({ authority, links }) => {
            const certificates = buildChain(link, links);
            return certificates === undefined ? [] : [{ certificates, authority }];
        });
        if (chains.length > 0)
            return chains;
        throw new Refused('CERTIFICATE_UNTRUSTED', `the certificate was not issued by an authority of the trusted root in use (${label})`);
    });
}
function buildChain(leaf, issuers) {
    const path = [leaf];
    while (path.length <= MAX_CHAIN_LENGTH) {
        const last = path.at(-1);
        const issuer = issuers.find((candidate) => last && !path.includes(candidate) && last.isIssuedBy(candidate));
        if (issuer === undefined)
            return undefined;
        path.push(issuer);
        if (issuer.isIssuedBy(issuer))
            return path.map(({ x509 }) => x509);
    }
    return undefined;
}
function checkValidAt(chains, times) {
    for (const time of times) {
        if (!chains.some((chain) => isValidAt(chain, time))) {
            const leaf = chains[0]?.certificates[0];
            throw new Refused('CERTIFICATE_EXPIRED', `signed at ${time.toISOString()}, outside the validity of its certificate chain ` +
                `(certificate: ${leaf?.notBefore.toISOString()} to ${leaf?.notAfter.toISOString()})`);
        }
    }
}
function isValidAt(chain, time) {
    return (isWithin(chain.authority.validFor, time) &&
        chain.certificates.every((certificate) => certificate.validForDate(time)));
}

// EXTERNAL MODULE: ./node_modules/@sigstore/protobuf-specs/dist/index.js
var protobuf_specs_dist = __webpack_require__(9654);
;// CONCATENATED MODULE: ./.build/js/src/sigstore/verifying/library-proof.js





const TIMES_MAX = 1_000;
function proveByKey(proofs, { material, certificate, trust }) {
    const key = { publicKey: certificate.key, validFor: () => true };
    new verify_dist/* Verifier */.BL({ ...trust.material, publicKey: () => key }, { ctlogThreshold: 0, tlogThreshold: proofs.entries.length, timestampThreshold: proofs.timestamps.length }).verify(toEntity(material, proofs));
}
function proveWhole(proofs, times, context) {
    const { material, certificate, trust } = context;
    const accepted = trust.acceptedAt.get(certificate) ?? new Set();
    const wasAcceptedAt = (time) => accepted.has(time.getTime());
    const entity = toEntity(material, proofs);
    const thresholds = { tlogThreshold: trust.root.tlogs.length > 0 ? 1 : 0, timestampThreshold: 1 };
    try {
        if (times.length > 0 && times.every(wasAcceptedAt)) {
            const key = { publicKey: certificate.key, validFor: wasAcceptedAt };
            new verify_dist/* Verifier */.BL({ ...trust.material, publicKey: () => key }, { ...thresholds, ctlogThreshold: 0 }).verify(entity);
            return;
        }
        const hasCtLogs = trust.root.ctlogs.length > 0;
        const leaf = hasCtLogs ? certificate.x509 : withoutScts(certificate.x509);
        new verify_dist/* Verifier */.BL(trust.material, { ...thresholds, ctlogThreshold: hasCtLogs ? 1 : 0 }).verify({
            ...entity,
            key: { $case: 'certificate', certificate: leaf },
        });
    }
    catch (error) {
        const message = error instanceof Error ? error.message : 'unknown failure';
        throw new Refused(reasonOf(error), `@sigstore/verify: ${message}`, error);
    }
    if (accepted.size < TIMES_MAX)
        for (const time of times)
            accepted.add(time.getTime());
    trust.acceptedAt.set(certificate, accepted);
}
function reasonOf(error) {
    if (!(error instanceof verify_dist/* VerificationError */.mk))
        return 'SIGNATURE_INVALID';
    switch (error.code) {
        case 'CERTIFICATE_ERROR':
        case 'PUBLIC_KEY_ERROR':
            return 'CERTIFICATE_UNTRUSTED';
        case 'TLOG_ERROR':
        case 'TLOG_BODY_ERROR':
        case 'TLOG_INCLUSION_PROOF_ERROR':
        case 'TLOG_INCLUSION_PROMISE_ERROR':
        case 'TLOG_MISSING_INCLUSION_ERROR':
            return 'NOT_LOGGED';
        case 'TIMESTAMP_ERROR':
            return 'TIMESTAMP_INVALID';
        case 'SIGNATURE_ERROR':
        case 'NOT_IMPLEMENTED_ERROR':
            return 'SIGNATURE_INVALID';
    }
}
function toEntity(material, proofs) {
    const entity = (0,verify_dist/* toSignedEntity */.DC)({
        mediaType: '',
        verificationMaterial: {
            content: { $case: 'publicKey', publicKey: { hint: '' } },
            tlogEntries: [...proofs.entries],
            timestampVerificationData: undefined,
        },
        content: toContent(material),
    }, material.payload);
    const timestamps = proofs.timestamps.map((timestamp) => ({ $case: 'timestamp-authority', timestamp }));
    return { ...entity, timestamps: [...entity.timestamps, ...timestamps] };
}
function toContent({ payload, payloadType, signature, signedBytes }) {
    if (payloadType !== undefined) {
        return {
            $case: 'dsseEnvelope',
            dsseEnvelope: { payload, payloadType, signatures: [{ sig: signature, keyid: '' }] },
        };
    }
    const digest = (0,external_node_crypto_.createHash)('sha256').update(signedBytes).digest();
    return {
        $case: 'messageSignature',
        messageSignature: { messageDigest: { algorithm: protobuf_specs_dist.HashAlgorithm.SHA2_256, digest }, signature },
    };
}

;// CONCATENATED MODULE: ./.build/js/src/sigstore/verifying/checkpoint.js

const MAX_CHECKPOINT_LENGTH = 64 * 1024;
const SIGNATURE_LINE = /^\u2014 (\S+) (\S+)$/;
function checkCheckpoint(proof, log) {
    const envelope = proof.checkpoint?.envelope;
    if (envelope === undefined || envelope.length > MAX_CHECKPOINT_LENGTH)
        throw new TypeError('checkpoint missing or too large');
    const split = envelope.indexOf('\n\n');
    if (split < 0 || !envelope.endsWith('\n'))
        throw new TypeError('the checkpoint is not a signed note');
    const [origin, size, rootHash] = envelope.slice(0, split).split('\n');
    if (readInteger(size, 'checkpoint size') !== Number(proof.treeSize)) {
        throw new TypeError('treeSize differs from the checkpoint');
    }
    if (!readBase64(rootHash, 'checkpoint root hash').equals(proof.rootHash)) {
        throw new TypeError('rootHash differs from the checkpoint');
    }
    const names = envelope
        .slice(split + 2, -1)
        .split('\n')
        .map((line) => readSignatureLine(line, log));
    const own = names.filter((name) => name !== undefined);
    if (own.length !== 1)
        throw new TypeError('the log did not sign the checkpoint exactly once');
    if (!isOriginOf(origin ?? '', own[0] ?? '', log))
        throw new TypeError('the checkpoint is not from the log that the entry names');
}
function readSignatureLine(line, log) {
    const [, name, signature] = SIGNATURE_LINE.exec(line) ?? [];
    const bytes = readBase64(signature, 'signature line of the checkpoint');
    return bytes.subarray(0, 4).equals(log.logId.subarray(0, 4)) ? name : undefined;
}
function isOriginOf(origin, name, log) {
    if (!URL.canParse(log.baseUrl))
        throw new TypeError('the trusted root has no valid URL for the log');
    const url = new URL(log.baseUrl);
    const path = url.pathname.replace(/\/$/, '');
    const hosts = [url.hostname, url.host, `${url.host}${path}`, `${url.hostname}${path}`];
    return (hosts.includes(name) &&
        (origin === name || /^ - [0-9]+$/.test(origin.startsWith(name) ? origin.slice(name.length) : '')));
}

;// CONCATENATED MODULE: ./.build/js/src/sigstore/verifying/log-entries.js





function proveEntries(context, judge = proveByKey) {
    const { material, trust } = context;
    if (trust.logs.length === 0)
        return [];
    const named = material.entries.flatMap((parsed) => {
        const log = trust.logs.find(({ logId }) => logId.equals(parsed.entry.logId.keyId));
        return log === undefined ? [] : [{ parsed, log }];
    });
    checkNoDuplicates(named.map(({ parsed }) => parsed));
    const proven = named.map(({ parsed, log }) => refusing('NOT_LOGGED', 'the transparency log entry is not valid', () => proveEntry({ parsed, log }, context, judge)));
    if (proven.length === 0) {
        throw new Refused('NOT_LOGGED', `there is no entry from a transparency log of the trusted root in use (${trust.label})`);
    }
    return proven;
}
function proveEntry({ parsed, log }, context, judge) {
    const { entry } = parsed;
    const { material } = context;
    checkHasProof(parsed, material);
    checkLogIndex(parsed);
    if (entry.inclusionProof !== undefined)
        checkCheckpoint(entry.inclusionProof, log);
    checkEntryBody(entry.canonicalizedBody, entry.kindVersion, material);
    const time = entry.inclusionPromise === undefined ? undefined : new Date(parsed.integratedTime * 1000);
    if (time !== undefined && !isKnownAt(log, time))
        throw new TypeError('the log was not trusted at that time');
    judge({ entries: [entry], timestamps: [] }, context);
    return { parsed, log, time };
}
function checkHasProof({ entry, integratedTime }, material) {
    if (entry.inclusionProof === undefined && !material.mayLackInclusionProof)
        throw new TypeError('it has no inclusion proof');
    if (entry.inclusionPromise === undefined && material.mayLackInclusionProof) {
        throw new TypeError('it has no signed entry timestamp');
    }
    if (entry.inclusionPromise === undefined && integratedTime !== 0) {
        throw new TypeError('its integratedTime has no signed entry timestamp');
    }
}
function checkLogIndex({ entry, logIndex }) {
    if (entry.inclusionPromise === undefined && Number(entry.inclusionProof?.logIndex) !== logIndex) {
        throw new TypeError('its logIndex differs from the inclusion proof');
    }
}
function checkNoDuplicates(entries) {
    const seen = new Set();
    for (const { entry, logIndex } of entries) {
        const log = entry.logId.keyId.toString('hex');
        for (const key of [`${log} ${logIndex}`, `${log} ${entry.canonicalizedBody.toString('base64')}`]) {
            if (seen.has(key))
                throw new Refused('NOT_LOGGED', 'the same transparency log entry appears twice');
        }
        seen.add(`${log} ${logIndex}`).add(`${log} ${entry.canonicalizedBody.toString('base64')}`);
    }
}
function checkLogWindows(entries, times) {
    for (const { log, time } of entries) {
        if (time === undefined && !times.every((proven) => isKnownAt(log, proven))) {
            throw new Refused('NOT_LOGGED', 'the transparency log was not trusted at the time of the signature');
        }
    }
}
function toLogEntryFacts({ parsed, log, time }) {
    return { url: log.baseUrl, index: parsed.logIndex, integratedTime: time };
}

// EXTERNAL MODULE: ./.build/js/src/domain/signature/annotations.js
var signature_annotations = __webpack_require__(4249);
;// CONCATENATED MODULE: ./.build/js/src/sigstore/verifying/signed-content.js







const IMAGE_SIGNATURE_LIMITS = { maxBytes: 1024 * 1024, maxDepth: 100, maxMembers: 20_000 };
const ATTESTATION_LIMITS = { maxBytes: MAX_BUNDLE_BYTES, maxDepth: 100, maxMembers: 1_500_000 };
const MAX_SUBJECTS = 1024;
const MAX_DIGESTS = 32;
function readSignedContent(material, limits) {
    switch (material.content) {
        case 'statement':
            return refusing('SIGNATURE_INVALID', 'malformed statement', () => readStatement(material, limits));
        case 'simple-signing':
            return refusing('SIGNATURE_INVALID', 'malformed simple-signing payload', () => readSimpleSigning(material, limits));
        case 'message':
            return { kind: 'message' };
    }
}
function readStatement({ payload, payloadType }, limits) {
    if (payloadType !== media_types/* INTOTO_PAYLOAD */.V$)
        throw new TypeError('payloadType is not in-toto');
    const statement = readObject((0,strict_json/* parseStrictJson */.RJ)(payload, limits), 'statement', [
        '_type',
        'subject',
        'predicateType',
        'predicate',
    ]);
    const type = field(statement, '_type');
    if (type !== media_types/* STATEMENT_V1 */.om && type !== media_types/* STATEMENT_V01 */.K4)
        throw new TypeError(`_type is not ${media_types/* STATEMENT_V1 */.om}`);
    const predicateType = readString(field(statement, 'predicateType'), 'predicateType');
    const predicate = field(statement, 'predicate');
    const subjects = readList(field(statement, 'subject'), 'subject', MAX_SUBJECTS).map(signed_content_readSubject);
    if (subjects.length === 0)
        throw new TypeError('statement has no subject');
    return {
        kind: 'statement',
        type,
        predicateType,
        predicate: predicate === undefined || typeof predicate === 'string' ? predicate : readOpenObject(predicate, 'predicate'),
        subjects,
        payload,
    };
}
function readPlainStatement(bytes) {
    const payload = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return refusing('SIGNATURE_INVALID', 'malformed statement', () => readStatement({ payload, payloadType: media_types/* INTOTO_PAYLOAD */.V$ }, ATTESTATION_LIMITS));
}
const SUBJECT_TEXTS = ['name', 'uri', 'content', 'downloadLocation', 'mediaType'];
function signed_content_readSubject(value) {
    const subject = readObject(value, 'subject', [...SUBJECT_TEXTS, 'digest', 'annotations']);
    for (const name of SUBJECT_TEXTS) {
        if (!['string', 'undefined'].includes(typeof field(subject, name)))
            throw new TypeError(`subject.${name} is not a string`);
    }
    const digests = readOpenObject(field(subject, 'digest') ?? {}, 'subject.digest');
    if (Object.keys(digests).length > MAX_DIGESTS)
        throw new TypeError(`subject has more than ${MAX_DIGESTS} digests`);
    if (!isTexts(digests))
        throw new TypeError('a digest of the subject is not a string');
    const name = field(subject, 'name');
    const annotations = field(subject, 'annotations');
    return {
        name: typeof name === 'string' ? name : undefined,
        digests,
        annotations: annotations === undefined ? {} : readAnnotations(readOpenObject(annotations, 'subject.annotations')),
    };
}
function isTexts(object) {
    return Object.values(object).every((value) => typeof value === 'string');
}
function readAnnotations(object) {
    const annotations = Object.fromEntries(Object.entries(object).filter((pair) => typeof pair[1] === 'string'));
    if ((0,signature_annotations/* annotationsLength */.bF)(annotations) > signature_annotations/* ANNOTATIONS_MAX_LENGTH */.RS)
        throw new TypeError(`the annotations have more than ${signature_annotations/* ANNOTATIONS_MAX_LENGTH */.RS} characters`);
    return annotations;
}
function readSimpleSigning({ payload: bytes }, limits) {
    const payload = readObject((0,strict_json/* parseStrictJson */.RJ)(bytes, limits), 'payload', ['critical', 'optional']);
    const critical = readObject(field(payload, 'critical'), 'critical', ['identity', 'image', 'type']);
    const identity = readObject(field(critical, 'identity'), 'critical.identity', ['docker-reference']);
    const image = readObject(field(critical, 'image'), 'critical.image', ['docker-manifest-digest']);
    if (field(critical, 'type') !== media_types/* SIMPLE_SIGNING_TYPE */.g7)
        throw new TypeError(`critical.type is not "${media_types/* SIMPLE_SIGNING_TYPE */.g7}"`);
    const dockerReference = readString(field(identity, 'docker-reference'), 'docker-reference');
    if (!isDockerReference(dockerReference))
        throw new TypeError('docker-reference is not a well-formed reference');
    const digest = readString(field(image, 'docker-manifest-digest'), 'docker-manifest-digest');
    const optional = field(payload, 'optional');
    if (optional !== undefined && !(0,json_object/* isJsonObject */.O)(optional))
        throw new TypeError('optional is neither null nor an object');
    const annotations = optional === undefined ? {} : readAnnotations(optional);
    return { kind: 'simple-signing', digest, dockerReference, annotations };
}
const HOST = '(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9a-fA-F:]+\\])(?::[0-9]{1,5})?';
const PATH = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const DOCKER_REFERENCE = new RegExp(`^(?:${HOST}/)?${PATH}(?:/${PATH})*(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$`);
function isDockerReference(text) {
    return text.length <= 512 && DOCKER_REFERENCE.test(text);
}

;// CONCATENATED MODULE: ./.build/js/src/sigstore/verifying/timestamp-token.js
const TAG = { integer: 0x02, octetString: 0x04, sequence: 0x30, set: 0x31, context0: 0xa0 };
const timestamp_token_OID = {
    signedData: '1.2.840.113549.1.7.2',
    tstInfo: '1.2.840.113549.1.9.16.1.4',
    signingCertificate: '1.2.840.113549.1.9.16.2.12',
    signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
};
const SHA2 = {
    '2.16.840.1.101.3.4.2.1': 'sha256',
    '2.16.840.1.101.3.4.2.2': 'sha384',
    '2.16.840.1.101.3.4.2.3': 'sha512',
};
const SIGNATURE_ALGORITHMS = {
    ec: ['1.2.840.10045.4.3.2', '1.2.840.10045.4.3.3', '1.2.840.10045.4.3.4'],
    rsa: ['1.2.840.113549.1.1.1', '1.2.840.113549.1.1.11', '1.2.840.113549.1.1.12', '1.2.840.113549.1.1.13'],
    ed25519: ['1.3.101.112'],
};
function readTimestampToken(root) {
    const [status, contentInfo] = members(root, TAG.sequence, 2);
    const [granted] = members(status, TAG.sequence, { min: 1, max: 3 });
    if (![0n, 1n].includes(primitive(granted, TAG.integer).toInteger()))
        throw new TypeError('the authority did not grant it');
    const [contentType, content] = members(contentInfo, TAG.sequence, 2);
    if (contentType?.toOID() !== timestamp_token_OID.signedData)
        throw new TypeError('it is not signed data');
    const [signedData] = members(content, TAG.context0, 1);
    return readSignedData(signedData);
}
function readSignedData(signedData) {
    const all = members(signedData, TAG.sequence, { min: 4, max: 5 });
    const [version, digestAlgorithms, encapsulated] = all;
    if (primitive(version, TAG.integer).toInteger() !== 3n)
        throw new TypeError('its CMS version is not 3');
    if (all.length === 5 && all[3]?.tag.toDER() !== TAG.context0)
        throw new TypeError('it has an unexpected member');
    const digests = members(digestAlgorithms, TAG.set, { min: 1, max: 8 }).map(readDigestAlgorithm);
    const [eContentType, eContent] = members(encapsulated, TAG.sequence, 2);
    if (eContentType?.toOID() !== timestamp_token_OID.tstInfo)
        throw new TypeError('it does not contain a TSTInfo');
    const [octets] = members(eContent, TAG.context0, 1);
    if (octets?.tag.toDER() !== TAG.octetString)
        throw new TypeError('its content is not an octet string');
    const [signerInfo] = members(all.at(-1), TAG.set, 1);
    return readSignerInfo(signerInfo, digests);
}
function readSignerInfo(signerInfo, digests) {
    const [version, signer, digestAlgorithm, attributes, signatureAlgorithm, signature] = members(signerInfo, TAG.sequence, 6);
    if (primitive(version, TAG.integer).toInteger() !== 1n)
        throw new TypeError('its signer version is not 1');
    const [issuer, serial] = members(signer, TAG.sequence, 2);
    if (issuer?.tag.toDER() !== TAG.sequence)
        throw new TypeError('its signer has no name');
    primitive(serial, TAG.integer);
    if (!digests.includes(readDigestAlgorithm(digestAlgorithm)))
        throw new TypeError('its digest algorithms disagree');
    if (signature?.tag.toDER() !== TAG.octetString)
        throw new TypeError('its signature is not an octet string');
    return {
        signingCertificate: readSigningCertificate(members(attributes, TAG.context0, { min: 3, max: 32 })),
        signatureAlgorithm: readAlgorithm(signatureAlgorithm),
    };
}
function isMadeBy(token, key) {
    return (SIGNATURE_ALGORITHMS[key.asymmetricKeyType ?? ''] ?? []).includes(token.signatureAlgorithm);
}
function readSigningCertificate(attributes) {
    const certificateId = (oid) => {
        const found = attributes.filter((attribute) => attribute.subs[0]?.toOID() === oid);
        if (found.length > 1)
            throw new TypeError('it names its certificate twice');
        return found[0]?.subs[1]?.subs[0]?.subs[0]?.subs[0];
    };
    const v2 = certificateId(timestamp_token_OID.signingCertificateV2);
    if (v2 !== undefined) {
        const [first, second] = v2.subs;
        if (first?.tag.isOctetString())
            return { algorithm: 'sha256', hash: first.value };
        if (second?.tag.isOctetString())
            return { algorithm: readDigestAlgorithm(first), hash: second.value };
    }
    const [hash] = v2 === undefined ? (certificateId(timestamp_token_OID.signingCertificate)?.subs ?? []) : [];
    if (hash?.tag.isOctetString())
        return { algorithm: 'sha1', hash: hash.value };
    throw new TypeError('it does not name the certificate that signed it');
}
function readDigestAlgorithm(value) {
    const algorithm = SHA2[readAlgorithm(value)];
    if (algorithm === undefined)
        throw new TypeError('its digest algorithm is not SHA-2');
    return algorithm;
}
function readAlgorithm(value) {
    const [oid, parameters] = members(value, TAG.sequence, { min: 1, max: 2 });
    if (parameters !== undefined && !parameters.toDER().equals(Buffer.from([5, 0])))
        throw new TypeError('its algorithm has unexpected parameters');
    if (oid === undefined)
        throw new TypeError('no algorithm');
    return oid.toOID();
}
function members(value, tag, count) {
    const { min, max } = typeof count === 'number' ? { min: count, max: count } : count;
    const { length } = value?.subs ?? [];
    if (value?.tag.toDER() !== tag || length < min || length > max)
        throw new TypeError('it does not have the structure of a timestamp');
    return value.subs;
}
function primitive(value, tag) {
    if (value?.tag.toDER() !== tag)
        throw new TypeError('it does not have the structure of a timestamp');
    return value;
}

;// CONCATENATED MODULE: ./.build/js/src/sigstore/verifying/timestamps.js





const MAX_TIMESTAMP_BYTES = 64 * 1024;
const timestamps_OID = {
    extKeyUsage: '2.5.29.37',
    timeStamping: '1.3.6.1.5.5.7.3.8',
};
function proveTimestamps(context, judge) {
    return context.material.timestamps.flatMap((der) => refusing('TIMESTAMP_INVALID', 'the timestamp is not valid', () => {
        if (der.byteLength > MAX_TIMESTAMP_BYTES)
            throw new TypeError(`it is larger than ${MAX_TIMESTAMP_BYTES} bytes`);
        const timestamp = new dist.RFC3161Timestamp(readDer(der));
        const signers = findSigners(timestamp, context.trust);
        if (signers.length === 0)
            return [];
        checkSigner(readTimestampToken(timestamp.root), signers);
        judge({ entries: [], timestamps: [timestamp] }, context);
        return [{ timestamp, time: readTime(timestamp) }];
    }));
}
function findSigners(timestamp, trust) {
    const { signerIssuer, signerSerialNumber } = timestamp;
    return trust.timestampSigners.filter((leaf) => leaf.issuer.equals(signerIssuer) && leaf.serialNumber.equals(signerSerialNumber));
}
function checkSigner(token, signers) {
    const { algorithm, hash } = token.signingCertificate;
    const fitting = signers.filter((leaf) => {
        const usages = leaf.extension(timestamps_OID.extKeyUsage)?.valueObj.subs[0]?.subs ?? [];
        const isTimeStamping = usages.length === 1 && usages[0]?.toOID() === timestamps_OID.timeStamping;
        const isNamed = (0,external_node_crypto_.createHash)(algorithm).update(leaf.root.toDER()).digest().equals(hash);
        return isTimeStamping && isNamed && isMadeBy(token, leaf.key);
    });
    if (fitting.length === 0)
        throw new TypeError('it was not signed by the time-stamping certificate it names');
}
function readTime(timestamp) {
    const time = timestamp.signingTime;
    if (Number.isNaN(time.getTime()))
        throw new TypeError('its time is invalid');
    return time;
}

;// CONCATENATED MODULE: ./.build/js/src/sigstore/verifying/prover.js











function createProver(trust) {
    const prepared = new WeakMap();
    const certificates = createCertificateMemory();
    async function trustFor(call, hint) {
        const { label, root } = await trust.rootFor(call, hint);
        const known = prepared.get(root);
        if (known !== undefined)
            return known;
        const made = prepareTrust(label, root);
        prepared.set(root, made);
        return made;
    }
    return {
        async prepare(call) {
            await trustFor(call, { issuerOrganization: undefined, visibility: undefined });
        },
        async prove(call, { open, limits, admit }) {
            let certificate;
            try {
                const material = open();
                const parsed = certificates.parse(material.certificate);
                certificate = parsed;
                const { content, facts } = refusing('SIGNATURE_INVALID', 'the signature could not be read', () => {
                    const read = readSignedContent(material, limits);
                    checkSignature(material, parsed);
                    const content = admit(read);
                    if (isRefusal(content))
                        throw new Refused(content.reason, content.message);
                    return { content, facts: certificates.read(parsed) };
                });
                const root = await trustFor(call, {
                    issuerOrganization: facts.issuerOrganization,
                    visibility: facts.identity.claims['source-repository-visibility-at-signing'],
                });
                const proven = refusing('SIGNATURE_INVALID', 'the signature could not be checked', () => proveMaterial({ material, certificate: parsed, trust: root }, facts));
                certificates.keep(parsed);
                return { kind: 'proven', content, facts: proven };
            }
            catch (error) {
                return toRefusal(error, certificate);
            }
        },
    };
}
function isRefusal(content) {
    return content.kind === 'refused';
}
function toRefusal(error, certificate) {
    if (!(error instanceof Refused))
        throw error;
    const unverified = certificate === undefined ? undefined : readUnverifiedIdentity(certificate);
    return { kind: 'refused', reason: error.reason, message: error.message, unverified };
}
function checkSignature(material, certificate) {
    refusing('SIGNATURE_INVALID', 'the signature could not be checked', () => {
        if (!(0,external_node_crypto_.verify)('sha256', material.signedBytes, certificate.key, material.signature)) {
            throw new Refused('SIGNATURE_INVALID', 'the signature does not verify with the key of its certificate');
        }
    });
}
function proveMaterial(context, facts) {
    try {
        return proveInOrder(context, facts, () => undefined);
    }
    catch {
        return proveInOrder(context, facts, proveByKey);
    }
}
function proveInOrder(context, { identity }, judge) {
    const chains = acceptedChains(context);
    const entries = proveEntries(context, judge);
    const timestamps = proveTimestamps(context, judge);
    const times = [...entries.flatMap(({ time }) => time ?? []), ...timestamps.map(({ time }) => time)];
    if (times.length === 0) {
        throw new Refused('TIMESTAMP_INVALID', 'nothing proves the signing time: no log time and no timestamp of the trusted root');
    }
    checkLogWindows(entries, times);
    checkValidAt(chains, times);
    const proofs = {
        entries: entries.map(({ parsed }) => parsed.entry),
        timestamps: timestamps.map(({ timestamp }) => timestamp),
    };
    proveWhole(proofs, times, context);
    const [entry] = entries;
    return {
        identity,
        provenTimes: times.toSorted((a, b) => a.getTime() - b.getTime()),
        log: entry === undefined ? undefined : toLogEntryFacts(entry),
        ...(timestamps.length === 0 ? {} : { isTimestamped: true }),
    };
}
function acceptedChains({ certificate, trust }) {
    const known = trust.accepted.get(certificate);
    if (known !== undefined)
        return known;
    const chains = findChains(certificate, trust);
    checkScts(chains, trust.ctLogs);
    trust.accepted.set(certificate, chains);
    return chains;
}

;// CONCATENATED MODULE: ./.build/js/src/sigstore/verifying/verifier.js







function createSignatureVerifier({ trust, }) {
    const prover = createProver(trust);
    return {
        prepare: (call) => prover.prepare(call),
        async verify(call, candidate, subject) {
            await (0,own_turn/* ownTurn */.A)();
            const parsed = parseCandidate(candidate);
            if (parsed.kind !== 'signature')
                return parsed;
            const proof = await prover.prove(call, {
                open: () => parsed.material,
                limits: IMAGE_SIGNATURE_LIMITS,
                admit: (content) => (0,image_signature/* imageSignature */.WO)(content, subject),
            });
            if (proof.kind === 'refused')
                return proof;
            const { annotations, dockerReference } = proof.content;
            return { kind: 'verified', facts: { format: candidate.format, ...proof.facts, annotations, dockerReference } };
        },
        async verifyAttestation(call, candidate, subject) {
            await (0,own_turn/* ownTurn */.A)();
            const proof = await prover.prove(call, {
                open: () => openAttestation(candidate),
                limits: ATTESTATION_LIMITS,
                admit: (content) => attestation(content, subject),
            });
            if (proof.kind === 'refused')
                return proof;
            return { kind: 'verified', facts: { ...proof.facts, statement: proof.content.statement } };
        },
    };
}
async function readUnsignedStatement(bytes) {
    await (0,own_turn/* ownTurn */.A)();
    try {
        return readPlainStatement(bytes);
    }
    catch (error) {
        return toRefusal(error);
    }
}
function parseCandidate(candidate) {
    try {
        if (candidate.format === 'legacy') {
            return { kind: 'signature', material: readLegacyLayer(candidate.payload, candidate.annotations) };
        }
        const bundle = parseBundle(candidate.bundle);
        switch (bundle.kind) {
            case 'signature':
                return bundle;
            case 'message-signature':
                return notASignature(bundle.kind, undefined, 'a signature of a file, not of an image (messageSignature bundle)');
            case 'attestation':
                return notASignature(bundle.kind, bundle.predicateType, 'an attestation, not an image signature');
            case 'other-artifact':
                return notASignature(bundle.kind, undefined, 'an envelope whose payload is not an in-toto statement');
        }
    }
    catch (error) {
        if (error instanceof UnknownBundle && candidate.format === 'bundle' && candidate.ruledOut !== undefined) {
            const { why, predicateType } = candidate.ruledOut;
            const what = predicateType === undefined ? 'other-artifact' : 'attestation';
            return { ...notASignature(what, predicateType, `${error.message}; ${why}`), isDamaged: true };
        }
        return toRefusal(error);
    }
}
function notASignature(what, predicateType, message) {
    return { kind: 'not-a-signature', what, predicateType, message };
}
function openAttestation(candidate) {
    return candidate.format === 'bundle'
        ? parseStatementBundle(candidate.bundle)
        : readAttestationLayer(candidate.payload, candidate.annotations);
}


/***/ })

};
