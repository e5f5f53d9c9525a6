import type { ImageToAdmit } from '../../usecases/admitting/admitter.ts';
import type { CallContext } from '../../usecases/call-context.ts';
import type { PodPull } from '../../usecases/rejudging/running-pod.ts';
import { type CoveredCluster, readCoveredPods } from './pod-images.ts';

/** An image that runs, with what determines its logins. */
export interface ImageInUse {
  readonly image: ImageToAdmit;
  readonly pull: PodPull;
}

/** Images that are worth warming up for. */
const WARM_MAX = 1_000;

/**
 * The images that run, those that most Pods use first, for verdicts that shall be known before they are asked for. Each
 * once for each namespace and login; at most a thousand. Throws KUBERNETES_REFUSED and KUBERNETES_UNAVAILABLE.
 */
export async function listImagesInUse(call: CallContext, cluster: CoveredCluster): Promise<readonly ImageInUse[]> {
  const { pods } = await readCoveredPods(call, cluster);
  const uses = new Map<string, { readonly found: ImageInUse; count: number }>();
  for (const { images, pull } of pods) {
    for (const { repository, tag, digest, use } of images) {
      const key = JSON.stringify([pull, repository, tag, digest, use.annotated?.subject, use.annotated?.issuer]);
      const known = uses.get(key);
      if (known === undefined) {
        uses.set(key, {
          found: { image: { repository, tag, digest, use, namespace: pull.namespace }, pull },
          count: 1,
        });
      } else known.count += 1;
    }
  }
  const sorted = [...uses.values()].sort((one, other) => other.count - one.count);
  return sorted.slice(0, WARM_MAX).map(({ found }) => found);
}
