import type { TransparencyLogEntry } from '@sigstore/bundle';
import type { SignatureFormat } from '../../domain/signature/facts.ts';

/** One log entry as parsed; whether it must prove anything depends on the trusted root. */
export interface ParsedEntry {
  readonly entry: TransparencyLogEntry;
  /** Global index. */
  readonly logIndex: number;
  /** Unix seconds, 0 = none. */
  readonly integratedTime: number;
}

/**
 * What both formats come down to: signed bytes, a signature, the certificate that made it, and the proofs
 * offered. Parsed and bounded, nothing verified.
 */
export interface SignatureMaterial {
  readonly format: SignatureFormat;
  /** DER of the signing certificate. */
  readonly certificate: Buffer;
  readonly signature: Buffer;
  /** The bytes under the signature: the DSSE pre-authentication encoding, or the legacy payload. */
  readonly signedBytes: Buffer;
  /** What the signature says: the DSSE payload, or the legacy payload. */
  readonly payload: Buffer;
  /** DSSE payload type; undefined = the payload itself is signed. */
  readonly payloadType: string | undefined;
  /** Bundle v0.1 and the legacy layer hold a signed entry timestamp and may lack the inclusion proof. */
  readonly mayLackInclusionProof: boolean;
  readonly entries: readonly ParsedEntry[];
  /** DER of RFC 3161 responses. */
  readonly timestamps: readonly Buffer[];
}
