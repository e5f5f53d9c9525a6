/**
 * Holds the readers of Kubernetes files against a real API server: every object of a built-in kind in the fixtures is
 * created from its own text, and the images of what is then stored must be exactly those that were found in the file.
 * Texts that readers of YAML understand differently must be refused, or read as the server reads them. The client of the
 * API, policies from it and pull secrets are tried as a service account with no more rights than they need. What runs is
 * judged again there, with the rights of the service account.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createReport } from '../common/report.ts';
import { findKube, KUBE_NAME } from '../peers/kube.ts';
import { checkEditedFiles } from './edited-files.ts';
import { checkManifests } from './manifests.ts';
import { checkPoliciesFromApi } from './policies-from-api.ts';
import { checkRejudging } from './rejudging.ts';
import { checkTraps } from './traps.ts';

const report = createReport('cluster');
const found = await findKube();
if ('missing' in found) {
  report.skip(KUBE_NAME, found.missing);
} else {
  const directory = await mkdtemp(join(tmpdir(), 'countersign-cluster-'));
  const kube = await found.start(directory);
  try {
    await checkManifests(report, kube);
    await checkTraps(report, kube);
    await checkEditedFiles(report, kube);
    await checkPoliciesFromApi(report, kube);
    await checkRejudging(report, kube, directory);
  } finally {
    await kube.stop();
    await rm(directory, { recursive: true, force: true });
  }
}
process.exitCode = report.finish() ? 0 : 1;
