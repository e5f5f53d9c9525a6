import { parseRegexp } from '../../domain/patterns/regexp.ts';
import type { PolicySet } from '../../domain/policy/policy.ts';
import type { HttpClient } from '../../http/http-client.ts';
import type { KubeApi } from '../../kubernetes/kube-api.ts';
import { watchPolicyObjects } from '../../kubernetes/policy-objects.ts';
import {
  createPolicyKeeper,
  type PolicyKeeper,
  type PreparedPolicies,
} from '../../usecases/admitting/policy-keeper.ts';
import type { TrustConnection } from '../compose/connect.ts';
import { connectPolicyTrust, type PolicyTrust } from '../compose/policy-trust.ts';
import type { Surroundings } from '../compose/surroundings.ts';
import { identityContextOf } from '../inputs/identity-context.ts';
import { createNewCall } from './new-call.ts';
import { watchPolicyFolder } from './policy-folder.ts';

export interface PolicySources {
  /** Absolute path of a folder with policy files; undefined: none. */
  readonly folder: string | undefined;
  /** The API server whose ClusterImagePolicies count; undefined: none. */
  readonly api: KubeApi | undefined;
}

export interface PolicyOptions extends PolicySources {
  readonly surroundings: Surroundings;
  readonly http: HttpClient;
  /** The trusted root of the webhook. */
  readonly trust: TrustConnection;
  /** Ends the watches. */
  readonly signal: AbortSignal;
  /** Called when another set has come into force, or when the problems are others. */
  readonly onChange: (now: PreparedPolicies<PolicyTrust>) => void;
}

/** The GitHub whose issuer policies mean that name none. */
const SERVER_URL = 'https://github.com';
/** Longest time to connect the trusted roots of a set, and how much of it may be outages, in ms. */
const PREPARE_MS = 60_000;
const PREPARE_RETRY_MS = 20_000;

/**
 * Keeps the policies in force: those of a folder and those of the API, as one set (contract §2.7). Without any source
 * there is never a set, so that everything is refused.
 */
export function keepPolicies(options: PolicyOptions): PolicyKeeper<PolicyTrust> {
  const { surroundings, http, trust, signal, folder, api, onChange } = options;
  const { clock, random, log } = surroundings;
  const names = {
    ...(folder === undefined ? {} : { folder: `the folder ${folder}` }),
    ...(api === undefined ? {} : { api: 'the API server' }),
  };
  const newCall = createNewCall({ clock, log, what: 'reading the trusted roots', retryMs: PREPARE_RETRY_MS });
  const prepare = async (set: PolicySet): Promise<PolicyTrust> => {
    // Of its own: preparing belongs to no request.
    const { call, close } = newCall(signal, PREPARE_MS);
    return connectPolicyTrust(call, set, { surroundings, http, trust }).finally(close);
  };
  const keeper = createPolicyKeeper({
    sources: Object.values(names),
    identity: { ...identityContextOf(SERVER_URL), parseRegexp },
    ...{ prepare, clock, random, signal, onChange },
  });
  if (folder !== undefined && names.folder !== undefined) {
    const { folder: source } = names;
    watchPolicyFolder(signal, { folder, clock, onState: (state) => keeper.offer(source, state) });
  }
  if (api !== undefined && names.api !== undefined) {
    const { api: source } = names;
    watchPolicyObjects(signal, { api, clock, log, onState: (state) => keeper.offer(source, state) });
  }
  return keeper;
}
