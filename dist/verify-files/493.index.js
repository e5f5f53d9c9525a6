export const id = 493;
export const ids = [493,827];
export const modules = {

/***/ 7723:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ namesSigner),
/* harmony export */   H: () => (/* binding */ parseLineSigners)
/* harmony export */ });
/* harmony import */ var _identity_requirement_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2784);
/* harmony import */ var _text_quoted_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9082);
/* harmony import */ var _text_value_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9354);



const IDENTITY_CONDITIONS = {
    'source-repository': 'sourceRepository',
    'source-ref': 'sourceRef',
    workflow: 'workflow',
    'signer-workflow': 'signerWorkflow',
    'certificate-identity': 'certificateIdentity',
    'certificate-oidc-issuer': 'certificateOidcIssuer',
};
function namesSigner({ conditions }) {
    return conditions.has('certificate-identity') || conditions.has('source-repository');
}
function parseLineSigners(line, step, context) {
    const own = ownInputs(line);
    const maxAges = [line.maxAgeMs, step.maxAgeMs].filter((ms) => ms !== undefined);
    const maxAgeMs = maxAges.length === 0 ? undefined : Math.min(...maxAges);
    if (namesSigner(line))
        return combine([(0,_identity_requirement_js__WEBPACK_IMPORTED_MODULE_0__/* .parseIdentityRequirement */ .R)({ ..._identity_requirement_js__WEBPACK_IMPORTED_MODULE_0__/* .NO_IDENTITY_INPUTS */ .B, ...own, maxAgeMs }, context)]);
    const hasIssuer = step.certificateOidcIssuer.length + step.certificateOidcIssuerRegexp.length > 0;
    const base = {
        ...step,
        certificateOidcIssuer: hasIssuer ? step.certificateOidcIssuer : [context.defaultIssuer],
        annotations: [],
        maxAgeMs,
    };
    const [issuer] = own.certificateOidcIssuer ?? [];
    const { certificateOidcIssuer: issuers } = base;
    if (issuer !== undefined && issuers.length > 0 && !issuers.includes(issuer)) {
        throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueError */ .Qp(`certificate-oidc-issuer=${(0,_text_quoted_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .T)(issuer)} contradicts the issuer of the step (${issuers.map((one) => (0,_text_quoted_js__WEBPACK_IMPORTED_MODULE_2__/* .quoted */ .T)(one)).join(' or ')}), ` +
            'which applies because the line does not name a signer; add certificate-identity or source-repository to the line');
    }
    const shared = fieldsOf(own).filter((field) => base[field].length > 0);
    const withStep = { ...base, ...Object.fromEntries(Object.entries(own).filter(([field]) => !isIn(shared, field))) };
    const withLine = { ...base, ...own };
    const parsed = [withStep, ...(shared.length === 0 ? [] : [withLine])].map((inputs) => (0,_identity_requirement_js__WEBPACK_IMPORTED_MODULE_0__/* .parseIdentityRequirement */ .R)(inputs, context));
    return combine(parsed);
}
function isIn(fields, field) {
    return fields.includes(field);
}
function ownInputs({ conditions }) {
    const pairs = Object.entries(IDENTITY_CONDITIONS).flatMap(([name, field]) => {
        const value = conditions.get(name);
        return value === undefined ? [] : [[field, [value]]];
    });
    return Object.fromEntries(pairs);
}
function fieldsOf(own) {
    return Object.values(IDENTITY_CONDITIONS).filter((field) => Object.hasOwn(own, field));
}
function combine(parsed) {
    const problems = parsed.flatMap((one) => (one.kind === 'invalid' ? one.problems : []));
    if (problems.length > 0)
        return { kind: 'invalid', problems };
    const nobody = parsed.find((one) => one.kind === 'no-identity');
    if (nobody?.kind === 'no-identity')
        return nobody;
    const [first, ...others] = parsed.flatMap((one) => (one.kind === 'requirement' ? [one.requirement] : []));
    if (first === undefined)
        throw new TypeError('a line without a signer');
    return { kind: 'signers', signers: [first, ...others] };
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

/***/ 9179:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ splitRequirements),
/* harmony export */   v: () => (/* binding */ parseRequirementLine)
/* harmony export */ });
/* harmony import */ var _identity_max_age_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1837);
/* harmony import */ var _text_quoted_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9082);
/* harmony import */ var _text_value_error_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9354);
/* harmony import */ var _text_visible_text_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2528);
/* harmony import */ var _predicate_types_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1450);





const CONDITIONS = [
    'max-age',
    'source-repository',
    'source-ref',
    'workflow',
    'signer-workflow',
    'certificate-identity',
    'certificate-oidc-issuer',
    'builder-id',
    'build-type',
];
const FLAGS = ['per-platform', 'buildkit'];
const LINES_MAX = 50;
function splitRequirements(value) {
    if (value.trim() === '')
        return [];
    const lines = [];
    const written = value.replace(/\r?\n$/, '').split(/\r?\n/);
    for (const [index, line] of written.entries()) {
        const number = index + 1;
        const text = line.trim();
        if (text === '')
            throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .EmptyValueError */ .Bd(`line ${number}`);
        const above = lines.at(-1);
        if (!/^[ \t]/.test(line))
            lines.push({ number, text });
        else if (above === undefined) {
            throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueError */ .Qp(`line ${number} is indented, so it continues the line above, but there is none`);
        }
        else
            lines[lines.length - 1] = { number: above.number, text: `${above.text} ${text}` };
    }
    if (lines.length > LINES_MAX)
        throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueError */ .Qp(`it has ${lines.length} requirements, more than ${LINES_MAX}`);
    return lines;
}
function parseRequirementLine(text) {
    if ((0,_text_visible_text_js__WEBPACK_IMPORTED_MODULE_3__/* .hasUnseen */ .F)(text.replaceAll('\t', ' ')))
        throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueError */ .Qp(`${(0,_text_quoted_js__WEBPACK_IMPORTED_MODULE_4__/* .quoted */ .T)(text)} contains an invisible character`);
    const [first = '', ...words] = splitWords(text);
    const type = parseType(first);
    const conditions = new Map();
    const flags = new Set();
    for (const word of words) {
        const { name, value } = splitWord(word);
        const isFlag = isFlagName(name);
        if (!isFlag && !isCondition(name))
            throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueError */ .Qp(unknownWord(word));
        if (flags.has(name) || conditions.has(name))
            throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueError */ .Qp(`${name} is given twice`);
        if (isFlag) {
            if (value !== undefined)
                throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueError */ .Qp(`${name} is a flag and takes no value`);
            flags.add(name);
        }
        else {
            if (value === undefined)
                throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueError */ .Qp(`${name} has no value: write ${name}=…`);
            if (value.trim() === '')
                throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .EmptyValueError */ .Bd(name);
            conditions.set(name, value);
        }
        if (!applies(name, type))
            throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueError */ .Qp(`${name} does not apply to ${type.name}`);
    }
    return { text, type, conditions, flags, maxAgeMs: readMaxAge(conditions.get('max-age')) };
}
function isCondition(name) {
    return CONDITIONS.includes(name);
}
function isFlagName(name) {
    return FLAGS.includes(name);
}
function readMaxAge(value) {
    if (value === undefined)
        return undefined;
    try {
        return (0,_identity_max_age_js__WEBPACK_IMPORTED_MODULE_0__/* .parseMaxAge */ .p)(value);
    }
    catch (error) {
        if (error instanceof _text_value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueError */ .Qp)
            throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueError */ .Qp(`max-age: ${(0,_text_quoted_js__WEBPACK_IMPORTED_MODULE_4__/* .quoted */ .T)(value)} ${error.message}`);
        throw error;
    }
}
function splitWords(text) {
    const words = [];
    let at = 0;
    while (at < text.length) {
        if (isBlank(text[at])) {
            at += 1;
            continue;
        }
        const start = at;
        while (at < text.length && !isBlank(text[at])) {
            const mark = text[at];
            if (isMark(mark) && words.length > 0 && text.indexOf('=', start) === at - 1) {
                const end = text.indexOf(mark, at + 1);
                if (end < 0)
                    throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueError */ .Qp(`a quotation mark is not closed: ${(0,_text_quoted_js__WEBPACK_IMPORTED_MODULE_4__/* .quoted */ .T)(text.slice(start))}`);
                at = end;
                if (at + 1 < text.length && !isBlank(text[at + 1])) {
                    throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueError */ .Qp(`text follows a quotation mark: ${(0,_text_quoted_js__WEBPACK_IMPORTED_MODULE_4__/* .quoted */ .T)(text.slice(start))}`);
                }
            }
            else if (isMark(mark)) {
                throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueError */ .Qp(`a quotation mark must follow \`=\` and enclose the whole value: ${(0,_text_quoted_js__WEBPACK_IMPORTED_MODULE_4__/* .quoted */ .T)(text.slice(start))}`);
            }
            at += 1;
        }
        words.push(text.slice(start, at));
    }
    return words;
}
function isBlank(char) {
    return char === ' ' || char === '\t';
}
function isMark(char) {
    return char === '"' || char === "'";
}
function splitWord(word) {
    const at = word.indexOf('=');
    if (at < 0)
        return { name: word, value: undefined };
    const value = word.slice(at + 1);
    return { name: word.slice(0, at), value: isMark(value[0]) ? value.slice(1, -1) : value };
}
function unknownWord(word) {
    const hint = isTypeName(word) ? '; write each type on its own line' : '';
    return `${(0,_text_quoted_js__WEBPACK_IMPORTED_MODULE_4__/* .quoted */ .T)(word)} is neither a condition (${CONDITIONS.join(', ')}) nor a flag (${FLAGS.join(', ')})${hint}`;
}
const FAMILIES = {
    provenance: (type) => type === _predicate_types_js__WEBPACK_IMPORTED_MODULE_2__/* .SLSA_PROVENANCE_V1 */ .us,
    sbom: (type) => (0,_predicate_types_js__WEBPACK_IMPORTED_MODULE_2__/* .isSpdx */ .QE)(type) || (0,_predicate_types_js__WEBPACK_IMPORTED_MODULE_2__/* .isCycloneDx */ .KF)(type),
    spdx: _predicate_types_js__WEBPACK_IMPORTED_MODULE_2__/* .isSpdx */ .QE,
    cyclonedx: _predicate_types_js__WEBPACK_IMPORTED_MODULE_2__/* .isCycloneDx */ .KF,
};
function isTypeName(word) {
    return Object.hasOwn(FAMILIES, word) || (0,_predicate_types_js__WEBPACK_IMPORTED_MODULE_2__/* .parsePredicateType */ .$d)(word) !== undefined;
}
function parseType(name) {
    const family = Object.hasOwn(FAMILIES, name) ? FAMILIES[name] : undefined;
    if (family !== undefined)
        return { name, accepts: family };
    const exact = (0,_predicate_types_js__WEBPACK_IMPORTED_MODULE_2__/* .parsePredicateType */ .$d)(name);
    if (exact === undefined) {
        const names = [...new Set([...Object.keys(FAMILIES), ..._predicate_types_js__WEBPACK_IMPORTED_MODULE_2__/* .COSIGN_ALIAS_NAMES */ .Am])].join(', ');
        throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueError */ .Qp(`${(0,_text_quoted_js__WEBPACK_IMPORTED_MODULE_4__/* .quoted */ .T)(name)} is not a type of attestation: write one of ${names}, or a URI`);
    }
    if ((0,_predicate_types_js__WEBPACK_IMPORTED_MODULE_2__/* .isImageSignatureType */ .GS)(exact)) {
        throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_1__/* .ValueError */ .Qp(`${(0,_text_quoted_js__WEBPACK_IMPORTED_MODULE_4__/* .quoted */ .T)(name)} is the type of an image signature, which is not an attestation`);
    }
    return { name, accepts: (type) => type === exact };
}
function applies(name, type) {
    const isProvenance = type.name === 'provenance' || (0,_predicate_types_js__WEBPACK_IMPORTED_MODULE_2__/* .isSlsaProvenance */ .bR)((0,_predicate_types_js__WEBPACK_IMPORTED_MODULE_2__/* .parsePredicateType */ .$d)(type.name) ?? '');
    if (name === 'builder-id' || name === 'build-type')
        return isProvenance;
    if (name !== 'buildkit')
        return true;
    return isProvenance || ['sbom', 'spdx'].includes(type.name) || (0,_predicate_types_js__WEBPACK_IMPORTED_MODULE_2__/* .isSpdx */ .QE)((0,_predicate_types_js__WEBPACK_IMPORTED_MODULE_2__/* .parsePredicateType */ .$d)(type.name) ?? '');
}


/***/ }),

/***/ 3509:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ parseImagePrefix),
/* harmony export */   i: () => (/* binding */ parseSignatureRepository)
/* harmony export */ });
/* harmony import */ var _text_quoted_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9082);
/* harmony import */ var _text_value_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9354);
/* harmony import */ var _reference_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5273);
/* harmony import */ var _signature_repositories_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8747);




