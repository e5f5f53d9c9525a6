export const id = 823;
export const ids = [823];
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

/***/ 4823:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   parseTrustedRoot: () => (/* binding */ parseTrustedRoot)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _sigstore_protobuf_specs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9654);
/* harmony import */ var _domain_text_json_object_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(1682);
/* harmony import */ var _domain_text_strict_json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7442);
/* harmony import */ var _domain_text_value_error_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9354);
/* harmony import */ var _json_places_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3549);
/* harmony import */ var _parse_time_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4262);







const MAX_TRUSTED_ROOT_BYTES = 1024 * 1024;
const MAX_MEMBERS = 64;
const MAX_CHAIN = 10;
const MEDIA_TYPE = /^application\/vnd\.dev\.sigstore\.trustedroot(?:\+json;version=0\.[12]|\.v0\.[12]\+json)$/;
function parseTrustedRoot(text) {
    const value = readJson(text);
    if (!(0,_domain_text_json_object_js__WEBPACK_IMPORTED_MODULE_6__/* .isJsonObject */ .O)(value))
        throw new _domain_text_value_error_js__WEBPACK_IMPORTED_MODULE_3__/* .ValueError */ .Qp('the trusted root is not a JSON object');
    const mediaType = value['mediaType'];
    if (typeof mediaType !== 'string' || !MEDIA_TYPE.test(mediaType)) {
        throw new _domain_text_value_error_js__WEBPACK_IMPORTED_MODULE_3__/* .ValueError */ .Qp(`the trusted root has mediaType ${JSON.stringify(mediaType)?.slice(0, 200)}`);
    }
    for (const key of ['tlogs', 'certificateAuthorities', 'ctlogs', 'timestampAuthorities']) {
        const list = value[key] ?? [];
        if (!Array.isArray(list) || list.length > MAX_MEMBERS || !list.every(_domain_text_json_object_js__WEBPACK_IMPORTED_MODULE_6__/* .isJsonObject */ .O)) {
            throw new _domain_text_value_error_js__WEBPACK_IMPORTED_MODULE_3__/* .ValueError */ .Qp(`${key} of the trusted root is not a list of at most ${MAX_MEMBERS} objects`);
        }
        list.forEach((member, index) => {
            checkTimes(member, `${key}[${index}]`);
        });
    }
    const root = fromJson(value);
    if (root.certificateAuthorities.length === 0)
        throw new _domain_text_value_error_js__WEBPACK_IMPORTED_MODULE_3__/* .ValueError */ .Qp('the trusted root lists no certificate authority');
    root.tlogs.forEach((log, index) => {
        checkLog(log, `tlogs[${index}]`);
    });
    root.ctlogs.forEach((log, index) => {
        checkLog(log, `ctlogs[${index}]`);
    });
    root.certificateAuthorities.forEach((authority, index) => {
        checkAuthority(authority, `certificateAuthorities[${index}]`);
    });
    root.timestampAuthorities.forEach((authority, index) => {
        checkAuthority(authority, `timestampAuthorities[${index}]`);
    });
    return root;
}
function readJson(text) {
    try {
        return (0,_domain_text_strict_json_js__WEBPACK_IMPORTED_MODULE_2__/* .parseStrictJson */ .RJ)(text, {
            maxBytes: MAX_TRUSTED_ROOT_BYTES,
            maxDepth: 32,
            place: _json_places_js__WEBPACK_IMPORTED_MODULE_4__/* .TRUSTED_ROOT_PLACE */ .RM,
            snakeCase: true,
        });
    }
    catch (error) {
        if (!(error instanceof SyntaxError))
            throw error;
        throw new _domain_text_value_error_js__WEBPACK_IMPORTED_MODULE_3__/* .ValueError */ .Qp(`the trusted root cannot be read: ${error.message}`, { cause: error });
    }
}
function checkTimes(member, where) {
    const { validFor } = (0,_domain_text_json_object_js__WEBPACK_IMPORTED_MODULE_6__/* .isJsonObject */ .O)(member['publicKey']) ? member['publicKey'] : member;
    if (!(0,_domain_text_json_object_js__WEBPACK_IMPORTED_MODULE_6__/* .isJsonObject */ .O)(validFor))
        return;
    for (const bound of ['start', 'end'])
        (0,_parse_time_js__WEBPACK_IMPORTED_MODULE_5__/* .parseTime */ .p)(validFor[bound], `the validity ${bound} of ${where}`);
}
function fromJson(value) {
    try {
        return _sigstore_protobuf_specs__WEBPACK_IMPORTED_MODULE_1__.TrustedRoot.fromJSON(value);
    }
    catch (error) {
        throw new _domain_text_value_error_js__WEBPACK_IMPORTED_MODULE_3__/* .ValueError */ .Qp('the trusted root has a field whose type differs from the specification', { cause: error });
    }
}
function checkLog(log, where) {
    if (log.hashAlgorithm !== _sigstore_protobuf_specs__WEBPACK_IMPORTED_MODULE_1__.HashAlgorithm.SHA2_256)
        throw new _domain_text_value_error_js__WEBPACK_IMPORTED_MODULE_3__/* .ValueError */ .Qp(`${where} uses a hash other than SHA-256`);
    if (!log.logId?.keyId.length)
        throw new _domain_text_value_error_js__WEBPACK_IMPORTED_MODULE_3__/* .ValueError */ .Qp(`${where} has no logId`);
    if (!log.publicKey?.rawBytes?.length)
        throw new _domain_text_value_error_js__WEBPACK_IMPORTED_MODULE_3__/* .ValueError */ .Qp(`${where} has no public key`);
    checkValidity(log.publicKey.validFor, where);
    if (_sigstore_protobuf_specs__WEBPACK_IMPORTED_MODULE_1__.PublicKeyDetails[log.publicKey.keyDetails]?.startsWith('PKCS1'))
        return;
    try {
        (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createPublicKey)({ key: log.publicKey.rawBytes, format: 'der', type: 'spki' });
    }
    catch (error) {
        throw new _domain_text_value_error_js__WEBPACK_IMPORTED_MODULE_3__/* .ValueError */ .Qp(`the public key of ${where} does not parse`, { cause: error });
    }
}
function checkAuthority(authority, where) {
    const certificates = authority.certChain?.certificates ?? [];
    if (certificates.length === 0 || certificates.length > MAX_CHAIN) {
        throw new _domain_text_value_error_js__WEBPACK_IMPORTED_MODULE_3__/* .ValueError */ .Qp(`${where} has no certificate chain of 1 to ${MAX_CHAIN} certificates`);
    }
    checkValidity(authority.validFor, where);
    try {
        for (const { rawBytes } of certificates)
            new node_crypto__WEBPACK_IMPORTED_MODULE_0__.X509Certificate(rawBytes);
    }
    catch (error) {
        throw new _domain_text_value_error_js__WEBPACK_IMPORTED_MODULE_3__/* .ValueError */ .Qp(`a certificate of ${where} does not parse`, { cause: error });
    }
}
function checkValidity(range, where) {
    const start = range?.start?.getTime();
    const end = range?.end?.getTime();
    if (start === undefined || Number.isNaN(start))
        throw new _domain_text_value_error_js__WEBPACK_IMPORTED_MODULE_3__/* .ValueError */ .Qp(`${where} has no validity start`);
    if (end !== undefined && !(start <= end))
        throw new _domain_text_value_error_js__WEBPACK_IMPORTED_MODULE_3__/* .ValueError */ .Qp(`the validity of ${where} ends before it starts`);
}


/***/ })

};
