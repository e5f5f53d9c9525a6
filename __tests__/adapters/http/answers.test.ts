import { once } from 'node:events';
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { createLabClient, failureOf, openLab } from './http-server.ts';

/** Far more than anything here needs. */
const WAITED = { timeout: 60_000 };

/** Lets both ends, which share this thread, see what the other one sent or closed: a timer could come before that. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

describe('what is no answer', () => {
  test.each([
    ['reset', 'a reset before the head'],
    ['truncated', 'a body that ends early'],
    ['truncated', 'a reset in the body'],
    ['protocol', 'bytes that are no HTTP'],
    ['too-large', 'a head of 40 KiB'],
  ])('is %s: %s', async (failure, situation) => {
    const server = createTcpServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => {
        if (situation === 'a reset before the head') socket.resetAndDestroy();
        if (situation === 'a body that ends early') socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nabc');
        if (situation === 'a reset in the body') {
          socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nabc');
          void turns().then(() => socket.resetAndDestroy());
        }
        if (situation === 'bytes that are no HTTP') socket.end('SSH-2.0-OpenSSH_9.2\r\n\r\n');
        if (situation === 'a head of 40 KiB') socket.end(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(40_000)}\r\n\r\n`);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const client = createLabClient({ retryFor: 0 });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const request = client.request({ service: 'log', method: 'GET', url, maxBytes: 1000, retry: true });
    expect(await failureOf(request)).toBe(failure);
    await client.close();
    server.close();
  });

  test('is connect when nobody listens', async () => {
    const server = createTcpServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const client = createLabClient({ retryFor: 0 });
    const url = `http://127.0.0.1:${port}/`;
    expect(await failureOf(client.request({ service: 'CA', method: 'GET', url, maxBytes: 1, retry: false }))).toBe(
      'connect',
    );
    await client.close();
  });

  test('is timeout when the head does not come, and the connection is not used again', async () => {
    await using lab = await openLab(
      (_, response, count) => {
        if (count > 1) response.end('late');
      },
      { retryFor: 1500 },
    );
    expect((await lab.get('/')).status).toBe(200);
    expect(lab.traces.map(({ status }) => status)).toEqual(['timeout', 200]);
    expect(lab.connections()).toBeGreaterThan(1);
  });

  test('is timeout when the body never ends', async () => {
    await using lab = await openLab(
      (_, response) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('abc');
      },
      { retryFor: 1500 },
    );
    expect(await failureOf(lab.get('/', { retry: false }))).toBe('timeout');
  });

  test('is aborted when the caller gives up, before, during and between attempts', async () => {
    for (const signal of [AbortSignal.abort(), AbortSignal.timeout(30)]) {
      await using lab = await openLab(() => undefined, { signal });
      expect(await failureOf(lab.get('/'))).toBe('aborted');
    }
    const controller = new AbortController();
    const waiting = createLabClient({
      clock: {
        now: () => new Date(),
        sleep: () => {
          controller.abort();
          return Promise.resolve();
        },
      },
      retryFor: 10_000,
      signal: controller.signal,
    });
    const request = { service: 'TSA', method: 'POST', url: 'http://127.0.0.1:1/', maxBytes: 1, retry: true } as const;
    expect(await failureOf(waiting.request(request))).toBe('aborted');
    await waiting.close();
  });
});

describe('an answer', () => {
  test('is refused once its body exceeds the cap, also if it never ends', async () => {
    await using lab = await openLab((request, response) => {
      if (request.url === '/exact') return void response.end('x'.repeat(1000));
      if (request.url === '/over') return void response.end('x'.repeat(1001));
      const pour = (): void => {
        while (!response.destroyed && response.write('x'.repeat(4096)));
        response.once('drain', pour);
      };
      pour();
    });
    expect((await lab.get('/exact')).body).toHaveLength(1000);
    expect(await failureOf(lab.get('/over'))).toBe('too-large');
    expect(await failureOf(lab.get('/endless'))).toBe('too-large');
    expect(lab.traces).toHaveLength(3);
  });

  test('keeps repeated fields apart', async () => {
    await using lab = await openLab((_, response) => {
      response.setHeader('WWW-Authenticate', ['Bearer realm="x"', 'Basic']).end();
    });
    const { headers, headersDistinct } = await lab.get('/');
    expect(headersDistinct['www-authenticate']).toEqual(['Bearer realm="x"', 'Basic']);
    expect(headers['www-authenticate']).toBe('Bearer realm="x", Basic');
  });

  test('that redirects is returned, not followed', async () => {
    await using lab = await openLab((_, response) =>
      response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end(),
    );
    expect((await lab.get('/')).status).toBe(307);
  });

  test('is asked for uncompressed, and unpacked under the cap if it is compressed all the same', async () => {
    await using lab = await openLab((request, response) => {
      response.setHeader('content-encoding', request.url === '/br' ? 'br' : 'gzip');
      if (request.url === '/small') response.end(gzipSync('hello'));
      else if (request.url === '/bomb') response.end(gzipSync('x'.repeat(100_000)));
      else response.end(request.headers['accept-encoding']);
    });
    expect(Buffer.from((await lab.get('/small')).body).toString()).toBe('hello');
    expect(await failureOf(lab.get('/bomb'))).toBe('too-large');
    expect(await failureOf(lab.get('/not-gzip'))).toBe('protocol');
    expect(await failureOf(lab.get('/br'))).toBe('protocol');
  });

  test('to HEAD leaves the connection open for the next request', async () => {
    await using lab = await openLab((_, response) => response.writeHead(200, { 'content-length': '5' }).end());
    await lab.get('/', { method: 'HEAD' });
    await lab.get('/', { method: 'HEAD' });
    await lab.get('/', { method: 'HEAD' });
    expect(lab.connections()).toBe(1);
  });
});

describe('connections', () => {
  test('are kept: requests in sequence share one', async () => {
    await using lab = await openLab((_, response) => response.end('x'));
    for (let index = 0; index < 5; index += 1) await lab.get('/');
    expect(lab.connections()).toBe(1);
  });

  test('opened ahead are found by the requests that follow', async () => {
    await using lab = await openLab((_, response) => response.end('x'));
    lab.client.preconnect(lab.url);
    lab.client.preconnect(lab.url);
    await expect.poll(() => lab.connections(), WAITED).toBe(2);
    await turns();
    await Promise.all([lab.get('/'), lab.get('/')]);
    expect(lab.connections()).toBe(2);
  });

  test('are opened ahead up to the number wanted, in which those that are there count', async () => {
    await using lab = await openLab((_, response) => void setTimeout(() => response.end('x'), 20), {
      maxConnectionsPerOrigin: 4,
    });
    const busy = [lab.get('/'), lab.get('/')];
    await expect.poll(() => lab.connections(), WAITED).toBe(2);
    lab.client.preconnect(lab.url, { atLeast: 3 });
    lab.client.preconnect(lab.url, { atLeast: 3 });
    lab.client.preconnect(lab.url, { atLeast: 2 });
    await Promise.all(busy);
    await turns();
    expect(lab.connections()).toBe(3);
    lab.client.preconnect(lab.url, { atLeast: 100 });
    await expect.poll(() => lab.connections(), WAITED).toBe(4);
    await turns();
    await Promise.all(Array.from({ length: 4 }, () => lab.get('/')));
    expect(lab.connections()).toBe(4);
  });

  test('are opened ahead for calls that wait, unless as many are idle', async () => {
    const { promise: mayAnswer, resolve: answer } = Promise.withResolvers<void>();
    await using lab = await openLab((_, response) => void mayAnswer.then(() => response.end('x')), {
      maxConnectionsPerOrigin: 4,
    });
    const busy = [lab.get('/'), lab.get('/')];
    await expect.poll(() => lab.connections(), WAITED).toBe(2);
    // Busy ones serve nobody who waits.
    lab.client.preconnect(lab.url, { idle: 1 });
    await expect.poll(() => lab.connections(), WAITED).toBe(3);
    lab.client.preconnect(lab.url, { idle: 1 });
    answer();
    await Promise.all(busy);
    await turns();
    // The one that was opened, and the two that are idle again.
    lab.client.preconnect(lab.url, { idle: 3 });
    await turns();
    expect(lab.connections()).toBe(3);
    lab.client.preconnect(lab.url, { idle: 100 });
    await expect.poll(() => lab.connections(), WAITED).toBe(4);
    await turns();
    await Promise.all(Array.from({ length: 4 }, () => lab.get('/')));
    expect(lab.connections()).toBe(4);
  });

  test('that the server has closed do not count as there', async () => {
    await using lab = await openLab((_, response) => response.end('x'));
    await Promise.all([lab.get('/'), lab.get('/')]);
    lab.server.closeAllConnections();
    await turns();
    lab.client.preconnect(lab.url, { atLeast: 2 });
    await expect.poll(() => lab.connections(), WAITED).toBe(4);
  });

  test('opened ahead and closed by the server meanwhile do no harm', async () => {
    await using lab = await openLab((_, response) => response.end('x'));
    lab.client.preconnect(lab.url);
    await expect.poll(() => lab.connections(), WAITED).toBe(1);
    await turns();
    lab.server.closeAllConnections();
    await turns();
    expect((await lab.get('/')).status).toBe(200);
    expect(lab.traces).toHaveLength(1);
  });

  test('ahead to where nobody listens fail silently', async () => {
    await using lab = await openLab((_, response) => response.end('x'));
    lab.client.preconnect('http://127.0.0.1:1/');
    lab.client.preconnect('no url');
    lab.client.preconnect('http://ghcr.io/');
    expect((await lab.get('/')).status).toBe(200);
  });

  test('are bounded by origin', async () => {
    await using lab = await openLab((_, response) => void setTimeout(() => response.end('x'), 10), {
      maxConnectionsPerOrigin: 3,
    });
    const answers = await Promise.all(Array.from({ length: 12 }, () => lab.get('/')));
    expect(answers).toHaveLength(12);
    expect(lab.connections()).toBe(3);
  });

  test('are closed at the end, also those nobody used', async () => {
    const lab = await openLab((_, response) => response.end('x'));
    lab.client.preconnect(lab.url);
    await lab.get('/');
    await lab.client.close();
    const open = () => new Promise((resolve) => lab.server.getConnections((_, count) => resolve(count)));
    await expect.poll(open, WAITED).toBe(0);
    await lab[Symbol.asyncDispose]();
  });
});

describe('plain http', () => {
  test.each([
    ['http://ghcr.io/', [], 'another host'],
    ['http://10.0.0.1/', [], 'a private address'],
    ['http://localhost.example/', [], 'a name that starts like loopback'],
    ['http://listed.example.evil/', ['listed.example'], 'a name that starts like a listed one'],
    ['http://listed.example:81/', ['listed.example:80'], 'another port than the listed one'],
    ['ftp://127.0.0.1/', [], 'another scheme'],
    ['file:///etc/passwd', [], 'a file'],
    ['http://user:pass@127.0.0.1/', [], 'a password in the URL'],
    ['not a url', [], 'no URL'],
  ])('is refused for %s with %j listed: %s', async (url, insecureHosts, _reason) => {
    const client = createLabClient({ retryFor: 1000, insecureHosts });
    expect(await failureOf(client.request({ service: 'TUF', method: 'GET', url, maxBytes: 1, retry: true }))).toBe(
      'protocol',
    );
    await client.close();
  });

  test.each([[['insecure.invalid']], [['INSECURE.invalid:80']]])('is tried for a host in %j', async (insecureHosts) => {
    const client = createLabClient({ retryFor: 0, insecureHosts });
    const request = client.request({
      service: 'TUF',
      method: 'GET',
      url: 'http://insecure.invalid/',
      maxBytes: 1,
      retry: true,
    });
    expect(await failureOf(request)).toBe('dns');
    await client.close();
  });
});

test.each(['#fragment', '#'])('the fragment %j is not sent, and stays in the URL of the caller', async (fragment) => {
  await using lab = await openLab((request, response) => response.end(request.url));
  const url = new URL(`/path?query${fragment}`, lab.url);
  const { body, url: from } = await lab.get('', { url });
  expect(Buffer.from(body).toString()).toBe('/path?query');
  expect(from.href).toBe(`${lab.url}/path?query`);
  expect(url.href).toBe(`${lab.url}/path?query${fragment}`);
});

test('traces and messages hold no query', async () => {
  await using lab = await openLab((_, response) => response.socket?.destroy(), { retryFor: 0 });
  let message = '';
  await lab.get('/path?secret=1').catch((error: unknown) => {
    message = String(error);
  });
  expect(message).toContain('/path');
  expect(message + JSON.stringify(lab.traces)).not.toContain('secret');
});

test('a listener that never accepts is left after the attempt', async () => {
  const server = createTcpServer({ pauseOnConnect: true }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = createLabClient({ retryFor: 1000 });
  const url = `http://127.0.0.1:${port}/`;
  expect(await failureOf(client.request({ service: 'log', method: 'GET', url, maxBytes: 1, retry: false }))).toBe(
    'timeout',
  );
  await client.close();
  connect(port, '127.0.0.1').destroy();
  server.close();
});
