export const id = 350;
export const ids = [350];
export const modules = {

/***/ 3549:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   RM: () => (/* binding */ TRUSTED_ROOT_PLACE),
/* harmony export */   U8: () => (/* binding */ STATEMENT_PLACE),
/* harmony export */   wP: () => (/* binding */ ENTRY_BODY_PLACE),
/* harmony export */   x6: () => (/* binding */ BUNDLE_PLACE)
/* harmony export */ });
/**
 * The keys of Sigstore's documents, each message by its .proto file in protobuf-specs (protobuf JSON names). Go reads
 * them by protojson, which also takes the field names of the .proto file (`message_signature`).
 */
// sigstore_common.proto
const LOG_ID = { keyId: null };
const TIME_RANGE = { start: null, end: null };
const CERTIFICATE = { rawBytes: null };
const CERTIFICATE_CHAIN = { certificates: CERTIFICATE };
const PUBLIC_KEY = { rawBytes: null, keyDetails: null, validFor: TIME_RANGE };
// sigstore_rekor.proto
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
// sigstore_bundle.proto, with envelope.proto
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
// in-toto attestation framework v1, statement.proto and resource_descriptor.proto
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
// sigstore_trustroot.proto
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
// Rekor's entry bodies: rekor pkg/types (hashedrekord 0.0.1, dsse 0.0.1, intoto 0.0.2) and rekor-tiles (0.0.2).
// Their fields are read by name at places that differ, so one place holds those of all.
const HASH = { algorithm: null, value: null };
const V1_SIGNATURE = {
    content: null,
    publicKey: { content: null },
    // hashedrekord 0.0.2
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

/***/ 1350:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createSignatureVerifier: () => (/* binding */ createSignatureVerifier)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./node_modules/@sigstore/core/dist/index.js
var dist = __webpack_require__(3917);
// EXTERNAL MODULE: ./.build/js/src/domain/image/media-types.js
var media_types = __webpack_require__(4988);
// EXTERNAL MODULE: ./.build/js/src/domain/text/strict-json.js
var strict_json = __webpack_require__(7442);
;// CONCATENATED MODULE: ./.build/js/src/domain/text/top-level-text.js

/**
 * The text under one key of a document's outermost object, without reading the rest: for documents that are too large
 * to be parsed and need not be. Undefined if the key is not there. Throws SyntaxError if it is there twice, in
 * another spelling (as parseStrictJson with `snakeCase`), or is not text.
 */
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
                    throw new SyntaxError(`more than one reading of the key "${key}"`);
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
/** The object, if it has no field outside `fields`. */
function readObject(value, name, fields) {
    const object = readOpenObject(value, name);
    for (const key of Object.keys(object)) {
        if (!fields.includes(key))
            throw new TypeError(`${name} has an unknown field ${JSON.stringify(key.slice(0, 80))}`);
    }
    return object;
}
/** The object, whatever its fields. */
function readOpenObject(value, name) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
        throw new TypeError(`${name} is not an object`);
    return value;
}
function isJsonObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
/** The field, or undefined if it is absent or null (protobuf JSON: null is an unset field). */
function field(object, name) {
    return Object.hasOwn(object, name) ? (object[name] ?? undefined) : undefined;
}
function readString(value, name) {
    if (typeof value !== 'string' || value === '')
        throw new TypeError(`${name} is not a non-empty string`);
    return value;
}
/** An absent list is empty, as protobuf writes it. */
function readList(value, name, max) {
    if (value === undefined)
        return [];
    if (!Array.isArray(value))
        throw new TypeError(`${name} is not a list`);
    if (value.length > max)
        throw new TypeError(`${name} has ${value.length} items, more than ${max}`);
    return value;
}
/**
 * Standard padded base64 of at least one byte. Buffer skips or completes what it does not know, so only a text that
 * it writes again is canonical. No regular expression: over a few megabytes they run out of stack, and a large
 * attestation would count as malformed.
 */
function readBase64(value, name) {
    const text = readString(value, name);
    const bytes = Buffer.from(text, 'base64');
    if (bytes.toString('base64') !== text)
        throw new TypeError(`${name} is not canonical base64`);
    return bytes;
}
const HEX_256 = /^[0-9a-f]{64}$/;
/** 64 lower-case hex digits. */
function readSha256Hex(value, name) {
    const text = readString(value, name);
    if (!HEX_256.test(text))
        throw new TypeError(`${name} is not 64 lower-case hex digits`);
    return Buffer.from(text, 'hex');
}
/** A non-negative int64 as protobuf JSON writes it (decimal string, absent = 0), small enough for a number. */
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
/**
 * Thrown by one check of a signature to refuse it; the verifier turns it into a `refused` value. It never
 * leaves src/sigstore: a refusal is a decision, not a failure.
 */
class Refused extends Error {
    name = 'Refused';
    reason;
    constructor(reason, message, cause) {
        super(message, cause === undefined ? undefined : { cause });
        this.reason = reason;
    }
}
/**
 * Runs one check and turns whatever it throws into a refusal: libraries answer malformed input with
 * TypeError, SyntaxError, RangeError and their own classes, none of which may pass or crash the gate.
 */
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
/** A hostile text, quoted and cut, for use inside a message. */
function quoted(text, maxLength = 200) {
    return JSON.stringify(text.length > maxLength ? `${text.slice(0, maxLength)}…` : text);
}

;// CONCATENATED MODULE: ./.build/js/src/sigstore/verifying/bundle-json.js







/** Attestations such as SBOMs are large and must still be recognised. */
const MAX_BUNDLE_BYTES = 16 * 1024 * 1024;
/** An image signature is about 10 kB; nothing this large is one. */
const MAX_SIGNATURE_BUNDLE_BYTES = 1024 * 1024;
/** A bundle is some twenty objects around a few long texts, the largest of which is its payload. */
const BUNDLE_READING = {
    maxBytes: MAX_BUNDLE_BYTES,
    maxDepth: 32,
    maxMembers: 10_000,
    place: json_places/* BUNDLE_PLACE */.x6,
    snakeCase: true,
};
/** Statements of image signatures have one subject; what has more than this is an attestation, or nothing. */
const STATEMENT_READING = {
    maxBytes: MAX_BUNDLE_BYTES,
    maxDepth: 100,
    maxMembers: 20_000,
    place: json_places/* STATEMENT_PLACE */.U8,
    snakeCase: true,
};
/** As sigstore-go caps them (CVE-2024-45395). */
const MAX_ENTRIES = 32;
const MAX_TIMESTAMPS = 32;
const MAX_PROOF_HASHES = 64;
const MAX_PREDICATE_TYPE_LENGTH = 512;
/** sigstore_bundle.proto: the spellings that were ever written; a later version is not ours to guess. */
const VERSIONS = {
    'application/vnd.dev.sigstore.bundle+json;version=0.1': '0.1',
    'application/vnd.dev.sigstore.bundle+json;version=0.2': '0.2',
    'application/vnd.dev.sigstore.bundle+json;version=0.3': '0.3',
    'application/vnd.dev.sigstore.bundle.v0.3+json': '0.3',
};
/**
 * Parses a Sigstore bundle v0.1–0.3. What is not an image signature by its content is only named; an image
 * signature must keep every rule of the format, else Refused SIGNATURE_INVALID.
 */