function parseImagePrefix(text) {
    const written = text.trim();
    const refuse = (rule) => {
        throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_0__/* .ValueError */ .Qp(`${(0,_text_quoted_js__WEBPACK_IMPORTED_MODULE_3__/* .quoted */ .T)(written)} is not the beginning of an image name: ${rule}`);
    };
    if (written === '')
        return refuse('it is empty');
    if (written.includes('@'))
        return refuse('remove the digest');
    if (written.includes('*'))
        return refuse('write no `*`; a line covers everything below its prefix');
    if (written.endsWith('/'))
        return refuse('remove the slash at the end');
    if (!written.includes('/') && (/[.[:]/.test(written) || written === 'localhost')) {
        if (/^[^[\]:]+:(?!\d+$)/.test(written))
            return refuse('remove the tag');
        return { registry: (0,_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .parseRegistryHost */ .TZ)(written), path: '' };
    }
    const { repository, tag } = (0,_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .parseReference */ .F2)(written);
    if (tag !== undefined)
        return refuse('remove the tag');
    const { registry, path } = repository;
    const isShort = registry === _signature_repositories_js__WEBPACK_IMPORTED_MODULE_2__/* .HUB */ .Q$ && !/(?:^|\/)library\//.test(written);
    return { registry, path: isShort ? path.replace(/^library\/(?=[^/]+$)/, '') : path };
}
function parseSignatureRepository(text) {
    const written = text.trim();
    if (/^(?:[^/]*[.:[][^/]*|localhost)$/.test(written) && !/[@:][^\d]/.test(written)) {
        throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_0__/* .ValueError */ .Qp(`${(0,_text_quoted_js__WEBPACK_IMPORTED_MODULE_3__/* .quoted */ .T)(written)} names a registry but no repository in it`);
    }
    return (0,_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .parseRepository */ .SU)(written);
}


/***/ }),

/***/ 5827:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   parseRegexp: () => (/* binding */ parseRegexp)
/* harmony export */ });
/* harmony import */ var re2js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2856);
/* harmony import */ var _text_value_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9354);
/* harmony import */ var _pattern_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6046);



function parseRegexp(source) {
    if (source.length > _pattern_js__WEBPACK_IMPORTED_MODULE_1__/* .PATTERN_MAX_CHARS */ .Y) {
        throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_0__/* .ValueError */ .Qp(`the pattern is longer than ${_pattern_js__WEBPACK_IMPORTED_MODULE_1__/* .PATTERN_MAX_CHARS */ .Y} characters`);
    }
    const compiled = compile(source);
    return {
        source,
        matches: (value) => compiled.matches(value),
        findsIn: (value) => compiled.matcher(value).find(),
    };
}
function compile(source) {
    try {
        return re2js__WEBPACK_IMPORTED_MODULE_2__/* .RE2JS */ .L3.compile(source);
    }
    catch (error) {
        const message = error instanceof Error ? error.message : 'unknown error';
        throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_0__/* .ValueError */ .Qp(`${message} (RE2 syntax has no lookaround and no backreferences)`, { cause: error });
    }
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

/***/ 737:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  h: () => (/* binding */ readPolicies)
});

// EXTERNAL MODULE: ./.build/js/src/domain/image/digest.js
var digest = __webpack_require__(3258);
// EXTERNAL MODULE: ./.build/js/src/domain/text/near-name.js
var near_name = __webpack_require__(4638);
// EXTERNAL MODULE: ./.build/js/src/domain/text/quoted.js
var quoted = __webpack_require__(9082);
// EXTERNAL MODULE: ./.build/js/src/domain/yaml/read-yaml.js
var read_yaml = __webpack_require__(7460);
// EXTERNAL MODULE: ./.build/js/src/domain/attestation/line-signers.js
var line_signers = __webpack_require__(7723);
// EXTERNAL MODULE: ./.build/js/src/domain/attestation/predicate-types.js
var predicate_types = __webpack_require__(1450);
// EXTERNAL MODULE: ./.build/js/src/domain/attestation/requirement-line.js
var requirement_line = __webpack_require__(9179);
// EXTERNAL MODULE: ./.build/js/src/domain/image/parse-signature-repository.js
var parse_signature_repository = __webpack_require__(3509);
// EXTERNAL MODULE: ./.build/js/src/domain/text/value-error.js
var value_error = __webpack_require__(9354);
;// CONCATENATED MODULE: ./.build/js/src/domain/policy/fields.js


function createFieldReader(place) {
    const problems = [];
    const add = ({ path, line }, what, cure) => {
        problems.push({ ...place, line, path, what, cure });
    };
    const wrongType = (field, wanted) => {
        const { value } = field;
        const isEmpty = value.kind === 'scalar' && value.value === null;
        add(field, isEmpty ? 'the field has no value' : `the value is ${kindOf(value)}, not ${wanted}`, isEmpty ? 'Give it a value, or remove the field.' : `Write ${wanted}.`);
        return undefined;
    };
    const map = (field, known, elsewhere = {}) => {
        if (field.value.kind !== 'map')
            return wrongType(field, 'a map');
        const fields = fieldsOf(field.value, field.path);
        for (const [name, one] of fields) {
            if (known.includes(name))
                continue;
            const place = Object.hasOwn(elsewhere, name) ? elsewhere[name] : undefined;
            const near = (0,near_name/* nearName */.c)(name, known);
            const cure = place ?? (near === undefined ? `Remove it; the fields here are ${known.join(', ')}.` : `Write \`${near}\`.`);
            add(one, `unknown field ${(0,quoted/* quoted */.T)(name)}, which policy-controller would ignore`, cure);
        }
        return fields;
    };
    const text = (field) => {
        if (field === undefined)
            return undefined;
        const { value } = field;
        if (value.kind !== 'scalar' || typeof value.value !== 'string') {
            const isWord = value.kind === 'scalar' && value.value !== null;
            return wrongType(field, isWord ? 'a text (in quotation marks)' : 'a text');
        }
        if (value.value.trim() !== '')
            return value.value;
        add(field, 'the text is empty', 'Give it a value, or remove the field.');
        return undefined;
    };
    return {
        problems,
        add,
        map,
        text,
        texts(field) {
            if (field.value.kind !== 'map')
                return wrongType(field, 'a map');
            const fields = fieldsOf(field.value, field.path);
            for (const one of fields.values()) {
                const { value } = one;
                if (value.kind !== 'scalar' || typeof value.value !== 'string')
                    wrongType(one, 'a text (in quotation marks)');
            }
            return fields;
        },
        list(field) {
            if (field.value.kind !== 'list')
                return wrongType(field, 'a list');
            if (field.value.items.length === 0) {
                add(field, 'the list is empty', 'Give at least one entry.');
                return undefined;
            }
            return field.value.items.map((value, index) => ({ value, path: `${field.path}[${index}]`, line: value.line }));
        },
        requiredText(fields, name, parent) {
            const field = fields.get(name);
            if (field !== undefined)
                return text(field);
            add({ path: join(parent.path, name), line: parent.line }, 'the field is missing', `Add \`${name}\`.`);
            return undefined;
        },
        oneOf(field, words) {
            const value = text(field);
            if (field === undefined || value === undefined)
                return undefined;
            const word = words.find((one) => one === value);
            if (word === undefined) {
                add(field, `${(0,quoted/* quoted */.T)(value)} is not one of ${words.join(', ')}`, `Write one of ${words.join(', ')}.`);
            }
            return word;
        },
        boolean(field) {
            if (field === undefined)
                return undefined;
            const { value } = field;
            if (value.kind === 'scalar' && typeof value.value === 'boolean')
                return value.value;
            return wrongType(field, '`true` or `false`');
        },
    };
}
function join(path, name) {
    const step = /^[A-Za-z_][\w-]{0,99}$/.test(name) ? name : `[${(0,quoted/* quoted */.T)(name)}]`;
    return path === '' || step.startsWith('[') ? `${path}${step}` : `${path}.${step}`;
}
function fieldsOf(value, path) {
    return new Map([...value.entries].map(([name, entry]) => [
        name,
        { value: entry.value, path: join(path, name), line: entry.key.line },
    ]));
}
function kindOf(value) {
    if (value.kind !== 'scalar')
        return `a ${value.kind}`;
    if (value.value === null)
        return 'empty';
    return typeof value.value === 'string' ? 'a text' : `a ${typeof value.value}`;
}
function plainValue(value) {
    switch (value.kind) {
        case 'scalar':
            return value.value;
        case 'list':
            return value.items.map(plainValue);
        case 'map':
            return [...value.entries]
                .toSorted(([one], [other]) => (one < other ? -1 : 1))
                .map(([key, entry]) => [key, plainValue(entry.value)]);
    }
}

// EXTERNAL MODULE: ./.build/js/src/domain/identity/requirement.js + 3 modules
var requirement = __webpack_require__(2784);
;// CONCATENATED MODULE: ./.build/js/src/domain/policy/anchored.js
function checkAnchors(source, compiles) {
    const why = whyOpen(tokenise(source));
    if (why === undefined)
        return { kind: 'anchored' };
    const right = [completed(source), enclosed(source)].find((one) => whyOpen(tokenise(one)) === undefined && compiles(one));
    return { kind: 'open', why, right };
}
function whyOpen(tokens) {
    const isAt = (index, text) => {
        const token = tokens.at(index);
        return token?.text === text && token.depth === 0;
    };
    if (tokens.some(({ text }) => hasMultiline(text)))
        return 'in multi-line mode, ^ and $ also match at line breaks';
    if (tokens.some(({ text, depth }) => text === '|' && depth === 0)) {
        return 'each of ^ and $ belongs to one alternative only';
    }
    const starts = isAt(0, '^');
    const ends = tokens.length > 1 && isAt(-1, '$');
    const [next] = tokens.slice(1).filter(({ text }) => !isEmptyToken(text));
    if (starts && /^[*+?{]/.test(next?.text ?? ''))
        return 'its ^ may be skipped';
    if (starts && ends)
        return undefined;
    return `it has no ${[...(starts ? [] : ['^ at its start']), ...(ends ? [] : ['$ at its end'])].join(' and ')}`;
}
function isEmptyToken(text) {
    return text === '\\Q\\E' || text === '\\E' || /^\(\?[A-Za-z-]*\)$/.test(text);
}
function completed(source) {
    const tokens = tokenise(source);
    return `${tokens[0]?.text === '^' ? '' : '^'}${source}${tokens.at(-1)?.text === '$' ? '' : '$'}`;
}
function enclosed(source) {
    return `^(?:${source.replace(/^\^/, '').replace(/(?<!\\)\$$/, '')})$`;
}
function hasMultiline(text) {
    return /^\(\?[A-Za-z]*m/.test(text) && !/^\(\?P?</.test(text);
}
function tokenise(source) {
    const tokens = [];
    let depth = 0;
    for (let at = 0; at < source.length;) {
        const text = tokenAt(source, at);
        if (text === ')')
            depth = Math.max(0, depth - 1);
        tokens.push({ text, depth });
        if (text.startsWith('(') && !/^\(\?[A-Za-z-]*\)$/.test(text))
            depth += 1;
        at += text.length;
    }
    return tokens;
}
function tokenAt(source, at) {
    const rest = source.slice(at);
    if (rest.startsWith('\\Q')) {
        const end = rest.indexOf('\\E', 2);
        return end < 0 ? rest : rest.slice(0, end + 2);
    }
    if (rest.startsWith('\\'))
        return rest.slice(0, 2);
    if (rest.startsWith('['))
        return /^\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]])*\]?/s.exec(rest)?.[0] ?? '[';
    if (rest.startsWith('('))
        return /^\((?:\?(?:P?<\w*>|[A-Za-z-]*[:)]))?/.exec(rest)?.[0] ?? '(';
    return rest.slice(0, 1);
}

// EXTERNAL MODULE: ./.build/js/src/domain/identity/max-age.js
var max_age = __webpack_require__(1837);
;// CONCATENATED MODULE: ./.build/js/src/domain/policy/policy-annotations.js




