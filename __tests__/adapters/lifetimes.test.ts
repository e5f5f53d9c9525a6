import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { serve } from '../../sandbox/http/serve.ts';
import { startSigstore } from '../../sandbox/sigstore/sigstore-stack.ts';
import { createTufRepository } from '../../sandbox/sigstore/tuf-repository.ts';
import { readRegularFile } from '../../src/entries/inputs/regular-file.ts';
import { createConnections } from '../../src/http/connections.ts';
import { createHttpClient } from '../../src/http/create-http-client.ts';
import type { HttpClient, HttpRequest, HttpResponse } from '../../src/http/http-client.ts';
import { createCredentials } from '../../src/oci/credentials/credentials.ts';
import { completeAdvice } from '../../src/oci/transport/advice.ts';
import { createAuthorizer } from '../../src/oci/transport/authorized-fetch.ts';
import type { Credential } from '../../src/oci/transport/credential.ts';
import { createTokenSource } from '../../src/oci/transport/token.ts';
import { createTrustSource } from '../../src/sigstore/trust/trust-source.ts';
import type { CallContext } from '../../src/usecases/call-context.ts';
import { createMovedClock, testCall } from '../calls.ts';

/** What adapters remember between calls, and how long (docs/decisions/0016-lifetimes.md). */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('a trusted root', () => {
  let cacheDirectory: string;
  beforeEach(async () => {
    cacheDirectory = await mkdtemp(join(tmpdir(), 'lifetimes-'));
  });
  afterEach(() => rm(cacheDirectory, { recursive: true, force: true }));

  async function openSource() {
    const clock = createMovedClock(new Date());
    await using stack = await startSigstore();
    const repository = createTufRepository({
      clock: () => new Date(),
      targets: { 'trusted_root.json': stack.trustedRootJson('v1') },
    });
    let isDown = false;
    const server = await serve((request) => (isDown ? { status: 503 } : repository.handler(request)));
    const http = createHttpClient({ clock, random: () => 0 });
    const source = createTrustSource({
      origin: { kind: 'tuf', mirror: new URL(server.url), root: repository.initialRoot.toString() },
      http,
      clock,
      offline: false,
      signing: false,
      cacheDirectory,
      readFile: readRegularFile,
      serverUrl: 'https://github.com',
    });
    const leaf = { issuerOrganization: 'x', visibility: 'public' };
    return {
      clock,
      load: (call: CallContext) => source.rootFor(call, leaf),
      asked: () => server.log.requests().filter(({ path }) => path.endsWith('timestamp.json')).length,
      setDown: (value: boolean) => {
        isDown = value;
      },
      async [Symbol.asyncDispose]() {
        await http.close();
        await server.close();
      },
    };
  }

  test('is asked for again after an hour, but not by a call that has it', async () => {
    await using world = await openSource();
    const long = testCall();
    const first = await world.load(long);
    world.clock.move(HOUR - 1);
    expect(await world.load(testCall())).toBe(first);
    expect(world.asked()).toBe(1);
    world.clock.move(1);
    expect(await world.load(testCall())).not.toBe(first);
    expect(await world.load(long)).toBe(first);
    expect(world.asked()).toBe(2);
  });

  test('that cannot be had is asked for again after ten seconds, but not by a call that was told so', async () => {
    await using world = await openSource();
    world.setDown(true);
    const long = testCall();
    const failed = { code: 'TRUST_ROOT_UNAVAILABLE' };
    await expect(world.load(long)).rejects.toMatchObject(failed);
    world.setDown(false);
    world.clock.move(9_999);
    await expect(world.load(testCall())).rejects.toMatchObject(failed);
    world.clock.move(1);
    await expect(world.load(testCall())).resolves.toBeDefined();
    await expect(world.load(long)).rejects.toMatchObject(failed);
  });
});

