import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { readStream } from '../../../sandbox/runner/workflow-commands.ts';
import { CodedError, ERROR_CODES } from '../../../src/coded-error.ts';
import type { Results } from '../../../src/domain/results.ts';
import { REFUSAL_REASONS } from '../../../src/domain/signature/refusal.ts';
import { createAnnotations } from '../../../src/github/annotations.ts';
import { createCommandWriter } from '../../../src/github/command-writer.ts';
import { dryRunLines, dryRunSummary } from '../../../src/report/dry-run.ts';
import { errorText } from '../../../src/report/error-text.ts';
import { verifyLogLines } from '../../../src/report/log-lines.ts';
import { NEXT_STEPS } from '../../../src/report/next-steps.ts';
import { identityOutput, OUTPUT_MAX_BYTES, resultsFile, resultsOutput } from '../../../src/report/results.ts';
import { signLogLines } from '../../../src/report/sign-log-lines.ts';
import {
  DIGEST,
  HOSTILE,
  HOSTILE_IDENTITY,
  IDENTITY,
  image,
  refusedImage,
  reported,
  results,
  signature,
  signatureDetails,
  signed,
  TROUBLE,
} from './report-samples.ts';

const SCHEMA: unknown = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../../docs/results.schema.json', import.meta.url)), 'utf8'),
);
const validate = new Ajv({ allErrors: true, strict: false }).compile(SCHEMA as object);

function valid(json: string): boolean {
  const ok = validate(JSON.parse(json));
  if (!ok) console.error(validate.errors);
  return ok;
}

function many(count: number, verdictOf: (index: number) => 'pass' | 'fail'): Results {
  return results(
    ...Array.from({ length: count }, (_, i) =>
      verdictOf(i) === 'pass' ? image({ reference: `r${i}` }) : refusedImage({ reference: `r${i}` }),
    ),
  );
}

test.each([
  ['one that passed', results(image())],
  [
    'refused, with platforms',
    results(
      refusedImage({
        platforms: [{ platform: 'linux/arm64', digest: DIGEST, verdict: 'fail', reason: 'NO_SIGNATURE' }],
      }),
    ),
  ],
  [
    'not resolved',
    results(
      image({
        resolved: null,
        repository: null,
        tag: null,
        digest: null,
        verdict: 'error',
        reason: 'IMAGE_NOT_FOUND',
        signatures: [],
      }),
    ),
  ],
  ['written, unlogged', results(image({ signatures: [signature({ written: true, log: null, signedAt: null })] }))],
  [
    'unverified',
    results(
      refusedImage({
        signatures: [signature({ verdict: 'rejected', reason: 'SIGNATURE_INVALID', unverified: true, message: 'm' })],
      }),
    ),
  ],
  ['none', results()],
])('results with %s fit the published schema, as file and as output', (_name, value) => {
  expect(valid(resultsFile(value))).toBe(true);
  expect(valid(resultsOutput(value))).toBe(true);
  expect(JSON.parse(resultsOutput(value))).toEqual(JSON.parse(resultsFile(value)));
});

test('the schema knows every reason, and refuses what is none', () => {
  for (const reason of [...REFUSAL_REASONS, ...ERROR_CODES]) {
    expect(validate(results(image({ reason })))).toBe(true);
  }
  expect(validate(results(image({ reason: 'WHATEVER' as never })))).toBe(false);
  expect(validate({ ...results(image()), extra: 1 })).toBe(false);
  expect(validate({ ...results(image()), verified: 'true' })).toBe(false);
  expect(validate(results(image({ digest: 'sha256:short' })))).toBe(false);
});