const PREFIX = 'countersign/';
const NARROWING = ['source-repository', 'source-ref', 'workflow', 'claims', 'annotations', 'max-age'];
const ABOUT_CLAIMS = ['source-repository', 'source-ref', 'workflow', 'claims'];
const NAMES = [...NARROWING, 'allow-any-identity', 'attestations', 'require', 'namespaces'];
function readAnnotations(reader, annotations) {
    const given = new Map();
    for (const [key, field] of annotations) {
        if (!key.toLowerCase().startsWith(PREFIX))
            continue;
        const name = NAMES.find((one) => key === `${PREFIX}${one}`);
        if (name !== undefined) {
            given.set(name, field);
            continue;
        }
        const near = (0,near_name/* nearName */.c)(key.slice(PREFIX.length), NAMES);
        const all = NAMES.map((one) => `${PREFIX}${one}`).join(', ');
        reader.add(field, `unknown annotation ${(0,quoted/* quoted */.T)(key)}`, near === undefined ? `Remove it; the annotations are ${all}.` : `Write \`${PREFIX}${near}\`.`);
    }
    const text = (name) => reader.text(given.get(name));
    const lines = (name) => readLines(reader, given.get(name), text(name));
    return {
        given,
        inputs: {
            sourceRepository: lines('source-repository'),
            sourceRef: lines('source-ref'),
            workflow: lines('workflow'),
            claims: lines('claims'),
            annotations: lines('annotations'),
            maxAgeMs: readMaxAge(reader, given.get('max-age'), text('max-age')?.trim()),
            allowAnyIdentity: readFlag(reader, given.get('allow-any-identity'), text('allow-any-identity')?.trim()),
        },
        attestations: text('attestations'),
        require: readCount(reader, given.get('require'), text('require')?.trim()),
        namespaces: given.has('namespaces')
            ? readNamespaces(reader, given.get('namespaces'), lines('namespaces'))
            : undefined,
    };
}
function readLines(reader, field, text) {
    if (field === undefined || text === undefined)
        return [];
    const lines = text
        .replace(/\r?\n$/, '')
        .split(/\r?\n/)
        .map((line) => line.trim());
    const empty = lines.indexOf('');
    if (empty >= 0)
        reader.add(field, `line ${empty + 1} of ${lines.length} is empty`, 'Remove the line, or fill it.');
    return lines.filter((line) => line !== '');
}
function readMaxAge(reader, field, text) {
    if (field === undefined || text === undefined)
        return undefined;
    try {
        return (0,max_age/* parseMaxAge */.p)(text);
    }
    catch (error) {
        if (!(error instanceof value_error/* ValueError */.Qp))
            throw error;
        reader.add(field, `${(0,quoted/* quoted */.T)(text)} ${error.message}`, 'Write a duration such as `12h` or `30d`.');
        return undefined;
    }
}
function readFlag(reader, field, text) {
    if (field === undefined || text === undefined)
        return false;
    if (text !== 'true' && text !== 'false') {
        reader.add(field, `${(0,quoted/* quoted */.T)(text)} is neither true nor false`, 'Write "true" or "false", in quotation marks.');
    }
    return text === 'true';
}
function readCount(reader, field, text) {
    if (field === undefined || text === undefined)
        return undefined;
    if (/^[1-9][0-9]{0,3}$/.test(text))
        return Number(text);
    reader.add(field, `${(0,quoted/* quoted */.T)(text)} is not a number of authorities`, 'Write a number from 1 on, such as "2".');
    return undefined;
}
const NAMESPACE_GLOB = /^[a-z0-9*](?:[a-z0-9*-]*[a-z0-9*])?$/;
const NAMESPACE_MAX = 127;
function readNamespaces(reader, field, lines) {
    const strange = lines.find((line) => !NAMESPACE_GLOB.test(line) || line.length > NAMESPACE_MAX || line.includes('***'));
    if (field !== undefined && strange !== undefined) {
        reader.add(field, `${(0,quoted/* quoted */.T)(strange)} is neither the name of a namespace nor a glob for names`, 'Write one per line; names consist of a-z, 0-9 and -, and * is any text.');
    }
    return lines;
}

;// CONCATENATED MODULE: ./.build/js/src/domain/policy/policy-identity.js






const FIELDS = {
    issuer: 'certificate-oidc-issuer',
    issuerRegExp: 'certificate-oidc-issuer-regexp',
    subject: 'certificate-identity',
    subjectRegExp: 'certificate-identity-regexp',
};
const policy_identity_NAMES = Object.keys(FIELDS);
function readIdentity(reader, item, { annotations, context }) {
    const before = reader.problems.length;
    const fields = reader.map(item, policy_identity_NAMES);
    if (fields === undefined)
        return undefined;
    const value = (name) => {
        const text = reader.text(fields.get(name));
        return text === undefined ? [] : [text];
    };
    for (const half of ['issuer', 'subject'])
        checkHalf(reader, { fields, item, half });
    for (const name of ['issuerRegExp', 'subjectRegExp'])
        checkPattern(reader, fields.get(name), context);
    const about = ABOUT_CLAIMS.filter((name) => annotations.given.has(name));
    if (about.length > 0 && !fields.has('issuer')) {
        const names = about.map((name) => `${PREFIX}${name}`).join(', ');
        reader.add({ path: join(item.path, 'issuer'), line: item.line }, `${names} is about claims, which have a meaning only with one exact issuer`, 'Write `issuer` instead of `issuerRegExp`.');
    }
    const inputs = {
        ...requirement/* NO_IDENTITY_INPUTS */.B,
        ...annotations.inputs,
        certificateOidcIssuer: value('issuer'),
        certificateOidcIssuerRegexp: value('issuerRegExp'),
        certificateIdentity: value('subject'),
        certificateIdentityRegexp: value('subjectRegExp'),
    };
    if (reader.problems.length > before)
        return undefined;
    const parsed = (0,requirement/* parseIdentityRequirement */.R)(inputs, context);
    if (parsed.kind === 'requirement')
        return { inputs, requirement: parsed.requirement };
    const problems = parsed.kind === 'invalid' ? parsed.problems : [parsed.problem];
    for (const problem of problems)
        addIdentityProblem(reader, problem, { fields, item, annotations });
    return undefined;
}
function checkHalf(reader, { fields, item, half }) {
    const pattern = `${half}RegExp`;
    const both = fields.get(pattern);
    if (fields.has(half) && both !== undefined) {
        reader.add(both, `${half} and ${pattern} are both given`, `Remove one of them.`);
    }
    if (fields.has(half) || both !== undefined)
        return;
    const path = join(item.path, half);
    reader.add({ path, line: item.line }, `the identity has no ${half}`, `Add \`${half}\` or \`${pattern}\`.`);
}
function checkPattern(reader, field, context) {
    const source = field?.value.kind === 'scalar' ? field.value.value : undefined;
    if (field === undefined || typeof source !== 'string' || source.trim() === '')
        return;
    const why = whyNotRegexp(source, context);
    if (why !== undefined) {
        reader.add(field, `${(0,quoted/* quoted */.T)(source)} is not a regular expression: ${why}`, 'Write RE2 syntax.');
        return;
    }
    const anchors = checkAnchors(source, (one) => whyNotRegexp(one, context) === undefined);
    if (anchors.kind === 'anchored')
        return;
    const right = anchors.right === undefined ? 'Write it as `^…$`, for the whole value.' : `Write ${(0,quoted/* quoted */.T)(anchors.right)}.`;
    reader.add(field, `${(0,quoted/* quoted */.T)(source)} is not anchored (${anchors.why}): policy-controller would accept values that only contain a match`, right);
}
function whyNotRegexp(source, { parseRegexp }) {
    try {
        parseRegexp(source);
        return undefined;
    }
    catch (error) {
        if (!(error instanceof value_error/* ValueError */.Qp))
            throw error;
        return error.message;
    }
}
function addIdentityProblem(reader, problem, origin) {
    const { fields, item, annotations } = origin;
    if (problem.kind === 'no-signer') {
        reader.add(item, 'the identity names no signer', 'Add `subject` or `subjectRegExp`.');
        return;
    }
    const name = policy_identity_NAMES.find((one) => FIELDS[one] === problem.field);
    const annotation = [...annotations.given].find(([one]) => one === problem.field)?.[1];
    const at = (name === undefined ? annotation : fields.get(name)) ?? item;
    const { what, cure } = inWords(problem);
    reader.add(at, what, cure);
}
function inWords(problem) {
    switch (problem.kind) {
        case 'empty':
            return {
                what: problem.of === undefined ? 'a value is empty' : `the value of ${problem.of} is empty`,
                cure: FILL,
            };
        case 'given-twice':
            return { what: `${(0,quoted/* quoted */.T)(problem.key)} is given twice`, cure: 'Remove one of them.' };
        case 'needs-one-issuer':
            return { what: 'it has a meaning only with one exact issuer', cure: 'Write `issuer` in every identity.' };
        case 'matches-anybody':
            return {
                what: `${(0,quoted/* quoted */.T)(problem.pattern)} matches anyone`,
                cure: `Name an owner in the pattern, or set the annotation ${PREFIX}allow-any-identity: "true".`,
            };
        case 'unreadable': {
            const lines = problem.instead.map(({ input, value }) => `${policyName(input)}: ${(0,quoted/* quoted */.T)(value)}`);
            const cure = lines.length === 0 ? 'See "Policies" in verify/README.md.' : `Write ${lines.join(' or ')}.`;
            return { what: inPolicyWords(problem.why), cure };
        }
    }
}
const FILL = 'Give it a value, or remove it.';
function policyName(input) {
    return policy_identity_NAMES.find((name) => FIELDS[name] === input) ?? `${PREFIX}${input}`;
}
function inPolicyWords(text) {
    const ordered = policy_identity_NAMES.toSorted((one, other) => FIELDS[other].length - FIELDS[one].length);
    return ordered.reduce((said, name) => said.replaceAll(FIELDS[name], name), text);
}
function joinRequirements(requirements) {
    const [first, ...others] = requirements;
    if (first === undefined)
        return undefined;
    const narrowing = narrowingOf(first);
    if (others.some((one) => narrowingOf(one) !== narrowing))
        return undefined;
    const [pair, ...pairs] = first.identities;
    return { ...first, identities: [pair, ...pairs, ...others.flatMap(({ identities }) => identities)] };
}
function narrowingOf(requirement) {
    const { signerWorkflows, sourceRepositories, workflows, sourceRefs, claims, annotations } = requirement;
    const sources = (patterns) => patterns.map(({ source }) => source);
    return JSON.stringify([
        signerWorkflows.map(({ source, repository }) => [source, repository]),
        sourceRepositories,
        sources(workflows),
        sources(sourceRefs),
        [...claims],
        [...annotations],
        requirement.maxAgeMs,
        requirement.allowAnyIdentity,
    ]);
}

// EXTERNAL MODULE: ./.build/js/src/domain/policy/services.js
var policy_services = __webpack_require__(3905);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./.build/js/src/domain/policy/trust-roots.js


