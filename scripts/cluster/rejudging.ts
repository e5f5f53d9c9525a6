import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Digest } from '../../src/domain/image/digest.ts';
import { isJsonObject } from '../../src/domain/text/json-object.ts';
import { listImagesInUse } from '../../src/entries/webhook/images-in-use.ts';
import { createNewCall } from '../../src/entries/webhook/new-call.ts';
import {
  LEASE_NAME,
  type RejudgingOptions,
  type RejudgingResult,
  type RoundSummary,
  startRejudging,
} from '../../src/entries/webhook/start-rejudging.ts';
import { createKubeApi } from '../../src/kubernetes/create-kube-api.ts';
import type { KubeApi } from '../../src/kubernetes/kube-api.ts';
import type { ImageAdmission, RegistryAccess } from '../../src/usecases/admitting/admitter.ts';
import type { Clock, Log, Registry } from '../../src/usecases/ports.ts';
import { expectThat, type Report } from '../common/report.ts';
import type { Kube } from '../peers/kube.ts';
import { commandPassed } from './webhook/answers.ts';

const SYSTEM = 'countersign-system';
const CONFIGURATION = 'countersign-rejudging-check';
const ACCOUNT = 'countersign';
const GOOD = `sha256:${'1'.repeat(64)}` as Digest;
const VANISHING = `sha256:${'2'.repeat(64)}` as Digest;
const OTHER = `sha256:${'3'.repeat(64)}` as Digest;
const REPOSITORY = 'registry.example/shop/app';

/** What the service account needs for judging what runs, and nothing else (docs/decisions/0038-rejudging.md). */
const REJUDGING_RULES = {
  cluster: [
    { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] },
    { apiGroups: [''], resources: ['namespaces'], verbs: ['list'] },
    {
      ...{ apiGroups: ['admissionregistration.k8s.io'], resources: ['validatingwebhookconfigurations'] },
      ...{ resourceNames: [CONFIGURATION], verbs: ['get'] },
    },
    { apiGroups: ['events.k8s.io'], resources: ['events'], verbs: ['create', 'patch'] },
    {
      ...{ apiGroups: ['wgpolicyk8s.io'], resources: ['policyreports'], resourceNames: ['countersign'] },
      verbs: ['list', 'create', 'patch', 'delete'],
    },
  ],
  system: [
    { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['create'] },
    {
      ...{ apiGroups: ['coordination.k8s.io'], resources: ['leases'], resourceNames: [LEASE_NAME] },
      verbs: ['get', 'update'],
    },
  ],
} as const;

/**
 * Judging what runs, against a real API server with the rights of the service account: two replicas and one Lease, a Pod
 * whose signature vanishes between two rounds, and what kubectl shows of it. The verdicts are stood in for.
 */
export async function checkRejudging(report: Report, kube: Kube, directory: string): Promise<void> {
  const api = await setUp(kube, directory);
  const kubectl = async (...args: readonly string[]): Promise<string> => commandPassed(await kube.kubectl(args));
  const world = createWorld();
  try {
    await run(report, { kube, api, kubectl, world });
  } finally {
    world.stopAll();
    api.close();
  }
}

interface Setting {
  readonly kube: Kube;
  readonly api: KubeApi;
  readonly kubectl: (...args: readonly string[]) => Promise<string>;
  readonly world: ReturnType<typeof createWorld>;
}

