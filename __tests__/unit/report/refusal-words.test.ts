import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../src/domain/identity/evaluation.ts';
import {
  BUILD_TRIGGER,
  NO_OUTSIDER_TRIGGER,
  NO_PULL_REF,
  REPOSITORY_OF_SUBJECT,
} from '../../../src/domain/identity/identity-rules.ts';
import { REFUSAL_REASONS } from '../../../src/domain/signature/refusal.ts';
import { NEXT_STEPS } from '../../../src/report/next-steps.ts';
import { refusalWords } from '../../../src/report/refusal-words.ts';
import type { ImageDetails } from '../../../src/report/verify-details.ts';
import { details, refusedImage, signatureDetails } from './report-samples.ts';

const GITHUB = 'https://token.actions.githubusercontent.com';
const workflow = (repository: string, file: string, ref: string): string =>
  `https://github.com/${repository}/.github/workflows/${file}@${ref}`;
const RELEASE = workflow('acme/app', 'release.yml', 'refs/heads/main');

const unmet = (field: string, expected: string, found: string | undefined): Finding => ({
  field,
  expected,
  found,
  ok: false,
});

function wordsOf(...findings: Finding[]): { readonly cause: string; readonly cure: string } {
  const met = { field: 'certificate-oidc-issuer', expected: GITHUB, found: GITHUB, ok: true };
  return refusalWords(refusedImage(), details({ signatures: [signatureDetails({ findings: [met, ...findings] })] }));
}

