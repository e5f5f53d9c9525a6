export const id = 501;
export const ids = [501];
export const modules = {

/***/ 2501:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  storeAtGithub: () => (/* binding */ storeAtGithub)
});

// EXTERNAL MODULE: ./.build/js/src/coded-error.js
var coded_error = __webpack_require__(6329);
// EXTERNAL MODULE: ./.build/js/src/domain/text/json-object.js
var json_object = __webpack_require__(1682);
// EXTERNAL MODULE: ./.build/js/src/domain/text/quoted.js
var quoted = __webpack_require__(9082);
// EXTERNAL MODULE: ./.build/js/src/domain/text/strict-json.js
var strict_json = __webpack_require__(7442);
// EXTERNAL MODULE: ./.build/js/src/http/http-error.js
var http_error = __webpack_require__(2947);
;// CONCATENATED MODULE: ./.build/js/src/github/attestation-store-writer.js





const ANSWER_READING = { maxBytes: 1024 * 1024, maxDepth: 32, maxMembers: 10_000 };
const HINTS = {
    401: 'Check `github-token`.',
    403: 'Grant `attestations: write` to this job. A called workflow gets only what its caller grants too.',
    404: 'Grant `attestations: write` to this job. GitHub stores attestations of private repositories only for ' +
        'organisations with Enterprise Cloud, and GitHub Enterprise Server has no store.',
};
const OTHER_HINT = 'GitHub stores only bundles of its own Sigstore instances, and SLSA provenance only of build types that it knows. ' +
    'Remove `github-attestations` to write to the registry alone.';
function createAttestationStoreWriter(options) {
    const { http, apiUrl, serverUrl, repository, token } = options;
    const path = `/repos/${repository}/attestations`;
    const what = `POST ${path}`;
    return {
        async add(call, bundle) {
            let response;
            try {
                response = await http.request(call, {
                    service: 'GitHub API',
                    method: 'POST',
                    url: new URL(`${apiUrl}${path}`),
                    headers: {
                        'user-agent': 'countersign',
                        accept: 'application/vnd.github+json',
                        'content-type': 'application/json',
                        'x-github-api-version': '2022-11-28',
                        authorization: `Bearer ${token}`,
                    },
                    body: Buffer.concat([Buffer.from('{"bundle":'), bundle, Buffer.from('}')]),
                    maxBytes: ANSWER_READING.maxBytes,
                    retry: true,
                });
            }
            catch (error) {
                if (!(error instanceof http_error/* HttpError */.j))
                    throw error;
                throw storeError('ATTESTATION_STORE_UNAVAILABLE', `${what} failed: ${error.message}`, undefined, error);
            }
            if (response.status !== 201) {
                const refused = refusal(what, response);
                if (isAboutContent(response))
                    return { refused };
                throw refused;
            }
            const id = idOf(response.body);
            if (id === undefined) {
                throw storeError('ATTESTATION_STORE_UNAVAILABLE', `${what} returned 201 without the id of an attestation`);
            }
            return { id, url: `${serverUrl}/${repository}/attestations/${id}` };
        },
    };
}
function refusal(what, { status, headers, body }) {
    const isLimited = status === 403 && (headers['x-ratelimit-remaining'] === '0' || headers['retry-after'] !== undefined);
    const isRefused = status >= 400 && status < 500 && ![408, 429].includes(status) && !isLimited;
    const message = messageOf(body);
    const cause = message === undefined ? '' : `: ${(0,quoted/* quoted */.T)(message, 500)}`;
    return storeError(isRefused ? 'ATTESTATION_STORE_REFUSED' : 'ATTESTATION_STORE_UNAVAILABLE', `${what} returned ${status}${cause}`, isRefused ? (HINTS[status] ?? OTHER_HINT) : undefined);
}
function isAboutContent({ status }) {
    return [400, 409, 413, 422].includes(status);
}
function idOf(body) {
    const id = read(body)?.['id'];
    return Number.isSafeInteger(id) && Number(id) > 0 ? String(id) : undefined;
}
function messageOf(body) {
    const message = read(body)?.['message'];
    return typeof message === 'string' && message !== '' ? message : undefined;
}
function read(body) {
    try {
        const value = (0,strict_json/* parseStrictJson */.RJ)(body, ANSWER_READING);
        return (0,json_object/* isJsonObject */.O)(value) ? value : undefined;
    }
    catch (error) {
        if (error instanceof SyntaxError)
            return undefined;
        throw error;
    }
}
function storeError(code, message, hint, cause) {
    return new coded_error/* CodedError */.AK(code, message, { hint, cause });
}