function parseBundle(bytes) {
    return refusing('SIGNATURE_INVALID', 'malformed bundle', () => {
        const bundle = readOpenObject((0,strict_json/* parseStrictJson */.RJ)(bytes, BUNDLE_READING), 'bundle');
        const envelope = field(bundle, 'dsseEnvelope');
        if (field(bundle, 'messageSignature') !== undefined) {
            if (envelope !== undefined)
                throw new TypeError('bundle has both dsseEnvelope and messageSignature');
            return { kind: 'message-signature' };
        }
        if (envelope === undefined)
            throw new TypeError('bundle has no content');
        const other = classifyEnvelope(readOpenObject(envelope, 'dsseEnvelope'));
        if (other !== undefined)
            return other;
        if (bytes.byteLength > MAX_SIGNATURE_BUNDLE_BYTES)
            throw new TypeError('bundle is too large for an image signature');
        return { kind: 'signature', material: readSignatureBundle(bundle) };
    });
}
/** Tells an attestation or another artifact from an image signature, before the bundle is held to its rules. */
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
/** SBOMs have hundreds of thousands of members, and all that is asked of one is that it is no image signature. */
function readPredicateType(payload) {
    try {
        const statement = (0,strict_json/* parseStrictJson */.RJ)(payload, STATEMENT_READING);
        return isJsonObject(statement) ? field(statement, 'predicateType') : undefined;
    }
    catch (error) {
        if (!(error instanceof strict_json/* JsonLimitError */.CI))
            throw error;
        return readTopLevelText(payload, 'predicateType', STATEMENT_READING);
    }
}
function readSignatureBundle(value) {
    const bundle = readObject(value, 'bundle', ['mediaType', 'verificationMaterial', 'dsseEnvelope', 'messageSignature']);
    const version = readVersion(bundle);
    const material = readObject(field(bundle, 'verificationMaterial'), 'verificationMaterial', [
        'certificate',
        'x509CertificateChain',
        'publicKey',
        'tlogEntries',
        'timestampVerificationData',
    ]);
    const envelope = readObject(field(bundle, 'dsseEnvelope'), 'dsseEnvelope', ['payload', 'payloadType', 'signatures']);
    const payloadType = readString(field(envelope, 'payloadType'), 'payloadType');
    const payload = readBase64(field(envelope, 'payload'), 'payload');
    return {
        format: 'bundle',
        certificate: readCertificateBytes(material, version),
        signature: readEnvelopeSignature(envelope),
        signedBytes: dist.dsse.preAuthEncoding(payloadType, payload),
        payload,
        payloadType,
        mayLackInclusionProof: version === '0.1',
        entries: readList(field(material, 'tlogEntries'), 'tlogEntries', MAX_ENTRIES).map(readEntry),
        timestamps: readTimestamps(field(material, 'timestampVerificationData')),
    };
}
function readVersion(bundle) {
    const mediaType = readString(field(bundle, 'mediaType'), 'mediaType');
    const version = Object.hasOwn(VERSIONS, mediaType) ? VERSIONS[mediaType] : undefined;
    if (version === undefined)
        throw new TypeError('mediaType is not that of a bundle v0.1, v0.2 or v0.3');
    return version;
}
/** The one certificate; v0.3 has it alone, the older versions may wrap it in a chain of one. */
function readCertificateBytes(material, version) {
    const single = field(material, 'certificate');
    const chain = field(material, 'x509CertificateChain');
    if (field(material, 'publicKey') !== undefined) {
        if (single !== undefined || chain !== undefined)
            throw new TypeError('bundle has a public key beside a certificate');
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
        throw new TypeError('x509CertificateChain does not hold exactly one certificate');
    return readRawBytes(leaf, 'certificate');
}
function readRawBytes(value, name) {
    return readBase64(field(readObject(value, name, ['rawBytes']), 'rawBytes'), `${name}.rawBytes`);
}
function readEnvelopeSignature(envelope) {
    const signatures = readList(field(envelope, 'signatures'), 'signatures', 16);
    if (signatures.length !== 1)
        throw new TypeError(`envelope has ${signatures.length} signatures instead of one`);
    const signature = readObject(signatures[0], 'signature', ['sig', 'keyid']);
    const keyid = field(signature, 'keyid');
    // The key is the certificate's; a hint to another one is a lie or a leftover (cosign writes none, sigstore-js '').
    if (keyid !== undefined && keyid !== '')
        throw new TypeError('signature has a keyid');
    return readBase64(field(signature, 'sig'), 'sig');
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

// EXTERNAL MODULE: ./.build/js/src/domain/signature/claims.js
var signature_claims = __webpack_require__(9282);
;// CONCATENATED MODULE: ./.build/js/src/sigstore/verifying/kept-encoding.js
/**
 * The certificate, encoded once: @sigstore/core encodes a certificate anew whenever it compares or verifies
 * one, which @sigstore/verify does dozens of times for each signature (20 ms of its 25).
 */
function keepEncoding(certificate) {
    const { root, tbsCertificate } = certificate;
    for (const object of [root, tbsCertificate, tbsCertificate.subs[6]])
        keep(object);
    return certificate;
}
function keep(object) {
    if (object === undefined)
        return;
    const der = object.toDER();
    // A copy each time: the encoding is handed to code that may write into it.
    Object.defineProperty(object, 'toDER', { value: () => Buffer.from(der) });
}

;// CONCATENATED MODULE: ./.build/js/src/sigstore/verifying/certificate.js




/** Fulcio certificates are about 1.7 kB. */
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
/** Critical extensions whose meaning is checked here; any other critical one is refused (RFC 5280 §4.2). */
const UNDERSTOOD_CRITICAL = [
    OID.keyUsage,
    OID.subjectAltName,
    OID.basicConstraints,
    OID.extKeyUsage,
];
/**
 * Parses DER into a certificate and its P-256 key: the only kind that @sigstore/verify verifies safely
 * (its DSSE and SET checks take the key's default digest), and the one that every client uses. Refused SIGNATURE_INVALID.
 */
function parseCertificate(der) {
    return refusing('SIGNATURE_INVALID', 'malformed certificate', () => {
        if (der.byteLength > MAX_CERTIFICATE_BYTES)
            throw new TypeError(`larger than ${MAX_CERTIFICATE_BYTES} bytes`);
        const bytes = Buffer.from(der);
        const x509 = keepEncoding(dist.X509Certificate.parse(bytes));
        const key = dist.crypto.createPublicKey(x509.publicKey);
        if (key.asymmetricKeyType !== 'ec' || key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
            throw new TypeError('the key is not ECDSA P-256');
        }
        return { der: bytes, x509, key };
    });
}
/**
 * Reads identity, claims and validity of a signing certificate (Fulcio docs/certificate-specification.md,
 * docs/oid-info.md). Refused CERTIFICATE_UNTRUSTED if it may not sign, is a CA, has not exactly one subject,
 * or holds a malformed, duplicate or unknown critical extension. Control characters stay in the values: data.
 */
function readCertificate(certificate) {
    return refusing('CERTIFICATE_UNTRUSTED', 'unusable signing certificate', () => {
        const { x509 } = certificate;
        const extensions = readExtensions(x509);
        checkUsage(x509, extensions);
        const claims = readClaims(extensions);
        const issuer = claims.issuer ?? claims['issuer-deprecated'];
        if (issuer === undefined)
            throw new TypeError('it names no issuer');
        // cosign reads .1 from legacy signatures and .8 from bundles: two values would be two identities.
        if ((claims['issuer-deprecated'] ?? issuer) !== issuer)
            throw new TypeError('its two issuer extensions differ');
        return {
            identity: { issuer, claims, ...readSubject(extensions.get(OID.subjectAltName)) },
            notBefore: readTime(x509.notBefore),
            notAfter: readTime(x509.notAfter),
            issuerOrganization: readOrganization(x509.issuer),
        };
    });
}
/** The identity for display beside a refusal, if it can be read at all. */
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
/** @sigstore/verify checks neither the extended key usage nor that the leaf is no CA. */
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
    return dist.ASN1Obj.parseBuffer(Buffer.from(value));
}
/** Fulcio writes exactly one SAN; with two, readers would disagree about who signed. */
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
/** IA5String: 7 bits; Node's 'ascii' would drop the eighth and make another name. */
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
        // A claim the certificate lacks is absent, never '': nothing may equal it (identity rule 6).
        if (text !== '')
            claims[signature_claims/* CLAIM_NAMES */.mw[number]] = text;
    }
    return claims;
}
function isClaimNumber(text) {
    return Object.hasOwn(signature_claims/* CLAIM_NAMES */.mw, text);
}
const UTF8_STRING = 0x0c;
/** One DER UTF8String and nothing after it. */
function readUtf8String(der) {
    const object = dist.ASN1Obj.parseBuffer(Buffer.from(der));
    if (der[0] !== UTF8_STRING)
        throw new TypeError('a claim is not a UTF8String');
    return decodeUtf8(object.value);
}
function decodeUtf8(bytes) {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}
function readTime(time) {
    if (Number.isNaN(time.getTime()))
        throw new TypeError('its validity is not a time');
    return time;
}
function readOrganization(issuer) {
    // `issuer` is the content of the Name: one RelativeDistinguishedName (SET) after another.
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
    return [dist.ASN1Obj.parseBuffer(Buffer.from(bytes.subarray(0, end))), bytes.subarray(end)];
}

