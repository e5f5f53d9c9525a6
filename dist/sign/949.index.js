export const id = 949;
export const ids = [949,404];
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
/* harmony export */   QE: () => (/* binding */ isSpdx),
/* harmony export */   bR: () => (/* binding */ isSlsaProvenance),
/* harmony export */   c8: () => (/* binding */ isCosignAlias),
/* harmony export */   fm: () => (/* binding */ CYCLONEDX_BOM),
/* harmony export */   gj: () => (/* binding */ COSIGN_CUSTOM),
/* harmony export */   us: () => (/* binding */ SLSA_PROVENANCE_V1),
/* harmony export */   xx: () => (/* binding */ spdxTypeOf)
/* harmony export */ });
/* unused harmony export OLD_ACTIONS_BUILD_TYPE */
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

/***/ 2538:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  bs: () => (/* binding */ PREDICATE_MAX_BYTES),
  xr: () => (/* binding */ cosignPredicate),
  tz: () => (/* binding */ parsePredicateJson),
  U$: () => (/* binding */ samePredicate)
});

// EXTERNAL MODULE: ./.build/js/src/domain/text/compact-json.js
var compact_json = __webpack_require__(5436);
// EXTERNAL MODULE: ./.build/js/src/domain/text/json-object.js
var json_object = __webpack_require__(1682);
;// CONCATENATED MODULE: ./.build/js/src/domain/text/same-json.js

function sameJson(one, other) {
    if (Array.isArray(one)) {
        return Array.isArray(other) && one.length === other.length && one.every((item, at) => sameJson(item, other[at]));
    }
    if (!(0,json_object/* isJsonObject */.O)(one) || !(0,json_object/* isJsonObject */.O)(other))
        return one === other;
    const keys = Object.keys(one);
    return (keys.length === Object.keys(other).length &&
        keys.every((key) => Object.hasOwn(other, key) && sameJson(one[key], other[key])));
}

// EXTERNAL MODULE: ./.build/js/src/domain/text/strict-json.js
var strict_json = __webpack_require__(7442);
// EXTERNAL MODULE: ./.build/js/src/domain/text/value-error.js
var value_error = __webpack_require__(9354);
// EXTERNAL MODULE: ./.build/js/src/domain/attestation/predicate-types.js
var predicate_types = __webpack_require__(1450);
;// CONCATENATED MODULE: ./.build/js/src/domain/attestation/predicate.js






const PREDICATE_MAX_BYTES = 16 * 1024 * 1024;
const LIMITS = { maxBytes: PREDICATE_MAX_BYTES, maxDepth: 98, maxMembers: 490_000 };
function parsePredicateJson(text) {
    try {
        return (0,strict_json/* parseStrictJson */.RJ)(text, LIMITS);
    }
    catch (error) {
        if (error instanceof SyntaxError)
            throw new value_error/* ValueError */.Qp(`it is not JSON that every reader understands alike: ${error.message}`);
        throw error;
    }
}
function cosignPredicate(named, text, now) {
    const type = (0,predicate_types/* isCosignAlias */.c8)(named) ? (0,predicate_types/* typeOfAlias */.C0)(named) : named;
    if (type === predicate_types/* COSIGN_CUSTOM */.gj) {
        const Timestamp = now.toISOString().replace(/\.\d{3}Z$/, 'Z');
        return { type, json: stringify({ Data: text, Timestamp }) };
    }
    if (named === 'spdx')
        return { type, json: stringify(text) };
    const value = parsePredicateJson(text);
    if (!(0,json_object/* isJsonObject */.O)(value))
        throw new value_error/* ValueError */.Qp('it is not a JSON object');
    const renamed = type === predicate_types/* SLSA_PROVENANCE_V1 */.us ? withInvocationId(value) : undefined;
    return { type, json: renamed === undefined ? (0,compact_json/* compactJson */.A)(text) : stringify(renamed) };
}
function stringify(value) {
    const json = JSON.stringify(value);
    if (Buffer.byteLength(json) > PREDICATE_MAX_BYTES) {
        throw new value_error/* ValueError */.Qp(`written as one JSON text it has more than ${PREDICATE_MAX_BYTES} bytes`);
    }
    return json;
}
function withInvocationId(provenance) {
    const { runDetails } = provenance;
    const metadata = (0,json_object/* isJsonObject */.O)(runDetails) ? runDetails['metadata'] : undefined;
    if (!(0,json_object/* isJsonObject */.O)(runDetails) || !(0,json_object/* isJsonObject */.O)(metadata) || !Object.hasOwn(metadata, 'invocationID'))
        return undefined;
    const { invocationID, ...rest } = metadata;
    return { ...provenance, runDetails: { ...runDetails, metadata: { ...rest, invocationId: invocationID } } };
}
function samePredicate(type, one, other) {
    return type === predicate_types/* COSIGN_CUSTOM */.gj ? sameJson(timeless(one), timeless(other)) : sameJson(one, other);
}
function timeless(predicate) {
    if (!(0,json_object/* isJsonObject */.O)(predicate))
        return predicate;
    const { Timestamp: _, ...rest } = predicate;
    return rest;
}


