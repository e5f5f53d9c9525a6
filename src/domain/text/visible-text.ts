/**
 * Characters that readers cannot see but that terminals, logs or browsers obey: control characters (Cc), formats such as
 * bidirectional controls, zero-width characters and tags (Cf), line and paragraph separators, lone surrogates (Cs), and
 * other characters that Unicode does not display, such as variation selectors (except the one that makes a character an
 * emoji) and the Hangul fillers.
 */
const UNSEEN =
  /(?!(?<=\p{Extended_Pictographic})\ufe0f)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** The text on one line, with each UTF-16 unit of invisible characters written as \uXXXX. */
export function visibleText(text: string): string {
  return text.replace(UNSEEN, (found) =>
    found
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}

/** True if the text contains an invisible character. */
export function hasUnseen(text: string): boolean {
  return visibleText(text) !== text;
}
