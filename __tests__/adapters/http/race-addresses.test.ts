import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { jsonReply, serve } from '../../../sandbox/http/serve.ts';
import { mintLoopbackTls } from '../../../sandbox/sigstore/self-signed.ts';
import { admitPublic } from '../../../src/http/admit-public.ts';
import { createConnections } from '../../../src/http/connections.ts';
import { createHttpClient } from '../../../src/http/create-http-client.ts';
import type { HttpError } from '../../../src/http/http-error.ts';
import {
  type AdmitAddress,
  type ConnectDone,
  type Connector,
  type Lookup,
  raceAddresses,
} from '../../../src/http/race-addresses.ts';
import { testCall } from '../../calls.ts';

const lookupOf =
  (...addresses: readonly string[]): Lookup =>
  (_, __, done) =>
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );

interface Attempt {
  readonly hostname: string;
  readonly socket: Socket;
  readonly done: ConnectDone;
}

/** A race whose attempts the test ends by hand. */
function start(lookup: Lookup | undefined, hostname = 'registry.example', admits?: AdmitAddress) {
  const attempts: Attempt[] = [];
  const open: Connector = (target, done) => {
    const socket = new Socket();
    attempts.push({ hostname: target.hostname, socket, done });
    return socket;
  };
  const results: [Error | null, Socket | null][] = [];
  raceAddresses(
    open,
    lookup,
    admits,
  )({ hostname, protocol: 'https:', port: '443' }, (...result) => results.push(result));
  const of = (address: string): Attempt => {
    const attempt = attempts.find((one) => one.hostname === address);
    if (attempt === undefined) throw new Error(`${address} was not tried`);
    return attempt;
  };
  return {
    results,
    tried: () => attempts.map((attempt) => attempt.hostname),
    of,
    connect: (address: string) => of(address).socket.emit('connect'),
    succeed: (address: string) => of(address).done(null, of(address).socket),
    fail: (address: string, code: string) => of(address).done(Object.assign(new Error(code), { code }), null),
  };
}