/***/ }),

/***/ 1700:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ assignSboms),
/* harmony export */   V: () => (/* binding */ parseSbomLine)
/* harmony export */ });
/* harmony import */ var _image_reference_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5273);
/* harmony import */ var _text_quoted_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9082);
/* harmony import */ var _text_value_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9354);



const MAPPED_FORM = 'IMAGE=PATH or IMAGE@OS/ARCH=PATH';
const PLACEHOLDERS = ['{name}', '{os}', '{arch}', '{variant}'];
const OF_PLATFORM = /\{(?:os|arch|variant)\}/;
function parseSbomLine(line) {
    const equals = line.indexOf('=');
    const isMapped = equals >= 0 && !/^(?:\.{0,2}\/|[A-Za-z]:\\)/.test(line);
    const path = (isMapped ? line.slice(equals + 1) : line).trim();
    if (path === '')
        throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueError */ .Qp(`${(0,_text_quoted_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .T)(line)} names no file`);
    const unknown = (path.match(/\{[^{}]*\}/g) ?? []).find((one) => !PLACEHOLDERS.includes(one));
    if (unknown !== undefined) {
        throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueError */ .Qp(`${(0,_text_quoted_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .T)(line)}: ${(0,_text_quoted_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .T)(unknown)} is none of ${PLACEHOLDERS.join(', ')}`);
    }
    if (!isMapped)
        return { written: line, repository: undefined, platform: undefined, path };
    const image = line.slice(0, equals).trim();
    const at = image.indexOf('@');
    const { repository, tag } = (0,_image_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .parseReference */ .F2)(at < 0 ? image : image.slice(0, at));
    if (tag !== undefined)
        throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueError */ .Qp(`${(0,_text_quoted_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .T)(line)}: write the repository of the image without a tag`);
    const platform = at < 0 ? undefined : image.slice(at + 1);
    if (platform !== undefined && !/^[a-z0-9]+(?:\/[a-z0-9][a-z0-9_.-]*){1,2}$/i.test(platform)) {
        const what = /^sha256:/.test(platform) ? 'a digest' : (0,_text_quoted_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .T)(platform);
        throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueError */ .Qp(`${(0,_text_quoted_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .T)(line)}: ${what} is not a platform such as linux/amd64`);
    }
    return { written: line, repository, platform, path };
}
function assignSboms(lines, images) {
    const assignments = [];
    const problems = [];
    const warnings = [];
    const assigned = new Set();
    for (const line of lines) {
        const { repository } = line;
        const meant = images.filter((image) => repository === undefined || isSame(repository, image.repository));
        if (meant.length === 0)
            problems.push(`${(0,_text_quoted_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .T)(line.written)}: no image of this step is in that repository`);
        const found = meant.flatMap((image) => {
            assigned.add(image);
            return assignOne(line, image, { problems, warnings });
        });
        for (const [path, digests] of digestsByPath(found)) {
            if (digests.size < 2)
                continue;
            const cure = `write one line per image, ${MAPPED_FORM}`;
            problems.push(`${(0,_text_quoted_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .T)(path)} would describe ${digests.size} digests, and an SBOM describes one: ${cure}`);
        }
        assignments.push(...found);
    }
    for (const image of images) {
        if (assigned.has(image))
            continue;
        problems.push(`${shown(image)} has no SBOM: add a line ${(0,_image_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .formatRepository */ .Sh)(image.repository)}=PATH`);
    }
    return { assignments: unique(assignments), problems, warnings };
}
function assignOne(line, image, { problems, warnings }) {
    const name = image.repository.path.slice(image.repository.path.lastIndexOf('/') + 1);
    const isOfPlatform = line.platform !== undefined || OF_PLATFORM.test(line.path);
    if (!isOfPlatform) {
        const count = new Set(image.platforms?.map(({ digest }) => digest)).size;
        if (count > 1) {
            warnings.push(`${(0,_text_quoted_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .T)(line.path)} is attached to the index ${shown(image)}, which has ${count} platform images. ` +
                `If it describes one of them, write IMAGE@OS/ARCH=PATH, or a path with {os} and {arch}.`);
        }
        return [{ image, child: undefined, path: line.path.replaceAll('{name}', name) }];
    }
    if (image.platforms === undefined)
        return [];
    if (image.platforms.length === 0) {
        problems.push(`${(0,_text_quoted_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .T)(line.written)}: ${shown(image)} is one image, not an index of several platforms`);
        return [];
    }
    const children = line.platform === undefined ? image.platforms : platformsLike(image.platforms, line.platform);
    if (children.length === 0) {
        const there = image.platforms.map(({ platform }) => (0,_text_quoted_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .T)(platform)).join(', ');
        problems.push(`${(0,_text_quoted_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .T)(line.written)}: ${shown(image)} has no image for that platform, only for ${there}`);
    }
    return children.flatMap((child) => {
        const path = expandPlatform(line.path.replaceAll('{name}', name), child.platform);
        if (path !== undefined)
            return [{ image, child, path }];
        problems.push(`${(0,_text_quoted_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .T)(line.path)}: the platform ${(0,_text_quoted_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .T)(child.platform)} of ${shown(image)} cannot be part of a path`);
        return [];
    });
}
function platformsLike(platforms, wanted) {
    const normal = (platform) => platform.toLowerCase().replace(/^([^/]+)\/arm64\/v8$/, '$1/arm64');
    const exact = platforms.filter(({ platform }) => normal(platform) === normal(wanted));
    return exact.length > 0
        ? exact
        : platforms.filter(({ platform }) => normal(platform).startsWith(`${normal(wanted)}/`));
}
function expandPlatform(path, platform) {
    const [os = '', arch = '', variant = ''] = platform.split('/');
    const values = { '{os}': os, '{arch}': arch, '{variant}': variant };
    const used = Object.entries(values).filter(([placeholder]) => path.includes(placeholder));
    const isSafe = used.every(([placeholder, value]) => value === '' ? placeholder === '{variant}' : /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(value));
    if (!isSafe)
        return undefined;
    return used.reduce((expanded, [placeholder, value]) => expanded.replaceAll(placeholder, value), path);
}
function digestsByPath(found) {
    const paths = new Map();
    for (const { image, child, path } of found) {
        const digests = paths.get(path) ?? new Set();
        digests.add(child?.digest ?? image.digest);
        paths.set(path, digests);
    }
    return paths;
}
function unique(assignments) {
    const keyOf = ({ image, child, path }) => JSON.stringify([(0,_image_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .formatRepository */ .Sh)(image.repository), child?.digest ?? image.digest, path]);
    return [...new Map(assignments.map((one) => [keyOf(one), one])).values()];
}
function isSame(one, other) {
    return (0,_image_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .formatRepository */ .Sh)(one) === (0,_image_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .formatRepository */ .Sh)(other);
}
function shown({ repository, digest }) {
    return digest.startsWith('sha256:')
        ? (0,_image_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .formatPinned */ .y6)(repository, digest)
        : `${(0,_image_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .formatRepository */ .Sh)(repository)}:${digest}`;
}


