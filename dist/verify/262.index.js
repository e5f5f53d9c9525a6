export const id = 262;
export const ids = [262];
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

/***/ 1881:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readRequirements: () => (/* binding */ readRequirements)
/* harmony export */ });
/* harmony import */ var _domain_attestation_line_signers_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7723);
/* harmony import */ var _domain_attestation_requirement_line_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9179);
/* harmony import */ var _domain_text_value_error_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9354);
/* harmony import */ var _action_inputs_requested_image_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8323);
/* harmony import */ var _identity_words_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7280);





const CURE = 'See "Attestations" in verify/README.md for the types and conditions.';
function readRequirements(reading, value, step) {
    const read = (where, work) => {
        try {
            return work();
        }
        catch (error) {
            if (!(error instanceof _domain_text_value_error_js__WEBPACK_IMPORTED_MODULE_2__/* .ValueError */ .Qp))
                throw error;
            reading.problems.add('attestations', `${where}${error.message}.`, error instanceof _domain_text_value_error_js__WEBPACK_IMPORTED_MODULE_2__/* .EmptyValueError */ .Bd ? _action_inputs_requested_image_js__WEBPACK_IMPORTED_MODULE_3__/* .LIKELY_CAUSES */ .KR : CURE);
            return undefined;
        }
    };
    const lines = read('', () => (0,_domain_attestation_requirement_line_js__WEBPACK_IMPORTED_MODULE_1__/* .splitRequirements */ .p)(value)) ?? [];
    let nameTheirSigners = lines.length > 0;
    const requirements = lines.flatMap((line) => {
        const where = `line ${line.number}: `;
        const parsed = read(where, () => parseLine(line, step));
        if (parsed === undefined)
            return [];
        if (!parsed.requirement.hasOwnSigner)
            nameTheirSigners = false;
        const { signers } = parsed;
        if (signers.kind === 'invalid') {
            for (const problem of signers.problems.map(_identity_words_js__WEBPACK_IMPORTED_MODULE_4__/* .inputProblem */ .oi)) {
                reading.problems.add('attestations', `${where}${problem.input}: ${problem.what}`, problem.cure);
            }
        }
        if (signers.kind === 'no-identity' && step.identity !== 'invalid' && step.identity.kind === 'requirement') {
            throw new TypeError('a line lost the identity of the step');
        }
        return signers.kind === 'signers' ? [{ ...parsed.requirement, signers: signers.signers }] : [];
    });
    return { requirements, nameTheirSigners };
}
function parseLine({ text }, { identity, inputs, context }) {
    const line = (0,_domain_attestation_requirement_line_js__WEBPACK_IMPORTED_MODULE_1__/* .parseRequirementLine */ .v)(text);
    const { type, conditions, flags } = line;
    const hasOwnSigner = (0,_domain_attestation_line_signers_js__WEBPACK_IMPORTED_MODULE_0__/* .namesSigner */ .B)(line);
    const signers = identity === 'invalid' && !hasOwnSigner
        ? { kind: 'invalid', problems: [] }
        : (0,_domain_attestation_line_signers_js__WEBPACK_IMPORTED_MODULE_0__/* .parseLineSigners */ .H)(line, inputs, context);
    const requirement = {
        line: text,
        type,
        builderId: conditions.get('builder-id'),
        buildType: conditions.get('build-type'),
        perPlatform: flags.has('per-platform'),
        hasOwnSigner,
        buildkit: flags.has('buildkit'),
    };
    return { signers, requirement };
}


/***/ })

};
