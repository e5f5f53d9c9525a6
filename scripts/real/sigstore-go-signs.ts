import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildImage, pushImage } from '../../sandbox/registry/image-builder.ts';
import { seedReferrer } from '../../sandbox/registry/seed.ts';
import { BUNDLE_V03 } from '../../sandbox/sigstore/hand-signer.ts';
import { imageStatement } from '../../sandbox/sigstore/image-statement.ts';
import type { World } from '../../sandbox/world.ts';
import { expectThat, type Report } from '../common/report.ts';
import { identityInputs, shownRun } from '../common/sandbox-identity.ts';
import { SIGSTORE_GO_NAME, signStatement } from '../peers/sigstore-go.ts';
import { tamperBundle } from './tamper.ts';

export interface SigstoreGoSignsOptions {
  readonly report: Report;
  readonly world: World;
  readonly variant: string;
  /** Path of sigstore-go's conformance client. */
  readonly conformance: string;
  /** Scratch directory. */
  readonly directory: string;
}

/**
 * The other way round: sigstore-go's client signs an image statement against the sandbox's services,
 * the bundle is attached as a referrer, and the committed gate accepts it and refuses its twins.
 */
export async function sigstoreGoSigns(options: SigstoreGoSignsOptions): Promise<void> {
  const { report, world, variant, directory } = options;
  const image = buildImage({ content: `signed by sigstore-go, ${variant}` });
  const repository = `peer/app-${variant}`;
  await pushImage(world.registryUrl, repository, image, {
    tag: '1',
    ...(await world.pushLogin(repository)),
  });
  const bundleFile = join(directory, `sigstore-go-${variant}.json`);
  await report.check(`${SIGSTORE_GO_NAME} signs against the sandbox's services, ${variant}`, async () => {
    const statement = join(directory, `statement-${variant}.json`);
    await writeFile(statement, imageStatement(image.digest));
    const token = world.sigstore.oidc.issue();
    const { code, out } = await signStatement(options.conformance, {
      ...{ token, statement, bundle: bundleFile },
      ...{ signingConfig: world.files.signingConfig, trustedRoot: world.files.trustedRoot },
    });
    expectThat(code === 0, 'exit 0', out);
  });
  const gate = async (bundle: string): Promise<{ verified: string | undefined; shown: string }> => {
    const store = world.registry.store;
    for (const old of store.referrers(repository, image.digest)) store.deleteManifest(repository, old.digest);
    seedReferrer(store, repository, image.digest, { artifactType: BUNDLE_V03, layer: bundle });
    const run = await world.verify({
      images: `${world.host}/${repository}@${image.digest}`,
      ...identityInputs(world),
      'wait-for': '0s',
    });
    return { verified: run.outputs['verified'], shown: shownRun(run) };
  };
  await report.check(`the gate accepts what ${SIGSTORE_GO_NAME} signed, ${variant}`, async () => {
    const { verified, shown } = await gate(await readFile(bundleFile, 'utf8'));
    expectThat(verified === 'true', 'verified', shown);
  });
  for (const [what, twin] of tamperBundle(JSON.parse(await readFile(bundleFile, 'utf8')))) {
    await report.check(`the gate refuses what ${SIGSTORE_GO_NAME} signed with ${what}, ${variant}`, async () => {
      const { verified, shown } = await gate(JSON.stringify(twin));
      expectThat(verified === 'false', 'a refusal', shown);
    });
  }
}
