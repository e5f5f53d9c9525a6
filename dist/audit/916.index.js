export const id = 916;
export const ids = [916];
export const modules = {

/***/ 2916:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  fetchTargets: () => (/* binding */ fetchTargets)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./node_modules/tuf-js/dist/index.js
var dist = __webpack_require__(4706);
// EXTERNAL MODULE: ./.build/js/src/domain/text/plain-text.js
var plain_text = __webpack_require__(2606);
// EXTERNAL MODULE: ./.build/js/src/domain/text/json-object.js
var json_object = __webpack_require__(1682);
;// CONCATENATED MODULE: ./.build/js/src/sigstore/json-shape.js

function parseJson(bytes) {
    try {
        return JSON.parse(typeof bytes === 'string' ? bytes : new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    }
    catch {
        return undefined;
    }
}
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
function fromBase64(value) {
    if (typeof value !== 'string' || value === '' || !BASE64.test(value))
        return undefined;
    return Buffer.from(value, 'base64');
}
function toBase64(bytes) {
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
function fromHex(value) {
    if (typeof value !== 'string' || !/^(?:[0-9a-fA-F]{2})+$/.test(value))
        return undefined;
    return Buffer.from(value, 'hex');
}
function toDecimal(value) {
    if (typeof value === 'number')
        return Number.isSafeInteger(value) && value >= 0 ? String(value) : undefined;
    return typeof value === 'string' && /^(?:0|[1-9]\d{0,17})$/.test(value) ? value : undefined;
}
function sameBytes(a, b) {
    return Buffer.compare(a, b) === 0;
}
function at(value, ...path) {
    return path.reduce((inner, key) => ((0,json_object/* isJsonObject */.O)(inner) ? inner[key] : undefined), value);
}

// EXTERNAL MODULE: ./.build/js/src/sigstore/sigstore-error.js
var sigstore_error = __webpack_require__(1731);
;// CONCATENATED MODULE: ./.build/js/src/sigstore/trust/tuf-cache.js



const NAME = /^(?:timestamp\.json|snapshot\.json|targets\.json|[1-9]\d{0,6}\.root\.json|target-[0-9a-f]{64})$/;
function createTufCache(directory, url, readFile) {
    const folder = (0,external_node_path_.join)(directory, (0,external_node_crypto_.createHash)('sha256').update(url).digest('hex').slice(0, 32));
    return {
        async read(name, maxBytes) {
            if (!NAME.test(name))
                return undefined;
            return readFile((0,external_node_path_.join)(folder, name), maxBytes).catch(() => undefined);
        },
        async writtenAt(name) {
            if (!NAME.test(name))
                return undefined;
            return (0,promises_.lstat)((0,external_node_path_.join)(folder, name)).then(({ mtime }) => mtime, () => undefined);
        },
        async write(name, bytes) {
            if (!NAME.test(name))
                return;
            const temporary = (0,external_node_path_.join)(folder, `${(0,external_node_crypto_.randomBytes)(8).toString('hex')}.tmp`);
            try {
                await (0,promises_.mkdir)(folder, { recursive: true });
                for (const own of [folder, directory, (0,external_node_path_.dirname)(directory)])
                    if ((await (0,promises_.lstat)(own)).isSymbolicLink())
                        return;
                await (0,promises_.writeFile)(temporary, bytes, { flag: 'wx' });
                await (0,promises_.rename)(temporary, (0,external_node_path_.join)(folder, name));
            }
            catch {
                await (0,promises_.rm)(temporary, { force: true }).catch(() => undefined);
            }
        },
    };
}

// EXTERNAL MODULE: ./node_modules/tuf-js/dist/error.js
var dist_error = __webpack_require__(6376);
;// CONCATENATED MODULE: ./.build/js/src/sigstore/trust/tuf-fetcher.js




const TUF_MAX_BYTES = 2 * 1024 * 1024;
function createTufFetcher(options) {
    const roots = new Map();
    let failure;
    const download = async (url, maxBytes) => {
        const name = cacheNameOf(url, options.url);
        const isRoot = name !== undefined && name !== 'timestamp.json';
        if (name !== undefined && (!options.online || (isRoot && options.useCache))) {
            const cached = await options.cache.read(name, maxBytes);
            if (cached !== undefined)
                return cached;
        }
        if (!options.online)
            throw new dist_error.DownloadHTTPError(`${url} is not cached`, 404);
        const response = await options.http
            .request(options.call, { service: 'TUF', method: 'GET', url, maxBytes, retry: true })
            .catch((error) => {
            failure = error;
            throw error;
        });
        if (response.status === 200) {
            if (isRoot)
                roots.set(name, response.body);
            return response.body;
        }
        const error = new dist_error.DownloadHTTPError(`GET ${url} returned ${response.status}`, response.status);
        if (!isRoot || ![403, 404].includes(response.status))
            failure = error;
        throw error;
    };
    const capped = async (url, maxLength) => {
        const bytes = await download(url, Math.min(maxLength, TUF_MAX_BYTES));
        if (bytes.length > maxLength)
            throw new dist_error.DownloadLengthMismatchError(`${url} is longer than ${maxLength} bytes`);
        return bytes;
    };
    return {
        async downloadBytes(url, maxLength) {
            return Buffer.from(await capped(url, maxLength));
        },
        async downloadFile(url, maxLength, handler) {
            const file = (0,external_node_path_.join)(options.directory, `${(0,external_node_crypto_.randomBytes)(8).toString('hex')}.download`);
            try {
                await (0,promises_.writeFile)(file, await capped(url, maxLength));
                return await handler(file);
            }
            finally {
                await (0,promises_.rm)(file, { force: true });
            }
        },
        failure: () => failure,
        roots: () => roots,
    };
}
function cacheNameOf(url, base) {
    const name = url.startsWith(`${base}/`) ? url.slice(base.length + 1) : '';
    const version = /^([1-9]\d{0,6})\.root\.json$/.exec(name)?.[1];
    if (version !== undefined)
        return `${Number(version)}.root.json`;
    return name === 'timestamp.json' ? name : undefined;
}

;// CONCATENATED MODULE: ./.build/js/src/sigstore/trust/tuf-client.js










const MAX_TARGET_BYTES = 1024 * 1024;
const MAX_ROOT_ROTATIONS = 64;
const METADATA = ['timestamp.json', 'snapshot.json', 'targets.json'];
async function fetchTargets(call, { repository, names }, options) {
    const cache = createTufCache(options.cacheDirectory, repository.url, options.readFile);
    const run = (online, useCache) => runSession({ call, repository, names, options, cache, online, useCache });
    let outcome = await run(true, true);
    if (outcome.kind === 'invalid')
        outcome = await run(true, false);
    call.signal.throwIfAborted();
    if (outcome.kind === 'unavailable') {
        const cached = await run(false, true);
        if (cached.kind === 'targets') {
            call.log.warning(`the TUF repository ${repository.url} cannot be reached; using its cached metadata, which is still valid`);
            const fetchedAt = (await cache.writtenAt('timestamp.json')) ?? new Date(0);
            return { targets: cached.targets, fetchedAt, isFromCache: true };
        }
        throw new sigstore_error/* SigstoreError */.F('TRUST_ROOT_UNAVAILABLE', `the TUF repository ${repository.url} did not return a usable response: ${messageOf(outcome.error)}`, {
            cause: outcome.error,
            hint: 'Check that this runner can reach it (proxy, firewall), or give trusted-root as a file.',
        });
    }
    if (outcome.kind === 'targets')
        return { targets: outcome.targets, fetchedAt: options.clock.now(), isFromCache: false };
    throw new sigstore_error/* SigstoreError */.F('TRUST_ROOT_INVALID', `the metadata or targets of the TUF repository ${repository.url} do not verify: ${messageOf(outcome.error)}`, { cause: outcome.error, hint: 'If it is your own repository, check tuf-root and the expiry of its metadata.' });
}
async function runSession(session) {
    const { options, repository, cache } = session;
    const directory = await createDirectory(options.cacheDirectory);
    const remove = { recursive: true, force: true };
    const removed = options.atExit?.(() => (0,external_node_fs_.rmSync)(directory, remove));
    const url = (0,plain_text/* trimEnd */.s8)(repository.url, '/');
    const downloads = session.names.length - (repository.knownTargets?.length ?? 0);
    if (session.online && downloads > 1)
        for (let count = 0; count < downloads; count += 1)
            options.http.preconnect(url);
    const fetcher = createTufFetcher({ ...session, http: options.http, url, directory });
    try {
        await (0,promises_.writeFile)((0,external_node_path_.join)(directory, 'root.json'), repository.root);
        await seed(directory, cache);
        const updater = new dist/* Updater */.Sx({
            metadataDir: directory,
            metadataBaseUrl: url,
            targetDir: directory,
            targetBaseUrl: `${url}/targets`,
            fetcher,
            config: { maxRootRotations: MAX_ROOT_ROTATIONS, fetchRetries: 0 },
        });
        await updater.refresh();
        await requireCurrent(directory, options.clock.now());
        const loading = session.names.map((name) => loadTarget(name, { ...session, updater, directory }));
        await Promise.allSettled(loading);
        const targets = await Promise.all(loading);
        if (session.online)
            await keep(directory, cache, fetcher);
        return { kind: 'targets', targets };
    }
    catch (error) {
        const failure = fetcher.failure();
        return failure === undefined ? { kind: 'invalid', error } : { kind: 'unavailable', error: failure };
    }
    finally {
        await (0,promises_.rm)(directory, remove).catch(() => undefined);
        removed?.();
    }
}
async function createDirectory(cacheDirectory) {
    try {
        await (0,promises_.mkdir)(cacheDirectory, { recursive: true });
        return await (0,promises_.mkdtemp)((0,external_node_path_.join)(cacheDirectory, 'session-'));
    }
    catch (error) {
        throw new sigstore_error/* SigstoreError */.F('TRUST_ROOT_UNAVAILABLE', `cannot write to ${cacheDirectory}: ${messageOf(error)}`, {
            cause: error,
            hint: 'TUF metadata is stored there while it is checked. Make the directory writable, or give trusted-root.',
        });
    }
}
async function seed(directory, cache) {
    for (const name of METADATA) {
        const bytes = await cache.read(name, TUF_MAX_BYTES);
        if (bytes !== undefined)
            await (0,promises_.writeFile)((0,external_node_path_.join)(directory, name), bytes);
    }
}
async function keep(directory, cache, fetcher) {
    for (const [name, bytes] of fetcher.roots())
        await cache.write(name, bytes);
    for (const name of METADATA)
        await cache.write(name, await (0,promises_.readFile)((0,external_node_path_.join)(directory, name)));
}
async function requireCurrent(directory, now) {
    for (const name of ['root.json', ...METADATA]) {
        const expires = at(parseJson(await (0,promises_.readFile)((0,external_node_path_.join)(directory, name))), 'signed', 'expires');
        if (typeof expires !== 'string' || !(new Date(expires) > now)) {
            throw new Error(`${name} expired at ${String(expires).slice(0, 40)}`);
        }
    }
}
async function loadTarget(name, { updater, directory, ...session }) {
    const info = await updater.getTargetInfo(name);
    if (info === undefined)
        throw new Error(`it does not list the target ${name}`);
    const sha256 = info.hashes['sha256'];
    if (sha256 === undefined || !/^[0-9a-f]{64}$/.test(sha256))
        throw new Error(`its target ${name} has no SHA-256`);
    if (info.length > MAX_TARGET_BYTES)
        throw new Error(`its target ${name} is larger than ${MAX_TARGET_BYTES} bytes`);
    const cacheName = `target-${sha256}`;
    const cached = session.useCache ? await session.cache.read(cacheName, MAX_TARGET_BYTES) : undefined;
    const known = [cached, ...(session.repository.knownTargets ?? [])].find((bytes) => bytes !== undefined && isTarget(bytes, info, sha256));
    if (known !== undefined)
        return known;
    const file = (0,external_node_path_.join)(directory, `target-${sha256}`);
    await updater.downloadTarget(info, file);
    const bytes = await (0,promises_.readFile)(file);
    if (!isTarget(bytes, info, sha256))
        throw new Error(`its target ${name} does not match the listed length and hash`);
    await session.cache.write(cacheName, bytes);
    return bytes;
}
function isTarget(bytes, info, sha256) {
    return bytes.length === info.length && (0,external_node_crypto_.createHash)('sha256').update(bytes).digest('hex') === sha256;
}
function messageOf(error) {
    return (error instanceof Error ? error.message : String(error)).slice(0, 500);
}


/***/ })

};
