import { expect, test } from 'vitest';
import { createSlots } from '../../../src/usecases/slots.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('never runs more than the limit, and everything in the end', async () => {
  const slots = createSlots(3);
  let now = 0;
  let most = 0;
  const done = await Promise.all(
    Array.from({ length: 10 }, (_, i) =>
      slots(async () => {
        most = Math.max(most, ++now);
        await turn();
        now--;
        return i;
      }),
    ),
  );
  expect(most).toBe(3);
  expect(done).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('work that has left its slot lets the next begin before it ends', async () => {
  const slots = createSlots(1);
  const events: string[] = [];
  let end: () => void = () => {};
  const waiting = slots(async (leave) => {
    leave();
    await new Promise<void>((resolve) => {
      end = resolve;
    });
    events.push('first');
  });
  await slots(async () => void events.push('second'));
  end();
  await waiting;
  expect(events).toEqual(['second', 'first']);
});

test('leaving twice frees one slot only, and a failure frees its slot', async () => {
  const slots = createSlots(1);
  await slots(async (leave) => {
    leave();
    leave();
  });
  let now = 0;
  const count = slots(async () => {
    now++;
    await turn();
    expect(now).toBe(1);
    now--;
  });
  const again = slots(async () => {
    now++;
    await turn();
    expect(now).toBe(1);
    now--;
  });
  await Promise.all([count, again]);
  await expect(slots(async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await slots(async () => 'free again')).toBe('free again');
});
