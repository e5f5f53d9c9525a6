import type { Results } from '../domain/results.ts';

/** Lines in all; the results name every entry. */
const LINES_MAX = 50;

/** What indexes list besides images, one line each; untrusted text, for the log or the summary to escape. */
export function skippedEntryLines(results: Results): string[] {
  const lines = results.images.flatMap(({ reference, skipped = [] }) =>
    skipped.map(
      ({ platform, digest, mediaType }) =>
        `${reference} lists ${digest} (${platform}, ${mediaType}), which was skipped: it is neither an image nor an index`,
    ),
  );
  if (lines.length <= LINES_MAX) return lines;
  return [...lines.slice(0, LINES_MAX), `…and ${lines.length - LINES_MAX} more skipped entries in the results file.`];
}
