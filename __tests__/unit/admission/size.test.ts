import { expect, test } from 'vitest';
import { measure } from '../../../src/admission/size.ts';
import { askMutate, askValidate, type Json, tampered } from './reviews.ts';

const nested = (depth: number): Json => JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`);

test('an object is large by its places for images, by its values, and deep by its nesting', () => {
  const images = (count: number) => ({ list: Array.from({ length: count }, () => ({ image: 'x' })) });
  expect(measure(images(1_000))).toEqual({ isLarge: false, isDeep: false });
  expect(measure(images(1_001))).toEqual({ isLarge: true, isDeep: false });
  expect(measure({ list: Array.from({ length: 49_999 }, () => null) })).toEqual({ isLarge: false, isDeep: false });
  expect(measure({ list: Array.from({ length: 50_000 }, () => null) })).toEqual({ isLarge: true, isDeep: false });
  expect(measure(nested(201))).toEqual({ isLarge: false, isDeep: false });
  expect(measure(nested(202))).toMatchObject({ isDeep: true });
  // Far deeper than recursion could follow.
  expect(measure(nested(200_000))).toMatchObject({ isDeep: true });
  expect(measure({})).toEqual({ isLarge: false, isDeep: false });
});

const HOSTILE: readonly (readonly [string, (pod: Json) => void])[] = [
  [
    'containers without end',
    (pod) => (pod.spec.containers = Array.from({ length: 40_000 }, (_, at) => ({ name: `c${at}`, image: 'a.test/b' }))),
  ],
  ['values without end', (pod) => (pod.spec.other = Array.from({ length: 300_000 }, () => 1))],
  ['a depth without end', (pod) => (pod.spec.other = nested(100_000))],
  ['a depth without end in its labels', (pod) => (pod.metadata.labels = nested(100_000))],
  ['an image of a megabyte', (pod) => (pod.spec.containers[0].image = '\u202e'.repeat(1_000_000))],
];

test.each(HOSTILE)('%s are refused, as a new object and as a change, without a crash', async (_name, change) => {
  for (const name of ['create-pod', 'update-pod-annotation']) {
    const review = tampered(name, ({ object }) => change(object));
    for (const areLabelsJudged of [false, true]) {
      const { response, message, asked, defects } = await askValidate(review, { settings: { areLabelsJudged } });
      expect(response.allowed).toBe(false);
      expect(message).toContain('INPUT_INVALID');
      expect(asked).toEqual([]);
      expect(defects).toEqual([]);
    }
    const pinned = await askMutate(review);
    expect(pinned.response).toEqual({ uid: review.request.uid, allowed: true });
    expect(pinned.defects).toEqual([]);
  }
});

test('a large object that was there before may lose a finalizer', async () => {
  const [, change] = HOSTILE[0] as (typeof HOSTILE)[number];
  const same = tampered('update-pod-finalizer-removed', ({ object, oldObject }) => [object, oldObject].forEach(change));
  expect((await askValidate(same)).response).toMatchObject({
    allowed: true,
    auditAnnotations: { verdict: 'unchanged' },
  });
  same.request.object.spec.containers[39_999].image = 'a.test/c';
  expect((await askValidate(same)).response.allowed).toBe(false);
});

/** A review of an Argo Workflow, whose templates have manifests in texts. */
const workflow = (...manifests: readonly string[]): Json =>
  tampered('create-pod', (request) => {
    request.kind = { group: 'argoproj.io', version: 'v1alpha1', kind: 'Workflow' };
    request.resource = { group: 'argoproj.io', version: 'v1alpha1', resource: 'workflows' };
    request.object = {
      ...{ apiVersion: 'argoproj.io/v1alpha1', kind: 'Workflow', metadata: { name: 'w' } },
      spec: { templates: manifests.map((manifest) => ({ name: 't', resource: { action: 'create', manifest } })) },
    };
  });

test('manifests inside of texts count before they are parsed', async () => {
  const pod = 'apiVersion: v1\nkind: Pod\nspec: {containers: [{name: a, image: registry.test/acme/app:1}]}\n';
  const padded = `${pod}# `;
  const largest = `${padded}${'x'.repeat(100_000 - padded.length)}`;
  expect((await askValidate(workflow(largest))).asked).toEqual(['registry.test/acme/app:1']);
  for (const manifests of [[`${largest}x`], [largest, pod]]) {
    const refused = await askValidate(workflow(...manifests));
    expect(refused).toMatchObject({ asked: [], response: { allowed: false } });
    expect(refused.message).toContain('the object has more than 100000 characters of manifests inside of manifests');
  }
});

test('values of manifests inside of texts count together, as often as aliases use them', async () => {
  const pod = (values: number): string =>
    `{apiVersion: v1, kind: Pod, spec: {containers: [{image: registry.test/acme/app:1}]}, a: &a [${'1,'.repeat(99)}], b: [${'*a,'.repeat(values / 100)}]}`;
  expect((await askValidate(workflow(pod(40_000)))).asked).toEqual(['registry.test/acme/app:1']);
  // Twins: too many in one text, in two, and in a text behind one that left nothing.
  for (const manifests of [[pod(60_000)], [pod(40_000), pod(40_000)], [pod(60_000), pod(100), pod(100)]]) {
    const refused = await askValidate(workflow(...manifests));
    expect(refused).toMatchObject({ asked: [], response: { allowed: false } });
    expect(refused.message).toMatch(/there are more than \d+ values/);
  }
});

test('paths to images count by their length, which one key may give to thousands', async () => {
  const withKey = (length: number): Json =>
    tampered('create-pod', ({ object }) => {
      const containers = Array.from({ length: 900 }, () => ({ name: 'a', image: 'registry.test/acme/app:1' }));
      object.spec['k'.repeat(length)] = { containers };
    });
  expect((await askValidate(withKey(900))).response.allowed).toBe(true);
  const refused = await askValidate(withKey(1_100));
  expect(refused).toMatchObject({ asked: [], response: { allowed: false } });
  expect(refused.message).toContain('the paths to the images of the object have more than 1000000 characters');
  // The same for what is wrong, which is named without its path when there is no more room.
  const wrong = tampered('create-pod', ({ object }) => {
    object.spec['\u202e'.repeat(100_000)] = Array.from({ length: 900 }, () => ({ image: '$x' }));
  });
  expect((await askValidate(wrong)).response.allowed).toBe(false);
  expect((await askMutate(wrong)).response).toEqual({ uid: wrong.request.uid, allowed: true });
});
