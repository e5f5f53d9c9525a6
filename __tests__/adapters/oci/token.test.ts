import { describe, expect, test } from 'vitest';
import type { HttpClient, HttpRequest, HttpResponse } from '../../../src/http/http-client.ts';
import { completeAdvice } from '../../../src/oci/transport/advice.ts';
import type { Credential } from '../../../src/oci/transport/credential.ts';
import { createTokenSource, type TokenRequest } from '../../../src/oci/transport/token.ts';
import { seenBy, testCall } from '../../calls.ts';

const basic: Credential = { kind: 'basic', basic: 'YTpi', source: 'a test', isFallback: false };
const identity: Credential = {
  kind: 'identity-token',
  token: 'it',
  basic: undefined,
  source: 'a test',
  isFallback: false,
};

interface Setup {
  readonly answer?: (request: HttpRequest) => { readonly status?: number; readonly body?: unknown };
  readonly tokenHosts?: readonly string[];
  /** Answers come no sooner. */
  readonly hold?: Promise<void>;
}

/** A token source over a scripted client; what it was asked. */
function setUp({ answer = () => ({}), tokenHosts = [], hold = Promise.resolve() }: Setup = {}) {
  const requests: HttpRequest[] = [];
  const masked: string[] = [];
  let now = Date.parse('2026-11-22T10:00:00Z');
  const http: HttpClient = {
    request: async ({ signal }, request): Promise<HttpResponse> => {
      requests.push(request);
      await hold;
      signal.throwIfAborted();
      const { status = 200, body = { token: `t${requests.length}`, expires_in: 300 } } = answer(request);
      const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
      return { status, headers: {}, headersDistinct: {}, body: bytes, url: new URL(request.url) };
    },
    preconnect: () => undefined,
    close: () => Promise.resolve(),
  };
  const clock = { now: () => new Date(now) };
  const all = createTokenSource({
    http,
    clock,
    tokenHosts,
    mask: (text) => masked.push(text),
    advise: completeAdvice(undefined),
  });
  const source = seenBy(testCall(), all, ['forget']);
  return {
    all,
    source,
    requests,
    masked,
    advance: (ms: number) => {
      now += ms;
    },
  };
}

function ask(registry: string, realm: string, overrides: Partial<TokenRequest> = {}): TokenRequest {
  return {
    registry: new URL(registry),
    challenge: { scheme: 'bearer', parameters: { realm, service: 'reg' } },
    scopes: ['repository:acme/app:pull,push'],
    credential: basic,
    ...overrides,
  };
}

describe('a realm gets the login', () => {
  test.each([
    ['https://ghcr.io', 'https://ghcr.io/token', 'the registry itself'],
    ['https://registry-1.docker.io', 'https://auth.docker.io/token', 'the same registrable domain'],
    ['https://registry.gitlab.com', 'https://gitlab.com/jwt/auth', 'its parent'],
    ['https://harbor.example.co.uk', 'https://harbor.example.co.uk:8443/service/token', 'another port of the host'],
    ['http://127.0.0.1:5000', 'http://localhost:5009/token', 'loopback names are one host'],
    ['http://localhost:5000', 'http://[::1]:5009/token', 'loopback names are one host'],
    ['https://10.0.0.5', 'https://10.0.0.5/token', "the registry's own address"],
  ])('of %s at %s: %s', async (registry, realm, _reason) => {
    const { source, requests } = setUp();
    await source.token(ask(registry, realm));
    expect(requests[0]?.headers).toMatchObject({ authorization: 'Basic YTpi' });
  });

  test('if it is listed, with or without port', async () => {
    for (const host of ['tokens.example', 'TOKENS.example:443']) {
      const { source, requests } = setUp({ tokenHosts: [host] });
      await source.token(ask('https://registry.acme.dev', 'https://tokens.example/token'));
      expect(requests[0]?.headers).toMatchObject({ authorization: 'Basic YTpi' });
    }
  });
});

