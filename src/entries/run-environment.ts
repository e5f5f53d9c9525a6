import { readFileSync } from 'node:fs';
import { glob, readFile, realpath, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { type GithubContext, readContext } from '../github/context.ts';
import { appendJobSummary } from '../github/job-summary.ts';
import { createOutlet, type Outlet } from '../github/outlet.ts';
import { createSetOutput } from '../github/outputs.ts';
import type { Clock } from '../usecases/ports.ts';
import { environmentSecrets } from './environment-secrets.ts';
import type { InputFiles } from './inputs/input-source.ts';

/** The process a run lives in: the only place where environment, clock and streams are touched. */
export interface RunEnvironment extends Outlet {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's number on Linux, undefined elsewhere. */
  readonly linuxUid: number | undefined;
  readonly clock: Clock;
  readonly random: () => number;
  readonly context: GithubContext;
  readonly event: unknown;
  readonly files: InputFiles;
  /** Raw value of an input; the runner sets declared inputs that were not given to ''. */
  input(name: string): string | undefined;
  setExitCode(code: 0 | 1): void;
}

/** Reads the real process once. */
export function readRunEnvironment(): RunEnvironment {
  const env = process.env;
  const outlet = createOutlet({
    write: (text) => void process.stdout.write(text),
    setOutput: createSetOutput(env['GITHUB_OUTPUT']),
    appendSummary: (markdown) => void appendJobSummary(env['GITHUB_STEP_SUMMARY'], markdown),
  });
  for (const secret of environmentSecrets(env)) outlet.mask(secret);
  const event = readEvent(env['GITHUB_EVENT_PATH']);
  return {
    env,
    linuxUid: process.platform === 'linux' ? process.getuid?.() : undefined,
    clock: {
      now: () => new Date(),
      sleep: async (ms, signal) => void (await sleep(ms, undefined, signal === undefined ? {} : { signal })),
    },
    random: Math.random,
    context: readContext(env, event),
    event,
    ...outlet,
    files: {
      read: readIfThere,
      glob: async (pattern) => {
        const paths: string[] = [];
        for await (const path of glob(pattern)) {
          // `**` names directories too, and nobody means them. A dangling link is told by whoever reads it.
          const found = await stat(path).catch(() => undefined);
          if (found?.isDirectory() !== true) paths.push(path);
        }
        return paths;
      },
      realPath: async (path) => {
        try {
          return await realpath(path);
        } catch (error) {
          if (isMissing(error)) return undefined;
          throw error;
        }
      },
    },
    // actions/runner: upper case, blanks to underscores, dashes stay.
    input: (name) => env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`],
    setExitCode: (code) => {
      process.exitCode = code;
    },
  };
}

/** Bytes of a file; undefined if it does not exist. */
async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** The event payload; a runner without one, or a broken one, leaves everything about the event unknown. */
function readEvent(path: string | undefined): unknown {
  if (path === undefined || path === '') return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
