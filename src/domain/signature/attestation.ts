import type { Digest } from '../image/digest.ts';
import { COSIGN_SIGN_PREDICATE } from '../image/media-types.ts';
import { anotherSubject, subjectsOf } from './image-signature.ts';
import { type ContentRefusal, refuseContent, type SignedContent, type Statement } from './signed-content.ts';

/** A statement about an image that says more than that the image is signed. */
interface Attestation {
  readonly kind: 'attestation';
  readonly statement: Statement;
}

/**
 * Decides whether signed content is an attestation about the image with this digest: a statement (v1 or v0.1) with this
 * digest in one of its subjects, and with any predicate type except that of an image signature. An image signature is
 * never an attestation, because it says only "signed" (contract §3.4).
 */
export function attestation(content: SignedContent, digest: Digest): Attestation | ContentRefusal {
  if (content.kind !== 'statement')
    return refuseContent('SIGNATURE_INVALID', 'not an attestation: it is not an in-toto statement');
  if (content.predicateType === COSIGN_SIGN_PREDICATE) {
    return refuseContent('SIGNATURE_INVALID', 'an image signature, not an attestation');
  }
  if (subjectsOf(content, digest).length === 0) return anotherSubject(content, digest, 'the attestation');
  return { kind: 'attestation', statement: content };
}
