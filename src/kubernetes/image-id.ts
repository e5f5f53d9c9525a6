import { parseReference } from '../domain/image/reference.ts';
import type { ReportedImage } from '../usecases/rejudging/running-pod.ts';

/**
 * Reads `imageID` of a container status. Its form depends on the runtime: `registry/repository@sha256:…` (containerd,
 * CRI-O), `docker-pullable://…` of the same form, or an ID that names no image of a registry: `sha256:…` and
 * `docker://sha256:…` are digests of a configuration, and 64 hex digits are one without its algorithm.
 */
export function readImageId(value: unknown): ReportedImage {
  if (typeof value !== 'string' || value === '') return { kind: 'nothing' };
  const name = value.startsWith(PULLABLE) ? value.slice(PULLABLE.length) : value;
  try {
    const { repository, digest } = parseReference(name);
    // A scheme, a bare digest or an unknown algorithm is refused by the grammar.
    return digest === undefined ? { kind: 'unnamed' } : { kind: 'image', repository, digest };
  } catch {
    return { kind: 'unnamed' };
  }
}

const PULLABLE = 'docker-pullable://';
