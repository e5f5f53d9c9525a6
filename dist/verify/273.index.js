export const id = 273;
export const ids = [273];
export const modules = {

/***/ 1450:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $d: () => (/* binding */ parsePredicateType),
/* harmony export */   Af: () => (/* binding */ ACTIONS_BUILD_TYPE),
/* harmony export */   Am: () => (/* binding */ COSIGN_ALIAS_NAMES),
/* harmony export */   C0: () => (/* binding */ typeOfAlias),
/* harmony export */   GS: () => (/* binding */ isImageSignatureType),
/* harmony export */   KF: () => (/* binding */ isCycloneDx),
/* harmony export */   QA: () => (/* binding */ OLD_ACTIONS_BUILD_TYPE),
/* harmony export */   QE: () => (/* binding */ isSpdx),
/* harmony export */   bR: () => (/* binding */ isSlsaProvenance),
/* harmony export */   us: () => (/* binding */ SLSA_PROVENANCE_V1)
/* harmony export */ });
/* unused harmony exports SLSA_PROVENANCE_V02, SPDX_DOCUMENT, CYCLONEDX_BOM, COSIGN_CUSTOM, COSIGN_VULNERABILITIES, OPENVEX, INTOTO_LINK, OLD_ACTIONS_BUILDER, isCosignAlias, spdxTypeOf */
/* harmony import */ var _image_media_types_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4988);

const SLSA_PROVENANCE_V1 = 'https://slsa.dev/provenance/v1';
const SLSA_PROVENANCE_V02 = 'https://slsa.dev/provenance/v0.2';
const SPDX_DOCUMENT = 'https://spdx.dev/Document';
const CYCLONEDX_BOM = 'https://cyclonedx.org/bom';
const COSIGN_CUSTOM = 'https://cosign.sigstore.dev/attestation/v1';
const COSIGN_VULNERABILITIES = 'https://cosign.sigstore.dev/attestation/vuln/v1';
const OPENVEX = 'https://openvex.dev/ns';
const INTOTO_LINK = 'https://in-toto.io/Link/v1';
const ACTIONS_BUILD_TYPE = 'https://actions.github.io/buildtypes/workflow/v1';
const OLD_ACTIONS_BUILD_TYPE = 'https://slsa-framework.github.io/github-actions-buildtypes/workflow/v1';
const OLD_ACTIONS_BUILDER = 'https://github.com/actions/runner/github-hosted';
const COSIGN_ALIASES = {
    custom: COSIGN_CUSTOM,
    slsaprovenance: SLSA_PROVENANCE_V02,
    slsaprovenance02: SLSA_PROVENANCE_V02,
    slsaprovenance1: SLSA_PROVENANCE_V1,
    spdx: SPDX_DOCUMENT,
    spdxjson: SPDX_DOCUMENT,
    cyclonedx: CYCLONEDX_BOM,
    link: INTOTO_LINK,
    vuln: COSIGN_VULNERABILITIES,
    openvex: OPENVEX,
};
const COSIGN_ALIAS_NAMES = Object.keys(COSIGN_ALIASES);
function isCosignAlias(name) {
    return Object.hasOwn(COSIGN_ALIASES, name);
}
function typeOfAlias(alias) {
    return COSIGN_ALIASES[alias];
}
function parsePredicateType(text) {
    if (isCosignAlias(text))
        return typeOfAlias(text);
    return /^[A-Za-z][A-Za-z0-9+.-]*:[\u0021-\u007e]+$/.test(text) && URL.canParse(text) ? text : undefined;
}
function isImageSignatureType(predicateType) {
    return predicateType === _image_media_types_js__WEBPACK_IMPORTED_MODULE_0__/* .COSIGN_SIGN_PREDICATE */ .u;
}
function isSlsaProvenance(predicateType) {
    return /^https?:\/\/slsa\.dev\/+provenance(?:$|[/?#@])/i.test(predicateType);
}
function isSpdx(predicateType) {
    return hasOptionalVersion(predicateType, SPDX_DOCUMENT);
}
function isCycloneDx(predicateType) {
    return hasOptionalVersion(predicateType, CYCLONEDX_BOM);
}
function hasOptionalVersion(predicateType, base) {
    return predicateType.startsWith(base) && /^(?:\/v\d+(?:\.\d+)*)?$/.test(predicateType.slice(base.length));
}
function spdxTypeOf(spdxVersion) {
    const version = /^SPDX-(2\.\d+)$/.exec(spdxVersion)?.[1];
    return version === undefined ? undefined : `${SPDX_DOCUMENT}/v${version}`;
}


/***/ }),