describe('a login', () => {
  test('that is replaced counts for new calls after twice five minutes at the latest', async () => {
    const clock = createMovedClock();
    let password = 'old';
    const store = createCredentials({
      env: { HOME: '/home/u' },
      readFile: async (path) => {
        if (path !== '/home/u/.docker/config.json') return undefined;
        const auth = Buffer.from(`alice:${password}`).toString('base64');
        return Buffer.from(JSON.stringify({ auths: { 'registry.example': { auth } } }));
      },
      runHelper: () => Promise.reject(new Error('no helper here')),
      clock,
      mask: () => undefined,
    });
    const find = async (call: CallContext, path = 'app'): Promise<string> => {
      const found = await store.find(call, { registry: 'registry.example', path });
      return found?.kind === 'basic' ? Buffer.from(found.basic, 'base64').toString() : 'none';
    };
    const long = testCall();
    expect(await find(long)).toBe('alice:old');
    password = 'new';
    clock.move(5 * MINUTE - 1);
    // Another repository: the file was read before.
    expect(await find(testCall(), 'web')).toBe('alice:old');
    clock.move(1);
    expect(await find(testCall())).toBe('alice:new');
    expect(await find(testCall(), 'web')).toBe('alice:old');
    clock.move(5 * MINUTE);
    expect(await find(testCall(), 'web')).toBe('alice:new');
    // A call sees one login to its end, also where it looks again.
    expect([await find(long), await find(long, 'other')]).toEqual(['alice:old', 'alice:old']);
  });

  test('that a helper refused is asked for again after ten seconds', async () => {
    const clock = createMovedClock();
    let runs = 0;
    const store = createCredentials({
      env: { HOME: '/home/u' },
      readFile: async (path) => (path.endsWith('config.json') ? Buffer.from('{"credsStore":"x"}') : undefined),
      runHelper: async () => {
        runs += 1;
        return runs === 1
          ? { exitCode: 1, stdout: 'locked' }
          : { exitCode: 0, stdout: '{"Username":"alice","Secret":"s3cret"}' };
      },
      clock,
      mask: () => undefined,
    });
    const find = () => store.find(testCall(), { registry: 'registry.example', path: 'app' });
    await expect(find()).rejects.toMatchObject({ code: 'REGISTRY_DENIED' });
    clock.move(9_999);
    await expect(find()).rejects.toMatchObject({ code: 'REGISTRY_DENIED' });
    clock.move(1);
    expect(await find()).toMatchObject({ kind: 'basic' });
    expect(runs).toBe(2);
  });
});

/** A client whose answers a test writes; what it was asked, shortened. */
function scripted(answer: (request: HttpRequest) => Partial<HttpResponse>) {
  const asked: string[] = [];
  const http: HttpClient = {
    async request(_, request) {
      const url = new URL(request.url);
      asked.push(`${url.pathname} ${request.headers?.['authorization'] ?? '-'}`);
      return { status: 200, headers: {}, headersDistinct: {}, body: new Uint8Array(), url, ...answer(request) };
    },
    preconnect: () => undefined,
    close: async () => undefined,
  };
  return { http, asked };
}

const FALLBACK: Credential = { kind: 'basic', basic: 'dTpw', source: 'the job', isFallback: true };

describe('what a registry showed of its way to log in', () => {
  function openRegistry(answer: (request: HttpRequest) => Partial<HttpResponse>) {
    const clock = createMovedClock();
    const { http, asked } = scripted(answer);
    const authorizer = createAuthorizer({
      http,
      credentials: { find: async () => FALLBACK, describePlaces: () => 'nowhere' },
      tokens: { token: () => Promise.reject(new Error('no token here')), forget: () => undefined },
      access: 'pull',
      insecureRegistries: [],
      clock,
      advise: completeAdvice(undefined),
    });
    const get = async (call: CallContext): Promise<number> => {
      const fetch = authorizer.fetchFor(call);
      const repository = { registry: 'registry.example', path: 'app' };
      const url = new URL('https://registry.example/v2/app/manifests/x');
      return (await fetch({ repository, method: 'GET', url, access: 'pull', maxBytes: 1, retry: false })).status;
    };
    return { clock, asked, get };
  }
  const basic = { headersDistinct: { 'www-authenticate': ['Basic realm="x"'] } };

  test('is asked for again after ten minutes, but not by a call that knows it', async () => {
    const { clock, asked, get } = openRegistry(({ headers }) =>
      headers?.['authorization'] === undefined ? { status: 401, ...basic } : {},
    );
    const long = testCall();
    await get(long);
    const [probe, login] = ['/v2/app/manifests/x -', '/v2/app/manifests/x Basic dTpw'];
    expect(asked.splice(0)).toEqual([probe, login]);
    clock.move(10 * MINUTE - 1);
    await get(testCall());
    expect(asked.splice(0)).toEqual([login]);
    clock.move(1);
    await get(long);
    expect(asked.splice(0)).toEqual([login]);
    await get(testCall());
    expect(asked.splice(0)).toEqual([probe, login]);
  });

  test('a login that was refused is tried again after five minutes, but not by a call that knows of it', async () => {
    let isGranted = false;
    const { clock, asked, get } = openRegistry(({ headers }) => {
      if (headers?.['authorization'] === undefined) return asked.length === 1 ? { status: 401, ...basic } : {};
      return isGranted ? {} : { status: 403 };
    });
    const long = testCall();
    expect(await get(long)).toBe(200);
    const [anonymous, login] = ['/v2/app/manifests/x -', '/v2/app/manifests/x Basic dTpw'];
    expect(asked).toEqual([anonymous, login, anonymous]);
    isGranted = true;
    clock.move(5 * MINUTE - 1);
    await get(testCall());
    expect(asked.slice(3)).toEqual([anonymous]);
    clock.move(1);
    await get(long);
    expect(asked.slice(4)).toEqual([anonymous]);
    await get(testCall());
    expect(asked.slice(5)).toEqual([login]);
  });
});

