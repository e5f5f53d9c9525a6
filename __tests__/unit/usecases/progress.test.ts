import { expect, test } from 'vitest';
import { createProgress } from '../../../src/usecases/progress.ts';

/** Lines written when each image takes this long. */
function linesOf(total: number, eachMs: number): string[] {
  const lines: string[] = [];
  let nowMs = 0;
  const log = { info: (line: string) => void lines.push(line), debug: () => {}, warning: () => {} };
  const done = createProgress(
    { clock: { now: () => new Date(nowMs), sleep: async () => {} }, log },
    ['checked', 'images'],
    total,
  );
  for (let index = 0; index < total; index += 1) {
    nowMs += eachMs;
    done();
  }
  return lines;
}

test.each([
  ['a short run says nothing', 200, 4, []],
  [
    'a long run says how far it is, at most once a second, and ends with all',
    5,
    600,
    ['checked 2 of 5 images', 'checked 4 of 5 images', 'checked 5 of 5 images'],
  ],
  [
    'a slow image is reported when it is done',
    3,
    5000,
    ['checked 1 of 3 images', 'checked 2 of 3 images', 'checked 3 of 3 images'],
  ],
  ['one image is its own result', 1, 60_000, []],
])('%s', (_what, total, eachMs, expected) => {
  expect(linesOf(total, eachMs)).toEqual(expected);
});

test('a thousand images in ten seconds are ten lines', () => {
  const lines = linesOf(1000, 10);
  expect(lines.length).toBeLessThanOrEqual(10);
  expect(lines.at(-1)).toBe('checked 1000 of 1000 images');
});
