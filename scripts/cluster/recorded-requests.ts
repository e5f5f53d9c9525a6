import type { JsonObject } from '../../src/domain/text/json-object.ts';

/** What is done on an API server to record its reviews. */
export interface RecordedRequest {
  /** Of the file. */
  readonly name: string;
  /** Not recorded. */
  readonly before?: readonly Sent[];
  readonly send: Sent;
  /** Whose review is kept; default `validate`. `mutate` is asked before the API server validates an object. */
  readonly path?: 'mutate' | 'validate' | 'old';
}

/** A function changes the object as it is stored. */
type Sent = readonly [
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: JsonObject | ((stored: JsonObject) => JsonObject),
];

const A = `sha256:${'a'.repeat(64)}`;
const B = `sha256:${'b'.repeat(64)}`;
const APP = `registry.test/acme/app:1.0@${A}`;
const NEXT = `registry.test/acme/app:1.1@${B}`;
const TOOL = `registry.test/acme/tool@${A}`;
const OTHER = `registry.test/acme/other@${B}`;

const PODS = '/api/v1/namespaces/shop/pods';
const DEPLOYMENTS = '/apis/apps/v1/namespaces/shop/deployments';
const LABELS = { app: 'web' };
const SPEC = { containers: [{ name: 'app', image: APP }] };
const TEMPLATE = { metadata: { labels: LABELS }, spec: SPEC };
const JOB_TEMPLATE = { metadata: { labels: LABELS }, spec: { ...SPEC, restartPolicy: 'Never' } };
const SELECTOR = { matchLabels: LABELS };

interface Named {
  readonly name: string;
  readonly spec?: JsonObject;
  readonly metadata?: JsonObject;
}

const pod = ({ name, spec = SPEC, metadata = {} }: Named): JsonObject => ({
  ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'shop', labels: LABELS, ...metadata }, spec },
});

const deployment = (name: string, spec: JsonObject = {}): JsonObject => ({
  ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace: 'shop', labels: LABELS } },
  spec: { replicas: 3, selector: SELECTOR, template: TEMPLATE, ...spec },
});

const made = (name: string, over: Omit<Named, 'name'> = {}): Sent => ['POST', PODS, pod({ name, ...over })];
const deployed = (name: string): Sent => ['POST', DEPLOYMENTS, deployment(name)];

/** The object with a value at a path. */
function put(object: unknown, [key, ...rest]: readonly (string | number)[], value: unknown): JsonObject {
  if (key === undefined) return value as JsonObject;
  const copy: Record<string | number, unknown> = Array.isArray(object)
    ? ([...object] as unknown as Record<number, unknown>)
    : { ...(object as JsonObject) };
  copy[key] = put(copy[key], rest, value);
  return copy as JsonObject;
}

const setting =
  (...changes: readonly (readonly [readonly (string | number)[], unknown])[]) =>
  (stored: JsonObject): JsonObject =>
    changes.reduce((object, [path, value]) => put(object, path, value), stored);

const POD_IMAGE = ['spec', 'containers', 0, 'image'];
const TEMPLATE_IMAGE = ['spec', 'template', ...POD_IMAGE];
const debug = (image: string) =>
  setting([
    ['spec', 'ephemeralContainers'],
    [{ name: 'debugger', image, stdin: true, tty: true, targetContainerName: 'app' }],
  ]);

/** The tutorial's good Pod (its image and signer), with a digest. */
const TUTORIAL = pod({
  name: 'good',
  metadata: {
    annotations: {
      'subject.cosign.sigstore.dev/demo':
        'https://github.com/chrisns/cosign-keyless-demo/.github/workflows/ci.yml@refs/heads/main',
      'issuer.cosign.sigstore.dev/demo': 'https://token.actions.githubusercontent.com',
    },
  },
  spec: { containers: [{ name: 'demo', image: `ghcr.io/chrisns/cosign-keyless-demo:latest@${A}` }] },
});

