import { expect, test } from 'vitest';
import { mapLimited } from '../../../src/usecases/map-limited.ts';

const later = <Value>(value: Value): Promise<Value> => new Promise((resolve) => setImmediate(() => resolve(value)));

test('keeps the order of the input, whatever ends first', async () => {
  const ends: number[] = [];
  const results = await mapLimited([3, 1, 2], { limit: 3 }, async (turns) => {
    for (let i = 0; i < turns; i++) await later(undefined);
    ends.push(turns);
    return turns * 10;
  });
  expect(results).toEqual([30, 10, 20]);
  expect(ends).toEqual([1, 2, 3]);
});

test('never has more calls under way than the limit', async () => {
  let now = 0;
  let most = 0;
  await mapLimited(Array.from({ length: 20 }), { limit: 4 }, async () => {
    most = Math.max(most, ++now);
    await later(undefined);
    now--;
  });
  expect(most).toBe(4);
});

test('rejects with the first failure, starts nothing after it and outlives no call', async () => {
  const started: number[] = [];
  let running = 0;
  const map = mapLimited([0, 1, 2, 3, 4, 5], { limit: 2 }, async (item) => {
    started.push(item);
    running++;
    await later(undefined);
    running--;
    if (item === 1) throw new Error('item 1');
    return item;
  });
  await expect(map).rejects.toThrow('item 1');
  expect(running).toBe(0);
  expect(started.length).toBeLessThan(6);
});

test('gives an empty list for an empty list', async () => {
  expect(await mapLimited([], { limit: 4 }, later)).toEqual([]);
});
