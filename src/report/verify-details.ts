import type { Finding } from '../domain/identity/evaluation.ts';
import type { ImageResult, Reason } from '../domain/results.ts';
import type { CertificateIdentity, SignatureFormat } from '../domain/signature/facts.ts';

/** One image in a verify report: its entry in the results JSON, and what a report shows beyond it. */
export interface ImageReport {
  readonly result: ImageResult;
  readonly details: ImageDetails;
}

export interface ImageDetails {
  /** Every tag that was given for the image. */
  readonly tags: readonly string[];
  /** Nearest to acceptance first. */
  readonly signatures: readonly SignatureDetails[];
  /** What lies beside the image but is no image signature, such as attestations. */
  readonly others: readonly string[];
  readonly places: readonly PlaceDetails[];
  /** The next thing to try, if something better is known than the advice for the reason. */
  readonly hint: string | undefined;
}

export interface SignatureDetails {
  readonly format: SignatureFormat;
  readonly accepted: boolean;
  readonly reason: Reason | null;
  /** Only of a signature that verified; offered for pasting. */
  readonly verified: CertificateIdentity | undefined;
  /** What a certificate that did not verify claims: shown as unverified, never offered. */
  readonly unverified: CertificateIdentity | undefined;
  readonly findings: readonly Finding[];
  /** What a person should know about this signature. */
  readonly hints: readonly string[];
  /** Why it did not verify. */
  readonly message: string | undefined;
}

/** One place that was asked for signatures, and its answer. */
export interface PlaceDetails {
  readonly request: string;
  readonly status: number | string;
  readonly entries: number;
}
