import { parseDuration } from '../../domain/text/duration.ts';
import { quoted } from '../../domain/text/quoted.ts';
import { ValueError } from '../../domain/text/value-error.ts';
import { type Reading, readDuration, readText, writeDuration } from './read-value.ts';

const TIMEOUT_MIN_MS = 1_000;
/** Jobs on self-hosted runners may take days. A step that signs or verifies images for that long is stuck. */
const TIMEOUT_MAX_MS = 24 * 3_600_000;
const RETRY_MAX_MS = 3_600_000;

/** The input `timeout` in ms, or `absentMs` if it is missing or invalid. */
export function readTimeout(reading: Reading, absentMs: number): number {
  const value = readText(reading, 'timeout');
  if (value === undefined) return absentMs;
  const ms = readTimeoutValue(value);
  if (ms !== undefined) return ms;
  reading.problems.add(
    'timeout',
    `${quoted(value)} is not a duration between 1s and 24h.`,
    writeDuration('timeout', value, '15m'),
  );
  return absentMs;
}

/** The input `retry-for` in ms, or `absentMs` if it is missing or invalid. */
export function readRetryFor(reading: Reading, absentMs: number): number {
  const ms = readDuration(reading, 'retry-for', absentMs);
  if (ms <= RETRY_MAX_MS) return ms;
  reading.problems.add('retry-for', 'it is longer than 1h.', 'Write at most `1h`.');
  return absentMs;
}

function readTimeoutValue(text: string): number | undefined {
  try {
    const ms = parseDuration(text);
    return ms >= TIMEOUT_MIN_MS && ms <= TIMEOUT_MAX_MS ? ms : undefined;
  } catch (error) {
    if (error instanceof ValueError) return undefined;
    throw error;
  }
}
