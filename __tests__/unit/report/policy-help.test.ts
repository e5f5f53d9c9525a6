import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { evaluateSigner } from '../../../src/domain/identity/signer-evaluation.ts';
import type { Digest } from '../../../src/domain/image/digest.ts';
import { parseRepository } from '../../../src/domain/image/reference.ts';
import { parseRegexp } from '../../../src/domain/patterns/regexp.ts';
import { readPolicies } from '../../../src/domain/policy/read-policies.ts';
import { selectPolicies } from '../../../src/domain/policy/select.ts';
import type { CertificateIdentity } from '../../../src/domain/signature/facts.ts';
import { offeredPolicies } from '../../../src/report/admission-policies.ts';
import type { TrustUsed } from '../../../src/report/paste-blocks.ts';
import { policyHelp } from '../../../src/report/policy-help.ts';
import type { ImageReport, SignatureDetails } from '../../../src/report/verify-details.ts';
import { image } from './report-samples.ts';

const DIGEST = `sha256:${'a'.repeat(64)}` as Digest;
const ISSUER = 'https://token.actions.githubusercontent.com';
const schema = (name: string) =>
  new Ajv({ strict: false, validateFormats: false }).compile(
    JSON.parse(readFileSync(join(import.meta.dirname, `../../fixtures/policy-schemas/${name}.json`), 'utf8')),
  );
const SCHEMAS = {
  clusterImagePolicy: schema('cluster-image-policy'),
  kyverno: schema('image-validating-policy'),
  flux: schema('flux-verify'),
};

function signer(over: Partial<CertificateIdentity> = {}): CertificateIdentity {
  const repository = 'https://github.com/acme/app';
  const ref = 'refs/tags/v1.2';
  return {
    issuer: ISSUER,
    subject: `${repository}/.github/workflows/release.yml@${ref}`,
    subjectKind: 'uri',
    claims: {
      'source-repository-uri': repository,
      'source-repository-ref': ref,
      'build-config-uri': `${repository}/.github/workflows/release.yml@${ref}`,
      'build-trigger': 'push',
    },
    ...over,
  };
}

const offer = (
  identity: CertificateIdentity,
  repository = 'ghcr.io/acme/app',
  trust: 'public-good' | 'custom' = 'public-good',
) =>
  offeredPolicies({
    identity,
    images: [{ pinned: `${repository}@${DIGEST}`, store: undefined, storeRules: [] }],
    serverUrl: 'https://github.com',
    trust,
  });

const PEOPLE: readonly (readonly [string, CertificateIdentity])[] = [
  ['a workflow of a tag', signer()],
  [
    'a person',
    signer({ issuer: 'https://accounts.google.com', subject: 'a+b@acme.example', subjectKind: 'email', claims: {} }),
  ],
  [
    'a GitLab pipeline',
    signer({
      issuer: 'https://gitlab.com',
      subject: 'https://gitlab.com/acme/app//.gitlab-ci.yml@refs/heads/main',
      claims: { 'source-repository-uri': 'https://gitlab.com/acme/app', 'source-repository-ref': 'refs/heads/main' },
    }),
  ],
];

describe.each(PEOPLE)('for %s', (_who, identity) => {
  test.each(['ghcr.io/acme/app', 'docker.io/library/nginx', 'localhost:5000/a/b_c'])('and %s', (repository) => {
    const offered = offer(identity, repository);
    if (typeof offered !== 'object') throw new Error(String(offered));
    for (const kind of ['clusterImagePolicy', 'kyverno', 'flux'] as const) {
      const text = offered[kind] ?? '';
      const value: unknown = parse(text);
      expect(SCHEMAS[kind](value), `${kind}\n${text}\n${JSON.stringify(SCHEMAS[kind].errors)}`).toBe(true);
    }
    // Our own reader takes the policy, which matches the image and accepts this signer, and no other.
    const context = { defaultIssuer: ISSUER, serverUrl: 'https://github.com', randomWord: 'qwertyui', parseRegexp };
    const read = readPolicies([{ file: 'p', text: offered.clusterImagePolicy }], {
      namesObjects: false,
      identity: context,
    });
    if (read.kind === 'invalid') throw new Error(JSON.stringify(read.problems));
    const selected = selectPolicies(read.set.policies, {
      repository: parseRepository(repository),
      digest: DIGEST,
      object: undefined,
    });
    expect(selected).toHaveLength(1);
    const [authority] = selected[0]?.authorities ?? [];
    if (authority?.kind !== 'keyless') throw new Error('not keyless');
    const judge = (who: CertificateIdentity) =>
      evaluateSigner({ identity: who, annotations: {}, provenTimes: [new Date(0)] }, authority.requirement, new Date(0))
        .kind;
    expect(judge(identity)).toBe('accepted');
    expect(judge({ ...identity, subject: `${identity.subject}x` })).toBe('mismatch');
    expect(judge({ ...identity, issuer: 'https://evil.example' })).toBe('mismatch');
    // Flux compares unanchored patterns.
    const [pattern] = (
      parse(offered.flux ?? '') as { verify: { matchOIDCIdentity: { issuer: string; subject: string }[] } }
    ).verify.matchOIDCIdentity;
    const matches = (source: string | undefined, value: string): boolean => new RegExp(source ?? '(?!)').test(value);
    expect(matches(pattern?.subject, identity.subject)).toBe(true);
    expect(matches(pattern?.issuer, identity.issuer)).toBe(true);
    expect(matches(pattern?.subject, `x${identity.subject}`)).toBe(false);
    expect(matches(pattern?.subject, identity.subject.replace('.', 'x'))).toBe(false);
    expect(matches(pattern?.issuer, `${identity.issuer}.evil.example`)).toBe(false);
  });
});

