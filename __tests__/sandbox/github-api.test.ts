import { describe, expect, test } from 'vitest';
import { createGithubApi } from '../../sandbox/github/api.ts';
import { serve } from '../../sandbox/http/serve.ts';

const SHA = '0123456789012345678901234567890123456789';
const POLICY = 'kind: ClusterImagePolicy\n';
const RAW = 'application/vnd.github.raw+json';
const JSON_TYPE = 'application/vnd.github+json';

async function open(basePath?: string) {
  const handler = createGithubApi({
    tokens: { good: { contents: 'read', checks: 'write' }, weak: { contents: 'none' } },
    repositories: {
      'acme/app': {
        refs: {
          [SHA]: {
            'policy.yaml': POLICY,
            'dir/a b.yaml': 'a',
            'dir/deep/c.yaml': 'c',
            'large.json': ' '.repeat(1_000_001),
            'link.yaml': { symlink: 'dir/../policy.yaml' },
            'away.yaml': { symlink: '/policy.yaml' },
            module: { submodule: SHA },
          },
          main: { 'policy.yaml': 'of main\n' },
        },
      },
    },
    ...(basePath === undefined ? {} : { basePath }),
  });
  const served = await serve(handler, { name: 'api' });
  return {
    ask: async (path: string, headers: Record<string, string> = {}) => {
      const response = await fetch(served.url + path, {
        headers: { accept: RAW, 'user-agent': 'test', authorization: 'Bearer good', ...headers },
      });
      return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
    },
    createCheck: async (body: object) => {
      const headers = { 'user-agent': 'test', authorization: 'Bearer good' };
      const path = `${served.url}/repos/acme/app/check-runs`;
      return (await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })).status;
    },
    [Symbol.asyncDispose]: () => served.close(),
  };
}

describe('the contents API', () => {
  test('gives the raw bytes of a file at a commit', async () => {
    await using api = await open();
    expect(await api.ask(`/repos/Acme/App/contents/policy.yaml?ref=${SHA}`)).toEqual({
      status: 200,
      type: `${RAW}; charset=utf-8`,
      text: POLICY,
    });
    expect((await api.ask('/repos/acme/app/contents/policy.yaml')).text).toBe('of main\n');
    expect((await api.ask(`/repos/acme/app/contents/dir/a%20b.yaml?ref=${SHA}`)).text).toBe('a');
  });

  test('gives JSON with base64, but no content over 1 MB', async () => {
    await using api = await open();
    const small = JSON.parse(
      (await api.ask(`/repos/acme/app/contents/policy.yaml?ref=${SHA}`, { accept: JSON_TYPE })).text,
    );
    expect([small.type, small.encoding, Buffer.from(small.content, 'base64').toString()]).toEqual([
      'file',
      'base64',
      POLICY,
    ]);
    const large = JSON.parse(
      (await api.ask(`/repos/acme/app/contents/large.json?ref=${SHA}`, { accept: JSON_TYPE })).text,
    );
    expect([large.encoding, large.content, large.size]).toEqual(['none', '', 1_000_001]);
    expect((await api.ask(`/repos/acme/app/contents/large.json?ref=${SHA}`)).text).toHaveLength(1_000_001);
  });

  test('lists a directory as JSON even when asked for raw', async () => {
    await using api = await open();
    const answer = await api.ask(`/repos/acme/app/contents/dir?ref=${SHA}`);
    expect(answer.type).toBe('application/json');
    expect(JSON.parse(answer.text)).toEqual([
      { type: 'file', size: 1, name: 'a b.yaml', path: 'dir/a b.yaml' },
      { type: 'dir', size: 0, name: 'deep', path: 'dir/deep' },
    ]);
  });

  test('follows a symlink inside the tree and describes one that leads out', async () => {
    await using api = await open();
    expect((await api.ask(`/repos/acme/app/contents/link.yaml?ref=${SHA}`)).text).toBe(POLICY);
    expect(JSON.parse((await api.ask(`/repos/acme/app/contents/away.yaml?ref=${SHA}`)).text)).toMatchObject({
      type: 'symlink',
      target: '/policy.yaml',
    });
    expect(JSON.parse((await api.ask(`/repos/acme/app/contents/module?ref=${SHA}`)).text).type).toBe('submodule');
  });

  test.each<readonly [string, string, Record<string, string>, number]>([
    ['a file that is not there', `/repos/acme/app/contents/none.yaml?ref=${SHA}`, {}, 404],
    ['an inherited name', `/repos/acme/app/contents/constructor?ref=${SHA}`, {}, 404],
    ['a commit that is not there', '/repos/acme/app/contents/policy.yaml?ref=ffff', {}, 404],
    ['a repository that is not there', `/repos/acme/none/contents/policy.yaml?ref=${SHA}`, {}, 404],
    ['another route', '/repos/acme/app/commits', {}, 404],
    ['no token', `/repos/acme/app/contents/policy.yaml?ref=${SHA}`, { authorization: '' }, 404],
    ['a wrong token', `/repos/acme/app/contents/policy.yaml?ref=${SHA}`, { authorization: 'Bearer bad' }, 401],
    ['a token as password', `/repos/acme/app/contents/policy.yaml?ref=${SHA}`, { authorization: 'Basic good' }, 401],
    [
      'a token without contents: read',
      `/repos/acme/app/contents/policy.yaml?ref=${SHA}`,
      { authorization: 'Bearer weak' },
      403,
    ],
    ['an unknown Accept', `/repos/acme/app/contents/policy.yaml?ref=${SHA}`, { accept: 'text/plain' }, 415],
  ])('refuses %s', async (_, path, headers, status) => {
    await using api = await open();
    const answer = await api.ask(path, headers);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text)).toHaveProperty('message');
  });

  test('lives under the path of a GitHub Enterprise Server', async () => {
    await using api = await open('/api/v3');
    expect((await api.ask(`/api/v3/repos/acme/app/contents/policy.yaml?ref=${SHA}`)).text).toBe(POLICY);
    expect((await api.ask(`/repos/acme/app/contents/policy.yaml?ref=${SHA}`)).status).toBe(404);
  });
});

test('a check run has one of the states that a workflow may set', async () => {
  await using api = await open();
  const run = { name: 'signed', head_sha: SHA };
  expect(await api.createCheck({ ...run, status: 'in_progress' })).toBe(201);
  expect(await api.createCheck({ ...run, status: 'in-progress' })).toBe(422);
  expect(await api.createCheck({ ...run, status: 'completed' })).toBe(422);
  expect(await api.createCheck({ ...run, status: 'completed', conclusion: 'success' })).toBe(201);
});
