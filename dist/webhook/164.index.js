export const id = 164;
export const ids = [164];
export const modules = {

/***/ 3164:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Pool: () => (/* reexport */ pool),
  buildConnector: () => (/* reexport */ connect),
  noteCertificateRequests: () => (/* reexport */ certificate_request/* noteCertificateRequests */.eH),
  raceAddresses: () => (/* reexport */ raceAddresses)
});

// EXTERNAL MODULE: ./node_modules/undici/lib/core/connect.js
var connect = __webpack_require__(9136);
// EXTERNAL MODULE: ./node_modules/undici/lib/dispatcher/pool.js
var pool = __webpack_require__(628);
// EXTERNAL MODULE: ./.build/js/src/http/certificate-request.js
var certificate_request = __webpack_require__(9549);
// EXTERNAL MODULE: external "node:dns"
var external_node_dns_ = __webpack_require__(610);
;// CONCATENATED MODULE: ./.build/js/src/http/race-addresses.js

const ATTEMPT_DELAY_MS = 250;
const HINTS = process.platform === 'win32' ? 0 : external_node_dns_.ADDRCONFIG;
function raceAddresses(open, lookup = external_node_dns_.lookup) {
    return (target, done) => lookup(target.hostname, { all: true, hints: HINTS }, (failure, found) => {
        if (failure !== null)
            return done(failure, null);
        const addresses = takeTurns(found);
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
function takeTurns(addresses) {
    const turn = (one) => addresses.filter(({ family }) => family === one.family).indexOf(one);
    return [...addresses].sort((a, b) => turn(a) - turn(b)).map(({ address }) => address);
}

;// CONCATENATED MODULE: ./.build/js/src/http/undici-pool.js






/***/ })

};
