import type { Socket } from 'node:net';
import type { Dispatcher, Pool } from 'undici';
import { isCertificateAlert } from './certificate-request.ts';
import { CONNECT_TIMEOUT_MS, type Connectors } from './connectors.ts';
import { proxyAuthorization, UNUSABLE_PROXY } from './proxy-settings.ts';
import type { Connector, ConnectTarget } from './race-addresses.ts';

type PoolOptions = NonNullable<ConstructorParameters<typeof Pool>[1]>;

interface ProxyOptions {
  readonly proxy: URL;
  readonly connectors: Connectors;
}

/** Opens tunnels through one proxy. The proxy itself is never shown a client certificate. */
export interface Tunnels {
  readonly open: Connector;
  destroy(): Promise<void>;
}

/**
 * Tunnels by CONNECT (RFC 9110 section 9.3.6), each on a connection of its own. In the tunnel, `openTls` is used as for
 * a direct connection, so that a request for a client certificate is noticed in the same way.
 */
export async function createTunnels({ proxy, connectors }: ProxyOptions, openTls: Connector): Promise<Tunnels> {
  const [{ buildConnector }, api] = await Promise.all([
    import('./undici-pool.ts'),
    import('undici/lib/api/api-connect.js'),
  ]);
  const connect = connectors.race(buildConnector({ ...connectors.tls, timeout: CONNECT_TIMEOUT_MS }));
  const pool = new connectors.Pool(proxy.origin, { connect: connect as PoolOptions['connect'] & object });
  // undici's own entry, which is not loaded here, would attach the API methods.
  const client = Object.assign(pool, { connect: api.default });
  const authorization = proxyAuthorization(proxy);
  const openTunnel = async (target: ConnectTarget): Promise<Socket> => {
    const host = `${hostOf(target)}:${target.port || '443'}`;
    const headers = { host, ...(authorization === undefined ? {} : { 'proxy-authorization': authorization }) };
    const asked = { origin: proxy.origin, path: host, headers, servername: proxy.hostname };
    const { statusCode, socket } = await client.connect(asked);
    if (statusCode === 200) return socket as Socket;
    socket.on('error', () => undefined).destroy();
    throw Object.assign(new Error(`Proxy response (${statusCode}) !== 200 when HTTP Tunneling`), {
      code: 'UND_ERR_ABORTED',
    });
  };
  return {
    open: (target, done) => {
      openTunnel(target).then(
        (socket) => openTls({ ...target, httpSocket: socket }, done),
        (error: Error) => done(ofProxy(error), null),
      );
    },
    destroy: () => pool.destroy(),
  };
}

/** Connections to a proxy for one origin on plain http, whose requests are sent to the proxy in absolute form. */
export async function createProxyPool(
  { proxy, connectors }: ProxyOptions,
  poolOptions: Omit<PoolOptions, 'connect' | 'factory'>,
): Promise<Dispatcher> {
  const agent = await import('undici/lib/dispatcher/proxy-agent.js');
  const token = proxyAuthorization(proxy);
  const poolToProxy = (origin: string | URL, own: object): Dispatcher => {
    const connect = connectors.race(Reflect.get(own, 'connect'));
    return new connectors.Pool(origin, { ...own, connect: connect as PoolOptions['connect'] & object });
  };
  return new agent.default({
    ...poolOptions,
    uri: proxy.origin,
    ...(token === undefined ? {} : { token }),
    proxyTls: { ...connectors.tls, timeout: CONNECT_TIMEOUT_MS },
    proxyTunnel: false,
    clientFactory: poolToProxy,
    ...(proxy.protocol === 'http:' ? { factory: poolToProxy } : {}),
  });
}

/** The host without its port, in brackets if it is an IPv6 address. */
function hostOf({ hostname }: ConnectTarget): string {
  return hostname.includes(':') && !hostname.startsWith('[') ? `[${hostname}]` : hostname;
}

/** Client certificates are for registries: a proxy that asks for one cannot be used. */
function ofProxy(error: Error): Error {
  if (isCertificateAlert(error)) {
    return Object.assign(new Error('the proxy asks for a client certificate, which is not supported'), {
      code: UNUSABLE_PROXY,
    });
  }
  // undici takes this code for a failure of the target's name, and would wait for another connection.
  if (Reflect.get(error, 'code') !== 'ERR_TLS_CERT_ALTNAME_INVALID') return error;
  return Object.assign(new Error(`Secure Proxy Connection failed: ${error.message}`, { cause: error }), {
    code: 'UND_ERR_PRX_TLS',
  });
}
