import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHelperRunner } from '../../../src/oci/credentials/run-helper.ts';
import { testCall } from '../../calls.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helper-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Puts a helper into PATH: `docker-credential-NAME`. */
async function script(name: string, text: string): Promise<string> {
  const program = `docker-credential-${name}`;
  await writeFile(join(folder, program), `#!/bin/sh\n${text}\n`);
  await chmod(join(folder, program), 0o755);
  return program;
}

function run(program: string, stdin = 'ghcr.io', timeoutMs = 20_000, signal?: AbortSignal) {
  const env = { PATH: `${folder}${delimiter}${process.env['PATH']}` };
  const call = testCall(signal === undefined ? {} : { signal });
  return createHelperRunner({ env, timeoutMs })(call, { program, args: ['get'], stdin });
}

async function waitForEnd(name: string): Promise<void> {
  const pid = Number(await readFile(join(folder, name), 'utf8'));
  expect(pid).toBeGreaterThan(1);
  await expect.poll(() => isRunning(pid), { timeout: 10_000 }).toBe(false);
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe.skipIf(process.platform === 'win32')('a credential helper', () => {
  test('gets its argument and the server, and answers by stdout and exit status', async () => {
    const echo = await script('echo', 'read -r server; printf \'{"Username":"%s","Secret":"%s"}\' "$1" "$server"');
    expect(await run(echo)).toEqual({ exitCode: 0, stdout: '{"Username":"get","Secret":"ghcr.io"}' });
  });

  test('may end without reading what it is asked', async () => {
    const fail = await script('fail', 'echo credentials not found in native keychain; exit 1');
    // More than a pipe holds, so that the helper surely closes its stdin before it is written.
    const unread = 'x'.repeat(1024 * 1024);
    expect(await run(fail, unread)).toEqual({ exitCode: 1, stdout: 'credentials not found in native keychain\n' });
  });

  test('that leaves a process behind which keeps its output open has answered when it ends itself', async () => {
    const agent = await script('agent', `printf '{}'; sleep 600 & echo $! > ${folder}/agent`);
    expect(await run(agent)).toEqual({ exitCode: 0, stdout: '{}' });
    // An agent may serve others; it is not ours to end.
    const pid = Number(await readFile(join(folder, 'agent'), 'utf8'));
    expect(isRunning(pid)).toBe(true);
    process.kill(pid, 'SIGKILL');
  });

  test('that hangs is killed with what it started', async () => {
    const hang = await script(
      'hang',
      `sleep 600 & echo $! > ${folder}/child; echo $$ > ${folder}/self; exec sleep 600`,
    );
    await expect(run(hang, 'x', 1000)).rejects.toThrow('no output within 1 s');
    await waitForEnd('self');
    await waitForEnd('child');
  });

  test('under way is killed with what it started when the time of the run is up', async () => {
    const late = await script(
      'late',
      `sleep 600 & echo $! > ${folder}/late-child; echo $$ > ${folder}/late-self; exec sleep 600`,
    );
    const end = new AbortController();
    const answer = run(late, 'x', 20_000, end.signal);
    const refused = expect(answer).rejects.toThrow('time is up');
    await expect.poll(() => readFile(join(folder, 'late-self'), 'utf8').catch(() => '')).toMatch(/\d\n/);
    end.abort(new Error('time is up'));
    await refused;
    await waitForEnd('late-self');
    await waitForEnd('late-child');
    // None is left to run after that, and one that answered in time has answered.
    await expect(run(late, 'x', 20_000, end.signal)).rejects.toThrow('time is up');
    const prompt = await script('prompt', "printf '{}'");
    const other = new AbortController();
    expect(await run(prompt, 'x', 20_000, other.signal)).toEqual({ exitCode: 0, stdout: '{}' });
    other.abort();
  });

  test('that talks without end is killed', async () => {
    const talk = await script('talk', `echo $$ > ${folder}/talk; exec cat /dev/zero`);
    await expect(run(talk)).rejects.toThrow('too long');
    await waitForEnd('talk');
  });

  test('that is killed has not answered', async () => {
    const killed = await script('killed', "printf '{}'; kill -9 $$");
    await expect(run(killed)).rejects.toThrow('SIGKILL');
  });

  test.each(['docker-credential-missing', '../docker-credential-echo', '/bin/sh', ''])(
    'is only found by its name in PATH: %j',
    async (program) => {
      await script('echo', 'printf "{}"');
      await expect(run(program)).rejects.toThrow('not in PATH');
    },
  );

  test('is not looked for in the working directory, which holds what others wrote', async () => {
    const here = await script('here', "printf '{}'");
    const before = process.cwd();
    process.chdir(folder);
    try {
      for (const path of ['', '.', `${delimiter}/usr/bin`]) {
        await expect(
          createHelperRunner({ env: { PATH: path } })(testCall(), { program: here, args: ['get'], stdin: 'x' }),
        ).rejects.toThrow('not in PATH');
      }
    } finally {
      process.chdir(before);
    }
  });
});
