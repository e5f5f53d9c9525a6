import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { readPolicyFolder, watchPolicyFolder } from '../../../src/entries/webhook/policy-folder.ts';
import type { SourceState } from '../../../src/usecases/admitting/policy-keeper.ts';

const made: string[] = [];
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-policies-'));
  made.push(folder);
});
afterAll(() => Promise.all(made.map((path) => rm(path, { recursive: true, force: true }))));

/** Writes files as kubelet does: into a new folder, to which `..data` then leads by one rename. */
async function mount(version: string, files: Readonly<Record<string, string>>): Promise<void> {
  const real = `..${version}`;
  await mkdir(join(folder, real));
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(folder, real, name), text);
    await symlink(join('..data', name), join(folder, name)).catch(() => undefined);
  }
  await symlink(real, join(folder, '..data_tmp'));
  await rename(join(folder, '..data_tmp'), join(folder, '..data'));
}

const shown = (state: SourceState): unknown =>
  state.kind === 'files' ? state.files.map(({ file, text }) => [file.slice(folder.length + 1), text]) : state;

describe('the files of a folder', () => {
  test('are every YAML and JSON file, by name, and no others', async () => {
    for (const name of ['b.yaml', 'a.yml', 'c.json', 'D.YAML', '.hidden.yaml', 'notes.md', 'e.yaml.bak']) {
      await writeFile(join(folder, name), name);
    }
    const { state, isWhole } = await readPolicyFolder(folder);
    expect(shown(state)).toEqual(['D.YAML', 'a.yml', 'b.yaml', 'c.json'].map((name) => [name, name]));
    expect(isWhole).toBe(false);
  });

  test('of a ConfigMap come from where its link leads, and from nowhere else', async () => {
    await mount('v1', { 'a.yaml': 'one' });
    expect(await readPolicyFolder(folder)).toMatchObject({ isWhole: true });
    expect(shown((await readPolicyFolder(folder)).state)).toEqual([['a.yaml', 'one']]);
    await mount('v2', { 'b.yaml': 'two' });
    // The name of the removed file still stands in the folder, as a link to nothing.
    expect(shown((await readPolicyFolder(folder)).state)).toEqual([['b.yaml', 'two']]);
  });

  test('may be none', async () => {
    expect((await readPolicyFolder(folder)).state).toEqual({ kind: 'files', files: [] });
  });

  test.each<[string, () => Promise<unknown>, string]>([
    ['a folder in it, whose files nobody reads', () => mkdir(join(folder, 'more')), 'whose files would not be read'],
    ['a link to nothing', () => symlink('nowhere', join(folder, 'a.yaml')), 'was removed'],
    ['a folder with the name of a file', () => mkdir(join(folder, 'a.yaml')), 'whose files would not be read'],
    ['bytes that are not text', () => writeFile(join(folder, 'a.yaml'), Buffer.from([0xff, 0xfe])), 'not UTF-8'],
    ['a file that is too large', () => writeFile(join(folder, 'a.yaml'), 'x'.repeat(1024 * 1024 + 1)), 'a.yaml: '],
    ['a link of kubelet that leads nowhere', () => symlink('..gone', join(folder, '..data')), 'does not exist'],
    ['no folder', () => rm(folder, { recursive: true }), 'does not exist'],
  ])('cannot be read with %s', async (_what, spoil, why) => {
    if (_what !== 'no folder') await writeFile(join(folder, 'good.yaml'), 'good');
    await spoil();
    const { state } = await readPolicyFolder(folder);
    expect(state).toMatchObject({ kind: 'failed', why: expect.stringContaining(why) });
  });
});

/** A watch that goes on one step at a time. */
function stepping() {
  const said: unknown[] = [];
  const pauses: number[] = [];
  let wake: (() => void) | undefined;
  let slept: (() => void) | undefined;
  const ending = new AbortController();
  const clock = {
    sleep: (ms: number) => {
      pauses.push(ms);
      slept?.();
      return new Promise<void>((resolve) => {
        wake = resolve;
      });
    },
  };
  const step = async (): Promise<unknown[]> => {
    const reached = new Promise<void>((resolve) => {
      slept = resolve;
    });
    if (wake === undefined) {
      watchPolicyFolder(ending.signal, { folder, clock, onState: (state) => said.push(shown(state)) });
    } else wake();
    await reached;
    return said;
  };
  return { step, pauses, end: () => ending.abort() };
}

describe('a folder that is watched', () => {
  test('counts when its files have stayed the same for a moment, so that no half of a change does', async () => {
    const { step, pauses, end } = stepping();
    await writeFile(join(folder, 'a.yaml'), 'one');
    expect(await step()).toEqual([]);
    expect(await step()).toEqual([[['a.yaml', 'one']]]);
    await writeFile(join(folder, 'a.yaml'), 'one\n---\n');
    expect(await step()).toHaveLength(1);
    await writeFile(join(folder, 'a.yaml'), 'one\n---\ntwo');
    expect(await step()).toHaveLength(1);
    expect((await step())[1]).toEqual([['a.yaml', 'one\n---\ntwo']]);
    expect(await step()).toHaveLength(2);
    expect(pauses).toEqual([500, 5000, 500, 500, 5000, 5000]);
    end();
  });

  test('counts at once where kubelet replaces it as a whole, and says each state once', async () => {
    const { step, end } = stepping();
    await mount('v1', { 'a.yaml': 'one' });
    expect(await step()).toEqual([[['a.yaml', 'one']]]);
    await mount('v2', { 'a.yaml': 'two' });
    expect((await step())[1]).toEqual([['a.yaml', 'two']]);
    expect(await step()).toHaveLength(2);
    await rm(join(folder, '..data'));
    await symlink('..gone', join(folder, '..data'));
    expect((await step())[2]).toMatchObject({ kind: 'failed' });
    expect(await step()).toHaveLength(3);
    end();
  });
});
