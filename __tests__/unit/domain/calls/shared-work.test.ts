import { expect, test } from 'vitest';
import type { CallLimits } from '../../../../src/domain/calls/call-limits.ts';
import { createSharedWork } from '../../../../src/domain/calls/shared-work.ts';
import { createRetryBudget } from '../../../../src/http/retry-budget.ts';
import { testCall } from '../../../calls.ts';

/** Work that a test ends, and that ends by its call like every adapter. */
function createWork() {
  const begun: CallLimits[] = [];
  const finish: ((value: string) => void)[] = [];
  const work = (call: CallLimits): Promise<string> =>
    new Promise((resolve, reject) => {
      begun.push(call);
      finish.push(resolve);
      call.signal.addEventListener('abort', () => reject(call.signal.reason));
      if (call.signal.aborted) reject(call.signal.reason);
    });
  return { begun, finish, work };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('is done once for all who wait, and anew for who comes after', async () => {
  const shared = createSharedWork<string>();
  const { begun, finish, work } = createWork();
  const both = [testCall(), testCall()].map((call) => shared.join(call, 'key', work));
  const other = shared.join(testCall(), 'other key', work);
  expect(begun).toHaveLength(2);
  finish[0]?.('value');
  finish[1]?.('other');
  expect(await Promise.all([...both, other])).toEqual(['value', 'value', 'other']);
  const again = shared.join(testCall(), 'key', work);
  finish[2]?.('fresh');
  expect(await again).toBe('fresh');
});

test('is not ended by the call that began it, as long as another waits', async () => {
  const shared = createSharedWork<string>();
  const { begun, finish, work } = createWork();
  const end = new AbortController();
  const first = shared.join(testCall({ signal: end.signal }), 'key', work);
  const second = shared.join(testCall(), 'key', work);
  const timeUp = new Error('the time of the first was up');
  end.abort(timeUp);
  // Let go at once, although the work goes on.
  await expect(first).rejects.toBe(timeUp);
  expect(begun[0]?.signal.aborted).toBe(false);
  finish[0]?.('value');
  expect(await second).toBe('value');
});

test('is ended when nobody waits any more, by the words of the last one; the next begins anew', async () => {
  const shared = createSharedWork<string>();
  const { begun, finish, work } = createWork();
  const ends = [new AbortController(), new AbortController()];
  const calls = ends.map(({ signal }) => shared.join(testCall({ signal }), 'key', work));
  const settled = Promise.allSettled(calls);
  ends[1]?.abort('second');
  expect(begun[0]?.signal.aborted).toBe(false);
  ends[0]?.abort('first');
  expect(begun[0]?.signal.reason).toBe('first');
  // Before the work that was given up has settled.
  const next = shared.join(testCall(), 'key', work);
  expect(begun).toHaveLength(2);
  finish[1]?.('value');
  expect(await next).toBe('value');
  expect(await settled).toEqual([
    { status: 'rejected', reason: 'first' },
    { status: 'rejected', reason: 'second' },
  ]);
});

test('of a call that has ended already is given up, but does not harm those who wait', async () => {
  const shared = createSharedWork<string>();
  const { begun, finish, work } = createWork();
  const over = testCall({ signal: AbortSignal.abort('over') });
  await expect(shared.join(over, 'key', work)).rejects.toBe('over');
  expect(begun[0]?.signal.aborted).toBe(true);
  const waiting = shared.join(testCall(), 'key', work);
  await expect(shared.join(over, 'key', work)).rejects.toBe('over');
  finish[1]?.('value');
  expect(await waiting).toBe('value');
});

test('goes on while any of its calls may try again, and charges each for what it waited', async () => {
  const shared = createSharedWork<string>();
  const { begun, finish, work } = createWork();
  const [poor, rich, late] = [1_000, 60_000, 60_000].map((ms) => createRetryBudget(ms));
  const joined = [poor, rich].map((retries) => shared.join(testCall(retries && { retries }), 'key', work));
  const budget = begun[0]?.retries;
  expect(budget?.remainingMs()).toBe(60_000);
  budget?.spend(0, 400, 'https://a');
  joined.push(shared.join(testCall(late && { retries: late }), 'key', work));
  // What was under way before a call came is not charged to it.
  budget?.spend(400, 900, 'https://a');
  budget?.spend(900, 2_000, 'https://a');
  expect([poor, rich, late].map((one) => one?.remainingMs())).toEqual([0, 58_400, 58_900]);
  expect(budget?.remainingMs()).toBe(58_900);
  expect(budget?.attemptMs('https://a')).toBeCloseTo(58_900 / 3);
  finish[0]?.('value');
  await Promise.all(joined);
});

test('logs to every call that waits at the time, and to none that has left', async () => {
  const shared = createSharedWork<string>();
  const { begun, finish, work } = createWork();
  const lines: string[] = [];
  const end = new AbortController();
  const logTo = (name: string) => ({ log: { warning: (line: string) => void lines.push(`${name}: ${line}`) } });
  const first = shared.join(testCall({ signal: end.signal, ...logTo('one') }), 'key', work);
  const second = shared.join(testCall(logTo('two')), 'key', work);
  begun[0]?.log.warning('slow');
  end.abort('over');
  await expect(first).rejects.toBe('over');
  begun[0]?.log.warning('still slow');
  expect(lines).toEqual(['one: slow', 'two: slow', 'two: still slow']);
  finish[0]?.('value');
  await second;
});

test('a failure is that of all who wait', async () => {
  const shared = createSharedWork<string>();
  const fail = async (): Promise<string> => {
    await turn();
    throw new Error('down');
  };
  const both = await Promise.allSettled([testCall(), testCall()].map((call) => shared.join(call, 'key', fail)));
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});
