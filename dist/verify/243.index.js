export const id = 243;
export const ids = [243];
export const modules = {

/***/ 7243:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   refuseBrokenHead: () => (/* binding */ refuseBrokenHead)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6760);
/* harmony import */ var _domain_policy_read_policies_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4345);
/* harmony import */ var _domain_text_quoted_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9082);
/* harmony import */ var _action_confined_files_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3147);
/* harmony import */ var _inputs_list_rule_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(843);





const FILES_MAX = 500;
const FILE_MAX_BYTES = 4 * 1024 * 1024;
async function refuseBrokenHead(reading, { name, base, context, }) {
    const { source, problems } = reading;
    const workspace = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)((0,_action_confined_files_js__WEBPACK_IMPORTED_MODULE_2__/* .workspaceOf */ .B3)(source.env));
    const isOfWorkspace = (file) => !REMOTE.test(file) && (0,_action_confined_files_js__WEBPACK_IMPORTED_MODULE_2__/* .pathWithin */ .RY)(workspace, (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(workspace, file)) !== undefined;
    const paths = new Set();
    for (const line of (0,_inputs_list_rule_js__WEBPACK_IMPORTED_MODULE_3__/* .splitLines */ .u)(source.input(name) ?? '')) {
        if (!isOfWorkspace(line))
            continue;
        const found = line.includes('*') ? await source.files.glob(line) : [line];
        for (const path of found)
            if (!path.split(/[/\\]/).includes('.git'))
                paths.add(path);
    }
    const head = base.filter(({ file }) => !isOfWorkspace(file));
    for (const path of [...paths].sort().slice(0, FILES_MAX)) {
        const file = ((0,_action_confined_files_js__WEBPACK_IMPORTED_MODULE_2__/* .pathWithin */ .RY)(workspace, (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(workspace, path)) ?? path).split(node_path__WEBPACK_IMPORTED_MODULE_0__.sep).join('/');
        const text = await readHead(reading, (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(workspace, path));
        if (text === 'unreadable') {
            problems.add(name, `${(0,_domain_text_quoted_js__WEBPACK_IMPORTED_MODULE_4__/* .quoted */ .T)(file)} cannot be read as text. ${OF_HEAD}`, 'Correct the file.', { file, line: 1 });
        }
        else if (text !== undefined) {
            head.push({ file, text: text.content });
        }
    }
    if (!head.some(({ file }) => isOfWorkspace(file)))
        return;
    const read = (0,_domain_policy_read_policies_js__WEBPACK_IMPORTED_MODULE_1__/* .readPolicies */ .h)(head, context);
    if (read.kind === 'policies')
        return;
    for (const problem of read.problems)
        addProblem(problems, name, problem);
}
const OF_HEAD = "This is head's version, which decides nothing yet and would break every run after the merge.";
const REMOTE = /@(?:[0-9a-f]{40}|refs\/.+)$/;
async function readHead({ source }, path) {
    try {
        const confined = await (0,_action_confined_files_js__WEBPACK_IMPORTED_MODULE_2__/* .confine */ .Do)(source, path);
        if (confined.kind === 'outside')
            return 'unreadable';
        const bytes = await source.files.read(confined.path, FILE_MAX_BYTES);
        return bytes === undefined ? undefined : { content: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
    }
    catch {
        return 'unreadable';
    }
}
function addProblem(problems, name, { file, line, document, path, what, cure }) {
    const where = `${file}:${line}${document > 1 ? ` (document ${document})` : ''}`;
    const field = path === '' ? '' : ` ${path}`;
    problems.add(name, `${(0,_domain_text_quoted_js__WEBPACK_IMPORTED_MODULE_4__/* .quoted */ .T)(where)}${field}: ${what}. ${OF_HEAD}`, cure, { file, line });
}


/***/ })

};
