import { expect, test } from 'vitest';
import type { Digest } from '../../../src/domain/image/digest.ts';
import { createPause } from '../../../src/entries/webhook/create-pause.ts';
import { listImagesInUse } from '../../../src/entries/webhook/images-in-use.ts';
import { createNewCall } from '../../../src/entries/webhook/new-call.ts';
import {
  COUNTS_MAX,
  type RejudgingOptions,
  type RejudgingResult,
  startRejudging,
} from '../../../src/entries/webhook/start-rejudging.ts';
import type { ImageToAdmit, RegistryAccess } from '../../../src/usecases/admitting/admitter.ts';
import { parseImagePath } from '../../../src/workloads/image-paths.ts';
import { testCall } from '../../calls.ts';
import { createFakeKube } from '../kubernetes/fake-kube.ts';
import { createVirtualTime } from '../kubernetes/virtual-time.ts';

const MINUTE = 60_000;
const GOOD = `sha256:${'a'.repeat(64)}` as Digest;
const BAD = `sha256:${'b'.repeat(64)}` as Digest;

function createCluster() {
  const kube = createFakeKube();
  const time = createVirtualTime();
  kube.put('/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/webhook', { webhooks: [{}] });
  kube.put('/api/v1/namespaces/shop', {});
  const addPod = (name: string, image: string, more: object = {}): void => {
    const spec = { containers: [{ name: 'app', image }], ...more };
    kube.put(`/api/v1/namespaces/shop/pods/${name}`, { spec, status: { phase: 'Running' } });
  };
  const refused = new Set<Digest | undefined>([BAD]);
  const judged: string[] = [];
  const warnings: string[] = [];
  const start = (identity: string, overrides: Partial<RejudgingOptions> = {}) => {
    const controller = new AbortController();
    const results: RejudgingResult[] = [];
    const judge = async (_call: unknown, { digest }: ImageToAdmit) => {
      judged.push(identity);
      const isRefused = refused.has(digest);
      return {
        ...{
          verdict: isRefused ? ('fail' as const) : ('pass' as const),
          reason: isRefused ? 'NO_SIGNATURE' : undefined,
        },
        ...{ message: '', hint: undefined, policies: [], digest },
      };
    };
    const log = { info: () => undefined, debug: () => undefined, warning: (line: string) => void warnings.push(line) };
    const ended = startRejudging({
      ...{ api: kube.api, admitter: { judge, judgeAgain: judge, resolve: async () => undefined }, log, identity },
      ...{ accessFor: async () => ({ loginId: '', registry: {} }) as RegistryAccess, clock: time.clock },
      ...{ namespace: 'system', configuration: 'webhook', everyMs: 60 * MINUTE, monotonicMs: time.monotonicMs },
      ...{
        random: () => 0,
        pause: async () => undefined,
        signal: controller.signal,
        onResult: (result) => void results.push(result),
      },
      ...overrides,
    });
    return {
      results,
      kinds: () => results.map(({ kind }) => kind).join(' '),
      last: () => results.at(-1),
      async stop() {
        controller.abort(new Error('stopped'));
        await time.pass(0);
        await ended;
      },
    };
  };
  const events = () => [...kube.objects.values()].filter(({ kind }) => kind === 'Event');
  return { kube, time, addPod, refused, judged, warnings, start, events };
}

test('fields that image-paths names are judged too', async () => {
  const { kube, time, addPod, start } = createCluster();
  addPod('good', `r.io/app@${GOOD}`);
  const spec = { containers: [{ name: 'app', image: `r.io/app@${GOOD}` }], helper: { image: `r.io/app@${BAD}` } };
  kube.put('/api/v1/namespaces/shop/pods/helped', { spec, status: { phase: 'Running' } });
  const named = start('one', { imagePaths: [parseImagePath('Pod spec/helper/image')] });
  await time.pass(MINUTE);
  expect(named.last()).toMatchObject({
    kind: 'round',
    summary: { images: 2, counts: [{ namespace: 'shop', kind: 'refused', reason: 'NO_SIGNATURE', images: 1 }] },
  });
  await named.stop();
});

test('rounds begin a minute after the lease and then at the interval; each says what would be refused', async () => {
  const { time, addPod, refused, start, events } = createCluster();
  addPod('good', `r.io/app@${GOOD}`);
  addPod('bad', `r.io/app@${BAD}`);
  const one = start('one');
  await time.pass(MINUTE - 1);
  expect(one.kinds()).toBe('leading');
  await time.pass(1);
  expect(one.last()).toMatchObject({
    kind: 'round',
    summary: {
      ...{ pods: 2, images: 2, isWhole: true, unwritten: 0 },
      counts: [{ namespace: 'shop', kind: 'refused', reason: 'NO_SIGNATURE', images: 1 }],
    },
  });
  expect(events()).toMatchObject([{ regarding: { name: 'bad' } }]);
  // A signature vanishes.
  refused.add(GOOD);
  await time.pass(60 * MINUTE - 1);
  expect(one.kinds()).toBe('leading round');
  await time.pass(1);
  expect(one.last()).toMatchObject({ kind: 'round', summary: { counts: [{ images: 2 }] } });
  expect(events()).toHaveLength(2);
  await one.stop();
  expect(one.kinds()).toBe('leading round round following');
});

