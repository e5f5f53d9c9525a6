import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CallLimits } from '../../src/domain/calls/call-limits.ts';
import { parseRegexp } from '../../src/domain/patterns/regexp.ts';
import { identityContextOf } from '../../src/entries/inputs/identity-context.ts';
import { createRetryBudget } from '../../src/http/retry-budget.ts';
import { createKubeApi } from '../../src/kubernetes/create-kube-api.ts';
import type { KubeApi, KubeObject } from '../../src/kubernetes/kube-api.ts';
import { watchPolicyObjects } from '../../src/kubernetes/policy-objects.ts';
import { createPullSecretReader, pullSecretNames } from '../../src/kubernetes/pull-secrets.ts';
import {
  createPolicyKeeper,
  type PolicyKeeper,
  type PreparedPolicies,
} from '../../src/usecases/admitting/policy-keeper.ts';
import type { Clock } from '../../src/usecases/ports.ts';
import { expectThat, type Report } from '../common/report.ts';
import type { Kube } from '../peers/kube.ts';

/** The namespace and the service account of this part. */
const NAMESPACE = 'policies-from-api';
const ACCOUNT = 'reader';
const GROUP = '/apis/policy.sigstore.dev/v1beta1';
const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const ROOT = join(import.meta.dirname, '../..');

/** Exactly what reading policies and pull secrets needs. */
const RULES = {
  policies: [
    { apiGroups: ['policy.sigstore.dev'], resources: ['clusterimagepolicies', 'trustroots'], verbs: ['list', 'watch'] },
  ],
  secrets: [{ apiGroups: [''], resources: ['secrets', 'serviceaccounts'], verbs: ['get'] }],
};

/**
 * Holds the client of the API, the policies from it and pull secrets against a real API server, as a service account with
 * no more rights than they need.
 */
export async function checkPoliciesFromApi(report: Report, kube: Kube, directory: string): Promise<void> {
  const ending = new AbortController();
  try {
    await must(kube, '/api/v1/namespaces', { metadata: { name: NAMESPACE } });
    const world = await prepare(kube, directory);
    await checkClient(report, kube, world);
    await checkPolicies(report, kube, { ...world, signal: ending.signal });
    await checkPullSecrets(report, kube, world);
    world.api.close();
  } finally {
    ending.abort();
  }
}

interface World {
  readonly api: KubeApi;
  readonly tokenFile: string;
  readonly warnings: string[];
}

const clock: Clock = {
  now: () => new Date(),
  sleep: (ms, signal) => sleep(ms, undefined, signal === undefined ? {} : { signal }),
};

async function prepare(kube: Kube, directory: string): Promise<World> {
  await must(kube, `/api/v1/namespaces/${NAMESPACE}/serviceaccounts`, { metadata: { name: ACCOUNT } });
  const tokenFile = join(directory, 'token');
  await writeFile(tokenFile, await kube.tokenOf(NAMESPACE, ACCOUNT));
  const warnings: string[] = [];
  const api = createKubeApi({
    settings: { url: new URL(kube.url), tokenFile, caFile: kube.certificate },
    ...{ clock, random: Math.random, userAgent: 'countersign-cluster-checks', mask: () => undefined },
    log: { info: () => undefined, debug: () => undefined, warning: (line) => void warnings.push(line) },
    readFile: (path) => readFile(path),
  });
  return { api, tokenFile, warnings };
}

async function must(kube: Kube, path: string, body: unknown, method: 'POST' | 'PUT' = 'POST'): Promise<unknown> {
  const answer = await kube.send({ method, path, body });
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

async function until(holds: () => boolean, what: string, found: () => unknown): Promise<void> {
  for (let tries = 0; tries < 150; tries += 1) {
    if (holds()) return;
    await sleep(100);
  }
  throw new Error(`expected ${what}; found: ${JSON.stringify(found(), undefined, 1)}`);
}

/** Every item of a list. */
async function listed(api: KubeApi, world: World, path: string): Promise<readonly KubeObject[]> {
  const items: KubeObject[] = [];
  await api.eachPage(callFor(world), path, (page) => void items.push(...page));
  return items;
}

function callFor({ warnings }: World): CallLimits {
  const log = { info: () => undefined, debug: () => undefined, warning: (line: string) => void warnings.push(line) };
  return { signal: AbortSignal.timeout(60_000), retries: createRetryBudget(10_000), log };
}

const rejection = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    (value) => `no error, but ${JSON.stringify(value)}`,
    (error: unknown) => `${String(Reflect.get(Object(error), 'code'))} ${String(error)}`,
  );