/***/ }),

/***/ 3354:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ statementName),
/* harmony export */   a: () => (/* binding */ attestationStatement)
/* harmony export */ });
/* harmony import */ var _image_digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3258);
/* harmony import */ var _image_media_types_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4988);
/* harmony import */ var _image_reference_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5273);



function attestationStatement({ repository, digest }, predicate) {
    const subject = [{ name: statementName(repository), digest: { sha256: (0,_image_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .hexOf */ .ZD)(digest) } }];
    const head = JSON.stringify({ _type: _image_media_types_js__WEBPACK_IMPORTED_MODULE_1__/* .STATEMENT_V1 */ .om, subject, predicateType: predicate.type });
    return new TextEncoder().encode(`${head.slice(0, -1)},"predicate":${predicate.json}}`);
}
function statementName(repository) {
    return (0,_image_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .formatRepository */ .Sh)(repository).toLowerCase();
}


/***/ }),

/***/ 5436:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ compactJson)
/* harmony export */ });
/* harmony import */ var _strict_json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7442);

function compactJson(text) {
    const parts = [];
    let from = 0;
    for (let at = 0; at < text.length; at += 1) {
        const char = text[at];
        if (char === '"') {
            at = (0,_strict_json_js__WEBPACK_IMPORTED_MODULE_0__/* .endOfString */ .ap)(text, at);
        }
        else if (char === ' ' || char === '\n' || char === '\r' || char === '\t') {
            parts.push(text.slice(from, at));
            from = at + 1;
        }
    }
    parts.push(text.slice(from));
    return parts.join('');
}


