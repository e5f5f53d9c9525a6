import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { at, type JsonObject, listAt } from '../../sandbox/http/json-body.ts';
import { DEPLOY, objectsOf, YAML_FILES } from './manifests.ts';

const KUSTOMIZATIONS = YAML_FILES.filter((path) => path.endsWith('kustomization.yaml'));
const OVERLAYS = readdirSync(join(DEPLOY, 'overlays'));

/** What a kustomization takes in, relative to deploy/. */
const takenBy = (path: string): string[] =>
  ['resources', 'components'].flatMap((field) =>
    listAt(objectsOf(path)[0], field).map((one) => posix.join(posix.dirname(path), String(one))),
  );

test('every file that a kustomization names is there, and every manifest is taken by one', () => {
  const taken = KUSTOMIZATIONS.flatMap((path) => takenBy(path));
  for (const path of taken) {
    const found = join(DEPLOY, path);
    expect(existsSync(found), path).toBe(true);
    if (statSync(found).isDirectory()) expect(existsSync(join(found, 'kustomization.yaml')), path).toBe(true);
  }
  const others = YAML_FILES.filter((path) => !path.startsWith('examples/') && !KUSTOMIZATIONS.includes(path));
  expect(others.filter((path) => !taken.includes(path))).toEqual([]);
});

test.each(OVERLAYS)('overlay %s has a certificate and says what is to happen', (name) => {
  const components = listAt(objectsOf(`overlays/${name}/kustomization.yaml`)[0], 'components').map(String);
  const of = (...names: string[]) => components.filter((path) => names.includes(posix.basename(path)));
  expect(of('cert-manager', 'self-managed')).toHaveLength(1);
  expect(of('warn', 'enforce')).toHaveLength(1);
});

/** The mode of the settings and the failurePolicy of each patched webhook, by component. */
function stepOf(component: string): readonly unknown[] {
  const kustomization = objectsOf(`components/${component}/kustomization.yaml`)[0];
  const settings = listAt(kustomization, 'configMapGenerator', 0, 'literals');
  const patches = listAt(kustomization, 'patches').map(
    (one) => parseAllDocuments(String(at(one, 'patch')))[0]?.toJS() as JsonObject,
  );
  return [
    settings,
    patches.map((patch) => [
      patch['kind'],
      at(patch, 'webhooks', 0, 'name'),
      at(patch, 'webhooks', 0, 'failurePolicy'),
    ]),
  ];
}

test('warn warns and lets a failing call pass, enforce refuses both', () => {
  const both = (policy: string) => [
    ['MutatingWebhookConfiguration', 'mutate.countersign-system.svc', policy],
    ['ValidatingWebhookConfiguration', 'validate.countersign-system.svc', policy],
  ];
  expect(stepOf('warn')).toEqual([['COUNTERSIGN_MODE=warn'], both('Ignore')]);
  expect(stepOf('enforce')).toEqual([['COUNTERSIGN_MODE=enforce'], both('Fail')]);
});

test('the certificate is for the name that the API server asks for, by a root that keeps its key', () => {
  const [, root, , leaf] = objectsOf('components/cert-manager/certificates.yaml');
  expect(at(leaf, 'spec', 'dnsNames')).toEqual(['countersign-webhook.countersign-system.svc']);
  expect(at(leaf, 'spec', 'secretName')).toBe('countersign-webhook-tls');
  expect(at(leaf, 'spec', 'issuerRef', 'name')).toBe('countersign-webhook-ca');
  expect(at(root, 'spec')).toMatchObject({ isCA: true, privateKey: { rotationPolicy: 'Never' } });
  const script = readFileSync(join(DEPLOY, 'components/self-managed/certificate.sh'), 'utf8');
  expect(script).toContain('subjectAltName = DNS:$service.$namespace.svc');
  expect(script).toContain('namespace=countersign-system\nservice=countersign-webhook\n');
});

// ── as kubectl renders it ──

const kubectl = spawnSync('kubectl', ['version', '--client']).status === 0;

const IMAGE = `ghcr.io/acme/app/webhook@sha256:${'5'.repeat(64)}`;

/** Runs render.sh on a copy of deploy/. */
async function render(image: string): Promise<{ readonly status: number | null; readonly files: readonly string[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'render-'));
  try {
    await cp(DEPLOY, join(folder, 'deploy'), { recursive: true });
    const { status } = spawnSync('sh', ['deploy/render.sh', image, 'out'], { cwd: folder });
    const out = join(folder, 'out');
    const names = existsSync(out) ? readdirSync(out) : [];
    return { status, files: names.map((name) => readFileSync(join(out, name), 'utf8')) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

test.skipIf(!kubectl || process.platform === 'win32')(
  'a release runs the webhook by digest in every overlay, and by nothing else',
  async () => {
    const { status, files } = await render(IMAGE);
    expect([status, files.length]).toEqual([0, OVERLAYS.length]);
    for (const text of files)
      expect([...text.matchAll(/^ +image: (.*)$/gm)].map(([, image]) => image)).toEqual([IMAGE]);
  },
);

test
  .skipIf(process.platform === 'win32')
  .each(['ghcr.io/acme/app/webhook:v1', '', `${IMAGE}\n  - x`, `${IMAGE} ${IMAGE}`, `a@${IMAGE}`])(
  'render.sh takes no image that is not one digest: %j',
  async (image) => {
    const { status, files } = await render(image);
    expect(status).not.toBe(0);
    expect(files).toEqual([]);
  },
);

/** Without kubectl this is skipped, and the report says so; .ci/run has it. */
test.skipIf(!kubectl).each(OVERLAYS)('kubectl renders overlay %s to one of each, in its namespace', (name) => {
  const { stdout, stderr, status } = spawnSync('kubectl', ['kustomize', join(DEPLOY, 'overlays', name)], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const objects = parseAllDocuments(stdout).map((one) => one.toJS() as JsonObject);
  const ids = objects.map((one) => `${String(one['kind'])}/${String(at(one, 'metadata', 'name'))}`);
  expect(new Set(ids).size).toBe(ids.length);
  const isEnforced = name.startsWith('enforce');
  const settings = objects.find(({ kind }) => kind === 'ConfigMap');
  expect(at(settings, 'data', 'COUNTERSIGN_MODE')).toBe(isEnforced ? 'enforce' : 'warn');
  const container = at(
    objects.find(({ kind }) => kind === 'Deployment'),
    'spec',
    'template',
    'spec',
    'containers',
    0,
  );
  // A changed setting starts new Pods.
  expect(at(container, 'envFrom', 0, 'configMapRef', 'name')).toBe(at(settings, 'metadata', 'name'));
  const configurations = objects.filter(({ kind }) => String(kind).endsWith('WebhookConfiguration'));
  expect(configurations).toHaveLength(2);
  for (const one of configurations) {
    expect(at(one, 'webhooks', 0, 'failurePolicy')).toBe(isEnforced ? 'Fail' : 'Ignore');
    const inject = at(one, 'metadata', 'annotations', 'cert-manager.io/inject-ca-from');
    const leaf = objects.find((object) => object['kind'] === 'Certificate' && at(object, 'spec', 'isCA') !== true);
    const from = `${String(at(leaf, 'metadata', 'namespace'))}/${String(at(leaf, 'metadata', 'name'))}`;
    expect(inject).toBe(name.endsWith('self-managed') ? undefined : from);
  }
});
