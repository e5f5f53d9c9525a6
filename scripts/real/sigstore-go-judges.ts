import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { World } from '../../sandbox/world.ts';
import { expectThat, type Report } from '../common/report.ts';
import { hasRefused, type Ran } from '../common/run-program.ts';
import { SUBJECT } from '../common/sandbox-identity.ts';
import { SIGSTORE_GO_NAME, verifyBundle } from '../peers/sigstore-go.ts';
import { tamperBundle } from './tamper.ts';

export interface SigstoreGoJudgesOptions {
  readonly report: Report;
  readonly world: World;
  readonly variant: string;
  /** Directory with the bundle that we wrote. */
  readonly bundles: string;
  /** Of the signed image. */
  readonly digest: string;
  /** Path of sigstore-go's conformance client. */
  readonly conformance: string;
}

/** sigstore-go accepts our bundle, and refuses it for another digest and with anything in it changed. */
export async function sigstoreGoJudges(options: SigstoreGoJudgesOptions): Promise<void> {
  const { report, world, variant, bundles, digest, conformance } = options;
  const verify = (bundle: string, subject: string): Promise<Ran> =>
    verifyBundle(conformance, {
      ...{ bundle, digest: subject, identity: SUBJECT },
      ...{ issuer: world.sigstore.issuer, trustedRoot: world.files.trustedRoot },
    });
  const files = (await readdir(bundles)).filter((name) => name.includes('bundle'));
  const file = join(bundles, files[0] ?? 'missing');
  await report.check(`${SIGSTORE_GO_NAME} accepts our bundle, ${variant}`, async () => {
    const { code, out } = await verify(file, digest);
    expectThat(code === 0, 'exit 0', out);
  });
  await report.check(`${SIGSTORE_GO_NAME} refuses our bundle for another digest, ${variant}`, async () => {
    const ran = await verify(file, `sha256:${'0'.repeat(64)}`);
    expectThat(hasRefused(ran), 'a refusal', ran.out);
  });
  const original: unknown = JSON.parse(await readFile(file, 'utf8'));
  for (const [what, twin] of tamperBundle(original)) {
    await report.check(`${SIGSTORE_GO_NAME} refuses our bundle with ${what}, ${variant}`, async () => {
      const tampered = join(bundles, 'tampered.json');
      await writeFile(tampered, JSON.stringify(twin));
      const ran = await verify(tampered, digest);
      expectThat(hasRefused(ran), 'a refusal', ran.out);
      await rm(tampered);
    });
  }
}
