import fc from 'fast-check';
import { factsOf } from '../../../../src/domain/audit/baseline.ts';
import type { ImageFacts } from '../../../../src/domain/audit/image-facts.ts';
import type { ImageResult, SignatureResult } from '../../../../src/domain/results.ts';

/* Results of an audit, as the gate's examination makes them. */

export const digestOf = (fill: string): string => `sha256:${fill.repeat(64).slice(0, 64)}`;

export function signatureResult(overrides: Partial<SignatureResult> = {}): SignatureResult {
  return {
    format: 'bundle',
    digest: digestOf('a'),
    verdict: 'accepted',
    reason: null,
    issuer: 'https://token.actions.githubusercontent.com',
    subject: 'https://github.com/acme/app/.github/workflows/release.yml@refs/heads/main',
    claims: { 'source-repository-uri': 'https://github.com/acme/app' },
    annotations: { team: 'red' },
    signedAt: '2026-11-22T10:00:00.000Z',
    log: { url: 'https://rekor.sigstore.dev', index: 123 },
    ...overrides,
  };
}

export function imageResult(overrides: Partial<ImageResult> = {}): ImageResult {
  const digest = overrides.digest ?? digestOf('1');
  const repository = overrides.repository ?? 'ghcr.io/acme/app';
  const tag = overrides.tag ?? '1.0';
  return {
    reference: `${repository}:${tag}`,
    resolved: `${repository}@${digest}`,
    repository,
    tag,
    digest,
    verdict: 'pass',
    reason: null,
    message: 'signed',
    sources: [{ file: 'images' }],
    signatures: [signatureResult()],
    ...overrides,
  };
}

/** As an audit keeps them, by key. */
export function imagesOf(results: readonly ImageResult[]): ReadonlyMap<string, ImageFacts> {
  const facts = results.flatMap((result, index) => factsOf(result, index) ?? []);
  return new Map(facts.map((one) => [one.key, one]));
}

const HEX = fc.constantFrom('0', '1', '2', '3').map(digestOf);
const WORD = fc.constantFrom('x', 'y', 'z');

export const SIGNATURE: fc.Arbitrary<SignatureResult> = fc
  .record({
    format: fc.constantFrom('bundle' as const, 'legacy' as const),
    digest: HEX,
    verdict: fc.constantFrom('accepted' as const, 'rejected' as const),
    reason: fc.constantFrom(null, 'IDENTITY_MISMATCH' as const),
    issuer: fc.option(WORD),
    subject: fc.option(WORD),
    claims: fc.dictionary(WORD, WORD, { maxKeys: 2 }),
    annotations: fc.dictionary(WORD, WORD, { maxKeys: 2 }),
    signedAt: fc.option(WORD),
    log: fc.option(fc.record({ url: WORD, index: fc.nat(3) })),
  })
  .map((one) => signatureResult(one));

const IMAGE: fc.Arbitrary<ImageResult> = fc
  .record({
    repository: fc.constantFrom('ghcr.io/acme/app', 'ghcr.io/acme/web', 'docker.io/acme/app'),
    tag: fc.constantFrom('1.0', '1.1', 'latest'),
    digest: HEX,
    verdict: fc.constantFrom('pass' as const, 'allowed' as const, 'fail' as const),
    signatures: fc.array(SIGNATURE, { maxLength: 4 }),
  })
  .map((one) => imageResult(one));

/** The images of one run, each key once. */
export const IMAGES: fc.Arbitrary<readonly ImageResult[]> = fc.uniqueArray(IMAGE, {
  maxLength: 6,
  selector: ({ repository, tag }) => `${repository}:${tag}`,
});
