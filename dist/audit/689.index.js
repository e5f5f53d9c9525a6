export const id = 689;
export const ids = [689];
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

/***/ 3510:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A7: () => (/* binding */ matchedName),
/* harmony export */   Tg: () => (/* binding */ matchedRepository),
/* harmony export */   rQ: () => (/* binding */ canonicalHost),
/* harmony export */   zT: () => (/* binding */ HUB_IN_POLICIES)
/* harmony export */ });
/* harmony import */ var _image_reference_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5273);

const HUB_IN_POLICIES = 'index.docker.io';
function matchedName(repository, digest) {
    return `${matchedRepository(repository)}@${digest}`;
}
function matchedRepository({ registry, path }) {
    return `${canonicalHost(registry)}/${path}`;
}
function canonicalHost(registry) {
    const url = `https://${registry}`;
    const host = URL.canParse(url) ? new URL(url).host : registry.toLowerCase();
    const kept = /[.:]|^localhost$/.test(host) ? host : registry.toLowerCase();
    return isHub(kept) ? HUB_IN_POLICIES : kept;
}
function isHub(host) {
    try {
        return (0,_image_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .parseRegistryHost */ .TZ)(host) === 'docker.io';
    }
    catch {
        return false;
    }
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


/***/ }),

/***/ 4434:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   hD: () => (/* binding */ findingOf),
/* harmony export */   n2: () => (/* binding */ isSatisfied),
/* harmony export */   tA: () => (/* binding */ prepareAuthorities),
/* harmony export */   ub: () => (/* binding */ judgeSignature)
/* harmony export */ });
/* harmony import */ var _domain_identity_evaluation_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7551);
/* harmony import */ var _domain_identity_signer_evaluation_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4701);
/* harmony import */ var _evaluate_once_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(994);
/* harmony import */ var _judge_image_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1282);




function prepareAuthorities(policies, clock) {
    const requirements = [];
    const authorities = policies.flatMap((policy) => policy.authorities.flatMap((authority) => {
        if (authority.kind !== 'keyless')
            return [];
        const { trustedRoot: root, requireTimestamp } = authority;
        const numbered = authority.attestations.map((one) => {
            const requirement = { ...one, requireTimestamp, ...(root === undefined ? {} : { root }) };
            return { requirement, index: requirements.push(requirement) - 1 };
        });
        const evaluate = (0,_evaluate_once_js__WEBPACK_IMPORTED_MODULE_2__/* .evaluateOnce */ .f)((facts, now) => evaluateFor(authority, facts, now), clock);
        return [{ policy, authority, evaluate, numbered, view: viewOf(authority) }];
    }));
    return { authorities, requirements };
}
function evaluateFor({ requirement, requireTimestamp }, facts, now) {
    const evaluation = (0,_domain_identity_signer_evaluation_js__WEBPACK_IMPORTED_MODULE_0__/* .evaluateSigner */ .U)(facts, requirement, now);
    return requireTimestamp ? (0,_domain_identity_evaluation_js__WEBPACK_IMPORTED_MODULE_3__/* .needTimestamp */ .h)(evaluation, facts) : evaluation;
}
const PLACES = {
    bundle: ['referrers-api', 'referrers-tag', 'github-store'],
    legacy: ['signature-tag', 'attestation-tag'],
};
function viewOf({ trustedRoot: root, format }) {
    return (examination) => {
        const ofRoot = (found) => found.filter((one) => one.root === root);
        const examined = ofRoot(examination.examined);
        const attestations = ofRoot(examination.attestations);
        const undecided = ofRoot(examination.undecided);
        if (format === 'any')
            return { ...examination, examined, attestations, undecided };
        const places = PLACES[format];
        return {
            ...examination,
            examined: examined.filter(({ candidate }) => candidate.format === format),
            attestations: attestations.filter((one) => one.format === format || one.format === 'buildkit'),
            undecided,
            unreadable: examination.unreadable.filter(({ place }) => places.includes(place)),
            places: examination.places.filter(({ kind }) => places.includes(kind)),
        };
    };
}
function isSatisfied({ evaluate, view }, found) {
    return view(found).examined.some(({ verification }) => verification.kind === 'verified' && evaluate(verification.facts).kind === 'accepted');
}
function findingOf(ready, judgement, words) {
    const { verdict } = judgement;
    const message = words?.ofJudgement(judgement) ?? judgement.message;
    const reason = judgement.reason ?? 'INTERNAL_ERROR';
    if (verdict === 'error')
        return { kind: 'error', reason, message };
    if (verdict !== 'pass')
        return { kind: 'fail', reason, message };
    return { kind: 'pass', message, signers: signersOf(ready, judgement), unread: unreadOf(judgement, words) };
}
function signersOf({ authority, numbered }, { signatures, attested }) {
    if (authority.requireSignature) {
        return signatures
            .filter(_judge_image_js__WEBPACK_IMPORTED_MODULE_1__/* .isAccepted */ .oB)
            .flatMap(({ verification }) => (verification.kind === 'verified' ? [verification.facts.identity] : []));
    }
    const [first = [], ...others] = numbered.map(({ index }) => acceptedBy(attested?.attestations ?? [], index));
    return first.filter((signer) => others.every((list) => list.some((one) => isSame(one, signer))));
}
function isSame(one, other) {
    return one.issuer === other.issuer && one.subject === other.subject;
}
function acceptedBy(attestations, index) {
    return attestations.flatMap(({ platform, verification }) => platform === undefined && verification.kind === 'verified' && verification.evaluations[index]?.kind === 'accepted'
        ? [verification.facts.identity]
        : []);
}
function unreadOf({ places, unreadable }, words) {
    const place = places.find(({ outcome }) => outcome === 'failed');
    const one = unreadable.find(({ outcome }) => outcome === 'failed');
    if (place === undefined && one === undefined)
        return undefined;
    const message = place === undefined ? (one?.message ?? '') : `could not look for signatures: ${place.request}`;
    const said = words?.ofUnread({ places, unreadable, undecided: [] }) ?? message;
    return { reason: 'REGISTRY_UNAVAILABLE', message: said };
}
function judgeSignature(ready, found, elsewhere) {
    return (0,_judge_image_js__WEBPACK_IMPORTED_MODULE_1__/* .judgeImage */ .xQ)(ready.view(found), ready.evaluate, elsewhere);
}


