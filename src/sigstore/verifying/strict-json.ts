/**
 * JSON as the strictest reader of these formats takes it: valid UTF-8, no duplicate key in any object (Go's
 * protojson refuses them, JavaScript keeps the last: two readers, two meanings), bounded size and depth.
 */
export interface JsonLimits {
  readonly maxBytes: number;
  readonly maxDepth: number;
}

/** Parses bytes or text; throws SyntaxError on anything but strict JSON within the limits. */
export function parseStrictJson(input: Uint8Array | string, limits: JsonLimits): unknown {
  const size = typeof input === 'string' ? Buffer.byteLength(input) : input.byteLength;
  if (size > limits.maxBytes) throw new SyntaxError(`JSON of ${size} bytes is larger than ${limits.maxBytes}`);
  const text = typeof input === 'string' ? input : decodeUtf8(input);
  const value: unknown = JSON.parse(text);
  checkStructure(text, limits.maxDepth);
  return value;
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    // A byte order mark stays in the text, where JSON.parse refuses it.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new SyntaxError('JSON is not valid UTF-8');
  }
}

/** `text` is valid JSON here, so only strings, braces and brackets need a look. */
function checkStructure(text: string, maxDepth: number): void {
  const open: (Set<string> | undefined)[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '{' || char === '[') {
      open.push(char === '{' ? new Set() : undefined);
      if (open.length > maxDepth) throw new SyntaxError(`JSON is nested deeper than ${maxDepth}`);
    } else if (char === '}' || char === ']') {
      open.pop();
    } else if (char === '"') {
      const end = endOfString(text, at);
      const keys = open.at(-1);
      if (keys !== undefined && isKey(text, end + 1)) {
        // Decoded, so that an escaped spelling of a key is the same key.
        const key: unknown = JSON.parse(text.slice(at, end + 1));
        if (typeof key !== 'string' || keys.has(key)) throw new SyntaxError('JSON object has a duplicate key');
        keys.add(key);
      }
      at = end;
    }
  }
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}

function isKey(text: string, after: number): boolean {
  let at = after;
  while (text[at] === ' ' || text[at] === '\t' || text[at] === '\n' || text[at] === '\r') at += 1;
  return text[at] === ':';
}