export const RECORDED: readonly RecordedRequest[] = [
  { name: 'create-pod', send: made('web') },
  { name: 'create-pod-v1beta1', send: made('web-old'), path: 'old' },
  { name: 'create-pod-annotated', send: ['POST', PODS, TUTORIAL] },
  { name: 'create-pod-dry-run', send: ['POST', `${PODS}?dryRun=All`, pod({ name: 'dry' })] },
  {
    name: 'create-pod-generate-name',
    send: ['POST', PODS, pod({ name: '', metadata: { name: undefined, generateName: 'web-' } })],
  },
  {
    name: 'create-pod-tag',
    send: made('tagged', { spec: { containers: [{ name: 'app', image: 'registry.test/acme/app:1.0' }] } }),
    path: 'mutate',
  },
  {
    name: 'create-pod-all-fields',
    send: made('full', {
      spec: {
        initContainers: [
          { name: 'init', image: TOOL },
          { name: 'sidecar', image: OTHER, restartPolicy: 'Always' },
        ],
        containers: [
          { name: 'app', image: APP },
          { name: 'second', image: NEXT },
        ],
        volumes: [
          { name: 'model', image: { reference: `registry.test/acme/model:1@${A}`, pullPolicy: 'IfNotPresent' } },
          { name: 'config', configMap: { name: 'settings' } },
          { name: 'disk', rbd: { monitors: ['10.0.0.1:6789'], image: 'not-an-image', pool: 'rbd' } },
        ],
      },
    }),
  },
  {
    name: 'create-pod-owned',
    send: made('owned', {
      metadata: {
        annotations: {
          'kyverno.io/verify-images': `{"${APP}":"pass"}`,
          'countersign/verified': 'true',
          'policy.sigstore.dev/verified': 'true',
        },
        ownerReferences: [
          {
            ...{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', controller: true },
            uid: '00000000-0000-4000-8000-000000000001',
          },
        ],
      },
    }),
  },
  { name: 'create-deployment', send: deployed('web') },
  {
    name: 'create-replicaset',
    send: [
      'POST',
      '/apis/apps/v1/namespaces/shop/replicasets',
      { ...deployment('set', { replicas: 1 }), kind: 'ReplicaSet' },
    ],
  },
  {
    name: 'create-daemonset',
    send: [
      'POST',
      '/apis/apps/v1/namespaces/shop/daemonsets',
      { ...deployment('each'), kind: 'DaemonSet', spec: { selector: SELECTOR, template: TEMPLATE } },
    ],
  },
  {
    name: 'create-statefulset',
    send: [
      'POST',
      '/apis/apps/v1/namespaces/shop/statefulsets',
      { ...deployment('store', { serviceName: 'store' }), kind: 'StatefulSet' },
    ],
  },
  {
    name: 'create-job',
    send: [
      'POST',
      '/apis/batch/v1/namespaces/shop/jobs',
      {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: { name: 'once', namespace: 'shop' },
        spec: { template: JOB_TEMPLATE },
      },
    ],
  },
  {
    name: 'create-cronjob',
    send: [
      'POST',
      '/apis/batch/v1/namespaces/shop/cronjobs',
      {
        apiVersion: 'batch/v1',
        kind: 'CronJob',
        metadata: { name: 'nightly', namespace: 'shop' },
        spec: { schedule: '0 3 * * *', jobTemplate: { spec: { template: JOB_TEMPLATE } } },
      },
    ],
  },
  {
    name: 'create-podtemplate',
    send: [
      'POST',
      '/api/v1/namespaces/shop/podtemplates',
      { apiVersion: 'v1', kind: 'PodTemplate', metadata: { name: 'shape', namespace: 'shop' }, template: TEMPLATE },
    ],
  },
  {
    name: 'create-replicationcontroller',
    send: [
      'POST',
      '/api/v1/namespaces/shop/replicationcontrollers',
      { ...deployment('old', { selector: LABELS }), apiVersion: 'v1', kind: 'ReplicationController' },
    ],
  },
  {
    name: 'create-replicationcontroller-null-template',
    send: [
      'POST',
      '/api/v1/namespaces/shop/replicationcontrollers',
      {
        apiVersion: 'v1',
        kind: 'ReplicationController',
        metadata: { name: 'empty', namespace: 'shop' },
        spec: { replicas: 1, selector: LABELS, template: null },
      },
    ],
    path: 'mutate',
  },
  {
    name: 'update-pod-image',
    before: [made('changed')],
    send: ['PUT', `${PODS}/changed`, setting([POD_IMAGE, NEXT])],
  },
  {
    name: 'update-pod-label',
    before: [made('labelled')],
    send: ['PUT', `${PODS}/labelled`, setting([['metadata', 'labels', 'tier'], 'prod'])],
  },
  {
    name: 'update-pod-annotation',
    before: [made('noted')],
    send: ['PUT', `${PODS}/noted`, setting([['metadata', 'annotations'], { note: 'x' }])],
  },
  {
    name: 'update-pod-seed-annotation',
    before: [['POST', PODS, put(TUTORIAL, ['metadata', 'name'], 'bad')]],
    send: [
      'PUT',
      `${PODS}/bad`,
      setting([['metadata', 'annotations', 'subject.cosign.sigstore.dev/demo'], 'https://example.test/other']),
    ],
  },
  {
    name: 'update-pod-finalizer-removed',
    before: [
      made('leaving', { metadata: { finalizers: ['example.test/hold'] } }),
      ['DELETE', `${PODS}/leaving?gracePeriodSeconds=0`],
    ],
    send: ['PUT', `${PODS}/leaving`, setting([['metadata', 'finalizers'], []])],
  },
  {
    name: 'update-pod-ephemeral',
    before: [made('debugged')],
    send: ['PUT', `${PODS}/debugged/ephemeralcontainers`, debug(TOOL)],
  },
  {
    name: 'update-pod-status',
    before: [made('running')],
    send: ['PUT', `${PODS}/running/status`, setting([['status', 'phase'], 'Running'])],
  },
  {
    name: 'create-pod-eviction',
    before: [made('evicted')],
    send: [
      'POST',
      `${PODS}/evicted/eviction`,
      { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: 'evicted', namespace: 'shop' } },
    ],
  },
  {
    name: 'create-pod-binding',
    before: [made('bound')],
    send: [
      'POST',
      `${PODS}/bound/binding`,
      {
        apiVersion: 'v1',
        kind: 'Binding',
        metadata: { name: 'bound', namespace: 'shop' },
        target: { apiVersion: 'v1', kind: 'Node', name: 'node' },
      },
    ],
  },
  {
    name: 'connect-pod-exec',
    before: [made('entered')],
    send: ['POST', `${PODS}/entered/exec?command=ls&stdout=true`],
  },
  { name: 'delete-pod', before: [made('gone')], send: ['DELETE', `${PODS}/gone?gracePeriodSeconds=0`] },
  {
    name: 'update-deployment-image',
    before: [deployed('rolled')],
    send: ['PUT', `${DEPLOYMENTS}/rolled`, setting([TEMPLATE_IMAGE, NEXT])],
  },
  {
    name: 'update-deployment-applied-again',
    before: [deployed('again')],
    send: ['PUT', `${DEPLOYMENTS}/again`, setting([TEMPLATE_IMAGE, 'registry.test/acme/app:1.0'])],
    path: 'mutate',
  },
  {
    name: 'update-deployment-replicas-down',
    before: [deployed('smaller')],
    send: ['PUT', `${DEPLOYMENTS}/smaller`, setting([['spec', 'replicas'], 1])],
  },
  {
    name: 'update-deployment-replicas-up',
    before: [deployed('larger')],
    send: ['PUT', `${DEPLOYMENTS}/larger`, setting([['spec', 'replicas'], 9])],
  },
  {
    name: 'update-deployment-replicas-down-and-image',
    before: [deployed('both')],
    send: ['PUT', `${DEPLOYMENTS}/both`, setting([['spec', 'replicas'], 1], [TEMPLATE_IMAGE, NEXT])],
  },
  {
    name: 'update-deployment-scale',
    before: [deployed('scaled')],
    send: ['PUT', `${DEPLOYMENTS}/scaled/scale`, setting([['spec', 'replicas'], 1])],
  },
  {
    name: 'update-deployment-status',
    before: [deployed('told')],
    send: ['PUT', `${DEPLOYMENTS}/told/status`, setting([['status', 'observedGeneration'], 1])],
  },
  {
    name: 'create-configmap',
    send: [
      'POST',
      '/api/v1/namespaces/shop/configmaps',
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'shop' }, data: { image: APP } },
    ],
  },
];
