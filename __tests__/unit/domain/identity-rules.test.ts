import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OUTSIDER_TRIGGERS } from '../../../src/domain/identity/identity-rules.ts';
import { createSignerEvaluation, evaluateSigner } from '../../../src/domain/identity/signer-evaluation.ts';
import { facts, type Inputs, NOW, parse, RELEASE, REPOSITORY, requirement, SIGNED } from './identity-samples.ts';

function evaluate(found: ReturnType<typeof facts>, given: Inputs, context = {}): string {
  const required = requirement(given, context);
  const evaluation = evaluateSigner(found, required, NOW);
  const evaluateOnce = createSignerEvaluation(required);
  for (const _ of ['found out', 'remembered']) expect(evaluateOnce(found, NOW)).toEqual(evaluation);
  return evaluation.kind === 'accepted' ? 'accepted' : evaluation.reason;
}

const OURS: Inputs = { sourceRepository: ['acme/app'] };
/** Acme/App calls the reusable workflow of shared/flows. */
const SHARED = 'https://github.com/shared/flows/.github/workflows/sign.yml@refs/tags/v3';
const reusable = facts({ subject: SHARED });

describe('rule 1, what names a signer', () => {
  test.each<[string, Inputs]>([
    ['certificate-identity', { certificateIdentity: [RELEASE] }],
    ['certificate-identity-regexp', { certificateIdentityRegexp: ['https://github\\.com/Acme/App/.*'] }],
    ['source-repository', OURS],
    ['claim source-repository-uri', { claims: [`source-repository-uri=${REPOSITORY}`] }],
    ['claim source-repository-identifier', { claims: ['source-repository-identifier=1234'] }],
    ['claim source-repository-owner-uri', { claims: ['source-repository-owner-uri=https://github.com/acme'] }],
    ['claim source-repository-owner-identifier', { claims: ['source-repository-owner-identifier=99'] }],
  ])('%s is enough', (_, given) => {
    expect(evaluate(facts(), given)).toBe('accepted');
  });

  test.each<[string, Inputs]>([
    ['nothing', {}],
    ['workflow', { workflow: ['.github/workflows/release.yml'] }],
    ['source-ref', { sourceRef: ['refs/heads/main'] }],
    ['signer-workflow', { signerWorkflow: ['acme/app/.github/workflows/release.yml'] }],
    ['issuer', { certificateOidcIssuer: ['https://token.actions.githubusercontent.com'] }],
    ['issuer pattern', { certificateOidcIssuerRegexp: ['https://token\\.actions\\.githubusercontent\\.com'] }],
    ['annotations', { annotations: ['team=red'] }],
    ['max-age', { maxAgeMs: 1000 }],
    ['another claim', { claims: ['runner-environment=github-hosted'] }],
    ['the digest of the source', { claims: [`source-repository-digest=${'0'.repeat(40)}`] }],
    ['allow-any-identity', { allowAnyIdentity: true }],
  ])('%s alone only narrows and is refused', (_, given) => {
    expect(parse(given).kind).toBe('no-identity');
  });
});

describe('rule 2, issuer', () => {
  test.each<[string, Inputs]>([
    ['source-repository', OURS],
    ['workflow', { ...OURS, workflow: ['.github/workflows/release.yml'] }],
    ['source-ref', { ...OURS, sourceRef: ['refs/heads/main'] }],
    ['signer-workflow', { ...OURS, signerWorkflow: ['acme/app/.github/workflows/release.yml'] }],
  ])("%s takes GitHub's issuer, compared exactly", (_, given) => {
    expect(evaluate(facts(), given)).toBe('accepted');
    for (const issuer of [
      'https://token.actions.githubusercontent.com/enterprise',
      'https://token.actions.githubusercontent.com.evil.example',
      'https://TOKEN.actions.githubusercontent.com',
      'https://accounts.google.com',
    ]) {
      expect(evaluate(facts({ issuer }), given)).toBe('ISSUER_MISMATCH');
    }
  });

  test('source-repository takes the one issuer of a private Sigstore', () => {
    const given = { ...OURS, certificateOidcIssuer: ['https://issuer.example'] };
    expect(evaluate(facts({ issuer: 'https://issuer.example' }), given)).toBe('accepted');
    expect(evaluate(facts(), given)).toBe('ISSUER_MISMATCH');
  });

  test.each<[string, Inputs]>([
    ['an issuer pattern', { certificateOidcIssuerRegexp: ['https://issuer\\.example'] }],
    ['two issuers', { certificateOidcIssuer: ['https://a.example', 'https://b.example'] }],
  ])('%s beside source-repository is an error', (_, issuer) => {
    expect(parse({ ...OURS, ...issuer })).toMatchObject({ kind: 'invalid' });
    for (const narrowing of [
      { workflow: ['.github/workflows/x.yml'] },
      { sourceRef: ['refs/heads/main'] },
      { signerWorkflow: ['acme/app/.github/workflows/x.yml'] },
    ]) {
      expect(parse({ certificateIdentity: [RELEASE], ...narrowing, ...issuer })).toMatchObject({ kind: 'invalid' });
    }
  });

  test('a source-repository claim names nobody without exactly one issuer', () => {
    const claims = ['source-repository-identifier=1234'];
    expect(parse({ claims }).kind).toBe('requirement');
    expect(parse({ claims, certificateOidcIssuer: ['https://issuer.example'] }).kind).toBe('requirement');
    expect(parse({ claims, certificateOidcIssuerRegexp: ['https://issuer\\.example'] }).kind).toBe('no-identity');
    expect(parse({ claims, certificateOidcIssuer: ['https://a.example', 'https://b.example'] }).kind).toBe(
      'no-identity',
    );
  });

  test('without an issuer, certificate-identity means the one of this server', () => {
    const given = { certificateIdentity: [RELEASE] };
    expect(evaluate(facts({ issuer: 'https://other.example' }), given)).toBe('ISSUER_MISMATCH');
    const issuer = 'https://ghes.example/_services/token';
    expect(evaluate(facts({ issuer }), given, { defaultIssuer: issuer })).toBe('accepted');
  });

  test('an issuer pattern must match the whole issuer', () => {
    const given = {
      certificateIdentity: [RELEASE],
      certificateOidcIssuerRegexp: ['https://token\\.actions\\.githubusercontent\\.com'],
    };
    expect(evaluate(facts(), given)).toBe('accepted');
    expect(evaluate(facts({ issuer: 'https://token.actions.githubusercontent.com.evil.example' }), given)).toBe(
      'ISSUER_MISMATCH',
    );
  });
});

