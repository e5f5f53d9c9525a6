export const id = 153;
export const ids = [153];
export const modules = {

/***/ 3509:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ parseImagePrefix),
/* harmony export */   i: () => (/* binding */ parseSignatureRepository)
/* harmony export */ });
/* harmony import */ var _text_quoted_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9082);
/* harmony import */ var _text_value_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9354);
/* harmony import */ var _reference_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5273);
/* harmony import */ var _signature_repositories_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8747);




function parseImagePrefix(text) {
    const written = text.trim();
    const refuse = (rule) => {
        throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_0__/* .ValueError */ .Qp(`${(0,_text_quoted_js__WEBPACK_IMPORTED_MODULE_3__/* .quoted */ .T)(written)} is not the beginning of an image name: ${rule}`);
    };
    if (written === '')
        return refuse('it is empty');
    if (written.includes('@'))
        return refuse('remove the digest');
    if (written.includes('*'))
        return refuse('write no `*`; a line covers everything below its prefix');
    if (written.endsWith('/'))
        return refuse('remove the slash at the end');
    if (!written.includes('/') && (/[.[:]/.test(written) || written === 'localhost')) {
        if (/^[^[\]:]+:(?!\d+$)/.test(written))
            return refuse('remove the tag');
        return { registry: (0,_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .parseRegistryHost */ .TZ)(written), path: '' };
    }
    const { repository, tag } = (0,_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .parseReference */ .F2)(written);
    if (tag !== undefined)
        return refuse('remove the tag');
    const { registry, path } = repository;
    const isShort = registry === _signature_repositories_js__WEBPACK_IMPORTED_MODULE_2__/* .HUB */ .Q$ && !/(?:^|\/)library\//.test(written);
    return { registry, path: isShort ? path.replace(/^library\/(?=[^/]+$)/, '') : path };
}
function parseSignatureRepository(text) {
    const written = text.trim();
    if (/^(?:[^/]*[.:[][^/]*|localhost)$/.test(written) && !/[@:][^\d]/.test(written)) {
        throw new _text_value_error_js__WEBPACK_IMPORTED_MODULE_0__/* .ValueError */ .Qp(`${(0,_text_quoted_js__WEBPACK_IMPORTED_MODULE_3__/* .quoted */ .T)(written)} names a registry but no repository in it`);
    }
    return (0,_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .parseRepository */ .SU)(written);
}


/***/ }),

/***/ 9153:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readSignatureRepositories: () => (/* binding */ readSignatureRepositories)
/* harmony export */ });
/* harmony import */ var _domain_image_parse_signature_repository_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3509);
/* harmony import */ var _domain_image_reference_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5273);
/* harmony import */ var _domain_image_signature_repositories_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8747);
/* harmony import */ var _domain_text_key_value_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(791);
/* harmony import */ var _domain_text_quoted_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9082);
/* harmony import */ var _domain_text_value_error_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9354);
/* harmony import */ var _list_rule_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(843);







const INPUT = 'signature-repository';
const FORM = 'Write one repository for all images, such as `ghcr.io/acme/signatures`, or one line `IMAGE-PREFIX=REPOSITORY` for ' +
    'each group of images, such as `ghcr.io/acme/app=ghcr.io/acme/signatures`. Write neither tags, digests nor quotation marks.';
