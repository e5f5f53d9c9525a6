export const id = 721;
export const ids = [721];
export const modules = {

/***/ 7721:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createProxyPool: () => (/* binding */ createProxyPool),
/* harmony export */   createTunnels: () => (/* binding */ createTunnels)
/* harmony export */ });
/* harmony import */ var _certificate_request_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9549);
/* harmony import */ var _connectors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5271);
/* harmony import */ var _proxy_settings_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6094);



async function createTunnels({ proxy, connectors }, openTls) {
    const [{ buildConnector }, api] = await Promise.all([
        Promise.all(/* import() */[__webpack_require__.e(503), __webpack_require__.e(151), __webpack_require__.e(143)]).then(__webpack_require__.bind(__webpack_require__, 6143)),
        Promise.all(/* import() */[__webpack_require__.e(503), __webpack_require__.e(711)]).then(__webpack_require__.t.bind(__webpack_require__, 5711, 19)),
    ]);
    const connect = connectors.race(buildConnector({ ...connectors.tls, timeout: _connectors_js__WEBPACK_IMPORTED_MODULE_0__/* .CONNECT_TIMEOUT_MS */ .c }));
    const pool = new connectors.Pool(proxy.origin, { connect: connect });
    const client = Object.assign(pool, { connect: api.default });
    const authorization = (0,_proxy_settings_js__WEBPACK_IMPORTED_MODULE_1__/* .proxyAuthorization */ .YB)(proxy);
    const openTunnel = async (target) => {
        const host = `${hostOf(target)}:${target.port || '443'}`;
        const headers = { host, ...(authorization === undefined ? {} : { 'proxy-authorization': authorization }) };
        const asked = { origin: proxy.origin, path: host, headers, servername: proxy.hostname };
        const { statusCode, socket } = await client.connect(asked);
        if (statusCode === 200)
            return socket;
        socket.on('error', () => undefined).destroy();
        throw Object.assign(new Error(`Proxy response (${statusCode}) !== 200 when HTTP Tunneling`), {
            code: 'UND_ERR_ABORTED',
        });
    };
    return {
        open: (target, done) => {
            openTunnel(target).then((socket) => openTls({ ...target, httpSocket: socket }, done), (error) => done(ofProxy(error), null));
        },
        destroy: () => pool.destroy(),
    };
}
async function createProxyPool({ proxy, connectors }, poolOptions) {
    const agent = await Promise.all(/* import() */[__webpack_require__.e(503), __webpack_require__.e(151), __webpack_require__.e(429)]).then(__webpack_require__.t.bind(__webpack_require__, 3429, 19));
    const token = (0,_proxy_settings_js__WEBPACK_IMPORTED_MODULE_1__/* .proxyAuthorization */ .YB)(proxy);
    const poolToProxy = (origin, own) => {
        const connect = connectors.race(Reflect.get(own, 'connect'));
        return new connectors.Pool(origin, { ...own, connect: connect });
    };
    return new agent.default({
        ...poolOptions,
        uri: proxy.origin,
        ...(token === undefined ? {} : { token }),
        proxyTls: { ...connectors.tls, timeout: _connectors_js__WEBPACK_IMPORTED_MODULE_0__/* .CONNECT_TIMEOUT_MS */ .c },
        proxyTunnel: false,
        clientFactory: poolToProxy,
        ...(proxy.protocol === 'http:' ? { factory: poolToProxy } : {}),
    });
}
function hostOf({ hostname }) {
    return hostname.includes(':') && !hostname.startsWith('[') ? `[${hostname}]` : hostname;
}
function ofProxy(error) {
    if ((0,_certificate_request_js__WEBPACK_IMPORTED_MODULE_2__/* .isCertificateAlert */ .cS)(error)) {
        return Object.assign(new Error('the proxy asks for a client certificate, which is not supported'), {
            code: _proxy_settings_js__WEBPACK_IMPORTED_MODULE_1__/* .UNUSABLE_PROXY */ .fB,
        });
    }
    if (Reflect.get(error, 'code') !== 'ERR_TLS_CERT_ALTNAME_INVALID')
        return error;
    return Object.assign(new Error(`Secure Proxy Connection failed: ${error.message}`, { cause: error }), {
        code: 'UND_ERR_PRX_TLS',
    });
}


/***/ })

};
