import { expect, test } from 'vitest';
import { createFindingEvents } from '../../../src/kubernetes/finding-events.ts';
import { findingText } from '../../../src/kubernetes/finding-text.ts';
import { createPolicyReports } from '../../../src/kubernetes/policy-reports.ts';
import type { Finding, NamespaceFields, Round } from '../../../src/usecases/rejudging/round.ts';
import { createMovedClock, testCall } from '../../calls.ts';
import { createFakeKube } from './fake-kube.ts';

const MINUTE = 60_000;
const signal = new AbortController().signal;
const newCall = () => ({ call: testCall(), close: () => undefined });

function finding(name: string, overrides: Partial<Finding> & { readonly namespace?: string } = {}): Finding {
  const { namespace = 'shop', ...rest } = overrides;
  return {
    ...{ kind: 'refused', pod: { namespace, name, uid: `uid-${name}` }, field: 'spec.containers[0].image' },
    ...{ image: `r.io/app@sha256:${'a'.repeat(64)}`, reason: 'NO_SIGNATURE', message: 'no signature was found' },
    ...{ policies: ['ours'], ...rest },
  };
}

// ── events ──────────────────────────────────────────────────────────────────────────────────────

function eventWriter() {
  const kube = createFakeKube();
  const clock = createMovedClock();
  const create = () => createFindingEvents({ api: kube.api, clock, identity: 'replica', newCall });
  const events = () => [...kube.objects.values()].filter(({ kind }) => kind === 'Event');
  return { kube, clock, create, events };
}

test('a finding has one warning about its Pod, with a reason that can be selected', async () => {
  const { create, events } = eventWriter();
  expect(await create().write([finding('one')], signal)).toMatchObject({ written: 1, failed: 0, left: 0 });
  expect(events()).toMatchObject([
    {
      ...{ apiVersion: 'events.k8s.io/v1', type: 'Warning', reason: 'ImageWouldBeRefused', action: 'Judge' },
      ...{ eventTime: '2026-11-27T10:00:00.000000Z', reportingController: 'countersign', reportingInstance: 'replica' },
      metadata: { namespace: 'shop', name: expect.stringMatching(/^one\.countersign-[0-9a-f]{20}$/) },
      regarding: { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'one', uid: 'uid-one' },
      note: `r.io/app@sha256:${'a'.repeat(64)} in spec.containers[0].image would be refused today (policy ours): NO_SIGNATURE: no signature was found`,
    },
  ]);
  expect(events()[0]).not.toHaveProperty('series');
});

test('the same finding is not written again for a while, then the same Event is renewed', async () => {
  const { kube, clock, create, events } = eventWriter();
  const writer = create();
  await writer.write([finding('one')], signal);
  clock.move(19 * MINUTE);
  const asked = kube.asked.length;
  await writer.write([finding('one')], signal);
  expect(kube.asked).toHaveLength(asked);
  clock.move(MINUTE);
  await writer.write([finding('one')], signal);
  clock.move(20 * MINUTE);
  await writer.write([finding('one')], signal);
  expect(events()).toHaveLength(1);
  expect(events()[0]?.['series']).toEqual({ count: 3, lastObservedTime: '2026-11-27T10:40:00.000000Z' });
  expect(events()[0]?.['eventTime']).toBe('2026-11-27T10:00:00.000000Z');
});

test('another replica renews the Event of the first one, and a forgotten one is created again', async () => {
  const { kube, clock, create, events } = eventWriter();
  await create().write([finding('one')], signal);
  const second = create();
  expect(await second.write([finding('one')], signal)).toMatchObject({ written: 1 });
  expect(events()).toHaveLength(1);
  expect(events()[0]?.['series']).toMatchObject({ count: 2 });
  kube.objects.clear();
  clock.move(21 * MINUTE);
  await second.write([finding('one')], signal);
  expect(events()).toHaveLength(1);
});

test.each<[string, Partial<Finding>]>([
  ['Pod', { pod: { namespace: 'shop', name: 'one', uid: 'another' } }],
  ['image', { image: 'r.io/other' }],
  ['reason', { reason: 'TOO_OLD' }],
])('another %s has an Event of its own', async (_, overrides) => {
  const { create, events } = eventWriter();
  await create().write([finding('one'), finding('one', overrides)], signal);
  expect(events()).toHaveLength(2);
});

