import { expect, test } from 'vitest';
import type { ImageAdmission } from '../../../../src/usecases/admitting/admitter.ts';
import { createVerdictMemory, type FreshVerdict } from '../../../../src/usecases/admitting/verdict-memory.ts';
import { createMovedClock, testCall } from '../../../calls.ts';

const admission = (verdict: ImageAdmission['verdict']): ImageAdmission => {
  return { verdict, reason: undefined, message: '', hint: undefined, policies: [], digest: undefined };
};

function world(entriesMax = 500) {
  const clock = createMovedClock();
  const memory = createVerdictMemory({ clock, entriesMax });
  let judged = 0;
  const get = (subject: unknown, verdict: ImageAdmission['verdict'], over: Partial<FreshVerdict> = {}) =>
    memory.get(
      testCall(),
      { subject: [subject], loginId: 'x' },
      {
        isAgain: false,
        judge: async () => {
          judged += 1;
          return { admission: admission(verdict), endMs: Number.POSITIVE_INFINITY, isCurrent: true, ...over };
        },
      },
    );
  return { clock, memory, get, judged: () => judged };
}

test('20,000 digests and annotations of any length leave as many entries as may be', async () => {
  const { memory, get, judged } = world();
  const long = 'x'.repeat(1000);
  for (let index = 0; index < 20_000; index += 1) await get([index, long], index % 2 === 0 ? 'pass' : 'fail');
  expect(judged()).toBe(20_000);
  expect(memory.counts()).toEqual({ passes: 500, refusals: 500 });
});

test('only a pass is kept for an hour', async () => {
  for (const verdict of ['allowed', 'fail', 'error'] as const) {
    const { clock, get, judged } = world();
    await get('a', verdict);
    clock.move(29_999);
    await get('a', verdict);
    expect(judged()).toBe(1);
    clock.move(1);
    await get('a', verdict);
    expect(judged()).toBe(2);
  }
});

test('a pass that has ended, or whose end is not known, is not kept', async () => {
  const { clock, memory, get } = world();
  await get('a', 'pass', { endMs: clock.now().getTime() });
  await get('b', 'pass', { endMs: Number.NaN });
  await get('c', 'pass', { isCurrent: false });
  expect(memory.counts()).toEqual({ passes: 0, refusals: 0 });
  await get('d', 'pass', { endMs: clock.now().getTime() + 1 });
  expect(memory.counts().passes).toBe(1);
});

test('texts that could run into each other are different keys', async () => {
  const { get, judged } = world();
  for (const subject of [['a', 'b'], ['ab'], ['a,b'], ['a', ['b']], 'a","b', null, 'null']) await get(subject, 'pass');
  expect(judged()).toBe(7);
});

test('what fails is not kept', async () => {
  const { memory } = world();
  const key = { subject: ['a'], loginId: 'x' };
  const judge = () => Promise.reject(new Error('defect'));
  await expect(memory.get(testCall(), key, { isAgain: false, judge })).rejects.toThrow('defect');
  expect(memory.counts()).toEqual({ passes: 0, refusals: 0 });
});

test('what is found after everybody has left is not kept', async () => {
  const { memory } = world();
  const time = new AbortController();
  const judge = async (): Promise<FreshVerdict> => {
    time.abort(new Error('up'));
    return { admission: admission('pass'), endMs: Number.POSITIVE_INFINITY, isCurrent: true };
  };
  const key = { subject: ['a'], loginId: 'x' };
  await memory.get(testCall({ signal: time.signal }), key, { isAgain: false, judge }).catch(() => undefined);
  expect(memory.counts()).toEqual({ passes: 0, refusals: 0 });
});
