import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { mintLoopbackTls } from '../../sandbox/sigstore/self-signed.ts';
import { denialsOf, distributionOf } from '../../scripts/cluster/load/distribution.ts';
import { denialOf, type Sent, sendAtRate } from '../../scripts/cluster/load/open-loop.ts';

const sent = (answer: unknown, failed?: string, ms = 1): Sent => ({ ms, lateMs: 0, answer, failed });
const review = (response: object): object => ({ kind: 'AdmissionReview', response });

test('only an answer that says so lets a Pod in', () => {
  expect(denialOf(sent(review({ allowed: true })))).toBeUndefined();
  expect(denialOf(sent({ kind: 'Pod' }))).toBeUndefined();
  expect(denialOf(sent(review({ allowed: false, status: { message: 'no' } })))).toBe('no');
  for (const answer of [undefined, null, {}, [], review({}), review({ allowed: 'true' }), { kind: 'PodList' }]) {
    expect(denialOf(sent(answer)), JSON.stringify(answer)).toBeDefined();
  }
  expect(denialOf(sent(review({ allowed: true }), 'cut off'))).toBe('cut off');
});

test('percentiles are of the nearest rank, and reasons are counted', () => {
  const all = Array.from({ length: 100 }, (_, index) => sent(undefined, index < 2 ? 'slow' : 'down', index + 1));
  expect(distributionOf(all)).toEqual({ count: 100, p50: 50, p90: 90, p99: 99, max: 100, late: 0 });
  expect(denialsOf(all)).toEqual(['2 × slow', '98 × down']);
  expect(distributionOf([]).p99).toBeNaN();
});

test('every request is sent, and one that gets no answer is told apart', async () => {
  const { ca, tls } = mintLoopbackTls();
  const server = createServer(tls, (request, response) => {
    request.resume();
    request.on('end', () => {
      if (request.url === '/cut') request.socket.destroy();
      else response.writeHead(request.url === '/busy' ? 503 : 200).end('{"response":{"allowed":true}}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const rate = { perSecond: 1000, timeoutMs: 10_000 };
  for (const connections of ['kept', 'new'] as const) {
    for (const [path, expected] of [
      ['', undefined],
      ['busy', 'HTTP 503'],
      ['cut', 'socket hang up'],
    ] as const) {
      const target = { url: `https://127.0.0.1:${port}/${path}`, ca };
      const all = await sendAtRate(target, ['1', '2', '3', '4'], { ...rate, connections });
      expect(all).toHaveLength(4);
      for (const one of all) {
        if (expected === undefined) expect(denialOf(one)).toBeUndefined();
        else expect(denialOf(one)).toContain(expected);
      }
    }
  }
});
