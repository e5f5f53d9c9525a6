import { expect, test } from 'vitest';
import type { Candidate } from '../../../src/usecases/ports.ts';
import { bundleCandidate, goldenBundle, goldenRoot, goldenSubject, type Json, verifierFor } from './golden.ts';

/* A bundle whose manifest says that it is an attestation. Its bytes decide as long as they say anything. */

const PROVENANCE = 'https://slsa.dev/provenance/v1';
const folder = 'cosign3-bundle-v1';
const verifier = verifierFor(goldenRoot());
const said = { why: 'it says so', predicateType: PROVENANCE };

const labelled = (bundle: Uint8Array | string | object, ruledOut = said): Candidate => {
  const candidate = bundleCandidate(bundle);
  return candidate.format === 'bundle' ? { ...candidate, ruledOut } : candidate;
};
const verify = (candidate: Candidate) => verifier.verify(candidate, goldenSubject(folder));
const changed = (change: (bundle: Json) => void): object => {
  const bundle = goldenBundle(folder);
  change(bundle);
  return bundle;
};
const withPayload = (payload: string): object =>
  changed((bundle) => {
    bundle.dsseEnvelope.payload = Buffer.from(payload).toString('base64');
  });

test('a good signature counts whatever its manifest says about it', async () => {
  expect(await verify(labelled(goldenBundle(folder)))).toMatchObject({ kind: 'verified' });
});

test.each<[string, object]>([
  ['a changed signature', changed((bundle) => (bundle.dsseEnvelope.signatures[0].sig = 'AAAA'))],
  ['no signature at all', changed((bundle) => (bundle.dsseEnvelope.signatures = []))],
  ['no certificate', changed((bundle) => delete bundle.verificationMaterial.certificate)],
  ['an unknown field beside it', changed((bundle) => (bundle.surprise = 1))],
])('%s: an image signature by its bytes stays a damaged one', async (_what, bundle) => {
  expect(await verify(labelled(bundle))).toMatchObject({ kind: 'refused', reason: 'SIGNATURE_INVALID' });
});

test.each<[string, string | object]>([
  ['cut off', JSON.stringify(goldenBundle(folder)).slice(0, 5000)],
  ['no JSON', '\u0000'],
  ['an empty object', {}],
  ['two kinds of content', changed((bundle) => (bundle.messageSignature = {}))],
  ['a statement that is no JSON', withPayload('{')],
  ['a statement without a type', withPayload('{"_type":"https://in-toto.io/Statement/v1","subject":[]}')],
  ['a payload that is not base64', changed((bundle) => (bundle.dsseEnvelope.payload = '!'))],
])(
  '%s: bytes that show nothing are a damaged signature, unless it said that it is something else',
  async (_what, bundle) => {
    expect(await verify(bundleCandidate(bundle))).toMatchObject({ kind: 'refused', reason: 'SIGNATURE_INVALID' });
    expect(await verify(labelled(bundle))).toMatchObject({
      kind: 'not-a-signature',
      what: 'attestation',
      predicateType: PROVENANCE,
      message: expect.stringMatching(/^malformed bundle: .*; it says so$/),
      isDamaged: true,
    });
    const large = { why: 'it is too large', predicateType: undefined } as unknown as typeof said;
    expect(await verify(labelled(bundle, large))).toMatchObject({ kind: 'not-a-signature', what: 'other-artifact' });
  },
);

test('a damaged attestation is no attestation either', async () => {
  const proven = await verifier.verifyAttestation(labelled('{'), goldenSubject(folder));
  expect(proven).toMatchObject({ kind: 'refused', reason: 'SIGNATURE_INVALID' });
});
