import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Ran, runProgram } from '../common/run-program.ts';
import { chainPem, isEcdsa, keyPem, readTrustedRoot } from './trusted-root.ts';

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

/**
 * Writes the parts of a trusted root (of the logs, those that can be Rekor v1); returns the environment in which cosign
 * finds them without the root.
 */
export async function writeRootParts(
  directory: string,
  trustedRoot: string,
): Promise<Readonly<Record<string, string>>> {
  const { certificateAuthorities = [], tlogs = [], ctlogs = [] } = await readTrustedRoot(trustedRoot);
  const parts = {
    SIGSTORE_ROOT_FILE: certificateAuthorities.map(chainPem),
    SIGSTORE_REKOR_PUBLIC_KEY: tlogs.filter(isEcdsa).map(keyPem),
    SIGSTORE_CT_LOG_PUBLIC_KEY_FILE: ctlogs.map(keyPem),
  };
  const paths = Object.keys(parts).map((name): [string, string] => [name, join(directory, `${name}.pem`)]);
  for (const [name, path] of paths) await writeFile(path, parts[name as keyof typeof parts].join(''));
  return Object.fromEntries(paths);
}
