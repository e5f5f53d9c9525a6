import { createHash } from 'node:crypto';
import { type ASN1Obj, RFC3161Timestamp, type X509Certificate } from '@sigstore/core';
import type { ParsedCertificate } from './certificate.ts';
import { proveByKey } from './library-proof.ts';
import { Refused, refusing } from './refused.ts';
import type { SignatureMaterial } from './signature-material.ts';
import type { Trust } from './trust.ts';

const MAX_TIMESTAMP_BYTES = 64 * 1024;
const OID = {
  extKeyUsage: '2.5.29.37',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
} as const;

export interface ProvenTimestamp {
  readonly der: Buffer;
  readonly time: Date;
}

/**
 * The proven timestamps among those that name an authority of the trusted root; those of other authorities
 * are surplus and ignored. Refused TIMESTAMP_INVALID if one that names an authority of the root fails, or if
 * one cannot be read: it might be meant for this root (@sigstore/verify refuses it, cosign does not).
 */
export function proveTimestamps(
  material: SignatureMaterial,
  certificate: ParsedCertificate,
  trust: Trust,
): readonly ProvenTimestamp[] {
  const proven = material.timestamps.flatMap((der) =>
    refusing('TIMESTAMP_INVALID', 'the timestamp does not hold', () => {
      if (der.byteLength > MAX_TIMESTAMP_BYTES) throw new TypeError(`it is larger than ${MAX_TIMESTAMP_BYTES} bytes`);
      const timestamp = RFC3161Timestamp.parse(Buffer.from(der));
      const signers = findSigners(timestamp, trust);
      if (signers.length === 0) return [];
      checkOneSigner(timestamp);
      checkGranted(timestamp);
      checkSigners(timestamp, signers);
      proveByKey(material, certificate, { entries: [], timestamps: [der] }, trust);
      return [{ der, time: readTime(timestamp) }];
    }),
  );
  checkNoDuplicates(proven);
  return proven;
}

/** Certificates of the root's authorities with the issuer and serial number that the token names as its signer. */
function findSigners(timestamp: RFC3161Timestamp, trust: Trust): readonly X509Certificate[] {
  const { signerIssuer, signerSerialNumber } = timestamp;
  return trust.material.timestampAuthorities
    .flatMap(({ certChain }) => certChain.slice(0, 1))
    .filter((leaf) => leaf.issuer.equals(signerIssuer) && leaf.serialNumber.equals(signerSerialNumber));
}

/** RFC 3161 §2.4.2: exactly the one signature of the authority; a second SignerInfo would go unchecked. */
function checkOneSigner(timestamp: RFC3161Timestamp): void {
  const signedData = timestamp.root.subs[1]?.subs.find((sub) => sub.tag.isContextSpecific(0))?.subs[0];
  if (signedData?.subs.at(-1)?.subs.length !== 1) throw new TypeError('it has not exactly one signer');
}

/** PKIStatus granted (0) or grantedWithMods (1). */
function checkGranted(timestamp: RFC3161Timestamp): void {
  if (timestamp.status !== 0n && timestamp.status !== 1n) throw new TypeError('the authority did not grant it');
}

/**
 * The certificate that made the signature must be a time-stamping one, and the one that the signed
 * attributes name (RFC 3161 §2.3, §2.4.2; RFC 5816): else another certificate's constraints were checked
 * (CVE-2026-39984).
 */
function checkSigners(timestamp: RFC3161Timestamp, signers: readonly X509Certificate[]): void {
  const named = readSigningCertificateHash(timestamp);
  const fitting = signers.filter((leaf) => {
    const der = leaf.root.toDER();
    const usages = leaf.extension(OID.extKeyUsage)?.valueObj.subs[0]?.subs ?? [];
    const isTimeStamping = usages.length === 1 && usages[0]?.toOID() === OID.timeStamping;
    return isTimeStamping && createHash(named.algorithm).update(der).digest().equals(named.hash);
  });
  if (fitting.length === 0) throw new TypeError('it was not signed by the time-stamping certificate it names');
}

function readSigningCertificateHash(timestamp: RFC3161Timestamp): { algorithm: string; hash: Buffer } {
  const signedData = timestamp.root.subs[1]?.subs.find((sub) => sub.tag.isContextSpecific(0))?.subs[0];
  const attributes = signedData?.subs.at(-1)?.subs[0]?.subs.find((sub) => sub.tag.isContextSpecific(0))?.subs ?? [];
  const read = (oid: string): ASN1Obj | undefined => {
    const found = attributes.filter((attribute) => attribute.subs[0]?.toOID() === oid);
    if (found.length > 1) throw new TypeError('it names its certificate twice');
    // Attribute → SET → SigningCertificate(V2) → certs → ESSCertID(v2)
    return found[0]?.subs[1]?.subs[0]?.subs[0]?.subs[0];
  };
  const v2 = read(OID.signingCertificateV2);
  if (v2 !== undefined) {
    const [first, second] = v2.subs;
    // hashAlgorithm is DEFAULT sha256, so it is absent for the only algorithm in use.
    if (first?.tag.isOctetString()) return { algorithm: 'sha256', hash: first.value };
    const algorithm = SHA2[first?.subs[0]?.toOID() ?? ''];
    if (algorithm !== undefined && second !== undefined) return { algorithm, hash: second.value };
  }
  const v1 = read(OID.signingCertificate);
  if (v2 === undefined && v1?.subs[0] !== undefined) return { algorithm: 'sha1', hash: v1.subs[0].value };
  throw new TypeError('it does not name the certificate that signed it');
}

const SHA2: Readonly<Record<string, string>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

function readTime(timestamp: RFC3161Timestamp): Date {
  const time = timestamp.signingTime;
  if (Number.isNaN(time.getTime())) throw new TypeError('its time is not a time');
  return time;
}

function checkNoDuplicates(timestamps: readonly ProvenTimestamp[]): void {
  const seen = new Set(timestamps.map(({ der }) => der.toString('base64')));
  if (seen.size !== timestamps.length) throw new Refused('TIMESTAMP_INVALID', 'the same timestamp appears twice');
}
