/**
 * A position in the value of a header field. It only moves forward, so that reading takes time linear in the length.
 */
export interface HeaderScanner {
  isAtEnd(): boolean;
  /** The current character; '' at the end. */
  peek(): string;
  /** Skips any of these characters. */
  skip(characters: string): void;
  /** Takes the text that a sticky expression matches here; undefined, without moving, if it does not match. */
  take(pattern: RegExp): string | undefined;
  /** Takes the text up to this character and skips the character; undefined, without moving, if there is none. */
  takeUntil(character: string): string | undefined;
  /** Takes the content of a quoted-string (RFC 9110 §5.6.4) that starts here; without a closing quote, the rest. */
  takeQuoted(): string;
}

/** A token (RFC 9110 §5.6.2), for `take`. */
export const TOKEN = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y;

/** Scans a field's value from its start. */
export function createHeaderScanner(text: string): HeaderScanner {
  let at = 0;
  return {
    isAtEnd: () => at >= text.length,
    peek: () => text.charAt(at),
    skip(characters) {
      while (at < text.length && characters.includes(text.charAt(at))) at += 1;
    },
    take(pattern) {
      pattern.lastIndex = at;
      const found = pattern.exec(text)?.[0];
      if (found !== undefined) at += found.length;
      return found;
    },
    takeUntil(character) {
      const end = text.indexOf(character, at);
      if (end < 0) return undefined;
      const found = text.slice(at, end);
      at = end + 1;
      return found;
    },
    takeQuoted() {
      let value = '';
      at += 1;
      while (at < text.length) {
        const character = text.charAt(at);
        at += 1;
        if (character === '"') return value;
        if (character === '\\' && at < text.length) {
          value += text.charAt(at);
          at += 1;
        } else {
          value += character;
        }
      }
      return value;
    },
  };
}
