export const id = 82;
export const ids = [82];
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

/***/ 1082:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  readRequirements: () => (/* binding */ readRequirements)
});

// EXTERNAL MODULE: ./.build/js/src/domain/identity/requirement.js + 3 modules
var requirement = __webpack_require__(2784);
// EXTERNAL MODULE: ./.build/js/src/domain/text/quoted.js
var quoted = __webpack_require__(9082);
// EXTERNAL MODULE: ./.build/js/src/domain/text/value-error.js
var value_error = __webpack_require__(9354);
;// CONCATENATED MODULE: ./.build/js/src/domain/attestation/line-signers.js



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
        return combine([(0,requirement/* parseIdentityRequirement */.R)({ ...requirement/* NO_IDENTITY_INPUTS */.B, ...own, maxAgeMs }, context)]);
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
        throw new value_error/* ValueError */.Qp(`certificate-oidc-issuer=${(0,quoted/* quoted */.T)(issuer)} contradicts the issuer of the step (${issuers.map((one) => (0,quoted/* quoted */.T)(one)).join(' or ')}), ` +
            'which applies because the line does not name a signer; add certificate-identity or source-repository to the line');
    }
    const shared = fieldsOf(own).filter((field) => base[field].length > 0);
    const withStep = { ...base, ...Object.fromEntries(Object.entries(own).filter(([field]) => !isIn(shared, field))) };
    const withLine = { ...base, ...own };
    const parsed = [withStep, ...(shared.length === 0 ? [] : [withLine])].map((inputs) => (0,requirement/* parseIdentityRequirement */.R)(inputs, context));
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

