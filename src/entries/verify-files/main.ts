import { beginRun } from '../action/begin-run.ts';
import { startGate } from '../gate/start-gate.ts';
import { VERIFY_FILES } from './verify-files.ts';

await startGate(VERIFY_FILES, beginRun());
