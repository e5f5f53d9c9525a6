import { parseDuration } from '../text/duration.ts';
import { ValueError } from '../text/value-error.ts';

/** The maximum time by which a proven time may be ahead of the runner's clock. */
const CLOCK_SKEW_MS = 5 * 60_000;

/** Parses a positive duration (see parseDuration) into milliseconds. Throws ValueError; its message follows the value. */
export function parseMaxAge(text: string): number {
  const ms = parseDuration(text);
  if (ms === 0) throw new ValueError('is not longer than zero');
  return ms;
}

/** Why the signature is too old or in the future; undefined if it is neither. Its oldest proven time counts. */
export function tooOld(provenTimes: readonly Date[], maxAgeMs: number, now: Date): string | undefined {
  const times = provenTimes.map((time) => time.getTime());
  const ageMs = now.getTime() - Math.min(...times);
  if (times.length === 0) return 'signed without a proven time';
  // Written so that an invalid time (NaN) counts as too old.
  if (!(ageMs <= maxAgeMs)) return `signed ${Math.round(ageMs / 60_000)} minutes ago`;
  if (Math.max(...times) > now.getTime() + CLOCK_SKEW_MS)
    return 'signed in the future according to the clock of this runner';
  return undefined;
}
