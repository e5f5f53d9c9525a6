/** A text as UTF-8 bytes, and for each byte its position in the original text. */
export interface Layer {
  readonly bytes: Uint8Array;
  /** For each byte, the start of its source in the first layer, in ascending order. The last item is that layer's length. */
  readonly origins: Uint32Array;
  /** For each byte, the end of its source. Present if bytes were removed; otherwise the next start is the end. */
  readonly ends?: Uint32Array;
}

const BACKSLASH = 0x5c;
const PERCENT = 0x25;
const AMPERSAND = 0x26;
const LESS_THAN = 0x3c;
const WBR = Buffer.from('<wbr>');
/** The mark of a text that was cut, `…`. */
const CUT_MARK = Buffer.from('…');

/** The meanings of letters after a backslash in JSON, Go and JavaScript. */
const CONTROLS: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 };
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/** The maximum number of nested escapes that are undone. */
const LAYERS_MAX = 8;
/** The maximum length of an escape in bytes: `\u{10ffff}`, a pair of `\uXXXX`, `&#x0010ffff;`. */
const ESCAPE_MAX = 14;

/** The kinds of escapes by their first character. */
type EscapeKind = 'backslash' | 'percent' | 'html';
const ESCAPE_KINDS: readonly EscapeKind[] = ['html', 'backslash', 'percent'];
const FIRST_BYTES: Readonly<Record<EscapeKind, readonly number[]>> = {
  html: [AMPERSAND, LESS_THAN],
  backslash: [BACKSLASH],
  percent: [PERCENT],
};

/** The bytes of a text with ASCII letters in lower case. */
export function lowerBytes(text: string): Uint8Array {
  // In a text of ASCII, which most are, other letters cannot change.
  const isAscii = Buffer.byteLength(text) === text.length;
  return isAscii ? Buffer.from(text.toLowerCase(), 'latin1') : foldCase(Buffer.from(text, 'utf8'));
}

/** False if `layersOf` yields only the text itself. */
export function hasEscapes(bytes: Uint8Array): boolean {
  return Object.values(FIRST_BYTES).some((all) => all.some((byte) => bytes.includes(byte)));
}

/** The bytes of the text itself, each from its own position. */
function firstLayer(text: string): Layer {
  const bytes = lowerBytes(text);
  const origins = new Uint32Array(bytes.length + 1);
  for (let at = 0; at < origins.length; at += 1) origins[at] = at;
  return { bytes, origins };
}

/** Changes ASCII letters to lower case in place. */
export function foldCase(bytes: Uint8Array): Uint8Array {
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte >= 0x41 && byte <= 0x5a) bytes[at] = byte + 0x20;
  }
  return bytes;
}

/**
 * The next layer: replaces the escapes of JSON, Go, JavaScript and Markdown (`backslash`), of URLs (`percent`) and of
 * HTML by their meanings, and removes `<wbr>`. Undefined if there is no escape. Removes an escape that was cut (`\u00…`).
 * Expects and returns lower case.
 */
function unescaped({ bytes, origins }: Layer, kinds: readonly EscapeKind[]): Layer | undefined {
  const nextStart = startsOf(bytes, kinds);
  let made: { readonly bytes: Uint8Array; readonly origins: Uint32Array } | undefined;
  let length = 0;
  /** Up to where everything is in `made`. */
  let done = 0;
  for (let at = nextStart(0); at < bytes.length; at = nextStart(at)) {
    const found = readEscape(bytes, at);
    if (found === undefined) {
      at += 1;
      continue;
    }
    made ??= { bytes: new Uint8Array(bytes.length), origins: new Uint32Array(origins.length) };
    made.bytes.set(bytes.subarray(done, at), length);
    made.origins.set(origins.subarray(done, at), length);
    length += at - done;
    for (const one of found.bytes) {
      made.bytes[length] = one;
      made.origins[length] = origins[at] ?? 0;
      length += 1;
    }
    at += found.length;
    done = at;
  }
  if (made === undefined) return undefined;
  made.bytes.set(bytes.subarray(done), length);
  made.origins.set(origins.subarray(done), length);
  length += bytes.length - done;
  return { bytes: foldCase(made.bytes.subarray(0, length)), origins: made.origins.subarray(0, length + 1) };
}

/** Finds the next byte from an offset on that may start an escape of these kinds; the length of the bytes if there is none. */
function startsOf(bytes: Uint8Array, kinds: readonly EscapeKind[]): (from: number) => number {
  const placeFrom = (byte: number, from: number): number => {
    const place = bytes.indexOf(byte, from);
    return place < 0 ? bytes.length : place;
  };
  const all = kinds.flatMap((kind) => FIRST_BYTES[kind].map((byte) => ({ byte, place: placeFrom(byte, 0) })));
  return (from) => {
    let next = bytes.length;
    for (const one of all) {
      if (one.place < from) one.place = placeFrom(one.byte, from);
      next = Math.min(next, one.place);
    }
    return next;
  };
}

/**
 * A text and its layers, from the outermost to the innermost, each with all kinds of escapes undone at once. With `apart`,
 * first yields layers with one kind undone after the other, starting with that of the reports of this program, because
 * the order matters for a text that itself contains what looks like an escape (`a\\%41`).
 */
