/** The text without these characters at its end, in time linear in its length, which `/x+$/` does not take. */
export function trimEnd(text: string, character: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === character) end -= 1;
  return text.slice(0, end);
}
