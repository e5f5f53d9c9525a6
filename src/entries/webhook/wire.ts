import type { ReviewSettings } from '../../admission/image-judge.ts';
import { CodedError, toCodedError } from '../../coded-error.ts';
import { selectsByLabels } from '../../domain/policy/select.ts';
import { createKubeApi } from '../../kubernetes/create-kube-api.ts';
import type { KubeApi } from '../../kubernetes/kube-api.ts';
import { inClusterSettings } from '../../kubernetes/settings.ts';
import type { Admitter, RulesInForce } from '../../usecases/admitting/admitter.ts';
import { createAdmitter } from '../../usecases/admitting/create-admitter.ts';
import { podSpecOf } from '../../workloads/pod-kinds.ts';
import { connectHttp } from '../compose/connect.ts';
import { connectKeptTrust, type KeptTrust } from '../compose/kept-trust.ts';
import { VERSION } from '../compose/product.ts';
import type { Surroundings } from '../compose/surroundings.ts';
import { rejudgeInBackground, warmUpForCluster } from './background-work.ts';
import type { ReviewHandlers } from './handlers.ts';
import type { JsonLog } from './json-log.ts';
import type { Metrics } from './metrics.ts';
import { createNewCall } from './new-call.ts';
import { keepPolicies } from './policies.ts';
import type { ProcessEnvironment } from './process-environment.ts';
import { createRegistryAccesses } from './registry-access.ts';
import { createReviewHandlers } from './review-handlers.ts';
import type { WebhookSettings } from './settings.ts';
import { variableOf } from './settings-table.ts';

export interface Wired {
  readonly handlers: ReviewHandlers;
  /** What is missing to decide; empty if nothing is. */
  problems(): readonly string[];
  /** Call it when the signal has ended. */
  close(): Promise<void>;
}

export interface WireOptions {
  readonly process: ProcessEnvironment;
  readonly settings: WebhookSettings;
  readonly log: JsonLog;
  readonly metrics: Metrics;
  readonly mask: (secret: string) => void;
  /** Ends everything that goes on in the background. */
  readonly signal: AbortSignal;
}

const USER_AGENT = `countersign-webhook/${VERSION}`;
/** Between two attempts to load the first trusted root, and the time of one, in ms. */
const TRUST_AGAIN_MS = 10_000;
const TRUST_MS = 60_000;

/** Connects every part: policies, trust, registries, verdicts, reviews. */
export function wire(options: WireOptions): Wired {
  const { process, settings, log, metrics, mask, signal } = options;
  const { clock, random, env } = process;
  const surroundings: Surroundings = {
    ...{ clock, random, log, env, mask },
    userAgent: USER_AGENT,
    linuxUid: process.linuxUid,
    readFile: (path, maxBytes) => process.readFile(path, maxBytes),
    cacheDirectory: settings.cacheDirectory,
  };
  const { network, rejudgeEveryMs } = settings;
  // Whoever creates an object chooses the registry; where trust comes from is the operator's choice.
  const http = connectHttp(surroundings, network, { privateHosts: settings.privateHosts });
  const trustHttp = connectHttp(surroundings, network);
  const trust = connectKeptTrust(surroundings, {
    ...{ origin: settings.trust, http: trustHttp },
    maxAgeMs: settings.trustMaxAgeMs,
    plainHttpHosts: network.insecureRegistries,
  });
  const api = connectApi(options);
  const accesses = createRegistryAccesses({
    ...{ surroundings, network, http },
    pullSecrets: settings.pullSecrets ? api : undefined,
  });
  const policies = keepPolicies({
    ...{ surroundings, http, trust, signal },
    folder: settings.policyFolder,
    api: settings.policiesFromApi ? api : undefined,
    onChange(now) {
      if (now.kind === 'ready') {
        log.info('policies are in force', { policies: now.set.policies.map(({ name }) => name) });
        for (const notice of now.set.notices) log.info(notice);
        startWarmUp();
      }
      for (const problem of now.problems) {
        log.error(now.kind === 'ready' ? 'newer policies are not in force' : 'no policies are in force', { problem });
      }
    },
  });
  const admitter: Admitter = createAdmitter(
    {
      noMatch: settings.noMatchPolicy,
      format: settings.format,
      signatureRepositories: network.signatureRepositories,
      privateHosts: [...settings.privateHosts, ...network.insecureRegistries],
      concurrency: network.concurrency,
    },
    {
      clock,
      verifier: trust.verifier,
      rootVersion: () => trust.version(),
      loadRoot: (call) => trust.load(call),
      readStatement: trust.readStatement,
      rules: () => Promise.resolve(rulesOf(policies.current())),
      onJudged: () => metrics.judgedNow(),
    },
  );
  const background = { process, settings, admitter, accesses, metrics, log, signal };
  let isWarm = false;
  const startWarmUp = (): void => {
    if (isWarm || api === undefined || rejudgeEveryMs === undefined) return;
    isWarm = true;
    void warmUpForCluster({ ...background, api });
  };
  const rejudging =
    api === undefined || rejudgeEveryMs === undefined
      ? Promise.resolve()
      : rejudgeInBackground({ ...background, api }, rejudgeEveryMs);
  void loadTrust(options, trust);
  void trust.run(signal);
  observe(options, { policies, trust, admitter });

  return {
    handlers: createReviewHandlers({
      ...{ admitter, metrics, log },
      settings: () => reviewSettings(settings, policies.current()),
      whyUnready: () => {
        const now = policies.current();
        return now.kind === 'unready' ? now.problems : undefined;
      },
      accessFor: (call, { namespace, object }) => accesses.accessFor(call, namespace, podSpecOf(object)),
    }),
    problems() {
      const now = policies.current();
      return [...(now.kind === 'unready' ? now.problems : []), ...trustProblems(trust, clock.now())];
    },
    async close() {
      // It gives its Lease back.
      await rejudging;
      api?.close();
      await Promise.all([http.close(), trustHttp.close()]);
    },
  };
}

