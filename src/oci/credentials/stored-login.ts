/** A login as a file or a helper holds it. */
export interface StoredLogin {
  readonly username?: string;
  readonly password?: string;
  readonly identityToken?: string;
  readonly registryToken?: string;
}