/***/ 753:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ap: () => (/* binding */ anotherSubject),
/* harmony export */   WO: () => (/* binding */ imageSignature),
/* harmony export */   Z6: () => (/* binding */ subjectsOf)
/* harmony export */ });
/* harmony import */ var _image_digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3258);
/* harmony import */ var _image_media_types_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4988);
/* harmony import */ var _text_quoted_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9082);
/* harmony import */ var _signed_content_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2059);




function imageSignature(content, digest) {
    switch (content.kind) {
        case 'statement':
            return fromStatement(content, digest);
        case 'simple-signing':
            return fromSimpleSigning(content, digest);
        case 'message':
            return (0,_signed_content_js__WEBPACK_IMPORTED_MODULE_2__/* .refuseContent */ .y)('SIGNATURE_INVALID', 'a signature of a file, not of an image');
    }
}
function fromStatement(statement, digest) {
    if (statement.type !== _image_media_types_js__WEBPACK_IMPORTED_MODULE_1__/* .STATEMENT_V1 */ .om)
        return malformed(`_type is not ${_image_media_types_js__WEBPACK_IMPORTED_MODULE_1__/* .STATEMENT_V1 */ .om}`);
    if (statement.predicateType !== _image_media_types_js__WEBPACK_IMPORTED_MODULE_1__/* .COSIGN_SIGN_PREDICATE */ .u)
        return malformed(`predicateType is not ${_image_media_types_js__WEBPACK_IMPORTED_MODULE_1__/* .COSIGN_SIGN_PREDICATE */ .u}`);
    const about = subjectsOf(statement, digest);
    if (about.length > 1)
        return malformed('the statement names this digest more than once');
    const [subject] = about;
    if (subject === undefined)
        return anotherSubject(statement, digest, 'the signature');
    return { kind: 'image-signature', annotations: subject.annotations, dockerReference: undefined };
}
function malformed(problem) {
    return (0,_signed_content_js__WEBPACK_IMPORTED_MODULE_2__/* .refuseContent */ .y)('SIGNATURE_INVALID', `malformed statement: ${problem}`);
}
function fromSimpleSigning(payload, digest) {
    if (payload.digest !== digest) {
        return (0,_signed_content_js__WEBPACK_IMPORTED_MODULE_2__/* .refuseContent */ .y)('SUBJECT_DIGEST_MISMATCH', `the signature is about ${(0,_text_quoted_js__WEBPACK_IMPORTED_MODULE_3__/* .quoted */ .T)(payload.digest)}, not about ${digest}`);
    }
    const { annotations, dockerReference } = payload;
    return { kind: 'image-signature', annotations, dockerReference };
}
function subjectsOf(statement, digest) {
    return statement.subjects.filter((subject) => sha256Of(subject) === (0,_image_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .hexOf */ .ZD)(digest));
}
function anotherSubject({ subjects }, digest, what) {
    const found = subjects.slice(0, 3).map((subject) => sha256Of(subject) ?? 'no sha256');
    return (0,_signed_content_js__WEBPACK_IMPORTED_MODULE_2__/* .refuseContent */ .y)('SUBJECT_DIGEST_MISMATCH', `${what} is about ${(0,_text_quoted_js__WEBPACK_IMPORTED_MODULE_3__/* .quoted */ .T)(found.join(', '))}, not about ${digest}`);
}
function sha256Of({ digests }) {
    return Object.hasOwn(digests, 'sha256') ? digests['sha256'] : undefined;
}


/***/ }),

/***/ 2059:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   y: () => (/* binding */ refuseContent)
/* harmony export */ });
function refuseContent(reason, message) {
    return { kind: 'refused', reason, message };
}


/***/ }),

/***/ 8273:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createAttestationGate: () => (/* binding */ createAttestationGate)
});

