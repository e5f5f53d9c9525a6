import { mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, posix, win32 } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import {
  confine,
  type Ground,
  makeConfinedDirectory,
  pathWithin,
  writeConfined,
} from '../../../src/entries/action/confined-files.ts';
import { leadsTo } from '../../../src/entries/action/real-path.ts';

let root: string;
let ground: Ground;
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'confined-')));
  for (const name of ['work', 'temp', 'outside']) await mkdir(join(root, name));
  ground = { env: { GITHUB_WORKSPACE: join(root, 'work'), RUNNER_TEMP: join(root, 'temp') }, files: { leadsTo } };
  return () => rm(root, { recursive: true, force: true });
});

test.each([
  [posix, '/w', '/w', true],
  [posix, '/w', '/w/a', true],
  [posix, '/w', '/w/..a/b', true],
  [posix, '/w', '/wa', false],
  [posix, '/w', '/', false],
  [posix, '/w/a', '/w/b', false],
  [posix, '/w', '/W/a', false],
  [posix, '/', '/etc', true],
  [win32, 'D:\\w', 'd:\\W\\a', true],
  [win32, 'D:\\w', 'D:\\w\\..a', true],
  [win32, 'D:\\w', 'D:\\wa', false],
  [win32, 'D:\\w', 'D:\\', false],
  [win32, 'D:\\w', 'C:\\w\\a', false],
  [win32, 'D:\\w', '\\\\server\\share\\w', false],
])('whether a path lies in a directory goes by segments: %#, in %s is %s: %s', (paths, directory, path, expected) => {
  expect(pathWithin(directory, path, paths) !== undefined).toBe(expected);
});

test('follows links to what is there, to nothing, and over one another; a loop is refused', async () => {
  const work = join(root, 'work');
  await symlink('../outside', join(work, 'a'));
  await symlink('a/new', join(work, 'b'));
  await symlink('loop', join(work, 'loop'));
  await writeFile(join(work, 'file'), '');
  expect(await leadsTo(join(work, 'a', 'x', 'y'))).toBe(join(root, 'outside', 'x', 'y'));
  expect(await leadsTo(join(work, 'b', 'x'))).toBe(join(root, 'outside', 'new', 'x'));
  expect(await leadsTo(join(work, 'file', 'x'))).toBe(join(work, 'file', 'x'));
  expect(await confine(ground, join(work, 'file'))).toEqual({ kind: 'inside', path: join(work, 'file') });
  expect(await confine(ground, join(work, 'b'))).toMatchObject({ kind: 'outside' });
  expect(await confine(ground, join(work, 'loop', 'x'))).toMatchObject({
    kind: 'outside',
    problem: expect.stringMatching(/^cannot be resolved: .*ELOOP/),
  });
});

test('workspace and RUNNER_TEMP count by their own real paths, and the working directory without them', async () => {
  await symlink(join(root, 'work'), join(root, 'linked'));
  const linked = { ...ground, env: { GITHUB_WORKSPACE: join(root, 'linked'), RUNNER_TEMP: join(root, 'temp') } };
  expect(await confine(linked, join(root, 'linked', 'a'))).toMatchObject({ kind: 'inside' });
  expect(await confine(linked, join(root, 'work', 'a'))).toMatchObject({ kind: 'inside' });
  const bare = { ...ground, env: {} };
  expect(await confine(bare, 'a')).toMatchObject({ kind: 'inside' });
  expect(await confine(bare, join(root, 'work', 'a'))).toMatchObject({ kind: 'outside' });
});

test('a link that comes between the look and the directory is seen, and nothing is written behind it', async () => {
  const path = join(root, 'work', 'out');
  let isFirst = true;
  const racing: Ground = {
    ...ground,
    files: {
      async leadsTo(asked) {
        const real = await leadsTo(asked);
        if (asked === path && isFirst) {
          isFirst = false;
          await symlink(join(root, 'outside'), path);
        }
        return real;
      },
    },
  };
  const failure = {
    code: 'INPUT_INVALID',
    message: expect.stringContaining(JSON.stringify(join(root, 'outside')).slice(0, -1)),
  };
  await expect(makeConfinedDirectory(racing, path)).rejects.toMatchObject(failure);
  isFirst = true;
  await rm(path);
  await expect(writeConfined(racing, join(path, 'r.json'), 'x')).rejects.toMatchObject(failure);
  expect(await readdir(join(root, 'outside'))).toEqual([]);
});

test('writes whole files, over those that are there, and leaves nothing else behind', async () => {
  const path = join(root, 'temp', 'a', 'b', 'r.json');
  await writeConfined(ground, path, 'long text');
  await writeConfined(ground, path, new TextEncoder().encode('short'));
  expect(await readFile(path, 'utf8')).toBe('short');
  await mkdir(join(root, 'temp', 'a', 'b', 'directory'));
  await writeFile(join(root, 'temp', 'a', 'b', 'directory', 'file'), '');
  await expect(writeConfined(ground, join(root, 'temp', 'a', 'b', 'directory'), 'x')).rejects.toThrow();
  expect((await readdir(join(root, 'temp', 'a', 'b'))).sort()).toEqual(['directory', 'r.json']);
});
