export const id = 268;
export const ids = [268];
export const modules = {

/***/ 268:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  publishStopped: () => (/* binding */ publishStopped),
  publishVerify: () => (/* binding */ publishVerify)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./.build/js/src/coded-error.js
var coded_error = __webpack_require__(6329);
// EXTERNAL MODULE: ./.build/js/src/domain/image/reference.js
var reference = __webpack_require__(5273);
// EXTERNAL MODULE: ./.build/js/src/domain/text/value-error.js
var value_error = __webpack_require__(9354);
// EXTERNAL MODULE: ./.build/js/src/github/job-summary.js
var job_summary = __webpack_require__(6067);
// EXTERNAL MODULE: ./.build/js/src/http/retry-budget.js
var retry_budget = __webpack_require__(4256);
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

// EXTERNAL MODULE: ./.build/js/src/report/error-text.js
var error_text = __webpack_require__(4620);
// EXTERNAL MODULE: ./.build/js/src/report/next-steps.js
var next_steps = __webpack_require__(8465);
// EXTERNAL MODULE: ./.build/js/src/domain/identity/github-issuer.js
var github_issuer = __webpack_require__(7188);
// EXTERNAL MODULE: ./.build/js/src/domain/identity/identity-rules.js
var identity_rules = __webpack_require__(9025);
// EXTERNAL MODULE: ./.build/js/src/domain/identity/pasteable-line.js
var pasteable_line = __webpack_require__(4605);
// EXTERNAL MODULE: ./.build/js/src/domain/identity/requirement.js + 3 modules
var requirement = __webpack_require__(2784);
// EXTERNAL MODULE: ./.build/js/src/domain/identity/signer-evaluation.js
var signer_evaluation = __webpack_require__(290);
// EXTERNAL MODULE: ./.build/js/src/domain/identity/workflow-uri.js
var workflow_uri = __webpack_require__(4091);
;// CONCATENATED MODULE: ./.build/js/src/domain/identity/pasteable-inputs.js





function pasteableInputs({ identity }, context) {
    const { claims, issuer, subject } = identity;
    const uri = claims['source-repository-uri'];
    const workflow = uri === undefined ? undefined : (0,workflow_uri/* parseWorkflowUri */.BK)(claims['build-config-uri'] ?? '', uri)?.path;
    const path = workflow?.startsWith('/') ? undefined : workflow;
    const isNamedByClaims = identity.subjectKind === 'uri' && path !== undefined && (0,workflow_uri/* isWorkflowOf */.TL)(subject, uri);
    const trigger = claims['build-trigger'] ?? claims['github-workflow-trigger'];
    const triggerClaim = claims['build-trigger'] === undefined ? 'github-workflow-trigger' : 'build-trigger';
    const wanted = [
        ['source-repository', uri === undefined ? undefined : shortest(uri, context.serverUrl)],
        ['workflow', path],
        ['source-ref', claims['source-repository-ref']],
        ['certificate-identity', isNamedByClaims ? undefined : subject],
        ['certificate-oidc-issuer', issuer === context.defaultIssuer ? undefined : issuer],
        ['claims', trigger !== undefined && identity_rules/* OUTSIDER_TRIGGERS */.mv.includes(trigger) ? `${triggerClaim}=${trigger}` : undefined],
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
function pasteable_inputs_openWithSubject(identity, context) {
    const { subject, issuer } = identity;
    const given = [
        ['certificate-identity', subject],
        ['certificate-oidc-issuer', issuer],
    ];
    const evaluation = evaluate(given, identity, { ...context, areCertified: true });
    if (evaluation === undefined)
        return undefined;
    const unmet = evaluation.kind === 'accepted' ? [] : evaluation.findings.filter(({ ok }) => !ok);
    const gaps = unmet.flatMap(({ field }) => GAPS[field] ?? []);
    return gaps.length === unmet.length ? gaps : undefined;
}
const GAPS = {
    [identity_rules/* REPOSITORY_OF_SUBJECT */.YH]: 'repository',
    [identity_rules/* BUILD_TRIGGER */.Ir]: 'trigger',
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
    const parsed = (0,requirement/* parseIdentityRequirement */.R)(inputs, { ...context, randomWord: 'unused', parseRegexp: undefined });
    if (parsed.kind !== 'requirement')
        return undefined;
    return (0,signer_evaluation/* evaluateSigner */.U)({ identity, annotations: {}, provenTimes: [] }, parsed.requirement, new Date(0));
}

// EXTERNAL MODULE: ./.build/js/src/report/escape.js
var report_escape = __webpack_require__(4501);
;// CONCATENATED MODULE: ./.build/js/src/report/paste-blocks.js



const IMAGES_SHOWN = 5;
const NOT_PASTABLE = 'The identity contains invisible characters, so no command is offered for pasting. See the results file for the full identity.';
function verifyStepBlock(options) {
    const inputs = identityInputs(options.identity, options.serverUrl);
    const uses = yamlScalar(`${options.actionRepository}/verify@${options.actionRef}`);
    const images = options.images.slice(0, IMAGES_SHOWN).map(yamlScalar);
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
        lines.push(`    signature-repository: ${yamlScalar(options.signatureRepository)}`);
    }
    return markdownBlock('yaml', lines.join('\n'));
}
function identityInputsBlock(identity, serverUrl) {
    const inputs = identityInputs(identity, serverUrl);
    return inputs.withheld.length > 0 ? withheld(inputs.withheld) : (0,report_escape/* markdownBlock */.dI)('yaml', inputs.lines.join('\n'));
}
function identityInputs(identity, serverUrl) {
    return pasteableInputs({ identity }, { serverUrl, defaultIssuer: (0,github_issuer/* githubIssuerOf */.Y)(serverUrl) });
}
function gapsOf({ identity, serverUrl }) {
    return openWithSubject(identity, { serverUrl, defaultIssuer: githubIssuerOf(serverUrl) });
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
        const value = shellWord(options.identity.claims[claim] ?? '');
        return value === undefined ? [] : [`  ${flag} ${value}`];
    });
    if (narrowing.length < gaps.length)
        return NOT_PASTABLE;
    const images = options.images.slice(0, IMAGES_SHOWN).map(shellWord);
    const subject = shellWord(options.identity.subject);
    const issuer = shellWord(options.identity.issuer);
    if (images.includes(undefined) || subject === undefined || issuer === undefined)
        return NOT_PASTABLE;
    const repository = options.signatureRepository === undefined ? undefined : shellWord(options.signatureRepository);
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
    return markdownBlock('sh', lines.join(' \\\n'));
}

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
    const advice = details.hint ?? (image.reason === null ? undefined : next_steps/* NEXT_STEPS */.G[image.reason].doThis);
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
        return markdownLink(String(log.index), `https://search.sigstore.dev/?logIndex=${log.index}`);
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

