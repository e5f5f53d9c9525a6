import type { TransparencyLogEntry } from '@sigstore/bundle';
import { dsse } from '@sigstore/core';
import { COSIGN_SIGN_PREDICATE, INTOTO_PAYLOAD } from '../../domain/image/media-types.ts';
import { isJsonObject, type JsonObject } from '../../domain/text/json-object.ts';
import { JsonLimitError, parseStrictJson } from '../../domain/text/strict-json.ts';
import { readTopLevelText } from '../../domain/text/top-level-text.ts';
import { BUNDLE_PLACE, STATEMENT_PLACE } from '../json-places.ts';
import { field, readBase64, readInteger, readList, readObject, readOpenObject, readString } from './json-fields.ts';
import { Refused, refusing } from './refused.ts';
import type { ParsedEntry, SignatureMaterial } from './signature-material.ts';

/** Attestations such as SBOMs are large and must still be recognised. */
const MAX_BUNDLE_BYTES = 16 * 1024 * 1024;
/** An image signature is about 10 kB; nothing this large is one. */
const MAX_SIGNATURE_BUNDLE_BYTES = 1024 * 1024;
/** A bundle is some twenty objects around a few long texts, the largest of which is its payload. */
const BUNDLE_READING = {
  maxBytes: MAX_BUNDLE_BYTES,
  maxDepth: 32,
  maxMembers: 10_000,
  place: BUNDLE_PLACE,
  snakeCase: true,
};
/** Statements of image signatures have one subject; what has more than this is an attestation, or nothing. */
const STATEMENT_READING = {
  maxBytes: MAX_BUNDLE_BYTES,
  maxDepth: 100,
  maxMembers: 20_000,
  place: STATEMENT_PLACE,
  snakeCase: true,
};
/** As sigstore-go caps them (CVE-2024-45395). */
const MAX_ENTRIES = 32;
const MAX_TIMESTAMPS = 32;
const MAX_PROOF_HASHES = 64;
const MAX_PREDICATE_TYPE_LENGTH = 512;

/** What a bundle turned out to be. */
export type ParsedBundle =
  | { readonly kind: 'signature'; readonly material: SignatureMaterial }
  | { readonly kind: 'message-signature' }
  | { readonly kind: 'attestation'; readonly predicateType: string }
  | { readonly kind: 'other-artifact'; readonly payloadType: string };

type BundleVersion = '0.1' | '0.2' | '0.3';

/** sigstore_bundle.proto: the spellings that were ever written; a later version is not ours to guess. */
const VERSIONS: Readonly<Record<string, BundleVersion>> = {
  'application/vnd.dev.sigstore.bundle+json;version=0.1': '0.1',
  'application/vnd.dev.sigstore.bundle+json;version=0.2': '0.2',
  'application/vnd.dev.sigstore.bundle+json;version=0.3': '0.3',
  'application/vnd.dev.sigstore.bundle.v0.3+json': '0.3',
};

/**
 * Parses a Sigstore bundle v0.1–0.3. What is not an image signature by its content is only named; an image
 * signature must keep every rule of the format, else Refused SIGNATURE_INVALID.
 */
export function parseBundle(bytes: Uint8Array): ParsedBundle {
  return refusing('SIGNATURE_INVALID', 'malformed bundle', () => {
    const bundle = readOpenObject(parseStrictJson(bytes, BUNDLE_READING), 'bundle');
    const envelope = field(bundle, 'dsseEnvelope');
    if (field(bundle, 'messageSignature') !== undefined) {
      if (envelope !== undefined) throw new TypeError('bundle has both dsseEnvelope and messageSignature');
      return { kind: 'message-signature' };
    }
    if (envelope === undefined) throw new TypeError('bundle has no content');
    const other = classifyEnvelope(readOpenObject(envelope, 'dsseEnvelope'));
    if (other !== undefined) return other;
    if (bytes.byteLength > MAX_SIGNATURE_BUNDLE_BYTES)
      throw new TypeError('bundle is too large for an image signature');
    return { kind: 'signature', material: readSignatureBundle(bundle) };
  });
}

