export const id = 339;
export const ids = [339];
export const modules = {

/***/ 3254:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Al: () => (/* binding */ refusedByRule4),
/* harmony export */   fx: () => (/* binding */ pasteableInputs),
/* harmony export */   hf: () => (/* binding */ openWithSubject)
/* harmony export */ });
/* harmony import */ var _text_duration_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9030);
/* harmony import */ var _claim_rules_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2859);
/* harmony import */ var _identity_rules_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9025);
/* harmony import */ var _later_tags_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(9969);
/* harmony import */ var _pasteable_line_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(4605);
/* harmony import */ var _requirement_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2784);
/* harmony import */ var _signer_evaluation_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4701);
/* harmony import */ var _workflow_uri_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4091);








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
    const [pull] = (0,_identity_rules_js__WEBPACK_IMPORTED_MODULE_3__/* .pullRefsOf */ .h8)(identity);
    const trigger = (0,_identity_rules_js__WEBPACK_IMPORTED_MODULE_3__/* .unnamedOutsiderTrigger */ .e8)(identity, claims);
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
    const path = uri === undefined ? undefined : (0,_workflow_uri_js__WEBPACK_IMPORTED_MODULE_4__/* .parseConfigUri */ .wL)(claims['build-config-uri'] ?? '', uri)?.path;
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
    if (subjectKind !== 'uri' || uri === undefined || !(0,_workflow_uri_js__WEBPACK_IMPORTED_MODULE_4__/* .isWorkflowOf */ .TL)(subject, uri))
        return false;
    const own = (0,_workflow_uri_js__WEBPACK_IMPORTED_MODULE_4__/* .parseConfigUri */ .wL)(subject, uri);
    const config = (0,_workflow_uri_js__WEBPACK_IMPORTED_MODULE_4__/* .parseConfigUri */ .wL)(claims['build-config-uri'] ?? '', uri);
    return own !== undefined && own.path === config?.path && own.ref === config.ref;
}
function signerInput(identity, context) {
    const { subject, claims } = identity;
    const { serverUrl } = context;
    const exact = { name: 'certificate-identity', values: [subject] };
    if (claims['source-repository-uri'] === undefined || !subject.startsWith(`${serverUrl}/`))
        return [exact];
    const signer = { name: 'signer-workflow', values: [subject.slice(serverUrl.length + 1)] };
    return (0,_workflow_uri_js__WEBPACK_IMPORTED_MODULE_4__/* .refOfSubject */ .lu)(subject) !== undefined && isExpressed(signer, identity, context) ? [signer] : [exact];
}
const REPLACED = [
    ..._claim_rules_js__WEBPACK_IMPORTED_MODULE_5__/* .SOURCE_CLAIMS */ .W,
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
            : [{ name: 'max-age', values: [(0,_text_duration_js__WEBPACK_IMPORTED_MODULE_0__/* .formatDuration */ .a)(asked.maxAgeMs)], own: true }]),
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
    return (0,_pasteable_line_js__WEBPACK_IMPORTED_MODULE_6__/* .pasteableLines */ .n)(name, values, { own });
}
function yamlWithGlob({ name, values }) {
    return values.every((value) => (0,_pasteable_line_js__WEBPACK_IMPORTED_MODULE_6__/* .pasteableLine */ .i)(name, value.slice(0, -1)) !== undefined)
        ? values.map((value) => `${name}: ${value}`)
        : undefined;
}
function laterTagsInput({ name, values }, { claims }) {
    const [value] = values;
    const ref = claims['source-repository-ref'];
    if (value === undefined || ref === undefined)
        return undefined;
    const glob = (0,_later_tags_js__WEBPACK_IMPORTED_MODULE_7__/* .laterTags */ .k)(ref);
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
    const gaps = unmet.flatMap(({ field }) => (field === _identity_rules_js__WEBPACK_IMPORTED_MODULE_3__/* .REPOSITORY_OF_SUBJECT */ .YH ? ['repository'] : []));
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
    const inputs = { ..._requirement_js__WEBPACK_IMPORTED_MODULE_1__/* .NO_IDENTITY_INPUTS */ .B, maxAgeMs, ...Object.fromEntries(fields) };
    const parsed = (0,_requirement_js__WEBPACK_IMPORTED_MODULE_1__/* .parseIdentityRequirement */ .R)(inputs, { ...context, randomWord: 'unused', parseRegexp: undefined });
    if (parsed.kind !== 'requirement')
        return undefined;
    return (0,_signer_evaluation_js__WEBPACK_IMPORTED_MODULE_2__/* .evaluateSigner */ .U)({ identity, annotations, provenTimes }, parsed.requirement, context.now ?? new Date(0));
}


/***/ }),

/***/ 4691:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ formatSource),
/* harmony export */   x: () => (/* binding */ distinctSources)
/* harmony export */ });
function formatSource({ file, line, document, object, field }) {
    return [
        line === undefined ? file : `${file}:${line}`,
        ...(document === undefined ? [] : [`document ${document}`]),
        ...(object === undefined ? [] : [object]),
        ...(field === undefined ? [] : [field]),
    ].join(' ');
}
function distinctSources(sources) {
    return [...new Map(sources.map((source) => [formatSource(source), source])).values()];
}


/***/ }),

/***/ 269:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ku: () => (/* binding */ publishResults),
/* harmony export */   ui: () => (/* binding */ wantsSummary),
/* harmony export */   vi: () => (/* binding */ publishNoResults)
/* harmony export */ });
/* harmony import */ var _report_concealed_results_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1595);
/* harmony import */ var _report_results_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1370);
/* harmony import */ var _inputs_read_value_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5338);
/* harmony import */ var _confined_files_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3147);




async function publishResults(run, results, paths) {
    const shown = (0,_report_concealed_results_js__WEBPACK_IMPORTED_MODULE_3__/* .concealedResults */ .v)(results, run.conceal);
    run.setOutput('results', (0,_report_results_js__WEBPACK_IMPORTED_MODULE_0__/* .resultsOutput */ .wH)(shown));
    let failure;
    for (const path of paths) {
        try {
            await (0,_confined_files_js__WEBPACK_IMPORTED_MODULE_2__/* .writeConfined */ .ic)(run, path, (0,_report_results_js__WEBPACK_IMPORTED_MODULE_0__/* .resultsFile */ .pF)(shown));
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
    return (0,_inputs_read_value_js__WEBPACK_IMPORTED_MODULE_1__/* .readBoolean */ .Vf)((0,_inputs_read_value_js__WEBPACK_IMPORTED_MODULE_1__/* .quietReading */ .rP)(run), 'summary', true);
}


/***/ }),

/***/ 8093:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ annotateImages)
/* harmony export */ });
/* harmony import */ var _report_error_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4620);
/* harmony import */ var _report_refusal_words_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9886);
/* harmony import */ var _action_report_failure_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6716);



const ANNOTATED = ['fail', 'error', 'allowed'];
function annotateImages(run, images) {
    for (const verdict of ANNOTATED) {
        const refused = images.filter(({ result }) => result.verdict === verdict);
        for (const image of refused)
            annotate(run, image, image.result.sources.find(hasLine));
        for (const image of refused) {
            for (const source of image.result.sources.filter(hasLine).slice(1))
                annotate(run, image, source);
        }
    }
}
function hasLine({ line }) {
    return line !== undefined;
}
function annotate(run, { result, details }, source) {
    const { reference, reason, verdict } = result;
    const { cause, cure, detail } = (0,_report_refusal_words_js__WEBPACK_IMPORTED_MODULE_1__/* .refusalWords */ .WW)(result, details);
    const message = detail === undefined ? cause : `${cause}\n${detail}`;
    const text = reason === null ? { lines: [message] } : (0,_report_error_text_js__WEBPACK_IMPORTED_MODULE_0__/* .errorText */ .kc)({ code: reason, message, hint: cure }, (0,_action_report_failure_js__WEBPACK_IMPORTED_MODULE_2__/* .actionNames */ .Bk)(run));
    run.annotate({
        level: verdict === 'allowed' ? 'warning' : 'error',
        title: `Countersign: ${reference}: ${reason ?? verdict}`,
        message: text.lines.join('\n'),
        ...(source === undefined ? {} : { file: source.file, line: source.line }),
    });
}


/***/ }),

/***/ 3339:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  findingsOf: () => (/* binding */ findingsOf),
  publishStopped: () => (/* binding */ publishStopped),
  publishVerify: () => (/* binding */ publishVerify),
  reportPaths: () => (/* binding */ reportPaths),
  showFindings: () => (/* binding */ showFindings),
  writeSummary: () => (/* binding */ writeSummary)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./.build/js/src/coded-error.js
var coded_error = __webpack_require__(6329);
// EXTERNAL MODULE: ./.build/js/src/domain/identity/github-issuer.js
var github_issuer = __webpack_require__(7188);
// EXTERNAL MODULE: ./.build/js/src/domain/image/reference.js
var reference = __webpack_require__(5273);
// EXTERNAL MODULE: ./.build/js/src/domain/text/value-error.js
var value_error = __webpack_require__(9354);
// EXTERNAL MODULE: ./.build/js/src/github/job-summary.js
var job_summary = __webpack_require__(6067);
// EXTERNAL MODULE: ./.build/js/src/http/retry-budget.js
var retry_budget = __webpack_require__(4256);
// EXTERNAL MODULE: ./.build/js/src/report/cut-markdown.js
var cut_markdown = __webpack_require__(4128);
// EXTERNAL MODULE: ./.build/js/src/report/cells.js
var cells = __webpack_require__(9753);
;// CONCATENATED MODULE: ./.build/js/src/report/log-names.js

