import { createHash } from 'node:crypto';

/** `sha256:` and 64 lower-case hex digits. No other algorithm is accepted. */
export type Digest = `sha256:${string}` & { readonly __brand: 'Digest' };

const DIGEST = /^sha256:[0-9a-f]{64}$/;

export function isDigest(value: unknown): value is Digest {
  return typeof value === 'string' && DIGEST.test(value);
}

/** The digest; undefined if the text is not a complete sha256 digest. */
export function parseDigest(value: string): Digest | undefined {
  return isDigest(value) ? value : undefined;
}

export function digestOf(bytes: Uint8Array): Digest {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}` as Digest;
}

/** The 64 hex digits without the algorithm. */
export function hexOf(digest: Digest): string {
  return digest.slice('sha256:'.length);
}
