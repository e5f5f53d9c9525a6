import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 181:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("buffer");

/***/ }),

/***/ 6982:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");

/***/ }),

/***/ 9896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 1943:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs/promises");

/***/ }),

/***/ 4589:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:assert");

/***/ }),

/***/ 6698:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:async_hooks");

/***/ }),

/***/ 4573:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");

/***/ }),

/***/ 1421:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");

/***/ }),

/***/ 7598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 3053:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:diagnostics_channel");

/***/ }),

/***/ 8474:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");

/***/ }),

/***/ 3024:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 1455:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");

/***/ }),

/***/ 7067:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");

/***/ }),

/***/ 7030:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");

/***/ }),

/***/ 6760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 1792:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:querystring");

/***/ }),

/***/ 7075:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");

/***/ }),

/***/ 8500:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");

/***/ }),

/***/ 1692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");

/***/ }),

/***/ 3136:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:url");

/***/ }),

/***/ 7975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 8877:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:v8");

/***/ }),

/***/ 8522:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");

/***/ }),

/***/ 857:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");

/***/ }),

/***/ 6928:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");

/***/ }),

/***/ 932:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("process");

/***/ }),

/***/ 2018:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tty");

/***/ }),

/***/ 7016:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("url");

/***/ }),

/***/ 9023:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 7836:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Te: () => (/* binding */ beginRun),
  jw: () => (/* binding */ connectionsBegun),
  Jh: () => (/* binding */ registryTarget)
});

// UNUSED EXPORTS: idTokenTarget

// EXTERNAL MODULE: ./.build/js/src/http/early-connections.js
var early_connections = __nccwpck_require__(6601);
;// CONCATENATED MODULE: ./.build/js/src/entries/action/guard-crash.js
const EARLY_CRASH = '::error title=Countersign: INTERNAL_ERROR::the action crashed before it had read its environment\n';
function guardCrash() {
    let crashed = false;
    let clearOutputs = () => undefined;
    let acts = [() => void process.stdout.write(EARLY_CRASH)];
    process.on('uncaughtException', (error) => {
        if (crashed)
            process.exit(1);
        crashed = true;
        process.exitCode = 1;
        for (const act of acts)
            if (!isDone(() => act(error)))
                isDone(() => act(error));
        process.once('exit', () => void isDone(clearOutputs));
        process.stdout.write('', () => process.exit(1));
    });
    return {
        reportTo(report, clear = () => undefined) {
            clearOutputs = clear;
            acts = [report, clear];
        },
    };
}
function isDone(act) {
    try {
        act();
        return true;
    }
    catch {
        return false;
    }
}

;// CONCATENATED MODULE: ./.build/js/src/entries/action/begin-run.js


const ADDRESSES_MS = 2;
function beginRun(targets = []) {
    const guard = guardCrash();
    return { guard, early: (0,early_connections/* openEarly */.o)(targets.filter((one) => one !== undefined)) };
}
async function connectionsBegun({ early }) {
    let timer;
    const timeUp = new Promise((resolve) => {
        timer = setTimeout(resolve, ADDRESSES_MS);
    });
    await Promise.race([early.begun, timeUp]);
    clearTimeout(timer);
}
const REGISTRY = /^\s*(localhost|[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+|[A-Za-z0-9.-]+(?=:))(?::([0-9]{1,5}))?\/[a-z0-9]/;
const DOCKER_HUB = /^(?:index\.)?docker\.io$/i;
function registryTarget(env) {
    const [, host = '', port] = REGISTRY.exec(env['INPUT_IMAGES'] ?? '') ?? [];
    if (host === '')
        return undefined;
    return directTarget(env, DOCKER_HUB.test(host) ? 'registry-1.docker.io' : host, Number(port ?? HTTPS_PORT));
}
function idTokenTarget(env) {
    const url = URL.parse(env['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? '');
    if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:'))
        return undefined;
    const port = url.port || (url.protocol === 'https:' ? HTTPS_PORT : 80);
    return directTarget(env, url.hostname.replace(/^\[|\]$/g, ''), Number(port));
}
const HTTPS_PORT = 443;
const PROXIES = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'];
function directTarget(env, hostname, port) {
    if (PROXIES.some((name) => (env[name] ?? '') !== '') || port < 1 || port > 65_535)
        return undefined;
    return { hostname, port };
}


/***/ }),

/***/ 6085:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _action_begin_run_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7836);

const begun = (0,_action_begin_run_js__WEBPACK_IMPORTED_MODULE_0__/* .beginRun */ .Te)([(0,_action_begin_run_js__WEBPACK_IMPORTED_MODULE_0__/* .registryTarget */ .Jh)(process.env)]);
await (0,_action_begin_run_js__WEBPACK_IMPORTED_MODULE_0__/* .connectionsBegun */ .jw)(begun);
const { startVerify } = await __nccwpck_require__.e(/* import() */ 574).then(__nccwpck_require__.bind(__nccwpck_require__, 4574));
await startVerify(begun);

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 6601:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ preferEarly),
/* harmony export */   o: () => (/* binding */ openEarly)
/* harmony export */ });
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7030);
/* harmony import */ var _race_addresses_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8150);


