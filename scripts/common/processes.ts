import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ServerProgram {
  /** Names its log file. */
  readonly name: string;
  readonly path: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Answers 200 once the server is ready; not asked if absent. */
  readonly readyUrl?: string;
  /** Any answer is one: registries ask for a login first. */
  readonly anyAnswer?: boolean;
}

/** Programs that run until they are stopped or this process ends, each in a process group of its own. */
export interface Processes {
  /** Starts a program and waits until it is ready; throws with its last words if it ends before or takes a minute. */
  start(program: ServerProgram): Promise<void>;
  /** Stops everything, latest first, and waits for it. */
  stop(): Promise<void>;
}

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<unknown>;
}

/**
 * A shell that waits until its input ends, which is when this process is gone, however it ended; then it kills the group
 * that its argument names. A run that is killed would otherwise leave its servers, and their ports, to the next one.
 */
const GUARD = 'read -r _; kill -s KILL -- "-$0"';

/** Starts no program yet; their output goes to `<directory>/<name>.log`. */
export function createProcesses(directory: string): Processes {
  const running: Running[] = [];
  const signal = (child: ChildProcess, name: NodeJS.Signals): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, name);
    } catch {
      // The group has ended already.
    }
  };
  return {
    async start({ name, path, args, env = {}, readyUrl, anyAnswer = false }) {
      const logFile = join(directory, `${name}.log`);
      const child = spawn(path, args, {
        cwd: directory,
        env: { ...process.env, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true,
      });
      const log = createWriteStream(logFile);
      child.stdout?.pipe(log);
      child.stderr?.pipe(log);
      const ended = new Promise<string>((resolve) => {
        child.once('error', (error) => resolve(error.message));
        child.once('close', (code) => resolve(`ended with ${code}`));
      });
      running.push({ child, ended });
      if (child.pid !== undefined) {
        // In a session of its own, so that what kills this process and its group leaves the guard.
        const guard = spawn('sh', ['-c', GUARD, String(child.pid)], {
          stdio: ['pipe', 'ignore', 'ignore'],
          detached: true,
        });
        void ended.then(() => guard.kill('SIGKILL'));
      }
      if (readyUrl === undefined) return;
      const outcome = await Promise.race([ended, untilReady(readyUrl, anyAnswer)]);
      if (outcome === 'ready') return;
      const words = await readFile(logFile, 'utf8').catch(() => '');
      throw new Error(`${name}: ${outcome}\n${words.slice(-2000)}`);
    },
    async stop() {
      for (const { child, ended } of running.splice(0).reverse()) {
        signal(child, 'SIGTERM');
        const gone = await Promise.race([ended, sleep(5000, 'late', { ref: false })]);
        if (gone === 'late') signal(child, 'SIGKILL');
        await ended;
      }
    },
  };
}

async function untilReady(url: string, anyAnswer: boolean): Promise<string> {
  for (let tries = 0; tries < 600; tries++) {
    try {
      const { status } = await fetch(url, { signal: AbortSignal.timeout(2000) });
      if (anyAnswer || status === 200) return 'ready';
    } catch {
      // Not listening yet.
    }
    await sleep(100);
  }
  return `not ready at ${url} after a minute`;
}
