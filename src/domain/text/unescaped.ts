/** A text as UTF-8 bytes, and for each byte its position in the original text. */
export interface Layer {
  readonly bytes: Uint8Array;
  /** For each byte, the start of its source in the first layer, in ascending order. The last item is that layer's length. */
  readonly origins: Uint32Array;
  /** For each byte, the end of its source. Present if bytes were removed; otherwise the next start is the end. */
  readonly ends?: Uint32Array;
}

const PERCENT = 0x25;
const AMPERSAND = 0x26;
const LESS_THAN = 0x3c;
const GREATER_THAN = 0x3e;
const WBR_LENGTH = '<wbr>'.length;
/** The mark of a text that was cut, `…`. */
const CUT_MARK = Buffer.from('…');
const CUT_MARK_LATIN1 = CUT_MARK.toString('latin1');

/** The meanings of letters after a backslash in JSON, Go and JavaScript. */
const CONTROLS: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 };
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/** The maximum number of nested escapes that are undone. */
const LAYERS_MAX = 8;
/** The maximum length of an escape in bytes: `\u{10ffff}`, a pair of `\uXXXX`, `&#x0010ffff;`. */
const ESCAPE_MAX = 14;

/** How escapes start, in texts that are bytes as Latin-1: those of each kind, and all. Of HTML elements, `<wbr>` is one. */
const STARTS = { html: /&|<wbr>/g, backslash: /\\/g, percent: /%/g, all: /[&\\%]|<wbr>/g } as const;

/** The bytes of a text with ASCII letters in lower case. */
export function lowerBytes(text: string): Uint8Array {
  // In a text of ASCII, which most are, other letters cannot change.
  const isAscii = Buffer.byteLength(text) === text.length;
  return isAscii ? Buffer.from(text.toLowerCase(), 'latin1') : foldCase(Buffer.from(text, 'utf8'));
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
 * Calls `take` with each escape that starts like this, in order: those of JSON, Go, JavaScript and Markdown (`backslash`),
 * of URLs (`percent`) and of HTML, and `<wbr>`. An escape that was cut (`\u00…`) stands for nothing. Expects bytes as
 * Latin-1, in lower case. False if there is none.
 */
function eachEscape(text: string, start: RegExp, take: (at: number, found: Escape) => void): boolean {
  let isFound = false;
  start.lastIndex = 0;
  while (start.test(text)) {
    const at =
      text.charCodeAt(start.lastIndex - 1) === GREATER_THAN ? start.lastIndex - WBR_LENGTH : start.lastIndex - 1;
    const found = readEscape(text, at);
    if (found === undefined) continue;
    take(at, found);
    isFound = true;
    start.lastIndex = at + found.length;
  }
  return isFound;
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** The next layer: with the escapes that start like this replaced by their meanings. Undefined if there are none. */
function unescaped({ bytes, origins }: Layer, start: RegExp): Layer | undefined {
  let made: { readonly bytes: Uint8Array; readonly origins: Uint32Array } | undefined;
  let length = 0;
  /** Up to where everything is in `made`. */
  let done = 0;
  eachEscape(latin1(bytes), start, (at, found) => {
    made ??= { bytes: new Uint8Array(bytes.length), origins: new Uint32Array(origins.length) };
    made.bytes.set(bytes.subarray(done, at), length);
    made.origins.set(origins.subarray(done, at), length);
    length += at - done;
    for (const byte of found.bytes) {
      made.bytes[length] = byte;
      made.origins[length] = origins[at] ?? 0;
      length += 1;
    }
    done = at + found.length;
  });
  if (made === undefined) return undefined;
  made.bytes.set(bytes.subarray(done), length);
  made.origins.set(origins.subarray(done), length);
  length += bytes.length - done;
  return { bytes: foldCase(made.bytes.subarray(0, length)), origins: made.origins.subarray(0, length + 1) };
}

/** The bytes of `unescaped`, in a fraction of the time. */
function unescapedBytes(bytes: Uint8Array, start: RegExp): Uint8Array | undefined {
  const text = latin1(bytes);
  let made = '';
  let done = 0;
  const isFound = eachEscape(text, start, (at, found) => {
    made += text.slice(done, at);
    // The rest is in lower case.
    if (found.bytes.length > 0) made += String.fromCharCode(...foldCase(Uint8Array.from(found.bytes)));
    done = at + found.length;
  });
  return isFound ? Buffer.from(made + text.slice(done), 'latin1') : undefined;
}

/**
 * A text and its layers, from the outermost to the innermost, each with all kinds of escapes undone at once. With `apart`,
 * first yields layers with one kind undone after the other, starting with that of the reports of this program, because
 * the order matters for a text that itself contains what looks like an escape (`a\\%41`).
 */
export function layersOf(text: string, apart: boolean): Generator<Layer, void, undefined> {
  return descendAll(firstLayer(text), apart, unescaped);
}

/** The bytes of these layers, in a fraction of the time. */
export function layerBytesOf(text: string, apart: boolean): Generator<Uint8Array, void, undefined> {
  return descendAll(lowerBytes(text), apart, unescapedBytes);
}

type Undo<Layered> = (from: Layered, start: RegExp) => Layered | undefined;

function* descendAll<Layered>(
  first: Layered,
  apart: boolean,
  undo: Undo<Layered>,
): Generator<Layered, void, undefined> {
  yield first;
  if (apart) {
    let last = first;
    for (const start of [STARTS.html, STARTS.backslash, STARTS.percent]) last = yield* descend(last, start, undo);
  }
  yield* descend(first, STARTS.all, undo);
}

/** Yields the inner layers and returns the innermost. */
function* descend<Layered>(from: Layered, start: RegExp, undo: Undo<Layered>): Generator<Layered, Layered, undefined> {
  let last = from;
  for (let depth = 0; depth < LAYERS_MAX; depth += 1) {
    const below = undo(last, start);
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
  readonly bytes: ArrayLike<number> & Iterable<number>;
  /** Its length in the text in bytes, at least that of `bytes`. */
  readonly length: number;
}

/** Reads what may be an escape. Texts here are bytes, as Latin-1. */
function readEscape(whole: string, at: number): Escape | undefined {
  if (whole.charCodeAt(at) === LESS_THAN) return { bytes: [], length: WBR_LENGTH };
  const text = whole.slice(at, at + ESCAPE_MAX);
  const broken = BROKEN.exec(text)?.[0].length;
  if (broken !== undefined && whole.startsWith(CUT_MARK_LATIN1, at + broken)) return { bytes: [], length: broken };
  switch (text.charCodeAt(0)) {
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
