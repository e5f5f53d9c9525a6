import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { githubIssuerOf } from '../../../src/domain/identity/github-issuer.ts';
import { laterTags } from '../../../src/domain/identity/later-tags.ts';
import { parseMaxAge } from '../../../src/domain/identity/max-age.ts';
import { pasteableInputs } from '../../../src/domain/identity/pasteable-inputs.ts';
import { evaluateSigner } from '../../../src/domain/identity/signer-evaluation.ts';
import { ValueError } from '../../../src/domain/text/value-error.ts';
import {
  CONTEXT,
  facts,
  type Inputs,
  NOW,
  parse,
  problemsOf,
  RELEASE,
  REPOSITORY,
  requirement,
} from './identity-samples.ts';

const OURS: Inputs = { sourceRepository: ['acme/app'] };

describe('identity inputs that are wrong', () => {
  test.each<[string, Inputs, RegExp]>([
    ['an empty identity', { certificateIdentity: [''] }, /certificate-identity: a value is empty/],
    ['an empty value among others', { sourceRepository: ['acme/app', ' '] }, /source-repository: a value is empty/],
    ['an empty claim', { ...OURS, claims: ['build-trigger='] }, /build-trigger is empty/],
    ['a claim without name', { ...OURS, claims: ['=x'] }, /is not a claim/],
    ['a claim without =', { ...OURS, claims: ['build-trigger'] }, /not name=value/],
    [
      'an unknown claim',
      { ...OURS, claims: ['trigger=push'] },
      /"trigger" is not a claim; did you mean build-trigger\? the claims are: .*build-trigger/,
    ],
    ['an inherited name as claim', { ...OURS, claims: ['constructor=x'] }, /is not a claim/],
    ['an annotation without =', { ...OURS, annotations: ['team'] }, /not key=value/],
    ['an empty annotation', { ...OURS, annotations: ['commit='] }, /"commit" is empty/],
    ['a pattern RE2 lacks', { certificateIdentityRegexp: ['(?=a)b'] }, /certificate-identity-regexp: .*no lookaround/],
    ['a pattern longer than any needs', { certificateIdentityRegexp: ['a'.repeat(2049)] }, /longer than 2048/],
    ['a pattern that is a glob', { certificateIdentityRegexp: ['https://github.com/acme/**'] }, /is a glob/],
    ['a registry reference', { sourceRepository: ['ghcr.io/acme/app'] }, /is a registry reference/],
    ['a registry reference with tag', { sourceRepository: ['acme/app:1.0'] }, /is a registry reference/],
    [
      'a registry reference with digest',
      { sourceRepository: [`acme/app@sha256:${'0'.repeat(64)}`] },
      /is a registry reference/,
    ],
    ['a registry reference without a dot', { sourceRepository: ['registry/acme/app'] }, /is a registry reference/],
    ['a registry with port', { sourceRepository: ['localhost:5000/app'] }, /is a registry reference/],
    ['an owner alone', { sourceRepository: ['acme'] }, /not owner\/name/],
    ['a repository pattern', { sourceRepository: ['acme/*'] }, /not owner\/name/],
    ['a short ref', { ...OURS, sourceRef: ['main'] }, /write refs\/heads\/main for a branch/],
    ['three stars', { ...OURS, sourceRef: ['refs/***'] }, /more than two consecutive \*/],
    [
      'a workflow with ref',
      { ...OURS, workflow: ['.github/workflows/x.yml@refs/heads/main'] },
      /the ref in source-ref/,
    ],
    ['a workflow with short ref', { ...OURS, workflow: ['.github/workflows/x.yml@v3'] }, /the ref in source-ref/],
    ['a workflow as URL', { ...OURS, workflow: [RELEASE.split('@')[0] ?? ''] }, /not a path/],
    [
      'a signer as in a uses line',
      { ...OURS, signerWorkflow: ['shared/flows/.github/workflows/sign.yml@v3'] },
      /write shared\/flows\/\.github\/workflows\/sign\.yml@refs\/tags\/v3 or .*@refs\/heads\/v3/,
    ],
    [
      'a signer whose file contains @, as in a uses line',
      { ...OURS, signerWorkflow: ['shared/flows/.github/workflows/ci@2.yml@v3'] },
      /write shared\/flows\/\.github\/workflows\/ci@2\.yml@refs\/tags\/v3 or /,
    ],
    [
      'a signer without path',
      { ...OURS, signerWorkflow: ['shared/flows'] },
      /not a workflow file in the form owner\/name\/path/,
    ],
    [
      'a signer with a pattern in its path',
      { ...OURS, signerWorkflow: ['shared/*/x.yml'] },
      /not a workflow file in the form owner\/name\/path/,
    ],
  ])('%s', (_, given, problem) => {
    expect(parse(given).kind).toBe('invalid');
    expect(problemsOf(given)).toContainEqual(expect.stringMatching(problem));
  });

  test('are all named at once', () => {
    const parsed = parse({ sourceRef: ['main'], claims: ['x=y'], certificateIdentityRegexp: ['('] });
    expect(parsed.kind === 'invalid' && parsed.problems).toHaveLength(3);
  });

  test('what only narrows is named, with what would name a signer', () => {
    const given: Inputs = { workflow: ['.github/workflows/a.yml'], claims: ['build-trigger=push'] };
    expect(parse(given)).toEqual({
      kind: 'no-identity',
      problem: { kind: 'no-signer', narrowing: ['workflow', 'claims'] },
      conditions: { claims: new Map([['build-trigger', ['push']]]), annotations: new Map(), maxAgeMs: undefined },
    });
    expect(problemsOf(given)).toEqual([
      expect.stringMatching(/`workflow` and `claims` alone are not enough\. `workflow` is only a path/),
    ]);
  });
});

