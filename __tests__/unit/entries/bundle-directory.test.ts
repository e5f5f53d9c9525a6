import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { digestOf } from '../../../src/domain/image/digest.ts';
import { leadsTo } from '../../../src/entries/action/real-path.ts';
import type { RunEnvironment } from '../../../src/entries/action/run-environment.ts';
import { writeBundles } from '../../../src/entries/sign/bundle-directory.ts';
import type { SignOutcome } from '../../../src/usecases/signing/sign-images.ts';
import type { SignRequest } from '../../../src/usecases/signing/sign-request.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bundles-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Writes one bundle for each repository, all of one digest. */
async function write(name: string, paths: readonly string[]): Promise<Awaited<ReturnType<typeof writeBundles>>> {
  const digest = digestOf(Buffer.from('an image'));
  const made = paths.map((path) => ({
    task: { image: { repository: { registry: 'registry.test', path } }, digest, format: 'bundle' },
    made: { bundle: Buffer.from(path) },
  }));
  const run = { env: { RUNNER_TEMP: folder, GITHUB_WORKSPACE: folder }, files: { leadsTo } };
  return writeBundles(
    run as unknown as RunEnvironment,
    { bundleDirectory: join(folder, name) } as SignRequest,
    { made } as unknown as SignOutcome,
  );
}

test('the longest repository has a file name that every file system takes, with its end', async () => {
  const { paths, failure } = await write('long', [`${'a/'.repeat(120)}app`]);
  expect(failure).toBeUndefined();
  expect(basename(paths[0] ?? '')).toMatch(/^[a_]+_app-[0-9a-f]{16}\.bundle\.sigstore\.json$/);
  expect(basename(paths[0] ?? '').length).toBeLessThan(200);
});

test('repositories whose file names would be the same have one file each', async () => {
  const end = 'x'.repeat(150);
  const { paths } = await write('same', ['acme/app', 'acme_app', `one/${end}`, `two/${end}`]);
  expect(new Set(paths).size).toBe(4);
  expect(await readdir(join(folder, 'same'))).toHaveLength(4);
});
