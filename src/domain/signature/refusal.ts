/**
 * Why a signature, and so an image, was refused (contract §4), in the order in which the checks run:
 * the first failing check names the reason, and the signature that got furthest names the image's.
 * Each has a heading in docs/troubleshooting.md.
 */
export const REFUSAL_REASONS = [
  'NO_SIGNATURE',
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
  'POLICY_NO_MATCH',
  'POLICY_DENIED',
] as const;

export type RefusalReason = (typeof REFUSAL_REASONS)[number];

/** How far a signature got before it was refused; larger is nearer to acceptance. */
export function refusalRank(reason: RefusalReason): number {
  return REFUSAL_REASONS.indexOf(reason);
}
