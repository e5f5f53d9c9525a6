import type { Socket } from 'node:net';
import type { Dispatcher, Pool } from 'undici';
import { asksForCertificate } from './certificate-request.ts';
import { type ConnectorOptions, type ConnectorPair, type Connectors, loadConnectors } from './connectors.ts';
import type { ClientCertificate, PreconnectOptions } from './http-client.ts';
import { withCertificate } from './http-failure.ts';
import type { Tunnels } from './proxy-pool.ts';
import { type ProxyVariables, proxyFor } from './proxy-settings.ts';
import type { Connector, ConnectTarget } from './race-addresses.ts';

export interface ConnectionOptions extends ConnectorOptions {
  readonly proxy: ProxyVariables;
  /** At most one for each origin. */
  readonly clientCertificates?: readonly ClientCertificate[];
  readonly maxConnectionsPerOrigin: number;
  /** Default 60,000. */
  readonly spareMs?: number;
  /** Default 128. */
  readonly poolsMax?: number;
}

interface KeptPool {
  readonly dispatcher: Dispatcher;
  /** Opens the tunnel of one more connection; undefined without a tunnel. */
  readonly tunnel: Connector | undefined;
  destroy(): Promise<void>;
  readonly peer: Peer;
  /** How many of its connections are open or opening. */
  readonly connections: () => number;
  /** How many of its connections are open and wait for a request. */
  readonly idle: () => number;
  /** Requests under way. */
  uses: number;
}

/** What the connections of a pool have shown of their server. */
export interface Peer {
  /** True once the server has asked for a client certificate. */
  asksForCertificate: boolean;
  /** True once a response has arrived. */
  hasAnswered: boolean;
  /** True if these connections present a client certificate. */
  readonly isPresented: boolean;
}

export interface Destination {
  readonly url: URL;
  /** True if the client certificate for this origin may be presented. */
  readonly withClientCertificate: boolean;
}

/** How a destination is reached. The key is that of its pool. */
interface Route {
  readonly key: string;
  readonly url: URL;
  readonly proxy: URL | undefined;
  readonly certificate: ClientCertificate | undefined;
}

/** Keep-alive connections to a bounded number of origins; undici is loaded with the first of them. */
export interface Connections {
  /**
   * Calls `send` with the dispatcher for the URL's origin, a pool or a proxy agent, which stays open until it settles.
   * A connection with a client certificate is never shared with requests that may not present it.
   */
  use<Result>(to: Destination, send: (dispatcher: Dispatcher, peer: Peer) => Promise<Result>): Promise<Result>;
  /** Opens one more connection for a later request, or as many as are missing until there are as many as wanted. */
  preconnect(to: Destination, wanted?: Pick<PreconnectOptions, 'atLeast' | 'idle'>): void;
  close(): Promise<void>;
}

type PoolOptions = NonNullable<ConstructorParameters<typeof Pool>[1]>;

/** Largest head of a response, in bytes; signed storage URLs in Location are long. */
const HEADERS_MAX_BYTES = 32 * 1024;
/** Most preconnected sockets for all origins; for one, as many as its pool may have. */
const ALL_SPARE_MAX = 128;
/** An unused preconnected socket is closed after this time, in ms. */
const SPARE_MS = 60_000;
/** Most pools kept. A pool in use is never closed; undici closes the idle connections of a pool. */
const POOLS_MAX = 128;

