import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Served, serve } from '../../sandbox/http/serve.ts';
import { inputVariable } from '../../sandbox/runner/runner.ts';
import { createTufRepository } from '../../sandbox/sigstore/tuf-repository.ts';
import { ROOT } from '../../sandbox/world.ts';

/** A job that is cancelled: the committed dist/ is sent a signal while it waits for a TUF repository that is silent. */

let temporary: string;
let silent: Served;
let onAsked: () => void = () => undefined;

beforeAll(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'interrupted-'));
  silent = await serve(
    () => {
      onAsked();
      return { status: 0, fault: 'hang-before-headers' };
    },
    { name: 'tuf' },
  );
});
afterAll(async () => {
  await silent.close();
  await rm(temporary, { recursive: true, force: true });
});

const sessions = async (): Promise<string[]> =>
  (await readdir(temporary, { recursive: true })).filter((path) => /(?:^|[/\\])session-[^/\\]+$/.test(path));

/** Windows has no such signals. */
test.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM'] as const)(
  'a gate that ends by %s leaves no temporary directory behind, and has not passed',
  async (signal) => {
    const { initialRoot } = createTufRepository({ clock: () => new Date(), targets: {}, pathPrefix: '' });
    const inputs = {
      images: `localhost:1/acme/app@sha256:${'0'.repeat(64)}`,
      'source-repository': 'acme/app',
      'tuf-mirror': silent.url,
      'tuf-root': initialRoot.toString(),
    };
    const env = {
      PATH: process.env['PATH'] ?? '',
      RUNNER_TEMP: temporary,
      GITHUB_WORKSPACE: temporary,
      ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [inputVariable(name), value])),
    };
    const asked = new Promise<void>((settle) => {
      onAsked = settle;
    });
    const gate = spawn(process.execPath, [join(ROOT, 'dist/verify/index.js')], {
      cwd: temporary,
      env,
      stdio: 'ignore',
    });
    const ended = new Promise((settle) => gate.once('exit', settle));
    await asked;
    expect(await sessions()).toHaveLength(1);
    gate.kill(signal);
    expect(await ended).not.toBe(0);
    expect(await sessions()).toEqual([]);
  },
);
