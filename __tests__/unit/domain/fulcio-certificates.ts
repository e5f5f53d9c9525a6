import fc from 'fast-check';
import type { ClaimName } from '../../../src/domain/signature/claims.ts';
import type { CertificateIdentity } from '../../../src/domain/signature/facts.ts';

/**
 * Certificates as Fulcio writes them for the issuers that its specification names: the subject and the extensions that
 * its templates make from an id-token (fulcio config/identity/config.yaml, pkg/identity/…/principal.go,
 * docs/oid-info.md).
 */

export interface Sample {
  readonly identity: CertificateIdentity;
  /** `GITHUB_SERVER_URL` of the run that verifies. */
  readonly serverUrl: string;
  /** What is true of the certificate. Hints are compared with it. */
  readonly truth: Truth;
}

interface Truth {
  /** The signer is a workflow of another repository, called by the one that was built. */
  readonly calls: 'foreign' | 'nothing';
  /** GitLab: the configuration lies in another project. */
  readonly isForeignConfig: boolean;
  /** Identity rule 4 refuses it. */
  readonly isPullRequestCode: boolean;
}

type Claimed = Partial<Record<ClaimName, string | undefined>>;

/** Events that identity rule 4 allows. A pull request shows in its ref. */
const TRIGGERS = ['push', 'workflow_dispatch', 'schedule', 'release', 'pull_request'];
/** Some of those that it refuses, because accounts without permissions can cause them. */
const OUTSIDERS = ['pull_request_target', 'issue_comment', 'workflow_run', 'watch', 'fork', 'discussion'];

const BRANCHES = [
  'main',
  'release/1.x',
  'dependabot/npm_and_yarn/@types/node-1.2',
  'fix/#12-it+more',
  'a@refs/heads/b',
  'true',
  '100%',
  'a,b',
  'x"$(id)`id`;id',
  "it's",
  'größe',
  'wow!',
];
const TAGS = ['v1.2.3', '1.2.3', 'app/v1.0.0-rc.1', 'k8s-v1.30', 'latest', 'app@2.0', 'release-2024-05-01'];
const hex = (length: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...'0123456789abcdef'), { minLength: length, maxLength: length }).map((all) => all.join(''));
const SHA = hex(40);
const NAME = fc.constantFrom('Acme', 'acme-inc', 'octo_acme', 'a1');
const REPOSITORY = fc.constantFrom('App', '.github', 'my.app-2', 'x');
const NUMBER = fc.integer({ min: 1, max: 99_999 }).map(String);
const REF = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...BRANCHES).map((name) => `refs/heads/${name}`) },
  { weight: 4, arbitrary: fc.constantFrom(...TAGS).map((name) => `refs/tags/${name}`) },
  { weight: 1, arbitrary: NUMBER.map((id) => `refs/pull/${id}/merge`) },
);
const FILE = fc.constantFrom('release.yml', 'ci@2.yml', 'Release_1.yaml', 'build & sign.yml');

function certificate({
  subject,
  subjectKind = 'uri',
  issuer,
  claims = {},
}: {
  readonly subject: string;
  readonly subjectKind?: CertificateIdentity['subjectKind'];
  readonly issuer: string;
  readonly claims?: Claimed;
}): CertificateIdentity {
  const all: Claimed = { 'issuer-deprecated': issuer, issuer, ...claims };
  // Fulcio leaves out empty values.
  const present = Object.entries(all).filter(([, value]) => value !== undefined && value !== '');
  return {
    issuer,
    subject: subjectKind === 'uri' ? asGoUrl(subject) : subject,
    subjectKind,
    claims: Object.fromEntries(present),
  };
}

