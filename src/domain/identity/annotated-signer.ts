import type { CertificateIdentity } from '../signature/facts.ts';
import type { Finding } from './evaluation.ts';
import { pullRefsOf, unnamedOutsiderTrigger } from './identity-rules.ts';

/** What an object that names an image asks of its signer in addition. Exact values; undefined: not asked. */
export interface AnnotatedSigner {
  readonly subject: string | undefined;
  readonly issuer: string | undefined;
}

/** The fields of the findings: the tutorial's annotations without the name of the container. */
const SUBJECT = 'annotation subject.cosign.sigstore.dev';
const ISSUER = 'annotation issuer.cosign.sigstore.dev';

/** Compares the signer of a verified signature with the annotations of the object that names the image. */
export function checkAnnotated({ issuer, subject }: CertificateIdentity, annotated: AnnotatedSigner): Finding[] {
  const check = (field: string, expected: string | undefined, found: string): Finding[] =>
    expected === undefined ? [] : [{ field, expected, found, ok: expected === found }];
  return [...check(ISSUER, annotated.issuer, issuer), ...check(SUBJECT, annotated.subject, subject)];
}

/**
 * True if the signer is the annotated one. Without a rule that accepted the signature, identity rule 4 holds too: an
 * annotation may be written by whoever proposed the code, so it does not permit pull-request code.
 */
export function isAnnotatedSigner(
  identity: CertificateIdentity,
  annotated: AnnotatedSigner,
  { isAccepted }: { readonly isAccepted: boolean },
): boolean {
  if (annotated.subject === undefined && annotated.issuer === undefined) return false;
  const isOutsiders = pullRefsOf(identity).length > 0 || unnamedOutsiderTrigger(identity, new Map()) !== undefined;
  if (!isAccepted && isOutsiders) return false;
  return checkAnnotated(identity, annotated).every(({ ok }) => ok);
}

/** The signer that annotations name completely, as a certificate would. Nothing proves that there is one. */
export function annotatedIdentity({ subject, issuer }: AnnotatedSigner): CertificateIdentity | undefined {
  if (subject === undefined || issuer === undefined) return undefined;
  const subjectKind = /^[a-z][a-z0-9+.-]*:\/\//i.test(subject) ? 'uri' : subject.includes('@') ? 'email' : 'other';
  return { issuer, subject, subjectKind, claims: {} };
}
