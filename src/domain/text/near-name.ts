/** More characters than any known name has. Limits the time for foreign text. */
const NAME_MAX = 80;

/**
 * The known name that was probably meant: the one that is equal without case and punctuation, else the only one that is
 * nearest, within a third of its length of edits. Undefined if there is none, or if several are as near.
 */
export function nearName<Name extends string>(written: string, known: readonly Name[]): Name | undefined {
  if (written.length > NAME_MAX) return undefined;
  const folded = fold(written);
  const equal = known.find((name) => fold(name) === folded);
  if (equal !== undefined || folded === '') return equal;
  const near = known
    .map((name) => ({ name, edits: editDistance(folded, fold(name)) }))
    .filter(({ name, edits }) => edits <= Math.floor(fold(name).length / 3))
    .sort((a, b) => a.edits - b.edits);
  const [first, second] = near;
  return first !== undefined && first.edits !== second?.edits ? first.name : undefined;
}

function fold(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** The number of characters to insert, delete or replace (Levenshtein). Takes time in the product of both lengths. */
export function editDistance(a: string, b: string): number {
  let before = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [row, character] of [...a].entries()) {
    const now = [row + 1];
    for (let column = 0; column < b.length; column += 1) {
      const replaced = (before[column] ?? 0) + (b[column] === character ? 0 : 1);
      now.push(Math.min(replaced, (before[column + 1] ?? 0) + 1, (now[column] ?? 0) + 1));
    }
    before = now;
  }
  return before.at(-1) ?? 0;
}
