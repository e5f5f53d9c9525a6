import type { CallLimits } from '../domain/calls/call-limits.ts';
import { createMemo } from '../domain/calls/memo.ts';
import { isJsonObject } from '../domain/text/json-object.ts';
import { quoted } from '../domain/text/quoted.ts';
import type { KubeApi } from './kube-api.ts';
import { notUnderstood, refusedBy } from './refused.ts';

/** What a Pod says about its pull secrets. */
export interface PullSecretNames {
  /** Of the request. Secrets of no other namespace are read. */
  readonly namespace: string;
  /** `imagePullSecrets` of the Pod, in their order. */
  readonly secrets: readonly string[];
  /** `default` if the Pod names none. */
  readonly serviceAccount: string;
}

/** A Secret, with no more of its data than a pull secret has. */
export interface SecretObject {
  readonly namespace: string;
  readonly name: string;
  readonly type: string;
  /** Values in base64. */
  readonly data: Readonly<Record<string, string>>;
}

/** Reads pull secrets, with the rights that the service account of this program has. */
export interface PullSecretReader {
  /**
   * The secrets of the Pod, then those of its service account (k8s.io/kubernetes pkg/kubelet, go-containerregistry
   * pkg/authn/kubernetes). What does not exist, and what this program may not read in this namespace, is left out with a
   * warning. Throws KUBERNETES_UNAVAILABLE or KUBERNETES_REFUSED.
   */
  read(call: CallLimits, names: PullSecretNames): Promise<readonly SecretObject[]>;
}

/** Secrets are taken as read for this time, in ms; what is missing is asked for again much sooner. */
const LIFETIMES = { lifetimeMs: 60_000, failureMs: 5_000 };
/** The most secrets, and the most service accounts, that are remembered. */
const ENTRIES_MAX = 256;
/** The most secrets that a Pod or a service account may name. */
const NAMES_MAX = 20;
/** Keys of the data of pull secrets, and the largest value: the API allows 1 MiB. In characters. */
const DATA_KEYS = ['.dockerconfigjson', '.dockercfg'];
const VALUE_MAX_CHARS = 256 * 1024;
/** RFC 1123, as the API server demands. Such a name is one part of a path. */
const NAME = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;

/** What a Pod spec names, as it is parsed; fields of other types count as absent, as the API server refuses them. */
export function pullSecretNames(namespace: string, podSpec: unknown): PullSecretNames {
  const spec = isJsonObject(podSpec) ? podSpec : {};
  // `serviceAccount` is the deprecated name of the field (k8s.io/api core/v1 PodSpec).
  const account = [spec['serviceAccountName'], spec['serviceAccount']].find(
    (one) => typeof one === 'string' && one !== '',
  );
  return { namespace, secrets: namesIn(spec['imagePullSecrets']), serviceAccount: String(account ?? 'default') };
}

/** The names of a list of LocalObjectReferences. */
function namesIn(list: unknown): string[] {
  return (Array.isArray(list) ? list : []).flatMap((one: unknown) => {
    const name = isJsonObject(one) ? one['name'] : undefined;
    return typeof name === 'string' && name !== '' ? [name] : [];
  });
}

export function createPullSecretReader({
  api,
  clock,
}: {
  readonly api: KubeApi;
  readonly clock: { now(): Date };
}): PullSecretReader {
  const secrets = createMemo<SecretObject>({ clock, entriesMax: ENTRIES_MAX, ...LIFETIMES });
  const accounts = createMemo<readonly string[]>({ clock, entriesMax: ENTRIES_MAX, ...LIFETIMES });

  const readSecret = async (call: CallLimits, namespace: string, name: string): Promise<SecretObject> => {
    const path = `/api/v1/namespaces/${namespace}/secrets/${name}`;
    const { type, data } = await get(api, call, path);
    const values = isJsonObject(data) ? data : {};
    const kept = DATA_KEYS.flatMap((key): [string, string][] => {
      const value = values[key];
      return typeof value === 'string' ? [[key, value]] : [];
    });
    if (kept.some(([, value]) => value.length > VALUE_MAX_CHARS)) {
      throw notUnderstood(`GET ${path}`, `a pull secret of more than ${VALUE_MAX_CHARS} characters`);
    }
    return { namespace, name, type: typeof type === 'string' ? type : '', data: Object.fromEntries(kept) };
  };

  const readAccount = async (call: CallLimits, namespace: string, name: string): Promise<readonly string[]> => {
    const account = await get(api, call, `/api/v1/namespaces/${namespace}/serviceaccounts/${name}`);
    return namesIn(account['imagePullSecrets']);
  };

  return {
    async read(call, { namespace, secrets: named, serviceAccount }) {
      if (!NAME.test(namespace)) return [];
      const skipping = async <Value>(what: string, read: () => Promise<Value>): Promise<Value | undefined> => {
        try {
          return await read();
        } catch (error) {
          if (!(error instanceof NotReadable)) throw error;
          call.log.warning(`${what} is left out: ${error.message}`);
          return undefined;
        }
      };
      const usable = (names: readonly string[], whose: string): string[] => {
        const good = names.filter((name) => NAME.test(name));
        if (good.length > NAMES_MAX)
          call.log.warning(`${whose} names ${good.length} pull secrets; ${NAMES_MAX} are read`);
        return good.slice(0, NAMES_MAX);
      };
      const ofAccount = NAME.test(serviceAccount)
        ? await skipping(`service account ${quoted(`${namespace}/${serviceAccount}`)}`, () =>
            accounts.get(call, `${namespace}/${serviceAccount}`, (joint) =>
              readAccount(joint, namespace, serviceAccount),
            ),
          )
        : undefined;
      const names = [...usable(named, 'the object'), ...usable(ofAccount ?? [], 'the service account')];
      const read = await Promise.all(
        [...new Set(names)].map((name) =>
          skipping(`pull secret ${quoted(`${namespace}/${name}`)}`, () =>
            secrets.get(call, `${namespace}/${name}`, (joint) => readSecret(joint, namespace, name)),
          ),
        ),
      );
      return read.filter((one) => one !== undefined);
    },
  };
}

/** It does not exist, or this program may not read it. */
class NotReadable extends Error {
  override readonly name = 'NotReadable';
}

async function get(api: KubeApi, call: CallLimits, path: string): Promise<Readonly<Record<string, unknown>>> {
  const answer = await api.send(call, { method: 'GET', path });
  if (answer.status === 404) throw new NotReadable('it does not exist');
  if (answer.status === 403) throw new NotReadable('the webhook has no right to read it');
  if (answer.status !== 200) throw refusedBy(`GET ${path}`, answer);
  if (!isJsonObject(answer.body)) throw notUnderstood(`GET ${path}`, 'no JSON object');
  return answer.body;
}
