import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseStrictJson } from '../../../src/domain/strict-json.ts';

const LIMITS = { maxBytes: 10_000, maxDepth: 20 };

test.each([
  ['{"a":1,"a":1}', 'a duplicate key'],
  ['{"a":1,"b":{"c":1,"c":2}}', 'a duplicate key further down'],
  ['[{"a":1},{"b":1,"b":1}]', 'a duplicate key in a list'],
  ['{"a":1,"\\u0061":2}', 'a duplicate key in another spelling'],
  ['{"__proto__":1,"__proto__":2}', 'a duplicate inherited name'],
  ['{"":1,"":2}', 'a duplicate empty key'],
  ['{"a\\"b":1,"a\\"b" : 2}', 'a duplicate key with a quote'],
  ['{"a":1} x', 'text after it'],
  ['\ufeff{}', 'a byte order mark'],
  [`${'['.repeat(21)}${']'.repeat(21)}`, 'too deep'],
  ['{"a":NaN}', 'no JSON'],
  ['', 'nothing'],
  ['{"a', 'a string without an end'],
  ['{"a\\\\\\"', 'a string whose only end is escaped'],
  [']]{"a":1', 'brackets in the wrong order'],
])('refuses %s: %s', (text) => {
  expect(() => parseStrictJson(text, LIMITS)).toThrow(SyntaxError);
  expect(() => parseStrictJson(Buffer.from(text), LIMITS)).toThrow(SyntaxError);
});

test.each([
  ['{"a":1,"b":1,"A":1}', 'different keys'],
  ['{"a":{"a":{"a":1}}}', 'one name at different depths'],
  ['["a","a",{"a":"a"}]', 'values equal to keys'],
  ['{"a":"\\",\\"a\\":1"}', 'a value that looks like a key'],
  ['{"a":"{[","b":"]}"}', 'brackets in values'],
  ['{"a":"\\\\","\\\\":"\\\\\\"{"}', 'backslashes at the end of strings'],
  [`${'['.repeat(20)}${']'.repeat(20)}`, 'as deep as allowed'],
])('takes %s: %s', (text) => {
  expect(parseStrictJson(text, LIMITS)).toEqual(JSON.parse(text));
});

test('refuses invalid UTF-8 and what is too large', () => {
  expect(() => parseStrictJson(Buffer.from([0x22, 0xff, 0x22]), LIMITS)).toThrow('UTF-8');
  expect(() => parseStrictJson(`"${'a'.repeat(10_000)}"`, LIMITS)).toThrow('larger than');
});

test('refuses too many members and too much depth before anything else is wrong', () => {
  const large = { maxBytes: 8 * 1024 * 1024, maxDepth: 20 };
  expect(() => parseStrictJson(`[${'{},'.repeat(1_000_000)}`, large)).toThrow('more than 1000000 members');
  expect(() =>
    parseStrictJson(`{${Array.from({ length: 1_000_000 }, (_, i) => `"${i}":0`)}`, {
      ...large,
      maxBytes: 16 * 1024 * 1024,
    }),
  ).toThrow('more than 1000000 members');
  expect(() => parseStrictJson('['.repeat(1_000_000), large)).toThrow('nested deeper than 20');
  expect(parseStrictJson(`[${'0,'.repeat(10)}${'{},'.repeat(999_998)}{}]`, large)).toHaveLength(1_000_009);
});

test('reads every JSON value as JSON.parse does, and refuses it once a key is doubled', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), fc.nat(3), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      if (text.length > 9000) return;
      expect(parseStrictJson(text, LIMITS)).toEqual(JSON.parse(text));
      if (text.startsWith('{"')) {
        const key = Object.keys(JSON.parse(text))[0] ?? '';
        expect(() =>
          parseStrictJson(
            text.replace('{', () => `{${JSON.stringify(key)}:0,`),
            LIMITS,
          ),
        ).toThrow('duplicate');
      }
    }),
  );
});
