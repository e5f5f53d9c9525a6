/**
 * JSON that decides something, read so that every reader of the same bytes sees the same document. JavaScript keeps
 * the last of two equal keys; Go's encoding/json does too, but also takes `Manifests` for `manifests`; Go's protojson
 * takes `media_type` for `mediaType`. Whoever writes such a document could show one content to us and another to the
 * program that runs the image. So the text must be valid UTF-8 (RFC 8259 §8.1), bounded in size, depth and count, and
 * without duplicate keys, and at each known place without keys that another reader takes for a known one.
 */
export interface JsonLimits {
  readonly maxBytes: number;
  readonly maxDepth: number;
  /**
   * Most objects, lists and commas, which is never fewer than its values; DEFAULT_MAX_MEMBERS if not given. What a
   * document costs to read depends on these, not on its bytes: 4 MiB of `{}` take a second, one long text nothing.
   */
  readonly maxMembers?: number;
}

/** Far more than any document that we read has; about 0.1 s. */
const DEFAULT_MAX_MEMBERS = 100_000;

/** The text is beyond the limits of its kind, whatever it says. */
export class JsonLimitError extends SyntaxError {
  override readonly name = 'JsonLimitError';
}

/**
 * The known keys of an object, each with the place below it; of a list, the place of its items. `null` is a value
 * that holds no known keys: text, a number, or a map whose keys are data.
 */
export interface JsonPlace {
  readonly [key: string]: JsonPlace | null;
}

interface StrictReading extends JsonLimits {
  /** What is known of the document; only duplicate keys are flaws without it. */
  readonly place?: JsonPlace;
  /** Protobuf JSON: the snake_case spelling of a known key is taken for it too. */
  readonly snakeCase?: boolean;
}

/** Keys and list indexes from the document's top. */
type JsonPath = readonly (string | number)[];

/** Something that two readers may read differently. */
export interface JsonFlaw {
  /** What JSON.parse loses and writing the value again would lose, or a key that is kept but read in two ways. */
  readonly kind: 'lossy' | 'twin';
  /** Of the object or list it stands in. */
  readonly path: JsonPath;
  readonly problem: string;
}

/** Parses bytes or text; throws SyntaxError on anything but strict JSON within the limits, and on any flaw. */
export function parseStrictJson(input: Uint8Array | string, reading: StrictReading): unknown {
  const { value, flaws } = readStrictJson(input, reading);
  const [flaw] = flaws;
  if (flaw !== undefined) throw new SyntaxError(describeFlaw(flaw));
  return value;
}

/**
 * The same, but the flaws are returned, for documents of which one bad part must not hide the others. Throws
 * SyntaxError on text that is not JSON, or beyond the limits.
 */
export function readStrictJson(
  input: Uint8Array | string,
  reading: StrictReading,
): { readonly value: unknown; readonly flaws: readonly JsonFlaw[] } {
  const size = typeof input === 'string' ? Buffer.byteLength(input) : input.byteLength;
  if (size > reading.maxBytes) throw new JsonLimitError(`JSON of ${size} bytes is larger than ${reading.maxBytes}`);
  const text = typeof input === 'string' ? input : decodeUtf8(input);
  if (typeof input === 'string' && !input.isWellFormed()) throw new SyntaxError('JSON is not valid Unicode');
  // Before JSON.parse: megabytes of brackets cost it seconds and half a gigabyte.
  const flaws = createFlaws();
  scanStructure(text, reading, flaws);
  const value: unknown = JSON.parse(text);
  if (reading.place !== undefined) {
    findTwins({ value, place: reading.place }, { path: [], snakeCase: reading.snakeCase === true, flaws });
  }
  return { value, flaws: flaws.list };
}

/** `duplicate key "digest" at manifests[3]`. */
export function describeFlaw({ path, problem }: JsonFlaw): string {
  const where = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('');
  return where === '' ? problem : `${problem} at ${shorten(where.replace(/^\./, ''))}`;
}

/**
 * A key as Go's encoding/json compares it (foldName: simple Unicode case folding). Of the letters beyond ASCII only
 * these two fold to an ASCII letter, and all known keys are ASCII.
 */
export function foldKey(key: string): string {
  return key
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    .replaceAll('\u017f', 's')
    .replaceAll('\u212a', 'k');
}

export function decodeUtf8(bytes: Uint8Array): string {
  try {
    // A byte order mark stays in the text, where JSON.parse refuses it.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new SyntaxError('JSON is not valid UTF-8');
  }
}

/** An object or list that is open at this point of the text. */
interface Frame {
  /** Keys so far; undefined for a list. */
  readonly keys: Set<string> | undefined;
  /** The key or index that is being read. */
  at: string | number;
}

/** Flaws as they are found. */
interface Flaws {
  readonly list: readonly JsonFlaw[];
  add(flaw: JsonFlaw): void;
}

/**
 * Keeps one flaw of a kind for each part of a document (its top, a field, an item of a field's list), so that their
 * number is bounded by the parts. None may be dropped for their number: a thousand harmless ones would hide the next.
 */
