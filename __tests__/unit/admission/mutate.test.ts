import { expect, test } from 'vitest';
import type { AskedImage } from '../../../src/admission/image-judge.ts';
import type { Digest } from '../../../src/domain/image/digest.ts';
import { formatRepository } from '../../../src/domain/image/reference.ts';
import { parseImagePath } from '../../../src/workloads/image-paths.ts';
import { askMutate, askValidate, digestOf, type Json, patchOf, recorded, tampered, UNSIGNED } from './reviews.ts';

const APP = 'registry.test/acme/app';
const A = digestOf('a');
/** A registry where every tag has moved to this digest. */
const MOVED = digestOf('e');
const resolve = async ({ digest, repository }: AskedImage): Promise<Digest | undefined> => {
  return digest === undefined && formatRepository(repository) === APP ? MOVED : undefined;
};

/** Applies a JSON Patch of replacements (RFC 6902 §4.3) to the object of the request. */
function applied(review: Json, patch: Json): Json {
  const copy = structuredClone(review);
  for (const { op, path, value } of patch ?? []) {
    expect(op).toBe('replace');
    const steps = path
      .slice(1)
      .split('/')
      .map((step: string) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
    const last = steps.pop();
    const parent = steps.reduce((one: Json, step: string) => one[step], copy.request.object);
    // The target must exist.
    expect(parent[last]).toBeDefined();
    parent[last] = value;
  }
  return copy;
}

test('a tag gets its digest behind it, and a second call changes nothing', async () => {
  const review = recorded('create-pod-tag');
  const answered = await askMutate(review, { resolve });
  expect(answered.response).toMatchObject({ uid: review.request.uid, allowed: true, patchType: 'JSONPatch' });
  expect(patchOf(answered)).toEqual([
    { op: 'replace', path: '/spec/containers/0/image', value: `${APP}:1.0@${MOVED}` },
  ]);
  const again = await askMutate(applied(review, patchOf(answered)), { resolve });
  expect(again.response).toEqual({ uid: review.request.uid, allowed: true });
});

const tagged = (change: (request: Json) => void = () => undefined): Json =>
  tampered('create-pod-all-fields', (request) => {
    const { spec } = request.object;
    spec.initContainers[0].image = APP;
    spec.initContainers[1].image = `${APP}:1.0`;
    spec.containers[1].image = `${APP}:1.0`;
    spec.volumes[0].image.reference = `${APP}:model`;
    change(request);
  });

test('every field is pinned in its place, each tag resolved once; what has a digest stays', async () => {
  const answered = await askMutate(tagged(), { resolve });
  expect(patchOf(answered)).toEqual([
    { op: 'replace', path: '/spec/containers/1/image', value: `${APP}:1.0@${MOVED}` },
    { op: 'replace', path: '/spec/initContainers/0/image', value: `${APP}@${MOVED}` },
    { op: 'replace', path: '/spec/initContainers/1/image', value: `${APP}:1.0@${MOVED}` },
    { op: 'replace', path: '/spec/volumes/0/image/reference', value: `${APP}:model@${MOVED}` },
  ]);
  expect(answered.asked.toSorted()).toEqual([`${APP}:1.0`, `${APP}:latest`, `${APP}:model`]);
  const { response } = await askMutate(applied(tagged(), patchOf(answered)), { resolve });
  expect(response.patch).toBeUndefined();
});

test('templates of workloads are pinned where they are', async () => {
  const PATHS = {
    'create-deployment': '/spec/template/spec/containers/0/image',
    'create-cronjob': '/spec/jobTemplate/spec/template/spec/containers/0/image',
    'create-podtemplate': '/template/spec/containers/0/image',
  };
  for (const [name, path] of Object.entries(PATHS)) {
    const review = tampered(name, ({ object }) => {
      const pod = object.template?.spec ?? object.spec.jobTemplate?.spec.template.spec ?? object.spec.template.spec;
      pod.containers[0].image = `${APP}:1.0`;
    });
    expect(patchOf(await askMutate(review, { resolve }))).toEqual([
      { op: 'replace', path, value: `${APP}:1.0@${MOVED}` },
    ]);
  }
});

test('a debug container is pinned, and the containers of the Pod stay', async () => {
  const review = tampered('update-pod-ephemeral', ({ object }) => {
    object.spec.ephemeralContainers[0].image = `${APP}:debug`;
  });
  expect(patchOf(await askMutate(review, { resolve }))).toEqual([
    { op: 'replace', path: '/spec/ephemeralContainers/0/image', value: `${APP}:debug@${MOVED}` },
  ]);
});

test('keys that a pointer must escape', async () => {
  const review = tampered('create-pod', (request) => {
    request.kind = { group: 'example.test', version: 'v1', kind: 'Thing' };
    request.resource = { group: 'example.test', version: 'v1', resource: 'things' };
    request.object = { apiVersion: 'example.test/v1', kind: 'Thing', spec: { 'a/b~c': [`${APP}:1`] } };
  });
  const settings = { imagePaths: [parseImagePath('Thing.example.test spec/a~1b~0c/*')] };
  const patch = patchOf(await askMutate(review, { resolve, settings }));
  expect(patch).toEqual([{ op: 'replace', path: '/spec/a~1b~0c/0', value: `${APP}:1@${MOVED}` }]);
  expect(applied(review, patch).request.object.spec['a/b~c']).toEqual([`${APP}:1@${MOVED}`]);
});

test('an image inside of an embedded manifest has no pointer and stays', async () => {
  const review = tampered('create-pod', (request) => {
    request.kind = { group: 'argoproj.io', version: 'v1alpha1', kind: 'Workflow' };
    request.resource = { group: 'argoproj.io', version: 'v1alpha1', resource: 'workflows' };
    const manifest = `{"apiVersion":"v1","kind":"Pod","spec":{"containers":[{"name":"a","image":"${APP}:1"}]}}`;
    request.object = {
      ...{ apiVersion: 'argoproj.io/v1alpha1', kind: 'Workflow', metadata: { name: 'flow' } },
      spec: {
        templates: [{ name: 'make', resource: { action: 'create', manifest } }, { container: { image: `${APP}:2` } }],
      },
    };
  });
  expect(patchOf(await askMutate(review, { resolve }))).toEqual([
    { op: 'replace', path: '/spec/templates/1/container/image', value: `${APP}:2@${MOVED}` },
  ]);
  // Validation still judges both.
  expect((await askValidate(review)).asked.toSorted()).toEqual([`${APP}:1`, `${APP}:2`]);
});

test('applying the same manifest again keeps the digest that was validated, though the tag has moved', async () => {
  const review = recorded('update-deployment-applied-again');
  const answered = await askMutate(review, { resolve });
  expect(answered.asked).toEqual([]);
  const [{ path, value }] = patchOf(answered);
  expect({ path, value }).toEqual({ path: '/spec/template/spec/containers/0/image', value: `${APP}:1.0@${A}` });
  // So it is unchanged for validation, also while the registry is down.
  const down = { verdicts: { [APP]: UNSIGNED } };
  const valid = await askValidate(applied(review, patchOf(answered)), down);
  expect(valid.response).toMatchObject({ allowed: true, auditAnnotations: { verdict: 'unchanged' } });
  expect(valid.asked).toEqual([]);
  // Without the mutating webhook, the bare tag is a change, and judged.
  expect((await askValidate(review, down)).response.allowed).toBe(false);
});

test.each([
  ['another tag', (spec: Json) => (spec.containers[0].image = `${APP}:1.1`), `${APP}:1.1@${MOVED}`],
  ['no tag', (spec: Json) => (spec.containers[0].image = APP), `${APP}@${MOVED}`],
  [
    'a tag that is the start of the old one',
    (spec: Json) => (spec.containers[0].image = `${APP}:1`),
    `${APP}:1@${MOVED}`,
  ],
])('applying %s resolves it', async (_name, change, value) => {
  const review = tampered('update-deployment-applied-again', ({ object }) => change(object.spec.template.spec));
  expect(patchOf(await askMutate(review, { resolve }))).toMatchObject([{ value }]);
});

test('a digest is kept only for the same field', async () => {
  const review = tampered('update-deployment-applied-again', ({ object }) => {
    const [container] = object.spec.template.spec.containers;
    object.spec.template.spec.containers = [{ name: 'first', image: `${APP}:0` }, container];
  });
  expect(patchOf(await askMutate(review, { resolve }))).toMatchObject([
    { value: `${APP}:0@${MOVED}` },
    { value: `${APP}:1.0@${MOVED}` },
  ]);
});

test('a tag that the old object has too stays: a Pod that runs is not restarted', async () => {
  for (const name of ['update-pod-label', 'update-pod-annotation', 'update-pod-finalizer-removed']) {
    const review = tampered(name, ({ object, oldObject }) => {
      for (const one of [object, oldObject]) one.spec.containers[0].image = `${APP}:1.0`;
    });
    for (const areLabelsJudged of [false, true]) {
      const answered = await askMutate(review, { resolve, settings: { areLabelsJudged } });
      expect(answered.response).toEqual({ uid: review.request.uid, allowed: true });
      expect(answered.asked).toEqual([]);
    }
  }
});

test.each([
  ['delete-pod'],
  ['connect-pod-exec'],
  ['update-deployment-scale'],
  ['update-deployment-status'],
  ['update-pod-status'],
  ['create-configmap'],
  ['create-replicationcontroller-null-template'],
])('%s: nothing to pin', async (name) => {
  const { response, asked } = await askMutate(recorded(name), { resolve });
  expect(response).toEqual({ uid: recorded(name).request.uid, allowed: true });
  expect(asked).toEqual([]);
});

test('a replication controller with a null template is refused by validation, without a crash', async () => {
  for (const template of [undefined, null]) {
    const review = tampered('create-replicationcontroller-null-template', ({ object }) => {
      object.spec.template = template;
    });
    const { response, message, defects } = await askValidate(review);
    expect(response.allowed).toBe(false);
    expect(message).toContain('names no image');
    expect(defects).toEqual([]);
  }
});

const FAILURES: readonly (readonly [string, (image: AskedImage) => Promise<Digest | undefined>])[] = [
  ['is not found', async () => undefined],
  ['throws', () => Promise.reject(new Error('down'))],
  [
    'throws at once',
    () => {
      throw new Error('down');
    },
  ],
];

test.each(FAILURES)('a digest that %s leaves the image for validation to refuse', async (_name, failing) => {
  const review = recorded('create-pod-tag');
  const answered = await askMutate(review, { resolve: failing });
  expect(answered.response).toEqual({ uid: review.request.uid, allowed: true });
  expect(answered.asked).toHaveLength(1);
  expect(answered.defects).toHaveLength(_name === 'is not found' ? 0 : 1);
});

test('one failure does not keep the others from being pinned', async () => {
  const answered = await askMutate(tagged(), {
    resolve: (image) => (image.tag === 'model' ? Promise.reject(new Error('down')) : resolve(image)),
  });
  expect(patchOf(answered)).toHaveLength(3);
});

test('what is not resolved when the answer is due stays', async () => {
  const due = new AbortController();
  const hangs = () => new Promise<undefined>(() => due.abort(new Error('late')));
  const { response } = await askMutate(recorded('create-pod-tag'), { resolve: hangs, due: due.signal });
  expect(response).toEqual({ uid: response.uid, allowed: true });
});

test('what validation cannot read is allowed here, unpatched, and refused there', async () => {
  const broken: readonly ((request: Json) => void)[] = [
    ({ object }) => (object.kind = 'ConfigMap'),
    ({ object }) => (object.spec.containers[0].image = '{{ x }}'),
    ({ object }) => (object.metadata.annotations = { 'subject.cosign.sigstore.dev/nobody': 'x' }),
    (request) => (request.object = null),
  ];
  for (const change of broken) {
    const review = tampered('create-pod-tag', change);
    expect((await askMutate(review, { resolve })).response).toEqual({ uid: review.request.uid, allowed: true });
    expect((await askValidate(review)).response.allowed).toBe(false);
  }
});
