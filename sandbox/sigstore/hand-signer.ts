import type { KeyObject } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
import type { CertifyOptions, IssuedCertificate } from './certificate-authority.ts';
import { createKey, keyDetailsOf, type SigningKey, sha256 } from './keys.ts';
import { preAuthEncoding } from './rekor-entries.ts';
import type { SigstoreStack } from './sigstore-stack.ts';
import type { StampOptions } from './timestamp-authority.ts';
import type { LogEntryV1 } from './transparency-log-v1.ts';

/*
 * Signatures made without the services' consent: every certificate, entry and timestamp through the
 * direct ways in, at any time and with any fault. For tests of whoever has to refuse them.
 */

/** Kinds of log entry; `dsse` and `intoto` are of Rekor v1. */
export type EntryKind = 'dsse' | 'hashedrekord' | 'intoto' | 'v2';

export interface HandSigning {
  /** Key of the certificate; default a new P-256 key. */
  readonly key?: SigningKey;
  /** What is in the certificate, even another public key. */
  readonly certify?: Partial<CertifyOptions>;
  /** Log entries to make; default none. */
  readonly entries?: readonly EntryKind[];
  /** Alters the canonical body before it is logged, so that log and body agree and body and bundle do not. */
  readonly alterBody?: (body: string) => string;
  /** integratedTime of the Rekor v1 entries; default the log's clock. */
  readonly loggedAt?: Date;
  /** Timestamps to make; default none. */
  readonly timestamps?: readonly Omit<StampOptions, 'data'>[];
}

export interface EnvelopeSigning extends HandSigning {
  /** DSSE payload; bytes are signed as they are. */
  readonly payload: Uint8Array | string;
  readonly payloadType?: string;
}

/** Protobuf JSON of a TransparencyLogEntry. */
export type TransparencyLogEntryJson = Readonly<Record<string, unknown>>;

const base64 = (data: Uint8Array | string): string => Buffer.from(data).toString('base64');
const sha256Hex = (data: Uint8Array | string): { algorithm: string; value: string } => ({
  algorithm: 'sha256',
  value: sha256(data).toString('hex'),
});

/** Canonical body of a Rekor v1 `dsse` 0.0.1 entry about an envelope with one signature. */
function dsseBody(entry: {
  readonly envelope: string;
  readonly payload: Uint8Array;
  readonly signature: Uint8Array;
  readonly pem: string;
}): string {
  const spec = {
    envelopeHash: sha256Hex(entry.envelope),
    payloadHash: sha256Hex(entry.payload),
    signatures: [{ signature: base64(entry.signature), verifier: base64(entry.pem) }],
  };
  return canonicalJson({ apiVersion: '0.0.1', kind: 'dsse', spec });
}

/** Canonical body of a Rekor v1 `hashedrekord` 0.0.1 entry. */
export function hashedRekordBody(entry: {
  readonly data: Uint8Array;
  readonly signature: Uint8Array;
  readonly pem: string;
}): string {
  const spec = {
    data: { hash: sha256Hex(entry.data) },
    signature: { content: base64(entry.signature), publicKey: { content: base64(entry.pem) } },
  };
  return canonicalJson({ apiVersion: '0.0.1', kind: 'hashedrekord', spec });
}

/** Canonical body of a Rekor v1 `intoto` 0.0.2 entry: the signature is base64 of base64. */
function intotoBody(entry: {
  readonly envelope: string;
  readonly payload: Uint8Array;
  readonly payloadType: string;
  readonly signature: Uint8Array;
  readonly pem: string;
}): string {
  const envelope = {
    payloadType: entry.payloadType,
    signatures: [{ publicKey: base64(entry.pem), sig: base64(base64(entry.signature)) }],
  };
  const content = { envelope, hash: sha256Hex(entry.envelope), payloadHash: sha256Hex(entry.payload) };
  return canonicalJson({ apiVersion: '0.0.2', kind: 'intoto', spec: { content } });
}