/***/ }),

/***/ 949:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  checkPlanned: () => (/* binding */ checkPlanned)
});

// EXTERNAL MODULE: ./.build/js/src/domain/image/reference.js
var reference = __webpack_require__(5273);
// EXTERNAL MODULE: ./.build/js/src/domain/image/signature-repositories.js
var signature_repositories = __webpack_require__(8747);
// EXTERNAL MODULE: ./.build/js/src/usecases/map-limited.js
var map_limited = __webpack_require__(7579);
// EXTERNAL MODULE: ./.build/js/src/domain/attestation/predicate.js + 1 modules
var predicate = __webpack_require__(2538);
// EXTERNAL MODULE: ./.build/js/src/domain/attestation/statement.js
var attestation_statement = __webpack_require__(3354);
// EXTERNAL MODULE: ./.build/js/src/domain/image/digest.js
var image_digest = __webpack_require__(3258);
// EXTERNAL MODULE: ./.build/js/src/domain/image/media-types.js
var media_types = __webpack_require__(4988);
// EXTERNAL MODULE: ./.build/js/src/domain/image/referrer-rank.js
var referrer_rank = __webpack_require__(1004);
// EXTERNAL MODULE: ./.build/js/src/usecases/signing/find-own-signature.js
var find_own_signature = __webpack_require__(7937);
;// CONCATENATED MODULE: ./.build/js/src/usecases/signing/find-attestations.js







