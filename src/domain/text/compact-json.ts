import { endOfString } from './strict-json.ts';

/**
 * Removes the blanks between the tokens of a JSON text and changes nothing else. Parsing and writing it again would
 * change large numbers and the order of some keys. The text must be valid JSON.
 */
export function compactJson(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '"') {
      at = endOfString(text, at);
    } else if (char === ' ' || char === '\n' || char === '\r' || char === '\t') {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  parts.push(text.slice(from));
  return parts.join('');
}