// EXTERNAL MODULE: ./.build/js/src/domain/calls/within.js
var within = __webpack_require__(1169);
// EXTERNAL MODULE: ./.build/js/src/domain/image/reference.js
var reference = __webpack_require__(5273);
// EXTERNAL MODULE: ./.build/js/src/usecases/map-limited.js
var map_limited = __webpack_require__(7579);
;// CONCATENATED MODULE: ./.build/js/src/usecases/signing/store-attestations.js




const WRITE_LIMIT = 4;
const IMAGES_SHOWN = 10;
async function storeAttestations(call, signed, { store, concurrency }) {
    const { entries, unsent } = entriesOf(signed);
    const added = new Map();
    const failures = new Map();
    let stop;
    await (0,map_limited/* mapLimited */.b)(entries, { limit: Math.min(concurrency, WRITE_LIMIT) }, async (entry) => {
        let failure = stop;
        if (failure === undefined) {
            try {
                const one = await (0,within/* within */.u)(call.signal, () => store.add(call, entry.bundle));
                if (!('refused' in one)) {
                    for (const outcome of entry.outcomes)
                        added.set(outcome, one);
                    return;
                }
                failure = withRegistry(one.refused, entry, signed);
            }
            catch (thrown) {
                failure = withRegistry((0,coded_error/* toCodedError */.Bt)(thrown), entry, signed);
                stop ??= failure;
            }
        }
        for (const outcome of entry.outcomes)
            failures.set(outcome, failure);
    });
    const images = signed.images.map((image) => {
        const storeError = image.outcomes.map((one) => failures.get(one)).find((one) => one !== undefined);
        const outcomes = image.outcomes.map((one) => {
            const github = added.get(one);
            return github === undefined || one.kind === 'failed' ? one : { ...one, github };
        });
        return { ...image, outcomes, storeError };
    });
    return { ...signed, images, warnings: [...signed.warnings, ...unsent] };
}
function entriesOf({ images }) {
    const entries = new Map();
    const missed = new Map();
    for (const outcome of images.flatMap(({ outcomes }) => outcomes)) {
        const { attestation, digest } = outcome.task;
        if (attestation === undefined || !isInRegistry(outcome))
            continue;
        const { predicateType, key } = attestation;
        const name = `${digest} ${key}`;
        const entry = entries.get(name);
        const bundle = outcome.kind === 'signed' ? outcome.made.bundle : outcome.own.bundle;
        if (entry !== undefined)
            entry.outcomes.push(outcome);
        else if (bundle !== undefined)
            entries.set(name, { predicateType, digest, bundle, outcomes: [outcome] });
        else
            missed.set(name, `${predicateType} about ${digest}`);
    }
    const unsent = [...missed].flatMap(([name, what]) => entries.has(name)
        ? []
        : [
            `${what} was found only under the \`.att\` tag, whose form GitHub's attestation store does not accept. To send a ` +
                'new one, set `if-signed: sign` or `format: both`.',
        ]);
    return { entries: [...entries.values()], unsent };
}
function isInRegistry(outcome) {
    return outcome.kind === 'present' || (outcome.kind === 'signed' && outcome.storedAs !== undefined);
}
function withRegistry(error, { predicateType, digest }, { images }) {
    const stored = images.flatMap(({ image, outcomes }) => {
        const names = new Set(outcomes.filter(isInRegistry).map(({ task }) => task.attestation?.predicateType ?? 'image signature'));
        if (image === undefined || names.size === 0)
            return [];
        return [`${(0,reference/* formatPinned */.y6)(image.repository, image.digest)} (${[...names].join(', ')})`];
    });
    const more = stored.length > IMAGES_SHOWN ? ` and ${stored.length - IMAGES_SHOWN} more images` : '';
    const registry = `in the registry already: ${stored.slice(0, IMAGES_SHOWN).join('; ')}${more}`;
    const { code, message, hint, cause } = error;
    return new coded_error/* CodedError */.AK(code, `GitHub's attestation store did not take ${predicateType} about ${digest}: ${message}; ${registry}`, { hint, cause: cause ?? error });
}

// EXTERNAL MODULE: ./.build/js/src/entries/action/inputs/github-token.js
var github_token = __webpack_require__(7224);
;// CONCATENATED MODULE: ./.build/js/src/entries/sign/github-store.js




function storeAtGithub(call, run, { http, signed, concurrency, }) {
    const { apiUrl, serverUrl, repository } = run.context;
    const token = (0,github_token/* readGithubToken */.l)({ source: run });
    if (token === undefined || repository === undefined)
        throw new coded_error/* CodedError */.AK('INTERNAL_ERROR', 'no token or repository');
    const store = createAttestationStoreWriter({ http, apiUrl, serverUrl, repository, token });
    return storeAttestations(call, signed, { store, concurrency });
}


/***/ })

};
