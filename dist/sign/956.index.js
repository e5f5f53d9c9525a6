export const id = 956;
export const ids = [956];
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

/***/ 9282:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   II: () => (/* binding */ FULCIO_ARC),
/* harmony export */   mw: () => (/* binding */ CLAIM_NAMES),
/* harmony export */   qU: () => (/* binding */ isClaimName)
/* harmony export */ });
const FULCIO_ARC = '1.3.6.1.4.1.57264.1';
const CLAIM_NAMES = {
    1: 'issuer-deprecated',
    2: 'github-workflow-trigger',
    3: 'github-workflow-sha',
    4: 'github-workflow-name',
    5: 'github-workflow-repository',
    6: 'github-workflow-ref',
    8: 'issuer',
    9: 'build-signer-uri',
    10: 'build-signer-digest',
    11: 'runner-environment',
    12: 'source-repository-uri',
    13: 'source-repository-digest',
    14: 'source-repository-ref',
    15: 'source-repository-identifier',
    16: 'source-repository-owner-uri',
    17: 'source-repository-owner-identifier',
    18: 'build-config-uri',
    19: 'build-config-digest',
    20: 'build-trigger',
    21: 'run-invocation-uri',
    22: 'source-repository-visibility-at-signing',
    23: 'deployment-environment',
    24: 'token-subject',
};
function isClaimName(name) {
    return Object.values(CLAIM_NAMES).includes(name);
}


/***/ }),

/***/ 7956:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  publishDryRun: () => (/* binding */ publishDryRun),
  publishSign: () => (/* binding */ publishSign),
  publishStopped: () => (/* binding */ publishStopped)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./.build/js/src/coded-error.js
