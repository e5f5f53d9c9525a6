/**
 * The reasons for refusing a signature, and so an image (contract §4), in the order of the checks. The first failed
 * check determines the reason of a signature, and the signature that passed most checks determines that of the image.
 * Each reason has a heading in docs/troubleshooting.md.
 */
export const REFUSAL_REASONS = [
  'NO_SIGNATURE',
  'NO_ATTESTATION',
  'SIGNATURE_INVALID',
  'SUBJECT_DIGEST_MISMATCH',
  'CERTIFICATE_UNTRUSTED',
  'NOT_LOGGED',
  'TIMESTAMP_INVALID',
  'CERTIFICATE_EXPIRED',
  'ISSUER_MISMATCH',
  'IDENTITY_MISMATCH',
  'CLAIM_MISMATCH',
  'ANNOTATION_MISMATCH',
  'TOO_OLD',
  'ATTESTATION_MISMATCH',
  'POLICY_NO_MATCH',
  'POLICY_DENIED',
] as const;

export type RefusalReason = (typeof REFUSAL_REASONS)[number];

/** The number of checks that a signature passed before it was refused. */
export function refusalRank(reason: RefusalReason): number {
  return REFUSAL_REASONS.indexOf(reason);
}

export function isRefusalReason(reason: string): reason is RefusalReason {
  return (REFUSAL_REASONS as readonly string[]).includes(reason);
}
