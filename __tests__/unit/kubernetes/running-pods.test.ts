import { expect, test } from 'vitest';
import { readCoveredPods } from '../../../src/entries/webhook/pod-images.ts';
import { readImageId } from '../../../src/kubernetes/image-id.ts';
import { findGone } from '../../../src/kubernetes/running-pods.ts';
import { testCall } from '../../calls.ts';
import { createFakeKube } from './fake-kube.ts';

const HEX = 'a'.repeat(64);
const OTHER_HEX = 'b'.repeat(64);
const CONFIGURATION = '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/webhook';

test.each([
  ['ghcr.io/acme/app@sha256:', 'ghcr.io acme/app'],
  ['docker.io/library/nginx@sha256:', 'docker.io library/nginx'],
  ['nginx@sha256:', 'docker.io library/nginx'],
  ['docker-pullable://ghcr.io/acme/app@sha256:', 'ghcr.io acme/app'],
  ['localhost:5000/app@sha256:', 'localhost:5000 app'],
])('%s… names an image', (prefix, name) => {
  const found = readImageId(`${prefix}${HEX}`);
  expect(found).toMatchObject({ kind: 'image', digest: `sha256:${HEX}` });
  expect(found.kind === 'image' && `${found.repository.registry} ${found.repository.path}`).toBe(name);
});

test.each([
  `sha256:${HEX}`,
  `docker://sha256:${HEX}`,
  HEX,
  `docker-pullable://sha256:${HEX}`,
  `ghcr.io/acme/app@sha512:${HEX}`,
  `ghcr.io/acme/app@sha256:${HEX.slice(1)}`,
  'ghcr.io/acme/app:1',
  `https://ghcr.io/acme/app@sha256:${HEX}`,
  `ghcr.io/acme/../app@sha256:${HEX}`,
  'nonsense \u0000',
])('%j names no image', (text) => {
  expect(readImageId(text)).toEqual({ kind: 'unnamed' });
});

test.each([undefined, null, '', 7, {}])('%j is not an answer yet', (value) => {
  expect(readImageId(value)).toEqual({ kind: 'nothing' });
});

/** A cluster with these Pods in the namespace `shop`. */
function cluster(pods: Readonly<Record<string, object>>, webhooks: unknown = [{}]) {
  const kube = createFakeKube();
  kube.put(CONFIGURATION, { webhooks });
  kube.put('/api/v1/namespaces/shop', {});
  for (const [name, pod] of Object.entries(pods)) kube.put(`/api/v1/namespaces/shop/pods/${name}`, pod);
  const read = () => readCoveredPods(testCall(), { api: kube.api, configuration: 'webhook' });
  return { kube, read };
}

const runs = (name: string, hex: string): object => ({
  ...{ name, state: { running: {} } },
  imageID: `ghcr.io/acme/${name}@sha256:${hex}`,
});

