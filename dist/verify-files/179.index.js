export const id = 179;
export const ids = [179];
export const modules = {

/***/ 5179:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createAttestationGate: () => (/* binding */ createAttestationGate)
/* harmony export */ });
/* harmony import */ var _examining_looks_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8161);
/* harmony import */ var _examining_platform_reader_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1264);
/* harmony import */ var _examining_read_attestations_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3717);
/* harmony import */ var _attested_judge_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7012);
/* harmony import */ var _buildkit_statements_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3924);





function createAttestationGate(options, ports) {
    const { evaluate, rules, keepStatement, readStatement, stored } = options;
    const { requirements } = rules;
    const reader = (0,_examining_read_attestations_js__WEBPACK_IMPORTED_MODULE_2__/* .createAttestationReader */ .E)({ ...ports, requirements, keepStatement, stored });
    const firstLook = (0,_examining_looks_js__WEBPACK_IMPORTED_MODULE_0__/* .createLooks */ .n)({ ...options, attestations: reader }, ports);
    const judge = (0,_attested_judge_js__WEBPACK_IMPORTED_MODULE_3__/* .createAttestedJudge */ .U)({
        evaluate,
        rules,
        firstLook,
        readPlatforms: (0,_examining_platform_reader_js__WEBPACK_IMPORTED_MODULE_1__/* .createPlatformReader */ .x)({ ...options, ...ports }),
        readStatements: (0,_buildkit_statements_js__WEBPACK_IMPORTED_MODULE_4__/* .createStatementReader */ .P)({ ...ports, reader, evaluate, keepStatement, readStatement }),
        signal: ports.call.signal,
    });
    return { judge, firstLook };
}


/***/ }),

/***/ 7012:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  U: () => (/* binding */ createAttestedJudge),
  V: () => (/* binding */ judgeOnce)
});

// EXTERNAL MODULE: ./.build/js/src/coded-error.js
var coded_error = __webpack_require__(6329);
// EXTERNAL MODULE: ./.build/js/src/domain/calls/within.js
var within = __webpack_require__(1169);
// EXTERNAL MODULE: ./.build/js/src/domain/image/reference.js
var reference = __webpack_require__(5273);
// EXTERNAL MODULE: ./.build/js/src/usecases/judging/judge-image.js
var judge_image = __webpack_require__(1282);
// EXTERNAL MODULE: ./.build/js/src/domain/identity/evaluation.js
var identity_evaluation = __webpack_require__(7551);
// EXTERNAL MODULE: ./.build/js/src/domain/signature/refusal.js
var refusal = __webpack_require__(8895);
;// CONCATENATED MODULE: ./.build/js/src/usecases/judging/judge-line.js




function meets(attestations, index) {
    return attestations.some(({ verification }) => verification.kind === 'verified' && verification.evaluations[index]?.kind === 'accepted');
}
function judgeLine(examination, { requirement, index }) {
    const { line } = requirement;
    const base = { line, hint: undefined, nearest: undefined };
    if (meets(examination.attestations, index))
        return { ...base, verdict: 'pass', reason: null, message: 'met' };
    const failure = (0,judge_image/* failedPlace */.N5)(examination) ?? tooLarge(examination) ?? unread(examination);
    if (failure !== undefined) {
        return { ...base, verdict: 'error', reason: failure.code, message: failure.message, hint: failure.hint };
    }
    const near = examination.attestations
        .flatMap((one) => shortfall(one, { requirement, index }))
        .sort((a, b) => b.rank - a.rank);
    const [nearest] = near;
    if (nearest !== undefined) {
        const { reason, mismatch } = nearest;
        const message = `${nearest.message}${near.length > 1 ? ` (closest of ${near.length} attestations)` : ''}`;
        return { ...base, verdict: 'fail', reason, message, nearest: mismatch };
    }
    return { ...base, verdict: 'fail', reason: 'NO_ATTESTATION', message: nothingFound(examination) };
}
function shortfall({ predicateType, verification }, wanted) {
    if (verification.kind === 'refused') {
        const { reason, message } = verification;
        const isOfType = wanted.requirement.type.accepts(predicateType);
        return isOfType ? [{ reason, message, rank: (0,refusal/* refusalRank */.tw)(reason), mismatch: undefined }] : [];
    }
    const evaluation = verification.evaluations[wanted.index];
    if (evaluation?.kind !== 'mismatch')
        return [];
    const { reason } = evaluation;
    return [{ reason, message: (0,judge_image/* mismatchMessage */.o3)(evaluation), rank: (0,identity_evaluation/* nearness */._)(evaluation), mismatch: evaluation }];
}
function tooLarge({ unreadable }) {
    const one = unreadable.find(({ isTooLarge }) => isTooLarge === true);
    if (one === undefined)
        return undefined;
    return new coded_error/* CodedError */.AK('REGISTRY_INVALID', `an attached artifact is too large to be read: ${one.digest}: ${one.message}`, {
        hint: 'Attach a smaller attestation; bundles may have 24 MiB. Delete the large one if nothing needs it.',
    });
}
function unread({ unreadable }) {
    const one = unreadable.find(({ isUnread }) => isUnread === true);
    if (one === undefined)
        return undefined;
    const cause = one.error instanceof coded_error/* CodedError */.AK ? one.error : undefined;
    return new coded_error/* CodedError */.AK(cause?.code ?? 'REGISTRY_UNAVAILABLE', `an attestation that is attached could not be read: ${one.digest}: ${one.message}`, { cause: one.error, hint: cause?.hint });
}
const NAMED_MAX = 10;
function nothingFound({ examined, attestations, unreadable, places }) {
    const asked = places.map(({ request, status, entries }) => `${request} → ${status}, ${entries} listed`);
    const found = [
        ...examined.map(({ verification }) => {
            if (verification.kind === 'not-a-signature')
                return verification.predicateType ?? verification.what;
            const isUnread = verification.kind === 'refused' && verification.reason === 'SIGNATURE_INVALID';
            return isUnread ? `an artifact that cannot be read (${verification.message})` : 'an image signature';
        }),
        ...attestations.map(({ predicateType }) => predicateType),
        ...unreadable.map(({ artifactType }) => artifactType ?? 'an artifact without a type'),
    ];
    const named = [...new Set(found)].slice(0, NAMED_MAX);
    const instead = named.length === 0 ? 'nothing is attached' : `found instead: ${named.join(', ')}`;
    return `no attestation of this type was found: ${asked.join('; ')}; ${instead}`;
}