test.each([
  ['acme/app', 'accepted'],
  ['ACME/APP', 'accepted'],
  ['https://github.com/acme/app', 'accepted'],
  ['https://github.com/acme/app/', 'accepted'],
  ['https://github.com/acme/app.git', 'accepted'],
  ['https://github.com.evil.example/acme/app', 'mismatch'],
  ['http://github.com/acme/app', 'accepted'],
  ['acme/app2', 'mismatch'],
])('source-repository %s: %s', (repository, kind) => {
  expect(evaluateSigner(facts(), requirement({ sourceRepository: [repository] }), NOW).kind).toBe(kind);
});

test.each([
  ['shared/flows/.github/workflows/ci@2.yml', 'accepted'],
  ['shared/flows/.github/workflows/ci@2.yml@refs/tags/v3', 'accepted'],
  ['shared/flows/.github/workflows/ci@2.yml@refs/tags/v4', 'mismatch'],
  ['shared/flows/.github/workflows/ci.yml', 'mismatch'],
])('signer-workflow %s, whose file contains @: %s', (workflow, kind) => {
  const found = facts({ subject: 'https://github.com/shared/flows/.github/workflows/ci@2.yml@refs/tags/v3' });
  expect(evaluateSigner(found, requirement({ ...OURS, signerWorkflow: [workflow] }), NOW).kind).toBe(kind);
});

test.each([
  ['12h', 43_200_000],
  ['30d', 2_592_000_000],
  ['90s', 90_000],
  ['5m', 300_000],
  ['2w', 1_209_600_000],
])('max-age %s', (text, expected) => {
  expect(parseMaxAge(text)).toBe(expected);
});

test.each(['', '0h', '-1h', '1.5h', '1 h', '1y', 'h', '12', '1h30m', '99999999d', '١h'])(
  'max-age %j is refused',
  (text) => {
    expect(() => parseMaxAge(text)).toThrow(ValueError);
  },
);

test.each([
  ['https://github.com', 'https://token.actions.githubusercontent.com'],
  ['https://acme.ghe.com', 'https://token.actions.acme.ghe.com'],
  ['https://ghes.example:8443', 'https://ghes.example:8443/_services/token'],
  ['https://acme.ghe.com.evil.example', 'https://acme.ghe.com.evil.example/_services/token'],
  ['https://a.acme.ghe.com', 'https://a.acme.ghe.com/_services/token'],
  ['https://github.com.evil.example', 'https://github.com.evil.example/_services/token'],
])('the issuer of %s', (serverUrl, issuer) => {
  expect(githubIssuerOf(serverUrl)).toBe(issuer);
});