const KEYS = ['certificateAuthorities', 'tLogs', 'ctLogs', 'timestampAuthorities'];
const SOURCES = ['sigstoreKeys', 'remote', 'repository', 'trustedRootJSON'];
const MEMBERS_MAX = 64;
const CHAIN_MAX = 10;
function readTrustRoot(reader, spec) {
    const fields = reader.map(spec, SOURCES);
    if (fields === undefined)
        return undefined;
    for (const name of SOURCES.slice(1)) {
        const field = fields.get(name);
        if (field === undefined)
            continue;
        reader.add(field, `a TrustRoot with \`${name}\` is not supported`, 'Write its keys and certificates as `sigstoreKeys`, or use the input `trusted-root` and no `trustRootRef`.');
    }
    const field = fields.get('sigstoreKeys');
    if (field === undefined) {
        if (fields.size === 0)
            reader.add(spec, 'the TrustRoot has no keys', 'Add `sigstoreKeys`.');
        return undefined;
    }
    const keys = reader.map(field, KEYS);
    if (keys === undefined)
        return undefined;
    const before = reader.problems.length;
    const each = (name, read) => {
        const list = keys.get(name);
        const items = list === undefined ? [] : (reader.list(list) ?? []);
        if (list !== undefined && items.length > MEMBERS_MAX) {
            reader.add(list, `it has ${items.length} entries, more than ${MEMBERS_MAX}`, 'Remove those that nothing needs.');
            return [];
        }
        return items.flatMap((item) => read(reader, item) ?? []);
    };
    const parts = {
        certificateAuthorities: each('certificateAuthorities', readAuthority),
        timestampAuthorities: each('timestampAuthorities', readAuthority),
        tlogs: each('tLogs', readLog),
        ctlogs: each('ctLogs', readLog),
    };
    return reader.problems.length === before ? parts : undefined;
}
function trustedRootJson(parts) {
    const mediaType = 'application/vnd.dev.sigstore.trustedroot+json;version=0.1';
    return JSON.stringify({ mediaType, ...parts });
}
function readAuthority(reader, item) {
    const fields = reader.map(item, ['subject', 'uri', 'certChain']);
    if (fields === undefined)
        return undefined;
    const uri = readUrl(reader, fields, { name: 'uri', parent: item });
    const subject = readSubject(reader, fields, item);
    const chain = readPem(reader, fields, { name: 'certChain', parent: item, label: 'CERTIFICATE' });
    const field = fields.get('certChain');
    if (chain === undefined || field === undefined || uri === undefined || subject === undefined)
        return undefined;
    if (chain.length > CHAIN_MAX) {
        reader.add(field, `the chain has ${chain.length} certificates, more than ${CHAIN_MAX}`, 'Give one chain only.');
        return undefined;
    }
    const certificates = chain.flatMap((der) => parse(() => new external_node_crypto_.X509Certificate(der)) ?? []);
    const [issuing] = certificates;
    if (issuing === undefined || certificates.length < chain.length) {
        reader.add(field, 'a certificate of the chain does not parse', PEM_CURE);
        return undefined;
    }
    return {
        subject,
        uri,
        certChain: { certificates: chain.map((der) => ({ rawBytes: der.toString('base64') })) },
        validFor: { start: new Date(issuing.validFrom).toISOString() },
    };
}
function readSubject(reader, fields, parent) {
    const field = fields.get('subject');
    if (field === undefined) {
        reader.add(parent, 'the field `subject` is missing', 'Add `subject` with `organization` and `commonName`.');
        return undefined;
    }
    const names = reader.map(field, ['organization', 'commonName']);
    if (names === undefined)
        return undefined;
    const organization = reader.requiredText(names, 'organization', field);
    const commonName = reader.requiredText(names, 'commonName', field);
    return organization === undefined || commonName === undefined ? undefined : { organization, commonName };
}
const SINCE_EVER = '1970-01-01T00:00:00Z';
function readLog(reader, item) {
    const fields = reader.map(item, ['baseURL', 'hashAlgorithm', 'publicKey']);
    if (fields === undefined)
        return undefined;
    const baseUrl = readUrl(reader, fields, { name: 'baseURL', parent: item });
    const hash = reader.requiredText(fields, 'hashAlgorithm', item);
    const hashField = fields.get('hashAlgorithm');
    if (hash !== undefined && hashField !== undefined && !/^sha-?256$/i.test(hash)) {
        reader.add(hashField, `${(0,quoted/* quoted */.T)(hash)} is not a supported hash algorithm`, 'Write `sha-256`.');
        return undefined;
    }
    const blocks = readPem(reader, fields, { name: 'publicKey', parent: item, label: 'PUBLIC KEY' });
    const field = fields.get('publicKey');
    if (blocks === undefined || field === undefined || baseUrl === undefined || hash === undefined)
        return undefined;
    const [spki, second] = blocks;
    const key = spki === undefined ? undefined : parse(() => (0,external_node_crypto_.createPublicKey)({ key: spki, format: 'der', type: 'spki' }));
    const keyDetails = key === undefined ? undefined : keyDetailsOf(key);
    if (spki === undefined || second !== undefined || key === undefined || keyDetails === undefined) {
        reader.add(field, second === undefined ? 'the public key does not parse, or its kind is not supported' : 'it has more than one key', 'Give one ECDSA (P-256, P-384, P-521), Ed25519 or RSA (2048, 3072, 4096) key: PEM with the label PUBLIC KEY, in base64.');
        return undefined;
    }
    return {
        baseUrl,
        hashAlgorithm: 'SHA2_256',
        publicKey: { rawBytes: spki.toString('base64'), keyDetails, validFor: { start: SINCE_EVER } },
        logId: { keyId: keyIdOf(key, spki, baseUrl).toString('base64') },
    };
}
function keyDetailsOf(key) {
    const { namedCurve, modulusLength } = key.asymmetricKeyDetails ?? {};
    switch (key.asymmetricKeyType) {
        case 'ed25519':
            return 'PKIX_ED25519';
        case 'rsa':
            return [2048, 3072, 4096].includes(modulusLength ?? 0) ? `PKIX_RSA_PKCS1V15_${modulusLength}_SHA256` : undefined;
        case 'ec': {
            const curves = {
                prime256v1: 'PKIX_ECDSA_P256_SHA_256',
                secp384r1: 'PKIX_ECDSA_P384_SHA_384',
                secp521r1: 'PKIX_ECDSA_P521_SHA_512',
            };
            return curves[namedCurve ?? ''];
        }
        default:
            return undefined;
    }
}
function keyIdOf(key, spki, baseUrl) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    if (key.asymmetricKeyType !== 'ed25519')
        return hash.update(spki).digest();
    return hash
        .update(`${new URL(baseUrl).hostname}\n\u0001`)
        .update(spki.subarray(-32))
        .digest();
}
function readUrl(reader, fields, { name, parent }) {
    const text = reader.requiredText(fields, name, parent);
    const field = fields.get(name);
    if (text === undefined || field === undefined)
        return undefined;
    const isUrl = /^https?:\/\//.test(text) && URL.canParse(text);
    if (!isUrl)
        reader.add(field, `${(0,quoted/* quoted */.T)(text)} is not a URL`, 'Write a URL with its scheme, such as `https://…`.');
    return isUrl ? text : undefined;
}
const PEM_CURE = 'Give PEM in base64, as in `base64 -w0 chain.pem`: the issuing certificate first, the root last.';
function readPem(reader, fields, { name, parent, label }) {
    const text = reader.requiredText(fields, name, parent);
    const field = fields.get(name);
    if (text === undefined || field === undefined)
        return undefined;
    const packed = text.replace(/\s/g, '');
    const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(packed);
    const pem = isBase64 ? Buffer.from(packed, 'base64').toString('latin1') : '';
    const blocks = [...pem.matchAll(/-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\s]*)-----END \1-----/g)];
    const marks = pem.match(/-----BEGIN /g)?.length ?? 0;
    if (blocks.length === 0 || marks !== blocks.length || blocks.some(([, found]) => found !== label)) {
        const what = `the value is not base64 of PEM with the label ${label}`;
        reader.add(field, what, label === 'CERTIFICATE' ? PEM_CURE : 'Give PEM in base64, as in `base64 -w0 key.pub`.');
        return undefined;
    }
    return blocks.map(([, , body = '']) => Buffer.from(body.replace(/\s/g, ''), 'base64'));
}
function parse(work) {
    try {
        return work();
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./.build/js/src/domain/policy/authorities.js










const KINDS = ['key', 'keyless', 'static'];
const BESIDES = ['source', 'ctlog', 'attestations', 'rfc3161timestamp', 'signatureFormat'];
const ELSEWHERE = {
    identities: 'It belongs into `keyless`.',
    tlog: 'Write `ctlog`, which means the transparency log.',
    policy: 'It belongs into an entry of `attestations`, but policies in CUE or Rego are not supported.',
};
function authorities_readAuthority(reader, item, context) {
    const fields = reader.map(item, ['name', ...KINDS, ...BESIDES], ELSEWHERE);
    if (fields === undefined)
        return undefined;
    const given = reader.text(fields.get('name'));
    const name = given ?? `authority-${context.index}`;
    const kinds = KINDS.filter((kind) => fields.has(kind));
    const [kind] = kinds;
    if (kind === undefined || kinds.length > 1) {
        const what = kind === undefined ? 'none of key, keyless and static is given' : `${kinds.join(' and ')} are given`;
        reader.add(item, `${what}; an authority has exactly one`, 'Write `keyless` or `static`.');
        return undefined;
    }
    const field = fields.get(kind);
    if (field === undefined)
        return undefined;
    switch (kind) {
        case 'key':
            reader.add(field, 'signatures by keys are not supported: this gate verifies keyless signatures only', 'Write `keyless` with `identities`, or remove the authority.');
            return undefined;
        case 'static':
            return readStatic(reader, field, { fields, name });
        case 'keyless':
            return readKeyless(reader, field, { ...context, fields, name });
    }
}
function readStatic(reader, field, { fields, name }) {
    for (const other of BESIDES) {
        const beside = fields.get(other);
        if (beside !== undefined) {
            reader.add(beside, `${other} beside static, which looks at no signature`, 'Remove one of them.');
        }
    }
    const own = reader.map(field, ['action', 'message']);
    if (own === undefined)
        return undefined;
    if (!own.has('action')) {
        reader.add({ path: join(field.path, 'action'), line: field.line }, 'the field is missing', 'Add `action: fail` or `action: pass`.');
    }
    const action = reader.oneOf(own.get('action'), ['pass', 'fail']);
    const message = reader.text(own.get('message'));
    return action === undefined ? undefined : { kind: 'static', name, action, message };
}
const KEYLESS = ['url', 'identities', 'ca-cert', 'trustRootRef', 'insecureIgnoreSCT'];
function readKeyless(reader, field, context) {
    const { fields, name } = context;
    const before = reader.problems.length;
    const own = reader.map(field, KEYLESS);
    if (own === undefined)
        return undefined;
    refuseUnsafe(reader, own);
    const signers = readSigners(reader, { keyless: field, own }, context);
    const trust = readTrust(reader, own, context);
    const services = (0,policy_services/* namedServices */.Q)({
        certificateAuthority: authorities_readUrl(reader, own.get('url')),
        log: trust.logUrl,
    });
    if (trust.root !== undefined)
        refuseMissingServices(reader, services, { own, fields, root: trust.root });
    const format = reader.oneOf(fields.get('signatureFormat'), ['legacy', 'bundle']) ?? 'any';
    const source = readSource(reader, fields.get('source'));
    const types = readTypes(reader, fields.get('attestations'));
    if (types.length > 0 && context.annotations.given.has('annotations')) {
        const at = context.annotations.given.get('annotations') ?? field;
        reader.add(at, `authority ${(0,quoted/* quoted */.T)(name)} asks for attestations instead of the image signature, and only that has annotations`, 'Remove one of them.');
    }
    if (signers === undefined || reader.problems.length > before)
        return undefined;
    const { requirement, identities } = signers;
    const lines = authorities_readLines(reader, { identities, field }, context);
    if (reader.problems.length > before)
        return undefined;
    return {
        ...{ kind: 'keyless', name, requirement, format, source, services },
        requireSignature: types.length === 0,
        attestations: [...types.map(({ text, type }) => ofType(text, type, requirement)), ...lines],
        trustedRoot: trust.root === undefined ? undefined : trustedRootJson(trust.root),
        requireTimestamp: trust.requireTimestamp,
    };
}
function refuseUnsafe(reader, own) {
    const caCert = own.get('ca-cert');
    if (caCert !== undefined) {
        reader.add(caCert, 'policy-controller accepts ca-cert and never uses it', 'Write a TrustRoot with the certificate and `trustRootRef`.');
    }
    const ignore = own.get('insecureIgnoreSCT');
    if (reader.boolean(ignore) === true && ignore !== undefined) {
        reader.add(ignore, 'insecureIgnoreSCT is not supported: a certificate must be in a CT log if the trusted root lists any', 'Remove it, or use a TrustRoot without `ctLogs`.');
    }
}
function readSigners(reader, { keyless, own }, { annotations, identity: context }) {
    const field = own.get('identities');
    if (field === undefined) {
        reader.add({ path: join(keyless.path, 'identities'), line: keyless.line }, 'nobody is named who must have signed', 'Add `identities` with `issuer` and `subject`.');
        return undefined;
    }
    const items = reader.list(field) ?? [];
    const read = items.map((item) => readIdentity(reader, item, { annotations, context }));
    const identities = read.filter((one) => one !== undefined);
    if (items.length === 0 || identities.length < items.length)
        return undefined;
    const requirement = joinRequirements(identities.map((one) => one.requirement));
    if (requirement !== undefined)
        return { requirement, identities: identities.map(({ inputs }) => inputs) };
    reader.add(field, 'the annotations of the policy mean different things for the issuers of this list', 'Give only identities of one server, and write the others in a policy of their own.');
    return undefined;
}
function authorities_readUrl(reader, field) {
    const text = reader.text(field);
    if (field === undefined || text === undefined)
        return undefined;
    if (/^https?:\/\//.test(text) && URL.canParse(text))
        return text;
    reader.add(field, `${(0,quoted/* quoted */.T)(text)} is not a URL`, 'Write a URL with its scheme, such as `https://…`.');
    return undefined;
}
function readTrust(reader, own, context) {
    const { fields, trustRoots } = context;
    const log = fields.get('ctlog');
    const logFields = log === undefined ? undefined : reader.map(log, ['url', 'trustRootRef']);
    const timestamp = fields.get('rfc3161timestamp');
    const timestampFields = timestamp === undefined ? undefined : reader.map(timestamp, ['trustRootRef']);
    const logUrl = authorities_readUrl(reader, logFields?.get('url'));
    const logRef = logFields?.get('trustRootRef');
    if (logRef !== undefined && logFields?.has('url') === false) {
        reader.add(logRef, 'policy-controller drops a ctlog of a v1beta1 policy that has a trustRootRef and no url', 'Add `url`, the base URL of the log.');
    }
    const refs = [own.get('trustRootRef'), logRef, timestampFields?.get('trustRootRef')];
    const [main, logs, timestamps] = refs.map((ref) => findRoot(reader, ref, trustRoots));
    const requireTimestamp = timestamp !== undefined;
    const [mainRef, ...otherRefs] = refs;
    const other = otherRefs.find((ref) => ref !== undefined);
    if (mainRef === undefined && other !== undefined) {
        reader.add(other, 'a TrustRoot is named here but not for the certificates, so two trusted roots would be mixed', 'Name a TrustRoot in `keyless.trustRootRef` too.');
    }
    if (main === undefined)
        return { root: undefined, requireTimestamp, logUrl };
    const root = {
        ...main,
        tlogs: (logs ?? main).tlogs,
        timestampAuthorities: (timestamps ?? main).timestampAuthorities,
    };
    const why = whyUseless(root, requireTimestamp);
    if (why !== undefined && mainRef !== undefined) {
        reader.add(mainRef, `no signature can be accepted: ${why}`, 'Add what is missing to the TrustRoot.');
    }
    return { root, requireTimestamp, logUrl };
}
function findRoot(reader, ref, trustRoots) {
    const name = reader.text(ref);
    if (ref === undefined || name === undefined)
        return undefined;
    if (!trustRoots.has(name)) {
        reader.add(ref, `no policy file has a TrustRoot ${(0,quoted/* quoted */.T)(name)}`, 'Add its document (kind TrustRoot, with `sigstoreKeys`) to the policy files.');
    }
    return trustRoots.get(name);
}
function whyUseless(root, requireTimestamp) {
    if (root.certificateAuthorities.length === 0)
        return 'the TrustRoot lists no certificateAuthorities';
    if (requireTimestamp && root.timestampAuthorities.length === 0) {
        return 'rfc3161timestamp asks for a timestamp, but the TrustRoot lists no timestampAuthorities';
    }
    return root.tlogs.length + root.timestampAuthorities.length === 0
        ? 'the TrustRoot lists neither tLogs nor timestampAuthorities, so nothing proves when it was made'
        : undefined;
}
function refuseMissingServices(reader, services, { own, fields, root }) {
    for (const url of (0,policy_services/* missingServices */.d)(services, root)) {
        const at = url === services.certificateAuthority ? own.get('url') : fields.get('ctlog');
        if (at === undefined)
            continue;
        reader.add(at, `the TrustRoot does not list ${(0,quoted/* quoted */.T)(url)}`, 'Write the URL that it lists, or remove this one.');
    }
}
function readSource(reader, field) {
    const items = field === undefined ? [] : (reader.list(field) ?? []);
    const [item, second] = items;
    if (item === undefined || field === undefined)
        return undefined;
    if (second !== undefined) {
        reader.add(field, `source has ${items.length} entries, and only one is supported`, 'Keep one of them.');
        return undefined;
    }
    const fields = reader.map(item, ['oci', 'signaturePullSecrets', 'tagPrefix']);
    if (fields === undefined)
        return undefined;
    const secrets = fields.get('signaturePullSecrets');
    if (secrets !== undefined) {
        reader.add(secrets, 'signaturePullSecrets are secrets of a cluster', 'Remove it, and log in to the registry before this step.');
    }
    const prefix = fields.get('tagPrefix');
    if (prefix !== undefined) {
        reader.add(prefix, 'tags with a prefix are not supported', 'Remove it, and sign without a prefix.');
    }
    const text = reader.requiredText(fields, 'oci', item);
    const oci = fields.get('oci');
    if (text === undefined || oci === undefined)
        return undefined;
    try {
        return (0,parse_signature_repository/* parseSignatureRepository */.i)(text);
    }
    catch (error) {
        if (!(error instanceof value_error/* ValueError */.Qp))
            throw error;
        reader.add(oci, error.message, 'Write the repository, such as `ghcr.io/acme/signatures`.');
        return undefined;
    }
}
function readTypes(reader, field) {
    const items = field === undefined ? [] : (reader.list(field) ?? []);
    return items.flatMap((item) => {
        const fields = reader.map(item, ['name', 'predicateType', 'policy']);
        if (fields === undefined)
            return [];
        const policy = fields.get('policy');
        if (policy !== undefined)
            reader.add(policy, NO_ENGINE, NO_ENGINE_CURE);
        reader.requiredText(fields, 'name', item);
        const text = reader.requiredText(fields, 'predicateType', item);
        const at = fields.get('predicateType');
        if (text === undefined || at === undefined)
            return [];
        const type = (0,predicate_types/* parsePredicateType */.$d)(text);
        if (type !== undefined && !(0,predicate_types/* isImageSignatureType */.GS)(type))
            return [{ text, type }];
        const what = type === undefined
            ? `${(0,quoted/* quoted */.T)(text)} is neither a URI nor an alias of cosign`
            : `${(0,quoted/* quoted */.T)(text)} is the type of an image signature, which is not an attestation`;
        reader.add(at, what, 'Write the predicate type of the attestation, such as `https://slsa.dev/provenance/v1`.');
        return [];
    });
}
const NO_ENGINE = 'policies in CUE or Rego are not supported: they need an engine that this gate does not have';
const NO_ENGINE_CURE = `Remove it. The annotation countersign/attestations has conditions about attestations; the output ` +
    '`attestations-path` leads to the statements, for an engine of your own.';
function ofType(text, type, requirement) {
    return {
        line: text,
        type: { name: text, accepts: (found) => found === type },
        signers: [{ ...requirement, annotations: new Map() }],
        ...{ builderId: undefined, buildType: undefined, perPlatform: false, hasOwnSigner: false, buildkit: false },
        anyContent: true,
    };
}
function authorities_readLines(reader, { identities, field }, { annotations, identity: context }) {
    const at = annotations.given.get('attestations');
    if (at === undefined || annotations.attestations === undefined)
        return [];
    const read = (where, work) => {
        try {
            return work();
        }
        catch (error) {
            if (!(error instanceof value_error/* ValueError */.Qp))
                throw error;
            reader.add(at, `${where}${error.message}`, 'See "Attestations" in verify/README.md for the types and conditions.');
            return undefined;
        }
    };
    const text = annotations.attestations;
    return (read('', () => (0,requirement_line/* splitRequirements */.p)(text)) ?? []).flatMap(({ number, text: line }) => {
        const where = `line ${number}: `;
        const parsed = read(where, () => (0,requirement_line/* parseRequirementLine */.v)(line));
        if (parsed === undefined)
            return [];
        const steps = (0,line_signers/* namesSigner */.B)(parsed) ? identities.slice(0, 1) : identities;
        const fits = signersOfLine(steps.map((step) => () => (0,line_signers/* parseLineSigners */.H)(parsed, step, context)));
        if (fits instanceof value_error/* ValueError */.Qp) {
            read(where, () => {
                throw fits;
            });
            return [];
        }
        for (const one of fits) {
            const problems = one.kind === 'invalid' ? one.problems : one.kind === 'no-identity' ? [one.problem] : [];
            for (const problem of problems)
                addIdentityProblem(reader, problem, { fields: new Map(), item: at, annotations });
        }
        const signers = joinLines(fits);
        if (signers === undefined) {
            const what = `${where}the line means different things for the identities of ${field.path}`;
            if (fits.every(({ kind }) => kind === 'signers'))
                reader.add(at, what, 'Name a signer in the line.');
            return [];
        }
        const { type, conditions, flags } = parsed;
        return [
            {
                ...{ line, type, signers, hasOwnSigner: (0,line_signers/* namesSigner */.B)(parsed) },
                builderId: conditions.get('builder-id'),
                buildType: conditions.get('build-type'),
                perPlatform: flags.has('per-platform'),
                buildkit: flags.has('buildkit'),
            },
        ];
    });
}
function signersOfLine(parsers) {
    const errors = [];
    const fits = parsers.flatMap((parse) => {
        try {
            return [parse()];
        }
        catch (error) {
            if (!(error instanceof value_error/* ValueError */.Qp))
                throw error;
            errors.push(error);
            return [];
        }
    });
    const [first] = errors;
    return fits.length === 0 && first !== undefined ? first : fits;
}
function joinLines(fits) {
    const lists = fits.flatMap((one) => (one.kind === 'signers' ? [one.signers] : []));
    const [list] = lists;
    if (list === undefined || lists.length < fits.length || lists.some(({ length }) => length !== list.length)) {
        return undefined;
    }
    const joined = list.map((_, index) => joinRequirements(lists.flatMap((one) => one[index] ?? [])));
    const [first, ...others] = joined.filter((one) => one !== undefined);
    return first === undefined || others.length + 1 < joined.length ? undefined : [first, ...others];
}

// EXTERNAL MODULE: ./.build/js/src/domain/patterns/glob.js
var glob = __webpack_require__(420);
// EXTERNAL MODULE: ./.build/js/src/domain/policy/image-name.js
var image_name = __webpack_require__(3510);
;// CONCATENATED MODULE: ./.build/js/src/domain/policy/image-glob.js



const UPGRADED = new Map([
    ['*', `${image_name/* HUB_IN_POLICIES */.zT}/library/*`],
    ['*/*', `${image_name/* HUB_IN_POLICIES */.zT}/*/*`],
]);
const GLOB_MAX_CHARS = 600;
const STARS_MAX = 10;
function readImageGlob(source) {
    const shown = (0,quoted/* quoted */.T)(source);
    const unusable = (what, instead = []) => ({ kind: 'unusable', what, instead });
    if (source === '')
        return unusable('the glob is empty');
    if (source.length > GLOB_MAX_CHARS)
        return unusable(`the glob is longer than ${GLOB_MAX_CHARS} characters`);
    const stars = source.match(/\*+/g)?.length ?? 0;
    if (stars > STARS_MAX)
        return unusable(`${shown} has more than ${STARS_MAX} stars`);
    const strange = /[^A-Za-z0-9\-_:/*.@]/u.exec(source)?.[0];
    if (strange !== undefined) {
        return unusable(`${shown} contains ${(0,quoted/* quoted */.T)(strange)}; globs of images consist of A-Z a-z 0-9 - _ : / . @ and *`);
    }
    const upgraded = UPGRADED.get(source) ?? source;
    const why = whyNever(upgraded);
    if (why !== undefined)
        return unusable(`${shown} matches no image: ${why}`, rightForms(source));
    return { kind: 'glob', glob: compile(source, upgraded), notices: noticesAbout(source, upgraded) };
}
function compile(source, upgraded) {
    const { matches } = (0,glob/* parseGlob */.q)(upgraded.replace(/\*{3,}/g, '**'));
    return {
        source,
        matches,
        matchesSomeOf: (repository) => reaches(upgraded, digestsOf(repository)),
    };
}
function reaches(glob, names) {
    const tokens = glob.match(/\*{2,}|\*|[^*]/g) ?? [];
    const open = [[0, names.start]];
    const seen = new Set();
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
        const [at, state] = next;
        const key = `${at} ${state}`;
        if (seen.has(key))
            continue;
        seen.add(key);
        const token = tokens[at];
        if (token === undefined) {
            if (names.accepts(state))
                return true;
            continue;
        }
        const isWild = token.startsWith('*');
        if (isWild)
            open.push([at + 1, state]);
        for (const char of isWild ? names.ways(state) : token) {
            if (token === '*' && char === '/')
                continue;
            const after = names.step(state, char);
            if (after !== undefined)
                open.push([isWild ? at : at + 1, after]);
        }
    }
    return false;
}
const DIGEST = '@sha256:';
const HEX = 64;
function digestsOf(repository) {
    const literal = `${(0,image_name/* matchedRepository */.Tg)(repository)}${DIGEST}`;
    return {
        start: '0',
        ways: (state) => literal[Number(state)] ?? '0',
        step: (state, char) => {
            const at = Number(state);
            const fits = at < literal.length ? char === literal[at] : at < literal.length + HEX && /[0-9a-f]/.test(char);
            return fits ? String(at + 1) : undefined;
        },
        accepts: (state) => Number(state) === literal.length + HEX,
    };
}
function allNames(paths) {
    const isHost = (char) => /[a-z0-9.-]/.test(char);
    const isWord = (char) => /[a-z0-9]/.test(char);
    const steps = {
        s: (char) => (char === '[' ? 'b0' : isHost(char) ? 'h0' : undefined),
        h: (char) => (isHost(char) ? 'h0' : char === ':' ? 'c0' : char === '/' ? 'p0' : undefined),
        b: (char) => (/[0-9a-f:]/.test(char) ? 'b0' : char === ']' ? 'e0' : undefined),
        e: (char) => (char === ':' ? 'c0' : char === '/' ? 'p0' : undefined),
        c: (char) => (/[0-9]/.test(char) ? 'd0' : undefined),
        d: (char) => (/[0-9]/.test(char) ? 'd0' : char === '/' ? 'p0' : undefined),
        p: (char, count) => (isWord(char) ? `w${count}` : undefined),
        w: (char, count) => {
            if (isWord(char))
                return `w${count}`;
            if (/[._-]/.test(char))
                return `q${count}`;
            if (char === '/')
                return `p${Math.min(count + 1, paths)}`;
            return char === '@' && count + 1 >= paths ? 'x1' : undefined;
        },
        q: (char, count) => (isWord(char) ? `w${count}` : /[._-]/.test(char) ? `q${count}` : undefined),
        x: (char, count) => {
            if (count < DIGEST.length)
                return char === DIGEST[count] ? `x${count + 1}` : undefined;
            return count < DIGEST.length + HEX && /[0-9a-f]/.test(char) ? `x${count + 1}` : undefined;
        },
    };
    return {
        start: 's0',
        ways: () => 'ag0sh256.-_/:@[]',
        step: (state, char) => steps[state.slice(0, 1)]?.(char, Number(state.slice(1))),
        accepts: (state) => state === `x${DIGEST.length + HEX}`,
    };
}
function whyNever(glob) {
    const first = glob.split('/')[0] ?? '';
    const isPinned = !first.includes('*');
    const isHub = first === image_name/* HUB_IN_POLICIES */.zT;
    if (isPinned && glob.includes('/')) {
        const host = (0,image_name/* canonicalHost */.rQ)(first);
        if (/[A-Z]/.test(first))
            return 'names of images are lower case';
        if (!/[.:]|^localhost$/.test(first))
            return 'the registry is missing, also for Docker Hub';
        if (host !== first) {
            return host === image_name/* HUB_IN_POLICIES */.zT
                ? `Docker Hub is called ${image_name/* HUB_IN_POLICIES */.zT} here`
                : `images of this registry are called ${host}/…`;
        }
    }
    if (reaches(glob, allNames(isPinned && isHub ? 2 : 1)))
        return undefined;
    if (/[A-Z]/.test(glob))
        return 'names of images are lower case';
    if (!glob.includes('/'))
        return 'the registry is missing, also for Docker Hub';
    if (isHub && reaches(glob, allNames(1)))
        return 'official images of Docker Hub are below library/';
    if (/:[^/@]*$/.test(glob.slice(first.length)))
        return 'it names a tag, but images are matched by their digest';
    if (!glob.includes('@'))
        return 'an image is matched with its digest, as name@sha256:…';
    return 'no name and digest of an image look so';
}
function rightForms(source) {
    const glob = withHost(source.toLowerCase());
    const isUsable = (one) => whyNever(one) === undefined && overMatch(one) === undefined;
    if (isUsable(glob))
        return [glob];
    const slash = glob.lastIndexOf('/');
    const folder = glob.slice(0, slash);
    const name = glob.slice(slash + 1).replace(/[:@*].*$/, '');
    const exact = `${folder}/${name}@*`;
    const all = `${folder}/**`;
    const forms = name === '' ? [all] : /^[*/]*$/.test(folder) ? [exact] : [exact, all];
    return forms.filter(isUsable);
}
function withHost(glob) {
    const slash = glob.indexOf('/');
    if (slash < 0)
        return /[.:]/.test(glob.replace(/:[^:]*$/, '')) ? `${glob}/**` : `${image_name/* HUB_IN_POLICIES */.zT}/library/${glob}`;
    const first = glob.slice(0, slash);
    if (first.includes('*'))
        return glob;
    const isHost = /[.:]|^localhost$/.test(first);
    const full = isHost ? `${(0,image_name/* canonicalHost */.rQ)(first)}${glob.slice(slash)}` : `${image_name/* HUB_IN_POLICIES */.zT}/${glob}`;
    const [host, ...path] = full.split('/');
    return host === image_name/* HUB_IN_POLICIES */.zT && path.length === 1 && !full.includes('**')
        ? `${image_name/* HUB_IN_POLICIES */.zT}/library/${path[0]}`
        : full;
}
function noticesAbout(source, upgraded) {
    if (upgraded !== source)
        return [`the glob ${(0,quoted/* quoted */.T)(source)} means ${(0,quoted/* quoted */.T)(upgraded)} only; write that`];
    const first = source.split('/')[0] ?? '';
    const isEvery = /^[*/]+(?:@\*+)?$/.test(source);
    const over = overMatch(source);
    return [
        ...(first.includes('*') && !isEvery
            ? [
                `the glob ${(0,quoted/* quoted */.T)(source)} does not name the registry, so it also matches images of any other; write its host first`,
            ]
            : []),
        ...(over === undefined ? [] : [over]),
    ];
}
function overMatch(glob) {
    const found = /[a-z0-9]\*+|[._-]\*\*|[._-]\*(?=[^/]*\/)/.exec(glob);
    const digest = glob.indexOf('@');
    if (found === null || (digest >= 0 && found.index > digest))
        return undefined;
    const before = glob.slice(0, found.index + 1);
    const after = glob.slice(found.index + found[0].length);
    const isLast = !after.includes('/');
    const right = isLast && !found[0].endsWith('**') ? `${before}@*` : `${before}/**`;
    const hint = after === '' && whyNever(right) === undefined
        ? `; write ${(0,quoted/* quoted */.T)(right)} for ${right.endsWith('@*') ? 'this name alone' : 'what is below it'}`
        : '';
    return `the glob ${(0,quoted/* quoted */.T)(glob)} also matches names that only begin with ${(0,quoted/* quoted */.T)(before)}, such as ${(0,quoted/* quoted */.T)(`${before}-other`)}${hint}`;
}

;// CONCATENATED MODULE: ./.build/js/src/domain/policy/match-entries.js


const GROUPS = {
    pods: '',
    replicasets: 'apps',
    deployments: 'apps',
    statefulsets: 'apps',
    daemonsets: 'apps',
    jobs: 'batch',
    cronjobs: 'batch',
};
const RESOURCES = Object.keys(GROUPS);
const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'];
function readMatch(reader, field, namesObjects) {
    if (!namesObjects) {
        reader.add(field, 'match looks at the object that names an image, but here images are listed without objects', 'Use the action verify-files for this policy, or remove match.');
        return [];
    }
    return (reader.list(field) ?? []).flatMap((item) => readEntry(reader, item) ?? []);
}
function readEntry(reader, item) {
    const fields = reader.map(item, ['group', 'version', 'resource', 'selector']);
    if (fields === undefined)
        return undefined;
    const resource = reader.requiredText(fields, 'resource', item);
    const version = reader.requiredText(fields, 'version', item);
    const groupField = fields.get('group');
    const isCore = groupField?.value.kind === 'scalar' && groupField.value.value === '';
    const group = isCore || groupField === undefined ? '' : reader.text(groupField);
    const selectorField = fields.get('selector');
    const selector = selectorField === undefined ? undefined : readSelector(reader, selectorField);
    const at = fields.get('resource');
    if (resource === undefined || version === undefined || group === undefined || at === undefined)
        return undefined;
    const right = Object.hasOwn(GROUPS, resource) ? GROUPS[resource] : undefined;
    if (right === undefined) {
        reader.add(at, `${(0,quoted/* quoted */.T)(resource)} is not a resource that policies can match`, `Write one of ${RESOURCES.join(', ')}.`);
        return undefined;
    }
    if (group !== right) {
        reader.add({ path: join(item.path, 'group'), line: (groupField ?? item).line }, `no object fits: ${resource} have the group ${(0,quoted/* quoted */.T)(right)}, not ${(0,quoted/* quoted */.T)(group)}`, `Write \`group: ${right === '' ? '""' : right}\`.`);
        return undefined;
    }
    return { group, version, resource, selector };
}
function readSelector(reader, field) {
    const fields = reader.map(field, ['matchLabels', 'matchExpressions']);
    if (fields === undefined)
        return undefined;
    const labels = fields.get('matchLabels');
    const texts = labels === undefined ? undefined : reader.texts(labels);
    const matchLabels = new Map();
    for (const [key, { value }] of texts ?? []) {
        if (value.kind === 'scalar' && typeof value.value === 'string')
            matchLabels.set(key, value.value);
    }
    const expressions = fields.get('matchExpressions');
    const items = expressions === undefined ? [] : (reader.list(expressions) ?? []);
    return { matchLabels, matchExpressions: items.flatMap((item) => readExpression(reader, item) ?? []) };
}
function readExpression(reader, item) {
    const fields = reader.map(item, ['key', 'operator', 'values']);
    if (fields === undefined)
        return undefined;
    const key = reader.requiredText(fields, 'key', item);
    const written = reader.requiredText(fields, 'operator', item);
    const operator = written === undefined ? undefined : reader.oneOf(fields.get('operator'), OPERATORS);
    const field = fields.get('values');
    const values = (field === undefined ? [] : (reader.list(field) ?? [])).flatMap((one) => {
        const { value } = one;
        if (value.kind === 'scalar' && typeof value.value === 'string')
            return [value.value];
        reader.add(one, 'the value is not a text', 'Write it in quotation marks.');
        return [];
    });
    if (key === undefined || operator === undefined)
        return undefined;
    const needsValues = operator === 'In' || operator === 'NotIn';
    if (needsValues === (field !== undefined))
        return { key, operator, values };
    const cure = needsValues ? 'Add `values`.' : 'Remove `values`.';
    reader.add(field ?? item, `${operator} ${needsValues ? 'needs values' : 'takes no values'}`, cure);
    return undefined;
}

;// CONCATENATED MODULE: ./.build/js/src/domain/policy/read-policies.js










const GROUP = 'policy.sigstore.dev';
const POLICY_VERSIONS = [`${GROUP}/v1beta1`, `${GROUP}/v1alpha1`];
const ROOT_VERSIONS = [`${GROUP}/v1alpha1`];
const FILE_MAX_CHARS = 1024 * 1024;
const DOCUMENTS_MAX = 1000;
const GLOBS_MAX = 2000;
const IDENTITIES_MAX = 2000;
const AUTHORITIES_MAX = 100;
const PROBLEMS_MAX = 200;
function readPolicies(files, context) {
    const problems = [];
    const documents = files.flatMap((file) => readDocuments(file, problems));
    const over = tooMany(documents);
    if (over !== undefined)
        return { kind: 'invalid', problems: [over] };
    const roots = documents.filter(({ kind }) => kind === 'TrustRoot');
    const written = documents.filter(({ kind }) => kind === 'ClusterImagePolicy');
    const trustRoots = readRoots(roots, problems);
    const read = written.map((document) => readPolicy(document, { ...context, trustRoots }));
    for (const { reader } of read)
        problems.push(...reader.problems);
    const policies = read.flatMap(({ policy }) => policy ?? []);
    problems.push(...repeated(read.flatMap(({ named }) => named ?? [])));
    if (problems.length === 0 && written.length === 0)
        problems.push(noPolicy(files));
    const [problem, ...others] = distinct(problems);
    if (problem !== undefined)
        return { kind: 'invalid', problems: [problem, ...others.slice(0, PROBLEMS_MAX - 1)] };
    const [policy, ...rest] = policies;
    if (policy === undefined || policies.length < written.length)
        throw new TypeError('a policy was lost');
    const notices = read.flatMap((one) => one.notices);
    return { kind: 'policies', set: { policies: [policy, ...rest], notices } };
}
function readDocuments({ file, text }, problems) {
    const add = (at, what, cure) => {
        problems.push({ file, line: at.line, document: at.document, path: '', what, cure });
    };
    if (text.length > FILE_MAX_CHARS) {
        add({ line: 1, document: 1 }, `the file has more than ${FILE_MAX_CHARS} characters`, 'Split it.');
        return [];
    }
    const read = (0,read_yaml/* readYaml */.g)(text);
    if (read.kind === 'unreadable') {
        for (const problem of read.problems)
            add(problem, problem.message, 'Correct the YAML.');
        return [];
    }
    const filled = read.documents.filter(({ root }) => root !== undefined);
    if (filled.length === 0)
        add({ line: 1, document: 1 }, 'the file has no documents', 'Remove the file, or write a policy in it.');
    return filled.flatMap(({ number, root }) => {
        if (root === undefined)
            return [];
        const field = { value: root, path: '', line: root.line };
        const reader = createFieldReader({ file, document: number });
        const kind = readKind(reader, field);
        problems.push(...reader.problems);
        return kind === undefined ? [] : [{ file, number, kind, root: field }];
    });
}
const read_policies_KINDS = ['ClusterImagePolicy', 'TrustRoot'];
function readKind(reader, field) {
    if (field.value.kind !== 'map') {
        reader.add(field, 'the document is not a Kubernetes resource', 'Write a ClusterImagePolicy.');
        return undefined;
    }
    const of = (name) => {
        const entry = field.value.kind === 'map' ? field.value.entries.get(name) : undefined;
        const at = { value: entry?.value ?? field.value, path: name, line: entry?.key.line ?? field.line };
        return { text: textOf(entry?.value), at };
    };
    const kind = of('kind');
    const version = of('apiVersion');
    const known = read_policies_KINDS.find((one) => one === kind.text);
    if (known === undefined) {
        const near = kind.text === undefined ? undefined : (0,near_name/* nearName */.c)(kind.text, read_policies_KINDS);
        reader.add(kind.at, kind.text === undefined ? 'the document has no kind' : `a ${(0,quoted/* quoted */.T)(kind.text)} is not a policy`, `${near === undefined ? 'Write kind ClusterImagePolicy or TrustRoot' : `Write \`${near}\``}, or move the document to another file.`);
        return undefined;
    }
    const versions = known === 'TrustRoot' ? ROOT_VERSIONS : POLICY_VERSIONS;
    if (version.text !== undefined && versions.includes(version.text))
        return known;
    reader.add(version.at, version.text === undefined ? 'the document has no apiVersion' : `unknown apiVersion ${(0,quoted/* quoted */.T)(version.text)}`, `Write ${versions.map((one) => `\`apiVersion: ${one}\``).join(' or ')}.`);
    return undefined;
}
function textOf(value) {
    return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
}
const SERVER_METADATA = [
    'creationTimestamp',
    'generation',
    'resourceVersion',
    'uid',
    'managedFields',
    'ownerReferences',
    'finalizers',
    'selfLink',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
];
function readMetadata(reader, fields, root) {
    const field = fields.get('metadata');
    if (field === undefined) {
        reader.add({ path: 'metadata.name', line: root.line }, 'the document has no name', 'Add `metadata` with `name`.');
        return undefined;
    }
    const own = reader.map(field, ['name', 'labels', 'annotations', ...SERVER_METADATA], {
        namespace: 'Remove it: the resource belongs to the whole cluster.',
        generateName: 'Write `name`.',
    });
    if (own === undefined)
        return undefined;
    const labels = own.get('labels');
    if (labels !== undefined)
        reader.texts(labels);
    const annotationsField = own.get('annotations');
    const annotations = (annotationsField === undefined ? undefined : reader.texts(annotationsField)) ?? new Map();
    const name = reader.requiredText(own, 'name', field);
    const at = own.get('name');
    if (name === undefined || at === undefined)
        return undefined;
    if (!/^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/.test(name)) {
        reader.add(at, `${(0,quoted/* quoted */.T)(name)} is not a name of a resource`, 'Use a-z, 0-9, - and . only, at most 253 characters.');
    }
    return { name, at, annotations };
}
function readRoots(documents, problems) {
    const roots = new Map();
    const named = [];
    for (const { file, number, root } of documents) {
        const reader = createFieldReader({ file, document: number });
        const fields = reader.map(root, ['apiVersion', 'kind', 'metadata', 'spec', 'status']);
        const metadata = fields === undefined ? undefined : readMetadata(reader, fields, root);
        const spec = requireSpec(reader, fields, root);
        const parts = spec === undefined ? undefined : readTrustRoot(reader, spec);
        problems.push(...reader.problems);
        if (metadata === undefined)
            continue;
        named.push({ kind: 'TrustRoot', name: metadata.name, file, document: number, line: metadata.at.line });
        roots.set(metadata.name, parts);
    }
    problems.push(...repeated(named));
    return roots;
}
function requireSpec(reader, fields, root) {
    if (fields === undefined)
        return undefined;
    const spec = fields.get('spec');
    if (spec === undefined)
        reader.add({ path: 'spec', line: root.line }, 'the field is missing', 'Add `spec`.');
    return spec;
}
function repeated(named) {
    const first = new Map();
    return named.flatMap((one) => {
        const earlier = first.get(one.name);
        if (earlier === undefined) {
            first.set(one.name, one);
            return [];
        }
        const { file, line, document } = one;
        const where = earlier.file === file ? `line ${earlier.line}` : `${earlier.file}, line ${earlier.line}`;
        const what = `another ${one.kind} is called ${(0,quoted/* quoted */.T)(one.name)} (${where})`;
        return [{ file, line, document, path: 'metadata.name', what, cure: 'Rename one of them.' }];
    });
}
const SPEC = ['images', 'match', 'mode', 'authorities', 'policy'];
const IN_AUTHORITY = 'It belongs into an entry of `spec.authorities`.';
const SPEC_ELSEWHERE = Object.fromEntries([
    'key',
    'keyless',
    'static',
    'source',
    'ctlog',
    'attestations',
    'rfc3161timestamp',
    'signatureFormat',
    'identities',
].map((name) => [name, IN_AUTHORITY]));
function readPolicy({ file, number, root }, context) {
    const reader = createFieldReader({ file, document: number });
    const fields = reader.map(root, ['apiVersion', 'kind', 'metadata', 'spec', 'status']);
    const metadata = fields === undefined ? undefined : readMetadata(reader, fields, root);
    const specField = requireSpec(reader, fields, root);
    const spec = specField === undefined ? undefined : reader.map(specField, SPEC, SPEC_ELSEWHERE);
    const named = metadata === undefined
        ? undefined
        : { kind: 'ClusterImagePolicy', name: metadata.name, file, document: number, line: metadata.at.line };
    if (spec === undefined || specField === undefined)
        return { reader, policy: undefined, named, notices: [] };
    const annotations = readAnnotations(reader, metadata?.annotations ?? new Map());
    const globs = readGlobs(reader, spec, specField);
    const match = spec.get('match');
    const entries = match === undefined ? undefined : readMatch(reader, match, context.namesObjects);
    const mode = reader.oneOf(spec.get('mode'), ['enforce', 'warn']) ?? 'enforce';
    const engine = spec.get('policy');
    if (engine !== undefined)
        reader.add(engine, NO_ENGINE, NO_ENGINE_CURE);
    const { identity, trustRoots } = context;
    const authorities = readAuthorities(reader, { spec, specField }, { identity, annotations, trustRoots });
    checkAnnotations(reader, annotations, authorities);
    const [glob, ...otherGlobs] = globs.globs;
    const [authority, ...others] = authorities;
    if (reader.problems.length > 0 || metadata === undefined || glob === undefined || authority === undefined) {
        return { reader, policy: undefined, named, notices: [] };
    }
    const policy = {
        name: metadata.name,
        place: { file, line: metadata.at.line, document: number },
        globs: [glob, ...otherGlobs],
        match: entries,
        mode,
        authorities: [authority, ...others],
        require: annotations.require,
        namespaces: annotations.namespaces,
        contentHash: hashOf({ specField, annotations, authorities, identity }),
    };
    return {
        reader,
        policy,
        named,
        notices: [...globs.notices, ...read_policies_noticesAbout(policy, annotations)].map((notice) => `policy ${(0,quoted/* quoted */.T)(policy.name)} (${file}): ${notice}`),
    };
}
function readGlobs(reader, spec, parent) {
    const field = spec.get('images');
    if (field === undefined) {
        const at = { path: join(parent.path, 'images'), line: parent.line };
        reader.add(at, 'the policy matches no image', 'Add `images` with a `glob`.');
        return { globs: [], notices: [] };
    }
    const items = reader.list(field) ?? [];
    const read = items.flatMap((item) => {
        const fields = reader.map(item, ['glob']);
        const source = fields === undefined ? undefined : reader.requiredText(fields, 'glob', item);
        const at = fields?.get('glob');
        if (source === undefined || at === undefined)
            return [];
        const glob = readImageGlob(source);
        if (glob.kind === 'glob')
            return [glob];
        const cure = glob.instead.map((one) => `\`${one}\``).join(' or ');
        reader.add(at, glob.what, cure === '' ? 'Write a glob such as `ghcr.io/acme/app@*`.' : `Write ${cure}.`);
        return [];
    });
    return { globs: read.map(({ glob }) => glob), notices: read.flatMap(({ notices }) => notices) };
}
function readAuthorities(reader, { spec, specField }, context) {
    const field = spec.get('authorities');
    if (field === undefined) {
        const at = { path: join(specField.path, 'authorities'), line: specField.line };
        reader.add(at, 'the policy has no authorities', 'Add `authorities` with `keyless` or `static`.');
        return [];
    }
    const items = reader.list(field) ?? [];
    if (items.length > AUTHORITIES_MAX) {
        reader.add(field, `it has ${items.length} authorities, more than ${AUTHORITIES_MAX}`, 'Write fewer, with several identities each.');
        return [];
    }
    return items.flatMap((item, index) => authorities_readAuthority(reader, item, { ...context, index }) ?? []);
}
function checkAnnotations(reader, { given, require: wanted }, authorities) {
    const keyless = authorities.filter(({ kind }) => kind === 'keyless').length;
    const letsThrough = authorities.some((one) => one.kind === 'static' && one.action === 'pass');
    const bypassed = [...NARROWING, 'attestations'];
    for (const name of bypassed) {
        const field = given.get(name);
        if (field === undefined || reader.problems.length > 0)
            continue;
        if (letsThrough) {
            reader.add(field, `${PREFIX}${name} beside \`static: pass\`, which lets the image through without it`, 'Remove one of them, or write two policies.');
        }
        else if (keyless === 0) {
            reader.add(field, `${PREFIX}${name} applies to keyless authorities, and there is none`, 'Remove it.');
        }
    }
    const field = given.get('require');
    if (field === undefined || wanted === undefined || reader.problems.length > 0)
        return;
    if (wanted > keyless) {
        reader.add(field, `${wanted} authorities are required, but ${keyless} can have a signer (\`static\` does not count)`, 'Lower the number, or add keyless authorities.');
    }
}
function read_policies_noticesAbout(policy, { given }) {
    const { require: wanted, authorities } = policy;
    const names = [...given.keys()].map((name) => `${PREFIX}${name}`).join(', ');
    const hasStatic = authorities.some(({ kind }) => kind === 'static');
    return [
        ...openHosts(policy),
        ...(names === '' ? [] : [`policy-controller ignores ${names}, so a cluster accepts more than this gate`]),
        ...(policy.namespaces === undefined
            ? []
            : ['countersign/namespaces limits it in the admission webhook only; every other check applies it everywhere']),
        ...(wanted !== undefined && hasStatic
            ? ['its static authorities decide nothing, because countersign/require counts signers']
            : []),
    ];
}
function openHosts({ authorities }) {
    const pairs = authorities.flatMap((one) => (one.kind === 'keyless' ? one.requirement.identities : []));
    const sources = pairs.flatMap(({ issuerPatterns, subjectPatterns }) => [...issuerPatterns, ...subjectPatterns]);
    return sources.flatMap(({ source }) => {
        const [, scheme = '', host = ''] = /^(\^https?:\/\/)((?:\\.|\[[^\]]*\]|[^/\\[(])+)/.exec(source) ?? [];
        const right = host.replace(/\\.|\[[^\]]*\]|\.(?![*+?{])/g, (part) => (part === '.' ? '\\.' : part));
        if (right === host)
            return [];
        const whole = scheme + right + source.slice(scheme.length + host.length);
        return [`in the pattern ${(0,quoted/* quoted */.T)(source)}, a dot of the host matches any character; write ${(0,quoted/* quoted */.T)(whole)}`];
    });
}
function hashOf({ specField, annotations, authorities, identity, }) {
    const ours = [...annotations.given].map(([name, field]) => [name, plainValue(field.value)]);
    const content = [
        plainValue(specField.value),
        ours.toSorted(([one], [other]) => (one < other ? -1 : 1)),
        authorities.map((one) => (one.kind === 'keyless' ? (one.trustedRoot ?? null) : null)),
        [identity.serverUrl, identity.defaultIssuer],
    ];
    return (0,digest/* hexOf */.ZD)((0,digest/* digestOf */.ol)(Buffer.from(JSON.stringify(content))));
}
function tooMany(documents) {
    const cure = 'Join policies that say the same.';
    const counts = { globs: 0, identities: 0 };
    for (const [index, { file, number, root }] of documents.entries()) {
        const spec = memberOf(root.value, 'spec');
        const authorities = itemsOf(memberOf(spec, 'authorities'));
        counts.globs += itemsOf(memberOf(spec, 'images')).length;
        for (const one of authorities) {
            counts.identities += Math.max(1, itemsOf(memberOf(memberOf(one, 'keyless'), 'identities')).length);
        }
        const what = index >= DOCUMENTS_MAX
            ? `there are more than ${DOCUMENTS_MAX} policies and TrustRoots`
            : counts.globs > GLOBS_MAX
                ? `there are more than ${GLOBS_MAX} globs`
                : counts.identities > IDENTITIES_MAX
                    ? `there are more than ${IDENTITIES_MAX} identities`
                    : undefined;
        if (what !== undefined)
            return { file, line: root.line, document: number, path: '', what, cure };
    }
    return undefined;
}
function memberOf(value, name) {
    return value?.kind === 'map' ? value.entries.get(name)?.value : undefined;
}
function itemsOf(value) {
    return value?.kind === 'list' ? value.items : [];
}
function noPolicy(files) {
    const file = files[0]?.file ?? 'policy';
    const what = 'no file has a ClusterImagePolicy';
    return { file, line: 1, document: 1, path: '', what, cure: 'Give a file with one.' };
}
function distinct(problems) {
    return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}


/***/ }),

