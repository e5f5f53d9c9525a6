import type { CallLimits } from '../../domain/calls/call-limits.ts';
import type { Repository } from '../../domain/image/reference.ts';

/** What a call does to the repository; decides the scope asked for. */
export type Access = 'pull' | 'push';

/** A login for one registry. `source` says where it came from, in words for messages; it names no secret. */
export type Credential =
  /** User name and password; `basic` = base64 of `user:password`. */
  | { readonly kind: 'basic'; readonly basic: string; readonly source: string; readonly isFallback: boolean }
  /**
   * An OAuth2 refresh token: for the token server's POST and nothing else. `basic` = the user name and password that
   * the same entry holds, if it holds both, for registries and token servers that take no refresh token.
   */
  | {
      readonly kind: 'identity-token';
      readonly token: string;
      readonly basic: string | undefined;
      readonly source: string;
      readonly isFallback: false;
    }
  /** A ready Bearer token. */
  | { readonly kind: 'registry-token'; readonly token: string; readonly source: string; readonly isFallback: false };

/** Where logins come from. */
export interface CredentialStore {
  /** The login for this repository's registry, or undefined: ask anonymously. Throws RegistryError for one that cannot be read. */
  find(call: CallLimits, repository: Repository): Promise<Credential | undefined>;
  /** Where was looked, for the message of a refusal without a login. */
  describePlaces(): string;
}

/** A store without any login: everything is asked anonymously. */
export const anonymousCredentials: CredentialStore = {
  find: () => Promise.resolve(undefined),
  describePlaces: () => 'nowhere, as this is asked anonymously',
};

/**
 * User name and password for a registry's Basic challenge. Tokens are not passwords: a refresh token belongs to the
 * token server alone.
 */
export function basicOf(credential: Credential | undefined): string | undefined {
  return credential === undefined || credential.kind === 'registry-token' ? undefined : credential.basic;
}
