/**
 * C0 and C1 control characters, DEL, line and paragraph separators, bidirectional controls, zero-width
 * characters, the byte order mark and lone surrogates: what a reader cannot see, but a terminal, a log or
 * a browser obeys.
 */
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to be made visible
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** The text with every unseen character written as \uXXXX; one line. */
export function visibleText(text: string): string {
  return text.replace(UNSEEN, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** True if the text holds a character that a reader cannot see. */
export function hasUnseen(text: string): boolean {
  return visibleText(text) !== text;
}