function platformsOf({ platforms = [] }, done) {
    const names = [...new Set(platforms.map(({ platform }) => platform))];
    const shown = names.slice(0, PLATFORMS_SHOWN).join(', ');
    const more = names.length > PLATFORMS_SHOWN ? ` and ${names.length - PLATFORMS_SHOWN} more` : '';
    return names.length === 0 ? '' : `; ${(0,cells/* countOf */.pq)(platforms.length, 'platform')} ${done}: ${shown}${more}`;
}
const PLATFORMS_SHOWN = 20;
function nameOf(image, tags) {
    const { checked, unchecked } = (0,cells/* tagsOf */.Fg)(image, tags);
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

// EXTERNAL MODULE: ./.build/js/src/report/refusal-words.js + 1 modules
var refusal_words = __webpack_require__(9886);
;// CONCATENATED MODULE: ./.build/js/src/report/log-lines.js


const WORDS = {
    pass: 'PASS',
    allowed: 'ALLOWED',
    fail: 'REFUSED',
    error: 'NOT DECIDED',
};
const OFFERED_MAX = 3;
const OTHERS_MAX = 10;
function verifyLogLines(images) {
    return images.map(({ result: image, details }) => {
        const name = `${WORDS[image.verdict]} ${nameOf(image, details.tags)}`;
        const title = `${name}: details`;
        if (image.verdict === 'pass') {
            const line = `${name}: ${image.message}${platformsOf(image, 'passed')}`;
            return { line, details: [], title, places: [] };
        }
        const code = image.reason === null ? '' : `${image.reason}: `;
        const words = image.reason === 'INPUT_INVALID' ? undefined : (0,refusal_words/* refusalWords */.WW)(image, details);
        return {
            line: `${name}: ${code}${words?.cause ?? image.message}`,
            details: refusalLines(image, { details, words }),
            title,
            places: placeLines(details),
        };
    });
}
function placeLines({ places, search }) {
    const where = search.isRedirected ? ` in ${search.repository}` : '';
    return places.map(({ request, status, entries }) => `  ${request}${where}: ${status}, ${entries} listed`);
}
function refusalLines(image, { details, words }) {
    const nearest = details.signatures[0];
    const findings = (nearest?.findings ?? []).map(({ field, expected, found, ok }) => `  ${ok ? 'ok      ' : 'MISMATCH'} ${field}: expected ${JSON.stringify(expected)}, found ${found === undefined ? 'nothing' : JSON.stringify(found)}`);
    const signers = details.signatures.flatMap(({ verified }) => verified === undefined ? [] : [`  signed by ${verified.subject}, issuer ${verified.issuer}`]);
    const hints = (nearest?.hints ?? []).map((hint) => `  ${hint}`);
    const others = [...new Set(details.others)]
        .slice(0, OTHERS_MAX)
        .map((one) => `  also attached, but not an image signature: ${one}`);
    const platforms = (image.platforms ?? []).map(({ platform, verdict, reason }) => `  platform ${platform}: ${WORDS[verdict]}${reason === null ? '' : ` ${reason}`}`);
    const cure = words?.cure.split('\n').map((line, index) => (index === 0 ? `  What to do: ${line}` : `    ${line}`));
    return [
        ...(cure ?? []),
        ...(words?.detail === undefined || findings.length > 0 ? [] : [`  ${words.detail}`]),
        ...findings,
        ...new Set(signers),
        ...hints,
        ...platforms,
        ...others,
        ...lineLines(details),
        ...offeredLines(details),
    ];
}
function lineLines({ lines = [] }) {
    return lines.map(({ line, reason, message }) => reason === null
        ? `  ok       attestations ${JSON.stringify(line)}`
        : `  MISMATCH attestations ${JSON.stringify(line)}: ${reason}: ${message}`);
}
function offeredLines(details) {
    const blocks = details.signatures.flatMap(({ offer }) => {
        if (offer === undefined)
            return [];
        const { lines, withheld } = offer;
        return withheld.length > 0
            ? [['  Nothing is offered for pasting:', ...withheld.map((reason) => `    - ${reason}`)]]
            : [
                [
                    '  Inputs that would accept this signer; pasting them means trusting it:',
                    ...lines.map((line) => `    ${line}`),
                ],
            ];
    });
    const distinct = new Map(blocks.map((block) => [block.join('\n'), block]));
    return [...distinct.values()].slice(0, OFFERED_MAX).flat();
}

// EXTERNAL MODULE: ./.build/js/src/report/results.js
var results = __webpack_require__(1370);
;// CONCATENATED MODULE: ./.build/js/src/report/skipped-entries.js
const LINES_MAX = 50;
function skippedEntryLines(results) {
    const lines = results.images.flatMap(({ reference, skipped = [] }) => skipped.map(({ platform, digest, mediaType }) => `${reference} lists ${digest} (${platform}, ${mediaType}), which was skipped because it is neither an image nor an index`));
    if (lines.length <= LINES_MAX)
        return lines;
    return [...lines.slice(0, LINES_MAX), `…and ${lines.length - LINES_MAX} more skipped entries in the results file.`];
}

// EXTERNAL MODULE: ./.build/js/src/report/verify-summary.js + 1 modules
var verify_summary = __webpack_require__(4576);
// EXTERNAL MODULE: ./.build/js/src/usecases/verifying/verify-results.js + 1 modules
var verify_results = __webpack_require__(8812);
// EXTERNAL MODULE: ./.build/js/src/entries/action/inputs/run-files.js
var run_files = __webpack_require__(5468);
// EXTERNAL MODULE: ./.build/js/src/entries/action/publish-results.js
var publish_results = __webpack_require__(269);
// EXTERNAL MODULE: ./.build/js/src/entries/action/report-failure.js
var report_failure = __webpack_require__(6716);
// EXTERNAL MODULE: ./.build/js/src/entries/action/run-deadline.js
var run_deadline = __webpack_require__(9485);
// EXTERNAL MODULE: ./.build/js/src/entries/action/surroundings.js + 1 modules
var surroundings = __webpack_require__(3675);
// EXTERNAL MODULE: ./.build/js/src/entries/compose/connect.js + 66 modules
var connect = __webpack_require__(3085);
// EXTERNAL MODULE: ./.build/js/src/entries/inputs/read-value.js + 1 modules
var read_value = __webpack_require__(5338);
// EXTERNAL MODULE: ./.build/js/src/entries/gate/annotate-images.js
var annotate_images = __webpack_require__(8093);
// EXTERNAL MODULE: ./.build/js/src/entries/gate/identity-words.js
var identity_words = __webpack_require__(7280);
// EXTERNAL MODULE: ./.build/js/src/domain/identity/pasteable-inputs.js
var pasteable_inputs = __webpack_require__(3254);
// EXTERNAL MODULE: ./.build/js/src/domain/image/signature-repositories.js
var signature_repositories = __webpack_require__(8747);
// EXTERNAL MODULE: ./.build/js/src/usecases/judging/judge-image.js
var judge_image = __webpack_require__(1282);
;// CONCATENATED MODULE: ./.build/js/src/entries/action/named-tags.js
function namedTags(references) {
    return references.flatMap(({ tag, digest }) => tag === undefined ? [] : [{ name: tag, isChecked: digest === undefined }]);
}

;// CONCATENATED MODULE: ./.build/js/src/entries/gate/image-reports.js






function hasOnlyAttestations({ judgement }) {
    if (judgement?.reason !== 'NO_SIGNATURE' || judgement.attested !== undefined)
        return false;
    return attachedTypes(judgement).length > 0;
}
function attachedTypes({ others }) {
    return others.flatMap(({ verification }) => verification.kind === 'not-a-signature' && verification.what === 'attestation'
        ? (verification.predicateType ?? [])
        : []);
}
function imageReports(images, { request, withoutIdentity, paste, attestationHint }) {
    return images.map((image) => {
        const result = (0,verify_results/* imageResult */.v_)(image, request.mode);
        return {
            result: withoutIdentity === undefined
                ? result
                : { ...result, verdict: 'error', reason: 'INPUT_INVALID', message: withoutIdentity },
            details: detailsOf(image, { request, paste, attestationHint }),
        };
    });
}
function detailsOf(image, { request, paste, attestationHint }) {
    const platform = (0,verify_results/* decidingPlatform */.HN)(image);
    const { judgement, error } = platform ?? image;
    const offering = judgement?.verdict === 'pass' || request.policies !== undefined ? undefined : paste;
    const judged = new Set(judgement?.attested?.attestations.map(({ digest }) => digest));
    const offered = judgement !== undefined && hasOnlyAttestations({ judgement })
        ? attestationHint?.(attachedTypes(judgement))
        : undefined;
    return {
        tags: namedTags(image.references),
        platform: platform === undefined
            ? undefined
            : { name: platform.platform, isIndexSigned: image.judgement?.verdict === 'pass' },
        search: searchOf(image, request),
        signatures: judgement?.signatures.map((one) => signatureDetails(one, offering)) ?? [],
        others: [
            ...(judgement?.others ?? []).flatMap(({ candidate, verification }) => verification.kind === 'not-a-signature' && !judged.has(candidate.digest) ? [otherWords(verification)] : []),
            ...(judgement?.unreadable ?? []).map((one) => `${one.predicateType ?? one.artifactType ?? one.digest}: ${one.message}`),
        ],
        places: judgement?.places.map(({ request, status, entries }) => ({ request, status, entries })) ?? [],
        hint: offered ?? judgement?.hint ?? error?.hint,
        ...(judgement?.attested === undefined ? {} : { lines: judgement.attested.lines.map(lineDetails) }),
    };
}
function searchOf({ first }, { network, format, waitForMs }) {
    const elsewhere = (0,signature_repositories/* signaturesElsewhere */.Wl)(network.signatureRepositories, first.repository);
    return {
        repository: elsewhere ?? (0,reference/* formatRepository */.Sh)(first.repository),
        isRedirected: elsewhere !== undefined,
        format,
        waited: waitForMs > 0,
    };
}
function otherWords({ predicateType, what, message, isDamaged }) {
    const name = predicateType ?? what;
    return isDamaged === true ? `${name}: ${message}` : name;
}
function lineDetails({ line, reason, message, nearest }) {
    return { line, reason, message, findings: nearest?.findings ?? [], hints: nearest?.hints ?? [] };
}
function signatureDetails(one, paste) {
    const { verification, evaluation } = one;
    const accepted = (0,judge_image/* isAccepted */.oB)(one);
    return {
        format: one.candidate.format,
        accepted,
        reason: accepted ? null : (0,judge_image/* reasonOf */.A3)(one),
        verified: verification.kind === 'verified' ? verification.facts.identity : undefined,
        offer: verification.kind === 'verified' && paste !== undefined && !accepted
            ? (0,pasteable_inputs/* pasteableInputs */.fx)(verification.facts, paste)
            : undefined,
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
const UPDATE = 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}';
const OURS = 'countersign:';
async function listCheckRuns({ octokit, target }, name) {
    const all = await everyEntry(async (page) => {
        const { data, headers } = await octokit.request('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', {
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
        return isOfRun ? [{ id: Number(id), conclusion, isOfAttempt, hasAnnotations: output.annotations_count > 0 }] : [];
    });
}
async function createCheckRun(reporting, report) {
    const { octokit, target } = reporting;
    const body = { ...bodyOf(reporting, report), name: report.name, head_sha: target.sha };
    return Number((await octokit.request('POST /repos/{owner}/{repo}/check-runs', body)).data.id);
}
async function updateCheckRun(reporting, id, result) {
    await reporting.octokit.request(UPDATE, { ...bodyOf(reporting, result), check_run_id: id });
}
async function addMoreAnnotations({ octokit, target }, id, result) {
    const { title, summary, annotations: all } = result;
    for (const annotations of batches(all).slice(1)) {
        const output = { title, summary, annotations };
        await octokit.request(UPDATE, { ...splitRepository(target.repository), check_run_id: id, output });
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
        const { data, headers } = await octokit.request('GET /repos/{owner}/{repo}/commits/{ref}/statuses', {
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
    const { data } = await octokit.request('POST /repos/{owner}/{repo}/statuses/{sha}', {
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
    const { Octokit } = await __webpack_require__.e(/* import() */ 692).then(__webpack_require__.bind(__webpack_require__, 9311));
    return new Octokit({
        auth: token,
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
;// CONCATENATED MODULE: ./.build/js/src/domain/text/cut-text.js

function cutText(text, max) {
    const points = [...(0,visible_text/* visibleText */.Q)(text.slice(0, max * 2))];
    return points.length <= max && text.length <= max * 2 ? points.join('') : `${points.slice(0, max - 1).join('')}…`;
}

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
    return cutText(line(report), TITLE_MAX);
}
function statusDescription(report) {
    return cutText(line(report), STATUS_DESCRIPTION_MAX);
}
function line({ images, verdict, error }) {
    if (error !== undefined)
        return `Not decided: ${error.code}: ${error.message.split('\n').join(' ')}`;
    if (images.length === 0)
        return 'Not decided: nothing was verified';
    if (verdict === 'pass')
        return `Verified: ${images.length === 1 ? short_text_nameOf(images) : (0,cells/* countOf */.pq)(images.length, 'image')}`;
    const bad = images.filter(({ result }) => result.verdict !== 'pass');
    const first = bad.filter(({ result }) => result.verdict === verdict);
    const more = bad.length > 1 ? `, and ${(0,cells/* countOf */.pq)(bad.length - 1, 'more image')}` : '';
    const reason = first[0]?.result.reason ?? verdict;
    return `${short_text_WORDS[verdict]} (${reason}${more}): ${short_text_nameOf(first)}`;
}
function short_text_nameOf(images) {
    const [first] = images;
    return first === undefined ? '' : (0,cells/* shortName */.EU)(first.result, first.details.tags);
}

// EXTERNAL MODULE: ./.build/js/src/entries/action/inputs/github-token.js
var github_token = __webpack_require__(7224);
;// CONCATENATED MODULE: ./.build/js/src/entries/gate/publish-reports.js







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
            summary: (0,cut_markdown/* cutMarkdown */.G)(report.markdown, CHECK_TEXT_MAX, (text) => Buffer.byteLength(text)),
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
    const token = (0,github_token/* readGithubToken */.l)({ source: run });
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

// EXTERNAL MODULE: ./.build/js/src/entries/gate/report-name.js
var report_name = __webpack_require__(1446);
;// CONCATENATED MODULE: ./.build/js/src/entries/gate/publish.js

























async function findingsOf(run, request, images) {
    const { serverUrl } = run.context;
    const { identity } = request;
    const paste = {
        serverUrl,
        defaultIssuer: (0,github_issuer/* githubIssuerOf */.Y7)(serverUrl),
        ...conditionsOf(identity),
        now: run.clock.now(),
    };
    const noSigner = identity.kind === 'no-identity' ? (0,identity_words/* noSignerText */.NV)(identity.problem) : undefined;
    const withoutIdentity = noSigner === undefined ? undefined : identity_words/* NO_SIGNER */.zL;
    const attestationHint = request.attestations === undefined && request.policies === undefined && images.some(hasOnlyAttestations)
        ? (await __webpack_require__.e(/* import() */ 458).then(__webpack_require__.bind(__webpack_require__, 458))).attestationHint
        : undefined;
    const reported = imageReports(images, { request, withoutIdentity, paste, attestationHint });
    const noIdentity = noSigner === undefined
        ? undefined
        : new coded_error/* CodedError */.AK('INPUT_INVALID', noSigner, { hint: `${identity_words/* NAME_A_SIGNER */.Df} ${whatIsShown(reported)}` });
    const results = (0,verify_results/* verifyResults */.kg)(reported.map(({ result }) => result));
    const nothingToCheck = results.images.length === 0 && noIdentity === undefined ? request.nothingToCheck : undefined;
    const verdict = nothingToCheck === undefined ? (0,verify_results/* worstVerdict */.zP)(results) : 'allowed';
    return { reported, results, verdict, noIdentity, nothingToCheck };
}
async function showFindings(run, request, { images, findings }) {
    const { reported, results, verdict, noIdentity, nothingToCheck } = findings;
    await (0,publish_results/* publishResults */.ku)(run, results, [request.reportPath]).catch((cause) => {
        const why = cause instanceof Error ? cause.message : String(cause);
        throw new coded_error/* CodedError */.AK('INPUT_INVALID', `input report: ${request.reportPath} cannot be written: ${why}`, {
            cause,
            hint: 'Set `report` to a file that this job can write, or remove the input.',
        });
    });
    logImages(run, verifyLogLines(reported));
    const help = await helpOf(run, request, { images, reported });
    logFold(run, 'A ClusterImagePolicy (input policy) that would accept the signers. Pasting it means trusting them.', help?.lines ?? []);
    const notes = [...(nothingToCheck === undefined ? [] : [`Nothing to check: ${nothingToCheck}.`]), ...notesOf(images)];
    const besides = skippedEntryLines(results);
    for (const note of [...notes, ...besides])
        run.log.info(note);
    return (0,verify_summary/* verifySummary */.I)({
        images: reported,
        verdict,
        notes: [...request.warnings, ...request.notices, ...notes],
        skipped: [...request.skipped, ...besides],
        error: noIdentity,
        help: help?.markdown,
        troubleshootingUrl: (0,report_failure/* actionNames */.Bk)(run).troubleshootingUrl,
        attested: images.some(({ judgement }) => judgement?.attested !== undefined)
            ? await __webpack_require__.e(/* import() */ 403).then(__webpack_require__.bind(__webpack_require__, 3403))
            : undefined,
    });
}
async function publishVerify(run, request, { images, requests, statementsPath }) {
    const findings = await findingsOf(run, request, images);
    const { reported, results, verdict, noIdentity, nothingToCheck } = findings;
    const opens = (image) => image.verdict === 'pass' || image.verdict === 'allowed';
    const isOpen = nothingToCheck !== undefined || (results.images.length > 0 && results.images.every(opens));
    const pinned = isOpen ? pinnedImages(results) : undefined;
    const further = pinned === undefined ? {} : ((await request.onOpen?.(images)) ?? {});
    const markdown = await showFindings(run, request, { images, findings });
    if (request.summary)
        await writeSummary(run, markdown);
    run.setOutput('attestations-path', statementsPath ?? '');
    run.setOutput('verdict', verdict);
    run.setOutput('reason', results.images.find((image) => image.verdict === verdict)?.reason ?? '');
    if (noIdentity !== undefined)
        (0,report_failure/* reportFailure */.xV)(run, noIdentity);
    if (noIdentity === undefined)
        (0,annotate_images/* annotateImages */.R)(run, reported);
    if (!isOpen)
        run.setExitCode(1);
    if (pinned !== undefined)
        run.setOutput('images', pinned.join('\n'));
    for (const [name, value] of Object.entries(further))
        run.setOutput(name, value);
    if (results.verified)
        setVerified(run, images);
    const names = { check: request.checkName, status: request.statusName };
    const report = { names, images: reported, verdict, error: noIdentity, opens: isOpen, markdown };
    if (requests === undefined)
        await reportApart(run, request.network, report);
    else
        await publishReports(run, requests, report);
}
function pinnedImages({ images }) {
    const pinned = images.flatMap(({ resolved }) => resolved ?? []);
    return pinned.length === images.length && pinned.length > 0 ? pinned : undefined;
}
async function helpOf(run, { trust }, { images, reported }) {
    const asks = reported.some(({ result }) => result.reason === 'INPUT_INVALID' || result.reason === 'POLICY_NO_MATCH');
    if (!asks)
        return undefined;
    const { policyHelp } = await __webpack_require__.e(/* import() */ 161).then(__webpack_require__.bind(__webpack_require__, 2161));
    const annotated = new Map(reported.map(({ result }, index) => [
        result,
        (images[index]?.references ?? []).flatMap(({ uses = [] }) => uses.flatMap((use) => use.annotated ?? [])),
    ]));
    return policyHelp(reported, {
        serverUrl: run.context.serverUrl,
        trustOf: ({ claims }) => {
            if (trust.kind !== 'instance')
                return 'custom';
            const visibility = claims['source-repository-visibility-at-signing'] ?? '';
            const isPrivate = ['private', 'internal'].includes(visibility);
            return trust.instance === 'github' || (trust.instance === 'auto' && isPrivate) ? 'github' : 'public-good';
        },
        annotatedOf: (result) => annotated.get(result) ?? [],
    });
}
function whatIsShown(images) {
    const offers = images.flatMap(({ details }) => details.signatures.flatMap(({ offer }) => offer ?? []));
    if (offers.length === 0)
        return 'No signature was found that verifies, so there is no signer to show.';
    const shown = 'The log and the job summary show the verified signers of each image';
    return offers.some(({ withheld }) => withheld.length === 0)
        ? `${shown}, as inputs ready to paste.`
        : `${shown}, and why no inputs are offered for them.`;
}
function conditionsOf(identity) {
    if (identity.kind === 'of-each-line' || identity.kind === 'of-policies')
        return {};
    return { conditions: identity.kind === 'requirement' ? identity.requirement : identity.conditions };
}
function setVerified(run, images) {
    const shared = (0,verify_results/* sharedIdentity */.Uc)(images);
    if (shared !== undefined) {
        for (const name of ['issuer', 'subject']) {
            const { value, notice } = (0,results/* identityOutput */.qR)(name, shared[name]);
            run.setOutput(name, value);
            if (notice !== undefined)
                run.annotate({ level: 'notice', title: 'Countersign', message: notice });
        }
    }
    run.setOutput('verified', 'true');
}
async function publishStopped(run, error, { action, outputs = [] }) {
    run.setOutput('verified', 'false');
    for (const name of ['images', 'issuer', 'subject', 'attestations-path', ...outputs])
        run.setOutput(name, '');
    run.setOutput('verdict', 'error');
    run.setOutput('reason', error.code);
    const reading = (0,read_value/* quietReading */.rP)(run);
    await (0,publish_results/* publishNoResults */.vi)(run, await reportPaths(run, action));
    const { troubleshootingUrl } = (0,report_failure/* actionNames */.Bk)(run);
    const report = { images: [], verdict: 'error', notes: [], skipped: [], error };
    const markdown = (0,verify_summary/* verifySummary */.I)({ ...report, troubleshootingUrl });
    if ((0,publish_results/* wantsSummary */.ui)(run))
        await writeSummary(run, markdown);
    const names = { check: (0,report_name/* readReportName */.W)(reading, 'check-name'), status: (0,report_name/* readReportName */.W)(reading, 'status-name') };
    const network = { caCertificates: [], insecureRegistries: [] };
    await reportApart(run, network, { names, images: [], verdict: 'error', error, opens: false, markdown });
}
async function reportPaths(run, action) {
    const own = (0,external_node_path_.join)((0,run_files/* stepDirectory */.iN)(run, action), 'results.json');
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
    await run.appendSummary((0,cut_markdown/* cutMarkdown */.G)(markdown, job_summary/* SUMMARY_MAX_BYTES */.eR, (part) => Buffer.byteLength(part)));
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
    if (isFolded)
        for (const { title, details } of images)
            logFold(run, title, details);
    const places = images.flatMap(({ line, places: looked }) => (looked.length === 0 ? [] : [line, ...looked]));
    logFold(run, 'Where the action looked for signatures of images that did not pass', places);
}
function logFold(run, title, lines) {
    if (lines.length === 0)
        return;
    run.log.group(title);
    for (const line of lines)
        run.log.info(line);
    run.log.endGroup();
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
    const aboutAttestations = images.flatMap(({ judgement }) => (judgement?.attested?.attestations ?? []).flatMap(({ requirement, verification }) => {
        if (requirement === undefined || verification.kind !== 'verified')
            return [];
        const accepted = verification.evaluations.flatMap((one) => (one?.kind === 'accepted' ? one.notes : []));
        return accepted.map((note) => `attestations line \`${requirement}\`: ${note}`);
    }));
    return [...new Set([...notes, ...aboutAttestations])];
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


/***/ }),

/***/ 9753:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C7: () => (/* binding */ imageCell),
/* harmony export */   EU: () => (/* binding */ shortName),
/* harmony export */   Fg: () => (/* binding */ tagsOf),
/* harmony export */   MZ: () => (/* binding */ codeCell),
/* harmony export */   NJ: () => (/* binding */ platformCells),
/* harmony export */   PU: () => (/* binding */ VERDICT_SIGNS),
/* harmony export */   TM: () => (/* binding */ folded),
/* harmony export */   c_: () => (/* binding */ tableOf),
/* harmony export */   pq: () => (/* binding */ countOf),
/* harmony export */   s5: () => (/* binding */ timeCell)
/* harmony export */ });
/* unused harmony exports PUBLIC_LOG, logCell, logName */
/* harmony import */ var _escape_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4501);

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
    return `<code>${(0,_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .markdownText */ .p7)(text).replace(BREAKABLE, '$&<wbr>')}</code>`;
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
    return start === undefined ? (0,_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .markdownCode */ .D9)(digest) : `<code>${start}</code>…`;
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
    return date === undefined ? (0,_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .markdownText */ .p7)(time) : `${date} ${clock} UTC`;
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


/***/ }),

/***/ 4128:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ cutMarkdown)
/* harmony export */ });
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


/***/ }),

