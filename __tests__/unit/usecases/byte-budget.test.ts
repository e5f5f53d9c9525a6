import { expect, test } from 'vitest';
import { createByteBudget } from '../../../src/usecases/byte-budget.ts';

/** Work that ends when it is told to. */
function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}
const settle = () => new Promise((resolve) => setImmediate(resolve));

test('work starts while there is room, in the order in which it came', async () => {
  const budget = createByteBudget(10);
  const started: string[] = [];
  const gates = [gate(), gate(), gate(), gate()];
  const sizes = [6, 4, 5, 1];
  const all = gates.map(({ opened }, at) =>
    budget(sizes[at] ?? 0, async () => {
      started.push(String(at));
      await opened;
    }),
  );
  await settle();
  // The last one would fit, but does not overtake.
  expect(started).toEqual(['0', '1']);
  gates[1]?.open();
  await settle();
  expect(started).toEqual(['0', '1']);
  gates[0]?.open();
  await settle();
  expect(started).toEqual(['0', '1', '2', '3']);
  for (const { open } of gates) open();
  await Promise.all(all);
});

test('work that is larger than the budget runs alone, and failed work gives its room back', async () => {
  const budget = createByteBudget(10);
  const first = gate();
  let isLargeStarted = false;
  const failing = budget(1, async () => {
    await first.opened;
    throw new Error('failed');
  });
  const large = budget(100, async () => {
    isLargeStarted = true;
    return 'done';
  });
  await settle();
  expect(isLargeStarted).toBe(false);
  first.open();
  await expect(failing).rejects.toThrow('failed');
  expect(await large).toBe('done');
});
