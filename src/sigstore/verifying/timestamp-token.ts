import type { KeyObject } from 'node:crypto';
import type { ASN1Obj } from '@sigstore/core';

const TAG = { integer: 0x02, octetString: 0x04, sequence: 0x30, set: 0x31, context0: 0xa0 } as const;

const OID = {
  signedData: '1.2.840.113549.1.7.2',
  tstInfo: '1.2.840.113549.1.9.16.1.4',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
} as const;

const SHA2: Readonly<Record<string, string>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/** Signature algorithms by key type; RSA may be named with or without its digest. */
const SIGNATURE_ALGORITHMS: Readonly<Record<string, readonly string[]>> = {
  ec: ['1.2.840.10045.4.3.2', '1.2.840.10045.4.3.3', '1.2.840.10045.4.3.4'],
  rsa: ['1.2.840.113549.1.1.1', '1.2.840.113549.1.1.11', '1.2.840.113549.1.1.12', '1.2.840.113549.1.1.13'],
  ed25519: ['1.3.101.112'],
};

/** The hash of the signing certificate, from the signed attributes of a token. */
export interface SigningCertificateHash {
  readonly algorithm: string;
  readonly hash: Buffer;
}

/** A token with the exact structure that RFC 3161 §2.4.2 and RFC 5652 §5 allow. */
export interface TimestampToken {
  readonly signingCertificate: SigningCertificateHash;
  /** Object identifier of the signature algorithm. */
  readonly signatureAlgorithm: string;
}

/**
 * Reads a TimeStampResp of strict DER (readDer). Throws TypeError if a tag, version, order or number of members differs from the
 * specifications. @sigstore/verify finds fields by position regardless of their tags, and treats an unknown signature
 * algorithm as the key's usual one, so many changes to a token would go unnoticed.
 */
export function readTimestampToken(root: ASN1Obj): TimestampToken {
  const [status, contentInfo] = members(root, TAG.sequence, 2);
  // PKIStatus granted (0) or grantedWithMods (1), optionally followed by text.
  const [granted] = members(status, TAG.sequence, { min: 1, max: 3 });
  if (![0n, 1n].includes(primitive(granted, TAG.integer).toInteger()))
    throw new TypeError('the authority did not grant it');
  const [contentType, content] = members(contentInfo, TAG.sequence, 2);
  if (contentType?.toOID() !== OID.signedData) throw new TypeError('it is not signed data');
  const [signedData] = members(content, TAG.context0, 1);
  return readSignedData(signedData);
}

function readSignedData(signedData: ASN1Obj | undefined): TimestampToken {
  const all = members(signedData, TAG.sequence, { min: 4, max: 5 });
  const [version, digestAlgorithms, encapsulated] = all;
  if (primitive(version, TAG.integer).toInteger() !== 3n) throw new TypeError('its CMS version is not 3');
  // Ignores embedded certificates: the signer's certificate comes from the trusted root.
  if (all.length === 5 && all[3]?.tag.toDER() !== TAG.context0) throw new TypeError('it has an unexpected member');
  const digests = members(digestAlgorithms, TAG.set, { min: 1, max: 8 }).map(readDigestAlgorithm);
  const [eContentType, eContent] = members(encapsulated, TAG.sequence, 2);
  if (eContentType?.toOID() !== OID.tstInfo) throw new TypeError('it does not contain a TSTInfo');
  const [octets] = members(eContent, TAG.context0, 1);
  if (octets?.tag.toDER() !== TAG.octetString) throw new TypeError('its content is not an octet string');
  // Exactly one, because a second SignerInfo would not be checked.
  const [signerInfo] = members(all.at(-1), TAG.set, 1);
  return readSignerInfo(signerInfo, digests);
}