const READ_MAX = 100;
const READ_LIMIT = 8;
function findAmongReferrers(options, listed) {
    const { ports, store, digest } = options;
    const types = wantedTypes(options);
    const likely = listed
        .filter((one) => (0,referrer_rank/* rankReferrer */.OI)(one) !== 'never' && isWanted(types, one, media_types/* BUNDLE_PREDICATE_ANNOTATION */.vf))
        .sort((one, other) => createdAt(other).localeCompare(createdAt(one)));
    const where = { repository: store, subject: digest };
    return findEqual(options, likely, (descriptor) => ports.registry.fetchReferrer(ports.call, where, { descriptor, place: 'referrers-api', wants: 'attestations' }));
}
function findAmongLayers(options, layers) {
    const { ports, store } = options;
    const types = wantedTypes(options);
    const likely = layers.filter((one) => isWanted(types, one, media_types/* LAYER_PREDICATE_ANNOTATION */.a0)).reverse();
    return findEqual(options, likely, (layer) => ports.registry.fetchAttestationLayer(ports.call, store, layer));
}
function wantedTypes({ tasks }) {
    return new Set(tasks.flatMap(({ attestation }) => (attestation === undefined ? [] : [attestation.predicateType])));
}
function isWanted(types, { annotations }, name) {
    const type = annotations !== undefined && Object.hasOwn(annotations, name) ? annotations[name] : undefined;
    return type === undefined || types.has(type);
}
function createdAt({ annotations }) {
    return annotations?.[media_types/* CREATED_ANNOTATION */.h_] ?? '';
}
async function findEqual(options, likely, fetch) {
    const found = new Map();
    await (0,map_limited/* mapLimited */.b)(likely.slice(0, READ_MAX), { limit: READ_LIMIT }, async (descriptor) => {
        if (found.size === options.tasks.length)
            return;
        await options.slots(async () => {
            for (const [task, before] of await compare(options, () => fetch(descriptor))) {
                if (!found.has(task))
                    found.set(task, before);
            }
        });
    });
    return found;
}
async function compare({ ports, digest, identity, tasks, keepBundles }, fetch) {
    try {
        const [candidate] = (await fetch()).candidates;
        if (candidate === undefined)
            return [];
        const verification = await ports.verifier.verifyAttestation(ports.call, candidate, digest);
        if (verification.kind !== 'verified' || !(0,find_own_signature/* isOwnSigner */.H)(verification.facts.identity, identity))
            return [];
        const { facts } = verification;
        const before = {
            candidate: { format: candidate.format, digest: candidate.digest },
            facts: { identity: facts.identity, provenTimes: facts.provenTimes, log: facts.log, annotations: {} },
            bundle: keepBundles && candidate.format === 'bundle' ? candidate.bundle : undefined,
        };
        return tasks.filter((task) => saysTheSame(task, facts)).map((task) => [task, before]);
    }
    catch {
        return [];
    }
}
function saysTheSame({ image, digest, attestation }, { statement }) {
    const [subject, ...others] = statement.subjects;
    return (attestation !== undefined &&
        subject !== undefined &&
        others.length === 0 &&
        subject.name === (0,attestation_statement/* statementName */.V)(image.repository) &&
        subject.digests['sha256'] === (0,image_digest/* hexOf */.ZD)(digest) &&
        statement.predicateType === attestation.predicateType &&
        (0,predicate/* samePredicate */.U$)(attestation.predicateType, statement.predicate, attestation.predicate()));
}

// EXTERNAL MODULE: ./.build/js/src/usecases/signing/plan-attestations.js + 1 modules
var plan_attestations = __webpack_require__(3404);
// EXTERNAL MODULE: ./.build/js/src/usecases/signing/sign-task.js
var sign_task = __webpack_require__(5959);
;// CONCATENATED MODULE: ./.build/js/src/usecases/signing/check-attestations.js