const NAMED_MAX = 5;
function readSignatureRepositories(reading, images) {
    const problems = reading.problems;
    const known = problems.list.length;
    const lines = (0,_list_rule_js__WEBPACK_IMPORTED_MODULE_4__/* .splitLines */ .u)(reading.source.input(INPUT) ?? '').filter((line) => line !== '');
    const rules = lines.flatMap((line) => readRule(reading, line));
    const bare = lines.filter((line) => !line.includes('='));
    if (bare.length > 0 && lines.length > 1) {
        const what = bare.length === lines.length
            ? 'it names several repositories, but not which images each one is for.'
            : `${(0,_domain_text_quoted_js__WEBPACK_IMPORTED_MODULE_5__/* .quoted */ .T)(bare[0] ?? '')} is a repository for all images, but there are lines for some of them too.`;
        problems.add(INPUT, what, FORM);
    }
    refuseTwins(reading, rules);
    if (problems.list.length === known && images !== undefined)
        refuseUnused(reading, rules, images);
    return rules;
}
function readRule({ problems }, line) {
    const { key, value } = (0,_domain_text_key_value_js__WEBPACK_IMPORTED_MODULE_6__/* .splitKeyValue */ .p)(line) ?? { key: undefined, value: line };
    try {
        if (value === '')
            throw new _domain_text_value_error_js__WEBPACK_IMPORTED_MODULE_3__/* .ValueError */ .Qp(`${(0,_domain_text_quoted_js__WEBPACK_IMPORTED_MODULE_5__/* .quoted */ .T)(line)} names no repository after the \`=\``);
        return [
            { images: key === undefined ? undefined : (0,_domain_image_parse_signature_repository_js__WEBPACK_IMPORTED_MODULE_0__/* .parseImagePrefix */ .F)(key), repository: (0,_domain_image_parse_signature_repository_js__WEBPACK_IMPORTED_MODULE_0__/* .parseSignatureRepository */ .i)(value) },
        ];
    }
    catch (error) {
        if (!(error instanceof _domain_text_value_error_js__WEBPACK_IMPORTED_MODULE_3__/* .ValueError */ .Qp))
            throw error;
        problems.add(INPUT, `${error.message}.`, FORM);
        return [];
    }
}
function refuseTwins({ problems }, rules) {
    rules.forEach(({ images }, index) => {
        if (images === undefined)
            return;
        const before = rules.slice(0, index).find((one) => one.images !== undefined && (0,_domain_image_signature_repositories_js__WEBPACK_IMPORTED_MODULE_2__/* .isSamePrefix */ .ZF)(one.images, images));
        if (before?.images === undefined)
            return;
        const [first, second] = [(0,_domain_image_signature_repositories_js__WEBPACK_IMPORTED_MODULE_2__/* .formatImagePrefix */ .N3)(before.images), (0,_domain_image_signature_repositories_js__WEBPACK_IMPORTED_MODULE_2__/* .formatImagePrefix */ .N3)(images)];
        const what = first === second
            ? `the prefix ${(0,_domain_text_quoted_js__WEBPACK_IMPORTED_MODULE_5__/* .quoted */ .T)(first)} is given twice.`
            : `the prefixes ${(0,_domain_text_quoted_js__WEBPACK_IMPORTED_MODULE_5__/* .quoted */ .T)(first)} and ${(0,_domain_text_quoted_js__WEBPACK_IMPORTED_MODULE_5__/* .quoted */ .T)(second)} name the same images.`;
        problems.add(INPUT, what, 'Keep one line for each group of images.');
    });
}
function refuseUnused({ problems }, rules, images) {
    const repositories = new Map(images.map((repository) => [(0,_domain_image_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .formatRepository */ .Sh)(repository), repository]));
    const names = [...repositories.keys()];
    const more = names.length > NAMED_MAX ? ` and ${names.length - NAMED_MAX} more` : '';
    for (const rule of rules) {
        if (rule.images === undefined || [...repositories.values()].some((image) => (0,_domain_image_signature_repositories_js__WEBPACK_IMPORTED_MODULE_2__/* .isAbout */ .KH)(rule, image)))
            continue;
        problems.add(INPUT, `no image of this step is in ${(0,_domain_text_quoted_js__WEBPACK_IMPORTED_MODULE_5__/* .quoted */ .T)((0,_domain_image_signature_repositories_js__WEBPACK_IMPORTED_MODULE_2__/* .formatImagePrefix */ .N3)(rule.images))} or below it.`, `The images are in ${names
            .slice(0, NAMED_MAX)
            .map((name) => (0,_domain_text_quoted_js__WEBPACK_IMPORTED_MODULE_5__/* .quoted */ .T)(name))
            .join(', ')}${more}. Correct the prefix, or remove the line.`);
    }
}


/***/ })

};
