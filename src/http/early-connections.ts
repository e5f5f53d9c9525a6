import { connect, type Socket } from 'node:net';
import { type Connector, type ConnectTarget, raceAddresses } from './race-addresses.ts';

/** Where a run will most likely send its first requests. */
export interface EarlyTarget {
  readonly hostname: string;
  readonly port: number;
}

/** TCP connections that are opened while the code is loaded that uses them. Nothing is sent over them before. */
export interface EarlyConnections {
  /**
   * The connection to this target, for the first who asks; undefined if there is none. Rejects if it failed, or took
   * longer than 3 s.
   */
  take(target: EarlyTarget): Promise<Socket> | undefined;
  /** Resolves once the address of each target is known and its connection begun, or that has failed. */
  readonly begun: Promise<unknown>;
  /** Closes those that nobody took. */
  close(): void;
}

/** Time for the address and the connection, in ms; a packet that is lost once is sent again after one second (RFC 6298). */
const EARLY_MS = 3_000;
/** As undici has it for the sockets that it opens. */
const SOCKET = { highWaterMark: 64 * 1024, keepAlive: true, keepAliveInitialDelay: 60_000, noDelay: true } as const;

/** Never throws: a connection that cannot be opened fails the request that needs it, which tries again itself. */
export function openEarly(targets: readonly EarlyTarget[]): EarlyConnections {
  const opened = new Map<string, { readonly socket: Promise<Socket>; readonly giveUp: () => void }>();
  const beginnings: Promise<void>[] = [];
  for (const target of targets) {
    const given = new AbortController();
    const { promise, resolve } = Promise.withResolvers<void>();
    beginnings.push(promise);
    const socket = openOne(target, given.signal, resolve);
    // Whoever takes it sees the failure.
    socket.catch(() => undefined);
    opened.set(keyOf(target), { socket, giveUp: () => given.abort() });
  }
  return {
    take(target) {
      const key = keyOf(target);
      const taken = opened.get(key)?.socket;
      opened.delete(key);
      return taken;
    },
    begun: Promise.all(beginnings),
    close() {
      for (const { socket, giveUp } of opened.values()) {
        giveUp();
        socket.then(
          (open) => open.destroy(),
          () => undefined,
        );
      }
      opened.clear();
    },
  };
}

/** A connector that goes on with an early connection, if there is one, and else opens its own with `race`. */
export function preferEarly(
  early: EarlyConnections | undefined,
  { open, race }: { readonly open: Connector; readonly race: Connector },
): Connector {
  if (early === undefined) return race;
  return (target, done) => {
    const isHttps = target.protocol === 'https:';
    const port = target.port === '' ? (isHttps ? 443 : 80) : Number(target.port);
    const taken = early.take({ hostname: target.hostname, port });
    if (taken === undefined) return race(target, done);
    taken.then(
      (socket) => {
        // The server may have closed it meanwhile.
        if (socket.destroyed || socket.readyState !== 'open') race(target, done);
        else if (isHttps) open({ ...target, httpSocket: socket }, done);
        else done(null, socket);
      },
      () => race(target, done),
    );
    return undefined;
  };
}

function keyOf({ hostname, port }: EarlyTarget): string {
  return `${hostname.toLowerCase()} ${port}`;
}

function openOne(target: EarlyTarget, given: AbortSignal, onBegun: () => void): Promise<Socket> {
  return new Promise<Socket>((resolve, reject) => {
    const sockets = new Set<Socket>();
    let isOver = false;
    const giveUp = (): void => {
      isOver = true;
      for (const socket of sockets) socket.destroy();
      reject(new Error('given up'));
    };
    // An address that is found only later must not leave a socket behind.
    const open: Connector = ({ hostname, port }, done) => {
      const socket = connect({ ...SOCKET, host: hostname, port: Number(port) });
      sockets.add(socket);
      // The listener for errors stays: until the socket is taken, nobody else has one.
      socket.once('connect', () => done(null, socket)).on('error', (error) => done(error, null));
      if (isOver) socket.destroy();
      // node:net connects when this turn is over.
      setImmediate(onBegun);
      return socket;
    };
    const timer = setTimeout(giveUp, EARLY_MS).unref();
    given.addEventListener('abort', giveUp, { once: true });
    const to: ConnectTarget = { hostname: target.hostname, port: String(target.port), protocol: 'tcp:' };
    raceAddresses(open)(to, (error, socket) => {
      clearTimeout(timer);
      onBegun();
      if (error !== null || socket === null) reject(error ?? new Error('no socket'));
      else resolve(socket);
    });
  });
}