/** Gives the service account rights, everywhere or in one namespace. */
async function grant(kube: Kube, name: keyof typeof RULES, namespace?: string): Promise<void> {
  const scope = namespace === undefined ? '' : `/namespaces/${namespace}`;
  const [role, binding] = namespace === undefined ? ['ClusterRole', 'clusterrolebindings'] : ['Role', 'rolebindings'];
  const base = `/apis/rbac.authorization.k8s.io/v1${scope}`;
  await must(kube, `${base}/${role.toLowerCase()}s`, { metadata: { name: `checks-${name}` }, rules: RULES[name] });
  await must(kube, `${base}/${binding}`, {
    metadata: { name: `checks-${name}` },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: role, name: `checks-${name}` },
    subjects: [{ kind: 'ServiceAccount', name: ACCOUNT, namespace: NAMESPACE }],
  });
}

async function checkClient(report: Report, kube: Kube, world: World): Promise<void> {
  const { api, tokenFile } = world;
  const path = `/api/v1/namespaces/${NAMESPACE}/configmaps`;

  await report.check('the API: a list without the right is an error that names it, not an empty list', async () => {
    const said = await rejection(listed(api, world, path));
    expectThat(/KUBERNETES_REFUSED .*403.*cannot list resource/.test(said), 'KUBERNETES_REFUSED with the right', said);
  });

  await report.check('the API: a token that was replaced is read again, and a wrong one is refused', async () => {
    const good = await readFile(tokenFile, 'utf8');
    await writeFile(tokenFile, `${good}x`);
    const other = createKubeApiOf(kube, tokenFile);
    try {
      const wrong = await other.send(callFor(world), { method: 'GET', path: '/api' });
      expectThat(wrong.status === 401, '401', JSON.stringify(wrong));
      await writeFile(tokenFile, await kube.tokenOf(NAMESPACE, ACCOUNT));
      const right = await other.send(callFor(world), { method: 'GET', path: '/api' });
      expectThat(right.status === 200, '200', JSON.stringify(right));
    } finally {
      other.close();
    }
  });

  await report.check('the API: the certificate of another server is refused', async () => {
    const caFile = `${tokenFile}.ca`;
    await writeFile(caFile, (await import('../../sandbox/sigstore/self-signed.ts')).mintLoopbackTls().ca);
    const other = createKubeApiOf(kube, tokenFile, caFile);
    const said = await rejection(other.send(callFor(world), { method: 'GET', path: '/api' }));
    other.close();
    expectThat(said.startsWith('KUBERNETES_UNAVAILABLE') && said.includes('TLS'), 'a TLS error', said);
  });

  await report.check('the API: a list of more than one page is read whole', async () => {
    const admin = await adminApi(kube, tokenFile);
    try {
      const made = Array.from({ length: 300 }, (_, index) => `c${index}`);
      for (let at = 0; at < made.length; at += 20) {
        await Promise.all(made.slice(at, at + 20).map((name) => must(kube, path, { metadata: { name } })));
      }
      const items = await listed(admin, world, path);
      const names = items.map(({ metadata }) => String((metadata as { readonly name: string }).name));
      expectThat(names.length === 300 && new Set(names).size === 300, '300 names', String(names.length));
      expectThat(
        items.every(({ kind }) => kind === 'ConfigMap'),
        'the kind of each item',
        JSON.stringify(items[0]),
      );
      const counts: number[] = [];
      await admin.eachPage(callFor(world), path, (page) => void counts.push(page.length));
      expectThat(JSON.stringify(counts) === '[250,50]', 'pages of 250 and 50', JSON.stringify(counts));
    } finally {
      admin.close();
    }
  });

  await report.check('the API: leases are made, kept and not taken over by who has seen an older one', async () => {
    const admin = await adminApi(kube, tokenFile);
    try {
      const leases = `/apis/coordination.k8s.io/v1/namespaces/${NAMESPACE}/leases`;
      const lease = { metadata: { name: 'one' }, spec: { holderIdentity: 'a', leaseDurationSeconds: 15 } };
      const send = (method: 'POST' | 'PUT' | 'GET', at: string, body?: unknown) =>
        admin.send(callFor(world), { method, path: at, ...(body === undefined ? {} : { body }) });
      const made = await send('POST', leases, lease);
      const again = await send('POST', leases, lease);
      // Longer, since an update without a change would leave the version.
      const longer = { ...lease.spec, leaseDurationSeconds: 30 };
      const kept = await send('PUT', `${leases}/one`, { ...(made.body as object), spec: longer });
      const stale = await send('PUT', `${leases}/one`, { ...(made.body as object), spec: { holderIdentity: 'b' } });
      const patched = await admin.send(callFor(world), {
        ...{ method: 'PATCH', path: `${leases}/one`, body: { spec: { holderIdentity: 'b' } } },
      });
      const statuses = [made, again, kept, stale, patched].map(({ status }) => status);
      expectThat(statuses.join() === '201,409,200,409,200', '201, 409, 200, 409, 200', statuses.join());
    } finally {
      admin.close();
    }
  });
}

