/** Lower-cases A–Z only: Unicode folding would make other names equal (K, the Kelvin sign, folds to k). */
export function lowerAscii(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Equality of owner and repository names, which GitHub compares without case. */
export function equalsIgnoringCase(a: string, b: string): boolean {
  return lowerAscii(a) === lowerAscii(b);
}