/***/ }),

/***/ 1689:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createPolicyJudge: () => (/* binding */ createPolicyJudge),
  refuseUncovered: () => (/* binding */ refuseUncovered)
});

// EXTERNAL MODULE: ./.build/js/src/coded-error.js
var coded_error = __webpack_require__(6329);
// EXTERNAL MODULE: ./.build/js/src/domain/calls/within.js
var within = __webpack_require__(1169);
// EXTERNAL MODULE: ./.build/js/src/domain/image/reference.js
var reference = __webpack_require__(5273);
// EXTERNAL MODULE: ./.build/js/src/domain/signature/refusal.js
var refusal = __webpack_require__(8895);
// EXTERNAL MODULE: ./.build/js/src/domain/text/quoted.js
var quoted = __webpack_require__(9082);
;// CONCATENATED MODULE: ./.build/js/src/domain/policy/matching.js
function largestMatching(choices) {
    const holder = new Map();
    const seat = (item, seen) => {
        for (const choice of choices[item] ?? []) {
            if (seen.has(choice))
                continue;
            seen.add(choice);
            const rival = holder.get(choice);
            if (rival !== undefined && !seat(rival, seen))
                continue;
            holder.set(choice, item);
            return true;
        }
        return false;
    };
    for (const item of choices.keys())
        seat(item, new Set());
    const got = choices.map(() => undefined);
    for (const [choice, item] of holder)
        got[item] = choice;
    return got;
}

;// CONCATENATED MODULE: ./.build/js/src/domain/policy/decide.js



