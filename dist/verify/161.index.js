export const id = 161;
export const ids = [161];
export const modules = {

/***/ 5756:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Tn: () => (/* binding */ annotatedIdentity),
/* harmony export */   XF: () => (/* binding */ checkAnnotated),
/* harmony export */   lM: () => (/* binding */ isAnnotatedSigner)
/* harmony export */ });
/* harmony import */ var _identity_rules_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9025);

const SUBJECT = 'annotation subject.cosign.sigstore.dev';
const ISSUER = 'annotation issuer.cosign.sigstore.dev';
function checkAnnotated({ issuer, subject }, annotated) {
    const check = (field, expected, found) => expected === undefined ? [] : [{ field, expected, found, ok: expected === found }];
    return [...check(ISSUER, annotated.issuer, issuer), ...check(SUBJECT, annotated.subject, subject)];
}
function isAnnotatedSigner(identity, annotated, { isAccepted }) {
    if (annotated.subject === undefined && annotated.issuer === undefined)
        return false;
    const isOutsiders = (0,_identity_rules_js__WEBPACK_IMPORTED_MODULE_0__/* .pullRefsOf */ .h8)(identity).length > 0 || (0,_identity_rules_js__WEBPACK_IMPORTED_MODULE_0__/* .unnamedOutsiderTrigger */ .e8)(identity, new Map()) !== undefined;
    if (!isAccepted && isOutsiders)
        return false;
    return checkAnnotated(identity, annotated).every(({ ok }) => ok);
}
function annotatedIdentity({ subject, issuer }) {
    if (subject === undefined || issuer === undefined)
        return undefined;
    const subjectKind = /^[a-z][a-z0-9+.-]*:\/\//i.test(subject) ? 'uri' : subject.includes('@') ? 'email' : 'other';
    return { issuer, subject, subjectKind, claims: {} };
}


/***/ }),

/***/ 2161:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  policyHelp: () => (/* binding */ policyHelp)
});

// EXTERNAL MODULE: ./.build/js/src/domain/identity/annotated-signer.js
var annotated_signer = __webpack_require__(5756);
// EXTERNAL MODULE: ./.build/js/src/domain/identity/github-issuer.js
var github_issuer = __webpack_require__(7188);
// EXTERNAL MODULE: ./.build/js/src/domain/identity/later-tags.js
var later_tags = __webpack_require__(9969);
// EXTERNAL MODULE: ./.build/js/src/domain/identity/pasteable-inputs.js
var pasteable_inputs = __webpack_require__(3254);
;// CONCATENATED MODULE: ./.build/js/src/domain/policy/offered-policy.js



