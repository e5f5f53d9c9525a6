import { describe, expect, test } from 'vitest';
import type { ImageVerdict } from '../../../src/admission/image-judge.ts';
import { CodedError } from '../../../src/coded-error.ts';
import { parseRepository } from '../../../src/domain/image/reference.ts';
import { parseRegexp } from '../../../src/domain/patterns/regexp.ts';
import { readPolicies } from '../../../src/domain/policy/read-policies.ts';
import { selectForRepository, selectsByLabels } from '../../../src/domain/policy/select.ts';
import { parseImagePath } from '../../../src/workloads/image-paths.ts';
import { askValidate, digestOf, type Json, recorded, tampered, UNSIGNED } from './reviews.ts';

const APP = 'registry.test/acme/app';
const ISSUER = 'https://token.actions.githubusercontent.com';
const unsigned = (...names: readonly string[]) => ({
  verdicts: Object.fromEntries(names.map((name) => [`registry.test/acme/${name}`, UNSIGNED])),
});

describe('the kinds of the rules', () => {
  const KINDS: readonly (readonly [string, string])[] = [
    ['create-pod', 'spec.containers[0].image'],
    ['create-pod-generate-name', 'spec.containers[0].image'],
    ['create-pod-dry-run', 'spec.containers[0].image'],
    ['create-deployment', 'spec.template.spec.containers[0].image'],
    ['create-replicaset', 'spec.template.spec.containers[0].image'],
    ['create-daemonset', 'spec.template.spec.containers[0].image'],
    ['create-statefulset', 'spec.template.spec.containers[0].image'],
    ['create-replicationcontroller', 'spec.template.spec.containers[0].image'],
    ['create-podtemplate', 'template.spec.containers[0].image'],
    ['create-job', 'spec.template.spec.containers[0].image'],
    ['create-cronjob', 'spec.jobTemplate.spec.template.spec.containers[0].image'],
  ];

  test.each(KINDS)('%s is allowed if its image passes, and refused with the field if not', async (name, field) => {
    const passed = await askValidate(recorded(name));
    expect(passed.response).toMatchObject({ uid: recorded(name).request.uid, allowed: true });
    expect(passed.response.status).toBeUndefined();
    expect(passed.asked).toEqual([`${APP}:1.0@a`]);
    expect(passed.images).toMatchObject([{ namespace: 'shop' }]);
    const refused = await askValidate(recorded(name), unsigned('app'));
    expect(refused.response).toMatchObject({ allowed: false, status: { code: 403, reason: 'Forbidden' } });
    expect(refused.message).toContain(field);
    expect(refused.message).toContain('NO_SIGNATURE: policy "ours"');
  });

  test.each(KINDS)('%s about another kind than its object is refused', async (name) => {
    for (const change of [
      (request: Json) => (request.object.kind = 'ConfigMap'),
      (request: Json) => (request.object.apiVersion = 'example.test/v1'),
      (request: Json) => (request.kind.kind = 'ConfigMap'),
      (request: Json) => (request.kind.group = 'example.test'),
      (request: Json) => delete request.object.kind,
      (request: Json) => (request.object.items = [request.object]),
      (request: Json) => (request.object = [request.object]),
      (request: Json) => {
        request.kind = { ...request.kind, kind: `${request.kind.kind}List` };
        request.object = { apiVersion: request.object.apiVersion, kind: request.kind.kind, items: [request.object] };
      },
      (request: Json) => {
        request.kind = { group: '', version: 'v1', kind: 'List' };
        request.object = { apiVersion: 'v1', kind: 'List', items: [request.object] };
      },
      (request: Json) => (request.object = null),
      (request: Json) => delete request.object,
      (request: Json) => {
        // Both agree, and the resource does not.
        request.kind = { group: '', version: 'v1', kind: 'ConfigMap' };
        request.object = { apiVersion: 'v1', kind: 'ConfigMap', data: {} };
      },
    ]) {
      const { response, message, asked } = await askValidate(tampered(name, change));
      expect(response.allowed).toBe(false);
      expect(message).toMatch(/INPUT_INVALID/);
      expect(asked).toEqual([]);
    }
  });
});