// EXTERNAL MODULE: ./node_modules/@sigstore/verify/dist/index.js
var verify_dist = __webpack_require__(4187);
// EXTERNAL MODULE: ./.build/js/src/coded-error.js
var coded_error = __webpack_require__(6329);
;// CONCATENATED MODULE: ./.build/js/src/sigstore/verifying/trust.js



/** Parses every key and certificate of the root; throws CodedError TRUST_ROOT_INVALID if one is broken. */
function prepareTrust(label, root) {
    try {
        const material = (0,verify_dist/* toTrustMaterial */.jO)(root);
        for (const { certChain } of [...material.certificateAuthorities, ...material.timestampAuthorities]) {
            for (const certificate of certChain)
                keepEncoding(certificate);
        }
        const logs = root.tlogs.map((log, index) => knownLog(log, material.tlogs[index]));
        const ctLogs = root.ctlogs.map((log, index) => knownLog(log, material.ctlogs[index]));
        return { label, root, logs, ctLogs, material };
    }
    catch (cause) {
        throw new coded_error/* CodedError */.AK('TRUST_ROOT_INVALID', `the trusted root "${label}" holds a broken key or certificate`, {
            cause,
        });
    }
}
function knownLog(log, authority) {
    if (authority === undefined)
        throw new TypeError('log without key');
    const { start, end } = log.publicKey?.validFor ?? {};
    return { baseUrl: log.baseUrl, logId: authority.logID, key: authority.publicKey, start, end };
}
/** A log without a validity start was never vouched for at any time (@sigstore/verify takes it as always). */
function isKnownAt(log, time) {
    return log.start !== undefined && isWithin(log, time);
}
/** Both ends inclusive, a missing end open, as protobuf-specs' TimeRange says. */
function isWithin(range, time) {
    const { start, end } = range ?? {};
    return (start === undefined || start <= time) && (end === undefined || time <= end);
}

;// CONCATENATED MODULE: ./.build/js/src/sigstore/verifying/certificate-transparency.js



const MAX_SCTS = 16;
/**
 * Refused CERTIFICATE_UNTRUSTED unless the certificate carries a signed certificate timestamp (RFC 6962 §3.2)
 * and every one it carries was made by a CT log of the trusted root within that log's window. A root without
 * CT logs cannot check any, so it asks for none.
 */
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
/** The timestamps, and the TBSCertificate without their extension, which is what the log signed. */
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
/**
 * The certificate, whose SCTs @sigstore/verify will not find: it checks every SCT it finds, and a trusted root
 * without CT logs knows none of their logs. It looks for them in a clone, so only the clone lacks them.
 */
