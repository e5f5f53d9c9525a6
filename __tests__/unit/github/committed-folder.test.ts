import { expect, test } from 'vitest';
import { createGithubApi } from '../../../sandbox/github/api.ts';
import { type Handler, jsonReply, serve } from '../../../sandbox/http/serve.ts';
import type { CodedError } from '../../../src/coded-error.ts';
import type { CommittedFolder } from '../../../src/github/committed-file.ts';
import { createCommittedFolderLister } from '../../../src/github/committed-folder.ts';
import { createHttpClient } from '../../../src/http/create-http-client.ts';
import { testCall } from '../../calls.ts';

const SHA = '1'.repeat(40);
const many = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`many${count}/${index}.yaml`, '']));
const API = createGithubApi({
  tokens: { good: { contents: 'read' }, none: { contents: 'none' } },
  repositories: {
    'acme/app': {
      refs: {
        [SHA]: {
          'a b#/x.yaml': '',
          'a b#/y/z.yaml': '',
          'a b#/link.yaml': { symlink: '/etc/passwd' },
          'a b#/module': { submodule: SHA },
          'top.yaml': '',
          ...many(999),
          ...many(1000),
          ...many(1200),
        },
        'refs/heads/main': { 'a b#/newer.yaml': '' },
      },
    },
  },
});

async function list(
  path: string,
  { handler = API, token = 'good', ref = SHA }: { handler?: Handler; token?: string; ref?: string } = {},
): Promise<CommittedFolder | undefined> {
  await using server = await serve(handler);
  const clock = { now: () => new Date(), sleep: () => Promise.resolve() };
  const http = createHttpClient({ clock, random: () => 0 });
  try {
    const lister = createCommittedFolderLister({ call: testCall(), http, apiUrl: server.url, token });
    return await lister({ repository: 'acme/app', ref, name: 'a commit' }, path);
  } finally {
    await http.close();
  }
}

test('lists files, links and submodules apart from folders, as the commit has them', async () => {
  const found = await list('a b#');
  expect(found?.files.toSorted()).toEqual(['link.yaml', 'module', 'x.yaml']);
  expect(found?.folders).toEqual(['y']);
  expect(await list('a b#', { ref: 'refs/heads/main' })).toEqual({ files: ['newer.yaml'], folders: [] });
  expect((await list(''))?.files).toEqual(['top.yaml']);
});

test('a folder that is not there is undefined', async () => {
  expect(await list('none')).toBeUndefined();
});

test('a list that may have been cut is an error, never a shorter list', async () => {
  expect((await list('many999'))?.files).toHaveLength(999);
  for (const name of ['many1000', 'many1200']) {
    await expect(list(name)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  }
});

test.each<[string, string, Parameters<typeof list>[1], CodedError['code']]>([
  ['a file', 'top.yaml', {}, 'INPUT_INVALID'],
  ['a token without contents: read', 'a b#', { token: 'none' }, 'INPUT_INVALID'],
  ['an outage', 'a', { handler: () => ({ status: 503 }) }, 'GITHUB_API_UNAVAILABLE'],
  ['no JSON', 'a', { handler: () => ({ status: 200, body: 'x' }) }, 'INPUT_INVALID'],
  ['a name with a path', 'a', { handler: () => jsonReply(200, [{ name: '../x', type: 'file' }]) }, 'INPUT_INVALID'],
  ['an entry without a name', 'a', { handler: () => jsonReply(200, [{ type: 'file' }]) }, 'INPUT_INVALID'],
])('%s is an error', async (_what, path, over, code) => {
  await expect(list(path, over)).rejects.toMatchObject({ code });
});
