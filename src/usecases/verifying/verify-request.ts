import type { ParsedIdentity } from '../../domain/identity/requirement.ts';
import type { NetworkSettings, TrustOrigin } from '../connections.ts';
import type { RequestedImage } from '../examining/resolve-images.ts';

/** Types only: what one run of the verify action was asked to do, every input checked and resolved. */

export interface VerifyRequest {
  /** As written, in order of first mention; what resolves to one digest is merged when it is resolved. */
  readonly images: readonly RequestedImage[];
  /** "not pushed, skipped": entries of `metadata` without digest or name, in words for the log. */
  readonly skipped: readonly string[];
  readonly notices: readonly string[];
  /** Things that need a person's eye without stopping the run: variables that look like inputs and that nobody reads. */
  readonly warnings: readonly string[];
  /** Who must have signed; `no-identity`: nothing names a signer, so the gate refuses and shows who did. */
  readonly identity: Exclude<ParsedIdentity, { readonly kind: 'invalid' }>;
  readonly format: 'any' | 'bundle' | 'legacy';
  readonly mode: 'enforce' | 'warn';
  readonly recursive: boolean;
  /** How long an image without any signature is looked at again; 0 on pull requests unless given. */
  readonly waitForMs: number;
  readonly offline: boolean;
  /** Name of a check run, context of a commit status that publish the verdict; undefined: none. */
  readonly checkName: string | undefined;
  readonly statusName: string | undefined;
  /** Absolute path of the file with the whole results JSON. */
  readonly reportPath: string;
  readonly summary: boolean;
  readonly trust: TrustOrigin;
  readonly network: NetworkSettings;
}
