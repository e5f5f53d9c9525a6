import { connect as connectTcp } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { afterEach, expect, test } from 'vitest';
import { mintLoopbackTls } from '../../../sandbox/sigstore/self-signed.ts';
import { createReviewCaller, type ReviewCaller } from '../../../sandbox/webhook/review-caller.ts';
import type { ReviewHandlers } from '../../../src/entries/webhook/handlers.ts';
import { createJsonLog } from '../../../src/entries/webhook/json-log.ts';
import { createMetrics, type Metrics } from '../../../src/entries/webhook/metrics.ts';
import {
  createReviewServer,
  type ReviewServer,
  type ReviewServerOptions,
} from '../../../src/entries/webhook/review-server.ts';
import type { CallContext } from '../../../src/usecases/call-context.ts';

/* The server alone, over real https, with handlers that misbehave. */

const clock = { now: () => new Date(), sleep: () => Promise.resolve() };

interface Running extends ReviewCaller {
  readonly port: number;
  readonly server: ReviewServer;
  readonly metrics: Metrics;
  readonly lines: string[];
}

const open: { readonly server: ReviewServer; readonly close: () => void }[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) {
    one.close();
    await one.server.close();
  }
});

async function start(
  validate: ReviewHandlers['validate'],
  more: Partial<Pick<ReviewServerOptions, 'maxRequests' | 'limits'>> = {},
): Promise<Running> {
  const { ca, tls } = mintLoopbackTls();
  const lines: string[] = [];
  const metrics = createMetrics({ withProcess: false });
  const server = createReviewServer({
    pair: { ...tls, ends: new Date(Date.now() + 1e9), fingerprint: 'x' },
    handlers: { validate, mutate: validate },
    retryForMs: 60_000,
    maxRequests: 10,
    clock,
    log: createJsonLog({ write: (line) => lines.push(line), clock, level: 'debug' }),
    metrics,
    ...more,
  });
  const port = await server.listen({ address: '127.0.0.1', port: 0 });
  const caller = createReviewCaller({ port, ca: () => ca });
  open.push({ server, close: () => caller.close() });
  return { ...caller, port, server, metrics, lines };
}

const review = (uid = 'u-1', version = 'v1'): object => ({
  apiVersion: `admission.k8s.io/${version}`,
  kind: 'AdmissionReview',
  request: { uid, namespace: 'shop', name: 'web', kind: { kind: 'Pod' }, operation: 'CREATE' },
});
const allow = (asked: unknown, more: object = {}): object => ({
  apiVersion: (asked as { apiVersion: string }).apiVersion,
  kind: 'AdmissionReview',
  response: { uid: (asked as { request: { uid: string } }).request.uid, allowed: true, ...more },
});
const allowing: ReviewHandlers['validate'] = async (_call, asked) => allow(asked);

const untilAborted = ({ signal }: CallContext): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

test('what a handler answers is sent, and its connection is used again', async () => {
  const { post, metrics } = await start(allowing);
  const [first, second] = [await post(review('a')), await post(review('b'), { path: '/mutate' })];
  expect(first).toMatchObject({ status: 200, response: { uid: 'a', allowed: true } });
  expect(second).toMatchObject({ status: 200, response: { uid: 'b', allowed: true } });
  const { body } = await metrics.text();
  expect(body).toContain('countersign_reviews_total{path="/validate",verdict="allowed"} 1');
  expect(body).toContain('countersign_reviews_total{path="/mutate",verdict="allowed"} 1');
});

