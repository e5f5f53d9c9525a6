import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Ran, runProgram } from '../common/run-program.ts';
import { labelOf, SIGSTORE_PYTHON } from './catalogue.ts';
import type { BundleVerification } from './sigstore-go.ts';

/** `sigstore-python 4.5.1`. */
export const SIGSTORE_PYTHON_NAME = labelOf(SIGSTORE_PYTHON);

/** Its client of a trusted root and a signing config, which it takes as one file. Writes that file; returns its path. */
export async function writeTrustConfig(
  directory: string,
  { trustedRoot, signingConfig }: { readonly trustedRoot: string; readonly signingConfig: string },
): Promise<string> {
  const path = join(directory, 'client-trust-config.json');
  const config = {
    mediaType: 'application/vnd.dev.sigstore.clienttrustconfig.v0.1+json',
    trustedRoot: JSON.parse(await readFile(trustedRoot, 'utf8')) as unknown,
    signingConfig: JSON.parse(await readFile(signingConfig, 'utf8')) as unknown,
  };
  await writeFile(path, JSON.stringify(config));
  return path;
}

/**
 * Has sigstore-python verify a bundle file; it reads no registry. It wants a statement of in-toto v1 whose subjects have
 * names, and a log entry whose index is written.
 */
export function verifyWithPython(
  path: string,
  {
    bundle,
    trustConfig,
    identity,
    issuer,
    digest,
  }: Omit<BundleVerification, 'trustedRoot'> & { readonly trustConfig: string },
): Promise<Ran> {
  return runProgram(path, [
    ...['--trust-config', trustConfig, 'verify', 'identity', '--bundle', bundle],
    ...['--cert-identity', identity, '--cert-oidc-issuer', issuer],
    digest,
  ]);
}
