import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mountVolume } from '../../../sandbox/webhook/start-webhook.ts';

test('a volume has the files of its last change, and no link of an earlier one', async () => {
  const path = await mkdtemp(join(tmpdir(), 'volume-'));
  try {
    const shown = async (): Promise<string[]> => {
      const names = (await readdir(path)).filter((name) => !name.startsWith('..')).sort();
      return Promise.all(names.map(async (name) => `${name} ${await readFile(join(path, name), 'utf8')}`));
    };
    await mountVolume(path, { 'a.yaml': '1', 'b.yaml': '1' });
    expect(await shown()).toEqual(['a.yaml 1', 'b.yaml 1']);
    await mountVolume(path, { 'a.yaml': '2', 'c.yaml': '2' });
    expect(await shown()).toEqual(['a.yaml 2', 'c.yaml 2']);
  } finally {
    await rm(path, { recursive: true });
  }
});
