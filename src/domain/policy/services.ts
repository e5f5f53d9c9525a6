import type { NamedServices } from './policy.ts';

/** The services of the public Sigstore, which policies name by default. */
const PUBLIC_CA = 'https://fulcio.sigstore.dev';
const PUBLIC_LOG = 'https://rekor.sigstore.dev';

/** The parts of a trusted root that say which services it is about. */
export interface ListedServices {
  readonly certificateAuthorities: readonly { readonly uri: string }[];
  readonly tlogs: readonly { readonly baseUrl: string }[];
}

/** The services that a policy names, but for those of the public Sigstore. */
export function namedServices(urls: {
  readonly certificateAuthority: string | undefined;
  readonly log: string | undefined;
}): NamedServices {
  const other = (url: string | undefined, common: string): string | undefined => {
    const plain = url === undefined ? undefined : withoutSlash(url);
    return plain === common ? undefined : plain;
  };
  return { certificateAuthority: other(urls.certificateAuthority, PUBLIC_CA), log: other(urls.log, PUBLIC_LOG) };
}

/**
 * The services that a policy names and the trusted root does not list. Such a policy means other keys than those it would be
 * judged by: policy-controller itself never compares these URLs.
 */
export function missingServices(services: NamedServices, root: ListedServices): string[] {
  const { certificateAuthority: authority, log } = services;
  const authorities = root.certificateAuthorities.map(({ uri }) => withoutSlash(uri));
  const logs = root.tlogs.map(({ baseUrl }) => withoutSlash(baseUrl));
  return [
    ...(authority === undefined || authorities.includes(authority) ? [] : [authority]),
    ...(log === undefined || logs.includes(log) ? [] : [log]),
  ];
}

function withoutSlash(url: string): string {
  const text = URL.canParse(url) ? new URL(url).href : url;
  return text.replace(/\/+$/, '');
}
