import { type Ran, runProgram } from '../common/run-program.ts';

/** A cosign program. The two major versions take other flags for the same thing. */
export interface Cosign {
  /** `cosign 3.1.2`. */
  readonly name: string;
  readonly path: string;
  readonly major: 2 | 3;
}

/** Runs cosign; nothing is asked, and its cache lies in `home`. */
export function runCosign(
  { path }: Cosign,
  args: readonly string[],
  { home, env }: { readonly home: string; readonly env: Readonly<Record<string, string>> },
): Promise<Ran> {
  return runProgram(path, args, { env: { HOME: home, COSIGN_YES: 'true', ...env } });
}

/** Whom cosign is to expect, and by which trusted root (a path). */
export interface CosignExpectation {
  readonly trustedRoot: string;
  readonly identity: string;
  readonly issuer: string;
}

/** Flags for an expected signer, for every command of cosign that verifies. */
export function expectationFlags({ trustedRoot, identity, issuer }: CosignExpectation): readonly string[] {
  return [
    ...['--trusted-root', trustedRoot, '--certificate-identity', identity, '--certificate-oidc-issuer', issuer],
    '--allow-http-registry',
  ];
}

/** Flags that make `cosign verify` read one format. */
export function formatFlags({ major }: Pick<Cosign, 'major'>, format: 'bundle' | 'legacy'): readonly string[] {
  if (format === 'legacy') return ['--new-bundle-format=false'];
  return major === 2 ? ['--new-bundle-format'] : [];
}
