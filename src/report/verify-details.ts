import type { Finding } from '../domain/identity/evaluation.ts';
import type { PasteableInputs } from '../domain/identity/pasteable-inputs.ts';
import type { ImageResult, Reason } from '../domain/results.ts';
import type { CertificateIdentity, SignatureFormat } from '../domain/signature/facts.ts';
import type { NamedTag } from './cells.ts';

/** One image in a verify report: its entry in the results JSON, and the details that a report shows in addition. */
export interface ImageReport {
  readonly result: ImageResult;
  readonly details: ImageDetails;
}

/** What is known about an image besides its result. If one of its platform images decided, the rest is about that one. */
export interface ImageDetails {
  /** Every tag given for the image. */
  readonly tags: readonly NamedTag[];
  /** The platform image that decided; undefined: the image itself, or the index, decided. */
  readonly platform: DecidingPlatform | undefined;
  readonly search: Search;
  /** Ordered by how close they are to being accepted, closest first. */
  readonly signatures: readonly SignatureDetails[];
  /** Artifacts attached to the image that are not image signatures, such as attestations. */
  readonly others: readonly string[];
  readonly places: readonly PlaceDetails[];
  /** The next thing to try, if it is more specific than the general advice for the reason. */
  readonly hint: string | undefined;
  /** The lines of the input `attestations`; absent if none is required. */
  readonly lines?: readonly LineDetails[];
}

/** Whether one line of the input `attestations` is met. */
export interface LineDetails {
  readonly line: string;
  /** Null if it is met. */
  readonly reason: Reason | null;
  readonly message: string;
  /** Of the attestation that came closest. */
  readonly findings: readonly Finding[];
  readonly hints: readonly string[];
}

export interface DecidingPlatform {
  /** `linux/arm64`. */
  readonly name: string;
  /** True if the index itself has an accepted signature. */
  readonly isIndexSigned: boolean;
}

/** Where and how this run looks for signatures. */
export interface Search {
  /** The repository that holds the signatures, `ghcr.io/acme/signatures`. */
  readonly repository: string;
  /** True if `signature-repository` names it, so that the image's own repository is not searched. */
  readonly isRedirected: boolean;
  readonly format: 'any' | 'bundle' | 'legacy';
  /** True if the run looked again after a while (`wait-for`). */
  readonly waited: boolean;
}

export interface SignatureDetails {
  readonly format: SignatureFormat;
  readonly accepted: boolean;
  readonly reason: Reason | null;
  /** Set only if the signature verified. */
  readonly verified: CertificateIdentity | undefined;
  /** The inputs that would accept it, or why none are offered. Set only if the signature verified. */
  readonly offer: PasteableInputs | undefined;
  /** The identity claimed by a certificate that did not verify. Shown as unverified, never offered for pasting. */
  readonly unverified: CertificateIdentity | undefined;
  readonly findings: readonly Finding[];
  /** Advice for people about this signature. */
  readonly hints: readonly string[];
  /** Why it did not verify. */
  readonly message: string | undefined;
}

/** One location that was searched for signatures, and the registry's response. */
interface PlaceDetails {
  readonly request: string;
  readonly status: number | string;
  readonly entries: number;
}
