import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { jsonReply, type Served, serve } from '../../../sandbox/http/serve.ts';
import { mintLoopbackTls } from '../../../sandbox/sigstore/self-signed.ts';
import { createHttpClient, type HttpClientOptions } from '../../../src/http/create-http-client.ts';
import { type EarlyConnections, type EarlyTarget, openEarly } from '../../../src/http/early-connections.ts';
import { testCall } from '../../calls.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

const opened = (served: Served): number => served.log.connections().length;

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(5);
}

function early(targets: readonly EarlyTarget[]): EarlyConnections {
  const made = openEarly(targets);
  open.push(made);
  return made;
}

async function server(options: Parameters<typeof serve>[1] = { name: 'registry' }): Promise<Served> {
  const served = await serve(() => jsonReply(200, {}), options);
  open.push(served);
  return served;
}

async function get(url: string, options: Partial<HttpClientOptions>): Promise<number> {
  const clock = { now: () => new Date(), sleep: () => Promise.resolve() };
  const client = createHttpClient({ clock, random: () => 0, ...options });
  try {
    const request = { service: 'registry', method: 'GET', url, maxBytes: 100, retry: false } as const;
    return (await client.request(testCall(), request)).status;
  } finally {
    await client.close();
  }
}

describe('a connection that was opened early', () => {
  test('carries the first request to its host, and the second needs one of its own', async () => {
    const { url, port, ...served } = await server();
    const made = early([{ hostname: '127.0.0.1', port }]);
    await until(() => served.log.connections().length === 1);
    expect(await get(url, { early: made })).toBe(200);
    expect(served.log.connections()).toHaveLength(1);
    expect(await get(url, { early: made })).toBe(200);
    expect(served.log.connections()).toHaveLength(2);
  });

  test('has begun before the code is loaded, or its host has no address', async () => {
    const served = await server();
    const made: unknown[] = [];
    const onSocket = (message: unknown): void => void made.push(message);
    subscribe('net.client.socket', onSocket);
    const there = early([{ hostname: 'localhost', port: served.port }]);
    await there.begun;
    unsubscribe('net.client.socket', onSocket);
    expect(made).toHaveLength(1);
    const socket = await there.take({ hostname: 'localhost', port: served.port });
    expect(socket?.readyState).toBe('open');
    socket?.destroy();
    const nowhere = early([
      { hostname: '127.0.0.1', port: served.port },
      { hostname: 'no-such-host.invalid', port: 443 },
    ]);
    await nowhere.begun;
    await expect(nowhere.take({ hostname: 'no-such-host.invalid', port: 443 })).rejects.toThrow();
    await early([]).begun;
  });

  test('is waited for if it is not there yet', async () => {
    const served = await server();
    const made = early([{ hostname: 'localhost', port: served.port }]);
    expect(await get(served.url.replace('127.0.0.1', 'localhost'), { early: made })).toBe(200);
    expect(opened(served)).toBe(1);
  });

  test('carries TLS, whose certificate is checked as ever', async () => {
    const { ca, tls } = mintLoopbackTls(new Date());
    const served = await server({ name: 'registry', tls });
    const target = { hostname: '127.0.0.1', port: served.port };
    expect(await get(served.url, { early: early([target]), caPems: [ca] })).toBe(200);
    expect(opened(served)).toBe(1);
    // Twin: nobody trusts this authority.
    await expect(get(served.url, { early: early([target]) })).rejects.toMatchObject({ failure: 'tls' });
  });

  test('is not used for another host or port', async () => {
    const served = await server();
    const other = await server();
    const made = early([{ hostname: '127.0.0.1', port: other.port }]);
    expect(await get(served.url, { early: made })).toBe(200);
    expect(await get(served.url.replace('127.0.0.1', 'localhost'), { early: made })).toBe(200);
    expect(opened(served)).toBe(2);
    await until(() => opened(other) === 1);
    expect(other.log.requests()).toEqual([]);
  });

  test('is not used where private addresses are not allowed', async () => {
    const served = await server();
    const made = early([{ hostname: '127.0.0.1', port: served.port }]);
    await until(() => opened(served) === 1);
    await expect(get(served.url, { early: made, privateHosts: [] })).rejects.toMatchObject({
      failure: 'private-address',
    });
    expect(served.log.requests()).toEqual([]);
  });

  test('that failed is tried once more by the request that needs it', async () => {
    const closed = createServer();
    await once(closed.listen(0, '127.0.0.1'), 'listening');
    const { port } = closed.address() as { port: number };
    closed.close();
    const made = early([{ hostname: '127.0.0.1', port }]);
    await expect(get(`http://127.0.0.1:${port}/`, { early: made })).rejects.toMatchObject({ failure: 'connect' });
    expect(made.take({ hostname: '127.0.0.1', port })).toBeUndefined();
  });

  test('that its server has closed is replaced', async () => {
    const sockets: Socket[] = [];
    const answering = createServer((socket) => {
      sockets.push(socket);
      if (sockets.length === 1) socket.destroy();
      else socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'));
    });
    await once(answering.listen(0, '127.0.0.1'), 'listening');
    open.push(answering);
    const { port } = answering.address() as { port: number };
    const made = early([{ hostname: '127.0.0.1', port }]);
    await until(() => sockets[0]?.destroyed === true);
    await sleep(20);
    expect(await get(`http://127.0.0.1:${port}/`, { early: made })).toBe(200);
    expect(sockets).toHaveLength(2);
  });

  test('is one for each target, however often it is named', async () => {
    const sockets: Socket[] = [];
    const listening = createServer((socket) => void sockets.push(socket.resume()));
    await once(listening.listen(0, '127.0.0.1'), 'listening');
    open.push(listening);
    const target = { hostname: '127.0.0.1', port: (listening.address() as { port: number }).port };
    const twice = early([target, { ...target }]);
    await twice.begun;
    const taken = await twice.take(target);
    expect(twice.take(target)).toBeUndefined();
    taken?.destroy();
    await until(() => sockets.length > 0 && sockets.every(({ destroyed }) => destroyed));
    expect(sockets).toHaveLength(1);
  });

  test('that nobody took is closed, whether it is there yet or not', async () => {
    const ends: Promise<unknown>[] = [];
    const listening = createServer((socket) => void ends.push(once(socket.resume(), 'close')));
    await once(listening.listen(0, '127.0.0.1'), 'listening');
    open.push(listening);
    const target = { hostname: '127.0.0.1', port: (listening.address() as { port: number }).port };
    const there = openEarly([target]);
    await until(() => ends.length === 1);
    there.close();
    await Promise.all(ends);
    const pending = openEarly([{ ...target, hostname: 'localhost' }]);
    const taken = pending.take(target);
    pending.close();
    expect(taken).toBeUndefined();
    await sleep(50);
    await Promise.all(ends);
  });
});
