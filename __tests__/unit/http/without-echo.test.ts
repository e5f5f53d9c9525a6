import { expect, test } from 'vitest';
import { withoutEcho } from '../../../src/http/without-echo.ts';

const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
const clean = (body: string, authorization: string | undefined): string =>
  Buffer.from(withoutEcho(Buffer.from(body), authorization)).toString();

test.each([
  ['the token itself', 'no: opaque-token!', 'Bearer opaque-token', 'no: [redacted]!'],
  ['the Basic value', `no: ${basic('a', 'pass word').slice(6)}`, basic('a', 'pass word'), 'no: [redacted]'],
  ['the password in it', 'wrong password "pass word"', basic('a', 'pass word'), 'wrong password "[redacted]"'],
  ['a password with colons', 'x:y:zzz', basic('a', 'x:y:zzz'), '[redacted]'],
  ['a password in JSON', '{"m":"a\\"bcdef"}', basic('a', 'a"bcdef'), '{"m":"[redacted]"}'],
  ['a password of other letters', 'pässwört!', basic('a', 'pässwört'), '[redacted]!'],
  ['each place', 'opaque-token opaque-token', 'bearer opaque-token', '[redacted] [redacted]'],
])('takes out %s', (_what, body, authorization, expected) => {
  expect(clean(body, authorization)).toBe(expected);
});

test.each([
  ['without credentials', undefined],
  ['that does not repeat them', 'Bearer opaque-token'],
  ['whose password is too short to be told from a word', basic('a', 'no')],
])('leaves a body %s alone', (_what, authorization) => {
  const body = Buffer.from([0xff, 0x00, ...Buffer.from('no way')]);
  expect(withoutEcho(body, authorization)).toBe(body);
});

test('takes out what was secret in the body of the request, in the forms it may be repeated in', () => {
  const body = Buffer.from('{"a":"a/b+c d=\\"e"} a%2Fb%2Bc%20d%3D%22e a%2Fb%2Bc+d%3D%22e');
  expect(Buffer.from(withoutEcho(body, undefined, ['a/b+c d="e'])).toString()).toBe(
    '{"a":"[redacted]"} [redacted] [redacted]',
  );
});
