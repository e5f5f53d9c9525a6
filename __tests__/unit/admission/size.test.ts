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

test('manifests inside of texts count before they are parsed', async () => {
  // Each of the characters costs as much as a value, and none of them is one for `measure`.
  const workflow = (manifest: string): Json =>
    tampered('create-pod', (request) => {
      request.kind = { group: 'argoproj.io', version: 'v1alpha1', kind: 'Workflow' };
      request.resource = { group: 'argoproj.io', version: 'v1alpha1', resource: 'workflows' };
      request.object = {
        ...{ apiVersion: 'argoproj.io/v1alpha1', kind: 'Workflow', metadata: { name: 'w' } },
        spec: { templates: [{ name: 't', resource: { action: 'create', manifest } }] },
      };
    });
  const pod = 'apiVersion: v1\nkind: Pod\nspec: {containers: [{name: a, image: registry.test/acme/app:1}]}\n';
  const padded = `${pod}# `;
  const largest = `${padded}${'x'.repeat(100_000 - padded.length)}`;
  expect((await askValidate(workflow(largest))).asked).toEqual(['registry.test/acme/app:1']);
  const refused = await askValidate(workflow(`${largest}x`));
  expect(refused).toMatchObject({ asked: [], response: { allowed: false } });
  expect(refused.message).toContain('the object has more than 100000 characters of manifests inside of manifests');
});