;// CONCATENATED MODULE: ./.build/js/src/report/refusal-section.js





const LISTED_MAX = 10;
function refusalSection({ result: image, details }, { troubleshootingUrl, serverUrl }) {
    const heading = `### ${VERDICT_SIGNS[image.verdict]} ${(0,report_escape/* markdownCode */.D9)(shortName(image))}`;
    const [nearest, ...others] = groupAlike(details.signatures).slice(0, LISTED_MAX);
    if (image.reason === 'INPUT_INVALID') {
        const signers = nearest === undefined ? [] : [nearest, ...others].flatMap((group) => signatureParts(group, ''));
        return [heading, ...signers, ...acceptingInputs(details, serverUrl, 'open')].join('\n\n');
    }
    const parts = [heading];
    if (image.reason !== null) {
        parts.push(`${(0,error_text/* reasonLink */.NW)(image.reason, troubleshootingUrl)} ${next_steps/* NEXT_STEPS */.G[image.reason].meaning}`);
    }
    if (nearest === undefined || nearest.signature.findings.length === 0)
        parts.push(`> ${(0,report_escape/* markdownProse */.h$)(image.message)}`);
    if (nearest !== undefined)
        parts.push(...signatureParts(nearest, image.message));
    const advice = details.hint === undefined ? adviceFor(image) : (0,error_text/* hintMarkdown */.XV)(details.hint);
    parts.push(`**What to do:** ${advice}`);
    if (others.length > 0) {
        const title = others.length === 1 ? 'Another signature' : `${others.length} other signatures`;
        parts.push(folded(title, ...others.flatMap((group) => signatureParts(group, ''))));
    }
    if (details.others.length > 0) {
        const listed = [...new Set(details.others)].slice(0, LISTED_MAX).map(report_escape/* markdownCode */.D9).join(', ');
        parts.push(`Also attached, but not an image signature: ${listed}`);
    }
    if (image.sources.length > 1) {
        parts.push(folded('Where this image is named', image.sources
            .slice(0, 50)
            .map((one) => `- ${(0,report_escape/* markdownCode */.D9)(one)}`)
            .join('\n')));
    }
    parts.push(...acceptingInputs(details, serverUrl, 'folded'));
    return parts.join('\n\n');
}
function adviceFor(image) {
    return image.reason === null ? 'Check the platforms of the image.' : next_steps/* NEXT_STEPS */.G[image.reason].doThis;
}
function groupAlike(signatures) {
    const groups = new Map();
    for (const one of signatures) {
        const key = JSON.stringify({ ...one, format: undefined });
        groups.set(key, [...(groups.get(key) ?? []), one]);
    }
    return [...groups.values()].flatMap((group) => {
        const [signature] = group;
        if (signature === undefined)
            return [];
        const formats = new Set(group.map(({ format }) => (format === 'bundle' ? 'bundle' : 'legacy signature')));
        const label = [...formats].join(' and ');
        return [{ signature, label: label.charAt(0).toUpperCase() + label.slice(1) }];
    });
}
function signatureParts({ signature, label }, said) {
    const parts = [];
    if (signature.message !== undefined && !said.includes(signature.message))
        parts.push(`${label}: ${(0,report_escape/* markdownProse */.h$)(signature.message)}`);
    if (signature.unverified !== undefined) {
        const { subject, issuer } = signature.unverified;
        parts.push(`**Unverified** claim: signed by ${(0,report_escape/* markdownCode */.D9)(subject)}, issuer ${(0,report_escape/* markdownCode */.D9)(issuer)}.`);
    }
    if (signature.verified !== undefined && signature.findings.length === 0) {
        const { subject, issuer } = signature.verified;
        parts.push(`${label}: signed by ${(0,report_escape/* markdownCode */.D9)(subject)}, issuer ${(0,report_escape/* markdownCode */.D9)(issuer)}.`);
    }
    if (signature.findings.length > 0) {
        const rows = [...signature.findings]
            .sort((a, b) => Number(a.ok) - Number(b.ok))
            .map(({ field, expected, found, ok }) => [
            `${ok ? '✅' : '❌'} ${(0,report_escape/* markdownText */.p7)(field)}`,
            codeCell(expected),
            found === undefined ? '*nothing*' : codeCell(found),
        ]);
        parts.push(tableOf([label, 'Expected', 'Found'], rows));
    }
    if (signature.hints.length > 0)
        parts.push(signature.hints.map((hint) => `- ${(0,report_escape/* markdownProse */.h$)(hint)}`).join('\n'));
    return parts;
}
function acceptingInputs(details, serverUrl, as) {
    const verified = details.signatures.flatMap((signature) => signature.verified ?? []);
    const blocks = [...new Set(verified.map((identity) => identityInputsBlock(identity, serverUrl)))];
    if (blocks.length === 0)
        return [];
    const title = 'Inputs that would accept the signers of this image';
    const warning = 'Pasting them means trusting the signer. Do so only if you know it.';
    const shown = [warning, ...blocks.slice(0, LISTED_MAX)];
    return as === 'open' ? [`${title}:`, ...shown] : [folded(title, ...shown)];
}

;// CONCATENATED MODULE: ./.build/js/src/report/verify-summary.js




