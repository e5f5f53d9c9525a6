import { expect, test } from 'vitest';
import { createFairSlots } from '../../../../src/usecases/admitting/fair-slots.ts';

function world(total: number, each: number) {
  const slots = createFairSlots({ total, each });
  const started: string[] = [];
  const ends = new Map<string, () => void>();
  const start = (name: string): Promise<void> =>
    slots(name.slice(0, 1))(async () => {
      started.push(name);
      await new Promise<void>((resolve) => ends.set(name, resolve));
    });
  const end = async (name: string): Promise<void> => {
    ends.get(name)?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { slots, started, start, end };
}

test('one key never has all slots, and those that wait come in their order', async () => {
  const { started, start, end } = world(3, 2);
  for (const name of ['a1', 'a2', 'a3', 'b1', 'b2', 'a4']) void start(name);
  expect(started).toEqual(['a1', 'a2', 'b1']);
  // a3 waits longer, but would be a third of its key once b1 ends.
  await end('b1');
  expect(started).toEqual(['a1', 'a2', 'b1', 'b2']);
  await end('a1');
  expect(started).toEqual(['a1', 'a2', 'b1', 'b2', 'a3']);
  await end('b2');
  expect(started).toHaveLength(5);
  await end('a2');
  expect(started.at(-1)).toBe('a4');
});

test('a slot is given back once, whether work fails, ends or leaves early', async () => {
  const { slots, started, start } = world(1, 1);
  await expect(slots('a')(() => Promise.reject(new Error('x')))).rejects.toThrow('x');
  await slots('a')(async (leave) => {
    leave();
    leave();
  });
  void start('a1');
  void start('a2');
  expect(started).toEqual(['a1']);
});
