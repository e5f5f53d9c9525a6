import { describe, expect, test } from 'vitest';
import { retryAfterMs } from '../../../src/http/retry-after.ts';
import { createRetryBudget } from '../../../src/http/retry-budget.ts';
import { failureOf, openLab } from './http-server.ts';

describe('a request that may be repeated', () => {
  test.each([408, 429, 499, 500, 502, 503, 504, 522])('is sent again after %i', async (status) => {
    await using lab = await openLab((_, response, count) => {
      response.statusCode = count < 3 ? status : 200;
      response.end('done');
    });
    const { status: last, body } = await lab.get('/');
    expect([last, Buffer.from(body).toString()]).toEqual([200, 'done']);
    expect(lab.traces.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    // Full jitter at 0.5: half of 250 ms, half of 500 ms.
    expect(lab.clock.slept).toEqual([125, 250]);
  });

  test.each([400, 401, 403, 404, 405, 409, 412, 413, 501, 505])('is not sent again after %i', async (status) => {
    await using lab = await openLab((_, response) => response.writeHead(status).end());
    expect((await lab.get('/')).status).toBe(status);
    expect(lab.traces).toHaveLength(1);
  });

  test('returns the last answer when the budget is used up', async () => {
    await using lab = await openLab((_, response) => response.writeHead(503).end('down'));
    expect((await lab.get('/')).status).toBe(503);
    expect(lab.traces.length).toBeGreaterThan(3);
    expect(lab.clock.slept.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(10_000);
  });

  test('replays its body whole', async () => {
    const bodies: string[] = [];
    await using lab = await openLab((request, response, count) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        bodies.push(Buffer.concat(chunks).toString());
        response.writeHead(count === 1 ? 502 : 201).end();
      });
    });
    await lab.get('/', { method: 'PUT', body: Buffer.from('bytes') });
    expect(bodies).toEqual(['bytes', 'bytes']);
  });

  test('is sent again after a lost connection and a refused one', async () => {
    await using lab = await openLab((_, response, count) => {
      if (count === 1) response.socket?.resetAndDestroy();
      else response.end();
    });
    expect((await lab.get('/')).status).toBe(200);
    expect(lab.traces.map(({ status }) => status)).toEqual(['reset', 200]);
  });

  test('is not sent again for a status that its caller calls final', async () => {
    await using lab = await openLab((_, response) => response.writeHead(500).end());
    await lab.get('/', { finalStatuses: [500] });
    expect(lab.traces).toHaveLength(1);
  });

  test('gives up a host name that does not exist long before the budget', async () => {
    await using lab = await openLab((_, response) => response.end(), { retryFor: 600_000 });
    const request = lab.client.request({
      service: 'registry',
      method: 'GET',
      url: 'https://no-such-host.invalid/',
      maxBytes: 1,
      retry: true,
    });
    expect(await failureOf(request)).toBe('dns');
    expect(lab.traces.length).toBeLessThanOrEqual(4);
  });
});

test('a request that must not be repeated is sent once', async () => {
  await using lab = await openLab((_, response) => response.writeHead(503).end());
  expect((await lab.get('/', { retry: false })).status).toBe(503);
  expect(lab.traces).toHaveLength(1);
});

