import { describe, expect, test } from 'vitest';
import { goldenCandidates, goldenRoot, goldenSubject, verifierFor } from './golden.ts';

const RELEASE = 'https://github.com/octo-org/octo-repo/.github/workflows/release.yml@refs/heads/main';

describe('golden signatures written by cosign and sigstore-go', () => {
  test.each([
    { folder: 'cosign3-bundle-v1', root: 'logs', log: 'http://127.0.0.1:3000', times: 2 },
    { folder: 'cosign3-bundle-v1-notsa', root: 'logs', log: 'http://127.0.0.1:3000', times: 1 },
    { folder: 'cosign3-bundle-v2', root: 'logs', log: 'http://127.0.0.1:3003', times: 1 },
    { folder: 'cosign3-bundle-annotations', root: 'logs', log: 'http://127.0.0.1:3000', times: 2 },
    { folder: 'cosign3-bundle-reusable-workflow', root: 'logs', log: 'http://127.0.0.1:3003', times: 1 },
    { folder: 'cosign3-bundle-pull-request', root: 'logs', log: 'http://127.0.0.1:3000', times: 2 },
    { folder: 'cosign3-legacy', root: 'logs', log: 'http://127.0.0.1:3000', times: 1 },
    { folder: 'cosign2-legacy', root: 'logs', log: 'http://127.0.0.1:3000', times: 1 },
    { folder: 'sigstore-go-intoto-v2', root: 'logs', log: 'http://127.0.0.1:3003', times: 1 },
    { folder: 'cosign3-bundle-tsa', root: 'tsa', log: undefined, times: 1 },
    { folder: 'cosign3-bundle-private-environment', root: 'tsa', log: undefined, times: 1 },
    // A root without logs ignores entries; the timestamp carries the signature.
    { folder: 'cosign3-bundle-v1', root: 'tsa', log: undefined, times: 1 },
    { folder: 'cosign3-bundle-v2', root: 'tsa', log: undefined, times: 1 },
  ] as const)('accepts $folder under the trusted root with $root', async ({ folder, root, log, times }) => {
    const [candidate] = goldenCandidates(folder);
    if (!candidate) throw new Error('no candidate');
    const result = await verifierFor(goldenRoot(root)).verify(candidate, goldenSubject(folder));
    expect(result).toMatchObject({ kind: 'verified', facts: { identity: { issuer: 'http://127.0.0.1:8000' } } });
    if (result.kind !== 'verified') return;
    expect(result.facts.log?.url).toBe(log);
    expect(result.facts.provenTimes).toHaveLength(times);
  });

  test('accepts both layers of cosign2-legacy-two-signers-tsa, each with its own identity', async () => {
    const folder = 'cosign2-legacy-two-signers-tsa';
    const verifier = verifierFor(goldenRoot('logs'));
    const results = await Promise.all(goldenCandidates(folder).map((c) => verifier.verify(c, goldenSubject(folder))));
    expect(results.map((r) => (r.kind === 'verified' ? r.facts.identity.subject : r))).toEqual([
      RELEASE,
      expect.stringContaining('https://github.com/'),
    ]);
    expect(new Set(results.map((r) => (r.kind === 'verified' ? r.facts.identity.subject : r))).size).toBe(2);
  });

  test('takes only the layer with a timestamp under a root without logs', async () => {
    const folder = 'cosign2-legacy-two-signers-tsa';
    const verifier = verifierFor(goldenRoot('tsa'));
    const results = await Promise.all(goldenCandidates(folder).map((c) => verifier.verify(c, goldenSubject(folder))));
    expect(results).toMatchObject([{ kind: 'verified' }, { kind: 'refused', reason: 'TIMESTAMP_INVALID' }]);
  });

  test.each([
    { folder: 'cosign3-bundle-tsa', why: 'a timestamp never replaces a missing log entry' },
    { folder: 'cosign3-bundle-private-environment', why: 'a timestamp never replaces a missing log entry' },
  ])('refuses $folder under a root with logs: $why', async ({ folder }) => {
    const [candidate] = goldenCandidates(folder);
    if (!candidate) throw new Error('no candidate');
    const result = await verifierFor(goldenRoot('logs')).verify(candidate, goldenSubject(folder));
    expect(result).toMatchObject({ kind: 'refused', reason: 'NOT_LOGGED' });
  });

  test('names an attestation on the image and never counts it (cosign verify does)', async () => {
    const folder = 'cosign3-attestation-slsa';
    const [candidate] = goldenCandidates(folder);
    if (!candidate) throw new Error('no candidate');
    expect(await verifierFor(goldenRoot()).verify(candidate, goldenSubject(folder))).toMatchObject({
      kind: 'not-a-signature',
      what: 'attestation',
      predicateType: 'https://slsa.dev/provenance/v1',
    });
  });
});