/** A URI SAN is parsed and printed by net/url, which escapes what a path may not hold. */
function asGoUrl(uri: string): string {
  return uri.replace(/%(?![0-9a-f]{2})|[^A-Za-z0-9._~:/?#@!$&'()*+,;=%-]/gi, (found) => encodeURIComponent(found));
}

const PLAIN: Truth = { calls: 'nothing', isForeignConfig: false, isPullRequestCode: false };
const isPull = (...refs: readonly string[]): boolean => refs.some((ref) => ref.startsWith('refs/pull/'));

interface GithubServer {
  readonly url: string;
  readonly issuer: string;
  /** Other servers that may verify. */
  readonly verifiers: readonly string[];
}

/** A job on GitHub Actions, with the called workflow that held the key. */
function githubJob({ url, issuer, verifiers }: GithubServer): fc.Arbitrary<Sample> {
  return fc
    .record({
      owner: NAME,
      name: REPOSITORY,
      ref: REF,
      file: FILE,
      event: fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom(...TRIGGERS) },
        { weight: 1, arbitrary: fc.constantFrom(...OUTSIDERS) },
      ),
      called: fc.constantFrom('nothing', 'nothing', 'local', 'local at a tag', 'tag', 'branch', 'commit'),
      sha: SHA,
      id: NUMBER,
      visibility: fc.constantFrom('public', 'private', 'internal'),
      environment: fc.constantFrom('', 'prod'),
      serverUrl: fc.constantFrom(url, url, ...verifiers),
    })
    .map(({ owner, name, ref, file, event, called, sha, id, visibility, environment, serverUrl }) => {
      const repository = `${owner}/${name}`;
      const workflow = `${repository}/.github/workflows/${file}@${ref}`;
      const job = {
        nothing: workflow,
        local: `${repository}/.github/workflows/sign.yml@${ref}`,
        'local at a tag': `${repository}/.github/workflows/sign.yml@refs/tags/v9`,
        tag: 'shared/flows/.github/workflows/sign.yml@refs/tags/v3',
        branch: 'shared/flows/.github/workflows/sign.yml@refs/heads/main',
        commit: `shared/flows/.github/workflows/sign.yml@${sha}`,
      }[called];
      const identity = certificate({
        subject: `${url}/${job}`,
        issuer,
        claims: {
          'github-workflow-trigger': event,
          'github-workflow-sha': sha,
          'github-workflow-name': 'Release & sign',
          'github-workflow-repository': repository,
          'github-workflow-ref': ref,
          'build-signer-uri': `${url}/${job}`,
          'build-signer-digest': sha,
          'runner-environment': 'github-hosted',
          'source-repository-uri': `${url}/${repository}`,
          'source-repository-digest': sha,
          'source-repository-ref': ref,
          'source-repository-identifier': id,
          'source-repository-owner-uri': `${url}/${owner}`,
          'source-repository-owner-identifier': '99',
          'build-config-uri': `${url}/${workflow}`,
          'build-config-digest': sha,
          'build-trigger': event,
          'run-invocation-uri': `${url}/${repository}/actions/runs/${id}/attempts/1`,
          'source-repository-visibility-at-signing': visibility,
          'deployment-environment': environment,
          'token-subject': `repo:${repository}:ref:${ref}`,
        },
      });
      const isPullRequestCode = isPull(ref) || OUTSIDERS.includes(event);
      const isForeign = job.startsWith('shared/');
      return { identity, serverUrl, truth: { ...PLAIN, calls: isForeign ? 'foreign' : 'nothing', isPullRequestCode } };
    });
}

const GITHUB_SERVER: GithubServer = {
  url: 'https://github.com',
  issuer: 'https://token.actions.githubusercontent.com',
  verifiers: ['https://ghes.example'],
};

/** A certificate of the first years, with the old claims alone. */
const oldGithub = githubJob(GITHUB_SERVER).map((sample): Sample => {
  const claims = Object.entries(sample.identity.claims).filter(([name]) => /^github-|^issuer/.test(name));
  return {
    ...sample,
    identity: { ...sample.identity, claims: Object.fromEntries(claims) },
    truth: { ...sample.truth, calls: 'nothing' },
  };
});

