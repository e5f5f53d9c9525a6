import type { Results } from '../domain/results.ts';
import { isPlainOutput, jsonOutput } from './escape.ts';

/** Scripts receive the output as an environment string, which Linux limits to 128 KiB. */
export const OUTPUT_MAX_BYTES = 100_000;

/**
 * The `results` output: the complete results or, above 100,000 bytes, only reference, resolved, verdict and reason
 * of each image and `"truncated":true` (contract §4). If that is still too long, images are left out, starting
 * with those that passed. The file at `report-path` is always complete.
 */
export function resultsOutput(results: Results): string {
  // Escaping only makes the text longer, and is slow if strangers attached many signatures.
  const whole = fits(JSON.stringify(results)) ? jsonOutput(results) : undefined;
  if (whole !== undefined && fits(whole)) return whole;
  const images = results.images.map(({ reference, resolved, verdict, reason }) => ({
    reference,
    resolved,
    verdict,
    reason,
  }));
  const write = (kept: readonly unknown[]): string =>
    jsonOutput({ schemaVersion: results.schemaVersion, verified: results.verified, truncated: true, images: kept });
  const short = write(images);
  if (fits(short)) return short;
  const byNeed = [...images.keys()].sort((a, b) => needOf(images[a]?.verdict) - needOf(images[b]?.verdict) || a - b);
  let room = OUTPUT_MAX_BYTES - write([]).length;
  const kept = new Set<number>();
  for (const index of byNeed) {
    room -= jsonOutput(images[index]).length + 1;
    if (room < 0) break;
    kept.add(index);
  }
  return write(images.filter((_, index) => kept.has(index)));
}

function needOf(verdict: string | undefined): number {
  return verdict === 'pass' ? 1 : 0;
}

/** Escaped JSON is ASCII, one byte per character. For other JSON the length is a lower bound of its bytes. */
function fits(json: string): boolean {
  return json.length <= OUTPUT_MAX_BYTES;
}

/** The file at `report-path`: plain JSON, always complete. */
export function resultsFile(results: Results): string {
  return `${JSON.stringify(results, null, 2)}\n`;
}

/** The outputs `issuer` and `subject`: empty, with a notice, if a shell or YAML could misread the value. */
export function identityOutput(
  name: 'issuer' | 'subject',
  value: string,
): { readonly value: string; readonly notice: string | undefined } {
  if (isPlainOutput(value)) return { value, notice: undefined };
  const notice =
    `The output ${name} stays empty because the value contains characters that a shell or YAML could misread. ` +
    'The results output has the value with those characters escaped as \\uXXXX.';
  return { value: '', notice };
}
