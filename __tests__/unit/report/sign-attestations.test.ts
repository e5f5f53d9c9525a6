import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { AttestationResult } from '../../../src/domain/results.ts';
import { signLogLines } from '../../../src/report/sign-log-lines.ts';
import { signSummary } from '../../../src/report/sign-summary.ts';
import { HOSTILE, image, OTHER_DIGEST, signature, signed, signReport } from './report-samples.ts';

const PROVENANCE = 'https://slsa.dev/provenance/v1';
const SBOM = 'https://spdx.dev/Document/v2.3';
const attestation = (predicateType: string, over: Partial<AttestationResult> = {}): AttestationResult => ({
  ...signature({ written: true }),
  predicateType,
  requirement: null,
  statementPath: null,
  ...over,
});
const BOTH = [attestation(PROVENANCE), attestation(SBOM)];

/** The step that the summary offers, as GitHub would read it. */
const stepOf = (text: string): Readonly<Record<string, unknown>> =>
  parse(/```yaml\n(- uses: [\s\S]*?)\n```/.exec(text)?.[1] ?? '[]')[0]?.with ?? {};

test('the summary lists each attestation, and offers the step and the commands that accept it', () => {
  const text = signSummary(signReport({ images: signed(image({ attestations: BOTH })) }));
  expect(text).toContain('## ✅ Signed');
  expect(text).toMatch(/^\| .*slsa.* \| ✅ new: bundle \| /m);
  expect(text).toContain(
    `cosign verify-attestation --type ${PROVENANCE} \\\n  --certificate-identity https://github.com/acme/app/`,
  );
  expect(text).toMatch(
    /gh attestation verify oci:\/\/ghcr\.io\/acme\/app@sha256:a+ \\\n {2}--bundle-from-oci --repo acme\/app/,
  );
  expect(text).toContain(`--predicate-type ${SBOM}`);
  expect(text).toContain('cosign verify \\');
  expect(stepOf(text)).toMatchObject({ attestations: 'provenance\nsbom\n' });
  expect(stepOf(text)['require-signature']).toBeUndefined();
  // Twin: without attestations nothing of it is there.
  const none = signSummary(signReport());
  expect(none).not.toMatch(/verify-attestation|gh attestation|attestations:|`\.att`/);
});

test('attestations alone are called that, and the step requires no image signature', () => {
  const alone = image({ signatures: [], attestations: BOTH });
  const text = signSummary(signReport({ images: signed(alone) }));
  expect(text).toContain('## ✅ Attested <code>ghcr.io/acme/app:1.2</code>\n');
  expect(text).not.toContain('cosign verify \\');
  expect(stepOf(text)).toMatchObject({ 'require-signature': false });
  const before = BOTH.map((one) => ({ ...one, written: false }));
  const again = signSummary(signReport({ images: signed(image({ signatures: [], attestations: before })) }));
  expect(again).toContain('was already attested');
  expect(again).toContain('☑️ already there: bundle');
});

test('the step requires only what every image has about itself', () => {
  const ofPlatform = image({ attestations: [attestation(PROVENANCE), attestation(SBOM, { platform: 'linux/amd64' })] });
  expect(stepOf(signSummary(signReport({ images: signed(ofPlatform) })))).toMatchObject({
    attestations: 'provenance\n',
  });
  const one = image({ attestations: BOTH });
  const other = image({ digest: OTHER_DIGEST, attestations: [attestation(SBOM)] });
  expect(stepOf(signSummary(signReport({ images: signed(one, other) })))).toMatchObject({ attestations: 'sbom\n' });
  const foreign = image({ attestations: [attestation('https://slsa.dev/provenance/v0.2')] });
  expect(stepOf(signSummary(signReport({ images: signed(foreign) })))['attestations']).toBeUndefined();
});

test('gh is not offered where it would find nothing', () => {
  const legacy = image({ attestations: [attestation(PROVENANCE, { format: 'legacy' })] });
  expect(signSummary(signReport({ images: signed(legacy), format: 'legacy' }))).not.toContain('gh attestation');
  const elsewhere = signReport({
    images: signed(image({ attestations: BOTH })).map((one) => ({
      ...one,
      store: 'ghcr.io/acme/sigs',
      storeRules: ['ghcr.io/acme/sigs'],
    })),
  });
  expect(signSummary(elsewhere)).not.toContain('gh attestation');
  expect(signSummary(elsewhere)).toContain('COSIGN_REPOSITORY=ghcr.io/acme/sigs cosign verify-attestation');
});

test('a hostile type is text in the table and is not offered for pasting', () => {
  const text = signSummary(signReport({ images: signed(image({ attestations: [attestation(HOSTILE)] })) }));
  expect(text).not.toContain('<script>');
  expect(text).not.toContain('\n::error::');
  expect(text).not.toContain('cosign verify-attestation');
});

test('the log has a line for each attestation', () => {
  const attestations = [attestation(PROVENANCE), attestation(SBOM, { platform: 'linux/arm64', written: false })];
  const lines = signLogLines(signed(image({ attestations })));
  expect(lines).toHaveLength(3);
  expect(lines[1]).toMatch(/^attested https:\/\/slsa\.dev\/provenance\/v1 about ghcr\.io\/acme\/app@sha256:/);
  expect(lines[2]).toMatch(/^not added https:\/\/spdx\.dev\/Document\/v2\.3 about linux\/arm64 of ghcr\.io/);
});
