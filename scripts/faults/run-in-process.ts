import { type CodedError, toCodedError } from '../../src/coded-error.ts';
import type { Results } from '../../src/domain/results.ts';
import { reportFailure } from '../../src/entries/action/report-failure.ts';
import { startDeadline } from '../../src/entries/action/run-deadline.ts';
import { type RunEnvironment, readRunEnvironment } from '../../src/entries/action/run-environment.ts';
import { clearSignOutputs } from '../../src/entries/sign/outputs.ts';
import { runSign } from '../../src/entries/sign/run-sign.ts';
import { clearVerifyOutputs } from '../../src/entries/verify/outputs.ts';
import { runVerify } from '../../src/entries/verify/run-verify.ts';
import { readContext } from '../../src/github/context.ts';
import { createOutlet } from '../../src/github/outlet.ts';

export interface InProcessRun {
  readonly exitCode: 0 | 1;
  readonly outputs: Readonly<Record<string, string>>;
  /** Of the first image, or of what stopped the run. */
  readonly code: string | null;
  readonly message: string;
  readonly durationMs: number;
  readonly log: readonly string[];
  /** Time in which the run waited of its own will, in ms as it asked for; waits side by side count once. */
  readonly sleptMs: number;
}

export interface InProcessOptions {
  readonly action: 'sign' | 'verify';
  readonly inputs: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  /** The event payload. */
  readonly event: unknown;
}

const REPOSITORY = { full_name: 'acme/app', visibility: 'public', private: false };
/** A push to a public repository. */
export const EVENT = { repository: REPOSITORY };
/** A pull request of its own branches. */
export const PULL_REQUEST = {
  repository: REPOSITORY,
  pull_request: { base: { sha: '2'.repeat(40), repo: REPOSITORY }, head: { sha: '3'.repeat(40), repo: REPOSITORY } },
};

/**
 * Runs one action as its main.ts does, in this process: the whole product but the bundling, a hundred times
 * cheaper than a process each. Nothing is written but below RUNNER_TEMP.
 */
export async function runInProcess({ action, inputs, env, event }: InProcessOptions): Promise<InProcessRun> {
  const outputs: Record<string, string> = {};
  const log: string[] = [];
  let exitCode: 0 | 1 = 0;
  let stopped: CodedError | undefined;
  const write = (text: string): void => void log.push(text.trimEnd());
  const environment = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_EVENT_NAME: 'push', ...env };
  const real = await readRunEnvironment();
  const sleeps: [from: number, to: number][] = [];
  const run: RunEnvironment = {
    ...real,
    clock: {
      now: real.clock.now,
      sleep(ms, signal) {
        const from = performance.now();
        sleeps.push([from, from + ms]);
        return real.clock.sleep(ms, signal);
      },
    },
    env: environment,
    context: readContext(environment, event),
    event,
    ...createOutlet({
      write,
      setOutput: (name, value) => {
        outputs[name] = value;
      },
      appendSummary: () => undefined,
    }),
    annotate: ({ level, message }) => write(`${level}: ${message}`),
    mask: () => undefined,
    input: (name) => inputs[name] ?? '',
    setExitCode: (code) => {
      exitCode = code;
    },
  };
  const deadline = startDeadline(run, 600_000);
  const started = performance.now();
  try {
    if (action === 'sign') {
      clearSignOutputs(run);
      await runSign(run, deadline);
    } else {
      clearVerifyOutputs(run);
      await runVerify(run, deadline);
    }
  } catch (error) {
    stopped = toCodedError(error);
    reportFailure(run, error);
  } finally {
    deadline.close();
  }
  const results = outputs['results'] ? (JSON.parse(outputs['results']) as Results) : undefined;
  const image = results?.images[0];
  return {
    exitCode,
    outputs,
    code: stopped?.code ?? image?.reason ?? null,
    message: stopped?.message ?? image?.message ?? '',
    durationMs: performance.now() - started,
    log,
    sleptMs: unionOf(sleeps),
  };
}

/** Total length of intervals; those that overlap by most of their length began as one (a tick apart). */
function unionOf(intervals: readonly (readonly [from: number, to: number])[]): number {
  let total = 0;
  let [start, end] = [0, 0];
  for (const [from, to] of [...intervals].sort((one, other) => one[0] - other[0])) {
    if (from >= end) {
      total += end - start;
      [start, end] = [from, to];
    } else end = Math.max(end, to);
  }
  return total + end - start;
}
