import { type Ran, runProgram } from '../common/run-program.ts';
import { labelOf, SIGSTORE_GO } from './catalogue.ts';

/** `sigstore-go 1.2.1`. */
export const SIGSTORE_GO_NAME = labelOf(SIGSTORE_GO);

export interface BundleVerification {
  /** Path. */
  readonly bundle: string;
  /** Path. */
  readonly trustedRoot: string;
  readonly identity: string;
  readonly issuer: string;
  /** `sha256:<hex>` of what was signed. */
  readonly digest: string;
}

/** Has sigstore-go's client verify a bundle file; it reads no registry. */
export function verifyBundle(
  path: string,
  { bundle, trustedRoot, identity, issuer, digest }: BundleVerification,
): Promise<Ran> {
  return runProgram(path, [
    ...['verify-bundle', '--bundle', bundle, '--trusted-root', trustedRoot],
    ...['--certificate-identity', identity, '--certificate-oidc-issuer', issuer],
    digest,
  ]);
}

export interface StatementSigning {
  readonly token: string;
  /** Path of what is signed. */
  readonly statement: string;
  /** Path that the bundle is written to. */
  readonly bundle: string;
  /** Path. */
  readonly signingConfig: string;
  /** Path. */
  readonly trustedRoot: string;
}

/** Has sigstore-go's client sign an in-toto statement as a DSSE bundle. */
export function signStatement(
  path: string,
  { token, statement, bundle, signingConfig, trustedRoot }: StatementSigning,
): Promise<Ran> {
  return runProgram(path, [
    ...['sign-bundle', '--in-toto', '--identity-token', token, '--bundle', bundle],
    ...['--signing-config', signingConfig, '--trusted-root', trustedRoot],
    statement,
  ]);
}
