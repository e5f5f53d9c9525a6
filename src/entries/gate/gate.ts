import type { VerifiedImage } from '../../usecases/verifying/verify-images.ts';
import type { VerifyRequest } from '../../usecases/verifying/verify-request.ts';
import type { InputSource } from '../action/inputs/input-source.ts';
import type { ActionFolder } from '../action/inputs/run-files.ts';

/** What tells one gate from another: where its images come from, and what it does once it opens. */
export interface Gate {
  readonly action: Exclude<ActionFolder, 'sign'>;
  /** Outputs besides those of every gate (outputs.ts); empty until the gate opens. */
  readonly outputs?: readonly string[];
  /** Reads every input once. Throws one CodedError INPUT_INVALID that names every bad input with its cure. */
  readonly readInputs: (source: InputSource) => Promise<GateRequest>;
}

/** The task of a gate. */
export interface GateRequest extends VerifyRequest {
  /**
   * Why there is no image to check although every input is right, such as `no file names an image`: the step succeeds as
   * `allowed`. Undefined: a run without images is an error.
   */
  readonly nothingToCheck?: string | undefined;
  /**
   * Called when the output `images` is about to be filled, before anything is published. Returns the further outputs of
   * the gate. Throws a CodedError to keep it closed.
   */
  readonly onOpen?: ((images: readonly VerifiedImage[]) => Promise<Readonly<Record<string, string>>>) | undefined;
}
