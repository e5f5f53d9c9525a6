import { isJsonObject, type JsonObject } from '../../src/domain/text/json-object.ts';
import { groupOf } from '../../src/workloads/kinds.ts';
import type { Kube } from '../peers/kube.ts';

/** Where the API server keeps objects of the built-in kinds, and where their Pod specification is. */
const KINDS: Readonly<Record<string, { readonly plural: string; readonly spec: readonly string[] }>> = {
  'v1/Pod': { plural: 'pods', spec: ['spec'] },
  'v1/PodTemplate': { plural: 'podtemplates', spec: ['template', 'spec'] },
  'v1/ReplicationController': { plural: 'replicationcontrollers', spec: ['spec', 'template', 'spec'] },
  'apps/v1/Deployment': { plural: 'deployments', spec: ['spec', 'template', 'spec'] },
  'apps/v1/ReplicaSet': { plural: 'replicasets', spec: ['spec', 'template', 'spec'] },
  'apps/v1/StatefulSet': { plural: 'statefulsets', spec: ['spec', 'template', 'spec'] },
  'apps/v1/DaemonSet': { plural: 'daemonsets', spec: ['spec', 'template', 'spec'] },
  'batch/v1/Job': { plural: 'jobs', spec: ['spec', 'template', 'spec'] },
  'batch/v1/CronJob': { plural: 'cronjobs', spec: ['spec', 'jobTemplate', 'spec', 'template', 'spec'] },
};

/** What became of an object that was sent. */
export type Created =
  | { readonly kind: 'stored'; readonly images: readonly string[] }
  | { readonly kind: 'refused'; readonly message: string };

/** Whether objects of a kind can be created. */
export function isBuiltIn(apiVersion: string, kind: string): boolean {
  return Object.hasOwn(KINDS, `${apiVersion}/${kind}`);
}

/** Path of the objects of a built-in kind in a namespace. */
export function collectionPath({
  apiVersion,
  kind,
  namespace,
}: {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
}): string {
  const rule = KINDS[`${apiVersion}/${kind}`];
  if (rule === undefined) throw new Error(`${apiVersion} ${kind} is not known here`);
  const base = groupOf(apiVersion) === '' ? `/api/${apiVersion}` : `/apis/${apiVersion}`;
  return `${base}/namespaces/${namespace}/${rule.plural}`;
}

/** Every image of a stored object of a built-in kind. */
export function storedImages(object: JsonObject): readonly string[] {
  const rule = KINDS[`${String(object['apiVersion'])}/${String(object['kind'])}`];
  return imagesOf(asObject(at(object, rule?.spec ?? ['spec'])));
}

interface Sent {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  /** The object as YAML, or as JSON. */
  readonly body: unknown;
  /** Ephemeral containers, which a Pod cannot be created with: they are added to it. */
  readonly ephemeral?: readonly unknown[];
}

/** Creates an object, reads it back and deletes it. */
export async function createAndRead(
  kube: Kube,
  { apiVersion, kind, namespace, body, ephemeral = [] }: Sent,
): Promise<Created> {
  const rule = KINDS[`${apiVersion}/${kind}`];
  if (rule === undefined) throw new Error(`${apiVersion} ${kind} is not known here`);
  await kube.send({ method: 'POST', path: '/api/v1/namespaces', body: { metadata: { name: namespace } } });
  const path = collectionPath({ apiVersion, kind, namespace });
  const made = await kube.send({ method: 'POST', path, body });
  if (made.status !== 201) return { kind: 'refused', message: JSON.stringify(made.body).slice(0, 600) };
  const one = `${path}/${String(at(made.body, ['metadata', 'name']))}`;
  if (ephemeral.length > 0) {
    const pod = asObject(made.body);
    const spec = { ...asObject(pod['spec']), ephemeralContainers: ephemeral };
    const added = await kube.send({ method: 'PUT', path: `${one}/ephemeralcontainers`, body: { ...pod, spec } });
    if (added.status !== 200) return { kind: 'refused', message: JSON.stringify(added.body).slice(0, 600) };
  }
  const { body: stored } = await kube.send({ path: one });
  await kube.send({ method: 'DELETE', path: `${one}?gracePeriodSeconds=0` });
  return { kind: 'stored', images: imagesOf(asObject(at(stored, rule.spec))) };
}

/** What the API server would store of a Pod, without storing it. Unknown fields are dropped, as for old clients. */
export async function tryOut(kube: Kube, text: string): Promise<Created> {
  const path = '/api/v1/namespaces/default/pods?dryRun=All&fieldValidation=Ignore';
  const { status, body } = await kube.send({ method: 'POST', path, body: text });
  if (status !== 201) return { kind: 'refused', message: JSON.stringify(body).slice(0, 600) };
  return { kind: 'stored', images: imagesOf(asObject(at(body, ['spec']))) };
}

/** In a Pod specification as the API server stores it. */
function imagesOf(spec: JsonObject): string[] {
  const items = (key: string): JsonObject[] => (Array.isArray(spec[key]) ? spec[key].filter(isJsonObject) : []);
  const containers = ['containers', 'initContainers', 'ephemeralContainers'].flatMap(items);
  const volumes = items('volumes').map((volume) => at(volume, ['image', 'reference']));
  return [...containers.map(({ image }) => image), ...volumes]
    .filter((one) => typeof one === 'string' && one !== '')
    .map(String);
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => asObject(inner)[key], value);
}

function asObject(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}