/***/ 3905:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ namedServices),
/* harmony export */   d: () => (/* binding */ missingServices)
/* harmony export */ });
const PUBLIC_CA = 'https://fulcio.sigstore.dev';
const PUBLIC_LOG = 'https://rekor.sigstore.dev';
function namedServices(urls) {
    const other = (url, common) => {
        const plain = url === undefined ? undefined : withoutSlash(url);
        return plain === common ? undefined : plain;
    };
    return { certificateAuthority: other(urls.certificateAuthority, PUBLIC_CA), log: other(urls.log, PUBLIC_LOG) };
}
function missingServices(services, root) {
    const { certificateAuthority: authority, log } = services;
    const authorities = root.certificateAuthorities.map(({ uri }) => withoutSlash(uri));
    const logs = root.tlogs.map(({ baseUrl }) => withoutSlash(baseUrl));
    return [
        ...(authority === undefined || authorities.includes(authority) ? [] : [authority]),
        ...(log === undefined || logs.includes(log) ? [] : [log]),
    ];
}
function withoutSlash(url) {
    const text = URL.canParse(url) ? new URL(url).href : url;
    return text.replace(/\/+$/, '');
}


/***/ }),

/***/ 1493:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  readPolicyRules: () => (/* binding */ readPolicyRules)
});

