import type { RunResult } from '../../sandbox/runner/runner.ts';
import type { World } from '../../sandbox/world.ts';

/** Certificate subject of the workflow that the sandbox's id-tokens name. */
export const SUBJECT = 'https://github.com/octo-org/octo-repo/.github/workflows/release.yml@refs/heads/main';

/** Inputs of the gate that expect that workflow's repository. */
export function identityInputs(world: World): Readonly<Record<string, string>> {
  return { 'source-repository': 'octo-org/octo-repo', 'certificate-oidc-issuer': world.sigstore.issuer };
}

/** A run of an action as a failed check prints it. */
export function shownRun(run: RunResult): string {
  return [`exit ${run.exitCode}`, ...run.log].join('\n');
}
