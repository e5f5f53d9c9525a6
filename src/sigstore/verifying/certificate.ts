import type { KeyObject } from 'node:crypto';
import type { ASN1Obj, X509Certificate } from '@sigstore/core';
import {
  CLAIM_NAMES,
  type ClaimName,
  type ClaimNumber,
  type Claims,
  FULCIO_ARC,
} from '../../domain/signature/claims.ts';
import type { CertificateIdentity } from '../../domain/signature/facts.ts';
import { readDer } from './der.ts';
import { KeptCertificate } from './kept-certificate.ts';
import { Refused, refusing } from './refused.ts';

/** Fulcio certificates have about 1.7 kB. */
const MAX_CERTIFICATE_BYTES = 64 * 1024;

const OID = {
  organization: '2.5.4.10',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  extKeyUsage: '2.5.29.37',
  codeSigning: '1.3.6.1.5.5.7.3.3',
  fulcioOtherName: `${FULCIO_ARC}.7`,
} as const;

/** Critical extensions that this file checks; any other critical extension is refused (RFC 5280 §4.2). */
const UNDERSTOOD_CRITICAL: readonly string[] = [
  OID.keyUsage,
  OID.subjectAltName,
  OID.basicConstraints,
  OID.extKeyUsage,
];

/** The statements of one certificate. The chain decides whether they can be trusted. */
export interface CertificateFacts {
  readonly identity: CertificateIdentity;
  /** Organization in the issuer's name: only a hint for selecting the trusted root. */
  readonly issuerOrganization: string | undefined;
}

/** A signing certificate with a valid outer structure. */
export interface ParsedCertificate {
  readonly der: Buffer;
  readonly x509: KeptCertificate;
  readonly key: KeyObject;
}

/**
 * Parses DER into a certificate and its P-256 key. Only P-256 is safe with @sigstore/verify, whose DSSE and SET checks
 * use the key's default digest, and all clients use it. Refused SIGNATURE_INVALID.
 */
export function parseCertificate(der: Uint8Array): ParsedCertificate {
  return refusing('SIGNATURE_INVALID', 'malformed certificate', () => {
    if (der.byteLength > MAX_CERTIFICATE_BYTES) throw new TypeError(`larger than ${MAX_CERTIFICATE_BYTES} bytes`);
    const bytes = Buffer.from(der);
    const x509 = KeptCertificate.read(bytes);
    const { key } = x509;
    if (key.asymmetricKeyType !== 'ec' || key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
      throw new TypeError('the key is not ECDSA P-256');
    }
    return { der: bytes, x509, key };
  });
}

/**
 * Reads the identity and claims of a signing certificate (Fulcio docs/certificate-specification.md,
 * docs/oid-info.md). Refused CERTIFICATE_UNTRUSTED if it may not sign, is a CA, does not have exactly one subject, or
 * contains a malformed, duplicate or unknown critical extension. Control characters stay in the values as data.
 */
export function readCertificate(certificate: ParsedCertificate): CertificateFacts {
  return refusing('CERTIFICATE_UNTRUSTED', 'unusable signing certificate', () => {
    const { x509 } = certificate;
    const extensions = readExtensions(x509);
    checkUsage(x509, extensions);
    const claims = readClaims(extensions);
    const issuer = claims.issuer ?? claims['issuer-deprecated'];
    if (issuer === undefined) throw new TypeError('it names no issuer');
    // cosign reads .1 from legacy signatures and .8 from bundles: different values would be different identities.
    if ((claims['issuer-deprecated'] ?? issuer) !== issuer) throw new TypeError('its two issuer extensions differ');
    const subject = readSubject(extensions.get(OID.subjectAltName));
    checkValidity(x509);
    return {
      identity: { issuer, claims, ...subject },
      issuerOrganization: readOrganization(x509.issuer),
    };
  });
}

