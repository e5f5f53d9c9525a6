export const id = 586;
export const ids = [586];
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

/***/ 586:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  readAttestations: () => (/* binding */ readAttestations)
});

// EXTERNAL MODULE: ./.build/js/src/coded-error.js
var coded_error = __webpack_require__(6329);
// EXTERNAL MODULE: ./.build/js/src/domain/attestation/predicate.js + 1 modules
var attestation_predicate = __webpack_require__(2538);
// EXTERNAL MODULE: ./.build/js/src/domain/attestation/predicate-types.js
var predicate_types = __webpack_require__(1450);
// EXTERNAL MODULE: ./.build/js/src/domain/text/json-object.js
var json_object = __webpack_require__(1682);
// EXTERNAL MODULE: ./.build/js/src/domain/text/value-error.js
var value_error = __webpack_require__(9354);
;// CONCATENATED MODULE: ./.build/js/src/domain/attestation/sbom.js



function sbomTypeOf(document) {
    const marks = (0,json_object/* isJsonObject */.O)(document) ? document : {};
    const text = (name) => {
        const value = Object.hasOwn(marks, name) ? marks[name] : undefined;
        return typeof value === 'string' && value !== '' ? value : undefined;
    };
    const spdxVersion = text('spdxVersion');
    if (spdxVersion !== undefined && text('SPDXID') !== undefined) {
        const type = (0,predicate_types/* spdxTypeOf */.xx)(spdxVersion);
        if (type === undefined)
            throw new value_error/* ValueError */.Qp('it is an SPDX document of another version than 2.x');
        return type;
    }
    if (text('bomFormat') === 'CycloneDX' && text('specVersion') !== undefined) {
        if (text('serialNumber') === undefined)
            throw new value_error/* ValueError */.Qp('it is a CycloneDX document without serialNumber');
        return predicate_types/* CYCLONEDX_BOM */.fm;
    }
    if (Object.hasOwn(marks, '@context') && Object.hasOwn(marks, '@graph')) {
        throw new value_error/* ValueError */.Qp('it looks like an SPDX 3 document');
    }
    throw new value_error/* ValueError */.Qp('it is neither an SPDX 2.x nor a CycloneDX document in JSON');
}
function namesParts(sbom) {
    if (!(0,json_object/* isJsonObject */.O)(sbom))
        return false;
    return ['packages', 'components'].some((name) => {
        const list = Object.hasOwn(sbom, name) ? sbom[name] : undefined;
        return Array.isArray(list) && list.some(json_object/* isJsonObject */.O);
    });
}

// EXTERNAL MODULE: ./.build/js/src/domain/attestation/sbom-lines.js
var sbom_lines = __webpack_require__(1700);
// EXTERNAL MODULE: ./.build/js/src/domain/image/reference.js
var reference = __webpack_require__(5273);
// EXTERNAL MODULE: ./.build/js/src/domain/text/compact-json.js
var compact_json = __webpack_require__(5436);
// EXTERNAL MODULE: ./.build/js/src/domain/text/quoted.js
var quoted = __webpack_require__(9082);
// EXTERNAL MODULE: ./.build/js/src/entries/action/inputs/github-token.js
var github_token = __webpack_require__(7224);
// EXTERNAL MODULE: ./.build/js/src/entries/action/inputs/read-confined-file.js
var read_confined_file = __webpack_require__(8119);
// EXTERNAL MODULE: ./.build/js/src/entries/inputs/input-problems.js
var input_problems = __webpack_require__(3847);
// EXTERNAL MODULE: ./.build/js/src/entries/inputs/list-rule.js
var list_rule = __webpack_require__(843);
// EXTERNAL MODULE: ./.build/js/src/entries/inputs/read-value.js + 1 modules
var read_value = __webpack_require__(5338);
;// CONCATENATED MODULE: ./.build/js/src/entries/sign/attestation-inputs.js














