export const id = 760;
export const ids = [760];
export const modules = {

/***/ 3760:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  fetchTargets: () => (/* binding */ fetchTargets)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./node_modules/tuf-js/dist/index.js
var dist = __webpack_require__(4706);
// EXTERNAL MODULE: ./.build/js/src/domain/text/trim-end.js
var trim_end = __webpack_require__(346);
// EXTERNAL MODULE: ./.build/js/src/sigstore/json-shape.js
var json_shape = __webpack_require__(7228);
// EXTERNAL MODULE: ./.build/js/src/sigstore/signing/log-entry.js
var log_entry = __webpack_require__(8011);
// EXTERNAL MODULE: ./.build/js/src/sigstore/sigstore-error.js
var sigstore_error = __webpack_require__(1731);
;// CONCATENATED MODULE: ./.build/js/src/sigstore/trust/tuf-cache.js



const NAME = /^(?:timestamp\.json|snapshot\.json|targets\.json|[1-9]\d{0,6}\.root\.json|target-[0-9a-f]{64})$/;
/** The cache of the repository at `url` below `directory`, which lies in a directory of ours too: neither is a link. */
function createTufCache(directory, url, readFile) {
    const folder = (0,external_node_path_.join)(directory, (0,external_node_crypto_.createHash)('sha256').update(url).digest('hex').slice(0, 32));
    return {
        async read(name, maxBytes) {
            if (!NAME.test(name))
                return undefined;
            // Whatever keeps it from being read, the repository has it too.
            return readFile((0,external_node_path_.join)(folder, name), maxBytes).catch(() => undefined);
        },
        async write(name, bytes) {
            if (!NAME.test(name))
                return;
            const temporary = (0,external_node_path_.join)(folder, `${(0,external_node_crypto_.randomBytes)(8).toString('hex')}.tmp`);
            try {
                await (0,promises_.mkdir)(folder, { recursive: true });
                // An earlier job may have put a link there, to have files of these names written elsewhere.
                for (const own of [folder, directory, (0,external_node_path_.dirname)(directory)])
                    if ((await (0,promises_.lstat)(own)).isSymbolicLink())
                        return;
                // A new name, so that nothing that lies there, such as a pipe, is written to; renaming replaces it.
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




/** Most bytes of any file of a repository. */
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
            .request({ service: 'TUF', method: 'GET', url, maxBytes, retry: true, signal: options.signal })
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
        // For the next root "not there" is the answer that ends the walk (TUF specification 5.3.3).
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
/** The cache's name of a file that has one: roots by version and the timestamp; the rest is seeded or found by hash. */
function cacheNameOf(url, base) {
    const name = url.startsWith(`${base}/`) ? url.slice(base.length + 1) : '';
    const version = /^([1-9]\d{0,6})\.root\.json$/.exec(name)?.[1];
    if (version !== undefined)
        return `${Number(version)}.root.json`;
    return name === 'timestamp.json' ? name : undefined;
}

;// CONCATENATED MODULE: ./.build/js/src/sigstore/trust/tuf-client.js










const MAX_TARGET_BYTES = 1024 * 1024;
/** Each root version costs a request; an own repository rotates a few times a year at most. */
const MAX_ROOT_ROTATIONS = 64;
const METADATA = ['timestamp.json', 'snapshot.json', 'targets.json'];
/**
 * Fetches targets of a TUF repository by the client workflow of the TUF specification (v1.0.33, section 5),
 * from its root to the bytes of each target. If the repository cannot be reached, a cache whose every
 * metadata file verifies and has not expired answers instead. Throws TRUST_ROOT_UNAVAILABLE (no answer,
 * no usable cache) or TRUST_ROOT_INVALID (what it answers does not verify, or has expired).
 */
async function fetchTargets(repository, names, options) {
    const cache = createTufCache(options.cacheDirectory, repository.url, options.readFile);
    const run = (online, useCache) => runSession({ repository, names, options, cache, online, useCache });
    let outcome = await run(true, true);
    // A cache that someone spoiled must not look like a spoiled repository: once more without its roots and
    // targets. Its timestamp and snapshot stay: spoiled ones are ignored, good ones refuse a rollback.
    if (outcome.kind === 'invalid')
        outcome = await run(true, false);
    options.signal?.throwIfAborted();
    if (outcome.kind === 'unavailable') {
        const cached = await run(false, true);
        if (cached.kind === 'targets') {
            options.log.warning(`the TUF repository ${repository.url} cannot be reached; its cached metadata, which is still valid, is used`);
            return cached.targets;
        }
        throw new sigstore_error/* SigstoreError */.F('TRUST_ROOT_UNAVAILABLE', `the TUF repository ${repository.url} gave no usable answer: ${messageOf(outcome.error)}`, {
            cause: outcome.error,
            hint: 'Check that this runner can reach it (proxy, firewall), or give trusted-root as a file.',
        });
    }
    if (outcome.kind === 'targets')
        return outcome.targets;
    throw new sigstore_error/* SigstoreError */.F('TRUST_ROOT_INVALID', `the TUF repository ${repository.url} answers with metadata or targets that do not verify: ${messageOf(outcome.error)}`, { cause: outcome.error, hint: 'If it is your own, check tuf-root and the expiry of its metadata.' });
}
async function runSession(session) {
    const { options, repository, cache } = session;
    const directory = await createDirectory(options.cacheDirectory);
    const url = (0,trim_end/* trimEnd */.s)(repository.url, '/');
    const fetcher = createTufFetcher({ ...session, http: options.http, url, directory, signal: options.signal });
    try {
        // tuf-js trusts the root it finds in its directory: it must be ours, never one from the cache.
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
        const targets = [];
        for (const name of session.names)
            targets.push(await loadTarget(updater, name, directory, session));
        if (session.online)
            await keep(directory, cache, fetcher);
        return { kind: 'targets', targets };
    }
    catch (error) {
        const failure = fetcher.failure();
        return failure === undefined ? { kind: 'invalid', error } : { kind: 'unavailable', error: failure };
    }
    finally {
        await (0,promises_.rm)(directory, { recursive: true, force: true }).catch(() => undefined);
    }
}
/** A private directory for one session; tuf-js works on files. */
async function createDirectory(cacheDirectory) {
    try {
        await (0,promises_.mkdir)(cacheDirectory, { recursive: true });
        return await (0,promises_.mkdtemp)((0,external_node_path_.join)(cacheDirectory, 'session-'));
    }
    catch (error) {
        throw new sigstore_error/* SigstoreError */.F('TRUST_ROOT_UNAVAILABLE', `cannot write to ${cacheDirectory}: ${messageOf(error)}`, {
            cause: error,
            hint: 'TUF metadata is kept there while it is checked; make the directory writable, or give trusted-root.',
        });
    }
}
/** Earlier metadata: tuf-js checks it, skips downloads it makes needless, and refuses to go back behind it. */
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
/** tuf-js compares with the system's clock; ours decides as well, so a run has one time. */
async function requireCurrent(directory, now) {
    for (const name of ['root.json', ...METADATA]) {
        const expires = (0,log_entry.at)((0,json_shape/* parseJson */.qF)(await (0,promises_.readFile)((0,external_node_path_.join)(directory, name))), 'signed', 'expires');
        if (typeof expires !== 'string' || !(new Date(expires) > now)) {
            throw new Error(`${name} expired at ${String(expires).slice(0, 40)}`);
        }
    }
}
async function loadTarget(updater, name, directory, session) {
    const info = await updater.getTargetInfo(name);
    if (info === undefined)
        throw new Error(`it lists no target ${name}`);
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
    const file = (0,external_node_path_.join)(directory, 'target');
    await updater.downloadTarget(info, file);
    const bytes = await (0,promises_.readFile)(file);
    if (!isTarget(bytes, info, sha256))
        throw new Error(`its target ${name} has other bytes than listed`);
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
