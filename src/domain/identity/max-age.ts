import { parseDuration } from '../text/duration.ts';
import { ValueError } from '../text/value-error.ts';

/** A proven time may be this much ahead of the runner's clock. */
const CLOCK_SKEW_MS = 5 * 60_000;

/** A positive duration (see parseDuration) in milliseconds; throws ValueError, its message goes after the quoted value. */
export function parseMaxAge(text: string): number {
  const ms = parseDuration(text);
  if (ms === 0) throw new ValueError('is not a duration above zero');
  return ms;
}

/** Why the signature is too old or from the future, or undefined. The oldest proven time counts. */
export function tooOld(provenTimes: readonly Date[], maxAgeMs: number, now: Date): string | undefined {
  const times = provenTimes.map((time) => time.getTime());
  const ageMs = now.getTime() - Math.min(...times);
  if (times.length === 0) return 'signed at no proven time';
  // Written so that a broken time (NaN) is within no age.
  if (!(ageMs <= maxAgeMs)) return `signed ${Math.round(ageMs / 60_000)} minutes ago`;
  if (Math.max(...times) > now.getTime() + CLOCK_SKEW_MS) return 'signed in the future, by the clock of this runner';
  return undefined;
}
