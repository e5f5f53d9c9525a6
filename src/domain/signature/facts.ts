import type { Digest } from '../image/digest.ts';
import type { Claims } from './claims.ts';
import type { RefusalReason } from './refusal.ts';

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

/** What verification proved about one signature: everything here is covered by checked cryptography. */
export interface Facts {
  readonly format: SignatureFormat;
  readonly subjectDigest: Digest;
  readonly identity: CertificateIdentity;
  /** The signed annotations (statement subject annotations, or the payload's `optional`). */
  readonly annotations: Readonly<Record<string, string>>;
  /** Proven times of the signature, oldest first; never empty. */
  readonly provenTimes: readonly Date[];
  /** The transparency-log entry that was proven, if the trusted root lists logs. */
  readonly log: LogEntryFacts | undefined;
  /** Label of the one trusted root that decided. */
  readonly trustedRoot: string;
  /** Legacy only: `critical.identity.docker-reference`, well formed but possibly of a mirror. */
  readonly dockerReference: string | undefined;
}

export interface LogEntryFacts {
  /** baseUrl of the log in the trusted root. */
  readonly url: string;
  /** Global log index; a decimal string in the protocol, small enough for a number. */
  readonly index: number;
  readonly integratedTime: Date | undefined;
}

/** Outcome of verifying one candidate against the trusted root: a value, not an exception. */
export type Verification =
  | { readonly kind: 'verified'; readonly facts: Facts }
  | {
      readonly kind: 'refused';
      readonly reason: RefusalReason;
      readonly message: string;
      /** What the certificate claims, if it could be read: unverified, for display only. */
      readonly unverified: CertificateIdentity | undefined;
    }
  | {
      /** Not an image signature at all: listed, never counted (contract §3.4). */
      readonly kind: 'not-a-signature';
      readonly what: 'attestation' | 'message-signature' | 'other-artifact';
      readonly predicateType: string | undefined;
      readonly message: string;
    };
