import { expect, test } from 'vitest';
import { CodedError } from '../../../src/coded-error.ts';
import type { Digest } from '../../../src/domain/image/digest.ts';
import { parseReference } from '../../../src/domain/image/reference.ts';
import type { ImageAdmission, ImageToAdmit, RegistryAccess } from '../../../src/usecases/admitting/admitter.ts';
import { createNotable } from '../../../src/usecases/rejudging/notable.ts';
import { type RejudgeOptions, rejudge } from '../../../src/usecases/rejudging/rejudge.ts';
import type { Relation } from '../../../src/usecases/rejudging/relate-content.ts';
import type { Finding } from '../../../src/usecases/rejudging/round.ts';
import type { ReportedImage, RunningImage, RunningPod } from '../../../src/usecases/rejudging/running-pod.ts';
import { testCall } from '../../calls.ts';

const digest = (letter: string): Digest => `sha256:${letter.repeat(64)}` as Digest;
const [A, B, C] = [digest('a'), digest('b'), digest('c')];
const NOTHING: ReportedImage = { kind: 'nothing' };
const reportedAs = (text: string): ReportedImage => {
  const { repository, digest: named } = parseReference(text);
  return { kind: 'image', repository, digest: named as Digest };
};

interface Field {
  readonly image: string;
  readonly reported?: ReportedImage;
  readonly labels?: Readonly<Record<string, string>>;
  readonly subject?: string;
}

function pod(name: string, fields: readonly Field[], overrides: Partial<RunningPod> = {}): RunningPod {
  const namespace = overrides.namespace ?? 'shop';
  const images = fields.map(({ image, reported = NOTHING, labels = {}, subject }, index): RunningImage => {
    const { repository, tag, digest: pinned } = parseReference(image, { impliedLatest: true });
    const object = { apiVersion: 'v1', kind: 'Pod', labels: new Map(Object.entries(labels)) };
    const annotated = subject === undefined ? undefined : { subject, issuer: undefined };
    const named = { field: `spec.containers[${index}].image`, written: image, use: { object, annotated } };
    return { ...named, repository, tag, digest: pinned, reported };
  });
  const pull = { namespace, serviceAccountName: '', imagePullSecrets: [] };
  return { name, uid: `uid-${name}`, images, problems: [], pull, ...overrides, namespace };
}

interface World {
  /** Verdicts by digest; others pass. `undefined` is the image without a digest. */
  readonly verdicts?: ReadonlyMap<Digest | undefined, Partial<ImageAdmission>>;
  readonly tags?: Readonly<Record<string, Digest>>;
  readonly relation?: Relation | undefined;
  readonly accessFor?: RejudgeOptions['accessFor'];
  readonly isTimeUp?: () => boolean;
  readonly signal?: AbortSignal;
  readonly onJudge?: (image: ImageToAdmit) => void | Promise<void>;
}

const REFUSED: Partial<ImageAdmission> = { verdict: 'fail', reason: 'NO_SIGNATURE', message: 'no signature was found' };
const OUTAGE: Partial<ImageAdmission> = { verdict: 'error', reason: 'REGISTRY_UNAVAILABLE', message: 'no answer' };

async function run(pods: readonly RunningPod[], world: World = {}) {
  const calls: string[] = [];
  const judge =
    (name: string) =>
    async (_call: unknown, image: ImageToAdmit): Promise<ImageAdmission> => {
      calls.push(`${name} ${image.namespace} ${image.repository.path} ${image.digest?.slice(7, 9) ?? image.tag}`);
      await world.onJudge?.(image);
      const verdict = world.verdicts?.get(image.digest) ?? { verdict: 'pass' };
      const basis = { reason: undefined, message: '', hint: undefined, policies: [], digest: image.digest };
      return { ...basis, ...verdict } as ImageAdmission;
    };
  const round = await rejudge(pods, {
    admitter: {
      judge: judge('remembered'),
      judgeAgain: judge('again'),
      resolve: async (_call, { tag }) => world.tags?.[tag ?? ''],
    },
    accessFor: world.accessFor ?? (async () => ({ loginId: '', registry: {} }) as RegistryAccess),
    relate: async (_call, pair) => {
      calls.push(`relate ${pair.pinned.slice(7, 9)} ${pair.reported.slice(7, 9)}`);
      return world.relation;
    },
    newCall: (signal) => ({ call: testCall({ signal }), close: () => undefined }),
    signal: world.signal ?? new AbortController().signal,
    isTimeUp: world.isTimeUp ?? (() => false),
    pause: () => Promise.resolve(),
  });
  return { round, calls, found: round.findings.map(lineOf) };
}

