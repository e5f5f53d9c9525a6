import type { WorkflowRun } from '../../../sandbox/github/claims.ts';

/** One run of a workflow of examples/. */
export interface Case {
  /** Unique; letters, digits and hyphens. */
  readonly name: string;
  /** Path below examples/. */
  readonly example: string;
  /** The job that its id-tokens name; release.yml of acme/app on main unless told otherwise. */
  readonly as?: WorkflowRun;
  /** One change of its text. */
  readonly edit?: readonly [from: string, to: string];
  /** The shared workflow that it calls: `owner/name/path@ref` → path below examples/. */
  readonly calls?: readonly [uses: string, example: string];
  /** Calls .github/workflows/verify.yml of this repository. */
  readonly callsOurs?: true;
  /** Images that are there before, by who has signed them: the release workflow, another workflow, or nobody. */
  readonly released?: readonly string[];
  readonly foreign?: readonly string[];
  readonly unsigned?: readonly string[];
  /** Files of the repository, which name images as the example does. */
  readonly files?: Readonly<Record<string, string>>;
  readonly expected: Expected;
}

export type Expected =
  /** Every job succeeds. `signs`: how many images; `deploys`: one of its lines, in which `…` stands for a digest. `says`: in its log. */
  | {
      readonly outcome: 'passes';
      readonly signs?: number;
      readonly deploys?: readonly string[];
      readonly says?: string;
    }
  /** A job fails with this code, what follows does not run, and nothing is deployed. */
  | { readonly outcome: 'refuses'; readonly code: string };

export const RELEASE: WorkflowRun = { repository: 'acme/app', workflowPath: '.github/workflows/release.yml' };
export const NIGHTLY: WorkflowRun = { repository: 'acme/app', workflowPath: '.github/workflows/nightly.yml' };
const calledAt = (tag: string): WorkflowRun => ({
  ...RELEASE,
  reusableWorkflow: `acme/ci/.github/workflows/build.yml@refs/tags/${tag}`,
});

const APP = 'ghcr.io/acme/app:latest';
const WORKER = 'ghcr.io/acme/worker:latest';
const pod = (...images: readonly string[]): string =>
  JSON.stringify({
    ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' } },
    spec: {
      initContainers: images.slice(1).map((image, number) => ({ name: `init-${number}`, image })),
      containers: [{ name: 'web', image: images[0] }],
    },
  });
const deploysApp = ['deployment/app app=ghcr.io/acme/app@…'];
const refuses = (code: string): Expected => ({ outcome: 'refuses', code });
const bakeFile = JSON.stringify({
  target: {
    api: { context: 'api', tags: ['ghcr.io/acme/api:1', 'ghcr.io/acme/api:2'] },
    web: { context: 'web', tags: ['ghcr.io/acme/web:1'] },
  },
});
const kustomize = (image: string) => ({ 'overlays/production/rendered.yaml': pod(image) });
const helm = (image: string) => ({
  'chart/rendered.yaml': pod(image),
  'values/production.yaml': 'replicas: 2\n',
});
const deploysPinned = (...images: readonly string[]): Expected => ({
  outcome: 'passes',
  deploys: images.map((image) => `${image}@…`),
});