describe('rule 3, both halves', () => {
  test.each<[string, Inputs, string]>([
    ['only the source: a foreign workflow that ours calls', OURS, 'CLAIM_MISMATCH'],
    ['only the source, by claim', { claims: ['source-repository-identifier=1234'] }, 'CLAIM_MISMATCH'],
    ['only the signer: a stranger who calls our workflow', { certificateIdentity: [SHARED] }, 'CLAIM_MISMATCH'],
    [
      'only the signer, by pattern',
      { certificateIdentityRegexp: ['https://github\\.com/shared/flows/.*'] },
      'CLAIM_MISMATCH',
    ],
    [
      'both: signer-workflow and source-repository',
      { ...OURS, signerWorkflow: ['shared/flows/.github/workflows/sign.yml'] },
      'accepted',
    ],
    ['both: certificate-identity and source-repository', { ...OURS, certificateIdentity: [SHARED] }, 'accepted'],
    [
      'both: pattern and claim',
      {
        certificateIdentityRegexp: ['https://github\\.com/shared/flows/.*'],
        claims: ['source-repository-identifier=1234'],
      },
      'accepted',
    ],
    [
      'the signer and a claim that names no source',
      { certificateIdentity: [SHARED], claims: ['runner-environment=github-hosted'] },
      'CLAIM_MISMATCH',
    ],
    ['both, but another source', { sourceRepository: ['acme/other'], certificateIdentity: [SHARED] }, 'CLAIM_MISMATCH'],
  ])('%s', (_, given, expected) => {
    expect(evaluate(reusable, given)).toBe(expected);
  });

  test('the repository in the subject is compared whole, ignoring ASCII case only', () => {
    const given = { certificateIdentityRegexp: ['https://github\\.com/[Aa]cme/.*'] };
    const subject = (repository: string) =>
      `https://github.com/${repository}/.github/workflows/release.yml@refs/heads/main`;
    expect(evaluate(facts({ subject: subject('acme/app') }), given)).toBe('accepted');
    expect(evaluate(facts({ subject: subject('acme/app-evil') }), given)).toBe('CLAIM_MISMATCH');
    expect(evaluate(facts({ subject: subject('acme/ap') }), given)).toBe('CLAIM_MISMATCH');
  });

  test('the repository of a subject ends before its path and is not looked for in its ref', () => {
    const given = { certificateIdentityRegexp: ['https://github\\.com/stranger/.*'] };
    const refs = ['refs/heads/main', 'refs/heads/x//y', `refs/heads/@${REPOSITORY}//a@refs/heads/main`];
    for (const ref of refs) {
      const subject = `https://github.com/stranger/evil/.github/workflows/x.yml@${ref}`;
      expect(evaluate(facts({ subject }), given)).toBe('CLAIM_MISMATCH');
      expect(
        evaluate(facts({ subject, claims: { 'source-repository-uri': 'https://github.com/stranger/evil' } }), given),
      ).toBe('accepted');
    }
  });

  test('a certificate without source repository has no halves', () => {
    const found = facts({
      subject: 'dev@acme.example',
      subjectKind: 'email',
      issuer: 'https://github.com/login/oauth',
      claims: {
        'source-repository-uri': undefined,
        'source-repository-ref': undefined,
        'github-workflow-ref': undefined,
      },
    });
    const given = {
      certificateIdentity: ['dev@acme.example'],
      certificateOidcIssuer: ['https://github.com/login/oauth'],
    };
    expect(evaluate(found, given)).toBe('accepted');
    expect(evaluate(found, { ...given, certificateIdentity: ['dev@acme.example.org'] })).toBe('IDENTITY_MISMATCH');
  });

  /** The source claim of another host than the subject's, which no rule can compare. */
  const PIPELINE = 'https://circleci.com/api/v2/projects/7c1f/pipeline-definitions/9d2e';
  const CIRCLECI = 'https://oidc.circleci.com/org/3f0a';
  const elsewhere = (subject: string, issuer: string) =>
    facts({ subject, issuer, claims: { 'build-trigger': undefined, 'github-workflow-ref': undefined } });
  const fromIssuer = (issuer: string): Inputs => ({ ...OURS, certificateOidcIssuer: [issuer] });

  test.each([
    ['CircleCI', CIRCLECI, PIPELINE],
    ['Codefresh', 'https://oidc.codefresh.io', 'https://g.codefresh.io/acme/app/release:64f447/66aa01'],
    ['a subject that is no URI', 'https://issuer.example', 'project:acme/app:ref:main'],
    ['a @ without a full ref', 'https://issuer.example', 'https://ci.example/shared/flows/build.yml@v3'],
  ])('a subject in no form of a workflow is not compared: %s', (_, issuer, subject) => {
    expect(evaluate(elsewhere(subject, issuer), fromIssuer(issuer))).toBe('accepted');
    const bySubject = { certificateIdentity: [subject], certificateOidcIssuer: [issuer] };
    expect(evaluate(elsewhere(subject, issuer), bySubject)).toBe('accepted');
  });

  test('what names nobody or another source is refused there all the same', () => {
    const found = elsewhere(PIPELINE, CIRCLECI);
    const issuer = { certificateOidcIssuer: [CIRCLECI] };
    expect(evaluate(found, { ...issuer, sourceRepository: ['acme/other'] })).toBe('CLAIM_MISMATCH');
    expect(evaluate(found, { ...issuer, certificateIdentity: [`${PIPELINE}1`] })).toBe('IDENTITY_MISMATCH');
    expect(evaluate(found, fromIssuer(`${CIRCLECI}1`))).toBe('ISSUER_MISMATCH');
    // Nor is it taken for a called workflow.
    const refusal = evaluateSigner(found, requirement({ ...issuer, sourceRepository: ['acme/other'] }), NOW);
    expect(refusal).toMatchObject({ hints: [] });
  });

  test.each([
    ["GitHub's", 'https://token.actions.githubusercontent.com'],
    ["GitHub's for one enterprise", 'https://token.actions.githubusercontent.com/acme'],
    ["a ghe.com tenant's", 'https://token.actions.acme.ghe.com'],
    ["an Enterprise Server's", 'https://ghes.example:8443/_services/token'],
    ["GitLab's", 'https://gitlab.com'],
    ['a GitLab by its name', 'https://gitlab.archlinux.org'],
    ['a GitLab below its organisation', 'https://dev.gitlab.org'],
  ])('%s issuer vouches for workflows only, so that any other subject is refused', (_, issuer) => {
    for (const subject of [PIPELINE, 'project:acme/app:ref:main', `${REPOSITORY}/release.yml`]) {
      const given = fromIssuer(issuer);
      const own = subject.startsWith(`${REPOSITORY}/`) ? 'accepted' : 'CLAIM_MISMATCH';
      expect(evaluate(elsewhere(subject, issuer), given)).toBe(own);
      expect(evaluate(elsewhere(subject, issuer), { ...given, certificateIdentity: [subject] })).toBe('accepted');
    }
  });

  test.each([
    ['https://token.actions.githubusercontent.com.evil.example'],
    ['https://token.actions.ghe.com'],
    ['https://ghes.example/_services/tokens'],
    ['https://notgitlab.com'],
    ['https://issuer.example/gitlab.com'],
  ])('the issuer %s is neither, and only the form of the subject decides', (issuer) => {
    expect(evaluate(elsewhere(PIPELINE, issuer), fromIssuer(issuer))).toBe('accepted');
    expect(evaluate(elsewhere(SHARED, issuer), fromIssuer(issuer))).toBe('CLAIM_MISMATCH');
  });

  test.each([
    ['a workflow', SHARED],
    ['a workflow at a commit', `https://git.example/shared/flows/ci.yml@${'a'.repeat(40)}`],
    ['a pipeline of a self-hosted GitLab', 'https://git.example/shared/flows//.gitlab-ci.yml@refs/heads/main'],
    ['a path that is too short', 'https://git.example/ci.yml@refs/heads/main'],
    ['another scheme', 'ssh://git.example/shared/flows/ci.yml@refs/heads/main'],
    ['a line break in the ref', 'https://git.example/shared/flows/ci.yml@refs/heads/a\nb'],
  ])('a subject in the form of a workflow is compared whoever vouched for it: %s', (_, subject) => {
    const issuer = 'https://issuer.example';
    const found = elsewhere(subject, issuer);
    expect(evaluate(found, fromIssuer(issuer))).toBe('CLAIM_MISMATCH');
    expect(evaluate(found, { certificateIdentity: [subject], certificateOidcIssuer: [issuer] })).toBe('CLAIM_MISMATCH');
    expect(evaluate(found, { ...fromIssuer(issuer), certificateIdentity: [subject] })).toBe('accepted');
  });
});

