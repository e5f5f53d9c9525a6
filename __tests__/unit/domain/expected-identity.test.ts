import { expect, test } from 'vitest';
import { expectedIdentity } from '../../../src/domain/identity/expected-identity.ts';

const GITHUB = { serverUrl: 'https://github.com' };
const TOKEN = {
  iss: 'https://token.actions.githubusercontent.com',
  sub: 'repo:octo-org/octo-repo:environment:production',
  aud: 'sigstore',
  environment: 'production',
  event_name: 'push',
  sha: 'a'.repeat(40),
  ref: 'refs/heads/main',
  workflow: 'release',
  repository: 'octo-org/octo-repo',
  repository_id: '456789',
  repository_owner: 'octo-org',
  repository_owner_id: '123456',
  repository_visibility: 'public',
  run_id: '17',
  run_attempt: '2',
  runner_environment: 'github-hosted',
  workflow_ref: 'octo-org/octo-repo/.github/workflows/release.yml@refs/heads/main',
  workflow_sha: 'b'.repeat(40),
  job_workflow_ref: 'octo-org/shared/.github/workflows/sign.yml@refs/tags/v3',
  job_workflow_sha: 'c'.repeat(40),
};

test('says every claim that Fulcio writes for a GitHub token; the subject is the called workflow', () => {
  expect(expectedIdentity(TOKEN, GITHUB)).toEqual({
    issuer: 'https://token.actions.githubusercontent.com',
    subject: 'https://github.com/octo-org/shared/.github/workflows/sign.yml@refs/tags/v3',
    claims: {
      'issuer-deprecated': 'https://token.actions.githubusercontent.com',
      'github-workflow-trigger': 'push',
      'github-workflow-sha': 'a'.repeat(40),
      'github-workflow-name': 'release',
      'github-workflow-repository': 'octo-org/octo-repo',
      'github-workflow-ref': 'refs/heads/main',
      issuer: 'https://token.actions.githubusercontent.com',
      'build-signer-uri': 'https://github.com/octo-org/shared/.github/workflows/sign.yml@refs/tags/v3',
      'build-signer-digest': 'c'.repeat(40),
      'runner-environment': 'github-hosted',
      'source-repository-uri': 'https://github.com/octo-org/octo-repo',
      'source-repository-digest': 'a'.repeat(40),
      'source-repository-ref': 'refs/heads/main',
      'source-repository-identifier': '456789',
      'source-repository-owner-uri': 'https://github.com/octo-org',
      'source-repository-owner-identifier': '123456',
      'build-config-uri': 'https://github.com/octo-org/octo-repo/.github/workflows/release.yml@refs/heads/main',
      'build-config-digest': 'b'.repeat(40),
      'build-trigger': 'push',
      'run-invocation-uri': 'https://github.com/octo-org/octo-repo/actions/runs/17/attempts/2',
      'source-repository-visibility-at-signing': 'public',
      'deployment-environment': 'production',
      'token-subject': 'repo:octo-org/octo-repo:environment:production',
    },
  });
});

test.each([
  ['https://token.actions.githubusercontent.com', 'https://octo.example', 'https://github.com', "GitHub's own issuer"],
  [
    'https://token.actions.githubusercontent.com/acme',
    'https://octo.example',
    'https://github.com',
    'an enterprise of it',
  ],
  [
    'https://token.actions.githubusercontent.com.evil.example',
    'https://octo.example',
    'https://octo.example',
    'another host',
  ],
  ['https://octo.example/_services/token', 'https://octo.example/', 'https://octo.example', 'GHES, slash cut'],
  ['https://token.actions.acme.ghe.com', 'https://acme.ghe.com', 'https://acme.ghe.com', 'a tenant'],
])('the issuer %s on the server %s means URIs of %s: %s', (iss, serverUrl, host) => {
  const { subject, claims } = expectedIdentity({ ...TOKEN, iss }, { serverUrl });
  expect(subject).toBe(`${host}/${TOKEN.job_workflow_ref}`);
  expect(claims['source-repository-uri']).toBe(`${host}/octo-org/octo-repo`);
  expect(claims['run-invocation-uri']).toBe(`${host}/octo-org/octo-repo/actions/runs/17/attempts/2`);
});

test.each([
  ['environment', 'deployment-environment', 'most jobs have none'],
  ['repository', 'source-repository-uri', 'no half URI'],
  ['run_attempt', 'run-invocation-uri', 'no half URI'],
  ['run_id', 'run-invocation-uri', 'no half URI'],
  ['repository', 'run-invocation-uri', 'no half URI'],
  ['repository_visibility', 'source-repository-visibility-at-signing', 'tokens of old servers lack it'],
] as const)('without %s in the token there is no claim %s: %s', (missing, claim, _reason) => {
  for (const value of [undefined, '', 7]) {
    const { claims } = expectedIdentity({ ...TOKEN, [missing]: value }, GITHUB);
    expect(Object.hasOwn(claims, claim)).toBe(false);
  }
});

test.each<[string, Record<string, unknown>, string]>([
  ['an e-mail identity', { iss: 'x', email: 'jane@example.com', sub: '42' }, 'jane@example.com'],
  ['anything else', { iss: 'x', sub: 'https://kubernetes.io/ns/x' }, 'https://kubernetes.io/ns/x'],
  ['nothing', {}, ''],
])('the subject of %s is what the token has', (_what, claims, subject) => {
  expect(expectedIdentity(claims, GITHUB)).toMatchObject({ issuer: claims['iss'] ?? '', subject });
});
