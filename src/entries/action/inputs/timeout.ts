import { parseDuration } from '../../../domain/text/duration.ts';
import { quoted } from '../../../domain/text/quoted.ts';
import { ValueError } from '../../../domain/text/value-error.ts';

import { type Reading, readText } from './read-value.ts';

const MIN_MS = 1_000;
/** Jobs on self-hosted runners may take days. A step that signs or verifies images for that long is stuck. */
const MAX_MS = 24 * 3_600_000;

/** The input `timeout` in ms; undefined if it is missing or invalid. */
export function parseTimeout(text: string): number | undefined {
  try {
    const ms = parseDuration(text);
    return ms >= MIN_MS && ms <= MAX_MS ? ms : undefined;
  } catch (error) {
    if (error instanceof ValueError) return undefined;
    throw error;
  }
}

/** Checks the input `timeout`. The limit itself applies from the start of the run. */
export function checkTimeout(reading: Reading): void {
  const value = readText(reading, 'timeout');
  if (value === undefined || parseTimeout(value) !== undefined) return;
  reading.problems.add(
    'timeout',
    `${quoted(value)} is not a duration between 1s and 24h.`,
    'Write a number and a unit, such as `90s` or `15m`.',
  );
}