// EXTERNAL MODULE: ./.build/js/src/domain/patterns/regexp.js
var regexp = __webpack_require__(5827);
// EXTERNAL MODULE: ./.build/js/src/domain/policy/read-policies.js + 8 modules
var read_policies = __webpack_require__(737);
// EXTERNAL MODULE: ./.build/js/src/domain/text/quoted.js
var quoted = __webpack_require__(9082);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./.build/js/src/domain/text/value-error.js
var value_error = __webpack_require__(9354);
// EXTERNAL MODULE: ./.build/js/src/entries/inputs/list-rule.js
var list_rule = __webpack_require__(843);
// EXTERNAL MODULE: ./.build/js/src/entries/inputs/named-file.js
var named_file = __webpack_require__(318);
// EXTERNAL MODULE: ./.build/js/src/entries/inputs/regular-file.js
var regular_file = __webpack_require__(1681);
// EXTERNAL MODULE: ./.build/js/src/entries/action/confined-files.js
var confined_files = __webpack_require__(3147);
// EXTERNAL MODULE: ./.build/js/src/entries/action/inputs/judged-file.js
var judged_file = __webpack_require__(285);
// EXTERNAL MODULE: ./.build/js/src/domain/patterns/glob.js
var glob = __webpack_require__(420);
;// CONCATENATED MODULE: ./.build/js/src/entries/action/inputs/path-glob.js


