import type { TransparencyLogEntry } from '@sigstore/bundle';
import type { JsonObject } from '../../domain/text/json-object.ts';
import { field, readBase64, readInteger, readList, readObject, readString } from './json-fields.ts';
import { Refused } from './refused.ts';
import type { ParsedEntry, SignatureMaterial } from './signature-material.ts';

/** The limits of sigstore-go (CVE-2024-45395). */
const MAX_ENTRIES = 32;
const MAX_TIMESTAMPS = 32;
const MAX_PROOF_HASHES = 64;

type BundleVersion = '0.1' | '0.2' | '0.3';

/** All spellings in use, see sigstore_bundle.proto. Later versions are unknown and therefore refused. */
const VERSIONS: Readonly<Record<string, BundleVersion>> = {
  'application/vnd.dev.sigstore.bundle+json;version=0.1': '0.1',
  'application/vnd.dev.sigstore.bundle+json;version=0.2': '0.2',
  'application/vnd.dev.sigstore.bundle+json;version=0.3': '0.3',
  'application/vnd.dev.sigstore.bundle.v0.3+json': '0.3',
};

/** A bundle whose outer objects are valid; its content (`dsseEnvelope` or `messageSignature`) is not read yet. */
export interface OpenedBundle {
  readonly bundle: JsonObject;
  /** DER of the signing certificate; Refused CERTIFICATE_UNTRUSTED if the bundle names a plain key. */
  readonly readCertificate: () => Buffer;
  /** Reads log entries and timestamps. */
  readonly readProofs: () => Pick<SignatureMaterial, 'mayLackInclusionProof' | 'entries' | 'timestamps'>;
}

/** Checks a bundle v0.1–0.3 against its format, regardless of its content. Throws TypeError. */
export function openBundle(value: JsonObject): OpenedBundle {
  const bundle = readObject(value, 'bundle', ['mediaType', 'verificationMaterial', 'dsseEnvelope', 'messageSignature']);
  const version = readVersion(bundle);
  const material = readObject(field(bundle, 'verificationMaterial'), 'verificationMaterial', [
    'certificate',
    'x509CertificateChain',
    'publicKey',
    'tlogEntries',
    'timestampVerificationData',
  ]);
  return {
    bundle,
    readCertificate: () => readCertificateBytes(material, version),
    readProofs: () => ({
      mayLackInclusionProof: version === '0.1',
      entries: readList(field(material, 'tlogEntries'), 'tlogEntries', MAX_ENTRIES).map(readEntry),
      timestamps: readTimestamps(field(material, 'timestampVerificationData')),
    }),
  };
}

function readVersion(bundle: JsonObject): BundleVersion {
  const mediaType = readString(field(bundle, 'mediaType'), 'mediaType');
  const version = Object.hasOwn(VERSIONS, mediaType) ? VERSIONS[mediaType] : undefined;
  if (version === undefined) throw new TypeError('mediaType is not that of a bundle v0.1, v0.2 or v0.3');
  return version;
}

/** The one certificate. v0.3 has a single certificate; the older versions may wrap it in a chain of one. */
function readCertificateBytes(material: JsonObject, version: BundleVersion): Buffer {
  const single = field(material, 'certificate');
  const chain = field(material, 'x509CertificateChain');
  if (field(material, 'publicKey') !== undefined) {
    if (single !== undefined || chain !== undefined)
      throw new TypeError('bundle has both a public key and a certificate');
    throw new Refused('CERTIFICATE_UNTRUSTED', 'signed with a plain public key, not with an identity certificate');
  }
  if (single !== undefined && chain !== undefined) throw new TypeError('bundle has both certificate and chain');
  if (chain === undefined) return readRawBytes(single, 'certificate');
  if (version === '0.3') throw new TypeError('bundle v0.3 has x509CertificateChain instead of certificate');
  const certificates = field(readObject(chain, 'x509CertificateChain', ['certificates']), 'certificates');
  const [leaf, ...others] = readList(certificates, 'certificates', 16);
  if (others.length > 0) throw new TypeError('x509CertificateChain does not contain exactly one certificate');
  return readRawBytes(leaf, 'certificate');
}

function readRawBytes(value: unknown, name: string): Buffer {
  return readBase64(field(readObject(value, name, ['rawBytes']), 'rawBytes'), `${name}.rawBytes`);
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
