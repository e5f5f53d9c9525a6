import type { Claims } from './claims.ts';
import type { RefusalReason } from './refusal.ts';
import type { Statement } from './signed-content.ts';

export type SignatureFormat = 'bundle' | 'legacy';

/** Who a certificate names. Only verified values may decide or be offered for pasting. */
export interface CertificateIdentity {
  /** Extension .8, else .1. */
  readonly issuer: string;
  /** The one SAN: URI, e-mail address or Fulcio OtherName. */
  readonly subject: string;
  readonly subjectKind: 'uri' | 'email' | 'other';
  readonly claims: Claims;
}

/** What its proofs prove about any signed content: everything here is covered by checked cryptography. */
export interface ProvenFacts {
  readonly identity: CertificateIdentity;
  /** Proven times of the signature, oldest first; never empty. */
  readonly provenTimes: readonly Date[];
  /** The transparency-log entry that was proven, if the trusted root lists logs. */
  readonly log: LogEntryFacts | undefined;
}

/** What verification proved about one image signature. */
export interface Facts extends ProvenFacts {
  readonly format: SignatureFormat;
  /** The signed annotations (statement subject annotations, or the payload's `optional`). */
  readonly annotations: Readonly<Record<string, string>>;
  /** Legacy only: `critical.identity.docker-reference`, well formed but possibly of a mirror. */
  readonly dockerReference: string | undefined;
}

/** What verification proved about one attestation. */
export interface AttestationFacts extends ProvenFacts {
  readonly statement: Statement;
}

export interface LogEntryFacts {
  /** baseUrl of the log in the trusted root. */
  readonly url: string;
  /** Global log index; a decimal string in the protocol, small enough for a number. */
  readonly index: number;
  readonly integratedTime: Date | undefined;
}

/** Why a signature was refused. */
export interface Refusal {
  readonly kind: 'refused';
  readonly reason: RefusalReason;
  readonly message: string;
  /** What the certificate claims, if it could be read: unverified, for display only. */
  readonly unverified: CertificateIdentity | undefined;
}

/** Outcome of verifying one candidate against the trusted root: a value, not an exception. */
export type Verification =
  | { readonly kind: 'verified'; readonly facts: Facts }
  | Refusal
  | {
      /** Not an image signature at all: listed, never counted (contract §3.4). Nothing of it is proven. */
      readonly kind: 'not-a-signature';
      readonly what: 'attestation' | 'message-signature' | 'other-artifact';
      readonly predicateType: string | undefined;
      readonly message: string;
    };

/** Outcome of proving one attestation. */
export type AttestationVerification = { readonly kind: 'verified'; readonly facts: AttestationFacts } | Refusal;
