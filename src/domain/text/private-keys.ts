/** Lines of a key that are shorter than this are parts of many texts, and tell nothing of the key. */
const LINE_MIN_CHARS = 8;
/** Fewer characters hold no private key. */
const KEY_MIN_CHARS = 60;

/**
 * The lines of all private keys in a PEM text (RFC 7468), without their first and last line: what must be masked. Line
 * breaks may be the two characters `\n`. A key without an end counts too. Empty if there is none.
 */
export function privateKeyLines(text: string): readonly string[] {
  const lines: string[] = [];
  for (const part of text.split('-----BEGIN ').slice(1)) {
    const [, body] = /^[A-Z0-9 ]{0,40}PRIVATE KEY-----((?:(?!-----)[\s\S])*)/.exec(part) ?? [];
    lines.push(...(body ?? '').split(/\s+|\\[nr]/));
  }
  return lines.filter((line) => line.length >= LINE_MIN_CHARS);
}

/**
 * True for a text that looks like the base64 of a key or certificate (DER) or of a PEM text, without the lines that make
 * it PEM. Such a text must not be taken for a path and shown.
 */
export function isBareKeyText(text: string): boolean {
  const close = text.replace(/\s+/g, '');
  return close.length >= KEY_MIN_CHARS && /^(?:LS0tLS|M[C-I])[A-Za-z0-9+/=_-]*$/.test(close);
}
