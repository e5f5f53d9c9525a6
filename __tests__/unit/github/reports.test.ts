import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createGithubApi, type GithubApi, type GithubApiOptions } from '../../../sandbox/github/api.ts';
import { type Served, serve } from '../../../sandbox/http/serve.ts';
import { publishCheckRun } from '../../../src/github/check-run.ts';
import type { CheckReport } from '../../../src/github/check-run-calls.ts';
import { publishCommitStatus } from '../../../src/github/commit-status.ts';
import { createOctokit, fetchOver } from '../../../src/github/octokit.ts';
import type { Reporting, ReportTarget } from '../../../src/github/report-target.ts';
import { createHttpClient } from '../../../src/http/create-http-client.ts';
import type { HttpClient, HttpRequest } from '../../../src/http/http-client.ts';
import { testCall } from '../../calls.ts';

const SHA = '1'.repeat(40);
const TARGET: ReportTarget = {
  repository: 'acme/app',
  sha: SHA,
  attempt: '9001/1',
  detailsUrl: 'https://github.com/acme/app/actions/runs/9001/attempts/1',
};
const RERUN: ReportTarget = {
  ...TARGET,
  attempt: '9001/2',
  detailsUrl: 'https://github.com/acme/app/actions/runs/9001/attempts/2',
};
const REPORT: CheckReport = { name: 'images', conclusion: 'success', title: 't', summary: 's', annotations: [] };
/** A run of its own on the same commit: another workflow, or the same one started again. */
const OTHER_RUN: ReportTarget = {
  ...TARGET,
  attempt: '9002/1',
  detailsUrl: 'https://github.com/acme/app/actions/runs/9002/attempts/1',
};
const FAILURE: CheckReport = { ...REPORT, conclusion: 'failure' };

let api: GithubApi;
let served: Served;
let http: HttpClient;

function newApi(more: Partial<GithubApiOptions> = {}): GithubApi {
  return createGithubApi({
    ...more,
    tokens: {
      good: { checks: 'write', statuses: 'write' },
      readonly: { checks: 'read', statuses: 'read' },
    },
    repositories: { 'acme/app': { refs: {} } },
    basePath: '/api/v3',
  });
}

beforeAll(async () => {
  served = await serve((request) => api(request), { name: 'api' });
  http = createHttpClient({
    clock: { now: () => new Date(), sleep: async () => {} },
    random: () => 0,
  });
});
beforeEach(() => {
  api = newApi();
});
afterAll(async () => {
  await http.close();
  await served.close();
});

/** A publisher of the target's run and attempt. */
async function connect(token: string, target = TARGET): Promise<Reporting> {
  const octokit = await createOctokit({
    call: testCall(),
    http,
    token,
    apiUrl: `${served.url}/api/v3`,
    debug: () => {},
    conceal: (text) => text.replaceAll('opensesame', '(redacted)'),
  });
  return { octokit, target, clock: { sleep: async () => {} } };
}

test('creates a completed check run on the commit, with its page and text', async () => {
  expect(await publishCheckRun(await connect('good'), REPORT)).toEqual({ kind: 'published' });
  expect(api.checkRuns).toEqual([
    {
      id: 1000,
      name: 'images',
      head_sha: SHA,
      external_id: 'countersign:9001/1',
      details_url: TARGET.detailsUrl,
      status: 'completed',
      conclusion: 'success',
      output: { title: 't', summary: 's', annotations: [] },
    },
  ]);
});

const shownRuns = (): unknown[] => api.checkRuns.map((run) => [run.external_id, run.conclusion]);

test('a re-run that passes takes the place of every failure of the attempts before', async () => {
  await publishCheckRun(await connect('good'), FAILURE);
  await publishCheckRun(await connect('good'), FAILURE);
  expect(await publishCheckRun(await connect('good', RERUN), REPORT)).toEqual({ kind: 'published' });
  expect(shownRuns()).toEqual([
    ['countersign:9001/2', 'success'],
    ['countersign:9001/2', 'success'],
  ]);
});

