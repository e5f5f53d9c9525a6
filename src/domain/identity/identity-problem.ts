import type { Instead } from '../text/value-error.ts';

/** A problem with the required identity. The entry that reads the inputs writes the message. */
export type IdentityProblem = FieldProblem | NoSigner;

/** `field` is the input with the problem. */
export type FieldProblem =
  /** `of` is the claim or annotation whose value is empty; undefined for the value of the field itself. */
  | { readonly kind: 'empty'; readonly field: string; readonly of: string | undefined }
  /** The value does not match its grammar. `why` quotes it; `instead` is what to write, if that is known. */
  | {
      readonly kind: 'unreadable';
      readonly field: string;
      readonly why: string;
      readonly instead: readonly Instead[];
      /** True if the value was a list, and each line is one of its values. */
      readonly isList: boolean;
    }
  | { readonly kind: 'given-twice'; readonly field: string; readonly key: string }
  /** Identity rule 2. */
  | { readonly kind: 'needs-one-issuer'; readonly field: string }
  /** Identity rule 7. */
  | { readonly kind: 'matches-anybody'; readonly field: string; readonly pattern: string };

/** Identity rule 1: no field names a signer. The given fields only restrict one. */
export interface NoSigner {
  readonly kind: 'no-signer';
  readonly narrowing: readonly string[];
}
