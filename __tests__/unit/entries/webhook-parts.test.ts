import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mintLoopbackTls } from '../../../sandbox/sigstore/self-signed.ts';
import { mountVolume } from '../../../sandbox/webhook/start-webhook.ts';
import { createSecrets } from '../../../src/domain/text/secrets.ts';
import { readRegularFile } from '../../../src/entries/inputs/regular-file.ts';
import { deadlineWithin } from '../../../src/entries/webhook/deadline.ts';
import { parseGoDuration } from '../../../src/entries/webhook/go-duration.ts';
import { createJsonLog } from '../../../src/entries/webhook/json-log.ts';
import { createMetrics } from '../../../src/entries/webhook/metrics.ts';
import { openTlsFiles, type TlsFilesOptions } from '../../../src/entries/webhook/tls-files.ts';
import { podSpecOf } from '../../../src/workloads/pod-kinds.ts';
import { closureOf, FILES } from '../../source-files.ts';

const NOW = new Date('2026-11-28T08:00:00Z');

describe('durations as Go writes them', () => {
  test.each([
    ['10s', 10_000],
    ['30s', 30_000],
    ['1m0s', 60_000],
    ['1.5s', 1_500],
    ['250ms', 250],
    ['+5s', 5_000],
    ['1h', 3_600_000],
  ])('%s', (text, ms) => {
    expect(parseGoDuration(text)).toBe(ms);
  });

  test.each([
    '',
    '10',
    's',
    '-1s',
    '0s',
    '1d',
    '1s ',
    '１s',
    '1e3s',
    '9'.repeat(400),
    `${'1s'.repeat(30)}`,
    'Infinitys',
  ])('not %s', (text) => {
    expect(parseGoDuration(text)).toBeUndefined();
  });

  test('the answer is ready before the caller stops waiting, and at least half of the time is used', () => {
    for (const ms of [1, 100, 1_000, 1_999, 2_000, 10_000, 30_000]) {
      const deadlineMs = deadlineWithin(ms);
      expect(deadlineMs).toBeLessThan(ms);
      expect(deadlineMs).toBeGreaterThanOrEqual(ms / 2);
    }
  });
});

describe('the log', () => {
  const linesOf = (
    act: (log: ReturnType<typeof createJsonLog>) => void,
    level: 'debug' | 'info' = 'info',
  ): string[] => {
    const lines: string[] = [];
    const secrets = createSecrets();
    secrets.add('hunter2-password');
    const clock = { now: () => NOW, sleep: () => Promise.resolve() };
    act(createJsonLog({ write: (line) => lines.push(line), clock, level, secrets }));
    return lines;
  };

  test('is one object on each line, whatever the texts are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (message, name) => {
        const [line = '', ...more] = linesOf((log) => log.info(message, { name, list: [name] }));
        expect(more).toEqual([]);
        expect(line.indexOf('\n')).toBe(line.length - 1);
        expect(JSON.parse(line)).toMatchObject({ time: NOW.toISOString(), level: 'info' });
        expect(line).not.toMatch(/[\u0080-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\u200b]/u);
      }),
    );
  });

  test('holds no secret, in no field, and no field replaces what the log says itself', () => {
    const [line = ''] = linesOf((log) =>
      log
        .with({ where: 'hunter2-password' })
        .error('the password is hunter2-password', { level: 'info', items: ['aHVudGVyMi1wYXNzd29yZA=='] }),
    );
    expect(line).not.toContain('hunter2');
    expect(line).not.toContain('aHVudGVyMi1wYXNzd29yZA');
    expect(JSON.parse(line)).toMatchObject({ level: 'error' });
  });

  test('leaves out what is below its level, and cuts long texts', () => {
    expect(linesOf((log) => log.debug('x'))).toEqual([]);
    expect(linesOf((log) => log.debug('x'), 'debug')).toHaveLength(1);
    expect(linesOf((log) => log.info('x'.repeat(100_000)))[0]?.length).toBeLessThan(5_000);
  });
});

