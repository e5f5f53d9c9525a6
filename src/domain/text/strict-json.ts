/**
 * Parses JSON that affects a decision, so that all readers of the same bytes see the same document. JavaScript keeps the
 * last of two equal keys. Go's encoding/json does too, but also treats `Manifests` as `manifests`, and Go's protojson
 * treats `media_type` as `mediaType`. The author of such a document could show one content to this program and another
 * to the program that runs the image. So the text must be valid UTF-8 (RFC 8259 §8.1), limited in size, depth and count,
 * and without duplicate keys. Objects at known places must not have keys that other readers treat as a known key.
 */
export interface JsonLimits {
  readonly maxBytes: number;
  readonly maxDepth: number;
  /**
   * The maximum number of objects, lists and commas, which is at least the number of values; DEFAULT_MAX_MEMBERS if not
   * given. They determine the time for parsing, not the bytes: 4 MiB of `{}` take a second, one long text almost none.
   */
  readonly maxMembers?: number;
}

/** Far more than any real document has. Takes about 0.1 s. */
const DEFAULT_MAX_MEMBERS = 100_000;

/** The text exceeds the limits for its kind. */
export class JsonLimitError extends SyntaxError {
  override readonly name = 'JsonLimitError';
}

/**
 * The known keys of an object, each with the place below it; for a list, those of its items. `null` stands for a value
 * without known keys: text, a number, or a map with data as keys.
 */
export interface JsonPlace {
  readonly [key: string]: JsonPlace | null;
}

interface StrictReading extends JsonLimits {
  /** The known keys of the document. Without it, only duplicate keys are flaws. */
  readonly place?: JsonPlace;
  /** For Protobuf JSON: true if the snake_case spelling of a known key counts as that key too. */
  readonly snakeCase?: boolean;
}

/** A key, or an index of a list. */
type Step = string | number;
/** Starts at the top of the document. */
type JsonPath = readonly Step[];

/** A part of a document that two readers may interpret differently. */
export interface JsonFlaw {
  /** `lossy`: JSON.parse and writing the value again lose it. `twin`: the key is kept, but has two interpretations. */
  readonly kind: 'lossy' | 'twin';
  /** The path of the object or list that contains it. */
  readonly path: JsonPath;
  readonly problem: string;
}

/** Parses bytes or text. Throws SyntaxError for anything but strict JSON within the limits, and for any flaw. */
export function parseStrictJson(input: Uint8Array | string, reading: StrictReading): unknown {
  const { value, flaws } = readStrictJson(input, reading);
  const [flaw] = flaws;
  if (flaw !== undefined) throw new SyntaxError(describeFlaw(flaw));
  return value;
}

/**
 * The same, but returns the flaws, for documents in which a bad part must not hide the others. Throws SyntaxError for text
 * that is not JSON or exceeds the limits.
 */
export function readStrictJson(
  input: Uint8Array | string,
  reading: StrictReading,
): { readonly value: unknown; readonly flaws: readonly JsonFlaw[] } {
  const size = typeof input === 'string' ? Buffer.byteLength(input) : input.byteLength;
  if (size > reading.maxBytes) throw new JsonLimitError(`JSON of ${size} bytes is larger than ${reading.maxBytes}`);
  const text = typeof input === 'string' ? input : decodeUtf8(input);
  if (typeof input === 'string' && !input.isWellFormed()) throw new SyntaxError('JSON is not valid Unicode');
  // Must precede JSON.parse, which needs seconds and half a gigabyte for megabytes of brackets.
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
 * A key as compared by Go's encoding/json (foldName: simple Unicode case folding). These two are the only letters beyond
 * ASCII that fold to an ASCII letter, and all known keys are ASCII.
 */
export function foldKey(key: string): string {
  return key
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    .replaceAll('\u017f', 's')
    .replaceAll('\u212a', 'k');
}

/** Keeps a byte order mark in the text, so that JSON.parse refuses it. */
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return UTF8.decode(bytes);
  } catch {
    throw new SyntaxError('JSON is not valid UTF-8');
  }
}

/** An object or list that is open at this position of the text. */
interface Frame {
  /** The keys so far; undefined for a list. */
  readonly keys: Set<string> | undefined;
  /** The current key or index. */
  at: Step;
}

