import { appendFileSync } from 'node:fs';

/** Counts and prints what each judge said; also into $COUNTERSIGN_CI_RESULTS, which .ci/run adds up. */
export interface Report {
  /** Runs one check; a throw is a failure, printed whole. */
  check(name: string, run: () => Promise<void>): Promise<void>;
  /** What could not be tried here, and why. Never counted as passed. */
  skip(name: string, why: string): void;
  /** True if nothing failed. */
  finish(): boolean;
}

export function createReport(name = 'real components'): Report {
  const counts = { pass: 0, fail: 0, skip: 0 };
  const note = (outcome: keyof typeof counts, line: string): void => {
    counts[outcome]++;
    console.log(`${outcome.padEnd(4)} ${line}`);
    const file = process.env['COUNTERSIGN_CI_RESULTS'];
    if (file !== undefined) appendFileSync(file, `${outcome} ${line.split('\n')[0]}\n`);
  };
  return {
    async check(name, run) {
      try {
        await run();
        note('pass', name);
      } catch (error) {
        note('fail', `${name}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      }
    },
    skip: (name, why) => note('skip', `${name}: ${why}`),
    finish() {
      console.log(`${name}: ${counts.pass} passed, ${counts.fail} failed, ${counts.skip} skipped`);
      return counts.fail === 0;
    },
  };
}

/** Throws with both texts if the condition does not hold. */
export function expectThat(holds: boolean, what: string, found: string): void {
  if (!holds) throw new Error(`expected ${what}; found:\n${found}`);
}