test('a re-run that fails stands above the success of the attempt before', async () => {
  await publishCheckRun(await connect('good'), REPORT);
  expect(await publishCheckRun(await connect('good', RERUN), FAILURE)).toEqual({ kind: 'published' });
  expect(shownRuns()).toEqual([
    ['countersign:9001/1', 'success'],
    ['countersign:9001/2', 'failure'],
  ]);
});

test.each([
  ['failure', FAILURE],
  ['success', REPORT],
])('the %s of another run stays as it is, and the new one stands above it', async (conclusion, first) => {
  await publishCheckRun(await connect('good'), first);
  const before = structuredClone(api.checkRuns[0]);
  expect(await publishCheckRun(await connect('good', OTHER_RUN), REPORT)).toEqual({ kind: 'published' });
  expect(api.checkRuns[0]).toEqual(before);
  expect(shownRuns()).toEqual([
    ['countersign:9001/1', conclusion],
    ['countersign:9002/1', 'success'],
  ]);
});

test('a run whose number begins like another one is another run', async () => {
  await publishCheckRun(await connect('good', { ...TARGET, attempt: '90011/1' }), FAILURE);
  await publishCheckRun(await connect('good'), REPORT);
  expect(shownRuns()).toEqual([
    ['countersign:90011/1', 'failure'],
    ['countersign:9001/1', 'success'],
  ]);
});

test('a second step of one attempt does not turn the failure of the first into a success', async () => {
  await publishCheckRun(await connect('good'), FAILURE);
  expect(await publishCheckRun(await connect('good'), REPORT)).toEqual({ kind: 'kept' });
  expect(api.checkRuns.map((run) => run.conclusion)).toEqual(['failure']);
});

test('a failure sets the success of an earlier step of its attempt to failure', async () => {
  await publishCheckRun(await connect('good'), REPORT);
  await publishCheckRun(await connect('good'), FAILURE);
  expect(api.checkRuns.map((run) => run.conclusion)).toEqual(['failure', 'failure']);
  expect(api.checkRuns[0]?.output.title).toContain('another step of this run');
});

test('a job that happens to be called like the check run is left alone', async () => {
  const reporting = await connect('good');
  await reporting.octokit.request('POST /repos/{owner}/{repo}/check-runs', {
    owner: 'acme',
    repo: 'app',
    name: 'images',
    head_sha: SHA,
    external_id: 'a-uuid',
  });
  await publishCheckRun(reporting, REPORT);
  expect(api.checkRuns.map((run) => [run.external_id, run.status])).toEqual([
    ['a-uuid', 'queued'],
    ['countersign:9001/1', 'completed'],
  ]);
});

test('a newer job of the same name hides neither our check run nor its failure', async () => {
  const reporting = await connect('good');
  await publishCheckRun(reporting, FAILURE);
  await reporting.octokit.request('POST /repos/{owner}/{repo}/check-runs', {
    owner: 'acme',
    repo: 'app',
    name: 'images',
    head_sha: SHA,
  });
  expect(await publishCheckRun(reporting, REPORT)).toEqual({ kind: 'kept' });
  expect(await publishCheckRun(await connect('good', RERUN), REPORT)).toEqual({ kind: 'published' });
  expect(api.checkRuns.map((run) => [run.external_id, run.conclusion])).toEqual([
    ['countersign:9001/2', 'success'],
    ['', null],
  ]);
});

test('sends annotations fifty at a time, and starts anew where an earlier run left some', async () => {
  const reporting = await connect('good');
  const annotations = Array.from({ length: 120 }, (_, index) => ({
    path: 'deploy.yaml',
    line: index + 1,
    level: 'failure' as const,
    title: 'NO_SIGNATURE',
    message: 'm',
  }));
  await publishCheckRun(reporting, { ...FAILURE, annotations });
  expect(api.checkRuns[0]?.output.annotations).toHaveLength(120);
  expect(api.checkRuns[0]?.conclusion).toBe('failure');
  await publishCheckRun(await connect('good', RERUN), FAILURE);
  expect(api.checkRuns.map((run) => run.output.annotations.length)).toEqual([120, 0]);
});