describe('all fields of a Pod', () => {
  const FIELDS: readonly (readonly [string, string])[] = [
    ['tool', 'spec.initContainers[0].image'],
    ['other', 'spec.initContainers[1].image'],
    ['model', 'spec.volumes[0].image.reference'],
  ];

  test('each image is judged, and nothing that only looks like one', async () => {
    const { response, asked } = await askValidate(recorded('create-pod-all-fields'));
    expect(response.allowed).toBe(true);
    expect(asked.toSorted()).toEqual([
      `${APP}:1.0@a`,
      `${APP}:1.1@b`,
      'registry.test/acme/model:1@a',
      'registry.test/acme/other@b',
      'registry.test/acme/tool@a',
    ]);
  });

  test.each(FIELDS)('an unsigned %s is refused in its field', async (name, field) => {
    const { response, message } = await askValidate(recorded('create-pod-all-fields'), unsigned(name));
    expect(response.allowed).toBe(false);
    expect(message).toContain(`(${field}) is refused: NO_SIGNATURE`);
  });

  test('an unsigned debug container is refused in its field, a signed one is not', async () => {
    const signed = await askValidate(recorded('update-pod-ephemeral'));
    expect(signed.response.allowed).toBe(true);
    expect(signed.asked).toEqual(['registry.test/acme/tool@a']);
    const refused = await askValidate(recorded('update-pod-ephemeral'), unsigned('tool'));
    expect(refused.response.allowed).toBe(false);
    expect(refused.message).toContain('(spec.ephemeralContainers[0].image) is refused: NO_SIGNATURE');
  });

  test('an image volume without a reference mounts nothing; one that is not text is refused', async () => {
    const volume = (reference: unknown) =>
      tampered('create-pod-all-fields', ({ object }) => (object.spec.volumes[0].image.reference = reference));
    for (const nothing of ['', undefined, null]) {
      const { response, asked } = await askValidate(volume(nothing), unsigned('model'));
      expect(response.allowed).toBe(true);
      expect(asked).toHaveLength(4);
    }
    for (const wrong of [7, {}, ['registry.test/acme/model:1']]) {
      const { response, message } = await askValidate(volume(wrong));
      expect(response.allowed).toBe(false);
      expect(message).toContain('spec.volumes[0].image.reference');
    }
  });

  test.each([
    ['a container without an image', (spec: Json) => delete spec.containers[0].image],
    ['an image that is a number', (spec: Json) => (spec.containers[0].image = 1.1)],
    ['an image with a template', (spec: Json) => (spec.containers[0].image = '{{ .Values.image }}')],
    ['an image with a broken digest', (spec: Json) => (spec.containers[0].image = `${APP}@sha256:abc`)],
    ['an image with a broken name', (spec: Json) => (spec.containers[0].image = 'registry.test/acme/../app')],
    ['a host in capitals that could be a namespace', (spec: Json) => (spec.containers[0].image = 'ACME/app:1')],
    ['containers under another spelling', (spec: Json) => (spec.Containers = [])],
    ['containers that are a map', (spec: Json) => (spec.initContainers = { image: 'x' })],
    ['no container', (spec: Json) => (spec.containers = [])],
    ['containers that are null', (spec: Json) => (spec.containers = null)],
  ])('%s is refused', async (_name, change) => {
    for (const mode of ['enforce', 'warn'] as const) {
      const body = tampered('create-pod', ({ object }) => change(object.spec));
      const { response, message, asked } = await askValidate(body, { settings: { mode } });
      expect(response.allowed).toBe(false);
      expect(message).toMatch(/^(?:Pod\/web|the object): INPUT_INVALID: /);
      expect(asked).toEqual([]);
    }
  });
});

