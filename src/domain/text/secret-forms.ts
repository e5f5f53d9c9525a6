import { foldCase, layersOf, lowerBytes, withoutParting } from './unescaped.ts';

/** One way in which a secret may appear in a text after the text's own escapes are undone. */
export interface SecretForm {
  /** UTF-8, ASCII letters in lower case. */
  readonly bytes: Uint8Array;
  /** True if white space, colons and commas within it do not matter: for base64, hex, and long secrets. */
  readonly mayBeParted: boolean;
  /** True if the base64 character before (or after) it also contains bits of the secret. */
  readonly sharesBefore: boolean;
  readonly sharesAfter: boolean;
}

/** Shorter secrets appear in texts by chance. In bytes, trimmed. */
const SECRET_MIN_BYTES = 6;
/** Shorter forms without separators may be words of a sentence. In bytes. */
const PARTED_MIN_BYTES = 16;

/** The characters that differ between the alphabets of base64 (RFC 4648 §4 and §5). */
const PLUS = 0x2b;
const SLASH = 0x2f;

/** Characters that stand for themselves in JSON, in URLs and everywhere else: most tokens have no others. */
const PLAIN = /^[A-Za-z0-9._-]+$/;

/**
 * The forms of a secret: unchanged and with its own escapes undone, for a long one also with white space, colons and
 * commas in between; and base64, in each of its three alignments and both alphabets (RFC 4648 §4 and §5), and hex, of the
 * secret and of its forms in JSON and URLs. Empty for a secret that is too short.
 */
export function formsOf(secret: string): readonly SecretForm[] {
  if (Buffer.byteLength(secret.trim()) < SECRET_MIN_BYTES) return [];
  const forms = new Map<string, SecretForm>();
  const add = (form: SecretForm): void => {
    const key = `${form.mayBeParted} ${Buffer.from(form.bytes).toString('latin1')}`;
    if (form.bytes.length >= SECRET_MIN_BYTES && !forms.has(key)) forms.set(key, form);
  };
  for (const bytes of plainForms(secret)) {
    add({ bytes, mayBeParted: false, sharesBefore: false, sharesAfter: false });
    const close = withoutParting(bytes);
    if (close.length >= PARTED_MIN_BYTES) {
      add({ bytes: close, mayBeParted: true, sharesBefore: false, sharesAfter: false });
    }
  }
  for (const bytes of innerForms(secret)) {
    add({ bytes: Buffer.from(bytes.toString('hex')), mayBeParted: true, sharesBefore: false, sharesAfter: false });
    for (const alignment of [0, 1, 2]) {
      const core = base64Core(bytes, alignment, 'base64');
      add(core);
      if (core.bytes.includes(PLUS) || core.bytes.includes(SLASH)) add(base64Core(bytes, alignment, 'base64url'));
    }
  }
  return [...forms.values()];
}

/**
 * The text unchanged, trimmed, with white space as a single space or as the `+` of form encoding, in Latin-1, and decoded
 * as Latin-1. Each with all its layers of escapes.
 */
function plainForms(secret: string): Uint8Array[] {
  if (PLAIN.test(secret)) return [lowerBytes(secret)];
  const utf8 = Buffer.from(secret);
  // Most secrets are the same in all of them.
  const texts = new Set([
    secret,
    secret.trim(),
    secret.replace(/\s+/g, ' '),
    secret.replaceAll(' ', '+'),
    utf8.toString('latin1'),
  ]);
  const layers = [...texts].flatMap((text) => [...layersOf(text, true)].map(({ bytes }) => bytes));
  return isLatin1(secret) ? [...layers, foldCase(Buffer.from(secret, 'latin1'))] : layers;
}

/** Texts that base64 or hex may encode: the secret itself, or its form in JSON (JavaScript, Go, PHP, Python) or a URL. */
function innerForms(secret: string): Buffer[] {
  if (PLAIN.test(secret)) return [Buffer.from(secret)];
  const json = JSON.stringify(secret).slice(1, -1);
  const escapeUnit = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const texts = new Set([
    secret,
    json,
    json.replace(/[<>&]/g, escapeUnit),
    json.replaceAll('/', '\\/'),
    json.replace(/[^\x20-\x7e]/g, escapeUnit),
    encodeURIComponent(Buffer.from(secret).toString()),
    new URLSearchParams({ '': secret }).toString().slice(1),
  ]);
  const bytes = [...texts].map((text) => Buffer.from(text));
  return isLatin1(secret) ? [...bytes, Buffer.from(secret, 'latin1')] : bytes;
}

/** True if Latin-1 has all its characters and encodes some of them differently from UTF-8. */
function isLatin1(text: string): boolean {
  const bytes = Buffer.from(text, 'latin1');
  return bytes.toString('latin1') === text && bytes.some((byte) => byte >= 0x80);
}

/** The base64 characters of these bytes if `alignment` bytes (modulo 3) precede them. */
function base64Core(bytes: Buffer, alignment: number, alphabet: 'base64' | 'base64url'): SecretForm {
  const text = Buffer.concat([Buffer.alloc(alignment), bytes]).toString(alphabet);
  // A character encodes 6 bits. Those at the ends may also contain bits of the surrounding bytes.
  const start = Math.ceil((alignment * 8) / 6);
  const end = Math.floor(((alignment + bytes.length) * 8) / 6);
  return {
    bytes: foldCase(Buffer.from(text.slice(start, end))),
    mayBeParted: true,
    sharesBefore: alignment > 0,
    sharesAfter: (alignment + bytes.length) % 3 !== 0,
  };
}