test('every image field of a Pod is read, each with what its own status says', async () => {
  const image = (name: string): string => `ghcr.io/acme/${name}:1@sha256:${HEX}`;
  const { read } = cluster({
    app: {
      metadata: {
        labels: { app: 'x' },
        annotations: { 'subject.cosign.sigstore.dev/init': 'me' },
        managedFields: [{ image: 'no image' }],
      },
      spec: {
        serviceAccountName: 'runner',
        imagePullSecrets: [{ name: 'one' }, { name: 'two' }, {}],
        initContainers: [{ name: 'init', image: image('init') }],
        containers: [
          { name: 'app', image: image('app') },
          { name: 'side', image: 'side' },
        ],
        ephemeralContainers: [{ name: 'debug', image: image('debug') }],
        volumes: [{ name: 'data', image: { reference: image('data') } }],
      },
      status: {
        phase: 'Running',
        // In another order, and one with a name that another list has too.
        containerStatuses: [runs('side', OTHER_HEX), runs('app', HEX)],
        initContainerStatuses: [{ ...runs('init', OTHER_HEX), state: { terminated: {} } }],
        ephemeralContainerStatuses: [runs('app', OTHER_HEX), runs('debug', HEX)],
      },
    },
  });
  const { pods, isWhole } = await read();
  expect(isWhole).toBe(true);
  const [pod] = pods;
  expect(pod).toMatchObject({ namespace: 'shop', name: 'app', problems: [] });
  expect(pod?.pull).toEqual({ namespace: 'shop', serviceAccountName: 'runner', imagePullSecrets: ['one', 'two'] });
  const lines = pod?.images.map(({ field, repository, tag, digest, reported, use }) => {
    const runs = reported.kind === 'image' ? reported.digest.slice(7, 8) : reported.kind;
    return `${field} ${repository.path}:${tag} ${digest?.slice(7, 8)} runs ${runs}, for ${use.annotated?.subject}`;
  });
  expect(lines?.sort()).toEqual([
    'spec.containers[0].image acme/app:1 a runs a, for undefined',
    'spec.containers[1].image library/side:latest undefined runs b, for undefined',
    'spec.ephemeralContainers[0].image acme/debug:1 a runs a, for undefined',
    'spec.initContainers[0].image acme/init:1 a runs nothing, for me',
    'spec.volumes[0].image.reference acme/data:1 a runs nothing, for undefined',
  ]);
  expect(pod?.images[0]?.use.object).toMatchObject({ apiVersion: 'v1', kind: 'Pod' });
  expect([...(pod?.images[0]?.use.object?.labels ?? [])]).toEqual([['app', 'x']]);
});

const POD = {
  spec: { containers: [{ name: 'app', image: `ghcr.io/acme/app@sha256:${HEX}` }] },
  status: { phase: 'Running', containerStatuses: [runs('app', OTHER_HEX)] },
};

test('Pods that have ended are left out, all others are not', async () => {
  const phases = ['Running', 'Pending', 'Unknown', 'Succeeded', 'Failed', undefined];
  const { kube, read } = cluster(
    Object.fromEntries(phases.map((phase) => [`in-${phase}`.toLowerCase(), { ...POD, status: { phase } }])),
  );
  const { pods } = await read();
  expect(pods.map(({ name }) => name)).toEqual(['in-running', 'in-pending', 'in-unknown', 'in-undefined']);
  expect(kube.asked.at(-1)).toBe(
    `GET /api/v1/namespaces/shop/pods?fieldSelector=${encodeURIComponent('status.phase!=Succeeded,status.phase!=Failed')}`,
  );
});

test('a status that is older than the specification says nothing about it', async () => {
  const reportedWith = async (generation: unknown, observedGeneration: unknown) => {
    const status = { ...POD.status, observedGeneration };
    const { pods } = await cluster({ app: { ...POD, metadata: { generation }, status } }).read();
    return pods[0]?.images[0]?.reported.kind;
  };
  expect(await reportedWith(2, 1)).toBe('nothing');
  expect(await reportedWith(2, 2)).toBe('image');
  expect(await reportedWith(2, undefined)).toBe('image');
});

test('an image that cannot be read is a problem of the Pod and does not end the list', async () => {
  const wrong = { spec: { containers: [{ name: 'app', image: 'UPPER CASE' }] }, status: {} };
  const { pods } = await cluster({ wrong, right: POD }).read();
  expect(pods.map(({ problems, images }) => [problems.length, images.length])).toEqual([
    [1, 0],
    [0, 1],
  ]);
  expect(pods[0]?.problems[0]?.field).toBe('spec.containers[0].image');
});

test('which namespaces count is asked of the API server, by the selectors of every webhook', async () => {
  const matchExpressions = [
    { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['kube-system', 'a'] },
    { key: 'team', operator: 'In', values: ['x'] },
    { key: 'there', operator: 'Exists' },
    { key: 'gone', operator: 'DoesNotExist' },
  ];
  const namespaceSelector = { matchLabels: { 'policy.sigstore.dev/include': 'true' }, matchExpressions };
  const { kube, read } = cluster({}, [{ namespaceSelector }, {}, { namespaceSelector: {} }]);
  await read();
  const selectors = kube.asked
    .filter((line) => line.includes('/namespaces?') || line.endsWith('/namespaces'))
    .map(decodeURIComponent);
  expect(selectors).toEqual([
    'GET /api/v1/namespaces?labelSelector=policy.sigstore.dev/include=true,kubernetes.io/metadata.name notin (kube-system,a),team in (x),there,!gone',
    'GET /api/v1/namespaces',
  ]);
});

