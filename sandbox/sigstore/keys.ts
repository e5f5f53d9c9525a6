import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign as signData,
  verify as verifyData,
} from 'node:crypto';

export type KeyKind = 'P-256' | 'P-384' | 'P-521' | 'Ed25519';

/** A key pair with what Sigstore derives from it. */
export interface SigningKey {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Buffer;
  /** SHA-256 of the SPKI: the log ID of an RFC 6962 log and of Rekor v1. */
  readonly keyId: Buffer;
  /** Signature over `data` with the digest that belongs to the key; DER for ECDSA. */
  sign(data: Uint8Array): Buffer;
}

const CURVES = { 'P-256': 'prime256v1', 'P-384': 'secp384r1', 'P-521': 'secp521r1' } as const;

export const sha256 = (data: Uint8Array | string): Buffer => createHash('sha256').update(data).digest();

/** A new key pair of the given kind. */
export function createKey(kind: KeyKind = 'P-256'): SigningKey {
  const { privateKey, publicKey } =
    kind === 'Ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: CURVES[kind] });
  const spki = publicKey.export({ format: 'der', type: 'spki' });
  const digest = digestOfKey(publicKey);
  return { privateKey, publicKey, spki, keyId: sha256(spki), sign: (data) => signData(digest, data, privateKey) };
}

/** Digest that Sigstore's algorithm registry pairs with a key; null for Ed25519. */
export function digestOfKey(key: KeyObject): 'sha256' | 'sha384' | 'sha512' | null {
  if (key.asymmetricKeyType === 'ed25519') return null;
  switch (key.asymmetricKeyDetails?.namedCurve) {
    case 'secp384r1':
      return 'sha384';
    case 'secp521r1':
      return 'sha512';
    default:
      return 'sha256';
  }
}

/** The name protobuf-specs' PublicKeyDetails has for a key. Throws for a kind no Sigstore service uses. */
export function keyDetailsOf(key: KeyObject): string {
  if (key.asymmetricKeyType === 'ed25519') return 'PKIX_ED25519';
  if (key.asymmetricKeyType === 'rsa') {
    return `PKIX_RSA_PKCS1V15_${key.asymmetricKeyDetails?.modulusLength}_SHA256`;
  }
  const curve = Object.entries(CURVES).find(([, name]) => name === key.asymmetricKeyDetails?.namedCurve)?.[0];
  if (curve === undefined) throw new TypeError('no Sigstore key details for this key');
  return `PKIX_ECDSA_${curve.replace('-', '')}_SHA_${{ 'P-256': 256, 'P-384': 384, 'P-521': 512 }[curve]}`;
}

/** Whether `signature` is the key's over `data`; a signature or key of the wrong shape is simply not one. */
export function isSignatureOf(key: KeyObject, data: Uint8Array, signature: Uint8Array): boolean {
  try {
    return verifyData(digestOfKey(key), data, key, signature);
  } catch {
    return false;
  }
}

/** Key policy of the real certificate authority: ECDSA P-256/384/521, RSA 2048–4096, Ed25519. */
export function isAcceptableKey(key: KeyObject): boolean {
  switch (key.asymmetricKeyType) {
    case 'ed25519':
      return true;
    case 'ec':
      return Object.values(CURVES).some((name) => name === key.asymmetricKeyDetails?.namedCurve);
    case 'rsa': {
      const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
      return bits >= 2048 && bits <= 4096;
    }
    default:
      return false;
  }
}

/**
 * The public key of a PEM or DER SPKI; undefined if it is anything else. Node alone would also take the
 * PEM of a private key or of a certificate, and bytes behind the DER.
 */
export function parsePublicKey(spki: Buffer | string): KeyObject | undefined {
  const block = typeof spki === 'string' ? fromPem(spki) : { label: 'PUBLIC KEY', der: spki };
  if (block?.label !== 'PUBLIC KEY') return undefined;
  try {
    const key = createPublicKey({ key: block.der, format: 'der', type: 'spki' });
    return key.export({ format: 'der', type: 'spki' }).equals(block.der) ? key : undefined;
  } catch {
    return undefined;
  }
}

/** PEM as Go writes it: 64 columns and a final newline. */
export function toPem(label: 'CERTIFICATE' | 'PUBLIC KEY', der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** Content of the one PEM block of a text, or undefined if there is not exactly one of these labels. */
export function fromPem(text: string): { readonly label: string; readonly der: Buffer } | undefined {
  const blocks = [...text.matchAll(/-----BEGIN ([A-Z ]+)-----\s([A-Za-z0-9+/=\s]+)-----END \1-----/g)];
  const [block] = blocks;
  if (blocks.length !== 1 || block?.[1] === undefined || block[2] === undefined) return undefined;
  return { label: block[1], der: Buffer.from(block[2], 'base64') };
}
