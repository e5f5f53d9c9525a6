import { beginRun } from '../action/begin-run.ts';
import { startGate } from '../gate/start-gate.ts';
import { AUDIT } from './audit.ts';

await startGate(AUDIT, beginRun());
