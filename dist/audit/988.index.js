export const id = 988;
export const ids = [988];
export const modules = {

/***/ 9988:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createCommittedFolderLister: () => (/* binding */ createCommittedFolderLister)
/* harmony export */ });
/* harmony import */ var _coded_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6329);
/* harmony import */ var _domain_text_json_object_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1682);
/* harmony import */ var _committed_file_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1438);



const ENTRIES_MAX = 1000;
function createCommittedFolderLister(options) {
    return async ({ repository, ref }, path) => {
        const shown = `GET folder ${path === '' ? '/' : path} at ${ref} of ${repository}`;
        const response = await (0,_committed_file_js__WEBPACK_IMPORTED_MODULE_1__/* .askContents */ .SQ)(options, { repository, ref }, {
            path,
            shown,
            accept: 'application/vnd.github+json',
        });
        if (response.status !== 200)
            return (0,_committed_file_js__WEBPACK_IMPORTED_MODULE_1__/* .absent */ .Ge)(response, shown);
        const entries = readEntries(response.body);
        if (entries === undefined)
            throw new _coded_error_js__WEBPACK_IMPORTED_MODULE_0__/* .CodedError */ .AK('INPUT_INVALID', `${shown} is not a list of files`);
        if (entries.length >= ENTRIES_MAX) {
            throw new _coded_error_js__WEBPACK_IMPORTED_MODULE_0__/* .CodedError */ .AK('INPUT_INVALID', `${shown} lists ${entries.length} entries, and the API leaves out what is beyond ${ENTRIES_MAX}`);
        }
        const names = (isFolder) => entries.filter(({ type }) => (type === 'dir') === isFolder).map(({ name }) => name);
        return { files: names(false), folders: names(true) };
    };
}
function readEntries(body) {
    let value;
    try {
        value = JSON.parse(new TextDecoder().decode(body));
    }
    catch {
        return undefined;
    }
    if (!Array.isArray(value))
        return undefined;
    const entries = value.flatMap((one) => {
        if (!(0,_domain_text_json_object_js__WEBPACK_IMPORTED_MODULE_2__/* .isJsonObject */ .O)(one))
            return [];
        const { name, type } = one;
        if (typeof name !== 'string' || typeof type !== 'string')
            return [];
        return name === '' || name === '.' || name === '..' || name.includes('/') ? [] : [{ name, type }];
    });
    return entries.length === value.length ? entries : undefined;
}


/***/ })

};
