import { CodedError } from '../../coded-error.ts';
import type { Deadline } from '../../usecases/ports.ts';
import { quietReading } from '../inputs/read-value.ts';
import { readTimeout } from '../inputs/run-limits.ts';
import type { RunEnvironment } from './run-environment.ts';

/** The time limit of a run. It applies from the start, because reading the inputs may already ask GitHub. */
export interface RunDeadline extends Deadline {
  /** Call this when the run has reported. If its time was up, kills a process that something still keeps alive. */
  close(): void;
}

/** The extra time for work that must not stop halfway when the time is up, in ms. */
const GRACE_MS = 120_000;
/** The time for reporting to GitHub after that, in ms. */
export const REPORT_MS = 30_000;
/** The time within which a process that has reported ends by itself, in ms, unless something blocks it. */
const LINGER_MS = 5_000;

/** Starts the clock of `timeout`. An invalid value ends the run when all inputs are judged; until then the default applies. */
export function startDeadline(run: RunEnvironment, absentMs: number): RunDeadline {
  const timeoutMs = readTimeout(quietReading(run), absentMs);
  const due = new AbortController();
  const end = new AbortController();
  const reason = new CodedError('TIMEOUT', `this run did not finish within ${inWords(timeoutMs)}`, {
    hint: 'Increase `timeout`, or check the debug log of the job for the cause of the delay.',
  });
  let isFinishing = false;
  const stopTimer = run.after(timeoutMs, () => {
    due.abort(reason);
    if (isFinishing) run.after(GRACE_MS, () => end.abort(reason));
    else end.abort(reason);
    // Some operations ignore the signal, such as a file that blocks a thread. The step must fail, not hang.
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