test.each<[string, ReviewHandlers['validate']]>([
  ['throws', () => Promise.reject(new Error('secret words of a registry'))],
  [
    'throws at once',
    () => {
      throw new TypeError('secret words of a registry');
    },
  ],
  ['answers another request', async (_call, asked) => ({ ...allow(asked), response: { uid: 'other', allowed: true } })],
  ['answers in another version', async (_call, asked) => ({ ...allow(asked), apiVersion: 'admission.k8s.io/v2' })],
  ['answers without a verdict', async (_call, asked) => ({ ...allow(asked), response: { uid: 'u-1' } })],
  ['answers with a text as verdict', async (_call, asked) => allow(asked, { allowed: 'true' })],
  ['answers nothing', async () => undefined as unknown as object],
])('a handler that %s: refused, and the user reads nothing of it', async (_what, handler) => {
  const { post, lines } = await start(handler);
  const answer = await post(review());
  expect(answer).toMatchObject({ status: 200, response: { uid: 'u-1', allowed: false, status: { code: 500 } } });
  expect(answer.body).not.toContain('secret words');
  expect(lines.join('')).toContain('a review failed');
});

test('the version that was asked is answered', async () => {
  const { post } = await start(() => Promise.reject(new Error('x')));
  expect(JSON.parse((await post(review('u', 'v1beta1'))).body)).toMatchObject({
    apiVersion: 'admission.k8s.io/v1beta1',
    response: { uid: 'u', allowed: false },
  });
});

test('when the time is up, the call ends, and the refusal says so even if the handler never does', async () => {
  const calls: CallContext[] = [];
  const { post, metrics } = await start((call) => {
    calls.push(call);
    return new Promise(() => undefined);
  });
  const answer = await post(review(), { path: '/validate?timeout=100ms' });
  expect(answer).toMatchObject({ status: 200, response: { allowed: false, status: { code: 504 } } });
  expect(answer.response?.status?.message).toContain('could not be judged within 0.1 s');
  expect(calls[0]?.signal.aborted).toBe(true);
  expect((await metrics.text()).body).toContain('countersign_deadline_expired_total{path="/validate"} 1');
});

test('a handler that words its own refusal when the time is up is heard', async () => {
  const { post } = await start(async (call, asked) => {
    await untilAborted(call);
    return allow(asked, { allowed: false, status: { code: 403, message: 'registry.test did not answer' } });
  });
  const answer = await post(review(), { path: '/validate?timeout=100ms' });
  expect(answer.response?.status?.message).toBe('registry.test did not answer');
});

test.each([
  ['no parameter', '/validate', 29_000],
  ['10s', '/validate?timeout=10s', 9_000],
  ['more than Kubernetes gives', '/validate?timeout=5m0s', 29_000],
  ['as Go writes a minute', '/validate?timeout=1m0s', 29_000],
  ['one second', '/validate?timeout=1s', 500],
])('the time of a request: %s', async (_what, path, deadlineMs) => {
  const budgets: number[] = [];
  const { post } = await start(async ({ retries }, asked) => {
    budgets.push(retries.remainingMs());
    return allow(asked);
  });
  expect((await post(review(), { path })).response?.allowed).toBe(true);
  // Outages are waited out for less, so that the answer names them, and not the deadline.
  expect(budgets).toEqual([deadlineMs * 0.8]);
});

test.each(['timeout=', 'timeout=0s', 'timeout=-5s', 'timeout=10', 'timeout=10s&timeout=1s', 'timeout=1e9s'])(
  '%s is refused as a request',
  async (query) => {
    const { post } = await start(allowing);
    expect(await post(review(), { path: `/validate?${query}` })).toMatchObject({ status: 400, response: undefined });
  },
);

test('a caller that goes ends the call', async () => {
  let onStarted = (): void => undefined;
  const started = new Promise<void>((resolve) => {
    onStarted = resolve;
  });
  let onEnded = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    onEnded = resolve;
  });
  const { port } = await start(async (call, asked) => {
    onStarted();
    await untilAborted(call);
    onEnded();
    return allow(asked);
  });
  const socket = await openTls(port);
  const body = JSON.stringify(review());
  socket.write(head(body.length) + body);
  await started;
  socket.destroy();
  await ended;
});

