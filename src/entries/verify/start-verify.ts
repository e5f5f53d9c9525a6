import type { BegunRun } from '../action/begin-run.ts';
import { startGate } from '../gate/start-gate.ts';
import { VERIFY } from './verify.ts';

/** Everything of the action but its first lines (main.ts). */
export const startVerify = (begun: BegunRun): Promise<void> => startGate(VERIFY, begun);
