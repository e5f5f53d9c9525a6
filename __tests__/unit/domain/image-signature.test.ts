import { expect, test } from 'vitest';
import { digestOf, hexOf } from '../../../src/domain/image/digest.ts';
import { attestation } from '../../../src/domain/signature/attestation.ts';
import { imageSignature } from '../../../src/domain/signature/image-signature.ts';
import type { SignedContent, SimpleSigning, Statement } from '../../../src/domain/signature/signed-content.ts';

const DIGEST = digestOf(Buffer.from('an image'));
const OTHER = digestOf(Buffer.from('another image'));
const subject = (digest: string, annotations = {}) => ({ name: undefined, digests: { sha256: digest }, annotations });

const IMAGE: Statement = {
  kind: 'statement',
  type: 'https://in-toto.io/Statement/v1',
  predicateType: 'https://sigstore.dev/cosign/sign/v1',
  predicate: {},
  subjects: [subject(hexOf(OTHER), { team: 'blue' }), subject(hexOf(DIGEST), { team: 'red' })],
  payload: new Uint8Array(),
};
const PROVENANCE: Statement = { ...IMAGE, predicateType: 'https://slsa.dev/provenance/v1' };
const LEGACY: SimpleSigning = {
  kind: 'simple-signing',
  digest: DIGEST,
  dockerReference: 'ghcr.io/acme/app',
  annotations: { team: 'red' },
};

const asImage = (content: SignedContent): string => {
  const result = imageSignature(content, DIGEST);
  return result.kind === 'refused' ? `${result.reason}: ${result.message}` : result.kind;
};
const asAttestation = (content: SignedContent): string => {
  const result = attestation(content, DIGEST);
  return result.kind === 'refused' ? `${result.reason}: ${result.message}` : result.kind;
};

test('an image signature gives the annotations of its own subject, or of its payload', () => {
  expect(imageSignature(IMAGE, DIGEST)).toEqual({
    kind: 'image-signature',
    annotations: { team: 'red' },
    dockerReference: undefined,
  });
  expect(imageSignature(LEGACY, DIGEST)).toEqual({
    kind: 'image-signature',
    annotations: { team: 'red' },
    dockerReference: 'ghcr.io/acme/app',
  });
});

test('nothing is both an image signature and an attestation', () => {
  for (const content of [IMAGE, PROVENANCE, LEGACY, { kind: 'message' } as const]) {
    const taken = [asImage(content), asAttestation(content)].filter((kind) =>
      /^(image-signature|attestation)$/.test(kind),
    );
    expect(taken.length, JSON.stringify(content)).toBeLessThanOrEqual(1);
  }
  expect(asImage(IMAGE)).toBe('image-signature');
  expect(asAttestation(IMAGE)).toBe('SIGNATURE_INVALID: an image signature, not an attestation');
  expect(asAttestation(PROVENANCE)).toBe('attestation');
  expect(asImage(PROVENANCE)).toMatch(/^SIGNATURE_INVALID: malformed statement: predicateType is not https:/);
});

test.each<[string, SignedContent, RegExp]>([
  ['of statement type v0.1', { ...IMAGE, type: 'https://in-toto.io/Statement/v0.1' }, /^SIGNATURE_INVALID: .*_type/],
  [
    'whose predicate type only begins right',
    { ...IMAGE, predicateType: `${IMAGE.predicateType}0` },
    /^SIGNATURE_INVALID/,
  ],
  [
    'that names the digest twice',
    { ...IMAGE, subjects: [...IMAGE.subjects, subject(hexOf(DIGEST))] },
    /more than once/,
  ],
  ['about another image', { ...IMAGE, subjects: [subject(hexOf(OTHER))] }, /^SUBJECT_DIGEST_MISMATCH/],
  ['about a digest in upper case', { ...IMAGE, subjects: [subject(hexOf(DIGEST).toUpperCase())] }, /^SUBJECT_/],
  ['about a prefixed digest', { ...IMAGE, subjects: [subject(DIGEST)] }, /^SUBJECT_DIGEST_MISMATCH/],
  [
    'about another algorithm',
    { ...IMAGE, subjects: [{ ...subject(''), digests: { sha512: hexOf(DIGEST) } }] },
    /no sha256/,
  ],
  ['about nothing', { ...IMAGE, subjects: [] }, /^SUBJECT_DIGEST_MISMATCH/],
  ['of a payload about another image', { ...LEGACY, digest: OTHER }, /^SUBJECT_DIGEST_MISMATCH/],
  ['of a payload without algorithm', { ...LEGACY, digest: hexOf(DIGEST) }, /^SUBJECT_DIGEST_MISMATCH/],
  ['of a message', { kind: 'message' }, /^SIGNATURE_INVALID/],
])('an image signature %s is none', (_, content, refusal) => {
  expect(asImage(content)).toMatch(refusal);
});

test.each<[string, SignedContent, string]>([
  ['of statement type v0.1', { ...PROVENANCE, type: 'https://in-toto.io/Statement/v0.1' }, 'attestation'],
  [
    'that names the digest under two names',
    { ...PROVENANCE, subjects: [...IMAGE.subjects, subject(hexOf(DIGEST))] },
    'attestation',
  ],
  [
    'about another image',
    { ...PROVENANCE, subjects: [subject(hexOf(OTHER))] },
    `SUBJECT_DIGEST_MISMATCH: the attestation is about "${hexOf(OTHER)}", not about ${DIGEST}`,
  ],
  [
    'about a prefixed digest',
    { ...PROVENANCE, subjects: [subject(DIGEST)] },
    `SUBJECT_DIGEST_MISMATCH: the attestation is about "${DIGEST}", not about ${DIGEST}`,
  ],
  ['of a payload', LEGACY, 'SIGNATURE_INVALID: not an attestation: it is not an in-toto statement'],
  ['of a message', { kind: 'message' }, 'SIGNATURE_INVALID: not an attestation: it is not an in-toto statement'],
])('an attestation %s: %s', (_, content, expected) => {
  expect(asAttestation(content)).toBe(expected);
});
