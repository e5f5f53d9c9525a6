/** Units of Go's time.ParseDuration, in ms. */
const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};

/** The longest text that a duration can need. */
const TEXT_MAX = 40;

/**
 * A positive duration as Go writes it (time.ParseDuration: `10s`, `1m0s`, `1.5h`), in ms; undefined for anything else. The
 * API server sends `timeoutSeconds` of a webhook so, in the parameter `timeout`.
 */
export function parseGoDuration(text: string): number | undefined {
  if (text.length > TEXT_MAX || !/^\+?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(text))
    return undefined;
  let ms = 0;
  for (const [, number = '', unit = ''] of text.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g)) {
    ms += Number(number) * (UNITS[unit] ?? Number.NaN);
  }
  return Number.isFinite(ms) && ms > 0 ? ms : undefined;
}
