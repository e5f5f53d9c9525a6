/** Operations on text whose obvious form would be wrong: too many letters equal, or too much time. */

/** Lower-cases A–Z only: Unicode folding would make other names equal (K, the Kelvin sign, folds to k). */
export function lowerAscii(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Equality of owner and repository names, which GitHub compares without case. */
export function equalsIgnoringCase(a: string, b: string): boolean {
  return lowerAscii(a) === lowerAscii(b);
}

/** The text without these characters at its end, in time linear in its length, which `/x+$/` does not take. */
export function trimEnd(text: string, character: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === character) end -= 1;
  return text.slice(0, end);
}
