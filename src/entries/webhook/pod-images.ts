import { readCoveredNamespaces } from '../../kubernetes/covered-namespaces.ts';
import type { KubeApi } from '../../kubernetes/kube-api.ts';
import { type ReadImages, type RunningPods, readRunningPods } from '../../kubernetes/running-pods.ts';
import type { CallContext } from '../../usecases/call-context.ts';
import type { Pause } from '../../usecases/rejudging/rejudge.ts';
import type { ImagePath } from '../../workloads/image-paths.ts';
import { referenceOf } from '../../workloads/image-value.ts';
import { imagesOfObject } from '../../workloads/object-images.ts';
import { createPause } from './create-pause.ts';

/** Reads the image fields of a Pod as for an admission review. */
const createReader =
  (imagePaths: readonly ImagePath[]): ReadImages =>
  (pod) => {
    const { images, problems } = imagesOfObject(pod, { imagePaths });
    return {
      images: images.map((named) => {
        const { image, field, owner, annotated } = named;
        const { repository, tag, digest } = referenceOf(named);
        return { field, written: image, repository, tag, digest, use: { object: owner, annotated } };
      }),
      problems: problems.map(({ field = 'spec', what, cure }) => ({ field, message: `${what}: ${cure}` })),
    };
  };

export interface CoveredCluster {
  readonly api: KubeApi;
  /** Name of the ValidatingWebhookConfiguration: its namespaceSelectors say which namespaces count. */
  readonly configuration: string;
  /** Fields of Pods besides those of Kubernetes. None by default. */
  readonly imagePaths?: readonly ImagePath[];
  /** Default: a turn of the event loop, now and then. */
  readonly pause?: Pause;
}

/** The Pods that run where the webhook is asked. Throws KUBERNETES_REFUSED and KUBERNETES_UNAVAILABLE. */
export async function readCoveredPods(
  call: CallContext,
  { api, configuration, imagePaths = [], pause = createPause() }: CoveredCluster,
): Promise<RunningPods> {
  const namespaces = await readCoveredNamespaces(call, api, configuration);
  return readRunningPods(call, { api, readImages: createReader(imagePaths), namespaces, pause });
}
