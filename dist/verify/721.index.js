export const id = 721;
export const ids = [721];
export const modules = {

/***/ 7721:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createProxyPool: () => (/* binding */ createProxyPool)
/* harmony export */ });
/* harmony import */ var _certificate_request_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9549);
/* harmony import */ var _connectors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8540);
/* harmony import */ var _proxy_settings_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6094);



async function createProxyPool(options) {
    const { url, proxy, connectors, target, caPems, observe } = options;
    const [agent, api, tls] = await Promise.all([
        Promise.all(/* import() */[__webpack_require__.e(440), __webpack_require__.e(628), __webpack_require__.e(672)]).then(__webpack_require__.t.bind(__webpack_require__, 6672, 19)),
        Promise.all(/* import() */[__webpack_require__.e(440), __webpack_require__.e(660)]).then(__webpack_require__.t.bind(__webpack_require__, 2279, 19)),
        (0,_connectors_js__WEBPACK_IMPORTED_MODULE_1__/* .tlsWith */ .U2)(caPems),
    ]);
    const token = (0,_proxy_settings_js__WEBPACK_IMPORTED_MODULE_0__/* .proxyAuthorization */ .YB)(proxy);
    const poolWith = (origin, own, connect) => new connectors.Pool(origin, { ...own, connect: connect });
    const poolToProxy = (origin, own) => poolWith(origin, own, connectors.race(Reflect.get(own, 'connect')));
    const isTunnel = url.protocol === 'https:';
    return new agent.default({
        ...options.poolOptions,
        uri: proxy.origin,
        ...(token === undefined ? {} : { token }),
        proxyTls: { ...tls, timeout: _connectors_js__WEBPACK_IMPORTED_MODULE_1__/* .CONNECT_TIMEOUT_MS */ .cC },
        proxyTunnel: isTunnel,
        clientFactory: (origin, own) => Object.assign(poolToProxy(origin, own), { connect: api.default }),
        ...(isTunnel
            ? {
                factory: (origin, own) => poolWith(origin, own, observe(tunnelled(Reflect.get(own, 'connect'), target.open))),
            }
            : {}),
        ...(!isTunnel && proxy.protocol === 'http:' ? { factory: poolToProxy } : {}),
    });
}
function tunnelled(openTunnel, openTls) {
    return (target, done) => {
        let isDone = false;
        const port = target.port || '443';
        const plain = { ...target, protocol: 'http:', port, host: `${hostOf(target)}:${port}` };
        openTunnel(plain, (error, socket) => {
            if (isDone)
                return;
            isDone = true;
            if (error !== null || socket === null)
                done(error === null ? null : ofProxy(error), null);
            else
                openTls({ ...target, httpSocket: socket }, done);
        });
    };
}
function hostOf({ hostname }) {
    return hostname.includes(':') && !hostname.startsWith('[') ? `[${hostname}]` : hostname;
}
function ofProxy(error) {
    if (!(0,_certificate_request_js__WEBPACK_IMPORTED_MODULE_2__/* .isCertificateAlert */ .cS)(error))
        return error;
    return Object.assign(new Error('the proxy asks for a client certificate, which is not supported'), {
        code: _proxy_settings_js__WEBPACK_IMPORTED_MODULE_0__/* .UNUSABLE_PROXY */ .fB,
    });
}


/***/ })

};
