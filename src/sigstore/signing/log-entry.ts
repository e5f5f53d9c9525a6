import { X509Certificate } from 'node:crypto';
import type { JsonObject } from '../../domain/text/json-object.ts';
import { fromBase64, sameBytes } from '../json-shape.ts';
import { SigstoreError } from '../sigstore-error.ts';
import type { ServiceCodes } from './service-call.ts';

/** One entry of a transparency log with its proof, as returned by both Rekor versions (sigstore_rekor.proto). */
export interface LogEntry {
  /** Base URL of the log. */
  readonly url: string;
  /** Global index, a decimal string. */
  readonly logIndex: string;
  readonly keyId: Uint8Array;
  readonly kind: string;
  readonly version: string;
  /** Unix time in seconds, as a decimal string; '0' if the log records no time. */
  readonly integratedTime: string;
  /** Rekor v1 only. */
  readonly signedEntryTimestamp: Uint8Array | undefined;
  readonly proof: {
    /** Index within the shard. */
    readonly logIndex: string;
    readonly rootHash: Uint8Array;
    readonly treeSize: string;
    readonly hashes: readonly Uint8Array[];
    readonly checkpoint: string;
  };
  readonly body: Uint8Array;
}

/** The signature that an entry must record. */
export interface LoggedSignature {
  /** DER. */
  readonly signature: Uint8Array;
  /** Leaf certificate, DER. */
  readonly certificate: Uint8Array;
  /** SHA-256 in the entry: of the payload (Rekor v1) or of the signed bytes (Rekor v2). */
  readonly digest: Uint8Array;
}

/** The error codes for failures of a log. */
export const LOG_CODES: ServiceCodes = {
  unavailable: 'LOG_UNAVAILABLE',
  invalid: 'LOG_INVALID',
  name: 'transparency log',
};

/** Maximum bytes of a log response; an entry with its certificate has about 15 KB. */
export const MAX_LOG_ANSWER_BYTES = 1024 * 1024;
/** Maximum hashes of an inclusion proof: one per bit of the tree size. */
export const MAX_PROOF_HASHES = 64;

/** LOG_INVALID: the log returned an unusable entry. */
export function invalidEntry(url: string, why: string): SigstoreError {
  return new SigstoreError('LOG_INVALID', `the log ${url} returned an unusable entry: ${why}`, {
    hint: 'Nothing was uploaded. If it is your own log, check its version and its URL in the signing config.',
  });
}

/** True if the base64 text decodes to exactly these bytes. */
export function isBase64Of(value: unknown, bytes: Uint8Array): boolean {
  const decoded = fromBase64(value);
  return decoded !== undefined && sameBytes(decoded, bytes);
}

/** True if the text is base64 of a PEM with exactly this certificate. */
export function isPemOf(value: unknown, certificate: Uint8Array): boolean {
  const pem = fromBase64(value);
  if (pem === undefined) return false;
  try {
    return sameBytes(new X509Certificate(pem).raw, certificate);
  } catch {
    return false;
  }
}

export function isKind(body: JsonObject, kind: string, apiVersion: string): boolean {
  return body['kind'] === kind && body['apiVersion'] === apiVersion;
}