test('the output writes hostile text with \\uXXXX, the file keeps it plain', () => {
  const value = results(image({ tag: HOSTILE }));
  expect(resultsOutput(value)).not.toMatch(/[$`<>|\\](?!u[0-9a-f]{4})/);
  expect(JSON.parse(resultsOutput(value))).toEqual(value);
  expect(resultsFile(value)).toContain('$(id)`id`');
});

test('above 100,000 bytes the output keeps reference, resolved, verdict and reason, and says so', () => {
  const value = many(150, (i) => (i % 2 === 0 ? 'pass' : 'fail'));
  expect(resultsFile(value).length).toBeGreaterThan(OUTPUT_MAX_BYTES);
  const output = resultsOutput(value);
  expect(output.length).toBeLessThanOrEqual(OUTPUT_MAX_BYTES);
  expect(valid(output)).toBe(true);
  const parsed = JSON.parse(output) as Results;
  expect(parsed.truncated).toBe(true);
  expect(parsed.verified).toBe(false);
  expect(parsed.images).toHaveLength(150);
  expect(Object.keys(parsed.images[0] ?? {})).toEqual(['reference', 'resolved', 'verdict', 'reason']);
});

test.each([
  ['only by its escapes', '<'.repeat(90_000)],
  ['by one text of many megabytes, which no expression could match', 'x'.repeat(16_000_000)],
])('the output that is too long %s is cut the same way', (_what, message) => {
  const value = many(2, () => 'fail');
  const [first] = value.images;
  const output = resultsOutput({
    ...value,
    images: value.images.map((one) => (one === first ? { ...one, message } : one)),
  });
  expect(output.length).toBeLessThanOrEqual(OUTPUT_MAX_BYTES);
  expect(JSON.parse(output)).toMatchObject({ truncated: true, images: [{ reference: 'r0' }, { reference: 'r1' }] });
});

test('if even that is too long, images that passed are left out first, order kept', () => {
  const value = many(2_000, (i) => (i >= 1_950 ? 'fail' : 'pass'));
  const output = resultsOutput(value);
  expect(output.length).toBeLessThanOrEqual(OUTPUT_MAX_BYTES);
  expect(valid(output)).toBe(true);
  const { images } = JSON.parse(output) as Results;
  expect(images.filter((one) => one.verdict === 'fail')).toHaveLength(50);
  expect(images.length).toBeGreaterThan(300);
  expect(images[0]?.reference).toBe('r0');
  expect(images.at(-1)?.reference).toBe('r1999');
});

test.each([
  ['https://github.com/acme/app/.github/workflows/r.yml@refs/heads/main', true],
  ['jane doe+1@example.com', true],
  ['https://github.com/acme/app/r.yml@refs/heads/x"$(id)`id`;id', false],
  ['a\nb', false],
])('the output subject of %j is given as it is: %s', (subject, kept) => {
  const { value, notice } = identityOutput('subject', subject);
  expect(value).toBe(kept ? subject : '');
  expect(notice === undefined).toBe(kept);
  expect(notice ?? '').not.toContain(subject);
});

const HELP = { troubleshootingUrl: TROUBLE, copy: undefined };

test('an error reads the same everywhere: what happened, what to do, where to read on', () => {
  const error = new CodedError('REGISTRY_DENIED', 'PUT … returned 403\nsecond line', { hint: 'Add packages: write' });
  expect(errorText(error, HELP)).toEqual({
    title: `REGISTRY_DENIED: ${NEXT_STEPS.REGISTRY_DENIED.meaning}`,
    lines: [
      'REGISTRY_DENIED: PUT … returned 403',
      'second line',
      'Add packages: write',
      `See ${TROUBLE}#registry_denied`,
    ],
    isCut: false,
  });
  const local = { troubleshootingUrl: undefined, copy: undefined };
  expect(errorText(new CodedError('LOG_INVALID', 'm'), local).lines).toEqual([
    'LOG_INVALID: m',
    NEXT_STEPS.LOG_INVALID.doThis,
  ]);
  const elsewhere = { ...HELP, copy: 'acme/countersign on https://ghes.example' };
  expect(errorText(error, elsewhere).lines.slice(-2)).toEqual([
    `See ${TROUBLE}#registry_denied`,
    '(If this server has its own copy of the action: docs/troubleshooting.md of acme/countersign on https://ghes.example)',
  ]);
});

test.each([
  ['a long line', 'x'.repeat(10_000)],
  ['many lines', 'line\n'.repeat(3_000)],
  ['characters that take more room when shown', '\u202e'.repeat(5_000)],
  ['what is broken up so that it commands nothing', '##['.repeat(3_000)],
])('an annotation of %s has room for advice and link', (_what, message) => {
  const hint = 'Add packages: write';
  const text = errorText(new CodedError('REGISTRY_DENIED', message, { hint }), HELP);
  expect(text.isCut).toBe(true);
  let written = '';
  const writer = createCommandWriter((part) => {
    written += part;
  });
  createAnnotations(writer)({ level: 'error', title: text.title, message: text.lines.join('\n') });
  const [data] = readStream(written).commands.map((command) => command.data);
  // actions/runner cuts there.
  expect(data?.slice(0, 4096).endsWith(`…\n${hint}\nSee ${TROUBLE}#registry_denied`)).toBe(true);
});

test.each(Object.entries(NEXT_STEPS))('%s says in whole sentences what it means and what to do', (_code, step) => {
  expect(step.meaning).toMatch(/^[A-Z].*\.$/);
  expect(step.doThis).toMatch(/^[A-Z].*\.$/);
});

test('the log of a sign run has one line an image', () => {
  const ENTRY = 'entry 123456 in https://rekor.sigstore.dev, 2026-11-22T10:00:00.000Z';
  expect(
    signLogLines(
      signed(
        image({
          signatures: [signature({ written: true }), signature({ format: 'legacy', written: false, log: null })],
        }),
        image({
          message: 'signed already with an equal identity and annotations',
          signatures: [signature({ written: false }), signature({ format: 'legacy', written: false, signedAt: null })],
        }),
        image({ signatures: [], tag: null }),
        image({ verdict: 'error', reason: 'REGISTRY_DENIED', message: 'no', resolved: null, signatures: [] }),
        image({ verdict: 'error', reason: null, message: 'no', resolved: null, signatures: [] }),
      ),
    ),
  ).toEqual([
    `signed ghcr.io/acme/app@${DIGEST} (tag 1.2) (bundle, ${ENTRY}; legacy, already signed, 2026-11-22T10:00:00.000Z)`,
    `signed already with an equal identity and annotations ghcr.io/acme/app@${DIGEST} (tag 1.2) (bundle, ${ENTRY}; legacy, entry 123456 in https://rekor.sigstore.dev)`,
    `done ghcr.io/acme/app@${DIGEST}: signed`,
    'NOT SIGNED ghcr.io/acme/app:1.2: REGISTRY_DENIED: no',
    'NOT SIGNED ghcr.io/acme/app:1.2: error: no',
  ]);
});

