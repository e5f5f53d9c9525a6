import { readFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createGithubApi, type GithubApi } from '../../sandbox/github/api.ts';
import { type Reply, type SandboxRequest, type Served, serve } from '../../sandbox/http/serve.ts';
import type { RunOptions, RunResult } from '../../sandbox/runner/runner.ts';
import { ROOT } from '../../sandbox/world.ts';
import { markdownProse } from '../../src/report/escape.ts';
import { withoutProcesses } from '../in-process.ts';
import { type SignWorld, type StoredImage, startSignWorld } from './sign-world.ts';

/** What the actions tell GitHub, some of them through the committed dist/: check run, commit status, notice; and the results of stopped runs. */

const PUSHED = '0123456789abcdef0123456789abcdef01234567';
const HEAD = '2'.repeat(40);
const SIGNED_BY = {
  'source-repository': 'octo-org/octo-repo',
  workflow: '.github/workflows/release.yml',
  'source-ref': 'refs/heads/main',
  'wait-for': '0s',
  // Each request once, and 30 s for it: one that is held back must not be given up, however slow the other run is.
  'retry-for': '0s',
};

let world: SignWorld;
/** The same world, whose runs are processes with the committed dist/; those of `world` happen in this process. */
let byDist: SignWorld;
let api: GithubApi;
/** What stands before the API. */
let through: (request: SandboxRequest, answer: () => Promise<Reply>) => Promise<Reply>;
let server: Served;
let signed: StoredImage;
let unsigned: StoredImage;
const schema: unknown = JSON.parse(await readFile(`${ROOT}/docs/results.schema.json`, 'utf8'));
const isResults = new Ajv({ strict: false }).compile(schema as object);

beforeAll(async () => {
  byDist = await startSignWorld();
  world = withoutProcesses(byDist);
  server = await serve((request) => through(request, async () => api(request)), { name: 'github' });
  signed = world.image();
  unsigned = world.image();
  const run = await world.sign({ images: signed.pinned });
  expect(run.exitCode, run.log.join('\n')).toBe(0);
});
beforeEach(() => {
  through = (_request, answer) => answer();
  api = createGithubApi({
    tokens: {
      full: { checks: 'write', statuses: 'write' },
      statuses: { statuses: 'write' },
      readonly: { checks: 'read', statuses: 'read' },
    },
    repositories: { 'acme/app': { refs: {} } },
    basePath: '/api/v3',
  });
});
afterAll(async () => {
  await server.close();
  await world.close();
});

function verify(
  inputs: Readonly<Record<string, string>>,
  token: string,
  more: Partial<RunOptions> = {},
  by = world,
): Promise<RunResult> {
  return by.verify(
    {
      'certificate-oidc-issuer': world.sigstore.issuer,
      ...SIGNED_BY,
      'check-name': 'images are signed',
      ...inputs,
    },
    { githubToken: token, ...more, env: { GITHUB_API_URL: `${server.url}/api/v3`, ...more.env } },
  );
}

function pullRequestFrom(repository: string): Partial<RunOptions> {
  return {
    eventName: 'pull_request',
    event: {
      repository: { id: 1, full_name: 'acme/app', owner: { login: 'acme', id: 2 }, visibility: 'public' },
      pull_request: {
        head: { sha: HEAD, repo: { full_name: repository } },
        base: { sha: PUSHED, repo: { full_name: 'acme/app' } },
      },
    },
  };
}

test('a pass is a successful check run and status on the pushed commit', async () => {
  const run = await verify({ images: signed.pinned, 'status-name': 'signed' }, 'full', {}, byDist);
  expect(run.exitCode, run.log.join('\n')).toBe(0);
  expect(run.outputs['verified']).toBe('true');
  expect(api.checkRuns).toHaveLength(1);
  expect(api.checkRuns[0]).toMatchObject({
    name: 'images are signed',
    head_sha: PUSHED,
    status: 'completed',
    conclusion: 'success',
    output: { title: `Verified: ${signed.name}`, summary: run.summary },
  });
  expect(api.statuses).toMatchObject([{ sha: PUSHED, context: 'signed', state: 'success' }]);
});

test('a refusal on a pull request is a failure on its head commit', async () => {
  const images = `${signed.pinned}\n${unsigned.pinned}`;
  const run = await verify({ images, 'status-name': 'signed' }, 'full', pullRequestFrom('acme/app'), byDist);
  expect(run.exitCode).toBe(1);
  expect(api.checkRuns).toMatchObject([{ head_sha: HEAD, conclusion: 'failure' }]);
  expect(api.statuses).toMatchObject([
    { sha: HEAD, state: 'failure', description: `Refused (NO_SIGNATURE): ${unsigned.name}`.slice(0, 140) },
  ]);
});

test.each([
  ['an image that is not there', { images: `localhost:1/acme/gone@sha256:${'0'.repeat(64)}` }],
  ['an input that cannot be used', { images: 'a b c', mode: 'nope' }],
])('what could not be decided is a failure, never neutral: %s', async (_what, inputs) => {
  const run = await verify(inputs, 'full');
  expect(run.exitCode).toBe(1);
  expect(api.checkRuns.map((check) => check.conclusion)).toEqual(['failure']);
});