// EXTERNAL MODULE: ./.build/js/src/domain/identity/max-age.js
var max_age = __webpack_require__(1837);
// EXTERNAL MODULE: ./.build/js/src/domain/text/visible-text.js
var visible_text = __webpack_require__(2528);
// EXTERNAL MODULE: ./.build/js/src/domain/attestation/predicate-types.js
var predicate_types = __webpack_require__(1450);
;// CONCATENATED MODULE: ./.build/js/src/domain/attestation/requirement-line.js





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
            throw new value_error/* EmptyValueError */.Bd(`line ${number}`);
        const above = lines.at(-1);
        if (!/^[ \t]/.test(line))
            lines.push({ number, text });
        else if (above === undefined) {
            throw new value_error/* ValueError */.Qp(`line ${number} is indented, so it continues the line above, but there is none`);
        }
        else
            lines[lines.length - 1] = { number: above.number, text: `${above.text} ${text}` };
    }
    if (lines.length > LINES_MAX)
        throw new value_error/* ValueError */.Qp(`it has ${lines.length} requirements, more than ${LINES_MAX}`);
    return lines;
}
function parseRequirementLine(text) {
    if ((0,visible_text/* hasUnseen */.F)(text.replaceAll('\t', ' ')))
        throw new value_error/* ValueError */.Qp(`${(0,quoted/* quoted */.T)(text)} contains an invisible character`);
    const [first = '', ...words] = splitWords(text);
    const type = parseType(first);
    const conditions = new Map();
    const flags = new Set();
    for (const word of words) {
        const { name, value } = splitWord(word);
        const isFlag = isFlagName(name);
        if (!isFlag && !isCondition(name))
            throw new value_error/* ValueError */.Qp(unknownWord(word));
        if (flags.has(name) || conditions.has(name))
            throw new value_error/* ValueError */.Qp(`${name} is given twice`);
        if (isFlag) {
            if (value !== undefined)
                throw new value_error/* ValueError */.Qp(`${name} is a flag and takes no value`);
            flags.add(name);
        }
        else {
            if (value === undefined)
                throw new value_error/* ValueError */.Qp(`${name} has no value: write ${name}=…`);
            if (value.trim() === '')
                throw new value_error/* EmptyValueError */.Bd(name);
            conditions.set(name, value);
        }
        if (!applies(name, type))
            throw new value_error/* ValueError */.Qp(`${name} does not apply to ${type.name}`);
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
        return (0,max_age/* parseMaxAge */.p)(value);
    }
    catch (error) {
        if (error instanceof value_error/* ValueError */.Qp)
            throw new value_error/* ValueError */.Qp(`max-age: ${(0,quoted/* quoted */.T)(value)} ${error.message}`);
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
                    throw new value_error/* ValueError */.Qp(`a quotation mark is not closed: ${(0,quoted/* quoted */.T)(text.slice(start))}`);
                at = end;
                if (at + 1 < text.length && !isBlank(text[at + 1])) {
                    throw new value_error/* ValueError */.Qp(`text follows a quotation mark: ${(0,quoted/* quoted */.T)(text.slice(start))}`);
                }
            }
            else if (isMark(mark)) {
                throw new value_error/* ValueError */.Qp(`a quotation mark must follow \`=\` and enclose the whole value: ${(0,quoted/* quoted */.T)(text.slice(start))}`);
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
    return `${(0,quoted/* quoted */.T)(word)} is neither a condition (${CONDITIONS.join(', ')}) nor a flag (${FLAGS.join(', ')})${hint}`;
}
const FAMILIES = {
    provenance: (type) => type === predicate_types/* SLSA_PROVENANCE_V1 */.us,
    sbom: (type) => (0,predicate_types/* isSpdx */.QE)(type) || (0,predicate_types/* isCycloneDx */.KF)(type),
    spdx: predicate_types/* isSpdx */.QE,
    cyclonedx: predicate_types/* isCycloneDx */.KF,
};
function isTypeName(word) {
    return Object.hasOwn(FAMILIES, word) || (0,predicate_types/* parsePredicateType */.$d)(word) !== undefined;
}
function parseType(name) {
    const family = Object.hasOwn(FAMILIES, name) ? FAMILIES[name] : undefined;
    if (family !== undefined)
        return { name, accepts: family };
    const exact = (0,predicate_types/* parsePredicateType */.$d)(name);
    if (exact === undefined) {
        const names = [...new Set([...Object.keys(FAMILIES), ...predicate_types/* COSIGN_ALIAS_NAMES */.Am])].join(', ');
        throw new value_error/* ValueError */.Qp(`${(0,quoted/* quoted */.T)(name)} is not a type of attestation: write one of ${names}, or a URI`);
    }
    if ((0,predicate_types/* isImageSignatureType */.GS)(exact)) {
        throw new value_error/* ValueError */.Qp(`${(0,quoted/* quoted */.T)(name)} is the type of an image signature, which is not an attestation`);
    }
    return { name, accepts: (type) => type === exact };
}
function applies(name, type) {
    const isProvenance = type.name === 'provenance' || (0,predicate_types/* isSlsaProvenance */.bR)((0,predicate_types/* parsePredicateType */.$d)(type.name) ?? '');
    if (name === 'builder-id' || name === 'build-type')
        return isProvenance;
    if (name !== 'buildkit')
        return true;
    return isProvenance || ['sbom', 'spdx'].includes(type.name) || (0,predicate_types/* isSpdx */.QE)((0,predicate_types/* parsePredicateType */.$d)(type.name) ?? '');
}

// EXTERNAL MODULE: ./.build/js/src/entries/action/inputs/requested-image.js
var requested_image = __webpack_require__(8323);
// EXTERNAL MODULE: ./.build/js/src/entries/verify/identity-words.js
var identity_words = __webpack_require__(5306);
;// CONCATENATED MODULE: ./.build/js/src/entries/verify/attestation-inputs.js





const CURE = 'See "Attestations" in verify/README.md for the types and conditions.';
function readRequirements(reading, value, step) {
    const read = (where, work) => {
        try {
            return work();
        }
        catch (error) {
            if (!(error instanceof value_error/* ValueError */.Qp))
                throw error;
            reading.problems.add('attestations', `${where}${error.message}.`, error instanceof value_error/* EmptyValueError */.Bd ? requested_image/* LIKELY_CAUSES */.KR : CURE);
            return undefined;
        }
    };
    const lines = read('', () => splitRequirements(value)) ?? [];
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
            for (const problem of signers.problems.map(identity_words/* inputProblem */.oi)) {
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
    const line = parseRequirementLine(text);
    const { type, conditions, flags } = line;
    const hasOwnSigner = namesSigner(line);
    const signers = identity === 'invalid' && !hasOwnSigner
        ? { kind: 'invalid', problems: [] }
        : parseLineSigners(line, inputs, context);
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