async function checkPlanned(options, ports, { attested, listed }) {
    const identity = await ports.identity;
    const { targets, warnings } = await (0,plan_attestations.planAttestations)(options.attestations, attested, identity);
    const places = byPlace(targets.flatMap((target) => attestationTasks(options, target)));
    const checked = await (0,map_limited/* mapLimited */.b)(places, { limit: options.concurrency }, async (tasks) => {
        const [{ store, digest }] = tasks;
        const tag = await ports.registry.listAttestationTag(ports.call, store, digest);
        const hidden = hiddenWarning(options, tag, { store, digest });
        if (options.ifSigned === 'sign') {
            return { tasks: tasks.map((task) => ({ kind: 'open', task, before: [] })), hidden };
        }
        const bundles = tasks.filter(({ format }) => format === 'bundle');
        const legacy = tasks.filter(({ format }) => format === 'legacy');
        const before = bundles.length === 0 ? [] : ((await listed(store, digest)) ?? (await listReferrers(ports, store, digest)));
        const keepBundles = options.attestations.github;
        const slots = ports.slots;
        const find = { ports, slots, store, digest, identity, keepBundles };
        const [inBundles, inLayers] = await Promise.all([
            findAmongReferrers({ ...find, tasks: bundles }, before),
            findAmongLayers({ ...find, tasks: legacy }, legacy.length === 0 ? [] : tag.layers),
        ]);
        const found = new Map([...inBundles, ...inLayers]);
        return { tasks: tasks.map((task) => judged(task, found.get(task), before)), hidden };
    });
    return {
        checked: checked.flatMap(({ tasks }) => tasks),
        warnings: [...warnings, ...checked.flatMap(({ hidden }) => hidden)],
    };
}
function judged(task, own, before) {
    if (own !== undefined)
        return { kind: 'present', task, own };
    return { kind: 'open', task, before: task.format === 'bundle' ? before : [] };
}
function attestationTasks(options, { image, subject, platform, attestation }) {
    const store = (0,signature_repositories/* signatureRepositoryOf */.O0)(options.signatureRepositories, image.repository);
    const { digest } = subject;
    return (0,sign_task/* formatsOf */.I)(options.format).map((format) => ({ image, digest, subject, platform, format, store, attestation }));
}
async function listReferrers({ registry, call }, store, digest) {
    const api = await registry.listReferrers(call, store, digest);
    if (api.place.outcome === 'listed')
        return api.descriptors;
    return (await registry.listReferrersTag(call, store, digest)).descriptors;
}
function hiddenWarning({ format }, { layers, place }, where) {
    if (format === 'legacy' || layers.length === 0)
        return [];
    const count = layers.length === 1 ? 'an attestation' : `${layers.length} attestations`;
    return [
        `${(0,reference/* formatPinned */.y6)(where.store, where.digest)} has ${count} under cosign's tag (${place.request}). ` +
            'Once there is a bundle, `cosign verify-attestation` reads only bundles and does not find them any more.',
    ];
}
function byPlace(tasks) {
    const places = new Map();
    for (const task of tasks) {
        const key = (0,reference/* formatPinned */.y6)(task.store, task.digest);
        const place = places.get(key);
        if (place === undefined)
            places.set(key, [task]);
        else
            place.push(task);
    }
    return [...places.values()];
}


/***/ }),

/***/ 3404:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  planAttestations: () => (/* binding */ planAttestations)
});

// EXTERNAL MODULE: ./.build/js/src/coded-error.js
var coded_error = __webpack_require__(6329);
// EXTERNAL MODULE: ./.build/js/src/domain/attestation/predicate-types.js
var predicate_types = __webpack_require__(1450);
// EXTERNAL MODULE: ./.build/js/src/domain/text/value-error.js
var value_error = __webpack_require__(9354);
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
const DESCRIBED_EVENTS = ['create', 'release', 'push', 'workflow_dispatch'];
function isDescribedEvent(event) {
    return DESCRIBED_EVENTS.includes(event);
}

// EXTERNAL MODULE: ./.build/js/src/domain/attestation/sbom-lines.js
var sbom_lines = __webpack_require__(1700);
// EXTERNAL MODULE: ./.build/js/src/domain/attestation/statement.js
var statement = __webpack_require__(3354);
// EXTERNAL MODULE: ./.build/js/src/domain/image/digest.js
var digest = __webpack_require__(3258);
// EXTERNAL MODULE: ./.build/js/src/domain/image/reference.js
var reference = __webpack_require__(5273);
;// CONCATENATED MODULE: ./.build/js/src/usecases/signing/plan-attestations.js








