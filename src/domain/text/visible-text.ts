/**
 * Control characters (Cc), formats such as bidirectional controls, zero-width characters and tags (Cf), line and
 * paragraph separators, lone surrogates (Cs), and whatever else Unicode says is not shown, such as variation
 * selectors (but for the one that makes a sign an emoji) and the fillers of Hangul: what a reader cannot see, but a
 * terminal, a log or a browser obeys.
 */
const UNSEEN =
  /(?!(?<=\p{Extended_Pictographic})\ufe0f)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** The text with every unseen character written as \uXXXX, for each of its UTF-16 units; one line. */
export function visibleText(text: string): string {
  return text.replace(UNSEEN, (found) =>
    found
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

/** True if the text holds a character that a reader cannot see. */
export function hasUnseen(text: string): boolean {
  return visibleText(text) !== text;
}
