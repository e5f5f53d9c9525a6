import type { Digest } from '../image/digest.ts';
import { COSIGN_SIGN_PREDICATE } from '../image/media-types.ts';
import { anotherSubject, subjectsOf } from './image-signature.ts';
import { type ContentRefusal, refuseContent, type SignedContent, type Statement } from './signed-content.ts';

/** A statement that says something about an image, other than that it is signed. */
interface Attestation {
  readonly kind: 'attestation';
  readonly statement: Statement;
}

/**
 * Decides whether signed content is an attestation about the image with this digest: a statement (v1 or v0.1) of any
 * predicate type but that of an image signature, one of whose subjects has this digest. An image signature is never an
 * attestation: it says nothing but "signed" (contract §3.4).
 */
export function attestation(content: SignedContent, digest: Digest): Attestation | ContentRefusal {
  if (content.kind !== 'statement')
    return refuseContent('SIGNATURE_INVALID', 'not an attestation: no in-toto statement');
  if (content.predicateType === COSIGN_SIGN_PREDICATE) {
    return refuseContent('SIGNATURE_INVALID', 'an image signature, not an attestation');
  }
  if (subjectsOf(content, digest).length === 0) return anotherSubject(content, digest, 'the attestation');
  return { kind: 'attestation', statement: content };
}
