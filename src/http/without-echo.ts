const HIDDEN = '[redacted]';
/** Shorter values would match by chance. */
const SECRET_MIN_CHARS = 6;

/**
 * The body of an answer that is no success, without the credentials of its own request: such bodies are
 * quoted in errors, and some services repeat there what they refused. Returns the same bytes if it holds none.
 */
export function withoutEcho(
  body: Uint8Array,
  authorization: string | undefined,
  bodySecrets: readonly string[] = [],
): Uint8Array {
  const secrets = formsOf([...secretsOf(authorization), ...bodySecrets]);
  if (secrets.length === 0 || body.length === 0) return body;
  // One character a byte, so that whatever is not replaced stays as it is.
  const text = Buffer.from(body).toString('latin1');
  const cleaned = secrets.reduce((rest, secret) => rest.replaceAll(secret, HIDDEN), text);
  return cleaned === text ? body : Buffer.from(cleaned, 'latin1');
}

/** The value behind the scheme and, of Basic (RFC 7617), the password. */
function secretsOf(authorization: string | undefined): string[] {
  const [, scheme = '', value = ''] = /^(\S+) +(\S.*)$/.exec(authorization ?? '') ?? [];
  const password = /^basic$/i.test(scheme)
    ? Buffer.from(value, 'base64').toString('utf8').split(':').slice(1).join(':')
    : '';
  return [value, password];
}

/** Each secret as it is, and as JSON, a URL and a form would hold it; longest first. */
function formsOf(secrets: readonly string[]): string[] {
  return secrets
    .flatMap((secret) => [
      secret,
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(secret),
      new URLSearchParams({ '': secret }).toString().slice(1),
    ])
    .map((secret) => Buffer.from(secret, 'utf8').toString('latin1'))
    .filter((secret) => secret.length >= SECRET_MIN_CHARS)
    .sort((one, other) => other.length - one.length);
}
