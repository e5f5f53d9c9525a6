import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { createHttpClient, type HttpClientOptions } from '../../../src/http/create-http-client.ts';
import type { HttpTrace } from '../../../src/http/http-client.ts';
import { startDeadline } from '../../../src/http/network-time.ts';
import { createRetryBudget } from '../../../src/http/retry-budget.ts';
import { testCall } from '../../calls.ts';
import { clock } from '../oci/harness.ts';
import { failureOf } from './http-server.ts';

/* A service that answers while our own thread is busy: it runs in a thread of its own. */

/** Of the budget below an attempt gets a third. */
const BUDGET_MS = 1500;
const ATTEMPT_MS = 500;
const BODY_BYTES = 1024 * 1024;

const SERVER = `
  const { createServer } = require('node:http');
  const { parentPort } = require('node:worker_threads');
  let count = 0;
  const server = createServer((request, response) => {
    count += 1;
    if (request.url === '/at-once') response.end('done');
    if (request.url === '/large') response.end(Buffer.alloc(${BODY_BYTES}));
    if (request.url === '/outage') response.writeHead(count < 4 ? 503 : 200).end('done');
    if (request.url === '/half') response.writeHead(200).write('half');
    if (request.url === '/trickle') {
      response.writeHead(200);
      const timer = setInterval(() => response.write('.'), 1);
      response.on('close', () => clearInterval(timer));
    }
  });
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

function block(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

async function openLab(options: Partial<HttpClientOptions> = {}) {
  const worker = new Worker(SERVER, { eval: true });
  const [port] = (await once(worker, 'message')) as [number];
  const traces: HttpTrace[] = [];
  const budget = createRetryBudget(BUDGET_MS);
  const client = createHttpClient({
    clock,
    random: () => 0.5,
    ...options,
    trace: (line, call) => {
      traces.push(line);
      options.trace?.(line, call);
    },
  });
  return {
    budget,
    traces,
    get: (path: string, retry = true) =>
      client.request(testCall({ retries: budget }), {
        service: 'registry',
        method: 'GET',
        url: `http://127.0.0.1:${port}${path}`,
        maxBytes: BODY_BYTES,
        retry,
      }),
    async [Symbol.asyncDispose]() {
      await client.close();
      await worker.terminate();
    },
  };
}

describe('an answer that came while this process was busy', () => {
  test('for longer than the deadline is an answer, and no outage', async () => {
    await using lab = await openLab({ onFirstSent: () => block(2 * ATTEMPT_MS) });
    expect((await lab.get('/at-once')).status).toBe(200);
    expect(lab.traces.map(({ status }) => status)).toEqual([200]);
    expect(lab.budget.remainingMs()).toBe(BUDGET_MS);
  });

  test('again and again while its body comes in is an answer', async () => {
    let turns = 0;
    let done = false;
    const busy = (): void => {
      turns += 1;
      block(ATTEMPT_MS);
      if (!done) setImmediate(busy);
    };
    await using lab = await openLab({
      onFirstSent: busy,
      trace: () => {
        done = true;
      },
    });
    expect((await lab.get('/large')).body).toHaveLength(BODY_BYTES);
    expect(turns).toBeGreaterThan(1);
    expect(lab.traces).toHaveLength(1);
  });

  test('of a service with an outage leaves the budget to the outage', async () => {
    // With the waits between, three times this is more than the budget.
    await using lab = await openLab({ trace: () => block(ATTEMPT_MS) });
    expect((await lab.get('/outage')).status).toBe(200);
    expect(lab.traces.map(({ status }) => status)).toEqual([503, 503, 503, 200]);
  });
});

describe('an answer that does not come', () => {
  test.each(['/never', '/half', '/trickle'])('is a time-out, however busy this process was: %s', async (path) => {
    await using lab = await openLab({ onFirstSent: () => block(ATTEMPT_MS) });
    expect(await failureOf(lab.get(path, false))).toBe('timeout');
  });
});

describe('a deadline', () => {
  const expired = (options: { readonly ms: number; readonly progress: () => number }) =>
    new Promise<string>((resolve) => {
      startDeadline({ ...options, onExpired: () => resolve('expired') });
    });

  test('ends although something arrives for ever', async () => {
    let count = 0;
    const progress = (): number => {
      count += 1;
      return count;
    };
    expect(await expired({ ms: 1, progress })).toBe('expired');
    expect(count).toBeGreaterThan(10);
    expect(count).toBeLessThan(1000);
  });

  test('that is stopped stays silent, also in its last turns', async () => {
    const silent = (stopAt: number): Promise<string> =>
      new Promise((resolve) => {
        let seen = 0;
        const stop = startDeadline({
          ms: 1,
          progress: () => {
            seen += 1;
            if (seen > stopAt) setImmediate(() => resolve('silent'));
            if (seen > stopAt) stop();
            return seen;
          },
          onExpired: () => resolve('expired'),
        });
      });
    expect(await silent(0)).toBe('silent');
    expect(await silent(5)).toBe('silent');
  });
});
