import { isListedHost, isLoopbackHost } from '../../domain/image/network-host.ts';
import { quoted } from '../../domain/text/quoted.ts';
import type { Advise } from './advice.ts';
import type { Challenge } from './challenge.ts';
import type { Credential } from './credential.ts';
import { RegistryError } from './registry-error.ts';
import { adviseOnHttp, isForeignLiteral, isSameHost } from './registry-origin.ts';

/** The parts of a token request that decide whether its realm may be asked. */
interface Asking {
  /** The registry's API origin. */
  readonly registry: URL;
  readonly challenge: Challenge;
  readonly credential: Credential | undefined;
}

/**
 * The token server of a challenge, if it may be asked: over https (http only on the registry's own origin, or on
 * loopback for a registry on http loopback), and at no address literal other than the registry's own. Credentials go
 * only to the registry's host, its registrable domain, or a listed host. Throws REGISTRY_DENIED.
 */
export async function checkRealm(
  { registry, challenge, credential }: Asking,
  { tokenHosts, advise }: { readonly tokenHosts: readonly string[]; readonly advise: Advise },
): Promise<URL> {
  const text = challenge.parameters['realm'] ?? '';
  const refuse = (why: string, hint?: string): RegistryError => {
    const message = `${registry.host} names the token server ${quoted(text.split('?')[0] ?? '')}, ${why}`;
    return new RegistryError('REGISTRY_DENIED', message, { hint });
  };
  if (!URL.canParse(text)) throw refuse('which is not a URL');
  const realm = new URL(text);
  realm.hash = '';
  if (realm.username !== '' || realm.password !== '') throw refuse('which contains a user name');
  const isHttpsOrLocal =
    realm.protocol === 'https:' ||
    (realm.protocol === 'http:' &&
      registry.protocol === 'http:' &&
      (realm.origin === registry.origin || (isLoopbackHost(registry.hostname) && isLoopbackHost(realm.hostname))));
  if (!isHttpsOrLocal) {
    const isDowngrade = realm.protocol === 'http:' && registry.protocol === 'https:';
    throw refuse('which is not https', isDowngrade ? adviseOnHttp(realm, registry, advise) : undefined);
  }
  if (isForeignLiteral(realm, registry)) throw refuse('which is an address of another host');
  if (isLoopbackHost(realm.hostname) && !isLoopbackHost(registry.hostname)) throw refuse('which is this machine');
  if (credential === undefined || (await isTokenHost(realm, registry, tokenHosts))) return realm;
  throw refuse(
    'on another domain; the login was not sent there',
    advise({ kind: 'token-host-unlisted', host: realm.host }),
  );
}

/** True if this token server may see what identifies the user to this registry. */
export async function isTokenHost(realm: URL, registry: URL, tokenHosts: readonly string[]): Promise<boolean> {
  if (isSameHost(realm, registry) || isListedHost(realm, tokenHosts)) return true;
  return await hasSameDomain(realm.hostname, registry.hostname);
}

/**
 * Compares registrable domains by the public suffix list. Private suffixes (github.io, …) count, as their users are
 * strangers to each other.
 */
async function hasSameDomain(one: string, other: string): Promise<boolean> {
  const { getDomain } = await import('tldts');
  const [a, b] = [one, other].map((host) => getDomain(host, { allowPrivateDomains: true }));
  return typeof a === 'string' && a === b;
}
