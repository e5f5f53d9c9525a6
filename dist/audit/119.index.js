export const id = 119;
export const ids = [119];
export const modules = {

/***/ 2119:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createStatementFiles: () => (/* binding */ createStatementFiles)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _action_confined_files_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3147);
/* harmony import */ var _action_inputs_run_files_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5468);




function createStatementFiles(run, action) {
    const directory = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)((0,_action_inputs_run_files_js__WEBPACK_IMPORTED_MODULE_3__/* .stepDirectory */ .iN)(run, action), `attestations-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(8).toString('hex')}`);
    let isEmpty = true;
    return {
        async keep(statement) {
            const path = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(directory, `sha256-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(statement).digest('hex')}.json`);
            await (0,_action_confined_files_js__WEBPACK_IMPORTED_MODULE_2__/* .writeConfined */ .ic)(run, path, statement);
            isEmpty = false;
            return path;
        },
        directory: () => (isEmpty ? undefined : directory),
    };
}


/***/ })

};