const EARLY_MS = 3_000;
const SOCKET = { highWaterMark: 64 * 1024, keepAlive: true, keepAliveInitialDelay: 60_000, noDelay: true };
function openEarly(targets) {
    const distinct = new Map(targets.map((target) => [keyOf(target), target]));
    const untaken = new Map([...distinct].map(([key, target]) => [key, openOne(target)]));
    const beginnings = [...untaken.values()].map(({ begun }) => begun);
    return {
        take(target) {
            const key = keyOf(target);
            const taken = untaken.get(key)?.socket;
            untaken.delete(key);
            return taken;
        },
        begun: Promise.all(beginnings),
        close() {
            for (const { giveUp } of untaken.values())
                giveUp();
            untaken.clear();
        },
    };
}
function preferEarly(early, { open, race }) {
    if (early === undefined)
        return race;
    return (target, done) => {
        const isHttps = target.protocol === 'https:';
        const port = target.port === '' ? (isHttps ? 443 : 80) : Number(target.port);
        const taken = early.take({ hostname: target.hostname, port });
        if (taken === undefined)
            return race(target, done);
        taken.then((socket) => {
            if (socket.destroyed || socket.readyState !== 'open')
                race(target, done);
            else if (isHttps)
                open({ ...target, httpSocket: socket }, done);
            else
                done(null, socket);
        }, () => race(target, done));
        return undefined;
    };
}
function keyOf({ hostname, port }) {
    return `${hostname.toLowerCase()} ${port}`;
}
function openOne(target) {
    const { promise: socket, resolve, reject } = Promise.withResolvers();
    const { promise: begun, resolve: onBegun } = Promise.withResolvers();
    socket.catch(() => undefined);
    const sockets = new Set();
    let isOver = false;
    const giveUp = () => {
        isOver = true;
        for (const one of sockets)
            one.destroy();
        reject(new Error('given up'));
    };
    const open = ({ hostname, port }, done) => {
        const made = (0,node_net__WEBPACK_IMPORTED_MODULE_0__.connect)({ ...SOCKET, host: hostname, port: Number(port) });
        sockets.add(made);
        made.once('connect', () => done(null, made)).on('error', (error) => done(error, null));
        if (isOver)
            made.destroy();
        setImmediate(onBegun);
        return made;
    };
    const timer = setTimeout(giveUp, EARLY_MS).unref();
    const to = { hostname: target.hostname, port: String(target.port), protocol: 'tcp:' };
    (0,_race_addresses_js__WEBPACK_IMPORTED_MODULE_1__/* .raceAddresses */ .e)(open)(to, (error, made) => {
        clearTimeout(timer);
        onBegun();
        if (error !== null || made === null)
            reject(error ?? new Error('no socket'));
        else
            resolve(made);
    });
    return { socket, begun, giveUp };
}


/***/ }),

/***/ 8150:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  j: () => (/* binding */ PRIVATE_ADDRESS),
  e: () => (/* binding */ raceAddresses)
});

;// CONCATENATED MODULE: external "node:dns"
const external_node_dns_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dns");
;// CONCATENATED MODULE: ./.build/js/src/http/race-addresses.js

const PRIVATE_ADDRESS = 'PRIVATE_ADDRESS';
const ATTEMPT_DELAY_MS = 250;
const HINTS = process.platform === 'win32' ? 0 : external_node_dns_namespaceObject.ADDRCONFIG;
function raceAddresses(open, lookup = external_node_dns_namespaceObject.lookup, admits) {
    const addressesOf = shareLookups(lookup);
    return (target, done) => addressesOf(target.hostname, (failure, found) => {
        if (failure !== null)
            return done(failure, null);
        const allowed = admits === undefined ? found : found.filter(({ address }) => admits(target, address));
        if (found.length > 0 && allowed.length === 0)
            return done(privateAddress(target), null);
        const addresses = takeTurns(allowed);
        const attempts = new Set();
        const errors = [];
        let winner;
        let timer;
        const tryNext = () => {
            clearTimeout(timer);
            const hostname = addresses.shift();
            if (hostname === undefined)
                return;
            const socket = open({ ...target, hostname }, (error, opened) => {
                if (winner === socket)
                    done(error, opened);
                if (winner !== undefined)
                    return;
                attempts.delete(socket);
                errors.push(error);
                tryNext();
                if (attempts.size === 0)
                    done(errors.length > 1 ? new AggregateError(errors) : error, null);
            });
            attempts.add(socket);
            socket.prependOnceListener('connect', () => {
                clearTimeout(timer);
                winner ??= socket;
                for (const other of attempts)
                    if (other !== winner)
                        other.destroy();
            });
            timer = setTimeout(tryNext, ATTEMPT_DELAY_MS);
        };
        tryNext();
    });
}
function shareLookups(lookup) {
    const waiting = new Map();
    return (hostname, done) => {
        const others = waiting.get(hostname);
        if (others !== undefined) {
            others.push(done);
            return;
        }
        const all = [done];
        waiting.set(hostname, all);
        lookup(hostname, { all: true, hints: HINTS }, (failure, found) => {
            waiting.delete(hostname);
            for (const one of all)
                one(failure, found);
        });
    };
}
function takeTurns(addresses) {
    const turn = (one) => addresses.filter(({ family }) => family === one.family).indexOf(one);
    return [...addresses].sort((a, b) => turn(a) - turn(b)).map(({ address }) => address);
}
function privateAddress({ hostname }) {
    return Object.assign(new Error(`${hostname} has no public address`), { code: PRIVATE_ADDRESS });
}


/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId].call(module.exports, module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(6085);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