describe('a token', () => {
  const request = (credential: Credential) => ({
    registry: new URL('https://registry.example'),
    challenge: { scheme: 'bearer', parameters: { realm: 'https://registry.example/token' } } as const,
    scopes: ['repository:app:pull'],
    credential,
  });

  test('is kept for a day at most, whatever it says, and belongs to the login that it was given for', async () => {
    const clock = createMovedClock();
    let count = 0;
    const { http } = scripted(() => {
      count += 1;
      return { body: Buffer.from(JSON.stringify({ token: `token-${count}`, expires_in: 1e9 })) };
    });
    const source = createTokenSource({
      http,
      clock,
      tokenHosts: [],
      mask: () => undefined,
      advise: completeAdvice(undefined),
    });
    const token = (credential: Credential = FALLBACK) => source.token(testCall(), request(credential));
    expect(await token()).toBe('token-1');
    clock.move(24 * HOUR - 1);
    expect(await token()).toBe('token-1');
    expect(await token({ ...FALLBACK, basic: 'bmV3OnB3' })).toBe('token-2');
    clock.move(1);
    expect(await token()).toBe('token-3');
  });

  test('that renews a login is forgotten after a day, and when another login takes its place', async () => {
    const clock = createMovedClock();
    const sent: (string | null)[] = [];
    const { http } = scripted(({ body }) => {
      sent.push(new URLSearchParams(String(body)).get('refresh_token'));
      const answer = { token: 't', expires_in: 10, refresh_token: `renewed-${sent.length}` };
      return { body: Buffer.from(JSON.stringify(answer)) };
    });
    const source = createTokenSource({
      http,
      clock,
      tokenHosts: [],
      mask: () => undefined,
      advise: completeAdvice(undefined),
    });
    const login = (token: string): Credential => ({
      kind: 'identity-token',
      token,
      basic: undefined,
      source: 'a file',
      isFallback: false,
    });
    await source.token(testCall(), request(login('first')));
    clock.move(MINUTE);
    await source.token(testCall(), request(login('first')));
    await source.token(testCall(), request(login('second')));
    clock.move(24 * HOUR);
    await source.token(testCall(), request(login('first')));
    expect(sent).toEqual(['first', 'renewed-1', 'second', 'first']);
  });
});

describe('connections', () => {
  async function listen() {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return { server, sockets, url };
  }
  const base = { proxy: {}, caPems: [], maxConnectionsPerOrigin: 4 };

  test('that were opened ahead and that nobody takes are closed after a while', async () => {
    const { server, sockets, url } = await listen();
    const connections = createConnections({ ...base, spareMs: 50 });
    connections.preconnect({ url, withClientCertificate: false });
    await expect.poll(() => sockets.size).toBe(1);
    await expect.poll(() => sockets.size).toBe(0);
    await connections.close();
    server.close();
  });

  test('are kept for a bounded number of origins, and those in use are not closed', async () => {
    const connections = createConnections({ ...base, poolsMax: 2 });
    const seen: unknown[] = [];
    const use = (name: string, work: () => Promise<void> = async () => undefined): Promise<void> =>
      connections.use({ url: new URL(`http://${name}.example`), withClientCertificate: false }, async (dispatcher) => {
        seen.push(dispatcher);
        await work();
      });
    const isClosed = (index: number): unknown => Reflect.get(seen[index] as object, 'destroyed');
    let end: () => void = () => undefined;
    const busy = use('busy', () => new Promise((resolve) => (end = resolve)));
    await use('a');
    await use('b');
    await use('c');
    expect([0, 1, 2, 3].map(isClosed)).toEqual([false, true, true, false]);
    end();
    await busy;
    await use('busy');
    expect(seen[4]).toBe(seen[0]);
    await connections.close();
  });
});
