import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import type { KubeApi, KubeCollection, KubeObject } from '../../../src/kubernetes/kube-api.ts';
import { createLineSplitter } from '../../../src/kubernetes/line-splitter.ts';
import type { Clock } from '../../../src/usecases/ports.ts';
import { type Answer, type Asked, listOf, named, openFakeKube, status } from './fake-kube.ts';

const PATH = '/api/v1/things';
const names = (items: readonly KubeObject[]): string[] =>
  items.map(({ metadata }) => (metadata as { readonly name: string }).name);

type Said = readonly string[] | { readonly failed: string };

/** What a watch says, in order, to be waited for. */
function recorder() {
  const said: Said[] = [];
  const waiting = new Set<() => void>();
  return {
    said,
    onState(state: KubeCollection | { readonly failed: string }) {
      said.push('failed' in state ? state : names(state.items));
      for (const wake of waiting) wake();
    },
    /** Resolves when so many states were said. */
    async states(count: number): Promise<readonly Said[]> {
      while (said.length < count) {
        await new Promise<void>((resolve) => {
          const wake = (): void => {
            waiting.delete(wake);
            resolve();
          };
          waiting.add(wake);
        });
      }
      return said;
    },
  };
}

/** A clock whose pauses are noted and take no time. */
function pausing() {
  const pauses: number[] = [];
  const clock: Clock = {
    now: () => new Date(),
    sleep: async (ms) => {
      pauses.push(ms);
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
  return { pauses, clock };
}

const line = (type: string, object: KubeObject): string => `${JSON.stringify({ type, object })}\n`;
const thing = (name: string, version: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Thing',
  metadata: { name, resourceVersion: version, managedFields: [] },
});
const bookmark = (version: string): string =>
  line('BOOKMARK', { kind: 'Thing', metadata: { resourceVersion: version } });

/** A watch whose stream the test writes. */
async function world(
  answers: { readonly list?: (count: number) => Answer; readonly watch?: (count: number, asked: Asked) => Answer } = {},
) {
  const streams: ServerResponse[] = [];
  const waiting: ((stream: ServerResponse) => void)[] = [];
  const counts = { list: 0, watch: 0 };
  const kube = await openFakeKube((asked) => {
    if (!asked.query.has('watch')) {
      counts.list += 1;
      return answers.list?.(counts.list) ?? listOf('Thing', [named('a')]);
    }
    counts.watch += 1;
    const given = answers.watch?.(counts.watch, asked);
    if (given !== undefined) return given;
    return (response) => {
      response.writeHead(200);
      response.flushHeaders();
      streams.push(response);
      waiting.shift()?.(response);
    };
  });
  const { pauses, clock } = pausing();
  const record = recorder();
  const ending = new AbortController();
  const api: KubeApi = kube.client({ clock });
  let taken = 0;
  return {
    ...{ kube, counts, pauses, record, ending },
    start: () => api.watch(ending.signal, PATH, record.onState),
    /** The next stream that the server opens. */
    async stream(): Promise<ServerResponse> {
      taken += 1;
      const open = streams[taken - 1];
      return open ?? new Promise((resolve) => waiting.push(resolve));
    },
    watches: () =>
      kube.asked.filter(({ query }) => query.has('watch')).map(({ query }) => query.get('resourceVersion')),
    async [Symbol.asyncDispose]() {
      ending.abort();
      await kube[Symbol.asyncDispose]();
    },
  };
}

describe('a watch', () => {
  test('shows the whole collection after the list and after each change, several at once as one', async () => {
    await using one = await world();
    one.start();
    const stream = await one.stream();
    stream.write(line('ADDED', thing('b', '11')) + line('ADDED', thing('c', '12')));
    await one.record.states(2);
    stream.write(bookmark('20'));
    stream.write(line('DELETED', thing('a', '21')));
    await one.record.states(3);
    stream.write(line('MODIFIED', thing('b', '22')));
    expect(await one.record.states(4)).toEqual([['a'], ['a', 'b', 'c'], ['b', 'c'], ['b', 'c']]);
    const [asked] = one.kube.asked.filter(({ query }) => query.has('watch'));
    expect(Object.fromEntries(asked?.query ?? [])).toEqual({
      ...{ watch: '1', allowWatchBookmarks: 'true', timeoutSeconds: '150', resourceVersion: '10' },
    });
  });

  test('goes on from the last version when the server ends it, without a new list', async () => {
    await using one = await world();
    one.start();
    const first = await one.stream();
    first.write(line('ADDED', thing('b', '11')));
    await one.record.states(2);
    first.end(bookmark('30'));
    const second = await one.stream();
    second.write(line('ADDED', thing('c', '31')));
    expect(await one.record.states(3)).toEqual([['a'], ['a', 'b'], ['a', 'b', 'c']]);
    expect(one.watches()).toEqual(['10', '30']);
    expect(one.counts.list).toBe(1);
    expect(one.pauses).toEqual([]);
  });

  test('goes on after a lost connection, and reads no half line', async () => {
    await using one = await world();
    one.start();
    const first = await one.stream();
    first.write(line('ADDED', thing('b', '11')) + line('ADDED', thing('x', '12')).slice(0, 20));
    await one.record.states(2);
    first.destroy();
    const second = await one.stream();
    second.write(line('DELETED', thing('a', '13')));
    expect(await one.record.states(3)).toEqual([['a'], ['a', 'b'], ['b']]);
    expect(one.watches()).toEqual(['10', '11']);
    expect(one.counts.list).toBe(1);
    expect(one.pauses.length).toBe(1);
  });

  test.each<[string, (stream: ServerResponse) => void, Answer | undefined]>([
    [
      'as an event',
      (stream) => void stream.write(line('ERROR', { kind: 'Status', code: 410, message: 'too old' })),
      undefined,
    ],
    ['as a status', () => undefined, status(410, 'too old')],
  ])(
    'lists again when the server has forgotten the state, and says nothing of it (%s)',
    async (_what, tell, answer) => {
      await using one = await world({
        list: (count) => listOf('Thing', [named(count === 1 ? 'a' : 'z')], { resourceVersion: String(count * 100) }),
        watch: (count) => (count === 1 ? answer : undefined) as Answer,
      });
      one.start();
      if (answer === undefined) tell(await one.stream());
      expect(await one.record.states(2)).toEqual([['a'], ['z']]);
      await one.stream();
      expect(one.watches()).toEqual(['100', '200']);
    },
  );

  test.each<[string, string]>([
    ['an error', line('ERROR', { kind: 'Status', code: 500, message: 'broken' })],
    ['a line that is not JSON', '<html>\n'],
    ['an object without a name', line('ADDED', { metadata: { resourceVersion: '11' } })],
    ['an object without a version', line('ADDED', { metadata: { name: 'b' } })],
    ['an unknown event', line('RENAMED', thing('b', '11'))],
    ['an endless line', 'x'.repeat(8 * 1024 * 1024 + 1)],
  ])('fails, says so and lists again after %s', async (_what, text) => {
    await using one = await world({ list: (count) => listOf('Thing', [named(count === 1 ? 'a' : 'b')]) });
    one.start();
    (await one.stream()).write(text);
    const said = await one.record.states(3);
    expect(said[0]).toEqual(['a']);
    expect(said[1]).toHaveProperty('failed');
    expect(said[2]).toEqual(['b']);
  });

  test('a list that fails is said each time, with growing pauses, until it works', async () => {
    await using one = await world({
      list: (count) => (count < 6 ? status(503, 'starting') : listOf('Thing', [named('a')])),
    });
    one.start();
    const said = await one.record.states(6);
    expect(said.slice(0, 5).every((state) => 'failed' in state)).toBe(true);
    expect(said[5]).toEqual(['a']);
    expect(one.pauses).toHaveLength(5);
    expect(one.pauses.every((ms) => ms >= 250)).toBe(true);
  });

  test('pauses grow with the failures', async () => {
    await using kube = await openFakeKube(() => status(403, 'no'));
    const { pauses, clock } = pausing();
    const record = recorder();
    const ending = new AbortController();
    kube.client({ clock, random: () => 0.999 }).watch(ending.signal, PATH, record.onState);
    await record.states(9);
    ending.abort();
    expect(pauses.slice(0, 8)).toEqual(pauses.slice(0, 8).toSorted((a, b) => a - b));
    expect(pauses[0]).toBeLessThan(500);
    expect(pauses[7]).toBeGreaterThan(9_000);
    expect(pauses.every((ms) => ms <= 10_000)).toBe(true);
  });

  test('does not ask in a loop a server that ends every watch at once', async () => {
    await using one = await world({
      watch: (count) => (count > 5 ? (undefined as unknown as Answer) : { status: 200, body: '' }),
    });
    one.start();
    await one.stream();
    expect(one.pauses).toHaveLength(5);
    expect(one.record.said).toEqual([['a']]);
  });

  test('ends with its signal: nothing more is said, and no connection stays', async () => {
    await using one = await world();
    one.start();
    const stream = await one.stream();
    await one.record.states(1);
    const closed = new Promise((resolve) => stream.on('close', resolve));
    one.ending.abort();
    await closed;
    await new Promise((resolve) => setImmediate(resolve));
    expect(one.record.said).toEqual([['a']]);
  });
});

describe('lines', () => {
  test('are put together from any chunks', () => {
    const text = Buffer.from('{"a":"ä"}\n\n{"b":2}\nrest');
    for (let size = 1; size <= text.length; size += 1) {
      const splitter = createLineSplitter(20);
      const lines: string[] = [];
      for (let at = 0; at < text.length; at += size) lines.push(...splitter.push(text.subarray(at, at + size)));
      expect(lines).toEqual(['{"a":"ä"}', '', '{"b":2}']);
    }
  });

  test('may not be longer than the limit, in one chunk or many', () => {
    expect(() => createLineSplitter(4).push(Buffer.from('12345\n'))).toThrow(RangeError);
    expect(createLineSplitter(5).push(Buffer.from('12345\n'))).toEqual(['12345']);
    const splitter = createLineSplitter(4);
    splitter.push(Buffer.from('123'));
    expect(() => splitter.push(Buffer.from('45'))).toThrow(RangeError);
  });
});
