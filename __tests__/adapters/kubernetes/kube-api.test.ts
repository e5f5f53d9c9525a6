import { describe, expect, test } from 'vitest';
import { mintLoopbackTls } from '../../../sandbox/sigstore/self-signed.ts';
import type { CallLimits } from '../../../src/domain/calls/call-limits.ts';
import type { KubeApi, KubeObject } from '../../../src/kubernetes/kube-api.ts';
import { createLists } from '../../../src/kubernetes/lists.ts';
import { inClusterSettings } from '../../../src/kubernetes/settings.ts';
import { createMovedClock, testCall } from '../../calls.ts';
import {
  type Answer,
  type Asked,
  type FakeKube,
  listOf,
  named,
  openFakeKube,
  openPlainServer,
  status,
} from './fake-kube.ts';

const PODS = '/api/v1/pods';
const GET = { method: 'GET', path: PODS } as const;
const code = (error: unknown): unknown => (error instanceof Error ? Reflect.get(error, 'code') : error);
const failure = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (error: unknown) => `${String(code(error))} ${error instanceof Error ? error.message : ''}`,
  );
/** The whole list, as a watch begins with it. */
const list = async (api: KubeApi, call: CallLimits, path: string): Promise<readonly KubeObject[]> =>
  (await createLists(api.send).whole(call, path)).items;
const names = (items: readonly KubeObject[]): unknown[] =>
  items.map(({ metadata }) => (metadata as { readonly name: string }).name);

