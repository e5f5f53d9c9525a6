import { reportFailure } from './report-failure.ts';
import type { RunEnvironment } from './run-environment.ts';

/**
 * What nobody catches (an error event without a listener, a promise without a handler) ends the step as any other
 * failure does: Node would print it, with whatever it quotes, past the log. `clear` takes back outputs that say more
 * than a failed step may.
 */
export function guardCrash(run: RunEnvironment, clear: () => void = () => undefined): void {
  let crashed = false;
  process.on('uncaughtException', (error) => {
    // A second one may come of reporting the first.
    if (crashed) process.exit(1);
    crashed = true;
    process.exitCode = 1;
    // If the toolkit throws, our own writers take over (github/runner-writer.ts): the second try is theirs.
    for (const act of [() => void reportFailure(run, error), clear]) if (!isDone(act)) isDone(act);
    // Once what was written has left.
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