function createKubeApiOf(kube: Kube, tokenFile: string, caFile = kube.certificate): KubeApi {
  const nowhere = (): void => undefined;
  return createKubeApi({
    settings: { url: new URL(kube.url), tokenFile, caFile },
    ...{ clock, random: Math.random, userAgent: 'countersign-cluster-checks', mask: nowhere },
    log: { info: nowhere, debug: nowhere, warning: nowhere },
    readFile: (path) => readFile(path),
  });
}

/** The client with the rights of `system:masters`. */
async function adminApi(kube: Kube, beside: string): Promise<KubeApi> {
  const file = `${beside}.admin`;
  await writeFile(file, kube.token, { mode: 0o600 });
  return createKubeApiOf(kube, file);
}

const IDENTITY = `{issuer: https://token.actions.githubusercontent.com, subjectRegExp: '^https://github\\.com/acme/.*$'}`;

const policy = (name: string, more = ''): string => `apiVersion: policy.sigstore.dev/v1beta1
kind: ClusterImagePolicy
metadata: {name: ${name}}
spec:
  images: [{glob: ghcr.io/acme/**}]
  authorities: [{keyless: {identities: [${IDENTITY}]}}]
${more}`;

async function checkPolicies(
  report: Report,
  kube: Kube,
  world: World & { readonly signal: AbortSignal },
): Promise<void> {
  const { warnings } = world;
  let keeper = watching(world);
  let now = shown(keeper);
  const settles = async (wanted: string, problem?: string): Promise<void> =>
    until(
      () => {
        now = shown(keeper);
        return now.state === wanted && (problem === undefined ? now.problems === '' : now.problems.includes(problem));
      },
      `${wanted}${problem === undefined ? '' : `, with ${problem}`}`,
      () => now,
    );

  await report.check('policies: without the definitions there are none, and none is in force', async () => {
    await settles('unready', 'there are no policies');
  });

  await report.check(
    'policies: the definitions of deploy/crds are taken, and lists without the right are a problem',
    async () => {
      for (const name of ['clusterimagepolicies', 'trustroots']) {
        await must(kube, CRDS, await readFile(join(ROOT, 'deploy/crds', `${name}.yaml`), 'utf8'));
      }
      await established(kube);
      keeper = watching(world);
      await settles('unready', '403');
    },
  );

  await report.check(
    'policies: with the right, a stored policy is in force, whatever the server keeps in it',
    async () => {
      await grant(kube, 'policies');
      await must(kube, `${GROUP}/clusterimagepolicies`, policy('one'));
      await settles('one');
      const path = `${GROUP}/clusterimagepolicies/one/status`;
      await kube.send({ method: 'PUT', path, body: { status: { conditions: [] } } });
      await settles('one');
    },
  );

  await report.check('policies: one that is added comes into force, and one that is removed goes', async () => {
    await must(kube, `${GROUP}/clusterimagepolicies`, policy('two'));
    await settles('one,two');
    await kube.send({ method: 'DELETE', path: `${GROUP}/clusterimagepolicies/one` });
    await settles('two');
  });

  await report.check(
    'policies: a misplaced field is stored, reaches the reader, and leaves the last good set in force',
    async () => {
      await must(kube, `${GROUP}/clusterimagepolicies`, policy('three', '  signatureFormat: bundle\n'));
      await settles('two', '"ClusterImagePolicy/three" spec.signatureFormat');
      await must(kube, `${GROUP}/clusterimagepolicies`, policy('four'));
      await settles('two', 'ClusterImagePolicy/three');
      await kube.send({ method: 'DELETE', path: `${GROUP}/clusterimagepolicies/three` });
      await settles('four,two');
    },
  );

  await report.check('policies: what the schema rules out, the server refuses', async () => {
    for (const bad of [policy('bad', '  mode: garbage\n'), policy('bad').replace(/images: .*/, 'images: []')]) {
      const answer = await kube.send({ method: 'POST', path: `${GROUP}/clusterimagepolicies`, body: bad });
      expectThat(answer.status === 422, '422', JSON.stringify(answer));
    }
  });

  await report.check('policies: the last one that is removed leaves the last good set in force', async () => {
    for (const name of ['two', 'four']) {
      await kube.send({ method: 'DELETE', path: `${GROUP}/clusterimagepolicies/${name}` });
    }
    await until(
      () => shown(keeper).problems.includes('there are no policies'),
      'no policies',
      () => shown(keeper),
    );
    expectThat(/^(?:four|two|four,two)$/.test(shown(keeper).state), 'the last good set', shown(keeper).state);
    await must(kube, `${GROUP}/clusterimagepolicies`, policy('five'));
    await settles('five');
  });

  await report.check(
    'policies: a version that the server has forgotten is told in a form that the client knows',
    async () => {
      const path = `${GROUP}/clusterimagepolicies?watch=1&resourceVersion=1&timeoutSeconds=2`;
      const { status, body } = await kube.send({ path });
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      console.log(`     server: ${status} ${text.slice(0, 200)}`);
      expectThat(status === 410 || text.includes('"code":410'), '410, as a status or as an event', text);
    },
  );

  await report.check(
    'policies: a definition that prunes drops the misplaced field without a word, and the log says so',
    async () => {
      const definition = await readFile(join(ROOT, 'deploy/crds/clusterimagepolicies.yaml'), 'utf8');
      await remove(kube, `${CRDS}/clusterimagepolicies.policy.sigstore.dev`);
      await until(
        () => shown(keeper).problems !== '',
        'a problem',
        () => shown(keeper),
      );
      expectThat(shown(keeper).state === 'five', 'the last good set', shown(keeper).state);
      const pruning = definition.replace(/^ *x-kubernetes-preserve-unknown-fields: true\n/gm, '');
      await must(kube, CRDS, pruning);
      await established(kube);
      const applied = { spec: { images: [{ glob: 'ghcr.io/acme/**' }], signatureFormat: 'bundle' } };
      const annotation = `metadata: {name: six, annotations: {kubectl.kubernetes.io/last-applied-configuration: '${JSON.stringify(applied)}'}}`;
      const text = policy('six', '  signatureFormat: bundle\n').replace('metadata: {name: six}', annotation);
      const stored = await must(kube, `${GROUP}/clusterimagepolicies`, text);
      expectThat(
        !JSON.stringify((stored as { spec: unknown }).spec).includes('signatureFormat'),
        'a pruned field',
        JSON.stringify(stored),
      );
      keeper = watching(world);
      await settles('six');
      const line = warnings.find((one) => one.includes('spec.signatureFormat'));
      expectThat(line !== undefined, 'a warning about spec.signatureFormat', warnings.join('\n'));
    },
  );

  await report.check('policies: definitions that belong to namespaces are not taken', async () => {
    const definition = await readFile(join(ROOT, 'deploy/crds/clusterimagepolicies.yaml'), 'utf8');
    await remove(kube, `${CRDS}/clusterimagepolicies.policy.sigstore.dev`);
    await must(kube, CRDS, definition.replace('scope: Cluster', 'scope: Namespaced'));
    await established(kube);
    await must(kube, `${GROUP}/namespaces/${NAMESPACE}/clusterimagepolicies`, policy('of-a-tenant'));
    keeper = watching(world);
    await settles('unready', 'belong to namespaces');
    await remove(kube, `${CRDS}/clusterimagepolicies.policy.sigstore.dev`);
    await remove(kube, `${CRDS}/trustroots.policy.sigstore.dev`);
  });
}

