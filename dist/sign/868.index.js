export const id = 868;
export const ids = [868];
export const modules = {

/***/ 868:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  readSignatureRepositories: () => (/* binding */ readSignatureRepositories)
});

// EXTERNAL MODULE: ./.build/js/src/domain/text/quoted.js
var quoted = __webpack_require__(9082);
// EXTERNAL MODULE: ./.build/js/src/domain/text/value-error.js
var value_error = __webpack_require__(9354);
// EXTERNAL MODULE: ./.build/js/src/domain/image/reference.js
var reference = __webpack_require__(5273);
// EXTERNAL MODULE: ./.build/js/src/domain/image/signature-repositories.js
var signature_repositories = __webpack_require__(8747);
;// CONCATENATED MODULE: ./.build/js/src/domain/image/parse-signature-repository.js




function parseImagePrefix(text) {
    const written = text.trim();
    const refuse = (rule) => {
        throw new value_error/* ValueError */.Qp(`${(0,quoted/* quoted */.T)(written)} is not the beginning of an image name: ${rule}`);
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
        return { registry: (0,reference/* parseRegistryHost */.TZ)(written), path: '' };
    }
    const { repository, tag } = (0,reference/* parseReference */.F2)(written);
    if (tag !== undefined)
        return refuse('remove the tag');
    const { registry, path } = repository;
    const isShort = registry === signature_repositories/* HUB */.Q$ && !/(?:^|\/)library\//.test(written);
    return { registry, path: isShort ? path.replace(/^library\/(?=[^/]+$)/, '') : path };
}
function parseSignatureRepository(text) {
    const written = text.trim();
    if (/^(?:[^/]*[.:[][^/]*|localhost)$/.test(written) && !/[@:][^\d]/.test(written)) {
        throw new value_error/* ValueError */.Qp(`${(0,quoted/* quoted */.T)(written)} names a registry but no repository in it`);
    }
    return (0,reference/* parseRepository */.SU)(written);
}

// EXTERNAL MODULE: ./.build/js/src/domain/text/key-value.js
var key_value = __webpack_require__(791);
// EXTERNAL MODULE: ./.build/js/src/entries/inputs/list-rule.js
var list_rule = __webpack_require__(843);
;// CONCATENATED MODULE: ./.build/js/src/entries/inputs/signature-repositories.js







const INPUT = 'signature-repository';
const FORM = 'Write one repository for all images, such as `ghcr.io/acme/signatures`, or one line `IMAGE-PREFIX=REPOSITORY` for ' +
    'each group of images, such as `ghcr.io/acme/app=ghcr.io/acme/signatures`. Write neither tags, digests nor quotation marks.';
const NAMED_MAX = 5;
function readSignatureRepositories(reading, images) {
    const problems = reading.problems;
    const known = problems.list.length;
    const lines = (0,list_rule/* splitLines */.u)(reading.source.input(INPUT) ?? '').filter((line) => line !== '');
    const rules = lines.flatMap((line) => readRule(reading, line));
    const bare = lines.filter((line) => !line.includes('='));
    if (bare.length > 0 && lines.length > 1) {
        const what = bare.length === lines.length
            ? 'it names several repositories, but not which images each one is for.'
            : `${(0,quoted/* quoted */.T)(bare[0] ?? '')} is a repository for all images, but there are lines for some of them too.`;
        problems.add(INPUT, what, FORM);
    }
    refuseTwins(reading, rules);
    if (problems.list.length === known && images !== undefined)
        refuseUnused(reading, rules, images);
    return rules;
}
function readRule({ problems }, line) {
    const { key, value } = (0,key_value/* splitKeyValue */.p)(line) ?? { key: undefined, value: line };
    try {
        if (value === '')
            throw new value_error/* ValueError */.Qp(`${(0,quoted/* quoted */.T)(line)} names no repository after the \`=\``);
        return [
            { images: key === undefined ? undefined : parseImagePrefix(key), repository: parseSignatureRepository(value) },
        ];
    }
    catch (error) {
        if (!(error instanceof value_error/* ValueError */.Qp))
            throw error;
        problems.add(INPUT, `${error.message}.`, FORM);
        return [];
    }
}
function refuseTwins({ problems }, rules) {
    rules.forEach(({ images }, index) => {
        if (images === undefined)
            return;
        const before = rules.slice(0, index).find((one) => one.images !== undefined && (0,signature_repositories/* isSamePrefix */.ZF)(one.images, images));
        if (before?.images === undefined)
            return;
        const [first, second] = [(0,signature_repositories/* formatImagePrefix */.N3)(before.images), (0,signature_repositories/* formatImagePrefix */.N3)(images)];
        const what = first === second
            ? `the prefix ${(0,quoted/* quoted */.T)(first)} is given twice.`
            : `the prefixes ${(0,quoted/* quoted */.T)(first)} and ${(0,quoted/* quoted */.T)(second)} name the same images.`;
        problems.add(INPUT, what, 'Keep one line for each group of images.');
    });
}
function refuseUnused({ problems }, rules, images) {
    const repositories = new Map(images.map((repository) => [(0,reference/* formatRepository */.Sh)(repository), repository]));
    const names = [...repositories.keys()];
    const more = names.length > NAMED_MAX ? ` and ${names.length - NAMED_MAX} more` : '';
    for (const rule of rules) {
        if (rule.images === undefined || [...repositories.values()].some((image) => (0,signature_repositories/* isAbout */.KH)(rule, image)))
            continue;
        problems.add(INPUT, `no image of this step is in ${(0,quoted/* quoted */.T)((0,signature_repositories/* formatImagePrefix */.N3)(rule.images))} or below it.`, `The images are in ${names
            .slice(0, NAMED_MAX)
            .map((name) => (0,quoted/* quoted */.T)(name))
            .join(', ')}${more}. Correct the prefix, or remove the line.`);
    }
}


/***/ })

};
