import type { TransparencyLogEntry } from '@sigstore/bundle';
import type { SignedContent } from '../../domain/signature/signed-content.ts';

/** One log entry as parsed; whether it must prove anything depends on the trusted root. */
export interface ParsedEntry {
  readonly entry: TransparencyLogEntry;
  /** Global index. */
  readonly logIndex: number;
  /** Unix seconds, 0 = none. */
  readonly integratedTime: number;
}

/**
 * What every container of a signature comes down to: signed bytes, a signature, the certificate that made it, and the proofs
 * offered. Parsed and bounded, nothing verified.
 */
export interface SignatureMaterial {
  /** What the payload has to be read as; the container says so. */
  readonly content: SignedContent['kind'];
  /** DER of the signing certificate. */
  readonly certificate: Buffer;
  readonly signature: Buffer;
  /** The bytes under the signature: the DSSE pre-authentication encoding, or the payload. */
  readonly signedBytes: Buffer;
  /** What the signature says: the DSSE payload, the legacy payload, or the signed file. */
  readonly payload: Buffer;
  /** DSSE payload type; undefined = the payload itself is signed. */
  readonly payloadType: string | undefined;
  /** Bundle v0.1 and the legacy layer hold a signed entry timestamp and may lack the inclusion proof. */
  readonly mayLackInclusionProof: boolean;
  readonly entries: readonly ParsedEntry[];
  /** DER of RFC 3161 responses. */
  readonly timestamps: readonly Buffer[];
}
