import { expect, test } from 'vitest';
import type { Descriptor } from '../../../src/domain/image/descriptor.ts';
import type { Digest } from '../../../src/domain/image/digest.ts';
import { isLikelier, rankReferrer } from '../../../src/domain/image/referrer-rank.ts';

const BUNDLE = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const referrer = (artifactType: string | undefined, predicateType?: string): Descriptor => ({
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  digest: `sha256:${'0'.repeat(64)}` as Digest,
  size: 1,
  artifactType,
  ...(predicateType === undefined ? {} : { annotations: { 'dev.sigstore.bundle.predicateType': predicateType } }),
});

test.each([
  [BUNDLE, undefined, 'likely', 'a bundle'],
  ['application/vnd.dev.sigstore.bundle+json;version=0.1', undefined, 'likely', 'an old bundle'],
  [BUNDLE, 'https://sigstore.dev/cosign/sign/v1', 'certain', 'a bundle that says it is an image signature'],
  [BUNDLE, 'https://slsa.dev/provenance/v1', 'unlikely', 'a bundle that says it is an attestation'],
  ['application/vnd.dev.cosign.artifact.sig.v1+json', undefined, 'certain', 'cosign’s oci-1-1 experiment'],
  [undefined, undefined, 'likely', 'no type at all'],
  ['application/vnd.oci.empty.v1+json', undefined, 'likely', 'what old go-containerregistry wrote for a bundle'],
  ['application/vnd.oci.image.config.v1+json', undefined, 'likely', 'what old Harbor wrote for a .sig image'],
  ['application/vnd.example.note', undefined, 'unlikely', 'a type that nobody knows'],
  ['application/vnd.in-toto+json', undefined, 'unlikely', 'an envelope without bundle'],
  ['application/spdx+json', undefined, 'never', 'an SBOM'],
  ['application/vnd.cncf.notary.signature', undefined, 'never', 'a signature of another kind'],
  ['application/vnd.cncf.helm.config.v1+json', undefined, 'never', 'a chart'],
  // What is not believed cannot make more of it either.
  ['application/spdx+json', 'https://sigstore.dev/cosign/sign/v1', 'never', 'an SBOM with an annotation'],
] as const)('%s with %s is %s: %s', (artifactType, predicateType, rank, _what) => {
  expect(rankReferrer(referrer(artifactType, predicateType))).toBe(rank);
});

test('an artifact manifest of the dropped draft is never a signature, whatever its artifactType', () => {
  const mediaType = 'application/vnd.oci.artifact.manifest.v1+json';
  expect(rankReferrer({ ...referrer(BUNDLE), mediaType })).toBe('never');
  expect(rankReferrer(referrer(BUNDLE))).toBe('likely');
});

test('of two descriptors of one digest the likelier one counts', () => {
  const note = referrer('application/spdx+json');
  expect(isLikelier(referrer(BUNDLE), note)).toBe(true);
  expect(isLikelier(note, referrer(BUNDLE))).toBe(false);
  expect(isLikelier(referrer(BUNDLE, 'https://sigstore.dev/cosign/sign/v1'), referrer(undefined))).toBe(true);
});
