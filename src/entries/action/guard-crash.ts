export interface CrashGuard {
  /** From now on `report` is told of a crash. `clear` resets outputs that a failed step must not keep. */
  readonly reportTo: (report: (error: unknown) => void, clear?: () => void) => void;
}

/** Printed instead of the error: no secret is known yet, so nothing can be concealed in what it quotes. */
const EARLY_CRASH =
  '::error title=Countersign: INTERNAL_ERROR::the action crashed before it had read its environment\n';

/**
 * Makes uncaught errors (an error event without a listener, a promise without a handler) end the step with a failure.
 * Node would print them, with everything they quote, around the log. Call it before the first `await`.
 */
export function guardCrash(): CrashGuard {
  let crashed = false;
  let clearOutputs: () => void = () => undefined;
  let acts: readonly ((error: unknown) => void)[] = [() => void process.stdout.write(EARLY_CRASH)];
  process.on('uncaughtException', (error) => {
    // Reporting the first one may cause a second.
    if (crashed) process.exit(1);
    crashed = true;
    process.exitCode = 1;
    // If the toolkit throws, our own writers take over (github/runner-writer.ts): the second try is theirs.
    for (const act of acts) if (!isDone(() => act(error))) isDone(() => act(error));
    // Work in progress continues until the process exits, and may set those outputs again.
    process.once('exit', () => void isDone(clearOutputs));
    // Exit after the pending output is flushed.
    process.stdout.write('', () => process.exit(1));
  });
  return {
    reportTo(report, clear = () => undefined) {
      clearOutputs = clear;
      acts = [report, clear];
    },
  };
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