const RUN_MAX_BYTES = 512 * 1024 * 1024;
const KYVERNO_MAX_BYTES = 10_000_000;
async function planAttestations(request, images, identity) {
    const warnings = [];
    const targets = [];
    if (request.provenance) {
        const provenance = plan(provenanceOf(identity));
        for (const { image } of images) {
            targets.push(targetOf(image, provenance));
            const children = new Map(image.platforms.map((child) => [child.digest, child]));
            for (const child of children.values())
                targets.push({ ...targetOf(image, provenance), ...ofPlatform(child) });
        }
        warnings.push(...eventWarning(identity));
    }
    if (request.sbomLines.length > 0) {
        const sboms = await planSboms(request, images);
        targets.push(...sboms.targets);
        warnings.push(...sboms.warnings);
    }
    if (request.predicate !== undefined) {
        const own = plan(request.predicate);
        targets.push(...images.map(({ image }) => targetOf(image, own)));
    }
    const distinct = withoutRepeated(targets);
    const total = distinct.reduce((sum, { attestation }) => sum + attestation.size, 0);
    if (total > RUN_MAX_BYTES) {
        throw new coded_error/* CodedError */.AK('INPUT_INVALID', `the attestations of this step have ${total} bytes, more than ${RUN_MAX_BYTES}`, {
            hint: 'Sign fewer images in one step.',
        });
    }
    return { targets: distinct, warnings: [...warnings, ...sizeWarnings(distinct)] };
}
async function planSboms(request, images) {
    const wanted = images.map(({ image, platforms }) => ({
        image,
        children: platforms,
        repository: image.repository,
        digest: image.digest,
        platforms: platforms.map(({ platform, digest }) => ({ platform, digest })),
    }));
    const { assignments, problems, warnings } = (0,sbom_lines/* assignSboms */.K)(request.sbomLines, wanted);
    if (problems.length > 0) {
        throw new coded_error/* CodedError */.AK('INPUT_INVALID', `input sbom-path: ${problems.join('; ')}`, {
            hint: 'Write one line per image: IMAGE=PATH, or IMAGE@OS/ARCH=PATH for an image of an index.',
        });
    }
    const files = new Map();
    for (const path of new Set(assignments.map((one) => one.path))) {
        const { predicate, warnings } = await request.readSbom(path);
        files.set(path, { planned: plan(predicate), warnings });
    }
    const targets = assignments.flatMap(({ image: { image, children }, child, path }) => {
        const planned = files.get(path)?.planned;
        if (planned === undefined)
            return [];
        const target = targetOf(image, planned);
        if (child === undefined)
            return [target];
        return children
            .filter(({ digest, platform }) => digest === child.digest && platform === child.platform)
            .map((found) => ({ ...target, ...ofPlatform(found) }));
    });
    return { targets, warnings: [...warnings, ...[...files.values()].flatMap((file) => file.warnings)] };
}
function provenanceOf(identity) {
    try {
        return { type: predicate_types/* SLSA_PROVENANCE_V1 */.us, json: JSON.stringify(workflowProvenance(identity.claims)) };
    }
    catch (error) {
        if (!(error instanceof value_error/* ValueError */.Qp))
            throw error;
        const what = `input provenance: the id-token of ${identity.issuer} does not describe a workflow run: ${error.message}`;
        throw new coded_error/* CodedError */.AK('INPUT_INVALID', what, {
            cause: error,
            hint: 'Provenance describes runs of GitHub Actions. Remove the input for tokens of other issuers.',
        });
    }
}
function eventWarning({ claims }) {
    const event = claims['build-trigger'] ?? '';
    if (isDescribedEvent(event))
        return [];
    return [
        `The provenance says that the event ${JSON.stringify(event)} started this run. Its build type describes only create, release, push and workflow_dispatch, so a strict reader may refuse it.`,
    ];
}
function plan(predicate) {
    const { type, json } = predicate;
    return {
        predicateType: type,
        key: `${type} ${(0,digest/* digestOf */.ol)(Buffer.from(json))}`,
        size: Buffer.byteLength(json),
        predicate: () => JSON.parse(json),
        statement: (image) => (0,statement/* attestationStatement */.a)(image, predicate),
    };
}
function targetOf(image, attestation) {
    const { digest, mediaType, size } = image;
    return { image, subject: { digest, mediaType, size }, platform: undefined, attestation };
}
function ofPlatform({ platform, ...subject }) {
    return { subject, platform };
}
function withoutRepeated(targets) {
    const keyOf = ({ image, subject, attestation }) => `${(0,reference/* formatRepository */.Sh)(image.repository)}@${image.digest} ${subject.digest} ${attestation.key}`;
    return [...new Map(targets.map((target) => [keyOf(target), target])).values()];
}
function sizeWarnings(targets) {
    const largest = Math.max(0, ...targets.map(({ attestation }) => attestation.size));
    const bundle = Math.ceil((largest * 4) / 3);
    if (bundle <= KYVERNO_MAX_BYTES)
        return [];
    return [
        `The largest attestation has about ${Math.ceil(bundle / 1_000_000)} MB. Kyverno's ClusterPolicy refuses every image with one above 10 MB.`,
    ];
}


/***/ })

};
