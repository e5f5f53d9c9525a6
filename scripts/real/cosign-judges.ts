import type { World } from '../../sandbox/world.ts';
import { expectThat, type Report } from '../common/report.ts';
import { hasRefused, type Ran } from '../common/run-program.ts';
import { SUBJECT } from '../common/sandbox-identity.ts';
import { type Cosign, expectationFlags, formatFlags, runCosign } from '../peers/cosign.ts';

export interface CosignJudgesOptions {
  readonly report: Report;
  readonly world: World;
  /** Of the registry. */
  readonly name: string;
  /** Directory with a config.json that is logged in. */
  readonly dockerConfig: string;
  /** An image that is signed in both formats. */
  readonly pinned: string;
  readonly cosign: Cosign;
}

/** cosign accepts both signatures of an image, and neither for another identity. */
export async function cosignJudges(options: CosignJudgesOptions): Promise<void> {
  const { report, world, name, dockerConfig, pinned, cosign } = options;
  const verify = (identity: string, format: 'bundle' | 'legacy'): Promise<Ran> =>
    runCosign(
      cosign,
      [
        'verify',
        ...expectationFlags({ trustedRoot: world.files.trustedRoot, identity, issuer: world.sigstore.issuer }),
        ...formatFlags(cosign, format),
        pinned,
      ],
      { home: dockerConfig, env: { DOCKER_CONFIG: dockerConfig } },
    );
  for (const format of ['bundle', 'legacy'] as const) {
    await report.check(`${cosign.name} verifies the ${format} signature on ${name}`, async () => {
      const { code, out } = await verify(SUBJECT, format);
      expectThat(code === 0, 'exit 0', out);
    });
    await report.check(`${cosign.name} refuses a wrong identity, ${format}, on ${name}`, async () => {
      const ran = await verify(SUBJECT.replace('octo-repo', 'octo-other'), format);
      expectThat(hasRefused(ran), 'a refusal', ran.out);
    });
  }
}
