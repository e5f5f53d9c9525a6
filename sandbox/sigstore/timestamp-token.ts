import {
  boolean,
  context,
  type Der,
  generalizedTime,
  integer,
  nullValue,
  octetString,
  oid,
  sequence,
  setOf,
  utcTime,
} from './asn1.ts';
import { type Issuer, signatureAlgorithm } from './certificate.ts';
import { type SigningKey, sha256 } from './keys.ts';

const OID = {
  signedData: '1.2.840.113549.1.7.2',
  tstInfo: '1.2.840.113549.1.9.16.1.4',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  policy: '1.3.6.1.4.1.57264.2',
} as const;

/** Digests of a message imprint that the timestamp authority takes. */
export const IMPRINT_ALGORITHMS = {
  sha256: { oid: '2.16.840.1.101.3.4.2.1', bytes: 32 },
  sha384: { oid: '2.16.840.1.101.3.4.2.2', bytes: 48 },
  sha512: { oid: '2.16.840.1.101.3.4.2.3', bytes: 64 },
} as const;

export type ImprintAlgorithm = keyof typeof IMPRINT_ALGORITHMS;

/** The timestamp authority's signing certificate and the name of who issued it. */
export interface TokenSigner {
  readonly key: SigningKey;
  readonly name: Der;
  readonly issuer: Issuer;
  readonly serial: Buffer;
  readonly certificate: Buffer;
}

export interface TokenOptions {
  readonly algorithm: ImprintAlgorithm;
  readonly digest: Uint8Array;
  readonly at: Date;
  readonly serial: Uint8Array;
  /** INTEGER content of the query's nonce. */
  readonly nonce?: Uint8Array | undefined;
  /** Embed the signing certificate. */
  readonly certificate?: boolean | undefined;
}

const attribute = (type: string, value: Der): Der => sequence(oid(type), setOf(value));
const directoryName = (name: Der): Der => context(4, name);
const sha256Algorithm = (): Der => sequence(oid(IMPRINT_ALGORITHMS.sha256.oid));

/** TSTInfo (RFC 3161 §2.4.2): accuracy of one second, no ordering. */
function encodeTstInfo(signer: TokenSigner, options: TokenOptions): Der {
  const imprint = sequence(
    sequence(oid(IMPRINT_ALGORITHMS[options.algorithm].oid), nullValue()),
    octetString(options.digest),
  );
  return sequence(
    integer(1),
    oid(OID.policy),
    imprint,
    integer(options.serial),
    generalizedTime(options.at),
    sequence(integer(1)),
    ...(options.nonce === undefined ? [] : [integer(options.nonce)]),
    context(0, directoryName(signer.name)),
  );
}

/** A granted TimeStampResp (RFC 3161 §2.4.2) around a CMS SignedData (RFC 5652), laid out as the real service does. */
export function encodeTimestamp(signer: TokenSigner, options: TokenOptions): Buffer {
  const tstInfo = encodeTstInfo(signer, options);
  const issuerSerial = sequence(sequence(directoryName(signer.issuer.name)), integer(signer.serial));
  const essCertificate = sequence(octetString(sha256(signer.certificate)), issuerSerial);
  const attributes = setOf(
    attribute(OID.contentType, oid(OID.tstInfo)),
    attribute(OID.signingTime, utcTime(options.at)),
    attribute(OID.messageDigest, octetString(sha256(tstInfo))),
    attribute(OID.signingCertificateV2, sequence(sequence(essCertificate))),
  );
  // The signature covers the attributes as SET OF; they are stored under the tag [0] (RFC 5652 §5.4).
  const storedAttributes = Buffer.from(attributes);
  storedAttributes[0] = 0xa0;
  const signerInfo = sequence(
    integer(1),
    sequence(signer.issuer.name, integer(signer.serial)),
    sha256Algorithm(),
    storedAttributes,
    signatureAlgorithm(signer.key),
    octetString(signer.key.sign(attributes)),
  );
  const signedData = sequence(
    integer(3),
    setOf(sha256Algorithm()),
    sequence(oid(OID.tstInfo), context(0, octetString(tstInfo))),
    context(0, ...(options.certificate === true ? [signer.certificate] : [])),
    setOf(signerInfo),
  );
  return sequence(sequence(integer(0)), sequence(oid(OID.signedData), context(0, signedData)));
}

/** TimeStampReq (RFC 3161 §2.4.1), for tests of the DER way in. */
export function encodeQuery(query: {
  readonly algorithm: string;
  readonly digest: Uint8Array;
  readonly nonce?: Uint8Array;
  readonly certificate?: boolean;
}): Buffer {
  return sequence(
    integer(1),
    sequence(sequence(oid(query.algorithm), nullValue()), octetString(query.digest)),
    ...(query.nonce === undefined ? [] : [integer(query.nonce)]),
    ...(query.certificate === true ? [boolean(true)] : []),
  );
}
