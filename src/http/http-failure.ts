import { HttpError, type HttpFailure } from './http-error.ts';
import { UNUSABLE_PROXY } from './proxy-settings.ts';

/** True if a retry may succeed; a wrong certificate or an oversized body is permanent. */
export function isTransient(error: HttpError): boolean {
  switch (error.failure) {
    case 'connect':
    case 'dns':
    case 'reset':
    case 'timeout':
    case 'truncated':
      return true;
    case 'tls':
      // A handshake that a restarting server cut off, not an invalid certificate.
      return codesOf(error.cause).some((code) => code === 'ECONNRESET' || code === 'EPROTO');
    case 'proxy':
    case 'too-large':
    case 'aborted':
    case 'protocol':
      return false;
  }
}

/** True if DNS answered that the name does not exist. */
export function isUnknownHost(error: HttpError): boolean {
  return error.failure === 'dns' && codesOf(error.cause).includes('ENOTFOUND');
}

/**
 * Classifies the failure of an attempt by the codes of Node and undici. `answering`: the headers of a response had
 * arrived, so a lost connection means a truncated body.
 */
export function toHttpError(error: unknown, what: string, answering: boolean): HttpError {
  if (error instanceof HttpError) return error;
  const codes = codesOf(error);
  const failure = failureOf(codes, answering);
  const [code] = codes;
  const said = error instanceof Error ? error.message : String(error);
  const detail = code === undefined || SAYING_CODES.includes(code) ? said : code;
  return new HttpError(failure, `${what}: ${DESCRIPTIONS[failure]} (${detail})`, { cause: error });
}

/** Codes of proxy failures, whose messages have details: the variable, or the proxy's answer. */
const SAYING_CODES: readonly string[] = [UNUSABLE_PROXY, 'UND_ERR_ABORTED'];

const DESCRIPTIONS: Readonly<Record<HttpFailure, string>> = {
  connect: 'cannot connect',
  dns: 'the host name does not resolve',
  proxy: 'the proxy cannot be used',
  tls: 'cannot establish a trusted TLS connection',
  reset: 'the connection was lost before a response',
  timeout: 'no response in time',
  truncated: 'the response was cut off',
  'too-large': 'the response is too large',
  aborted: 'canceled',
  protocol: 'the response is not valid HTTP',
};

function failureOf(codes: readonly string[], answering: boolean): HttpFailure {
  for (const code of codes) {
    if (/^(ENOTFOUND|EAI_|ENODATA|ESERVFAIL)/.test(code)) return 'dns';
    if (/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT)$/.test(code)) {
      return 'connect';
    }
    if (code === 'ETIMEDOUT') return answering ? 'truncated' : 'connect';
    if (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH') return 'truncated';
    if (code === 'UND_ERR_HEADERS_OVERFLOW' || code === 'HPE_HEADER_OVERFLOW') return 'too-large';
    if (/^(UND_ERR_SOCKET|ECONNRESET|EPIPE|ECONNABORTED|UND_ERR_CLOSED|UND_ERR_DESTROYED)$/.test(code)) {
      return answering ? 'truncated' : 'reset';
    }
    if (
      /^(ERR_TLS_|ERR_SSL_|ERR_OSSL|CERT_|CRL_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_|INVALID_CA|EPROTO)/.test(
        code,
      )
    ) {
      return 'tls';
    }
    if (code === 'UND_ERR_PRX_TLS') return 'tls';
    if (code === UNUSABLE_PROXY) return 'proxy';
    // A proxy that refuses to open the tunnel.
    if (code === 'UND_ERR_ABORTED') return 'connect';
  }
  return 'protocol';
}

/** Codes of the error, its causes and the parts of an AggregateError (happy eyeballs), outermost first. */
function codesOf(error: unknown): readonly string[] {
  const codes: string[] = [];
  const visit = (value: unknown, depth: number): void => {
    if (!(value instanceof Error) || depth > 4) return;
    const code: unknown = 'code' in value ? value.code : undefined;
    if (typeof code === 'string') codes.push(code);
    if (value instanceof AggregateError) for (const part of value.errors) visit(part, depth + 1);
    visit(value.cause, depth + 1);
  };
  visit(error, 0);
  return codes;
}
