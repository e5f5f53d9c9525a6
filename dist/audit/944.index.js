export const id = 944;
export const ids = [944];
export const modules = {

/***/ 1944:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createAttestationStore: () => (/* binding */ createAttestationStore)
});

// EXTERNAL MODULE: ./.build/js/src/coded-error.js
var coded_error = __webpack_require__(6329);
// EXTERNAL MODULE: ./.build/js/src/domain/image/digest.js
var digest = __webpack_require__(3258);
// EXTERNAL MODULE: ./.build/js/src/domain/image/network-host.js
var network_host = __webpack_require__(5833);
// EXTERNAL MODULE: ./.build/js/src/domain/text/json-object.js
var json_object = __webpack_require__(1682);
// EXTERNAL MODULE: ./.build/js/src/domain/text/quoted.js
var quoted = __webpack_require__(9082);
// EXTERNAL MODULE: ./.build/js/src/domain/text/strict-json.js
var strict_json = __webpack_require__(7442);
// EXTERNAL MODULE: ./.build/js/src/http/http-error.js
var http_error = __webpack_require__(2947);
;// CONCATENATED MODULE: ./.build/js/src/github/snappy.js
function decodeSnappy(bytes, maxBytes) {
    let at = 0;
    const next = () => {
        const byte = bytes[at];
        if (byte === undefined)
            throw new TypeError('snappy: it ends too early');
        at += 1;
        return byte;
    };
    const little = (count) => {
        let value = 0;
        for (let index = 0; index < count; index += 1)
            value += next() * 2 ** (8 * index);
        return value;
    };
    let length = 0;
    for (let shift = 0;; shift += 7) {
        if (shift > 28)
            throw new TypeError('snappy: its length is malformed');
        const byte = next();
        length += (byte & 0x7f) * 2 ** shift;
        if (byte < 0x80)
            break;
    }
    if (length > maxBytes)
        throw new TypeError(`snappy: it has ${length} bytes, more than ${maxBytes}`);
    const out = new Uint8Array(length);
    let end = 0;
    while (at < bytes.length) {
        const tag = next();
        const kind = tag & 3;
        if (kind === 0) {
            const short = tag >> 2;
            const size = (short < 60 ? short : little(short - 59)) + 1;
            if (at + size > bytes.length || end + size > length)
                throw new TypeError('snappy: a literal is too long');
            out.set(bytes.subarray(at, at + size), end);
            at += size;
            end += size;
            continue;
        }
        const size = kind === 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
        const offset = kind === 1 ? (tag >> 5) * 256 + next() : little(kind === 2 ? 2 : 4);
        if (offset === 0 || offset > end || end + size > length)
            throw new TypeError('snappy: a copy leaves its bounds');
        for (let index = 0; index < size; index += 1)
            out[end + index] = out[end + index - offset] ?? 0;
        end += size;
    }
    if (end !== length)
        throw new TypeError('snappy: it is shorter than it says');
    return out;
}

;// CONCATENATED MODULE: ./.build/js/src/github/attestation-store.js








