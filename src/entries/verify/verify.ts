import type { Gate } from '../gate/gate.ts';
import { readVerifyInputs } from './inputs.ts';

/** The verify action: the gate for images that the workflow names. */
export const VERIFY: Gate = { action: 'verify', readInputs: readVerifyInputs };
