import { expect, test } from 'vitest';
import { NOT_JSON_REPLY, PENDING_REPLY } from '../../../sandbox/github/oidc.ts';
import { jsonReply, serve, textReply } from '../../../sandbox/http/serve.ts';
import { type SigstoreStack, startSigstore } from '../../../sandbox/sigstore/sigstore-stack.ts';
import { createHttpClient } from '../../../src/http/create-http-client.ts';
import { createRetryBudget, type RetryBudget } from '../../../src/http/retry-budget.ts';
import {
  type IdentityTokenRequest,
  parseIdentityToken,
  requestIdentityToken,
} from '../../../src/sigstore/signing/identity-token.ts';
import { testCall } from '../../calls.ts';

const NOW = new Date('2026-11-23T00:00:00Z');

/** Changes to the request, and the retry budget of its call. */
type RequestChanges = Partial<IdentityTokenRequest> & { readonly retries?: RetryBudget };

function requestTo(
  requestUrl: string,
  requestToken: string,
  { retries = createRetryBudget(300_000), ...changes }: RequestChanges = {},
) {
  const sleeps: number[] = [];
  const masked: string[] = [];
  let nowMs = Date.now();
  const clock = {
    now: () => new Date(nowMs),
    sleep: async (ms: number) => {
      sleeps.push(ms);
      nowMs += ms;
    },
  };
  const http = createHttpClient({ clock, random: () => 0 });
  const mask = (secret: string): void => void masked.push(secret);
  const request = { requestUrl, requestToken, audience: 'sigstore', clock, mask, ...changes };
  return { result: requestIdentityToken(testCall({ retries }), http, request), sleeps, masked };
}

const requestOf = (stack: SigstoreStack, changes: RequestChanges = {}) => {
  const env = stack.idTokenEnvironment;
  return requestTo(env.ACTIONS_ID_TOKEN_REQUEST_URL, env.ACTIONS_ID_TOKEN_REQUEST_TOKEN, changes);
};

test('asks for the audience, masks the token and says what it claims', async () => {
  await using stack = await startSigstore();
  const { result, masked } = requestOf(stack);
  const token = await result;
  expect(masked).toEqual([token.raw]);
  expect(token.issuer).toBe(stack.issuer);
  expect(token.audience).toEqual(['sigstore']);
  expect(token.challenge).toBe(token.claims['sub']);
  expect(token.expires.getTime()).toBeGreaterThan(Date.now());
  const asked = stack.log.requests()[0];
  expect(asked?.path).toBe('/token?api-version=2.0&audience=sigstore');
});

test.each([
  ['while the job is not running yet', [PENDING_REPLY, PENDING_REPLY], 2],
  ['while it answers with a page', [NOT_JSON_REPLY], 1],
])('asks again %s', async (_when, replies, waits) => {
  await using stack = await startSigstore();
  stack.oidc.answerNext(...replies);
  const { result, sleeps } = requestOf(stack);
  await expect(result).resolves.toBeDefined();
  expect(sleeps).toHaveLength(waits);
});

test.each([
  ['403 Pending', PENDING_REPLY, /returned 403 "Can't issue ID_TOKEN/],
  ['pages', NOT_JSON_REPLY, /returned 200 with a body that is not JSON/],
])('gives up after some %s', async (_what, reply, message) => {
  await using stack = await startSigstore();
  stack.oidc.answerNext(...Array(10).fill(reply));
  const { result, sleeps, masked } = requestOf(stack);
  await expect(result).rejects.toMatchObject({
    code: 'IDENTITY_TOKEN_UNAVAILABLE',
    message: expect.stringMatching(message),
  });
  expect(sleeps).toHaveLength(5);
  expect(masked).toEqual([]);
});

test('waits out of what the run has left for outages, and counts the waits as such', async () => {
  await using stack = await startSigstore();
  stack.oidc.answerNext(...Array(10).fill(NOT_JSON_REPLY));
  const budget = createRetryBudget(2_000);
  const { result, sleeps } = requestOf(stack, { retries: budget });
  await expect(result).rejects.toMatchObject({ code: 'IDENTITY_TOKEN_UNAVAILABLE' });
  expect(sleeps).toEqual([500, 1_000]);
  // The little that the test itself took is no outage.
  expect(budget.remainingMs()).toBeCloseTo(500, -2);
});

test.each([
  [401, textReply(401, 'no')],
  [403, jsonReply(403, { message: 'forbidden by policy' })],
  [404, textReply(404, '')],
  [302, textReply(302, '', [['location', 'https://elsewhere.example/']])],
  [500, textReply(500, 'oops')],
])('status %i is an error with that status, asked once', async (status, reply) => {
  await using stack = await startSigstore();
  stack.oidc.answerNext(reply, reply);
  // A 500 is asked again by the HTTP client, out of the same budget.
  const { result, sleeps } = requestOf(stack, status === 500 ? { retries: createRetryBudget(0) } : {});
  await expect(result).rejects.toMatchObject({
    code: 'IDENTITY_TOKEN_UNAVAILABLE',
    message: expect.stringContaining(`returned ${status}`),
  });
  expect(sleeps).toEqual([]);
});

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (claims: unknown): string => `${part({ alg: 'RS256' })}.${part(claims)}.c2lnbmF0dXJl`;
const CLAIMS = { iss: 'https://issuer.example', sub: 'me', aud: 'sigstore', exp: NOW.getTime() / 1000 + 300 };
const EXPECTED = { audience: 'sigstore', now: NOW };

test('an endpoint that cannot be reached is an error that names it, without query and tokens', async () => {
  const { result } = requestTo('http://127.0.0.1:9/token?secret=1', 'the-request-token', {
    retries: createRetryBudget(0),
  });
  const error = await result.catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: 'IDENTITY_TOKEN_UNAVAILABLE' });
  expect(String(error)).toContain('http://127.0.0.1:9/token');
  expect(String(error)).not.toMatch(/secret|the-request-token/);
});