describe('the API server of the cluster', () => {
  const env = { KUBERNETES_SERVICE_HOST: '10.96.0.1', KUBERNETES_SERVICE_PORT: '443' };
  const FOLDER = '/var/run/secrets/kubernetes.io/serviceaccount';

  test('is named by the variables of kubelet', () => {
    expect(inClusterSettings(env, FOLDER)).toEqual({
      url: new URL('https://10.96.0.1'),
      tokenFile: '/var/run/secrets/kubernetes.io/serviceaccount/token',
      caFile: '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt',
    });
    expect(
      inClusterSettings({ ...env, KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '6443' }, FOLDER)?.url
        .href,
    ).toBe('https://[fd00::1]:6443/');
    expect(inClusterSettings({}, FOLDER)).toBeUndefined();
  });

  test.each([
    [{ KUBERNETES_SERVICE_HOST: '10.96.0.1' }],
    [{ ...env, KUBERNETES_SERVICE_PORT: '0' }],
    [{ ...env, KUBERNETES_SERVICE_PORT: '443/../x' }],
    [{ ...env, KUBERNETES_SERVICE_HOST: 'user@evil.example/' }],
    [{ ...env, KUBERNETES_SERVICE_HOST: 'a b' }],
  ])('is not guessed from %j', (variables) => {
    expect(() => inClusterSettings(variables, FOLDER)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
  });
});

describe('a request', () => {
  test('carries the token and goes to the server alone, whatever the environment says about proxies', async () => {
    await using kube = await openFakeKube(({ body }) => ({ status: 201, body: { got: body } }));
    await using proxy = await openPlainServer();
    const before = { ...process.env };
    process.env['HTTPS_PROXY'] = proxy.url.href;
    process.env['https_proxy'] = proxy.url.href;
    process.env['NODE_USE_ENV_PROXY'] = '1';
    try {
      const api = kube.client();
      const request = { method: 'POST', path: '/api/v1/namespaces/x/events', body: { a: 1 } } as const;
      expect(await api.send(testCall(), request)).toEqual({ status: 201, body: { got: '{"a":1}' } });
    } finally {
      for (const name of ['HTTPS_PROXY', 'https_proxy', 'NODE_USE_ENV_PROXY']) {
        const value = before[name];
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    }
    expect(proxy.seen).toEqual([]);
    expect(kube.masked).toEqual(['first-token']);
  });

  test('of PATCH says which patch it is', async () => {
    await using kube = await openFakeKube(({ headers }) => ({ status: 200, body: headers['content-type'] }));
    const api = kube.client();
    const patch = { method: 'PATCH', path: PODS, body: [] } as const;
    await api.send(testCall(), patch);
    await api.send(testCall(), { ...patch, contentType: 'application/json-patch+json' });
    expect(kube.asked.map(({ headers }) => headers['content-type'])).toEqual([
      'application/merge-patch+json',
      'application/json-patch+json',
    ]);
  });

  test('never follows a redirect, and gives refusals as answers', async () => {
    await using elsewhere = await openPlainServer();
    await using kube = await openFakeKube(({ path }) =>
      path === PODS ? { status: 302, headers: { location: elsewhere.url.href } } : status(409, 'exists'),
    );
    const api = kube.client();
    expect((await api.send(testCall(), GET)).status).toBe(302);
    expect(await api.send(testCall(), { method: 'PUT', path: '/x', body: {} })).toMatchObject({
      status: 409,
      body: { message: 'exists' },
    });
    expect(elsewhere.seen).toEqual([]);
    expect(await failure(list(api, testCall(), PODS))).toContain('KUBERNETES_REFUSED');
  });

  test('goes to no other server that has a certificate', async () => {
    await using kube = await openFakeKube(() => ({ status: 200 }));
    // Another CA. The roots of the system and those of NODE_EXTRA_CA_CERTS do not count either.
    kube.files.set('/sa/ca.crt', mintLoopbackTls().ca);
    expect(await failure(kube.client().send(testCall(), GET))).toMatch(/^KUBERNETES_UNAVAILABLE .*trusted TLS/);
    expect(kube.asked).toEqual([]);
  });

  test('trusts no certificate even where the environment turns checks off', async () => {
    await using kube = await openFakeKube(() => ({ status: 200 }));
    kube.files.set('/sa/ca.crt', mintLoopbackTls().ca);
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      expect(await failure(kube.client().send(testCall(), GET))).toContain('KUBERNETES_UNAVAILABLE');
    } finally {
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
    }
    expect(kube.asked).toEqual([]);
  });

  test('is refused for a URL without https', async () => {
    await using plain = await openPlainServer();
    await using kube = await openFakeKube(() => ({ status: 200 }));
    const settings = { url: plain.url, tokenFile: '/sa/token', caFile: '/sa/ca.crt' };
    expect(() => kube.client({ settings })).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
    expect(plain.seen).toEqual([]);
  });

  test.each([
    ['no token file', (kube: FakeKube) => kube.files.delete('/sa/token')],
    ['an empty token', (kube: FakeKube) => kube.files.set('/sa/token', ' \n')],
    ['a token with a line break', (kube: FakeKube) => kube.files.set('/sa/token', 'a\r\nx-evil: 1')],
    ['no CA file', (kube: FakeKube) => kube.files.delete('/sa/ca.crt')],
    ['a CA file without a certificate', (kube: FakeKube) => kube.files.set('/sa/ca.crt', '')],
  ])('is not sent with %s', async (_what, spoil) => {
    await using kube = await openFakeKube(() => ({ status: 200 }));
    spoil(kube);
    expect(await failure(kube.client().send(testCall(), GET))).toContain('KUBERNETES_UNAVAILABLE');
    expect(kube.asked).toEqual([]);
  });

  test('ends with its call', async () => {
    const ending = new AbortController();
    await using kube = await openFakeKube(() => () => ending.abort(new Error('time is up')));
    const call = testCall({ signal: ending.signal, retryFor: 60_000 });
    expect(await failure(kube.client().send(call, GET))).toContain('time is up');
    expect(kube.asked).toHaveLength(1);
  });

  test('gives up on an answer that is too large', async () => {
    await using kube = await openFakeKube(() => (response) => {
      response.writeHead(200);
      const chunk = Buffer.alloc(1024 * 1024, ' ');
      const write = (): void => void (response.destroyed || response.write(chunk, () => write()));
      write();
    });
    expect(await failure(kube.client().send(testCall(), GET))).toContain('more than 67108864 bytes');
  });
});

describe('an outage', () => {
  const until = (tries: number, bad: Answer, good: Answer): (() => Answer) => {
    let asked = 0;
    return () => {
      asked += 1;
      return asked < tries ? bad : good;
    };
  };

  test.each<[string, Answer]>([
    ['503', status(503, 'starting')],
    ['500', status(500, 'etcdserver: leader changed')],
    ['429', { ...status(429, 'slow down'), headers: { 'retry-after': '0' } }],
    ['a lost connection', (response) => response.destroy()],
    [
      'a cut-off body',
      (response) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('{');
        setImmediate(() => response.destroy());
      },
    ],
  ])('is retried for a read within the budget: %s', async (_what, bad) => {
    await using kube = await openFakeKube(until(3, bad, listOf('Pod', [named('a')])));
    expect(names(await list(kube.client(), testCall({ retryFor: 20_000 }), PODS))).toEqual(['a']);
    expect(kube.asked).toHaveLength(3);
    // Twin: without a budget.
    await using other = await openFakeKube(until(3, bad, listOf('Pod', [named('a')])));
    expect(await failure(list(other.client(), testCall(), PODS))).toContain('KUBERNETES_UNAVAILABLE');
    expect(other.asked).toHaveLength(1);
  });

  test('is not retried for a write whose effect nobody knows, but for 429', async () => {
    const post = { method: 'POST', path: PODS, body: {} } as const;
    await using kube = await openFakeKube(until(2, status(503, 'starting'), { status: 201 }));
    expect((await kube.client().send(testCall({ retryFor: 20_000 }), post)).status).toBe(503);
    const busy: Answer = { ...status(429, 'busy'), headers: { 'retry-after': '0' } };
    await using other = await openFakeKube(until(2, busy, { status: 201 }));
    expect((await other.client().send(testCall({ retryFor: 20_000 }), post)).status).toBe(201);
  });
});