describe('rule 4, pull-request code', () => {
  const subject = `${REPOSITORY}/.github/workflows/release.yml@refs/pull/7/merge`;
  const ref = 'refs/pull/7/merge';
  const pull = facts({
    subject,
    claims: {
      'source-repository-ref': ref,
      'github-workflow-ref': ref,
      'build-config-uri': subject,
      'build-trigger': 'pull_request',
    },
  });

  test.each<[string, Inputs, string]>([
    ['source-repository', OURS, 'CLAIM_MISMATCH'],
    ['an owner claim', { claims: ['source-repository-owner-identifier=99'] }, 'CLAIM_MISMATCH'],
    [
      'a pattern that matches it',
      { certificateIdentityRegexp: ['https://github\\.com/Acme/App/.*@refs/pull/.*'] },
      'CLAIM_MISMATCH',
    ],
    ['source-ref: refs/**', { ...OURS, sourceRef: ['refs/**'] }, 'CLAIM_MISMATCH'],
    ['source-ref: **', { ...OURS, sourceRef: ['**'] }, 'CLAIM_MISMATCH'],
    [
      'source-ref naming another pull request beside refs/**',
      { ...OURS, sourceRef: ['refs/pull/8/merge', 'refs/**'] },
      'CLAIM_MISMATCH',
    ],
    ['source-ref: refs/pull/*/merge', { ...OURS, sourceRef: ['refs/pull/*/merge'] }, 'accepted'],
    ['source-ref: refs/pull/7/merge', { ...OURS, sourceRef: [ref] }, 'accepted'],
    ['an exact certificate-identity', { certificateIdentity: [subject] }, 'accepted'],
  ])('with %s', (_, given, expected) => {
    expect(evaluate(pull, given)).toBe(expected);
  });

  test('is let through only by the identity that matched, and only if that spells it out', () => {
    const called = facts({ subject: SHARED, claims: { 'source-repository-ref': ref, 'github-workflow-ref': ref } });
    expect(evaluate(called, { ...OURS, certificateIdentity: [SHARED] })).toBe('CLAIM_MISMATCH');
    expect(evaluate(called, { ...OURS, certificateIdentity: [SHARED, subject] })).toBe('CLAIM_MISMATCH');
    expect(evaluate(called, { ...OURS, certificateIdentity: [SHARED], sourceRef: [ref] })).toBe('accepted');
  });

  test('the ref of the called workflow, which held the key, is judged beside the ref that was built', () => {
    const held = 'https://github.com/shared/flows/.github/workflows/sign.yml@refs/pull/9/merge';
    const called = facts({ subject: held });
    const signer = { ...OURS, signerWorkflow: ['shared/flows/.github/workflows/sign.yml'] };
    expect(evaluate(called, signer)).toBe('CLAIM_MISMATCH');
    expect(evaluate(called, { ...signer, certificateIdentity: [held] })).toBe('accepted');
    expect(evaluate(facts({ subject: SHARED }), signer)).toBe('accepted');
    // Naming the one does not name the other.
    const both = facts({ subject: held, claims: { 'source-repository-ref': ref, 'github-workflow-ref': ref } });
    expect(evaluate(both, { ...OURS, certificateIdentity: [held] })).toBe('CLAIM_MISMATCH');
    expect(evaluate(both, { ...signer, sourceRef: [ref] })).toBe('CLAIM_MISMATCH');
    expect(evaluate(both, { ...OURS, certificateIdentity: [held], sourceRef: [ref] })).toBe('accepted');
  });

  test.each([
    ['the claim source-repository-ref', { 'source-repository-ref': ref }],
    ['the old ref claim', { 'source-repository-ref': undefined, 'github-workflow-ref': ref }],
  ])('is seen in %s', (_, claims) => {
    expect(evaluate(facts({ claims }), OURS)).toBe('CLAIM_MISMATCH');
  });

  test('is seen in the subject if no claim has a ref', () => {
    const claims = { 'source-repository-ref': undefined, 'github-workflow-ref': undefined };
    expect(evaluate(facts({ subject, claims }), OURS)).toBe('CLAIM_MISMATCH');
    expect(evaluate(facts({ subject: `${subject}\n`, claims }), OURS)).toBe('CLAIM_MISMATCH');
    expect(evaluate(facts({ claims }), OURS)).toBe('accepted');
  });

  test("GitLab shows a merge request by its event alone: the ref is its source branch's", () => {
    const gitlab = 'https://gitlab.com/acme/app';
    const run = (trigger: string) =>
      facts({
        subject: `${gitlab}//.gitlab-ci.yml@refs/heads/main`,
        issuer: 'https://gitlab.com',
        claims: { 'source-repository-uri': gitlab, 'build-trigger': trigger, 'github-workflow-ref': undefined },
      });
    const given = { sourceRepository: [gitlab], certificateOidcIssuer: ['https://gitlab.com'] };
    expect(evaluate(run('push'), given)).toBe('accepted');
    expect(evaluate(run('merge_request_event'), given)).toBe('CLAIM_MISMATCH');
    expect(evaluate(run('merge_request_event'), { ...given, sourceRef: ['refs/heads/main'] })).toBe('CLAIM_MISMATCH');
  });

  test('the triggers that any account can fire are named', () => {
    expect(OUTSIDER_TRIGGERS).toEqual([
      'pull_request_target',
      'pull_request_review',
      'pull_request_review_comment',
      'issue_comment',
      'issues',
      'discussion',
      'discussion_comment',
      'fork',
      'watch',
      'workflow_run',
      'merge_request_event',
    ]);
  });

  test.each(OUTSIDER_TRIGGERS.map((trigger) => [trigger]))(
    'the trigger %s needs a claims line of its own',
    (trigger) => {
      const found = facts({ claims: { 'build-trigger': trigger } });
      expect(evaluate(found, OURS)).toBe('CLAIM_MISMATCH');
      expect(evaluate(found, { certificateIdentity: [RELEASE] })).toBe('CLAIM_MISMATCH');
      expect(evaluate(found, { ...OURS, claims: [`build-trigger=${trigger}`] })).toBe('accepted');
      expect(evaluate(found, { ...OURS, claims: ['build-trigger=push'] })).toBe('CLAIM_MISMATCH');
    },
  );

  test('the old trigger claim counts where the new one is missing', () => {
    const found = facts({ claims: { 'build-trigger': undefined, 'github-workflow-trigger': 'issue_comment' } });
    expect(evaluate(found, OURS)).toBe('CLAIM_MISMATCH');
    expect(evaluate(found, { ...OURS, claims: ['github-workflow-trigger=issue_comment'] })).toBe('accepted');
    expect(evaluate(found, { ...OURS, claims: ['build-trigger=issue_comment'] })).toBe('CLAIM_MISMATCH');
  });

  test('other triggers need none', () => {
    for (const trigger of ['push', 'schedule', 'workflow_dispatch', 'release']) {
      expect(evaluate(facts({ claims: { 'build-trigger': trigger } }), OURS)).toBe('accepted');
    }
  });
});

