import { execFileSync } from 'node:child_process';
import { mkdtemp, open, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readRegularFile } from '../../../src/entries/inputs/regular-file.ts';

let folder: string;
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'files-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('a file is read whole, also by a link, up to the last byte allowed', async () => {
  await writeFile(at('file'), 'x'.repeat(200_000));
  await symlink(at('file'), at('link'));
  for (const name of ['file', 'link']) expect(await readRegularFile(at(name), 200_000)).toHaveLength(200_000);
  await expect(readRegularFile(at('file'), 199_999)).rejects.toMatchObject({ code: 'EFBIG' });
  await writeFile(at('empty'), '');
  expect(await readRegularFile(at('empty'), 1)).toHaveLength(0);
});

test('what is not there is nothing', async () => {
  expect(await readRegularFile(at('missing'))).toBeUndefined();
  await writeFile(at('plain'), '');
  expect(await readRegularFile(at('plain/below'))).toBeUndefined();
});

test('more than 16 MiB is refused where no limit is given, before it is read', async () => {
  await writeFile(at('sparse'), '');
  await truncate(at('sparse'), 1024 ** 3);
  await expect(readRegularFile(at('sparse'))).rejects.toMatchObject({ code: 'EFBIG' });
});

test('a directory is refused', async () => {
  await expect(readRegularFile(folder)).rejects.toMatchObject({ code: 'EISDIR', message: 'is a directory' });
});

describe.skipIf(process.platform === 'win32')('what may keep its reader waiting, or never end, is not read', () => {
  test('a named pipe, with nobody or somebody at its other end', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    await expect(readRegularFile(at('pipe'))).rejects.toMatchObject({ code: 'ENOTREGULAR' });
    const other = await open(at('pipe'), 'r+');
    await expect(readRegularFile(at('pipe'))).rejects.toMatchObject({ code: 'ENOTREGULAR' });
    await other.close();
    await symlink(at('pipe'), at('pipe-link'));
    await expect(readRegularFile(at('pipe-link'))).rejects.toMatchObject({ code: 'ENOTREGULAR' });
  });

  test.each(['/dev/zero', '/dev/null'])('the device %s', async (path) => {
    await expect(readRegularFile(path)).rejects.toMatchObject({ code: 'ENOTREGULAR' });
  });

  test('a socket', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(at('socket'), resolve));
    // The system itself refuses to open it.
    await expect(readRegularFile(at('socket'))).rejects.toMatchObject({ code: expect.stringMatching(/^E/) });
    await new Promise((resolve) => server.close(resolve));
  });
});

test.skipIf(process.platform !== 'linux')('a file that says no size is capped while it is read', async () => {
  expect((await readRegularFile('/proc/self/maps'))?.length).toBeGreaterThan(1000);
  await expect(readRegularFile('/proc/self/maps', 1000)).rejects.toMatchObject({ code: 'EFBIG' });
});
