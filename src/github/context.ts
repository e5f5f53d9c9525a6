import { isJsonObject } from '../domain/text/json-object.ts';
import { trimEnd } from '../domain/text/plain-text.ts';
import { type DecidingFiles, readDecidingFiles } from './deciding-files.ts';
import { field, isCommitHash, text } from './event-payload.ts';

/** Facts about the run from its environment and event payload. An entry reads them once. */
export interface GithubContext {
  readonly eventName: string;
  /** `https://github.com`, or the URL of a GHES or ghe.com server, without a final slash. */
  readonly serverUrl: string;
  readonly apiUrl: string;
  /** `owner/name` of the repository the run belongs to. */
  readonly repository: string | undefined;
  readonly actor: string;
  readonly sha: string | undefined;
  /**
   * The commit that a check run or status of this run belongs to, 40 or 64 hex digits: the head of a pull request,
   * merge group or triggering run, because GITHUB_SHA is then a merge commit or the default branch.
   */
  readonly reportSha: string | undefined;
  /** Run and attempt, `9001/1`; empty outside GitHub. */
  readonly attempt: string;
  /** The URL of the page of this run and attempt, for summaries. */
  readonly runUrl: string | undefined;
  /** True for every event that carries a pull request. */
  readonly isPullRequest: boolean;
  /** The version of the repository's files that decides what is trusted. */
  readonly deciding: DecidingFiles;
  /**
   * True if GitHub runs this without id-token and secrets, because a stranger's branch started it. False for events
   * that run the workflow of the base repository (pull_request_target, workflow_run), whoever caused them.
   */
  readonly isForkRun: boolean;
  /**
   * True if a stranger may have written the files of the working tree: on every event that pull requests can cause (see
   * `deciding`), unless each head repository that the payload names is this one, or it is a merge group. No login is used
   * for what such files name (contract §2.3).
   */
  readonly mayHoldForeignFiles: boolean;
  readonly isDependabot: boolean;
  /** The visibility of the repository according to the payload. The id-token decides. */
  readonly visibility: 'public' | 'private' | 'internal' | 'unknown';
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the context. Never throws: missing values are undefined, false or `unknown`. */
export function readContext(env: Environment, event: unknown): GithubContext {
  const eventName = env['GITHUB_EVENT_NAME'] ?? '';
  const serverUrl = trimEnd(env['GITHUB_SERVER_URL'] || 'https://github.com', '/');
  const repository = env['GITHUB_REPOSITORY'] || text(field(event, 'repository', 'full_name'));
  const pull = field(event, 'pull_request');
  const runId = env['GITHUB_RUN_ID'];
  const runUrl =
    repository && runId
      ? `${serverUrl}/${repository}/actions/runs/${runId}/attempts/${env['GITHUB_RUN_ATTEMPT'] || '1'}`
      : undefined;
  const deciding = readDecidingFiles(env, event, repository);
  return {
    eventName,
    serverUrl,
    apiUrl: trimEnd(env['GITHUB_API_URL'] || 'https://api.github.com', '/'),
    repository,
    actor: env['GITHUB_ACTOR'] ?? '',
    sha: env['GITHUB_SHA'] || undefined,
    reportSha: readReportSha(env, event),
    attempt: runId ? `${runId}/${env['GITHUB_RUN_ATTEMPT'] || '1'}` : '',
    runUrl,
    isPullRequest: eventName.startsWith('pull_request') || isJsonObject(pull),
    deciding,
    mayHoldForeignFiles: !deciding.isTrustedEvent && eventName !== 'merge_group' && !isOwnHead(event, repository),
    isForkRun: isForeign(event, repository) && eventName !== 'pull_request_target' && eventName !== 'workflow_run',
    isDependabot:
      env['GITHUB_ACTOR'] === 'dependabot[bot]' || field(event, 'pull_request', 'user', 'login') === 'dependabot[bot]',
    visibility: readVisibility(event),
  };
}

/** The commit that the payload names, or else the commit that the run was started for. */
function readReportSha(env: Environment, event: unknown): string | undefined {
  const named = [
    field(event, 'pull_request', 'head', 'sha'),
    field(event, 'merge_group', 'head_sha'),
    field(event, 'workflow_run', 'head_sha'),
    field(event, 'check_run', 'head_sha'),
    field(event, 'check_suite', 'head_sha'),
    field(event, 'deployment', 'sha'),
    env['GITHUB_SHA'],
  ].find((sha) => typeof sha === 'string' && sha !== '');
  return typeof named === 'string' && isCommitHash(named) ? named : undefined;
}

/** True if the event's head repository is missing or a different one: its content comes from a stranger. */
function isForeign(event: unknown, repository: string | undefined): boolean {
  return headsOf(event).some((head) => !isSameName(head, repository));
}

/** True if the event names a head repository, and each one that it names is this repository. */
function isOwnHead(event: unknown, repository: string | undefined): boolean {
  const heads = headsOf(event);
  return heads.length > 0 && heads.every((head) => isSameName(head, repository));
}

function isSameName(head: unknown, repository: string | undefined): boolean {
  return typeof head === 'string' && head.toLowerCase() === repository?.toLowerCase();
}

/** The head repositories of the event, `owner/name`; undefined for one that was deleted. */
function headsOf(event: unknown): unknown[] {
  const heads: unknown[] = [];
  if (isJsonObject(field(event, 'pull_request'))) heads.push(field(event, 'pull_request', 'head', 'repo', 'full_name'));
  if (isJsonObject(field(event, 'workflow_run')))
    heads.push(field(event, 'workflow_run', 'head_repository', 'full_name'));
  return heads;
}

/** The most private visibility that the payload states. */
function readVisibility(event: unknown): GithubContext['visibility'] {
  const visibility = field(event, 'repository', 'visibility');
  const isPrivate = field(event, 'repository', 'private');
  if (visibility === 'private' || visibility === 'internal') return visibility;
  if (isPrivate === true) return 'private';
  return visibility === 'public' || isPrivate === false ? 'public' : 'unknown';
}
