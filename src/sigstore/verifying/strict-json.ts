/**
 * JSON as the strictest reader of these formats takes it: valid UTF-8, no duplicate key in any object (Go's
 * protojson refuses them, JavaScript keeps the last: two readers, two meanings), bounded size, depth and count.
 */
export interface JsonLimits {
  readonly maxBytes: number;
  readonly maxDepth: number;
}

/** Objects, lists and keys of one document; the largest attestations have some hundred thousand. */
const MAX_MEMBERS = 1_000_000;

/** Parses bytes or text; throws SyntaxError on anything but strict JSON within the limits. */
export function parseStrictJson(input: Uint8Array | string, limits: JsonLimits): unknown {
  const size = typeof input === 'string' ? Buffer.byteLength(input) : input.byteLength;
  if (size > limits.maxBytes) throw new SyntaxError(`JSON of ${size} bytes is larger than ${limits.maxBytes}`);
  const text = typeof input === 'string' ? input : decodeUtf8(input);
  // Before JSON.parse: megabytes of brackets cost it seconds and half a gigabyte.
  checkStructure(text, limits.maxDepth);
  return JSON.parse(text);
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    // A byte order mark stays in the text, where JSON.parse refuses it.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new SyntaxError('JSON is not valid UTF-8');
  }
}

/** `text` need not be valid JSON: what is left out here, JSON.parse refuses. */
function checkStructure(text: string, maxDepth: number): void {
  const open: (Set<string> | undefined)[] = [];
  let members = 0;
  const count = (): void => {
    members += 1;
    if (members > MAX_MEMBERS) throw new SyntaxError(`JSON has more than ${MAX_MEMBERS} members`);
  };
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '{' || char === '[') {
      count();
      open.push(char === '{' ? new Set() : undefined);
      if (open.length > maxDepth) throw new SyntaxError(`JSON is nested deeper than ${maxDepth}`);
    } else if (char === '}' || char === ']') {
      open.pop();
    } else if (char === '"') {
      const end = endOfString(text, at);
      const keys = open.at(-1);
      if (keys !== undefined && isKey(text, end + 1)) {
        count();
        // Decoded, so that an escaped spelling of a key is the same key.
        const key: unknown = JSON.parse(text.slice(at, end + 1));
        if (typeof key !== 'string' || keys.has(key)) throw new SyntaxError('JSON object has a duplicate key');
        keys.add(key);
      }
      at = end;
    }
  }
}

/** Index of the closing quote: the first one after an even number of backslashes. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (text[at - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return at;
  }
  throw new SyntaxError('JSON has a string without an end');
}

function isKey(text: string, after: number): boolean {
  let at = after;
  while (text[at] === ' ' || text[at] === '\t' || text[at] === '\n' || text[at] === '\r') at += 1;
  return text[at] === ':';
}