function readSignerInfo(signerInfo: ASN1Obj | undefined, digests: readonly string[]): TimestampToken {
  const [version, signer, digestAlgorithm, attributes, signatureAlgorithm, signature] = members(
    signerInfo,
    TAG.sequence,
    6,
  );
  if (primitive(version, TAG.integer).toInteger() !== 1n) throw new TypeError('its signer version is not 1');
  const [issuer, serial] = members(signer, TAG.sequence, 2);
  if (issuer?.tag.toDER() !== TAG.sequence) throw new TypeError('its signer has no name');
  primitive(serial, TAG.integer);
  if (!digests.includes(readDigestAlgorithm(digestAlgorithm))) throw new TypeError('its digest algorithms disagree');
  if (signature?.tag.toDER() !== TAG.octetString) throw new TypeError('its signature is not an octet string');
  return {
    signingCertificate: readSigningCertificate(members(attributes, TAG.context0, { min: 3, max: 32 })),
    signatureAlgorithm: readAlgorithm(signatureAlgorithm),
  };
}

/** True if this type of key can make signatures with the algorithm that the token names. */
export function isMadeBy(token: TimestampToken, key: KeyObject): boolean {
  return (SIGNATURE_ALGORITHMS[key.asymmetricKeyType ?? ''] ?? []).includes(token.signatureAlgorithm);
}

/** Reads ESSCertID (RFC 3161, SHA-1) or ESSCertIDv2 (RFC 5816); the first one is the signer's. */
function readSigningCertificate(attributes: readonly ASN1Obj[]): SigningCertificateHash {
  const certificateId = (oid: string): ASN1Obj | undefined => {
    const found = attributes.filter((attribute) => attribute.subs[0]?.toOID() === oid);
    if (found.length > 1) throw new TypeError('it names its certificate twice');
    // Attribute → SET → SigningCertificate(V2) → certs → ESSCertID(v2)
    return found[0]?.subs[1]?.subs[0]?.subs[0]?.subs[0];
  };
  const v2 = certificateId(OID.signingCertificateV2);
  if (v2 !== undefined) {
    const [first, second] = v2.subs;
    // hashAlgorithm is DEFAULT sha256 and therefore usually absent.
    if (first?.tag.isOctetString()) return { algorithm: 'sha256', hash: first.value };
    if (second?.tag.isOctetString()) return { algorithm: readDigestAlgorithm(first), hash: second.value };
  }
  const [hash] = v2 === undefined ? (certificateId(OID.signingCertificate)?.subs ?? []) : [];
  if (hash?.tag.isOctetString()) return { algorithm: 'sha1', hash: hash.value };
  throw new TypeError('it does not name the certificate that signed it');
}

function readDigestAlgorithm(value: ASN1Obj | undefined): string {
  const algorithm = SHA2[readAlgorithm(value)];
  if (algorithm === undefined) throw new TypeError('its digest algorithm is not SHA-2');
  return algorithm;
}

/** AlgorithmIdentifier with absent or NULL parameters. */
function readAlgorithm(value: ASN1Obj | undefined): string {
  const [oid, parameters] = members(value, TAG.sequence, { min: 1, max: 2 });
  if (parameters !== undefined && !parameters.toDER().equals(Buffer.from([5, 0])))
    throw new TypeError('its algorithm has unexpected parameters');
  if (oid === undefined) throw new TypeError('no algorithm');
  return oid.toOID();
}

/** The members of a constructed element with this tag: exactly `count` of them, or `min` to `max`. */
function members(
  value: ASN1Obj | undefined,
  tag: number,
  count: number | { readonly min: number; readonly max: number },
): readonly ASN1Obj[] {
  const { min, max } = typeof count === 'number' ? { min: count, max: count } : count;
  const { length } = value?.subs ?? [];
  if (value?.tag.toDER() !== tag || length < min || length > max)
    throw new TypeError('it does not have the structure of a timestamp');
  return value.subs;
}

function primitive(value: ASN1Obj | undefined, tag: number): ASN1Obj {
  if (value?.tag.toDER() !== tag) throw new TypeError('it does not have the structure of a timestamp');
  return value;
}