async function run(report: Report, { kube, api, kubectl, world }: Setting): Promise<void> {
  const first = world.start(api, 'first');
  await first.until((results) => results.some(({ kind }) => kind === 'leading'), 'the first replica leads');
  const second = world.start(api, 'second');

  await report.check('rejudging: the first round finds nothing to refuse but a Pod that was never signed', async () => {
    const { pods, images, counts, isWhole, unwritten } = await first.nextRound();
    expectThat(pods === 3 && images === 3, '3 Pods (none ended, none excluded) and 3 images', `${pods}, ${images}`);
    expectThat(isWhole && unwritten === 0, 'a whole round, all written', JSON.stringify({ isWhole, unwritten }));
    const found = counts
      .map((count) => `${count.namespace} ${count.reason} ${count.images}`)
      .sort()
      .join('\n');
    expectThat(
      found === 'shop NO_SIGNATURE 1\nshop OTHER_IMAGE 1',
      'one unsigned image, one that is not what runs',
      found,
    );
  });

  await report.check('rejudging: the second replica does not judge while the first holds the lease', async () => {
    await first.nextRound();
    const kinds = second.results.map(({ kind }) => kind).join(' ');
    expectThat(kinds === '' && world.judgedBy('second') === 0, 'no result', `${kinds}, ${world.judgedBy('second')}`);
    const holder = await kubectl('get', 'lease', LEASE_NAME, '-n', SYSTEM, '-o', 'jsonpath={.spec.holderIdentity}');
    expectThat(holder.startsWith('first_'), 'the first replica', holder);
  });

  await report.check('rejudging: a signature that vanishes is an Event that kubectl finds by its reason', async () => {
    const before = await refusedEvents();
    expectThat(!before.includes('steady'), 'no Event about the Pod as long as it passes', before);
    world.refused.add(VANISHING);
    await first.nextRound();
    await first.nextRound();
    const events = await refusedEvents();
    const lines = events.split('\n').filter((line) => line.includes('steady'));
    expectThat(lines.length === 1, 'one Event, after two rounds', events);
    expectThat(/Warning.*NO_SIGNATURE/.test(lines[0] ?? ''), 'a warning with the reason', events);
    expectThat((lines[0] ?? '').includes(`${REPOSITORY}@${VANISHING}`), 'the image', events);
    const other = await kubectl(...EVENTS, 'reason=OtherImageRuns', '-o', 'wide');
    expectThat(other.includes('pod/moved'), 'the Pod that runs another image than its specification names', other);
  });

  await report.check('rejudging: an Event is renewed before the API server forgets it', async () => {
    world.moveMinutes(21);
    await first.nextRound();
    const count = await kubectl(...EVENTS, 'involvedObject.name=steady', '-o', 'jsonpath={.items[*].series.count}');
    expectThat(count === '2', 'the same Event, a second time', count);
  });

  await report.check(
    'rejudging: without PolicyReports there is no error, and with them there is one per namespace',
    async () => {
      expectThat(
        first.rounds().every(({ unwritten }) => unwritten === 0),
        'nothing unwritten',
        JSON.stringify(first.rounds()),
      );
      await must(kube, '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', POLICY_REPORTS);
      await until(async () => (await kube.send({ path: REPORTS })).status === 200, 'the kind is served');
      await first.nextRound();
      await first.nextRound();
      const table = await kubectl('get', 'policyreports', '-A');
      expectThat(/^shop +countersign +0 +3 +0 *$/m.test(table), 'three that fail in shop', table);
      const results = await kubectl(
        'get',
        'policyreport',
        'countersign',
        '-n',
        'shop',
        '-o',
        'jsonpath={.results[*].rule}',
      );
      expectThat(results === 'OTHER_IMAGE NO_SIGNATURE NO_SIGNATURE', 'their reasons, by Pod', results);
    },
  );

  await report.check('rejudging: an edited report is put right, and an equal one is not written', async () => {
    const version = (): Promise<string> =>
      kubectl('get', 'policyreport', 'countersign', '-n', 'shop', '-o', 'jsonpath={.metadata.resourceVersion}');
    const settled = await version();
    await first.nextRound();
    expectThat((await version()) === settled, 'no write', 'another resourceVersion');
    await kubectl('patch', 'policyreport', 'countersign', '-n', 'shop', '--type=merge', '-p', '{"results":[]}');
    await first.nextRound();
    await first.nextRound();
    const results = await kubectl(
      'get',
      'policyreport',
      'countersign',
      '-n',
      'shop',
      '-o',
      'jsonpath={.results[*].rule}',
    );
    expectThat(results !== '', 'the results again', results);
  });

  await report.check(
    'rejudging: the report of a namespace where nothing runs any more is deleted, a foreign one is not',
    async () => {
      await must(kube, `${REPORTS_OF('other')}`, {
        ...{ apiVersion: 'wgpolicyk8s.io/v1alpha2', kind: 'PolicyReport', metadata: { name: 'countersign' } },
      });
      await kubectl('delete', 'pod', '--all', '-n', 'shop', '--force', '--grace-period=0');
      await first.nextRound();
      await first.nextRound();
      const table = await kubectl('get', 'policyreports', '-A');
      expectThat(!/^shop /m.test(table) && /^other /m.test(table), 'only the foreign one', table);
    },
  );

  await report.check(
    'rejudging: when the first replica ends it releases the lease, and the second judges',
    async () => {
      await createPods(kube);
      await first.stop();
      expectThat(
        first.results.at(-1)?.kind === 'following',
        'the first one follows',
        JSON.stringify(first.results.at(-1)),
      );
      const { pods } = await second.nextRound();
      expectThat(pods === 3, 'its own round', String(pods));
      const holder = await kubectl('get', 'lease', LEASE_NAME, '-n', SYSTEM, '-o', 'jsonpath={.spec.holderIdentity}');
      expectThat(holder.startsWith('second_'), 'the second replica', holder);
    },
  );

  await report.check('rejudging: a lease that somebody else takes ends the work of its holder', async () => {
    await kubectl(
      ...['patch', 'lease', LEASE_NAME, '-n', SYSTEM, '--type=merge', '-p'],
      JSON.stringify({ spec: { holderIdentity: 'intruder' } }),
    );
    await second.until((results) => results.at(-1)?.kind === 'following', 'the second replica follows');
    const judged = world.judgedBy('second');
    await sleep(1_000);
    expectThat(world.judgedBy('second') === judged, 'no judgement any more', String(world.judgedBy('second') - judged));
    await kubectl('delete', 'lease', LEASE_NAME, '-n', SYSTEM);
    await second.until((results) => results.at(-1)?.kind === 'round', 'it leads again when the lease is gone');
    await second.stop();
  });

  await report.check('rejudging: the images that run are listed for warming up, the most used first', async () => {
    const { call, close } = createNewCall({ clock: world.clock, log: QUIET })(new AbortController().signal, 60_000);
    const found = await listImagesInUse(call, { api, configuration: CONFIGURATION }).finally(close);
    const names = found.map(
      ({ image, pull }) => `${pull.namespace} ${image.digest?.slice(7, 8)} ${pull.imagePullSecrets}`,
    );
    expectThat(names.sort().join(', ') === 'shop 1 , shop 2 pull, shop 3 ', 'the images of the Pods', names.join(', '));
  });

  await report.check('rejudging: without its rights a round fails, and says so', async () => {
    await kubectl('delete', 'clusterrolebinding', ACCOUNT);
    const third = world.start(api, 'third');
    await third.until((results) => results.at(-1)?.kind === 'failed', 'a failed round');
    const last = third.results.at(-1);
    expectThat(
      last?.kind === 'failed' && last.code === 'KUBERNETES_REFUSED',
      'KUBERNETES_REFUSED',
      JSON.stringify(last),
    );
    await third.stop();
  });

  function refusedEvents(): Promise<string> {
    return kubectl(...EVENTS, 'reason=ImageWouldBeRefused');
  }
}

