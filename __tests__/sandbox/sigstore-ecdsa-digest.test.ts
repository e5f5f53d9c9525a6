import { createHash, sign } from 'node:crypto';
import { expect, test } from 'vitest';
import { integer, sequence } from '../../sandbox/sigstore/asn1.ts';
import { isSignatureOfDigest } from '../../sandbox/sigstore/ecdsa-digest.ts';
import { createKey, sha256 } from '../../sandbox/sigstore/keys.ts';

test.each([
  ['P-256', 'sha256'],
  ['P-384', 'sha384'],
  ['P-384', 'sha256'],
  ['P-256', 'sha512'],
] as const)('agrees with the platform on %s signatures over %s', (kind, algorithm) => {
  for (let round = 0; round < 8; round += 1) {
    const key = createKey(kind);
    const data = Buffer.from(`data ${round}`);
    const digest = createHash(algorithm).update(data).digest();
    const signature = sign(algorithm, data, key.privateKey);
    expect(isSignatureOfDigest(key.publicKey, digest, signature)).toBe(true);
    expect(isSignatureOfDigest(key.publicKey, createHash(algorithm).update('other').digest(), signature)).toBe(false);
    expect(isSignatureOfDigest(createKey(kind).publicKey, digest, signature)).toBe(false);
  }
});

const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

test.each([
  ['zero and zero', sequence(integer(0), integer(0))],
  ['the order of the group', sequence(integer(ORDER), integer(ORDER))],
  ['no DER', Buffer.from('garbage')],
  ['nothing', Buffer.alloc(0)],
])('takes %s for no signature', (_, signature) => {
  expect(isSignatureOfDigest(createKey().publicKey, sha256('data'), signature)).toBe(false);
});
