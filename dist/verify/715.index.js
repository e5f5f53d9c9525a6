export const id = 715;
export const ids = [715];
export const modules = {

/***/ 5756:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Tn: () => (/* binding */ annotatedIdentity),
/* harmony export */   XF: () => (/* binding */ checkAnnotated),
/* harmony export */   lM: () => (/* binding */ isAnnotatedSigner)
/* harmony export */ });
/* harmony import */ var _identity_rules_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9025);

const SUBJECT = 'annotation subject.cosign.sigstore.dev';
const ISSUER = 'annotation issuer.cosign.sigstore.dev';
function checkAnnotated({ issuer, subject }, annotated) {
    const check = (field, expected, found) => expected === undefined ? [] : [{ field, expected, found, ok: expected === found }];
    return [...check(ISSUER, annotated.issuer, issuer), ...check(SUBJECT, annotated.subject, subject)];
}
function isAnnotatedSigner(identity, annotated, { isAccepted }) {
    if (annotated.subject === undefined && annotated.issuer === undefined)
        return false;
    const isOutsiders = (0,_identity_rules_js__WEBPACK_IMPORTED_MODULE_0__/* .pullRefsOf */ .h8)(identity).length > 0 || (0,_identity_rules_js__WEBPACK_IMPORTED_MODULE_0__/* .unnamedOutsiderTrigger */ .e8)(identity, new Map()) !== undefined;
    if (!isAccepted && isOutsiders)
        return false;
    return checkAnnotated(identity, annotated).every(({ ok }) => ok);
}
function annotatedIdentity({ subject, issuer }) {
    if (subject === undefined || issuer === undefined)
        return undefined;
    const subjectKind = /^[a-z][a-z0-9+.-]*:\/\//i.test(subject) ? 'uri' : subject.includes('@') ? 'email' : 'other';
    return { issuer, subject, subjectKind, claims: {} };
}


/***/ }),

/***/ 3715:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createAnnotatedJudge: () => (/* binding */ createAnnotatedJudge)
/* harmony export */ });
/* harmony import */ var _coded_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6329);
/* harmony import */ var _domain_calls_within_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1169);
/* harmony import */ var _annotated_signers_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1791);
/* harmony import */ var _judge_image_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1282);




function createAnnotatedJudge(options) {
    const { judge, signal } = options;
    return async (image, isThere) => {
        const outcome = await judge(image, isThere);
        const asked = (0,_annotated_signers_js__WEBPACK_IMPORTED_MODULE_2__/* .annotatedOf */ .E)(image.uses);
        if (outcome.judgement?.verdict !== 'pass' || asked.length === 0)
            return outcome;
        const { judgement } = outcome;
        return (0,_domain_calls_within_js__WEBPACK_IMPORTED_MODULE_1__/* .within */ .u)(signal, () => addAnnotations(options, image, judgement)).then((added) => ({ judgement: added, error: undefined }), (error) => ({ judgement: undefined, error: (0,_coded_error_js__WEBPACK_IMPORTED_MODULE_0__/* .toCodedError */ .Bt)(error) }));
    };
}
async function addAnnotations({ evaluate, firstLook }, image, judgement) {
    const examination = await firstLook(image.repository, image.digest).examination.until(() => false);
    const { signatures } = (0,_judge_image_js__WEBPACK_IMPORTED_MODULE_3__/* .judgeImage */ .xQ)(examination, evaluate);
    for (const annotated of (0,_annotated_signers_js__WEBPACK_IMPORTED_MODULE_2__/* .annotatedOf */ .E)(image.uses)) {
        const missing = (0,_annotated_signers_js__WEBPACK_IMPORTED_MODULE_2__/* .missingAnnotated */ .p)(annotated, { signatures, examination, hasRule: evaluate !== undefined });
        if (missing !== undefined)
            return { ...judgement, ...missing, accepted: undefined };
    }
    return judgement;
}


/***/ }),

/***/ 1791:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ annotatedOf),
/* harmony export */   p: () => (/* binding */ missingAnnotated)
/* harmony export */ });
/* harmony import */ var _domain_identity_annotated_signer_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5756);
/* harmony import */ var _domain_text_quoted_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9082);
/* harmony import */ var _judge_image_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1282);



function annotatedOf(uses) {
    const asked = (uses ?? []).flatMap(({ annotated }) => annotated ?? []);
    return [...new Map(asked.map((one) => [JSON.stringify([one.subject, one.issuer]), one])).values()];
}
function missingAnnotated(annotated, { signatures, examination, hasRule, words }) {
    const verified = signatures.flatMap((one) => one.verification.kind === 'verified'
        ? [{ identity: one.verification.facts.identity, isAccepted: (0,_judge_image_js__WEBPACK_IMPORTED_MODULE_0__/* .isAccepted */ .oB)(one) }]
        : []);
    const counted = verified.filter((one) => !hasRule || one.isAccepted);
    if (counted.some((one) => (0,_domain_identity_annotated_signer_js__WEBPACK_IMPORTED_MODULE_1__/* .isAnnotatedSigner */ .lM)(one.identity, annotated, one)))
        return undefined;
    const failure = examination === undefined ? undefined : (0,_judge_image_js__WEBPACK_IMPORTED_MODULE_0__/* .failedPlace */ .N5)(examination);
    if (failure !== undefined && examination !== undefined)
        return errorOf(failure, words?.ofUnread(examination));
    const hint = 'The annotations of the object that names the image ask for this signer. Correct them, or sign the image so.';
    const shortest = counted
        .map(({ identity }) => (0,_domain_identity_annotated_signer_js__WEBPACK_IMPORTED_MODULE_1__/* .checkAnnotated */ .XF)(identity, annotated).filter(({ ok }) => !ok))
        .toSorted((a, b) => a.length - b.length)[0];
    if (shortest === undefined) {
        const reason = examination !== undefined && signatures.length === 0 ? 'NO_SIGNATURE' : 'IDENTITY_MISMATCH';
        return { verdict: 'fail', reason, message: `no accepted signature bears ${wordsOf(annotated)}`, hint };
    }
    if (shortest.length === 0) {
        const message = `${wordsOf(annotated)}: the signature is one of pull-request code, which an annotation cannot permit`;
        return { verdict: 'fail', reason: 'CLAIM_MISMATCH', message, hint };
    }
    const isIssuer = shortest.some(({ field }) => field.includes('issuer'));
    const reason = isIssuer ? 'ISSUER_MISMATCH' : 'IDENTITY_MISMATCH';
    return { verdict: 'fail', reason, message: shortest.map(findingWords).join('; '), hint };
}
function errorOf({ code, message, hint }, said) {
    return { verdict: 'error', reason: code, message: said ?? message, hint };
}
function findingWords({ field, expected, found }) {
    return `${field}: expected ${expected}, found ${found ?? 'nothing'}`;
}
function wordsOf({ subject, issuer }) {
    return [
        ...(subject === undefined ? [] : [`the annotated subject ${(0,_domain_text_quoted_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .T)(subject)}`]),
        ...(issuer === undefined ? [] : [`the annotated issuer ${(0,_domain_text_quoted_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .T)(issuer)}`]),
    ].join(' and ');
}


/***/ })

};
