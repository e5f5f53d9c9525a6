import { createHash } from 'node:crypto';
import type { Bundle, TransparencyLogEntry } from '@sigstore/bundle';
import type { RFC3161Timestamp } from '@sigstore/core';
import { HashAlgorithm } from '@sigstore/protobuf-specs';
import { type SignedEntity, toSignedEntity, VerificationError, Verifier } from '@sigstore/verify';
import type { RefusalReason } from '../../domain/signature/refusal.ts';
import type { ParsedCertificate } from './certificate.ts';
import { withoutScts } from './certificate-transparency.ts';
import { Refused } from './refused.ts';
import type { SignatureMaterial } from './signature-material.ts';
import type { Trust } from './trust.ts';

/** The times of one certificate that are kept. Fulcio's are valid for 600 s, and logs and timestamps count in seconds. */
const TIMES_MAX = 1_000;

/** One signature and the trusted root to check it against. */
export interface ProofContext {
  readonly material: SignatureMaterial;
  readonly certificate: ParsedCertificate;
  readonly trust: Trust;
}

/** The proofs of one signature that count under one trusted root. */
export interface CountingProofs {
  readonly entries: readonly TransparencyLogEntry[];
  readonly timestamps: readonly RFC3161Timestamp[];
}

/** What is done with each proof that counts, before all of them are judged together. */
export type JudgeEach = (proofs: CountingProofs, context: ProofContext) => void;

/**
 * Throws unless @sigstore/verify proves that every given log entry and timestamp is about this signature, made by the
 * certificate's key. Uses only the key: the certificate has its own checks and reasons.
 */
export function proveByKey(proofs: CountingProofs, { material, certificate, trust }: ProofContext): void {
  const key = { publicKey: certificate.key, validFor: () => true };
  new Verifier(
    { ...trust.material, publicKey: () => key },
    { ctlogThreshold: 0, tlogThreshold: proofs.entries.length, timestampThreshold: proofs.timestamps.length },
  ).verify(toEntity(material, proofs));
}

/**
 * The final check: @sigstore/verify verifies the whole signature with exactly the proofs that count. It must accept
 * everything that our own checks accepted; otherwise, its error determines the reason. `times` are those that the proofs
 * establish.
 *
 * What the library finds out about a certificate depends on nothing but the certificate, the root and these times. So
 * where it has accepted this certificate at each of them before, it judges everything else by the certificate's key.
 */
export function proveWhole(proofs: CountingProofs, times: readonly Date[], context: ProofContext): void {
  const { material, certificate, trust } = context;
  const accepted = trust.acceptedAt.get(certificate) ?? new Set();
  const wasAcceptedAt = (time: Date): boolean => accepted.has(time.getTime());
  const entity = toEntity(material, proofs);
  const thresholds = { tlogThreshold: trust.root.tlogs.length > 0 ? 1 : 0, timestampThreshold: 1 };
  try {
    if (times.length > 0 && times.every(wasAcceptedAt)) {
      const key = { publicKey: certificate.key, validFor: wasAcceptedAt };
      new Verifier({ ...trust.material, publicKey: () => key }, { ...thresholds, ctlogThreshold: 0 }).verify(entity);
      return;
    }
    const hasCtLogs = trust.root.ctlogs.length > 0;
    const leaf = hasCtLogs ? certificate.x509 : withoutScts(certificate.x509);
    new Verifier(trust.material, { ...thresholds, ctlogThreshold: hasCtLogs ? 1 : 0 }).verify({
      ...entity,
      key: { $case: 'certificate', certificate: leaf },
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : 'unknown failure';
    throw new Refused(reasonOf(error), `@sigstore/verify: ${message}`, error);
  }
  if (accepted.size < TIMES_MAX) for (const time of times) accepted.add(time.getTime());
  trust.acceptedAt.set(certificate, accepted);
}

function reasonOf(error: unknown): RefusalReason {
  if (!(error instanceof VerificationError)) return 'SIGNATURE_INVALID';
  switch (error.code) {
    case 'CERTIFICATE_ERROR':
    case 'PUBLIC_KEY_ERROR':
      return 'CERTIFICATE_UNTRUSTED';
    case 'TLOG_ERROR':
    case 'TLOG_BODY_ERROR':
    case 'TLOG_INCLUSION_PROOF_ERROR':
    case 'TLOG_INCLUSION_PROMISE_ERROR':
    case 'TLOG_MISSING_INCLUSION_ERROR':
      return 'NOT_LOGGED';
    case 'TIMESTAMP_ERROR':
      return 'TIMESTAMP_INVALID';
    case 'SIGNATURE_ERROR':
    case 'NOT_IMPLEMENTED_ERROR':
      return 'SIGNATURE_INVALID';
  }
}

/** The normalized bundle: only the proofs that count, with digests computed here. */
function toEntity(material: SignatureMaterial, proofs: CountingProofs): SignedEntity {
  const entity = toSignedEntity(
    {
      // The library reads the version only when it parses JSON, which does not happen here.
      mediaType: '',
      verificationMaterial: {
        // Replaced by the parsed certificate or its key.
        content: { $case: 'publicKey', publicKey: { hint: '' } },
        tlogEntries: [...proofs.entries],
        // Added below: our own checks have read them already.
        timestampVerificationData: undefined,
      },
      content: toContent(material),
    },
    material.payload,
  );
  const timestamps = proofs.timestamps.map((timestamp) => ({ $case: 'timestamp-authority' as const, timestamp }));
  return { ...entity, timestamps: [...entity.timestamps, ...timestamps] };
}

function toContent({ payload, payloadType, signature, signedBytes }: SignatureMaterial): Bundle['content'] {
  if (payloadType !== undefined) {
    return {
      $case: 'dsseEnvelope',
      dsseEnvelope: { payload, payloadType, signatures: [{ sig: signature, keyid: '' }] },
    };
  }
  const digest = createHash('sha256').update(signedBytes).digest();
  return {
    $case: 'messageSignature',
    messageSignature: { messageDigest: { algorithm: HashAlgorithm.SHA2_256, digest }, signature },
  };
}
