import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import product from '../../package.json' with { type: 'json' };
import { at, type JsonObject, listAt } from '../../sandbox/http/json-body.ts';
import { imagesOfObject } from '../../src/workloads/object-images.ts';
import { ROOT } from '../source-files.ts';
import { baseObject, objectsOf, YAML_FILES } from './manifests.ts';

/* What deploy/base promises (docs/cluster.md, decision 0039). A real API server judges the same in scripts/cluster. */

const deployment = baseObject('Deployment');
const pod = at(deployment, 'spec', 'template', 'spec');
const container = at(pod, 'containers', 0);
const kustomization = objectsOf('base/kustomization.yaml')[0];
const containerfile = readFileSync(join(ROOT, 'Containerfile'), 'utf8');
const IMAGE = `ghcr.io/${product.repository.replace(/^github:/, '')}/webhook`;

/** What is wrong with a Pod under the level `restricted` (kubernetes.io, Pod Security Standards), as far as ours could be. */
function unrestricted(spec: unknown): string[] {
  const security = at(spec, 'securityContext');
  const problems: string[] = [];
  if (at(security, 'runAsNonRoot') !== true) problems.push('runAsNonRoot');
  if (at(security, 'runAsUser') === 0) problems.push('runAsUser');
  if (at(security, 'seccompProfile', 'type') !== 'RuntimeDefault') problems.push('seccompProfile');
  for (const name of ['hostNetwork', 'hostPID', 'hostIPC']) if (at(spec, name) === true) problems.push(name);
  for (const one of [...listAt(spec, 'containers'), ...listAt(spec, 'initContainers')]) {
    const own = at(one, 'securityContext');
    if (at(own, 'allowPrivilegeEscalation') !== false) problems.push('allowPrivilegeEscalation');
    if (JSON.stringify(at(own, 'capabilities')) !== '{"drop":["ALL"]}') problems.push('capabilities');
    if (at(own, 'readOnlyRootFilesystem') !== true) problems.push('readOnlyRootFilesystem');
  }
  const allowed = ['configMap', 'downwardAPI', 'emptyDir', 'projected', 'secret'];
  for (const volume of listAt(spec, 'volumes')) {
    const kinds = Object.keys(volume as JsonObject).filter((key) => key !== 'name');
    if (!kinds.every((kind) => allowed.includes(kind))) problems.push(`volume ${kinds.join()}`);
  }
  return problems;
}

test('the Pod keeps to restricted Pod Security with a root that cannot be written, and the namespace asks for it', () => {
  expect(unrestricted(pod)).toEqual([]);
  const level = at(baseObject('Namespace'), 'metadata', 'labels', 'pod-security.kubernetes.io/enforce');
  expect(level).toBe('restricted');
});

test.each([
  [
    'runAsNonRoot',
    { ...(pod as object), securityContext: { runAsUser: 10000, seccompProfile: { type: 'RuntimeDefault' } } },
  ],
  ['volume hostPath', { ...(pod as object), volumes: [{ name: 'node', hostPath: { path: '/' } }] }],
  [
    'readOnlyRootFilesystem',
    {
      ...(pod as object),
      containers: [{ securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } }],
    },
  ],
])('a Pod without that is seen: %s', (problem, spec) => {
  expect(unrestricted(spec)).toEqual([problem]);
});

test('two replicas, apart where the cluster has several nodes, of which a drain takes one', () => {
  expect(at(deployment, 'spec', 'replicas')).toBeGreaterThanOrEqual(2);
  const labels = at(deployment, 'spec', 'template', 'metadata', 'labels');
  const term = at(
    pod,
    'affinity',
    'podAntiAffinity',
    'preferredDuringSchedulingIgnoredDuringExecution',
    0,
    'podAffinityTerm',
  );
  expect(at(term, 'topologyKey')).toBe('kubernetes.io/hostname');
  const budget = baseObject('PodDisruptionBudget');
  expect(at(budget, 'spec', 'maxUnavailable')).toBe(1);
  const selectors = [
    at(deployment, 'spec', 'selector', 'matchLabels'),
    at(term, 'labelSelector', 'matchLabels'),
    at(pod, 'topologySpreadConstraints', 0, 'labelSelector', 'matchLabels'),
    at(budget, 'spec', 'selector', 'matchLabels'),
    at(baseObject('Service', 'countersign-webhook'), 'spec', 'selector'),
    at(baseObject('Service', 'countersign-webhook-metrics'), 'spec', 'selector'),
    at(baseObject('NetworkPolicy'), 'spec', 'podSelector', 'matchLabels'),
  ];
  for (const selector of selectors) expect(selector).toEqual(labels);
});

test('the container is the one that Containerfile makes: image, user, ports', () => {
  expect(at(container, 'image')).toBe(IMAGE);
  expect(at(kustomization, 'images')).toEqual([{ name: IMAGE, newTag: `v${product.version}` }]);
  expect(containerfile).toMatch(/^COPY dist\/webhook \/countersign$/m);
  const user = at(pod, 'securityContext', 'runAsUser');
  expect(containerfile).toContain(`\nUSER ${user}:${at(pod, 'securityContext', 'runAsGroup')}\n`);
  expect(at(pod, 'securityContext', 'fsGroup')).toBe(user);
  const ports = listAt(container, 'ports').map((one) => at(one, 'containerPort'));
  expect(containerfile).toContain(`\nEXPOSE ${ports.join(' ')}\n`);
  expect(at(container, 'command') ?? at(container, 'args')).toBeUndefined();
});