function decideImage(matching, { noMatch, findingOf }) {
    const policies = matching.map((policy) => decidePolicy(policy, findingOf));
    const [first] = policies;
    if (first === undefined)
        return { ...noPolicy(noMatch), policies };
    const worst = policies.reduce((one, other) => (SEVERITY[other.verdict] > SEVERITY[one.verdict] ? other : one));
    const { verdict, reason } = worst;
    if (policies.every((one) => one.verdict === 'pass')) {
        const message = policies.map(({ message: said }) => said).join('; ');
        return { verdict: 'pass', reason: null, message, policies };
    }
    return { verdict: verdict === 'pass' ? 'error' : verdict, reason, message: worst.message, policies };
}
const SEVERITY = { pass: 0, allowed: 1, fail: 2, error: 3 };
function noPolicy(noMatch) {
    const verdict = noMatch === 'warn' || noMatch === 'allow' ? 'allowed' : 'fail';
    const message = verdict === 'fail'
        ? 'no policy matches the image, and no-match-policy is deny'
        : `no policy matches the image; no-match-policy: ${noMatch} lets it through unchecked`;
    return { verdict, reason: 'POLICY_NO_MATCH', message };
}
function decidePolicy(policy, findingOf) {
    const found = policy.authorities.map((authority) => lookUp(policy, authority, findingOf));
    const authorities = found.map(({ decision }) => decision);
    const held = policy.require === undefined ? decideAny(policy, authorities) : decideRequired(policy, found);
    const isLetThrough = held.verdict === 'fail' && policy.mode === 'warn';
    const name = `policy ${(0,quoted/* quoted */.T)(policy.name)}`;
    return {
        ...{ policy, authorities, authority: held.authority },
        verdict: isLetThrough ? 'allowed' : held.verdict,
        reason: held.reason,
        message: `${name}: ${held.message}${isLetThrough ? ' (let through by its mode: warn)' : ''}`,
    };
}
function lookUp(policy, authority, findingOf) {
    if (authority.kind === 'static')
        return { decision: decideStatic(authority), finding: undefined };
    const finding = findingOf(policy, authority);
    const { kind: verdict, message } = finding;
    const reason = finding.kind === 'pass' ? null : finding.reason;
    return { decision: { authority, verdict, reason, message }, finding };
}
function decideStatic(authority) {
    if (authority.action === 'pass') {
        return { authority, verdict: 'pass', reason: null, message: 'static: pass lets it through unchecked' };
    }
    const message = authority.message === undefined ? 'disallowed by static policy' : authority.message;
    return { authority, verdict: 'fail', reason: 'POLICY_DENIED', message: `static: fail: ${message}` };
}
const named = ({ authority, message }) => `authority ${(0,quoted/* quoted */.T)(authority.name)}: ${message}`;
function decideAny({ authorities: all }, decisions) {
    const passed = decisions.filter(({ verdict }) => verdict === 'pass');
    const best = passed.find(({ authority }) => authority.kind === 'keyless') ?? passed[0];
    if (best !== undefined) {
        const verdict = best.authority.kind === 'keyless' ? 'pass' : 'allowed';
        return { verdict, reason: null, message: named(best), authority: best.authority };
    }
    const worst = decisions.find(({ verdict }) => verdict === 'error') ?? nearest(decisions);
    if (worst === undefined)
        return { verdict: 'fail', reason: 'POLICY_DENIED', message: 'no authority', authority: all[0] };
    const others = decisions.length - 1;
    const more = others === 0 ? '' : ` (nor does ${others === 1 ? 'the other authority' : `any of ${others} others`} pass)`;
    return {
        verdict: worst.verdict === 'error' ? 'error' : 'fail',
        ...{ reason: worst.reason, message: `${named(worst)}${more}`, authority: worst.authority },
    };
}
function nearest(decisions) {
    const rank = ({ authority, reason }) => {
        if (authority.kind === 'static')
            return -1;
        return reason !== null && (0,refusal/* isRefusalReason */.rq)(reason) ? 1 + (0,refusal/* refusalRank */.tw)(reason) : 0;
    };
    return decisions.toSorted((one, other) => rank(other) - rank(one))[0];
}
function decideRequired({ require: wanted = 1, authorities: all }, found) {
    const keyless = found.filter(({ finding }) => finding !== undefined);
    const signersOf = ({ finding }) => finding?.kind === 'pass' ? finding.signers.map(({ issuer, subject }) => JSON.stringify([issuer, subject])) : [];
    const matched = largestMatching(keyless.map(signersOf));
    const used = keyless.filter((_, index) => matched[index] !== undefined);
    const list = used.map(({ decision }) => (0,quoted/* quoted */.T)(decision.authority.name)).join(', ');
    const first = used[0]?.decision.authority ?? all[0];
    if (wanted >= 1 && used.length >= wanted) {
        const message = `${used.length} authorities have distinct signers, ${wanted} are required: ${list}`;
        return { verdict: 'pass', reason: null, message, authority: first };
    }
    const said = `${used.length} of ${wanted} required authorities pass with distinct signers${list === '' ? '' : ` (${list})`}`;
    const unread = keyless.filter(({ finding }) => unreadPart(finding) !== undefined);
    const possible = largestMatching(keyless.map((one, index) => [...signersOf(one), ...(unread.includes(one) ? [`unread ${index}`] : [])])).filter((signer) => signer !== undefined).length;
    const [undecided] = unread;
    const failure = unreadPart(undecided?.finding);
    if (undecided !== undefined && failure !== undefined && possible >= wanted) {
        const { authority } = undecided.decision;
        const message = `${said}; authority ${(0,quoted/* quoted */.T)(authority.name)}: ${failure.message}`;
        return { verdict: 'error', reason: failure.reason, message, authority };
    }
    const missing = nearest(keyless.map(({ decision }) => decision).filter(({ verdict }) => verdict !== 'pass'));
    if (missing === undefined) {
        const message = `${said}: the same signer counts only once`;
        return { verdict: 'fail', reason: 'IDENTITY_MISMATCH', message, authority: first };
    }
    return {
        verdict: 'fail',
        ...{ reason: missing.reason, message: `${said}; ${named(missing)}`, authority: missing.authority },
    };
}
function unreadPart(finding) {
    if (finding?.kind === 'error')
        return finding;
    return finding?.kind === 'pass' ? finding.unread : undefined;
}

