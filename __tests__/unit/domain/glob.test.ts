import fc from 'fast-check';
import { RE2JS } from 're2js';
import { expect, test } from 'vitest';
import { parseGlob } from '../../../src/domain/patterns/glob.ts';
import { ValueError } from '../../../src/domain/text/value-error.ts';

test.each([
  ['refs/heads/main', 'refs/heads/main', true],
  ['refs/heads/main', 'refs/heads/main2', false],
  ['refs/heads/main', 'xrefs/heads/main', false],
  ['refs/heads/*', 'refs/heads/main', true],
  ['refs/heads/*', 'refs/heads/', true],
  ['refs/heads/*', 'refs/heads/feature/x', false],
  ['refs/heads/**', 'refs/heads/feature/x', true],
  ['refs/tags/v*.*', 'refs/tags/v1.2', true],
  ['refs/tags/v*.*', 'refs/tags/v12', false],
  ['refs/tags/v*.*', 'refs/tags/v1/2.3', false],
  ['**/main', 'refs/heads/main', true],
  ['*', '', true],
  ['a.c', 'abc', false],
  ['a.c', 'a.c', true],
  ['refs/heads/[a-z]', 'refs/heads/b', false],
  ['**', 'two\nlines', true],
])('%j on %j: %s', (glob, value, expected) => {
  expect(parseGlob(glob).matches(value)).toBe(expected);
});

test.each(['***', 'a/****/b'])('%s is no glob', (glob) => {
  expect(() => parseGlob(glob)).toThrow(ValueError);
});

test('has a longest length', () => {
  expect(() => parseGlob('a'.repeat(2049))).toThrow(ValueError);
});

test('agrees with the same pattern written for RE2', () => {
  const character = fc.constantFrom('a', 'b', '/', '.', '\n');
  const part = fc.oneof(character, fc.constantFrom('*', '**'));
  const glob = fc
    .array(part, { maxLength: 8 })
    .map((parts) => parts.join(''))
    .filter((text) => !text.includes('***'));
  const value = fc.string({ unit: character, maxLength: 10 });
  fc.assert(
    fc.property(glob, value, (source, text) => {
      const expression = source
        .split(/(\*+)/)
        .map((one) => (one === '*' ? '[^/]*' : one === '**' ? '(?s:.*)' : RE2JS.quote(one)))
        .join('');
      expect(parseGlob(source).matches(text)).toBe(RE2JS.compile(expression).matches(text));
    }),
    { numRuns: 3000 },
  );
});

test('takes no more than linear steps where an engine that goes back would hang', () => {
  const glob = parseGlob(`${'*a'.repeat(500)}b`);
  expect(glob.matches('a'.repeat(2000))).toBe(false);
});