describe('rule 5, and, or', () => {
  test.each<[string, Inputs, string]>([
    ['values of one input are alternatives', { sourceRepository: ['acme/other', 'acme/app'] }, 'accepted'],
    ['none of the alternatives', { sourceRepository: ['acme/other', 'acme/third'] }, 'CLAIM_MISMATCH'],
    [
      'different inputs must all hold',
      { ...OURS, certificateIdentity: ['https://github.com/x/y/z@refs/heads/main'] },
      'IDENTITY_MISMATCH',
    ],
    [
      'exact and pattern are different inputs',
      { certificateIdentity: [RELEASE], certificateIdentityRegexp: ['https://github\\.com/Other/.*'] },
      'IDENTITY_MISMATCH',
    ],
    [
      'claims of different names must all hold',
      { ...OURS, claims: ['runner-environment=github-hosted', 'build-trigger=schedule'] },
      'CLAIM_MISMATCH',
    ],
    [
      'claims of one name are alternatives',
      { ...OURS, claims: ['build-trigger=schedule', 'build-trigger=push'] },
      'accepted',
    ],
    ['refs are alternatives', { ...OURS, sourceRef: ['refs/tags/*', 'refs/heads/main'] }, 'accepted'],
  ])('%s', (_, given, expected) => {
    expect(evaluate(facts(), given)).toBe(expected);
  });

  test('annotations must all hold, and a repeated key is an error', () => {
    const found = facts({ annotations: { team: 'red', build: '7' } });
    expect(evaluate(found, { ...OURS, annotations: ['team=red', 'build=7'] })).toBe('accepted');
    expect(evaluate(found, { ...OURS, annotations: ['team=red', 'build=8'] })).toBe('ANNOTATION_MISMATCH');
    expect(evaluate(found, { ...OURS, annotations: ['missing=x'] })).toBe('ANNOTATION_MISMATCH');
    const inherited = requirement({ ...OURS, annotations: ['constructor=x'] });
    expect(evaluateSigner(found, inherited, NOW)).toMatchObject({
      reason: 'ANNOTATION_MISMATCH',
      findings: expect.arrayContaining([
        { field: 'annotations constructor', expected: 'x', found: undefined, ok: false },
      ]),
    });
    expect(parse({ ...OURS, annotations: ['team=red', 'team=red'] })).toMatchObject({ kind: 'invalid' });
  });
});