/** Deletes a definition and waits until it has gone. */
async function remove(kube: Kube, path: string): Promise<void> {
  await kube.send({ method: 'DELETE', path });
  for (let tries = 0; tries < 150; tries += 1) {
    if ((await kube.send({ path })).status === 404) return;
    await sleep(100);
  }
  throw new Error(`${path} does not go`);
}

/** Waits until the server serves what the definition says. */
async function established(kube: Kube): Promise<void> {
  for (let tries = 0; tries < 150; tries += 1) {
    const [list, discovery] = await Promise.all([
      kube.send({ path: `${GROUP}/clusterimagepolicies` }),
      kube.send({ path: '/apis/policy.sigstore.dev/v1alpha1' }),
    ]);
    const isDiscovered = JSON.stringify(discovery.body).includes('"clusterimagepolicies"');
    if (list.status === 200 && discovery.status === 200 && isDiscovered) return;
    await sleep(100);
  }
  throw new Error('the definitions are not established');
}

function watching({ api, signal, warnings }: World & { readonly signal: AbortSignal }): PolicyKeeper<undefined> {
  const source = 'the API server';
  const keeper = createPolicyKeeper<undefined>({
    sources: [source],
    identity: { ...identityContextOf('https://github.com'), parseRegexp },
    ...{ prepare: async () => undefined, clock, random: Math.random, signal, onChange: () => undefined },
  });
  const log = { info: () => undefined, debug: () => undefined, warning: (line: string) => void warnings.push(line) };
  watchPolicyObjects(signal, { api, clock, log, onState: (state) => keeper.offer(source, state) });
  return keeper;
}

