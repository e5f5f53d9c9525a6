import { bareHost, isLoopbackHost } from '../domain/image/network-host.ts';

/** Code of the error for a variable that names no usable proxy. */
export const UNUSABLE_PROXY = 'ERR_UNUSABLE_PROXY';

/** The usual variables, as an object: `https_proxy`, `HTTPS_PROXY`, `http_proxy`, `HTTP_PROXY`, `no_proxy`, `NO_PROXY`. */
export type ProxyVariables = Readonly<Record<string, string | undefined>>;

/**
 * The proxy for this URL, or undefined for a direct connection. Rules of the runner's own client
 * (@actions/http-client): the lower-case variable first; https never falls back to http_proxy; `no_proxy`
 * holds hosts, host:port, parent domains (with or without a leading dot) and `*`; loopback is never
 * proxied. Throws TypeError with the code UNUSABLE_PROXY if the variable
 * names no http or https proxy.
 */
export function proxyFor(url: URL, variables: ProxyVariables): URL | undefined {
  if (isLoopbackHost(url.hostname) || isExcluded(url, read(variables, 'no_proxy'))) return undefined;
  const name = url.protocol === 'https:' ? 'https_proxy' : 'http_proxy';
  const value = read(variables, name);
  if (value === undefined) return undefined;
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  // Never quoted: it may hold a password.
  if (!URL.canParse(text)) throw unusable(name, 'which is no URL');
  const proxy = new URL(text);
  if (proxy.protocol !== 'http:' && proxy.protocol !== 'https:')
    throw unusable(name, 'which is no http or https proxy');
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
 * What the proxies of these variables keep from strangers: each password, or the user name if it stands alone, since
 * that may be a token, and user info as it is sent.
 */
export function proxySecrets(variables: ProxyVariables): readonly string[] {
  return ['http://host.invalid', 'https://host.invalid'].flatMap((url) => {
    try {
      const proxy = proxyFor(new URL(url), { ...variables, no_proxy: '', NO_PROXY: '' });
      const authorization = proxy && proxyAuthorization(proxy);
      if (proxy === undefined || authorization === undefined) return [];
      return [decodeURIComponent(proxy.password || proxy.username), authorization.replace(/^Basic /, '')];
    } catch {
      // It names no usable proxy, so nothing is ever sent by it; the first request says what is wrong.
      return [];
    }
  });
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