function lineOf({ kind, pod: { name }, field, reason, image }: Finding): string {
  return `${kind} ${name} ${field.replace('spec.', '')} ${reason} ${image.replace(/@sha256:(\w)\w+/, '@$1')}`;
}

test('what does not pass is found with its Pod, field and reason; what passes or is allowed is not', async () => {
  const pods = [
    pod('one', [{ image: `r.io/app@${A}` }, { image: `r.io/side@${B}` }]),
    pod('two', [{ image: `r.io/app@${C}` }]),
  ];
  const policies = [
    { name: 'holds', authority: 'a', verdict: 'pass' as const, reason: null, message: '' },
    { name: 'ours', authority: 'a', verdict: 'fail' as const, reason: null, message: '' },
  ];
  const allowed: Partial<ImageAdmission> = { verdict: 'allowed', reason: 'POLICY_NO_MATCH' };
  const verdicts = new Map<Digest | undefined, Partial<ImageAdmission>>([
    [B, { ...REFUSED, policies }],
    [C, allowed],
  ]);
  const { round, found } = await run(pods, { verdicts });
  expect(found).toEqual(['refused one containers[1].image NO_SIGNATURE r.io/side@b']);
  expect(round.findings[0]).toMatchObject({ message: 'no signature was found', policies: ['ours'] });
  expect(round).toMatchObject({ pods: 2, images: 3, unlisted: 0 });
  expect(round.counts).toEqual([{ namespace: 'shop', kind: 'refused', reason: 'NO_SIGNATURE', images: 1 }]);
  expect(round.namespaces.get('shop')).toEqual({ admitted: 2, failed: 1, undecided: 0 });
  // Twin: signed again.
  expect((await run(pods)).found).toEqual([]);
});

test('an image that several Pods run is judged once and found at each', async () => {
  const pods = ['one', 'two', 'three'].map((name) => pod(name, [{ image: `r.io/app:${name}@${A}` }]));
  pods.push(pod('four', [{ image: `r.io/app:one@${A}` }]));
  const { round, calls, found } = await run(pods, { verdicts: new Map([[A, REFUSED]]) });
  // By its first tag; the other tags use what was found.
  expect(calls.filter((call) => call.startsWith('again'))).toHaveLength(1);
  expect(calls.filter((call) => call.startsWith('remembered'))).toHaveLength(2);
  expect(found).toHaveLength(4);
  expect(round.counts).toEqual([expect.objectContaining({ images: 1 })]);
});

test.each<[string, Partial<Field>, Partial<RunningPod>]>([
  ['labels', { labels: { app: 'x' } }, {}],
  ['annotations', { subject: 'somebody' }, {}],
  ['a namespace', {}, { namespace: 'other' }],
  ['logins', {}, { pull: { namespace: 'shop', serviceAccountName: '', imagePullSecrets: ['mine'] } }],
])('the same image with other %s is judged for itself', async (_, field, overrides) => {
  const same = { image: `r.io/app@${A}` };
  const { calls } = await run([pod('one', [same]), pod('two', [{ ...same, ...field }], overrides)]);
  expect(calls).toHaveLength(2);
  // Twin: nothing differs.
  expect((await run([pod('one', [same]), pod('two', [same])])).calls).toHaveLength(1);
});

test('a second look at an image waits for the first, so that it does not see what was remembered before', async () => {
  const steps: string[] = [];
  const image = `r.io/app@${A}`;
  await run([pod('one', [{ image }, { image, labels: { a: 'b' } }])], {
    onJudge: async () => {
      steps.push('begins');
      await new Promise((resolve) => setImmediate(resolve));
      steps.push('ends');
    },
  });
  expect(steps).toEqual(['begins', 'ends', 'begins', 'ends']);
});

// ── what the status says ────────────────────────────────────────────────────────────────────────

test.each<[string, ReportedImage, Relation | undefined, string | undefined]>([
  ['the same digest', reportedAs(`r.io/app@${A}`), 'other', undefined],
  ['another one without an image in common', reportedAs(`r.io/app@${B}`), 'other', 'OTHER_IMAGE'],
  ["the platform's manifest", reportedAs(`r.io/app@${B}`), 'part', undefined],
  ['another index of the same image', reportedAs(`r.io/app@${B}`), 'shared', undefined],
  ['one that cannot be read', reportedAs(`r.io/app@${B}`), undefined, undefined],
  ['another repository', reportedAs(`r.io/mirror@${B}`), 'other', undefined],
  ['the digest of a configuration', { kind: 'unnamed' }, 'other', undefined],
  ['nothing yet', NOTHING, 'other', undefined],
])('a pinned image whose status names %s', async (_, reported, relation, reason) => {
  const { round } = await run([pod('one', [{ image: `r.io/app@${A}`, reported }])], { relation });
  expect(round.findings.map((finding) => finding.reason)).toEqual(reason === undefined ? [] : [reason]);
});

