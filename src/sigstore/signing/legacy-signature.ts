import {
  CERTIFICATE_ANNOTATION,
  CHAIN_ANNOTATION,
  REKOR_BUNDLE_ANNOTATION,
  SIGNATURE_ANNOTATION,
  TIMESTAMP_ANNOTATION,
} from '../../domain/image/media-types.ts';
import type { LegacyLayer } from '../../usecases/ports.ts';
import { toBase64 } from '../json-shape.ts';
import type { LogEntry } from './log-entry.ts';

export interface LegacySignature {
  readonly payload: Uint8Array;
  /** DER. */
  readonly signature: Uint8Array;
  readonly certificatePem: string;
  /** Issuers of the certificate. cosign v2 writes them, v3 writes ''; no reader needs them. */
  readonly chainPem: string;
  readonly entry: LogEntry;
  readonly timestamp: Uint8Array | undefined;
}

/**
 * The layer of a `.sig` image as cosign v2 writes it (pkg/oci/static): annotations sorted by key. The chain annotation
 * follows v2, not v3, because most readers of this format are built for v2.
 */
export function legacyLayer(signature: LegacySignature): LegacyLayer {
  const { timestamp } = signature;
  return {
    payload: signature.payload,
    annotations: {
      ...proofAnnotations(toBase64(signature.signature), signature),
      ...(timestamp && {
        [TIMESTAMP_ANNOTATION]: JSON.stringify({ SignedRFC3161Timestamp: toBase64(timestamp) }),
      }),
    },
  };
}

/** The annotations of a layer that prove its signature, in the order of their keys. */
export function proofAnnotations(
  signature: string,
  { entry, certificatePem, chainPem }: Pick<LegacySignature, 'entry' | 'certificatePem' | 'chainPem'>,
): Readonly<Record<string, string>> {
  const rekorBundle = {
    SignedEntryTimestamp: entry.signedEntryTimestamp ? toBase64(entry.signedEntryTimestamp) : '',
    Payload: {
      body: toBase64(entry.body),
      integratedTime: Number(entry.integratedTime),
      logIndex: Number(entry.logIndex),
      logID: Buffer.from(entry.keyId).toString('hex'),
    },
  };
  return {
    [SIGNATURE_ANNOTATION]: signature,
    [REKOR_BUNDLE_ANNOTATION]: JSON.stringify(rekorBundle),
    [CERTIFICATE_ANNOTATION]: certificatePem,
    [CHAIN_ANNOTATION]: chainPem,
  };
}
