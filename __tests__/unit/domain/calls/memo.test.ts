import { describe, expect, test } from 'vitest';
import type { CallLimits } from '../../../../src/domain/calls/call-limits.ts';
import { createCallMemory } from '../../../../src/domain/calls/call-memory.ts';
import { createExpiringMap } from '../../../../src/domain/calls/expiring-map.ts';
import { createMemo } from '../../../../src/domain/calls/memo.ts';
import { createMovedClock, testCall } from '../../../calls.ts';

describe('a map that forgets', () => {
  test('keeps a value until its time is over', () => {
    const clock = createMovedClock();
    const map = createExpiringMap<string>({ clock, entriesMax: 10 });
    map.set('a', 'value', 1000);
    clock.move(999);
    expect(map.get('a')).toBe('value');
    clock.move(1);
    expect(map.get('a')).toBeUndefined();
    map.set('a', 'again', 1000);
    map.delete('a');
    expect(map.get('a')).toBeUndefined();
  });

  test('gives up what was longest unused, and what is over before that', () => {
    const clock = createMovedClock();
    const map = createExpiringMap<string>({ clock, entriesMax: 3 });
    map.set('over', 'x', 10);
    for (const key of ['a', 'b']) map.set(key, key, 1000);
    clock.move(10);
    map.set('c', 'c', 1000);
    expect(['a', 'b', 'c'].map((key) => map.get(key))).toEqual(['a', 'b', 'c']);
    map.get('a');
    map.set('d', 'd', 1000);
    expect(['a', 'b', 'c', 'd'].map((key) => map.get(key))).toEqual(['a', undefined, 'c', 'd']);
  });
});

describe('what calls are told', () => {
  test('stays for a call to its end; others are told anew when its time is over', () => {
    const clock = createMovedClock();
    const memory = createCallMemory<string>({ clock, lifetimeMs: 1000, entriesMax: 10 });
    const [one, two, three] = [testCall(), testCall(), testCall()];
    memory.set(one, 'key', 'value');
    expect(memory.get(two, 'key')).toBe('value');
    clock.move(1000);
    expect([one, two, three].map((call) => memory.get(call, 'key'))).toEqual(['value', 'value', undefined]);
  });
});

describe('a memo', () => {
  function createLoads() {
    const clock = createMovedClock();
    const memo = createMemo<string>({ clock, entriesMax: 2, lifetimeMs: 60_000, failureMs: 5_000 });
    let count = 0;
    const load = async (): Promise<string> => `value ${++count}`;
    const fail = async (): Promise<string> => {
      throw new Error(`failure ${++count}`);
    };
    return { clock, memo, load, fail };
  }

  test('tells a value for its lifetime, and to the calls that have it to their end', async () => {
    const { clock, memo, load } = createLoads();
    const long = testCall();
    expect(await memo.get(long, 'key', load)).toBe('value 1');
    clock.move(59_999);
    expect(await memo.get(testCall(), 'key', load)).toBe('value 1');
    clock.move(1);
    expect(await memo.get(testCall(), 'key', load)).toBe('value 2');
    expect(await memo.get(long, 'key', load)).toBe('value 1');
  });

  test('tells a failure for a shorter time', async () => {
    const { clock, memo, load, fail } = createLoads();
    const long = testCall();
    await expect(memo.get(long, 'key', fail)).rejects.toThrow('failure 1');
    clock.move(4_999);
    await expect(memo.get(testCall(), 'key', load)).rejects.toThrow('failure 1');
    clock.move(1);
    expect(await memo.get(testCall(), 'key', load)).toBe('value 2');
    await expect(memo.get(long, 'key', load)).rejects.toThrow('failure 1');
  });

  test('keeps no more values than it may', async () => {
    const { memo, load } = createLoads();
    for (const key of ['a', 'b', 'c']) await memo.get(testCall(), key, load);
    expect(await memo.get(testCall(), 'c', load)).toBe('value 3');
    expect(await memo.get(testCall(), 'a', load)).toBe('value 4');
  });

  test('remembers no loading that was given up', async () => {
    const { memo, load } = createLoads();
    const end = new AbortController();
    const untilEnd = ({ signal }: CallLimits): Promise<string> =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    const given = memo.get(testCall({ signal: end.signal }), 'key', untilEnd);
    end.abort('over');
    await expect(given).rejects.toBe('over');
    expect(await memo.get(testCall(), 'key', load)).toBe('value 1');
  });

  test('a loading that was given up and gives a value all the same does not replace a newer one', async () => {
    const { memo, load } = createLoads();
    const end = new AbortController();
    let giveLate: (value: string) => void = () => undefined;
    const late = (): Promise<string> =>
      new Promise((resolve) => {
        giveLate = resolve;
      });
    const given = memo.get(testCall({ signal: end.signal }), 'key', late);
    end.abort('over');
    expect(await memo.get(testCall(), 'key', load)).toBe('value 1');
    giveLate('late');
    expect(await given).toBe('late');
    expect(await memo.get(testCall(), 'key', load)).toBe('value 1');
  });

  test('within a loading, what the one call behind it was told stays; what another was told does not spread', async () => {
    const { clock, memo: inner, load } = createLoads();
    const outer = createMemo<string>({ clock, entriesMax: 10, lifetimeMs: 1, failureMs: 1 });
    const throughOuter = (call: CallLimits, key: string): Promise<string> =>
      outer.get(call, key, (joint) => inner.get(joint, 'inner', load));
    const [one, two] = [testCall(), testCall()];
    expect(await throughOuter(one, 'a')).toBe('value 1');
    clock.move(60_000);
    expect(await throughOuter(one, 'b')).toBe('value 1');
    expect(await throughOuter(two, 'a')).toBe('value 2');
  });
});