test('sets a commit status, and a later attempt replaces it', async () => {
  const reporting = await connect('good');
  const failure = { name: 'images', state: 'failure', description: 'Refused' } as const;
  const success = { ...failure, state: 'success', description: 'Verified' } as const;
  expect(await publishCommitStatus(reporting, failure)).toEqual({ kind: 'published' });
  expect(await publishCommitStatus(reporting, success)).toEqual({ kind: 'kept' });
  expect(await publishCommitStatus(await connect('good', RERUN), success)).toEqual({ kind: 'published' });
  expect(api.statuses.map(({ state, context, sha }) => [state, context, sha])).toEqual([
    ['failure', 'images', SHA],
    ['success', 'images', SHA],
  ]);
});

test.each([
  ['a read-only token, check run', 'readonly', (reporting: Reporting) => publishCheckRun(reporting, REPORT), 403],
  ['a bad token', 'bad', (reporting: Reporting) => publishCheckRun(reporting, REPORT), 401],
  [
    'a read-only token, status',
    'readonly',
    (reporting: Reporting) => publishCommitStatus(reporting, { name: 'n', state: 'failure', description: '' }),
    403,
  ],
  [
    'a text that is too long',
    'good',
    (reporting: Reporting) => publishCheckRun(reporting, { ...REPORT, summary: 'x'.repeat(65_536) }),
    422,
  ],
  [
    'a description that is too long',
    'good',
    (reporting: Reporting) =>
      publishCommitStatus(reporting, { name: 'n', state: 'failure', description: 'x'.repeat(141) }),
    422,
  ],
])('throws what the API answers: %s', async (_why, token, publish, status) => {
  await expect(publish(await connect(token))).rejects.toMatchObject({ status });
});

test('a spent rate limit is an error like any other', async () => {
  api = createGithubApi({
    tokens: { good: { checks: 'write' } },
    repositories: { 'acme/app': { refs: {} } },
    basePath: '/api/v3',
    rateLimit: 1,
  });
  const failing = publishCheckRun(await connect('good'), REPORT);
  await expect(failing).rejects.toMatchObject({ status: 403, message: expect.stringContaining('rate limit') });
});

test('conceals what people read of a report, within its length, and nothing that GitHub matches', async () => {
  const reporting = await connect('good');
  const said = 'opensesame';
  const title = `no: ${said}`;
  const annotations = [{ path: said, line: 1, level: 'failure', title, message: title }] as const;
  await publishCheckRun(reporting, { ...FAILURE, name: said, title, summary: title, annotations });
  await publishCommitStatus(reporting, { name: said, state: 'failure', description: 'abcd opensesame' });
  const hidden = 'no: (redacted)';
  expect(api.checkRuns).toMatchObject([
    { name: said, output: { title: hidden, summary: hidden, annotations: [{ path: said, title: hidden }] } },
  ]);
  expect(api.statuses).toMatchObject([{ context: said, description: 'abcd (redacted)' }]);
});

test('asks again only where the effect is the same: reading and replacing, never creating', async () => {
  const seen: HttpRequest[] = [];
  const fetch = fetchOver(
    testCall(),
    {
      request: async (_, request) => {
        seen.push(request);
        return { status: 204, headers: {}, headersDistinct: {}, body: new Uint8Array(), url: new URL(request.url) };
      },
      preconnect: () => {},
      close: async () => {},
    },
    (text) => text,
  );
  for (const method of [undefined, 'GET', 'PATCH', 'POST']) {
    await fetch('https://api.github.com/x', { ...(method === undefined ? {} : { method }), body: '{}' });
  }
  expect(seen.map(({ method, retry }) => [method, retry])).toEqual([
    ['GET', true],
    ['GET', true],
    ['PATCH', true],
    ['POST', false],
  ]);
  await expect(fetch('https://api.github.com/x', { method: 'DELETE' })).rejects.toThrow('DELETE');
});