test('a registry is not asked about the status unless a signature was read from it', async () => {
  const image = { image: `r.io/app@${A}`, reported: reportedAs(`r.io/app@${B}`) };
  for (const verdict of ['allowed', 'fail', 'error'] as const) {
    const { calls } = await run([pod('one', [image])], { verdicts: new Map([[A, { verdict }]]), relation: 'other' });
    expect(calls.some((call) => call.startsWith('relate'))).toBe(false);
  }
  expect((await run([pod('one', [image])], { relation: 'other' })).calls).toContain('relate aa bb');
});

test('a tag is judged by what runs, else by what it means now, else as it is', async () => {
  const verdicts = new Map<Digest | undefined, Partial<ImageAdmission>>([
    [A, REFUSED],
    [undefined, { verdict: 'fail', reason: 'INPUT_INVALID' }],
  ]);
  const found = async (reported: ReportedImage, tags = {}) =>
    (await run([pod('one', [{ image: 'r.io/app:1', reported }])], { verdicts, tags })).found;
  expect(await found(reportedAs(`r.io/app@${A}`), { 1: A })).toEqual([
    'refused one containers[0].image NO_SIGNATURE r.io/app@a',
  ]);
  expect(await found(reportedAs(`r.io/app@${B}`), { 1: A })).toEqual([]);
  for (const unusable of [NOTHING, reportedAs(`r.io/mirror@${B}`), { kind: 'unnamed' } as const]) {
    expect(await found(unusable, { 1: A })).toEqual(['refused one containers[0].image NO_SIGNATURE r.io/app@a']);
    expect(await found(unusable, { 1: B })).toEqual([]);
    expect(await found(unusable)).toEqual(['refused one containers[0].image INPUT_INVALID r.io/app:1']);
  }
});

test("a tag whose status names the platform's manifest is judged by the index that lists it, and by no other", async () => {
  const pods = [pod('one', [{ image: 'r.io/app:1', reported: reportedAs(`r.io/app@${A}`) }])];
  const verdicts = new Map([[A, REFUSED]]);
  const found = async (world: World) => (await run(pods, { verdicts, ...world })).found;
  expect(await found({ tags: { 1: B }, relation: 'part' })).toEqual([]);
  for (const relation of ['shared', 'other', undefined] as const) {
    expect(await found({ tags: { 1: B }, relation }), relation).toHaveLength(1);
  }
  expect(
    await found({ tags: { 1: B }, relation: 'part', verdicts: new Map([...verdicts, [B, REFUSED]]) }),
  ).toHaveLength(1);
  const allowed: Partial<ImageAdmission> = { verdict: 'allowed' };
  expect(
    await found({ tags: { 1: B }, relation: 'part', verdicts: new Map([...verdicts, [B, allowed]]) }),
  ).toHaveLength(1);
});

// ── what cannot be decided ──────────────────────────────────────────────────────────────────────

test('a field that cannot be read is refused, as at admission', async () => {
  const problems = [{ field: 'spec.containers[0].image', message: 'it has white space' }];
  const { round, found } = await run([pod('one', [], { problems })]);
  expect(found).toEqual(['refused one containers[0].image INPUT_INVALID ']);
  expect(round.namespaces.get('shop')).toEqual({ admitted: 0, failed: 1, undecided: 0 });
});

test('a registry that gives no answer five times in a row is not asked again; others are', async () => {
  const letters = [...'0123456789'];
  const down = letters.map((letter) => ({ image: `down.io/app@${digest(letter)}` }));
  const up = letters.map((letter) => ({ image: `up.io/app@${digest(letter)}`, labels: { of: 'up' } }));
  const asked: string[] = [];
  const verdictOf = (image: ImageToAdmit): void => {
    asked.push(image.repository.registry);
    if (image.repository.registry === 'down.io') throw new CodedError('REGISTRY_UNAVAILABLE', 'no answer');
  };
  const { round } = await run([pod('one', [...down, ...up])], { onJudge: verdictOf });
  const silent = asked.filter((registry) => registry === 'down.io').length;
  // Those under way at the same time are not taken back.
  expect(silent).toBeGreaterThanOrEqual(5);
  expect(silent).toBeLessThan(9);
  expect(asked.filter((registry) => registry === 'up.io')).toHaveLength(10);
  expect(round.findings).toHaveLength(10);
  expect(new Set(round.findings.map(({ kind, reason }) => `${kind} ${reason}`))).toEqual(
    new Set(['undecided REGISTRY_UNAVAILABLE']),
  );
  expect(round.namespaces.get('shop')).toEqual({ admitted: 10, failed: 0, undecided: 10 });
});