function shown(keeper: PolicyKeeper<undefined>): { readonly state: string; readonly problems: string } {
  const now: PreparedPolicies<undefined> = keeper.current();
  const names = now.kind === 'ready' ? now.set.policies.map(({ name }) => name).sort() : [];
  return { state: now.kind === 'ready' ? names.join() : 'unready', problems: now.problems.join('\n') };
}

async function checkPullSecrets(report: Report, kube: Kube, world: World): Promise<void> {
  const { api, warnings } = world;
  const data = { '.dockerconfigjson': Buffer.from('{"auths":{"ghcr.io":{"auth":"YTpi"}}}').toString('base64') };
  const of = (namespace: string, spec: unknown) =>
    createPullSecretReader({ api, clock }).read(callFor(world), pullSecretNames(namespace, spec));
  const names = async (namespace: string, spec: unknown): Promise<string> =>
    (await of(namespace, spec)).map(({ name, type }) => `${name} ${type}`).join();

  await report.check('pull secrets: without the right they are left out with a warning', async () => {
    for (const namespace of [NAMESPACE, 'other-tenant']) {
      if (namespace !== NAMESPACE) await must(kube, '/api/v1/namespaces', { metadata: { name: namespace } });
      const base = `/api/v1/namespaces/${namespace}`;
      for (const name of ['own', 'of-account']) {
        await must(kube, `${base}/secrets`, { metadata: { name }, type: 'kubernetes.io/dockerconfigjson', data });
      }
      await must(kube, `${base}/serviceaccounts`, {
        ...{ metadata: { name: 'builder' }, imagePullSecrets: [{ name: 'of-account' }] },
      });
    }
    const found = await names(NAMESPACE, { imagePullSecrets: [{ name: 'own' }] });
    expectThat(found === '' && warnings.some((line) => line.includes('no right')), 'none, and a warning', found);
  });

  await report.check(
    'pull secrets: with `get` in one namespace, those of the Pod and of its account, there alone',
    async () => {
      await grant(kube, 'secrets', NAMESPACE);
      const type = 'kubernetes.io/dockerconfigjson';
      const spec = { imagePullSecrets: [{ name: 'own' }, { name: 'missing' }], serviceAccountName: 'builder' };
      const both = `own ${type},of-account ${type}`;
      let found = '';
      // The API server takes a moment until it knows the new right.
      for (let tries = 0; tries < 50 && found !== both; tries += 1) {
        if (tries > 0) await sleep(200);
        found = await names(NAMESPACE, spec);
      }
      expectThat(found === both, 'both', found);
      const elsewhere = await names('other-tenant', spec);
      expectThat(elsewhere === '', 'none of the other namespace', elsewhere);
      // Twin: the right is `get` by name, and nothing that lists.
      const list = await rejection(listed(api, world, `/api/v1/namespaces/${NAMESPACE}/secrets`));
      expectThat(list.includes('403'), '403', list);
    },
  );
}