/** The flaws found so far. */
interface Flaws {
  readonly list: readonly JsonFlaw[];
  /** `part`: the first two steps of the flaw's path, as far as it has them. Describes only a flaw that is kept. */
  add(
    kind: JsonFlaw['kind'],
    part: readonly [field: Step | undefined, item: Step | undefined],
    describe: () => Omit<JsonFlaw, 'kind'>,
  ): void;
}

/**
 * Keeps one flaw per kind and part of a document (its top, a field, an item of a field's list), so that the number of
 * parts limits their number. A fixed limit would be unsafe, because a thousand harmless flaws would hide the next.
 *
 * A flaw that is not kept must cost nothing but two lookups, and no text may be made of its path: a key can be as long as
 * the document, and have a hundred thousand flaws below it.
 */
function createFlaws(): Flaws {
  const list: JsonFlaw[] = [];
  const known = { lossy: new Map<Step | undefined, Set<Step | undefined>>(), twin: new Map() };
  return {
    list,
    add(kind, [field, item], describe) {
      const items = known[kind].get(field) ?? new Set();
      known[kind].set(field, items);
      if (items.has(item)) return;
      items.add(item);
      list.push({ kind, ...describe() });
    },
  };
}

/**
 * Checks limits and finds duplicate keys without building a value. `text` need not be valid JSON, because JSON.parse
 * refuses it later.
 */
function scanStructure(text: string, { maxDepth, maxMembers = DEFAULT_MAX_MEMBERS }: JsonLimits, flaws: Flaws): void {
  const open: Frame[] = [];
  let members = 0;
  const count = (): void => {
    members += 1;
    if (members > maxMembers) throw new JsonLimitError(`JSON has more than ${maxMembers} members`);
  };
  /** In the innermost open object or list. */
  const lossy = (problem: () => string): void => {
    const outer = open.length - 1;
    const [field, item] = [outer > 0 ? open[0]?.at : undefined, outer > 1 ? open[1]?.at : undefined];
    flaws.add('lossy', [field, item], () => ({
      path: open.slice(0, -1).map((frame) => frame.at),
      problem: problem(),
    }));
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
      // Go replaces half of a surrogate pair, which makes different texts equal.
      if (hasLoneSurrogate(quoted)) lossy(() => 'text with half of a surrogate pair');
      if (frame?.keys !== undefined && isKey(text, end + 1)) {
        const key = decodeKey(quoted);
        if (frame.keys.has(key)) lossy(() => `duplicate key ${JSON.stringify(shorten(key))}`);
        frame.keys.add(key);
        frame.at = key;
      }
      at = end;
    }
  }
}

/** The bytes are valid UTF-8, so a lone surrogate must be escaped. */
function hasLoneSurrogate(quoted: string): boolean {
  if (!quoted.includes('\\u') || !/\\u[dD][89a-fA-F]/.test(quoted)) return false;
  const value: unknown = JSON.parse(quoted);
  return typeof value === 'string' && !value.isWellFormed();
}

/** The key after its escapes are undone. */
export function decodeKey(quoted: string): string {
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
  const key: unknown = JSON.parse(quoted);
  if (typeof key !== 'string') throw new SyntaxError('JSON object has a key that is not a string');
  return key.toWellFormed();
}

/** The index of the closing quote, the first one after an even number of backslashes. */
export function endOfString(text: string, start: number): number {
  // Uses indexOf, because strings may have megabytes. Visits each sequence of backslashes once.
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (text[at - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return at;
  }
  throw new SyntaxError('JSON has an unterminated string');
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
  /** The current path. */
  readonly path: Step[];
  readonly snakeCase: boolean;
  readonly flaws: Flaws;
}

/** Finds keys that other readers treat as a known key of the same place. */
function findTwins({ value, place }: Visit, search: Search): void {
  if (typeof value !== 'object' || value === null) return;
  const { path, snakeCase, flaws } = search;
  const visit = (step: Step, inner: unknown, below: JsonPlace): void => {
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
    const [field, item] = path;
    flaws.add('twin', [field, item], () => ({
      path: [...path],
      problem: `key ${JSON.stringify(shorten(key))}, which other readers treat as "${known}"`,
    }));
  }
}

const spellings = new WeakMap<JsonPlace, Map<string, string>>();
const snakeSpellings = new WeakMap<JsonPlace, Map<string, string>>();

/** The known keys by each of their folded spellings. */
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