test('the schemas refuse a misspelt field', () => {
  for (const [kind, validate] of Object.entries(SCHEMAS)) {
    const offered = offer(signer());
    const text = typeof offered === 'object' ? (offered[kind as keyof typeof SCHEMAS] ?? '') : '';
    expect(validate(parse(text.replace('issuer:', 'isuer:'))), kind).toBe(false);
  }
});

test.each([
  [
    'pull-request code (rule 4)',
    signer({ claims: { ...signer().claims, 'source-repository-ref': 'refs/pull/7/merge' } }),
  ],
  ['a trigger of anybody (rule 4)', signer({ claims: { ...signer().claims, 'build-trigger': 'pull_request_target' } })],
  [
    'a called workflow of another repository (rule 3)',
    signer({ subject: 'https://github.com/octo/shared/.github/workflows/sign.yml@refs/tags/v3' }),
  ],
  [
    'a subject with a quotation mark',
    signer({ subject: "https://github.com/acme/app/.github/workflows/a'b.yml@refs/heads/x", claims: {} }),
  ],
])('nothing is offered for %s', (_what, identity) => {
  expect(typeof offer(identity)).toBe('string');
});

test('with a private root only the policy that can name it is offered', () => {
  const offered = offer(signer(), 'ghcr.io/acme/app', 'custom');
  expect(offered).toMatchObject({ kyverno: undefined, flux: undefined });
  expect(JSON.stringify(offered)).not.toContain('sigstore.dev\\n');
});

function report(
  reason: 'INPUT_INVALID' | 'POLICY_NO_MATCH',
  signatures: readonly Partial<SignatureDetails>[],
): ImageReport {
  return {
    result: image({ repository: 'ghcr.io/acme/app', verdict: 'error', reason }),
    details: {
      tags: [],
      platform: undefined,
      search: { repository: 'ghcr.io/acme/app', isRedirected: false, format: 'any', waited: false },
      signatures: signatures.map((one) => ({
        ...{ format: 'bundle', accepted: false, reason: null, verified: undefined, offer: undefined },
        ...{ unverified: undefined, findings: [], hints: [], message: undefined },
        ...one,
      })),
      others: [],
      places: [],
      hint: undefined,
    },
  };
}

const OPTIONS = { serverUrl: 'https://github.com', trustOf: (): TrustUsed => 'public-good', annotatedOf: () => [] };

test('a refusal without an identity offers all three for what was found, and nothing for what did not verify', () => {
  const { markdown, lines } = policyHelp([report('INPUT_INVALID', [{ verified: signer() }])], OPTIONS);
  for (const part of ['kind: ClusterImagePolicy', 'kind: ImageValidatingPolicy', 'provider: cosign']) {
    expect(markdown.join('\n')).toContain(part);
  }
  expect(SCHEMAS.clusterImagePolicy(parse(lines.join('\n')))).toBe(true);
  expect(policyHelp([report('INPUT_INVALID', [{ unverified: signer() }])], OPTIONS)).toEqual({
    markdown: [],
    lines: [],
  });
});

test('an annotated image that no policy matches gets the policy that its annotations mean', () => {
  const { issuer, subject } = signer();
  const annotated = [{ issuer, subject }];
  const { lines } = policyHelp([report('POLICY_NO_MATCH', [])], { ...OPTIONS, annotatedOf: () => annotated });
  expect(parse(lines.join('\n'))).toMatchObject({
    spec: { authorities: [{ keyless: { identities: [{ issuer, subject }] } }] },
  });
  // Half a signer names none, and pull-request code is not offered.
  const half = policyHelp([report('POLICY_NO_MATCH', [])], {
    ...OPTIONS,
    annotatedOf: () => [
      { issuer, subject: undefined },
      { issuer, subject: 'https://github.com/acme/app/.github/workflows/a.yml@refs/pull/1/merge' },
    ],
  });
  expect(half.lines).toEqual([]);
});
