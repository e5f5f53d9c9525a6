import type { TransparencyLogEntry } from '@sigstore/bundle';
import type { SignedContent } from '../../domain/signature/signed-content.ts';

/** One parsed log entry. The trusted root determines whether it must prove anything. */
export interface ParsedEntry {
  readonly entry: TransparencyLogEntry;
  /** Global index. */
  readonly logIndex: number;
  /** Unix time in seconds; 0 = none. */
  readonly integratedTime: number;
}

/**
 * The common content of all signature containers: signed bytes, signature, signing certificate and proofs. Parsed and
 * limited in size, but not verified.
 */
export interface SignatureMaterial {
  /** How to interpret the payload, according to the container. */
  readonly content: SignedContent['kind'];
  /** DER of the signing certificate. */
  readonly certificate: Buffer;
  readonly signature: Buffer;
  /** The bytes that the signature covers: the DSSE pre-authentication encoding, or the payload. */
  readonly signedBytes: Buffer;
  /** The signed content: the DSSE payload, the legacy payload, or the signed file. */
  readonly payload: Buffer;
  /** DSSE payload type; undefined = the signature is over the payload itself. */
  readonly payloadType: string | undefined;
  /**
   * True for bundle v0.1 and the legacy layer, which have a signed entry timestamp and may lack the inclusion proof.
   */
  readonly mayLackInclusionProof: boolean;
  readonly entries: readonly ParsedEntry[];
  /** DER of RFC 3161 responses. */
  readonly timestamps: readonly Buffer[];
}
