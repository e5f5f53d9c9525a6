import type { Gate } from '../gate/gate.ts';
import { readAuditInputs } from './inputs.ts';
import { clearAuditOutputs } from './outputs.ts';

/** The audit: no gate. It compares the images of the registry with what the last run saw. */
export const AUDIT: Gate = {
  action: 'audit',
  reports: {
    clearOutputs: clearAuditOutputs,
    publishStopped: async (run, error) => (await import('./publish-audit.ts')).publishStoppedAudit(run, error),
  },
  readInputs: readAuditInputs,
};
