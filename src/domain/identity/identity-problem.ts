/** Something wrong with the identity that was asked for; the entry that read it words it. */
export type IdentityProblem = FieldProblem | NoSigner;

/** `field`: the input that it is about. */
export type FieldProblem =
  /** `of`: the claim or annotation whose value it is; undefined: the value of the field itself. */
  | { readonly kind: 'empty'; readonly field: string; readonly of: string | undefined }
  /** The value breaks its grammar; `why` quotes it. */
  | { readonly kind: 'unreadable'; readonly field: string; readonly why: string }
  | { readonly kind: 'given-twice'; readonly field: string; readonly key: string }
  /** Identity rule 2. */
  | { readonly kind: 'needs-one-issuer'; readonly field: string }
  /** Identity rule 7. */
  | { readonly kind: 'matches-anybody'; readonly field: string; readonly pattern: string };

/** Identity rule 1: nothing names a signer; the fields given only narrow it. */
export interface NoSigner {
  readonly kind: 'no-signer';
  readonly narrowing: readonly string[];
}
