import type { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import type { Dispatcher, Pool } from 'undici';
import { type ProxyVariables, proxyAuthorization, proxyFor } from './proxy-settings.ts';

export interface ConnectionOptions {
  readonly proxy: ProxyVariables;
  /** PEM certificates trusted besides the default roots. */
  readonly caPems: readonly string[];
  readonly maxConnectionsPerOrigin: number;
  /** Default 60,000. */
  readonly spareMs?: number;
  /** Default 128. */
  readonly poolsMax?: number;
}

interface KeptPool {
  readonly dispatcher: Dispatcher;
  /** Requests under way. */
  uses: number;
}

/** Keep-alive connections by origin, of a bounded number of origins; undici is loaded with the first of them. */
export interface Connections {
  /** Sends by the dispatcher for this URL's origin: a pool, or a proxy agent. It is kept at least as long as `send` takes. */
  use<Result>(url: URL, send: (dispatcher: Dispatcher) => Promise<Result>): Promise<Result>;
  /** Starts one more connection, for a request to come. */
  preconnect(url: URL): void;
  close(): Promise<void>;
}

type Connector = (target: ConnectTarget, done: ConnectDone) => unknown;
type PoolOptions = NonNullable<ConstructorParameters<typeof Pool>[1]>;
type ConnectDone = (error: Error | null, socket: Socket | null) => void;
interface ConnectTarget {
  hostname: string;
  host?: string | undefined;
  protocol: string;
  port: string;
  servername?: string | undefined;
}
interface Loaded {
  readonly Pool: typeof Pool;
  readonly connector: Connector;
}

/** Longest time to open a connection, in ms. */
const CONNECT_TIMEOUT_MS = 10_000;
/** Largest head of a response, in bytes: signed storage URLs in Location are long. */
const HEADERS_MAX_BYTES = 32 * 1024;
/** Preconnected sockets kept for one origin, and for all of them. */
const SPARE_MAX = 16;
const ALL_SPARE_MAX = 128;
/** A preconnected socket that nobody takes is closed after this, in ms. */
const SPARE_MS = 60_000;
/** Origins whose pools are kept; undici closes a pool's idle connections itself. Those in use are never closed. */
const POOLS_MAX = 128;

export function createConnections(options: ConnectionOptions): Connections {
  /** The one longest unused first. */
  const pools = new Map<string, KeptPool>();
  const { spareMs = SPARE_MS, poolsMax = POOLS_MAX } = options;
  /** Connections under way or open, not yet handed to a pool. */
  const spare = new Map<string, Promise<Socket>[]>();
  const spareSockets = new Set<Socket>();
  let loading: Promise<Loaded> | undefined;
  let closed = false;

  const poolOptions = {
    connections: options.maxConnectionsPerOrigin,
    pipelining: 1,
    maxHeaderSize: HEADERS_MAX_BYTES,
    // Attempts have their own time-out, which covers connecting, head and body alike.
    headersTimeout: 0,
    bodyTimeout: 0,
  };

  const load = (): Promise<Loaded> => {
    loading ??= (async () => {
      const [{ buildConnector, Pool }, tls] = await Promise.all([import('./undici-pool.ts'), trustOf(options.caPems)]);
      const open = buildConnector({ timeout: CONNECT_TIMEOUT_MS, ...tls }) as Connector;
      return { Pool, connector: open };
    })();
    // What kept it from being loaded may be gone the next time.
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

  /** Opens connections as undici does, but takes a preconnected one first. */
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
          // Closed by the server between its opening and now: open another.
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

  const createProxyAgent = async ({ Pool: PoolClass }: Loaded, url: URL, proxy: URL): Promise<Dispatcher> => {
    const [agent, api, tls] = await Promise.all([
      import('undici/lib/dispatcher/proxy-agent.js'),
      import('undici/lib/api/api-connect.js'),
      trustOf(options.caPems),
    ]);
    const token = proxyAuthorization(proxy);
    return new agent.default({
      ...poolOptions,
      uri: proxy.origin,
      ...(token === undefined ? {} : { token }),
      requestTls: { ...tls, timeout: CONNECT_TIMEOUT_MS },
      proxyTls: { ...tls, timeout: CONNECT_TIMEOUT_MS },
      // Plain http goes through the proxy as any client sends it; only https needs a tunnel.
      proxyTunnel: url.protocol === 'https:',
      // The API methods are attached by undici's own entry, which we do not load.
      clientFactory: (origin, poolOptionsOfAgent) =>
        Object.assign(new PoolClass(origin, poolOptionsOfAgent), { connect: api.default }),
    });
  };

  const poolFor = async (url: URL): Promise<KeptPool> => {
    const loaded = await load();
    const proxy = proxyFor(url, options.proxy);
    const key = proxy === undefined ? url.origin : `${url.origin} by ${proxy.origin}`;
    const known = pools.get(key);
    if (known !== undefined) return touched(key, known);
    const made = proxy === undefined ? createPool(loaded, url.origin) : await createProxyAgent(loaded, url, proxy);
    // Another request may have made it while the proxy agent was loading.
    const pool = pools.get(key) ?? { dispatcher: made, uses: 0 };
    if (pool.dispatcher !== made) void made.destroy();
    return touched(key, pool);
  };

  /** Counts one more use, and closes what has been unused longest if there are too many. */
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
        // Such a timer holds no process; it is taken off with the socket.
        socket.setTimeout(spareMs, () => socket.destroy());
        socket.once('close', () => {
          spareSockets.delete(socket);
          dropSpare(url.origin, opening);
        });
      },
      // The request that comes will meet the same failure and report it.
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

/** One TLS context for all connections, made only if there are roots to add: parsing a hundred of them is slow. */
async function trustOf(caPems: readonly string[]): Promise<{ secureContext?: SecureContext }> {
  if (caPems.length === 0) return {};
  const tls = await import('node:tls');
  // 'default' holds NODE_EXTRA_CA_CERTS too (Node 24).
  return { secureContext: tls.createSecureContext({ ca: [...tls.getCACertificates('default'), ...caPems] }) };
}
