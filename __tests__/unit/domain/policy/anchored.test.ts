import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRegexp } from '../../../../src/domain/patterns/regexp.ts';
import { type Anchoring, checkAnchors } from '../../../../src/domain/policy/anchored.ts';

test.each([
  '^a$',
  '^https://github\\.com/acme/.*$',
  '^(?:a|b)$',
  '^(a|b|c(d|e))$',
  '^(?i)a$',
  '^(?i:a|b)$',
  '^(?P<name>a|b)$',
  '^(?<mm>a)$',
  '^[|]$',
  '^[]|]$',
  '^[^]|$]$',
  '^[[:alpha:]|]$',
  '^\\|$',
  '^\\Qa|b\\E$',
  '^a\\\\$',
  '^a{2}$',
])('%s is anchored', (source) => {
  parseRegexp(source);
  expect(check(source)).toEqual({ kind: 'anchored' });
});

test.each([
  ['a', '^a$'],
  ['^a', '^a$'],
  ['a$', '^a$'],
  ['^x.*', '^x.*$'],
  ['a|b', '^(?:a|b)$'],
  ['^a|b$', '^(?:a|b)$'],
  ['^a$|^b$', '^(?:a$|^b)$'],
  ['(a|b)', '^(a|b)$'],
  ['^(a)|(b)$', '^(?:(a)|(b))$'],
  // The last character is not an anchor.
  ['^a\\$', '^a\\$$'],
  ['^[a$', undefined],
  ['^[$]', '^[$]$'],
  ['^(a$)', '^(a$)$'],
  ['(^a$)', '^(^a$)$'],
  ['\\^a$', '^\\^a$'],
  ['(?i)^a$', '^(?i)^a$'],
  ['\\Aa\\z', '^\\Aa\\z$'],
  ['^\\Qa$', undefined],
  // No ^ is needed to match.
  ['^*a$', undefined],
  ['^?a$', undefined],
  ['^{0}a$', undefined],
  ['^{0,1}a$', undefined],
  // Line breaks would be enough.
  ['(?m)^a$', undefined],
  ['^(?m)a$', undefined],
  ['(?im)^a$', undefined],
  ['(?m:^a$)', undefined],
  ['^(?s)(?m:$)a$', undefined],
  ['^', '^$'],
  ['^(?i)*a$', undefined],
  ['^\\Q\\E?a$', undefined],
])('%s is open, write %s', (source, right) => {
  const found = check(source);
  expect(found.kind).toBe('open');
  if (right === undefined) return;
  expect(found).toMatchObject({ right });
  expect(() => parseRegexp(right)).not.toThrow();
  expect(check(right)).toEqual({ kind: 'anchored' });
});

test('what is anchored is found only where the whole value matches', () => {
  const piece = fc.constantFrom(
    'a',
    'b',
    '|',
    '(',
    ')',
    '^',
    '$',
    '[',
    ']',
    '\\',
    '.',
    '*',
    '?',
    '(?:',
    '(?m)',
    '(?i)',
    '\\Q',
    '\\E',
    '{0}',
  );
  const value = fc.array(fc.constantFrom('a', 'b', '\n', '$', '|'), { maxLength: 5 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), value, (pieces, text) => {
      const source = `^${pieces.join('')}$`;
      if (check(source).kind !== 'anchored') return;
      const pattern = compiled(source);
      if (pattern === undefined) return;
      expect(pattern.findsIn(text)).toBe(pattern.matches(text));
    }),
    { numRuns: 1500 },
  );
});

test('an anchored form is offered only if it compiles and is anchored', () => {
  const piece = fc.constantFrom('a', '|', '(', ')', '^', '$', '[', ']', '\\', '*', '(?:', '\\Q', '\\E');
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 6 }), (pieces) => {
      const source = pieces.join('');
      const found = check(source);
      if (compiled(source) === undefined || found.kind === 'anchored' || found.right === undefined) return;
      expect(compiled(found.right), found.right).toBeDefined();
      expect(check(found.right), found.right).toEqual({ kind: 'anchored' });
    }),
    { numRuns: 1500 },
  );
});

function compiled(source: string): ReturnType<typeof parseRegexp> | undefined {
  try {
    return parseRegexp(source);
  } catch {
    return undefined;
  }
}

function check(source: string): Anchoring {
  return checkAnchors(source, (one) => compiled(one) !== undefined);
}
