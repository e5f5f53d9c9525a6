import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Served, serve } from '../../sandbox/http/serve.ts';
import type { PostOptions } from '../../sandbox/webhook/review-caller.ts';
import { type RunningWebhook, startWebhook } from '../../sandbox/webhook/start-webhook.ts';
import { ROOT } from '../../sandbox/world.ts';
import { type Json, type SignWorld, type StoredImage, SUBJECT, shown, startSignWorld } from './sign-world.ts';

/*
 * Every kind of request that concerns admission, as a real API server sent it (fixtures), over https to the started bundle. The
 * images of the recording are replaced by two of the sandbox. Each request that is admitted has a twin in which one image is
 * another one, and which is refused.
 */

let world: SignWorld;
let webhook: RunningWebhook;
let signed: StoredImage;
let unsigned: StoredImage;
/** A registry that answers with this status. */
let faulty: string;
let registry: Served;

beforeAll(async () => {
  world = await startSignWorld();
  signed = world.image({ repository: 'shop/web', tag: '1.0' });
  unsigned = world.image({ repository: 'shop/web', tag: '1.1' });
  const signing = await world.sign({ images: signed.pinned });
  expect(signing.exitCode, shown(signing)).toBe(0);
  registry = await serve(
    ({ url }) => ({
      status: Number(/\/s(\d{3})\//.exec(url.pathname)?.[1] ?? 200),
      headers: [['www-authenticate', 'Basic realm="faulty"']],
    }),
    { name: 'a registry with a fault' },
  );
  faulty = new URL(registry.url).host;
  webhook = await startWebhook({
    policies: {
      'ours.yaml': policyFor('ours', `${world.host}/shop/**`),
      'faulty.yaml': policyFor('faulty', `${faulty}/**`),
      'labelled.yaml': policyFor('labelled', `${world.host}/labelled/**`, MATCH),
    },
    env: settings(),
  });
  await webhook.ready();
});
afterAll(async () => {
  await webhook?.[Symbol.asyncDispose]();
  await registry?.close();
  await world?.close();
});

const MATCH = "\n  match: [{ group: '', version: v1, resource: pods, selector: { matchLabels: { match: match } } }]";

function policyFor(name: string, glob: string, match = ''): string {
  return `
apiVersion: policy.sigstore.dev/v1beta1
kind: ClusterImagePolicy
metadata: { name: ${name} }
spec:
  images: [{ glob: '${glob}' }]${match}
  authorities:
    - name: release
      keyless:
        identities: [{ issuer: '${world.sigstore.issuer}', subject: '${SUBJECT}' }]
`;
}

function settings(): Record<string, string> {
  return {
    DOCKER_CONFIG: world.directory,
    COUNTERSIGN_TRUSTED_ROOT: world.files.trustedRoot,
    COUNTERSIGN_PRIVATE_HOSTS: 'localhost\n127.0.0.1',
  };
}

/** Which image stands for those that the recording names by the digests aaa… and bbb…. */
interface Images {
  readonly a: StoredImage;
  readonly b: StoredImage;
}

const both = (image: StoredImage): Images => ({ a: image, b: image });

/** A recorded review about these images, with the tags of the recording. */
function reviewOf(name: string, { a, b }: Images): Json {
  const text = readFileSync(join(ROOT, '__tests__/fixtures/admission-reviews', `${name}.json`), 'utf8');
  const named =
    /(?:registry\.test\/acme\/[a-z]+|ghcr\.io\/chrisns\/cosign-keyless-demo)(:[a-z0-9.]+)?(?:@sha256:([ab])\2{63})?/g;
  return JSON.parse(
    text.replace(named, (_all, tag = '', letter = '') => {
      const digest = letter === '' ? '' : `@${(letter === 'a' ? a : b).digest}`;
      return `${world.host}/shop/web${tag}${digest}`;
    }),
  );
}

interface Answered {
  readonly status: number;
  readonly allowed: boolean | undefined;
  readonly message: string;
  readonly audit: Readonly<Record<string, string>>;
}

async function ask(review: object | string, options: PostOptions = {}): Promise<Answered> {
  const { status, response } = await webhook.post(review, options);
  const uid = (review as Json).request?.uid;
  if (response !== undefined) expect(response.uid).toBe(uid);
  return {
    status,
    allowed: response?.allowed,
    message: response?.status?.message ?? '',
    audit: response?.auditAnnotations ?? {},
  };
}

/** The request is admitted with signed images, and refused when `change` brings the other one. */
async function expectTwins(name: string, field: string, images: (one: StoredImage) => Images = both): Promise<void> {
  const good = await ask(reviewOf(name, images(signed)));
  expect(good, good.message).toMatchObject({ status: 200, allowed: true });
  const bad = await ask(reviewOf(name, images(unsigned)));
  expect(bad).toMatchObject({ status: 200, allowed: false });
  for (const part of [field, unsigned.digest, 'ours', 'NO_SIGNATURE']) expect(bad.message).toContain(part);
}

const changed = (b: StoredImage): Images => ({ a: signed, b });

test.each([
  ['create-pod', 'spec.containers[0].image'],
  ['create-pod-generate-name', 'spec.containers[0].image'],
  ['create-pod-dry-run', 'spec.containers[0].image'],
  ['create-pod-owned', 'spec.containers[0].image'],
  ['create-deployment', 'spec.template.spec.containers[0].image'],
  ['create-replicaset', 'spec.template.spec.containers[0].image'],
  ['create-replicationcontroller', 'spec.template.spec.containers[0].image'],
  ['create-daemonset', 'spec.template.spec.containers[0].image'],
  ['create-statefulset', 'spec.template.spec.containers[0].image'],
  ['create-job', 'spec.template.spec.containers[0].image'],
  ['create-cronjob', 'spec.jobTemplate.spec.template.spec.containers[0].image'],
  ['create-podtemplate', 'template.spec.containers[0].image'],
])('a signed image is admitted and another one is not: %s', (name, field) => expectTwins(name, field));

test.each([
  ['update-pod-image', 'spec.containers[0].image'],
  ['update-deployment-image', 'spec.template.spec.containers[0].image'],
  ['update-deployment-replicas-down-and-image', 'spec.template.spec.containers[0].image'],
])('an update to a signed image is admitted, and to another one is not: %s', (name, field) =>
  expectTwins(name, field, changed),
);

test('rows 19 and 20: every image field is judged, and nothing else is', async () => {
  const review = (): Json => reviewOf('create-pod-all-fields', both(signed));
  expect(await ask(review())).toMatchObject({ allowed: true });
  const places: readonly [field: string, change: (spec: Json) => void][] = [
    ['spec.containers[1].image', (spec) => Object.assign(spec.containers[1], { image: unsigned.pinned })],
    ['spec.initContainers[0].image', (spec) => Object.assign(spec.initContainers[0], { image: unsigned.pinned })],
    // A sidecar: an init container that is restarted.
    ['spec.initContainers[1].image', (spec) => Object.assign(spec.initContainers[1], { image: unsigned.pinned })],
    ['spec.volumes[0].image.reference', (spec) => Object.assign(spec.volumes[0].image, { reference: unsigned.pinned })],
    [
      'spec.ephemeralContainers[0].image',
      (spec) => Object.assign(spec, { ephemeralContainers: [{ name: 'debugger', image: unsigned.pinned }] }),
    ],
  ];
  for (const [field, change] of places) {
    const twin = review();
    change(twin.request.object.spec);
    const { allowed, message } = await ask(twin);
    expect(allowed, field).toBe(false);
    expect(message).toContain(`(${field})`);
  }
});

test('row 21: a debug container is judged when it is added', async () => {
  const review = (image: StoredImage): Json => {
    const one = reviewOf('update-pod-ephemeral', both(signed));
    one.request.object.spec.ephemeralContainers[0].image = image.pinned;
    return one;
  };
  expect(review(signed).request.subResource).toBe('ephemeralcontainers');
  expect(await ask(review(signed))).toMatchObject({ allowed: true });
  const refused = await ask(review(unsigned));
  expect(refused.allowed).toBe(false);
  expect(refused.message).toContain('(spec.ephemeralContainers[0].image)');
});

test.each([
  'update-deployment-replicas-up',
  'update-deployment-replicas-down',
  'update-deployment-status',
  'update-deployment-scale',
  'update-pod-annotation',
  'update-pod-label',
  'update-pod-status',
  'update-pod-finalizer-removed',
])('row 22: what runs unsigned may stay as it is: %s', async (name) => {
  const review = reviewOf(name, both(unsigned));
  // A policy of this test selects by labels, so an update that changes those is judged.
  if (name === 'update-pod-label') review.request.oldObject.metadata.labels = review.request.object.metadata.labels;
  expect(await ask(review)).toMatchObject({ status: 200, allowed: true });
  if (name === 'update-deployment-scale') return;
  expect((await ask(review)).audit['verdict']).toBe('unchanged');
  // The same as a new object is refused.
  Object.assign(review.request, { operation: 'CREATE', oldObject: null });
  expect(await ask(review)).toMatchObject({ allowed: false });
});

test('row 18: a policy with a selector holds for labelled Pods only, and a label brings a Pod under it', async () => {
  const review = (labels: Readonly<Record<string, string>>): Json => {
    const one = reviewOf('create-pod', both(signed));
    one.request.object.metadata.labels = labels;
    one.request.object.spec.containers[0].image = `${world.host}/labelled/app@${unsigned.digest}`;
    return one;
  };
  const labelled = await ask(review({ match: 'match' }));
  expect(labelled.allowed).toBe(false);
  expect(labelled.message).toContain('policy "labelled"');
  const other = await ask(review({ match: 'other' }));
  expect(other.allowed).toBe(false);
  expect(other.message).toContain('POLICY_NO_MATCH');
  const update = review({ match: 'match' });
  Object.assign(update.request, { operation: 'UPDATE', oldObject: review({ match: 'other' }).request.object });
  expect((await ask(update)).allowed).toBe(false);
  // Without the change of the label, it is as it was.
  update.request.oldObject = update.request.object;
  expect((await ask(update)).allowed).toBe(true);
});

test('row 32: a list is refused, and of a key that is there twice the last counts, as for the API server', async () => {
  const list = reviewOf('create-pod', both(signed));
  list.request.object = { apiVersion: 'v1', kind: 'PodList', items: [list.request.object] };
  expect(await ask(list)).toMatchObject({ status: 200, allowed: false });
  const text = JSON.stringify(reviewOf('create-pod', both(signed)));
  const twice = text.replaceAll(/"image":("[^"]*")/g, `"image":$1,"image":"${unsigned.pinned}"`);
  expect(twice).not.toBe(text);
  expect((await webhook.post(twice)).response?.allowed).toBe(false);
});

test.each([
  ['deletionTimestamp', { deletionTimestamp: '2026-11-28T08:00:00Z' }],
  [
    'an owner',
    { ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: '1', controller: true }] },
  ],
  ['a forged verdict', { annotations: { 'countersign/verified': 'true', 'policy.sigstore.dev/verified': 'true' } }],
])('row 33: no metadata is a shortcut: %s', async (_what, metadata) => {
  for (const image of [signed, unsigned]) {
    const review = reviewOf('create-pod', both(image));
    Object.assign(review.request.object.metadata, metadata);
    expect((await ask(review)).allowed).toBe(image === signed);
  }
});

