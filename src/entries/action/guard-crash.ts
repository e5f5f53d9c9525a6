import { reportFailure } from './report-failure.ts';
import type { RunEnvironment } from './run-environment.ts';

/**
 * Makes uncaught errors (an error event without a listener, a promise without a handler) end the step like any other
 * failure. Node would print them, with everything they quote, around the log. `clear` resets outputs that a failed
 * step must not keep.
 */
export function guardCrash(run: RunEnvironment, clear: () => void = () => undefined): void {
  let crashed = false;
  process.on('uncaughtException', (error) => {
    // Reporting the first one may cause a second.
    if (crashed) process.exit(1);
    crashed = true;
    process.exitCode = 1;
    // If the toolkit throws, our own writers take over (github/runner-writer.ts): the second try is theirs.
    for (const act of [() => void reportFailure(run, error), clear]) if (!isDone(act)) isDone(act);
    // What is under way goes on until the process exits, and may set those outputs again.
    process.once('exit', () => void isDone(clear));
    // Exit after the pending output is flushed.
    process.stdout.write('', () => process.exit(1));
  });
}

/** Whether `act` did not throw. Node would print an error that is thrown here. */
function isDone(act: () => void): boolean {
  try {
    act();
    return true;
  } catch {
    return false;
  }
}