function parsePathGlob(source) {
    if (/[?[\]{}!]/.test(source)) {
        throw new value_error/* ValueError */.Qp('contains one of ? [ ] { } !, which have no meaning here; patterns consist of `*` and `**`');
    }
    const segments = source.split('/').filter((segment) => segment !== '' && segment !== '.');
    if (segments.some((segment) => segment === '..'))
        throw new value_error/* ValueError */.Qp('contains `..` beside a `*`');
    if (segments.some((segment) => segment.includes('**') && segment !== '**')) {
        throw new value_error/* ValueError */.Qp('has `**` beside other text; `**` stands for whole segments of a path, such as in `policies/**/*.yaml`');
    }
    const first = segments.findIndex((segment) => segment.includes('*'));
    const parts = segments.map((segment) => (segment === '**' ? 'any' : (0,glob/* parseGlob */.q)(segment)));
    const walk = (path, isPrefix) => {
        let places = new Set(behind(parts, 0));
        for (const segment of path) {
            const next = new Set();
            for (const at of places) {
                const part = parts[at];
                const isHidden = segment.startsWith('.');
                if (part === 'any' && !isHidden)
                    for (const one of behind(parts, at))
                        next.add(one);
                if (part === 'any' || part === undefined)
                    continue;
                if (part.matches(segment) && (!isHidden || part.source.startsWith('.'))) {
                    for (const one of behind(parts, at + 1))
                        next.add(one);
                }
            }
            places = next;
        }
        return isPrefix ? [...places].some((at) => at < parts.length) : places.has(parts.length);
    };
    const split = (path) => path.split('/').filter((segment) => segment !== '');
    return {
        base: segments.slice(0, first < 0 ? segments.length : first).join('/'),
        matches: (path) => walk(split(path), false),
        mayHold: (folder) => walk(split(folder), true),
    };
}
function behind(parts, at) {
    return parts[at] === 'any' ? [at, ...behind(parts, at + 1)] : [at];
}