describe('a realm gets nothing', () => {
  test.each([
    ['https://ghcr.io', 'https://evil.example/token', [], 'another domain'],
    ['https://ghcr.io', 'https://ghcr.io.evil.example/token', [], 'a host that starts alike'],
    ['https://ghcr.io', 'https://notghcr.io/token', [], 'a host that ends alike'],
    ['https://acme.github.io', 'https://evil.github.io/token', [], 'a neighbour below a public suffix'],
    ['https://a.co.uk', 'https://b.co.uk/token', [], 'a neighbour below a public suffix'],
    ['https://ghcr.io', 'http://ghcr.io/token', [], 'plain http'],
    ['https://ghcr.io', 'http://tokens.example/token', ['tokens.example'], 'plain http on a listed host'],
    ['https://ghcr.io', 'http://127.0.0.1/token', [], 'loopback'],
    ['https://ghcr.io', 'https://localhost/token', ['localhost'], 'loopback, even if listed'],
    ['https://ghcr.io', 'https://169.254.169.254/token', ['169.254.169.254'], 'a metadata address, even if listed'],
    ['https://ghcr.io', 'https://[fd00::1]/token', [], 'an address'],
    ['https://ghcr.io', 'https://8.8.8.8/token', [], 'a public address'],
    ['https://10.0.0.5', 'https://10.0.0.6/token', [], 'another address'],
    ['http://127.0.0.1:5000', 'http://evil.example/token', [], 'http from loopback to elsewhere'],
    ['http://plain.example', 'http://other.plain.example/token', [], 'http beside an insecure registry'],
    ['https://ghcr.io', 'https://user:pw@ghcr.io/token', [], 'user info'],
    ['https://ghcr.io', 'ftp://ghcr.io/token', [], 'another scheme'],
    ['https://ghcr.io', '/token', [], 'a relative realm'],
    ['https://ghcr.io', '', [], 'an empty realm'],
    [
      'https://registry.acme.dev',
      'https://tokens.example:444/token',
      ['tokens.example:443'],
      'another port than listed',
    ],
  ] as [string, string, string[], string][])(
    'of %s at %s with %j listed: %s',
    async (registry, realm, tokenHosts, _reason) => {
      const { source, requests } = setUp({ tokenHosts });
      await expect(source.token(ask(registry, realm))).rejects.toMatchObject({ code: 'REGISTRY_DENIED' });
      expect(requests).toEqual([]);
    },
  );

  test('and the error says what would allow it', async () => {
    const { source } = setUp();
    await expect(source.token(ask('https://ghcr.io', 'https://tokens.example/t'))).rejects.toMatchObject({
      hint: 'If this token server belongs to the registry, list tokens.example as one of its token hosts.',
    });
  });

  test('without a login, an https realm elsewhere is asked anonymously, an address is not', async () => {
    const { source, requests } = setUp();
    await source.token(ask('https://ghcr.io', 'https://tokens.example/t', { credential: undefined }));
    expect(requests[0]?.headers).not.toHaveProperty('authorization');
    const address = ask('https://ghcr.io', 'https://10.0.0.1/t', { credential: undefined });
    await expect(source.token(address)).rejects.toThrow();
  });
});