test('verify-files finds the one image of all manifests, and nothing that it cannot read', () => {
  const read = YAML_FILES.filter(
    (path) => !path.startsWith('examples/') && !path.endsWith('kustomization.yaml'),
  ).flatMap((path) => objectsOf(path).map((object) => imagesOfObject(object)));
  expect(read.flatMap(({ problems }) => problems)).toEqual([]);
  expect(read.flatMap(({ images }) => images.map(({ image }) => image))).toEqual([IMAGE]);
});

test('probes ask the plain port, and nothing but the port of the API server serves TLS', () => {
  expect(at(container, 'readinessProbe', 'httpGet')).toEqual({ path: '/readyz', port: 'http' });
  expect(at(container, 'livenessProbe', 'httpGet')).toEqual({ path: '/healthz', port: 'http' });
  expect(at(baseObject('Service', 'countersign-webhook'), 'spec', 'ports')).toEqual([
    { name: 'https', port: 443, targetPort: 'https' },
  ]);
});

test('mounted Secrets and ConfigMaps are whole folders, so that renewed ones are seen, and the container may write to one folder', () => {
  const mounts = listAt(container, 'volumeMounts');
  expect(mounts.filter((mount) => at(mount, 'subPath') !== undefined)).toEqual([]);
  const written = mounts.filter((mount) => at(mount, 'readOnly') !== true);
  expect(written).toEqual([{ name: 'cache', mountPath: '/var/cache/countersign' }]);
  expect(listAt(pod, 'volumes').find((volume) => at(volume, 'name') === 'cache')).toMatchObject({ emptyDir: {} });
});

test('it is ended no sooner than it has drained and answered', () => {
  const drainSeconds = 10;
  const answerSeconds = webhooks.map(({ timeoutSeconds }) => Number(timeoutSeconds));
  expect(at(pod, 'terminationGracePeriodSeconds')).toBeGreaterThan(drainSeconds + 2 * Math.max(...answerSeconds));
});

// ── what the API server is told ──

interface Webhook {
  readonly name: string;
  readonly timeoutSeconds: number;
  readonly rules: readonly JsonObject[];
  readonly [other: string]: unknown;
}

const KINDS = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'] as const;
const webhooks = KINDS.map((kind) => {
  const list = listAt(baseObject(kind), 'webhooks');
  expect(list).toHaveLength(1);
  return list[0] as Webhook;
});
const [mutating, validating] = webhooks;

test('both webhooks are asked about every object that names images, when it is made and when it changes', () => {
  const asked = { operations: ['CREATE', 'UPDATE'], scope: 'Namespaced', apiVersions: ['v1'] };
  const rules = [
    { ...asked, apiGroups: [''], resources: ['pods', 'pods/ephemeralcontainers', 'replicationcontrollers'] },
    { ...asked, apiGroups: ['apps'], resources: ['deployments', 'replicasets', 'statefulsets', 'daemonsets'] },
    { ...asked, apiGroups: ['batch'], resources: ['jobs', 'cronjobs'] },
  ];
  for (const webhook of webhooks) expect(webhook.rules).toEqual(rules);
});

test('they are asked in every namespace but five, by the name that the API server keeps', () => {
  for (const { namespaceSelector, objectSelector, matchConditions } of webhooks) {
    expect(namespaceSelector).toEqual({
      matchExpressions: [
        {
          ...{ key: 'kubernetes.io/metadata.name', operator: 'NotIn' },
          values: ['countersign-system', 'kube-system', 'kube-public', 'kube-node-lease', 'cert-manager'],
        },
      ],
    });
    // By its labels an object could leave the gate itself.
    expect([objectSelector, matchConditions]).toEqual([undefined, undefined]);
  }
});

test('the base refuses when nobody answers, in other spellings of a kind too, and writes nothing on a dry run', () => {
  for (const webhook of webhooks) {
    expect(webhook).toMatchObject({
      ...{ failurePolicy: 'Fail', matchPolicy: 'Equivalent', sideEffects: 'None' },
      ...{ admissionReviewVersions: ['v1'], timeoutSeconds: 10 },
    });
  }
  expect(mutating).toMatchObject({ name: 'mutate.countersign-system.svc', reinvocationPolicy: 'IfNeeded' });
  expect(validating?.name).toBe('validate.countersign-system.svc');
  const paths = webhooks.map((webhook) => at(webhook['clientConfig'], 'service', 'path'));
  expect(paths).toEqual(['/mutate', '/validate']);
});

// ── what it may do ──

/** `namespace: verb group/resource[name]`, one for each right. */
function rightsOf(role: JsonObject, where: string): string[] {
  return listAt(role, 'rules').flatMap((rule) =>
    listAt(rule, 'apiGroups').flatMap((group) =>
      listAt(rule, 'resources').flatMap((resource) =>
        listAt(rule, 'verbs').flatMap((verb) => {
          const names = listAt(rule, 'resourceNames');
          return (names.length === 0 ? [''] : names.map((name) => `[${String(name)}]`)).map(
            (name) => `${where}: ${String(verb)} ${String(group)}/${String(resource)}${name}`,
          );
        }),
      ),
    ),
  );
}

test('the service account may do what docs/cluster.md lists, and nothing more', () => {
  const rights = [
    ...rightsOf(baseObject('ClusterRole'), 'cluster'),
    ...rightsOf(baseObject('Role'), 'countersign-system'),
  ];
  expect(rights.filter((right) => /\*|secrets|impersonate|bind|escalate/.test(right))).toEqual([]);
  const documented = readFileSync(join(ROOT, 'docs/cluster.md'), 'utf8').matchAll(
    /^\| `((?:cluster|countersign-system): \w+ [\w./-]+(?:\[[\w-]+\])?)` \|/gm,
  );
  expect([...documented].map(([, right]) => right).sort()).toEqual(rights.sort());
});
