import { startGate } from '../gate/start-gate.ts';
import { VERIFY } from './verify.ts';

await startGate(VERIFY);
