import { DEFAULT_RUN } from '../../sandbox/github/claims.ts';
import type { World } from '../../sandbox/world.ts';

export { DEFAULT_SUBJECT as SUBJECT } from '../../sandbox/github/claims.ts';
export { shownRun } from '../../sandbox/runner/shown-run.ts';

/** Inputs of the gate that expect the repository of the workflow that the sandbox's id-tokens name. */
export function identityInputs(world: World): Readonly<Record<string, string>> {
  return { 'source-repository': DEFAULT_RUN.repository, 'certificate-oidc-issuer': world.sigstore.issuer };
}