/** Canonical body of a Rekor v2 `hashedrekord` 0.0.2 entry. */
export function hashedRekordV2Body(entry: {
  readonly data: Uint8Array;
  readonly signature: Uint8Array;
  readonly certificate: Uint8Array;
  readonly publicKey: KeyObject;
}): string {
  const hashedRekordV002 = {
    data: { algorithm: 'SHA2_256', digest: sha256(entry.data).toString('base64') },
    signature: {
      content: base64(entry.signature),
      verifier: {
        keyDetails: keyDetailsOf(entry.publicKey),
        x509Certificate: { rawBytes: base64(entry.certificate) },
      },
    },
  };
  return canonicalJson({ apiVersion: '0.0.2', kind: 'hashedrekord', spec: { hashedRekordV002 } });
}

/** A Rekor v1 answer as a bundle's tlogEntries member (sigstore_rekor.proto). */
export function toBundleEntry(entry: LogEntryV1): TransparencyLogEntryJson {
  const { kind, apiVersion }: { kind: string; apiVersion: string } = JSON.parse(
    Buffer.from(entry.body, 'base64').toString('utf8'),
  );
  const { inclusionProof, signedEntryTimestamp } = entry.verification;
  const hexToBase64 = (hex: string): string => Buffer.from(hex, 'hex').toString('base64');
  return {
    logIndex: String(entry.logIndex),
    logId: { keyId: hexToBase64(entry.logID) },
    kindVersion: { kind, version: apiVersion },
    integratedTime: String(entry.integratedTime),
    inclusionPromise: { signedEntryTimestamp },
    inclusionProof: {
      logIndex: String(inclusionProof.logIndex),
      rootHash: hexToBase64(inclusionProof.rootHash),
      treeSize: String(inclusionProof.treeSize),
      hashes: inclusionProof.hashes.map(hexToBase64),
      checkpoint: { envelope: inclusionProof.checkpoint },
    },
    canonicalizedBody: entry.body,
  };
}

/** Logs a body in Rekor v1 without any check; returns the bundle's entry. */
function logInV1(stack: SigstoreStack, body: string, at?: Date): TransparencyLogEntryJson {
  const entry = stack.rekorV1.entry(stack.rekorV1.add(body, at));
  if (entry === undefined) throw new Error('the log lost an entry');
  return toBundleEntry(entry);
}

interface Signed {
  readonly signature: Buffer;
  readonly certificate: IssuedCertificate;
  readonly material: Readonly<Record<string, unknown>>;
}

function sign(
  stack: SigstoreStack,
  options: HandSigning,
  signed: { readonly data: Buffer; readonly body: (kind: EntryKind, made: BodyParts) => string },
): Signed {
  const key = options.key ?? createKey();
  const certificate = stack.ca.certify({ publicKey: key.publicKey, ...options.certify });
  const signature = key.sign(signed.data);
  const made: BodyParts = { signature, certificate, publicKey: key.publicKey };
  const alter = options.alterBody ?? ((body: string) => body);
  const bodyOf = (kind: EntryKind): string => alter(signed.body(kind, made));
  const tlogEntries = (options.entries ?? []).map((kind) =>
    kind === 'v2' ? stack.rekorV2.add(bodyOf(kind)) : logInV1(stack, bodyOf(kind), options.loggedAt),
  );
  const timestamps = (options.timestamps ?? []).map((stamp) => ({
    signedTimestamp: base64(stack.tsa.stamp({ ...stamp, data: signature })),
  }));
  return {
    signature,
    certificate,
    material: {
      certificate: { rawBytes: base64(certificate.der) },
      ...(tlogEntries.length === 0 ? {} : { tlogEntries }),
      ...(timestamps.length === 0 ? {} : { timestampVerificationData: { rfc3161Timestamps: timestamps } }),
    },
  };
}

interface BodyParts {
  readonly signature: Buffer;
  readonly certificate: IssuedCertificate;
  readonly publicKey: KeyObject;
}

/** Media type of a bundle v0.3 (sigstore protobuf-specs, sigstore_bundle.proto). */
export const BUNDLE_V03 = 'application/vnd.dev.sigstore.bundle.v0.3+json';