const ROWS_OPEN = 25;
const SECTIONS_OPEN = 3;
const SECTIONS_MAX = 20;
const ROWS_MAX = 500;
const PLACES_MAX = 300;
const verify_summary_WORDS = {
    pass: 'passed',
    allowed: 'let through',
    fail: 'refused',
    error: 'not decided',
};
const ORDER = ['fail', 'error', 'allowed', 'pass'];
function verifySummary(report) {
    const rows = report.images.toSorted((a, b) => ORDER.indexOf(a.result.verdict) - ORDER.indexOf(b.result.verdict));
    const [open, rest] = tables(rows, report.troubleshootingUrl);
    const parts = [
        `## ${verifyHeadline(report)}`,
        ...(report.error === undefined ? [] : [(0,error_text/* errorSection */.K6)(report.error, report.troubleshootingUrl)]),
        ...open,
        ...notes(report),
        ...sections(rows, report),
        ...rest,
        ...pinnedReferences(report),
        ...besides(rows),
        ...placesLooked(rows),
    ];
    return `${parts.join('\n\n')}\n`;
}
function verifyHeadline({ images, verdict, error }) {
    const first = images[0]?.result;
    const total = images.length;
    if (error !== undefined || first === undefined)
        return '❗ Not decided: nothing was verified';
    if (total === 1) {
        const name = (0,report_escape/* markdownCode */.D9)(shortName(first));
        switch (verdict) {
            case 'pass':
                return `✅ Verified: ${name} is signed by the expected identity`;
            case 'allowed':
                return `⚠️ Let through, although it did not pass: ${name}`;
            case 'fail':
                return `❌ Refused: ${name}`;
            case 'error':
                return `❗ Not decided: ${name}`;
        }
    }
    if (verdict === 'pass')
        return `✅ Verified: ${total} images are signed by the expected identity`;
    const counts = ORDER.flatMap((one) => {
        const count = images.filter(({ result }) => result.verdict === one).length;
        return count === 0 ? [] : [`${VERDICT_SIGNS[one]} ${count} ${verify_summary_WORDS[one]}`];
    });
    return `${counts.join(', ')}`;
}
const COLUMNS = ['Image', 'Verdict', 'Signed by', 'Signed at'];
function tables(rows, troubleshootingUrl) {
    if (rows.length === 0)
        return [[], []];
    const lines = rows.slice(0, ROWS_MAX).map((row) => imageRow(row, troubleshootingUrl));
    const bad = rows.filter(({ result }) => result.verdict !== 'pass').length;
    const shown = lines.length <= ROWS_OPEN ? lines.length : bad === 0 ? ROWS_OPEN : Math.min(bad, ROWS_OPEN);
    const open = tableOf(COLUMNS, lines.slice(0, shown));
    if (shown === lines.length)
        return [[open], []];
    const left = rows.length > ROWS_MAX ? [`…and ${rows.length - ROWS_MAX} more images in the results file.`] : [];
    const rest = rows.slice(shown);
    const passed = rest.filter(({ result }) => result.verdict === 'pass').length;
    const which = passed === rest.length ? 'all passed' : `${passed} of them passed`;
    return [[open], [folded(`${rest.length} more images, ${which}`, tableOf(COLUMNS, lines.slice(shown)), ...left)]];
}
function imageRow({ result: image, details }, troubleshootingUrl) {
    const reason = image.reason === null ? [] : [(0,error_text/* reasonLink */.NW)(image.reason, troubleshootingUrl)];
    const verdict = [`${VERDICT_SIGNS[image.verdict]} ${verify_summary_WORDS[image.verdict]}`, ...reason].join('<br>');
    const accepted = image.signatures.find((signature) => signature.verdict === 'accepted');
    const signer = accepted ?? image.signatures[0];
    return [
        imageCell(image, details.tags),
        verdict,
        signer === undefined ? '–' : signerCell(signer),
        timeCell(accepted?.signedAt ?? null),
    ];
}
function signerCell({ subject, issuer, unverified }) {
    if (subject === null || issuer === null)
        return '–';
    const name = `${codeCell(subject)}<br><sub>${codeCell(issuer)}</sub>`;
    return unverified === true ? `not proven: ${name}` : name;
}
function notes({ notes: said, skipped }) {
    const lines = [...said, ...skipped].slice(0, ROWS_MAX).map((line) => `> ${(0,report_escape/* markdownProse */.h$)(line)}`);
    if (lines.length === 0)
        return [];
    const text = lines.join('  \n');
    return [lines.length <= ROWS_OPEN ? text : folded(`${lines.length} notes`, text)];
}
function pinnedReferences({ images, verdict }) {
    const pinned = images.flatMap(({ result: { resolved } }) => (resolved === null ? [] : [resolved]));
    if (verdict !== 'pass' || pinned.length === 0)
        return [];
    const block = (0,report_escape/* markdownBlock */.dI)('text', pinned.slice(0, ROWS_MAX).join('\n'));
    return pinned.length <= 3 ? ['Deploy the verified digests:', block] : [folded('Deploy the verified digests', block)];
}
function sections(rows, report) {
    const bad = rows.filter(({ result }) => result.verdict !== 'pass');
    const shown = bad.slice(0, SECTIONS_MAX).map((row) => refusalSection(row, report));
    const left = bad.length > SECTIONS_MAX ? [`…and ${bad.length - SECTIONS_MAX} more; see the results file for details.`] : [];
    const rest = shown.slice(SECTIONS_OPEN);
    return [
        ...shown.slice(0, SECTIONS_OPEN),
        ...(rest.length === 0
            ? left
            : [folded(`${countOf(bad.length - SECTIONS_OPEN, 'more image')} with problems`, ...rest, ...left)]),
    ];
}
function besides(rows) {
    const lines = rows
        .filter(({ result, details }) => result.verdict === 'pass' && details.others.length > 0)
        .slice(0, PLACES_MAX)
        .map(({ result, details }) => [
        codeCell(shortName(result)),
        [...new Set(details.others)].slice(0, 10).map(codeCell).join('<br>'),
    ]);
    if (lines.length === 0)
        return [];
    return [folded('Attestations and other attached artifacts (not counted)', tableOf(['Image', 'Found'], lines))];
}
function placesLooked(rows) {
    const lines = rows
        .flatMap(({ result, details }) => details.places.map(({ request, status, entries }) => {
        const answer = `${(0,report_escape/* markdownText */.p7)(String(status))}, ${entries} listed`;
        return [codeCell(shortName(result)), codeCell(request), answer];
    }))
        .slice(0, PLACES_MAX);
    if (lines.length === 0)
        return [];
    return [folded('Where the action looked for signatures', tableOf(['Image', 'Request', 'Response'], lines))];
}

// EXTERNAL MODULE: ./.build/js/src/domain/image/source.js
var source = __webpack_require__(4691);
;// CONCATENATED MODULE: ./.build/js/src/usecases/examining/skipped-results.js
function skippedResults(image) {
    if (image === undefined || image.skipped.length === 0)
        return {};
    return { skipped: image.skipped.map(({ platform, digest, mediaType }) => ({ platform, digest, mediaType })) };
}

