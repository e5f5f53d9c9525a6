import { appendFileSync } from 'node:fs';

/** GitHub discards a larger summary and adds an error annotation to the step. */
export const SUMMARY_MAX_BYTES = 1_048_576;

const CUT_NOTE = '\n\n> The rest was cut: GitHub limits a job summary to 1 MiB. See the results file for everything.\n';

/**
 * Appends Markdown to the job summary of this step. Text over the limit is cut at the end of a line, with a note. A
 * runner without summaries (no path) or an unwritable file is not an error, because the verdict must not depend on
 * the summary.
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
  // A cut inside a character leaves a replacement character, but only in the line that is dropped.
  const kept = bytes.subarray(0, room).toString('utf8');
  return `${kept.slice(0, Math.max(0, kept.lastIndexOf('\n')))}${CUT_NOTE}`;
}
