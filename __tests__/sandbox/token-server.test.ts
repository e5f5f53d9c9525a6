import { verify, X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { serve } from '../../sandbox/http/serve.ts';
import type { ChallengeForm } from '../../sandbox/registry/authorization.ts';
import { buildImage, pushImage, storeImage } from '../../sandbox/registry/image-builder.ts';
import { createRegistry } from '../../sandbox/registry/registry.ts';
import { createTokenServer, grantPublicPull, type TokenServerOptions } from '../../sandbox/registry/token-server.ts';

const ALICE = { alice: 's3:cret' };
const PULL = 'repository:acme/app:pull';
const BOTH = 'repository:acme/app:pull,push';
const basic = (user: string, password: string): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});

async function openTokens(options: TokenServerOptions = {}) {
  const tokens = createTokenServer({ users: ALICE, ...options });
  const served = await serve(tokens.handle, { name: 'tokens' });
  const parse = async (response: Response) => {
    const body: Record<string, unknown> = JSON.parse(await response.text());
    return { status: response.status, body, token: String(body['token'] ?? body['access_token']) };
  };
  return {
    tokens,
    served,
    get: async (query: string, headers: Record<string, string> = {}) =>
      parse(await fetch(`${served.url}/token?service=registry${query}`, { headers })),
    post: async (form: Record<string, string>, headers: Record<string, string> = {}) =>
      parse(
        await fetch(`${served.url}/token`, {
          method: 'POST',
          headers,
          body: new URLSearchParams({ service: 'registry', client_id: 'test', ...form }),
        }),
      ),
    [Symbol.asyncDispose]: () => served.close(),
  };
}

