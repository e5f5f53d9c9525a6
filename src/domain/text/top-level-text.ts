import { decodeKey, decodeUtf8, endOfString, foldKey, isKey, type JsonLimits, toSnakeCase } from './strict-json.ts';

/**
 * The text of one key of the outermost object, without parsing the rest of the document, for documents that are too large
 * for that. Undefined if the key is absent. Throws SyntaxError if the key occurs twice or in another spelling (as for
 * parseStrictJson with `snakeCase`), or if its value is not text.
 */
export function readTopLevelText(
  bytes: Uint8Array,
  key: string,
  { maxBytes }: Pick<JsonLimits, 'maxBytes'>,
): string | undefined {
  if (bytes.byteLength > maxBytes)
    throw new SyntaxError(`JSON of ${bytes.byteLength} bytes is larger than ${maxBytes}`);
  const text = decodeUtf8(bytes);
  const spellings = [foldKey(key), foldKey(toSnakeCase(key))];
  let found: string | undefined;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') depth -= 1;
    if (char !== '"') continue;
    const end = endOfString(text, at);
    if (depth === 1 && isKey(text, end + 1)) {
      const name = decodeKey(text.slice(at, end + 1));
      if (spellings.includes(foldKey(name))) {
        if (name !== key || found !== undefined) throw new SyntaxError(`the key "${key}" is ambiguous`);
        found = readTextAfter(text, end + 1, key);
      }
    }
    at = end;
  }
  return found;
}

function readTextAfter(text: string, colonFrom: number, key: string): string {
  const start = text.indexOf(':', colonFrom) + 1;
  const quote = start + text.slice(start, start + 100).search(/[^ \t\r\n]/);
  const value: unknown = text[quote] === '"' ? JSON.parse(text.slice(quote, endOfString(text, quote) + 1)) : undefined;
  if (typeof value !== 'string') throw new SyntaxError(`"${key}" is not text`);
  return value;
}
