import { expect, test } from 'vitest';
import { CodedError } from '../../../src/coded-error.ts';
import { checkTitle } from '../../../src/report/short-text.ts';
import type { ImageDetails } from '../../../src/report/verify-details.ts';
import { type VerifyReport, verifySummary } from '../../../src/report/verify-summary.ts';
import {
  DIGEST,
  HOSTILE,
  HOSTILE_IDENTITY,
  IDENTITY,
  image,
  refusedImage,
  reported,
  signature,
  signatureDetails,
  verifyReport,
} from './report-samples.ts';

const REFUSED = verifyReport({
  images: [reported(), reported(refusedImage({ tag: 'evil' }))],
  verdict: 'fail',
});

/** The same images, of which more is known about the refused one. */
const refusedWith = (more: Partial<ImageDetails>): VerifyReport => ({
  ...REFUSED,
  images: [reported(), reported(refusedImage({ tag: 'evil' }), more)],
});
const NOTHING_KNOWN = { signatures: [], places: [] };

test.each([
  [verifyReport(), '## ✅ Verified: <code>ghcr.io/acme/app:1.2</code> is signed by the expected identity\n'],
  [
    verifyReport({ images: [reported(), reported()] }),
    '## ✅ Verified: 2 images are signed by the expected identity\n',
  ],
  [REFUSED, '## ❌ 1 refused, ✅ 1 passed\n'],
  [
    verifyReport({ images: [reported(refusedImage())], verdict: 'fail' }),
    '## ❌ Refused: <code>ghcr.io/acme/app:1.2</code>\n',
  ],
  [
    verifyReport({ images: [reported(refusedImage({ verdict: 'allowed' }))], verdict: 'allowed' }),
    '## ⚠️ Let through, although it did not pass: <code>ghcr.io/acme/app:1.2</code>\n',
  ],
  [
    verifyReport({ images: [reported(image({ verdict: 'error', reason: 'REGISTRY_DENIED' }))], verdict: 'error' }),
    '## ❗ Not decided: <code>ghcr.io/acme/app:1.2</code>\n',
  ],
  [verifyReport({ images: [], verdict: 'error' }), '## ❗ Not decided: nothing was verified\n'],
  [
    verifyReport({ error: new CodedError('INPUT_INVALID', 'input images: x') }),
    '## ❗ Not decided: nothing was verified\n',
  ],
])('the verdict comes first (%#)', (report, heading) => {
  expect(verifySummary(report).startsWith(heading)).toBe(true);
});

test('failures stand above passes, with expected and found side by side and the next step', () => {
  const text = verifySummary(REFUSED);
  expect(text.indexOf('app:evil')).toBeLessThan(text.indexOf('app:1.2'));
  expect(text).toContain('| Bundle | Expected | Found |');
  expect(text).toContain(
    '| ❌ source-repository | <code>https:<wbr>//github.com/<wbr>acme/app</code> | <code>https:<wbr>//github.com/<wbr>eve/app</code> |',
  );
  expect(text).toContain('| ❌ claims deployment-environment | <code>prod</code> | *nothing* |');
  expect(text).toContain('| ✅ issuer |');
  expect(text).toContain('Signed by a run of eve/app&#59; this step allows only acme/app.');
  expect(text).toContain(
    '**What to do:** If this signer may sign this image, change <code>source-repository</code> and <code>claims</code> in this step.',
  );
  expect(text.indexOf('**What to do:**')).toBeLessThan(text.indexOf('| Bundle | Expected | Found |'));
  expect(text).toContain('troubleshooting.md#identity_mismatch');
});

test('offers the inputs of a signer that verified, with the warning that pasting is trusting', () => {
  const text = verifySummary(REFUSED);
  expect(text).toContain('```yaml\nsource-repository: acme/app\n');
  expect(text).toContain('Pasting them means trusting the signer');
});