/** Event push, everything as it should be. */
export const GOOD: readonly Case[] = [
  signs('build-push-sign.yml', 1),
  signs('multi-arch-several-registries.yml', 2),
  signs('matrix-one-signing-job.yml', 3),
  { ...signs('bake.yml', 2), files: { 'docker-bake.json': bakeFile } },
  signs('imagetools-create.yml', 1),
  signs('attest-matrix-sboms.yml', 6),
  {
    ...{ name: 'reusable-caller', example: 'reusable-caller.yml', as: calledAt('v3') },
    calls: ['acme/ci/.github/workflows/build.yml@v3', 'reusable-build.yml'],
    expected: { outcome: 'passes', signs: 1, deploys: deploysApp },
  },
  {
    ...{ name: 'private-own-sigstore', example: 'private-own-sigstore.yml' },
    expected: { outcome: 'passes', signs: 1, deploys: deploysApp },
  },
  {
    ...{ name: 'attest-github-store', example: 'attest-github-store.yml' },
    expected: { outcome: 'passes', signs: 1, deploys: deploysApp },
  },
  signs('migration/actions-attest-after.yml', 1),
  signs('migration/cosign-installer-after.yml', 1),
  {
    ...signs('migration/tutorial-after.yml', 1),
    as: { repository: 'acme/app', workflowPath: '.github/workflows/ci.yml' },
  },
  {
    ...{ name: 'deploy-gate-other-repository', example: 'deploy-gate-other-repository.yml', released: [APP, WORKER] },
    expected: {
      outcome: 'passes',
      deploys: [...deploysApp, 'deployment/worker worker=ghcr.io/acme/worker@…'],
    },
  },
  {
    ...{ name: 'job-level-gate', example: 'job-level-gate.yml', callsOurs: true, released: [APP] },
    expected: { outcome: 'passes', deploys: deploysApp },
  },
  {
    ...{ name: 'rollout-2-enforce', example: 'rollout-2-enforce.yml', released: [APP] },
    expected: { outcome: 'passes', deploys: deploysApp },
  },
  {
    ...{ name: 'kustomize', example: 'kustomize.yml', released: ['ghcr.io/acme/app:1'] },
    ...{ files: kustomize('ghcr.io/acme/app:1'), expected: deploysPinned('ghcr.io/acme/app:1') },
  },
  {
    ...{ name: 'helm', example: 'helm.yml', released: ['ghcr.io/acme/app:1'] },
    ...{ files: helm('ghcr.io/acme/app:1'), expected: deploysPinned('ghcr.io/acme/app:1') },
  },
  {
    ...{ name: 'verify-files-deploy', example: 'verify-files-deploy.yml' },
    released: ['ghcr.io/acme/web:1', 'ghcr.io/acme/init:1'],
    unsigned: ['ghcr.io/acme/sample:1'],
    files: {
      'deploy/web.yaml': pod('ghcr.io/acme/web:1', 'ghcr.io/acme/init:1'),
      'deploy/examples/sample.yaml': pod('ghcr.io/acme/sample:1'),
    },
    expected: deploysPinned('ghcr.io/acme/web:1', 'ghcr.io/acme/init:1'),
  },
];

/** Event push; in each case one thing is wrong. Only the first step of a rollout lets it through. */
export const WRONG: readonly Case[] = [
  {
    ...{ name: 'build-push-sign-without-permission', example: 'build-push-sign.yml' },
    edit: ['      id-token: write\n', ''],
    expected: refuses('IDENTITY_TOKEN_UNAVAILABLE'),
  },
  {
    ...{ name: 'reusable-caller-other-version', example: 'reusable-caller.yml', as: calledAt('v2') },
    edit: ['build.yml@v3', 'build.yml@v2'],
    calls: ['acme/ci/.github/workflows/build.yml@v2', 'reusable-build.yml'],
    expected: refuses('IDENTITY_MISMATCH'),
  },
  {
    ...{ name: 'private-own-sigstore-other-file', example: 'private-own-sigstore.yml', as: NIGHTLY },
    expected: refuses('CLAIM_MISMATCH'),
  },
  {
    ...{ name: 'migration-cosign-installer-after-other-file', example: 'migration/cosign-installer-after.yml' },
    ...{ as: NIGHTLY, expected: refuses('IDENTITY_MISMATCH') },
  },
  {
    ...{ name: 'attest-github-store-other-file', example: 'attest-github-store.yml', as: NIGHTLY },
    expected: refuses('CLAIM_MISMATCH'),
  },
  {
    ...{ name: 'migration-actions-attest-after-fork', example: 'migration/actions-attest-after.yml' },
    ...{ as: { ...RELEASE, repository: 'mallory/app' }, expected: refuses('CLAIM_MISMATCH') },
  },
  {
    ...{ name: 'migration-tutorial-after-other-file', example: 'migration/tutorial-after.yml' },
    expected: refuses('CLAIM_MISMATCH'),
  },
  {
    ...{ name: 'deploy-gate-other-repository-one-unsigned', example: 'deploy-gate-other-repository.yml' },
    ...{ released: [APP], unsigned: [WORKER], expected: refuses('NO_SIGNATURE') },
  },
  {
    ...{ name: 'rollout-1-warn-unsigned', example: 'rollout-1-warn.yml', unsigned: [APP] },
    expected: {
      ...{ outcome: 'passes', deploys: deploysApp },
      says: 'enforcing would have stopped this deployment (NO_SIGNATURE)',
    },
  },
  {
    ...{ name: 'rollout-2-enforce-unsigned', example: 'rollout-2-enforce.yml', unsigned: [APP] },
    expected: refuses('NO_SIGNATURE'),
  },
  {
    ...{ name: 'kustomize-unsigned', example: 'kustomize.yml', unsigned: ['ghcr.io/acme/app:1'] },
    ...{ files: kustomize('ghcr.io/acme/app:1'), expected: refuses('NO_SIGNATURE') },
  },
  {
    ...{ name: 'helm-other-file', example: 'helm.yml', foreign: ['ghcr.io/acme/app:1'] },
    ...{ files: helm('ghcr.io/acme/app:1'), expected: refuses('IDENTITY_MISMATCH') },
  },
  {
    ...{ name: 'verify-files-deploy-one-unsigned', example: 'verify-files-deploy.yml' },
    ...{ released: ['ghcr.io/acme/web:1'], unsigned: ['ghcr.io/acme/init:1'] },
    files: { 'deploy/web.yaml': pod('ghcr.io/acme/web:1', 'ghcr.io/acme/init:1') },
    expected: refuses('NO_SIGNATURE'),
  },
];