const PAGE_MAX_BYTES = 64 * 1024 * 1024;
const BUNDLE_MAX_BYTES = 24 * 1024 * 1024;
const PAGES_MAX = 10;
const PER_PAGE = 30;
const PAGE_READING = { maxBytes: PAGE_MAX_BYTES, maxDepth: 128, maxMembers: 1_500_000 };
const HINT = 'Grant `attestations: read` to this job, and check that `source-repository` names a repository that `github-token` may read.';
function createAttestationStore({ http, apiUrl, token }) {
    const ask = (call, url, headers, maxBytes) => http.request(call, {
        service: 'GitHub API',
        method: 'GET',
        url,
        headers: { 'user-agent': 'countersign', ...headers },
        maxBytes,
        retry: true,
    });
    return {
        async list(call, source, subject) {
            const api = new URL(apiUrl);
            const path = `/repos/${source}/attestations/${subject}`;
            const first = new URL(`${apiUrl.replace(/\/$/, '')}${path}?per_page=${PER_PAGE}`);
            const bundles = [];
            const place = (status, outcome, error) => ({
                place: {
                    kind: 'github-store',
                    request: `GET ${path}`,
                    status,
                    outcome,
                    entries: bundles.length,
                    error,
                },
                bundles,
            });
            let url = first;
            let status = 0;
            try {
                for (let page = 1; url !== undefined; page += 1) {
                    if (page > PAGES_MAX)
                        throw invalid(`GET ${path} has more than ${PAGES_MAX} pages`);
                    const response = await ask(call, url, apiHeaders(token), PAGE_MAX_BYTES);
                    status = response.status;
                    if (status === 404 && page === 1 && (await isVisible(call, source)))
                        return place(200, 'listed');
                    if (status !== 200)
                        throw statusError(`GET ${path}`, response);
                    bundles.push(...readPage(response.body, path));
                    url = nextPage(response, api);
                }
                return place(status, 'listed');
            }
            catch (error) {
                return place(status === 0 ? 'error' : status, 'failed', toStoreError(error, `GET ${path}`));
            }
        },
        async read(call, stored) {
            try {
                return found(stored.inline ?? (await download(call, stored)));
            }
            catch (error) {
                return unreadable(stored, toStoreError(error, 'a stored bundle'));
            }
        },
    };
    async function isVisible(call, source) {
        const url = new URL(`${apiUrl.replace(/\/$/, '')}/repos/${source}`);
        return (await ask(call, url, apiHeaders(token), PAGE_MAX_BYTES)).status === 200;
    }
    async function download(call, { url: text }) {
        const url = new URL(text ?? '');
        const shown = `GET ${url.origin}${url.pathname}`;
        const isBeside = (0,network_host/* isLoopbackHost */.cW)(url.hostname) && (0,network_host/* isLoopbackHost */.cW)(new URL(apiUrl).hostname);
        if (!isBeside && (url.protocol !== 'https:' || (0,network_host/* isPrivateHost */.Sf)(url.hostname))) {
            throw invalid(`a stored bundle is on ${(0,quoted/* quoted */.T)(url.origin)}, which is not a public https host`);
        }
        const response = await ask(call, url, {}, BUNDLE_MAX_BYTES);
        if (response.status !== 200)
            throw statusError(shown, response);
        try {
            return decodeSnappy(response.body, BUNDLE_MAX_BYTES);
        }
        catch (cause) {
            if (!(cause instanceof TypeError))
                throw cause;
            throw invalid(`${shown} is not a bundle compressed with snappy: ${cause.message}`, cause);
        }
    }
}
function apiHeaders(token) {
    return {
        accept: 'application/vnd.github+json',
        'x-github-api-version': '2022-11-28',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    };
}
function readPage(body, path) {
    let page;
    try {
        page = (0,strict_json/* parseStrictJson */.RJ)(body, PAGE_READING);
    }
    catch (cause) {
        if (!(cause instanceof SyntaxError))
            throw cause;
        throw invalid(`the response to GET ${path} cannot be read: ${cause.message}`, cause);
    }
    const list = (0,json_object/* isJsonObject */.O)(page) ? page['attestations'] : undefined;
    if (!Array.isArray(list))
        throw invalid(`the response to GET ${path} has no list of attestations`);
    return list.map((item, index) => {
        const { bundle, bundle_url: url } = (0,json_object/* isJsonObject */.O)(item) ? item : { bundle: undefined, bundle_url: undefined };
        const name = `attestation ${index + 1} of ${path}`;
        if ((0,json_object/* isJsonObject */.O)(bundle))
            return { name, inline: new TextEncoder().encode(JSON.stringify(bundle)), url: undefined };
        if (typeof url === 'string' && URL.canParse(url))
            return { name, inline: undefined, url };
        throw invalid(`${name} has neither a bundle nor its URL`);
    });
}
function nextPage({ headers }, api) {
    const link = (headers['link'] ?? '').split(',').find((one) => /;\s*rel="?next"?/.test(one));
    const target = link === undefined ? undefined : /<([^<>]*)>/.exec(link)?.[1];
    if (target === undefined)
        return undefined;
    if (!URL.canParse(target))
        throw invalid('the link to the next page cannot be read');
    const url = new URL(target);
    if (url.origin !== api.origin)
        throw invalid(`the next page is on another host: ${(0,quoted/* quoted */.T)(url.host)}`);
    return url;
}
function statusError(what, { status, headers }) {
    const isLimited = status === 403 && headers['x-ratelimit-remaining'] === '0';
    const isRefused = [401, 403, 404].includes(status) && !isLimited;
    return storeError(isRefused ? 'ATTESTATION_STORE_REFUSED' : 'ATTESTATION_STORE_UNAVAILABLE', `${what} returned ${status}`);
}
function storeError(code, message, cause) {
    return new coded_error/* CodedError */.AK(code, message, { cause, hint: code === 'ATTESTATION_STORE_REFUSED' ? HINT : undefined });
}
function invalid(message, cause) {
    return storeError('ATTESTATION_STORE_UNAVAILABLE', message, cause);
}
function toStoreError(error, what) {
    if (error instanceof coded_error/* CodedError */.AK)
        return error;
    if (error instanceof http_error/* HttpError */.j)
        return invalid(`${what} failed: ${error.message}`, error);
    throw error;
}
function found(bundle) {
    return { candidates: [{ format: 'bundle', digest: (0,digest/* digestOf */.ol)(bundle), bundle }], unreadable: [], places: [] };
}
function unreadable({ name }, error) {
    const { message } = error;
    const one = {
        digest: name,
        place: 'github-store',
        outcome: 'failed',
        artifactType: undefined,
        message,
        error,
    };
    return { candidates: [], unreadable: [one], places: [] };
}


/***/ })

};
