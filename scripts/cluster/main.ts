/**
 * Holds the readers of Kubernetes files, and the admission webhook, against a real API server. Files: every object of a
 * built-in kind in the fixtures is created from its own text, and the images of what is then stored must be exactly those
 * that were found in the file; texts that readers of YAML understand differently must be refused, or read as the server
 * reads them. What runs is judged again there, with the rights of the service account. Webhook: see webhook/chapter.ts;
 * `--webhook-only` leaves out the rest.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasFlag } from '../common/arguments.ts';
import { createReport } from '../common/report.ts';
import { findKube, KUBE_NAME, type Kube } from '../peers/kube.ts';
import { checkEditedFiles } from './edited-files.ts';
import { checkManifests } from './manifests.ts';
import { checkRejudging } from './rejudging.ts';
import { checkTraps } from './traps.ts';
import { checkWebhook } from './webhook/chapter.ts';

const report = createReport('cluster');
const found = await findKube();
if ('missing' in found) {
  report.skip(KUBE_NAME, found.missing);
} else {
  const directory = await mkdtemp(join(tmpdir(), 'countersign-cluster-'));
  const kube = await found.start(directory);
  try {
    if (!hasFlag('webhook-only')) await checkWithoutWebhook(kube, directory);
    await checkWebhook(report, kube, directory);
  } finally {
    await kube.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

async function checkWithoutWebhook(kube: Kube, directory: string): Promise<void> {
  await checkManifests(report, kube);
  await checkTraps(report, kube);
  await checkEditedFiles(report, kube);
  await checkRejudging(report, kube, directory);
}

process.exitCode = report.finish() ? 0 : 1;
