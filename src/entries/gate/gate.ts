import type { CodedError } from '../../coded-error.ts';
import type { CallContext } from '../../usecases/call-context.ts';
import type { RequestedImage } from '../../usecases/examining/resolve-images.ts';
import type { Registry } from '../../usecases/ports.ts';
import type { VerifiedImage } from '../../usecases/verifying/verify-images.ts';
import type { VerifyRequest } from '../../usecases/verifying/verify-request.ts';
import type { InputSource } from '../action/inputs/input-source.ts';
import type { ActionName } from '../action/inputs/run-files.ts';
import type { RunEnvironment } from '../action/run-environment.ts';

/** What tells one gate from another: where its images come from, and what it does once it opens. */
export interface Gate {
  readonly action: Exclude<ActionName, 'sign'>;
  /** Outputs besides those of every gate (outputs.ts); empty until the gate opens. */
  readonly outputs?: readonly string[];
  /** The outputs and reports of an action that is not a gate (audit). Absent: those of every gate. */
  readonly reports?: OwnReports;
  /** Reads every input once. Throws one CodedError INPUT_INVALID that names every bad input with its cure. */
  readonly readInputs: (source: InputSource) => Promise<GateRequest>;
}

/** What an action that is not a gate says in place of a verdict. */
interface OwnReports {
  /** Resets every output before anything else happens. */
  readonly clearOutputs: (run: RunEnvironment) => void;
  /** Publishes outputs and a summary for a run that stopped. Never throws. Its code is loaded on use. */
  readonly publishStopped: (run: RunEnvironment, error: CodedError) => Promise<void>;
}

/** The part of a run that an action does in its own way, because it is not a gate (audit). */
export interface OwnRun {
  /** Finds the images at the registry; those of the request are only patterns for their names. */
  readonly findImages: (call: CallContext, registry: Registry) => Promise<readonly RequestedImage[]>;
  /** Asks what else it needs while the time of the run lasts. Returns what publishes the findings. */
  readonly conclude: (
    run: RunEnvironment,
    call: CallContext,
    found: { readonly images: readonly VerifiedImage[]; readonly registry: Registry },
  ) => Promise<() => Promise<void>>;
}

/** The task of a gate. */
export interface GateRequest extends VerifyRequest {
  /** Absent: the images of the request are checked, and a verdict is published. */
  readonly ownRun?: OwnRun;
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
