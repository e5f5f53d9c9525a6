export const id = 827;
export const ids = [827];
export const modules = {

/***/ 5827:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   parseRegexp: () => (/* binding */ parseRegexp)
/* harmony export */ });
/* harmony import */ var re2js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2856);
/* harmony import */ var _text_value_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9354);
/* harmony import */ var _pattern_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6046);



function parseRegexp(source) {
    if (source.length > _pattern_js__WEBPACK_IMPORTED_MODULE_1__/* .PATTERN_MAX_CHARS */ .Y) {
        throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_0__/* .ValueError */ .Qp(`the pattern is longer than ${_pattern_js__WEBPACK_IMPORTED_MODULE_1__/* .PATTERN_MAX_CHARS */ .Y} characters`);
    }
    const compiled = compile(source);
    return {
        source,
        matches: (value) => compiled.matches(value),
        findsIn: (value) => compiled.matcher(value).find(),
    };
}
function compile(source) {
    try {
        return re2js__WEBPACK_IMPORTED_MODULE_2__/* .RE2JS */ .L3.compile(source);
    }
    catch (error) {
        const message = error instanceof Error ? error.message : 'unknown error';
        throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_0__/* .ValueError */ .Qp(`${message} (RE2 syntax has no lookaround and no backreferences)`, { cause: error });
    }
}


/***/ })

};
