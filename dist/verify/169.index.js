export const id = 169;
export const ids = [169];
export const modules = {

/***/ 9169:
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
/**
 * Markdown cut at the end of a line, with what is open closed and a note at the end; unchanged if it fits.
 * `sizeOf` measures in the unit of `max`.
 */
function cutMarkdown(markdown, max, sizeOf) {
    if (sizeOf(markdown) <= max)
        return markdown;
    const note = `> The rest was cut: there is no room for more here. The results file has everything.\n`;
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
/** Room for everything that may be open: a fence and a few folded sections. */
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
// EXTERNAL MODULE: ./.build/js/src/domain/identity/requirement.js + 2 modules
var requirement = __webpack_require__(7526);
// EXTERNAL MODULE: ./.build/js/src/domain/identity/signer-evaluation.js
var signer_evaluation = __webpack_require__(290);
// EXTERNAL MODULE: ./.build/js/src/domain/identity/workflow-uri.js
var workflow_uri = __webpack_require__(4091);
;// CONCATENATED MODULE: ./.build/js/src/domain/identity/pasteable-inputs.js





/**
 * The inputs that accept this signature and, as far as its certificate says, nothing wider: repository,
 * workflow, ref, and the signer if it is another one. Only for verified facts: pasting is trusting.
 */
function pasteableInputs({ identity }, context) {
    const { claims, issuer, subject } = identity;
    const uri = claims['source-repository-uri'];
    const workflow = uri === undefined ? undefined : (0,workflow_uri/* parseWorkflowUri */.BK)(claims['build-config-uri'] ?? '', uri)?.path;
    // A GitLab path stands after `//`, so it starts with a slash, which the input does not take.
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
        .map(([name]) => `${name}: the certificate's value holds characters that are not safe to paste`);
    if (withheld.length === 0 && !accept(given, identity, context)) {
        withheld.push('no inputs accept exactly what this certificate says');
    }
    return { lines: given.flatMap(([name, value]) => (0,pasteable_line/* pasteableLine */.i)(name, value) ?? []), withheld };
}
/** The inputs that are offered, by their names in the parsed request. */
const FIELDS = {
    'source-repository': 'sourceRepository',
    workflow: 'workflow',
    'source-ref': 'sourceRef',
    'certificate-identity': 'certificateIdentity',
    'certificate-oidc-issuer': 'certificateOidcIssuer',
    claims: 'claims',
};
/** `owner/name` on this server, else the URL. */
function shortest(uri, serverUrl) {
    const name = uri.startsWith(`${serverUrl}/`) ? uri.slice(serverUrl.length + 1) : uri;
    return name.split('/').length === 2 ? name : uri;
}
/**
 * What subject and issuer, which is all that other verifiers compare, leave open of this signer: the subject of a
 * called workflow passes whoever calls it (identity rule 3), and says nothing of a trigger that any account can fire
 * (rule 4). Empty: they are enough. Undefined: no identity of the gate accepts it.
 */
function pasteable_inputs_openWithSubject(identity, context) {
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
    [identity_rules/* REPOSITORY_OF_SUBJECT */.YH]: 'repository',
    [identity_rules/* BUILD_TRIGGER */.Ir]: 'trigger',
};
/** Whether the gate would take the inputs and accept the signature: certificates can say what no input can. */
function accept(given, identity, context) {
    return evaluate(given, identity, context)?.kind === 'accepted';
}
/** How the gate would judge this signer by these inputs; undefined if it would not take them. */
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
    // No pattern and no age is among them, so neither the word nor the time is used.
    const parsed = (0,requirement/* parseIdentityRequirement */.R)(inputs, { ...context, randomWord: 'unused', parseRegexp: undefined });
    if (parsed.kind !== 'requirement')
        return undefined;
    return (0,signer_evaluation/* evaluateSigner */.U)({ identity, annotations: {}, provenTimes: [] }, parsed.requirement, new Date(0));
}

// EXTERNAL MODULE: ./.build/js/src/report/escape.js
var report_escape = __webpack_require__(4501);
;// CONCATENATED MODULE: ./.build/js/src/report/paste-blocks.js



/** Images named in one block; whoever pastes has the list of all in the output. */
const IMAGES_SHOWN = 5;
/** Said where a value cannot be pasted safely. */
const NOT_PASTABLE = 'The identity holds characters that cannot be seen, so no command is offered for pasting. The results file has it in full.';
/** Markdown: the verify step that accepts exactly this signer, ready for a workflow file. */
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
    // Pinned references are made of harmless characters only, so the block scalar takes them as they are.
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
/** Markdown: the inputs alone, for a refusal; only of an identity that verified. */
function identityInputsBlock(identity, serverUrl) {
    const inputs = identityInputs(identity, serverUrl);
    return inputs.withheld.length > 0 ? withheld(inputs.withheld) : (0,report_escape/* markdownBlock */.dI)('yaml', inputs.lines.join('\n'));
}
/** The inputs for a verified identity, as lines for a workflow file of this server. */
function identityInputs(identity, serverUrl) {
    return pasteableInputs({ identity }, { serverUrl, defaultIssuer: (0,github_issuer/* githubIssuerOf */.Y)(serverUrl) });
}
/** What subject and issuer leave open of this signer (domain/identity/pasteable-inputs.ts). */
function gapsOf({ identity, serverUrl }) {
    return openWithSubject(identity, { serverUrl, defaultIssuer: githubIssuerOf(serverUrl) });
}
/** Incomplete inputs would accept more than this signer, so none are offered. */
function withheld(reasons) {
    return ['Nothing is offered for pasting:', '', ...reasons.map((reason) => `- ${(0,report_escape/* markdownText */.p7)(reason)}`)].join('\n');
}
/** cosign's flags for what the subject does not say, and the claims that they compare. */
const COSIGN_FLAGS = {
    repository: ['--certificate-github-workflow-repository', 'github-workflow-repository'],
    trigger: ['--certificate-github-workflow-trigger', 'github-workflow-trigger'],
};
/** Markdown: the `cosign verify` command, which takes several images. */
function cosignCommandBlock(options) {
    const gaps = gapsOf(options)?.map((gap) => COSIGN_FLAGS[gap]);
    const values = gaps?.map(([, claim]) => options.identity.claims[claim]);
    if (gaps === undefined || values === undefined || values.includes(undefined)) {
        return withheld(['cosign has no flag for what tells this signer from others who call the same workflow']);
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
    // GitHub's Sigstore has timestamps instead of a log, and no CT log.
    if (options.trust === 'github')
        lines.push('  --insecure-ignore-tlog --insecure-ignore-sct --use-signed-timestamps');
    lines.push(...images.map((image) => `  ${image}`));
    return markdownBlock('sh', lines.join(' \\\n'));
}

;// CONCATENATED MODULE: ./.build/js/src/report/log-lines.js


/** Lines for the log. Untrusted text stays as it is: the log's adapter escapes every line. */
const WORDS = {
    pass: 'PASS',
    allowed: 'ALLOWED',
    fail: 'REFUSED',
    error: 'NOT DECIDED',
};
/** One line an image: what was signed, in which formats, where it is logged and when. */
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
            ...(isNew && written !== true ? ['signed already'] : []),
            ...(log === null ? [] : [`entry ${log.index} in ${log.url}`]),
            ...(signedAt === null ? [] : [signedAt]),
        ].join(', '));
        return `${isNew ? 'signed' : image.message} ${name} (${each.join('; ')})`;
    });
}
/** Signers whose inputs are offered for one image. */
const OFFERED_MAX = 3;
/** What the log says about each image, in the order of the results; `serverUrl` has no final slash. */
function verifyLogLines(results, details, serverUrl) {
    return results.images.map((image, index) => ({
        line: `${WORDS[image.verdict]} ${nameOf(image)}: ${image.reason === null ? '' : `${image.reason}: `}${image.message}`,
        details: image.verdict === 'pass' ? [] : refusalLines(image, details[index], serverUrl),
        title: `${WORDS[image.verdict]} ${nameOf(image)}: what was looked at`,
    }));
}
function refusalLines(image, details, serverUrl) {
    const nearest = details?.signatures[0];
    const findings = (nearest?.findings ?? []).map(({ field, expected, found, ok }) => `  ${ok ? 'ok      ' : 'MISMATCH'} ${field}: expected ${JSON.stringify(expected)}, found ${found === undefined ? 'nothing' : JSON.stringify(found)}`);
    const signers = (details?.signatures ?? []).flatMap(({ verified }) => verified === undefined ? [] : [`  signed by ${verified.subject}, issuer ${verified.issuer}`]);
    const hints = (nearest?.hints ?? []).map((hint) => `  ${hint}`);
    const places = (details?.places ?? []).map(({ request, status, entries }) => `  looked at ${request}: ${status}, ${entries} listed`);
    const advice = details?.hint ?? (image.reason === null ? undefined : next_steps/* NEXT_STEPS */.G[image.reason].doThis);
    return [
        ...findings,
        ...new Set(signers),
        ...hints,
        ...places,
        ...(advice === undefined ? [] : [`  What to do: ${advice}`]),
        ...offeredLines(details, serverUrl),
    ];
}
/** Inputs ready to paste, for who has no summary to look at; made of harmless characters only. */
function offeredLines(details, serverUrl) {
    const blocks = (details?.signatures ?? []).flatMap(({ verified }) => {
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
/** Tag and digest: the tag is what people know, the digest is what was looked at. */
function nameOf(image) {
    if (image.resolved === null)
        return image.reference;
    return image.tag === null ? image.resolved : `${image.resolved} (tag ${image.tag})`;
}

;// CONCATENATED MODULE: ./.build/js/src/report/results.js

/** One environment string of a Linux process holds 128 KiB; a script takes the output as one. */
const OUTPUT_MAX_BYTES = 100_000;
/**
 * The `results` output: the whole, or above 100,000 bytes only reference, resolved, verdict and reason of
 * each image and `"truncated":true` (contract §4). If even that is too long, images are left out, those
 * that passed first; the file at `report-path` is always whole.
 */
function resultsOutput(results) {
    // Escaping only makes it longer, and takes its time where strangers signed much.
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
/** Escaped JSON is ASCII: one byte a character; of other JSON this is the least it may take. */
function fits(json) {
    return json.length <= OUTPUT_MAX_BYTES;
}
/** The file at `report-path`: plain JSON, always whole. */
function resultsFile(results) {
    return `${JSON.stringify(results, null, 2)}\n`;
}
/** The outputs `issuer` and `subject`: empty, with a notice, if a shell or YAML could misread them. */
function identityOutput(name, value) {
    if ((0,report_escape/* isPlainOutput */.OH)(value))
        return { value, notice: undefined };
    const notice = `The output ${name} stays empty, because the value holds characters that a shell or YAML could misread; ` +
        'the results output has it with those characters written \\uXXXX.';
    return { value: '', notice };
}

;// CONCATENATED MODULE: ./.build/js/src/report/skipped-entries.js
/** Lines in all; the results name every entry. */
const LINES_MAX = 50;
/** What indexes list besides images, one line each; untrusted text, for the log or the summary to escape. */
function skippedEntryLines(results) {
    const lines = results.images.flatMap(({ reference, skipped = [] }) => skipped.map(({ platform, digest, mediaType }) => `${reference} lists ${digest} (${platform}, ${mediaType}), which was skipped: it is neither an image nor an index`));
    if (lines.length <= LINES_MAX)
        return lines;
    return [...lines.slice(0, LINES_MAX), `…and ${lines.length - LINES_MAX} more skipped entries in the results file.`];
}

;// CONCATENATED MODULE: ./.build/js/src/report/cells.js

/** A sign for each verdict, for who reads no words. */
const VERDICT_SIGNS = { pass: '✅', allowed: '⚠️', fail: '❌', error: '❗' };
/** The one public log with a search page; others have an API, or nothing to look at. */
const PUBLIC_LOG = 'https://rekor.sigstore.dev';
/** True for a tag that was written beside a digest: a label that nobody asked the registry about. */
function isTagUnchecked({ tag, reference }) {
    return tag !== null && reference.includes('@');
}
/** Repository with its tag, as people call the image; without a tag that was not checked. Untrusted. */
function shortName(image) {
    if (image.repository === null)
        return image.reference;
    return image.tag === null || isTagUnchecked(image) ? image.repository : `${image.repository}:${image.tag}`;
}
/** A character as markdownText writes it, but for blanks. */
const SIGN = String.raw `(?:[\w.:,/…→’-]|&#\d+;)`;
/** After a slash, or a dot before a long word, but not too soon; where there is neither for long, anywhere. */
const BREAKABLE = new RegExp(String.raw `${SIGN}{12,31}?(?:/(?=[\w.])|\.(?=\w{5}))|${SIGN}{32}(?=${SIGN})`, 'g');
/**
 * A value in fixed width that may be broken over lines: else a long one pushes the columns beside it out of sight
 * on a narrow page. Only inside `<code>`, since elsewhere a break could make a mention out of what follows.
 */
function codeCell(text) {
    return `<code>${(0,report_escape/* markdownText */.p7)(text).replace(BREAKABLE, '$&<wbr>')}</code>`;
}
/** Tags listed beside an image. */
const TAGS_SHOWN = 5;
/**
 * Name, further tags, and the start of the digest: enough to recognise the image; the whole digest stands in
 * a block that can be copied.
 */
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
/** Link to the entry where it can be looked at, else log and index. */
function logCell(log) {
    if (log === null)
        return '–';
    if (log.url === PUBLIC_LOG) {
        return markdownLink(String(log.index), `https://search.sigstore.dev/?logIndex=${log.index}`);
    }
    return `${log.index} in ${codeCell(logName(log.url))}`;
}
/** A log's address without its scheme. */
function logName(url) {
    return url.replace(/^https:\/\//, '');
}
/** `2026-11-22 10:00:00 UTC` of an RFC 3339 time. */
function timeCell(time) {
    if (time === null)
        return '–';
    const [, date, clock] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/.exec(time) ?? [];
    // Only digits and separators: as it stands, so that it can be copied and searched for.
    return date === undefined ? (0,report_escape/* markdownText */.p7)(time) : `${date} ${clock} UTC`;
}
/** `1 image`, `3 images`. */
function countOf(count, noun) {
    return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
/** A folded section; `title` is trusted Markdown or escaped text. */
function folded(title, ...parts) {
    return [`<details><summary>${title}</summary>`, ...parts, '</details>'].join('\n\n');
}
/** A Markdown table; every cell is escaped by whoever made it. */
function tableOf(head, rows) {
    const line = (cells) => `| ${cells.join(' | ')} |`;
    return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

;// CONCATENATED MODULE: ./.build/js/src/report/refusal-section.js





/** Signatures, artifacts and signers listed for one image. */
const LISTED_MAX = 10;
/** What is wrong with one image: expected and found side by side, what to do next, and who did sign. */
function refusalSection(image, details, { troubleshootingUrl, serverUrl }) {
    const heading = `### ${VERDICT_SIGNS[image.verdict]} ${(0,report_escape/* markdownCode */.D9)(shortName(image))}`;
    const [nearest, ...others] = groupAlike(details?.signatures ?? []).slice(0, LISTED_MAX);
    // Bad inputs are explained above, once; what is left to say about the image is who signed it.
    if (image.reason === 'INPUT_INVALID') {
        const signers = nearest === undefined ? [] : [nearest, ...others].flatMap((group) => signatureParts(group, ''));
        return [heading, ...signers, ...acceptingInputs(details, serverUrl, 'open')].join('\n\n');
    }
    const parts = [heading];
    if (image.reason !== null) {
        parts.push(`${(0,error_text/* reasonLink */.NW)(image.reason, troubleshootingUrl)} ${next_steps/* NEXT_STEPS */.G[image.reason].meaning}`);
    }
    // The message of a mismatch is the table below it in one line.
    if (nearest === undefined || nearest.signature.findings.length === 0)
        parts.push(`> ${(0,report_escape/* markdownProse */.h$)(image.message)}`);
    if (nearest !== undefined)
        parts.push(...signatureParts(nearest, image.message));
    const advice = details?.hint === undefined ? adviceFor(image) : (0,error_text/* hintMarkdown */.XV)(details.hint);
    parts.push(`**What to do:** ${advice}`);
    if (others.length > 0) {
        const title = others.length === 1 ? 'Another signature' : `${others.length} other signatures`;
        parts.push(folded(title, ...others.flatMap((group) => signatureParts(group, ''))));
    }
    if (details !== undefined && details.others.length > 0) {
        const listed = [...new Set(details.others)].slice(0, LISTED_MAX).map(report_escape/* markdownCode */.D9).join(', ');
        parts.push(`Found beside the image, but no image signature: ${listed}`);
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
    return image.reason === null ? 'Look at the platforms of the image.' : next_steps/* NEXT_STEPS */.G[image.reason].doThis;
}
/** Signatures that say the same, such as a bundle and a `.sig` tag of one run, as one. */
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
/** What there is to say about a signature, except what was said already. */
function signatureParts({ signature, label }, said) {
    const parts = [];
    if (signature.message !== undefined && !said.includes(signature.message))
        parts.push(`${label}: ${(0,report_escape/* markdownProse */.h$)(signature.message)}`);
    if (signature.unverified !== undefined) {
        const { subject, issuer } = signature.unverified;
        parts.push(`Claims **without proof** to be from ${(0,report_escape/* markdownCode */.D9)(subject)}, issuer ${(0,report_escape/* markdownCode */.D9)(issuer)}.`);
    }
    if (signature.verified !== undefined && signature.findings.length === 0) {
        const { subject, issuer } = signature.verified;
        parts.push(`${label}: signed by ${(0,report_escape/* markdownCode */.D9)(subject)}, issuer ${(0,report_escape/* markdownCode */.D9)(issuer)}.`);
    }
    if (signature.findings.length > 0) {
        // What does not match stands on top.
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
/** Inputs that would accept who verifiably signed, each signer once; an unverified one is never offered. */
function acceptingInputs(details, serverUrl, as) {
    const verified = (details?.signatures ?? []).flatMap((signature) => signature.verified ?? []);
    const blocks = [...new Set(verified.map((identity) => identityInputsBlock(identity, serverUrl)))];
    if (blocks.length === 0)
        return [];
    const title = 'Inputs that would accept who signed this image';
    const warning = 'Pasting them means trusting this signer. Do so only if you know it.';
    const shown = [warning, ...blocks.slice(0, LISTED_MAX)];
    return as === 'open' ? [`${title}:`, ...shown] : [folded(title, ...shown)];
}

;// CONCATENATED MODULE: ./.build/js/src/report/verify-summary.js




/** Rows shown before the rest is folded; sections of refused images, open and folded; rows in all. */
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
/** Failures first: what needs a person stands on top. */
const ORDER = ['fail', 'error', 'allowed', 'pass'];
/** The job summary of a verify run, GitHub-flavoured Markdown, verdict first. */
function verifySummary(report) {
    const rows = report.results.images
        .map((image, index) => ({ image, details: report.details[index] }))
        .sort((a, b) => ORDER.indexOf(a.image.verdict) - ORDER.indexOf(b.image.verdict));
    const [open, rest] = tables(rows, report.troubleshootingUrl);
    // In the order of need: a check run holds a sixteenth of a job summary, and is cut at its end.
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
/** The verdict in one line of Markdown: also what a check run is called. */
function verifyHeadline({ results, verdict, error }) {
    const [first] = results.images;
    const total = results.images.length;
    if (error !== undefined || first === undefined)
        return '❗ Not decided: nothing was verified';
    // A single image by its name, so that the summaries of several steps can be told apart.
    if (total === 1) {
        const name = (0,report_escape/* markdownCode */.D9)(shortName(first));
        switch (verdict) {
            case 'pass':
                return `✅ Verified: ${name} is signed by whom it should be`;
            case 'allowed':
                return `⚠️ Let through without passing: ${name}`;
            case 'fail':
                return `❌ Refused: ${name}`;
            case 'error':
                return `❗ Not decided: ${name}`;
        }
    }
    if (verdict === 'pass')
        return `✅ Verified: ${total} images are signed by whom they should be`;
    const counts = ORDER.flatMap((one) => {
        const count = results.images.filter((image) => image.verdict === one).length;
        return count === 0 ? [] : [`${VERDICT_SIGNS[one]} ${count} ${verify_summary_WORDS[one]}`];
    });
    return `${counts.join(', ')}`;
}
const COLUMNS = ['Image', 'Verdict', 'Signed by', 'Signed at'];
/** The table that stands open, and the fold with the rest of it. */
function tables(rows, troubleshootingUrl) {
    if (rows.length === 0)
        return [[], []];
    const lines = rows.slice(0, ROWS_MAX).map((row) => imageRow(row, troubleshootingUrl));
    const bad = rows.filter(({ image }) => image.verdict !== 'pass').length;
    // A long list shows what needs a person, and folds what passed.
    const shown = lines.length <= ROWS_OPEN ? lines.length : bad === 0 ? ROWS_OPEN : Math.min(bad, ROWS_OPEN);
    const open = tableOf(COLUMNS, lines.slice(0, shown));
    if (shown === lines.length)
        return [[open], []];
    const left = rows.length > ROWS_MAX ? [`…and ${rows.length - ROWS_MAX} more images in the results file.`] : [];
    const rest = rows.slice(shown);
    const passed = rest.filter(({ image }) => image.verdict === 'pass').length;
    const which = passed === rest.length ? 'all passed' : `${passed} of them passed`;
    return [[open], [folded(`${rest.length} more images, ${which}`, tableOf(COLUMNS, lines.slice(shown)), ...left)]];
}
function imageRow({ image, details }, troubleshootingUrl) {
    const reason = image.reason === null ? [] : [(0,error_text/* reasonLink */.NW)(image.reason, troubleshootingUrl)];
    const verdict = [`${VERDICT_SIGNS[image.verdict]} ${verify_summary_WORDS[image.verdict]}`, ...reason].join('<br>');
    const accepted = image.signatures.find((signature) => signature.verdict === 'accepted');
    const signer = accepted ?? image.signatures[0];
    return [
        imageCell(image, details?.tags),
        verdict,
        signer === undefined ? '–' : signerCell(signer),
        timeCell(accepted?.signedAt ?? null),
    ];
}
/** Subject and issuer; marked where the signature did not verify, because then anybody may have written them. */
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
/** What to deploy instead of the tags, once everything passed; GitHub puts a copy button on a code block. */
function pinnedReferences({ results, verdict }) {
    const pinned = results.images.flatMap(({ resolved }) => (resolved === null ? [] : [resolved]));
    if (verdict !== 'pass' || pinned.length === 0)
        return [];
    const block = (0,report_escape/* markdownBlock */.dI)('text', pinned.slice(0, ROWS_MAX).join('\n'));
    return pinned.length <= 3 ? ['Deploy what was checked:', block] : [folded('Deploy what was checked', block)];
}
/** What is wrong with each image that did not pass: the first ones open, the rest folded. */
function sections(rows, report) {
    const bad = rows.filter(({ image }) => image.verdict !== 'pass');
    const shown = bad.slice(0, SECTIONS_MAX).map(({ image, details }) => refusalSection(image, details, report));
    const left = bad.length > SECTIONS_MAX ? [`…and ${bad.length - SECTIONS_MAX} more; the results file has every detail.`] : [];
    const rest = shown.slice(SECTIONS_OPEN);
    return [
        ...shown.slice(0, SECTIONS_OPEN),
        ...(rest.length === 0
            ? left
            : [folded(`What is wrong with ${countOf(bad.length - SECTIONS_OPEN, 'more image')}`, ...rest, ...left)]),
    ];
}
/** Attestations and other artifacts of images that passed; the section of a refused image names its own. */
function besides(rows) {
    const lines = rows
        .filter(({ image, details }) => image.verdict === 'pass' && details !== undefined && details.others.length > 0)
        .slice(0, PLACES_MAX)
        .map(({ image, details }) => [
        codeCell(shortName(image)),
        [...new Set(details?.others)].slice(0, 10).map(codeCell).join('<br>'),
    ]);
    if (lines.length === 0)
        return [];
    return [
        folded('Attestations and other artifacts beside the images (not counted)', tableOf(['Image', 'Found'], lines)),
    ];
}
function placesLooked(rows) {
    const lines = rows
        .flatMap(({ image, details }) => (details?.places ?? []).map(({ request, status, entries }) => {
        const answer = `${(0,report_escape/* markdownText */.p7)(String(status))}, ${entries} listed`;
        return [codeCell(shortName(image)), codeCell(request), answer];
    }))
        .slice(0, PLACES_MAX);
    if (lines.length === 0)
        return [];
    return [folded('Where signatures were looked for', tableOf(['Image', 'Request', 'Answer'], lines))];
}

// EXTERNAL MODULE: ./.build/js/src/usecases/judging/judge-image.js + 1 modules
var judge_image = __webpack_require__(1752);
;// CONCATENATED MODULE: ./.build/js/src/usecases/skipped-results.js
/** `skipped` of an image's results: absent, as `platforms`, if there is nothing. */
function skippedResults(image) {
    if (image === undefined || image.skipped.length === 0)
        return {};
    return { skipped: image.skipped.map(({ platform, digest, mediaType }) => ({ platform, digest, mediaType })) };
}

;// CONCATENATED MODULE: ./.build/js/src/usecases/verifying/verify-results.js



/** Verdicts from the best to the worst; an image is as good as the worst of its platforms. */
const WORSE = ['pass', 'allowed', 'fail', 'error'];
/** The results JSON of a verify run (contract §4). `verified` only if there are images and each passed. */
function verifyResults(options) {
    const images = options.images.map((one) => imageResult(one, options.mode));
    return { schemaVersion: 1, verified: images.length > 0 && images.every((one) => one.verdict === 'pass'), images };
}
/** The worst verdict of a run; a run without images is an error. */
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
        sources: [...new Set(one.references.flatMap((reference) => reference.sources))],
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
/** What `mode: warn` makes of a verdict. */
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
/** Issuer and subject of the newest accepted signature, if all images share one accepted identity. */
function sharedIdentity(images) {
    const judgements = images.map((one) => one.judgement);
    const first = judgements[0]?.accepted?.identity;
    if (first === undefined)
        return undefined;
    const same = judgements.every((one) => one?.accepted?.identity.issuer === first.issuer && one.accepted.identity.subject === first.subject);
    return same ? { issuer: first.issuer, subject: first.subject } : undefined;
}

// EXTERNAL MODULE: ./.build/js/src/entries/action/confined-files.js
var confined_files = __webpack_require__(3147);
// EXTERNAL MODULE: ./.build/js/src/entries/action/inputs/run-files.js
var run_files = __webpack_require__(5468);
;// CONCATENATED MODULE: ./.build/js/src/report/concealed-results.js
/**
 * The results with `conceal` applied to every text that a service, a certificate or a manifest can fill. What this
 * action makes itself, of its inputs and of hashes, stays exact: programs act on it, and no answer gets into it.
 */
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

// EXTERNAL MODULE: ./.build/js/src/entries/action/inputs/read-value.js
var read_value = __webpack_require__(2095);
;// CONCATENATED MODULE: ./.build/js/src/entries/action/publish-results.js




/**
 * Writes the results: always as the output `results`, and whole to the first of the paths that takes a file,
 * whose path becomes `report-path`. Throws if none does.
 */
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
/** The results of a run that stopped before it could say anything about an image. Never throws. */
async function publishNoResults(run, paths) {
    const results = { schemaVersion: 1, verified: false, images: [] };
    try {
        await publishResults(run, results, paths);
    }
    catch (error) {
        // The step has failed already, for the reason that stopped it.
        run.log.warning(`the results file could not be written: ${String(error)}`);
    }
    return results;
}
/** Whether a run that stopped, perhaps on its inputs, writes a job summary: unless `summary` says no. */
function wantsSummary(run) {
    return !(0,read_value/* isFalse */.Wu)(run.input('summary')?.trim() ?? '');
}

// EXTERNAL MODULE: ./.build/js/src/entries/action/report-failure.js
var report_failure = __webpack_require__(6716);
// EXTERNAL MODULE: ./.build/js/src/entries/compose/connect.js + 39 modules
var connect = __webpack_require__(3144);
// EXTERNAL MODULE: ./.build/js/src/entries/compose/run-deadline.js
var run_deadline = __webpack_require__(5561);
;// CONCATENATED MODULE: ./.build/js/src/github/listing.js
/** Entries of a page of a list, the most that GitHub gives. */
const PAGE_ENTRIES = 100;
/** Pages of one list. GitHub keeps 1,000 reports of a name, but lists the commit statuses of all names together. */
const PAGES_MAX = 30;
/** Every entry of a list. Throws if it has more pages than are read: what is not seen may be a failure. */
async function everyEntry(read) {
    const entries = [];
    for (let number = 1; number <= PAGES_MAX; number += 1) {
        const page = await read(number);
        entries.push(...page.entries);
        if (page.link?.includes('rel="next"') !== true)
            return entries;
    }
    throw new Error(`the commit has more than ${PAGES_MAX * PAGE_ENTRIES} check runs or statuses, too many to look through`);
}
/** Pauses before a list is read again that does not show yet what was written, in ms. */
const LAG_MS = [500, 1000, 2000];
/**
 * Reads a list until it shows what was written before: one that does not is out of date, and may also lack a failure
 * that was written earlier. Throws if it never does.
 */
async function readBack(clock, list, isShown) {
    for (const pause of [...LAG_MS, undefined]) {
        const entries = await list();
        if (isShown(entries))
            return entries;
        if (pause !== undefined)
            await clock.sleep(pause);
    }
    throw new Error('what was just written is not listed');
}
/** True if the API refused a request: then nothing was written. Without an answer, or after a 5xx, it may have been. */
function isRefusal(error) {
    const status = error instanceof Error ? Reflect.get(error, 'status') : undefined;
    return typeof status === 'number' && status >= 400 && status < 500;
}

;// CONCATENATED MODULE: ./.build/js/src/github/report-target.js
/** Owner and name of `owner/name`. */
function splitRepository(repository) {
    const [owner = '', repo = ''] = repository.split('/');
    return { owner, repo };
}

;// CONCATENATED MODULE: ./.build/js/src/github/check-run-calls.js


/** Of a check run's title, summary and text: GitHub says characters; kept in bytes, which holds either way. */
const CHECK_TEXT_MAX = 65_535;
/** Annotations that one request takes; more go by further updates. */
const ANNOTATIONS_A_REQUEST = 50;
/** Jobs are check runs of the same app: one is ours only by what we wrote into its `external_id`. */
const OURS = 'countersign:';
/** The check runs that this run published under a name, in each of its attempts. */
async function listCheckRuns({ octokit, target }, name) {
    const all = await everyEntry(async (page) => {
        const { data, headers } = await octokit.rest.checks.listForRef({
            ...splitRepository(target.repository),
            ref: target.sha,
            check_name: name,
            // The latest of a name may be a job that is called the same, behind which ours would be hidden.
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
/** Creates a completed check run on the commit, with its first annotations, and returns its number. */
async function createCheckRun(reporting, report) {
    const { octokit, target } = reporting;
    const body = { ...bodyOf(reporting, report), name: report.name, head_sha: target.sha };
    return (await octokit.rest.checks.create(body)).data.id;
}
/** Gives a check run this result, with its first annotations, and makes it one of this attempt. */
async function updateCheckRun(reporting, id, result) {
    await reporting.octokit.rest.checks.update({ ...bodyOf(reporting, result), check_run_id: id });
}
/** Adds the annotations that had no room in the first request. */
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
function batches(annotations) {
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
    summary: 'A step of this run passed, but another one published a failure under this name. Their job summaries show both; with a `check-name` for each step, both are shown here too.',
};
const UNPROVEN = {
    title: 'Failed: the result could not be confirmed',
    summary: 'The step passed, but whether another step of this run published a failure under this name could not be read. Run the job again.',
};
/**
 * Publishes a completed check run. A success takes the place of what earlier attempts of this run published under
 * the name, so that a re-run clears them. A failure is always a check run of its own, which no step of the same
 * attempt sets to success: so whoever looks again after writing sees it. Check runs of other runs are never
 * changed. Needs `checks: write`. Throws what the API answers otherwise.
 */
async function publishCheckRun(reporting, report) {
    if (report.conclusion === 'success')
        return publishSuccess(reporting, report);
    const id = await createCheckRun(reporting, report);
    // The failure stands whatever is seen now, and a success beside it is looked at by its own step too.
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
        // An update adds annotations to those that are there, so a check run that has some is left as it was.
        for (const { id } of before.filter((run) => !run.hasAnnotations)) {
            written.push(id);
            await updateCheckRun(reporting, id, written.length === 1 ? report : { ...report, annotations: [] });
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
        // Without an answer it may have been created.
        if (!isRefusal(cause))
            await settle(reporting, report.name, []).catch(() => undefined);
        throw cause;
    }
    const [first] = written;
    if (first !== undefined)
        await addMoreAnnotations(reporting, first, report);
    return { kind: 'published' };
}
/**
 * Looks whether this attempt published a failure under the name; if so, sets its successes to failure and returns
 * false. `written` are check runs that the look must show.
 */
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
/** Sets all of them to failure. Throws if one could not be. */
async function fail(reporting, ids, text) {
    const failure = { ...text, conclusion: 'failure', annotations: [] };
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
const commit_status_UNPROVEN = 'Failed: what other steps of this run published under this name could not be read';
/**
 * Sets a commit status. Of a context the latest one counts, and nothing is ever changed in place: a success that
 * turns out to stand over a failure of the same attempt is followed by a failure. Needs `statuses: write`. Throws
 * what the API answers otherwise.
 */
async function publishCommitStatus(reporting, report) {
    const { name, state } = report;
    if (state === 'failure') {
        const id = await createStatus(reporting, report);
        // A success may have come between; its own step looks for that too.
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
        // Without an answer it may have been set.
        const isClosed = await createStatus(reporting, { name, state: 'failure', description: commit_status_UNPROVEN }).then(() => true, () => false);
        if (!isWritten && !isClosed)
            throw cause;
        return { kind: 'unproven', isClosed, cause };
    }
}
/**
 * Looks whether this attempt set a failure of the name; if so, sees to it that the latest one is a failure and
 * returns false. `written` is the status that the look must show.
 */
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
/** What this attempt set under the name, the latest first. The page of a run names its attempt. */
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
/** Returns its number. */
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
/**
 * GitHub's REST client over the run's own HTTP client, so that its proxy, roots, deadlines and retry budget hold
 * here too. Loaded on use: a gate that publishes nothing never pays for it.
 */
async function createOctokit({ http, token, apiUrl, debug, conceal }) {
    const github = await Promise.all(/* import() */[__webpack_require__.e(440), __webpack_require__.e(628), __webpack_require__.e(785)]).then(__webpack_require__.bind(__webpack_require__, 2785));
    return github.getOctokit(token, {
        baseUrl: apiUrl,
        userAgent: 'countersign',
        request: { fetch: fetchOver(http, conceal) },
        // Its own log is the console, where a header of the answer could start a workflow command.
        log: { debug, info: debug, warn: debug, error: debug },
    });
}
/** `fetch` for Octokit, which conceals what a body says. Reading and replacing may be sent again, creating may not. */
function fetchOver(http, conceal) {
    return async (url, init = {}) => {
        const method = methodOf(init.method);
        const response = await http.request({
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
/** Fields that GitHub or a branch protection reads, made of inputs and of the run's context; all others are for people. */
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
        // Each text was cut to what GitHub takes.
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


/** Where a verdict is one line of plain text: the title of a check run, the description of a commit status. */
/** GitHub refuses a longer description of a commit status. */
const STATUS_DESCRIPTION_MAX = 140;
/** A title that is still read. */
const TITLE_MAX = 200;
const short_text_WORDS = {
    pass: 'Verified',
    allowed: 'Let through',
    fail: 'Refused',
    error: 'Not decided',
};
/** Title of a check run. */
function checkTitle(report) {
    return cut(line(report), TITLE_MAX);
}
/** Description of a commit status: names the first image that did not pass, and how many more there are. */
function statusDescription(report) {
    return cut(line(report), STATUS_DESCRIPTION_MAX);
}
function line({ results, verdict, error }) {
    // All lines: the first of several bad inputs only says how many there are.
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
    // The name comes last but one, so that a long one costs neither the verdict nor the reason.
    return `${short_text_WORDS[verdict]} (${reason}${more}): ${short_text_nameOf(first)}`;
}
function short_text_nameOf(images) {
    const [first] = images;
    return first === undefined ? '' : shortName(first);
}
/** At most `max` code points, every unseen character shown. */
function cut(text, max) {
    const points = [...(0,visible_text/* visibleText */.Q)(text)];
    return points.length <= max ? points.join('') : `${points.slice(0, max - 1).join('')}…`;
}

;// CONCATENATED MODULE: ./.build/js/src/entries/verify/publish-reports.js






/**
 * Publishes the verdict as a check run and a commit status, if their names were given. A check run that the
 * token may not write becomes a commit status of that name; what cannot be published at all becomes a notice.
 * Never throws and never changes the verdict: branch protection waits for a name that never came.
 */
async function publishReports(run, http, names, report) {
    if (names.check === undefined && names.status === undefined)
        return;
    const reporting = await publish_reports_connect(run, http);
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
            annotations: report.annotations,
        }));
        if (trouble !== undefined) {
            // Not both under one name: branch protection would wait for the check run as well.
            const isAnother = status !== undefined && status !== name;
            const second = isAnother ? trouble : await publishStatus(run, reporting, name, report);
            if (second !== undefined)
                notice(run, name, trouble);
            if (!isAnother)
                status = undefined;
        }
    }
    if (status !== undefined) {
        const trouble = await publishStatus(run, reporting, status, report);
        if (trouble !== undefined)
            notice(run, status, trouble);
    }
}
async function publishStatus(run, reporting, name, report) {
    const state = report.opens ? 'success' : 'failure';
    return attempt(run, { name, what: `commit status ${name}` }, () => publishCommitStatus(reporting, { name, state, description: statusDescription(report) }));
}
async function publish_reports_connect(run, http) {
    const { repository, reportSha, attempt: id, runUrl, apiUrl } = run.context;
    const token = run.input('github-token')?.trim() ?? '';
    if (token === '')
        return 'the input github-token is empty';
    if (repository === undefined || reportSha === undefined)
        return 'the event does not say which commit it is about';
    try {
        const octokit = await createOctokit({
            http,
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
/** Undefined if something was published, else what kept it from that. */
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
            return 'left as failure, which another step of this run published; give each step a name of its own';
        case 'overruled':
            return 'set to failure, because another step of this run published one at the same time; give each step a name of its own';
        case 'unproven':
            return outcome.isClosed ? 'set to failure, because it could not be confirmed' : 'written, but not confirmed';
    }
}
/** A success that may hide the failure of another step: said where people look, since the log is not. */
function unconfirmed(run, name, outcome) {
    const state = outcome.isClosed
        ? 'It was set to failure'
        : 'It could not be set to failure either, so do not rely on it';
    run.annotate({
        level: outcome.isClosed ? 'notice' : 'warning',
        title: `Countersign: ${name} could not be confirmed`,
        message: `Whether another step of this run published a failure under this name could not be read: ${wordsOf(outcome.cause)}. ${state}. The verdict of this step is unaffected. Run the job again.`,
    });
}
function wordsOf(error) {
    const status = error instanceof Error ? Reflect.get(error, 'status') : undefined;
    const message = error instanceof Error ? error.message : String(error);
    return typeof status === 'number' ? `GitHub's API answered ${status}: ${message}` : message;
}
function notice(run, name, why) {
    const { isForkRun, isDependabot } = run.context;
    const advice = isForkRun || isDependabot
        ? 'Runs of forks and Dependabot have a read-only token: verify again in a workflow started by `workflow_run`, and publish from there.'
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






















/** Publishes the decision: file, outputs, log, annotations, summary; fails the step unless every image may pass. */
async function publishVerify(run, request, images, 
/** Undefined: the run's own may not be used any more, its time is up. */
http) {
    const noIdentity = request.identity.kind === 'no-identity'
        ? new coded_error/* CodedError */.AK('INPUT_INVALID', request.identity.problem, { hint: NO_IDENTITY_HINT })
        : undefined;
    const decided = verifyResults({ images, mode: request.mode });
    const results = noIdentity === undefined ? decided : withoutIdentity(decided, noIdentity);
    const verdict = worstVerdict(results);
    const details = images.map(detailsOf);
    await publishResults(run, results, [request.reportPath]).catch((cause) => {
        const why = cause instanceof Error ? cause.message : String(cause);
        throw new coded_error/* CodedError */.AK('INPUT_INVALID', `input report: ${request.reportPath} cannot be written: ${why}`, {
            cause,
            hint: 'Name a file in `report` that this job may write, or leave the input out.',
        });
    });
    logImages(run, verifyLogLines(results, details, run.context.serverUrl));
    const notes = notesOf(images);
    const besides = skippedEntryLines(results);
    for (const note of [...notes, ...besides])
        run.log.info(note);
    const markdown = verifySummary({
        results,
        verdict,
        details,
        // A notice such as "tag not checked" is in the log since the start of the run.
        notes: [...request.warnings, ...request.notices, ...notes],
        skipped: [...request.skipped, ...besides],
        error: noIdentity,
        serverUrl: run.context.serverUrl,
        troubleshootingUrl: (0,report_failure/* actionNames */.B)(run).troubleshootingUrl,
    });
    if (request.summary)
        writeSummary(run, markdown);
    run.setOutput('verdict', verdict);
    run.setOutput('reason', results.images.find((image) => image.verdict === verdict)?.reason ?? '');
    if (noIdentity !== undefined)
        (0,report_failure/* reportFailure */.x)(run, noIdentity);
    annotateImages(run, results, details, noIdentity !== undefined);
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
    const error = noIdentity;
    const report = { results, verdict, error, opens: isOpen, markdown, annotations: [] };
    if (http === undefined)
        await reportApart(run, request.network, names, report);
    else
        await publishReports(run, http, names, report);
}
const NO_IDENTITY_HINT = 'Say who must have signed. Log and job summary show the verified signers of each image, as inputs ready to paste.';
/** The outputs of a run in which every image passed. */
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
/** A run that stopped before it could decide about images: outputs and a summary that say so. Never throws. */
async function publishStopped(run, error) {
    run.setOutput('verified', 'false');
    // The decision may have been published already when something broke.
    for (const name of ['images', 'issuer', 'subject'])
        run.setOutput(name, '');
    run.setOutput('verdict', 'error');
    run.setOutput('reason', error.code);
    const results = await publishNoResults(run, await reportPaths(run));
    const { troubleshootingUrl } = (0,report_failure/* actionNames */.B)(run);
    const { serverUrl } = run.context;
    const report = { results, verdict: 'error', details: [], notes: [], skipped: [], error, serverUrl };
    const markdown = verifySummary({ ...report, troubleshootingUrl });
    if (wantsSummary(run))
        writeSummary(run, markdown);
    const names = { check: reportName(run, 'check-name'), status: reportName(run, 'status-name') };
    // The inputs that configure the run's own client may be what is wrong.
    const network = { caCertificates: [], insecureRegistries: [] };
    await reportApart(run, network, names, { results, verdict: 'error', error, opens: false, markdown, annotations: [] });
}
/** Where a stopped run tries to write its results: the report that was asked for, if it may be written, then its own. */
async function reportPaths(run) {
    const own = (0,external_node_path_.join)((0,run_files/* stepDirectory */.iN)(run, 'verify'), 'results.json');
    const asked = run.input('report')?.trim();
    if (!asked)
        return [own];
    const path = (0,run_files/* workspacePath */.X5)(run, asked);
    return (await (0,confined_files/* confine */.Do)(run, path)).kind === 'inside' ? [path, own] : [own];
}
/** Outages of GitHub's API while a stopped run reports. */
const STOPPED_RETRY_MS = 10_000;
/** Reports by a client and in a time of its own: the run's client may be closed or never made, and its time up. */
async function reportApart(run, network, names, report) {
    if (names.check === undefined && names.status === undefined)
        return;
    const time = new AbortController();
    const timeUp = new coded_error/* CodedError */.AK('TIMEOUT', `reporting was given up after ${run_deadline/* REPORT_MS */.K / 1000} s`);
    const stopTimer = run.after(run_deadline/* REPORT_MS */.K, () => time.abort(timeUp));
    const limits = { budget: (0,retry_budget/* createRetryBudget */.C)(STOPPED_RETRY_MS), signal: time.signal };
    const http = (0,connect/* connectHttp */.RW)(run, limits, network);
    try {
        await publishReports(run, http, names, report);
    }
    finally {
        stopTimer();
        await http.close();
    }
}
function writeSummary(run, markdown) {
    run.appendSummary(cutMarkdown(markdown, job_summary/* SUMMARY_MAX_BYTES */.e, (part) => Buffer.byteLength(part)));
}
/** A name as the inputs take it; undefined for none, or one that they refuse. */
function reportName(run, input) {
    const name = run.input(input)?.trim();
    return name !== undefined && (0,report_name/* isReportName */.W)(name) ? name : undefined;
}
/** Without an identity nothing passes and nothing is let through, in either mode; who signed is shown. */
function withoutIdentity(results, error) {
    const images = results.images.map((image) => ({ ...image, verdict: 'error', reason: 'INPUT_INVALID', message: error.message }));
    return { ...results, verified: false, images };
}
/** Refused images whose details stay open in the log. */
const OPEN_MAX = 3;
/** One line an image; the details of a few refusals beneath them, of many in folds. */
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
/** GitHub shows ten annotations of a step: refusals come before outages, and those before what was let through. */
const ANNOTATED = ['fail', 'error', 'allowed'];
function annotateImages(run, results, details, isReported) {
    if (isReported)
        return;
    const { troubleshootingUrl } = (0,report_failure/* actionNames */.B)(run);
    for (const verdict of ANNOTATED) {
        results.images.forEach((image, index) => {
            if (image.verdict !== verdict)
                return;
            const { reference, reason, message } = image;
            const text = reason === null
                ? { title: verdict, lines: [message] }
                : (0,error_text/* errorText */.kc)({ code: reason, message, hint: details[index]?.hint }, troubleshootingUrl);
            run.annotate({
                level: verdict === 'allowed' ? 'warning' : 'error',
                title: `Countersign: ${reference}: ${reason ?? verdict}`,
                message: text.lines.join('\n'),
            });
        });
    }
}
/** What accepted signatures leave to say, once each: an open ref, a mirror's name. */
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
/** True if a signed docker-reference, which may have a tag (podman writes one), names this repository. */
function isNameOf(named, repository) {
    try {
        return (0,reference/* formatRepository */.Sh)((0,reference/* parseReference */.F2)(named).repository) === (0,reference/* formatRepository */.Sh)(repository);
    }
    catch (error) {
        // Well formed by its own grammar, but none of ours: the name of something else.
        if (error instanceof value_error/* ValueError */.Q)
            return false;
        throw error;
    }
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


/***/ })

};