test('one namespace does not use up the limit of a pass for the others', async () => {
  const { create, events } = eventWriter();
  const many = Array.from({ length: 700 }, (_, index) => finding(`pod-${index}`));
  const written = await create().write([...many, finding('alone', { namespace: 'other' })], signal);
  expect(written).toMatchObject({ written: 500, failed: 0, left: 201 });
  expect(events().some(({ metadata }) => metadata['namespace'] === 'other')).toBe(true);
});

test('Events that cannot be written are counted with their cause, and given up after ten in a row', async () => {
  const { kube, create } = eventWriter();
  kube.fault = () => ({ status: 403, body: {} });
  const many = Array.from({ length: 30 }, (_, index) => finding(`pod-${index}`));
  const writer = create();
  expect(await writer.write(many, signal)).toMatchObject({
    ...{ written: 0, failed: 30, failure: 'POST /apis/events.k8s.io/v1/namespaces/shop/events answered 403' },
  });
  expect(kube.asked).toHaveLength(10);
  // What failed is not taken as written.
  kube.fault = () => undefined;
  expect(await writer.write(many, signal)).toMatchObject({ written: 30, failed: 0 });
});

test('writing ends by its signal', async () => {
  const { kube, create } = eventWriter();
  const controller = new AbortController();
  kube.fault = () => {
    controller.abort(new Error('the lease is lost'));
    return undefined;
  };
  const writing = create().write([finding('one'), finding('two')], controller.signal);
  await expect(writing).rejects.toThrow('the lease is lost');
  expect(kube.asked).toHaveLength(1);
});

test('texts are one line without invisible characters, and within the limit in bytes', () => {
  const evil = finding('one', { message: `a\nb\u202e\u0007 ${'ü'.repeat(2_000)}` });
  const text = findingText(evil, 1_000);
  expect(text).toContain('a\\u000ab\\u202e\\u0007');
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1_000);
  expect(Buffer.byteLength(text)).toBeGreaterThan(990);
  expect(text.endsWith('ü…')).toBe(true);
});

test('a Pod with the longest name has an Event with a name that Kubernetes takes', async () => {
  const { create, events } = eventWriter();
  await create().write([finding(`${'a'.repeat(199)}.${'b'.repeat(53)}`)], signal);
  const name = String(events()[0]?.metadata['name']);
  expect(name.length).toBeLessThanOrEqual(253);
  expect(name).toMatch(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/);
});

// ── reports ─────────────────────────────────────────────────────────────────────────────────────

const GROUP = '/apis/wgpolicyk8s.io/v1alpha2';
const reportOf = (namespace: string): string => `${GROUP}/namespaces/${namespace}/policyreports/countersign`;

function reportWriter() {
  const kube = createFakeKube();
  const clock = createMovedClock();
  kube.put(GROUP, {});
  const reports = createPolicyReports({ api: kube.api, clock, newCall });
  const write = (round: Round, isWhole = true) => reports.write(round, { isWhole, signal });
  return { kube, clock, write };
}

function roundWith(findings: readonly Finding[], namespaces: Readonly<Record<string, NamespaceFields>>): Round {
  return { pods: 1, images: 1, counts: [], unlisted: 0, findings, namespaces: new Map(Object.entries(namespaces)) };
}

const SHOP = { shop: { admitted: 3, failed: 1, undecided: 1 } };
const FOUND = [finding('two', { kind: 'undecided', reason: 'TIMEOUT', policies: [] }), finding('one')];

test('each namespace has one report: a summary of all fields, and the findings by Pod', async () => {
  const { kube, write } = reportWriter();
  const calm = { calm: { admitted: 2, failed: 0, undecided: 0 } };
  expect(await write(roundWith(FOUND, { ...SHOP, ...calm }))).toMatchObject({ isPresent: true, written: 2, failed: 0 });
  expect(kube.at(reportOf('calm'))).toMatchObject({ summary: { pass: 2, fail: 0, error: 0 }, results: [] });
  const timestamp = { seconds: Date.UTC(2026, 10, 27, 10) / 1000, nanos: 0 };
  expect(kube.at(reportOf('shop'))).toMatchObject({
    ...{ apiVersion: 'wgpolicyk8s.io/v1alpha2', kind: 'PolicyReport' },
    metadata: { name: 'countersign', namespace: 'shop', labels: { 'app.kubernetes.io/managed-by': 'countersign' } },
    summary: { pass: 3, fail: 1, warn: 0, error: 1, skip: 0 },
    results: [
      {
        ...{ source: 'countersign', policy: 'ours', rule: 'NO_SIGNATURE', result: 'fail', severity: 'high', timestamp },
        message: expect.stringContaining('would be refused today'),
        resources: [{ apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'one', uid: 'uid-one' }],
        properties: { image: FOUND[1]?.image, field: 'spec.containers[0].image', reason: 'NO_SIGNATURE' },
      },
      { policy: 'countersign', rule: 'TIMEOUT', result: 'error' },
    ],
  });
  expect(kube.asked).toContain(`PATCH ${reportOf('shop')}?fieldManager=countersign&force=true`);
});