test('when the time is up the rest is undecided, and not passed', async () => {
  let judged = 0;
  const pods = [
    pod(
      'one',
      [...'0123456789'].map((letter) => ({ image: `r.io/app@${digest(letter)}` })),
    ),
  ];
  const onJudge = (): void => {
    judged += 1;
  };
  const { round } = await run(pods, { onJudge, isTimeUp: () => judged >= 3 });
  expect(round.findings.length).toBeGreaterThan(0);
  expect(round.findings.length + judged).toBe(10);
  expect(new Set(round.findings.map(({ reason }) => reason))).toEqual(new Set(['TIMEOUT']));
});

test('namespaces take turns, so that one with many images does not use up the time of the others', async () => {
  const many = pod(
    'many',
    [...'0123456789abcdef'].map((letter) => ({ image: `slow.io/app@${digest(letter)}` })),
  );
  const few = pod('few', [{ image: `r.io/app@${A}` }], { namespace: 'small' });
  const { calls } = await run([many, few]);
  expect(calls.findIndex((call) => call.includes(' small '))).toBeLessThan(2);
});

test('logins that cannot be read, and defects, are undecided with their code, and hide nothing else', async () => {
  const pods = [pod('one', [{ image: `r.io/app@${A}` }]), pod('two', [{ image: `r.io/app@${B}` }])];
  const secrets = pod('three', [{ image: `r.io/app@${C}` }], {
    pull: { namespace: 'shop', serviceAccountName: '', imagePullSecrets: ['gone'] },
  });
  const { found, round } = await run([...pods, secrets], {
    accessFor: async (_call, { imagePullSecrets }) => {
      if (imagePullSecrets.length > 0) throw new CodedError('KUBERNETES_REFUSED', 'no right to read the secret');
      return { loginId: '', registry: {} } as RegistryAccess;
    },
    onJudge: ({ digest: judged }) => {
      if (judged === B) throw new TypeError('words of a registry');
    },
  });
  expect(found).toEqual([
    'undecided two containers[0].image INTERNAL_ERROR r.io/app@b',
    'undecided three containers[0].image KUBERNETES_REFUSED r.io/app@c',
  ]);
  expect(JSON.stringify(round)).not.toContain('words of a registry');
});

test('a round ends by its signal and has no result then', async () => {
  const controller = new AbortController();
  const reason = new Error('the lease is lost');
  const running = run([pod('one', [{ image: `r.io/app@${A}` }, { image: `r.io/app@${B}` }])], {
    signal: controller.signal,
    onJudge: () => {
      controller.abort(reason);
      throw new Error('ended');
    },
  });
  await expect(running).rejects.toBe(reason);
});

test('findings are listed within limits and counted without', async () => {
  const pods = Array.from({ length: 1_200 }, (_, index) => pod(`pod-${index}`, [{ image: `r.io/app@${A}` }]));
  pods.push(pod('other', [{ image: `r.io/app@${A}` }], { namespace: 'other' }));
  const { round } = await run(pods, { verdicts: new Map([[A, REFUSED]]) });
  expect(round.findings).toHaveLength(1_001);
  expect(round.unlisted).toBe(200);
  expect(round.namespaces.get('shop')).toEqual({ admitted: 0, failed: 1_200, undecided: 0 });
  expect(round.findings.some(({ pod: { namespace } }) => namespace === 'other')).toBe(true);
});

test('what could not be decided is told in the second round, a refusal in the first, each image of a Pod once', async () => {
  const notable = createNotable();
  const pods = [pod('one', [{ image: `r.io/app@${A}` }, { image: `r.io/app@${A}` }, { image: `r.io/app@${B}` }])];
  const roundOf = async (outage: Partial<ImageAdmission>) =>
    notable(
      (
        await run(pods, {
          verdicts: new Map([
            [A, REFUSED],
            [B, outage],
          ]),
        })
      ).round,
    ).map(lineOf);
  const refused = 'refused one containers[0].image NO_SIGNATURE r.io/app@a';
  expect(await roundOf(OUTAGE)).toEqual([refused]);
  // The outage goes on under another name.
  expect(await roundOf({ ...OUTAGE, reason: 'TIMEOUT' })).toEqual([
    refused,
    'undecided one containers[2].image TIMEOUT r.io/app@b',
  ]);
  expect(await roundOf({ verdict: 'pass' })).toEqual([refused]);
  expect(await roundOf(OUTAGE)).toEqual([refused]);
});
