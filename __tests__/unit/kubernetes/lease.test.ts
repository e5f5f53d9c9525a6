import { expect, test } from 'vitest';
import { createNewCall } from '../../../src/entries/webhook/new-call.ts';
import { type Leading, workWithLease } from '../../../src/kubernetes/lease.ts';
import { createFakeKube } from './fake-kube.ts';
import { createVirtualTime } from './virtual-time.ts';

const PATH = '/apis/coordination.k8s.io/v1/namespaces/system/leases/work';
const SECOND = 1_000;

function createWorld() {
  const kube = createFakeKube();
  const time = createVirtualTime();
  const working = new Set<string>();
  const overlaps: string[] = [];
  const warnings: string[] = [];
  /** A replica that notes when it works; `cut` keeps it from the API server. */
  const replica = (identity: string, { skewMs = 0, work }: { skewMs?: number; work?: () => Promise<void> } = {}) => {
    const controller = new AbortController();
    const clock = time.skewed(skewMs);
    const log = { info: () => undefined, debug: () => undefined, warning: (line: string) => void warnings.push(line) };
    const state = { isCut: false, leading: undefined as Leading | undefined, starts: 0 };
    const api = {
      ...kube.api,
      send: (...args: Parameters<typeof kube.api.send>) =>
        state.isCut ? new Promise<never>(() => undefined) : kube.api.send(...args),
    };
    const ended = workWithLease(
      {
        ...{ api, clock, monotonicMs: time.monotonicMs, random: () => 0, namespace: 'system', name: 'work', identity },
        ...{ newCall: createNewCall({ clock, log }), log },
      },
      controller.signal,
      async (leading) => {
        state.leading = leading;
        state.starts += 1;
        if (working.size > 0) overlaps.push(`${identity} beside ${[...working].join()}`);
        working.add(identity);
        try {
          await (work?.() ?? new Promise<void>((resolve) => leading.signal.addEventListener('abort', () => resolve())));
        } finally {
          working.delete(identity);
        }
      },
    );
    return {
      state,
      async stop() {
        controller.abort(new Error('stopped'));
        // A release that gets no answer ends by time.
        await time.pass(10 * SECOND);
        await ended;
      },
    };
  };
  const spec = (): Readonly<Record<string, unknown>> => (kube.at(PATH)?.['spec'] ?? {}) as Record<string, unknown>;
  return { kube, time, working, overlaps, warnings, replica, spec };
}

/** As another program would have left it. */
function heldByOther(overrides: object = {}): object {
  const times = { acquireTime: '2026-11-27T09:00:00.000000Z', renewTime: '2026-11-27T10:00:00.000000Z' };
  return { spec: { holderIdentity: 'other', leaseDurationSeconds: 60, leaseTransitions: 4, ...times, ...overrides } };
}

test('a lease that is not there is created, renewed while the work goes on, and released at the end', async () => {
  const { time, working, replica, spec } = createWorld();
  const one = replica('one');
  await time.pass(0);
  expect([...working]).toEqual(['one']);
  expect(spec()).toEqual({
    ...{ holderIdentity: 'one', leaseDurationSeconds: 60, leaseTransitions: 0 },
    ...{ acquireTime: '2026-11-27T10:00:00.000000Z', renewTime: '2026-11-27T10:00:00.000000Z' },
  });
  await time.pass(300 * SECOND);
  expect(spec()).toMatchObject({
    acquireTime: '2026-11-27T10:00:00.000000Z',
    renewTime: '2026-11-27T10:05:00.000000Z',
    leaseTransitions: 0,
  });
  expect(one.state.starts).toBe(1);
  await one.stop();
  expect(working.size).toBe(0);
  expect(spec()).not.toHaveProperty('holderIdentity');
});

test('of two replicas one works; the other begins when the lease is released, and not before', async () => {
  const { time, working, overlaps, replica, spec } = createWorld();
  const one = replica('one');
  await time.pass(0);
  const two = replica('two');
  await time.pass(600 * SECOND);
  expect([...working]).toEqual(['one']);
  await one.stop();
  await time.pass(10 * SECOND);
  expect([...working]).toEqual(['two']);
  expect(spec()).toMatchObject({ holderIdentity: 'two', leaseTransitions: 1 });
  expect(overlaps).toEqual([]);
  await two.stop();
});

test.each([0, 3_600 * SECOND, -3_600 * SECOND])(
  'a holder that is cut off ends before another begins, whatever the clocks say (%i ms)',
  async (skewMs) => {
    const { time, working, overlaps, replica } = createWorld();
    const one = replica('one');
    await time.pass(0);
    const two = replica('two', { skewMs });
    await time.pass(65 * SECOND);
    one.state.isCut = true;
    const { leading } = one.state;
    // The last renewal was 5 s ago.
    await time.pass(30 * SECOND);
    expect([...working]).toEqual(['one']);
    expect(leading?.holds()).toBe(true);
    await time.pass(6 * SECOND);
    expect(leading?.holds()).toBe(false);
    expect([...working]).toEqual([]);
    await time.pass(15 * SECOND);
    expect([...working]).toEqual([]);
    await time.pass(25 * SECOND);
    expect([...working]).toEqual(['two']);
    // Back again, it waits.
    one.state.isCut = false;
    await time.pass(600 * SECOND);
    expect([...working]).toEqual(['two']);
    expect(overlaps).toEqual([]);
    await Promise.all([one.stop(), two.stop()]);
  },
);

