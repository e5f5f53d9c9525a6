import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync, inflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCommitReader } from '../../../src/entries/verify-files/git-objects.ts';
import { commitAll, git, writeFiles } from '../../adversarial/file-gate.ts';

/* Files of a commit from a local repository, whatever its configuration and objects say. */

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'git-objects-'));
});
afterAll(() => rm(folder, { recursive: true }));

let count = 0;
async function repository(files: Readonly<Record<string, string>>): Promise<{ top: string; commit: string }> {
  count += 1;
  const top = join(folder, `r${count}`);
  await mkdir(top);
  await writeFiles(top, files);
  return { top, commit: commitAll(top) };
}

async function read(top: string, commit: string, paths: readonly string[]) {
  const reader = createCommitReader({ ...process.env, GIT_DIR: '/nowhere', GIT_OBJECT_DIRECTORY: '/nowhere' });
  const found = await reader.read(join(top, '.git'), commit, paths);
  return found && Object.fromEntries([...found].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]));
}

describe('what a commit holds', () => {
  test('files at any depth, in any spelling; what is missing, a folder or a link is left out', async () => {
    const { top } = await repository({ 'a/b/c.yaml': 'deep', 'ü ø.yaml': 'umlaut', Dockerfile: 'FROM a' });
    await symlink('Dockerfile', join(top, 'link'));
    const commit = commitAll(top);
    await writeFile(join(top, 'Dockerfile'), 'FROM changed');
    const paths = ['a/b/c.yaml', 'ü ø.yaml', 'Dockerfile', 'link', 'a', 'a/b', 'none', 'a/none/x', '../x', ''];
    expect(await read(top, commit, paths)).toEqual({
      'a/b/c.yaml': 'deep',
      'ü ø.yaml': 'umlaut',
      Dockerfile: 'FROM a',
    });
  });

  test('packed objects, many files', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [`d${index % 7}/${index}.yaml`, `n${index}`]),
    );
    const { top, commit } = await repository(files);
    git(top, 'gc', '-q');
    expect(await read(top, commit, Object.keys(files))).toEqual(files);
  });

  test('a commit that is not there, and no repository', async () => {
    const { top, commit } = await repository({ a: 'a' });
    expect(await read(top, '1'.repeat(40), ['a'])).toBeUndefined();
    expect(await read(folder, commit, ['a'])).toBeUndefined();
    // A blob or a tree is not a commit.
    expect(await read(top, git(top, 'rev-parse', 'HEAD:a'), ['a'])).toBeUndefined();
    // Twin.
    expect(await read(top, commit, ['a'])).toEqual({ a: 'a' });
  });

  test('a commit without its trees, as a filtered clone has it', async () => {
    const { top, commit } = await repository({ 'a/x': 'a' });
    const tree = git(top, 'rev-parse', 'HEAD:a');
    await rm(join(top, '.git/objects', tree.slice(0, 2), tree.slice(2)));
    expect(await read(top, commit, ['a/x'])).toBeUndefined();
  });
});

describe('nothing changes what a commit holds', () => {
  test('a replaced object', async () => {
    const { top, commit } = await repository({ a: 'base' });
    await writeFile(join(top, 'a'), 'head');
    const head = commitAll(top);
    git(top, 'replace', commit, head);
    expect(git(top, 'show', `${commit}:a`)).toBe('head');
    expect(await read(top, commit, ['a'])).toEqual({ a: 'base' });
  });

  test('an object under the name of another', async () => {
    const { top, commit } = await repository({ a: 'base' });
    const blob = git(top, 'rev-parse', 'HEAD:a');
    const path = join(top, '.git/objects', blob.slice(0, 2), blob.slice(2));
    const forged = inflateSync(await readFile(path))
      .toString()
      .replace('base', 'evil');
    await rm(path);
    await writeFile(path, deflateSync(forged));
    expect(await read(top, commit, ['a'])).toBeUndefined();
  });

  test('configuration that runs programs, and a remote that would be asked for what is missing', async () => {
    const { top, commit } = await repository({ 'a/x': 'a', b: 'b' });
    const marker = join(folder, `ran-${count}`);
    const script = join(top, 'run.sh');
    await writeFile(script, `#!/bin/sh\ntouch ${marker}\n`, { mode: 0o755 });
    for (const [key, value] of [
      ['core.fsmonitor', script],
      ['core.hooksPath', top],
      ['core.sshCommand', script],
      ['core.pager', script],
      ['core.repositoryformatversion', '1'],
      ['extensions.partialClone', 'origin'],
      ['remote.origin.url', `ext::${script}`],
      ['remote.origin.promisor', 'true'],
      ['protocol.ext.allow', 'always'],
      ['filter.x.smudge', script],
    ] as const) {
      git(top, 'config', key, value);
    }
    const tree = git(top, 'rev-parse', 'HEAD:a');
    await rm(join(top, '.git/objects', tree.slice(0, 2), tree.slice(2)));
    expect(await read(top, commit, ['a/x'])).toBeUndefined();
    expect(await read(top, commit, ['b'])).toEqual({ b: 'b' });
    expect(await readdir(folder)).not.toContain(`ran-${count}`);
    // Twin: git itself would have run it.
    expect(() => git(top, 'cat-file', '-p', tree)).toThrow();
    expect(await readdir(folder)).toContain(`ran-${count}`);
  });

  test('without git, nothing is known', async () => {
    const { top, commit } = await repository({ a: 'a' });
    expect(await createCommitReader({ PATH: folder }).read(join(top, '.git'), commit, ['a'])).toBeUndefined();
  });

  test('the end of the call ends it', async () => {
    const { top, commit } = await repository({ a: 'a' });
    const reader = createCommitReader(process.env, AbortSignal.abort(new Error('the end')));
    await expect(reader.read(join(top, '.git'), commit, ['a'])).rejects.toThrow('the end');
  });
});