describe('the token server', () => {
  test('gives a user by GET and Basic what he asks for, one scope a parameter', async () => {
    await using it = await openTokens();
    const answer = await it.get(`&scope=${BOTH}&scope=repository:127.0.0.1:5000/x:pull`, basic('alice', 's3:cret'));
    expect(answer.body).toMatchObject({ expires_in: 300, token: answer.token, access_token: answer.token });
    expect(it.tokens.verify(answer.token)).toEqual([
      { type: 'repository', name: 'acme/app', actions: ['pull', 'push'] },
      { type: 'repository', name: '127.0.0.1:5000/x', actions: ['pull'] },
    ]);
  });

  test('signs ES256 with the certificate that it exports', async () => {
    await using it = await openTokens();
    const { token } = await it.get(`&scope=${PULL}`, basic('alice', 's3:cret'));
    const [header = '', payload = '', signature = ''] = token.split('.');
    const { alg, x5c } = JSON.parse(Buffer.from(header, 'base64url').toString());
    const certificate = new X509Certificate(it.tokens.certificatePem);
    expect([alg, x5c]).toEqual(['ES256', [certificate.raw.toString('base64')]]);
    const isSigned = verify(
      'sha256',
      Buffer.from(`${header}.${payload}`),
      { key: certificate.publicKey, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    );
    expect(isSigned).toBe(true);
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    expect(claims).toMatchObject({ iss: 'sandbox-tokens', aud: 'registry', sub: 'alice' });
  });

  test('lets opaque tokens run out too', async () => {
    let now = new Date('2026-01-01T00:00:00Z');
    await using it = await openTokens({ now: () => now, expiresIn: 60, form: 'opaque' });
    const { token } = await it.get(`&scope=${PULL}`, basic('alice', 's3:cret'));
    expect(it.tokens.verify(token)).toHaveLength(1);
    now = new Date('2026-01-01T00:01:00Z');
    expect(it.tokens.verify(token)).toBeUndefined();
  });

  test('takes only its own tokens, unaltered and in time', async () => {
    let now = new Date('2026-01-01T00:00:00Z');
    await using it = await openTokens({ now: () => now, expiresIn: 60 });
    await using other = await openTokens({ now: () => now });
    const { token } = await it.get(`&scope=${PULL}`, basic('alice', 's3:cret'));
    const [header, payload = '', signature] = token.split('.');
    const forged = Buffer.from(payload, 'base64url').toString().replace('pull', 'push');
    expect(it.tokens.verify(token)).toHaveLength(1);
    expect(it.tokens.verify(`${header}.${Buffer.from(forged).toString('base64url')}.${signature}`)).toBeUndefined();
    expect(other.tokens.verify(token)).toBeUndefined();
    expect(it.tokens.verify('opaque')).toBeUndefined();
    now = new Date('2026-01-01T00:01:00Z');
    expect(it.tokens.verify(token)).toBeUndefined();
  });

  test.each<readonly [string, string, Record<string, string>, number]>([
    ['a wrong password', `&scope=${PULL}`, basic('alice', 'wrong'), 401],
    ['an unknown user', `&scope=${PULL}`, basic('constructor', 's3:cret'), 401],
    ['a Bearer', `&scope=${PULL}`, { authorization: 'Bearer x' }, 400],
    ['a malformed scope', '&scope=acme/app', basic('alice', 's3:cret'), 400],
    ['scopes joined by blanks', `&scope=${PULL}%20${PULL}:x`, basic('alice', 's3:cret'), 400],
  ])('answers %s by its status', async (_, query, headers, status) => {
    await using it = await openTokens();
    expect((await it.get(query, headers)).status).toBe(status);
  });

  test('refuses another service, and a realm whose query was dropped', async () => {
    await using it = await openTokens({ requiredQuery: { account: 'x' } });
    expect((await it.get('')).body).toEqual({ details: 'account was dropped' });
    expect((await it.get('&account=x')).status).toBe(200);
    expect((await fetch(`${it.served.url}/token?account=x&service=other`)).status).toBe(400);
  });

  test('gives nobody nothing, or pull where that is public, and says 200 to both', async () => {
    await using closed = await openTokens();
    await using open = await openTokens({ grant: grantPublicPull });
    const refused = await closed.get(`&scope=${BOTH}`);
    expect([refused.status, closed.tokens.verify(refused.token)]).toEqual([200, []]);
    const granted = await open.get(`&scope=${BOTH}`);
    expect(open.tokens.verify(granted.token)).toEqual([{ type: 'repository', name: 'acme/app', actions: ['pull'] }]);
    expect(open.tokens.issued).toEqual([{ method: 'GET', user: undefined, asked: [BOTH], granted: [PULL] }]);
  });

  test('reads only the first scope when told to', async () => {
    await using it = await openTokens({ firstScopeOnly: true });
    const { token } = await it.get(`&scope=${BOTH}&scope=repository:other:pull`, basic('alice', 's3:cret'));
    expect(it.tokens.verify(token)).toHaveLength(1);
  });

  test.each([
    ['token', ['token']],
    ['access_token', ['access_token']],
    ['both', ['token', 'access_token']],
  ] as const)('answers in %s, and without a lifetime', async (tokenField, fields) => {
    await using it = await openTokens({ tokenField, omitsExpiry: true });
    expect(Object.keys((await it.get('')).body)).toEqual(fields);
  });

  test('exchanges a refresh token and a password by POST', async () => {
    await using it = await openTokens({ refreshTokens: { identity: 'alice' } });
    const refreshed = await it.post({
      grant_type: 'refresh_token',
      refresh_token: 'identity',
      scope: `${BOTH} ${PULL}`,
    });
    expect(it.tokens.verify(refreshed.token)).toHaveLength(2);
    const password = { grant_type: 'password', username: 'alice', password: 's3:cret', scope: PULL };
    expect(it.tokens.verify((await it.post(password)).token)).toHaveLength(1);
    expect((await it.post({ ...password, password: 'wrong' })).status).toBe(401);
    expect((await it.post({ grant_type: 'refresh_token', refresh_token: 'other' })).status).toBe(401);
    expect((await it.post({ grant_type: 'magic' })).body).toMatchObject({ error: 'unsupported_grant_type' });
    expect((await it.post({ ...password, client_id: '' })).body).toMatchObject({ error: 'invalid_request' });
    expect((await it.post({ ...password, service: 'other' })).status).toBe(400);
    expect((await it.post(password, basic('alice', 's3:cret'))).status).toBe(400);
    expect((await it.post(password, { 'content-type': 'application/json' })).status).toBe(400);
  });

  test.each([404, 405, 501] as const)('has no POST and says %d', async (status) => {
    await using it = await openTokens({ post: status });
    expect((await it.post({ grant_type: 'password' })).status).toBe(status);
  });

  test('offers a refresh token to who asks for offline access', async () => {
    await using it = await openTokens({ offersRefreshToken: true });
    const query = `&scope=${PULL}&offline_token=true`;
    expect((await it.get(query)).body).not.toHaveProperty('refresh_token');
    const { body } = await it.get(query, basic('alice', 's3:cret'));
    const again = { grant_type: 'refresh_token', refresh_token: String(body['refresh_token']), scope: PULL };
    expect(it.tokens.verify((await it.post(again)).token)).toHaveLength(1);
  });

  test.each(['jwt', 'opaque'] as const)('takes its tokens back (%s)', async (form) => {
    await using it = await openTokens({ form });
    const { token } = await it.get(`&scope=${PULL}`, basic('alice', 's3:cret'));
    expect(it.tokens.verify(token)).toHaveLength(1);
    it.tokens.revokeAll();
    expect(it.tokens.verify(token)).toBeUndefined();
    const next = await it.get(`&scope=${PULL}`, basic('alice', 's3:cret'));
    expect(it.tokens.verify(next.token)).toHaveLength(1);
  });
});

describe('a registry with authentication', () => {
  const image = buildImage();
  const accept = { accept: 'application/vnd.oci.image.manifest.v1+json' };

  async function openRegistry(
    options: {
      readonly challenge?: ChallengeForm;
      readonly anonymousPull?: boolean;
      readonly cancel?: 'delete-scope';
    } = {},
  ) {
    const it = await openTokens({ grant: grantPublicPull });
    const registry = createRegistry({
      auth: {
        kind: 'bearer',
        realm: `${it.served.url}/token`,
        service: 'registry',
        verify: it.tokens.verify,
        anonymousPull: options.anonymousPull ?? false,
        challenge: options.challenge ?? 'distribution',
      },
      ...(options.cancel === undefined ? {} : { quirks: { cancelUpload: options.cancel } }),
    });
    storeImage(registry.store, 'acme/app', image, 'v1');
    const served = await serve(registry.handle, { name: 'registry' });
    const ask = (method: string, path: string, headers: Record<string, string> = {}) =>
      fetch(new URL(path, served.url), { method, headers: { ...accept, ...headers } });
    return {
      ...it,
      registry,
      url: served.url,
      ask,
      bearer: async (scope: string, headers: Record<string, string> = {}) => ({
        authorization: `Bearer ${(await it.get(`&scope=${scope}`, headers)).token}`,
      }),
      [Symbol.asyncDispose]: async () => {
        await served.close();
        await it.served.close();
      },
    };
  }

  test('is pushed to with credentials, and refuses wrong ones', async () => {
    await using it = await openRegistry();
    const credentials = { username: 'alice', password: 's3:cret' };
    expect(await pushImage(it.url, 'acme/new', image, { tag: 'v1', credentials })).toBe(image.digest);
    expect(it.registry.store.getTag('acme/new', 'v1')).toBe(image.digest);
    const wrong = { ...credentials, password: 'wrong' };
    await expect(pushImage(it.url, 'acme/new', image, { credentials: wrong })).rejects.toThrow('no token');
    await expect(pushImage(it.url, 'acme/new', image)).rejects.toThrow('401');
  });

  test('names the scope of the request, and why a token is not good enough', async () => {
    await using it = await openRegistry();
    const challenge = (response: Response) => response.headers.get('www-authenticate');
    const start = `Bearer realm="${it.served.url}/token",service="registry"`;
    const upload = '/v2/acme/app/blobs/uploads/';
    expect(challenge(await it.ask('GET', '/v2/'))).toBe(start);
    expect(challenge(await it.ask('GET', '/v2/acme/app/manifests/v1'))).toBe(`${start},scope="${PULL}"`);
    expect(challenge(await it.ask('POST', upload))).toBe(`${start},scope="${BOTH}"`);
    expect(challenge(await it.ask('POST', `${upload}?mount=${image.digest}&from=other/x`))).toBe(
      `${start},scope="${BOTH} repository:other/x:pull"`,
    );
    const anonymous = await it.bearer(BOTH);
    expect((await it.ask('GET', '/v2/acme/app/manifests/v1', anonymous)).status).toBe(200);
    expect((await it.ask('GET', '/v2/', anonymous)).status).toBe(200);
    expect(challenge(await it.ask('POST', upload, anonymous))).toBe(
      `${start},scope="${BOTH}",error="insufficient_scope"`,
    );
    expect(challenge(await it.ask('GET', '/v2/', { authorization: 'Bearer x' }))).toBe(
      `${start},error="invalid_token"`,
    );
    const other = await it.bearer('repository:acme/other:pull');
    expect((await it.ask('GET', '/v2/acme/app/manifests/v1', other)).status).toBe(401);
  });

  test('notes a password that is sent where a token belongs', async () => {
    await using it = await openRegistry();
    expect((await it.ask('GET', '/v2/', basic('alice', 's3:cret'))).status).toBe(401);
    expect(it.registry.misplaced).toEqual([{ where: 'registry', scheme: 'Basic', request: 'GET /v2/' }]);
  });

  test('lets everybody read without a token, but not write, when told to', async () => {
    await using it = await openRegistry({ anonymousPull: true });
    expect((await it.ask('GET', '/v2/acme/app/manifests/v1')).status).toBe(200);
    expect((await it.ask('POST', '/v2/acme/app/blobs/uploads/')).status).toBe(401);
  });

  test('asks for the right to delete to cancel an upload, as distribution, when told to', async () => {
    await using strict = await openRegistry({ cancel: 'delete-scope' });
    await using easy = await openRegistry();
    for (const [it, status] of [
      [strict, 401],
      [easy, 204],
    ] as const) {
      const headers = await it.bearer(BOTH, basic('alice', 's3:cret'));
      const session = await it.ask('POST', '/v2/acme/app/blobs/uploads/', headers);
      expect((await it.ask('DELETE', session.headers.get('location') ?? '', headers)).status).toBe(status);
    }
  });

  test('has no referrers route even for who has no token, as distribution', async () => {
    await using it = await openRegistry();
    const path = `/v2/acme/app/referrers/${image.digest}`;
    expect((await it.ask('GET', path)).status).toBe(401);
    it.registry.quirks.referrers = 'no-route';
    expect((await it.ask('GET', path)).status).toBe(404);
  });

  test.each<readonly [ChallengeForm, (realm: string) => string]>([
    ['gitea', (realm) => `Bearer realm="${realm}", Basic`],
    ['zot', (realm) => `bearer realm=${realm},service="registry",scope=""`],
    ['joined', (realm) => `Basic realm="a,b", Bearer realm="${realm}",service="registry"`],
    ['ghcr', (realm) => `Bearer realm="${realm}",service="registry",scope="repository:user/image:pull"`],
    ['harbor', (realm) => `Bearer realm="${realm}",service="registry"`],
  ])('challenges in the form of %s', async (challenge, text) => {
    await using it = await openRegistry({ challenge });
    const answer = await it.ask('GET', '/v2/');
    expect(answer.headers.get('www-authenticate')).toBe(text(`${it.served.url}/token`));
  });

  test('asks for Basic after a failed token, as Harbor', async () => {
    await using it = await openRegistry({ challenge: 'harbor' });
    const answer = await it.ask('GET', '/v2/', { authorization: 'Bearer x' });
    expect(answer.headers.get('www-authenticate')).toBe('Basic realm="harbor"');
  });

  test('knows users by Basic, and notes a Bearer', async () => {
    const registry = createRegistry({ auth: { kind: 'basic', users: ALICE, anonymousPull: true } });
    storeImage(registry.store, 'acme/app', image, 'v1');
    await using served = await serve(registry.handle);
    const post = async (headers: Record<string, string>) => {
      const answer = await fetch(`${served.url}/v2/acme/app/blobs/uploads/`, { method: 'POST', headers });
      return [answer.status, answer.headers.get('www-authenticate')];
    };
    expect(await post({})).toEqual([401, 'Basic realm="sandbox"']);
    expect(await post(basic('alice', 'wrong'))).toEqual([401, 'Basic realm="sandbox"']);
    expect(await post(basic('alice', 's3:cret'))).toEqual([202, null]);
    expect(registry.misplaced).toEqual([]);
    expect(await post({ authorization: 'Bearer x' })).toEqual([401, 'Basic realm="sandbox"']);
    expect(registry.misplaced).toHaveLength(1);
    expect((await fetch(`${served.url}/v2/acme/app/manifests/v1`, { headers: accept })).status).toBe(200);
  });
});
