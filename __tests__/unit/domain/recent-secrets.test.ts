import { expect, test } from 'vitest';
import { createRecentSecrets } from '../../../src/domain/text/recent-secrets.ts';

const secretOf = (number: number): string => `token-number-${number}-of-a-registry`;

test('the newest secrets are concealed, and the oldest are let go', () => {
  const secrets = createRecentSecrets({ keptMin: 3 });
  secrets.always.add('the-password-of-the-mounted-login');
  for (let number = 0; number < 100; number += 1) secrets.add(secretOf(number));
  for (const number of [97, 98, 99]) expect(secrets.conceal(`is ${secretOf(number)}.`)).toBe('is (redacted).');
  expect(secrets.conceal(secretOf(90))).toBe(secretOf(90));
  expect(secrets.conceal('a the-password-of-the-mounted-login')).toBe('a (redacted)');
});

test('a secret that is added each time it is read stays concealed', () => {
  const secrets = createRecentSecrets({ keptMin: 3 });
  for (let number = 0; number < 100; number += 1) {
    secrets.add('the-login-that-is-read-each-time');
    secrets.add(secretOf(number));
    expect(secrets.conceal('the-login-that-is-read-each-time')).toBe('(redacted)');
  }
});