/***/ 5857:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ findingsTable)
/* harmony export */ });
/* harmony import */ var _cells_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9753);
/* harmony import */ var _escape_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4501);


function findingsTable(label, findings) {
    const rows = [...findings]
        .sort((a, b) => Number(a.ok) - Number(b.ok))
        .map(({ field, expected, found, ok }) => [
        `${ok ? '✅' : '❌'} ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .markdownText */ .p7)(field)}`,
        (0,_cells_js__WEBPACK_IMPORTED_MODULE_0__/* .codeCell */ .MZ)(expected),
        found === undefined ? '*nothing*' : (0,_cells_js__WEBPACK_IMPORTED_MODULE_0__/* .codeCell */ .MZ)(found),
    ]);
    return (0,_cells_js__WEBPACK_IMPORTED_MODULE_0__/* .tableOf */ .c_)([label, 'Expected', 'Found'], rows);
}


/***/ }),

/***/ 9590:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   mR: () => (/* binding */ offerBlock),
/* harmony export */   rR: () => (/* binding */ withheldText)
/* harmony export */ });
/* unused harmony exports NOT_PASTABLE, verifyStepBlock, cosignCommandBlock */
/* harmony import */ var _domain_identity_pasteable_inputs_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3254);
/* harmony import */ var _escape_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4501);




