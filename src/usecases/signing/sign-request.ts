import type { NetworkSettings, TrustOrigin } from '../connections.ts';
import type { RequestedImage } from '../examining/resolve-images.ts';
import type { AttestationsRequest } from './attestations-request.ts';

/** Types only: the task of one run of the sign action, with every input checked and resolved. */

export interface SignRequest {
  /** As written, in order of first mention. References to the same digest are merged when they are resolved. */
  readonly images: readonly RequestedImage[];
  /** "not pushed, skipped": entries of `metadata` without digest or name, as text for the log. */
  readonly skipped: readonly string[];
  /** Notices for the log, such as a name converted to lower case. */
  readonly notices: readonly string[];
  /** Warnings that do not stop the run: variables that look like inputs but are not read. */
  readonly warnings: readonly string[];
  readonly format: 'bundle' | 'legacy' | 'both';
  readonly recursive: boolean;
  readonly annotations: Readonly<Record<string, string>>;
  readonly ifSigned: 'skip' | 'sign';
  readonly upload: boolean;
  readonly dryRun: boolean;
  /** Absolute path. */
  readonly bundleDirectory: string;
  /** Absolute path of the file for the complete results JSON. */
  readonly reportPath: string;
  readonly summary: boolean;
  /** Undefined: none. */
  readonly attestations: AttestationsRequest | undefined;
  /** `auto` only if the repository is public. */
  readonly trust: TrustOrigin;
  readonly network: NetworkSettings;
}
