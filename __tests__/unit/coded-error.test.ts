import { expect, test } from 'vitest';
import { CodedError } from '../../src/coded-error.ts';

const shown = (text: string): string => new CodedError('INTERNAL_ERROR', text, { hint: text }).message;

test.each([
  ['a JSON Web Token', 'bad eyJhbGciOi-_.eyJzdWIi.c2ln!', 'bad [redacted token]!'],
  ['one behind other words', 'x.token-eyJhbGciOi.eyJzdWIi and more', 'x.token-[redacted token] and more'],
  ['an Authorization value', 'sent Bearer abcdefgh123 there', 'sent Bearer [redacted] there'],
  ['user info of a URL', 'at https://alice:secret@host/path', 'at https://[redacted]@host/path'],
  ['a signed URL', 'at "https://host/path?sig=abc&x=1" or', 'at "https://host/path?[redacted]" or'],
  ['several URLs', 'http://a/b?c https://d/e?f', 'http://a/b?[redacted] https://d/e?[redacted]'],
])('hides %s, in message and hint', (_what, text, expected) => {
  const error = new CodedError('INTERNAL_ERROR', text, { hint: text });
  expect([error.message, error.hint]).toEqual([expected, expected]);
});

test.each(['eyJust a word', 'monkeyJ.x', 'the bearer is', 'https://host/path', 'mail a@b.example'])(
  'leaves %j alone',
  (text) => {
    expect(shown(text)).toBe(text);
  },
);

// A time that grows with the square of the length would be minutes.
test.each(['eyJ-', 'eyJ', 'http://', 'https://@', 'http://a', 'basic ', 'bearer\t', ' ', '?', 'a.'])(
  'reads one million characters of %j at once',
  (part) => {
    expect(shown(part.repeat(1_000_000 / part.length)).length).toBeGreaterThan(0);
  },
);