const IMAGES_SHOWN = 5;
const NOT_PASTABLE = 'The identity contains invisible characters, so no command is offered for pasting. See the results file for the full identity.';
function verifyStepBlock(options) {
    const { identity, serverUrl } = options;
    const inputs = pasteableInputs({ identity }, { serverUrl, defaultIssuer: githubIssuerOf(serverUrl) });
    const uses = yamlScalar(`${options.actionRepository}/verify@${options.actionRef}`);
    const shown = options.images.slice(0, IMAGES_SHOWN);
    const images = shown.map(({ pinned }) => yamlScalar(pinned));
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
    const attestations = (options.attestations ?? []).map(yamlScalar);
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
    return markdownBlock('yaml', lines.join('\n'));
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
        return [`signature-repository: ${yamlScalar(only)}`];
    return ['signature-repository: |', ...rules.map((rule) => `  ${rule}`)];
}
function offerBlock({ lines, withheld }) {
    return withheld.length > 0 ? withheldText(withheld) : (0,_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .markdownBlock */ .dI)('yaml', lines.join('\n'));
}
function gapsOf({ identity, serverUrl, }) {
    return openWithSubject(identity, { serverUrl, defaultIssuer: githubIssuerOf(serverUrl) });
}
function withheldText(reasons) {
    return ['Nothing is offered for pasting:', '', ...reasons.map((reason) => `- ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .markdownText */ .p7)(reason)}`)].join('\n');
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
        const value = shellWord(options.identity.claims[claim] ?? '');
        return value === undefined ? [] : [`  ${flag} ${value}`];
    });
    if (narrowing.length < gaps.length)
        return NOT_PASTABLE;
    const subject = shellWord(options.identity.subject);
    const issuer = shellWord(options.identity.issuer);
    const type = predicateType === undefined ? undefined : shellWord(predicateType);
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
        const repository = store === undefined ? undefined : shellWord(store);
        const images = shown.filter((image) => image.store === store).map(({ pinned }) => shellWord(pinned));
        if (images.includes(undefined) || (store !== undefined && repository === undefined))
            return undefined;
        const command = `${repository === undefined ? '' : `COSIGN_REPOSITORY=${repository} `}cosign ${verb}`;
        return [command, ...flags, ...images.map((image) => `  ${image}`)].join(' \\\n');
    });
    if (commands.includes(undefined))
        return NOT_PASTABLE;
    const later = laterTagsPattern(options.identity);
    const pattern = later === undefined ? undefined : shellWord(later);
    const comment = pattern === undefined
        ? []
        : [`# for later tags too, instead of --certificate-identity: --certificate-identity-regexp ${pattern}`];
    return markdownBlock('sh', [...commands, ...comment].join('\n'));
}


