import { verify } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { NOT_JSON_REPLY, PENDING_REPLY } from '../../sandbox/github/oidc.ts';
import { at, textAt } from '../../sandbox/http/json-body.ts';
import { startSigstore } from '../../sandbox/sigstore/sigstore-stack.ts';
import { openStack } from './open-stack.ts';
import { requestToken } from './sign-over-http.ts';

const now = new Date('2026-11-22T22:00:00Z');
const stack = await openStack({ clock: () => now });

describe('the id-token endpoint', () => {
  const ask = (authorization?: string): Promise<Response> =>
    fetch(`${stack.idTokenEnvironment.ACTIONS_ID_TOKEN_REQUEST_URL}&audience=sigstore`, {
      headers: authorization === undefined ? {} : { authorization },
    });

  test('gives a token to the bearer of the request token, whatever the case of the scheme', async () => {
    for (const scheme of ['bearer', 'Bearer']) {
      const reply = await ask(`${scheme} ${stack.oidc.requestToken}`);
      expect(reply.status).toBe(200);
      expect(await reply.json()).toEqual({ count: expect.any(Number), value: expect.stringMatching(/^eyJ/) });
    }
  });

  test.each([
    ['no Authorization', undefined],
    ['another token', 'bearer something-else'],
    ['another scheme', `basic ${'x'.repeat(20)}`],
  ])('answers 401 to %s', async (_, authorization) => {
    expect((await ask(authorization)).status).toBe(401);
  });

  test('signs with a key its JWKS shows, under the issuer its discovery names', async () => {
    const token = await requestToken(stack);
    const discovery: unknown = await (await fetch(`${stack.urls.oidc}/.well-known/openid-configuration`)).json();
    const jwks: unknown = await (await fetch(textAt(discovery, 'jwks_uri') ?? '')).json();
    const [head = '', payload = '', signature = ''] = token.split('.');
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
    expect(textAt(claims, 'iss')).toBe(textAt(discovery, 'issuer'));
    expect(textAt(claims, 'aud')).toBe('sigstore');
    const jwk = at(jwks, 'keys', 0) as object;
    const signed = Buffer.from(`${head}.${payload}`);
    const check = (data: Buffer) =>
      verify('sha256', data, { key: { ...jwk }, format: 'jwk' }, Buffer.from(signature, 'base64url'));
    expect(check(signed)).toBe(true);
    expect(check(Buffer.from(`${head}.${payload}x`))).toBe(false);
  });

  test('without an audience names the owner', async () => {
    const reply = await fetch(stack.idTokenEnvironment.ACTIONS_ID_TOKEN_REQUEST_URL, {
      headers: { authorization: `bearer ${stack.oidc.requestToken}` },
    });
    const token = textAt(await reply.json(), 'value') ?? '';
    expect(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).toContain(
      '"aud":"https://github.com/octo-org"',
    );
  });

  test('gives each of several jobs tokens of its own, to the bearer of its own request token', async () => {
    const one = stack.oidc.addJob({ repository: 'acme/app' });
    const other = stack.oidc.addJob({ repository: 'acme/other' });
    const repositoryFor = async (token: string): Promise<string | undefined> => {
      const value = textAt(await (await ask(`bearer ${token}`)).json(), 'value') ?? '';
      return textAt(JSON.parse(Buffer.from(value.split('.')[1] ?? '', 'base64url').toString()), 'repository');
    };
    expect([await repositoryFor(one), await repositoryFor(other)]).toEqual(['acme/app', 'acme/other']);
    expect(await repositoryFor(stack.oidc.requestToken)).toBe('octo-org/octo-repo');
    expect((await ask(`bearer ${one}x`)).status).toBe(401);
    expect((await ask(`basic ${one}`)).status).toBe(401);
  });

  test('gives tokens of the job and with the deviations it was set to', async () => {
    await using other = await startSigstore({
      clock: () => now,
      issuer: 'https://token.actions.githubusercontent.com',
    });
    const claimsNow = async () =>
      JSON.parse(Buffer.from((await requestToken(other)).split('.')[1] ?? '', 'base64url').toString());
    other.oidc.setJob({ pullRequest: 7 }, { audience: 'elsewhere', expiresSeconds: -5, claims: { actor: 'mallory' } });
    expect(await claimsNow()).toMatchObject({
      iss: 'https://token.actions.githubusercontent.com',
      sub: 'repo:octo-org/octo-repo:pull_request',
      aud: 'elsewhere',
      actor: 'mallory',
      exp: now.getTime() / 1000 - 5,
    });
    other.oidc.setJob({ environment: 'a:b', immutableSubject: true });
    expect(await claimsNow()).toMatchObject({
      sub: 'repo:octo-org@123456/octo-repo@456789:environment:a%3Ab',
      environment: 'a:b',
      aud: 'sigstore',
    });
  });

  test('gives the queued answers first, in order', async () => {
    stack.oidc.answerNext(PENDING_REPLY, NOT_JSON_REPLY);
    const authorization = `bearer ${stack.oidc.requestToken}`;
    const pending = await ask(authorization);
    expect([pending.status, await pending.text()]).toEqual([403, expect.stringContaining("in 'Pending' state")]);
    await expect((await ask(authorization)).json()).rejects.toThrow(SyntaxError);
    expect((await ask(authorization)).status).toBe(200);
  });
});