const EVENTS = ['get', 'events', '-A', '--field-selector'] as const;
const REPORTS = '/apis/wgpolicyk8s.io/v1alpha2/policyreports';
const REPORTS_OF = (namespace: string): string => `/apis/wgpolicyk8s.io/v1alpha2/namespaces/${namespace}/policyreports`;
const QUIET: Log = { info: () => undefined, debug: () => undefined, warning: () => undefined };

// ── replicas ────────────────────────────────────────────────────────────────────────────────────

/** How many times faster than the clock of this machine that of the replicas is. */
const FASTER = 5;

interface Replica {
  readonly results: readonly RejudgingResult[];
  rounds(): readonly RoundSummary[];
  /** Waits for a round that has not ended yet. */
  nextRound(): Promise<RoundSummary>;
  until(holds: (results: readonly RejudgingResult[]) => boolean, what: string): Promise<void>;
  /** Ends it and waits until it has. */
  stop(): Promise<void>;
}

/** The replicas' clock, and the verdicts that are stood in for. */
function createWorld(): {
  readonly clock: Clock;
  readonly refused: Set<Digest>;
  judgedBy(replica: string): number;
  moveMinutes(minutes: number): void;
  start(api: KubeApi, identity: string): Replica;
  stopAll(): void;
} {
  let movedMs = 0;
  const clock: Clock = {
    now: () => new Date(Date.now() + movedMs),
    sleep: (ms, signal) => sleep(ms / FASTER, undefined, signal === undefined ? {} : { signal }),
  };
  const refused = new Set<Digest>();
  const judged = new Map<string, number>();
  const replicas: Replica[] = [];

  const start = (api: KubeApi, identity: string): Replica => {
    const controller = new AbortController();
    const results: RejudgingResult[] = [];
    const admitter = standIn(refused, () => judged.set(identity, (judged.get(identity) ?? 0) + 1));
    const options: RejudgingOptions = {
      ...{ api, admitter, clock, identity, namespace: SYSTEM, configuration: CONFIGURATION, everyMs: 3_000 },
      ...{ accessFor: async () => ACCESS, onResult: (result) => void results.push(result), signal: controller.signal },
      ...{ monotonicMs: () => performance.now() * FASTER, firstAfterMs: 0 },
      log: { ...QUIET, warning: (line) => console.log(`     ${identity}: ${line}`) },
    };
    const ended = startRejudging(options);
    const rounds = (): RoundSummary[] => results.flatMap((result) => (result.kind === 'round' ? [result.summary] : []));
    const replica: Replica = {
      results,
      rounds,
      async nextRound() {
        const before = rounds().length;
        await until(async () => rounds().length > before, `a round of ${identity}`);
        return rounds().at(-1) as RoundSummary;
      },
      until: (holds, what) => until(async () => holds(results), what),
      async stop() {
        controller.abort(new Error('the check is over'));
        await ended;
      },
    };
    replicas.push(replica);
    return replica;
  };
  return {
    ...{ clock, refused, start, judgedBy: (replica) => judged.get(replica) ?? 0 },
    moveMinutes(minutes) {
      movedMs += minutes * 60_000;
    },
    stopAll() {
      for (const replica of replicas) void replica.stop();
    },
  };
}

