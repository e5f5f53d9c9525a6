import { Agent, get } from 'node:http';
import { describe, expect, test } from 'vitest';
import { startLatencyProxy } from '../../sandbox/http/latency-proxy.ts';
import { criticalPath } from '../../sandbox/http/request-log.ts';
import { type Fault, serve, textReply } from '../../sandbox/http/serve.ts';

const DELAY_MS = 20;

function ask(url: string, agent: Agent): Promise<{ readonly text: string; readonly ms: number }> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += String(chunk);
      });
      response.on('error', reject);
      response.on('end', () => resolve({ text, ms: performance.now() - start }));
    }).on('error', reject);
  });
}

describe('the latency proxy', () => {
  test('costs a round trip a request and one more a connection, never less', async () => {
    await using server = await serve(({ origin }) => textReply(200, origin));
    await using proxy = await startLatencyProxy({ target: server.url, delayMs: DELAY_MS });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const first = await ask(proxy.url, agent);
    const second = await ask(proxy.url, agent);
    agent.destroy();
    // Lower bounds only: a slow machine may take longer. Timers may fire a millisecond early.
    expect(first.ms).toBeGreaterThan(4 * DELAY_MS - 5);
    expect(second.ms).toBeGreaterThan(2 * DELAY_MS - 5);
    expect(proxy.connections()).toBe(1);
    expect(first.text).toBe(proxy.url);
  });

  test('gives the log what the critical path needs: parallel requests stay parallel', async () => {
    const measure = async (delayMs: number): Promise<readonly number[]> => {
      await using server = await serve(() => textReply(200, 'x'));
      await using proxy = await startLatencyProxy({ target: server.url, delayMs });
      const agent = new Agent({ keepAlive: true });
      await Promise.all([ask(proxy.url, agent), ask(proxy.url, agent), ask(proxy.url, agent)]);
      await ask(proxy.url, agent);
      agent.destroy();
      const path = criticalPath(server.log.requests(), { gapMs: 1.5 * delayMs });
      return [path.requests, path.roundTrips, proxy.connections()];
    };
    // What a busy machine adds is told from latency once that is long enough.
    let measured = await measure(60);
    for (let delayMs = 120; measured[1] !== 3 && delayMs < 2_000; delayMs *= 2) measured = await measure(delayMs);
    expect(measured).toEqual([4, 3, 3]);
  });

  test.each<readonly [Fault, RegExp]>([
    ['reset', /read ECONNRESET/],
    ['truncate', /aborted/],
  ])('passes on a connection broken by %s', async (fault, message) => {
    await using server = await serve(() => ({ ...textReply(200, 'hello'), fault }));
    await using proxy = await startLatencyProxy({ target: server.url, delayMs: 1 });
    const agent = new Agent();
    await expect(ask(proxy.url, agent)).rejects.toThrow(message);
  });
});