test('metrics: labels are of closed lists, and what is not known has no value', async () => {
  const metrics = createMetrics({ withProcess: false });
  metrics.judged('fail', 'NO_SIGNATURE');
  metrics.judged('fail', 'a reason that nobody knows');
  const before = (await metrics.text()).body;
  expect(before).toContain('countersign_images_total{verdict="fail",reason="NO_SIGNATURE"} 1');
  expect(before).toContain('countersign_images_total{verdict="fail",reason="other"} 1');
  expect(before).not.toMatch(/^countersign_(?:policies|trusted_root_age_seconds|running_\w+|rejudge_\w+)(?:\{.*\})? /m);
  let refused = 2;
  metrics.observe({
    policies: () => 3,
    trustedRootAgeMs: () => 90_000,
    round: () => ({
      ...{ endedAt: NOW, pods: 7, images: 5, isWhole: false, unwritten: 3 },
      counts: refused === 0 ? [] : [{ namespace: 'shop', kind: 'refused', reason: 'NO_SIGNATURE', images: refused }],
    }),
  });
  const { body } = await metrics.text();
  expect(body).toMatch(/^countersign_policies 3$/m);
  expect(body).toMatch(/^countersign_trusted_root_age_seconds 90$/m);
  expect(body).toMatch(/^countersign_running_pods 7$/m);
  expect(body).toMatch(/^countersign_rejudge_incomplete 1$/m);
  expect(body).toMatch(/^countersign_rejudge_unwritten 3$/m);
  expect(body).toContain('countersign_running_images_refused{namespace="shop",kind="refused",reason="NO_SIGNATURE"} 2');
  refused = 0;
  const after = (await metrics.text()).body;
  expect(after).not.toContain('namespace="shop"');
  expect(after).toContain('countersign_running_images_refused{namespace="",kind="refused",reason=""} 0');
});

test.each([
  ['a Pod', { spec: { serviceAccountName: 'a' } }],
  ['a Deployment', { spec: { template: { spec: { serviceAccountName: 'a' } } } }],
  ['a CronJob', { spec: { jobTemplate: { spec: { template: { spec: { serviceAccountName: 'a' } } } } } }],
  ['a PodTemplate', { template: { spec: { serviceAccountName: 'a' } } }],
])('the pull secrets of %s', (_what, object) => {
  expect(podSpecOf(object)).toEqual({ serviceAccountName: 'a' });
});

test.each([null, undefined, [], 'x', { spec: null }, { spec: [] }, JSON.parse('{"__proto__":{"spec":{}}}')])(
  'an object without pull secrets: %j',
  (object) => {
    expect(podSpecOf(object)).toBeUndefined();
  },
);

