import { expect, test } from 'vitest';
import type { Descriptor } from '../../../src/domain/image/descriptor.ts';
import type { Digest } from '../../../src/domain/image/digest.ts';
import { claimOf, isLikelier, rankReferrer } from '../../../src/domain/image/referrer-rank.ts';

const BUNDLE = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const EMPTY = 'application/vnd.oci.empty.v1+json';
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

interface Claimed {
  readonly artifactType: string | undefined;
  readonly predicateType?: string;
  readonly mediaType?: string;
}

test.each([
  [{ artifactType: BUNDLE }, 'open'],
  [{ artifactType: undefined }, 'open'],
  [{ artifactType: BUNDLE, predicateType: 'https://sigstore.dev/cosign/sign/v1' }, 'signature'],
  [{ artifactType: 'application/vnd.dev.cosign.artifact.sig.v1+json' }, 'signature'],
  [{ artifactType: BUNDLE, predicateType: 'https://slsa.dev/provenance/v1' }, 'annotated as an attestation of type'],
  [{ artifactType: BUNDLE, predicateType: '' }, 'open'],
  // The type of an empty config, as old clients list it, or no type: the annotation says more.
  [{ artifactType: EMPTY, predicateType: 'https://slsa.dev/provenance/v1' }, 'annotated as an attestation of type'],
  [{ artifactType: undefined, predicateType: 'https://slsa.dev/provenance/v1' }, 'annotated as an attestation of type'],
  [{ artifactType: EMPTY, predicateType: 'https://sigstore.dev/cosign/sign/v1' }, 'signature'],
  [{ artifactType: EMPTY, predicateType: '' }, 'open'],
  [{ artifactType: 'text/whatever', predicateType: 'https://sigstore.dev/cosign/sign/v1' }, 'signature'],
  [{ artifactType: 'application/spdx+json', predicateType: 'https://sigstore.dev/cosign/sign/v1' }, 'artifact type is'],
  [{ artifactType: 'application/vnd.example.note' }, 'artifact type is application/vnd.example.note'],
  [{ artifactType: 'application/spdx+json' }, 'artifact type is application/spdx+json'],
  [{ artifactType: BUNDLE, mediaType: 'application/vnd.oci.image.index.v1+json' }, 'media type is'],
  [{ artifactType: BUNDLE, mediaType: 'application/vnd.docker.distribution.manifest.v2+json' }, 'open'],
] as readonly (readonly [Claimed, string])[])('%j claims: %s', (over, claimed) => {
  const { artifactType, predicateType, ...more } = over;
  const claim = claimOf({ ...referrer(artifactType, predicateType), ...more });
  expect(claim.kind === 'other' ? claim.why : claim.kind).toContain(claimed);
  const isAttestation = claimed.startsWith('annotated');
  if (claim.kind === 'other') expect(claim.predicateType).toBe(isAttestation ? predicateType : undefined);
});

test('a long predicate type is cut', () => {
  const claim = claimOf(referrer(BUNDLE, 'x'.repeat(100_000)));
  expect(claim).toMatchObject({ kind: 'other', predicateType: 'x'.repeat(512) });
});