/***/ }),

/***/ 9886:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  sZ: () => (/* binding */ OTHERS_SHOWN),
  xZ: () => (/* binding */ isCut),
  WW: () => (/* binding */ refusalWords)
});

// EXTERNAL MODULE: ./.build/js/src/domain/identity/identity-rules.js
var identity_rules = __webpack_require__(9025);
// EXTERNAL MODULE: ./.build/js/src/domain/identity/workflow-uri.js
var workflow_uri = __webpack_require__(4091);
// EXTERNAL MODULE: ./.build/js/src/domain/signature/refusal.js
var refusal = __webpack_require__(8895);
// EXTERNAL MODULE: ./.build/js/src/report/next-steps.js
var next_steps = __webpack_require__(8465);
// EXTERNAL MODULE: ./.build/js/src/domain/text/quoted.js
var quoted = __webpack_require__(9082);
;// CONCATENATED MODULE: ./.build/js/src/report/policy-words.js

function decidingPolicy({ policies = [], verdict, reason }) {
    const unmet = policies.filter((one) => one.verdict !== 'pass');
    return unmet.find((one) => one.verdict === verdict && one.reason === reason) ?? unmet[0];
}
function policyPrefix(image) {
    const policy = decidingPolicy(image);
    return policy === undefined ? '' : `Policy ${(0,quoted/* quoted */.T)(policy.name)}, authority ${(0,quoted/* quoted */.T)(policy.authority)}: `;
}
function policyCure({ name, authority }) {
    return `If this signer may sign this image, change authority ${(0,quoted/* quoted */.T)(authority)} of policy ${(0,quoted/* quoted */.T)(name)}. Otherwise do not deploy the image, and find out who pushed it.`;
}
const STATIC_PASS_CURE = 'To have the image verified, add an authority with a signer to the policy, and remove `static: pass`.';

;// CONCATENATED MODULE: ./.build/js/src/report/refusal-words.js