/** Event push, alone: act starts no further job of any workflow once a called workflow has failed. */
export const WRONG_CALL: readonly Case[] = [
  {
    ...{ name: 'job-level-gate-unsigned', example: 'job-level-gate.yml', callsOurs: true, unsigned: [APP] },
    expected: refuses('NO_SIGNATURE'),
  },
];

/** Event workflow_dispatch. */
export const DISPATCHED: readonly Case[] = [
  {
    ...{ name: 'deploy-gate', example: 'deploy-gate.yml', released: [APP] },
    expected: { outcome: 'passes', deploys: deploysApp },
  },
  {
    ...{ name: 'deploy-gate-unsigned', example: 'deploy-gate.yml', unsigned: [APP], expected: refuses('NO_SIGNATURE') },
  },
  {
    ...{ name: 'deploy-gate-other-file', example: 'deploy-gate.yml', foreign: [APP] },
    expected: refuses('CLAIM_MISMATCH'),
  },
];

/** Events workflow_dispatch and schedule: two nights, and between them something happens in the registry. */
export const AUDITED: Case = {
  ...{ name: 'audit-nightly', example: 'audit-nightly.yml' },
  released: [APP, 'docker.io/acme/app:v1.0'],
  expected: { outcome: 'passes' },
};
/** Pushed between the nights. */
export const APPEARED = 'ghcr.io/acme/app:of-a-stranger';

/** Event pull_request. What is there already is not signed, and is not what the pull request brings. */
export const PULL_REQUESTS: readonly Case[] = [
  {
    ...{ name: 'verify-files-pull-request', example: 'verify-files-pull-request.yml' },
    ...{ unsigned: ['ghcr.io/acme/old:1'], released: ['ghcr.io/acme/web:1', 'ghcr.io/acme/base:1'] },
    files: { 'deploy/web.yaml': pod('ghcr.io/acme/web:1'), 'web/Dockerfile': 'FROM ghcr.io/acme/base:1\n' },
    expected: { outcome: 'passes' },
  },
  {
    ...{ name: 'verify-files-pull-request-unsigned-base', example: 'verify-files-pull-request.yml' },
    ...{ unsigned: ['ghcr.io/acme/old:1', 'ghcr.io/acme/base:1'], released: ['ghcr.io/acme/web:1'] },
    files: { 'deploy/web.yaml': pod('ghcr.io/acme/web:1'), 'web/Dockerfile': 'FROM ghcr.io/acme/base:1\n' },
    expected: refuses('NO_SIGNATURE'),
  },
];
export const OLD_FILES = { 'deploy/old.yaml': pod('ghcr.io/acme/old:1') };

/** Why an example does not run on act. The sandbox's own runner runs them all (__tests__/examples). */
export const CANNOT: Readonly<Record<string, string>> = {
  'third-party-images.yml': 'one image is signed with an account of Google, which only the real Sigstore certifies',
  'private-free-and-team.yml': 'is about the line that names the public Sigstore, which is not on this machine',
  'private-enterprise-cloud.yml': "is about the line that names GitHub's Sigstore, which is not on this machine",
  'ghes.yml': 'is about a server of its own, and the certificate authority here names github.com as the server',
};

/** What the table names, without `before` files, which use no action of ours. */
export const CASES: readonly Case[] = [...GOOD, ...WRONG, ...WRONG_CALL, ...DISPATCHED, AUDITED, ...PULL_REQUESTS];

function signs(example: string, images: number): Case {
  const name = example.replace(/\.yml$/, '').replaceAll('/', '-');
  return { name, example, expected: { outcome: 'passes', signs: images } };
}
