import type { Results } from '../domain/results.ts';

/** The maximum number of lines. The results list every entry. */
const LINES_MAX = 50;

/** Entries of indexes that are not images, one line each. Untrusted text: the log or the summary escapes it. */
export function skippedEntryLines(results: Results): string[] {
  const lines = results.images.flatMap(({ reference, skipped = [] }) =>
    skipped.map(
      ({ platform, digest, mediaType }) =>
        `${reference} lists ${digest} (${platform}, ${mediaType}), which was skipped because it is neither an image nor an index`,
    ),
  );
  if (lines.length <= LINES_MAX) return lines;
  return [...lines.slice(0, LINES_MAX), `…and ${lines.length - LINES_MAX} more skipped entries in the results file.`];
}