function refusalWords(image, details) {
    const policy = decidingPolicy(image);
    if (policy === undefined)
        return wordsOfRule(image, details);
    if (image.reason === null)
        return { cause: image.message, cure: STATIC_PASS_CURE, detail: undefined };
    const words = wordsOfRule(image, details);
    const isSigner = SIGNER_REASONS.includes(image.reason);
    return {
        ...words,
        cause: `${policyPrefix(image)}${words.cause.replaceAll('; this step ', '; it ')}`,
        cure: isSigner ? policyCure(policy) : words.cure,
    };
}
const SIGNER_REASONS = ['ISSUER_MISMATCH', 'IDENTITY_MISMATCH', 'CLAIM_MISMATCH'];
function wordsOfRule(image, details) {
    const { reason, message } = image;
    const where = details.platform === undefined ? '' : `Platform ${cut(details.platform.name)}: `;
    if (reason === null) {
        return { cause: `${where}${message}`, cure: 'Check the platforms of the image.', detail: undefined };
    }
    if (reason === 'NO_SIGNATURE')
        return unsigned(details);
    const unmet = (details.signatures[0]?.findings ?? []).filter(({ ok }) => !ok);
    const { meaning, doThis } = next_steps/* NEXT_STEPS */.G[reason];
    if (unmet.length > 0) {
        const words = unmet.slice(0, CAUSES_MAX).map(wordsFor);
        const more = unmet.length - words.length;
        const rest = more > 0 ? [`${more} more ${more === 1 ? 'value differs' : 'values differ'}.`] : [];
        return {
            cause: `${where}${[...words.map(({ cause }) => cause), ...rest].join(' ')}`,
            cure: details.hint ?? cureFor(unmet, words),
            detail: message,
        };
    }
    const cure = details.hint ?? doThis;
    const isRefusal = (0,refusal/* isRefusalReason */.rq)(reason);
    return isRefusal
        ? { cause: `${where}${meaning}`, cure, detail: message }
        : { cause: message, cure, detail: undefined };
}
function cureFor(unmet, words) {
    const inputs = [...new Set(unmet.map(inputOf))];
    const isSigner = unmet.every((one) => SIGNER_INPUTS.includes(inputOf(one)) && !isRule(one));
    if (inputs.length > 1 && isSigner)
        return ifRight('this signer', inputs.map((input) => `\`${input}\``).join(' and '));
    return [...new Set(words.map(({ cure }) => cure))].join('\n');
}
const SIGNER_INPUTS = [
    'certificate-identity',
    'certificate-identity-regexp',
    'certificate-oidc-issuer',
    'certificate-oidc-issuer-regexp',
    'signer-workflow',
    'source-repository',
    'workflow',
    'source-ref',
    'claims',
];
const inputOf = ({ field }) => field.split(' ')[0] ?? field;
function isRule({ field, expected }) {
    return field === identity_rules/* REPOSITORY_OF_SUBJECT */.YH || expected === identity_rules/* NO_PULL_REF */.oW || expected === identity_rules/* NO_OUTSIDER_TRIGGER */.dP;
}
const CAUSES_MAX = 2;
function unsigned({ platform, search, others, hint }) {
    const digest = platform === undefined ? 'this digest' : `the platform image ${cut(platform.name)}`;
    const place = search.isRedirected
        ? ` in ${search.repository}, where \`signature-repository\` says that signatures are`
        : ` in ${search.repository}`;
    const signed = platform?.isIndexSigned === true ? ' The index itself is signed, but `recursive` asks for both.' : '';
    const kinds = [...new Set(others)];
    const more = kinds.length > OTHERS_SHOWN ? ` and ${kinds.length - OTHERS_SHOWN} more` : '';
    const beside = kinds.length === 0
        ? ''
        : ` What is attached is not an image signature: ${kinds.slice(0, OTHERS_SHOWN).map(cut).join(', ')}${more}.`;
    return {
        cause: `No signature was found for ${digest}${place}.${signed}${beside}`,
        cure: hint ?? listed(curesUnsigned(platform, search)),
        detail: undefined,
    };
}
const OTHERS_SHOWN = 3;
function curesUnsigned(platform, search) {
    const sameRepository = 'Check that the sign step stores its signatures in the same `signature-repository`. If they are beside the image, remove the input from this step.';
    const recursive = 'Sign with `recursive: true`, which also signs every platform image.';
    const isSigned = 'Check that the workflow that built this image also signed it after the push, and that it signed this digest: the tag may have moved since.';
    const bothFormats = `This step looks only for signatures of \`format: ${search.format}\`. Remove \`format\` to look for both.`;
    const index = platform?.isIndexSigned === true
        ? [`${recursive} If the signature of the index is enough for you, remove \`recursive\` from this step.`]
        : [...(search.isRedirected ? [sameRepository] : []), isSigned, ...(platform === undefined ? [] : [recursive])];
    return [
        ...index,
        ...(search.format === 'any' ? [] : [bothFormats]),
        ...(search.waited ? [] : ['If it was signed a moment ago, set `wait-for: 30s`.']),
    ];
}
function listed(cures) {
    return cures.length === 1
        ? cures.join('')
        : ['Check, the likeliest first:', ...cures.map((cure) => `- ${cure}`)].join('\n');
}
function wordsFor(finding) {
    const { field, expected } = finding;
    if (field === identity_rules/* REPOSITORY_OF_SUBJECT */.YH)
        return calledWorkflow(finding);
    if (expected === identity_rules/* NO_PULL_REF */.oW)
        return pullRequestCode(finding);
    if (expected === identity_rules/* NO_OUTSIDER_TRIGGER */.dP)
        return outsiderTrigger(finding);
    const input = inputOf(finding);
    const key = field.slice(input.length + 1);
    switch (input) {
        case 'certificate-oidc-issuer':
        case 'certificate-oidc-issuer-regexp':
            return wrongIssuer(input, finding);
        case 'certificate-identity':
        case 'signer-workflow':
            return wrongSigner(input, finding);
        case 'certificate-identity-regexp':
            return {
                cause: `Signed by ${shown(finding.found)}, which the pattern in \`${input}\` does not accept.`,
                cure: ifRight('this signer', `\`${input}\``),
            };
        case 'source-repository':
        case 'workflow':
        case 'source-ref':
            return wrongSource(input, finding);
        case 'annotations':
            return wrongAnnotation(key, finding);
        case 'max-age':
            return wrongAge(finding);
        default:
            return wrongClaim(key === '' ? field : key, finding);
    }
}
function ifRight(what, inputs) {
    return `If ${what} may sign this image, change ${inputs} in this step. Otherwise do not deploy the image, and find out who pushed it.`;
}
function wrongIssuer(input, { expected, found }) {
    const only = input === 'certificate-oidc-issuer'
        ? `this step accepts only ${issuerName(expected)}`
        : `the pattern in \`${input}\` does not accept it`;
    return {
        cause: `Signed with an id-token from ${found === undefined ? 'an unnamed issuer' : issuerName(found)}; ${only}.`,
        cure: `If that issuer is right, name it in \`certificate-oidc-issuer\`. Otherwise do not deploy the image, and find out who signed it.`,
    };
}
function issuerName(issuer) {
    const known = ISSUERS.find(([form]) => form.test(issuer))?.[1];
    return known === undefined ? cut(issuer) : `${cut(issuer)} (${known})`;
}
const ISSUERS = [
    [/^https:\/\/token\.actions\.githubusercontent\.com$/, 'GitHub Actions on github.com'],
    [/^https:\/\/token\.actions\.githubusercontent\.com\/[^/ ]+$/, 'GitHub Actions of one enterprise'],
    [/^https:\/\/token\.actions\.[a-z0-9-]+\.ghe\.com$/, 'GitHub Actions on ghe.com'],
    [/^https?:\/\/[^/ ]+\/_services\/token$/, 'GitHub Actions on an Enterprise Server'],
    [/^https:\/\/github\.com\/login\/oauth$/, 'a person with a GitHub account'],
    [/^https:\/\/accounts\.google\.com$/, 'a Google account'],
    [/^https:\/\/login\.microsoftonline\.com(?:\/[^ ]*)?$/, 'a Microsoft account'],
    [/^https:\/\/gitlab\.com$/, 'GitLab CI'],
];
function wrongSigner(input, { expected, found }) {
    const cure = ifRight('this signer', `\`${input}\``);
    const plain = { cause: `Signed by ${shown(found)}; this step allows only ${cut(expected)}.`, cure };
    if (found === undefined || expected.includes(' or '))
        return plain;
    const signer = partsOf(found);
    const origin = /^https?:\/\/[^/]+\//.exec(found)?.[0] ?? '';
    const wanted = partsOf(/^https?:/.test(expected) ? expected : `${origin}${expected}`);
    if (signer === undefined || wanted === undefined)
        return plain;
    const [repository, wantedRepository] = withoutServer(signer.repository, wanted.repository);
    if (signer.repository !== wanted.repository) {
        return {
            cause: `Signed by a workflow of ${cut(repository)}; this step allows only ${cut(wantedRepository)}.`,
            cure,
        };
    }
    const [file, wantedFile] = withoutFolder(signer.path, wanted.path);
    if (signer.path !== wanted.path) {
        return { cause: `Signed by ${cut(file)} of ${cut(repository)}; this step allows only ${cut(wantedFile)}.`, cure };
    }
    if (wanted.ref === undefined || signer.ref === wanted.ref)
        return plain;
    const at = `Signed by ${cut(file)} of ${cut(repository)} at ${shown(signer.ref)}`;
    return { cause: `${at}; this step allows only ${cut(wanted.ref)}.`, cure };
}
function partsOf(uri) {
    const repository = (0,workflow_uri/* repositoryOfSubject */.MV)(uri);
    if (repository === undefined)
        return undefined;
    const parsed = (0,workflow_uri/* parseWorkflowUri */.BK)(uri, repository);
    if (parsed !== undefined)
        return { repository, ...parsed };
    const [path = '', ...ref] = uri.slice(repository.length + 1).split('@');
    return { repository, path, ref: ref.length === 0 ? undefined : ref.join('@') };
}
function withoutServer(one, other) {
    const server = /^https?:\/\/[^/ ]+\//.exec(one)?.[0];
    const isShared = server !== undefined && other.split(' or ').every((each) => each.startsWith(server));
    return isShared ? [one.slice(server.length), other.replaceAll(server, '')] : [one, other];
}
const FOLDER = '.github/workflows/';
function withoutFolder(one, other) {
    const isShared = [one, ...other.split(' or ')].every((each) => each.startsWith(FOLDER) && each.length > FOLDER.length);
    return isShared ? [one.slice(FOLDER.length), other.replaceAll(FOLDER, '')] : [one, other];
}
function wrongSource(input, { expected, found }) {
    const cure = {
        'source-repository': ifRight('that repository', `\`${input}\``),
        workflow: ifRight('that workflow', `\`${input}\``),
        'source-ref': 'If images from there may pass, add it to `source-ref` in this step. Otherwise build and sign the image on a branch or tag that is allowed.',
    }[input];
    if (found === undefined) {
        const what = { 'source-repository': 'repository', workflow: 'workflow', 'source-ref': 'branch or tag' }[input];
        return { cause: `The certificate names no ${what}; this step allows only ${cut(expected)}.`, cure };
    }
    const [is, allowed] = input === 'workflow' ? withoutFolder(found, expected) : withoutServer(found, expected);
    const signed = { 'source-repository': 'Signed by a run of', workflow: 'Signed by', 'source-ref': 'Signed on' }[input];
    return { cause: `${signed} ${cut(is)}; this step allows only ${cut(allowed)}.`, cure };
}
function calledWorkflow({ expected, found }) {
    const [signer, source] = withoutServer(shown(found), expected);
    return {
        cause: `Signed by a workflow of ${cut(signer)} that ran for ${cut(source)}; this step does not allow that pair.`,
        cure: 'If that is a reusable workflow which you call on purpose, give both `signer-workflow` (the called workflow) and `source-repository` (the caller). Otherwise do not deploy the image, and find out who pushed it.',
    };
}
function pullRequestCode({ found }) {
    return {
        cause: `Signed by a run of pull-request code (${shown(found)}), which anyone can propose.`,
        cure: 'Sign the image in a run on a branch or tag instead. To allow this ref all the same, write it out in `source-ref`.',
    };
}
function outsiderTrigger({ found }) {
    return {
        cause: `Signed by a run that the event ${shown(found)} started, which any account can cause.`,
        cure: 'Sign the image in a run on another event, such as `push`. To allow this event all the same, name it in `claims` as `build-trigger`.',
    };
}
function wrongClaim(name, { expected, found }) {
    const cure = 'If that value may pass, add a line for it to `claims` in this step. Otherwise sign the image in a run that has the expected value.';
    if (found === undefined) {
        return { cause: `The certificate has no claim ${cut(name)}; this step requires ${cut(expected)}.`, cure };
    }
    return { cause: `Signed with ${cut(name)} ${cut(found)}; this step allows only ${cut(expected)}.`, cure };
}
function wrongAnnotation(key, { expected, found }) {
    const has = found === undefined ? `has no annotation ${cut(key)}` : `has the annotation ${cut(key)}=${cut(found)}`;
    return {
        cause: `The signature ${has}; this step requires ${cut(key)}=${cut(expected)}.`,
        cure: 'Annotations are fixed when signing: sign the image again with the expected `annotations`, or change `annotations` in this step.',
    };
}
function wrongAge({ expected, found }) {
    const [when, limit] = [shown(found), expected].map(inLargerUnits);
    if (/ in the future/.test(when ?? '')) {
        return {
            cause: 'Signed in the future, by the clock of this runner.',
            cure: 'Check the clock of this runner, and that of the signer.',
        };
    }
    return {
        cause: `The image was ${when}; this step allows ${limit}.`,
        cure: 'Build and sign the image again, or allow a longer `max-age`.',
    };
}
function inLargerUnits(text) {
    return text.replace(/\b(\d{1,12}) minutes\b/, (_, digits) => {
        const minutes = Number(digits);
        const [count, unit] = minutes >= 2 * 1440 ? [minutes / 1440, 'days'] : minutes >= 120 ? [minutes / 60, 'hours'] : [minutes, 'minutes'];
        return `${Math.round(count * 10) / 10} ${unit}`;
    });
}
const VALUE_MAX = 160;
function isCut(text) {
    return text.length > VALUE_MAX;
}
function cut(text) {
    return isCut(text) ? `${text.slice(0, VALUE_MAX)}…` : text;
}
function shown(found) {
    return found === undefined ? 'an unnamed signer' : cut(found);
}


/***/ }),

/***/ 1370:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   pF: () => (/* binding */ resultsFile),
/* harmony export */   qR: () => (/* binding */ identityOutput),
/* harmony export */   wH: () => (/* binding */ resultsOutput)
/* harmony export */ });
/* unused harmony export OUTPUT_MAX_BYTES */
/* harmony import */ var _escape_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4501);

const OUTPUT_MAX_BYTES = 100_000;
function resultsOutput(results) {
    const whole = fits(JSON.stringify(results)) ? (0,_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .jsonOutput */ .W3)(results) : undefined;
    if (whole !== undefined && fits(whole))
        return whole;
    const images = results.images.map(({ reference, resolved, verdict, reason }) => ({
        reference,
        resolved,
        verdict,
        reason,
    }));
    const write = (kept) => (0,_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .jsonOutput */ .W3)({ schemaVersion: results.schemaVersion, verified: results.verified, truncated: true, images: kept });
    const short = write(images);
    if (fits(short))
        return short;
    const byNeed = [...images.keys()].sort((a, b) => needOf(images[a]?.verdict) - needOf(images[b]?.verdict) || a - b);
    let room = OUTPUT_MAX_BYTES - write([]).length;
    const kept = new Set();
    for (const index of byNeed) {
        room -= (0,_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .jsonOutput */ .W3)(images[index]).length + 1;
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
    if ((0,_escape_js__WEBPACK_IMPORTED_MODULE_0__/* .isPlainOutput */ .OH)(value))
        return { value, notice: undefined };
    const notice = `The output ${name} stays empty because the value contains characters that a shell or YAML could misread. ` +
        'The results output has the value with those characters escaped as \\uXXXX.';
    return { value: '', notice };
}


/***/ }),