function withoutScts(certificate) {
    const copy = certificate.clone();
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
/**
 * Every chain to an authority of the trusted root, whatever the time: the whole chain is judged at the proven
 * times later (checkValidAt). Refused CERTIFICATE_UNTRUSTED if there is none.
 */
function findChains(leaf, { label, root }) {
    return refusing('CERTIFICATE_UNTRUSTED', 'the certificate chain could not be built', () => {
        const chains = root.certificateAuthorities.flatMap((authority) => {
            const certificates = buildChain(leaf.der, authority);
            return certificates === undefined ? [] : [{ certificates, authority }];
        });
        if (chains.length > 0)
            return chains;
        throw new Refused('CERTIFICATE_UNTRUSTED', `the certificate was issued by no authority of the trusted root in use (${label})`);
    });
}
function buildChain(leaf, authority) {
    const issuers = (authority.certChain?.certificates ?? []).map((certificate) => new external_node_crypto_.X509Certificate(certificate.rawBytes));
    const path = [new external_node_crypto_.X509Certificate(leaf)];
    while (path.length <= MAX_CHAIN_LENGTH) {
        const last = path.at(-1);
        const issuer = issuers.find((candidate) => last && !path.includes(candidate) && isIssuedBy(last, candidate));
        if (issuer === undefined)
            return undefined;
        path.push(issuer);
        if (isIssuedBy(issuer, issuer))
            return path.map((certificate) => dist.X509Certificate.parse(Buffer.from(certificate.raw)));
    }
    return undefined;
}
function isIssuedBy(certificate, issuer) {
    return issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}
/**
 * Refused CERTIFICATE_EXPIRED unless, at each proven time, one whole chain was valid: leaf, intermediates,
 * root (CVE-2026-24122) and the window in which the trusted root believes that authority.
 */
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

;// CONCATENATED MODULE: ./.build/js/src/sigstore/verifying/pem.js

const ONE_CERTIFICATE = /^-----BEGIN CERTIFICATE-----\r?\n([A-Za-z0-9+/=\r\n]+)-----END CERTIFICATE-----\s*$/;
/** DER of the one certificate in a PEM text; throws TypeError on two blocks, another label or text around it. */
function readOneCertificatePem(pem, name) {
    const body = ONE_CERTIFICATE.exec(pem)?.[1];
    if (body === undefined)
        throw new TypeError(`${name} is not exactly one PEM certificate`);
    return readBase64(body.replace(/[\r\n]/g, ''), name);
}

;// CONCATENATED MODULE: ./.build/js/src/sigstore/verifying/entry-body.js





const READING = { maxBytes: 256 * 1024, maxDepth: 32, maxMembers: 1000, place: json_places/* ENTRY_BODY_PLACE */.wP };
/** The body of a log entry. Throws SyntaxError or TypeError. */
function readEntryBody(body) {
    return readOpenObject((0,strict_json/* parseStrictJson */.RJ)(body, READING), 'entry body');
}
/**
 * Throws TypeError unless the entry is about this very signature: kind and version as announced, and
 * signature, certificate and digest equal to the bundle's (CVE-2022-23649, CVE-2026-22703; @sigstore/verify
 * compares the first and the last, not the certificate).
 */
function checkEntryBody(body, announced, material) {
    const entry = readEntryBody(body);
    const kind = readString(field(entry, 'kind'), 'kind');
    const version = readString(field(entry, 'apiVersion'), 'apiVersion');
    if (kind !== announced.kind || version !== announced.version)
        throw new TypeError('kindVersion is not that of the entry');
    const logged = readLoggedSignature(`${kind} ${version}`, readOpenObject(field(entry, 'spec'), 'spec'), material);
    const expected = sha256(logged.digestOf === 'payload' ? material.payload : material.signedBytes);
    if (!logged.signature.equals(material.signature))
        throw new TypeError('the entry is of another signature');
    if (!logged.certificate.equals(material.certificate))
        throw new TypeError('the entry is of another certificate');
    if (!logged.digest.equals(expected))
        throw new TypeError('the entry is of another digest');
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
            // dsse 0.0.2 is gone from logs and sigstore-go; intoto 0.0.1 does not record the signature, so it binds nothing.
            break;
    }
    const shown = JSON.stringify(kindVersion.slice(0, 40));
    throw new TypeError(`the entry is of a kind that cannot vouch for this signature: ${shown}`);
}
/** rekor pkg/types/hashedrekord/v0.0.1. Over a DSSE envelope the digest is that of its pre-authentication encoding. */
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
/** rekor-tiles hashedrekord v0.0.2. */
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
/** rekor pkg/types/dsse/v0.0.1; its envelopeHash depends on how the envelope was spelled, so payloadHash binds. */
function readDsse(spec) {
    const signature = readOnlySignature(field(spec, 'signatures'));
    return {
        signature: readBase64(field(signature, 'signature'), 'signature'),
        certificate: readPem(field(signature, 'verifier')),
        digest: readHash(field(spec, 'payloadHash')),
        digestOf: 'payload',
    };
}
/** rekor pkg/types/intoto/v0.0.2: the signature is base64 twice. */
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






/** Of the annotations that hold JSON; their objects are closed. */
const LIMITS = { maxBytes: 256 * 1024, maxDepth: 32, maxMembers: 1000 };
const MAX_PAYLOAD_BYTES = 1024 * 1024;
/**
 * Reads a `.sig` layer (cosign specs/SIGNATURE_SPEC.md, with the keys its code uses) into the same material as a bundle: payload, signature,
 * certificate, signed entry timestamp and RFC 3161 response. The chain annotation is never read: the
 * trusted root holds the chain. Refused SIGNATURE_INVALID if anything is malformed.
 */
function readLegacyLayer(payload, annotations) {
    return refusing('SIGNATURE_INVALID', 'malformed signature layer', () => {
        if (payload.byteLength > MAX_PAYLOAD_BYTES)
            throw new TypeError('payload is too large for an image signature');
        const certificate = annotation(annotations, media_types/* CERTIFICATE_ANNOTATION */.oZ);
        const signature = readBase64(annotation(annotations, media_types/* SIGNATURE_ANNOTATION */.ZB), media_types/* SIGNATURE_ANNOTATION */.ZB);
        if (certificate === undefined) {
            throw new Refused('CERTIFICATE_UNTRUSTED', 'the layer has no certificate: it was signed with a plain key');
        }
        const rekorBundle = annotation(annotations, media_types/* REKOR_BUNDLE_ANNOTATION */.BJ);
        const timestamp = annotation(annotations, media_types/* TIMESTAMP_ANNOTATION */.$n);
        const bytes = Buffer.from(payload);
        return {
            format: 'legacy',
            certificate: readOneCertificatePem(certificate, media_types/* CERTIFICATE_ANNOTATION */.oZ),
            signature,
            signedBytes: bytes,
            payload: bytes,
            payloadType: undefined,
            mayLackInclusionProof: true,
            entries: rekorBundle === undefined ? [] : [readRekorBundle(rekorBundle)],
            timestamps: timestamp === undefined ? [] : [readTimestamp(timestamp)],
        };
    });
}
function annotation(annotations, name) {
    return Object.hasOwn(annotations, name) ? annotations[name] : undefined;
}
/** cosign's RekorBundle: numbers are JSON numbers here, the log id is hex, the index is the global one. */
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
/** The annotation does not repeat kind and version: they are the body's own. */
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

