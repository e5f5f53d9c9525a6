import { describe, expect, test } from 'vitest';
import { evaluateAttestation } from '../../../../src/domain/attestation/evaluate-attestation.ts';
import type { Evaluation } from '../../../../src/domain/identity/evaluation.ts';
import { evaluateSigner } from '../../../../src/domain/identity/signer-evaluation.ts';
import { facts, NOW, RELEASE, REPOSITORY } from '../identity-samples.ts';
import { ISSUER, KEYLESS, keylessOf, policyText, problemsOf } from './policy-samples.ts';

type Facts = Parameters<typeof facts>[0];

/** How a signature fares with the only authority of a policy. */
function judge(text: string, given: Facts = {}): Evaluation['kind'] | string {
  const evaluation = evaluateSigner(facts(given), keylessOf(text).requirement, NOW);
  return evaluation.kind === 'accepted' ? 'accepted' : evaluation.reason;
}

const identities = (...entries: readonly string[]): string =>
  `- keyless:\n    identities:\n${entries.map((entry) => `      - ${entry}`).join('\n')}`;
const exact = (subject: string, issuer = ISSUER): string => `{issuer: "${issuer}", subject: "${subject}"}`;
const pattern = (regexp: string): string => `{issuer: "${ISSUER}", subjectRegExp: '${regexp}'}`;
const policy = (authorities: string, annotations?: string): string =>
  policyText({ authorities, ...(annotations === undefined ? {} : { annotations }) });

const CALLED = 'https://github.com/tools/ci/.github/workflows/build.yml@refs/tags/v1';
const PULL = `${REPOSITORY}/.github/workflows/release.yml@refs/pull/7/merge`;
const OURS = pattern('^https://github\\.com/Acme/App/\\.github/workflows/.*$');

describe('a signer must match one identity as a whole', () => {
  test.each([
    ['the exact subject', policyText(), {}, 'accepted'],
    ['another subject', policyText(), { subject: RELEASE.replace('main', 'dev') }, 'IDENTITY_MISMATCH'],
    ['another issuer', policyText(), { issuer: 'https://gitlab.com' }, 'ISSUER_MISMATCH'],
    ['a pattern', policy(identities(OURS)), {}, 'accepted'],
    [
      'a pattern of another owner',
      policy(identities(pattern('^https://github\\.com/Other/App/.*$'))),
      {},
      'IDENTITY_MISMATCH',
    ],
    [
      'a value that only contains a match',
      policy(identities(OURS)),
      { subject: `${RELEASE}`.replace('https', 'xhttps') },
      'IDENTITY_MISMATCH',
    ],
    [
      'the second of several',
      policy(identities(exact('a@acme.example', 'https://accounts.google.com'), exact(RELEASE))),
      {},
      'accepted',
    ],
    [
      'the issuer of one and the subject of another',
      policy(identities(exact('a@acme.example', 'https://accounts.google.com'), exact(RELEASE))),
      { subject: 'a@acme.example', subjectKind: 'email', claims: { 'source-repository-uri': undefined } },
      'IDENTITY_MISMATCH',
    ],
    [
      'a pattern for issuers',
      policy(
        identities(
          `{issuerRegExp: '^https://token\\.actions\\.githubusercontent\\.com(/acme)?$', subject: "${RELEASE}"}`,
        ),
      ),
      { issuer: `${ISSUER}/acme` },
      'accepted',
    ],
    [
      'a pattern for other issuers',
      policy(
        identities(
          `{issuerRegExp: '^https://token\\.actions\\.githubusercontent\\.com(/acme)?$', subject: "${RELEASE}"}`,
        ),
      ),
      { issuer: `${ISSUER}/evil` },
      'ISSUER_MISMATCH',
    ],
  ] as const)('%s', (_, text, given, expected) => {
    expect(judge(text, given)).toBe(expected);
  });
});

