export const id = 376;
export const ids = [376];
export const modules = {

/***/ 3376:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  readClientCertificates: () => (/* binding */ readClientCertificates)
});

// EXTERNAL MODULE: ./.build/js/src/domain/image/network-host.js
var network_host = __webpack_require__(5833);
// EXTERNAL MODULE: ./.build/js/src/domain/image/reference.js
var reference = __webpack_require__(5273);
// EXTERNAL MODULE: ./.build/js/src/domain/text/key-value.js
var key_value = __webpack_require__(791);
// EXTERNAL MODULE: ./.build/js/src/domain/text/private-keys.js
var private_keys = __webpack_require__(3064);
// EXTERNAL MODULE: ./.build/js/src/domain/text/quoted.js
var quoted = __webpack_require__(9082);
// EXTERNAL MODULE: ./.build/js/src/domain/text/value-error.js
var value_error = __webpack_require__(9354);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./.build/js/src/entries/inputs/client-identity.js



const CERTIFICATE_INPUT = 'client-certificate';
const KEY_INPUT = 'client-key';
async function joinIdentity({ source, problems }, texts) {
    const registry = (0,quoted/* quoted */.T)(texts.registry);
    const refuse = (input, what, cure) => {
        problems.add(input, `for ${registry}, ${what}`, cure);
    };
    const certificates = certificatesIn(texts.certificate);
    if (certificates === undefined) {
        return refuse(CERTIFICATE_INPUT, 'it contains a certificate that cannot be parsed.', 'Export it as PEM again.');
    }
    if (certificates.length === 0) {
        const cure = 'Give PEM text with `-----BEGIN CERTIFICATE-----`, and the key in `client-key`.';
        return refuse(CERTIFICATE_INPUT, 'it contains no PEM certificate.', cure);
    }
    const inner = blocksOf(texts.certificate).filter(isKey);
    const outer = texts.key === undefined ? [] : blocksOf(texts.key).filter(isKey);
    if (texts.key !== undefined && outer.length === 0) {
        const cure = 'Give PEM text with `-----BEGIN PRIVATE KEY-----` and its line breaks.';
        return refuse(KEY_INPUT, 'it contains no PEM private key.', cure);
    }
    if (inner.length + outer.length === 0) {
        const cure = 'Give its key in `client-key`, or a file that contains both.';
        return refuse(CERTIFICATE_INPUT, 'it is given without a key.', cure);
    }
    const keys = [];
    for (const block of [...inner, ...outer]) {
        const input = inner.includes(block) ? CERTIFICATE_INPUT : KEY_INPUT;
        if (isEncrypted(block)) {
            const cure = 'Decrypt it first, such as with `openssl pkey -in encrypted.pem -out key.pem`, and keep the result as a secret.';
            return refuse(input, 'its private key is encrypted.', cure);
        }
        const key = parseKey(block);
        if (key === undefined)
            return refuse(input, 'it contains a private key that cannot be parsed.', 'Export it as PEM again.');
        if (!keys.some((other) => other.equals(key)))
            keys.push(key);
    }
    const [key, another] = keys;
    const input = outer.length > 0 ? KEY_INPUT : CERTIFICATE_INPUT;
    if (key === undefined || another !== undefined) {
        return refuse(input, 'there is more than one private key.', 'Give only the key that belongs to the certificate.');
    }
    const leaf = certificates.find((one) => one.checkPrivateKey(key));
    if (leaf === undefined) {
        return refuse(input, 'the private key does not belong to the certificate.', 'Give the two that were issued together.');
    }
    const chain = [leaf, ...certificates.filter((one) => one !== leaf)];
    const identity = {
        certificate: chain.map(String).join(''),
        key: String(key.export({ type: 'pkcs8', format: 'pem' })),
    };
    for (const line of (0,private_keys/* privateKeyLines */.Y)(identity.key))
        source.mask(line);
    const why = await whyUnusable(identity);
    if (why === undefined)
        return identity;
    return refuse(CERTIFICATE_INPUT, `it cannot be used for TLS (${why}).`, 'Have a certificate issued that TLS accepts.');
}
function blocksOf(text) {
    const found = text.matchAll(/-----BEGIN ([A-Z0-9 ]{1,40})-----\r?\n(?:(?!-----)[\s\S])*-----END \1-----/g);
    return [...found].map(([block, label = '']) => ({ label, text: `${block}\n` }));
}
function isKey({ label }) {
    return /(?:^| )PRIVATE KEY$/.test(label);
}
function isEncrypted({ label, text }) {
    return label === 'ENCRYPTED PRIVATE KEY' || /^Proc-Type: *4, *ENCRYPTED/m.test(text);
}
function certificatesIn(text) {
    try {
        return blocksOf(text)
            .filter(({ label }) => label === 'CERTIFICATE' || label === 'X509 CERTIFICATE')
            .map((block) => new external_node_crypto_.X509Certificate(block.text));
    }
    catch {
        return undefined;
    }
}
function parseKey({ text }) {
    try {
        return (0,external_node_crypto_.createPrivateKey)(text);
    }
    catch {
        return undefined;
    }
}
async function whyUnusable({ certificate, key }) {
    const { createSecureContext } = await Promise.resolve(/* import() */).then(__webpack_require__.t.bind(__webpack_require__, 1692, 19));
    try {
        createSecureContext({ cert: certificate, key });
        return undefined;
    }
    catch (error) {
        const reason = error instanceof Error ? Reflect.get(error, 'reason') : undefined;
        return typeof reason === 'string' ? reason : 'OpenSSL refuses it';
    }
}

