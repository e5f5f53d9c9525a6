/**
 * Holds the readers of Kubernetes files, and the admission webhook, against a real API server. Files: every object of a
 * built-in kind in the fixtures is created from its own text, and the images of what is then stored must be exactly those
 * that were found in the file; texts that readers of YAML understand differently must be refused, or read as the server
 * reads them. Webhook: the client of the API, policies from it and pull secrets; judging again what runs; the manifests of
 * deploy/; the webhook itself (webhook/chapter.ts); and a short form of `npm run load`.
 * `--only=files,policies,rejudging,deploy,webhook,load` runs some of these.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { optionOf } from '../common/arguments.ts';
import { createReport } from '../common/report.ts';
import { findKube, KUBE_NAME, type Kube } from '../peers/kube.ts';
import { checkEditedFiles } from './edited-files.ts';
import { checkLoad } from './load/chapter.ts';
import { checkManifests } from './manifests.ts';
import { checkDeploy } from './manifests-of-deploy.ts';
import { checkPoliciesFromApi } from './policies-from-api.ts';
import { checkRejudging } from './rejudging.ts';
import { checkTraps } from './traps.ts';
import { checkWebhook } from './webhook/chapter.ts';

const report = createReport('cluster');

/** Each has a server of its own, so that none finds what another one left. */
const CHAPTERS: Readonly<Record<string, (kube: Kube, directory: string) => Promise<void>>> = {
  async files(kube) {
    await checkManifests(report, kube);
    await checkTraps(report, kube);
    await checkEditedFiles(report, kube);
  },
  policies: (kube, directory) => checkPoliciesFromApi(report, kube, directory),
  rejudging: (kube, directory) => checkRejudging(report, kube, directory),
  deploy: (kube, directory) => checkDeploy(report, kube, directory),
  webhook: (kube, directory) => checkWebhook(report, kube, directory),
  load: (kube, directory) => checkLoad(report, kube, directory),
};

const found = await findKube();
if ('missing' in found) {
  report.skip(KUBE_NAME, found.missing);
} else {
  const names = optionOf('only')?.split(',') ?? Object.keys(CHAPTERS);
  for (const name of names) {
    const chapter = CHAPTERS[name];
    if (chapter === undefined) throw new Error(`--only=${name}: the chapters are ${Object.keys(CHAPTERS).join(', ')}`);
    const directory = await mkdtemp(join(tmpdir(), `countersign-cluster-${name}-`));
    const kube = await found.start(directory);
    try {
      await chapter(kube, directory);
    } finally {
      await kube.stop();
      await rm(directory, { recursive: true, force: true });
    }
  }
}
process.exitCode = report.finish() ? 0 : 1;
