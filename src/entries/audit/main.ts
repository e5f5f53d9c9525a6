import { startGate } from '../gate/start-gate.ts';
import { AUDIT } from './audit.ts';

await startGate(AUDIT);
