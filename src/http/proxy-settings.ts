import { bareHost, isLoopbackHost } from '../domain/network-host.ts';

/** The usual variables, as an object: `https_proxy`, `HTTPS_PROXY`, `http_proxy`, `HTTP_PROXY`, `no_proxy`, `NO_PROXY`. */
export type ProxyVariables = Readonly<Record<string, string | undefined>>;

/**
 * The proxy for this URL, or undefined for a direct connection. Rules of the runner's own client
 * (@actions/http-client): the lower-case variable first; https never falls back to http_proxy; `no_proxy`
 * holds hosts, host:port, parent domains (with or without a leading dot) and `*`; loopback is never
 * proxied. Throws TypeError if the variable is no URL.
 */
export function proxyFor(url: URL, variables: ProxyVariables): URL | undefined {
  if (isLoopbackHost(url.hostname) || isExcluded(url, read(variables, 'no_proxy'))) return undefined;
  const value = read(variables, url.protocol === 'https:' ? 'https_proxy' : 'http_proxy');
  if (value === undefined) return undefined;
  return new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`);
}

/** `Proxy-Authorization` from the user info of a proxy URL, percent-decoded; undefined without user info. */
export function proxyAuthorization(proxy: URL): string | undefined {
  if (proxy.username === '' && proxy.password === '') return undefined;
  const userInfo = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return `Basic ${Buffer.from(userInfo).toString('base64')}`;
}

function read(variables: ProxyVariables, name: string): string | undefined {
  const value = (variables[name] || variables[name.toUpperCase()])?.trim();
  return value === '' ? undefined : value;
}

function isExcluded(url: URL, noProxy: string | undefined): boolean {
  if (noProxy === undefined) return false;
  const host = bareHost(url.hostname);
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return noProxy.split(',').some((entry) => {
    const rule = entry.trim().toLowerCase();
    if (rule === '') return false;
    if (rule === '*') return true;
    const withPort = /^(\[[^\]]*\]|[^:]*):([0-9]+)$/.exec(rule);
    if (withPort !== null && withPort[2] !== port) return false;
    const name = bareHost(withPort?.[1] ?? rule).replace(/^\*?\.+/, '');
    return name !== '' && (host === name || host.endsWith(`.${name}`));
  });
}