describe('what differs is one sentence that names both values', () => {
  test.each<[string, Finding, string]>([
    [
      'another workflow file',
      unmet('workflow', '.github/workflows/release.yml', '.github/workflows/nightly.yml'),
      'Signed by nightly.yml; this step allows only release.yml.',
    ],
    [
      'one of several workflow files',
      unmet('workflow', '.github/workflows/a.yml or .github/workflows/b.yml', '.github/workflows/c.yml'),
      'Signed by c.yml; this step allows only a.yml or b.yml.',
    ],
    [
      'a workflow outside the folder',
      unmet('workflow', 'ci/release.yml', '.github/workflows/release.yml'),
      'Signed by .github/workflows/release.yml; this step allows only ci/release.yml.',
    ],
    [
      'another branch',
      unmet('source-ref', 'refs/heads/main or refs/tags/*', 'refs/heads/dev'),
      'Signed on refs/heads/dev; this step allows only refs/heads/main or refs/tags/*.',
    ],
    [
      'a certificate without a branch',
      unmet('source-ref', 'refs/heads/main', undefined),
      'The certificate names no branch or tag; this step allows only refs/heads/main.',
    ],
    [
      'another repository',
      unmet('source-repository', 'https://github.com/acme/app', 'https://github.com/eve/app'),
      'Signed by a run of eve/app; this step allows only acme/app.',
    ],
    [
      'a repository on another server',
      unmet('source-repository', 'https://github.com/acme/app', 'https://gitlab.com/acme/app'),
      'Signed by a run of https://gitlab.com/acme/app; this step allows only https://github.com/acme/app.',
    ],
    [
      'a subject of another repository',
      unmet('certificate-identity', RELEASE, workflow('eve/app', 'release.yml', 'refs/heads/main')),
      'Signed by a workflow of eve/app; this step allows only acme/app.',
    ],
    [
      'a subject with another file',
      unmet('certificate-identity', RELEASE, workflow('acme/app', 'nightly.yml', 'refs/heads/main')),
      'Signed by nightly.yml of acme/app; this step allows only release.yml.',
    ],
    [
      'a subject with another ref',
      unmet('certificate-identity', RELEASE, workflow('acme/app', 'release.yml', 'refs/tags/v1')),
      'Signed by release.yml of acme/app at refs/tags/v1; this step allows only refs/heads/main.',
    ],
    [
      'a person instead of a workflow',
      unmet('certificate-identity', RELEASE, 'alice@example.com'),
      `Signed by alice@example.com; this step allows only ${RELEASE}.`,
    ],
    [
      'a signer workflow without its server',
      unmet(
        'signer-workflow',
        'acme/flows/.github/workflows/sign.yml',
        workflow('acme/flows', 'other.yml', 'refs/heads/main'),
      ),
      'Signed by other.yml of acme/flows; this step allows only sign.yml.',
    ],
    [
      'a signer workflow at another ref',
      unmet(
        'signer-workflow',
        'acme/flows/.github/workflows/sign.yml@refs/tags/v*',
        workflow('acme/flows', 'sign.yml', 'refs/heads/main'),
      ),
      'Signed by sign.yml of acme/flows at refs/heads/main; this step allows only refs/tags/v*.',
    ],
    [
      'a pattern',
      unmet('certificate-identity-regexp', 'https://github\\.com/acme/.*', RELEASE),
      `Signed by ${RELEASE}, which the pattern in \`certificate-identity-regexp\` does not accept.`,
    ],
    [
      'a person’s login',
      unmet('certificate-oidc-issuer', GITHUB, 'https://accounts.google.com'),
      `Signed with an id-token from https://accounts.google.com (a Google account); this step accepts only ${GITHUB} (GitHub Actions on github.com).`,
    ],
    [
      'an issuer that only begins like a known one',
      unmet('certificate-oidc-issuer', GITHUB, 'https://accounts.google.com.evil.example'),
      `Signed with an id-token from https://accounts.google.com.evil.example; this step accepts only ${GITHUB} (GitHub Actions on github.com).`,
    ],
    [
      'another value of a claim',
      unmet('claims runner-environment', 'github-hosted', 'self-hosted'),
      'Signed with runner-environment self-hosted; this step allows only github-hosted.',
    ],
    [
      'a claim that is missing',
      unmet('claims deployment-environment', 'prod', undefined),
      'The certificate has no claim deployment-environment; this step requires prod.',
    ],
    [
      'a reusable workflow that was not named',
      unmet(REPOSITORY_OF_SUBJECT, 'https://github.com/acme/app', 'https://github.com/acme/flows'),
      'Signed by a workflow of acme/flows that ran for acme/app; this step does not allow that pair.',
    ],
    [
      'pull-request code',
      unmet('source-ref', NO_PULL_REF, 'refs/pull/1/merge'),
      'Signed by a run of pull-request code (refs/pull/1/merge), which anyone can propose.',
    ],
    [
      'a trigger of strangers',
      unmet(BUILD_TRIGGER, NO_OUTSIDER_TRIGGER, 'issue_comment'),
      'Signed by a run that the event issue_comment started, which any account can cause.',
    ],
    [
      'another annotation',
      unmet('annotations version', '1.2.3', '1.2.2'),
      'The signature has the annotation version=1.2.2; this step requires version=1.2.3.',
    ],
    [
      'an annotation that is missing, with a blank in its name',
      unmet('annotations my key', 'x', undefined),
      'The signature has no annotation my key; this step requires my key=x.',
    ],
    [
      'age',
      unmet('max-age', 'at most 43200 minutes', 'signed 50000 minutes ago'),
      'The image was signed 34.7 days ago; this step allows at most 30 days.',
    ],
    [
      'a time in the future',
      unmet('max-age', 'at most 60 minutes', 'signed in the future according to the clock of this runner'),
      'Signed in the future, by the clock of this runner.',
    ],
  ])('%s', (_what, finding, cause) => {
    const words = wordsOf(finding);
    expect(words.cause).toBe(cause);
    expect(words.cure).toMatch(/^[A-Z].*\.$/);
    expect(words.cure).not.toMatch(/compare/i);
    // The values of a certificate are not offered for pasting.
    if (finding.found !== undefined) expect(words.cure).not.toContain(finding.found);
  });
});

test('several differences have one cure that names each input, and the third is counted', () => {
  const words = wordsOf(
    unmet('workflow', '.github/workflows/release.yml', '.github/workflows/nightly.yml'),
    unmet('source-ref', 'refs/heads/main', 'refs/heads/dev'),
    unmet('claims runner-environment', 'github-hosted', 'self-hosted'),
  );
  expect(words.cause).toBe(
    'Signed by nightly.yml; this step allows only release.yml. Signed on refs/heads/dev; this step allows only refs/heads/main. 1 more value differs.',
  );
  expect(words.cure).toMatch(/^If this signer may sign this image, change `workflow` and `source-ref` and `claims`/);
});