// EXTERNAL MODULE: ./.build/js/src/domain/policy/image-name.js
var image_name = __webpack_require__(3510);
// EXTERNAL MODULE: ./.build/js/src/domain/patterns/glob.js
var glob = __webpack_require__(420);
;// CONCATENATED MODULE: ./.build/js/src/domain/policy/select.js


function selectPolicies(policies, image) {
    const name = (0,image_name/* matchedName */.A7)(image.repository, image.digest);
    return policies.filter(({ globs, match }) => fitsObject(match, image.object) && globs.some((glob) => glob.matches(name)));
}
function selectForRepository(policies, { repository, object }) {
    return policies.filter(({ globs, match }) => fitsObject(match, object) && globs.some((glob) => glob.matchesSomeOf(repository)));
}
function policiesInNamespace(policies, namespace) {
    return policies.filter(({ namespaces }) => namespaces === undefined || namespaces.some((glob) => parseGlob(glob).matches(namespace)));
}
function selectsByLabels(policies) {
    return policies.some(({ match }) => match?.some(({ selector }) => selector !== undefined) === true);
}
function fitsObject(match, object) {
    if (match === undefined)
        return true;
    return object !== undefined && match.some((entry) => fitsEntry(entry, object));
}
function fitsEntry({ group, version, resource, selector }, object) {
    const slash = object.apiVersion.indexOf('/');
    const objectGroup = slash < 0 ? '' : object.apiVersion.slice(0, slash);
    const objectVersion = object.apiVersion.slice(slash + 1);
    return (resource === guessResource(object.kind) &&
        group === objectGroup &&
        (version === '*' || version === objectVersion) &&
        (selector === undefined || selects(selector, object.labels)));
}
function guessResource(kind) {
    const name = kind.toLowerCase();
    if (name.endsWith('s'))
        return `${name}es`;
    return name.endsWith('y') ? `${name.slice(0, -1)}ies` : `${name}s`;
}
function selects({ matchLabels, matchExpressions }, labels) {
    return ([...matchLabels].every(([key, value]) => labels.get(key) === value) &&
        matchExpressions.every((expression) => holds(expression, labels)));
}
function holds({ key, operator, values }, labels) {
    const value = labels.get(key);
    switch (operator) {
        case 'In':
            return value !== undefined && values.includes(value);
        case 'NotIn':
            return value === undefined || !values.includes(value);
        case 'Exists':
            return value !== undefined;
        case 'DoesNotExist':
            return value === undefined;
    }
}

