export const id = 327;
export const ids = [327];
export const modules = {

/***/ 327:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createPolicyGate: () => (/* binding */ createPolicyGate)
/* harmony export */ });
/* harmony import */ var _examining_looks_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8161);
/* harmony import */ var _examining_platform_reader_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1264);
/* harmony import */ var _examining_read_attestations_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3717);
/* harmony import */ var _authority_judge_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4434);
/* harmony import */ var _buildkit_statements_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3924);
/* harmony import */ var _policy_judge_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1689);






function createPolicyGate(options, ports) {
    const { rules, otherRoots, statements } = options;
    const { authorities, requirements } = (0,_authority_judge_js__WEBPACK_IMPORTED_MODULE_3__/* .prepareAuthorities */ .tA)(rules.set.policies, ports.clock);
    if (requirements.length > 0 && statements === undefined)
        throw new TypeError('there is no place for statements');
    const reader = requirements.length === 0 || statements === undefined
        ? undefined
        : (0,_examining_read_attestations_js__WEBPACK_IMPORTED_MODULE_2__/* .createAttestationReader */ .E)({ ...ports, ...statements, otherRoots, requirements });
    return (0,_policy_judge_js__WEBPACK_IMPORTED_MODULE_5__.createPolicyJudge)({
        rules,
        authorities,
        firstLook: (0,_examining_looks_js__WEBPACK_IMPORTED_MODULE_0__/* .createLooks */ .n)({ ...options, attestations: reader }, ports),
        readPlatforms: (0,_examining_platform_reader_js__WEBPACK_IMPORTED_MODULE_1__/* .createPlatformReader */ .x)({ ...options, ...ports }),
        readStatementsFor: ({ evaluate, view }) => {
            if (reader === undefined || statements === undefined)
                throw new TypeError('no attestation is required');
            const read = (0,_buildkit_statements_js__WEBPACK_IMPORTED_MODULE_4__/* .createStatementReader */ .P)({ ...ports, ...statements, reader, evaluate });
            return (about) => read({ ...about, index: view(about.index) });
        },
        signal: ports.call.signal,
        words: options.words,
    });
}


/***/ })

};