/** A pipeline, as Fulcio certifies it. */
const circleci = facts({
  subject: 'https://circleci.com/api/v2/projects/7c1f/pipeline-definitions/9d2e',
  issuer: 'https://oidc.circleci.com/org/3f0a',
  claims: {
    'github-workflow-ref': undefined,
    'source-repository-uri': 'github.com/acme/app',
    'source-repository-ref': 'refs/tags/v1.2.3',
    'build-config-uri': 'https://circleci.com/api/v2/pipeline/5b/config',
    'build-trigger': undefined,
  },
});

describe('a refusal teaches', () => {
  const refusal = (found: ReturnType<typeof facts>, given: Inputs) => {
    const evaluation = evaluateSigner(found, requirement(given), NOW);
    if (evaluation.kind !== 'mismatch') throw new Error('accepted');
    return evaluation;
  };
  const reusable = facts({ subject: 'https://github.com/shared/flows/.github/workflows/sign.yml@refs/tags/v3' });

  test('every rule is listed with expected and found, met or not', () => {
    const { reason, findings } = refusal(facts(), {
      sourceRepository: ['acme/other', 'acme/third'],
      certificateIdentity: [RELEASE],
      annotations: ['team=red'],
    });
    expect(reason).toBe('CLAIM_MISMATCH');
    expect(findings).toContainEqual({
      field: 'source-repository',
      expected: 'https://github.com/acme/other or https://github.com/acme/third',
      found: 'https://github.com/Acme/App',
      ok: false,
    });
    expect(findings).toContainEqual({ field: 'certificate-identity', expected: RELEASE, found: RELEASE, ok: true });
    expect(findings).toContainEqual({ field: 'annotations team', expected: 'red', found: undefined, ok: false });
  });

  test.each<[string, ReturnType<typeof facts>, Inputs, RegExp]>([
    [
      "cosign's unanchored reading",
      facts(),
      { certificateIdentityRegexp: ['github\\.com/Acme/'] },
      /cosign would accept this/,
    ],
    [
      'a reusable workflow',
      reusable,
      OURS,
      /reusable workflow signed this: the subject is the called workflow.*claims describe the caller/,
    ],
    ['another case', facts(), { certificateIdentity: [RELEASE.toLowerCase()] }, /only in upper and lower case/],
    [
      'a short ref',
      facts(),
      { certificateIdentity: ['https://git.example/Acme/App/.github/workflows/release.yml@v3'] },
      /full refs, never a short one such as @v3/,
    ],
    [
      'the ref of a signer',
      reusable,
      { ...OURS, signerWorkflow: ['shared/flows/.github/workflows/sign.yml@refs/tags/v4'] },
      /matches except for its ref.*; write signer-workflow: shared\/flows\/.*@refs\/tags\/v3$/,
    ],
    [
      'the issuer of an enterprise',
      facts({ issuer: 'https://token.actions.githubusercontent.com/acme' }),
      OURS,
      /certificate-oidc-issuer: https:\/\/token\.actions\.githubusercontent\.com\/acme/,
    ],
    [
      'the issuer that cosign suggests for persons',
      facts({ subject: 'dev@acme.example', subjectKind: 'email', issuer: 'https://github.com/login/oauth' }),
      { certificateIdentity: ['dev@acme.example'], certificateOidcIssuer: ['https://oauth2.sigstore.dev/auth'] },
      /https:\/\/github\.com\/login\/oauth/,
    ],
    [
      'a match-all pattern',
      facts(),
      { certificateIdentityRegexp: ['https://github\\.com/[^/]+/App/.*'] },
      /would also accept any other owner/,
    ],
  ])('%s', (_, found, given, hint) => {
    expect(refusal(found, given).hints).toContainEqual(expect.stringMatching(hint));
  });

  test('acceptance of any ref is noted, with the line that would bind it', () => {
    const accepted = evaluateSigner(facts(), requirement(OURS), NOW);
    expect(accepted).toEqual({
      kind: 'accepted',
      notes: [expect.stringContaining('add: source-ref: refs/heads/main')],
    });
    for (const given of [{ ...OURS, sourceRef: ['refs/heads/main'] }, { certificateIdentity: [RELEASE] }]) {
      expect(evaluateSigner(facts(), requirement(given), NOW)).toEqual({ kind: 'accepted', notes: [] });
    }
  });

  test.each<[string, ReturnType<typeof facts>, Inputs, RegExp | undefined]>([
    ['a claims line for the ref', facts(), { ...OURS, claims: ['source-repository-ref=refs/heads/main'] }, undefined],
    [
      'the exact subject of a called workflow, which says nothing about the caller',
      reusable,
      { ...OURS, certificateIdentity: [reusable.identity.subject] },
      /add: source-ref: refs\/heads\/main/,
    ],
    [
      'the exact subject at another ref than the source',
      facts({ subject: RELEASE.replace('heads/main', 'tags/v1') }),
      { certificateIdentity: [RELEASE.replace('heads/main', 'tags/v1')] },
      /add: source-ref: refs\/heads\/main/,
    ],
    [
      'a pattern, for a certificate that has its ref in the old claim only',
      facts({ claims: { 'source-repository-ref': undefined } }),
      { certificateIdentityRegexp: ['https://github\\.com/Acme/.*'] },
      /add: claims: github-workflow-ref=refs\/heads\/main$/,
    ],
  ])('acceptance of any ref: %s', (_, found, given, note) => {
    expect(evaluateSigner(found, requirement(given), NOW)).toEqual({
      kind: 'accepted',
      notes: note === undefined ? [] : [expect.stringMatching(note)],
    });
  });

  test.each<[string, Inputs]>([
    ['whose ref is right', { signerWorkflow: ['shared/flows/.github/workflows/sign.yml@refs/tags/v3'] }],
    ['of any ref', { signerWorkflow: ['shared/flows/.github/workflows/sign.yml'] }],
    [
      'of which another alternative is right',
      {
        signerWorkflow: [
          'shared/flows/.github/workflows/sign.yml@refs/tags/v4',
          'shared/flows/.github/workflows/sign.yml@refs/tags/v3',
        ],
      },
    ],
  ])('where source-ref is wrong, no hint is about the signer-workflow %s, nor tells to name both', (_, given) => {
    const { hints } = refusal(reusable, { ...OURS, ...given, sourceRef: ['refs/heads/dev'] });
    expect(hints).toEqual([
      expect.stringMatching(/^a reusable workflow signed this.*\(https:\/\/github\.com\/Acme\/App\)$/),
    ]);
  });

  test('who named one half is told to name both', () => {
    const { hints } = refusal(reusable, OURS);
    expect(hints).toEqual([
      expect.stringMatching(/name both: the signer with signer-workflow or certificate-identity/),
    ]);
  });

  test('a pipeline of CircleCI is not called a reusable workflow, and its repository is spelled as it is', () => {
    const { hints } = refusal(circleci, {
      certificateIdentity: [circleci.identity.subject],
      certificateOidcIssuer: [circleci.identity.issuer],
      sourceRepository: ['https://github.com/acme/app'],
    });
    expect(hints).toEqual([
      expect.stringMatching(
        /instead of source-repository, write this line in claims: source-repository-uri=github\.com\/acme\/app$/,
      ),
    ]);
  });

  test('a ref that is not safe to paste is not offered', () => {
    const ref = 'refs/heads/x"$(id)`id`;id';
    const accepted = evaluateSigner(facts({ claims: { 'source-repository-ref': ref } }), requirement(OURS), NOW);
    expect(JSON.stringify(accepted)).not.toContain('$(id)');
  });
});

