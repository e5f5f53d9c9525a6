import { expect, test } from 'vitest';
import { createCertificateMemory } from '../../../src/sigstore/verifying/certificate-memory.ts';
import { createSignatureVerifier } from '../../../src/sigstore/verifying/verifier.ts';
import { seenBy, testCall } from '../../calls.ts';
import {
  bundleCandidate,
  goldenBundle,
  goldenCandidates,
  goldenRoot,
  goldenSubject,
  type Json,
  verifierFor,
} from './golden.ts';

const der = (folder: string): Buffer =>
  Buffer.from(goldenBundle(folder).verificationMaterial.certificate.rawBytes, 'base64');
const one = der('cosign3-bundle-v1');
const other = der('cosign3-bundle-v2');

test('a certificate is read once after it was kept, and only for the same bytes', () => {
  const memory = createCertificateMemory();
  const first = memory.parse(one);
  expect(memory.parse(one), 'not kept yet').not.toBe(first);
  memory.keep(first);
  expect(memory.parse(Buffer.from(one))).toBe(first);
  expect(memory.read(memory.parse(one))).toBe(memory.read(first));
  expect(memory.parse(other)).not.toBe(first);
  for (let at = 0; at < one.length; at += 1) {
    const changed = Buffer.from(one);
    changed[at] = (changed[at] ?? 0) ^ 1;
    let parsed: unknown;
    try {
      parsed = memory.parse(changed);
    } catch {
      continue;
    }
    expect(parsed).not.toBe(first);
  }
});

test('the caller may reuse the bytes of a certificate that is kept', () => {
  const memory = createCertificateMemory();
  const bytes = Buffer.from(one);
  const first = memory.parse(bytes);
  memory.keep(first);
  bytes.set(other.subarray(0, bytes.length));
  expect(memory.parse(Buffer.from(one))).toBe(first);
  expect(first.der).toEqual(one);
});

test('a refused certificate is refused again', () => {
  const memory = createCertificateMemory();
  const bad = Buffer.from(one.subarray(0, -1));
  for (let round = 0; round < 2; round += 1) {
    expect(() => memory.parse(bad)).toThrow(expect.objectContaining({ reason: 'SIGNATURE_INVALID' }));
  }
});

const folder = 'cosign3-bundle-v1';
const subject = goldenSubject(folder);
const [good] = goldenCandidates(folder);

function damaged(edit: (bundle: Json) => void): ReturnType<typeof bundleCandidate> {
  const bundle = goldenBundle(folder);
  edit(bundle);
  return bundleCandidate(bundle);
}

function flipped(text: string): string {
  const bytes = Buffer.from(text, 'base64');
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  return bytes.toString('base64');
}

test.each([
  ['the signature', (b: Json) => (b.dsseEnvelope.signatures[0].sig = flipped(b.dsseEnvelope.signatures[0].sig))],
  [
    'the signed entry timestamp',
    (b: Json) => {
      const promise = b.verificationMaterial.tlogEntries[0].inclusionPromise;
      promise.signedEntryTimestamp = flipped(promise.signedEntryTimestamp);
    },
  ],
  [
    'the timestamp',
    (b: Json) => {
      const [stamp] = b.verificationMaterial.timestampVerificationData.rfc3161Timestamps;
      stamp.signedTimestamp = flipped(stamp.signedTimestamp);
    },
  ],
  [
    'the certificate',
    (b: Json) => (b.verificationMaterial.certificate.rawBytes = flipped(b.verificationMaterial.certificate.rawBytes)),
  ],
] as const)(
  'after a good signature was proven, its twin with another end of %s is refused for the same reason as alone',
  async (_what, edit) => {
    if (good === undefined) throw new Error('no golden candidate');
    const verifier = verifierFor(goldenRoot());
    const twin = damaged(edit);
    const alone = await verifierFor(goldenRoot()).verify(twin, subject);
    expect(alone.kind).toBe('refused');
    expect((await verifier.verify(good, subject)).kind).toBe('verified');
    expect(await verifier.verify(twin, subject)).toEqual(alone);
    expect((await verifier.verify(good, subject)).kind).toBe('verified');
  },
);

test('a certificate that one root accepts is not accepted under another', async () => {
  if (good === undefined) throw new Error('no golden candidate');
  const strange = { ...goldenRoot(), certificateAuthorities: [] };
  let root = goldenRoot();
  const trust = { rootFor: () => Promise.resolve({ label: 'golden', root }) };
  const verifier = seenBy(testCall(), createSignatureVerifier({ trust }));
  expect((await verifier.verify(good, subject)).kind).toBe('verified');
  root = strange;
  expect(await verifier.verify(good, subject)).toMatchObject({ kind: 'refused', reason: 'CERTIFICATE_UNTRUSTED' });
});

test('a root that was made ready judges like one that was not', async () => {
  if (good === undefined) throw new Error('no golden candidate');
  const trust = { rootFor: () => Promise.resolve({ label: 'golden', root: goldenRoot() }) };
  const verifier = createSignatureVerifier({ trust });
  await verifier.prepare(testCall());
  expect(await verifier.verify(testCall(), good, subject)).toEqual(
    await verifierFor(goldenRoot()).verify(good, subject),
  );
});
