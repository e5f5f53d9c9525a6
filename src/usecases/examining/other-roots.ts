import type { SignatureVerifier } from '../ports.ts';

/** Types only: trusted roots besides that of the run, which policies name. */

/** Verifiers by the keys of their trusted roots. A signature is tried against each of them alone, never a merged one. */
export type OtherRoots = ReadonlyMap<string, SignatureVerifier>;

/** One candidate that could not be judged, for example because its trusted root is not available. */
export interface UndecidedSignature {
  readonly error: unknown;
  /** The key of the trusted root; absent for that of the run. */
  readonly root?: string;
}
