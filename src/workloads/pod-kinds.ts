import { isJsonObject } from '../domain/text/json-object.ts';

/** A kind of Kubernetes itself whose objects are Pods or make Pods (k8s.io/api core/v1, apps/v1, batch/v1). */
export interface PodKind {
  readonly kind: string;
  /** As in the rules of a webhook. */
  readonly resource: string;
  /** `''`: the core group. `extensions` had some of them before `apps`. */
  readonly groups: readonly string[];
  /** Keys that lead to the part that names every image: a Pod's specification, else what is made of the template. */
  readonly part: readonly string[];
  /** Keys that lead from there to the specification of the Pod. */
  readonly podSpec: readonly string[];
}

const template = { part: ['spec', 'template'], podSpec: ['spec'] } as const;

export const POD_KINDS: readonly PodKind[] = [
  { kind: 'Pod', resource: 'pods', groups: [''], part: ['spec'], podSpec: [] },
  { kind: 'PodTemplate', resource: 'podtemplates', groups: [''], part: ['template'], podSpec: ['spec'] },
  { kind: 'ReplicationController', resource: 'replicationcontrollers', groups: [''], ...template },
  { kind: 'Deployment', resource: 'deployments', groups: ['apps', 'extensions'], ...template },
  { kind: 'ReplicaSet', resource: 'replicasets', groups: ['apps', 'extensions'], ...template },
  { kind: 'DaemonSet', resource: 'daemonsets', groups: ['apps', 'extensions'], ...template },
  { kind: 'StatefulSet', resource: 'statefulsets', groups: ['apps'], ...template },
  { kind: 'Job', resource: 'jobs', groups: ['batch'], ...template },
  {
    ...{ kind: 'CronJob', resource: 'cronjobs', groups: ['batch'] },
    ...{ part: ['spec', 'jobTemplate'], podSpec: ['spec', 'template', 'spec'] },
  },
];

/** The kind with this name in this group; undefined for any other. */
export function podKindOf(kind: unknown, group: string): PodKind | undefined {
  return POD_KINDS.find((one) => one.kind === kind && one.groups.includes(group));
}

/** The value that keys lead to; undefined if there is none. */
export function valueAt(object: unknown, keys: readonly string[]): unknown {
  let value = object;
  for (const key of keys) value = isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return value;
}

/** Every place of a Pod's specification, those that lead deepest first. */
const POD_SPECS = [
  ...new Map(POD_KINDS.map(({ part, podSpec }) => [[...part, ...podSpec].join(), [...part, ...podSpec]])).values(),
].sort((one, other) => other.length - one.length);

/**
 * The specification of the Pods that an object makes, or of a Pod itself; undefined if it has none. By its shape, because
 * other kinds (a Rollout of Argo, a Service of Knative) have it in the same places. Only the names of pull secrets are read
 * from it.
 */
export function podSpecOf(object: unknown): unknown {
  return POD_SPECS.map((keys) => valueAt(object, keys)).find(isJsonObject);
}
