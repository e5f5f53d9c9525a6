import type { ErrorCode } from '../../coded-error.ts';
import type { Digest } from '../../domain/image/digest.ts';
import type { ProvenFacts, Refusal } from '../../domain/signature/facts.ts';
import type { RefusalReason } from '../../domain/signature/refusal.ts';
import type { CallContext } from '../../usecases/call-context.ts';
import type { Candidate, SignatureVerifier } from '../../usecases/ports.ts';
import { SigstoreError } from '../sigstore-error.ts';

/** The service to blame if our own signature does not verify, for reasons that show it. */
const BLAME: Readonly<Partial<Record<RefusalReason, ErrorCode>>> = {
  CERTIFICATE_UNTRUSTED: 'CA_INVALID',
  CERTIFICATE_EXPIRED: 'CA_INVALID',
  NOT_LOGGED: 'LOG_INVALID',
  TIMESTAMP_INVALID: 'TSA_INVALID',
};

/**
 * Verifies a new image signature in the same way as the gate, so that no invalid signature is uploaded. Throws
 * CA_INVALID, LOG_INVALID, TSA_INVALID or SELF_VERIFICATION_FAILED.
 */
export async function verifyOwn(
  call: CallContext,
  verifier: SignatureVerifier,
  { candidate, subject }: { readonly candidate: Candidate; readonly subject: Digest },
): Promise<ProvenFacts> {
  const verification = await verifier.verify(call, candidate, subject);
  switch (verification.kind) {
    case 'verified':
      return verification.facts;
    case 'refused':
      throw ownRefusal(verification, subject);
    case 'not-a-signature':
      throw refusal('SELF_VERIFICATION_FAILED', subject, { reason: verification.what, message: verification.message });
  }
}

/** The error for a new signature or attestation that the verifier refused; its code names the service to blame. */
export function ownRefusal(why: Pick<Refusal, 'reason' | 'message'>, subject: Digest): SigstoreError {
  return refusal(BLAME[why.reason] ?? 'SELF_VERIFICATION_FAILED', subject, why);
}

function refusal(
  code: ErrorCode,
  subject: Digest,
  why: { readonly reason: string; readonly message: string },
): SigstoreError {
  return new SigstoreError(
    code,
    `the new signature for ${subject} does not verify against this run's trusted root: ${why.reason}: ${why.message}`,
    {
      hint:
        'Nothing was uploaded. Signing config and trusted root must belong to the same Sigstore instance. ' +
        'If they do, the named service returned a wrong response.',
    },
  );
}