describe('a token', () => {
  test('is asked for with the query of the realm kept and one scope parameter a scope', async () => {
    const { source, requests } = setUp();
    await source.token(
      ask('https://a.example', 'https://a.example/t?x=1&y=%20', { scopes: ['repository:a:pull', 'repository:b:pull'] }),
    );
    const url = new URL(requests[0]?.url ?? '');
    expect(url.searchParams.get('x')).toBe('1');
    expect(url.searchParams.get('service')).toBe('reg');
    expect(url.searchParams.getAll('scope')).toEqual(['repository:a:pull', 'repository:b:pull']);
  });

  test('is asked for once, however many want it, and again shortly before it runs out', async () => {
    const { source, requests, advance, masked } = setUp();
    const request = ask('https://a.example', 'https://a.example/t');
    expect(await Promise.all([1, 2, 3].map(() => source.token(request)))).toEqual(['t1', 't1', 't1']);
    advance(294_000);
    expect(await source.token(request)).toBe('t1');
    advance(2_000);
    expect(await Promise.all([1, 2].map(() => source.token(request)))).toEqual(['t2', 't2']);
    expect(requests).toHaveLength(2);
    expect(masked).toEqual(['t1', 't2']);
  });

  test('lives 60 s if the server does not say, and is not asked for in a loop if it says nonsense', async () => {
    for (const expiresIn of [undefined, 0, -1, 'x', 0.001]) {
      const { source, requests, advance } = setUp({
        answer: () => ({ body: { access_token: 't', expires_in: expiresIn } }),
      });
      const request = ask('https://a.example', 'https://a.example/t');
      await source.token(request);
      advance(5_000);
      await source.token(request);
      expect(requests, String(expiresIn)).toHaveLength(1);
      advance(60_000);
      await source.token(request);
      expect(requests, String(expiresIn)).toHaveLength(2);
    }
  });

  test('is one for each registry, service, scope and login', async () => {
    const { source, requests } = setUp();
    const first = ask('https://a.example', 'https://a.example/t');
    await source.token(first);
    await source.token({ ...first, scopes: ['repository:other:pull'] });
    await source.token({ ...first, credential: undefined });
    await source.token({ ...first, registry: new URL('https://b.a.example') });
    await source.token(first);
    expect(requests).toHaveLength(4);
  });

  test('is forgotten only if it is still the one that was refused', async () => {
    const { source, requests } = setUp();
    const request = ask('https://a.example', 'https://a.example/t');
    source.forget(request, await source.token(request));
    await Promise.resolve();
    expect(await source.token(request)).toBe('t2');
    source.forget(request, 't1');
    await Promise.resolve();
    expect(await source.token(request)).toBe('t2');
    expect(requests).toHaveLength(2);
  });

  test('that was refused is not remembered as refused', async () => {
    let status = 500;
    const { source } = setUp({ answer: () => (status === 200 ? {} : { status, body: '' }) });
    const request = ask('https://a.example', 'https://a.example/t');
    await expect(source.token(request)).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE' });
    status = 200;
    expect(await source.token(request)).toBe('t2');
  });

  test.each([
    [200, 'not json', 'REGISTRY_INVALID'],
    [200, '[]', 'REGISTRY_INVALID'],
    [200, {}, 'REGISTRY_INVALID'],
    [200, { token: '' }, 'REGISTRY_INVALID'],
    [200, { token: 'a\r\nX-Evil: 1' }, 'REGISTRY_INVALID'],
    [200, { token: 7 }, 'REGISTRY_INVALID'],
    [307, '', 'REGISTRY_INVALID'],
    [400, { error: 'invalid_grant' }, 'REGISTRY_DENIED'],
    [401, '', 'REGISTRY_DENIED'],
    [403, '', 'REGISTRY_DENIED'],
    [404, '', 'REGISTRY_INVALID'],
    [429, '', 'REGISTRY_UNAVAILABLE'],
    [503, '', 'REGISTRY_UNAVAILABLE'],
  ])('answered %i %j is %s', async (status, body, code) => {
    const { source } = setUp({ answer: () => ({ status, body }) });
    await expect(source.token(ask('https://a.example', 'https://a.example/t'))).rejects.toMatchObject({ code });
  });

  test('in a broken answer does not reach the error', async () => {
    const { source } = setUp({ answer: () => ({ body: '{"token":"very-secret' }) });
    const error: unknown = await source
      .token(ask('https://a.example', 'https://a.example/t'))
      .catch((caught: unknown) => caught);
    expect(`${String(error)}${String((error as Error).cause)}`).not.toContain('very-secret');
  });
});