test('row 33: a replication controller without a template ends nothing', async () => {
  expect(await ask(reviewOf('create-replicationcontroller-null-template', both(signed)))).toMatchObject({
    status: 200,
    allowed: false,
  });
  expect(await ask(reviewOf('create-pod', both(signed)))).toMatchObject({ allowed: true });
});

test('row 34: odd reviews are refused or answered with an error, and the next one is judged', async () => {
  const pod = (change: (request: Json) => void): Json => {
    const review = reviewOf('create-pod', both(signed));
    change(review.request);
    return review;
  };
  const bare = pod(({ object }) => delete object.metadata.annotations);
  expect(await ask(bare)).toMatchObject({ status: 200, allowed: true });
  expect(await ask(pod((request) => Object.assign(request, { object: null })))).toMatchObject({ allowed: false });
  expect(await ask(pod(({ object }) => delete object.metadata))).toMatchObject({ status: 200, allowed: true });
  expect(
    await ask(
      pod(({ kind, object }) => Object.assign(kind, { kind: 'Gizmo' }) && Object.assign(object, { kind: 'Gizmo' })),
    ),
  ).toMatchObject({ allowed: false });
  expect(await ask(reviewOf('create-pod-v1beta1', both(signed)))).toMatchObject({ status: 200, allowed: false });
  const large = pod(({ object }) =>
    Object.assign(object.metadata, { annotations: { large: 'x'.repeat(5 * 1024 * 1024) } }),
  );
  expect(await ask(large)).toMatchObject({ status: 200, allowed: true });
  expect((await webhook.post('{"request":', {})).status).toBe(400);
  expect((await webhook.post('{}', { headers: { 'Content-Type': 'application/yaml' } })).status).toBe(415);
  expect(await ask(reviewOf('create-pod', both(signed)))).toMatchObject({ status: 200, allowed: true });
});