/** The identity to display with a refusal, if it can be read. */
export function readUnverifiedIdentity(certificate: ParsedCertificate): CertificateIdentity | undefined {
  try {
    return readCertificate(certificate).identity;
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}

function readExtensions(x509: X509Certificate): Map<string, Buffer> {
  const extensions = new Map<string, Buffer>();
  for (const extension of x509.extensions) {
    const [first, ...rest] = extension.subs;
    const value = rest.at(-1);
    const critical = rest.length === 2 ? rest[0]?.toBoolean() : false;
    if (!first || !value?.tag.isOctetString() || rest.length > 2) throw new TypeError('an extension is malformed');
    const oid = first.toOID();
    if (extensions.has(oid)) throw new TypeError(`extension ${oid} appears twice`);
    if (critical === true && !UNDERSTOOD_CRITICAL.includes(oid))
      throw new TypeError(`unknown critical extension ${oid}`);
    extensions.set(oid, value.value);
  }
  return extensions;
}

/** @sigstore/verify does not check the extended key usage, nor that the leaf is not a CA. */
function checkUsage(x509: X509Certificate, extensions: ReadonlyMap<string, Buffer>): void {
  if (x509.extBasicConstraints?.isCA === true) throw new TypeError('it is a certificate authority');
  if (x509.extKeyUsage?.digitalSignature !== true) throw new TypeError('its key usage is not digital signature');
  const usages = parse(extensions.get(OID.extKeyUsage), 'extended key usage').subs.map((usage) => usage.toOID());
  if (!usages.includes(OID.codeSigning)) throw new TypeError('its extended key usage is not code signing');
}

function parse(value: Buffer | undefined, name: string): ASN1Obj {
  if (value === undefined) throw new TypeError(`it has no ${name}`);
  return readDer(value);
}

type Subject = Pick<CertificateIdentity, 'subject' | 'subjectKind'>;

/** Fulcio writes exactly one SAN; with two, readers could disagree about who signed. */
function readSubject(value: Buffer | undefined): Subject {
  const names = parse(value, 'subject alternative name').subs;
  const [name] = names;
  if (name === undefined || names.length !== 1) throw new TypeError(`it has ${names.length} subjects instead of one`);
  const subject = readGeneralName(name);
  if (subject.subject === '') throw new TypeError('its subject is empty');
  return subject;
}

function readGeneralName(name: ASN1Obj): Subject {
  if (name.tag.isContextSpecific(6) && !name.tag.constructed)
    return { subjectKind: 'uri', subject: readIa5(name.value) };
  if (name.tag.isContextSpecific(1) && !name.tag.constructed) {
    return { subjectKind: 'email', subject: readIa5(name.value) };
  }
  const [type, explicit] = name.subs;
  if (name.tag.isContextSpecific(0) && type?.toOID() === OID.fulcioOtherName && name.subs.length === 2) {
    const [text] = explicit?.subs ?? [];
    if (explicit?.tag.isContextSpecific(0) && explicit.subs.length === 1 && text) {
      return { subjectKind: 'other', subject: readUtf8String(text.toDER()) };
    }
  }
  throw new TypeError('its subject is neither URI, e-mail address nor Fulcio name');
}

/** IA5String: 7 bits. Node's 'ascii' would drop the eighth bit and produce another name. */
function readIa5(bytes: Buffer): string {
  if (bytes.some((byte) => byte > 0x7f)) throw new TypeError('its subject is not ASCII');
  return bytes.toString('latin1');
}

function readClaims(extensions: ReadonlyMap<string, Buffer>): Claims {
  const claims: Partial<Record<ClaimName, string>> = {};
  for (const [oid, value] of extensions) {
    const number = oid.startsWith(`${FULCIO_ARC}.`) ? oid.slice(FULCIO_ARC.length + 1) : '';
    if (!isClaimNumber(number)) continue;
    const text = Number(number) <= 6 ? decodeUtf8(value) : readUtf8String(value);
    // A missing claim is absent, never '', so that no value can match it (identity rule 6).
    if (text !== '') claims[CLAIM_NAMES[number]] = text;
  }
  return claims;
}

function isClaimNumber(text: string): text is `${ClaimNumber}` {
  return Object.hasOwn(CLAIM_NAMES, text);
}

const UTF8_STRING = 0x0c;

/** One DER UTF8String and nothing after it. */
function readUtf8String(der: Buffer): string {
  const object = readDer(der);
  if (der[0] !== UTF8_STRING) throw new TypeError('a claim is not a UTF8String');
  return decodeUtf8(object.value);
}

function decodeUtf8(bytes: Buffer): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}

/** Both times must be readable. The chain check decides whether they cover the signature. */
function checkValidity({ notBefore, notAfter }: X509Certificate): void {
  if (Number.isNaN(notBefore.getTime()) || Number.isNaN(notAfter.getTime())) {
    throw new TypeError('its validity is not a time');
  }
}

function readOrganization(issuer: Buffer): string | undefined {
  // `issuer` is the content of the Name: a sequence of RelativeDistinguishedNames (SET).
  for (let rest = issuer; rest.length > 0; ) {
    const [relative, after] = firstObject(rest);
    for (const attribute of relative.subs) {
      const [type, value] = attribute.subs;
      if (type?.toOID() === OID.organization && value) return value.value.toString('utf8');
    }
    rest = after;
  }
  return undefined;
}

function firstObject(bytes: Buffer): [ASN1Obj, Buffer] {
  const lengthByte = bytes[1] ?? 0;
  const header = lengthByte < 0x80 ? 2 : 2 + (lengthByte & 0x7f);
  const length = lengthByte < 0x80 ? lengthByte : bytes.readUIntBE(2, header - 2);
  const end = header + length;
  return [readDer(bytes.subarray(0, end)), bytes.subarray(end)];
}