test('what a driver could mount as an image is refused, with advice for a cluster', async () => {
  const body = tampered('create-pod', ({ object }) => {
    object.spec.volumes = [{ name: 'data', csi: { driver: 'x.test', volumeAttributes: { image: `${APP}:1` } } }];
  });
  const { response, message } = await askValidate(body);
  expect(response.allowed).toBe(false);
  expect(message).toContain('spec.volumes[0].csi.volumeAttributes.image: a "Pod" has no image in this field');
  expect(message).toContain('COUNTERSIGN_IMAGE_PATHS: Pod spec/volumes/*/csi/volumeAttributes/image');
  expect(message).not.toContain('`files`');
  const imagePaths = [parseImagePath('Pod spec/volumes/*/csi/volumeAttributes/image')];
  expect((await askValidate(body, { settings: { imagePaths } })).asked.toSorted()).toEqual([
    `${APP}:1`,
    `${APP}:1.0@a`,
  ]);
});

describe('an UPDATE', () => {
  const UNCHANGED = [
    'update-pod-label',
    'update-pod-annotation',
    'update-pod-finalizer-removed',
    'update-pod-status',
    'update-deployment-replicas-down',
    'update-deployment-replicas-up',
    'update-deployment-status',
  ];

  test.each(UNCHANGED)('%s changes no image: nothing is asked, and the audit log says why', async (name) => {
    const { response, asked } = await askValidate(recorded(name), unsigned('app'));
    expect(response).toMatchObject({
      allowed: true,
      auditAnnotations: { verdict: 'unchanged', note: 'images unchanged' },
    });
    expect(asked).toEqual([]);
  });

  test.each(UNCHANGED)('%s with another image is judged', async (name) => {
    const body = tampered(name, ({ object }) => {
      const spec = object.spec.template?.spec ?? object.spec;
      spec.containers[0].image = `${APP}:1.0@sha256:${'c'.repeat(64)}`;
    });
    const { response, asked } = await askValidate(body, unsigned('app'));
    expect(response.allowed).toBe(false);
    expect(asked).toEqual([`${APP}:1.0@c`]);
  });

  test.each(UNCHANGED)('%s without its old object is judged', async (name) => {
    for (const nothing of [null, undefined, 'x', []]) {
      const body = tampered(name, (request) => (request.oldObject = nothing));
      expect((await askValidate(body, unsigned('app'))).response.allowed).toBe(false);
    }
  });

  test.each(UNCHANGED)('%s is judged when it is a CREATE, whatever it says about an old object', async (name) => {
    const body = tampered(name, (request) => (request.operation = 'CREATE'));
    expect((await askValidate(body, unsigned('app'))).response.allowed).toBe(false);
  });

  test.each([
    ['update-pod-image', 'b'],
    ['update-deployment-image', 'b'],
    ['update-deployment-replicas-down-and-image', 'b'],
  ])('%s is judged', async (name, digest) => {
    const passed = await askValidate(recorded(name));
    expect(passed.response.allowed).toBe(true);
    expect(passed.asked).toEqual([`${APP}:1.1@${digest}`]);
    expect((await askValidate(recorded(name), unsigned('app'))).response.allowed).toBe(false);
  });

  test('only what changes is judged, and the rest is noted', async () => {
    const { response, asked } = await askValidate(recorded('update-pod-ephemeral'), unsigned('app'));
    expect(response).toMatchObject({ allowed: true, auditAnnotations: { note: '1 other image unchanged' } });
    expect(asked).toEqual(['registry.test/acme/tool@a']);
  });

  test('a changed annotation of the tutorial is judged, with what it asks', async () => {
    const { response, images } = await askValidate(recorded('update-pod-seed-annotation'));
    expect(response.allowed).toBe(true);
    expect(images).toMatchObject([
      {
        use: {
          annotated: {
            subject: 'https://example.test/other',
            issuer: 'https://token.actions.githubusercontent.com',
          },
        },
      },
    ]);
    const removed = tampered('update-pod-seed-annotation', ({ object }) => (object.metadata.annotations = {}));
    expect((await askValidate(removed)).asked).toHaveLength(1);
    const kept = tampered('update-pod-seed-annotation', ({ object, oldObject }) => {
      object.metadata.annotations = { ...oldObject.metadata.annotations, other: 'x' };
    });
    expect((await askValidate(kept)).asked).toEqual([]);
  });

  test('images that change places are judged: the same set is not the same', async () => {
    const body = tampered('update-pod-label', ({ object, oldObject }) => {
      const [one, two] = [`${APP}@sha256:${'a'.repeat(64)}`, `${APP}@sha256:${'b'.repeat(64)}`];
      const containers = (first: string, second: string) => [
        { name: 'first', image: first },
        { name: 'second', image: second },
      ];
      oldObject.spec.containers = containers(one, two);
      object.spec.containers = containers(two, one);
    });
    expect((await askValidate(body)).asked.toSorted()).toEqual([`${APP}@a`, `${APP}@b`]);
  });

  test('names that change places under annotations are judged', async () => {
    const subject = { 'subject.cosign.sigstore.dev/strict': 'https://example.test/signer' };
    const containers = (first: string, second: string) => [
      { name: first, image: `${APP}@sha256:${'a'.repeat(64)}` },
      { name: second, image: `${APP}@sha256:${'b'.repeat(64)}` },
    ];
    const body = tampered('update-pod-label', ({ object, oldObject }) => {
      for (const one of [object, oldObject]) one.metadata.annotations = subject;
      oldObject.spec.containers = containers('strict', 'loose');
      object.spec.containers = containers('loose', 'strict');
    });
    expect((await askValidate(body)).asked.toSorted()).toEqual([`${APP}@a`, `${APP}@b`]);
  });

  test('a changed label is judged if a policy selects by labels', async () => {
    const settings = { areLabelsJudged: true };
    const labelled = await askValidate(recorded('update-pod-label'), { ...unsigned('app'), settings });
    expect(labelled.response.allowed).toBe(false);
    expect(labelled.images).toMatchObject([
      {
        use: {
          object: {
            labels: new Map([
              ['app', 'web'],
              ['tier', 'prod'],
            ]),
          },
        },
      },
    ]);
    const annotated = await askValidate(recorded('update-pod-annotation'), { ...unsigned('app'), settings });
    expect(annotated.response.allowed).toBe(true);
  });

  test('an object that could not be read before may lose a finalizer, and nothing else about its images', async () => {
    const broken = (change: (request: Json) => void) =>
      tampered('update-pod-finalizer-removed', (request) => {
        for (const one of [request.object, request.oldObject]) {
          one.metadata.annotations = { 'subject.cosign.sigstore.dev/nobody': 'x' };
          one.spec.containers[0].image = 'registry.test/{{ name }}';
        }
        change(request);
      });
    expect((await askValidate(broken(() => undefined))).response.allowed).toBe(true);
    const changes: readonly ((request: Json) => void)[] = [
      ({ object }) => (object.spec.containers[0].image = 'registry.test/{{ other }}'),
      ({ object }) => (object.spec.containers[0].name = 'other'),
      ({ object }) => (object.metadata.annotations['subject.cosign.sigstore.dev/nobody'] = 'y'),
      ({ object }) => object.spec.containers.push({ name: 'more', image: 'registry.test/acme/app' }),
      ({ oldObject }) => (oldObject.kind = 'Deployment'),
      (request) => (request.oldObject = {}),
    ];
    for (const change of changes) {
      const { response, message } = await askValidate(broken(change));
      expect(response.allowed).toBe(false);
      expect(message).toContain('INPUT_INVALID');
    }
  });
});

