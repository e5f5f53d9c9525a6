export const hex = (text: string): string => Buffer.from(text).toString('hex');
export const base64 = (text: string): string => Buffer.from(text).toString('base64');
export const goJson = (text: string): string =>
  JSON.stringify(text)
    .slice(1, -1)
    .replace(/[<>&\u2028\u2029]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
const units = (text: string, write: (code: string) => string): string =>
  text
    .split('')
    .map((unit) => write(unit.charCodeAt(0).toString(16).padStart(4, '0')))
    .join('');

/** What a service, or a language between it and us, makes of a text; each with the way back. */
export const ENCODINGS: Readonly<
  Record<string, { encode: (text: string) => string; decode: (text: string) => string }>
> = {
  'as it is': { encode: (text) => text, decode: (text) => text },
  JSON: { encode: (text) => JSON.stringify(text).slice(1, -1), decode: fromJson },
  "Go's JSON": { encode: goJson, decode: fromJson },
  "PHP's JSON": { encode: (text) => JSON.stringify(text).slice(1, -1).replaceAll('/', '\\/'), decode: fromJson },
  'every character escaped': { encode: (text) => units(text, (code) => `\\u${code}`), decode: fromJson },
  'every character escaped, capitals': {
    encode: (text) => units(text, (code) => `\\u${code.toUpperCase()}`),
    decode: fromJson,
  },
  'JSON within JSON': { encode: (text) => goJson(goJson(text)), decode: (text) => fromJson(fromJson(text)) },
  'a URL': { encode: encodeURIComponent, decode: fromUrl },
  'a URL, small letters': {
    encode: (text) => encodeURIComponent(text).replace(/%../g, (code) => code.toLowerCase()),
    decode: fromUrl,
  },
  'a URL, every byte': { encode: (text) => hex(text).replace(/../g, '%$&'), decode: fromUrl },
  'a URL twice': {
    encode: (text) => encodeURIComponent(encodeURIComponent(text)),
    decode: (text) => fromUrl(fromUrl(text)),
  },
  'a form': {
    encode: (text) => new URLSearchParams({ '': text }).toString().slice(1),
    decode: (text) => fromUrl(text.replaceAll('+', ' ')),
  },
  HTML: {
    encode: (text) =>
      text.replace(/[&<>"']/g, (sign) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": '#39' }[sign]};`),
    decode: fromHtml,
  },
  'HTML, every character': {
    encode: (text) => [...text].map((sign) => `&#x${sign.codePointAt(0)?.toString(16)};`).join(''),
    decode: fromHtml,
  },
  base64: { encode: base64, decode: (text) => fromRuns(text, /[A-Za-z0-9+/]{4,}=*/g, 'base64') },
  'base64 of user and password': {
    encode: (text) => base64(`al:${text}`),
    decode: (text) => fromRuns(text, /[A-Za-z0-9+/]{4,}=*/g, 'base64'),
  },
  'base64 within a longer text': {
    encode: (text) => base64(`user:${text}, and more`),
    decode: (text) => fromRuns(text, /[A-Za-z0-9+/]{4,}=*/g, 'base64'),
  },
  'base64 in lines': {
    encode: (text) => base64(`what was said: ${text}`).replace(/.{9}/g, '$&\n'),
    decode: (text) => fromRuns(text.replace(/\s/g, ''), /[A-Za-z0-9+/]{4,}=*/g, 'base64'),
  },
  base64url: {
    encode: (text) => Buffer.from(text).toString('base64url'),
    decode: (text) => fromRuns(text, /[A-Za-z0-9_-]{4,}/g, 'base64url'),
  },
  'base64 of JSON': {
    encode: (text) => base64(`{"auth":"${goJson(text)}"}`),
    decode: (text) => fromJson(fromRuns(text, /[A-Za-z0-9+/]{4,}=*/g, 'base64')),
  },
  hex: { encode: hex, decode: (text) => fromRuns(text, /(?:[0-9a-f]{2}){4,}/gi, 'hex') },
  'hex, capitals': {
    encode: (text) => hex(text).toUpperCase(),
    decode: (text) => fromRuns(text, /(?:[0-9a-f]{2}){4,}/gi, 'hex'),
  },
  'hex with colons': {
    encode: (text) => hex(text).replace(/..(?=.)/g, '$&:'),
    decode: (text) => fromRuns(text.replaceAll(':', ''), /(?:[0-9a-f]{2}){4,}/gi, 'hex'),
  },
  capitals: { encode: (text) => text.replace(/[a-z]/g, (sign) => sign.toUpperCase()), decode: (text) => text },
};

function fromJson(text: string): string {
  return text.replace(/\\(?:u([0-9a-f]{4})|(.))/gi, (_all, code: string | undefined, sign: string | undefined) =>
    code === undefined
      ? ({ n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' }[sign ?? ''] ?? sign ?? '')
      : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

function fromUrl(text: string): string {
  return Buffer.from(
    text
      .replace(/[^\0-\x7f]+/g, encodeURIComponent)
      .replace(/%([0-9a-f]{2})/gi, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
    'latin1',
  ).toString();
}

function fromHtml(text: string): string {
  const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };
  return text.replace(/&(?:#x([0-9a-f]+)|#([0-9]+)|(\w+));/gi, (all, code?: string, decimal?: string, name?: string) =>
    name === undefined
      ? String.fromCodePoint(code === undefined ? Number(decimal) : Number.parseInt(code, 16))
      : (named[name] ?? all),
  );
}

function fromRuns(text: string, runs: RegExp, encoding: BufferEncoding): string {
  return (text.match(runs) ?? []).map((run) => Buffer.from(run, encoding).toString()).join('\n');
}
