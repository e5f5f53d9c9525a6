import { isJsonObject } from '../domain/text/json-object.ts';
import { field, isCommitHash, text } from './event-payload.ts';

/** The commit or branch that trust files (contract §2.2) are read from. */
export interface FileVersion {
  /** `owner/name`. */
  readonly repository: string;
  /** A full commit hash, or a full ref such as `refs/heads/main`. */
  readonly ref: string;
  /** A description for people, such as `the base commit of this pull request`. */
  readonly name: string;
}

/** The version of the repository's files that decides what is trusted in this run. */
export interface DecidingFiles {
  /**
   * True if only people with write access choose the commit of a run for this event, so that its files can be
   * trusted. False for pull requests, the merge queue, and every unknown event.
   */
  readonly isTrustedEvent: boolean;
  /** On a trusted event this run's commit, else a version that pull requests cannot change. Undefined if unknown. */
  readonly version: FileVersion | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows */
const TRUSTED_EVENTS = ['push', 'schedule', 'workflow_dispatch', 'repository_dispatch', 'release'];
/** The prefix of the branches that the merge queue pushes for testing. */
const MERGE_QUEUE = 'refs/heads/gh-readonly-queue/';

/** Reads which version decides. Never throws. A called workflow has the event of its caller. */
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
  // Trusted events have neither field. An event with one is about code that is not merged yet.
  if (isJsonObject(field(event, 'pull_request')) || isJsonObject(field(event, 'merge_group'))) return false;
  if (env['GITHUB_EVENT_NAME'] !== 'push') return true;
  return ![env['GITHUB_REF'], field(event, 'ref')].some((ref) => text(ref)?.startsWith(MERGE_QUEUE));
}

/** Repository and ref become part of a URL, so both are checked. */
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

/** The full ref, because a tag may have the same short name. Undefined if git-check-ref-format(1) forbids the name. */
function branch(value: unknown): string | undefined {
  const name = text(value);
  if (name === undefined || name.length > 255 || /\p{Cc}|\p{Cs}|[ ~^:?*[\\]|\.\.|@\{|\/\/|^[-/]|[/.]$/u.test(name))
    return undefined;
  return `refs/heads/${name}`;
}