/** Lets the first two writes through together, the failure before the success: both runs have looked before either wrote. */
function failureFirst(): typeof through {
  const waiting: { readonly isFailure: boolean; readonly go: () => void }[] = [];
  let count = 0;
  return async (request, answer) => {
    if (request.method === 'GET' || ++count > 2) return answer();
    const isFailure = new TextDecoder().decode(request.body).includes('"failure"');
    const turn = new Promise<void>((go) => waiting.push({ isFailure, go }));
    const [one, other] = waiting;
    if (one !== undefined && other !== undefined) {
      const [first, second] = one.isFailure ? [one, other] : [other, one];
      first.go();
      setImmediate(second.go);
    }
    await turn;
    return answer();
  };
}

test.each([
  ['check run', { 'check-name': 'gate' }],
  ['commit status', { 'check-name': '', 'status-name': 'gate' }],
] as const)('of two steps that publish one %s at the same time, the failure stays', async (what, names) => {
  through = failureFirst();
  const [passed, refused] = await Promise.all([
    verify({ images: signed.pinned, ...names }, 'full', {}, byDist),
    verify({ images: unsigned.pinned, ...names }, 'full', {}, byDist),
  ]);
  expect([passed.exitCode, passed.outputs['verified'], refused.exitCode]).toEqual([0, 'true', 1]);
  if (what === 'check run') expect(api.checkRuns.map((run) => run.conclusion)).toEqual(['failure', 'failure']);
  else expect(api.statuses.map((status) => status.state)).toEqual(['failure', 'success', 'failure']);
  expect(passed.log.join('\n')).toContain(`${what} gate: set to failure`);
});

test.each([
  ['check run', { 'check-name': 'gate' }],
  ['commit status', { 'check-name': '', 'status-name': 'gate' }],
] as const)(
  'twin: two steps that pass and publish one %s at the same time leave it a success',
  async (_what, names) => {
    through = failureFirst();
    const runs = await Promise.all([signed, signed].map(({ pinned }) => verify({ images: pinned, ...names }, 'full')));
    expect(runs.map((run) => run.exitCode)).toEqual([0, 0]);
    expect([...api.checkRuns.map((run) => run.conclusion), ...api.statuses.map((status) => status.state)]).toEqual([
      'success',
      'success',
    ]);
  },
);

test('the failure of another run on the same commit stays, beside the success of this one', async () => {
  await verify({ images: unsigned.pinned }, 'full', { env: { GITHUB_RUN_ID: '8000' } });
  await verify({ images: signed.pinned }, 'full');
  expect(api.checkRuns.map((run) => [run.external_id, run.conclusion])).toEqual([
    ['countersign:8000/1', 'failure'],
    ['countersign:9001/1', 'success'],
  ]);
});

test('twin: a re-run of the same run takes the place of its failure', async () => {
  await verify({ images: unsigned.pinned }, 'full');
  await verify({ images: signed.pinned }, 'full', { env: { GITHUB_RUN_ATTEMPT: '2' } });
  expect(api.checkRuns.map((run) => [run.external_id, run.conclusion])).toEqual([['countersign:9001/2', 'success']]);
});

test('a success that cannot be looked at again is set to failure, with a notice; the verdict stays', async () => {
  let hasWritten = false;
  through = async (request, answer) => {
    if (request.method !== 'GET') hasWritten = true;
    return request.method === 'GET' && hasWritten ? { status: 404, body: '{"message":"Not Found"}' } : answer();
  };
  const run = await verify({ images: signed.pinned }, 'full');
  expect([run.exitCode, run.outputs['verified']]).toEqual([0, 'true']);
  expect(api.checkRuns.map((check) => check.conclusion)).toEqual(['failure']);
  expect(api.statuses).toEqual([]);
  const [notice] = run.commands.filter((command) => command.name === 'notice');
  expect(notice?.properties['title']).toBe('Countersign: images are signed could not be confirmed');
  expect(notice?.data).toContain('The result was set to failure');
});

test('a token without checks: write sets a commit status of the name instead', async () => {
  const run = await verify({ images: signed.pinned }, 'statuses');
  expect(run.exitCode).toBe(0);
  expect(api.checkRuns).toEqual([]);
  expect(api.statuses).toMatchObject([{ context: 'images are signed', state: 'success' }]);
});

test.each([
  ['a pass', () => signed.pinned, 0, 'true'],
  ['a refusal', () => unsigned.pinned, 1, 'false'],
] as const)(
  'the read-only token of a fork costs a notice and not the verdict: %s',
  async (_what, image, code, verified) => {
    const run = await verify({ images: image() }, 'readonly', pullRequestFrom('eve/app'));
    expect(run.exitCode).toBe(code);
    expect(run.outputs['verified']).toBe(verified);
    const notices = run.commands.filter((command) => command.name === 'notice');
    expect(notices.map((notice) => notice.properties['title'])).toEqual([
      'Countersign: images are signed was not published',
    ]);
    expect(notices[0]?.data).toContain('Resource not accessible by integration');
    expect(notices[0]?.data).toContain('workflow_run');
    expect([...api.checkRuns, ...api.statuses]).toEqual([]);
  },
);

