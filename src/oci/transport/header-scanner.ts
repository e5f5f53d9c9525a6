/** A place in the value of a header field that moves forward only, so that reading takes time linear in its length. */
export interface HeaderScanner {
  isAtEnd(): boolean;
  /** The character here, '' at the end. */
  peek(): string;
  /** Passes over any of these characters. */
  skip(characters: string): void;
  /** What a sticky expression matches here, which is passed over; undefined, and nothing is, if it does not. */
  take(pattern: RegExp): string | undefined;
  /** Everything up to this character, which is passed over too; undefined, and nothing is, if it does not come. */
  takeUntil(character: string): string | undefined;
  /** The content of a quoted-string (RFC 9110 §5.6.4) that starts here; one without an end goes to the end. */
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