async function readAttestations(reading, beside) {
    const { problems } = reading;
    const provenance = (0,read_value/* readBoolean */.Vf)(reading, 'provenance', false);
    const only = (0,read_value/* readBoolean */.Vf)(reading, 'attest-only', false);
    const sbomLines = readSbomLines(reading);
    const predicate = await readPredicate(reading, beside.now);
    const hasAny = provenance || (0,read_value/* readText */.yR)(reading, 'sbom-path') !== undefined || hasPredicateInput(reading);
    if (only && !hasAny) {
        const cure = 'Add `provenance: true`, `sbom-path` or `predicate-type`, or remove `attest-only`.';
        problems.add('attest-only', 'nothing is to be attested.', cure);
    }
    if (only && (0,read_value/* readText */.yR)(reading, 'annotations') !== undefined) {
        const what = 'annotations are part of an image signature, and none is made.';
        problems.add('annotations', what, 'Remove `annotations` or `attest-only`.');
    }
    const github = (0,read_value/* readBoolean */.Vf)(reading, STORE, false);
    if (github)
        checkStore(reading, { hasAny, upload: beside.upload });
    if (!hasAny)
        return undefined;
    const readSbom = createSbomReader(reading.source);
    await checkSboms(reading, { sbomLines, readSbom, images: beside.images });
    return { provenance, sbomLines, readSbom, predicate, only, github };
}
const STORE = 'github-attestations';
function checkStore({ source, problems }, { hasAny, upload }) {
    if (!hasAny) {
        const cure = `Add \`provenance: true\`, \`sbom-path\` or \`predicate-type\`, or remove \`${STORE}\`.`;
        problems.add(STORE, 'nothing is to be attested, and the store never gets image signatures.', cure);
    }
    if (!upload) {
        problems.add(STORE, 'the store gets only what is in the registry, and `upload` is false.', 'Remove one of the two.');
    }
    if ((0,github_token/* readGithubToken */.l)({ source }) === undefined) {
        const cure = 'Remove the empty `github-token`, and grant `attestations: write` to this job.';
        problems.add(STORE, 'the store cannot be written without a `github-token`.', cure);
    }
    if (!REPOSITORY.test(source.context.repository ?? '')) {
        const what = 'the store belongs to a repository, and `GITHUB_REPOSITORY` names none.';
        problems.add(STORE, what, `Remove \`${STORE}\` outside GitHub Actions.`);
    }
}
const REPOSITORY = /^[A-Za-z0-9][A-Za-z0-9_-]*\/[A-Za-z0-9._-]+$/;
function readSbomLines({ source, problems }) {
    return (0,list_rule/* splitLines */.u)(source.input('sbom-path') ?? '').flatMap((line) => {
        if (line === '')
            return [];
        try {
            return [(0,sbom_lines/* parseSbomLine */.V)(line)];
        }
        catch (error) {
            if (!(error instanceof value_error/* ValueError */.Qp))
                throw error;
            problems.add('sbom-path', `${error.message}.`, LINE_CURE);
            return [];
        }
    });
}
const LINE_CURE = 'Write PATH, IMAGE=PATH or IMAGE@OS/ARCH=PATH, one per line; IMAGE is a repository without a tag.';
async function checkSboms({ problems }, { sbomLines, readSbom, images }) {
    if (sbomLines.length === 0 || images.length === 0)
        return;
    const wanted = new Map(images.map(({ repository, digest, tag, original }) => [
        digest === undefined ? `${(0,reference/* formatRepository */.Sh)(repository)}:${tag}` : (0,reference/* formatPinned */.y6)(repository, digest),
        { repository, digest: digest ?? tag ?? original, platforms: undefined },
    ]));
    const assigned = (0,sbom_lines/* assignSboms */.K)(sbomLines, [...wanted.values()]);
    for (const problem of assigned.problems)
        problems.add('sbom-path', `${problem}.`, LINE_CURE);
    for (const path of new Set(assigned.assignments.map((one) => one.path))) {
        try {
            await readSbom(path);
        }
        catch (error) {
            if (!(error instanceof coded_error/* CodedError */.AK) || error.code !== 'INPUT_INVALID')
                throw error;
            problems.add('sbom-path', error.message.replace(/^input sbom-path: /, ''), error.hint ?? LINE_CURE);
        }
    }
}
function createSbomReader(source) {
    const files = new Map();
    return (path) => {
        const known = files.get(path) ?? readSbomFile(source, path);
        files.set(path, known);
        return known;
    };
}
async function readSbomFile(source, path) {
    const problems = (0,input_problems/* createInputProblems */.T)();
    const cure = 'Check the path, and that the step that writes the SBOM ran before this one.';
    const bytes = await (0,read_confined_file/* readConfinedFile */.p)({ source, problems }, { name: 'sbom-path', path, cure });
    problems.throwIfAny();
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    try {
        const document = (0,attestation_predicate/* parsePredicateJson */.tz)(bytes ?? '');
        const predicate = { type: sbomTypeOf(document), json: (0,compact_json/* compactJson */.A)(text) };
        const empty = `${(0,quoted/* quoted */.T)(path)} names no package or component; the gate refuses such an SBOM.`;
        return { predicate, warnings: namesParts(document) ? [] : [empty] };
    }
    catch (error) {
        if (!(error instanceof value_error/* ValueError */.Qp))
            throw error;
        throw new coded_error/* CodedError */.AK('INPUT_INVALID', `input sbom-path: ${(0,quoted/* quoted */.T)(path)}: ${error.message}.`, {
            cause: error,
            hint: 'Give SPDX 2.x JSON (spdxVersion, SPDXID) or CycloneDX JSON (bomFormat, specVersion, serialNumber). Any other ' +
                'document needs `predicate-type` and `predicate-path`.',
        });
    }
}
function hasPredicateInput(reading) {
    return ['predicate-type', 'predicate', 'predicate-path'].some((name) => (0,read_value/* readText */.yR)(reading, name) !== undefined);
}
async function readPredicate(reading, now) {
    const { problems } = reading;
    if (!hasPredicateInput(reading))
        return undefined;
    const named = readPredicateType(reading);
    const literal = (0,read_value/* readText */.yR)(reading, 'predicate');
    const path = (0,read_value/* readText */.yR)(reading, 'predicate-path');
    if (literal !== undefined && path !== undefined) {
        problems.add('predicate', 'it is given together with predicate-path.', 'Keep one of the two.');
        return undefined;
    }
    if (literal === undefined && path === undefined) {
        problems.add('predicate-type', 'there is no predicate.', 'Add `predicate` or `predicate-path`.');
        return undefined;
    }
    const name = literal === undefined ? 'predicate-path' : 'predicate';
    const text = literal ?? (await readPredicateFile(reading, path ?? ''));
    if (named === undefined || text === undefined)
        return undefined;
    try {
        if (Buffer.byteLength(text) > attestation_predicate/* PREDICATE_MAX_BYTES */.bs) {
            throw new value_error/* ValueError */.Qp(`it has more than ${attestation_predicate/* PREDICATE_MAX_BYTES */.bs} bytes`);
        }
        return (0,attestation_predicate/* cosignPredicate */.xr)(named, text, now);
    }
    catch (error) {
        if (!(error instanceof value_error/* ValueError */.Qp))
            throw error;
        problems.add(name, `${error.message}.`, 'Give a JSON object, as the predicate type defines it.');
        return undefined;
    }
}
function readPredicateType(reading) {
    const written = (0,read_value/* readText */.yR)(reading, 'predicate-type');
    const cure = `Write a URI, or one of cosign's names: ${predicate_types/* COSIGN_ALIAS_NAMES */.Am.join(', ')}.`;
    if (written === undefined) {
        reading.problems.add('predicate-type', 'a predicate is given without its type.', cure);
        return undefined;
    }
    const type = (0,predicate_types/* parsePredicateType */.$d)(written);
    if (type === undefined) {
        reading.problems.add('predicate-type', `${(0,quoted/* quoted */.T)(written)} is neither a URI nor a name that cosign knows.`, cure);
        return undefined;
    }
    if ((0,predicate_types/* isImageSignatureType */.GS)(type)) {
        const what = `${(0,quoted/* quoted */.T)(written)} is the type of an image signature, which is never an attestation.`;
        reading.problems.add('predicate-type', what, 'Remove the input to sign the image, or use a type of your own.');
        return undefined;
    }
    return written;
}
async function readPredicateFile(reading, path) {
    const cure = 'Check the path, and that the step that writes the file ran before this one.';
    const bytes = await (0,read_confined_file/* readConfinedFile */.p)(reading, { name: 'predicate-path', path, cure });
    if (bytes === undefined)
        return undefined;
    try {
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    }
    catch {
        reading.problems.add('predicate-path', `${(0,quoted/* quoted */.T)(path)} is not UTF-8 text.`, 'Give a text file.');
        return undefined;
    }
}


/***/ })

};
