import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'countersign-ci-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

/** Runs a script that has sourced .ci/steps.sh, in a directory of its own. */
function runSteps(script: string): Promise<{ code: number; out: string; results: string }> {
  const results = join(directory, 'results');
  const whole = `set -u\nRESULTS=${results}\n: >"$RESULTS"\n. ${join(ROOT, '.ci/steps.sh')}\n${script}`;
  return new Promise((resolve) => {
    execFile('bash', ['-c', whole], { cwd: directory }, (error, stdout, stderr) =>
      resolve({
        code: Number(error?.code ?? 0),
        out: stdout + stderr,
        results: readFileSync(results, 'utf8'),
      }),
    );
  });
}

/**
 * Runs a script under a hard stop until its step got as far as to write the file `begun`: a busy machine may need more
 * than a second for that.
 */
async function runToHardStop(script: string): Promise<{ code: number; out: string; results: string }> {
  for (let seconds = 1; ; seconds *= 2) {
    const run = await runSteps(`HARD_STOP=${seconds}\nGRACE=1\n${script}`);
    if (existsSync(join(directory, 'begun'))) return run;
    expect(seconds, run.out).toBeLessThan(60);
  }
}

const lastLine = (out: string): string => out.trimEnd().split('\n').at(-1) ?? '';

// GitHub's other systems have no such bash and no `timeout`; .ci/run is for Linux.
describe.runIf(process.platform === 'linux')('the steps of .ci/run', () => {
  test('pass and fail are counted with what steps write themselves, and the last line says so', async () => {
    const { code, out, results } = await runSteps(`
      step good true
      heavy 'good peer' true
      heavy writer bash -c 'echo "skip zot: no binary" >>'"$RESULTS"
      step bad false
      heavy 'bad peer' bash -c 'exit 3'
      finish`);
    expect(results.trimEnd().split('\n')).toEqual([
      ...['pass good', 'pass good peer', 'skip zot: no binary', 'pass writer', 'fail bad', 'fail bad peer'],
    ]);
    expect(lastLine(out)).toBe('3 passed, 2 failed, 1 skipped');
    expect(out).toMatch(/ s {2}fail {2}bad peer\n/);
    expect(code).toBe(1);
  });

  test('nothing failed: exit 0', async () => {
    const { code, out } = await runSteps('step good true\nfinish');
    expect({ code, last: lastLine(out) }).toEqual({ code: 0, last: '1 passed, 0 failed, 0 skipped' });
  });

  test('after 50 minutes no heavy step begins, and the core still does', async () => {
    const { code, out, results } = await runSteps(`
      SECONDS=3000
      heavy peer touch begun
      step core touch core
      [ ! -e begun ] && [ -e core ] && echo as-it-should
      finish`);
    expect(results).toMatch(/^skip peer: not enough time \(\d+ s passed\)\npass core\n$/);
    expect(out).toContain('as-it-should');
    expect(out).toContain('=== peer skipped: not enough time');
    expect(lastLine(out)).toBe('1 passed, 0 failed, 1 skipped');
    expect(code).toBe(0);
  });

  test('one second before, it begins', async () => {
    const { results } = await runSteps(`
      # Unset, it is a variable like any other, and stands still.
      unset SECONDS
      LAST_START=1000000 SECONDS=999999 HARD_STOP=1001000
      heavy peer true`);
    expect(results).toBe('pass peer\n');
  });

  test('a heavy step that reaches the hard stop is ended with its children, and counts as skipped', async () => {
    // The child goes on after SIGTERM, the step does not.
    writeFileSync(
      join(directory, 'child.sh'),
      'trap "" TERM\necho $$ >child\ntouch begun\nwhile :; do sleep 1; done\n',
    );
    const { code, out, results } = await runToHardStop(`
      heavy peer bash -c 'bash child.sh & wait'
      # Nobody may have waited for it: then it is a zombie.
      state=$(cut -d' ' -f3 "/proc/$(cat child)/stat" 2>/dev/null || echo none)
      echo "the child: $state"
      finish`);
    expect(results).toMatch(/^skip peer: not enough time \(\d+ s passed\)\n$/);
    expect(out).toMatch(/^the child: (?:Z|none)$/m);
    expect(code).toBe(0);
  });

  test('a step that says 124 or 137 itself has failed', async () => {
    const { results } = await runSteps(`
      heavy one bash -c 'exit 124'
      heavy other bash -c 'exit 137'`);
    expect(results).toBe('fail one\nfail other\n');
  });

  test('after the hard stop no heavy step begins, rather than without a limit', async () => {
    const { results } = await runSteps(`
      unset SECONDS
      SECONDS=7 HARD_STOP=7
      heavy peer touch begun
      [ ! -e begun ] && step absent true`);
    expect(results).toBe('skip peer: not enough time (7 s passed)\npass absent\n');
  });

  test('what failed before the hard stop stays failed', async () => {
    const { code, out } = await runToHardStop(`
      heavy peer bash -c 'echo "fail one check" >>'"$RESULTS"'; touch begun; sleep 300'
      finish`);
    expect(lastLine(out)).toBe('0 passed, 1 failed, 1 skipped');
    expect(code).toBe(1);
  });

  test('every script that .ci/run calls is there', () => {
    const text = readFileSync(join(ROOT, '.ci/run'), 'utf8');
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      readonly scripts: Readonly<Record<string, string>>;
    };
    const called = [...text.matchAll(/^(?:step|heavy) .*npm run ([a-z:-]+)/gm)].map(([, name = '']) => name);
    expect(called.length).toBeGreaterThan(8);
    expect(called.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });
});
