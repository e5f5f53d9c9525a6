import { appendFileSync } from 'node:fs';

/** What became of one check. */
export interface Outcome {
  readonly name: string;
  readonly outcome: 'pass' | 'fail' | 'skip';
  /** Of what was skipped. */
  readonly why?: string;
}

/** Counts and prints what each judge said; also into $COUNTERSIGN_CI_RESULTS, which .ci/run adds up. */
export interface Report {
  /** Runs one check; a throw is a failure, printed whole. */
  check(name: string, run: () => Promise<void>): Promise<void>;
  /** What could not be tried here, and why. Never counted as passed. */
  skip(name: string, why: string): void;
  /** So far, in the order in which the checks ended. */
  readonly outcomes: readonly Outcome[];
  /** True if nothing failed. */
  finish(): boolean;
}

export function createReport(title: string): Report {
  const outcomes: Outcome[] = [];
  const note = (one: Outcome, details = ''): void => {
    outcomes.push(one);
    const line = `${one.name}${one.why === undefined ? '' : `: ${one.why}`}`;
    console.log(`${one.outcome.padEnd(4)} ${line}${details}`);
    const file = process.env['COUNTERSIGN_CI_RESULTS'];
    if (file !== undefined) appendFileSync(file, `${one.outcome} ${line.split('\n')[0]}\n`);
  };
  return {
    outcomes,
    async check(name, run) {
      try {
        await run();
      } catch (error) {
        note({ name, outcome: 'fail' }, `\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        return;
      }
      note({ name, outcome: 'pass' });
    },
    skip: (name, why) => note({ name, outcome: 'skip', why }),
    finish() {
      const count = (outcome: Outcome['outcome']): number => outcomes.filter((one) => one.outcome === outcome).length;
      console.log(`${title}: ${count('pass')} passed, ${count('fail')} failed, ${count('skip')} skipped`);
      return count('fail') === 0;
    },
  };
}

/** Throws with both texts if the condition does not hold. */
export function expectThat(holds: boolean, what: string, found: string): void {
  if (!holds) throw new Error(`expected ${what}; found:\n${found}`);
}