/** Tells an attestation or another artifact from an image signature, before the bundle is held to its rules. */
function classifyEnvelope(envelope: JsonObject): Exclude<ParsedBundle, { kind: 'signature' }> | undefined {
  const payloadType = readString(field(envelope, 'payloadType'), 'payloadType').slice(0, MAX_PREDICATE_TYPE_LENGTH);
  if (payloadType !== INTOTO_PAYLOAD) return { kind: 'other-artifact', payloadType };
  const payload = readBase64(field(envelope, 'payload'), 'payload');
  const predicateType = readPredicateType(payload);
  if (typeof predicateType !== 'string' || predicateType === '') throw new TypeError('statement has no predicateType');
  if (predicateType === COSIGN_SIGN_PREDICATE) return undefined;
  return { kind: 'attestation', predicateType: predicateType.slice(0, MAX_PREDICATE_TYPE_LENGTH) };
}

/** SBOMs have hundreds of thousands of members, and all that is asked of one is that it is no image signature. */
function readPredicateType(payload: Buffer): unknown {
  try {
    const statement = parseStrictJson(payload, STATEMENT_READING);
    return isJsonObject(statement) ? field(statement, 'predicateType') : undefined;
  } catch (error) {
    if (!(error instanceof JsonLimitError)) throw error;
    return readTopLevelText(payload, 'predicateType', STATEMENT_READING);
  }
}

function readSignatureBundle(value: JsonObject): SignatureMaterial {
  const bundle = readObject(value, 'bundle', ['mediaType', 'verificationMaterial', 'dsseEnvelope', 'messageSignature']);
  const version = readVersion(bundle);
  const material = readObject(field(bundle, 'verificationMaterial'), 'verificationMaterial', [
    'certificate',
    'x509CertificateChain',
    'publicKey',
    'tlogEntries',
    'timestampVerificationData',
  ]);
  const envelope = readObject(field(bundle, 'dsseEnvelope'), 'dsseEnvelope', ['payload', 'payloadType', 'signatures']);
  const payloadType = readString(field(envelope, 'payloadType'), 'payloadType');
  const payload = readBase64(field(envelope, 'payload'), 'payload');
  return {
    format: 'bundle',
    certificate: readCertificateBytes(material, version),
    signature: readEnvelopeSignature(envelope),
    signedBytes: dsse.preAuthEncoding(payloadType, payload),
    payload,
    payloadType,
    mayLackInclusionProof: version === '0.1',
    entries: readList(field(material, 'tlogEntries'), 'tlogEntries', MAX_ENTRIES).map(readEntry),
    timestamps: readTimestamps(field(material, 'timestampVerificationData')),
  };
}

function readVersion(bundle: JsonObject): BundleVersion {
  const mediaType = readString(field(bundle, 'mediaType'), 'mediaType');
  const version = Object.hasOwn(VERSIONS, mediaType) ? VERSIONS[mediaType] : undefined;
  if (version === undefined) throw new TypeError('mediaType is not that of a bundle v0.1, v0.2 or v0.3');
  return version;
}

/** The one certificate; v0.3 has it alone, the older versions may wrap it in a chain of one. */
function readCertificateBytes(material: JsonObject, version: BundleVersion): Buffer {
  const single = field(material, 'certificate');
  const chain = field(material, 'x509CertificateChain');
  if (field(material, 'publicKey') !== undefined) {
    if (single !== undefined || chain !== undefined)
      throw new TypeError('bundle has a public key beside a certificate');
    throw new Refused('CERTIFICATE_UNTRUSTED', 'signed with a plain public key, not with an identity certificate');
  }
  if (single !== undefined && chain !== undefined) throw new TypeError('bundle has both certificate and chain');
  if (chain === undefined) return readRawBytes(single, 'certificate');
  if (version === '0.3') throw new TypeError('bundle v0.3 has x509CertificateChain instead of certificate');
  const certificates = field(readObject(chain, 'x509CertificateChain', ['certificates']), 'certificates');
  const [leaf, ...others] = readList(certificates, 'certificates', 16);
  if (others.length > 0) throw new TypeError('x509CertificateChain does not hold exactly one certificate');
  return readRawBytes(leaf, 'certificate');
}

