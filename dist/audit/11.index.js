export const id = 11;
export const ids = [11];
export const modules = {

/***/ 4011:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createToolkitWriter: () => (/* binding */ createToolkitWriter)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3078);
/* harmony import */ var _job_summary_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6067);
/* harmony import */ var _outputs_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4067);



const ANNOTATE = { error: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .error */ .z3, warning: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .warning */ .$e, notice: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .notice */ .lm };
function createToolkitWriter(env) {
    return {
        line: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .info */ .pq,
        debug: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .debug */ .Yz,
        annotation(level, message, { title, file, line }) {
            ANNOTATE[level](message, {
                title,
                ...(file === undefined ? {} : { file }),
                ...(line === undefined ? {} : { startLine: line }),
            });
        },
        startGroup: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .startGroup */ .Oh,
        endGroup: _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .endGroup */ .N4,
        setOutput(name, value) {
            if (!env['GITHUB_OUTPUT'])
                return;
            (0,_outputs_js__WEBPACK_IMPORTED_MODULE_2__/* .requireOutputName */ .w)(name);
            (0,_actions_core__WEBPACK_IMPORTED_MODULE_0__/* .setOutput */ .uH)(name, value);
        },
        async appendSummary(markdown) {
            try {
                await _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .summary */ .z.emptyBuffer().addRaw((0,_job_summary_js__WEBPACK_IMPORTED_MODULE_1__/* .cutSummary */ .HX)(markdown)).write();
            }
            catch {
            }
        },
    };
}


/***/ })

};
