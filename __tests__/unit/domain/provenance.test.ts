import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isDescribedEvent, workflowProvenance } from '../../../src/domain/attestation/provenance.ts';
import { attestationStatement } from '../../../src/domain/attestation/statement.ts';
import { expectedIdentity } from '../../../src/domain/identity/expected-identity.ts';
import { parseDigest } from '../../../src/domain/image/digest.ts';
import { parseRepository } from '../../../src/domain/image/reference.ts';
import { parseCertificate, readUnverifiedIdentity } from '../../../src/sigstore/verifying/certificate.ts';

const SAMPLES = join(import.meta.dirname, '../../fixtures/attestation-samples');

function readSample(name: string) {
  const bundle = JSON.parse(readFileSync(join(SAMPLES, `${name}.json`), 'utf8'));
  const { certificate, x509CertificateChain } = bundle.verificationMaterial;
  const { rawBytes } = certificate ?? x509CertificateChain.certificates[0];
  const identity = readUnverifiedIdentity(parseCertificate(Buffer.from(rawBytes, 'base64')));
  const payload = Buffer.from(bundle.dsseEnvelope.payload, 'base64').toString();
  return { claims: identity?.claims ?? {}, payload, statement: JSON.parse(payload) };
}

const TOKEN = {
  iss: 'https://token.actions.githubusercontent.com',
  sub: 'repo:acme/app:ref:refs/heads/main',
  repository: 'acme/app',
  repository_id: '12',
  repository_owner: 'acme',
  repository_owner_id: '34',
  ref: 'refs/heads/main',
  sha: 'a'.repeat(40),
  event_name: 'push',
  workflow_ref: 'acme/app/.github/workflows/release.yml@refs/heads/main',
  job_workflow_ref: 'acme/flows/.github/workflows/sign.yml@refs/tags/v1',
  runner_environment: 'github-hosted',
  run_id: '56',
  run_attempt: '2',
};
const claimsOf = (changes: Partial<typeof TOKEN> = {}) =>
  expectedIdentity({ ...TOKEN, ...changes }, { serverUrl: 'https://github.com' }).claims;

test("the provenance of a certificate's claims is byte for byte what actions/attest wrote beside it", () => {
  const { claims, payload, statement } = readSample('actions-attest-public-good');
  const provenance = workflowProvenance(claims);
  expect(provenance).toEqual(statement.predicate);
  const digest = parseDigest(`sha256:${statement.subject[0].digest.sha256}`);
  if (digest === undefined) throw new TypeError('the sample has no digest');
  const repository = parseRepository('ghcr.io/acme/artifact');
  const predicate = { type: 'https://slsa.dev/provenance/v1', json: JSON.stringify(provenance) };
  const ours = new TextDecoder().decode(attestationStatement({ repository, digest }, predicate));
  expect(ours).toBe(payload.replace('"name":"artifact"', '"name":"ghcr.io/acme/artifact"'));
});

test.each([
  ['source-repository-ref', 'refs/heads/other'],
  ['source-repository-digest', 'b'.repeat(40)],
  ['build-trigger', 'push'],
  ['source-repository-identifier', '1'],
  ['source-repository-owner-identifier', '1'],
  ['runner-environment', 'self-hosted'],
  ['build-signer-uri', 'https://github.com/too-legit/attest/.github/workflows/x.yml@refs/heads/main'],
  ['build-config-uri', 'https://github.com/too-legit/attest/.github/workflows/x.yml@refs/heads/main'],
  ['run-invocation-uri', 'https://github.com/too-legit/attest/actions/runs/1/attempts/1'],
] as const)('another %s gives another provenance', (name, value) => {
  const { claims, statement } = readSample('actions-attest-public-good');
  expect(workflowProvenance({ ...claims, [name]: value })).not.toEqual(statement.predicate);
});

test('of a reusable workflow, the builder is the called workflow and the parameters name the caller', () => {
  const { claims, statement } = readSample('actions-attest-reusable-workflow');
  const { buildDefinition, runDetails } = workflowProvenance(claims);
  // The sample is of the older form; what did not change since is the same.
  expect(buildDefinition.externalParameters).toEqual(statement.predicate.buildDefinition.externalParameters);
  expect(buildDefinition.resolvedDependencies).toEqual(statement.predicate.buildDefinition.resolvedDependencies);
  expect(runDetails.metadata).toEqual(statement.predicate.runDetails.metadata);
  expect(runDetails.builder.id).toMatch(
    /^https:\/\/github\.com\/github\/artifact-attestations-workflows\/\.github\/workflows\/attest\.yml@[0-9a-f]{40}$/,
  );
});

test("an id-token's claims give the provenance before there is a certificate", () => {
  expect(workflowProvenance(claimsOf())).toEqual({
    buildDefinition: {
      buildType: 'https://actions.github.io/buildtypes/workflow/v1',
      externalParameters: {
        workflow: {
          ref: 'refs/heads/main',
          repository: 'https://github.com/acme/app',
          path: '.github/workflows/release.yml',
        },
      },
      internalParameters: {
        github: {
          event_name: 'push',
          repository_id: '12',
          repository_owner_id: '34',
          runner_environment: 'github-hosted',
        },
      },
      resolvedDependencies: [
        { uri: 'git+https://github.com/acme/app@refs/heads/main', digest: { gitCommit: 'a'.repeat(40) } },
      ],
    },
    runDetails: {
      builder: { id: 'https://github.com/acme/flows/.github/workflows/sign.yml@refs/tags/v1' },
      metadata: { invocationId: 'https://github.com/acme/app/actions/runs/56/attempts/2' },
    },
  });
});

test('a workflow path with @ ends at the first one, and that of another repository keeps its name', () => {
  const path = (workflow_ref: string) =>
    workflowProvenance(claimsOf({ workflow_ref })).buildDefinition.externalParameters.workflow.path;
  expect(path('acme/app/.github/workflows/a@b.yml@refs/heads/main')).toBe('.github/workflows/a');
  expect(path('acme/rules/.github/workflows/x.yml@refs/heads/main')).toBe('acme/rules/.github/workflows/x.yml');
});

test('each claim that is missing is named', () => {
  const { 'runner-environment': _, 'run-invocation-uri': __, ...claims } = claimsOf();
  expect(() => workflowProvenance(claims)).toThrow('there is no claim runner-environment, run-invocation-uri');
});

test('the events that the build type describes', () => {
  expect(['create', 'release', 'push', 'workflow_dispatch'].every(isDescribedEvent)).toBe(true);
  expect(['pull_request', 'schedule', '', 'Push'].some(isDescribedEvent)).toBe(false);
});
