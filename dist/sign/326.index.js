export const id = 326;
export const ids = [326];
export const modules = {

/***/ 4326:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   attestationLayer: () => (/* binding */ attestationLayer),
/* harmony export */   verifyOwnAttestation: () => (/* binding */ verifyOwnAttestation)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var _domain_image_digest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3258);
/* harmony import */ var _domain_image_media_types_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4988);
/* harmony import */ var _json_shape_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(7228);
/* harmony import */ var _legacy_signature_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9614);
/* harmony import */ var _log_entry_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8011);
/* harmony import */ var _self_verification_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6510);







function attestationLayer(envelope, predicateType, { certificate, entry }) {
    const payload = Buffer.from(envelope);
    const hash = (0,_json_shape_js__WEBPACK_IMPORTED_MODULE_6__.at)((0,_json_shape_js__WEBPACK_IMPORTED_MODULE_6__/* .parseJson */ .qF)(entry.body), 'spec', 'envelopeHash', 'value');
    if (hash !== (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(payload).digest('hex')) {
        throw (0,_log_entry_js__WEBPACK_IMPORTED_MODULE_4__/* .invalidEntry */ .gH)(entry.url, 'its envelopeHash is not the hash of the envelope that was sent');
    }
    const { pem: certificatePem, chainPem } = certificate;
    const proofs = (0,_legacy_signature_js__WEBPACK_IMPORTED_MODULE_3__/* .proofAnnotations */ .P)('', { entry, certificatePem, chainPem });
    return { isAttestation: true, payload, annotations: { ...proofs, [_domain_image_media_types_js__WEBPACK_IMPORTED_MODULE_2__/* .LAYER_PREDICATE_ANNOTATION */ .a0]: predicateType } };
}
async function verifyOwnAttestation(call, verifier, made) {
    const { what, payload, bundle, layer } = made;
    const facts = await verifyForm({ format: 'bundle', digest: (0,_domain_image_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .digestOf */ .ol)(bundle), bundle });
    if (layer !== undefined)
        await verifyForm({ format: 'legacy', digest: (0,_domain_image_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .digestOf */ .ol)(layer.payload), ...layer });
    return facts;
    async function verifyForm(candidate) {
        const verification = await verifier.verifyAttestation(call, candidate, what.subject);
        if (verification.kind === 'refused')
            throw (0,_self_verification_js__WEBPACK_IMPORTED_MODULE_5__/* .ownRefusal */ .B)(verification, what.subject);
        const { statement } = verification.facts;
        if (statement.predicateType !== what.predicateType || Buffer.compare(statement.payload, payload) !== 0) {
            const message = 'the verifier read another statement than the one that was signed';
            throw (0,_self_verification_js__WEBPACK_IMPORTED_MODULE_5__/* .ownRefusal */ .B)({ reason: 'SIGNATURE_INVALID', message }, what.subject);
        }
        return verification.facts;
    }
}


/***/ })

};
