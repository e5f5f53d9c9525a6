import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCertificate, readCertificate } from '../../../src/sigstore/verifying/certificate.ts';
import { readDer } from '../../../src/sigstore/verifying/der.ts';
import { Refused } from '../../../src/sigstore/verifying/refused.ts';
import { readTimestampToken } from '../../../src/sigstore/verifying/timestamp-token.ts';
import type { Candidate } from '../../../src/usecases/ports.ts';
import {
  bundleCandidate,
  goldenBundle,
  goldenCandidates,
  goldenRoot,
  goldenSubject,
  legacyCandidate,
  verifierFor,
} from './golden.ts';
import { pathsOf, replaced } from './twins.ts';

/** Property tests: whatever the parsers are given, they answer in time, without a crash, and never accept. */
const RUNS = { numRuns: 150 };
const folder = 'cosign3-bundle-v1';
const subject = goldenSubject(folder);
const verifier = verifierFor(goldenRoot());

async function expectRefusal(candidate: Candidate): Promise<void> {
  expect((await verifier.verify(candidate, subject)).kind).not.toBe('verified');
}

const bundle = goldenBundle(folder);
const material = bundle.verificationMaterial;
const certificate = Buffer.from(material.certificate.rawBytes, 'base64');
const token = Buffer.from(material.timestampVerificationData.rfc3161Timestamps[0].signedTimestamp, 'base64');

/** Bytes with some of them replaced, cut or repeated. */
function damaged(original: Buffer): fc.Arbitrary<Buffer> {
  const edit = fc.record({ at: fc.nat(original.length - 1), cut: fc.nat(8), put: fc.uint8Array({ maxLength: 8 }) });
  return fc
    .array(edit, { minLength: 1, maxLength: 4 })
    .map((edits) =>
      edits.reduce(
        (bytes, { at, cut, put }) => Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + cut)]),
        original,
      ),
    );
}

test('any bytes as a bundle', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), (bytes) => expectRefusal(bundleCandidate(Buffer.from(bytes)))),
    RUNS,
  );
});

test('any JSON as a bundle', async () => {
  await fc.assert(
    fc.asyncProperty(fc.json(), (text) => expectRefusal(bundleCandidate(text))),
    RUNS,
  );
});

test('any JSON value in any place of a good bundle', async () => {
  const paths = pathsOf(bundle).filter((path) => !path.includes('timestampVerificationData'));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), fc.jsonValue(), (path, value) =>
      expectRefusal(bundleCandidate(replaced(bundle, path, value))),
    ),
    RUNS,
  );
});

test('a good bundle with damaged bytes', async () => {
  const bytes = Buffer.from(JSON.stringify(bundle));
  await fc.assert(
    fc.asyncProperty(damaged(bytes), async (bad) => {
      const result = await verifier.verify(bundleCandidate(bad), subject);
      // Damage that leaves the JSON as it was, or takes the timestamp away, takes nothing from what is proven.
      if (result.kind === 'verified') {
        const { verificationMaterial, ...rest } = JSON.parse(bad.toString('utf8'));
        expect({ ...rest, ...verificationMaterial, timestampVerificationData: 0 }).toEqual({
          mediaType: bundle.mediaType,
          dsseEnvelope: bundle.dsseEnvelope,
          ...material,
          timestampVerificationData: 0,
        });
      }
    }),
    RUNS,
  );
});

test('any text as simple-signing payload and annotations', async () => {
  const [golden] = goldenCandidates('cosign3-legacy');
  if (golden?.format !== 'legacy') throw new Error('no layer');
  const names = Object.keys(golden.annotations).filter((name) => !name.endsWith('/chain'));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...names), fc.oneof(fc.string(), fc.json()), (name, text) =>
      expectRefusal(legacyCandidate(golden.payload, { ...golden.annotations, [name]: text })),
    ),
    RUNS,
  );
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.json().map((text) => Buffer.from(text)),
        damaged(Buffer.from(golden.payload)),
      ),
      (payload) =>
        payload.equals(golden.payload)
          ? Promise.resolve()
          : expectRefusal(legacyCandidate(payload, golden.annotations)),
    ),
    RUNS,
  );
});

test('any bytes as certificate are refused in words, a damaged one never accepted', async () => {
  const read = (bytes: Uint8Array): void => {
    try {
      readCertificate(parseCertificate(bytes));
    } catch (error) {
      expect(error).toBeInstanceOf(Refused);
    }
  };
  fc.assert(fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), damaged(certificate)), read), { numRuns: 1000 });
  await fc.assert(
    fc.asyncProperty(damaged(certificate), (bad) =>
      bad.equals(certificate)
        ? Promise.resolve()
        : expectRefusal(
            bundleCandidate(
              replaced(bundle, ['verificationMaterial', 'certificate', 'rawBytes'], bad.toString('base64')),
            ),
          ),
    ),
    RUNS,
  );
});

test('any bytes as timestamp end in an answer, a damaged one carries no signature', async () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), damaged(token)), (bytes) => {
      try {
        readTimestampToken(readDer(bytes));
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
      }
    }),
    { numRuns: 1000 },
  );
  const alone = goldenBundle('cosign3-bundle-tsa');
  const path = ['verificationMaterial', 'timestampVerificationData', 'rfc3161Timestamps', 0, 'signedTimestamp'];
  const real = Buffer.from(
    alone.verificationMaterial.timestampVerificationData.rfc3161Timestamps[0].signedTimestamp,
    'base64',
  );
  const judge = verifierFor(goldenRoot('tsa'));
  await fc.assert(
    fc.asyncProperty(damaged(real), async (bad) => {
      if (bad.equals(real)) return;
      const result = await judge.verify(bundleCandidate(replaced(alone, path, bad.toString('base64'))), subject);
      // The one byte of PKIStatus is not signed: 0 and 1 both mean granted.
      const status = Buffer.from(real);
      status[8] = 1;
      if (!bad.equals(status)) expect(result.kind).not.toBe('verified');
    }),
    RUNS,
  );
});
