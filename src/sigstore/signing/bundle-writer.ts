import { BUNDLE_V03, INTOTO_PAYLOAD } from '../../domain/image/media-types.ts';
import { toBase64 } from '../json-shape.ts';
import type { LogEntry } from './log-entry.ts';

/** The proofs of a signature: certificate (leaf, DER), log entries, timestamps (DER TimeStampResp). */
export interface ProofMaterial {
  readonly certificate: Uint8Array;
  readonly entries: readonly LogEntry[];
  readonly timestamps: readonly Uint8Array[];
}

/** A DSSE envelope (DSSE v1) with one signature and no keyid, as cosign v3 writes it. */
export interface Envelope {
  readonly payload: string;
  readonly payloadType: string;
  readonly signatures: readonly [{ readonly sig: string }];
}

export function dsseEnvelope(payload: Uint8Array, signature: Uint8Array): Envelope {
  return { payload: toBase64(payload), payloadType: INTOTO_PAYLOAD, signatures: [{ sig: toBase64(signature) }] };
}

/** DSSE v1 pre-authentication encoding: the bytes to sign. Lengths are in bytes. */
export function preAuthEncoding(payload: Uint8Array): Uint8Array {
  const head = `DSSEv1 ${Buffer.byteLength(INTOTO_PAYLOAD)} ${INTOTO_PAYLOAD} ${payload.length} `;
  return Buffer.concat([Buffer.from(head), payload]);
}

/**
 * A Sigstore bundle v0.3 with a DSSE envelope: compact JSON in the field order of protobuf-specs, without zero values
 * and with int64 as strings, as cosign v3 writes it.
 */
export function dsseBundle(material: ProofMaterial, envelope: Envelope): Uint8Array {
  return bundle(material, { dsseEnvelope: envelope }, toProto);
}

/**
 * The same for an attestation, with every log index, zero or not: sigstore-python requires the field, and no reader of
 * attestations compares them with those of cosign byte for byte.
 */
export function attestationBundle(material: ProofMaterial, envelope: Envelope): Uint8Array {
  return bundle(material, { dsseEnvelope: envelope }, (entry) => {
    const { logIndex: _, inclusionProof, ...proto } = toProto(entry);
    const { logIndex } = entry.proof;
    return { logIndex: entry.logIndex, ...proto, inclusionProof: { ...inclusionProof, logIndex } };
  });
}

/** A Sigstore bundle v0.3 with a plain signature over a message with this SHA-256. */
export function messageBundle(material: ProofMaterial, digest: Uint8Array, signature: Uint8Array): Uint8Array {
  const messageDigest = { algorithm: 'SHA2_256', digest: toBase64(digest) };
  return bundle(material, { messageSignature: { messageDigest, signature: toBase64(signature) } }, toProto);
}

function bundle(
  material: ProofMaterial,
  content: Readonly<Record<string, unknown>>,
  toEntry: (entry: LogEntry) => unknown,
): Uint8Array {
  const verificationMaterial = {
    certificate: { rawBytes: toBase64(material.certificate) },
    tlogEntries: orNothing(material.entries.map(toEntry)),
    timestampVerificationData:
      material.timestamps.length === 0
        ? undefined
        : { rfc3161Timestamps: material.timestamps.map((token) => ({ signedTimestamp: toBase64(token) })) },
  };
  return new TextEncoder().encode(JSON.stringify({ mediaType: BUNDLE_V03, verificationMaterial, ...content }));
}

function toProto(entry: LogEntry) {
  const { proof, signedEntryTimestamp } = entry;
  return {
    logIndex: unlessZero(entry.logIndex),
    logId: { keyId: toBase64(entry.keyId) },
    kindVersion: { kind: entry.kind, version: entry.version },
    integratedTime: unlessZero(entry.integratedTime),
    inclusionPromise: signedEntryTimestamp && { signedEntryTimestamp: toBase64(signedEntryTimestamp) },
    inclusionProof: {
      logIndex: unlessZero(proof.logIndex),
      rootHash: toBase64(proof.rootHash),
      treeSize: proof.treeSize,
      hashes: orNothing(proof.hashes.map(toBase64)),
      checkpoint: { envelope: proof.checkpoint },
    },
    canonicalizedBody: toBase64(entry.body),
  };
}

/** protojson omits zeros … */
function unlessZero(decimal: string): string | undefined {
  return decimal === '0' ? undefined : decimal;
}

/** … and empty lists. */
function orNothing<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}
