import type { Predicate } from '../../domain/attestation/predicate.ts';
import type { SbomLine } from '../../domain/attestation/sbom-lines.ts';

/** Types only: the attestations that one run of the sign action writes (contract §2.6). */

export interface AttestationsRequest {
  /** SLSA provenance of this run for every image, and with `recursive` for every platform image. */
  readonly provenance: boolean;
  /** Empty: no SBOM. */
  readonly sbomLines: readonly SbomLine[];
  /** Reads one SBOM. Throws CodedError INPUT_INVALID if it is none, or is outside the allowed directories. */
  readonly readSbom: (path: string) => Promise<SbomFile>;
  /** A predicate of the user's own, for every image. */
  readonly predicate: Predicate | undefined;
  /** No image signature is made. */
  readonly only: boolean;
  /** Also written to GitHub's attestation store, after the registry. */
  readonly github: boolean;
}

export interface SbomFile {
  readonly predicate: Predicate;
  /** Problems that do not stop the run. */
  readonly warnings: readonly string[];
}
