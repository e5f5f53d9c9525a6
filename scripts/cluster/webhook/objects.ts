import type { JsonObject } from '../../../src/domain/text/json-object.ts';

/** Images by the name of their container or volume. */
type NamedImages = Readonly<Record<string, string>>;

/** Every field of a Pod specification that names images, but the ephemeral containers, which only a Pod that exists gets. */
export interface PodImages {
  readonly containers?: NamedImages;
  readonly initContainers?: NamedImages;
  /** Init containers that go on running. */
  readonly sidecars?: NamedImages;
  readonly volumes?: NamedImages;
}

export interface Named {
  readonly name: string;
  readonly namespace: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
}

const containersOf = (images: NamedImages = {}, more: JsonObject = {}): JsonObject[] =>
  Object.entries(images).map(([name, image]) => ({ name, image, ...more }));

function podSpec({ containers, initContainers, sidecars, volumes = {} }: PodImages): JsonObject {
  return {
    containers: containersOf(containers),
    initContainers: [...containersOf(initContainers), ...containersOf(sidecars, { restartPolicy: 'Always' })],
    volumes: Object.entries(volumes).map(([name, reference]) => ({ name, image: { reference } })),
  };
}

/** A Pod. */
export function pod(metadata: Named, images: PodImages): JsonObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec: podSpec(images) };
}

export interface WorkloadOptions {
  readonly replicas?: number;
  /** Annotations of the template, which its Pods get. */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A Deployment. */
export function deployment(
  metadata: Named,
  images: PodImages,
  { replicas = 1, annotations = {} }: WorkloadOptions = {},
): JsonObject {
  const labels = { app: metadata.name };
  return {
    ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata },
    spec: { replicas, selector: { matchLabels: labels }, template: templateOf(labels, images, annotations) },
  };
}

/** A CronJob. */
export function cronJob(metadata: Named, images: PodImages): JsonObject {
  const template = templateOf({ app: metadata.name }, images);
  const spec = { ...template.spec, restartPolicy: 'Never' };
  return {
    ...{ apiVersion: 'batch/v1', kind: 'CronJob', metadata },
    spec: { schedule: '0 0 * * *', jobTemplate: { spec: { template: { ...template, spec } } } },
  };
}

/** A Job. */
export function job(metadata: Named, images: PodImages): JsonObject {
  const template = templateOf({ app: metadata.name }, images);
  const spec = { ...template.spec, restartPolicy: 'Never' };
  return { apiVersion: 'batch/v1', kind: 'Job', metadata, spec: { template: { ...template, spec } } };
}

/** Any of the kinds with a selector and a template but without a strategy: ReplicaSet, DaemonSet, StatefulSet. */
export function controller(
  kind: 'DaemonSet' | 'ReplicaSet' | 'StatefulSet',
  metadata: Named,
  images: PodImages,
): JsonObject {
  const labels = { app: metadata.name };
  const more = kind === 'StatefulSet' ? { serviceName: metadata.name } : {};
  return {
    ...{ apiVersion: 'apps/v1', kind, metadata },
    spec: { ...more, selector: { matchLabels: labels }, template: templateOf(labels, images) },
  };
}

/** A ReplicationController; without images its template is null. */
export function replicationController(metadata: Named, images: PodImages | undefined): JsonObject {
  const labels = { app: metadata.name };
  const template = images === undefined ? null : templateOf(labels, images);
  return {
    ...{ apiVersion: 'v1', kind: 'ReplicationController', metadata },
    spec: { replicas: 0, selector: labels, template },
  };
}

function templateOf(
  labels: Readonly<Record<string, string>>,
  images: PodImages,
  annotations: Readonly<Record<string, string>> = {},
): { readonly metadata: JsonObject; readonly spec: JsonObject } {
  return { metadata: { labels, annotations }, spec: podSpec(images) };
}