function createFlaws(): Flaws {
  const list: JsonFlaw[] = [];
  const known = new Set<string>();
  return {
    list,
    add(flaw) {
      const part = JSON.stringify([flaw.kind, flaw.path.slice(0, 2)]);
      if (known.has(part)) return;
      known.add(part);
      list.push(flaw);
    },
  };
}

/**
 * Checks limits and finds duplicate keys without building any value. `text` need not be valid JSON: what is left out
 * here, JSON.parse refuses.
 */
function scanStructure(text: string, { maxDepth, maxMembers = DEFAULT_MAX_MEMBERS }: JsonLimits, flaws: Flaws): void {
  const open: Frame[] = [];
  let members = 0;
  const count = (): void => {
    members += 1;
    if (members > maxMembers) throw new JsonLimitError(`JSON has more than ${maxMembers} members`);
  };
  const lossy = (problem: string, frames: readonly Frame[]): void => {
    flaws.add({ kind: 'lossy', path: frames.map((frame) => frame.at), problem });
  };
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '{' || char === '[') {
      count();
      open.push({ keys: char === '{' ? new Set() : undefined, at: char === '{' ? '' : 0 });
      if (open.length > maxDepth) throw new JsonLimitError(`JSON is nested deeper than ${maxDepth}`);
    } else if (char === '}' || char === ']') {
      open.pop();
    } else if (char === ',') {
      count();
      const frame = open.at(-1);
      if (typeof frame?.at === 'number') frame.at += 1;
    } else if (char === '"') {
      const end = endOfString(text, at);
      const quoted = text.slice(at, end + 1);
      const frame = open.at(-1);
      // Go replaces half a surrogate pair, so that two different texts become one.
      if (hasLoneSurrogate(quoted)) lossy('text with half of a surrogate pair', open.slice(0, -1));
      if (frame?.keys !== undefined && isKey(text, end + 1)) {
        const key = decodeKey(quoted);
        if (frame.keys.has(key)) lossy(`duplicate key ${JSON.stringify(shorten(key))}`, open.slice(0, -1));
        frame.keys.add(key);
        frame.at = key;
      }
      at = end;
    }
  }
}

/** Bytes are valid UTF-8 here, so a lone surrogate can only be escaped. */
function hasLoneSurrogate(quoted: string): boolean {
  if (!quoted.includes('\\u') || !/\\u[dD][89a-fA-F]/.test(quoted)) return false;
  const value: unknown = JSON.parse(quoted);
  return typeof value === 'string' && !value.isWellFormed();
}

/** The key that a reader sees: an escaped spelling is the same key. */
export function decodeKey(quoted: string): string {
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
  const key: unknown = JSON.parse(quoted);
  if (typeof key !== 'string') throw new SyntaxError('JSON object has a key that is not a string');
  return key.toWellFormed();
}

/** Index of the closing quote: the first one after an even number of backslashes. */
export function endOfString(text: string, start: number): number {
  // indexOf, since strings may have megabytes; each run of backslashes is looked at once.
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (text[at - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return at;
  }
  throw new SyntaxError('JSON has a string without an end');
}

export function isKey(text: string, after: number): boolean {
  let at = after;
  while (text[at] === ' ' || text[at] === '\t' || text[at] === '\n' || text[at] === '\r') at += 1;
  return text[at] === ':';
}

interface Visit {
  readonly value: unknown;
  readonly place: JsonPlace;
}

interface Search {
  /** Where the visit is; grows and shrinks with it. */
  readonly path: (string | number)[];
  readonly snakeCase: boolean;
  readonly flaws: Flaws;
}

/** Keys that another reader takes for a known one of their place. */
function findTwins({ value, place }: Visit, search: Search): void {
  if (typeof value !== 'object' || value === null) return;
  const { path, snakeCase, flaws } = search;
  const visit = (step: string | number, inner: unknown, below: JsonPlace): void => {
    path.push(step);
    findTwins({ value: inner, place: below }, search);
    path.pop();
  };
  if (Array.isArray(value)) {
    value.forEach((item: unknown, index) => {
      visit(index, item, place);
    });
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    const below = Object.hasOwn(place, key) ? place[key] : undefined;
    if (below !== undefined) {
      if (below !== null) visit(key, inner, below);
      continue;
    }
    const known = spellingsOf(place, snakeCase).get(foldKey(key));
    if (known === undefined) continue;
    const problem = `key ${JSON.stringify(shorten(key))}, which other readers take for "${known}"`;
    flaws.add({ kind: 'twin', path: [...path], problem });
  }
}

const spellings = new WeakMap<JsonPlace, Map<string, string>>();
const snakeSpellings = new WeakMap<JsonPlace, Map<string, string>>();

/** Known keys by every folded spelling that is taken for them. */
function spellingsOf(place: JsonPlace, snakeCase: boolean): ReadonlyMap<string, string> {
  const cache = snakeCase ? snakeSpellings : spellings;
  const cached = cache.get(place);
  if (cached !== undefined) return cached;
  const made = new Map<string, string>();
  for (const key of Object.keys(place)) {
    made.set(foldKey(key), key);
    if (snakeCase) made.set(foldKey(toSnakeCase(key)), key);
  }
  cache.set(place, made);
  return made;
}

/** The protobuf field name of a JSON name. */
export function toSnakeCase(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
