import { describe, expect, test } from 'vitest';
import { type Handler, type Reply, serve, textReply } from '../../../sandbox/http/serve.ts';
import { CodedError } from '../../../src/coded-error.ts';
import type { HttpRequest } from '../../../src/http/http-client.ts';
import { createLabClient } from './http-server.ts';

/** The end of a run, as the HTTP layer meets it. */

const timeUp = new CodedError('TIMEOUT', 'the time was up');

async function ask(
  handler: Handler,
  request: Partial<HttpRequest>,
  signal: AbortSignal = new AbortController().signal,
): Promise<unknown> {
  await using server = await serve(handler, { name: 'service' });
  const http = createLabClient({
    clock: {
      now: () => new Date(),
      sleep: (ms, signal) =>
        new Promise((resolve, reject) => {
          const timer = setTimeout(resolve, ms);
          signal?.addEventListener('abort', () => {
            clearTimeout(timer);
            reject(new DOMException('aborted', 'AbortError'));
          });
        }),
    },
    retryFor: 3_600_000,
    signal,
  });
  try {
    const { status } = await http.request({
      service: 'log',
      method: 'POST',
      url: server.url,
      maxBytes: 100,
      retry: true,
      ...request,
    });
    return status;
  } catch (error) {
    return error;
  } finally {
    await http.close();
  }
}

describe('the signal of a call ends with its own reason', () => {
  test('a request under way', async () => {
    const end = new AbortController();
    const silent = (): Reply => {
      end.abort(timeUp);
      return { status: 0, fault: 'hang-before-headers' };
    };
    expect(await ask(silent, {}, end.signal)).toBe(timeUp);
  });

  test('a wait before another try, however long the budget is', async () => {
    const end = new AbortController();
    const busy = (): Reply => {
      setImmediate(() => end.abort(timeUp));
      return { ...textReply(503, 'later'), headers: [['Retry-After', '3000']] };
    };
    expect(await ask(busy, {}, end.signal)).toBe(timeUp);
  });

  test('a request that has not begun', async () => {
    let asked = 0;
    const count = (): Reply => {
      asked += 1;
      return textReply(200, 'yes');
    };
    expect(await ask(count, {}, AbortSignal.abort(timeUp))).toBe(timeUp);
    expect(asked).toBe(0);
  });
});

describe('after `notAfter`', () => {
  test('the answer to what is under way is waited for', async () => {
    const due = new AbortController();
    const slow: Handler = async () => {
      due.abort(timeUp);
      await new Promise((resolve) => setTimeout(resolve, 20));
      return textReply(201, 'made');
    };
    expect(await ask(slow, { notAfter: due.signal })).toBe(201);
  });

  test('nothing is sent again', async () => {
    const due = new AbortController();
    let asked = 0;
    const failing = (): Reply => {
      asked += 1;
      due.abort(timeUp);
      return textReply(503, 'later');
    };
    expect(await ask(failing, { notAfter: due.signal })).toBe(timeUp);
    expect(asked).toBe(1);
  });

  test('nothing is sent', async () => {
    expect(await ask(() => textReply(200, 'yes'), { notAfter: AbortSignal.abort(timeUp) })).toBe(timeUp);
  });
});
