const UNIT_MS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1e3,
  m: 6e4,
  h: 36e5,
};
/** How much of a body is searched for a wait, in bytes. */
const MESSAGE_MAX = 4096;

/**
 * How long the service asks us to wait, in ms: `Retry-After` in seconds or as an HTTP date (RFC 9110 §10.2.3),
 * otherwise a Go duration in the message, as GHCR writes it (`retry-after: 10.3ms`). Undefined if it states no wait.
 */
export function retryAfterMs(header: string | undefined, body: Uint8Array, now: Date): number | undefined {
  const value = header?.trim() ?? '';
  if (/^[0-9]+(\.[0-9]+)?$/.test(value)) return Number(value) * 1000;
  if (/^[A-Za-z]{3}/.test(value)) {
    const at = Date.parse(value);
    if (!Number.isNaN(at)) return Math.max(0, at - now.getTime());
  }
  const text = Buffer.from(body.subarray(0, MESSAGE_MAX)).toString('utf8');
  const inMessage = /retry-after:\s*((?:[0-9]+(?:\.[0-9]+)?(?:ns|us|µs|μs|ms|s|m|h))+)/i.exec(text);
  return inMessage?.[1] === undefined ? undefined : goDurationMs(inMessage[1]);
}

function goDurationMs(text: string): number {
  let ms = 0;
  for (const [, number = '0', unit = ''] of text
    .toLowerCase()
    .matchAll(/([0-9]+(?:\.[0-9]+)?)(ns|us|µs|μs|ms|s|m|h)/g)) {
    ms += Number(number) * (UNIT_MS[unit] ?? 0);
  }
  return ms;
}
