import type { NetworkSettings, TrustOrigin } from '../connections.ts';
import type { RequestedImage } from '../examining/resolve-images.ts';

/** Types only: what one run of the sign action was asked to do, every input checked and resolved. */

export interface SignRequest {
  /** As written, in order of first mention; what resolves to one digest is merged when it is resolved. */
  readonly images: readonly RequestedImage[];
  /** "not pushed, skipped": entries of `metadata` without digest or name, in words for the log. */
  readonly skipped: readonly string[];
  /** Things worth saying in the log, such as a lower-cased name. */
  readonly notices: readonly string[];
  /** Things that need a person's eye without stopping the run: variables that look like inputs and that nobody reads. */
  readonly warnings: readonly string[];
  readonly format: 'bundle' | 'legacy' | 'both';
  readonly recursive: boolean;
  readonly annotations: Readonly<Record<string, string>>;
  readonly ifSigned: 'skip' | 'sign';
  readonly upload: boolean;
  readonly dryRun: boolean;
  /** Absolute path. */
  readonly bundleDirectory: string;
  /** Absolute path of the file with the whole results JSON. */
  readonly reportPath: string;
  readonly summary: boolean;
  /** `auto` only if the visibility of the repository is public. */
  readonly trust: TrustOrigin;
  readonly network: NetworkSettings;
}