export function createConnections(options: ConnectionOptions): Connections {
  /** Least recently used first. */
  const pools = new Map<string, KeptPool>();
  /** Pools that are being created, with the number of requests that wait for each. */
  const beingMade = new Map<string, { uses: number; readonly pool: Promise<KeptPool> }>();
  const { spareMs = SPARE_MS, poolsMax = POOLS_MAX } = options;
  /** Connections that are opening or open, but not yet handed to a pool. */
  const spare = new Map<string, Promise<Socket>[]>();
  const spareSockets = new Set<Socket>();
  let loading: Promise<Connectors> | undefined;
  let closed = false;

  const poolOptions = {
    connections: options.maxConnectionsPerOrigin,
    pipelining: 1,
    maxHeaderSize: HEADERS_MAX_BYTES,
    // Each attempt has its own time-out, which covers connecting, head and body.
    headersTimeout: 0,
    bodyTimeout: 0,
  };

  const load = (): Promise<Connectors> => {
    loading ??= loadConnectors(options);
    // A failed load is not remembered: its cause may be gone the next time.
    loading.catch(() => {
      loading = undefined;
    });
    return loading;
  };

  const routeOf = ({ url, withClientCertificate }: Destination): Route => {
    const certificate = withClientCertificate
      ? options.clientCertificates?.find(({ origin }) => origin === url.origin)
      : undefined;
    const proxy = proxyFor(url, options.proxy);
    const how = [certificate && 'with a client certificate', proxy && `by ${proxy.origin}`];
    return { key: [url.origin, ...how.filter((one) => one !== undefined)].join(' '), url, proxy, certificate };
  };

  const takeSpare = (key: string): Promise<Socket> | undefined => {
    const list = spare.get(key);
    const taken = list?.shift();
    if (list?.length === 0) spare.delete(key);
    return taken;
  };

  const dropSpare = (key: string, promise: Promise<Socket>): void => {
    const list = spare.get(key);
    const index = list?.indexOf(promise) ?? -1;
    if (index >= 0) list?.splice(index, 1);
    if (list?.length === 0) spare.delete(key);
  };

  /** A connector that uses a preconnected socket if there is one. */
  const withSpares =
    (key: string, open: Connector): Connector =>
    (target, done) => {
      const waiting = takeSpare(key);
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

  const connectorsOf = (connectors: Connectors, { certificate }: Route): ConnectorPair | Promise<ConnectorPair> =>
    certificate === undefined ? connectors.plain : connectors.presenting(certificate);

  const createPool = async (connectors: Connectors, route: Route): Promise<KeptPool> => {
    const peer: Peer = { asksForCertificate: false, hasAnswered: false, isPresented: route.certificate !== undefined };
    let count = 0;
    const connections = (): number => count;
    const observe =
      (open: Connector): Connector =>
      (target, done) => {
        count += 1;
        open(target, (error, socket) => {
          if (error !== null || socket === null) count -= 1;
          else socket.once('close', () => (count -= 1));
          peer.asksForCertificate ||= error === null && socket !== null && asksForCertificate(socket);
          done(error, socket);
        });
      };
    const { key, url, proxy } = route;
    const target = await connectorsOf(connectors, route);
    const poolWith = (open: Connector): Dispatcher => {
      const connect = observe(withSpares(key, open)) as PoolOptions['connect'] & object;
      return new connectors.Pool(url.origin, { ...poolOptions, connect });
    };
    if (proxy === undefined) return keep(poolWith(target.race), { peer, connections });
    const { createProxyPool, createTunnels } = await import('./proxy-pool.ts');
    const through = { proxy, connectors };
    if (url.protocol !== 'https:') return keep(await createProxyPool(through, poolOptions), { peer, connections });
    const tunnels = await createTunnels(through, target.open);
    return keep(poolWith(tunnels.open), { peer, connections }, tunnels);
  };

  const poolFor = async (to: Destination): Promise<KeptPool> => {
    const connectors = await load();
    const route = routeOf(to);
    const known = pools.get(route.key);
    if (known !== undefined) return touched(route.key, known);
    // Requests that begin together share the pool that the first of them creates. Each counts as a use at once.
    const making = beingMade.get(route.key) ?? { uses: 0, pool: createPool(connectors, route) };
    making.uses += 1;
    if (making.uses > 1) return making.pool;
    beingMade.set(route.key, making);
    try {
      const made = await making.pool;
      return touched(route.key, made, making.uses);
    } finally {
      beingMade.delete(route.key);
    }
  };

  /** Counts the uses that begin, and closes the least recently used pools if there are too many. */
  const touched = (key: string, pool: KeptPool, uses = 1): KeptPool => {
    pool.uses += uses;
    pools.delete(key);
    pools.set(key, pool);
    for (const [other, old] of pools) {
      if (pools.size <= poolsMax) break;
      if (old.uses > 0) continue;
      pools.delete(other);
      void old.destroy();
    }
    return pool;
  };

  /** What opens one more connection to a destination. Tunnels belong to its pool. */
  const openerOf = async (to: Destination, route: Route): Promise<Connector> => {
    if (route.proxy === undefined) return (await connectorsOf(await load(), route)).race;
    const pool = await poolFor(to);
    pool.uses -= 1;
    if (pool.tunnel === undefined) throw new Error('no tunnel');
    return pool.tunnel;
  };

  const preconnect = (to: Destination, { atLeast, idle }: Parameters<Connections['preconnect']>[1] = {}): void => {
    if (closed) return;
    const route = routeOf(to);
    const { key, url, proxy } = route;
    // A proxy keeps the connections over which plain http goes.
    if (proxy !== undefined && url.protocol !== 'https:') return;
    const pool = pools.get(key);
    const all = (pool?.connections() ?? 0) + (spare.get(key)?.length ?? 0);
    const waiting = (pool?.idle() ?? 0) + (spare.get(key)?.length ?? 0);
    let missing = 1;
    if (atLeast !== undefined) missing = atLeast - all;
    else if (idle !== undefined) missing = idle - waiting;
    missing = Math.min(missing, options.maxConnectionsPerOrigin - all);
    for (let made = 0; made < missing; made += 1) openSpare(to, route);
  };

  const openSpare = (to: Destination, route: Route): void => {
    const { key, url } = route;
    const list = spare.get(key) ?? [];
    if (list.length >= options.maxConnectionsPerOrigin || spareSockets.size >= ALL_SPARE_MAX) return;
    spare.set(key, list);
    const opening = openerOf(to, route).then(
      (open) =>
        new Promise<Socket>((resolve, reject) => {
          open(targetOf(url), (error, socket) => {
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
          dropSpare(key, opening);
        });
      },
      // The request that follows meets the same failure and reports it.
      () => dropSpare(key, opening),
    );
  };

  return {
    async use(to, send) {
      const pool = await poolFor(to);
      try {
        const result = await send(pool.dispatcher, pool.peer);
        pool.peer.hasAnswered = true;
        return result;
      } catch (error) {
        throw withCertificate(error, pool.peer);
      } finally {
        pool.uses -= 1;
      }
    },
    preconnect,
    async close() {
      closed = true;
      for (const socket of spareSockets) socket.destroy();
      spare.clear();
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
      pools.clear();
    },
  };
}

function keep(dispatcher: Dispatcher, seen: Pick<KeptPool, 'peer' | 'connections'>, tunnels?: Tunnels): KeptPool {
  const destroy = async (): Promise<void> => {
    await Promise.all([dispatcher.destroy(), tunnels?.destroy()]);
  };
  // undici's agent for a proxy keeps its connections to itself.
  const idle = (): number => ('stats' in dispatcher ? (dispatcher as Pool).stats.free : 0);
  return { dispatcher, ...seen, idle, tunnel: tunnels?.open, destroy, uses: 0 };
}

function targetOf(url: URL): ConnectTarget {
  const hostname = url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname;
  return { hostname, host: url.host, protocol: url.protocol, port: url.port };
}