describe('what cannot change an image', () => {
  test.each([
    ['delete-pod', 'DELETE runs no image'],
    ['connect-pod-exec', 'CONNECT runs no image'],
    ['create-pod-eviction', 'an object of the kind Eviction names no image'],
    ['create-pod-binding', 'an object of the kind Binding names no image'],
    ['update-deployment-scale', 'an object of the kind Scale names no image'],
    ['create-configmap', 'an object of the kind ConfigMap names no image'],
  ])('%s is allowed', async (name, note) => {
    const { response, asked } = await askValidate(recorded(name));
    expect(response).toMatchObject({ allowed: true, auditAnnotations: { verdict: 'none', note } });
    expect(asked).toEqual([]);
  });

  test.each(['create-pod-eviction', 'create-pod-binding', 'update-deployment-scale'])(
    '%s with a Pod in its place is refused',
    async (name) => {
      const { request: pod } = recorded('create-pod');
      const body = tampered(name, (request) => Object.assign(request, { kind: pod.kind, object: pod.object }));
      const { response, message } = await askValidate(body);
      expect(response.allowed).toBe(false);
      expect(message).toContain('is not an object of');
    },
  );
});

describe('kinds that are not built in', () => {
  const custom = (over: (request: Json) => void = () => undefined) =>
    tampered('create-pod', (request) => {
      request.kind = { group: 'monitoring.coreos.com', version: 'v1', kind: 'Prometheus' };
      request.resource = { group: 'monitoring.coreos.com', version: 'v1', resource: 'prometheuses' };
      request.object = {
        ...{ apiVersion: 'monitoring.coreos.com/v1', kind: 'Prometheus', metadata: { name: 'main' } },
        spec: { image: `${APP}:1.0@sha256:${'a'.repeat(64)}` },
      };
      over(request);
    });
  const imagePaths = [parseImagePath('Prometheus.monitoring.coreos.com spec/image')];

  test('an unknown kind is refused, with and without something that looks like an image', async () => {
    for (const body of [custom(), custom(({ object }) => (object.spec = { replicas: 2 }))]) {
      const { response, message } = await askValidate(body, { settings: { mode: 'warn' } });
      expect(response.allowed).toBe(false);
      expect(message).toContain('the kind "Prometheus.monitoring.coreos.com" are not known');
      expect(message).toContain('COUNTERSIGN_IMAGE_PATHS');
    }
  });

  test('with image-paths, its image is judged', async () => {
    const settings = { imagePaths };
    expect((await askValidate(custom(), { settings })).asked).toEqual([`${APP}:1.0@a`]);
    const refused = await askValidate(custom(), { settings, ...unsigned('app') });
    expect(refused.message).toContain('Prometheus/main');
    expect(refused.message).toContain('(spec.image) is refused');
  });

  test('an update of one is judged whole, unless only metadata or status change', async () => {
    const update = (over: (request: Json) => void) =>
      custom((request) => {
        Object.assign(request, { operation: 'UPDATE', oldObject: structuredClone(request.object) });
        over(request);
      });
    const settings = { imagePaths };
    const metadata = await askValidate(
      update(({ object }) =>
        Object.assign(object, { metadata: { name: 'main', finalizers: [] }, status: { ready: 1 } }),
      ),
      { settings },
    );
    expect(metadata.response).toMatchObject({ allowed: true, auditAnnotations: { verdict: 'unchanged' } });
    expect(metadata.asked).toEqual([]);
    const changed = await askValidate(
      update(({ object }) => (object.spec.replicas = 2)),
      { settings },
    );
    expect(changed.asked).toEqual([`${APP}:1.0@a`]);
  });

  test('images that change places between manifests of one text are judged', async () => {
    const manifest = (...images: readonly string[]) =>
      images
        .map((image) => `apiVersion: v1\nkind: Pod\nspec: { containers: [{ name: a, image: "${image}" }] }\n`)
        .join('---\n');
    const [one, two] = [`${APP}:1@sha256:${'a'.repeat(64)}`, `${APP}:2@sha256:${'b'.repeat(64)}`];
    const flow = (text: string) => ({
      ...{ apiVersion: 'argoproj.io/v1alpha1', kind: 'Workflow', metadata: { name: 'flow' } },
      spec: { templates: [{ name: 'make', resource: { action: 'create', manifest: text } }] },
    });
    const ask = (before: string, after: string) =>
      askValidate(
        tampered('update-pod-label', (request) => {
          request.kind = { group: 'argoproj.io', version: 'v1alpha1', kind: 'Workflow' };
          request.resource = { group: 'argoproj.io', version: 'v1alpha1', resource: 'workflows' };
          Object.assign(request, { object: flow(after), oldObject: flow(before) });
        }),
      );
    expect((await ask(manifest(one, two), manifest(two, one))).asked.toSorted()).toEqual([`${APP}:1@a`, `${APP}:2@b`]);
    expect((await ask(manifest(one, two), manifest(one, two))).asked).toEqual([]);
  });

  test('with image-paths, other fields that look like images are refused all the same', async () => {
    const body = custom(({ object }) => (object.spec.thanos = { image: 'registry.test/acme/app:2' }));
    const { response, message } = await askValidate(body, { settings: { imagePaths } });
    expect(response.allowed).toBe(false);
    expect(message).toContain('spec.thanos.image');
  });

  test('without the image that image-paths names, it is allowed with a warning', async () => {
    const body = custom(({ object }) => (object.spec = { replicas: 2 }));
    const { response } = await askValidate(body, { settings: { imagePaths } });
    expect(response).toMatchObject({
      allowed: true,
      warnings: ['the Prometheus names no image, so nothing about it can be checked'],
    });
  });
});

