import { glob, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type GithubContext, readContext } from '../../github/context.ts';
import { appendJobSummary } from '../../github/job-summary.ts';
import { createOutlet, type Outlet } from '../../github/outlet.ts';
import { createSetOutput } from '../../github/outputs.ts';
import type { EarlyConnections } from '../../http/early-connections.ts';
import type { Clock } from '../../usecases/ports.ts';
import { PROCESS_CLOCK } from '../compose/process-clock.ts';
import { readRegularFile } from '../inputs/regular-file.ts';
import { workspaceOf } from './confined-files.ts';
import { environmentSecrets } from './environment-secrets.ts';
import type { InputFiles } from './inputs/input-source.ts';
import { leadsTo, realPath } from './real-path.ts';

/** The process of a run. Only this file accesses environment, clock and streams. */
export interface RunEnvironment extends Outlet {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user id on Linux, undefined elsewhere. */
  readonly linuxUid: number | undefined;
  readonly clock: Clock;
  readonly random: () => number;
  readonly context: GithubContext;
  readonly files: InputFiles;
  /** Opened before the code was loaded (begin-run.ts). */
  readonly early: EarlyConnections | undefined;
  /** The raw value of an input. The runner sets declared inputs without a value to ''. */
  input(name: string): string | undefined;
  setExitCode(code: 0 | 1): void;
  /** Calls `act` after `ms`, without keeping the process alive. Returns a function that cancels the call. */
  after(ms: number, act: () => void): () => void;
  /** Has `act` called when the process ends, also by a signal; returns a function that takes this back. */
  readonly atExit: (act: () => void) => () => void;
  /** Ends the process at once, even if it is blocked in a way that `exit` cannot end. */
  readonly kill: () => void;
}

/** GitHub's size limit for payloads (docs.github.com, "Webhook events and payloads"), in bytes. */
const EVENT_MAX_BYTES = 25 * 1024 * 1024;

/** Reads the real process once. `early`: the connections that it has opened already. */
export async function readRunEnvironment(early?: EarlyConnections): Promise<RunEnvironment> {
  const env = process.env;
  const outlet = createOutlet({
    write: (text) => void process.stdout.write(text),
    setOutput: createSetOutput(env['GITHUB_OUTPUT']),
    appendSummary: (markdown) => void appendJobSummary(env['GITHUB_STEP_SUMMARY'], markdown),
    loadToolkit: async () => (await import('../../github/toolkit-writer.ts')).createToolkitWriter(env),
    // Set, to this value, where debug logging is on (docs.github.com, "Store information in variables").
    showsDebug: env['RUNNER_DEBUG'] === '1',
  });
  for (const secret of environmentSecrets(env)) outlet.mask(secret);
  return {
    env,
    linuxUid: process.platform === 'linux' ? process.getuid?.() : undefined,
    clock: PROCESS_CLOCK,
    random: Math.random,
    context: readContext(env, await readEvent(env['GITHUB_EVENT_PATH'])),
    ...outlet,
    early,
    files: {
      read: readRegularFile,
      glob: (pattern) => globFiles(pattern, workspaceOf(env)),
      realPath,
      leadsTo,
    },
    // actions/runner: upper case, underscores for blanks, dashes unchanged.
    input: (name) => env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`],
    setExitCode: (code) => {
      process.exitCode = code;
    },
    after(ms, act) {
      const timer = setTimeout(act, ms).unref();
      return () => clearTimeout(timer);
    },
    atExit,
    // `process.exit` waits for threads. A thread that opens a pipe without a writer never returns.
    kill() {
      endActs();
      process.kill(process.pid, 'SIGKILL');
    },
  };
}

/** The files that match. `**` also matches directories, which nobody wants. Reading a dangling link reports the problem. */
export async function globFiles(pattern: string, cwd: string): Promise<readonly string[]> {
  const paths: string[] = [];
  for await (const path of glob(pattern, { cwd })) {
    const found = await stat(resolve(cwd, path)).catch(() => undefined);
    if (found?.isDirectory() !== true) paths.push(path);
  }
  return paths;
}

/** What is left to do when the process ends. */
const acts = new Set<() => void>();
let isListening = false;

function atExit(act: () => void): () => void {
  // Only now: a process without anything to do keeps the default of each signal.
  if (!isListening) {
    process.once('exit', endActs);
    // A cancelled job sends SIGINT, then SIGTERM. By default, they end the process without an `exit` event.
    for (const [signal, code] of ENDING_SIGNALS) process.once(signal, () => process.exit(128 + code));
  }
  isListening = true;
  acts.add(act);
  return () => void acts.delete(act);
}

const ENDING_SIGNALS = [
  ['SIGINT', 2],
  ['SIGTERM', 15],
] as const;

function endActs(): void {
  for (const act of acts) {
    acts.delete(act);
    try {
      act();
    } catch {
      // The process ends anyway, and the other acts have their turn.
    }
  }
}

/** The event payload. Undefined if the runner has none or it is broken: the event is then unknown. */
async function readEvent(path: string | undefined): Promise<unknown> {
  if (path === undefined || path === '') return undefined;
  try {
    const bytes = await readRegularFile(path, EVENT_MAX_BYTES);
    return bytes === undefined ? undefined : JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