// EXTERNAL MODULE: ./.build/js/src/usecases/examining/looks.js + 1 modules
var looks = __webpack_require__(8161);
// EXTERNAL MODULE: ./.build/js/src/coded-error.js
var coded_error = __webpack_require__(6329);
// EXTERNAL MODULE: ./.build/js/src/domain/image/platform-images.js
var platform_images = __webpack_require__(8132);
// EXTERNAL MODULE: ./.build/js/src/domain/image/reference.js
var reference = __webpack_require__(5273);
// EXTERNAL MODULE: ./.build/js/src/usecases/slots.js
var usecases_slots = __webpack_require__(8551);
// EXTERNAL MODULE: ./.build/js/src/usecases/examining/image-tree.js
var image_tree = __webpack_require__(7425);
// EXTERNAL MODULE: ./.build/js/src/usecases/examining/resolve-images.js
var resolve_images = __webpack_require__(6644);
;// CONCATENATED MODULE: ./.build/js/src/usecases/examining/platform-reader.js






function createPlatformReader(options) {
    const { call, registry, notFoundHint } = options;
    const slots = (0,usecases_slots/* createSlots */.e)(options.concurrency);
    const readTree = (0,image_tree/* createTreeReader */.s0)({ ...options, slots });
    const known = new Map();
    const read = async (repository, digest) => {
        const manifest = await slots(() => registry.manifest(call, repository, digest));
        if (manifest === undefined) {
            const name = (0,reference/* formatPinned */.y6)(repository, digest);
            throw new coded_error/* CodedError */.AK('IMAGE_NOT_FOUND', `${name} is not in ${repository.registry}`, { hint: notFoundHint });
        }
        const entries = (0,resolve_images/* entriesOf */.Mc)(repository, manifest);
        if (entries === undefined)
            return undefined;
        const { platforms } = await readTree({ repository, digest, entries });
        const images = platforms.filter(({ mediaType }) => !(0,platform_images/* isIndexType */.$U)(mediaType));
        return { images: [...new Map(images.map((image) => [image.digest, image])).values()], entries };
    };
    return (repository, digest) => {
        const name = (0,reference/* formatPinned */.y6)(repository, digest);
        const reading = known.get(name) ?? read(repository, digest);
        known.set(name, reading);
        return reading;
    };
}

// EXTERNAL MODULE: ./.build/js/src/domain/identity/evaluation.js
var identity_evaluation = __webpack_require__(7551);
// EXTERNAL MODULE: ./.build/js/src/domain/identity/signer-evaluation.js + 1 modules
var signer_evaluation = __webpack_require__(4701);
// EXTERNAL MODULE: ./.build/js/src/domain/attestation/predicate-types.js
var predicate_types = __webpack_require__(1450);
// EXTERNAL MODULE: ./.build/js/src/domain/text/json-object.js
var json_object = __webpack_require__(1682);
// EXTERNAL MODULE: ./.build/js/src/domain/text/value-error.js
var value_error = __webpack_require__(9354);
;// CONCATENATED MODULE: ./.build/js/src/domain/attestation/differences.js