describe('rule 6, comparison', () => {
  const withConfig = (uri: string) => facts({ claims: { 'build-config-uri': uri } });
  const workflow = { ...OURS, workflow: ['.github/workflows/release.yml'] };

  test.each([
    [RELEASE, 'accepted', 'the workflow'],
    [`${REPOSITORY}/.github/workflows/release.yml@${'a'.repeat(40)}`, 'accepted', 'a commit as ref'],
    [`${REPOSITORY}/.github/workflows/release.yml@refs/heads/a@refs/heads/b`, 'accepted', 'a branch with @'],
    [`${REPOSITORY}/.github/workflows/release.yml`, 'CLAIM_MISMATCH', 'no ref'],
    [`${REPOSITORY}/.github/workflows/release.yml@main`, 'CLAIM_MISMATCH', 'a short ref'],
    [`${REPOSITORY}/.github/workflows/release.yml.evil.yml@refs/heads/main`, 'CLAIM_MISMATCH', 'a longer path'],
    [`${REPOSITORY}/x/.github/workflows/release.yml@refs/heads/main`, 'CLAIM_MISMATCH', 'a path before it'],
    [`${REPOSITORY}-evil/.github/workflows/release.yml@refs/heads/main`, 'CLAIM_MISMATCH', 'another repository'],
    [
      `${REPOSITORY}/evil.yml@refs/heads/x/.github/workflows/release.yml@refs/heads/main`,
      'CLAIM_MISMATCH',
      'a branch that looks like the path',
    ],
  ])('the workflow URI %s is compared whole: %s', (uri, expected) => {
    expect(evaluate(withConfig(uri), workflow)).toBe(expected);
  });

  test.each<[string, Inputs, string]>([
    ['a part of the subject', { certificateIdentity: [RELEASE.slice(0, -1)] }, 'IDENTITY_MISMATCH'],
    ['another case', { certificateIdentity: [RELEASE.toLowerCase()] }, 'IDENTITY_MISMATCH'],
    ['a pattern for a part', { certificateIdentityRegexp: ['github\\.com/Acme/App'] }, 'IDENTITY_MISMATCH'],
    ['a pattern with anchors', { certificateIdentityRegexp: ['^https://github\\.com/Acme/App/.*$'] }, 'accepted'],
    ['RE2 flags', { certificateIdentityRegexp: ['(?i)https://github\\.com/acme/app/.*'] }, 'accepted'],
    ['alternation without a group', { certificateIdentityRegexp: ['x|https://github\\.com/Acme/App/.*'] }, 'accepted'],
  ])('%s', (_, given, expected) => {
    expect(evaluate(facts(), given)).toBe(expected);
  });

  test.each([
    ['refs/heads/*', 'refs/heads/main', 'accepted'],
    ['refs/heads/*', 'refs/heads/feature/x', 'CLAIM_MISMATCH'],
    ['refs/heads/**', 'refs/heads/feature/x', 'accepted'],
    ['refs/heads/release-*', 'refs/heads/release-1.2', 'accepted'],
    ['refs/heads/release-*', 'refs/heads/xrelease-1.2', 'CLAIM_MISMATCH'],
    ['refs/tags/v1.2', 'refs/tags/v1x2', 'CLAIM_MISMATCH'],
    ['refs/heads/**', 'refs/heads/a\nb', 'accepted'],
    ['refs/heads/*', 'refs/heads/a\nb', 'accepted'],
    ['refs/heads/main', 'refs/heads/main\n', 'CLAIM_MISMATCH'],
  ])('the glob %s against %s: %s', (glob, found, expected) => {
    expect(evaluate(facts({ claims: { 'source-repository-ref': found } }), { ...OURS, sourceRef: [glob] })).toBe(
      expected,
    );
  });

  test.each<[string, Inputs]>([
    ['source-repository-uri', OURS],
    ['source-repository-ref', { ...OURS, sourceRef: ['**'] }],
    ['build-config-uri', { ...OURS, workflow: ['**'] }],
    ['runner-environment', { ...OURS, claims: ['runner-environment=github-hosted'] }],
  ])('a certificate that lacks %s matches nothing', (claim, given) => {
    expect(evaluate(facts(), given)).toBe('accepted');
    expect(evaluate(facts({ claims: { [claim]: undefined } }), given)).toBe('CLAIM_MISMATCH');
  });

  test('claims are literal and case-sensitive, but owner and repository URIs of GitHub ignore ASCII case', () => {
    expect(evaluate(facts(), { ...OURS, claims: ['build-trigger=Push'] })).toBe('CLAIM_MISMATCH');
    expect(evaluate(facts(), { ...OURS, claims: ['runner-environment=github-*'] })).toBe('CLAIM_MISMATCH');
    expect(evaluate(facts(), { claims: ['source-repository-uri=https://github.com/aCME/aPP'] })).toBe('accepted');
    // U+212A is K to Unicode, not to GitHub.
    const kelvin = facts({ claims: { 'source-repository-owner-uri': 'https://github.com/ac\u212Ae' } });
    expect(evaluate(kelvin, { ...OURS, claims: ['source-repository-owner-uri=https://github.com/acke'] })).toBe(
      'CLAIM_MISMATCH',
    );
    const elsewhere = facts({ claims: { 'source-repository-owner-uri': 'https://git.example/Acme' } });
    expect(evaluate(elsewhere, { ...OURS, claims: ['source-repository-owner-uri=https://git.example/acme'] })).toBe(
      'CLAIM_MISMATCH',
    );
  });

  test('owner and repository URIs of the server it runs on ignore ASCII case as well', () => {
    const serverUrl = 'https://ghes.example';
    const own = facts({ claims: { 'source-repository-owner-uri': `${serverUrl}/Acme` } });
    const given = { ...OURS, claims: [`source-repository-owner-uri=${serverUrl}/acme`] };
    const url = { ...given, sourceRepository: [REPOSITORY] };
    expect(evaluate(own, url, { serverUrl })).toBe('accepted');
    expect(evaluate(own, url)).toBe('CLAIM_MISMATCH');
    const github = { ...url, claims: ['source-repository-owner-uri=https://github.com/acme'] };
    expect(evaluate(facts(), github, { serverUrl })).toBe('accepted');
  });

  test.each([
    ['https://github.com/shared/flows-.github/workflows/sign.yml@refs/tags/v3', 'uri', 'another repository'],
    ['https://github.com/shared/flows/.github/workflows/sign.yml@refs/tags/v3\n', 'uri', 'a line break behind it'],
    ['https://github.com/shared/flows/.github/workflows/sign.yml@v3', 'uri', 'a short ref'],
    [SHARED, 'email', 'an e-mail address that reads like it'],
    [SHARED, 'other', 'a user name that reads like it'],
  ] as const)('signer-workflow does not accept %j as %s: %s', (subject, subjectKind, _why) => {
    const given = { ...OURS, signerWorkflow: ['shared/flows/.github/workflows/sign.yml@refs/tags/v3'] };
    expect(evaluate(reusable, given)).toBe('accepted');
    expect(evaluate(facts({ subject, subjectKind }), given)).toBe('IDENTITY_MISMATCH');
  });

  test.each<[string, string]>([
    ['shared/flows/.github/workflows/sign.yml', 'accepted'],
    ['Shared/Flows/.github/workflows/sign.yml', 'accepted'],
    ['shared/flows/.github/workflows/sign.yml@refs/tags/v3', 'accepted'],
    ['shared/flows/.github/workflows/sign.yml@refs/tags/*', 'accepted'],
    ['https://github.com/shared/flows/.github/workflows/sign.yml', 'accepted'],
    ['shared/flows/.github/workflows/sign.yml@refs/heads/v3', 'IDENTITY_MISMATCH'],
    [`shared/flows/.github/workflows/sign.yml@${'b'.repeat(40)}`, 'IDENTITY_MISMATCH'],
    ['shared/flows/.github/workflows/sign.y.yml', 'IDENTITY_MISMATCH'],
    ['shared/flow/.github/workflows/sign.yml', 'IDENTITY_MISMATCH'],
  ])('signer-workflow %s: %s', (wanted, expected) => {
    expect(evaluate(reusable, { ...OURS, signerWorkflow: [wanted] })).toBe(expected);
  });
});