describe('the certificate files', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tls-files-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** A clock whose pauses end when the test says so. */
  function steppedClock() {
    const waiting: (() => void)[] = [];
    return {
      now: () => new Date(),
      sleep: (ms: number) => (ms < 1_000 ? Promise.resolve() : new Promise<void>((resolve) => waiting.push(resolve))),
      async step() {
        while (waiting.length === 0) await new Promise((resolve) => setImmediate(resolve));
        for (const one of waiting.splice(0)) one();
        while (waiting.length === 0) await new Promise((resolve) => setImmediate(resolve));
      },
    };
  }

  const optionsFor = (path: string, clock: TlsFilesOptions['clock']): TlsFilesOptions => ({
    paths: { certificate: join(path, 'tls.crt'), key: join(path, 'tls.key') },
    readFile: readRegularFile,
    clock,
    mask: () => undefined,
  });
  const filesOf = ({ tls }: ReturnType<typeof mintLoopbackTls>) => ({ 'tls.crt': tls.cert, 'tls.key': tls.key });

  test('a replaced volume is used; what cannot be used is told once and leaves the last pair in force', async () => {
    const path = join(folder, 'rotated');
    await mountVolume(path, filesOf(mintLoopbackTls()));
    const clock = steppedClock();
    const files = await openTlsFiles(optionsFor(path, clock));
    const first = files.current().fingerprint;
    const used: string[] = [];
    const problems: string[] = [];
    const end = new AbortController();
    files.watch(end.signal, {
      onPair: ({ fingerprint }) => used.push(fingerprint),
      onProblem: (problem) => problems.push(problem),
    });
    await clock.step();
    expect([used, problems]).toEqual([[], []]);
    const second = mintLoopbackTls();
    await mountVolume(path, filesOf(second));
    await clock.step();
    expect(used).toHaveLength(1);
    expect(files.current().fingerprint).toBe(used[0]);
    expect(used[0]).not.toBe(first);
    // A certificate of one pair with the key of another, for two looks.
    await mountVolume(path, { 'tls.crt': mintLoopbackTls().tls.cert, 'tls.key': second.tls.key });
    await clock.step();
    await clock.step();
    expect(problems).toEqual([expect.stringContaining('does not belong to the certificate')]);
    expect(files.current().fingerprint).toBe(used[0]);
    await mountVolume(path, { ...filesOf(second), 'tls.crt': 'nothing' });
    await clock.step();
    expect(problems).toHaveLength(2);
    await mountVolume(path, filesOf(mintLoopbackTls()));
    await clock.step();
    expect(used).toHaveLength(2);
    end.abort();
  });

  test('a pair that the server cannot take is tried again, and does not end the watch', async () => {
    const path = join(folder, 'refused');
    await mountVolume(path, filesOf(mintLoopbackTls()));
    const clock = steppedClock();
    const files = await openTlsFiles(optionsFor(path, clock));
    const first = files.current().fingerprint;
    let isRefused = true;
    const problems: string[] = [];
    const end = new AbortController();
    files.watch(end.signal, {
      onPair() {
        if (isRefused) throw new Error('not this one');
      },
      onProblem: (problem) => problems.push(problem),
    });
    await mountVolume(path, filesOf(mintLoopbackTls()));
    await clock.step();
    await clock.step();
    expect(problems).toEqual([expect.stringContaining('not this one')]);
    expect(files.current().fingerprint).toBe(first);
    isRefused = false;
    await clock.step();
    expect(files.current().fingerprint).not.toBe(first);
    end.abort();
  });

  test('a certificate that ends while it is in use is told, although its file is the same', async () => {
    const path = join(folder, 'ending');
    await mountVolume(path, filesOf(mintLoopbackTls()));
    const clock = steppedClock();
    const moved = { ...clock, now: () => now };
    let now = new Date();
    const files = await openTlsFiles(optionsFor(path, moved));
    const problems: string[] = [];
    const end = new AbortController();
    files.watch(end.signal, { onPair: () => undefined, onProblem: (problem) => problems.push(problem) });
    await clock.step();
    expect(problems).toEqual([]);
    now = files.current().ends;
    await clock.step();
    expect(problems).toEqual([expect.stringContaining('ended at')]);
    end.abort();
  });

  test.each([
    ['no files', undefined, 'there is no file'],
    ['an expired certificate', mintLoopbackTls(new Date(Date.now() - 40 * 86_400_000)), 'ended at'],
  ])('%s stop the start', async (what, minted, problem) => {
    const path = join(folder, what.replaceAll(' ', '-'));
    if (minted !== undefined) await mountVolume(path, filesOf(minted));
    const clock = { now: () => new Date(), sleep: () => Promise.resolve() };
    await expect(openTlsFiles(optionsFor(path, clock))).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringContaining(problem),
      hint: expect.stringContaining('COUNTERSIGN_TLS_CERTIFICATE'),
    });
  });

  test('a key in the wrong file is not quoted', async () => {
    const path = join(folder, 'swapped');
    const { tls } = mintLoopbackTls();
    await mountVolume(path, { 'tls.crt': tls.key, 'tls.key': tls.cert });
    await writeFile(join(folder, 'unused'), '');
    const clock = { now: () => new Date(), sleep: () => Promise.resolve() };
    const error: unknown = await openTlsFiles(optionsFor(path, clock)).catch((thrown: unknown) => thrown);
    expect(String(error)).toContain('is not a PEM certificate');
    expect(String(error)).not.toContain(tls.key.split('\n')[1]);
  });
});

test('the webhook leads to nothing of GitHub, of the actions, of their reports or of signing', () => {
  const reached = closureOf(['entries/webhook/main.ts']);
  expect(reached.size).toBeGreaterThan(200);
  const strange =
    /^(?:github|report|entries\/(?:action|gate|sign|verify|verify-files|audit))\/|^(?:sigstore|usecases)\/signing\//;
  expect([...reached].filter((path) => strange.test(path))).toEqual([]);
  const packages = FILES.filter(({ path }) => reached.has(path)).flatMap(({ imports }) =>
    imports.map(({ target }) => target),
  );
  expect(packages.filter((name) => name.startsWith('@actions/'))).toEqual([]);
  // Twin: an action leads there.
  expect([...closureOf(['entries/verify/main.ts'])].some((path) => strange.test(path))).toBe(true);
});
