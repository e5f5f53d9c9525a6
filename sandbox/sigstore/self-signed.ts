import type { KeyObject } from 'node:crypto';
import {
  authorityKeyIdentifier,
  basicConstraints,
  CLIENT_AUTH,
  distinguishedName,
  type Extension,
  extendedKeyUsage,
  type Issuer,
  issueCertificate,
  keyUsage,
  subjectAlternativeName,
  subjectKeyIdentifier,
} from './certificate.ts';
import { createKey, toPem } from './keys.ts';

/** A P-256 key pair with a certificate for it. */
export interface SelfSigned {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly certificatePem: string;
  /** DER in standard base64, as a JWT's x5c wants it (RFC 7515 §4.1.6). */
  readonly certificateBase64: string;
}

const HOUR_MS = 3_600_000;
const VALIDITY_MS = 30 * 24 * HOUR_MS;

const named = (commonName: string): Issuer => ({ name: distinguishedName({ commonName }), key: createKey() });

/** A certificate that is valid from an hour before `now` for 30 days. */
function issue(subject: Issuer, issuer: Issuer, now: Date, extensions: readonly Extension[]): SelfSigned {
  const notBefore = new Date(now.getTime() - HOUR_MS);
  const { der } = issueCertificate({
    ...{ subject, issuer, notBefore, notAfter: new Date(notBefore.getTime() + VALIDITY_MS) },
    extensions: [...extensions, subjectKeyIdentifier(subject.key.spki), authorityKeyIdentifier(issuer.key.spki)],
  });
  return {
    privateKey: subject.key.privateKey,
    publicKey: subject.key.publicKey,
    certificatePem: toPem('CERTIFICATE', der),
    certificateBase64: der.toString('base64'),
  };
}

const selfSigned = (subject: Issuer, now: Date): SelfSigned =>
  issue(subject, subject, now, [basicConstraints(), keyUsage(0, 5)]);

/** A self-signed P-256 certificate, e.g. for the tokens of a registry (distribution's `rootcertbundle`). Valid from an hour before `now`. */
export function mintSelfSignedP256(name: string, now: Date = new Date()): SelfSigned {
  return selfSigned(named(name), now);
}

/** A private CA and a certificate of it for localhost, 127.0.0.1 and more names: `tls` of serve, and what `ca-certificates` must name. PEM. */
export function mintLoopbackTls(
  now: Date = new Date(),
  moreNames: readonly string[] = [],
): { readonly ca: string; readonly tls: { readonly key: string; readonly cert: string } } {
  const authority = named('Countersign sandbox CA');
  const names = ['localhost', ...moreNames].map((dns) => ({ dns }));
  const leaf = issue(named('localhost'), authority, now, [
    keyUsage(0),
    subjectAlternativeName([...names, { ip: '127.0.0.1' }], { critical: false }),
  ]);
  const key = leaf.privateKey.export({ type: 'pkcs8', format: 'pem' });
  return { ca: selfSigned(authority, now).certificatePem, tls: { key: String(key), cert: leaf.certificatePem } };
}

/** A client certificate of an authority of its own, PEM: what `client-certificate`, `client-key` and a server's `clients` want. */
export interface ClientIdentity {
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
}

/** Mints a client certificate with this common name. */
export function mintClientIdentity(commonName: string, now: Date = new Date()): ClientIdentity {
  const authority = named(`${commonName} client CA`);
  const leaf = issue(named(commonName), authority, now, [keyUsage(0), extendedKeyUsage(CLIENT_AUTH)]);
  const key = String(leaf.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  return { ca: selfSigned(authority, now).certificatePem, certificate: leaf.certificatePem, key };
}