describe('tokens of several repositories that are wanted at once', () => {
  const REALM = 'https://a.example/t';
  const scopeOf = (path: string, actions = 'pull'): string => `repository:${path}:${actions}`;
  const wanted = (path: string, overrides: Partial<TokenRequest> = {}): TokenRequest =>
    ask('https://a.example', REALM, { scopes: [scopeOf(path)], ...overrides });
  const scopesOf = ({ url }: HttpRequest): string[] => new URL(url).searchParams.getAll('scope');
  /** What a server says that it grants, as in distribution's docs/content/spec/auth/jwt.md. */
  const jwt = (access: unknown, name = 'jwt'): string =>
    [
      { typ: 'JWT', alg: 'ES256' },
      { access, jti: name },
    ]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .concat('c2lnbmVk')
      .join('.');
  const accessOf = (scopes: readonly string[]) =>
    scopes.map((scope) => {
      const [type = '', name = '', actions = ''] = scope.split(':');
      return { type, name, actions: actions.split(',') };
    });
  /** A server whose tokens say that they grant what `grant` makes of the scopes. */
  const granting = (grant: (scopes: readonly string[]) => unknown, setup: Pick<Setup, 'hold'> = {}) => {
    let issued = 0;
    return setUp({
      ...setup,
      answer: (request) => {
        issued += 1;
        return { body: { token: jwt(grant(scopesOf(request)), `n${issued}`), expires_in: 300 } };
      },
    });
  };

  test('are one, asked for once', async () => {
    const { source, requests, masked } = granting(accessOf);
    const paths = ['x', 'y/z', 'w'];
    const tokens = await Promise.all(paths.map((path) => source.token(wanted(path))));
    expect(requests.map(scopesOf)).toEqual([paths.map((path) => scopeOf(path))]);
    expect(new Set(tokens).size).toBe(1);
    expect(masked).toEqual([tokens[0]]);
    expect(await source.token(wanted('y/z'))).toBe(tokens[0]);
    expect(requests).toHaveLength(1);
  });

  test('are asked for alone if only one is wanted', async () => {
    const { source, requests } = granting(accessOf);
    await Promise.all([source.token(wanted('x')), source.token(wanted('x'))]);
    expect(requests.map(scopesOf)).toEqual([[scopeOf('x')]]);
    // Nothing was refused: the next two are asked for together.
    await Promise.all([source.token(wanted('y')), source.token(wanted('z'))]);
    expect(requests.map(scopesOf)).toEqual([[scopeOf('x')], [scopeOf('y'), scopeOf('z')]]);
  });

  test('are eight for one request', async () => {
    const { source, requests } = granting(accessOf);
    await Promise.all(Array.from({ length: 17 }, (_, index) => source.token(wanted(`r${index}`))));
    expect(requests.map((request) => scopesOf(request).length)).toEqual([8, 8, 1]);
  });

  test('are not mixed with those of another login, service or registry', async () => {
    const { source, requests } = granting(accessOf);
    const other = ask('https://b.a.example', REALM, { scopes: [scopeOf('w')] });
    await Promise.all([
      source.token(wanted('x')),
      source.token(wanted('y', { credential: undefined })),
      source.token(wanted('z', { credential: { ...basic, basic: 'Yjpj' } as Credential })),
      source.token(other),
    ]);
    expect(requests.map((request) => scopesOf(request).length)).toEqual([1, 1, 1, 1]);
  });

  test.each<[string, (scopes: readonly string[]) => unknown]>([
    ['the first scope only', (scopes) => accessOf(scopes.slice(0, 1))],
    ['nothing', () => []],
    ['another repository', (scopes) => accessOf(scopes).map((one) => ({ ...one, name: `${one.name}x` }))],
    ['another type', (scopes) => accessOf(scopes).map((one) => ({ ...one, type: 'registry' }))],
    ['no actions', (scopes) => accessOf(scopes).map((one) => ({ ...one, actions: [] }))],
    ['actions that are not a list', (scopes) => accessOf(scopes).map((one) => ({ ...one, actions: 'pull' }))],
    ['something else than a list', (scopes) => ({ ...accessOf(scopes) })],
    ['null', () => [null, null]],
  ])('are asked for one by one where a token grants %s, from then on', async (_what, grant) => {
    const { source, requests, advance } = granting((scopes) => (scopes.length > 1 ? grant(scopes) : accessOf(scopes)));
    const tokens = await Promise.all(['x', 'y'].map((path) => source.token(wanted(path))));
    expect(new Set(tokens).size).toBe(2);
    await Promise.all(['u', 'v'].map((path) => source.token(wanted(path))));
    expect(requests.map((request) => scopesOf(request).length).filter((count) => count > 1)).toEqual([2]);
    advance(11 * 60_000);
    await Promise.all(['s', 't'].map((path) => source.token(wanted(path))));
    expect(requests.map((request) => scopesOf(request).length).filter((count) => count > 1)).toEqual([2, 2]);
  });

  test('grant the rights that were asked for, or are asked for one by one', async () => {
    const { source, requests } = granting((scopes) =>
      accessOf(scopes).map((one) => ({ ...one, actions: scopes.length > 1 ? ['pull'] : one.actions })),
    );
    await Promise.all(['x', 'y'].map((path) => source.token(wanted(path, { scopes: [scopeOf(path, 'pull,push')] }))));
    expect(requests.map((request) => scopesOf(request).length)).toEqual([2, 1, 1]);
  });

  test.each(['opaque', 'a.b', 'a.b.c', 'a.e30.c', `a.${Buffer.from('null').toString('base64url')}.c`])(
    'are asked for one by one where a token is %s',
    async (token) => {
      const { source, requests } = setUp({ answer: () => ({ body: { token, expires_in: 300 } }) });
      await Promise.all(['x', 'y'].map((path) => source.token(wanted(path))));
      expect(requests.map((request) => scopesOf(request).length)).toEqual([2, 1, 1]);
    },
  );

  test.each([400, 401, 403, 404, 429, 503])('are asked for one by one where both are answered %i', async (status) => {
    const { source, requests } = setUp({
      answer: (request) => (scopesOf(request).length > 1 ? { status, body: '' } : {}),
    });
    expect(await Promise.all(['x', 'y'].map((path) => source.token(wanted(path))))).toHaveLength(2);
    expect(requests.map((request) => scopesOf(request).length)).toEqual([2, 1, 1]);
    // Without a second try: the single ones are already one.
    expect(requests.map(({ retry }) => retry)).toEqual([false, true, true]);
  });

  test('are denied one by one: where one is denied, the other is not', async () => {
    const { source } = setUp({
      answer: (request) => (scopesOf(request).includes(scopeOf('x')) ? { status: 403, body: '' } : {}),
    });
    const [x, y] = await Promise.allSettled(['x', 'y'].map((path) => source.token(wanted(path))));
    expect(x).toMatchObject({ status: 'rejected', reason: { code: 'REGISTRY_DENIED' } });
    expect(y).toMatchObject({ status: 'fulfilled' });
  });

  test('are asked for one by one once a registry has refused a shared one', async () => {
    const { source, requests } = granting(accessOf);
    const [shared = ''] = await Promise.all(['x', 'y'].map((path) => source.token(wanted(path))));
    source.forget(wanted('x'), shared);
    await Promise.resolve();
    await Promise.all(['x', 'u'].map((path) => source.token(wanted(path))));
    expect(requests.map((request) => scopesOf(request).length)).toEqual([2, 1, 1]);
    // Twin: a single one that is refused says nothing about sharing.
    const twin = granting(accessOf);
    twin.source.forget(wanted('x'), await twin.source.token(wanted('x')));
    await Promise.resolve();
    await Promise.all(['x', 'u'].map((path) => twin.source.token(wanted(path))));
    expect(twin.requests.map((request) => scopesOf(request).length)).toEqual([1, 2]);
  });

  test('are waited for by whoever wants one of them meanwhile, and by nobody else', async () => {
    const { promise: hold, resolve: answerAll } = Promise.withResolvers<void>();
    const { source, requests } = granting(accessOf, { hold });
    const turns = async (): Promise<void> => {
      for (let count = 0; count < 3; count += 1) await new Promise((resolve) => setImmediate(resolve));
    };
    const first = ['x', 'y'].map((path) => source.token(wanted(path)));
    await turns();
    const later = ['x', 'z'].map((path) => source.token(wanted(path)));
    await turns();
    expect(requests.map(scopesOf)).toEqual([[scopeOf('x'), scopeOf('y')], [scopeOf('z')]]);
    answerAll();
    await Promise.all([...first, ...later]);
    expect(requests).toHaveLength(2);
  });

  test('leave out one that is asked for alone already', async () => {
    const { promise: hold, resolve: answerAll } = Promise.withResolvers<void>();
    const { source, requests } = granting(accessOf, { hold });
    const alone = source.token(wanted('x'));
    for (let turns = 0; turns < 3; turns += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(requests).toHaveLength(1);
    const later = ['x', 'y', 'z'].map((path) => source.token(wanted(path)));
    for (let turns = 0; turns < 3; turns += 1) await new Promise((resolve) => setImmediate(resolve));
    answerAll();
    await Promise.all([alone, ...later]);
    expect(requests.map(scopesOf)).toEqual([[scopeOf('x')], [scopeOf('y'), scopeOf('z')]]);
  });

  test('are not lost to a call when another one ends, and say nothing of the server when all do', async () => {
    const { all, requests } = granting(accessOf);
    const ended = new AbortController();
    const ending = { ...testCall(), signal: ended.signal };
    const first = all.token(ending, wanted('x'));
    const second = all.token(testCall(), wanted('y'));
    ended.abort(new Error('ended'));
    await expect(first).rejects.toThrow('ended');
    expect(await second).toMatch(/^ey/);
    expect(requests.map(scopesOf)).toEqual([[scopeOf('x'), scopeOf('y')]]);
    await Promise.allSettled(['u', 'v'].map((path) => all.token(ending, wanted(path))));
    const before = requests.length;
    await Promise.all(['s', 't'].map((path) => all.token(testCall(), wanted(path))));
    expect(requests.slice(before).map(scopesOf)).toEqual([[scopeOf('s'), scopeOf('t')]]);
  });

  test.each(['https://ghcr.io', 'https://gcr.io', 'https://europe-docker.pkg.dev', 'https://public.ecr.aws'])(
    'are asked for one by one at %s, of which nothing else is known',
    async (registry) => {
      const { source, requests } = granting(accessOf);
      const realm = `${registry}/token`;
      await Promise.all(['x', 'y'].map((path) => source.token(ask(registry, realm, { scopes: [scopeOf(path)] }))));
      expect(requests.map((request) => scopesOf(request).length)).toEqual([1, 1]);
    },
  );

  test('are one by POST too', async () => {
    const { source, requests } = setUp({
      answer: ({ body }) => {
        const scopes = (new URLSearchParams(String(body)).get('scope') ?? '').split(' ');
        return { body: { access_token: jwt(accessOf(scopes)), expires_in: 300 } };
      },
    });
    await Promise.all(['x', 'y'].map((path) => source.token(wanted(path, { credential: identity }))));
    expect(requests.map(({ body }) => new URLSearchParams(String(body)).get('scope'))).toEqual([
      `${scopeOf('x')} ${scopeOf('y')}`,
    ]);
  });
});

describe('an identity token', () => {
  const request = ask('https://a.example', 'https://a.example/t', {
    credential: identity,
    scopes: ['repository:a:pull'],
  });

  test('is exchanged by POST, and the refresh token that comes back is used next', async () => {
    const { source, requests, advance, masked } = setUp({
      answer: () => ({ body: { access_token: 't', expires_in: 300, refresh_token: 'next' } }),
    });
    await source.token(request);
    advance(400_000);
    await source.token(request);
    const forms = requests.map(({ body }) => Object.fromEntries(new URLSearchParams(String(body))));
    expect(requests.map(({ method }) => method)).toEqual(['POST', 'POST']);
    expect(forms).toMatchObject([
      {
        grant_type: 'refresh_token',
        service: 'reg',
        client_id: 'countersign',
        scope: 'repository:a:pull',
        refresh_token: 'it',
      },
      { refresh_token: 'next' },
    ]);
    expect(requests[0]?.headers).not.toHaveProperty('authorization');
    expect(masked).toContain('next');
  });

  test.each([404, 405, 501])('is not sent as a password where POST is answered %i', async (status) => {
    const { source, requests } = setUp({ answer: ({ method }) => (method === 'POST' ? { status, body: '' } : {}) });
    await expect(source.token(request)).rejects.toMatchObject({
      code: 'REGISTRY_DENIED',
      message: expect.stringContaining('does not accept refresh tokens'),
      hint: expect.stringContaining('a user name and a password'),
    });
    expect(requests.map(({ method }) => method)).toEqual(['POST']);
  });

  test('gives way to the password of the same entry where POST is not served', async () => {
    const { source, requests } = setUp({ answer: ({ method }) => (method === 'POST' ? { status: 404 } : {}) });
    expect(await source.token({ ...request, credential: { ...identity, basic: 'YTpi' } })).toBe('t2');
    expect(requests[1]).toMatchObject({ method: 'GET', headers: { authorization: 'Basic YTpi' } });
  });

  test('that is refused is a denial, not a reason to send it by GET', async () => {
    const { source, requests } = setUp({ answer: () => ({ status: 401, body: '' }) });
    await expect(source.token(request)).rejects.toMatchObject({ code: 'REGISTRY_DENIED' });
    expect(requests).toHaveLength(1);
  });
});