describe('a race of addresses', () => {
  afterEach(() => void vi.useRealTimers());

  test('does not give up a slow address, whatever becomes of the others', () => {
    vi.useFakeTimers();
    const race = start(lookupOf('192.0.2.1', '2001:db8::1', '192.0.2.2'));
    expect(race.tried()).toEqual(['192.0.2.1']);
    vi.advanceTimersByTime(250);
    expect(race.tried()).toEqual(['192.0.2.1', '2001:db8::1']);
    race.fail('2001:db8::1', 'ENETUNREACH');
    expect(race.tried()).toEqual(['192.0.2.1', '2001:db8::1', '192.0.2.2']);
    race.fail('192.0.2.2', 'ECONNREFUSED');
    expect(race.results).toEqual([]);
    race.connect('192.0.2.1');
    race.succeed('192.0.2.1');
    expect(race.results).toEqual([[null, race.of('192.0.2.1').socket]]);
  });

  test('goes around an address that never answers, and closes its attempt', () => {
    vi.useFakeTimers();
    const race = start(lookupOf('2001:db8::1', '192.0.2.1'));
    vi.advanceTimersByTime(250);
    race.connect('192.0.2.1');
    expect(race.of('2001:db8::1').socket.destroyed).toBe(true);
    race.succeed('192.0.2.1');
    // What the loser says later changes nothing.
    race.fail('2001:db8::1', 'UND_ERR_CONNECT_TIMEOUT');
    expect(race.results).toEqual([[null, race.of('192.0.2.1').socket]]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('opens no second connection once the first is established, however long its TLS handshake takes', () => {
    vi.useFakeTimers();
    const race = start(lookupOf('192.0.2.1', '192.0.2.2'));
    race.connect('192.0.2.1');
    vi.advanceTimersByTime(10_000);
    expect(race.tried()).toEqual(['192.0.2.1']);
    race.fail('192.0.2.1', 'CERT_HAS_EXPIRED');
    expect(race.tried()).toEqual(['192.0.2.1']);
    expect(race.results).toMatchObject([[{ code: 'CERT_HAS_EXPIRED' }, null]]);
  });

  test('lets the families take turns', () => {
    vi.useFakeTimers();
    const race = start(lookupOf('2001:db8::1', '2001:db8::2', '2001:db8::3', '192.0.2.1', '192.0.2.2'));
    vi.advanceTimersByTime(5 * 250);
    expect(race.tried()).toEqual(['2001:db8::1', '192.0.2.1', '2001:db8::2', '192.0.2.2', '2001:db8::3']);
  });

  test('fails once, when every address has failed, with every reason', () => {
    vi.useFakeTimers();
    const race = start(lookupOf('192.0.2.1', '2001:db8::1'));
    race.fail('192.0.2.1', 'ECONNREFUSED');
    expect(race.results).toEqual([]);
    race.fail('2001:db8::1', 'ENETUNREACH');
    expect(race.results).toMatchObject([[{ errors: [{ code: 'ECONNREFUSED' }, { code: 'ENETUNREACH' }] }, null]]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('of one address fails with its own error', () => {
    const race = start(lookupOf('192.0.2.1'));
    race.fail('192.0.2.1', 'ECONNREFUSED');
    expect(race.results).toMatchObject([[{ code: 'ECONNREFUSED' }, null]]);
  });

  test('of an unknown name fails with the error of the lookup', () => {
    const race = start((_, __, done) => done(Object.assign(new Error(), { code: 'ENOTFOUND' }), []));
    expect(race.results).toMatchObject([[{ code: 'ENOTFOUND' }, null]]);
  });

  test.each(['192.0.2.1', '2001:db8::1'])('connects to the literal %s without DNS', async (address) => {
    const race = start(undefined, address);
    await expect.poll(race.tried).toEqual([address]);
    race.connect(address);
  });
});

/**
 * A server whose kernel answers a handshake only when it is told to accept: its backlog is full before. The kernel
 * drops the first SYN and the client sends it again a second later, as on a link with a long round trip.
 */
const SLOW_SERVER = `
const server = require('node:http').createServer((request, response) => response.end('slow but sound'));
server.listen(0, '127.0.0.1', 1, () => {
  require('node:fs').writeSync(1, String(server.address().port));
  require('node:fs').readSync(0, Buffer.alloc(1));
});`;

async function openSlowServer() {
  const child = spawn(process.execPath, ['-e', SLOW_SERVER], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  const port = Number(String(said));
  const fillers = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')];
  await Promise.all(fillers.map((filler) => once(filler, 'connect')));
  return {
    port,
    accept: () => child.stdin.write('.'),
    [Symbol.dispose]() {
      for (const filler of fillers) filler.destroy();
      child.kill('SIGKILL');
    },
  };
}

async function bodyOf(connections: ReturnType<typeof createConnections>, url: URL): Promise<string> {
  return await connections.use({ url, withClientCertificate: false }, async (dispatcher) => {
    const { body } = await request(url, { dispatcher });
    return await body.text();
  });
}

describe('a host with a slow IPv4 address and an IPv6 address without a route', () => {
  const base = { caPems: [], maxConnectionsPerOrigin: 1, lookup: lookupOf('127.0.0.1', '2001:db8::1') };

  test.each<[string, (port: number) => { proxy: Record<string, string>; url: string }]>([
    ['called directly', (port) => ({ proxy: {}, url: `http://slow.example:${port}/` })],
    [
      'as the proxy',
      (port) => ({ proxy: { http_proxy: `http://slow.example:${port}` }, url: 'http://registry.example/' }),
    ],
  ])('is reached: %s', async (_, settings) => {
    using server = await openSlowServer();
    const { proxy, url } = settings(server.port);
    const connections = createConnections({ ...base, proxy });
    const body = bodyOf(connections, new URL(url));
    // Past the time after which Node gives up on an address; the pause decides nothing here.
    await sleep(400);
    server.accept();
    expect(await body).toBe('slow but sound');
    await connections.close();
  });
});

test('the certificate is checked against the name, not the address that won', async () => {
  const { ca, tls } = mintLoopbackTls();
  await using target = await serve(() => jsonReply(200, {}), { tls });
  const open = () =>
    createConnections({
      proxy: {},
      caPems: [ca],
      maxConnectionsPerOrigin: 1,
      lookup: lookupOf('127.0.0.1', '2001:db8::1'),
    });
  const [right, wrong] = [open(), open()];
  expect(await bodyOf(right, new URL(`https://localhost:${target.port}`))).toBe('{}');
  // The certificate names 127.0.0.1, but that is not who was asked for.
  await expect(bodyOf(wrong, new URL(`https://other.example:${target.port}`))).rejects.toMatchObject({
    code: 'ERR_TLS_CERT_ALTNAME_INVALID',
  });
  await Promise.all([right.close(), wrong.close()]);
});

describe('hosts that strangers name', () => {
  const tried = (hostname: string, listed: readonly string[], ...addresses: readonly string[]) => {
    const race = start(lookupOf(...addresses), hostname, admitPublic(listed));
    const [result] = race.results;
    return race.tried()[0] ?? Reflect.get(result?.[0] ?? {}, 'code');
  };

  test.each([
    '10.0.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '192.168.0.1',
    '172.16.0.1',
    '100.64.0.1',
    '0.0.0.0',
    '::1',
    'fd00::1',
    'fe80::1',
    'fe80::1%eth0',
    '::ffff:10.0.0.1',
    '64:ff9b::a00:1',
    'not an address',
  ])('are not reached at %s', (address) => {
    expect(tried('registry.example', [], address)).toBe('PRIVATE_ADDRESS');
    expect(tried('registry.example', ['other.example', 'registry.example:444'], address)).toBe('PRIVATE_ADDRESS');
    // A public address beside it is used alone.
    expect(tried('registry.example', [], address, '192.0.2.1')).toBe('192.0.2.1');
    expect(tried('registry.example', ['registry.example'], address)).toBe(address);
    expect(tried('registry.example', ['registry.example:443'], address)).toBe(address);
  });

  test.each(['192.0.2.1', '2001:db8::1'])('are reached at %s', (address) => {
    expect(tried('registry.example', [], address)).toBe(address);
  });

  test('a literal is its own address', () => {
    expect(tried('::1', [], '::1')).toBe('PRIVATE_ADDRESS');
    expect(tried('::1', ['[::1]:443'], '::1')).toBe('::1');
  });
});

test('a client for hosts that strangers name connects to no private address, unless it is listed', async () => {
  await using server = await serve(() => jsonReply(200, {}));
  const { port } = new URL(server.url);
  const ask = async (privateHosts: readonly string[] | undefined): Promise<unknown> => {
    const clock = { now: () => new Date(), sleep: async () => undefined };
    const http = createHttpClient({ clock, random: () => 0, privateHosts });
    try {
      const request = { service: 'registry', method: 'GET', url: server.url, maxBytes: 100, retry: true } as const;
      return await http.request(testCall({ retryFor: 1000 }), request).then(
        ({ status }) => status,
        (error: HttpError) => error.failure,
      );
    } finally {
      await http.close();
    }
  };
  expect(await ask([])).toBe('private-address');
  expect(server.log.requests()).toHaveLength(0);
  expect(await ask([`127.0.0.1:${port}`])).toBe(200);
  expect(await ask(undefined)).toBe(200);
});

describe('lookups', () => {
  const hostAt = (address: string, port = '443') => ({ hostname: address, protocol: 'https:', port });

  test('of one host are shared while one is under way, and never kept', () => {
    const asked: string[] = [];
    const answers: (() => void)[] = [];
    const lookup: Lookup = (hostname, _options, done) => {
      asked.push(hostname);
      answers.push(() => done(null, [{ address: `192.0.2.${asked.length}`, family: 4 }]));
    };
    const tried: string[] = [];
    const connect = raceAddresses((target) => {
      tried.push(`${target.hostname}:${target.port}`);
      return new Socket();
    }, lookup);
    const ignore = (): void => undefined;
    connect(hostAt('a.example'), ignore);
    connect(hostAt('a.example', '8443'), ignore);
    connect(hostAt('b.example'), ignore);
    expect(asked).toEqual(['a.example', 'b.example']);
    for (const answer of answers.splice(0)) answer();
    expect(tried).toEqual(['192.0.2.2:443', '192.0.2.2:8443', '192.0.2.2:443']);
    connect(hostAt('a.example'), ignore);
    expect(asked).toEqual(['a.example', 'b.example', 'a.example']);
  });

  test('that fail tell everyone who waits, and the next one asks again', () => {
    const answers: ((error: Error | null) => void)[] = [];
    const lookup: Lookup = (_hostname, _options, done) => void answers.push((error) => done(error, []));
    const connect = raceAddresses(() => new Socket(), lookup);
    const errors: (Error | null)[] = [];
    for (let i = 0; i < 3; i++) connect(hostAt('a.example'), (error) => void errors.push(error));
    expect(answers).toHaveLength(1);
    const failure = new Error('ENOTFOUND');
    answers[0]?.(failure);
    expect(errors).toEqual([failure, failure, failure]);
    connect(hostAt('a.example'), () => undefined);
    expect(answers).toHaveLength(2);
  });

  test('that are shared still let each connection refuse the addresses', () => {
    const answers: (() => void)[] = [];
    const lookup: Lookup = (_hostname, _options, done) =>
      void answers.push(() => done(null, [{ address: '10.0.0.1', family: 4 }]));
    const results: string[] = [];
    const connect = raceAddresses(
      () => {
        results.push('tried');
        return new Socket();
      },
      lookup,
      (target) => target.port === '8443',
    );
    connect(hostAt('a.example'), (error) => void results.push(error?.message ?? 'open'));
    connect(hostAt('a.example', '8443'), () => undefined);
    answers[0]?.();
    expect(results).toEqual(['a.example has no public address', 'tried']);
  });
});
