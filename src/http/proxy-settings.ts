import { BlockList, isIP } from 'node:net';
import { bareHost, isLoopbackHost } from '../domain/image/network-host.ts';

/** Code of the error for a variable that does not name a usable proxy. */
export const UNUSABLE_PROXY = 'ERR_UNUSABLE_PROXY';

/** The usual variables, as an object: `https_proxy`, `HTTPS_PROXY`, `http_proxy`, `HTTP_PROXY`, `no_proxy`, `NO_PROXY`. */
export type ProxyVariables = Readonly<Record<string, string | undefined>>;

/**
 * The proxy for this URL, or undefined for a direct connection. Lower-case variables come first, and https never uses
 * http_proxy, as in @actions/http-client. `no_proxy` is read as Go does (golang.org/x/net/http/httpproxy, Config).
 * Loopback is never proxied. Throws TypeError with the code UNUSABLE_PROXY if the variable does not name an http or
 * https proxy.
 */
export function proxyFor(url: URL, variables: ProxyVariables): URL | undefined {
  if (isLoopbackHost(url.hostname) || isExcluded(url, read(variables, 'no_proxy'))) return undefined;
  const name = url.protocol === 'https:' ? 'https_proxy' : 'http_proxy';
  const value = read(variables, name);
  if (value === undefined) return undefined;
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  // Never quoted: it may hold a password.
  if (!URL.canParse(text)) throw unusable(name, 'that is not a valid URL');
  const proxy = new URL(text);
  if (proxy.protocol !== 'http:' && proxy.protocol !== 'https:') throw unusable(name, 'that is neither http nor https');
  if (!isDecodable(proxy.username) || !isDecodable(proxy.password)) {
    throw unusable(name, 'whose user name or password is not percent-encoded');
  }
  return proxy;
}

function unusable(name: string, why: string): TypeError {
  const error = new TypeError(`${name} or ${name.toUpperCase()} names a proxy ${why}`);
  return Object.assign(error, { code: UNUSABLE_PROXY });
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** `Proxy-Authorization` from the user info of a proxy URL, percent-decoded; undefined without user info. */
export function proxyAuthorization(proxy: URL): string | undefined {
  if (proxy.username === '' && proxy.password === '') return undefined;
  const userInfo = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return `Basic ${Buffer.from(userInfo).toString('base64')}`;
}

/**
 * The secrets in these variables: each password, or a user name without a password, which may be a token, and the user
 * info as it is sent.
 */
export function proxySecrets(variables: ProxyVariables): readonly string[] {
  return ['http://host.invalid', 'https://host.invalid'].flatMap((url) => {
    try {
      const proxy = proxyFor(new URL(url), { ...variables, no_proxy: '', NO_PROXY: '' });
      const authorization = proxy && proxyAuthorization(proxy);
      if (proxy === undefined || authorization === undefined) return [];
      return [decodeURIComponent(proxy.password || proxy.username), authorization.replace(/^Basic /, '')];
    } catch {
      // Not a usable proxy, so nothing is ever sent to it; the first request says what is wrong.
      return [];
    }
  });
}

function read(variables: ProxyVariables, name: string): string | undefined {
  const value = (variables[name] || variables[name.toUpperCase()])?.trim();
  return value === '' ? undefined : value;
}

/**
 * True if an entry of the comma-separated list names the host of the URL: `*`; an address; a network in CIDR notation;
 * a domain with its sub-domains; `.domain` or `*.domain` for the sub-domains only. A port may follow all but networks.
 * Entries that cannot be read are ignored. Unlike Go, brackets without a port and the final dot of a host are accepted,
 * and names that are not ASCII are not converted.
 */
function isExcluded(url: URL, noProxy: string | undefined): boolean {
  if (noProxy === undefined) return false;
  const host = bareHost(url.hostname);
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return noProxy.split(',').some((text) => {
    const entry = text.trim().toLowerCase();
    if (entry === '*') return true;
    // A second colon outside brackets makes it an IPv6 address without a port.
    const [, name = entry, entryPort = ''] = /^(\[[^\]]*\]|[^:]*):([^:]*)$/.exec(entry) ?? [];
    if (entryPort !== '' && entryPort !== port) return false;
    const rule = bareHost(name);
    if (isIP(host) !== 0) return (name === entry || !rule.includes('/')) && isInNetwork(host, rule);
    const domain = rule.replace(/^\*\./, '.');
    return domain.startsWith('.') ? host.endsWith(domain) : `.${host}`.endsWith(`.${domain}`);
  });
}

/** True if the address lies in the network, `address` or `address/prefix`; an IPv4-mapped one counts as IPv4. */
function isInNetwork(host: string, network: string): boolean {
  const [, address = '', prefix] = /^([^/%]*)(?:\/([0-9]{1,3}))?$/.exec(network) ?? [];
  const family = familyOf(address);
  const list = new BlockList();
  try {
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  } catch {
    // Not an address, or the prefix is too long.
    return false;
  }
  return list.check(host, familyOf(host));
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 4 ? 'ipv4' : 'ipv6';
}
