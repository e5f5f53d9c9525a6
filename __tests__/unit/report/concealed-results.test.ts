import { expect, test } from 'vitest';
import type { Results } from '../../../src/domain/results.ts';
import { concealedResults } from '../../../src/report/concealed-results.ts';
import { image, signature } from './report-samples.ts';

/** Results in which every text, also of the optional fields, holds the word. */
function filled(word: string): Results {
  const signed = signature({ issuer: word, subject: word, message: word, written: true, unverified: true });
  return {
    schemaVersion: 2,
    verified: false,
    images: [
      image({
        reference: word,
        resolved: word,
        repository: word,
        tag: word,
        digest: word,
        message: word,
        sources: [{ file: word, line: 1, document: 2, object: word, field: word }],
        policies: [{ name: word, authority: word, verdict: 'fail', reason: 'NO_SIGNATURE', message: word }],
        platforms: [{ platform: word, digest: word, verdict: 'fail', reason: 'NO_SIGNATURE' }],
        signatures: [
          {
            ...signed,
            digest: word,
            signedAt: word,
            claims: { [word]: word },
            annotations: { [word]: word },
            log: { url: word, index: 1 },
          },
        ],
      }),
    ],
  };
}

test('every text that a service, a certificate or a manifest can fill is concealed; names, digests and codes are exact', () => {
  const { images, ...rest } = concealedResults(filled('acme'), (text) => text.replaceAll('acme', '-'));
  expect(rest).toEqual({ schemaVersion: 2, verified: false });
  const exact = { reference: 'acme', resolved: 'acme', repository: 'acme', tag: 'acme', digest: 'acme' };
  expect(images).toMatchObject([
    {
      ...exact,
      message: '-',
      sources: [{ file: '-', line: 1, document: 2, object: '-', field: '-' }],
      policies: [{ name: '-', authority: '-', verdict: 'fail', reason: 'NO_SIGNATURE', message: '-' }],
      platforms: [{ platform: '-', digest: 'acme', verdict: 'fail', reason: 'NO_SIGNATURE' }],
      signatures: [
        {
          issuer: '-',
          subject: '-',
          message: '-',
          digest: 'acme',
          signedAt: 'acme',
          claims: { '-': '-' },
          annotations: { '-': '-' },
          log: { url: '-', index: 1 },
          written: true,
          unverified: true,
        },
      ],
    },
  ]);
  // No other field holds the word: a new one must be put on one side or the other.
  expect(JSON.stringify(images).match(/acme/g)).toHaveLength(8);
});

test('fields that are not there are not made up', () => {
  const results: Results = { schemaVersion: 2, verified: true, images: [image({ signatures: [signature()] })] };
  expect(concealedResults(results, (text) => text)).toEqual(results);
  expect(Object.keys(concealedResults(results, (text) => text).images[0] ?? {})).not.toContain('platforms');
});

test('an attestation is concealed like a signature, and in its type and platform', () => {
  const attestation = {
    ...signature({ subject: 'acme', message: 'acme' }),
    predicateType: 'urn:acme',
    platform: 'acme/1',
    requirement: 'custom',
    statementPath: '/tmp/x.json',
  };
  const results: Results = { schemaVersion: 2, verified: true, images: [image({ attestations: [attestation] })] };
  const [shown] = concealedResults(results, (text) => text.replaceAll('acme', '-')).images;
  expect(shown?.attestations).toMatchObject([
    {
      subject: '-',
      message: '-',
      predicateType: 'urn:-',
      platform: '-/1',
      requirement: 'custom',
      statementPath: '/tmp/x.json',
    },
  ]);
});
