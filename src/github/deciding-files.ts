import { isJsonObject } from '../domain/text/json-object.ts';
import { field, isCommitHash, text } from './event-payload.ts';

/** The commit or branch that files which decide what is trusted are read from. */
export interface FileVersion {
  /** `owner/name`. */
  readonly repository: string;
  /** A whole commit hash, or a full ref such as `refs/heads/main`. */
  readonly ref: string;
  /** What it is to people, such as `the base commit of this pull request`. */
  readonly name: string;
}

/** Which version of the repository's files decides what is trusted in this run. */
export interface DecidingFiles {
  /**
   * True if only people who may write to the repository choose the commit of a run of this event, so that its
   * files may decide. False for pull requests, the merge queue, and every event that is not known.
   */
  readonly isTrustedEvent: boolean;
  /** The commit of this run on a trusted event, else what pull requests cannot change; undefined if nothing names it. */
  readonly version: FileVersion | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows */
const TRUSTED_EVENTS = ['push', 'schedule', 'workflow_dispatch', 'repository_dispatch', 'release'];
/** Where the merge queue pushes what it tries out. */
const MERGE_QUEUE = 'refs/heads/gh-readonly-queue/';

/** Reads which files decide; never throws. A called workflow has the event of its caller. */
export function readDecidingFiles(env: Environment, event: unknown, repository: string | undefined): DecidingFiles {
  if (isTrustedEvent(env, event)) {
    const version = versionOf(repository, hash(env['GITHUB_SHA']), 'the commit of this run');
    return { isTrustedEvent: true, version };
  }
  const base = field(event, 'pull_request', 'base');
  const version =
    versionOf(
      text(field(base, 'repo', 'full_name')),
      hash(field(base, 'sha')),
      'the base commit of this pull request',
    ) ??
    versionOf(repository, hash(field(event, 'merge_group', 'base_sha')), 'the base commit of this merge group') ??
    versionOf(repository, branch(field(event, 'repository', 'default_branch')), 'the default branch');
  return { isTrustedEvent: false, version };
}

function isTrustedEvent(env: Environment, event: unknown): boolean {
  if (!TRUSTED_EVENTS.includes(env['GITHUB_EVENT_NAME'] ?? '')) return false;
  // These events carry neither; whatever does is about code that is not in yet.
  if (isJsonObject(field(event, 'pull_request')) || isJsonObject(field(event, 'merge_group'))) return false;
  if (env['GITHUB_EVENT_NAME'] !== 'push') return true;
  return ![env['GITHUB_REF'], field(event, 'ref')].some((ref) => text(ref)?.startsWith(MERGE_QUEUE));
}

/** All three become part of a URL. */
function versionOf(repository: string | undefined, ref: string | undefined, name: string): FileVersion | undefined {
  if (repository === undefined || ref === undefined || !isRepositoryName(repository)) return undefined;
  return { repository, ref, name };
}

function isRepositoryName(value: string): boolean {
  return /^[\w.-]+\/[\w.-]+$/.test(value) && !value.split('/').some((part) => part === '.' || part === '..');
}

function hash(value: unknown): string | undefined {
  const found = text(value);
  return found !== undefined && isCommitHash(found) ? found : undefined;
}

/** The full ref, as a tag may have the same short name; undefined for what git-check-ref-format(1) forbids. */
function branch(value: unknown): string | undefined {
  const name = text(value);
  if (name === undefined || name.length > 255 || /\p{Cc}|\p{Cs}|[ ~^:?*[\\]|\.\.|@\{|\/\/|^[-/]|[/.]$/u.test(name))
    return undefined;
  return `refs/heads/${name}`;
}