const LISTED_MAX = 20;
const SHOWN_MAX = 300;
function differences(expected, found, path) {
    const list = [];
    compare({ expected, found, path, list });
    return list.slice(0, LISTED_MAX);
}
function compare({ expected, found, path, list }) {
    if (list.length >= LISTED_MAX)
        return;
    if (Array.isArray(expected) && Array.isArray(found)) {
        const length = Math.max(expected.length, found.length);
        for (let index = 0; index < length && list.length < LISTED_MAX; index += 1) {
            const item = { path: `${path}[${index}]`, list };
            if (index >= expected.length)
                list.push(unexpected(item.path, found[index]));
            else
                compare({ expected: expected[index], found: found[index], ...item });
        }
        return;
    }
    if ((0,json_object/* isJsonObject */.O)(expected) && (0,json_object/* isJsonObject */.O)(found)) {
        for (const key of new Set([...Object.keys(expected), ...Object.keys(found)])) {
            if (list.length >= LISTED_MAX)
                return;
            const at = path === '' ? key : `${path}.${key}`;
            const value = Object.hasOwn(found, key) ? found[key] : undefined;
            if (!Object.hasOwn(expected, key))
                list.push(unexpected(at, value));
            else
                compare({ expected: expected[key], found: value, path: at, list });
        }
        return;
    }
    if (typeof expected === 'string' && expected === found)
        return;
    list.push({
        field: cut(path),
        expected: shownJson(expected),
        found: found === undefined ? undefined : shownJson(found),
        ok: false,
    });
}
function unexpected(path, found) {
    return { field: cut(path), expected: 'no such field', found: shownJson(found), ok: false };
}
function shownJson(value) {
    return cut(typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing'));
}
function cut(text) {
    return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text;
}

;// CONCATENATED MODULE: ./.build/js/src/domain/attestation/provenance.js


function workflowProvenance(claims) {
    const missing = [];
    const value = (name) => {
        const found = claims[name];
        if (found === undefined)
            missing.push(name);
        return found ?? '';
    };
    const repository = value('source-repository-uri');
    const ref = value('source-repository-ref');
    const provenance = {
        buildDefinition: {
            buildType: predicate_types/* ACTIONS_BUILD_TYPE */.Af,
            externalParameters: {
                workflow: { ref, repository, path: workflowPath(value('build-config-uri'), repository) },
            },
            internalParameters: {
                github: {
                    event_name: value('build-trigger'),
                    repository_id: value('source-repository-identifier'),
                    repository_owner_id: value('source-repository-owner-identifier'),
                    runner_environment: value('runner-environment'),
                },
            },
            resolvedDependencies: [
                { uri: `git+${repository}@${ref}`, digest: { gitCommit: value('source-repository-digest') } },
            ],
        },
        runDetails: {
            builder: { id: value('build-signer-uri') },
            metadata: { invocationId: value('run-invocation-uri') },
        },
    };
    if (missing.length === 0)
        return provenance;
    throw new value_error/* ValueError */.Qp(`there is no claim ${missing.join(', ')}`);
}
function workflowPath(buildConfigUri, repository) {
    const inRepository = buildConfigUri.startsWith(`${repository}/`);
    const path = inRepository ? buildConfigUri.slice(repository.length + 1) : withoutOrigin(buildConfigUri);
    const at = path.indexOf('@');
    return at < 0 ? path : path.slice(0, at);
}
function withoutOrigin(uri) {
    return /^[a-z]+:\/\/[^/]*\/(.*)$/s.exec(uri)?.[1] ?? uri;
}
const DESCRIBED_EVENTS = (/* unused pure expression or super */ null && (['create', 'release', 'push', 'workflow_dispatch']));
function isDescribedEvent(event) {
    return DESCRIBED_EVENTS.includes(event);
}

;// CONCATENATED MODULE: ./.build/js/src/domain/attestation/provenance-check.js





const OLD_BUILDER_PREFIX = 'https://github.com/actions/runner/';
function checkProvenance({ predicateType, predicate }, identity, { builderId, buildType }) {
    if (!(0,json_object/* isJsonObject */.O)(predicate)) {
        return [{ field: 'predicate', expected: 'an object', found: shownJson(predicate), ok: false }];
    }
    const isOldLayout = /\/v0(?:\.|$)/.test(predicateType);
    const build = isOldLayout ? predicate : objectAt(predicate, 'buildDefinition');
    const run = isOldLayout ? predicate : objectAt(predicate, 'runDetails');
    const foundType = valueAt(build, 'buildType');
    const foundBuilder = valueAt(objectAt(run, 'builder'), 'id');
    const findings = [];
    if (buildType !== undefined)
        findings.push(equality('build-type', buildType, foundType));
    if (builderId !== undefined)
        findings.push(equality('builder-id', builderId, foundBuilder));
    const compared = COMPARED.find(({ type }) => type === foundType);
    if (compared !== undefined) {
        findings.push(...compareWithCertificate(compared.expected, identity, predicate));
    }
    else if (buildType === undefined) {
        findings.push({
            field: 'build-type',
            expected: `${COMPARED.map(({ type }) => type).join(' or ')}, which are compared with the certificate, unless the line names another`,
            found: foundType === undefined ? undefined : shownJson(foundType),
            ok: false,
        });
    }
    return findings;
}
function compareWithCertificate(expected, identity, predicate) {
    const { subject, claims } = identity;
    const signer = claims['build-signer-uri'];
    if (signer !== subject) {
        return [{ field: 'claims build-signer-uri', expected: `the subject ${subject}`, found: signer, ok: false }];
    }
    try {
        const unequal = differences(expected(identity), predicate, '');
        const agrees = { field: 'predicate', expected: 'what the certificate says', found: 'the same', ok: true };
        return unequal.length === 0 ? [agrees] : unequal;
    }
    catch (error) {
        if (!(error instanceof value_error/* ValueError */.Qp))
            throw error;
        return [{ field: 'certificate', expected: 'all claims that provenance repeats', found: error.message, ok: false }];
    }
}
function equality(field, expected, found) {
    return { field, expected, found: found === undefined ? undefined : shownJson(found), ok: found === expected };
}
function objectAt(object, key) {
    const value = valueAt(object, key);
    return (0,json_object/* isJsonObject */.O)(value) ? value : {};
}
function valueAt(object, key) {
    return Object.hasOwn(object, key) ? object[key] : undefined;
}
const COMPARED = [
    { type: predicate_types/* ACTIONS_BUILD_TYPE */.Af, expected: ({ claims }) => ({ ...workflowProvenance(claims) }) },
    { type: predicate_types/* OLD_ACTIONS_BUILD_TYPE */.QA, expected: ({ claims }) => oldProvenance(claims) },
];
function oldProvenance(claims) {
    const { buildDefinition, runDetails } = workflowProvenance(claims);
    const { runner_environment: runner, ...github } = buildDefinition.internalParameters.github;
    return {
        buildDefinition: { ...buildDefinition, buildType: predicate_types/* OLD_ACTIONS_BUILD_TYPE */.QA, internalParameters: { github } },
        runDetails: { ...runDetails, builder: { id: `${OLD_BUILDER_PREFIX}${runner}` } },
    };
}

// EXTERNAL MODULE: ./.build/js/src/domain/text/strict-json.js
var strict_json = __webpack_require__(7442);
;// CONCATENATED MODULE: ./.build/js/src/domain/attestation/sbom-check.js




const LIMITS = { maxBytes: 24 * 1024 * 1024, maxDepth: 100, maxMembers: 1_500_000 };
function checkSbom({ predicateType, predicate }) {
    const format = (0,predicate_types/* isSpdx */.QE)(predicateType) ? 'SPDX' : 'CycloneDX';
    const document = readDocument(predicate);
    if (document === undefined) {
        return [{ field: 'predicate', expected: `${format} as JSON`, found: shownJson(predicate), ok: false }];
    }
    const { marks, parts } = format === 'CycloneDX' ? cycloneDx(document) : isSpdx3(document) ? spdx3(document) : spdx2(document);
    return [...marks, parts];
}
function readDocument(predicate) {
    if ((0,json_object/* isJsonObject */.O)(predicate))
        return predicate;
    if (typeof predicate !== 'string')
        return undefined;
    try {
        const value = (0,strict_json/* parseStrictJson */.RJ)(predicate, LIMITS);
        return (0,json_object/* isJsonObject */.O)(value) ? value : undefined;
    }
    catch (error) {
        if (error instanceof SyntaxError)
            return undefined;
        throw error;
    }
}
function spdx2(document) {
    const version = field(document, 'spdxVersion');
    const id = field(document, 'SPDXID');
    return {
        marks: [
            mark('spdxVersion', 'SPDX-2.…', {
                found: version,
                ok: typeof version === 'string' && /^SPDX-2\.\d+$/.test(version),
            }),
            mark('SPDXID', 'an identifier', { found: id, ok: typeof id === 'string' && id !== '' }),
        ],
        parts: parts('packages', namedItems(field(document, 'packages'))),
    };
}
function isSpdx3(document) {
    const context = field(document, '@context');
    const contexts = Array.isArray(context) ? context : [context];
    return contexts.some((one) => typeof one === 'string' && /^https:\/\/spdx\.(?:org|github\.io)\/.*\/?3\./.test(one));
}
function spdx3(document) {
    const graph = field(document, '@graph');
    const packages = Array.isArray(graph)
        ? graph.filter((one) => (0,json_object/* isJsonObject */.O)(one) && field(one, 'type') === 'software_Package')
        : [];
    return {
        marks: [mark('@graph', 'a list', { found: Array.isArray(graph) ? 'a list' : graph, ok: Array.isArray(graph) })],
        parts: parts('@graph of type software_Package', namedItems(packages)),
    };
}
function cycloneDx(document) {
    const format = field(document, 'bomFormat');
    const version = field(document, 'specVersion');
    return {
        marks: [
            mark('bomFormat', 'CycloneDX', { found: format, ok: format === 'CycloneDX' }),
            mark('specVersion', 'a version', {
                found: version,
                ok: typeof version === 'string' && /^\d+\.\d+$/.test(version),
            }),
        ],
        parts: parts('components', namedItems(field(document, 'components'))),
    };
}
function mark(name, expected, { found, ok }) {
    return { field: name, expected, found: found === undefined ? undefined : shownJson(found), ok };
}
function parts(name, count) {
    return { field: name, expected: 'at least one with a name', found: String(count), ok: count > 0 };
}
function namedItems(list) {
    if (!Array.isArray(list))
        return 0;
    return list.filter((one) => {
        const name = (0,json_object/* isJsonObject */.O)(one) ? field(one, 'name') : undefined;
        return typeof name === 'string' && name !== '';
    }).length;
}
function field(object, name) {
    return Object.hasOwn(object, name) ? object[name] : undefined;
}

;// CONCATENATED MODULE: ./.build/js/src/domain/attestation/evaluate-attestation.js





function evaluateAttestation(facts, requirement, now) {
    const { identity, provenTimes, statement } = facts;
    const signed = requirement.signers.map((signer) => (0,signer_evaluation/* evaluateSigner */.U)({ identity, annotations: {}, provenTimes }, signer, now));
    const refused = signed.flatMap((one) => (one.kind === 'mismatch' ? [one] : []));
    if (refused.length > 0)
        return refused.reduce((one, other) => ((0,identity_evaluation/* nearness */._)(other) < (0,identity_evaluation/* nearness */._)(one) ? other : one));
    const findings = checkContent(facts, requirement);
    if (!requirement.type.accepts(statement.predicateType)) {
        findings.unshift({
            field: 'predicateType',
            expected: requirement.type.name,
            found: statement.predicateType.slice(0, 300),
            ok: false,
        });
    }
    if (findings.some(({ ok }) => !ok))
        return { kind: 'mismatch', reason: 'ATTESTATION_MISMATCH', findings, hints: [] };
    return { kind: 'accepted', notes: signed.flatMap((one) => (one.kind === 'accepted' ? one.notes : [])) };
}
function checkContent({ identity, statement }, requirement) {
    if ((0,predicate_types/* isSlsaProvenance */.bR)(statement.predicateType))
        return checkProvenance(statement, identity, requirement);
    if ((0,predicate_types/* isSpdx */.QE)(statement.predicateType) || (0,predicate_types/* isCycloneDx */.KF)(statement.predicateType))
        return checkSbom(statement);
    return [];
}

;// CONCATENATED MODULE: ./.build/js/src/usecases/examining/read-attestations.js


const BYTES_MAX = 4 * 1024 * 1024 * 1024;
const SMALL_BYTES = 1024 * 1024;
function createAttestationReader(options) {
    const { requirements, maxBytes = BYTES_MAX } = options;
    const wants = (predicateType) => requirements.some(({ type }) => type.accepts(predicateType));
    const oneAtATime = (0,usecases_slots/* createSlots */.e)(1);
    let bytes = 0;
    return {
        wants,
        stored: options.stored,
        admits: () => bytes < maxBytes,
        spend: (more) => {
            bytes += more;
        },
        read(candidate, named) {
            const content = candidate.format === 'bundle' ? candidate.bundle : candidate.payload;
            bytes += content.byteLength;
            if (candidate.format === 'bundle' && !wants(named.predicateType ?? ''))
                return Promise.resolve(undefined);
            const work = () => readOne(options, candidate, named);
            return content.byteLength > SMALL_BYTES ? oneAtATime(work) : work();
        },
    };
}
async function readOne({ requirements, call, verifier, clock, keepStatement }, candidate, { subject, predicateType: named }) {
    const { format, digest } = candidate;
    const verification = await verifier.verifyAttestation(call, candidate, subject);
    if (verification.kind === 'refused') {
        return { format, digest, predicateType: named ?? 'unknown', verification };
    }
    const { statement, ...facts } = verification.facts;
    const { predicateType, predicate } = statement;
    const now = clock.now();
    const evaluations = requirements.map((requirement) => requirement.type.accepts(predicateType)
        ? evaluateAttestation({ ...facts, statement: { predicateType, predicate } }, requirement, now)
        : undefined);
    const isAccepted = evaluations.some((evaluation) => evaluation?.kind === 'accepted');
    const statementPath = isAccepted ? await keepStatement(statement.payload) : undefined;
    return { format, digest, predicateType, verification: { kind: 'verified', facts, evaluations, statementPath } };
}

// EXTERNAL MODULE: ./.build/js/src/domain/calls/within.js
var within = __webpack_require__(1169);
// EXTERNAL MODULE: ./.build/js/src/usecases/judging/judge-image.js
var judge_image = __webpack_require__(1282);
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
        return isOfType ? [{ reason, message, rank: (0,refusal/* refusalRank */.t)(reason), mismatch: undefined }] : [];
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
    for (;;) {
        const judgement = await judgeOnce(options, image, looks);
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
async function judgeOnce(options, image, looks) {
    const { evaluate, rules } = options;
    const numbered = rules.requirements.map((requirement, index) => ({ requirement, index }));
    const accepts = ({ verification }) => verification.kind === 'verified' && evaluate?.(verification.facts).kind === 'accepted';
    const own = await examine(options, { ...image, looks }, (examined, attestations) => {
        const isSigned = !rules.requireSignature || examined.some(accepts);
        return isSigned && numbered.every(({ index }) => meets(attestations, index));
    });
    const signature = (0,judge_image/* judgeImage */.xQ)(own, evaluate);
    const { lines, found } = await judgeLines(options, { image, looks, own, numbered });
    const attested = {
        attestations: found.toSorted((a, b) => Number(a.requirement === undefined) - Number(b.requirement === undefined)),
        lines,
        identity: rules.requireSignature ? undefined : sharedSigner(found),
    };
    return combine(signature, attested, rules);
}
async function examine({ firstLook }, { repository, digest, looks }, isEnough) {
    const look = looks.get(digest) ?? firstLook(repository, digest);
    looks.set(digest, look);
    return look.examination.until(isEnough);
}
async function judgeLines(options, { image, looks, own, numbered }) {
    const direct = numbered.map((one) => judgeLine(own, one));
    const open = numbered.filter(({ requirement, index }) => requirement.perPlatform || direct[index]?.verdict !== 'pass');
    const platforms = open.length === 0 ? undefined : await readPlatforms(options, image);
    const ownFound = label(own.attestations, undefined, numbered);
    if (platforms === undefined)
        return { lines: direct, found: ownFound };
    if (platforms instanceof coded_error/* CodedError */.AK) {
        const lines = numbered.map((one) => unreadable(direct[one.index] ?? judgeLine(own, one), platforms, open.includes(one)));
        return { lines, found: ownFound };
    }
    const embedded = open.filter(({ requirement }) => requirement.buildkit);
    const examined = await Promise.all(platforms.images.map(async ({ digest, platform }) => {
        const where = { repository: image.repository, digest, looks };
        const examination = await examine(options, where, (_, attestations) => open.every(({ index }) => meets(attestations, index)));
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

// EXTERNAL MODULE: ./.build/js/src/domain/image/descriptor.js
var descriptor = __webpack_require__(7739);
// EXTERNAL MODULE: ./.build/js/src/domain/image/media-types.js
var media_types = __webpack_require__(4988);
// EXTERNAL MODULE: ./.build/js/src/domain/image/registry-document.js
var registry_document = __webpack_require__(7771);
// EXTERNAL MODULE: ./.build/js/src/domain/signature/image-signature.js
var image_signature = __webpack_require__(753);
;// CONCATENATED MODULE: ./.build/js/src/usecases/judging/buildkit-statements.js











const MANIFEST_LIMITS = { maxBytes: 1024 * 1024, maxMembers: 20_000 };
const LAYERS_MAX = 32;
const STATEMENT_MAX_BYTES = 24 * 1024 * 1024;
function createStatementReader(options) {
    const oneAtATime = (0,usecases_slots/* createSlots */.e)(1);
    return async ({ repository, index, entries, platform, requirements }) => {
        const signed = requirements.flatMap((one) => {
            const signatures = acceptedSignatures(options, index, one);
            return signatures.length === 0 ? [] : [{ ...one, signatures }];
        });
        if (signed.length === 0)
            return { attestations: [], undecided: [] };
        const about = entries.filter(({ describes }) => describes === platform);
        const attestations = [];
        const undecided = [];
        for (const entry of about) {
            await oneAtATime(async () => {
                try {
                    attestations.push(...(await readManifest(options, { repository, entry, platform, signed })));
                }
                catch (error) {
                    undecided.push({ error });
                }
            });
        }
        return { attestations, undecided };
    };
}
function acceptedSignatures({ evaluate, clock }, { examined }, { requirement }) {
    return examined.flatMap(({ verification }) => {
        if (verification.kind !== 'verified')
            return [];
        const { facts } = verification;
        const isOfStep = requirement.hasOwnSigner || evaluate === undefined || evaluate(facts).kind === 'accepted';
        const now = clock.now();
        const isAccepted = requirement.signers.every((signer) => (0,signer_evaluation/* evaluateSigner */.U)(facts, signer, now).kind === 'accepted');
        return isOfStep && isAccepted ? [facts] : [];
    });
}
async function readManifest(options, wanted) {
    const { call, registry } = options;
    const { repository, entry } = wanted;
    const name = (0,reference/* formatPinned */.y6)(repository, entry.digest);
    const fetched = await registry.document(call, repository, entry);
    if (fetched === undefined)
        throw new coded_error/* CodedError */.AK('IMAGE_NOT_FOUND', `${name} is listed by its index but is missing`);
    const layers = (0,image_tree/* orInvalid */.R$)(name, () => statementLayers(fetched.bytes));
    const found = [];
    for (const { digest } of layers)
        found.push(...(await readLayer(options, wanted, digest)));
    return found;
}
function statementLayers(bytes) {
    const { json, flaws } = (0,registry_document/* readDocument */.u0)(bytes, MANIFEST_LIMITS, 'the attestation manifest');
    const { outside, ofEntry } = (0,registry_document/* divideFlaws */.pp)(flaws, 'layers');
    const [flaw] = outside;
    if (flaw !== undefined)
        throw (0,registry_document/* flawError */.fG)(flaw, 'the attestation manifest');
    const layers = (0,descriptor/* parseLayers */.ah)(json, ofEntry, 'the attestation manifest');
    const bad = layers.find((layer) => layer instanceof value_error/* ValueError */.Qp);
    if (bad instanceof value_error/* ValueError */.Qp)
        throw bad;
    if (layers.length > LAYERS_MAX)
        throw new value_error/* ValueError */.Qp(`it has ${layers.length} layers, more than ${LAYERS_MAX}`);
    return layers.filter((layer) => !(layer instanceof value_error/* ValueError */.Qp) && layer.mediaType === media_types/* INTOTO_PAYLOAD */.V$);
}
async function readLayer({ call, registry, readStatement, reader, clock, keepStatement }, { repository, platform, signed }, digest) {
    const what = (0,reference/* formatPinned */.y6)(repository, digest);
    if (!reader.admits())
        throw new coded_error/* CodedError */.AK('REGISTRY_INVALID', 'the attestations of this run have too many bytes');
    const bytes = await registry.blob(call, repository, { digest, maxBytes: STATEMENT_MAX_BYTES });
    if (bytes === undefined)
        throw new coded_error/* CodedError */.AK('IMAGE_NOT_FOUND', `the statement ${what} is missing`);
    reader.spend(bytes.byteLength);
    const statement = await readStatement(bytes);
    if (statement.kind === 'refused')
        return [];
    if ((0,image_signature/* subjectsOf */.Z6)(statement, platform).length === 0)
        return [];
    const now = clock.now();
    const { predicateType } = statement;
    const found = new Map();
    let statementPath;
    for (const { requirement, index, signatures } of signed) {
        if (!requirement.type.accepts(predicateType))
            continue;
        for (const facts of signatures) {
            const { identity, provenTimes } = facts;
            const evaluation = evaluateAttestation({ identity, provenTimes, statement }, requirement, now);
            if (evaluation.kind === 'accepted')
                statementPath ??= await keepStatement(bytes);
            const evaluations = found.get(facts) ?? [];
            evaluations[index] = evaluation;
            found.set(facts, evaluations);
        }
    }
    return [...found].map(([{ identity, provenTimes, log }, evaluations]) => {
        const facts = { identity, provenTimes, log };
        return {
            format: 'buildkit',
            digest,
            predicateType,
            verification: { kind: 'verified', facts, evaluations, statementPath },
        };
    });
}

;// CONCATENATED MODULE: ./.build/js/src/usecases/judging/attestation-gate.js





function createAttestationGate(options, ports) {
    const { evaluate, rules, keepStatement, readStatement, stored } = options;
    const { requirements } = rules;
    const reader = createAttestationReader({ ...ports, requirements, keepStatement, stored });
    return createAttestedJudge({
        evaluate,
        rules,
        firstLook: (0,looks/* createLooks */.n)({ ...options, attestations: reader }, ports),
        readPlatforms: createPlatformReader({ ...options, ...ports }),
        readStatements: createStatementReader({ ...ports, reader, evaluate, keepStatement, readStatement }),
        signal: ports.call.signal,
    });
}


/***/ })

};
