import { expect, test } from 'vitest';
import { startSigstore } from '../../../sandbox/sigstore/sigstore-stack.ts';
import { CodedError } from '../../../src/coded-error.ts';
import { createRefreshedRoots } from '../../../src/sigstore/trust/refreshed-roots.ts';
import type { LoadedRoot } from '../../../src/sigstore/trust/trust-source.ts';
import { parseTrustedRoot } from '../../../src/sigstore/trust/trusted-root.ts';
import { createMovedClock, testCall } from '../../calls.ts';

const DAY = 86_400_000;

async function world({ ages = true } = {}) {
  await using first = await startSigstore();
  await using second = await startSigstore();
  const texts = { first: first.trustedRootJson('v1'), second: second.trustedRootJson('v1') };
  const moved = createMovedClock();
  /** Ends waits when a test says so. */
  const waits: (() => void)[] = [];
  const clock = Object.assign(moved, { sleep: () => new Promise<void>((resolve) => waits.push(resolve)) });
  const warnings: string[] = [];
  const roots = createRefreshedRoots({
    clock,
    random: () => 0.5,
    maxAgeMs: 7 * DAY,
    refreshMs: 3_600_000,
    callFor: (signal) => testCall({ signal, log: { warning: (line) => warnings.push(line) } }),
  });
  const state = { text: texts.first, failure: undefined as unknown, cachedAt: undefined as Date | undefined, loads: 0 };
  const load = async (): Promise<LoadedRoot> => {
    state.loads += 1;
    if (state.failure !== undefined) throw state.failure;
    const fetchedAt = ages ? (state.cachedAt ?? clock.now()) : undefined;
    const isFromCache = state.cachedAt !== undefined;
    return { label: 'mirror', root: parseTrustedRoot(state.text), signingConfig: undefined, fetchedAt, isFromCache };
  };
  const get = () => roots.get(testCall(), 'mirror', load);
  const refresh = () => roots.refresh(new AbortController().signal);
  return { clock, roots, state, get, refresh, texts, warnings, waits };
}

const DOWN = new CodedError('TRUST_ROOT_UNAVAILABLE', 'connection refused');

test('a kept root is used at once, and a refresh with the same content keeps the object', async () => {
  const { clock, roots, state, get, refresh, texts } = await world();
  const { root } = await get();
  const version = roots.version();
  clock.move(DAY);
  expect((await get()).root).toBe(root);
  expect(state.loads).toBe(1);
  await refresh();
  expect(state.loads).toBe(2);
  expect((await get()).root).toBe(root);
  expect(roots.version()).toBe(version);
  state.text = texts.second;
  await refresh();
  expect((await get()).root).not.toBe(root);
  expect(roots.version()).not.toBe(version);
});

test('a root lives seven days after its repository last answered, and not longer', async () => {
  const { clock, roots, state, get, refresh, warnings } = await world();
  const { root } = await get();
  clock.move(DAY);
  await refresh();
  state.failure = DOWN;
  clock.move(DAY);
  const since = clock.now();
  await refresh();
  clock.move(6 * DAY - 1);
  // It fails since the first attempt, not since the last.
  await refresh();
  expect((await get()).root).toBe(root);
  const [one] = roots.state();
  expect(one).toMatchObject({ failingSince: since, problem: 'TRUST_ROOT_UNAVAILABLE: connection refused' });
  expect(one?.endsAt?.getTime()).toBe(clock.now().getTime() + 1);
  expect(warnings.join()).toContain('connection refused');
  clock.move(1);
  await expect(get()).rejects.toThrow('connection refused');
  state.failure = undefined;
  // The failure is shared for ten seconds.
  await expect(get()).rejects.toThrow('connection refused');
  await refresh();
  expect((await get()).root).toBe(root);
  expect(roots.state()[0]).toMatchObject({ failingSince: undefined, problem: undefined });
});

test('an answer from the cache of a repository that is down is no refresh', async () => {
  const { clock, roots, state, get, refresh } = await world();
  await get();
  clock.move(6 * DAY);
  state.cachedAt = new Date(clock.now());
  await refresh();
  expect(roots.state()[0]?.problem).toContain('does not answer');
  clock.move(DAY);
  await expect(get()).rejects.toMatchObject({ code: 'TRUST_ROOT_UNAVAILABLE' });
});

test('a process that starts while the repository is down uses a cache, as old as that is', async () => {
  const young = await world();
  young.state.cachedAt = new Date(young.clock.now().getTime() - 6 * DAY);
  await young.get();
  young.clock.move(DAY - 1);
  await young.get();
  young.clock.move(1);
  await expect(young.get()).rejects.toThrow('last refreshed');
  const old = await world();
  old.state.cachedAt = new Date(old.clock.now().getTime() - 7 * DAY);
  await expect(old.get()).rejects.toThrow('last refreshed at 2026-11-20');
});

test('a root from a file does not age, is read again, and survives a spoiled file', async () => {
  const { clock, roots, state, get, refresh, texts } = await world({ ages: false });
  const { root } = await get();
  clock.move(365 * DAY);
  expect((await get()).root).toBe(root);
  expect(roots.state()[0]?.endsAt).toBeUndefined();
  state.failure = new CodedError('INPUT_INVALID', 'not JSON');
  await refresh();
  expect((await get()).root).toBe(root);
  expect(roots.state()[0]?.problem).toBe('INPUT_INVALID: not JSON');
  state.failure = undefined;
  state.text = texts.second;
  await refresh();
  expect((await get()).root).not.toBe(root);
});

test('one load serves all that wait for the first root, and a failure is not asked for again at once', async () => {
  const { state, get, clock } = await world();
  state.failure = DOWN;
  const failed = await Promise.allSettled([get(), get(), get()]);
  expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(state.loads).toBe(1);
  state.failure = undefined;
  clock.move(10_000);
  await Promise.all([get(), get()]);
  expect(state.loads).toBe(2);
});

test('while it is down, a call hears of the failure instead of waiting to its end for the next attempt', async () => {
  const { roots, clock, waits } = await world();
  let attempts = 0;
  const load = (): Promise<LoadedRoot> => {
    attempts += 1;
    return attempts === 1 ? Promise.reject(DOWN) : new Promise(() => undefined);
  };
  await expect(roots.get(testCall(), 'mirror', load)).rejects.toBe(DOWN);
  expect(waits).toEqual([]);
  clock.move(10_000);
  const waiting = roots.get(testCall(), 'mirror', load);
  for (const end of waits) end();
  await expect(waiting).rejects.toMatchObject({
    code: 'TRUST_ROOT_UNAVAILABLE',
    message: expect.stringContaining('connection refused'),
  });
  expect(attempts).toBe(2);
});

test('the background refreshes each root when it is due, sooner after a failure, until its signal ends', async () => {
  const { clock, state, get, roots } = await world();
  const startedMs = clock.now().getTime();
  const minutes = (): number => Math.round((clock.now().getTime() - startedMs) / 60_000);
  await get();
  const times: number[] = [];
  const time = new AbortController();
  let before = state.loads;
  Object.assign(clock, {
    sleep: async (ms: number) => {
      clock.move(ms);
      if (state.loads > before) times.push(minutes());
      before = state.loads;
      // Two hours after the start it is down for twelve minutes.
      state.failure = minutes() >= 118 && minutes() < 130 ? DOWN : undefined;
      if (minutes() >= 250) time.abort();
      await Promise.resolve();
    },
  });
  await roots.run(time.signal);
  // Each is seen one look, a minute, later.
  expect(times).toEqual([61, 121, 126, 131, 191]);
});
