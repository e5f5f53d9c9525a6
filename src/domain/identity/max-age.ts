import { ValueError } from '../text/value-error.ts';

const UNIT_MS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;
/** A proven time may be this much ahead of the runner's clock. */
const CLOCK_SKEW_MS = 5 * 60_000;

/** `12h`, `30d`: a positive whole number and one of s, m, h, d, w, in milliseconds; throws ValueError. */
export function parseMaxAge(text: string): number {
  const [, number, unit] = /^([1-9][0-9]{0,6})([smhdw])$/.exec(text) ?? [];
  if (number === undefined || unit === undefined) {
    throw new ValueError(`${JSON.stringify(text)} is not a duration such as 12h or 30d`);
  }
  return Number(number) * UNIT_MS[unit as keyof typeof UNIT_MS];
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
