import { describe, expect, test } from 'vitest';
import type { AttestationResult } from '../../../src/domain/results.ts';
import { attestationHint } from '../../../src/report/attestation-hint.ts';
import * as attested from '../../../src/report/attestation-sections.ts';
import { verifyLogLines } from '../../../src/report/log-lines.ts';
import { verifySummary } from '../../../src/report/verify-summary.ts';
import { HOSTILE, image, refusedImage, reported, signature, verifyReport } from './report-samples.ts';

const SLSA = 'https://slsa.dev/provenance/v1';

const attestation = (over: Partial<AttestationResult> = {}): AttestationResult => ({
  ...signature(),
  predicateType: SLSA,
  requirement: 'provenance',
  statementPath: '/tmp/a.json',
  ...over,
});

describe('the summary', () => {
  test('shows each attestation with type, signer, time and the line it meets', () => {
    const images = [reported(image({ attestations: [attestation(), attestation({ platform: 'linux/arm64' })] }))];
    const text = verifySummary(verifyReport({ images, attested }));
    expect(text).toContain('is what the step requires');
    expect(text.match(/✅ <code>provenance<\/code>/g)).toHaveLength(2);
    expect(text).toContain('2026-11-22 10:00:00 UTC');
    expect(text).toContain('<sub><code>linux/arm64</code></sub>');
    // Without requirements there is no such table.
    expect(verifySummary(verifyReport({ images }))).not.toContain('| Attestation |');
  });

  test('says which line is not met, field by field, and marks a signer that is not proven', () => {
    const rejected = { verdict: 'rejected', requirement: null, statementPath: null } as const;
    const result = refusedImage({
      reason: 'ATTESTATION_MISMATCH',
      signatures: [],
      attestations: [
        attestation({ ...rejected, reason: 'ATTESTATION_MISMATCH' }),
        attestation({ ...rejected, reason: 'NOT_LOGGED', unverified: true }),
      ],
    });
    const finding = { field: 'runDetails.builder.id', expected: 'https://a', found: 'https://b', ok: false };
    const line = {
      line: 'provenance',
      reason: 'ATTESTATION_MISMATCH',
      message: 'm',
      findings: [finding],
      hints: ['h'],
    } as const;
    const met = { line: 'sbom', reason: null, message: 'met', findings: [], hints: [] };
    const report = reported(result, { signatures: [], lines: [line, met] });
    const text = verifySummary(verifyReport({ images: [report], verdict: 'fail', attested }));
    expect(text).toContain('Not met: <code>provenance</code>');
    expect(text).not.toContain('Not met: <code>sbom</code>');
    expect(text).toContain('| ❌ runDetails.builder.id |');
    expect(text.match(/not proven: /g)).toHaveLength(1);
    const log = verifyLogLines([report])[0]?.details.join('\n');
    expect(log).toContain('MISMATCH attestations "provenance": ATTESTATION_MISMATCH');
    expect(log).toContain('ok       attestations "sbom"');
  });

  test('escapes every text of others', () => {
    const hostile = attestation({
      predicateType: HOSTILE,
      subject: HOSTILE,
      issuer: HOSTILE,
      platform: HOSTILE,
      requirement: HOSTILE,
      signedAt: HOSTILE,
    });
    const finding = { field: HOSTILE, expected: HOSTILE, found: HOSTILE, ok: false };
    const line = { line: HOSTILE, reason: 'ATTESTATION_MISMATCH', message: HOSTILE, hints: [HOSTILE] } as const;
    const images = [
      reported(image({ attestations: [hostile] })),
      reported(refusedImage({ attestations: [{ ...hostile, requirement: null, reason: null }] }), {
        lines: [
          { ...line, findings: [finding] },
          { ...line, findings: [] },
        ],
      }),
    ];
    const text = verifySummary(verifyReport({ images, verdict: 'fail', attested }));
    expect(text).not.toContain(HOSTILE);
    expect(text).not.toMatch(/<(?:img|script|svg|a |\/table)/i);
    expect(text.replace(/<wbr>/g, '')).not.toMatch(/(?<!&#64;)@\w/);
  });

  test('folds many, and cuts more', () => {
    const many = reported(image({ attestations: Array(301).fill(attestation()) }));
    const text = verifySummary(verifyReport({ images: [many], attested }));
    expect(text).toContain('<details><summary>301 attestations</summary>');
    expect(text).toContain('…and 1 more attestations in the results file.');
  });
});

describe('the hint for an image that has only attestations', () => {
  test.each([
    [[SLSA], 'attestations: "provenance"'],
    [['https://cyclonedx.org/bom', SLSA], 'attestations: "provenance"'],
    [['https://spdx.dev/Document/v2.3'], 'attestations: "spdx"'],
    [['https://cosign.sigstore.dev/attestation/vuln/v1'], 'attestations: "vuln"'],
    [['https://example.com/x/v1'], 'attestations: https://example.com/x/v1'],
  ])('%j offers %s', (types, line) => {
    expect(attestationHint(types)?.split('\n').slice(1)).toEqual(['require-signature: false', line]);
  });

  test.each([
    ['of a version that needs a build type', ['https://slsa.dev/provenance/v0.2']],
    ['with text that is not safe to paste', ['urn:x$(id)', 'urn:a,b', HOSTILE]],
    ['without any', []],
  ])('%s offers nothing', (_, types) => {
    expect(attestationHint(types)).toBeUndefined();
  });
});
