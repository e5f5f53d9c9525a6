import type { Claims } from './claims.ts';
import type { RefusalReason } from './refusal.ts';
import type { Statement } from './signed-content.ts';

export type SignatureFormat = 'bundle' | 'legacy';

/** The identity in a certificate. Only verified values may affect a decision or be offered for pasting. */
export interface CertificateIdentity {
  /** From extension .8, otherwise .1. */
  readonly issuer: string;
  /** The only SAN: a URI, an e-mail address or Fulcio's OtherName. */
  readonly subject: string;
  readonly subjectKind: 'uri' | 'email' | 'other';
  readonly claims: Claims;
}

/** Facts about signed content of any kind. Verified cryptography covers all of them. */
export interface ProvenFacts {
  readonly identity: CertificateIdentity;
  /** The proven times of the signature, oldest first. Never empty. */
  readonly provenTimes: readonly Date[];
  /** The proven entry of the transparency log, if the trusted root lists logs. */
  readonly log: LogEntryFacts | undefined;
  /** Set if a timestamp authority of the trusted root is among what proves the time. */
  readonly isTimestamped?: true;
}

/** The proven facts about an image signature. */
export interface Facts extends ProvenFacts {
  readonly format: SignatureFormat;
  /** The signed annotations: those of the statement's subject, or the payload's `optional`. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Only legacy: `critical.identity.docker-reference`. It is well formed, but may name a mirror. */
  readonly dockerReference: string | undefined;
}

/** The proven facts about an attestation. */
export interface AttestationFacts extends ProvenFacts {
  readonly statement: Statement;
}

export interface LogEntryFacts {
  /** The baseUrl of the log in the trusted root. */
  readonly url: string;
  /** The global log index. The protocol has a decimal string, but its value fits a number. */
  readonly index: number;
  readonly integratedTime: Date | undefined;
}

/** Why a signature was refused. */
export interface Refusal {
  readonly kind: 'refused';
  readonly reason: RefusalReason;
  readonly message: string;
  /** The unverified identity in the certificate, if it could be read. Only for display. */
  readonly unverified: CertificateIdentity | undefined;
}

/** The result of verifying one candidate against the trusted root. A failed verification is a value, not an exception. */
export type Verification =
  | { readonly kind: 'verified'; readonly facts: Facts }
  | Refusal
  | {
      /** Not an image signature. It is listed, but never counts (contract §3.4). Nothing about it is proven. */
      readonly kind: 'not-a-signature';
      readonly what: 'attestation' | 'message-signature' | 'other-artifact';
      readonly predicateType: string | undefined;
      readonly message: string;
      /** Its bytes show nothing; `message` says why it does not count as a damaged signature. */
      readonly isDamaged?: true;
    };

/** The result of proving one attestation. */
export type AttestationVerification = { readonly kind: 'verified'; readonly facts: AttestationFacts } | Refusal;
