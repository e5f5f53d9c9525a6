import type { ParsedIdentity } from '../../domain/identity/requirement.ts';
import type { NetworkSettings, TrustOrigin } from '../connections.ts';
import type { RequestedImage } from '../examining/resolve-images.ts';
import type { AttestationRules } from '../judging/attested-judge.ts';
import type { PolicyRules } from '../judging/policy-judge.ts';

/** Types only: the task of one run of the verify action, with every input checked and resolved. */

export interface VerifyRequest {
  /** As written, in order of first mention. References to the same digest are merged when they are resolved. */
  readonly images: readonly RequestedImage[];
  /** "not pushed, skipped": entries of `metadata` without digest or name, as text for the log. */
  readonly skipped: readonly string[];
  readonly notices: readonly string[];
  /** Warnings that do not stop the run: variables that look like inputs but are not read. */
  readonly warnings: readonly string[];
  /**
   * The required signer. `no-identity`: no signer is named, so the gate refuses and reports who signed. `of-each-line`: no
   * image signature is required, and each line of `attestations` names its own signer. `of-policies`: `policies` decide.
   */
  readonly identity:
    | Exclude<ParsedIdentity, { readonly kind: 'invalid' }>
    | { readonly kind: 'of-each-line' }
    | { readonly kind: 'of-policies' };
  /** Undefined if no attestation is required. */
  readonly attestations: AttestationRules | undefined;
  /** Undefined without the input `policy`. */
  readonly policies: PolicyRules | undefined;
  /** The repositories (`owner/name`) whose part of GitHub's attestation store is asked too. */
  readonly storeSources: readonly string[];
  readonly format: 'any' | 'bundle' | 'legacy';
  readonly mode: 'enforce' | 'warn';
  readonly recursive: boolean;
  /** How long to wait for a first signature to appear; 0 on pull requests and with `mode: warn` unless given. */
  readonly waitForMs: number;
  readonly offline: boolean;
  /** Name of the check run and context of the commit status that publish the verdict; undefined: none. */
  readonly checkName: string | undefined;
  readonly statusName: string | undefined;
  /** Absolute path of the file for the complete results JSON. */
  readonly reportPath: string;
  readonly summary: boolean;
  readonly trust: TrustOrigin;
  readonly network: NetworkSettings;
}
