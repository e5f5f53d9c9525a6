import { createProgramRunner } from '../../programs/run-program.ts';
import type { RunHelper } from './credential-helper.ts';

export interface HelperRunnerOptions {
  /** Environment of the helpers; they are searched for in PATH, with PATHEXT on Windows. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Longest run of a helper, in ms; some ask a cloud service. Default 30 s. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 30_000;
/** Longest output of a helper, in bytes. */
const ANSWER_MAX_BYTES = 1024 * 1024;

/** Runs helpers as child processes; see createProgramRunner. */
export function createHelperRunner({ env, timeoutMs = TIMEOUT_MS }: HelperRunnerOptions): RunHelper {
  const run = createProgramRunner({ env, timeoutMs, outputMaxBytes: ANSWER_MAX_BYTES });
  return async ({ signal }, call) => {
    const { exitCode, stdout } = await run(signal, call);
    return { exitCode, stdout: new TextDecoder().decode(stdout) };
  };
}
