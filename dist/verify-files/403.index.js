export const id = 403;
export const ids = [403];
export const modules = {

/***/ 3403:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   attestationTables: () => (/* binding */ attestationTables),
/* harmony export */   unmetLines: () => (/* binding */ unmetLines)
/* harmony export */ });
/* harmony import */ var _cells_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9753);
/* harmony import */ var _error_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4620);
/* harmony import */ var _escape_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4501);
/* harmony import */ var _findings_table_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5857);
/* harmony import */ var _next_steps_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(8465);





const ROWS_OPEN = 25;
const ROWS_MAX = 300;
const COLUMNS = ['Image', 'Attestation', 'By', 'Signed at', 'Meets'];
function attestationTables(rows, troubleshootingUrl) {
    const lines = rows.flatMap((row) => (row.result.attestations ?? []).map((one) => attestationRow(row, one, troubleshootingUrl)));
    if (lines.length === 0)
        return [];
    const table = (0,_cells_js__WEBPACK_IMPORTED_MODULE_0__/* .tableOf */ .c_)(COLUMNS, lines.slice(0, ROWS_MAX));
    const left = lines.length > ROWS_MAX ? [`…and ${lines.length - ROWS_MAX} more attestations in the results file.`] : [];
    return lines.length <= ROWS_OPEN ? [table] : [(0,_cells_js__WEBPACK_IMPORTED_MODULE_0__/* .folded */ .TM)(`${lines.length} attestations`, table, ...left)];
}
function attestationRow({ result, details }, one, troubleshootingUrl) {
    const platform = one.platform === undefined ? '' : `<br><sub>${(0,_cells_js__WEBPACK_IMPORTED_MODULE_0__/* .codeCell */ .MZ)(one.platform)}</sub>`;
    const { subject, issuer, requirement, reason } = one;
    const name = subject === null || issuer === null ? '–' : `${(0,_cells_js__WEBPACK_IMPORTED_MODULE_0__/* .codeCell */ .MZ)(subject)}<br><sub>${(0,_cells_js__WEBPACK_IMPORTED_MODULE_0__/* .codeCell */ .MZ)(issuer)}</sub>`;
    const meets = requirement === null
        ? `❌ ${reason === null ? 'no line' : (0,_error_text_js__WEBPACK_IMPORTED_MODULE_1__/* .reasonLink */ .NW)(reason, troubleshootingUrl)}`
        : `✅ ${(0,_cells_js__WEBPACK_IMPORTED_MODULE_0__/* .codeCell */ .MZ)(requirement)}`;
    return [
        `${(0,_cells_js__WEBPACK_IMPORTED_MODULE_0__/* .codeCell */ .MZ)((0,_cells_js__WEBPACK_IMPORTED_MODULE_0__/* .shortName */ .EU)(result, details.tags))}${platform}`,
        (0,_cells_js__WEBPACK_IMPORTED_MODULE_0__/* .codeCell */ .MZ)(one.predicateType),
        one.unverified === true ? `not proven: ${name}` : name,
        (0,_cells_js__WEBPACK_IMPORTED_MODULE_0__/* .timeCell */ .s5)(one.unverified === true ? null : one.signedAt),
        meets,
    ];
}
function unmetLines({ lines = [] }, troubleshootingUrl) {
    return lines.flatMap(({ line, reason, message, findings, hints }) => {
        if (reason === null)
            return [];
        const heading = `Not met: ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_2__/* .markdownCode */ .D9)(line)}. ${(0,_error_text_js__WEBPACK_IMPORTED_MODULE_1__/* .reasonLink */ .NW)(reason, troubleshootingUrl)} ${_next_steps_js__WEBPACK_IMPORTED_MODULE_4__/* .NEXT_STEPS */ .G[reason].meaning}`;
        const why = findings.length === 0 ? `> ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_2__/* .markdownProse */ .h$)(message)}` : (0,_findings_table_js__WEBPACK_IMPORTED_MODULE_3__/* .findingsTable */ .f)('Attestation', findings);
        return [heading, why, ...(hints.length === 0 ? [] : [hints.map((hint) => `- ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_2__/* .markdownProse */ .h$)(hint)}`).join('\n')])];
    });
}


/***/ })

};