test.each([
  ['http://token.example/', 'plain http would show the request token'],
  ['file:///token', 'no http at all'],
  ['', 'nothing'],
])('the request URL %j is refused before any call: %s', async (url, _reason) => {
  await expect(requestTo(url, 'x').result).rejects.toMatchObject({
    code: 'IDENTITY_TOKEN_UNAVAILABLE',
    message: 'the id-token endpoint is not an https URL',
  });
});

test('no token is ever in an error, whatever the answer was', async () => {
  const leaked = jwt(CLAIMS);
  for (const reply of [
    jsonReply(200, { token: leaked }),
    jsonReply(403, { message: `bad ${leaked}` }),
    textReply(200, `<html>${leaked}`),
    jsonReply(200, { value: `${leaked}.x` }),
    jsonReply(200, { value: jwt({ ...CLAIMS, exp: 1 }) }),
  ]) {
    await using server = await serve(async () => reply);
    const error: unknown = await requestTo(server.url, 'request').result.catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'IDENTITY_TOKEN_UNAVAILABLE' });
    expect(JSON.stringify([String(error), (error as { hint?: string }).hint])).not.toContain('eyJ');
  }
});

test.each<[string, Record<string, unknown>, string]>([
  ['sub', {}, 'me'],
  ['a verified e-mail address', { email: 'jane@example.com', email_verified: true }, 'jane@example.com'],
  ['sub, where the address is not verified', { email: 'jane@example.com', email_verified: false }, 'me'],
])('the proof of possession is over %s', (_what, claims, challenge) => {
  expect(parseIdentityToken(jwt({ ...CLAIMS, ...claims }), EXPECTED).challenge).toBe(challenge);
});

test.each<[string, string, string]>([
  ['garbage', 'garbage', 'not a JSON Web Token'],
  ['two parts', jwt(CLAIMS).split('.').slice(0, 2).join('.'), 'not a JSON Web Token'],
  ['claims that are no object', jwt([]), 'not a JSON Web Token'],
  ['claims in another alphabet', 'a.!!.c', 'not a JSON Web Token'],
  ['more text than any token has', `${jwt(CLAIMS)}${'x'.repeat(40_000)}`, 'not a JSON Web Token'],
  ['no issuer', jwt({ ...CLAIMS, iss: undefined }), 'lacks iss'],
  ['no subject', jwt({ ...CLAIMS, sub: '' }), 'lacks iss'],
  ['an expiry that is text', jwt({ ...CLAIMS, exp: '9999999999' }), 'lacks iss'],
  ['an expiry that has passed', jwt({ ...CLAIMS, exp: NOW.getTime() / 1000 }), 'expired at 2026-11-23T00:00:00.000Z'],
  ['an expiry out of range', jwt({ ...CLAIMS, exp: 1e300 }), 'expired at an out-of-range time'],
  ['another audience', jwt({ ...CLAIMS, aud: 'https://github.com/octo-org' }), 'not sigstore'],
  ['no audience', jwt({ ...CLAIMS, aud: undefined }), 'not sigstore'],
  ['an audience that only contains it', jwt({ ...CLAIMS, aud: ['sigstore.dev'] }), 'not sigstore'],
])('a token with %s is refused', (_what, raw, message) => {
  expect(parseIdentityToken(jwt(CLAIMS), EXPECTED).issuer).toBe('https://issuer.example');
  expect(parseIdentityToken(jwt({ ...CLAIMS, aud: ['x', 'sigstore'] }), EXPECTED).audience).toHaveLength(2);
  expect(() => parseIdentityToken(raw, EXPECTED)).toThrow(
    expect.objectContaining({ code: 'IDENTITY_TOKEN_UNAVAILABLE', message: expect.stringContaining(message) }),
  );
});
