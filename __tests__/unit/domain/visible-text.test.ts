import { expect, test } from 'vitest';
import { hasUnseen, visibleText } from '../../../src/domain/text/visible-text.ts';

test.each([
  ['a line break', '\n', '\\u000a'],
  ['NUL', '\u0000', '\\u0000'],
  ['an escape sequence', '\u001b', '\\u001b'],
  ['a C1 control', '\u009b', '\\u009b'],
  ['a soft hyphen', '\u00ad', '\\u00ad'],
  ['a combining grapheme joiner', '\u034f', '\\u034f'],
  ['an Arabic letter mark', '\u061c', '\\u061c'],
  ['a Hangul filler', '\u3164', '\\u3164'],
  ['a zero-width joiner', '\u200d', '\\u200d'],
  ['a line separator', '\u2028', '\\u2028'],
  ['a right-to-left override', '\u202e', '\\u202e'],
  ['an isolate', '\u2066', '\\u2066'],
  ['a byte order mark', '\ufeff', '\\ufeff'],
  ['a variation selector', '\ufe0e', '\\ufe0e'],
  ['an emoji selector after a letter', '\ufe0f', '\\ufe0f'],
  ['a supplementary variation selector', '\u{e0100}', '\\udb40\\udd00'],
  ['a tag character, which spells text that nobody sees', '\u{e0041}', '\\udb40\\udc41'],
  ['a lone surrogate', '\ud83d', '\\ud83d'],
])('shows %s', (_what, unseen, shown) => {
  expect(visibleText(`a${unseen}b`)).toBe(`a${shown}b`);
  expect(hasUnseen(`a${unseen}b`)).toBe(true);
});

test.each(['plain text', 'g\u00f6', '\u65e5\u672c', '\u{1f680} \u26a0\ufe0f \u{1f6e1}\ufe0f images'])(
  'leaves %j as it is',
  (text) => {
    expect(visibleText(text)).toBe(text);
    expect(hasUnseen(text)).toBe(false);
  },
);