describe('the files of the service account', () => {
  test('a token that was replaced is used when the server refuses the old one, and soon in any case', async () => {
    await using kube = await openFakeKube(() => ({ status: 200 }));
    const clock = createMovedClock();
    const api = kube.client({ clock });
    expect((await api.send(testCall(), GET)).status).toBe(200);
    kube.files.set('/sa/token', 'second-token');
    kube.tokens.add('second-token');
    expect((await api.send(testCall(), GET)).status).toBe(200);
    expect(kube.asked.map(({ token }) => token)).toEqual(['first-token', 'first-token']);
    kube.tokens.delete('first-token');
    expect((await api.send(testCall(), GET)).status).toBe(200);
    expect(kube.asked.map(({ token }) => token).slice(2)).toEqual(['first-token', 'second-token']);
    kube.files.set('/sa/token', 'third-token');
    kube.tokens.add('third-token');
    clock.move(10_000);
    await api.send(testCall(), GET);
    expect(kube.asked.at(-1)?.token).toBe('third-token');
    expect(kube.masked).toEqual(['first-token', 'second-token', 'third-token']);
    // Twin: a token that the server never takes is an answer, after one more try.
    kube.tokens.clear();
    const before = kube.asked.length;
    expect((await api.send(testCall(), GET)).status).toBe(401);
    expect(kube.asked.length - before).toBe(2);
  });

  test('that cannot be read for a while leave what was read before', async () => {
    await using kube = await openFakeKube(() => ({ status: 200 }));
    const clock = createMovedClock();
    const api = kube.client({ clock });
    await api.send(testCall(), GET);
    kube.files.delete('/sa/token');
    clock.move(10_000);
    expect((await api.send(testCall(), GET)).status).toBe(200);
    kube.files.set('/sa/token', 'second-token');
    kube.tokens.add('second-token');
    clock.move(1_000);
    await api.send(testCall(), GET);
    expect(kube.asked.map(({ token }) => token)).toEqual(['first-token', 'first-token', 'second-token']);
  });

  test('a CA that was replaced counts for new connections, and the old one does not any more', async () => {
    await using kube = await openFakeKube(() => ({ status: 200 }));
    const clock = createMovedClock();
    const api = kube.client({ clock });
    const right = kube.files.get('/sa/ca.crt') ?? '';
    await api.send(testCall(), GET);
    kube.files.set('/sa/ca.crt', mintLoopbackTls().ca);
    clock.move(10_000);
    expect(await failure(api.send(testCall(), GET))).toContain('KUBERNETES_UNAVAILABLE');
    kube.files.set('/sa/ca.crt', right);
    clock.move(10_000);
    expect((await api.send(testCall(), GET)).status).toBe(200);
  });
});