// EXTERNAL MODULE: ./.build/js/src/usecases/judging/judge-image.js
var judge_image = __webpack_require__(1282);
;// CONCATENATED MODULE: ./.build/js/src/usecases/verifying/verify-results.js




const WORSE = ['pass', 'allowed', 'fail', 'error'];
function verifyResults(images) {
    return { schemaVersion: 1, verified: images.length > 0 && images.every((one) => one.verdict === 'pass'), images };
}
function worstVerdict(results) {
    return results.images.reduce((worst, { verdict }) => (WORSE.indexOf(verdict) > WORSE.indexOf(worst) ? verdict : worst), results.images.length === 0 ? 'error' : 'pass');
}
function imageResult(one, mode) {
    const own = decide(one);
    const platforms = one.platforms.map((platform) => {
        const { verdict, reason, message } = decide(platform);
        return { platform: platform.platform, digest: platform.digest, verdict, reason, message };
    });
    const worst = platforms.reduce((before, platform) => WORSE.indexOf(platform.verdict) > WORSE.indexOf(before?.verdict ?? own.verdict) ? platform : before, undefined);
    const decided = worst === undefined
        ? own
        : { verdict: worst.verdict, reason: worst.reason, message: `platform ${worst.platform}: ${worst.message}` };
    const let_ = mode === 'warn' ? allow : (kept) => kept;
    const { repository, tag } = one.first;
    return {
        reference: one.first.original,
        resolved: one.image === undefined ? null : (0,reference/* formatPinned */.y6)(one.image.repository, one.image.digest),
        repository: (0,reference/* formatRepository */.Sh)(repository),
        tag: tag ?? null,
        digest: one.image?.digest ?? one.first.digest ?? null,
        ...let_(decided),
        sources: (0,source/* formatSources */.c)(one.references.flatMap((reference) => reference.sources)),
        signatures: one.judgement?.signatures.map(signatureResult) ?? [],
        ...(platforms.length === 0 ? {} : { platforms: platforms.map(({ message: _, ...platform }) => let_(platform)) }),
        ...skippedResults(one.image),
    };
}
function decide(one) {
    if (one.error !== undefined)
        return { verdict: 'error', reason: one.error.code, message: one.error.message };
    if (one.judgement === undefined) {
        return { verdict: 'error', reason: 'INTERNAL_ERROR', message: 'the image was not judged' };
    }
    const { verdict, reason, message } = one.judgement;
    return { verdict, reason, message };
}
function allow(kept) {
    const lets = (kept.verdict === 'fail' || kept.verdict === 'error') && kept.reason !== 'INPUT_INVALID';
    return lets ? { ...kept, verdict: 'allowed' } : kept;
}
function signatureResult(one) {
    const { candidate, verification } = one;
    const verified = verification.kind === 'verified' ? verification.facts : undefined;
    const identity = verified?.identity ?? (verification.kind === 'refused' ? verification.unverified : undefined);
    const accepted = (0,judge_image/* isAccepted */.oB)(one);
    return {
        format: candidate.format,
        digest: candidate.digest,
        verdict: accepted ? 'accepted' : 'rejected',
        reason: accepted ? null : (0,judge_image/* reasonOf */.A3)(one),
        issuer: identity?.issuer ?? null,
        subject: identity?.subject ?? null,
        claims: { ...identity?.claims },
        annotations: { ...verified?.annotations },
        signedAt: verified?.provenTimes[0]?.toISOString() ?? null,
        log: verified?.log === undefined ? null : { url: verified.log.url, index: verified.log.index },
        ...(verified === undefined && identity !== undefined ? { unverified: true } : {}),
        ...(accepted ? {} : { message: (0,judge_image/* messageOf */.bD)(one) }),
    };
}
function sharedIdentity(images) {
    const judgements = images.map((one) => one.judgement);
    const first = judgements[0]?.accepted?.identity;
    if (first === undefined)
        return undefined;
    const same = judgements.every((one) => one?.accepted?.identity.issuer === first.issuer && one.accepted.identity.subject === first.subject);
    return same ? { issuer: first.issuer, subject: first.subject } : undefined;
}

// EXTERNAL MODULE: ./.build/js/src/entries/action/inputs/read-value.js + 1 modules
var read_value = __webpack_require__(2539);
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
// EXTERNAL MODULE: ./.build/js/src/entries/action/run-deadline.js
var run_deadline = __webpack_require__(9485);
// EXTERNAL MODULE: ./.build/js/src/entries/action/surroundings.js + 1 modules
var surroundings = __webpack_require__(3675);
// EXTERNAL MODULE: ./.build/js/src/entries/compose/connect.js + 53 modules
var connect = __webpack_require__(5475);
// EXTERNAL MODULE: ./.build/js/src/entries/verify/identity-words.js
var identity_words = __webpack_require__(5306);
;// CONCATENATED MODULE: ./.build/js/src/entries/verify/image-reports.js


function imageReports(images, { mode, noIdentity }) {
    return images.map((image) => {
        const result = imageResult(image, mode);
        return {
            result: noIdentity === undefined ? result : withoutIdentity(result, noIdentity),
            details: detailsOf(image),
        };
    });
}
function withoutIdentity(result, { message }) {
    return { ...result, verdict: 'error', reason: 'INPUT_INVALID', message };
}
function detailsOf(image) {
    const { judgement } = image;
    return {
        tags: image.references.flatMap(({ tag }) => (tag === undefined ? [] : [tag])),
        signatures: judgement?.signatures.map(signatureDetails) ?? [],
        others: [
            ...(judgement?.others ?? []).flatMap(({ verification }) => verification.kind === 'not-a-signature' ? [verification.predicateType ?? verification.what] : []),
            ...(judgement?.unreadable ?? []).map((one) => `${one.artifactType ?? one.digest}: ${one.message}`),
        ],
        places: judgement?.places.map(({ request, status, entries }) => ({ request, status, entries })) ?? [],
        hint: judgement?.hint ?? image.error?.hint,
    };
}
function signatureDetails(one) {
    const { verification, evaluation } = one;
    const accepted = (0,judge_image/* isAccepted */.oB)(one);
    return {
        format: one.candidate.format,
        accepted,
        reason: accepted ? null : (0,judge_image/* reasonOf */.A3)(one),
        verified: verification.kind === 'verified' ? verification.facts.identity : undefined,
        unverified: verification.kind === 'refused' ? verification.unverified : undefined,
        findings: evaluation?.kind === 'mismatch' ? evaluation.findings : [],
        hints: evaluation?.kind === 'mismatch' ? evaluation.hints : [],
        message: verification.kind === 'refused' ? verification.message : undefined,
    };
}