describe('rule 7, match-all', () => {
  const anyone = (pattern: string): Inputs => ({ certificateIdentityRegexp: [pattern] });
  /** As long as the real one. */
  const WORD = { randomWord: 'qzjxkwvpfhbmcrtd' };

  test.each([
    '.*',
    '.+',
    '^.*$',
    '(?s).*',
    'https://.*',
    'https://github\\.com/.*',
    '[^ ]+',
    '.*@refs/heads/.*',
    '(.*@)?.*',
    'https://github\\.com/.*@refs/tags/.*',
    'https://github\\.com/.*\\.ya?ml@.*',
    '.*@.*\\.com',
    'https://[^/]*\\.com/[a-z]+',
    '[a-z]{16}',
  ])('%s is refused before any call', (pattern) => {
    expect(parse(anyone(pattern), WORD)).toMatchObject({
      kind: 'invalid',
      problems: [{ kind: 'matches-anybody', field: 'certificate-identity-regexp', pattern }],
    });
    expect(parse({ ...anyone(pattern), allowAnyIdentity: true }, WORD).kind).toBe('requirement');
  });

  test('anybody of the server it runs on is refused before any call too', () => {
    const given = anyone('https://ghes\\.example/.*');
    expect(parse(given, { serverUrl: 'https://ghes.example' }).kind).toBe('invalid');
    expect(parse(given).kind).toBe('requirement');
  });

  test.each([
    ['spiffe://acme.example/ci', 'spiffe://acme\\.example/.*', 'spiffe://[a-z.]*/ci'],
    ['spiffe://acme.example/ci', 'spiffe://acme\\.example/.*', 'spiffe://acme\\.example[a-z]*/ci'],
    ['dev!acme.example', '.*!acme\\.example', 'dev!.*'],
    ['dev!acme.example', '.*!acme\\.example', 'dev!.*acme\\.example'],
    ['a!b@acme.example', '.*@acme\\.example', 'a!b@.*example'],
    ['https://acme.example', 'https://acme\\.example', 'https://.*example'],
  ])('the host of %s is its owner', (subject, names, anybody) => {
    const claims = {
      'source-repository-uri': undefined,
      'source-repository-ref': undefined,
      'github-workflow-ref': undefined,
    };
    const found = facts({ subject, claims, subjectKind: subject.includes('://') ? 'uri' : 'other' });
    expect(evaluate(found, anyone(names))).toBe('accepted');
    expect(evaluate(found, anyone(anybody))).toBe('IDENTITY_MISMATCH');
    expect(evaluate(found, { ...anyone(anybody), allowAnyIdentity: true })).toBe('accepted');
  });

  test.each([
    ['https://github\\.com/[^/]+/App/\\.github/workflows/release\\.yml@refs/heads/main', 'the owner is open'],
    [
      'https://github\\.com/Acme.*/App/\\.github/workflows/release\\.yml@refs/heads/main',
      'anything may follow the owner',
    ],
    [
      'https://github\\.com/.*Acme/App/\\.github/workflows/release\\.yml@refs/heads/main',
      'anything may precede the owner',
    ],
    ['https://github\\.com/[A-Za-z]{4}/App/.*', 'a count names nobody'],
    ['.*/App/\\.github/workflows/release\\.yml@refs/heads/main', 'the host is open too'],
  ])('%s is refused when it accepts a subject: %s', (pattern) => {
    expect(evaluate(facts(), anyone(pattern))).toBe('IDENTITY_MISMATCH');
    expect(evaluate(facts(), { ...anyone(pattern), allowAnyIdentity: true })).toBe('accepted');
  });

  test.each([
    'https://github\\.com/Acme/.*',
    'https://github\\.com/(Acme|Other)/App/.*',
    '.*://github\\.com/Acme/App/.*',
  ])('%s names an owner', (pattern) => {
    expect(evaluate(facts(), anyone(pattern))).toBe('accepted');
  });

  const ofOwner = (owner: string) => {
    const repository = `https://github.com/${owner}/app`;
    return facts({
      subject: `${repository}/.github/workflows/release.yml@refs/heads/main`,
      claims: { 'source-repository-uri': repository, 'build-config-uri': undefined },
    });
  };
  const ownedBy = (pattern: string): Inputs => anyone(`https://github\\.com/${pattern}/app/.*`);

  test.each([
    ['acme-app', '[a-z]{4}-[a-z]{3}', 'the dash stays where it was'],
    ['acme-app', '[a-z]+-[a-z]+', 'a dash between any words'],
    ['Acme', '[A-Z][a-z]{3}', 'capitals stay capitals'],
    ['team7', '[a-z]{4}\\d', 'digits stay digits'],
    ['a1-b2', '\\w\\d-\\w\\d', 'few characters'],
    ['acme', 'a[^/]*e', 'both ends are kept'],
    ['acme', 'a[a-z]{2}e', 'both ends and the length are kept'],
    ['acme', 'a[a-z]{3}', 'the first character is kept'],
    ['acme', '[a-z]{3}e', 'the last character is kept'],
    ['Acme-Corp', 'A[^/]*p', 'both ends of a longer name'],
  ])('the owner %s accepted by %s: strangers fit as well, since %s', (owner, pattern) => {
    for (const context of [{}, WORD]) {
      expect(evaluate(ofOwner(owner), ownedBy(pattern), context)).toBe('IDENTITY_MISMATCH');
      expect(evaluate(ofOwner(owner), { ...ownedBy(pattern), allowAnyIdentity: true }, context)).toBe('accepted');
    }
  });

  test.each([
    ['acme-app', '(acme-app|able-ink)'],
    ['acme', '(acme|able|axle|acne)'],
    ['acme', '[Aa]cme'],
    ['acme-app', 'acme-(app|lib)'],
    ['a1', 'a[12]'],
    ['x', '(x|y)'],
    ['--', '--'],
  ])('the owner %s accepted by %s is named', (owner, pattern) => {
    for (const context of [{}, WORD]) expect(evaluate(ofOwner(owner), ownedBy(pattern), context)).toBe('accepted');
  });

  test('what keeps more of the owner than an end is left to its author', () => {
    // A family of owners: docs/threat-model.md says what it lets in.
    expect(evaluate(ofOwner('acme-app'), ownedBy('acme-[a-z]{3}'), WORD)).toBe('accepted');
    expect(evaluate(ofOwner('acme-app'), ownedBy('acme-[a-z]+'), WORD)).toBe('IDENTITY_MISMATCH');
  });

  test('a class that takes long names only is match-all too', () => {
    expect(evaluate(ofOwner('octo-org'), ownedBy('(octo-org|[a-z]{20,})'), WORD)).toBe('IDENTITY_MISMATCH');
    expect(evaluate(ofOwner('octo-org'), ownedBy('(octo-org|[a-z]{40,})'), WORD)).toBe('accepted');
  });

  test('no list of names is taken for match-all, whatever word the run draws', () => {
    const name = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,11}$/);
    const names = fc.array(name, { minLength: 1, maxLength: 5 });
    const letters = fc.stringMatching(/^[a-z]{16}$/);
    fc.assert(
      fc.property(names, letters, ([owner = 'a', ...others], randomWord) => {
        const pattern = `(${[owner, ...others].join('|')})`;
        expect(evaluate(ofOwner(owner), ownedBy(pattern), { randomWord })).toBe('accepted');
      }),
    );
  });

  test('every class that gives only the shape of the owner is, whatever word the run draws', () => {
    const letters = fc.stringMatching(/^[a-z]{16}$/);
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9-]{0,9}[a-z][A-Za-z0-9-]{0,9}$/), letters, (owner, randomWord) => {
        const shape = owner
          .replace(/[a-z]/g, '[a-z]')
          .replace(/[A-Z](?!-z\])/g, '[A-Z]')
          .replace(/\d/g, '\\d');
        // A word of few letters may be the owner's nearly every time.
        fc.pre([...randomWord].filter((letter) => !owner.toLowerCase().includes(letter)).length >= 10);
        expect(evaluate(ofOwner(owner), ownedBy(shape), { randomWord })).toBe('IDENTITY_MISMATCH');
      }),
    );
  });

  test.each([
    ['dev@acme.example', '.*@acme\\.example', '.*@[a-z]{4}\\.example'],
    ['dev@acme-labs.example', '.*@acme-labs\\.example', '.*@[a-z]{4}-[a-z]{4}\\.[a-z]{7}'],
    ['dev@acme.example', '.*@acme\\.(example|test)', '.*@a[^@]*e'],
  ])('the domain of %s: the shape of any other does not do', (subject, names, anybody) => {
    const issuer = 'https://accounts.google.com';
    const claims = {
      'source-repository-uri': undefined,
      'source-repository-ref': undefined,
      'github-workflow-ref': undefined,
    };
    const found = facts({ subject, subjectKind: 'email', issuer, claims });
    const given = (pattern: string): Inputs => ({ ...anyone(pattern), certificateOidcIssuer: [issuer] });
    expect(evaluate(found, given(names), WORD)).toBe('accepted');
    expect(evaluate(found, given(anybody), WORD)).toBe('IDENTITY_MISMATCH');
  });

  test('an issuer pattern may leave a region open, but not the host', () => {
    const issuer = 'https://oidc.eks.us-east-1.amazonaws.com/id/AB12';
    const given = (pattern: string): Inputs => ({
      certificateIdentity: [RELEASE],
      certificateOidcIssuerRegexp: [pattern],
    });
    const found = facts({ issuer });
    expect(evaluate(found, given('https://oidc\\.eks\\.[a-z0-9-]+\\.amazonaws\\.com/id/AB12'), WORD)).toBe('accepted');
    expect(evaluate(found, given('https://o[^/]*m/id/AB12'), WORD)).toBe('ISSUER_MISMATCH');
    expect(evaluate(found, given('https://[a-z]{4}\\.[a-z]{3}\\.[^/]+\\.[a-z]{9}\\.com/id/AB12'), WORD)).toBe(
      'ISSUER_MISMATCH',
    );
  });

  test('the domain is the owner of an e-mail address', () => {
    const issuer = 'https://accounts.google.com';
    const claims = {
      'source-repository-uri': undefined,
      'source-repository-ref': undefined,
      'github-workflow-ref': undefined,
    };
    const found = facts({ subject: 'dev@acme.example', subjectKind: 'email', issuer, claims });
    const given = (pattern: string): Inputs => ({ ...anyone(pattern), certificateOidcIssuer: [issuer] });
    expect(evaluate(found, given('.*@acme\\.example'))).toBe('accepted');
    expect(evaluate(found, given('dev@.*'))).toBe('IDENTITY_MISMATCH');
    expect(evaluate(found, given('.*@.*acme\\.example'))).toBe('IDENTITY_MISMATCH');
    expect(parse(given('.*@.*'))).toMatchObject({ kind: 'invalid' });
  });

  test('an issuer pattern must name its host', () => {
    const given = (pattern: string): Inputs => ({
      certificateIdentity: [RELEASE],
      certificateOidcIssuerRegexp: [pattern],
    });
    expect(evaluate(facts(), given('https://token\\.actions\\.githubusercontent\\.com(/acme)?'))).toBe('accepted');
    expect(evaluate(facts(), given('https://.*githubusercontent\\.com'))).toBe('ISSUER_MISMATCH');
    expect(evaluate(facts(), given('https://token\\.actions\\.githubusercontent\\.com.*'))).toBe('ISSUER_MISMATCH');
    expect(evaluate(facts(), { ...given('https://.*githubusercontent\\.com'), allowAnyIdentity: true })).toBe(
      'accepted',
    );
    expect(parse(given('https://.*'))).toMatchObject({ kind: 'invalid' });
  });
});

