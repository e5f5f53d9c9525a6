import { foldCase, layersOf, withoutParting } from './unescaped.ts';

/** One way in which a secret may stand in a text, once the text's own escapes are undone. */
export interface SecretForm {
  /** UTF-8, ASCII letters in lower case. */
  readonly bytes: Uint8Array;
  /** True if white space, colons and commas within it do not matter: base64, hex, and long secrets without these. */
  readonly mayBeParted: boolean;
  /** True where the base64 character before or after also holds bits of the secret. */
  readonly sharesBefore: boolean;
  readonly sharesAfter: boolean;
}

/** Shorter secrets stand in texts by chance, in bytes without the space around them. */
const SECRET_MIN_BYTES = 6;
/** Shorter ones, without what parts them, may be words of a sentence, in bytes. */
const PARTED_MIN_BYTES = 16;

/**
 * The forms of a secret: as it is and with its own escapes undone, a long one also parted by white space, colons and
 * commas; base64 in each of its three alignments, in both
 * alphabets (RFC 4648 §4 and §5), and hex, of it and of what JSON and URLs make of it. Empty for a secret that is
 * too short.
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
      add(base64Core(bytes, alignment, 'base64'));
      add(base64Core(bytes, alignment, 'base64url'));
    }
  }
  return [...forms.values()];
}

/**
 * The text itself, trimmed, with each white space as one space or form encoding's `+`, in Latin-1 and read as Latin-1;
 * each down to its last escape.
 */
function plainForms(secret: string): Uint8Array[] {
  const utf8 = Buffer.from(secret);
  const texts = [
    secret,
    secret.trim(),
    secret.replace(/\s+/g, ' '),
    secret.replaceAll(' ', '+'),
    utf8.toString('latin1'),
  ];
  const layers = texts.flatMap((text) => [...layersOf(text, true)].map(({ bytes }) => bytes));
  return isLatin1(secret) ? [...layers, foldCase(Buffer.from(secret, 'latin1'))] : layers;
}

/** What may lie within base64 or hex: the bytes themselves, or as JSON (JavaScript's, Go's, PHP's, Python's) or a URL has them. */
function innerForms(secret: string): Buffer[] {
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

/** True if Latin-1 has all its characters, and writes some of them otherwise than UTF-8. */
function isLatin1(text: string): boolean {
  const bytes = Buffer.from(text, 'latin1');
  return bytes.toString('latin1') === text && bytes.some((byte) => byte >= 0x80);
}

/** The characters that base64 gives these bytes wherever `alignment` bytes (modulo 3) stand before them. */
function base64Core(bytes: Buffer, alignment: number, alphabet: 'base64' | 'base64url'): SecretForm {
  const text = Buffer.concat([Buffer.alloc(alignment), bytes]).toString(alphabet);
  // A character holds 6 bits: those that also hold bits of what stands around depend on it.
  const start = Math.ceil((alignment * 8) / 6);
  const end = Math.floor(((alignment + bytes.length) * 8) / 6);
  return {
    bytes: foldCase(Buffer.from(text.slice(start, end))),
    mayBeParted: true,
    sharesBefore: alignment > 0,
    sharesAfter: (alignment + bytes.length) % 3 !== 0,
  };
}