/***/ 4576:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  I: () => (/* binding */ verifySummary)
});

// EXTERNAL MODULE: ./.build/js/src/report/cells.js
var cells = __webpack_require__(9753);
// EXTERNAL MODULE: ./.build/js/src/report/error-text.js
var error_text = __webpack_require__(4620);
// EXTERNAL MODULE: ./.build/js/src/report/escape.js
var report_escape = __webpack_require__(4501);
// EXTERNAL MODULE: ./.build/js/src/domain/image/source.js
var source = __webpack_require__(4691);
// EXTERNAL MODULE: ./.build/js/src/report/findings-table.js
var findings_table = __webpack_require__(5857);
// EXTERNAL MODULE: ./.build/js/src/report/paste-blocks.js
var paste_blocks = __webpack_require__(9590);
// EXTERNAL MODULE: ./.build/js/src/report/refusal-words.js + 1 modules
var refusal_words = __webpack_require__(9886);
;// CONCATENATED MODULE: ./.build/js/src/report/refusal-section.js







const LISTED_MAX = 10;
const PLATFORMS_MAX = 50;
function refusalSection({ result: image, details }, { troubleshootingUrl, unmetLines, }) {
    const heading = `### ${cells/* VERDICT_SIGNS */.PU[image.verdict]} ${(0,report_escape/* markdownCode */.D9)((0,cells/* shortName */.EU)(image, details.tags))}`;
    const [nearest, ...others] = groupAlike(details.signatures).slice(0, LISTED_MAX);
    if (image.reason === 'INPUT_INVALID') {
        const signers = nearest === undefined ? [] : [nearest, ...others].flatMap((group) => signatureParts(group, ''));
        return [heading, ...signers, ...acceptingInputs(details, 'open')].join('\n\n');
    }
    const { cause, cure, detail } = (0,refusal_words/* refusalWords */.WW)(image, details);
    const code = image.reason === null ? [] : [(0,error_text/* reasonLink */.NW)(image.reason, troubleshootingUrl)];
    const parts = [heading, [...code, (0,report_escape/* markdownProse */.h$)(cause)].join(' '), `**What to do:** ${(0,error_text/* hintMarkdown */.XV)(cure)}`];
    const hasTable = nearest !== undefined && nearest.signature.findings.length > 0;
    if (detail !== undefined && !hasTable)
        parts.push(`> ${(0,report_escape/* markdownProse */.h$)(detail)}`);
    if (nearest !== undefined)
        parts.push(...signatureParts(nearest, image.message));
    parts.push(...(unmetLines?.(details) ?? []));
    parts.push(...platformTable(image, troubleshootingUrl));
    if (others.length > 0) {
        const title = others.length === 1 ? 'Another signature' : `${others.length} other signatures`;
        parts.push((0,cells/* folded */.TM)(title, ...others.flatMap((group) => signatureParts(group, ''))));
    }
    const kinds = new Set(details.others);
    const areNamed = image.reason === 'NO_SIGNATURE' && kinds.size <= refusal_words/* OTHERS_SHOWN */.sZ && ![...kinds].some(refusal_words/* isCut */.xZ);
    if (kinds.size > 0 && !areNamed) {
        const listed = [...kinds].slice(0, LISTED_MAX).map(report_escape/* markdownCode */.D9).join(', ');
        parts.push(`Also attached, but not an image signature: ${listed}`);
    }
    if (image.sources.length > 1) {
        parts.push((0,cells/* folded */.TM)('Where this image is named', image.sources
            .slice(0, 50)
            .map((one) => `- ${(0,report_escape/* markdownCode */.D9)((0,source/* formatSource */.j)(one))}`)
            .join('\n')));
    }
    parts.push(...acceptingInputs(details, 'folded'));
    return parts.join('\n\n');
}
function platformTable({ platforms = [] }, troubleshootingUrl) {
    if (platforms.length === 0)
        return [];
    const rows = platforms
        .toSorted((a, b) => Number(a.verdict === 'pass') - Number(b.verdict === 'pass'))
        .slice(0, PLATFORMS_MAX)
        .map(({ platform, digest, verdict, reason }) => [
        (0,cells/* codeCell */.MZ)(platform),
        (0,cells/* codeCell */.MZ)(digest),
        `${cells/* VERDICT_SIGNS */.PU[verdict]} ${reason === null ? 'passed' : (0,error_text/* reasonLink */.NW)(reason, troubleshootingUrl)}`,
    ]);
    const passed = platforms.filter(({ verdict }) => verdict === 'pass').length;
    const title = `${(0,cells/* countOf */.pq)(platforms.length, 'platform image')} checked, ${passed} passed`;
    return [(0,cells/* folded */.TM)(title, (0,cells/* tableOf */.c_)(['Platform', 'Digest', 'Verdict'], rows))];
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
    if (signature.findings.length > 0)
        parts.push((0,findings_table/* findingsTable */.f)(label, signature.findings));
    if (signature.hints.length > 0)
        parts.push(signature.hints.map((hint) => `- ${(0,report_escape/* markdownProse */.h$)(hint)}`).join('\n'));
    return parts;
}
function acceptingInputs(details, as) {
    const offers = details.signatures.flatMap(({ offer }) => offer ?? []);
    const blocks = [...new Set(offers.map(paste_blocks/* offerBlock */.mR))].slice(0, LISTED_MAX);
    if (blocks.length === 0)
        return [];
    const isOffered = offers.some(({ withheld }) => withheld.length === 0);
    const title = isOffered
        ? 'Inputs that would accept the signers of this image'
        : 'Why no inputs are offered for the signers of this image';
    const warning = isOffered ? ['Pasting them means trusting the signer. Do so only if you know it.'] : [];
    return as === 'open' ? [`${title}:`, ...warning, ...blocks] : [(0,cells/* folded */.TM)(title, ...warning, ...blocks)];
}

;// CONCATENATED MODULE: ./.build/js/src/report/verify-summary.js




