/** Text operations whose obvious implementation is wrong: it treats too many letters as equal, or takes too long. */

/** Changes only A–Z to lower case. Unicode folding would make different names equal (K, the Kelvin sign, folds to k). */
export function lowerAscii(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Compares owner and repository names like GitHub, which ignores case. */
export function equalsIgnoringCase(a: string, b: string): boolean {
  return lowerAscii(a) === lowerAscii(b);
}

/** Removes this character from the end of a text, in linear time. `/x+$/` takes quadratic time. */
export function trimEnd(text: string, character: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === character) end -= 1;
  return text.slice(0, end);
}
