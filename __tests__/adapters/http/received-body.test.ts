import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createReceivedBody } from '../../../src/http/received-body.ts';

test('a body is its pieces in order, however many there are', () => {
  expect(createReceivedBody().bytes()).toEqual(Buffer.alloc(0));
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 5000 }), (lengths) => {
      const body = createReceivedBody();
      const pieces = lengths.map((length, index) => Buffer.alloc(length, index % 251));
      for (const piece of pieces) body.add(piece);
      expect(body.bytes().equals(Buffer.concat(pieces))).toBe(true);
    }),
    { numRuns: 20 },
  );
});

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What two million pieces of one byte take beside their bytes, as they come out of the buffers a socket is read into. */
function heapOf(body: { add(piece: Buffer): void }): number {
  const read = Buffer.alloc(65_536);
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  for (let at = 0; at < 2_000_000; at += 1) body.add(read.subarray(at % 65_536, (at % 65_536) + 1));
  collectGarbage();
  return process.memoryUsage().heapUsed - before;
}

test('a body that is sent byte by byte takes no more memory than another', () => {
  const body = createReceivedBody();
  expect(heapOf(body)).toBeLessThan(20_000_000);
  expect(body.bytes().length).toBe(2_000_000);
});

test('the same pieces in a list take a hundred times as much as they hold', () => {
  const pieces: Buffer[] = [];
  expect(heapOf({ add: (piece) => pieces.push(piece) })).toBeGreaterThan(100_000_000);
  expect(pieces.length).toBe(2_000_000);
});
