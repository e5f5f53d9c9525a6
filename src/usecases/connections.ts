import type { SignatureRepositories } from '../domain/image/signature-repositories.ts';

/** Types only: how to reach registries and Sigstore, as plain values. Each entry reads them in its own way. */

/** A login for one registry that the caller gave, not one from the stored logins of Docker and Podman. */
export interface RegistryLogin {
  /** Host with optional port as in references: `docker.io`, `registry.example:5000`. Used for this registry only. */
  readonly registry: string;
  readonly username: string;
  readonly password: string;
  /** Its origin, worded for messages; never contains a secret. */
  readonly source: string;
}

/** What identifies this client to one registry that asks for a certificate in the TLS handshake. */
export interface RegistryCertificate {
  /** As in RegistryLogin. Always reached over https. */
  readonly registry: string;
  /** PEM: the certificate, then its chain. */
  readonly certificate: string;
  /** PEM, not encrypted. */
  readonly key: string;
}

export interface NetworkSettings {
  /** True: registries are asked without any login or client certificate, whatever is given or stored. */
  readonly isAnonymous?: boolean | undefined;
  /** Takes precedence over every stored login. */
  readonly registryLogin: RegistryLogin | undefined;
  /** Used if no stored login is found. If the registry refuses it for a read, the read is retried without a login. */
  readonly fallbackLogin: RegistryLogin | undefined;
  /** Lower-case hosts, some with a port. */
  readonly tokenHosts: readonly string[];
  readonly insecureRegistries: readonly string[];
  /** Additional root certificates, one PEM certificate each. */
  readonly caCertificates: readonly string[];
  /** At most one for each registry; presented to no other host. */
  readonly clientCertificates?: readonly RegistryCertificate[];
  /** One time budget for outages of every service, in ms. */
  readonly retryForMs: number;
  readonly concurrency: number;
  /** Where signatures are stored; empty: each image's own repository. */
  readonly signatureRepositories: SignatureRepositories;
}

/** Where trust comes from (contract §2.2). Every text is JSON. */
export type TrustOrigin =
  | { readonly kind: 'instance'; readonly instance: 'auto' | 'public-good' | 'github' }
  | { readonly kind: 'files'; readonly trustedRoot: string; readonly signingConfig: string | undefined }
  /** `root` undefined: the built-in public-good root. */
  | { readonly kind: 'tuf'; readonly mirror: URL; readonly root: string | undefined };