/** A job of a GitLab server; its configuration can lie in another project. */
function gitlabJob(url: string): fc.Arbitrary<Sample> {
  return fc
    .record({
      project: fc.constantFrom('group/app', 'group/sub/app', 'g.r/a_b/c-d/App'),
      file: fc.constantFrom('.gitlab-ci.yml', 'ci/release.yml', 'ci.yml'),
      foreign: fc.constantFrom(false, false, true),
      ref: REF.filter((ref) => !isPull(ref)),
      source: fc.constantFrom('push', 'web', 'schedule', 'api', 'trigger', 'merge_request_event'),
      sha: SHA,
      id: NUMBER,
    })
    .map(({ project, file, foreign, ref, source, sha, id }) => {
      const host = url.slice('https://'.length);
      const config = foreign
        ? `${host}/group/templates//build.yml@refs/heads/main`
        : `${host}/${project}//${file}@${ref}`;
      const owner = project.slice(0, project.lastIndexOf('/'));
      const identity = certificate({
        subject: `https://${config}`,
        issuer: url,
        claims: {
          'build-signer-uri': `https://${config}`,
          'build-signer-digest': sha,
          'runner-environment': 'gitlab-hosted',
          'source-repository-uri': `${url}/${project}`,
          'source-repository-digest': sha,
          'source-repository-ref': ref,
          'source-repository-identifier': id,
          'source-repository-owner-uri': `${url}/${owner}`,
          'source-repository-owner-identifier': '99',
          'build-config-uri': `https://${config}`,
          'build-config-digest': sha,
          'build-trigger': source,
          'run-invocation-uri': `${url}/${project}/-/jobs/${id}`,
          'source-repository-visibility-at-signing': 'public',
          'token-subject': `project_path:${project}:ref_type:branch:ref:${ref}`,
        },
      });
      const truth = { ...PLAIN, isForeignConfig: foreign, isPullRequestCode: source === 'merge_request_event' };
      return { identity, serverUrl: 'https://github.com', truth };
    });
}

