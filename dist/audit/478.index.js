export const id = 478;
export const ids = [478];
export const modules = {

/***/ 3478:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  publishAudit: () => (/* binding */ publishAudit),
  publishStoppedAudit: () => (/* binding */ publishStoppedAudit)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./.build/js/src/coded-error.js
var coded_error = __webpack_require__(6329);
// EXTERNAL MODULE: ./.build/js/src/domain/audit/audited-line.js
var audited_line = __webpack_require__(3351);
// EXTERNAL MODULE: ./.build/js/src/domain/audit/baseline.js
var baseline = __webpack_require__(1787);
// EXTERNAL MODULE: ./.build/js/src/domain/image/reference.js
var reference = __webpack_require__(5273);
// EXTERNAL MODULE: ./.build/js/src/domain/text/quoted.js
var quoted = __webpack_require__(9082);
// EXTERNAL MODULE: ./.build/js/src/domain/text/value-error.js
var value_error = __webpack_require__(9354);
// EXTERNAL MODULE: ./.build/js/src/domain/audit/news.js
var audit_news = __webpack_require__(7895);
// EXTERNAL MODULE: ./.build/js/src/report/cells.js
var cells = __webpack_require__(9753);
// EXTERNAL MODULE: ./.build/js/src/report/escape.js
var report_escape = __webpack_require__(4501);
;// CONCATENATED MODULE: ./.build/js/src/report/audit-changes.js



const value = (text) => ({ value: text });
const LISTED_MAX = 200;
const SIGNERS_MAX = 5;
const HEADINGS = {
    moved: 'Tags that name another image',
    disappeared: 'Images that disappeared',
    'signature-vanished': 'Signatures that vanished',
    'verdict-changed': 'Verdicts that changed',
    'signature-changed': 'Signatures that changed',
    'registries-differ': 'Images that differ between registries',
    appeared: 'Images that appeared',
    'signature-appeared': 'Signatures that appeared',
};
const COUNTED = {
    moved: ['tag moved', 'tags moved'],
    disappeared: ['image disappeared', 'images disappeared'],
    'signature-vanished': ['signature vanished', 'signatures vanished'],
    'verdict-changed': ['verdict changed', 'verdicts changed'],
    'signature-changed': ['signature changed', 'signatures changed'],
    'registries-differ': ['difference between registries', 'differences between registries'],
    appeared: ['image appeared', 'images appeared'],
    'signature-appeared': ['signature appeared', 'signatures appeared'],
};
function changesTitle(news) {
    const counts = audit_news/* NEWS_KINDS */.a.flatMap((kind) => {
        const count = news.filter((one) => one.kind === kind).length;
        return count === 0 ? [] : [`${count} ${COUNTED[kind][count === 1 ? 0 : 1]}`];
    });
    return counts.length === 0 ? '' : `Image audit: ${counts.join(', ')}`;
}
function changesLines(reported) {
    return reported.map((one) => plainWords(sentenceOf(one)));
}
function changeText(one) {
    return plainWords(sentenceOf(one));
}
function changesMarkdown({ reported, isFirst, total, undecided }) {
    const parts = [`## ${heading(reported, isFirst)}`];
    if (isFirst) {
        parts.push(`This is the first audit: there was no baseline to compare ${(0,cells/* countOf */.pq)(total, 'image')} with. Only differences between registries are news.`);
    }
    for (const kind of audit_news/* NEWS_KINDS */.a) {
        const some = reported.filter(({ news }) => news.kind === kind);
        if (some.length === 0)
            continue;
        parts.push(`### ${HEADINGS[kind]}`, list(some.map((one) => markdownWords(sentenceOf(one)))));
    }
    if (undecided.length > 0) {
        parts.push('### Not decided', 'The baseline keeps what the last audit saw of these, so that the next one still finds what has changed.', list(undecided.map(({ reference, message }) => `${(0,report_escape/* markdownCode */.D9)(reference)}: ${(0,report_escape/* markdownProse */.h$)(message)}`)));
    }
    return `${parts.join('\n\n')}\n`;
}
function heading(reported, isFirst) {
    if (reported.length > 0)
        return `🔔 ${(0,cells/* countOf */.pq)(reported.length, 'change')}`;
    return isFirst ? 'First audit' : 'No change since the last audit';
}
function list(items) {
    const more = items.length > LISTED_MAX ? [`and ${items.length - LISTED_MAX} more, see the results file`] : [];
    return [...items.slice(0, LISTED_MAX), ...more].map((item) => `- ${item}`).join('\n');
}
function plainWords(words) {
    return words.map((one) => (typeof one === 'string' ? one : one.value)).join('');
}
function markdownWords(words) {
    return words.map((one) => (typeof one === 'string' ? one : (0,report_escape/* markdownCode */.D9)(one.value))).join('');
}
function sentenceOf({ news, wrapped }) {
    switch (news.kind) {
        case 'moved': {
            const { image, before } = news;
            const moved = [value(image.key), ' moved from ', value(before ?? ''), ' to ', value(image.digest)];
            return [...moved, ...wrappedWords(wrapped), ...decisionWords(image)];
        }
        case 'appeared': {
            const { image, before } = news;
            const back = before === undefined
                ? [' is new: ', value(image.digest)]
                : before === image.digest
                    ? [' is there again, with the same digest ', value(before)]
                    : [' is there again, with another digest: ', value(image.digest), ' instead of ', value(before)];
            return [value(image.key), ...back, ...wrappedWords(wrapped), ...decisionWords(image)];
        }
        case 'disappeared':
            return [value(news.image.key), ' disappeared; it was ', value(news.image.digest)];
        case 'signature-vanished':
            return [
                ...subjectWords(news),
                `: the ${kindOf(news.signature)} `,
                ...signatureWords(news.signature),
                ' vanished',
            ];
        case 'signature-appeared':
            return [
                ...subjectWords(news),
                `: a new ${kindOf(news.signature)} `,
                ...signatureWords(news.signature),
                ...outcomeWords(news.signature),
            ];
        case 'signature-changed':
            return [
                ...subjectWords(news),
                `: the ${kindOf(news.before)} `,
                ...signatureWords(news.before),
                ...changedWords(news.before, news.signature),
            ];
        case 'verdict-changed': {
            const { platform, before, after } = news;
            const where = platform === undefined ? [] : [', platform ', value(platform)];
            return [...subjectWords(news), ...where, `: ${decisionText(before)} → ${decisionText(after)}`];
        }
        case 'registries-differ':
            return [
                value(news.name),
                ' is not the same image on every registry: ',
                ...news.images.flatMap(({ key, digest }, index) => [
                    index === 0 ? '' : ', ',
                    value(key),
                    ' is ',
                    value(digest),
                ]),
            ];
    }
}
function subjectWords({ keys, digest }) {
    const names = keys.slice(0, SIGNERS_MAX).flatMap((key, index) => [index === 0 ? '' : ', ', value(key)]);
    const more = keys.length > SIGNERS_MAX ? [` and ${keys.length - SIGNERS_MAX} more tags`] : [];
    return [...names, ...more, ...(keys.some((key) => key.includes('@')) ? [] : [' (', value(digest), ')'])];
}
function kindOf({ predicateType }) {
    return predicateType === undefined ? 'signature' : 'attestation';
}
function signatureWords({ digest, predicateType, ...signer }) {
    const type = predicateType === undefined ? [] : [' of type ', value(predicateType)];
    return [value(digest), ...type, ' by ', ...signerWords(signer)];
}
function signerWords({ subject, issuer, isUnverified, }) {
    if (subject === null)
        return ['an unknown signer'];
    const mark = isUnverified ? ' (unverified)' : '';
    return issuer === null ? [value(subject), mark] : [value(subject), ' (issuer ', value(issuer), `)${mark}`];
}
function outcomeWords({ verdict, reason }) {
    return [verdict === 'accepted' ? ', accepted' : `, not accepted${reason === null ? '' : ` (${reason})`}`];
}
function changedWords(before, after) {
    if (before.verdict !== after.verdict || before.reason !== after.reason) {
        return [` was ${decisionText(before)} and is now ${decisionText(after)}`];
    }
    const isSameSigner = before.subject === after.subject && before.issuer === after.issuer;
    return isSameSigner
        ? [' now has other claims, annotations, times or log entries']
        : [' is now by ', ...signerWords(after)];
}
function decisionText({ verdict, reason }) {
    return reason === null ? verdict : `${verdict} (${reason})`;
}
function decisionWords(image) {
    const accepted = image.signatures.filter(({ verdict }) => verdict === 'accepted');
    const shown = accepted.length > 0 ? accepted : image.signatures;
    const signers = [...new Map(shown.map((one) => [JSON.stringify(signerWords(one)), one])).values()];
    const named = signers.slice(0, SIGNERS_MAX).flatMap((one, index) => [index === 0 ? '' : ', ', ...signerWords(one)]);
    const more = signers.length > SIGNERS_MAX ? [` and ${signers.length - SIGNERS_MAX} more`] : [];
    const what = accepted.length > 0 ? 'signed by ' : 'signed, but not as required, by ';
    const by = signers.length === 0 ? ['no signature found'] : [what, ...named, ...more];
    return [`; ${decisionText(image)}, `, ...by];
}
function wrappedWords(wrapped) {
    if (wrapped === undefined)
        return [];
    const { digest, tags } = wrapped;
    const names = tags.slice(0, SIGNERS_MAX).flatMap((tag, index) => [index === 0 ? '' : ', ', value(tag)]);
    const what = tags.length === 0 ? ['the image that the tag named before'] : [value(digest), ', known as ', ...names];
    return [', a new index around ', ...what, ' only: the same image under a new digest, as a retag makes it'];
}

// EXTERNAL MODULE: ./.build/js/src/report/cut-markdown.js
var cut_markdown = __webpack_require__(4128);
// EXTERNAL MODULE: ./.build/js/src/report/verify-summary.js + 1 modules
var verify_summary = __webpack_require__(4576);
// EXTERNAL MODULE: ./.build/js/src/usecases/verifying/verify-results.js + 1 modules
var verify_results = __webpack_require__(8812);
// EXTERNAL MODULE: ./.build/js/src/entries/action/confined-files.js
var confined_files = __webpack_require__(3147);
// EXTERNAL MODULE: ./.build/js/src/entries/action/inputs/run-files.js
var run_files = __webpack_require__(5468);
// EXTERNAL MODULE: ./.build/js/src/entries/action/publish-results.js
var publish_results = __webpack_require__(269);
// EXTERNAL MODULE: ./.build/js/src/entries/action/report-failure.js
var report_failure = __webpack_require__(6716);
// EXTERNAL MODULE: ./.build/js/src/entries/gate/annotate-images.js
var annotate_images = __webpack_require__(8093);
// EXTERNAL MODULE: ./.build/js/src/entries/gate/publish.js + 14 modules
var publish = __webpack_require__(3339);
// EXTERNAL MODULE: ./.build/js/src/entries/audit/outputs.js
var outputs = __webpack_require__(4736);
;// CONCATENATED MODULE: ./.build/js/src/entries/audit/publish-audit.js


















const ISSUE_MAX = 60_000;
const ANNOTATED_MAX = 10;
async function publishAudit(run, request, { images, findings, file, comparison }) {
    const markdown = await (0,publish.showFindings)(run, request, { images, findings });
    if (comparison === undefined) {
        if (request.summary)
            await (0,publish.writeSummary)(run, markdown);
        setDecision(run, 'error', 'INPUT_INVALID');
        if (findings.noIdentity !== undefined)
            (0,report_failure/* reportFailure */.xV)(run, findings.noIdentity);
        run.setExitCode(1);
        return;
    }
    const { reported, now, unread } = comparison;
    const decidable = findings.results.images.filter((_, index) => !isMissing(images[index], comparison));
    const undecided = decidable.filter(({ verdict }) => verdict === 'error');
    const news = changesMarkdown({
        reported,
        isFirst: file.baseline === undefined,
        total: now.size,
        undecided: [
            ...undecided.map(({ reference, message }) => ({ reference, message })),
            ...unread.map(({ key, error }) => ({ reference: key, message: error.message })),
        ],
    });
    for (const line of changesLines(reported))
        run.log.info(`NEWS ${line}`);
    if (request.summary)
        await (0,publish.writeSummary)(run, `${news}\n${markdown}`);
    const changed = reported.length > 0;
    if (changed) {
        const path = (0,external_node_path_.join)((0,run_files/* stepDirectory */.iN)(run, 'audit'), 'changes.md');
        await (0,confined_files/* writeConfined */.ic)(run, path, run.conceal((0,cut_markdown/* cutMarkdown */.G)(news, ISSUE_MAX, (text) => text.length)));
        run.setOutput('changes-path', path);
        run.setOutput('changes-title', changesTitle(reported.map((one) => one.news)));
        run.setOutput('changed', 'true');
    }
    for (const one of reported.slice(0, ANNOTATED_MAX)) {
        run.annotate({ level: 'warning', title: `Countersign audit: ${one.news.kind}`, message: changeText(one) });
    }
    const verdict = decidable.length === 0 ? 'fail' : (0,verify_results/* worstVerdict */.zP)({ ...findings.results, images: decidable });
    const [first] = unread;
    const worst = decidable.length === 0 ? findings.results.images[0] : decidable.find((one) => one.verdict === verdict);
    if (first !== undefined && verdict !== 'error')
        setDecision(run, 'error', first.error.code);
    else
        setDecision(run, verdict, worst?.reason ?? null);
    (0,annotate_images/* annotateImages */.R)(run, findings.reported.filter(({ result }) => undecided.includes(result)));
    for (const { error } of unread)
        (0,report_failure/* reportFailure */.xV)(run, error);
    if (undecided.length > 0 || verdict === 'error' || findings.results.images.length === 0)
        run.setExitCode(1);
    await keepBaseline(run, file, comparison);
}
function isMissing(image, { now }) {
    const { repository, tag, digest } = image?.first ?? {};
    if (repository === undefined)
        return false;
    const name = (0,reference/* formatRepository */.Sh)(repository);
    return now.get(digest === undefined ? `${name}:${tag ?? ''}` : `${name}@${digest}`)?.isMissing === true;
}
function setDecision(run, verdict, reason) {
    run.setOutput('verdict', verdict);
    run.setOutput('reason', reason ?? '');
}
async function keepBaseline(run, file, comparison) {
    const images = nextImages(file, comparison);
    if (file.baseline === undefined && images.length === 0) {
        run.log.info(`Nothing was decided, so ${file.name} is not written. The next run is a first run again.`);
        return;
    }
    try {
        await (0,confined_files/* writeConfined */.ic)(run, file.path, (0,baseline/* formatBaseline */.J2)(images));
    }
    catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        const cure = error instanceof value_error/* ValueError */.Qp
            ? 'Write narrower patterns, or split the lines across several steps, each with its own `baseline`.'
            : 'Set `baseline` to a file that this job can write.';
        const hint = `${cure} The next run compares with the old baseline, and reports the same news.`;
        setDecision(run, 'error', 'INPUT_INVALID');
        const what = `input baseline: ${(0,quoted/* quoted */.T)(file.name)} cannot be written: ${why}`;
        (0,report_failure/* reportFailure */.xV)(run, new coded_error/* CodedError */.AK('INPUT_INVALID', what, { cause: error, hint }));
    }
}
function nextImages(file, { now, results, undecided, failed }) {
    const old = file.baseline?.images ?? new Map();
    const images = [];
    for (const [key, facts] of now) {
        const before = old.get(key);
        const result = results.get(key);
        if (undecided.has(key)) {
            if (before !== undefined)
                images.push(before.written);
        }
        else if (facts.isMissing) {
            if (before !== undefined)
                images.push((0,baseline/* missingImage */.iQ)(before));
        }
        else if (result !== undefined)
            images.push(result);
    }
    for (const [key, { facts, written }] of old) {
        if (now.has(key))
            continue;
        if (undecided.has(key) || failed.some(({ line }) => (0,audited_line/* coversImage */._z)(line, facts)))
            images.push(written);
    }
    return images;
}
async function publishStoppedAudit(run, error) {
    (0,outputs/* clearAuditOutputs */.b)(run);
    setDecision(run, 'error', error.code);
    await (0,publish_results/* publishNoResults */.vi)(run, await (0,publish.reportPaths)(run, 'audit'));
    if (!(0,publish_results/* wantsSummary */.ui)(run))
        return;
    const { troubleshootingUrl } = (0,report_failure/* actionNames */.Bk)(run);
    const report = { images: [], verdict: 'error', notes: [], skipped: [], error };
    await (0,publish.writeSummary)(run, (0,verify_summary/* verifySummary */.I)({ ...report, troubleshootingUrl }));
}


/***/ })

};
