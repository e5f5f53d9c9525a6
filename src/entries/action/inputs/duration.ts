import { ValueError } from '../../../domain/text/value-error.ts';

const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * Parses `30s`, `5m`, `12h`, `30d` (a whole number and one unit) into milliseconds. Throws ValueError for
 * anything else and for more than ten years.
 */
export function parseDuration(text: string): number {
  const match = /^(\d{1,9})([smhd])$/.exec(text);
  const unitMs = UNIT_MS[match?.[2] ?? ''];
  if (match === null || unitMs === undefined) throw new ValueError('is not a duration such as 30s, 5m, 12h or 30d');
  const ms = Number(match[1]) * unitMs;
  if (ms > 3650 * 86_400_000) throw new ValueError('is longer than ten years');
  return ms;
}