describe('max-age', () => {
  const hour = 3_600_000;
  test.each([
    ['as old as allowed', [SIGNED], 2 * hour, 'accepted'],
    ['one millisecond older', [SIGNED], 2 * hour - 1, 'TOO_OLD'],
    ['the oldest time counts', [new Date(SIGNED.getTime() - hour), SIGNED], 2 * hour, 'TOO_OLD'],
    ['five minutes ahead', [new Date(NOW.getTime() + 300_000)], hour, 'accepted'],
    ['more than five minutes ahead', [new Date(NOW.getTime() + 300_001)], hour, 'TOO_OLD'],
    ['a later time more than five minutes ahead', [SIGNED, new Date(NOW.getTime() + 300_001)], 3 * hour, 'TOO_OLD'],
    ['no time', [], hour, 'TOO_OLD'],
    ['a broken time', [new Date(Number.NaN)], hour, 'TOO_OLD'],
  ])('%s', (_, provenTimes, maxAgeMs, expected) => {
    expect(evaluate(facts({ provenTimes }), { ...OURS, maxAgeMs })).toBe(expected);
  });
});

describe('many signatures with one certificate', () => {
  const { identity } = facts();
  /** Another signature by the same certificate. */
  const another = (changes: Parameters<typeof facts>[0]): ReturnType<typeof facts> => ({ ...facts(changes), identity });
  const kindsOf = (given: Inputs, found: readonly ReturnType<typeof facts>[]): string[] => {
    const evaluateOne = createSignerEvaluation(requirement(given));
    return found.map((one) => {
      const evaluation = evaluateOne(one, NOW);
      return evaluation.kind === 'accepted' ? 'accepted' : evaluation.reason;
    });
  };

  test('have one answer, and those of another certificate their own', () => {
    const evaluateOne = createSignerEvaluation(requirement(OURS));
    const first = evaluateOne(another({}), NOW);
    expect(first.kind).toBe('accepted');
    expect(evaluateOne(another({ annotations: { team: 'red' } }), NOW)).toBe(first);
    const stranger = facts({ claims: { 'source-repository-uri': 'https://github.com/evil/app' } });
    expect(evaluateOne(stranger, NOW)).toMatchObject({ kind: 'mismatch', reason: 'CLAIM_MISMATCH' });
    expect(evaluateOne(another({}), NOW)).toBe(first);
  });

  test('each need the required annotations', () => {
    const red = another({ annotations: { team: 'red' } });
    const blue = another({ annotations: { team: 'blue' } });
    expect(kindsOf({ ...OURS, annotations: ['team=red'] }, [red, blue, another({}), red])).toEqual([
      ...['accepted', 'ANNOTATION_MISMATCH', 'ANNOTATION_MISMATCH', 'accepted'],
    ]);
  });

  test('each have an age of their own', () => {
    const fresh = another({ provenTimes: [SIGNED] });
    const old = another({ provenTimes: [new Date(SIGNED.getTime() - 1)] });
    const maxAgeMs = NOW.getTime() - SIGNED.getTime();
    expect(kindsOf({ ...OURS, maxAgeMs }, [fresh, old, fresh])).toEqual(['accepted', 'TOO_OLD', 'accepted']);
  });
});
