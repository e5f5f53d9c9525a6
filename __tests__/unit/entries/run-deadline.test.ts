import { expect, test } from 'vitest';
import { startDeadline } from '../../../src/entries/action/run-deadline.ts';
import type { RunEnvironment } from '../../../src/entries/action/run-environment.ts';

/** A process whose time passes when told to. */
function fakeRun(timeout: string) {
  let nowMs = 0;
  let timers: { readonly at: number; readonly act: () => void }[] = [];
  const kills: number[] = [];
  const run = {
    input: (name: string) => (name === 'timeout' ? timeout : ''),
    after: (ms: number, act: () => void) => {
      const timer = { at: nowMs + ms, act };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
    kill: () => void kills.push(nowMs),
  } as Partial<RunEnvironment> as RunEnvironment;
  const passTo = (ms: number): void => {
    for (;;) {
      const next = timers.filter(({ at }) => at <= ms).sort((one, other) => one.at - other.at)[0];
      if (next === undefined) break;
      timers = timers.filter((one) => one !== next);
      nowMs = next.at;
      next.act();
    }
    nowMs = ms;
  };
  return { run, passTo, kills };
}

test('both signals come when the time is up, with the reason TIMEOUT and the input to change', () => {
  const { run, passTo } = fakeRun('90s');
  const { due, end } = startDeadline(run, 600_000);
  passTo(89_999);
  expect([due.aborted, end.aborted]).toEqual([false, false]);
  passTo(90_000);
  expect([due.aborted, end.aborted]).toEqual([true, true]);
  expect(due.reason).toMatchObject({ code: 'TIMEOUT', message: 'this run did not finish within 90s' });
  expect(due.reason).toMatchObject({ hint: expect.stringContaining('`timeout`') });
});

test('what is to be finished gets two minutes more, and no longer', () => {
  const { run, passTo } = fakeRun('1m');
  const deadline = startDeadline(run, 600_000);
  deadline.finish();
  passTo(60_000);
  expect([deadline.due.aborted, deadline.end.aborted]).toEqual([true, false]);
  passTo(180_000);
  expect(deadline.end.aborted).toBe(true);
});

test.each([
  ['', 600_000],
  ['soon', 600_000],
  ['0s', 600_000],
  ['25h', 600_000],
  ['24h', 86_400_000],
  ['1s', 1_000],
])('of %j the run makes %d ms', (text, ms) => {
  const { run, passTo } = fakeRun(text);
  const { due } = startDeadline(run, 600_000);
  passTo(ms - 1);
  expect(due.aborted).toBe(false);
  passTo(ms);
  expect(due.aborted).toBe(true);
});

test('a run that ended in time is left alone', () => {
  const { run, passTo, kills } = fakeRun('1m');
  const deadline = startDeadline(run, 600_000);
  passTo(30_000);
  deadline.close();
  passTo(1e9);
  expect(deadline.due.aborted).toBe(false);
  expect(kills).toEqual([]);
});

test('a process that something blocks is killed: soon after its report, at the latest minutes after its time', () => {
  const reported = fakeRun('1m');
  const deadline = startDeadline(reported.run, 600_000);
  reported.passTo(61_000);
  deadline.close();
  reported.passTo(66_000);
  expect(reported.kills).toEqual([66_000]);

  const silent = fakeRun('1m');
  startDeadline(silent.run, 600_000);
  silent.passTo(1e9);
  expect(silent.kills).toEqual([60_000 + 180_000]);
});
