/** Claims of an id-token; GitHub's are strings except the times. */
export type TokenClaims = Readonly<Record<string, unknown>>;

/** What one job of a workflow is, as far as its id-token tells. Everything has a default. */
export interface WorkflowRun {
  /** `owner/name`, default `octo-org/octo-repo`. */
  readonly repository?: string;
  readonly repositoryId?: string;
  readonly ownerId?: string;
  readonly visibility?: 'public' | 'private' | 'internal';
  /** Full ref, default `refs/heads/main`. */
  readonly ref?: string;
  /** Commit, 40 hex. */
  readonly sha?: string;
  readonly eventName?: string;
  /** Display name of the workflow. */
  readonly workflow?: string;
  /** Path of the top-level workflow file. */
  readonly workflowPath?: string;
  /** The called workflow of a reusable one: `owner/name/path@ref`; default: the top-level workflow itself. */
  readonly reusableWorkflow?: string;
  readonly reusableWorkflowSha?: string;
  readonly environment?: string;
  /** `sub` as repositories have it that were made or moved after 15 July 2026: with numeric ids. */
  readonly immutableSubject?: boolean;
  readonly runId?: string;
  readonly runAttempt?: string;
  readonly runnerEnvironment?: 'github-hosted' | 'self-hosted';
  readonly actor?: string;
  /** Number of the pull request: event `pull_request`, ref `refs/pull/N/merge`. */
  readonly pullRequest?: number;
  /** Slug and id of an enterprise. */
  readonly enterprise?: string;
}

/** The job of a token unless told otherwise. */
export const DEFAULT_RUN = {
  repository: 'octo-org/octo-repo',
  workflowPath: '.github/workflows/release.yml',
  ref: 'refs/heads/main',
} as const;

/** Subject of the certificate that a Fulcio gives such a job on github.com. */
export const DEFAULT_SUBJECT = `https://github.com/${DEFAULT_RUN.repository}/${DEFAULT_RUN.workflowPath}@${DEFAULT_RUN.ref}`;

const SHA = '0123456789abcdef0123456789abcdef01234567';

function subjectOf(run: WorkflowRun, parts: { repository: string; ownerId: string; id: string; ref: string }): string {
  const [owner = '', name = ''] = parts.repository.split('/');
  const repository = run.immutableSubject === true ? `${owner}@${parts.ownerId}/${name}@${parts.id}` : parts.repository;
  if (run.environment !== undefined) return `repo:${repository}:environment:${run.environment.replaceAll(':', '%3A')}`;
  if (run.pullRequest !== undefined) return `repo:${repository}:pull_request`;
  return `repo:${repository}:ref:${parts.ref}`;
}

/** The claims GitHub puts into an id-token of such a job, without iss, aud, jti and the times. */
export function workflowClaims(run: WorkflowRun = {}): Record<string, string> {
  const pullRequest = run.pullRequest;
  const repository = run.repository ?? DEFAULT_RUN.repository;
  const id = run.repositoryId ?? '456789';
  const ownerId = run.ownerId ?? '123456';
  const ref = run.ref ?? (pullRequest === undefined ? DEFAULT_RUN.ref : `refs/pull/${pullRequest}/merge`);
  const sha = run.sha ?? SHA;
  const workflowRef = `${repository}/${run.workflowPath ?? DEFAULT_RUN.workflowPath}@${ref}`;
  return {
    sub: subjectOf(run, { repository, ownerId, id, ref }),
    ref,
    ref_type: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    ref_protected: 'true',
    sha,
    base_ref: pullRequest === undefined ? '' : 'main',
    head_ref: pullRequest === undefined ? '' : 'feature',
    event_name: run.eventName ?? (pullRequest === undefined ? 'push' : 'pull_request'),
    repository,
    repository_id: id,
    repository_owner: repository.split('/')[0] ?? '',
    repository_owner_id: ownerId,
    repository_visibility: run.visibility ?? 'public',
    actor: run.actor ?? 'octocat',
    actor_id: '583231',
    workflow: run.workflow ?? 'release',
    run_id: run.runId ?? '17000000001',
    run_number: '42',
    run_attempt: run.runAttempt ?? '1',
    check_run_id: '48000000001',
    workflow_ref: workflowRef,
    workflow_sha: sha,
    runner_environment: run.runnerEnvironment ?? 'github-hosted',
    job_workflow_ref: run.reusableWorkflow ?? workflowRef,
    job_workflow_sha: run.reusableWorkflow === undefined ? sha : (run.reusableWorkflowSha ?? '89'.repeat(20)),
    ...(run.environment === undefined ? {} : { environment: run.environment }),
    ...(run.enterprise === undefined ? {} : { enterprise: run.enterprise, enterprise_id: '4242' }),
  };
}

/** The claims of a job's token with some replaced, added or (undefined) removed. */
export function defaultClaims(run: WorkflowRun = {}, overrides: TokenClaims = {}): TokenClaims {
  return { ...workflowClaims(run), ...overrides };
}

/** Claims of a human's token, as Sigstore's own OIDC front end issues them. */
export function emailClaims(email: string, connector?: string): TokenClaims {
  return {
    sub: `user-${email}`,
    email,
    email_verified: true,
    ...(connector === undefined ? {} : { federated_claims: { connector_id: connector, user_id: '583231' } }),
  };
}
