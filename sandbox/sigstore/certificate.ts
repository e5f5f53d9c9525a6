import { createHash, randomBytes } from 'node:crypto';
import {
  bitString,
  boolean,
  context,
  contextPrimitive,
  type Der,
  integer,
  namedBits,
  octetString,
  oid,
  printableString,
  readDer,
  readMembers,
  sequence,
  setOf,
  time,
  utf8String,
} from './asn1.ts';
import type { SigningKey } from './keys.ts';

/** Subject or issuer name; empty for Fulcio leaves. */
export interface Name {
  readonly organization?: string;
  readonly commonName?: string;
}

export interface Extension {
  readonly oid: string;
  readonly critical?: boolean;
  readonly value: Uint8Array;
}

/** What a subject alternative name may be here; `other` is Fulcio's OtherName (.7, `user!domain`). */
export type AlternativeName =
  | { readonly uri: string }
  | { readonly email: string }
  | { readonly dns: string }
  /** IPv4, dotted. */
  | { readonly ip: string }
  | { readonly other: string };

/** A name with the key that belongs to it. */
export interface Issuer {
  readonly name: Der;
  readonly key: SigningKey;
}

export interface TbsOptions {
  readonly subject: Der;
  readonly issuer: Issuer;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array;
  readonly serial: Uint8Array;
  readonly extensions: readonly Extension[];
}

const ALGORITHMS: Readonly<Record<string, string>> = {
  prime256v1: '1.2.840.10045.4.3.2',
  secp384r1: '1.2.840.10045.4.3.3',
  secp521r1: '1.2.840.10045.4.3.4',
};

/** AlgorithmIdentifier of signatures by this key. */
export function signatureAlgorithm(key: SigningKey): Der {
  return sequence(oid(ALGORITHMS[key.publicKey.asymmetricKeyDetails?.namedCurve ?? ''] ?? '1.3.101.112'));
}

/** 20 random bytes that are a positive number: the longest serial RFC 5280 allows. */
export function randomSerial(): Buffer {
  const serial = randomBytes(20);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  return serial;
}

/** RDNSequence; `text` picks the string type (openssl and Fulcio write UTF8String, Go PrintableString). */
export function distinguishedName(name: Name, text: (value: string) => Der = utf8String): Der {
  const parts: Der[] = [];
  if (name.organization !== undefined) parts.push(setOf(sequence(oid('2.5.4.10'), text(name.organization))));
  if (name.commonName !== undefined) parts.push(setOf(sequence(oid('2.5.4.3'), text(name.commonName))));
  return sequence(...parts);
}

/** The name in Go's spelling, as the real timestamp authority has it. */
export const goName = (name: Name): Der => distinguishedName(name, printableString);

const encodeExtension = (extension: Extension): Der =>
  sequence(oid(extension.oid), ...(extension.critical === true ? [boolean(true)] : []), octetString(extension.value));

/** TBSCertificate (RFC 5280 §4.1): what is signed, and, without the SCT list, what a CT log signs. */
export function encodeTbs(options: TbsOptions): Der {
  return sequence(
    context(0, integer(2)),
    integer(options.serial),
    signatureAlgorithm(options.issuer.key),
    options.issuer.name,
    sequence(time(options.notBefore), time(options.notAfter)),
    options.subject,
    options.spki,
    ...(options.extensions.length === 0 ? [] : [context(3, sequence(...options.extensions.map(encodeExtension)))]),
  );
}

/** Signs a TBSCertificate; returns the certificate, DER. */
export function signCertificate(tbs: Der, key: SigningKey): Buffer {
  return sequence(tbs, signatureAlgorithm(key), bitString(key.sign(tbs)));
}

/** What a certificate says but for its serial number, which is a random one. */
export interface CertificateContent {
  /** Its name, and the key that it is for. */
  readonly subject: Issuer;
  readonly issuer: Issuer;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly extensions: readonly Extension[];
}

/** Makes a certificate, DER; self-signed where the issuer is the subject. */
export function issueCertificate(content: CertificateContent): { readonly serial: Buffer; readonly der: Buffer } {
  const { subject, issuer } = content;
  const serial = randomSerial();
  const tbs = encodeTbs({ ...content, subject: subject.name, spki: subject.key.spki, serial });
  return { serial, der: signCertificate(tbs, issuer.key) };
}

/** Subject key identifier: SHA-1 of the bits of the public key (RFC 5280 §4.2.1.2, method 1). */
function keyIdentifier(spki: Uint8Array): Buffer {
  const [, bits] = readMembers(readDer(spki)[0]);
  return createHash('sha1')
    .update(bits?.content.subarray(1) ?? '')
    .digest();
}

export const subjectKeyIdentifier = (spki: Uint8Array): Extension => ({
  oid: '2.5.29.14',
  value: octetString(keyIdentifier(spki)),
});

export const authorityKeyIdentifier = (spki: Uint8Array): Extension => ({
  oid: '2.5.29.35',
  value: sequence(contextPrimitive(0, keyIdentifier(spki))),
});

/** Key usage by bit: 0 digitalSignature, 5 keyCertSign, 6 cRLSign. */
export const keyUsage = (...bits: readonly number[]): Extension => ({
  oid: '2.5.29.15',
  critical: true,
  value: namedBits(...bits),
});

export const CODE_SIGNING = '1.3.6.1.5.5.7.3.3';
export const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';
export const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';

export const extendedKeyUsage = (usage: string, critical = false): Extension => ({
  oid: '2.5.29.37',
  critical,
  value: sequence(oid(usage)),
});

export const basicConstraints = (pathLength?: number): Extension => ({
  oid: '2.5.29.19',
  critical: true,
  value: sequence(boolean(true), ...(pathLength === undefined ? [] : [integer(pathLength)])),
});

const FULCIO_OTHER_NAME = '1.3.6.1.4.1.57264.1.7';

function generalName(name: AlternativeName): Der {
  if ('uri' in name) return contextPrimitive(6, Buffer.from(name.uri, 'utf8'));
  if ('email' in name) return contextPrimitive(1, Buffer.from(name.email, 'utf8'));
  if ('dns' in name) return contextPrimitive(2, Buffer.from(name.dns, 'utf8'));
  if ('ip' in name) return contextPrimitive(7, Buffer.from(name.ip.split('.').map(Number)));
  return context(0, oid(FULCIO_OTHER_NAME), context(0, utf8String(name.other)));
}

/** Subject alternative name; critical unless told otherwise, as it must be where the subject is empty (RFC 5280 §4.2.1.6). */
export const subjectAlternativeName = (
  names: readonly AlternativeName[],
  { critical = true }: { readonly critical?: boolean } = {},
): Extension => ({ oid: '2.5.29.17', critical, value: sequence(...names.map(generalName)) });
