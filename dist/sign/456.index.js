export const id = 456;
export const ids = [456];
export const modules = {

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

/***/ 9456:
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
// EXTERNAL MODULE: ./.build/js/src/domain/image/reference.js
var reference = __webpack_require__(5273);
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
function isTagUnchecked({ tag, reference }) {
    return tag !== null && reference.includes('@');
}
function shortName(image) {
    if (image.repository === null)
        return image.reference;
    return image.tag === null || isTagUnchecked(image) ? image.repository : `${image.repository}:${image.tag}`;
}
const SIGN = String.raw `(?:[\w.:,/…→’-]|&#\d+;)`;
const BREAKABLE = new RegExp(String.raw `${SIGN}{12,31}?(?:/(?=[\w.])|\.(?=\w{5}))|${SIGN}{32}(?=${SIGN})`, 'g');
function codeCell(text) {
    return `<code>${(0,report_escape/* markdownText */.p7)(text).replace(BREAKABLE, '$&<wbr>')}</code>`;
}
const TAGS_SHOWN = 5;
function imageCell(image, tags = []) {
    const others = [...new Set(tags)].filter((tag) => tag !== image.tag);
    const shown = others.slice(0, TAGS_SHOWN).map((tag) => codeCell(`:${tag}`));
    const left = others.length > TAGS_SHOWN ? [`+${others.length - TAGS_SHOWN}`] : [];
    const name = [codeCell(shortName(image)), ...shown, ...left].join(' ');
    const label = isTagUnchecked(image) ? `, tag ${codeCell(`:${image.tag}`)} not checked` : '';
    return `${name}<br><sub>${digestStart(image.digest)}${label}</sub>`;
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

// EXTERNAL MODULE: ./.build/js/src/report/error-text.js
var error_text = __webpack_require__(4620);
// EXTERNAL MODULE: ./.build/js/src/domain/identity/github-issuer.js
var github_issuer = __webpack_require__(7188);
// EXTERNAL MODULE: ./.build/js/src/domain/signature/claims.js
var claims = __webpack_require__(9282);
// EXTERNAL MODULE: ./.build/js/src/domain/text/key-value.js
var key_value = __webpack_require__(791);
// EXTERNAL MODULE: ./.build/js/src/domain/text/plain-text.js
var plain_text = __webpack_require__(2606);
// EXTERNAL MODULE: ./.build/js/src/domain/text/value-error.js
var value_error = __webpack_require__(9354);
;// CONCATENATED MODULE: ./.build/js/src/domain/identity/claim-rules.js




const SOURCE_CLAIMS = [
    'source-repository-uri',
    'source-repository-identifier',
    'source-repository-owner-uri',
    'source-repository-owner-identifier',
];
const OWNER_URIS = ['source-repository-uri', 'source-repository-owner-uri'];
function parseClaimLine(line) {
    const pair = (0,key_value/* splitKeyValue */.p)(line);
    if (pair === undefined)
        throw new value_error/* ValueError */.Q(`${JSON.stringify(line)} is not name=value`);
    const { key: name, value } = pair;
    if (!(0,claims/* isClaimName */.qU)(name)) {
        throw new value_error/* ValueError */.Q(`${JSON.stringify(name)} is not a claim; the claims are: ${Object.values(claims/* CLAIM_NAMES */.mw).join(', ')}`);
    }
    if (value === '')
        throw new value_error/* EmptyValueError */.B(name);
    return { name, value };
}
function matchesClaim(claims, { name, values, serverUrl, }) {
    const found = claims[name];
    if (found === undefined)
        return false;
    return values.some((value) => found === value || (isGithubUri(name, value, serverUrl) && (0,plain_text/* equalsIgnoringCase */.dc)(found, value)));
}
function isGithubUri(name, value, serverUrl) {
    return (OWNER_URIS.includes(name) && ['https://github.com', serverUrl].some((server) => value.startsWith(`${server}/`)));
}

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
function checkPullRef({ claims, subject }, requirement) {
    const own = refOfSubject(subject);
    const isNamed = (ref) => requirement.sourceRefs.some(({ source, matches }) => source.startsWith(PULL) && matches(ref)) ||
        (ref === own && requirement.subjects.includes(subject));
    const ref = [claims['source-repository-ref'], claims['github-workflow-ref'], own].find((one) => one?.startsWith(PULL) === true && !isNamed(one));
    if (ref === undefined)
        return undefined;
    return {
        field: 'source-ref',
        expected: `no ref under ${PULL} (pull-request code) unless named explicitly`,
        found: ref,
        ok: false,
    };
}
function checkTrigger({ claims }, requirement) {
    const trigger = claims['build-trigger'] ?? claims['github-workflow-trigger'];
    if (trigger === undefined || !OUTSIDER_TRIGGERS.includes(trigger))
        return undefined;
    const named = [
        ...(requirement.claims.get('build-trigger') ?? []),
        ...(requirement.claims.get('github-workflow-trigger') ?? []),
    ];
    if (named.includes(trigger))
        return undefined;
    const expected = 'no trigger that any account can cause, unless a claims line names it';
    return { field: BUILD_TRIGGER, expected, found: trigger, ok: false };
}

// EXTERNAL MODULE: ./.build/js/src/domain/identity/pasteable-line.js
var pasteable_line = __webpack_require__(4605);
;// CONCATENATED MODULE: ./.build/js/src/domain/patterns/pattern.js
const PATTERN_MAX_CHARS = 2048;

;// CONCATENATED MODULE: ./.build/js/src/domain/patterns/glob.js


function parseGlob(source) {
    if (source.length > PATTERN_MAX_CHARS) {
        throw new value_error/* ValueError */.Q(`the pattern is longer than ${PATTERN_MAX_CHARS} characters`);
    }
    const parts = source.split(/(\*+)/).filter((part) => part !== '');
    if (parts.some((part) => part.startsWith('***'))) {
        throw new value_error/* ValueError */.Q(`${JSON.stringify(source)} has more than two consecutive *`);
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
var annotations = __webpack_require__(4249);
;// CONCATENATED MODULE: ./.build/js/src/domain/identity/signer-workflow.js



function parseSignerWorkflow(text, serverUrl) {
    const local = text.startsWith(`${serverUrl}/`) ? text.slice(serverUrl.length + 1) : text;
    const at = local.indexOf('@');
    const place = at < 0 ? local : local.slice(0, at);
    const [, repository, path] = /^([A-Za-z0-9][A-Za-z0-9_-]*\/[A-Za-z0-9._-]+)\/([^*]+)$/.exec(place) ?? [];
    if (repository === undefined || path === undefined) {
        throw new value_error/* ValueError */.Q(`${JSON.stringify(text)} is not a workflow file in the form owner/name/path`);
    }
    const ref = at < 0 ? undefined : local.slice(at + 1);
    if (ref !== undefined && !isFullRef(ref)) {
        throw new value_error/* ValueError */.Q(`${JSON.stringify(text)} has a short ref, but certificates contain the full one: ` +
            `write ${place}@refs/tags/${ref} or ${place}@refs/heads/${ref}`);
    }
    return {
        source: text,
        repository: `${serverUrl}/${repository}`,
        path,
        ref: ref === undefined ? undefined : parseGlob(ref),
    };
}
function isSignerWorkflow(subject, wanted) {
    const uri = parseWorkflowUri(subject, wanted.repository);
    return uri !== undefined && uri.path === wanted.path && (wanted.ref === undefined || wanted.ref.matches(uri.ref));
}

;// CONCATENATED MODULE: ./.build/js/src/domain/identity/source-repository.js

const OWNER_AND_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]*\/[A-Za-z0-9._-]+$/;
const HOST_LIKE = /^[^/.]*\.[^/]*\//;
const REPOSITORY_URL = /^https?:\/\/[A-Za-z0-9.:[\]-]+(?:\/[A-Za-z0-9._-]+){2,}$/;
function parseSourceRepository(text, serverUrl) {
    const name = text.replace(/\/$/, '').replace(/\.git$/, '');
    if (OWNER_AND_NAME.test(name))
        return `${serverUrl}/${name}`;
    if (REPOSITORY_URL.test(name))
        return name;
    const shown = JSON.stringify(text);
    if (!/^https?:/.test(text) && (/[:@]/.test(text) || HOST_LIKE.test(text) || text.split('/').length > 2)) {
        throw new value_error/* ValueError */.Q(`${shown} is a registry reference; give the repository that contains the source code and the workflow: owner/name`);
    }
    throw new value_error/* ValueError */.Q(`${shown} is not owner/name or the URL of a repository`);
}

;// CONCATENATED MODULE: ./.build/js/src/domain/identity/requirement.js








function parseIdentityRequirement(inputs, context) {
    const problems = [];
    const { serverUrl } = context;
    const read = (field, values, parse) => values.flatMap((value) => attempt(problems, { field, value, parse }));
    const itself = (value) => value;
    const parseRegexp = (value) => {
        if (context.parseRegexp === undefined)
            throw new TypeError('a pattern is given, but no parser for patterns');
        return context.parseRegexp(value);
    };
    const claims = readClaims(read('claims', inputs.claims, parseClaimLine));
    const oneIssuer = inputs.certificateOidcIssuerRegexp.length === 0 || inputs.certificateOidcIssuer.length > 0;
    const hasOneIssuer = oneIssuer && inputs.certificateOidcIssuer.length <= 1;
    const namesSource = inputs.sourceRepository.length > 0 || (hasOneIssuer && SOURCE_CLAIMS.some((name) => claims.has(name)));
    const subjectGiven = inputs.certificateIdentity.length + inputs.certificateIdentityRegexp.length > 0;
    const requirement = {
        identities: [
            {
                issuers: withDefaultIssuer(inputs, context, read('certificate-oidc-issuer', inputs.certificateOidcIssuer, itself)),
                issuerPatterns: read('certificate-oidc-issuer-regexp', inputs.certificateOidcIssuerRegexp, parseRegexp),
                subjects: read('certificate-identity', inputs.certificateIdentity, itself),
                subjectPatterns: read('certificate-identity-regexp', inputs.certificateIdentityRegexp, parseRegexp),
            },
        ],
        signerWorkflows: read('signer-workflow', inputs.signerWorkflow, (value) => parseSignerWorkflow(value, serverUrl)),
        sourceRepositories: read('source-repository', inputs.sourceRepository, (value) => parseSourceRepository(value, serverUrl)),
        workflows: read('workflow', inputs.workflow, parseWorkflowPath),
        sourceRefs: read('source-ref', inputs.sourceRef, parseSourceRef),
        claims,
        annotations: readAnnotations(read('annotations', inputs.annotations, annotations/* parseAnnotationLine */.hR), problems),
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
    return namesNobody ? { kind: 'no-identity', problem: noSigner(inputs) } : { kind: 'requirement', requirement };
}
function attempt(problems, { field, value, parse }) {
    if (value.trim() === '') {
        problems.push({ kind: 'empty', field, of: undefined });
        return [];
    }
    try {
        return [parse(value)];
    }
    catch (error) {
        if (!(error instanceof value_error/* ValueError */.Q))
            throw error;
        problems.push(error instanceof value_error/* EmptyValueError */.B
            ? { kind: 'empty', field, of: error.of }
            : { kind: 'unreadable', field, why: error.message });
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
function parseWorkflowPath(value) {
    if (value.includes('@refs/') || (value.includes('@') && !/\.ya?ml$/.test(value))) {
        throw new value_error/* ValueError */.Q(`${JSON.stringify(value)} contains a ref; give only the path here, and the ref in source-ref`);
    }
    if (value.startsWith('/') || value.startsWith('./') || value.startsWith('http')) {
        throw new value_error/* ValueError */.Q(`${JSON.stringify(value)} is not a path such as .github/workflows/release.yml`);
    }
    return parseGlob(value);
}
function parseSourceRef(value) {
    if (!isFullRef(value) && !value.startsWith('*')) {
        const shown = JSON.stringify(value);
        throw new value_error/* ValueError */.Q(`${shown} is not a full ref: write refs/heads/${value} for a branch, refs/tags/${value} for a tag`);
    }
    return parseGlob(value);
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

;// CONCATENATED MODULE: ./.build/js/src/domain/signature/refusal.js
const REFUSAL_REASONS = [
    'NO_SIGNATURE',
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
    'POLICY_NO_MATCH',
    'POLICY_DENIED',
];
function refusalRank(reason) {
    return REFUSAL_REASONS.indexOf(reason);
}

;// CONCATENATED MODULE: ./.build/js/src/domain/identity/evaluation.js

function nearness({ reason, findings }) {
    const unmet = findings.filter((finding) => !finding.ok).length;
    return refusalRank(reason) - Math.min(unmet, 99) / 100;
}

// EXTERNAL MODULE: ./.build/js/src/domain/text/duration.js
var duration = __webpack_require__(9030);
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
function nearer(one, other) {
    if (one.kind === 'accepted')
        return one;
    return other.kind === 'accepted' || nearness(other) > nearness(one) ? other : one;
}
function evaluatePair(facts, requirement, now) {
    const groups = [
        { reason: 'ISSUER_MISMATCH', findings: checkIssuer(facts.identity, requirement) },
        { reason: 'IDENTITY_MISMATCH', findings: checkSubject(facts.identity, requirement) },
        { reason: 'CLAIM_MISMATCH', findings: checkClaims(facts.identity, requirement) },
        { reason: 'ANNOTATION_MISMATCH', findings: checkAnnotations(facts, requirement) },
        { reason: 'TOO_OLD', findings: checkAge(facts, requirement, now) },
    ];
    const failed = groups.find(({ findings }) => findings.some(({ ok }) => !ok));
    if (failed === undefined)
        return { kind: 'accepted', notes: notesAbout(facts.identity, requirement) };
    return {
        kind: 'mismatch',
        reason: failed.reason,
        findings: groups.flatMap(({ findings }) => findings),
        hints: hintsAbout(facts.identity, requirement),
    };
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
    const workflow = uri === undefined || config === undefined ? undefined : parseWorkflowUri(config, uri);
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
function notesAbout({ claims, subject }, requirement) {
    const source = claims['source-repository-uri'];
    const claimed = claims['source-repository-ref'];
    const ref = claimed ?? claims['github-workflow-ref'] ?? refOfSubject(subject);
    const isCaller = source === undefined || isWorkflowOf(subject, source);
    const bound = requirement.sourceRefs.length > 0 ||
        requirement.claims.has('source-repository-ref') ||
        (requirement.subjects.includes(subject) && isCaller && refOfSubject(subject) === ref);
    if (ref === undefined || bound)
        return [];
    const line = claimed === undefined ? undefined : (0,pasteable_line/* pasteableLine */.i)('source-ref', claimed);
    const cure = line === undefined ? '' : `; to accept only this one, add: ${line}`;
    return [`any branch or tag of the source repository was accepted${cure}`];
}
function hintsAbout(identity, requirement) {
    const { issuer, subject } = identity;
    const { allowAnyIdentity, randomWord } = requirement;
    return [
        ...patternHints({
            input: 'certificate-identity-regexp',
            patterns: requirement.subjectPatterns,
            value: subject,
            isMatchAll: (pattern) => !allowAnyIdentity && isMatchAllForSubject(pattern, subject, randomWord),
        }),
        ...patternHints({
            input: 'certificate-oidc-issuer-regexp',
            patterns: requirement.issuerPatterns,
            value: issuer,
            isMatchAll: (pattern) => !allowAnyIdentity && isMatchAllForIssuer(pattern, issuer, randomWord),
        }),
        ...subjectHints(subject, requirement),
        ...issuerHints(issuer, requirement),
        ...reusableWorkflowHints(identity),
    ];
}
function patternHints({ input, patterns, value, isMatchAll }) {
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
                `cosign would accept this, because it searches for ${input} ${shown} anywhere in the value; this action matches the whole value`,
            ]
            : [];
    });
}
function subjectHints(subject, { subjects, signerWorkflows }) {
    const hints = [];
    for (const wanted of subjects) {
        if (wanted !== subject && (0,plain_text/* lowerAscii */.dq)(wanted) === (0,plain_text/* lowerAscii */.dq)(subject)) {
            hints.push('certificate-identity differs only in upper and lower case; subjects keep the spelling of the owner and are compared exactly');
        }
        const at = wanted.lastIndexOf('@');
        const ref = wanted.slice(at + 1);
        if (/^https?:/.test(wanted) && at > 0 && !isFullRef(ref) && !wanted.includes('@refs/')) {
            const place = wanted.slice(0, at);
            hints.push(`certificates contain the full ref: write ${place}@refs/tags/${ref} or ${place}@refs/heads/${ref}`);
        }
    }
    for (const wanted of signerWorkflows) {
        const uri = parseWorkflowUri(subject, wanted.repository);
        if (uri?.path === wanted.path)
            hints.push(`signer-workflow matches except for its ref: the certificate has @${uri.ref}`);
    }
    return hints;
}
function issuerHints(issuer, { issuers }) {
    return issuers.flatMap((wanted) => {
        if (issuer.startsWith(`${wanted}/`)) {
            const line = (0,pasteable_line/* pasteableLine */.i)('certificate-oidc-issuer', issuer);
            return [
                `the certificate has the issuer of a single enterprise${line === undefined ? '' : `; give the full issuer: ${line}`}`,
            ];
        }
        if (wanted === 'https://oauth2.sigstore.dev/auth') {
            return ['certificates of people name the login provider behind Sigstore, such as https://github.com/login/oauth'];
        }
        return [];
    });
}
function reusableWorkflowHints({ issuer, subject, claims }) {
    if (!hasWorkflowSubject({ issuer, subject }))
        return [];
    const signer = repositoryOfSubject(subject);
    const source = claims['source-repository-uri'];
    if (signer === undefined || source === undefined || (0,plain_text/* equalsIgnoringCase */.dc)(signer, source))
        return [];
    return [
        `a reusable workflow signed this: the subject is the called workflow (of ${signer}), and the claims describe the ` +
            `caller (${source}); give both signer-workflow (or certificate-identity) and source-repository`,
    ];
}

;// CONCATENATED MODULE: ./.build/js/src/domain/identity/pasteable-inputs.js





function pasteableInputs({ identity }, context) {
    const { claims, issuer, subject } = identity;
    const uri = claims['source-repository-uri'];
    const workflow = uri === undefined ? undefined : parseWorkflowUri(claims['build-config-uri'] ?? '', uri)?.path;
    const path = workflow?.startsWith('/') ? undefined : workflow;
    const isNamedByClaims = identity.subjectKind === 'uri' && path !== undefined && isWorkflowOf(subject, uri);
    const trigger = claims['build-trigger'] ?? claims['github-workflow-trigger'];
    const triggerClaim = claims['build-trigger'] === undefined ? 'github-workflow-trigger' : 'build-trigger';
    const wanted = [
        ['source-repository', uri === undefined ? undefined : shortest(uri, context.serverUrl)],
        ['workflow', path],
        ['source-ref', claims['source-repository-ref']],
        ['certificate-identity', isNamedByClaims ? undefined : subject],
        ['certificate-oidc-issuer', issuer === context.defaultIssuer ? undefined : issuer],
        ['claims', trigger !== undefined && OUTSIDER_TRIGGERS.includes(trigger) ? `${triggerClaim}=${trigger}` : undefined],
    ];
    const given = wanted.filter((pair) => pair[1] !== undefined);
    const withheld = given
        .filter(([name, value]) => (0,pasteable_line/* pasteableLine */.i)(name, value) === undefined)
        .map(([name]) => `${name}: the value in the certificate contains characters that are not safe to paste`);
    if (withheld.length === 0 && !accept(given, identity, context)) {
        withheld.push('no inputs accept exactly what this certificate says');
    }
    return { lines: given.flatMap(([name, value]) => (0,pasteable_line/* pasteableLine */.i)(name, value) ?? []), withheld };
}
const FIELDS = {
    'source-repository': 'sourceRepository',
    workflow: 'workflow',
    'source-ref': 'sourceRef',
    'certificate-identity': 'certificateIdentity',
    'certificate-oidc-issuer': 'certificateOidcIssuer',
    claims: 'claims',
};
function shortest(uri, serverUrl) {
    const name = uri.startsWith(`${serverUrl}/`) ? uri.slice(serverUrl.length + 1) : uri;
    return name.split('/').length === 2 ? name : uri;
}
function openWithSubject(identity, context) {
    const { subject, issuer } = identity;
    const given = [
        ['certificate-identity', subject],
        ['certificate-oidc-issuer', issuer],
    ];
    const evaluation = evaluate(given, identity, context);
    if (evaluation === undefined)
        return undefined;
    const unmet = evaluation.kind === 'accepted' ? [] : evaluation.findings.filter(({ ok }) => !ok);
    const gaps = unmet.flatMap(({ field }) => GAPS[field] ?? []);
    return gaps.length === unmet.length ? gaps : undefined;
}
const GAPS = {
    [REPOSITORY_OF_SUBJECT]: 'repository',
    [BUILD_TRIGGER]: 'trigger',
};
function accept(given, identity, context) {
    return evaluate(given, identity, context)?.kind === 'accepted';
}
function evaluate(given, identity, context) {
    const none = {
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
    const inputs = { ...none, ...Object.fromEntries(given.map(([name, value]) => [FIELDS[name], [value]])) };
    const parsed = parseIdentityRequirement(inputs, { ...context, randomWord: 'unused', parseRegexp: undefined });
    if (parsed.kind !== 'requirement')
        return undefined;
    return evaluateSigner({ identity, annotations: {}, provenTimes: [] }, parsed.requirement, new Date(0));
}

;// CONCATENATED MODULE: ./.build/js/src/report/paste-blocks.js



const IMAGES_SHOWN = 5;
const NOT_PASTABLE = 'The identity contains invisible characters, so no command is offered for pasting. See the results file for the full identity.';
function verifyStepBlock(options) {
    const inputs = paste_blocks_identityInputs(options.identity, options.serverUrl);
    const uses = (0,report_escape/* yamlScalar */.Ew)(`${options.actionRepository}/verify@${options.actionRef}`);
    const images = options.images.slice(0, IMAGES_SHOWN).map(report_escape/* yamlScalar */.Ew);
    if (inputs.withheld.length > 0)
        return withheld(inputs.withheld);
    if (uses === undefined || images.includes(undefined))
        return NOT_PASTABLE;
    const lines = [`- uses: ${uses}`, '  with:'];
    if (images.length === 1)
        lines.push(`    images: ${images[0]}`);
    else
        lines.push('    images: |', ...options.images.slice(0, IMAGES_SHOWN).map((image) => `      ${image}`));
    lines.push(...inputs.lines.map((line) => `    ${line}`));
    if (options.trust === 'custom')
        lines.push('    trusted-root: trusted_root.json # the one used for signing');
    if (options.signatureRepository !== undefined) {
        lines.push(`    signature-repository: ${(0,report_escape/* yamlScalar */.Ew)(options.signatureRepository)}`);
    }
    return (0,report_escape/* markdownBlock */.dI)('yaml', lines.join('\n'));
}
function identityInputsBlock(identity, serverUrl) {
    const inputs = paste_blocks_identityInputs(identity, serverUrl);
    return inputs.withheld.length > 0 ? withheld(inputs.withheld) : markdownBlock('yaml', inputs.lines.join('\n'));
}
function paste_blocks_identityInputs(identity, serverUrl) {
    return pasteableInputs({ identity }, { serverUrl, defaultIssuer: (0,github_issuer/* githubIssuerOf */.Y)(serverUrl) });
}
function gapsOf({ identity, serverUrl }) {
    return openWithSubject(identity, { serverUrl, defaultIssuer: (0,github_issuer/* githubIssuerOf */.Y)(serverUrl) });
}
function withheld(reasons) {
    return ['Nothing is offered for pasting:', '', ...reasons.map((reason) => `- ${(0,report_escape/* markdownText */.p7)(reason)}`)].join('\n');
}
const COSIGN_FLAGS = {
    repository: ['--certificate-github-workflow-repository', 'github-workflow-repository'],
    trigger: ['--certificate-github-workflow-trigger', 'github-workflow-trigger'],
};
function cosignCommandBlock(options) {
    const gaps = gapsOf(options)?.map((gap) => COSIGN_FLAGS[gap]);
    const values = gaps?.map(([, claim]) => options.identity.claims[claim]);
    if (gaps === undefined || values === undefined || values.includes(undefined)) {
        return withheld(['cosign has no flag that distinguishes this signer from others who call the same workflow']);
    }
    const narrowing = gaps.flatMap(([flag, claim]) => {
        const value = (0,report_escape/* shellWord */.r7)(options.identity.claims[claim] ?? '');
        return value === undefined ? [] : [`  ${flag} ${value}`];
    });
    if (narrowing.length < gaps.length)
        return NOT_PASTABLE;
    const images = options.images.slice(0, IMAGES_SHOWN).map(report_escape/* shellWord */.r7);
    const subject = (0,report_escape/* shellWord */.r7)(options.identity.subject);
    const issuer = (0,report_escape/* shellWord */.r7)(options.identity.issuer);
    if (images.includes(undefined) || subject === undefined || issuer === undefined)
        return NOT_PASTABLE;
    const repository = options.signatureRepository === undefined ? undefined : (0,report_escape/* shellWord */.r7)(options.signatureRepository);
    const lines = [
        `${repository === undefined ? '' : `COSIGN_REPOSITORY=${repository} `}cosign verify`,
        `  --certificate-identity ${subject}`,
        `  --certificate-oidc-issuer ${issuer}`,
        ...narrowing,
    ];
    if (options.trust !== 'public-good')
        lines.push('  --trusted-root trusted_root.json');
    if (options.trust === 'github')
        lines.push('  --insecure-ignore-tlog --insecure-ignore-sct --use-signed-timestamps');
    lines.push(...images.map((image) => `  ${image}`));
    return (0,report_escape/* markdownBlock */.dI)('sh', lines.join(' \\\n'));
}

;// CONCATENATED MODULE: ./.build/js/src/report/admission-policies.js


const REPOSITORIES_SHOWN = 5;
const SUBJECT_IS_NOT_ENOUGH = 'No policy is offered: these controllers compare only the subject, and others can sign with the same subject ' +
    '(anyone who calls the same reusable workflow, or fires the same event).';
const SAFE = /^[A-Za-z0-9._:/@+=-]+$/;
function admissionPolicyBlocks(options) {
    const { subject, issuer } = options.identity;
    const repositories = [...new Set(options.images.map((image) => image.split('@')[0] ?? ''))];
    if (options.trust !== 'public-good' || options.signatureRepository !== undefined)
        return [];
    if (![subject, issuer, ...repositories].every((text) => SAFE.test(text)))
        return [];
    if (gapsOf(options)?.length !== 0)
        return [SUBJECT_IS_NOT_ENOUGH];
    const shown = repositories.slice(0, REPOSITORIES_SHOWN);
    const parts = [];
    if (options.format !== 'legacy') {
        parts.push('Kyverno 1.17 or newer:', (0,report_escape/* markdownBlock */.dI)('yaml', kyvernoPolicy(subject, issuer, shown)));
    }
    if (options.format !== 'bundle') {
        parts.push('Sigstore policy-controller:', (0,report_escape/* markdownBlock */.dI)('yaml', clusterImagePolicy(subject, issuer, shown)));
    }
    else {
        parts.push('The Sigstore policy-controller reads image signatures only from the `.sig` tag. Use `format: both`.');
    }
    return parts;
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
function kyvernoPolicy(subject, issuer, repositories) {
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
            - issuer: '${issuer}'
              subject: '${subject}'
        ctlog: { url: https://rekor.sigstore.dev }
  validations: # the same for images.initContainers, where pods have them
    - expression: images.containers.map(image, verifyImageSignatures(image, [attestors.workflow])).all(n, n > 0)
      message: not signed by the expected workflow`;
}
function clusterImagePolicy(subject, issuer, repositories) {
    const globs = repositories.map((name) => `${name.replace(/^docker\.io\//, 'index.docker.io/')}@*`);
    return `apiVersion: policy.sigstore.dev/v1beta1
kind: ClusterImagePolicy
metadata: { name: countersign }
spec:
  images:
${globs.map((glob) => `    - glob: '${glob}'`).join('\n')}
  authorities:
    - keyless:
        url: https://fulcio.sigstore.dev
        identities:
          - issuer: '${issuer}'
            subject: '${subject}'
      ctlog: { url: https://rekor.sigstore.dev }`;
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
    const path = parseWorkflowUri(config, claims['source-repository-uri'] ?? '')?.path;
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






const ROWS_OPEN = 25;
const ROWS_MAX = 300;
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
    parts.push(...imageTables(report), ...skippedList(report.skipped));
    if (identity !== undefined && errors.length === 0) {
        parts.push(...pinnedReferences(results), ...signedBy(report, identity), ...checkSection(report, identity));
    }
    else if (identity !== undefined && results.some(({ verdict }) => verdict === 'pass')) {
        parts.push(byline(identity, results), ...signedBy(report, identity));
    }
    return `${parts.join('\n\n')}\n`;
}
function heading({ images: reported, errors, upload }) {
    const images = reported.map(({ result }) => result);
    const done = images.filter((image) => image.verdict === 'pass');
    const failed = images.length - done.length;
    if (images.length === 0)
        return '## ❌ Nothing was signed';
    if (done.length === 0)
        return `## ❌ Not signed: ${named(images)}`;
    if (failed > 0)
        return `## ❌ Not signed: ${failed} of ${countOf(images.length, 'image')}`;
    if (errors.length > 0)
        return '## ❌ Nothing was signed';
    const fresh = done.filter((image) => image.signatures.some(isNew)).length;
    if (!upload)
        return `## ✅ Signed ${named(images)}, not uploaded`;
    if (fresh === 0)
        return `## ✅ ${named(images)} ${images.length === 1 ? 'was' : 'were'} already signed`;
    if (fresh === images.length)
        return `## ✅ Signed ${named(images)}`;
    return `## ✅ Signed ${countOf(fresh, 'image')}; ${images.length - fresh} already signed`;
}
function named(images) {
    const [first] = images;
    return images.length === 1 && first !== undefined ? (0,report_escape/* markdownCode */.D9)(shortName(first)) : countOf(images.length, 'image');
}
function isNew(signature) {
    return signature.written === true;
}
function byline(identity, results) {
    const logs = new Set(results.flatMap((image) => image.signatures.flatMap(({ log }) => (log === null ? [] : [log.url]))));
    const shown = [...logs].slice(0, ENTRIES_SHOWN).map((url) => (0,report_escape/* markdownCode */.D9)(logName(url)));
    const recorded = shown.length === 0
        ? 'Not recorded in a transparency log.'
        : `Recorded in the ${logs.has(PUBLIC_LOG) ? 'public ' : ''}log ${shown.join(', ')}.`;
    return `By ${(0,report_escape/* markdownCode */.D9)(identity.subject)} (issuer ${(0,report_escape/* markdownCode */.D9)(identity.issuer)}). ${recorded}`;
}
const COLUMNS = ['Image', 'Signature', 'Log entry', 'Signed at'];
function imageTables(report) {
    const { images } = report;
    if (images.length === 0)
        return [];
    const rows = images
        .toSorted((a, b) => Number(a.result.verdict === 'pass') - Number(b.result.verdict === 'pass'))
        .slice(0, ROWS_MAX)
        .map((image) => imageRow(image, report.action.troubleshootingUrl));
    const left = images.length > ROWS_MAX ? [`…and ${images.length - ROWS_MAX} more images in the results file.`] : [];
    if (rows.length <= ROWS_OPEN)
        return [tableOf(COLUMNS, rows)];
    return [
        tableOf(COLUMNS, rows.slice(0, ROWS_OPEN)),
        folded(`${images.length - ROWS_OPEN} more images`, tableOf(COLUMNS, rows.slice(ROWS_OPEN)), ...left),
    ];
}
function imageRow({ result: image, tags }, troubleshootingUrl) {
    const name = imageCell(image, tags);
    if (image.verdict !== 'pass') {
        const why = image.reason === null ? image.verdict : (0,error_text/* reasonLink */.NW)(image.reason, troubleshootingUrl);
        return [name, `❌ ${why}`, '–', '–'];
    }
    const { signatures } = image;
    const entries = signatures.slice(0, ENTRIES_SHOWN).map(({ log }) => logCell(log));
    if (signatures.length > ENTRIES_SHOWN)
        entries.push(`+${signatures.length - ENTRIES_SHOWN}`);
    return [name, signatureCell(image), entries.join('<br>') || '–', timeCell(signatures[0]?.signedAt ?? null)];
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
        ...(image.platforms === undefined ? [] : [`and ${countOf(image.platforms.length, 'platform')}`]),
    ];
    return lines.join('<br>') || '✅ done';
}
function warningList(warnings) {
    return warnings.length === 0 ? [] : [warnings.map((warning) => `- ⚠️ ${(0,report_escape/* markdownProse */.h$)(warning)}`).join('\n')];
}
function skippedList(skipped) {
    if (skipped.length === 0)
        return [];
    const lines = skipped.slice(0, ROWS_MAX).map((line) => `- ${(0,report_escape/* markdownText */.p7)(line)}`);
    return lines.length <= ROWS_OPEN
        ? [lines.join('\n')]
        : [folded(`${lines.length} entries were skipped`, lines.join('\n'))];
}
function pinnedReferences(results) {
    const pinned = results.flatMap((image) => (image.resolved === null ? [] : [image.resolved]));
    if (pinned.length === 0)
        return [];
    const block = (0,report_escape/* markdownBlock */.dI)('text', pinned.slice(0, ROWS_MAX).join('\n'));
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
function readableBy({ format, trust }) {
    const formats = format === 'both' ? ['bundle', 'legacy'] : [format];
    const rows = formats.map((one) => {
        const { by, notBy } = READERS[one];
        return [one === 'bundle' ? 'Sigstore bundle' : 'legacy `.sig` tag', by, notBy];
    });
    const limits = {
        'public-good': [],
        github: ["Verifiers other than Countersign need GitHub's trusted root and must not require a log entry."],
        custom: ['Every verifier needs the trusted root that was used for signing.'],
    }[trust];
    return [tableOf(['Format', 'Readable by', 'Not readable by'], rows), ...limits].join('\n\n');
}
function checkSection(report, identity) {
    const images = report.images.flatMap(({ result: { resolved } }) => (resolved === null ? [] : [resolved]));
    const readers = folded('Who can read these signatures', readableBy(report));
    if (images.length === 0 || !report.upload)
        return [readers];
    const subjectKind = identity.subject.startsWith('https://')
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
        signatureRepository: report.signatureRepository,
    };
    const policies = admissionPolicyBlocks({ ...options, format: report.format });
    return [
        folded('Verify in a workflow', verifyStepBlock(options)),
        folded('Verify on the command line', cosignCommandBlock(options)),
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
function dryRunLines(report) {
    const images = report.results.images.map(({ reference, digest, verdict, reason, message }) => verdict === 'pass'
        ? `${reference}: would be signed as ${digest}`
        : `${reference}: ${reason === 'IMAGE_NOT_FOUND' ? 'not in the registry yet' : reason}: ${message}`);
    const heading = report.isPublic
        ? 'Signing would permanently publish:'
        : 'Signing would reveal to everyone who can read the signature:';
    return [
        'Dry run: nothing is signed.',
        ...images,
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
    const rows = images.map(({ reference, reason, message }) => [
        codeCell(reference),
        reason === null
            ? '✅ would be signed'
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
        tableOf([heading, ''], shown.slice(0, dry_run_ROWS_MAX)),
        folded('Hosts that this configuration contacts', hosts.join('\n')),
        '',
    ].join('\n\n');
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

// EXTERNAL MODULE: ./.build/js/src/report/next-steps.js
var next_steps = __webpack_require__(8465);
;// CONCATENATED MODULE: ./.build/js/src/report/log-lines.js


const WORDS = {
    pass: 'PASS',
    allowed: 'ALLOWED',
    fail: 'REFUSED',
    error: 'NOT DECIDED',
};
function signLogLines(results) {
    return results.images.map((image) => {
        const name = nameOf(image);
        if (image.verdict !== 'pass')
            return `NOT SIGNED ${name}: ${image.reason ?? image.verdict}: ${image.message}`;
        if (image.signatures.length === 0)
            return `done ${name}: ${image.message}`;
        const isNew = image.signatures.some(({ written }) => written === true);
        const each = image.signatures.map(({ format, log, signedAt, written }) => [
            format,
            ...(isNew && written !== true ? ['already signed'] : []),
            ...(log === null ? [] : [`entry ${log.index} in ${log.url}`]),
            ...(signedAt === null ? [] : [signedAt]),
        ].join(', '));
        return `${isNew ? 'signed' : image.message} ${name} (${each.join('; ')})`;
    });
}
const OFFERED_MAX = 3;
function verifyLogLines(images, serverUrl) {
    return images.map(({ result: image, details }) => ({
        line: `${WORDS[image.verdict]} ${nameOf(image)}: ${image.reason === null ? '' : `${image.reason}: `}${image.message}`,
        details: image.verdict === 'pass' ? [] : refusalLines(image, details, serverUrl),
        title: `${WORDS[image.verdict]} ${nameOf(image)}: details`,
    }));
}
function refusalLines(image, details, serverUrl) {
    const nearest = details.signatures[0];
    const findings = (nearest?.findings ?? []).map(({ field, expected, found, ok }) => `  ${ok ? 'ok      ' : 'MISMATCH'} ${field}: expected ${JSON.stringify(expected)}, found ${found === undefined ? 'nothing' : JSON.stringify(found)}`);
    const signers = details.signatures.flatMap(({ verified }) => verified === undefined ? [] : [`  signed by ${verified.subject}, issuer ${verified.issuer}`]);
    const hints = (nearest?.hints ?? []).map((hint) => `  ${hint}`);
    const places = details.places.map(({ request, status, entries }) => `  checked ${request}: ${status}, ${entries} listed`);
    const advice = details.hint ?? (image.reason === null ? undefined : NEXT_STEPS[image.reason].doThis);
    return [
        ...findings,
        ...new Set(signers),
        ...hints,
        ...places,
        ...(advice === undefined ? [] : [`  What to do: ${advice}`]),
        ...offeredLines(details, serverUrl),
    ];
}
function offeredLines(details, serverUrl) {
    const blocks = details.signatures.flatMap(({ verified }) => {
        if (verified === undefined)
            return [];
        const { lines, withheld } = identityInputs(verified, serverUrl);
        return withheld.length > 0 ? [] : [lines.map((line) => `    ${line}`).join('\n')];
    });
    return [...new Set(blocks)]
        .slice(0, OFFERED_MAX)
        .flatMap((block) => [
        '  Inputs that would accept this signer; pasting them means trusting it:',
        ...block.split('\n'),
    ]);
}
function nameOf(image) {
    if (image.resolved === null)
        return image.reference;
    return image.tag === null ? image.resolved : `${image.resolved} (tag ${image.tag})`;
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
// EXTERNAL MODULE: ./.build/js/src/usecases/signing/sign-images.js + 3 modules
var sign_images = __webpack_require__(9614);
// EXTERNAL MODULE: ./.build/js/src/domain/image/digest.js
var digest = __webpack_require__(3258);
// EXTERNAL MODULE: ./.build/js/src/domain/image/source.js
var source = __webpack_require__(4691);
// EXTERNAL MODULE: ./.build/js/src/usecases/examining/skipped-results.js
var skipped_results = __webpack_require__(5314);
;// CONCATENATED MODULE: ./.build/js/src/usecases/signing/sign-results.js





function signResults(outcome, annotations) {
    const images = outcome.images.map((one) => signedResult(one, annotations));
    return { schemaVersion: 1, verified: images.length > 0 && images.every((one) => one.verdict === 'pass'), images };
}
function signedResult(one, annotations) {
    const failure = (0,sign_images/* failureOf */.g)(one);
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
        sources: (0,source/* formatSources */.c)((image?.references ?? [first]).flatMap((reference) => reference.sources)),
        signatures: one.outcomes
            .filter(({ task }) => task.platform === undefined)
            .flatMap((one) => signatureResult(one, annotations)),
        ...(platforms.length === 0 ? {} : { platforms }),
        ...(0,skipped_results/* skippedResults */.N)(image),
    };
}
function doneMessage(one) {
    const signed = one.outcomes.filter((outcome) => outcome.kind === 'signed').length;
    const present = one.outcomes.length - signed;
    if (signed === 0)
        return 'already signed with the same identity and annotations';
    return present === 0 ? 'signed' : `signed; ${present} of ${one.outcomes.length} signatures already existed`;
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
;// CONCATENATED MODULE: ./.build/js/src/report/concealed-results.js
function concealedResults(results, conceal) {
    return { ...results, images: results.images.map((image) => concealedImage(image, conceal)) };
}
function concealedImage(image, conceal) {
    const { message, sources, signatures, platforms } = image;
    return {
        ...image,
        message: conceal(message),
        sources: sources.map(conceal),
        signatures: signatures.map((signature) => concealedSignature(signature, conceal)),
        ...(platforms === undefined ? {} : { platforms: platforms.map((one) => concealedPlatform(one, conceal)) }),
    };
}
function concealedPlatform(platform, conceal) {
    return { ...platform, platform: conceal(platform.platform) };
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

// EXTERNAL MODULE: ./.build/js/src/entries/action/confined-files.js
var confined_files = __webpack_require__(3147);
// EXTERNAL MODULE: ./.build/js/src/entries/action/inputs/read-value.js
var read_value = __webpack_require__(2095);
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
    const results = { schemaVersion: 1, verified: false, images: [] };
    try {
        await publishResults(run, results, paths);
    }
    catch (error) {
        run.log.warning(`the results file could not be written: ${String(error)}`);
    }
    return results;
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
    for (const line of [...signLogLines(results), ...skippedEntryLines(results)])
        run.log.info(line);
    for (const warning of warnings(outcome))
        run.annotate({ level: 'warning', title: 'Countersign', message: warning });
    await writeSummary(run, request, outcome);
    if (bundles.failure !== undefined)
        (0,report_failure/* reportFailure */.xV)(run, bundles.failure);
    for (const error of distinctFailures(outcome))
        (0,report_failure/* reportFailure */.xV)(run, error);
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
        signatureRepository: undefined,
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
        images: outcome.images.map((one) => ({
            result: signedResult(one, request.annotations),
            tags: tagsOf(one.image?.references ?? [one.first]),
        })),
        identity: outcome.identity,
        format,
        upload,
        serverUrl: run.context.serverUrl,
        trust: trust.kind !== 'instance' ? 'custom' : trust.instance === 'github' ? 'github' : 'public-good',
        signatureRepository: request.network.signatureRepository === undefined
            ? undefined
            : (0,reference/* formatRepository */.Sh)(request.network.signatureRepository),
        skipped: [...skipped, ...skippedEntryLines(results)],
        warnings: request.warnings,
        errors: distinctFailures(outcome),
        action: (0,report_failure/* actionNames */.Bk)(run),
    });
    await appendSummary(run, markdown);
}
async function appendSummary(run, markdown) {
    await run.appendSummary(cutMarkdown(markdown, job_summary/* SUMMARY_MAX_BYTES */.eR, (part) => Buffer.byteLength(part)));
}
function tagsOf(references) {
    return references.flatMap(({ tag }) => (tag === undefined ? [] : [tag]));
}
function distinctFailures(outcome) {
    const seen = new Map();
    for (const image of outcome.images) {
        const error = (0,sign_images/* failureOf */.g)(image)?.error;
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
    return outcome.images.flatMap((image) => image.outcomes.flatMap((one) => (one.kind === 'signed' ? one.warnings : [])));
}
async function publishDryRun(run, request, { found, hosts }) {
    const results = (0,preflight/* preflightResults */.Wf)(found);
    await publishResults(run, results, [request.reportPath]);
    const report = {
        results,
        identity: found.identity,
        hosts,
        isPublic: request.trust.kind !== 'instance' || request.trust.instance !== 'github',
        warnings: request.warnings,
        troubleshootingUrl: (0,report_failure/* actionNames */.Bk)(run).troubleshootingUrl,
    };
    for (const line of [...dryRunLines(report), ...skippedEntryLines(results)])
        run.log.info(line);
    if (request.summary)
        await appendSummary(run, dryRunSummary(report));
    for (const error of (0,preflight/* preflightFailures */.Zl)(found))
        (0,report_failure/* reportFailure */.xV)(run, error);
}


/***/ })

};