// EXTERNAL MODULE: ./.build/js/src/entries/action/inputs/requested-image.js
var requested_image = __webpack_require__(8323);
// EXTERNAL MODULE: ./.build/js/src/entries/action/inputs/workspace-file.js
var workspace_file = __webpack_require__(8473);
;// CONCATENATED MODULE: ./.build/js/src/entries/action/inputs/judged-files.js











const FILES_MAX = 500;
const FOLDERS_MAX = 200;
const REMOTE = /^([A-Za-z0-9][A-Za-z0-9-]*\/[A-Za-z0-9._-]+)\/([^@]+)@([0-9a-f]{40}|refs\/[^\s~^:?*[\\]+)$/;
async function readJudgedFiles(reading, name, rules) {
    const value = reading.source.input(name) ?? '';
    if (rules.isLiteral(value))
        return [{ file: name, text: value }];
    const { problems } = reading;
    const found = new Map();
    const lines = (0,list_rule/* splitLines */.u)(value);
    for (const [index, line] of lines.entries()) {
        if (line === '') {
            problems.add(name, `line ${index + 1} of ${lines.length} is empty.`, requested_image/* LIKELY_CAUSES */.KR);
            continue;
        }
        for (const one of await readLine(reading, name, { line, offline: rules.offline }))
            found.set(one.file, one);
        if (found.size > FILES_MAX) {
            problems.add(name, `it names more than ${FILES_MAX} files.`, 'Narrow the patterns.');
            return [];
        }
    }
    return [...found.values()];
}
async function readLine(reading, name, { line, offline }) {
    const remote = REMOTE.exec(line);
    if (remote !== null) {
        const [, repository = '', path = '', ref = ''] = remote;
        return readRemote(reading, name, { line, offline, path, version: { repository, ref, name: line } });
    }
    if (!line.includes('*')) {
        const text = await (0,judged_file/* readJudgedPath */.De)(reading, name, { value: line, offline });
        return text === undefined ? [] : [{ file: line, text }];
    }
    const glob = readGlob(reading, name, line);
    return glob === undefined ? [] : readPattern(reading, name, { line, offline, glob });
}
function readGlob({ problems }, name, pattern) {
    try {
        return parsePathGlob(pattern);
    }
    catch (error) {
        if (!(error instanceof value_error/* ValueError */.Qp))
            throw error;
        problems.add(name, `the pattern ${(0,quoted/* quoted */.T)(pattern)} ${error.message}.`, 'Write one pattern or path per line.');
        return undefined;
    }
}
async function readRemote(reading, name, { line, offline, path, version }) {
    const { source, problems } = reading;
    if (offline) {
        problems.add(name, `\`offline\` forbids reading ${(0,quoted/* quoted */.T)(line)} from GitHub.`, judged_file/* OTHER_CURES */.K2);
        return [];
    }
    if (path.includes('*')) {
        const glob = readGlob(reading, name, path);
        if (glob === undefined)
            return [];
        const paths = await listCommitted(reading, name, { version, glob, pattern: line });
        return readCommittedPaths(reading, name, {
            version,
            paths,
            fileOf: (one) => `${version.repository}/${one}@${version.ref}`,
        });
    }
    const bytes = await (0,judged_file/* orProblem */.bC)(reading, name, {
        what: `reading ${(0,quoted/* quoted */.T)(line)}`,
        read: () => source.readCommittedFile(version, path),
    });
    if (bytes === 'failed')
        return [];
    if (bytes === undefined) {
        const what = `${version.ref} of ${version.repository} has no file ${(0,quoted/* quoted */.T)(path)}, or the token may not read it.`;
        const cure = 'A repository other than this one needs a token of its own in `github-token`, if it is not public.';
        problems.add(name, what, `Check the path and the ref. ${cure}`);
        return [];
    }
    const text = (0,named_file/* decodeText */.g7)(reading, name, bytes);
    return text === undefined ? [] : [{ file: line, text }];
}
async function readPattern(reading, name, { line, offline, glob }) {
    const { source, problems } = reading;
    const { isTrustedEvent } = source.context.deciding;
    const workspace = (0,external_node_path_.resolve)((0,confined_files/* workspaceOf */.B3)(source.env));
    const base = line.slice(0, line.indexOf('*')).replace(/[^/]*$/, '');
    let place;
    try {
        place = await (0,workspace_file/* findInWorkspace */.e)(source, `${(0,external_node_path_.resolve)(workspace, base)}${external_node_path_.sep}*`);
    }
    catch (error) {
        problems.add(name, `${(0,quoted/* quoted */.T)(line)} ${(0,regular_file/* whyUnreadable */._p)(error)}.`, 'Name files that this step can read.');
        return [];
    }
    if (place !== undefined && !(isTrustedEvent && place.isOfRunCommit)) {
        const folder = place.committedPath.replace(/\/?\*$/, '');
        const pattern = `${folder}/${line.slice(base.length)}`.replace(/^\//, '');
        const decided = (0,judged_file/* decideVersion */.vI)(reading, name, { value: line, path: pattern, offline });
        if (decided === undefined)
            return [];
        const inCommit = readGlob(reading, name, pattern);
        if (inCommit === undefined)
            return [];
        const paths = await listCommitted(reading, name, { version: decided.version, glob: inCommit, pattern: line });
        return readCommittedPaths(reading, name, { version: decided.version, paths, fileOf: (one) => one });
    }
    const found = (await source.files.glob(line))
        .map((path) => ((0,external_node_path_.isAbsolute)(line) ? (0,external_node_path_.resolve)(workspace, path) : (0,external_node_path_.relative)(workspace, (0,external_node_path_.resolve)(workspace, path))))
        .map((path) => path.split(external_node_path_.sep).join('/'))
        .filter((path) => glob.matches(path))
        .sort();
    if (found.length === 0)
        problems.add(name, `the pattern ${(0,quoted/* quoted */.T)(line)} matches no file.`, 'Check the pattern.');
    const texts = [];
    for (const path of found.slice(0, FILES_MAX + 1)) {
        const text = await (0,judged_file/* readJudgedPath */.De)(reading, name, { value: path, offline });
        if (text !== undefined)
            texts.push({ file: path, text });
    }
    return texts;
}
async function listCommitted(reading, name, { version, glob, pattern }) {
    const { source, problems } = reading;
    const where = `${version.ref} of ${version.repository}`;
    const paths = [];
    const open = [glob.base];
    let listed = 0;
    for (let folder = open.shift(); folder !== undefined; folder = open.shift()) {
        listed += 1;
        if (listed > FOLDERS_MAX) {
            problems.add(name, `the pattern ${(0,quoted/* quoted */.T)(pattern)} leads to more than ${FOLDERS_MAX} folders.`, 'Narrow it.');
            return [];
        }
        const current = folder;
        const found = await (0,judged_file/* orProblem */.bC)(reading, name, {
            what: `listing ${(0,quoted/* quoted */.T)(current === '' ? '/' : current)} at ${where}`,
            read: () => source.listCommittedFolder(version, current),
        });
        if (found === 'failed')
            return [];
        const below = (one) => (current === '' ? one : `${current}/${one}`);
        paths.push(...(found?.files ?? []).map(below).filter((path) => glob.matches(path)));
        open.push(...(found?.folders ?? []).map(below).filter((path) => glob.mayHold(path)));
    }
    if (paths.length === 0) {
        const what = `the pattern ${(0,quoted/* quoted */.T)(pattern)} matches no file at ${where}, or the job is not allowed to read it.`;
        problems.add(name, what, `Merge the ${name} first, and grant \`contents: read\` to the job. ${judged_file/* OTHER_CURES */.K2}`);
    }
    return paths.sort();
}
async function readCommittedPaths(reading, name, { version, paths, fileOf, }) {
    const texts = [];
    if (paths.length > FILES_MAX) {
        reading.problems.add(name, `it names more than ${FILES_MAX} files.`, 'Narrow the patterns.');
        return [];
    }
    for (const path of paths) {
        const bytes = await (0,judged_file/* orProblem */.bC)(reading, name, {
            what: `reading ${(0,quoted/* quoted */.T)(path)} at ${version.ref} of ${version.repository}`,
            read: () => reading.source.readCommittedFile(version, path),
        });
        if (bytes === 'failed')
            continue;
        if (bytes === undefined) {
            const what = `${(0,quoted/* quoted */.T)(path)} at ${version.ref} of ${version.repository} was listed and is missing.`;
            reading.problems.add(name, what, 'Run the job again: the branch moved in between.');
            continue;
        }
        const text = (0,named_file/* decodeText */.g7)(reading, name, bytes);
        if (text !== undefined)
            texts.push({ file: fileOf(path), text });
    }
    return texts;
}

// EXTERNAL MODULE: ./.build/js/src/entries/inputs/read-value.js + 1 modules
var read_value = __webpack_require__(5338);
// EXTERNAL MODULE: ./.build/js/src/entries/gate/identity-inputs.js + 1 modules
var identity_inputs = __webpack_require__(3887);
;// CONCATENATED MODULE: ./.build/js/src/entries/gate/policy-inputs.js







const REPLACED = {
    'certificate-identity': '`subject` of an identity',
    'certificate-identity-regexp': '`subjectRegExp` of an identity',
    'certificate-oidc-issuer': '`issuer` of an identity',
    'certificate-oidc-issuer-regexp': '`issuerRegExp` of an identity',
    'source-repository': 'its annotation `countersign/source-repository`',
    workflow: 'its annotation `countersign/workflow`',
    'source-ref': 'its annotation `countersign/source-ref`',
    'signer-workflow': '`subject` or `subjectRegExp` of an identity',
    claims: 'its annotation `countersign/claims`',
    annotations: 'its annotation `countersign/annotations`',
    'max-age': 'its annotation `countersign/max-age`',
    attestations: 'its annotation `countersign/attestations`',
};
const FLAGS = {
    'allow-any-identity': [false, 'its annotation `countersign/allow-any-identity`'],
    'require-signature': [true, '`attestations` of an authority, which it asks for instead of the image signature'],
};
const NAME = 'policy';
async function readPolicyRules(reading, { offline, action }) {
    refuseReplaced(reading);
    const noMatch = (0,read_value/* readChoice */.Kf)(reading, 'no-match-policy', {
        choices: ['deny', 'warn', 'allow'],
        absent: 'deny',
    });
    const before = reading.problems.list.length;
    const files = await readJudgedFiles(reading, NAME, { isLiteral, offline });
    if (files.length === 0 && reading.problems.list.length === before) {
        reading.problems.add(NAME, 'it names no file.', requested_image/* LIKELY_CAUSES */.KR);
    }
    if (reading.problems.list.length > before)
        return { policies: undefined, notices: [], sourceRepositories: [] };
    const identity = { ...(0,identity_inputs/* identityContext */.c)(reading), parseRegexp: regexp.parseRegexp };
    const read = (0,read_policies/* readPolicies */.h)(files, { namesObjects: action === 'verify-files', identity });
    if (read.kind === 'invalid') {
        for (const problem of read.problems)
            reading.problems.add(NAME, ...problemWords(problem));
        return { policies: undefined, notices: [], sourceRepositories: [] };
    }
    const { set } = read;
    if (action === 'verify-files' && !reading.source.context.deciding.isTrustedEvent && files[0]?.file !== NAME) {
        const { refuseBrokenHead } = await __webpack_require__.e(/* import() */ 243).then(__webpack_require__.bind(__webpack_require__, 7243));
        await refuseBrokenHead(reading, { name: NAME, base: files, context: { namesObjects: true, identity } });
    }
    return { policies: { set, noMatch }, notices: set.notices, sourceRepositories: sourcesIn(set) };
}
function isLiteral(value) {
    return /^\s*\{\s*(?:"|\n|\r|$)/.test(value) || /^(?:---|%YAML|(?:apiVersion|kind|metadata|spec)\s*:)/m.test(value);
}
function refuseReplaced(reading) {
    const add = (input, instead) => {
        const what = 'it cannot be combined with `policy`, which says who must have signed.';
        reading.problems.add(input, what, `Remove it. In a policy, write ${instead}.`);
    };
    for (const [input, instead] of Object.entries(REPLACED)) {
        if ((reading.source.input(input) ?? '') !== '')
            add(input, instead);
    }
    for (const [input, [absent, instead]] of Object.entries(FLAGS)) {
        if ((0,read_value/* readBoolean */.Vf)(reading, input, absent) !== absent)
            add(input, instead);
    }
}
function problemWords({ file, line, document, path, what, cure }) {
    const where = `${file}:${line}${document > 1 ? ` (document ${document})` : ''}`;
    return [`${(0,quoted/* quoted */.T)(where)}${path === '' ? '' : ` ${path}`}: ${what}.`, cure];
}
function sourcesIn({ policies }) {
    return keylessOf(policies).flatMap(({ requirement, attestations }) => [
        ...requirement.sourceRepositories,
        ...attestations.flatMap(({ signers }) => signers.flatMap(({ sourceRepositories }) => sourceRepositories)),
    ]);
}
function keylessOf(policies) {
    return policies.flatMap(({ authorities }) => authorities.flatMap((one) => (one.kind === 'keyless' ? [one] : [])));
}


/***/ })

};
