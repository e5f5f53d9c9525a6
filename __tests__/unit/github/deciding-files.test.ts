import { describe, expect, test } from 'vitest';
import { type DecidingFiles, readDecidingFiles } from '../../../src/github/deciding-files.ts';

const RUN = 'c'.repeat(40);
const BASE = '1'.repeat(40);
const PULL = { base: { sha: BASE, repo: { full_name: 'acme/app' } }, head: { sha: '2'.repeat(40) } };
const REPOSITORY = { full_name: 'acme/app', default_branch: 'main' };

function decide(eventName: string | undefined, event: unknown = {}, env: Record<string, string> = {}): DecidingFiles {
  const name = eventName === undefined ? {} : { GITHUB_EVENT_NAME: eventName };
  const payload = typeof event === 'object' ? { repository: REPOSITORY, ...event } : event;
  return readDecidingFiles({ GITHUB_SHA: RUN, GITHUB_REF: 'refs/heads/main', ...name, ...env }, payload, 'acme/app');
}

const commit = (ref: string, name: string) => ({ repository: 'acme/app', ref, name });
const THIS_RUN = commit(RUN, 'the commit of this run');
const PULL_BASE = commit(BASE, 'the base commit of this pull request');
const QUEUE_BASE = commit(BASE, 'the base commit of this merge group');
const DEFAULT_BRANCH = commit('refs/heads/main', 'the default branch');

describe('the commit of the run decides', () => {
  test.each(['push', 'schedule', 'workflow_dispatch', 'repository_dispatch', 'release'])('on %s', (name) => {
    expect(decide(name)).toEqual({ isTrustedEvent: true, version: THIS_RUN });
  });

  test('on a push of a tag, and of a branch that is only named like the merge queue', () => {
    for (const ref of ['refs/tags/v1', 'refs/heads/x/gh-readonly-queue/main', 'refs/tags/gh-readonly-queue/main'])
      expect(decide('push', { ref }, { GITHUB_REF: ref })).toEqual({ isTrustedEvent: true, version: THIS_RUN });
  });

  test('whoever caused it, also if the payload quotes a pull request elsewhere', () => {
    const event = { client_payload: { pull_request: PULL }, inputs: { merge_group: { base_sha: BASE } } };
    expect(decide('repository_dispatch', event)).toEqual({ isTrustedEvent: true, version: THIS_RUN });
  });
});

describe('what pull requests cannot change decides', () => {
  test.each<[string | undefined, unknown, unknown]>([
    ['pull_request', { pull_request: PULL }, PULL_BASE],
    ['pull_request_target', { pull_request: PULL }, PULL_BASE],
    ['pull_request_review', { pull_request: PULL }, PULL_BASE],
    ['merge_group', { merge_group: { base_sha: BASE, head_sha: RUN } }, QUEUE_BASE],
    ['workflow_run', { workflow_run: { head_sha: RUN, pull_requests: [{ base: { sha: BASE } }] } }, DEFAULT_BRANCH],
    ['issue_comment', { issue: { number: 7, pull_request: { url: 'https://x' } } }, DEFAULT_BRANCH],
    ['check_suite', { check_suite: { head_sha: RUN, pull_requests: [{ base: { sha: BASE } }] } }, DEFAULT_BRANCH],
    ['deployment', { deployment: { sha: RUN } }, DEFAULT_BRANCH],
    ['deployment_status', {}, DEFAULT_BRANCH],
    ['create', { ref: 'topic' }, DEFAULT_BRANCH],
    ['workflow_call', {}, DEFAULT_BRANCH],
    ['dynamic', {}, DEFAULT_BRANCH],
    ['PUSH', {}, DEFAULT_BRANCH],
    ['push ', {}, DEFAULT_BRANCH],
    ['', {}, DEFAULT_BRANCH],
    [undefined, {}, DEFAULT_BRANCH],
    ['whatever', { pull_request: PULL }, PULL_BASE],
    ['push', { pull_request: PULL }, PULL_BASE],
    ['push', { merge_group: { base_sha: BASE } }, QUEUE_BASE],
  ])('on %s (%#)', (name, event, version) => {
    expect(decide(name, event)).toEqual({ isTrustedEvent: false, version });
  });

  const QUEUED = 'refs/heads/gh-readonly-queue/main/pr-7-abc';
  test.each([
    [{ GITHUB_REF: QUEUED }, { ref: QUEUED }],
    [{ GITHUB_REF: QUEUED }, {}],
    [{ GITHUB_REF: '' }, { ref: QUEUED }],
  ])('on a push by the merge queue, of which environment or payload tell (%#)', (env, event) => {
    expect(decide('push', event, env)).toEqual({ isTrustedEvent: false, version: DEFAULT_BRANCH });
  });
});

describe('nothing becomes part of a URL that is not a hash, a branch or a repository', () => {
  test.each([
    'main',
    '1'.repeat(39),
    '1'.repeat(41),
    'A'.repeat(40),
    `${BASE}/..`,
    `${BASE}\n`,
    '',
    7,
    null,
    undefined,
  ])('the base commit %j does not count', (sha) => {
    const pull = { pull_request: { base: { sha, repo: { full_name: 'acme/app' } } } };
    expect(decide('pull_request', pull).version).toEqual(DEFAULT_BRANCH);
    expect(decide('merge_group', { merge_group: { base_sha: sha } }).version).toEqual(DEFAULT_BRANCH);
    expect(decide('push', {}, { GITHUB_SHA: String(sha) }).version).toBeUndefined();
  });

  test('a hash may be one of SHA-256', () => {
    const sha = '1'.repeat(64);
    expect(decide('merge_group', { merge_group: { base_sha: sha } }).version).toMatchObject({ ref: sha });
  });

  test.each(['acme', 'acme/app/x', '../app', 'acme/..', './app', 'acme/app?x', 'acme/a#b', 'acme/%2e%2e', 'a b/c', ''])(
    'the repository %j does not count',
    (name) => {
      const pull = { pull_request: { base: { sha: BASE, repo: { full_name: name } } } };
      expect(decide('pull_request', pull).version).toEqual(DEFAULT_BRANCH);
      const env = { GITHUB_EVENT_NAME: 'push', GITHUB_SHA: RUN };
      expect(readDecidingFiles(env, {}, name)).toEqual({ isTrustedEvent: true, version: undefined });
    },
  );

  test.each(['trunk', 'a/b', 'feature#1', 'a%2fb', 'größe', '1'.repeat(40)])(
    'the branch %s is asked for whole',
    (name) => {
      const event = { repository: { default_branch: name } };
      expect(decide('workflow_run', event).version).toMatchObject({ ref: `refs/heads/${name}` });
    },
  );

  test.each([
    '',
    'a..b',
    'a b',
    'a~1',
    'a^',
    'a:b',
    'a?',
    'a*',
    'a[',
    'a\\b',
    'a@{1}',
    '/a',
    'a/',
    'a//b',
    'a.',
    '-a',
    'a\nb',
    'a\ud800',
    'a'.repeat(256),
    7,
    null,
  ])('the branch %j does not count', (name) => {
    expect(decide('workflow_run', { repository: { default_branch: name } }).version).toBeUndefined();
  });
});

test.each([undefined, null, 'text', [], { pull_request: [], repository: 7, merge_group: 'x' }])(
  'a payload %j names nothing, and throws nothing',
  (event) => {
    const env = { GITHUB_EVENT_NAME: 'workflow_run', GITHUB_SHA: RUN };
    expect(readDecidingFiles(env, event, 'acme/app')).toEqual({ isTrustedEvent: false, version: undefined });
  },
);
