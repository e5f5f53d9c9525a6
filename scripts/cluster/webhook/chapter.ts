import { join } from 'node:path';
import type { Report } from '../../common/report.ts';
import type { Kube } from '../../peers/kube.ts';
import { checkAttacks } from './attacks.ts';
import { checkRotation } from './certificate-rotation.ts';
import { checkImageFields } from './image-fields.ts';
import { checkNamespaces } from './namespaces.ts';
import { checkOriginalDefects } from './original-defects.ts';
import { checkPermissions } from './permissions.ts';
import { checkPolicies } from './policies-in-force.ts';
import { hasProgram } from './program.ts';
import { openStage } from './stage.ts';
import { checkTutorial } from './tutorial.ts';
import { checkUpdates } from './updates.ts';

/** The admission webhook, installed from deploy/ on a real API server: everything that a user and an attacker do to it. */
export async function checkWebhook(report: Report, kube: Kube, directory: string): Promise<void> {
  if (!hasProgram()) return report.skip('admission webhook', 'there is no dist/webhook/index.js; run npm run build');
  const stage = await openStage(kube, join(directory, 'webhook'));
  try {
    for (const check of [
      ...[checkTutorial, checkImageFields, checkUpdates, checkPermissions, checkOriginalDefects],
      ...[checkRotation, checkPolicies, checkNamespaces, checkAttacks],
    ]) {
      await check(report, stage);
    }
  } finally {
    await stage.close();
  }
}
