import { CERTIFICATE_ASKED, isCertificateAlert } from './certificate-request.ts';
import { HttpError, type HttpFailure } from './http-error.ts';
import { UNUSABLE_PROXY } from './proxy-settings.ts';
import { PRIVATE_ADDRESS } from './race-addresses.ts';

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
    case 'private-address':
    case 'client-certificate':
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
 * True if the server asked for a client certificate and then closed the connection without a word. Most servers that
 * refuse a certificate send an alert; some do this, and so does a server that is restarting.
 */
export function isSilentRefusal(error: HttpError): boolean {
  return error.failure === 'client-certificate' && !isRefusedByAlert(error.cause);
}

/** The error with what is known of its connection: a certificate that was presented, and earlier answers. */
export function withCertificate(
  error: unknown,
  { isPresented, hasAnswered }: { readonly isPresented: boolean; readonly hasAnswered: boolean },
): unknown {
  if (!(error instanceof HttpError)) return error;
  const { failure, message, cause } = error;
  if (failure === 'reset' && !hasAnswered && codesOf(cause).includes(CERTIFICATE_ASKED)) {
    const text = `${message}, after the server had asked for a client certificate`;
    return new HttpError('client-certificate', text, { cause, presentedCertificate: isPresented });
  }
  if (failure !== 'client-certificate') return error;
  return new HttpError(failure, message, { cause, presentedCertificate: isPresented });
}

/**
 * Classifies the failure of an attempt by the codes of Node and undici. `answering`: the headers of a response had
 * arrived, so a lost connection means a truncated body.
 */
export function toHttpError(error: unknown, what: string, answering: boolean): HttpError {
  if (error instanceof HttpError) return error;
  const codes = codesOf(error);
  const failure = isRefusedByAlert(error) ? 'client-certificate' : failureOf(codes, answering);
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
  'private-address': 'the host is on a private network, and is not listed as one that may be asked',
  proxy: 'the proxy cannot be used',
  tls: 'cannot establish a trusted TLS connection',
  'client-certificate': 'the server asks for a client certificate that it accepts',
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
    if (code === PRIVATE_ADDRESS) return 'private-address';
    if (code === UNUSABLE_PROXY) return 'proxy';
    // A proxy that refuses to open the tunnel.
    if (code === 'UND_ERR_ABORTED') return 'connect';
  }
  return 'protocol';
}

function isRefusedByAlert(error: unknown): boolean {
  return errorsIn(error).some(isCertificateAlert);
}

function codesOf(error: unknown): readonly string[] {
  return errorsIn(error)
    .map((one) => Reflect.get(one, 'code') as unknown)
    .filter((code) => typeof code === 'string');
}

/** The error, its causes and the parts of an AggregateError (happy eyeballs), outermost first. */
function errorsIn(error: unknown): readonly Error[] {
  const errors: Error[] = [];
  const visit = (value: unknown, depth: number): void => {
    if (!(value instanceof Error) || depth > 4) return;
    errors.push(value);
    if (value instanceof AggregateError) for (const part of value.errors) visit(part, depth + 1);
    visit(value.cause, depth + 1);
  };
  visit(error, 0);
  return errors;
}
