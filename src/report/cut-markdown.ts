/**
 * Cuts Markdown at the end of a line, closes open blocks and appends a note. Returns it unchanged if it fits.
 * `sizeOf` measures in the unit of `max`.
 */
export function cutMarkdown(markdown: string, max: number, sizeOf: (text: string) => number): string {
  if (sizeOf(markdown) <= max) return markdown;
  const note = `> The rest was cut because of GitHub's size limit. See the results file for everything.\n`;
  const lines = markdown.split('\n');
  let room = max - sizeOf(note) - ROOM_TO_CLOSE;
  let count = 0;
  for (; count < lines.length; count += 1) {
    room -= sizeOf(`${lines[count]}\n`);
    if (room < 0) break;
  }
  const kept = lines.slice(0, count);
  return [...kept, ...closersOf(kept), '', note].join('\n');
}

/** Reserved for closing a fence and a few folded sections. */
const ROOM_TO_CLOSE = 200;

function closersOf(lines: readonly string[]): string[] {
  let fence: string | undefined;
  let open = 0;
  for (const line of lines) {
    const mark = /^`{3,}/.exec(line)?.[0];
    if (fence !== undefined) {
      if (line === fence) fence = undefined;
    } else if (mark !== undefined) {
      fence = mark;
    } else if (line.startsWith('<details>')) {
      open += 1;
    } else if (line === '</details>') {
      open -= 1;
    }
  }
  return [...(fence === undefined ? [] : [fence]), '', ...Array.from({ length: open }, () => '</details>')];
}