/** A DSSE bundle v0.3, as JSON value. */
export function signEnvelopeByHand(stack: SigstoreStack, options: EnvelopeSigning): Record<string, unknown> {
  const payload = Buffer.from(options.payload);
  const payloadType = options.payloadType ?? 'application/vnd.in-toto+json';
  const pae = preAuthEncoding(payloadType, payload);
  const envelopeOf = (signature: Buffer): { payload: string; payloadType: string; signatures: { sig: string }[] } => ({
    payload: base64(payload),
    payloadType,
    signatures: [{ sig: base64(signature) }],
  });
  const { signature, material } = sign(stack, options, {
    data: pae,
    body: (kind, made) => {
      const parts = { payload, payloadType, pem: made.certificate.pem, signature: made.signature };
      const envelope = JSON.stringify(envelopeOf(made.signature));
      switch (kind) {
        case 'dsse':
          return dsseBody({ ...parts, envelope });
        case 'intoto':
          return intotoBody({ ...parts, envelope });
        case 'hashedrekord':
          return hashedRekordBody({ ...parts, data: pae });
        case 'v2':
          return hashedRekordV2Body({ ...made, data: pae, certificate: made.certificate.der });
      }
    },
  });
  return { mediaType: BUNDLE_V03, verificationMaterial: material, dsseEnvelope: envelopeOf(signature) };
}

/** A message-signature bundle v0.3 over `data`, as JSON value. Entries: `hashedrekord` and `v2` only. */
export function signMessageByHand(
  stack: SigstoreStack,
  options: HandSigning & { readonly data: Uint8Array | string },
): Record<string, unknown> {
  const data = Buffer.from(options.data);
  const { signature, material } = sign(stack, options, {
    data,
    body: (kind, made) => {
      if (kind === 'v2') return hashedRekordV2Body({ ...made, data, certificate: made.certificate.der });
      if (kind === 'hashedrekord')
        return hashedRekordBody({ data, signature: made.signature, pem: made.certificate.pem });
      throw new TypeError(`a message signature has no ${kind} entry`);
    },
  });
  const messageDigest = { algorithm: 'SHA2_256', digest: sha256(data).toString('base64') };
  return {
    mediaType: BUNDLE_V03,
    verificationMaterial: material,
    messageSignature: { messageDigest, signature: base64(signature) },
  };
}

/** The annotations of a legacy `.sig` layer over `payload` (cosign-style keys); entry kind `hashedrekord`. */
export function signLayerByHand(
  stack: SigstoreStack,
  options: Omit<HandSigning, 'entries'> & { readonly payload: Uint8Array; readonly logged?: boolean },
): Record<string, string> {
  const key = options.key ?? createKey();
  const { pem } = stack.ca.certify({ publicKey: key.publicKey, ...options.certify });
  const signature = key.sign(options.payload);
  const annotations: Record<string, string> = {
    'dev.cosignproject.cosign/signature': base64(signature),
    'dev.sigstore.cosign/certificate': pem,
    'dev.sigstore.cosign/chain': '',
  };
  if (options.logged !== false) {
    const alter = options.alterBody ?? ((body: string) => body);
    const body = alter(hashedRekordBody({ data: options.payload, signature, pem }));
    const entry = stack.rekorV1.entry(stack.rekorV1.add(body, options.loggedAt));
    if (entry === undefined) throw new Error('the log lost an entry');
    annotations['dev.sigstore.cosign/bundle'] = JSON.stringify({
      SignedEntryTimestamp: entry.verification.signedEntryTimestamp,
      Payload: {
        body: entry.body,
        integratedTime: entry.integratedTime,
        logIndex: entry.logIndex,
        logID: entry.logID,
      },
    });
  }
  const [stamp] = options.timestamps ?? [];
  if (stamp !== undefined)
    annotations['dev.sigstore.cosign/rfc3161timestamp'] = JSON.stringify({
      SignedRFC3161Timestamp: base64(stack.tsa.stamp({ ...stamp, data: signature })),
    });
  return annotations;
}