test('a report that says the same is not written again; one that was edited is', async () => {
  const { kube, clock, write } = reportWriter();
  await write(roundWith(FOUND, SHOP));
  clock.move(60 * MINUTE);
  expect(await write(roundWith(FOUND, SHOP))).toMatchObject({ written: 0, deleted: 0 });
  const right = kube.at(reportOf('shop')) ?? {};
  const edits = [{ results: [] }, { summary: { pass: 9 } }, { results: undefined }, { metadata: { labels: {} } }];
  for (const edit of edits) {
    kube.put(reportOf('shop'), { ...right, ...edit });
    expect(await write(roundWith(FOUND, SHOP)), JSON.stringify(edit)).toMatchObject({ written: 1 });
  }
});

test('results that no longer hold leave the report, and reports of emptied namespaces are deleted', async () => {
  const { kube, write } = reportWriter();
  await write(roundWith(FOUND, SHOP));
  await write(roundWith([], { shop: { admitted: 5, failed: 0, undecided: 0 } }));
  expect(kube.at(reportOf('shop'))).toMatchObject({ summary: { pass: 5, fail: 0 }, results: [] });
  expect(await write(roundWith([], {}), false), 'not everything was seen').toMatchObject({ deleted: 0 });
  expect(await write(roundWith([], {}))).toMatchObject({ deleted: 1 });
  expect(kube.at(reportOf('shop'))).toBeUndefined();
});

test('a report of the same name that is not ours is not deleted', async () => {
  const { kube, write } = reportWriter();
  kube.put(reportOf('shop'), { kind: 'PolicyReport' });
  expect(await write(roundWith([], {}))).toMatchObject({ deleted: 0 });
  expect(kube.at(reportOf('shop'))).toBeDefined();
});

test('without the kind there is nothing to do, and that is not an error; not being allowed to list it is one', async () => {
  const { kube, write } = reportWriter();
  kube.objects.delete(GROUP);
  expect(await write(roundWith(FOUND, SHOP))).toMatchObject({ isPresent: false, written: 0, failed: 0 });
  expect(kube.asked).toHaveLength(1);
  kube.fault = () => ({ status: 403, body: {} });
  await expect(write(roundWith(FOUND, SHOP))).rejects.toThrow('403');
});

test('a report stays small, however long the texts and however many the findings', async () => {
  const { kube, write } = reportWriter();
  const many = Array.from({ length: 1_000 }, (_, index) => {
    return finding(`pod-${index}`, {
      message: 'ü'.repeat(5_000),
      image: `r.io/${'x'.repeat(900)}`,
      policies: ['p'.repeat(900)],
    });
  });
  await write(roundWith(many, { shop: { admitted: 0, failed: 1_000, undecided: 0 } }));
  const report: Readonly<Record<string, unknown>> = kube.at(reportOf('shop')) ?? {};
  expect(Buffer.byteLength(JSON.stringify(report))).toBeLessThan(200 * 1024);
  expect(report['summary']).toMatchObject({ fail: 1_000 });
  expect((report['results'] as unknown[]).length).toBeGreaterThan(50);
  // Equal the next time, too.
  expect(await write(roundWith(many, { shop: { admitted: 0, failed: 1_000, undecided: 0 } }))).toMatchObject({
    written: 0,
  });
});

test('a report that cannot be written does not stop the others', async () => {
  const { kube, write } = reportWriter();
  kube.fault = ({ method, path }) =>
    method === 'PATCH' && path.includes('/shop/') ? { status: 403, body: {} } : undefined;
  const outcome = await write(roundWith(FOUND, { ...SHOP, other: { admitted: 1, failed: 0, undecided: 0 } }));
  expect(outcome).toMatchObject({ written: 1, failed: 1, failure: expect.stringContaining('answered 403') });
  expect(kube.at(reportOf('other'))).toBeDefined();
});