describe('what the object says about itself', () => {
  test.each([
    ['create-pod-owned', () => undefined],
    ['create-pod', (request: Json) => (request.object.metadata.deletionTimestamp = '2026-11-28T08:00:00Z')],
    ['create-pod', (request: Json) => (request.object.status = { phase: 'Running' })],
    ['create-pod', (request: Json) => (request.userInfo = { username: 'system:serviceaccount:kube-system:x' })],
  ])('%s is judged all the same', async (name, change) => {
    const { response, asked } = await askValidate(tampered(name, change), unsigned('app'));
    expect(response.allowed).toBe(false);
    expect(asked).toEqual([`${APP}:1.0@a`]);
  });

  test('the namespace is that of the request', async () => {
    const body = tampered('create-pod', ({ object }) => (object.metadata.namespace = 'kube-system'));
    expect((await askValidate(body)).images).toMatchObject([{ namespace: 'shop' }]);
    const without = await askValidate(tampered('create-pod', (request) => (request.namespace = '')));
    expect(without.response.allowed).toBe(false);
    expect(without.message).toContain('the request names no namespace');
  });

  test('a policy with match decides about labelled Pods only', async () => {
    const read = readPolicies(
      [
        {
          file: 'policy.yaml',
          text: `apiVersion: policy.sigstore.dev/v1beta1
kind: ClusterImagePolicy
metadata: { name: labelled }
spec:
  match: [{ resource: pods, version: v1, selector: { matchLabels: { match: match } } }]
  images: [{ glob: 'registry.test/**' }]
  authorities: [{ static: { action: fail } }]`,
        },
      ],
      {
        namesObjects: true,
        identity: { serverUrl: 'https://github.com', defaultIssuer: ISSUER, parseRegexp, randomWord: 'qwertyui' },
      },
    );
    if (read.kind !== 'policies') throw new Error(JSON.stringify(read));
    const { policies } = read.set;
    expect(selectsByLabels(policies)).toBe(true);
    expect(selectsByLabels(policies.map((policy) => ({ ...policy, match: undefined })))).toBe(false);
    const ask = (labels: Json) =>
      askValidate(tampered('create-pod', ({ object }) => (object.metadata.labels = labels)));
    const repository = parseRepository(APP);
    const selected = async (labels: Json): Promise<number> => {
      const { images } = await ask(labels);
      return selectForRepository(policies, { repository, object: images[0]?.use.object }).length;
    };
    expect(await selected({ match: 'match' })).toBe(1);
    expect(await selected({ match: 'other' })).toBe(0);
    expect(await selected(undefined)).toBe(0);
  });

  test('annotations of the tutorial reach the judge as a demand', async () => {
    const { response, images } = await askValidate(recorded('create-pod-annotated'));
    expect(response.allowed).toBe(true);
    expect(images).toMatchObject([
      {
        use: {
          annotated: {
            subject: 'https://github.com/chrisns/cosign-keyless-demo/.github/workflows/ci.yml@refs/heads/main',
            issuer: 'https://token.actions.githubusercontent.com',
          },
        },
      },
    ]);
  });

  test.each([
    ['an empty value', { 'subject.cosign.sigstore.dev/demo': '' }],
    ['a name that no container has', { 'subject.cosign.sigstore.dev/nobody': 'x' }],
    ['no name', { 'subject.cosign.sigstore.dev/': 'x' }],
    ['a misspelt key', { 'subjects.cosign.sigstore.dev/demo': 'x' }],
    ['a value that is not text', { 'issuer.cosign.sigstore.dev/demo': 5 }],
    ['an invisible character', { 'issuer.cosign.sigstore.dev/demo': 'https://x\u200b.test' }],
  ])('annotations with %s are refused', async (_name, annotations) => {
    const body = tampered('create-pod-annotated', ({ object }) => (object.metadata.annotations = annotations));
    const { response, message } = await askValidate(body, { settings: { mode: 'warn' } });
    expect(response.allowed).toBe(false);
    expect(message).toContain('metadata.annotations[');
  });

  test('annotations in a template count, those of the workload itself are refused', async () => {
    const key = 'subject.cosign.sigstore.dev/app';
    const inside = tampered('create-deployment', ({ object }) => {
      object.spec.template.metadata.annotations = { [key]: 'https://example.test/signer' };
    });
    expect((await askValidate(inside)).images).toMatchObject([
      { use: { annotated: { subject: 'https://example.test/signer', issuer: undefined } } },
    ]);
    const outside = tampered('create-deployment', ({ object }) => (object.metadata.annotations = { [key]: 'x' }));
    const { response, message } = await askValidate(outside);
    expect(response.allowed).toBe(false);
    expect(message).toContain('spec.template.metadata.annotations');
  });
});

