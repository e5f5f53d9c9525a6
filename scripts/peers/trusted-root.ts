import { createPublicKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** The parts of a trusted root that clients take one by one. */
export interface TrustedRootParts {
  readonly certificateAuthorities?: readonly Authority[];
  readonly timestampAuthorities?: readonly Authority[];
  readonly tlogs?: readonly Log[];
  readonly ctlogs?: readonly Log[];
}

export interface Authority {
  readonly uri?: string;
  readonly certChain: { readonly certificates: readonly { readonly rawBytes: string }[] };
}

export interface Log {
  readonly baseUrl: string;
  readonly publicKey: { readonly rawBytes: string };
}

export async function readTrustedRoot(path: string): Promise<TrustedRootParts> {
  return JSON.parse(await readFile(path, 'utf8')) as TrustedRootParts;
}

/** The chain of an authority, leaf first. */
export function chainPem({ certChain }: Authority): string {
  return certChain.certificates.map(({ rawBytes }) => pem('CERTIFICATE', rawBytes)).join('');
}

export function keyPem({ publicKey }: Log): string {
  return pem('PUBLIC KEY', publicKey.rawBytes);
}

/** True for a log with an ECDSA key. Readers of Rekor v1 stop at any other. */
export function isEcdsa(log: Log): boolean {
  return createPublicKey(keyPem(log)).asymmetricKeyType === 'ec';
}

function pem(label: string, base64: string): string {
  return `-----BEGIN ${label}-----\n${base64.replace(/.{64}/g, '$&\n').trimEnd()}\n-----END ${label}-----\n`;
}