;// CONCATENATED MODULE: ./.build/js/src/github/listing.js
const PAGE_ENTRIES = 100;
const PAGES_MAX = 30;
async function everyEntry(read) {
    const entries = [];
    for (let number = 1; number <= PAGES_MAX; number += 1) {
        const page = await read(number);
        entries.push(...page.entries);
        if (page.link?.includes('rel="next"') !== true)
            return entries;
    }
    throw new Error(`the commit has more than ${PAGES_MAX * PAGE_ENTRIES} check runs or statuses, which is too many to search`);
}
const LAG_MS = [500, 1000, 2000];
async function readBack(clock, list, isShown) {
    for (const pause of [...LAG_MS, undefined]) {
        const entries = await list();
        if (isShown(entries))
            return entries;
        if (pause !== undefined)
            await clock.sleep(pause);
    }
    throw new Error('GitHub does not list the new entry');
}
function isRefusal(error) {
    const status = error instanceof Error ? Reflect.get(error, 'status') : undefined;
    return typeof status === 'number' && status >= 400 && status < 500;
}

;// CONCATENATED MODULE: ./.build/js/src/github/report-target.js
function splitRepository(repository) {
    const [owner = '', repo = ''] = repository.split('/');
    return { owner, repo };
}

;// CONCATENATED MODULE: ./.build/js/src/github/check-run-calls.js


const CHECK_TEXT_MAX = 65_535;
const ANNOTATIONS_A_REQUEST = 50;
const OURS = 'countersign:';
async function listCheckRuns({ octokit, target }, name) {
    const all = await everyEntry(async (page) => {
        const { data, headers } = await octokit.rest.checks.listForRef({
            ...splitRepository(target.repository),
            ref: target.sha,
            check_name: name,
            filter: 'all',
            per_page: PAGE_ENTRIES,
            page,
        });
        return { entries: data.check_runs, link: headers.link };
    });
    const run = target.attempt.slice(0, target.attempt.lastIndexOf('/') + 1);
    return all.flatMap(({ id, conclusion, external_id: externalId, output }) => {
        const isOfAttempt = externalId === OURS + target.attempt;
        const isOfRun = isOfAttempt || (run !== '' && externalId?.startsWith(OURS + run) === true);
        return isOfRun ? [{ id, conclusion, isOfAttempt, hasAnnotations: output.annotations_count > 0 }] : [];
    });
}
async function createCheckRun(reporting, report) {
    const { octokit, target } = reporting;
    const body = { ...bodyOf(reporting, report), name: report.name, head_sha: target.sha };
    return (await octokit.rest.checks.create(body)).data.id;
}
async function updateCheckRun(reporting, id, result) {
    await reporting.octokit.rest.checks.update({ ...bodyOf(reporting, result), check_run_id: id });
}
async function addMoreAnnotations({ octokit, target }, id, result) {
    const { title, summary, annotations: all } = result;
    for (const annotations of batches(all).slice(1)) {
        const output = { title, summary, annotations };
        await octokit.rest.checks.update({ ...splitRepository(target.repository), check_run_id: id, output });
    }
}
function bodyOf({ target }, { title, summary, conclusion, annotations }) {
    return {
        ...splitRepository(target.repository),
        external_id: OURS + target.attempt,
        status: 'completed',
        conclusion,
        output: { title, summary, annotations: batches(annotations)[0] ?? [] },
        ...(target.detailsUrl === undefined ? {} : { details_url: target.detailsUrl }),
    };
}
function batches(annotations = []) {
    const all = annotations.map(({ path, line, level, title, message }) => ({
        path,
        start_line: line,
        end_line: line,
        annotation_level: level,
        title,
        message,
    }));
    const parts = [];
    for (let at = 0; at < all.length; at += ANNOTATIONS_A_REQUEST)
        parts.push(all.slice(at, at + ANNOTATIONS_A_REQUEST));
    return parts;
}

;// CONCATENATED MODULE: ./.build/js/src/github/check-run.js


const OVERRULED = {
    title: 'Failed: another step of this run published a failure',
    summary: 'A step of this run passed, but another one published a failure under this name. The job summaries show both. To see both here, give each step its own `check-name`.',
};
const UNPROVEN = {
    title: 'Failed: the result could not be confirmed',
    summary: 'The step passed, but another step of this run may have published a failure under this name, and this could not be checked. Run the job again.',
};
async function publishCheckRun(reporting, report) {
    if (report.conclusion === 'success')
        return publishSuccess(reporting, report);
    const id = await createCheckRun(reporting, report);
    await settle(reporting, report.name, [id]).catch(() => undefined);
    await addMoreAnnotations(reporting, id, report);
    return { kind: 'published' };
}
async function publishSuccess(reporting, report) {
    const before = await listCheckRuns(reporting, report.name);
    if (before.some(isFailureOfAttempt))
        return { kind: 'kept' };
    const written = [];
    try {
        for (const { id } of before.filter((run) => !run.hasAnnotations)) {
            written.push(id);
            await updateCheckRun(reporting, id, written.length === 1 ? report : { ...report, annotations: undefined });
        }
        if (written.length === 0)
            written.push(await createCheckRun(reporting, report));
        if (!(await settle(reporting, report.name, written)))
            return { kind: 'overruled' };
    }
    catch (cause) {
        if (written.length > 0) {
            const isClosed = await fail(reporting, written, UNPROVEN).then(() => true, () => false);
            return { kind: 'unproven', isClosed, cause };
        }
        if (!isRefusal(cause))
            await settle(reporting, report.name, []).catch(() => undefined);
        throw cause;
    }
    const [first] = written;
    if (first !== undefined)
        await addMoreAnnotations(reporting, first, report);
    return { kind: 'published' };
}
async function settle(reporting, name, written) {
    const list = async () => (await listCheckRuns(reporting, name)).filter((run) => run.isOfAttempt);
    const isShown = (runs) => written.every((id) => runs.some((run) => run.id === id));
    const runs = await readBack(reporting.clock, list, isShown);
    if (!runs.some(isFailureOfAttempt))
        return true;
    const successes = runs.filter((run) => !isFailureOfAttempt(run)).map((run) => run.id);
    await fail(reporting, successes, OVERRULED);
    return false;
}
async function fail(reporting, ids, text) {
    const failure = { ...text, conclusion: 'failure' };
    const done = await Promise.allSettled(ids.map((id) => updateCheckRun(reporting, id, failure)));
    const broken = done.find((one) => one.status === 'rejected');
    if (broken !== undefined)
        throw broken.reason;
}
function isFailureOfAttempt(run) {
    return run.isOfAttempt && run.conclusion !== 'success';
}

