import { expect, test } from 'vitest';
import { cutText } from '../../../src/domain/text/cut-text.ts';

test.each([
  ['short', 10, 'short'],
  ['', 1, ''],
  ['exactly', 7, 'exactly'],
  ['too long', 7, 'too lo…'],
  ['a\nb', 10, 'a\\u000ab'],
  // What is made visible counts as it is shown.
  ['\n\n', 11, '\\u000a\\u00…'],
  ['😀😀😀', 3, '😀😀😀'],
  ['😀😀😀😀', 3, '😀😀…'],
])('%j in %d', (text, max, shown) => {
  expect(cutText(text, max)).toBe(shown);
});

test('a long text ends with the mark and never with half a character', () => {
  const shown = cutText('x😀'.repeat(1_000_000), 4);
  expect(shown).toBe('x😀x…');
});