test('row 35: what a registry answers is told apart, in our own words', async () => {
  const messages = new Map<number, string>();
  for (const status of [401, 404, 429, 500]) {
    const review = reviewOf('create-pod', both(signed));
    review.request.object.spec.containers[0].image = `${faulty}/s${status}/app@${signed.digest}`;
    const { allowed, message } = await ask(review, { path: '/validate?timeout=3s' });
    expect(allowed, message).toBe(false);
    messages.set(status, message);
  }
  expect(messages.get(401)).toContain('REGISTRY_DENIED');
  expect(messages.get(404)).toContain('NO_SIGNATURE');
  for (const status of [429, 500]) expect(messages.get(status)).toContain('REGISTRY_UNAVAILABLE');
});

test('row 35: without any trusted root nothing is admitted, and the replica is not ready', async () => {
  const { COUNTERSIGN_TRUSTED_ROOT: _, ...others } = settings();
  await using lonely = await startWebhook({
    policies: { 'ours.yaml': policyFor('ours', `${world.host}/shop/**`) },
    // Nothing listens there.
    env: { ...others, COUNTERSIGN_TUF_MIRROR: 'https://127.0.0.1:1/' },
  });
  await lonely.logged(({ message }) => message === 'policies are in force');
  await lonely.logged(({ message }) => message === 'no trusted root could be loaded');
  const answer = await lonely.post(reviewOf('create-pod', both(signed)), { path: '/validate?timeout=3s' });
  expect(answer.response?.allowed).toBe(false);
  expect(answer.response?.status?.message).toContain('TRUST_ROOT_UNAVAILABLE');
  expect((await lonely.page('/readyz')).status).toBe(503);
});

test('row 36: twenty requests at once for one digest are one verification', async () => {
  const fresh = world.image({ repository: 'shop/crowd', tag: '1' });
  const signing = await world.sign({ images: fresh.pinned });
  expect(signing.exitCode, shown(signing)).toBe(0);
  const before = await judgements();
  const review = (): Json => {
    const one = reviewOf('create-pod', both(signed));
    one.request.object.spec.containers[0].image = fresh.pinned;
    return one;
  };
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask(review())));
  expect(answers.map(({ allowed }) => allowed)).toEqual(answers.map(() => true));
  expect((await judgements()) - before).toBe(1);
});

async function judgements(): Promise<number> {
  const { body } = await webhook.page('/metrics');
  return Number(/^countersign_judgements_total (\d+)$/m.exec(body)?.[1]);
}
