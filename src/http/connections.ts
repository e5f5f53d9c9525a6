import type { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import type { Dispatcher, Pool } from 'undici';
import { type ProxyVariables, proxyAuthorization, proxyFor } from './proxy-settings.ts';
import type { Connector, ConnectTarget, Lookup } from './race-addresses.ts';

export interface ConnectionOptions {
  readonly proxy: ProxyVariables;
  /** PEM certificates trusted besides the default roots. */
  readonly caPems: readonly string[];
  readonly maxConnectionsPerOrigin: number;
  /** Default 60,000. */
  readonly spareMs?: number;
  /** Default 128. */
  readonly poolsMax?: number;
  /** Default: that of node:dns. */
  readonly lookup?: Lookup | undefined;
}

interface KeptPool {
  readonly dispatcher: Dispatcher;
  /** Requests under way. */
  uses: number;
}

/** Keep-alive connections to a bounded number of origins; undici is loaded with the first of them. */
export interface Connections {
  /** Calls `send` with the dispatcher for the URL's origin, a pool or a proxy agent, which stays open until it settles. */
  use<Result>(url: URL, send: (dispatcher: Dispatcher) => Promise<Result>): Promise<Result>;
  /** Opens one more connection for a later request. */
  preconnect(url: URL): void;
  close(): Promise<void>;
}

type PoolOptions = NonNullable<ConstructorParameters<typeof Pool>[1]>;
interface Loaded {
  readonly Pool: typeof Pool;
  /** Makes a connector of undici try all addresses of a host. */
  readonly race: (open: unknown) => Connector;
  readonly connector: Connector;
}

/** Longest time to connect to one address, TLS included, in ms. */
const CONNECT_TIMEOUT_MS = 10_000;
/** Largest head of a response, in bytes; signed storage URLs in Location are long. */
const HEADERS_MAX_BYTES = 32 * 1024;
/** Most preconnected sockets for one origin, and for all origins. */
const SPARE_MAX = 16;
const ALL_SPARE_MAX = 128;
/** An unused preconnected socket is closed after this time, in ms. */
const SPARE_MS = 60_000;
/** Most pools kept. A pool in use is never closed; undici closes the idle connections of a pool. */
const POOLS_MAX = 128;

export function createConnections(options: ConnectionOptions): Connections {
  /** Least recently used first. */
  const pools = new Map<string, KeptPool>();
  const { spareMs = SPARE_MS, poolsMax = POOLS_MAX } = options;
  /** Connections that are opening or open, but not yet handed to a pool. */
  const spare = new Map<string, Promise<Socket>[]>();
  const spareSockets = new Set<Socket>();
  let loading: Promise<Loaded> | undefined;
  let closed = false;

  const poolOptions = {
    connections: options.maxConnectionsPerOrigin,
    pipelining: 1,
    maxHeaderSize: HEADERS_MAX_BYTES,
    // Each attempt has its own time-out, which covers connecting, head and body.
    headersTimeout: 0,
    bodyTimeout: 0,
  };

  const load = (): Promise<Loaded> => {
    loading ??= (async () => {
      const [{ buildConnector, Pool, raceAddresses }, tls] = await Promise.all([
        import('./undici-pool.ts'),
        trustOf(options.caPems),
      ]);
      const race = (open: unknown): Connector => raceAddresses(open as Connector, options.lookup);
      return { Pool, race, connector: race(buildConnector({ timeout: CONNECT_TIMEOUT_MS, ...tls })) };
    })();
    // A failed load is not remembered: its cause may be gone the next time.
    loading.catch(() => {
      loading = undefined;
    });
    return loading;
  };

  const takeSpare = (origin: string): Promise<Socket> | undefined => {
    const list = spare.get(origin);
    const taken = list?.shift();
    if (list?.length === 0) spare.delete(origin);
    return taken;
  };

  const dropSpare = (origin: string, promise: Promise<Socket>): void => {
    const list = spare.get(origin);
    const index = list?.indexOf(promise) ?? -1;
    if (index >= 0) list?.splice(index, 1);
    if (list?.length === 0) spare.delete(origin);
  };

  /** A connector that uses a preconnected socket if there is one. */
  const connectorFor =
    (origin: string, open: Connector): Connector =>
    (target, done) => {
      const waiting = takeSpare(origin);
      if (waiting === undefined) {
        open(target, done);
        return;
      }
      waiting.then(
        (socket) => {
          spareSockets.delete(socket);
          socket.setTimeout(0).removeAllListeners('timeout');
          // The server may have closed it meanwhile: open another.
          if (socket.destroyed || socket.readyState !== 'open') open(target, done);
          else done(null, socket);
        },
        () => open(target, done),
      );
    };

  const createPool = ({ Pool: PoolClass, connector }: Loaded, origin: string): Dispatcher =>
    new PoolClass(origin, {
      ...poolOptions,
      connect: connectorFor(origin, connector) as PoolOptions['connect'] & object,
    });

  const createProxyAgent = async ({ Pool: PoolClass, race }: Loaded, url: URL, proxy: URL): Promise<Dispatcher> => {
    const [agent, api, tls] = await Promise.all([
      import('undici/lib/dispatcher/proxy-agent.js'),
      import('undici/lib/api/api-connect.js'),
      trustOf(options.caPems),
    ]);
    const token = proxyAuthorization(proxy);
    const createRacingPool = (origin: string | URL, own: object): Dispatcher =>
      new PoolClass(origin, { ...own, connect: race(Reflect.get(own, 'connect')) as PoolOptions['connect'] & object });
    return new agent.default({
      ...poolOptions,
      uri: proxy.origin,
      ...(token === undefined ? {} : { token }),
      requestTls: { ...tls, timeout: CONNECT_TIMEOUT_MS },
      proxyTls: { ...tls, timeout: CONNECT_TIMEOUT_MS },
      // Only https needs a tunnel; plain http is sent to the proxy in absolute form.
      proxyTunnel: url.protocol === 'https:',
      // undici's own entry, which is not loaded here, would attach the API methods.
      clientFactory: (origin, own) => Object.assign(createRacingPool(origin, own), { connect: api.default }),
      // Without a tunnel this makes the pool of connections to the proxy; in a tunnel, the proxy resolves the name.
      ...(url.protocol === 'http:' && proxy.protocol === 'http:' ? { factory: createRacingPool } : {}),
    });
  };

  const poolFor = async (url: URL): Promise<KeptPool> => {
    const loaded = await load();
    const proxy = proxyFor(url, options.proxy);
    const key = proxy === undefined ? url.origin : `${url.origin} by ${proxy.origin}`;
    const known = pools.get(key);
    if (known !== undefined) return touched(key, known);
    const made = proxy === undefined ? createPool(loaded, url.origin) : await createProxyAgent(loaded, url, proxy);
    // Another request may have created it while the proxy agent was loading.
    const pool = pools.get(key) ?? { dispatcher: made, uses: 0 };
    if (pool.dispatcher !== made) void made.destroy();
    return touched(key, pool);
  };

  /** Counts one more use, and closes the least recently used pools if there are too many. */
  const touched = (key: string, pool: KeptPool): KeptPool => {
    pool.uses += 1;
    pools.delete(key);
    pools.set(key, pool);
    for (const [other, { dispatcher, uses }] of pools) {
      if (pools.size <= poolsMax) break;
      if (uses > 0) continue;
      pools.delete(other);
      void dispatcher.destroy();
    }
    return pool;
  };

  const preconnect = (url: URL): void => {
    if (closed || proxyFor(url, options.proxy) !== undefined) return;
    const list = spare.get(url.origin) ?? [];
    if (list.length >= SPARE_MAX || spareSockets.size >= ALL_SPARE_MAX) return;
    spare.set(url.origin, list);
    const opening = load().then(
      ({ connector }) =>
        new Promise<Socket>((resolve, reject) => {
          connector(targetOf(url), (error, socket) => {
            if (error !== null || socket === null) reject(error ?? new Error('no socket'));
            else resolve(socket);
          });
        }),
    );
    list.push(opening);
    opening.then(
      (socket) => {
        if (closed) socket.destroy();
        spareSockets.add(socket);
        // A socket's timer does not keep the process alive, and ends with the socket.
        socket.setTimeout(spareMs, () => socket.destroy());
        socket.once('close', () => {
          spareSockets.delete(socket);
          dropSpare(url.origin, opening);
        });
      },
      // The request that follows meets the same failure and reports it.
      () => dropSpare(url.origin, opening),
    );
  };

  return {
    async use(url, send) {
      const pool = await poolFor(url);
      try {
        return await send(pool.dispatcher);
      } finally {
        pool.uses -= 1;
      }
    },
    preconnect,
    async close() {
      closed = true;
      for (const socket of spareSockets) socket.destroy();
      spare.clear();
      await Promise.all([...pools.values()].map(({ dispatcher }) => dispatcher.destroy()));
      pools.clear();
    },
  };
}

function targetOf(url: URL): ConnectTarget {
  const hostname = url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname;
  return { hostname, host: url.host, protocol: url.protocol, port: url.port };
}

/** One TLS context for all connections, created only if there are roots to add: parsing all roots is slow. */
async function trustOf(caPems: readonly string[]): Promise<{ secureContext?: SecureContext }> {
  if (caPems.length === 0) return {};
  const tls = await import('node:tls');
  // 'default' includes NODE_EXTRA_CA_CERTS (Node 24).
  return { secureContext: tls.createSecureContext({ ca: [...tls.getCACertificates('default'), ...caPems] }) };
}