test('the cure of a rule that no input asked for is not lost beside that of an input', () => {
  const { cure } = wordsOf(
    unmet('source-repository', 'https://github.com/acme/app', 'https://github.com/eve/app'),
    unmet(BUILD_TRIGGER, NO_OUTSIDER_TRIGGER, 'issue_comment'),
  );
  expect(cure.split('\n')).toEqual([
    expect.stringContaining('change `source-repository`'),
    expect.stringContaining('another event'),
  ]);
});

test('a value longer than a line is cut', () => {
  expect(wordsOf(unmet('source-ref', 'refs/heads/main', `refs/heads/${'x'.repeat(4_000)}`)).cause.length).toBeLessThan(
    400,
  );
});

test.each(REFUSAL_REASONS.map((reason) => [reason]))(
  '%s without findings has a cause, a cure and its message',
  (reason) => {
    const bare = signatureDetails({ reason, findings: [] });
    const words = refusalWords(refusedImage({ reason, message: 'the message' }), details({ signatures: [bare] }));
    if (reason === 'NO_SIGNATURE') return;
    expect(words).toEqual({
      cause: NEXT_STEPS[reason].meaning,
      cure: NEXT_STEPS[reason].doThis,
      detail: 'the message',
    });
  },
);

test('the message of an error is its cause, and its own hint the cure', () => {
  const image = refusedImage({ verdict: 'error', reason: 'REGISTRY_DENIED', message: 'PUT … returned 403' });
  const { doThis } = NEXT_STEPS.REGISTRY_DENIED;
  const none = details({ signatures: [] });
  expect(refusalWords(image, none)).toEqual({ cause: image.message, cure: doThis, detail: undefined });
  expect(refusalWords(image, { ...none, hint: 'Log in.' }).cure).toBe('Log in.');
});

describe('NO_SIGNATURE', () => {
  const image = refusedImage({ reason: 'NO_SIGNATURE', message: 'no signature was found' });
  const search = details().search;
  const of = (more: Partial<ImageDetails>): { readonly cause: string; readonly cure: string } =>
    refusalWords(image, details({ signatures: [], ...more }));

  test('is one line that names the repository, and no request', () => {
    const words = of({});
    expect(words.cause).toBe('No signature was found for this digest in ghcr.io/acme/app.');
    expect(words.cure).toMatch(/^Check that the workflow that built this image also signed it after the push/);
    expect(words.cure).not.toContain('\n');
  });

  test('names what is attached instead', () => {
    const others = ['https://slsa.dev/provenance/v1', 'a', 'b', 'c'];
    expect(of({ others }).cause).toContain(
      'What is attached is not an image signature: https://slsa.dev/provenance/v1, a, b and 1 more.',
    );
  });

  test.each([
    ['true', true, 'The index itself is signed, but `recursive` asks for both.', /^Sign with `recursive: true`/],
    ['false', false, 'No signature was found for the platform image linux/arm64', /- Sign with `recursive: true`/],
  ])('of a platform says to sign with recursive (index signed: %s)', (_what, isIndexSigned, cause, cure) => {
    const words = of({ platform: { name: 'linux/arm64', isIndexSigned } });
    expect(words.cause).toContain(cause);
    expect(words.cause).toContain('linux/arm64');
    expect(words.cure).toMatch(cure);
  });

  test('names the signature-repository that is set, and what to do about it first', () => {
    const words = of({ search: { ...search, repository: 'ghcr.io/acme/signatures', isRedirected: true } });
    expect(words.cause).toBe(
      'No signature was found for this digest in ghcr.io/acme/signatures, where `signature-repository` says that signatures are.',
    );
    expect(words.cure.split('\n')[1]).toContain('the same `signature-repository`');
  });

  test('names a format that hides the other one, and the wait if there was none', () => {
    const { cure } = of({ search: { ...search, format: 'legacy', waited: false } });
    expect(cure).toContain('`format: legacy`');
    expect(cure).toContain('`wait-for: 30s`');
  });
});

test('a refused platform is named whatever the reason', () => {
  const platform = { name: 'linux/arm64', isIndexSigned: true };
  const finding = unmet('source-ref', 'refs/heads/main', 'refs/heads/dev');
  const more = details({ platform, signatures: [signatureDetails({ findings: [finding] })] });
  expect(refusalWords(refusedImage({ reason: 'CLAIM_MISMATCH' }), more).cause).toBe(
    'Platform linux/arm64: Signed on refs/heads/dev; this step allows only refs/heads/main.',
  );
});