// EXTERNAL MODULE: ./node_modules/@sigstore/protobuf-specs/dist/index.js
var protobuf_specs_dist = __webpack_require__(9654);
;// CONCATENATED MODULE: ./.build/js/src/sigstore/verifying/library-proof.js





/**
 * Throws unless @sigstore/verify proves every given log entry and timestamp to be about this signature, made
 * by the certificate's key. Looks at the key only: the certificate has its own checks and its own reason.
 */
function proveByKey(material, certificate, proofs, trust) {
    const entity = toEntity(material, proofs);
    const key = { publicKey: certificate.key, validFor: () => true };
    new verify_dist/* Verifier */.BL({ ...trust.material, publicKey: () => key }, { ctlogThreshold: 0, tlogThreshold: proofs.entries.length, timestampThreshold: proofs.timestamps.length }).verify(entity);
}
/**
 * The last word: @sigstore/verify judges the whole signature with exactly the proofs that count. Whatever our
 * own checks found good, it must find good too; its error names the reason.
 */
function proveWhole(material, certificate, proofs, trust) {
    const entity = toEntity(material, proofs);
    const hasCtLogs = trust.root.ctlogs.length > 0;
    const leaf = hasCtLogs ? certificate.x509 : withoutScts(certificate.x509);
    const verifier = new verify_dist/* Verifier */.BL(trust.material, {
        ctlogThreshold: hasCtLogs ? 1 : 0,
        tlogThreshold: trust.root.tlogs.length > 0 ? 1 : 0,
        timestampThreshold: 1,
    });
    try {
        verifier.verify({ ...entity, key: { $case: 'certificate', certificate: leaf } });
    }
    catch (error) {
        const message = error instanceof Error ? error.message : 'unknown failure';
        throw new Refused(reasonOf(error), `@sigstore/verify: ${message}`, error);
    }
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
/** The normalised bundle: only what counts, digests computed by us. */
function toEntity(material, proofs) {
    return (0,verify_dist/* toSignedEntity */.DC)({
        // The library reads the version only when it parses JSON, which it does not do here.
        mediaType: '',
        verificationMaterial: {
            // Replaced by the parsed certificate or its key.
            content: { $case: 'publicKey', publicKey: { hint: '' } },
            tlogEntries: [...proofs.entries],
            timestampVerificationData: {
                rfc3161Timestamps: proofs.timestamps.map((signedTimestamp) => ({ signedTimestamp })),
            },
        },
        content: toContent(material),
    }, material.payload);
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
/**
 * Throws TypeError unless the inclusion proof and its checkpoint (C2SP tlog-checkpoint, signed-note) say the
 * same: root hash and tree size equal (@sigstore/verify reads only the checkpoint's), the note is whole, and
 * the log that the entry names signed it under its own name. The signature itself is @sigstore/verify's to
 * check, against that one log's key.
 */
function checkCheckpoint(proof, log) {
    const envelope = proof.checkpoint?.envelope;
    if (envelope === undefined || envelope.length > MAX_CHECKPOINT_LENGTH)
        throw new TypeError('checkpoint missing or too large');
    const split = envelope.indexOf('\n\n');
    if (split < 0 || !envelope.endsWith('\n'))
        throw new TypeError('the checkpoint is not a signed note');
    const [origin, size, rootHash] = envelope.slice(0, split).split('\n');
    if (readInteger(size, 'checkpoint size') !== Number(proof.treeSize)) {
        throw new TypeError('treeSize is not that of the checkpoint');
    }
    if (!readBase64(rootHash, 'checkpoint root hash').equals(proof.rootHash)) {
        throw new TypeError('rootHash is not that of the checkpoint');
    }
    const names = envelope
        .slice(split + 2, -1)
        .split('\n')
        .map((line) => readSignatureLine(line, log));
    const own = names.filter((name) => name !== undefined);
    if (own.length !== 1)
        throw new TypeError('the log did not sign the checkpoint exactly once');
    if (!isOriginOf(origin ?? '', own[0] ?? '', log))
        throw new TypeError('the checkpoint is not of the log the entry names');
}
/** The signer's name, if the key hint says it is this log; other lines are co-signatures of witnesses. */
function readSignatureLine(line, log) {
    const [, name, signature] = SIGNATURE_LINE.exec(line) ?? [];
    const bytes = readBase64(signature, 'signature line of the checkpoint');
    return bytes.subarray(0, 4).equals(log.logId.subarray(0, 4)) ? name : undefined;
}
/** Rekor v1 writes `<host> - <tree id>`, v2 its bare origin; both sign as `<host>`. */
function isOriginOf(origin, name, log) {
    if (!URL.canParse(log.baseUrl))
        throw new TypeError('the trusted root gives the log no URL that could be its name');
    const url = new URL(log.baseUrl);
    const path = url.pathname.replace(/\/$/, '');
    const hosts = [url.hostname, url.host, `${url.host}${path}`, `${url.hostname}${path}`];
    return (hosts.includes(name) &&
        (origin === name || /^ - [0-9]+$/.test(origin.startsWith(name) ? origin.slice(name.length) : '')));
}

;// CONCATENATED MODULE: ./.build/js/src/sigstore/verifying/log-entries.js





/**
 * The proven entries among those that name a log of the trusted root; others are surplus and ignored, and a
 * root without logs ignores all. Refused NOT_LOGGED if one that names a log of the root fails, or if the
 * root lists logs and nothing is left (contract §3.4).
 */
function proveEntries(material, certificate, trust) {
    if (trust.logs.length === 0)
        return [];
    const named = material.entries.flatMap((parsed) => {
        const log = trust.logs.find(({ logId }) => logId.equals(parsed.entry.logId.keyId));
        return log === undefined ? [] : [{ parsed, log }];
    });
    checkNoDuplicates(named.map(({ parsed }) => parsed));
    const proven = named.map(({ parsed, log }) => refusing('NOT_LOGGED', 'the transparency log entry does not hold', () => proveEntry(parsed, log, { material, certificate, trust })));
    if (proven.length === 0) {
        throw new Refused('NOT_LOGGED', `there is no entry of a transparency log that the trusted root in use (${trust.label}) lists`);
    }
    return proven;
}
function proveEntry(parsed, log, context) {
    const { entry } = parsed;
    const { material, certificate, trust } = context;
    checkHasProof(parsed, material);
    checkLogIndex(parsed);
    if (entry.inclusionProof !== undefined)
        checkCheckpoint(entry.inclusionProof, log);
    checkEntryBody(entry.canonicalizedBody, entry.kindVersion, material);
    const time = entry.inclusionPromise === undefined ? undefined : new Date(parsed.integratedTime * 1000);
    if (time !== undefined && !isKnownAt(log, time))
        throw new TypeError('the log was not trusted at that time');
    proveByKey(material, certificate, { entries: [entry], timestamps: [] }, trust);
    return { parsed, log, time };
}
/** Bundle v0.1 and legacy layers promise inclusion, later bundles prove it; a time needs the promise. */
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
/** The signed entry timestamp covers the global index; without one it must be the index that the proof proves. */
function checkLogIndex({ entry, logIndex }) {
    if (entry.inclusionPromise === undefined && Number(entry.inclusionProof?.logIndex) !== logIndex) {
        throw new TypeError('its logIndex is not the one proven');
    }
}
/** One log counted twice is not two proofs (GHSA-9vcr-p3rj-q5q6); a repeated entry is no honest bundle. */
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
/**
 * Refused NOT_LOGGED if an entry without a time of its own comes from a log that was not trusted at the time
 * the timestamps prove (GHSA-wqqc-jjcq-vfxm).
 */
function checkLogWindows(entries, times) {
    for (const { log, time } of entries) {
        if (time === undefined && !times.every((proven) => isKnownAt(log, proven))) {
            throw new Refused('NOT_LOGGED', 'the transparency log was not trusted at the time of the signature');
        }
    }
}
/** What to report about the entry. */
function toLogEntryFacts({ parsed, log, time }) {
    return { url: log.baseUrl, index: parsed.logIndex, integratedTime: time };
}

// EXTERNAL MODULE: ./.build/js/src/domain/image/digest.js
var image_digest = __webpack_require__(3258);
// EXTERNAL MODULE: ./.build/js/src/domain/signature/annotations-length.js
var annotations_length = __webpack_require__(882);
;// CONCATENATED MODULE: ./.build/js/src/sigstore/verifying/signed-statement.js






/** All objects but the maps are closed, so another spelling of a key is an unknown field. */
const signed_statement_LIMITS = { maxBytes: 1024 * 1024, maxDepth: 100, maxMembers: 20_000 };
/** As sigstore-go caps them (CVE-2024-45395). */
const MAX_SUBJECTS = 1024;
const MAX_DIGESTS = 32;
/** Parses what was signed, by its format; Refused SIGNATURE_INVALID if it is not the statement of an image signature. */
function readSignedStatement(material, subject) {
    return material.format === 'bundle'
        ? refusing('SIGNATURE_INVALID', 'malformed statement', () => readStatement(material, subject))
        : refusing('SIGNATURE_INVALID', 'malformed simple-signing payload', () => readSimpleSigning(material));
}
/** in-toto attestation framework v1, Statement; protojson: no unknown field. */
function readStatement(material, digest) {
    if (material.payloadType !== media_types/* INTOTO_PAYLOAD */.V$)
        throw new TypeError('payloadType is not in-toto');
    const statement = readObject((0,strict_json/* parseStrictJson */.RJ)(material.payload, signed_statement_LIMITS), 'statement', [
        '_type',
        'subject',
        'predicateType',
        'predicate',
    ]);
    if (field(statement, '_type') !== media_types/* STATEMENT_V1 */.om)
        throw new TypeError(`_type is not ${media_types/* STATEMENT_V1 */.om}`);
    if (field(statement, 'predicateType') !== media_types/* COSIGN_SIGN_PREDICATE */.u) {
        throw new TypeError(`predicateType is not ${media_types/* COSIGN_SIGN_PREDICATE */.u}`);
    }
    const predicate = field(statement, 'predicate');
    if (predicate !== undefined)
        readOpenObject(predicate, 'predicate');
    const subjects = readList(field(statement, 'subject'), 'subject', MAX_SUBJECTS).map(signed_statement_readSubject);
    if (subjects.length === 0)
        throw new TypeError('statement has no subject');
    const about = subjects.filter((subject) => subject.sha256 === (0,image_digest/* hexOf */.ZD)(digest));
    // Two descriptions of one image could carry different annotations: which one was meant is not ours to choose.
    if (about.length > 1)
        throw new TypeError('statement names this digest more than once');
    return {
        annotations: about[0]?.annotations ?? {},
        dockerReference: undefined,
        checkAbout: () => {
            if (about.length === 1)
                return;
            const found = subjects.map((subject) => subject.sha256 ?? 'no sha256');
            throw new Refused('SUBJECT_DIGEST_MISMATCH', `the signature is about ${quoted(found.slice(0, 3).join(', '))}, not about ${digest}`);
        },
    };
}
/** Fields of an in-toto ResourceDescriptor that are text. */
const SUBJECT_TEXTS = ['name', 'uri', 'content', 'downloadLocation', 'mediaType'];
function signed_statement_readSubject(value) {
    const subject = readObject(value, 'subject', [...SUBJECT_TEXTS, 'digest', 'annotations']);
    for (const name of SUBJECT_TEXTS) {
        if (!['string', 'undefined'].includes(typeof field(subject, name)))
            throw new TypeError(`subject.${name} is no text`);
    }
    const digests = readOpenObject(field(subject, 'digest') ?? {}, 'subject.digest');
    if (Object.keys(digests).length > MAX_DIGESTS)
        throw new TypeError(`subject has more than ${MAX_DIGESTS} digests`);
    if (!Object.values(digests).every((digest) => typeof digest === 'string'))
        throw new TypeError('a digest of the subject is not a string');
    const sha256 = field(digests, 'sha256');
    const annotations = field(subject, 'annotations');
    return {
        sha256: typeof sha256 === 'string' ? sha256 : undefined,
        annotations: annotations === undefined ? {} : readAnnotations(readOpenObject(annotations, 'subject.annotations')),
    };
}
/** Only strings are annotations here and in cosign's `-a`; other values stay unread. */
function readAnnotations(object) {
    // fromEntries defines own properties, so a key like __proto__ stays data.
    const annotations = Object.fromEntries(Object.entries(object).filter((pair) => typeof pair[1] === 'string'));
    if ((0,annotations_length/* annotationsLength */.b)(annotations) > annotations_length/* ANNOTATIONS_MAX_LENGTH */.R)
        throw new TypeError(`annotations of more than ${annotations_length/* ANNOTATIONS_MAX_LENGTH */.R} characters`);
    return annotations;
}
/**
 * cosign specs/SIGNATURE_SPEC.md, simple signing. Keys are compared exactly: Go's encoding/json also takes
 * `Critical`, so a payload could say one thing to Go and another to us.
 */
function readSimpleSigning(material) {
    const payload = readObject((0,strict_json/* parseStrictJson */.RJ)(material.payload, signed_statement_LIMITS), 'payload', ['critical', 'optional']);
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
    if (optional !== undefined && !isJsonObject(optional))
        throw new TypeError('optional is neither null nor an object');
    return {
        annotations: optional === undefined ? {} : readAnnotations(optional),
        dockerReference,
        checkAbout: (subject) => {
            if (digest === subject)
                return;
            throw new Refused('SUBJECT_DIGEST_MISMATCH', `the signature is about ${quoted(digest)}, not about ${subject}`);
        },
    };
}
const HOST = '(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9a-fA-F:]+\\])(?::[0-9]{1,5})?';
const PATH = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const DOCKER_REFERENCE = new RegExp(`^(?:${HOST}/)?${PATH}(?:/${PATH})*(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$`);
/** distribution/reference grammar; a claim of the signer, shown but never resolved. */
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
/** Signature algorithms by the type of key that makes them; RSA may be named with or without its digest. */
const SIGNATURE_ALGORITHMS = {
    ec: ['1.2.840.10045.4.3.2', '1.2.840.10045.4.3.3', '1.2.840.10045.4.3.4'],
    rsa: ['1.2.840.113549.1.1.1', '1.2.840.113549.1.1.11', '1.2.840.113549.1.1.12', '1.2.840.113549.1.1.13'],
    ed25519: ['1.3.101.112'],
};
/**
 * Reads a TimeStampResp; throws TypeError on any other tag, version, order or number of members than the
 * specifications give. @sigstore/verify finds its fields by position whatever their tags, and takes an
 * unknown signature algorithm for the key's usual one, so much of a token could be altered unseen.
 */
function readTimestampToken(der) {
    const root = dist.ASN1Obj.parseBuffer(Buffer.from(der));
    if (!root.toDER().equals(der))
        throw new TypeError('it is not DER');
    const [status, contentInfo] = members(root, TAG.sequence, 2);
    // PKIStatus granted (0) or grantedWithMods (1); a text may follow.
    const [granted] = members(status, TAG.sequence, 1, 3);
    if (![0n, 1n].includes(primitive(granted, TAG.integer).toInteger()))
        throw new TypeError('the authority did not grant it');
    const [contentType, content] = members(contentInfo, TAG.sequence, 2);
    if (contentType?.toOID() !== timestamp_token_OID.signedData)
        throw new TypeError('it is not signed data');
    const [signedData] = members(content, TAG.context0, 1);
    return readSignedData(signedData);
}
function readSignedData(signedData) {
    const all = members(signedData, TAG.sequence, 4, 5);
    const [version, digestAlgorithms, encapsulated] = all;
    if (primitive(version, TAG.integer).toInteger() !== 3n)
        throw new TypeError('its CMS version is not 3');
    // Certificates, if embedded, are never read: the signer's is the trusted root's.
    if (all.length === 5 && all[3]?.tag.toDER() !== TAG.context0)
        throw new TypeError('it has an unexpected member');
    const digests = members(digestAlgorithms, TAG.set, 1, 8).map(readDigestAlgorithm);
    const [eContentType, eContent] = members(encapsulated, TAG.sequence, 2);
    if (eContentType?.toOID() !== timestamp_token_OID.tstInfo)
        throw new TypeError('it does not hold a TSTInfo');
    const [octets] = members(eContent, TAG.context0, 1);
    if (octets?.tag.toDER() !== TAG.octetString)
        throw new TypeError('its content is not an octet string');
    // A second SignerInfo would go unchecked.
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
        signingCertificate: readSigningCertificate(members(attributes, TAG.context0, 3, 32)),
        signatureAlgorithm: readAlgorithm(signatureAlgorithm),
    };
}
/** True if a key of this kind makes signatures of the algorithm that the token names. */
function isMadeBy(token, key) {
    return (SIGNATURE_ALGORITHMS[key.asymmetricKeyType ?? ''] ?? []).includes(token.signatureAlgorithm);
}
/** ESSCertID (RFC 3161, SHA-1) or ESSCertIDv2 (RFC 5816), the signer's being the first. */
function readSigningCertificate(attributes) {
    const certificateId = (oid) => {
        const found = attributes.filter((attribute) => attribute.subs[0]?.toOID() === oid);
        if (found.length > 1)
            throw new TypeError('it names its certificate twice');
        // Attribute → SET → SigningCertificate(V2) → certs → ESSCertID(v2)
        return found[0]?.subs[1]?.subs[0]?.subs[0]?.subs[0];
    };
    const v2 = certificateId(timestamp_token_OID.signingCertificateV2);
    if (v2 !== undefined) {
        const [first, second] = v2.subs;
        // hashAlgorithm is DEFAULT sha256, so it is absent for the only algorithm in use.
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
/** AlgorithmIdentifier with absent or NULL parameters. */
function readAlgorithm(value) {
    const [oid, parameters] = members(value, TAG.sequence, 1, 2);
    if (parameters !== undefined && !parameters.toDER().equals(Buffer.from([5, 0])))
        throw new TypeError('odd parameters');
    if (oid === undefined)
        throw new TypeError('no algorithm');
    return oid.toOID();
}
function members(value, tag, min, max = min) {
    const { length } = value?.subs ?? [];
    if (value?.tag.toDER() !== tag || length < min || length > max)
        throw new TypeError('it is not laid out as a timestamp');
    return value.subs;
}
function primitive(value, tag) {
    if (value?.tag.toDER() !== tag)
        throw new TypeError('it is not laid out as a timestamp');
    return value;
}

;// CONCATENATED MODULE: ./.build/js/src/sigstore/verifying/timestamps.js





const MAX_TIMESTAMP_BYTES = 64 * 1024;
const timestamps_OID = {
    extKeyUsage: '2.5.29.37',
    timeStamping: '1.3.6.1.5.5.7.3.8',
};
/**
 * The proven timestamps among those that name an authority of the trusted root; those of other authorities
 * are surplus and ignored. Refused TIMESTAMP_INVALID if one that names an authority of the root fails, or if
 * one cannot be read: it might be meant for this root (@sigstore/verify refuses it, cosign does not).
 */
function proveTimestamps(material, certificate, trust) {
    return material.timestamps.flatMap((der) => refusing('TIMESTAMP_INVALID', 'the timestamp does not hold', () => {
        if (der.byteLength > MAX_TIMESTAMP_BYTES)
            throw new TypeError(`it is larger than ${MAX_TIMESTAMP_BYTES} bytes`);
        const timestamp = dist.RFC3161Timestamp.parse(Buffer.from(der));
        const signers = findSigners(timestamp, trust);
        if (signers.length === 0)
            return [];
        checkSigner(readTimestampToken(der), signers);
        proveByKey(material, certificate, { entries: [], timestamps: [der] }, trust);
        return [{ der, time: timestamps_readTime(timestamp) }];
    }));
}
/** Certificates of the root's authorities with the issuer and serial number that the token names as its signer. */
function findSigners(timestamp, trust) {
    const { signerIssuer, signerSerialNumber } = timestamp;
    return trust.material.timestampAuthorities
        .flatMap(({ certChain }) => certChain.slice(0, 1))
        .filter((leaf) => leaf.issuer.equals(signerIssuer) && leaf.serialNumber.equals(signerSerialNumber));
}
/**
 * The certificate that made the signature must be a time-stamping one, and the one that the signed
 * attributes name (RFC 3161 §2.3, §2.4.2; RFC 5816): else another certificate's constraints were checked
 * (CVE-2026-39984).
 */
function checkSigner(token, signers) {
    const { algorithm, hash } = token.signingCertificate;
    const fitting = signers.filter((leaf) => {
        const usages = leaf.extension(timestamps_OID.extKeyUsage)?.valueObj.subs[0]?.subs ?? [];
        const isTimeStamping = usages.length === 1 && usages[0]?.toOID() === timestamps_OID.timeStamping;
        const isNamed = (0,external_node_crypto_.createHash)(algorithm).update(leaf.root.toDER()).digest().equals(hash);
        return isTimeStamping && isNamed && isMadeBy(token, dist.crypto.createPublicKey(leaf.publicKey));
    });
    if (fitting.length === 0)
        throw new TypeError('it was not signed by the time-stamping certificate it names');
}
function timestamps_readTime(timestamp) {
    const time = timestamp.signingTime;
    if (Number.isNaN(time.getTime()))
        throw new TypeError('its time is not a time');
    return time;
}

;// CONCATENATED MODULE: ./.build/js/src/sigstore/verifying/verifier.js













/**
 * Verifies signatures of both formats, every check of contract §3.4 in the order of contract §4, no identity
 * rule. The clock plays no part: a signature is judged at the times its proofs prove.
 */
function createSignatureVerifier({ trust }) {
    const prepared = new WeakMap();
    async function trustFor(certificate) {
        const { label, root } = await trust.rootFor({
            issuerOrganization: certificate.issuerOrganization,
            visibility: certificate.identity.claims['source-repository-visibility-at-signing'],
        });
        const known = prepared.get(root);
        if (known !== undefined)
            return known;
        const made = prepareTrust(label, root);
        prepared.set(root, made);
        return made;
    }
    async function verifyMaterial(material, certificate, subject) {
        const read = refusing('SIGNATURE_INVALID', 'the signature could not be read', () => {
            const statement = readSignedStatement(material, subject);
            checkSignature(material, certificate);
            statement.checkAbout(subject);
            return { statement, facts: readCertificate(certificate) };
        });
        const root = await trustFor(read.facts);
        return refusing('SIGNATURE_INVALID', 'the signature could not be checked', () => prove({ material, certificate, subject, trust: root, ...read }));
    }
    return {
        async verify(candidate, subject) {
            // Hundreds of signatures in one go would keep the answers for other images waiting past their deadlines.
            await (0,promises_.setImmediate)();
            let certificate;
            try {
                const parsed = parseCandidate(candidate);
                if (parsed.kind === 'not-a-signature')
                    return parsed;
                certificate = parseCertificate(parsed.material.certificate);
                return { kind: 'verified', facts: await verifyMaterial(parsed.material, certificate, subject) };
            }
            catch (error) {
                // Only a named refusal is a decision; a trusted root that is not to be had goes up and decides nothing.
                if (!(error instanceof Refused))
                    throw error;
                const unverified = certificate === undefined ? undefined : readUnverifiedIdentity(certificate);
                return { kind: 'refused', reason: error.reason, message: error.message, unverified };
            }
        },
    };
}
function parseCandidate(candidate) {
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
            return notASignature(bundle.kind, undefined, 'an envelope with another payload than an in-toto statement');
    }
}
function notASignature(what, predicateType, message) {
    return { kind: 'not-a-signature', what, predicateType, message };
}
/** ECDSA P-256 with SHA-256 over the very bytes that are read afterwards. */
function checkSignature(material, certificate) {
    refusing('SIGNATURE_INVALID', 'the signature could not be checked', () => {
        if (!(0,external_node_crypto_.verify)('sha256', material.signedBytes, certificate.key, material.signature)) {
            throw new Refused('SIGNATURE_INVALID', 'the signature does not verify with the key of its certificate');
        }
    });
}
function prove({ material, certificate, facts, statement, subject, trust }) {
    const chains = findChains(certificate, trust);
    checkScts(chains, trust.ctLogs);
    const entries = proveEntries(material, certificate, trust);
    const timestamps = proveTimestamps(material, certificate, trust);
    const times = [...entries.flatMap(({ time }) => time ?? []), ...timestamps.map(({ time }) => time)];
    if (times.length === 0) {
        throw new Refused('TIMESTAMP_INVALID', 'nothing proves when it was signed: no log time and no timestamp of the trusted root');
    }
    checkLogWindows(entries, times);
    checkValidAt(chains, times);
    const proofs = { entries: entries.map(({ parsed }) => parsed.entry), timestamps: timestamps.map(({ der }) => der) };
    proveWhole(material, certificate, proofs, trust);
    const [entry] = entries;
    return {
        format: material.format,
        subjectDigest: subject,
        identity: facts.identity,
        annotations: statement.annotations,
        provenTimes: times.toSorted((a, b) => a.getTime() - b.getTime()),
        log: entry === undefined ? undefined : toLogEntryFacts(entry),
        trustedRoot: trust.label,
        dockerReference: statement.dockerReference,
    };
}


/***/ })

};
