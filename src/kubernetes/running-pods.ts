import { toCodedError } from '../coded-error.ts';
import type { CallLimits } from '../domain/calls/call-limits.ts';
import { isJsonObject, type JsonObject } from '../domain/text/json-object.ts';
import type { Pause } from '../usecases/rejudging/rejudge.ts';
import type {
  PodName,
  ReportedImage,
  RunningImage,
  RunningPod,
  UnreadableField,
} from '../usecases/rejudging/running-pod.ts';
import { readImageId } from './image-id.ts';
import type { KubeApi, KubeObject } from './kube-api.ts';

/** The image fields of a Pod as admission reads them. */
export type ReadImages = (pod: KubeObject) => {
  readonly images: readonly Omit<RunningImage, 'reported'>[];
  readonly problems: readonly UnreadableField[];
};

export interface RunningPodsOptions {
  readonly api: KubeApi;
  readonly readImages: ReadImages;
  /** Those that the webhook is asked about. */
  readonly namespaces: Iterable<string>;
  readonly pause: Pause;
}

export interface RunningPods {
  readonly pods: readonly RunningPod[];
  /** Namespaces whose Pods could not be listed, with the code of the error. */
  readonly unread: readonly { readonly namespace: string; readonly code: string }[];
  /** False if there are more Pods or images than the limit, or if something is unread. */
  readonly isWhole: boolean;
}

/** What is kept of a Pod is small: some 1 KB. */
const PODS_MAX = 50_000;
const IMAGES_MAX = 200_000;
const ENDED: readonly unknown[] = ['Succeeded', 'Failed'];
const STATUSES: Readonly<Record<string, string>> = {
  containers: 'containerStatuses',
  initContainers: 'initContainerStatuses',
  ephemeralContainers: 'ephemeralContainerStatuses',
};

/**
 * The Pods of these namespaces that have not ended. Each namespace is listed by itself: whoever fills one with Pods that are
 * too large for an answer hides no other. Throws KUBERNETES_REFUSED and KUBERNETES_UNAVAILABLE if none can be listed, and
 * the reason of the call.
 */
export async function readRunningPods(
  call: CallLimits,
  { api, readImages, namespaces, pause }: RunningPodsOptions,
): Promise<RunningPods> {
  const query = `fieldSelector=${encodeURIComponent(ENDED.map((phase) => `status.phase!=${phase}`).join(','))}`;
  /** By uid: a list that went on after its snapshot had expired may show a Pod twice. */
  const pods = new Map<string, RunningPod>();
  const unread: { readonly namespace: string; readonly code: string }[] = [];
  let failure: unknown;
  let listed = 0;
  let images = 0;
  let isWhole = true;
  const take = (object: KubeObject): void => {
    const pod = readPod(object, readImages);
    if (pod === undefined || pods.has(pod.uid)) return;
    isWhole &&= pods.size < PODS_MAX && images + pod.images.length <= IMAGES_MAX;
    if (!isWhole) return;
    pods.set(pod.uid, pod);
    images += pod.images.length;
  };
  for (const namespace of namespaces) {
    if (!isWhole) break;
    try {
      const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods?${query}`;
      await api.eachPage(call, path, async (page) => {
        for (const object of page) {
          await pause();
          take(object);
        }
      });
      listed += 1;
    } catch (error) {
      call.signal.throwIfAborted();
      failure = error;
      unread.push({ namespace, code: toCodedError(error).code });
    }
  }
  if (listed === 0 && failure !== undefined) throw failure;
  return { pods: [...pods.values()], unread, isWhole: isWhole && unread.length === 0 };
}

/** Undefined for a Pod that has ended. */
function readPod(object: KubeObject, readImages: ReadImages): RunningPod | undefined {
  const metadata = mapAt(object, 'metadata');
  const spec = mapAt(object, 'spec');
  const status = mapAt(object, 'status');
  if (ENDED.includes(status['phase'])) return undefined;
  const namespace = textAt(metadata, 'namespace');
  // Items of a list lack both; status and managedFields are nothing that admission decides by.
  const { labels, annotations } = metadata;
  const name = textAt(metadata, 'name');
  const { images, problems } = readImages({
    ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace, labels, annotations }, spec },
  });
  const reportedOf = statusReader({ metadata, spec, status });
  return {
    ...{ namespace, name, uid: textAt(metadata, 'uid'), problems },
    images: images.map((image) => ({ ...image, reported: reportedOf(image.field) })),
    pull: {
      namespace,
      serviceAccountName: textAt(spec, 'serviceAccountName'),
      imagePullSecrets: listAt(spec, 'imagePullSecrets')
        .map((secret) => textAt(secret, 'name'))
        .filter((secret) => secret !== ''),
    },
  };
}

/** What the status says about a field such as `spec.initContainers[1].image`. */
function statusReader({
  metadata,
  spec,
  status,
}: Readonly<Record<'metadata' | 'spec' | 'status', JsonObject>>): (field: string) => ReportedImage {
  // The node has not seen the newest specification yet (Pods, since Kubernetes 1.33).
  const observed = status['observedGeneration'];
  const generation = metadata['generation'];
  if (typeof observed === 'number' && typeof generation === 'number' && observed < generation) {
    return () => ({ kind: 'nothing' });
  }
  return (field) => {
    const [, list = '', index = ''] = /^spec\.(\w+)\[(\d+)\]\.image$/.exec(field) ?? [];
    const statuses = STATUSES[list];
    if (statuses === undefined) return { kind: 'nothing' };
    const container = textAt(listAt(spec, list)[Number(index)], 'name');
    const found = listAt(status, statuses).find((one) => textAt(one, 'name') === container);
    // A container that does not run yet, or no longer, may show the image of an earlier specification.
    if (found === undefined || !isJsonObject(mapAt(found, 'state')['running'])) return { kind: 'nothing' };
    return readImageId(found['imageID']);
  };
}

function mapAt(map: JsonObject | undefined, key: string): JsonObject {
  const value = map?.[key];
  return isJsonObject(value) ? value : {};
}

function listAt(map: JsonObject, key: string): readonly JsonObject[] {
  const value = map[key];
  // A place keeps its number, whatever the others are.
  return Array.isArray(value) ? value.map((one) => (isJsonObject(one) ? one : {})) : [];
}

function textAt(map: JsonObject | undefined, key: string): string {
  const value = map?.[key];
  return typeof value === 'string' ? value : '';
}

/** The uids of those of the Pods that certainly are no longer there. */
export async function findGone(
  pods: readonly PodName[],
  { api, newCall }: { readonly api: KubeApi; readonly newCall: () => { readonly call: CallLimits; close(): void } },
): Promise<ReadonlySet<string>> {
  const gone = new Set<string>();
  for (const { namespace, name, uid } of pods) {
    const { call, close } = newCall();
    const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}`;
    const answer = await api.send(call, { method: 'GET', path }).catch(() => undefined);
    close();
    const isOther =
      answer?.status === 200 && isJsonObject(answer.body) && textAt(mapAt(answer.body, 'metadata'), 'uid') !== uid;
    if (answer?.status === 404 || isOther) gone.add(uid);
  }
  return gone;
}
