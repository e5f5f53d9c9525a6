import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { access, constants, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { startDeadline } from '../http/network-time.ts';

export interface ProgramRunnerOptions {
  /** Environment of the programs; they are searched for in PATH, with PATHEXT on Windows. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Longest run of a program, in ms. */
  readonly timeoutMs: number;
  /** Longest output of a program, in bytes. */
  readonly outputMaxBytes: number;
}

export interface ProgramCall {
  /** Its name in PATH. */
  readonly program: string;
  /** Never from outside without a check: on Windows, a script gets them through a shell. */
  readonly args: readonly string[];
  readonly stdin: string;
}

interface ProgramAnswer {
  readonly exitCode: number;
  readonly stdout: Uint8Array;
}

/** Runs a program to its end. Rejects if it is not in PATH, is ended by a signal, or exceeds a limit. */
export type RunProgram = (signal: AbortSignal, call: ProgramCall) => Promise<ProgramAnswer>;

/** Time to read the output of a program that has ended, in ms; a process it left behind may hold the output open. */
const DRAIN_MS = 250;
const IS_WINDOWS = process.platform === 'win32';

/**
 * Runs programs as child processes. A program is found in PATH, and is killed with all its children when its time is up
 * or the call ends; the latter rejects with the reason of the call's signal. The end of the program counts, not that of
 * its output, which a process it left behind may hold open. No such process keeps this one alive.
 */
export function createProgramRunner(options: ProgramRunnerOptions): RunProgram {
  const { env } = options;
  return async (signal, { program, args, stdin }) => {
    const file = await findProgram(program, env);
    if (file === undefined) throw new Error('the program is not in PATH');
    const child = await start(file, args, env);
    try {
      return await answerOf(child, stdin, { ...options, signal });
    } finally {
      child.stdin?.destroy();
      child.stdout?.destroy();
      child.unref();
    }
  };
}

/** The file of a program in PATH. Relative folders are skipped: the working directory holds checked-out code. */
async function findProgram(program: string, env: ProgramRunnerOptions['env']): Promise<string | undefined> {
  if (!/^[A-Za-z0-9._-]+$/.test(program)) return undefined;
  const suffixes = IS_WINDOWS ? (env['PATHEXT'] || '.COM;.EXE;.BAT;.CMD').split(';') : [''];
  for (const folder of (env['PATH'] ?? '').split(delimiter)) {
    if (!isAbsolute(folder)) continue;
    for (const suffix of suffixes) {
      const path = join(folder, `${program}${suffix}`);
      if (await isProgram(path)) return path;
    }
  }
  return undefined;
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

async function start(file: string, args: readonly string[], env: ProgramRunnerOptions['env']): Promise<ChildProcess> {
  const { spawn } = await import('node:child_process');
  const options: SpawnOptions = { env, stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true };
  // Windows needs a shell to run scripts. The name has no special characters, and the arguments are ours.
  if (IS_WINDOWS && /\.(?:bat|cmd)$/i.test(file)) {
    return spawn([`"${file}"`, ...args].join(' '), { ...options, shell: true });
  }
  // A process group of its own, so that the program can be killed with its children.
  return spawn(file, args, { ...options, detached: !IS_WINDOWS });
}

function answerOf(
  child: ChildProcess,
  stdin: string,
  { timeoutMs, outputMaxBytes, signal }: ProgramRunnerOptions & { readonly signal: AbortSignal },
): Promise<ProgramAnswer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let received = 0;
    const end = (): void => {
      stopDeadline();
      signal.removeEventListener('abort', onAbort);
    };
    const giveUp = (why: unknown): void => {
      kill(child);
      end();
      reject(why);
    };
    const onAbort = (): void => giveUp(signal.reason);
    let stopDeadline = startDeadline({
      ms: timeoutMs,
      progress: () => received,
      onExpired: () => giveUp(new Error(`no output within ${timeoutMs / 1000} s`)),
    });
    const settle = (exitCode: number): void => {
      end();
      resolve({ exitCode, stdout: Buffer.concat(chunks) });
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    child.stdout?.on('data', (chunk: Buffer) => {
      received += chunk.length;
      if (received > outputMaxBytes) giveUp(new Error('its output is too long'));
      else chunks.push(chunk);
    });
    child.once('error', (error) => giveUp(error));
    child.once('exit', (exitCode, killedBy) => {
      stopDeadline();
      if (exitCode === null) {
        giveUp(new Error(`it was ended by ${killedBy ?? 'a signal'}`));
        return;
      }
      child.once('close', () => settle(exitCode));
      stopDeadline = startDeadline({ ms: DRAIN_MS, progress: () => received, onExpired: () => settle(exitCode) });
    });
    // A program may end without reading its input.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(stdin);
  });
}

function kill(child: ChildProcess): void {
  try {
    if (IS_WINDOWS || child.pid === undefined) child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has already ended.
  }
}
