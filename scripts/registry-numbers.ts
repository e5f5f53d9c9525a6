/**
 * Prints the numbers that the registry side promises, in one place: how long a lone signer waits, what twenty
 * writers at once lose, what killed runs leave, and the red cells of the fault matrix. Runs both suites whole
 * (`npm run races`, `npm run faults`), about a quarter of an hour; arguments go to the first.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Ran, runProgram } from './common/run-program.ts';

const scripts = dirname(fileURLToPath(import.meta.url));

/** Runs a script to its end, its output shown and kept. */
function runScript(script: string, args: readonly string[]): Promise<Ran> {
  return runProgram(process.execPath, [join(scripts, script), ...args], { shown: true, timeoutMs: 3_600_000 });
}

const races = await runScript('races/main.ts', process.argv.slice(2));
const faults = await runScript('faults/main.ts', []);

/** The lines that hold a number, without their indentation. */
function numbersIn(out: string, pattern: RegExp): string[] {
  const found = out.split('\n').filter((line) => pattern.test(line));
  return found.length === 0 ? ['not measured'] : found.map((line) => line.trim());
}

console.log('\n── the numbers');
for (const [what, lines] of [
  ['a lone signer', numbersIn(races.out, /: waited \d+ ms/)],
  ['writers at once', numbersIn(races.out, /^ +missing of \d+/)],
  ['killed runs', numbersIn(races.out, /^ +of \d+ runs/)],
  ['fault matrix', numbersIn(faults.out, /^fault matrix: /)],
] as const) {
  for (const line of lines) console.log(`${what}: ${line}`);
}
if (races.code !== 0 || faults.code !== 0) process.exitCode = 1;
