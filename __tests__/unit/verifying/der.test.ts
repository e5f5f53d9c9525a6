import { ASN1Obj, X509Certificate } from '@sigstore/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readDer } from '../../../src/sigstore/verifying/der.ts';
import { KeptCertificate } from '../../../src/sigstore/verifying/kept-certificate.ts';
import { goldenBundle, goldenRoot } from './golden.ts';

/** Everything that a reader of the tree can see. */
function shown(object: ASN1Obj): unknown {
  const value = object.value.toString('hex');
  return [object.tag.toDER(), value, object.toDER().toString('hex'), object.subs.map(shown)];
}

function readBy(reader: (bytes: Buffer<ArrayBuffer>) => ASN1Obj, bytes: Uint8Array): unknown {
  try {
    return shown(reader(Buffer.from(bytes)));
  } catch {
    return 'refused';
  }
}

function expectSame(bytes: Uint8Array): unknown {
  const ours = readBy(readDer, bytes);
  expect(ours).toEqual(readBy(ASN1Obj.parseBuffer, bytes));
  return ours;
}

const v1 = goldenBundle('cosign3-bundle-v1').verificationMaterial;
const certificate = Buffer.from(v1.certificate.rawBytes, 'base64');
const token = Buffer.from(v1.timestampVerificationData.rfc3161Timestamps[0].signedTimestamp, 'base64');

/** Nested elements with correct lengths, so that most of them are read to the end. */
const element: fc.Arbitrary<Buffer> = fc.letrec<{ node: Buffer }>((tie) => ({
  node: fc
    .oneof(
      { maxDepth: 5, depthIdentifier: 'der' },
      fc.tuple(
        fc.constantFrom(0x02, 0x04, 0x05, 0x06, 0x0c, 0x17, 0x80, 0x1f, 0x00),
        fc.uint8Array({ maxLength: 140 }),
      ),
      fc
        .tuple(fc.constantFrom(0x30, 0x31, 0x24, 0xa0, 0xa3, 0x04), fc.array(tie('node'), { maxLength: 4 }))
        .map(([tag, members]) => [tag, Buffer.concat(members)] as const),
    )
    .map(([tag, body]) => encode(tag, body)),
})).node;

