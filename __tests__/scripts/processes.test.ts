import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { untilFree } from '../../scripts/common/ports.ts';

const PROCESSES = pathToFileURL(join(import.meta.dirname, '../../scripts/common/processes.ts')).href;
let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'countersign-processes-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

/** A run that starts a server, which writes its process ID, and then does what is given. */
function startRun(then: string): ChildProcess {
  const server = { name: 'server', path: 'sh', args: ['-c', 'echo $$ >pid; exec sleep 600'] };
  const code = `
    import { createProcesses } from ${JSON.stringify(PROCESSES)};
    const processes = createProcesses(${JSON.stringify(directory)});
    await processes.start(${JSON.stringify(server)});
    ${then}`;
  return spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['pipe', 'inherit', 'inherit'] });
}

/** Waits until the server has written its ID. */
async function serverPid(): Promise<number> {
  for (;;) {
    const text = readIfThere(join(directory, 'pid'));
    if (text.endsWith('\n')) return Number(text);
    await sleep(20);
  }
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** False for a zombie too: nobody may have waited for it. */
function isRunning(pid: number): boolean {
  try {
    return !execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).startsWith('Z');
  } catch {
    return false;
  }
}

describe.skipIf(process.platform === 'win32')('the servers of a run', () => {
  for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
    test(`end with a run that ${signal} ends`, async () => {
      const run = startRun('setInterval(() => undefined, 1000);');
      const pid = await serverPid();
      expect(isRunning(pid)).toBe(true);
      run.kill(signal);
      await once(run, 'close');
      while (isRunning(pid)) await sleep(20);
    });
  }

  test('end when they are stopped, and nothing holds the run after that', async () => {
    const run = startRun('for await (const _ of process.stdin); await processes.stop();');
    const pid = await serverPid();
    expect(isRunning(pid)).toBe(true);
    run.stdin?.end();
    expect(await once(run, 'close')).toEqual([0, null]);
    expect(isRunning(pid)).toBe(false);
  });
});

test('a port that stays in use is named with what to do; one that is free is not waited for', async () => {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await expect(untilFree(port, { maxSeconds: 0 })).rejects.toThrow(
    `port ${port} is still in use after 0 s: "ss -ltnp 'sport = :${port}'" shows who listens there`,
  );
  server.close();
  await once(server, 'close');
  await untilFree(port, { maxSeconds: 0 });
});