test('an API that cannot be reached costs a notice and not the verdict', async () => {
  const run = await verify({ images: signed.pinned }, 'full', { env: { GITHUB_API_URL: 'http://127.0.0.1:9' } });
  expect(run.exitCode, run.log.join('\n')).toBe(0);
  expect(run.outputs['verified']).toBe('true');
  expect(run.commands.filter((command) => command.name === 'notice')).toHaveLength(1);
});

test('without a name nothing is asked of the API', async () => {
  const before = server.log.requests().length;
  const run = await verify({ images: signed.pinned, 'check-name': '' }, 'full');
  expect(run.exitCode).toBe(0);
  expect(server.log.requests().length).toBe(before);
});

test.each([
  ['sign', (inputs: Record<string, string>) => byDist.sign(inputs)],
  ['verify', (inputs: Record<string, string>) => byDist.verify(inputs)],
])('%s that stops on its inputs still writes results, their file and a summary', async (_action, start) => {
  const run = await start({ images: 'ghcr.io/acme/app', concurrency: 'many' });
  expect(run.exitCode).toBe(1);
  for (const text of [run.outputs['results'] ?? '', await readFile(run.outputs['report-path'] ?? '', 'utf8')]) {
    const results: unknown = JSON.parse(text);
    expect(isResults(results), JSON.stringify(isResults.errors)).toBe(true);
    expect(results).toEqual({ schemaVersion: 2, verified: false, images: [] });
  }
  expect(run.summary).toContain('INPUT_INVALID');
  expect(run.summary).toContain('concurrency');
});

test.each([
  ['sign', (inputs: Record<string, string>) => world.sign(inputs)],
  ['verify', (inputs: Record<string, string>) => world.verify(inputs)],
])('%s that stops writes no summary where none is wanted, however that is spelled', async (_action, start) => {
  for (const summary of ['false', 'False', 'FALSE']) {
    const run = await start({ images: 'ghcr.io/acme/app', summary });
    expect(run.exitCode).toBe(1);
    expect(run.summary).toBe('');
  }
});

test('an image that cannot be signed is told of in the same words in annotation and summary, by its name', async () => {
  const gone = `localhost:1/acme/gone@sha256:${'0'.repeat(64)}`;
  const run = await world.sign({ images: gone, 'retry-for': '1s' });
  expect(run.exitCode).toBe(1);
  const [told = ''] = run.commands.filter((command) => command.name === 'error').map((command) => command.data);
  const [line = ''] = told.split('\n');
  expect(line).toMatch(/^REGISTRY_UNAVAILABLE: /);
  expect(line).toContain(gone);
  expect(run.summary).toContain(`> ${markdownProse(line.replace('REGISTRY_UNAVAILABLE: ', ''))}`);
});

test('a tag beside a digest is reported as not checked, and named verified nowhere', async () => {
  const run = await verify({ images: signed.pinned.replace('@', ':prod@') }, 'full');
  expect(run.exitCode, run.log.join('\n')).toBe(0);
  expect(run.summary).toContain(', tag <code>&#58;prod</code> not checked');
  expect(run.log.join('\n')).toContain(`PASS ${signed.pinned} (tag not checked: prod): signed by`);
  expect(run.summary.split('\n')[0]).not.toContain('prod');
  expect(api.checkRuns[0]?.output.title).toBe(`Verified: ${signed.name}`);
});

test('a report path that cannot be written does not lose the report', async () => {
  const run = await byDist.verify({ images: 'ghcr.io/acme/app', mode: 'nope', report: '/dev/null/results.json' });
  expect(run.exitCode).toBe(1);
  expect(JSON.parse(await readFile(run.outputs['report-path'] ?? '', 'utf8'))).toMatchObject({ verified: false });
});

test('of many failures refusals are annotated first, at most ten, and their details are folded in the log', async () => {
  const refused = Array.from({ length: 11 }, () => world.image());
  const gone = `localhost:1/acme/gone@sha256:${'0'.repeat(64)}`;
  const images = [gone, signed.pinned, ...refused.map((image) => image.pinned)].join('\n');
  const run = await verify({ images, 'check-name': '' }, 'full');
  expect(run.outputs['verdict']).toBe('error');
  const errors = run.commands.filter((command) => command.name === 'error');
  expect(errors).toHaveLength(10);
  for (const error of errors) {
    expect(error.properties['title']).toContain('NO_SIGNATURE');
    expect(error.data).toMatch(/^NO_SIGNATURE: No signature was found for this digest in localhost:\d+\/[\w/-]+\.\n/);
    expect(error.data).not.toContain('GET ');
  }
  // What finds no room as an annotation is a line of the log.
  expect(run.log.filter((line) => line.includes('REGISTRY_UNAVAILABLE') && line.includes('acme/gone'))).not.toEqual([]);
  expect(run.commands.filter((command) => command.name === 'group')).toHaveLength(13);
  expect(run.commands.filter((command) => command.name === 'endgroup')).toHaveLength(13);
});
