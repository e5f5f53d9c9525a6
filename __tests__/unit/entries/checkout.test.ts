import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findCheckout } from '../../../src/entries/action/inputs/checkout.ts';
import type { InputFiles } from '../../../src/entries/action/inputs/input-source.ts';

const COMMIT = 'c'.repeat(40);
const OTHER = 'd'.repeat(40);

let top: string;
beforeEach(async () => {
  top = await realpath(await mkdtemp(join(tmpdir(), 'checkout-')));
});
afterEach(() => rm(top, { recursive: true, force: true }));

const ifThere = (error: unknown): undefined => {
  if (['ENOENT', 'ENOTDIR'].includes(String(Reflect.get(Object(error), 'code')))) return undefined;
  throw error;
};
const FILES: Pick<InputFiles, 'read' | 'realPath'> = {
  read: (path) => readFile(path).catch(ifThere),
  realPath: (path) => realpath(path).catch(ifThere),
};

async function put(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(top, path)), { recursive: true });
    await writeFile(join(top, path), content);
  }
}

const find = (path = 'trust/root.json') => findCheckout(FILES, join(top, path), top);

const MAIN = '.git/refs/heads/main';

describe('HEAD is', () => {
  test.each<[string, Readonly<Record<string, string>>]>([
    ['a commit', { '.git/HEAD': `${COMMIT}\n` }],
    ['a branch', { '.git/HEAD': 'ref: refs/heads/main\n', [MAIN]: `${COMMIT}\n` }],
    ['a branch with slashes', { '.git/HEAD': 'ref: refs/heads/a/b', '.git/refs/heads/a/b': COMMIT }],
    [
      'a packed branch',
      {
        '.git/HEAD': 'ref: refs/heads/main\n',
        '.git/packed-refs': `# pack-refs with: peeled fully-peeled sorted\n${OTHER} refs/heads/a\n${COMMIT} refs/heads/main\n${OTHER} refs/tags/refs/heads/main\n^${OTHER}\n`,
      },
    ],
    [
      'a loose branch, which wins over a packed one',
      { '.git/HEAD': 'ref: refs/heads/main\n', [MAIN]: COMMIT, '.git/packed-refs': `${OTHER} refs/heads/main\n` },
    ],
  ])('%s', async (_what, files) => {
    await put(files);
    expect(await find()).toEqual({ top, head: COMMIT });
  });

  test('a hash of SHA-256', async () => {
    await put({ '.git/HEAD': 'c'.repeat(64) });
    expect(await find()).toEqual({ top, head: 'c'.repeat(64) });
  });
});

describe('HEAD cannot be told, and the checkout is still the nearest one', () => {
  test.each<[string, Readonly<Record<string, string>>]>([
    ['without HEAD', { '.git/config': '' }],
    ['if HEAD is empty', { '.git/HEAD': '' }],
    ['if HEAD is a short hash', { '.git/HEAD': 'c'.repeat(39) }],
    ['if HEAD holds more than a hash', { '.git/HEAD': `${COMMIT} ${COMMIT}` }],
    ['if HEAD is a directory', { '.git/HEAD/x': COMMIT }],
    ['if its branch has no commit yet', { '.git/HEAD': 'ref: refs/heads/main\n' }],
    ['if its branch names HEAD', { '.git/HEAD': 'ref: refs/heads/main', [MAIN]: 'ref: HEAD' }],
    ['if its branch names itself', { '.git/HEAD': 'ref: refs/heads/main', [MAIN]: 'ref: refs/heads/main' }],
    [
      'if its branch names another one',
      { '.git/HEAD': 'ref: refs/heads/main', [MAIN]: 'ref: refs/heads/b', '.git/refs/heads/b': COMMIT },
    ],
    ['if HEAD names itself', { '.git/HEAD': 'ref: HEAD' }],
    ['if HEAD leads out of .git', { '.git/HEAD': 'ref: refs/../../commit', commit: COMMIT }],
    ['if HEAD names an absolute path', { '.git/HEAD': 'ref: refs//etc/commit' }],
    ['with refs in a table', { '.git/HEAD': 'ref: refs/heads/.invalid', '.git/refs/heads/.invalid': COMMIT }],
    [
      'if a packed branch only ends alike',
      { '.git/HEAD': 'ref: refs/heads/main', '.git/packed-refs': `${COMMIT} x refs/heads/main` },
    ],
    ['if .git is a file', { '.git': `gitdir: other\n`, 'other/HEAD': COMMIT }],
  ])('%s', async (_what, files) => {
    await put(files);
    expect(await find()).toEqual({ top, head: undefined });
  });

  test('if .git is a link', async () => {
    await put({ 'other/HEAD': COMMIT });
    await symlink(join(top, 'other'), join(top, '.git'));
    expect(await find()).toEqual({ top, head: undefined });
  });

  test('if .git links to itself', async () => {
    await symlink(join(top, '.git'), join(top, '.git'));
    expect(await find()).toEqual({ top, head: undefined });
  });

  test.each(['HEAD', 'refs/heads/main', 'packed-refs'])('if %s may not be read', async (name) => {
    await put({ '.git/HEAD': name === 'HEAD' ? COMMIT : 'ref: refs/heads/main' });
    const read: InputFiles['read'] = async (path) => {
      if (path.endsWith(name)) throw Object.assign(new Error('no'), { code: 'EACCES' });
      return FILES.read(path);
    };
    expect(await findCheckout({ ...FILES, read }, join(top, 'a'), top)).toEqual({ top, head: undefined });
  });
});

describe('the nearest checkout counts', () => {
  test('up to the workspace and no further', async () => {
    await put({ '.git/HEAD': COMMIT, 'a/b/.git/HEAD': OTHER });
    expect(await find('a/b/c/d')).toEqual({ top: join(top, 'a/b'), head: OTHER });
    expect(await find('a/d')).toEqual({ top, head: COMMIT });
    expect(await findCheckout(FILES, join(top, 'a/d'), join(top, 'a'))).toBeUndefined();
  });

  test('also above directories that are not there', async () => {
    await put({ '.git/HEAD': COMMIT });
    expect(await find('not/there/root.json')).toEqual({ top, head: COMMIT });
  });

  test('and none is none', async () => {
    expect(await find()).toBeUndefined();
    expect(await findCheckout(FILES, '/', '/somewhere')).toBeUndefined();
  });
});

const hasGit = ['/usr/bin/git', '/usr/local/bin/git', '/opt/homebrew/bin/git'].some(existsSync);

test.skipIf(!hasGit)('agrees with git itself on a branch, a packed branch, a tag and a commit', async () => {
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: top, stdio: 'pipe' }).toString();
  git('init', '--initial-branch=main');
  git('commit', '--allow-empty', '-m', 'one');
  git('tag', '-a', 'v1', '-m', 'one');
  git('commit', '--allow-empty', '-m', 'two');
  for (const step of [
    ['pack-refs', '--all'],
    ['checkout', 'v1'],
    ['checkout', '-B', 'a/b'],
    ['checkout', '--detach', 'main'],
  ]) {
    expect(await find()).toEqual({ top, head: git('rev-parse', 'HEAD').trim() });
    git(...step);
  }
  expect(await find()).toEqual({ top, head: git('rev-parse', 'HEAD').trim() });
});