// EXTERNAL MODULE: ./.build/js/src/usecases/judging/annotated-signers.js
var annotated_signers = __webpack_require__(1791);
// EXTERNAL MODULE: ./.build/js/src/usecases/judging/attested-judge.js + 1 modules
var attested_judge = __webpack_require__(7012);
// EXTERNAL MODULE: ./.build/js/src/usecases/judging/authority-judge.js
var authority_judge = __webpack_require__(4434);
// EXTERNAL MODULE: ./.build/js/src/usecases/judging/judge-image.js
var judge_image = __webpack_require__(1282);
;// CONCATENATED MODULE: ./.build/js/src/usecases/judging/policy-judge.js











function createPolicyJudge(options) {
    const outcomes = new Map();
    return (image, isThere = Promise.resolve(true)) => {
        const cases = casesOf(options.rules.set.policies, image);
        const name = JSON.stringify([(0,reference/* formatPinned */.y6)(image.repository, image.digest), ...cases.map(({ key }) => key)]);
        const known = outcomes.get(name);
        if (known !== undefined)
            return known;
        const outcome = (0,within/* within */.u)(options.signal, () => judgeCases(options, { image, cases }, isThere)).then((judgement) => ({ judgement, error: undefined }), (error) => ({ judgement: undefined, error: (0,coded_error/* toCodedError */.Bt)(error) }));
        outcomes.set(name, outcome);
        return outcome;
    };
}
function refuseUncovered({ set, noMatch }, { repository, digest, uses = [] }) {
    if (noMatch !== 'deny')
        return undefined;
    const objects = uses.length === 0 ? [undefined] : uses.map(({ object }) => object);
    const isCovered = objects.every((object) => {
        const policies = digest === undefined
            ? selectForRepository(set.policies, { repository, object })
            : selectPolicies(set.policies, { repository, digest, object });
        return policies.length > 0;
    });
    return isCovered ? undefined : uncovered(repository, noMatch);
}
function uncovered(repository, noMatch) {
    const judgement = judgementOf(decideImage([], { noMatch, findingOf: unexamined }), NOTHING_FOUND);
    const hint = `Add the image to \`spec.images\` of a policy. On pull requests, the policies of the base commit count: merge the policy first.\nglob: ${(0,image_name/* matchedRepository */.Tg)(repository)}@*`;
    return { ...judgement, hint };
}
function unexamined(policy) {
    throw new TypeError(`an authority of the policy ${(0,quoted/* quoted */.T)(policy.name)} was not examined`);
}
function casesOf(policies, { repository, digest, uses = [] }) {
    const all = uses.length === 0 ? [{ object: undefined, annotated: undefined }] : uses;
    const cases = all.map((use) => {
        const selected = selectPolicies(policies, { repository, digest, object: use.object });
        const annotated = (0,annotated_signers/* annotatedOf */.E)([use]);
        const key = JSON.stringify([
            selected.map(({ name }) => name),
            annotated.map(({ subject = null, issuer = null }) => [subject, issuer]),
        ]);
        return { key, policies: selected, annotated };
    });
    return [...new Map(cases.map((one) => [one.key, one])).values()];
}
const policy_judge_SEVERITY = { pass: 0, allowed: 1, fail: 2, error: 3 };
async function judgeCases(options, { image, cases }, isThere) {
    let worst;
    for (const one of cases) {
        const judgement = await judgeCase(options, { image, ...one }, isThere);
        if (worst === undefined || policy_judge_SEVERITY[judgement.verdict] > policy_judge_SEVERITY[worst.verdict])
            worst = judgement;
    }
    if (worst === undefined)
        throw new TypeError('an image without a use');
    return worst;
}
async function judgeCase(options, what, isThere) {
    const stores = new Map();
    for (;;) {
        const judgement = await judgeOnceByPolicies(options, what, stores);
        const mayAppear = judgement.reason === 'NO_SIGNATURE' || judgement.reason === 'NO_ATTESTATION';
        if (judgement.verdict !== 'fail' || !mayAppear)
            return judgement;
        const current = [...stores.values()].flatMap(({ looks }) => [...looks].map(([digest, look]) => ({ looks, digest, look })));
        const next = await Promise.all(current.map(async ({ looks, digest, look }) => ({ looks, digest, look: await look.next(isThere) })));
        if (next.length === 0 || next.some(({ look }) => look === undefined))
            return judgement;
        for (const { looks, digest, look } of next)
            if (look !== undefined)
                looks.set(digest, look);
    }
}
async function judgeOnceByPolicies(options, { image, policies, annotated }, stores) {
    const { noMatch } = options.rules;
    const found = new Map();
    for (const policy of policies) {
        const authorities = options.authorities.filter((one) => one.policy === policy);
        const readAll = policy.require !== undefined || annotated.length > 0;
        await judgePolicy(options, { image, authorities, readAll, stores, found });
    }
    const decision = decideImage(policies, {
        noMatch,
        findingOf: (policy, authority) => found.get(authority)?.finding ?? unexamined(policy),
    });
    const all = [...found.values()].flatMap(({ judgement }) => judgement ?? []);
    const judgement = policies.length === 0 ? uncovered(image.repository, noMatch) : judgementOf(decision, joinFound(all));
    const isOpen = decision.verdict === 'pass' || decision.verdict === 'allowed';
    return isOpen && annotated.length > 0
        ? addAnnotations(options, { image, annotated, stores, judgement, hasRule: all.length > 0 })
        : judgement;
}
const NOT_NEEDED = {
    finding: { kind: 'fail', reason: 'NO_SIGNATURE', message: 'not examined, because another authority passes' },
    judgement: undefined,
};
async function judgePolicy(options, task) {
    const { authorities, readAll, found } = task;
    let isDone = false;
    for (const ready of authorities) {
        const isKnown = isDone && !readAll;
        if (isKnown && !isExamined(ready, task)) {
            found.set(ready.authority, NOT_NEEDED);
            continue;
        }
        const judgement = await judgeAuthority(options, { ...task, ready, isKnown });
        const finding = (0,authority_judge/* findingOf */.hD)(ready, judgement, options.words);
        if (finding.kind === 'pass')
            isDone = true;
        found.set(ready.authority, { finding, judgement });
    }
}
function isExamined({ authority }, { image, stores }) {
    return authority.attestations.length === 0 && stores.get(keyOf(authority.source))?.looks.has(image.digest) === true;
}
const keyOf = (source) => (source === undefined ? '' : (0,reference/* formatRepository */.Sh)(source));
function storeOf(stores, repository) {
    const known = stores.get(keyOf(repository));
    const looks = known?.looks ?? new Map();
    if (known === undefined)
        stores.set(keyOf(repository), { repository, looks });
    return looks;
}
function lookAt({ firstLook }, { image, stores, source, }) {
    const looks = storeOf(stores, source);
    const look = looks.get(image.digest) ?? firstLook(image.repository, image.digest, source);
    looks.set(image.digest, look);
    return look;
}
async function judgeAuthority(options, { image, authorities, readAll, stores, ready, isKnown, }) {
    const { authority, evaluate, numbered, view } = ready;
    const { source } = authority;
    const look = lookAt(options, { image, stores, source });
    const elsewhere = (0,reference/* formatRepository */.Sh)(look.store) === (0,reference/* formatRepository */.Sh)(image.repository) ? undefined : look.store;
    if (numbered.length === 0) {
        const together = authorities.filter((one) => one.numbered.length === 0 && keyOf(one.authority.source) === keyOf(source));
        const examination = await look.examination.until((found) => isKnown || (!readAll && together.some((one) => (0,authority_judge/* isSatisfied */.n2)(one, found))));
        return (0,authority_judge/* judgeSignature */.ub)(ready, examination, elsewhere);
    }
    const judgement = await (0,attested_judge/* judgeOnce */.V)({
        evaluate,
        requireSignature: authority.requireSignature,
        numbered,
        readAll,
        view,
        firstLook: (repository, digest) => options.firstLook(repository, digest, source),
        readPlatforms: options.readPlatforms,
        readStatements: options.readStatementsFor(ready),
    }, image, storeOf(stores, source));
    return { ...judgement, elsewhere };
}
async function addAnnotations(options, task) {
    const { image, annotated, stores, judgement } = task;
    const hasRule = task.hasRule && judgement.signatures.some(judge_image/* isAccepted */.oB);
    const examination = hasRule
        ? undefined
        : await lookAt(options, { image, stores }).examination.until(() => false);
    const signatures = examination === undefined
        ? judgement.signatures
        : (0,judge_image/* judgeImage */.xQ)({ ...examination, examined: examination.examined.filter(({ root }) => root === undefined) }, undefined).signatures;
    for (const one of annotated) {
        const missing = (0,annotated_signers/* missingAnnotated */.p)(one, { signatures, examination, hasRule, words: options.words });
        if (missing !== undefined)
            return { ...judgement, ...missing, signatures, accepted: undefined };
    }
    return judgement;
}
const NOTHING_FOUND = {
    hint: undefined,
    signatures: [],
    others: [],
    unreadable: [],
    places: [],
    elsewhere: undefined,
    accepted: undefined,
};
function judgementOf({ verdict, reason, message, policies }, found) {
    const isPass = verdict === 'pass';
    return {
        ...found,
        verdict,
        reason,
        message,
        hint: isPass ? undefined : found.hint,
        accepted: isPass ? found.accepted : undefined,
        policies: policies.map((one) => ({
            name: one.policy.name,
            authority: one.authority.name,
            verdict: one.verdict,
            reason: one.reason,
            message: one.message,
        })),
    };
}
function joinFound(judgements) {
    if (judgements.length === 0)
        return NOTHING_FOUND;
    const signatures = joinSignatures(judgements.flatMap((one) => one.signatures));
    const attested = judgements.flatMap((one) => one.attested ?? []);
    const accepted = signatures.filter(judge_image/* isAccepted */.oB).sort((a, b) => (0,judge_image/* newest */.BP)(b) - (0,judge_image/* newest */.BP)(a));
    const once = (list, key) => [
        ...new Map(list.map((one) => [key(one), one])).values(),
    ];
    return {
        hint: judgements.find(({ verdict, hint }) => verdict !== 'pass' && hint !== undefined)?.hint,
        signatures,
        others: once(judgements.flatMap((one) => one.others), ({ candidate }) => candidate.digest),
        unreadable: once(judgements.flatMap((one) => one.unreadable), ({ digest, place }) => `${place} ${digest}`),
        places: once(judgements.flatMap((one) => one.places), ({ request, status }) => `${status} ${request}`),
        elsewhere: judgements.find(({ elsewhere }) => elsewhere !== undefined)?.elsewhere,
        accepted: (0,judge_image/* factsOf */.xS)(accepted[0]),
        ...(attested.length === 0
            ? {}
            : {
                attested: {
                    attestations: joinAttestations(attested.flatMap(({ attestations }) => attestations)),
                    lines: attested.flatMap(({ lines }) => lines),
                    identity: attested.find(({ identity }) => identity !== undefined)?.identity,
                },
            }),
    };
}
function joinSignatures(signatures) {
    const best = new Map();
    for (const one of signatures) {
        const key = `${one.candidate.format} ${one.candidate.digest}`;
        const before = best.get(key);
        if (before === undefined || betterThan(one, before))
            best.set(key, one);
    }
    const all = [...best.values()];
    return [
        ...all.filter(judge_image/* isAccepted */.oB).sort((a, b) => (0,judge_image/* newest */.BP)(b) - (0,judge_image/* newest */.BP)(a)),
        ...all.filter((one) => !(0,judge_image/* isAccepted */.oB)(one)).sort((a, b) => (0,judge_image/* rankOf */.IQ)(b) - (0,judge_image/* rankOf */.IQ)(a)),
    ];
}
function betterThan(one, other) {
    if ((0,judge_image/* isAccepted */.oB)(other))
        return false;
    return (0,judge_image/* isAccepted */.oB)(one) || (0,judge_image/* rankOf */.IQ)(one) > (0,judge_image/* rankOf */.IQ)(other);
}
function joinAttestations(attestations) {
    const best = new Map();
    for (const one of attestations) {
        const key = JSON.stringify([one.format, one.digest, one.platform]);
        const before = best.get(key);
        if (before === undefined || (before.requirement === undefined && one.requirement !== undefined))
            best.set(key, one);
    }
    return [...best.values()].sort((a, b) => Number(a.requirement === undefined) - Number(b.requirement === undefined));
}


/***/ })

};