describe('identity rule 2: claims need one exact issuer', () => {
  const anyIssuer = identities(
    `{issuerRegExp: '^https://token\\.actions\\.githubusercontent\\.com(/acme)?$', subject: "${RELEASE}"}`,
  );
  test.each([
    'source-repository: Acme/App',
    'source-ref: refs/heads/main',
    'workflow: .github/workflows/release.yml',
    'claims: runner-environment=github-hosted',
  ])('%s', (line) => {
    expect(problemsOf(policy(anyIssuer, `countersign/${line}`))).toMatchObject([
      { path: 'spec.authorities[0].keyless.identities[0].issuer' },
    ]);
    expect(judge(policy(KEYLESS, `countersign/${line}`))).toBe('accepted');
  });

  test('in every identity', () => {
    const second = `${identities(exact(RELEASE))}\n      - {issuerRegExp: '^https://gitlab\\.com$', subject: a@acme.example}`;
    expect(problemsOf(policy(second, 'countersign/source-repository: Acme/App'))).toMatchObject([
      { path: 'spec.authorities[0].keyless.identities[1].issuer' },
    ]);
  });

  test('annotations that mean different things for the issuers of a list are refused', () => {
    // CircleCI names repositories without a scheme.
    const circle = exact(
      'https://circleci.com/api/v2/projects/p/pipeline-definitions/d',
      'https://oidc.circleci.com/org/o',
    );
    const both = identities(exact(RELEASE), circle);
    expect(problemsOf(policy(both, 'countersign/source-repository: github.com/acme/app'))).toMatchObject([
      { path: 'spec.authorities[0].keyless.identities', what: expect.stringContaining('different things') },
    ]);
    expect(problemsOf(policy(both, 'countersign/source-ref: refs/heads/main'))).toEqual([]);
  });
});

describe('identity rule 3: both halves', () => {
  const called = { subject: CALLED };
  const byCalled = identities(exact(CALLED));
  test('a stranger who calls our reusable workflow is refused, because the policy names the signer only', () => {
    const strangers = { ...called, claims: { 'source-repository-uri': 'https://github.com/stranger/app' } };
    expect(judge(policy(byCalled), strangers)).toBe('CLAIM_MISMATCH');
    expect(judge(policy(byCalled, 'countersign/source-repository: Acme/App'), strangers)).toBe('CLAIM_MISMATCH');
  });

  test('a called workflow passes if the policy names the source too', () => {
    expect(judge(policy(byCalled), called)).toBe('CLAIM_MISMATCH');
    expect(judge(policy(byCalled, 'countersign/source-repository: Acme/App'), called)).toBe('accepted');
    expect(judge(policy(byCalled, `countersign/claims: source-repository-uri=${REPOSITORY}`), called)).toBe('accepted');
    expect(judge(policy(byCalled, 'countersign/claims: source-repository-identifier=1234'), called)).toBe('accepted');
  });

  test('another claim does not name the source', () => {
    expect(judge(policy(byCalled, 'countersign/claims: runner-environment=github-hosted'), called)).toBe(
      'CLAIM_MISMATCH',
    );
    expect(judge(policy(byCalled, 'countersign/source-ref: refs/heads/main'), called)).toBe('CLAIM_MISMATCH');
  });
});

describe('identity rule 4: pull-request code', () => {
  const pull: Facts = {
    subject: PULL,
    claims: { 'source-repository-ref': 'refs/pull/7/merge', 'github-workflow-ref': 'refs/pull/7/merge' },
  };
  test('a pattern does not name it', () => {
    expect(judge(policy(identities(OURS)), pull)).toBe('CLAIM_MISMATCH');
    expect(judge(policy(identities(OURS), 'countersign/source-ref: "**"'), pull)).toBe('CLAIM_MISMATCH');
  });

  test('an exact subject or source-ref does', () => {
    expect(judge(policy(identities(exact(PULL))), pull)).toBe('accepted');
    expect(judge(policy(identities(OURS), 'countersign/source-ref: refs/pull/*/merge'), pull)).toBe('accepted');
  });

  test('a trigger that any account can fire must be named', () => {
    const given = { claims: { 'build-trigger': 'issue_comment' } };
    expect(judge(policy(identities(OURS)), given)).toBe('CLAIM_MISMATCH');
    expect(judge(policyText(), given)).toBe('CLAIM_MISMATCH');
    expect(judge(policy(identities(OURS), 'countersign/claims: build-trigger=issue_comment'), given)).toBe('accepted');
  });
});