describe('Retry-After', () => {
  test('is waited for, floored, plus jitter', async () => {
    await using lab = await openLab((_, response, count) => {
      if (count === 1) response.writeHead(429, { 'retry-after': '2' }).end();
      else if (count === 2) response.writeHead(429).end('{"message":"retry-after: 10.3ms, allowed: 2000/minute"}');
      else response.end();
    });
    expect((await lab.get('/')).status).toBe(200);
    expect(lab.clock.slept).toEqual([2125, 750]);
  });

  test('beyond the budget fails at once', async () => {
    await using lab = await openLab((_, response) => response.writeHead(503, { 'retry-after': '11' }).end());
    expect((await lab.get('/')).status).toBe(503);
    expect(lab.traces).toHaveLength(1);
    expect(lab.clock.slept).toEqual([]);
  });

  const now = new Date('2026-11-22T10:00:00Z');
  test.each([
    ['5', '', 5000, 'seconds'],
    ['0', '', 0, 'no wait'],
    ['Sun, 22 Nov 2026 10:00:30 GMT', '', 30_000, 'an HTTP date'],
    ['Sun, 22 Nov 2026 09:00:00 GMT', '', 0, 'a date in the past'],
    [undefined, 'retry-after: 10.3ms, allowed: 44000/minute', 10.3, "GHCR's Go duration"],
    [undefined, 'Retry-After: 1m2.5s', 62_500, 'a compound Go duration'],
    [undefined, 'retry-after: 250µs', 0.25, 'microseconds'],
    ['soon', 'retry-after: 1s', 1000, 'a header that says nothing'],
    ['-5', '', undefined, 'a negative number'],
    ['Infinity', '', undefined, 'a word'],
    [undefined, 'retry-after: later', undefined, 'no duration'],
    [undefined, '', undefined, 'nothing'],
  ])('reads %j with body %j as %s: %s', (header, body, ms, _reason) => {
    expect(retryAfterMs(header, Buffer.from(body), now)).toBe(ms);
  });
});

const ORIGIN = 'https://registry.example';

describe('the retry budget', () => {
  test('counts overlapping outages once, in whatever order they are told', () => {
    const budget = createRetryBudget(100);
    budget.spend(10, 20, ORIGIN);
    budget.spend(15, 30, ORIGIN);
    expect(budget.remainingMs()).toBe(80);
    budget.spend(0, 40, ORIGIN);
    expect(budget.remainingMs()).toBe(60);
    budget.spend(50, 60, ORIGIN);
    expect(budget.remainingMs()).toBe(50);
    budget.spend(60, 60, ORIGIN);
    budget.spend(70, 65, ORIGIN);
    expect(budget.remainingMs()).toBe(50);
    budget.spend(0, 1000, ORIGIN);
    expect(budget.remainingMs()).toBe(0);
  });

  test.each([
    [300_000, 0, 30_000, 'at most 30 s'],
    [60_000, 0, 20_000, 'a third of what is left'],
    [60_000, 30_000, 10_000, 'a third of what is left later'],
    [60_000, 60_000, 5_000, 'a fair time even when nothing is left'],
    [0, 0, 30_000, 'the most if there is no second attempt anyway'],
  ])('of %i ms with %i spent gives an attempt %i ms: %s', (total, spent, attemptMs, _reason) => {
    const budget = createRetryBudget(total);
    budget.spend(0, spent, ORIGIN);
    expect(budget.attemptMs(ORIGIN)).toBe(attemptMs);
  });

  test('is one for all origins, and the outage of one does not shorten the attempts at another', () => {
    const budget = createRetryBudget(60_000);
    budget.spend(0, 60_000, 'https://down.example');
    budget.spend(10_000, 16_000, ORIGIN);
    expect(budget.remainingMs()).toBe(0);
    expect(budget.attemptMs('https://down.example')).toBe(5_000);
    expect(budget.attemptMs(ORIGIN)).toBe(18_000);
    expect(budget.attemptMs('https://healthy.example')).toBe(20_000);
  });

  test('is not used up by a long healthy run', async () => {
    await using lab = await openLab((_, response, count) => response.writeHead(count === 21 ? 503 : 200).end());
    for (let index = 0; index < 20; index += 1) {
      await lab.get('/');
      lab.clock.advance(60_000);
    }
    expect((await lab.get('/')).status).toBe(200);
    expect(lab.traces.at(-1)?.attempt).toBe(2);
  });

  test('is one for the whole run', async () => {
    await using lab = await openLab((_, response) => response.writeHead(503).end());
    await lab.get('/first');
    const before = lab.traces.length;
    await lab.get('/second');
    expect(lab.traces.length - before).toBeLessThan(before);
  });
});
