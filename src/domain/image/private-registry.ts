import { bareHost, isAddressLiteral, isListedHost, isPrivateHost } from './network-host.ts';
import type { Repository } from './reference.ts';

/**
 * True if whoever names an image may not lead this machine to its registry: an address that only this machine or its network
 * has, which is not listed (`host` or `host:port`). Otherwise the author of a file or an object could make it call services
 * that only it can reach.
 */
export function isForbiddenAddress({ registry }: Repository, listed: readonly string[]): boolean {
  // As the HTTP client will read it: 2130706433, 0x7f.1 and 127.1 are 127.0.0.1 for a URL.
  const url = urlOf(registry);
  if (url === undefined) return true;
  return isPrivateHost(url.hostname) && !isListed(url, registry, listed);
}

/**
 * The same for a machine whose resolver completes names, as in a cluster: names that no public registry has are forbidden
 * too. A name that looks public and has a private address is not seen here; the HTTP client refuses that address when it
 * connects (`privateHosts`).
 */
export function isForbiddenName(repository: Repository, listed: readonly string[]): boolean {
  if (isForbiddenAddress(repository, listed)) return true;
  const url = urlOf(repository.registry);
  return url === undefined || (isInnerName(url.hostname) && !isListed(url, repository.registry, listed));
}

/**
 * Domains that are reserved for private networks (RFC 6762, RFC 8375, ICANN resolution 2024.07.29.06), those that resolvers
 * and routers use without a reservation, and the services of a cluster.
 */
const INNER_DOMAINS: readonly string[] = ['local', 'internal', 'home.arpa', 'localdomain', 'lan', 'intranet', 'svc'];

/** True for a name of one label, which resolvers complete, and for names in domains that only inner networks have. */
function isInnerName(host: string): boolean {
  if (isAddressLiteral(host)) return false;
  const bare = bareHost(host);
  return !bare.includes('.') || INNER_DOMAINS.some((domain) => bare.endsWith(`.${domain}`));
}

function isListed(url: URL, registry: string, listed: readonly string[]): boolean {
  return isListedHost(url, listed) || listed.includes(registry.toLowerCase());
}

function urlOf(registry: string): URL | undefined {
  const text = `https://${registry}/`;
  return URL.canParse(text) ? new URL(text) : undefined;
}