test('of two replicas one judges; the other begins when the first has ended', async () => {
  const { time, addPod, judged, start } = createCluster();
  addPod('good', `r.io/app@${GOOD}`);
  const one = start('one');
  await time.pass(0);
  const two = start('two');
  await time.pass(180 * MINUTE);
  expect(new Set(judged)).toEqual(new Set(['one']));
  expect(two.results).toEqual([]);
  await one.stop();
  const before = judged.length;
  await time.pass(2 * MINUTE);
  expect(new Set(judged.slice(before))).toEqual(new Set(['two']));
  expect(two.kinds()).toBe('leading round');
  await two.stop();
});

test('between rounds Events are renewed, for Pods that are still there', async () => {
  const { kube, time, addPod, start, events } = createCluster();
  addPod('bad', `r.io/app@${BAD}`);
  addPod('gone', `r.io/app@${BAD}`);
  const one = start('one', { everyMs: 360 * MINUTE });
  await time.pass(MINUTE);
  kube.objects.delete('/api/v1/namespaces/shop/pods/gone');
  await time.pass(60 * MINUTE);
  expect(one.kinds()).toBe('leading round');
  expect(events()).toMatchObject([
    { regarding: { name: 'bad' }, series: { count: 3 } },
    { regarding: { name: 'gone' } },
  ]);
  expect(events()[1]).not.toHaveProperty('series');
  await one.stop();
});

test('a round that cannot list is a failure with its code, and the next one is tried', async () => {
  const { kube, time, addPod, start, judged } = createCluster();
  addPod('good', `r.io/app@${GOOD}`);
  kube.fault = ({ path }) => (path.includes('validatingwebhook') ? { status: 403, body: {} } : undefined);
  const one = start('one');
  await time.pass(MINUTE);
  expect(one.last()).toEqual({ kind: 'failed', code: 'KUBERNETES_REFUSED' });
  expect(judged).toEqual([]);
  kube.fault = () => undefined;
  await time.pass(60 * MINUTE);
  expect(one.kinds()).toBe('leading failed round');
  await one.stop();
});

test('a namespace whose Pods cannot be listed counts as undecided, and no report is deleted meanwhile', async () => {
  const { kube, time, addPod, start } = createCluster();
  addPod('good', `r.io/app@${GOOD}`);
  const report = '/apis/wgpolicyk8s.io/v1alpha2/namespaces/hostile/policyreports/countersign';
  kube.put('/apis/wgpolicyk8s.io/v1alpha2', {});
  kube.put(report, { metadata: { labels: { 'app.kubernetes.io/managed-by': 'countersign' } } });
  kube.put('/api/v1/namespaces/hostile', {});
  kube.fault = ({ path }) => (path.includes('/hostile/pods') ? { status: 413, body: {} } : undefined);
  const one = start('one');
  await time.pass(MINUTE);
  const counts = [{ namespace: 'hostile', kind: 'undecided', reason: 'KUBERNETES_REFUSED', images: 1 }];
  expect(one.last()).toMatchObject({ kind: 'round', summary: { pods: 1, isWhole: false, counts } });
  expect(kube.at(report)).toBeDefined();
  // Twin: it can be listed, and nothing runs there.
  kube.fault = () => undefined;
  await time.pass(60 * MINUTE);
  expect(one.last()).toMatchObject({ kind: 'round', summary: { isWhole: true, counts: [] } });
  expect(kube.at(report)).toBeUndefined();
  await one.stop();
});

test('reports that cannot be written are counted, and the round counts all the same', async () => {
  const { kube, time, addPod, start, warnings } = createCluster();
  addPod('good', `r.io/app@${GOOD}`);
  kube.fault = ({ path }) => (path.includes('wgpolicyk8s') ? { status: 403, body: {} } : undefined);
  const one = start('one');
  await time.pass(MINUTE);
  expect(one.last()).toMatchObject({ kind: 'round', summary: { unwritten: 1 } });
  expect(warnings.join('\n')).toContain('could not be written');
  await one.stop();
});

