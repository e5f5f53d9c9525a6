export const id = 913;
export const ids = [913];
export const modules = {

/***/ 5467:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  _: () => (/* binding */ evaluateAttestation)
});

// EXTERNAL MODULE: ./.build/js/src/domain/identity/evaluation.js
var evaluation = __webpack_require__(7551);
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
        return refused.reduce((one, other) => ((0,evaluation/* nearness */._)(other) < (0,evaluation/* nearness */._)(one) ? other : one));
    const findings = requirement.anyContent === true ? [] : checkContent(facts, requirement);
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


/***/ }),

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
/* unused harmony exports CYCLONEDX_BOM, COSIGN_CUSTOM, isCosignAlias, spdxTypeOf */
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

/***/ 1264:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   x: () => (/* binding */ createPlatformReader)
/* harmony export */ });
/* harmony import */ var _coded_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6329);
/* harmony import */ var _domain_image_platform_images_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8132);
/* harmony import */ var _domain_image_reference_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5273);
/* harmony import */ var _slots_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8551);
/* harmony import */ var _image_tree_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7425);
/* harmony import */ var _resolve_images_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6644);






function createPlatformReader(options) {
    const { call, registry, notFoundHint } = options;
    const slots = (0,_slots_js__WEBPACK_IMPORTED_MODULE_5__/* .createSlots */ .e)(options.concurrency);
    const readTree = (0,_image_tree_js__WEBPACK_IMPORTED_MODULE_3__/* .createTreeReader */ .s0)({ ...options, slots });
    const known = new Map();
    const read = async (repository, digest) => {
        const manifest = await slots(() => registry.manifest(call, repository, digest));
        if (manifest === undefined) {
            const name = (0,_domain_image_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .formatPinned */ .y6)(repository, digest);
            throw new _coded_error_js__WEBPACK_IMPORTED_MODULE_0__/* .CodedError */ .AK('IMAGE_NOT_FOUND', `${name} is not in ${repository.registry}`, { hint: notFoundHint });
        }
        const entries = (0,_resolve_images_js__WEBPACK_IMPORTED_MODULE_4__/* .entriesOf */ .Mc)(repository, manifest);
        if (entries === undefined)
            return undefined;
        const { platforms } = await readTree({ repository, digest, entries });
        const images = platforms.filter(({ mediaType }) => !(0,_domain_image_platform_images_js__WEBPACK_IMPORTED_MODULE_1__/* .isIndexType */ .$U)(mediaType));
        return { images: [...new Map(images.map((image) => [image.digest, image])).values()], entries };
    };
    return (repository, digest) => {
        const name = (0,_domain_image_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .formatPinned */ .y6)(repository, digest);
        const reading = known.get(name) ?? read(repository, digest);
        known.set(name, reading);
        return reading;
    };
}


/***/ }),

/***/ 3717:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ createAttestationReader)
/* harmony export */ });
/* harmony import */ var _domain_attestation_evaluate_attestation_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5467);
/* harmony import */ var _domain_identity_evaluation_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7551);
/* harmony import */ var _slots_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8551);



const BYTES_MAX = 4 * 1024 * 1024 * 1024;
const SMALL_BYTES = 1024 * 1024;
function createAttestationReader(options) {
    const { requirements, maxBytes = BYTES_MAX } = options;
    const wants = (predicateType) => requirements.some(({ type }) => type.accepts(predicateType));
    const oneAtATime = (0,_slots_js__WEBPACK_IMPORTED_MODULE_1__/* .createSlots */ .e)(1);
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
            if (candidate.format === 'bundle' && !wants(named.predicateType ?? '')) {
                return Promise.resolve({ attestations: [], undecided: [] });
            }
            const work = () => readByEachRoot(options, candidate, named);
            return content.byteLength > SMALL_BYTES ? oneAtATime(work) : work();
        },
    };
}
async function readByEachRoot(options, candidate, named) {
    const attestations = [];
    const undecided = [];
    for (const root of new Set(options.requirements.map((requirement) => requirement.root))) {
        const tag = root === undefined ? {} : { root };
        try {
            attestations.push({ ...(await readOne(options, candidate, { ...named, root })), ...tag });
        }
        catch (error) {
            undecided.push({ error, ...tag });
        }
    }
    return { attestations, undecided };
}
async function readOne({ requirements, call, verifier: ofRun, otherRoots, clock, keepStatement }, candidate, { subject, predicateType: named, root }) {
    const { format, digest } = candidate;
    const verifier = root === undefined ? ofRun : otherRoots?.get(root);
    if (verifier === undefined)
        throw new TypeError('a requirement names a trusted root that is not there');
    const verification = await verifier.verifyAttestation(call, candidate, subject);
    if (verification.kind === 'refused') {
        return { format, digest, predicateType: named ?? 'unknown', verification };
    }
    const { statement, ...facts } = verification.facts;
    const { predicateType, predicate } = statement;
    const now = clock.now();
    const evaluations = requirements.map((requirement) => {
        if (requirement.root !== root || !requirement.type.accepts(predicateType))
            return undefined;
        const evaluation = (0,_domain_attestation_evaluate_attestation_js__WEBPACK_IMPORTED_MODULE_0__/* .evaluateAttestation */ ._)({ ...facts, statement: { predicateType, predicate } }, requirement, now);
        return requirement.requireTimestamp === true ? (0,_domain_identity_evaluation_js__WEBPACK_IMPORTED_MODULE_2__/* .needTimestamp */ .h)(evaluation, facts) : evaluation;
    });
    const isAccepted = evaluations.some((evaluation) => evaluation?.kind === 'accepted');
    const statementPath = isAccepted ? await keepStatement(statement.payload) : undefined;
    return { format, digest, predicateType, verification: { kind: 'verified', facts, evaluations, statementPath } };
}