var coded_error = __webpack_require__(6329);
// EXTERNAL MODULE: ./.build/js/src/domain/attestation/predicate-types.js
var predicate_types = __webpack_require__(1450);
// EXTERNAL MODULE: ./.build/js/src/domain/image/signature-repositories.js
var signature_repositories = __webpack_require__(8747);
// EXTERNAL MODULE: ./.build/js/src/github/job-summary.js
var job_summary = __webpack_require__(6067);
;// CONCATENATED MODULE: ./.build/js/src/report/cut-markdown.js
function cutMarkdown(markdown, max, sizeOf) {
    if (sizeOf(markdown) <= max)
        return markdown;
    const note = `> The rest was cut because of GitHub's size limit. See the results file for everything.\n`;
    const lines = markdown.split('\n');
    let room = max - sizeOf(note) - ROOM_TO_CLOSE;
    let count = 0;
    for (; count < lines.length; count += 1) {
        room -= sizeOf(`${lines[count]}\n`);
        if (room < 0)
            break;
    }
    const kept = lines.slice(0, count);
    return [...kept, ...closersOf(kept), '', note].join('\n');
}
const ROOM_TO_CLOSE = 200;
function closersOf(lines) {
    let fence;
    let open = 0;
    for (const line of lines) {
        const mark = /^`{3,}/.exec(line)?.[0];
        if (fence !== undefined) {
            if (line === fence)
                fence = undefined;
        }
        else if (mark !== undefined) {
            fence = mark;
        }
        else if (line.startsWith('<details>')) {
            open += 1;
        }
        else if (line === '</details>') {
            open -= 1;
        }
    }
    return [...(fence === undefined ? [] : [fence]), '', ...Array.from({ length: open }, () => '</details>')];
}

// EXTERNAL MODULE: ./.build/js/src/report/escape.js
var report_escape = __webpack_require__(4501);
;// CONCATENATED MODULE: ./.build/js/src/report/cells.js

const VERDICT_SIGNS = { pass: '✅', allowed: '⚠️', fail: '❌', error: '❗' };
const PUBLIC_LOG = 'https://rekor.sigstore.dev';
function tagsOf({ tag, reference }, tags) {
    const isListed = tag === null || tags.some(({ name }) => name === tag);
    const all = isListed ? tags : [{ name: tag, isChecked: !reference.includes('@') }, ...tags];
    const names = [...(tag === null ? [] : [tag]), ...all.map(({ name }) => name)];
    const checked = new Set(all.filter(({ isChecked }) => isChecked).map(({ name }) => name));
    const unique = [...new Set(names)];
    return {
        checked: unique.filter((name) => checked.has(name)),
        unchecked: unique.filter((name) => !checked.has(name)),
    };
}
function shortName(image, tags) {
    if (image.repository === null)
        return image.reference;
    const isChecked = image.tag !== null && tagsOf(image, tags).checked.includes(image.tag);
    return isChecked ? `${image.repository}:${image.tag}` : image.repository;
}
const SIGN = String.raw `(?:[\w.:,/…→’-]|&#\d+;)`;
const BREAKABLE = new RegExp(String.raw `${SIGN}{12,31}?(?:/(?=[\w.])|\.(?=\w{5}))|${SIGN}{32}(?=${SIGN})`, 'g');
function codeCell(text) {
    return `<code>${(0,report_escape/* markdownText */.p7)(text).replace(BREAKABLE, '$&<wbr>')}</code>`;
}
const TAGS_SHOWN = 5;
function imageCell(image, tags = []) {
    const { checked, unchecked } = tagsOf(image, tags);
    const name = [codeCell(shortName(image, tags)), ...tagCells(checked.filter((tag) => tag !== image.tag))].join(' ');
    const what = unchecked.length === 1 ? 'tag' : 'tags';
    const label = unchecked.length === 0 ? '' : `, ${what} ${tagCells(unchecked).join(' ')} not checked`;
    return `${name}<br><sub>${digestStart(image.digest)}${label}</sub>`;
}
function tagCells(tags) {
    const shown = tags.slice(0, TAGS_SHOWN).map((tag) => codeCell(`:${tag}`));
    return tags.length > TAGS_SHOWN ? [...shown, `+${tags.length - TAGS_SHOWN}`] : shown;
}
const PLATFORMS_SHOWN = 8;
function platformCells(platforms) {
    const names = [...new Set(platforms.map(({ platform }) => platform))];
    const left = names.length > PLATFORMS_SHOWN ? [`+${names.length - PLATFORMS_SHOWN}`] : [];
    return [...names.slice(0, PLATFORMS_SHOWN).map(codeCell), ...left].join(', ');
}
function digestStart(digest) {
    if (digest === null)
        return 'not resolved';
    const start = /^sha256:[0-9a-f]{12}/.exec(digest)?.[0];
    return start === undefined ? (0,report_escape/* markdownCode */.D9)(digest) : `<code>${start}</code>…`;
}
function logCell(log) {
    if (log === null)
        return '–';
    if (log.url === PUBLIC_LOG) {
        return (0,report_escape/* markdownLink */.iQ)(String(log.index), `https://search.sigstore.dev/?logIndex=${log.index}`);
    }
    return `${log.index} in ${codeCell(logName(log.url))}`;
}
function logName(url) {
    return url.replace(/^https:\/\//, '');
}
function timeCell(time) {
    if (time === null)
        return '–';
    const [, date, clock] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/.exec(time) ?? [];
    return date === undefined ? (0,report_escape/* markdownText */.p7)(time) : `${date} ${clock} UTC`;
}
function countOf(count, noun) {
    return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
function folded(title, ...parts) {
    return [`<details><summary>${title}</summary>`, ...parts, '</details>'].join('\n\n');
}
function tableOf(head, rows) {
    const line = (cells) => `| ${cells.join(' | ')} |`;
    return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

// EXTERNAL MODULE: ./.build/js/src/report/error-text.js + 1 modules
var error_text = __webpack_require__(2282);
// EXTERNAL MODULE: ./.build/js/src/domain/identity/github-issuer.js
var github_issuer = __webpack_require__(7188);
// EXTERNAL MODULE: ./.build/js/src/domain/text/plain-text.js
var plain_text = __webpack_require__(2606);
;// CONCATENATED MODULE: ./.build/js/src/domain/identity/workflow-uri.js

const REF = /^(?:refs\/.+|[0-9a-f]{40})$/s;
function isFullRef(text) {
    return REF.test(text);
}
function parseWorkflowUri(uri, repository) {
    const prefix = uri.slice(0, repository.length);
    if (!(0,plain_text/* equalsIgnoringCase */.dc)(prefix, repository) || uri[repository.length] !== '/')
        return undefined;
    const rest = uri.slice(repository.length + 1);
    for (let at = rest.indexOf('@'); at > 0; at = rest.indexOf('@', at + 1)) {
        const ref = rest.slice(at + 1);
        if (isFullRef(ref))
            return { path: rest.slice(0, at), ref };
    }
    return undefined;
}
function parseConfigUri(uri, repository) {
    const found = parseWorkflowUri(uri, repository);
    const path = found?.path.replace(/^\//, '');
    return found === undefined || path === undefined || path === '' || path.startsWith('/') || path.includes('//')
        ? undefined
        : { ...found, path };
}
function refOfSubject(subject) {
    const repository = repositoryOfSubject(subject);
    return repository === undefined ? undefined : parseWorkflowUri(subject, repository)?.ref;
}
function repositoryOfSubject(subject) {
    const path = subject.split('@')[0] ?? '';
    return (/^(https?:\/\/[^/]+\/(?:[^/]+\/)*[^/]+)\/\//.exec(path)?.[1] ??
        /^(https?:\/\/[^/]+\/[^/]+\/[^/]+)\/./.exec(path)?.[1]);
}
function isWorkflowOf(subject, repository) {
    const own = repositoryOfSubject(subject);
    return own !== undefined && repository !== undefined && (0,plain_text/* equalsIgnoringCase */.dc)(own, repository);
}
function hasWorkflowSubject({ issuer, subject }) {
    return [...GITHUB_ISSUERS, GITLAB_ISSUER].some((form) => form.test(issuer)) || WORKFLOW_URI.test(subject);
}
const GITHUB_ISSUERS = [
    /^https:\/\/token\.actions\.githubusercontent\.com(?:\/|$)/i,
    /^https:\/\/token\.actions\.[^/]+\.ghe\.com(?:\/|$)/i,
    /^https?:\/\/[^/]+\/_services\/token(?:\/|$)/i,
];
const GITLAB_ISSUER = /^https?:\/\/(?:[^/]+\.)?gitlab\.[^/]+/i;
const WORKFLOW_URI = /^[a-z][a-z0-9+.-]*:\/\/.*@(?:refs\/|[0-9a-f]{40}(?:[0-9a-f]{24})?$)/is;

;// CONCATENATED MODULE: ./.build/js/src/domain/identity/later-tags.js

const TAGS = 'refs/tags/';
function laterTags(ref) {
    if (!ref.startsWith(TAGS) || ref.includes('*'))
        return undefined;
    const name = ref.slice(ref.lastIndexOf('/') + 1);
    if (name === '')
        return undefined;
    const folder = ref.slice(0, ref.length - name.length);
    const before = /^(?:.*?[-_@.+])??v?(?=[0-9])/.exec(name)?.[0] ?? '';
    return `${folder}${before}*`;
}
function laterTagsOfSubject(subject) {
    const at = subject.lastIndexOf(`@${TAGS}`) + 1;
    const glob = at === 0 ? undefined : laterTags(subject.slice(at));
    if (glob === undefined)
        return undefined;
    const escaped = `${subject.slice(0, at)}${glob.slice(0, -1)}`.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
    return `^${escaped}[^/]*$`;
}
function laterTagsPattern({ subject, claims }) {
    const isOwn = isWorkflowOf(subject, claims['source-repository-uri']);
    return isOwn && claims['source-repository-ref'] === refOfSubject(subject) ? laterTagsOfSubject(subject) : undefined;
}

// EXTERNAL MODULE: ./.build/js/src/domain/text/duration.js
var duration = __webpack_require__(9030);
;// CONCATENATED MODULE: ./.build/js/src/domain/identity/claim-rules.js

const SOURCE_CLAIMS = [
    'source-repository-uri',
    'source-repository-identifier',
    'source-repository-owner-uri',
    'source-repository-owner-identifier',
];
const OWNER_URIS = ['source-repository-uri', 'source-repository-owner-uri'];
function matchesClaim(claims, { name, values, serverUrl, }) {
    const found = claims[name];
    if (found === undefined)
        return false;
    return values.some((value) => found === value || (isGithubUri(name, value, serverUrl) && (0,plain_text/* equalsIgnoringCase */.dc)(found, value)));
}
function isGithubUri(name, value, serverUrl) {
    return (OWNER_URIS.includes(name) && ['https://github.com', serverUrl].some((server) => value.startsWith(`${server}/`)));
}

;// CONCATENATED MODULE: ./.build/js/src/domain/identity/identity-rules.js


const OUTSIDER_TRIGGERS = [
    'pull_request_target',
    'pull_request_review',
    'pull_request_review_comment',
    'issue_comment',
    'issues',
    'discussion',
    'discussion_comment',
    'fork',
    'watch',
    'workflow_run',
    'merge_request_event',
];
const PULL = 'refs/pull/';
const REPOSITORY_OF_SUBJECT = 'repository of the subject';
const BUILD_TRIGGER = 'claims build-trigger';
const NO_PULL_REF = `no ref under ${PULL} (pull-request code) unless named explicitly`;
const NO_OUTSIDER_TRIGGER = 'no trigger that any account can cause, unless a claims line names it';
function assertPairsNameSigner({ identities, ...rest }) {
    const { signerWorkflows, sourceRepositories, workflows, sourceRefs } = rest;
    const needsOneIssuer = [signerWorkflows, sourceRepositories, workflows, sourceRefs].some(({ length }) => length > 0);
    for (const pair of identities) {
        if (needsOneIssuer && pair.issuers.length !== 1)
            throw new TypeError('a pair needs exactly one issuer');
        if (pair.issuers.length + pair.issuerPatterns.length === 0)
            throw new TypeError('a pair names no issuer');
        if (!namesSubject(pair) && !namesSource({ ...rest, ...pair }))
            throw new TypeError('a pair names no signer');
    }
}
function namesSubject({ subjects, subjectPatterns }) {
    return subjects.length + subjectPatterns.length > 0;
}
function namesSource({ sourceRepositories, issuers, claims }) {
    return sourceRepositories.length > 0 || (issuers.length === 1 && SOURCE_CLAIMS.some((name) => claims.has(name)));
}
function checkBothHalves(identity, requirement) {
    const source = identity.claims['source-repository-uri'];
    if (source === undefined || !hasWorkflowSubject(identity))
        return undefined;
    const namesSigner = requirement.signerWorkflows.length > 0 || namesSubject(requirement);
    if (namesSigner && namesSource(requirement))
        return undefined;
    if (isWorkflowOf(identity.subject, source))
        return undefined;
    const found = repositoryOfSubject(identity.subject) ?? identity.subject;
    return { field: REPOSITORY_OF_SUBJECT, expected: source, found, ok: false };
}
function checkPullRequestCode(identity, requirement) {
    return [checkPullRef(identity, requirement), checkTrigger(identity, requirement)].filter((finding) => finding !== undefined);
}
function checkPullRef(identity, requirement) {
    const { subject } = identity;
    const own = refOfSubject(subject);
    const isNamed = (ref) => requirement.sourceRefs.some(({ source, matches }) => source.startsWith(PULL) && matches(ref)) ||
        (ref === own && requirement.subjects.includes(subject));
    const ref = pullRefsOf(identity).find((one) => !isNamed(one));
    if (ref === undefined)
        return undefined;
    return { field: 'source-ref', expected: NO_PULL_REF, found: ref, ok: false };
}
function pullRefsOf({ claims, subject }) {
    const refs = [claims['source-repository-ref'], claims['github-workflow-ref'], refOfSubject(subject)];
    return refs.filter((ref) => ref !== undefined).filter((ref) => ref.startsWith(PULL));
}
function checkTrigger(identity, { claims }) {
    const trigger = unnamedOutsiderTrigger(identity, claims);
    if (trigger === undefined)
        return undefined;
    return { field: BUILD_TRIGGER, expected: NO_OUTSIDER_TRIGGER, found: trigger, ok: false };
}
function unnamedOutsiderTrigger({ claims }, required) {
    const trigger = claims['build-trigger'] ?? claims['github-workflow-trigger'];
    if (trigger === undefined || !OUTSIDER_TRIGGERS.includes(trigger))
        return undefined;
    const named = [...(required.get('build-trigger') ?? []), ...(required.get('github-workflow-trigger') ?? [])];
    return named.includes(trigger) ? undefined : trigger;
}

// EXTERNAL MODULE: ./.build/js/src/domain/identity/pasteable-line.js
var pasteable_line = __webpack_require__(4605);
;// CONCATENATED MODULE: ./.build/js/src/domain/patterns/match-all.js
function isMatchAllForSubject(pattern, subject, word) {
    return acceptsStrangers(pattern, { text: subject, owner: locateOwner(subject), word });
}
function isMatchAllForIssuer(pattern, issuer, word) {
    return acceptsStrangers(pattern, { text: issuer, owner: locateHost(issuer), word });
}
function matchesAnySubject(pattern, serverUrl, word) {
    const probes = ['https://github.com', serverUrl].flatMap((server) => [
        `${server}/${word}/${word}/.github/workflows/${word}.yml@refs/heads/${word}`,
        `${server}/${word}/${word}/.github/workflows/${word}.yaml@refs/tags/${word}`,
    ]);
    return [...probes, `https://${word}.com/${word}`, `${word}@${word}.com`, word].some((probe) => pattern.matches(probe));
}
function matchesAnyIssuer(pattern, word) {
    return [`https://${word}.com`, `https://${word}.com/${word}`, word].some((probe) => pattern.matches(probe));
}
function acceptsStrangers(pattern, { text, owner: { start, end }, word }) {
    const owner = text.slice(start, end);
    const accepts = (stranger) => stranger !== owner && pattern.matches(text.slice(0, start) + stranger + text.slice(end));
    const longest = word.repeat(Math.ceil(39 / word.length)).slice(0, 39);
    const acceptsAll = (strangers) => strangers.length > 0 && strangers.every(accepts);
    return ([word, longest, `${word}${owner}`, `${owner}${word}`].some(accepts) ||
        acceptsAll(strangersLike('x'.repeat(owner.length), { start: 0, end: 0 }, word)) ||
        shapesKept(owner).some((kept) => acceptsAll(strangersLike(owner, kept, word))));
}
function shapesKept(owner) {
    const dot = owner.lastIndexOf('.');
    const ends = [0, 1].flatMap((start) => [0, 1].map((end) => ({ start, end })));
    return dot < 0 ? ends : [...ends, { start: 0, end: owner.length - dot }];
}
const RANDOM_CHARACTERS = 8;
function strangersLike(owner, kept, word) {
    const middle = owner.slice(kept.start, Math.max(kept.start, owner.length - kept.end));
    const count = middle.match(/[A-Za-z0-9]/g)?.length ?? 0;
    if (count === 0)
        return [];
    let used = 0;
    const replaced = (character) => {
        const letter = word[used++ % word.length] ?? '';
        if (/\d/.test(character))
            return String(letter.charCodeAt(0) % 10);
        return character < 'a' ? letter.toUpperCase() : letter;
    };
    const next = () => {
        const tail = owner.slice(kept.start + middle.length);
        return owner.slice(0, kept.start) + middle.replace(/[A-Za-z0-9]/g, replaced) + tail;
    };
    const wanted = Math.ceil(RANDOM_CHARACTERS / count);
    const strangers = Array.from({ length: 2 * wanted }, next).filter((stranger) => stranger !== owner);
    return strangers.length < wanted ? [] : strangers.slice(0, wanted);
}
function locateOwner(subject) {
    const web = /^https?:\/\/[^/]*\/([^/]+)/.exec(subject);
    if (web?.[1] !== undefined)
        return { start: web[0].length - web[1].length, end: web[0].length };
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(subject))
        return locateHost(subject);
    const at = Math.max(subject.lastIndexOf('@'), subject.lastIndexOf('!'));
    return { start: at + 1, end: subject.length };
}
function locateHost(uri) {
    const match = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(uri);
    return match?.[1] === undefined
        ? { start: 0, end: uri.length }
        : { start: match[0].length - match[1].length, end: match[0].length };
}

// EXTERNAL MODULE: ./.build/js/src/domain/signature/annotations.js
var signature_annotations = __webpack_require__(4249);
// EXTERNAL MODULE: ./.build/js/src/domain/text/quoted.js
var quoted = __webpack_require__(9082);
// EXTERNAL MODULE: ./.build/js/src/domain/text/text-fault.js
var text_fault = __webpack_require__(2608);
// EXTERNAL MODULE: ./.build/js/src/domain/text/value-error.js
var value_error = __webpack_require__(9354);
// EXTERNAL MODULE: ./.build/js/src/domain/signature/claims.js
var claims = __webpack_require__(9282);
// EXTERNAL MODULE: ./.build/js/src/domain/text/key-value.js
var key_value = __webpack_require__(791);
// EXTERNAL MODULE: ./.build/js/src/domain/text/near-name.js
var near_name = __webpack_require__(4638);
;// CONCATENATED MODULE: ./.build/js/src/domain/identity/known-issuers.js






const INPUT = 'certificate-oidc-issuer';
const CODEFRESH_ISSUER = 'https://oidc.codefresh.io';
const CIRCLECI_ISSUER = 'https://oidc.circleci.com';
const PUBLIC_ISSUERS = [
    github_issuer/* GITHUB_ISSUER */.oX,
    'https://gitlab.com',
    CIRCLECI_ISSUER,
    CODEFRESH_ISSUER,
    'https://agent.buildkite.com',
    'https://accounts.google.com',
    'https://github.com/login/oauth',
    'https://login.microsoftonline.com',
    'https://oauth2.sigstore.dev/auth',
];
const GITHUB = [
    /^https:\/\/token\.actions\.githubusercontent\.com(?:\/[^/]+)?$/,
    /^https:\/\/token\.actions\.[a-z0-9-]+\.ghe\.com(?:\/[^/]+)?$/,
    /^https?:\/\/[^/]+\/_services\/token(?:\/[^/]+)?$/,
];
const GITLAB = /^https?:\/\/(?:[^/]+\.)?gitlab\.[^/]+$/;
const WITH_SLASH = /^https:\/\/(?:oidc\.prod-aks|[a-z0-9-]+\.oic\.prod-aks)\.azure\.com\/[^?#]+\/$/;
function issuerKind(issuer) {
    if (issuer === undefined)
        return 'other';
    if (GITHUB.some((form) => form.test(issuer)))
        return 'github';
    return GITLAB.test(issuer) ? 'gitlab' : 'other';
}
function serverOfIssuer(issuer) {
    if (issuer === undefined)
        return undefined;
    if (GITHUB[0]?.test(issuer))
        return 'https://github.com';
    const tenant = /^https:\/\/token\.actions\.([a-z0-9-]+\.ghe\.com)(?:\/|$)/.exec(issuer)?.[1];
    if (tenant !== undefined)
        return `https://${tenant}`;
    if (GITLAB.test(issuer))
        return issuer;
    return /^(https?:\/\/[^/]+)\/_services\/token(?:\/|$)/.exec(issuer)?.[1];
}
function parseIssuer(value) {
    if (value.length > text_fault/* JUDGED_MAX_CHARS */.t)
        return value;
    const shown = (0,quoted/* quoted */.T)(value);
    const refuse = (what, ...right) => new value_error/* CorrectedValueError */.LB(`${shown} ${what}`, right.map((one) => ({ input: INPUT, value: one })));
    if (value.includes('*')) {
        throw new value_error/* CorrectedValueError */.LB(`${shown} contains *, but is compared exactly; a pattern belongs into ${INPUT}-regexp`, [{ input: `${INPUT}-regexp`, value: patternOf(value) }]);
    }
    if (/[\s,]/.test(value))
        throw new value_error/* ListedValuesError */.i4(value, INPUT, value.split(/[\s,]+/));
    const bare = (0,plain_text/* trimEnd */.s8)(value.replace(/\/\.well-known\/openid-configuration$/, ''), '/').replace(/^[a-z][a-z0-9+.-]*:\/\//i, '');
    const scheme = /^http:\/\//i.test(value) ? 'http://' : 'https://';
    const known = PUBLIC_ISSUERS.find((issuer) => issuer === `https://${bare.toLowerCase()}`);
    if (!/^https?:\/\//.test(value)) {
        const meant = known ?? PUBLIC_ISSUERS.find((issuer) => isNearHost(bare, issuer)) ?? meantBy(bare);
        throw refuse('has no scheme, but the issuer of a token is a URL', meant ?? `${scheme}${bare}`);
    }
    if (known !== undefined && known !== value)
        throw refuse('is not the issuer, which is compared exactly', known);
    if (bare === 'github.com') {
        throw refuse('is not an issuer; workflows and people have different ones', github_issuer/* GITHUB_ISSUER */.oX, 'https://github.com/login/oauth');
    }
    if (/\/\.well-known\/openid-configuration$/.test(value)) {
        throw refuse('is the URL of its configuration', `${scheme}${bare}`);
    }
    if (value.endsWith('/') && !WITH_SLASH.test(value)) {
        throw refuse(`ends with a slash, which hardly any issuer has (${INPUT}-regexp accepts one that does)`, `${scheme}${bare}`);
    }
    const near = PUBLIC_ISSUERS.find((issuer) => isNearHost(bare, issuer));
    if (near !== undefined)
        throw refuse('is not the issuer, but nearly', near);
    return value;
}
function isNearHost(bare, issuer) {
    const host = issuer.slice('https://'.length);
    if (host.includes('/') || host.length < 20 || bare.length > 2 * host.length || bare.startsWith(`${host}/`))
        return false;
    const edits = (0,near_name/* editDistance */.Y)(bare.toLowerCase(), host);
    return edits > 0 && edits <= 3;
}
function meantBy(bare) {
    const name = bare.toLowerCase().replace(/[^a-z]/g, '');
    const names = {
        github: github_issuer/* GITHUB_ISSUER */.oX,
        githubactions: github_issuer/* GITHUB_ISSUER */.oX,
        gitlab: 'https://gitlab.com',
        google: 'https://accounts.google.com',
        codefresh: CODEFRESH_ISSUER,
        buildkite: 'https://agent.buildkite.com',
    };
    return Object.hasOwn(names, name) ? names[name] : undefined;
}
function patternOf(glob) {
    return glob.replace(/[.+?^$()[\]{}|\\]/g, '\\$&').replace(/\*+/g, '.*');
}

;// CONCATENATED MODULE: ./.build/js/src/domain/identity/claim-line.js







const claim_line_INPUT = 'claims';
const NAMES = Object.values(claims/* CLAIM_NAMES */.mw);
function parseClaimLine(line, context) {
    const pair = (0,key_value/* splitKeyValue */.p)(line);
    if (pair === undefined) {
        const [, key = '', value = ''] = /^([^:]+):\s*(.+)$/.exec(line) ?? [];
        const name = key === '' ? undefined : meantName(key);
        if (name === undefined)
            throw new value_error/* ValueError */.Qp(`${(0,quoted/* quoted */.T)(line)} is not name=value`);
        throw corrected(`${(0,quoted/* quoted */.T)(line)} is not name=value`, [`${name}=${value}`]);
    }
    const { key: name, value } = pair;
    if (!(0,claims/* isClaimName */.qU)(name)) {
        const meant = meantName(name);
        const guess = meant === undefined ? ';' : `; did you mean ${meant}?`;
        const what = `${(0,quoted/* quoted */.T)(name)} is not a claim${guess} the claims are: ${NAMES.join(', ')}`;
        if (meant === undefined)
            throw new value_error/* ValueError */.Qp(what);
        throw corrected(what, [`${meant}=${claimed(meant, value, context)}`]);
    }
    if (value === '')
        throw new value_error/* EmptyValueError */.Bd(name);
    if (line.length > text_fault/* JUDGED_MAX_CHARS */.t)
        return { name, value };
    refuseList(line, value);
    refuseWrongValue(name, value, context);
    return { name, value };
}
function refuseList(line, value) {
    const [, next] = /,\s*([a-z-]+)=/.exec(value) ?? [];
    if (next === undefined || !(0,claims/* isClaimName */.qU)(next))
        return;
    const parts = line.split(/,\s*(?=[a-z-]+=)/);
    throw new value_error/* ListedValuesError */.i4(line, claim_line_INPUT, parts);
}
const OTHER_NAMES = {
    iss: 'issuer',
    sub: 'token-subject',
    subject: 'token-subject',
    repository: 'source-repository-uri',
    repo: 'source-repository-uri',
    repository_id: 'source-repository-identifier',
    repository_owner: 'source-repository-owner-uri',
    owner: 'source-repository-owner-uri',
    repository_owner_id: 'source-repository-owner-identifier',
    repository_visibility: 'source-repository-visibility-at-signing',
    visibility: 'source-repository-visibility-at-signing',
    ref: 'source-repository-ref',
    branch: 'source-repository-ref',
    sha: 'source-repository-digest',
    commit: 'source-repository-digest',
    workflow: 'github-workflow-name',
    workflow_ref: 'build-config-uri',
    workflow_sha: 'build-config-digest',
    job_workflow_ref: 'build-signer-uri',
    job_workflow_sha: 'build-signer-digest',
    event: 'build-trigger',
    event_name: 'build-trigger',
    trigger: 'build-trigger',
    environment: 'deployment-environment',
    runner: 'runner-environment',
};
function meantName(written) {
    const text = written.trim();
    const number = /^(?:\.|OID\.)?(?:[\d.]*\.)?(\d{1,2})$/i.exec(text.startsWith(`${claims/* FULCIO_ARC */.II}.`) || /^\.?\d+$/.test(text) ? text : '')?.[1];
    if (number !== undefined)
        return NAMES.find((name) => claims/* CLAIM_NAMES */.mw[Number(number)] === name);
    const bare = text.replace(/^(?:--)?certificate-/i, '');
    const other = bare.toLowerCase().replaceAll('-', '_');
    return (0,near_name/* nearName */.c)(bare, NAMES) ?? (Object.hasOwn(OTHER_NAMES, other) ? OTHER_NAMES[other] : undefined);
}
function claimed(name, value, { issuer, serverUrl }) {
    const isUri = name.endsWith('-uri') && /^[\w-][\w./@-]*$/.test(value);
    return isUri ? `${serverOfIssuer(issuer) ?? serverUrl}/${value}` : value;
}
const FREE = ['github-workflow-name', 'deployment-environment', 'token-subject'];
function refuseWrongValue(name, value, context) {
    if (FREE.includes(name))
        return;
    const inner = /^(["'`])(.+)\1$/.exec(value)?.[2];
    if (inner !== undefined)
        throw corrected(`${(0,quoted/* quoted */.T)(value)} has quotation marks around it`, [`${name}=${inner}`]);
    if (name === 'issuer' || name === 'issuer-deprecated')
        refuseWrongIssuer(name, value);
    const problem = issuerKind(context.issuer) === 'github' ? problemWithGithubValue(name, value, context) : undefined;
    if (problem !== undefined)
        throw problem;
}
function refuseWrongIssuer(name, value) {
    try {
        parseIssuer(value);
    }
    catch (error) {
        if (!(error instanceof value_error/* CorrectedValueError */.LB))
            throw error;
        throw corrected(error.message, error.instead.filter(({ input }) => input === 'certificate-oidc-issuer').map((one) => `${name}=${one.value}`));
    }
}
const WORDS = {
    'runner-environment': ['github-hosted', 'self-hosted'],
    'source-repository-visibility-at-signing': ['public', 'private', 'internal'],
};
function problemWithGithubValue(name, value, context) {
    const refuse = (what, ...right) => corrected(`${name}: ${(0,quoted/* quoted */.T)(value)} ${what}`, right.map((one) => `${name}=${one}`));
    const words = WORDS[name];
    if (words !== undefined) {
        const meant = (0,near_name/* nearName */.c)(value, words);
        if (meant !== undefined && meant !== value)
            return refuse(`is not one of ${words.join(', ')}`, meant);
        return undefined;
    }
    if (name.endsWith('-identifier')) {
        if (/^\d+$/.test(value))
            return undefined;
        const uri = name.replace('identifier', 'uri');
        const right = (0,claims/* isClaimName */.qU)(uri) ? [`${uri}=${claimed(uri, value, context)}`] : [];
        return corrected(`${name}: ${(0,quoted/* quoted */.T)(value)} is not a number, as GitHub's identifiers are`, right);
    }
    if (name.endsWith('-digest') || name === 'github-workflow-sha') {
        if (/^[0-9a-f]{40}$|^[0-9a-f]{64}$/.test(value))
            return undefined;
        const bare = value.toLowerCase().replace(/^(?:sha1|sha256|gitcommit):/, '');
        const isWhole = /^[0-9a-f]{40}$/.test(bare);
        return refuse('is not a commit of 40 lower-case hex digits', ...(isWhole ? [bare] : []));
    }
    if (name === 'source-repository-ref' || name === 'github-workflow-ref') {
        if (value.startsWith('refs/') && !value.includes('*'))
            return undefined;
        if (value.includes('*')) {
            return new value_error/* CorrectedValueError */.LB(`${name}: ${(0,quoted/* quoted */.T)(value)} contains *, but claims are compared exactly`, [
                { input: 'source-ref', value },
            ]);
        }
        return refuse('is not a full ref', `refs/heads/${value}`, `refs/tags/${value}`);
    }
    if (name === 'github-workflow-repository') {
        const bare = value.replace(/^(?:https?:\/\/)?[^/]+\/(?=[^/]+\/)/, '').replace(/\/$/, '');
        return /^[^/]+\/[^/]+$/.test(value) ? undefined : refuse('is not owner/name', bare);
    }
    if (!name.endsWith('-uri'))
        return undefined;
    if (value.includes('*'))
        return refuse('contains *, but claims are compared exactly');
    if (!/^https?:\/\//.test(value)) {
        const server = serverOfIssuer(context.issuer) ?? context.serverUrl;
        const host = server.replace(/^https?:\/\//, '');
        const path = value.startsWith(`${host}/`) ? value.slice(host.length + 1) : value;
        return refuse('is not a URI', `${server}/${path.replace(/^\/+/, '')}`);
    }
    if (value.endsWith('/'))
        return refuse('ends with a slash', value.replace(/\/+$/, ''));
    if (name === 'source-repository-uri' && value.endsWith('.git')) {
        return refuse('ends with .git, which certificates do not contain', value.replace(/\.git$/, ''));
    }
    return undefined;
}
function corrected(message, values) {
    return new value_error/* CorrectedValueError */.LB(message, values.map((value) => ({ input: claim_line_INPUT, value })));
}

;// CONCATENATED MODULE: ./.build/js/src/domain/patterns/pattern.js
const PATTERN_MAX_CHARS = 2048;

;// CONCATENATED MODULE: ./.build/js/src/domain/patterns/glob.js


function parseGlob(source) {
    if (source.length > PATTERN_MAX_CHARS) {
        throw new value_error/* ValueError */.Qp(`the pattern is longer than ${PATTERN_MAX_CHARS} characters`);
    }
    const parts = source.split(/(\*+)/).filter((part) => part !== '');
    if (parts.some((part) => part.startsWith('***'))) {
        throw new value_error/* ValueError */.Qp(`${JSON.stringify(source)} has more than two consecutive *`);
    }
    return { source, matches: (value) => matchesParts(parts, value) };
}
function matchesParts(parts, value) {
    let ends = new Set([0]);
    for (const part of parts) {
        const next = new Set();
        for (const end of ends) {
            if (part === '*' || part === '**') {
                for (let at = end; at <= value.length && !next.has(at); at += 1) {
                    next.add(at);
                    if (part === '*' && value[at] === '/')
                        break;
                }
            }
            else if (value.startsWith(part, end)) {
                next.add(end + part.length);
            }
        }
        ends = next;
    }
    return ends.has(value.length);
}

;// CONCATENATED MODULE: ./.build/js/src/domain/identity/source-ref.js






const source_ref_INPUT = 'source-ref';
const NAMESPACES = ['heads', 'tags', 'pull'];
function parseSourceRef(value, issuer) {
    if (issuer !== CODEFRESH_ISSUER)
        refuseWrongRef(value, issuer);
    return parseGlob(value);
}
function refuseWrongRef(value, issuer) {
    const shown = (0,quoted/* quoted */.T)(value);
    if (/,\s*(?:refs\/|\*)/.test(value))
        throw new value_error/* ListedValuesError */.i4(value, source_ref_INPUT, value.split(','));
    if (/^[0-9a-fA-F]{7,64}$/.test(value)) {
        const whole = value.length === 40;
        throw new value_error/* CorrectedValueError */.LB(`${shown} is a commit, but the ref of a run is a branch or a tag`, whole ? [{ input: 'claims', value: `source-repository-digest=${value.toLowerCase()}` }] : []);
    }
    const problem = problemWithRef(value, issuer);
    if (problem === undefined)
        return;
    const what = `${shown} ${problem.what}`;
    if (problem.right.length === 0)
        throw new value_error/* ValueError */.Qp(what);
    throw new value_error/* CorrectedValueError */.LB(what, problem.right.map((right) => ({ input: source_ref_INPUT, value: right })));
}
function problemWithRef(value, issuer) {
    const spelt = respelt(value);
    if (spelt !== undefined)
        return { what: 'is not a full ref', right: [spelt] };
    if (!isFullRef(value) && !value.startsWith('*')) {
        const name = value.replace(/^\/+/, '').replace(/^origin\//, '');
        return { what: `is not a full ref: write refs/heads/${name} for a branch, refs/tags/${name} for a tag`, right: [] };
    }
    if (/[\s~^:?[\]\\]/.test(value)) {
        return { what: 'contains a character that refs do not have (globs know * and ** only)', right: [] };
    }
    if (value.endsWith('/') || value.includes('//')) {
        const clean = value.replace(/\/{2,}/g, '/').replace(/\/$/, '');
        return { what: 'is not a ref', right: value.endsWith('/') ? [clean, `${clean}/**`] : [clean] };
    }
    const parts = value.split('/');
    if (!value.includes('**') && value.includes('*') && parts.length < 3) {
        return { what: 'matches no ref, because * does not cross a slash', right: [value.replace('*', '**')] };
    }
    const [, namespace = ''] = parts;
    if (parts[0] !== 'refs' || namespace.includes('*'))
        return undefined;
    if (NAMESPACES.some((one) => one === namespace)) {
        return parts.length > 2 ? undefined : { what: 'has no name after it', right: [`${value}/**`] };
    }
    if (namespace === 'remotes' && parts.length > 3) {
        return { what: 'is a ref of a clone, not of the repository', right: [`refs/heads/${parts.slice(3).join('/')}`] };
    }
    const rest = parts.slice(2).join('/');
    const isOther = issuerKind(issuer) === 'other';
    const near = NAMESPACES.find((one) => (0,near_name/* editDistance */.Y)(namespace.toLowerCase(), one) <= (isOther ? 1 : 2));
    if (near !== undefined && rest !== '')
        return { what: 'is not a full ref', right: [`refs/${near}/${rest}`] };
    if (/^branch(?:es)?$/i.test(namespace) && rest !== '') {
        return { what: 'is not a full ref', right: [`refs/heads/${rest}`] };
    }
    if (isOther)
        return undefined;
    const name = parts.slice(1).join('/');
    return {
        what: `is not under ${NAMESPACES.map((one) => `refs/${one}/`).join(', ')}`,
        right: [`refs/heads/${name}`, `refs/tags/${name}`],
    };
}
function respelt(value) {
    const [, namespace = '', name = ''] = /^\/?(?:refs?\/+)?(heads?|tags?|pull)\/+(.+)$/i.exec(value) ?? [];
    if (name === '')
        return undefined;
    const folded = namespace.toLowerCase();
    const right = `refs/${folded === 'pull' ? folded : `${folded.replace(/s$/, '')}s`}/${name}`;
    return right === value ? undefined : right;
}

;// CONCATENATED MODULE: ./.build/js/src/domain/identity/workflow-path.js





const workflow_path_INPUT = 'workflow';
const FOLDER = '.github/workflows';
function parseWorkflowPath(value, issuer) {
    const shown = (0,quoted/* quoted */.T)(value);
    const refuse = (what, ...right) => new value_error/* CorrectedValueError */.LB(`${shown} ${what}`, right.map((one) => ({ input: workflow_path_INPUT, value: one })));
    if (/\.ya?ml\s*,|,\s*\.github\//.test(value)) {
        throw new value_error/* ListedValuesError */.i4(value, workflow_path_INPUT, value.split(','));
    }
    if (value.includes('@refs/') || (value.includes('@') && !/\.ya?ml$/.test(value))) {
        throw new value_error/* ValueError */.Qp(`${shown} contains a ref; give only the path here, and the ref in source-ref`);
    }
    if (/^(?:https?:|\.?\/)/.test(value)) {
        const path = /^\.?\/+(.+)$/.exec(value)?.[1] ?? /(\.github\/workflows\/.+)$/.exec(value)?.[1];
        throw refuse(`is not a path such as ${FOLDER}/release.yml`, ...(path === undefined ? [] : [path]));
    }
    const problem = problemWithPath(value, issuer);
    if (problem === undefined)
        return parseGlob(value);
    throw refuse(problem.what, ...problem.right);
}
function problemWithPath(value, issuer) {
    const kind = issuerKind(issuer);
    if (kind === 'gitlab')
        return undefined;
    const path = value.replaceAll('\\', '/');
    const slash = path.lastIndexOf('/');
    const [folder, file] = [path.slice(0, Math.max(slash, 0)), path.slice(slash + 1)];
    const isFile = /\.ya?ml$/i.test(file);
    if (slash < 0) {
        if (value.includes('**') || (kind === 'other' && file.startsWith('.')))
            return undefined;
        if (!isFile) {
            const right = /^[A-Za-z0-9._*-]+$/.test(file) ? [`${FOLDER}/${file}.yml`, `${FOLDER}/${file}.yaml`] : [];
            return { what: `is not the path of a workflow file, such as ${FOLDER}/release.yml`, right };
        }
        return { what: 'has no folder, but the certificate contains the whole path', right: [`${FOLDER}/${file}`] };
    }
    if (value.includes('\\'))
        return { what: 'contains a backslash', right: [path] };
    const inner = /^[^/*]+\/[^/*]+\/(\.github\/workflows\/.+)$/.exec(path)?.[1];
    if (inner !== undefined)
        return { what: 'starts with a repository, which belongs into source-repository', right: [inner] };
    if (folder === FOLDER) {
        if (isFile || file.includes('*'))
            return undefined;
        if (file === '')
            return { what: 'is a folder', right: [`${FOLDER}/*`] };
        return { what: 'is not the name of a workflow file', right: [`${path}.yml`, `${path}.yaml`] };
    }
    if (folder.includes('*'))
        return undefined;
    const isMisspelt = ['.github', 'github', 'workflows', 'workflow'].includes(folder) ||
        (0,near_name/* editDistance */.Y)(folder.slice(0, 40).toLowerCase(), FOLDER) <= 3;
    const isOther = /^\.(?:forgejo|gitea|gitlab)\/workflows$/.test(folder);
    if (!isMisspelt || isOther)
        return undefined;
    return { what: `is not in ${FOLDER}`, right: [`${FOLDER}/${file}`] };
}

;// CONCATENATED MODULE: ./.build/js/src/domain/identity/signer-workflow.js







const signer_workflow_INPUT = 'signer-workflow';
function parseSignerWorkflow(text, serverUrl, issuer) {
    const shown = (0,quoted/* quoted */.T)(text);
    const refuse = (what, ...right) => new value_error/* CorrectedValueError */.LB(`${shown} ${what}`, right.map((value) => ({ input: signer_workflow_INPUT, value })));
    if (/,\s*[\w-]+\/[\w.-]+\/\./.test(text)) {
        throw new value_error/* ListedValuesError */.i4(text, signer_workflow_INPUT, text.split(','));
    }
    const { server, local } = splitServer(text, serverUrl, issuer);
    const at = refStart(local);
    const place = at < 0 ? local : local.slice(0, at);
    const written = at < 0 ? '' : local.slice(at);
    const [, repository, path] = /^([A-Za-z0-9][A-Za-z0-9_-]*\/[A-Za-z0-9._-]+)\/([^*]+)$/.exec(place) ?? [];
    if (repository === undefined || path === undefined) {
        throw new value_error/* ValueError */.Qp(`${shown} is not a workflow file in the form owner/name/path`);
    }
    const page = /^(?:blob|tree|raw)\/([^/]+)\/(\.github\/workflows\/.+)$/.exec(path);
    if (page?.[2] !== undefined)
        throw refuse('is the address of a page', `${repository}/${page[2]}${written}`);
    if (at < 0) {
        const [, file = '', ref = ''] = /^(.+?\.ya?ml)[\s:#/]+(.+)$/.exec(place) ?? [];
        if (file !== '')
            throw refuse('has no @ between the file and its ref', `${file}@${ref.replace(/^@/, '')}`);
    }
    const problem = problemWithPath(path, issuer);
    if (problem !== undefined) {
        throw refuse(problem.what, ...problem.right.map((right) => `${repository}/${right}${written}`));
    }
    const ref = at < 0 ? undefined : local.slice(at + 1);
    if (ref !== undefined)
        signer_workflow_refuseWrongRef(ref, { shown, place, issuer });
    return {
        source: text,
        repository: `${server}/${repository}`,
        path,
        ref: ref === undefined ? undefined : parseGlob(ref),
    };
}
function signer_workflow_refuseWrongRef(ref, { shown, place, issuer }) {
    const corrected = (what, refs) => new value_error/* CorrectedValueError */.LB(`${shown} ${what}`, refs.map((one) => ({ input: signer_workflow_INPUT, value: `${place}@${one}` })));
    if (/^[0-9a-fA-F]{40}$/.test(ref)) {
        if (ref === ref.toLowerCase())
            return;
        throw corrected('has a commit in upper case, but certificates contain lower case', [ref.toLowerCase()]);
    }
    if (/^(?=.*\d)[0-9a-fA-F]{7,39}$/.test(ref)) {
        throw new value_error/* CorrectedValueError */.LB(`${shown} has a short commit, but certificates contain all 40 hex digits: write the whole commit, or ` +
            `${place}@refs/tags/${ref} or ${place}@refs/heads/${ref} if it is a name`, []);
    }
    const problem = problemWithRef(ref, issuer);
    if (problem === undefined)
        return;
    if (problem.right.length > 0)
        throw corrected(`has a ref that ${problem.what}`, problem.right);
    if (isFullRef(ref))
        throw new value_error/* ValueError */.Qp(`${shown} has a ref that ${problem.what}`);
    throw new value_error/* ValueError */.Qp(`${shown} has a short ref, but certificates contain the full one: ` +
        `write ${place}@refs/tags/${ref} or ${place}@refs/heads/${ref}`);
}
function splitServer(text, serverUrl, issuer) {
    const servers = [serverUrl, 'https://github.com', serverOfIssuer(issuer)].filter((one) => one !== undefined);
    for (const server of servers) {
        for (const prefix of [`${server}/`, `${server.replace(/^https?:\/\//, '')}/`]) {
            if (text.toLowerCase().startsWith(prefix.toLowerCase()))
                return { server, local: text.slice(prefix.length) };
        }
    }
    return { server: serverUrl, local: text };
}
function refStart(text) {
    for (let at = text.indexOf('@'); at > 0; at = text.indexOf('@', at + 1)) {
        if (isFullRef(text.slice(at + 1)))
            return at;
    }
    return /\.ya?ml$/.test(text) ? -1 : text.lastIndexOf('@');
}
function isSignerWorkflow(subject, wanted) {
    const uri = parseWorkflowUri(subject, wanted.repository);
    return uri !== undefined && uri.path === wanted.path && (wanted.ref === undefined || wanted.ref.matches(uri.ref));
}

;// CONCATENATED MODULE: ./.build/js/src/domain/identity/source-repository.js




const source_repository_INPUT = 'source-repository';
const OWNER_AND_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]*\/[A-Za-z0-9._-]+$/;
const HOST_LIKE = /^[^/.]*\.[^/]*\//;
const PATH = /^[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)+$/;
const HOST = /^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?$|^\[[0-9A-Fa-f:.]+\](?::[0-9]{1,5})?$/;
const GITHUB_ALIASES = ['github.com', 'www.github.com', 'ssh.github.com'];
const FORGES = ['gitlab.com', 'codeberg.org', 'bitbucket.org'];
function parseSourceRepository(text, serverUrl, issuer) {
    const context = { serverUrl, issuer };
    const name = withoutEnd(text);
    if (OWNER_AND_NAME.test(name))
        return ownRepository(name, text, context);
    const located = locate(text);
    if (located === undefined)
        throw notRepository(text, context);
    const server = serverNamed(located, context);
    if (server === undefined)
        return elsewhere(located, text, context);
    const shown = located.extra ? 'it' : (0,quoted/* quoted */.T)(text);
    const segments = located.path.split('/');
    const isGithub = issuerKind(context.issuer) !== 'gitlab' || server !== serverOfIssuer(context.issuer);
    const isWhole = PATH.test(located.path) && !segments.some(isDots);
    const first = isGithub ? segments.slice(0, 2) : located.path.split('/-/')[0]?.split('/');
    const right = first !== undefined && first.length > 1 && PATH.test(first.join('/')) ? [`${server}/${first.join('/')}`] : [];
    if (located.extra)
        throw source_repository_corrected('the value contains a login, a query or a fragment', right);
    if (!isWhole || (isGithub && segments.length !== 2) || located.path.includes('/-/')) {
        throw source_repository_corrected(`${shown} is not the URL of a repository`, right);
    }
    const isAsClaimed = located.scheme === 'none' && context.issuer?.startsWith(`${CIRCLECI_ISSUER}/`) === true;
    return `${isAsClaimed ? server.replace(/^https?:\/\//, '') : server}/${located.path}`;
}
function ownRepository(name, text, { serverUrl }) {
    if (isDots(name.slice(name.indexOf('/') + 1)))
        throw new value_error/* ValueError */.Qp(`${(0,quoted/* quoted */.T)(text)} is not owner/name`);
    return `${serverUrl}/${name}`;
}
function elsewhere(located, text, context) {
    const { scheme, host, path, extra } = located;
    const isRepository = PATH.test(path) && !path.split('/').some(isDots);
    const url = `https://${host}/${path}`;
    if (extra)
        throw source_repository_corrected('the value contains a login, a query or a fragment', isRepository ? [url] : []);
    if (isRepository && (scheme === 'https' || scheme === 'http'))
        return `${scheme}://${host}/${path}`;
    if (isRepository && scheme !== 'none') {
        throw source_repository_corrected(`${(0,quoted/* quoted */.T)(text)} is not a URL with https://, as certificates contain it`, [url]);
    }
    if (isRepository && FORGES.includes(host)) {
        throw new value_error/* CorrectedValueError */.LB(`${(0,quoted/* quoted */.T)(text)} is not on this server, so it needs its scheme and its issuer`, [
            { input: source_repository_INPUT, value: url },
            { input: 'certificate-oidc-issuer', value: `https://${host}` },
        ]);
    }
    throw notRepository(text, context);
}
function notRepository(text, { serverUrl }) {
    const shown = (0,quoted/* quoted */.T)(text);
    const workflow = /^([\w-]+\/[\w.-]+)\/(\.github\/workflows\/[^@]+)(?:@(.+))?$/.exec(text);
    if (workflow?.[1] !== undefined && workflow[2] !== undefined) {
        return new value_error/* CorrectedValueError */.LB(`${shown} is a workflow file; the repository and the file are two inputs`, [
            { input: source_repository_INPUT, value: workflow[1] },
            { input: 'workflow', value: workflow[2] },
        ]);
    }
    const [, own, ref] = /^([\w-]+\/[\w.-]+)[@#]([\w./-]+)$/.exec(text) ?? [];
    if (own !== undefined && ref !== undefined && !/^(?:sha\d|[0-9a-f]{64}$)/.test(ref)) {
        return new value_error/* CorrectedValueError */.LB(`${shown} contains a ref, which belongs into source-ref`, [
            { input: source_repository_INPUT, value: own },
            { input: 'source-ref', value: ref.startsWith('refs/') ? ref : `refs/heads/${ref}` },
        ]);
    }
    if (/[,\s]/.test(text)) {
        return new value_error/* ListedValuesError */.i4(text, source_repository_INPUT, text.split(/[,\s]+/));
    }
    const owner = /^([A-Za-z0-9][A-Za-z0-9_-]*)(?:\/(?:\*{1,2})?)?$/.exec(text)?.[1];
    if (owner !== undefined) {
        return new value_error/* CorrectedValueError */.LB(`${shown} is not owner/name or the URL of a repository; for all repositories of an owner`, [{ input: 'claims', value: `source-repository-owner-uri=${serverUrl}/${owner}` }]);
    }
    if (!/^https?:/.test(text) && (/[:@]/.test(text) || HOST_LIKE.test(text) || text.split('/').length > 2)) {
        return new value_error/* ValueError */.Qp(`${shown} is a registry reference; give the repository that contains the source code and the workflow: owner/name`);
    }
    return new value_error/* ValueError */.Qp(`${shown} is not owner/name or the URL of a repository`);
}
function locate(text) {
    const url = /^(?:git\+)?(https?|ssh|git):\/\/([^/?#]*)\/([^?#]*)([?#].*)?$/i.exec(text);
    if (url !== null) {
        const [, written = '', authority = '', path = '', after = ''] = url;
        const scheme = (0,plain_text/* lowerAscii */.dq)(written);
        const at = authority.lastIndexOf('@');
        const user = at < 0 ? '' : authority.slice(0, at);
        const extra = after !== '' || (scheme === 'ssh' ? user.includes(':') : at >= 0);
        return place(scheme, { host: authority.slice(at + 1), path, extra });
    }
    const scp = /^[A-Za-z0-9._-]+@([^/:@\s]+):(?!\/\/)\/?(.+)$/.exec(text);
    if (scp !== null)
        return place('ssh', { host: scp[1] ?? '', path: scp[2] ?? '', extra: false });
    const bare = /^([^/@\s]+)\/([^@\s?#]+)([?#].*)?$/.exec(text);
    if (bare === null)
        return undefined;
    return place('none', { host: bare[1] ?? '', path: bare[2] ?? '', extra: bare[3] !== undefined });
}
function place(scheme, { host, path, extra }) {
    return HOST.test(host) ? { scheme, host: (0,plain_text/* lowerAscii */.dq)(host), path: withoutEnd(path), extra } : undefined;
}
function serverNamed({ scheme, host }, { serverUrl, issuer }) {
    const named = scheme === 'ssh' || scheme === 'git' ? host.replace(/:[0-9]+$/, '') : host;
    const servers = [serverUrl, serverOfIssuer(issuer)].filter((one) => one !== undefined);
    const own = servers.find((server) => {
        const there = server.replace(/^https?:\/\//, '');
        return (0,plain_text/* equalsIgnoringCase */.dc)(scheme === 'ssh' || scheme === 'git' ? there.replace(/:[0-9]+$/, '') : there, named);
    });
    return own ?? (GITHUB_ALIASES.includes(named.replace(/:443$/, '')) ? 'https://github.com' : undefined);
}
function withoutEnd(text) {
    return text.replace(/\/$/, '').replace(/\.git$/, '');
}
function isDots(segment) {
    return segment === '.' || segment === '..' || segment === '';
}
function source_repository_corrected(message, values) {
    return new value_error/* CorrectedValueError */.LB(message, values.map((value) => ({ input: source_repository_INPUT, value })));
}

;// CONCATENATED MODULE: ./.build/js/src/domain/identity/subject.js






const EXACT = 'certificate-identity';
const PATTERN = 'certificate-identity-regexp';
function parseSubject(value, serverUrl) {
    if (value.length > text_fault/* JUDGED_MAX_CHARS */.t)
        return value;
    const shown = (0,quoted/* quoted */.T)(value);
    const refuse = (what, ...right) => new value_error/* CorrectedValueError */.LB(`${shown} ${what}`, right);
    const exactly = (one) => ({ input: EXACT, value: one });
    if (/[,\s]\s*(?:https?:\/\/|[^\s,@/]+@[^\s,@/]+\.[^\s,@/]+$)/.test(value)) {
        throw new value_error/* ListedValuesError */.i4(value, EXACT, value.split(/[,\s]+/));
    }
    if (/^\^|\\[./]|\.\*|\.\+|\$$/.test(value)) {
        throw refuse(`is a regular expression, but is compared exactly; it belongs into ${PATTERN}`, {
            input: PATTERN,
            value,
        });
    }
    if (value.includes('*')) {
        throw refuse(`contains *, but is compared exactly; a pattern belongs into ${PATTERN}`, {
            input: PATTERN,
            value: patternOf(value),
        });
    }
    const servers = ['https://github.com', serverUrl];
    const bare = servers.find((server) => startsWith(value, `${server.replace(/^https?:\/\//, '')}/`));
    if (bare !== undefined)
        throw refuse('has no scheme', exactly(`${bare}${value.slice(value.indexOf('/'))}`));
    const server = servers.find((one) => startsWith(value, `${one}/`));
    if (server === undefined)
        return value;
    refuseWrongWorkflow(value, server);
    return value;
}
function refuseWrongWorkflow(value, server) {
    const shown = (0,quoted/* quoted */.T)(value);
    const rest = value.slice(server.length + 1);
    const at = rest.indexOf('@');
    const place = at < 0 ? rest : rest.slice(0, at);
    const [owner = '', name = '', ...path] = place.split('/');
    if (path.join('') === '') {
        throw new value_error/* CorrectedValueError */.LB(`${shown} is not the subject of a certificate, which names the workflow file and its ref`, owner !== '' && name !== '' ? [{ input: 'source-repository', value: `${owner}/${name}` }] : []);
    }
    if (!place.includes('/.github/workflows/') || /@(?:refs\/.|[0-9a-f]{40}$)/.test(value))
        return;
    const ref = at < 0 ? '' : rest.slice(at + 1);
    const refs = ref === '' || isFullRef(ref) ? ['refs/heads/main', 'refs/tags/v1'] : [`refs/tags/${ref}`, `refs/heads/${ref}`];
    if (/\s/.test(ref))
        throw new value_error/* ValueError */.Qp(`${shown} is not the subject of a workflow`);
    throw new value_error/* CorrectedValueError */.LB(`${shown} does not end in @ and a full ref (refs/… or 40 lower-case hex digits), as subjects of workflows do`, /^[0-9a-fA-F]{40}$/.test(ref)
        ? [{ input: EXACT, value: `${server}/${place}@${ref.toLowerCase()}` }]
        : refs.map((one) => ({ input: EXACT, value: `${server}/${place}@${one}` })));
}
function startsWith(value, prefix) {
    return value.toLowerCase().startsWith(prefix.toLowerCase());
}
function refuseEmptyPattern(value, input) {
    if (value.length > PATTERN_MAX_CHARS)
        return;
    const shown = (0,quoted/* quoted */.T)(value);
    const refuse = (what, ...right) => new value_error/* CorrectedValueError */.LB(`${shown} ${what}`, right.map((one) => ({ input, value: one })));
    const inner = /^\/(.+)\/[a-z]*$/.exec(value)?.[1];
    if (inner !== undefined)
        throw refuse('is written with the slashes of another language', inner.replaceAll('\\/', '/'));
    if (/[^\\]\/\*{1,2}(?=$|[@/])/.test(value) && !/[\\^$()|[\]+]|\.\*/.test(value)) {
        throw refuse('is a glob; in a regular expression, * repeats the character before it', patternOf(value));
    }
    if (anchorInMiddle(value))
        throw refuse('matches nothing, because text is before its ^ or after its $');
}
function anchorInMiddle(value) {
    if (value.includes('|') || value.includes('(?'))
        return false;
    const plain = value.replace(/\\./gs, 'x').replace(/\[\^?\]?[^\]]*\]/g, 'x');
    return /[A-Za-z0-9:/]\^/.test(plain) || /\$[A-Za-z0-9:/]/.test(plain);
}

;// CONCATENATED MODULE: ./.build/js/src/domain/identity/requirement.js













const NO_IDENTITY_INPUTS = {
    certificateIdentity: [],
    certificateIdentityRegexp: [],
    certificateOidcIssuer: [],
    certificateOidcIssuerRegexp: [],
    sourceRepository: [],
    workflow: [],
    sourceRef: [],
    signerWorkflow: [],
    claims: [],
    annotations: [],
    maxAgeMs: undefined,
    allowAnyIdentity: false,
};
function parseIdentityRequirement(inputs, context) {
    const problems = [];
    const { serverUrl, areCertified = false } = context;
    const read = (field, values, parse) => values.flatMap((value) => attempt(problems, { field, value, parse, areCertified }));
    const patterns = (field, values) => read(field, values, (value) => {
        if (context.parseRegexp === undefined)
            throw new TypeError('a pattern is given, but no parser for patterns');
        refuseEmptyPattern(value, field);
        return context.parseRegexp(value);
    });
    const issuers = withDefaultIssuer(inputs, context, read('certificate-oidc-issuer', inputs.certificateOidcIssuer, areCertified ? (value) => value : parseIssuer));
    const issuer = issuers.length === 1 ? issuers[0] : undefined;
    const claims = readClaims(read('claims', inputs.claims, (line) => parseClaimLine(line, { issuer, serverUrl })));
    const oneIssuer = inputs.certificateOidcIssuerRegexp.length === 0 || inputs.certificateOidcIssuer.length > 0;
    const hasOneIssuer = oneIssuer && inputs.certificateOidcIssuer.length <= 1;
    const namesSource = inputs.sourceRepository.length > 0 || (hasOneIssuer && SOURCE_CLAIMS.some((name) => claims.has(name)));
    const subjectGiven = inputs.certificateIdentity.length + inputs.certificateIdentityRegexp.length > 0;
    const requirement = {
        identities: [
            {
                issuers,
                issuerPatterns: patterns('certificate-oidc-issuer-regexp', inputs.certificateOidcIssuerRegexp),
                subjects: read('certificate-identity', inputs.certificateIdentity, (value) => areCertified ? value : parseSubject(value, serverUrl)),
                subjectPatterns: patterns('certificate-identity-regexp', inputs.certificateIdentityRegexp),
            },
        ],
        signerWorkflows: read('signer-workflow', inputs.signerWorkflow, (value) => parseSignerWorkflow(value, serverUrl, issuer)),
        sourceRepositories: read('source-repository', inputs.sourceRepository, (value) => parseSourceRepository(value, serverUrl, issuer)),
        workflows: read('workflow', inputs.workflow, (value) => parseWorkflowPath(value, issuer)),
        sourceRefs: read('source-ref', inputs.sourceRef, (value) => parseSourceRef(value, issuer)),
        claims,
        annotations: readAnnotations(read('annotations', inputs.annotations, signature_annotations/* parseAnnotationLine */.hR), problems),
        maxAgeMs: inputs.maxAgeMs,
        allowAnyIdentity: inputs.allowAnyIdentity,
        serverUrl,
        randomWord: context.randomWord,
    };
    if (!hasOneIssuer)
        problems.push(...rule2Problems(inputs));
    if (!inputs.allowAnyIdentity)
        problems.push(...matchAllProblems(requirement, context));
    const namesNobody = !subjectGiven && !namesSource;
    if (problems.length > 0)
        return { kind: 'invalid', problems: namesNobody ? [...problems, noSigner(inputs)] : problems };
    if (!namesNobody)
        return { kind: 'requirement', requirement };
    const { annotations, maxAgeMs } = requirement;
    return { kind: 'no-identity', problem: noSigner(inputs), conditions: { claims, annotations, maxAgeMs } };
}
const NAMES_ONLY = [
    'certificate-identity',
    'certificate-identity-regexp',
    'certificate-oidc-issuer',
    'certificate-oidc-issuer-regexp',
    'source-repository',
    'workflow',
    'source-ref',
    'signer-workflow',
];
function attempt(problems, { field, value, parse, areCertified }) {
    if (value.trim() === '') {
        problems.push({ kind: 'empty', field, of: undefined });
        return [];
    }
    const fault = NAMES_ONLY.includes(field) && !areCertified ? (0,text_fault/* findTextFault */.X)(value) : undefined;
    if (fault !== undefined) {
        const why = `${(0,quoted/* quoted */.T)(value)} ${fault.what}`;
        problems.push({ kind: 'unreadable', field, why, instead: [{ input: field, value: fault.right }], isList: false });
        return [];
    }
    try {
        return [parse(value)];
    }
    catch (error) {
        if (!(error instanceof value_error/* ValueError */.Qp))
            throw error;
        const instead = error instanceof value_error/* CorrectedValueError */.LB ? error.instead : [];
        const isList = error instanceof value_error/* ListedValuesError */.i4;
        problems.push(error instanceof value_error/* EmptyValueError */.Bd
            ? { kind: 'empty', field, of: error.of }
            : { kind: 'unreadable', field, why: error.message, instead, isList });
        return [];
    }
}
function readClaims(lines) {
    const rules = new Map();
    for (const { name, value } of lines)
        rules.set(name, [...(rules.get(name) ?? []), value]);
    return rules;
}
function readAnnotations(lines, problems) {
    const rules = new Map();
    for (const { key, value } of lines) {
        if (rules.has(key))
            problems.push({ kind: 'given-twice', field: 'annotations', key });
        rules.set(key, value);
    }
    return rules;
}
function withDefaultIssuer(inputs, context, given) {
    if (inputs.certificateOidcIssuer.length > 0 || inputs.certificateOidcIssuerRegexp.length > 0)
        return given;
    return [context.defaultIssuer];
}
function inputsThatNeedOneIssuer(inputs) {
    const needing = {
        'source-repository': inputs.sourceRepository,
        workflow: inputs.workflow,
        'source-ref': inputs.sourceRef,
        'signer-workflow': inputs.signerWorkflow,
    };
    return Object.keys(needing).filter((name) => (needing[name] ?? []).length > 0);
}
function rule2Problems(inputs) {
    return inputsThatNeedOneIssuer(inputs).map((field) => ({ kind: 'needs-one-issuer', field }));
}
function matchAllProblems({ identities }, { serverUrl, randomWord }) {
    const problem = (field, { source }) => ({
        kind: 'matches-anybody',
        field,
        pattern: source,
    });
    return identities.flatMap(({ subjectPatterns, issuerPatterns }) => [
        ...subjectPatterns
            .filter((pattern) => matchesAnySubject(pattern, serverUrl, randomWord))
            .map((pattern) => problem('certificate-identity-regexp', pattern)),
        ...issuerPatterns
            .filter((pattern) => matchesAnyIssuer(pattern, randomWord))
            .map((pattern) => problem('certificate-oidc-issuer-regexp', pattern)),
    ]);
}
function noSigner(inputs) {
    const narrowing = Object.entries({
        workflow: inputs.workflow,
        'source-ref': inputs.sourceRef,
        'signer-workflow': inputs.signerWorkflow,
        'certificate-oidc-issuer': inputs.certificateOidcIssuer,
        'certificate-oidc-issuer-regexp': inputs.certificateOidcIssuerRegexp,
        claims: inputs.claims,
        annotations: inputs.annotations,
    }).filter(([, values]) => values.length > 0);
    return { kind: 'no-signer', narrowing: narrowing.map(([name]) => name) };
}

;// CONCATENATED MODULE: ./.build/js/src/domain/identity/advice.js







function notesOnAcceptance(advised) {
    const { identity, requirement } = advised;
    const { claims, subject } = identity;
    const source = claims['source-repository-uri'];
    const claimed = claims['source-repository-ref'];
    const ref = claimed ?? claims['github-workflow-ref'] ?? refOfSubject(subject);
    const isCaller = source === undefined || isWorkflowOf(subject, source);
    const bound = requirement.sourceRefs.length > 0 ||
        requirement.claims.has('source-repository-ref') ||
        requirement.claims.has('github-workflow-ref') ||
        (requirement.subjects.includes(subject) && isCaller && refOfSubject(subject) === ref);
    if (ref === undefined || bound)
        return [];
    const said = 'any branch or tag of the source repository was accepted';
    const line = refLine(advised);
    if (line === undefined)
        return [said];
    const later = claimed !== undefined && line.startsWith('source-ref: ') ? laterTagsLine(advised, claimed) : undefined;
    return [
        `${said}; to accept only this one, add${toClaims(line, requirement)}: ${line}`,
        ...(later === undefined ? [] : [`to accept later tags like this one too, add instead: ${later}`]),
    ];
}
function refLine({ identity, requirement, accepts }) {
    const { claims } = identity;
    if (pullRefsOf(identity).length > 0)
        return undefined;
    const ref = claims['source-repository-ref'];
    if (ref !== undefined && requirement.issuers.length === 1 && isFullRef(ref) && !ref.includes('*')) {
        const line = (0,pasteable_line/* pasteableLine */.i)('source-ref', ref);
        if (line !== undefined && accepts({ sourceRefs: [parseGlob(ref)] }))
            return line;
    }
    const name = ref === undefined ? 'github-workflow-ref' : 'source-repository-ref';
    return claimLine(name, { identity, requirement, accepts });
}
function laterTagsLine({ accepts }, ref) {
    const later = laterTags(ref);
    if (later === undefined || !accepts({ sourceRefs: [parseGlob(later)] }))
        return undefined;
    return `source-ref: ${later}`;
}
function claimLine(name, { identity, requirement, accepts }, changes = {}) {
    const value = identity.claims[name];
    if (value === undefined || (0,pasteable_line/* pasteableLine */.i)('claims', `${name}=${value}`) === undefined)
        return undefined;
    const claims = new Map([...requirement.claims, [name, [value]]]);
    if (!accepts({ ...changes, claims }))
        return undefined;
    return requirement.claims.size > 0 ? `${name}=${value}` : (0,pasteable_line/* pasteableLine */.i)('claims', `${name}=${value}`);
}
function toClaims(line, { claims }) {
    return claims.size > 0 && !line.startsWith('source-ref: ') ? ' this line to claims' : '';
}
function adviceOnMismatch(advised) {
    const { identity, requirement, failed } = advised;
    const { allowAnyIdentity, randomWord } = requirement;
    return [
        ...patternAdvice(failed, {
            input: 'certificate-identity-regexp',
            patterns: requirement.subjectPatterns,
            value: identity.subject,
            isMatchAll: (pattern) => !allowAnyIdentity && isMatchAllForSubject(pattern, identity.subject, randomWord),
        }),
        ...patternAdvice(failed, {
            input: 'certificate-oidc-issuer-regexp',
            patterns: requirement.issuerPatterns,
            value: identity.issuer,
            isMatchAll: (pattern) => !allowAnyIdentity && isMatchAllForIssuer(pattern, identity.issuer, randomWord),
        }),
        ...(failed.has('certificate-identity') ? subjectAdvice(advised) : []),
        ...(failed.has('signer-workflow') ? signerWorkflowAdvice(advised) : []),
        ...(failed.has('certificate-oidc-issuer') ? issuerAdvice(advised) : []),
        ...spellingAdvice(advised),
        ...calledWorkflowAdvice(advised),
    ];
}
function patternAdvice(failed, { input, patterns, value, isMatchAll }) {
    if (!failed.has(input))
        return [];
    return patterns.flatMap((pattern) => {
        const shown = JSON.stringify(pattern.source);
        if (pattern.matches(value)) {
            return isMatchAll(pattern)
                ? [
                    `${input} ${shown} would also accept any other owner; name the owner in the pattern, or set allow-any-identity: true`,
                ]
                : [];
        }
        return pattern.findsIn(value)
            ? [
                `cosign would accept this value, because it searches for ${input} ${shown} anywhere in it; this action matches the whole value`,
            ]
            : [];
    });
}
function cure(advised, input, value, changes) {
    const line = (0,pasteable_line/* pasteableLine */.i)(input, value);
    const isOffered = line !== undefined && pullRefsOf(advised.identity).length === 0 && advised.accepts(changes);
    return isOffered ? `; write ${line}` : '';
}
function subjectAdvice(advised) {
    const { subject } = advised.identity;
    const exact = cure(advised, 'certificate-identity', subject, { subjects: [subject] });
    return advised.requirement.subjects.flatMap((wanted) => {
        if ((0,plain_text/* lowerAscii */.dq)(wanted) === (0,plain_text/* lowerAscii */.dq)(subject)) {
            return [
                `certificate-identity differs only in upper and lower case; subjects keep the spelling of the owner and are compared exactly${exact}`,
            ];
        }
        const at = wanted.lastIndexOf('@');
        const isShort = /^https?:.*\.ya?ml$/.test(wanted.slice(0, Math.max(at, 0))) && !isFullRef(wanted.slice(at + 1));
        if (!isShort || wanted.includes('@refs/') || refOfSubject(subject) === undefined)
            return [];
        const ref = wanted.slice(at + 1);
        const isThis = ['heads', 'tags'].some((kind) => subject === `${wanted.slice(0, at)}@refs/${kind}/${ref}`);
        return [`certificates contain full refs, never a short one such as @${ref}${isThis ? exact : ''}`];
    });
}
function signerWorkflowAdvice(advised) {
    const { subject, subjectKind } = advised.identity;
    if (subjectKind !== 'uri')
        return [];
    return advised.requirement.signerWorkflows.flatMap((wanted) => {
        const uri = parseWorkflowUri(subject, wanted.repository);
        if (uri?.path !== wanted.path || wanted.ref === undefined)
            return [];
        const place = wanted.source.slice(0, -`@${wanted.ref.source}`.length);
        const changed = { ...wanted, ref: { source: uri.ref, matches: (ref) => ref === uri.ref } };
        const line = uri.ref.includes('*')
            ? ''
            : cure(advised, 'signer-workflow', `${place}@${uri.ref}`, { signerWorkflows: [changed] });
        return [`signer-workflow matches except for its ref: the certificate has @${uri.ref}${line}`];
    });
}
const TENANT_ISSUERS = [
    [/^https:\/\/token\.actions\.githubusercontent\.com$/, 'a single enterprise'],
    [/^https:\/\/oidc\.circleci\.com(?:\/org)?$/, 'a single organization'],
];
function issuerAdvice(advised) {
    const { issuer, subjectKind } = advised.identity;
    const exact = cure(advised, 'certificate-oidc-issuer', issuer, { issuers: [issuer] });
    return advised.requirement.issuers.flatMap((wanted) => {
        if (wanted === `${issuer}/` || issuer === `${wanted}/`) {
            return [`certificate-oidc-issuer differs only in its final slash, and issuers are compared exactly${exact}`];
        }
        if (issuer.startsWith(`${wanted}/`)) {
            const whose = TENANT_ISSUERS.find(([form]) => form.test(wanted))?.[1];
            return [
                whose === undefined
                    ? `the issuer in the certificate continues after ${wanted}, and issuers are compared exactly${exact}`
                    : `the certificate has the issuer of ${whose}${exact}`,
            ];
        }
        if (wanted === 'https://oauth2.sigstore.dev/auth' && subjectKind === 'email') {
            return [`certificates of people name the login provider behind Sigstore${exact}`];
        }
        return [];
    });
}
function spelledPlainly(uri) {
    const place = uri.replace(/^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^@/]*@)?/i, '').replace(':', '/');
    return (0,plain_text/* lowerAscii */.dq)((0,plain_text/* trimEnd */.s8)(place, '/').replace(/\.git$/i, ''));
}
function spellingAdvice(advised) {
    const { identity, requirement, failed } = advised;
    const uri = identity.claims['source-repository-uri'];
    const ref = identity.claims['source-repository-ref'];
    const isRepository = uri !== undefined &&
        failed.has('source-repository') &&
        requirement.sourceRepositories.some((one) => spelledPlainly(one) === spelledPlainly(uri));
    const isRef = ref !== undefined &&
        !isFullRef(ref) &&
        failed.has('source-ref') &&
        ['heads', 'tags'].some((kind) => requirement.sourceRefs.some((one) => one.matches(`refs/${kind}/${ref}`)));
    const meant = [
        ...(isRepository ? [['source-repository-uri', 'source-repository', { sourceRepositories: [] }]] : []),
        ...(isRef ? [['source-repository-ref', 'source-ref', { sourceRefs: [] }]] : []),
    ].map(([name, input, change]) => [name, input, change]);
    const line = (name) => `${name}=${identity.claims[name] ?? ''}`;
    const changes = Object.assign({}, ...meant.map(([, , change]) => change));
    const claims = new Map([
        ...requirement.claims,
        ...meant.map(([name]) => [name, [identity.claims[name] ?? '']]),
    ]);
    const isOffered = meant.every(([name]) => (0,pasteable_line/* pasteableLine */.i)('claims', line(name)) !== undefined) &&
        advised.accepts({ ...changes, claims });
    return meant.map(([name, input]) => {
        const said = `this issuer spells the value of ${input} differently: the certificate has ${identity.claims[name]}`;
        return isOffered ? `${said}; instead of ${input}, write this line in claims: ${line(name)}` : said;
    });
}
function calledWorkflowAdvice({ identity, failed }) {
    const { issuer, subject, claims } = identity;
    if (!hasWorkflowSubject({ issuer, subject }))
        return [];
    const signer = repositoryOfSubject(subject);
    const source = claims['source-repository-uri'];
    if (signer === undefined || source === undefined || (0,plain_text/* equalsIgnoringCase */.dc)(signer, source))
        return [];
    const said = subject.startsWith(`${signer}//`)
        ? `the CI configuration of another project signed this: the subject is that configuration (of ${signer}), and the ` +
            `claims describe the project that was built (${source})`
        : `a reusable workflow signed this: the subject is the called workflow (of ${signer}), and the claims describe the ` +
            `caller (${source})`;
    return [
        failed.has(REPOSITORY_OF_SUBJECT)
            ? `${said}; name both: the signer with signer-workflow or certificate-identity, the source with source-repository`
            : said,
    ];
}

;// CONCATENATED MODULE: ./.build/js/src/domain/signature/refusal.js
const REFUSAL_REASONS = [
    'NO_SIGNATURE',
    'NO_ATTESTATION',
    'SIGNATURE_INVALID',
    'SUBJECT_DIGEST_MISMATCH',
    'CERTIFICATE_UNTRUSTED',
    'NOT_LOGGED',
    'TIMESTAMP_INVALID',
    'CERTIFICATE_EXPIRED',
    'ISSUER_MISMATCH',
    'IDENTITY_MISMATCH',
    'CLAIM_MISMATCH',
    'ANNOTATION_MISMATCH',
    'TOO_OLD',
    'ATTESTATION_MISMATCH',
    'POLICY_NO_MATCH',
    'POLICY_DENIED',
];
function refusalRank(reason) {
    return REFUSAL_REASONS.indexOf(reason);
}
function isRefusalReason(reason) {
    return REFUSAL_REASONS.includes(reason);
}

;// CONCATENATED MODULE: ./.build/js/src/domain/identity/evaluation.js

function needTimestamp(evaluation, { isTimestamped }) {
    if (evaluation.kind === 'mismatch' || isTimestamped === true)
        return evaluation;
    const expected = 'a timestamp of an authority of the trusted root';
    const findings = [{ field: 'rfc3161timestamp', expected, found: undefined, ok: false }];
    return { kind: 'mismatch', reason: 'TIMESTAMP_INVALID', findings, hints: [] };
}
function nearness({ reason, findings }) {
    const unmet = findings.filter((finding) => !finding.ok).length;
    return refusalRank(reason) - Math.min(unmet, 99) / 100;
}

;// CONCATENATED MODULE: ./.build/js/src/domain/identity/max-age.js


const CLOCK_SKEW_MS = 5 * 60_000;
function parseMaxAge(text) {
    const ms = parseDuration(text);
    if (ms === 0)
        throw new ValueError('is not longer than zero');
    return ms;
}
function tooOld(provenTimes, maxAgeMs, now) {
    const times = provenTimes.map((time) => time.getTime());
    const ageMs = now.getTime() - Math.min(...times);
    if (times.length === 0)
        return 'signed without a proven time';
    if (!(ageMs <= maxAgeMs))
        return `signed ${Math.round(ageMs / 60_000)} minutes ago`;
    if (Math.max(...times) > now.getTime() + CLOCK_SKEW_MS)
        return 'signed in the future according to the clock of this runner';
    return undefined;
}

;// CONCATENATED MODULE: ./.build/js/src/domain/identity/signer-evaluation.js









function evaluateSigner(facts, requirement, now) {
    assertPairsNameSigner(requirement);
    const { identities, ...rest } = requirement;
    return identities.map((pair) => evaluatePair(facts, { ...rest, ...pair }, now)).reduce(nearer);
}
function createSignerEvaluation(requirement) {
    if (requirement.annotations.size > 0 || requirement.maxAgeMs !== undefined) {
        return (facts, now) => evaluateSigner(facts, requirement, now);
    }
    const known = new WeakMap();
    return ({ identity }, now) => {
        const evaluation = known.get(identity) ?? evaluateSigner({ identity, annotations: {}, provenTimes: [] }, requirement, now);
        known.set(identity, evaluation);
        return evaluation;
    };
}
function nearer(one, other) {
    if (one.kind === 'accepted')
        return one;
    return other.kind === 'accepted' || nearness(other) > nearness(one) ? other : one;
}
function checkPair(facts, requirement, now) {
    return [
        { reason: 'ISSUER_MISMATCH', findings: checkIssuer(facts.identity, requirement) },
        { reason: 'IDENTITY_MISMATCH', findings: checkSubject(facts.identity, requirement) },
        { reason: 'CLAIM_MISMATCH', findings: checkClaims(facts.identity, requirement) },
        { reason: 'ANNOTATION_MISMATCH', findings: checkAnnotations(facts, requirement) },
        { reason: 'TOO_OLD', findings: checkAge(facts, requirement, now) },
    ];
}
function evaluatePair(facts, requirement, now) {
    const groups = checkPair(facts, requirement, now);
    const failed = groups.find(({ findings }) => findings.some(({ ok }) => !ok));
    const findings = groups.flatMap((group) => group.findings);
    const advised = {
        identity: facts.identity,
        requirement,
        failed: new Set(findings.filter(({ ok }) => !ok).map(({ field }) => field)),
        accepts: (changes) => checkPair(facts, { ...requirement, ...changes }, now).every((group) => group.findings.every(({ ok }) => ok)),
    };
    if (failed === undefined)
        return { kind: 'accepted', notes: notesOnAcceptance(advised) };
    return { kind: 'mismatch', reason: failed.reason, findings, hints: adviceOnMismatch(advised) };
}
function findingFor({ field, wanted, found, ok }) {
    return wanted.length === 0 ? [] : [{ field, expected: wanted.join(' or '), found, ok }];
}
const sources = (patterns) => patterns.map(({ source }) => source);
function checkIssuer({ issuer }, requirement) {
    const { issuers, issuerPatterns, allowAnyIdentity, randomWord } = requirement;
    const accepts = (pattern) => pattern.matches(issuer) && (allowAnyIdentity || !isMatchAllForIssuer(pattern, issuer, randomWord));
    return [
        ...findingFor({
            field: 'certificate-oidc-issuer',
            wanted: issuers,
            found: issuer,
            ok: issuers.includes(issuer),
        }),
        ...findingFor({
            field: 'certificate-oidc-issuer-regexp',
            wanted: sources(issuerPatterns),
            found: issuer,
            ok: issuerPatterns.some(accepts),
        }),
    ];
}
function checkSubject({ subject, subjectKind }, requirement) {
    const { subjects, subjectPatterns, signerWorkflows, allowAnyIdentity, randomWord } = requirement;
    const accepts = (pattern) => pattern.matches(subject) && (allowAnyIdentity || !isMatchAllForSubject(pattern, subject, randomWord));
    const isSigner = subjectKind === 'uri' && signerWorkflows.some((wanted) => isSignerWorkflow(subject, wanted));
    return [
        ...findingFor({
            field: 'certificate-identity',
            wanted: subjects,
            found: subject,
            ok: subjects.includes(subject),
        }),
        ...findingFor({
            field: 'certificate-identity-regexp',
            wanted: sources(subjectPatterns),
            found: subject,
            ok: subjectPatterns.some(accepts),
        }),
        ...findingFor({ field: 'signer-workflow', wanted: sources(signerWorkflows), found: subject, ok: isSigner }),
    ];
}
function checkClaims(identity, requirement) {
    const { sourceRepositories, workflows, sourceRefs, claims: wanted, serverUrl } = requirement;
    const { claims } = identity;
    const uri = claims['source-repository-uri'];
    const ref = claims['source-repository-ref'];
    const config = claims['build-config-uri'];
    const workflow = uri === undefined || config === undefined ? undefined : parseConfigUri(config, uri);
    const isSource = uri !== undefined && sourceRepositories.some((one) => (0,plain_text/* equalsIgnoringCase */.dc)(one, uri));
    const isWorkflow = workflow !== undefined && workflows.some((pattern) => pattern.matches(workflow.path));
    const isRef = ref !== undefined && sourceRefs.some((pattern) => pattern.matches(ref));
    const bothHalves = checkBothHalves(identity, requirement);
    return [
        ...findingFor({ field: 'source-repository', wanted: sourceRepositories, found: uri, ok: isSource }),
        ...findingFor({
            field: 'workflow',
            wanted: sources(workflows),
            found: workflow?.path ?? config,
            ok: isWorkflow,
        }),
        ...findingFor({ field: 'source-ref', wanted: sources(sourceRefs), found: ref, ok: isRef }),
        ...[...wanted].flatMap(([name, values]) => findingFor({
            field: `claims ${name}`,
            wanted: values,
            found: claims[name],
            ok: matchesClaim(claims, { name, values, serverUrl }),
        })),
        ...(bothHalves === undefined ? [] : [bothHalves]),
        ...checkPullRequestCode(identity, requirement),
    ];
}
function checkAnnotations({ annotations }, requirement) {
    return [...requirement.annotations].map(([key, expected]) => {
        const found = Object.hasOwn(annotations, key) ? annotations[key] : undefined;
        return { field: `annotations ${key}`, expected, found, ok: found === expected };
    });
}
function checkAge(facts, { maxAgeMs }, now) {
    if (maxAgeMs === undefined)
        return [];
    const problem = tooOld(facts.provenTimes, maxAgeMs, now);
    const found = problem ?? facts.provenTimes[0]?.toISOString();
    return [{ field: 'max-age', expected: `at most ${maxAgeMs / 60_000} minutes`, found, ok: problem === undefined }];
}

;// CONCATENATED MODULE: ./.build/js/src/domain/identity/pasteable-inputs.js








function pasteableInputs(facts, context) {
    const { identity } = facts;
    const { conditions = NO_CONDITIONS } = context;
    const refused = refusedByRule4(identity, conditions);
    if (refused.length > 0)
        return { lines: [], withheld: refused };
    const given = [...identityInputs(identity, context), ...conditionInputs(identity, conditions)];
    const merged = merge(given);
    const shown = merged.map((input) => [input, yamlOf(input)]);
    const withheld = shown
        .filter(([, lines]) => lines === undefined)
        .map(([{ name }]) => `${name}: a value contains characters that are not safe to paste`);
    if (withheld.length === 0)
        withheld.push(...whyRefused(merged, facts, context));
    if (withheld.length > 0)
        return { lines: [], withheld };
    const alternatives = merged.flatMap((input) => laterTagsInput(input, identity) ?? []);
    return {
        lines: [
            ...shown.flatMap(([, lines]) => lines ?? []),
            ...alternatives
                .filter((input) => accept(merged.map((one) => (one.name === input.name ? input : one)), facts, context))
                .flatMap((input) => (yamlWithGlob(input) ?? []).map((line) => `# for later tags too, write: ${line}`)),
        ],
        withheld,
    };
}
const NO_CONDITIONS = { claims: new Map(), annotations: new Map(), maxAgeMs: undefined };
function refusedByRule4(identity, { claims } = NO_CONDITIONS) {
    const [pull] = pullRefsOf(identity);
    const trigger = unnamedOutsiderTrigger(identity, claims);
    return [
        ...(pull === undefined
            ? []
            : [
                `this is pull-request code (${pull}), which is refused unless source-ref or certificate-identity spells out its ref`,
            ]),
        ...(trigger === undefined
            ? []
            : [
                `any account can cause the event that started the run (${trigger}), so it is refused unless a claims line names build-trigger`,
            ]),
    ];
}
const FIELDS = {
    'source-repository': 'sourceRepository',
    workflow: 'workflow',
    'source-ref': 'sourceRef',
    'signer-workflow': 'signerWorkflow',
    'certificate-identity': 'certificateIdentity',
    'certificate-oidc-issuer': 'certificateOidcIssuer',
    claims: 'claims',
    annotations: 'annotations',
};
function identityInputs(identity, context) {
    const { claims, issuer } = identity;
    const uri = claims['source-repository-uri'];
    const ref = claims['source-repository-ref'];
    const path = uri === undefined ? undefined : parseConfigUri(claims['build-config-uri'] ?? '', uri)?.path;
    const given = (name, value) => value === undefined || !isExpressed({ name, values: [value] }, identity, context)
        ? []
        : [{ name, values: [value] }];
    const claim = (name, old) => {
        const found = claims[name] === undefined ? old : name;
        return claims[found] === undefined ? [] : [{ name: 'claims', values: [`${found}=${claims[found]}`] }];
    };
    const repository = given('source-repository', uri === undefined ? undefined : shortest(uri, context.serverUrl));
    const workflow = given('workflow', path);
    const sourceRef = given('source-ref', ref);
    return [
        ...(repository.length > 0 ? repository : claim('source-repository-uri', 'github-workflow-repository')),
        ...workflow,
        ...(sourceRef.length > 0 ? sourceRef : claim('source-repository-ref', 'github-workflow-ref')),
        ...(workflow.length > 0 && isTopLevel(identity) ? [] : signerInput(identity, context)),
        ...(issuer === context.defaultIssuer ? [] : [{ name: 'certificate-oidc-issuer', values: [issuer] }]),
    ];
}
function isExpressed(given, identity, context) {
    const rest = [
        { name: 'certificate-identity', values: [identity.subject] },
        { name: 'certificate-oidc-issuer', values: [identity.issuer] },
    ];
    const evaluation = evaluate([given, ...rest], { identity }, context);
    if (evaluation === undefined)
        return false;
    return evaluation.kind === 'accepted' || evaluation.findings.every(({ field, ok }) => ok || field !== given.name);
}
function shortest(uri, serverUrl) {
    const name = uri.startsWith(`${serverUrl}/`) ? uri.slice(serverUrl.length + 1) : uri;
    return name.split('/').length === 2 ? name : uri;
}
function isTopLevel({ subject, subjectKind, claims }) {
    const uri = claims['source-repository-uri'];
    if (subjectKind !== 'uri' || uri === undefined || !isWorkflowOf(subject, uri))
        return false;
    const own = parseConfigUri(subject, uri);
    const config = parseConfigUri(claims['build-config-uri'] ?? '', uri);
    return own !== undefined && own.path === config?.path && own.ref === config.ref;
}
function signerInput(identity, context) {
    const { subject, claims } = identity;
    const { serverUrl } = context;
    const exact = { name: 'certificate-identity', values: [subject] };
    if (claims['source-repository-uri'] === undefined || !subject.startsWith(`${serverUrl}/`))
        return [exact];
    const signer = { name: 'signer-workflow', values: [subject.slice(serverUrl.length + 1)] };
    return refOfSubject(subject) !== undefined && isExpressed(signer, identity, context) ? [signer] : [exact];
}
const REPLACED = [
    ...SOURCE_CLAIMS,
    'source-repository-ref',
    'github-workflow-repository',
    'github-workflow-ref',
];
function conditionInputs({ claims }, asked) {
    const kept = [...asked.claims].filter(([name, values]) => !REPLACED.includes(name) || values.some((value) => value === claims[name]));
    const lines = kept.flatMap(([name, values]) => values.map((value) => `${name}=${value}`));
    const annotations = [...asked.annotations].map(([key, value]) => `${key}=${value}`);
    return [
        ...(lines.length > 0 ? [{ name: 'claims', values: lines, own: true }] : []),
        ...(annotations.length > 0 ? [{ name: 'annotations', values: annotations, own: true }] : []),
        ...(asked.maxAgeMs === undefined
            ? []
            : [{ name: 'max-age', values: [(0,duration/* formatDuration */.a)(asked.maxAgeMs)], own: true }]),
    ];
}
function merge(given) {
    const names = [...new Set(given.map(({ name }) => name))];
    return names.map((name) => {
        const same = given.filter((one) => one.name === name);
        const values = [...new Set(same.flatMap((one) => one.values))];
        return { name, values, own: same.every(({ own }) => own === true) };
    });
}
function yamlOf({ name, values, own = false }) {
    return (0,pasteable_line/* pasteableLines */.n)(name, values, { own });
}
function yamlWithGlob({ name, values }) {
    return values.every((value) => (0,pasteable_line/* pasteableLine */.i)(name, value.slice(0, -1)) !== undefined)
        ? values.map((value) => `${name}: ${value}`)
        : undefined;
}
function laterTagsInput({ name, values }, { claims }) {
    const [value] = values;
    const ref = claims['source-repository-ref'];
    if (value === undefined || ref === undefined)
        return undefined;
    const glob = laterTags(ref);
    if (glob === undefined)
        return undefined;
    if (name === 'source-ref')
        return { name, values: [glob] };
    const isSameTag = name === 'signer-workflow' && value.endsWith(`@${ref}`);
    return isSameTag ? { name, values: [`${value.slice(0, -ref.length)}${glob}`] } : undefined;
}
function openWithSubject(identity, context) {
    const { subject, issuer } = identity;
    if (refusedByRule4(identity).length > 0)
        return undefined;
    const given = [
        { name: 'certificate-identity', values: [subject] },
        { name: 'certificate-oidc-issuer', values: [issuer] },
    ];
    const evaluation = evaluate(given, { identity }, { ...context, areCertified: true });
    if (evaluation === undefined)
        return undefined;
    const unmet = evaluation.kind === 'accepted' ? [] : evaluation.findings.filter(({ ok }) => !ok);
    const gaps = unmet.flatMap(({ field }) => (field === REPOSITORY_OF_SUBJECT ? ['repository'] : []));
    return gaps.length === unmet.length ? gaps : undefined;
}
function accept(given, facts, context) {
    return evaluate(given, facts, context)?.kind === 'accepted';
}
const CONDITION = /^(?:claims |annotations |max-age$)/;
function whyRefused(given, facts, context) {
    const evaluation = evaluate(given, facts, context);
    if (evaluation?.kind === 'accepted')
        return [];
    const asked = (evaluation?.findings ?? []).filter(({ field, ok }) => !ok && CONDITION.test(field));
    if (asked.length === 0)
        return ['no inputs accept exactly what this certificate says'];
    return asked.map(({ field, expected, found }) => {
        const shown = found === undefined ? 'nothing' : JSON.stringify(found);
        return `${field}: the step asks for ${JSON.stringify(expected)}, and this signature has ${shown}`;
    });
}
function evaluate(given, { identity, annotations = {}, provenTimes = [] }, context) {
    const maxAgeMs = given.some(({ name }) => name === 'max-age') ? context.conditions?.maxAgeMs : undefined;
    const fields = given.flatMap(({ name, values }) => (name === 'max-age' ? [] : [[FIELDS[name], values]]));
    const inputs = { ...NO_IDENTITY_INPUTS, maxAgeMs, ...Object.fromEntries(fields) };
    const parsed = parseIdentityRequirement(inputs, { ...context, randomWord: 'unused', parseRegexp: undefined });
    if (parsed.kind !== 'requirement')
        return undefined;
    return evaluateSigner({ identity, annotations, provenTimes }, parsed.requirement, context.now ?? new Date(0));
}

;// CONCATENATED MODULE: ./.build/js/src/domain/policy/offered-policy.js



const REPOSITORIES_MAX = 5;
const SAFE = /^[A-Za-z0-9._:/@+=%#!-]+$/;
function offerPolicy({ identity, repositories, serverUrl, isPublic }) {
    const { subject, issuer } = identity;
    const reasons = refusedByRule4(identity);
    if (reasons.length > 0)
        return { kind: 'refused', reasons };
    if (![subject, issuer, ...repositories].every((text) => SAFE.test(text)))
        return { kind: 'unsafe' };
    const gaps = openWithSubject(identity, { serverUrl, defaultIssuer: (0,github_issuer/* githubIssuerOf */.Y7)(serverUrl) });
    if (gaps?.length !== 0)
        return { kind: 'ambiguous' };
    const shown = repositories.slice(0, REPOSITORIES_MAX);
    const later = laterTagsPattern(identity);
    const identityLines = [
        `- issuer: '${issuer}'`,
        `  subject: '${subject}'`,
        ...(later === undefined ? [] : [`# for later tags too, instead of subject: subjectRegExp: '${later}'`]),
    ];
    const clusterImagePolicy = clusterImagePolicyOf(identityLines, shown, isPublic);
    return { kind: 'offered', clusterImagePolicy, identityLines, later, repositories: shown };
}
function clusterImagePolicyOf(identity, repositories, isPublic) {
    const globs = repositories.map((name) => `${name.replace(/^docker\.io\//, 'index.docker.io/')}@*`);
    const lines = identity.map((line) => `${' '.repeat(10)}${line}`).join('\n');
    return `apiVersion: policy.sigstore.dev/v1beta1
kind: ClusterImagePolicy
metadata: { name: countersign }
spec:
  images:
${globs.map((glob) => `    - glob: '${glob}'`).join('\n')}
  authorities:
    - keyless:${isPublic ? '\n        url: https://fulcio.sigstore.dev' : ' # in a cluster, with trustRootRef'}
        identities:
${lines}${isPublic ? '\n      ctlog: { url: https://rekor.sigstore.dev }' : ''}`;
}

;// CONCATENATED MODULE: ./.build/js/src/report/paste-blocks.js




const IMAGES_SHOWN = 5;
const NOT_PASTABLE = 'The identity contains invisible characters, so no command is offered for pasting. See the results file for the full identity.';
function verifyStepBlock(options) {
    const { identity, serverUrl } = options;
    const inputs = pasteableInputs({ identity }, { serverUrl, defaultIssuer: (0,github_issuer/* githubIssuerOf */.Y7)(serverUrl) });
    const uses = (0,report_escape/* yamlScalar */.Ew)(`${options.actionRepository}/verify@${options.actionRef}`);
    const shown = options.images.slice(0, IMAGES_SHOWN);
    const images = shown.map(({ pinned }) => (0,report_escape/* yamlScalar */.Ew)(pinned));
    const stores = signatureRepositoryLines(shown);
    if (inputs.withheld.length > 0)
        return withheldText(inputs.withheld);
    if (uses === undefined || images.includes(undefined) || stores === undefined)
        return NOT_PASTABLE;
    const lines = [`- uses: ${uses}`, '  with:'];
    if (images.length === 1)
        lines.push(`    images: ${images[0]}`);
    else
        lines.push('    images: |', ...shown.map(({ pinned }) => `      ${pinned}`));
    lines.push(...inputs.lines.map((line) => `    ${line}`));
    const attestations = (options.attestations ?? []).map(report_escape/* yamlScalar */.Ew);
    if (attestations.includes(undefined))
        return NOT_PASTABLE;
    if (attestations.length > 0) {
        lines.push('    attestations: |', ...(options.attestations ?? []).map((line) => `      ${line}`));
    }
    if (options.isSigned === false)
        lines.push('    require-signature: false');
    if (options.trust === 'custom')
        lines.push('    trusted-root: trusted_root.json # the one used for signing');
    const visibility = identity.claims['source-repository-visibility-at-signing'] ?? '';
    if (options.trust === 'github' && !['private', 'internal'].includes(visibility))
        lines.push('    instance: github');
    lines.push(...stores.map((line) => `    ${line}`));
    return (0,report_escape/* markdownBlock */.dI)('yaml', lines.join('\n'));
}
const NAME = /^[A-Za-z0-9._:/=[\]-]+$/;
function signatureRepositoryLines(images) {
    const rules = [...new Set(images.flatMap(({ storeRules }) => storeRules))];
    const [only] = rules;
    if (only === undefined)
        return [];
    if (!rules.every((rule) => NAME.test(rule)))
        return undefined;
    if (rules.length === 1)
        return [`signature-repository: ${(0,report_escape/* yamlScalar */.Ew)(only)}`];
    return ['signature-repository: |', ...rules.map((rule) => `  ${rule}`)];
}
function offerBlock({ lines, withheld }) {
    return withheld.length > 0 ? withheldText(withheld) : markdownBlock('yaml', lines.join('\n'));
}
function gapsOf({ identity, serverUrl, }) {
    return openWithSubject(identity, { serverUrl, defaultIssuer: (0,github_issuer/* githubIssuerOf */.Y7)(serverUrl) });
}
function withheldText(reasons) {
    return ['Nothing is offered for pasting:', '', ...reasons.map((reason) => `- ${(0,report_escape/* markdownText */.p7)(reason)}`)].join('\n');
}
const COSIGN_FLAGS = {
    repository: ['--certificate-github-workflow-repository', 'github-workflow-repository'],
};
function cosignCommandBlock(options, predicateType) {
    const refused = refusedByRule4(options.identity);
    if (refused.length > 0)
        return withheldText(refused);
    const gaps = gapsOf(options)?.map((gap) => COSIGN_FLAGS[gap]);
    const values = gaps?.map(([, claim]) => options.identity.claims[claim]);
    if (gaps === undefined || values === undefined || values.includes(undefined)) {
        return withheldText(['cosign has no flag that distinguishes this signer from others with the same subject']);
    }
    const narrowing = gaps.flatMap(([flag, claim]) => {
        const value = (0,report_escape/* shellWord */.r7)(options.identity.claims[claim] ?? '');
        return value === undefined ? [] : [`  ${flag} ${value}`];
    });
    if (narrowing.length < gaps.length)
        return NOT_PASTABLE;
    const subject = (0,report_escape/* shellWord */.r7)(options.identity.subject);
    const issuer = (0,report_escape/* shellWord */.r7)(options.identity.issuer);
    const type = predicateType === undefined ? undefined : (0,report_escape/* shellWord */.r7)(predicateType);
    if (subject === undefined || issuer === undefined)
        return NOT_PASTABLE;
    if (predicateType !== undefined && type === undefined)
        return NOT_PASTABLE;
    const verb = type === undefined ? 'verify' : `verify-attestation --type ${type}`;
    const flags = [`  --certificate-identity ${subject}`, `  --certificate-oidc-issuer ${issuer}`, ...narrowing];
    if (options.trust !== 'public-good')
        flags.push('  --trusted-root trusted_root.json');
    if (options.trust === 'github')
        flags.push('  --insecure-ignore-tlog --insecure-ignore-sct --use-signed-timestamps');
    const shown = options.images.slice(0, IMAGES_SHOWN);
    const commands = [...new Set(shown.map(({ store }) => store))].map((store) => {
        const repository = store === undefined ? undefined : (0,report_escape/* shellWord */.r7)(store);
        const images = shown.filter((image) => image.store === store).map(({ pinned }) => (0,report_escape/* shellWord */.r7)(pinned));
        if (images.includes(undefined) || (store !== undefined && repository === undefined))
            return undefined;
        const command = `${repository === undefined ? '' : `COSIGN_REPOSITORY=${repository} `}cosign ${verb}`;
        return [command, ...flags, ...images.map((image) => `  ${image}`)].join(' \\\n');
    });
    if (commands.includes(undefined))
        return NOT_PASTABLE;
    const later = laterTagsPattern(options.identity);
    const pattern = later === undefined ? undefined : (0,report_escape/* shellWord */.r7)(later);
    const comment = pattern === undefined
        ? []
        : [`# for later tags too, instead of --certificate-identity: --certificate-identity-regexp ${pattern}`];
    return (0,report_escape/* markdownBlock */.dI)('sh', [...commands, ...comment].join('\n'));
}

;// CONCATENATED MODULE: ./.build/js/src/report/admission-policies.js



const SUBJECT_IS_NOT_ENOUGH = 'No policy is offered: these controllers compare only the subject, and others can sign with the same subject ' +
    '(anyone who uses the same workflow or configuration of another repository).';
const NOT_SAFE = 'No policy is offered: the subject, the issuer or the name of an image contains characters that a policy could misread.';
function offeredPolicies(options) {
    const images = options.images.filter(({ store }) => store === undefined);
    const repositories = [...new Set(images.map(({ pinned }) => pinned.split('@')[0] ?? ''))];
    if (repositories.length === 0)
        return undefined;
    const { identity, serverUrl } = options;
    const isPublic = options.trust === 'public-good';
    const offer = offerPolicy({ identity, repositories, serverUrl, isPublic });
    switch (offer.kind) {
        case 'refused':
            return withheldText(offer.reasons);
        case 'unsafe':
            return NOT_SAFE;
        case 'ambiguous':
            return SUBJECT_IS_NOT_ENOUGH;
        case 'offered':
            break;
    }
    const { issuer, subject } = identity;
    const { clusterImagePolicy, identityLines, later, repositories: shown } = offer;
    return {
        clusterImagePolicy,
        kyverno: isPublic ? kyvernoPolicy(identityLines, shown) : undefined,
        flux: isPublic ? fluxVerify({ issuer, subject, later }, shown) : undefined,
    };
}
function admissionPolicyBlocks(options) {
    if (options.trust !== 'public-good')
        return [];
    const offered = offeredPolicies(options);
    if (offered === undefined)
        return [];
    if (typeof offered === 'string')
        return [offered];
    return policyBlocks(offered, options.format);
}
function policyBlocks({ clusterImagePolicy: own, kyverno, flux }, format) {
    const isBundle = format === 'bundle';
    return [
        ...(kyverno === undefined || format === 'legacy' ? [] : ['Kyverno 1.17 or newer:', (0,report_escape/* markdownBlock */.dI)('yaml', kyverno)]),
        ...(flux === undefined
            ? []
            : [`Flux${isBundle ? ' 2.8 or newer' : ''}, for charts and manifests:`, (0,report_escape/* markdownBlock */.dI)('yaml', flux)]),
        isBundle ? 'The gate (input `policy`):' : 'Sigstore policy-controller, and the gate (input `policy`):',
        (0,report_escape/* markdownBlock */.dI)('yaml', own),
        ...(isBundle
            ? ['The Sigstore policy-controller reads image signatures only from the `.sig` tag. Use `format: both`.']
            : []),
    ];
}
function indented(lines, width) {
    return lines.map((line) => `${' '.repeat(width)}${line}`).join('\n');
}
function podNames(repository) {
    const [, hub] = /^docker\.io\/(.+)$/.exec(repository) ?? [];
    const [, official] = /^library\/(.+)$/.exec(hub ?? '') ?? [];
    return [
        repository,
        ...(hub === undefined ? [] : [hub, `index.docker.io/${hub}`]),
        ...(official === undefined ? [] : [official, `docker.io/${official}`]),
    ];
}
function kyvernoPolicy(identity, repositories) {
    const globs = repositories.flatMap(podNames).flatMap((name) => [name, `${name}:*`, `${name}@*`]);
    return `apiVersion: policies.kyverno.io/v1
kind: ImageValidatingPolicy
metadata: { name: countersign }
spec:
  failurePolicy: Fail
  validationActions: [Deny]
  matchConstraints:
    resourceRules:
      - { apiGroups: [''], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [pods] }
  matchImageReferences: # compared with the image as the pod names it
${globs.map((glob) => `    - glob: '${glob}'`).join('\n')}
  attestors:
    - name: workflow
      cosign:
        keyless:
          identities:
${indented(identity, 12)}
        ctlog: { url: https://rekor.sigstore.dev }
  validations: # the same for images.initContainers, where pods have them
    - expression: images.containers.map(image, verifyImageSignatures(image, [attestors.workflow])).all(n, n > 0)
      message: not signed by the expected workflow`;
}
function fluxVerify({ issuer, subject, later }, repositories) {
    const exactly = (text) => `^${text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')}$`;
    return `# spec of an OCIRepository, or of a HelmRepository of type oci, with one of these urls:
${repositories.map((name) => `#   oci://${name}`).join('\n')}
verify:
  provider: cosign
  matchOIDCIdentity:
    - issuer: '${exactly(issuer)}'
      subject: '${exactly(subject)}'${later === undefined ? '' : `\n      # for later tags too: subject: '${later}'`}`;
}

;// CONCATENATED MODULE: ./.build/js/src/report/sign-attestations.js




const ROWS_OPEN = 25;
const ROWS_MAX = 300;
const TYPES_MAX = 5;
const sign_attestations_IMAGES_SHOWN = 5;
const COLUMNS = ['Image', 'Attestation', '', 'Log entry', 'Signed at'];
function attestedTable({ images, upload }) {
    const rows = images.flatMap((image) => (image.result.attestations ?? []).map((one) => attestedRow(image, one, upload)));
    if (rows.length === 0)
        return [];
    const table = tableOf(COLUMNS, rows.slice(0, ROWS_MAX));
    const left = rows.length > ROWS_MAX ? [`…and ${rows.length - ROWS_MAX} more attestations in the results file.`] : [];
    return rows.length <= ROWS_OPEN ? [table] : [folded(`${rows.length} attestations`, table, ...left)];
}
function attestedRow({ result, tags }, one, upload) {
    const platform = one.platform === undefined ? '' : `<br><sub>${codeCell(one.platform)}</sub>`;
    const state = one.written === true ? '✅ new' : upload ? '☑️ already there' : 'not uploaded';
    return [
        `${codeCell(shortName(result, tags))}${platform}`,
        codeCell(one.predicateType),
        `${state}: ${one.format}${one.github === undefined ? '' : `<br>${(0,report_escape/* markdownLink */.iQ)(`GitHub ${one.github.id}`, one.github.url)}`}`,
        logCell(one.log),
        timeCell(one.signedAt),
    ];
}
function gateLine(predicateType) {
    if (predicateType === predicate_types/* SLSA_PROVENANCE_V1 */.us)
        return 'provenance';
    if ((0,predicate_types/* isSlsaProvenance */.bR)(predicateType))
        return undefined;
    return (0,predicate_types/* isSpdx */.QE)(predicateType) || (0,predicate_types/* isCycloneDx */.KF)(predicateType) ? 'sbom' : predicateType;
}
function gateLines(images) {
    const [first = [], ...others] = images.map(({ attestations = [] }) => attestations.filter(({ platform }) => platform === undefined).map(({ predicateType }) => predicateType));
    const shared = first.filter((type) => others.every((types) => types.includes(type)));
    return [...new Set(shared.map(gateLine))].filter((line) => line !== undefined);
}
function attestationCommands(options, images) {
    const byType = new Map();
    for (const image of images) {
        for (const { predicateType, platform } of image.attestations ?? []) {
            const reference = referenceOf(image, platform);
            if (reference === undefined)
                continue;
            const references = byType.get(predicateType) ?? [];
            if (!references.includes(reference))
                references.push(reference);
            byType.set(predicateType, references);
        }
    }
    const isBundle = images.some(({ attestations = [] }) => attestations.some(({ format }) => format === 'bundle'));
    const blocks = [...byType].slice(0, TYPES_MAX).flatMap(([type, references]) => {
        const shown = { ...options, images: references.slice(0, sign_attestations_IMAGES_SHOWN).map((one) => pastedAs(one, options)) };
        return [
            (0,report_escape/* markdownCode */.D9)(type),
            cosignCommandBlock(shown, type),
            ...(isBundle && shown.images[0]?.store === undefined ? [ghCommandBlock(shown, type)] : []),
        ];
    });
    if (blocks.length === 0)
        return [];
    const more = byType.size > TYPES_MAX ? [`…and ${byType.size - TYPES_MAX} more types.`] : [];
    return [folded('Verify the attestations on the command line', ...blocks, ...more)];
}
function pastedAs(pinned, { images }) {
    const repositoryOf = (reference) => reference.split('@')[0];
    const known = images.find((image) => repositoryOf(image.pinned) === repositoryOf(pinned));
    return { pinned, store: known?.store, storeRules: known?.storeRules ?? [] };
}
function referenceOf(image, platform) {
    if (platform === undefined)
        return image.resolved ?? undefined;
    const child = image.platforms?.find((one) => one.platform === platform);
    return child === undefined || image.repository === null ? undefined : `${image.repository}@${child.digest}`;
}
function ghCommandBlock(options, predicateType) {
    const repository = /^https:\/\/[^/]+\/([^/]+\/[^/]+)$/.exec(options.identity.claims['source-repository-uri'] ?? '')?.[1];
    const [image] = options.images;
    if (repository === undefined || image === undefined) {
        return 'gh needs the repository of the workflow, which this certificate does not name.';
    }
    const words = [`oci://${image.pinned}`, repository, predicateType, options.identity.subject, options.identity.issuer];
    const [reference, repo, type, subject, issuer] = words.map(report_escape/* shellWord */.r7);
    if ([reference, repo, type, subject, issuer].includes(undefined))
        return NOT_PASTABLE;
    const lines = [
        `gh attestation verify ${reference}`,
        `  --bundle-from-oci --repo ${repo}`,
        `  --predicate-type ${type}`,
        `  --cert-identity ${subject}`,
        `  --cert-oidc-issuer ${issuer}`,
    ];
    if (options.trust === 'custom')
        lines.push('  --custom-trusted-root trusted_root.jsonl');
    return (0,report_escape/* markdownBlock */.dI)('sh', lines.join(' \\\n'));
}

;// CONCATENATED MODULE: ./.build/js/src/report/signer-rows.js



function signerRows(claims, serverUrl) {
    const repository = claims['source-repository-uri'];
    const rows = [
        ['Repository', repository && linked(repository, repository, serverUrl)],
        ['Workflow', workflow(claims)],
        ['Branch or tag', claims['source-repository-ref'] && codeCell(claims['source-repository-ref'])],
        ['Commit', commit(claims, serverUrl)],
        ['Run', run(claims, serverUrl)],
        ['Environment', claims['deployment-environment'] && codeCell(claims['deployment-environment'])],
    ];
    return rows.flatMap(([name, value]) => (value ? [[name, value]] : []));
}
function linked(text, url, serverUrl) {
    const shown = text.startsWith(`${serverUrl}/`) ? text.slice(serverUrl.length + 1) : text;
    return url.startsWith(`${serverUrl}/`) ? (0,report_escape/* markdownLink */.iQ)(codeCell(shown), url) : codeCell(text);
}
function workflow(claims) {
    const config = claims['build-config-uri'];
    if (config === undefined)
        return undefined;
    const path = parseConfigUri(config, claims['source-repository-uri'] ?? '')?.path;
    return codeCell(path ?? config);
}
function commit(claims, serverUrl) {
    const sha = claims['source-repository-digest'];
    if (sha === undefined)
        return undefined;
    const repository = claims['source-repository-uri'];
    return repository === undefined ? codeCell(sha) : linked(sha, `${repository}/commit/${sha}`, serverUrl);
}
function run(claims, serverUrl) {
    const url = claims['run-invocation-uri'];
    if (url === undefined)
        return undefined;
    const [, id, attempt] = /\/actions\/runs\/(\d+)\/attempts\/(\d+)$/.exec(url) ?? [];
    const shown = id === undefined ? url : `${id}, attempt ${attempt}`;
    const details = [
        claims['build-trigger'] && `on ${codeCell(claims['build-trigger'])}`,
        claims['runner-environment'] && `runner ${codeCell(claims['runner-environment'])}`,
    ].filter(Boolean);
    const page = url.startsWith(`${serverUrl}/`) ? (0,report_escape/* markdownLink */.iQ)(codeCell(shown), url) : codeCell(url);
    return [page, ...details].join(', ');
}

;// CONCATENATED MODULE: ./.build/js/src/report/sign-summary.js







const sign_summary_ROWS_OPEN = 25;
const sign_summary_ROWS_MAX = 300;
const ERRORS_MAX = 5;
const ENTRIES_SHOWN = 3;
function signSummary(report) {
    const { errors, identity, action } = report;
    const results = report.images.map(({ result }) => result);
    const isDone = results.length > 0 && results.every(({ verdict }) => verdict === 'pass');
    const parts = [heading(report), ...warningList(report.warnings)];
    if (identity !== undefined && isDone)
        parts.push(byline(identity, results));
    parts.push(...errors.slice(0, ERRORS_MAX).map((error) => (0,error_text/* errorSection */.K6)(error, action.troubleshootingUrl)));
    if (errors.length > ERRORS_MAX)
        parts.push(`…and ${errors.length - ERRORS_MAX} more errors in the log.`);
    parts.push(...imageTables(report), ...attestedTable(report), ...skippedList(report.skipped));
    if (identity !== undefined && errors.length === 0) {
        parts.push(...pinnedReferences(results), ...signedBy(report, identity), ...checkSection(report, identity));
    }
    else if (identity !== undefined && results.some(({ verdict }) => verdict === 'pass')) {
        parts.push(byline(identity, results), ...signedBy(report, identity));
    }
    return `${parts.join('\n\n')}\n`;
}
function heading({ images, errors, upload }) {
    const done = images.map(({ result }) => result).filter((image) => image.verdict === 'pass');
    const failed = images.length - done.length;
    if (images.length === 0)
        return '## ❌ Nothing was signed';
    if (done.length === 0)
        return `## ❌ Not signed: ${named(images)}`;
    if (failed > 0)
        return `## ❌ Not signed: ${failed} of ${countOf(images.length, 'image')}`;
    if (errors.length > 0)
        return '## ❌ Nothing was signed';
    const fresh = done.filter(({ signatures, attestations = [] }) => [...signatures, ...attestations].some(isNew)).length;
    const [verb, participle] = isAttestedOnly(done) ? ['Attested', 'attested'] : ['Signed', 'signed'];
    if (!upload)
        return `## ✅ ${verb} ${named(images)}, not uploaded`;
    if (fresh === 0)
        return `## ✅ ${named(images)} ${images.length === 1 ? 'was' : 'were'} already ${participle}`;
    if (fresh === images.length)
        return `## ✅ ${verb} ${named(images)}`;
    return `## ✅ ${verb} ${countOf(fresh, 'image')}; ${images.length - fresh} already ${participle}`;
}
function isAttestedOnly(images) {
    return images.length > 0 && images.every((one) => one.signatures.length === 0 && one.attestations !== undefined);
}
function named(images) {
    const [first] = images;
    return images.length === 1 && first !== undefined
        ? (0,report_escape/* markdownCode */.D9)(shortName(first.result, first.tags))
        : countOf(images.length, 'image');
}
function isNew(signature) {
    return signature.written === true;
}
function byline(identity, results) {
    const logs = new Set(results.flatMap(({ signatures, attestations = [] }) => [...signatures, ...attestations].flatMap(({ log }) => (log === null ? [] : [log.url]))));
    const shown = [...logs].slice(0, ENTRIES_SHOWN).map((url) => (0,report_escape/* markdownCode */.D9)(logName(url)));
    const recorded = shown.length === 0
        ? 'Not recorded in a transparency log.'
        : `Recorded in the ${logs.has(PUBLIC_LOG) ? 'public ' : ''}log ${shown.join(', ')}.`;
    return `By ${(0,report_escape/* markdownCode */.D9)(identity.subject)} (issuer ${(0,report_escape/* markdownCode */.D9)(identity.issuer)}). ${recorded}`;
}
const sign_summary_COLUMNS = ['Image', 'Signature', 'Log entry', 'Signed at'];
function imageTables(report) {
    const { images } = report;
    if (images.length === 0)
        return [];
    const rows = images
        .toSorted((a, b) => Number(a.result.verdict === 'pass') - Number(b.result.verdict === 'pass'))
        .slice(0, sign_summary_ROWS_MAX)
        .map((image) => imageRow(image, report.action.troubleshootingUrl));
    const left = images.length > sign_summary_ROWS_MAX ? [`…and ${images.length - sign_summary_ROWS_MAX} more images in the results file.`] : [];
    if (rows.length <= sign_summary_ROWS_OPEN)
        return [tableOf(sign_summary_COLUMNS, rows)];
    return [
        tableOf(sign_summary_COLUMNS, rows.slice(0, sign_summary_ROWS_OPEN)),
        folded(`${images.length - sign_summary_ROWS_OPEN} more images`, tableOf(sign_summary_COLUMNS, rows.slice(sign_summary_ROWS_OPEN)), ...left),
    ];
}
function imageRow({ result: image, tags, store }, troubleshootingUrl) {
    const name = imageCell(image, tags);
    const elsewhere = store === undefined ? '' : `<br><sub>stored in ${codeCell(store)}</sub>`;
    if (image.verdict !== 'pass') {
        const why = image.reason === null ? image.verdict : (0,error_text/* reasonLink */.NW)(image.reason, troubleshootingUrl);
        return [name, `❌ ${why}`, '–', '–'];
    }
    const { signatures } = image;
    const entries = signatures.slice(0, ENTRIES_SHOWN).map(({ log }) => logCell(log));
    if (signatures.length > ENTRIES_SHOWN)
        entries.push(`+${signatures.length - ENTRIES_SHOWN}`);
    return [
        name,
        `${signatureCell(image)}${elsewhere}`,
        entries.join('<br>') || '–',
        timeCell(signatures[0]?.signedAt ?? null),
    ];
}
function signatureCell(image) {
    const formats = (wanted) => [
        ...new Set(image.signatures.filter((one) => isNew(one) === wanted).map((one) => one.format)),
    ];
    const made = formats(true);
    const found = formats(false);
    const lines = [
        ...(made.length > 0 ? [`✅ new: ${made.join(', ')}`] : []),
        ...(found.length > 0 ? [`☑️ already signed: ${found.join(', ')}`] : []),
        ...(image.platforms === undefined
            ? []
            : [`<sub>and ${countOf(image.platforms.length, 'platform')}: ${platformCells(image.platforms)}</sub>`]),
    ];
    return lines.join('<br>') || (isAttestedOnly([image]) ? 'none' : '✅ done');
}
function warningList(warnings) {
    return warnings.length === 0 ? [] : [warnings.map((warning) => `- ⚠️ ${(0,report_escape/* markdownProse */.h$)(warning)}`).join('\n')];
}
function skippedList(skipped) {
    if (skipped.length === 0)
        return [];
    const lines = skipped.slice(0, sign_summary_ROWS_MAX).map((line) => `- ${(0,report_escape/* markdownText */.p7)(line)}`);
    return lines.length <= sign_summary_ROWS_OPEN
        ? [lines.join('\n')]
        : [folded(`${lines.length} entries were skipped`, lines.join('\n'))];
}
function pinnedReferences(results) {
    const pinned = results.flatMap((image) => (image.resolved === null ? [] : [image.resolved]));
    if (pinned.length === 0)
        return [];
    const block = (0,report_escape/* markdownBlock */.dI)('text', pinned.slice(0, sign_summary_ROWS_MAX).join('\n'));
    return pinned.length <= 3 ? ['Deploy by digest:', block] : [folded('Deploy by digest', block)];
}
function signedBy({ serverUrl }, { claims }) {
    const rows = signerRows(claims, serverUrl);
    return rows.length === 0 ? [] : [tableOf(['Who signed', ''], rows)];
}
const READERS = {
    bundle: {
        by: 'cosign 3 (2.6 with `--new-bundle-format`), Flux 2.8, Kyverno 1.17 (ImageValidatingPolicy), Countersign',
        notBy: 'policy-controller, podman, Harbor, gh',
    },
    legacy: { by: 'cosign 2 and 3, Flux, Kyverno, policy-controller, podman, Harbor, Countersign', notBy: 'gh' },
};
const ATTESTATION_READERS = {
    bundle: {
        by: 'cosign 3 and 2.6, gh (`--bundle-from-oci`), policy-controller (`signatureFormat: bundle`), Kyverno, Countersign',
        notBy: 'cosign before 2.6, slsa-verifier',
    },
    legacy: {
        by: 'cosign before 2.6 (later only where the image has no bundle), policy-controller, Kyverno, Countersign',
        notBy: 'gh, slsa-verifier',
    },
};
function readableBy({ images, format, trust }) {
    const formats = format === 'both' ? ['bundle', 'legacy'] : [format];
    const rows = formats.map((one) => {
        const { by, notBy } = READERS[one];
        return [one === 'bundle' ? 'Sigstore bundle' : 'legacy `.sig` tag', by, notBy];
    });
    if (images.some(({ result }) => result.attestations !== undefined)) {
        rows.push(...formats.map((one) => {
            const { by, notBy } = ATTESTATION_READERS[one];
            return [one === 'bundle' ? 'attestation as bundle' : 'attestation under the `.att` tag', by, notBy];
        }));
    }
    const limits = {
        'public-good': [],
        github: ["Verifiers other than Countersign need GitHub's trusted root and must not require a log entry."],
        custom: ['Every verifier needs the trusted root that was used for signing.'],
    }[trust];
    return [tableOf(['Format', 'Readable by', 'Not readable by'], rows), ...limits].join('\n\n');
}
function checkSection(report, identity) {
    const images = report.images.flatMap(({ result: { resolved }, store, storeRules }) => resolved === null ? [] : [{ pinned: resolved, store, storeRules }]);
    const readers = folded('Who can read these signatures', readableBy(report));
    if (images.length === 0 || !report.upload)
        return [readers];
    const subjectKind = /^[a-z][a-z0-9+.-]*:\/\//i.test(identity.subject)
        ? 'uri'
        : identity.subject.includes('@')
            ? 'email'
            : 'other';
    const options = {
        identity: { ...identity, subjectKind },
        serverUrl: report.serverUrl,
        images,
        actionRepository: report.action.repository,
        actionRef: report.action.ref,
        trust: report.trust,
    };
    const results = report.images.map(({ result }) => result);
    const isSigned = !isAttestedOnly(results);
    const attestations = gateLines(results);
    const step = folded('Verify in a workflow', verifyStepBlock({ ...options, isSigned, attestations }));
    const commands = attestationCommands(options, results);
    if (!isSigned)
        return [step, ...commands, readers];
    const policies = admissionPolicyBlocks({ ...options, format: report.format });
    return [
        step,
        folded('Verify on the command line', cosignCommandBlock(options)),
        ...commands,
        ...(policies.length === 0 ? [] : [folded('Verify in a cluster', ...policies)]),
        readers,
    ];
}

;// CONCATENATED MODULE: ./.build/js/src/report/dry-run.js




const SHOWN_CLAIMS = [
    ['source-repository-uri', 'repository'],
    ['source-repository-ref', 'branch or tag'],
    ['source-repository-digest', 'commit'],
    ['build-config-uri', 'workflow'],
    ['run-invocation-uri', 'run'],
    ['build-trigger', 'event'],
    ['runner-environment', 'runner'],
    ['deployment-environment', 'environment'],
];
const STORE_UNCHECKED = "They would also be added to GitHub's attestation store. Whether the job may do that (`attestations: write`) cannot be checked beforehand.";
function dryRunLines(report) {
    const images = report.results.images.map(({ reference, digest, verdict, reason, message }, index) => verdict === 'pass'
        ? `${reference}: would be ${report.signs ? 'signed' : 'attested'} as ${digest}${storedIn(report.stores[index])}`
        : `${reference}: ${reason === 'IMAGE_NOT_FOUND' ? 'not in the registry yet' : reason}: ${message}`);
    const heading = report.isPublic
        ? 'Signing would permanently publish:'
        : 'Signing would reveal to everyone who can read the signature:';
    return [
        'Dry run: nothing is signed.',
        ...images,
        ...report.attestations.map((one) => `Would attest ${attestationText(one)}`),
        ...(report.storesAtGithub ? [STORE_UNCHECKED] : []),
        `Signer: ${report.identity.subject} (issuer ${report.identity.issuer})`,
        `Hosts: ${report.hosts.join(', ')}`,
        heading,
        ...revealed(report).map(([name, value]) => `  ${name}: ${value}`),
    ];
}
function dryRunSummary(report) {
    const { images } = report.results;
    const ready = images.filter(({ verdict }) => verdict === 'pass').length;
    const count = ready === images.length ? countOf(images.length, 'image') : `${ready} of ${countOf(images.length, 'image')}`;
    const rows = images.map(({ reference, reason, message }, index) => [
        codeCell(reference),
        reason === null
            ? `✅ would be ${report.signs ? 'signed' : 'attested'}${storedIn(report.stores[index], codeCell)}`
            : `❗ ${(0,error_text/* reasonLink */.NW)(reason, report.troubleshootingUrl)}<br>${(0,report_escape/* markdownProse */.h$)(message)}`,
    ]);
    const shown = revealed(report).map(([name, value]) => [name, codeCell(value)]);
    const heading = report.isPublic ? 'Would be permanently public' : 'The signature would reveal';
    const hosts = report.hosts.slice(0, HOSTS_MAX).map((host) => `- ${(0,report_escape/* markdownCode */.D9)(host)}`);
    return [
        `## Dry run: nothing was signed; ${count} would be`,
        ...warningList(report.warnings),
        tableOf(['Image', 'Outcome'], rows.slice(0, dry_run_ROWS_MAX)),
        ...(rows.length > dry_run_ROWS_MAX ? [`…and ${rows.length - dry_run_ROWS_MAX} more images in the results file.`] : []),
        ...attestationList(report),
        ...(report.storesAtGithub ? [STORE_UNCHECKED] : []),
        tableOf([heading, ''], shown.slice(0, dry_run_ROWS_MAX)),
        folded('Hosts that this configuration contacts', hosts.join('\n')),
        '',
    ].join('\n\n');
}
function storedIn(store, quote = (text) => text) {
    return store === undefined ? '' : `, signature in ${quote(store)}`;
}
function attestationText({ reference, platform, predicateType, size }) {
    const of = platform === undefined ? reference : `${platform} of ${reference}`;
    return `${predicateType} about ${of} (${size} bytes)`;
}
function attestationList({ attestations }) {
    if (attestations.length === 0)
        return [];
    const lines = attestations.slice(0, dry_run_ROWS_MAX).map((one) => `- ${(0,report_escape/* markdownProse */.h$)(attestationText(one))}`);
    const more = attestations.length - lines.length;
    return [['Attestations:', '', ...lines, ...(more > 0 ? [`- …and ${more} more`] : [])].join('\n')];
}
const dry_run_ROWS_MAX = 300;
const HOSTS_MAX = 100;
function revealed(report) {
    const claims = SHOWN_CLAIMS.flatMap(([claim, name]) => {
        const value = report.identity.claims[claim];
        return value === undefined ? [] : [[name, value]];
    });
    const digests = report.results.images.flatMap(({ digest }) => (digest === null ? [] : [digest]));
    return [
        ['signer', report.identity.subject],
        ...claims,
        ...digests.map((digest) => ['image digest', digest]),
    ];
}

;// CONCATENATED MODULE: ./.build/js/src/report/results.js

const OUTPUT_MAX_BYTES = 100_000;
function resultsOutput(results) {
    const whole = fits(JSON.stringify(results)) ? (0,report_escape/* jsonOutput */.W3)(results) : undefined;
    if (whole !== undefined && fits(whole))
        return whole;
    const images = results.images.map(({ reference, resolved, verdict, reason }) => ({
        reference,
        resolved,
        verdict,
        reason,
    }));
    const write = (kept) => (0,report_escape/* jsonOutput */.W3)({ schemaVersion: results.schemaVersion, verified: results.verified, truncated: true, images: kept });
    const short = write(images);
    if (fits(short))
        return short;
    const byNeed = [...images.keys()].sort((a, b) => needOf(images[a]?.verdict) - needOf(images[b]?.verdict) || a - b);
    let room = OUTPUT_MAX_BYTES - write([]).length;
    const kept = new Set();
    for (const index of byNeed) {
        room -= (0,report_escape/* jsonOutput */.W3)(images[index]).length + 1;
        if (room < 0)
            break;
        kept.add(index);
    }
    return write(images.filter((_, index) => kept.has(index)));
}
function needOf(verdict) {
    return verdict === 'pass' ? 1 : 0;
}
function fits(json) {
    return json.length <= OUTPUT_MAX_BYTES;
}
function resultsFile(results) {
    return `${JSON.stringify(results, null, 2)}\n`;
}
function identityOutput(name, value) {
    if ((0,report_escape/* isPlainOutput */.OH)(value))
        return { value, notice: undefined };
    const notice = `The output ${name} stays empty because the value contains characters that a shell or YAML could misread. ` +
        'The results output has the value with those characters escaped as \\uXXXX.';
    return { value: '', notice };
}

;// CONCATENATED MODULE: ./.build/js/src/report/log-names.js

function platformsOf({ platforms = [] }, done) {
    const names = [...new Set(platforms.map(({ platform }) => platform))];
    const shown = names.slice(0, log_names_PLATFORMS_SHOWN).join(', ');
    const more = names.length > log_names_PLATFORMS_SHOWN ? ` and ${names.length - log_names_PLATFORMS_SHOWN} more` : '';
    return names.length === 0 ? '' : `; ${countOf(platforms.length, 'platform')} ${done}: ${shown}${more}`;
}
const log_names_PLATFORMS_SHOWN = 20;
function nameOf(image, tags) {
    const { checked, unchecked } = tagsOf(image, tags);
    if (image.resolved === null)
        return image.reference;
    const parts = [
        ...(checked.length === 0 ? [] : [`${checked.length === 1 ? 'tag' : 'tags'} ${checked.join(', ')}`]),
        ...(unchecked.length === 0
            ? []
            : [`${unchecked.length === 1 ? 'tag' : 'tags'} not checked: ${unchecked.join(', ')}`]),
    ];
    return parts.length === 0 ? image.resolved : `${image.resolved} (${parts.join('; ')})`;
}

;// CONCATENATED MODULE: ./.build/js/src/report/sign-log-lines.js

function signLogLines(images) {
    return images.flatMap((one) => [signLogLine(one), ...attestationLogLines(one)]);
}
function attestationLogLines({ result: image, tags }) {
    return (image.attestations ?? []).map(({ predicateType, platform, format, log, signedAt, written }) => {
        const details = [
            format,
            ...(log === null ? [] : [`entry ${log.index} in ${log.url}`]),
            ...(signedAt === null ? [] : [signedAt]),
        ];
        const name = nameOf(image, tags);
        const of = platform === undefined ? name : `${platform} of ${name}`;
        return `${written === true ? 'attested' : 'not added'} ${predicateType} about ${of} (${details.join(', ')})`;
    });
}
function signLogLine({ result: image, tags, store }) {
    const where = store === undefined ? '' : `, stored in ${store}`;
    const name = nameOf(image, tags);
    const [message = ''] = image.message.split('\n');
    if (image.verdict !== 'pass')
        return `NOT SIGNED ${name}: ${image.reason ?? image.verdict}: ${message}`;
    if (image.signatures.length === 0)
        return `done ${name}: ${message}`;
    const isNew = image.signatures.some(({ written }) => written === true);
    const each = image.signatures.map(({ format, log, signedAt, written }) => [
        format,
        ...(isNew && written !== true ? ['already signed'] : []),
        ...(log === null ? [] : [`entry ${log.index} in ${log.url}`]),
        ...(signedAt === null ? [] : [signedAt]),
    ].join(', '));
    return `${isNew ? 'signed' : message} ${name} (${each.join('; ')})${where}${platformsOf(image, 'signed')}`;
}

;// CONCATENATED MODULE: ./.build/js/src/report/skipped-entries.js
const LINES_MAX = 50;
function skippedEntryLines(results) {
    const lines = results.images.flatMap(({ reference, skipped = [] }) => skipped.map(({ platform, digest, mediaType }) => `${reference} lists ${digest} (${platform}, ${mediaType}), which was skipped because it is neither an image nor an index`));
    if (lines.length <= LINES_MAX)
        return lines;
    return [...lines.slice(0, LINES_MAX), `…and ${lines.length - LINES_MAX} more skipped entries in the results file.`];
}

// EXTERNAL MODULE: ./.build/js/src/usecases/signing/preflight.js
var preflight = __webpack_require__(1757);
// EXTERNAL MODULE: ./.build/js/src/usecases/signing/sign-images.js + 1 modules
var sign_images = __webpack_require__(6898);
// EXTERNAL MODULE: ./.build/js/src/domain/image/digest.js
var digest = __webpack_require__(3258);
// EXTERNAL MODULE: ./.build/js/src/domain/image/reference.js
var reference = __webpack_require__(5273);
// EXTERNAL MODULE: ./.build/js/src/domain/image/source.js
var source = __webpack_require__(4691);
// EXTERNAL MODULE: ./.build/js/src/usecases/examining/skipped-results.js
var skipped_results = __webpack_require__(5314);
;// CONCATENATED MODULE: ./.build/js/src/usecases/signing/sign-results.js





function signResults(outcome, annotations) {
    const images = outcome.images.map((one) => signedResult(one, annotations));
    return { schemaVersion: 2, verified: images.length > 0 && images.every((one) => one.verdict === 'pass'), images };
}
function signedResult(one, annotations) {
    const failure = (0,sign_images/* failureOf */.g5)(one);
    const { first, image } = one;
    const platforms = platformResults(one);
    return {
        reference: first.original,
        resolved: image === undefined ? null : (0,reference/* formatPinned */.y6)(image.repository, image.digest),
        repository: (0,reference/* formatRepository */.Sh)(first.repository),
        tag: first.tag ?? null,
        digest: image?.digest ?? first.digest ?? null,
        verdict: failure === undefined ? 'pass' : 'error',
        reason: failure?.reason ?? null,
        message: failure?.error.message ?? doneMessage(one),
        sources: (0,source/* distinctSources */.x)((image?.references ?? [first]).flatMap((reference) => reference.sources)),
        signatures: one.outcomes
            .filter(({ task }) => task.platform === undefined && task.attestation === undefined)
            .flatMap((one) => signatureResult(one, annotations)),
        ...attestationResults(one),
        ...(platforms.length === 0 ? {} : { platforms }),
        ...(0,skipped_results/* skippedResults */.N)(image),
    };
}
function doneMessage(one) {
    const signatures = one.outcomes.filter(({ task }) => task.attestation === undefined);
    const attestations = one.outcomes.filter(({ task }) => task.attestation !== undefined);
    const parts = [
        ...(signatures.length === 0 ? [] : [doneText(signatures, SIGNATURES)]),
        ...(attestations.length === 0 ? [] : [doneText(attestations, ATTESTATIONS)]),
    ];
    return parts.join('; ');
}
const SIGNATURES = {
    done: 'signed',
    before: 'already signed with the same identity and annotations',
    noun: 'signatures',
};
const ATTESTATIONS = {
    done: 'attested',
    before: 'already attested with the same identity and content',
    noun: 'attestations',
};
function doneText(outcomes, words) {
    const made = outcomes.filter((outcome) => outcome.kind === 'signed').length;
    const present = outcomes.length - made;
    if (made === 0)
        return words.before;
    return present === 0 ? words.done : `${words.done}; ${present} of ${outcomes.length} ${words.noun} already existed`;
}
function attestationResults(one) {
    const outcomes = one.outcomes.filter(({ task }) => task.attestation !== undefined);
    if (outcomes.length === 0)
        return {};
    const attestations = outcomes.flatMap((outcome) => signatureResult(outcome, {}).map((result) => ({
        ...result,
        predicateType: outcome.task.attestation?.predicateType ?? '',
        requirement: null,
        statementPath: null,
        ...(outcome.kind === 'failed' || outcome.github === undefined ? {} : { github: outcome.github }),
        ...(outcome.task.platform === undefined ? {} : { platform: outcome.task.platform }),
    })));
    return { attestations };
}
function platformResults(one) {
    return (one.image?.platforms ?? []).map(({ platform, digest }) => {
        const mine = one.outcomes.filter((outcome) => outcome.task.digest === digest && outcome.task.platform !== undefined);
        const failed = mine.find((outcome) => outcome.kind === 'failed');
        const error = failed?.kind === 'failed' ? failed.error : one.error;
        const done = error === undefined && mine.length > 0;
        return {
            platform,
            digest,
            verdict: done ? 'pass' : 'error',
            reason: error?.code ?? (done ? null : 'INTERNAL_ERROR'),
        };
    });
}
function signatureResult(outcome, annotations) {
    switch (outcome.kind) {
        case 'failed':
            return [];
        case 'present': {
            const { facts, candidate } = outcome.own;
            return [
                {
                    format: candidate.format,
                    digest: candidate.digest,
                    verdict: 'accepted',
                    reason: null,
                    issuer: facts.identity.issuer,
                    subject: facts.identity.subject,
                    claims: { ...facts.identity.claims },
                    annotations: { ...facts.annotations },
                    signedAt: facts.provenTimes[0]?.toISOString() ?? null,
                    log: facts.log === undefined ? null : { url: facts.log.url, index: facts.log.index },
                    written: false,
                },
            ];
        }
        case 'signed': {
            const { made, task, storedAs } = outcome;
            return [
                {
                    format: task.format,
                    digest: storedAs ?? (0,digest/* digestOf */.ol)(made.bundle),
                    verdict: 'accepted',
                    reason: null,
                    issuer: made.identity.issuer,
                    subject: made.identity.subject,
                    claims: { ...made.identity.claims },
                    annotations: { ...annotations },
                    signedAt: made.signedAt.toISOString(),
                    log: made.log ?? null,
                    written: storedAs !== undefined,
                },
            ];
        }
    }
}

// EXTERNAL MODULE: ./.build/js/src/entries/action/inputs/run-files.js
var run_files = __webpack_require__(5468);
;// CONCATENATED MODULE: ./.build/js/src/entries/action/named-tags.js
function namedTags(references) {
    return references.flatMap(({ tag, digest }) => tag === undefined ? [] : [{ name: tag, isChecked: digest === undefined }]);
}

;// CONCATENATED MODULE: ./.build/js/src/report/concealed-results.js
function concealedResults(results, conceal) {
    const once = eachOnce(conceal);
    return { ...results, images: results.images.map((image) => concealedImage(image, once)) };
}
function eachOnce(conceal) {
    const known = new Map();
    return (text) => {
        const concealed = known.get(text) ?? conceal(text);
        known.set(text, concealed);
        return concealed;
    };
}
function concealedImage(image, conceal) {
    const { message, sources, policies, signatures, attestations, platforms } = image;
    return {
        ...image,
        message: conceal(message),
        sources: sources.map((source) => concealedSource(source, conceal)),
        ...(policies === undefined ? {} : { policies: policies.map((policy) => concealedPolicy(policy, conceal)) }),
        signatures: signatures.map((signature) => concealedSignature(signature, conceal)),
        ...(attestations === undefined
            ? {}
            : { attestations: attestations.map((attestation) => concealedAttestation(attestation, conceal)) }),
        ...(platforms === undefined ? {} : { platforms: platforms.map((one) => concealedPlatform(one, conceal)) }),
    };
}
function concealedSource({ file, object, field, ...place }, conceal) {
    return {
        ...place,
        file: conceal(file),
        ...(object === undefined ? {} : { object: conceal(object) }),
        ...(field === undefined ? {} : { field: conceal(field) }),
    };
}
function concealedPolicy({ name, authority, message, ...policy }, conceal) {
    return {
        ...policy,
        name: conceal(name),
        authority: conceal(authority),
        message: conceal(message),
    };
}
function concealedPlatform(platform, conceal) {
    return { ...platform, platform: conceal(platform.platform) };
}
function concealedAttestation(attestation, conceal) {
    const { predicateType, platform, format } = attestation;
    return {
        ...attestation,
        ...concealedSignature({ ...attestation, format: 'bundle' }, conceal),
        format,
        predicateType: conceal(predicateType),
        ...(platform === undefined ? {} : { platform: conceal(platform) }),
    };
}
function concealedSignature(signature, conceal) {
    const { issuer, subject, claims, annotations, log, message } = signature;
    return {
        ...signature,
        issuer: issuer === null ? null : conceal(issuer),
        subject: subject === null ? null : conceal(subject),
        claims: concealedMap(claims, conceal),
        annotations: concealedMap(annotations, conceal),
        log: log === null ? null : { ...log, url: conceal(log.url) },
        ...(message === undefined ? {} : { message: conceal(message) }),
    };
}
function concealedMap(map, conceal) {
    return Object.fromEntries(Object.entries(map).map(([key, value]) => [conceal(key), conceal(value)]));
}

// EXTERNAL MODULE: ./.build/js/src/entries/inputs/read-value.js + 1 modules
var read_value = __webpack_require__(5338);
// EXTERNAL MODULE: ./.build/js/src/entries/action/confined-files.js
var confined_files = __webpack_require__(3147);
;// CONCATENATED MODULE: ./.build/js/src/entries/action/publish-results.js




async function publishResults(run, results, paths) {
    const shown = concealedResults(results, run.conceal);
    run.setOutput('results', resultsOutput(shown));
    let failure;
    for (const path of paths) {
        try {
            await (0,confined_files/* writeConfined */.ic)(run, path, resultsFile(shown));
            run.setOutput('report-path', path);
            return;
        }
        catch (error) {
            failure = error;
        }
    }
    throw failure;
}
async function publishNoResults(run, paths) {
    const results = { schemaVersion: 2, verified: false, images: [] };
    try {
        await publishResults(run, results, paths);
    }
    catch (error) {
        run.log.warning(`the results file could not be written: ${String(error)}`);
    }
}
function wantsSummary(run) {
    return (0,read_value/* readBoolean */.Vf)((0,read_value/* quietReading */.rP)(run), 'summary', true);
}

// EXTERNAL MODULE: ./.build/js/src/entries/action/report-failure.js
var report_failure = __webpack_require__(6716);
// EXTERNAL MODULE: ./.build/js/src/entries/sign/bundle-directory.js
var bundle_directory = __webpack_require__(5034);
;// CONCATENATED MODULE: ./.build/js/src/entries/sign/publish.js



















async function publishSign(run, request, outcome) {
    const results = signResults(outcome, request.annotations);
    const bundles = await (0,bundle_directory/* writeBundles */.B)(run, request, outcome);
    await publishResults(run, results, [request.reportPath]);
    const done = results.images.filter((image) => image.verdict === 'pass');
    run.setOutput('images', done.map((image) => image.resolved ?? '').join('\n'));
    run.setOutput('digests', done.map((image) => image.digest ?? '').join('\n'));
    if (outcome.identity !== undefined && done.length > 0) {
        for (const name of ['issuer', 'subject']) {
            const { value, notice } = identityOutput(name, outcome.identity[name]);
            run.setOutput(name, value);
            if (notice !== undefined)
                run.annotate({ level: 'notice', title: 'Countersign', message: notice });
        }
    }
    run.setOutput('bundle-paths', bundles.paths.join('\n'));
    const stored = storedAtGithub(outcome);
    run.setOutput('attestation-ids', stored.map(({ id }) => id).join('\n'));
    run.setOutput('attestation-urls', stored.map(({ url }) => url).join('\n'));
    for (const { url } of stored)
        run.log.info(`In GitHub's attestation store: ${url}`);
    const reports = imageReports(request, outcome);
    for (const line of [...signLogLines(reports), ...skippedEntryLines(results)])
        run.log.info(line);
    for (const warning of warnings(outcome))
        run.annotate({ level: 'warning', title: 'Countersign', message: warning });
    await writeSummary(run, request, outcome);
    if (bundles.failure !== undefined)
        (0,report_failure/* reportFailure */.xV)(run, bundles.failure);
    for (const error of distinctFailures(outcome))
        (0,report_failure/* reportFailure */.xV)(run, error);
}
function storedAtGithub({ images }) {
    const stored = images.flatMap(({ outcomes }) => outcomes.flatMap((one) => (one.kind === 'failed' || one.github === undefined ? [] : [one.github])));
    return [...new Map(stored.map((one) => [one.id, one])).values()];
}
async function publishStopped(run, error) {
    await publishNoResults(run, [(0,external_node_path_.join)((0,run_files/* stepDirectory */.iN)(run, 'sign'), 'results.json')]);
    if (!wantsSummary(run))
        return;
    const markdown = signSummary({
        images: [],
        identity: undefined,
        serverUrl: run.context.serverUrl,
        format: 'bundle',
        upload: true,
        trust: 'public-good',
        skipped: [],
        warnings: [],
        errors: [error],
        action: (0,report_failure/* actionNames */.Bk)(run),
    });
    await appendSummary(run, markdown);
}
async function writeSummary(run, request, outcome) {
    if (!request.summary)
        return;
    const { trust, format, upload, skipped } = request;
    const results = signResults(outcome, request.annotations);
    const markdown = signSummary({
        images: imageReports(request, outcome),
        identity: outcome.identity,
        format,
        upload,
        serverUrl: run.context.serverUrl,
        trust: trust.kind !== 'instance' ? 'custom' : trust.instance === 'github' ? 'github' : 'public-good',
        skipped: [...skipped, ...skippedEntryLines(results)],
        warnings: request.warnings,
        errors: distinctFailures(outcome),
        action: (0,report_failure/* actionNames */.Bk)(run),
    });
    await appendSummary(run, markdown);
}
function storeOf({ network, upload }, image) {
    const rules = upload ? network.signatureRepositories : [];
    return {
        store: (0,signature_repositories/* signaturesElsewhere */.Wl)(rules, image),
        storeRules: rules.filter((rule) => (0,signature_repositories/* isAbout */.KH)(rule, image)).map(signature_repositories/* formatRule */.UT),
    };
}
async function appendSummary(run, markdown) {
    await run.appendSummary(cutMarkdown(markdown, job_summary/* SUMMARY_MAX_BYTES */.eR, (part) => Buffer.byteLength(part)));
}
function imageReports(request, outcome) {
    return outcome.images.map((one) => ({
        result: signedResult(one, request.annotations),
        tags: namedTags(one.image?.references ?? [one.first]),
        ...storeOf(request, one.first.repository),
    }));
}
function distinctFailures(outcome) {
    const seen = new Map();
    for (const image of outcome.images) {
        const error = (0,sign_images/* failureOf */.g5)(image)?.error;
        if (error === undefined || seen.has(error.message))
            continue;
        const { code, message, hint, cause } = error;
        const reference = image.first.original;
        const named = message.includes(reference) ? message : `${reference}: ${message}`;
        seen.set(message, new coded_error/* CodedError */.AK(code, named, { hint, cause }));
    }
    return [...seen.values()];
}
function warnings(outcome) {
    const ofRegistry = outcome.images.flatMap((image) => image.outcomes.flatMap((one) => (one.kind === 'signed' ? one.warnings : [])));
    return [...outcome.warnings, ...readByLog(outcome), ...ofRegistry];
}
function readByLog({ made }) {
    const logs = new Set(made.flatMap(({ task: { attestation }, made: { isReadByLog, log } }) => attestation !== undefined && attestation.predicateType !== predicate_types/* SLSA_PROVENANCE_V1 */.us && isReadByLog && log !== undefined
        ? [log.url]
        : []));
    return [...logs].map((url) => `The log ${url} (Rekor v1) received the attestations as a whole. Its operator can read them, SBOMs included; the log itself publishes only their hashes.`);
}
async function publishDryRun(run, request, { found, hosts }) {
    const results = (0,preflight/* preflightResults */.Wf)(found);
    await publishResults(run, results, [request.reportPath]);
    const report = {
        results,
        stores: found.images.map(({ resolution }) => storeOf(request, resolution.image.first.repository).store),
        identity: found.identity,
        hosts,
        signs: found.signs,
        storesAtGithub: request.attestations?.github === true,
        attestations: found.images.flatMap(({ attestations }) => attestations.map(({ image, platform, attestation: { predicateType, size } }) => {
            const reference = image.first.original;
            return { reference, platform, predicateType, size };
        })),
        isPublic: request.trust.kind !== 'instance' || request.trust.instance !== 'github',
        warnings: request.warnings,
        troubleshootingUrl: (0,report_failure/* actionNames */.Bk)(run).troubleshootingUrl,
    };
    for (const line of [...dryRunLines(report), ...skippedEntryLines(results)])
        run.log.info(line);
    if (request.summary)
        await appendSummary(run, dryRunSummary(report));
    for (const warning of found.warnings)
        run.annotate({ level: 'warning', title: 'Countersign', message: warning });
    for (const error of (0,preflight/* preflightFailures */.Zl)(found))
        (0,report_failure/* reportFailure */.xV)(run, error);
}


/***/ })

};
