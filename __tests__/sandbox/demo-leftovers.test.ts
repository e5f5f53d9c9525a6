import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '../../sandbox/world.ts';

let temporary: string;

beforeAll(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'demo-'));
});
afterAll(() => rm(temporary, { recursive: true, force: true }));

/** Starts the demo with a directory of its own for temporary files. */
function startDemo(script: string): ChildProcess {
  const env = { ...process.env, TMPDIR: temporary, NODE_COMPILE_CACHE: '' };
  return spawn(process.execPath, [join(ROOT, 'sandbox', script)], { env, stdio: ['ignore', 'pipe', 'ignore'] });
}

/** Windows has no such signals. */
test.skipIf(process.platform === 'win32').each([
  ['SIGINT', 'demo.ts', 'Sign it'],
  ['SIGTERM', 'demo.ts', 'Sign it'],
  ['SIGTERM', 'demo-webhook.ts', 'good.yaml'],
] as const)(
  'a demo that ends by %s while an action or the webhook runs leaves no temporary directory behind: %s',
  async (signal, script, marker) => {
    const demo = startDemo(script);
    let hadDirectory = false;
    demo.stdout?.on('data', (chunk: Buffer) => {
      // From here on the first action, or the webhook, runs.
      if (!chunk.toString().includes(marker)) return;
      void readdir(temporary).then((names) => {
        hadDirectory = names.length > 0;
        demo.kill(signal);
      });
    });
    const code = await new Promise((settle) => demo.once('close', settle));
    expect(hadDirectory).toBe(true);
    expect(code).not.toBe(0);
    expect(await readdir(temporary)).toEqual([]);
  },
);