const ROWS_OPEN = 25;
const SECTIONS_OPEN = 3;
const SECTIONS_MAX = 20;
const ROWS_MAX = 500;
const PLACES_MAX = 300;
const WORDS = {
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
        ...(report.attested?.attestationTables(rows, report.troubleshootingUrl) ?? []),
        ...notes(report),
        ...sections(rows, report),
        ...(report.help ?? []),
        ...rest,
        ...pinnedReferences(report),
        ...besides(rows),
        ...placesLooked(rows),
    ];
    return `${parts.join('\n\n')}\n`;
}
function verifyHeadline({ images, verdict, error, attested, }) {
    const byPolicies = images.some(({ result }) => result.policies !== undefined);
    const isMet = byPolicies
        ? 'what the policies require'
        : attested === undefined
            ? 'signed by the expected identity'
            : 'what the step requires';
    const first = images[0];
    const total = images.length;
    if (error !== undefined || first === undefined)
        return '❗ Not decided: nothing was verified';
    if (total === 1) {
        const name = (0,report_escape/* markdownCode */.D9)((0,cells/* shortName */.EU)(first.result, first.details.tags));
        switch (verdict) {
            case 'pass':
                return `✅ Verified: ${name} is ${isMet}`;
            case 'allowed':
                return `⚠️ Let through, although it did not pass: ${name}`;
            case 'fail':
                return `❌ Refused: ${name}`;
            case 'error':
                return `❗ Not decided: ${name}`;
        }
    }
    if (verdict === 'pass')
        return `✅ Verified: ${total} images are ${isMet}`;
    const counts = ORDER.flatMap((one) => {
        const count = images.filter(({ result }) => result.verdict === one).length;
        return count === 0 ? [] : [`${cells/* VERDICT_SIGNS */.PU[one]} ${count} ${WORDS[one]}`];
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
    const open = (0,cells/* tableOf */.c_)(COLUMNS, lines.slice(0, shown));
    if (shown === lines.length)
        return [[open], []];
    const left = rows.length > ROWS_MAX ? [`…and ${rows.length - ROWS_MAX} more images in the results file.`] : [];
    const rest = rows.slice(shown);
    const passed = rest.filter(({ result }) => result.verdict === 'pass').length;
    const which = passed === rest.length ? 'all passed' : `${passed} of them passed`;
    return [[open], [(0,cells/* folded */.TM)(`${rest.length} more images, ${which}`, (0,cells/* tableOf */.c_)(COLUMNS, lines.slice(shown)), ...left)]];
}
function imageRow({ result: image, details }, troubleshootingUrl) {
    const reason = image.reason === null ? [] : [(0,error_text/* reasonLink */.NW)(image.reason, troubleshootingUrl)];
    const { platforms = [] } = image;
    const alsoPassed = image.verdict === 'pass' && platforms.length > 0
        ? [`<sub>and ${(0,cells/* countOf */.pq)(platforms.length, 'platform')}: ${(0,cells/* platformCells */.NJ)(platforms)}</sub>`]
        : [];
    const verdict = [
        `${cells/* VERDICT_SIGNS */.PU[image.verdict]} ${WORDS[image.verdict]}`,
        ...reason,
        ...policyCells(image),
        ...alsoPassed,
    ].join('<br>');
    const accepted = image.signatures.find((signature) => signature.verdict === 'accepted');
    const signer = accepted ?? (image.verdict === 'pass' ? undefined : image.signatures[0]);
    return [
        (0,cells/* imageCell */.C7)(image, details.tags),
        verdict,
        signer === undefined ? '–' : signerCell(signer),
        (0,cells/* timeCell */.s5)(accepted?.signedAt ?? null),
    ];
}
function policyCells({ policies = [], verdict }) {
    const deciding = verdict === 'pass' ? policies : policies.filter((policy) => policy.verdict !== 'pass');
    const shown = deciding.slice(0, POLICIES_SHOWN).map(({ name, authority }) => {
        return `<sub>policy ${(0,cells/* codeCell */.MZ)(name)}, authority ${(0,cells/* codeCell */.MZ)(authority)}</sub>`;
    });
    return deciding.length > POLICIES_SHOWN ? [...shown, `<sub>+${deciding.length - POLICIES_SHOWN}</sub>`] : shown;
}
const POLICIES_SHOWN = 3;
function signerCell({ subject, issuer, unverified }) {
    if (subject === null || issuer === null)
        return '–';
    const name = `${(0,cells/* codeCell */.MZ)(subject)}<br><sub>${(0,cells/* codeCell */.MZ)(issuer)}</sub>`;
    return unverified === true ? `not proven: ${name}` : name;
}
function notes({ notes: said, skipped }) {
    const lines = [...said, ...skipped].slice(0, ROWS_MAX).map((line) => `> ${(0,report_escape/* markdownProse */.h$)(line)}`);
    if (lines.length === 0)
        return [];
    const text = lines.join('  \n');
    return [lines.length <= ROWS_OPEN ? text : (0,cells/* folded */.TM)(`${lines.length} notes`, text)];
}
function pinnedReferences({ images, verdict }) {
    const pinned = images.flatMap(({ result: { resolved } }) => (resolved === null ? [] : [resolved]));
    if (verdict !== 'pass' || pinned.length === 0)
        return [];
    const block = (0,report_escape/* markdownBlock */.dI)('text', pinned.slice(0, ROWS_MAX).join('\n'));
    return pinned.length <= 3 ? ['Deploy the verified digests:', block] : [(0,cells/* folded */.TM)('Deploy the verified digests', block)];
}
function sections(rows, report) {
    const bad = rows.filter(({ result }) => result.verdict !== 'pass');
    const { attested, troubleshootingUrl } = report;
    const unmetLines = attested === undefined ? undefined : (details) => attested.unmetLines(details, troubleshootingUrl);
    const shown = bad.slice(0, SECTIONS_MAX).map((row) => refusalSection(row, { ...report, unmetLines }));
    const left = bad.length > SECTIONS_MAX ? [`…and ${bad.length - SECTIONS_MAX} more; see the results file for details.`] : [];
    const rest = shown.slice(SECTIONS_OPEN);
    return [
        ...shown.slice(0, SECTIONS_OPEN),
        ...(rest.length === 0
            ? left
            : [(0,cells/* folded */.TM)(`${(0,cells/* countOf */.pq)(bad.length - SECTIONS_OPEN, 'more image')} with problems`, ...rest, ...left)]),
    ];
}
function besides(rows) {
    const lines = rows
        .filter(({ result, details }) => result.verdict === 'pass' && details.others.length > 0)
        .slice(0, PLACES_MAX)
        .map(({ result, details }) => [
        (0,cells/* codeCell */.MZ)((0,cells/* shortName */.EU)(result, details.tags)),
        [...new Set(details.others)].slice(0, 10).map(cells/* codeCell */.MZ).join('<br>'),
    ]);
    if (lines.length === 0)
        return [];
    return [(0,cells/* folded */.TM)('Attestations and other attached artifacts (not counted)', (0,cells/* tableOf */.c_)(['Image', 'Found'], lines))];
}
function placesLooked(rows) {
    const lines = rows
        .flatMap(({ result, details }) => details.places.map(({ request, status, entries }) => {
        const answer = `${(0,report_escape/* markdownText */.p7)(String(status))}, ${entries} listed`;
        const store = details.search.isRedirected ? `<br><sub>in ${(0,cells/* codeCell */.MZ)(details.search.repository)}</sub>` : '';
        return [`${(0,cells/* codeCell */.MZ)((0,cells/* shortName */.EU)(result, details.tags))}${store}`, (0,cells/* codeCell */.MZ)(request), answer];
    }))
        .slice(0, PLACES_MAX);
    if (lines.length === 0)
        return [];
    return [(0,cells/* folded */.TM)('Where the action looked for signatures', (0,cells/* tableOf */.c_)(['Image', 'Request', 'Response'], lines))];
}


/***/ }),

/***/ 8812:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  HN: () => (/* binding */ decidingPlatform),
  v_: () => (/* binding */ imageResult),
  Uc: () => (/* binding */ sharedIdentity),
  kg: () => (/* binding */ verifyResults),
  zP: () => (/* binding */ worstVerdict)
});

// EXTERNAL MODULE: ./.build/js/src/domain/identity/evaluation.js
var evaluation = __webpack_require__(7551);
// EXTERNAL MODULE: ./.build/js/src/domain/image/reference.js
var reference = __webpack_require__(5273);
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
    return { schemaVersion: 2, verified: images.length > 0 && images.every((one) => one.verdict === 'pass'), images };
}
function worstVerdict(results) {
    return results.images.reduce((worst, { verdict }) => (WORSE.indexOf(verdict) > WORSE.indexOf(worst) ? verdict : worst), results.images.length === 0 ? 'error' : 'pass');
}
function imageResult(one, mode) {
    const own = decide(one);
    const worst = decidingPlatform(one);
    const decided = worst === undefined ? own : { ...decide(worst), message: `platform ${worst.platform}: ${decide(worst).message}` };
    const inMode = mode === 'warn' ? allow : (kept) => kept;
    const { repository, tag } = one.first;
    return {
        reference: one.first.original,
        resolved: one.image === undefined ? null : (0,reference/* formatPinned */.y6)(one.image.repository, one.image.digest),
        repository: (0,reference/* formatRepository */.Sh)(repository),
        tag: tag ?? null,
        digest: one.image?.digest ?? one.first.digest ?? null,
        ...inMode(decided),
        sources: (0,source/* distinctSources */.x)(one.references.flatMap((reference) => reference.sources)),
        ...(one.judgement?.policies === undefined ? {} : { policies: one.judgement.policies }),
        signatures: one.judgement?.signatures.map(signatureResult) ?? [],
        ...(one.judgement?.attested === undefined
            ? {}
            : { attestations: one.judgement.attested.attestations.map(attestationResult) }),
        ...(one.platforms.length === 0
            ? {}
            : { platforms: one.platforms.map((platform) => inMode(platformResult(platform))) }),
        ...skippedResults(one.image),
    };
}
function decidingPlatform(one) {
    const rank = (of) => WORSE.indexOf(decide(of).verdict);
    return one.platforms.reduce((before, platform) => (rank(platform) > rank(before ?? one) ? platform : before), undefined);
}
function platformResult(one) {
    const { verdict, reason } = decide(one);
    return { platform: one.platform, digest: one.digest, verdict, reason };
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
function attestationResult({ verification, ...one }) {
    const { format, digest, predicateType, requirement, platform } = one;
    const verified = verification.kind === 'verified' ? verification : undefined;
    const identity = verified?.facts.identity ?? (verification.kind === 'refused' ? verification.unverified : undefined);
    const problem = requirement === undefined ? shortfallOf({ verification }) : undefined;
    const { provenTimes, log } = verified?.facts ?? {};
    return {
        format,
        digest,
        verdict: requirement === undefined ? 'rejected' : 'accepted',
        reason: problem?.reason ?? null,
        predicateType,
        requirement: requirement ?? null,
        statementPath: verified?.statementPath ?? null,
        issuer: identity?.issuer ?? null,
        subject: identity?.subject ?? null,
        claims: { ...identity?.claims },
        annotations: {},
        signedAt: provenTimes?.[0]?.toISOString() ?? null,
        log: log === undefined ? null : { url: log.url, index: log.index },
        ...(verified === undefined && identity !== undefined ? { unverified: true } : {}),
        ...(problem === undefined ? {} : { message: problem.message }),
        ...(platform === undefined ? {} : { platform }),
    };
}
function shortfallOf({ verification }) {
    if (verification.kind === 'refused')
        return verification;
    const mismatches = verification.evaluations.filter((one) => one?.kind === 'mismatch');
    const [nearest] = mismatches.toSorted((a, b) => (0,evaluation/* nearness */._)(b) - (0,evaluation/* nearness */._)(a));
    if (nearest === undefined)
        return { reason: null, message: 'no line of `attestations` counts it here' };
    return { reason: nearest.reason, message: (0,judge_image/* mismatchMessage */.o3)(nearest) };
}
function sharedIdentity(images) {
    const identities = images.map(({ judgement }) => acceptedIdentity(judgement));
    const [first] = identities;
    if (first === undefined)
        return undefined;
    const same = identities.every((one) => one?.issuer === first.issuer && one.subject === first.subject);
    return same ? { issuer: first.issuer, subject: first.subject } : undefined;
}
function acceptedIdentity(judgement) {
    return judgement?.accepted?.identity ?? judgement?.attested?.identity;
}


/***/ })

};
