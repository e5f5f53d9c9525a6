import type { CallLimits } from '../../domain/calls/call-limits.ts';
import type { Repository } from '../../domain/image/reference.ts';

/** What a call does to the repository; determines the requested scope. */
export type Access = 'pull' | 'push';

/** A login for one repository, and those that are tried if the registry refuses it. */
export type Credential = Login & {
  /** In this order. None if not given. */
  readonly others?: readonly Login[];
};

/** A login for one registry. `source` says where it came from, in words for messages; it contains no secret. */
export type Login =
  /** User name and password; `basic` = base64 of `user:password`. */
  | { readonly kind: 'basic'; readonly basic: string; readonly source: string; readonly isFallback: boolean }
  /**
   * An OAuth2 refresh token, used only in the POST to the token server. `basic` = the user name and password of the
   * same entry, if it contains both, for registries and token servers that do not accept refresh tokens.
   */
  | {
      readonly kind: 'identity-token';
      readonly token: string;
      readonly basic: string | undefined;
      readonly source: string;
      readonly isFallback: false;
    }
  /** A Bearer token that needs no exchange. */
  | { readonly kind: 'registry-token'; readonly token: string; readonly source: string; readonly isFallback: false };

/** Where logins come from. */
export interface CredentialStore {
  /**
   * The login for this repository's registry, or undefined for anonymous access. Throws RegistryError for a login that
   * cannot be read.
   */
  find(call: CallLimits, repository: Repository): Promise<Credential | undefined>;
  /** The places that were searched, for the message of a refusal without a login. */
  describePlaces(): string;
}

/** A store without any login: all access is anonymous. */
export const anonymousCredentials: CredentialStore = {
  find: () => Promise.resolve(undefined),
  describePlaces: () => 'nowhere, because access is anonymous',
};

/**
 * User name and password for a registry's Basic challenge. Tokens are not passwords: a refresh token belongs to the
 * token server alone.
 */
export function basicOf(credential: Credential | undefined): string | undefined {
  return credential === undefined || credential.kind === 'registry-token' ? undefined : credential.basic;
}
