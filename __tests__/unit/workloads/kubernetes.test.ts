import { describe, expect, test } from 'vitest';
import { imagesOfObject } from '../../../src/workloads/object-images.ts';
import { problemsOf, read, shown } from './read.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;

/** A pod specification with one image in each of the four places. */
const POD_SPEC = `containers:
- name: app
  image: IMAGE0
initContainers:
- {name: init, image: IMAGE1, restartPolicy: Always}
ephemeralContainers:
- {name: debug, image: IMAGE2}
volumes:
- {name: data, image: {reference: IMAGE3}}
- {name: disk, rbd: {image: not-an-image, monitors: []}}
- {name: empty, image: {reference: ''}}
- {name: config, configMap: {name: x}}`;
const POD_FIELDS = [
  'containers[0].image',
  'initContainers[0].image',
  'ephemeralContainers[0].image',
  'volumes[0].image.reference',
];

const indent = (text: string, spaces: number): string => text.replace(/^/gm, ' '.repeat(spaces));

/** An object whose pod specification stands at a path. */
function objectAt(apiVersion: string, kind: string, path: string): string {
  let text = POD_SPEC;
  for (const step of path.split('.').reverse()) {
    const list = step.endsWith('[]');
    text = list ? `${step.slice(0, -2)}:\n- x: y\n${indent(text, 2)}` : `${step}:\n${indent(text, 2)}`;
  }
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: it}\n${text}\n`;
}

/** Images of different names, so that a mix-up is seen. */
function filled(text: string): string {
  return text.replace(/IMAGE(\d)/g, 'registry.example/app$1:1');
}

const POD_KINDS: readonly (readonly [apiVersion: string, kind: string, path: string])[] = [
  ['v1', 'Pod', 'spec'],
  ['v1', 'PodTemplate', 'template.spec'],
  ['v1', 'ReplicationController', 'spec.template.spec'],
  ...['apps/v1', 'apps/v1beta1', 'apps/v1beta2', 'extensions/v1beta1'].map(
    (version) => [version, 'Deployment', 'spec.template.spec'] as const,
  ),
  ['apps/v1', 'ReplicaSet', 'spec.template.spec'],
  ['extensions/v1beta1', 'ReplicaSet', 'spec.template.spec'],
  ['apps/v1', 'StatefulSet', 'spec.template.spec'],
  ['apps/v1', 'DaemonSet', 'spec.template.spec'],
  ['extensions/v1beta1', 'DaemonSet', 'spec.template.spec'],
  ['batch/v1', 'Job', 'spec.template.spec'],
  ['batch/v1', 'CronJob', 'spec.jobTemplate.spec.template.spec'],
  ['batch/v1beta1', 'CronJob', 'spec.jobTemplate.spec.template.spec'],
  ['batch/v2alpha1', 'ScheduledJob', 'spec.jobTemplate.spec.template.spec'],
  ['argoproj.io/v1alpha1', 'Rollout', 'spec.template.spec'],
  ['serving.knative.dev/v1', 'Service', 'spec.template.spec'],
  ['serving.knative.dev/v1', 'Configuration', 'spec.template.spec'],
  ['serving.knative.dev/v1', 'Revision', 'spec'],
  ['jobset.x-k8s.io/v1alpha2', 'JobSet', 'spec.replicatedJobs[].template.spec.template.spec'],
  ['keda.sh/v1alpha1', 'ScaledJob', 'spec.jobTargetRef.template.spec'],
  ['apps.openshift.io/v1', 'DeploymentConfig', 'spec.template.spec'],
  ['v1', 'DeploymentConfig', 'spec.template.spec'],
  // By the generic rule.
  ['acme.example/v1', 'Machine', 'spec.deep.template.spec'],
  ['apps/v1', 'ControllerRevision', 'data.spec.template.spec'],
  ['leaderworkerset.x-k8s.io/v1', 'LeaderWorkerSet', 'spec.leaderWorkerTemplate.workerTemplate.spec'],
];

describe.each(POD_KINDS)('%s %s', (apiVersion, kind, path) => {
  const text = objectAt(apiVersion, kind, path);
  const prefix = path.replaceAll('[]', '[0]');
  const lineOf = (part: string): number => text.split('\n').findIndex((line) => line.includes(part)) + 1;

  test('every place of an image is found, with line and field', () => {
    const found = read(filled(text));
    expect(found.problems).toEqual([]);
    expect(shown(found)).toEqual(
      POD_FIELDS.map(
        (field, index) => `${lineOf(`IMAGE${index}`)} ${kind}/it ${prefix}.${field} registry.example/app${index}:1`,
      ),
    );
    for (const { text: place, owner, image } of found.images) {
      expect(filled(text).slice(place?.start, place?.end)).toBe(image);
      expect(owner).toMatchObject({ apiVersion, kind, name: 'it' });
    }
  });

  test.each(POD_FIELDS.map((field, index) => [field, index] as const))(
    'twin: a %s that is not an image is refused',
    (field, index) => {
      const found = read(filled(text.replace(`IMAGE${index}`, "'{{ .Values.image }}'")));
      expect(found.images).toHaveLength(3);
      expect(found.problems).toMatchObject([
        { line: lineOf(`IMAGE${index}`), field: `${prefix}.${field}`, object: `${kind}/it` },
      ]);
    },
  );

  test.each([
    ['image: IMAGE0', 'Image: IMAGE0'],
    ['image: IMAGE1', 'imAge: IMAGE1'],
    ['image: {reference: IMAGE3}', 'Image: {reference: IMAGE3}'],
    ['ephemeralContainers:', 'ephemeralcontainers:'],
  ])('twin: %s as %s is not passed over', (right, wrong) => {
    const found = read(filled(text.replace(right, wrong)));
    const lines = text.replace(right, wrong).split('\n');
    const line = lines.findIndex((one) => one.includes(wrong)) + 1;
    expect(found.problems.map((problem) => problem.line)).toContain(line);
  });

  test('from JSON, as the webhook gets it', async () => {
    const { parse } = await import('yaml');
    const found = imagesOfObject(parse(filled(text)));
    expect(found.problems).toEqual([]);
    expect(found.images.map(({ field, image, text: place }) => [field, image, place])).toEqual(
      POD_FIELDS.map((field, index) => [`${prefix}.${field}`, `registry.example/app${index}:1`, undefined]),
    );
  });
});

describe('lists', () => {
  const POD = '{metadata: {name: a}, spec: {containers: [{image: nginx}]}}';

  test.each([
    ['v1', 'List', `[{apiVersion: v1, kind: Pod, ${POD.slice(1)}]`, 'items[0].spec.containers[0].image'],
    ['v1', 'PodList', `[${POD}]`, 'items[0].spec.containers[0].image'],
    [
      'v1',
      'List',
      `[{apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: Pod, ${POD.slice(1)}]}]`,
      'items[0].items[0].spec.containers[0].image',
    ],
    // kubectl takes every object with items for a list.
    ['v1', 'ConfigMap', `[{apiVersion: v1, kind: Pod, ${POD.slice(1)}]`, 'items[0].spec.containers[0].image'],
  ])('%s %s %s', (apiVersion, kind, items, field) => {
    const found = read(`apiVersion: ${apiVersion}\nkind: ${kind}\nitems: ${items}\n`);
    expect(problemsOf(found)).toEqual([]);
    expect(shown(found)).toEqual([`3 Pod/a ${field} nginx`]);
  });

  test('an item of a list has its own owner', () => {
    const found = read(`apiVersion: v1\nkind: PodList\nitems: [${POD}]\n`);
    expect(found.images[0]?.owner).toMatchObject({ apiVersion: 'v1', kind: 'Pod', name: 'a' });
  });

  test.each([
    ['an item with only a kind', `apiVersion: v1\nkind: List\nitems: [{kind: Pod, ${POD.slice(1)}]\n`],
    ['an item that is text', 'apiVersion: v1\nkind: List\nitems: [nginx]\n'],
    [
      'items in another spelling',
      `apiVersion: v1\nkind: ConfigMap\nItems: [{apiVersion: v1, kind: Pod, ${POD.slice(1)}]\n`,
    ],
  ])('%s is refused', (_name, text) => {
    const found = read(text);
    expect(found.images).toEqual([]);
    expect(found.problems).toHaveLength(1);
  });
});

describe('objects without images', () => {
  test.each([
    ['policy.sigstore.dev/v1beta1', 'ClusterImagePolicy'],
    ['policy.sigstore.dev/v1alpha1', 'TrustRoot'],
    ['kyverno.io/v1', 'ClusterPolicy'],
    ['policies.kyverno.io/v1', 'ImageValidatingPolicy'],
    ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
    ['v1', 'ConfigMap'],
    ['v1', 'PersistentVolume'],
    ['v1', 'Node'],
    ['networking.k8s.io/v1', 'Ingress'],
    ['admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration'],
  ])('%s %s names none, whatever is in it', (apiVersion, kind) => {
    const body = `spec: {images: [{glob: '**'}], image: nginx, x: 'a@${DIGEST}', rbd: {image: disk}}`;
    expect(read(`apiVersion: ${apiVersion}\nkind: ${kind}\n${body}\n`)).toEqual({ images: [], problems: [] });
    // Twin: the same name in another group.
    expect(read(`apiVersion: evil.example/v1\nkind: ${kind}\n${body}\n`).problems.length).toBeGreaterThan(1);
  });

  test('status, labels and selectors are not read', () => {
    const found = read(`apiVersion: v1
kind: Pod
metadata: {name: a, labels: {image: x}, managedFields: [{fieldsV1: {'f:image': {}, image: y}}]}
spec: {containers: [{name: a, image: nginx, env: [{name: image, value: 'b@${DIGEST}'}]}], nodeSelector: {image: z}}
status: {containerStatuses: [{image: 'evil:1', imageID: 'evil@${DIGEST}'}]}
`);
    expect(problemsOf(found)).toEqual([]);
    expect(shown(found)).toEqual(['4 Pod/a spec.containers[0].image nginx']);
  });

  test('a template that is null does not crash', () => {
    expect(read('apiVersion: v1\nkind: ReplicationController\nspec: {template: null}\n')).toEqual({
      images: [],
      problems: [],
    });
  });

  test('what is being deleted, owned or said to be verified is read all the same', () => {
    const found = read(`apiVersion: v1
kind: Pod
metadata: {name: a, deletionTimestamp: '2026-01-01T00:00:00Z', ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: b}], annotations: {kyverno.io/verify-images: '{"nginx":true}'}}
spec: {containers: [{image: nginx}]}
`);
    expect(shown(found)).toEqual(['4 Pod/a spec.containers[0].image nginx']);
  });
});

describe('images that cannot be judged', () => {
  test.each([
    ['1.10', 'number'],
    ['true', 'boolean'],
    ["''", 'empty'],
    ["' '", 'empty'],
    ['', 'names no image'],
    ['null', 'names no image'],
    ['[nginx]', 'a list'],
    ['{a: b}', 'a map'],
    ["'nginx '", 'white space'],
    ['"nginx\\n"', 'white space'],
    ['"ngi\\u200bnx"', 'invisible'],
    ['"ngi\\u0007nx"', 'invisible'],
    ['ghcr.io/Acme/app', 'capitals'],
    ['registry.example/Acme/app', 'lower case'],
    ['ghcr.io/acme/../evil', 'segments'],
    ['nginx@sha256:abc', 'hex digits'],
    ['https://ghcr.io/acme/app', 'scheme'],
    [`$\{IMAGE}`, 'variable'],
    ['$(IMAGE)', 'variable'],
    ['"{{ .Values.image }}"', 'template'],
    ['ko://example.com/cmd/app', 'ko'],
    ['#@ data.values.image', 'names no image'],
  ])('image: %s', (value, what) => {
    for (const spec of ['kind: Pod\nspec:\n', 'kind: Deployment\nspec:\n template:\n  spec:\n']) {
      const text = `apiVersion: ${spec.includes('template') ? 'apps/v1' : 'v1'}\n${spec}   containers:\n   - image: ${value}\n`;
      const found = read(text);
      expect(found.images).toEqual([]);
      expect(found.problems).toHaveLength(1);
      const line = text.split('\n').length - 1;
      expect(found.problems[0]).toMatchObject({ line, what: expect.stringContaining(what) });
    }
  });

  test.each([
    ['nginx', 'nginx'],
    ['"nginx"', 'nginx'],
    ["'nginx:1'", 'nginx:1'],
    [`registry.example:5000/a/b:tag@${DIGEST}`, `registry.example:5000/a/b:tag@${DIGEST}`],
    ['>-\n      nginx', 'nginx'],
  ])('twin: image: %s', (value, image) => {
    const found = read(`apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n    image: ${value}\n`);
    expect(found.problems).toEqual([]);
    expect(found.images).toMatchObject([{ image, line: 6 }]);
  });

  test('a container without an image is refused, in a Pod and in a template', () => {
    for (const head of [
      'apiVersion: v1\nkind: Pod\nspec:',
      'apiVersion: apps/v1\nkind: Deployment\nspec:\n template:\n  spec:',
    ]) {
      const found = read(`${head}\n   containers:\n   - name: a\n`);
      expect(problemsOf(found)).toEqual([expect.stringContaining('the container names no image')]);
    }
  });

  test('containers that are not maps are refused', () => {
    expect(read('apiVersion: v1\nkind: Pod\nspec: {containers: [nginx]}\n').problems).toHaveLength(1);
    expect(read('apiVersion: v1\nkind: Pod\nspec: {containers: {a: {image: nginx}}}\n').problems).toHaveLength(1);
    expect(read('apiVersion: v1\nkind: Pod\nspec: {containers: nginx}\n').problems).toHaveLength(1);
  });
});

describe('kinds that are not known', () => {
  const PROMETHEUS = `apiVersion: monitoring.coreos.com/v1
kind: Prometheus
metadata: {name: p}
spec:
  image: quay.io/prometheus/prometheus:v3
  imagePullPolicy: Always
  imagePullSecrets: [{name: s}]
`;
  const LINE = 'Prometheus.monitoring.coreos.com spec/image';

  test('a field that looks like an image is refused with the line to add', () => {
    const found = read(PROMETHEUS);
    expect(found.images).toEqual([]);
    expect(found.problems).toMatchObject([
      {
        line: 5,
        field: 'spec.image',
        cure: expect.stringMatching(/: Prometheus\.monitoring\.coreos\.com spec\/image$/),
      },
    ]);
  });

  test('with that line it is an image', () => {
    const found = read(PROMETHEUS, { imagePaths: [LINE] });
    expect(found.problems).toEqual([]);
    expect(shown(found)).toEqual(['5 Prometheus/p spec.image quay.io/prometheus/prometheus:v3']);
    expect(PROMETHEUS.slice(found.images[0]?.text?.start, found.images[0]?.text?.end)).toBe(
      'quay.io/prometheus/prometheus:v3',
    );
  });

  test('other fields of that kind stay errors', () => {
    const found = read(`${PROMETHEUS}  thanos: {baseImage: a/b}\n`, { imagePaths: [LINE] });
    expect(found.problems).toMatchObject([{ line: 8, field: 'spec.thanos.baseImage' }]);
  });

  test.each([
    ['another kind', 'Alertmanager.monitoring.coreos.com spec/image'],
    ['another group', 'Prometheus.evil.example spec/image'],
    ['no group', 'Prometheus spec/image'],
    ['another path', 'Prometheus.monitoring.coreos.com spec/images'],
  ])('twin: a line for %s does not help', (_name, line) => {
    expect(read(PROMETHEUS, { imagePaths: [line] })).toEqual(read(PROMETHEUS));
  });

  test.each([
    ['image', 'a', 'spec/image'],
    ['sidecarImage', 'a', 'spec/sidecarImage'],
    ['IMAGE', 'a', 'spec/IMAGE'],
    ['runner_image', 'a', 'spec/runner_image'],
    ['imageName', 'a', 'spec/imageName'],
    ['dockerImage', '1.5', 'spec/dockerImage'],
    ['images', '[a, b]', 'spec/images/*'],
    ['list', '[{image: a}]', 'spec/list/*/image'],
    ['map', '{x.y/z: {image: a}}', 'spec/map/x.y~1z/image'],
    ['other', `a@${DIGEST}`, 'spec/other'],
    ['other', `'prefix a@sha256:${'B'.repeat(64)}'`, 'spec/other'],
    ['containers', '{a: {image: b}}', 'spec/containers/a/image'],
  ])('%s: %s', (key, value, path) => {
    const text = `apiVersion: acme.example/v1\nkind: Thing\nspec:\n  ${key}: ${value}\n`;
    const found = read(text);
    expect(found.images).toEqual([]);
    expect(found.problems[0]?.line).toBe(4);
    expect(found.problems[0]?.cure).toContain(`: Thing.acme.example ${path}`);
    const offered = read(text, { imagePaths: [`Thing.acme.example ${path}`] });
    expect(offered.problems.filter(({ what }) => what.includes('not known'))).toEqual([]);
    expect(offered.images.length + offered.problems.length).toBeGreaterThan(0);
  });

  test.each([
    ['image: {repository: a/b, tag: "1"}'],
    ['images: [{name: a, newTag: "1"}]'],
    ['values: {image: {registry: evil.example}}'],
    ['volumes: [{image: {repository: evil.example/x}}]'],
  ])('parts of a reference are refused, and image-paths is not offered: %s', (body) => {
    const found = read(`apiVersion: acme.example/v1\nkind: Thing\nspec:\n  ${body}\n`);
    expect(found.problems).toMatchObject([
      { line: 4, cure: expect.stringContaining('can only name fields that hold a whole reference') },
    ]);
  });

  test.each(['image: null', "image: ''", 'image: {}', 'useImage: true', 'images: []', 'imagePullPolicy: Always'])(
    '%s asks for nothing',
    (body) => {
      expect(read(`apiVersion: acme.example/v1\nkind: Thing\nspec: {${body}}\n`)).toEqual({ images: [], problems: [] });
    },
  );

  test('an inner object of a kind without images, or with other free fields, hides nothing', () => {
    for (const inner of [
      'apiVersion: v1, kind: ConfigMap',
      'apiVersion: v1, kind: Pod',
      'apiVersion: policy.sigstore.dev/v1beta1, kind: ClusterImagePolicy',
    ]) {
      for (const hidden of ['image: evil', `x: evil@${DIGEST}`, 'selector: {image: evil}', 'status: {image: evil}']) {
        const found = read(`apiVersion: acme.example/v1\nkind: Thing\nspec: {${inner}, ${hidden}}\n`);
        expect(found.problems, `${inner}, ${hidden}`).toHaveLength(1);
      }
    }
  });

  test('a field of a ConfigMap can be named', () => {
    const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {proxy: a/b}\n';
    expect(read(text)).toEqual({ images: [], problems: [] });
    expect(shown(read(text, { imagePaths: ['ConfigMap data/proxy'] }))).toEqual(['4 ConfigMap/c data.proxy a/b']);
  });

  test('image-paths cannot take an annotation away', () => {
    const text = `apiVersion: v1\nkind: Pod\nmetadata: {annotations: {subject.cosign.sigstore.dev/a: s}}\nspec: {containers: [{name: a, image: nginx}]}\n`;
    const found = read(text, { imagePaths: ['Pod spec/containers/*/image'] });
    expect(found.images).toMatchObject([{ annotated: { subject: 's' } }]);
    expect(found.images).toHaveLength(1);
  });

  test('a kind that cannot be pasted is not offered', () => {
    const found = read('apiVersion: v1\nkind: "X\\n::error::"\nspec: {image: nginx}\n');
    expect(found.problems).toHaveLength(1);
    expect(found.problems[0]?.cure).not.toContain('::error');
    expect(found.problems[0]?.object).not.toContain('\n');
    expect(found.problems[0]?.what).not.toContain('\n');
  });
});

describe('files that are not objects', () => {
  test.each([
    ['a document without a kind', 'a: b\n'],
    ['only a kind', 'kind: Pod\nspec: {containers: [{image: nginx}]}\n'],
    ['a kind in another spelling', 'apiVersion: v1\nKind: Pod\n'],
    ['a kind that is a number', 'apiVersion: v1\nkind: 1\n'],
    ['a text', 'nginx\n'],
    ['a list', '- nginx\n'],
    [
      'a kustomization',
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nimages: [{name: a, newName: b}]\n',
    ],
    ['a template', 'apiVersion: v1\nkind: Pod\nspec:\n  {{- toYaml .Values.x }}\n'],
  ])('%s is refused', (_name, text) => {
    const found = read(text);
    expect(found.images).toEqual([]);
    expect(found.problems.length).toBeGreaterThan(0);
    expect(found.problems.every(({ cure }) => cure !== '')).toBe(true);
  });

  test.each([
    ['kustomization.yaml', 'kubectl kustomize'],
    ['base/Kustomization', 'kubectl kustomize'],
    ['Chart.yaml', 'helm template'],
    ['values.yaml', 'helm template'],
    ['values-prod.yml', 'helm template'],
    ['prod.values.yaml', 'helm template'],
    ['helmfile.yaml', 'helmfile template'],
    ['docker-bake.hcl', 'docker buildx bake --print'],
    ['deploy.yaml.tpl', 'files are read that are called'],
  ])('%s', (name, cure) => {
    const found = read('image: nginx\n', { name });
    expect(found.images).toEqual([]);
    expect(found.problems).toMatchObject([{ cure: expect.stringContaining(cure) }]);
  });

  test('a template says which command renders it', () => {
    expect(read('spec:\n  {{- toYaml .Values.x }}\n').problems[0]?.cure).toContain('helm template');
  });

  test('empty documents are no objects and no problems', () => {
    expect(read('# nothing\n---\n---\n...\n')).toEqual({ images: [], problems: [] });
  });
});

describe('YAML', () => {
  const pod = (body: string): string => `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n${body}`;

  test('a merged image is found, at the text that it is merged from', () => {
    const text = pod(
      '  x: &x\n    name: m\n    image: nginx\n  containers:\n  - <<: *x\n  - <<: *x\n    image: other\n',
    );
    const found = read(text);
    expect(shown(found)).toEqual(['7 Pod/a spec.containers[0].image nginx', '11 Pod/a spec.containers[1].image other']);
  });

  test('an aliased list counts twice, with one text', () => {
    const text = pod('  containers: &c\n  - name: a\n    image: nginx\n  initContainers: *c\n');
    const found = read(text);
    expect(shown(found)).toEqual([
      '7 Pod/a spec.containers[0].image nginx',
      '7 Pod/a spec.initContainers[0].image nginx',
    ]);
    expect(found.images[0]?.text).toEqual(found.images[1]?.text);
  });

  test.each([
    ['a duplicate key', pod('  containers:\n  - image: nginx\n    image: evil\n')],
    ['a duplicate key in JSON', '{"apiVersion":"v1","kind":"Pod","kind":"ConfigMap"}'],
    ['several JSON documents', '{"apiVersion":"v1","kind":"Pod"}\n{"apiVersion":"v1","kind":"Pod"}'],
    ['a line break that kubectl knows: U+2028', pod('  containers:\n  - image: nginx #\u2028    image: evil\n')],
    ['a line break that kubectl knows: U+0085', pod('  containers:\n  - image: nginx #\u0085    image: evil\n')],
    ['a lone carriage return', pod('  containers:\n  - image: nginx #\r    image: evil\n')],
    ['a merge after what it replaces', pod('  containers:\n  - image: nginx\n    <<: {image: evil}\n')],
    ['two merges', pod('  containers:\n  - <<: {image: nginx}\n    <<: {image: evil}\n')],
    ['a merge in quotes', pod('  containers:\n  - "<<": {image: evil}\n')],
    ['a tag', pod('  containers:\n  - image: !!binary bmdpbng=\n')],
    ['an unknown alias', pod('  containers: *c\n')],
  ])('%s is refused', (_name, text) => {
    const found = read(text);
    expect(found.images).toEqual([]);
    expect(found.problems.length).toBeGreaterThan(0);
  });

  test('CRLF, a byte order mark, `...` and separators inside of text are no matter', () => {
    const text =
      `\ufeff${pod('  containers:\n  - image: nginx\n    command: [sh, -c, |\n      x]\n'.replace(/ {4}command.*\n.*\n/, '    tty: true\n'))}...\n---\napiVersion: v1\nkind: ConfigMap\ndata:\n  a: |\n    ---\n    kind: Pod\n---\n${pod('  containers: [{image: other}]\n')}`.replaceAll(
        '\n',
        '\r\n',
      );
    const found = read(text);
    expect(problemsOf(found)).toEqual([]);
    expect(found.images.map(({ image, document }) => [image, document])).toEqual([
      ['nginx', 1],
      ['other', 3],
    ]);
  });

  test('thousands of aliases and deep nesting end in time', () => {
    const many = read(pod(`  containers: [&a {image: nginx}${', *a'.repeat(20_000)}]\n`));
    expect(many.images).toHaveLength(20_001);
    expect(read(`${'['.repeat(20_000)}`).problems.length).toBeGreaterThan(0);
    const bomb = Array.from({ length: 12 }, (_, n) => `a${n + 1}: &a${n + 1} [${`*a${n},`.repeat(9)}]`).join('\n');
    expect(read(`a0: &a0 x\n${bomb}\n`).problems.length).toBeGreaterThan(0);
  });

  test('a deep object from JSON is refused', () => {
    let value: unknown = 'x';
    for (let depth = 0; depth < 50_000; depth += 1) value = [value];
    expect(imagesOfObject({ apiVersion: 'v1', kind: 'Pod', spec: value }).problems).toHaveLength(1);
  });

  test.each([null, undefined, 1, 'x', [], {}, { kind: 'Pod' }])('%j is not an object for the webhook', (value) => {
    expect(imagesOfObject(value)).toMatchObject({ images: [], problems: [{ line: 1 }] });
  });
});