// EXTERNAL MODULE: ./.build/js/src/entries/inputs/list-rule.js
var list_rule = __webpack_require__(843);
// EXTERNAL MODULE: ./.build/js/src/entries/inputs/named-file.js
var named_file = __webpack_require__(318);
// EXTERNAL MODULE: ./.build/js/src/entries/inputs/read-value.js + 1 modules
var read_value = __webpack_require__(5338);
;// CONCATENATED MODULE: ./.build/js/src/entries/inputs/client-certificates.js










const FORMS = 'Write one line `HOST=PATH` for each registry, or for a single registry a path or the PEM text itself.';
async function readClientCertificates(reading, rules) {
    const { problems } = reading;
    const before = problems.list.length;
    const certificates = await readGiven(reading, CERTIFICATE_INPUT, rules);
    const keys = await readGiven(reading, KEY_INPUT, rules);
    if (problems.list.length > before)
        return [];
    if (certificates === undefined) {
        if (keys !== undefined) {
            const cure = `Give its certificate in \`${CERTIFICATE_INPUT}\`. A file with both belongs there alone.`;
            problems.add(KEY_INPUT, `it is given without ${CERTIFICATE_INPUT}.`, cure);
        }
        return [];
    }
    if (keys !== undefined && keys.form !== certificates.form) {
        const what = `one of ${CERTIFICATE_INPUT} and ${KEY_INPUT} has lines \`HOST=PATH\`, and the other one value.`;
        problems.add(KEY_INPUT, what, 'Write both in the same way.');
        return [];
    }
    for (const registry of keys?.texts.keys() ?? []) {
        if (certificates.texts.has(registry))
            continue;
        const cure = `Add the line \`${registry}=PATH\` to \`${CERTIFICATE_INPUT}\`.`;
        problems.add(KEY_INPUT, `it has a key for ${(0,quoted/* quoted */.T)(registry)}, but ${CERTIFICATE_INPUT} has no certificate.`, cure);
    }
    const found = [];
    for (const [registry, text = ''] of certificates.texts) {
        const identity = await joinIdentity(reading, { registry, certificate: text, key: keys?.texts.get(registry) });
        if (identity !== undefined)
            found.push({ registry, ...identity });
    }
    return problems.list.length > before ? [] : found;
}
async function readGiven(reading, name, rules) {
    const { source, problems } = reading;
    const value = (0,read_value/* readText */.yR)(reading, name);
    if (value === undefined)
        return undefined;
    for (const line of (0,private_keys/* privateKeyLines */.Y)(value))
        source.mask(line);
    if ((0,private_keys/* isBareKeyText */.j)(value)) {
        source.mask(value);
        const what = 'it is base64 without the lines `-----BEGIN …-----` and `-----END …-----` of PEM.';
        problems.add(name, what, 'Give PEM text with its line breaks, or a path. Decode a value that is base64 of PEM first.');
        return undefined;
    }
    const lines = linesOf(value);
    if (lines !== undefined)
        return { form: 'lines', texts: await readLines(reading, name, { lines, rules }) };
    const registry = rules.owner(name);
    const usable = registry !== undefined && requireHttps(reading, name, { registry, rules });
    const text = isPem(value) ? value : await readPemFile(reading, name, value);
    return { form: 'bare', texts: usable ? new Map([[registry, text]]) : new Map() };
}
function linesOf(value) {
    const lines = (0,list_rule/* splitLines */.u)(value).filter((line) => line !== '');
    if (isPem(value) && !/^[^\s=]+\s*=\s*-----BEGIN /m.test(value))
        return undefined;
    if (lines.length > 1)
        return lines;
    const [host = '', ...rest] = value.split('=');
    const isLine = rest.length > 0 && (!/[\\/]/.test(host) || host.includes('://'));
    return isLine ? lines : undefined;
}
function isPem(value) {
    return value.includes('-----BEGIN ');
}
async function readLines(reading, name, { lines, rules }) {
    const { problems } = reading;
    const texts = new Map();
    for (const [index, line] of lines.entries()) {
        const where = `line ${index + 1}`;
        const { key: host, value: path } = (0,key_value/* splitKeyValue */.p)(line) ?? { key: '', value: '' };
        if (host === '' || path === '') {
            problems.add(name, `${where} does not have the form HOST=PATH.`, FORMS);
            continue;
        }
        if (isPem(path)) {
            problems.add(name, `${where} has PEM text after the host, where only a path can stand.`, FORMS);
            return texts;
        }
        const registry = parseHost(host);
        if (registry === undefined) {
            const cure = 'Write a host with an optional port as in image references, such as `registry.example:5000=client.pem`.';
            problems.add(name, `the host in ${where} is not a registry host.`, cure);
            continue;
        }
        if (!requireHttps(reading, name, { registry, rules }))
            continue;
        if ([...texts.keys()].some((other) => originOf(other) === originOf(registry))) {
            problems.add(name, `${(0,quoted/* quoted */.T)(registry)} is given twice.`, 'Keep one line for each host.');
            continue;
        }
        texts.set(registry, await readPemFile(reading, name, path));
    }
    return texts;
}
function parseHost(text) {
    try {
        const registry = (0,reference/* parseRegistryHost */.TZ)(text);
        return /[.:]/.test(registry) || registry === 'localhost' ? registry : undefined;
    }
    catch (error) {
        if (error instanceof value_error/* ValueError */.Qp)
            return undefined;
        throw error;
    }
}
function originOf(registry) {
    return new URL(`https://${registry}`).origin;
}
function requireHttps({ problems }, name, { registry, rules }) {
    if (!(0,network_host/* isAllowedUrl */.y2)(new URL(`http://${registry}`), rules.insecureRegistries))
        return true;
    const what = `${(0,quoted/* quoted */.T)(registry)} is called over plain http, where no certificate can be presented.`;
    const cure = `Remove the host from \`insecure-registries\`, or remove its \`${CERTIFICATE_INPUT}\`. Loopback hosts are always called over plain http.`;
    problems.add(name, what, cure);
    return false;
}
async function readPemFile(reading, name, path) {
    const { source, problems } = reading;
    const bytes = await (0,named_file/* readNamedFile */.wh)(reading, {
        name,
        path,
        cure: 'Give an absolute path, or one relative to the working directory. Paths with `~` are not expanded.',
    });
    if (bytes === undefined)
        return undefined;
    const text = Buffer.from(bytes).toString('latin1');
    for (const line of (0,private_keys/* privateKeyLines */.Y)(text))
        source.mask(line);
    if (isPem(text))
        return text;
    const what = `${(0,quoted/* quoted */.T)(path)} is not PEM text.`;
    const cure = 'Convert DER or PKCS#12 files to PEM, such as with `openssl pkcs12 -in client.p12 -nodes -out client.pem`.';
    problems.add(name, what, cure);
    return undefined;
}


/***/ })

};