export function* layersOf(text: string, apart: boolean): Generator<Layer, void, undefined> {
  const first = firstLayer(text);
  yield first;
  if (apart) {
    let last = first;
    for (const kind of ESCAPE_KINDS) last = yield* descend(last, [kind]);
  }
  yield* descend(first, ESCAPE_KINDS);
}

/** Yields the inner layers and returns the innermost. */
function* descend(from: Layer, kinds: readonly EscapeKind[]): Generator<Layer, Layer, undefined> {
  let last = from;
  for (let depth = 0; depth < LAYERS_MAX; depth += 1) {
    const below = unescaped(last, kinds);
    if (below === undefined) break;
    yield below;
    last = below;
  }
  return last;
}

/**
 * The layer without white space, colons and commas, with which encoders break lines and separate bytes; undefined if it
 * contains none.
 */
export function squeezed({ bytes, origins }: Layer): Layer | undefined {
  const result = new Uint8Array(bytes.length);
  const from = new Uint32Array(bytes.length + 1);
  const ends = new Uint32Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (isParting(byte)) continue;
    result[length] = byte;
    from[length] = origins[at] ?? 0;
    ends[length] = origins[at + 1] ?? 0;
    length += 1;
  }
  if (length === bytes.length) return undefined;
  from[length] = origins[bytes.length] ?? 0;
  return { bytes: result.subarray(0, length), origins: from.subarray(0, length + 1), ends };
}

/** The bytes without those that `squeezed` removes; the same bytes if there are none. */
export function withoutParting(bytes: Uint8Array): Uint8Array {
  const result = new Uint8Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (isParting(byte)) continue;
    result[length] = byte;
    length += 1;
  }
  return length === bytes.length ? bytes : result.subarray(0, length);
}

/** True for white space, control characters, `:` and `,`. */
function isParting(byte: number): boolean {
  return byte <= 0x20 || byte === 0x3a || byte === 0x2c;
}

/** True if the mark of a cut is at this offset. */
export function isCutAt(bytes: Uint8Array, at: number): boolean {
  return holds(bytes, at, CUT_MARK);
}

function holds(bytes: Uint8Array, at: number, mark: Uint8Array): boolean {
  for (let index = 0; index < mark.length; index += 1) if (bytes[at + index] !== mark[index]) return false;
  return true;
}

interface Escape {
  readonly bytes: Iterable<number>;
  /** Its length in the text in bytes, at least that of `bytes`. */
  readonly length: number;
}

function readEscape(bytes: Uint8Array, at: number): Escape | undefined {
  if (bytes[at] === LESS_THAN) return holds(bytes, at, WBR) ? { bytes: [], length: WBR.length } : undefined;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + at, Math.min(ESCAPE_MAX, bytes.length - at)).toString(
    'latin1',
  );
  const broken = BROKEN.exec(text)?.[0].length;
  if (broken !== undefined && isCutAt(bytes, at + broken)) return { bytes: [], length: broken };
  switch (bytes[at]) {
    case PERCENT:
      return readByte(/^%([0-9a-f]{2})/.exec(text));
    case AMPERSAND:
      return readEntity(text);
    default:
      return readBackslash(text);
  }
}

/** The start of an escape that may remain after a cut. */
const BROKEN = /^(?:\\(?:x[0-9a-f]?|u\{?[0-9a-f]{0,6})?|%[0-9a-f]?|&[a-z]{0,4}|&#x?[0-9a-f]{0,8})/;

function readByte(found: RegExpExecArray | null): Escape | undefined {
  if (found === null) return undefined;
  return { bytes: [Number.parseInt(found[1] ?? '', 16)], length: found[0].length };
}

function readEntity(text: string): Escape | undefined {
  const named = /^&(amp|lt|gt|quot|apos);/.exec(text);
  if (named !== null) return { bytes: Buffer.from(ENTITIES[named[1] ?? ''] ?? ''), length: named[0].length };
  const numbered = /^&#(?:x0{0,4}([0-9a-f]{1,6})|0{0,4}([0-9]{1,7}));?/.exec(text);
  if (numbered === null) return undefined;
  const [whole, hex, decimal] = numbered;
  return codePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16), whole.length);
}

function readBackslash(text: string): Escape | undefined {
  const pair = /^\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})/.exec(text);
  if (pair !== null) {
    const [whole, high = '', low = ''] = pair;
    const character = String.fromCharCode(Number.parseInt(high, 16), Number.parseInt(low, 16));
    return { bytes: Buffer.from(character), length: whole.length };
  }
  const unit = /^\\u(?:([0-9a-f]{4})|\{([0-9a-f]{1,6})\})/.exec(text);
  if (unit !== null) return codePoint(Number.parseInt(unit[1] ?? unit[2] ?? '', 16), unit[0].length);
  const byte = /^\\x([0-9a-f]{2})/.exec(text);
  if (byte !== null) return readByte(byte);
  const next = text.charAt(1);
  const control = CONTROLS[next];
  if (control !== undefined) return { bytes: [control], length: 2 };
  return /^[!-/:-@[-`{-~]$/.test(next) ? { bytes: [next.charCodeAt(0)], length: 2 } : undefined;
}

function codePoint(value: number, length: number): Escape | undefined {
  if (value < 0x80) return { bytes: [value], length };
  return value > 0x10ffff ? undefined : { bytes: Buffer.from(String.fromCodePoint(value)), length };
}
