import type { Repository } from '../../domain/image/reference.ts';
import type { RequestedImage } from '../examining/resolve-images.ts';

/** Types only: what one run of the sign action was asked to do, every input checked and resolved. */

/** Credentials written into the workflow; used for `registry` and no other host. */
export interface RegistryLogin {
  /** Host with optional port as in references: `docker.io`, `registry.example:5000`. */
  readonly registry: string;
  readonly username: string;
  readonly password: string;
}

/** The job's own token. */
export interface GithubLogin {
  readonly token: string;
  readonly actor: string;
}

/** How to reach things (contract §2.3); the same for both actions. */
export interface NetworkRequest {
  readonly registryLogin: RegistryLogin | undefined;
  /** For ghcr.io without a stored login; undefined unless the server is https://github.com. */
  readonly githubLogin: GithubLogin | undefined;
  /** Lower-case hosts, some with a port. */
  readonly tokenHosts: readonly string[];
  readonly insecureRegistries: readonly string[];
  /** Further roots, one PEM certificate each. */
  readonly caCertificates: readonly string[];
  /** One time budget per run for outages of every service. */
  readonly retryForMs: number;
  readonly concurrency: number;
  readonly signatureRepository: Repository | undefined;
}

/** Where trust comes from (contract §2.2). Every text is JSON as the judge of this run wrote it. */
export type TrustRequest =
  | { readonly kind: 'instance'; readonly instance: 'auto' | 'public-good' | 'github' }
  | { readonly kind: 'files'; readonly trustedRoot: string; readonly signingConfig: string | undefined }
  /** `root` undefined: the embedded root. */
  | { readonly kind: 'tuf'; readonly mirror: URL; readonly root: string | undefined };

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
  readonly allowTags: boolean;
  /** Absolute path. */
  readonly bundleDirectory: string;
  /** Absolute path of the file with the whole results JSON. */
  readonly reportPath: string;
  readonly summary: boolean;
  /** `auto` only if the visibility of the repository is public. */
  readonly trust: TrustRequest;
  readonly network: NetworkRequest;
}