describe('verdicts', () => {
  const OUTAGES: readonly (readonly [string, string])[] = [
    ['REGISTRY_DENIED', 'registry.test refuses to show it (401)'],
    ['IMAGE_NOT_FOUND', 'registry.test has no such manifest (404)'],
    ['REGISTRY_UNAVAILABLE', 'registry.test asks to wait (429)'],
    ['TRUST_ROOT_UNAVAILABLE', 'the trusted root is older than 7d'],
    ['TIMEOUT', 'the time is up'],
  ];

  test.each(OUTAGES)('%s refuses with its own words', async (reason, words) => {
    const verdict: ImageVerdict = { ...UNSIGNED, verdict: 'error', reason, message: words, policies: [] };
    const { response, message } = await askValidate(recorded('create-pod'), { verdicts: { [APP]: verdict } });
    expect(response.allowed).toBe(false);
    expect(message).toContain(`${reason}: ${words}`);
    expect(response.auditAnnotations).toMatchObject({ verdict: 'error', reason });
  });

  test('a judge that throws refuses, and its words reach nobody but the log', async () => {
    const verdicts = { [APP]: () => Promise.reject(new Error('the registry said: pwned')) };
    const { response, message, defects } = await askValidate(recorded('create-pod'), { verdicts });
    expect(response).toMatchObject({ allowed: false, auditAnnotations: { reason: 'INTERNAL_ERROR' } });
    expect(defects).toHaveLength(1);
    expect(JSON.stringify(response)).not.toContain('pwned');
    expect(message).toContain('INTERNAL_ERROR');
  });

  test('of an error with a code, the user reads the code and what to do', async () => {
    const verdicts = { [APP]: () => Promise.reject(new CodedError('REGISTRY_DENIED', 'the registry said: pwned')) };
    const { response, message, defects } = await askValidate(recorded('create-pod'), { verdicts });
    expect(response.allowed).toBe(false);
    expect(message).toContain('REGISTRY_DENIED: the image could not be checked\n');
    expect(message).not.toContain('pwned');
    expect(defects).toHaveLength(1);
  });

  test.each([[undefined], [null], [{}], [{ verdict: 'PASS' }], [{ verdict: true }], ['pass']])(
    'a verdict like %j admits nothing',
    async (verdict) => {
      const { response } = await askValidate(recorded('create-pod'), {
        verdicts: { [APP]: async () => verdict as Json },
      });
      expect(response.allowed).toBe(false);
    },
  );

  test('what is not judged when the answer is due is refused, and the rest is said', async () => {
    const due = new AbortController();
    const verdicts = { [APP]: () => new Promise<ImageVerdict>(() => due.abort(new Error('late'))) };
    const late = await askValidate(recorded('create-pod'), { verdicts, due: due.signal });
    expect(late.response.allowed).toBe(false);
    expect(late.message).toContain('TIMEOUT');
    const before = await askValidate(recorded('create-pod'), { due: AbortSignal.abort() });
    expect(before.response.allowed).toBe(false);
    expect(before.asked).toEqual([]);
  });

  test('the same image in twenty containers is judged once, and every field is said', async () => {
    const body = tampered('create-pod', ({ object }) => {
      object.spec.containers = Array.from({ length: 20 }, (_, at) => ({
        name: `c${at}`,
        image: `${APP}@sha256:${'a'.repeat(64)}`,
      }));
    });
    const { asked, message } = await askValidate(body, unsigned('app'));
    expect(asked).toEqual([`${APP}@a`]);
    expect(message).toContain('20 of 20 images are refused');
    expect(message).toContain('- spec.containers[9].image');
    expect(message).not.toContain('- spec.containers[10].image');
    expect(message).toContain('- and 10 more');
  });

  test('the same image with another demand is judged for itself', async () => {
    const body = tampered('create-pod', ({ object }) => {
      object.metadata.annotations = { 'subject.cosign.sigstore.dev/b': 'https://example.test/signer' };
      object.spec.containers = ['a', 'b'].map((name) => ({ name, image: `${APP}@sha256:${'a'.repeat(64)}` }));
    });
    expect((await askValidate(body)).asked).toHaveLength(2);
  });

  test('the worst verdict decides', async () => {
    const { response, message } = await askValidate(recorded('create-pod-all-fields'), unsigned('tool', 'model'));
    expect(response.allowed).toBe(false);
    expect(message).toContain('Pod/full: 2 of 5 images are refused');
    expect(response.auditAnnotations.verdict).toBe('fail');
    expect(response.auditAnnotations.images).toContain(
      `spec.initContainers[0].image=registry.test/acme/tool@${digestOf('a')} fail`,
    );
    expect(response.auditAnnotations.images).toContain('spec.containers[0].image=');
  });

  test('more different images than an object needs are refused before any is judged', async () => {
    const body = (count: number) =>
      tampered('create-pod', ({ object }) => {
        object.spec.containers = Array.from({ length: count }, (_, at) => ({ name: `c${at}`, image: `${APP}:${at}` }));
      });
    const { response, message, asked } = await askValidate(body(201));
    expect(response.allowed).toBe(false);
    expect(message).toContain('201 different images');
    expect(asked).toEqual([]);
    expect((await askValidate(body(200))).response.allowed).toBe(true);
  });
});

describe('mode warn', () => {
  const settings = { mode: 'warn' } as const;

  test('a refusal becomes a warning, and the audit log keeps the verdict', async () => {
    const { response } = await askValidate(recorded('create-pod'), { ...unsigned('app'), settings });
    expect(response).toMatchObject({ allowed: true, auditAnnotations: { verdict: 'fail', mode: 'warn' } });
    expect(response.status).toBeUndefined();
    expect(response.warnings.join(' ')).toContain('NO_SIGNATURE: policy "ours"');
  });

  test('what is INPUT_INVALID is refused all the same', async () => {
    const verdict: ImageVerdict = { ...UNSIGNED, verdict: 'error', reason: 'INPUT_INVALID' };
    const { response } = await askValidate(recorded('create-pod'), { verdicts: { [APP]: verdict }, settings });
    expect(response.allowed).toBe(false);
  });
});
