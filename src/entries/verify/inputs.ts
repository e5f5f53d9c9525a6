import type { VerifyRequest } from '../../usecases/verifying/verify-request.ts';
import { readImages } from '../action/inputs/images.ts';
import type { InputSource, Reading } from '../action/inputs/input-source.ts';
import { SHARED_INPUTS } from '../action/inputs/shared-inputs.ts';
import { refuseUnknownInputs } from '../action/inputs/unknown-inputs.ts';
import { GATE_INPUTS, readGateInputs } from '../gate/inputs.ts';
import { createInputProblems } from '../inputs/input-problems.ts';

/** The inputs of verify/action.yml that this folder reads. A test compares the two. */
export const VERIFY_INPUTS = ['images', 'digest', 'metadata', ...SHARED_INPUTS, ...GATE_INPUTS] as const;

/**
 * Reads every input of the verify action once. Throws one CodedError INPUT_INVALID that names every bad input with
 * its cure.
 */
export async function readVerifyInputs(source: InputSource): Promise<VerifyRequest> {
  const problems = createInputProblems();
  const reading: Reading = { source, problems };
  const warnings = refuseUnknownInputs(reading, { action: 'verify', own: VERIFY_INPUTS });
  const images = await readImages(reading, { refuseEmptyItems: true });
  const request = await readGateInputs(reading, { action: 'verify', images, warnings });
  problems.throwIfAny();
  return request;
}
