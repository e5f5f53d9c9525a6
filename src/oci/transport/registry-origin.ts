import { isAddressLiteral, isAllowedUrl, isLoopbackHost, isPrivateHost } from '../../domain/image/network-host.ts';
import type { Repository } from '../../domain/image/reference.ts';
import { quoted } from '../../domain/text/quoted.ts';
import type { Advise } from './advice.ts';
import { RegistryError } from './registry-error.ts';

/**
 * The API origin of a registry that a reference names: a different host for Docker Hub, http for loopback and for hosts
 * listed as insecure.
 */
export function registryOrigin(registry: string, insecureRegistries: readonly string[]): URL {
  if (registry === 'docker.io') return new URL('https://registry-1.docker.io');
  const plain = new URL(`http://${registry}`);
  return isAllowedUrl(plain, insecureRegistries) ? plain : new URL(`https://${registry}`);
}

/** `https://host/v2/path/rest`. */
export function apiUrl(origin: URL, repository: Repository, rest: string): URL {
  return new URL(`/v2/${repository.path}/${rest}`, origin);
}

/**
 * Resolves a registry's Location or Link, if its target is allowed: http(s), never from https to http, no user info,
 * and no private or loopback address unless it is the registry's own host or the registry itself is on loopback. Throws
 * REGISTRY_INVALID.
 */
export function resolveTarget(
  location: string,
  {
    from,
    registry,
    what,
    advise,
  }: { readonly from: URL; readonly registry: URL; readonly what: string; readonly advise: Advise },
): URL {
  const refuse = (why: string, hint?: string): RegistryError => {
    const shown = location.split('?')[0] ?? '';
    const message = `${what} answered with a Location or Link that ${why}: ${quoted(shown)}`;
    return new RegistryError('REGISTRY_INVALID', message, { hint });
  };
  if (!URL.canParse(location, from.href)) throw refuse('is not a URL');
  const target = new URL(location, from);
  target.hash = '';
  if (target.username !== '' || target.password !== '') throw refuse('contains a user name');
  if (target.protocol !== 'https:' && target.protocol !== 'http:') throw refuse('is neither https nor http');
  if (target.protocol === 'http:' && (from.protocol === 'https:' || registry.protocol === 'https:')) {
    throw refuse('leads from https to http', adviseOnHttp(target, registry, advise));
  }
  const isAllowed =
    !isPrivateHost(target.hostname) || target.hostname === registry.hostname || isLoopbackHost(registry.hostname);
  if (!isAllowed) {
    const hint =
      'If that is the storage of this registry, configure the registry to redirect to a host name, over https.';
    throw refuse('leads to a private address', hint);
  }
  return target;
}

/** What to try if a registry on https announced this http address. */
export function adviseOnHttp(target: URL, registry: URL, advise: Advise): string {
  const isOwnHost = target.hostname === registry.hostname;
  return advise({ kind: 'announces-http', registry: registry.host, host: target.host, isOwnHost });
}

/** True for the name of a registry on https with a port at which it was not reached: a proxy has lost or added it. */
export function isOtherPort(target: URL, registry: URL): boolean {
  const areHttps = target.protocol === 'https:' && registry.protocol === 'https:';
  return areHttps && target.hostname === registry.hostname && target.port !== registry.port;
}

/** The document that a URL of the API names: `/v2/<name>/<collection>/<reference>`; the list of tags is `tags/list`. */
export interface Route {
  readonly name: string;
  readonly collection: 'manifests' | 'blobs' | 'referrers' | 'tags';
  readonly reference: string;
}

/** The route of a URL, which may be below a path (Artifactory); undefined if it is not part of a registry's API. */
export function routeOf({ pathname }: URL): Route | undefined {
  const parts = decodePath(pathname).split('/');
  const [collection, reference = ''] = parts.slice(-2);
  const name = parts.slice(parts.indexOf('v2') + 1, -2).join('/');
  const isTags = collection === 'tags' && reference === 'list';
  const isRoute = collection === 'manifests' || collection === 'blobs' || collection === 'referrers' || isTags;
  // The name becomes part of a token's scope, and nothing else may.
  if (!isRoute || !parts.slice(0, -3).includes('v2') || !/^[A-Za-z0-9._/-]+$/.test(name)) return undefined;
  return { name, collection, reference };
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** True if both hosts are loopback names, or the same name; ports do not count. */
export function isSameHost(one: URL, other: URL): boolean {
  return one.hostname === other.hostname || (isLoopbackHost(one.hostname) && isLoopbackHost(other.hostname));
}

/** True for an address literal that is not the registry's own. */
export function isForeignLiteral(target: URL, registry: URL): boolean {
  return isAddressLiteral(target.hostname) && !isSameHost(target, registry);
}