/** Nothing is read through it but the two digests that are compared, which have nothing in common. */
const ACCESS: RegistryAccess = {
  loginId: '',
  registry: {
    manifest: async (_call: unknown, _repository: unknown, digest: Digest) => ({
      digest,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      bytes: new TextEncoder().encode(
        JSON.stringify({
          ...{ schemaVersion: 2, mediaType: 'application/vnd.oci.image.manifest.v1+json', layers: [] },
          config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest, size: 2 },
        }),
      ),
    }),
  } as unknown as Registry,
};

function standIn(refused: ReadonlySet<Digest>, onJudged: () => void): RejudgingOptions['admitter'] {
  const judge = async (_call: unknown, image: { readonly digest: Digest | undefined }): Promise<ImageAdmission> => {
    onJudged();
    const { digest } = image;
    const isRefused = digest === undefined || digest === OTHER || refused.has(digest);
    return {
      ...{ verdict: isRefused ? 'fail' : 'pass', reason: isRefused ? 'NO_SIGNATURE' : undefined },
      ...{ message: isRefused ? 'no signature was found' : '', hint: undefined, policies: [], digest },
    };
  };
  return { judge, judgeAgain: judge, resolve: async () => undefined };
}

// ── the cluster ─────────────────────────────────────────────────────────────────────────────────