function readRawBytes(value: unknown, name: string): Buffer {
  return readBase64(field(readObject(value, name, ['rawBytes']), 'rawBytes'), `${name}.rawBytes`);
}

function readEnvelopeSignature(envelope: JsonObject): Buffer {
  const signatures = readList(field(envelope, 'signatures'), 'signatures', 16);
  if (signatures.length !== 1) throw new TypeError(`envelope has ${signatures.length} signatures instead of one`);
  const signature = readObject(signatures[0], 'signature', ['sig', 'keyid']);
  const keyid = field(signature, 'keyid');
  // The key is the certificate's; a hint to another one is a lie or a leftover (cosign writes none, sigstore-js '').
  if (keyid !== undefined && keyid !== '') throw new TypeError('signature has a keyid');
  return readBase64(field(signature, 'sig'), 'sig');
}

function readTimestamps(value: unknown): Buffer[] {
  if (value === undefined) return [];
  const data = readObject(value, 'timestampVerificationData', ['rfc3161Timestamps']);
  return readList(field(data, 'rfc3161Timestamps'), 'rfc3161Timestamps', MAX_TIMESTAMPS).map((item) =>
    readBase64(field(readObject(item, 'timestamp', ['signedTimestamp']), 'signedTimestamp'), 'signedTimestamp'),
  );
}

function readEntry(value: unknown): ParsedEntry {
  const json = readObject(value, 'log entry', [
    'logIndex',
    'logId',
    'kindVersion',
    'integratedTime',
    'inclusionPromise',
    'inclusionProof',
    'canonicalizedBody',
  ]);
  const kindVersion = readObject(field(json, 'kindVersion'), 'kindVersion', ['kind', 'version']);
  const promise = field(json, 'inclusionPromise');
  const proof = field(json, 'inclusionProof');
  const body = field(json, 'canonicalizedBody');
  const logIndex = readInteger(field(json, 'logIndex'), 'logIndex');
  const integratedTime = readInteger(field(json, 'integratedTime'), 'integratedTime');
  const entry: TransparencyLogEntry = {
    logIndex: String(logIndex),
    logId: { keyId: readBase64(field(readObject(field(json, 'logId'), 'logId', ['keyId']), 'keyId'), 'logId.keyId') },
    kindVersion: {
      kind: readString(field(kindVersion, 'kind'), 'kind'),
      version: readString(field(kindVersion, 'version'), 'version'),
    },
    integratedTime: String(integratedTime),
    inclusionPromise: promise === undefined ? undefined : readPromise(promise),
    inclusionProof: proof === undefined ? undefined : readProof(proof),
    canonicalizedBody: body === undefined ? Buffer.alloc(0) : readBase64(body, 'canonicalizedBody'),
  };
  return { entry, logIndex, integratedTime };
}

function readPromise(value: unknown): NonNullable<TransparencyLogEntry['inclusionPromise']> {
  const promise = readObject(value, 'inclusionPromise', ['signedEntryTimestamp']);
  return { signedEntryTimestamp: readBase64(field(promise, 'signedEntryTimestamp'), 'signedEntryTimestamp') };
}

function readProof(value: unknown): NonNullable<TransparencyLogEntry['inclusionProof']> {
  const proof = readObject(value, 'inclusionProof', ['logIndex', 'rootHash', 'treeSize', 'hashes', 'checkpoint']);
  const checkpoint = field(proof, 'checkpoint');
  return {
    logIndex: String(readInteger(field(proof, 'logIndex'), 'inclusionProof.logIndex')),
    rootHash: readBase64(field(proof, 'rootHash'), 'rootHash'),
    treeSize: String(readInteger(field(proof, 'treeSize'), 'treeSize')),
    hashes: readList(field(proof, 'hashes'), 'hashes', MAX_PROOF_HASHES).map((hash) => readBase64(hash, 'proof hash')),
    checkpoint:
      checkpoint === undefined
        ? undefined
        : { envelope: readString(field(readObject(checkpoint, 'checkpoint', ['envelope']), 'envelope'), 'checkpoint') },
  };
}
