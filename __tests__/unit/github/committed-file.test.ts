import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createGithubApi } from '../../../sandbox/github/api.ts';
import { type Handler, serve } from '../../../sandbox/http/serve.ts';
import { CodedError } from '../../../src/coded-error.ts';
import { createCommittedFileReader } from '../../../src/github/committed-file.ts';
import type { FileVersion } from '../../../src/github/deciding-files.ts';
import { createHttpClient } from '../../../src/http/create-http-client.ts';
import { testCall } from '../../calls.ts';

const SHA = '1'.repeat(40);
const COMMIT: FileVersion = { repository: 'acme/app', ref: SHA, name: 'a commit' };
const API = createGithubApi({
  tokens: { good: { contents: 'read' }, none: { contents: 'none' } },
  repositories: {
    'acme/app': {
      refs: {
        [SHA]: { 'trust/a b#.json': 'base', 'trust/root.json': 'root', 'trust/link': { symlink: '/etc/passwd' } },
        // A tag; the branch has the same short name.
        main: { 'trust/root.json': 'of the tag' },
        'refs/heads/main': { 'trust/root.json': 'newer' },
        'refs/heads/a&b/c#d%': { 'trust/root.json': 'odd' },
      },
    },
  },
});

async function read(
  handler: Handler,
  path: string,
  over: { token?: string; version?: FileVersion } = {},
): Promise<string | undefined> {
  await using server = await serve(handler);
  const clock = { now: () => new Date(), sleep: async (ms: number) => void (await sleep(Math.min(ms, 5))) };
  const http = createHttpClient({ clock, random: () => 0 });
  try {
    const { token = 'good', version = COMMIT } = over;
    const bytes = await createCommittedFileReader({ call: testCall(), http, apiUrl: server.url, token })(version, path);
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  } finally {
    await http.close();
  }
}

function answer(status: number, headers: [string, string][] = []): Handler {
  return () => ({ status, headers, body: 'no' });
}

test('reads a file as the commit has it, not the branch', async () => {
  expect(await read(API, 'trust/root.json')).toBe('root');
});

test.each([
  ['refs/heads/main', 'newer'],
  ['refs/heads/a&b/c#d%', 'odd'],
])('reads a file as the branch %s has it, not a tag and not another branch', async (ref, content) => {
  expect(await read(API, 'trust/root.json', { version: { ...COMMIT, ref } })).toBe(content);
});

test('reads a path with characters that mean something in a URL', async () => {
  expect(await read(API, 'trust/a b#.json')).toBe('base');
});

test('a file the commit lacks is undefined', async () => {
  expect(await read(API, 'trust/other.json')).toBeUndefined();
});

test.each(['trust', 'trust/link'])('%s, which is no plain file, is an error', async (path) => {
  await expect(read(API, path)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
});

test.each([
  ['a token without contents: read', API, { token: 'none' }, 'INPUT_INVALID'],
  ['a bad token', API, { token: 'bad' }, 'INPUT_INVALID'],
  ['an outage', answer(503), {}, 'GITHUB_API_UNAVAILABLE'],
  ['a rate limit that is used up', answer(403, [['X-RateLimit-Remaining', '0']]), {}, 'GITHUB_API_UNAVAILABLE'],
  ['a redirect', answer(302, [['location', '/x']]), {}, 'INPUT_INVALID'],
])('%s is an error and never "no such file"', async (_why, handler, over, code) => {
  const outcome = await read(handler, 'trust/root.json', over).catch((error: unknown) => error);
  expect(outcome).toBeInstanceOf(CodedError);
  expect(outcome).toMatchObject({ code });
  expect(String((outcome as CodedError).message)).not.toContain('good');
});