;// CONCATENATED MODULE: ./.build/js/src/github/commit-status.js


const commit_status_OVERRULED = 'Failed: another step of this run published a failure under this name';
const commit_status_UNPROVEN = 'Failed: could not check what other steps of this run published under this name';
async function publishCommitStatus(reporting, report) {
    const { name, state } = report;
    if (state === 'failure') {
        const id = await createStatus(reporting, report);
        await commit_status_settle(reporting, name, id).catch(() => undefined);
        return { kind: 'published' };
    }
    if ((await listStatuses(reporting, name)).some(isFailure))
        return { kind: 'kept' };
    let isWritten = false;
    try {
        const id = await createStatus(reporting, report);
        isWritten = true;
        return { kind: (await commit_status_settle(reporting, name, id)) ? 'published' : 'overruled' };
    }
    catch (cause) {
        if (!isWritten && isRefusal(cause))
            throw cause;
        const isClosed = await createStatus(reporting, { name, state: 'failure', description: commit_status_UNPROVEN }).then(() => true, () => false);
        if (!isWritten && !isClosed)
            throw cause;
        return { kind: 'unproven', isClosed, cause };
    }
}
async function commit_status_settle(reporting, name, written) {
    const list = () => listStatuses(reporting, name);
    const isShown = (shown) => shown.some((one) => one.id === written);
    const [latest, ...older] = await readBack(reporting.clock, list, isShown);
    if (latest === undefined || (!isFailure(latest) && !older.some(isFailure)))
        return true;
    if (!isFailure(latest))
        await createStatus(reporting, { name, state: 'failure', description: commit_status_OVERRULED });
    return false;
}
async function listStatuses({ octokit, target }, name) {
    const all = await everyEntry(async (page) => {
        const { data, headers } = await octokit.rest.repos.listCommitStatusesForRef({
            ...splitRepository(target.repository),
            ref: target.sha,
            per_page: PAGE_ENTRIES,
            page,
        });
        return { entries: data, link: headers.link };
    });
    return all.filter(({ context, target_url: url }) => context === name && url === (target.detailsUrl ?? null));
}
async function createStatus({ octokit, target }, report) {
    const { data } = await octokit.rest.repos.createCommitStatus({
        ...splitRepository(target.repository),
        sha: target.sha,
        context: report.name,
        state: report.state,
        description: report.description,
        ...(target.detailsUrl === undefined ? {} : { target_url: target.detailsUrl }),
    });
    return data.id;
}
function isFailure({ state }) {
    return state === 'failure' || state === 'error';
}

;// CONCATENATED MODULE: ./.build/js/src/github/octokit.js
const ANSWER_MAX_BYTES = 4 * 1024 * 1024;
async function createOctokit({ call, http, token, apiUrl, debug, conceal }) {
    const github = await Promise.all(/* import() */[__webpack_require__.e(440), __webpack_require__.e(628), __webpack_require__.e(119), __webpack_require__.e(785)]).then(__webpack_require__.bind(__webpack_require__, 2785));
    return github.getOctokit(token, {
        baseUrl: apiUrl,
        userAgent: 'countersign',
        request: { fetch: fetchOver(call, http, conceal) },
        log: { debug, info: debug, warn: debug, error: debug },
    });
}
function fetchOver(call, http, conceal) {
    return async (url, init = {}) => {
        const method = methodOf(init.method);
        const response = await http.request(call, {
            service: 'GitHub API',
            method,
            url,
            headers: { ...init.headers },
            ...(typeof init.body === 'string' ? { body: concealedBody(init.body, conceal) } : {}),
            maxBytes: ANSWER_MAX_BYTES,
            retry: method === 'GET' || method === 'PATCH',
        });
        const bodiless = response.status === 204 || response.status === 205 || response.status === 304;
        return new Response(bodiless ? null : new Uint8Array(response.body), {
            status: response.status,
            headers: response.headers,
        });
    };
}
const EXACT_FIELDS = new Set([
    'name',
    'head_sha',
    'external_id',
    'details_url',
    'status',
    'conclusion',
    'state',
    'context',
    'target_url',
    'path',
    'annotation_level',
]);
function concealedBody(body, conceal) {
    return JSON.stringify(JSON.parse(body), (key, value) => {
        if (typeof value !== 'string' || EXACT_FIELDS.has(key))
            return value;
        return conceal(value).slice(0, value.length);
    });
}
function methodOf(method) {
    switch (method) {
        case 'POST':
        case 'PATCH':
            return method;
        case undefined:
        case 'GET':
            return 'GET';
        default:
            throw new Error(`${method} is not used with GitHub's API`);
    }
}

// EXTERNAL MODULE: ./.build/js/src/domain/text/visible-text.js
var visible_text = __webpack_require__(2528);
;// CONCATENATED MODULE: ./.build/js/src/report/short-text.js


const STATUS_DESCRIPTION_MAX = 140;
const TITLE_MAX = 200;
const short_text_WORDS = {
    pass: 'Verified',
    allowed: 'Let through',
    fail: 'Refused',
    error: 'Not decided',
};
function checkTitle(report) {
    return cut(line(report), TITLE_MAX);
}
function statusDescription(report) {
    return cut(line(report), STATUS_DESCRIPTION_MAX);
}
function line({ results, verdict, error }) {
    if (error !== undefined)
        return `Not decided: ${error.code}: ${error.message.split('\n').join(' ')}`;
    const { images } = results;
    if (images.length === 0)
        return 'Not decided: nothing was verified';
    if (verdict === 'pass')
        return `Verified: ${images.length === 1 ? short_text_nameOf(images) : countOf(images.length, 'image')}`;
    const bad = images.filter((image) => image.verdict !== 'pass');
    const first = bad.filter((image) => image.verdict === verdict);
    const more = bad.length > 1 ? `, and ${countOf(bad.length - 1, 'more image')}` : '';
    const reason = first[0]?.reason ?? verdict;
    return `${short_text_WORDS[verdict]} (${reason}${more}): ${short_text_nameOf(first)}`;
}
function short_text_nameOf(images) {
    const [first] = images;
    return first === undefined ? '' : shortName(first);
}
function cut(text, max) {
    const points = [...(0,visible_text/* visibleText */.Q)(text)];
    return points.length <= max ? points.join('') : `${points.slice(0, max - 1).join('')}…`;
}