describe('inputs ready to paste', () => {
  const parsed = (lines: readonly string[]): Inputs => {
    const read: Record<string, string> = parseYaml(lines.join('\n'));
    const value = (name: string): string[] => (read[name] === undefined ? [] : read[name].trimEnd().split('\n'));
    return {
      sourceRepository: value('source-repository'),
      workflow: value('workflow'),
      sourceRef: value('source-ref'),
      signerWorkflow: value('signer-workflow'),
      certificateIdentity: value('certificate-identity'),
      certificateOidcIssuer: value('certificate-oidc-issuer'),
      claims: value('claims'),
    };
  };
  const pull = 'https://github.com/Acme/App/.github/workflows/release.yml@refs/pull/7/merge';
  const shared = 'https://github.com/shared/flows/.github/workflows/sign.yml@refs/tags/v3';
  const none = {
    'source-repository-uri': undefined,
    'source-repository-ref': undefined,
    'github-workflow-ref': undefined,
    'build-config-uri': undefined,
  };
  const GHES = { serverUrl: 'https://ghes.example', defaultIssuer: 'https://ghes.example/_services/token' };
  const gitlab = 'https://gitlab.com/group/sub/app';

  test.each<[string, ReturnType<typeof facts>, Partial<typeof CONTEXT>?]>([
    ['a workflow', facts()],
    ['a reusable workflow', facts({ subject: shared })],
    ['a workflow of github.com, on another server', facts(), GHES],
    [
      'a pipeline of CircleCI',
      facts({
        subject: 'https://circleci.com/api/v2/projects/7c1f/pipeline-definitions/9d2e',
        issuer: 'https://oidc.circleci.com/org/3f0a',
        claims: { 'build-config-uri': 'https://circleci.com/api/v2/pipeline/5b/config', 'build-trigger': undefined },
      }),
    ],
    ['a private issuer', facts({ issuer: 'http://127.0.0.1:8000' })],
    [
      'a workflow file with @ in its name',
      facts({ claims: { 'build-config-uri': `${REPOSITORY}/.github/workflows/ci@2.yml@refs/heads/main` } }),
    ],
    ['an old certificate', facts({ claims: none })],
    ['a certificate without its top-level workflow', facts({ claims: { 'build-config-uri': undefined } })],
    [
      'GitLab',
      facts({
        subject: `${gitlab}//.gitlab-ci.yml@refs/heads/main`,
        issuer: 'https://gitlab.com',
        claims: { 'source-repository-uri': gitlab, 'build-config-uri': `${gitlab}//.gitlab-ci.yml@refs/heads/main` },
      }),
    ],
    [
      'a person',
      facts({ subject: 'dev@acme.example', subjectKind: 'email', issuer: 'https://accounts.google.com', claims: none }),
    ],
  ])('accept the signature of %s', (_, found, context = {}) => {
    const { lines, withheld } = pasteableInputs(found, { ...CONTEXT, ...context });
    expect(withheld).toEqual([]);
    const pasted = requirement(parsed(lines), context);
    expect(evaluateSigner(found, pasted, NOW).kind).toBe('accepted');
    const twin = facts({ subject: 'https://github.com/stranger/app/.github/workflows/release.yml@refs/heads/main' });
    const another = { ...twin, identity: { ...twin.identity, issuer: found.identity.issuer } };
    expect(evaluateSigner(another, pasted, NOW).kind).toBe('mismatch');
  });

  test.each<[string, ReturnType<typeof facts>, RegExp]>([
    [
      'a pull request',
      facts({ subject: pull, claims: { 'source-repository-ref': 'refs/pull/7/merge', 'build-config-uri': pull } }),
      /pull-request code \(refs\/pull\/7\/merge\)/,
    ],
    [
      'a pull request in a reusable workflow',
      facts({ subject: shared, claims: { 'source-repository-ref': 'refs/pull/7/merge' } }),
      /pull-request code/,
    ],
    [
      'pull-request code by its old ref claim alone',
      facts({ subject: shared, claims: { ...none, 'github-workflow-ref': 'refs/pull/7/merge' } }),
      /pull-request code/,
    ],
    [
      'a pull request behind the called workflow alone',
      facts({ subject: 'https://github.com/Acme/App/.github/workflows/release.yml@refs/pull/7/merge' }),
      /pull-request code/,
    ],
    [
      'an outsider trigger',
      facts({ claims: { 'build-trigger': 'issue_comment' } }),
      /any account can cause .*\(issue_comment\)/,
    ],
    [
      'an outsider trigger of the old kind',
      facts({ claims: { 'build-trigger': undefined, 'github-workflow-trigger': 'issue_comment' } }),
      /any account can cause .*\(issue_comment\)/,
    ],
    [
      'a workflow that another one set off',
      facts({ claims: { 'build-trigger': 'workflow_run' } }),
      /any account can cause .*\(workflow_run\)/,
    ],
  ])('are withheld for what rule 4 refuses, and say why: %s', (_, found, why) => {
    expect(pasteableInputs(found, CONTEXT)).toEqual({ lines: [], withheld: [expect.stringMatching(why)] });
  });

  const config = 'https://gitlab.com/group/sub/app//.gitlab-ci.yml@refs/heads/main';
  const gitlabJob = facts({
    subject: config,
    issuer: 'https://gitlab.com',
    claims: { 'source-repository-uri': gitlab, 'build-config-uri': config },
  });
  const tagged = {
    'source-repository-ref': 'refs/tags/v1.2.3',
    'build-config-uri': RELEASE.replace('heads/main', 'tags/v1.2.3'),
  };

  test.each<[string, ReturnType<typeof facts>, string[]]>([
    [
      'GitLab, by the path of its configuration',
      gitlabJob,
      [
        'source-repository: https://gitlab.com/group/sub/app',
        'workflow: ".gitlab-ci.yml"',
        'source-ref: refs/heads/main',
        'certificate-oidc-issuer: https://gitlab.com',
      ],
    ],
    [
      'CircleCI, whose repository has no scheme',
      circleci,
      [
        'source-repository: github.com/acme/app',
        'source-ref: refs/tags/v1.2.3',
        'certificate-identity: https://circleci.com/api/v2/projects/7c1f/pipeline-definitions/9d2e',
        'certificate-oidc-issuer: https://oidc.circleci.com/org/3f0a',
        '# for later tags too, write: source-ref: refs/tags/v*',
      ],
    ],
    [
      'Codefresh, whose ref is short',
      facts({
        subject: 'https://g.codefresh.io/acme/app/release:628a/65e5',
        issuer: 'https://oidc.codefresh.io',
        claims: {
          'github-workflow-ref': undefined,
          'source-repository-uri': 'https://github.com/acme/app',
          'source-repository-ref': 'main',
          'build-config-uri': 'https://g.codefresh.io/api/pipelines/65e5',
          'build-trigger': undefined,
        },
      }),
      [
        'source-repository: acme/app',
        'source-ref: "main"',
        'certificate-identity: https://g.codefresh.io/acme/app/release:628a/65e5',
        'certificate-oidc-issuer: https://oidc.codefresh.io',
      ],
    ],
    [
      'a reusable workflow, as the README advises',
      facts({ subject: shared }),
      [
        'source-repository: Acme/App',
        'workflow: .github/workflows/release.yml',
        'source-ref: refs/heads/main',
        'signer-workflow: shared/flows/.github/workflows/sign.yml@refs/tags/v3',
      ],
    ],
    [
      'a tag, with the pattern for later ones, also of a workflow that is called in its own repository',
      facts({ subject: `${REPOSITORY}/.github/workflows/sign.yml@refs/tags/v1.2.3`, claims: tagged }),
      [
        'source-repository: Acme/App',
        'workflow: .github/workflows/release.yml',
        'source-ref: refs/tags/v1.2.3',
        'signer-workflow: Acme/App/.github/workflows/sign.yml@refs/tags/v1.2.3',
        '# for later tags too, write: source-ref: refs/tags/v*',
        '# for later tags too, write: signer-workflow: Acme/App/.github/workflows/sign.yml@refs/tags/v*',
      ],
    ],
  ])('are those of %s', (_, found, lines) => {
    expect(pasteableInputs(found, CONTEXT)).toEqual({ lines, withheld: [] });
  });

  test.each([
    ['.gitlab-ci.yml', 'accepted'],
    ['*.yml', 'accepted'],
    ['ci/.gitlab-ci.yml', 'mismatch'],
    ['gitlab-ci.yml', 'mismatch'],
  ])('workflow %s of a GitLab project: %s', (workflow, kind) => {
    const given = { sourceRepository: [gitlab], certificateOidcIssuer: ['https://gitlab.com'], workflow: [workflow] };
    expect(evaluateSigner(gitlabJob, requirement(given), NOW).kind).toBe(kind);
    // The configuration of a project below this one is not a file of it.
    const below = facts({
      subject: config,
      issuer: 'https://gitlab.com',
      claims: {
        'source-repository-uri': gitlab,
        'build-config-uri': `${gitlab}/other//.gitlab-ci.yml@refs/heads/main`,
      },
    });
    expect(evaluateSigner(below, requirement({ ...given, workflow: ['**'] }), NOW).kind).toBe('mismatch');
  });

  test.each([
    ['refs/tags/v1.2.3', 'refs/tags/v*'],
    ['refs/tags/1.2', 'refs/tags/*'],
    ['refs/tags/app/v1.0.0-rc.1', 'refs/tags/app/v*'],
    ['refs/tags/k8s-v1.30', 'refs/tags/k8s-v*'],
    ['refs/tags/latest', 'refs/tags/*'],
    ['refs/heads/v1', undefined],
  ])('later tags like %s are %s', (ref, glob) => {
    expect(laterTags(ref)).toBe(glob);
  });

  test('name an event that any account can cause if the step itself asks for it', () => {
    const found = facts({ claims: { 'build-trigger': 'workflow_run' } });
    const asked = (trigger: string) => {
      const { claims, annotations, maxAgeMs } = requirement({ ...OURS, claims: [`build-trigger=${trigger}`] });
      return pasteableInputs(found, { ...CONTEXT, conditions: { claims, annotations, maxAgeMs } });
    };
    expect(asked('workflow_run').lines).toContain('claims: "build-trigger=workflow_run"');
    expect(asked('push')).toEqual({ lines: [], withheld: [expect.stringContaining('any account can cause')] });
  });

  test('bind repository, workflow and ref', () => {
    expect(pasteableInputs(facts(), CONTEXT).lines).toEqual([
      'source-repository: Acme/App',
      'workflow: .github/workflows/release.yml',
      'source-ref: refs/heads/main',
    ]);
  });

  test.each(['a"b', 'a b', 'a$(id)', 'a`id`', 'a\nb', `a$${'{{'} x }}`, 'a,b', "a'b", 'ü', 'a*', 'a\u0000'])(
    'never hold %j',
    (text) => {
      const { lines, withheld } = pasteableInputs(
        facts({ claims: { 'source-repository-ref': `refs/heads/${text}` } }),
        CONTEXT,
      );
      expect(lines.join('\n')).not.toContain(text);
      expect(withheld).toEqual([expect.stringMatching(/^(?:source-ref|claims): .*not safe to paste/)]);
    },
  );

  test('say what the certificate says and accept it, whatever that is, or are withheld', () => {
    const word = fc.oneof(
      fc.stringMatching(/^[A-Za-z0-9._:/@+=,-]{1,12}$/),
      fc.constantFrom(
        'refs/heads/main',
        'refs/pull/7/merge',
        'refs/tags/1.0',
        'a@b',
        'true',
        '...',
        '-',
        '0x1',
        '~',
        'x: y',
      ),
    );
    const repository = fc.oneof(
      fc.constant(REPOSITORY),
      word.map((name) => `https://github.com/acme/${name}`),
      word.map((name) => `https://git.example/${name}`),
    );
    const uri = fc.tuple(repository, fc.constantFrom('/', '//'), word, word).map(([at, slash, path, ref]) => {
      return `${at}${slash}${path}@${ref}`;
    });
    const optional = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
    const certificates = fc.record({
      subject: fc.oneof(uri, word),
      subjectKind: fc.constantFrom('uri', 'email', 'other'),
      issuer: fc.oneof(fc.constant(CONTEXT.defaultIssuer), word),
      claims: fc.record({
        'source-repository-uri': optional(repository),
        'source-repository-ref': optional(word),
        'github-workflow-ref': optional(word),
        'build-config-uri': optional(uri),
        'build-trigger': optional(fc.constantFrom('push', 'issue_comment')),
        'github-workflow-trigger': optional(fc.constantFrom('push', 'fork')),
      }),
    } as const);
    let offered = 0;
    fc.assert(
      fc.property(certificates, (certificate) => {
        const found = facts(certificate);
        const { lines, withheld } = pasteableInputs(found, CONTEXT);
        for (const line of lines)
          expect(line).toMatch(
            /^(?:# .*: )?(?:[a-z-]+: (?:"[\w.:/@+=%#!-]+"|[A-Za-z.][\w./@+=:*-]*|\|)| {2}[\w.:/@+=%#!-]+)$/,
          );
        if (withheld.length > 0) return;
        offered += 1;
        expect(evaluateSigner(found, requirement(parsed(lines)), NOW).kind).toBe('accepted');
      }),
      { numRuns: 2000 },
    );
    // About one in a hundred: most of these texts are in no certificate.
    expect(offered).toBeGreaterThan(3);
  });
});