test('a holder that was stopped for a while knows at once that it may no longer hold', async () => {
  const { time, replica } = createWorld();
  const one = replica('one');
  await time.pass(0);
  const { leading } = one.state;
  time.standStill(39 * SECOND);
  expect(leading?.holds()).toBe(true);
  time.standStill(2 * SECOND);
  expect(leading?.holds()).toBe(false);
  // Before its timers could say so.
  expect(leading?.signal.aborted).toBe(false);
  await time.pass(0);
  expect(leading?.signal.aborted).toBe(true);
  await one.stop();
});

test('a lease that another renews is never taken; one that is not renewed is, when it was seen unchanged for its duration', async () => {
  const { kube, time, working, replica, spec } = createWorld();
  // Both times mean nothing: neither ten years ago nor in ten years.
  for (const year of ['2016', '2036']) {
    kube.put(PATH, heldByOther({ renewTime: `${year}-11-27T10:00:00.000000Z` }));
    const one = replica('one');
    for (let turn = 0; turn < 20; turn += 1) {
      await time.pass(30 * SECOND);
      kube.put(PATH, heldByOther({ renewTime: `${year}-11-27T10:00:${10 + turn}.000000Z` }));
    }
    expect([...working]).toEqual([]);
    await time.pass(59 * SECOND);
    expect([...working]).toEqual([]);
    await time.pass(21 * SECOND);
    expect([...working]).toEqual(['one']);
    expect(spec()).toMatchObject({ holderIdentity: 'one', leaseTransitions: 5 });
    await one.stop();
  }
});

test.each([
  ['a second', 1, 59, 71],
  ['thirty years', 1e9, 599, 611],
  ['nothing', 'x', 59, 71],
])(
  'a lease that claims %s is believed at least our own duration and at most ten minutes',
  async (_, seconds, waits, begins) => {
    const { kube, time, working, replica } = createWorld();
    kube.put(PATH, heldByOther({ leaseDurationSeconds: seconds }));
    const one = replica('one');
    await time.pass(waits * SECOND);
    expect([...working]).toEqual([]);
    await time.pass((begins - waits) * SECOND);
    expect([...working]).toEqual(['one']);
    await one.stop();
  },
);

test('of two writers one fails: a conflicting update is no lease', async () => {
  const { kube, time, working, replica } = createWorld();
  kube.put(PATH, heldByOther({ holderIdentity: '' }));
  kube.fault = ({ method }) => {
    // Between the read and the write of the replica another one takes it.
    if (method === 'PUT') kube.put(PATH, heldByOther({ holderIdentity: 'faster' }));
    return undefined;
  };
  const one = replica('one');
  await time.pass(0);
  expect([...working]).toEqual([]);
  expect(kube.at(PATH)?.['spec']).toMatchObject({ holderIdentity: 'faster' });
  // Twin: without the other writer.
  kube.fault = () => undefined;
  await time.pass(80 * SECOND);
  expect([...working]).toEqual(['one']);
  await one.stop();
});

test('of two that create it at once one works', async () => {
  const { kube, time, working, overlaps, replica } = createWorld();
  const one = replica('one');
  const two = replica('two');
  await time.pass(0);
  expect(kube.asked.filter((line) => line.startsWith('POST'))).toHaveLength(2);
  expect(working.size).toBe(1);
  await time.pass(600 * SECOND);
  expect(working.size).toBe(1);
  expect(overlaps).toEqual([]);
  await Promise.all([one.stop(), two.stop()]);
});

test('a deleted lease is created again by its holder, unless another was faster', async () => {
  const { kube, time, working, replica, spec } = createWorld();
  const one = replica('one');
  await time.pass(0);
  kube.objects.delete(PATH);
  await time.pass(11 * SECOND);
  expect(spec()).toMatchObject({ holderIdentity: 'one' });
  expect(one.state.leading?.holds()).toBe(true);
  const { leading } = one.state;
  kube.objects.delete(PATH);
  kube.put(PATH, heldByOther());
  await time.pass(11 * SECOND);
  expect(leading?.signal.aborted).toBe(true);
  expect([...working]).toEqual([]);
  expect(spec()).toMatchObject({ holderIdentity: 'other' });
  await one.stop();
  // Not ours: the end does not release it.
  expect(spec()).toMatchObject({ holderIdentity: 'other' });
});

test('the end releases only what is still ours, and does not wait for an API server that is gone', async () => {
  const { kube, time, replica, spec } = createWorld();
  const one = replica('one');
  await time.pass(0);
  // Taken since the last renewal.
  kube.put(PATH, heldByOther());
  await one.stop();
  expect(spec()).toMatchObject({ holderIdentity: 'other' });
  kube.objects.clear();
  const two = replica('two');
  await time.pass(0);
  two.state.isCut = true;
  await two.stop();
  expect(spec()).toMatchObject({ holderIdentity: 'two' });
});

test('an API server that refuses is asked again, and nothing is done meanwhile', async () => {
  const { kube, time, working, warnings, replica } = createWorld();
  kube.fault = () => ({ status: 403, body: {} });
  const one = replica('one');
  await time.pass(100 * SECOND);
  expect([...working]).toEqual([]);
  expect(warnings[0]).toContain('403');
  kube.fault = () => undefined;
  await time.pass(11 * SECOND);
  expect([...working]).toEqual(['one']);
  await one.stop();
});

test('work that ends by a defect is begun again after a pause, with the lease released in between', async () => {
  const { kube, time, replica, warnings } = createWorld();
  const one = replica('one', { work: () => Promise.reject(new Error('defect')) });
  await time.pass(0);
  expect(one.state.starts).toBe(1);
  expect(kube.at(PATH)?.['spec']).not.toHaveProperty('holderIdentity');
  await time.pass(11 * SECOND);
  expect(one.state.starts).toBe(2);
  expect(warnings).toContain('the work ended: defect');
  await one.stop();
});
