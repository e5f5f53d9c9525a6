const UNITS: Readonly<Record<string, number>> = {
  s: 1,
  sec: 1,
  secs: 1,
  second: 1,
  seconds: 1,
  m: 60,
  min: 60,
  mins: 60,
  minute: 60,
  minutes: 60,
  h: 3_600,
  hr: 3_600,
  hrs: 3_600,
  hour: 3_600,
  hours: 3_600,
  d: 86_400,
  day: 86_400,
  days: 86_400,
  w: 604_800,
  week: 604_800,
  weeks: 604_800,
};
const SHORT = ['w', 'd', 'h', 'm', 's'] as const;
const LENGTH_MAX = 60;

/**
 * What a text means that parseDuration refuses, in its grammar: `30 s`, `5min`, `1h30m`, `1.5 days`. All units for a number
 * without one; nothing if it may mean something else (`5M`).
 */
export function rightDurations(text: string): string[] {
  const value = text.trim();
  if (value.length > LENGTH_MAX) return [];
  if (/^\d{1,9}$/.test(value)) return ['s', 'm', 'h', 'd'].map((unit) => `${value}${unit}`);
  const parts = value.match(/\d+(?:\.\d+)?\s*[A-Za-z]+/g) ?? [];
  if (parts.length === 0 || value.replace(/[\s,]|and/g, '') !== parts.join('').replace(/\s/g, '')) return [];
  let seconds = 0;
  for (const part of parts) {
    const [, number = '', unit = ''] = /^([\d.]+)\s*([A-Za-z]+)$/.exec(part) ?? [];
    const size = unit === 'M' ? undefined : UNITS[unit.toLowerCase()];
    if (size === undefined) return [];
    seconds += Number(number) * size;
  }
  const unit = SHORT.find((one) => Number.isInteger(seconds / (UNITS[one] ?? 1)));
  return unit === undefined || seconds > 1e9 ? [] : [`${seconds / (UNITS[unit] ?? 1)}${unit}`];
}