type Policies = ReturnType<typeof keepPolicies>;
type Now = ReturnType<Policies['current']>;

/** The policies with the verifiers that were prepared for exactly this set. */
function rulesOf(now: Now): RulesInForce {
  if (now.kind === 'unready') return now;
  return { kind: 'ready', policies: now.set.policies, otherRoots: now.prepared.otherRoots };
}

function reviewSettings({ mode, noMatchPolicy, imagePaths, trust }: WebhookSettings, now: Now): ReviewSettings {
  return {
    ...{ mode, noMatchPolicy, imagePaths },
    areLabelsJudged: now.kind === 'unready' || selectsByLabels(now.set.policies),
    isPublicTrust: trust.kind === 'instance' && trust.instance !== 'github',
  };
}

/** Loads the trusted root and what the first proof needs before anybody asks, and goes on trying. Never rejects. */
async function loadTrust({ process: { clock }, log, signal }: WireOptions, trust: KeptTrust): Promise<void> {
  const newCall = createNewCall({ clock, log });
  while (!signal.aborted) {
    const { call, close } = newCall(signal, TRUST_MS);
    try {
      const { label } = await trust.source.rootFor(call, { issuerOrganization: undefined, visibility: undefined });
      trust.prepare(call);
      log.info('a trusted root is loaded', { root: label });
      return;
    } catch (error) {
      const { code, message } = toCodedError(error);
      if (!signal.aborted) log.error('no trusted root could be loaded', { code, error: message });
    } finally {
      close();
    }
    await clock.sleep(TRUST_AGAIN_MS, signal).catch(() => undefined);
  }
}

function trustProblems(trust: KeptTrust, now: Date): readonly string[] {
  const roots = trust.state();
  if (roots.some(({ version, endsAt }) => version !== undefined && (endsAt === undefined || now < endsAt))) return [];
  const problems = roots.flatMap(({ problem }) => problem ?? []);
  return problems.length === 0 ? ['no trusted root is loaded yet'] : problems;
}

function observe(
  { process: { clock }, metrics }: WireOptions,
  {
    policies,
    trust,
    admitter,
  }: { readonly policies: Policies; readonly trust: KeptTrust; readonly admitter: Admitter },
): void {
  metrics.observe({
    policies: () => {
      const now = policies.current();
      return now.kind === 'ready' ? now.set.policies.length : undefined;
    },
    arePoliciesBroken: () => policies.current().problems.length > 0,
    trustedRootAgeMs: () => {
      const times = trust.state().flatMap(({ fetchedAt }) => fetchedAt?.getTime() ?? []);
      return times.length === 0 ? undefined : clock.now().getTime() - Math.min(...times);
    },
    remembered: () => admitter.remembered(),
  });
}

/** The API server, if a setting needs it. Throws INPUT_INVALID outside a cluster. */
function connectApi({ process, settings, log, mask }: WireOptions): KubeApi | undefined {
  const needing = [
    ...(settings.policiesFromApi ? ['policies-from-api'] : []),
    ...(settings.pullSecrets ? ['pull-secrets'] : []),
    ...(settings.rejudgeEveryMs === undefined ? [] : ['rejudge-every']),
  ];
  if (needing.length === 0) return undefined;
  const found = inClusterSettings(process.env, settings.serviceAccountDirectory);
  if (found === undefined) {
    const names = needing.map(variableOf).join(', ');
    throw new CodedError('INPUT_INVALID', `the API server is needed for ${names}, and this is not a Pod`, {
      hint: 'Kubernetes sets KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT in every container. Remove the settings elsewhere.',
    });
  }
  const { clock, random } = process;
  return createKubeApi({
    settings: found,
    ...{ clock, random, log, mask },
    readFile: (path, maxBytes) => process.readFile(path, maxBytes),
    userAgent: USER_AGENT,
  });
}
