import { expect, test } from 'vitest';
import { warmUp } from '../../../../src/usecases/admitting/warm-up.ts';
import { testCall } from '../../../calls.ts';
import { keyless, policy } from '../policy-values.ts';
import { admittingWorld } from './admitting-world.ts';

const OURS = policy('ours', keyless('alice'));
const SIGNED = { one: ['alice'], two: ['alice'], bad: ['mallory'] };

function world() {
  const made = admittingWorld({ policies: [OURS], signed: SIGNED });
  const time = new AbortController();
  const calls = { opened: 0, closed: 0 };
  const newCall = (signal: AbortSignal) => {
    calls.opened += 1;
    return {
      call: testCall({ signal }),
      close: () => {
        calls.closed += 1;
      },
    };
  };
  const run = (names: readonly string[]) => {
    const expected = names.map((name) => ({ image: made.image(name), access: made.accessOf('x') }));
    const { admitter } = made;
    return warmUp(expected, { admitter, signal: time.signal, newCall });
  };
  return { ...made, run, time, calls };
}

test('what was warmed up is answered without a request, and what was not is asked for', async () => {
  const { run, judge, image, requests, calls } = world();
  expect(await run(['one', 'two', 'bad'])).toEqual({ pass: 2, allowed: 0, fail: 1, error: 0 });
  expect(requests).toHaveLength(3);
  expect(calls).toEqual({ opened: 3, closed: 3 });
  expect(await judge(image('one'), 'other login')).toBe('pass');
  expect(requests).toHaveLength(3);
  expect(await judge(image('unknown'))).toBe('fail NO_SIGNATURE');
  expect(requests).toHaveLength(4);
});

test('at most two images at a time, and none after the end', async () => {
  const { run, state, requests, time, calls } = world();
  let answer = (): void => undefined;
  state.beforeAnswer = () =>
    new Promise((resolve) => {
      answer = resolve;
    });
  const running = run(['one', 'two', 'bad', 'four', 'five']);
  await expect.poll(() => requests.length).toBe(2);
  time.abort(new Error('over'));
  answer();
  expect(await running).toEqual({ pass: 0, allowed: 0, fail: 0, error: 0 });
  expect(requests).toHaveLength(2);
  expect(calls).toEqual({ opened: 2, closed: 2 });
});