test('Pods of namespaces that do not count are not read', async () => {
  const { kube, read } = cluster({ app: POD });
  kube.put('/api/v1/namespaces/shop-2/pods/app', POD);
  expect((await read()).pods).toHaveLength(1);
  kube.put('/api/v1/namespaces/shop-2', {});
  expect((await read()).pods).toHaveLength(2);
});

test.each<[string, unknown]>([
  ['no webhooks', []],
  ['something else', 'x'],
  ['an unknown operator', [{ namespaceSelector: { matchExpressions: [{ key: 'a', operator: 'Near' }] } }]],
  ['an expression without key', [{ namespaceSelector: { matchExpressions: [{ operator: 'Exists' }] } }]],
  ['labels that are none', [{ namespaceSelector: { matchLabels: 'all' } }]],
])('a configuration with %s is an error, and not "no namespaces"', async (_, webhooks) => {
  await expect(cluster({ app: POD }, webhooks).read()).rejects.toMatchObject({ code: 'KUBERNETES_REFUSED' });
});

test('a configuration that is not there, or may not be read, is an error', async () => {
  const { kube, read } = cluster({ app: POD });
  kube.objects.delete(CONFIGURATION);
  await expect(read()).rejects.toMatchObject({ code: 'KUBERNETES_REFUSED' });
  kube.fault = () => ({ status: 403, body: {} });
  await expect(read()).rejects.toMatchObject({ code: 'KUBERNETES_REFUSED' });
});

test('a Pod that a list shows twice is read once', async () => {
  const { kube, read } = cluster({ app: POD, twin: { ...POD, metadata: { uid: 'same' } } });
  kube.put('/api/v1/namespaces/shop/pods/again', { ...POD, metadata: { uid: 'same' } });
  expect((await read()).pods).toHaveLength(2);
});

test('a cluster with more Pods than are held is not taken as whole', async () => {
  const { kube, read } = cluster({});
  const page = Array.from({ length: 50_001 }, (_, index) => ({
    ...{ metadata: { name: `pod-${index}`, namespace: 'shop', uid: `uid-${index}` }, spec: {} },
  }));
  const { eachPage } = kube.api;
  Object.assign(kube.api, {
    eachPage: async (...args: Parameters<typeof eachPage>) =>
      args[1].includes('/pods') ? args[2](page) : eachPage(...args),
  });
  const { pods, isWhole } = await read();
  expect(pods).toHaveLength(50_000);
  expect(isWhole).toBe(false);
});

test('a namespace that cannot be listed hides no other, and the round is not whole', async () => {
  const { kube, read } = cluster({ app: POD });
  kube.put('/api/v1/namespaces/hostile', {});
  kube.fault = ({ path }) => (path.includes('/hostile/') ? { status: 413, body: {} } : undefined);
  const { pods, unread, isWhole } = await read();
  expect(pods.map(({ name }) => name)).toEqual(['app']);
  expect(unread).toEqual([{ namespace: 'hostile', code: 'KUBERNETES_REFUSED' }]);
  expect(isWhole).toBe(false);
  // If none can be listed, nothing is known.
  kube.fault = ({ path }) => (path.includes('/pods') ? { status: 403, body: {} } : undefined);
  await expect(read()).rejects.toMatchObject({ code: 'KUBERNETES_REFUSED' });
});

test('a Pod is gone only if the API server says so, or another one has its name', async () => {
  const { kube } = cluster({ app: { ...POD, metadata: { uid: 'one' } } });
  const gone = async (uid: string, name = 'app') => {
    const newCall = () => ({ call: testCall(), close: () => undefined });
    return [...(await findGone([{ namespace: 'shop', name, uid }], { api: kube.api, newCall }))];
  };
  expect(await gone('one')).toEqual([]);
  expect(await gone('two')).toEqual(['two']);
  expect(await gone('three', 'nobody')).toEqual(['three']);
  kube.fault = () => Promise.reject(new Error('no answer'));
  expect(await gone('three', 'nobody')).toEqual([]);
});
