import type { Challenge } from './challenge.ts';

/** What is public knowledge about a registry. It saves round trips and decides nothing: answers always win. */
export interface KnownRegistry {
  /** The challenge with which it answers a request without a token. */
  readonly challenge: Challenge;
  /** True if it serves public repositories without any token, so that asking for one first costs a round trip. */
  readonly isReadOpenly: boolean;
  /** The origin to which it redirects the reads of blobs; undefined if it has several, or none. */
  readonly storage?: string;
  /** True if one token of it serves one repository, as far as is known. */
  readonly grantsOneOnly?: boolean;
  /** True if it has no referrers API, so that signatures are listed by the referrers tag alone. */
  readonly lacksReferrersApi?: boolean;
}

const bearer = (realm: string, service: string): Challenge => ({ scheme: 'bearer', parameters: { realm, service } });

/** Whole names; the pattern of a name with a variable part allows one label of letters, digits and dashes in it. */
const KNOWN: readonly { readonly host: RegExp; readonly about: (host: string) => KnownRegistry }[] = [
  {
    host: /^ghcr\.io$/,
    about: () => ({
      challenge: bearer('https://ghcr.io/token', 'ghcr.io'),
      isReadOpenly: false,
      storage: 'https://pkg-containers.githubusercontent.com',
      lacksReferrersApi: true,
      grantsOneOnly: true,
    }),
  },
  {
    host: /^registry-1\.docker\.io$/,
    about: () => ({ challenge: bearer('https://auth.docker.io/token', 'registry.docker.io'), isReadOpenly: false }),
  },
  {
    host: /^quay\.io$/,
    about: () => ({ challenge: bearer('https://quay.io/v2/auth', 'quay.io'), isReadOpenly: true }),
  },
  {
    host: /^registry\.gitlab\.com$/,
    about: () => ({ challenge: bearer('https://gitlab.com/jwt/auth', 'container_registry'), isReadOpenly: false }),
  },
  {
    host: /^public\.ecr\.aws$/,
    about: () => ({
      challenge: bearer('https://public.ecr.aws/token/', 'public.ecr.aws'),
      isReadOpenly: false,
      grantsOneOnly: true,
    }),
  },
  {
    host: /^(?:gcr\.io|[a-z0-9-]+-docker\.pkg\.dev)$/,
    about: (host) => ({
      challenge: bearer(`https://${host}/v2/token`, host),
      isReadOpenly: true,
      grantsOneOnly: true,
    }),
  },
  {
    host: /^[a-z0-9-]+\.azurecr\.io$/,
    about: (host) => ({ challenge: bearer(`https://${host}/oauth2/token`, host), isReadOpenly: false }),
  },
];

/**
 * What is known of the registry at this API origin; undefined for any other host, port or scheme. Realms and services
 * are those of the challenges that these registries sent in 2025 and 2026.
 */
export function knownRegistry(origin: URL): KnownRegistry | undefined {
  if (origin.protocol !== 'https:' || origin.port !== '') return undefined;
  const { hostname } = origin;
  return KNOWN.find(({ host }) => host.test(hostname))?.about(hostname);
}