;// CONCATENATED MODULE: ./.build/js/src/usecases/judging/attested-judge.js





function createAttestedJudge(options) {
    if (options.rules.requirements.length === 0)
        throw new TypeError('no attestation is required');
    const outcomes = new Map();
    return (image, isThere = Promise.resolve(true)) => {
        const name = (0,reference/* formatPinned */.y6)(image.repository, image.digest);
        const known = outcomes.get(name);
        if (known !== undefined)
            return known;
        const outcome = (0,within/* within */.u)(options.signal, () => judgeLooks(options, image, isThere)).then((judgement) => ({ judgement, error: undefined }), (error) => ({ judgement: undefined, error: (0,coded_error/* toCodedError */.Bt)(error) }));
        outcomes.set(name, outcome);
        return outcome;
    };
}
async function judgeLooks(options, image, isThere) {
    const looks = new Map([[image.digest, options.firstLook(image.repository, image.digest)]]);
    const { requirements, requireSignature } = options.rules;
    const numbered = requirements.map((requirement, index) => ({ requirement, index }));
    for (;;) {
        const judgement = await judgeOnce({ ...options, requireSignature, numbered }, image, looks);
        if (judgement.reason !== 'NO_SIGNATURE' && judgement.reason !== 'NO_ATTESTATION')
            return judgement;
        const next = await Promise.all([...looks].map(async ([digest, look]) => [digest, await look.next(isThere)]));
        if (next.some(([, look]) => look === undefined))
            return judgement;
        for (const [digest, look] of next)
            if (look !== undefined)
                looks.set(digest, look);
    }
}
async function judgeOnce(rule, image, looks) {
    const { evaluate, requireSignature, numbered, readAll = false } = rule;
    const accepts = ({ verification }) => verification.kind === 'verified' && evaluate?.(verification.facts).kind === 'accepted';
    const own = await examine(rule, { ...image, looks }, ({ examined, attestations }) => {
        const isSigned = !requireSignature || examined.some(accepts);
        return !readAll && isSigned && numbered.every(({ index }) => meets(attestations, index));
    });
    const signature = (0,judge_image/* judgeImage */.xQ)(own, evaluate);
    const { lines, found } = await judgeLines(rule, { image, looks, own, numbered });
    const attested = {
        attestations: found.toSorted((a, b) => Number(a.requirement === undefined) - Number(b.requirement === undefined)),
        lines,
        identity: requireSignature ? undefined : sharedSigner(found),
    };
    return combine(signature, attested, { requireSignature });
}
async function examine({ firstLook, view = (all) => all }, { repository, digest, looks }, isEnough) {
    const look = looks.get(digest) ?? firstLook(repository, digest);
    looks.set(digest, look);
    return view(await look.examination.until((found) => isEnough(view(found))));
}
async function judgeLines(options, { image, looks, own, numbered }) {
    const direct = numbered.map((one) => judgeLine(own, one));
    const open = numbered.filter(({ requirement }, at) => requirement.anyContent !== true && (requirement.perPlatform || direct[at]?.verdict !== 'pass'));
    const platforms = open.length === 0 ? undefined : await readPlatforms(options, image);
    const ownFound = label(own.attestations, undefined, numbered);
    if (platforms === undefined)
        return { lines: direct, found: ownFound };
    if (platforms instanceof coded_error/* CodedError */.AK) {
        const lines = numbered.map((one, at) => unreadable(direct[at] ?? judgeLine(own, one), platforms, open.includes(one)));
        return { lines, found: ownFound };
    }
    const embedded = open.filter(({ requirement }) => requirement.buildkit);
    const examined = await Promise.all(platforms.images.map(async ({ digest, platform }) => {
        const where = { repository: image.repository, digest, looks };
        const examination = await examine(options, where, ({ attestations }) => open.every(({ index }) => meets(attestations, index)));
        const { repository } = image;
        const { entries } = platforms;
        const about = { repository, index: own, entries, platform: digest, requirements: embedded };
        return { platform, examination: withStatements(examination, await options.readStatements(about)) };
    }));
    const atIndex = numbered.filter(({ requirement }) => !requirement.perPlatform);
    const found = [
        ...label(own.attestations, undefined, atIndex),
        ...examined.flatMap(({ platform, examination }) => label(examination.attestations, platform, open)),
    ];
    const lines = numbered.map((one) => {
        const line = judgeLine(own, one);
        if (!open.includes(one))
            return line;
        const each = examined.map(({ platform, examination }) => ({ platform, line: judgeLine(examination, one) }));
        return judgePlatforms(line, each, one.requirement);
    });
    return { lines, found };
}
function withStatements(examination, found) {
    return {
        ...examination,
        attestations: [...examination.attestations, ...found.attestations],
        undecided: [...examination.undecided, ...found.undecided],
    };
}
async function readPlatforms(options, { repository, digest }) {
    try {
        return await options.readPlatforms(repository, digest);
    }
    catch (error) {
        return (0,coded_error/* toCodedError */.Bt)(error);
    }
}
function unreadable(line, error, isOpen) {
    if (!isOpen)
        return line;
    const message = `its platform images could not be read: ${error.message}; for the image itself: ${line.message}`;
    return { ...line, verdict: 'error', reason: error.code, message, hint: error.hint };
}
function judgePlatforms(atIndex, each, { perPlatform, buildkit }) {
    if (each.length > 0 && each.every(({ line }) => line.verdict === 'pass'))
        return each[0]?.line ?? atIndex;
    const missing = each.filter(({ line }) => line.verdict !== 'pass');
    const worst = missing.find(({ line }) => line.verdict === 'error') ?? missing[0];
    if (worst === undefined) {
        const message = 'the index has no platform image to look for attestations of';
        return { ...atIndex, verdict: 'fail', reason: 'NO_ATTESTATION', message };
    }
    const isOnlyIndex = !perPlatform && missing.every(({ line }) => line.reason === 'NO_ATTESTATION') && missing.length === each.length;
    if (isOnlyIndex || (!perPlatform && atIndex.verdict === 'error')) {
        const also = isOnlyIndex ? `; nor at any of its ${each.length} platform images` : '';
        const hint = buildkit && isOnlyIndex ? UNSIGNED_INDEX : atIndex.hint;
        return { ...atIndex, message: `${atIndex.message}${also}`, hint };
    }
    const hint = buildkit && worst.line.reason === 'NO_ATTESTATION' ? UNSIGNED_INDEX : worst.line.hint;
    const message = `platform ${worst.platform} (${missing.length} of ${each.length} platform images do not meet it): ${worst.line.message}`;
    return { ...worst.line, message, hint };
}
function label(attestations, platform, numbered) {
    return attestations.map((one) => {
        const met = numbered.find(({ index }) => meets([one], index));
        return { ...one, platform, requirement: met?.requirement.line };
    });
}
function sharedSigner(attestations) {
    const signers = attestations.flatMap(({ requirement, verification }) => requirement !== undefined && verification.kind === 'verified' ? [verification.facts.identity] : []);
    const [first] = signers;
    const isOne = signers.every((one) => one.issuer === first?.issuer && one.subject === first.subject);
    return isOne ? first : undefined;
}
function combine(signature, attested, { requireSignature }) {
    const unmet = attested.lines.filter(({ verdict }) => verdict !== 'pass');
    if (requireSignature && signature.verdict !== 'pass') {
        const hint = signature.reason === 'NO_SIGNATURE' && unmet.length === 0 ? WITHOUT_SIGNATURE : signature.hint;
        return { ...signature, hint, attested };
    }
    const base = requireSignature ? signature : { ...signature, accepted: undefined };
    const worst = unmet.find(({ verdict }) => verdict === 'error') ?? unmet[0];
    if (worst !== undefined) {
        const more = unmet.length > 1 ? ` (and ${unmet.length - 1} more lines are not met)` : '';
        const message = `attestations line \`${worst.line}\`: ${worst.message}${more}`;
        return { ...base, verdict: worst.verdict, reason: worst.reason, message, hint: worst.hint, attested };
    }
    const count = attested.lines.length;
    const lines = count === 1 ? 'the required attestation is there' : `all ${count} required attestations are there`;
    const { identity } = attested;
    const signer = identity === undefined ? '' : `attested by ${identity.subject} (issuer ${identity.issuer}); `;
    const message = requireSignature ? `${signature.message}; ${lines}` : `${signer}${lines}`;
    return { ...base, verdict: 'pass', reason: null, message, hint: undefined, attested };
}
const WITHOUT_SIGNATURE = 'Every line of `attestations` is met, only the image signature is missing. To do without it, add:\nrequire-signature: false';
const UNSIGNED_INDEX = "BuildKit's statements are not signed. They count only if the index itself carries an image signature that the line accepts, and if there is one for every platform image.";


/***/ })

};
