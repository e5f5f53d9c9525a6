import type { ErrorCode } from '../coded-error.ts';
import type { Source } from './image/source.ts';
import type { RefusalReason } from './signature/refusal.ts';

/** The results JSON of every action (contract §4, docs/results.schema.json). */
export interface Results {
  readonly schemaVersion: 2;
  readonly verified: boolean;
  readonly images: readonly ImageResult[];
  /** Only in the output, if the complete results exceed 100,000 bytes. */
  readonly truncated?: true;
}

export type Verdict = 'pass' | 'allowed' | 'fail' | 'error';
export type Reason = RefusalReason | ErrorCode;

export interface ImageResult {
  readonly reference: string;
  readonly resolved: string | null;
  readonly repository: string | null;
  readonly tag: string | null;
  readonly digest: string | null;
  readonly verdict: Verdict;
  readonly reason: Reason | null;
  readonly message: string;
  /** Where the image is named, each place once. */
  readonly sources: readonly Source[];
  /** Only if the step has policies: those that match the image, in their order. */
  readonly policies?: readonly PolicyResult[];
  readonly signatures: readonly SignatureResult[];
  /** Absent if no attestation was required or written. */
  readonly attestations?: readonly AttestationResult[];
  readonly platforms?: readonly PlatformResult[];
  /** Entries of an index that are neither an image nor an index. They have no verdict. */
  readonly skipped?: readonly SkippedResult[];
}

/** What one policy says about an image. */
export interface PolicyResult {
  readonly name: string;
  /** The authority that the verdict rests on: one that passed, or the one that came closest. */
  readonly authority: string;
  readonly verdict: Verdict;
  readonly reason: Reason | null;
  readonly message: string;
}

export interface PlatformResult {
  readonly platform: string;
  readonly digest: string;
  readonly verdict: Verdict;
  readonly reason: Reason | null;
}

interface SkippedResult {
  readonly platform: string;
  readonly digest: string;
  readonly mediaType: string;
}

export interface SignatureResult {
  readonly format: 'bundle' | 'legacy';
  /** The digest of the manifest (bundle) or layer (legacy) that contains it. */
  readonly digest: string;
  readonly verdict: 'accepted' | 'rejected';
  readonly reason: Reason | null;
  readonly issuer: string | null;
  readonly subject: string | null;
  readonly claims: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** The oldest proven time, in UTC (RFC 3339). */
  readonly signedAt: string | null;
  readonly log: { readonly url: string; readonly index: number } | null;
  /** Only for sign: true if this run wrote it. */
  readonly written?: boolean;
  /** True if issuer, subject and claims come from a certificate that did not verify. */
  readonly unverified?: boolean;
  readonly message?: string;
}

/** An attestation, shaped like a signature. */
export interface AttestationResult extends Omit<SignatureResult, 'format'> {
  /** `buildkit`: an unsigned statement of BuildKit; signer, time and log are those of the signature of its index. */
  readonly format: SignatureResult['format'] | 'buildkit';
  /** From the signed statement. If the attestation did not verify, only as it was named. */
  readonly predicateType: string;
  /** The line of the input `attestations` that it meets, if any. */
  readonly requirement: string | null;
  /** The file with its statement, if it was accepted. */
  readonly statementPath: string | null;
  /** The platform of the image that it is about, if that is not the image itself. */
  readonly platform?: string;
  /** Sign only: its entry in GitHub's attestation store. */
  readonly github?: { readonly id: string; readonly url: string };
}
