import { CodedError } from '../coded-error.ts';

/** What kept a Sigstore service, trusted root or signing config from being used. */
export class SigstoreError extends CodedError {
  override readonly name = 'SigstoreError';
}
