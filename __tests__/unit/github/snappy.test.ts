import { describe, expect, test } from 'vitest';
import { decodeSnappy } from '../../../src/github/snappy.ts';

const decode = (bytes: readonly number[], max = 100): string =>
  Buffer.from(decodeSnappy(Uint8Array.from(bytes), max)).toString();
const text = (value: string): number[] => [...Buffer.from(value)];

describe('snappy', () => {
  test.each([
    ['nothing', [0], ''],
    ['a literal', [3, 2 << 2, ...text('abc')], 'abc'],
    ['a literal with a length of its own', [3, 60 << 2, 2, ...text('abc')], 'abc'],
    ['a copy with one byte of offset', [8, 3 << 2, ...text('abcd'), 0b001, 4], 'abcdabcd'],
    ['a copy that overlaps with itself', [9, 0, ...text('a'), (7 << 2) | 2, 1, 0], 'aaaaaaaaa'],
    ['a copy with four bytes of offset', [4, 1 << 2, ...text('ab'), (1 << 2) | 3, 2, 0, 0, 0], 'abab'],
  ])('decodes %s', (_, bytes, wanted) => {
    expect(decode(bytes)).toBe(wanted);
  });

  test.each([
    ['without a byte', [], 'ends too early'],
    ['with a length beyond the cap', [0xff, 0xff, 0x03], 'more than 100'],
    ['with an endless length', [0x80, 0x80, 0x80, 0x80, 0x80, 0x80], 'length is malformed'],
    ['that is shorter than it says', [4, 2 << 2, ...text('abc')], 'shorter than it says'],
    ['that is longer than it says', [2, 2 << 2, ...text('abc')], 'literal is too long'],
    ['whose literal ends too early', [3, 2 << 2, ...text('ab')], 'literal is too long'],
    ['whose copy starts before the beginning', [8, 0, ...text('a'), 0b001, 4], 'leaves its bounds'],
    ['whose copy has no offset', [8, 0, ...text('a'), 0b001, 0], 'leaves its bounds'],
    ['whose copy leaves the end', [3, 0, ...text('a'), (7 << 2) | 2, 1, 0], 'leaves its bounds'],
  ])('refuses a block %s', (_, bytes, why) => {
    expect(() => decode(bytes)).toThrow(why);
  });
});