test('both logs name the repository of the signatures if it is not the image’s own', () => {
  const signed = (store: string | undefined) => signLogLines([{ result: image(), tags: [], store, storeRules: [] }]);
  expect(signed('ghcr.io/acme/sigs').join()).toMatch(/\), stored in ghcr\.io\/acme\/sigs$/);
  expect(signed(undefined).join()).toMatch(/\)$/);
  const refused = (repository: string, isRedirected: boolean) =>
    verifyLogLines([
      reported(refusedImage(), { search: { repository, isRedirected, format: 'any', waited: true } }),
    ]).flatMap(({ places }) => places);
  expect(refused('ghcr.io/acme/sigs', true).join('\n')).toMatch(/GET \S+ in ghcr\.io\/acme\/sigs: 200/);
  expect(refused('ghcr.io/acme/app', false).join('\n')).toMatch(/GET \S+: 200/);
});

test('a dry run names the repository for the signatures if it is not the image’s own', () => {
  const report = {
    results: results(image({ message: 'dry run: would be signed' }), image()),
    stores: ['ghcr.io/acme/sigs', undefined],
    identity: IDENTITY,
    hosts: ['ghcr.io'],
    signs: true,
    storesAtGithub: false,
    attestations: [],
    isPublic: true,
    warnings: [],
    troubleshootingUrl: undefined,
  };
  const lines = dryRunLines(report);
  expect(lines[1]).toContain(`would be signed as ${DIGEST}, signature in ghcr.io/acme/sigs`);
  expect(lines[2]).not.toContain('signature in');
  const rows = dryRunSummary(report)
    .split('\n')
    .filter((line) => line.includes('would be signed'));
  expect(rows).toHaveLength(2);
  expect(rows[0]).toContain('signature in <code>ghcr.io/acme/<wbr>sigs</code>');
  expect(rows[1]).not.toContain('signature in');
});

test('the log of a verify run has one line an image, and for a refusal its cause, its cure and each field', () => {
  const hinted = { signatures: [signatureDetails({ hints: ['a hint'] })], hint: 'Do that' };
  const undecided = image({ verdict: 'error', reason: null, message: 'm' });
  const logged = verifyLogLines([
    reported(),
    reported(refusedImage(), hinted),
    reported(refusedImage(), { signatures: [signatureDetails({ verified: HOSTILE_IDENTITY })] }),
    reported(undecided, { signatures: [], places: [] }),
  ]);
  const lines = logged.flatMap(({ line, details: more }) => [line, ...more]);
  expect(lines[0]).toBe(`PASS ghcr.io/acme/app@${DIGEST} (tag 1.2): signed`);
  expect(lines[1]).toBe(
    `REFUSED ghcr.io/acme/app@${DIGEST} (tag 1.2): IDENTITY_MISMATCH: Signed by a run of eve/app; this step allows only ` +
      'acme/app. The certificate has no claim deployment-environment; this step requires prod.',
  );
  expect(lines[2]).toBe('  What to do: Do that');
  expect(lines[3]).toBe(
    '  MISMATCH source-repository: expected "https://github.com/acme/app", found "https://github.com/eve/app"',
  );
  expect(lines[4]).toContain('found nothing');
  expect(lines[5]).toMatch(/^ {2}ok {7}issuer/);
  expect(lines[6]).toBe(`  signed by ${IDENTITY.subject}, issuer ${IDENTITY.issuer}`);
  expect(lines[7]).toBe('  a hint');
  expect(logged[1]?.places).toEqual([`  GET /v2/acme/app/referrers/${DIGEST}: 200, 1 listed`]);
  expect(lines.join()).not.toContain('GET /v2/');
  expect(lines.slice(8, 12)).toEqual([
    '  Inputs that would accept this signer; pasting them means trusting it:',
    '    source-repository: acme/app',
    '    workflow: .github/workflows/release.yml',
    '    source-ref: refs/heads/main',
  ]);
  expect(lines.filter((line) => line.includes('Inputs that would accept'))).toHaveLength(1);
  expect(lines.slice(-5, -2)).toEqual([
    '  Nothing is offered for pasting:',
    '    - claims: a value contains characters that are not safe to paste',
    '    - certificate-identity: a value contains characters that are not safe to paste',
  ]);
  expect(lines.at(-2)).toBe(`NOT DECIDED ghcr.io/acme/app@${DIGEST} (tag 1.2): m`);
});