/** Namespaces, Pods, a service account with exactly the rights above, and a client with its token. */
async function setUp(kube: Kube, directory: string): Promise<KubeApi> {
  for (const name of [SYSTEM, 'shop', 'other', 'excluded', 'unlabelled']) {
    const metadata = { name, labels: name === 'unlabelled' ? {} : COVERED };
    await must(kube, '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata });
  }
  await must(kube, '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations', CONFIGURED);
  await must(kube, `/api/v1/namespaces/${SYSTEM}/serviceaccounts`, { metadata: { name: ACCOUNT } });
  const rbac = '/apis/rbac.authorization.k8s.io/v1';
  const subjects = [{ kind: 'ServiceAccount', name: ACCOUNT, namespace: SYSTEM }];
  const metadata = { name: ACCOUNT };
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', name: ACCOUNT };
  await must(kube, `${rbac}/clusterroles`, { metadata, rules: REJUDGING_RULES.cluster });
  await must(kube, `${rbac}/clusterrolebindings`, { metadata, subjects, roleRef: { ...roleRef, kind: 'ClusterRole' } });
  await must(kube, `${rbac}/namespaces/${SYSTEM}/roles`, { metadata, rules: REJUDGING_RULES.system });
  const bindings = `${rbac}/namespaces/${SYSTEM}/rolebindings`;
  await must(kube, bindings, { metadata, subjects, roleRef: { ...roleRef, kind: 'Role' } });
  await createPods(kube);
  const tokenFile = join(directory, 'rejudging-token');
  await writeFile(tokenFile, await kube.tokenOf(SYSTEM, ACCOUNT), { mode: 0o600 });
  return createKubeApi({
    settings: { url: new URL(kube.url), tokenFile, caFile: kube.certificate },
    clock: {
      now: () => new Date(),
      sleep: (ms, signal) => sleep(ms, undefined, signal === undefined ? {} : { signal }),
    },
    readFile: (path) => readFile(path),
    ...{ mask: () => undefined, random: Math.random, log: QUIET, userAgent: 'countersign-cluster' },
  });
}

/** Three Pods to judge; one that has ended, and two in namespaces that the webhook is not asked about. */
async function createPods(kube: Kube): Promise<void> {
  const running = { state: { running: {} }, ...{ ready: true, restartCount: 0, image: 'x' } };
  const pods = [
    { name: 'steady', digest: VANISHING, status: `${REPOSITORY}@${VANISHING}`, secret: 'pull' },
    { name: 'moved', digest: GOOD, status: `${REPOSITORY}@${OTHER}` },
    { name: 'unsigned', digest: OTHER, status: `docker-pullable://${REPOSITORY}@${OTHER}` },
    { name: 'ended', digest: OTHER, status: `${REPOSITORY}@${OTHER}`, phase: 'Succeeded' },
    { name: 'outside', digest: OTHER, status: `${REPOSITORY}@${OTHER}`, namespace: 'excluded' },
    { name: 'outside', digest: OTHER, status: `${REPOSITORY}@${OTHER}`, namespace: 'unlabelled' },
  ];
  for (const { name, digest, status, secret, phase = 'Running', namespace = 'shop' } of pods) {
    const path = `/api/v1/namespaces/${namespace}/pods`;
    if ((await kube.send({ path: `${path}/${name}` })).status === 200) continue;
    const spec = {
      containers: [{ name: 'app', image: `${REPOSITORY}:1@${digest}` }],
      ...(secret === undefined ? {} : { imagePullSecrets: [{ name: secret }] }),
    };
    const created = await must(kube, path, { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec });
    const containerStatuses = [{ ...running, name: 'app', imageID: status }];
    const answer = await kube.send({
      ...{ method: 'PUT', path: `${path}/${name}/status` },
      body: { ...created, status: { phase, containerStatuses } },
    });
    expectThat(answer.status === 200, `the status of ${name} set`, JSON.stringify(answer.body));
  }
}

/** Label of the namespaces that the webhook is asked about. */
const COVERED = { 'rejudging-check': 'covered' };

/** Its selector counts; it is never called. */
const CONFIGURED = {
  ...{ apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingWebhookConfiguration' },
  metadata: { name: CONFIGURATION },
  webhooks: [
    {
      ...{ name: 'check.countersign.example', failurePolicy: 'Ignore', sideEffects: 'None' },
      ...{ admissionReviewVersions: ['v1'], clientConfig: { url: 'https://127.0.0.1:9/' } },
      rules: [{ apiGroups: ['nothing.example'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['nothings'] }],
      namespaceSelector: {
        matchLabels: COVERED,
        matchExpressions: [
          { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['excluded', 'kube-system', SYSTEM] },
        ],
      },
    },
  ],
};

/** Stands in for the kind of the Kubernetes Policy Working Group, with the fields that are used. */
const POLICY_REPORTS = {
  ...{ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' },
  metadata: {
    name: 'policyreports.wgpolicyk8s.io',
    annotations: { 'api-approved.kubernetes.io': 'unapproved, a stand-in' },
  },
  spec: {
    group: 'wgpolicyk8s.io',
    names: { kind: 'PolicyReport', listKind: 'PolicyReportList', plural: 'policyreports', singular: 'policyreport' },
    scope: 'Namespaced',
    versions: [
      {
        ...{ name: 'v1alpha2', served: true, storage: true },
        additionalPrinterColumns: ['pass', 'fail', 'error'].map((name) => ({
          ...{ name, type: 'integer', jsonPath: `.summary.${name}` },
        })),
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              summary: {
                type: 'object',
                properties: Object.fromEntries(
                  ['pass', 'fail', 'warn', 'error', 'skip'].map((name) => [name, { type: 'integer' }]),
                ),
              },
              results: {
                type: 'array',
                items: {
                  type: 'object',
                  required: ['policy'],
                  properties: {
                    ...Object.fromEntries(
                      ['source', 'policy', 'rule', 'message'].map((name) => [name, { type: 'string' }]),
                    ),
                    result: { type: 'string', enum: ['pass', 'fail', 'warn', 'error', 'skip'] },
                    severity: { type: 'string', enum: ['critical', 'high', 'low', 'medium', 'info'] },
                    timestamp: {
                      ...{ type: 'object', required: ['nanos', 'seconds'] },
                      properties: {
                        nanos: { type: 'integer', format: 'int32' },
                        seconds: { type: 'integer', format: 'int64' },
                      },
                    },
                    properties: { type: 'object', additionalProperties: { type: 'string' } },
                    resources: {
                      type: 'array',
                      items: {
                        type: 'object',
                        properties: Object.fromEntries(
                          ['apiVersion', 'kind', 'namespace', 'name', 'uid'].map((name) => [name, { type: 'string' }]),
                        ),
                      },
                    },
                  },
                },
              },
            },
          },
        },
      },
    ],
  },
};

async function must(kube: Kube, path: string, body: object): Promise<object> {
  const answer = await kube.send({ method: 'POST', path, body });
  expectThat(answer.status === 201, `${path} created`, JSON.stringify(answer.body));
  return isJsonObject(answer.body) ? answer.body : {};
}

/** Longest wait for anything here, in tries of 100 ms. */
const TRIES = 900;

async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    if (await holds()) return;
    await sleep(100);
  }
  throw new Error(`waited in vain: ${what}`);
}