test('never offers a signer that did not verify, and marks what its certificate claims', () => {
  const unproven = signatureDetails({
    verified: undefined,
    unverified: IDENTITY,
    findings: [],
    message: 'bad signature',
  });
  const text = verifySummary(refusedWith({ signatures: [unproven] }));
  expect(text).toContain('**Unverified** claim: signed by <code>https:<wbr>//github.com/acme/app');
  expect(text).toContain('Bundle: bad signature');
  expect(text).not.toContain('Pasting them');
});

test('without an identity it shows every signer that verified, each once', () => {
  const other = { ...IDENTITY, claims: { ...IDENTITY.claims, 'source-repository-ref': 'refs/tags/v1' } };
  const seen = [IDENTITY, other, IDENTITY].map((verified) => signatureDetails({ verified, findings: [] }));
  const text = verifySummary(refusedWith({ signatures: seen }));
  expect(text.match(/```yaml/g)).toHaveLength(2);
  expect(text).toContain('source-ref: refs/tags/v1');
  expect(text).toContain('Bundle: signed by <code>https:<wbr>//github.com/acme/app/.github/workflows/release.yml');
});

test('offers nothing if part of the identity cannot be pasted: the rest alone would accept more', () => {
  const hostile = signatureDetails({ verified: HOSTILE_IDENTITY });
  const text = verifySummary(refusedWith({ signatures: [hostile] }));
  expect(text).toContain('Nothing is offered for pasting');
  expect(text).not.toContain('```yaml');
});

test('shows hints, attestations beside the image and a better next step if there is one', () => {
  const text = verifySummary(
    refusedWith({
      signatures: [signatureDetails({ format: 'legacy', hints: ['cosign would have matched'] })],
      others: ['https://slsa.dev/provenance/v1'],
      hint: 'Ask for packages: read',
    }),
  );
  expect(text).toContain('- cosign would have matched');
  expect(text).toContain('| Legacy signature | Expected | Found |');
  expect(text).toContain('not an image signature: <code>https:<wbr>//slsa.dev/provenance/v1</code>');
  expect(text).toContain('**What to do:** Ask for packages: read');
});

const SIGNATURES_ELSEWHERE = {
  repository: 'quay.io/acme/sigs',
  isRedirected: true,
  format: 'any',
  waited: true,
} as const;

test('the repository that was searched for signatures is named if it is not the image’s own', () => {
  const rows = (over: Partial<ImageDetails>) =>
    verifySummary(verifyReport({ images: [reported(image(), over)] }))
      .split('\n')
      .filter((line) => line.includes('GET /v2/'));
  expect(rows({ search: SIGNATURES_ELSEWHERE }).join()).toContain('<sub>in <code>quay.io/acme/<wbr>sigs</code></sub>');
  expect(rows({}).join()).not.toContain('<sub>in');
});

test('an image without reason, digest, places or signer is shown as such', () => {
  const bare = image({ verdict: 'error', digest: null, signatures: [], repository: null, tag: null });
  const text = verifySummary(verifyReport({ images: [reported(bare, NOTHING_KNOWN)], verdict: 'error' }));
  expect(text).toContain('<sub>not resolved</sub>');
  expect(text).toContain('Check the platforms of the image');
  expect(text).not.toContain('Where the action looked for signatures');
  const unnamed = image({ tag: null, signatures: [signature({ subject: null, issuer: null })] });
  expect(verifySummary(verifyReport({ images: [reported(unnamed)] }))).toContain(
    '| <code>ghcr.io/acme/<wbr>app</code><br>',
  );
});

test('a tag beside a digest is not said to be verified', () => {
  const labelled = image({ reference: `ghcr.io/acme/app:prod@${DIGEST}`, tag: 'prod' });
  const text = verifySummary(
    verifyReport({ images: [reported(labelled, { tags: [{ name: 'prod', isChecked: false }] })] }),
  );
  expect(text).toMatch(/^## ✅ Verified: <code>ghcr\.io\/acme\/app<\/code> is signed/);
  expect(text).toContain(', tag <code>&#58;prod</code> not checked</sub>');
  expect(text).not.toContain('app:prod');
  expect(checkTitle({ images: [reported(labelled)], verdict: 'pass', error: undefined })).toBe(
    'Verified: ghcr.io/acme/app',
  );
});

test('a tag whose digest is an input of its own is not said to be verified either', () => {
  const tags = [
    { name: '1.2', isChecked: false },
    { name: 'latest', isChecked: false },
  ];
  const one = reported(image(), { tags });
  const text = verifySummary(verifyReport({ images: [one] }));
  expect(text).toMatch(/^## ✅ Verified: <code>ghcr\.io\/acme\/app<\/code> is signed/);
  expect(text).toContain(', tags <code>&#58;1.2</code> <code>&#58;latest</code> not checked</sub>');
  expect(checkTitle({ images: [one], verdict: 'pass', error: undefined })).toBe('Verified: ghcr.io/acme/app');
  // The registry was asked about this one.
  const asked = reported(image(), { tags: [{ name: '1.2', isChecked: true }, ...tags.slice(1)] });
  expect(verifySummary(verifyReport({ images: [asked] }))).toMatch(/^## ✅ Verified: <code>ghcr\.io\/acme\/app:1\.2</);
});

test('says what the notes say, what was skipped and where it looked', () => {
  const text = verifySummary(
    verifyReport({ notes: ['any branch or tag was accepted'], skipped: ['target docs: not pushed'] }),
  );
  expect(text).toContain('> any branch or tag was accepted  \n> target docs: not pushed');
  expect(text.replaceAll('<wbr>', '')).toContain(`<code>GET /v2/acme/app/referrers/${DIGEST}</code> | 200, 1 listed |`);
});

test('shows the error that stopped the run', () => {
  const text = verifySummary(verifyReport({ images: [], error: new CodedError('INPUT_INVALID', 'input images: x') }));
  expect(text).toContain('> input images: x');
});

test('more than 25 images are folded, and none is left out below 500', () => {
  const report = verifyReport({ images: Array.from({ length: 30 }, () => reported()) });
  expect(verifySummary(report)).toContain('<summary>5 more images, all passed</summary>');
  expect(verifySummary(report)).not.toContain('results file');
});

test('500 refused images stay below 1 MiB, the first shown in full, the rest folded and counted', () => {
  const count = 600;
  const long = 'x'.repeat(300);
  const text = verifySummary(
    verifyReport({
      images: Array.from({ length: count }, (_, i) => reported(refusedImage({ tag: `t${i}`, message: long }))),
      verdict: 'fail',
    }),
  );
  expect(Buffer.byteLength(text)).toBeLessThan(1_048_576);
  expect(text).toContain('<summary>575 more images, 0 of them passed</summary>');
  expect(text).toContain('and 100 more images in the results file');
  expect(text).toContain('and 580 more; see the results file for details');
});

test('hostile text stays text in every place of the report', () => {
  const hostile = signatureDetails({
    verified: undefined,
    unverified: HOSTILE_IDENTITY,
    findings: [{ field: HOSTILE, expected: HOSTILE, found: HOSTILE, ok: false }],
    hints: [HOSTILE],
    message: HOSTILE,
  });
  const text = verifySummary(
    verifyReport({
      images: [
        reported(refusedImage({ repository: null, reference: HOSTILE, message: HOSTILE }), {
          signatures: [hostile],
          others: [HOSTILE],
          places: [{ request: HOSTILE, status: HOSTILE, entries: 0 }],
          hint: HOSTILE,
        }),
      ],
      verdict: 'fail',
      notes: [HOSTILE],
      skipped: [HOSTILE],
    }),
  );
  expect(text).not.toMatch(/<img|<\/code><img|\]\(https:\/\/evil|^::|\u202e|`id`/m);
  for (const row of text.split('\n').filter((line) => line.startsWith('| '))) {
    expect([4, 5]).toContain(row.match(/\|/g)?.length);
  }
  expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
});