function encode(tag: number, body: Uint8Array): Buffer {
  const size = body.byteLength;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

function damaged(bytes: Buffer): fc.Arbitrary<Buffer> {
  return fc.tuple(fc.nat(bytes.length - 1), fc.nat(255), fc.boolean()).map(([at, byte, isCut]) => {
    const copy = Buffer.from(isCut ? bytes.subarray(0, at) : bytes);
    if (!isCut) copy[at] = byte;
    return copy;
  });
}

test('the reader makes the tree that the library makes, and refuses what it refuses', () => {
  expect(expectSame(certificate)).not.toBe('refused');
  expect(expectSame(token)).not.toBe('refused');
  const any = fc.oneof(
    element,
    element.chain(damagedIfAny),
    damaged(certificate),
    damaged(token),
    fc.uint8Array({ maxLength: 40 }),
  );
  fc.assert(
    fc.property(any, (bytes) => void expectSame(bytes)),
    { numRuns: 2000 },
  );
});

function damagedIfAny(bytes: Buffer): fc.Arbitrary<Buffer> {
  return bytes.length === 0 ? fc.constant(bytes) : damaged(bytes);
}

test.each([
  ['a length in more bytes than needed', [0x04, 0x81, 0x01, 0x00]],
  ['a length with a leading zero', [0x04, 0x82, 0x00, 0x80, ...Array(128).fill(0)]],
  ['an indefinite length', [0x30, 0x80, 0x00, 0x00]],
  ['a length of seven bytes', [0x04, 0x87, 1, 0, 0, 0, 0, 0, 0]],
  ['a length beyond the end', [0x30, 0x05, 0x02, 0x01, 0x00]],
  ['a member that is longer than its parent', [0x30, 0x06, 0x30, 0x03, 0x02, 0x03, 0x00, 0x00]],
  ['a tag of several bytes', [0x1f, 0x01, 0x00]],
  ['a tag of zero', [0x00, 0x00]],
  ['bytes after the element', [0x05, 0x00, 0x00]],
  ['half a head', [0x30]],
  ['nothing', []],
] as const)('refused, as by the library: %s', (_what, bytes) => {
  expect(expectSame(Uint8Array.from(bytes))).toBe('refused');
});

test('deep nesting ends where the library ends it', () => {
  for (const tag of [0x30, 0x04]) {
    let bytes: Buffer = Buffer.from([0x05, 0x00]);
    for (let level = 0; level < 104; level += 1) {
      expectSame(bytes);
      bytes = encode(tag, bytes);
    }
  }
});

test('a caller that writes into an encoding does not change the element', () => {
  const object = readDer(certificate);
  object.toDER().fill(0);
  expect(object.toDER()).toEqual(certificate);
});

test('the element does not follow later changes of the bytes that it was read from', () => {
  const bytes = Buffer.from(certificate);
  const object = readDer(bytes);
  bytes.fill(0);
  expect(object.toDER()).toEqual(certificate);
});

/** The library reads them in time quadratic in their length, and before anything about a certificate is proven. */
test('a number of up to 128 bytes is read as by the library, and a longer one is refused unread', () => {
  const integer = (size: number): Buffer => encode(0x02, new Uint8Array(size).fill(0x7f));
  const identifier = (size: number): Buffer => encode(0x06, new Uint8Array(size).fill(0xff).fill(0x7f, size - 1));
  for (const size of [1, 20, 128]) {
    expect(readDer(integer(size)).toInteger()).toBe(ASN1Obj.parseBuffer(Buffer.from(integer(size))).toInteger());
    expect(readDer(identifier(size)).toOID()).toBe(ASN1Obj.parseBuffer(Buffer.from(identifier(size))).toOID());
  }
  for (const size of [129, 60_000]) {
    expect(() => readDer(integer(size)).toInteger()).toThrow('more than 128 bytes');
    expect(() => readDer(identifier(size)).toOID()).toThrow('more than 128 bytes');
  }
});

test('a certificate that remembers answers like one that does not', () => {
  const ders = goldenRoot().certificateAuthorities.flatMap(({ certChain }) =>
    (certChain?.certificates ?? []).map(({ rawBytes }) => rawBytes),
  );
  const all = [...ders, certificate];
  const kept = all.map((der) => KeptCertificate.read(der));
  const plain = all.map((der) => X509Certificate.parse(Buffer.from(der)));
  // Twice, since the second answer is remembered.
  for (let round = 0; round < 2; round += 1) {
    kept.forEach((one, i) => {
      expect(one.verify()).toBe(plain[i]?.verify());
      kept.forEach((issuer, j) => {
        expect(one.verify(issuer)).toBe(plain[i]?.verify(plain[j]));
      });
    });
  }
  expect(kept.at(-1)?.verify(kept[0])).not.toBe(kept.at(-1)?.verify(kept.at(-1)));
});

test('extensions taken from a copy leave its original, and the copy encodes without them', () => {
  const kept = KeptCertificate.read(certificate);
  const plain = X509Certificate.parse(Buffer.from(certificate));
  for (let index = 0; index < plain.extensions.length; index += 1) {
    const [ours, theirs] = [kept.clone(), plain.clone()];
    ours.extensions.splice(index, 1);
    theirs.extensions.splice(index, 1);
    expect(ours.tbsCertificate.toDER()).toEqual(theirs.tbsCertificate.toDER());
    expect(ours.tbsCertificate.toDER().byteLength).toBeLessThan(kept.tbsCertificate.toDER().byteLength);
  }
  expect(kept.root.toDER()).toEqual(certificate);
  expect(kept.clone().equals(plain)).toBe(true);
});