;// CONCATENATED MODULE: ./.build/js/src/entries/verify/publish-reports.js







async function publishReports(run, requests, report) {
    const { names } = report;
    if (names.check === undefined && names.status === undefined)
        return;
    const reporting = await publish_reports_connect(run, requests);
    if (typeof reporting === 'string') {
        for (const name of new Set([names.check, names.status]))
            if (name !== undefined)
                notice(run, name, reporting);
        return;
    }
    let status = names.status;
    if (names.check !== undefined) {
        const name = names.check;
        const trouble = await attempt(run, { name, what: `check run ${name}` }, () => publishCheckRun(reporting, {
            name,
            conclusion: report.opens ? 'success' : 'failure',
            title: checkTitle(report),
            summary: cutMarkdown(report.markdown, CHECK_TEXT_MAX, (text) => Buffer.byteLength(text)),
        }));
        if (trouble !== undefined) {
            const isAnother = status !== undefined && status !== name;
            const second = isAnother ? trouble : await publishStatus(run, reporting, { name, report });
            if (second !== undefined)
                notice(run, name, trouble);
            if (!isAnother)
                status = undefined;
        }
    }
    if (status !== undefined) {
        const trouble = await publishStatus(run, reporting, { name: status, report });
        if (trouble !== undefined)
            notice(run, status, trouble);
    }
}
async function publishStatus(run, reporting, { name, report }) {
    const state = report.opens ? 'success' : 'failure';
    return attempt(run, { name, what: `commit status ${name}` }, () => publishCommitStatus(reporting, { name, state, description: statusDescription(report) }));
}
async function publish_reports_connect(run, requests) {
    const { repository, reportSha, attempt: id, runUrl, apiUrl } = run.context;
    const token = (0,read_value/* readGithubToken */.lF)({ source: run });
    if (token === undefined)
        return 'the input github-token is empty';
    if (repository === undefined || reportSha === undefined)
        return 'the event does not name a commit';
    try {
        const octokit = await createOctokit({
            ...requests,
            token,
            apiUrl,
            debug: (line) => run.log.debug(line),
            conceal: run.conceal,
        });
        const target = { repository, sha: reportSha, attempt: id, detailsUrl: runUrl };
        return { octokit, target, clock: run.clock };
    }
    catch (error) {
        return wordsOf(error);
    }
}
async function attempt(run, { name, what }, publish) {
    try {
        const outcome = await publish();
        run.log.info(`${what}: ${outcomeWords(outcome)}`);
        if (outcome.kind === 'unproven')
            unconfirmed(run, name, outcome);
        return undefined;
    }
    catch (error) {
        const words = wordsOf(error);
        run.log.info(`${what}: not published: ${words}`);
        return words;
    }
}
function outcomeWords(outcome) {
    switch (outcome.kind) {
        case 'published':
            return 'published';
        case 'kept':
            return 'left as failure, because another step of this run published a failure; give each step its own name';
        case 'overruled':
            return 'set to failure, because another step of this run published a failure at the same time; give each step its own name';
        case 'unproven':
            return outcome.isClosed ? 'set to failure, because it could not be confirmed' : 'written, but not confirmed';
    }
}
function unconfirmed(run, name, outcome) {
    const state = outcome.isClosed
        ? 'The result was set to failure'
        : 'The result could not be set to failure either, so do not rely on it';
    run.annotate({
        level: outcome.isClosed ? 'notice' : 'warning',
        title: `Countersign: ${name} could not be confirmed`,
        message: `Another step of this run may have published a failure under this name, but this could not be checked: ${wordsOf(outcome.cause)}. ${state}. The verdict of this step is unaffected. Run the job again.`,
    });
}
function wordsOf(error) {
    const status = error instanceof Error ? Reflect.get(error, 'status') : undefined;
    const message = error instanceof Error ? error.message : String(error);
    return typeof status === 'number' ? `GitHub's API returned ${status}: ${message}` : message;
}
function notice(run, name, why) {
    const { isForkRun, isDependabot } = run.context;
    const advice = isForkRun || isDependabot
        ? 'Runs of forks and Dependabot have a read-only token. Verify again in a workflow started by `workflow_run`, and publish from there.'
        : 'Grant `checks: write` for a check run, `statuses: write` for a commit status.';
    run.annotate({
        level: 'notice',
        title: `Countersign: ${name} was not published`,
        message: `${why}. The verdict of this step is unaffected. ${advice}`,
    });
}

// EXTERNAL MODULE: ./.build/js/src/entries/verify/report-name.js
var report_name = __webpack_require__(7288);
;// CONCATENATED MODULE: ./.build/js/src/entries/verify/publish.js
