test('more requests than it may answer at a time get 503, and the others their answer', async () => {
  const releases: (() => void)[] = [];
  let onBoth = (): void => undefined;
  const both = new Promise<void>((resolve) => {
    onBoth = resolve;
  });
  const { post, metrics } = await start(
    async (_call, asked) => {
      await new Promise<void>((resolve) => {
        releases.push(resolve);
        if (releases.length === 2) onBoth();
      });
      return allow(asked);
    },
    { maxRequests: 2 },
  );
  const running = [post(review('1')), post(review('2'))];
  await both;
  expect(await post(review('3'))).toMatchObject({ status: 503, response: undefined });
  for (const release of releases) release();
  expect((await Promise.all(running)).map(({ response }) => response?.allowed)).toEqual([true, true]);
  expect((await metrics.text()).body).toContain('countersign_requests_rejected_total{cause="busy"} 1');
  releases.length = 0;
});

test('a large body without a length is stopped at the limit', async () => {
  const { port } = await start(allowing);
  const socket = await openTls(port);
  socket.on('error', () => undefined);
  socket.write(
    'POST /validate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
  );
  const chunk = `100000\r\n${' '.repeat(0x100000)}\r\n`;
  for (let sent = 0; sent < 9; sent += 1) socket.write(chunk);
  expect(await firstLine(socket)).toBe('HTTP/1.1 413 Payload Too Large');
});

/** A handler that answers a request with this uid when it is told to, and every other one at once. */
function holding(uid: string): {
  readonly handler: ReviewHandlers['validate'];
  readonly started: Promise<void>;
  release(): void;
} {
  const { promise: started, resolve: onStarted } = Promise.withResolvers<void>();
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const handler: ReviewHandlers['validate'] = async (_call, asked) => {
    if ((asked as { request: { uid: string } }).request.uid !== uid) return allow(asked);
    onStarted();
    await released;
    return allow(asked);
  };
  return { handler, started, release: () => release() };
}

const LIMITS = { headMs: 10_000, requestMs: 30_000, idleMs: 120_000 };

test('large bodies hold their room until they are answered, and keep out no small ones', async () => {
  const { handler, started, release } = holding('first');
  const { post } = await start(handler, { limits: { ...LIMITS, bodiesMaxBytes: 1_000_000 } });
  const large = (uid: string): object => ({ ...review(uid), pad: 'x'.repeat(600_000) });
  const first = post(large('first'));
  await started;
  expect(await post(large('second'))).toMatchObject({ status: 503, response: undefined });
  expect((await post({ ...review('small'), pad: 'x'.repeat(60_000) })).response?.allowed).toBe(true);
  release();
  expect((await first).response?.allowed).toBe(true);
  expect((await post(large('second'))).response?.allowed).toBe(true);
});

test('values count with the memory that they take, which may be many times their text', async () => {
  const { post } = await start(allowing, { limits: { ...LIMITS, bodiesMaxBytes: 1_000_000 } });
  const values = { ...review('values'), pad: Array.from({ length: 30_000 }, () => []) };
  expect(await post(values)).toMatchObject({ status: 503, response: undefined });
  // Twins: as long, as one text; and as many values as fit.
  const { length } = JSON.stringify(values);
  expect((await post({ ...review('text'), pad: 'x'.repeat(length) })).response?.allowed).toBe(true);
  expect((await post({ ...values, pad: values.pad.slice(0, 10_000) })).response?.allowed).toBe(true);
});

test('heads and bodies that trickle in end within their time', async () => {
  const { port } = await start(allowing, { limits: { headMs: 200, requestMs: 400, idleMs: 1_000 } });
  const slowHead = await openTls(port);
  slowHead.write('POST /validate HTTP/1.1\r\nHost: x\r\n');
  const slowBody = await openTls(port);
  slowBody.write(`${head(1_000)}{`);
  const silent = connectTcp({ host: '127.0.0.1', port });
  await Promise.all([closed(slowHead), closed(slowBody), closed(silent)]);
});

