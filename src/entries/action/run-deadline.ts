import { CodedError } from '../../coded-error.ts';
import type { Deadline } from '../../usecases/ports.ts';
import { quietReading } from './inputs/read-value.ts';
import { readTimeout } from './inputs/run-limits.ts';
import type { RunEnvironment } from './run-environment.ts';

/** The time that a run has, from its first moment on: reading the inputs may already ask GitHub. */
export interface RunDeadline extends Deadline {
  /** Ends the watch over a run that has reported. What still holds the process of a run whose time was up is killed. */
  close(): void;
}

/** What is under way when the time is up, and must not be left half done, may take this long, in ms. */
const GRACE_MS = 120_000;
/** Reporting to GitHub after that, in ms. */
export const REPORT_MS = 30_000;
/** A process that has reported ends by itself within this time, in ms, unless something blocks it. */
const LINGER_MS = 5_000;

/**
 * Starts the clock of `timeout`. A value that cannot be read ends the run when all inputs are judged; until then the
 * default holds.
 */
export function startDeadline(run: RunEnvironment, absentMs: number): RunDeadline {
  const timeoutMs = readTimeout(quietReading(run), absentMs);
  const due = new AbortController();
  const end = new AbortController();
  const reason = new CodedError('TIMEOUT', `the time of this run was up after ${inWords(timeoutMs)}`, {
    hint: 'Raise `timeout`, or find in the debug log of the job what took so long.',
  });
  let isFinishing = false;
  const stopTimer = run.after(timeoutMs, () => {
    due.abort(reason);
    if (isFinishing) run.after(GRACE_MS, () => end.abort(reason));
    else end.abort(reason);
    // A file that blocks a thread, or whatever else no signal reaches: the step fails, it does not hang.
    run.after(GRACE_MS + 2 * REPORT_MS, run.kill);
  });
  return {
    due: due.signal,
    end: end.signal,
    finish() {
      isFinishing = true;
    },
    close() {
      stopTimer();
      if (due.signal.aborted) run.after(LINGER_MS, run.kill);
    },
  };
}

function inWords(ms: number): string {
  if (ms % 3_600_000 === 0) return `${ms / 3_600_000}h`;
  return ms % 60_000 === 0 ? `${ms / 60_000}m` : `${ms / 1000}s`;
}