async function publishVerify(run, request, { images, requests }) {
    const noIdentity = request.identity.kind === 'no-identity'
        ? new coded_error/* CodedError */.AK('INPUT_INVALID', (0,identity_words/* noSignerText */.N)(request.identity.problem), { hint: NO_IDENTITY_HINT })
        : undefined;
    const reported = imageReports(images, { mode: request.mode, noIdentity });
    const results = verifyResults(reported.map(({ result }) => result));
    const verdict = worstVerdict(results);
    await publishResults(run, results, [request.reportPath]).catch((cause) => {
        const why = cause instanceof Error ? cause.message : String(cause);
        throw new coded_error/* CodedError */.AK('INPUT_INVALID', `input report: ${request.reportPath} cannot be written: ${why}`, {
            cause,
            hint: 'Set `report` to a file that this job can write, or remove the input.',
        });
    });
    logImages(run, verifyLogLines(reported, run.context.serverUrl));
    const notes = notesOf(images);
    const besides = skippedEntryLines(results);
    for (const note of [...notes, ...besides])
        run.log.info(note);
    const markdown = verifySummary({
        images: reported,
        verdict,
        notes: [...request.warnings, ...request.notices, ...notes],
        skipped: [...request.skipped, ...besides],
        error: noIdentity,
        serverUrl: run.context.serverUrl,
        troubleshootingUrl: (0,report_failure/* actionNames */.Bk)(run).troubleshootingUrl,
    });
    if (request.summary)
        await writeSummary(run, markdown);
    run.setOutput('verdict', verdict);
    run.setOutput('reason', results.images.find((image) => image.verdict === verdict)?.reason ?? '');
    if (noIdentity !== undefined)
        (0,report_failure/* reportFailure */.xV)(run, noIdentity);
    if (noIdentity === undefined)
        annotateImages(run, reported);
    const opens = (image) => image.verdict === 'pass' || image.verdict === 'allowed';
    const isOpen = results.images.length > 0 && results.images.every(opens);
    if (!isOpen)
        run.setExitCode(1);
    if (isOpen && results.images.every((image) => image.resolved !== null)) {
        run.setOutput('images', results.images.map((image) => image.resolved ?? '').join('\n'));
    }
    if (results.verified)
        setVerified(run, images);
    const names = { check: request.checkName, status: request.statusName };
    const report = { names, results, verdict, error: noIdentity, opens: isOpen, markdown };
    if (requests === undefined)
        await reportApart(run, request.network, report);
    else
        await publishReports(run, requests, report);
}
const NO_IDENTITY_HINT = 'Specify who must have signed. The log and the job summary show the verified signers of each image, as inputs ready to paste.';
function setVerified(run, images) {
    const shared = sharedIdentity(images);
    if (shared !== undefined) {
        for (const name of ['issuer', 'subject']) {
            const { value, notice } = identityOutput(name, shared[name]);
            run.setOutput(name, value);
            if (notice !== undefined)
                run.annotate({ level: 'notice', title: 'Countersign', message: notice });
        }
    }
    run.setOutput('verified', 'true');
}
async function publishStopped(run, error) {
    run.setOutput('verified', 'false');
    for (const name of ['images', 'issuer', 'subject'])
        run.setOutput(name, '');
    run.setOutput('verdict', 'error');
    run.setOutput('reason', error.code);
    const reading = (0,read_value/* quietReading */.rP)(run);
    const results = await publishNoResults(run, await reportPaths(run));
    const { troubleshootingUrl } = (0,report_failure/* actionNames */.Bk)(run);
    const { serverUrl } = run.context;
    const report = { images: [], verdict: 'error', notes: [], skipped: [], error, serverUrl };
    const markdown = verifySummary({ ...report, troubleshootingUrl });
    if (wantsSummary(run))
        await writeSummary(run, markdown);
    const names = { check: (0,report_name/* readReportName */.W)(reading, 'check-name'), status: (0,report_name/* readReportName */.W)(reading, 'status-name') };
    const network = { caCertificates: [], insecureRegistries: [] };
    await reportApart(run, network, { names, results, verdict: 'error', error, opens: false, markdown });
}
async function reportPaths(run) {
    const own = (0,external_node_path_.join)((0,run_files/* stepDirectory */.iN)(run, 'verify'), 'results.json');
    const reading = (0,read_value/* quietReading */.rP)(run);
    const path = await (0,run_files/* readWritePath */.vA)(reading, 'report');
    return path === undefined || reading.problems.list.length > 0 ? [own] : [path, own];
}
const STOPPED_RETRY_MS = 10_000;
async function reportApart(run, network, report) {
    const { names } = report;
    if (names.check === undefined && names.status === undefined)
        return;
    const time = new AbortController();
    const timeUp = new coded_error/* CodedError */.AK('TIMEOUT', `reporting stopped after ${run_deadline/* REPORT_MS */.K / 1000} s`);
    const stopTimer = run.after(run_deadline/* REPORT_MS */.K, () => time.abort(timeUp));
    const call = { signal: time.signal, retries: (0,retry_budget/* createRetryBudget */.C)(STOPPED_RETRY_MS), log: run.log };
    const http = (0,connect/* connectHttp */.RW)((0,surroundings/* surroundingsOf */.Z)(run), network);
    try {
        await publishReports(run, { call, http }, report);
    }
    finally {
        stopTimer();
        await http.close();
    }
}
async function writeSummary(run, markdown) {
    await run.appendSummary(cutMarkdown(markdown, job_summary/* SUMMARY_MAX_BYTES */.eR, (part) => Buffer.byteLength(part)));
}
const OPEN_MAX = 3;
function logImages(run, images) {
    const isFolded = images.filter(({ details }) => details.length > 0).length > OPEN_MAX;
    for (const { line, details } of images) {
        run.log.info(line);
        if (!isFolded)
            for (const detail of details)
                run.log.info(detail);
    }
    if (!isFolded)
        return;
    for (const { title, details } of images) {
        if (details.length === 0)
            continue;
        run.log.group(title);
        for (const detail of details)
            run.log.info(detail);
        run.log.endGroup();
    }
}
const ANNOTATED = ['fail', 'error', 'allowed'];
function annotateImages(run, images) {
    const { troubleshootingUrl } = (0,report_failure/* actionNames */.Bk)(run);
    for (const verdict of ANNOTATED) {
        for (const { result, details } of images) {
            if (result.verdict !== verdict)
                continue;
            const { reference, reason, message } = result;
            const text = reason === null
                ? { title: verdict, lines: [message] }
                : (0,error_text/* errorText */.kc)({ code: reason, message, hint: details.hint }, troubleshootingUrl);
            run.annotate({
                level: verdict === 'allowed' ? 'warning' : 'error',
                title: `Countersign: ${reference}: ${reason ?? verdict}`,
                message: text.lines.join('\n'),
            });
        }
    }
}
function notesOf(images) {
    const notes = images.flatMap((image) => (image.judgement?.signatures ?? []).flatMap(({ evaluation, verification }) => {
        if (verification.kind !== 'verified' || evaluation?.kind !== 'accepted')
            return [];
        const named = verification.facts.dockerReference;
        if (named === undefined || image.image === undefined || isNameOf(named, image.image.repository)) {
            return evaluation.notes;
        }
        return [...evaluation.notes, `The signature of ${image.first.original} was made under the name ${named}.`];
    }));
    return [...new Set(notes)];
}
function isNameOf(named, repository) {
    try {
        return (0,reference/* formatRepository */.Sh)((0,reference/* parseReference */.F2)(named).repository) === (0,reference/* formatRepository */.Sh)(repository);
    }
    catch (error) {
        if (error instanceof value_error/* ValueError */.Qp)
            return false;
        throw error;
    }
}


/***/ })

};