describe('a list', () => {
  /** Pages of two, each with the token of the next. */
  const paged = (total: number, spoil: (asked: Asked, page: number) => Answer | undefined = () => undefined) => {
    let page = 0;
    return (asked: Asked): Answer => {
      page += 1;
      const spoilt = spoil(asked, page);
      if (spoilt !== undefined) return spoilt;
      const from = Number(asked.query.get('continue') ?? '0');
      const items = Array.from({ length: Math.min(2, total - from) }, (_, index) => named(`p${from + index}`));
      const rest = from + 2 < total ? { continue: String(from + 2) } : {};
      return listOf('Pod', items, rest);
    };
  };

  test('is read by pages, with the type of its items and without their managed fields', async () => {
    await using kube = await openFakeKube(paged(5));
    const items = await list(kube.client(), testCall(), `${PODS}?labelSelector=a`);
    expect(names(items)).toEqual(['p0', 'p1', 'p2', 'p3', 'p4']);
    expect(items[0]).toEqual({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p0', resourceVersion: '1' } });
    expect(
      kube.asked.map(({ query }) => [query.get('limit'), query.get('continue'), query.get('labelSelector')]),
    ).toEqual([
      ['250', null, 'a'],
      ['250', '2', 'a'],
      ['250', '4', 'a'],
    ]);
  });

  const gone = (token?: string): Answer =>
    status(410, 'too old', { metadata: token === undefined ? {} : { continue: token } });

  test('begins again when the server has forgotten its state, and never holds an item twice', async () => {
    await using kube = await openFakeKube(paged(5, (_, page) => (page === 2 ? gone('4') : undefined)));
    expect(names(await list(kube.client(), testCall(), PODS))).toEqual(['p0', 'p1', 'p2', 'p3', 'p4']);
    // Twin: one that forgets always.
    await using other = await openFakeKube(paged(5, ({ query }) => (query.has('continue') ? gone() : undefined)));
    expect(await failure(list(other.client(), testCall(), PODS))).toContain('410');
  });

  test('page by page, goes on with the state of then', async () => {
    await using kube = await openFakeKube(paged(5, (_, page) => (page === 2 ? gone('2') : undefined)));
    const seen: unknown[] = [];
    await kube.client().eachPage(testCall(), PODS, (items) => void seen.push(names(items)));
    expect(seen).toEqual([['p0', 'p1'], ['p2', 'p3'], ['p4']]);
    await using other = await openFakeKube(paged(5, (_, page) => (page === 2 ? gone() : undefined)));
    expect(await failure(other.client().eachPage(testCall(), PODS, () => undefined))).toContain('410');
  });

  test.each<[string, Answer]>([
    ['no JSON', { status: 200, body: '<html>' }],
    ['an empty object', { status: 200, body: {} }],
    ['one object', { status: 200, body: { kind: 'Pod', apiVersion: 'v1', metadata: { resourceVersion: '1' } } }],
    ['no items', { status: 200, body: { kind: 'PodList', apiVersion: 'v1', metadata: { resourceVersion: '1' } } }],
    [
      'items: null',
      { status: 200, body: { kind: 'PodList', apiVersion: 'v1', metadata: { resourceVersion: '1' }, items: null } },
    ],
    ['no version', { status: 200, body: { kind: 'PodList', apiVersion: 'v1', metadata: {}, items: [] } }],
    ['an item without a name', listOf('Pod', [{ metadata: {} }])],
    [
      'an item that is text',
      { status: 200, body: { kind: 'PodList', apiVersion: 'v1', metadata: { resourceVersion: '1' }, items: ['x'] } },
    ],
    ['204', { status: 204 }],
    ['403', status(403, 'pods is forbidden')],
    ['404', status(404, 'not found')],
  ])('that the server answers with %s is not an empty list', async (_what, answer) => {
    await using kube = await openFakeKube(() => answer);
    expect(await failure(list(kube.client(), testCall(), PODS))).toContain('KUBERNETES_REFUSED');
  });

  test('that has no end is given up', async () => {
    const items = Array.from({ length: 10_001 }, (_, index) => ({ metadata: { name: `p${index}` } }));
    const page = listOf('Pod', items, { continue: 'more' });
    // Written once: it is large.
    const text = typeof page === 'function' ? '' : JSON.stringify(page.body);
    await using kube = await openFakeKube(() => ({ status: 200, body: text }));
    expect(await failure(list(kube.client(), testCall(), PODS))).toContain('more than 100000 items');
    expect(kube.asked).toHaveLength(10);
  });
});
