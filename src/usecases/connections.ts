import type { Repository } from '../domain/image/reference.ts';

/** Types only: how to reach registries and Sigstore, as plain values that every entry reads in its own way. */

/** A login for one registry that was given to us, not found where Docker and Podman keep theirs. */
export interface RegistryLogin {
  /** Host with optional port as in references: `docker.io`, `registry.example:5000`. The login is used for no other. */
  readonly registry: string;
  readonly username: string;
  readonly password: string;
  /** Where it was given, in words for messages; names no secret. */
  readonly source: string;
}

export interface NetworkSettings {
  /** Comes before every stored login. */
  readonly registryLogin: RegistryLogin | undefined;
  /** Used if no stored login is found. If its registry refuses it for reading, that is tried again without a login. */
  readonly fallbackLogin: RegistryLogin | undefined;
  /** Lower-case hosts, some with a port. */
  readonly tokenHosts: readonly string[];
  readonly insecureRegistries: readonly string[];
  /** Further roots, one PEM certificate each. */
  readonly caCertificates: readonly string[];
  /** One time budget for outages of every service, in ms. */
  readonly retryForMs: number;
  readonly concurrency: number;
  readonly signatureRepository: Repository | undefined;
}

/** Where trust comes from (contract §2.2). Every text is JSON. */
export type TrustOrigin =
  | { readonly kind: 'instance'; readonly instance: 'auto' | 'public-good' | 'github' }
  | { readonly kind: 'files'; readonly trustedRoot: string; readonly signingConfig: string | undefined }
  /** `root` undefined: the public-good root that is built in. */
  | { readonly kind: 'tuf'; readonly mirror: URL; readonly root: string | undefined };