test('what is no HTTP ends with 400 and leaves the server alone', async () => {
  const { port, post } = await start(allowing);
  const socket = await openTls(port);
  socket.write('\u0000\u0001 nonsense\r\n\r\n');
  expect(await firstLine(socket)).toBe('HTTP/1.1 400 Bad Request');
  expect((await post(review())).response?.allowed).toBe(true);
});

test('two lengths, or a length beside chunks, are not read', async () => {
  const { port } = await start(allowing);
  for (const header of ['Content-Length: 2\r\nContent-Length: 3', 'Content-Length: 2\r\nTransfer-Encoding: chunked']) {
    const socket = await openTls(port);
    socket.write(`POST /validate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${header}\r\n\r\n{}`);
    expect(await firstLine(socket)).toBe('HTTP/1.1 400 Bad Request');
  }
});

test('TLS 1.1 is refused, and 1.2 is not', async () => {
  const { port } = await start(allowing);
  const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
  await expect(openTls(port, old)).rejects.toThrow(/protocol version|alert|unsupported protocol/i);
  const socket = await openTls(port, { maxVersion: 'TLSv1.2' });
  expect(socket.getProtocol()).toBe('TLSv1.2');
  socket.destroy();
});

test('a new pair is presented to new connections, and the old ones go on', async () => {
  const { post, port, server } = await start(allowing);
  await post(review());
  const { tls } = mintLoopbackTls();
  const before = await fingerprintAt(port);
  server.usePair({ ...tls, ends: new Date(), fingerprint: 'y' });
  expect(await fingerprintAt(port)).not.toBe(before);
  // Over the connection that is open: its caller would not trust the new authority.
  expect((await post(review())).response?.allowed).toBe(true);
});

test('while it drains, answers end their connections, and closing waits for what runs', async () => {
  let release = (): void => undefined;
  let onStarted = (): void => undefined;
  const started = new Promise<void>((resolve) => {
    onStarted = resolve;
  });
  const { post, port, server } = await start(async (_call, asked) => {
    await new Promise<void>((resolve) => {
      release = resolve;
      onStarted();
    });
    return allow(asked);
  });
  server.drain();
  const running = post(review());
  await started;
  const closing = server.close();
  await expect(openTls(port)).rejects.toThrow(/ECONNREFUSED/);
  release();
  expect((await running).response?.allowed).toBe(true);
  await closing;
});

test('texts of a review cannot begin a line of the log', async () => {
  const { post, lines } = await start(async (_call, asked) =>
    allow(asked, { allowed: false, status: { message: 'no\n{"level":"info","message":"forged"}\u202e' } }),
  );
  await post({ ...review('u\n{"forged":true}'), ...{ more: 'x' } });
  for (const line of lines) {
    expect(line.split('\n')).toHaveLength(2);
    expect(JSON.parse(line)).toMatchObject({ level: expect.any(String) });
  }
  expect(lines.join('')).not.toContain('\u202e');
});

function head(length: number): string {
  return `POST /validate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;
}

function openTls(port: number, more: object = {}): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false, ...more }, () => {
      socket.off('error', reject);
      socket.on('error', () => undefined);
      resolve(socket);
    });
    socket.once('error', reject);
  });
}

async function fingerprintAt(port: number): Promise<string> {
  const socket = await openTls(port);
  const { fingerprint256 } = socket.getPeerCertificate();
  socket.destroy();
  return fingerprint256;
}

function firstLine(socket: TLSSocket): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (!text.includes('\r\n')) return;
      resolve(text.split('\r\n')[0] ?? '');
      socket.destroy();
    });
    socket.once('close', () => reject(new Error('closed without an answer')));
  });
}

function closed(socket: { on(event: string, act: () => void): unknown; resume(): unknown }): Promise<void> {
  return new Promise((resolve) => {
    socket.on('error', () => undefined);
    socket.on('close', () => resolve());
    socket.resume();
  });
}
