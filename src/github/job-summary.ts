import { appendFileSync } from 'node:fs';

/** Over 1 MiB GitHub shows nothing at all and annotates the step with an error. */
export const SUMMARY_MAX_BYTES = 1_048_576;

const CUT_NOTE = '\n\n> The rest was cut: a job summary holds at most 1 MiB. The results file has everything.\n';

/**
 * Appends Markdown to the job summary of this step. A text over the limit is cut at a line and says so;
 * a runner without summaries (no path) or an unwritable file is not an error, since the verdict must not
 * depend on it.
 */
export function appendJobSummary(path: string | undefined, markdown: string): 'written' | 'cut' | 'unavailable' {
  if (path === undefined || path === '') return 'unavailable';
  const text = cutSummary(markdown);
  try {
    appendFileSync(path, text, 'utf8');
  } catch {
    return 'unavailable';
  }
  return text === markdown ? 'written' : 'cut';
}

/** Cuts a text that GitHub would not show, over SUMMARY_MAX_BYTES of UTF-8, at the end of a line, and adds a note. */
export function cutSummary(markdown: string): string {
  const bytes = Buffer.from(markdown, 'utf8');
  if (bytes.length <= SUMMARY_MAX_BYTES) return markdown;
  const room = SUMMARY_MAX_BYTES - Buffer.byteLength(CUT_NOTE);
  // A cut through a character leaves its replacement behind, in the line that is dropped anyway.
  const kept = bytes.subarray(0, room).toString('utf8');
  return `${kept.slice(0, Math.max(0, kept.lastIndexOf('\n')))}${CUT_NOTE}`;
}
