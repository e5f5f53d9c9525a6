import type { RequestedImage } from './resolve-images.ts';
import type { NetworkRequest, TrustRequest } from './sign-request.ts';

/** Types only: what one run of the verify action was asked to do, every input checked and resolved. */

/**
 * The identity inputs as lists of values, none of them empty (contract §2.5): what they mean together is
 * decided by the identity rules.
 */
export interface IdentityInputs {
  readonly certificateIdentity: readonly string[];
  readonly certificateIdentityRegexp: readonly string[];
  readonly certificateOidcIssuer: readonly string[];
  readonly certificateOidcIssuerRegexp: readonly string[];
  readonly sourceRepository: readonly string[];
  readonly workflow: readonly string[];
  readonly sourceRef: readonly string[];
  readonly signerWorkflow: readonly string[];
  /** Lines `name=value`. */
  readonly claims: readonly string[];
  /** Lines `key=value`. */
  readonly annotations: readonly string[];
  readonly maxAgeMs: number | undefined;
  readonly allowAnyIdentity: boolean;
}

export interface VerifyRequest {
  /** As written, in order of first mention; what resolves to one digest is merged when it is resolved. */
  readonly images: readonly RequestedImage[];
  /** "not pushed, skipped": entries of `metadata` without digest or name, in words for the log. */
  readonly skipped: readonly string[];
  readonly notices: readonly string[];
  readonly identity: IdentityInputs;
  readonly format: 'any' | 'bundle' | 'legacy';
  readonly mode: 'enforce' | 'warn';
  readonly recursive: boolean;
  /** How long an image without any signature is looked at again; 0 on pull requests unless given. */
  readonly waitForMs: number;
  readonly offline: boolean;
  /** Absolute path of the file with the whole results JSON. */
  readonly reportPath: string;
  readonly summary: boolean;
  readonly trust: TrustRequest;
  readonly network: NetworkRequest;
}