const UUID = hex(32).map((all) => all.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'));

const circleci = fc
  .record({
    org: fc.option(UUID, { nil: undefined }),
    project: UUID,
    definition: UUID,
    pipeline: UUID,
    // The project can lie elsewhere than on GitHub, or without a repository.
    origin: fc.constantFrom('github.com/Acme/App', 'bitbucket.org/acme/app', 'gitlab.com/group/sub/app', ''),
    ref: fc.oneof(REF, fc.constantFrom('refs/pull/7/head', 'main', '')),
  })
  .map(({ org, project, definition, pipeline, origin, ref }): Sample => {
    const api = 'https://circleci.com/api/v2';
    const signer = `${api}/projects/${project}/pipeline-definitions/${definition}`;
    const identity = certificate({
      subject: signer,
      issuer: `https://oidc.circleci.com${org === undefined ? '' : `/org/${org}`}`,
      claims: {
        'build-config-uri': `${api}/pipeline/${pipeline}/config`,
        'build-signer-uri': signer,
        'run-invocation-uri': `https://app.circleci.com//workflow/${pipeline}/job/${definition}`,
        'runner-environment': '""',
        'source-repository-uri': origin,
        'source-repository-ref': ref,
        'token-subject': `org/x/project/${project}/user/y`,
      },
    });
    return { identity, serverUrl: 'https://github.com', truth: { ...PLAIN, isPullRequestCode: isPull(ref) } };
  });

const codefresh = fc
  .record({
    account: fc.constantFrom('codefresh-account', 'acme inc'),
    pipeline: fc.constantFrom('oidc-test/get-token', 'default/build & push'),
    id: hex(24),
    url: fc.constantFrom(
      'https://github.com/acme/app',
      'https://github.com/acme/app.git',
      'git@github.com:acme/app.git',
      'https://bitbucket.org/acme/app/',
      '',
    ),
    ref: fc.constantFrom('main', 'v1.0.0', 'feature/x', 'refs/heads/main', ...BRANCHES, ''),
  })
  .map(({ account, pipeline, id, url, ref }): Sample => {
    const platform = 'https://g.codefresh.io';
    const identity = certificate({
      subject: `${platform}/${account}/${pipeline}:628a80b693a15c0f9c13ab75/${id}`,
      issuer: 'https://oidc.codefresh.io',
      claims: {
        'build-signer-uri': `${platform}/build/${id}`,
        'runner-environment': 'hybrid',
        'source-repository-uri': url,
        'source-repository-ref': ref,
        'build-config-uri': `${platform}/api/pipelines/${id}`,
        'run-invocation-uri': `${platform}/build/${id}`,
        'token-subject': `account:${account}:pipeline:${id}`,
      },
    });
    return { identity, serverUrl: 'https://github.com', truth: PLAIN };
  });

const buildkite = fc.record({ org: NAME, pipeline: REPOSITORY, sha: SHA, job: UUID }).map(
  ({ org, pipeline, sha, job }): Sample => ({
    identity: certificate({
      subject: `https://buildkite.com/${org}/${pipeline}`,
      issuer: 'https://agent.buildkite.com',
      claims: {
        'run-invocation-uri': `https://buildkite.com/${org}/${pipeline}/builds/12#${job}`,
        'runner-environment': 'self-hosted',
        'source-repository-digest': sha,
        'build-trigger': 'webhook',
        'token-subject': `organization:${org}:pipeline:${pipeline}:ref:refs/heads/main`,
      },
    }),
    serverUrl: 'https://github.com',
    truth: PLAIN,
  }),
);

const buddy = fc
  .record({
    workspace: NAME,
    project: fc.constantFrom('app', 'my-app'),
    pipeline: NUMBER,
    ref: fc.oneof(fc.constant(''), REF, fc.constant('main')),
    issuer: fc.constantFrom('https://oidc.buddyusercontent.com', 'https://eu-oidc.buddyusercontent.com'),
  })
  .map(({ workspace, project, pipeline, ref, issuer }): Sample => {
    const base = `https://app.buddy.works/${workspace}`;
    const signer = `${base}/${project}/pipelines/pipeline/${pipeline}`;
    const identity = certificate({
      subject: signer,
      issuer,
      claims: {
        'build-signer-uri': signer,
        'build-trigger': 'ON_EVERY_PUSH',
        'runner-environment': 'platform-hosted',
        'source-repository-uri': `${base}/${project}`,
        'source-repository-ref': ref,
        'source-repository-owner-uri': base,
        'run-invocation-uri': `${signer}/execution/1`,
        'token-subject': `workspace:${workspace}`,
      },
    });
    return { identity, serverUrl: 'https://github.com', truth: { ...PLAIN, isPullRequestCode: isPull(ref) } };
  });

/** Forgejo Actions, which mirror GitHub's tokens; its Fulcio is a private one. */
const forgejo = fc
  .record({ owner: NAME, name: REPOSITORY, ref: REF, event: fc.constantFrom('push', 'release', 'issue_comment') })
  .map(({ owner, name, ref, event }): Sample => {
    const url = 'https://codeberg.org';
    const repository = `${url}/${owner}/${name}`;
    const workflow = `${repository}/.forgejo/workflows/publish.yml@${ref}`;
    const identity = certificate({
      subject: workflow,
      issuer: `${url}/api/actions`,
      claims: {
        'build-signer-uri': workflow,
        'source-repository-uri': repository,
        'source-repository-ref': ref,
        'source-repository-owner-uri': `${url}/${owner}`,
        'build-config-uri': workflow,
        'build-trigger': event,
        'run-invocation-uri': `${repository}/actions/runs/7/attempts/1`,
      },
    });
    const isPullRequestCode = isPull(ref) || event === 'issue_comment';
    return { identity, serverUrl: 'https://github.com', truth: { ...PLAIN, isPullRequestCode } };
  });

function plainly(arbitrary: fc.Arbitrary<Parameters<typeof certificate>[0]>): fc.Arbitrary<Sample> {
  return arbitrary.map((one) => ({ identity: certificate(one), serverUrl: 'https://github.com', truth: PLAIN }));
}

const email = (issuers: readonly string[], addresses: readonly string[]): fc.Arbitrary<Sample> =>
  plainly(
    fc
      .record({ issuer: fc.constantFrom(...issuers), subject: fc.constantFrom(...addresses), sub: NUMBER })
      .map(({ issuer, subject, sub }) => ({
        issuer,
        subject,
        subjectKind: 'email',
        claims: { 'token-subject': sub },
      })),
  );

const kubernetes = plainly(
  fc
    .record({
      issuer: fc.constantFrom(
        'https://container.googleapis.com/v1/projects/p/locations/europe-west1/clusters/c',
        'https://oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF',
        'https://oidc.prod-aks.azure.com/11111111-2222-3333-4444-555555555555/',
        'https://westeurope.oic.prod-aks.azure.com/11111111-2222-3333-4444-555555555555/aaaa',
      ),
      namespace: fc.constantFrom('default', 'tekton-chains'),
    })
    .map(({ issuer, namespace }) => ({
      issuer,
      subject: `https://kubernetes.io/namespaces/${namespace}/serviceaccounts/builder`,
      claims: { 'token-subject': `system:serviceaccount:${namespace}:builder` },
    })),
);

/** Certificates by the kind of their issuer. */
export const CERTIFICATES: readonly (readonly [string, fc.Arbitrary<Sample>])[] = [
  ['GitHub', githubJob(GITHUB_SERVER)],
  ['GitHub, one enterprise', githubJob({ ...GITHUB_SERVER, issuer: `${GITHUB_SERVER.issuer}/acme` })],
  [
    'GitHub Enterprise Server',
    githubJob({
      url: 'https://ghes.example',
      issuer: 'https://ghes.example/_services/token',
      verifiers: ['https://github.com'],
    }),
  ],
  [
    'ghe.com',
    githubJob({
      url: 'https://acme.ghe.com',
      issuer: 'https://token.actions.acme.ghe.com',
      verifiers: ['https://github.com'],
    }),
  ],
  ['GitHub, old', oldGithub],
  ['gitlab.com', gitlabJob('https://gitlab.com')],
  ['a GitLab server', gitlabJob('https://gitlab.archlinux.org')],
  ['a GitLab server of another name', gitlabJob('https://git.example')],
  ['CircleCI', circleci],
  ['Codefresh', codefresh],
  ['Buildkite', buildkite],
  ['Buddy', buddy],
  ['Forgejo', forgejo],
  [
    'a person',
    email(
      [
        'https://github.com/login/oauth',
        'https://accounts.google.com',
        'https://login.microsoftonline.com',
        'https://sigstore.verify.ibm.com/oauth2',
        'https://www.kaggle.com/api/v1/models/signing',
      ],
      ['jane@example.com', 'jane.doe+ci@mail.example.co.uk', "o'brien@example.com", 'J_D-1@example.com'],
    ),
  ],
  ['a Google service account', email(['https://accounts.google.com'], ['builder@acme-prod.iam.gserviceaccount.com'])],
  [
    'SPIFFE',
    plainly(
      fc.constantFrom('spiffe://acme.example/ns/ci/sa/builder', 'spiffe://acme.example/a_b/C').map((subject) => ({
        issuer: 'https://oidc.acme.example',
        subject,
        claims: { 'token-subject': subject },
      })),
    ),
  ],
  ['Kubernetes', kubernetes],
  [
    'Chainguard',
    plainly(
      hex(40).map((id) => ({
        issuer: 'https://issuer.enforce.dev',
        subject: `https://issuer.enforce.dev/${id}/0123456789abcdef`,
        claims: { 'token-subject': `${id}/0123456789abcdef` },
      })),
    ),
  ],
  [
    'a URI',
    plainly(
      fc.constantFrom('https://ci.acme.example/jobs/7', 'https://ci.acme.example/a b?c=d').map((subject) => ({
        issuer: 'https://ci.acme.example',
        subject,
        claims: { 'token-subject': subject },
      })),
    ),
  ],
  [
    'a user name',
    plainly(
      fc.constantFrom('builder!acme.example', 'build bot!acme.example').map((subject) => ({
        issuer: 'https://login.acme.example',
        subject,
        subjectKind: 'other' as const,
        claims: { 'token-subject': subject.split('!')[0] },
      })),
    ),
  ],
];
