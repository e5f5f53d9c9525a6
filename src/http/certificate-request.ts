import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Connector } from './race-addresses.ts';

/** Code of the cause that is added to the error of a connection on which the server asked for a client certificate. */
export const CERTIFICATE_ASKED = 'ERR_CLIENT_CERTIFICATE_ASKED';

/**
 * Alerts of a server about the client's certificate (RFC 8446 section 6.2): bad_certificate, unsupported_certificate,
 * certificate_revoked, certificate_expired, certificate_unknown, unknown_ca, access_denied, certificate_required.
 */
const CERTIFICATE_ALERTS: readonly number[] = [42, 43, 44, 45, 46, 48, 49, 116];
/** handshake_failure: what TLS 1.2 sends for a missing certificate, and for much else. */
const HANDSHAKE_FAILURE = 40;

/** The number of the TLS alert that the peer sent, by the text of OpenSSL; undefined for any other error. */
function alertOf(error: unknown): number | undefined {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  if (!(error instanceof Error) || !/^(ERR_SSL_|EPROTO$)/.test(String(code))) return undefined;
  const found = /\bSSL alert number ([0-9]{1,3})\b/.exec(error.message)?.[1];
  return found === undefined ? undefined : Number(found);
}

/** True if the server refused the client's certificate, or that there was none, by a TLS alert. */
export function isCertificateAlert(error: unknown): boolean {
  const alert = alertOf(error);
  if (alert === undefined) return false;
  return CERTIFICATE_ALERTS.includes(alert) || (alert === HANDSHAKE_FAILURE && isAskedFor(error));
}

/** True if the error is that of a connection on which the server asked for a certificate and then sent no data. */
function isAskedFor(error: unknown): boolean {
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && Reflect.get(cause, 'code') === CERTIFICATE_ASKED;
}

/** True if the server of a TLS connection asked for a client certificate. False once the connection is closed. */
export function asksForCertificate(socket: Socket): boolean {
  // OpenSSL fills this list on a client only from a CertificateRequest (RFC 5246 section 7.4.4, RFC 8446 section 4.3.2).
  // A closed socket has none.
  const shared: readonly string[] | null | undefined = (socket as Partial<TLSSocket>).getSharedSigalgs?.();
  return (shared?.length ?? 0) > 0;
}

/**
 * A connector whose errors tell a request for a client certificate: in the handshake, and in TLS 1.3 also after it,
 * when the server's alert arrives in place of the first response (RFC 8446 section 4.4.2.4).
 */
export function noteCertificateRequests(open: Connector): Connector {
  return (target, done) => {
    const opening = open(target, (error, socket) => {
      // undici leaves the socket out after an error.
      if (error !== null) noteOn(error, opening);
      else if (socket !== null && target.protocol === 'https:') watch(socket);
      done(error, socket);
    }) as Socket;
    return opening;
  };
}

function watch(socket: Socket): void {
  const asked = asksForCertificate(socket);
  socket.on('error', (error) => {
    // Data on this connection mean that its handshake was accepted.
    if (asked && socket.bytesRead === 0) addCause(error);
    // Node reports the alert and then the end of the stream, and undici keeps only the last one.
    if (alertOf(error) !== undefined) socket.destroy(error);
  });
}

function noteOn(error: Error, socket: Socket): void {
  if (asksForCertificate(socket)) addCause(error);
}

function addCause(error: Error): void {
  error.cause ??= Object.assign(new Error('the server asked for a client certificate'), { code: CERTIFICATE_ASKED });
}
