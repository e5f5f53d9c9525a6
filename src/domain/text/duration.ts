import { ValueError } from './value-error.ts';

const DAY_MS = 86_400_000;
const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: DAY_MS, w: 7 * DAY_MS };
const MAX_MS = 3650 * DAY_MS;

/**
 * Parses `30s`, `5m`, `12h`, `30d`, `4w` (a whole number and one unit) into milliseconds. Throws ValueError for anything
 * else and for more than ten years; its message follows the quoted value.
 */
export function parseDuration(text: string): number {
  const [, number, unit = ''] = /^(\d{1,9})([smhdw])$/.exec(text) ?? [];
  const unitMs = UNIT_MS[unit];
  if (number === undefined || unitMs === undefined) {
    throw new ValueError('is not a duration such as 30s, 5m, 12h or 30d');
  }
  const ms = Number(number) * unitMs;
  if (ms > MAX_MS) throw new ValueError('is longer than ten years');
  return ms;
}

/** A duration in whole seconds, given in milliseconds, as parseDuration reads it: in the largest unit that fits exactly. */
export function formatDuration(ms: number): string {
  const units = Object.entries(UNIT_MS).toReversed();
  const [unit, unitMs] = units.find(([, one]) => ms % one === 0) ?? ['s', 1000];
  return `${Math.round(ms / unitMs)}${unit}`;
}