test('a lease that is lost during a round ends it: nothing is written any more', async () => {
  const { kube, time, addPod, start, events, judged } = createCluster();
  addPod('bad', `r.io/app@${BAD}`);
  addPod('slow', `r.io/slow@${GOOD}`);
  const lease = '/apis/coordination.k8s.io/v1/namespaces/system/leases/countersign-rejudging';
  // The second image takes longer than the rest of the lease.
  const accessFor: RejudgingOptions['accessFor'] = async (call) => {
    kube.put(lease, { spec: { holderIdentity: 'other', leaseDurationSeconds: 60 } });
    await time.clock.sleep(15_000, call.signal);
    return { loginId: '', registry: {} } as RegistryAccess;
  };
  const one = start('one', { accessFor });
  await time.pass(MINUTE);
  await time.pass(MINUTE / 2);
  expect(one.kinds()).toBe('leading following');
  expect(judged).toEqual([]);
  expect(events()).toEqual([]);
  await one.stop();
});

test('the series of the metric are bounded: what is beyond has no namespace', async () => {
  const { kube, time, start } = createCluster();
  for (let at = 0; at < COUNTS_MAX + 3; at += 1) {
    kube.put(`/api/v1/namespaces/n-${at}`, {});
    const spec = { containers: [{ name: 'app', image: `r.io/app@${BAD}` }] };
    kube.put(`/api/v1/namespaces/n-${at}/pods/bad`, { spec, status: { phase: 'Running' } });
  }
  const one = start('one');
  await time.pass(MINUTE);
  const last = one.last();
  const counts = last?.kind === 'round' ? last.summary.counts : [];
  expect(counts).toHaveLength(COUNTS_MAX + 1);
  expect(counts.at(-1)).toEqual({ namespace: '', kind: 'refused', reason: 'NO_SIGNATURE', images: 3 });
  await one.stop();
});

test('a round offers a pause for every Pod and every image', async () => {
  const { time, addPod, start } = createCluster();
  for (let at = 0; at < 40; at += 1) addPod(`pod-${at}`, `r.io/app:${at}@${GOOD}`);
  let pauses = 0;
  const pause = async (): Promise<void> => {
    pauses += 1;
  };
  const one = start('one', { pause });
  await time.pass(MINUTE);
  expect(one.last()?.kind).toBe('round');
  // Read, grouped, judged.
  expect(pauses).toBeGreaterThanOrEqual(120);
  await one.stop();
});

test('a pause is a turn of the event loop after two milliseconds of work, and none before', async () => {
  let nowMs = 0;
  const pause = createPause(() => nowMs);
  let turns = 0;
  const turned = async (): Promise<number> => {
    const turn = setImmediate(() => {
      turns += 1;
    });
    await pause();
    clearImmediate(turn);
    return turns;
  };
  expect(await turned()).toBe(0);
  nowMs = 1;
  expect(await turned()).toBe(0);
  nowMs = 2;
  expect(await turned()).toBe(1);
  expect(await turned()).toBe(1);
  nowMs = 4;
  expect(await turned()).toBe(2);
});

test('images for warming up come with their logins, the most used first, each once', async () => {
  const { kube, addPod } = createCluster();
  addPod('one', `r.io/app@${GOOD}`);
  addPod('two', `r.io/app@${BAD}`);
  addPod('three', `r.io/app@${BAD}`);
  addPod('four', `r.io/app@${BAD}`, { imagePullSecrets: [{ name: 'pull' }] });
  const found = await listImagesInUse(testCall(), { api: kube.api, configuration: 'webhook' });
  expect(found.map(({ image, pull }) => [image.digest, image.namespace, pull.imagePullSecrets])).toEqual([
    [BAD, 'shop', []],
    [GOOD, 'shop', []],
    [BAD, 'shop', ['pull']],
  ]);
});

test('a call ends with what it is within, and by time with TIMEOUT; a closed one does not', async () => {
  const time = createVirtualTime();
  const log = { info: () => undefined, debug: () => undefined, warning: () => undefined };
  const newCall = createNewCall({ clock: time.clock, log });
  const outer = new AbortController();
  const [late, closed] = [newCall(outer.signal, 1_000), newCall(outer.signal, 1_000)];
  closed.close();
  await time.pass(999);
  expect(late.call.signal.aborted).toBe(false);
  await time.pass(1);
  expect(late.call.signal.reason).toMatchObject({ code: 'TIMEOUT' });
  expect(closed.call.signal.aborted).toBe(false);
  const inner = newCall(outer.signal, 1_000);
  const reason = new Error('over');
  outer.abort(reason);
  expect(inner.call.signal.reason).toBe(reason);
  expect(newCall(outer.signal, 1_000).call.signal.reason).toBe(reason);
  expect(closed.call.signal.aborted).toBe(false);
});