/***/ }),

/***/ 3924:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ createStatementReader)
/* harmony export */ });
/* harmony import */ var _coded_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6329);
/* harmony import */ var _domain_attestation_evaluate_attestation_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5467);
/* harmony import */ var _domain_identity_signer_evaluation_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4701);
/* harmony import */ var _domain_image_descriptor_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7739);
/* harmony import */ var _domain_image_media_types_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4988);
/* harmony import */ var _domain_image_reference_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5273);
/* harmony import */ var _domain_image_registry_document_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(7771);
/* harmony import */ var _domain_signature_image_signature_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(753);
/* harmony import */ var _domain_text_value_error_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(9354);
/* harmony import */ var _examining_image_tree_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(7425);
/* harmony import */ var _slots_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(8551);











const MANIFEST_LIMITS = { maxBytes: 1024 * 1024, maxMembers: 20_000 };
const LAYERS_MAX = 32;
const STATEMENT_MAX_BYTES = 24 * 1024 * 1024;
function createStatementReader(options) {
    const oneAtATime = (0,_slots_js__WEBPACK_IMPORTED_MODULE_10__/* .createSlots */ .e)(1);
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
        const isAccepted = requirement.signers.every((signer) => (0,_domain_identity_signer_evaluation_js__WEBPACK_IMPORTED_MODULE_2__/* .evaluateSigner */ .U)(facts, signer, now).kind === 'accepted');
        const isTimed = requirement.requireTimestamp !== true || facts.isTimestamped === true;
        return isOfStep && isAccepted && isTimed ? [facts] : [];
    });
}
async function readManifest(options, wanted) {
    const { call, registry } = options;
    const { repository, entry } = wanted;
    const name = (0,_domain_image_reference_js__WEBPACK_IMPORTED_MODULE_5__/* .formatPinned */ .y6)(repository, entry.digest);
    const fetched = await registry.document(call, repository, entry);
    if (fetched === undefined)
        throw new _coded_error_js__WEBPACK_IMPORTED_MODULE_0__/* .CodedError */ .AK('IMAGE_NOT_FOUND', `${name} is listed by its index but is missing`);
    const layers = (0,_examining_image_tree_js__WEBPACK_IMPORTED_MODULE_9__/* .orInvalid */ .R$)(name, () => statementLayers(fetched.bytes));
    const found = [];
    for (const { digest } of layers)
        found.push(...(await readLayer(options, wanted, digest)));
    return found;
}
function statementLayers(bytes) {
    const { json, flaws } = (0,_domain_image_registry_document_js__WEBPACK_IMPORTED_MODULE_6__/* .readDocument */ .u0)(bytes, MANIFEST_LIMITS, 'the attestation manifest');
    const { outside, ofEntry } = (0,_domain_image_registry_document_js__WEBPACK_IMPORTED_MODULE_6__/* .divideFlaws */ .pp)(flaws, 'layers');
    const [flaw] = outside;
    if (flaw !== undefined)
        throw (0,_domain_image_registry_document_js__WEBPACK_IMPORTED_MODULE_6__/* .flawError */ .fG)(flaw, 'the attestation manifest');
    const layers = (0,_domain_image_descriptor_js__WEBPACK_IMPORTED_MODULE_3__/* .parseLayers */ .ah)(json, ofEntry, 'the attestation manifest');
    const bad = layers.find((layer) => layer instanceof _domain_text_value_error_js__WEBPACK_IMPORTED_MODULE_8__/* .ValueError */ .Qp);
    if (bad instanceof _domain_text_value_error_js__WEBPACK_IMPORTED_MODULE_8__/* .ValueError */ .Qp)
        throw bad;
    if (layers.length > LAYERS_MAX)
        throw new _domain_text_value_error_js__WEBPACK_IMPORTED_MODULE_8__/* .ValueError */ .Qp(`it has ${layers.length} layers, more than ${LAYERS_MAX}`);
    return layers.filter((layer) => !(layer instanceof _domain_text_value_error_js__WEBPACK_IMPORTED_MODULE_8__/* .ValueError */ .Qp) && layer.mediaType === _domain_image_media_types_js__WEBPACK_IMPORTED_MODULE_4__/* .INTOTO_PAYLOAD */ .V$);
}
async function readLayer({ call, registry, readStatement, reader, clock, keepStatement }, { repository, platform, signed }, digest) {
    const what = (0,_domain_image_reference_js__WEBPACK_IMPORTED_MODULE_5__/* .formatPinned */ .y6)(repository, digest);
    if (!reader.admits())
        throw new _coded_error_js__WEBPACK_IMPORTED_MODULE_0__/* .CodedError */ .AK('REGISTRY_INVALID', 'the attestations of this run have too many bytes');
    const bytes = await registry.blob(call, repository, { digest, maxBytes: STATEMENT_MAX_BYTES });
    if (bytes === undefined)
        throw new _coded_error_js__WEBPACK_IMPORTED_MODULE_0__/* .CodedError */ .AK('IMAGE_NOT_FOUND', `the statement ${what} is missing`);
    reader.spend(bytes.byteLength);
    const statement = await readStatement(bytes);
    if (statement.kind === 'refused')
        return [];
    if ((0,_domain_signature_image_signature_js__WEBPACK_IMPORTED_MODULE_7__/* .subjectsOf */ .Z6)(statement, platform).length === 0)
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
            const evaluation = (0,_domain_attestation_evaluate_attestation_js__WEBPACK_IMPORTED_MODULE_1__/* .evaluateAttestation */ ._)({ identity, provenTimes, statement }, requirement, now);
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


/***/ })

};
