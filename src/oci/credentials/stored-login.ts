/** A login as stored in a file or a helper. */
export interface StoredLogin {
  readonly username?: string;
  readonly password?: string;
  readonly identityToken?: string;
  readonly registryToken?: string;
}
