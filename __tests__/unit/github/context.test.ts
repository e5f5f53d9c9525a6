import { expect, test } from 'vitest';
import { readContext } from '../../../src/github/context.ts';

const ENV = { GITHUB_REPOSITORY: 'acme/app', GITHUB_EVENT_NAME: 'push', GITHUB_ACTOR: 'octocat' };
const SHA = '1'.repeat(40);

function pull(head: unknown): unknown {
  return { pull_request: { head: { repo: head }, base: { sha: SHA, repo: { full_name: 'acme/app' } } } };
}

test('reads a push', () => {
  const env = {
    ...ENV,
    GITHUB_RUN_ID: '9',
    GITHUB_RUN_ATTEMPT: '2',
    GITHUB_SERVER_URL: 'https://ghe.example/',
    GITHUB_SHA: SHA,
  };
  expect(readContext(env, { repository: { visibility: 'public', private: false } })).toEqual({
    eventName: 'push',
    serverUrl: 'https://ghe.example',
    apiUrl: 'https://api.github.com',
    repository: 'acme/app',
    actor: 'octocat',
    sha: SHA,
    reportSha: SHA,
    attempt: '9/2',
    runUrl: 'https://ghe.example/acme/app/actions/runs/9/attempts/2',
    isPullRequest: false,
    deciding: { isTrustedEvent: true, version: { repository: 'acme/app', ref: SHA, name: 'the commit of this run' } },
    isForkRun: false,
    isDependabot: false,
    mayHoldForeignFiles: false,
    visibility: 'public',
  });
});

test.each([
  [pull({ full_name: 'acme/app' }), false, 'same repository'],
  [pull({ full_name: 'Acme/App' }), false, 'same repository in other case'],
  [pull({ full_name: 'eve/app' }), true, 'another repository'],
  [pull(null), true, 'a deleted fork'],
  [{ workflow_run: { head_repository: { full_name: 'eve/app' } } }, true, 'a workflow_run of a fork'],
  [{ workflow_run: { head_repository: { full_name: 'acme/app' } } }, false, 'a workflow_run of our own'],
  [{}, false, 'no head at all: a push'],
])('tells a fork from our own (%#)', (event, isForkRun, _why) => {
  expect(readContext(ENV, event).isForkRun).toBe(isForkRun);
});

test.each([
  ['pull_request', pull({ full_name: 'eve/app' }), true],
  ['pull_request_review', pull({ full_name: 'eve/app' }), true],
  ['pull_request', pull({ full_name: 'acme/app' }), false],
  ['pull_request_target', pull({ full_name: 'eve/app' }), false],
  ['workflow_run', { workflow_run: { head_repository: { full_name: 'eve/app' } } }, false],
])('tells a run that gets no id-token from one of the own repository (%s, %#)', (name, event, expected) => {
  expect(readContext({ ...ENV, GITHUB_EVENT_NAME: name }, event).isForkRun).toBe(expected);
});

test.each([
  ['pull_request', {}, true],
  ['pull_request_target', {}, true],
  ['whatever', pull(null), true],
  ['push', {}, false],
])('an event %s counts as a pull request if its name or payload says so', (name, event, expected) => {
  expect(readContext({ ...ENV, GITHUB_EVENT_NAME: name }, event).isPullRequest).toBe(expected);
});

test.each([
  [{ visibility: 'internal', private: true }, 'internal'],
  [{ visibility: 'public', private: true }, 'private'],
  [{ private: false }, 'public'],
  [{}, 'unknown'],
])('reads the visibility of %j as %s', (repository, visibility) => {
  expect(readContext(ENV, { repository }).visibility).toBe(visibility);
});

test.each([undefined, null, 'text', [], { pull_request: [], repository: 7 }])(
  'never throws for the payload %j',
  (event) => {
    expect(readContext({}, event)).toMatchObject({ isForkRun: false, repository: undefined, visibility: 'unknown' });
  },
);

test('knows Dependabot by actor or author', () => {
  expect(readContext({ ...ENV, GITHUB_ACTOR: 'dependabot[bot]' }, {}).isDependabot).toBe(true);
  expect(readContext(ENV, { pull_request: { user: { login: 'dependabot[bot]' } } }).isDependabot).toBe(true);
});

const HEAD = '2'.repeat(40);

test.each([
  ['a push', {}, SHA],
  ['a schedule', { schedule: '0 0 * * *' }, SHA],
  ['a pull request: GITHUB_SHA is a merge commit that shows nowhere', { pull_request: { head: { sha: HEAD } } }, HEAD],
  ['a merge group', { merge_group: { head_sha: HEAD } }, HEAD],
  ['a workflow_run: GITHUB_SHA is the default branch', { workflow_run: { head_sha: HEAD } }, HEAD],
  ['a deployment', { deployment: { sha: HEAD } }, HEAD],
  ['a check suite', { check_suite: { head_sha: HEAD } }, HEAD],
  ['a head that is no hash', { pull_request: { head: { sha: 'main/../x' } } }, undefined],
])('reports about the right commit on %s', (_why, event, expected) => {
  expect(readContext({ ...ENV, GITHUB_SHA: SHA }, event).reportSha).toBe(expected);
});
