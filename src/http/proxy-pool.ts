import type { Socket } from 'node:net';
import type { Dispatcher, Pool } from 'undici';
import { isCertificateAlert } from './certificate-request.ts';
import { CONNECT_TIMEOUT_MS, type ConnectorPair, type Connectors, tlsWith } from './connectors.ts';
import { proxyAuthorization, UNUSABLE_PROXY } from './proxy-settings.ts';
import type { Connector, ConnectTarget } from './race-addresses.ts';

type PoolOptions = NonNullable<ConstructorParameters<typeof Pool>[1]>;

export interface ProxyPoolOptions {
  /** The destination. Https is sent through a tunnel, plain http to the proxy in absolute form. */
  readonly url: URL;
  readonly proxy: URL;
  readonly connectors: Connectors;
  /** Opens TLS to the destination within the tunnel. */
  readonly target: ConnectorPair;
  readonly caPems: readonly string[];
  readonly poolOptions: Omit<PoolOptions, 'connect' | 'factory'>;
  /** Called around the connector of the tunnel. */
  readonly observe: (open: Connector) => Connector;
}

/** Connections to one origin through a proxy. The proxy itself is never shown a client certificate. */
export async function createProxyPool(options: ProxyPoolOptions): Promise<Dispatcher> {
  const { url, proxy, connectors, target, caPems, observe } = options;
  const [agent, api, tls] = await Promise.all([
    import('undici/lib/dispatcher/proxy-agent.js'),
    import('undici/lib/api/api-connect.js'),
    tlsWith(caPems),
  ]);
  const token = proxyAuthorization(proxy);
  const poolWith = (origin: string | URL, own: object, connect: Connector): Dispatcher =>
    new connectors.Pool(origin, { ...own, connect: connect as PoolOptions['connect'] & object });
  const poolToProxy = (origin: string | URL, own: object): Dispatcher =>
    poolWith(origin, own, connectors.race(Reflect.get(own, 'connect')));
  const isTunnel = url.protocol === 'https:';
  return new agent.default({
    ...options.poolOptions,
    uri: proxy.origin,
    ...(token === undefined ? {} : { token }),
    proxyTls: { ...tls, timeout: CONNECT_TIMEOUT_MS },
    proxyTunnel: isTunnel,
    // undici's own entry, which is not loaded here, would attach the API methods.
    clientFactory: (origin, own) => Object.assign(poolToProxy(origin, own), { connect: api.default }),
    ...(isTunnel
      ? {
          factory: (origin: string | URL, own: object) =>
            poolWith(origin, own, observe(tunnelled(Reflect.get(own, 'connect') as Connector, target.open))),
        }
      : {}),
    // Without a tunnel this makes the pool of connections to the proxy.
    ...(!isTunnel && proxy.protocol === 'http:' ? { factory: poolToProxy } : {}),
  });
}

/**
 * Opens a tunnel and then TLS in it, by the connector that a direct connection uses, so that a request for a client
 * certificate is noticed in the same way.
 */
function tunnelled(openTunnel: Connector, openTls: Connector): Connector {
  return (target, done) => {
    let isDone = false;
    const port = target.port || '443';
    const plain: ConnectTarget = { ...target, protocol: 'http:', port, host: `${hostOf(target)}:${port}` };
    openTunnel(plain, (error, socket) => {
      // undici calls back a second time after a refused tunnel.
      if (isDone) return;
      isDone = true;
      if (error !== null || socket === null) done(error === null ? null : ofProxy(error), null);
      else openTls({ ...target, httpSocket: socket as Socket }, done);
    });
  };
}

/** The host without its port, in brackets if it is an IPv6 address. */
function hostOf({ hostname }: ConnectTarget): string {
  return hostname.includes(':') && !hostname.startsWith('[') ? `[${hostname}]` : hostname;
}

/** Client certificates are for registries: a proxy that asks for one cannot be used. */
function ofProxy(error: Error): Error {
  if (!isCertificateAlert(error)) return error;
  return Object.assign(new Error('the proxy asks for a client certificate, which is not supported'), {
    code: UNUSABLE_PROXY,
  });
}
