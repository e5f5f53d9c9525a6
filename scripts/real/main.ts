/**
 * The committed dist/ against things we did not write: a Debian registry with token auth, images built
 * by umoci and pushed by skopeo, and two outside judges, sigstore-go and cosign. What cannot be
 * installed here is said and counted as skipped.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildImage, pushImage } from '../../sandbox/registry/image-builder.ts';
import { startWorld } from '../../sandbox/world.ts';
import { writeDockerConfig } from '../common/docker-config.ts';
import { createReport, expectThat } from '../common/report.ts';
import { shownRun } from '../common/sandbox-identity.ts';
import { COSIGN_3, labelOf, SIGSTORE_GO } from '../peers/catalogue.ts';
import { dockerRegistry } from '../peers/distribution.ts';
import { missingPrograms, peerOrSkip } from '../peers/install.ts';
import { AUTHS } from '../peers/login.ts';
import { registryOrSkip, type Startable } from '../peers/registry.ts';
import { cosignJudges } from './cosign-judges.ts';
import { judgeOnRegistry } from './judge-on-registry.ts';
import { sigstoreGoJudges } from './sigstore-go-judges.ts';
import { sigstoreGoSigns } from './sigstore-go-signs.ts';

const report = createReport('real components');
const directory = await mkdtemp(join(tmpdir(), 'countersign-real-'));

const conformance = await peerOrSkip(report, SIGSTORE_GO);
const cosignPath = await peerOrSkip(report, COSIGN_3);
const cosign =
  cosignPath === undefined ? undefined : ({ name: labelOf(COSIGN_3), path: cosignPath, major: 3 } as const);

// ── a real image on a real registry ─────────────────────────────────────────────────────────────

const registry = await findRegistry();
if (registry !== undefined) {
  for (const auth of AUTHS) {
    await judgeOnRegistry({ report, directory, registry, auth, cosign });
  }
}

async function findRegistry(): Promise<Startable | undefined> {
  const missing = await missingPrograms(['skopeo', 'umoci']);
  if (missing === undefined) return registryOrSkip(report, dockerRegistry);
  report.skip(dockerRegistry.name, missing);
  return undefined;
}

// ── the sandbox's registry (referrers API), judged from outside ─────────────────────────────────

for (const variant of ['v1', 'v2', 'tsa'] as const) {
  await using world = await startWorld({ variant });
  const image = buildImage({ content: `judged, ${variant}` });
  await pushImage(world.registryUrl, 'judged/app', image, {
    tag: '1',
    ...(await world.pushLogin('judged/app')),
  });
  const pinned = `${world.host}/judged/app@${image.digest}`;
  const bundles = join(directory, `bundles-${variant}`);
  const format = variant === 'v1' ? 'both' : 'bundle';
  await report.check(`dist/sign signs with ${variant}`, async () => {
    const run = await world.sign({ images: pinned, format, 'bundle-directory': bundles }, { workspace: directory });
    expectThat(run.exitCode === 0, 'exit 0', shownRun(run));
  });
  if (conformance !== undefined) {
    await sigstoreGoJudges({ report, world, variant, bundles, digest: image.digest, conformance });
  }
  if (cosign !== undefined && variant === 'v1') {
    const dockerConfig = join(directory, `docker-${variant}`);
    await writeDockerConfig(dockerConfig, world.host, world.login);
    await cosignJudges({ report, world, name: 'the sandbox registry', dockerConfig, pinned, cosign });
  }
  // sigstore-go's client signs only with a log and a timestamp authority.
  if (conformance !== undefined && variant !== 'tsa')
    await sigstoreGoSigns({ report, world, variant, conformance, directory });
}

await rm(directory, { recursive: true, force: true });
if (!report.finish()) process.exitCode = 1;
