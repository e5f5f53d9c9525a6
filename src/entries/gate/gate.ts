import type { VerifyRequest } from '../../usecases/verifying/verify-request.ts';
import type { InputSource } from '../action/inputs/input-source.ts';
import type { ActionFolder } from '../action/inputs/run-files.ts';

/** What tells one gate from another: where its images come from. */
export interface Gate {
  readonly action: Exclude<ActionFolder, 'sign'>;
  /** Reads every input once. Throws one CodedError INPUT_INVALID that names every bad input with its cure. */
  readonly readInputs: (source: InputSource) => Promise<VerifyRequest>;
}
