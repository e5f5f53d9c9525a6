import type { ReviewSettings } from '../../admission/image-judge.ts';
import { CodedError, toCodedError } from '../../coded-error.ts';
import { selectsByLabels } from '../../domain/policy/select.ts';
import { createRetryBudget } from '../../http/retry-budget.ts';
import { createKubeApi } from '../../kubernetes/create-kube-api.ts';
import type { KubeApi } from '../../kubernetes/kube-api.ts';
import { inClusterSettings } from '../../kubernetes/settings.ts';
import type { Admitter, RegistryAccess, RulesInForce } from '../../usecases/admitting/admitter.ts';
import { createAdmitter } from '../../usecases/admitting/create-admitter.ts';
import { type CallContext, callWithin } from '../../usecases/call-context.ts';
import { connectHttp, connectRegistry, connectTrust } from '../compose/connect.ts';
import { VERSION } from '../compose/product.ts';
import type { Surroundings } from '../compose/surroundings.ts';
import type { ReviewHandlers } from './handlers.ts';
import type { JsonLog } from './json-log.ts';
import type { Metrics } from './metrics.ts';
import { keepPolicies } from './policies.ts';
import type { ProcessEnvironment } from './process-environment.ts';
import { createReviewHandlers } from './review-handlers.ts';
import type { WebhookSettings } from './settings.ts';
import { variableOf } from './settings-table.ts';

export interface Wired {
  readonly handlers: ReviewHandlers;
  /** What is missing to decide; empty if nothing is. */
  problems(): readonly string[];
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

/** GitHub's own Sigstore, for `instance: github`: a cluster belongs to no other server. */
const SERVER_URL = 'https://github.com';
const USER_AGENT = `countersign-webhook/${VERSION}`;

/** Connects every part: policies, trust, registries, verdicts, reviews. */
export function wire({ process, settings, log, metrics, mask, signal }: WireOptions): Wired {
  const { clock, random, env } = process;
  const surroundings: Surroundings = {
    ...{ clock, random, log, env, mask },
    userAgent: USER_AGENT,
    linuxUid: process.linuxUid,
    readFile: (path, maxBytes) => process.readFile(path, maxBytes),
    cacheDirectory: settings.cacheDirectory,
  };
  const { network } = settings;
  const http = connectHttp(surroundings, network);
  const trust = connectTrust(surroundings, settings.trust, {
    http,
    offline: false,
    signing: false,
    plainHttpHosts: network.insecureRegistries,
    githubServerUrl: SERVER_URL,
  });
  const registry = connectRegistry(surroundings, network, { http, access: 'pull' });
  const api = connectApi({ process, settings, log, mask });
  const policies = keepPolicies({
    ...{ surroundings, http, trust, signal },
    folder: settings.policyFolder,
    api: settings.policiesFromApi ? api : undefined,
    onChange(now) {
      if (now.kind === 'ready')
        log.info('policies are in force', { policies: now.set.policies.map(({ name }) => name) });
      for (const problem of now.problems) {
        log.error(now.kind === 'ready' ? 'newer policies are not in force' : 'no policies are in force', { problem });
      }
    },
  });

  let isTrusted = false;
  const warmUp = backgroundCall(signal, { retryForMs: network.retryForMs, log });
  trust.prepare(warmUp);
  trust.source.rootFor(warmUp, { issuerOrganization: undefined, visibility: undefined }).then(
    () => {
      isTrusted = true;
    },
    (error: unknown) => log.error('no trusted root', { error: toCodedError(error).message }),
  );

  const rules = async (): Promise<RulesInForce> => {
    const now = policies.current();
    return now.kind === 'unready'
      ? now
      : { kind: 'ready', policies: now.set.policies, otherRoots: now.prepared.otherRoots };
  };
  const admitter: Admitter = createAdmitter(
    {
      noMatch: settings.noMatchPolicy,
      format: settings.format,
      signatureRepositories: network.signatureRepositories,
      privateHosts: settings.privateHosts,
      concurrency: network.concurrency,
    },
    {
      ...{ clock, rules },
      verifier: trust.verifier,
      rootVersion: () => 'initial',
      readStatement: trust.readStatement,
      onJudged: () => metrics.judgedNow(),
    },
  );
  metrics.observe({
    policies: () => {
      const now = policies.current();
      return now.kind === 'ready' ? now.set.policies.length : undefined;
    },
    arePoliciesBroken: () => policies.current().problems.length > 0,
    remembered: () => admitter.remembered(),
  });
  const mounted: RegistryAccess = { registry, loginId: 'mounted' };
  const handlers = createReviewHandlers({
    ...{ admitter, metrics, log },
    settings: (): ReviewSettings => {
      const now = policies.current();
      return {
        mode: settings.mode,
        noMatchPolicy: settings.noMatchPolicy,
        imagePaths: [],
        areLabelsJudged: now.kind === 'unready' || selectsByLabels(now.set.policies),
        isPublicTrust: settings.trust.kind === 'instance' && settings.trust.instance !== 'github',
      };
    },
    accessFor: async () => mounted,
  });
  return {
    handlers,
    problems: () => {
      const now = policies.current();
      return [...(now.kind === 'unready' ? now.problems : []), ...(isTrusted ? [] : ['no trusted root is loaded'])];
    },
    async close() {
      api?.close();
      await http.close();
    },
  };
}

/** A call that belongs to no request: it ends when the process does. */
function backgroundCall(
  signal: AbortSignal,
  { retryForMs, log }: { readonly retryForMs: number; readonly log: JsonLog },
): CallContext {
  return callWithin(
    { due: signal, end: signal, finish: () => undefined },
    { retries: createRetryBudget(retryForMs), log },
  );
}

/** The API server, if a setting needs it. Throws INPUT_INVALID outside a cluster. */
function connectApi({
  process,
  settings,
  log,
  mask,
}: Pick<WireOptions, 'process' | 'settings' | 'log' | 'mask'>): KubeApi | undefined {
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
    ...{ settings: found, clock, random, log, mask },
    readFile: (path, maxBytes) => process.readFile(path, maxBytes),
    userAgent: USER_AGENT,
  });
}
