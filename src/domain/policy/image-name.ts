import type { Digest } from '../image/digest.ts';
import { parseRegistryHost, type Repository } from '../image/reference.ts';

/** The name of Docker Hub in policies: go-containerregistry writes it for `docker.io`, and policy-controller matches that. */
export const HUB_IN_POLICIES = 'index.docker.io';

/**
 * The name of an image as globs of policies see it: `index.docker.io/library/nginx@sha256:…`. Every spelling of a registry
 * that leads to the same server has the same name: upper case, the default port, leading zeros, the aliases of Docker Hub.
 * policy-controller folds only the last; a policy must not be avoidable by writing `ghcr.io:443`.
 */
export function matchedName(repository: Repository, digest: Digest): string {
  return `${matchedRepository(repository)}@${digest}`;
}

/** The same without a digest. */
export function matchedRepository({ registry, path }: Repository): string {
  return `${canonicalHost(registry)}/${path}`;
}

/** The host as requests to it have it, because they decide which server answers. */
export function canonicalHost(registry: string): string {
  const url = `https://${registry}`;
  const host = URL.canParse(url) ? new URL(url).host : registry.toLowerCase();
  // Without its port, such a host would look like a namespace of Docker Hub.
  const kept = /[.:]|^localhost$/.test(host) ? host : registry.toLowerCase();
  return isHub(kept) ? HUB_IN_POLICIES : kept;
}

function isHub(host: string): boolean {
  try {
    return parseRegistryHost(host) === 'docker.io';
  } catch {
    return false;
  }
}