describe('identity rule 7: patterns for anybody', () => {
  test('a pattern that accepts other owners is refused when it accepts a signature', () => {
    const loose = pattern('^https://github\\.com/[A-Za-z]+/App/\\.github/.*$');
    expect(judge(policy(identities(loose)))).toBe('IDENTITY_MISMATCH');
    expect(judge(policy(identities(loose), 'countersign/allow-any-identity: "true"'))).toBe('accepted');
    expect(judge(policy(identities(loose), 'countersign/allow-any-identity: "false"'))).toBe('IDENTITY_MISMATCH');
  });

  test('a pattern that accepts everybody is refused before', () => {
    expect(problemsOf(policy(identities(pattern('^.*$'))))).toMatchObject([
      { what: expect.stringContaining('matches anyone') },
    ]);
    expect(problemsOf(policy(identities(pattern('^.*$')), 'countersign/allow-any-identity: "true"'))).toEqual([]);
  });
});

describe('annotations narrow a policy as inputs narrow the gate', () => {
  test.each([
    ['source-repository: Acme/App', {}, 'accepted'],
    ['source-repository: Acme/Other', {}, 'CLAIM_MISMATCH'],
    ['source-repository: "Acme/Other\\nAcme/App"', {}, 'accepted'],
    ['source-ref: refs/heads/*', {}, 'accepted'],
    ['source-ref: refs/tags/*', {}, 'CLAIM_MISMATCH'],
    ['workflow: .github/workflows/release.yml', {}, 'accepted'],
    ['workflow: .github/workflows/other.yml', {}, 'CLAIM_MISMATCH'],
    ['claims: runner-environment=github-hosted', {}, 'accepted'],
    ['claims: runner-environment=self-hosted', {}, 'CLAIM_MISMATCH'],
    ['claims: "runner-environment=github-hosted\\nbuild-trigger=release"', {}, 'CLAIM_MISMATCH'],
    ['annotations: stage=prod', { annotations: { stage: 'prod' } }, 'accepted'],
    ['annotations: stage=prod', { annotations: { stage: 'dev' } }, 'ANNOTATION_MISMATCH'],
    ['annotations: stage=prod', {}, 'ANNOTATION_MISMATCH'],
    ['max-age: 3h', {}, 'accepted'],
    ['max-age: 1h', {}, 'TOO_OLD'],
  ] as const)('%s', (line, given, expected) => {
    expect(judge(policy(KEYLESS, `countersign/${line}`), given)).toBe(expected);
  });

  test('with the line breaks of Windows', () => {
    const text = policy(
      KEYLESS,
      'countersign/claims: "runner-environment=github-hosted\\r\\nbuild-trigger=push\\r\\n"',
    );
    expect(judge(text)).toBe('accepted');
  });
});

