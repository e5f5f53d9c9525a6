import { toCodedError } from '../coded-error.ts';
import type { CallLimits, Log } from '../domain/calls/call-limits.ts';
import type { PolicyFile } from '../domain/policy/read-policies.ts';
import { isJsonObject } from '../domain/text/json-object.ts';
import { quoted } from '../domain/text/quoted.ts';
import { createRetryBudget } from '../http/retry-budget.ts';
import type { Clock } from '../usecases/ports.ts';
import type { KubeApi, KubeCollection, KubeObject } from './kube-api.ts';
import { parseJson } from './parse-json.ts';
import { notUnderstood, refusedBy } from './refused.ts';

/** What the API server says about policies. */
export type PolicyObjects =
  | { readonly kind: 'files'; readonly files: readonly PolicyFile[] }
  /** This cluster has no such resources. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'failed'; readonly why: string };

export interface PolicyWatch {
  readonly api: KubeApi;
  readonly clock: Pick<Clock, 'sleep'>;
  readonly log: Log;
  /** Called with what is there now, after the first look and after every change. */
  readonly onState: (state: PolicyObjects) => void;
}

const GROUP = 'policy.sigstore.dev';
/**
 * The stored version first: policy-controller converts between the two and drops `ctlog` without `url` on the way
 * (pkg/apis/policy/v1alpha1/clusterimagepolicy_conversion.go). Both have the same fields.
 */
const VERSIONS = ['v1alpha1', 'v1beta1'];
const RESOURCES: Readonly<Record<string, readonly string[]>> = {
  clusterimagepolicies: VERSIONS,
  trustroots: ['v1alpha1'],
};
/** How often is asked which resources there are, in ms: a CustomResourceDefinition may come later. */
const DISCOVERY_MS = 30_000;

/**
 * Watches the ClusterImagePolicies and TrustRoots of a cluster until the signal ends. Resources that were there and are
 * not any more count as failed: what nobody can list any more may still be meant.
 */
export function watchPolicyObjects(signal: AbortSignal, options: PolicyWatch): void {
  void run(signal, options);
}

async function run(signal: AbortSignal, { api, clock, log, onState }: PolicyWatch): Promise<void> {
  const states = new Map<string, KubeCollection | { readonly failed: string }>();
  let paths: readonly string[] | undefined;
  let problem: string | undefined;
  let watching = new AbortController();
  let warned: readonly string[] = [];
  /** Says what is lost once, as long as it is. */
  const warn = (items: readonly KubeObject[]): void => {
    const now = items.flatMap(droppedFields);
    for (const line of now) if (!warned.includes(line)) log.warning(line);
    warned = now;
  };
  const emit = (): void => {
    if (signal.aborted) return;
    if (problem !== undefined) onState({ kind: 'failed', why: problem });
    else if (paths?.length === 0) onState({ kind: 'absent' });
    else if (paths?.every((path) => states.has(path)) === true) {
      const all = [...states.values()];
      warn(all.flatMap((state) => ('failed' in state ? [] : state.items)));
      onState(joined(all));
    }
  };
  const follow = (found: readonly string[]): void => {
    watching.abort();
    watching = new AbortController();
    states.clear();
    paths = found;
    const { signal: current } = watching;
    for (const path of found) {
      api.watch(AbortSignal.any([signal, current]), path, (state) => {
        if (current.aborted) return;
        states.set(path, state);
        emit();
      });
    }
  };
  while (!signal.aborted) {
    const before = problem;
    try {
      const call: CallLimits = { signal, retries: createRetryBudget(0), log };
      const found = await discover(api, call);
      const lost = paths?.filter((path) => !found.some((one) => resourceOf(one) === resourceOf(path))) ?? [];
      if (lost.length > 0) {
        problem = `the API server had ${lost.map(resourceOf).join(' and ')} of ${GROUP} and does not any more`;
      } else {
        problem = undefined;
        if (paths === undefined || found.join() !== paths.join()) {
          follow(found);
          // Resources that nobody has need no watch.
          if (found.length === 0) emit();
        }
      }
    } catch (error) {
      if (signal.aborted) break;
      problem = toCodedError(error).message;
    }
    if (problem !== before) emit();
    await clock.sleep(DISCOVERY_MS, signal).catch(() => undefined);
  }
  watching.abort();
}

const resourceOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The paths of the collections that this cluster has. Throws KUBERNETES_REFUSED or KUBERNETES_UNAVAILABLE. */
async function discover(api: KubeApi, call: CallLimits): Promise<readonly string[]> {
  const group = await get(api, call, `/apis/${GROUP}`);
  if (group === undefined) return [];
  const served = isJsonObject(group) && Array.isArray(group['versions']) ? group['versions'] : undefined;
  if (served === undefined) throw notUnderstood(`GET /apis/${GROUP}`, 'not an APIGroup');
  const versions = served.map((one: unknown) => (isJsonObject(one) ? one['version'] : undefined));
  const paths = new Map<string, string>();
  for (const version of VERSIONS) {
    if (!versions.includes(version)) continue;
    const list = await get(api, call, `/apis/${GROUP}/${version}`);
    const resources = isJsonObject(list) && Array.isArray(list['resources']) ? list['resources'] : undefined;
    if (resources === undefined) throw notUnderstood(`GET /apis/${GROUP}/${version}`, 'not an APIResourceList');
    for (const [name, accepted] of Object.entries(RESOURCES)) {
      if (paths.has(name) || !accepted.includes(version)) continue;
      const found: unknown = resources.find((one: unknown) => isJsonObject(one) && one['name'] === name);
      if (!isJsonObject(found)) continue;
      if (found['namespaced'] !== false) {
        throw notUnderstood(
          `GET /apis/${GROUP}/${version}`,
          `${name} belong to namespaces here, so that whoever writes in one could write policies for all`,
        );
      }
      paths.set(name, `/apis/${GROUP}/${version}/${name}`);
    }
  }
  const strange = versions.filter((one) => typeof one !== 'string' || !VERSIONS.includes(one));
  if (paths.size === 0 && strange.length > 0) {
    throw notUnderstood(`GET /apis/${GROUP}`, `it has only versions that are not supported: ${strange.join(', ')}`);
  }
  return [...paths.values()];
}

/** Undefined if the API server does not have it. */
async function get(api: KubeApi, call: CallLimits, path: string): Promise<unknown> {
  const answer = await api.send(call, { method: 'GET', path });
  if (answer.status === 404) return undefined;
  if (answer.status !== 200 || answer.body === undefined) throw refusedBy(`GET ${path}`, answer);
  return answer.body;
}

function joined(states: readonly (KubeCollection | { readonly failed: string })[]): PolicyObjects {
  const failed = states.flatMap((state) => ('failed' in state ? [state.failed] : []));
  if (failed.length > 0) return { kind: 'failed', why: failed.join('; ') };
  const items = states.flatMap((state) => ('failed' in state ? [] : state.items));
  return { kind: 'files', files: items.map(policyFileOf) };
}

/** A copy of the whole object as it was applied, which would count twice. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * A stored object as a policy file. Of `metadata`, only what its author writes is kept: the rest is the API server's, and
 * later versions may add to it. `status` decides nothing. Everything else goes to the reader, unknown fields too.
 */
export function policyFileOf(object: KubeObject): PolicyFile {
  const { metadata, status: _, ...others } = object;
  const { name, namespace, labels, annotations } = isJsonObject(metadata) ? metadata : {};
  const own = isJsonObject(annotations)
    ? Object.fromEntries(Object.entries(annotations).filter(([key]) => key !== LAST_APPLIED))
    : annotations;
  // Members without a value are left out by JSON.
  const kept = { ...others, metadata: { name, namespace, labels, annotations: own } };
  const kind = typeof object['kind'] === 'string' ? object['kind'] : 'object';
  return { file: `${kind}/${typeof name === 'string' ? name : ''}`, text: asYaml(kept) };
}

/**
 * What kubectl applied and the stored object does not have: fields that a definition with pruning dropped without a word, so
 * that no reader sees them. (Or that somebody removed with another command since.)
 */
export function droppedFields({ kind, metadata, spec }: KubeObject): readonly string[] {
  const { name, annotations } = isJsonObject(metadata) ? metadata : {};
  const text = isJsonObject(annotations) ? annotations[LAST_APPLIED] : undefined;
  const applied = typeof text === 'string' ? parseJson(text) : undefined;
  if (!isJsonObject(applied)) return [];
  const where = quoted(`${String(kind)}/${String(name)}`);
  return missing(applied['spec'], spec, 'spec').map(
    (path) =>
      `${where}: kubectl applied ${quoted(path)}, and the API server has not stored it; is it misspelt or misplaced?`,
  );
}

/** The paths of the members of `applied` that `stored` does not have. */
function missing(applied: unknown, stored: unknown, path: string): readonly string[] {
  if (isJsonObject(applied) && isJsonObject(stored)) {
    return Object.entries(applied).flatMap(([name, value]) =>
      Object.hasOwn(stored, name) ? missing(value, stored[name], `${path}.${name}`) : [`${path}.${name}`],
    );
  }
  if (!Array.isArray(applied) || !Array.isArray(stored) || applied.length !== stored.length) return [];
  return applied.flatMap((value, index) => missing(value, stored[index], `${path}[${index}]`));
}

/** JSON in which nothing is a line break to any reader of YAML. */
function asYaml(value: unknown): string {
  return JSON.stringify(value).replace(/[\u0085\u2028\u2029\ufeff]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
