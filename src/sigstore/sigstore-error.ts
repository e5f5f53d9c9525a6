import { CodedError } from '../coded-error.ts';

/** Why a Sigstore service, trusted root or signing config could not be used. */
export class SigstoreError extends CodedError {
  override readonly name = 'SigstoreError';
}