describe('attestations', () => {
  const vulnerable = 'https://cosign.sigstore.dev/attestation/vuln/v1';
  const signed = (predicateType: string, given: Facts = {}, predicate: Readonly<Record<string, unknown>> = {}) => {
    const { identity, provenTimes } = facts(given);
    return { identity, provenTimes, statement: { predicateType, predicate } };
  };
  const wants = (...types: readonly string[]): string =>
    `${KEYLESS}\n  attestations:\n${types.map((type) => `    - {name: a, predicateType: "${type}"}`).join('\n')}`;

  test.each([
    ['vuln', vulnerable, 'accepted'],
    [vulnerable, vulnerable, 'accepted'],
    ['vuln', 'https://spdx.dev/Document', 'ATTESTATION_MISMATCH'],
    ['spdx', 'https://spdx.dev/Document', 'accepted'],
    ['spdxjson', 'https://spdx.dev/Document', 'accepted'],
    // Exact, unlike a line of countersign/attestations.
    ['spdx', 'https://spdx.dev/Document/v2.3', 'ATTESTATION_MISMATCH'],
    ['slsaprovenance', 'https://slsa.dev/provenance/v0.2', 'accepted'],
    ['slsaprovenance1', 'https://slsa.dev/provenance/v1', 'accepted'],
    ['slsaprovenance1', 'https://slsa.dev/provenance/v0.2', 'ATTESTATION_MISMATCH'],
    ['https://acme.example/review', 'https://acme.example/review', 'accepted'],
    ['https://acme.example/review', 'https://acme.example/review/', 'ATTESTATION_MISMATCH'],
  ])('predicateType %s on an attestation of type %s: %s', (wanted, found, expected) => {
    const authority = keylessOf(policy(wants(wanted)));
    const [requirement, second] = authority.attestations;
    if (requirement === undefined || second !== undefined) throw new Error('not one requirement');
    expect(authority.requireSignature).toBe(false);
    const evaluation = evaluateAttestation(signed(found), requirement, NOW);
    expect(evaluation.kind === 'accepted' ? 'accepted' : evaluation.reason).toBe(expected);
  });

  test('who signed it is judged by the identities and annotations of the policy', () => {
    const [requirement] = keylessOf(policy(wants('vuln'), 'countersign/source-ref: refs/heads/main')).attestations;
    if (requirement === undefined) throw new Error('no requirement');
    const reason = (given: Facts): string => {
      const evaluation = evaluateAttestation(signed(vulnerable, given), requirement, NOW);
      return evaluation.kind === 'accepted' ? 'accepted' : evaluation.reason;
    };
    expect(reason({})).toBe('accepted');
    expect(reason({ subject: CALLED })).toBe('IDENTITY_MISMATCH');
    expect(reason({ claims: { 'source-repository-ref': 'refs/tags/v1' } })).toBe('CLAIM_MISMATCH');
  });

  test('several types of one authority are several requirements', () => {
    const { attestations } = keylessOf(policy(wants('vuln', 'spdx')));
    expect(attestations.map(({ line }) => line)).toEqual(['vuln', 'spdx']);
  });

  test('lines of the annotation come in addition, to the image signature or to the types', () => {
    const annotation = 'countersign/attestations: |-\n  provenance\n  spdx max-age=1h';
    const plain = keylessOf(policy(KEYLESS, annotation));
    expect(plain.requireSignature).toBe(true);
    expect(plain.attestations.map(({ line }) => line)).toEqual(['provenance', 'spdx max-age=1h']);
    const both = keylessOf(policy(wants('vuln'), annotation));
    expect(both.requireSignature).toBe(false);
    expect(both.attestations.map(({ line }) => line)).toEqual(['vuln', 'provenance', 'spdx max-age=1h']);
  });

  test('what provenance says is checked for a line, and is upstream no condition of a type', () => {
    const made = signed(
      'https://slsa.dev/provenance/v1',
      {},
      { buildDefinition: { buildType: 'https://other.example' } },
    );
    const [type] = keylessOf(policy(wants('slsaprovenance1'))).attestations;
    const [line] = keylessOf(policy(KEYLESS, 'countersign/attestations: provenance')).attestations;
    if (type === undefined || line === undefined) throw new Error('no requirement');
    expect(evaluateAttestation(made, type, NOW).kind).toBe('accepted');
    expect(evaluateAttestation(made, line, NOW)).toMatchObject({ reason: 'ATTESTATION_MISMATCH' });
  });

  test('a line without a signer means the identities of the authority, all of them', () => {
    const two = identities(exact(RELEASE), exact(RELEASE.replace('main', 'dev')));
    const [line] = keylessOf(policy(two, 'countersign/attestations: vuln')).attestations;
    if (line === undefined) throw new Error('no requirement');
    const reason = (subject: string): string => evaluateAttestation(signed(vulnerable, { subject }), line, NOW).kind;
    expect(reason(RELEASE)).toBe('accepted');
    expect(reason(RELEASE.replace('main', 'dev'))).toBe('accepted');
    expect(reason(RELEASE.replace('main', 'other'))).toBe('mismatch');
  });

  test('a line with a signer is judged by its own conditions alone', () => {
    const [line] = keylessOf(
      policy(KEYLESS, 'countersign/attestations: vuln source-repository=tools/scan'),
    ).attestations;
    if (line === undefined) throw new Error('no requirement');
    const scan = 'https://github.com/tools/scan';
    const given = {
      subject: `${scan}/.github/workflows/a.yml@refs/heads/main`,
      claims: { 'source-repository-uri': scan },
    };
    expect(evaluateAttestation(signed(vulnerable, given), line, NOW).kind).toBe('accepted');
    expect(evaluateAttestation(signed(vulnerable), line, NOW).kind).toBe('mismatch');
  });
});
