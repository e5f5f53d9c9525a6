import type { KeyObject } from 'node:crypto';
import { readDer, readMembers } from './asn1.ts';

/*
 * ECDSA over a digest that is already made. A hashedrekord tells its log only the digest, and Node can
 * verify only over the data itself, so the equation is computed here (FIPS 186-5 §6.4.2). Nothing secret
 * is touched, so nothing has to run in constant time.
 */

interface Curve {
  readonly p: bigint;
  readonly n: bigint;
  readonly g: Point;
}

/** Jacobian coordinates; z = 0 is the point at infinity. */
interface Point {
  readonly x: bigint;
  readonly y: bigint;
  readonly z: bigint;
}

const curve = (p: bigint, n: bigint, x: bigint, y: bigint): Curve => ({ p, n, g: { x, y, z: 1n } });

/** SP 800-186 §3.2.1. */
const CURVES: Readonly<Record<string, Curve>> = {
  prime256v1: curve(
    0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn,
    0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
    0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
    0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
  ),
  secp384r1: curve(
    2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
    0xaa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7n,
    0x3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5fn,
  ),
};

const mod = (value: bigint, modulus: bigint): bigint => ((value % modulus) + modulus) % modulus;

function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [mod(value, modulus), modulus, 1n, 0n];
  while (b !== 0n) [a, b, x, y] = [b, a % b, y, x - (a / b) * y];
  return mod(x, modulus);
}

function double({ x, y, z }: Point, p: bigint): Point {
  if (z === 0n || y === 0n) return { x: 1n, y: 1n, z: 0n };
  const [zz, yy] = [(z * z) % p, (y * y) % p];
  const s = (4n * x * yy) % p;
  const m = mod(3n * (x - zz) * (x + zz), p);
  const doubledX = mod(m * m - 2n * s, p);
  return { x: doubledX, y: mod(m * (s - doubledX) - 8n * yy * yy, p), z: (2n * y * z) % p };
}

function add(a: Point, b: Point, p: bigint): Point {
  if (a.z === 0n) return b;
  if (b.z === 0n) return a;
  const [aa, bb] = [(a.z * a.z) % p, (b.z * b.z) % p];
  const [u1, u2] = [(a.x * bb) % p, (b.x * aa) % p];
  const [s1, s2] = [(a.y * b.z * bb) % p, (b.y * a.z * aa) % p];
  const [h, r] = [mod(u2 - u1, p), mod(s2 - s1, p)];
  if (h === 0n) return r === 0n ? double(a, p) : { x: 1n, y: 1n, z: 0n };
  const hh = (h * h) % p;
  const [hhh, v] = [(h * hh) % p, (u1 * hh) % p];
  const x = mod(r * r - hhh - 2n * v, p);
  return { x, y: mod(r * (v - x) - s1 * hhh, p), z: (a.z * b.z * h) % p };
}

/** u·a + w·b in one pass over the bits. */
function combine(u: bigint, a: Point, w: bigint, b: Point, p: bigint): Point {
  const both = add(a, b, p);
  let sum: Point = { x: 1n, y: 1n, z: 0n };
  for (let bit = BigInt(Math.max(u.toString(2).length, w.toString(2).length)) - 1n; bit >= 0n; bit -= 1n) {
    sum = double(sum, p);
    const [inU, inW] = [(u >> bit) & 1n, (w >> bit) & 1n];
    if (inU === 1n && inW === 1n) sum = add(sum, both, p);
    else if (inU === 1n) sum = add(sum, a, p);
    else if (inW === 1n) sum = add(sum, b, p);
  }
  return sum;
}

const toBigInt = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex') || '0'}`);

function readSignature(der: Uint8Array): { readonly r: bigint; readonly s: bigint } | undefined {
  try {
    const [r, s] = readMembers(readDer(der)[0]);
    return r?.tag === 2 && s?.tag === 2 ? { r: toBigInt(r.content), s: toBigInt(s.content) } : undefined;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Whether a DER ECDSA signature (P-256, P-384) is the key's over data with this digest; false for other keys. */
export function isSignatureOfDigest(key: KeyObject, digest: Uint8Array, signature: Uint8Array): boolean {
  const parameters = CURVES[key.asymmetricKeyDetails?.namedCurve ?? ''];
  const pair = readSignature(signature);
  if (parameters === undefined || pair === undefined) return false;
  const { p, n, g } = parameters;
  const { r, s } = pair;
  if (r <= 0n || r >= n || s <= 0n || s >= n) return false;
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  const q = { x: toBigInt(Buffer.from(x, 'base64url')), y: toBigInt(Buffer.from(y, 'base64url')), z: 1n };
  const bits = n.toString(2).length;
  const e = toBigInt(digest) >> BigInt(Math.max(0, digest.length * 8 - bits));
  const w = inverse(s, n);
  const sum = combine((e * w) % n, g, (r * w) % n, q, p);
  if (sum.z === 0n) return false;
  const zInverse = inverse(sum.z, p);
  return mod(mod(sum.x * zInverse * zInverse, p), n) === r;
}
