import type { JsonPlace } from '../domain/text/strict-json.ts';

/**
 * The keys of Sigstore's documents, grouped by .proto file of protobuf-specs (protobuf JSON names). Go reads them with
 * protojson, which also accepts the field names of the .proto file (`message_signature`).
 */

// sigstore_common.proto
const LOG_ID: JsonPlace = { keyId: null };
const TIME_RANGE: JsonPlace = { start: null, end: null };
const CERTIFICATE: JsonPlace = { rawBytes: null };
const CERTIFICATE_CHAIN: JsonPlace = { certificates: CERTIFICATE };
const PUBLIC_KEY: JsonPlace = { rawBytes: null, keyDetails: null, validFor: TIME_RANGE };

// sigstore_rekor.proto
const LOG_ENTRY: JsonPlace = {
  logIndex: null,
  logId: LOG_ID,
  kindVersion: { kind: null, version: null },
  integratedTime: null,
  inclusionPromise: { signedEntryTimestamp: null },
  inclusionProof: {
    logIndex: null,
    rootHash: null,
    treeSize: null,
    hashes: null,
    checkpoint: { envelope: null },
  },
  canonicalizedBody: null,
};

// sigstore_bundle.proto, with envelope.proto
export const BUNDLE_PLACE: JsonPlace = {
  mediaType: null,
  verificationMaterial: {
    publicKey: { hint: null },
    x509CertificateChain: CERTIFICATE_CHAIN,
    certificate: CERTIFICATE,
    tlogEntries: LOG_ENTRY,
    timestampVerificationData: { rfc3161Timestamps: { signedTimestamp: null } },
  },
  messageSignature: { messageDigest: { algorithm: null, digest: null }, signature: null },
  dsseEnvelope: { payload: null, payloadType: null, signatures: { sig: null, keyid: null } },
};

// in-toto attestation framework v1, statement.proto and resource_descriptor.proto
export const STATEMENT_PLACE: JsonPlace = {
  _type: null,
  subject: {
    name: null,
    uri: null,
    digest: null,
    content: null,
    downloadLocation: null,
    mediaType: null,
    annotations: null,
  },
  predicateType: null,
  predicate: null,
};

// sigstore_trustroot.proto
const LOG: JsonPlace = {
  baseUrl: null,
  hashAlgorithm: null,
  publicKey: PUBLIC_KEY,
  logId: LOG_ID,
  checkpointKeyId: LOG_ID,
  operator: null,
};
const AUTHORITY: JsonPlace = {
  subject: { organization: null, commonName: null },
  uri: null,
  certChain: CERTIFICATE_CHAIN,
  validFor: TIME_RANGE,
  operator: null,
};
export const TRUSTED_ROOT_PLACE: JsonPlace = {
  mediaType: null,
  tlogs: LOG,
  certificateAuthorities: AUTHORITY,
  ctlogs: LOG,
  timestampAuthorities: AUTHORITY,
};

// Rekor's entry bodies: rekor pkg/types (hashedrekord 0.0.1, dsse 0.0.1, intoto 0.0.2) and rekor-tiles (0.0.2).
// Their fields are at different places, so this one place contains the fields of all of them.
const HASH: JsonPlace = { algorithm: null, value: null };
const V1_SIGNATURE: JsonPlace = {
  content: null,
  publicKey: { content: null },
  // hashedrekord 0.0.2
  verifier: { x509Certificate: CERTIFICATE, keyDetails: null },
};
export const ENTRY_BODY_PLACE: JsonPlace = {
  kind: null,
  apiVersion: null,
  spec: {
    data: { hash: HASH },
    signature: V1_SIGNATURE,
    hashedRekordV002: { data: { algorithm: null, digest: null }, signature: V1_SIGNATURE },
    payloadHash: HASH,
    envelopeHash: HASH,
    signatures: { signature: null, verifier: null },
    content: {
      payloadHash: HASH,
      hash: HASH,
      envelope: { payloadType: null, payload: null, signatures: { sig: null, keyid: null, publicKey: null } },
    },
  },
};