const REPOSITORIES_MAX = 5;
const SAFE = /^[A-Za-z0-9._:/@+=%#!-]+$/;
function offerPolicy({ identity, repositories, serverUrl, isPublic }) {
    const { subject, issuer } = identity;
    const reasons = (0,pasteable_inputs/* refusedByRule4 */.Al)(identity);
    if (reasons.length > 0)
        return { kind: 'refused', reasons };
    if (![subject, issuer, ...repositories].every((text) => SAFE.test(text)))
        return { kind: 'unsafe' };
    const gaps = (0,pasteable_inputs/* openWithSubject */.hf)(identity, { serverUrl, defaultIssuer: (0,github_issuer/* githubIssuerOf */.Y7)(serverUrl) });
    if (gaps?.length !== 0)
        return { kind: 'ambiguous' };
    const shown = repositories.slice(0, REPOSITORIES_MAX);
    const later = (0,later_tags/* laterTagsPattern */.S)(identity);
    const identityLines = [
        `- issuer: '${issuer}'`,
        `  subject: '${subject}'`,
        ...(later === undefined ? [] : [`# for later tags too, instead of subject: subjectRegExp: '${later}'`]),
    ];
    const clusterImagePolicy = clusterImagePolicyOf(identityLines, shown, isPublic);
    return { kind: 'offered', clusterImagePolicy, identityLines, later, repositories: shown };
}
function clusterImagePolicyOf(identity, repositories, isPublic) {
    const globs = repositories.map((name) => `${name.replace(/^docker\.io\//, 'index.docker.io/')}@*`);
    const lines = identity.map((line) => `${' '.repeat(10)}${line}`).join('\n');
    return `apiVersion: policy.sigstore.dev/v1beta1
kind: ClusterImagePolicy
metadata: { name: countersign }
spec:
  images:
${globs.map((glob) => `    - glob: '${glob}'`).join('\n')}
  authorities:
    - keyless:${isPublic ? '\n        url: https://fulcio.sigstore.dev' : ' # in a cluster, with trustRootRef'}
        identities:
${lines}${isPublic ? '\n      ctlog: { url: https://rekor.sigstore.dev }' : ''}`;
}

// EXTERNAL MODULE: ./.build/js/src/report/escape.js
var report_escape = __webpack_require__(4501);
// EXTERNAL MODULE: ./.build/js/src/report/paste-blocks.js
var paste_blocks = __webpack_require__(9590);
;// CONCATENATED MODULE: ./.build/js/src/report/admission-policies.js



const SUBJECT_IS_NOT_ENOUGH = 'No policy is offered: these controllers compare only the subject, and others can sign with the same subject ' +
    '(anyone who uses the same workflow or configuration of another repository).';
const NOT_SAFE = 'No policy is offered: the subject, the issuer or the name of an image contains characters that a policy could misread.';
function offeredPolicies(options) {
    const images = options.images.filter(({ store }) => store === undefined);
    const repositories = [...new Set(images.map(({ pinned }) => pinned.split('@')[0] ?? ''))];
    if (repositories.length === 0)
        return undefined;
    const { identity, serverUrl } = options;
    const isPublic = options.trust === 'public-good';
    const offer = offerPolicy({ identity, repositories, serverUrl, isPublic });
    switch (offer.kind) {
        case 'refused':
            return (0,paste_blocks/* withheldText */.rR)(offer.reasons);
        case 'unsafe':
            return NOT_SAFE;
        case 'ambiguous':
            return SUBJECT_IS_NOT_ENOUGH;
        case 'offered':
            break;
    }
    const { issuer, subject } = identity;
    const { clusterImagePolicy, identityLines, later, repositories: shown } = offer;
    return {
        clusterImagePolicy,
        kyverno: isPublic ? kyvernoPolicy(identityLines, shown) : undefined,
        flux: isPublic ? fluxVerify({ issuer, subject, later }, shown) : undefined,
    };
}
function admissionPolicyBlocks(options) {
    if (options.trust !== 'public-good')
        return [];
    const offered = offeredPolicies(options);
    if (offered === undefined)
        return [];
    if (typeof offered === 'string')
        return [offered];
    return policyBlocks(offered, options.format);
}
function policyBlocks({ clusterImagePolicy: own, kyverno, flux }, format) {
    const isBundle = format === 'bundle';
    return [
        ...(kyverno === undefined || format === 'legacy' ? [] : ['Kyverno 1.17 or newer:', (0,report_escape/* markdownBlock */.dI)('yaml', kyverno)]),
        ...(flux === undefined
            ? []
            : [`Flux${isBundle ? ' 2.8 or newer' : ''}, for charts and manifests:`, (0,report_escape/* markdownBlock */.dI)('yaml', flux)]),
        isBundle ? 'The gate (input `policy`):' : 'Sigstore policy-controller, and the gate (input `policy`):',
        (0,report_escape/* markdownBlock */.dI)('yaml', own),
        ...(isBundle
            ? ['The Sigstore policy-controller reads image signatures only from the `.sig` tag. Use `format: both`.']
            : []),
    ];
}
function indented(lines, width) {
    return lines.map((line) => `${' '.repeat(width)}${line}`).join('\n');
}
function podNames(repository) {
    const [, hub] = /^docker\.io\/(.+)$/.exec(repository) ?? [];
    const [, official] = /^library\/(.+)$/.exec(hub ?? '') ?? [];
    return [
        repository,
        ...(hub === undefined ? [] : [hub, `index.docker.io/${hub}`]),
        ...(official === undefined ? [] : [official, `docker.io/${official}`]),
    ];
}
function kyvernoPolicy(identity, repositories) {
    const globs = repositories.flatMap(podNames).flatMap((name) => [name, `${name}:*`, `${name}@*`]);
    return `apiVersion: policies.kyverno.io/v1
kind: ImageValidatingPolicy
metadata: { name: countersign }
spec:
  failurePolicy: Fail
  validationActions: [Deny]
  matchConstraints:
    resourceRules:
      - { apiGroups: [''], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [pods] }
  matchImageReferences: # compared with the image as the pod names it
${globs.map((glob) => `    - glob: '${glob}'`).join('\n')}
  attestors:
    - name: workflow
      cosign:
        keyless:
          identities:
${indented(identity, 12)}
        ctlog: { url: https://rekor.sigstore.dev }
  validations: # the same for images.initContainers, where pods have them
    - expression: images.containers.map(image, verifyImageSignatures(image, [attestors.workflow])).all(n, n > 0)
      message: not signed by the expected workflow`;
}
function fluxVerify({ issuer, subject, later }, repositories) {
    const exactly = (text) => `^${text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')}$`;
    return `# spec of an OCIRepository, or of a HelmRepository of type oci, with one of these urls:
${repositories.map((name) => `#   oci://${name}`).join('\n')}
verify:
  provider: cosign
  matchOIDCIdentity:
    - issuer: '${exactly(issuer)}'
      subject: '${exactly(subject)}'${later === undefined ? '' : `\n      # for later tags too: subject: '${later}'`}`;
}

// EXTERNAL MODULE: ./.build/js/src/report/cells.js
var cells = __webpack_require__(9753);
;// CONCATENATED MODULE: ./.build/js/src/report/policy-help.js



const SIGNERS_MAX = 3;
function policyHelp(images, options) {
    const asking = images.filter(({ result }) => result.reason === 'INPUT_INVALID' || result.reason === 'POLICY_NO_MATCH');
    const offers = [...foundSigners(asking), ...annotatedSigners(asking, options)].slice(0, SIGNERS_MAX).map((signer) => {
        const pasted = signer.images.flatMap(({ result, details }) => result.repository === null
            ? []
            : [{ pinned: `${result.repository}@`, store: details.search.isRedirected ? '' : undefined, storeRules: [] }]);
        const { serverUrl, trustOf } = options;
        const offered = offeredPolicies({
            identity: signer.identity,
            images: pasted,
            serverUrl,
            trust: trustOf(signer.identity),
        });
        return { offered, formats: signer.formats };
    });
    const policies = offers.flatMap(({ offered }) => (isPolicies(offered) ? [offered] : []));
    const blocks = offers.flatMap(({ offered, formats }) => {
        if (offered === undefined)
            return [];
        return isPolicies(offered) ? policyBlocks(offered, formatOf(formats)) : [offered];
    });
    if (blocks.length === 0)
        return { markdown: [], lines: [] };
    const warning = policies.length === 0 ? [] : ['Pasting one means trusting the signer. Do so only if you know it.'];
    return {
        markdown: [(0,cells/* folded */.TM)('Policies that would accept the signers', ...warning, ...new Set(blocks))],
        lines: policies.flatMap(({ clusterImagePolicy }) => clusterImagePolicy.split('\n')),
    };
}
function isPolicies(offered) {
    return typeof offered === 'object';
}
function formatOf(formats) {
    const [only] = formats;
    return formats.size === 1 && only !== undefined ? only : 'both';
}
function foundSigners(images) {
    const signers = new Map();
    for (const image of images) {
        for (const { verified, format } of image.details.signatures) {
            if (verified === undefined)
                continue;
            const key = JSON.stringify([verified.issuer, verified.subject, verified.claims['source-repository-uri'] ?? null]);
            const known = signers.get(key) ?? { identity: verified, formats: new Set(), images: [] };
            known.formats.add(format);
            if (!known.images.includes(image))
                known.images.push(image);
            signers.set(key, known);
        }
    }
    return [...signers.values()];
}
function annotatedSigners(images, { annotatedOf }) {
    return images.flatMap((image) => annotatedOf(image.result).flatMap((annotated) => {
        const identity = (0,annotated_signer/* annotatedIdentity */.Tn)(annotated);
        return identity === undefined
            ? []
            : [{ identity, formats: new Set(['bundle', 'legacy']), images: [image] }];
    }));
}


/***/ })

};
