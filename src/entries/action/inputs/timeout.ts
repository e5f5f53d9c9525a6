import { parseDuration } from '../../../domain/duration.ts';
import { quoted } from '../../../domain/text/quoted.ts';
import { ValueError } from '../../../domain/text/value-error.ts';

import { type Reading, readText } from './read-value.ts';

const MIN_MS = 1_000;
/** A job of a self-hosted runner may take days; a step that signs or checks images has long lost its way by then. */
const MAX_MS = 24 * 3_600_000;

/** The input `timeout` in ms; undefined if it is not given or cannot be used. */
export function parseTimeout(text: string): number | undefined {
  try {
    const ms = parseDuration(text);
    return ms >= MIN_MS && ms <= MAX_MS ? ms : undefined;
  } catch (error) {
    if (error instanceof ValueError) return undefined;
    throw error;
  }
}

/** Checks the input `timeout`, which is in force since the run began. */
export function checkTimeout(reading: Reading): void {
  const value = readText(reading, 'timeout');
  if (value === undefined || parseTimeout(value) !== undefined) return;
  reading.problems.add(
    'timeout',
    `${quoted(value)} is not a duration between 1s and 24h.`,
    'Write a number and a unit, such as `90s` or `15m`.',
  );
}
